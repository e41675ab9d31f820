package generator_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"debrief/generator"
	"debrief/generator/note"
)

// active names what in a file of a site could do something by itself, or load
// something from elsewhere, as a browser reads it. The theme's own scripts and
// style sheets are known by their addresses.
func active(file string, data []byte) (found []string) {
	if !slices.Contains([]string{".html", ".htm", ".xhtml", ".svg", ".xml"}, path.Ext(file)) {
		return nil
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return []string{err.Error()}
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		name := strings.ToLower(n.Data)
		switch name {
		case "iframe", "frame", "frameset", "object", "embed", "applet", "base", "form", "portal", "template", "style",
			"video", "audio", "source", "track", "foreignobject", "set", "animate", "animatetransform", "animatemotion", "handler", "math":
			found = append(found, "<"+name+">")
		case "script":
			if !ofTheme(attr(n, "src")) || n.FirstChild != nil {
				found = append(found, fmt.Sprintf("<script src=%q>", attr(n, "src")))
			}
		case "link":
			if rel := attr(n, "rel"); rel != "canonical" && !ofTheme(attr(n, "href")) {
				found = append(found, fmt.Sprintf("<link rel=%s href=%q>", rel, attr(n, "href")))
			}
		case "meta":
			if e := attr(n, "http-equiv"); e != "" && e != "Content-Security-Policy" {
				found = append(found, fmt.Sprintf("<meta http-equiv=%q>", e))
			}
		case "img", "image", "use":
			if src := attr(n, "src") + attr(n, "href"); strings.Contains(src, ":") || strings.HasPrefix(src, "/") {
				found = append(found, fmt.Sprintf("<%s src=%q>", name, src))
			}
		}
		for _, a := range n.Attr {
			key := strings.ToLower(a.Key)
			switch {
			case strings.HasPrefix(key, "on"), slices.Contains([]string{"style", "srcdoc", "srcset", "formaction", "action", "ping", "background", "poster", "data", "dynsrc", "lowsrc", "code", "codebase", "archive", "manifest", "attributename"}, key):
				found = append(found, fmt.Sprintf("<%s %s=%q>", name, key, a.Val))
			case strings.HasSuffix(key, "href"), key == "src", key == "cite", key == "longdesc":
				if !harmless(a.Val) {
					found = append(found, fmt.Sprintf("<%s %s=%q>", name, key, a.Val))
				}
			}
		}
	}
	return found
}

// ofTheme reports whether an address is that of a file of the theme.
func ofTheme(address string) bool {
	for strings.HasPrefix(address, "../") {
		address = address[3:]
	}
	rest, ok := strings.CutPrefix(address, "debrief/")
	return ok && !strings.ContainsAny(rest, ":/")
}

// harmless reads an address as a browser does: control characters and spaces
// go, a backslash is a slash, a scheme has any case.
func harmless(address string) bool {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r <= ' ':
			return -1
		case r == '\\':
			return '/'
		}
		return r
	}, strings.ToLower(address))
	if strings.HasPrefix(clean, "//") {
		return false
	}
	scheme, _, ok := strings.Cut(clean, ":")
	return !ok || strings.ContainsAny(scheme, "/?#") || scheme == "http" || scheme == "https" || scheme == "mailto"
}

// TestActiveIsSeen holds that the eye of the tests below is open.
func TestActiveIsSeen(t *testing.T) {
	for _, page := range []string{
		"<script>x</script>", "<script src=x.js></script>", "<script src=debrief/site.js>x</script>", "<img src=x onerror=y>", "<img src=//evil/x>", "<img src=http://evil/x>", "<a href=' java\tscript:x'>",
		"<a href='\\\\evil'>", "<a href=data:text/html,x>", "<iframe>", "<svg><a xlink:href='javascript:x'/></svg>", "<svg><set/></svg>", "<p style=x>", "<link rel=stylesheet href=http://x>", "<meta http-equiv=refresh content=0>", "<base href=x>", "<form>", "<style>x</style>", "<math>",
	} {
		if len(active("a.html", []byte("<!doctype html><body>"+page))) == 0 {
			t.Errorf("%s is not seen", page)
		}
	}
	for _, page := range []string{"<script src=../debrief/site.js defer></script>", "<a href='mailto:a@b.c'>", "<a href='./java:x'>", "<img src=../a.png>", "<svg><title>x</title></svg>"} {
		if found := active("a.html", []byte(page)); len(found) > 0 {
			t.Errorf("%s: %q", page, found)
		}
	}
}

