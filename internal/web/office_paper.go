package web

import (
	"cmp"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/archive"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

func paperPath(id office.PaperID) string { return "/office/papers/" + idText(id) }

// papersAsked reads to what a register is narrowed.
func (q *request) papersAsked() store.PapersAsked {
	asked := store.PapersAsked{
		Way: office.Way(q.value("way")), Kind: q.value("kind"), Year: q.yearAsked(), Waits: q.value("waits") != "", Late: q.value("late") != "",
		Typed: q.value("q"), From: int(q.id("from")), Most: 50,
	}
	if !asked.Waits && !asked.Late && asked.Way == "" {
		asked.Way = office.In
	}
	return asked
}

// papers shows the register.
func (s *Server) papers(q *request) error {
	if !q.actor.Somewhere(access.ReadOffice) {
		return q.actor.May(access.ReadOffice, q.root())
	}
	asked := q.papersAsked()
	p := page.ListPage{Shell: q.shell(q.say("desk.register")), Tabs: q.paperTabs(asked)}
	p.Shell.Crumbs = q.deskCrumbs()
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("paper.new."+string(cmp.Or(asked.Way, office.In))), "/office/papers/new?way="+string(cmp.Or(asked.Way, office.In)))
	}
	q.paperFilters(&p, asked)
	if err := q.paperTable(&p, asked); err != nil {
		return err
	}
	if err := q.paperGaps(&p, asked); err != nil {
		return err
	}
	return q.show(page.Listed(p))
}

func (q *request) deskCrumbs(more ...page.Link) []page.Link {
	return append([]page.Link{{Text: q.say("desk.head"), Href: "/office"}}, more...)
}

func (q *request) paperTabs(asked store.PapersAsked) []page.Tab {
	waits := asked.Waits || asked.Late
	return []page.Tab{
		{Text: q.say("paper.way.in"), Href: "/office/papers?way=in", Current: !waits && asked.Way == office.In},
		{Text: q.say("paper.way.out"), Href: "/office/papers?way=out", Current: !waits && asked.Way == office.Out},
		{Text: q.say("paper.waits"), Href: "/office/papers?waits=yes", Current: waits},
	}
}

func (q *request) paperFilters(p *page.ListPage, asked store.PapersAsked) {
	p.Filter = page.FilterHead{Action: "/office/papers", Results: "listed", Query: asked.Typed, Label: q.say("paper.find")}
	if asked.Typed != "" || asked.Kind != "" || asked.Year != 0 {
		p.Filter.Clear = "/office/papers?way=" + string(asked.Way)
	}
	year := ""
	if asked.Year != 0 {
		year = strconv.Itoa(asked.Year)
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "kind", Label: q.say("paper.kind"), Value: asked.Kind}, Options: q.paperKinds(q.say("paper.kinds"))},
		{Field: page.Field{Name: "year", Label: q.say("common.year"), Value: year}, Options: q.yearOptions()},
	}
	p.Hidden = []page.Option{{Value: "way", Text: string(asked.Way)}}
	if asked.Waits {
		p.Hidden = append(p.Hidden, page.Option{Value: "waits", Text: "yes"})
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/office/papers.xlsx" + strings.TrimPrefix(q.with("from", ""), q.URL.Path)}}
}

// paperKinds offers the kinds of paper.
func (q *request) paperKinds(blank string) []page.Option {
	var options []page.Option
	if blank != "" {
		options = append(options, page.Option{Text: blank})
	}
	for _, k := range office.PaperKinds() {
		options = append(options, page.Option{Value: k.Code, Text: dotted(q.say("paper.kind."+k.Code), k.Stamp)})
	}
	return options
}

