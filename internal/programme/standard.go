package programme

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// StatusID identifies one statement of how a unit stands.
type StatusID int64

// Criterion is one thing a standard asks.
type Criterion struct {
	No    string `json:"no"`
	Names Words  `json:"names"`
}

// Standard is what units of one level are held against for some years. A standard
// that replaces another is another: figures under the two are never joined.
type Standard struct {
	Code     string          `json:"code"`
	Names    Words           `json:"names"`
	Body     body.ID         `json:"body,omitempty"` // who keeps it; 0: ships with the book
	Paper    body.Paper      `json:"paper"`
	Period   calendar.Period `json:"period"`
	Level    body.Level      `json:"level"`
	Only     string          `json:"only,omitempty"` // the word units of that level begin with: xã
	Criteria []Criterion     `json:"criteria"`
	After    string          `json:"after,omitempty"` // the standard it replaces
	Note     string          `json:"note,omitempty"`
	Revision int64           `json:"revision"`
}

//go:embed standards.json
var shipped []byte

// Shipped lists the standards that ship with the book.
func Shipped() []Standard {
	var all []Standard
	if err := json.Unmarshal(shipped, &all); err != nil {
		panic(err) // a test reads it
	}
	return all
}

// Criterion finds a criterion of the standard.
func (s Standard) Criterion(no string) (Criterion, bool) {
	i := slices.IndexFunc(s.Criteria, func(c Criterion) bool { return c.No == no })
	if i < 0 {
		return Criterion{}, false
	}
	return s.Criteria[i], true
}

// Check tells what makes no sense in a standard by itself.
func (s Standard) Check() error {
	var found []error
	if strings.TrimSpace(s.Names["vi"]) == "" {
		found = append(found, fault.Field("name", "plan.standard.name"))
	} else {
		found = append(found, checkCode("code", s.Code)) // it is made from the name unless given
	}
	if s.Period.IsOpen() || s.Period.IsEmpty() {
		found = append(found, fault.Field("period", "plan.period.form"))
	}
	if !slices.Contains(body.Levels(), s.Level) {
		found = append(found, fault.Field("level", "plan.standard.level"))
	}
	seen := map[string]bool{}
	for _, c := range s.Criteria {
		if c.No == "" || c.Names["vi"] == "" || seen[c.No] {
			found = append(found, fault.Field("criteria", "plan.standard.criterion", c.No))
		}
		seen[c.No] = true
	}
	return fault.Gather(found...)
}

// Outcome is how a unit stands against a standard.
type Outcome string

// The outcomes.
const (
	Meets     Outcome = "meets"
	Falls     Outcome = "falls_short"
	Withdrawn Outcome = "withdrawn" // recognised once, and no longer
)

// Outcomes lists the outcomes in the order in which forms offer them.
func Outcomes() []Outcome { return []Outcome{Meets, Falls, Withdrawn} }

