package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
	"debrief/generator/prose"
)

// genericFollowups finds follow-ups that could have been written without the
// round: they name no point of it, or their text takes none up.
func genericFollowups(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	var found diag.List
	for _, n := range book.OfKind("followup") {
		f, ok := note.Of[*note.Followup](n)
		if !ok || n.Front.Unfilled("references") {
			continue
		}
		points := strings.Join(f.References, " ")
		if points == "" {
			found = append(found, n.Find("followup-generic", diag.Warning, at("title"), "this follow-up takes up no point of the conversation").
				Hint("say in references: which sentence of theirs it answers"))
			continue
		}
		if pos, length, generic := textOfAnyRound(n, points+" "+roundText(book, n)); generic {
			found = append(found, n.FindAt("followup-generic", diag.Warning, pos, length, "the text says nothing of %s, nor of the round", quoted(points)).
				Hint("whoever reads it has had ten like it: answer that point in a sentence of your own"))
		}
	}
	return found
}

// quoted is a point in quotation marks, shortened where it is long.
func quoted(point string) string {
	const most = 60
	if utf8.RuneCountInString(point) > most {
		point = strings.TrimSpace(string([]rune(point)[:most])) + "…"
	}
	return "“" + point + "”"
}

// roundText is everything that tells what a follow-up's round was about: its
// words, and the titles of what it names.
func roundText(book *handbook.Handbook, n *note.Note) string {
	var text strings.Builder
	for _, round := range book.Named(n, "round") {
		text.WriteString(round.Title + " " + round.Description + " ")
		for _, r := range book.References(round) {
			if r.Note != nil {
				text.WriteString(r.Note.Title + " ")
			}
		}
		if round.Body != nil {
			for i := range round.Body.Passages {
				text.WriteString(round.Body.Passages[i].Text + " ")
			}
		}
	}
	return text.String()
}

// textOfAnyRound reports whether the text of a note shares no word with the
// round, and where it begins. A note without text, or of three words, is yet
// to be written.
func textOfAnyRound(n *note.Note, round string) (pos diag.Pos, length int, generic bool) {
	if n.Body == nil {
		return pos, 0, false
	}
	terms := termsOf(round)
	words := 0
	for i := range n.Body.Passages {
		p := &n.Body.Passages[i]
		for term := range termsOf(p.Text) {
			if terms[term] {
				return pos, 0, false
			}
		}
		if words == 0 && p.Kind == prose.Running {
			first, _, _ := strings.Cut(p.Text, "\n")
			pos, length = p.Pos(0), utf8.RuneCountInString(first)
		}
		words += len(strings.Fields(p.Text))
	}
	return pos, length, words > 3 && len(terms) > 0
}

// termsOf are the words of a text by which two texts can be seen to be about
// one thing, cut to their stems: "alarms" is "alarm". Words of courtesy say
// nothing, and neither do short ones. Where a script does not part its words,
// two letters in a row are one.
func termsOf(text string) map[string]bool {
	const stem = 5
	terms := make(map[string]bool)
	for _, word := range strings.FieldsFunc(prose.FoldCase(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		letters := []rune(word)
		switch {
		case unpartedScript(letters[0]):
			for i := range len(letters) - 1 {
				terms[string(letters[i:i+2])] = true
			}
		case len(letters) > 3 && !courtesy[word]:
			terms[string(letters[:min(len(letters), stem)])] = true
		}
	}
	return terms
}

func unpartedScript(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// courtesy are the words of any letter of thanks, and words of every sentence.
var courtesy = set("thank", "thanks", "thankful", "grateful", "appreciate", "appreciated", "time", "today", "yesterday", "morning", "afternoon", "evening", "week", "hour",
	"conversation", "conversations", "interview", "interviews", "interviewer", "interviewers", "round", "rounds", "loop", "call", "meeting", "chat", "discussion", "talk", "talking", "speaking", "spoke", "discussed",
	"enjoyed", "enjoy", "pleasure", "great", "good", "nice", "lovely", "really", "very", "much", "excited", "exciting", "interested", "interesting", "interest", "opportunity", "position", "role", "team", "teams", "company",
	"look", "looking", "forward", "hearing", "hear", "from", "with", "about", "your", "yours", "mine", "their", "them", "they", "that", "this", "these", "those", "there", "here", "have", "having", "would", "will", "could", "should",
	"been", "being", "were", "what", "when", "where", "which", "while", "also", "again", "more", "most", "some", "into", "over", "than", "then", "just", "like", "please", "know", "questions", "question", "further", "anything",
	"need", "needs", "best", "regards", "kind", "sincerely", "dear", "hello", "learn", "learned", "learning", "working", "work", "works", "insight", "insights", "insightful", "helpful", "hope", "next", "steps", "manager", "hiring", "recruiter")
