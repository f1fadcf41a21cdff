package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
)

// desk is the treasurer's desk: a request about one fund, with what nearly
// every page of money needs. The fund is the association's unless fund= names
// the body whose fund is meant.
type desk struct {
	*request
	fund     fund.Fund
	funds    []body.ID
	accounts []fund.Account
	bodies   map[body.ID]string
}

// atDesk makes a handler of one that works at a desk.
func (s *Server) atDesk(h func(d *desk) error) func(*request) error {
	return func(q *request) error {
		if err := q.read(); err != nil {
			return err
		}
		d, err := q.desk()
		if err != nil {
			return err
		}
		if d.fund.Currency == "" {
			return d.noFund()
		}
		return h(d)
	}
}

// money answers a pattern about one fund.
func (s *Server) money(pattern string, h func(d *desk) error) {
	s.inside(pattern, s.atDesk(h))
}

// desk opens the fund that the request is about. Where none has been opened
// yet, its currency is empty.
func (q *request) desk() (*desk, error) {
	d := &desk{request: q}
	var err error
	if d.funds, err = q.view().Funds(q.Context()); err != nil {
		return nil, err
	}
	of := body.ID(d.idGiven("fund"))
	if of == 0 && strings.HasPrefix(q.URL.Path, "/fund/") {
		of = body.ID(d.idGiven("body")) // as figures of reports name it
	}
	if of == 0 {
		of = q.root()
		if len(d.funds) > 0 && !q.may(access.ReadFund, of) {
			of = d.funds[0]
		}
	}
	if err := d.nameBodies(); err != nil {
		return nil, err
	}
	d.fund, err = q.view().Fund(q.Context(), of)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		d.fund = fund.Fund{Body: of}
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	d.accounts, err = q.view().FundAccounts(q.Context(), of)
	return d, err
}

// nameBodies learns what bodies are called today.
func (d *desk) nameBodies() error {
	all, err := d.view().Bodies(d.Context())
	if err != nil {
		return err
	}
	d.bodies = make(map[body.ID]string, len(all))
	for _, b := range all {
		d.bodies[b.ID] = b.ShortOn(string(d.reader.Lang), d.today())
	}
	return nil
}

// words speaks the reader's language.
func (d *desk) words() locale.Speaker { return d.speaker() }

// lang is the reader's language as names of accounts know it.
func (d *desk) lang() string { return string(d.reader.Lang) }

// keeps tells whether the reader keeps this fund.
func (d *desk) keeps() bool { return d.may(access.KeepFund, d.fund.Body) }

// sum writes an amount with its currency; nothing is a nought.
func (d *desk) sum(minor int64, c money.Currency) string {
	return money.Format(money.Of(minor, c), d.reader.Lang)
}

// sums writes amounts in several currencies.
func (d *desk) sums(all []money.Amount) string {
	var said []string
	for _, a := range all {
		said = append(said, money.Format(a, d.reader.Lang))
	}
	return strings.Join(said, " + ")
}

// on writes a day in figures.
func (d *desk) on(day calendar.Day) string { return locale.DayShort(day) }

