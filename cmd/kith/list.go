package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/store"
)

type listCommand struct {
	What   string `arg:"" help:"census, longevity, deeds, parties, named, exceptions, statement, dues, reports, board, dead, origins, consents, unnamed, activities, plan, visits, gifts, owed, coming, merger, elsewhere, memorials, keepsakes, press, terms, large, service, scholars, friends or languages." enum:"owed,coming,merger,elsewhere,memorials,keepsakes,press,named,consents,census,longevity,deeds,parties,exceptions,statement,dues,reports,board,dead,origins,unnamed,activities,plan,visits,gifts,terms,large,service,scholars,friends,languages"`
	Body   string `help:"Code of the body; the whole association without it." placeholder:"CODE"`
	Period string `help:"Period in EDTF: 2025, 2025-03, 2003-10/2024-05. What stands on a day is told for its last day." placeholder:"EDTF"`
	Kind   string `help:"Only deeds of this kind, such as sick-visit." placeholder:"CODE"`
	As     string `help:"text, csv or json." enum:"text,csv,json" default:"text"`
}

// Help gives examples.
func (listCommand) Help() string {
	return `Prints what people ask for, as the pages show it. Without a period: this year, or today. Examples:
  kith list longevity --period 2027
  kith list census --period 2023-05-31
  kith list deeds --kind sick-visit --period 2026 --as csv
  kith list dues --period 2026
  kith list board --as json
  kith list named --period 2003-10/2026-10
  kith list consents
  kith list visits --body binh-duong-friendship-union --period 2026`
}

// listing is a list as it is printed. The codes of its columns are the same in
// every language.
type listing struct {
	columns []string
	rows    [][]string
}

func (l *listing) add(cells ...string) { l.rows = append(l.rows, cells) }

// asked is what a list is asked about.
type asked struct {
	ctx    context.Context
	view   *store.View
	to     locale.Speaker
	of     body.Body
	period calendar.Period
	kind   string
}

// on is the day for what stands on a day.
func (a asked) on() calendar.Day { return min(a.period.To, a.view.Today()) }

// Run prints one list.
func (c listCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	a, err := c.ask(p, book.As(p.operator()))
	if err != nil {
		return err
	}
	makers := map[string]func(asked) (listing, error){
		"census": censusList, "longevity": longevityList, "deeds": deedList, "parties": partyList, "exceptions": exceptionList,
		"statement": statementList, "dues": dueList, "reports": turnList, "board": boardList, "dead": deadList,
		"origins": originList, "unnamed": unnamedList, "named": namedList, "consents": consentList,
		"activities": activityList, "plan": planList, "visits": visitList, "gifts": giftList, "owed": owedList, "coming": comingList,
		"merger": mergerList, "elsewhere": elsewhereList, "memorials": memorialList, "keepsakes": keepsakeList, "press": pressList,
		"terms": termList, "large": largeList, "service": serviceList, "scholars": scholarList, "friends": friendList, "languages": tongueList,
	}
	l, err := makers[c.What](a)
	if err != nil {
		return err
	}
	return c.print(p, l)
}

func (c listCommand) ask(p *program, view *store.View) (asked, error) {
	a := asked{ctx: p.ctx, view: view, to: p.words.In(p.lang()), kind: c.Kind, period: calendar.Year(view.Today().Year())}
	var err error
	if c.Body == "" {
		a.of, err = view.Body(p.ctx, view.Root())
	} else {
		a.of, err = view.BodyByCode(p.ctx, c.Body)
	}
	if err != nil {
		return a, err
	}
	if c.Kind != "" {
		if _, err := view.Kind(p.ctx, c.Kind); err != nil {
			return a, err
		}
	}
	if c.Period != "" {
		a.period, err = calendar.ParsePeriod(c.Period)
	}
	return a, err
}

func (c listCommand) print(p *program, l listing) error {
	switch c.As {
	case "json":
		all := []map[string]string{}
		for _, row := range l.rows {
			one := map[string]string{}
			for i, column := range l.columns {
				one[column] = row[i]
			}
			all = append(all, one)
		}
		return json.NewEncoder(p.stdout).Encode(all)
	case "csv":
		return csv.NewWriter(p.stdout).WriteAll(append([][]string{l.columns}, l.rows...))
	}
	for _, row := range l.rows {
		fmt.Fprintln(p.stdout, strings.Join(row, "\t"))
	}
	return nil
}

// deeds reads all deeds of the kind and period, the earliest first.
func (a asked) deeds() ([]deed.Deed, error) {
	q := store.DeedQuery{Kind: a.kind, Status: deed.Done, Body: a.of.ID, Period: a.period, Dated: true, Oldest: true, Limit: 500}
	var all []deed.Deed
	for {
		some, next, err := a.view.Deeds(a.ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

// people reads everybody that a query fits.
func (a asked) people(q store.PeopleQuery) ([]store.PersonRow, error) {
	q.Branch, q.Limit = a.of.ID, 500
	var all []store.PersonRow
	for {
		some, next, err := a.view.People(a.ctx, q)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			if a.view.Tree().Belongs(p.Body, a.of.ID, a.on()) {
				all = append(all, p)
			}
		}
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}

// branchOf names the branch of somebody's membership.
func (a asked) branchOf(p store.PersonRow) (string, error) {
	if len(p.Memberships) == 0 {
		return "", nil
	}
	return a.nameOf(p.Memberships[0].Body)
}

func (a asked) nameOf(id body.ID) (string, error) {
	of, err := a.view.Body(a.ctx, id)
	return of.ShortOn(string(a.to.Lang), a.on()), err
}

// money sums what the lines of a deed say of money.
func (a asked) money(d deed.Deed) string {
	var all []string
	for _, l := range d.Lines {
		if l.Unit == deed.Money {
			all = append(all, a.amount(money.Of(l.Quantity, l.Currency)))
		}
	}
	return strings.Join(all, " + ")
}

// amount writes money with plain spaces, as terminals and other programs expect.
func (a asked) amount(m money.Amount) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(a.to.Money(m))
}

func number(n int) string { return strconv.Itoa(n) }
