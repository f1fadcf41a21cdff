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
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
)

// locality founds a locality that stood in a time.
func locality(t *testing.T, b *store.Book, name string, founded, ended calendar.Date) body.Body {
	t.Helper()
	one := storetest.Named(name, body.Locality)
	one.Founded, one.Ended = founded, ended
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		one, err = body.Found(ctx, tx, one)
		return err
	})
	return one
}

// districts are the two of 1968, twinned, on the books of the root.
func districts(t *testing.T, b *store.Book) (thoXuan, queSon body.Body, one tie.Tie) {
	t.Helper()
	last := calendar.On(2025, 6, 30)
	thoXuan, queSon = locality(t, b, "Huyện Thọ Xuân", calendar.Date{}, last), locality(t, b, "Huyện Quế Sơn", calendar.Date{}, last)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		one, err = tie.Enter(ctx, tx, storetest.Operator(), tie.Tie{
			Kind: "twinning", Body: b.Root(), Code: "tho-xuan-que-son",
			Titles:  []tie.Title{{Lang: "vi", Text: "Kết nghĩa Thọ Xuân – Quế Sơn"}},
			Parties: []tie.Party{{Side: 1, Body: thoXuan.ID, Level: tie.District}, {Side: 2, Body: queSon.ID, Level: tie.District}},
			Stages: []tie.Stage{{
				Kind: tie.Signature, Date: calendar.On(1968, 11, 20), Place: "Mỹ Lý Hạ, xã Bắc Lương", Source: source.Source{Kind: source.Article, Title: "Báo Thanh Hóa"},
			}},
		})
		return err
	})
	return thoXuan, queSon, one
}

func tieNow(t *testing.T, b *store.Book, id tie.ID) store.TieRow {
	t.Helper()
	row, err := b.As(storetest.Operator()).Tie(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// refusedWith runs a write that must be refused with a key.
func refusedWith(t *testing.T, b *store.Book, key string, do func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	err := b.Write(t.Context(), store.Writing{By: storetest.Operator(), Why: "test"}, do)
	for _, f := range fault.All(err) {
		if f.Key == key {
			return
		}
	}
	t.Errorf("want a refusal %s, got %v", key, err)
}

func TestTieOutlivesItsParties(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		thoXuan, queSon, one := districts(t, b)
		heirs := []body.Body{
			locality(t, b, "Xã Quế Sơn", calendar.On(2025, 7, 1), calendar.Date{}),
			locality(t, b, "Xã Quế Sơn Trung", calendar.On(2025, 7, 1), calendar.Date{}),
		}
		by, view := storetest.Operator(), b.As(storetest.Operator())
		left, err := view.TiesLeft(t.Context(), 0)
		if err != nil || len(left) != 2 {
			t.Fatalf("%d places left by ended parties, want 2: %v", len(left), err)
		}
		act := tie.Handing{Day: calendar.On(2025, 8, 19), From: queSon.ID, To: []body.ID{heirs[0].ID, heirs[1].ID}, Paper: tie.Paper{Number: "12/BB-KN"}}
		early := act
		early.Day = calendar.On(2025, 6, 1)
		refusedWith(t, b, "tie.heir.unborn", func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.HandOn(ctx, tx, by, one.ID, early)
			return err
		})
		bare := act
		bare.Paper = tie.Paper{}
		refusedWith(t, b, "tie.hand.paper", func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.HandOn(ctx, tx, by, one.ID, bare)
			return err
		})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.HandOn(ctx, tx, by, one.ID, act)
			return err
		})
		now := tieNow(t, b, one.ID)
		if then := now.On(2, calendar.DayOf(2025, 8, 18)); len(then) != 1 || then[0].Body != queSon.ID {
			t.Errorf("the day before the act side 2 is %v", then)
		}
		if today := now.On(2, calendar.DayOf(2025, 8, 19)); len(today) != 2 || today[0].Before != queSon.ID {
			t.Errorf("on the day of the act side 2 is %v", today)
		}
		if now.Origin != calendar.On(1968, 11, 20) {
			t.Errorf("the first signing is %v", now.Origin)
		}
		if left, _ = view.TiesLeft(t.Context(), 0); len(left) != 1 || left[0].Party.Body != thoXuan.ID {
			t.Errorf("still left: %v", left)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.TakeBack(ctx, tx, by, one.ID, now.Handed[0].ID)
			return err
		})
		if back := tieNow(t, b, one.ID); !slices.Equal(back.Parties, one.Parties) || back.Body != one.Body || len(back.Handed) != 0 {
			t.Errorf("taken back the tie is %+v, was %+v", back.Parties, one.Parties)
		}
	})
}

