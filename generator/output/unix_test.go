//go:build unix

package output

import (
	"io/fs"
	"syscall"
)

// identity tells a file from another that has taken its name.
func identity(info fs.FileInfo) uint64 { return uint64(info.Sys().(*syscall.Stat_t).Ino) }
