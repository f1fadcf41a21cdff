package person

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Station says that somebody speaks for a body with which one deals, such as a
// consulate: in which office and since when.
type Station struct {
	Person ID
	Body   body.ID
	Title  string
	From   calendar.Date
	Paper  string
}

// StationTx is what stationing somebody needs of a transaction.
type StationTx interface {
	Tx
	Tree() *body.Tree
	Body(ctx context.Context, id body.ID) (body.Body, error)
	OfficesAt(ctx context.Context, at body.ID) ([]Office, error)
	// Staffed tells that somebody who holds an office at a body comes into the book.
	Staffed(ctx context.Context, at body.ID) (bool, error)
}

// partners are the kinds of body that one deals with and that keep no book of
// their own.
var partners = []body.Kind{body.Authority, body.Company, body.School, body.Locality, body.OtherKind}

// Partners lists the kinds of body whose spokesmen others may record.
func Partners() []body.Kind { return slices.Clone(partners) }

// Assign records who speaks for a body with which one deals. Whoever keeps the
// person's record may do it: nobody of that body comes into the book, and the
// office gives no right beyond it. Who held the office before leaves it.
func Assign(ctx context.Context, tx StationTx, by access.Actor, s Station) (Holding, error) {
	who, err := tx.Person(ctx, s.Person)
	if err != nil {
		return Holding{}, err
	}
	if err := by.May(access.KeepRoll, who.Body); err != nil {
		return Holding{}, err
	}
	if s.Title = strings.TrimSpace(s.Title); s.Title == "" {
		return Holding{}, fault.Field("title", "station.title")
	}
	if err := assignable(ctx, tx, by, s.Body); err != nil {
		return Holding{}, err
	}
	office, err := stationed(ctx, tx, s)
	if err != nil {
		return Holding{}, err
	}
	h := Holding{Office: office.ID, Person: s.Person, From: s.From, Paper: s.Paper}
	if err := h.check(); err != nil {
		return Holding{}, err
	}
	held, err := tx.HoldingsOf(ctx, office.ID)
	if err != nil {
		return Holding{}, err
	}
	for _, before := range held {
		if !before.ActualEnd.IsUnknown() {
			continue
		}
		if before.Person == s.Person {
			return Holding{}, fault.Field("from", "station.already")
		}
		if first, ok := before.From.First(); ok && first >= s.From.FirstOr(0) {
			return Holding{}, fault.Field("from", "station.early", before.From)
		}
		before.ActualEnd = s.From
		before.Revision++
		if err := tx.UpdateHolding(ctx, before); err != nil {
			return Holding{}, err
		}
	}
	h.ID, h.Revision = tx.NewID(), 1
	return h, tx.InsertHolding(ctx, h)
}

// assignable tells whether others may say who speaks for a body.
func assignable(ctx context.Context, tx StationTx, by access.Actor, at body.ID) error {
	if at == 0 {
		return fault.Field("body", "station.body")
	}
	b, err := tx.Body(ctx, at)
	if err != nil {
		return err
	}
	if by.Can(access.ManageBody, at) {
		return nil
	}
	staffed, err := tx.Staffed(ctx, at)
	if err != nil {
		return err
	}
	if staffed || !slices.Contains(partners, b.Kind) {
		return fault.Field("body", "station.own")
	}
	return nil
}

// stationed gives the office of a title at a body, a new one where there is none.
func stationed(ctx context.Context, tx StationTx, s Station) (Office, error) {
	offices, err := tx.OfficesAt(ctx, s.Body)
	if err != nil {
		return Office{}, err
	}
	rank := 1
	for _, o := range offices {
		if strings.EqualFold(o.Title, s.Title) {
			return o, nil
		}
		rank = max(rank, o.Rank+1)
	}
	o := Office{ID: tx.NewID(), Body: s.Body, Kind: string(access.Honorary), Title: s.Title, Seats: 1, Rank: rank, Since: calendar.Earliest, Until: calendar.Latest, Revision: 1}
	return o, tx.InsertOffice(ctx, o)
}
