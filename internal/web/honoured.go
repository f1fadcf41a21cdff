package web

import (
	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// agesKind is the kind of deed that follows the ladder of ages.
const agesKind = "longevity"

// How far the celebration of somebody's age has come.
const (
	unwritten = iota
	planned
	celebrated
)

// honouredOne is somebody who reaches an age that is honoured, with what they
// receive and whether it was done.
type honouredOne struct {
	store.Turning
	norm  fund.Norm
	gift  string // by norm, in words
	state int
	deed  deed.ID
}

// honouredBy lists who reaches an age of a ladder in a year, under a body: those
// who are asked for, or all.
func (q *request) honouredBy(ladder person.Ladder, year int, of body.ID, asked func(person.Turning) bool) ([]honouredOne, error) {
	turning, err := q.view().TurningIn(q.Context(), of, ladder, year, asked)
	if err != nil {
		return nil, err
	}
	return q.honoured(ladder, year, turning)
}

// celebrations are the parts of people in deeds by which an age may have been
// honoured in a year.
func (q *request) celebrations(ladder person.Ladder, year int, of []person.ID) (map[person.ID][]store.Received, error) {
	// A celebration held a little early or late still is that one.
	period := ladder.Period(year)
	done, err := q.view().ReceivedIn(q.Context(), agesKind, deed.Receiver, calendar.Period{From: period.From - 200, To: period.To + 200}, of)
	parts := map[person.ID][]store.Received{}
	for _, r := range done {
		parts[r.Party.Person] = append(parts[r.Party.Person], r)
	}
	return parts, err
}

// honoured tells what those receive who reach an age in a year, and whether it
// was done.
func (q *request) honoured(ladder person.Ladder, year int, turning []store.Turning) ([]honouredOne, error) {
	var ids []person.ID
	for _, t := range turning {
		ids = append(ids, t.ID)
	}
	parts, err := q.celebrations(ladder, year, ids)
	if err != nil {
		return nil, err
	}
	period := ladder.Period(year)
	norms := map[body.ID]map[int]fund.Norm{}
	var all []honouredOne
	for _, t := range turning {
		h := honouredOne{Turning: t}
		h.state, h.deed = celebratedIn(parts[t.ID], t.Age, period)
		if h.norm, err = q.ageNorm(norms, lastingBody(t.PersonRow), t.Age, min(period.To, q.today())); err != nil {
			return nil, err
		}
		h.gift = q.giftText(h.norm)
		all = append(all, h)
	}
	return all, nil
}

// celebratedIn finds the deed by which somebody's age was or will be honoured:
// one that names the age, or one of that very year that names none.
func celebratedIn(done []store.Received, age int, year calendar.Period) (int, deed.ID) {
	state, id := unwritten, deed.ID(0)
	for _, r := range done {
		if r.Party.Detail.Step != 0 && r.Party.Detail.Step != age {
			continue
		}
		if r.Party.Detail.Step == 0 && !r.Day.Overlaps(year) {
			continue
		}
		if r.Status == deed.Done {
			return celebrated, r.Deed
		}
		state, id = planned, r.Deed
	}
	return state, id
}

// ageNorm finds what is given at an age, asked once for each body and age.
func (q *request) ageNorm(known map[body.ID]map[int]fund.Norm, of body.ID, age int, on calendar.Day) (fund.Norm, error) {
	if n, ok := known[of][age]; ok {
		return n, nil
	}
	if !q.may(access.ReadDeeds, of) {
		return fund.Norm{}, nil
	}
	n, err := q.view().NormFor(q.Context(), of, fund.Occasion{Kind: agesKind, Step: age, On: on})
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return n, err
	}
	if known[of] == nil {
		known[of] = map[int]fund.Norm{}
	}
	known[of][age] = n
	return n, nil
}

// giftText says what a norm gives.
func (q *request) giftText(n fund.Norm) string {
	switch {
	case n.Amount.IsNone():
		return n.Goods
	case n.Goods == "":
		return q.speaker().Money(n.Amount)
	}
	return q.speaker().List(q.speaker().Money(n.Amount), n.Goods)
}
