package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"kith.app/internal/agenda"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
)

type calendarCommand struct {
	From string `help:"First day; today without it." placeholder:"DATE"`
	Days int    `help:"How many days." default:"60"`
	Body string `help:"Code of the body, with all below it; everything without it." placeholder:"CODE"`
	Kind string `help:"Only this kind, such as national or tie." placeholder:"KIND"`
	As   string `help:"text, json or ics." enum:"text,json,ics" default:"text"`
}

// Help gives examples.
func (calendarCommand) Help() string {
	return `Prints what is coming, with the duties of each occasion. Examples:
  kith calendar
  kith calendar --from 2027-04-01 --days 60 --as json
  kith calendar --body hai-duong-dien-bien --as ics > lich.ics`
}

// nameBook is what bodies are named from.
type nameBook interface {
	Body(ctx context.Context, id body.ID) (body.Body, error)
}

// itemJSON is one occasion as other programs read it.
type itemJSON struct {
	Key     string     `json:"key"`
	Kind    string     `json:"kind"`
	Day     string     `json:"day"`
	Until   string     `json:"until"`
	Title   string     `json:"title"`
	Country string     `json:"country"`
	Years   int        `json:"years"`
	Round   bool       `json:"round"`
	Derived bool       `json:"derived"`
	Check   bool       `json:"check"`
	Decreed bool       `json:"decreed"`
	Opens   string     `json:"opens"`
	Who     string     `json:"who"`
	Duties  []dutyJSON `json:"duties"`
}

// dutyJSON is one duty as other programs read it.
type dutyJSON struct {
	Do    string `json:"do"`
	To    string `json:"to"`
	State string `json:"state"`
	Due   string `json:"due"`
}

// Run prints what is coming.
func (c calendarCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	view := book.As(p.operator())
	asked := occasion.Asked{Period: calendar.Period{From: view.Today()}, World: c.Body == ""}
	if c.From != "" {
		if asked.Period.From, err = calendar.ParseDay(c.From); err != nil {
			return err
		}
	}
	if c.Days < 1 || c.Days > 3700 {
		return usageError{key: "cli.calendar.days"}
	}
	asked.Period.To = asked.Period.From + calendar.Day(c.Days)
	if c.Body != "" {
		of, err := view.BodyByCode(p.ctx, c.Body)
		if err != nil {
			return err
		}
		asked.Body = of.ID
	}
	items, err := agenda.Of(p.ctx, view, asked)
	if err != nil {
		return err
	}
	if c.Kind != "" {
		kind, err := occasion.ParseKind(c.Kind)
		if err != nil {
			return err
		}
		items = agenda.Narrow{Kind: kind}.Keep(items, p.words.In(p.lang()), func(s string) string { return s })
	}
	if c.As == "ics" {
		feed := agenda.Feed{To: p.words.In(p.lang()), Name: p.say("calendar.name"), Book: strconv.FormatInt(int64(book.Root()), 36), Stamp: book.Now(), Zone: "Asia/Ho_Chi_Minh"}
		return feed.Write(p.stdout, items)
	}
	return c.print(p, view, items)
}

func (c calendarCommand) print(p *program, names nameBook, items []agenda.Item) error {
	all := []itemJSON{}
	to := p.words.In(p.lang())
	for _, i := range items {
		one := itemJSON{
			Key: i.Key(), Kind: string(i.Kind), Day: i.Day.String(), Until: i.Until.String(), Title: i.Title(to), Country: i.Country, Years: i.Number,
			Round: i.Round(), Derived: i.Derived, Check: i.Check, Decreed: i.Decreed, Opens: i.Opens().String(), Who: agenda.Who(to, i.Occurrence), Duties: []dutyJSON{},
		}
		for _, d := range i.Duties {
			name := d.ToName
			if d.To != 0 {
				b, err := names.Body(p.ctx, d.To)
				if err != nil {
					return err
				}
				name = b.NameOn(string(p.lang()), i.Day)
			}
			one.Duties = append(one.Duties, dutyJSON{string(d.Do), name, agenda.State(to, d), d.Due().String()})
		}
		all = append(all, one)
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(all)
	}
	for _, i := range all {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", i.Day, i.Kind, i.Title)
		for _, d := range i.Duties {
			fmt.Fprintf(p.stdout, "\t%s\t%s\t%s\n", d.Do, d.To, d.State)
		}
	}
	return nil
}
