//go:build !unix

package cache

import "io/fs"

// private trusts the place: a user's cache folder is the user's there.
func private(fs.FileInfo) bool { return true }
