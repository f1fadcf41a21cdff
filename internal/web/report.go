package web

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/html"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// registerReports: reports, who has not reported, and papers.
func (s *Server) registerReports() {
	s.inside("GET /reports", s.reports)
	s.inside("GET /reports/new", s.reportNew)
	s.inside("POST /reports", s.reportBegin)
	s.inside("GET /reports/branches", s.reportBranches)
	s.inside("POST /reports/branches", s.reportArrived)
	s.inside("GET /reports/branches/settings", s.reportTurnsAsk)
	s.inside("POST /reports/branches/settings", s.reportTurnsSet)
	s.inside("GET /reports/roll", s.reportRoll)
	s.inside("GET /reports/head", s.paperHead)
	s.inside("POST /reports/head", s.paperHeadSet)
	s.inside("GET /reports/public", s.publicAsk)
	s.inside("POST /reports/public", s.publicSet)
	s.inside("GET /reports/{id}", s.report)
	s.inside("GET /reports/{id}/as/{as}", s.reportAs)
	s.inside("GET /reports/{id}/words", s.reportWordsAsk)
	s.inside("POST /reports/{id}/words", s.reportWords)
	s.inside("GET /reports/{id}/file", s.reportFileAsk)
	s.inside("POST /reports/{id}/file", s.reportFile)
	s.inside("GET /reports/{id}/drop", s.reportDropAsk)
	s.inside("POST /reports/{id}/drop", s.reportDrop)
	s.handle("GET /paper.css", s.paperStyle)
	s.handle("GET /p/{code}", s.public)
}

// paperStyle gives the style sheet of papers.
func (s *Server) paperStyle(q *request) error {
	q.w.Header().Set("Cache-Control", "max-age=3600")
	return q.send(http.StatusOK, "text/css; charset=utf-8", []byte(html.Style()))
}

func reportPath(id report.ID) string { return "/reports/" + idText(id) }

// reportTabs leads between the pages of reports.
func (q *request) reportTabs() []page.Tab {
	tabs := []page.Tab{
		{Text: q.say("report.page.list"), Href: "/reports", Current: q.URL.Path == "/reports"},
		{Text: q.say("report.page.branches"), Href: "/reports/branches", Current: q.URL.Path == "/reports/branches"},
		{Text: q.say("reporting.head"), Href: "/forms", Current: q.URL.Path == "/forms"},
		{Text: q.say("figures.title"), Href: "/figures"},
	}
	if q.may(access.ManageBody, q.root()) {
		tabs = append(tabs, page.Tab{Text: q.say("report.head"), Href: "/reports/head", Current: q.URL.Path == "/reports/head"})
		tabs = append(tabs, page.Tab{Text: q.say("report.page.public"), Href: "/reports/public", Current: q.URL.Path == "/reports/public"})
	}
	return tabs
}

// reports lists drafts and what was filed.
func (s *Server) reports(q *request) error {
	if !q.actor.Somewhere(access.ReadFigures) {
		return q.actor.May(access.ReadFigures, q.root())
	}
	all, err := q.view().Reports(q.Context(), 0)
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("menu.reports")), Tabs: q.reportTabs()}
	if q.actor.Somewhere(access.FileReports) {
		p.Shell.Actions = page.FirstLink(q.say("report.page.new"), "/reports/new")
	}
	p.Table = page.Table{
		ID: "reports", Caption: q.say("report.page.list"), Quiet: true,
		Columns: []page.Column{{Head: q.say("report.page.what"), Chief: true}, {Head: q.say("report.page.body")}, {Head: q.say("common.number")}, {Head: q.say("common.day")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("report.page.none"), Text: q.say("report.page.none.text")},
	}
	if q.actor.Somewhere(access.FileReports) {
		p.Table.Empty.Do = page.Link{Text: q.say("report.page.new"), Href: "/reports/new"}
	}
	for _, r := range all {
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: reportPath(r.ID), Cells: []page.Cell{
			{Text: q.reportName(r)}, {Text: names[r.Body]}, {Text: r.Symbol}, {Text: locale.DayShort(r.Day)}, {Part: q.reportBadge(r)},
		}})
	}
	return q.show(page.Listed(p))
}

// reportName says what a report is about.
func (q *request) reportName(r report.Report) string {
	return q.say("report.kind."+string(r.Kind)) + ", " + q.speaker().Period(r.Period)
}

