// Package ready holds what every build would make anew though it follows from
// the program alone: styles and scripts without what only their authors read,
// and web fonts cut from the whole ones. `make` writes it before it compiles
// the program, see tools/ready. A program compiled without `make` makes the
// same when it is asked for, which takes some ten milliseconds.
package ready

import "embed"

//go:embed all:dist
var dist embed.FS

// Keep, when it is set, is told what had to be made.
var Keep func(name string, content []byte)

// Or returns the file of a name, or what is made now. The name must stand for
// all that the content follows from, but for what is compiled into the program.
func Or(name string, made func() []byte) []byte {
	if content, err := dist.ReadFile("dist/" + name); err == nil {
		return content
	}
	content := made()
	if Keep != nil {
		Keep(name, content)
	}
	return content
}
