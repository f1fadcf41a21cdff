package report

import (
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/document"
)

// results tells what was done: a sentence for each kind, the table, what could
// not be placed, and single deeds.
func (c *composer) results() {
	c.b.Section(c.Say("report.results"))
	var items []document.Runs
	for _, r := range c.facts.Results {
		if item := c.sentence(r); len(item) > 0 {
			items = append(items, item)
		}
	}
	if len(items) == 0 {
		c.b.Say(c.Say("report.results.none"))
	} else {
		c.list(items)
	}
	if len(c.facts.Results) > 0 {
		c.b.Add(c.table())
	}
	for _, note := range c.notes() {
		c.b.Add(document.Note{Runs: note})
	}
	c.distinct()
	c.mentions()
}

// sentence tells one kind: what was done this period, and how it compares.
func (c *composer) sentence(r Result) document.Runs {
	var parts []document.Runs
	for _, row := range r.Rows {
		if row.Now.Qty == 0 {
			continue
		}
		runs := document.Runs{c.full(row.Now, r.Acts)}
		if row.Stage != deed.Given {
			runs = c.weave("report.stage."+string(row.Stage), runs[0])
		}
		if len(parts) == 0 {
			runs = join(c.Say("report.semicolon", "")+" ", runs, c.compared(row))
		}
		parts = append(parts, runs)
	}
	if len(parts) == 0 {
		return nil
	}
	return append(document.Runs{document.B(c.Say("report.colon", r.Names.In(string(c.Lang))) + " ")}, join(c.Say("report.semicolon", "")+" ", parts...)...)
}

// compared says how much more or less than in the period before, when both are
// known exactly.
func (c *composer) compared(row ResultRow) document.Runs {
	before := c.facts.Before
	if before == nil || !row.Now.exactly() || !row.Before.exactly() {
		return nil
	}
	if c.keptAfter() {
		return nil
	}
	was := document.Run{Text: c.keptFrom(c.Period(*before)), Ref: row.Before.Ref}
	by := row.Now.Qty - row.Before.Qty
	switch {
	case by > 0:
		return c.weave("report.up", document.T(c.more(row.Now, by)), was)
	case by < 0:
		return c.weave("report.down", document.T(c.more(row.Now, -by)), was)
	}
	return c.weave("report.same", was)
}

// keptFrom names the period before, with the month from which the book tells its
// single deeds when that is later than its beginning.
func (c *composer) keptFrom(name string) string {
	switch {
	case c.facts.KeptFrom == "":
		return name
	case c.keptAfter():
		return c.Say("report.kept.none", name)
	}
	return c.Say("report.kept", name, c.span(c.facts.KeptFrom))
}

// keptAfter tells that the book has no single deeds yet in the period before.
func (c *composer) keptAfter() bool {
	if c.facts.KeptFrom == "" {
		return false
	}
	from, err := calendar.ParseEDTF(c.facts.KeptFrom)
	return err == nil && from.FirstOr(calendar.Earliest) > c.facts.Before.To
}

// more writes a difference: money with its unit, counts without.
func (c *composer) more(f Figure, by int64) string {
	if f.Currency != "" {
		return c.amount(f, by, nil)
	}
	return c.bare(f, by)
}

// table lays out every measure in the columns of the report.
func (c *composer) table() document.Table {
	t := document.Table{Caption: c.Say("report.results.table"), Columns: []document.Column{
		{Head: c.Say("report.col.n"), Share: 0.7, Align: document.Centre},
		{Head: c.Say("report.col.content"), Share: 4},
		{Head: c.Say("report.col.unit"), Share: 1.9, Align: document.Centre},
		{Head: c.now(), Share: 2.2, Align: document.Right},
	}}
	if c.facts.Before != nil {
		t.Columns = append(t.Columns, document.Column{Head: c.keptFrom(c.header(*c.facts.Before)), Share: 2.2, Align: document.Right})
	}
	if c.facts.Since != nil {
		key := "report.col.since"
		if c.facts.Since.From <= calendar.Earliest {
			key = "report.col.until"
		}
		t.Columns = append(t.Columns, document.Column{Head: c.Say(key), Share: 2.3, Align: document.Right})
	}
	for i, r := range c.facts.Results {
		for j, row := range r.Rows {
			n, name := "", "– "+c.rowName(row)
			if j == 0 {
				n, name = c.Number(int64(i+1)), c.staged(row, r.Names.In(string(c.Lang)))
			}
			c.addRow(&t, r, row, n, name)
		}
	}
	return t
}

// now heads the column of the report's own period.
func (c *composer) now() string {
	if c.facts.Kind == Founding {
		return c.Say("report.col.since")
	}
	return c.header(c.facts.Period)
}

// header names a period as the head of a column.
func (c *composer) header(p calendar.Period) string {
	text := []rune(c.Period(p))
	if len(text) == 0 {
		return ""
	}
	return upperFirst(string(text))
}

func (c *composer) addRow(t *document.Table, r Result, row ResultRow, n, name string) {
	unit := c.unit(row.Now, 2, r.Acts)
	label := r.Names.In(string(c.Lang)) + ", " + unit
	cells := []document.Cell{document.C(n), document.C(name), document.C(unit), c.key(row.Now, label, unit)}
	if c.facts.Before != nil {
		cells = append(cells, c.partly(row.Before))
	}
	if c.facts.Since != nil {
		cells = append(cells, c.cell(row.Since))
	}
	t.Add(cells...)
}

// partly is a figure of the period before, which says beside it what span lies
// only partly in that period: such a figure holds some of the period alone.
func (c *composer) partly(f Figure) document.Cell {
	cell := c.cell(f)
	for _, a := range f.Across {
		cell.Runs = append(cell.Runs, document.I(" "+c.Say("report.partly", c.span(a.Period))))
	}
	return cell
}

