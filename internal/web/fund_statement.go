package web

import (
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
)

// periodOrYear is the period asked for, this year where none is.
func (d *desk) periodOrYear() (calendar.Period, error) {
	p, err := d.periodGiven()
	if err != nil || p.From == calendar.Earliest && p.To == calendar.Latest && d.value("all") == "" {
		return calendar.Year(d.today().Year()), err
	}
	p.To = min(p.To, max(d.today(), p.From))
	return p, nil
}

// periodFilter asks for a period by its first and last day, and offers the
// usual ones.
func (d *desk) periodFilter(p *page.FundList, path string, period calendar.Period, wrong error, carry ...page.FundPick) {
	problems := page.ProblemsOf(wrong, d.reader)
	from := page.Field{Name: "from", Label: d.say("common.from"), Value: d.value("from"), Wrong: problems.At("from")}
	to := page.Field{Name: "to", Label: d.say("common.to"), Value: d.value("to"), Wrong: problems.At("to")}
	if from.Value == "" && from.Wrong == "" && period.From != calendar.Earliest {
		from.Value = d.on(period.From)
	}
	if to.Value == "" && to.Wrong == "" && period.To != calendar.Latest {
		to.Value = d.on(period.To)
	}
	p.Filter = &page.FilterHead{Action: path, NoBox: true}
	p.Picks = append([]page.FundPick{{Field: from}, {Field: to}}, carry...)
	year, month, _ := d.today().Civil()
	for _, usual := range []struct {
		key    string
		period calendar.Period
	}{
		{"fundpages.period.month", calendar.MonthOf(year, month)},
		{"fundpages.period.year", calendar.Year(year)},
		{"fundpages.period.last", calendar.Year(year - 1)},
	} {
		p.Tabs = append(p.Tabs, page.Tab{
			Text: d.say(usual.key), Current: period.From == usual.period.From && period.To == min(usual.period.To, max(d.today(), usual.period.From)) || period == usual.period,
			Href: d.to(path, "from", d.on(usual.period.From), "to", d.on(usual.period.To), "whole", d.value("whole")),
		})
	}
}

// fundPick keeps a form at its fund.
func (d *desk) fundPick() []page.FundPick {
	if d.fund.Body == d.root() {
		return nil
	}
	return []page.FundPick{{Field: page.Field{Name: "fund", ID: "of-fund", Label: d.say("fundpages.funds"), Value: decimal(d.fund.Body)}, Options: []page.Option{{Value: decimal(d.fund.Body), Text: d.bodies[d.fund.Body]}}}}
}

// statementAsked composes the statement that the address asks for: of the fund
// alone, or with those of the branches below.
func (d *desk) statementAsked() (fund.Statement, error) {
	period, wrong := d.periodOrYear()
	read := d.view().Statement
	if d.value("whole") != "" {
		read = d.view().StatementBelow
	}
	s, err := read(d.Context(), d.fund.Body, period)
	if err != nil {
		return s, err
	}
	return s, wrong
}

// fundStatement shows receipts and payments by heading and branch with the
// balances at both ends.
func (s *Server) fundStatement(d *desk) error {
	st, wrong := d.statementAsked()
	if wrong != nil && !isInvalid(wrong) {
		return wrong
	}
	p := page.FundList{Shell: d.frame(d.say("fundpages.statement")), Print: true}
	p.Shell.Lead = d.words().Period(st.Period)
	whole := page.FundPick{Field: page.Field{Name: "whole", Label: d.say("fundpages.whole"), Value: d.value("whole")}, Options: []page.Option{
		{Text: d.say("fundpages.whole.own")}, {Value: "yes", Text: d.say("fundpages.whole.all")},
	}}
	picks := d.fundPick()
	if len(d.funds) > 1 {
		picks = append(picks, whole)
	}
	d.periodFilter(&p, "/fund/statement", st.Period, wrong, picks...)
	for _, sheet := range st.Sheets {
		p.Parts = append(p.Parts, d.sheetParts(sheet, st.Period)...)
	}
	if len(st.Sheets) == 0 {
		p.Parts = []page.FundPart{{Table: page.Table{Columns: []page.Column{{}}, Empty: page.Empty{Glyph: page.GlyphFund, Head: d.say("fundpages.statement.none"), Text: d.say("fundpages.statement.none.text")}}}}
	}
	p.Tools = []page.Tool{
		{Glyph: page.GlyphPaper, Text: d.say("fundpages.paper.docx"), Href: "/fund/statement/paper/docx?" + d.URL.RawQuery},
		{Glyph: page.GlyphPaper, Text: "PDF", Href: "/fund/statement/paper/pdf?" + d.URL.RawQuery},
		{Glyph: page.GlyphDownload, Text: d.say("common.export.xlsx"), Href: "/fund/statement.xlsx?" + d.URL.RawQuery},
	}
	return d.show(page.FundLists(p))
}

