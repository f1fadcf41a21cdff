package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lineage"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/sheet"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// unsettledRows reads what ended bodies left, those that fit what is searched.
func (q *request) unsettledRows() ([]lineage.Remains, error) {
	if !q.actor.Somewhere(access.ReadFigures) {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	all, err := q.view().Unsettled(q.Context())
	what := lineage.What(q.value("what"))
	if what == "" {
		return all, err
	}
	return slices.DeleteFunc(all, func(r lineage.Remains) bool {
		return !slices.ContainsFunc(r.Left, func(l lineage.Left) bool { return l.What == what })
	}), err
}

// unsettled lists what ended bodies left.
func (s *Server) unsettled(q *request) error {
	all, err := q.unsettledRows()
	if err != nil {
		return err
	}
	var whats []string
	for _, w := range lineage.Whats() {
		whats = append(whats, string(w))
	}
	p := page.ListPage{
		Shell: q.shell(q.say("unsettled.title")), Filter: page.FilterHead{Action: "/unsettled", Results: "unsettled", NoBox: true},
		Selects: []page.SelectField{{Field: page.Field{Name: "what", Label: q.say("unsettled.what.head"), Value: q.value("what")}, Options: q.options("unsettled.", q.say("common.all"), whats...)}},
		Tools:   []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/unsettled.xlsx"}, {Glyph: page.GlyphBody, Text: q.say("event.title"), Href: "/events"}},
	}
	p.Shell.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}}
	p.Shell.Lead = q.say("unsettled.lead")
	p.Table = page.Table{
		ID: "unsettled", Caption: q.say("unsettled.title"), Quiet: true, Told: q.say("unsettled.count", len(all)),
		Columns: []page.Column{{Head: q.say("body.name"), Chief: true}, {Head: q.say("body.ended")}, {Head: q.say("unsettled.left")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("unsettled.none"), Text: q.say("unsettled.none.text"), Do: page.Link{Text: q.say("body.title"), Href: "/bodies"}},
	}
	for _, r := range all[:min(len(all), eventsShown)] {
		var said []string
		for _, l := range r.Left {
			said = append(said, q.leftSaid(l))
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: "/unsettled/" + r.Body.Code, Cells: []page.Cell{
			{Text: r.Body.NameOn(q.lang(), r.Body.Life().To)}, {Text: q.dated(r.Body.Ended)}, {Text: joinComma(said)},
		}})
	}
	return q.show(page.Listed(p))
}

// unsettledSheet gives what ended bodies left as a workbook.
func (s *Server) unsettledSheet(q *request) error {
	all, err := q.unsettledRows()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("unsettled.title")}
	for _, key := range []string{"body.name", "body.ended", "unsettled.what.head", "unsettled.left"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, r := range all {
			for _, l := range r.Left {
				cells := []sheet.Value{
					sheet.Words(r.Body.NameOn(q.lang(), r.Body.Life().To)), sheet.Words(q.dated(r.Body.Ended)),
					sheet.Words(q.say("unsettled." + string(l.What))), sheet.Words(q.leftSaid(l)),
				}
				if !yield(cells) {
					return
				}
			}
		}
	}
	return q.sendSheet("chua-dinh-doat", t)
}

// endedBody reads the ended body of the address.
func (q *request) endedBody() (body.Body, error) {
	b, err := q.view().BodyByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return b, err
	}
	return b, q.actor.May(access.ReadFigures, b.ID)
}

