package web

import (
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// The first columns of a workbook of replies; the questions follow, each with its
// number in front.
var replyColumns = []string{"reporting.unit.code", "reporting.unit", "reporting.by", "reporting.phone"}

// formBlank gives a workbook with a row for each unit and nothing filled in.
func (s *Server) formBlank(q *request) error { return q.repliesSheet(false) }

// formReplies gives a workbook with what each unit answered.
func (s *Server) formReplies(q *request) error { return q.repliesSheet(true) }

func (q *request) repliesSheet(filled bool) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	units, _, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: a.f.ID, Period: a.p, At: a.at, Answers: true})
	if err != nil {
		return err
	}
	var ids []body.ID
	for _, u := range units {
		ids = append(ids, u.Unit)
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: a.f.Every.Code(a.p)}
	for _, key := range replyColumns {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	for _, one := range a.f.Questions {
		t.Columns = append(t.Columns, sheet.Column{Title: "[" + idText(one.N) + "] " + q.columnTitle(one), Width: 18})
	}
	name := q.say("reporting.blank.name", q.formName(a.f), a.f.Every.Code(a.p))
	if filled {
		name = q.formName(a.f) + " " + a.f.Every.Code(a.p)
		t.Columns = append(t.Columns, sheet.Column{Title: q.say("common.status")}, sheet.Column{Title: q.say("reporting.at")})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, u := range units {
			if !yield(q.replyCells(a, u, bodies[u.Unit], filled)) {
				return
			}
		}
	}
	return q.sendSheet(name, t)
}

func (q *request) replyCells(a progressAsked, u store.UnitReply, b body.Body, filled bool) []sheet.Value {
	cells := []sheet.Value{sheet.Words(b.Code), sheet.Words(b.NameOn(string(q.reader.Lang), q.today()))}
	if !filled {
		return cells
	}
	cells = append(cells, sheet.Words(u.Reply.By), sheet.Words(u.Reply.Phone))
	for _, one := range a.f.Questions {
		n, given := u.Reply.Answers.Figures[one.N]
		if given && n.Qualifier == 0 {
			cells = append(cells, figureCell(one, n.Qty, true))
			continue
		}
		cells = append(cells, sheet.Words(q.answerSaid(one, u.Reply.Answers)))
	}
	at := ""
	if u.Reply.N > 0 {
		at = q.when(u.Reply.At)
	}
	return append(cells, sheet.Words(q.replyMark(a.f, a.p, u.Reply).Text), sheet.Words(at))
}

// formSheetAsk asks for a workbook of many units' replies.
func (s *Server) formSheetAsk(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.FileReports, a.f.Body); err != nil {
		return err
	}
	return q.sheetPage(a, nil)
}

func (q *request) sheetPage(a progressAsked, refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	p := page.DeskPage{Shell: q.shell(q.formName(a.f)), Tabs: q.formTabs(a.f, a.p)}
	p.Shell.Crumbs, p.Shell.Lead = q.formCrumbs(), q.periodSaid(a.f.Every, a.p)
	p.Parts = []page.DeskPart{{
		Head: q.say("reporting.sheet"), Lines: []string{q.say("reporting.sheet.text")},
		Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("reporting.blank.xlsx"), Href: inPeriod(formPath(a.f)+"/blank.xlsx", a.f, a.p)}},
		Form: &page.DeskForm{
			Head: page.FormHead{Action: formPath(a.f) + "/sheet", Files: true, Rejected: refused != nil}, Wrong: wrong, Do: q.say("reporting.sheet.do"),
			Fields: []templ.Component{
				page.Select(q.reader, page.Field{Name: "period", Label: q.say("reporting.period"), Value: a.f.Every.Code(a.p)}, q.periodOptions(a.f)),
				page.FileInput(q.reader, wrong.Mark(page.Field{Name: "file", Label: q.say("reporting.sheet.file"), Needed: true, Whole: true}), ".xlsx,.csv,.tsv,.txt"),
			},
		},
	}}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// formSheetFile takes a workbook in and shows what it would do.
func (s *Server) formSheetFile(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.FileReports, a.f.Body); err != nil {
		return err
	}
	file, head, err := q.FormFile("file")
	if err != nil {
		return q.sheetPage(a, fault.Field("file", "reporting.sheet.missing"))
	}
	defer file.Close()
	if _, err := q.rowsOf(a, head.Filename, file, head.Size); isInvalid(err) {
		return q.sheetPage(a, fault.Field("file", fault.All(err)[0].Key, fault.All(err)[0].Args...))
	} else if err != nil {
		return err
	}
	b := &brought{Subject: sheetOfReplies, File: intake.File{Name: head.Filename}}
	if err := q.keepBrought(b, io.NewSectionReader(file, 0, head.Size)); err != nil {
		return err
	}
	return q.goTo(inPeriod(formPath(a.f)+"/sheet/"+b.token, a.f, a.p))
}

