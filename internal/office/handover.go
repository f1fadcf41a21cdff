package office

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// HandoverID identifies a handover for ever.
type HandoverID int64

// Handover is the passing of an office from one person to another, with the
// state of the association as it stood then.
type Handover struct {
	ID       HandoverID   `json:"id"`
	Body     body.ID      `json:"body"`
	Office   int64        `json:"office"`
	Holding  int64        `json:"holding"` // that ends
	Next     int64        `json:"next,omitempty"`
	Giver    person.ID    `json:"giver"`
	Taker    person.ID    `json:"taker,omitempty"` // 0: nobody yet, the board keeps it meanwhile
	Witness  person.ID    `json:"witness,omitempty"`
	Seen     string       `json:"seen,omitempty"` // name of a witness outside the book
	Day      calendar.Day `json:"day"`            // the giver's last
	Since    calendar.Day `json:"since"`          // the taker's first
	Paper    string       `json:"paper,omitempty"`
	Things   string       `json:"things,omitempty"` // seal, keys, books handed over, one a line
	Note     string       `json:"note,omitempty"`
	State    State        `json:"state"`
	Recorded int64        `json:"recorded"`
	Recorder person.ID    `json:"recorder,omitempty"`
	Revision int64        `json:"revision"`
}

// HandoverTx is what handing over needs of a transaction.
type HandoverTx interface {
	person.Tx
	NowMilli() int64
	InsertHandover(ctx context.Context, h Handover) error
}

// HandOver ends a holding on its last day, appoints the successor from the
// first day on, and keeps the state of the association as it stood.
func HandOver(ctx context.Context, tx HandoverTx, by access.Actor, h Handover) (Handover, error) {
	old, err := tx.Holding(ctx, h.Holding)
	if err != nil {
		return Handover{}, err
	}
	office, err := tx.Office(ctx, old.Office)
	if err != nil {
		return Handover{}, err
	}
	h.Body, h.Office, h.Giver = office.Body, office.ID, old.Person
	if err := by.May(access.ManageBody, h.Body); err != nil {
		return Handover{}, err
	}
	if err := h.check(old, tx.Today()); err != nil {
		return Handover{}, err
	}
	if old.ActualEnd.IsUnknown() {
		if err := person.Release(ctx, tx, by, old.ID, calendar.OnDay(h.Day)); err != nil {
			return Handover{}, err
		}
	}
	if h.Taker != 0 {
		// The successor serves out the term, unless it has run over already.
		if last, ok := old.PlannedEnd.Last(); ok && last < h.Since {
			old.PlannedEnd = calendar.Date{}
		}
		next, err := person.Appoint(ctx, tx, by, person.Holding{
			Office: office.ID, Person: h.Taker, From: calendar.OnDay(h.Since), PlannedEnd: old.PlannedEnd, Represents: old.Represents, Paper: h.Paper,
		})
		if err != nil {
			return Handover{}, err
		}
		h.Next = next.ID
	}
	h.ID, h.Recorded, h.Recorder, h.Revision = HandoverID(tx.NewID()), tx.NowMilli(), person.ID(by.Person), 1
	return h, tx.InsertHandover(ctx, h)
}

// check tells what does not make sense in a handover.
func (h Handover) check(old person.Holding, today calendar.Day) error {
	var found []error
	if h.Day == 0 {
		found = append(found, fault.Field("day", "handover.day.missing"))
	}
	if h.Day > today {
		found = append(found, fault.Field("day", "handover.day.future"))
	}
	if h.Taker != 0 && h.Since <= h.Day {
		found = append(found, fault.Field("since", "handover.since.early"))
	}
	if h.Taker != 0 && h.Taker == old.Person {
		found = append(found, fault.Field("taker", "handover.taker.same"))
	}
	if end, ok := old.ActualEnd.Last(); ok && end > h.Day {
		found = append(found, fault.Field("day", "handover.day.before"))
	}
	return fault.Gather(found...)
}
