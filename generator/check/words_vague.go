package check

import (
	"slices"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/prose"
)

// results are the parts of a story that say what came of it.
var results = set("result", "learning", "headline")

// vagueMetric finds sentences that claim a change and say neither from what
// nor to what, nor by how much. One of a result that holds no figure at all
// belongs to resultWithoutNumber.
func vagueMetric(t *told, _ *claim.Ledger) {
	for at, b := range t.ownSentences() {
		if b.part == "result" && !t.resultHolds() {
			continue
		}
		s := b.sentences[at.sentence]
		if s.firstHit == s.endHit || b.holdsFigure(s) {
			continue
		}
		from, to := t.vagueIn(b, s)
		if from < 0 || b.quotes(b.tokens[from].from) || t.figureNear(at) {
			continue
		}
		said := b.words(from, to)
		t.mark(at)
		t.report(t.findIn(b, b.tokens[from].from, b.tokens[to-1].to, "vague-metric", diag.Warning, "says %q, and the sentence holds no figure", said).
			Hint("an interviewer will ask: from what to what, over how long, and who measured it").
			Hint("give the figure with its unit, or leave the claim out: a sentence that only says what was done needs none"))
	}
}

// vagueIn returns the tokens of the first vague claim of a sentence; −1 when
// there is none.
func (t *told) vagueIn(b *block, s sentence) (from, to int) {
	result := results[b.part]
	setting := b.part == "situation" || b.part == "task" || b.part == "context" || b.part == "obstacle"
	for _, h := range b.hits[s.firstHit:s.endHit] {
		if h.list == vaguePhrases && !setting && !b.denied(s, h.from) && !b.wished(s, h.from) {
			return h.from, h.to // says more than its first word
		}
	}
	for _, h := range b.hits[s.firstHit:s.endHit] {
		switch h.list {
		case vagueWords:
			if setting || b.denied(s, h.from) || b.wished(s, h.from) || b.word(s, h.from-1) == "see" {
				continue
			}
			comparative := b.tokens[h.from].text[len(b.tokens[h.from].text)-1] == 'r'
			switch {
			case b.metricNear(s, h, lowerIsBetter), b.metricNear(s, h, higherIsBetter):
			case result && !comparative:
			case result && (s.last == h.to || beVerbs[b.word(s, h.from-1)]):
			default:
				continue
			}
			return h.from, h.to
		case degreeWords:
			prev := b.word(s, h.from-1)
			if b.denied(s, h.from) || b.wished(s, h.from) || h.to-h.from == 1 && (prev == "a" || prev == "an" || prev == "with") {
				continue // with a significantly reduced set
			}
			if at := b.changeNear(s, h); at >= 0 && (result || better[b.tokens[at].text] || t.story != nil && !setting) {
				return min(h.from, at), max(h.to, at+1)
			}
			if h.to-h.from > 1 && b.tokens[h.to-1].text != "lot" && b.tokens[h.to-1].text != "far" {
				return h.from, h.to // a huge reduction
			}
		case amountWords:
			if result && (h.from == s.first || savedVerbs[b.word(s, h.from-1)]) && !b.denied(s, h.from) {
				return h.from, h.to
			}
		case loweringWords, raisingWords:
			metric := lowerIsBetter
			if h.list == raisingWords {
				metric = higherIsBetter
			}
			if (result || t.story == nil) && b.claims(s, h) && b.metricNear(s, h, metric) {
				return h.from, h.to
			}
		}
	}
	return -1, -1
}

// claims reports whether a verb of change is one, and neither an adjective
// ("with reduced capacity") nor a wish ("to reduce").
func (b *block) claims(s sentence, h hit) bool {
	prev := b.word(s, h.from-1)
	return !adjectiveAfter[prev] && !b.denied(s, h.from) && !b.wished(s, h.from) && b.metricAfter(s, h)
}

// metricAfter reports whether the object of a verb follows it closely.
func (b *block) metricAfter(s sentence, h hit) bool {
	return b.nounWithin(s, h.to, h.to+5, lowerIsBetter) || b.nounWithin(s, h.to, h.to+5, higherIsBetter)
}

// metricNear reports whether a metric of the list is what a word speaks of:
// "improved the error rate", "latency improved".
func (b *block) metricNear(s sentence, h hit, metric list) bool {
	return b.nounWithin(s, h.to, h.to+5, metric) || b.nounWithin(s, h.from-3, h.from, metric)
}