// sheetOfReplies marks a kept file as a workbook of replies.
const sheetOfReplies intake.Subject = "replies"

// replyRow is one row of a workbook of replies.
type replyRow struct {
	number  int
	unit    body.ID
	name    string
	typed   string
	sending reporting.Sending
	wrong   error
}

// rowsOf reads a workbook of replies.
func (q *request) rowsOf(a progressAsked, name string, from multipart.File, size int64) ([]replyRow, error) {
	read, err := sheet.Open(name, from, size)
	if err != nil {
		return nil, err
	}
	columns := map[string]int64{}
	for _, one := range a.f.Questions {
		columns[text.Fold(q.columnTitle(one))] = one.N
	}
	heads := map[string]string{}
	for _, key := range replyColumns {
		heads[text.Fold(q.say(key))] = key
	}
	heading, found := read.Heading(func(title string) bool {
		_, is := heads[text.Fold(title)]
		n := questionOf(title, columns)
		return is || n != 0
	})
	if !found {
		return nil, fault.Refuse("reporting.sheet.heading")
	}
	if err := q.sameForm(a, heading.Titles); err != nil {
		return nil, err
	}
	units, err := q.unitsByWord(a)
	if err != nil {
		return nil, err
	}
	var rows []replyRow
	for _, r := range read.Rows[heading.Last+1:] {
		row := q.readRow(a, heading.Titles, heads, columns, r)
		if row.typed == "" && row.name == "" {
			continue
		}
		row.unit = units[text.Fold(row.name)]
		if row.unit == 0 {
			row.wrong = fault.Refuse("reporting.sheet.unit", row.name)
		}
		row.sending.Unit = row.unit
		rows = append(rows, row)
	}
	return rows, nil
}

// questionOf finds the question of a column: by the number in front, or by its words.
func questionOf(title string, columns map[string]int64) int64 {
	if rest, is := strings.CutPrefix(strings.TrimSpace(title), "["); is {
		digits, _, _ := strings.Cut(rest, "]")
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
			return n
		}
	}
	return columns[text.Fold(title)]
}

// unitsByWord finds units by their code or any whole name.
func (q *request) unitsByWord(a progressAsked) (map[string]body.ID, error) {
	units, _, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: a.f.ID, Period: a.p})
	if err != nil {
		return nil, err
	}
	ids := make([]body.ID, 0, len(units))
	for _, u := range units {
		ids = append(ids, u.Unit)
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return nil, err
	}
	by := map[string]body.ID{}
	for id, b := range bodies {
		for _, n := range b.Names {
			by[text.Fold(n.Full)] = id
		}
	}
	for id, b := range bodies { // a code wins over a name
		by[text.Fold(b.Code)] = id
	}
	return by, nil
}

// readRow reads one unit's row.
func (q *request) readRow(a progressAsked, titles []string, heads map[string]string, columns map[string]int64, r sheet.Row) replyRow {
	row := replyRow{number: r.Number, sending: reporting.Sending{Based: reporting.Latest, Way: reporting.BySheet, Answers: reporting.NewAnswers()}}
	var wrong []error
	for i, title := range titles {
		said := strings.TrimSpace(r.At(i).Text)
		if said == "" {
			continue
		}
		switch heads[text.Fold(title)] {
		case "reporting.unit.code":
			row.name = said
		case "reporting.unit":
			if row.name == "" {
				row.name = said
			}
		case "reporting.by":
			row.sending.By = said
		case "reporting.phone":
			row.sending.Phone = said
		default:
			one, is := a.f.Question(questionOf(title, columns))
			if !is {
				continue
			}
			if one.Kind == reporting.Image {
				continue // a cell holds its name, not the picture
			}
			row.typed = said
			lang := string(q.reader.Lang)
			if r.At(i).Kind == sheet.Number {
				lang, said = plainDecimal(one, said)
			}
			wrong = append(wrong, row.sending.Answers.Read(one, said, lang))
		}
	}
	row.wrong = fault.Gather(wrong...)
	return row
}

// plainDecimal takes a number of a cell, which has a point before its decimals in
// every language.
func plainDecimal(one reporting.Question, said string) (lang, as string) {
	if one.Decimals() == 0 {
		said = strings.TrimSuffix(said, ".0")
	}
	return "en", said
}

