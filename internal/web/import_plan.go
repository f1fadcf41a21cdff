package web

import (
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/money"
	"kith.app/internal/page"
)

// How many rows of a table the page names; the counts tell the rest.
const (
	troubleRows = 200
	likelyRows  = 50
)

// looked is a file with what was made of it: no plan where the columns are not
// told apart yet.
type looked struct {
	file  *brought
	table *intake.Table
	plan  *intake.Plan
}

// importPlan shows what was recognised of a file and what would become of its
// rows. Nothing is written.
func (s *Server) importPlan(q *request) error {
	b, err := q.brought()
	if err != nil {
		return err
	}
	l := looked{file: b}
	if l.table, err = b.table(); err == nil {
		l.plan, err = intake.Propose(q.Context(), q.view(), l.table, b.options(q.say("intake.why", b.File.Name)))
	}
	if err != nil {
		return q.planAgain(b, l.table, nil, err)
	}
	p, err := q.planPage(l, nil)
	if err != nil {
		return err
	}
	return q.show(page.ImportLook(p))
}

func (q *request) planPage(l looked, refused error) (page.ImportLookPage, error) {
	p := page.ImportLookPage{
		Shell: q.shell(q.say("importweb.look.title", l.file.File.Name)), Steps: q.importSteps(1), Wrong: page.ProblemsOf(refused, q.reader),
		Action: l.file.href(), SheetWas: l.file.Sheet, Good: l.file.GoodRows, Create: l.file.Create,
	}
	p.Shell.Crumbs = []page.Link{{Text: q.say("importweb.title"), Href: "/import"}}
	p.Deeds, p.Figures = l.file.Subject == intake.Deeds, l.file.Figures
	if l.plan != nil {
		p.Money = q.planMoney(l.plan)
	}
	p.MayCreate = l.file.Subject != intake.Bodies && q.may(access.ManageBody, l.file.Body)
	for _, order := range []intake.DayOrder{intake.FindOut, intake.DayFirst, intake.MonthFirst} {
		key := "importweb.order.found"
		if order != intake.FindOut {
			key = "importweb.order." + string(order)
		}
		p.Orders = append(p.Orders, page.Option{Value: string(order), Text: q.say(key)})
	}
	p.Order = string(l.file.DayOrder)
	var err error
	if p.Bodies, err = q.bodyOptions(l.file.Subject.Right(), ""); err != nil {
		return p, err
	}
	p.Body = idText(l.file.Body)
	if err := q.planBefore(&p, l.file); err != nil {
		return p, err
	}
	q.planTable(&p, l)
	q.planRows(&p, l.plan)
	return p, nil
}

// planMoney says what the table would enter in the fund.
func (q *request) planMoney(plan *intake.Plan) string {
	n, in, out := plan.Money()
	if n == 0 {
		return ""
	}
	sums := func(all []money.Amount) string {
		var said []string
		for _, a := range all {
			said = append(said, q.speaker().Money(a))
		}
		if len(said) == 0 {
			return "0"
		}
		return strings.Join(said, " + ")
	}
	return q.say("importweb.money", n, sums(in), sums(out))
}

// planBefore says that the same file came in already.
func (q *request) planBefore(p *page.ImportLookPage, b *brought) error {
	j, again, err := q.view().SameFile(q.Context(), b.File.SHA256)
	if err == nil && again {
		p.Before = page.Link{Text: q.say("importweb.before", q.when(j.At)), Href: importPath(j.ID)}
	}
	return err
}

// planTable tells what the columns were taken for.
func (q *request) planTable(p *page.ImportLookPage, l looked) {
	if l.table == nil {
		return
	}
	read := l.table.Sheet
	p.About = []page.Fact{
		{Name: q.say("common.kind"), Text: q.say("intake.subject." + string(l.file.Subject))},
		{Name: q.say("importweb.heading"), Text: q.speaker().Number(int64(l.table.Heading))},
		{Name: q.say("importweb.encoding"), Text: read.Encoding.String()},
	}
	if len(read.Others) > 0 {
		p.About = append(p.About, page.Fact{Name: q.say("importweb.sheet"), Text: read.Name})
		p.Sheets = append(p.Sheets, page.Option{Value: l.file.Sheet, Text: read.Name})
		for _, name := range read.Others {
			p.Sheets = append(p.Sheets, page.Option{Value: name, Text: name})
		}
	}
	if l.plan != nil && l.plan.DayOrder != intake.FindOut {
		p.About = append(p.About, page.Fact{Name: q.say("importweb.order"), Text: q.say("importweb.order." + string(l.plan.DayOrder))})
	}
	fields := []page.Option{{Value: string(intake.Ignored), Text: q.say("importweb.column.none")}}
	for _, f := range intake.Fields(l.file.Subject) {
		fields = append(fields, page.Option{Value: string(f), Text: intake.Title(l.file.Subject, f, q.reader.Lang)})
	}
	for i, c := range l.table.Columns {
		if i >= columnsMost || c.Title == "" && len(l.table.Examples[i]) == 0 {
			continue
		}
		value := string(c.Field)
		if c.Field == "" {
			value = string(intake.Ignored)
			p.Unknown++
		}
		label := intake.ColumnName(c.At)
		if c.Title != "" {
			label += " · " + c.Title
		}
		p.Columns = append(p.Columns, page.Field{Name: columnName(c.At), Label: label, Hint: strings.Join(l.table.Examples[i], "; "), Value: value})
	}
	p.Fields = fields
}

