package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
	"kith.app/internal/world"
)

func tiePath(code string) string { return "/tie/" + code }

// tiesOnPage is how many ties stand on one page of a list.
const tiesOnPage = 50

// tieQuery reads what a list of ties is narrowed to.
func (q *request) tieQuery() store.TieQuery {
	asked := store.TieQuery{
		Typed: q.value("q"), Kind: q.value("kind"), Field: q.value("field"), Country: q.value("country"), Status: tie.Status(q.value("status")),
		Body: body.ID(q.id("body")), Parent: tie.ID(q.id("parent")), Job: q.id("job"), Falling: q.value("falling") != "", Limit: tiesOnPage,
	}
	switch q.value("sort") {
	case "signed":
		asked.Order = store.TiesBySigning
	case "contact":
		asked.Order = store.TiesByContact
	}
	if months, err := strconv.Atoi(q.value("quiet")); err == nil && months > 0 && months < 2400 {
		asked.Quiet = months
	}
	if skip, err := strconv.Atoi(q.value("skip")); err == nil && skip > 0 && skip < 1_000_000 {
		asked.Skip = skip
	}
	return asked
}

// ties lists the ties that the reader may see.
func (s *Server) ties(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	asked := q.tieQuery()
	rows, all, err := q.view().Ties(q.Context(), asked)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("tie.list.head")), Tabs: q.tieTabs("/ties")}
	p.Shell.Lead = q.say("tie.count", all)
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("tie.new"), "/ties/new")
	}
	if err := q.tieFilters(&p, asked); err != nil {
		return err
	}
	p.Table, err = q.tieTable(rows, all, asked)
	if err != nil {
		return err
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/ties.xlsx" + strings.TrimPrefix(q.with("skip", ""), q.URL.Path)}}
	if q.may(access.ManageBody, q.root()) {
		p.Tools = append(p.Tools, page.Tool{Glyph: page.GlyphSettings, Text: q.say("tie.settings"), Href: "/ties/settings"})
	}
	return q.show(page.Listed(p))
}

// tieTabs leads between the views of ties.
func (q *request) tieTabs(now string) []page.Tab {
	tabs := []page.Tab{
		{Text: q.say("tie.tab.all"), Href: "/ties"}, {Text: q.say("tie.tab.due"), Href: "/ties/due"}, {Text: q.say("tie.tab.promises"), Href: "/ties/promises"}, {Text: q.say("tie.tab.owed"), Href: "/ties/owed"}, {Text: q.say("tie.tab.left"), Href: "/ties/left"},
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == now
	}
	return tabs
}

// tieFilters offers how the list may be narrowed.
func (q *request) tieFilters(p *page.ListPage, asked store.TieQuery) error {
	p.Filter = page.FilterHead{Action: "/ties", Results: "listed", Query: asked.Typed, Label: q.say("tie.list.find")}
	narrow := asked
	narrow.Order, narrow.Falling, narrow.Skip, narrow.Limit = "", false, 0, 0
	if narrow != (store.TieQuery{}) {
		p.Filter.Clear = "/ties"
	}
	kinds, err := q.tieKindOptions(q.say("tie.list.kinds"))
	if err != nil {
		return err
	}
	statuses := []page.Option{{Text: q.say("tie.list.statuses")}}
	for _, s := range tie.Statuses() {
		statuses = append(statuses, page.Option{Value: string(s), Text: q.say("tie.status." + string(s))})
	}
	fields := []page.Option{{Text: q.say("tie.list.fields")}}
	for _, f := range tie.Fields() {
		fields = append(fields, page.Option{Value: f, Text: q.say("tie.field." + f)})
	}
	lands, err := q.landOptions()
	if err != nil {
		return err
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "kind", Label: q.say("tie.kind"), Value: asked.Kind}, Options: kinds},
		{Field: page.Field{Name: "status", Label: q.say("common.status"), Value: string(asked.Status)}, Options: statuses},
		{Field: page.Field{Name: "country", Label: q.say("tie.country"), Value: asked.Country}, Options: lands},
		{Field: page.Field{Name: "field", Label: q.say("tie.fields"), Value: asked.Field}, Options: fields},
	}
	for _, name := range []string{"sort", "falling", "body", "parent", "job", "quiet"} {
		if v := q.value(name); v != "" {
			p.Hidden = append(p.Hidden, page.Option{Value: name, Text: v})
		}
	}
	return nil
}

