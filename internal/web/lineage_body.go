package web

import (
	"fmt"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/fault"
	"kith.app/internal/lineage"
	"kith.app/internal/page"
	"kith.app/internal/place"
)

// registerLineage: what became of bodies, and what ended ones left.
func (s *Server) registerLineage() {
	s.inside("GET /bodies/{code}/become", s.becomeDoors)
	s.inside("GET /bodies/{code}/become/{kind}", s.becomeForm)
	s.inside("POST /bodies/{code}/become/{kind}", s.become)
	s.inside("GET /events", s.events)
	s.inside("GET /events.xlsx", s.eventsSheet)
	s.inside("GET /events/{id}", s.event)
	s.inside("POST /events/{id}/undo", s.undoEvent)
	s.inside("GET /unsettled", s.unsettled)
	s.inside("GET /unsettled.xlsx", s.unsettledSheet)
	s.inside("GET /unsettled/{code}", s.remains)
	s.inside("GET /unsettled/{code}/{what}", s.settleForm)
	s.inside("POST /unsettled/{code}/{what}", s.settleLeft)
}

func eventPath(id int64) string { return "/events/" + strconv.FormatInt(id, 10) }

// lineOn is the day that a page of a body is asked about.
func (q *request) lineOn() calendar.Day {
	if q.value("on") == "" {
		return q.today()
	}
	return q.day("on")
}

// linePart tells who a body was on the day asked and who it is today.
func (q *request) linePart(s lineage.Shown, action string) page.LinePart {
	p := page.LinePart{
		Filter: page.FilterHead{Action: action, Results: "line", NoBox: true},
		On:     page.Field{Name: "on", Label: q.say("line.on"), Hint: q.say("line.on.hint"), Value: typed(calendar.OnDay(s.On))},
		None:   q.say("line.now.none"),
	}
	p.Facts = []page.Fact{
		{Name: q.say("line.name.then", s.On), Text: s.NameThen, Note: q.standing(s)},
		{Name: q.say("line.under"), Text: joinNames(s.Under)},
		{Name: q.say("body.level"), Text: q.standingSaid(s.Level, s.Body.KindOn(s.On))},
		{Name: q.say("body.official"), Text: s.Official},
	}
	for _, n := range s.Then {
		p.Facts = append(p.Facts, page.Fact{Name: q.say("line.then"), Text: n.Name, Href: namedPath(n)})
	}
	for _, n := range s.Now {
		p.Now = append(p.Now, page.Belonging{Text: n.Name, Note: joinDots([]string{q.pathBehind(n), q.shareSaid(n)}), Href: namedPath(n)})
	}
	if s.Stands && len(s.Now) == 1 && s.Now[0].ID == s.Body.ID {
		p.Now, p.None = nil, "" // it is itself
	}
	if slices.ContainsFunc(s.Now, func(n lineage.Named) bool { return n.Below }) {
		p.Note = q.say("line.below", s.On)
	}
	for _, e := range slices.Backward(s.Events) {
		p.Events = append(p.Events, page.Past{When: q.dated(calendar.OnDay(e.Day)), Text: q.say("event.kind." + string(e.Kind)), Note: e.Paper.Number, Href: eventPath(e.ID)})
	}
	return p
}

// standing says that a body did not stand on the day asked.
func (q *request) standing(s lineage.Shown) string {
	if s.Stood {
		return ""
	}
	if s.Life.To < s.On {
		return q.say("line.ended", s.Life.To)
	}
	return q.say("line.unborn", s.Life.From)
}

func (q *request) standingSaid(l body.Level, k body.Kind) string {
	if l == "" || k != body.Locality {
		return joinDots([]string{q.levelWord(l), q.say("body.kind." + string(k))})
	}
	return q.levelWord(l)
}

func (q *request) levelWord(l body.Level) string {
	if l == "" {
		return ""
	}
	return q.say("body.level." + string(l))
}