// sheetParts shows a statement in one currency: the balances, then what came
// and went by heading, then by branch.
func (d *desk) sheetParts(s fund.Sheet, period calendar.Period) []page.FundPart {
	parts := []page.FundPart{
		{Head: d.say("fundpages.balances", string(s.Currency)), Table: d.balanceTable(s)},
		{Head: d.say("fundpages.received"), Table: d.rowTable(d.say("fundpages.received"), fund.ByHeading(s.In), s.Receipts, s.Currency, d.headingPath(period))},
		{Head: d.say("fundpages.paid"), Table: d.rowTable(d.say("fundpages.paid"), fund.ByHeading(s.Out), s.Payments, s.Currency, d.headingPath(period))},
	}
	if branches := d.branchTable(s, period); len(branches.Rows) > 1 {
		parts = append(parts, page.FundPart{Head: d.say("fundpages.bybranch"), Table: branches})
	}
	return parts
}

// headingPath leads from a heading to its entries.
func (d *desk) headingPath(period calendar.Period) func(fund.Row) string {
	return func(r fund.Row) string {
		if d.value("whole") != "" {
			return ""
		}
		return d.to("/fund/entries", "heading", string(r.Class)+"."+r.Code, "from", d.on(period.From), "to", d.on(period.To))
	}
}

// balanceTable shows the balances: opening, what came and went, closing, and
// each purse.
func (d *desk) balanceTable(s fund.Sheet) page.Table {
	t := page.Table{Caption: d.say("fundpages.balances", string(s.Currency)), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.purse"), Chief: true}, {Head: d.say("fundpages.start"), Figure: true}, {Head: d.say("fundpages.end"), Figure: true},
	}}
	sum := func(minor int64) page.Cell { return page.Cell{Text: d.sum(minor, s.Currency)} }
	for _, h := range s.Purses {
		if h.Opening == 0 && h.Closing == 0 && h.Account.Class != fund.Cash {
			continue
		}
		name := d.purseName(h.Account)
		if h.Account.Body != d.fund.Body {
			name = d.bodies[h.Account.Body] + ": " + name
		}
		t.Rows = append(t.Rows, page.Row{Href: d.to("/fund/ledger/" + decimal(h.Account.ID)), Cells: []page.Cell{{Text: name}, sum(h.Opening), sum(h.Closing)}})
	}
	t.Total = []page.Cell{{Text: d.say("common.total"), Note: d.movedNote(s)}, sum(s.Opening), sum(s.Closing)}
	return t
}

// movedNote explains what is neither receipt nor payment between the balances.
func (d *desk) movedNote(s fund.Sheet) string {
	notes := []string{d.say("fundpages.flow", d.sum(s.Receipts, s.Currency), d.sum(s.Payments, s.Currency))}
	if s.Brought != 0 {
		notes = append(notes, d.say("fundpages.flow.brought", d.sum(s.Brought, s.Currency)))
	}
	if s.Moved != 0 {
		notes = append(notes, d.say("fundpages.flow.moved", d.sum(s.Moved, s.Currency)))
	}
	return strings.Join(notes, " · ")
}

// rowTable shows headings with their amounts and shares.
func (d *desk) rowTable(caption string, rows []fund.Row, total int64, c money.Currency, href func(fund.Row) string) page.Table {
	t := page.Table{Caption: caption, Quiet: true, Columns: []page.Column{{Head: d.say("fundpages.heading"), Chief: true}, {Head: d.say("common.amount"), Figure: true}, {Head: d.say("fundpages.share"), Figure: true}}}
	for _, r := range rows {
		t.Rows = append(t.Rows, page.Row{Href: href(r), Cells: []page.Cell{{Text: d.rowName(r)}, {Text: d.sum(r.Amount.Minor, c)}, {Text: d.share(r.Amount.Minor, total)}}})
	}
	t.Empty = page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.nothing.text")}
	t.Total = []page.Cell{{Text: d.say("common.total")}, {Text: d.sum(total, c)}, {}}
	return t
}

// rowName is what a row of a statement is called.
func (d *desk) rowName(r fund.Row) string {
	if n := r.Names[d.lang()]; n != "" {
		return n
	}
	return r.Names["vi"]
}

// share is how much of a whole, in per cent.
func (d *desk) share(part, whole int64) string {
	if whole <= 0 || part < 0 {
		return ""
	}
	return d.words().Percent(int64(float64(part)/float64(whole)*1000 + 0.5))
}