// tieKindOptions offers the kinds of tie.
func (q *request) tieKindOptions(blank string) ([]page.Option, error) {
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return nil, err
	}
	var all []page.Option
	if blank != "" {
		all = append(all, page.Option{Text: blank})
	}
	for _, k := range kinds {
		if !k.Retired {
			all = append(all, page.Option{Value: k.Code, Text: k.Name(q.lang())})
		}
	}
	return all, nil
}

// landOptions offers the countries with which there are ties.
func (q *request) landOptions() ([]page.Option, error) {
	counts, err := q.view().TieLands(q.Context())
	if err != nil {
		return nil, err
	}
	all := []page.Option{}
	for land := range counts {
		if land != "" {
			all = append(all, page.Option{Value: land, Text: q.land(land)})
		}
	}
	slices.SortFunc(all, func(a, b page.Option) int { return strings.Compare(a.Text, b.Text) })
	return append([]page.Option{{Text: q.say("tie.list.countries")}}, all...), nil
}

// land names a country.
func (q *request) land(code string) string {
	if c, ok := world.ByCode(code); ok {
		return c.Name(q.lang())
	}
	return code
}

// tieTable lists ties of one page.
func (q *request) tieTable(rows []store.TieRow, all int, asked store.TieQuery) (page.Table, error) {
	bodies, err := q.tieBodiesOf(rows)
	if err != nil {
		return page.Table{}, err
	}
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return page.Table{}, err
	}
	t := page.Table{
		ID: "ties", Caption: q.say("tie.list.head"), Quiet: true, Columns: q.tieColumns(asked),
		Empty: page.Empty{Glyph: page.GlyphTie, Head: q.say("tie.list.empty"), Text: q.say("tie.list.empty.text")},
	}
	if q.actor.Somewhere(access.KeepOffice) {
		t.Empty.Do = page.Link{Text: q.say("tie.new"), Href: "/ties/new"}
	}
	for _, row := range rows {
		t.Rows = append(t.Rows, q.tieRow(row, bodies, kinds))
	}
	if len(rows) > 0 && (asked.Skip > 0 || all > len(rows)) {
		t.Told = q.say("tie.list.told", asked.Skip+1, asked.Skip+len(rows), all)
	}
	if asked.Skip > 0 {
		t.First = q.with("skip", "")
	}
	if asked.Skip+len(rows) < all {
		t.Next = q.with("skip", strconv.Itoa(asked.Skip+len(rows)))
	}
	return t, nil
}

// tieColumns are the heads of a list of ties, with what each sorts by.
func (q *request) tieColumns(asked store.TieQuery) []page.Column {
	sorted := func(by store.TieOrder, key string) page.Column {
		c := page.Column{Head: q.say(key)}
		falling := ""
		if asked.Order == by {
			c.Sorted = page.Rising
			if asked.Falling {
				c.Sorted = page.Falling
			} else {
				falling = "yes"
			}
		}
		c.Sort = q.with("sort", string(by), "falling", falling, "skip", "")
		return c
	}
	name := sorted(store.TiesByName, "tie.one")
	name.Chief = true
	return []page.Column{name, {Head: q.say("tie.kind")}, {Head: q.say("tie.country")}, sorted(store.TiesBySigning, "tie.origin"), sorted(store.TiesByContact, "tie.contact"), {Head: q.say("common.status")}}
}

func (q *request) tieRow(row store.TieRow, bodies map[body.ID]body.Body, kinds []tie.Kind) page.Row {
	mark := q.tieMark(row.Standing)
	note := ""
	if row.Called(q.lang()) != "" {
		note = twin.CalledTie(q.speaker(), withoutTitle(row.Tie), bodies)
	}
	var lands []string
	for _, l := range row.Lands() {
		lands = append(lands, q.land(l))
	}
	return page.Row{Href: tiePath(row.Code), Cells: []page.Cell{
		{Text: twin.CalledTie(q.speaker(), row.Tie, bodies), Note: note},
		{Text: kindCalled(kinds, row.Kind, q.lang())},
		{Text: strings.Join(lands, ", ")},
		{Text: q.dated(row.Origin)},
		{Text: q.dated(row.Standing.Contact), Note: twin.SilenceOf(q.speaker(), row.Standing)},
		page.Marked(mark),
	}}
}

func withoutTitle(t tie.Tie) tie.Tie {
	t.Titles = nil
	return t
}

func kindCalled(kinds []tie.Kind, code, lang string) string {
	for _, k := range kinds {
		if k.Code == code {
			return k.Name(lang)
		}
	}
	return code
}

