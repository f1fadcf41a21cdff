package web

import (
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// fundClosing shows until when the fund is closed, and closes it further.
func (s *Server) fundClosing(d *desk) error {
	p, err := d.closingPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) closingPage(wrong page.Problems) (page.FundForm, error) {
	p := page.FundForm{Shell: d.frame(d.say("fundpages.closing")), Wrong: wrong, Head: page.FormHead{Action: d.to("/fund/closing")}, Carry: d.carryFund()}
	p.Shell.Lead = d.say("fundpages.closing.text")
	standing, err := d.standing()
	if err != nil {
		return p, err
	}
	p.Facts = standing
	if d.may(access.CloseFund, d.fund.Body) {
		until := d.field(&p, "until", "fundpages.closing.until")
		if until.Value == "" && d.Method == "GET" {
			y, m, _ := d.today().Civil()
			until.Value = d.on(calendar.DayOf(y, m, 1) - 1)
		}
		until.Hint, until.EchoFrom, until.Echo = d.say("fundpages.closing.hint"), d.to("/fund/echo/day"), d.dayLine(until.Value)
		p.Main, p.Do = []templ.Component{page.DateInput(d.reader, until)}, d.say("fundpages.closing.do")
		if d.may(access.Approve, d.fund.Body) && d.fund.Closed != calendar.Earliest {
			reason := d.field(&p, "reason", "fundpages.reopen.why")
			reason.Whole, reason.Hint = true, d.say("fundpages.reopen.hint")
			p.Folds = []page.FundFold{{Head: d.say("fundpages.reopen"), Open: reason.Value != "" || reason.Wrong != "", Fields: []templ.Component{page.TextInput(d.reader, reason)}}}
		}
	}
	history, err := d.closingHistory()
	p.Parts = []page.FundPart{history}
	return p, err
}

// closingHistory lists how the fund was closed and reopened.
func (d *desk) closingHistory() (page.FundPart, error) {
	all, err := d.view().Closings(d.Context(), d.fund.Body)
	t := page.Table{Caption: d.say("fundpages.closing.history"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.closing.at")}, {Head: d.say("fundpages.closing.what"), Chief: true}, {Head: d.say("common.by")}, {Head: d.say("common.reason")},
	}, Empty: page.Empty{Head: d.say("fundpages.closing.none"), Text: d.say("fundpages.closing.none.text")}}
	for _, c := range all {
		what := d.say("fundpages.closed.until", d.until(c.Until))
		if c.Reopens() {
			what = d.say("fundpages.reopened.until", d.until(c.Until))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: d.instant(c.At)}, {Text: what}, {Text: d.nameOf(c.By)}, {Text: c.Reason}}})
	}
	return page.FundPart{Head: d.say("fundpages.closing.history"), Table: t}, err
}

// until writes the last closed day.
func (d *desk) until(day calendar.Day) string {
	if day == calendar.Earliest {
		return d.say("fundpages.closed.never")
	}
	return d.on(day)
}

// nameOf is what a person is called, nothing where the reader may not know.
func (d *desk) nameOf(id person.ID) string {
	if id == 0 {
		return ""
	}
	p, err := d.view().Person(d.Context(), id)
	if err != nil {
		return ""
	}
	return p.Name
}

// closeFund closes the fund until a day, or reopens it where a reason is given.
func (s *Server) closeFund(d *desk) error {
	until, err := d.dayGiven("until")
	reopens := d.value("reason") != "" && until < d.fund.Closed
	if err == nil {
		err = d.write("fundpages.why.close", func(ctx context.Context, tx *store.Tx) error {
			if reopens {
				_, err := fund.Reopen(ctx, tx, d.actor, d.fund.Body, until, d.value("reason"))
				return err
			}
			_, err := fund.Close(ctx, tx, d.actor, d.fund.Body, until)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.closingPage(page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	key := "fundpages.closed.done"
	if reopens {
		key = "fundpages.reopened.done"
	}
	return d.doneAt(d.to("/fund/closing"), d.well(key, d.on(until)))
}
