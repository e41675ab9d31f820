package note

import "testing"

// TestAFaultKeepsANotePrivate holds that where front matter could not all be
// read, the safer reading wins: what is missing may have been `draft: true`.
func TestAFaultKeepsANotePrivate(t *testing.T) {
	for matter, want := range map[string]Visibility{
		"publish: true":                           Public,
		"publish: true\ntitle: Colon: in title":   Public, // read as what was meant
		"publish: true\ncolour: red":              Public,
		"publish: true\ndraft: \"true":            Private,
		"publish: true\n\tdraft: true":            Private,
		"publish: true\nx: [a":                    Private,
		"publish: true\nx: &a [1]\ny: *a":         Private,
		"publish: true\npublish: false":           Private,
		"visibility: public\nvisibility: private": Private,
		"visibility: public: no":                  Private,
		"publish: {{publish}}":                    Private,
		"publish: \"true\"":                       Private,
		"visibility: publc":                       Private,
		"visibility: shared\npublish: true":       Shared,
		"visibility: [public]":                    Private,
		"visibility: public\ndraft: {{draft}}":    Private,
		"visibility: public\ndraft: fill me in":   Private,
	} {
		if n, _ := Parse("a.md", []byte("---\n"+matter+"\n---\nx\n"), Options{}); n.Visibility != want {
			t.Errorf("%q makes it %s, want %s", matter, n.Visibility, want)
		}
	}
}
