package twin_test

import (
	"testing"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

func TestWhatIsLeftOfAPromisedGift(t *testing.T) {
	on := calendar.DayOf(2026, time.November, 22)
	deeds := map[int64]deed.Deed{
		1: {ID: 1, Status: deed.Done, Lines: []deed.Line{
			{Unit: deed.Things, Quantity: 10, Item: "Suất quà"},
			{Unit: deed.Things, Quantity: 3, Item: "quyển vở"},
			{Unit: deed.Money, Currency: money.VND, Quantity: 4_000_000},
			{Unit: deed.Money, Currency: "USD", Quantity: 500},
			{Unit: deed.Money, Currency: money.VND, Quantity: 9_000_000, Stage: deed.Pledged},
		}},
		2: {ID: 2, Status: deed.Planned, Lines: []deed.Line{{Unit: deed.Things, Quantity: 5, Item: "suất quà"}}},
	}
	promises := []tie.Promise{
		{ID: 1, Gift: true, Quantity: 15, Unit: "suất quà", Deeds: []int64{1, 2, 9}, Status: tie.PromiseOpen},
		{ID: 2, Gift: true, Amount: money.Of(10_000_000, money.VND), Deeds: []int64{1}, Status: tie.PromiseOpen, Due: calendar.InYear(2026)},
		{ID: 3, Quantity: 10, Unit: "sinh viên", Status: tie.PromiseOpen},
		{ID: 4, Gift: true, Quantity: 1, Status: tie.PromiseKept, Ended: calendar.InYear(2025)},
		{ID: 5, Gift: true, Quantity: 8, Unit: "suất quà", Deeds: []int64{1}, Status: tie.PromiseOpen},
	}
	owed := twin.Owing(promises, deeds, on)
	if len(owed) != 3 || owed[0].Promise.ID != 2 {
		t.Fatalf("%d gifts are owed, the first %v; want 3, the one with a term first", len(owed), owed[0].Promise.ID)
	}
	if left := owed[0].MoneyLeft(); left != money.Of(6_000_000, money.VND) {
		t.Errorf("of the money %v is left, want 6,000,000", left)
	}
	if o := owed[1]; o.ThingsLeft() != 5 || o.Hidden != 1 || len(o.Deeds) != 1 || o.Settled() {
		t.Errorf("%d things are left, %d deeds unseen, %d seen; want 5, 1 and 1", o.ThingsLeft(), o.Hidden, len(o.Deeds))
	}
	if o := owed[2]; o.ThingsLeft() != 0 || !o.Settled() {
		t.Errorf("%d are left of what was given in excess, want none", o.ThingsLeft())
	}
}
