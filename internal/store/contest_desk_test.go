package store_test

import (
	"context"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestATableIsPutInOrderAndUnitsAreTakenOver(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "explain-twice")
		by, ctx := storetest.Operator(), context.Background()
		shift := func(row, places int) {
			m.must(by, func(ctx context.Context, tx *store.Tx) error {
				return contest.Shift(ctx, tx, by, m.c.ID, m.rows[row].ID, places)
			})
		}
		order := func() (said string) {
			f, err := b.As(by).Contest(ctx, m.c.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range f.Table.All() {
				said += c.No
			}
			return said
		}
		shift(2, -1)
		shift(0, 9)
		if got := order(); got != "+21" {
			t.Errorf("the order is %s, want +21", got)
		}
		shift(0, -2)
		if got := order(); got != "1+2" {
			t.Errorf("the order is %s, want 1+2", got)
		}
		var next contest.Contest
		m.must(by, func(ctx context.Context, tx *store.Tx) (err error) {
			k := m.c
			k.ID, k.Year, k.Period = 0, 2027, calendar.Year(2027)
			if next, err = contest.Draw(ctx, tx, by, k); err != nil {
				return err
			}
			return contest.CopyUnits(ctx, tx, by, m.c.ID, next.ID)
		})
		f, err := b.As(by).Contest(ctx, next.ID)
		if err != nil || len(f.Units) != 3 || contest.LedBy(2027, f.Units).Lead != 0 || f.Units[0].Since != calendar.DayOf(2027, 1, 1) {
			t.Errorf("units taken over %+v %v", f.Units, err)
		}
		if err := m.as(m.officer(1), func(ctx context.Context, tx *store.Tx) error {
			return contest.Shift(ctx, tx, m.officer(1), m.c.ID, m.rows[0].ID, 1)
		}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a member moves a criterion: %v", err)
		}
	})
}

func TestEqualUnitsArePutInOrderForAReason(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "explain-twice")
		m.open()
		by := storetest.Operator()
		for unit := range m.units {
			for row := range 2 {
				if err := m.enter(m.officer(unit), unit, row, 8*contest.Point, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		decide := func(d contest.Decision, based int64) error {
			return m.as(by, func(ctx context.Context, tx *store.Tx) error {
				_, err := contest.Decide(ctx, tx, by, m.c.ID, d, based)
				return err
			})
		}
		all := []body.ID{m.units[2].ID, m.units[0].ID, m.units[1].ID}
		based := m.c.Revision
		for key, d := range map[string]contest.Decision{
			"contest.reason.missing": {Units: all}, "contest.decide.order": {Units: []body.ID{all[0], all[0]}, Reason: "x"}, "contest.unit.missing": {Units: []body.ID{all[0], m.cluster.ID}, Reason: "x"},
		} {
			if err := decide(d, based); keyOfFault(err) != key {
				t.Errorf("%+v: %v, want %s", d, err, key)
			}
		}
		if err := decide(contest.Decision{Units: all, Reason: "hội nghị cụm thống nhất"}, based); err != nil {
			t.Fatal(err)
		}
		if err := decide(contest.Decision{Units: all, Reason: "lần nữa"}, based); fault.KindOf(err) != fault.Stale {
			t.Errorf("decided over another's decision: %v", err)
		}
		places, err := b.As(by).ContestStandings(context.Background(), m.c.ID)
		if err != nil || places[0].Total.Unit != all[0] || places[0].Shared || places[1].Reason != "hội nghị cụm thống nhất" {
			t.Errorf("after the decision %+v %v", places, err)
		}
	})
}

func TestPeersSeeOfOneCriterionWhatTheyAreToScore(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "cross-check")
		m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
			return contest.Name(ctx, tx, storetest.Operator(), m.c.ID, "conference", []person.ID{902})
		})
		m.open()
		for unit := range 2 {
			for row := range 2 {
				if err := m.enter(m.officer(unit), unit, row, 8*contest.Point, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := m.handOn(m.officer(0), 0, ""); err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		peer, err := b.As(m.officer(1)).ContestAcross(ctx, m.c.ID, m.rows[0].ID)
		if err != nil || len(peer) != 1 || peer[m.units[0].ID]["self"].Points != 8*contest.Point || peer[m.units[2].ID] != nil {
			t.Errorf("a peer sees %+v %v", peer, err)
		}
		if _, err := b.As(m.officer(1)).ContestChanges(ctx, store.ChangesAsked{Contest: m.c.ID}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a unit reads all changes: %v", err)
		}
		changes, err := b.As(storetest.Operator()).ContestChanges(ctx, store.ChangesAsked{Contest: m.c.ID, Unit: m.units[1].ID, Most: 1})
		if err != nil || len(changes) != 1 || changes[0].Criterion != m.rows[1].ID || changes[0].After.Points != 8*contest.Point {
			t.Errorf("the last change %+v %v", changes, err)
		}
		older, err := b.As(storetest.Operator()).ContestChanges(ctx, store.ChangesAsked{Contest: m.c.ID, After: changes[0].ID})
		if err != nil || len(older) != 3 || !slices.IsSortedFunc(older, func(a, b contest.Change) int { return int(b.ID - a.ID) }) {
			t.Errorf("older changes %+v %v", older, err)
		}
		totals, err := b.As(storetest.Operator()).ContestTotals(ctx, m.c.ID)
		if err != nil || totals[m.units[0].ID]["self"].Sum != 16*contest.Point {
			t.Errorf("totals %+v %v", totals, err)
		}
	})
}

func TestWhoIsNamedForAStageWithoutAnOfficeReadsTheStateForms(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "one-step-back")
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		for _, stage := range []string{"department", "council", "board"} {
			if err := contest.Name(ctx, tx, storetest.Operator(), m.c.ID, stage, []person.ID{901}); err != nil {
				return err
			}
		}
		return nil
	})
	m.open()
	for who, counted := range map[person.ID]int{901: 1, 977: 0} {
		found, err := m.b.As(access.Actor{Person: int64(who)}).ContestStatistics(t.Context(), 2026, 0, "vi")
		if counted == 0 {
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("somebody who is named nowhere: %v", err)
			}
			continue
		}
		if err != nil || len(found.Movements) != counted {
			t.Errorf("who assesses counts %d movements, want %d: %v", len(found.Movements), counted, err)
		}
	}
}
