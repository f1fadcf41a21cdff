// Package contest runs the emulation year of a cluster or block: a contract is
// signed, criteria give points, units score themselves with deeds as evidence,
// peers and offices check, a result is published, titles are given and the flag
// is handed to the next unit in the lead.
//
// Contests are about disputes, so everything that decides is data of one contest
// and year (the table of criteria, the stages and who may do what in them, the
// rule for ties, the classes), every change of a score keeps what it was, who
// changed it and why, and every computed point can be explained step by step.
// What is published is never changed: an appeal amends it by a dated decision.
//
// The shapes come from the tables and workflows of Fatherland Fronts,
// cooperative alliances, farmers' unions and police clusters; nothing of any of
// them is fixed in code.
package contest

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// ID identifies a contest for ever: one cluster or block in one year.
type ID int64

// Standing says how far a contest is as a whole.
type Standing string

// The standings of a contest.
const (
	Drafted   Standing = "drafted"   // the table is being made
	Opened    Standing = "opened"    // units score
	Published Standing = "published" // final; only decisions amend it
)

// Contest is the emulation year of one cluster.
type Contest struct {
	ID       ID                `json:"id"`
	Cluster  body.ID           `json:"cluster"`
	Year     int               `json:"year"`
	Titles   map[string]string `json:"titles"`          // by language
	Basis    string            `json:"basis,omitempty"` // the guidance and statutes it follows, as papers name them
	Period   calendar.Period   `json:"period"`          // deeds within it count
	Scale    Scale             `json:"scale"`
	Classes  []Class           `json:"classes,omitempty"`
	Stages   []Stage           `json:"stages"`
	Ranking  Ranking           `json:"ranking"`
	Awards   []Award           `json:"awards,omitempty"`
	Sums     []Whole           `json:"sums,omitempty"`  // what is added up over the units
	Launch   Launch            `json:"launch,omitzero"` // what the State counts it as
	Standing Standing          `json:"standing"`
	Counts   string            `json:"counts,omitempty"` // from when the days of a stage count, FromOpening or empty
	Began    calendar.Day      `json:"began,omitempty"`  // the day on which units began to score
	Revision int64             `json:"revision"`
}

// FromOpening has the days of every stage count from the day on which the contest was
// opened, so that all sheets have the same day; else they count from when a sheet came
// to its stage.
const FromOpening = "opening"

// Title gives what the contest is called in a language, or in the next that is known.
func (c Contest) Title(lang string) string { return named(c.Titles, lang) }

// Whole is a figure that a conference reports of all units together: measures of
// their journals that add up, such as houses new and repaired.
type Whole struct {
	Code     string            `json:"code"`
	Names    map[string]string `json:"names"`
	Measures []string          `json:"measures"`
}

// Name gives what it is called in a language, or in the next that is known.
func (s Whole) Name(lang string) string { return named(s.Names, lang) }

// Scale bounds what the table gives. A zero cap gives nothing of its kind; the
// clamps hold for the total of a unit.
type Scale struct {
	Base      Points  `json:"base"`      // what all criteria together give: 100, 90, 2,100
	Bonus     Points  `json:"bonus"`     // most that bonuses add together
	Deduction Points  `json:"deduction"` // most that deductions take together
	Least     *Points `json:"least,omitempty"`
	Most      *Points `json:"most,omitempty"`
	ClassMost *Points `json:"classMost,omitempty"` // a total above it is classed as if it were this
	Decimals  int     `json:"decimals"`            // of every score, 0 to 4
}

// Clamp keeps a total within the scale.
func (s Scale) Clamp(total Points) Points {
	if s.Least != nil {
		total = max(total, *s.Least)
	}
	if s.Most != nil {
		total = min(total, *s.Most)
	}
	return total
}

