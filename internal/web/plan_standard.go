package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

func boardPath(standard string, of body.ID, on calendar.Day) string {
	path := "/programmes/standards/" + standard + "?body=" + idText(of)
	if on != 0 {
		path += "&on=" + on.String()
	}
	return path
}

// standards lists the areas of which it is known how their units stand, and opens
// others.
func (s *Server) standards(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	if typed := q.value("area"); typed != "" || q.id("body") != 0 {
		return q.openArea(typed)
	}
	return q.standardsPage(nil)
}

// openArea leads to the board of an area by what it is called.
func (q *request) openArea(typed string) error {
	of := body.ID(q.id("body"))
	if of == 0 {
		found, err := q.view().BodiesNamed(q.Context(), typed, 2)
		if err != nil {
			return err
		}
		if len(found) != 1 {
			return q.standardsPage(fault.Field("area", "plan.area.which"))
		}
		of = found[0].ID
	}
	return q.goTo(boardPath(cmp.Or(q.value("standard"), "ntm-commune-2021"), of, 0))
}

func (q *request) standardsPage(refused error) error {
	areas, err := q.view().StatusAreas(q.Context())
	if err != nil {
		return err
	}
	all, err := q.view().Standards(q.Context())
	if err != nil {
		return err
	}
	p := page.PlanPage{Shell: q.shell(q.say("plan.standards")), Tabs: q.plansTabs("/programmes/standards")}
	p.Shell.Lead = q.say("plan.standards.text")
	t := page.Table{
		ID: "areas", Caption: q.say("plan.standards"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.area"), Chief: true}, {Head: q.say("plan.standard")}, {Head: q.say("plan.board.met"), Figure: true}, {Head: q.say("plan.on")}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.standards.empty"), Text: q.say("plan.standards.empty.text")},
	}
	for _, a := range areas {
		b, err := q.view().StandardBoard(q.Context(), a.Of, a.Standard, a.Last)
		if err != nil {
			return err
		}
		named, err := q.view().BodiesByID(q.Context(), []body.ID{a.Of})
		if err != nil {
			return err
		}
		t.Rows = append(t.Rows, page.Row{Href: boardPath(a.Standard, a.Of, a.Last), Cells: []page.Cell{
			{Text: named[a.Of].NameOn(q.lang(), b.On)}, {Text: b.Standard.Names.In(q.lang())}, {Text: strconv.Itoa(b.Met()) + "/" + strconv.Itoa(len(b.Units))}, {Text: q.daySaid(b.On)},
		}})
	}
	options := make([]page.Option, len(all))
	for i, s := range all {
		options[i] = page.Option{Value: s.Code, Text: s.Names.In(q.lang()), Chosen: i == 0}
	}
	wrong := page.ProblemsOf(refused, q.reader)
	area := wrong.Mark(page.Field{Name: "area", Label: q.say("plan.area"), Hint: q.say("plan.area.hint"), Value: q.value("area"), Max: 200})
	p.Filter = page.FilterHead{Action: "/programmes/standards", NoBox: true}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "standard", Label: q.say("plan.standard"), Value: q.value("standard")}, Options: options}}
	p.Dates = []page.Field{area}
	p.Parts = []page.DeskPart{{Plain: true, Table: &t}}
	if refused != nil {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// boardAsked reads how the units of an area stand on the day asked.
func (q *request) boardAsked() (programme.Board, body.Body, error) {
	on, err := q.oneDay("on")
	if err != nil {
		return programme.Board{}, body.Body{}, err
	}
	if on > q.today() {
		return programme.Board{}, body.Body{}, fault.Field("on", "plan.actual.future")
	}
	of := body.ID(q.id("body"))
	if of == 0 {
		of = q.figuresHome()
	}
	b, err := q.view().StandardBoard(q.Context(), of, q.PathValue("code"), cmp.Or(on, q.today()))
	if err != nil {
		return b, body.Body{}, err
	}
	named, err := q.view().BodiesByID(q.Context(), []body.ID{of})
	return b, named[of], err
}

// standardBoard shows how the units of an area stand against a standard.
func (s *Server) standardBoard(q *request) error {
	b, area, err := q.boardAsked()
	if err != nil {
		return err
	}
	return q.boardPage(b, area, nil)
}

func (q *request) boardPage(b programme.Board, area body.Body, refused error) error {
	p := page.PlanPage{Shell: q.shell(q.say("plan.board.head", area.NameOn(q.lang(), b.On), q.boardSaid(b)))}
	p.Shell.Crumbs = q.planCrumbs(page.Link{Text: q.say("plan.standards"), Href: "/programmes/standards"})
	p.Shell.Lead = dotted(b.Standard.Names.In(q.lang()), progress.PaperSaid(q.speaker(), b.Standard.Paper), q.say("plan.on.said", q.daySaid(b.On)))
	if area.Life().To < q.today() && b.On == area.Life().To {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Plain, Text: q.say("plan.board.held", q.daySaid(b.On))})
	}
	p.Filter = page.FilterHead{Action: "/programmes/standards/" + b.Standard.Code, NoBox: true}
	p.Dates = []page.Field{{Name: "on", Label: q.say("plan.on"), Value: dayTyped(b.On), Short: true}}
	p.Hidden = []page.Option{{Value: "body", Text: idText(area.ID)}}
	of := strconv.Itoa(len(b.Units))
	p.Tiles = []page.Tile{{Figure: strconv.Itoa(b.Met()) + "/" + of, Text: q.say("plan.board.met")}, {Figure: strconv.Itoa(b.Short()) + "/" + of, Text: q.say("plan.board.short")}, {Figure: strconv.Itoa(b.Unknown()) + "/" + of, Text: q.say("plan.board.unknown")}}
	p.Tools = q.paperTools("plan.board.paper", "/programmes/standards/"+b.Standard.Code+"/paper?body="+idText(area.ID)+"&on="+b.On.String()+"&")
	units := q.unitTable(b)
	p.Parts = []page.DeskPart{{Plain: true, Table: &units}}
	if lacking := q.lackingTable(b); len(lacking.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("plan.board.lacking.head"), Table: &lacking})
	}
	if len(b.Series) > 0 {
		p.Parts = append(p.Parts, q.standardSeries(b, area))
	}
	if keeper := q.statusKeeper(); keeper != 0 && len(b.Units) > 0 {
		form := q.statusForm(b, area, keeper, refused)
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
		if back := q.statusBack(b, area); back != nil {
			p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: back})
		}
	}
	if refused != nil {
		return q.again(page.PlanShown(p))
	}
	return q.show(page.PlanShown(p))
}