// paperTable lists the papers of a page.
func (q *request) paperTable(p *page.ListPage, asked store.PapersAsked) error {
	papers, err := q.view().Papers(q.Context(), asked)
	if err != nil {
		return err
	}
	n, err := q.view().CountPapers(q.Context(), asked)
	if err != nil {
		return err
	}
	p.Shell.Lead = q.say("paper.count", n)
	p.Table = page.Table{ID: "papers", Caption: q.say("desk.register"), Quiet: true, Empty: q.noPapers(asked)}
	if asked.Way == office.Out {
		p.Table.Columns = []page.Column{{Head: q.say("paper.no")}, {Head: q.say("paper.day")}, {Head: q.say("paper.subject"), Chief: true}, {Head: q.say("paper.sent")}, {Head: q.say("common.status")}}
	} else {
		p.Table.Columns = []page.Column{{Head: q.say("paper.arrival")}, {Head: q.say("paper.came")}, {Head: q.say("paper.subject"), Chief: true}, {Head: q.say("paper.from")}, {Head: q.say("paper.deadline")}}
	}
	for _, one := range papers {
		p.Table.Rows = append(p.Table.Rows, q.paperRow(one))
	}
	if asked.From > 0 {
		p.Table.First = q.with("from", "")
	}
	if asked.From+len(papers) < n {
		p.Table.Next = q.with("from", strconv.Itoa(asked.From+len(papers)))
	}
	return nil
}

func (q *request) noPapers(asked store.PapersAsked) page.Empty {
	e := page.Empty{Glyph: page.GlyphPaper, Head: q.say("paper.none"), Text: q.say("paper.none.text")}
	switch {
	case asked.Waits || asked.Late:
		e.Head, e.Text = q.say("paper.waits.none"), q.say("paper.waits.none.text")
	case asked.Typed != "" || asked.Kind != "" || asked.Year != 0:
		e.Text = q.say("paper.none.found")
	case q.actor.Somewhere(access.KeepOffice):
		e.Do = page.Link{Text: q.say("paper.new." + string(asked.Way)), Href: "/office/papers/new?way=" + string(asked.Way)}
	}
	return e
}

func (q *request) paperRow(p office.Paper) page.Row {
	mark := q.paperMark(p)
	last := page.Cell{Text: mark.Text}
	if mark.Text != "" {
		last = page.Marked(mark)
	}
	row := page.Row{Href: paperPath(p.ID), Cells: []page.Cell{{Text: p.Label()}, {Text: dayTyped(p.Day)}, {Text: p.Subject, Note: q.paperKindNote(p)}}}
	if p.Way == office.Out {
		row.Cells = append(row.Cells, page.Cell{Text: strings.Join(p.To, ", ")}, last)
		return row
	}
	if p.Deadline != 0 {
		last.Note = dayTyped(p.Deadline)
	}
	row.Cells = append(row.Cells, page.Cell{Text: p.From, Note: p.Theirs}, last)
	return row
}

// paperKindNote says what kind of paper it is and how urgent.
func (q *request) paperKindNote(p office.Paper) string {
	note := q.say("paper.kind." + p.Kind)
	if p.Urgency != office.Ordinary {
		note = dotted(note, q.say("paper.urgency."+string(p.Urgency)))
	}
	return note
}

// paperMark says how a paper stands.
func (q *request) paperMark(p office.Paper) page.Mark {
	switch {
	case p.Void:
		return page.Mark{Tone: page.Plain, Text: q.say("paper.void")}
	case p.Answered != 0:
		return page.Mark{Tone: page.Done, Text: q.say("paper.answered")}
	case p.Settled != 0:
		return page.Mark{Tone: page.Done, Text: q.say("paper.settled")}
	case p.Awaits():
		return q.dueMark(p.Deadline)
	}
	return page.Mark{}
}

// paperGaps tells which numbers of the year no paper has.
func (q *request) paperGaps(p *page.ListPage, asked store.PapersAsked) error {
	year := cmp.Or(asked.Year, q.today().Year())
	missing, err := q.view().MissingNumbers(q.Context(), q.keeps(), year)
	if fault.KindOf(err) == fault.Forbidden || asked.Waits || asked.Late || asked.Typed != "" {
		return nil
	}
	if err != nil {
		return err
	}
	series := make([]string, 0, len(missing))
	for code := range missing {
		if (asked.Way == office.In) == (code == office.SeriesFor(office.In, "", false)) {
			series = append(series, code)
		}
	}
	slices.Sort(series)
	for _, code := range series {
		var numbers []string
		for _, n := range missing[code] {
			numbers = append(numbers, strconv.FormatInt(n, 10))
		}
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Due, Text: q.say("paper.gaps", office.SeriesName(q.speaker(), code), strconv.Itoa(year), strings.Join(numbers, ", "))})
	}
	return nil
}