// to gives the address of a page about the same fund, with some answers.
func (d *desk) to(path string, pairs ...string) string {
	v := url.Values{}
	if d.fund.Body != d.root() {
		v.Set("fund", decimal(d.fund.Body))
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// frame is the frame of a page of the fund, with the way back to it.
func (d *desk) frame(title string, crumbs ...page.Link) page.Shell {
	s := d.shell(title)
	s.Crumbs = append([]page.Link{{Text: d.say("menu.fund"), Href: d.to("/fund")}}, crumbs...)
	if d.fund.Body != d.root() {
		s.Crumbs[0].Text += " · " + d.bodies[d.fund.Body]
	}
	s.Seen = d.moneySeen()
	return s
}

// moneySeen says who can see the pages of the fund. A page without that line is
// better than no page.
func (d *desk) moneySeen() page.Seen {
	if d.Method != http.MethodGet {
		return page.Seen{}
	}
	seen, err := d.seenBy(access.ReadFund, d.bodies, d.fund.Body)
	if err != nil {
		return page.Seen{}
	}
	return seen
}

// carry are the hidden answers that keep a form at its fund.
func (d *desk) carryFund() []page.Option {
	if d.fund.Body == d.root() {
		return nil
	}
	return []page.Option{{Value: "fund", Text: decimal(d.fund.Body)}}
}

// idGiven reads an answer that is an id; 0 where there is none.
func (d *desk) idGiven(name string) int64 {
	n, err := strconv.ParseInt(d.value(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// dateGiven reads an answer that is a date; what cannot be one is refused
// beside its field.
func (d *desk) dateGiven(name string) (calendar.Date, error) {
	date, err := calendar.ReadInput(d.value(name), calendar.Reading{Pivot: d.today().Year()})
	if faults := fault.All(err); len(faults) > 0 {
		return date, fault.Field(name, faults[0].Key, faults[0].Args...)
	}
	return date, err
}

// dayGiven reads an answer that must be one day.
func (d *desk) dayGiven(name string) (calendar.Day, error) {
	date, err := d.dateGiven(name)
	if err != nil {
		return 0, err
	}
	day, exact := date.Day()
	if !exact {
		return 0, fault.Field(name, "fundpages.day.exact")
	}
	return day, nil
}

// amountGiven reads an answer that is an amount of a currency; no answer is no
// amount.
func (d *desk) amountGiven(name string, c money.Currency) (money.Amount, error) {
	return d.amountTyped(name, d.value(name), c)
}

func (d *desk) amountTyped(name, typed string, c money.Currency) (money.Amount, error) {
	if typed == "" {
		return money.Amount{}, nil
	}
	a, err := money.Parse(typed, c, d.reader.Lang)
	if faults := fault.All(err); len(faults) > 0 {
		return a, fault.Field(name, faults[0].Key, faults[0].Args...)
	}
	return a, err
}

// purses are the cash boxes and bank accounts of the fund that are in use.
func (d *desk) purses() []fund.Account {
	var all []fund.Account
	for _, a := range d.accounts {
		if a.Class.IsPurse() && !a.Retired {
			all = append(all, a)
		}
	}
	return all
}

// account finds an account of the fund.
func (d *desk) account(id fund.AccountID) fund.Account {
	for _, a := range d.accounts {
		if a.ID == id {
			return a
		}
	}
	return fund.Account{}
}

// purseName is what a purse is called: with its number at the bank, and its
// currency where that is not the fund's own.
func (d *desk) purseName(a fund.Account) string {
	name := a.Name(d.lang())
	if a.Bank != "" && !strings.Contains(name, a.Bank) {
		name += " " + a.Bank
	}
	if a.Number != "" {
		name += " " + lastDigits(a.Number)
	}
	if a.Currency != d.fund.Currency {
		name += " (" + string(a.Currency) + ")"
	}
	return name
}

// lastDigits shortens the number of a bank account to what tells it apart.
func lastDigits(number string) string {
	const shown = 4
	if r := []rune(number); len(r) > shown {
		return "…" + string(r[len(r)-shown:])
	}
	return number
}

// purseOptions offers the purses of the fund.
func (d *desk) purseOptions() []page.Option {
	var all []page.Option
	for n, a := range d.purses() {
		all = append(all, page.Option{Value: decimal(a.ID), Text: d.purseName(a), Chosen: n == 0})
	}
	return all
}

// branchOptions offers the association itself and its branches.
func (d *desk) branchOptions(blank string) []page.Option {
	all := []page.Option{{Text: blank}}
	tree, today := d.view().Tree(), d.today()
	for _, id := range tree.Below(d.fund.Body, today) {
		if name := d.bodies[id]; name != "" {
			all = append(all, page.Option{Value: decimal(id), Text: name})
		}
	}
	return all
}

// decimal writes an id for an address or a form.
func decimal[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
