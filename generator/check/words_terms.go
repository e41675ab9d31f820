package check

import (
	"strconv"
	"strings"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/note"
)

// slaWording finds agreements that are said to meet their breach, and budgets
// that are said to be restored.
func slaWording(t *told, _ *claim.Ledger) {
	for at, b := range t.ownSentences() {
		s := b.sentences[at.sentence]
		for _, h := range b.hits[s.firstHit:s.endHit] {
			if h.list != breachWords && h.list != budgetWords || b.quotes(b.tokens[h.from].from) || b.between(s, h.from-4, h.from, plainDenials) {
				continue
			}
			f := t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "sla-wording", diag.Warning, "says %q; an SLA is kept or breached, never met by a breach", b.words(h.from, h.to))
			if h.list == budgetWords {
				f.Message = "says " + strconv.Quote(b.words(h.from, h.to)) + "; a budget is spent, and it comes back only as the window moves"
				f = f.Hint("an interviewer will ask: how does one restore a budget").Hint("say what was restored, the service, and what share of the budget it spent")
			} else {
				f = f.Hint("an interviewer will ask: was it kept or not, and by how much").Hint("%s", keptOrBreached(t.incident))
			}
			t.mark(at)
			t.report(f)
			break
		}
	}
}

var plainDenials = set("not", "cannot", "can't", "never", "nobody", "no")

func keptOrBreached(i *note.Incident) string {
	if i != nil {
		for _, v := range claim.Verdicts(i) {
			if v.Key == "sla" && v.Met {
				return "say it was kept: " + v.String()
			} else if v.Key == "sla" {
				return "say it was breached: " + v.String()
			}
		}
	}
	return "say kept, with how much to spare, or breached, with by how much"
}

// bareMTTR finds a mean where there is one incident or none, and an R that is
// not spelt out: it is read in four ways.
func bareMTTR(t *told, _ *claim.Ledger) {
	if !t.mayName("MT", "Mt") {
		return
	}
	spelt := false
	var at *block
	first := -1
	for k := range t.blocks {
		b := &t.blocks[k]
		for i, tok := range b.tokens {
			switch tok.text {
			case "mttr":
				next := i+2 < len(b.tokens) && (denials[b.tokens[i+1].text] || denials[b.tokens[i+2].text]) // MTTR is not a figure we use
				if first < 0 && !next && b.text[tok.from] == 'M' && !b.quotes(tok.from) && b.callout != "bad" && !b.quoted {
					at, first = b, i
				}
			case "mean":
				spelt = spelt || i+2 < len(b.tokens) && b.tokens[i+1].text == "time" && b.tokens[i+2].text == "to"
			}
		}
	}
	if first < 0 {
		return
	}
	incidents := len(t.book.OfKind("incident"))
	tok := at.tokens[first]
	switch {
	case incidents < 2:
		t.report(t.findIn(at, tok.from, tok.to, "bare-mttr", diag.Info, "speaks of MTTR, a mean, with %s in the handbook", counted(incidents)).
			Hint("an interviewer will ask: over how many incidents").
			Hint("one incident has a time: say time to mitigate, or time to resolve, from the start"))
	case !spelt:
		t.report(t.findIn(at, tok.from, tok.to, "bare-mttr", diag.Info, "says MTTR; the R is read as repair, recover, respond and resolve").
			Hint("spell it out once, like mean time to recover, and say from when it counts"))
	}
}

// mayName reports whether one of some beginnings stands in the text at all. A
// rule that asks must look at no word that begins otherwise.
func (t *told) mayName(beginnings ...string) bool {
	for k := range t.blocks {
		for _, beginning := range beginnings {
			if strings.Contains(t.blocks[k].text, beginning) {
				return true
			}
		}
	}
	return false
}

func counted(incidents int) string {
	if incidents == 0 {
		return "no incident"
	}
	return "one incident"
}
