package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/dossier"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// registerConference: what is prepared for the conference of a contest.
func (s *Server) registerConference() {
	s.inside("GET /contests/{id}/conference", s.conference)
	s.inside("GET /contests/{id}/conference.xlsx", s.conferenceSheet)
	s.inside("POST /contests/{id}/conference", s.putItem)
	s.inside("GET /contests/{id}/conference/{item}", s.conferenceItem)
	s.inside("POST /contests/{id}/conference/{item}", s.putItem)
	s.inside("POST /contests/{id}/conference/{item}/drop", s.dropItem)
}

// conference shows programme, speakers, seats, models, gifts and costs.
func (s *Server) conference(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.conferencePage(c, nil)
}

func (q *request) conferencePage(c contestSeen, refused error) error {
	items, err := q.view().Conference(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.conference"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.conference.lead")
	for i, kind := range contest.ItemKinds() {
		if kind.Private() && !c.Seat.Inside() {
			continue
		}
		table := q.agendaTable(c, kind, contest.OfKind(items, kind))
		part := page.DeskPart{Head: q.say("contest.item.head." + string(kind)), Plain: true, Table: &table}
		if i == 0 {
			part.Print = true
			part.Tools = q.conferenceTools(c)
		}
		p.Parts = append(p.Parts, part)
		if !c.Seat.Keeps() {
			continue
		}
		var wrong error
		if contest.ItemKind(q.value("kind")) == kind {
			wrong = refused
		}
		form := q.agendaForm(c, contest.Item{Kind: kind}, wrong)
		form.Fold, form.Open = q.say("contest.item.add."+string(kind)), wrong != nil
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// conferenceTools give the papers of the conference and the list as a workbook.
func (q *request) conferenceTools(c contestSeen) []page.Tool {
	tools := []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/conference.xlsx")}}
	for _, k := range []dossier.Kind{dossier.Programme, dossier.Seating, dossier.Hosting, dossier.Cards} {
		if !k.Inside() || c.Seat.Inside() {
			tools = append(tools, page.Tool{Glyph: page.GlyphPrint, Text: q.say("dossier." + string(k)), Href: c.path("/papers/" + string(k))})
		}
	}
	return tools
}

// agendaWho names who stands behind an item.
func (q *request) agendaWho(c contestSeen, i contest.Item) string {
	return dotted(i.Who, c.called[i.Unit])
}

func (q *request) agendaAmount(i contest.Item) string {
	if i.Amount.IsZero() {
		return ""
	}
	return q.moneySaid(i.Amount)
}

// agendaTable lists the items of one kind in their order.
func (q *request) agendaTable(c contestSeen, kind contest.ItemKind, items []contest.Item) page.Table {
	t := page.Table{ID: "items-" + string(kind), Caption: q.say("contest.item.head." + string(kind)), Quiet: true, Empty: page.Empty{Glyph: page.GlyphContest, Head: q.say("contest.item.none." + string(kind))}}
	head := func(key string, chief bool) {
		t.Columns = append(t.Columns, page.Column{Head: q.say(key), Chief: chief})
	}
	figure := kind == contest.AGift || kind == contest.ACost
	switch kind {
	case contest.AStep:
		head("contest.item.hour", false)
	case contest.ASeat:
		head("contest.item.seat", false)
	case contest.ASpeech, contest.AModel, contest.AGift, contest.ACost:
		head("contest.item.order", false)
	}
	text, who := "contest.item.text."+string(kind), "contest.item.who."+string(kind)
	if kind == contest.ASeat { // who sits there comes first
		text, who = who, text
	}
	head(text, true)
	head(who, false)
	if figure {
		t.Columns = append(t.Columns, page.Column{Head: q.say("contest.item.amount"), Figure: true})
	}
	for n, i := range items {
		first, what := strconv.Itoa(n+1), page.Cell{Text: i.Text, Note: dotted(i.Place, i.Note)}
		switch kind {
		case contest.AStep:
			first = i.Hour
		case contest.ASeat:
			first, what = i.Place, page.Cell{Text: q.agendaWho(c, i), Note: i.Note}
		case contest.ASpeech, contest.AModel, contest.AGift, contest.ACost:
		}
		row := page.Row{Cells: []page.Cell{{Text: first}, what, {Text: q.agendaWho(c, i)}}}
		if kind == contest.ASeat {
			row.Cells[2] = page.Cell{Text: i.Text}
		}
		if figure {
			row.Cells = append(row.Cells, page.Cell{Text: q.agendaAmount(i)})
		}
		if c.Seat.Keeps() {
			row.Href = c.path("/conference/" + idText(i.ID))
		}
		t.Rows = append(t.Rows, row)
	}
	if kind == contest.ACost && len(items) > 0 {
		if sums, err := contest.Spent(items); err == nil && len(sums) > 0 {
			said := ""
			for _, s := range sums {
				said = dotted(said, q.moneySaid(s))
			}
			t.Total = []page.Cell{{}, {Text: q.say("contest.item.total")}, {}, {Text: said}}
		}
	}
	return t
}

// agendaForm asks for one item.
func (q *request) agendaForm(c contestSeen, i contest.Item, refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	kind := string(i.Kind)
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, ID: name + "-" + kind, Label: q.say(key), Value: q.refilled(wrong, name, value)})
	}
	text, place, hour, order := field("text", "contest.item.text."+kind, i.Text), field("place", "contest.item.place", i.Place), field("hour", "contest.item.hour", i.Hour), field("order", "contest.item.order", "")
	text.Whole, text.Needed = true, i.Kind != contest.ASeat
	hour.Short, order.Short, place.Short = true, true, i.Kind == contest.ASeat
	if i.Order > 0 && len(wrong) == 0 {
		order.Value = strconv.Itoa(i.Order)
	}
	fields := []templ.Component{page.Hidden("kind", kind)}
	if i.Kind == contest.AStep {
		fields = append(fields, page.TextInput(q.reader, hour))
	}
	if i.Kind == contest.ASeat {
		place.Label, place.Needed = q.say("contest.item.seat"), true
		fields = append(fields, page.TextInput(q.reader, place))
	}
	fields = append(fields, page.TextInput(q.reader, text))
	if i.Kind == contest.AStep {
		fields = append(fields, page.TextInput(q.reader, place))
	}
	units := []page.Option{{Text: q.say("contest.item.nounit")}}
	for _, u := range c.Units {
		units = append(units, page.Option{Value: idText(u.Body), Text: c.called[u.Body]})
	}
	unit := ""
	if i.Unit != 0 {
		unit = idText(i.Unit)
	}
	fields = append(fields, page.Select(q.reader, field("unit", "contest.unit", unit), units), page.TextInput(q.reader, field("who", "contest.item.who."+kind, i.Who)))
	if i.Kind == contest.AGift || i.Kind == contest.ACost {
		typed := ""
		if !i.Amount.IsZero() {
			typed = strconv.FormatInt(i.Amount.Minor, 10)
		}
		amount := field("amount", "contest.item.amount", typed)
		amount.Needed = i.Kind == contest.ACost
		fields = append(fields, page.MoneyInput(q.reader, amount))
	}
	fields = append(fields, page.NumberInput(q.reader, order), page.TextInput(q.reader, field("note", "common.note", i.Note)))
	form := page.DeskForm{Head: page.FormHead{Action: c.path("/conference"), Rejected: len(wrong) > 0}, Wrong: wrong, Fields: fields, Do: q.say("common.save"), Quiet: true}
	if i.ID != 0 {
		form.Head.Action, form.Head.Revision = c.path("/conference/"+idText(i.ID)), idText(i.Revision)
	}
	return form
}

