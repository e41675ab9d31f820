package page

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"debrief/generator/note"
	"debrief/generator/prose"
)

// told is a note's running text as its author says it: the headline, the
// sections, the answers to probes. What stands in a bad example, a quotation
// or code is not the author's own word and is left out.
func told(n *note.Note) []string {
	var out []string
	add := func(text string) {
		if strings.TrimSpace(text) != "" {
			out = append(out, text)
		}
	}
	if f, ok := note.Of[*note.Story](n); ok {
		add(f.Headline)
	}
	end := 0
	if len(n.Body.Sections) == 0 || n.Body.Sections[0].HTMLFrom > 0 {
		add(n.Body.Description)
	}
	for _, sec := range n.Body.Sections {
		if sec.HTMLFrom < end {
			continue // inside the section before
		}
		end = sec.HTMLTo
		add(sec.Text)
	}
	for _, c := range n.Body.Callouts {
		if c.Type != "bad" && c.Type != "good" && c.Type != "quote" {
			add(c.Text)
		}
	}
	return out
}

// sentenceAt returns the sentence of text around the byte at.
func sentenceAt(text string, at int) string {
	from, to := 0, len(text)
	for i := at; i > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if r == '\n' || endsSentence(r) && i < len(text) && (text[i] == ' ' || text[i] == '\n') {
			from = i
			break
		}
		i -= size
	}
	for i, r := range text[at:] {
		end := at + i + utf8.RuneLen(r)
		if r == '\n' {
			to = at + i
			break
		}
		if endsSentence(r) && (end >= len(text) || text[end] == ' ' || text[end] == '\n') {
			to = end
			break
		}
	}
	return strings.TrimSpace(text[from:to])
}

func endsSentence(r rune) bool { return strings.ContainsRune(".!?…", r) }

// shorten keeps whole sentences up to about most characters; at least one.
func shorten(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	end, seen := 0, 0
	for i, r := range text {
		seen++
		next := i + utf8.RuneLen(r)
		if endsSentence(r) && next < len(text) && text[next] == ' ' {
			if seen > most && end > 0 {
				break
			}
			end = next
			if seen > most {
				break
			}
		}
	}
	if end == 0 {
		return text
	}
	return text[:end]
}

// LinkLabel is what link i of a note says where its author left that to us:
// the title of the note that it leads to; "" when the author's own text stays.
func (s *Site) LinkLabel(n *note.Note, i int) string {
	t, l := s.Book.Links(n)[i], n.Body.Links[i]
	if l.Kind != prose.LinkWiki || l.HasText {
		return ""
	}
	if t.Titles(&l) {
		return t.Note.Title
	}
	if heading := l.Fragment; heading != "" {
		l.Fragment = ""
		switch {
		case !t.Titles(&l):
		case heading[0] == '^': // a block has no name that readers know
			return t.Note.Title
		default:
			return t.Note.Title + " › " + heading
		}
	}
	if t.Note == nil && t.File != "" && t.Source == "" {
		if p := s.Page(t.File); p != nil && l.Text == note.Slug(l.Text) {
			return p.Title
		}
	}
	return ""
}

// saidIn is a passage as its page shows it, without markup: links by the
// titles of their notes, references by their figures.
func (s *Site) saidIn(n *note.Note, p *prose.Passage) string {
	return s.saidBetween(n, p, 0, len(p.Shown))
}

// cellsIn are the cells of a row as its page shows them.
func (s *Site) cellsIn(n *note.Note, p *prose.Passage) []string {
	var out []string
	for _, cell := range p.Cells {
		out = append(out, s.saidBetween(n, p, cell[0], cell[1]))
	}
	return out
}

func (s *Site) saidBetween(n *note.Note, p *prose.Passage, from, to int) string {
	var b strings.Builder
	for _, l := range p.Links {
		if l.From < from || l.To > to {
			continue
		}
		b.WriteString(p.Shown[from:l.From])
		b.WriteString(cmp.Or(s.LinkLabel(n, l.Index), p.Shown[l.From:l.To]))
		from = l.To
	}
	b.WriteString(p.Shown[from:to])
	return strings.TrimSpace(s.Said(n, b.String()))
}