func (b *block) nounWithin(s sentence, from, to int, metric list) bool {
	for _, h := range b.hits[s.firstHit:s.endHit] {
		if h.list == metric && h.from >= from && h.from < to {
			return true
		}
	}
	return false
}

// changeNear returns the word of change that a degree belongs to, −1 without
// one.
func (b *block) changeNear(s sentence, h hit) int {
	for _, i := range []int{h.to, h.from - 1, h.to + 1, h.from - 2} {
		if w := b.word(s, i); better[w] || worse[w] {
			return i
		}
	}
	return -1
}

var (
	better = set("improved", "improve", "reduced", "decreased", "lowered", "cut", "faster", "quicker", "better", "lower", "fewer", "less", "shorter", "shortened", "dropped", "fell", "boosted", "sped", "smoother", "stabler", "safer", "cheaper", "improvement", "reduction")
	worse  = set("increased", "rose", "grew", "grown", "risen", "slower", "higher", "worse", "more", "larger", "degraded", "longer", "changed")

	beVerbs        = set("is", "are", "was", "were", "be", "been", "became", "become", "becomes", "got", "gets", "much", "far", "now", "even", "significantly", "considerably", "noticeably", "works", "runs", "ran", "deploys", "went", "lot")
	savedVerbs     = set("saved", "prevented", "avoided", "fixed", "caught", "found", "removed", "closed", "helped", "eliminated", "spared")
	adjectiveAfter = set("the", "a", "an", "our", "its", "their", "his", "her", "my", "any", "some", "of", "with", "at", "by", "from", "in", "under", "for", "due", "about", "see", "saw", "seeing", "seen", "experienced", "experience", "experiencing",
		"caused", "causing", "cause", "reported", "reporting", "report", "observed", "observing", "noticed", "showed", "showing", "shows", "suffered", "meant", "including", "means", "through", "despite", "on", "during", "after")
	goesOn = set("it", "that", "this", "these", "they", "which", "so", "both", "the", "there")
)

// figureNear reports whether the same thought gives its figure elsewhere: in
// the next sentence, in the one before when this one takes it up ("That
// improved…"), or in the list or table that a colon announces.
func (t *told) figureNear(at saidAt) bool {
	k, i := at.block, at.sentence
	b := &t.blocks[k]
	if i+1 < len(b.sentences) {
		return b.holdsFigure(b.sentences[i+1]) || i > 0 && b.holdsFigure(b.sentences[i-1]) && b.takesUp(i)
	}
	if i > 0 && b.holdsFigure(b.sentences[i-1]) && b.takesUp(i) {
		return true
	}
	s := b.sentences[i]
	colon := b.text[s.to-1] == ':'
	for n := k + 1; n < len(t.blocks) && n <= k+8; n++ {
		next := &t.blocks[n]
		if next.section != b.section || !colon && next.kind != prose.Row {
			return false
		}
		if slices.ContainsFunc(next.sentences, next.holdsFigure) {
			return true
		}
	}
	return false
}

func (b *block) takesUp(i int) bool {
	s := b.sentences[i]
	return goesOn[b.word(s, s.first)]
}

// resultHolds reports whether the story's result holds a figure.
func (t *told) resultHolds() bool {
	if t.result == nil {
		holds := t.resultFigure()
		t.result = &holds
	}
	return *t.result
}

func (t *told) resultFigure() bool {
	for k := range t.blocks {
		if b := &t.blocks[k]; b.part == "result" && slices.ContainsFunc(b.sentences, b.holdsFigure) {
			return true
		}
	}
	return false
}

