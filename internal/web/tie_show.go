package web

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// tieAsked reads the tie that the address names.
func (q *request) tieAsked() (store.TieRow, error) {
	return q.view().TieByCode(q.Context(), q.PathValue("code"))
}

// tieKept reads the tie that the address names, which the reader must keep.
func (q *request) tieKept() (store.TieRow, error) {
	row, err := q.tieAsked()
	if err != nil {
		return row, err
	}
	return row, tie.MayKeep(q.actor, row.Tie, q.today())
}

// tieShow is the twin's file on one page.
func (s *Server) tieShow(q *request) error {
	row, err := q.tieAsked()
	if err != nil {
		return err
	}
	f, err := twin.Gather(q.Context(), q.view(), row.ID)
	if err != nil {
		return err
	}
	t := twin.Tell(q.speaker(), f)
	p := page.DeskPage{Shell: q.shell(t.Called())}
	p.Shell.Lead = dotted(f.Kind.Name(q.lang()), q.dated(row.Origin))
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.ties"), Href: "/ties"}}
	keeps := q.view().TieKeeper(row.Tie)
	p.Tiles = q.tieTiles(t)
	p.Notes = q.tieNotes(f, keeps)
	p.Actions = q.tieActions(row, keeps)
	for _, part := range t.Parts() {
		p.Parts = append(p.Parts, q.tiePart(row, part, keeps))
	}
	past, err := q.tiePast(f)
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	return q.show(page.Desk(p))
}

// tieTiles tell the tie in figures: silence, next round year, visits, promises.
func (q *request) tieTiles(t twin.Teller) []page.Tile {
	f := t.File
	var tiles []page.Tile
	if f.Tie.Standing.Days >= 0 {
		tiles = append(tiles, page.Tile{Figure: q.speaker().Number(int64(f.Tie.Standing.Days)), Text: q.say("tie.tile.days")})
	}
	if f.NextRound.Years > 0 {
		tiles = append(tiles, page.Tile{Figure: q.say("tie.tile.years", f.NextRound.Years), Text: q.say("tie.tile.round", f.NextRound.On)})
	}
	return append(tiles,
		page.Tile{Figure: q.speaker().Number(int64(len(f.Visits))), Text: q.say("tie.tile.visits"), Href: "/deeds?tie=" + idText(f.Tie.ID)},
		page.Tile{Figure: q.speaker().Number(int64(len(f.Open()))), Text: q.say("tie.tile.promises")})
}

// tieNotes say plainly what needs somebody.
func (q *request) tieNotes(f twin.File, keeps bool) []page.NoteLine {
	var notes []page.NoteLine
	for _, a := range f.Answers {
		if a.Ended && f.Tie.Standing.Status != tie.Ended {
			n := page.NoteLine{Tone: page.Late, Text: q.say("tie.note.left", f.Bodies[a.Body].NameOn(q.lang(), f.Bodies[a.Body].Ended.LastOr(q.today())), f.Bodies[a.Body].Ended)}
			if keeps {
				n.Link = page.Link{Text: q.say("tie.hand.do"), Href: tiePath(f.Tie.Code) + "/hand?from=" + idText(a.Body)}
			}
			notes = append(notes, n)
		}
	}
	if !f.Answered() && len(notes) == 0 {
		notes = append(notes, page.NoteLine{Tone: page.Due, Text: q.say("twin.answers.none")})
	}
	for _, row := range f.After {
		notes = append(notes, page.NoteLine{Tone: page.Plain, Text: q.say("tie.note.after"), Link: page.Link{Text: twin.CalledTie(q.speaker(), row.Tie, f.Bodies), Href: tiePath(row.Code)}})
	}
	return notes
}

// tieActions offers what can be done with a tie.
func (q *request) tieActions(row store.TieRow, keeps bool) []page.Action {
	path := tiePath(row.Code)
	var all []page.Action
	if keeps {
		all = append(all,
			page.Action{Glyph: page.GlyphDeed, Text: q.say("tie.do.deed"), Href: "/deeds/new?tie=" + idText(row.ID), First: true},
			page.Action{Glyph: page.GlyphAdd, Text: q.say("tie.do.stage"), Href: path + "/stage"},
			page.Action{Glyph: page.GlyphAdd, Text: q.say("tie.do.promise"), Href: path + "/promise"},
			page.Action{Glyph: page.GlyphAdd, Text: q.say("tie.do.review"), Href: path + "/review"},
			page.Action{Glyph: page.GlyphAdd, Text: q.say("tie.do.figure"), Href: path + "/figure"},
			page.Action{Glyph: page.GlyphEdit, Text: q.say("common.edit"), Href: path + "/edit"},
			page.Action{Text: q.say("tie.do.hand"), Href: path + "/hand"},
			page.Action{Text: q.say("tie.do.anew"), Href: "/ties/new?before=" + idText(row.ID)},
			page.Action{Text: q.say("tie.do.under"), Href: "/ties/new?parent=" + idText(row.ID)},
			page.Action{Text: q.say("tie.do.end"), Href: path + "/stage?kind=end"})
	}
	return append(all, q.tiePrints(path)...)
}

