package measure

import "strings"

// The words that figures are made of and stand beside. A word that is not
// here is read as a plain word: better a figure missed than one made up.

// numberWord returns the value of "zero" to "twenty" and the tens; 0, false
// for every other word.
func numberWord(w string) (float64, bool) {
	switch w {
	case "zero":
		return 0, true
	case "one":
		return 1, true
	case "two":
		return 2, true
	case "three":
		return 3, true
	case "four":
		return 4, true
	case "five":
		return 5, true
	case "six":
		return 6, true
	case "seven":
		return 7, true
	case "eight":
		return 8, true
	case "nine":
		return 9, true
	case "ten":
		return 10, true
	case "eleven":
		return 11, true
	case "twelve":
		return 12, true
	case "thirteen":
		return 13, true
	case "fourteen":
		return 14, true
	case "fifteen":
		return 15, true
	case "sixteen":
		return 16, true
	case "seventeen":
		return 17, true
	case "eighteen":
		return 18, true
	case "nineteen":
		return 19, true
	case "twenty":
		return 20, true
	case "thirty":
		return 30, true
	case "forty":
		return 40, true
	case "fifty":
		return 50, true
	case "sixty":
		return 60, true
	case "seventy":
		return 70, true
	case "eighty":
		return 80, true
	case "ninety":
		return 90, true
	}
	return 0, false
}

// A unit is a length of time: mul/div seconds. Two numbers keep milliseconds
// exact.
type unit struct{ mul, div float64 }

func (u unit) seconds(n float64) float64 { return n * u.mul / u.div }

var (
	microsecond = unit{1, 1e6}
	millisecond = unit{1, 1e3}
	second      = unit{1, 1}
	minute      = unit{60, 1}
	hour        = unit{3600, 1}
	dayUnit     = unit{86400, 1}
	weekUnit    = unit{604800, 1}
)

// timeUnit reads a unit of time. Letters alone are units only right after a
// digit, or where no other word is written like them ("30 s", not "30 m").
func timeUnit(w string, isGlued bool) (unit, bool) {
	switch w {
	case "us", "µs", "μs":
		return microsecond, w != "us" || isGlued
	case "microsecond", "microseconds":
		return microsecond, true
	case "ms", "msec", "millisecond", "milliseconds", "millis":
		return millisecond, true
	case "s", "sec", "secs", "second", "seconds":
		return second, true
	case "m":
		return minute, isGlued
	case "min", "mins", "minute", "minutes":
		return minute, true
	case "h", "hr", "hrs", "hour", "hours":
		return hour, true
	case "d", "day", "days":
		return dayUnit, true
	case "w", "wk", "wks":
		return weekUnit, isGlued
	case "week", "weeks":
		return weekUnit, true
	}
	return unit{}, false
}

// period reads what a rate is "per".
func period(w string) (seconds float64, spoken string, ok bool) {
	switch w {
	case "s", "sec", "second":
		return 1, "second", true
	case "min", "minute":
		return 60, "minute", true
	case "h", "hr", "hour":
		return 3600, "hour", true
	case "d", "day":
		return 86400, "day", true
	case "week":
		return 604800, "week", true
	case "month":
		return 365 * 86400 / 12, "month", true
	case "quarter":
		return 365 * 86400 / 4, "quarter", true
	case "year":
		return 365 * 86400, "year", true
	}
	return 0, "", false
}

// rateUnit reads the short names of rates.
func rateUnit(w string) bool { return w == "rps" || w == "qps" || w == "tps" }

// scaleWord reads thousand, million and billion, spelt out or as a letter.
func scaleWord(w string, money bool) (float64, bool) {
	switch w {
	case "k", "K":
		return 1e3, true
	case "M":
		return 1e6, true
	case "m", "mn", "MM":
		return 1e6, money
	case "B", "bn", "b":
		return 1e9, money || w == "bn"
	case "thousand":
		return 1e3, true
	case "million":
		return 1e6, true
	case "billion":
		return 1e9, true
	}
	return 0, false
}