// pathBehind is what a unit stands in, without its own name.
func (q *request) pathBehind(n lineage.Named) string {
	own := place.InText(n.Name)
	if len(n.Path) > len(own)+2 && n.Path[:len(own)] == own {
		return n.Path[len(own)+2:]
	}
	return ""
}

// shareSaid words how much of a body went to an heir.
func (q *request) shareSaid(n lineage.Named) string {
	switch {
	case n.Within:
		return q.say("line.within")
	case n.Below:
		return ""
	case !n.Share.Known():
		return q.say("line.share.unknown")
	case n.Share == body.Whole():
		return ""
	}
	return q.say("line.share", fmt.Sprintf("%d/%d", n.Share.Num, n.Share.Den))
}

func namedPath(n lineage.Named) string {
	if n.Code == "" {
		return ""
	}
	return "/bodies/" + n.Code
}

func joinNames(all []lineage.Named) string {
	var names []string
	for _, n := range all {
		names = append(names, n.Name)
	}
	return joinComma(names)
}

func joinComma(all []string) string {
	out := ""
	for i, s := range all {
		if i > 0 {
			out += ", "
		}
		out += s
	}
	return out
}

// linePicture draws successions around one body, with the table beside.
func (q *request) linePicture(steps []lineage.Step, of body.ID, name string) chart.Picture {
	if len(steps) == 0 {
		return chart.Picture{}
	}
	l := chart.Lineage{Title: q.say("line.picture", name), Told: q.say("line.picture.told", name, len(steps))}
	l.Table.Head = []string{q.say("line.day"), q.say("event.kind"), q.say("line.from"), q.say("line.to"), q.say("line.share.head")}
	at := map[body.ID]int{}
	number := func(n lineage.Named) int {
		if i, ok := at[n.ID]; ok {
			return i
		}
		at[n.ID] = len(l.Bodies)
		b := chart.Body{Name: n.Name, When: q.lifeOf(n.ID), Tone: chart.Good}
		if q.view().Lineage().Life(n.ID).To < q.today() {
			b.Tone = chart.Ended
		}
		if n.ID == of {
			b.Tone = chart.Home
		}
		l.Bodies = append(l.Bodies, b)
		return at[n.ID]
	}
	passage := map[int64]int{}
	for _, s := range steps {
		said := q.dated(calendar.OnDay(s.Day)) + " · " + q.say("event.kind."+string(s.Kind))
		l.Table.Rows = append(l.Table.Rows, []chart.Cell{
			{Text: q.dated(calendar.OnDay(s.Day)), Ref: eventPath(s.Event)},
			{Text: q.say("event.kind." + string(s.Kind))},
			{Text: s.From.Name, Ref: namedPath(s.From)},
			{Text: s.To.Name, Ref: namedPath(s.To)},
			{Text: q.shareOf(s.Share)},
		})
		i, known := passage[s.Event]
		if !known {
			i = len(l.Steps)
			passage[s.Event] = i
			l.Steps = append(l.Steps, chart.Passage{Said: said})
		}
		if s.Succession.From != 0 {
			l.Steps[i].From = appendOnce(l.Steps[i].From, number(s.From))
		}
		if s.Succession.To != 0 && s.Succession.To != s.Succession.From {
			l.Steps[i].To = appendOnce(l.Steps[i].To, number(s.To))
		}
	}
	return chart.DrawLineage(l)
}

func appendOnce(all []int, n int) []int {
	if slices.Contains(all, n) {
		return all
	}
	return append(all, n)
}

func (q *request) shareOf(s body.Share) string {
	switch {
	case !s.Known():
		return q.say("line.share.unknown")
	case s == body.Whole():
		return q.say("line.share.whole")
	}
	return fmt.Sprintf("%d/%d", s.Num, s.Den)
}

// lifeOf words the years in which a body stood.
func (q *request) lifeOf(id body.ID) string {
	life := q.view().Lineage().Life(id)
	from, to := "", ""
	if life.From > calendar.Earliest {
		from = strconv.Itoa(life.From.Year())
	}
	if life.To < calendar.Latest {
		to = strconv.Itoa(life.To.Year())
	}
	if from == "" && to == "" {
		return ""
	}
	return from + " – " + to
}

