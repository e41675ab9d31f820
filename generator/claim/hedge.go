package claim

import (
	"slices"
	"strings"

	"debrief/generator/measure"
)

// hedged reports whether a figure's part of the sentence is about something
// else than what happened in this incident, or does not say it outright.
func hedged(w spot) bool {
	before, after := plainWords(w.text[max(w.from, w.sentence[0]):w.at]), clauseAfter(w)
	clause := w.text[w.from:w.at]
	if first := plainWords(clause[strings.LastIndexAny(clause, ",;:(")+1:]); len(first) > 3 && indefinite[first[0]] {
		return true // "a stuck release was resolved in 3 minutes"
	}
	if slices.ContainsFunc(before, func(word string) bool { return word == "costs" || word == "loses" || word == "saves" }) {
		return true
	}
	for _, word := range before[max(0, len(before)-4):] {
		if asideBefore[word] {
			return true
		}
	}
	for _, word := range after[:min(len(after), 3)] {
		if asideAfter[word] {
			return true
		}
	}
	return isElsewhere(w, "")
}

// isElsewhere reports whether a figure's part of the sentence is about another
// event, another time or what might have been, leaving aside the words in
// except. A sentence that begins with "it" goes on about what the one before
// it was about.
func isElsewhere(w spot, except string) bool {
	from, to := w.sentence[0], w.sentence[1]
	if refersBack(w.text[from:to]) {
		from = w.before
	}
	if i := strings.LastIndexAny(w.text[w.sentence[0]:w.at], ";()"); i >= 0 {
		from = w.sentence[0] + i
	}
	if i := strings.IndexAny(w.text[w.end:to], ";()"); i >= 0 {
		to = w.end + i
	}
	list := plainWords(w.text[from:w.at] + " " + w.text[w.end:to])
	for k, word := range list {
		for _, phrase := range elsewhere[word] {
			if startsWith(list[k:], phrase) && (except == "" || !strings.Contains(except, "|"+phrase+"|")) {
				return true
			}
		}
		if (otherWords[word] || months[word]) && (isEvent(list, k+1) || isEvent(list, k+2)) {
			return true
		}
		if isPastYear(word) && k > 0 && (list[k-1] == "in" || list[k-1] == "of" || list[k-1] == "since") {
			return true
		}
	}
	return false
}

func isEvent(list []string, k int) bool { return k < len(list) && eventWords[list[k]] }

func isPastYear(word string) bool {
	return len(word) == 4 && (strings.HasPrefix(word, "19") || strings.HasPrefix(word, "20")) && strings.Trim(word, "0123456789") == ""
}

func refersBack(sentence string) bool {
	first, rest, _ := strings.Cut(sentence, " ")
	switch first {
	case "it":
		return !strings.HasPrefix(rest, "took ") // "it took us six minutes to notice"
	case "that", "this", "they", "its":
		return true
	}
	return false
}

// mayBack reports whether a fact may back a figure of its value where no words
// name it. Small round figures meet by chance: some facts want a word of
// theirs, and none backs what is said of something else.
func mayBack(f *Fact, c *Claim, w spot) bool {
	switch {
	case w.row:
		return !w.deadline && !isAllowed(f.Key) || w.deadline && !isTime(f.Key)
	case isAllowed(f.Key):
		return w.deadline
	case isMargin(f.Key):
		return namesAny(w.text[w.sentence[0]:w.sentence[1]], marginWords) && !isElsewhere(w, "") && !asideFor(w)
	case f.Quantity.Kind == measure.Factor && !strings.HasPrefix(f.Key, "traffic.") && !ofMetric(f, w):
		return false // factors are few and small: "past the 1.2 times line" is about another
	case strings.HasPrefix(f.Key, "budget") && !namesAny(w.text, "budget|slo"):
		return false
	}
	if isTime(f.Key) && w.deadline && !w.task {
		return false
	}
	if near := wantedWords[f.Key]; near != "" && !namesAny(w.text[w.sentence[0]:w.sentence[1]], near) && !(f.Key == "time_to_detect" && zeroOf(w) == fromStart) {
		return false
	}
	return !isTime(f.Key) || !isElsewhere(w, ranAs) && !asideFor(w)
}

// ofMetric reports whether the text around a factor speaks of the metric that
// has it: by its whole name when the factor is that between before and after.
func ofMetric(f *Fact, w spot) bool {
	title, what, _ := cutLast(f.Label, ", ")
	if what == "factor" {
		return namesAll(w.text, title)
	}
	return shareAWord(title, w.text)
}

// asideFor reports whether a time is that of a thing which runs again and
// again, or is an amount of something: "one hour of telemetry".
func asideFor(w spot) bool {
	if after := clauseAfter(w); len(after) > 1 && after[0] == "of" && !usualWords[after[1]] && !strings.HasSuffix(after[1], "ing") && !namesAny(after[1], timeOf) {
		return true
	}
	return namesAny(w.text[w.sentence[0]:w.sentence[1]], machinery)
}
