package store_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/lineage"
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// furnish gives a branch a member, an officer, money, goods, a task, a plan.
func furnish(t testing.TB, b *store.Book, at body.ID) person.Person {
	t.Helper()
	by := storetest.Operator()
	member := enrol(t, b, person.Person{Name: "Phạm Văn Thược", Body: at})[0]
	openFund(t, b, at)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		o, err := person.Create(ctx, tx, by, person.Office{Body: at, Kind: string(access.Head), Seats: 1})
		if err != nil {
			return err
		}
		if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: member.ID, From: calendar.InYear(2020)}); err != nil {
			return err
		}
		p, err := fund.SetPurpose(ctx, tx, by, fund.Purpose{Body: at, Code: "khuyen-hoc", Names: map[string]string{"vi": "Khuyến học"}}, 0)
		if err != nil {
			return err
		}
		day := calendar.On(2025, 3, 1)
		for _, part := range []fund.Part{{Heading: fund.DonationCode, Amount: money.Of(5_000_000, money.VND)}, {Heading: fund.DonationCode, Amount: money.Of(2_000_000, money.VND), Purpose: p.ID}} {
			if _, err := fund.Enter(ctx, tx, by, fund.Draft{Body: at, Kind: fund.Receipt, Day: day, Parts: []fund.Part{part}, Slip: fund.Slip{Name: "Nhà hảo tâm"}}); err != nil {
				return err
			}
		}
		if _, err := fund.MoveStock(ctx, tx, by, fund.StockMove{Body: at, Day: day, Item: "Phao cứu sinh", Quantity: 12}); err != nil {
			return err
		}
		if _, err := office.Resolve(ctx, tx, by, office.Task{Body: at, Text: "Lập danh sách", Person: member.ID}); err != nil {
			return err
		}
		for status, day := range map[deed.Status]calendar.Date{deed.Planned: calendar.On(2026, 12, 1), deed.Done: calendar.On(2025, 9, 1)} {
			d := deed.Deed{Kind: "sick-visit", Title: "Thăm", Body: at, Day: day, Status: status, Lines: []deed.Line{{N: 1, Unit: deed.Acts, Quantity: 2}}}
			if _, err := deed.Post(ctx, tx, by, d); err != nil {
				return err
			}
		}
		return nil
	})
	return member
}

func leftOf(t testing.TB, b *store.Book, of body.ID) map[lineage.What]int {
	t.Helper()
	r, err := b.As(storetest.Operator()).UnsettledOf(context.Background(), of)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[lineage.What]int{}
	for _, l := range r.Left {
		counts[l.What] = l.Count
	}
	return counts
}

// TestWhatAnEndedBodyLeftIsHandedOn: everything of it, each by its own act; books
// balance and figures agree.
func TestWhatAnEndedBodyLeftIsHandedOn(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		north, south := founded(t, b, "Chi hội Bắc", b.Root(), longAgo), founded(t, b, "Chi hội Nam", b.Root(), longAgo)
		member := furnish(t, b, north.ID)
		e := did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{Body: south.ID}, body.Decision{Day: merged})
		})
		if !e.Ends(north.ID) || e.Ends(south.ID) {
			t.Fatalf("the event ends %v, want the north alone", e.Edges)
		}
		left := leftOf(t, b, north.ID)
		for what, n := range map[lineage.What]int{
			lineage.Members: 1, lineage.Offices: 1, lineage.Money: 1, lineage.Goods: 1, lineage.Tasks: 1, lineage.Plans: 1, lineage.Deeds: 1,
		} {
			if left[what] != n {
				t.Errorf("%d %s are unsettled, want %d: %v", left[what], what, n, left)
			}
		}
		for _, what := range lineage.Whats() {
			if left[what] == 0 {
				continue
			}
			act := lineage.Act{Of: north.ID, What: what, Way: what.Ways()[0], Heir: south.ID, Day: merged + 60, Paper: body.Paper{Number: "13/QĐ"}}
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := lineage.Settle(ctx, tx, storetest.Operator(), act)
				return err
			})
		}
		if left := leftOf(t, b, north.ID); len(left) != 0 {
			t.Errorf("still unsettled: %v", left)
		}
		checkHanded(t, b, north.ID, south.ID, member)
		agrees(t, b)
	})
}

