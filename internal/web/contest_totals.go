package web

import (
	"cmp"
	"strconv"
	"strings"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// registerContestYear: what the units of a contest did together, and by which rules
// they vote.
func (s *Server) registerContestYear() {
	s.inside("GET /contests/{id}/totals", s.contestTotals)
	s.inside("GET /contests/{id}/totals.xlsx", s.contestTotalsSheet)
}

// added is a contest with the totals of its units.
type added struct {
	contestSeen
	totals appraisal.Totals
	last   int // the year it is compared with
}

// looksInto tells whether a reader may read figures of all units of a contest.
func looksInto(f store.ContestFile) bool {
	return f.Seat.Inside() || f.Contest.Standing == contest.Published
}

// contestAdded adds up the units of the contest that the address names.
func (q *request) contestAdded() (added, error) {
	c, err := q.contestAsked()
	if err != nil {
		return added{}, err
	}
	if !looksInto(c.ContestFile) {
		return added{}, fault.Forbid("contest.forbidden.inside")
	}
	a := added{contestSeen: c, last: c.Contest.Year - 1}
	before, err := q.yearOf(c.Contest.Cluster, a.last)
	if err != nil {
		return a, err
	}
	now := appraisal.Year{Contest: c.Contest, Units: c.Units, Table: c.Table}
	if a.totals, err = appraisal.Add(q.Context(), q.view(), now, before); err != nil {
		return a, err
	}
	var ids []body.ID
	for _, u := range a.totals.Units {
		ids = append(append(append(ids, u.Body), u.Others...), u.From...)
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	on := min(c.Contest.Period.To, q.today())
	for id, b := range bodies {
		a.called[id], a.codes[id] = b.ShortOn(q.lang(), on), b.Code
	}
	return a, err
}

// yearOf is the contest of a cluster in a year, nil when it is not in the book or
// the reader may not look into it.
func (q *request) yearOf(cluster body.ID, year int) (*appraisal.Year, error) {
	f, err := q.view().ContestOf(q.Context(), cluster, year)
	switch kind := fault.KindOf(err); {
	case kind == fault.NotFound || kind == fault.Forbidden:
		return nil, nil
	case err != nil:
		return nil, err
	case !looksInto(f):
		return nil, nil
	}
	return &appraisal.Year{Contest: f.Contest, Units: f.Units, Table: f.Table}, nil
}

// wholeNamed is what a figure of all units is called.
func (q *request) wholeNamed(w appraisal.Whole) (string, error) {
	if name := w.Name(q.lang()); name != "" {
		return name, nil
	}
	return q.figureName(w.Measure)
}

// amount writes an amount; one that nobody reported is a dash.
func (q *request) amount(w appraisal.Whole, a appraisal.Amount) string {
	if a.None() {
		return "–"
	}
	if w.Measure.Unit.HasCurrency() {
		return q.quantity(w.Measure, a.Qty, a.Qualifier())
	}
	value := q.speaker().Number(a.Qty)
	if d := w.Measure.Unit.Decimals(); d > 0 {
		value = locale.Decimal(a.Qty, d, q.reader.Lang)
	}
	return q.speaker().Qualified(value, a.Qualifier().String())
}

// grown says by how much a figure changed, in per cent.
func (q *request) grownBy(from, to int64) string {
	if from <= 0 {
		return ""
	}
	tenths := ((to-from)*2000/from + 1) / 2
	sign := "+"
	if to < from {
		sign, tenths = "−", ((from-to)*2000/from+1)/2
	}
	return sign + q.speaker().Percent(tenths)
}

// contestTotals shows what the units did together, by unit, against the year before.
func (s *Server) contestTotals(q *request) error {
	a, err := q.contestAdded()
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.totals"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(a.contestSeen), q.say("contest.totals.lead")
	if len(a.totals.Wholes) == 0 {
		p.Notes = []page.NoteLine{{Tone: page.Due, Text: q.say("contest.totals.none")}}
		return q.show(page.Desk(p))
	}
	if !a.totals.Listed {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Due, Text: q.say("contest.totals.unlisted", strconv.Itoa(a.last))})
	}
	var facts []page.Fact
	for _, w := range a.totals.Wholes {
		name, err := q.wholeNamed(w)
		if err != nil {
			return err
		}
		fact := page.Fact{Name: name, Text: q.amount(w, w.Sum)}
		if !w.Last.None() {
			fact.Note = q.say("contest.totals.same", strconv.Itoa(a.last), q.amount(w, w.Last), q.amount(w, w.Same), q.grownBy(w.Last.Qty, w.Same.Qty))
		}
		facts = append(facts, fact)
	}
	p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.totals.whole"), Facts: facts})
	table, err := q.totalsTable(a)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, page.DeskPart{
		Plain: true, Print: true, Head: q.say("contest.totals.units"), Table: &table, Lines: []string{q.say("contest.totals.dash")},
		Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: a.path("/totals.xlsx")}},
	})
	members := q.likenessTable(a)
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.totals.members", strconv.Itoa(a.last)), Table: &members})
	return q.show(page.Desk(p))
}