func (q *request) reportBadge(r report.Report) templ.Component {
	tone := page.Done
	if r.Status == report.Draft {
		tone = page.Waiting
	}
	return page.Badge(tone, q.say("report.status."+string(r.Status)))
}

// reportNew asks which report is wanted.
func (s *Server) reportNew(q *request) error {
	if !q.actor.Somewhere(access.FileReports) {
		return fault.Forbid("access.forbidden." + string(access.FileReports))
	}
	p, err := q.reportForm(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(p))
}

func (q *request) reportForm(refused error) (page.AskPage, error) {
	a := page.AskPage{
		Shell: q.shell(q.say("report.page.new")), Head: page.FormHead{Action: "/reports", Rejected: refused != nil}, Wrong: page.ProblemsOf(refused, q.reader),
		Text: q.say("report.page.new.text"), Do: q.say("report.page.begin"), Leave: "/reports",
	}
	a.Shell.Crumbs = []page.Link{{Text: q.say("menu.reports"), Href: "/reports"}}
	homes, err := q.bodyOptions(access.FileReports, "")
	if err != nil {
		return a, err
	}
	var kinds, tongues []page.Option
	for _, k := range report.Kinds() {
		kinds = append(kinds, page.Option{Value: string(k), Text: q.say("report.kind." + string(k))})
	}
	for _, l := range locale.Langs() {
		tongues = append(tongues, page.Option{Value: string(l), Text: l.Name()})
	}
	a.Fields = []templ.Component{
		page.Chips(q.reader, a.Wrong.Mark(page.Field{Name: "kind", Label: q.say("report.page.what"), Value: orElse(q.value("kind"), string(report.Annual)), Whole: true}), kinds),
		page.TextInput(q.reader, a.Wrong.Mark(page.Field{Name: "period", Label: q.say("common.period"), Hint: q.say("report.page.period.hint"), Value: q.value("period"), Focus: true})),
		page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "body", Label: q.say("report.page.body"), Value: q.value("body")}), homes),
		page.Select(q.reader, page.Field{Name: "borders", Label: q.say("border.label"), Value: orElse(q.value("borders"), "then")}, q.borderOptions()),
		page.DateInput(q.reader, page.Field{Name: "day", Label: q.say("border.day.label"), Value: q.value("day")}),
		page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "lang", Label: q.say("common.language"), Value: orElse(q.value("lang"), string(q.reader.Lang))}), tongues),
	}
	return a, nil
}

// reportBegin begins a draft.
func (s *Server) reportBegin(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	ask, err := q.reportAsked()
	lang, known := locale.Parse(q.value("lang"))
	if !known {
		lang = q.reader.Lang
	}
	var begun report.Report
	if err == nil {
		err = q.write("report.why.begin", func(ctx context.Context, tx *store.Tx) (err error) {
			begun, err = report.Begin(ctx, tx, q.actor, ask, string(lang))
			return err
		})
	}
	if fault.KindOf(err) == fault.Invalid {
		p, bad := q.reportForm(err)
		if bad != nil {
			return bad
		}
		return q.again(page.AskFor(p))
	}
	if err != nil {
		return err
	}
	return q.doneAt(reportPath(begun.ID))
}

// reportAsked reads which report a form asks for.
func (q *request) reportAsked() (report.Ask, error) {
	of, err := q.view().Body(q.Context(), q.bodyOr(q.root()))
	if err != nil {
		return report.Ask{}, err
	}
	period, err := q.periodTyped()
	if err != nil {
		return report.Ask{}, err
	}
	kind := report.Kind(q.value("kind"))
	if kind == report.Term && period == "" {
		board, err := q.view().Board(q.Context(), of.ID, q.today())
		if err != nil {
			return report.Ask{}, err
		}
		period, _ = report.TermOf(board, q.today())
	}
	ask, err := report.AskFor(of, kind, period, q.today())
	ask.Borders = q.bordersAsked()
	return ask, err
}

// bodyOr is the body that a form names, or another.
func (q *request) bodyOr(other body.ID) body.ID {
	if id := body.ID(q.id("body")); id != 0 {
		return id
	}
	return other
}

