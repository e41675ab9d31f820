package measure

import (
	"strings"
	"testing"
)

// said writes what Scan finds in text, as it would say it itself.
func said(text string) string {
	var all []string
	for _, f := range Scan(text) {
		all = append(all, strings.ReplaceAll(f.String(), nbsp, " "))
	}
	return strings.Join(all, " | ")
}

func TestScan(t *testing.T) {
	for _, group := range [][][2]string{durations, shares, factors, amounts, counts, approximations, ranges, moves, marks} {
		for _, c := range group {
			if got := said(c[0]); got != c[1] {
				t.Errorf("Scan(%q)\n got %s\nwant %s", c[0], got, c[1])
			}
		}
	}
}

var durations = [][2]string{
	{"The page came after 30s.", "30 s"},
	{"The page came after 30 s and no later.", "30 s"},
	{"Mitigated in 38 min.", "38 min"},
	{"We needed 38 minutes to bound it.", "38 min"},
	{"the 15-minute target", "15 min"},
	{"the 15‑minute target, with a hyphen that does not break", "15 min"},
	{"It ran for 1 h 30 min in all.", "1 h 30 min"},
	{"It ran for 1h30m in all.", "1 h 30 min"},
	{"Nobody noticed for 3 h 40.", "3 h 40 min"},
	{"mitigate: 1 h 32, goal 1 h.", "1 h 32 min | 1 h"},
	{"It took 1h32 to bind it and 2 hours 15 after that to close.", "1 h 32 min | 2 h 15 min"},
	{"Within 1 h 20 servers were back, in 2 h 15 of 20", "at most 1 h | 20 servers | 2 h"},
	{"1 hour and 30 minutes later", "1 h 30 min"},
	{"7 minutes 30 seconds from finding to fix", "7 min 30 s"},
	{"after 3 days, 4 hours and 12 minutes", "3 d 4 h 12 min"},
	{"5 min, 30 s and 2 h", "5 min | 30 s | 2 h"},
	{"T+0 alert, T+4m page", "T+4 min"},
	{"late by 8 d 6 h 10 min", "8 d 6 h 10 min"},
	{"2 h 20 min after I noticed", "2 h 20 min"},
	{"It held for 2 days.", "2 days"},
	{"a four-week budget", "4 weeks"},
	{"We waited ninety minutes.", "1 h 30 min"},
	{"back after five minutes", "5 min"},
	{"bounded after twenty-one minutes", "21 min"},
	{"in forty-five seconds", "45 s"},
	{"six and a half minutes passed", "6½ min"},
	{"2½ hours of silence", "2½ h"},
	{"half an hour of talk", "half an hour"},
	{"She asked for a quarter of an hour.", "a quarter of an hour"},
	{"We were 17 minutes past our target.", "17 min"},
	{"an hour and a half of calls", "1½ h"},
	{"detected after an hour and 35 minutes", "1 h 35 min"},
	{"back after an hour and thirty-six minutes", "1 h 36 min"},
	{"for up to an hour", "at most 1 h"},
	{"target: PT20M", "20 min"},
	{"a timeout of PT1H30M", "1 h 30 min"},
	{"a timeout of 250 ms", "250 ms"},
	{"a timeout of 1.5 s", "1.5 s"},
	{"0.2 ms per lookup", "0.2 ms"},
	{"40 µs in the kernel", "40 µs"},
	{"1.5 h of downtime", "1.5 h"},
	{"the 72-hour certificate", "72 h"},
	{"a one-day target", "1 day"},
	{"every 60 days", "every 60 days"},
	{"I wrote a status every five minutes.", "every 5 min"},
	{"At T+5 min the pager rang.", "T+5 min"},
	{"T+1:20:30 all clear", "T+1 h 20 min 30 s"},
	{"a window of 30d and an alert after 5m", "30 days | 5 min"},
	{"3600 seconds to live", "3,600 s"},
	{"38\u00a0min with a space that holds", "38 min"},
	{"38\u202fmin with a narrow one", "38 min"},
	{"38\nminutes over a line's end", "38 min"},
	{"the 2018 ms spike", "2,018 ms"},
}

var shares = [][2]string{
	{"12% of requests failed", "12%"},
	{"12 % of requests failed", "12%"},
	{"12 percent of requests", "12%"},
	{"12 per cent of requests", "12%"},
	{"twelve percent of requests", "12%"},
	{"an objective of 99.95%", "99.95%"},
	{"0,5 % of them", "0.5%"},
	{"at 100% of a core", "100%"},
	{"In July 12% of the shops were down.", "12%"},
	{"down 18%", "−18%"},
	{"minus 18%", "−18%"},
	{"That is −83.3% in relative terms.", "−83.3%"},
	{"8.5% more than before", "+8.5%"},
	{"10 percentage points", "10 points"},
	{"10 points less", "−10 points"},
	{"+10 points", "+10 points"},
	{"25.4 points less", "−25.4 points"},
	{"10 pp", "10 points"},
	{"a 2-point improvement", "2 points"},
	{"one percentage point", "1 point"},
	{"three points lower", "−3 points"},
}

