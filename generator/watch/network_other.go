//go:build !linux

package watch

// networkFileSystem knows nothing of other systems; --poll is for those who do.
func networkFileSystem([]string) string { return "" }