// sheetPapersMost bounds the papers of one workbook.
const sheetPapersMost = 100_000

// papersSheet gives the register as a workbook.
func (s *Server) papersSheet(q *request) error {
	asked := q.papersAsked()
	asked.From, asked.Most = 0, sheetPapersMost
	papers, err := q.view().Papers(q.Context(), asked)
	if err != nil {
		return err
	}
	var ids []person.ID
	for _, p := range papers {
		if p.Handler != 0 {
			ids = append(ids, p.Handler)
		}
	}
	names, err := q.view().OfficeNames(q.Context(), ids...)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("desk.register")}
	for _, key := range []string{"paper.no", "paper.day", "paper.theirs", "paper.dated", "paper.kind", "paper.subject", "paper.from", "paper.sent", "paper.signer", "paper.deadline", "paper.handler", "common.status", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, p := range papers {
			if !yield(q.paperCells(p, names)) {
				return
			}
		}
	}
	return q.sendSheet(q.say("desk.register.file"), t)
}

func (q *request) paperCells(p office.Paper, names map[person.ID]string) []sheet.Value {
	deadline := sheet.Value{}
	if p.Deadline != 0 {
		deadline = sheet.On(calendar.OnDay(p.Deadline))
	}
	return []sheet.Value{
		sheet.Words(p.Label()), sheet.On(calendar.OnDay(p.Day)), sheet.Words(p.Theirs), sheet.On(p.Dated), sheet.Words(q.say("paper.kind." + p.Kind)), sheet.Words(p.Subject),
		sheet.Words(p.From), sheet.Words(strings.Join(p.To, "; ")), sheet.Words(p.Signer), deadline, sheet.Words(cmp.Or(names[p.Handler], p.Handled)),
		sheet.Words(q.paperMark(p).Text), sheet.Words(cmp.Or(p.Reason, p.Note)),
	}
}

// paperFile hands out a file of a paper that the reader may see.
func (s *Server) paperFile(q *request) error {
	p, err := q.registered()
	if err != nil {
		return err
	}
	at := slices.IndexFunc(p.Files, func(f office.File) bool { return f.Digest == q.PathValue("digest") })
	if at < 0 {
		return fault.Missing("archive.missing")
	}
	kept, err := archive.PapersOf(s.Book.Place().Dir).Open(p.Files[at].Digest)
	if err != nil {
		return err
	}
	defer kept.Close()
	content, err := io.ReadAll(kept)
	if err != nil {
		return err
	}
	shown := strings.HasPrefix(p.Files[at].Type, "image/") || p.Files[at].Type == "application/pdf"
	q.attached(p.Files[at].Name, shown)
	return q.send(http.StatusOK, p.Files[at].Type, content)
}

// takeFiles keeps the files that came with a form.
func (q *request) takeFiles(name string) ([]office.File, error) {
	if q.MultipartForm == nil {
		return nil, nil
	}
	var files []office.File
	for _, head := range q.MultipartForm.File[name] {
		f, err := head.Open()
		if err != nil {
			return nil, err
		}
		kept, err := archive.PapersOf(q.server.Book.Place().Dir).Put(head.Filename, f)
		f.Close()
		if faults := fault.All(err); len(faults) > 0 {
			return nil, fault.Field(name, faults[0].Key, faults[0].Args...)
		}
		if err != nil {
			return nil, err
		}
		files = append(files, office.File(kept))
	}
	return files, nil
}

// daySaid words a day; nothing for none.
func (q *request) daySaid(on calendar.Day) string {
	if on == 0 {
		return ""
	}
	return locale.DayShort(on)
}
