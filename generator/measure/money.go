package measure

import (
	"errors"
	"math"
	"strings"
)

// Money is an amount in one currency, in its main unit (dollars, not cents).
type Money struct {
	Amount   float64
	Currency string // ISO 4217
}

// ErrSymbolOnly says that an amount names its currency by a symbol which
// several currencies share; it was read as the commonest of them.
var ErrSymbolOnly = errors.New("a currency symbol alone is ambiguous")

var symbols = map[string]string{"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}

// currencies are the ISO 4217 codes in common use; an unknown code is a
// finding, not a currency.
var currencies = func() map[string]bool {
	set := make(map[string]bool)
	for _, c := range strings.Fields(`AED ARS AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR
		ILS INR ISK JPY KES KRW LKR MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TND TRY TWD
		UAH USD UYU VND ZAR`) {
		set[c] = true
	}
	return set
}()

// IsCurrency reports whether code is a known ISO 4217 code in upper case.
func IsCurrency(code string) bool { return currencies[code] }

// ParseMoney reads "USD 3.2M", "3.2M USD", "USD 175,000" or "$3.2M" (with
// ErrSymbolOnly). K, M and B (also "bn") stand for thousand, million, billion.
func ParseMoney(s string) (Money, error) {
	bad := errors.New("not an amount of money; write it like USD 3.2M or USD 175000")
	text := plain(s)
	var m Money
	var symbolOnly bool
	fields := strings.Fields(text)
	for i, f := range fields {
		if IsCurrency(strings.ToUpper(f)) {
			m.Currency = strings.ToUpper(f)
			text = strings.Join(append(append([]string{}, fields[:i]...), fields[i+1:]...), " ")
			break
		}
	}
	if m.Currency == "" && len(text) > 3 {
		if code := strings.ToUpper(text[:3]); IsCurrency(code) {
			m.Currency, text = code, text[3:]
		}
	}
	for symbol, code := range symbols {
		if strings.Contains(text, symbol) {
			if m.Currency == "" {
				m.Currency, symbolOnly = code, true
			}
			text = strings.Replace(text, symbol, "", 1)
		}
	}
	if m.Currency == "" {
		if _, err := ParseNumber(text); err == nil {
			return m, errors.New("an amount without a currency; write it like USD 175000")
		}
		return m, bad
	}
	text = strings.ToLower(strings.ReplaceAll(text, " ", ""))
	factor := 1.0
	for suffix, f := range map[string]float64{"k": 1e3, "m": 1e6, "bn": 1e9, "b": 1e9} {
		if bare, ok := strings.CutSuffix(text, suffix); ok && (suffix != "b" || !strings.HasSuffix(text, "bn")) {
			text, factor = bare, f
			break
		}
	}
	f, err := ParseNumber(text)
	if err != nil {
		return m, bad
	}
	m.Amount = times(f, factor)
	if symbolOnly {
		return m, ErrSymbolOnly
	}
	return m, nil
}

// String writes the whole amount: "$3,200,000", "€90", "CHF 1,200".
func (m Money) String() string { return m.sign(number(math.Abs(math.Round(m.Amount)), 0)) }

// Short writes an amount as one says it: "$3.2M", "$165k", "$940". It falls
// back to the whole amount when three digits would not be exact.
func (m Money) Short() string {
	a := math.Abs(m.Amount)
	for _, u := range []struct {
		size float64
		name string
	}{{1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
		if a >= u.size {
			v := a / u.size
			if r := math.Round(v*100) / 100; math.Abs(r-v) < 1e-9 {
				return m.sign(number(r, 2) + u.name)
			}
			return m.String()
		}
	}
	return m.String()
}

func (m Money) sign(amount string) string {
	minus := ""
	if m.Amount < 0 {
		minus = "−"
	}
	for symbol, code := range symbols {
		if code == m.Currency {
			return minus + symbol + amount
		}
	}
	return minus + m.Currency + nbsp + amount
}
