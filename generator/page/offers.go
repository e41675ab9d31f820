package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"debrief/generator/chart"
	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// Offers is the data of offers.html, which exists in private builds only.
type Offers struct {
	Chains []OfferChain // by company
}

// An OfferChain is one company's offer in its versions.
type OfferChain struct {
	ID       string
	Company  string
	Level    string
	Place    string
	Versions []OfferVersion // oldest first
	Levers   []LeverRow
	Years    []LeverRow // totals by year, and their sum
	Gain     string     // of the last version over the first: "+$70,000"
	GainPart string     // "+8.5%"
	Cash     string     // of the first year: "$195,000 → $210,000"
	Pay      *chart.Drawing
	Open     string // why nothing is computed, in words; "" when it is
	Script   []Script
}

// An OfferVersion is one column.
type OfferVersion struct {
	Offer   Link
	Stage   string
	Date    When
	Expires When
}

// A LeverRow is one lever, or one year's total, over the versions.
type LeverRow struct {
	Name   string
	Values []string // "" when a version does not say
	Change string   // last against first; "" when nothing moved
	Sum    bool     // it sums the rows above
}

// A Script is a part of a note to say aloud.
type Script struct {
	Note    *note.Note
	Section int // of its body
	Title   string
}

func offersData(s *Site) any {
	if s.Book.Profile != note.Private {
		return nil
	}
	var companies []string
	byCompany := make(map[string][]*note.Note)
	for _, n := range s.Book.OfKind("offer") {
		f, _ := note.Of[*note.Offer](n)
		key := foldText(f.Company)
		if _, ok := byCompany[key]; !ok {
			companies = append(companies, key)
		}
		byCompany[key] = append(byCompany[key], n)
	}
	if len(companies) == 0 {
		return nil
	}
	slices.Sort(companies)
	o := &Offers{}
	for i, key := range companies {
		o.Chains = append(o.Chains, offerChain(s, fmt.Sprintf("%s.%d", partID("company"), i+1), byCompany[key]))
	}
	return o
}

func offerChain(s *Site, id string, notes []*note.Note) OfferChain {
	depths := make(map[*note.Note]int)
	for _, n := range notes {
		depths[n] = depth(s, n)
	}
	slices.SortStableFunc(notes, func(a, b *note.Note) int {
		fa, _ := note.Of[*note.Offer](a)
		fb, _ := note.Of[*note.Offer](b)
		return cmp.Or(cmp.Compare(depths[a], depths[b]), fa.Date.T.Compare(fb.Date.T), cmp.Compare(slices.Index(note.Stages, fa.Stage), slices.Index(note.Stages, fb.Stage)))
	})
	last, _ := note.Of[*note.Offer](notes[len(notes)-1])
	c := OfferChain{ID: id, Company: cmp.Or(last.Company, "No company named"), Level: last.Level, Place: last.Location}
	for _, n := range notes {
		f, _ := note.Of[*note.Offer](n)
		c.Versions = append(c.Versions, OfferVersion{s.LinkTo(n), cmp.Or(f.Stage, "offer"), dayOf(f.Date), dayOf(f.ExpiresOn)})
		for i, sec := range n.Body.Sections {
			if !sec.RunIn && strings.Contains(strings.ToLower(sec.Heading.Text), "script") {
				c.Script = append(c.Script, Script{n, i, sec.Heading.Text})
			}
		}
	}
	c.levers(notes)
	c.years(notes)
	return c
}

// depth is how many versions an offer supersedes, one after the other.
func depth(s *Site, n *note.Note) int {
	seen := map[*note.Note]bool{n: true}
	for d := 0; ; d++ {
		before := s.Book.Named(n, "supersedes")
		if len(before) == 0 || seen[before[0]] {
			return d
		}
		n = before[0]
		seen[n] = true
	}
}