func TestTieSignedAnewKeepsItsFirstSigning(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		thoXuan, _, one := districts(t, b)
		born := calendar.On(2025, 7, 1)
		fresh := tie.Tie{Kind: "twinning", Body: b.Root(), Before: []tie.ID{one.ID}, Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.On(2025, 8, 19), Paper: tie.Paper{Number: "01/BGN"}}}}
		for side, names := range map[int][]string{1: {"Xã Thọ Xuân", "Xã Sao Vàng", "Xã Lam Sơn"}, 2: {"Xã Quế Sơn", "Xã Xuân Phú"}} {
			for _, name := range names {
				fresh.Parties = append(fresh.Parties, tie.Party{Side: side, Body: locality(t, b, name, born, calendar.Date{}).ID, Level: tie.Commune})
			}
		}
		by := storetest.Operator()
		wrong := fresh
		wrong.Parties = append(slices.Clone(fresh.Parties), tie.Party{Side: 1, Body: thoXuan.ID})
		refusedWith(t, b, "tie.party.ended", func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.SignAnew(ctx, tx, by, wrong, "ký lại")
			return err
		})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			fresh, err = tie.SignAnew(ctx, tx, by, fresh, "ký lại giữa các xã")
			return err
		})
		now, old := tieNow(t, b, fresh.ID), tieNow(t, b, one.ID)
		if now.Origin != calendar.On(1968, 11, 20) || now.First != one.ID {
			t.Errorf("the first signing of the new tie is %v, of tie %d", now.Origin, now.First)
		}
		if old.Standing.Status != tie.Ended || old.Standing.Since != calendar.On(2025, 8, 19) {
			t.Errorf("the old tie is %+v", old.Standing)
		}
		if next, _ := b.As(by).TieContinuedBy(t.Context(), one.ID); len(next) != 1 || next[0].ID != fresh.ID {
			t.Errorf("the old tie is continued by %v", next)
		}
		if left, _ := b.As(by).TiesLeft(t.Context(), thoXuan.ID); len(left) != 0 {
			t.Errorf("a tie that was signed anew is left unsettled: %v", left)
		}
	})
}

func TestDeedsUnderATieArePromisesKept(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		_, _, one := districts(t, b)
		by, view := storetest.Operator(), b.As(storetest.Operator())
		if got := tieNow(t, b, one.ID).Standing; got.Status != tie.Dormant {
			t.Errorf("without contact since 1968 it is %s", got.Status)
		}
		var visit, other deed.Deed
		var promise tie.Promise
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			d := deed.Deed{Body: b.Root(), Kind: "relief-home", Day: calendar.On(2026, 8, 2), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}}
			if other, err = deed.Post(ctx, tx, by, d); err != nil {
				return err
			}
			d.ID, d.Ties = 0, []tie.ID{one.ID}
			if visit, err = deed.Post(ctx, tx, by, d); err != nil {
				return err
			}
			promise, err = tie.Undertake(ctx, tx, by, tie.Promise{Tie: one.ID, Side: 2, Text: "Giúp xóa nhà tạm", Due: calendar.InYear(2025)})
			return err
		})
		if got := tieNow(t, b, one.ID).Standing; got.Status != tie.Active || got.Contact != calendar.On(2026, 8, 2) {
			t.Errorf("after a visit it is %+v", got)
		}
		late, err := view.Promises(t.Context(), store.PromiseQuery{Status: tie.PromiseLate})
		if err != nil || len(late) != 1 || late[0].Now != tie.PromiseLate {
			t.Errorf("late promises: %v %v", late, err)
		}
		refusedWith(t, b, "tie.deed.other", func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.Keep(ctx, tx, by, promise.ID, tie.Fulfilment{Deeds: []int64{int64(other.ID)}})
			return err
		})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.Keep(ctx, tx, by, promise.ID, tie.Fulfilment{Deeds: []int64{int64(visit.ID)}})
			return err
		})
		if kept, _ := view.Promise(t.Context(), promise.ID); kept.Now != tie.PromiseKept || !slices.Equal(kept.Deeds, []int64{int64(visit.ID)}) {
			t.Errorf("kept: %+v", kept.Promise)
		}
		under, _, err := view.Deeds(t.Context(), store.DeedQuery{Tie: one.ID})
		if err != nil || len(under) != 1 || under[0].ID != visit.ID || !slices.Equal(under[0].Ties, visit.Ties) {
			t.Errorf("deeds under the tie: %v %v", under, err)
		}
		visit.Ties = nil
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Correct(ctx, tx, by, visit, visit.Revision)
			return err
		})
		if under, _, _ = view.Deeds(t.Context(), store.DeedQuery{Tie: one.ID}); len(under) != 0 {
			t.Errorf("a deed corrected away from the tie is still under it: %v", under)
		}
	})
}

func TestConflictingDatesAreKeptAndOneIsHeldTrue(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		_, _, one := districts(t, b)
		by, stage := storetest.Operator(), one.Stages[0].ID
		claim := tie.Claim{Date: calendar.InYear(1967), Source: source.Source{Kind: source.Article, Title: "Một bài báo khác"}}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.Claimed(ctx, tx, by, one.ID, stage, claim)
			return err
		})
		if got := tieNow(t, b, one.ID); len(got.Contested()) != 1 || got.Origin != calendar.On(1968, 11, 20) {
			t.Errorf("contested %v, held %v", got.Contested(), got.Origin)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.HoldTrue(ctx, tx, by, one.ID, tie.Choice{Stage: stage, Why: "theo hồ sơ lưu trữ"})
			return err
		})
		got := tieNow(t, b, one.ID)
		if got.Origin != calendar.InYear(1967) || got.Stages[0].Others[0].Date != calendar.On(1968, 11, 20) || got.Stages[0].Others[0].Source.Title != "Báo Thanh Hóa" {
			t.Errorf("held %v, others %v", got.Origin, got.Stages[0].Others)
		}
	})
}

