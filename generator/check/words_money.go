package check

import (
	"fmt"
	"strings"
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// noCounterfactual finds money that was saved or avoided, without what it was
// saved against.
func noCounterfactual(t *told, _ *claim.Ledger) {
	if t.incident == nil || t.incident.Counterfactual != nil || t.note.Kind.Name != "story" && t.note.Kind.Name != "incident" {
		return
	}
	for at, b := range t.ownSentences() {
		s := b.sentences[at.sentence]
		if !b.has(s, savedWords) || b.between(s, s.first, s.last, billed) || b.between(s, s.first, s.last, compared) {
			continue
		}
		for _, h := range b.hits[s.firstHit:s.endHit] {
			m := b.moneyNear(s, h)
			if h.list != savedWords || m < 0 || b.denied(s, h.from) || b.wished(s, h.from) || b.quotes(b.tokens[h.from].from) {
				continue
			}
			from, to := moneyBytes(b, m)
			t.mark(at)
			f := t.findIn(b, from, to, "no-counterfactual", diag.Warning, "%q was %s, and the incident does not say against what", b.text[from:to], pastOf(b.tokens[h.from].text))
			if rate := aMinute(b.text[from:to], t.incident); rate != "" {
				f = f.Hint("%s", rate)
			}
			t.report(f.Hint("an interviewer will ask: how do you know, and what would have happened without you").
				Hint("give the incident a counterfactual: {basis, minutes_avoided, revenue_per_minute, failing_ratio}").
				Hint("or tell only what was measured: minutes, failed orders, budget spent"))
			return
		}
	}
}

// aMinute says what an amount is for each minute until mitigation, which is
// the first thing that a listener works out; "" when there is nothing to divide.
func aMinute(amount string, i *note.Incident) string {
	took := i.MitigatedAt.T.Sub(i.StartedAt.T)
	said := measure.Scan(amount)
	if !i.StartedAt.Set || !i.MitigatedAt.Set || took < time.Minute || len(said) != 1 || said[0].Kind != measure.Amount {
		return ""
	}
	rate := measure.Money{Amount: said[0].Value / took.Minutes(), Currency: said[0].Unit}
	return fmt.Sprintf("taken over the %s to mitigation it is %s a minute", measure.FormatDuration(took), rate)
}

func pastOf(word string) string {
	switch {
	case strings.HasPrefix(word, "sav"):
		return "saved"
	case strings.HasPrefix(word, "avoid"):
		return "avoided"
	}
	return "kept"
}

// billed are words of money that was measured: a bill does not need a
// counterfactual.
var billed = set("bill", "bills", "hosting", "licence", "license", "licences", "licenses", "invoice", "annually", "yearly", "monthly", "year", "month", "quarter", "infrastructure", "spend", "cost", "costs", "budget", "salary")

// compared are words by which a sentence gives its basis itself.
var compared = set("against", "compared", "versus", "vs", "basis")

// moneyNear returns the token of an amount of money within reach of a claim;
// −1 without one.
func (b *block) moneyNear(s sentence, h hit) int {
	for i := max(h.from-8, s.first); i < min(h.to+8, s.last); i++ {
		t := b.tokens[i]
		if !isDigit(t.text[0]) {
			continue
		}
		before := strings.TrimRight(b.text[:t.from], " \u00a0\u202f~≈")
		if strings.HasSuffix(before, "$") || strings.HasSuffix(before, "€") || strings.HasSuffix(before, "£") || strings.HasSuffix(before, "¥") {
			return i
		}
		if i > s.first && measure.IsCurrency(strings.ToUpper(b.tokens[i-1].text)) && b.text[b.tokens[i-1].from] < 'a' {
			return i
		}
		for j := i + 1; j < min(i+3, s.last); j++ {
			switch w := b.tokens[j].text; {
			case w == "dollars" || w == "euros" || w == "pounds" || w == "usd" || w == "eur" || w == "gbp":
				return i
			}
		}
	}
	return -1
}

// moneyBytes widens an amount to its sign.
func moneyBytes(b *block, i int) (from, to int) {
	from, to = b.tokens[i].from, b.tokens[i].to
	if rest := strings.TrimRight(b.text[:from], " \u00a0\u202f"); len(rest) > 0 {
		for _, sign := range []string{"$", "€", "£", "¥"} {
			if strings.HasSuffix(rest, sign) {
				from = len(rest) - len(sign)
			}
		}
	}
	return from, to
}