// boardSaid counts the units that meet the standard in words: "9/11 xã đạt chuẩn".
func (q *request) boardSaid(b programme.Board) string {
	key := "plan.board.units"
	if b.Standard.Only == "Xã" {
		key = "plan.board.said"
	}
	return q.say(key, strconv.Itoa(b.Met()), strconv.Itoa(len(b.Units)))
}

// unitTable lists the units with what was last said of each.
func (q *request) unitTable(b programme.Board) page.Table {
	t := page.Table{
		ID: "units", Caption: q.say("plan.standards"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.board.unit"), Chief: true}, {Head: q.say("plan.status.outcome.is")}, {Head: q.say("plan.board.since")}, {Head: q.say("plan.board.lacking")}, {Head: q.say("plan.board.ground")}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.board.none"), Text: q.say("plan.board.none.text")},
	}
	for _, u := range b.Units {
		row := page.Row{Cells: []page.Cell{{Text: u.Name}, page.Marked(page.Mark{Tone: page.Plain, Text: q.say("plan.board.unknown")}), {}, {}, {}}}
		if st := u.Status; st != nil {
			row.Cells[1] = page.Marked(q.outcomeMark(st.Outcome))
			row.Cells[2].Text = q.daySaid(st.On)
			row.Cells[3] = page.Cell{Part: page.Stacked(q.criteriaSaid(b.Standard, st.Missing))}
			row.Cells[4] = page.Cell{Text: firstOf(progress.PaperSaid(q.speaker(), st.Paper), st.Source.Title), Note: st.Note}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (q *request) outcomeMark(o programme.Outcome) page.Mark {
	tone := map[programme.Outcome]page.Tone{programme.Meets: page.Done, programme.Falls: page.Due, programme.Withdrawn: page.Late}[o]
	return page.Mark{Tone: tone, Text: q.say("plan.outcome." + string(o))}
}

// criteriaSaid names criteria by number and name.
func (q *request) criteriaSaid(s programme.Standard, numbers []string) []string {
	said := make([]string, len(numbers))
	for i, no := range numbers {
		c, _ := s.Criterion(no)
		said[i] = no + ". " + c.Names.In(q.lang())
	}
	return said
}

// lackingTable counts by criterion the units that miss it, the most first.
func (q *request) lackingTable(b programme.Board) page.Table {
	t := page.Table{Caption: q.say("plan.board.lacking.head"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.board.lacking"), Chief: true}, {Head: q.say("plan.board.lacking.count"), Figure: true}, {Head: q.say("plan.board.unit")}}}
	counts := b.Lacking()
	for _, c := range b.Standard.Criteria {
		if counts[c.No] == 0 {
			continue
		}
		var names []string
		for _, u := range b.Units {
			if u.Status != nil && slices.Contains(u.Status.Missing, c.No) {
				names = append(names, u.Name)
			}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: c.No + ". " + c.Names.In(q.lang())}, {Text: strconv.Itoa(counts[c.No])}, {Text: strings.Join(names, ", ")}}})
	}
	slices.SortStableFunc(t.Rows, func(a, b page.Row) int { return cmp.Compare(b.Cells[1].Text, a.Cells[1].Text) })
	return t
}

// standardSeries shows how many units met the standard over time, and where the series
// breaks off because another standard takes its place.
func (q *request) standardSeries(b programme.Board, area body.Body) page.DeskPart {
	s := page.Series{Title: q.say("plan.board.series"), Good: true}
	for i, m := range b.Series {
		s.Bars = append(s.Bars, page.Bar{Name: q.daySaid(m.On), Value: float64(m.Met), Said: strconv.Itoa(m.Met) + "/" + strconv.Itoa(m.Of), Now: i == len(b.Series)-1})
	}
	part := page.DeskPart{Head: q.say("plan.board.series"), Chart: &s}
	all, err := q.view().Standards(q.Context())
	if err != nil {
		return part
	}
	for _, other := range all {
		switch {
		case other.Code == b.Replaced:
			part.Lines = append(part.Lines, q.say("plan.board.break", q.daySaid(other.Period.From), other.Names.In(q.lang()), q.daySaid(b.Standard.Period.To)))
			part.Facts = append(part.Facts, page.Fact{Name: q.say("plan.board.next"), Text: other.Names.In(q.lang()), Note: dotted(progress.PaperSaid(q.speaker(), other.Paper), other.Note), Href: boardPath(other.Code, area.ID, 0)})
		case other.Code == b.Standard.After:
			part.Facts = append(part.Facts, page.Fact{Name: q.say("plan.board.before"), Text: other.Names.In(q.lang()), Href: boardPath(other.Code, area.ID, 0)})
		}
	}
	return part
}

// statusKeeper is the body on whose books the reader may state how units stand; 0
// where there is none.
func (q *request) statusKeeper() body.ID {
	if q.may(access.PostDeeds, q.root()) {
		return q.root()
	}
	for _, g := range q.actor.Grants {
		if g.Right == access.PostDeeds {
			return g.Body
		}
	}
	return 0
}

// statusForm asks how a unit stands.
func (q *request) statusForm(b programme.Board, area body.Body, keeper body.ID, refused error) page.DeskForm {
	wrong, r := page.ProblemsOf(refused, q.reader), q.reader
	var units, criteria []page.Option
	for _, u := range b.Units {
		units = append(units, page.Option{Value: idText(u.Unit), Text: u.Name})
	}
	for _, c := range b.Standard.Criteria {
		criteria = append(criteria, page.Option{Value: c.No, Text: c.No + ". " + c.Names.In(q.lang()), Chosen: slices.Contains(q.values("missing"), c.No)})
	}
	var outcomes []string
	for _, o := range programme.Outcomes() {
		outcomes = append(outcomes, string(o))
	}
	field := func(name, key string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.value(name), Max: 300})
	}
	on := field("day", "plan.status.on")
	on.Value, on.Short, on.Wrong = firstOf(on.Value, dayTyped(b.On)), true, firstOf(on.Wrong, wrong.At("on"))
	day := field("decided", "plan.day")
	day.Short = true
	src := field("source", "plan.figure.source")
	src.Whole = true
	note := field("note", "plan.note")
	note.Whole = true
	fields := []templ.Component{
		page.Select(r, field("unit", "plan.status.unit"), units), page.Select(r, field("outcome", "plan.status.outcome.is"), q.options("plan.outcome.", "", outcomes...)), page.DateInput(r, on),
		page.TextInput(r, field("number", "plan.number")), page.DateInput(r, day), page.TextInput(r, field("issuer", "plan.issuer")), page.TextInput(r, src),
	}
	if len(criteria) > 0 {
		missing := field("missing", "plan.board.lacking")
		missing.Whole = true
		fields = append(fields, page.Ticks(r, missing, criteria))
	}
	fields = append(fields, page.TextInput(r, note), page.Hidden("body", idText(area.ID)), page.Hidden("on", b.On.String()), page.Hidden("keeper", idText(keeper)))
	return page.DeskForm{Head: page.FormHead{Action: "/programmes/standards/" + b.Standard.Code, Rejected: refused != nil}, Wrong: wrong, Fold: q.say("plan.status.new"), Do: q.say("plan.status.do"), Fields: fields}
}

