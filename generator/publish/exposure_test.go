package publish

import (
	"fmt"
	"testing"
)

// TestCompare holds that what is new is named once and by what it is, and that
// what others see already, or what stands on every page, is not.
func TestCompare(t *testing.T) {
	page := func(main string) []byte {
		return []byte("<html><head><title>T</title></head><body><nav>Menu Fabrikam 77%</nav><main>" + main + "</main></body></html>")
	}
	before := map[string][]byte{
		"index.html": page("<h1>Home</h1><p>We asked Kim Doe; 12% failed.</p>"),
		"old.html":   page("<h1>Old</h1>"), "same.html": page("<h1>Same</h1><p>At Same Corp.</p>"), "CNAME": []byte("x"), ".nojekyll": nil, "pay.csv": []byte("team"),
	}
	now := map[string][]byte{
		"index.html": page("<h1>Home</h1><p>We asked kim doe and <b>Contoso Ltd</b>, Kim Doe's firm. Then we waited 38 min. It cost USD 3.2M in 2024, step 3, at 10:45.</p>" +
			"<h2>The <em>cache</em> <a href=\"#c\">#</a></h2><ul><li>Perhaps Kim</li><li>38 min again; −4.5 pp</li></ul><pre>ssh Fourth.Coffee</pre>"),
		"new.html": page("<h1>New one</h1><p>On Monday Contoso Ltd said 12% and 1,410 requests, and UTC was right.</p>"), "same.html": before["same.html"],
		"map.svg": []byte("<svg/>"), "pay.csv": []byte("salary"), ".well-known/x": nil, "debrief/site.css": nil, "debrief/own.js": nil, ".nojekyll": nil,
	}
	brought := func(path string) bool { return path == "debrief/site.css" }
	e := Compare(before, now, brought)
	got := fmt.Sprintf("pages %q headings %q names %q figures %q files %q changed %q %q gone %q",
		e.Pages, e.Headings, e.Names, e.Figures, e.Files, e.ChangedPages, e.ChangedFiles, e.Gone)
	want := `pages [{"new.html" "New one"}] headings ["The cache" "New one"] names ["Contoso Ltd" "Kim" "Fourth.Coffee"] ` +
		`figures ["38 min" "USD 3.2M" "−4.5 pp" "1,410 requests"] files [".well-known/x" "debrief/own.js" "map.svg"] changed [{"index.html" "Home"}] ["pay.csv"] gone ["old.html"]`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for name, c := range map[string]struct {
		before, now map[string][]byte
		widens      bool
	}{
		"all of it":                     {before, now, true},
		"the same":                      {now, now, false},
		"a page less":                   {now, map[string][]byte{"index.html": now["index.html"]}, false},
		"a sentence without any name":   {map[string][]byte{"a.html": page("<p>we waited")}, map[string][]byte{"a.html": page("<p>we waited, and lost the data")}, true},
		"a sentence outside of main":    {map[string][]byte{"a.html": page("")}, map[string][]byte{"a.html": append(page(""), "<footer>we lost it"...)}, true},
		"another file of the same name": {map[string][]byte{"pay.csv": []byte("team")}, map[string][]byte{"pay.csv": []byte("salary")}, true},
		"what debrief brings":           {map[string][]byte{"debrief/site.css": []byte("a{}")}, map[string][]byte{"debrief/site.css": []byte("b{}")}, false},
	} {
		if Compare(c.before, c.now, brought).Widens() != c.widens {
			t.Errorf("%s: widens what others see: %v, want %v", name, !c.widens, c.widens)
		}
	}
}
