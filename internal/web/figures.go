package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

// registerFigures: figures on any borders, and who stands where among siblings.
func (s *Server) registerFigures() {
	s.inside("GET /figures", s.figures)
	s.inside("GET /figures.xlsx", s.figuresSheet)
}

// topmost asks for all provinces instead of one body.
const topmost = "provinces"

// figuresAsked is which figures are wanted.
type figuresAsked struct {
	of      body.ID // 0: all provinces
	measure deed.Measure
	period  calendar.Period
	typed   string // the period as it was asked for
	borders tally.Borders
	offered []deed.Measure // what the body counted, most often first
}

// bordersAsked reads the borders of an address: then, today, day with its day, line.
func (q *request) bordersAsked() tally.Borders {
	typed := q.value("borders")
	if typed == string(tally.OnDay) {
		day, err := q.readDay(q.value("day"))
		if first, known := day.First(); err == nil && known {
			return tally.Borders{Extent: tally.OnDay, Day: first}
		}
		return tally.Borders{Extent: tally.Today}
	}
	b, _, _ := tally.ParseBorders(typed) // an address that was mistyped means then
	return b
}

// figuresPath leads to the figures of a body on some borders.
func figuresPath(of body.ID, m deed.Measure, period string, b tally.Borders) string {
	v := url.Values{"body": {idText(of)}, "measure": {m.Key()}, "borders": {b.String()}}
	if of == 0 {
		v.Set("body", topmost)
	}
	if period != "" {
		v.Set("period", period)
	}
	return "/figures?" + v.Encode()
}

// figuresOf leads to the figures of a body: of one that has ended, with all that
// came of it.
func (q *request) figuresOf(b body.Body) string {
	href := "/figures?body=" + idText(b.ID)
	if last, ended := b.Ended.Last(); ended && last < q.today() {
		href += "&borders=" + string(tally.OwnLine)
	}
	return href
}

// figuresAsked reads the question; false when no measure has ever been counted.
func (q *request) figuresAsked() (figuresAsked, bool, error) {
	a := figuresAsked{of: q.own(), borders: q.bordersAsked(), typed: q.value("period"), period: calendar.Always()}
	if id := idOf(q.value("body")); id != 0 {
		a.of = body.ID(id)
	}
	if q.value("body") == topmost {
		a.of = 0
	}
	if typed := q.value("q"); typed != "" {
		found, err := q.view().BodiesNamed(q.Context(), typed, 1)
		if err != nil {
			return a, false, err
		}
		if len(found) > 0 {
			a.of = found[0].ID
		}
	}
	if p, ok := q.periodAsked(); ok {
		a.period = p
	}
	measures, err := q.measuresOf(a.of)
	if err != nil || len(measures) == 0 {
		return a, false, err
	}
	a.measure, a.offered = measures[0], measures
	if m, err := deed.ParseMeasure(q.value("measure")); err == nil {
		known, err := q.view().Measures(q.Context())
		if err != nil {
			return a, false, err
		}
		if slices.Contains(known, m) {
			a.measure = m
		}
	}
	return a, true, nil
}

// standing is one body in a ranking.
type standing struct {
	body   body.Body
	figure tally.Figure
}

// ranked reads the figures of the bodies below the one asked for, the largest first.
func (q *request) ranked(a figuresAsked) ([]standing, error) {
	if a.borders.Extent == tally.OwnLine {
		return nil, nil
	}
	tree := a.borders
	if tree.Extent == tally.Then {
		tree.Extent = tally.Today // whoever stands below it now, with what they did as it was then
	}
	m := q.view().Borders(a.of, tree)
	below := m.Children(a.of)
	if instead := m.Instead(a.of); a.of != 0 && !slices.Equal(instead, []body.ID{a.of}) {
		below = instead // who stood in its place, rather than what stands below none
	}
	children := slices.DeleteFunc(below, func(id body.ID) bool { return !q.may(access.ReadFigures, id) })
	bodies, err := q.view().BodiesByID(q.Context(), children)
	if err != nil {
		return nil, err
	}
	children = slices.DeleteFunc(children, func(id body.ID) bool {
		b, known := bodies[id]
		return !known || b.Kind == body.Household || a.of == 0 && b.Kind != body.Locality
	})
	figures, err := tally.OfEach(q.Context(), q.view(), tally.Query{Measure: a.measure, Period: a.period, Borders: a.borders}, children)
	if err != nil {
		return nil, err
	}
	var all []standing
	for i, id := range children {
		if f := figures[i]; m.Stands(id) || f.Qty != 0 || f.Undated != 0 {
			all = append(all, standing{bodies[id], f})
		}
	}
	slices.SortStableFunc(all, func(x, y standing) int {
		return cmp.Or(cmp.Compare(y.figure.Qty, x.figure.Qty), cmp.Compare(x.body.NameOn("vi", q.today()), y.body.NameOn("vi", q.today())))
	})
	return all, nil
}

