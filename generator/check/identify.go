package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"debrief/generator/claim"
	"debrief/generator/diag"
	"debrief/generator/handbook"
	"debrief/generator/note"
)

// identifies finds what names a person, a system or a case in a note that
// others may read. What must never appear is for the gate, which reads the
// bytes of the site; this one speaks before, and shows the line. In a private
// build it is silent.
func identifies(book *handbook.Handbook, _ *claim.Ledger) diag.List {
	if book.Profile == note.Private {
		return nil
	}
	var found diag.List
	for _, n := range book.Notes {
		report := func(f diag.Finding) { found = append(found, f) }
		for i := range n.Body.Passages {
			p := &n.Body.Passages[i]
			identifiesIn(p.Text, func(from, to int, what, way string) {
				report(identified(n, p.Pos(from), p.Text[from:to], what, way))
			})
		}
		front := func(text string, path ...any) {
			if key, ok := path[0].(string); ok && !n.Front.Has(key) {
				return // made from the text
			}
			identifiesIn(text, func(from, to int, what, way string) {
				pos, _ := n.Front.Span(path...)
				report(identified(n, pos, text[from:to], what, way))
			})
		}
		front(n.Title, "title")
		front(n.Description, "description")
		switch f := n.Fields.(type) {
		case *note.Story:
			front(f.Headline, "headline")
		case *note.Incident:
			for k, e := range f.Timeline {
				front(e.Event, "timeline", k, "event")
				front(e.Actor, "timeline", k, "actor")
			}
			for k, a := range f.Actions {
				front(a.Title, "action_items", k, "title")
				front(a.Owner, "action_items", k, "owner")
			}
			for k, s := range f.Factors {
				front(s, "contributing_factors", k)
			}
		}
	}
	return found
}

func identified(n *note.Note, pos diag.Pos, text, what, way string) diag.Finding {
	return n.FindAt("identifies", diag.Error, pos, utf8.RuneCountInString(text), "%s is %s, in a note that is %s", text, what, n.Visibility).
		Hint("%s", way).
		Hint("or keep the note private, or put the line into > [!private]")
}

// identifiesIn finds addresses, numbers of telephones and tickets, and names
// of internal hosts.
func identifiesIn(text string, report func(from, to int, what, way string)) {
	if !strings.ContainsAny(text, "@-.0123456789") {
		return
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) || strings.ContainsRune("\"'“”‘’<>[]{},;!?`", r) {
			at += size
			continue
		}
		end := at
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if unicode.IsSpace(r) || strings.ContainsRune("\"'“”‘’<>[]{},;!?`", r) {
				break
			}
			end += size
		}
		word := strings.Trim(text[at:end], ".:()*_")
		from := at + strings.Index(text[at:end], word)
		to := from + len(word)
		switch {
		case word == "":
		case isAddress(word):
			report(from, to, "an e-mail address", "name the role instead, like the on-call of payments")
		case isInternalHost(word):
			report(from, to, "the name of an internal host", "say what it does, like the second payment host")
		default:
			if a, b := ticketIn(word); a >= 0 {
				report(from+a, from+b, "the number of a ticket", "leave it out: a reader cannot open it, and it tells where you worked")
				break
			}
			if from > at && isDigit(text[from]) && text[from-1] == '(' {
				from-- // (212) 867-5309
			}
			if to := phoneAt(text, from); to > 0 {
				report(from, to, "a telephone number", "leave it out, or name the channel")
				end = max(end, to)
			}
		}
		at = end
	}
}

// isAddress reports whether a word is an e-mail address, other than those
// that are set aside for examples.
func isAddress(word string) bool {
	word = strings.TrimPrefix(word, "mailto:")
	local, domain, ok := strings.Cut(word, "@")
	if !ok || local == "" || local == "git" || strings.ContainsAny(local, ":/") || strings.ContainsAny(domain, "@:/") {
		return false
	}
	dot := strings.LastIndexByte(domain, '.')
	if dot <= 0 || len(domain)-dot < 3 {
		return false
	}
	for _, c := range domain[dot+1:] {
		if !unicode.IsLetter(c) {
			return false
		}
	}
	return !reserved(domain)
}

// reserved reports whether a domain is one for documentation (RFC 2606).
func reserved(domain string) bool {
	domain = strings.ToLower(domain)
	for _, d := range []string{"example.com", "example.org", "example.net"} {
		if domain == d || strings.HasSuffix(domain, "."+d) {
			return true
		}
	}
	return strings.HasSuffix(domain, ".example") || strings.HasSuffix(domain, ".test") || strings.HasSuffix(domain, ".invalid")
}

var internal = []string{".internal", ".corp", ".local", ".intra", ".intranet", ".lan"}

