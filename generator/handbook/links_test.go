package handbook

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"debrief/generator/diag"
	"debrief/generator/note"
	"debrief/generator/source"
)

// link reads a folder and links it, settings left at their defaults.
func link(t testing.TB, files map[string]string) (*Handbook, diag.List) {
	t.Helper()
	fsys := make(fstest.MapFS)
	for p, text := range files {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	folder, found, err := source.List(fsys, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := ReadSettings(nil)
	pack, more := LoadPacks(s.Packs, nil, nil)
	found = append(found, more...)
	var notes []*note.Note
	for _, p := range folder.Notes {
		n, more := note.Parse(p, []byte(files[p]), note.Options{Zone: s.Zone})
		notes, found = append(notes, n), append(found, more...)
	}
	h, more := Link(notes, attachments(folder.Attachments), s, pack, note.Private, new(Memory))
	return h, append(found, more...)
}

// world is what the links of the tests point at.
var world = map[string]string{
	"index.md":                      "# Home\n",
	"guide/index.md":                "# The guide\n\n## Set up\n\nA block. ^blk\n\n- item ^it-em\n\n## Twice\n\n## Twice\n\n<a id=\"Old_Anchor\"></a>\n",
	"guide/install.md":              "---\naliases: [Setup, How to begin]\n---\n# Installing things\n\n## First step\n",
	"guide/deep/README.md":          "# Deep\n",
	"guide/with space.md":           "# With space\n",
	"guide/Ünïcode.md":              "# Unicode\n",
	"reference/api.md":              "---\nid: the-api\n---\n# API\n",
	"reference/api/README.md":       "# API folder\n",
	"one/same.md":                   "# One\n",
	"two/same.md":                   "# Two\n",
	"bare/note.md":                  "# Bare\n",
	"stories/rollback.md":           "# The rollback\n",
	"principles/dive-deep.md":       "# Dive Deep\n",
	"files/map.png":                 "x",
	"files/Report 1.pdf":            "x",
	"files/demo.html":               "x",
	"files/sub/other.png":           "x",
	"LICENSE":                       "x",
	"guide/notes on C++ & more.txt": "x",
}

func TestLinks(t *testing.T) {
	cases := []struct {
		from, text string
		want       string // output file#fragment; "" for nowhere
		rules      string // of the findings, with spaces between
	}{
		// Markdown, relative
		{"guide/a.md", "[x](install.md)", "guide/install.html", ""},
		{"guide/a.md", "[x](./install.md)", "guide/install.html", ""},
		{"guide/a.md", "[x](../reference/api.md)", "reference/api.html", ""},
		{"guide/deep/a.md", "[x](../../index.md)", "index.html", ""},
		{"a.md", "[x](guide/install.md#first-step)", "guide/install.html#first-step", ""},
		{"a.md", "[x](<guide/with space.md>)", "guide/with-space.html", ""},
		{"a.md", "[x](guide/with%20space.md)", "guide/with-space.html", ""},
		{"a.md", "[x][r]\n\n[r]: guide/install.md 'title'\n", "guide/install.html", ""},
		{"a.md", "[x](guide\\\\install.md)", "guide/install.html", ""},
		{"a.md", "[x](guide/install.md?plain=1#first-step)", "guide/install.html#first-step", ""},
		{"a.md", "<a href=\"guide/install.md#first-step\">x</a>", "guide/install.html#first-step", ""},
		// from the root
		{"guide/deep/a.md", "[x](/reference/api.md)", "reference/api.html", ""},
		{"guide/deep/a.md", "[x](/guide/)", "guide/index.html", ""},
		{"guide/deep/a.md", "[x](/)", "index.html", ""},
		// folders, and names without an extension
		{"a.md", "[x](guide/)", "guide/index.html", ""},
		{"a.md", "[x](guide)", "guide/index.html", ""},
		{"a.md", "[x](guide/deep)", "guide/deep/index.html", ""},
		{"a.md", "[x](bare/)", "bare/index.html", ""},
		{"guide/a.md", "[x](.)", "guide/index.html", ""},
		{"guide/a.md", "[x](..)", "index.html", ""},
		{"a.md", "[x](guide/install)", "guide/install.html", ""},
		{"a.md", "[x](guide/install.html)", "guide/install.html", ""},
		{"a.md", "[x](reference/api)", "reference/api.html", ""},
		{"a.md", "[x](reference/api/)", "reference/api.html", ""},
		// by the shortest path, as Obsidian writes them
		{"bare/a.md", "[x](install.md)", "guide/install.html", ""},
		{"bare/a.md", "[x](guide/install.md)", "guide/install.html", ""},
		{"bare/a.md", "[x](same.md)", "one/same.html", "ambiguous-link"},
		{"two/a.md", "[x](same.md)", "two/same.html", ""},
		{"bare/a.md", "[x](./install.md)", "", "broken-link"},
		// anchors
		{"a.md", "[x](guide/index.md#set-up)", "guide/index.html#set-up", ""},
		{"a.md", "[x](guide/#twice-1)", "guide/index.html#twice-1", ""},
		{"a.md", "[x](guide/index.md#Set_Up)", "guide/index.html#set-up", "loose-anchor"},
		{"a.md", "[x](guide/index.md#twice_1)", "guide/index.html#twice-1", "loose-anchor"},
		{"a.md", "[x](guide/index.md#Old_Anchor)", "guide/index.html#Old_Anchor", ""},
		{"a.md", "[x](guide/index.md#gone)", "guide/index.html", "broken-anchor"},
		{"a.md", "# Own part\n\n[x](#own-part)", "a.html#own-part", ""},
		// case and Unicode forms, where the file system would not mind
		{"a.md", "[x](Guide/INSTALL.md)", "guide/install.html", ""},
		{"a.md", "[x](guide/U\u0308ni\u0308code.md)", "guide/ünïcode.html", ""},
		{"a.md", "[x](guide/%C3%9Cn%C3%AFcode.md)", "guide/ünïcode.html", ""},
		{"a.md", "![x](Files/MAP.png)", "files/map.png", ""},
		// wikilinks
		{"a.md", "[[guide/install]]", "guide/install.html", ""},
		{"a.md", "[[install]]", "guide/install.html", ""},
		{"a.md", "[[install.md]]", "guide/install.html", ""},
		{"a.md", "[[Installing things]]", "guide/install.html", ""},
		{"a.md", "[[installing  THINGS]]", "guide/install.html", ""},
		{"a.md", "[[how to begin|text]]", "guide/install.html", ""},
		{"a.md", "[[the-api]]", "reference/api.html", ""},
		{"a.md", "[[with space]]", "guide/with-space.html", ""},
		{"a.md", "[[install#First step]]", "guide/install.html#first-step", ""},
		{"a.md", "[[guide/index#Set up]]", "guide/index.html#set-up", ""},
		{"a.md", "[[The guide#The guide#Set up]]", "guide/index.html#set-up", ""},
		{"a.md", "[[The guide#^blk]]", "guide/index.html#^blk", ""},
		{"a.md", "[[The guide#^it-em]]", "guide/index.html#^it-em", ""},
		{"a.md", "[[The guide#^none]]", "guide/index.html", "broken-anchor"},
		{"a.md", "## Here\n\n[[#Here]]", "a.html#here", ""},
		{"guide/deep/a.md", "[[../install]]", "guide/install.html", ""},
		{"a.md", "[[deep]]", "guide/deep/index.html", ""},
		{"a.md", "[[guide/]]", "guide/index.html", ""},
		{"a.md", "[[same]]", "one/same.html", "ambiguous-link"},
		{"two/a.md", "[[same]]", "two/same.html", ""},
		{"a.md", "[[two/same]]", "two/same.html", ""},
		{"a.md", "[[nobody at all]]", "", "broken-link"},
		{"a.md", "[[TOC]]", "", ""},
		{"a.md", "| a |\n|---|\n| [[install\\|cell]] |\n", "guide/install.html", ""},
		// embeds
		{"a.md", "![[install]]", "guide/install.html", ""},
		{"a.md", "![[install#First step]]", "guide/install.html#first-step", ""},
		{"a.md", "![[The guide#^blk]]", "guide/index.html#^blk", ""},
		{"a.md", "![[map.png|200x100]]", "files/map.png", ""},
		{"a.md", "![[files/sub/other.png]]", "files/sub/other.png", ""},
		{"a.md", "![[Report 1.pdf#page=2]]", "files/report-1.pdf", ""},
		// attachments
		{"guide/a.md", "![x](../files/map.png)", "files/map.png", ""},
		{"guide/a.md", "![x](/files/map.png)", "files/map.png", ""},
		{"guide/a.md", "<img src=\"../files/map.png\" width=\"20\">", "files/map.png", ""},
		{"a.md", "[x](files/Report%201.pdf)", "files/report-1.pdf", ""},
		{"a.md", "[x](guide/notes%20on%20C%2B%2B%20%26%20more.txt)", "guide/notes-on-cpp-more.txt", ""},
		{"a.md", "[x](LICENSE)", "license.txt", ""},
		{"guide/a.md", "[x](../LICENSE)", "license.txt", ""},
		{"a.md", "[x](files/demo.html)", "", "attachment-not-copied"},
		{"a.md", "[[demo.html]]", "", "attachment-not-copied"},
		{"a.md", "![x](gone.png)", "", "broken-link"},
		{"a.md", "[x](files/)", "", "broken-link"},
		// pages of ours
		{"a.md", "[x](coverage.html)", "coverage.html", ""},
		{"guide/a.md", "[x](../raci.html)", "raci.html", ""},
		{"a.md", "[[cheat-sheet]]", "cheat-sheet.html", ""},
		{"a.md", "[x](principles/ownership.md)", "principles/ownership.html", ""},
		{"a.md", "[x](principles/dive-deep.md)", "principles/dive-deep.html", ""},
		{"a.md", "[[Customer Obsession]]", "principles/customer-obsession.html", ""},
		// out of the handbook, and elsewhere
		{"a.md", "[x](../other.md)", "", "broken-link"},
		{"guide/a.md", "[x](../../../../etc/passwd)", "", "broken-link"},
		{"a.md", "[x](/../x.md)", "", "broken-link"},
		{"a.md", "#some/tag", "tags/some-tag.html", ""},
	}
	for _, c := range cases {
		files := map[string]string{c.from: c.text}
		for p, text := range world {
			files[p] = text
		}
		h, found := link(t, files)
		n := h.At(c.from)
		if len(n.Body.Links) != 1 {
			t.Errorf("%q holds %d links, want 1", c.text, len(n.Body.Links))
			continue
		}
		to := h.Links(n)[0]
		got := to.File
		if to.Fragment != "" {
			got += "#" + to.Fragment
		}
		var rules []string
		for _, f := range found {
			if f.Path == c.from {
				rules = append(rules, f.Rule)
			}
		}
		if got != c.want || strings.Join(rules, " ") != c.rules {
			t.Errorf("%s: %s leads to %q with %q, want %q with %q", c.from, c.text, got, rules, c.want, c.rules)
		}
	}
}

func TestAmbiguousNamesListTheCandidates(t *testing.T) {
	files := map[string]string{"a.md": "[[README]]\n"}
	for i := range 20 {
		files[fmt.Sprintf("f%02d/README.md", i)] = "x"
	}
	_, found := link(t, files)
	if len(found) != 1 || !strings.Contains(found[0].Message, "f00/README.md, f01/README.md") || !strings.HasSuffix(found[0].Message, "and 14 more") {
		t.Errorf("found %+v", found)
	}
}

// TestOneFindingACause holds that a hundred links to one missing file are one
// mistake, and two missing files are two.
func TestOneFindingACause(t *testing.T) {
	_, found := link(t, map[string]string{
		"b/same.md": "", "c/same.md": "", "demo.html": "",
		"a.md": strings.Repeat("[x](gone.md#a) [x](gone.md#b) ![x](gone.png) [[same]] [x](demo.html)\n\n", 9),
	})
	if len(found) != 4 {
		t.Errorf("%d findings, want 4: %+v", len(found), found)
	}
}

// TestUnwrittenNotes holds that a plan is no fault in a folder of plain notes,
// and a likely slip is one anywhere.
func TestUnwrittenNotes(t *testing.T) {
	for _, c := range []struct {
		extra, text string
		want        diag.Severity
	}{
		{"plain.md", "[[something to write one day]]", diag.Info},
		{"plain.md", "[[plian]]", diag.Warning},
		{"stories/s.md", "[[something to write one day]]", diag.Warning},
	} {
		_, found := link(t, map[string]string{c.extra: "# X\n", "a.md": c.text})
		i := slices.IndexFunc(found, func(f diag.Finding) bool { return f.Rule == "broken-link" })
		if i < 0 || found[i].Severity != c.want {
			t.Errorf("%s beside %s: %+v, want a %s", c.text, c.extra, found, c.want)
		}
	}
}

func TestReferences(t *testing.T) {
	for _, c := range []struct {
		front string
		want  string // field → title or principle, by line
		rules string
	}{
		{"incident: outage", "incident → The outage", ""},
		{"incident: incidents/outage", "incident → The outage", ""},
		{"incident: The Outage", "incident → The outage", ""},
		{"incident: \"[[outage]]\"", "incident → The outage", ""},
		{"incident: \"[[incidents/outage|that night]]\"", "incident → The outage", ""},
		{"incident: [[outage]]", "incident → The outage", ""},
		{"incident: outtage", "", "bad-reference"},
		{"incident: other", "", "bad-reference"}, // a story is no incident
		{"principles: [dive-deep, Ownership]", "principles → Dive Deep\nprinciples → Ownership", ""},
		{"principles: [\"Are Right, A Lot\"]", "principles → Are Right, A Lot", ""},
		{"principles: [Are Right, A Lot]", "principles → Are Right, A Lot", "bad-reference"},
		{"principles:\n  - Have Backbone; Disagree and Commit\n  - earn trust", "principles → Have Backbone; Disagree and Commit\nprinciples → Earn Trust", ""},
		{"principles: [ownershp]", "", "bad-reference"},
		{"principles: Strive to be Earth's Best Employer", "principles → Strive to be Earth’s Best Employer", ""},
	} {
		h, found := link(t, map[string]string{
			"stories/s.md": "---\n" + c.front + "\n---\n# S\n", "stories/other.md": "# Other\n",
			"incidents/outage.md": "# The outage\n",
		})
		var got, rules []string
		for _, r := range h.References(h.At("stories/s.md")) {
			name := ""
			if r.Note != nil {
				name = r.Note.Title
			} else {
				name = r.Principle.Name
			}
			got = append(got, r.Field+" → "+strings.ReplaceAll(name, "'", "’"))
		}
		for _, f := range found {
			if f.Path == "stories/s.md" && strings.HasPrefix(f.Rule, "bad-") {
				rules = append(rules, f.Rule)
				if f.Line != 2 && !strings.Contains(c.front, "\n") {
					t.Errorf("%s: found on line %d, want 2", c.front, f.Line)
				}
			}
		}
		if strings.Join(got, "\n") != c.want || strings.Join(rules, " ") != c.rules {
			t.Errorf("%s\nnames %q with %q, want %q with %q", c.front, got, rules, c.want, c.rules)
		}
	}
}

// TestFileNames holds that every note and attachment has a file of its own on
// every file system.
func TestFileNames(t *testing.T) {
	files := map[string]string{}
	for _, p := range []string{
		"Case.md", "case.md", "case .md", "cafe\u0301.md", "café.md", "same.md", "same/index.md", "same/README.md", "same.markdown", "con.md", "aux/nul.md",
		"C++.md", "C#.md", "C.md", "日本語.md", "🚀.md", "🎉.md", "-.md", "a/b.png", "A/B.png", "a/b.PNG", "b.html.md", "README.md", "index.md", "_index.md",
		strings.Repeat("long ", 60) + "1.md", strings.Repeat("long ", 60) + "2.md", "tags/x.md", "x.md", "LICENSE", "license.txt", "ß.md", "SS.md", "ﬁ.md", "fi.md",
	} {
		files[p] = "#tag #x\n\n"
	}
	h, _ := link(t, files)
	taken := make(map[string]string)
	claim := func(file, of string) {
		if key := sameFile(file); taken[key] != "" {
			t.Errorf("%s and %s are both %s", taken[key], of, file)
		} else {
			taken[key] = of
		}
		for _, segment := range strings.Split(file, "/") {
			stem, _, _ := strings.Cut(segment, ".")
			if len(segment) > 100 || strings.ContainsAny(segment, `<>:"\|?* `) || slices.Contains([]string{"", "con", "nul", "aux"}, stem) {
				t.Errorf("%s would be the file %q", of, file)
			}
		}
	}
	for _, n := range h.Notes {
		claim(h.File(n), n.Path)
	}
	for a, file := range h.attachments {
		claim(file, a)
	}
	for _, tag := range h.Tags {
		claim(tag.File, "#"+tag.Name)
	}
	if got := h.File(h.At("index.md")); got != "index.html" {
		t.Errorf("index.md is %s", got)
	}
}

// BenchmarkLink shows that linking grows with the notes and not with their
// square: compare the time a note takes.
func BenchmarkLink(b *testing.B) {
	for _, size := range []int{1000, 10000} {
		files := make(map[string]string, size)
		for i := range size {
			files[fmt.Sprintf("f%d/note %d.md", i%50, i)] = fmt.Sprintf("---\naliases: [other %d]\ntags: [t%d]\n---\n# Title %d\n\n## Part\n\n[[note %d]] [[Title %d#Part]] [x](note%%20%d.md) [y](../f%d/note%%20%d.md) [[gone %d]] [z](gone-%d.md)\n",
				i, i%200, i, (i+7)%size, (i+99)%size, (i+50)%size, (i+3)%50, (i+3)%size, i, i)
		}
		h, _ := link(b, files)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				Link(h.Notes, nil, h.Settings, h.Pack, note.Private, new(Memory))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/note")
		})
	}
}

