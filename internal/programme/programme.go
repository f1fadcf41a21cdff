// Package programme keeps plans of targets: what a body undertook to reach in a
// period, by whose decision, and how far it is on any day. A target is defined once
// for its period; a change is a new version with its day, its reason and its paper.
// The same target may carry several plan values: the province assigns 12, the
// district resolves 13. Actuals are told with the day they hold for and their
// source, or computed from the journal. What nobody reported stays without data.
//
// It also keeps how units stand against a standard that has criteria, such as that
// of New Rural communes: dated, with the decision, with what is missing.
package programme

import (
	"regexp"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// ID identifies a plan for ever.
type ID int64

// TargetID identifies a target of a plan for ever, through all its versions.
type TargetID int64

// ActualID identifies one reported figure of a target.
type ActualID int64

// Kind says what a plan is.
type Kind string

// The kinds: a programme runs for years and has plans under it; a plan is what one
// body undertook for one period.
const (
	Plain     Kind = "plan"
	Programme Kind = "programme"
)

// Standing says how far a plan is settled.
type Standing string

// The standings: while it is drawn up everything may change; from its adoption on
// the definitions are frozen.
const (
	Drafted Standing = "drafted"
	Adopted Standing = "adopted"
)

// Words are what something is called, by language; Vietnamese where another is
// missing.
type Words map[string]string

// In gives the words of a language.
func (w Words) In(lang string) string {
	if said := w[lang]; said != "" {
		return said
	}
	return w["vi"]
}

// Authority is who sets plan values: a council, the level above. The first of a plan
// is whose decision the plan is.
type Authority struct {
	Code  string     `json:"code"`
	Names Words      `json:"names"`
	Paper body.Paper `json:"paper"`
}

// Plan is what a body undertook for a period.
type Plan struct {
	ID          ID              `json:"id"`
	Code        string          `json:"code"`
	Kind        Kind            `json:"kind"`
	Body        body.ID         `json:"body"`
	Under       ID              `json:"under,omitempty"` // the programme it carries out
	Titles      Words           `json:"titles"`
	Period      calendar.Period `json:"period"`
	Paper       body.Paper      `json:"paper"`
	Authorities []Authority     `json:"authorities"`
	Due         []calendar.Day  `json:"due,omitempty"` // days by which figures are owed
	Note        string          `json:"note,omitempty"`
	Standing    Standing        `json:"standing"`
	Adopted     calendar.Day    `json:"adopted,omitempty"`
	Revision    int64           `json:"revision"`
}

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const (
	codeMost        = 80
	authoritiesMost = 8
	dueMost         = 60
	yearsMost       = 20
)

// checkCode tells what is wrong with a code.
func checkCode(field, code string) error {
	if !codeForm.MatchString(code) || len(code) > codeMost {
		return fault.Field(field, "plan.code.form")
	}
	return nil
}

// Check tells what makes no sense in a plan by itself.
func (p Plan) Check() error {
	found := []error{checkCode("code", p.Code)}
	if strings.TrimSpace(p.Titles["vi"]) == "" {
		found = append(found, fault.Field("title", "plan.title.missing"))
	}
	if p.Kind != Plain && p.Kind != Programme {
		found = append(found, fault.Field("kind", "plan.kind.unknown"))
	}
	if p.Period.IsOpen() || p.Period.IsEmpty() || p.Period.To.Year()-p.Period.From.Year() >= yearsMost {
		found = append(found, fault.Field("period", "plan.period.form"))
	}
	if len(p.Authorities) == 0 {
		found = append(found, fault.Field("authority", "plan.authority.none"))
	}
	if len(p.Authorities) > authoritiesMost || len(p.Due) > dueMost {
		found = append(found, fault.Refuse("plan.too.many"))
	}
	seen := map[string]bool{}
	for _, a := range p.Authorities {
		if seen[a.Code] {
			found = append(found, fault.Field("authority", "plan.authority.twice", a.Names.In("vi")))
		}
		seen[a.Code] = true
		if err := checkCode("authority", a.Code); err != nil {
			found = append(found, err)
		}
		if a.Names["vi"] == "" {
			found = append(found, fault.Field("authority", "plan.authority.name"))
		}
	}
	return fault.Gather(found...)
}

// Lead is the authority whose decision the plan is.
func (p Plan) Lead() string {
	if len(p.Authorities) == 0 {
		return ""
	}
	return p.Authorities[0].Code
}

// Authority finds an authority of the plan.
func (p Plan) Authority(code string) (Authority, bool) {
	i := slices.IndexFunc(p.Authorities, func(a Authority) bool { return a.Code == code })
	if i < 0 {
		return Authority{}, false
	}
	return p.Authorities[i], true
}

// Held brings a day into the period of the plan: after its end it stands as on its
// last day.
func (p Plan) Held(on calendar.Day) calendar.Day { return min(on, p.Period.To) }

// Direction says which way a target is good.
type Direction string

// The directions.
const (
	More  Direction = "more"   // the more the better
	Less  Direction = "less"   // the less the better
	YesNo Direction = "yes_no" // done or not
	Keep  Direction = "keep"   // to be reached and kept
)

// Directions lists the directions in the order in which forms offer them.
func Directions() []Direction { return []Direction{More, Less, YesNo, Keep} }

// Rule says how a target is rolled up over several bodies.
type Rule string

// The rules. Percentages are never averaged: a ratio is rolled up from its
// numerators and denominators.
const (
	Sum      Rule = "sum"
	Weighted Rule = "weighted" // numerators over denominators
	Count    Rule = "count"    // how many bodies met it
	Apart    Rule = "apart"    // not rolled up
)

// Rules lists the rules in the order in which forms offer them.
func Rules() []Rule { return []Rule{Sum, Weighted, Count, Apart} }

// Value is what one authority planned for a target.
type Value struct {
	Authority string     `json:"authority"`
	Plan      Number     `json:"plan"`
	Paper     body.Paper `json:"paper"` // where it is another than the authority's
}

// Definition is what a target is: frozen from the adoption of its plan.
type Definition struct {
	No        string    `json:"no"` // as it is numbered in the plan: 3, 4.1
	Names     Words     `json:"names"`
	Group     Words     `json:"group,omitempty"` // the heading it stands under
	Units     Words     `json:"units"`
	Direction Direction `json:"direction"`
	Baseline  *Number   `json:"baseline,omitempty"`
	// FromBaseline measures progress from the baseline: poverty falls from 3.5 to
	// 2.5, half the way is 3.
	FromBaseline bool    `json:"fromBaseline,omitempty"`
	Values       []Value `json:"values"`
	Rule         Rule    `json:"rule"`
	Per          int64   `json:"per,omitempty"`     // of a ratio: 100 for per cent, 1 for so many each; 0: no ratio
	Measure      string  `json:"measure,omitempty"` // of the journal, which then tells the actuals
	Who          string  `json:"who,omitempty"`     // who owes the figures
	Dropped      bool    `json:"dropped,omitempty"` // no longer a target of the plan
	Note         string  `json:"note,omitempty"`
}

// Name is what a target is called.
func (d Definition) Name(lang string) string { return d.Names.In(lang) }

// By gives what an authority planned.
func (d Definition) By(authority string) (Value, bool) {
	i := slices.IndexFunc(d.Values, func(v Value) bool { return v.Authority == authority })
	if i < 0 {
		return Value{}, false
	}
	return d.Values[i], true
}

// Check tells what makes no sense in a target of a plan.
func (d Definition) Check(p Plan) error {
	var found []error
	if strings.TrimSpace(d.Names["vi"]) == "" {
		found = append(found, fault.Field("name", "plan.target.name"))
	}
	if !slices.Contains(Directions(), d.Direction) {
		found = append(found, fault.Field("direction", "plan.direction.unknown"))
	}
	if !slices.Contains(Rules(), d.Rule) {
		found = append(found, fault.Field("rule", "plan.rule.unknown"))
	}
	if d.Rule == Weighted && d.Per <= 0 {
		found = append(found, fault.Field("rule", "plan.rule.ratio"))
	}
	if d.Measure != "" {
		if _, err := deed.ParseMeasure(d.Measure); err != nil && !StockMeasure(d.Measure) {
			found = append(found, fault.Field("measure", "plan.measure.unknown", d.Measure))
		}
		if d.Direction == YesNo || d.Per > 0 {
			found = append(found, fault.Field("measure", "plan.measure.direction"))
		}
	}
	seen := map[string]bool{}
	for _, v := range d.Values {
		if _, ok := p.Authority(v.Authority); !ok {
			found = append(found, fault.Field("value", "plan.value.authority", v.Authority))
		}
		if seen[v.Authority] {
			a, _ := p.Authority(v.Authority)
			found = append(found, fault.Field("value-"+v.Authority, "plan.value.twice", a.Names.In("vi")))
		}
		seen[v.Authority] = true
		found = append(found, d.checkValue(v))
	}
	return fault.Gather(found...)
}

// checkValue tells what is wrong with a plan value: one of which no share can be
// reckoned, or one that lies the wrong way of its baseline.
func (d Definition) checkValue(v Value) error {
	field, sign := "value-"+v.Authority, v.Plan.Rat().Sign()
	switch {
	case d.FromBaseline && d.Direction != More && d.Direction != Less:
		return fault.Field("from", "plan.baseline.direction")
	case d.FromBaseline && d.Baseline == nil:
		return fault.Field("baseline", "plan.baseline.missing")
	case d.FromBaseline:
		way := v.Plan.Rat().Cmp(d.Baseline.Rat())
		if way == 0 {
			return fault.Field(field, "plan.value.baseline", v.Plan.Saying())
		}
		if (way > 0) != (d.Direction == More) {
			return fault.Field("direction", "plan.direction.reversed", d.Baseline.Saying(), v.Plan.Saying())
		}
	case d.Direction == YesNo && v.Plan != Whole(1):
		return fault.Field(field, "plan.value.yes")
	case (d.Direction == More || d.Direction == Keep) && sign == 0:
		return fault.Field(field, "plan.value.zero")
	case sign < 0:
		return fault.Field(field, "plan.value.negative")
	}
	return nil
}

// StockMeasure tells whether a measure is counted on a day rather than summed:
// members, households.
func StockMeasure(code string) bool { return code == "member.persons" || code == "household.count" }

// Target is one target of a plan with the definition that holds now.
type Target struct {
	ID       TargetID   `json:"id"`
	Plan     ID         `json:"plan"`
	Code     string     `json:"code"` // the same in every plan that has the same target
	Order    int        `json:"order"`
	Version  int        `json:"version"`
	Def      Definition `json:"def"`
	Revision int64      `json:"revision"`
}

// Version is one definition that a target has or had.
type Version struct {
	Target TargetID     `json:"target"`
	N      int          `json:"n"`
	Since  calendar.Day `json:"since"`
	// Breaks says that what is counted became another thing: figures from before and
	// after are not set beside each other.
	Breaks bool       `json:"breaks,omitempty"`
	Reason string     `json:"reason,omitempty"`
	Paper  body.Paper `json:"paper"`
	Def    Definition `json:"def"`
	At     int64      `json:"at"` // Unix milliseconds
	Name   string     `json:"name,omitempty"`
}