// currencyWord reads the currency written after an amount. "Pounds" may weigh.
func currencyWord(w string) (string, bool) {
	switch w {
	case "dollar", "dollars":
		return "USD", true
	case "euro", "euros":
		return "EUR", true
	case "yen":
		return "JPY", true
	case "rupees":
		return "INR", true
	}
	if len(w) == 3 && currencies[w] {
		return w, true
	}
	return "", false
}

// currencySymbol reads "$", "€", "£", "¥" and "₹".
func currencySymbol(s string) (string, bool) {
	switch s {
	case "$":
		return "USD", true
	case "€":
		return "EUR", true
	case "£":
		return "GBP", true
	case "¥":
		return "JPY", true
	case "₹":
		return "INR", true
	}
	return "", false
}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// numbered are the things that carry a number as their name: "step 4".
var numbered = wordSet(`step steps round rounds week weeks year years day days status statuses chapter section page pages figure
	table phase part level levels version versions line lines item items option question point release node host pod shard
	region port pr ticket issue bug no number tier cell zone sprint quarter appendix rule principle sev severity priority
	http code error exit type class gate room team building floor row column question answer task stage wave batch
	group slide note playbook runbook attempt replica rack iteration season volume top month code id build room
	kernel chapter act scene lesson equation case example exercise test problem sentence paragraph run grade rev revision
	january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec`)

// functionWords end the search for what is counted.
var functionWords = wordSet(`the a an of and or to in on at for with from by as per than then that this these those it its they them their
	we us our i me my you your he him his she her who whom which what whose when where why how if so but not no nor yet
	is are was were be been being am has have had do does did will would can could may might must shall should
	after before during until till since while because although though unless against between within without under over
	above below across about around into onto upon through toward towards via versus vs past out off up down away back
	again also always already almost alone too very much more most less least fewer few many some any each every both
	all only just even ever never now here there still later earlier ago once twice perhaps maybe instead together
	afterwards sometimes besides else thus hence plus minus times times' came went took made got gave fell rose saw kept
	held ran began became stayed said asked told called knew thought wanted needed found lost left stood spent
	other others ones yes whereas whether however therefore
	thirds halves quarters fifths sixths eighths tenths hundredths
	o'clock am pm utc gmt percent percentage cent`)

// discourse are what a text itself is made of: "two reasons" is no figure.
var discourse = wordSet(`things parts ways reasons sentences habits words places lists kinds sides ideas figures points questions
	answers lessons thoughts examples pieces principles options cases facts senses respects bits`)

// singulars are the things of which one is worth counting.
var singulars = wordSet(`request user update customer order merchant shop release change incident page alert engineer person host
	node pod service replica error failure event message retry attempt deploy deployment`)

// irregular are plurals without an s.
var irregular = wordSet(`people men women children staff`)

// sizes are units of data, counted like things.
var sizes = wordSet(`kb mb gb tb pb kib mib gib tib bytes bits kbit mbit gbit kbps mbps gbps`)

// plural reports whether a lower-case word looks like several of a thing.
func plural(w string) bool {
	if irregular[w] {
		return true
	}
	return len(w) >= 3 && strings.HasSuffix(w, "s") &&
		!strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !strings.HasSuffix(w, "is")
}

// comparisons follow a "times" that is a factor and no count of occasions.
var comparisons = wordSet(`the its their our his her my your as more less fewer higher lower faster slower larger bigger smaller longer
	shorter greater that what usual normal baseline headroom traffic load worse better cheaper`)

// occasions follow "times the" when the times are counted: "3 times the same day".
var occasions = wordSet(`same first last next day week month year morning evening night`)

// markFillers may stand between a mark and its figure: "p99 latency of 250 ms".
var markFillers = wordSet(`latency latencies of at the was is to from went fell rose dropped grew response time duration by improved
	about around roughly nearly almost some under over below above`)

// httpCodes are status codes that are named more often than counted.
func httpCode(value float64) bool {
	switch value {
	case 400, 401, 403, 404, 408, 409, 410, 418, 422, 425, 429, 500, 501, 502, 503, 504:
		return true
	}
	return false
}
