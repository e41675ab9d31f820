package front

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"debrief/generator/diag"
	"debrief/generator/measure"
)

// A Duration is a length of time as written, like 30s, 1h30m, 3d or PT20M.
type Duration struct {
	D   time.Duration
	Set bool // whether the author gave one
}

// UnmarshalFront reads a duration.
func (d *Duration) UnmarshalFront(v Value) {
	got, err := measure.ParseDuration(v.Text())
	if err != nil || !v.IsScalar() {
		hint := "write it like 30s, 20m, 1h30m, 3d or 4w"
		if n := v.Text(); v.IsScalar() && n != "" && strings.Trim(n, "0123456789") == "" {
			hint = "say of what: " + n + "m are minutes, " + n + "s seconds"
		}
		v.FaultHint("bad-duration", diag.Error, hint, "%s: %s is not a duration", v.Name, quote(v.n))
		return
	}
	if got < 0 {
		v.FaultHint("bad-duration", diag.Error, "leave the sign away", "%s: no length of time is negative", v.Name)
		return
	}
	d.D, d.Set = got, true
}

// A Percent is a share as written, like 99.9%.
type Percent struct {
	P   measure.Percent
	Set bool
}

// UnmarshalFront reads a percentage; a number without % is found and read as
// percent.
func (p *Percent) UnmarshalFront(v Value) {
	got, err := measure.ParsePercent(v.Text())
	switch {
	case errors.Is(err, measure.ErrNoUnit):
		v.FaultHint("bad-unit", diag.Error, fmt.Sprintf("write %s%%", v.Text()), "%s: %s has no unit", v.Name, quote(v.n))
	case err != nil || !v.IsScalar():
		v.FaultHint("bad-unit", diag.Error, "write it like 12% or 99.9%", "%s: %s is not a percentage", v.Name, quote(v.n))
		return
	}
	p.P, p.Set = got, true
}

// A Number is a plain number; a unit that belongs to it stands elsewhere. A
// trailing × or x, as in 1.35x, is read past.
type Number struct {
	F    float64
	Unit string // what stood behind the number, if anything: "x", "%", "ms"
	Set  bool
}

var numberUnit = regexp.MustCompile(`^([+\-−]?[\d.,_]+)\s*([^\d\s].*)?$`)

// UnmarshalFront reads a number with an optional unit.
func (n *Number) UnmarshalFront(v Value) {
	m := numberUnit.FindStringSubmatch(v.Text())
	if m == nil || !v.IsScalar() {
		v.FaultHint("bad-unit", diag.Error, "write the number and, where it has one, its unit: 82 or 82ms", "%s: %s is not a number", v.Name, quote(v.n))
		return
	}
	f, err := measure.ParseNumber(m[1])
	if err != nil {
		v.FaultHint("bad-unit", diag.Error, "write it like 1234.5", "%s: %s is not a number", v.Name, quote(v.n))
		return
	}
	n.F, n.Unit, n.Set = f, strings.TrimSpace(m[2]), true
	if n.Unit == "×" {
		n.Unit = "x"
	}
}

// Money is an amount in a currency, `USD 3.2M` or `{amount: 3200000, currency: USD}`.
type Money struct {
	M   measure.Money
	Set bool
}

// UnmarshalFront reads an amount of money.
func (m *Money) UnmarshalFront(v Value) {
	if v.IsMapping() {
		var parts struct {
			Amount   Number `front:"amount"`
			Currency string `front:"currency"`
		}
		v.Decode(&parts)
		code := strings.ToUpper(parts.Currency)
		if !measure.IsCurrency(code) || !parts.Amount.Set {
			v.FaultHint("bad-unit", diag.Error, "write it like USD 3.2M", "%s wants an amount and a currency (ISO 4217)", v.Name)
			return
		}
		m.M, m.Set = measure.Money{Amount: parts.Amount.F, Currency: code}, true
		return
	}
	got, err := measure.ParseMoney(v.Text())
	switch {
	case errors.Is(err, measure.ErrSymbolOnly):
		v.FaultHint("bad-unit", diag.Warning, fmt.Sprintf("write %s %s", got.Currency, strings.Trim(v.Text(), "$€£¥₹ ")),
			"%s: a currency symbol alone is ambiguous; read as %s", v.Name, got.Currency)
	case err != nil || !v.IsScalar():
		v.FaultHint("bad-unit", diag.Error, "write it like USD 3.2M or USD 175000", "%s: %s is not an amount of money", v.Name, quote(v.n))
		return
	}
	m.M, m.Set = got, true
}