// tieMark says how a tie stands.
func (q *request) tieMark(s tie.Standing) page.Mark {
	tone := page.Plain
	switch s.Status {
	case tie.Active:
		tone = page.Done
	case tie.Quiet, tie.Expiring:
		tone = page.Due
	case tie.Dormant, tie.Expired:
		tone = page.Late
	case tie.Proposed, tie.Paused:
		tone = page.Waiting
	case tie.Unheard, tie.Ended:
	}
	return page.Mark{Tone: tone, Text: q.say("tie.status." + string(s.Status))}
}

// tieBodiesOf reads the parties of ties.
func (q *request) tieBodiesOf(rows []store.TieRow) (map[body.ID]body.Body, error) {
	var ids []body.ID
	for _, row := range rows {
		ids = append(append(ids, row.Bodies()...), row.Body)
	}
	slices.Sort(ids)
	return q.view().BodiesByID(q.Context(), slices.Compact(ids))
}

// tiesSheet gives the list of ties as a workbook.
func (s *Server) tiesSheet(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	asked := q.tieQuery()
	asked.Skip, asked.Limit = 0, -1
	rows, _, err := q.view().Ties(q.Context(), asked)
	if err != nil {
		return err
	}
	bodies, err := q.tieBodiesOf(rows)
	if err != nil {
		return err
	}
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("tie.list.head")}
	// The first columns are those that an import reads, by the same headings.
	for _, f := range intake.TieColumns() {
		t.Columns = append(t.Columns, sheet.Column{Title: intake.Heading(intake.Ties, f, q.reader.Lang)})
	}
	for _, key := range []string{"tie.one", "tie.origin", "tie.expiry.now", "tie.contact", "tie.days", "common.status", "tie.keeper"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, row := range rows {
			if !yield(q.tieCells(row, bodies, kinds)) {
				return
			}
		}
	}
	return q.sendSheet(q.say("tie.list.head"), t)
}

func (q *request) tieCells(row store.TieRow, bodies map[body.ID]body.Body, kinds []tie.Kind) []sheet.Value {
	side := func(n int) sheet.Value {
		var names []string
		for _, p := range row.On(n, q.today()) {
			names = append(names, bodies[p.Body].NameOn(q.lang(), min(q.today(), bodies[p.Body].Ended.LastOr(calendar.Latest))))
		}
		return sheet.Words(strings.Join(names, "; "))
	}
	land := func(n int) sheet.Value {
		of := ""
		for i, p := range row.On(n, q.today()) {
			if i > 0 && p.Land != of {
				return sheet.Value{}
			}
			of = p.Land
		}
		return sheet.Words(of)
	}
	var signed tie.Stage
	if i := slices.IndexFunc(row.Stages, func(s tie.Stage) bool { return s.Kind == tie.Signature }); i >= 0 {
		signed = row.Stages[i]
	}
	titles := map[string]string{}
	for _, t := range row.Titles {
		titles[t.Lang] = t.Text
	}
	var fields []string
	for _, f := range row.Fields {
		fields = append(fields, twin.FieldSaid(q.speaker(), f))
	}
	days := sheet.Value{}
	if row.Standing.Days >= 0 {
		days = sheet.Count(int64(row.Standing.Days))
	}
	return []sheet.Value{
		sheet.Words(row.Code), side(1), side(2), land(1), land(2), sheet.Words(kindCalled(kinds, row.Kind, q.lang())), sheet.On(signed.Date), sheet.Words(signed.Place), sheet.Words(signed.Paper.Number),
		sheet.On(row.Expiry), sheet.Words(titles["vi"]), sheet.Words(titles["en"]), sheet.Words(titles["fr"]), sheet.Words(strings.Join(fields, ", ")), sheet.Words(row.Reason), sheet.Words(row.Note),
		sheet.Words(twin.CalledTie(q.speaker(), row.Tie, bodies)), sheet.On(row.Origin), sheet.On(row.Standing.Expiry), sheet.On(row.Standing.Contact), days,
		sheet.Words(q.say("tie.status." + string(row.Standing.Status))), sheet.Words(bodies[row.Body].NameOn(q.lang(), q.today())),
	}
}

// tieFind finds ties while a name is typed, for the form of a deed.
func (s *Server) tieFind(q *request) error {
	rows, _, err := q.view().Ties(q.Context(), store.TieQuery{Typed: cmp.Or(q.value("q"), q.value("value")), Limit: 8})
	if err != nil {
		return err
	}
	bodies, err := q.tieBodiesOf(rows)
	if err != nil {
		return err
	}
	var found []page.Choice
	for _, row := range rows {
		found = append(found, page.Choice{ID: idText(row.ID), Text: twin.CalledTie(q.speaker(), row.Tie, bodies), Note: dotted(row.Code, q.dated(row.Origin))})
	}
	return q.choices(found)
}
