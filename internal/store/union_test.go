package store_test

import (
	"context"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/union"
)

// acted posts an activity.
func acted(t testing.TB, b *store.Book, d deed.Deed, a union.Activity) deed.ID {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		posted, err := deed.Post(ctx, tx, storetest.Operator(), d)
		if err != nil {
			return err
		}
		a.Deed, d.ID = posted.ID, posted.ID
		_, err = union.Describe(ctx, tx, storetest.Operator(), a, 0)
		return err
	})
	return d.ID
}

// association founds a member association that keeps friendship with a country.
func association(t testing.TB, b *store.Book, name, country string) body.Body {
	t.Helper()
	a := storetest.Named(name, body.Friendship)
	a.Parent = b.Root()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		if a, err = body.Found(ctx, tx, a); err != nil || country == "" {
			return err
		}
		return union.Locate(ctx, tx, storetest.Operator(), a.ID, country)
	})
	return a
}

func intended(t testing.TB, b *store.Book, i union.Item) union.Item {
	t.Helper()
	i.Body = b.Root()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		i, err = union.Intend(ctx, tx, storetest.Operator(), i)
		return err
	})
	return i
}

func oneAct() []deed.Line { return []deed.Line{{Unit: deed.Acts, Quantity: 1}} }

func TestActivitiesAreCountedByPartCountryAssociationAndPlan(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		lao := association(t, b, "Hội Hữu nghị Việt Nam – Lào", "LA")
		khmer := association(t, b, "Hội Hữu nghị Việt Nam – Campuchia", "KH")
		item := intended(t, b, union.Item{Year: 2024, Text: "Giao lưu sinh viên «Chung dòng Mekong» lần thứ 12"})
		mekong := acted(t, b, deed.Deed{
			Body: b.Root(), Kind: "student-exchange", Title: "Chung dòng Mekong", Series: 12, Day: calendar.On(2024, 10, 5), Lines: oneAct(),
			Parties: []deed.Party{{Role: deed.Coordinator, Body: lao.ID}, {Role: deed.Participant, Body: khmer.ID}},
		}, union.Activity{Part: union.Chaired, Countries: []string{"LA", "KH"}})
		acted(t, b, deed.Deed{Body: khmer.ID, Kind: "exchange", Title: "Tết Chol Chnam Thmay", Day: calendar.On(2024, 4, 13), Lines: oneAct()}, union.Activity{Part: union.Coordinated})
		acted(t, b, deed.Deed{Body: b.Root(), Kind: "festival", Title: "Lễ hội Nhật Bản", Day: calendar.On(2024, 11, 9), Lines: oneAct()}, union.Activity{Part: union.Joined, Countries: []string{"JP"}})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := deed.Post(ctx, tx, storetest.Operator(), deed.Deed{Body: b.Root(), Kind: "sick-visit", Day: calendar.On(2024, 3, 1), Lines: oneAct()}); err != nil {
				return err
			}
			return union.Fulfil(ctx, tx, storetest.Operator(), item.ID, mekong)
		})
		view := b.As(storetest.Operator())
		year := store.ActivitiesAsked{Body: b.Root(), Period: calendar.Year(2024), Dated: true}
		told, err := view.Activities(ctx, year)
		if err != nil {
			t.Fatal(err)
		}
		c := union.CountUp(told)
		if want := (union.Count{All: 3, Chaired: 1, Coordinated: 1, Joined: 1, Planned: 1, Outside: 2}); c.Total != want {
			t.Errorf("counted %+v, want %+v", c.Total, want)
		}
		countries := map[string]int{}
		for _, one := range c.Countries {
			countries[one.Code] = one.All
		}
		if countries["LA"] != 1 || countries["KH"] != 2 || countries["JP"] != 1 {
			t.Errorf("by country %v", countries)
		}
		for _, one := range c.Bodies {
			if one.Body == khmer.ID && (one.Coordinated != 1 || one.Joined != 1 || one.All != 2) {
				t.Errorf("the association has %+v", one.Count)
			}
		}
		year.Teller, year.Part = lao.ID, union.Coordinated
		if told, err = view.Activities(ctx, year); err != nil || len(told) != 1 || told[0].Deed.ID != mekong {
			t.Errorf("coordinated by the association: %v, %v", told, err)
		}
		neighbour := holder(b, access.Head, 7)
		neighbour.Grants = access.GrantsOf(access.Head, lao.ID)
		seen, err := b.As(neighbour).Activities(ctx, store.ActivitiesAsked{})
		if err != nil || len(seen) != 0 {
			t.Errorf("an officer of another association reads %d activities, %v", len(seen), err)
		}
	})
}

