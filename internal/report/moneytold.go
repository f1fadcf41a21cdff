package report

import (
	"strings"
	"unicode"

	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// upperFirst begins a text with a capital.
func upperFirst(text string) string {
	for i, r := range text {
		return string(unicode.ToUpper(r)) + text[i+len(string(r)):]
	}
	return text
}

// fund tells the statement of each currency, the restricted purposes and the
// donors who agreed to be named.
func (c *composer) fund() {
	f := c.facts.Fund
	if f == nil || len(f.Sheets) == 0 {
		return
	}
	c.b.Section(c.Say("report.fund"))
	for _, s := range f.Sheets {
		c.b.Add(c.statement(s))
	}
	if len(f.Purposes) > 0 {
		c.b.Part(c.Say("report.fund.purposes"))
		c.b.Add(c.purposes(f.Purposes))
	}
	if len(f.Donors) > 0 {
		c.b.Part(c.Say("report.fund.donors"))
		c.b.Add(c.donors(f))
	}
}

// currency names a currency as a unit.
func (c *composer) currency(of money.Currency) string {
	if of == money.VND && c.Lang == locale.Vi {
		return c.Say("report.unit.dong")
	}
	return string(of)
}

func (c *composer) statement(s Sheet) document.Table {
	t := document.Table{Caption: c.Say("report.fund.table"), Unit: c.Say("paper.unit", c.currency(s.Currency)), Columns: []document.Column{
		{Head: c.Say("report.col.n"), Share: 0.7, Align: document.Centre},
		{Head: c.Say("report.col.content"), Share: 6},
		{Head: c.Say("report.col.amount"), Share: 3, Align: document.Right},
	}}
	letter := 'A'
	group := func(key string, f Figure) {
		name := c.Say(key)
		t.AddGroup(document.C(string(letter)), document.C(name), c.key(f, name, string(s.Currency)))
		letter++
	}
	group("report.fund.opening", s.Opening)
	if s.Brought.Qty != 0 {
		group("report.fund.brought", s.Brought)
	}
	group("report.fund.receipts", s.Receipts)
	c.headings(&t, s.In)
	group("report.fund.payments", s.Payments)
	c.headings(&t, s.Out)
	if s.Moved.Qty != 0 {
		group("report.fund.moved", s.Moved)
	}
	name := c.Say("report.fund.closing")
	t.AddTotal(document.C(string(letter)), document.C(name), c.key(s.Closing, name, string(s.Currency)))
	for _, p := range s.Purses {
		t.Add(document.C(""), document.C(c.Say("report.fund.of", strings.ToLower(p.Names.In(string(c.Lang))))), c.cell(p.Amount))
	}
	return t
}

func (c *composer) headings(t *document.Table, rows []Heading) {
	for i, h := range rows {
		t.Add(document.C(c.Number(int64(i+1))), document.C(h.Names.In(string(c.Lang))), c.cell(h.Amount))
	}
}

func (c *composer) purposes(all []Purpose) document.Table {
	t := document.Table{Columns: []document.Column{
		{Head: c.Say("report.col.content"), Share: 4},
		{Head: c.Say("report.col.unit"), Share: 1.2, Align: document.Centre},
		{Head: c.Say("report.fund.received"), Share: 2, Align: document.Right},
		{Head: c.Say("report.fund.spent"), Share: 2, Align: document.Right},
		{Head: c.Say("report.fund.left"), Share: 2, Align: document.Right},
	}}
	for _, p := range all {
		t.Add(document.C(p.Names.In(string(c.Lang))), document.C(c.currency(p.Left.Currency)), c.cell(p.Received), c.cell(p.Spent), c.cell(p.Left))
	}
	return t
}

func (c *composer) donors(f *Fund) document.Table {
	t := document.Table{Columns: []document.Column{
		{Head: c.Say("report.col.n"), Share: 0.7, Align: document.Centre},
		{Head: c.Say("report.col.donor"), Share: 6},
		{Head: c.Say("report.col.amount"), Share: 3, Align: document.Right},
	}}
	for i, d := range f.Donors {
		t.Add(document.C(c.Number(int64(i+1))), document.C(d.Name), document.CR(c.full(d.Amount, nil)))
	}
	for _, rest := range f.Unnamed {
		t.Add(document.C(""), document.C(c.Say("report.fund.unnamed")), document.CR(c.full(rest, nil)))
	}
	return t
}

// goods tells goods in kind.
func (c *composer) goods() {
	if len(c.facts.Goods) == 0 {
		return
	}
	c.b.Section(c.Say("report.goods"))
	t := document.Table{Columns: []document.Column{
		{Head: c.Say("report.col.n"), Share: 0.7, Align: document.Centre},
		{Head: c.Say("report.goods.item"), Share: 6},
		{Head: c.Say("report.goods.received"), Share: 2, Align: document.Right},
		{Head: c.Say("report.goods.given"), Share: 2, Align: document.Right},
	}}
	for i, g := range c.facts.Goods {
		t.Add(document.C(c.Number(int64(i+1))), document.C(g.Item), c.cell(g.Received), c.cell(g.Given))
	}
	c.b.Add(t)
}

// changed tells which figures of the last filed report are no longer the same,
// and by which deeds.
func (c *composer) changed() {
	ch := c.facts.Changed
	if ch == nil || len(ch.Figures) == 0 {
		return
	}
	c.b.Section(c.Say("report.changed"))
	c.b.Say(c.Say("report.changed.intro", ch.Number, ch.Day, c.Period(ch.Period)))
	var items []document.Runs
	for _, d := range ch.Figures {
		items = append(items, c.weave("report.changed.figure", document.T(c.nameOf(d)), document.T(c.amount(d.Was, d.Was.Qty, nil)), c.full(d.Is, nil)))
	}
	c.list(items)
	items = nil
	for _, d := range ch.Deeds {
		key := "report.changed.corrected"
		if d.New {
			key = "report.changed.new"
		}
		text := c.Say(key, d.At, c.kindName(d.Kind), d.Day)
		if d.Why != "" {
			text = c.Say("report.changed.why", text, d.Why)
		}
		items = append(items, document.Runs{{Text: text, Ref: d.Ref}})
	}
	if len(items) > 0 {
		c.list(items)
	}
}

// nameOf names a figure that changed.
func (c *composer) nameOf(d Difference) string {
	if what, ok := strings.CutPrefix(d.Key, "roll/"); ok {
		return c.Say("report.key." + what)
	}
	if what, ok := strings.CutPrefix(d.Key, "fund/total/"); ok {
		what, _, _ = strings.Cut(what, ":")
		return c.Say("report.fund." + what)
	}
	return d.Names.In(string(c.Lang))
}

func (c *composer) kindName(code string) string {
	for _, r := range c.facts.Results {
		if r.Kind == code {
			return r.Names.In(string(c.Lang))
		}
	}
	return code
}

// Told is one difference in words.
type Told struct{ Name, Was, Is, Ref string }

// Worded tells the figures that changed, for pages.
func (ch *Changed) Worded(to locale.Speaker, facts *Facts) []Told {
	c := &composer{Speaker: to, facts: facts}
	var all []Told
	for _, d := range ch.Figures {
		all = append(all, Told{c.nameOf(d), c.amount(d.Was, d.Was.Qty, nil), c.amount(d.Is, d.Is.Qty, nil), d.Is.Ref})
	}
	return all
}
