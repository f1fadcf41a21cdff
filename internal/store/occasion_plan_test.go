package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/occasion"
	"kith.app/internal/programme"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// The day by which figures of a plan are due stands in the calendar of who owes them
// and of who reads them from above, until they are there.
func TestDueDaysOfPlansStandInTheCalendar(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by := storetest.Operator()
		branches := []body.Body{storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")}
		first, second := calendar.DayOf(2026, 7, 5), calendar.DayOf(2027, 1, 5)
		report := func(target programme.TargetID, on calendar.Day) {
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := programme.Report(ctx, tx, by, programme.Actual{Target: target, On: on, Value: programme.Known(programme.Whole(0)), Source: half}, 0)
				return err
			})
		}
		targets := make([]programme.TargetID, len(branches))
		for i, of := range branches {
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				p, target, err := drawn(ctx, tx, of.ID, "ke-hoach-"+string(rune('a'+i)))
				if err != nil {
					return err
				}
				p.Due = []calendar.Day{first, second}
				if p, err = programme.Amend(ctx, tx, by, p, p.Revision); err != nil {
					return err
				}
				targets[i] = target.ID
				_, err = programme.Adopt(ctx, tx, by, p.ID, calendar.DayOf(2026, 1, 5), p.Revision)
				return err
			})
		}
		head, above := officer(b, access.Head, branches[0].ID), officer(b, access.Head, b.Root())
		facts := func(who access.Actor, day calendar.Day) map[occasion.Kind][]occasion.Fact {
			read, err := b.As(who).Occasions(t.Context(), occasion.Asked{Period: calendar.Period{From: day - 3, To: day + 3}})
			if err != nil {
				t.Fatal(err)
			}
			all := map[occasion.Kind][]occasion.Fact{}
			for _, f := range read.Facts {
				all[f.Kind] = append(all[f.Kind], f)
			}
			return all
		}
		own := facts(head, first)[occasion.Plan]
		if len(own) != 1 || own[0].Who != "1" || own[0].Path != "/programme/ke-hoach-a/figures" {
			t.Errorf("the calendar of who owes: %+v", own)
		}
		whole := facts(above, first)[occasion.Plans]
		if len(whole) != 1 || whole[0].Who != "2" || whole[0].Body != b.Root() {
			t.Errorf("the calendar of who collects: %+v", whole)
		}
		report(targets[0], calendar.DayOf(2026, 6, 30)) // nought is a figure
		if left := facts(head, first)[occasion.Plan]; len(left) != 0 {
			t.Errorf("once it was reported: %+v", left)
		}
		one := facts(above, first)[occasion.Plan]
		if len(one) != 1 || one[0].Path != "/programme/ke-hoach-b" {
			t.Errorf("the one that is still owed: %+v", one)
		}
		if again := facts(head, second)[occasion.Plan]; len(again) != 1 {
			t.Errorf("the next day on which figures are due: %+v", again)
		}
		if got := facts(officer(b, access.Head, storetest.Beside(t, b, "Hội khác").ID), first); len(got[occasion.Plan])+len(got[occasion.Plans]) != 0 {
			t.Errorf("a stranger's calendar: %+v", got)
		}
	})
}
