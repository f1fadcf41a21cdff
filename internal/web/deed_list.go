package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/tie"
)

// figurePath leads from a figure to the deeds behind it.
func figurePath(of body.ID, m deed.Measure, period string) string {
	return "/deeds?" + url.Values{"kind": {m.Kind}, "measure": {m.Key()}, "body": {strconv.FormatInt(int64(of), 10)}, "period": {period}}.Encode()
}

// deedQuery reads what a list of deeds is narrowed to.
func (q *request) deedQuery() store.DeedQuery {
	asked := store.DeedQuery{
		Typed: q.value("q"), Kind: q.value("kind"), Status: deed.Status(q.value("status")), Body: body.ID(idOf(q.value("body"))), Own: q.value("own") != "",
		Person: person.ID(idOf(q.value("person"))), Measure: q.value("measure"), Fit: store.Fit(q.value("fit")), Money: q.value("money") != "", Lacking: q.value("lacking") != "",
		Job: idOf(q.value("job")), Tie: tie.ID(q.id("tie")), Only: q.value("only"), Oldest: q.value("sort") == "oldest", After: q.value("after"), Limit: 50,
	}
	asked.Period, asked.Dated = q.periodAsked()
	asked.Borders = q.bordersAsked()
	if asked.Measure != "" && asked.Fit == store.Touching {
		asked.Fit = store.Within
	}
	return asked
}

// periodAsked reads a period: EDTF, a year, a month, or from and to.
func (q *request) periodAsked() (calendar.Period, bool) {
	if typed := q.value("period"); typed != "" {
		if p, err := calendar.ParsePeriod(typed); err == nil {
			return p, true
		}
		if d, err := q.readDay(typed); err == nil && !d.IsUnknown() {
			return d.Period(), true
		}
	}
	from, err1 := q.readDay(q.value("from"))
	to, err2 := q.readDay(q.value("to"))
	if err1 != nil || err2 != nil || from.IsUnknown() && to.IsUnknown() {
		return calendar.Period{}, false
	}
	return calendar.Period{From: from.FirstOr(calendar.Earliest), To: to.LastOr(calendar.Latest)}, true
}

// with gives the address of this list with some answers changed.
func (q *request) with(pairs ...string) string {
	values := url.Values{}
	for name, v := range q.URL.Query() {
		if len(v) > 0 && v[0] != "" {
			values.Set(name, v[0])
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			values.Del(pairs[i])
		} else {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return q.URL.Path
	}
	return q.URL.Path + "?" + values.Encode()
}

// deedList lists deeds; a figure opened shows what lies within its period,
// across its edges and without a date apart, with the same total as the figure.
func (s *Server) deedList(q *request) error {
	asked := q.deedQuery()
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("deed.list.head"))}
	if q.actor.Somewhere(access.PostDeeds) {
		p.Shell.Actions = page.FirstLink(q.say("deed.form.head"), "/deeds/new")
	}
	if err := q.deedFilters(&p, asked); err != nil {
		return err
	}
	if err := q.deedTotals(&p, asked, kinds); err != nil {
		return err
	}
	if p.Table, err = q.deedTable(asked, kinds); err != nil {
		return err
	}
	if asked.Measure == "" {
		p.Tabs = q.deedTabs("/deeds")
	} else {
		if err := q.figureTabs(&p, asked); err != nil {
			return err
		}
		q.otherBorders(&p, asked)
	}
	return q.show(page.Listed(p))
}

// broughtTool leads to figures from before, for who may write them.
func (q *request) broughtTool() []page.Tool {
	if !q.may(access.PostDeeds, q.homeOf(0)) {
		return nil
	}
	return []page.Tool{{Glyph: page.GlyphHistory, Text: q.say("deed.brought.head"), Href: "/deeds/brought"}}
}