// Class is one band of the classification: a total from From up to Below, where
// Below is the From of a higher class or open. Bands may leave gaps between them:
// a total that falls into one has no class and is shown so, for which class it
// should have is a decision of people.
type Class struct {
	Code  string            `json:"code"`
	Names map[string]string `json:"names"`
	From  Points            `json:"from"`
	To    *Points           `json:"to,omitempty"` // included; nil: up to the next class
}

// Name gives what a class is called in a language, or in the next that is known.
func (c Class) Name(lang string) string { return named(c.Names, lang) }

// named gives what something is called in a language; where that is blank, in
// Vietnamese, in which the organisations write, then in English, then in French.
func named(names map[string]string, lang string) string {
	for _, l := range []string{lang, "vi", "en", "fr"} {
		if n := names[l]; n != "" {
			return n
		}
	}
	return ""
}

// ClassOf finds the class of a total; false when it falls into no band.
func (c Contest) ClassOf(total Points) (Class, bool) {
	if most := c.Scale.ClassMost; most != nil {
		total = min(total, *most)
	}
	classes := slices.Clone(c.Classes)
	slices.SortStableFunc(classes, func(a, b Class) int { return int(b.From - a.From) })
	for _, class := range classes {
		if total >= class.From {
			return class, class.To == nil || total <= *class.To
		}
	}
	return Class{}, false
}

// Gap is a stretch of totals that belongs to no class.
type Gap struct{ After, Before Points }

// Gaps lists the stretches between classes that none of them covers at the
// decimals of the scale: with bands 71–80 and 81–90, what lies between 80 and 81.
func (c Contest) Gaps() []Gap {
	classes := slices.Clone(c.Classes)
	slices.SortStableFunc(classes, func(a, b Class) int { return int(a.From - b.From) })
	step := Point
	for range c.Scale.Decimals {
		step /= 10
	}
	var gaps []Gap
	for i := 1; i < len(classes); i++ {
		below := classes[i-1]
		if below.To != nil && *below.To+step < classes[i].From {
			gaps = append(gaps, Gap{*below.To, classes[i].From})
		}
	}
	return gaps
}

// Role is what a unit is in a contest besides taking part.
type Role string

// The roles of a unit in a year. They are the unit's own, whoever its officers are.
const (
	Member Role = "member"
	Lead   Role = "lead"
	Deputy Role = "deputy"
)

// Unit is one unit that takes part in a contest.
type Unit struct {
	Contest ID           `json:"contest"`
	Body    body.ID      `json:"body"`
	Role    Role         `json:"role"`
	Order   int          `json:"order"` // of columns, seats and of the rotation
	Since   calendar.Day `json:"since"` // of taking part; a unit may join or end within the year
	Until   calendar.Day `json:"until"`
	Note    string       `json:"note,omitempty"`
}

// Check tells what does not make sense in a contest by itself.
func (c Contest) Check() error {
	var found []error
	if c.Cluster == 0 {
		found = append(found, fault.Field("cluster", "contest.cluster.missing"))
	}
	if c.Year < 1900 || c.Year > 2200 {
		found = append(found, fault.Field("year", "contest.year.form"))
	}
	if c.Titles["vi"] == "" {
		found = append(found, fault.Field("title", "contest.title.missing"))
	}
	if c.Period.To < c.Period.From {
		found = append(found, fault.Field("period", "contest.period.order"))
	}
	if c.Scale.Decimals < 0 || c.Scale.Decimals > pointDecimals {
		found = append(found, fault.Field("decimals", "contest.decimals.form"))
	}
	if l, m := c.Scale.Least, c.Scale.Most; l != nil && m != nil && *m < *l {
		found = append(found, fault.Field("most", "contest.clamp.order"))
	}
	for _, class := range c.Classes {
		if class.To != nil && *class.To < class.From {
			found = append(found, fault.Field("classes", "contest.class.order", fault.Saying(class.Name)))
		}
	}
	for _, a := range c.Awards {
		found = append(found, a.Grade.Check())
	}
	found = append(found, c.Launch.Check(), checkStages(c.Stages))
	return fault.Gather(found...)
}
