package contest

import (
	"math/big"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// CriterionID identifies a criterion for ever.
type CriterionID int64

// Method says how a criterion comes to its points.
type Method string

// The ways to score. Bonus and Deduction count per occurrence and stand outside
// the base total.
const (
	Group     Method = "group"     // the sum of its children
	ByHand    Method = "hand"      // people judge
	YesNo     Method = "yes_no"    // all or nothing
	PerCount  Method = "per_count" // so much for each, up to the maximum
	Tiers     Method = "tiers"     // steps on a value
	ToTarget  Method = "to_target" // in proportion to a target, up to the maximum
	Formula   Method = "formula"   // what an expression over measures gives
	Bonus     Method = "bonus"     // adds for each occurrence
	Deduction Method = "deduction" // takes for each occurrence
)

// Methods lists the methods in the order in which forms offer them.
func Methods() []Method {
	return []Method{Group, ByHand, YesNo, PerCount, Tiers, ToTarget, Formula, Bonus, Deduction}
}

// Evidence says whether a score must be proved.
type Evidence string

// The demands on evidence.
const (
	EvidenceOptional Evidence = "optional"
	EvidenceRequired Evidence = "required"
	EvidenceNone     Evidence = "none"
)

// Tier gives points to values from a bound up: ≥ 80 gives 4.
type Tier struct {
	From   string `json:"from"` // exact decimal, as written
	Points Points `json:"points"`
}

// Criterion is one row of the table.
type Criterion struct {
	ID        CriterionID       `json:"id"`
	Contest   ID                `json:"contest"`
	Parent    CriterionID       `json:"parent,omitempty"`
	No        string            `json:"no"` // as the table numbers it: "2.3", "a"
	Order     int               `json:"order"`
	Names     map[string]string `json:"names"`
	Condition map[string]string `json:"condition,omitempty"` // what the points are given for
	Max       Points            `json:"max"`
	BonusMax  Points            `json:"bonusMax,omitempty"` // what people may add to it beyond Max
	Method    Method            `json:"method"`
	Value     string            `json:"value,omitempty"`  // expression over measures: what is counted, compared or given
	Per       Points            `json:"per,omitempty"`    // for each one counted
	Target    string            `json:"target,omitempty"` // expression: what gives the maximum
	Tiers     []Tier            `json:"tiers,omitempty"`  // the highest bound reached decides
	Evidence  Evidence          `json:"evidence"`
	Assigned  []body.ID         `json:"assigned,omitempty"` // units it is put to; none named: all
	Deadline  calendar.Day      `json:"deadline,omitempty"`
	Handler   string            `json:"handler,omitempty"` // the department that checks it
	Added     bool              `json:"added,omitempty"`   // supplementary: added while scores were reviewed
	Reason    string            `json:"reason,omitempty"`  // why it was added
	Note      string            `json:"note,omitempty"`
	Notes     map[string]string `json:"notes,omitempty"` // the note in other languages
	Revision  int64             `json:"revision"`
}

// Name gives what a criterion is called in a language, or in the next that is known.
func (c Criterion) Name(lang string) string { return named(c.Names, lang) }

// ConditionIn gives for what the points are given, in a language or in the next that is
// known.
func (c Criterion) ConditionIn(lang string) string { return named(c.Condition, lang) }

// NoteIn gives the note in a language, or as it was first written.
func (c Criterion) NoteIn(lang string) string {
	if note := c.Notes[lang]; note != "" {
		return note
	}
	return c.Note
}

// For tells whether a criterion is put to a unit.
func (c Criterion) For(unit body.ID) bool {
	return len(c.Assigned) == 0 || slices.Contains(c.Assigned, unit)
}

// Outside tells whether a criterion stands outside the base total.
func (c Criterion) Outside() bool { return c.Method == Bonus || c.Method == Deduction }

// Check tells what does not make sense in a criterion by itself.
func (c Criterion) Check() error {
	var found []error
	if strings.TrimSpace(c.Names["vi"]) == "" {
		found = append(found, fault.Field("name", "contest.criterion.name"))
	}
	if !slices.Contains(Methods(), c.Method) {
		found = append(found, fault.Field("method", "contest.method.unknown", string(c.Method)))
	}
	if c.Max < 0 || c.Method != Group && c.Max == 0 {
		found = append(found, fault.Field("max", "contest.max.none"))
	}
	if c.BonusMax < 0 {
		found = append(found, fault.Field("bonus", "contest.max.none"))
	}
	if c.Added && strings.TrimSpace(c.Reason) == "" {
		found = append(found, fault.Field("reason", "contest.reason.missing"))
	}
	return fault.Gather(append(found, c.checkMethod())...)
}

// checkMethod tells what a method lacks.
func (c Criterion) checkMethod() error {
	var found []error
	if c.Value != "" {
		found = append(found, checkExpression("value", c.Value))
	}
	switch c.Method {
	case PerCount, Bonus, Deduction:
		if c.Per <= 0 {
			found = append(found, fault.Field("per", "contest.per.missing"))
		}
	case ToTarget:
		if c.Target == "" {
			found = append(found, fault.Field("target", "contest.target.missing"))
		} else {
			found = append(found, checkExpression("target", c.Target))
		}
	case Tiers:
		found = append(found, c.checkTiers())
	case Formula:
		if c.Value == "" {
			found = append(found, fault.Field("value", "contest.formula.missing"))
		}
	case Group, ByHand, YesNo:
	}
	return fault.Gather(found...)
}

// checkTiers tells what does not make sense in steps.
func (c Criterion) checkTiers() error {
	if len(c.Tiers) == 0 {
		return fault.Field("tiers", "contest.tiers.missing")
	}
	seen := map[string]bool{}
	for _, t := range c.Tiers {
		bound, ok := new(big.Rat).SetString(t.From)
		switch {
		case !ok:
			return fault.Field("tiers", "contest.tiers.bound", t.From)
		case t.Points < 0 || t.Points > c.Max:
			return fault.Field("tiers", "contest.tiers.points", t.Points.Saying())
		case seen[bound.RatString()]:
			return fault.Field("tiers", "contest.tiers.twice", t.From)
		}
		seen[bound.RatString()] = true
	}
	return nil
}
