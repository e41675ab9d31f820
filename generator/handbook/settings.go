package handbook

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"debrief/generator/cover"
	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/measure"
	"debrief/generator/note"
	"debrief/generator/source"
)

// Settings are what debrief.yaml says, with the defaults filled in.
type Settings struct {
	Title          string
	Language       string
	Zone           *time.Location
	Target         Goal
	WordsPerMinute int
	Paper          string
	BaseURL        string
	Theme          string
	Packs          []string
	CoverNames     front.Map[string] // in the order of the file
	Redact         []string
	Allowed        []string // attachments that others get although nobody can read all that is in them
	Coarsen        Coarsening
	Unread         diag.List // of what could not be read: what it forbids to show, nobody knows
	Ignore         []string
	Sheet          note.SheetWish
	Tokens         []Token
}

// A Token is a custom property of the theme as the author wants it: a colour,
// a face, a distance.
type Token struct {
	Name  string   // without the hyphens: "link"
	Value string   // CSS
	Pos   diag.Pos // of the value
	Len   int      // code points from Pos
}

// tokenValue is what a token may be: colours, lengths, names of faces and
// functions of these, and nothing that could end the declaration or fetch.
var tokenValue = regexp.MustCompile(`^[\pL\pN#%.,()" '+*-]+$`)

// A Goal is the job that the handbook prepares for.
type Goal struct {
	Company string `front:"company"`
	Role    string `front:"role"`
	Level   string `front:"level"`
}

// A Coarsening names, for each profile, the kinds of figures that are told in
// round numbers.
type Coarsening struct {
	Shared []string `front:"shared"`
	Public []string `front:"public"`
}

// coarsened are the kinds that can be.
var coarsened = []string{"money", "counts"}

// Coarse says which figures a build of a profile tells in round numbers.
func (s Settings) Coarse(profile note.Visibility) measure.Coarse {
	kinds := map[note.Visibility][]string{note.Shared: s.Coarsen.Shared, note.Public: s.Coarsen.Public}[profile]
	return measure.Coarse{Money: slices.Contains(kinds, "money"), Counts: slices.Contains(kinds, "counts")}
}

// Names are what a build that others may read must not show. The error is for
// patterns that cannot be read; the names count all the same.
func (s Settings) Names() (*cover.Names, error) {
	var names []cover.Name
	for i, e := range s.CoverNames {
		names = append(names, cover.Name{
			Original: e.Key, Cover: e.Value, Slug: note.Slug(e.Value), Entry: fmt.Sprintf("cover_names %d", i+1),
		})
	}
	var patterns []cover.Pattern
	for i, text := range s.Redact {
		patterns = append(patterns, cover.Pattern{Text: text, Entry: fmt.Sprintf("redact %d", i+1)})
	}
	return cover.New(names, patterns)
}

// mayForbid reports a finding on settings by which a name that must not be
// shown may have gone unread: text that is no YAML, or a key that means
// nothing, unless it is a slip in one that hides nothing.
func mayForbid(f diag.Finding) bool {
	if f.Rule == "bad-front-matter" {
		return f.Severity == diag.Error
	}
	if f.Rule != "unknown-key" {
		return false
	}
	if _, in, nested := strings.Cut(f.Message, `" in `); nested {
		return in == "coarsen"
	}
	_, key, _ := strings.Cut(f.Message, `"`)
	_, meant, _ := strings.Cut(strings.Join(f.Hints, ""), `did you mean "`)
	meant, _, _ = strings.Cut(meant, `"`)
	return meant == "" || meant[0] != key[0] || slices.Contains(hidingKeys, meant)
}

// hidingKeys are the settings that keep something from others.
var hidingKeys = []string{"cover_names", "redact", "coarsen", "ignore"}

// checkCovers finds what cannot do its work: patterns that cannot be read, and
// covers that are a name themselves. Nothing can be shown to others with them.
func (s Settings) checkCovers(doc *front.Doc, found *diag.List) {
	for i, text := range s.Redact {
		if _, err := cover.New(nil, []cover.Pattern{{Text: text}}); err != nil {
			pos, width := doc.Span("redact", i)
			*found = append(*found, diag.At("bad-value", diag.Error, "", pos, width, "redact: this cannot be read as a pattern").
				Hint("patterns are regular expressions in RE2's syntax; a plain word needs none"))
		}
	}
	names, _ := s.Names()
	for _, e := range s.CoverNames {
		if len(names.Find(e.Value))+len(names.Find(note.Slug(e.Value))) > 0 {
			pos, width := doc.Span("cover_names", e.Key)
			*found = append(*found, diag.At("bad-value", diag.Error, "", pos, width, "cover_names: what covers a name says a name itself"))
		}
	}
}

// Covered returns the settings as others may read them.
func (s Settings) Covered(names *cover.Names) Settings {
	for _, text := range []*string{&s.Title, &s.Target.Company, &s.Target.Role, &s.Target.Level} {
		*text = names.Value(*text)
	}
	s.Tokens = slices.Clone(s.Tokens)
	for i := range s.Tokens {
		s.Tokens[i].Value = names.Value(s.Tokens[i].Value)
	}
	return s
}

