package store

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/occasion"
)

// contestsComing are the days until which sheets of contests must be handed on: for
// each unit its own, and for who keeps a contest how many are missing.
func (v *View) contestsComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadFigures) {
		return nil, nil
	}
	open, err := collect(ctx, v.r.runner, scanData[contest.Contest], `SELECT data FROM contest WHERE root = $1 AND standing = $2 ORDER BY year, cluster`, v.r.book.root, string(contest.Opened))
	if err != nil {
		return nil, err
	}
	var facts []occasion.Fact
	for _, c := range open {
		units, err := v.r.ContestUnits(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		assessors, err := v.r.Assessors(ctx, c.ID)
		if err != nil {
			return nil, err
		}
		seat := contest.SeatOf(v.actor, c, units, assessors, v.Tree(), v.Today())
		own := slices.DeleteFunc(slices.Clone(units), func(u contest.Unit) bool { return !v.held(asked, u.Body) || !v.actor.Can(access.ReadDeeds, u.Body) })
		keeps := seat.Keeps() && v.held(asked, c.Cluster)
		if !keeps && len(own) == 0 {
			continue
		}
		found, err := v.contestDays(ctx, c, units, own, keeps)
		if err != nil {
			return nil, err
		}
		facts = append(facts, found...)
	}
	return slices.DeleteFunc(facts, func(f occasion.Fact) bool { return !f.On.Overlaps(asked.Period) }), nil
}

// contestDays are the days of one contest: of the units named, and of the whole for
// who keeps it.
func (v *View) contestDays(ctx context.Context, c contest.Contest, units, own []contest.Unit, keeps bool) ([]occasion.Fact, error) {
	criteria, err := v.r.Criteria(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	table, err := contest.NewTable(criteria)
	if err != nil {
		return nil, err
	}
	path := "/contests/" + strconv.FormatInt(int64(c.ID), 10)
	var facts []occasion.Fact
	missing := map[calendar.Day]int{}
	for _, u := range units {
		s, err := v.r.Sheet(ctx, c.ID, u.Body)
		if err != nil {
			return nil, err
		}
		stage, _ := c.StageOf(s.Way.Stage)
		due := c.Due(table, u.Body, s.Way, v.r.book.dayOf(s.Since))
		if due == 0 || s.Way.Ready {
			continue
		}
		missing[due]++
		if stage.By != contest.ByUnit || !slices.ContainsFunc(own, func(o contest.Unit) bool { return o.Body == u.Body }) {
			continue
		}
		b, err := v.r.Body(ctx, u.Body)
		if err != nil {
			return nil, err
		}
		for day, numbers := range deadlines(c, table, u.Body, s.Way, due) {
			facts = append(facts, occasion.Fact{
				Kind: occasion.Sheet, ID: dayID(c.ID, u.Body, day), Names: c.Titles, On: calendar.OnDay(day), Body: u.Body, Who: numbers, Path: path + "/units/" + b.Code,
			})
		}
	}
	for day, n := range missing {
		if keeps {
			facts = append(facts, occasion.Fact{Kind: occasion.Contest, ID: dayID(c.ID, c.Cluster, day), Names: c.Titles, On: calendar.OnDay(day), Body: c.Cluster, Who: strconv.Itoa(n), Path: path})
		}
	}
	return facts, nil
}

// deadlines are the days of a unit's sheet: that of its stage and, while the unit
// scores itself, those of criteria that come earlier, with their numbers.
func deadlines(c contest.Contest, t *contest.Table, unit body.ID, w contest.Way, due calendar.Day) map[calendar.Day]string {
	days := map[calendar.Day]string{due: ""}
	if w.Stage != c.Stages[0].Code {
		return days
	}
	for _, row := range t.Leaves(unit) {
		if row.Deadline != 0 && row.Deadline < due {
			days[row.Deadline] = strings.TrimPrefix(days[row.Deadline]+", "+row.No, ", ")
		}
	}
	return days
}

// dayID identifies a day of a contest for a body, the same whenever it is asked.
func dayID(id contest.ID, of body.ID, day calendar.Day) int64 {
	h := fnv.New64a()
	var b [20]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	binary.BigEndian.PutUint64(b[8:], uint64(of))
	binary.BigEndian.PutUint32(b[16:], uint32(day))
	h.Write(b[:])
	return int64(h.Sum64() >> 1)
}
