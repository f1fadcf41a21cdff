package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/union"
)

// registerLine is one record as a list shows it.
type registerLine struct {
	id    int64
	of    body.ID
	cells []page.Cell
}

// registerView says how one register is listed, asked for and written.
type registerView struct {
	heads  []string // keys of the columns; the first is what the record is about
	lines  func(q *request, typed string) ([]registerLine, error)
	fields func(q *request, a asker, id int64) (fields []templ.Component, revision int64, err error)
	take   func(q *request, id int64) (func(ctx context.Context, tx *store.Tx) error, error)
	more   func(q *request, id int64) ([]page.DeskPart, error) // beneath a record
	sums   func(q *request) ([]page.DeskPart, error)           // beneath the list
	// parts write the smaller matters of a record, by their name in the address.
	parts map[string]func(q *request, id int64) (func(ctx context.Context, tx *store.Tx) error, error)
}

// registerViews are the registers by their name in addresses.
func registerViews() map[union.Register]registerView {
	return map[union.Register]registerView{
		union.Terms: termView(), union.Larges: largeView(), union.Scholars: scholarView(), union.Aids: aidView(), union.Programmes: programmeView(), union.Awards: awardView(), union.Services: serviceView(),
		union.Memorials: memorialView(), union.Presses: pressView(), union.Keepsakes: keepsakeView(),
	}
}

func registerPath(r union.Register) string { return "/union/registers/" + string(r) }

// registerAsked finds the register that the address names.
func (q *request) registerAsked() (union.Register, registerView, error) {
	r := union.Register(q.PathValue("register"))
	v, known := registerViews()[r]
	if !known {
		return r, v, fault.Missing("fault.missing")
	}
	return r, v, q.view().MayActivity()
}

// registerList lists the records of a register and takes new ones.
func (s *Server) registerList(q *request) error {
	r, v, err := q.registerAsked()
	if err != nil {
		return err
	}
	return q.registerPage(r, v, nil)
}

func (q *request) registerPage(r union.Register, v registerView, refused error) error {
	lines, err := v.lines(q, q.value("q"))
	if err != nil {
		return err
	}
	key := "register." + string(r)
	p := page.DeskPage{Shell: q.shell(q.say(key))}
	p.Shell.Crumbs, p.Shell.Lead = q.unionCrumbs(), q.say("register.count", len(lines))
	t := page.Table{ID: "register", Caption: q.say(key), Quiet: true, Empty: page.Empty{Glyph: page.GlyphPaper, Head: q.say("register.none"), Text: q.say(key + ".text")}}
	for i, head := range v.heads {
		t.Columns = append(t.Columns, page.Column{Head: q.say(head), Chief: i == 0})
	}
	for _, l := range lines {
		row := page.Row{Cells: l.cells}
		if l.id != 0 {
			row.Href = registerPath(r) + "/" + idText(l.id)
		}
		t.Rows = append(t.Rows, row)
	}
	tools := []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: registerPath(r) + "/sheet"}}
	p.Parts = []page.DeskPart{{Plain: true, Table: &t, Tools: tools, Print: true}}
	if v.sums != nil {
		parts, err := v.sums(q)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, parts...)
	}
	if q.mayPost() {
		a := asker{q, page.ProblemsOf(refused, q.reader), ""}
		fields, _, err := v.fields(q, a, 0)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: registerPath(r), Draft: "register-" + string(r), Rejected: refused != nil}, Wrong: a.wrong, Fold: q.say(key + ".new"), Open: len(lines) == 0, Do: q.say("register.enter"), Fields: fields,
		}})
	}
	if refused != nil || q.partRefused.err != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// registerOne shows one record of a register.
func (s *Server) registerOne(q *request) error {
	r, v, err := q.registerAsked()
	if err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	return q.recordPage(r, v, id, nil)
}