func checkHanded(t *testing.T, b *store.Book, from, to body.ID, member person.Person) {
	t.Helper()
	ctx, view := context.Background(), b.As(storetest.Operator())
	ms, err := view.MembershipsOf(ctx, member.ID)
	if err != nil || len(ms) != 2 {
		t.Fatalf("memberships %v %v, want the old one and the new", ms, err)
	}
	at := slices.IndexFunc(ms, func(m person.Membership) bool { return m.Body == to })
	if at < 0 || !ms[at].Lasts || ms[1-at].Lasts || ms[at].Joined != calendar.OnDay(merged+60) {
		t.Errorf("memberships %+v", ms)
	}
	for of, want := range map[body.ID]int64{from: 0, to: 7_000_000} {
		held, err := view.FundBalances(ctx, of, storetest.Today())
		if err != nil {
			t.Fatal(err)
		}
		var sum int64
		for _, h := range held {
			if h.Account.Class.IsPurse() {
				sum += h.Amount.Minor
			}
		}
		if sum != want {
			t.Errorf("the fund of %d holds %d, want %d", of, sum, want)
		}
	}
	restricted, err := view.PurposeBalances(ctx, to, storetest.Today())
	if err != nil || len(restricted) != 1 || restricted[0].Left.Minor != 2_000_000 {
		t.Errorf("held for purposes %+v (%v), want 2,000,000 for khuyến học", restricted, err)
	}
	if own, _ := counted(t, b, to); own != 2 {
		t.Errorf("%d visits of the heir's own, want the 2 dated after the end", own)
	}
	acts, err := view.Settlements(ctx, from)
	if err != nil || len(acts) != 7 {
		t.Errorf("%d acts are on the record (%v), want 7", len(acts), err)
	}
}

// TestAnEndedBodyIsReadByItsLastOfficersAndSettledByItsHeirs: who held office at a
// body that ended writes nothing there; who holds one at the heir settles.
func TestAnEndedBodyIsReadByItsLastOfficersAndSettledByItsHeirs(t *testing.T) {
	b := storetest.Open(t)
	north, south := founded(t, b, "Chi hội Bắc", b.Root(), longAgo), founded(t, b, "Chi hội Nam", b.Root(), longAgo)
	member := furnish(t, b, north.ID)
	head := enrol(t, b, person.Person{Name: "Bùi Thị Xuân", Body: south.ID})[0]
	actor := func(login string, of person.ID) access.Actor { return actorOf(t, b, login, of) }

	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		o, err := person.Create(ctx, tx, storetest.Operator(), person.Office{Body: south.ID, Kind: string(access.Head), Seats: 1})
		if err != nil {
			return err
		}
		_, err = person.Appoint(ctx, tx, storetest.Operator(), person.Holding{Office: o.ID, Person: head.ID, From: calendar.InYear(2020)})
		return err
	})
	if a := actor("bac", member.ID); !a.Can(access.KeepRoll, north.ID) {
		t.Error("the head of a body that stands may not keep its roll")
	}
	did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{Body: south.ID}, body.Decision{Day: merged})
	})
	if a := actor("bac2", member.ID); a.Can(access.KeepRoll, north.ID) || !a.Can(access.ReadRoll, north.ID) {
		t.Error("the last head of an ended body writes there, or does not read")
	}

	if a := actor("nam", head.ID); !a.Can(access.KeepRoll, north.ID) {
		t.Error("the head of the heir cannot settle what was left")
	}
	// The deeds of the ended body are opened by both: who read them last, and the heir.
	for login, of := range map[string]person.ID{"bac3": member.ID, "nam3": head.ID} {
		view := b.As(actor(login, of))
		all, _, err := view.Deeds(context.Background(), store.DeedQuery{Body: north.ID})
		if err != nil || len(all) != 2 {
			t.Errorf("%s is shown %d deeds of the ended body (%v), want 2", login, len(all), err)
			continue
		}
		if _, err := view.Deed(context.Background(), all[0].ID); err != nil {
			t.Errorf("%s cannot open a deed of the ended body: %v", login, err)
		}
	}
	stranger := enrol(t, b, person.Person{Name: "Người Ngoài", Body: b.Root()})[0]
	if all, _, _ := b.As(actor("ngoai", stranger.ID)).Deeds(context.Background(), store.DeedQuery{Body: north.ID}); len(all) != 0 {
		t.Errorf("somebody without an office is shown %d deeds", len(all))
	}
}

