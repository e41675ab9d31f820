package claim

import (
	"strings"
)

// The words that the ledger goes by. Beginnings of words unless said
// otherwise; alternatives are divided by "|".

const (
	// deadlineWords say that a time is one allowed.
	deadlineWords = "target|sla|agreement|deadline|limit|allow|promise|objective|slo|goal|aim|contract|commitment|cut-off"

	// marginWords stand in sentences about a deadline that was missed or met.
	marginWords = "late|over|past|spare|left|margin|miss|exceed|beyond|early|headroom|short of|slack|ahead|overran"

	// machinery runs again and again, for a time of its own.
	machinery = "cron|ttl|time-out|timeout|timed out|time out|interval|window|poll|lease|backoff|probe every|apart|cache|cached|lowered to|set to|raised to"

	// timeOf is what the time of an incident is one of.
	timeOf = "outage|downtime|error|fail|impact|503|502|500|degrad|search|work|diagnos|this|that"

	// weakCues are said of parts as often as of the whole.
	weakCues = "recover|restor|came back|were back|was back"

	// endings stand in sentences that count a time from another than the start.
	endings = "mitigat|resol|recover|restor|contain|bound|until|over|gone|last|finish|clean|clos"

	// unless are words of elsewhere that do not keep a metric from being meant:
	// it is measured before and after, whenever.
	unless = "|since|since then|now|today|nowadays|later|next|following|a year|the year|year before|last year|"

	// ranAs are words of elsewhere that stand in sentences about this incident
	// too, beside a figure of the very value.
	ranAs = "|since|per|test|tests|plan|planned|expected|another|a year|the year|if|would|could|should|next|"
)

// elsewhere are words that take a part of a sentence away from what happened
// in this incident, by their first word. They match whole.
var elsewhere = phrases(`last year|last time|last month|last week|of the last|last outage|last incident|last event|last one|of this kind|year before|the year|a year|week before|month before|
	previously|earlier|like event|next|had better|had worse|one was|one took|one lasted|since|since then|ever since|after that incident|
	drill|drills|rehearsed|rehearsal|test|tests|tested|load test|median|average|mean|on average|
	typical|typically|usually|normally|a normal|an ordinary day|used to|nowadays|today|these days|now|planned|plan|plans|
	expected|expect|predicted|designed|sized|provisioned|threshold|had we|had i|had it|if|unless|would|could|might|should|
	rather than|instead|in theory|worst case|claims|claimed|claim|alleged|disputes|dispute|says a|
	together|combined|both events|both incidents|policy|every|per|s own|its own|their own|itself|themselves|staging|vendor|provider|supplier|competitor|q1|q2|q3|q4|fewer|s outage|s incident|s target|whose|reckon|reckons|incidents|outages|this time|happened again|autumn|spring|summer|winter|quarter|so far|
	pages at|page at|alerts at|alert at|paged at|fires at|each|many times|longer|shorter|used more|in january|in february|in march|in april|in may|
	in june|in july|in august|in september|in october|in november|in december`)

// otherWords before one of eventWords name another event: "the previous
// outage", not "the previous key".
var (
	otherWords = words("previous other another prior following subsequent similar second smaller bigger older")
	eventWords = words("incident incidents outage outages event events failure failures fault faults time times one ones run attempt year month week " +
		"quarter day days morning night sale release deploy migration failover upgrade team teams service customer cluster clusters region")
)

// months name another event where one follows: "the June 4 event".
var months = words("january february march april may june july august september october november december")

// asideBefore and asideAfter are words right beside a figure that take it
// away from being said outright. They match whole.
var (
	asideBefore = words("not never further last remaining another each per every than first additional some")
	asideAfter  = words("more less fewer longer shorter ago late early each per every apart too earlier faster slower old")
)

// cuesOf are the words that name a fact: "detect" is in detected, detection
// and detecting.
var cuesOf = map[string][]string{
	"time_to_detect":      {"detect", "notic", "ttd", "alert fired", "alarm fired", "alert came", "alert reached"},
	"time_to_acknowledge": {"ack", "tta"},
	"time_to_diagnose":    {"diagnos", "isolat", "root cause", "root-cause", "found the cause", "find the cause", "finding the cause", "cause was found", "cause found"},
	"time_to_mitigate":    {"mitigat", "ttm", "down for", "bound", "contain", "restor", "were back", "was back", "came back", "recover"},
	"time_to_resolve":     {"resolved", "resolving", "resolution", "resolve:", "resolve ", "outage", "incident last", "incident ran", "incident took"},
	"slo.target":          {"slo", "objective"},
	"budget_spent":        {"spent", "used", "burned", "burnt", "consumed", "ate", "eats", "eaten"},
	"burn_peak":           {"sustainable", "burn"},
	"traffic.peak":        {"traffic"},
	"traffic.factor":      {"traffic"},
	"impact.users":        {"user", "customer", "buyer"},
	"impact.requests":     {"request"},
	"impact.revenue_lost": {"lost", "lose", "loss", "cost"},
	"revenue_saved":       {"saved", "saving", "avoided"},
	"targets.detect":      {"target", "goal", "objective"},
	"targets.mitigate":    {"target", "goal", "objective"},
	"targets.resolve":     {"target", "goal", "objective"},
	"sla":                 {"sla", "agreement"},
	"error_ratio_peak":    {"of request", "of our request", "of the request", "of all request", "of checkout request", "of checkouts", "of calls", "of all calls", "of attempts", "of searches", "of queries", "of logins", "of payments", "of auths", "of sign-in", "of login", "of writes", "of reads"},
}

