package note

import (
	"slices"
	"strings"
	"time"

	"debrief/generator/diag"
	"debrief/generator/front"
)

var incident = &Kind{
	Name: "incident", Dir: "incidents", One: "Incident", Many: "Incidents",
	Claims: true,
	New:    func() Fields { return new(Incident) },
}

// An Incident is one outage or near miss, with the instants and figures that
// stories are told from.
type Incident struct {
	Severity       string            `front:"severity"`
	Services       []string          `front:"services,service"`
	Role           string            `front:"role"` // the author's
	ChangeRelated  front.Bool        `front:"change_related"`
	NearMiss       front.Bool        `front:"near_miss"`
	StartedAt      front.Time        `front:"started_at"`
	DetectedAt     front.Time        `front:"detected_at"`
	AcknowledgedAt front.Time        `front:"acknowledged_at"`
	DiagnosedAt    front.Time        `front:"diagnosed_at"`
	MitigatedAt    front.Time        `front:"mitigated_at"`
	ResolvedAt     front.Time        `front:"resolved_at"`
	DetectedBy     string            `front:"detected_by"`
	SLO            SLO               `front:"slo"`
	ErrorRate      []ErrorSpan       `front:"error_rate"`
	Traffic        Traffic           `front:"traffic"`
	Targets        Targets           `front:"targets"`
	SLA            front.Duration    `front:"sla"`
	Impact         Impact            `front:"impact"`
	Counterfactual *Counterfactual   `front:"counterfactual"`
	Metrics        []Metric          `front:"metrics"`
	Timeline       []Event           `front:"timeline"`
	Roles          front.Map[People] `front:"roles"`
	RACI           []RACI            `front:"raci"`
	DORA           []DORA            `front:"dora"`
	DecisionTree   *Tree             `front:"decision_tree"`
	Playbook       front.Ref         `front:"playbook"`
	Runbook        []RunbookStep     `front:"runbook"`
	Factors        []string          `front:"contributing_factors"`
	Downstream     []string          `front:"downstream"`
	Actions        []Action          `front:"action_items"`
	Sheet          SheetWish         `front:"sheet"` // of its cheat sheet

	// Derived values that the author typed in all the same; compared with the
	// derivation.
	TimeToDetect      front.Duration `front:"time_to_detect"`
	TimeToAcknowledge front.Duration `front:"time_to_acknowledge"`
	TimeToDiagnose    front.Duration `front:"time_to_diagnose"`
	TimeToMitigate    front.Duration `front:"time_to_mitigate"`
	TimeToResolve     front.Duration `front:"time_to_resolve"`
}

// An SLO is the objective that the incident spent budget of.
type SLO struct {
	SLI    string         `front:"sli"`
	Target front.Percent  `front:"target"` // of good events, above 50% and below 100%
	Window front.Duration `front:"window"`
}

// An ErrorSpan is a stretch of time with one error ratio.
type ErrorSpan struct {
	From  front.Time    `front:"from"`
	To    front.Time    `front:"to"`
	Ratio front.Percent `front:"ratio"` // failed ÷ valid events
}

// Traffic is the load at the time against the usual one, in one unit.
type Traffic struct {
	Baseline front.Number `front:"baseline"`
	Peak     front.Number `front:"peak"`
	Unit     string       `front:"unit"`
}

// Targets are internal deadlines, from the start of impact.
type Targets struct {
	Detect   front.Duration `front:"detect"`
	Mitigate front.Duration `front:"mitigate"`
	Resolve  front.Duration `front:"resolve"`
}

// Impact is what it cost others.
type Impact struct {
	Users       front.Number `front:"users"`
	Requests    front.Number `front:"requests"`
	RevenueLost front.Money  `front:"revenue_lost"`
}

// A Counterfactual is what a claim of something saved stands on.
type Counterfactual struct {
	Basis            string        `front:"basis"`
	MinutesAvoided   front.Number  `front:"minutes_avoided"`
	RevenuePerMinute front.Money   `front:"revenue_per_minute"`
	FailingRatio     front.Percent `front:"failing_ratio"`
}

// People are one or more people or roles.
type People []string

// UnmarshalFront reads a name or a list of names.
func (p *People) UnmarshalFront(v front.Value) {
	for _, item := range v.Items() {
		*p = append(*p, item.Text())
	}
}