// tags are what acts when it reaches a page as markup.
var tags = strings.Split(`<script>alert(1)</script>
<SCRIPT SRC=//evil/x.js></SCRIPT>
<script/x>alert(1)</script>
<script\n>alert(1)</script>
<scr<script>ipt>alert(1)</script>
</script><script>alert(1)</script>
</title><script>alert(1)</script>
</textarea><script>alert(1)</script>
</pre><script>alert(1)</script>
</code></pre><img src=x onerror=alert(1)>
--><script>alert(1)</script>
<!--><script>alert(1)</script>-->
<!--><img src=x onerror=alert(1)>
<![CDATA[><script>alert(1)</script>]]>
<?php <script>alert(1)</script> ?>
<img src=x onerror=alert(1)>
<img/src=x/onerror=alert(1)>
<img src="x" title="a" onerror="alert(1)">
<img src='x' alt='"><script>alert(1)</script>'>
<img src=x:x onerror=alert(1)>
<img src=javascript:alert(1)>
<img src="data:image/svg+xml,<svg onload=alert(1)>">
<img src=//evil/pixel.gif>
<img srcset="//evil/x 1x">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<svg><set attributeName=href to=javascript:alert(1)></svg>
<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>
<math><mi xlink:href="data:x,<script>alert(1)</script>">
<math><mtext></p><img src=x onerror=alert(1)>
<iframe src=javascript:alert(1)>
<iframe srcdoc="<script>alert(1)</script>">
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<base href=//evil/>
<form action=javascript:alert(1)><button>x</button></form>
<button formaction=javascript:alert(1)>x
<input autofocus onfocus=alert(1)>
<isindex type=image src=1 onerror=alert(1)>
<body onload=alert(1)>
<details open ontoggle=alert(1)><summary>x</summary></details>
<details/open/ontoggle=alert(1)>
<summary onclick=alert(1)>x</summary>
<abbr title='"onmouseover=alert(1) x="'>x</abbr>
<abbr title="a" onmouseover=alert(1)>x</abbr>
<kbd onclick=alert(1)>x</kbd>
<mark style="background:url(//evil)">x</mark>
<dl onclick=alert(1)><dt>a</dt><dd>b</dd></dl>
<br onclick=alert(1)>
<a href=javascript:alert(1)>x</a>
<a href="java&#x73;cript:alert(1)">x</a>
<a href="javascript&colon;alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="&#1;javascript:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href='data:text/html,<script>alert(1)</script>'>x</a>
<a href="x" onclick="alert(1)">x</a>
<a href="x" target=_blank ping=//evil>x</a>
<a name='"><script>alert(1)</script>'>x</a>
<a id="x onclick=alert(1)">x</a>
<link rel=stylesheet href=//evil/x.css>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<style>@import "//evil/x.css"</style>
<style><img src=x onerror=alert(1)></style>
<video src=x onerror=alert(1)>
<audio src=x onerror=alert(1)>
<video><source onerror=alert(1)></video>
<marquee onstart=alert(1)>
<portal src=//evil>
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<select><script>alert(1)</script></select>
<table background=//evil/x>
<xmp><script>alert(1)</script></xmp>
<plaintext><script>alert(1)</script>
" onmouseover=alert(1) x="
' onmouseover=alert(1) x='
"><script>alert(1)</script>
'><script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
{{.Site}}{{define "x"}}<script>{{end}}
{{ printf "%s" "<script>" }}`, "\n")

// addresses are what no link, picture or attribute may lead to.
var addresses = strings.Split(`javascript:alert(1)
JaVaScRiPt:alert(1)
java%73cript:alert(1)
%6aavascript:alert(1)
%256aavascript%253aalert(1)
javascript%3aalert(1)
java&#115;cript:alert(1)
java&#x73;cript:alert(1)
&#106;avascript:alert(1)
&#0000106avascript:alert(1)
javascript&colon;alert(1)
javascript&#58;alert(1)
javascript&#x3a;alert(1)
java&Tab;script:alert(1)
java&NewLine;script:alert(1)
java\script:alert(1)
\javascript:alert(1)
javascript\:alert(1)
&#1;javascript:alert(1)
&#xfeff;javascript:alert(1)
vbscript:msgbox(1)
livescript:x
data:text/html,<script>alert(1)</script>
data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==
data:image/svg+xml,<svg/onload=alert(1)>
DATA:text/html,x
blob:http://x/y
file:///etc/passwd
filesystem:http://x/y
view-source:http://x
jar:http://x!/y
intent:#Intent;action=x;end
ftp://evil/x
ws://evil/x
//evil/x
\\evil\x
/\evil/x
\/evil/x
/%09/evil/x
&#47;&#47;evil/x
%2f%2fevil/x
?javascript:alert(1)
#"><script>alert(1)</script>
x"onmouseover="alert(1)
x'onmouseover='alert(1)
x><script>alert(1)</script>
x.md#"><img src=x onerror=alert(1)>
a.html?x="><script>alert(1)</script>`, "\n")