func (c *composer) rowName(row ResultRow) string {
	return c.staged(row, c.Say("report.row."+string(row.Unit)))
}

func (c *composer) staged(row ResultRow, name string) string {
	if row.Stage == deed.Given {
		return name
	}
	return c.Say("report.stage."+string(row.Stage), name)
}

// notes tells from when single deeds are kept, what lies over the period's edges
// and what has no date, once for each measure, so that nothing is lost and nothing
// guessed.
func (c *composer) notes() []document.Runs {
	var notes []document.Runs
	if c.facts.KeptFrom != "" {
		key := "report.kept.note"
		if c.keptAfter() {
			key += ".none"
		}
		notes = append(notes, document.Text(c.Say(key, c.span(c.facts.KeptFrom), c.Period(*c.facts.Before))))
	}
	for _, r := range c.facts.Results {
		name := r.Names.In(string(c.Lang))
		for _, row := range r.Rows {
			f := row.Now
			for _, a := range f.Across {
				part := f
				part.Qualifier = deed.Exact
				notes = append(notes, document.Text(c.Say("report.across", name, c.amount(part, a.Qty, r.Acts), c.span(a.Period))))
			}
			if f.Undated != 0 {
				part := f
				part.Qualifier = deed.Exact
				notes = append(notes, document.Text(c.Say("report.undated", name, c.amount(part, f.Undated, r.Acts))))
			}
		}
	}
	return notes
}

// distinct tells how many different people are known behind the counts.
func (c *composer) distinct() {
	var items []document.Runs
	for _, r := range c.facts.Results {
		if n := r.Named; n != nil {
			items = append(items, c.weave("report.distinct", document.T(r.Names.In(string(c.Lang))), c.run(n.People),
				document.T(c.Number(n.With)), document.T(c.Number(n.Of))))
		}
	}
	if len(items) > 0 {
		c.b.Part(c.Say("report.distinct.title"))
		c.list(items)
	}
}

// mentions tells single deeds.
func (c *composer) mentions() {
	if len(c.facts.Deeds) == 0 {
		return
	}
	c.b.Part(c.Say("report.deeds"))
	var items []document.Runs
	for _, m := range c.facts.Deeds {
		head := document.Runs{document.T(c.Say("report.colon", c.DateShort(m.Day)) + " "), c.title(m)}
		var where document.Runs
		if m.Place != "" {
			where = document.Text(c.Say("report.at", m.Place))
		}
		if name := m.Body.In(string(c.Lang)); name != "" {
			where = join(", ", where, document.Text(name))
		}
		pieces := []document.Runs{head, where}
		for _, f := range m.Figures {
			f.Ref = m.Ref
			pieces = append(pieces, document.Runs{c.full(f, nil)})
		}
		items = append(items, join(", ", pieces...))
	}
	c.list(items)
}

// byBranch adds the comparison of the branches as an annex on its side.
func (c *composer) byBranch() {
	f := c.facts
	if len(f.Branches) == 0 {
		return
	}
	number := c.paper.Number
	if number == "" {
		number = "……"
	}
	note := c.Say("report.annex.to", number, c.DatePaper(c.paper.Date))
	wide := document.A4Wide()
	c.b.Annex(c.Say("paper.annex", "I"), c.Say("report.branches"), note, &wide)
	t := document.Table{Columns: []document.Column{
		{Head: c.Say("report.col.n"), Share: 0.7, Align: document.Centre},
		{Head: c.Say("report.col.branch"), Share: 4},
		{Head: c.Say("report.col.members"), Share: 1.5, Align: document.Right},
		{Head: c.Say("report.col.joined"), Share: 1.5, Align: document.Right},
		{Head: c.Say("report.col.gone"), Share: 1.5, Align: document.Right},
	}}
	heads := f.Heads()
	for _, row := range heads {
		name, acts := c.kindOf(row)
		t.Columns = append(t.Columns, document.Column{Head: name + "\n(" + c.unit(row.Now, 2, acts) + ")", Share: 2.2, Align: document.Right})
	}
	n := 0
	for _, b := range f.Branches {
		name, place := b.Names.In(string(c.Lang)), ""
		switch {
		case b.Code != "":
			n++
			place = c.Number(int64(n))
		case b.Own:
			name = c.Say("report.branches.own")
		default:
			name = c.Say("report.branches.rest")
		}
		cells := []document.Cell{document.C(place), document.C(name), c.cell(b.Members), c.cell(b.Joined), c.cell(b.Gone)}
		for _, count := range b.Counts {
			cells = append(cells, c.cell(count))
		}
		t.Add(cells...)
	}
	gone := f.Roll.Left
	gone.Qty += f.Roll.Died.Qty
	gone.Ref = rollRef(f.Body, RollGone, f.Period, f.Borders)
	total := []document.Cell{document.CSpan(2, c.Say("common.total")), c.cell(f.Roll.End), c.cell(f.Roll.Joined), c.cell(gone)}
	for _, row := range heads {
		total = append(total, c.cell(row.Now))
	}
	t.AddTotal(total...)
	c.b.Add(t, document.Note{Runs: document.Text(c.Say("report.branches.note"))})
}

// kindOf names the kind to which a measure belongs.
func (c *composer) kindOf(row ResultRow) (string, Label) {
	for _, r := range c.facts.Results {
		for _, own := range r.Rows {
			if own.Now.Key == row.Now.Key {
				return r.Names.In(string(c.Lang)), r.Acts
			}
		}
	}
	return "", nil
}
