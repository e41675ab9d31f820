package generator_test

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"debrief/generator"
	"debrief/generator/note"
)

// covered is a handbook that names a company and a ticket wherever a note can:
// each line says in which place it stands.
func covered() fstest.MapFS {
	return fstest.MapFS{
		"debrief.yaml": {Data: []byte(`title: The Contoso years
target: {company: Contoso, role: Engineer at Contoso}
cover_names:
  Contoso: a large retailer
  Müller & Söhne: a bank (Swiss)
redact: ["INC-\\d+", Project Falcon]
`)},
		"index.md": {Data: []byte(`---
title: What I did at Contoso
visibility: public
description: Four years at Contoso
aliases: [Contoso home]
tags: [contoso, Müller & Söhne]
---
# What I did at Contoso

See [the outage](incidents/contoso-down.md), [[contoso-down]], [[contoso-down|at Contoso]], [[Contoso was down]], [its cause](incidents/contoso-down.md#the-contoso-cache),
[[Contoso/notes on Contoso]], [notes](Contoso/notes%20on%20Contoso.md), [notes](<Contoso/notes on Contoso.md>), [by reference][c] and #contoso.

[c]: Contoso/notes%20on%20Contoso.md "Contoso, again"

![a map of Contoso](Contoso/contoso-map.svg "Contoso from above")
[the tickets at Contoso](Contoso/contoso.csv)
![[contoso-map.svg]]
`)},
		"incidents/contoso-down.md": {Data: []byte(`---
id: contoso-outage
title: Contoso was down
visibility: public
company: Contoso
severity: SEV-1
playbook: Contoso
services: [contoso-checkout, "Con\u0074oso cart"]
started_at: 2024-03-02T10:00:00Z
detected_at: 2024-03-02T10:02:00Z
mitigated_at: 2024-03-02T10:38:00Z
resolved_at: 2024-03-02T11:00:00Z
summary: >
  All of Contoso
  stood still: INC-4711.
roles:
  Contoso lead: [ic]
timeline:
  - {at: 2024-03-02T10:05:00Z, event: "Contoso's cache was cold, said Project Falcon", phase: signal, actor: Contoso}
decision_tree:
  title: Is Contoso slow?
  start: contoso-slow
  taken: [contoso-slow, Contoso told]
  nodes:
    contoso-slow: {ask: "Ask Müller & Söhne?", "yes": Contoso told, "no": end, threshold: Contoso at 5%}
    Contoso told: {do: Tell Contoso, then: end, owner: Contoso}
    end: {end: Contoso is up}
raci:
  - {activity: "Contoso's cache", R: [Contoso], A: [me]}
---
# Contoso was down

## The Contoso cache

**Con**toso, Con*toso*, con<b>toso</b>, CONTOSO, Con` + "\u00ad" + `toso, Con` + "\u200b" + `toso, &#67;ontoso, [Con](https://example.com)toso, ~~Contoso~~, ==Contoso==,
Mu` + "\u0308" + `ller & So` + "\u0308" + `hne, M&uuml;ller &amp; S&ouml;hne, Ｃｏｎｔｏｓｏ, Contoso's, Contosos, INC-**47**11, Project
Falcon, {{contoso-outage.time_to_mitigate}}, https://contoso.com/INC-1, <https://www.contoso.com>, kim@contoso.com, [x](https://x.org/?q=%43ontoso), a footnote[^1].

[^1]: At Contoso it was INC-99.

> [!judgment] Contoso taught me
> to ask Müller
> & Söhne first.

| Contoso | Project Falcon |
| --- | --- |
| at Contoso | INC-5 |

- [ ] call Contoso
- Contoso ^contoso-block

Contoso
: a client of Project Falcon

` + "`contoso_url`" + `

` + "```sh title=\"contoso.sh\"" + `
ssh contoso.internal # INC-12
` + "```" + `

` + "```timeline" + `
- {at: "2024-03-02T10:10:00Z", event: "Contoso again"}
` + "```" + `

<details><summary>Contoso</summary>

INC-77

</details>

<!-- Contoso --> %% Project Falcon %%

$$ Contoso $$

<img alt="Contoso">
`)},
		"stories/how-contoso-recovered.md": {Data: []byte(`---
title: How Contoso recovered
visibility: public
incident: contoso-outage
headline: I brought Contoso back in 38 minutes
principles: [ownership]
---
**Situation:** Contoso was down. **Task:** I led at Contoso. **Action:** I warmed Contoso's cache.
**Result:** Contoso came back after {{time_to_mitigate}}.
`)},
		"playbooks/recover.md":        {Data: []byte("---\nid: Contoso\ntitle: How to recover\nvisibility: public\n---\nRecover.\n")},
		"Contoso/notes on Contoso.md": {Data: []byte("---\nvisibility: public\n---\nNotes. [[contoso-outage]] and ![[contoso-down#The Contoso cache]]\n")},
		"Contoso/contoso-map.svg":     {Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Contoso</title><text>Con<tspan>toso</tspan> INC-3</text></svg>`)},
		"Contoso/contoso.csv":         {Data: []byte("who,what\nContoso,INC-8\n")},
	}
}

// TestCoverNames holds that in a build which others may read no name is left
// anywhere, that everything linked before is linked still, and that the gate
// agrees.
func TestCoverNames(t *testing.T) {
	content := covered()
	for _, profile := range []note.Visibility{note.Shared, note.Public} {
		r, site := build(t, &generator.Builder{Content: content, Profile: profile})
		for _, f := range r.Findings {
			if !strings.HasPrefix(f.Rule, "broken") && !strings.HasPrefix(f.Rule, "bad") && f.Rule != "unknown-fact" {
				continue
			}
			t.Errorf("%s build: %s:%d:%d: %s [%s]", profile, f.Path, f.Line, f.Column, f.Message, f.Rule)
		}
		checkSite(t, site)
		for file, data := range site {
			for _, text := range []string{file, string(data), html.UnescapeString(string(data)), plainText(data)} {
				if unescaped, err := url.PathUnescape(text); err == nil {
					text = unescaped
				}
				folded := strings.ToLower(text)
				for _, name := range []string{"contoso", "ｃｏｎ", "müller", "söhne", "muller", "falcon", "inc-1", "inc-3", "inc-4", "inc-5", "inc-7", "inc-8", "inc-9"} {
					if at := strings.Index(folded, name); at >= 0 {
						t.Errorf("%s build: %s shows %s: …%s…", profile, file, name, folded[max(0, at-60):min(len(folded), at+40)])
					}
				}
			}
		}
		leaks, err := r.Leaks(t.Context())
		if err != nil || len(leaks) > 0 {
			t.Errorf("%s build: the gate found %v (%v)", profile, leaks, err)
		}
		home := string(site["index.html"])
		for _, want := range []string{
			"The a large retailer years", "Engineer at a large retailer", "incidents/a-large-retailer-down.html\"", "incidents/a-large-retailer-down.html#the-a-large-retailer-cache",
			"a-large-retailer/notes-on-a-large-retailer.html", "a-large-retailer/a-large-retailer-map.svg", "a-large-retailer/a-large-retailer.csv", "tags/a-large-retailer.html",
		} {
			if !strings.Contains(home, want) {
				t.Errorf("%s build: home lacks %s", profile, want)
			}
		}
		if n := strings.Count(home, "incidents/a-large-retailer-down.html"); n < 5 {
			t.Errorf("%s build: home links the incident %d times, want 5 at least", profile, n)
		}
		if n := strings.Count(home, "a-large-retailer/notes-on-a-large-retailer.html"); n < 4 {
			t.Errorf("%s build: home links the notes %d times, want 4 at least", profile, n)
		}
		if !strings.Contains(string(site["incidents/a-large-retailer-down.html"]), "../playbooks/recover.html\"") {
			t.Errorf("%s build: the incident lost its playbook", profile)
		}
		if !strings.Contains(string(site["stories/how-a-large-retailer-recovered.html"]), "38 min") {
			t.Errorf("%s build: the story lost its incident", profile)
		}
	}
	_, site := build(t, &generator.Builder{Content: content})
	if !strings.Contains(string(site["incidents/contoso-down.html"]), "Contoso was down") {
		t.Error("the author's own build covers names")
	}
}

// plainText is what a page shows, tags taken away without a gap.
func plainText(page []byte) string {
	var b strings.Builder
	inTag := false
	for _, r := range html.UnescapeString(string(page)) {
		switch {
		case r == '<':
			inTag = true
		case r == '>':
			inTag = false
		case !inTag && r != '\u00ad' && r != '\u200b':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestFindingsOfACoveredBuildStandInTheAuthorsFiles holds that what is found
// in a note whose names were covered is said of the file as it is on disk.
func TestFindingsOfACoveredBuildStandInTheAuthorsFiles(t *testing.T) {
	text := "---\nvisibility: public\ntitle: At Contoso\ncolour: Contoso red\n---\n# One\n\nContoso and Contoso had [no anchor](#nowhere) at **Con**toso ![](https://example.com/a.png)\n"
	content := fstest.MapFS{
		"debrief.yaml":       {Data: []byte("cover_names: {Contoso: a very large retailer}\n")},
		"pages/contoso-1.md": {Data: []byte(text)},
	}
	places := func(profile note.Visibility) []string {
		r, _ := build(t, &generator.Builder{Content: content, Profile: profile})
		var all []string
		for _, f := range r.Findings {
			all = append(all, fmt.Sprintf("%s:%d:%d-%d %s", f.Path, f.Line, f.Column, f.EndColumn, f.Rule))
		}
		if len(r.Source("pages/contoso-1.md")) != len(text) {
			t.Errorf("%s build: the source of a finding is not the author's file", profile)
		}
		return all
	}
	private, public := places(note.Private), places(note.Public)
	if len(private) < 2 || strings.Join(private, "\n") != strings.Join(public, "\n") {
		t.Errorf("a public build finds\n%s\nwant what the private one finds:\n%s", strings.Join(public, "\n"), strings.Join(private, "\n"))
	}
}

// TestTwoFilesOfOneCoveredNameStayTwo holds that no note is lost to its name.
func TestTwoFilesOfOneCoveredNameStayTwo(t *testing.T) {
	content := fstest.MapFS{"debrief.yaml": {Data: []byte("cover_names: {Contoso: retailer, Fabrikam: retailer}\n")}}
	for _, name := range []string{"contoso.md", "fabrikam.md", "retailer.md"} {
		content[name] = &fstest.MapFile{Data: []byte("---\nvisibility: public\n---\nThis was " + path.Base(name) + "-file\n")}
	}
	r, site := build(t, &generator.Builder{Content: content, Profile: note.Public})
	pages := 0
	for file := range site {
		if strings.HasPrefix(file, "retailer") {
			pages++
		}
	}
	if pages != 3 {
		t.Errorf("three notes became %d pages (%v)", pages, r.Findings)
	}
}