// totalsTable is every figure by unit, with the year before as a second line.
func (q *request) totalsTable(a added) (page.Table, error) {
	t := page.Table{ID: "totals", Caption: q.say("contest.totals.units"), Quiet: true, Wide: true, Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}}}
	t.Total = []page.Cell{{Text: q.say("contest.totals.sum")}}
	for _, w := range a.totals.Wholes {
		name, err := q.wholeNamed(w)
		if err != nil {
			return t, err
		}
		t.Columns = append(t.Columns, page.Column{Head: name, Figure: true})
		t.Total = append(t.Total, page.Cell{Text: q.amount(w, w.Sum)})
	}
	for i, u := range a.totals.Units {
		if u.Now.To < u.Now.From {
			continue
		}
		note := cmp.Or(q.memberDays(u.Now, a.Contest.Period), q.lifeSaid(u.Body))
		row := page.Row{Cells: []page.Cell{{Text: a.called[u.Body], Note: note}}}
		for _, w := range a.totals.Wholes {
			cell := page.Cell{Text: q.amount(w, w.Now[i])}
			if !w.Before[i].None() {
				cell.Note = q.say("contest.totals.before", strconv.Itoa(a.last), q.amount(w, w.Before[i]))
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// memberDays tells the days on which a unit was a member when they are not the whole
// year.
func (q *request) memberDays(days, whole calendar.Period) string {
	if days == whole || days.To < days.From {
		return ""
	}
	return q.daySaid(days.From) + " – " + q.daySaid(days.To)
}

// lifeSaid tells since when or until when a unit stood, where that is known: two of
// one name are told apart by it.
func (q *request) lifeSaid(id body.ID) string {
	life := q.view().Lineage().Life(id)
	var said []string
	if life.From > calendar.Earliest {
		said = append(said, q.say("contest.totals.since", q.daySaid(life.From)))
	}
	if life.To < calendar.Latest {
		said = append(said, q.say("contest.totals.until", q.daySaid(life.To)))
	}
	return dotted(said...)
}

// likenessTable says of every member of either year whether it is compared, and why
// not.
func (q *request) likenessTable(a added) page.Table {
	t := page.Table{ID: "members", Caption: q.say("contest.totals.members", strconv.Itoa(a.last)), Quiet: true, Columns: []page.Column{
		{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.totals.compared")}, {Head: q.say("common.note")},
	}}
	for _, u := range a.totals.Units {
		tone := page.Waiting
		said := q.say("contest.totals.not")
		if u.Likeness.Comparable() {
			tone, said = page.Done, q.say("contest.totals.yes")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			{Text: a.called[u.Body], Note: q.lifeSaid(u.Body)}, {Text: said, Part: page.Badge(tone, said)}, {Text: q.likenessSaid(a, u)},
		}})
	}
	return t
}

// likenessSaid tells in words why a unit is compared, or not.
func (q *request) likenessSaid(a added, u appraisal.Member) string {
	names := func(ids []body.ID) string {
		var all []string
		for _, id := range ids {
			all = append(all, cmp.Or(a.called[id], "?"))
		}
		return strings.Join(all, ", ")
	}
	switch u.Likeness {
	case appraisal.Grown:
		if len(u.Others) > 0 {
			return q.say("contest.like.grown", names(u.Others))
		}
		return q.say("contest.like.into")
	case appraisal.Carried:
		if len(u.From) > 0 {
			return q.say("contest.like.carried", names(u.From))
		}
		return q.say("contest.like.heir")
	case appraisal.Alike, appraisal.Joined, appraisal.Departed, appraisal.Partly:
	}
	return q.say("contest.like." + string(u.Likeness))
}

// contestTotalsSheet gives the totals as a workbook.
func (s *Server) contestTotalsSheet(q *request) error {
	a, err := q.contestAdded()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.totals"), Columns: []sheet.Column{{Title: q.say("contest.unit")}, {Title: q.say("common.since")}, {Title: q.say("common.until")}}}
	for _, w := range a.totals.Wholes {
		name, err := q.wholeNamed(w)
		if err != nil {
			return err
		}
		for _, year := range []int{a.Contest.Year, a.last} {
			t.Columns = append(t.Columns, sheet.Column{Title: name + " " + strconv.Itoa(year)}, sheet.Column{Title: q.say("contest.totals.how") + " " + strconv.Itoa(year)})
		}
	}
	t.Columns = append(t.Columns, sheet.Column{Title: q.say("contest.totals.compared")}, sheet.Column{Title: q.say("common.note")})
	t.Rows = func(yield func([]sheet.Value) bool) {
		for i, u := range a.totals.Units {
			if !yield(q.totalsLine(a, i, u)) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.totals.file")+"-"+strconv.Itoa(a.Contest.Year), t)
}

func (q *request) totalsLine(a added, i int, u appraisal.Member) []sheet.Value {
	line := []sheet.Value{sheet.Words(a.called[u.Body]), {}, {}}
	if u.Now.From <= u.Now.To {
		line[1], line[2] = sheet.On(calendar.OnDay(u.Now.From)), sheet.On(calendar.OnDay(u.Now.To))
	}
	for _, w := range a.totals.Wholes {
		for _, amount := range []appraisal.Amount{w.Now[i], w.Before[i]} {
			if amount.None() {
				line = append(line, sheet.Value{}, sheet.Value{})
				continue
			}
			how := ""
			if q := amount.Qualifier(); q != deed.Exact {
				how = q.String()
			}
			line = append(line, sheet.Decimal(w.Plain(amount), w.Decimals()), sheet.Words(q.howSaid(how)))
		}
	}
	yes := "contest.totals.not"
	if u.Likeness.Comparable() {
		yes = "contest.totals.yes"
	}
	return append(line, sheet.Words(q.say(yes)), sheet.Words(q.likenessSaid(a, u)))
}

// howSaid names how exactly a figure is known; nothing for exact ones.
func (q *request) howSaid(how string) string {
	if how == "" {
		return ""
	}
	return strings.TrimSpace(q.speaker().Qualified("", how))
}