// branchTable shows receipts and payments by branch.
func (d *desk) branchTable(s fund.Sheet, period calendar.Period) page.Table {
	t := page.Table{Caption: d.say("fundpages.bybranch"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.branch"), Chief: true}, {Head: d.say("fundpages.received"), Figure: true}, {Head: d.say("fundpages.paid"), Figure: true},
	}}
	in, out := map[body.ID]int64{}, map[body.ID]int64{}
	var order []body.ID
	for _, r := range fund.ByBranch(append(append([]fund.Row{}, s.In...), s.Out...)) {
		order = append(order, r.Branch)
	}
	for _, r := range s.In {
		in[r.Branch] += r.Amount.Minor
	}
	for _, r := range s.Out {
		out[r.Branch] += r.Amount.Minor
	}
	for _, id := range order {
		name, href := d.bodies[id], d.to("/fund/entries", "branch", decimal(id), "from", d.on(period.From), "to", d.on(period.To))
		if id == 0 {
			name, href = d.say("fundpages.branch.none"), ""
		}
		t.Rows = append(t.Rows, page.Row{Href: href, Cells: []page.Cell{{Text: name}, {Text: d.sum(in[id], s.Currency)}, {Text: d.sum(out[id], s.Currency)}}})
	}
	t.Total = []page.Cell{{Text: d.say("common.total")}, {Text: d.sum(s.Receipts, s.Currency)}, {Text: d.sum(s.Payments, s.Currency)}}
	return t
}

// fundStatementSheet gives the statement as a workbook.
func (s *Server) fundStatementSheet(d *desk) error {
	st, err := d.statementAsked()
	if err != nil {
		return err
	}
	var rows [][]sheet.Value
	line := func(kind, heading, branch string, a money.Amount) {
		rows = append(rows, []sheet.Value{sheet.Words(kind), sheet.Words(heading), sheet.Words(branch), sheet.Sum(a), sheet.Words(string(a.Currency))})
	}
	for _, sh := range st.Sheets {
		c := sh.Currency
		line(d.say("fundpages.start"), "", "", money.Of(sh.Opening, c))
		for _, r := range sh.In {
			line(d.say("fundpages.received"), d.rowName(r), d.bodies[r.Branch], r.Amount)
		}
		for _, r := range sh.Out {
			line(d.say("fundpages.paid"), d.rowName(r), d.bodies[r.Branch], r.Amount)
		}
		for _, r := range sh.Other {
			line(d.say("fundpages.other"), d.rowName(r), d.bodies[r.Branch], r.Amount)
		}
		line(d.say("fundpages.brought"), "", "", money.Of(sh.Brought, c))
		line(d.say("fundpages.end"), "", "", money.Of(sh.Closing, c))
	}
	heads := []string{"common.kind", "fundpages.heading", "fundpages.branch", "common.amount", "common.currency"}
	return d.sendTable("thu-chi.xlsx", d.say("fundpages.statement"), heads, rows)
}

// sendTable sends rows as a workbook.
func (d *desk) sendTable(file, name string, heads []string, rows [][]sheet.Value) error {
	t := sheet.Table{Name: name, Rows: func(yield func([]sheet.Value) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}}
	for _, key := range heads {
		t.Columns = append(t.Columns, sheet.Column{Title: d.say(key)})
	}
	return d.sendSheet(file, t, nil)
}

// ledgerMost is how many lines a page of a ledger shows; a narrower period
// shows the rest.
const ledgerMost = 400

