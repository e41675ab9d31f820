package check

import (
	"strings"

	"debrief/generator/claim"
	"debrief/generator/diag"
)

// weakOwnership finds an Action that a group does: at least three in five of
// its first persons are we or the team, or nobody in it says "I".
func weakOwnership(t *told, _ *claim.Ledger) {
	if t.story == nil {
		return
	}
	mine, others, sentences := 0, 0, 0
	var at *block
	var firstHit hit
	for k := range t.blocks {
		b := &t.blocks[k]
		if b.part != "action" {
			continue
		}
		for _, s := range b.sentences {
			if s.last == s.first {
				continue
			}
			sentences++
			own := 0
			for i := s.first; i < s.last; i++ {
				switch b.tokens[i].text {
				case "i", "i'd", "i've", "i'm", "i'll":
					if !b.quotes(b.tokens[i].from) {
						own++
					}
				}
			}
			group := 0
			for _, h := range b.hits[s.firstHit:s.endHit] {
				if h.list == weakWords && b.isSubject(s, h) && !b.quotes(b.tokens[h.from].from) {
					group++
					if at == nil {
						at, firstHit = b, h
					}
				}
			}
			if own == 0 && group == 0 && elliptic(b.tokens[s.first].text) {
				own++ // "Rolled back the flag."
			}
			mine, others = mine+own, others+group
		}
	}
	if sentences < 2 {
		return
	}
	hint := "say what you did with I, and what others did by their role: they grade one person"
	switch {
	case others > 0 && mine == 0:
		t.report(t.findIn(at, at.tokens[firstHit.from].from, at.tokens[firstHit.to-1].to, "weak-ownership", diag.Warning, "Action never says I; its subject is %q", at.words(firstHit.from, firstHit.to)).
			Hint("an interviewer will ask: and what did you do").Hint("%s", hint))
	case others >= 2 && others*5 >= (others+mine)*3:
		t.report(t.findIn(at, at.tokens[firstHit.from].from, at.tokens[firstHit.to-1].to, "weak-ownership", diag.Warning, "in Action %d of %d first persons are we or the team", others, others+mine).
			Hint("an interviewer will ask: and what did you do").Hint("%s", hint))
	case mine == 0 && others == 0:
		for _, p := range t.parts {
			if p.Name == "Action" && p.Section >= 0 {
				h := t.note.Body.Sections[p.Section].Heading
				t.report(t.note.FindAt("weak-ownership", diag.Warning, h.Pos, len([]rune(h.Text)), "Action has %d sentences, and none says I", sentences).
					Hint("an interviewer will ask: which of it was yours").Hint("%s", hint))
			}
		}
	}
}

// isSubject reports whether a group acts: we always does, "the team" when a
// clause begins with it.
func (b *block) isSubject(s sentence, h hit) bool {
	if h.to-h.from == 1 && strings.HasPrefix(b.tokens[h.from].text, "we") {
		return true
	}
	if h.from == s.first || clauseWords[b.word(s, h.from-1)] {
		return true
	}
	return strings.HasSuffix(strings.TrimRight(b.text[:b.tokens[h.from].from], " "), ",")
}

var clauseWords = set("and", "then", "so", "but", "that", "because", "when", "while", "as", "once", "before", "after", "until", "if", "since", "where")

// elliptic reports whether a sentence that begins with the word leaves its I
// out: a past tense, as in notes and lists.
func elliptic(word string) bool {
	return len(word) > 4 && strings.HasSuffix(word, "ed") || pastTenses[word]
}

var pastTenses = set("found", "took", "wrote", "made", "ran", "led", "set", "built", "got", "saw", "sent", "told", "held", "put", "went", "spoke", "chose", "cut", "drew", "began", "gave",
	"kept", "read", "thought", "bought", "brought", "taught", "met", "left", "shut", "split", "used", "dug", "drove", "did", "knew", "showed", "asked", "won", "paid", "sat", "came")

// passiveOwnership finds a decision in Action that nobody takes.
func passiveOwnership(t *told, _ *claim.Ledger) {
	if t.story == nil {
		return
	}
	for k := range t.blocks {
		b := &t.blocks[k]
		if b.part != "action" {
			continue
		}
		for i, s := range b.sentences {
			for _, h := range b.hits[s.firstHit:s.endHit] {
				if h.list != passiveWords || b.word(s, h.to) == "by" || b.denied(s, h.from) || b.quotes(b.tokens[h.from].from) {
					continue
				}
				t.mark(saidAt{k, i})
				t.report(t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "passive-ownership", diag.Info, "says %q: by whom", b.words(h.from, h.to)).
					Hint("an interviewer will ask: whose decision was it, and what was your part").
					Hint("name who did it, by role when it was not you; when it was, say I"))
				break
			}
		}
	}
}

// toneWords finds words of feeling and praise where a fact would be: calm,
// hero, blame.
func toneWords(t *told, _ *claim.Ledger) {
	for at, b := range t.ownSentences() {
		s := b.sentences[at.sentence]
		for _, h := range b.hits[s.firstHit:s.endHit] {
			if h.list != calmWords && h.list != heroWords && h.list != blameWords || b.denied(s, h.from) || b.quotes(b.tokens[h.from].from) {
				continue
			}
			said := b.words(h.from, h.to)
			f := t.findIn(b, b.tokens[h.from].from, b.tokens[h.to-1].to, "tone-words", diag.Info, "says %q", said)
			switch h.list {
			case calmWords:
				if !b.between(s, h.from-6, h.from+1, ownWords) {
					continue // the night was calm
				}
				f.Message += ", which nobody can check"
				f = f.Hint("an interviewer will ask: what did you do that showed it").
					Hint("tell the decision, when you took it and what it rested on; the calm is heard without the word")
			case heroWords:
				if b.tokens[h.from].text == "i" && (b.word(s, h.from-1) == "not" || b.word(s, h.to) == "with") {
					continue
				}
				f.Message += "; a team that needs a hero has a gap"
				f = f.Hint("an interviewer will ask: who else was there, and what did you change so that it takes no hero next time").
					Hint("say what others did by their role, and what the review changed")
			case blameWords:
				f.Message += "; that is a judgment of a person, not a cause"
				f = f.Hint("an interviewer will ask: what made that the easy thing to do").
					Hint("name what allowed it: a default, a missing check, an alarm that nobody had")
			}
			t.mark(at)
			t.report(f)
			break
		}
	}
}
