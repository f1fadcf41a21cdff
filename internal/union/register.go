package union

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Register names one of the registers of a union.
type Register string

// The registers.
const (
	Terms      Register = "term"
	Larges     Register = "large"
	Scholars   Register = "scholar"
	Aids       Register = "aid"
	Programmes Register = "programme"
	Awards     Register = "award"
	Services   Register = "service"
)

// Registers lists the registers in the order in which pages show them.
func Registers() []Register {
	return []Register{Terms, Larges, Services, Scholars, Aids, Programmes, Awards, Memorials, Keepsakes, Presses}
}

// Entry is what every record of a register has, whatever else it says.
type Entry struct {
	ID       int64
	Body     body.ID
	Register Register
	Person   person.ID // whom it concerns
	Other    body.ID
	Deed     deed.ID      // by which it happened, if it is in the journal
	Day      calendar.Day // by which it is sorted
	Due      calendar.Day // to be kept while it is open
	Words    string       // by which it is found
	Revision int64
}

// Kept is a record of a register.
type Kept[T any] interface {
	// Entry gives what the record has in common with the others.
	Entry() Entry
	// With gives the record as it is kept: under its id, as its revision, with the
	// person and body whom its columns name.
	With(e Entry) T
	// Check tells what does not make sense in it by itself.
	Check() error
}

// Aid is one grant of a foreign organisation. Pledged, paid and in kind are three
// stages; they never add to each other.
type Aid struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Donor    string        `json:"donor"`
	Country  string        `json:"country,omitempty"`
	Title    string        `json:"title,omitempty"`
	Field    string        `json:"field,omitempty"`
	Place    string        `json:"place,omitempty"`
	Approval string        `json:"approval,omitempty"` // authority, number
	Approved calendar.Date `json:"approved"`
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	Pledged  money.Amount  `json:"pledged,omitzero"`
	Paid     money.Amount  `json:"paid,omitzero"`
	Kind     money.Amount  `json:"kind,omitzero"` // goods, valued
	Rate     money.Amount  `json:"rate,omitzero"` // đồng for one unit of the currency
	RateDay  calendar.Date `json:"rateDay"`       // of that rate
	Due      calendar.Day  `json:"due,omitempty"` // of the report
	Reported calendar.Day  `json:"reported,omitempty"`
	Deed     deed.ID       `json:"deed,omitempty"` // whose lines count it
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Entry implements Kept.
func (a Aid) Entry() Entry {
	e := Entry{ID: a.ID, Body: a.Body, Register: Aids, Day: a.From.FirstOr(a.Approved.FirstOr(0)), Deed: a.Deed, Words: a.Donor + " " + a.Title + " " + a.Field + " " + a.Place, Revision: a.Revision}
	if a.Reported == 0 {
		e.Due = a.Due
	}
	return e
}

// With implements Kept.
func (a Aid) With(e Entry) Aid {
	a.ID, a.Body, a.Deed, a.Revision = e.ID, e.Body, e.Deed, e.Revision
	return a
}

// Check implements Kept.
func (a Aid) Check() error {
	var found []error
	if strings.TrimSpace(a.Donor) == "" {
		found = append(found, fault.Field("donor", "register.aid.donor"))
	}
	found = append(found, checkCountry(a.Country))
	if !a.Rate.IsNone() && a.RateDay.IsUnknown() {
		found = append(found, fault.Field("rateDay", "register.aid.rateDay"))
	}
	for _, amount := range []money.Amount{a.Pledged, a.Paid, a.Kind} {
		if amount.IsNegative() {
			found = append(found, fault.Field("pledged", "deed.count.negative"))
		}
	}
	return fault.Gather(found...)
}

// Dong gives an amount in đồng at the rate of the grant; none where there is no
// rate. An amount in đồng stays as it is.
func (a Aid) Dong(amount money.Amount) (money.Amount, bool) {
	if amount.Currency == money.VND {
		return amount, true
	}
	if amount.IsNone() || a.Rate.IsNone() {
		return money.Amount{}, false
	}
	per := int64(1)
	for range amount.Currency.Digits() {
		per *= 10
	}
	all, err := a.Rate.Mul(amount.Minor)
	if err != nil {
		return money.Amount{}, false
	}
	return money.Of((all.Minor+per/2)/per, money.VND), true
}

// lines gives what the grant counts, stage by stage.
func (a Aid) lines() []deed.Line {
	var lines []deed.Line
	for _, l := range []struct {
		amount money.Amount
		unit   deed.Unit
		stage  deed.Stage
	}{{a.Pledged, deed.Money, deed.Pledged}, {a.Paid, deed.Money, deed.Paid}, {a.Kind, deed.GoodsValue, deed.Delivered}} {
		if !l.amount.IsNone() && !l.amount.IsZero() {
			lines = append(lines, deed.Line{Unit: l.unit, Stage: l.stage, Currency: l.amount.Currency, Quantity: l.amount.Minor})
		}
	}
	return lines
}