// levers are the parts of the package that can move, one by one.
func (c *OfferChain) levers(notes []*note.Note) {
	row := func(name string, value func(*note.Offer) (text string, amount measure.Money)) {
		r := LeverRow{Name: name}
		var amounts []measure.Money
		any := false
		for _, n := range notes {
			f, _ := note.Of[*note.Offer](n)
			text, amount := value(f)
			r.Values = append(r.Values, text)
			amounts = append(amounts, amount)
			any = any || text != ""
		}
		if !any {
			return
		}
		r.Change = moneyChange(amounts)
		if r.Change == "" && len(r.Values) > 1 && r.Values[0] != "" && r.Values[0] != r.Values[len(r.Values)-1] {
			r.Change = "changed"
		}
		c.Levers = append(c.Levers, r)
	}
	row("Base", func(o *note.Offer) (string, measure.Money) {
		if !o.Base.Set {
			return "", measure.Money{}
		}
		return o.Base.M.String(), o.Base.M
	})
	for y := range 4 {
		row(fmt.Sprintf("Sign-on, year %d", y+1), func(o *note.Offer) (string, measure.Money) {
			if y >= len(o.SignOn) || !o.SignOn[y].Set {
				return "", measure.Money{}
			}
			return o.SignOn[y].M.String(), o.SignOn[y].M
		})
	}
	row("Equity", func(o *note.Offer) (string, measure.Money) { return equityText(o.Equity), measure.Money{} })
	row("Vesting", func(o *note.Offer) (string, measure.Money) { return vestText(o.Equity), measure.Money{} })
	row("Bonus", func(o *note.Offer) (string, measure.Money) {
		if o.Bonus.Percent.Set {
			return o.Bonus.Percent.P.String() + " of the base", measure.Money{}
		}
		if o.Bonus.Amount.Set {
			return o.Bonus.Amount.M.String(), o.Bonus.Amount.M
		}
		return "", measure.Money{}
	})
	row("Level", func(o *note.Offer) (string, measure.Money) { return o.Level, measure.Money{} })
	row("Place", func(o *note.Offer) (string, measure.Money) { return o.Location, measure.Money{} })
}

// years are the totals by year, when every version can be computed in one
// currency.
func (c *OfferChain) years(notes []*note.Note) {
	var all [][]claim.PayYear
	var offers []*note.Offer
	var stages []string
	longest := 0
	for _, n := range notes {
		f, _ := note.Of[*note.Offer](n)
		offers, stages = append(offers, f), append(stages, cmp.Or(f.Stage, "offer"))
		years, ok := claim.PayOf(f)
		if !ok {
			c.Open = fmt.Sprintf("“%s” gives no base, or mixes currencies, so nothing is added up", n.Title)
			return
		}
		all = append(all, years)
		longest = max(longest, len(years))
		if years[0].Total.Currency != all[0][0].Total.Currency {
			c.Open = "the versions are in different currencies, so they are not compared"
			return
		}
	}
	c.Pay = payDrawing(c.ID+".pay", stages, offers, all)
	total := LeverRow{Name: "Together", Sum: true}
	var sums []measure.Money
	for y := range longest {
		r := LeverRow{Name: fmt.Sprintf("Year %d", y+1)}
		var amounts []measure.Money
		for _, years := range all {
			if y >= len(years) {
				r.Values, amounts = append(r.Values, ""), append(amounts, measure.Money{})
				continue
			}
			r.Values, amounts = append(r.Values, years[y].Total.String()), append(amounts, years[y].Total)
		}
		r.Change = moneyChange(amounts)
		c.Years = append(c.Years, r)
	}
	for _, years := range all {
		sum := claim.PayTotal(years)
		sums = append(sums, sum)
		total.Values = append(total.Values, sum.String())
	}
	total.Change = moneyChange(sums)
	c.Years = append(c.Years, total)
	c.Gain = total.Change
	if a, b := sums[0], sums[len(sums)-1]; c.Gain != "" && a.Amount > 0 {
		rel, _ := measure.Change{Before: a.Amount, After: b.Amount}.Relative()
		c.GainPart = measure.Signed(float64(rel), 1) + "%"
	}
	cash := func(years []claim.PayYear) measure.Money {
		y := years[0]
		return measure.Money{Amount: y.Base.Amount + y.SignOn.Amount + y.Bonus.Amount, Currency: y.Base.Currency}
	}
	c.Cash = cash(all[0]).String()
	if to := cash(all[len(all)-1]).String(); to != c.Cash {
		c.Cash += " → " + to
	}
}

// moneyChange is the last amount against the first: "+$10,000".
func moneyChange(amounts []measure.Money) string {
	if len(amounts) < 2 {
		return ""
	}
	a, b := amounts[0], amounts[len(amounts)-1]
	if a.Currency == "" || a.Currency != b.Currency || a.Amount == b.Amount {
		return ""
	}
	d := measure.Money{Amount: b.Amount - a.Amount, Currency: a.Currency}
	if d.Amount > 0 {
		return "+" + d.String()
	}
	return d.String()
}

func equityText(e *note.Equity) string {
	if e == nil {
		return ""
	}
	text := ""
	switch {
	case e.Shares.Set:
		text = measure.FormatNumber(e.Shares.F, 0) + " shares"
	case e.Value.Set:
		text = e.Value.M.String()
	case e.Percent.Set:
		text = e.Percent.P.String() + " of the company"
	}
	if text != "" && e.Price.Set {
		text += " at " + e.Price.M.String()
		if e.PriceDate.Set {
			text += " (" + longDay(e.PriceDate.T) + ")"
		}
	}
	return text
}

func vestText(e *note.Equity) string {
	if e == nil || len(e.Vest) == 0 {
		return ""
	}
	var parts []string
	for _, v := range e.Vest {
		parts = append(parts, v.P.String())
	}
	return strings.Join(parts, ", ")
}