// fundLedger shows one account line by line.
func (s *Server) fundLedger(d *desk) error {
	id, err := d.number("id")
	if err != nil {
		return err
	}
	period, wrong := d.periodOrYear()
	l, err := d.view().Ledger(d.Context(), fund.AccountID(id), period)
	if err != nil {
		return err
	}
	p := page.FundList{Shell: d.frame(d.accountName(l.Account)), Print: true}
	p.Shell.Lead = d.words().Period(period)
	d.periodFilter(&p, "/fund/ledger/"+decimal(id), period, wrong, d.fundPick()...)
	t := page.Table{Caption: p.Shell.Title, Quiet: true, Columns: []page.Column{
		{Head: d.say("common.day")},
		{Head: d.say("common.number")},
		{Head: d.say("common.content"), Chief: true},
		{Head: d.say("fundpages.into"), Figure: true},
		{Head: d.say("fundpages.outof"), Figure: true},
		{Head: d.say("fundpages.left"), Figure: true},
	}, Empty: page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.nothing.text")}}
	c := l.Account.Currency
	if len(l.Lines) > ledgerMost {
		p.Notes = append(p.Notes, page.Flash{Tone: page.Due, Text: d.say("fundpages.ledger.long", ledgerMost)})
		l.Lines = l.Lines[len(l.Lines)-ledgerMost:]
	}
	for _, line := range l.Lines {
		t.Rows = append(t.Rows, d.ledgerRow(line, c))
	}
	t.Total = []page.Cell{{}, {}, {Text: d.say("fundpages.startend")}, {Text: d.sum(l.Opening, c)}, {}, {Text: d.sum(l.Closing, c)}}
	p.Parts = []page.FundPart{{Table: t}}
	return d.show(page.FundLists(p))
}

// accountName is what an account is called, a purse with its number.
func (d *desk) accountName(a fund.Account) string {
	if a.Class.IsPurse() {
		return d.purseName(a)
	}
	return a.Name(d.lang())
}

func (d *desk) ledgerRow(line fund.LedgerLine, c money.Currency) page.Row {
	text := line.Text
	if text == "" {
		text = d.say("fund.kind." + string(line.Kind))
	}
	cells := []page.Cell{{Text: d.on(line.Day)}, {Text: line.Label()}, {Text: text, Note: line.Name}, {}, {}, {Text: d.sum(line.Balance, c)}}
	if line.Amount > 0 {
		cells[3].Text = d.sum(line.Amount, c)
	} else {
		cells[4].Text = d.sum(-line.Amount, c)
	}
	return page.Row{Href: d.entryPath(line.Entry), Cells: cells}
}

// yearGiven is the year asked for, this year where none is.
func (d *desk) yearGiven() int {
	year, err := strconv.Atoi(d.value("year"))
	if err != nil || year < 1900 || year > 9998 {
		return d.today().Year()
	}
	return year
}

// yearTabs leads to the years around one.
func (d *desk) yearTabs(path string, year int) []page.Tab {
	var tabs []page.Tab
	for y := year - 2; y <= year+1; y++ {
		tabs = append(tabs, page.Tab{Text: strconv.Itoa(y), Href: d.to(path, "year", strconv.Itoa(y)), Current: y == year})
	}
	return tabs
}

// fundDonors lists who gave in a period, with who may be named.
func (s *Server) fundDonors(d *desk) error {
	period, wrong := d.periodOrYear()
	donors, err := d.view().Donors(d.Context(), d.fund.Body, period)
	if err != nil {
		return err
	}
	p := page.FundList{Shell: d.frame(d.say("fundpages.donors")), Print: true}
	p.Shell.Lead = d.words().Period(period)
	d.periodFilter(&p, "/fund/donors", period, wrong, d.fundPick()...)
	t := page.Table{Caption: d.say("fundpages.donors"), Quiet: true, Empty: page.Empty{Glyph: page.GlyphGift, Head: d.say("fundpages.donors.none"), Text: d.say("fundpages.donors.none.text")}, Columns: []page.Column{
		{Head: d.say("fundpages.who.giver"), Chief: true}, {Head: d.say("common.amount"), Figure: true}, {Head: d.say("fundpages.times"), Figure: true}, {Head: d.say("fundpages.last.gift")}, {Head: d.say("fundpages.consent")},
	}}
	var total []money.Amount
	for _, g := range donors {
		t.Rows = append(t.Rows, d.donorRow(g))
		for _, a := range g.Amounts {
			total = addSum(total, a)
		}
	}
	t.Total = []page.Cell{{Text: d.say("fundpages.donors.count", len(donors))}, {Text: d.sums(total)}, {}, {}, {}}
	p.Parts = []page.FundPart{{Table: t}}
	if len(donors) > 0 {
		p.Tools = []page.Tool{
			{Glyph: page.GlyphPrint, Text: d.say("fundpages.donors.board"), Href: "/fund/donors/paper/pdf?" + d.URL.RawQuery},
			{Glyph: page.GlyphPaper, Text: d.say("fundpages.paper.docx"), Href: "/fund/donors/paper/docx?" + d.URL.RawQuery},
		}
	}
	return d.show(page.FundLists(p))
}

func (d *desk) donorRow(g fund.Donor) page.Row {
	name, href := g.Name, ""
	if name == "" {
		name = d.say("fundpages.donors.unnamed")
	}
	if g.Person != 0 {
		href = d.to("/fund/entries", "person", decimal(g.Person), "kind", "receipt")
	}
	mark := page.Mark{Tone: page.Due, Text: d.say("fundpages.consent.unasked")}
	if g.Consent != "" {
		mark = page.Mark{Tone: page.Done, Text: d.say("fundpages.consent." + string(g.Consent))}
	}
	if g.Consent == "no" {
		mark.Tone = page.Plain
	}
	return page.Row{Href: href, Cells: []page.Cell{
		{Text: name, Note: g.Address}, {Text: d.sums(g.Amounts)}, {Text: strconv.Itoa(g.Times)}, {Text: d.on(g.Last)}, page.Marked(mark),
	}}
}