// weightyCues name a fact in a headline or a result, where nothing else is
// likely to be told.
var weightyCues = map[string][]string{
	"time_to_mitigate": {"back in", "back after", "back up in", "back up after", "working again"},
}

// withWord is what a sentence about a fact holds besides.
var withWord = map[string]string{"budget_spent": "budget", "error_ratio_peak": "fail|error|503|502|500|answer|declin|did not succeed|timed out"}

// wantedWords are the words of which a sentence must hold one for a fact of
// the figure's value to back it, where no words name the fact.
var wantedWords = map[string]string{
	"slo.target":          "slo|sla|objective|target|availab|nine|budget|reliab|uptime|%",
	"exhaustion":          "exhaust|budget|burn|gone|last",
	"time_to_detect":      "detect|notic|alert|alarm|aware|spot|caught|catch|told|found|find|monitor|page|report|canary|check|knew|know|saw|see|began|start|stopped|t+",
	"time_to_acknowledge": "ack|respon|answer|pick|page|alert|alarm|phone|keyboard|join|command|took the|watching|t+|i did|later",
	"time_to_diagnose":    "cause|found|find|why|knew|know|diagnos|isolat|underst|reason|trigger|culprit|looking|guess|search|alert|page|t+",
}

// ofTargets are the words that say which target is meant; a target of which
// none is said is one to mitigate.
var ofTargets = map[string]string{
	"targets.detect":   "detect|notic|spot|alert|aware",
	"targets.mitigate": "mitigat|contain|bound|restor|back",
	"targets.resolve":  "resolve|resolut|resolving|clos|all over",
}

// harm are the words beside a count of those who were hurt.
var harm = map[string]string{
	"impact.users":    "affect|impact|hit",
	"impact.requests": "fail|error|drop|affect",
}

// peopleWords are what users are called.
var peopleWords = words("users user customers customer buyers buyer shoppers shopper people visitors visitor subscribers subscriber guests guest players player passengers patients students readers members member engineers developers")

var (
	// connectors lead from what happened to how long it took.
	connectors = words("in after within took takes taken taking lasted last ran at was is were for needed needs of only : = to reached hit peaked rose carried")

	// approximations say how firmly a figure is meant.
	approximations = words("about around roughly nearly almost approximately some an estimated just under over circa close us me")

	// breaks are words that begin another thought.
	breaks = words("and but by then so because while when before after which that who or not than instead if would could")

	// pastWords lead from a margin to the deadline.
	pastWords = words("over past beyond above outside")

	// insideWords are their opposite.
	insideWords = words("inside within under ahead")

	// usualWords may stand between a factor and the traffic that it is of.
	usualWords = words("the its our their usual normal ordinary of a peak usually when and with while")

	// furtherWords before a time say that it does not count from the start.
	furtherWords = words("another further additional")

	// habits are the cues in a tense that tells what is usual, not what was.
	habits = words("mitigates detects resolves recovers restores contains bounds diagnoses isolates costs loses saves notices burns")

	// wishes are the cues in a form that may be an order: "mitigate in 30".
	wishes = words("mitigate detect resolve recover restore contain diagnose notice close acknowledge ack")

	// indefinite words begin a clause about a thing not told of before.
	indefinite = words("a an one some two three any")

	// subsets after "of requests" say which ones.
	subsets = words("from to in by on via for")

	// changeNouns are what a difference is called.
	changeNouns = words("reduction drop fall cut gain rise increase improvement decrease saving difference")
)

// phrases divides a list by first words.
func phrases(list string) map[string][]string {
	out := make(map[string][]string)
	for _, p := range strings.Split(list, "|") {
		p = strings.Join(strings.Fields(p), " ")
		first, _, _ := strings.Cut(p, " ")
		out[first] = append(out[first], p)
	}
	return out
}
