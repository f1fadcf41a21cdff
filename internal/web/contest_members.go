package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// contestMembers shows who takes part in a year, who leads, whose turn comes next.
func (s *Server) contestMembers(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.membersPage(c, nil)
}

func (q *request) membersPage(c contestSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.members"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	p.Shell.Lead = dotted(q.say("contest.units.count", len(c.Units)), leadSaid(q, c, contest.LedBy(c.Contest.Year, c.Units)))
	edits := c.Seat.Keeps() && c.Contest.Standing != contest.Published
	table := q.memberTable(c, edits)
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/members.xlsx")}}}}
	if edits {
		form, err := q.memberForm(c, contest.Unit{Role: contest.Member, Order: len(c.Units) + 1, Since: c.Contest.Period.From, Until: c.Contest.Period.To}, refused)
		if err != nil {
			return err
		}
		form.Fold, form.Open = q.say("contest.member.new"), len(c.Units) == 0
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
		if copied, err := q.copyUnitsPart(c); err != nil {
			return err
		} else if copied != nil {
			p.Parts = append(p.Parts, *copied)
		}
	}
	life, err := q.lifePart(c)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, life...)
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) memberTable(c contestSeen, edits bool) page.Table {
	t := page.Table{
		ID: "members", Caption: q.say("contest.door.members"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.order"), Figure: true}, {Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.role")}, {Head: q.say("common.since")}, {Head: q.say("common.until")}, {Head: q.say("common.note")}},
		Empty:   page.Empty{Glyph: page.GlyphPeople, Head: q.say("contest.members.none"), Text: q.say("contest.members.none.text")},
	}
	for _, u := range c.Units {
		row := page.Row{Cells: []page.Cell{{Text: strconv.Itoa(u.Order)}, {Text: c.called[u.Body]}, {Text: q.say("contest.role." + string(u.Role))}, {}, {}, {Text: u.Note}}}
		if u.Since > c.Contest.Period.From {
			row.Cells[3].Text = q.daySaid(u.Since)
		}
		if u.Until < c.Contest.Period.To {
			row.Cells[4].Text = q.daySaid(u.Until)
		}
		if edits {
			row.Href = c.path("/members/" + idText(u.Body))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// memberForm asks in what role and from when to when a unit takes part.
func (q *request) memberForm(c contestSeen, u contest.Unit, refused error) (page.DeskForm, error) {
	wrong := page.ProblemsOf(refused, q.reader)
	f := page.DeskForm{Head: page.FormHead{Action: c.path("/members"), Rejected: refused != nil}, Wrong: wrong, Do: q.say("contest.member.enlist")}
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	if u.Body == 0 {
		unit := field("unit", "contest.unit", "")
		unit.Needed, unit.Whole, unit.Hint = true, true, q.say("contest.member.hint")
		f.Fields = append(f.Fields, page.Combobox(q.reader, unit, page.Search{Href: "/contests/units/find", IDName: "unitId", ID: q.value("unitId")}))
	} else {
		f.Fields = append(f.Fields, page.Hidden("unitId", idText(u.Body)), page.Hidden("unit", c.called[u.Body]))
	}
	order, since, until, note := field("order", "contest.order", strconv.Itoa(u.Order)), field("since", "contest.since", dayTyped(u.Since)), field("until", "contest.until", dayTyped(u.Until)), field("note", "common.note", u.Note)
	order.Short, since.Short, until.Short, note.Whole = true, true, true, true
	order.Hint, until.Hint = q.say("contest.order.hint"), q.say("contest.until.hint")
	f.Fields = append(f.Fields,
		page.Chips(q.reader, field("role", "contest.role", string(u.Role)), q.options("contest.role.", "", string(contest.Member), string(contest.Lead), string(contest.Deputy))),
		page.NumberInput(q.reader, order), page.DateInput(q.reader, since), page.DateInput(q.reader, until), page.TextInput(q.reader, note))
	return f, nil
}

// contestMember shows how one unit takes part, to be changed.
func (s *Server) contestMember(q *request) error {
	c, u, err := q.memberAsked()
	if err != nil {
		return err
	}
	return q.memberPage(c, u, nil)
}

// memberAsked reads the contest and the unit that the address names.
func (q *request) memberAsked() (contestSeen, contest.Unit, error) {
	c, err := q.contestKept()
	if err != nil {
		return c, contest.Unit{}, err
	}
	id, err := q.number("body")
	if err != nil {
		return c, contest.Unit{}, err
	}
	i := slices.IndexFunc(c.Units, func(u contest.Unit) bool { return u.Body == body.ID(id) })
	if i < 0 {
		return c, contest.Unit{}, fault.Missing("contest.unit.missing")
	}
	return c, c.Units[i], nil
}

func (q *request) memberPage(c contestSeen, u contest.Unit, refused error) error {
	p := page.DeskPage{Shell: q.shell(c.called[u.Body])}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.members"), Href: c.path("/members")})
	form, err := q.memberForm(c, u, refused)
	if err != nil {
		return err
	}
	form.Do, form.Leave = q.say("common.save"), page.Link{Text: q.say("common.cancel"), Href: c.path("/members")}
	p.Parts = []page.DeskPart{{Plain: true, Form: &form}}
	if c.Contest.Standing == contest.Drafted {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: c.path("/members/" + idText(u.Body) + "/release")}, Fold: q.say("contest.member.release"), Do: q.say("contest.member.release.do"), Danger: true,
		}})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// enlistUnit has a unit take part, or changes how it does.