// remains shows what one ended body left, one step for each sort of thing.
func (s *Server) remains(q *request) error {
	b, err := q.endedBody()
	if err != nil {
		return err
	}
	left, err := q.view().UnsettledOf(q.Context(), b.ID)
	if err != nil {
		return err
	}
	name := b.NameOn(q.lang(), b.Life().To)
	p := page.RemainsPage{Shell: q.shell(q.say("unsettled.of", name))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}, {Text: q.say("unsettled.title"), Href: "/unsettled"}}
	p.About = []page.Fact{{Name: q.say("body.name"), Text: name, Href: bodyPath(b)}, {Name: q.say("body.ended"), Text: q.dated(b.Ended)}}
	heirs, err := q.heirsOf(b)
	if err != nil {
		return err
	}
	for _, h := range heirs {
		p.About = append(p.About, page.Fact{Name: q.say("line.now"), Text: h.Name, Note: q.shareSaid(h), Href: namedPath(h)})
	}
	p.None = page.Empty{Glyph: page.GlyphCheck, Head: q.say("unsettled.nothing.head"), Text: q.say("unsettled.none.text"), Do: page.Link{Text: name, Href: bodyPath(b)}}
	for _, l := range left.Left {
		p.Parts = append(p.Parts, q.remainsPart(b, l))
	}
	acts, err := q.view().Settlements(q.Context(), b.ID)
	if err != nil {
		return err
	}
	p.Acts, err = q.actsTable(acts)
	if err != nil {
		return err
	}
	return q.show(page.RemainsWhole(p))
}

func (q *request) remainsPart(b body.Body, l lineage.Left) page.RemainsPart {
	part := page.RemainsPart{Head: q.say("unsettled." + string(l.What)), Text: q.leftSaid(l)}
	at := map[lineage.What]string{
		lineage.Members: "/people?branch=" + idText(b.ID), lineage.Offices: "/offices?body=" + idText(b.ID), lineage.Tasks: "/office/tasks?body=" + idText(b.ID),
		lineage.Plans: "/deeds?status=planned&body=" + idText(b.ID), lineage.Deeds: "/deeds?body=" + idText(b.ID), lineage.Money: "/fund/statement?body=" + idText(b.ID),
		lineage.Goods: "/fund/stock?body=" + idText(b.ID), lineage.Entries: "/fund/entries?body=" + idText(b.ID), lineage.Children: "/bodies", lineage.Ties: "/ties?body=" + idText(b.ID),
	}[l.What]
	part.More = page.Link{Text: q.say("common.all"), Href: at}
	if l.What == lineage.Ties {
		part.Steps = []page.Link{{Text: q.say("unsettled.ties.do"), Href: at}}
		return part
	}
	for _, way := range l.What.Ways() {
		part.Steps = append(part.Steps, page.Link{Text: q.say("unsettled.way." + string(way) + "." + string(l.What)), Href: "/unsettled/" + b.Code + "/" + string(l.What) + "?way=" + string(way)})
	}
	return part
}

// heirsOf tells who stands today where an ended body stood.
func (q *request) heirsOf(b body.Body) ([]lineage.Named, error) {
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	s, err := lineage.Show(q.Context(), q.view(), m, b, b.Life().To, q.lang())
	return s.Now, err
}

// actsTable lists the acts by which what a body left was settled.
func (q *request) actsTable(acts []lineage.Settlement) (page.Table, error) {
	t := page.Table{Caption: q.say("unsettled.acts"), Columns: []page.Column{{Head: q.say("line.day")}, {Head: q.say("unsettled.what.head"), Chief: true}, {Head: q.say("unsettled.heir")}, {Head: q.say("event.number")}, {Head: q.say("unsettled.papers")}}}
	var ids []body.ID
	for _, a := range acts {
		ids = append(ids, a.Body, a.Heir)
	}
	by, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return t, err
	}
	for _, a := range acts {
		heir := q.say("unsettled.closed")
		if h, ok := by[a.Heir]; ok {
			heir = h.NameOn(q.lang(), a.Day)
		}
		papers := append(q.settledPapers(a), page.Link{Text: q.say("unsettled.act.open"), Href: linePath(lineage.SettlementPapers, a.ID)})
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			{Text: q.dated(calendar.OnDay(a.Day))}, {Text: q.say("unsettled."+string(a.What)+".count", a.Count)}, {Text: heir}, {Text: a.Paper.Number}, {Part: page.Links(papers)},
		}})
	}
	return t, nil
}

// settling is the form by which something left is settled.
type settling struct {
	*request
	b    body.Body
	what lineage.What
	way  lineage.Way
}