func TestAPlanIsHeldAgainstWhatWasDone(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		done := intended(t, b, union.Item{Year: 2025, Text: "Kỷ niệm 50 năm Việt Nam – Đức", When: calendar.On(2025, 9, 23)})
		partly := intended(t, b, union.Item{Year: 2025, Text: "Ba cuộc giao lưu", Goal: 3})
		missed := intended(t, b, union.Item{Year: 2025, Text: "Thành lập Hội Việt Nam – ASEAN"})
		coming := intended(t, b, union.Item{Year: 2026, Text: "Đại hội lần thứ III", When: calendar.InMonth(2026, 12)})
		ids := []deed.ID{
			acted(t, b, deed.Deed{Body: b.Root(), Kind: "anniversary", Title: "Gặp mặt 50 năm", Day: calendar.On(2025, 9, 23), Lines: oneAct()}, union.Activity{}),
			acted(t, b, deed.Deed{Body: b.Root(), Kind: "exchange", Title: "Giao lưu Daejeon", Day: calendar.On(2025, 5, 4), Lines: oneAct()}, union.Activity{}),
		}
		acted(t, b, deed.Deed{Body: b.Root(), Kind: "exchange", Title: "Ngoài kế hoạch", Day: calendar.On(2025, 6, 4), Lines: oneAct()}, union.Activity{})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if err := union.Fulfil(ctx, tx, by, done.ID, ids[0]); err != nil {
				return err
			}
			return union.Fulfil(ctx, tx, by, partly.ID, ids[1])
		})
		states := func(year int) map[union.ItemID]union.State {
			r, err := b.As(by).PlanReview(ctx, b.Root(), year)
			if err != nil {
				t.Fatal(err)
			}
			all := map[union.ItemID]union.State{}
			for _, l := range r.Lines {
				all[l.ID] = l.State
			}
			if year == 2025 && (len(r.Outside) != 1 || r.Outside[0].Deed.Title != "Ngoài kế hoạch") {
				t.Errorf("outside the plan: %v", r.Outside)
			}
			return all
		}
		got := states(2025)
		for id, want := range map[union.ItemID]union.State{done.ID: union.Done, partly.ID: union.Partial, missed.ID: union.Missed} {
			if got[id] != want {
				t.Errorf("item %d is %s, want %s", id, got[id], want)
			}
		}
		if got := states(2026)[coming.ID]; got != union.Coming {
			t.Errorf("what is to come is %s", got)
		}
		n := 0
		for range 2 { // a second time takes nothing up again
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				taken, err := union.Carry(ctx, tx, by, b.Root(), 2025, []union.ItemID{partly.ID, missed.ID})
				n += taken
				return err
			})
		}
		if n != 2 || len(states(2026)) != 3 {
			t.Errorf("%d items were carried, the next plan has %d", n, len(states(2026)))
		}
		missed.Outcome = union.Dropped
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := union.Revise(ctx, tx, by, missed, 1)
			return err
		})
		if key != "union.plan.dropped.why" {
			t.Errorf("given up without a reason: %s", key)
		}
		if err := b.As(holder(b, access.Honorary, 9)).MayActivity(); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an honorary officer reads activities: %v", err)
		}
	})
}

func TestABookBegunBeforeHasTheKindsOfAUnion(t *testing.T) {
	kinds, err := storetest.Open(t).As(storetest.Operator()).Kinds(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := deed.ShippedKinds()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range shipped {
		at := slices.IndexFunc(kinds, func(k deed.Kind) bool { return k.Code == s.Code })
		if at < 0 {
			t.Errorf("the book lacks %s", s.Code)
		}
		if len(s.For) > 0 && (s.OfferedTo(body.Association) || !s.OfferedTo(body.Front)) {
			t.Errorf("%s is offered to the wrong organisations", s.Code)
		}
	}
}