// fillLine adds to a body's page its line, its periods and what it left.
func (q *request) fillLine(p *page.BodyPage, b body.Body) error {
	m, err := place.Shipped()
	if err != nil {
		return err
	}
	s, err := lineage.Show(q.Context(), q.view(), m, b, q.lineOn(), q.lang())
	if err != nil {
		return err
	}
	p.Then = q.linePart(s, bodyPath(b))
	p.Periods = q.periodLines(b)
	if s.Stands {
		return nil
	}
	p.Ended = q.say("line.ended", s.Life.To)
	left, err := q.view().UnsettledOf(q.Context(), b.ID)
	if err == nil && len(left.Left) > 0 {
		p.EndedMore = page.Link{Text: q.say("unsettled.some", len(left.Left)), Href: "/unsettled/" + b.Code}
	}
	return err
}

// periodLines tells the levels, kinds and official codes of a body, each with its
// period.
func (q *request) periodLines(b body.Body) []page.Past {
	var all []page.Past
	when := func(since, until calendar.Day) string {
		if p := (calendar.Period{From: since, To: until}); p != calendar.Always() {
			return q.dated(p.Date())
		}
		return q.say("body.name.always")
	}
	for _, l := range b.Levels {
		kind := ""
		if l.Kind != "" {
			kind = q.say("body.kind." + string(l.Kind))
		}
		all = append(all, page.Past{Text: joinDots([]string{q.levelWord(l.Level), kind}), Note: q.say("body.level"), When: when(l.Since, l.Until)})
	}
	for _, c := range b.Codes {
		all = append(all, page.Past{Text: c.Code, Note: q.say("body.official"), When: when(c.Since, c.Until)})
	}
	return all
}

// unitPage shows an administrative unit that the book does not hold.
func (s *Server) unitPage(q *request, m *place.Map, id place.ID) error {
	if !q.actor.Somewhere(access.ReadFigures) {
		return fault.Forbid("access.forbidden.read_figures")
	}
	shown, err := lineage.FromMap(q.Context(), q.view(), m, id, q.lineOn(), q.lang())
	if err != nil {
		return err
	}
	p := page.UnitPage{Shell: q.shell(shown.NameToday), Note: q.say("unit.note"), Line: q.linePart(shown, "/bodies/"+m.Handle(id))}
	p.Line.Line = shown.Picture(m, q.say, namedPath)
	p.Shell.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}}
	p.About = []page.Fact{
		{Name: q.say("body.kind"), Text: q.say("body.kind.locality")},
		{Name: q.say("body.founded"), Text: q.dated(shown.Body.Founded)},
		{Name: q.say("body.ended"), Text: q.dated(shown.Body.Ended)},
		{Name: q.say("body.code"), Text: shown.Body.Code},
	}
	for _, n := range shown.Body.Names {
		p.Names = append(p.Names, q.nameLine(n))
	}
	p.Names = append(p.Names, q.periodLines(shown.Body)...)
	return q.show(page.UnitWhole(p))
}

// unit finds the administrative unit that an address calls.
func (q *request) unit(code string) (*place.Map, place.ID, bool) {
	m, err := place.Shipped()
	if err != nil {
		return nil, 0, false
	}
	id, ok := m.ByHandle(code)
	return m, id, ok
}

// bodyOrNone reads which body was chosen; none is an answer only where the blank
// choice was left, and anything that names no body is refused beside the field.
func (f becoming) bodyOrNone(name string) (body.ID, error) {
	if f.value(name) == "" {
		return 0, nil
	}
	chosen := body.ID(f.id(name))
	_, err := f.view().Body(f.Context(), chosen)
	if fault.KindOf(err) == fault.NotFound {
		err = fault.Field(name, "become.nobody")
	}
	return chosen, err
}