func (q *request) settling() (settling, error) {
	b, err := q.endedBody()
	if err != nil {
		return settling{}, err
	}
	f := settling{q, b, lineage.What(q.PathValue("what")), lineage.Way(q.value("way"))}
	if !slices.Contains(lineage.Whats(), f.what) {
		return f, fault.Missing("fault.missing")
	}
	if !slices.Contains(f.what.Ways(), f.way) {
		f.way = f.what.Ways()[0]
	}
	return f, q.actor.May(settleRight(f.what), b.ID)
}

// settleRight is what it takes to settle one sort of thing.
func settleRight(w lineage.What) access.Right {
	switch w {
	case lineage.Members:
		return access.KeepRoll
	case lineage.Money, lineage.Entries:
		return access.KeepFund
	case lineage.Goods, lineage.Plans, lineage.Deeds:
		return access.PostDeeds
	case lineage.Tasks:
		return access.KeepOffice
	default:
		return access.ManageBody
	}
}

// settleForm asks to whom something left goes, from when, by which paper.
func (s *Server) settleForm(q *request) error {
	f, err := q.settling()
	if err != nil {
		return err
	}
	a, err := f.form(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (f settling) form(refused error) (page.AskPage, error) {
	at := "/unsettled/" + f.b.Code
	key := string(f.way) + "." + string(f.what)
	a := page.AskPage{
		Shell: f.shell(f.say("unsettled.way." + key)), Head: page.FormHead{Action: at + "/" + string(f.what), Draft: "settle-" + string(f.what) + idText(f.b.ID), Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, f.reader), Text: f.say("unsettled.text." + key), Do: f.say("unsettled.way." + key), Leave: at,
		Carry: []page.Option{{Value: "way", Text: string(f.way)}}, Facts: []page.Fact{{Name: f.say("body.name"), Text: f.b.NameOn(f.lang(), f.b.Life().To), Note: f.say("line.ended", f.b.Life().To), Href: bodyPath(f.b)}},
	}
	a.Shell.Crumbs = []page.Link{{Text: f.say("body.title"), Href: "/bodies"}, {Text: f.say("unsettled.title"), Href: "/unsettled"}, {Text: f.b.NameOn(f.lang(), f.b.Life().To), Href: at}}
	left, err := f.view().UnsettledOf(f.Context(), f.b.ID)
	if err != nil {
		return a, err
	}
	for _, l := range left.Left {
		if l.What == f.what {
			a.Facts = append(a.Facts, page.Fact{Name: f.say("unsettled.left"), Text: f.leftSaid(l)})
		}
	}
	if f.way == lineage.Hand {
		fields, err := f.handFields(&a)
		if err != nil {
			return a, err
		}
		a.Fields = fields
	}
	a.Head.Files = true
	a.Fields = append(append(a.Fields, f.paperFields(&a, "unsettled.day")...), f.scanField(&a))
	return a, nil
}

func (f settling) handFields(a *page.AskPage) ([]templ.Component, error) {
	options, err := f.othersOf(f.b, f.say("unsettled.heir.choose"))
	if err != nil {
		return nil, err
	}
	chosen := f.value("heir")
	if heirs, err := f.heirsOf(f.b); err == nil && chosen == "" && len(heirs) == 1 {
		chosen = idText(heirs[0].ID)
	}
	fields := []templ.Component{page.Select(f.reader, a.Wrong.Mark(page.Field{Name: "heir", Label: f.say("unsettled.heir"), Value: chosen, Needed: true, Whole: true}), options)}
	switch f.what {
	case lineage.Members:
		members, err := f.view().LastingMembers(f.Context(), f.b.ID)
		if err != nil {
			return nil, err
		}
		given := f.values("only")
		var all []page.Option
		for _, m := range members {
			all = append(all, page.Option{Value: number10(m.ID), Text: m.Name, Note: m.Number, Chosen: slices.Contains(given, number10(m.ID))})
		}
		if len(all) > 0 && len(all) <= 200 {
			fields = append(fields, page.Ticks(f.reader, page.Field{Name: "only", Label: f.say("unsettled.only"), Hint: f.say("unsettled.only.hint"), Whole: true}, all))
		}
	case lineage.Money:
		held, err := f.currencies()
		if err != nil {
			return nil, err
		}
		if len(held) > 1 {
			var options []page.Option
			for _, c := range held {
				options = append(options, page.Option{Value: string(c), Text: string(c)})
			}
			fields = append(fields, page.Select(f.reader, a.Wrong.Mark(page.Field{Name: "currency", Label: f.say("unsettled.currency"), Hint: f.say("unsettled.currency.hint"), Value: f.value("currency")}), options))
		}
		fields = append(fields, page.MoneyInput(f.reader, a.Wrong.Mark(page.Field{Name: "part", Label: f.say("unsettled.part"), Hint: f.say("unsettled.part.hint"), Value: f.value("part")})))
	}
	return fields, nil
}

// currencies lists those in which the ended body's fund holds money, the most usual
// first.
func (f settling) currencies() ([]money.Currency, error) {
	left, err := f.view().UnsettledOf(f.Context(), f.b.ID)
	var all []money.Currency
	for _, l := range left.Left {
		for _, a := range l.Amounts {
			if l.What == lineage.Money && !slices.Contains(all, a.Currency) {
				all = append(all, a.Currency)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b money.Currency) int { return rank(a == money.VND, b == money.VND) })
	return all, err
}

// rank puts what is so before what is not.
func rank(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// part reads how much of the money goes, in which of the currencies held.
func (f settling) part() (money.Amount, error) {
	typedPart := f.value("part")
	if f.what != lineage.Money || typedPart == "" {
		return money.Amount{}, nil
	}
	held, err := f.currencies()
	if err != nil {
		return money.Amount{}, err
	}
	in := money.VND
	if len(held) > 0 {
		in = held[0]
	}
	if asked := money.Currency(f.value("currency")); slices.Contains(held, asked) {
		in = asked
	}
	part, err := money.Parse(typedPart, in, f.reader.Lang)
	if faults := fault.All(err); len(faults) > 0 {
		err = fault.Field("part", faults[0].Key, faults[0].Args...)
	}
	return part, err
}

// scanField asks for the scan of the decision.
func (q *request) scanField(a *page.AskPage) templ.Component {
	return page.FileInput(q.reader, a.Wrong.Mark(page.Field{Name: "paper", Label: q.say("event.scan"), Hint: q.say("deed.paper.hint"), Whole: true, Extra: map[string]any{"multiple": true}}), ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.txt")
}

// number10 writes a number for a form.
func number10(n int64) string { return strconv.FormatInt(n, 10) }

// settleLeft settles something left.
func (s *Server) settleLeft(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, err := q.settling()
	if err != nil {
		return err
	}
	d, err := q.decided()
	act := lineage.Act{Of: f.b.ID, What: f.what, Way: f.way, Heir: body.ID(q.id("heir")), Day: d.Day, Paper: d.Paper, Note: d.Note}
	for _, one := range q.values("only") {
		if id, err := strconv.ParseInt(one, 10, 64); err == nil {
			act.Only = append(act.Only, id)
		}
	}
	if err == nil {
		act.Part, err = f.part()
	}
	var scans []source.Attachment
	if err == nil {
		scans, err = q.sentPapers()
	}
	if err == nil {
		err = q.writeFigures("unsettled.why", func(ctx context.Context, tx *store.Tx) error {
			done, err := lineage.Settle(ctx, tx, q.actor, act)
			if err != nil || len(scans) == 0 {
				return err
			}
			return attachLine(ctx, tx, q, lineage.SettlementPapers, done.ID, scans)
		})
	}
	if err == nil {
		return q.doneAt("/unsettled/"+f.b.Code, q.well("unsettled.done"))
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	a, pageErr := f.form(err)
	if pageErr != nil {
		return pageErr
	}
	return q.again(page.AskFor(a))
}
