package dossier

import (
	"slices"
	"strconv"

	"kith.app/internal/contest"
	"kith.app/internal/document"
)

// stateColumn is a column of forms 0602 and 0603: the form of award it counts, of which
// recipients (none: of all), under which number.
type stateColumn struct {
	head, group string
	number      string
	form        contest.Form
	to          []Recipient
}

var (
	collectives = []Recipient{Collective, Enterprise, Household}
	individuals = []Recipient{Individual}
)

// stateColumns are those of form 0602: what the State itself gives.
func stateColumns() []stateColumn {
	return []stateColumn{
		{"group", "order", "2", contest.AnOrder, collectives},
		{"one", "order", "2", contest.AnOrder, individuals},
		{"group", "medal", "2", contest.AMedal, collectives},
		{"one", "medal", "2", contest.AMedal, individuals},
		{"one", "hcm", "3", contest.HoChiMinh, nil},
		{"one", "prize", "4", contest.StatePrize, nil},
		{"group", "honorary", "5", contest.Honorary, collectives},
		{"one", "honorary", "5", contest.Honorary, individuals},
		{"group", "flag.state", "6", contest.AFlag, nil},
		{"group", "merit.state", "7", contest.Merit, collectives},
		{"one", "merit.state", "7", contest.Merit, individuals},
		{"one", "fighter.state", "8", contest.Fighter, nil},
		{"group", "other.state", "9", contest.AnotherAward, collectives},
		{"one", "other.state", "9", contest.AnotherAward, individuals},
	}
}

// branchColumns are those of form 0603: what ministries, central mass organisations
// and provinces give.
func branchColumns() []stateColumn {
	return []stateColumn{{"merit.branch", "", "2", contest.Merit, nil}, {"fighter.branch", "", "3", contest.Fighter, nil}, {"flag.branch", "", "4", contest.AFlag, nil}, {"badge.branch", "", "5", contest.Badge, nil}}
}

// in tells whether an award stands in the column; of the State's own every other
// title has a column too.
func (c stateColumn) in(h Honoured) bool {
	form := h.Form
	if c.form == contest.AnotherAward && (form == contest.Badge || form == contest.Title || form == contest.Certificate) {
		form = contest.AnotherAward
	}
	return form == c.form && (c.to == nil || slices.Contains(c.to, h.To))
}

// form0602 counts what the State gave.
func (w *writer) form0602(s Statistics) StateForm {
	return w.awardForm(s, "0602", stateColumns(), []contest.Level{contest.OfState}, append([]slice[Honoured]{
		{key: "all", code: "01", holds: always},
		{key: "asked"},
		{key: "asked.ministry", code: "02", unit: "ministry", holds: never},
		{key: "asked.province", code: "03", unit: "province", holds: never},
	}, awardRows(6)...))
}

// form0603 counts what ministries, central mass organisations and provinces gave.
func (w *writer) form0603(s Statistics) StateForm {
	return w.awardForm(s, "0603", branchColumns(), []contest.Level{contest.OfMinistry, contest.OfProvince}, append([]slice[Honoured]{{key: "all", code: "01", holds: always}}, awardRows(2)...))
}

func always(Honoured) (bool, bool) { return true, true }
func never(Honoured) (bool, bool)  { return false, false }

// awardRows are the rows that both forms share, numbered from a number on.
func awardRows(n int) []slice[Honoured] {
	var rows []slice[Honoured]
	put := func(key, unit string, holds func(Honoured) (bool, bool)) {
		rows = append(rows, slice[Honoured]{key: key, code: twoDigits(n), unit: unit, holds: holds})
		n++
	}
	to := func(of ...Recipient) func(Honoured) (bool, bool) {
		return func(h Honoured) (bool, bool) { return slices.Contains(of, h.To), h.To != "" }
	}
	rows = append(rows, slice[Honoured]{key: "to"})
	put("to.collective", "collective", to(Collective, Enterprise))
	put("to.enterprise", "enterprise", to(Enterprise))
	put("to.household", "household", to(Household))
	put("to.individual", "person", to(Individual))
	for _, rank := range []string{"top", "head", "business", "middle", "direct"} { // the post of a person is not in the book
		put("rank."+rank, "person", func(h Honoured) (bool, bool) { return false, h.To != Individual && h.To != "" })
	}
	rows = append(rows, slice[Honoured]{key: "manner"})
	for _, m := range contest.Manners() {
		put("manner."+string(m), "", func(h Honoured) (bool, bool) { return h.Manner == m, h.Manner != "" })
	}
	return rows
}

