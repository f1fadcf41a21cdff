package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/progress"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// registerSets: the standards themselves, those that ship and those of one's own.
func (s *Server) registerSets() {
	s.inside("GET /programmes/sets", s.sets)
	s.inside("GET /programmes/sets.xlsx", s.setsSheet)
	s.inside("GET /programmes/sets/new", s.setNew)
	s.inside("POST /programmes/sets/new", s.setLay)
	s.inside("GET /programmes/sets/{code}", s.setShow)
	s.inside("GET /programmes/sets/{code}/sheet", s.setSheet)
	s.inside("GET /programmes/sets/{code}/edit", s.setEdit)
	s.inside("POST /programmes/sets/{code}/edit", s.setSave)
}

func setPath(code string) string { return "/programmes/sets/" + code }

// setKeepers names who keeps each standard.
func (q *request) setKeepers(all []programme.Standard) (func(programme.Standard) string, error) {
	var ids []body.ID
	for _, s := range all {
		if s.Body != 0 {
			ids = append(ids, s.Body)
		}
	}
	named, err := q.view().BodiesByID(q.Context(), ids)
	return func(s programme.Standard) string {
		if s.Body == 0 {
			return q.say("plan.set.shipped")
		}
		return named[s.Body].NameOn(q.lang(), min(q.today(), named[s.Body].Life().To))
	}, err
}

// setsFound lists the standards that fit what is looked for, the latest first.
func (q *request) setsFound() ([]programme.Standard, error) {
	all, err := q.view().Standards(q.Context())
	if err != nil {
		return nil, err
	}
	words := strings.Fields(text.Fold(q.value("q")))
	all = slices.DeleteFunc(all, func(s programme.Standard) bool {
		said := text.Fold(s.Code + " " + s.Names["vi"] + " " + s.Names["en"] + " " + s.Names["fr"] + " " + s.Paper.Number)
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) }) || q.value("whose") == "own" && s.Body == 0
	})
	slices.SortStableFunc(all, func(a, b programme.Standard) int {
		return cmp.Or(cmp.Compare(b.Period.From, a.Period.From), cmp.Compare(a.Code, b.Code))
	})
	return all, nil
}

// sets lists the standards.
func (s *Server) sets(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	all, err := q.setsFound()
	if err != nil {
		return err
	}
	keeper, err := q.setKeepers(all)
	if err != nil {
		return err
	}
	areas, err := q.view().StatusAreas(q.Context())
	if err != nil {
		return err
	}
	used := map[string]int{}
	for _, a := range areas {
		used[a.Standard]++
	}
	p := page.ListPage{Shell: q.shell(q.say("plan.sets")), Tabs: q.plansTabs("/programmes/sets")}
	p.Shell.Lead = q.say("plan.sets.text")
	if q.actor.Somewhere(access.KeepOffice) {
		p.Shell.Actions = page.FirstLink(q.say("plan.set.new"), "/programmes/sets/new")
	}
	p.Filter = page.FilterHead{Action: "/programmes/sets", Results: "listed", Query: q.value("q"), Label: q.say("plan.sets.find")}
	if q.value("q") != "" || q.value("whose") != "" {
		p.Filter.Clear = "/programmes/sets"
	}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "whose", Label: q.say("plan.set.keeper"), Value: q.value("whose")}, Options: q.options("plan.sets.", q.say("plan.sets.all"), "own")}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("plan.sets.xlsx"), Href: "/programmes/sets.xlsx?" + q.URL.RawQuery}}
	p.Table = page.Table{
		ID: "sets", Caption: q.say("plan.sets"), Quiet: true,
		Columns: []page.Column{{Head: q.say("plan.standard"), Chief: true}, {Head: q.say("plan.period")}, {Head: q.say("body.level")}, {Head: q.say("plan.set.criteria"), Figure: true}, {Head: q.say("plan.set.areas"), Figure: true}, {Head: q.say("plan.set.keeper")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.sets.empty"), Text: q.say("plan.sets.empty.text")},
	}
	for _, one := range all {
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: setPath(one.Code), Cells: []page.Cell{
			{Text: one.Names.In(q.lang()), Note: progress.PaperSaid(q.speaker(), one.Paper)},
			{Text: q.speaker().Period(one.Period)},
			{Text: q.setLevelSaid(one)},
			{Text: strconv.Itoa(len(one.Criteria))},
			{Text: strconv.Itoa(used[one.Code])},
			{Text: keeper(one)},
		}})
	}
	return q.show(page.Listed(p))
}