// deedFilters offers how the list may be narrowed.
func (q *request) deedFilters(p *page.ListPage, asked store.DeedQuery) error {
	p.Filter = page.FilterHead{Action: "/deeds", Results: "listed", Query: asked.Typed, Label: q.say("deed.list.find")}
	if asked.Narrow() {
		p.Filter.Clear = "/deeds"
	}
	kinds, err := q.view().Kinds(q.Context())
	if err != nil {
		return err
	}
	ofKind := []page.Option{{Text: q.say("deed.list.kinds")}}
	for _, k := range kinds {
		ofKind = append(ofKind, page.Option{Value: k.Code, Text: k.Short(q.lang())})
	}
	homes, err := q.view().Homes(q.Context(), access.ReadDeeds)
	if err != nil {
		return err
	}
	ofBody := []page.Option{{Text: q.say("deed.list.bodies")}}
	for _, b := range homes {
		ofBody = append(ofBody, page.Option{Value: strconv.FormatInt(int64(b.ID), 10), Text: b.NameOn(q.lang(), q.today())})
	}
	ofStatus := []page.Option{{Text: q.say("deed.list.statuses")}}
	for _, st := range []deed.Status{deed.Done, deed.Planned, deed.Cancelled} {
		ofStatus = append(ofStatus, page.Option{Value: string(st), Text: q.say("deed.status." + string(st))})
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "kind", Label: q.say("common.kind"), Value: asked.Kind}, Options: ofKind},
		{Field: page.Field{Name: "period", Label: q.say("common.period"), Value: q.value("period")}, Options: q.periods(q.value("period"))},
		{Field: page.Field{Name: "body", Label: q.say("deed.form.body"), Value: q.value("body")}, Options: ofBody},
		{Field: page.Field{Name: "status", Label: q.say("common.status"), Value: string(asked.Status)}, Options: ofStatus},
	}
	p.Ticks = []page.Option{{Value: "money", Text: q.say("deed.list.money"), Note: yes(asked.Money)}, {Value: "lacking", Text: q.say("deed.list.lacking"), Note: yes(asked.Lacking)}}
	for _, name := range []string{"measure", "person", "job", "tie", "from", "to", "fit", "own", "sort", "borders", "day"} {
		if v := q.value(name); v != "" {
			p.Hidden = append(p.Hidden, page.Option{Value: name, Text: v})
		}
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/deeds.xlsx" + strings.TrimPrefix(q.with("after", ""), q.URL.Path)}}
	p.Tools = append(p.Tools, q.broughtTool()...)
	return nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// periods offers the years around now, the quarters of this one, and whatever
// period was asked for by an address.
func (q *request) periods(now string) []page.Option {
	year := q.today().Year()
	all := []page.Option{{Text: q.say("deed.list.periods")}}
	known := now == ""
	add := func(code string, p calendar.Period) {
		all = append(all, page.Option{Value: code, Text: q.speaker().Period(p)})
		known = known || code == now
	}
	add(strconv.Itoa(year), calendar.Year(year))
	for quarter := 1; quarter <= 4; quarter++ {
		add(strconv.Itoa(year)+"-"+strconv.Itoa(32+quarter), calendar.Quarter(year, quarter))
	}
	for y := year - 1; y > year-10; y-- {
		add(strconv.Itoa(y), calendar.Year(y))
	}
	if p, ok := q.periodAsked(); ok && !known {
		add(now, p)
	}
	return all
}

// deedTotals sums what the list comes to, when it is narrowed at all.
func (q *request) deedTotals(p *page.ListPage, asked store.DeedQuery, kinds map[string]deed.Kind) error {
	n, more, err := q.view().CountDeeds(q.Context(), asked)
	if err != nil {
		return err
	}
	p.Shell.Lead = q.say("deed.list.count", n)
	if more {
		p.Shell.Lead = q.say("deed.list.count.more", n)
	}
	if !asked.Narrow() || n == 0 {
		return nil
	}
	totals, err := q.view().TotalDeeds(q.Context(), asked)
	if err != nil {
		return err
	}
	for _, t := range totals {
		said := q.quantity(t.Measure, t.Qty, t.Counts.Qualifier())
		if acts := kinds[asked.Kind].Acts[q.lang()]; acts != "" && t.Measure.Unit == deed.Acts {
			said = q.speaker().Qualified(q.say("deed.count.named", t.Qty, acts), t.Counts.Qualifier().String())
		}
		name := q.say("deed.unit." + string(t.Measure.Unit))
		if t.Measure.Stage != deed.Given {
			name += " · " + q.say("deed.stage."+string(t.Measure.Stage))
		}
		p.Totals = append(p.Totals, page.Fact{Name: name, Text: said})
	}
	return q.deedPeople(p, asked, kinds[asked.Kind])
}

// deedPeople tells how many different people stand behind the acts of a kind that is
// done for people, and of how many acts they are known: a least number while some
// have no name.
func (q *request) deedPeople(p *page.ListPage, asked store.DeedQuery, k deed.Kind) error {
	only := store.DeedQuery{Kind: asked.Kind, Body: asked.Body, Period: asked.Period, Dated: asked.Dated, Fit: asked.Fit, Limit: asked.Limit, After: asked.After}
	of, period := asked.Body, calendar.Always()
	if of == 0 {
		of = q.root()
	}
	if asked.Dated {
		period = asked.Period
	}
	if asked != only || !slices.Contains(k.Roles, deed.Receiver) && !slices.Contains(k.Roles, deed.Participant) || !q.may(access.ReadFigures, of) {
		return nil
	}
	n, err := q.view().NamedReceivers(q.Context(), of, k.Code, period)
	if err != nil || n.People == 0 {
		return err
	}
	how := deed.Exact
	if n.With < n.Acts {
		how = deed.AtLeast
	}
	said := q.speaker().Qualified(q.say("deed.list.people.said", n.People), how.String())
	p.Totals = append(p.Totals, page.Fact{Name: q.say("deed.list.people"), Text: q.say("deed.list.people.named", said, n.With, n.Acts)})
	return nil
}

// deedTable lists the deeds of one page.
func (q *request) deedTable(asked store.DeedQuery, kinds map[string]deed.Kind) (page.Table, error) {
	found, next, err := q.view().Deeds(q.Context(), asked)
	if err != nil {
		return page.Table{}, err
	}
	called, err := q.view().CalledIn(q.Context(), found...)
	if err != nil {
		return page.Table{}, err
	}
	way, sorted := "oldest", page.Falling
	if asked.Oldest {
		way, sorted = "", page.Rising
	}
	t := page.Table{
		Caption: q.say("deed.list.head"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("deed.list.what"), Chief: true},
			{Head: q.say("common.date"), Sort: q.with("sort", way, "after", ""), Sorted: sorted},
			{Head: q.say("deed.form.body")},
			{Head: q.say("deed.list.figure"), Figure: true},
			{Head: q.say("common.status")},
		},
		Empty: page.Empty{Glyph: page.GlyphDeed, Head: q.say("deed.list.empty"), Text: q.say("deed.list.empty.text"), Do: page.Link{Text: q.say("deed.form.head"), Href: "/deeds/new"}},
	}
	if asked.Narrow() {
		t.Empty = page.Empty{Glyph: page.GlyphSearch, Head: q.say("deed.list.none"), Text: q.say("deed.list.none.text"), Do: page.Link{Text: q.say("filter.clear"), Href: "/deeds"}}
	}
	for _, d := range found {
		t.Rows = append(t.Rows, q.deedRow(d, kinds[d.Kind], called))
	}
	if next != "" {
		t.Next = q.with("after", next)
	}
	if asked.After != "" {
		t.First = q.with("after", "")
	}
	return t, nil
}

