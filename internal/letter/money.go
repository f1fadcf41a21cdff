package letter

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/document"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// Money is a statement of receipts and payments to be signed.
type Money struct {
	Sheet
	Statement fund.Statement
	Branches  map[body.ID]string // what the branches of its rows are called
}

// Statement prints receipts and payments by heading, and by branch where there
// are any, with the balances at both ends.
func Statement(to locale.Speaker, m Money) *document.Document {
	w := m.plainly(to, document.A4())
	w.b.Title(to.Say("letter.statement"), to.Period(m.Statement.Period))
	for _, s := range m.Statement.Sheets {
		t := document.Table{Unit: w.unitOf(s.Currency), Columns: []document.Column{
			{Head: to.Say("report.col.n"), Share: 0.7, Align: document.Centre}, {Head: to.Say("letter.statement.heading"), Share: 5}, {Head: to.Say("letter.col.amount"), Share: 2, Align: document.Right},
		}}
		w.statement(&t, s)
		w.b.Add(t)
		w.purses(s)
		w.byBranch(s, m.Branches)
	}
	if len(m.Statement.Sheets) == 0 {
		w.b.Say(to.Say("letter.statement.none"))
	}
	w.b.Sign(w.pen("letter.sign.treasurer", ""), w.pen("letter.sign.inspector", ""), m.House.Signature(to))
	return w.b.Paper()
}

// statement fills the table of one currency.
func (w *writer) statement(t *document.Table, s fund.Sheet) {
	sum := func(minor int64) document.Cell { return w.plainSum(money.Of(minor, s.Currency)) }
	group := func(key string, minor int64) {
		t.AddGroup(document.C(""), document.C(w.Say(key)), sum(minor))
	}
	group("letter.statement.opening", s.Opening)
	if s.Brought != 0 {
		group("letter.statement.brought", s.Brought)
	}
	for _, side := range []struct {
		key   string
		total int64
		rows  []fund.Row
	}{{"letter.statement.in", s.Receipts, s.In}, {"letter.statement.out", s.Payments, s.Out}, {"letter.statement.moved", s.Moved, s.Other}} {
		rows := fund.ByHeading(side.rows)
		if side.total == 0 && len(rows) == 0 && side.key == "letter.statement.moved" {
			continue
		}
		group(side.key, side.total)
		for i, r := range rows {
			t.Add(document.C(w.Number(int64(i+1))), document.C(nameOf(r.Names, w.Lang)), sum(r.Amount.Minor))
		}
	}
	t.AddTotal(document.C(""), document.C(w.Say("letter.statement.closing")), sum(s.Closing))
}

// unitOf says in what the amounts of a table are, so that they need not say it themselves.
func (w *writer) unitOf(c money.Currency) string {
	if w.Lang == locale.Vi && c == money.VND {
		return w.Say("letter.statement.unit", w.Say("report.unit.dong"))
	}
	return w.Say("letter.statement.unit", string(c))
}

// plainSum is an amount in a table that says its currency above.
func (w *writer) plainSum(a money.Amount) document.Cell {
	return document.CR(document.Num(money.Figure(a.Minor, a.Currency, w.Lang), exact(a), ""))
}

// nameOf is a name in a language, or in Vietnamese.
func nameOf(names map[string]string, lang locale.Lang) string {
	if n := names[string(lang)]; n != "" {
		return n
	}
	return names["vi"]
}

// purses says where the money is at the end.
func (w *writer) purses(s fund.Sheet) {
	var items []document.Runs
	for _, p := range s.Purses {
		if p.Closing != 0 {
			items = append(items, document.Runs{document.T(nameOf(p.Account.Names, w.Lang) + ": "), w.figure(money.Of(p.Closing, s.Currency))})
		}
	}
	w.b.Para(document.T(w.Say("letter.statement.where", w.amount(money.Of(s.Closing, s.Currency)))))
	w.b.Para(document.I(money.Words(money.Of(s.Closing, s.Currency), w.Lang)))
	if len(items) > 1 {
		w.b.Items(items...)
	}
}