// setLevelSaid says for which units a standard is.
func (q *request) setLevelSaid(s programme.Standard) string {
	return dotted(q.say("body.level."+string(s.Level)), s.Only)
}

// setsSheet gives the list of standards as a workbook.
func (s *Server) setsSheet(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	all, err := q.setsFound()
	if err != nil {
		return err
	}
	keeper, err := q.setKeepers(all)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("plan.sets")}
	for _, key := range []string{"plan.code", "plan.standard", "plan.from", "plan.to", "body.level", "plan.set.criteria", "plan.number", "plan.set.after", "plan.set.keeper"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, one := range all {
			if !yield([]sheet.Value{
				sheet.Words(one.Code), sheet.Words(one.Names.In(q.lang())), sheet.On(calendar.OnDay(one.Period.From)), sheet.On(calendar.OnDay(one.Period.To)), sheet.Words(q.setLevelSaid(one)),
				sheet.Count(int64(len(one.Criteria))), sheet.Words(progress.PaperSaid(q.speaker(), one.Paper)), sheet.Words(one.After), sheet.Words(keeper(one)),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("plan.sets"), t)
}

// setSheet gives the criteria of a standard as a workbook.
func (s *Server) setSheet(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	one, err := q.view().StandardByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return err
	}
	t := sheet.Table{Name: one.Code}
	for _, key := range []string{"plan.target.no", "plan.set.criterion", "plan.title.en", "plan.title.fr"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, c := range one.Criteria {
			if !yield([]sheet.Value{sheet.Words(c.No), sheet.Words(c.Names["vi"]), sheet.Words(c.Names["en"]), sheet.Words(c.Names["fr"])}) {
				return
			}
		}
	}
	return q.sendSheet(one.Code, t)
}

// setShow shows a standard: its criteria, what came before and after it, who uses it,
// who changed it.
func (s *Server) setShow(q *request) error {
	if err := q.mayPlans(); err != nil {
		return err
	}
	one, err := q.view().StandardByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return err
	}
	all, err := q.view().Standards(q.Context())
	if err != nil {
		return err
	}
	keeper, err := q.setKeepers([]programme.Standard{one})
	if err != nil {
		return err
	}
	p := page.PlanPage{Shell: q.shell(one.Names.In(q.lang()))}
	p.Shell.Crumbs = q.planCrumbs(page.Link{Text: q.say("plan.sets"), Href: "/programmes/sets"})
	p.Shell.Lead = dotted(q.speaker().Period(one.Period), progress.PaperSaid(q.speaker(), one.Paper))
	if one.Body != 0 && q.may(access.KeepOffice, one.Body) {
		p.Actions = []page.Action{{Text: q.say("plan.set.edit"), Href: setPath(one.Code) + "/edit"}}
	}
	if q.actor.Somewhere(access.KeepOffice) {
		p.Actions = append(p.Actions, page.Action{Text: q.say("plan.set.next"), Href: "/programmes/sets/new?after=" + one.Code})
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("plan.set.xlsx"), Href: setPath(one.Code) + "/sheet"}}
	p.Parts = []page.DeskPart{{Head: q.say("plan.set.about"), Facts: []page.Fact{
		{Name: q.say("plan.code"), Text: one.Code}, {Name: q.say("plan.set.for"), Text: q.setLevelSaid(one)}, {Name: q.say("plan.set.keeper"), Text: keeper(one)}, {Name: q.say("plan.note"), Text: one.Note},
	}}}
	p.Parts = append(p.Parts, q.setChain(one, all)...)
	p.Parts = append(p.Parts, q.setCriteria(one))
	uses, err := q.setUses(one)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, uses)
	past, err := q.view().StandardPast(q.Context(), one.Code)
	if err != nil {
		return err
	}
	if len(past) > 0 {
		part := page.DeskPart{Head: q.say("common.history")}
		for _, c := range past {
			part.Past = append(part.Past, page.Past{When: dotted(q.when(c.At), c.Name), Text: q.why(c.Why)})
		}
		p.Parts = append(p.Parts, part)
	}
	return q.show(page.PlanShown(p))
}

// setCriteria lists what a standard asks.
func (q *request) setCriteria(one programme.Standard) page.DeskPart {
	t := page.Table{
		Caption: q.say("plan.set.criteria"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.target.no")}, {Head: q.say("plan.set.criterion"), Chief: true}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.set.criteria.none"), Text: q.say("plan.set.criteria.none.text")},
	}
	for _, c := range one.Criteria {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: c.No}, {Text: c.Names.In(q.lang())}}})
	}
	return page.DeskPart{Plain: true, Head: q.say("plan.set.criteria"), Table: &t}
}