// TestMoneyIsSharedOutInTheCurrencyItIsHeldIn: part of the dollars goes to one heir,
// all the rest to another; nothing is changed into another currency.
func TestMoneyIsSharedOutInTheCurrencyItIsHeldIn(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		gone := founded(t, b, "Chi hội Cũ", b.Root(), longAgo)
		one, two := founded(t, b, "Chi hội Một", b.Root(), longAgo), founded(t, b, "Chi hội Hai", b.Root(), longAgo)
		openFund(t, b, gone.ID)
		for _, a := range []money.Amount{money.Of(3_000_000, money.VND), money.Of(1_250_00, "USD")} {
			enter(t, b, fund.Draft{Body: gone.ID, Kind: fund.Receipt, Day: on("2025-03-01"), Parts: []fund.Part{{Heading: fund.DonationCode, Amount: a}}, Slip: fund.Slip{Name: "Nhà hảo tâm"}})
		}
		did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Split(ctx, tx, gone.ID, []body.Successor{{Body: one.ID}, {Body: two.ID}}, nil, body.Decision{Day: merged})
		})
		for _, act := range []lineage.Act{{Heir: one.ID, Part: money.Of(500_00, "USD")}, {Heir: two.ID}} {
			act.Of, act.What, act.Way, act.Day = gone.ID, lineage.Money, lineage.Hand, merged+10
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := lineage.Settle(ctx, tx, by, act)
				return err
			})
		}
		for of, want := range map[body.ID]map[money.Currency]int64{gone.ID: {}, one.ID: {"USD": 500_00}, two.ID: {"USD": 750_00, money.VND: 3_000_000}} {
			held, err := b.As(by).FundBalances(ctx, of, storetest.Today())
			if err != nil {
				t.Fatal(err)
			}
			got := map[money.Currency]int64{}
			for _, h := range held {
				if h.Account.Class.IsPurse() && h.Amount.Minor != 0 {
					got[h.Account.Currency] += h.Amount.Minor
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("%d holds %v, want %v", of, got, want)
			}
		}
		agrees(t, b)
	})
}

// TestNothingIsHandedOnAgainstSense: before the end, to nobody, more than there is.
func TestNothingIsHandedOnAgainstSense(t *testing.T) {
	b := storetest.Open(t)
	north, south := founded(t, b, "Chi hội Bắc", b.Root(), longAgo), founded(t, b, "Chi hội Nam", b.Root(), longAgo)
	furnish(t, b, north.ID)
	did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.End(ctx, tx, north.ID, 0, body.Decision{Day: merged})
	})
	good := lineage.Act{Of: north.ID, What: lineage.Money, Way: lineage.Hand, Heir: south.ID, Day: merged}
	for key, change := range map[string]func(a *lineage.Act){
		"unsettled.early":        func(a *lineage.Act) { a.Day = merged - 1 },
		"event.future":           func(a *lineage.Act) { a.Day = storetest.Today() + 1 },
		"unsettled.heir.missing": func(a *lineage.Act) { a.Heir = 0 },
		"unsettled.way":          func(a *lineage.Act) { a.Way = lineage.Close },
		"unsettled.part.much":    func(a *lineage.Act) { a.Part = money.Of(9_000_000, money.VND) },
		"unsettled.stands":       func(a *lineage.Act) { a.Of, a.Heir = south.ID, b.Root() },
		"unsettled.nothing":      func(a *lineage.Act) { a.What = lineage.Children },
	} {
		a := good
		change(&a)
		err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := lineage.Settle(ctx, tx, storetest.Operator(), a)
			return err
		})
		if found := fault.All(err); len(found) == 0 || found[0].Key != key {
			t.Errorf("refused with %v, want %s", err, key)
		}
	}
}

// TestAnOfficeThatEndedWithItsBodyLetsItsHolderRead: who left it before does not.
func TestAnOfficeThatEndedWithItsBodyLetsItsHolderRead(t *testing.T) {
	b := storetest.Open(t)
	north, south := founded(t, b, "Chi hội Bắc", b.Root(), longAgo), founded(t, b, "Chi hội Nam", b.Root(), longAgo)
	member := furnish(t, b, north.ID)
	did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{Body: south.ID}, body.Decision{Day: merged})
	})
	for _, office := range []struct {
		login string
		end   calendar.Day
		reads bool
	}{{"bac8", merged - 1, true}, {"bac9", merged - 200, false}} {
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			held, err := tx.HoldingsBy(ctx, member.ID)
			if err != nil {
				return err
			}
			for _, h := range held {
				h.ActualEnd = calendar.OnDay(office.end)
				h.Revision++
				if err := tx.UpdateHolding(ctx, h); err != nil {
					return err
				}
			}
			return nil
		})
		if a := actorOf(t, b, office.login, member.ID); a.Can(access.KeepRoll, north.ID) || a.Can(access.ReadRoll, north.ID) != office.reads {
			t.Errorf("who left office on %v reads what the ended body left: %v, want %v", office.end, !office.reads, office.reads)
		}
	}
}

// actorOf gives somebody an account and says what they may do.
func actorOf(t *testing.T, b *store.Book, login string, of person.ID) access.Actor {
	t.Helper()
	account := store.Account{Login: login, Person: of, Lang: "vi"}
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		account.ID = tx.NewID()
		return tx.SaveAccount(ctx, account)
	})
	a, err := b.Actor(context.Background(), account)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
