package union

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// ItemID identifies an item of a plan for ever.
type ItemID int64

// Gauge says against what the target of an item is held.
type Gauge string

// The gauges.
const (
	ByDeeds  Gauge = ""       // as many deeds as the goal says
	ByPlaces Gauge = "places" // every large unit of the list has a branch
)

// Item is one thing that the plan of a year says will be done.
type Item struct {
	ID       ItemID        `json:"id"`
	Body     body.ID       `json:"body"`
	Year     int           `json:"year"`
	N        int           `json:"n"`                // its place in the plan
	Text     string        `json:"text"`             // what
	Target   string        `json:"target,omitempty"` // as the plan words it: "all large localities"
	Goal     int64         `json:"goal,omitempty"`   // how many deeds fulfil it; 0: one
	Gauge    Gauge         `json:"gauge,omitempty"`
	When     calendar.Date `json:"when"`
	Person   person.ID     `json:"person,omitempty"` // who answers for it
	Who      string        `json:"who,omitempty"`    // or a name outside the book
	Settled  calendar.Day  `json:"settled,omitempty"`
	Outcome  Outcome       `json:"outcome,omitempty"` // as somebody said
	Note     string        `json:"note,omitempty"`    // how it came out, or why not
	Deeds    []deed.ID     `json:"deeds,omitempty"`
	Carried  ItemID        `json:"carried,omitempty"` // the item of the year before that it takes up
	Revision int64         `json:"revision"`
}

// Outcome is what somebody said of an item in so many words.
type Outcome string

// The outcomes; without one the deeds tell.
const (
	Open     Outcome = ""
	Achieved Outcome = "achieved"
	Dropped  Outcome = "dropped"
)

// State is how an item stands on a day.
type State string

// The states of an item.
const (
	Coming  State = "coming"  // its time has not passed
	Begun   State = "begun"   // some of what was aimed at is done
	Done    State = "done"    // planned and done
	Missed  State = "missed"  // planned and not done, its time has passed
	Partial State = "partial" // its time has passed with a part done
	Left    State = "left"    // given up, with the reason
)

// Progress is what is known of how far an item is.
type Progress struct {
	Done   int // deeds done that fulfil it
	Places int // large units with a branch
	Of     int // large units there are
}

// Needed is how many deeds the item asks for.
func (i Item) Needed() int64 { return max(1, i.Goal) }

// Deadline is the last day on which the item may be done.
func (i Item) Deadline() calendar.Day {
	return i.When.LastOr(calendar.Year(i.Year).To)
}

// State tells how the item stands.
func (i Item) State(p Progress, today calendar.Day) State {
	switch i.Outcome {
	case Achieved:
		return Done
	case Dropped:
		return Left
	case Open:
	}
	reached, some := int64(p.Done) >= i.Needed(), p.Done > 0
	if i.Gauge == ByPlaces {
		reached, some = p.Of > 0 && p.Places >= p.Of, p.Places > 0
	}
	over := i.Deadline() < today
	switch {
	case reached:
		return Done
	case some && over:
		return Partial
	case some:
		return Begun
	case over:
		return Missed
	}
	return Coming
}

func (i Item) check() error {
	var found []error
	if strings.TrimSpace(i.Text) == "" {
		found = append(found, fault.Field("text", "union.plan.text.missing"))
	}
	if len([]rune(i.Text)) > 1000 {
		found = append(found, fault.Field("text", "union.plan.text.long"))
	}
	if i.Year < 1900 || i.Year > 2200 {
		found = append(found, fault.Field("year", "union.plan.year.range"))
	}
	if i.Goal < 0 || i.Goal > 100000 {
		found = append(found, fault.Field("goal", "union.plan.goal.range"))
	}
	if first, ok := i.When.First(); ok && first > calendar.Year(i.Year).To {
		found = append(found, fault.Field("when", "union.plan.when.late", i.When))
	}
	if i.Outcome == Dropped && strings.TrimSpace(i.Note) == "" {
		found = append(found, fault.Field("note", "union.plan.dropped.why"))
	}
	return fault.Gather(found...)
}

// PlanTx is what keeping plans needs of a transaction.
type PlanTx interface {
	NewID() int64
	Today() calendar.Day
	Deed(ctx context.Context, id deed.ID) (deed.Deed, error)
	PlanItem(ctx context.Context, id ItemID) (Item, error)
	PlanItems(ctx context.Context, of body.ID, year int) ([]Item, error)
	SavePlanItem(ctx context.Context, i Item) error
	SavePlan(ctx context.Context, p Plan) error
	Plan(ctx context.Context, of body.ID, year int) (Plan, error)
}