// awardForm counts the awards of some levels; what belongs to none of its columns is
// told below it.
func (w *writer) awardForm(s Statistics, code string, columns []stateColumn, levels []contest.Level, rows []slice[Honoured]) StateForm {
	t := document.Table{Caption: w.Say("dossier.statistics." + code), Size: 10, Columns: []document.Column{
		{Head: w.Say("dossier.statistics.rows"), Share: 5.4},
		{Head: w.Say("dossier.statistics.code"), Share: 0.9, Align: document.Centre},
		{Head: w.Say("dossier.statistics.unit"), Share: 1.3, Align: document.Centre},
		{Head: w.Say("dossier.statistics.sum"), Align: document.Right},
	}}
	marks := []string{"A", "B", "C", "1"}
	belongs := func(h Honoured) bool {
		return slices.ContainsFunc(columns, func(c stateColumn) bool { return c.in(h) })
	}
	counts := []func(Honoured) bool{belongs}
	for _, c := range columns {
		column := document.Column{Head: w.Say("dossier.statistics.award." + c.head), Align: document.Right}
		if c.group != "" {
			column.Group = w.Say("dossier.statistics.award." + c.group)
			if c.to == nil { // alone under its head
				column.Share = 1.5
			}
		} else {
			column.Share = 2
		}
		t.Columns, marks, counts = append(t.Columns, column), append(marks, c.number), append(counts, c.in)
	}
	lettered(&t, marks...)
	f := StateForm{Code: code}
	var here []Honoured
	for _, h := range s.Awards {
		switch {
		case h.Level == "" && code == "0603":
			f.Notes = append(f.Notes, w.Say("dossier.statistics.nolevel", h.Award, h.Whom))
		case !slices.Contains(levels, h.Level):
		case !belongs(h):
			f.Notes = append(f.Notes, w.Say("dossier.statistics.nocolumn", h.Award, h.Whom))
		default:
			here = append(here, h)
		}
	}
	lines(w, &t, here, rows, counts, true)
	f.Table = t
	if slices.ContainsFunc(here, func(h Honoured) bool { return h.Manner == "" }) {
		f.Notes = append(f.Notes, w.Say("dossier.statistics.nomanner"))
	}
	if slices.ContainsFunc(here, func(h Honoured) bool { return h.To == Individual }) {
		f.Notes = append(f.Notes, w.Say("dossier.statistics.noranks"))
	}
	if code == "0602" && len(here) > 0 {
		f.Notes = append(f.Notes, w.Say("dossier.statistics.noasked"))
	}
	return f
}

// awardList names every award behind the counts, those in no form too.
func (w *writer) awardList(s Statistics) document.Table {
	t := document.Table{Caption: w.Say("dossier.statistics.awards"), Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.5, Align: document.Centre},
		{Head: w.Say("dossier.title"), Share: 3},
		{Head: w.Say("dossier.statistics.whom"), Share: 3},
		{Head: w.Say("dossier.statistics.level"), Share: 1.6},
		{Head: w.Say("dossier.statistics.issuer"), Share: 2.6},
		{Head: w.Say("dossier.statistics.form"), Share: 0.9, Align: document.Centre},
	}}
	for i, h := range s.Awards {
		form := map[contest.Level]string{contest.OfState: "0602", contest.OfMinistry: "0603", contest.OfProvince: "0603"}[h.Level]
		t.Add(document.C(strconv.Itoa(i+1)), document.C(h.Award), document.C(h.Whom), document.C(LevelSaid(w.Speaker, h.Level)), document.C(h.Issuer), document.C(form))
	}
	return t
}

// form0604 asks how many organisations do this work: the book keeps none.
func (w *writer) form0604() StateForm {
	t := document.Table{Caption: w.Say("dossier.statistics.0604"), Size: 11, Columns: []document.Column{
		{Head: w.Say("dossier.statistics.rows"), Share: 6}, {Head: w.Say("dossier.statistics.code"), Align: document.Centre}, {Head: w.Say("dossier.statistics.unit"), Share: 1.5, Align: document.Centre}, {Head: w.Say("dossier.statistics.number"), Share: 1.5, Align: document.Right},
	}}
	lettered(&t, "A", "B", "C", "1")
	t.AddTotal(document.C(w.Say("dossier.statistics.row.all")), document.C("01"), document.C(w.Say("dossier.statistics.unit.body")), document.C(""))
	t.AddGroup(document.C(w.Say("dossier.statistics.row.built")), document.C(""), document.C(""), document.C(""))
	for i, row := range []struct{ key, unit string }{{"department", "department"}, {"office", "office"}, {"board", "board"}, {"room", "office"}} {
		t.Add(document.C(w.Say("dossier.statistics.row.built."+row.key)), document.C(twoDigits(i+2)), document.C(w.Say("dossier.statistics.unit."+row.unit)), document.C(""))
	}
	return StateForm{Code: "0604", Table: t, Notes: []string{w.Say("dossier.statistics.nobodies")}}
}

// form0605 asks for the staff of this work by age, training and seniority: the book
// keeps none.
func (w *writer) form0605() StateForm {
	t := document.Table{Caption: w.Say("dossier.statistics.0605"), Size: 11, Columns: []document.Column{
		{Head: w.Say("dossier.statistics.rows"), Share: 6},
		{Head: w.Say("dossier.statistics.code"), Align: document.Centre},
		{Head: w.Say("dossier.statistics.sum"), Group: w.Say("dossier.statistics.people"), Share: 1.4, Align: document.Right},
		{Head: w.Say("dossier.statistics.women"), Group: w.Say("dossier.statistics.people"), Share: 1.4, Align: document.Right},
	}}
	lettered(&t, "A", "B", "1", "2")
	blank := func(text, code string) []document.Cell {
		return []document.Cell{document.C(text), document.C(code), document.C(""), document.C("")}
	}
	t.AddTotal(blank(w.Say("dossier.statistics.row.all"), "01")...)
	n := 2
	for _, group := range []struct {
		key string
		in  []string
	}{
		{"age", []string{"30", "40", "50", "55", "60", "over"}},
		{"training", []string{"basic", "middle", "college", "university", "higher"}},
		{"seniority", []string{"5", "10", "over"}},
	} {
		t.AddGroup(blank(w.Say("dossier.statistics.row."+group.key), "")...)
		for _, in := range group.in {
			t.Add(blank(w.Say("dossier.statistics.row."+group.key+"."+in), twoDigits(n))...)
			n++
		}
	}
	return StateForm{Code: "0605", Table: t, Notes: []string{w.Say("dossier.statistics.nostaff")}}
}
