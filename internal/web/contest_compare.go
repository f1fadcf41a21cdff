package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// otherYears lists the contests from which a table may be copied or with which it
// is compared: other years of the cluster first, the latest before, then tables of
// other clusters, for a table is often handed down and weighted anew.
func (q *request) otherYears(c contestSeen) ([]store.ContestFile, error) {
	all, err := q.view().Contests(q.Context())
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(f store.ContestFile) bool {
		return f.Contest.ID == c.Contest.ID || len(f.Table.All()) == 0
	})
	far := func(f store.ContestFile) int {
		switch k := f.Contest; {
		case k.Cluster != c.Contest.Cluster:
			return 2
		case k.Year > c.Contest.Year:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b store.ContestFile) int {
		return cmp.Or(far(a)-far(b), b.Contest.Year-a.Contest.Year)
	})
	return all, nil
}

// copyPart offers to fill an empty table with another one.
func (q *request) copyPart(c contestSeen, others []store.ContestFile, refused error) page.DeskPart {
	var options []page.Option
	for _, f := range others {
		options = append(options, page.Option{Value: idText(f.Contest.ID), Text: q.contestTitle(f.Contest) + " (" + strconv.Itoa(f.Contest.Year) + ")"})
	}
	wrong := page.ProblemsOf(refused, q.reader)
	return page.DeskPart{Head: q.say("contest.copy"), Lines: []string{q.say("contest.copy.text")}, Form: &page.DeskForm{
		Head: page.FormHead{Action: c.path("/table/copy")}, Wrong: wrong, Do: q.say("contest.copy.do"),
		Fields: []templ.Component{page.Select(q.reader, wrong.Mark(page.Field{Name: "from", Label: q.say("contest.copy.from"), Whole: true}), options)},
	}}
}

// copyTable fills an empty table with another contest's.
func (s *Server) copyTable(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	from := contest.ID(q.id("from"))
	err = q.write("contest.why.table", func(ctx context.Context, tx *store.Tx) error {
		return contest.CopyTable(ctx, tx, q.actor, from, c.Contest.ID)
	})
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return q.criteriaPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/table/compare?with="+idText(from)), q.well("contest.copied"))
}

// compareTables shows what changed between another year's table and this one's.
func (s *Server) compareTables(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	others, err := q.otherYears(c)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.compare"))}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.table"), Href: c.path("/table")})
	if len(others) == 0 {
		p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say("contest.compare.none"), Link: page.Link{Text: q.say("contest.door.table"), Href: c.path("/table")}}}
		return q.show(page.Desk(p))
	}
	with := others[0]
	for _, f := range others {
		if f.Contest.ID == contest.ID(q.id("with")) {
			with = f
		}
	}
	for _, f := range others[:min(len(others), 8)] {
		p.Tabs = append(p.Tabs, page.Tab{Text: strconv.Itoa(f.Contest.Year) + " · " + q.contestTitle(f.Contest), Href: c.path("/table/compare?with=" + idText(f.Contest.ID)), Current: f.Contest.ID == with.Contest.ID})
	}
	changed := contest.Compare(with.Table, c.Table)
	p.Shell.Lead = q.compareLead(changed, with, c)
	table := q.changedTable(changed, with, c)
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &table, Tools: []page.Tool{{Glyph: page.GlyphBack, Text: q.say("contest.door.table"), Href: c.path("/table")}}}}
	return q.show(page.Desk(p))
}

// compareLead counts what was added, taken out and changed.
func (q *request) compareLead(changed []contest.Difference, with store.ContestFile, c contestSeen) string {
	added, removed, other := 0, 0, 0
	for _, d := range changed {
		switch {
		case d.Before == nil:
			added++
		case d.Now == nil:
			removed++
		default:
			other++
		}
	}
	return dotted(q.say("contest.compare.years", strconv.Itoa(with.Contest.Year), strconv.Itoa(c.Contest.Year)), q.say("contest.compare.count", added, removed, other),
		q.say("contest.compare.sums", q.points(tableSum(with.Table)), q.points(tableSum(c.Table))))
}

func (q *request) changedTable(changed []contest.Difference, with store.ContestFile, c contestSeen) page.Table {
	t := page.Table{
		ID: "changed", Caption: q.say("contest.compare"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("contest.criterion"), Chief: true},
			{Head: q.say("contest.compare.kind")},
			{Head: strconv.Itoa(with.Contest.Year)},
			{Head: strconv.Itoa(c.Contest.Year)},
		},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("contest.compare.same"), Text: q.say("contest.compare.same.text")},
	}
	if with.Contest.Year == c.Contest.Year {
		t.Columns[2].Head, t.Columns[3].Head = q.contestTitle(with.Contest), q.contestTitle(c.Contest)
	}
	for _, d := range changed {
		row := d.Now
		mark := page.Mark{Tone: page.Due, Text: q.say("contest.compare.changed")}
		switch {
		case d.Before == nil:
			mark = page.Mark{Tone: page.Done, Text: q.say("contest.compare.added")}
		case d.Now == nil:
			row, mark = d.Before, page.Mark{Tone: page.Late, Text: q.say("contest.compare.removed")}
		}
		before, now := q.differs(d, c.kinds)
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strings.TrimSpace(row.No + " " + row.Name(q.lang()))}, {Part: page.Badge(mark.Tone, mark.Text)}, before, now}})
	}
	return t
}

// differs words both sides of a difference: points, wording, way of scoring.
func (q *request) differs(d contest.Difference, kinds map[string]deed.Kind) (before, now page.Cell) {
	if d.Before == nil {
		return page.Cell{}, page.Cell{Text: q.say("contest.points", q.points(d.Now.Max)), Note: dotted(q.wayShort(*d.Now), q.waySaidOf(*d.Now, kinds))}
	}
	if d.Now == nil {
		return page.Cell{Text: q.say("contest.points", q.points(d.Before.Max)), Note: dotted(q.wayShort(*d.Before), q.waySaidOf(*d.Before, kinds))}, page.Cell{}
	}
	side := func(row contest.Criterion) page.Cell {
		var parts []string
		if d.Points {
			parts = append(parts, q.say("contest.points", q.points(row.Max)))
			if row.BonusMax > 0 {
				parts = append(parts, q.say("contest.scale.bonus", q.points(row.BonusMax)))
			}
		}
		if d.Wording {
			parts = append(parts, "“"+row.Name(q.lang())+"”", row.ConditionIn(q.lang()))
		}
		cell := page.Cell{Text: dotted(parts...)}
		if d.Scoring || d.Points && (row.Per != 0 || len(row.Tiers) > 0) {
			cell.Note = dotted(q.wayShort(row), q.waySaidOf(row, kinds), q.evidenceSaid(row))
		}
		return cell
	}
	return side(*d.Before), side(*d.Now)
}
