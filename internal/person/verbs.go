package person

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Enrol enters a new person in the book and, where a membership is given,
// makes them a member.
func Enrol(ctx context.Context, tx Tx, by access.Actor, p Person, m *Membership) (Person, error) {
	if err := by.May(access.KeepRoll, p.Body); err != nil {
		return Person{}, err
	}
	if err := p.Check(tx.Today()); err != nil {
		return Person{}, err
	}
	if p.ID == 0 {
		p.ID = ID(tx.NewID())
	}
	p.Revision = 1
	if err := tx.InsertPerson(ctx, p); err != nil {
		return Person{}, err
	}
	if m == nil {
		return p, nil
	}
	m.Person = p.ID
	_, err := Join(ctx, tx, by, *m)
	return p, err
}

// Correct changes what the book says of a person. based is the revision the
// actor saw; a change made since then is not overwritten.
func Correct(ctx context.Context, tx Tx, by access.Actor, p Person, based int64) (Person, error) {
	before, err := tx.Person(ctx, p.ID)
	if err != nil {
		return Person{}, err
	}
	if err := by.May(access.KeepRoll, before.Body); err != nil {
		return Person{}, err
	}
	if before.Revision != based {
		return Person{}, fault.Outdated("common.outdated")
	}
	if p.Body != before.Body {
		if err := by.May(access.KeepRoll, p.Body); err != nil {
			return Person{}, err
		}
	}
	if err := p.Check(tx.Today()); err != nil {
		return Person{}, err
	}
	p.Revision = based + 1
	return p, tx.UpdatePerson(ctx, p)
}

// Join makes a person, a household or a body a member.
func Join(ctx context.Context, tx Tx, by access.Actor, m Membership) (Membership, error) {
	if err := by.May(access.KeepRoll, m.Body); err != nil {
		return Membership{}, err
	}
	if err := m.check(tx.Today()); err != nil {
		return Membership{}, err
	}
	if err := notTwice(ctx, tx, m); err != nil {
		return Membership{}, err
	}
	if m.ID == 0 {
		m.ID = tx.NewID()
	}
	m.Revision, m.Lasts = 1, m.Left.IsUnknown() && m.Reason == ""
	return m, tx.InsertMembership(ctx, m)
}

// check tells what does not make sense in a membership by itself.
func (m Membership) check(today calendar.Day) error {
	var found []error
	if m.Body == 0 {
		found = append(found, fault.Field("body", "member.body.missing"))
	}
	if (m.Person == 0) == (m.Member == 0) {
		found = append(found, fault.Field("person", "member.one"))
	}
	if m.Member != 0 && m.Member == m.Body {
		found = append(found, fault.Field("member", "member.itself"))
	}
	joined, ok1 := m.Joined.First()
	left, ok2 := m.Left.Last()
	if ok1 && joined > today {
		found = append(found, fault.Field("joined", "member.joined.future"))
	}
	if ok1 && ok2 && left < joined {
		found = append(found, fault.Field("left", "member.left.early"))
	}
	return fault.Gather(found...)
}

// notTwice refuses a second membership of the same person in the same body
// while the first lasts.
func notTwice(ctx context.Context, tx Tx, m Membership) error {
	if m.Person == 0 {
		return nil
	}
	others, err := tx.MembershipsOf(ctx, m.Person)
	if err != nil {
		return err
	}
	for _, o := range others {
		if o.ID != m.ID && o.Body == m.Body && o.Lasts && m.Left.IsUnknown() {
			return fault.Field("body", "member.twice")
		}
	}
	return nil
}

// Leave ends a membership for a reason, on a day known as precisely as it is.
func Leave(ctx context.Context, tx Tx, by access.Actor, id int64, on calendar.Date, reason string) error {
	m, err := tx.Membership(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.KeepRoll, m.Body); err != nil {
		return err
	}
	m.Left, m.Reason, m.Lasts = on, reason, false
	if err := m.check(tx.Today()); err != nil {
		return err
	}
	m.Revision++
	return tx.UpdateMembership(ctx, m)
}

// Move ends a membership in one branch and begins it in another on the same
// day; number and category go along, and so does the record, where the branch
// that was left kept it.
func Move(ctx context.Context, tx Tx, by access.Actor, id int64, to body.ID, on calendar.Date) (Membership, error) {
	m, err := tx.Membership(ctx, id)
	if err != nil {
		return Membership{}, err
	}
	if err := Leave(ctx, tx, by, id, on, ReasonMoved); err != nil {
		return Membership{}, err
	}
	from := m.Body
	m.ID, m.Body, m.Joined, m.Left, m.Reason = 0, to, on, calendar.Date{}, ""
	if m, err = Join(ctx, tx, by, m); err != nil || m.Person == 0 {
		return m, err
	}
	p, err := tx.Person(ctx, m.Person)
	if err != nil || p.Body != from {
		return m, err
	}
	p.Body = to
	_, err = Correct(ctx, tx, by, p, p.Revision)
	return m, err
}