// deedRow is one deed in a list.
func (q *request) deedRow(d deed.Deed, k deed.Kind, c store.Called) page.Row {
	home := c.Bodies[d.Body]
	cell := page.Cell{Text: q.figureOf(d, k)}
	if k.Receipt {
		cell.Tone = page.Done
	}
	mark := q.statusMark(d)
	row := page.Row{Href: deedPath(d.ID), Cells: []page.Cell{
		{Text: q.titleWith(d, k, c), Note: q.rowNote(d, k, c)}, {Text: q.speaker().DateShort(d.Day)}, {Text: home.ShortOn(q.lang(), q.dayOf(d))}, cell, {},
	}}
	if mark.Text != "" {
		row.Cells[4].Part = page.Badge(mark.Tone, mark.Text)
	}
	return row
}

// rowNote says who went, beneath a deed in a list.
func (q *request) rowNote(d deed.Deed, k deed.Kind, c store.Called) string {
	var names []string
	for _, p := range d.Parties {
		if p.Role == deed.Visitor && len(names) < 3 {
			names = append(names, q.partyName(p, c, q.dayOf(d)))
		}
	}
	note := ""
	if len(names) > 0 {
		note = q.say("deed.list.by", strings.Join(names, ", "))
	}
	if d.Title != "" {
		note = strings.TrimPrefix(note+" · "+k.Short(q.lang()), " · ")
	}
	return note
}
