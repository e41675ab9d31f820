package claim

import (
	"strings"

	"debrief/generator/note"
	"debrief/generator/prose"
)

// tellsPlainly reports whether the part of a sentence that holds a figure has
// only words that tell of an incident, and words of this one: its title, its
// services, its metrics. Any other word may bring in another team, another
// system, another day; then the figure may be theirs, and floats.
func (s *scope) tellsPlainly(w spot) bool {
	return s.allPlain(s.thought(w), nil)
}

func (s *scope) allPlain(text string, also map[string]bool) bool {
	for _, word := range plainWords(text) {
		if !tellingWords[word] && !also[word] && !s.own[stemOf(word)] && !strings.HasSuffix(word, "ly") && strings.Trim(word, "0123456789") != "" {
			return false
		}
	}
	return true
}

// thought is the part of a sentence that a figure belongs to: from its start,
// or from a later "and we", up to the end of the clause. Where the figure is
// an end of a change, "and the hit ratio" begins one too.
func (s *scope) thought(w spot) string {
	before, after := w.text[w.sentence[0]:w.at], w.text[w.end:w.sentence[1]]
	list := strings.Fields(before)
	for k := len(list) - 2; k > 0; k-- {
		if last := list[k-1]; (turns[last] || strings.HasSuffix(last, ";")) && (begins(list[k:]) || w.role != anyRole && s.namesMetric(list[k:])) {
			before = strings.Join(list[k:], " ")
			break
		}
	}
	if i := strings.IndexAny(after, ",;:()"); i >= 0 {
		after = after[:i]
	}
	list = strings.Fields(after)
	for k, word := range list {
		if turns[word] {
			list = list[:k]
			break
		}
	}
	return before + " " + strings.Join(list, " ")
}

// begins reports whether words begin a thought with a subject of its own: "we",
// "the incident".
func begins(list []string) bool {
	if list[0] == "we" || list[0] == "i" {
		return true
	}
	return len(list) > 1 && (list[0] == "the" || list[0] == "our") && wholes[list[1]]
}

// namesMetric reports whether words begin with "the" and a word of this
// incident.
func (s *scope) namesMetric(list []string) bool {
	return len(list) > 1 && (list[0] == "the" || list[0] == "our") && s.own[stemOf(list[1])]
}

// ownWordsOf are the stems of the words by which notes name an incident.
func ownWordsOf(notes ...*note.Note) map[string]bool {
	own := make(map[string]bool)
	add := func(text string) {
		for _, word := range plainWords(prose.FoldCase(text)) {
			own[stemOf(word)] = true
		}
	}
	metrics := func(list []note.Metric) {
		for _, m := range list {
			add(m.Title() + " " + strings.ReplaceAll(m.Name, "_", " ") + " " + m.At)
		}
	}
	for _, n := range notes {
		if n == nil {
			continue
		}
		add(n.Title)
		add(strings.Join(n.Tags, " "))
		switch f := n.Fields.(type) {
		case *note.Incident:
			add(f.Severity + " " + strings.Join(f.Services, " "))
			metrics(f.Metrics)
		case *note.Story:
			metrics(f.Metrics)
		}
	}
	return own
}

// stemOf cuts a word's ending off: "searches" and "search" are one.
func stemOf(word string) string {
	const most = 5
	letters := 0
	for at := range word {
		if letters == most {
			return word[:at]
		}
		letters++
	}
	return word
}

var (
	// turns begin another thought.
	turns = words("and but because while whereas which who so then although though since when where by")

	// tableWords stand over columns, and before entries.
	tableWords = words("what phase metric measure figure value length duration number amount item actual milestone elapsed observed measured realised achieved result utc onset commitment objective")

	// wholes are what an incident is called as a whole.
	wholes = words("incident outage damage impact service site system alert alarm cause team shop")

	// tellingWords are the words by which people tell of an incident.
	tellingWords = words(`
		a an the this that our my its your we i us me it you all in on at of for from to until till by with as after before within into than or and but so then
		was were is are be been had has have did took take takes taking lasted last ran run running got came come went go reached reach hit stood made make
		only just about around roughly nearly almost approximately some over under more less exactly precisely circa ca altogether since still already even no not
		whole full entire total overall first
		incident outage issue problem event damage impact error errors failure failures failed fail failing downtime disruption degradation fault bleeding
		service services site system shop platform production prod
		alert alarm alerts alarms page pager paged fired rang monitoring monitor team
		start started starting begin began beginning onset end ended ending
		mitigated mitigate mitigation contained contain containment bounded bound restored restore restoration resolved resolve resolution closed close recovered recover recovery
		fixed fix stopped stop back up down again normal working everything nobody
		detected detect detection noticed notice noticing acknowledged acknowledge acknowledgement ack acked ttd tta ttm ttr mttd time times
		diagnosed diagnose diagnosis isolated isolate found find finding root cause why knew know
		calls attempts searches queries logins login sign payments auths writes reads declined succeed
		request requests checkout checkouts share rate ratio peak answered answer answers
		user users customer customers buyer buyers shopper shoppers people affected impacted hurt saw see could unable
		revenue order orders sales lost lose losing loss cost estimated estimate worth money
		spent used burned burnt consumed ate budget week month monthly window burn
		traffic load baseline usual busiest day carried
		saved avoided saving
		target targets goal sla slo objective agreement contract deadline promise promised allowed kept keep met meet missed miss breached exceeded overran late spare left margin past beyond outside inside
		fell fall dropped drop rose rise went grew grow cut reduced reduce reduction improved improve improvement increased increase decreased decrease climbed brought moved changed change gain difference
		median percentile p50 p90 p95 p99 latency reading
		morning afternoon evening night own held
		one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty
		minute minutes hour hours second seconds ms s min mins h hr hrs points pp x usd eur`)
)