// planRows tells what would become of the rows: how many, and which are in
// trouble or may be somebody the book knows.
func (q *request) planRows(p *page.ImportLookPage, plan *intake.Plan) {
	if plan == nil {
		return
	}
	n := plan.Counts()
	p.Planned, p.Counts, p.Found, p.Lacked = true, q.importTiles(n), plan.Create, plan.Lacked
	p.Writes, p.Troubled = plan.Writes(), n.Problem
	p.Trouble = page.Table{Caption: q.say("importweb.trouble", n.Problem), Columns: []page.Column{
		{Head: q.say("importweb.row.head"), Figure: true}, {Head: q.say("common.name"), Chief: true}, {Head: q.say("importweb.column")}, {Head: q.say("importweb.wrong")},
	}}
	p.Likely = page.Table{Caption: q.say("importweb.likely", n.Likely), Columns: []page.Column{
		{Head: q.say("importweb.row.head"), Figure: true}, {Head: q.say("common.name"), Chief: true}, {Head: q.say("importweb.alike")},
	}}
	p.Trouble.Rows = q.troubles(plan)
	for i := range plan.Rows {
		row := &plan.Rows[i]
		if row.What == intake.Likely && len(p.Likely.Rows) < likelyRows {
			p.Likely.Rows = append(p.Likely.Rows, page.Row{Cells: []page.Cell{{Text: idText(int64(row.Number))}, {Text: row.Name}, q.alikeCell(plan.Subject, row.Alike)}})
		}
	}
}

// trouble is one thing that is wrong, in one row of a table or in many alike.
type trouble struct {
	title, said string
	first       intake.Problem
	name        string
	rows        []int
}

// troubles tells what is wrong, row by row; what is wrong with many rows in the
// same way is told once, with their numbers.
func (q *request) troubles(plan *intake.Plan) []page.Row {
	var all []*trouble
	seen := map[[2]string]*trouble{}
	for i := range plan.Rows {
		row := &plan.Rows[i]
		if row.What != intake.Trouble {
			continue
		}
		for _, one := range row.Problems {
			said := q.faultText(one.Fault)
			t := seen[[2]string{one.Title, said}]
			if t == nil {
				t = &trouble{title: one.Title, said: said, first: one, name: row.Name}
				seen[[2]string{one.Title, said}] = t
				all = append(all, t)
			}
			t.rows = append(t.rows, row.Number)
		}
	}
	var rows []page.Row
	for _, t := range all[:min(len(all), troubleRows)] {
		at, name, cell := idText(int64(t.rows[0])), t.name, q.cellNamed(t.first)
		if n := len(t.rows); n > 1 {
			name, cell = q.say("importweb.rows", n, rowNumbers(t.rows)), t.title
		}
		rows = append(rows, page.Row{Cells: []page.Cell{{Text: at}, {Text: name}, {Text: cell}, {Text: t.said}}})
	}
	return rows
}

// rowsNamed is how many rows with the same trouble are named by number.
const rowsNamed = 12

func rowNumbers(rows []int) string {
	var said []string
	for _, n := range rows[:min(len(rows), rowsNamed)] {
		said = append(said, idText(int64(n)))
	}
	if len(rows) > rowsNamed {
		said = append(said, "…")
	}
	return strings.Join(said, ", ")
}

// cellNamed names a cell as the spreadsheet does, with the heading above it.
func (q *request) cellNamed(p intake.Problem) string { return joinDots([]string{p.Cell(), p.Title}) }

func (q *request) faultText(f *fault.Fault) string { return q.say(f.Key, f.Args...) }

// alikeCell names whom a new row may be the same as.
func (q *request) alikeCell(subject intake.Subject, all []intake.Alike) page.Cell {
	var c page.Cell
	for _, a := range all {
		name := a.Name
		if a.Row != 0 {
			name += " (" + q.say("importweb.row", a.Row) + ")"
		}
		c.Text = strings.Trim(c.Text+", "+name, ", ")
		if a.Ref != 0 && subject == intake.People && c.Href == "" {
			c.Href = "/people/" + idText(a.Ref)
		}
	}
	return c
}