// calledOn is the day whose names a ranking bears.
func (q *request) calledOn(b tally.Borders) calendar.Day {
	if b.Extent == tally.OnDay {
		return b.Day
	}
	return q.today()
}

// figures shows a figure on the borders asked, and the bodies below by it.
func (s *Server) figures(q *request) error {
	a, some, err := q.figuresAsked()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("figures.title"))}
	p.Shell.Lead = q.say("figures.lead")
	if !some {
		p.Table.Empty = page.Empty{Glyph: page.GlyphReport, Head: q.say("figures.none"), Text: q.say("figures.none.text")}
		return q.show(page.Listed(p))
	}
	if a.of != 0 {
		if err := q.actor.May(access.ReadFigures, a.of); err != nil {
			return err
		}
	}
	if err := q.figuresFilter(&p, a); err != nil {
		return err
	}
	if a.of != 0 {
		if err := q.figuresHead(&p, a); err != nil {
			return err
		}
	}
	ranked, err := q.ranked(a)
	if err != nil {
		return err
	}
	p.Table = q.rankedTable(a, ranked)
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/figures.xlsx" + strings.TrimPrefix(q.with(), q.URL.Path)}}
	return q.show(page.Listed(p))
}

// figuresFilter offers the body, the measure, the period and the borders.
func (q *request) figuresFilter(p *page.ListPage, a figuresAsked) error {
	bodies, err := q.bodyOptions(access.ReadFigures, "")
	if err != nil {
		return err
	}
	chosen := idText(a.of)
	if a.of == 0 {
		chosen = topmost
	} else if !slices.ContainsFunc(bodies, func(o page.Option) bool { return o.Value == chosen }) {
		b, err := q.view().Body(q.Context(), a.of)
		if err != nil {
			return err
		}
		bodies = append(bodies, page.Option{Value: chosen, Text: b.NameOn(q.lang(), q.today())})
	}
	bodies = append(bodies, page.Option{Value: topmost, Text: q.say("figures.provinces")})
	measures, err := q.measureOptions(a)
	if err != nil {
		return err
	}
	extent := string(a.borders.Extent)
	if extent == "" {
		extent = "then"
	}
	day := ""
	if a.borders.Extent == tally.OnDay {
		day = typed(calendar.OnDay(a.borders.Day))
	}
	p.Filter = page.FilterHead{Action: "/figures", Results: "listed", Label: q.say("figures.find")}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "body", Label: q.say("figures.body"), Value: chosen}, Options: bodies},
		{Field: page.Field{Name: "measure", Label: q.say("figures.measure"), Value: a.measure.Key()}, Options: measures},
		{Field: page.Field{Name: "period", Label: q.say("common.period"), Value: a.typed}, Options: q.periods(a.typed)},
		{Field: page.Field{Name: "borders", Label: q.say("border.label"), Value: extent}, Options: q.borderOptions()},
	}
	p.Dates = []page.Field{{Name: "day", Label: q.say("border.day.label"), Value: day}}
	return nil
}

// borderOptions offers the four borders.
func (q *request) borderOptions() []page.Option {
	return q.options("border.", "", "then", string(tally.Today), string(tally.OnDay), string(tally.OwnLine))
}

// measuresOf lists what was counted in a body, most often first; of the provinces,
// and of a body that counted nothing yet, all that the book knows.
func (q *request) measuresOf(of body.ID) ([]deed.Measure, error) {
	if of != 0 {
		if kept, err := q.view().MeasuresKept(q.Context(), of); err != nil || len(kept) > 0 {
			return kept, err
		}
	}
	return q.view().Measures(q.Context())
}

