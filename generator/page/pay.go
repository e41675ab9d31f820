package page

import (
	"fmt"
	"math"

	"debrief/generator/chart"
	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// What the share price is assumed to do, beside staying as it is. Nobody knows
// it; the two show how much of a total hangs on it.
const (
	priceFalls = 0.7 // at once, and stays there
	priceGrows = 1.1 // each year
	assumed    = "assumed share price: 30% down at once, and up 10% a year"
)

// payDrawing draws versions of an offer by year, at the price of the grant
// first; nil when their money does not add up.
func payDrawing(id string, versions []string, offers []*note.Offer, all [][]claim.PayYear) *chart.Drawing {
	p := chart.Pay{ID: id, Title: "Pay by year", Table: chart.Table{Head: []string{"Year", "Version", "Base", "Sign-on", "Shares", "Bonus", "Total", "At −30%", "At +10% a year"}}}
	longest, moves := 0, false
	for _, years := range all {
		longest = max(longest, len(years))
	}
	for y := range longest {
		group := chart.PayYear{Name: fmt.Sprintf("Year %d", y+1)}
		for v, years := range all {
			if y >= len(years) {
				continue
			}
			year := years[y]
			bar := chart.PayBar{
				Version: versions[v], Total: year.Total.Amount, Says: year.Total.String(), Row: len(p.Table.Rows),
				Parts: []float64{year.Base.Amount, year.SignOn.Amount, year.Vest.Amount, year.Bonus.Amount},
			}
			row := []string{group.Name, versions[v], year.Base.String(), year.SignOn.String(), year.Vest.String(), year.Bonus.String(), bar.Says, "–", "–"}
			if year.Vest.Amount > 0 && priced(offers[v].Equity) {
				at := func(factor float64) measure.Money {
					return measure.Money{Amount: year.Total.Amount + year.Vest.Amount*(factor-1), Currency: year.Total.Currency}
				}
				low, high := at(priceFalls), at(math.Pow(priceGrows, float64(y+1)))
				bar.Low, bar.High, moves = low.Amount, high.Amount, true
				row[7], row[8] = low.String(), high.String()
			}
			group.Bars = append(group.Bars, bar)
			p.Table.Rows = append(p.Table.Rows, row)
		}
		p.Years = append(p.Years, group)
	}
	p.Summary = paySummary(versions, all)
	if moves {
		p.Assumed = assumed
		p.Summary += " Bars are at the price of the grant; the whiskers are assumptions."
	}
	return p.Draw()
}

// priced reports whether a grant is in shares whose price is known: only then
// does a total move with it.
func priced(e *note.Equity) bool { return e != nil && e.Price.Set && !e.Value.Set }

// paySummary says the sums: "Together over four years $741,000, then $790,000."
func paySummary(versions []string, all [][]claim.PayYear) string {
	text := fmt.Sprintf("Over %s, before tax: ", plural(len(all[0]), "year", "years"))
	for v, years := range all {
		if v > 0 {
			text += ", "
		}
		text += claim.PayTotal(years).String()
		if len(all) > 1 {
			text += " (" + versions[v] + ")"
		}
	}
	return text + "."
}
