package check

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// targetMissedUnsaid finds stories that tell of a deadline which was missed
// and nowhere say so. The listener subtracts.
func targetMissedUnsaid(t *told, _ *claim.Ledger) {
	if t.story == nil || t.incident == nil {
		return
	}
	verdicts := claim.Verdicts(t.incident)
	for _, v := range verdicts {
		if v.Met || t.owns(v) {
			continue
		}
		k, s, from, to := t.mentionOf(v, len(verdicts) == 1)
		if k < 0 {
			continue
		}
		b := &t.blocks[k]
		t.mark(k, s)
		limit, took := measure.FormatDuration(v.Limit), measure.FormatDuration(v.Took)
		from, to = b.tokens[from].from, b.tokens[to-1].to
		f := t.findIn(b, from, to, "target-missed-unsaid", diag.Warning, "tells of the %s %s, and nowhere that it was missed by %s", limit, deadlineName(v), measure.FormatDuration(v.By()))
		if i := t.book.IncidentOf(t.note); i != nil {
			f = f.Hint("%s: it took %s, %s", i.Path, took, v)
		}
		t.report(f.Hint("an interviewer will subtract, and ask why you did not say it").
			Hint("say the miss in Result before they find it: we missed the %s %s by %s", limit, deadlineName(v), measure.FormatDuration(v.By())))
		return // two deadlines unsaid are one thing to say
	}
}

func deadlineName(v claim.Verdict) string {
	if v.Key == "sla" {
		return "SLA"
	}
	return strings.ToLower(v.Name)
}

// owns reports whether the story says anywhere, the probes included, that the
// deadline was missed, or by how much.
func (t *told) owns(v claim.Verdict) bool {
	for k := range t.blocks {
		b := &t.blocks[k]
		for _, s := range b.sentences {
			text := b.text[s.from:s.to]
			if strings.Contains(text, "{{") && strings.Contains(text, v.Key+".verdict") {
				return true
			}
			if b.has(s, missedWords) && (b.between(s, s.first, s.last, deadlineWords) || b.duration(s, v.Limit) >= 0 || b.duration(s, v.Took) >= 0) {
				return true
			}
			if b.has(s, missedWords) && b.duration(s, v.By()) >= 0 {
				return true
			}
			for _, h := range b.hits[s.firstHit:s.endHit] {
				if h.list == missedWords && b.tokens[h.from].text == "missed" && (b.word(s, h.to) == "it" || b.word(s, h.to) == "that") {
					return true // We missed it.
				}
			}
		}
	}
	for _, w := range t.story.Weaknesses {
		if low := strings.ToLower(w); strings.Contains(low, "target") || strings.Contains(low, "miss") || strings.Contains(low, "sla") {
			return true
		}
	}
	return false
}

// mentionOf finds where the parts of a story speak of a deadline: by its
// length beside "target", "within" or "SLA", or, when it is the incident's
// only one, by that word alone.
func (t *told) mentionOf(v claim.Verdict, only bool) (block, sentence, from, to int) {
	names := targetWords
	if v.Key == "sla" {
		names = slaWords
	}
	for k := range t.blocks {
		b := &t.blocks[k]
		if b.part == "" {
			continue
		}
		for i, s := range b.sentences {
			if d := b.duration(s, v.Limit); d >= 0 {
				end := d + 2
				if b.word(s, d) == "{{" {
					end = d + 1
				}
				if b.between(s, d-4, d+6, names) || b.between(s, d-3, d, limits) && (b.part == "task" || b.part == "situation" || b.part == "context") {
					return k, i, d, min(end, s.last)
				}
				continue
			}
			if !only || b.anyDuration(s) {
				continue
			}
			for j := s.first; j < s.last; j++ {
				if names[b.tokens[j].text] && possessive[b.word(s, j-1)] && !otherTargets[b.word(s, j+1)] {
					return k, i, j, j + 1
				}
			}
		}
	}
	return -1, 0, 0, 0
}

var (
	targetWords   = set("target", "targets", "goal", "deadline", "objective", "sla", "slo")
	slaWords      = set("sla", "agreement", "commitment", "contract")
	deadlineWords = set("target", "targets", "goal", "deadline", "objective", "sla", "slo", "agreement", "commitment", "promise")
	limits        = set("within", "inside", "under", "in")
	possessive    = set("our", "the", "my", "its", "their", "mitigation", "recovery", "response", "resolution", "detection", "internal")
	otherTargets  = set("group", "groups", "host", "hosts", "version", "system", "node", "nodes", "cluster", "database", "service", "audience", "of")
)

// duration finds a length of time in the sentence, in digits or in words, and
// returns its token; −1 when it is not there.
func (b *block) duration(s sentence, d time.Duration) int {
	for i := s.first; i < s.last; i++ {
		if got, ok := b.durationAt(s, i); ok && got == d {
			return i
		}
	}
	return -1
}

func (b *block) anyDuration(s sentence) bool {
	for i := s.first; i < s.last; i++ {
		if _, ok := b.durationAt(s, i); ok {
			return true
		}
	}
	return false
}

