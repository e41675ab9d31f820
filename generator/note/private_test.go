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

// TestASlipKeepsANotePrivate holds the same of what an author may have meant
// to hide with: a key that we do not know, or a mark that hides nothing.
func TestASlipKeepsANotePrivate(t *testing.T) {
	for text, want := range map[string]Visibility{
		"Draft: true\n---\nx\n":                                        Private,
		"Visibility: private\n---\nx\n":                                Private,
		"visiblity: private\n---\nx\n":                                 Private,
		"private: true\n---\nx\n":                                      Private,
		"published: false\n---\nx\n":                                   Private,
		"published: 2024-05-01\n---\nx\n":                              Public,
		"publisher: Somebody\nprivate: false\n---\nx\n":                Public,
		"x: y\n---\nA\n\n%% never closed\n":                            Private,
		"x: y\n---\n- item\n  %%\n  hidden\nhidden too\n%%\n\nShown\n": Private,
		"x: y\n---\n<details>\n%% never closed\n</details>\n":          Private,
		"x: y\n---\nA %% closed %% comment, and 100%% sure.\n":         Public,
		"x: y\n---\n!!! private \"my manager\"\nwas let go\n":          Private,
		"x: y\n---\n!!! private \"my manager\"\n    was let go\n":      Public,
		"x: y\n---\n> [!Private]\n\n> was let go\n":                    Private,
		"x: y\n---\n> [!private was let go\n":                          Private,
		"x: y\n---\n> [!private] was let go\n":                         Public,
		"x: y\n---\n> [!private]\n> was let go\n":                      Public,
	} {
		n, found := Parse("a.md", []byte("---\nvisibility: public\n"+text), Options{})
		if n.Visibility != want {
			t.Errorf("%q makes it %s, want %s", text, n.Visibility, want)
		}
		if want == Private && len(found) == 0 {
			t.Errorf("%q is not found", text)
		}
	}
}