// tiePrints offers the twin's file as a paper: in the reader's language to write
// on and to print, in the others to print.
func (q *request) tiePrints(path string) []page.Action {
	all := []page.Action{
		{Glyph: page.GlyphPaper, Text: q.say("desk.word", q.say("twin.title")), Href: path + "/paper?as=docx"},
		{Glyph: page.GlyphPrint, Text: q.say("desk.pdf", q.say("twin.title")), Href: path + "/paper?as=pdf"},
	}
	for _, lang := range locale.Langs() {
		if lang != q.reader.Lang {
			all = append(all, page.Action{Glyph: page.GlyphPrint, Text: q.say("tie.print.in", q.say("lang."+string(lang))), Href: path + "/paper?as=pdf&lang=" + string(lang)})
		}
	}
	return all
}

// tiePart draws one matter of the file.
func (q *request) tiePart(row store.TieRow, in twin.Part, keeps bool) page.DeskPart {
	out := page.DeskPart{Head: in.Head, Lines: in.Lines}
	for _, f := range in.Facts {
		if in.Key != "twin.papers" {
			out.Facts = append(out.Facts, page.Fact{Name: f.Name, Text: f.Text, Note: f.Note, Href: q.tieRef(f.Ref)})
		}
	}
	if in.Table != nil && len(in.Table.Rows) > 0 {
		out.Table = q.tieGrid(in, row, keeps)
	}
	if in.Key == "twin.papers" {
		q.tieFilePart(row, in, keeps, &out)
	}
	if len(out.Facts) == 0 && len(out.Lines) == 0 && out.Table == nil && out.Form == nil && in.Empty != "" {
		out.Lines = []string{in.Empty}
	}
	return out
}

// tieGrid draws the rows of a part. Stages lead to where they are changed.
func (q *request) tieGrid(in twin.Part, row store.TieRow, keeps bool) *page.Table {
	t := page.Table{Caption: in.Head, Quiet: true, Wide: len(in.Table.Columns) > 7}
	for _, c := range in.Table.Columns {
		t.Columns = append(t.Columns, page.Column{Head: c.Head, Figure: c.Figure, Chief: c.Chief})
	}
	stages := q.stageRefs(in, row, keeps)
	for n, cells := range in.Table.Rows {
		r := page.Row{}
		for _, c := range cells {
			r.Cells = append(r.Cells, q.tieCell(c))
		}
		if n < len(stages) {
			r.Cells[0].Href = stages[n]
		}
		t.Rows = append(t.Rows, r)
	}
	if len(in.Table.Totals) == 1 {
		for _, c := range in.Table.Totals[0] {
			t.Total = append(t.Total, q.tieCell(c))
		}
	}
	if len(in.Table.Totals) > 1 {
		for _, cells := range in.Table.Totals {
			r := page.Row{}
			for _, c := range cells {
				r.Cells = append(r.Cells, q.tieCell(c))
			}
			t.Rows = append(t.Rows, r)
		}
	}
	return &t
}

// stageRefs are the addresses at which the stages in the history are changed.
func (q *request) stageRefs(in twin.Part, row store.TieRow, keeps bool) []string {
	if in.Key != "twin.history" || !keeps {
		return nil
	}
	before := len(in.Table.Rows) - len(row.Stages) - len(row.Handed)
	refs := make([]string, max(before, 0))
	for _, s := range row.InOrder() {
		refs = append(refs, tiePath(row.Code)+"/stage?stage="+strconv.FormatInt(s.ID, 10))
	}
	for range row.Handed {
		refs = append(refs, tiePath(row.Code)+"/hand")
	}
	return refs
}

func (q *request) tieCell(c twin.Cell) page.Cell {
	cell := page.Cell{Text: c.Text, Note: c.Note, Href: q.tieRef(c.Ref)}
	if lines := strings.Split(c.Text, "\n"); len(lines) > 1 {
		cell.Part = page.Stacked(lines)
		if cell.Href != "" {
			cell.Part = page.StackedLink(lines, cell.Href)
		}
	}
	return cell
}

// tieRef is the address of what the file refers to.
func (q *request) tieRef(ref string) string {
	kind, id, _ := strings.Cut(ref, ":")
	switch kind {
	case "deed":
		return "/deeds/" + id
	case "deeds":
		return "/deeds?only=" + id
	case "person":
		return "/people/" + id
	case "body":
		return "/body/" + id
	case "promise":
		return "/ties/promises/" + id
	case "tie":
		return tiePath(id)
	case "review":
		return q.URL.Path + "/review?review=" + id
	}
	return ""
}