// agendaAsked reads the contest and the item that the address names.
func (q *request) agendaAsked() (contestSeen, contest.Item, error) {
	c, err := q.contestKept()
	if err != nil {
		return c, contest.Item{}, err
	}
	id, err := q.number("item")
	if err != nil {
		return c, contest.Item{}, err
	}
	items, err := q.view().Conference(q.Context(), c.Contest.ID)
	if err != nil {
		return c, contest.Item{}, err
	}
	at := slices.IndexFunc(items, func(i contest.Item) bool { return i.ID == contest.ItemID(id) })
	if at < 0 {
		return c, contest.Item{}, fault.Missing("contest.item.missing")
	}
	return c, items[at], nil
}

// conferenceItem shows one item as a form.
func (s *Server) conferenceItem(q *request) error {
	c, i, err := q.agendaAsked()
	if err != nil {
		return err
	}
	return q.agendaPage(c, i, nil)
}

func (q *request) agendaPage(c contestSeen, i contest.Item, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.item.head." + string(i.Kind)))}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.conference"), Href: c.path("/conference")})
	form := q.agendaForm(c, i, refused)
	form.Quiet, form.Leave = false, page.Link{Text: q.say("form.leave"), Href: c.path("/conference")}
	p.Parts = []page.DeskPart{{Form: &form}}
	p.Actions = []page.Action{{Glyph: page.GlyphRemove, Text: q.say("contest.item.drop"), Href: c.path("/conference/" + idText(i.ID) + "/drop"), Post: true}}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// agendaGiven reads an item from its form.
