package dossier

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/report"
)

// Movement is one contest as the statistics of the State count it.
type Movement struct {
	Name   string
	By     string // who launched it
	Launch contest.Launch
	Period calendar.Period
}

// Recipient says what an award went to.
type Recipient string

// The recipients; an enterprise counts among the collectives.
const (
	Collective Recipient = "collective"
	Enterprise Recipient = "enterprise"
	Household  Recipient = "household"
	Individual Recipient = "individual"
)

// Honoured is one award given in the year.
type Honoured struct {
	Award  string
	Whom   string
	To     Recipient
	Issuer string
	Day    calendar.Day
	Number string
	contest.Grade
}

// Statistics is what the book knows for forms 0601 to 0605 of a year.
type Statistics struct {
	House     report.House
	Year      int
	Movements []Movement
	Awards    []Honoured
}

// Due is the day by which the forms of a year are to be sent.
func (s Statistics) Due() calendar.Day { return calendar.DayOf(s.Year, 12, 15) }

// Span is how long a movement lasts, in the bands of the form.
type Span string

// The bands: under a year, a year, up to three, up to five, longer.
const (
	UnderAYear Span = "under"
	AYear      Span = "year"
	UnderThree Span = "three"
	UnderFive  Span = "five"
	Longer     Span = "longer"
)

// Spans lists the bands in the order of the form.
func Spans() []Span { return []Span{UnderAYear, AYear, UnderThree, UnderFive, Longer} }

// SpanOf finds the band of a period; a year is one whether or not it has 366 days.
func SpanOf(p calendar.Period) Span {
	end := p.To + 1
	switch {
	case end < p.From.AddYears(1):
		return UnderAYear
	case end == p.From.AddYears(1):
		return AYear
	case end < p.From.AddYears(3):
		return UnderThree
	case end < p.From.AddYears(5):
		return UnderFive
	}
	return Longer
}

// Forms composes the statistics of a year: the five forms, a table each, and what
// stands behind their figures. What the book does not know stays blank, and the
// paper says so.
func Forms(to locale.Speaker, s Statistics) *document.Document {
	w := &writer{Speaker: to, Facts: Facts{House: s.House}, b: s.House.Sheet(to, document.A4Wide(), "", calendar.Date{})}
	w.b.Paper().Head.Number = nil
	w.b.Title(to.Say("dossier.statistics"), to.Say("dossier.statistics.year", strconv.Itoa(s.Year)))
	w.b.Say(to.Say("dossier.statistics.due", to.DateShort(calendar.OnDay(s.Due()))))
	w.b.Say(to.Say("dossier.statistics.text"))
	for i, f := range StateForms(to, s) {
		if i > 0 {
			w.b.Add(document.PageBreak{})
		}
		w.b.Add(f.Table)
		for _, note := range f.Notes {
			w.b.Add(document.Note{Runs: document.Text(note)})
		}
	}
	w.b.Add(document.PageBreak{}, w.movementList(s))
	if len(s.Awards) > 0 {
		w.b.Add(w.awardList(s))
	}
	sign := s.House.Signature(to)
	w.b.Sign(w.pen(to.Say("dossier.statistics.maker"), ""), sign)
	return w.b.Paper()
}

// StateForm is one form with what is to be said of it.
type StateForm struct {
	Code  string
	Table document.Table
	Notes []string
}

// StateForms gives the five forms of a year.
func StateForms(to locale.Speaker, s Statistics) []StateForm {
	w := &writer{Speaker: to}
	return []StateForm{w.form0601(s), w.form0602(s), w.form0603(s), w.form0604(), w.form0605()}
}

// slice is one row of a form: which of what is counted belongs to it, and whether
// that is known. A row without holds heads others.
type slice[T any] struct {
	key, code, unit string
	holds           func(T) (in, known bool)
}

// counted fills the cells of a row: a count for every column, blank where of
// something in the column it is not known whether it belongs to the row.
func counted[T any](w *writer, all []T, row slice[T], columns []func(T) bool) []document.Cell {
	var cells []document.Cell
	for _, column := range columns {
		n, known := 0, true
		for _, one := range all {
			if !column(one) {
				continue
			}
			in, sure := row.holds(one)
			known = known && sure
			if in {
				n++
			}
		}
		if known {
			cells = append(cells, document.CR(w.count(n)...))
		} else {
			cells = append(cells, document.C(""))
		}
	}
	return cells
}

// lines are the rows of a form under its line of letters and numbers.
func lines[T any](w *writer, t *document.Table, all []T, rows []slice[T], columns []func(T) bool, units bool) {
	for _, row := range rows {
		head := []document.Cell{document.C(w.Say("dossier.statistics.row." + row.key)), document.C(row.code)}
		if units {
			unit := ""
			if row.unit != "" {
				unit = w.Say("dossier.statistics.unit." + row.unit)
			}
			head = append(head, document.C(unit))
		}
		switch {
		case row.holds == nil:
			t.AddGroup(append(head, make([]document.Cell, len(columns))...)...)
		case row.key == "all":
			t.AddTotal(append(head, counted(w, all, row, columns)...)...)
		default:
			t.Add(append(head, counted(w, all, row, columns)...)...)
		}
	}
}

// lettered numbers the columns as the State's forms do: A, B, C, then 1, 2 …
func lettered(t *document.Table, marks ...string) {
	var cells []document.Cell
	for _, m := range marks {
		cells = append(cells, document.Cell{Runs: document.Text(m), Align: document.Centre})
	}
	t.AddKind(document.SumRow, cells...)
}

