package web

import (
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

func activityPath(id deed.ID) string { return "/union/activities/" + idText(id) }

// activitiesAsked reads to what the list of activities is narrowed: this year's,
// unless told otherwise.
func (q *request) activitiesAsked() store.ActivitiesAsked {
	asked := store.ActivitiesAsked{
		Body: q.organisationShown(), Country: strings.ToUpper(q.value("country")), Teller: body.ID(q.id("teller")), Part: union.Part(q.value("part")),
		Planning: union.Planning(q.value("planning")), Kind: q.value("kind"), Typed: q.value("q"),
	}
	asked.Period, asked.Dated = q.periodAsked()
	return asked
}

// activities lists activities with what they come to: by part, by country, by
// association, planned and unplanned.
func (s *Server) activities(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	asked := q.activitiesAsked()
	told, err := q.view().Activities(q.Context(), asked)
	if err != nil {
		return err
	}
	counts := union.CountUp(told)
	p := page.ListPage{Shell: q.shell(q.say("union.activities"))}
	p.Shell.Crumbs, p.Shell.Lead = q.unionCrumbs(), q.say("union.activities.count", counts.Total.All)
	if q.mayPost() {
		p.Shell.Actions = page.FirstLink(q.say("union.activity.new"), "/union/activities/new")
	}
	if err := q.activityFilters(&p, asked); err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	stated, err := q.statedActivities(asked)
	if err != nil {
		return err
	}
	p.Totals = append(q.countFacts(counts.Total), stated...)
	if p.Table, err = q.activityTable(told, names); err != nil {
		return err
	}
	if len(told) > 0 {
		p.More = []page.Table{q.byCountryTable(counts), q.byBodyTable(counts, names), q.crossTable(counts, names)}
	}
	return q.show(page.Listed(p))
}

// activityFilters offers how the list may be narrowed.
func (q *request) activityFilters(p *page.ListPage, asked store.ActivitiesAsked) error {
	p.Filter = page.FilterHead{Action: "/union/activities", Results: "listed", Query: asked.Typed, Label: q.say("union.activities.find")}
	if q.URL.RawQuery != "" {
		p.Filter.Clear = "/union/activities"
	}
	kinds, err := q.activityKinds(q.say("deed.list.kinds"), asked.Kind)
	if err != nil {
		return err
	}
	tellers, err := q.tellerOptions(q.say("union.teller.any"))
	if err != nil {
		return err
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "period", Label: q.say("common.period"), Value: q.value("period")}, Options: q.periods(q.value("period"))},
		{Field: page.Field{Name: "country", Label: q.say("union.country"), Value: asked.Country}, Options: q.countryOptions(asked.Country)},
		{Field: page.Field{Name: "teller", Label: q.say("union.teller"), Value: q.value("teller")}, Options: tellers},
		{Field: page.Field{Name: "part", Label: q.say("union.part"), Value: string(asked.Part)}, Options: q.partOptions(q.say("union.part.any"))},
		{Field: page.Field{Name: "planning", Label: q.say("union.planning"), Value: string(asked.Planning)}, Options: q.planningOptions(q.say("union.planning.any"))},
		{Field: page.Field{Name: "kind", Label: q.say("common.kind"), Value: asked.Kind}, Options: kinds},
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/union/activities.xlsx" + queryOf(q)}}
	return nil
}

func (q *request) planningOptions(blank string) []page.Option {
	return []page.Option{{Text: blank}, {Value: string(union.Planned), Text: q.say("union.planning.planned")}, {Value: string(union.Outside), Text: q.say("union.planning.outside")}}
}

// countFacts words a count by part and by planning.
func (q *request) countFacts(c union.Count) []page.Fact {
	return []page.Fact{
		{Name: q.say("union.part"), Text: q.say("union.count.parts", c.Chaired, c.Coordinated, c.Joined, c.Unsaid)},
		{Name: q.say("union.count.led"), Text: q.say("union.count.led.text", c.Led())},
		{Name: q.say("union.planning"), Text: q.say("union.count.planning", c.Planned, c.Outside, c.All-c.Planned-c.Outside)},
	}
}