// Plan is the paper of a year's plan.
type Plan struct {
	Body     body.ID       `json:"body"`
	Year     int           `json:"year"`
	Number   string        `json:"number,omitempty"`
	Day      calendar.Date `json:"day"`
	Motto    string        `json:"motto,omitempty"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Head writes what stands on the paper of a plan.
func Head(ctx context.Context, tx PlanTx, by access.Actor, p Plan, based int64) error {
	if err := by.May(access.PostDeeds, p.Body); err != nil {
		return err
	}
	before, err := tx.Plan(ctx, p.Body, p.Year)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if before.Revision != based {
		return fault.Outdated("common.outdated")
	}
	p.Revision = based + 1
	return tx.SavePlan(ctx, p)
}

// Intend enters an item in the plan of its year, as the last one.
func Intend(ctx context.Context, tx PlanTx, by access.Actor, i Item) (Item, error) {
	if err := by.May(access.PostDeeds, i.Body); err != nil {
		return Item{}, err
	}
	if err := i.check(); err != nil {
		return Item{}, err
	}
	all, err := tx.PlanItems(ctx, i.Body, i.Year)
	if err != nil {
		return Item{}, err
	}
	if i.N == 0 {
		for _, other := range all {
			i.N = max(i.N, other.N)
		}
		i.N++
	}
	i.ID, i.Revision = ItemID(tx.NewID()), 1
	return i, tx.SavePlanItem(ctx, i)
}

// Revise writes what an item says otherwise, or how it came out. based is the
// revision the actor saw.
func Revise(ctx context.Context, tx PlanTx, by access.Actor, i Item, based int64) (Item, error) {
	before, err := tx.PlanItem(ctx, i.ID)
	if err != nil {
		return Item{}, err
	}
	if err := by.May(access.PostDeeds, before.Body); err != nil {
		return Item{}, err
	}
	if before.Revision != based {
		return Item{}, fault.Outdated("common.outdated")
	}
	i.Body, i.Year, i.Deeds = before.Body, before.Year, before.Deeds
	if err := i.check(); err != nil {
		return Item{}, err
	}
	if i.Outcome == Open {
		i.Settled = 0
	} else if i.Settled == 0 {
		i.Settled = tx.Today()
	}
	i.Revision = based + 1
	return i, tx.SavePlanItem(ctx, i)
}

// Fulfil says that a deed fulfils an item, or a part of it.
func Fulfil(ctx context.Context, tx PlanTx, by access.Actor, id ItemID, with deed.ID) error {
	return relink(ctx, tx, by, id, func(i *Item) error {
		d, err := tx.Deed(ctx, with)
		if err != nil {
			return err
		}
		if err := by.May(access.ReadDeeds, d.Body); err != nil {
			return err
		}
		if d.Status == deed.Cancelled {
			return fault.Refuse("union.plan.deed.cancelled")
		}
		if !slices.Contains(i.Deeds, with) {
			i.Deeds = append(i.Deeds, with)
		}
		return nil
	})
}

// Unlink says that a deed does not fulfil an item after all.
func Unlink(ctx context.Context, tx PlanTx, by access.Actor, id ItemID, with deed.ID) error {
	return relink(ctx, tx, by, id, func(i *Item) error {
		i.Deeds = slices.DeleteFunc(slices.Clone(i.Deeds), func(d deed.ID) bool { return d == with })
		return nil
	})
}

func relink(ctx context.Context, tx PlanTx, by access.Actor, id ItemID, change func(*Item) error) error {
	i, err := tx.PlanItem(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.PostDeeds, i.Body); err != nil {
		return err
	}
	if err := change(&i); err != nil {
		return err
	}
	i.Revision++
	return tx.SavePlanItem(ctx, i)
}

// Carry takes items that were not done into the plan of the year after. Those
// already taken up stay as they are.
func Carry(ctx context.Context, tx PlanTx, by access.Actor, of body.ID, year int, these []ItemID) (int, error) {
	next, err := tx.PlanItems(ctx, of, year+1)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range these {
		if slices.ContainsFunc(next, func(i Item) bool { return i.Carried == id }) {
			continue
		}
		i, err := tx.PlanItem(ctx, id)
		if err != nil {
			return n, err
		}
		if i.Body != of || i.Year != year {
			return n, fault.Missing("union.plan.item.missing")
		}
		fresh := Item{Body: of, Year: year + 1, Text: i.Text, Target: i.Target, Goal: i.Goal, Gauge: i.Gauge, Person: i.Person, Who: i.Who, Carried: id}
		if _, err := Intend(ctx, tx, by, fresh); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Line is an item with how far it is.
type Line struct {
	Item
	Progress
	State State
	Name  string      // of the person who answers for it
	Shown []deed.Deed // those deeds that the reader may see
}

// Review is a year's plan held against what was done.
type Review struct {
	Plan    Plan
	Lines   []Line
	Outside []Told // done beside the plan
}

// By counts the items in a state.
func (r Review) By(s State) int {
	n := 0
	for _, l := range r.Lines {
		if l.State == s {
			n++
		}
	}
	return n
}

// Sort puts the lines of a review in the order of the plan.
func (r Review) Sort() {
	slices.SortStableFunc(r.Lines, func(a, b Line) int { return cmp.Or(a.N-b.N, cmp.Compare(a.ID, b.ID)) })
}