// inBodies are the places of a note's text that a tag can be put into.
func inBodies(p string) []string {
	line := strings.ReplaceAll(p, "\n", " ")
	return []string{
		p, "word " + p + " word", "# " + line, "> [!note] " + line + "\n> " + line, "| " + line + " |\n|---|\n| " + line + " |", "- [ ] " + line,
		"```" + line + "\n" + p + "\n```", "```go title=\"" + line + "\" {" + line + "}\nx\n```", "`" + p + "`", "[" + line + "](x.md \"" + line + "\")", "![" + line + "](p.png '" + line + "')",
		"[[" + line + "]] [[x|" + line + "]] ![[" + line + "]]", "{{" + line + "}} #" + line, "x[^1]\n\n[^1]: " + line, ":::" + line + "\n" + p + "\n:::", "!!! note \"" + line + "\"\n    " + p,
		"<details><summary>" + line + "</summary>\n\n" + p + "\n\n</details>", "term " + line + "\n: " + line, "## H {#" + line + "}", "text ^" + line, "%% " + line + " %% <!-- " + line + " -->",
		"```timeline\n- {at: T+1m, event: '" + strings.ReplaceAll(line, "'", "''") + "'}\n```", "```decision\nstart: a\nnodes:\n  a: {check: '" + strings.ReplaceAll(line, "'", "''") + "', yes: b, no: c}\n  b: {outcome: x}\n  c: {outcome: y}\n```",
	}
}

// asAddress are the ways to write an address.
func asAddress(p string) []string {
	return []string{
		"[x](" + p + ")", "[x](<" + p + ">)", "![x](" + p + ")", "[x]\n\n[x]: " + p, "[x]\n\n[x]: <" + p + ">", "<" + p + ">", "[[" + p + "]]", "[[" + p + "|x]]", "![[" + p + "]]",
		"<a href=\"" + p + "\">x</a>", "<a href='" + p + "'>x</a>", "<a href=" + p + ">x</a>", "<img src=\"" + p + "\">", "[![x](" + p + ")](" + p + ")", "```x " + p + "\n```", p,
	}
}

// fieldNotes are notes with a value at every place of their front matter that
// holds a text.
func fieldNotes(v string) map[string]string {
	q := "'" + strings.ReplaceAll(v, "'", "''") + "'"
	fill := func(text string) string { return strings.ReplaceAll(text, "§", q) }
	return map[string]string{
		"page.md":             fill("---\ntitle: §\ndescription: §\ntags: [§]\naliases: [§]\nid: §\nslug: §\npermalink: §\nlayout: §\nkind: §\ntemplate: §\ncompany: §\nvisibility: §\nunknown: §\nlint_ignore: [§]\n§: §\n---\n[[page]] #x\n"),
		"incidents/i.md":      fill("---\ntitle: I\ndescription: §\nseverity: §\nservices: [§]\nstarted_at: 2024-01-01T10:00:00Z\nmitigated_at: T+38m\ndetected_by: §\ntimeline:\n  - {at: T+1m, event: §, kind: §, who: §}\nraci:\n  - {activity: §, R: [§], A: §}\nmetrics:\n  - {name: §, label: §, before: 1%, after: 2%, at: §}\ncontributing_factors: [§]\naction_items:\n  - {action: §, owner: §, status: §}\ndecision_tree:\n  start: a\n  nodes:\n    a: {check: §, yes: b, no: c, threshold: §, measured: §}\n    b: {outcome: §}\n    c: {outcome: §}\ndecisions:\n  - {at: T+2m, decision: §, by: §, why: §}\ncustomer_impact: §\nroot_cause: §\ncounterfactual: {basis: §}\n---\nText {{time_to_mitigate}}.\n"),
		"stories/s.md":        fill("---\ntitle: §\nheadline: §\nincident: i\nprinciples: [§, ownership]\nrounds: [§]\nlevel_signals: [§]\nfollowups: [§]\n---\n**Situation:** x\n"),
		"playbooks/p.md":      fill("---\ntitle: §\ntrigger: §\nowner: §\nsteps: [§]\n---\n1. x\n"),
		"rounds/r.md":         fill("---\ntitle: §\norder: 1\ninterviewer: §\nminutes: 60\nprinciples: [§]\nstories: [§]\nquestions: [§]\n---\nx\n"),
		"signals/g.md":        fill("---\nbad: §\ngood: §\nwhy: §\ncategory: §\n---\nx\n"),
		"questions/q.md":      fill("---\nquestion: §\nround: §\nanswers: [§]\n---\nx\n"),
		"offers/o.md":         fill("---\ncompany: §\nlevel: §\nversions:\n  - {date: 2024-01-01, base: USD 1, note: §}\n---\nx\n"),
		"followups/f.md":      fill("---\nto: §\nabout: §\nround: §\n---\nx\n"),
		"principles/extra.md": fill("---\nname: §\nsummary: §\n---\nx\n"),
	}
}

