package check

import (
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
		t.mark(saidAt{k, s})
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
			if b.has(s, missedWords) && b.duration(s, v.By()) >= 0 || b.saysBy(s, v) {
				return true
			}
			for _, h := range b.hits[s.firstHit:s.endHit] {
				if h.list == missedWords && misses[b.tokens[h.from].text] && (h.to == s.last || b.word(s, h.to) == "it" || b.word(s, h.to) == "that") {
					return true // We missed. We missed it. I said that we'd miss it.
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

// saysBy reports whether a sentence says by how much a deadline was missed, its
// unit left out or not ("72 over our own two hours"), or gives both times side
// by side ("92 minutes where the goal was 60").
func (b *block) saysBy(s sentence, v claim.Verdict) bool {
	took, limit := false, false
	for i := s.first; i < s.last; i++ {
		n, ok := b.number(i)
		if !ok {
			continue
		}
		d, whole := b.durationAt(s, i)
		is := func(want time.Duration) bool {
			if whole {
				return d == want
			}
			return n > 0 && (n*float64(time.Minute) == float64(want) || n*float64(time.Hour) == float64(want))
		}
		if is(v.By()) && (b.between(s, i+1, i+4, beyond) || b.word(s, i-1) == "by") {
			return true
		}
		took, limit = took || is(v.Took), limit || is(v.Limit)
	}
	return took && limit && (b.between(s, s.first, s.last, deadlineWords) || b.between(s, s.first, s.last, insteadWord))
}

var (
	misses      = set("miss", "missed", "missing")
	insteadWord = set("instead")
	beyond      = set("over", "past", "late", "beyond", "above", "too", "outside")
)

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

// number reads a number at token i, in digits or in a word; a unit may be
// written on to it.
func (b *block) number(i int) (n float64, ok bool) {
	word := b.tokens[i].text
	if n, ok := smallNumbers[word]; ok {
		return n, true
	}
	if c := word[0]; c < '0' || c > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(withoutUnit(word), ",", ""), 64)
	return n, err == nil
}

func withoutUnit(word string) string {
	return strings.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
}

// durationAt reads a number and a unit of time from token i on.
func (b *block) durationAt(s sentence, i int) (time.Duration, bool) {
	n, ok := b.number(i)
	if !ok {
		return 0, false
	}
	word := b.tokens[i].text
	if _, spelt := smallNumbers[word]; !spelt {
		if suffix := word[len(withoutUnit(word)):]; suffix != "" {
			unit, ok := timeUnits[suffix]
			return time.Duration(n * float64(unit)), ok
		}
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
