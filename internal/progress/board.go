package progress

import (
	"cmp"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/office"
	"kith.app/internal/programme"
)

// BoardPaper is how the units of an area stand against a standard on a day.
func BoardPaper(d office.Desk, b programme.Board, area string) *document.Document {
	say, lang := d.To.Say, string(d.To.Lang)
	d.Sheet.Title(capitals(d.To, say("plan.board.paper")), say("plan.paper.subject", area, d.To.DateShort(calendar.OnDay(b.On))))
	d.Sheet.Say(say("plan.paper.by", PaperSaid(d.To, b.Standard.Paper)))
	d.Sheet.Say(say("plan.board.head", b.Standard.Names.In(lang), say("plan.board.units", strconv.Itoa(b.Met()), strconv.Itoa(len(b.Units)))))
	t := document.Table{Columns: []document.Column{
		{Head: say("report.col.n"), Share: 0.5, Align: document.Centre}, {Head: say("plan.board.unit"), Share: 2}, {Head: say("plan.status.outcome.is"), Share: 1.2}, {Head: say("plan.board.since"), Share: 1.2}, {Head: say("plan.board.lacking"), Share: 2.4}, {Head: say("plan.board.ground"), Share: 2.8},
	}}
	for i, u := range b.Units {
		row := []document.Cell{document.C(strconv.Itoa(i + 1)), document.C(u.Name)}
		if st := u.Status; st != nil {
			var missing []string
			for _, no := range st.Missing {
				c, _ := b.Standard.Criterion(no)
				missing = append(missing, no+". "+c.Names.In(lang))
			}
			ground := cmp.Or(PaperSaid(d.To, st.Paper), st.Source.Title)
			if st.Note != "" {
				ground += ". " + st.Note
			}
			row = append(row, document.C(say("plan.outcome."+string(st.Outcome))), document.C(d.To.DateShort(calendar.OnDay(st.On))), document.C(strings.Join(missing, "; ")), document.C(ground))
		} else {
			row = append(row, document.C(say("plan.board.unknown")), document.C(""), document.C(""), document.C(""))
		}
		t.Add(row...)
	}
	d.Sheet.Add(t)
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}
