package appraisal

import (
	"context"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/tally"
)

// Year is the contest of a cluster in one year with its units, for its totals.
type Year struct {
	Contest contest.Contest
	Units   []contest.Unit
	Table   *contest.Table
}

// FiguresBook is what the totals of a contest are read from: whoever may look into
// a contest reads figures of its units, and of them alone.
type FiguresBook interface {
	ContestFigures(ctx context.Context, id contest.ID, of []contest.Unit, m deed.Measure, p calendar.Period) ([]tally.Figure, error)
	Lineage() *body.Lineage
}

// Amount is a sum with how exactly it is known. None says that no line stands
// behind it, which is not the same as nothing.
type Amount struct {
	Qty    int64
	Counts deed.Counts
	Vague  bool // something lies across the edge of the period and is not in it
}

// None tells that nobody reported anything.
func (a Amount) None() bool { return a.Counts.Lines() == 0 }

// Qualifier says how the amount must be stated.
func (a Amount) Qualifier() deed.Qualifier { return a.Counts.Qualifier() }

func (a Amount) plus(o Amount) Amount {
	return Amount{a.Qty + o.Qty, a.Counts.Add(o.Counts), a.Vague || o.Vague}
}

// Whole is one figure of all units: how it is made up, and how it compares with
// the year before on the same members.
type Whole struct {
	contest.Whole
	Measure deed.Measure // of its first part: what it is counted in
	Now     []Amount     // by unit, in the order of Totals.Units
	Before  []Amount
	Sum     Amount // of all units this year
	Same    Amount // of the comparable ones, this year
	Last    Amount // and the year before
}

// Decimals is how many decimals the smallest unit of the figure stands for.
func (w Whole) Decimals() int {
	if w.Measure.Unit.HasCurrency() {
		return w.Measure.Currency.Digits()
	}
	return w.Measure.Unit.Decimals()
}

// Plain writes an amount of the figure as an exact decimal.
func (w Whole) Plain(a Amount) string {
	return tally.Answered{Decimals: w.Decimals()}.Value(a.Qty)
}

// Likeness says whether a unit of this year can be compared with the year before.
type Likeness string

// The likenesses.
const (
	Alike    Likeness = "alike"    // it was a member then as now
	Carried  Likeness = "carried"  // it carries on members only: they are compared together
	Grown    Likeness = "grown"    // somebody who was no member became part of it
	Joined   Likeness = "joined"   // it was no member the year before
	Departed Likeness = "departed" // it is no member any more
	Partly   Likeness = "partly"   // a member for part of the year only
)

// Comparable tells whether figures of such a unit count in the comparison.
func (l Likeness) Comparable() bool { return l == Alike || l == Carried }

// Member is a body that was a unit this year or the year before.
type Member struct {
	Body     body.ID
	Now      calendar.Period // days of this year on which it was a member; none: To before From
	Before   calendar.Period
	Likeness Likeness
	Others   []body.ID // those from outside that became part of it
	From     []body.ID // members it carries on
}

// Totals are the figures of all units of a contest.
type Totals struct {
	Units  []Member
	Wholes []Whole
	Listed bool // the members of the year before are in the book; else the same bodies are compared
}

var never = calendar.Period{From: 1, To: 0}

// period gives the days on which a unit took part within its contest.
func period(c contest.Contest, u contest.Unit) calendar.Period {
	return calendar.Period{From: max(c.Period.From, u.Since), To: min(c.Period.To, u.Until)}
}

// Add adds up the figures of a contest's units, and sets them beside those of the
// year before; before is nil when its contest is not in the book.
func Add(ctx context.Context, b FiguresBook, now Year, before *Year) (Totals, error) {
	t := Totals{Units: members(b.Lineage(), now, before), Listed: before != nil}
	for _, w := range wholesOf(now) {
		whole := Whole{Whole: w, Now: make([]Amount, len(t.Units)), Before: make([]Amount, len(t.Units))}
		for i, code := range w.Measures {
			m, err := deed.ParseMeasure(code)
			if err != nil {
				return t, err
			}
			if i == 0 {
				whole.Measure = m
			}
			if err := t.gather(ctx, b, now.Contest, m, func(u Member) calendar.Period { return u.Now }, whole.Now); err != nil {
				return t, err
			}
			last := now.Contest
			if before != nil {
				last = before.Contest
			}
			if err := t.gather(ctx, b, last, m, func(u Member) calendar.Period { return u.Before }, whole.Before); err != nil {
				return t, err
			}
		}
		for i, u := range t.Units {
			whole.Sum = whole.Sum.plus(whole.Now[i])
			if u.Likeness.Comparable() {
				whole.Same, whole.Last = whole.Same.plus(whole.Now[i]), whole.Last.plus(whole.Before[i])
			}
		}
		t.Wholes = append(t.Wholes, whole)
	}
	return t, nil
}