// measureOptions offers the measures that were counted in a body, and the one chosen.
func (q *request) measureOptions(a figuresAsked) ([]page.Option, error) {
	measures := a.offered
	if !slices.Contains(measures, a.measure) {
		measures = append(slices.Clip(measures), a.measure)
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return nil, err
	}
	var all []page.Option
	for _, m := range measures {
		all = append(all, page.Option{Value: m.Key(), Text: q.measureName(m, kinds)})
	}
	slices.SortFunc(all, func(a, b page.Option) int { return cmp.Compare(a.Text, b.Text) })
	return all, nil
}

// measureName says what is counted.
func (q *request) measureName(m deed.Measure, kinds map[string]deed.Kind) string {
	name := kinds[m.Kind].Short(q.lang()) + " · " + q.say("deed.unit."+string(m.Unit))
	if m.Stage != deed.Given {
		name += " · " + q.say("deed.stage."+string(m.Stage))
	}
	if m.Currency != "" {
		name += " · " + string(m.Currency)
	}
	return name
}

// figuresHead shows the figure itself, who answers for the body on these borders,
// and what cannot be divided.
func (q *request) figuresHead(p *page.ListPage, a figuresAsked) error {
	query := tally.Query{Body: a.of, Measure: a.measure, Period: a.period, Borders: a.borders}
	f, err := tally.Of(q.Context(), q.view(), query)
	if err != nil {
		return err
	}
	deeds, err := q.view().DeedsBehind(q.Context(), query)
	if err != nil {
		return err
	}
	names, err := q.namesIn(a, f)
	if err != nil {
		return err
	}
	fact := page.Fact{Name: names[a.of], Text: q.quantity(a.measure, f.Qty, f.Qualifier), Note: q.say("figures.deeds", deeds)}
	// The deeds of a body that ended are its last officers' to read until they are
	// handed on; a figure that nobody here can open leads nowhere.
	if seen, _, err := q.view().CountDeeds(q.Context(), store.DeedQuery{Body: a.of, Kind: a.measure.Kind, Measure: a.measure.Key(), Borders: a.borders}); err != nil {
		return err
	} else if seen > 0 {
		fact.Href = figurePath(a.of, a.measure, orElse(a.typed, "../..")) + "&borders=" + url.QueryEscape(a.borders.String())
	}
	p.Totals = []page.Fact{fact}
	if f.Undated != 0 {
		p.Totals = append(p.Totals, page.Fact{Name: q.say("deed.fit.undated"), Text: q.quantity(a.measure, f.Undated, deed.Exact)})
	}
	if len(f.Of) > 0 && !slices.Equal(f.Of, []body.ID{a.of}) {
		key := "border.instead"
		if a.borders.Extent == tally.OwnLine {
			key = "border.line.of"
		}
		p.Notes = append(p.Notes, page.NoteLine{Text: q.say(key, names[a.of], q.several(names, f.Of))})
	}
	q.restNotes(p, a, f, names)
	return nil
}

// restsMost bounds how many amounts that cannot be divided are told one by one.
const restsMost = 8

func (q *request) restNotes(p *page.ListPage, a figuresAsked, f tally.Figure, names map[body.ID]string) {
	rests := slices.Clone(f.NotDivisible)
	slices.SortStableFunc(rests, func(x, y tally.Rest) int { return cmp.Compare(y.Qty, x.Qty) })
	var more int64
	for i, r := range rests {
		if i >= restsMost {
			more += r.Qty
			continue
		}
		key := "border.rest"
		if !r.Included {
			key = "border.rest.outside"
		}
		p.Notes = append(p.Notes, page.NoteLine{Text: q.say(key, q.several(names, r.Between), q.quantity(a.measure, r.Qty, deed.Exact))})
	}
	if n := len(rests) - restsMost; n > 0 {
		p.Notes = append(p.Notes, page.NoteLine{Text: q.say("border.rest.more", n, q.quantity(a.measure, more, deed.Exact))})
	}
}

// several names some bodies one after the other.
func (q *request) several(names map[body.ID]string, ids []body.ID) string {
	const most = 12
	var all []string
	for _, id := range ids[:min(len(ids), most)] {
		all = append(all, names[id])
	}
	if n := len(ids) - most; n > 0 {
		all = append(all, q.say("border.others", n))
	}
	return strings.Join(all, ", ")
}

