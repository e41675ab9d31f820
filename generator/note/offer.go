package note

import (
	"math"

	"debrief/generator/diag"
	"debrief/generator/front"
	"debrief/generator/measure"
)

var offer = &Kind{
	Name: "offer", Dir: "offers", One: "Offer", Many: "Offers", Hidden: true,
	New: func() Fields { return new(Offer) },
}

// An Offer is what a company put on the table, and until when. It never
// leaves the machine through debrief.
type Offer struct {
	Company    string        `front:"company"`
	Stage      string        `front:"stage"`
	Base       front.Money   `front:"base"`
	Level      string        `front:"level"`
	Location   string        `front:"location"`
	Date       front.Date    `front:"date"`
	ExpiresOn  front.Date    `front:"expires_on"`
	SignOn     []front.Money `front:"sign_on"` // by year
	Equity     *Equity       `front:"equity"`
	Bonus      Bonus         `front:"bonus"`
	Competing  []front.Ref   `front:"competing"`
	Supersedes front.Ref     `front:"supersedes"`
	Notes      string        `front:"notes"`
}

// Equity is a grant in one of three forms: shares, a value, or a percentage
// of a company whose share count is known.
type Equity struct {
	Shares             front.Number    `front:"shares"`
	Value              front.Money     `front:"value"`
	Percent            front.Percent   `front:"percent"`
	FullyDilutedShares front.Number    `front:"fully_diluted_shares"`
	Price              front.Money     `front:"price"`
	PriceDate          front.Date      `front:"price_date"`
	Vest               []front.Percent `front:"vest"`
	VestFrequency      string          `front:"vest_frequency"`
}

// A Bonus is yearly: an amount, or a share of the base.
type Bonus struct {
	Amount  front.Money
	Percent front.Percent
}

// UnmarshalFront reads money or a percentage.
func (b *Bonus) UnmarshalFront(v front.Value) {
	if p, err := measure.ParsePercent(v.Text()); err == nil {
		b.Percent = front.Percent{P: p, Set: true}
		return
	}
	b.Amount.UnmarshalFront(v)
}

// maxGrant is the value above which a percentage of a company is more likely
// a misreading than a grant, in any large currency.
const maxGrant = 10e6

// Stages are an offer's stages in order.
var Stages = []string{"initial", "counter", "revised", "final", "accepted", "declined"}

// Refs returns the offers it competes with or takes the place of.
func (o *Offer) Refs() []Reference {
	refs := references("competing", o.Competing, "offer")
	return append(refs, references("supersedes", []front.Ref{o.Supersedes}, "offer")...)
}

// Check holds the offer's own arithmetic.
func (o *Offer) Check(n *Note, report func(diag.Finding)) {
	required(n, report, "company", o.Company != "", "company: names who offers")
	required(n, report, "stage", o.Stage != "", "stage: is one of "+list(Stages))
	required(n, report, "base", o.Base.Set, "base: is the yearly salary, like USD 175000")
	choice(n, report, at("stage"), o.Stage, Stages...)
	if o.Date.Set && o.ExpiresOn.Set && o.ExpiresOn.T.Before(o.Date.T) {
		report(n.Find("time-order", diag.Error, at("expires_on"), "this offer expires before it was made"))
	}
	if b := o.Bonus.Percent; b.Set && (b.P < 0 || b.P > 100) {
		report(n.Find("bad-value", diag.Warning, at("bonus"), "a yearly bonus of %s of the base is hardly meant", b.P))
	}
	o.checkCurrency(n, report)
	if o.Equity != nil {
		o.Equity.check(n, report)
	}
}

func (o *Offer) checkCurrency(n *Note, report func(diag.Finding)) {
	first := o.Base
	mixed := func(m front.Money, path ...any) {
		if m.Set && first.Set && m.M.Currency != first.M.Currency {
			report(n.Find("mixed-currency", diag.Error, path, "%s beside a base in %s", m.M.Currency, first.M.Currency).
				Hint("one offer is in one currency; debrief adds no amounts without a rate"))
		}
	}
	for k, s := range o.SignOn {
		mixed(s, "sign_on", k)
	}
	mixed(o.Bonus.Amount, "bonus")
	if o.Equity != nil {
		mixed(o.Equity.Value, "equity", "value")
		mixed(o.Equity.Price, "equity", "price")
	}
}

func (e *Equity) check(n *Note, report func(diag.Finding)) {
	forms := 0
	for _, set := range []bool{e.Shares.Set, e.Value.Set, e.Percent.Set} {
		if set {
			forms++
		}
	}
	if forms != 1 {
		report(n.Find("equity-form", diag.Error, at("equity"), "equity is given in %d forms; exactly one of shares, value and percent counts", forms))
	}
	counted(n, report, e.Shares, "equity", "shares")
	if e.Percent.Set && !e.FullyDilutedShares.Set {
		report(n.Find("implausible-equity", diag.Warning, at("equity", "percent"), "a percentage of a company says nothing without its share count").
			Hint("a listed company grants shares or a value; ask for that").
			Hint("for a start-up add fully_diluted_shares"))
	}
	if worth := e.Percent.P.Share() * e.FullyDilutedShares.F * e.Price.M.Amount; e.Percent.Set && worth > maxGrant {
		report(n.Find("implausible-equity", diag.Warning, at("equity", "percent"), "%s of %s shares at %s is %s", e.Percent.P, measure.FormatNumber(e.FullyDilutedShares.F, 0), e.Price.M,
			measure.Money{Amount: worth, Currency: e.Price.M.Currency}.Short()).
			Hint("that is no grant of one person; ask for the number of shares"))
	}
	if len(e.Vest) > 0 {
		var sum float64
		for _, v := range e.Vest {
			sum += float64(v.P)
		}
		if math.Abs(sum-100) > 0.01 {
			report(n.Find("vest-sum", diag.Error, at("equity", "vest"), "the vesting schedule sums to %s, not to 100%%", measure.Percent(sum)))
		}
	}
}