func (q *request) recordPage(r union.Register, v registerView, id int64, refused error) error {
	lines, err := v.lines(q, "")
	if err != nil {
		return err
	}
	var shown *registerLine
	for i := range lines {
		if lines[i].id == id {
			shown = &lines[i]
		}
	}
	if shown == nil {
		return fault.Missing("register.missing")
	}
	p := page.DeskPage{Shell: q.shell(shown.cells[0].Text)}
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("register." + string(r)), Href: registerPath(r)})
	var facts []page.Fact
	for i, c := range shown.cells {
		if c.Text != "" || c.Note != "" {
			facts = append(facts, page.Fact{Name: q.say(v.heads[i]), Text: c.Text, Note: c.Note, Href: c.Href})
		}
	}
	p.Parts = []page.DeskPart{{Facts: facts}}
	if v.more != nil {
		parts, err := v.more(q, id)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, parts...)
	}
	if q.may(access.PostDeeds, shown.of) {
		a := asker{q, page.ProblemsOf(refused, q.reader), ""}
		fields, revision, err := v.fields(q, a, id)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: registerPath(r) + "/" + idText(id), Revision: idText(revision), Rejected: refused != nil}, Wrong: a.wrong, Fold: q.say("common.edit"), Do: q.say("common.save"), Fields: fields,
		}})
	}
	past, err := q.officePast("union_register", id)
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil || q.partRefused.err != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// enterRecord writes a new record of a register.
func (s *Server) enterRecord(q *request) error { return q.takeRecord(0) }

// reviseRecord writes what a record says otherwise.
func (s *Server) reviseRecord(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	return q.takeRecord(id)
}

func (q *request) takeRecord(id int64) error {
	if err := q.read(); err != nil {
		return err
	}
	r, v, err := q.registerAsked()
	if err != nil {
		return err
	}
	do, err := v.take(q, id)
	if err == nil {
		err = q.write("union.why.register", do)
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		if id != 0 {
			return q.recordPage(r, v, id, err)
		}
		return q.registerPage(r, v, err)
	}
	if err != nil {
		return err
	}
	path := registerPath(r)
	if id != 0 {
		path += "/" + idText(id)
	}
	return q.doneAt(path, q.well("common.saved"))
}

// partRefused is what was wrong with one of the smaller forms of a record.
type partRefused struct {
	part string
	err  error
}

// takePart writes one of the smaller matters of a record.
func (s *Server) takePart(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	r, v, err := q.registerAsked()
	if err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	part := q.PathValue("part")
	take, known := v.parts[part]
	if !known {
		return fault.Missing("fault.missing")
	}
	do, err := take(q, id)
	if err == nil {
		err = q.write("union.why.register", do)
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		q.partRefused = partRefused{part, err}
		return q.recordPage(r, v, id, nil)
	}
	if err != nil {
		return err
	}
	return q.doneAt(registerPath(r)+"/"+idText(id), q.well("common.saved"))
}

// registerSheet gives a register as a workbook.
func (s *Server) registerSheet(q *request) error {
	r, v, err := q.registerAsked()
	if err != nil {
		return err
	}
	lines, err := v.lines(q, "")
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("register." + string(r))}
	for _, head := range v.heads {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(head)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, l := range lines {
			var cells []sheet.Value
			for _, c := range l.cells {
				cells = append(cells, sheet.Words(dotted(c.Text, c.Note)))
			}
			if !yield(cells) {
				return
			}
		}
	}
	return q.sendSheet(q.say("register."+string(r)), t)
}

// fits tells whether every word typed is found in some text, spelt in any way.
func fits(typed string, in ...string) bool {
	whole := text.Fold(strings.Join(in, " "))
	for _, word := range strings.Fields(text.Fold(typed)) {
		if !strings.Contains(whole, word) {
			return false
		}
	}
	return true
}

// one reads a record that is to be changed, or an empty one for a new.
func one[T union.Kept[T]](q *request, id int64) (T, error) {
	if id == 0 {
		var none T
		return none, nil
	}
	return store.RegisterOne[T](q.Context(), q.view(), id)
}

// all lists the records of a register for the organisation shown.
func all[T union.Kept[T]](q *request, typed string) ([]T, error) {
	return store.RegisterOf[T](q.Context(), q.view(), q.organisationShown(), typed)
}

// homeField asks for whose register a record is; one that is kept stays where it is.
func (q *request) homeField(a asker, now body.ID) (templ.Component, error) {
	if now != 0 {
		return page.Hidden("body", idText(now)), nil
	}
	homes, err := q.bodyOptions(access.PostDeeds, "")
	if len(homes) == 1 {
		return page.Hidden("body", homes[0].Value), err
	}
	return a.choose("body", "union.teller", idText(q.homeOf(0)), homes), err
}

// countryGiven reads the name of one country.
func (q *request) countryGiven(name string) (string, error) {
	codes, err := q.countriesTyped(name)
	if len(codes) == 0 {
		return "", err
	}
	return codes[0], err
}
