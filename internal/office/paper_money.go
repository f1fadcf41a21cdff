package office

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
)

// SeriesName names a series of numbers: arrivals, papers of a kind, receipts.
func SeriesName(to locale.Speaker, code string) string {
	switch {
	case code == seriesIn:
		return to.Say("state.series.in")
	case code == seriesOut:
		return to.Say("state.series.out")
	case strings.HasPrefix(code, seriesOut+"."):
		return to.Say("paper.kind." + strings.TrimPrefix(code, seriesOut+"."))
	}
	if at := strings.LastIndexByte(code, ':'); at >= 0 {
		code = code[at+1:] // the fund keeps its series apart by a prefix
	}
	return to.Say("state.series.slips", code)
}

// yearText writes a year without grouping its figures.
func yearText(year int) string { return strconv.Itoa(year) }

// grouped writes a long number in eights, to be read aloud and compared.
func grouped(hex string) string {
	var b strings.Builder
	for i, r := range hex {
		if i > 0 && i%8 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// money writes how the fund stands.
func (d Desk) money(s State) {
	d.section("state.money")
	m := s.Money
	if m == nil {
		d.Sheet.Say(d.To.Say("state.money.none"))
		return
	}
	if m.Closed > calendar.Earliest && m.Closed != 0 {
		d.Sheet.Say(d.To.Say("state.money.closed", d.day(m.Closed)))
	}
	d.purses(m)
	d.lacking(m)
	d.owed(m, s.On)
	d.goods(m)
}

func (d Desk) purses(m *MoneyState) {
	lang := string(d.To.Lang)
	t := document.Table{Caption: d.To.Say("state.purses"), Columns: []document.Column{{Head: d.To.Say("state.purse"), Share: 5}, {Head: d.To.Say("state.amount"), Share: 2.4, Align: document.Right}}}
	for _, p := range m.Purses {
		name := p.Names.In(lang)
		if name == "" {
			name = d.To.Say("state.purse." + p.Class)
		}
		if p.Number != "" {
			name += " · " + p.Number
		}
		t.Add(document.C(name), d.sum(p.Amount))
	}
	for _, p := range m.Purposes {
		t.Add(document.CR(document.I(d.To.Say("state.purpose", p.Names.In(lang)))), d.sum(p.Amount))
	}
	if len(t.Rows) > 0 {
		d.Sheet.Add(t)
	}
}

func (d Desk) lacking(m *MoneyState) {
	if m.Lacking == 0 {
		d.Sheet.Say(d.To.Say("state.lacking.none"))
		return
	}
	d.Sheet.Say(d.To.Say("state.lacking", m.Lacking))
	t := document.Table{Columns: []document.Column{{Head: d.To.Say("state.slip"), Share: 1.6}, {Head: d.To.Say("state.when"), Share: 1.5}, {Head: d.To.Say("state.what"), Share: 4.4}, {Head: d.To.Say("state.amount"), Share: 2, Align: document.Right}}}
	for _, e := range m.Unapproved {
		t.Add(document.C(e.Label), document.C(d.day(e.Day)), document.C(e.Text), d.sum(e.Amount))
	}
	d.Sheet.Add(t)
}

func (d Desk) owed(m *MoneyState, on calendar.Day) {
	if len(m.Loans) > 0 {
		t := document.Table{Caption: d.To.Say("state.loans"), Columns: []document.Column{{Head: d.To.Say("state.nth"), Share: 0.5, Align: document.Centre}, {Head: d.To.Say("state.borrower"), Share: 4}, {Head: d.To.Say("state.due"), Share: 2.2}, {Head: d.To.Say("state.left"), Share: 2.2, Align: document.Right}}}
		for i, l := range m.Loans {
			due := ""
			if l.Due < calendar.Latest {
				due = d.day(l.Due)
			}
			if l.Overdue && l.Due < on {
				due = d.To.Say("state.late", due)
			}
			t.Add(nth(i), document.C(l.Name), document.C(due), d.sum(l.Left))
		}
		d.Sheet.Add(t)
	}
	if m.Owing > 0 {
		var sums []string
		for _, a := range m.Owed {
			sums = append(sums, d.To.Money(a))
		}
		d.Sheet.Say(d.To.Say("state.arrears", m.Owing, d.To.List(sums...)))
	}
}

func (d Desk) goods(m *MoneyState) {
	if len(m.Goods) == 0 {
		return
	}
	t := document.Table{Caption: d.To.Say("state.goods"), Columns: []document.Column{{Head: d.To.Say("state.good"), Share: 5}, {Head: d.To.Say("state.left"), Share: 1.6, Align: document.Right}}}
	for _, g := range m.Goods {
		t.Add(document.C(g.Item), d.figure(int(g.Left)))
	}
	d.Sheet.Add(t)
}