// A Bool is true or false and nothing else. A value that only looks like one
// ("false" in quotes, yes, no) leaves Bad set, and whoever reads the field
// takes the safer meaning: tools that guessed have published private notes.
type Bool struct {
	B, Set, Bad bool
}

// UnmarshalFront reads a strict boolean.
func (b *Bool) UnmarshalFront(v Value) {
	b.Set = true
	switch text := strings.ToLower(v.Text()); {
	case v.IsBool() && (text == "true" || text == "false"):
		b.B = text == "true"
	default:
		b.Bad = true
		hint := "write true or false, without quotes"
		v.FaultHint("bad-front-matter", diag.Error, hint, "%s: %s is not true or false; the safer reading counts", v.Name, quote(v.n))
	}
}

// A Date is a day, without a clock.
type Date struct {
	T   time.Time // midnight UTC of that day
	Set bool
}

// String is the ISO form, "2023-07-11", or "".
func (d Date) String() string {
	if !d.Set {
		return ""
	}
	return d.T.Format(time.DateOnly)
}

// UnmarshalFront reads YYYY-MM-DD; of a time it takes the day as written.
func (d *Date) UnmarshalFront(v Value) {
	text := v.Text()
	if len(text) > 10 && (text[10] == 'T' || text[10] == ' ' || text[10] == 't') {
		text = text[:10]
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || !v.IsScalar() {
		v.FaultHint("bad-time", diag.Error, "write it like 2026-07-11", "%s: %s is not a date", v.Name, quote(v.n))
		return
	}
	d.T, d.Set = t, true
}

// A Time is an instant. In timelines it may be written as an offset from the
// start (T+12m30s) or as a clock time of the start's day (10:22); those are
// settled by the note, which knows the start.
type Time struct {
	T      time.Time // keeps the offset it was written with
	Set    bool
	Offset time.Duration // for T+…
	Clock  time.Duration // since midnight, for 10:22 and 10:22:30
	Form   TimeForm
}

// A TimeForm says how a time was written.
type TimeForm int

// The forms of a time.
const (
	Instant     TimeForm = iota // 2023-07-11T10:02:30-07:00
	FromStart                   // T+12m30s
	ClockOfTime                 // 10:22:30
)

var (
	offsetForm = regexp.MustCompile(`^[tT]\s*\+\s*(.+)$`)
	clockForm  = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2}))?$`)
	naiveForms = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"}
	zonedForms = []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04 Z07:00"}
)

// UnmarshalFront reads a time.
func (t *Time) UnmarshalFront(v Value) {
	text := v.Text()
	if !v.IsScalar() {
		v.FaultHint("bad-time", diag.Error, "write it like 2023-07-11T10:02:30-07:00", "%s wants a time, not a %s", v.Name, shape(v.n))
		return
	}
	for _, form := range zonedForms {
		if got, err := time.Parse(form, strings.Replace(text, "t", "T", 1)); err == nil {
			t.T, t.Set = got, true
			return
		}
	}
	for _, form := range naiveForms {
		zone := v.c.Zone
		if zone == nil {
			zone = time.UTC
		}
		if got, err := time.ParseInLocation(form, text, zone); err == nil {
			t.T, t.Set = got, true
			hint := "write " + got.Format(time.RFC3339)
			if zone == time.UTC {
				hint = "write the place's offset, like " + got.Format("2006-01-02T15:04:05") + "-08:00, or set time_zone in debrief.yaml"
			}
			v.FaultHint("bad-time", diag.Warning, hint, "%s has no offset; read as %s time", v.Name, zone)
			return
		}
	}
	if m := offsetForm.FindStringSubmatch(text); m != nil {
		if clock := clockForm.FindStringSubmatch(m[1]); clock != nil {
			// T+00:30 reads as hours and minutes, T+00:00:30 adds seconds.
			t.Offset, t.Form, t.Set = clockLength(clock), FromStart, true
			return
		}
		if got, err := measure.ParseDuration(m[1]); err == nil {
			t.Offset, t.Form, t.Set = got, FromStart, true
			return
		}
	}
	if m := clockForm.FindStringSubmatch(text); m != nil {
		if d := clockLength(m); d < 24*time.Hour {
			t.Clock, t.Form, t.Set = d, ClockOfTime, true
			return
		}
	}
	hint := "write it like 2023-07-11T10:02:30-07:00"
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		v.FaultHint("bad-time", diag.Error, hint, "%s: %s is a date; a time of day is missing", v.Name, quote(v.n))
		return
	}
	v.FaultHint("bad-time", diag.Error, hint, "%s: %s is not a time", v.Name, quote(v.n))
}

func clockLength(m []string) time.Duration {
	d, _ := time.ParseDuration(m[1] + "h" + m[2] + "m" + "0" + m[3] + "s")
	return d
}

// A Ref names another note as written in front matter: an id, a title, a path
// or a quoted wikilink.
type Ref struct {
	Name string
	Pos  diag.Pos
	Len  int
}

// UnmarshalFront reads a reference. An unquoted [[note]] is a list in a list
// to YAML; it is read as the wikilink it was meant to be.
func (r *Ref) UnmarshalFront(v Value) {
	inner := v
	for inner.IsList() && len(inner.n.Content) == 1 {
		inner = Value{inner.n.Content[0], v.c, v.Name}
	}
	if !inner.IsScalar() {
		v.FaultHint("bad-reference", diag.Error, "write the note's id, or \"[[note]]\" in quotes", "%s wants the name of a note, not a %s", v.Name, shape(inner.n))
		return
	}
	name := inner.Text()
	if link, ok := strings.CutPrefix(name, "[["); ok {
		link = strings.TrimSuffix(link, "]]")
		link, _, _ = strings.Cut(link, "|")
		name, _, _ = strings.Cut(link, "#")
	}
	r.Name, r.Pos, r.Len = strings.TrimSpace(name), inner.Pos(), inner.c.doc.width(inner.n)
}

// Tags are a note's tags: a list, or one text with commas or spaces between.
type Tags []string

// UnmarshalFront reads tags, with or without their #.
func (t *Tags) UnmarshalFront(v Value) {
	for _, item := range v.Items() {
		if !item.IsScalar() {
			item.Fault("bad-front-matter", diag.Error, "%s: a tag is a word, not a %s", v.Name, shape(item.n))
			continue
		}
		split := func(r rune) bool { return r == ',' }
		if !v.IsList() && !strings.Contains(item.Text(), ",") {
			split = func(r rune) bool { return r == ' ' }
		}
		for _, word := range strings.FieldsFunc(item.Text(), split) {
			if word = strings.TrimPrefix(strings.TrimSpace(word), "#"); word != "" {
				*t = append(*t, word)
			}
		}
	}
}

// An Entry is one key of a mapping whose keys are the author's.
type Entry[T any] struct {
	Key   string
	Value T
	Pos   diag.Pos
}

// A Map is a mapping whose keys are the author's, in the author's order.
type Map[T any] []Entry[T]

// UnmarshalFront reads each entry as a T.
func (m *Map[T]) UnmarshalFront(v Value) {
	if !v.IsMapping() {
		v.Fault("bad-front-matter", diag.Error, "%s wants keys and values, not %s", v.Name, quote(v.n))
		return
	}
	keys, values := v.Entries()
	for i, k := range keys {
		e := Entry[T]{Key: v.c.doc.names.Value(k), Pos: values[i].Pos()}
		values[i].Decode(&e.Value)
		*m = append(*m, e)
	}
}

// Get returns the value of key.
func (m Map[T]) Get(key string) (T, bool) {
	for _, e := range m {
		if e.Key == key {
			return e.Value, true
		}
	}
	var zero T
	return zero, false
}
