package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"debrief/generator/ready"
)

// light is a style sheet or a script without what only its authors read. Those
// of the default theme are ready; others take some milliseconds, so nobody is
// to ask twice.
func light(name string, content []byte) []byte {
	if ext := path.Ext(name); ext != ".css" && ext != ".js" {
		return content
	}
	return ready.Or(readyAs(name, content), func() []byte { return lightened(name, content) })
}

// readyAs names what is made of a style sheet or a script.
func readyAs(name string, content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]) + path.Ext(name)
}

// lightened takes out what only authors read. What the library cannot parse
// stays as it is: whether it works is for the browser to say.
func lightened(name string, content []byte) []byte {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	light, err := m.Bytes(path.Ext(name), bytes.Clone(content)) // it works in what it is given
	if err != nil {
		return content
	}
	return light
}
