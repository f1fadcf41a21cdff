package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// TestTiesAreFoundByHowTheyStandAsEachSaysItself: whatever stages ties have, the
// list by a status holds exactly those that stand so, in the same order.
func TestTiesAreFoundByHowTheyStandAsEachSaysItself(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		home := locality(t, b, "Huyện Nhà", calendar.Date{}, calendar.Date{})
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			if n > 120 {
				return
			}
			n++
			other := storetest.Named(fmt.Sprintf("Nơi bạn %d", n), body.Locality)
			one := tie.Tie{Kind: "twinning", Body: b.Root(), Code: fmt.Sprintf("ban-%d", n), Renews: rapid.Bool().Draw(r, "renews")}
			for range rapid.IntRange(0, 3).Draw(r, "stages") {
				kind := rapid.SampledFrom(tie.StageKinds()).Draw(r, "kind")
				date := rapid.SampledFrom([]calendar.Date{{}, calendar.InYear(1999), calendar.On(2023, 1, 2), calendar.InYear(2026), calendar.On(2025, 12, 1), calendar.InYear(2030)}).Draw(r, "date")
				one.Stages = append(one.Stages, tie.Stage{Kind: kind, Date: date, Reason: "vì"})
			}
			if rapid.IntRange(0, 4).Draw(r, "term") == 0 {
				one.Expiry = rapid.SampledFrom([]calendar.Date{calendar.On(2020, 1, 1), calendar.On(2027, 3, 1), calendar.InYear(2040)}).Draw(r, "expiry")
			}
			under := rapid.IntRange(0, 5).Draw(r, "deed") == 0
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
				if other, err = body.Found(ctx, tx, other); err != nil {
					return err
				}
				one.Parties = []tie.Party{{Side: 1, Body: home.ID}, {Side: 2, Body: other.ID}}
				if one, err = tie.Enter(ctx, tx, storetest.Operator(), one); err != nil || !under {
					return err
				}
				_, err = deed.Post(ctx, tx, storetest.Operator(), deed.Deed{Body: b.Root(), Kind: "exchange", Day: calendar.On(2026, 2, 3), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}, Ties: []tie.ID{one.ID}})
				return err
			})
		})
		view := b.As(storetest.Operator())
		all, _, err := view.Ties(context.Background(), store.TieQuery{Limit: -1})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range tie.Statuses() {
			var want []tie.ID
			for _, row := range all {
				if row.Standing.Status == s {
					want = append(want, row.ID)
				}
			}
			got, n, err := view.Ties(context.Background(), store.TieQuery{Status: s, Limit: -1})
			if err != nil || n != len(want) || !slices.EqualFunc(got, want, func(row store.TieRow, id tie.ID) bool { return row.ID == id }) {
				t.Errorf("%s: %d ties (%v), want %d", s, n, err, len(want))
			}
		}
		slices.SortStableFunc(all, func(a, b store.TieRow) int { return b.Standing.Days - a.Standing.Days })
		silent, _, err := view.Ties(context.Background(), store.TieQuery{Order: store.TiesByContact, Limit: 30, Skip: 5})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range silent {
			if row.ID != all[i+5].ID || row.Standing.Days != all[i+5].Standing.Days {
				t.Errorf("by silence, place %d: %s after %d days, want %s after %d", i+5, row.Code, row.Standing.Days, all[i+5].Code, all[i+5].Standing.Days)
			}
		}
	})
}

// TestWhoSignedAndHowTheyAreAddressedFollowAMerge: two records of one person become
// one; the tie and the protocol know the one that is kept, and the other again when
// the merge is taken back.
func TestWhoSignedAndHowTheyAreAddressedFollowAMerge(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		people := enrol(t, b, person.Person{Name: "Lê Văn Ký", Body: b.Root()}, person.Person{Name: "Lê Văn Kí", Body: b.Root()})
		kept, goes := people[0], people[1]
		home, other := locality(t, b, "Huyện Nhà", calendar.Date{}, calendar.Date{}), locality(t, b, "Huyện Bạn", calendar.Date{}, calendar.Date{})
		var one tie.Tie
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			one, err = tie.Enter(ctx, tx, by, tie.Tie{Kind: "twinning", Body: b.Root(), Code: "nha-ban", Parties: []tie.Party{{Side: 1, Body: home.ID, Signer: goes.Name, SignedBy: goes.ID, Office: "Chủ tịch"}, {Side: 2, Body: other.ID}}})
			if err != nil {
				return err
			}
			return union.Receive(ctx, tx, by, union.Protocol{Person: goes.ID, Precedence: 2, Country: "LA"}, 0)
		})
		signed := func() person.ID { return tieNow(t, b, one.ID).Parties[0].SignedBy }
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Merge(ctx, tx, by, kept.ID, goes.ID)
			return err
		})
		if got := signed(); got != kept.ID {
			t.Errorf("signed by %d after the merge, want %d", got, kept.ID)
		}
		if p, _, err := b.As(by).ProtocolOf(ctx, kept.ID); err != nil || p.Precedence != 2 || p.Country != "LA" {
			t.Errorf("the kept record is addressed as %+v (%v)", p, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Unmerge(ctx, tx, by, goes.ID)
			return err
		})
		if got := signed(); got != goes.ID {
			t.Errorf("signed by %d after the merge was taken back, want %d", got, goes.ID)
		}
		if p, _, err := b.As(by).ProtocolOf(ctx, goes.ID); err != nil || p.Precedence != 2 {
			t.Errorf("the other record is addressed as %+v (%v)", p, err)
		}
		// Who is addressed in a way of their own stays so.
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if err := union.Receive(ctx, tx, by, union.Protocol{Person: kept.ID, Precedence: 7}, 0); err != nil {
				return err
			}
			_, err := person.Merge(ctx, tx, by, kept.ID, goes.ID)
			return err
		})
		if p, _, err := b.As(by).ProtocolOf(ctx, kept.ID); err != nil || p.Precedence != 7 {
			t.Errorf("after the second merge addressed as %+v (%v), want as before", p, err)
		}
		agrees(t, b)
	})
}
