package office

import (
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/person"
)

// StatePaper is the state of the association as a paper for a successor.
func StatePaper(d Desk, s State) *document.Document {
	d.Sheet.Title(d.upper(d.To.Say("state.title")), d.To.Say("state.subject", d.Voice, d.To.DatePaper(calendar.OnDay(s.On))))
	d.state(s)
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

// state writes the parts of a state.
func (d Desk) state(s State) {
	for _, part := range []func(State){d.roll, d.board, d.money, d.plans, d.tasks, d.papers, d.agreements, d.kept, d.head} {
		part(s)
	}
}

// section opens a part.
func (d Desk) section(key string) { d.Sheet.Section(d.upper(d.To.Say(key))) }

func (d Desk) roll(s State) {
	d.section("state.roll")
	d.Sheet.Say(d.To.Say("state.roll.line", s.Roll.Members, s.Roll.Households, len(s.Roll.Branches)))
	if s.Roll.Unsure > 0 {
		d.Sheet.Say(d.To.Say("state.roll.unsure", s.Roll.Unsure))
	}
	t := document.Table{Caption: d.To.Say("state.roll.branches"), Columns: []document.Column{
		{Head: d.To.Say("state.nth"), Share: 0.5, Align: document.Centre},
		{Head: d.To.Say("state.branch"), Share: 4},
		{Head: d.To.Say("state.branch.head"), Share: 3},
		{Head: d.To.Say("state.members"), Share: 1.4, Align: document.Right},
	}}
	for i, b := range s.Roll.Branches {
		t.Add(nth(i), document.C(b.Names.In(string(d.To.Lang))), document.C(b.Head), d.figure(b.Members))
	}
	if len(t.Rows) > 0 {
		d.Sheet.Add(t)
	}
	var said []string
	for _, c := range append(person.Categories(), "") {
		if n := s.Roll.Categories[c]; n > 0 {
			said = append(said, d.To.Say("state.category", d.category(c), n))
		}
	}
	if len(said) > 0 {
		d.Sheet.Say(d.To.Say("state.roll.categories", d.To.List(said...)))
	}
}

func (d Desk) category(c person.Category) string {
	if c == "" {
		return d.To.Say("state.category.none")
	}
	return d.To.Say("state.category." + string(c))
}

func (d Desk) board(s State) {
	d.section("state.board")
	d.Sheet.Say(d.To.Say("state.board.line", s.Seats, s.Seats-s.Vacant, s.Vacant))
	t := document.Table{Columns: []document.Column{
		{Head: d.To.Say("state.office"), Share: 3}, {Head: d.To.Say("state.holder"), Share: 3.4}, {Head: d.To.Say("state.since"), Share: 1.6}, {Head: d.To.Say("state.until"), Share: 2.4},
	}}
	for _, seat := range s.Board {
		name := Title(d.To, seat.Kind, seat.Title)
		for _, h := range seat.Holders {
			t.Add(document.C(name), document.C(h.Name), document.C(d.date(h.From)), document.C(d.term(h)))
		}
		if seat.Vacant > 0 {
			t.Add(document.C(name), document.CR(document.I(d.To.Say("state.vacant", seat.Vacant))), document.C(""), document.C(""))
		}
	}
	if len(t.Rows) > 0 {
		d.Sheet.Add(t)
	}
}

// date writes a date in figures; an unknown one is left out.
func (d Desk) date(on calendar.Date) string {
	if on.IsUnknown() {
		return ""
	}
	return d.To.DateShort(on)
}

// term says until when somebody holds an office, and that it ran over.
func (d Desk) term(t Term) string {
	if t.Overrun {
		return d.To.Say("state.overrun", d.date(t.Planned))
	}
	return d.date(t.Planned)
}

func (d Desk) plans(s State) {
	d.section("state.planned")
	if len(s.Planned) == 0 {
		d.Sheet.Say(d.To.Say("state.none"))
		return
	}
	t := document.Table{Columns: []document.Column{{Head: d.To.Say("state.nth"), Share: 0.5, Align: document.Centre}, {Head: d.To.Say("state.what"), Share: 5}, {Head: d.To.Say("state.branch"), Share: 2.6}, {Head: d.To.Say("state.when"), Share: 1.6}}}
	for i, p := range s.Planned {
		name := p.Kind.In(string(d.To.Lang))
		if p.Title != "" {
			name = p.Title
		}
		t.Add(nth(i), document.C(name), document.C(s.Branches[p.Body].In(string(d.To.Lang))), document.C(d.date(p.Day)))
	}
	d.Sheet.Add(t)
}

func (d Desk) tasks(s State) {
	d.section("state.tasks")
	if len(s.Tasks) == 0 {
		d.Sheet.Say(d.To.Say("state.none"))
		return
	}
	d.Sheet.Add(d.taskTable(s.Tasks, s.On))
}

// taskTable lists tasks: what, who, by when.
func (d Desk) taskTable(tasks []TaskLine, today calendar.Day) document.Table {
	t := document.Table{Columns: []document.Column{{Head: d.To.Say("state.nth"), Share: 0.5, Align: document.Centre}, {Head: d.To.Say("task.text"), Share: 5}, {Head: d.To.Say("task.who"), Share: 2.6}, {Head: d.To.Say("task.due"), Share: 1.8}}}
	for i, line := range tasks {
		due := ""
		if line.Due != 0 {
			due = d.day(line.Due)
		}
		if line.Late(today) {
			due = d.To.Say("state.late", due)
		}
		t.Add(nth(i), document.C(line.Text), document.C(line.Who), document.C(due))
	}
	return t
}

func (d Desk) papers(s State) {
	d.section("state.papers")
	if len(s.Papers) == 0 {
		d.Sheet.Say(d.To.Say("state.none"))
		return
	}
	t := document.Table{Columns: []document.Column{
		{Head: d.To.Say("paper.arrival"), Share: 0.9, Align: document.Centre}, {Head: d.To.Say("paper.from"), Share: 3}, {Head: d.To.Say("paper.subject"), Share: 4.4}, {Head: d.To.Say("paper.deadline"), Share: 1.8},
	}}
	for _, p := range s.Papers {
		due := d.day(p.Deadline)
		if p.Late(s.On) {
			due = d.To.Say("state.late", due)
		}
		t.Add(document.C(p.Label()), document.C(p.From), document.C(p.Subject), document.C(due))
	}
	d.Sheet.Add(t)
}

// agreements leaves room for what the book does not hold yet.
func (d Desk) agreements(State) {
	d.section("state.agreements")
	d.dots(d.To.Say("state.agreements.blank"), 1)
}

func (d Desk) kept(s State) {
	d.section("state.kept")
	d.Sheet.Say(d.To.Say("state.kept.line", s.Archive.Deeds, s.Archive.Papers, s.Archive.Files))
	series := slices.Clone(s.Series)
	if s.Money != nil {
		series = append(series, s.Money.Series...)
	}
	if len(series) == 0 {
		return
	}
	t := document.Table{Caption: d.To.Say("state.series"), Columns: []document.Column{{Head: d.To.Say("state.series.name"), Share: 4}, {Head: d.To.Say("state.series.year"), Share: 1, Align: document.Centre}, {Head: d.To.Say("state.series.last"), Share: 1.4, Align: document.Right}}}
	for _, n := range series {
		t.Add(document.C(SeriesName(d.To, n.Code)), document.C(d.To.Say("state.series.of", yearText(n.Year))), d.figure(int(n.Last)))
	}
	d.Sheet.Add(t)
}

// head prints the last link of the chain of history.
func (d Desk) head(s State) {
	d.section("state.head")
	d.Sheet.Say(d.To.Say("state.head.line", s.Link))
	d.Sheet.Add(document.Paragraph{Runs: document.Runs{document.B(grouped(s.Head))}, Align: document.Centre, Flush: true, Size: 12})
	d.Sheet.Add(document.Note{Runs: document.Text(d.To.Say("state.head.how"))})
	if len(s.Hidden) > 0 {
		d.Sheet.Add(document.Note{Runs: document.Text(d.To.Say("state.hidden"))})
	}
}