// setChain lists the standards that took each other's place with the days on which a
// series breaks off, and what the later asks otherwise.
func (q *request) setChain(one programme.Standard, all []programme.Standard) []page.DeskPart {
	chain := programme.Chain(one, all)
	if len(chain) < 2 {
		return nil
	}
	t := page.Table{Caption: q.say("plan.set.chain"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.period")}, {Head: q.say("plan.standard"), Chief: true}, {Head: q.say("plan.set.break")}}}
	parts := []page.DeskPart{{Plain: true, Head: q.say("plan.set.chain"), Table: &t}}
	for i, link := range chain {
		row := page.Row{Href: setPath(link.Code), Cells: []page.Cell{{Text: q.speaker().Period(link.Period)}, {Text: link.Names.In(q.lang())}, {}}}
		if link.Code == one.Code {
			row.Href, row.Cells[1].Note = "", q.say("plan.set.this")
		}
		if i > 0 {
			row.Cells[2] = page.Marked(page.Mark{Tone: page.Due, Text: q.say("plan.set.breaks", q.daySaid(link.Period.From))})
		}
		t.Rows = append(t.Rows, row)
		if i == 0 || link.Code != one.Code && chain[i-1].Code != one.Code {
			continue
		}
		parts = append(parts, q.setDifferences(chain[i-1], link))
	}
	return parts
}

// setDifferences sets what two standards ask beside each other, where they differ.
func (q *request) setDifferences(before, after programme.Standard) page.DeskPart {
	t := page.Table{
		Caption: q.say("plan.set.differs"), Quiet: true,
		Columns: []page.Column{{Head: q.say("plan.target.no")}, {Head: before.Names.In(q.lang()), Chief: true}, {Head: after.Names.In(q.lang())}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.set.alike"), Text: q.say("plan.set.alike.text")},
	}
	said := func(c *programme.Criterion) page.Cell {
		if c == nil {
			return page.Cell{Text: "–"}
		}
		return page.Cell{Text: c.Names.In(q.lang())}
	}
	if unlisted := q.unlisted(before, after); unlisted != "" { // it would seem to ask for nothing
		return page.DeskPart{Head: q.say("plan.set.differs"), Lines: []string{unlisted}, Facts: []page.Fact{{Name: before.Names.In(q.lang()), Text: before.Note}, {Name: after.Names.In(q.lang()), Text: after.Note}}}
	}
	for _, d := range programme.Differences(before, after) {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: d.No}, said(d.Before), said(d.After)}})
	}
	return page.DeskPart{Plain: true, Head: q.say("plan.set.differs"), Table: &t}
}

// unlisted says that criteria of one of two standards are not in the book, so that the
// two cannot be compared.
func (q *request) unlisted(both ...programme.Standard) string {
	for _, one := range both {
		if len(one.Criteria) == 0 {
			return q.say("plan.set.unlisted", one.Names.In(q.lang()))
		}
	}
	return ""
}

// setUses lists the areas whose units are held against a standard.
func (q *request) setUses(one programme.Standard) (page.DeskPart, error) {
	t := page.Table{
		Caption: q.say("plan.set.uses"), Quiet: true, Columns: []page.Column{{Head: q.say("plan.area"), Chief: true}, {Head: q.say("plan.board.met"), Figure: true}, {Head: q.say("plan.on")}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("plan.set.unused"), Text: q.say("plan.set.unused.text"), Do: page.Link{Text: q.say("plan.tab.standards"), Href: "/programmes/standards"}},
	}
	part := page.DeskPart{Plain: true, Head: q.say("plan.set.uses"), Table: &t}
	areas, err := q.view().StatusAreas(q.Context())
	if err != nil {
		return part, err
	}
	for _, a := range areas {
		if a.Standard != one.Code {
			continue
		}
		b, err := q.view().StandardBoard(q.Context(), a.Of, a.Standard, a.Last)
		if err != nil {
			return part, err
		}
		named, err := q.view().BodiesByID(q.Context(), []body.ID{a.Of})
		if err != nil {
			return part, err
		}
		t.Rows = append(t.Rows, page.Row{Href: boardPath(a.Standard, a.Of, a.Last), Cells: []page.Cell{
			{Text: named[a.Of].NameOn(q.lang(), b.On)}, {Text: strconv.Itoa(b.Met()) + "/" + strconv.Itoa(len(b.Units))}, {Text: q.daySaid(b.On)},
		}})
	}
	return part, nil
}
