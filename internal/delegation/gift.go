package delegation

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// GiftID identifies a gift for ever.
type GiftID int64

// Way says whether a gift was given or received.
type Way string

// The ways.
const (
	Given    Way = "given"
	Received Way = "received"
)

// Move is one movement of a gift: where it went, into whose keeping.
type Move struct {
	Day    calendar.Day `json:"day"`
	Place  string       `json:"place"`
	Keeper string       `json:"keeper,omitempty"`
	Note   string       `json:"note,omitempty"`
	By     string       `json:"by,omitempty"` // who entered it
}

// Gift is one gift of protocol. What was received belongs to the body, which
// keeps it: its movements say where it is.
type Gift struct {
	ID       GiftID       `json:"id"`
	Body     body.ID      `json:"body"`
	Deed     deed.ID      `json:"deed,omitempty"`
	Way      Way          `json:"way"`
	Item     string       `json:"item"`
	Count    int64        `json:"count,omitempty"`
	Value    money.Amount `json:"value,omitzero"` // of all pieces; none: not valued
	Person   person.ID    `json:"person,omitempty"`
	Name     string       `json:"name,omitempty"` // who gave or received it, outside the book
	Other    body.ID      `json:"other,omitempty"`
	Level    Level        `json:"level,omitempty"` // of who received a gift of ours
	Occasion string       `json:"occasion,omitempty"`
	Day      calendar.Day `json:"day"`
	Reason   string       `json:"reason,omitempty"` // why it is beyond the limit
	Place    string       `json:"place,omitempty"`  // where it is now
	Moves    []Move       `json:"moves,omitempty"`
	Note     string       `json:"note,omitempty"`
	Planned  bool         `json:"planned,omitempty"` // still to be handed over, on the day
	Revision int64        `json:"revision"`
}

// Late tells that a gift should have been handed over.
func (g Gift) Late(today calendar.Day) bool { return g.Planned && g.Day < today }

// Limit is how much a gift to somebody of a level may be worth, on an occasion,
// from a day to another.
type Limit struct {
	ID       int64        `json:"id"`
	Body     body.ID      `json:"body"`
	Level    Level        `json:"level,omitempty"` // empty: any that has none of its own
	Amount   money.Amount `json:"amount"`
	Since    calendar.Day `json:"since"`
	Until    calendar.Day `json:"until"`
	Paper    string       `json:"paper,omitempty"` // by which decision
	Revision int64        `json:"revision"`
}

// LimitFor gives the limit in force for a level on a day: its own, or that for
// any level.
func LimitFor(limits []Limit, level Level, on calendar.Day) (Limit, bool) {
	for _, want := range []Level{level, Unranked} {
		for _, l := range limits {
			if l.Level == want && l.Since <= on && on <= l.Until {
				return l, true
			}
		}
	}
	return Limit{}, false
}

// Beyond tells whether a gift of ours is worth more than its limit allows. Sums
// in different currencies are not compared.
func (g Gift) Beyond(limits []Limit) (Limit, bool) {
	l, known := LimitFor(limits, g.Level, g.Day)
	if !known || g.Way != Given || g.Value.Currency != l.Amount.Currency {
		return Limit{}, false
	}
	return l, g.Value.Minor > l.Amount.Minor
}

func (g Gift) check(today calendar.Day) error {
	var found []error
	if strings.TrimSpace(g.Item) == "" {
		found = append(found, fault.Field("item", "gift.item.missing"))
	}
	if g.Way != Given && g.Way != Received {
		found = append(found, fault.Field("way", "gift.way.missing"))
	}
	if g.Day == 0 {
		found = append(found, fault.Field("day", "paper.day.missing"))
	}
	if g.Day > today && !g.Planned {
		found = append(found, fault.Field("day", "gift.day.future"))
	}
	if g.Planned && g.Way != Given {
		found = append(found, fault.Field("way", "gift.planned.way"))
	}
	if g.Count < 0 || g.Value.IsNegative() {
		found = append(found, fault.Field("value", "deed.count.negative"))
	}
	if g.Level != Unranked && !slices.Contains(Levels(), g.Level) {
		found = append(found, fault.Field("level", "delegation.level.unknown"))
	}
	return fault.Gather(found...)
}

// GiftTx is what gifts need of a transaction.
type GiftTx interface {
	NewID() int64
	Today() calendar.Day
	Deed(ctx context.Context, id deed.ID) (deed.Deed, error)
	Gift(ctx context.Context, id GiftID) (Gift, error)
	SaveGift(ctx context.Context, g Gift) error
	GiftLimits(ctx context.Context, of body.ID) ([]Limit, error)
	SaveGiftLimit(ctx context.Context, l Limit) error
}