// periodTyped reads a period as people write it, or in EDTF, into EDTF.
func (q *request) periodTyped() (string, error) {
	typed := q.value("period")
	if _, err := calendar.ParsePeriod(typed); typed == "" || err == nil {
		return typed, nil
	}
	d, err := calendar.ReadInput(typed, calendar.Reading{Pivot: q.today().Year() + 1})
	if err != nil {
		return "", fault.Field("period", "report.period.unreadable", typed)
	}
	return d.EDTF(), nil
}

// reportRead is a report with its paper.
type reportRead struct {
	report.Report
	facts *report.Facts
	paper *document.Document
}

// readReport reads the report that the address names and composes its paper: of
// a filed one as it was filed, of a draft as it stands now.
func (q *request) readReport() (reportRead, error) {
	id, err := q.number("id")
	if err != nil {
		return reportRead{}, err
	}
	r, err := q.view().Report(q.Context(), report.ID(id))
	if err != nil {
		return reportRead{}, err
	}
	lang, known := locale.Parse(q.value("lang"))
	if !known {
		lang = locale.Lang(r.Lang)
	}
	to := q.server.words.Load().In(lang)
	if r.Frozen != nil {
		return reportRead{r, r.Frozen.Facts, report.Compose(to, r.Frozen.Facts, r.Frozen.Paper)}, nil
	}
	if r.Status == report.Received {
		return reportRead{Report: r}, nil
	}
	facts, err := report.Gather(q.Context(), q.view(), r.Ask)
	if err != nil {
		return reportRead{}, err
	}
	house, err := report.HouseOf(q.Context(), q.view(), r.Body, q.today())
	if err != nil {
		return reportRead{}, err
	}
	paper := report.Paper{House: house, Date: calendar.OnDay(q.today()), Texts: r.Texts}
	return reportRead{r, facts, report.Compose(to, facts, paper)}, nil
}

// mayRead refuses the whole paper to those who may not read what it says: a
// filed report tells names and money.
func (q *request) mayRead(r report.Report) error {
	for _, right := range []access.Right{access.ReadDeeds, access.ReadFund} {
		if r.Status == report.Filed && !q.may(access.FileReports, r.Body) {
			if err := q.actor.May(right, r.Body); err != nil {
				return err
			}
		}
	}
	return nil
}

// reportSeen says who can see a report: whoever mayRead lets.
func (q *request) reportSeen(r report.Report) (page.Seen, error) {
	names, err := q.names()
	if err != nil {
		return page.Seen{}, err
	}
	may := map[access.Right]map[person.ID]bool{}
	var figures []store.Seer
	for _, right := range []access.Right{access.FileReports, access.ReadDeeds, access.ReadFund, access.ReadFigures} {
		all, err := q.view().WhoMay(q.Context(), right, r.Body)
		if err != nil {
			return page.Seen{}, err
		}
		may[right], figures = map[person.ID]bool{}, all
		for _, s := range all {
			may[right][s.Person] = true
		}
	}
	if r.Status == report.Filed {
		figures = slices.DeleteFunc(figures, func(s store.Seer) bool {
			return !may[access.FileReports][s.Person] && !(may[access.ReadDeeds][s.Person] && may[access.ReadFund][s.Person])
		})
	}
	return q.seenByAll(figures, names), nil
}

