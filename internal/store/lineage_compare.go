package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lineage"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// Compared tells what an event changed: the bodies that went into it as they were
// on the last day before, and those that came of it as they are on a later day.
// Who may read an heir may read so much of the bodies that went into it wholly; of
// the others the actor reads what their own rights allow.
func (v *View) Compared(ctx context.Context, id int64, after calendar.Day) (lineage.Comparison, error) {
	e, err := v.Event(ctx, id)
	if err != nil {
		return lineage.Comparison{}, err
	}
	var c lineage.Comparison
	from, to := lineage.Sides(e)
	for _, of := range from {
		s, err := v.stateOf(ctx, of, e.Day-1, func(r access.Right) bool { return v.mayThrough(e, r, of) })
		if err != nil {
			return c, err
		}
		c.Before = append(c.Before, s)
	}
	for _, of := range to {
		s, err := v.stateOf(ctx, of, max(after, e.Day), func(r access.Right) bool { return v.actor.Can(r, of) })
		if err != nil {
			return c, err
		}
		c.After = append(c.After, s)
	}
	return c, nil
}

// mayThrough tells whether the actor has a right on a body, or on one into which an
// event let it go wholly.
func (v *View) mayThrough(e body.Event, r access.Right, of body.ID) bool {
	return v.actor.Can(r, of) || slices.ContainsFunc(e.Edges, func(s body.Succession) bool {
		return s.From == of && s.Share == body.Whole() && v.actor.Can(r, s.To)
	})
}

// stateOf reads one body on a day, as far as its reader may.
func (v *View) stateOf(ctx context.Context, of body.ID, on calendar.Day, may func(access.Right) bool) (lineage.State, error) {
	b, err := v.r.Body(ctx, of)
	if err != nil || !may(access.ReadFigures) {
		return lineage.State{Body: b, On: on}, err
	}
	whole := &View{r: v.r, actor: access.Operator("")} // what follows was asked for above
	s := lineage.State{Body: b, On: on, Seen: true}
	census, err := whole.Census(ctx, of, on)
	if err != nil {
		return s, err
	}
	s.Members = census.ByBody[of] // those who stood below it on that day
	for _, id := range v.Tree().ChildrenOn(of, on) {
		child, err := v.r.Body(ctx, id)
		if err != nil {
			return s, err
		}
		if child.Kind != body.Household {
			s.Branches++
		}
	}
	board, err := whole.Board(ctx, of, on)
	if err != nil {
		return s, err
	}
	s.Seats, s.Held = board.Total, board.Held
	for _, seats := range board.Seats {
		for _, h := range seats.Holders {
			if seats.Office.Kind == string(access.Head) {
				s.Heads = append(s.Heads, h.Name)
			}
		}
	}
	if may(access.ReadFund) {
		if err := whole.fundState(ctx, &s); err != nil {
			return s, err
		}
	}
	if may(access.ReadDeeds) {
		return s, whole.tieState(ctx, &s)
	}
	return s, nil
}

// fundState adds up what the purses of a body's own fund held.
func (v *View) fundState(ctx context.Context, s *lineage.State) error {
	if _, err := v.r.Fund(ctx, s.Body.ID); fault.KindOf(err) == fault.NotFound && err != nil {
		return nil
	}
	held, err := v.FundBalances(ctx, s.Body.ID, s.On)
	if err != nil {
		return err
	}
	s.HasFund = true
	for _, h := range held {
		if !h.Account.Class.IsPurse() {
			continue
		}
		if s.Funds, err = money.AddTo(s.Funds, h.Amount); err != nil {
			return err
		}
	}
	return nil
}

