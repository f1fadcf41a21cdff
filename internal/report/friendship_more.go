package report

import (
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/money"
)

// dated writes a date in short; nothing where it is not known.
func (c *composer) dated(d calendar.Date) string {
	if d.IsUnknown() {
		return ""
	}
	return c.DateShort(d)
}

// wishes tells letters, flowers and visits by country and occasion.
func (c *composer) wishes(f *Friendship) {
	if len(f.Wishes) == 0 {
		return
	}
	c.b.Part(c.Say("report.friendship.wishes"))
	t := document.Table{Columns: []document.Column{{Head: c.Say("union.country"), Share: 2.6}, {Head: c.Say("report.friendship.occasion"), Share: 3}}}
	for _, key := range []string{"letter", "flowers", "visit", "gift"} {
		t.Columns = append(t.Columns, document.Column{Head: c.Say("occasion.do." + key), Share: 1.2, Align: document.Right})
	}
	t.Columns = append(t.Columns, document.Column{Head: c.Say("report.friendship.answered"), Share: 1.3, Align: document.Right})
	var sum [5]int
	for _, w := range f.Wishes {
		name := c.Say("union.country.none")
		if w.Country != "" {
			name = c.Country(w.Country)
		}
		cells := []document.Cell{document.C(name), document.C(c.Say("occasion.kind." + string(w.Kind)))}
		for i, n := range [5]int{w.Letters, w.Flowers, w.Visits, w.Gifts, w.Answered} {
			sum[i] += n
			cells = append(cells, document.C(c.Number(int64(n))))
		}
		t.Add(cells...)
	}
	total := []document.Cell{document.C(c.Say("common.total")), document.C("")}
	for _, n := range sum {
		total = append(total, document.C(c.Number(int64(n))))
	}
	t.AddTotal(total...)
	c.b.Add(t)
}

// agreed lists agreements signed, renewed and ended.
func (c *composer) agreed(f *Friendship) {
	if len(f.Agreed) == 0 {
		return
	}
	c.b.Part(c.Say("report.friendship.agreed"))
	t := document.Table{Columns: []document.Column{{Head: c.Say("tie.one"), Share: 5}, {Head: c.Say("report.friendship.what"), Share: 2}, {Head: c.Say("common.date"), Share: 1.8}, {Head: c.Say("register.until"), Share: 1.8}}}
	for _, a := range f.Agreed {
		title := a.Title.In(string(c.Lang))
		if a.Paper != "" {
			title += " (" + a.Paper + ")"
		}
		t.Add(document.C(title), document.C(c.Say("tie.stage."+string(a.Kind))), document.C(c.dated(a.Day)), document.C(c.dated(a.Until)))
	}
	c.b.Add(t)
}

// overseas lists what was done for Vietnamese abroad.
func (c *composer) overseas(f *Friendship) {
	if len(f.Overseas) == 0 {
		return
	}
	c.b.Part(c.Say("report.friendship.overseas"))
	var items []document.Runs
	for _, o := range f.Overseas {
		var told []string
		for _, l := range o.Lines {
			switch l.Unit {
			case deed.Money:
				told = append(told, c.Qualified(c.Money(money.Of(l.Quantity, l.Currency)), l.Qualifier.String()))
			case deed.Acts:
			default:
				told = append(told, c.Qualified(c.Number(l.Quantity), l.Qualifier.String())+noBreak+c.Say("report.unit."+string(l.Unit), l.Quantity))
			}
		}
		text := o.Title
		if when := c.dated(o.Day); when != "" {
			text += " (" + when + ")"
		}
		if len(told) > 0 {
			text += ": " + strings.Join(told, ", ")
		}
		items = append(items, document.Text(text))
	}
	c.list(items)
}

// congresses lists the congresses held, each with the term it opened.
func (c *composer) congresses(f *Friendship) {
	if len(f.Congress) == 0 {
		return
	}
	c.b.Part(c.Say("report.friendship.congresses"))
	t := document.Table{Columns: []document.Column{{Head: c.Say("union.teller"), Share: 5}, {Head: c.Say("register.term.n.label"), Share: 2}, {Head: c.Say("common.date"), Share: 1.8}, {Head: c.Say("register.term.planned"), Share: 2}}}
	for _, g := range f.Congress {
		t.Add(document.C(g.Name.In(string(c.Lang))), document.C(c.Ordinal(g.Term.N)), document.C(c.dated(g.Term.From)), document.C(c.dated(g.Term.Planned)))
	}
	c.b.Add(t)
}