// Status says how a unit stands against a standard from a day on, until the next
// statement.
type Status struct {
	ID       StatusID      `json:"id"`
	Body     body.ID       `json:"body"` // on whose books it stands
	Unit     body.ID       `json:"unit"`
	Standard string        `json:"standard"`
	On       calendar.Day  `json:"on"`
	Outcome  Outcome       `json:"outcome"`
	Missing  []string      `json:"missing,omitempty"` // criteria not met
	Paper    body.Paper    `json:"paper"`
	Source   source.Source `json:"source"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Check tells what makes no sense in a statement about a unit.
func (s Status) Check(under Standard, today calendar.Day) error {
	var found []error
	if !slices.Contains(Outcomes(), s.Outcome) {
		found = append(found, fault.Field("outcome", "plan.status.outcome"))
	}
	switch {
	case s.On > today:
		found = append(found, fault.Field("on", "plan.actual.future"))
	case !under.Period.Contains(s.On):
		found = append(found, fault.Field("on", "plan.status.outside", under.Period.From, under.Period.To))
	}
	for _, no := range s.Missing {
		if _, known := under.Criterion(no); !known {
			found = append(found, fault.Field("missing", "plan.status.criterion", no))
		}
	}
	if s.Outcome == Meets && len(s.Missing) > 0 {
		found = append(found, fault.Field("missing", "plan.status.meets"))
	}
	if s.Paper.IsZero() && s.Source.IsZero() {
		found = append(found, fault.Field("source", "plan.status.source"))
	}
	return fault.Gather(found...)
}

// StatusTx is what stating how units stand needs of a transaction.
type StatusTx interface {
	NewID() int64
	Today() calendar.Day
	Body(ctx context.Context, id body.ID) (body.Body, error)
	Standard(ctx context.Context, code string) (Standard, error)
	// StandardsOf lists those that a body keeps.
	StandardsOf(ctx context.Context, keeper body.ID) ([]Standard, error)
	// StatusesUnder lists all that anybody said under a standard, by day.
	StatusesUnder(ctx context.Context, standard string) ([]Status, error)
	SaveStandard(ctx context.Context, s Standard) error
	Status(ctx context.Context, id StatusID) (Status, error)
	StatusesOf(ctx context.Context, keeper, unit body.ID, standard string) ([]Status, error)
	SaveStatus(ctx context.Context, s Status) error
	RemoveStatus(ctx context.Context, s Status) error
}

// Lay writes a standard of a body's own, new or changed; one that ships cannot be
// changed. What was said under it stays true: a criterion that a unit misses, a day on
// which something was said, a level that units have cannot go. One that takes the place
// of another of the body's own ends that one on the day before.
func Lay(ctx context.Context, tx StatusTx, by access.Actor, s Standard, based int64) (Standard, error) {
	if err := by.May(access.KeepOffice, s.Body); err != nil {
		return Standard{}, err
	}
	if s.Code == "" {
		s.Code = body.CodeFrom(s.Names["vi"])
	}
	if err := s.Check(); err != nil {
		return Standard{}, err
	}
	before, err := tx.Standard(ctx, s.Code)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		if based != 0 {
			return Standard{}, err
		}
	case err != nil:
		return Standard{}, err
	case before.Body != s.Body || based == 0:
		return Standard{}, fault.Field("code", "plan.code.taken", s.Code)
	case before.Revision != based:
		return Standard{}, fault.Outdated("common.outdated")
	default:
		if err := said(ctx, tx, before, s); err != nil {
			return Standard{}, err
		}
	}
	if err := follow(ctx, tx, s); err != nil {
		return Standard{}, err
	}
	s.Revision = based + 1
	return s, tx.SaveStandard(ctx, s)
}

// said refuses a change of a standard by which something that was said under it would
// no longer make sense.
func said(ctx context.Context, tx StatusTx, before, s Standard) error {
	all, err := tx.StatusesUnder(ctx, s.Code)
	if err != nil || len(all) == 0 {
		return err
	}
	var found []error
	if before.Level != s.Level {
		found = append(found, fault.Field("level", "plan.standard.used.level"))
	}
	gone := map[string]bool{}
	for _, one := range all {
		if !s.Period.Contains(one.On) {
			found = append(found, fault.Field("to", "plan.standard.used.period", one.On))
			break
		}
		for _, no := range one.Missing {
			if _, there := s.Criterion(no); !there && !gone[no] {
				gone[no] = true
				found = append(found, fault.Field("criteria", "plan.standard.used.criterion", no))
			}
		}
	}
	return fault.Gather(found...)
}

// follow puts a standard in the place of the one before it.
func follow(ctx context.Context, tx StatusTx, s Standard) error {
	if s.After == "" {
		return nil
	}
	before, err := tx.Standard(ctx, s.After)
	if err != nil {
		return err
	}
	own, err := tx.StandardsOf(ctx, s.Body)
	if err != nil {
		return err
	}
	for _, other := range own {
		if other.After == s.After && other.Code != s.Code {
			return fault.Field("after", "plan.standard.followed", before.Names.In("vi"), other.Names.In("vi"))
		}
	}
	switch {
	case before.Code == s.Code || s.Period.From <= before.Period.From:
		return fault.Field("from", "plan.standard.order", before.Period.From)
	case before.Period.To < s.Period.From:
		return nil
	case before.Body != s.Body:
		return fault.Field("from", "plan.standard.overlap", before.Period.To)
	}
	cut := before
	cut.Period.To = s.Period.From - 1
	all, err := tx.StatusesUnder(ctx, before.Code)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(one Status) bool { return !cut.Period.Contains(one.On) }); i >= 0 {
		return fault.Field("from", "plan.standard.used.period", all[i].On)
	}
	cut.Revision++
	return tx.SaveStandard(ctx, cut)
}

// Chain lists the standards that took each other's place, the first first, of which one
// is asked for.
func Chain(one Standard, all []Standard) []Standard {
	chain, seen := []Standard{one}, map[string]bool{one.Code: true}
	find := func(fits func(Standard) bool) bool {
		i := slices.IndexFunc(all, func(s Standard) bool { return !seen[s.Code] && fits(s) })
		if i < 0 {
			return false
		}
		seen[all[i].Code] = true
		chain = append(chain, all[i])
		return true
	}
	for find(func(s Standard) bool {
		return slices.ContainsFunc(chain, func(c Standard) bool { return c.After == s.Code || s.After == c.Code })
	}) {
	}
	slices.SortStableFunc(chain, func(a, b Standard) int { return cmp.Compare(a.Period.From, b.Period.From) })
	return chain
}

// Difference is a criterion that two standards do not have alike.
type Difference struct {
	No            string
	Before, After *Criterion // nil: that one does not have it
}

// Differences lists the criteria in which a standard departs from another, by their
// numbers in the order of the later, those that went last.
func Differences(before, after Standard) []Difference {
	var all []Difference
	for _, c := range after.Criteria {
		was, had := before.Criterion(c.No)
		switch {
		case !had:
			all = append(all, Difference{No: c.No, After: &c})
		case was.Names["vi"] != c.Names["vi"]:
			all = append(all, Difference{No: c.No, Before: &was, After: &c})
		}
	}
	for _, c := range before.Criteria {
		if _, has := after.Criterion(c.No); !has {
			all = append(all, Difference{No: c.No, Before: &c})
		}
	}
	return all
}

// State says how a unit stands from a day on; the same day again corrects what was
// said. The unit may be another's: it is the keeper's book in which it stands.
func State(ctx context.Context, tx StatusTx, by access.Actor, s Status) (Status, error) {
	if err := by.May(access.PostDeeds, s.Body); err != nil {
		return Status{}, err
	}
	under, err := tx.Standard(ctx, s.Standard)
	if err != nil {
		return Status{}, err
	}
	unit, err := tx.Body(ctx, s.Unit)
	if err != nil {
		return Status{}, err
	}
	if err := fault.Gather(s.Check(under, tx.Today()), lived(unit, s.On)); err != nil {
		return Status{}, err
	}
	all, err := tx.StatusesOf(ctx, s.Body, s.Unit, s.Standard)
	if err != nil {
		return Status{}, err
	}
	s.ID, s.Revision = 0, 1
	for _, other := range all {
		if other.On == s.On {
			s.ID, s.Revision = other.ID, other.Revision+1
		}
	}
	if s.ID == 0 {
		s.ID = StatusID(tx.NewID())
	}
	return s, tx.SaveStatus(ctx, s)
}

// lived refuses to say how a unit stood when there was none.
func lived(unit body.Body, on calendar.Day) error {
	if !unit.Life().Contains(on) {
		return fault.Field("on", "plan.status.unlived", unit.Saying(on))
	}
	return nil
}

// Retract takes back what was said by mistake; the history keeps it.
func Retract(ctx context.Context, tx StatusTx, by access.Actor, id StatusID) error {
	s, err := tx.Status(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.PostDeeds, s.Body); err != nil {
		return err
	}
	return tx.RemoveStatus(ctx, s)
}

// Board is how the units of an area stand against a standard on a day.
type Board struct {
	Standard Standard
	On       calendar.Day
	Units    []UnitStands
	Series   []Mark // how many met it, day by day as it changed
	Replaced string // the code of the standard that holds on another day; its series is another
}

// UnitStands is a unit with what was last said of it.
type UnitStands struct {
	Unit   body.ID
	Name   string
	Status *Status // nil: nothing is known
}

// Mark is how many units met a standard on a day.
type Mark struct {
	On   calendar.Day
	Met  int
	Of   int
	From string // the standard it is counted under
}

// Met counts the units that meet the standard.
func (b Board) Met() int { return b.counted(Meets) }

// Short counts the units of which it is known that they do not.
func (b Board) Short() int { return b.counted(Falls) + b.counted(Withdrawn) }

// Unknown counts the units of which nothing is known.
func (b Board) Unknown() int { return len(b.Units) - b.Met() - b.Short() }

func (b Board) counted(o Outcome) int {
	n := 0
	for _, u := range b.Units {
		if u.Status != nil && u.Status.Outcome == o {
			n++
		}
	}
	return n
}

// Lacking counts by criterion the units that miss it.
func (b Board) Lacking() map[string]int {
	n := map[string]int{}
	for _, u := range b.Units {
		if u.Status == nil || u.Status.Outcome == Meets {
			continue
		}
		for _, no := range u.Status.Missing {
			n[no]++
		}
	}
	return n
}

// Latest gives by unit what holds on a day of statements in order of their days.
func Latest(all []Status, on calendar.Day) map[body.ID]Status {
	last := map[body.ID]Status{}
	for _, s := range all {
		if s.On <= on && s.On >= last[s.Unit].On {
			last[s.Unit] = s
		}
	}
	return last
}
