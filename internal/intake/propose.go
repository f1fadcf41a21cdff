package intake

import (
	"context"
	"iter"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
)

// proposal is a plan in the making: the table, the book it is compared with, and
// what helps to read the one and find in the other.
type proposal struct {
	plan       *Plan
	table      *Table
	options    Options
	words      *vocabulary
	orders     *orders
	places     *place.Reader
	atlas      *place.Map
	branches   *branches
	households *households
	home       body.ID
	ours       func(body.ID) bool // whether a body is of the organisation that home is of
	actor      access.Actor
	today      calendar.Day
}

// Propose compares a table with the book and says what would become of every
// row. Nothing is written.
func Propose(ctx context.Context, b Book, t *Table, o Options) (*Plan, error) {
	p, err := begin(ctx, b, t, o)
	if err != nil {
		return nil, err
	}
	switch t.Subject {
	case People:
		err = p.people(ctx, b)
	case Bodies, Households:
		err = p.bodies(ctx, b)
	case Deeds:
		err = p.deeds(ctx, b)
	case Ties:
		err = p.ties(ctx, b)
	case Entries:
		err = p.entries(ctx, b)
	default:
		err = fault.Field("subject", "intake.subject.unknown", string(t.Subject))
	}
	if err != nil {
		return nil, err
	}
	p.plan.Create, p.plan.Lacked = p.branches.found, p.branches.lacked
	return p.plan, nil
}

func begin(ctx context.Context, b Book, t *Table, o Options) (*proposal, error) {
	words, err := shipped()
	if err != nil {
		return nil, err
	}
	atlas, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	bodies, err := b.KnownBodies(ctx)
	if err != nil {
		return nil, err
	}
	p := &proposal{
		plan: &Plan{Subject: t.Subject, Table: t, options: o}, table: t, options: o, words: words, atlas: atlas,
		places: place.NewReader(atlas, b.Today()), home: o.Body, actor: b.Actor(), today: b.Today(),
	}
	if p.home == 0 {
		p.home = b.Root()
	}
	tree, top := b.Tree(), b.Tree().Top(p.home, p.today)
	p.ours = func(id body.ID) bool { return tree.Top(id, p.today) == top }
	p.branches = knownBranches(bodies, p.home, p.actor, o)
	p.households = knownHouseholds(bodies)
	p.plan.branches, p.plan.households = p.branches, p.households
	p.orders = findOrders(t, o.DayOrder, "birth", "birthMale", "birthFemale", "joined", "left", "death", "day", "founded", "ended", "date", "expiry")
	p.plan.DayOrder = p.orders.whole()
	return p, nil
}

// choices names places that may be meant, so that one can be copied.
func (p *proposal) choices(units []place.ID) string {
	var all []string
	for _, id := range units {
		all = append(all, p.atlas.PathOn(id, p.lastDay(id)))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > 6 {
		all = append(all[:6], "…")
	}
	return strings.Join(all, "; ")
}

// lastDay is the day on which a unit is named: today, or the last it stood.
func (p *proposal) lastDay(id place.ID) calendar.Day { return lastDay(p.atlas, id, p.today) }

func lastDay(m *place.Map, id place.ID, today calendar.Day) calendar.Day {
	if m.Stood(id, today) {
		return today
	}
	u, err := m.Unit(id)
	if err != nil {
		return today
	}
	return min(today, u.During.To)
}

// add closes a row: with problems it is left out.
func (p *proposal) add(r *reading, row Row) {
	row.Number, row.Problems, row.Remarks = r.row.Number, r.problems, r.remarks
	if len(r.problems) > 0 {
		row.What, row.draft = Trouble, nil
	}
	p.plan.Rows = append(p.plan.Rows, row)
}

// skip notes a row that is no record.
func (p *proposal) skip(number int, said string) {
	p.plan.Rows = append(p.plan.Rows, Row{Number: number, What: Skipped, Name: said})
}

// placeText writes a place as an export does: what stands before it, and its
// path with the names of today or its last day.
func placeText(m *place.Map, id place.ID, note string, today calendar.Day) string {
	if id == 0 {
		return note
	}
	path := m.PathOn(id, lastDay(m, id, today))
	if note == "" {
		return path
	}
	return note + ", " + path
}

// grouped gives the rows that tell of one thing together: those that stand one
// below the other under the same number of their list. A row without a number
// tells of something by itself; a row that only heads or sums others is set
// aside, known by its want of the fields named.
func (p *proposal) grouped(fields ...Field) iter.Seq2[string, []*reading] {
	return func(yield func(string, []*reading) bool) {
		for i := 0; i < len(p.table.rows); {
			row := p.table.rows[i]
			if said, ok := p.table.group(row, fields...); ok {
				p.skip(row.Number, said)
				i++
				continue
			}
			first := &reading{p: p, row: row}
			rows := []*reading{first}
			ref := first.text("ref")
			for i++; i < len(p.table.rows) && ref != ""; i++ {
				next := &reading{p: p, row: p.table.rows[i]}
				if next.text("ref") != ref {
					break
				}
				rows = append(rows, next)
			}
			if !yield(ref, rows) {
				return
			}
		}
	}
}