type settingsFile struct {
	Title          string            `front:"title"`
	Language       string            `front:"language"`
	TimeZone       string            `front:"time_zone"`
	Target         Goal              `front:"target"`
	WordsPerMinute int               `front:"words_per_minute"`
	Paper          string            `front:"paper"`
	BaseURL        string            `front:"base_url"`
	Theme          string            `front:"theme"`
	Packs          []string          `front:"packs"`
	CoverNames     front.Map[string] `front:"cover_names"`
	Redact         []string          `front:"redact"`
	Allowed        []string          `front:"allow_attachments"`
	Coarsen        Coarsening        `front:"coarsen"`
	Ignore         []string          `front:"ignore"`
	Sheet          note.SheetWish    `front:"sheet"`
	Tokens         front.Map[string] `front:"tokens"`
}

// IsBaseURL reports whether s is an address that a site can be published at.
func IsBaseURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// ReadSettings reads debrief.yaml; no text gives the defaults. Faults are
// findings, and a faulty setting keeps its default.
func ReadSettings(text []byte) (Settings, diag.List) {
	doc, found := front.Parse(text, 1, front.ForNotes)
	var f settingsFile
	_, more := doc.Decode(front.Options{Strict: true}, &f)
	found = append(found, more...)
	s := Settings{
		Title: f.Title, Language: f.Language, Zone: time.UTC, Target: f.Target, WordsPerMinute: f.WordsPerMinute,
		Paper: strings.ToLower(f.Paper), BaseURL: f.BaseURL, Theme: f.Theme, Packs: f.Packs, CoverNames: f.CoverNames, Redact: f.Redact, Allowed: f.Allowed, Coarsen: f.Coarsen, Ignore: f.Ignore, Sheet: f.Sheet,
	}
	for _, f := range found {
		if mayForbid(f) {
			s.Unread = append(s.Unread, f)
		}
	}
	wrong := func(key, format string, args ...any) {
		pos, width := doc.Span(key)
		found = append(found, diag.At("bad-value", diag.Error, "", pos, width, format, args...))
	}
	if f.TimeZone != "" {
		zone, err := time.LoadLocation(f.TimeZone)
		if err != nil || f.TimeZone == "Local" {
			wrong("time_zone", "no time zone is called %q; use a name such as Europe/Berlin or America/Los_Angeles", f.TimeZone)
		} else {
			s.Zone = zone
		}
	}
	if s.BaseURL != "" && !IsBaseURL(s.BaseURL) {
		wrong("base_url", "base_url is a whole address like https://example.com/handbook/, not %q", f.BaseURL)
		s.BaseURL = ""
	}
	if s.Paper == "" {
		s.Paper = "a4"
	}
	if s.Paper != "a4" && s.Paper != "letter" {
		wrong("paper", "paper is a4 or letter, not %q", f.Paper)
		s.Paper = "a4"
	}
	s.Sheet.Unknown(note.AllSheetCards(), func(key string, i int, what, hint string) {
		pos, width := doc.Span("sheet", key, i)
		found = append(found, diag.At("bad-value", diag.Warning, "", pos, width, "%s", what).Hint("%s", hint))
	})
	if s.WordsPerMinute == 0 {
		s.WordsPerMinute = 140
	}
	if s.WordsPerMinute < 60 || s.WordsPerMinute > 300 {
		wrong("words_per_minute", "people speak between 60 and 300 words a minute, not %d", s.WordsPerMinute)
		s.WordsPerMinute = 140
	}
	if s.Language == "" {
		s.Language = "en"
	}
	if !doc.Has("packs") {
		s.Packs = []string{"amazon"}
	}
	for _, e := range f.Tokens {
		if e.Value == "" {
			continue // said already
		}
		pos, width := doc.Span("tokens", e.Key)
		if v := strings.ToLower(e.Value); !tokenValue.MatchString(v) || strings.Contains(v, "url(") || strings.Count(v, "(") != strings.Count(v, ")") || strings.Count(v, `"`)%2+strings.Count(v, "'")%2 > 0 {
			found = append(found, diag.At("bad-value", diag.Error, "", pos, width, "tokens.%s: %q is no value of CSS", e.Key, e.Value).
				Hint(`a colour stands in quotes, as # begins a comment: "#084b63", or "light-dark(#084b63, #9fd3ee)" for light and dark`))
			continue
		}
		s.Tokens = append(s.Tokens, Token{e.Key, e.Value, pos, width})
	}
	s.checkCovers(doc, &found)
	for _, profile := range []string{"shared", "public"} {
		kinds := s.Coarsen.Shared
		if profile == "public" {
			kinds = s.Coarsen.Public
		}
		for i, kind := range kinds {
			if !slices.Contains(coarsened, kind) {
				pos, width := doc.Span("coarsen", profile, i)
				found = append(found, diag.At("bad-value", diag.Error, "", pos, width, "coarsen: %q is not a kind of figure that can be told in round numbers", kind).
					Hint("known are %s", strings.Join(coarsened, " and ")))
			}
		}
	}
	for i := range found {
		found[i].Path = source.SettingsFile
	}
	return s, found
}
