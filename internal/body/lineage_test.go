package body_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

func day(s string) calendar.Day {
	d, err := calendar.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func life(from, to string) calendar.Period {
	p := calendar.Always()
	if from != "" {
		p.From = day(from)
	}
	if to != "" {
		p.To = day(to)
	}
	return p
}

// TestHeirsFollowEventsFromOneToTheNext: 1 and 2 became 3, 3 was divided into 4 and 5.
func TestHeirsFollowEventsFromOneToTheNext(t *testing.T) {
	l := body.NewLineage([]body.Event{
		{ID: 1, Kind: body.Merging, Day: day("2000-01-01"), Edges: []body.Succession{{From: 1, To: 3}, {From: 2, To: 3}}},
		{ID: 2, Kind: body.Splitting, Day: day("2010-01-01"), Edges: []body.Succession{{From: 3, To: 4, Share: body.Share{Num: 2, Den: 3}}, {From: 3, To: 5, Share: body.Share{Num: 1, Den: 3}}}},
		{ID: 3, Kind: body.Ending, Day: day("1990-01-01"), Undone: 1, Edges: []body.Succession{{From: 1}}},
	}, []body.Known{
		{Body: 1, Life: life("", "1999-12-31")},
		{Body: 2, Life: life("", "1999-12-31")},
		{Body: 3, Life: life("2000-01-01", "2009-12-31")},
		{Body: 4, Life: life("2010-01-01", "")},
		{Body: 5, Life: life("2010-01-01", "")},
	})
	tree := body.NewTree(nil)
	third, two := body.Share{Num: 1, Den: 3}, body.Share{Num: 2, Den: 3}
	for _, c := range []struct {
		id        body.ID
		asked, on string
		want      []body.Heir
	}{
		{1, "1999-01-01", "1999-06-01", []body.Heir{{ID: 1, Share: body.Whole()}}},
		{1, "1999-01-01", "2005-06-01", []body.Heir{{ID: 3, Share: body.Whole()}}},
		{1, "1999-01-01", "2020-06-01", []body.Heir{{ID: 4, Share: two}, {ID: 5, Share: third}}},
		{4, "2020-01-01", "2005-06-01", []body.Heir{{ID: 3}}},
		{4, "2020-01-01", "1995-06-01", []body.Heir{{ID: 1}, {ID: 2}}},
		{9, "2020-01-01", "1995-06-01", []body.Heir{{ID: 9, Share: body.Whole()}}},
	} {
		if diff := cmp.Diff(c.want, l.Heirs(tree, c.id, day(c.asked), day(c.on))); diff != "" {
			t.Errorf("heirs of %d as of %s on %s (-want +got):\n%s", c.id, c.asked, c.on, diff)
		}
	}
	if got := len(l.Line(4)); got != 3 {
		t.Errorf("the line of 4 has %d steps, want 3: two that made its giver, one that made it", got)
	}
}

// TestDistrictIsFollowedByTheChildrenOfTheDayAsked: the communes of a district
// that came back to another belong to it only as of a later day.
func TestDistrictIsFollowedByTheChildrenOfTheDayAsked(t *testing.T) {
	const province, queSon, nongSon, a, b, newA, newB body.ID = 1, 2, 3, 4, 5, 6, 7
	back, reform := day("2025-01-01"), day("2025-07-01")
	tree := body.NewTree([]body.Edge{
		{Child: queSon, Parent: province, Since: calendar.Earliest, Until: reform - 1},
		{Child: nongSon, Parent: province, Since: calendar.Earliest, Until: back - 1},
		{Child: a, Parent: queSon, Since: calendar.Earliest, Until: reform - 1},
		{Child: b, Parent: nongSon, Since: calendar.Earliest, Until: back - 1},
		{Child: b, Parent: queSon, Since: back, Until: reform - 1},
		{Child: newA, Parent: province, Since: reform, Until: calendar.Latest},
		{Child: newB, Parent: province, Since: reform, Until: calendar.Latest},
	})
	level := func(l body.Level) []body.Standing {
		return []body.Standing{{Level: l, Since: calendar.Earliest, Until: calendar.Latest}}
	}
	l := body.NewLineage([]body.Event{
		{ID: 1, Kind: body.Ending, Day: back, Edges: []body.Succession{{From: nongSon}}},
		{ID: 2, Kind: body.Ending, Day: reform, Edges: []body.Succession{{From: queSon}}},
		{ID: 3, Kind: body.Merging, Day: reform, Edges: []body.Succession{{From: a, To: newA}}},
		{ID: 4, Kind: body.Merging, Day: reform, Edges: []body.Succession{{From: b, To: newB}}},
	}, []body.Known{
		{Body: queSon, Life: life("", "2025-06-30"), Levels: level(body.District)},
		{Body: nongSon, Life: life("", "2024-12-31"), Levels: level(body.District)},
		{Body: a, Life: life("", "2025-06-30")},
		{Body: b, Life: life("", "2025-06-30")},
		{Body: newA, Life: life("2025-07-01", "")},
		{Body: newB, Life: life("2025-07-01", "")},
	})
	for _, c := range []struct {
		id        body.ID
		asked, on string
		want      []body.ID
	}{
		{queSon, "2024-08-02", "2026-01-01", []body.ID{newA}},
		{queSon, "2025-06-30", "2026-01-01", []body.ID{newA, newB}},
		{nongSon, "2024-08-02", "2026-01-01", []body.ID{newB}},
		{nongSon, "2024-08-02", "2025-03-01", []body.ID{queSon}},
		{queSon, "2024-08-02", "2025-03-01", []body.ID{queSon}},
	} {
		var got []body.ID
		for _, h := range l.Heirs(tree, c.id, day(c.asked), day(c.on)) {
			got = append(got, h.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("heirs of %d as of %s on %s (-want +got):\n%s", c.id, c.asked, c.on, diff)
		}
	}
}

// TestCodeBelongsToWhoBoreItOnTheDay: codes are given out again.
func TestCodeBelongsToWhoBoreItOnTheDay(t *testing.T) {
	code := func(from, to string) []body.OfficialCode {
		p := life(from, to)
		return []body.OfficialCode{{Scheme: body.Official, Code: "20656", Since: p.From, Until: p.To}}
	}
	l := body.NewLineage(nil, []body.Known{{Body: 1, Codes: code("", "2025-06-30")}, {Body: 2, Codes: code("2025-07-01", "")}})
	for on, want := range map[string]body.ID{"2024-08-02": 1, "2025-07-01": 2} {
		if got := l.Coded(body.Official, "20656", day(on)); len(got) != 1 || got[0] != want {
			t.Errorf("on %s the code belonged to %v, want %d", on, got, want)
		}
	}
	l = l.With(nil, []body.Known{{Body: 1}})
	if got := l.Everyone(body.Official, "20656"); len(got) != 1 || got[0] != 2 {
		t.Errorf("after 1 gave up its codes the code belongs to %v, want 2 alone", got)
	}
}

func TestAFoundingFarAheadIsASlip(t *testing.T) {
	today := day("2026-11-27")
	for founded, fine := range map[string]bool{"1975-04-30": true, "2027-07-01": true, "2031-11-27": true, "2031-11-28": false, "2206-01-01": false} {
		if err := (body.Body{Founded: calendar.OnDay(day(founded))}).CheckAhead(today); (err == nil) != fine {
			t.Errorf("%s: %v", founded, err)
		}
	}
	if err := (body.Body{}).CheckAhead(today); err != nil {
		t.Errorf("an unknown founding: %v", err)
	}
}
