package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// publicBody reads the body of a public page, while it is switched on. A page
// that is off looks like one that never was.
func (q *request) publicBody() (body.Body, error) {
	if q.server.Book.Root() == 0 {
		return body.Body{}, fault.Missing("fault.missing")
	}
	of, err := q.server.Book.As(access.Operator("")).BodyByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return of, fault.Missing("fault.missing")
	}
	on, err := q.server.Book.As(access.Operator("")).Setting(q.Context(), of.ID, report.SettingPublic)
	if err != nil {
		return of, err
	}
	if on != "yes" {
		return of, fault.Missing("fault.missing")
	}
	return of, nil
}

// everybody is who reads a public page: figures of one body and totals of its
// money, and nothing that has a name. Names of givers come only from those who
// agreed; the store leaves out the others.
func (q *request) everybody(of body.ID) access.Actor {
	return access.Actor{
		Name: "public", Tree: q.server.Book.Tree(), Today: q.today(),
		Grants: []access.Grant{{Right: access.ReadFigures, Body: of, Depth: access.Below}, {Right: access.ReadFund, Body: of, Depth: access.Below}},
	}
}

// public shows the public page of an association.
func (s *Server) public(q *request) error {
	of, err := q.publicBody()
	if err != nil {
		return err
	}
	view := s.Book.As(q.everybody(of.ID))
	year := report.Ask{Body: of.ID, Kind: report.Annual, Period: calendar.Year(q.today().Year())}
	all := report.Ask{Body: of.ID, Kind: report.Founding, Period: calendar.Period{From: of.Founded.FirstOr(calendar.Earliest), To: q.today()}}
	now, err := report.Recount(q.Context(), view, year)
	if err != nil {
		return err
	}
	ever, err := report.Recount(q.Context(), view, all)
	if err != nil {
		return err
	}
	filed, err := view.Reports(q.Context(), of.ID)
	if err != nil {
		return err
	}
	w := publicWords{q, now, ever}
	p := page.PublicPage{Shell: q.shell(of.NameOn(string(q.reader.Lang), q.today())), Note: q.say("public.note"), Lead: w.lead(of)}
	p.Shell.Book = page.Book{}
	p.Tiles, p.Received, p.Given, p.Held, p.Donors, p.Filed = w.tiles(), w.received(), w.given(), w.held(), w.donors(), w.filed(filed)
	q.w.Header().Set("Cache-Control", "max-age=300")
	return q.show(page.PublicWhole(p))
}

// publicWords words the public page: totals only.
type publicWords struct {
	*request
	now, ever *report.Facts
}

func (w publicWords) lead(of body.Body) string {
	if of.Founded.IsUnknown() {
		return w.say("public.lead")
	}
	return w.say("public.lead.since", w.speaker().DateShort(of.Founded))
}

// tiles shows the members and the main figures since the founding.
func (w publicWords) tiles() []page.Tile {
	tiles := []page.Tile{{Figure: w.speaker().Number(w.ever.Roll.End.Qty), Text: w.say("public.members")}}
	for _, r := range w.ever.Results {
		if f := r.Rows[0].Now; f.Qty != 0 && len(tiles) < 8 {
			tiles = append(tiles, page.Tile{Figure: breakable(report.Amount(w.speaker(), f, r.Acts)), Text: r.Names.In(string(w.reader.Lang)), Broad: f.Currency != ""})
		}
	}
	return tiles
}

// received and given show the money of this year by heading.
func (w publicWords) received() page.Table {
	t := w.table("public.received", "report.col.content", "report.col.amount")
	if w.now.Fund != nil {
		for _, s := range w.now.Fund.Sheets {
			w.headings(&t, s.In, s.Receipts)
		}
	}
	return t
}

func (w publicWords) given() page.Table {
	t := w.table("public.given", "report.col.content", "report.col.amount")
	if w.now.Fund != nil {
		for _, s := range w.now.Fund.Sheets {
			w.headings(&t, s.Out, s.Payments)
		}
	}
	return t
}

// breakable lets a figure and its unit stand on two lines, where a tile of a phone is
// too narrow for both.
func breakable(figure string) string { return strings.ReplaceAll(figure, "\u00a0", " ") }

// held shows what there was before, what is left, and what else lies between.
func (w publicWords) held() page.Table {
	t := w.table("public.held", "report.col.content", "report.col.amount")
	if w.now.Fund == nil {
		return t
	}
	for _, s := range w.now.Fund.Sheets {
		for _, f := range []struct {
			key    string
			figure report.Figure
			always bool
		}{{"report.fund.opening", s.Opening, true}, {"report.fund.brought", s.Brought, false}, {"report.fund.moved", s.Moved, false}, {"report.fund.closing", s.Closing, true}} {
			if f.always || f.figure.Qty != 0 {
				t.Rows = append(t.Rows, w.sum(f.key, f.figure))
			}
		}
	}
	return t
}

// sum is a row of one amount.
func (w publicWords) sum(key string, f report.Figure) page.Row {
	return page.Row{Cells: []page.Cell{{Text: w.say(key)}, {Text: report.Amount(w.speaker(), f, nil)}}}
}

