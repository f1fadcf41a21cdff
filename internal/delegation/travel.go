package delegation

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/person"
)

// Travel is the travel paper of a member: a passport or the like. It is read
// with a right of its own and stands in no history, list, log or export.
type Travel struct {
	ID       int64
	Body     body.ID
	Deed     deed.ID
	Person   person.ID
	Name     string
	Kind     string // passport, diplomatic, service, pass
	Number   string
	Country  string
	Expires  calendar.Day // 0: not known
	Note     string
	Revision int64
}

// TravelKinds lists the kinds of travel papers.
func TravelKinds() []string { return []string{"passport", "service", "diplomatic", "pass", "identity"} }

// Expired tells whether the paper was no longer good on a day.
func (t Travel) Expired(on calendar.Day) bool { return t.Expires != 0 && t.Expires < on }

// TravelTx is what keeping travel papers needs of a transaction.
type TravelTx interface {
	NewID() int64
	Deed(ctx context.Context, id deed.ID) (deed.Deed, error)
	Travel(ctx context.Context, id int64) (Travel, error)
	SaveTravel(ctx context.Context, t Travel) error
	RemoveTravel(ctx context.Context, t Travel) error
}

// KeepTravel writes the travel paper of a member of a delegation.
func KeepTravel(ctx context.Context, tx TravelTx, by access.Actor, t Travel) error {
	d, err := tx.Deed(ctx, t.Deed)
	if err != nil {
		return err
	}
	if err := by.May(access.TravelPapers, d.Body); err != nil {
		return err
	}
	if !IsVisit(d.Kind) {
		return fault.Refuse("delegation.deed.other")
	}
	t.Number = strings.ToUpper(strings.ReplaceAll(t.Number, " ", ""))
	switch {
	case t.Number == "":
		return fault.Field("number", "travel.number.missing")
	case len(t.Number) > 30:
		return fault.Field("number", "travel.number.long")
	case t.Person == 0 && t.Name == "":
		return fault.Field("who", "deed.party.nobody")
	case t.Country != "" && !locale.IsCountry(t.Country):
		return fault.Field("country", "locale.country.unknown", t.Country)
	}
	t.ID, t.Body, t.Revision = tx.NewID(), d.Body, 1
	return tx.SaveTravel(ctx, t)
}

// DropTravel takes a travel paper out of the book for good.
func DropTravel(ctx context.Context, tx TravelTx, by access.Actor, id int64) error {
	t, err := tx.Travel(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.TravelPapers, t.Body); err != nil {
		return err
	}
	return tx.RemoveTravel(ctx, t)
}