// byBranch shows receipts and payments by branch where branches are named.
func (w *writer) byBranch(s fund.Sheet, names map[body.ID]string) {
	in, out := map[body.ID]int64{}, map[body.ID]int64{}
	var order []body.ID
	add := func(to map[body.ID]int64, rows []fund.Row) {
		for _, r := range fund.ByBranch(rows) {
			to[r.Branch] += r.Amount.Minor
			if !slices.Contains(order, r.Branch) {
				order = append(order, r.Branch)
			}
		}
	}
	add(in, s.In)
	add(out, s.Out)
	if len(order) < 2 {
		return
	}
	t := document.Table{Caption: w.Say("letter.statement.branches"), Unit: w.unitOf(s.Currency), Columns: []document.Column{
		{Head: w.Say("letter.statement.branch"), Share: 4}, {Head: w.Say("letter.statement.in"), Share: 2, Align: document.Right}, {Head: w.Say("letter.statement.out"), Share: 2, Align: document.Right},
	}}
	for _, id := range order {
		name := names[id]
		if id == 0 {
			name = w.Say("letter.statement.self")
		}
		t.Add(document.C(name), w.plainSum(money.Of(in[id], s.Currency)), w.plainSum(money.Of(out[id], s.Currency)))
	}
	w.b.Add(t)
}

// Counted is a count of a cash box.
type Counted struct {
	Sheet
	Count    fund.Count
	Purse    string
	Currency money.Currency
}

// CashCount is the minutes of counting a cash box note by note.
func CashCount(to locale.Speaker, c Counted) *document.Document {
	w := c.plainly(to, document.A4())
	w.b.Title(to.Say("letter.count"), c.Purse)
	w.b.Say(to.Say("letter.count.day", to.DatePaper(c.Date)))
	if len(c.Count.People) > 0 {
		w.b.Say(to.Say("letter.count.people"))
		var items []document.Runs
		for _, name := range c.Count.People {
			items = append(items, document.Text(name))
		}
		w.b.Items(items...)
	}
	t := document.Table{Columns: []document.Column{
		{Head: to.Say("letter.count.note"), Share: 2, Align: document.Right}, {Head: to.Say("letter.count.pieces"), Share: 2, Align: document.Right}, {Head: to.Say("letter.col.amount"), Share: 3, Align: document.Right},
	}}
	for _, note := range fund.Denominations(c.Currency) {
		if n := c.Count.Notes[note]; n > 0 {
			t.Add(document.CR(w.figure(money.Of(note, c.Currency))), document.C(to.Number(n)), document.CR(w.figure(money.Of(note*n, c.Currency))))
		}
	}
	t.AddTotal(document.CSpan(2, to.Say("letter.count.counted")), document.CR(w.figure(money.Of(c.Count.Counted, c.Currency))))
	w.b.Add(t)
	w.b.Para(document.I(money.Words(money.Of(c.Count.Counted, c.Currency), w.Lang)))
	w.b.Say(to.Say("letter.count.booked", w.amount(money.Of(c.Count.Booked, c.Currency))))
	w.difference(c)
	w.b.Sign(w.pen("letter.sign.treasurer", ""), w.pen("letter.sign.inspector", ""), c.House.Signature(to))
	return w.b.Paper()
}

// difference says whether the box agrees with the book, and why not.
func (w *writer) difference(c Counted) {
	switch off := c.Count.Difference(); {
	case off == 0:
		w.b.Say(w.Say("letter.count.agrees"))
		return
	case off > 0:
		w.b.Say(w.Say("letter.count.over", w.amount(money.Of(off, c.Currency))))
	default:
		w.b.Say(w.Say("letter.count.under", w.amount(money.Of(-off, c.Currency))))
	}
	w.line(w.field("letter.count.reason", c.Count.Reason))
}
