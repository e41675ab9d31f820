package cover_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"debrief/generator/cover"
	"debrief/generator/diag"
)

func names(t testing.TB) *cover.Names {
	t.Helper()
	n, err := cover.New([]cover.Name{
		{Original: "Contoso", Cover: "a large retailer", Slug: "a-large-retailer"},
		{Original: "Müller & Söhne", Cover: "a bank (Swiss)", Slug: "a-bank-swiss"},
		{Original: "Meta", Cover: "a network", Slug: "a-network"},
		{Original: "H & M", Cover: "a shop", Slug: "a-shop"},
		{Original: "St. Gall", Cover: "a cloister", Slug: "a-cloister"},
		{Original: "Globality", Cover: "an agency", Slug: "an-agency"},
	}, []cover.Pattern{{Text: `INC-\d+`}, {Text: "Project Falcon"}, {Text: " "}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestBody(t *testing.T) {
	n := names(t)
	for _, c := range []struct{ name, in, want string }{
		{"a sentence begins", "Contoso was down.", "A large retailer was down."},
		{"in a sentence", "At Contoso I was on call.", "At a large retailer I was on call."},
		{"the genitive", "It was Contoso's database.", "It was a large retailer's database."},
		{"the plural", "two Contosos", "two a large retailers"},
		{"a plural in -ies", "two globalities", "two an agency"},
		{"another case", "at CONTOSO", "at a large retailer"},
		{"decomposed", "bei Mu\u0308ller & So\u0308hne", `bei a bank (Swiss)`},
		{"without accents", "https://muller-sohne.ch/x", "https://a-bank-swiss.ch/x"},
		{"another joint", "bei Müller und Söhne", `bei a bank (Swiss)`},
		{"full width", "at Ｃｏｎｔｏｓｏ", "at a large retailer"},
		{"soft hyphens", "at Con\u00adtoso", "at a large retailer"},
		{"zero width", "at Con\u200btoso", "at a large retailer"},
		{"an entity", "at &#67;ontoso", "at a large retailer"},
		{"a named entity", "bei M&uuml;ller &amp; S&ouml;hne", `bei a bank (Swiss)`},
		{"bold before", "at **Con**toso now", "at **a large retailer** now"},
		{"bold behind", "at Con**toso** now", "at **a large retailer** now"},
		{"bold inside", "at Con*to*so now", "at *a large retailer* now"},
		{"a tag", "at Con<b>to</b>so", "at <b>a large retailer</b>"},
		{"a comment", "at Con<!-- x -->toso", "at a large retailer<!-- x -->"},
		{"a link before", "at [Con](x.md)toso", "at [a large retailer](x.md)"},
		{"a link behind", "at Con[toso](x.md)", "at [a large retailer](x.md)"},
		{"a line break", "Project\nFalcon - ours", "‹redacted›\n - ours"},
		{"a line break in a sentence", "our Project\nFalcon - ours", "our \n‹redacted› - ours"},
		{"a line break and several words", "bei Müller &\nSöhne - uns", "bei a\nbank (Swiss) - uns"},
		{"a quotation", "> Project\n> Falcon", "> ‹redacted›\n> "},
		{"a hyphen", "the contoso-outage page", "the a-large-retailer-outage page"},
		{"an underscore", "`CONTOSO_URL=1`", "`a-large-retailer_URL=1`"},
		{"one word", "#projectfalcon", "#redacted"},
		{"a tag of ours", "see #Contoso", "see #a-large-retailer"},
		{"a target", "[x](../Contoso/Contoso%20down.md#contoso)", "[x](../a%20large%20retailer/a%20large%20retailer%20down.md#a-large-retailer)"},
		{"a target in brackets", "[x](<Contoso down.md>)", "[x](<a%20large%20retailer down.md>)"},
		{"a defined target", "[x]: Contoso.md", "[x]: a%20large%20retailer.md"},
		{"a title", `[x](y.md "at Contoso")`, `[x](y.md "at a large retailer")`},
		{"an alternative text", "![the Contoso map](map.png)", "![the a large retailer map](map.png)"},
		{"a wikilink", "[[Contoso down]]", "[[a large retailer down]]"},
		{"a wikilink's text", "[[x|Contoso]]", "[[x|a large retailer]]"},
		{"an address", "see https://api.contoso.com/v1", "see https://api.a-large-retailer.com/v1"},
		{"percent", "https://x.org/?q=%43ontoso", "https://x.org/?q=a-large-retailer"},
		{"a fact", "{{contoso.time_to_mitigate}}", "{{a-large-retailer.time_to_mitigate}}"},
		{"an id", "# Down {#contoso}", "# Down {#a-large-retailer}"},
		{"a block's id", "Text. ^contoso", "Text. ^a-large-retailer"},
		{"code", "```sh\nssh contoso.internal\n```", "```sh\nssh a-large-retailer.internal\n```"},
		{"an escape in code", "```js\nx = \"\\u0043ontoso\"\n```", "```js\nx = \"a-large-retailer\"\n```"},
		{"letters that an escape could end with", "at \\u004Contoso and %4Contoso", "at \\u004a large retailer and %4a large retailer"},
		{"a timeline", "```timeline\n- at: 10:00\n  what: Contoso called\n```", "```timeline\n- at: 10:00\n  what: a large retailer called\n```"},
		{"a table", "| Contoso | 12% |", "| A large retailer | 12% |"},
		{"an attribute", `<img alt="the Contoso map" src="contoso.png">`, `<img alt="the a large retailer map" src="a-large-retailer.png">`},
		{"a pattern", "see INC-4711.", "see ‹redacted›."},
		{"a pattern split", "see INC-**47**11.", "see **‹redacted›**."},
		{"a short name", "then Meta's site", "then a network's site"},
		{"a short name inside a word", "the metadata of metal", "the metadata of metal"},
		{"letters that are a name elsewhere", "an algorithm, a rhythm", "an algorithm, a rhythm"},
		{"letters that are a name", "at H&M and h and m", `at a shop and a shop`},
		{"two words in quotes", `our Project "Falcon" flew`, `our ‹redacted› flew`},
		{"two words in curly quotes", "our Project “Falcon” flew", "our ‹redacted› flew"},
		{"two words, emphasis and quotes", `our Project *"Falcon"* flew`, `our *‹redacted›* flew`},
		{"two words in an attribute", `<abbr title="Project &quot;Falcon&quot;">x</abbr>`, `<abbr title="‹redacted›">x</abbr>`},
		{"a colon", "Project: Falcon", "‹redacted›"},
		{"brackets", "our Project (Falcon) flew", "our ‹redacted› flew"},
		{"a middle dot", "Project · Falcon", "‹redacted›"},
		{"an arrow", "Project → Falcon", "‹redacted›"},
		{"an ellipsis", "Project... Falcon, Project… Falcon", "‹redacted›, ‹redacted›"},
		{"two hyphens", "Project--Falcon", "redacted"},
		{"two colons", "`project::falcon`", "`redacted`"},
		{"a backslash", "`project\\falcon`", "`redacted`"},
		{"an equals sign", "`project=falcon`", "`redacted`"},
		{"an index", "`project[\"falcon\"]`", "`[redacted]`"},
		{"a hyphen that does not break", "Project\u2011Falcon, INC\u20114711", "‹redacted›, ‹redacted›"},
		{"a minus sign", "INC\u22124711", "‹redacted›"},
		{"a hyphen of Unicode inside", "at Con\u2010toso and con&#8209;toso", "at a large retailer and a large retailer"},
		{"a name with a stop", "at St. Gall and St Gall", "at a cloister and a cloister"},
		{"a sentence ends between", "It was a fine project. Falcon flew! Project? Falcon", "It was a fine project. Falcon flew! Project? Falcon"},
		{"a quoted sentence ends between", `"a fine project." Falcon flew`, `"a fine project." Falcon flew`},
		{"two words that a third parts", "Project and Falcon", "Project and Falcon"},
		{"nothing", "a retailer, INC-, a falcon. Project", "a retailer, INC-, a falcon. Project"},
	} {
		got, _ := n.Body([]byte(c.in))
		if string(got) != c.want {
			t.Errorf("%s:\n %q becomes\n %q, want\n %q", c.name, c.in, got, c.want)
		}
		for _, left := range n.Find(string(got)) {
			t.Errorf("%s: %q is left in %q", c.name, left.Text, got)
		}
	}
}

// TestOrdinaryTextStays holds that a name is found as a word of its own and as
// a part of what is put together from words, and that words which only hold
// its letters are left alone.
func TestOrdinaryTextStays(t *testing.T) {
	var all []cover.Name
	for _, name := range []string{"Cisco", "Intel", "M&S", "AT&T", "D&B", "3M", "Gap", "楽天", "Nokia"} {
		all = append(all, cover.Name{Original: name, Cover: "X", Slug: "x"})
	}
	n, err := cover.New(all, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, stays := range []string{
		"San Francisco and SAN FRANCISCO", "intelligence, Intelligent, INTELLIGENCE", "120 ms, 120ms, 120 MS, 5 ms.", "look at T and at the", "the DB, a db", "`db.internal`, db.example.com",
		"a 13M row table", "gapless, a stopgap", "[intelligence](intelligence.md)", "`disco.sh`", "San Fran**cisco**", "sanfrancisco-2024", "Francisco's",
	} {
		if got, _ := n.Body([]byte(stays)); string(got) != stays {
			t.Errorf("%q becomes %q", stays, got)
		}
		if left := n.Find(stays); len(left) > 0 {
			t.Errorf("in %q %q is found", stays, left[0].Text)
		}
	}
	for text, want := range map[string]string{
		"Cisco's, Ciscos": "X's, Xs", "cisco-router, cisco_url, CISCO_URL": "x-router, x_url, x_URL", "`ciscoUrl`": "`xUrl`", "`myCisco`": "`myx`", "`HTTPCiscoURL`": "`HTTPxURL`", "`CISCOUrl`": "`xUrl`",
		"cisco2024, 2cisco": "X2024, 2X", "https://api.ciscocorp.com/x": "https://api.xcorp.com/x", "kim@mycisco.de": "kim@myx.de", "mycisco.co.uk, (https://mycisco.slack.com)": "myX.co.uk, (https://myx.slack.com)",
		"at M&S, m & s, M and S, M-S": "at X, X, X, x", "m-s.html": "x.html", "at AT&T, ATT and AT T": "at X, X and X", "att.com, kim@att.com": "X.com, kim@x.com", "→hq.ms.com": "→hq.X.com",
		"a 3M tape": "a X tape", "楽天の": "Xの", "at Gap": "at X",
	} {
		if got, _ := n.Body([]byte(text)); string(got) != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if len(n.Find(text)) == 0 {
			t.Errorf("in %q nothing is found", text)
		}
	}
}

// TestManyNamesInOneWord holds that a text made of nothing but names inside
// words takes no longer than its length asks for.
func TestManyNamesInOneWord(t *testing.T) {
	n := names(t)
	text := strings.Repeat("contosox", 1<<17)
	if got, _ := n.Body([]byte(text)); string(got) != text || len(n.Find(text)) > 0 {
		t.Error("names inside a word are covered")
	}
	if places := n.Inside([]byte(text), 1); len(places) == 0 || len(places) > 100 {
		t.Errorf("%d places are told, want some, and not all", len(places))
	}
}

// TestLettersOfOtherKeyboards holds that a name is found as people write it
// who do not have its letters, addresses among them.
func TestLettersOfOtherKeyboards(t *testing.T) {
	for name, ways := range map[string][]string{
		"Ørsted": {"Ørsted", "ØRSTED", "orsted.com", "Oersted"}, "Müller": {"Müller", "MÜLLER", "Mueller", "mueller.de", "muller.ch", "Mu\u0308ller"},
		"Allegro Łódź": {"allegro-lodz", "Allegro Łódź"}, "Đuro": {"duro"}, "Işbank": {"isbank", "Işbank", "ISBANK"}, "Yapı": {"yapi", "YAPI"}, "Mærsk": {"maersk.com", "MÆRSK"}, "Œuvre": {"oeuvre"},
		"Þór": {"thor"}, "Häagen Søn": {"haagen-soen", "Haeagen Soen"}, "Åland": {"aaland", "aland"}, "Strauß": {"strauss", "STRAUSS", "Strauß"}, "Ærø & Sønner": {"aeroe-soenner.dk", "Aero und Sonner"},
	} {
		n, err := cover.New([]cover.Name{{Original: name, Cover: "X", Slug: "x"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range ways {
			if got := n.Key("at " + way); strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(got, ".com"), ".de"), ".ch"), ".dk") != "at x" {
				t.Errorf("%s: %q becomes %q", name, way, got)
			}
			if len(n.Find(way)) == 0 {
				t.Errorf("%s: %q is not found", name, way)
			}
		}
		for _, other := range []string{"blu and blue", "a boing", "must", "ostrich", "loading"} {
			if got := n.Value(other); got != other {
				t.Errorf("%s: %q becomes %q", name, other, got)
			}
		}
	}
}

// TestInside holds that what is left alone inside a word can be told.
func TestInside(t *testing.T) {
	n := names(t)
	text := "# At contosoretail\n\nThe **precontoso** time, Contoso, metadata.\n"
	var said []string
	for _, in := range n.Inside([]byte(text), 7) {
		said = append(said, fmt.Sprintf("%d:%d+%d", in.Pos.Line, in.Pos.Column, in.Len))
	}
	if got, want := strings.Join(said, " "), "7:6+7 9:10+7"; got != want {
		t.Errorf("names inside words at %s, want %s", got, want)
	}
}

func TestValueKeyPathFile(t *testing.T) {
	n := names(t)
	for _, c := range []struct {
		of       func(string) string
		in, want string
	}{
		{n.Value, "Contoso was down", "A large retailer was down"},
		{n.Value, "down at Contoso", "down at a large retailer"},
		{n.Value, "contoso-down", "a-large-retailer-down"},
		{n.Value, "kim@contoso.com", "kim@a-large-retailer.com"},
		{n.Key, "Contoso", "a-large-retailer"},
		{n.Path, "incidents/Contoso down.md", "incidents/a large retailer down.md"},
		{n.Path, "contoso/contoso-down.md", "a large retailer/a-large-retailer-down.md"},
		{func(s string) string { return string(n.File([]byte(s))) }, "<svg><title>Contoso</title><text>Con<tspan>toso</tspan></text></svg>",
			"<svg><title>a large retailer</title><text><tspan>a large retailer</tspan></text></svg>"},
		{func(s string) string { return string(n.File([]byte(s))) }, `{"who": "Müller & Söhne"}`, `{"who": "a-bank-swiss"}`},
	} {
		if got := c.of(c.in); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.in, got, c.want)
		}
	}
}

func TestAPatternThatCannotBeReadIsAnError(t *testing.T) {
	n, err := cover.New(nil, []cover.Pattern{{Text: "(open", Entry: "redact 1"}, {Text: "Falcon", Entry: "redact 2"}})
	if err == nil || !strings.Contains(err.Error(), "redact 1") || strings.Contains(err.Error(), "open") {
		t.Errorf("error %v, want one that names redact 1 and does not quote it", err)
	}
	if got := n.Value("Falcon"); got == "Falcon" {
		t.Error("a pattern that cannot be read disables the others")
	}
}

// TestPatternsOfAnything holds that no pattern is too odd to be looked for.
func TestPatternsOfAnything(t *testing.T) {
	for _, text := range []string{`\n`, `\s+`, `.*`, `^`, `$`, `\b`, `(?s).+`, `\x00?`, `[^a]`, "‹", "&", "🎉"} {
		n, err := cover.New(nil, []cover.Pattern{{Text: text}})
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		for _, src := range []string{"", "\n", "a\n\nb \n", "**a**\n> b", "\xff\n\xfe", "🎉 & ‹\n"} {
			got, edits := n.Body([]byte(src))
			if strings.Count(string(got), "\n") != strings.Count(src, "\n") {
				t.Errorf("%q takes lines from %q: %q", text, src, got)
			}
			edits.Original(diag.Pos{Line: 1, Column: 1}, 1, false)
			n.Value(src)
			n.Path(src)
			n.Find(src)
		}
	}
}

func TestNilCoversNothing(t *testing.T) {
	var n *cover.Names
	body, edits := n.Body([]byte("Contoso"))
	if string(body) != "Contoso" || edits != nil || n.Value("Contoso") != "Contoso" || n.Find("Contoso") != nil || !n.Empty() {
		t.Error("nothing was asked to be covered, and something was")
	}
}

// TestPlacesStay holds that what is found in the covered text is where the
// author wrote it.
func TestPlacesStay(t *testing.T) {
	n := names(t)
	src := "one\nAt Contoso and **Con**toso: 12% down, INC-7 said Project\nFalcon and 30%.\n"
	got, edits := n.Body([]byte(src))
	const first = 7
	for _, word := range []string{"one", "At", "12%", "down", "said", "30%"} {
		at := placeOf(string(got), word, first)
		if back, want := edits.Original(at, first, false), placeOf(src, word, first); back != want {
			t.Errorf("%q stands at %v, want %v\n%s", word, back, want, got)
		}
	}
	start := placeOf(string(got), "a large", first)
	if back, want := edits.Original(start, first, false), placeOf(src, "Contoso", first); back != want {
		t.Errorf("the cover begins at %v, want %v", back, want)
	}
	start.Column += 4
	if back, want := edits.Original(start, first, false), placeOf(src, "Contoso", first); back != want {
		t.Errorf("the middle of the cover is at %v, want the name's beginning %v", back, want)
	}
	if back, want := edits.Original(start, first, true), placeOf(src, " and **", first); back != want {
		t.Errorf("the middle of the cover ends at %v, want the name's end %v", back, want)
	}
}

func placeOf(text, word string, first int) diag.Pos {
	before, _, _ := strings.Cut(text, word)
	line := strings.LastIndexByte(before, '\n') + 1
	return diag.Pos{Line: first + strings.Count(before, "\n"), Column: len([]rune(before[line:])) + 1}
}

// TestANameVeryOften covers what took minutes when every place of a text was
// read for every name in it.
func TestANameVeryOften(t *testing.T) {
	n := names(t)
	for _, motif := range []string{"Contoso.", "Contoso ", "<a href=Contoso", "Con*to*so "} {
		src := strings.Repeat(motif, 10_000)
		got, _ := n.Body([]byte(src))
		if left := n.Find(string(got)); len(left) > 0 {
			t.Errorf("%q, very often: %q is left", motif, left[0].Text)
		}
	}
}

// TestAnyText holds what holdBody does for texts made of names and of what
// splits them.
func TestAnyText(t *testing.T) {
	n := names(t)
	piece := rapid.SampledFrom([]string{
		"Contoso", "contoso", "Con", "toso", "Meta", "Müller", " & ", "Söhne", "INC-", "7", "Project", "Falcon", "globalit", "y",
		"**", "*", "_", "`", "```\n", "~~", "[", "](x.md)", "[[", "]]", "|", "<b>", "</b>", "<!--", "-->", "%%", "%43", "&#67;", "\\", "\u00ad", "\u0308",
		" ", "\n", "\n\n", "> ", "- ", "#", "# ", "{{", "}}", "https://", "-", "_", ".", "é", "漢",
		`"`, "“", "”", ":", "(", ")", "…", "\\", "=", "→", "\u2010", "\u2011", "! ", "'", "St", "Gall",
	})
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "")
		holdBody(t, n, src)
	})
}