// A RACI row says who was responsible, accountable, consulted and informed
// for one activity. Exactly one is accountable.
type RACI struct {
	Activity string   `front:"activity"`
	R        []string `front:"R,r,responsible"`
	A        []string `front:"A,a,accountable"`
	C        []string `front:"C,c,consulted"`
	I        []string `front:"I,i,informed"`
}

// DORA is one software delivery metric that the incident's follow-up moved.
type DORA struct {
	Metric  string `front:"metric"`
	Before  string `front:"before"`
	After   string `front:"after"`
	MovedBy string `front:"moved_by"`
}

// A RunbookStep is one step of the playbook: when it was to be done and when
// it was, both from detection.
type RunbookStep struct {
	Step    string         `front:"step"`
	Planned front.Duration `front:"planned"`
	Actual  front.Duration `front:"actual"`
}

// An Action is a follow-up of the review.
type Action struct {
	Title  string     `front:"title"`
	Owner  string     `front:"owner"`
	Type   string     `front:"type"`
	Due    front.Date `front:"due"`
	Status string     `front:"status"`
	DoneAt front.Date `front:"done_at"`
	Moves  string     `front:"moves"`
}

// An Event is one line of a timeline.
type Event struct {
	At    front.Time `front:"at"`
	Phase string     `front:"phase"`
	Event string     `front:"event"`
	Actor string     `front:"actor"`
}

// Phases are the words for what an event is part of.
var Phases = []string{"signal", "detect", "acknowledge", "diagnose", "decide", "action", "communicate", "mitigate", "resolve", "review"}

// DORAMetrics are the five software delivery metrics by their current names
// (dora.dev, January 2026), with the names older pages still use.
var DORAMetrics = []struct {
	Key, Name, Unit string
	LowerIsBetter   bool
	Old             []string
}{
	{"change_lead_time", "Change lead time", "duration", true, []string{"lead_time", "lead_time_for_changes"}},
	{"deployment_frequency", "Deployment frequency", "rate", false, []string{"deploy_frequency"}},
	{"failed_deployment_recovery_time", "Failed deployment recovery time", "duration", true, []string{"mttr", "time_to_restore", "time_to_restore_service", "mean_time_to_recovery"}},
	{"change_fail_rate", "Change fail rate", "share", true, []string{"change_failure_rate"}},
	{"deployment_rework_rate", "Deployment rework rate", "share", true, []string{"rework_rate"}},
}

// Refs returns the playbook.
func (i *Incident) Refs() []Reference {
	return references("playbook", []front.Ref{i.Playbook}, "playbook")
}

// Instants are the incident's known instants in the order they should come.
func (i *Incident) Instants() []Moment {
	return []Moment{
		{"started_at", "started", i.StartedAt},
		{"detected_at", "detected", i.DetectedAt},
		{"acknowledged_at", "acknowledged", i.AcknowledgedAt},
		{"diagnosed_at", "diagnosed", i.DiagnosedAt},
		{"mitigated_at", "mitigated", i.MitigatedAt},
		{"resolved_at", "resolved", i.ResolvedAt},
	}
}

// A Moment is a named instant of an incident.
type Moment struct {
	Key, Name string
	At        front.Time
}

// settle gives the timeline's offsets and clock times their instants.
func (i *Incident) settle() {
	settle(&i.StartedAt, front.Time{})
	for _, t := range []*front.Time{&i.DetectedAt, &i.AcknowledgedAt, &i.DiagnosedAt, &i.MitigatedAt, &i.ResolvedAt} {
		settle(t, i.StartedAt)
	}
	for k := range i.Timeline {
		settle(&i.Timeline[k].At, i.StartedAt)
	}
	for k := range i.ErrorRate {
		settle(&i.ErrorRate[k].From, i.StartedAt)
		settle(&i.ErrorRate[k].To, i.StartedAt)
	}
}

// settle resolves T+… and clock times against start. Without a start they
// cannot be placed and count as not given.
func settle(t *front.Time, start front.Time) {
	if !t.Set || t.Form == front.Instant {
		return
	}
	if !start.Set || start.Form != front.Instant {
		t.Set = false
		return
	}
	switch t.Form {
	case front.FromStart:
		t.T = start.T.Add(t.Offset)
	case front.ClockOfTime:
		t.T = atClock(start.T, 0, t.Clock)
		if t.T.Before(start.T.Add(-12 * time.Hour)) {
			t.T = atClock(start.T, 1, t.Clock) // the outage went past midnight
		}
	}
	t.Form = front.Instant
}

