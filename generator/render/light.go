package render

import (
	"bytes"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// light takes out of a style sheet or a script what only its authors read. What
// the library cannot parse stays as it is: whether it works is for the browser
// to say. It takes some milliseconds, so nobody is to ask twice.
func light(name string, content []byte) []byte {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	light, err := m.Bytes(path.Ext(name), bytes.Clone(content)) // it works in what it is given
	if err != nil {
		return content
	}
	return light
}