// namesIn reads what the bodies of a figure are called on its borders.
func (q *request) namesIn(a figuresAsked, f tally.Figure) (map[body.ID]string, error) {
	ids := append([]body.ID{a.of}, f.Of...)
	for _, r := range f.NotDivisible {
		ids = append(ids, r.Between...)
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	names := make(map[body.ID]string, len(bodies))
	for id, b := range bodies {
		names[id] = b.NameOn(q.lang(), q.calledOn(a.borders))
		if last, ended := b.Ended.Last(); ended && id != a.of {
			names[id] = q.say("border.until", names[id], locale.DayShort(last))
		}
	}
	return names, err
}

// rankedTable lists the bodies below by their figures.
func (q *request) rankedTable(a figuresAsked, ranked []standing) page.Table {
	t := page.Table{
		Caption: q.say("figures.below"),
		Columns: []page.Column{{Head: q.say("figures.rank"), Figure: true}, {Head: q.say("figures.body"), Chief: true}, {Head: q.say("figures.measure"), Figure: true}, {Head: q.say("border.rest.head"), Figure: true}},
		Empty:   page.Empty{Glyph: page.GlyphBody, Head: q.say("figures.nobody"), Text: q.say("figures.nobody.text")},
	}
	for i, s := range ranked {
		cells := []page.Cell{{Text: strconv.Itoa(rankPlace(ranked, i))}, {Text: s.body.NameOn(q.lang(), q.calledOn(a.borders))}, {Text: q.quantity(a.measure, s.figure.Qty, s.figure.Qualifier)}, {}}
		if n := notDivided(s.figure); n != 0 {
			cells[3].Text = q.quantity(a.measure, n, deed.Exact)
		}
		t.Rows = append(t.Rows, page.Row{Href: figuresPath(s.body.ID, a.measure, a.typed, a.borders), Cells: cells})
	}
	return t
}

// rankPlace is where a body stands in a ranking; equal figures share a place.
func rankPlace(ranked []standing, at int) int {
	for at > 0 && ranked[at-1].figure.Qty == ranked[at].figure.Qty {
		at--
	}
	return at + 1
}

// notDivided sums what cannot be divided between a body and others.
func notDivided(f tally.Figure) int64 {
	var sum int64
	for _, r := range f.NotDivisible {
		sum += r.Qty
	}
	return sum
}

// figuresSheet gives the ranking as a workbook.
func (s *Server) figuresSheet(q *request) error {
	a, some, err := q.figuresAsked()
	if err != nil {
		return err
	}
	if !some {
		return fault.Missing("figures.none")
	}
	if a.of != 0 {
		if err := q.actor.May(access.ReadFigures, a.of); err != nil {
			return err
		}
	}
	ranked, err := q.ranked(a)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("figures.title")}
	for _, key := range []string{"figures.rank", "figures.body", "body.code", "figures.measure", "border.rest.head"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	var rows [][]sheet.Value
	for i, st := range ranked {
		rows = append(rows, []sheet.Value{
			sheet.Count(int64(rankPlace(ranked, i))), sheet.Words(st.body.NameOn(q.lang(), q.calledOn(a.borders))), sheet.Words(st.body.Code),
			q.sheetValue(a.measure, st.figure.Qty), q.sheetValue(a.measure, notDivided(st.figure)),
		})
	}
	t.Rows = slices.Values(rows)
	return q.sendSheet("so-lieu", t)
}

// otherBorders leads from a figure that was opened to the same on other borders.
func (q *request) otherBorders(p *page.ListPage, asked store.DeedQuery) {
	m, err := deed.ParseMeasure(asked.Measure)
	if err != nil || asked.Body == 0 || !q.may(access.ReadFigures, asked.Body) {
		return
	}
	p.Tools = append(p.Tools, page.Tool{Glyph: page.GlyphReport, Text: q.say("figures.other"), Href: figuresPath(asked.Body, m, q.value("period"), asked.Borders)})
}

// sheetValue is a quantity as a cell that can be reckoned with.
func (q *request) sheetValue(m deed.Measure, qty int64) sheet.Value {
	switch {
	case m.Unit.HasCurrency():
		return sheet.Sum(money.Of(qty, m.Currency))
	case m.Unit.Decimals() > 0:
		return sheet.Words(q.quantity(m, qty, deed.Exact))
	}
	return sheet.Count(qty)
}