// keptRows reads the rows of a workbook that was kept.
func (q *request) keptRows(a progressAsked) (*brought, []replyRow, error) {
	if err := q.actor.May(access.FileReports, a.f.Body); err != nil {
		return nil, nil, err
	}
	b, err := q.broughtAsked()
	if err != nil {
		return nil, nil, err
	}
	if b.Subject != sheetOfReplies {
		return nil, nil, fault.Missing("fault.missing")
	}
	f, err := os.Open(b.path("table"))
	if err != nil {
		return nil, nil, fmt.Errorf("open a kept workbook: %w", err)
	}
	defer f.Close()
	rows, err := q.rowsOf(a, b.File.Name, f, b.File.Size)
	return b, rows, err
}

// bring takes the rows in, or says of each what is wrong with it.
func (q *request) bring(a progressAsked, rows []replyRow) func(ctx context.Context, tx *store.Tx) error {
	return func(ctx context.Context, tx *store.Tx) error {
		var units []body.ID
		for _, r := range rows {
			if r.wrong == nil {
				units = append(units, r.unit)
			}
		}
		in, err := reporting.Open(ctx, tx, q.actor, a.f.ID, a.p, units)
		if err != nil {
			return err
		}
		seen := map[body.ID]bool{}
		for i := range rows {
			r := &rows[i]
			if r.wrong == nil && seen[r.unit] {
				r.wrong = fault.Refuse("reporting.sheet.twice")
			}
			if r.wrong != nil {
				continue
			}
			seen[r.unit] = true
			if _, err := in.Take(ctx, r.sending); fault.KindOf(err) == fault.Internal && err != nil {
				return err
			} else if err != nil {
				r.wrong = err
			}
		}
		return nil
	}
}

// formSheetLook rehearses a workbook and tells every row that cannot come in.
func (s *Server) formSheetLook(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	b, rows, err := q.keptRows(a)
	if err != nil {
		return err
	}
	if err := s.Book.Rehearse(q.Context(), store.Writing{By: q.actor}, q.bring(a, rows)); err != nil {
		return err
	}
	return q.show(page.Desk(q.lookPage(a, b, rows)))
}

func (q *request) lookPage(a progressAsked, b *brought, rows []replyRow) page.DeskPage {
	p := page.DeskPage{Shell: q.shell(q.say("reporting.sheet.look")), Tabs: q.formTabs(a.f, a.p)}
	p.Shell.Crumbs, p.Shell.Lead = q.formCrumbs(page.Link{Text: q.formName(a.f), Href: formPath(a.f)}), dotted(b.File.Name, q.periodSaid(a.f.Every, a.p))
	t := page.Table{
		ID: "problems", Caption: q.say("reporting.sheet.problems"),
		Columns: []page.Column{{Head: q.say("reporting.sheet.row"), Figure: true}, {Head: q.say("reporting.unit"), Chief: true}, {Head: q.say("reporting.sheet.wrong")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("reporting.sheet.fine"), Text: q.say("reporting.sheet.fine.text")},
	}
	fine := 0
	for _, r := range rows {
		if r.wrong == nil {
			fine++
			continue
		}
		var said []string
		for _, wrong := range page.ProblemsOf(r.wrong, q.reader) {
			said = append(said, q.problemSaid(a, wrong))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(r.number)}, {Text: r.name}, {Text: strings.Join(said, " "), Tone: page.Late}}})
	}
	p.Tiles = []page.Tile{
		{Figure: q.speaker().Number(int64(len(rows))), Text: q.say("reporting.sheet.rows")},
		{Figure: q.speaker().Number(int64(fine)), Text: q.say("reporting.sheet.good")},
		{Figure: q.speaker().Number(int64(len(rows) - fine)), Text: q.say("reporting.sheet.bad")},
	}
	if fine > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Lines: []string{q.say("reporting.sheet.bring.text", fine)}, Actions: []page.Action{{
			Text: q.say("reporting.sheet.bring"), Href: inPeriod(formPath(a.f)+"/sheet/"+b.token, a.f, a.p), Post: true, First: true,
		}}})
	}
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Table: &t})
	return p
}

// problemSaid names the question beside what is wrong with its answer.
func (q *request) problemSaid(a progressAsked, wrong page.Problem) string {
	i := slices.IndexFunc(a.f.Questions, func(one reporting.Question) bool { return one.Field() == wrong.Field })
	if i < 0 || strings.Contains(wrong.Text, a.f.Questions[i].Names.In("vi")) {
		return wrong.Text
	}
	return q.questionName(a.f.Questions[i]) + ": " + wrong.Text
}

// formSheetBring takes in the good rows of a workbook.
func (s *Server) formSheetBring(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	b, rows, err := q.keptRows(a)
	if err != nil {
		return err
	}
	if err := q.write("reporting.why.sheet", q.bring(a, rows)); err != nil {
		return err
	}
	b.forget()
	n := 0
	for _, r := range rows {
		if r.wrong == nil {
			n++
		}
	}
	return q.doneAt(inPeriod(formPath(a.f), a.f, a.p), q.well("reporting.sheet.brought", n))
}