// TestNothingActs puts every payload at every place of a handbook, and finds
// nothing on its pages that could do a thing.
func TestNothingActs(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine has nothing to race with")
	}
	files := make(map[string]string)
	put := func(text string) { files[fmt.Sprintf("n%04d.md", len(files))] = text }
	for _, p := range tags {
		for _, text := range inBodies(strings.ReplaceAll(p, `\n`, "\n")) {
			put(text)
		}
	}
	for _, p := range addresses {
		put(strings.Join(asAddress(p), "\n\n"))
	}
	t.Logf("%d bodies", len(files))
	hold(t, "bodies", files)

	values := append(slices.Clone(tags), addresses...)
	files = make(map[string]string)
	for i, v := range values {
		for name, text := range fieldNotes(v) {
			files[strings.TrimSuffix(name, ".md")+fmt.Sprint(i)+".md"] = text
		}
	}
	t.Logf("%d values at every place of %d notes", len(values), len(files))
	r := hold(t, "fields", files)
	for _, f := range r.Files {
		data, err := f.Bytes()
		for _, sign := range []string{"ZgotmplZ", "map[", "&lt;nil&gt;", "<nil>", "%!("} {
			if err == nil && path.Ext(f.Path) == ".html" && bytes.Contains(data, []byte(sign)) {
				t.Errorf("%s says %s", f.Path, sign)
			}
		}
	}
	for _, v := range values {
		q := "'" + strings.ReplaceAll(v, "'", "''") + "'"
		settings := strings.ReplaceAll("title: §\nlanguage: §\nbase_url: §\ntheme: §\npacks: [§]\npaper: §\ntarget: {company: §, role: §, level: §}\ntokens: {accent: §, §: §}\n", "§", q)
		hold(t, fmt.Sprintf("settings with %q", v), map[string]string{"debrief.yaml": settings, "a.md": "x"})
	}
}

// TestHostileNamesOfFiles holds that a file's name is only a name.
func TestHostileNamesOfFiles(t *testing.T) {
	files := map[string]string{"index.md": "[[x]]"}
	for _, p := range append(slices.Clone(tags), addresses...) {
		name := strings.NewReplacer("/", "∕", "\x00", "", "\n", " ").Replace(p)
		if name = strings.TrimLeft(name, ".# "); name != "" && len(name) < 200 {
			files[name+".md"] = "text"
			files["folder "+name+"/note.md"] = "![x](<./" + name + ".png>)"
			files["folder "+name+"/"+name+".png"] = "\x89PNG\r\n\x1a\n"
		}
	}
	for _, profile := range []note.Visibility{note.Private, note.Public} {
		r, site := build(t, &generator.Builder{Content: folder(files), Profile: profile})
		for _, file := range slices.Sorted(maps.Keys(site)) {
			for _, what := range active(file, site[file]) {
				t.Errorf("%s acts: %s", file, what)
			}
		}
		if profile == note.Private && len(r.Site.Pages) < len(addresses) {
			t.Errorf("there are only %d pages", len(r.Site.Pages))
		}
	}
}

// TestNothingActsInABrowser opens hostile notes as a reader would: no script
// of theirs has run, and the policy, the second line, had nothing to stop.
func TestNothingActsInABrowser(t *testing.T) {
	ctx := browser(t)
	var bodies strings.Builder
	for _, p := range append(slices.Clone(tags), addresses...) {
		for _, text := range append(inBodies(p), asAddress(p)...) {
			bodies.WriteString(strings.ReplaceAll(text, "alert(1)", "window.owned=1") + "\n\n</details>\n\n")
		}
	}
	files := fieldNotes(`"><img src=x onerror=window.owned=1><svg onload=window.owned=1>`)
	files["bodies.md"] = bodies.String()
	dir, r := onDisk(t, &generator.Builder{Content: folder(files)})
	if n := r.Site.Book.At("bodies.md"); n.Body.Plain {
		t.Fatal("the bodies are shown as plain text")
	}
	quiet, stop := context.WithCancel(ctx)
	messages := chromedp.Console(quiet)
	for _, file := range append(onePageOfEach(r), "bodies.html") {
		if err := chromedp.Do(ctx, chromedp.Navigate(address(dir, file))); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		owned, err := chromedp.Run(ctx, chromedp.Evaluate[string](`typeof window.owned`))
		if err != nil || owned != "undefined" {
			t.Errorf("%s: a script of the note has run (%s, %v)", file, owned, err)
		}
	}
	time.AfterFunc(200*time.Millisecond, stop) // what the pages had to say has arrived by then
	for m, err := range messages {
		if err != nil {
			break
		}
		if strings.Contains(m.String(), "Content Security Policy") {
			t.Errorf("the policy had to stop something: %s", m)
		}
	}
}