var factors = [][2]string{
	{"a 1.35× surge", "1.35×"},
	{"a 1.35x surge", "1.35×"},
	{"1.35 times its usual traffic", "1.35×"},
	{"three times the load", "3×"},
	{"past the 1.2 times line", "1.2×"},
	{"a sixfold rise", "6×"},
	{"twice the traffic of May", "2×"},
	{"half of the bill", "0.5×"},
	{"half the fleet", "0.5×"},
	{"We doubled the consumers.", "2×"},
	{"The bill was halved.", "0.5×"},
	{"Errors tripled overnight.", "3×"},
	{"120 times the sustainable rate", "120 times the sustainable rate"},
	{"The burn was 20× at the end.", "20 times the sustainable rate"},
	{"a burn rate of 14.4, then 6", "14.4 times the sustainable rate"},
	{"The burn rate was 6x over an hour.", "6 times the sustainable rate | at least 1 h"},
	{"a peak burn of 55 times", "55 times the sustainable rate"},
	{"The burn rose while traffic was 1.35 times the usual.", "1.35×"},
}

var amounts = [][2]string{
	{"We saved $3.2M that day.", "$3.2M"},
	{"€3.200.000 of orders, 1.234,50 EUR of them twice", "€3,200,000 | €1,234.50"},
	{"We saved $3.2 M that day.", "$3.2M"},
	{"We saved $3.2\u202fM that day.", "$3.2M"},
	{"We saved $3.2 million that day.", "$3.2M"},
	{"USD 3,200,000 of orders", "$3,200,000"},
	{"3.2M USD of orders", "$3.2M"},
	{"€1.5k for the licence", "€1.5k"},
	{"165,000 dollars of base pay", "$165,000"},
	{"$165 k base", "$165k"},
	{"orders above 400 dollars", "at least $400"},
	{"41,280 dollars a month", "$41,280 per month"},
	{"$266,667 of orders a minute", "$266,667 per minute"},
	{"about $32,000 per avoided minute", "about $32,000 per avoided minute"},
	{"$84,211/min", "$84,211 per minute"},
	{"CHF 1,200 for the hall", "CHF 1,200"},
	{"£40 a seat", "£40"},
	{"US$5 of credit", "$5"},
	{"A$5 of credit", "AUD 5"},
	{"Each minute cost $0.05.", "$0.05"},
	{"$1.49bn in a year", "$1.49B"},
	{"+$10k on the base", "+$10k"},
	{"−$2,000 net", "−$2,000"},
}

var counts = [][2]string{
	{"308,000 requests failed", "308,000 requests"},
	{"308’000 requests failed", "308,000 requests"},
	{"308\u2009000 requests failed", "308,000 requests"},
	{"308\u202f000 requests failed", "308,000 requests"},
	{"23,000 users saw it", "23,000 users"},
	{"It hit 2.700 users.", "2,700 users"},
	{"23.456.789 requests failed", "23,456,789 requests"},
	{"1.5 requests per second", "1.5 requests per second"},
	{"2.700 GB of logs", "2.700 gb"},
	{"I sent 7 updates.", "7 updates"},
	{"seven times before the damage was bounded", "7 times"},
	{"the 212 pick-up shops", "212 pick-up shops"},
	{"3.2M requests an evening", "3.2M requests"},
	{"40k requests were retried", "40k requests"},
	{"2 million customers", "2M customers"},
	{"5.60 error-minutes in all", "5.60 error-minutes"},
	{"403 error-minutes", "403 error-minutes"},
	{"zero error-minutes", "0 error-minutes"},
	{"nine incidents since", "9 incidents"},
	{"a company of forty people", "40 people"},
	{"two hundred hosts", "two hundred hosts"},
	{"a median (n = 4)", "n = 4"},
	{"n=12 interviews", "n = 12"},
	{"1 user was left", "1 user"},
	{"100+ hosts", "at least 100 hosts"},
	{"events of 4.6 kB", "4.6 kb"},
	{"within three business days", "at most 3 business days"},
	{"vesting over four years", "4 years"},
	{"2000 requests at once", "2,000 requests"},
	{"5 per week", "5 per week"},
	{"five releases a week", "5 releases per week"},
	{"one release a week", "1 release per week"},
	{"200 requests per second", "200 requests per second"},
	{"about 15 orders a second", "about 15 orders per second"},
	{"1,200 rps at noon", "1,200 rps"},
	{"200 requests/s", "200 requests per second"},
	{"5/week", "5 per week"},
	{"three times a day", "3 times per day"},
	{"5 requests per user", ""},
}