func TestBacklinksNameNotesAsThePageDoes(t *testing.T) {
	h, _ := link(t, map[string]string{
		"stories/flag-rollback.md": "# Rolled back a flag\n",
		"stories/cache-fill.md":    "# One miss, one fetch\n",
		"stories/dns.md":           "# The cut-over\n",
		"notes/plan.md":            "Tell [[flag-rollback]], then [[cache-fill|the other]] on cache-fill. For dns there is [[dns]].\n",
	})
	for file, want := range map[string]string{
		"stories/flag-rollback.html": "Tell Rolled back a flag, then the other on cache-fill.",
		"stories/cache-fill.html":    "Tell Rolled back a flag, then the other on cache-fill.",
		"stories/dns.html":           "For dns there is dns.",
	} {
		if back := h.Backlinks(file); len(back) != 1 || back[0].Context != want {
			t.Errorf("%s: %+v, want %q", file, back, want)
		}
	}
}

// TestBacklinksOfASentence holds that only links are renamed, each once and in
// order, and that a list of thousands is gone through once.
func TestBacklinksOfASentence(t *testing.T) {
	files := map[string]string{
		"stories/flag-rollback.md": "# Rolled back a flag\n",
		"stories/cache-fill.md":    "# A flag-rollback of caches\n",
		"notes/a.md":               "First [[stories/cache-fill]] and [[flag-rollback]], then [[flag-rollback]]. Later: flag-rollback.\n",
	}
	h, _ := link(t, files)
	want := "First A flag-rollback of caches and Rolled back a flag, then Rolled back a flag."
	if back := h.Backlinks("stories/flag-rollback.html"); len(back) != 1 || back[0].Context != want {
		t.Errorf("%+v, want %q", back, want)
	}
	var list strings.Builder
	for k := range 5000 {
		files[fmt.Sprintf("n/note-%d.md", k)] = fmt.Sprintf("# Title %d\n", k)
		fmt.Fprintf(&list, "- [[note-%d]]\n", k)
	}
	files["list.md"] = list.String()
	start := time.Now()
	h, _ = link(t, files)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("a list of 5,000 links takes %v", took)
	}
	if back := h.Backlinks("n/note-4999.html"); len(back) != 1 || back[0].Context != "Title 4999" {
		t.Errorf("%+v", back)
	}
}