func (q *request) agendaGiven(c contestSeen) (contest.Item, error) {
	i := contest.Item{Contest: c.Contest.ID, Kind: contest.ItemKind(q.value("kind")), Hour: q.value("hour"), Place: q.value("place"), Text: q.value("text"), Unit: body.ID(q.id("unit")), Who: q.value("who"), Note: q.value("note")}
	var found []error
	if typed := strings.TrimSpace(q.value("order")); typed != "" {
		n, err := strconv.Atoi(typed)
		if err != nil || n < 1 {
			found = append(found, fault.Field("order", "contest.item.number"))
		}
		i.Order = n
	}
	if typed := q.value("amount"); typed != "" {
		var err error
		i.Amount, err = money.Parse(typed, money.VND, q.reader.Lang)
		found = append(found, at("amount", err))
	}
	return i, fault.Gather(found...)
}

// putItem adds an item to the conference or changes one.
func (s *Server) putItem(q *request) error {
	var c contestSeen
	var was contest.Item
	var err error
	if q.PathValue("item") == "" {
		c, err = q.contestKept()
	} else {
		c, was, err = q.agendaAsked()
	}
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	i, err := q.agendaGiven(c)
	i.ID = was.ID
	if was.ID != 0 {
		i.Kind, i.Revision = was.Kind, was.Revision
	}
	if err == nil {
		err = q.write("contest.why.item", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.PutItem(ctx, tx, q.actor, i, q.id("revision"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		if was.ID != 0 {
			return q.agendaPage(c, i, err)
		}
		return q.conferencePage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/conference"), q.well("common.saved"))
}

// dropItem takes an item out of the conference.
func (s *Server) dropItem(q *request) error {
	c, i, err := q.agendaAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	err = q.write("contest.why.item", func(ctx context.Context, tx *store.Tx) error {
		return contest.DropItem(ctx, tx, q.actor, i.ID)
	})
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/conference"), q.well("contest.item.dropped"))
}

// conferenceSheet gives everything of the conference as a workbook.
func (s *Server) conferenceSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	items, err := q.view().Conference(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.door.conference")}
	for _, key := range []string{"contest.item.kind.head", "contest.item.order", "contest.item.hour", "contest.item.place", "contest.item.what", "contest.unit", "contest.item.whose", "contest.item.amount", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, kind := range contest.ItemKinds() {
			for _, i := range contest.OfKind(items, kind) {
				if !yield([]sheet.Value{
					sheet.Words(q.say("contest.item.head." + string(kind))), sheet.Count(int64(i.Order)), sheet.Words(i.Hour), sheet.Words(i.Place), sheet.Words(i.Text),
					sheet.Words(c.called[i.Unit]), sheet.Words(i.Who), sheet.Words(q.agendaAmount(i)), sheet.Words(i.Note),
				}) {
					return
				}
			}
		}
	}
	return q.sendSheet(q.say("contest.conference.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}
