package claim

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"debrief/generator/diag"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// A PayYear is one year of an offer, before tax, at the grant's price.
type PayYear struct {
	Year                             int
	Base, SignOn, Vest, Bonus, Total measure.Money
	Shares                           float64 // vesting in that year; 0 when the grant is a value
}

// PayOf computes an offer by year at its price; ok is false without a base.
// Shares vest whole: they are split by largest remainder, so that the parts
// sum to the grant.
func PayOf(o *note.Offer) (years []PayYear, ok bool) {
	if !o.Base.Set {
		return nil, false
	}
	currency := o.Base.M.Currency
	money := func(a float64) measure.Money { return measure.Money{Amount: a, Currency: currency} }
	vest, shares := vestByYear(o.Equity)
	n := max(4, len(vest), len(o.SignOn))
	for y := range n {
		p := PayYear{Year: y + 1, Base: o.Base.M, SignOn: money(0), Vest: money(0), Bonus: money(0)}
		if y < len(o.SignOn) && o.SignOn[y].Set {
			if o.SignOn[y].M.Currency != currency {
				return nil, false // no rate, no sum
			}
			p.SignOn = o.SignOn[y].M
		}
		if y < len(vest) {
			if o.Equity.Price.Set && o.Equity.Price.M.Currency != currency || o.Equity.Value.Set && o.Equity.Value.M.Currency != currency {
				return nil, false
			}
			p.Vest = money(vest[y])
			if y < len(shares) {
				p.Shares = shares[y]
			}
		}
		switch b := o.Bonus; {
		case b.Percent.Set:
			p.Bonus = money(o.Base.M.Amount * b.Percent.P.Share())
		case b.Amount.Set:
			if b.Amount.M.Currency != currency {
				return nil, false
			}
			p.Bonus = b.Amount.M
		}
		p.Total = money(p.Base.Amount + p.SignOn.Amount + p.Vest.Amount + p.Bonus.Amount)
		years = append(years, p)
	}
	return years, true
}

// PayTotal sums the years.
func PayTotal(years []PayYear) measure.Money {
	var sum measure.Money
	for _, y := range years {
		sum.Currency = y.Total.Currency
		sum.Amount += y.Total.Amount
	}
	return sum
}

// vestByYear returns the money that vests each year at the grant's price, and
// the shares when the grant is in shares.
func vestByYear(e *note.Equity) (money, shares []float64) {
	if e == nil {
		return nil, nil
	}
	vest := make([]float64, 0, len(e.Vest))
	for _, v := range e.Vest {
		vest = append(vest, v.P.Share())
	}
	if len(vest) == 0 {
		vest = []float64{.25, .25, .25, .25}
	}
	grant := 0.0
	switch {
	case e.Shares.Set:
		grant = e.Shares.F
	case e.Percent.Set && e.FullyDilutedShares.Set:
		grant = math.Floor(e.Percent.P.Share() * e.FullyDilutedShares.F)
	case e.Value.Set:
		for _, v := range vest {
			money = append(money, v*e.Value.M.Amount)
		}
		return money, nil
	}
	shares = LargestRemainder(grant, vest)
	for _, s := range shares {
		money = append(money, s*e.Price.M.Amount)
	}
	return money, shares
}

// LargestRemainder splits whole units by the given shares of one. Where the
// shares sum to one, the parts sum to the whole; else the schedule is at fault,
// and no part gets more than its share, rounded up.
func LargestRemainder(whole float64, parts []float64) []float64 {
	out := make([]float64, len(parts))
	order := make([]int, len(parts))
	left := whole
	for i, p := range parts {
		out[i] = math.Floor(whole*p + 1e-9)
		left -= out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(whole*parts[b]-out[b], whole*parts[a]-out[a])
	})
	for k := 0; left >= 1 && k < len(order); k++ { // shares of one leave less than one unit each
		out[order[k]]++
		left--
	}
	return out
}

func offerFacts(n *note.Note, o *note.Offer) []Fact {
	years, ok := PayOf(o)
	if !ok {
		return nil
	}
	pos := func(at ...any) diag.Pos { p, _ := n.Front.Span(at...); return p }
	out := []Fact{{Key: "base", Label: "Base", Unit: "money", Value: o.Base.M.String(), Text: o.Base.M.String(), Quantity: amount(o.Base.M), Pos: pos("base")}}
	for _, y := range years {
		out = append(out, Fact{
			Key: fmt.Sprintf("total_year_%d", y.Year), Label: fmt.Sprintf("Total, year %d", y.Year), Unit: "money",
			Value: y.Total.String(), Text: y.Total.String(), Quantity: amount(y.Total), Formula: "base + sign-on + vesting shares × price + bonus", Confidence: "estimated", Pos: pos("base"),
		})
	}
	total := PayTotal(years)
	return append(out, Fact{Key: "total", Label: fmt.Sprintf("Total, %d years", len(years)), Unit: "money", Value: total.String(), Text: total.String(), Quantity: amount(total),
		Formula: "sum of the years", Confidence: "estimated", Pos: pos("base")})
}