func TestTiesAreListedFoundAndDue(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		thoXuan, _, one := districts(t, b)
		by, view := storetest.Operator(), b.As(storetest.Operator())
		front, champasak := locality(t, b, "Mặt trận tỉnh Champasak", calendar.Date{}, calendar.Date{}), locality(t, b, "Ủy ban Mặt trận tỉnh Bình Dương", calendar.Date{}, calendar.Date{})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			minutes, err := tie.Enter(ctx, tx, by, tie.Tie{
				Kind: "minutes", Body: b.Root(), Parties: []tie.Party{{Side: 1, Body: front.ID}, {Side: 2, Body: champasak.ID}}, Fields: []string{"people", "education"},
				Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.InYear(2022)}}, Expiry: calendar.On(2027, 3, 31), NoticeMonths: 1, ReviewMonths: 60,
			})
			if err != nil {
				return err
			}
			_, err = tie.PlanReview(ctx, tx, by, tie.Review{Tie: minutes.ID, Due: calendar.On(2026, 12, 15), Covers: "2022-2027"})
			return err
		})
		for _, c := range []struct {
			name string
			ask  store.TieQuery
			want int
		}{
			{"all", store.TieQuery{}, 2},
			{"by a kind", store.TieQuery{Kind: "minutes"}, 1},
			{"by a field", store.TieQuery{Field: "education"}, 1},
			{"by a word of a party's name", store.TieQuery{Typed: "que son"}, 1},
			{"by the code", store.TieQuery{Typed: "tho-xuan"}, 1},
			{"by a party", store.TieQuery{Body: thoXuan.ID}, 1},
			{"by its standing", store.TieQuery{Status: tie.Expiring}, 1},
			{"by silence", store.TieQuery{Quiet: 24}, 2},
			{"none", store.TieQuery{Typed: "paris"}, 0},
		} {
			rows, n, err := view.Ties(t.Context(), c.ask)
			if err != nil || n != c.want || len(rows) != c.want {
				t.Errorf("%s: %d of %d, want %d: %v", c.name, len(rows), n, c.want, err)
			}
		}
		due, err := view.TiesDue(t.Context(), view.Today().AddMonths(12))
		if err != nil {
			t.Fatal(err)
		}
		var what []store.DueKind
		for _, d := range due {
			what = append(what, d.What)
		}
		if !slices.Equal(what, []store.DueKind{store.DueReview, store.DueNotice, store.DueExpiry}) {
			t.Errorf("due within a year: %v", what)
		}
		rows, _, _ := view.Ties(t.Context(), store.TieQuery{Order: store.TiesByContact})
		if len(rows) != 2 || rows[0].ID != one.ID {
			t.Errorf("the longest silent is not the first: %v", rows)
		}
	})
}

// A membership in a union lets the union's officers see the sums of a member,
// and nothing that makes them up.
func TestMembershipGrantsFiguresOnly(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		member := storetest.Named("Hội hữu nghị Việt – Lào", body.Friendship)
		chair := chairOf(t, b)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			member, err = body.Found(ctx, tx, member)
			return err
		})
		before, err := b.Actor(t.Context(), chair)
		if err != nil || before.Can(access.ReadFigures, member.ID) {
			t.Fatalf("without a membership the union reads the figures: %v", err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.Enter(ctx, tx, storetest.Operator(), tie.Tie{
				Kind: "membership", Body: b.Root(), Parties: []tie.Party{{Side: 1, Body: b.Root()}, {Side: 2, Body: member.ID}},
				Stages: []tie.Stage{{Kind: tie.InEffect, Date: calendar.InYear(2020)}},
			})
			return err
		})
		after, err := b.Actor(t.Context(), chair)
		if err != nil {
			t.Fatal(err)
		}
		for _, right := range access.Rights() {
			if got, want := after.Can(right, member.ID), right == access.ReadFigures; got != want {
				t.Errorf("a member's %s: %v, want %v", right, got, want)
			}
		}
	})
}

// chairOf admits somebody who heads the root.
func chairOf(t *testing.T, b *store.Book) (chair store.Account) {
	t.Helper()
	by := storetest.Operator()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		p, err := person.Enrol(ctx, tx, by, person.Person{Body: b.Root(), Name: "Bà Chủ tịch"}, nil)
		if err != nil {
			return err
		}
		o, err := person.Create(ctx, tx, by, person.Office{Body: b.Root(), Kind: string(access.Head), Seats: 1})
		if err != nil {
			return err
		}
		if _, err = person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020)}); err != nil {
			return err
		}
		chair, err = store.Admit(ctx, tx, store.Account{Login: "chu-tich", Person: p.ID, Hash: "x", Lang: "vi"})
		return err
	})
	return chair
}