// form0601 counts movements by who launched them, over whom, for how long, and how.
func (w *writer) form0601(s Statistics) StateForm {
	t := document.Table{Caption: w.Say("dossier.statistics.0601"), Unit: w.Say("dossier.statistics.unit.movements"), Size: 10, Columns: []document.Column{
		{Head: w.Say("dossier.statistics.rows"), Share: 4.2}, {Head: w.Say("dossier.statistics.code"), Align: document.Centre}, {Head: w.Say("dossier.statistics.sum"), Share: 1.2, Align: document.Right},
	}}
	for _, l := range []string{"centre", "branch", "unit"} {
		t.Columns = append(t.Columns, document.Column{Head: w.Say("dossier.statistics.launched." + l), Group: w.Say("dossier.statistics.launched"), Share: 2.2, Align: document.Right})
	}
	lettered(&t, "A", "B", "1=(2+3+4)", "2", "3", "4")
	launched := func(l string) func(Movement) bool {
		return func(m Movement) bool { return launchedBy(m.Launch.Level) == l }
	}
	columns := []func(Movement) bool{func(Movement) bool { return true }, launched("centre"), launched("branch"), launched("unit")}
	lines(w, &t, s.Movements, movementRows(), columns, false)
	f := StateForm{Code: "0601", Table: t}
	for _, m := range s.Movements {
		for key, known := range map[string]bool{"level": m.Launch.Level != "", "scope": m.Launch.Scope != "", "manner": m.Launch.Manner != ""} {
			if !known {
				f.Notes = append(f.Notes, w.Say("dossier.statistics.open."+key, m.Name))
			}
		}
	}
	slices.Sort(f.Notes)
	return f
}

// launchedBy finds the column of the level that launched a movement.
func launchedBy(l contest.Level) string {
	switch l {
	case contest.OfState:
		return "centre"
	case contest.OfMinistry, contest.OfProvince:
		return "branch"
	case contest.OfDepartment, contest.OfDistrict, contest.OfCommune, contest.OfUnit:
		return "unit"
	case contest.OfAbroad:
	}
	return ""
}

func movementRows() []slice[Movement] {
	scope := func(code string, of contest.Scope) slice[Movement] {
		return slice[Movement]{key: "scope." + string(of), code: code, holds: func(m Movement) (bool, bool) { return m.Launch.Scope == of, m.Launch.Scope != "" }}
	}
	rows := []slice[Movement]{
		{key: "all", code: "01", holds: func(Movement) (bool, bool) { return true, true }},
		{key: "scope"},
		scope("02", contest.Nationwide), scope("03", contest.OfBranch), scope("04", contest.OfCluster), scope("05", contest.OfAgency),
		{key: "span"},
	}
	for i, span := range Spans() {
		rows = append(rows, slice[Movement]{key: "span." + string(span), code: twoDigits(6 + i), holds: func(m Movement) (bool, bool) { return SpanOf(m.Period) == span, true }})
	}
	manner := func(code string, of contest.Manner) slice[Movement] {
		return slice[Movement]{key: "movement." + string(of), code: code, holds: func(m Movement) (bool, bool) { return m.Launch.Manner == of, m.Launch.Manner != "" }}
	}
	return append(rows, slice[Movement]{key: "movement"}, manner("11", contest.Thematic), manner("12", contest.Regular))
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// movementList names every movement behind the counts.
func (w *writer) movementList(s Statistics) document.Table {
	t := document.Table{Caption: w.Say("dossier.statistics.list"), Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.5, Align: document.Centre},
		{Head: w.Say("dossier.statistics.movement"), Share: 4},
		{Head: w.Say("dossier.statistics.by"), Share: 3},
		{Head: w.Say("dossier.statistics.level"), Share: 1.8},
		{Head: w.Say("dossier.statistics.span"), Share: 1.8},
	}}
	for i, m := range s.Movements {
		t.Add(document.C(w.small(i+1)), document.C(m.Name), document.C(m.By), document.C(LevelSaid(w.Speaker, m.Launch.Level)), document.C(strings.TrimPrefix(w.Say("dossier.statistics.row.span."+string(SpanOf(m.Period))), "- ")))
	}
	return t
}

// LevelSaid names a level, or says that the book has none.
func LevelSaid(to locale.Speaker, l contest.Level) string {
	if l == "" {
		return to.Say("dossier.statistics.unknown")
	}
	return to.Say("contest.level." + string(l))
}

// MovementOf tells of a contest what the form counts. What was not set is taken from
// what the book knows: the level of the body that launched it, that a cluster holds
// it, that it is held for a year.
func MovementOf(c contest.Contest, by string, cluster body.Body, level body.Level, lang string) Movement {
	m := Movement{Name: c.Title(lang), By: by, Launch: c.Launch, Period: c.Period}
	if m.Launch.Level == "" {
		m.Launch.Level = map[body.Level]contest.Level{body.Country: contest.OfState, body.Province: contest.OfProvince, body.District: contest.OfDistrict, body.Commune: contest.OfCommune}[level]
	}
	if m.Launch.Scope == "" && cluster.Kind == body.Cluster {
		m.Launch.Scope = contest.OfCluster
	}
	if m.Launch.Manner == "" && SpanOf(c.Period) == AYear {
		m.Launch.Manner = contest.Regular
	}
	return m
}