var approximations = [][2]string{
	{"about 38 minutes", "about 38 min"},
	{"~38 min", "about 38 min"},
	{"≈ 38 min", "about 38 min"},
	{"roughly 12%", "about 12%"},
	{"nearly $3.2M", "about $3.2M"},
	{"almost 40 requests", "about 40 requests"},
	{"some 40 hosts", "about 40 hosts"},
	{"circa 40 min", "about 40 min"},
	{"20 minutes or so", "about 20 min"},
	{"under 15 minutes", "at most 15 min"},
	{"less than 5%", "at most 5%"},
	{"fewer than 40 users", "at most 40 users"},
	{"up to 14 minutes late", "at most 14 min"},
	{"within 15 minutes", "at most 15 min"},
	{"at most 10% of calls", "at most 10%"},
	{"no more than 3 retries", "at most 3 retries"},
	{"<5 ms", "at most 5 ms"},
	{"over 38 minutes", "at least 38 min"},
	{"more than six hours", "at least 6 h"},
	{"at least 40 users", "at least 40 users"},
	{"not less than 40 users", "at least 40 users"},
	{"above 89.3%", "at least 89.3%"},
	{"beyond 1.2× baseline", "at least 1.2×"},
	{"> 6%", "6%"},
	{"a fail rate > 6%", "at least 6%"},
	{"20 minutes or more", "at least 20 min"},
	{"measured over 30 days", "30 days"},
	{"up 12% on May", "+12%"},
}

var ranges = [][2]string{
	{"a base of $155k–$185k", "$155k–$185k"},
	{"a base of $155–185k", "$155k–$185k"},
	{"2–3 min", "2–3 min"},
	{"2-3 min", "2–3 min"},
	{"2 to 3 minutes", "2–3 min"},
	{"two or three minutes", "2–3 min"},
	{"between 2 and 3 minutes", "2–3 min"},
	{"between 2 min and 3 min", "2–3 min"},
	{"0.06%–0.07% of the shares", "0.06–0.07%"},
	{"5–10 %", "5–10%"},
	{"30 s–2 min", "30–120 s"},
	{"3–7 years", "3–7 years"},
	{"about 2 to 3 hosts", "about 2–3 hosts"},
	{"2 to 3 million requests", "2–3M requests"},
	{"1.5–2 h", "1.5–2.0 h"},
}

var moves = [][2]string{
	{"fell from 12 to 2%", "12% | 2%"},
	{"from 12% to 2% in 38 minutes", "12% | 2% | 38 min"},
	{"12 to 2 percent", "12% | 2%"},
	{"from 100 to 82 ms", "100 ms | 82 ms"},
	{"100 ms → 82 ms", "100 ms | 82 ms"},
	{"100 → 82 ms", "100 ms | 82 ms"},
	{"100 -> 82 ms", "100 ms | 82 ms"},
	{"from 100 ms to 82.", "100 ms | 82 ms"},
	{"12 and 2%", "12% | 2%"},
	{"from 4 to 9 commanders", "4 commanders | 9 commanders"},
	{"from 1 to 5 releases a week", "1 releases per week | 5 releases per week"},
	{"grew from 1.1 to 4.6 kB", "1.1 kb | 4.6 kb"},
	{"from 2 to 12%", "2% | 12%"},
	{"from $165k to $175k", "$165k | $175k"},
	{"100 minutes × $266,667 a minute", "1 h 40 min | $266,667 per minute"},
	{"12% for 38 minutes and 2% for 52", "12% | 38 min | 2%"},
}

var marks = [][2]string{
	{"p99 250 ms", "p99 250 ms"},
	{"p99 latency of 250 ms", "p99 250 ms"},
	{"82 ms at the median", "median 82 ms"},
	{"250 ms at p99", "p99 250 ms"},
	{"250 ms (p99)", "p99 250 ms"},
	{"250 ms at the 99th percentile", "p99 250 ms"},
	{"a median of 11 minutes", "median 11 min"},
	{"an average of two days", "mean 2 days"},
	{"latency at the median went from 100 ms to 82 ms", "median 100 ms | median 82 ms"},
	{"p50 100 → 82 ms", "p50 100 ms | p50 82 ms"},
	{"p99 was about 250 ms", "p99 about 250 ms"},
}

