package generator_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"debrief/generator"
	"debrief/generator/diag"
)

func folder(files map[string]string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// TestAnObsidianVault builds a vault as Obsidian users keep them, with no
// settings and no kinds.
func TestAnObsidianVault(t *testing.T) {
	content := folder(map[string]string{
		".obsidian/app.json":        "{}",
		".trash/old.md":             "gone",
		"Daily/2026-11-24.md":       "Met with [[Ana María]]. See [[Project Atlas#Next steps|the plan]], [[Project Atlas#^goal]] and ![[map.png|200]]. #work/meeting\n\n- [ ] write up\n- [x] send\n",
		"People/Ana María.md":       "---\naliases: [Ana]\ntags: [people]\ncssclasses: [wide]\n---\nLikes ==bold== plans. %% a secret comment %%\n",
		"Projects/Project Atlas.md": "# Project Atlas\n\nThe goal. ^goal\n\n## Next steps\n\n> [!tip]- Folded\n> Inside it.\n\n![[Ana#Nothing]]\n\n![[Ana]]\n",
		"attachments/map.png":       "\x89PNG\r\n\x1a\n",
		"Templates/daily.md":        "---\ndate: {{date}}\ntitle: {{title}}\n---\n# {{title}}\n",
		"Untitled.canvas":           "{}",
		"Links.md":                  "[a](Projects/Project%20Atlas.md) [b](/People/Ana%20Mar%C3%ADa.md) [c](Projects/) [d](Daily/2026-11-24) [e](Projects/Project%20Atlas.md#next-steps) [[Ana]] [[missing note]]",
	})
	checkFolder(t, content)
	r, site := build(t, &generator.Builder{Content: content})
	checkSite(t, site)
	daily := string(site["daily/2026-11-24.html"])
	for _, want := range []string{
		`href="../people/ana-mar%C3%ADa.html"`, `href="../projects/project-atlas.html#next-steps"`, `>the plan</a>`,
		`src="../attachments/map.png"`, `type="checkbox"`, `href="../tags/work-meeting.html"`,
	} {
		if !strings.Contains(daily, want) {
			t.Errorf("the daily note has no %s", want)
		}
	}
	if n := strings.Count(string(site["links.html"]), `.html`); n < 6 {
		t.Errorf("links.html has %d links into the site, want every one that works at home:\n%s", n, site["links.html"])
	}
	if strings.Contains(string(site["people/ana-mar%C3%ADa.html"]), "secret comment") || strings.Contains(string(site["people/ana-maría.html"]), "secret comment") {
		t.Error("a %% comment %% is shown")
	}
	if site["old.html"] != nil || site[".trash/old.html"] != nil {
		t.Error("a note in a dot-folder is shown")
	}
	for _, f := range r.Findings {
		if f.Severity == diag.Error && !strings.HasPrefix(f.Path, "Templates/") {
			t.Errorf("%s:%d: %s [%s]", f.Path, f.Line, f.Message, f.Rule)
		}
	}
	if site["coverage.html"] != nil || site["principles/ownership.html"] != nil {
		t.Error("a plain vault has pages about interviews")
	}
}

// TestAMkDocsFolder builds a documentation folder with its own dialect.
func TestAMkDocsFolder(t *testing.T) {
	content := folder(map[string]string{
		"index.md":                "# Welcome\n\n!!! warning \"Mind the gap\"\n    Indented text with [a link](guide/install.md#on-linux).\n\n???+ note\n    Open.\n",
		"guide/index.md":          "# Guide\n\nSee [install](install.md), [up](../index.md), [api](../reference/api/).\n",
		"guide/install.md":        "# Install\n\n## On Linux\n\nTerm\n:   Definition of it.\n\n```bash title=\"shell\" hl_lines=\"1\"\napt install x\n```\n\n[^1]\n\n[^1]: A footnote.\n",
		"reference/api.md":        "# API\n\nBeside a folder of the same name.\n",
		"reference/api/README.md": "# API folder\n",
		"mkdocs.yml":              "site_name: x\n",
	})
	checkFolder(t, content)
	r, site := build(t, &generator.Builder{Content: content})
	checkSite(t, site)
	for _, f := range r.Findings {
		if f.Severity > diag.Info {
			t.Errorf("%s:%d: %s [%s]", f.Path, f.Line, f.Message, f.Rule)
		}
	}
	home := string(site["index.html"])
	if !strings.Contains(home, "Mind the gap") || !strings.Contains(home, `href="guide/install.html#on-linux"`) {
		t.Error("the home page lost its admonition or the link in it")
	}
	if site["reference/api.html"] == nil || site["reference/api/index.html"] == nil {
		t.Error("a file beside a folder of the same name lost its page")
	}
}

// TestOtherFolders builds what wikis, blogs and repositories keep.
func TestOtherFolders(t *testing.T) {
	const png = "\x89PNG\r\n\x1a\n"
	for name, c := range map[string]struct {
		files map[string]string
		rules string // of the findings, each once
	}{
		"a wiki": {map[string]string{
			"Home.md":            "[[Getting Started]] [link](Getting-Started) [part](Getting-Started#first-step) ![](images/p.png) [[images/p.png]]\n",
			"Getting-Started.md": "## First step\n\nSee [[Home]]\n", "_Sidebar.md": "* [[Home]]\n", "images/p.png": png,
		}, ""},
		"a Hugo site": {map[string]string{
			"_index.md":       "+++\ntitle = \"Site\"\n+++\n\nhello words\n",
			"posts/_index.md": "---\ntitle: Posts\nmenu:\n  main:\n    weight: 10\n---\nlist words\n",
			"posts/one.md":    "---\ntitle: One\ndate: 2024-02-02T10:00:00+02:00\nlastmod: 2024-02-03\nslug: first\ncategories: [a, b]\nweight: 3\n---\n{{< figure src=\"/x.png\" >}} [two]({{< ref \"two.md\" >}})\n\n{{% notice tip %}}\nInside **bold** notice\n{{% /notice %}}\n\n[abs](/posts/two/) [rel](two.md)\n",
			"posts/two.md":    "---\ntitle: Two\n---\n![](pic.png)\n", "posts/pic.png": png, "posts/bundle/index.md": "[x](../one)\n",
		}, "bad-front-matter"},
		"a Jekyll site": {map[string]string{
			"index.md":            "---\nlayout: default\npermalink: /\n---\n{% for post in site.posts %}\n* [{{ post.title }}]({{ post.url }})\n{% endfor %}\n",
			"_posts/2024-01-1.md": "---\nlayout: post\ntitle: Colon: in the title\n---\nbody words {: .note }\n\n> [!NOTE]\n> alert\n",
		}, "bad-front-matter"},
		"a repository": {map[string]string{
			"README.md":       "<p align=\"center\"><img src=\"docs/logo.svg\" width=\"200\"></p>\n\n[![ci](https://a.bc/badge.svg)](https://a.bc) [![x](https://a.bc/x.svg)](LICENSE)\n\n- [Docs](docs/) <a href=\"docs/use.md\">use</a> [code](src/main.go) [license](LICENSE) [make](Makefile)\n- [old](#old-name)\n\n<a name=\"old-name\"></a>\n",
			"docs/use.md":     "## <a id=\"api\"></a>API\n\n[up](../README.md) [api](#api) [c](../CONTRIBUTING.md)\n",
			"CONTRIBUTING.md": "Contributing words\n",
			"docs/logo.svg":   "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "src/main.go": "package main\n", "LICENSE": "x", "Makefile": "x",
			"src/README.md": "```go\nfunc main() {}\n```\n", ".github/ISSUE.md": "not here",
		}, "external-image"},
		"templates": {map[string]string{
			"t.md": "---\ndate: {{date}}\ntags: {{tags}}\ntitle: {{title}}\nup: <% tp.file.title %>\n---\n# {{title}}\n\n<% tp.date.now() %> words\n",
		}, "fill-me"},
	} {
		t.Run(name, func(t *testing.T) {
			r, _ := checkFolder(t, folder(c.files))
			rules := make(map[string]bool)
			for _, f := range r.Findings {
				if rules[f.Rule] = true; !strings.Contains(c.rules, f.Rule) {
					t.Errorf("%s:%d: %s [%s]", f.Path, f.Line, f.Message, f.Rule)
				}
			}
			if c.rules != "" && len(rules) == 0 {
				t.Errorf("nothing was found, want %s", c.rules)
			}
		})
	}
}

// TestOddFiles holds that every note gets a page of its own and no word of it
// is lost, whatever is wrong with the file or its name.
func TestOddFiles(t *testing.T) {
	files := map[string]string{
		"crlf.md":         "---\r\ntitle: Crlf\r\n---\r\n\r\nWindows words here\r\n",
		"cr.md":           "# Old\rMac words here\r",
		"bom.md":          "\ufeff---\ntitle: Bom\n---\nMarked words here\n",
		"bad-utf8.md":     "Latin caf\xe9 words here\n",
		"utf16.md":        "\xff\xfew\x00o\x00r\x00d\x00s\x00",
		"nul.md":          "one\x00two words\n",
		"empty.md":        "",
		"blank.md":        " \n\n\t\n",
		"only-front.md":   "---\ntitle: Only\n---",
		"no-front.md":     "---\n---\nbody words\n",
		"unclosed.md":     "---\ntitle: Unclosed\nBody words here\n",
		"toml.md":         "+++\ntitle = \"Toml\"\n+++\nToml words here\n",
		"toml-open.md":    "+++\ntitle = \"Toml\"\nToml words here\n",
		"broken-yaml.md":  "---\ntitle: a: b: c\ntags: [x\n\tbad: tab\nkind: stroy\n---\nBroken words here\n",
		"list-front.md":   "---\n- a\n- b\n---\nbody words\n",
		"html.md":         "Use <pod-name> and <script>alert(words)</script> and <details><summary>S</summary>inside</details>\n",
		"rule.md":         "---\n\nA rule first, then words\n\n---\n\nand more\n",
		"setext.md":       "---\nLooks like a heading\n---\nmore words\n",
		"shortcode.md":    "{{< youtube id >}} {{ .Site.Title }} {{unknown_fact}} $x^2$ :smile:\n",
		"comments.md":     "shown %% hidden %% words <!-- hidden --> and more\n\n%%\nhidden\n%%\n",
		"index.md":        "Home words\n",
		"README.md":       "Readme words beside an index\n",
		"deep-list.md":    "- one\n  - two\n    - three\n      - four words\n",
		"too-deep.md":     strings.Repeat("> ", 200) + "words far in\n",
		"long-line.md":    strings.Repeat("words and more ", 20000),
		"long-word.md":    strings.Repeat("x", 100000),
		"dup/same.md":     "# Same title\n\nfirst\n",
		"dup2/same.md":    "# Same title\n\nsecond\n",
		"beside.md":       "beside a folder of the same name\n",
		"beside/note.md":  "in the folder beside\n",
		"nested/a/b/x.md": "deep words\n",
		"picture.png":     "\x89PNG\r\n\x1a\n",
	}
	for i, name := range []string{
		"Case", "case ", "con", "COM1", "a&b \"q\" <x>", strings.Repeat("n", 200), "100%", "per%20cent", "a?b#c", "q'uote", "dot.", "two..dots",
		" leading", "_under", "-dash", "tab\tname", "C++", "C#", "C", "!", "[brackets]", "(paren)", "{brace}", "$x", "日本語/メモ 一", "שלום", "emoji 🚀", "🚀", "🎉",
		"café", "e\u0301toile", "zero\u200bwidth", "ß", "İstanbul", "v1.2.3", "robots.txt", "index.html", "aux/nul", "404", "coverage", "back\\slash",
	} {
		files[name+".md"] = fmt.Sprintf("words of number %d\n", i)
	}
	r, site := checkFolder(t, folder(files))
	folded := make(map[string]string)
	for file := range site {
		if other, taken := folded[strings.ToLower(file)]; taken {
			t.Errorf("%s and %s are one file where case does not count", file, other)
		}
		folded[strings.ToLower(file)] = file
	}
	for _, f := range r.Findings {
		if f.Rule == "render-panic" {
			t.Errorf("%s: %s", f.Path, f.Message)
		}
	}
	_, site = build(t, &generator.Builder{Content: folder(files)})
	checkSite(t, site)
}

// TestFoldersInEachOthersWay holds that names which meet in the site, or meet
// a file of ours, lose nothing.
func TestFoldersInEachOthersWay(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"case":     {"Notes/a.md": "x", "notes/b.md": "y", "NOTES/index.md": "z", "a.md": "[x](Notes/) [y](notes/) [z](NOTES/)"},
		"signs":    {"a b/a.md": "x", "a-b/b.md": "y", "🚀/a.md": "x", "🎉/a.md": "y", "c.md": "[x](<a b/>) [y](a-b/) [z](🚀/a.md) [w](🎉/a.md)"},
		"ours":     {"a.md": "![](debrief/icon.svg) [r](robots.txt) [t](tags.png) #x", "debrief/icon.svg": "<svg/>", "robots.txt": "x", "tags.png": "x", "debrief/note.md": "y"},
		"index":    {"index/a.md": "x", "readme/b.md": "y", "Index.md": "[a](index/a.md) [b](readme/)"},
		"a file's": {"x.md/y.md": "z", "x.html.md": "y", "x.md.md": "w", "a.md": "[y](x.md/y.md) [w](x.md.md)"},
		"tags":     {"a.md": "#a/b #a-b #A/B [x](tags/) [y](tags/a-b.md)", "b.md": "#a_b", "tags/a-b.md": "x", "tags/index/x.md": "y"},
	} {
		t.Run(name, func(t *testing.T) {
			r, site := checkFolder(t, folder(files))
			for _, f := range r.Site.Book.Folders {
				if site[f.File] == nil {
					t.Errorf("the folder %s has no page", f.Path)
				}
			}
		})
	}
}

