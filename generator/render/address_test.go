package render

import "testing"

func TestRelative(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"index.html", "coverage.html", "coverage.html"},
		{"index.html", "stories/a.html", "stories/a.html"},
		{"stories/a.html", "index.html", "../index.html"},
		{"stories/a.html", "stories/b.html", "b.html"},
		{"a/b/c.html", "a/d/e.html", "../d/e.html"},
		{"index.html", "index.html", "index.html"},
		{"a/index.html", "a/index.html", "index.html"},
		{"index.html", "日本語/メモ.html", "%E6%97%A5%E6%9C%AC%E8%AA%9E/%E3%83%A1%E3%83%A2.html"},
		{"index.html", "a b.html", "a%20b.html"},
		{"index.html", "why?.html", "why%3F.html"},
	} {
		if got := Relative(c.from, c.to); got != c.want {
			t.Errorf("Relative(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
	plain := []string{"index.html", "a.html", "a", "a/index.html", "a/b.html", "a/b/c.html", "ab/c.html", "a/b-c/d_e.html", "b/a/b.html"}
	for _, from := range append(plain, "é/a.html", "A/b.html") {
		for _, to := range plain {
			if got, want := Relative(from, to), escapedRelative(from, to); got != want {
				t.Errorf("Relative(%q, %q) = %q, the long way %q", from, to, got, want)
			}
		}
	}
	if got := Relative("index.html", "a:b.html"); got != "./a:b.html" {
		t.Errorf("a colon in the first segment reads as a scheme: %q", got)
	}
}
