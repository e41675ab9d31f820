package render

import (
	"bytes"
	"path"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
)

// lighten takes out of styles and scripts what only their authors read. What
// the library cannot parse stays as it is: whether it works is for the browser
// to say.
func (t *Theme) lighten() {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	for name, data := range t.assets {
		if light, err := m.Bytes(path.Ext(name), bytes.Clone(data)); err == nil { // it works in what it is given
			t.assets[name] = light
		}
	}
}