// statusBack takes back what was said by mistake.
func (q *request) statusBack(b programme.Board, area body.Body) *page.DeskForm {
	var options []page.Option
	for _, u := range b.Units {
		if u.Status != nil && q.may(access.PostDeeds, u.Status.Body) {
			options = append(options, page.Option{Value: idText(u.Status.ID), Text: dotted(u.Name, q.daySaid(u.Status.On), q.say("plan.outcome."+string(u.Status.Outcome)))})
		}
	}
	if len(options) == 0 {
		return nil
	}
	return &page.DeskForm{
		Head: page.FormHead{Action: "/programmes/standards/" + b.Standard.Code + "/back"}, Fold: q.say("plan.status.back"), Do: q.say("plan.status.back"), Danger: true,
		Fields: []templ.Component{page.Select(q.reader, page.Field{Name: "status", Label: q.say("plan.status"), Whole: true}, options), page.Hidden("body", idText(area.ID)), page.Hidden("on", b.On.String())},
	}
}

// standardState says how a unit stands.
func (s *Server) standardState(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	b, area, err := q.boardAsked()
	if err != nil {
		return err
	}
	st := programme.Status{Body: body.ID(q.id("keeper")), Unit: body.ID(q.id("unit")), Standard: b.Standard.Code, Outcome: programme.Outcome(q.value("outcome")), Missing: q.values("missing"), Note: q.value("note")}
	st.Paper.Number, st.Paper.Issuer = q.value("number"), q.value("issuer")
	if typed := q.value("source"); typed != "" {
		st.Source = source.Source{Kind: source.Paper, Title: typed}
	}
	var err1, err2 error
	st.On, err1 = q.oneDay("day")
	st.Paper.Date, err2 = q.date("decided")
	if err = fault.Gather(err1, err2); err == nil {
		err = q.write("plan.why.status", func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.State(ctx, tx, q.actor, st)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.boardPage(b, area, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(boardPath(b.Standard.Code, area.ID, max(b.On, st.On)), q.well("plan.status.done"))
}

// standardRetract takes a statement back.
func (s *Server) standardRetract(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	b, area, err := q.boardAsked()
	if err != nil {
		return err
	}
	err = q.write("plan.why.status", func(ctx context.Context, tx *store.Tx) error {
		return programme.Retract(ctx, tx, q.actor, programme.StatusID(q.id("status")))
	})
	if err != nil {
		return err
	}
	return q.doneAt(boardPath(b.Standard.Code, area.ID, b.On), q.well("plan.status.taken"))
}

// standardPaper prints how the units of an area stand.
func (s *Server) standardPaper(q *request) error {
	b, area, err := q.boardAsked()
	if err != nil {
		return err
	}
	d, err := q.officeDesk(q.figuresHome(), q.today(), "")
	if err != nil {
		return err
	}
	return q.sendPaper(progress.BoardPaper(d, b, area.NameOn(string(d.To.Lang), b.On)), b.Standard.Code+"-"+b.On.String())
}