// atClock is a clock time on the day of start or so many days after it. Where
// clocks are set to summer time a day has 23 hours, so it is not midnight plus
// a length.
func atClock(start time.Time, days int, clock time.Duration) time.Time {
	y, m, d := start.Date()
	return time.Date(y, m, d+days, 0, 0, int(clock/time.Second), 0, start.Location())
}

// dated finds an offset or a clock time where there is no start whose day it
// could be of.
func dated(n *Note, report func(diag.Finding), key string, t front.Time) {
	if t.Form == front.Instant {
		return
	}
	what := "is a clock time; its date is missing"
	if t.Form == front.FromStart {
		what = "is an offset; there is no start to count it from"
	}
	report(n.Find("bad-time", diag.Error, at(key), "%s: %q %s", key, n.Front.Text(key), what).
		Hint("write it like 2023-07-11T10:02:30-07:00"))
}

// Check holds the instants in order and the shares in range.
func (i *Incident) Check(n *Note, report func(diag.Finding)) {
	required(n, report, "started_at", i.StartedAt.Set, "started_at is when users began to feel it, like 2023-07-11T10:02:00-07:00")
	if !i.MitigatedAt.Set && !n.Front.Has("mitigated_at") {
		required(n, report, "resolved_at", i.ResolvedAt.Set, "give mitigated_at (impact ended or bounded) or resolved_at")
	}
	dated(n, report, "started_at", i.StartedAt)
	i.checkOrder(n, report)
	i.checkSpans(n, report)
	i.checkTimeline(n, report)
	if t := i.SLO.Target; t.Set && (t.P <= 50 || t.P >= 100) {
		report(n.Find("bad-value", diag.Error, at("slo", "target"), "an SLO target lies above 50%% and below 100%%, not at %s", t.P))
	}
	counted(n, report, i.Impact.Users, "impact", "users")
	counted(n, report, i.Impact.Requests, "impact", "requests")
	i.Sheet.check(n, report, SheetCards)
	choice(n, report, at("detected_by"), i.DetectedBy, "alert", "customer", "human", "synthetic")
	checkMetrics(n, report, i.Metrics)
	for k, a := range i.Actions {
		choice(n, report, at("action_items", k, "type"), a.Type, "prevent", "detect", "mitigate", "process")
		choice(n, report, at("action_items", k, "status"), a.Status, "open", "done", "dropped")
	}
	for k, d := range i.DORA {
		if DORAMetric(d.Metric) == "" {
			keys := make([]string, 0, len(DORAMetrics))
			for _, m := range DORAMetrics {
				keys = append(keys, m.Key)
			}
			choice(n, report, at("dora", k, "metric"), d.Metric, keys...)
		}
	}
	for k := range i.Runbook {
		whole := n.Front.Pos("runbook", k)
		for _, key := range []string{"step", "planned", "actual"} {
			if n.Front.Pos("runbook", k, key) == whole { // the deepest part there is
				report(n.Find("missing-field", diag.Warning, at("runbook", k), "this step of the run-book has no %s", key).
					Hint("both times count from detection, like {step: Outage page up, planned: 5m, actual: 4m20s}"))
			}
		}
	}
	checkRACI(n, report, i.RACI)
	if i.DecisionTree != nil {
		i.DecisionTree.check(n, report, func(path ...any) diag.Pos { p, _ := n.Front.Span(append(at("decision_tree"), path...)...); return p })
	}
}

// DORAMetric returns the current name (key) of a metric, old names included,
// or "" when it is none of the five.
func DORAMetric(name string) string {
	for _, m := range DORAMetrics {
		if SameMetric(name, m.Key) || slices.ContainsFunc(m.Old, func(old string) bool { return SameMetric(name, old) }) {
			return m.Key
		}
	}
	return ""
}

// SameMetric reports whether a name, as people write it, is that of a key:
// "Change fail rate" is change_fail_rate, "MTTR" is mttr.
func SameMetric(name, key string) bool {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), "_")) == key
}
