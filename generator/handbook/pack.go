package handbook

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"debrief/generator/cover"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/source"
)

// A Pack is what a company looks for, as data: swap it and the same notes
// prepare for another company. The lists are in the pack's order.
type Pack struct {
	Name        string            `front:"name"`
	Company     string            `front:"company"`
	Source      string            `front:"source"`
	Principles  []PackPrinciple   `front:"principles"`
	Levels      []Level           `front:"levels"`
	Loop        Loop              `front:"loop"`
	RoundTypes  front.Map[string] `front:"round_types"`
	RedSignals  []RedSignal       `front:"red_signals"`
	Preparation []Preparation     `front:"preparation"`
	Process     Process           `front:"process"`
	FAQ         []FAQ             `front:"faq"`
	Words       Words             `front:"words"`
}

// A PackPrinciple is a leadership principle: its name and one line of our own.
type PackPrinciple struct {
	Slug     string   `front:"slug"`
	Name     string   `front:"name"`
	Since    string   `front:"since"`
	Summary  string   `front:"summary"`
	Asks     []string `front:"asks"`
	LooksFor []string `front:"looks_for"`
	Traps    []string `front:"traps"`
}

// A Level is a rung of the ladder and what distinguishes it.
type Level struct {
	ID      string        `front:"id"`
	Name    string        `front:"name"`
	Summary string        `front:"summary"`
	Signals []LevelSignal `front:"signals"`
}

// A LevelSignal is one thing interviewers look for at a level, and the
// question that asks for it.
type LevelSignal struct {
	ID      string `front:"id"`
	Name    string `front:"name"`
	Expects string `front:"expects"`
	Probe   string `front:"probe"`
}

// A Loop is the usual rounds.
type Loop struct {
	Summary string      `front:"summary"`
	Rounds  []PackRound `front:"rounds"`
}

// A PackRound is one usual round with its plan by minutes.
type PackRound struct {
	Order   int        `front:"order"`
	Type    string     `front:"type"`
	Name    string     `front:"name"`
	Minutes int        `front:"minutes"`
	Covers  []string   `front:"covers"`
	Plan    []PlanStep `front:"plan"`
}

// A PlanStep is a stretch of a round.
type PlanStep struct {
	Minutes int    `front:"minutes"`
	What    string `front:"what"`
}

// A RedSignal is a sentence that interviewers flag, and the better one.
type RedSignal struct {
	ID       string   `front:"id"`
	Bad      string   `front:"bad"`
	Good     string   `front:"good"`
	Why      string   `front:"why"`
	Category string   `front:"category"`
	Match    []string `front:"match"` // words that give it away in a note
	Rule     string   `front:"rule"`  // the rule that looks for it more closely; match then only says which of its findings
}

// A Preparation is one item of the checklist; Proof names what ticks it.
type Preparation struct {
	ID    string `front:"id"`
	Text  string `front:"text"`
	Proof string `front:"proof"`
}

// A Process is the way from application to offer.
type Process struct {
	Summary string  `front:"summary"`
	Stages  []Stage `front:"stages"`
}

// A Stage is one step of the process. Confidence is A to C as in the sources:
// C is "commonly", never a promise.
type Stage struct {
	ID         string `front:"id"`
	Name       string `front:"name"`
	Week       string `front:"week"`
	Typical    string `front:"typical"`
	What       string `front:"what"`
	Confidence string `front:"confidence"`
}

// An FAQ is a question that candidates ask, with the pack's answer.
type FAQ struct {
	Question string `front:"question"`
	Answer   string `front:"answer"`
	Round    string `front:"round"`
}