// tieFilePart lists the papers kept with a tie and takes more.
func (q *request) tieFilePart(row store.TieRow, in twin.Part, keeps bool, out *page.DeskPart) {
	t := page.Table{Caption: in.Head, Quiet: true, Columns: []page.Column{{Head: in.Head, Chief: true}, {Head: q.say("common.remove")}}}
	for _, f := range in.Facts {
		_, id, _ := strings.Cut(f.Ref, ":")
		href := tiePath(row.Code) + "/files/" + id
		r := page.Row{Cells: []page.Cell{{Text: f.Name, Href: href}, {}}}
		if keeps {
			r.Cells[1].Part = page.Actions(q.reader, []page.Action{{Text: q.say("common.remove"), Href: href + "/remove", Post: true}})
		}
		t.Rows = append(t.Rows, r)
	}
	if len(t.Rows) > 0 {
		out.Table = &t
	}
	if keeps {
		out.Form = &page.DeskForm{Head: page.FormHead{Action: tiePath(row.Code) + "/files", Files: true}, Fold: q.say("deed.paper.add"), Do: q.say("deed.paper.send"), Quiet: true, Fields: []templ.Component{
			page.FileInput(q.reader, page.Field{Name: "paper", Label: q.say("deed.paper.add"), Hint: q.say("deed.paper.hint"), Whole: true, Extra: templ.Attributes{"multiple": true}}, paperEndings),
		}}
	}
}

// tiePast tells the history of a tie, its promises and reviews.
func (q *request) tiePast(f twin.File) ([]page.Past, error) {
	past, err := q.officePast("tie", int64(f.Tie.ID))
	if err != nil {
		return nil, err
	}
	for _, p := range f.Promises {
		more, err := q.officePast("promise", int64(p.ID))
		if err != nil {
			return nil, err
		}
		past = append(past, more...)
	}
	for _, r := range f.Reviews {
		more, err := q.officePast("tie_review", int64(r.ID))
		if err != nil {
			return nil, err
		}
		past = append(past, more...)
	}
	return past, nil
}

// tiePaper gives the twin's file as a paper.
func (s *Server) tiePaper(q *request) error {
	row, err := q.tieAsked()
	if err != nil {
		return err
	}
	f, err := twin.Gather(q.Context(), q.view(), row.ID)
	if err != nil {
		return err
	}
	to := q.speaker()
	if lang, ok := locale.Parse(q.value("lang")); ok {
		to = q.server.words.Load().In(lang)
	}
	house, err := q.houseOn(q.tieHouse(row), q.today())
	if err != nil {
		return err
	}
	return q.sendPaper(twin.Paper(to, house, f), row.Code)
}

// tieHouse is on whose letterhead the file of a tie is printed: of the body on
// whose books it stands, where the reader may see it, or of the reader's own.
func (q *request) tieHouse(row store.TieRow) body.ID {
	for _, id := range append([]body.ID{row.Body}, row.Bodies()...) {
		if q.actor.Operator || q.may("read_figures", id) {
			return id
		}
	}
	return q.root()
}

// tieFiles keeps papers with a tie.
func (s *Server) tieFiles(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	papers, err := q.sentPapers()
	if err != nil {
		return err
	}
	err = q.write("tie.why.paper", func(ctx context.Context, tx *store.Tx) error {
		for _, a := range papers {
			if _, err := tie.Attach(ctx, tx, q.actor, row.ID, a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return q.doneAt(tiePath(row.Code), q.well("deed.paper.kept", len(papers)))
}

// tieFileAsked reads the paper of a tie that the address names.
func (q *request) tieFileAsked() (store.TieRow, source.Attachment, error) {
	row, err := q.tieAsked()
	if err != nil {
		return row, source.Attachment{}, err
	}
	n, err := q.number("paper")
	if err != nil {
		return row, source.Attachment{}, err
	}
	a, err := q.view().TiePaper(q.Context(), n)
	return row, a, err
}

// tieFile hands out a paper of a tie. It is never drawn as a page of this site.
func (s *Server) tieFile(q *request) error {
	_, a, err := q.tieFileAsked()
	if err != nil {
		return err
	}
	return s.handOut(q, a)
}

// tieFileRemove takes a paper off a tie.
func (s *Server) tieFileRemove(q *request) error {
	row, a, err := q.tieFileAsked()
	if err != nil {
		return err
	}
	if a.Ref != int64(row.ID) {
		return fault.Missing("deed.paper.missing")
	}
	err = q.write("tie.why.unpaper", func(ctx context.Context, tx *store.Tx) error { return tie.Detach(ctx, tx, q.actor, row.ID, a.ID) })
	if err != nil {
		return err
	}
	return q.doneAt(tiePath(row.Code), q.well("deed.paper.removed", a.Name))
}
