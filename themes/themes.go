// Package themes holds the default theme: templates, styles and scripts that
// lay out what package page gathered. What each template sees stands in
// README.md beside this file.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default
var embedded embed.FS

// Default returns the default theme's folder: templates/ and assets/.
func Default() fs.FS {
	sub, err := fs.Sub(embedded, "default")
	if err != nil {
		panic(err) // embedded; it cannot be missing
	}
	return sub
}