// Words are the word lists of the rules that read prose. They are about
// English and not about a company, so a pack that leaves one out has that of
// debrief's own. Words match whole, in any case, however they are hyphened;
// "*" stands for up to three words.
type Words struct {
	Vague          []string `front:"vague"`         // say better or worse, and not by how much
	VaguePhrases   []string `front:"vague_phrases"` // whole claims of that kind
	Degree         []string `front:"degree"`        // say "very" of a change
	Amount         []string `front:"amount"`        // say "many"
	Lowering       []string `front:"lowering"`      // verbs: made less
	Raising        []string `front:"raising"`       // verbs: made more
	LowerIsBetter  []string `front:"lower_is_better"`
	HigherIsBetter []string `front:"higher_is_better"`
	Runbook        []string `front:"runbook"`
	Tools          []string `front:"tools"`
	Outcome        []string `front:"outcome"` // say what came of it
	WeakSubject    []string `front:"weak_subject"`
	Passive        []string `front:"passive"`
	Calm           []string `front:"calm"`
	Hero           []string `front:"hero"`
	Blame          []string `front:"blame"`
	Missed         []string `front:"missed"`          // own that a deadline was not kept
	Breach         []string `front:"breach"`          // an agreement that is said to meet its breach
	BudgetRestored []string `front:"budget_restored"` // an error budget that is said to come back
	DORALevel      []string `front:"dora_level"`      // name a level of delivery performance
	Saved          []string `front:"saved"`           // claim money that was not lost
}

//go:embed packs/*.yaml
var embedded embed.FS

//go:embed words.yaml
var wordLists []byte

// ownWords are debrief's own lists. That they are well formed is held by a
// test.
var ownWords = sync.OnceValues(func() (w Words, faults diag.List) {
	doc, faults := front.Parse(wordLists, 1, front.ForPacks)
	_, more := doc.Decode(front.Options{Strict: true}, &w)
	return w, append(faults, more...)
})

// PackNames lists the packs that come with debrief.
func PackNames() []string {
	entries, err := fs.ReadDir(embedded, "packs")
	if err != nil {
		panic(err) // embedded; it cannot be missing
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return names
}

// LoadPacks reads the packs a handbook names: one that comes with debrief, or
// a .yaml file in the content root. A later pack adds to the ones before and
// replaces what has the same id; a list that it gives wins. What covers says
// takes the place of real names.
func LoadPacks(names []string, content fs.FS, covers *cover.Names) (*Pack, diag.List) {
	return new(PackMemory).Load(names, content, covers)
}

// A PackMemory keeps the packs that were loaded last: while their texts stay
// the same, they are not read again. The zero PackMemory has none.
type PackMemory struct {
	texts  []packText
	covers string
	pack   *Pack
	found  diag.List
}

// packText is a pack as it was read.
type packText struct {
	name, file string
	text       []byte
	ok         bool // there is such a pack
}

func (t packText) equal(u packText) bool {
	return t.name == u.name && t.ok == u.ok && bytes.Equal(t.text, u.text)
}

// Load is LoadPacks. The pack must not be changed.
func (m *PackMemory) Load(names []string, content fs.FS, covers *cover.Names) (*Pack, diag.List) {
	texts := make([]packText, len(names))
	for i, name := range names {
		texts[i] = readPack(name, content)
	}
	if m.pack == nil || m.covers != covers.String() || !slices.EqualFunc(texts, m.texts, packText.equal) {
		m.texts, m.covers = texts, covers.String()
		m.pack, m.found = joinPacks(texts, covers)
	}
	return m.pack, slices.Clone(m.found)
}

func joinPacks(texts []packText, covers *cover.Names) (*Pack, diag.List) {
	all := &Pack{}
	var found diag.List
	for i, t := range texts {
		name, text, file := t.name, t.text, t.file
		if !t.ok {
			f := diag.At("bad-reference", diag.Error, source.SettingsFile, diag.Pos{}, 0, "no pack is called %q", name)
			if near := diag.Near(name, PackNames()); near != "" {
				f = f.Hint("did you mean %q?", near)
			} else {
				f = f.Hint("packs that come with debrief: %s; or name a .yaml file in the content folder", strings.Join(PackNames(), ", "))
			}
			found = append(found, f)
			continue
		}
		doc, faults := front.Parse(text, 1, front.ForPacks)
		doc.Cover(covers)
		var p Pack
		_, more := doc.Decode(front.Options{Strict: true}, &p)
		for _, f := range append(faults, more...) {
			f.Path = file
			found = append(found, f)
		}
		if i == 0 {
			all = &p
		} else {
			all.merge(&p)
		}
	}
	own, _ := ownWords()
	all.Words.take(own, false)
	return all, found
}

func readPack(name string, content fs.FS) packText {
	if strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		raw, err := fs.ReadFile(content, path.Clean(name))
		if err != nil {
			return packText{name: name}
		}
		text, _ := source.Text(raw)
		return packText{name, path.Clean(name), text, true}
	}
	text, err := embedded.ReadFile("packs/" + name + ".yaml")
	return packText{name, name + " (pack)", text, err == nil}
}

