package union

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Hosting is a family that takes a scholar in, for a time.
type Hosting struct {
	Family string        `json:"family"`
	During calendar.Date `json:"during"`
	Note   string        `json:"note,omitempty"`
}

// Payment is what a scholar was given for a year.
type Payment struct {
	Year   int          `json:"year"` // in which the school year begins
	Day    calendar.Day `json:"day,omitempty"`
	Amount money.Amount `json:"amount"`
	Entry  fund.EntryID `json:"entry,omitempty"` // of the fund, where it paid
	Note   string       `json:"note,omitempty"`
}

// Scholar is a student from abroad whom a union supports, with the family that
// takes them in.
type Scholar struct {
	ID       int64         `json:"id"`
	Body     body.ID       `json:"body"`
	Person   person.ID     `json:"person,omitempty"`
	Name     string        `json:"name,omitempty"`
	Country  string        `json:"country,omitempty"`
	School   string        `json:"school,omitempty"`
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	Yearly   money.Amount  `json:"yearly,omitzero"` // what they are given a year
	Family   string        `json:"family,omitempty"`
	Hosted   calendar.Date `json:"hosted"`          // since when, or from when until when
	Hosts    []Hosting     `json:"hosts,omitempty"` // the families that followed
	Payments []Payment     `json:"payments,omitempty"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`
}

// Entry implements Kept.
func (s Scholar) Entry() Entry {
	return Entry{ID: s.ID, Body: s.Body, Register: Scholars, Person: s.Person, Day: s.From.FirstOr(0), Words: s.Name + " " + s.School + " " + s.families(), Revision: s.Revision}
}

// With implements Kept.
func (s Scholar) With(e Entry) Scholar {
	s.ID, s.Body, s.Person, s.Revision = e.ID, e.Body, e.Person, e.Revision
	return s
}

// Check implements Kept.
func (s Scholar) Check() error {
	var found []error
	if s.Person == 0 && strings.TrimSpace(s.Name) == "" {
		found = append(found, fault.Field("who", "register.scholar.name"))
	}
	found = append(found, checkCountry(s.Country))
	first, ok1 := s.From.First()
	last, ok2 := s.Until.Last()
	if ok1 && ok2 && last < first {
		found = append(found, fault.Field("until", "register.until.early"))
	}
	return fault.Gather(found...)
}

// Years is for how many school years a scholar has been supported by a day, the
// one begun counted; 0 where the beginning is not known.
func (s Scholar) Years(today calendar.Day) int {
	first, known := s.From.First()
	if !known || first > today {
		return 0
	}
	end := min(today, s.Until.LastOr(today))
	return max(1, (int(end-first)+364)/365)
}

// Families lists the host families in the order of time.
func (s Scholar) Families() []Hosting {
	var all []Hosting
	if s.Family != "" {
		all = append(all, Hosting{Family: s.Family, During: s.Hosted})
	}
	all = append(all, s.Hosts...)
	slices.SortStableFunc(all, func(a, b Hosting) int { return cmp.Compare(a.During.FirstOr(0), b.During.FirstOr(0)) })
	return all
}

func (s Scholar) families() string {
	var names []string
	for _, h := range s.Families() {
		names = append(names, h.Family)
	}
	return strings.Join(names, " ")
}

// Given sums what a scholar was given, by currency, and counts the years paid for.
func (s Scholar) Given() (sums []money.Amount, years int) {
	known := map[int]bool{}
	for _, p := range s.Payments {
		known[p.Year] = true
		if more, err := money.AddTo(sums, p.Amount); err == nil {
			sums = more
		}
	}
	return sums, len(known)
}

// ScholarTx is what supporting scholars needs of a transaction.
type ScholarTx interface {
	RegisterTx
	Today() calendar.Day
	Scholar(ctx context.Context, id int64) (Scholar, error)
	Entry(ctx context.Context, id fund.EntryID) (fund.Entry, error)
}

// Pay says what a scholar was given for a year. Where the fund paid it, the entry
// is named, and neither day nor amount need be told again.
func Pay(ctx context.Context, tx ScholarTx, by access.Actor, id int64, p Payment) (Scholar, error) {
	s, err := tx.Scholar(ctx, id)
	if err != nil {
		return Scholar{}, err
	}
	if err := by.May(access.PostDeeds, s.Body); err != nil {
		return Scholar{}, err
	}
	if p.Entry != 0 {
		if p, err = fromFund(ctx, tx, by, s, p); err != nil {
			return Scholar{}, err
		}
	}
	switch {
	case p.Amount.IsNone() || p.Amount.Minor <= 0:
		return Scholar{}, fault.Field("amount", "register.scholar.pay.amount")
	case p.Day > tx.Today():
		return Scholar{}, fault.Field("day", "gift.day.future")
	case p.Year == 0 && p.Day == 0:
		return Scholar{}, fault.Field("year", "register.scholar.pay.year")
	}
	if p.Year == 0 {
		p.Year = p.Day.Year()
	}
	if first, ok := s.From.First(); ok && p.Year < first.Year() || p.Year > tx.Today().Year()+1 {
		return Scholar{}, fault.Field("year", "register.scholar.pay.range")
	}
	s.Payments = append(slices.Clone(s.Payments), p)
	slices.SortStableFunc(s.Payments, func(a, b Payment) int { return cmp.Or(a.Year-b.Year, cmp.Compare(a.Day, b.Day)) })
	return Enter(ctx, tx, by, s, s.Revision)
}

// fromFund takes day and amount of a payment from the entry that paid it.
func fromFund(ctx context.Context, tx ScholarTx, by access.Actor, s Scholar, p Payment) (Payment, error) {
	e, err := tx.Entry(ctx, p.Entry)
	if err != nil {
		return p, err
	}
	if err := by.May(access.ReadFund, e.Body); err != nil {
		return p, err
	}
	if slices.ContainsFunc(s.Payments, func(o Payment) bool { return o.Entry == p.Entry && o.Year == p.Year }) {
		return p, fault.Field("entry", "register.scholar.pay.twice")
	}
	if e.Reversed != 0 {
		return p, fault.Field("entry", "register.scholar.pay.reversed")
	}
	if p.Day == 0 {
		p.Day = e.Day
	}
	if p.Amount.IsNone() {
		if sums := e.Total(); len(sums) > 0 {
			p.Amount = sums[0]
		}
	}
	return p, nil
}

// Lodge says that a family took a scholar in, and when.
func Lodge(ctx context.Context, tx ScholarTx, by access.Actor, id int64, h Hosting) (Scholar, error) {
	s, err := tx.Scholar(ctx, id)
	if err != nil {
		return Scholar{}, err
	}
	if strings.TrimSpace(h.Family) == "" {
		return Scholar{}, fault.Field("family", "register.scholar.host.family")
	}
	if first, ok := h.During.First(); ok && first > tx.Today() {
		return Scholar{}, fault.Field("during", "gift.day.future")
	}
	s.Hosts = append(slices.Clone(s.Hosts), h)
	return Enter(ctx, tx, by, s, s.Revision)
}