// Programme is something done again and again in numbered editions, which are
// deeds.
type Programme struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Name     string        `json:"name"`
	English  string        `json:"english,omitempty"`
	French   string        `json:"french,omitempty"`
	Since    calendar.Date `json:"since"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Entry implements Kept.
func (p Programme) Entry() Entry {
	return Entry{ID: p.ID, Body: p.Body, Register: Programmes, Day: p.Since.FirstOr(0), Words: p.Name + " " + p.English + " " + p.French, Revision: p.Revision}
}

// With implements Kept.
func (p Programme) With(e Entry) Programme {
	p.ID, p.Body, p.Revision = e.ID, e.Body, e.Revision
	return p
}

// Check implements Kept.
func (p Programme) Check() error {
	if strings.TrimSpace(p.Name) == "" {
		return fault.Field("name", "register.programme.name")
	}
	return nil
}

// In names the programme in a language, or in Vietnamese.
func (p Programme) In(lang string) string {
	switch {
	case lang == "en" && p.English != "":
		return p.English
	case lang == "fr" && p.French != "":
		return p.French
	}
	return p.Name
}

// Award is something given by another country or body, or proposed.
type Award struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Person   person.ID     `json:"person,omitempty"` // who was honoured,
	Name     string        `json:"name,omitempty"`   // or a name or body outside the book; empty: the body itself
	Title    string        `json:"title"`
	Level    string        `json:"level,omitempty"` // class or rank in words, "first class"
	Grade    contest.Grade `json:"grade,omitzero"`
	By       string        `json:"by,omitempty"` // who gives it
	Country  string        `json:"country,omitempty"`
	Decision string        `json:"decision,omitempty"`
	Day      calendar.Date `json:"day"`
	State    string        `json:"state"` // proposed, granted, declined, revoked
	Reason   string        `json:"reason,omitempty"`
	Revision int64         `json:"revision"`
}

// AwardStates lists how an award may stand.
func AwardStates() []string { return []string{"granted", "proposed", "declined", "revoked"} }

// Entry implements Kept.
func (a Award) Entry() Entry {
	return Entry{ID: a.ID, Body: a.Body, Register: Awards, Person: a.Person, Day: a.Day.FirstOr(0), Words: a.Name + " " + a.Title + " " + a.By, Revision: a.Revision}
}

// With implements Kept.
func (a Award) With(e Entry) Award {
	a.ID, a.Body, a.Person, a.Revision = e.ID, e.Body, e.Person, e.Revision
	return a
}

// Check implements Kept.
func (a Award) Check() error {
	var found []error
	if strings.TrimSpace(a.Title) == "" {
		found = append(found, fault.Field("title", "register.award.title"))
	}
	if !slices.Contains(AwardStates(), a.State) {
		found = append(found, fault.Field("state", "register.award.state"))
	}
	return fault.Gather(append(found, a.Grade.Check(), checkCountry(a.Country))...)
}

func checkCountry(code string) error {
	if code != "" && !locale.IsCountry(code) {
		return fault.Field("country", "locale.country.unknown", code)
	}
	return nil
}

// RegisterTx is what the registers need of a transaction.
type RegisterTx interface {
	NewID() int64
	RegisterEntry(ctx context.Context, id int64) (Entry, error)
	SaveRegister(ctx context.Context, e Entry, record any) error
}

// Enter writes a record of a register, new or changed. based is the revision the
// actor saw, 0 for a new one.
func Enter[T Kept[T]](ctx context.Context, tx RegisterTx, by access.Actor, record T, based int64) (T, error) {
	e := record.Entry()
	var none T
	if e.ID != 0 {
		before, err := tx.RegisterEntry(ctx, e.ID)
		if err != nil {
			return none, err
		}
		if before.Register != e.Register {
			return none, fault.Missing("register.missing")
		}
		if before.Revision != based {
			return none, fault.Outdated("common.outdated")
		}
		e.Body = before.Body
	} else {
		e.ID = tx.NewID()
	}
	if err := by.May(access.PostDeeds, e.Body); err != nil {
		return none, err
	}
	if err := record.Check(); err != nil {
		return none, err
	}
	e.Revision = based + 1
	kept := record.With(e)
	return kept, tx.SaveRegister(ctx, e, kept)
}

// AidTx is what grants need of a transaction: their lines are those of a deed.
type AidTx interface {
	RegisterTx
	deed.Tx
}

// Grant writes a grant and the deed whose lines count it, stage by stage.
func Grant(ctx context.Context, tx AidTx, by access.Actor, a Aid, based int64) (Aid, error) {
	if err := a.Check(); err != nil {
		return Aid{}, err
	}
	d := deed.Deed{Body: a.Body, Kind: "ngo-aid", Title: strings.TrimSpace(a.Title), Day: a.From, PlaceNote: a.Place, Parties: []deed.Party{{Role: deed.Giver, Name: a.Donor}}, Lines: a.lines(), Status: deed.Done}
	if d.Day.IsUnknown() {
		d.Day = a.Approved
	}
	if first, ok := d.Day.First(); ok && first > tx.Today() {
		d.Status = deed.Planned
	}
	if a.Deed == 0 {
		posted, err := deed.Post(ctx, tx, by, d)
		if err != nil {
			return Aid{}, err
		}
		a.Deed = posted.ID
		return Enter(ctx, tx, by, a, based)
	}
	before, err := tx.Deed(ctx, a.Deed)
	if err != nil {
		return Aid{}, err
	}
	d.ID, d.Body = before.ID, before.Body
	if _, err := deed.Correct(ctx, tx, by, d, before.Revision); err != nil {
		return Aid{}, err
	}
	return Enter(ctx, tx, by, a, based)
}