// tieState lists the ties that stood on the books of a body, or in which it stood,
// and who was on the other sides.
func (v *View) tieState(ctx context.Context, s *lineage.State) error {
	rows, _, err := v.Ties(ctx, TieQuery{Body: s.Body.ID, Limit: -1})
	if err != nil {
		return err
	}
	s.HasTies = true
	for _, row := range rows {
		keeper := row.Body
		for _, h := range slices.Backward(row.Handed) {
			if h.Was != 0 && h.Day.FirstOr(calendar.Earliest) > s.On {
				keeper = h.Was
			}
		}
		parties := row.On(0, s.On)
		side := 0
		for _, p := range parties {
			if p.Body == s.Body.ID {
				side = p.Side
			}
		}
		if side == 0 && keeper != s.Body.ID {
			continue
		}
		s.Ties = append(s.Ties, row)
		for _, p := range parties {
			if p.Side != max(side, 1) && !slices.Contains(s.Partners, p.Body) {
				s.Partners = append(s.Partners, p.Body)
			}
		}
	}
	return nil
}

// Elsewhere is a member of one association who is in another too.
type Elsewhere struct {
	Person person.Person
	Here   []body.ID // bodies in which they are members, of the association asked for
	There  []body.ID // the others
}

// AlsoElsewhere lists the members of a body, and of those below it, who on a day
// are members of another association too, by name: of people whom the actor may
// see, whose memberships stand on their own pages. It tells how many memberships
// there are here and how many people they are.
func (v *View) AlsoElsewhere(ctx context.Context, of body.ID, on calendar.Day) (also []Elsewhere, memberships, people int, err error) {
	if err := v.actor.May(access.ReadRoll, of); err != nil {
		return nil, 0, 0, err
	}
	tree := v.Tree()
	here := map[body.ID]bool{of: true}
	for _, id := range tree.Below(of, on) {
		here[id] = true
	}
	all, err := v.memberOn(ctx, of, on)
	if err != nil {
		return nil, 0, 0, err
	}
	for len(all) > 0 {
		n, one := 0, Elsewhere{}
		for ; n < len(all) && all[n].Person == all[0].Person; n++ {
			if here[all[n].Body] {
				memberships, one.Here = memberships+1, append(one.Here, all[n].Body)
			} else {
				one.There = append(one.There, all[n].Body)
			}
		}
		id := all[0].Person
		all = all[n:]
		if len(one.Here) == 0 {
			continue
		}
		if people++; len(one.There) == 0 {
			continue
		}
		if one.Person, err = v.Person(ctx, id); err == nil {
			also = append(also, one)
		} else if fault.KindOf(err) == fault.Internal {
			return nil, 0, 0, err
		}
	}
	return also, memberships, people, nil
}

// memberOn lists, by person and body, where those who were ever members of a body or
// of those below it are members on a day.
func (v *View) memberOn(ctx context.Context, of body.ID, on calendar.Day) ([]person.Membership, error) {
	rows, kept, err := v.r.book.memo.enrolments.all(ctx, v.r, enrolments)
	if err != nil {
		return nil, err
	}
	if kept {
		var all []person.Membership
		for _, e := range rows {
			open := e.Left.IsUnknown() || !e.Lasts && e.Left.LastOr(calendar.Earliest) > on
			if e.Person != 0 && open && e.Joined.FirstOr(calendar.Earliest) <= on {
				all = append(all, person.Membership{Body: e.Body, Person: e.Person})
			}
		}
		slices.SortFunc(all, func(a, b person.Membership) int {
			return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Body, b.Body))
		})
		return all, nil
	}
	f := &filter{}
	f.and(`m.root = ? AND m.person <> 0`, v.r.book.root)
	f.and(`m.person IN (SELECT person FROM membership WHERE body ` + list(f, append(v.Tree().EverBelow(of), of)) + `)`)
	f.and(`(m.joined_first IS NULL OR m.joined_first <= ?) AND (m.left_on = '' OR m.left_last > ?)`, int64(on), int64(on))
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (person.Membership, error) {
		var m person.Membership
		return m, rows.Scan((*int64)(&m.Body), (*int64)(&m.Person))
	}, `SELECT m.body, m.person FROM membership m WHERE `+f.where()+` ORDER BY m.person, m.body`, f.args...)
}
