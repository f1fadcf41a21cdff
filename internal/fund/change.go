package fund

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Reverse takes an entry back by another that says why. It stands on the day
// of the first while that is open, or on the first open day.
func Reverse(ctx context.Context, tx Tx, by access.Actor, id EntryID, reason string) (Entry, error) {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := mayReverse(by, e); err != nil {
		return Entry{}, err
	}
	switch {
	case strings.TrimSpace(reason) == "":
		return Entry{}, fault.Field("reason", "fund.reason.missing")
	case e.Reversed != 0:
		return Entry{}, fault.Refuse("fund.reversed.already")
	case e.Reverses != 0:
		return Entry{}, fault.Refuse("fund.reversal.final")
	}
	f, err := tx.Fund(ctx, e.Body)
	if err != nil {
		return Entry{}, err
	}
	back, err := takenBack(tx, f, e, reason)
	if err != nil {
		return Entry{}, err
	}
	if back, err = record(ctx, tx, by, f, back); err != nil {
		return Entry{}, err
	}
	e.Reversed, e.Revision = back.ID, e.Revision+1
	return back, tx.MarkEntry(ctx, e)
}

// mayReverse asks for the right to take an entry back: the fund's, or for what
// a deed cost and nobody has approved yet, that of posting deeds.
func mayReverse(by access.Actor, e Entry) error {
	if e.Deed != 0 && e.Approver == 0 && by.Can(access.PostDeeds, e.Body) {
		return nil
	}
	return by.May(access.KeepFund, e.Body)
}

// takenBack is the entry that undoes another.
func takenBack(tx Tx, f Fund, e Entry, reason string) (Entry, error) {
	back := Entry{Body: e.Body, Kind: Reversal, Slip: e.Slip, Rate: e.Rate, Reverses: e.ID, Postings: slices.Clone(e.Postings)}
	back.Approver, back.Second, back.Asked, back.AskedToo, back.Voucher, back.Papers, back.Reason = 0, 0, 0, 0, "", nil, reason
	about := e.Refers
	if about.IsUnknown() {
		about = calendar.OnDay(e.Day)
	}
	var err error
	if back.Day, back.Refers, err = place(f, calendar.Date{}, calendar.OnDay(e.Day), tx.Today()); err != nil {
		return Entry{}, err
	}
	if back.Day != e.Day {
		back.Refers = about
	}
	for i := range back.Postings {
		back.Postings[i].Amount = -back.Postings[i].Amount
	}
	return back, nil
}

// Approval is what an approver adds to an entry.
type Approval struct {
	Approver person.ID // the actor; another only where the machine's operator records what was signed
	Second   person.ID // likewise, for the operator alone: others countersign themselves
	Voucher  string
	Papers   []int64
}

// Approve signs an entry. Who handed out the money cannot approve it.
func Approve(ctx context.Context, tx Tx, by access.Actor, id EntryID, a Approval) (Entry, error) {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := by.May(access.Approve, e.Body); err != nil {
		return Entry{}, err
	}
	if !by.Operator {
		a.Approver, a.Second = person.ID(by.Person), 0
	}
	switch {
	case a.Approver == 0:
		return Entry{}, fault.Field("approver", "fund.approver.missing")
	case e.Approver != 0:
		return Entry{}, fault.Refuse("fund.approved.already")
	}
	if err := twoHands(a.Approver, e.Payer); err != nil {
		return Entry{}, err
	}
	if err := twoHands(a.Approver, a.Second); err != nil {
		return Entry{}, err
	}
	e.Approver = a.Approver
	if a.Second != 0 {
		e.Second = a.Second
	}
	return attach(ctx, tx, e, a.Voucher, a.Papers)
}

// Countersign adds the second signature to an approved entry: that of someone
// else than the approver and the one who handed out the money.
func Countersign(ctx context.Context, tx Tx, by access.Actor, id EntryID) (Entry, error) {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := by.May(access.Approve, e.Body); err != nil {
		return Entry{}, err
	}
	me := person.ID(by.Person)
	switch {
	case me == 0 || e.Approver == 0:
		return Entry{}, fault.Field("approver", "fund.approver.missing")
	case e.Second != 0:
		return Entry{}, fault.Refuse("fund.approved.already")
	case me == e.Approver || me == e.Payer:
		return Entry{}, fault.Field("second", "fund.second.same")
	}
	e.Second, e.Revision = me, e.Revision+1
	return e, tx.MarkEntry(ctx, e)
}

// Attach adds a voucher and papers to an entry; what it has stays.
func Attach(ctx context.Context, tx Tx, by access.Actor, id EntryID, voucher string, papers []int64) (Entry, error) {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if !by.Can(access.PostDeeds, e.Body) || e.Deed == 0 {
		if err := by.May(access.KeepFund, e.Body); err != nil {
			return Entry{}, err
		}
	}
	return attach(ctx, tx, e, voucher, papers)
}

func attach(ctx context.Context, tx Tx, e Entry, voucher string, papers []int64) (Entry, error) {
	switch {
	case voucher == "":
	case e.Voucher == "":
		e.Voucher = voucher
	case e.Voucher != voucher:
		e.Voucher += ", " + voucher
	}
	e.Papers = append(slices.Clone(e.Papers), papers...)
	e.Revision++
	return e, tx.MarkEntry(ctx, e)
}
