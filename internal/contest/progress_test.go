package contest

import (
	"slices"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

func TestTheLeadComesToWhomItCameLongestAgo(t *testing.T) {
	units := []Unit{{Body: 1}, {Body: 2}, {Body: 3}, {Body: 4}}
	years := []Led{{Year: 2022, Lead: 1}, {Year: 2021, Lead: 3}, {Year: 2019, Lead: 1}}
	got := Turns(units, years)
	want := []Turn{{2, 0}, {4, 0}, {3, 2021}, {1, 2022}}
	if !slices.Equal(got, want) {
		t.Errorf("turns %v, want %v", got, want)
	}
	led := LedBy(2023, []Unit{{Body: 1, Role: Deputy}, {Body: 2, Role: Lead}, {Body: 3, Role: Member}})
	if led != (Led{2023, 2, 1}) {
		t.Errorf("led by %v", led)
	}
}

func TestASheetIsDueByItsStageElseByItsCriteria(t *testing.T) {
	c := Contest{Standing: Opened, Stages: []Stage{{Code: "self", By: ByUnit, Edits: true}, {Code: "office", Edits: true, Days: 10}, {Code: "board"}}}
	table, err := NewTable([]Criterion{
		{ID: 1, Method: ByHand, Max: Point, Deadline: calendar.DayOf(2026, 11, 20)},
		{ID: 2, Method: ByHand, Max: Point, Deadline: calendar.DayOf(2026, 11, 30)},
		{ID: 3, Method: ByHand, Max: Point, Deadline: calendar.DayOf(2026, 12, 24), Assigned: []body.ID{9}},
	})
	if err != nil {
		t.Fatal(err)
	}
	arrived := calendar.DayOf(2026, 12, 1)
	tests := []struct {
		way  Way
		want calendar.Day
	}{
		{Way{Stage: "self"}, calendar.DayOf(2026, 11, 30)},
		{Way{Stage: "office"}, calendar.DayOf(2026, 12, 11)},
		{Way{Stage: "board"}, 0},
		{Way{Stage: "office", Ready: true}, 0},
		{Way{}, 0},
	}
	for _, test := range tests {
		if got := c.Due(table, 1, test.way, arrived); got != test.want {
			t.Errorf("%+v is due %v, want %v", test.way, got, test.want)
		}
	}
	if c.Due(table, 9, Way{Stage: "self"}, arrived) != calendar.DayOf(2026, 12, 24) {
		t.Error("a criterion put to one unit alone has no deadline")
	}
	c.Stages[0].Days = 5
	if c.Due(table, 1, Way{Stage: "self"}, arrived) != calendar.DayOf(2026, 12, 6) {
		t.Error("the days of the first stage do not go before the criteria")
	}
	for way, want := range map[Way]bool{{Stage: "self"}: false, {Stage: "office"}: true, {}: false, {Stage: "self", Ready: true}: true} {
		if c.Sent(way) != want {
			t.Errorf("%+v sent: %v", way, !want)
		}
	}
}

// A reviewer who has entered the first of many scores takes nothing from the unit.
func TestAStageStillAtWorkDoesNotCountYet(t *testing.T) {
	c := Contest{Scale: Scale{Base: 20 * Point, Bonus: Point}, Stages: []Stage{{Code: "self", Edits: true}, {Code: "office", Edits: true}}}
	table, err := NewTable([]Criterion{{ID: 1, No: "1", Method: ByHand, Max: 10 * Point}, {ID: 2, No: "2", Method: ByHand, Max: 10 * Point}, {ID: 3, No: "3", Method: Bonus, Max: 3 * Point, Per: Point}})
	if err != nil {
		t.Fatal(err)
	}
	totals := map[body.ID]map[string]Total{7: {"self": {Base: 18 * Point, Bonus: 3 * Point, Scored: 2}, "office": {Base: 9 * Point, Scored: 1}}}
	places := Standings(c, []Unit{{Body: 7}, {Body: 8}}, table, totals)
	if p := places[0].Total; p.Unit != 7 || p.Stage != "self" || p.Sum != 19*Point || p.Of != 2 {
		t.Errorf("while the office is at work %+v", p)
	}
	if p := places[1].Total; p.Stage != "" || p.Sum != 0 {
		t.Errorf("a unit nobody scored %+v", p)
	}
	totals[7]["office"] = Total{Base: 17 * Point, Scored: 2}
	if p := Standings(c, []Unit{{Body: 7}}, table, totals)[0].Total; p.Stage != "office" || p.Sum != 17*Point {
		t.Errorf("once the office is through %+v", p)
	}
}