func (s *Server) enlistUnit(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	u, known, err := q.memberGiven(c)
	if err == nil {
		err = q.write("contest.why.units", func(ctx context.Context, tx *store.Tx) error { return contest.Enlist(ctx, tx, q.actor, u) })
	}
	switch {
	case err != nil && fault.KindOf(err) == fault.Invalid && known:
		return q.memberPage(c, u, err)
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return q.membersPage(c, err)
	case err != nil:
		return err
	}
	return q.doneAt(c.path("/members"), q.well("contest.member.enlisted", q.value("unit")))
}

// memberGiven reads the answers about a unit that takes part; known tells whether
// it already does.
func (q *request) memberGiven(c contestSeen) (u contest.Unit, known bool, err error) {
	u = contest.Unit{Contest: c.Contest.ID, Role: contest.Role(q.value("role")), Note: q.value("note")}
	var found []error
	u.Body, err = q.unitGiven("unit")
	found = append(found, err)
	known = slices.ContainsFunc(c.Units, func(o contest.Unit) bool { return o.Body == u.Body })
	if !slices.Contains([]contest.Role{contest.Member, contest.Lead, contest.Deputy}, u.Role) {
		u.Role = contest.Member
	}
	order, _, err := countOr(q.value("order"), int64(len(c.Units)+1))
	found = append(found, at("order", err))
	u.Order = int(order)
	u.Since, err = q.exactDay("since")
	found = append(found, err)
	u.Until, err = q.exactDay("until")
	found = append(found, err)
	if u.Since == 0 {
		u.Since = c.Contest.Period.From
	}
	if u.Until == 0 {
		u.Until = c.Contest.Period.To
	}
	return u, known, fault.Gather(found...)
}

// unitGiven reads an answer that is a body: the one chosen, or the only one of
// that name.
func (q *request) unitGiven(name string) (body.ID, error) {
	typed := q.value(name)
	if id := q.id(name + "Id"); id != 0 && typed != "" {
		return body.ID(id), nil
	}
	if typed == "" {
		return 0, fault.Field(name, "contest.unit.needed")
	}
	found, err := q.view().BodiesNamed(q.Context(), typed, 2)
	if err != nil {
		return 0, err
	}
	if len(found) != 1 {
		return 0, fault.Field(name, "contest.unit.which", typed)
	}
	return found[0].ID, nil
}

// findUnits answers the box in which a unit is looked for.
func (s *Server) findUnits(q *request) error {
	if !q.actor.Somewhere(access.ReadFigures) {
		return fault.Forbid("access.forbidden.read_figures")
	}
	if q.value("q") == "" {
		return q.choices(nil)
	}
	found, err := q.view().BodiesNamed(q.Context(), q.value("q"), 12)
	if err != nil {
		return err
	}
	var all []page.Choice
	for _, b := range found {
		all = append(all, page.Choice{ID: idText(b.ID), Text: b.NameOn(q.lang(), q.today()), Note: b.Code})
	}
	return q.choices(all)
}

// releaseUnit takes a unit out of a contest that is being drawn up.
func (s *Server) releaseUnit(q *request) error {
	c, u, err := q.memberAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	err = q.write("contest.why.units", func(ctx context.Context, tx *store.Tx) error {
		return contest.Release(ctx, tx, q.actor, c.Contest.ID, u.Body)
	})
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/members"), q.well("contest.member.released", c.called[u.Body]))
}

