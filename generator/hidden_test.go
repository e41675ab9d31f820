package generator_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"debrief/generator"
	"debrief/generator/note"
	"debrief/generator/render"
	"debrief/themes"
)

// shown returns where a site shows a term, in the forms that a reader or a
// machine would meet it. It shares no code with what is to keep it out.
func shown(site map[string][]byte, term string) (places []string) {
	fold := func(s string) string {
		return strings.ToLower(norm.NFKC.String(strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2010", "", "\n", " ").Replace(s)))
	}
	term = fold(term)
	var joined []string // its words with signs between
	for _, signs := range []string{` "`, " “", ": ", "::", "-", "\u2011", " -- ", " – ", " (", "... ", ""} {
		joined = append(joined, fold(strings.ReplaceAll(term, " ", signs)))
	}
	coded := base64.StdEncoding.EncodeToString([]byte(term))
	for file, data := range site {
		if own := themeFiles()[file]; own != nil && bytes.Equal(own, data) {
			continue // the theme's own; what lies beside it holds texts of notes
		}
		text := string(data)
		forms := map[string]string{"name": file, "bytes": text}
		if strings.HasSuffix(file, ".html") || strings.HasSuffix(file, ".svg") {
			forms["entities"], forms["text"] = html.UnescapeString(text), plainText(data)
		}
		if unescaped, err := url.PathUnescape(text); err == nil {
			forms["percents"] = unescaped
		}
		for form, s := range forms {
			if folded := fold(s); strings.Contains(folded, term) || slices.ContainsFunc(joined, func(way string) bool { return strings.Contains(folded, way) }) || strings.Contains(s, coded[:len(coded)-4]) {
				places = append(places, file+" as "+form)
			}
		}
	}
	slices.Sort(places)
	return places
}

// themeFiles are what the default theme brings into every site.
var themeFiles = sync.OnceValue(func() map[string][]byte {
	theme, err := render.Load(themes.Default(), themes.Client())
	if err != nil {
		panic(err)
	}
	files := make(map[string][]byte)
	for _, f := range append(theme.Assets(), render.Fonts()...) {
		data, err := f.Bytes()
		if err != nil {
			panic(err)
		}
		files[f.Path] = data
	}
	return files
})

// hidden are notes that a public build must not know of, with a marker in each
// place that a note has, and the files that only they show.
func hidden(mark string) fstest.MapFS {
	body := func(m string) string {
		return strings.ReplaceAll(`
# Heading MARK {#id-MARK}

Text MARK, *em MARK*, **strong MARK**, `+"`code MARK`"+`, [link MARK](https://MARK.example.com/MARK "title MARK"), <https://MARK.example.com>, [[page-MARK]],
[[index|MARK]], [home](../index.md "MARK"), ![alt MARK](MARK.png "MARK"), ![[MARK.jpg]], #tag-MARK, {{MARK.x}}, MARK@example.com, 12% and 38 min MARK, [^MARK]. ^MARK

[^MARK]: Footnote MARK.

- item MARK
- [ ] task MARK

| head MARK | x |
|---|---|
| cell MARK | 1 |

> quote MARK

> [!probe] Probe MARK?
> Answer MARK.

`+"```sh title=\"MARK.sh\"\nrun MARK\n```\n\n```timeline\n- {at: 2024-01-01T10:00:00Z, event: MARK}\n```"+`

term MARK
: definition MARK

<details><summary>summary MARK</summary>

inside MARK

</details>
`, "MARK", m)
	}
	files := fstest.MapFS{}
	add := func(path, front string) {
		m := fmt.Sprintf("%s%d", mark, len(files))
		files[strings.ReplaceAll(path, "MARK", m)] = &fstest.MapFile{Data: []byte("---\n" + strings.ReplaceAll(front, "MARK", m) + "---\n" + body(m))}
	}
	everything := "id: MARK\ntitle: Title MARK\naliases: [alias MARK]\ntags: [tag-MARK, ownership]\ndescription: Description MARK\ncompany: Company MARK\nextra_MARK: Extra MARK\n"
	add("incidents/MARK.md", everything+"started_at: 2031-01-01T10:00:00Z\nmitigated_at: 2031-01-01T11:00:00Z\nservices: [MARK]\nroles: {MARK: [MARK]}\nraci:\n  - {activity: MARK, R: [MARK], A: [MARK]}\ntimeline:\n  - {at: 2031-01-01T10:10:00Z, event: MARK}\n")
	add("stories/MARK.md", everything+"visibility: private\nincident: checkout-prime-day-2023\nprinciples: [ownership]\nheadline: MARK\nrounds: [phone-screen]\n")
	add("stories/draft-MARK.md", everything+"visibility: public\ndraft: true\nprinciples: [dive-deep]\n")
	add("stories/shared-MARK.md", everything+"visibility: shared\nprinciples: [dive-deep]\n")
	add("offers/MARK.md", everything+"visibility: public\nbase: USD 165000\nlevel: MARK\n")
	add("followups/MARK.md", everything+"visibility: public\nto: MARK\n")
	add("playbooks/MARK.md", everything+"publish: \"false\"\ntrigger: MARK\n")
	add("rounds/MARK.md", everything+"visibility: publik\ntype: behavioral\norder: 1\nquestions_to_ask: [MARK]\n")
	add("questions/MARK.md", everything+"publish: false\nquestion: MARK?\nprinciples: [ownership]\n")
	add("principles/MARK.md", everything+"name: MARK\n")
	add("signals/MARK.md", everything+"bad: MARK\ngood: MARK\n")
	add("pages/MARK.md", "title: [unclosed MARK\nvisibility: public\n")
	add("MARK/index.md", everything)
	add("pages/Checkout Prime Day 2023.md", everything) // names like those of notes that are shown
	add("incidents/Checkout-Prime-Day-2023.md", everything)
	files["pages/"+mark+"0.png"] = &fstest.MapFile{Data: []byte("\x89PNG\r\n\x1a\n" + mark)}
	files["incidents/"+mark+"0.png"] = &fstest.MapFile{Data: []byte("\x89PNG\r\n\x1a\n" + mark)}
	files["assets/"+mark+"1.jpg"] = &fstest.MapFile{Data: []byte("\xff\xd8 Exif " + mark)}
	return files
}

// TestAHiddenNoteChangesNoByte holds that a public build is the same whatever
// hidden notes lie beside those that it shows: no list, count, backlink, slug
// or matrix betrays them.
func TestAHiddenNoteChangesNoByte(t *testing.T) {
	content := fstest.MapFS{}
	err := fs.WalkDir(example(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(example(), p)
		content[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, before := build(t, &generator.Builder{Content: content, Profile: note.Public})
	const mark = "zq7mark"
	maps.Copy(content, hidden(mark))
	r, after := build(t, &generator.Builder{Content: content, Profile: note.Public})
	for file := range after {
		if string(before[file]) != string(after[file]) {
			t.Errorf("%s is another one with hidden notes beside it", file)
		}
	}
	for file := range before {
		if _, ok := after[file]; !ok {
			t.Errorf("%s is gone with hidden notes beside it", file)
		}
	}
	if places := shown(after, mark); len(places) > 0 {
		t.Errorf("hidden notes show in %v", places)
	}
	if leaks, err := r.Leaks(t.Context()); err != nil || len(leaks) > 0 {
		t.Errorf("the gate says %v (%v)", leaks, err)
	}
	// The test sees what it must: for their author the notes are there.
	_, private := build(t, &generator.Builder{Content: content})
	if len(shown(private, mark)) < 20 {
		t.Error("the author's own build does not show the notes either")
	}
}

// TestHiddenPartsOfAShownNoteAreGone holds that of a note which is shown the
// parts that are not leave nothing behind.
func TestHiddenPartsOfAShownNoteAreGone(t *testing.T) {
	const mark = "zq7mark"
	shownPage := func(parts string) map[string][]byte {
		_, site := build(t, &generator.Builder{Profile: note.Public, Content: fstest.MapFS{
			"index.md": {Data: []byte("---\nvisibility: public\nextra: " + mark + "\nkeywords: [" + mark + "]\n---\n# Home\n\nBefore.\n\n" + parts + "\n\nAfter. [other](other.md)\n")},
			"other.md": {Data: []byte("---\nvisibility: public\n---\n# Other\n")},
		}})
		return site
	}
	none := shownPage("")
	for _, part := range []string{
		"> [!private]\n> MARK\n", "> [!PRIVATE]- MARK\n> MARK [MARK](other.md) #MARK\n> ## MARK\n", ":::private\nMARK\n\n## MARK {#MARK}\n:::\n", "::: private MARK\nMARK\n:::",
		"!!! private \"MARK\"\n    MARK\n", "??? private\n    MARK\n", "> [!note]\n> > [!private]\n> > MARK\n",
		"%% MARK %%", "%%\nMARK\n\n## MARK\n%%", "<!-- MARK -->", "<!--\nMARK\n\nMARK\n-->", "> [!private]\n> [^m]\n\n",
	} {
		got := shownPage(strings.ReplaceAll(part, "MARK", mark))
		if places := shown(got, mark); len(places) > 0 {
			t.Errorf("%q shows in %v", part, places)
		}
		if strings.HasPrefix(part, "> [!note]") {
			continue // the note around it is shown
		}
		for file := range got {
			if string(got[file]) != string(none[file]) {
				t.Errorf("%q leaves a trace in %s", part, file)
			}
		}
	}
}

// A randomWorld is a handbook that is partly hidden and names what must not be
// named.
type randomWorld struct {
	*rand.Rand
	names []string // none of which may be shown
}

// term writes one of the names in one of the ways that people do.
func (w *randomWorld) term() string {
	name := w.names[w.IntN(len(w.names))]
	half := len(name) / 2
	for half < len(name) && name[half]&0xc0 == 0x80 {
		half++
	}
	a, b := name[:half], name[half:]
	ways := []string{
		name, strings.ToUpper(name), strings.ToLower(name), name + "'s", name + "s", "**" + a + "**" + b, a + "*" + b + "*", a + "<b>" + b + "</b>", a + "\u00ad" + b, a + "\u200b" + b,
		norm.NFD.String(name), "&#" + fmt.Sprint(int(name[0])) + ";" + name[1:], "[" + a + "](index.md)" + b, strings.ReplaceAll(name, " ", "\n"), strings.ReplaceAll(strings.ToLower(name), " ", "-"),
		"`" + name + "`", "[" + name + "](index.md)", "#" + strings.ReplaceAll(name, " ", "-"), "https://" + strings.ReplaceAll(strings.ToLower(name), " ", "-") + ".example.com/x",
		"![" + name + "](x.svg)", "==" + name + "==", "~~" + a + "~~" + b, "&quot;" + name + "&quot;", "x." + strings.ReplaceAll(name, " ", "_") + "=1", "<" + name + ">", a + "<!-- -->" + b, a + "%%x%%" + b,
		strings.ReplaceAll(name, " ", ` "`) + "”", strings.ReplaceAll(name, " ", " “") + "”", strings.ReplaceAll(name, " ", ": "), strings.ReplaceAll(name, " ", "::"), strings.ReplaceAll(name, " ", "\u2011"),
		strings.ReplaceAll(name, " ", " -- "), strings.ReplaceAll(name, " ", " ("), strings.ReplaceAll(name, " ", "... "), a + "\u2010" + b, "x_" + name + "Url",
	}
	if utf8.RuneCountInString(name) > 4 { // shorter ones are words of their own only
		ways = append(ways, "https://x"+strings.ReplaceAll(strings.ToLower(name), " ", "")+"x.example.com")
	}
	return ways[w.IntN(len(ways))]
}

func (w *randomWorld) body() string {
	blocks := []string{
		"At %s it was down.", "## About %s", "- item %s\n- [ ] task %s", "| %s | a |\n|---|---|\n| b | %s |", "> quote %s", "> [!probe] Why %s?\n> Since %s.", "```\ncode %s\n```",
		"Text[^1].\n\n[^1]: note %s", "term %s\n: def %s", "<details><summary>%s</summary>\n\n%s\n\n</details>", "```timeline\n- {at: 2024-01-01T10:00:00Z, event: \"%s\"}\n```", "[%s][r]\n\n[r]: index.md \"%s\"", "**Situation:** %s\n**Task:** %s",
	}
	var b strings.Builder
	for range 1 + w.IntN(5) {
		block := blocks[w.IntN(len(blocks))]
		for strings.Contains(block, "%s") {
			term := w.term()
			if strings.Contains(block, "|") || strings.Contains(block, "\"") || strings.HasPrefix(block, "#") || strings.HasPrefix(block, "[") {
				term = strings.ReplaceAll(term, "\n", " ")
			}
			block = strings.Replace(block, "%s", term, 1)
		}
		b.WriteString(block + "\n\n")
	}
	return b.String()
}

// TestWorlds makes handbooks at random, partly hidden, with names to be covered
// in random places. In a public build no name is left, nothing hidden is, every
// link lands, the gate agrees, and without the hidden notes it is the same.
func TestWorlds(t *testing.T) {
	const mark = "zq7mark"
	worlds := uint64(220)
	if testing.Short() {
		worlds = 30
	}
	for seed := range worlds {
		w := &randomWorld{rand.New(rand.NewPCG(seed, 11)), nil}
		pool := []string{"Contoso", "Fabrikam Retail", "Müller Söhne", "Tailspin Toys", "Zava", "Project Falcon", "Северсталь", "株式会社コントソ"}
		w.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		w.names = pool[:1+w.IntN(3)]
		settings := "cover_names:\n"
		for i, name := range w.names[1:] {
			settings += fmt.Sprintf("  %s: cover number %d\n", name, i)
		}
		settings += "redact: [" + w.names[0] + "]\n"
		content := fstest.MapFS{
			"debrief.yaml": {Data: []byte(settings)},
			"index.md":     {Data: []byte("---\nvisibility: public\n---\n# Home\n\n" + w.body())},
			"x.svg":        {Data: []byte("<svg xmlns=\"http://www.w3.org/2000/svg\"><text>" + w.names[0] + "</text></svg>")},
		}
		folders := []string{"pages", "notes/" + w.names[0], "pages"}
		if seed%8 == 0 {
			folders = append(folders, "incidents", "stories", "playbooks", "questions") // makes the pages of preparation too
		}
		for i := range 2 + w.IntN(4) {
			name := []string{fmt.Sprintf("note %d", i), w.names[w.IntN(len(w.names))], strings.ToLower(strings.ReplaceAll(w.names[0], " ", "-")) + "-down"}[w.IntN(3)]
			title := strings.ReplaceAll(w.names[w.IntN(len(w.names))], "\n", " ")
			content[folders[w.IntN(len(folders))]+"/"+name+".md"] = &fstest.MapFile{Data: []byte(
				"---\nvisibility: public\ntitle: \"" + title + " at work\"\ntags: [\"" + title + "\"]\ndescription: \"About " + title + "\"\n---\n" + w.body() + "\n> [!private]\n> " + mark + "\n\n%% " + mark + " %%\n")}
		}
		var links strings.Builder
		for path := range content {
			if strings.HasSuffix(path, ".md") {
				fmt.Fprintf(&links, "[a](<%s>) [[%s]]\n", path, strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".md"))
			}
		}
		lines := strings.SplitAfter(links.String(), "\n")
		slices.Sort(lines)
		content["map.md"] = &fstest.MapFile{Data: []byte("---\nvisibility: public\n---\n" + strings.Join(lines, ""))}

		r, site := build(t, &generator.Builder{Content: content, Profile: note.Public})
		for _, term := range append(slices.Clone(w.names), mark) {
			if places := shown(site, term); len(places) > 0 {
				t.Fatalf("seed %d: %q shows in %v\n%s", seed, term, places, dump(content))
			}
		}
		_, main, _ := strings.Cut(string(site["map.html"]), "<main")
		main, _, _ = strings.Cut(main, "</article")
		if n, want := strings.Count(main, ">a</a>"), len(lines)-1; n != want {
			t.Fatalf("seed %d: of %d links by path %d lead somewhere\n%s", seed, want, n, dump(content))
		}
		if n, want := strings.Count(main, "<a "), 2*(len(lines)-1); n < want {
			t.Fatalf("seed %d: of %d links %d lead somewhere\n%s\n%s", seed, want, n, main, dump(content))
		}
		checkSite(t, site)
		if leaks, err := r.Leaks(t.Context()); err != nil || len(leaks) > 0 {
			t.Fatalf("seed %d: the gate says %v (%v)\n%s", seed, leaks, err, dump(content))
		}
		for path, f := range hidden(mark) {
			if w.IntN(3) == 0 && content[path] == nil {
				content[path] = f
			}
		}
		_, again := build(t, &generator.Builder{Content: content, Profile: note.Public})
		if len(again) != len(site) {
			t.Fatalf("seed %d: hidden notes make %d files of %d", seed, len(again), len(site))
		}
		for file := range site {
			if string(site[file]) != string(again[file]) {
				t.Fatalf("seed %d: hidden notes change %s", seed, file)
			}
		}
	}
}

func dump(content fstest.MapFS) string {
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(content)) {
		fmt.Fprintf(&b, "-- %s --\n%s\n", path, content[path].Data)
	}
	return b.String()
}

// TestAPhotoGoesOutAsAPictureOnly holds that of a photo that a page shows
// nothing goes out but the picture: not where it was taken, nor its own name.
func TestAPhotoGoesOutAsAPictureOnly(t *testing.T) {
	const mark = "zq7mark"
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	segment := func(marker byte, body string) []byte {
		return append([]byte{0xff, marker, 0, byte(len(body) + 2)}, body...)
	}
	raw := slices.Concat(photo.Bytes()[:2], segment(0xe1, "Exif\x00\x00"+mark), segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+mark), segment(0xed, mark), segment(0xfe, mark), photo.Bytes()[2:], []byte(mark))
	r, site := build(t, &generator.Builder{Profile: note.Public, Content: fstest.MapFS{
		"debrief.yaml":       {Data: []byte("redact: [" + mark + "]\n")},
		"index.md":           {Data: []byte("---\nvisibility: public\n---\n# Home\n\n![desk](" + mark + "-desk.jpg)\n")},
		mark + "-desk.jpg":   {Data: raw},
		mark + "-unseen.jpg": {Data: raw},
	}})
	if places := shown(site, mark); len(places) > 0 {
		t.Errorf("shows in %v", places)
	}
	if leaks, err := r.Leaks(t.Context()); err != nil || len(leaks) > 0 {
		t.Errorf("the gate says %v (%v)", leaks, err)
	}
	if _, err := jpeg.Decode(bytes.NewReader(site["redacted-desk.jpg"])); err != nil {
		t.Errorf("the picture is gone: %v", err)
	}
}