// EnterGift enters a gift given or received, with the place where it is kept. A
// gift of ours beyond its limit needs a reason.
func EnterGift(ctx context.Context, tx GiftTx, by access.Actor, g Gift) (Gift, error) {
	if g.Deed != 0 {
		d, err := tx.Deed(ctx, g.Deed)
		if err != nil {
			return Gift{}, err
		}
		g.Body = d.Body
	}
	if err := by.May(access.PostDeeds, g.Body); err != nil {
		return Gift{}, err
	}
	if err := g.check(tx.Today()); err != nil {
		return Gift{}, err
	}
	limits, err := tx.GiftLimits(ctx, g.Body)
	if err != nil {
		return Gift{}, err
	}
	if l, beyond := g.Beyond(limits); beyond && strings.TrimSpace(g.Reason) == "" {
		return Gift{}, fault.Field("reason", "gift.limit.over", l.Amount)
	}
	g.ID, g.Revision, g.Moves = GiftID(tx.NewID()), 1, nil
	if g.Place != "" {
		g.Moves = []Move{{Day: g.Day, Place: g.Place, By: by.Name}}
	}
	return g, tx.SaveGift(ctx, g)
}

// HandGift says on which day a planned gift was handed over.
func HandGift(ctx context.Context, tx GiftTx, by access.Actor, id GiftID, day calendar.Day) (Gift, error) {
	g, err := tx.Gift(ctx, id)
	if err != nil {
		return Gift{}, err
	}
	if err := by.May(access.PostDeeds, g.Body); err != nil {
		return Gift{}, err
	}
	if !g.Planned {
		return Gift{}, fault.Refuse("gift.handed.already")
	}
	if day == 0 || day > tx.Today() {
		return Gift{}, fault.Field("day", "gift.day.future")
	}
	g.Planned, g.Day, g.Revision = false, day, g.Revision+1
	return g, tx.SaveGift(ctx, g)
}

// MoveGift says where a gift went and into whose keeping.
func MoveGift(ctx context.Context, tx GiftTx, by access.Actor, id GiftID, m Move) (Gift, error) {
	g, err := tx.Gift(ctx, id)
	if err != nil {
		return Gift{}, err
	}
	if err := by.May(access.PostDeeds, g.Body); err != nil {
		return Gift{}, err
	}
	switch {
	case strings.TrimSpace(m.Place) == "":
		return Gift{}, fault.Field("place", "gift.place.missing")
	case m.Day == 0 || m.Day > tx.Today():
		return Gift{}, fault.Field("day", "gift.day.future")
	case m.Day < g.Day:
		return Gift{}, fault.Field("day", "gift.move.early")
	}
	m.By = by.Name
	g.Moves = append(slices.Clone(g.Moves), m)
	slices.SortStableFunc(g.Moves, func(a, b Move) int { return int(a.Day - b.Day) })
	g.Place = g.Moves[len(g.Moves)-1].Place
	g.Revision++
	return g, tx.SaveGift(ctx, g)
}

// SetLimit sets how much a gift to somebody of a level may be worth from a day
// on; the limit in force until then ends the day before.
func SetLimit(ctx context.Context, tx GiftTx, by access.Actor, l Limit) (Limit, error) {
	if err := by.May(access.ManageBody, l.Body); err != nil {
		return Limit{}, err
	}
	if l.Amount.IsNone() || l.Amount.Minor <= 0 {
		return Limit{}, fault.Field("amount", "gift.limit.amount")
	}
	if l.Since == 0 {
		l.Since = tx.Today()
	}
	if l.Level != Unranked && !slices.Contains(Levels(), l.Level) {
		return Limit{}, fault.Field("level", "delegation.level.unknown")
	}
	all, err := tx.GiftLimits(ctx, l.Body)
	if err != nil {
		return Limit{}, err
	}
	for _, o := range all {
		if o.Body != l.Body || o.Level != l.Level || o.Until < l.Since {
			continue
		}
		if o.Since >= l.Since {
			return Limit{}, fault.Field("since", "gift.limit.since", calendar.OnDay(o.Since))
		}
		o.Until = l.Since - 1
		o.Revision++
		if err := tx.SaveGiftLimit(ctx, o); err != nil {
			return Limit{}, err
		}
	}
	l.ID, l.Until, l.Revision = tx.NewID(), calendar.Latest, 1
	return l, tx.SaveGiftLimit(ctx, l)
}
