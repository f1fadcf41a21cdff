package dossier

import (
	"strconv"

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
	By     string     // who launched it
	Level  body.Level // of who launched it; empty: the book does not say
	Units  int
	Period calendar.Period
}

// Honoured is one award given in the year.
type Honoured struct {
	Award  string
	Unit   string
	Issuer string
	Day    calendar.Day
	Number string
}

// Statistics is what the book knows for forms 0601 to 0605 of a year.
type Statistics struct {
	House     report.House
	Year      int
	Movements []Movement
	Awards    []Honoured
}

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

// launched are the levels that the form tells apart.
func launched() []body.Level {
	return []body.Level{body.Country, body.Province, body.District, body.Commune, ""}
}

// Forms composes the statistics of a year: a table for each form. What the book does
// not know stays blank, and the paper says so.
func Forms(to locale.Speaker, s Statistics) *document.Document {
	w := &writer{Speaker: to, Facts: Facts{House: s.House}, b: s.House.Sheet(to, document.A4Wide(), "", calendar.Date{})}
	w.b.Paper().Head.Number = nil
	w.b.Title(to.Say("dossier.statistics"), to.Say("dossier.statistics.year", strconv.Itoa(s.Year)))
	w.b.Say(to.Say("dossier.statistics.text"))
	w.b.Add(w.movements(s), w.movementList(s), w.awardsTable(s))
	w.b.Add(document.Note{Runs: document.Text(to.Say("dossier.statistics.awards.note"))})
	w.b.Add(w.staffTable(), document.Note{Runs: document.Text(to.Say("dossier.statistics.staff.note"))})
	w.b.Sign(s.House.Signature(to))
	return w.b.Paper()
}

// movements counts movements by who launched them and how long they last.
func (w *writer) movements(s Statistics) document.Table {
	t := document.Table{Caption: w.Say("dossier.statistics.0601"), Columns: []document.Column{{Head: w.Say("dossier.statistics.span"), Share: 3}}}
	for _, l := range launched() {
		t.Columns = append(t.Columns, document.Column{Head: w.levelSaid(l), Group: w.Say("dossier.statistics.level"), Align: document.Right})
	}
	t.Columns = append(t.Columns, document.Column{Head: w.Say("dossier.statistics.sum"), Align: document.Right})
	sums := make([]int, len(launched())+1)
	for _, span := range Spans() {
		cells, row := []document.Cell{document.C(w.Say("dossier.statistics.span." + string(span)))}, 0
		for i, l := range launched() {
			n := 0
			for _, m := range s.Movements {
				if SpanOf(m.Period) == span && levelOr(m.Level) == l {
					n++
				}
			}
			cells = append(cells, document.CR(w.count(n)...))
			row += n
			sums[i] += n
		}
		sums[len(sums)-1] += row
		t.Add(append(cells, document.CR(w.count(row)...))...)
	}
	total := []document.Cell{document.C(w.Say("dossier.statistics.sum"))}
	for _, n := range sums {
		total = append(total, document.CR(w.count(n)...))
	}
	t.AddTotal(total...)
	return t
}

// levelOr is a level of the form, or none.
func levelOr(l body.Level) body.Level {
	for _, known := range launched() {
		if l == known {
			return l
		}
	}
	return ""
}

func (w *writer) levelSaid(l body.Level) string {
	if l == "" {
		return w.Say("dossier.statistics.level.unknown")
	}
	return w.Say("dossier.statistics.level." + string(l))
}

// movementList names every movement behind the counts.
func (w *writer) movementList(s Statistics) document.Table {
	t := document.Table{Caption: w.Say("dossier.statistics.list"), Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.5, Align: document.Centre},
		{Head: w.Say("dossier.statistics.movement"), Share: 4},
		{Head: w.Say("dossier.statistics.by"), Share: 3},
		{Head: w.Say("dossier.statistics.level"), Share: 1.5},
		{Head: w.Say("dossier.statistics.scope"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.statistics.span"), Share: 1.8},
		{Head: w.Say("dossier.statistics.method"), Share: 1.6},
	}}
	for i, m := range s.Movements {
		method := "dossier.statistics.method.term"
		if SpanOf(m.Period) == AYear {
			method = "dossier.statistics.method.yearly"
		}
		t.Add(document.C(w.small(i+1)), document.C(m.Name), document.C(m.By), document.C(w.levelSaid(levelOr(m.Level))), document.CR(w.count(m.Units)...),
			document.C(w.Say("dossier.statistics.span."+string(SpanOf(m.Period)))), document.C(w.Say(method)))
	}
	return t
}

// awardsTable counts the awards given by title and recipient; what the book does not
// tell of recipients stays blank.
func (w *writer) awardsTable(s Statistics) document.Table {
	t := document.Table{Caption: w.Say("dossier.statistics.0602"), Columns: []document.Column{
		{Head: w.Say("dossier.title"), Share: 4},
		{Head: w.Say("dossier.statistics.issuer"), Share: 3},
		{Head: w.Say("dossier.statistics.collective"), Align: document.Right},
		{Head: w.Say("dossier.statistics.enterprise"), Align: document.Right},
		{Head: w.Say("dossier.statistics.household"), Align: document.Right},
		{Head: w.Say("dossier.statistics.individual"), Align: document.Right},
	}}
	type kind struct{ award, issuer string }
	var order []kind
	n := map[kind]int{}
	for _, a := range s.Awards {
		k := kind{a.Award, a.Issuer}
		if n[k]++; n[k] == 1 {
			order = append(order, k)
		}
	}
	sum := 0
	for _, k := range order {
		t.Add(document.C(k.award), document.C(k.issuer), document.CR(w.count(n[k])...), document.C(""), document.C(""), document.C(""))
		sum += n[k]
	}
	t.AddTotal(document.C(w.Say("dossier.statistics.sum")), document.C(""), document.CR(w.count(sum)...), document.C(""), document.C(""), document.C(""))
	return t
}

// staffTable is left to the pen: the book does not keep staff of this work.
func (w *writer) staffTable() document.Table {
	t := document.Table{Caption: w.Say("dossier.statistics.0604"), Columns: []document.Column{{Head: w.Say("dossier.statistics.staff"), Share: 4}, {Head: w.Say("dossier.statistics.sum"), Align: document.Right}, {Head: w.Say("dossier.statistics.women"), Align: document.Right}}}
	for _, by := range []string{"age", "training", "seniority"} {
		t.Add(document.C(w.Say("dossier.statistics.staff."+by)), document.C(""), document.C(""))
	}
	return t
}

// MovementOf tells of a contest what the form counts.
func MovementOf(c contest.Contest, by string, level body.Level, units int, lang string) Movement {
	name := c.Titles[lang]
	if name == "" {
		name = c.Titles["vi"]
	}
	return Movement{Name: name, By: by, Level: level, Units: units, Period: c.Period}
}