func isInternalHost(word string) bool {
	word = strings.ToLower(word)
	if _, rest, ok := strings.Cut(word, "://"); ok {
		word = rest
	}
	word, _, _ = strings.Cut(word, "/")
	word, _, _ = strings.Cut(word, ":")
	for _, suffix := range internal {
		if head, ok := strings.CutSuffix(word, suffix); ok && head != "" && strings.Trim(head, "abcdefghijklmnopqrstuvwxyz0123456789-._") == "" && isAlnum(head[0]) {
			return !strings.HasSuffix(head, ".example") && head != "example" && !strings.HasSuffix(head, ".svc.cluster") && head != "svc.cluster" && head != "cluster"
		}
	}
	return false
}

func isAlnum(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// notTickets are names that look like the number of a ticket and are public.
var notTickets = set("CVE", "RFC", "SEV", "HTTP", "HTTPS", "UTC", "GMT", "UTF", "ISO", "IEC", "SHA", "AES", "RSA", "DES", "TLS", "SSL", "SLA", "SLO", "TCP", "UDP", "DNS", "CPU", "GPU",
	"RAM", "RAID", "USB", "IEEE", "ANSI", "DIN", "EN", "BS", "PEP", "JSR", "ES", "ECMA", "WCAG", "COVID", "GPT", "US", "EU", "AP", "UK", "CET", "CEST", "PST", "PDT", "EST", "EDT", "BST", "IST",
	"MD", "CRC", "ED", "XK", "AWS", "GHSA", "GO", "RUSTSEC", "DSA", "MS", "KB", "NIST", "SOC", "PCI", "GDPR", "CIS", "ITU", "CWE", "CAPEC", "STIG", "LTS", "SP", "PR", "AZ", "AZURE", "IPV", "BASE", "UTF", "HMAC", "HS", "RS", "PKCS", "FIPS", "NFS", "SMB", "PHASE", "STEP", "Q", "H", "FY", "JDK", "PG", "LP")

// ticketIn returns where a word holds a ticket's number, like INC-4711.
func ticketIn(word string) (from, to int) {
	for i := 0; i < len(word); i++ {
		if word[i] != '-' {
			continue
		}
		a := i
		for a > 0 && word[a-1] >= 'A' && word[a-1] <= 'Z' {
			a--
		}
		b := i + 1
		for b < len(word) && isDigit(word[b]) {
			b++
		}
		letters, digits := i-a, b-i-1
		if letters < 2 || letters > 10 || digits < 2 || digits > 7 || a > 0 && (isAlnum(word[a-1]) || word[a-1] == '-' || word[a-1] == '_') ||
			b < len(word) && (isAlnum(word[b]) || word[b] == '-' || word[b] == ':' && b+1 < len(word) && isDigit(word[b+1])) || notTickets[word[a:i]] {
			continue
		}
		return a, b
	}
	return -1, -1
}

// phoneAt returns where a telephone number that begins at from ends; 0 when
// none does. It wants a plus and a country, or the American form.
func phoneAt(text string, from int) int {
	digits, end := 0, from
	plus := text[from] == '+'
	if from > 0 && (isAlnum(text[from-1]) || text[from-1] == '-' || text[from-1] == '.') {
		return 0
	}
	var sizes []int
scan:
	for i := from; i < len(text); i++ {
		c := text[i]
		switch {
		case isDigit(c):
			if i == from || !isDigit(text[i-1]) {
				sizes = append(sizes, 0)
			}
			sizes[len(sizes)-1]++
			digits++
			end = i + 1
			continue
		case i == from && (plus || c == '('), c == '(' || c == ')', c == '-' || c == ' ' || c == '/' && plus:
			if i+1 < len(text) && (isDigit(text[i+1]) || text[i+1] == '(' || text[i+1] == ' ') {
				continue
			}
		case c == '.' && i+1 < len(text) && isDigit(text[i+1]):
			continue
		}
		break scan
	}
	if end < len(text) && (isAlnum(text[end]) || text[end] == '%' || text[end] == ':') {
		return 0
	}
	number := text[from:end]
	if strings.Contains(number, "555-01") || strings.Contains(number, "555 01") {
		return 0 // set aside for fiction
	}
	if plus && len(text) > from+1 && text[from+1] != '0' && digits >= 9 && digits <= 15 && len(sizes) >= 2 {
		return end
	}
	if plus && digits >= 11 && digits <= 15 {
		return end
	}
	if len(sizes) == 3 && sizes[0] == 3 && sizes[1] == 3 && sizes[2] == 4 && strings.ContainsAny(number, "-(") {
		return end
	}
	return 0
}