// TestScanLeaves names what is no quantity.
func TestScanLeaves(t *testing.T) {
	for _, text := range []string{
		"In 2023 we grew.", "from 2022 to 2024", "the 2023 incidents", "On 2023-07-11 it rained.", "11 July 2023", "July 2023", "July 11, 2023",
		"At 10:02 it began", "10:02:30 UTC", "at 10 am", "at 10am and 5 pm", "five in the afternoon", "at five o'clock",
		"At two minutes past ten it began.", "a quarter to five", "half past seven", "At 21:29 and 30 seconds", "five minutes to ten",
		"v2 of the API", "1.8.7", "Go 1.26 modules", "Postgres 14 replicas", "On Kubernetes 2 clusters",
		"1. First\n2. Second", "step 4 of the list", "Round 5 questions", "week 3", "in year 1", "day 2", "Status 7", "lines 3 to 8",
		"SEV-1", "sev 2 incidents", "P0", "L5 engineers", "T1", "the p99", "p50 and p95", "HTTP 503", "a 503", "503 errors", "returned 503s", "5xx", "x86 hosts",
		"port 8080", "localhost:8080", "INC-4711", "issue #12 users", "CVE-2021-44228", "24/7", "3/4", "$labels", "{{facts}}", "{{a.b 12%}}", "`38 min`",
		"+1 555 123 4567", "10.0.0.1", "192.168.100.200", "1.234.5", "192.168.0.0/16", "1st", "2nd try", "the third day", "the 90s", "2 × 3", "1920x1080", "T+20:30",
		"three points to make", "Two reasons", "one of the hosts", "one second engineer", "a second zone", "3 of 25 against 1 of 20",
		"11 over our target", "kept with 22 to spare", "from 4 to 9", "tested twice", "twice a year", "a double-check", "the first half", "a half-year",
		"https://example.com/38min?x=12%", "file_12%", "the 3-node cluster", "a 2-person team", "4.", "", "12", "%", "−", "$", "$ $5xx", "10:1 odds",
		"one of those three acts alone", "T-shirt", "It failed 1 in 8 times.", "one in four hosts", "40°", "e.g. 5", "1,2,3,4", "the 9/11 report", "B2B", "Q3 2025", "COVID-19 cases", "a 10k run", "5 m of cable",
	} {
		if got := said(text); got != "" {
			t.Errorf("Scan(%q) = %s, want nothing", text, got)
		}
	}
}

func TestScanPlaces(t *testing.T) {
	for text, want := range map[string]string{
		"It took about 38 minutes.":                 "38 minutes",
		"a base of **$155\u202fk–$185\u202fk** now": "$155\u202fk–$185\u202fk",
		"fell from 12 to 2% at once":                "12|2%",
		"about $266,667 of orders a minute":         "$266,667 of orders a minute",
		"a p99 of 250 ms, n = 4":                    "250 ms|n = 4",
		"between 2 and 3 minutes":                   "2 and 3 minutes",
		"USD 5 and 3.2M USD":                        "USD 5|3.2M USD",
		"wanted a quarter of an hour more":          "a quarter of an hour",
		"less by −18 ms":                            "−18 ms",
		"It was twice the load.":                    "twice",
	} {
		var got []string
		for _, f := range Scan(text) {
			got = append(got, text[f.From:f.To])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("Scan(%q) stands at %q, want %q", text, got, want)
		}
	}
}

func TestScanBaseUnits(t *testing.T) {
	for text, want := range map[string]Quantity{
		"38 min":          {Kind: Duration, Value: 2280, High: 2280, Step: 60},
		"1.5 h":           {Kind: Duration, Value: 5400, High: 5400, Step: 360},
		"90 min":          {Kind: Duration, Value: 5400, High: 5400, Step: 60},
		"18 ms":           {Kind: Duration, Value: 0.018, High: 0.018, Step: 0.001},
		"12.96%":          {Kind: Share, Value: 12.96, High: 12.96, Step: 0.01},
		"$3.2M":           {Kind: Amount, Value: 3.2e6, High: 3.2e6, Step: 1e5, Unit: "USD"},
		"−18 ms":          {Kind: Duration, Value: 0.018, High: 0.018, Step: 0.001, Sign: -1},
		"5 per week":      {Kind: Rate, Value: 5. / 604800, High: 5. / 604800, Step: 1. / 604800, Unit: "per week"},
		"1,410 orders":    {Kind: Count, Value: 1410, High: 1410, Step: 1, Unit: "orders"},
		"about 2–3 days":  {Kind: Duration, Value: 172800, High: 259200, Step: 86400, Approx: About},
		"1 h 30 min 20 s": {Kind: Duration, Value: 5420, High: 5420, Step: 1},
	} {
		if got := Scan(text); len(got) != 1 || got[0].Quantity != want {
			t.Errorf("Scan(%q) = %+v, want %+v", text, got, want)
		}
	}
}
