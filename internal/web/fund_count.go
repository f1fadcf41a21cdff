package web

import (
	"context"
	"strconv"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// fundCount shows the counts of the cash box and asks for a new one.
func (s *Server) fundCount(d *desk) error {
	p, err := d.countPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

// cashBox is the cash box to be counted: the one asked for, or the first.
func (d *desk) cashBox() fund.Account {
	if a := d.account(fund.AccountID(d.idGiven("account"))); a.Class == fund.Cash {
		return a
	}
	for _, a := range d.purses() {
		if a.Class == fund.Cash {
			return a
		}
	}
	return fund.Account{}
}

func (d *desk) countPage(wrong page.Problems) (page.FundForm, error) {
	box := d.cashBox()
	p := page.FundForm{Shell: d.frame(d.say("fundpages.count")), Wrong: wrong, Carry: append(d.carryFund(), page.Option{Value: "account", Text: decimal(box.ID)})}
	p.Shell.Lead = d.say("fundpages.count.lead")
	for _, a := range d.purses() {
		if a.Class == fund.Cash {
			p.Tabs = append(p.Tabs, page.Tab{Text: d.purseName(a), Href: d.to("/fund/cash-count", "account", decimal(a.ID)), Current: a.ID == box.ID})
		}
	}
	if len(p.Tabs) < 2 {
		p.Tabs = nil
	}
	balances, err := d.view().FundBalances(d.Context(), d.fund.Body, d.today())
	if err != nil {
		return p, err
	}
	for _, b := range balances {
		if b.Account.ID == box.ID {
			p.Facts = []page.Fact{{Name: d.say("fundpages.count.booked"), Text: d.sums([]money.Amount{b.Amount})}}
		}
	}
	if d.keeps() {
		d.countFields(&p, box)
	}
	part, err := d.countTable()
	p.Parts = []page.FundPart{part}
	return p, err
}

func (d *desk) countFields(p *page.FundForm, box fund.Account) {
	p.Head, p.Do = page.FormHead{Action: d.to("/fund/cash-count"), Draft: "fund-count"}, d.say("fundpages.count.do")
	for _, note := range fund.Denominations(box.Currency) {
		f := p.Wrong.Mark(page.Field{Name: "note-" + strconv.FormatInt(note, 10), Label: d.say("fundpages.count.note", d.sum(note, box.Currency)), Value: d.value("note-" + strconv.FormatInt(note, 10)), Short: true})
		p.Main = append(p.Main, page.NumberInput(d.reader, f))
	}
	if len(fund.Denominations(box.Currency)) == 0 {
		p.Main = append(p.Main, page.MoneyInput(d.reader, d.amountField(p, "counted", "fundpages.count.counted")))
	}
	people, reason := d.field(p, "people", "fundpages.count.people"), d.field(p, "reason", "fundpages.count.reason")
	people.Value, people.Whole, reason.Whole = d.lines("people"), true, true
	people.Hint, reason.Hint = d.say("fundpages.count.people.hint"), d.say("fundpages.count.reason.hint")
	p.Main = append(p.Main, page.DateInput(d.reader, d.dayField(p, "day", "fundpages.ask.day")), page.TextArea(d.reader, people, 3), page.TextInput(d.reader, reason))
}

// countTable lists the counts so far, each with its minutes.
func (d *desk) countTable() (page.FundPart, error) {
	all, err := d.view().Counts(d.Context(), d.fund.Body)
	t := page.Table{Caption: d.say("fundpages.count.history"), Quiet: true, Columns: []page.Column{
		{Head: d.say("common.day"), Chief: true}, {Head: d.say("fundpages.count.counted"), Figure: true}, {Head: d.say("fundpages.count.booked"), Figure: true}, {Head: d.say("fundpages.count.off"), Figure: true}, {Head: d.say("common.reason")}, {Head: d.say("fundpages.count.minutes")},
	}, Empty: page.Empty{Head: d.say("fundpages.count.none"), Text: d.say("fundpages.count.none.text")}}
	for _, c := range all {
		a := d.account(c.Account)
		off := page.Cell{Text: d.say("fundpages.count.agrees")}
		if c.Difference() != 0 {
			off = page.Cell{Text: d.sum(c.Difference(), a.Currency), Tone: page.Late}
		}
		path := "/fund/cash-count/" + decimal(c.ID) + "/paper/"
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			{Text: d.on(c.Day), Note: d.purseName(a)},
			{Text: d.sum(c.Counted, a.Currency)},
			{Text: d.sum(c.Booked, a.Currency)},
			off,
			{Text: c.Reason},
			{Text: "PDF", Part: page.Toolbar([]page.Tool{{Glyph: page.GlyphPrint, Text: "PDF", Href: d.to(path + "pdf")}, {Glyph: page.GlyphPaper, Text: "Word", Href: d.to(path + "docx")}})},
		}})
	}
	return page.FundPart{Head: d.say("fundpages.count.history"), Table: t}, err
}

// countCash records a count of the cash box.
func (s *Server) countCash(d *desk) error {
	box := d.cashBox()
	c := fund.Count{Account: box.ID, Notes: map[int64]int64{}, Reason: d.value("reason")}
	var found []error
	for _, note := range fund.Denominations(box.Currency) {
		n, err := d.countGiven("note-" + strconv.FormatInt(note, 10))
		if found = append(found, err); n > 0 {
			c.Notes[note] = n
		}
	}
	if counted, err := d.amountGiven("counted", box.Currency); err != nil || counted.Minor > 0 {
		found = append(found, err)
		c.Notes[counted.Minor] = 1
	}
	for _, name := range strings.Split(d.lines("people"), "\n") {
		if name != "" {
			c.People = append(c.People, name)
		}
	}
	var dayErr error
	c.Day, dayErr = d.dayGiven("day")
	err := fault.Gather(append(found, dayErr)...)
	if err == nil {
		err = d.write("fundpages.why.count", func(ctx context.Context, tx *store.Tx) (err error) {
			c, err = fund.CountCash(ctx, tx, d.actor, c)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.countPage(page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	said := d.well("fundpages.count.done.agrees", d.sum(c.Counted, box.Currency))
	if c.Difference() != 0 {
		said = page.Flash{Tone: page.Due, Text: d.say("fundpages.count.done.off", d.sum(c.Counted, box.Currency), d.sum(c.Difference(), box.Currency))}
	}
	return d.doneAt(d.to("/fund/cash-count", "account", decimal(box.ID)), said)
}