func (w publicWords) table(caption, first, second string) page.Table {
	return page.Table{ID: caption, Caption: w.say(caption, w.speaker().Period(w.now.Period)), Columns: []page.Column{{Head: w.say(first), Chief: true}, {Head: w.say(second), Figure: true}}}
}

// headings adds the amounts of one currency and their total; the totals of
// several currencies stand each below its own amounts.
func (w publicWords) headings(t *page.Table, rows []report.Heading, total report.Figure) {
	for _, h := range rows {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: h.Names.In(string(w.reader.Lang))}, {Text: report.Amount(w.speaker(), h.Amount, nil)}}})
	}
	if len(w.now.Fund.Sheets) > 1 {
		t.Rows = append(t.Rows, w.sum("common.total", total))
		return
	}
	t.Total = w.sum("common.total", total).Cells
}

// donors shows who gave this year and agreed to be named; the others are one sum.
func (w publicWords) donors() page.Table {
	t := w.table("public.donors", "report.col.donor", "report.col.amount")
	if w.now.Fund == nil {
		return t
	}
	for _, d := range w.now.Fund.Donors {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: d.Name}, {Text: report.Amount(w.speaker(), d.Amount, nil)}}})
	}
	for _, f := range w.now.Fund.Unnamed {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: w.say("report.fund.unnamed")}, {Text: report.Amount(w.speaker(), f, nil)}}})
	}
	return t
}

// filed shows which reports there are: number, what about, when.
func (w publicWords) filed(all []report.Report) page.Table {
	t := page.Table{ID: "public-filed", Caption: w.say("public.filed"), Columns: []page.Column{{Head: w.say("report.page.what"), Chief: true}, {Head: w.say("common.number")}, {Head: w.say("common.day")}}}
	for _, r := range all {
		if r.Status == report.Filed {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: w.reportName(r)}, {Text: r.Symbol}, {Text: locale.DayShort(r.Day)}}})
		}
	}
	return t
}

// publicAsk says what the public page shows and offers to switch it.
func (s *Server) publicAsk(q *request) error {
	of, err := q.publicManaged()
	if err != nil {
		return err
	}
	set, err := q.view().Setting(q.Context(), of.ID, report.SettingPublic)
	if err != nil {
		return err
	}
	a := page.AskPage{Shell: q.shell(q.say("report.page.public")), Head: page.FormHead{Action: "/reports/public"}, Text: q.say("public.text"), Do: q.say("common.save"), Leave: "/reports"}
	a.Shell.Crumbs = []page.Link{{Text: q.say("menu.reports"), Href: "/reports"}}
	if set == "yes" {
		a.Facts = []page.Fact{{Name: q.say("public.address"), Text: "/p/" + of.Code, Href: "/p/" + of.Code}}
	}
	asked, err := q.consentFacts(of.ID)
	if err != nil {
		return err
	}
	a.Facts = append(a.Facts, asked...)
	a.Carry = []page.Option{{Value: "body", Text: idText(of.ID)}}
	a.Fields = []templ.Component{page.Radios(q.reader, page.Field{Name: "on", Label: q.say("report.page.public"), Value: orElse(set, "no"), Whole: true}, []page.Option{
		{Value: "no", Text: q.say("public.off")}, {Value: "yes", Text: q.say("public.on")},
	})}
	return q.show(page.AskFor(a))
}

// consentFacts tells how many members agreed to be named, asked not to be, and were not
// asked yet, each opening to who they are. Nobody is named who did not agree.
func (q *request) consentFacts(of body.ID) ([]page.Fact, error) {
	counts, err := q.view().Consents(q.Context(), q.narrowed(of))
	if err != nil {
		return nil, err
	}
	var facts []page.Fact
	for _, answer := range []string{"yes", "no", "unasked"} {
		n := counts[person.Consent(answer)]
		if answer == "unasked" {
			n = counts[person.Unasked]
		}
		facts = append(facts, page.Fact{Name: q.say("person.consent." + answer), Text: q.say("public.consents", n), Note: q.say("public.consents." + answer), Href: "/people?consent=" + answer + branchAsked(q.narrowed(of))})
	}
	return facts, nil
}

// narrowed is the body to look for people in; none for the whole organisation.
func (q *request) narrowed(of body.ID) body.ID {
	if of == q.root() {
		return 0
	}
	return of
}

func (q *request) publicManaged() (body.Body, error) {
	of, err := q.view().Body(q.Context(), q.bodyOr(q.root()))
	if err != nil {
		return of, err
	}
	return of, q.actor.May(access.ManageBody, of.ID)
}

// publicSet switches the public page on or off.
func (s *Server) publicSet(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	of, err := q.publicManaged()
	if err != nil {
		return err
	}
	on := "no"
	if q.value("on") == "yes" {
		on = "yes"
	}
	err = q.write("report.why.public", func(ctx context.Context, tx *store.Tx) error {
		return tx.SetSetting(ctx, of.ID, report.SettingPublic, on)
	})
	if err != nil {
		return err
	}
	return q.doneAt("/reports/public?body="+idText(of.ID), q.well("common.saved"))
}