// TestAnyNames holds that whatever files are called, the site can lie on any
// file system, each note has a page, and links by path land on it.
func TestAnyNames(t *testing.T) {
	segment := rapid.OneOf(
		rapid.SampledFrom([]string{"a", "A", "index", "README", "_index", "tags", "debrief", "stories", "principles", "con", "ß", "ss", "é", "e\u0301", "İ", "i", "🚀", "note", "site", "a b", "a-b", "a-2", "404", "c++", "C#"}),
		rapid.StringMatching(`[a-zA-Z0-9 ._+#&'()\[\]-]{1,12}`), rapid.StringN(1, 8, 40))
	rapid.Check(t, func(t *rapid.T) {
		files := make(map[string]string)
		links := ""
		for i := range rapid.IntRange(1, 12).Draw(t, "files") {
			parts := rapid.SliceOfN(segment, 1, 3).Draw(t, "path")
			p := strings.Join(parts, "/") + rapid.SampledFrom([]string{".md", ".md", ".MD", ".markdown", ".png", ".txt", ""}).Draw(t, "type")
			if !fs.ValidPath(p) || p == "." || ignoredPath(p) || strings.ContainsAny(p, "\\\x00") || len(p) > 200 {
				continue
			}
			beside := false // a file cannot be a folder too
			for other := range files {
				beside = beside || strings.HasPrefix(other, p+"/") || strings.HasPrefix(p, other+"/")
			}
			if beside {
				continue
			}
			files[p] = fmt.Sprintf("words of number %d #tag #%s\n", i, parts[0])
			links += "- [l](<./" + url.PathEscape(p) + ">)\n"
		}
		files["all links.md"] = links
		r, err := (&generator.Builder{Content: folder(files), Theme: bare()}).Build(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Files.Check(); err != nil {
			t.Fatal(err)
		}
		book := r.Site.Book
		targets := book.Links(book.At("all links.md"))
		reached := make(map[string]bool)
		for _, to := range targets {
			reached[to.File] = true
		}
		for p := range files {
			n := book.At(p)
			if n == nil && (strings.HasSuffix(strings.ToLower(p), ".md") || strings.HasSuffix(p, ".markdown")) {
				t.Fatalf("%q has no page", p)
			}
			if n != nil && n.Path != "all links.md" && !reached[book.File(n)] {
				t.Fatalf("no link reached %q at %q: %+v", p, book.File(n), r.Findings)
			}
		}
	})
}

// TestLostWordsAndLinksAreSeen holds the checks of this file to what they are
// to find.
func TestLostWordsAndLinksAreSeen(t *testing.T) {
	page := []byte("<p>kept <em>half</em>word <img alt='picture'></p>")
	for text, want := range map[string]string{
		"kept halfword picture": "", "**half**word": "", "kept kept": "kept", "gone": "gone",
		"---\ntitle: gone\n---\nkept": "", "<!-- gone --> %% gone %%": "", "[kept](gone.md) [[gone|kept]]": "kept", "```gone\nkept\n```": "",
	} {
		if got := strings.Join(lostWords([]byte(text), page), " "); got != want {
			t.Errorf("lostWords(%q) = %q, want %q", text, got, want)
		}
	}
	content := folder(map[string]string{"a.md": "[x](b.md) [y][r]\n\n[r]: sub/\n", "b.md": "x", "sub/c.md": "x"})
	r, site := build(t, &generator.Builder{Content: content, Theme: bare()})
	if lost := lostLinks(r, byName(r), content, "a.md", content["a.md"].Data, site["a.html"]); len(lost) > 0 {
		t.Errorf("links that are there were missed: %q", lost)
	}
	if lost := lostLinks(r, byName(r), content, "a.md", content["a.md"].Data, site["b.html"]); len(lost) != 2 {
		t.Errorf("links that are not there were seen: %q", lost)
	}
}

// TestEveryFaultOfANoteAtOnce holds that one run names them all.
func TestEveryFaultOfANoteAtOnce(t *testing.T) {
	r, site := build(t, &generator.Builder{Content: folder(map[string]string{
		"incidents/bad.md": "---\ntitle: Bad\nstarted_at: yesterday\ndetected_at: 2024-01-01\nmitigated_at: 2024-01-01T10:00:00Z\nresolved_at: 2024-01-01T09:00:00Z\nslo: {target: 120%}\nsla: ninety\ndraft: \"false\"\ndetected_by: alrt\nplaybook: nowhere\nraci:\n  - {activity: fix, R: [me]}\nfoo: bar\n---\n[gone](gone.md) [[nobody]]\n",
	})})
	if site["incidents/bad.html"] == nil {
		t.Fatal("a note with faults has no page")
	}
	got := make(map[string]int)
	for _, f := range r.Findings {
		got[f.Rule]++
		if f.Line == 0 || f.Path == "" {
			t.Errorf("a finding without a place: %+v", f)
		}
	}
	for rule, n := range map[string]int{"bad-time": 2, "time-order": 1, "bad-value": 2, "bad-duration": 1, "bad-front-matter": 1, "bad-reference": 1, "raci-no-a": 1, "unknown-key": 1, "broken-link": 2} {
		if got[rule] != n {
			t.Errorf("%d findings of %s, want %d; all: %s", got[rule], rule, n, fmt.Sprint(got))
		}
	}
}
