package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/dossier"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/report"
)

// contestStatistics shows the forms of the State for a year, or gives them in the
// format asked for.
func (s *Server) contestStatistics(q *request) error {
	if err := q.mayLookAtContests(); err != nil {
		return err
	}
	year := q.yearAsked()
	if year == 0 {
		year = q.today().Year()
	}
	found, err := q.view().ContestStatistics(q.Context(), year, 0, q.lang())
	if err != nil {
		return err
	}
	if q.value("as") == "" {
		return q.statisticsPage(found)
	}
	as, err := report.ParseFormat(q.value("as"))
	if err != nil {
		return fault.Missing("fault.missing")
	}
	var b bytes.Buffer
	if err := report.Write(&b, dossier.Forms(q.speaker(), found), as); err != nil {
		return err
	}
	q.attached(q.say("contest.statistics.file")+"-"+strconv.Itoa(year)+"."+string(as), as == report.PDF || as == report.HTML)
	return q.send(http.StatusOK, as.Media(), b.Bytes())
}

// statisticsPage shows the forms of a year one below the other, with the day they
// are due.
func (q *request) statisticsPage(found dossier.Statistics) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.statistics.title", strconv.Itoa(found.Year)))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.contests"), Href: "/contests"}}
	p.Shell.Lead = q.say("dossier.statistics.text")
	due := page.NoteLine{Tone: page.Plain, Text: q.say("dossier.statistics.due", q.daySaid(found.Due()))}
	if left := int(found.Due() - q.today()); left >= 0 && found.Year == q.today().Year() {
		due.Tone, due.Text = page.Due, due.Text+" "+q.say("contest.statistics.left", left)
	}
	p.Notes = []page.NoteLine{due}
	path := "/contests/statistics?year="
	for year := q.today().Year(); year > q.today().Year()-5; year-- {
		p.Tabs = append(p.Tabs, page.Tab{Text: strconv.Itoa(year), Href: path + strconv.Itoa(year), Current: year == found.Year})
	}
	var tools []page.Tool
	for _, as := range []report.Format{report.Xlsx, report.PDF, report.Docx} {
		tools = append(tools, page.Tool{Glyph: page.GlyphDownload, Text: strings.ToUpper(string(as)), Href: path + strconv.Itoa(found.Year) + "&as=" + string(as)})
	}
	for i, f := range dossier.StateForms(q.speaker(), found) {
		t := shownTable("form-"+f.Code, f.Table)
		part := page.DeskPart{Plain: true, Table: &t}
		if i == 0 {
			part.Tools = tools
		}
		p.Parts = append(p.Parts, part)
		if len(f.Notes) > 0 {
			p.Parts = append(p.Parts, page.DeskPart{Lines: f.Notes})
		}
	}
	movements, awards := q.behindStatistics(found)
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Table: &movements}, page.DeskPart{Plain: true, Table: &awards})
	return q.show(page.Desk(p))
}

// behindStatistics lists what the figures of the forms are made of.
func (q *request) behindStatistics(found dossier.Statistics) (movements, awards page.Table) {
	movements = page.Table{ID: "movements", Caption: q.say("dossier.statistics.list"), Columns: []page.Column{{Head: q.say("dossier.statistics.movement"), Chief: true}, {Head: q.say("dossier.statistics.by")}, {Head: q.say("dossier.statistics.level")}}, Empty: page.Empty{Glyph: page.GlyphContest, Head: q.say("contest.statistics.none")}}
	for _, m := range found.Movements {
		movements.Rows = append(movements.Rows, page.Row{Cells: []page.Cell{{Text: m.Name}, {Text: m.By}, {Text: dossier.LevelSaid(q.speaker(), m.Launch.Level)}}})
	}
	awards = page.Table{ID: "given", Caption: q.say("dossier.statistics.awards"), Columns: []page.Column{{Head: q.say("dossier.title"), Chief: true}, {Head: q.say("dossier.statistics.whom")}, {Head: q.say("dossier.statistics.level")}, {Head: q.say("dossier.statistics.issuer")}}, Empty: page.Empty{Glyph: page.GlyphContest, Head: q.say("contest.awards.none")}}
	for _, h := range found.Awards {
		day := ""
		if h.Day != 0 {
			day = q.speaker().DateShort(calendar.OnDay(h.Day))
		}
		awards.Rows = append(awards.Rows, page.Row{Cells: []page.Cell{{Text: h.Award}, {Text: h.Whom}, {Text: dossier.LevelSaid(q.speaker(), h.Level)}, {Text: h.Issuer, Note: dotted(h.Number, day)}}})
	}
	return movements, awards
}

// manyColumns is from how many columns on a form scrolls in a box of its own.
const manyColumns = 9

// shownTable shows the table of a form on a page.
func shownTable(id string, t document.Table) page.Table {
	shown := page.Table{ID: id, Caption: t.Caption, Wide: len(t.Columns) > manyColumns}
	heads := map[string]int{}
	for _, c := range t.Columns {
		heads[c.Head]++
	}
	for i, c := range t.Columns {
		head := c.Head
		if c.Group != "" && heads[head] > 1 { // else the head says enough by itself
			head = c.Group + " · " + head
		}
		shown.Columns = append(shown.Columns, page.Column{Head: head, Chief: i == 0, Figure: c.Align == document.Right})
	}
	for _, r := range t.Rows {
		if r.Kind == document.SumRow {
			continue // the line of letters and numbers is for the paper
		}
		var cells []page.Cell
		for _, c := range r.Cells {
			var said strings.Builder
			for _, run := range c.Runs {
				said.WriteString(run.Text)
			}
			cells = append(cells, page.Cell{Text: said.String()})
		}
		shown.Rows = append(shown.Rows, page.Row{Cells: cells})
	}
	return shown
}
