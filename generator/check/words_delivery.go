package check

import (
	"strings"

	"debrief/generator/claim"
	"debrief/generator/diag"
)

// deliveryWords make a level one of DORA's: "high performer" alone may be said
// of a colleague.
var deliveryWords = set("dora", "devops", "accelerate", "deployment", "deployments", "deploy", "deploys", "lead", "release", "releases", "delivery", "recovery", "fail")

// levelWithoutYear finds levels of delivery performance that are named without
// the year of the report: each year's survey groups its answers anew.
func levelWithoutYear(t *told, _ *claim.Ledger) {
	for at, b := range t.ownSentences() {
		s := b.sentences[at.sentence]
		for _, h := range b.hits[s.firstHit:s.endHit] {
			if h.list != levelWords || b.quotes(b.tokens[h.from].from) || b.denied(s, h.from) || !b.ofDelivery(s, h) || b.saysYear() {
				continue
			}
			t.report(t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "dora-misuse", diag.Warning, "says %q without the year of the report", b.words(h.from, h.to)).
				Hint("an interviewer will ask: by which year's table; the groups are found anew in each").
				Hint("name the report and its year, or give the four figures and leave the level out"))
			return
		}
	}
}

// ofDelivery reports whether a sentence that names a level is about software
// delivery.
func (b *block) ofDelivery(s sentence, h hit) bool {
	return strings.HasPrefix(b.tokens[h.from].text, "elite") && strings.HasPrefix(b.tokens[h.from+1].text, "perform") || b.between(s, s.first, s.last, deliveryWords)
}

// saysYear reports whether a block names a year since the first report of DORA,
// 2014.
func (b *block) saysYear() bool {
	if !strings.Contains(b.text, "20") {
		return false
	}
	for _, tok := range b.tokens {
		if len(tok.text) == 4 && tok.text >= "2014" && tok.text <= "2099" && strings.Trim(tok.text, "0123456789") == "" {
			return true
		}
	}
	return false
}