func (p *Pack) merge(q *Pack) {
	p.Name, p.Company = or(q.Name, p.Name), or(q.Company, p.Company)
	p.Source = or(q.Source, p.Source)
	p.Principles = mergeBy(p.Principles, q.Principles, func(x PackPrinciple) string { return x.Slug })
	p.Levels = mergeBy(p.Levels, q.Levels, func(x Level) string { return x.ID })
	p.RedSignals = mergeBy(p.RedSignals, q.RedSignals, func(x RedSignal) string { return x.ID })
	p.Preparation = mergeBy(p.Preparation, q.Preparation, func(x Preparation) string { return x.ID })
	p.FAQ = mergeBy(p.FAQ, q.FAQ, func(x FAQ) string { return x.Question })
	p.RoundTypes = mergeBy(p.RoundTypes, q.RoundTypes, func(x front.Entry[string]) string { return x.Key })
	if len(q.Loop.Rounds) > 0 {
		p.Loop = q.Loop
	}
	if len(q.Process.Stages) > 0 {
		p.Process = q.Process
	}
	p.Words.take(q.Words, true)
}

// take takes the lists that v gives: all of them, or only where w has none.
func (w *Words) take(v Words, over bool) {
	for _, l := range []struct {
		to   *[]string
		from []string
	}{{&w.Vague, v.Vague}, {&w.VaguePhrases, v.VaguePhrases}, {&w.Degree, v.Degree}, {&w.Amount, v.Amount}, {&w.Lowering, v.Lowering}, {&w.Raising, v.Raising},
		{&w.LowerIsBetter, v.LowerIsBetter}, {&w.HigherIsBetter, v.HigherIsBetter}, {&w.Runbook, v.Runbook}, {&w.Tools, v.Tools}, {&w.Outcome, v.Outcome},
		{&w.WeakSubject, v.WeakSubject}, {&w.Passive, v.Passive}, {&w.Calm, v.Calm}, {&w.Hero, v.Hero}, {&w.Blame, v.Blame}, {&w.Missed, v.Missed},
		{&w.Breach, v.Breach}, {&w.BudgetRestored, v.BudgetRestored}, {&w.DORALevel, v.DORALevel}, {&w.Saved, v.Saved}} {
		if len(l.from) > 0 && (over || len(*l.to) == 0) {
			*l.to = l.from
		}
	}
}

func mergeBy[T any](old, add []T, key func(T) string) []T {
	out := slices.Clone(old)
	for _, a := range add {
		i := slices.IndexFunc(out, func(o T) bool { return key(o) == key(a) })
		if i < 0 {
			out = append(out, a)
		} else {
			out[i] = a
		}
	}
	return out
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// RoundType is what a reader calls a type of round.
func (p *Pack) RoundType(key string) string {
	if name, ok := p.RoundTypes.Get(key); ok {
		return name
	}
	return strings.ReplaceAll(key, "_", " ")
}

// Level returns the level of that id, in any case.
func (p *Pack) Level(id string) (Level, bool) {
	for _, l := range p.Levels {
		if strings.EqualFold(l.ID, id) {
			return l, true
		}
	}
	return Level{}, false
}
