package main

import (
	"encoding/json"
	"fmt"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

type missingCommand struct {
	Form   string `help:"Code of the reporting form." required:"" placeholder:"CODE"`
	Period string `help:"Period: 2026-W45, 2026-10, 2026-Q3 or 2026; the last that has ended unless told." placeholder:"PERIOD"`
	At     string `help:"Only this body and what stands below it." placeholder:"CODE"`
	As     string `help:"json or text." enum:"json,text" default:"text"`
}

// Help gives examples.
func (missingCommand) Help() string {
	return `Prints who has not sent a reporting form for a period, and how complete it is. Examples:
  kith missing --form bao-cao-thang --period 2026-10
  kith missing --form bao-cao-thang --period 2026-10 --as json`
}

// lackingJSON is one unit that has not sent, or whose reply was sent back.
type lackingJSON struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Status string `json:"status"` // missing, returned
	Reason string `json:"reason,omitempty"`
}

// missingJSON is how complete a period of a form is.
type missingJSON struct {
	Form     string        `json:"form"`
	Period   string        `json:"period"`
	Due      string        `json:"due"`
	Expected int64         `json:"expected"`
	Sent     int64         `json:"sent"`
	Late     int64         `json:"late"`
	Approved int64         `json:"approved"`
	Returned int64         `json:"returned"`
	Missing  []lackingJSON `json:"missing"`
}

// Run prints who has not sent.
func (c missingCommand) Run(p *program) error {
	book, err := p.book()
	if err != nil {
		return err
	}
	defer book.Close()
	told, err := c.told(p, book.As(p.operator()))
	if err != nil {
		return err
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(told)
	}
	fmt.Fprintf(p.stdout, "%s\t%s\t%d/%d\n", told.Form, told.Period, told.Sent, told.Expected)
	for _, m := range told.Missing {
		fmt.Fprintf(p.stdout, "%s\t%s\t%s\t%s\n", m.Code, m.Name, p.say("reporting.only."+m.Status), m.Reason)
	}
	return nil
}

func (c missingCommand) told(p *program, view *store.View) (missingJSON, error) {
	f, period, at, err := formAsked(p, view, c.Form, c.Period, c.At)
	if err != nil {
		return missingJSON{}, err
	}
	progress, err := view.FormProgress(p.ctx, f.ID, period, at)
	if err != nil {
		return missingJSON{}, err
	}
	t := progress.Tale
	told := missingJSON{
		Form: f.Code, Period: f.Every.Code(period), Due: f.DueOn(period).String(), Expected: t.Expected, Sent: t.Sent, Late: t.Late, Approved: t.Approved, Returned: t.Returned,
		Missing: []lackingJSON{},
	}
	units, _, err := view.FormReplies(p.ctx, store.RepliesAsked{Form: f.ID, Period: period, At: at, Only: "missing"})
	if err != nil {
		return told, err
	}
	ids := make([]body.ID, 0, len(units))
	for _, u := range units {
		ids = append(ids, u.Unit)
	}
	bodies, err := view.BodiesByID(p.ctx, ids)
	for _, u := range units {
		one := lackingJSON{Code: bodies[u.Unit].Code, Name: bodies[u.Unit].NameOn(p.cli.Lang, view.Today()), Status: "missing"}
		if u.Reply.Status == reporting.Returned {
			one.Status, one.Reason = "returned", u.Reply.Reason
		}
		told.Missing = append(told.Missing, one)
	}
	return told, err
}

// formAsked finds the form, its period and the body at the top that a command names.
func formAsked(p *program, view *store.View, code, typed, under string) (reporting.Form, calendar.Period, body.ID, error) {
	f, err := view.FormByCode(p.ctx, code)
	if err != nil {
		return f, calendar.Period{}, 0, err
	}
	period, at := f.Current(view.Today()), store.FormTop(f)
	if typed != "" {
		if period, err = f.Every.Parse(typed); err != nil {
			return f, period, at, err
		}
	}
	if under != "" {
		b, err := view.BodyByCode(p.ctx, under)
		if err != nil {
			return f, period, at, err
		}
		at = b.ID
	}
	return f, period, at, nil
}