// gather adds one measure of each unit for its days to the amounts, reading those
// with the same days together.
func (t Totals) gather(ctx context.Context, b FiguresBook, c contest.Contest, m deed.Measure, days func(Member) calendar.Period, into []Amount) error {
	alike := map[calendar.Period][]int{}
	var order []calendar.Period
	for i, u := range t.Units {
		p := days(u)
		if p.To < p.From {
			continue
		}
		if alike[p] == nil {
			order = append(order, p)
		}
		alike[p] = append(alike[p], i)
	}
	for _, p := range order {
		var units []contest.Unit
		for _, i := range alike[p] {
			units = append(units, contest.Unit{Contest: c.ID, Body: t.Units[i].Body})
		}
		figures, err := b.ContestFigures(ctx, c.ID, units, m, p)
		if err != nil {
			return err
		}
		for n, f := range figures {
			i := alike[p][n]
			into[i] = into[i].plus(Amount{f.Qty, f.Counts, len(f.Across) > 0 || f.Undated > 0})
		}
	}
	return nil
}

// wholesOf gives the figures that a contest adds up: those it names, else what its
// table counts of money, goods, houses and days of work.
func wholesOf(y Year) []contest.Whole {
	if len(y.Contest.Sums) > 0 {
		return y.Contest.Sums
	}
	var all []contest.Whole
	for _, c := range y.Table.All() {
		for _, text := range []string{c.Value, c.Target} {
			measures, _, err := contest.References(text)
			if err != nil {
				continue
			}
			for _, code := range measures {
				m, err := deed.ParseMeasure(code)
				known := slices.ContainsFunc(all, func(w contest.Whole) bool { return w.Code == code })
				if err == nil && !known && !slices.Contains([]deed.Unit{deed.Acts, deed.Persons}, m.Unit) {
					all = append(all, contest.Whole{Code: code, Measures: []string{code}})
				}
			}
		}
	}
	return all
}

// members lists the units of both years, this year's first, with how each compares.
func members(l *body.Lineage, now Year, before *Year) []Member {
	var all []Member
	for _, u := range now.Units {
		m := Member{Body: u.Body, Now: period(now.Contest, u), Before: never}
		if before == nil {
			m.Before = yearBefore(now.Contest.Period)
		}
		all = append(all, m)
	}
	if before != nil {
		for _, u := range before.Units {
			i := slices.IndexFunc(all, func(m Member) bool { return m.Body == u.Body })
			if i < 0 {
				i, all = len(all), append(all, Member{Body: u.Body, Now: never})
			}
			all[i].Before = period(before.Contest, u)
		}
	}
	whole := [2]calendar.Period{now.Contest.Period, yearBefore(now.Contest.Period)}
	if before != nil {
		whole[1] = before.Contest.Period
	}
	c := comparison{lineage: l, members: all, span: calendar.Period{From: whole[1].From, To: whole[0].To}}
	for i := range all {
		c.judge(&all[i], whole)
	}
	for i := range all {
		c.joinHeirs(&all[i])
	}
	return all
}

// comparison is the two years while their members are compared.
type comparison struct {
	lineage *body.Lineage
	members []Member
	span    calendar.Period // from the first day of the year before to the last of this
}

func (c comparison) member(id body.ID) bool {
	return slices.ContainsFunc(c.members, func(m Member) bool { return m.Body == id })
}

// judge says of one member how it compares, by itself.
func (c comparison) judge(m *Member, whole [2]calendar.Period) {
	for _, s := range c.lineage.Before(m.Body) {
		if s.From == 0 || s.From == m.Body || !c.span.Contains(s.Day) {
			continue
		}
		if c.member(s.From) {
			m.From = append(m.From, s.From)
		} else {
			m.Others = append(m.Others, s.From)
		}
	}
	switch {
	case len(m.Others) > 0:
		m.Likeness = Grown
	case len(m.From) > 0:
		m.Likeness = Carried
	case m.Now == whole[0] && m.Before == whole[1]:
		m.Likeness = Alike
	case m.Before == never:
		m.Likeness = Joined
	case m.Now == never:
		m.Likeness = Departed
	default:
		m.Likeness = Partly
	}
}

// joinHeirs lets a member that went over to another share how that one compares: it
// counts with its heir or not at all.
func (c comparison) joinHeirs(m *Member) {
	for _, s := range c.lineage.After(m.Body) {
		if s.To == 0 || s.To == m.Body || !c.span.Contains(s.Day) {
			continue
		}
		for _, heir := range c.members {
			if heir.Body != s.To {
				continue
			}
			if heir.Likeness.Comparable() && m.Likeness != Grown {
				m.Likeness = Carried
			} else {
				m.Likeness = heir.Likeness
			}
			return
		}
		m.Likeness = Departed // it went over to somebody who is no member
		return
	}
}