// Die records a death: the person, their memberships and their offices end.
func Die(ctx context.Context, tx Tx, by access.Actor, id ID, on calendar.Date) error {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	based := p.Revision
	p.Dead, p.Death = true, on
	if _, err := Correct(ctx, tx, by, p, based); err != nil {
		return err
	}
	memberships, err := tx.MembershipsOf(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		if !m.Lasts {
			continue
		}
		if err := Leave(ctx, tx, by, m.ID, on, ReasonDied); err != nil {
			return err
		}
	}
	return vacate(ctx, tx, id, on)
}

// vacate ends the offices of somebody who died: their rights with them. Where
// the day of death is unknown they end on the day it was recorded.
func vacate(ctx context.Context, tx Tx, id ID, on calendar.Date) error {
	holdings, err := tx.HoldingsBy(ctx, id)
	if err != nil {
		return err
	}
	if on.IsUnknown() {
		on = calendar.OnDay(tx.Today())
	}
	for _, h := range holdings {
		if !h.ActualEnd.IsUnknown() {
			continue
		}
		h.ActualEnd = on
		h.Revision++
		if err := tx.UpdateHolding(ctx, h); err != nil {
			return err
		}
	}
	return nil
}

// Create sets up an office with its seats at a body.
func Create(ctx context.Context, tx Tx, by access.Actor, o Office) (Office, error) {
	if err := by.May(access.ManageBody, o.Body); err != nil {
		return Office{}, err
	}
	if o.Seats < 1 || o.Seats > 1000 {
		return Office{}, fault.Field("seats", "office.seats.range")
	}
	if o.Kind == "" {
		return Office{}, fault.Field("kind", "office.kind.missing")
	}
	o.ID, o.Revision = tx.NewID(), 1
	if o.Until == 0 {
		o.Until = calendar.Latest
	}
	return o, tx.InsertOffice(ctx, o)
}

// Appoint gives a person an office for a term.
func Appoint(ctx context.Context, tx Tx, by access.Actor, h Holding) (Holding, error) {
	office, err := tx.Office(ctx, h.Office)
	if err != nil {
		return Holding{}, err
	}
	if err := by.May(access.ManageBody, office.Body); err != nil {
		return Holding{}, err
	}
	if _, err := tx.Person(ctx, h.Person); err != nil {
		return Holding{}, err
	}
	if err := h.check(); err != nil {
		return Holding{}, err
	}
	if err := fits(ctx, tx, office, h); err != nil {
		return Holding{}, err
	}
	h.ID, h.Revision = tx.NewID(), 1
	return h, tx.InsertHolding(ctx, h)
}

// check tells what does not make sense in a holding by itself.
func (h Holding) check() error {
	from, ok := h.From.First()
	if !ok {
		return fault.Field("from", "office.from.missing")
	}
	if planned, ok := h.PlannedEnd.Last(); ok && planned < from {
		return fault.Field("plannedEnd", "office.end.early")
	}
	if actual, ok := h.ActualEnd.Last(); ok && actual < from {
		return fault.Field("actualEnd", "office.end.early")
	}
	return nil
}

// fits refuses a term that overlaps another of the same person in the same
// office, and more holders at once than the office has seats.
func fits(ctx context.Context, tx Tx, o Office, h Holding) error {
	others, err := tx.HoldingsOf(ctx, o.ID)
	if err != nil {
		return err
	}
	from := h.From.FirstOr(calendar.Earliest)
	var beside []Holding
	for _, other := range others {
		overlaps := other.From.FirstOr(calendar.Earliest) <= h.End() && from <= other.End()
		if other.ID == h.ID || !overlaps {
			continue
		}
		if other.Person == h.Person {
			return fault.Field("from", "office.term.overlaps")
		}
		beside = append(beside, other)
	}
	// The seats are fullest on a day on which one of the terms begins.
	for _, begins := range append(beside, h) {
		if taken(beside, max(from, begins.From.FirstOr(calendar.Earliest))) >= o.Seats {
			return fault.Field("office", "office.seats.full", o.Seats)
		}
	}
	return nil
}

// taken counts the holdings in force on a day.
func taken(all []Holding, on calendar.Day) (n int) {
	for _, h := range all {
		if h.InForce(on) {
			n++
		}
	}
	return n
}

// Release ends a holding on the day it really ended.
func Release(ctx context.Context, tx Tx, by access.Actor, id int64, on calendar.Date) error {
	h, err := tx.Holding(ctx, id)
	if err != nil {
		return err
	}
	office, err := tx.Office(ctx, h.Office)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageBody, office.Body); err != nil {
		return err
	}
	h.ActualEnd = on
	if err := h.check(); err != nil {
		return err
	}
	h.Revision++
	return tx.UpdateHolding(ctx, h)
}