// resultWithoutNumber finds stories whose result is told without one figure.
func resultWithoutNumber(t *told, _ *claim.Ledger) {
	if t.story == nil {
		return
	}
	for _, p := range t.parts {
		if p.Name != "Result" || p.Section < 0 {
			continue
		}
		sec := t.note.Body.Sections[p.Section]
		if prose.SpokenWords(sec.Text) == 0 || t.resultHolds() || t.tableHolds(p.Section) {
			return // an empty one has its own finding
		}
		f := t.note.FindAt("result-without-number", diag.Warning, sec.Heading.Pos, len([]rune(sec.Heading.Text)), "Result says what happened without one figure")
		for k := range t.blocks {
			b := &t.blocks[k]
			for _, s := range b.sentences {
				if b.part != "result" {
					break
				}
				if from, to := t.vagueIn(b, s); from >= 0 {
					f = t.note.FindAt("result-without-number", diag.Warning, b.pos(b.tokens[from].from), len([]rune(b.text[b.tokens[from].from:b.tokens[to-1].to])),
						"Result holds no figure; %q is all it says", b.words(from, to))
					t.report(f.Hint("an interviewer will ask: how much, compared with what").Hint("say one quantity with its unit, before and after; an estimate that is called one will do"))
					return
				}
			}
		}
		t.report(f.Hint("an interviewer will ask: how do you know that it worked").Hint("say one quantity with its unit, before and after; an estimate that is called one will do"))
	}
}

// tableHolds reports whether a table in the section shows figures.
func (t *told) tableHolds(section int) bool {
	whole := t.note.Body.Sections[section]
	for k := range t.blocks {
		b := &t.blocks[k]
		if b.kind != prose.Row || b.section < 0 {
			continue
		}
		if in := t.note.Body.Sections[b.section]; in.HTMLFrom < whole.HTMLFrom || in.HTMLTo > whole.HTMLTo {
			continue
		}
		if slices.ContainsFunc(b.sentences, b.holdsFigure) {
			return true
		}
	}
	return false
}

// runbookWithoutOutcome finds a list that was followed, with nothing that came
// of it.
func runbookWithoutOutcome(t *told, _ *claim.Ledger) {
	for at, b := range t.ownSentences() {
		s := b.sentences[at.sentence]
		for _, h := range b.hits[s.firstHit:s.endHit] {
			if h.list != runbookWords || b.denied(s, h.from) || b.wished(s, h.from) || b.quotes(b.tokens[h.from].from) || b.outcome(at.sentence) {
				continue
			}
			t.mark(at)
			t.report(t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "runbook-without-outcome", diag.Warning, "says %q and not what came of it", b.words(h.from, h.to)).
				Hint("an interviewer will ask: which step decided it, and what would you have done without the list").
				Hint("say the step you changed or skipped and why, or what the steps brought, with a figure"))
			break
		}
	}
}

// toolWithoutOutcome finds a tool that was used, with nothing that it showed.
func toolWithoutOutcome(t *told, _ *claim.Ledger) {
	for at, b := range t.ownSentences() {
		if b.part == "situation" || b.part == "task" || b.part == "context" {
			continue
		}
		s := b.sentences[at.sentence]
		for _, h := range b.hits[s.firstHit:s.endHit] {
			if h.list != toolWords || !b.isUsed(s, h) || b.denied(s, h.from) || b.wished(s, h.from) || b.quotes(b.tokens[h.from].from) || b.outcome(at.sentence) {
				continue
			}
			t.mark(at)
			t.report(t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "tool-without-outcome", diag.Info, "names %s as the means, and neither this sentence nor the next says what it brought", b.words(h.from, h.to)).
				Hint("an interviewer will ask: what did it show, and what did you rule out").
				Hint("say what you saw there and what you did about it, or leave the tool out: everybody has it"))
			break
		}
	}
}

// isUsed reports whether I or we use the tool: "using X", "I looked at it in
// X". That an alert came in by it is no use of it.
func (b *block) isUsed(s sentence, h hit) bool {
	first := h.from == s.first+1
	for i := s.first; i < s.last && !first; i++ {
		first = ownWords[b.tokens[i].text]
	}
	if !first {
		return false
	}
	for i := h.from - 1; i >= max(h.from-3, s.first); i-- {
		switch w := b.tokens[i].text; {
		case w == "using" || w == "used" || w == "use":
			return true
		case w == "with" || w == "via" || w == "through" || w == "in" || w == "on":
			return b.between(s, s.first, i, looks)
		case w == "the" || w == "a" || w == "an" || w == "our" || w == "some":
		case i < h.from-2:
			return false
		}
	}
	return false
}

var (
	ownWords = set("i", "we", "my", "our", "i'd", "i've", "we'd", "we've", "me", "us")
	looks    = set("looked", "checked", "searched", "monitored", "watched", "viewed", "handled", "managed", "investigated", "debugged", "tracked", "worked", "took", "triaged", "diagnosed", "troubleshot", "responded", "coordinated", "analysed", "analyzed", "dealt")
)