var (
	timeUnits = map[string]time.Duration{
		"s": time.Second, "sec": time.Second, "secs": time.Second, "second": time.Second, "seconds": time.Second,
		"m": time.Minute, "min": time.Minute, "mins": time.Minute, "minute": time.Minute, "minutes": time.Minute,
		"h": time.Hour, "hr": time.Hour, "hrs": time.Hour, "hour": time.Hour, "hours": time.Hour,
		"d": 24 * time.Hour, "day": 24 * time.Hour, "days": 24 * time.Hour,
	}
	smallNumbers = map[string]float64{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15,
		"twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "an": 1, "half": 0.5,
	}
)

// durationAt reads a number and a unit of time from token i on.
func (b *block) durationAt(s sentence, i int) (time.Duration, bool) {
	word := b.tokens[i].text
	n, ok := smallNumbers[word]
	if !ok {
		if c := word[0]; c < '0' || c > '9' {
			return 0, false
		}
		digits := strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
		f, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
		if err != nil {
			return 0, false
		}
		if suffix := word[len(digits):]; suffix != "" {
			unit, ok := timeUnits[suffix]
			return time.Duration(f * float64(unit)), ok
		}
		n = f
	}
	next := b.word(s, i+1)
	if word == "half" && (next == "an" || next == "a") {
		next = b.word(s, i+2)
	}
	unit, ok := timeUnits[next]
	return time.Duration(n * float64(unit)), ok
}

// stillBurning finds incidents that are called resolved at a moment for which
// a metric still shows errors above the budget. Error spans alone do not tell:
// the last one ends at the resolution because the errors do.
func stillBurning(n *note.Note, i *note.Incident, report func(diag.Finding)) {
	burn, ok := claim.BurnOf(i)
	if !ok || !i.ResolvedAt.Set {
		return
	}
	for k, m := range i.Metrics {
		if !isErrorRatio(m) || !m.After.Set || m.After.F <= 0 {
			continue
		}
		at, ok := measuredAt(m, i)
		if !ok || at.Before(i.ResolvedAt.T) {
			continue
		}
		ratio := m.After.F / 100
		if m.UnitOr() == "ratio" {
			ratio = m.After.F
		}
		rate := ratio / burn.Share
		if rate <= 1 {
			continue
		}
		left := time.Duration(float64(burn.Window) / rate).Round(time.Minute)
		report(n.Find("still-burning", diag.Warning, []any{"metrics", k, "after"}, "called resolved with %s still failing: that burns the budget at %s", measure.WithUnit(m.After.F, m.UnitOr()), measure.FormatFactor(rate)).
			Hint("a whole budget of %s at %s lasts %s at that rate", measure.FormatDuration(burn.Window), i.SLO.Target.P, measure.FormatDuration(left)).
			Hint("an interviewer will ask: why was this closed").
			Hint("if it was the moment of mitigation, say at: mitigated_at's time; if errors went on, resolved_at is later; if they were accepted, say so in the text"))
		return
	}
}

// isErrorRatio reports whether a metric is the share of events that failed.
func isErrorRatio(m note.Metric) bool {
	if u := m.UnitOr(); u != "%" && u != "ratio" {
		return false
	}
	name := strings.ToLower(strings.NewReplacer("-", "_", " ", "_").Replace(m.Name))
	switch name {
	case "error_rate", "error_ratio", "errors", "failure_rate", "failing_requests", "failed_requests", "http_5xx", "5xx", "5xx_rate":
		return true
	}
	return strings.HasSuffix(name, "_error_rate") || strings.HasSuffix(name, "_error_ratio")
}

// measuredAt reads the moment that a metric's after was taken at.
func measuredAt(m note.Metric, i *note.Incident) (time.Time, bool) {
	text := strings.TrimSpace(m.At)
	switch text {
	case "resolved_at", "resolution", "resolved":
		return i.ResolvedAt.T, true
	}
	at, err := time.Parse(time.RFC3339, text)
	return at, err == nil
}

// noCounterfactual finds money that was saved or avoided, without what it was
// saved against.
func noCounterfactual(t *told, _ *claim.Ledger) {
	if t.incident == nil || t.incident.Counterfactual != nil || t.note.Kind.Name != "story" && t.note.Kind.Name != "incident" {
		return
	}
	for k := range t.blocks {
		b := &t.blocks[k]
		if !t.own(b) {
			continue
		}
		for i, s := range b.sentences {
			if !b.has(s, savedWords) || b.between(s, s.first, s.last, billed) || b.between(s, s.first, s.last, compared) {
				continue
			}
			for _, h := range b.hits[s.firstHit:s.endHit] {
				m := b.moneyNear(s, h)
				if h.list != savedWords || m < 0 || b.denied(s, h.from) || b.wished(s, h.from) || b.quotes(b.tokens[h.from].from) {
					continue
				}
				from, to := moneyBytes(b, m)
				t.mark(k, i)
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

// slaWording finds agreements that are said to meet their breach, and budgets
// that are said to be restored.
func slaWording(t *told, _ *claim.Ledger) {
	for k := range t.blocks {
		b := &t.blocks[k]
		if !t.own(b) {
			continue
		}
		for i, s := range b.sentences {
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
				t.mark(k, i)
				t.report(f)
				break
			}
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

func counted(incidents int) string {
	if incidents == 0 {
		return "no incident"
	}
	return "one incident"
}
