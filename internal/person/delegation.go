package person

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Delegation is what an officer lends of an office to a named helper, until a
// day. It ends with the office itself, and can be withdrawn at any time.
type Delegation struct {
	ID       int64          `json:"id"`
	Holding  int64          `json:"holding"` // whose office it is
	Person   ID             `json:"person"`  // the helper
	Since    calendar.Day   `json:"since"`
	Until    calendar.Day   `json:"until"`            // last day
	Rights   []access.Right `json:"rights,omitempty"` // empty: all that the office allows
	Note     string         `json:"note,omitempty"`   // what the help is for
	Lender   ID             `json:"lender,omitempty"` // who lent them; 0 the machine's operator
	Ended    int64          `json:"ended,omitempty"`  // Unix milliseconds; 0 until withdrawn
	Revision int64          `json:"revision"`
}

// InForce tells whether the rights are lent on a day, as long as the office is
// held.
func (d Delegation) InForce(on calendar.Day) bool {
	return d.Ended == 0 && d.Since <= on && on <= d.Until
}

// Lends tells whether a right is among those lent.
func (d Delegation) Lends(r access.Right) bool {
	return len(d.Rights) == 0 || slices.Contains(d.Rights, r)
}

// lendingDaysMost bounds a delegation: whoever is to help for longer than a
// year is asked about anew.
const lendingDaysMost = 366

// DelegationTx is what lending needs of a transaction.
type DelegationTx interface {
	Tx
	Today() calendar.Day
	NowMilli() int64
	Delegation(ctx context.Context, id int64) (Delegation, error)
	DelegationsOf(ctx context.Context, holding int64) ([]Delegation, error)
	SaveDelegation(ctx context.Context, before, d Delegation) error
}

// Lend lets a helper do part of what an office allows. The officer lends, or who
// manages the body; a helper lends nothing on.
func Lend(ctx context.Context, tx DelegationTx, by access.Actor, d Delegation) (Delegation, error) {
	h, o, err := lentFrom(ctx, tx, by, d.Holding)
	if err != nil {
		return Delegation{}, err
	}
	helper, err := tx.Person(ctx, d.Person)
	if err != nil {
		return Delegation{}, err
	}
	if d.Since == 0 {
		d.Since = tx.Today()
	}
	if err := d.check(h, o, helper, tx.Today()); err != nil {
		return Delegation{}, err
	}
	others, err := tx.DelegationsOf(ctx, d.Holding)
	if err != nil {
		return Delegation{}, err
	}
	for _, other := range others {
		if other.Person == d.Person && other.Ended == 0 && other.Since <= d.Until && d.Since <= other.Until {
			return Delegation{}, fault.Field("person", "lend.already", other.Until)
		}
	}
	d.ID, d.Lender, d.Ended, d.Revision = tx.NewID(), ID(by.Person), 0, 1
	return d, tx.SaveDelegation(ctx, Delegation{}, d)
}

// lentFrom reads an office held, which the actor may lend from.
func lentFrom(ctx context.Context, tx DelegationTx, by access.Actor, holding int64) (Holding, Office, error) {
	h, err := tx.Holding(ctx, holding)
	if err != nil {
		return h, Office{}, err
	}
	o, err := tx.Office(ctx, h.Office)
	if err != nil {
		return h, o, err
	}
	return h, o, MayLend(by, h, o)
}

// MayLend tells whether an actor may lend the rights of an office somebody
// holds: their own, or any of a body they manage.
func MayLend(by access.Actor, h Holding, o Office) error {
	if by.Person != 0 && ID(by.Person) == h.Person && h.InForce(by.Today) {
		return nil
	}
	return by.May(access.ManageBody, o.Body)
}

// check tells what does not make sense in a delegation.
func (d Delegation) check(h Holding, o Office, helper Person, today calendar.Day) error {
	var found []error
	switch {
	case d.Person == h.Person:
		found = append(found, fault.Field("person", "lend.self"))
	case helper.Dead:
		found = append(found, fault.Field("person", "lend.dead"))
	}
	switch {
	case d.Until < d.Since:
		found = append(found, fault.Field("until", "lend.until.early"))
	case d.Until < today:
		found = append(found, fault.Field("until", "lend.until.past"))
	case d.Until-d.Since > lendingDaysMost:
		found = append(found, fault.Field("until", "lend.until.long"))
	case d.Since > h.End():
		found = append(found, fault.Field("since", "lend.over"))
	}
	grants := access.GrantsOf(access.OfficeKind(o.Kind), o.Body)
	if len(d.Rights) == 0 || len(grants) == 0 {
		found = append(found, fault.Field("rights", "lend.rights.missing"))
	}
	for _, r := range d.Rights {
		if !slices.ContainsFunc(grants, func(g access.Grant) bool { return g.Right == r }) {
			found = append(found, fault.Field("rights", "lend.rights.beyond"))
			break
		}
	}
	return fault.Gather(found...)
}

// Withdraw ends a delegation at once: the officer takes it back, who manages the
// body does, or the helper gives it back.
func Withdraw(ctx context.Context, tx DelegationTx, by access.Actor, id int64) (Delegation, error) {
	d, err := tx.Delegation(ctx, id)
	if err != nil {
		return Delegation{}, err
	}
	if by.Person == 0 || ID(by.Person) != d.Person {
		if _, _, err := lentFrom(ctx, tx, by, d.Holding); err != nil {
			return Delegation{}, err
		}
	}
	if d.Ended != 0 {
		return Delegation{}, fault.Refuse("lend.ended.already")
	}
	before := d
	d.Ended, d.Revision = tx.NowMilli(), d.Revision+1
	return d, tx.SaveDelegation(ctx, before, d)
}
