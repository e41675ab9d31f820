package page

import (
	"fmt"

	"debrief/generator/chart"
	"debrief/generator/claim"
	"debrief/generator/measure"
	"debrief/generator/note"
)

// An Offer is the data of offer.html: one version of a company's offer.
type Offer struct {
	Stage       string
	Particulars []Term
	Years       []PayRow // before tax, at the price of the grant; none when they cannot be added
	Total       string
	Pay         *chart.Drawing // where it is the only version; else the chain has one
	Chain       *OfferChain    // this company's versions, when there are several
	Notes       string
	Contents    []Section
}

// A PayRow is one year of an offer.
type PayRow struct {
	Year                             string
	Base, SignOn, Vest, Bonus, Total string
	Shares                           string
}

func offerData(s *Site, n *note.Note, f *note.Offer) *Offer {
	d := &Offer{Stage: f.Stage, Notes: f.Notes}
	d.Particulars = terms(
		Term{Name: "Company", Text: f.Company},
		Term{Name: "Stage", Text: f.Stage},
		Term{Name: "Level", Text: f.Level},
		Term{Name: "Place", Text: f.Location},
		Term{Name: "Made on", When: dayOf(f.Date)},
		Term{Name: "Answer by", When: dayOf(f.ExpiresOn), Ahead: true},
		Term{Name: "Equity", Text: equityText(f.Equity)},
		Term{Name: "Vesting", Text: vestText(f.Equity)},
		Term{Name: "Takes the place of", Links: s.LinksTo(s.Book.Named(n, "supersedes"))},
		Term{Name: "Replaced by", Links: s.LinksTo(s.Book.Naming(n, "offer", "supersedes"))},
		Term{Name: "Competes with", Links: s.LinksTo(s.Book.Named(n, "competing"))},
	)
	d.Particulars = append(d.Particulars, extras(n)...)
	if years, ok := claim.PayOf(f); ok {
		for _, y := range years {
			row := PayRow{Year: fmt.Sprint(y.Year), Base: y.Base.String(), SignOn: y.SignOn.String(), Vest: y.Vest.String(), Bonus: y.Bonus.String(), Total: y.Total.String()}
			if y.Shares > 0 {
				row.Shares = measure.FormatNumber(y.Shares, 0)
			}
			d.Years = append(d.Years, row)
		}
		d.Total = claim.PayTotal(years).String()
	}
	var versions []*note.Note
	for _, o := range s.Book.OfKind("offer") {
		if of, _ := note.Of[*note.Offer](o); foldText(of.Company) == foldText(f.Company) {
			versions = append(versions, o)
		}
	}
	if len(versions) > 1 {
		c := offerChain(s, partID("versions"), versions)
		d.Chain = &c
	} else if years, ok := claim.PayOf(f); ok {
		d.Pay = payDrawing(partID("pay"), []string{f.Stage}, []*note.Offer{f}, [][]claim.PayYear{years})
	}
	if d.Years != nil {
		d.Contents = append(d.Contents, Section{partID("years"), "By year", 2})
	}
	if d.Chain != nil {
		d.Contents = append(d.Contents, Section{partID("versions"), "Against the other versions", 2})
	}
	d.Contents = append(d.Contents, headings(n)...)
	return d
}
