// Package themes holds the default theme: templates, styles and scripts that
// lay out what package page gathered. What each template sees stands in
// README.md beside this file.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed all:default all:client/dist
var embedded embed.FS

// Default returns the default theme's folder: templates/ and assets/.
func Default() fs.FS { return folder("default") }

// Client returns the folder of what client/ bundles, which is laid over the
// default theme. It has no assets when debrief was built without `make`.
func Client() fs.FS { return folder("client/dist") }

func folder(name string) fs.FS {
	sub, err := fs.Sub(embedded, name)
	if err != nil {
		panic(err) // embedded; it cannot be missing
	}
	return sub
}