// activityTable lists activities of one page.
func (q *request) activityTable(told []union.Told, names map[body.ID]string) (page.Table, error) {
	t := page.Table{
		ID: "activities", Caption: q.say("union.activities"), Quiet: true,
		Columns: []page.Column{{Head: q.say("deed.list.what"), Chief: true}, {Head: q.say("common.date")}, {Head: q.say("union.country")}, {Head: q.say("union.teller")}, {Head: q.say("union.planning")}},
		Empty:   page.Empty{Glyph: page.GlyphDeed, Head: q.say("union.activities.none"), Text: q.say("union.activities.none.text"), Do: page.Link{Text: q.say("union.activity.new"), Href: "/union/activities/new"}},
	}
	if !q.mayPost() {
		t.Empty.Do = page.Link{}
	}
	from, to := q.leaf(&t, "from", len(told))
	shown := told[from:to]
	deeds := make([]deed.Deed, len(shown))
	for i, one := range shown {
		deeds[i] = one.Deed
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	if err != nil {
		return t, err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return t, err
	}
	for _, one := range shown {
		k := kinds[one.Deed.Kind]
		mark := q.planningMark(one.Planning)
		row := page.Row{Href: activityPath(one.Deed.ID), Cells: []page.Cell{
			{Text: q.titleWith(one.Deed, k, called), Note: dotted(k.Short(q.lang()), q.figureOf(one.Deed, k))},
			{Text: q.speaker().DateShort(one.Deed.Day)},
			{Text: q.countriesSaid(one.Countries)},
			{Text: q.tellerSaid(one, names), Note: q.partSaid(one.Part)},
			{},
		}}
		if mark.Text != "" {
			row.Cells[4].Part = page.Badge(mark.Tone, mark.Text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// tellerSaid names the home of an activity and who else tells of it.
func (q *request) tellerSaid(t union.Told, names map[body.ID]string) string {
	var all []string
	for _, teller := range t.Tellers {
		all = append(all, names[teller.Body])
	}
	return joined(all)
}

// countColumns are the columns of a count.
func (q *request) countColumns(first string) []page.Column {
	columns := []page.Column{{Head: first, Chief: true}, {Head: q.say("common.total"), Figure: true}}
	for _, key := range []string{"part.chaired", "part.coordinated", "part.joined", "part.unsaid.short", "planning.planned", "planning.outside"} {
		columns = append(columns, page.Column{Head: q.say("union." + key), Figure: true})
	}
	return columns
}

func countCells(c union.Count) []page.Cell {
	var cells []page.Cell
	for _, n := range []int{c.All, c.Chaired, c.Coordinated, c.Joined, c.Unsaid, c.Planned, c.Outside} {
		text := strconv.Itoa(n)
		if n == 0 {
			text = "–"
		}
		cells = append(cells, page.Cell{Text: text})
	}
	return cells
}

// countrySaid names a country, or that there is none.
func (q *request) countrySaid(code string) string {
	if code == "" {
		return q.say("union.country.none")
	}
	return q.speaker().Country(code)
}

func (q *request) byCountryTable(c union.Counts) page.Table {
	t := page.Table{ID: "by-country", Caption: q.say("union.by.country"), Columns: q.countColumns(q.say("union.country"))}
	for _, one := range c.Countries {
		row := page.Row{Cells: append([]page.Cell{{Text: q.countrySaid(one.Code)}}, countCells(one.Count)...)}
		if one.Code != "" {
			row.Href = q.with("country", one.Code, "from", "")
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (q *request) byBodyTable(c union.Counts, names map[body.ID]string) page.Table {
	t := page.Table{ID: "by-body", Caption: q.say("union.by.body"), Columns: q.countColumns(q.say("union.teller"))}
	for _, one := range c.Bodies {
		t.Rows = append(t.Rows, page.Row{Href: q.with("teller", idText(one.Body), "from", ""), Cells: append([]page.Cell{{Text: names[one.Body]}}, countCells(one.Count)...)})
	}
	t.Total = append([]page.Cell{{Text: q.say("union.total.once")}}, countCells(c.Total)...)
	return t
}

// crossTable counts by association, country and part at once.
func (q *request) crossTable(c union.Counts, names map[body.ID]string) page.Table {
	t := page.Table{ID: "by-both", Caption: q.say("union.by.both"), Columns: q.countColumns(q.say("union.teller"))}
	for _, one := range c.Bodies {
		for _, country := range one.Countries {
			row := page.Row{Cells: append([]page.Cell{{Text: names[one.Body], Note: q.countrySaid(country.Code)}}, countCells(country.Count)...)}
			if country.Code != "" {
				row.Href = q.with("teller", idText(one.Body), "country", country.Code, "from", "")
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// activitiesSheet gives the activities as a workbook.
func (s *Server) activitiesSheet(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	told, err := q.view().Activities(q.Context(), q.activitiesAsked())
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("union.activities")}
	for _, key := range []string{"common.date", "common.kind", "deed.list.what", "union.country", "union.teller", "union.part", "union.planning", "deed.unit.persons", "deed.form.place", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, one := range told {
			if !yield(q.activityCells(one, kinds[one.Deed.Kind], names)) {
				return
			}
		}
	}
	return q.sendSheet(q.say("union.activities.file"), t)
}

func (q *request) activityCells(t union.Told, k deed.Kind, names map[body.ID]string) []sheet.Value {
	people := sheet.Value{}
	for _, l := range t.Deed.Lines {
		if l.Unit == deed.Persons {
			people = sheet.Count(l.Quantity)
		}
	}
	return []sheet.Value{
		sheet.On(t.Deed.Day), sheet.Words(k.Name(q.lang())), sheet.Words(t.Deed.Title), sheet.Words(q.countriesSaid(t.Countries)), sheet.Words(q.tellerSaid(t, names)), sheet.Words(q.partSaid(t.Part)),
		sheet.Words(q.planningMark(t.Planning).Text), people, sheet.Words(t.Deed.PlaceNote), sheet.Words(t.Deed.Note),
	}
}