// copyUnitsPart offers to take over the units of the year before.
func (q *request) copyUnitsPart(c contestSeen) (*page.DeskPart, error) {
	if c.Contest.Standing != contest.Drafted {
		return nil, nil
	}
	life, err := q.view().ClusterLife(q.Context(), c.Contest.Cluster)
	if err != nil {
		return nil, err
	}
	var options []page.Option
	for _, f := range life.Years {
		if f.Contest.ID != c.Contest.ID && len(f.Units) > 0 {
			options = append(options, page.Option{Value: idText(f.Contest.ID), Text: q.say("contest.units.of", strconv.Itoa(f.Contest.Year), len(f.Units))})
		}
	}
	if len(options) == 0 {
		return nil, nil
	}
	return &page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: c.path("/members/copy")}, Fold: q.say("contest.units.copy"), Open: len(c.Units) == 0, Do: q.say("contest.units.copy.do"), Quiet: true,
		Fields: []templ.Component{page.Select(q.reader, page.Field{Name: "from", Label: q.say("contest.copy.from"), Whole: true}, options)},
	}}, nil
}

// copyUnits takes over the units of another year.
func (s *Server) copyUnits(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	err = q.write("contest.why.units", func(ctx context.Context, tx *store.Tx) error {
		return contest.CopyUnits(ctx, tx, q.actor, contest.ID(q.id("from")), c.Contest.ID)
	})
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/members"), q.well("contest.units.copied"))
}

// lifePart tells who led the cluster in its years, and whose turn comes next.
func (q *request) lifePart(c contestSeen) ([]page.DeskPart, error) {
	life, err := q.view().ClusterLife(q.Context(), c.Contest.Cluster)
	if err != nil {
		return nil, err
	}
	var years []contest.Led
	called := map[body.ID]string{}
	past := page.Table{ID: "life", Caption: q.say("contest.life"), Quiet: true, Columns: []page.Column{{Head: q.say("common.year"), Chief: true}, {Head: q.say("contest.role.lead")}, {Head: q.say("contest.role.deputy")}, {Head: q.say("contest.units"), Figure: true}, {Head: q.say("contest.flag.passed")}}}
	for _, f := range life.Years {
		year, err := q.contestSeen(f)
		if err != nil {
			return nil, err
		}
		led := contest.LedBy(f.Contest.Year, f.Units)
		years = append(years, led)
		for id, name := range year.called {
			called[id] = name
		}
		flag := ""
		for _, passed := range life.Flags {
			if passed.Year == led.Year {
				flag = q.say("contest.flag.from", year.called[passed.Giver], q.daySaid(passed.Day))
			}
		}
		past.Rows = append(past.Rows, page.Row{Href: contestPath(f.Contest.ID), Cells: []page.Cell{{Text: strconv.Itoa(led.Year)}, {Text: year.called[led.Lead]}, {Text: year.called[led.Deputy]}, {Text: strconv.Itoa(len(f.Units))}, {Text: flag}}})
	}
	turns := page.Table{ID: "turns", Caption: q.say("contest.turns"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.turn"), Figure: true}, {Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.turn.last")}}}
	for i, t := range contest.Turns(c.Units, years) {
		last := q.say("contest.turn.never")
		if t.Last != 0 {
			last = strconv.Itoa(t.Last)
		}
		turns.Rows = append(turns.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(i + 1)}, {Text: c.called[t.Unit]}, {Text: last}}})
	}
	parts := []page.DeskPart{{Plain: true, Head: q.say("contest.life"), Table: &past}}
	if len(turns.Rows) > 0 {
		parts = append(parts, page.DeskPart{Plain: true, Head: q.say("contest.turns"), Lines: []string{q.say("contest.turns.text")}, Table: &turns})
	}
	return parts, nil
}

// membersSheet gives the units of a year as a workbook.
func (s *Server) membersSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.door.members")}
	for _, key := range []string{"contest.order", "common.code", "contest.unit", "contest.role", "common.since", "common.until", "common.note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, u := range c.Units {
			if !yield([]sheet.Value{
				sheet.Count(int64(u.Order)), sheet.Words(c.codes[u.Body]), sheet.Words(c.called[u.Body]), sheet.Words(q.say("contest.role." + string(u.Role))),
				sheet.Words(q.daySaid(u.Since)), sheet.Words(q.daySaid(u.Until)), sheet.Words(u.Note),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.members.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}