// report shows one report.
func (s *Server) report(q *request) error {
	read, err := q.readReport()
	if err != nil {
		return err
	}
	if err := q.mayRead(read.Report); err != nil {
		return err
	}
	p := page.ReportPage{Shell: q.shell(q.reportName(read.Report))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.reports"), Href: "/reports"}}
	if p.Shell.Seen, err = q.reportSeen(read.Report); err != nil {
		return err
	}
	p.Shell.Lead = q.say("report.status." + string(read.Status))
	if read.Symbol != "" {
		p.Shell.Lead = q.say("report.page.filed", read.Symbol, read.Day, read.Name)
	}
	p.Next = q.reportActions(read.Report)
	if read.Status == report.Received {
		p.Facts = []page.Fact{{Name: q.say("common.day"), Text: locale.DayShort(read.Day)}, {Name: q.say("common.by"), Text: read.Name}, {Name: q.say("common.note"), Text: read.Note}}
		return q.show(page.ReportWhole(p))
	}
	p.Tools = q.reportTools(read.Report)
	if read.Status == report.Filed {
		if err := q.reportSince(&p, read.Report); err != nil {
			return err
		}
	}
	var drawn bytes.Buffer
	if err := html.Fragment(&drawn, read.paper, func(ref string) string { return ref }); err != nil {
		return err
	}
	p.Paper = drawn.String()
	return q.show(page.ReportWhole(p))
}

// reportActions offers what may be done with a draft.
func (q *request) reportActions(r report.Report) []page.Action {
	if r.Status != report.Draft || !q.may(access.FileReports, r.Body) {
		return nil
	}
	path := reportPath(r.ID)
	return []page.Action{
		{Text: q.say("report.page.file"), Href: path + "/file", First: true},
		{Glyph: page.GlyphEdit, Text: q.say("report.page.words"), Href: path + "/words"},
		{Glyph: page.GlyphRemove, Text: q.say("report.page.drop"), Href: path + "/drop"},
	}
}

// reportTools offers the report as files, in each language.
func (q *request) reportTools(r report.Report) []page.Tool {
	lang := orElse(q.value("lang"), r.Lang)
	var tools []page.Tool
	for _, as := range report.Formats() {
		if as != report.HTML {
			tools = append(tools, page.Tool{Glyph: page.GlyphDownload, Text: q.say("report.as." + string(as)), Href: reportPath(r.ID) + "/as/" + string(as) + "?lang=" + lang})
		}
	}
	for _, l := range locale.Langs() {
		if string(l) != lang {
			tools = append(tools, page.Tool{Glyph: page.GlyphPaper, Text: l.Name(), Href: reportPath(r.ID) + "?lang=" + string(l)})
		}
	}
	return tools
}

// reportSince tells what of a filed report is no longer what it said.
func (q *request) reportSince(p *page.ReportPage, r report.Report) error {
	ch, err := report.Since(q.Context(), q.view(), r)
	if err != nil {
		return err
	}
	if len(ch.Figures) == 0 {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Done, Text: q.say("report.page.same")})
		return nil
	}
	p.Notes = append(p.Notes, page.NoteLine{Tone: page.Due, Text: q.say("report.page.changed", len(ch.Figures))})
	p.Changed = page.Table{
		ID: "changed", Caption: q.say("report.page.since"),
		Columns: []page.Column{{Head: q.say("report.col.content"), Chief: true}, {Head: q.say("report.page.was"), Figure: true}, {Head: q.say("report.page.is"), Figure: true}},
	}
	for _, d := range ch.Worded(q.speaker(), r.Frozen.Facts) {
		p.Changed.Rows = append(p.Changed.Rows, page.Row{Cells: []page.Cell{{Text: d.Name}, {Text: d.Was}, {Text: d.Is, Href: d.Ref}}})
	}
	for _, d := range ch.Deeds {
		note := d.By + ", " + locale.DayShort(d.At)
		if d.Why != "" {
			note += " · " + d.Why
		}
		p.Deeds = append(p.Deeds, page.Entry{Text: q.deedNamed(d), Note: note, Href: d.Ref})
	}
	return nil
}

// deedNamed names a changed deed by its kind and date.
func (q *request) deedNamed(d report.DeedChange) string {
	name := d.Kind
	if k, err := q.view().Kind(q.Context(), d.Kind); err == nil {
		name = k.Name(string(q.reader.Lang))
	}
	return name + ", " + q.speaker().DateShort(d.Day)
}

// reportAs hands the report out as a file.
func (s *Server) reportAs(q *request) error {
	as, err := report.ParseFormat(q.PathValue("as"))
	if err != nil {
		return fault.Missing("fault.missing")
	}
	read, err := q.readReport()
	if err != nil {
		return err
	}
	if err := q.mayRead(read.Report); err != nil {
		return err
	}
	if read.paper == nil {
		return fault.Missing("report.missing")
	}
	name := "bao-cao-" + read.Period.String()
	if read.Symbol != "" {
		name = strings.NewReplacer("/", "-", "\\", "-").Replace(read.Symbol)
	}
	return q.handOut(read.paper, as, name)
}

// handOut sends a paper as a file.
func (q *request) handOut(d *document.Document, as report.Format, name string) error {
	var written bytes.Buffer
	if err := report.Write(&written, d, as); err != nil {
		return err
	}
	name = strings.ReplaceAll(name, "/", "_") + "." + string(as)
	q.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return q.send(http.StatusOK, as.Media(), written.Bytes())
}
