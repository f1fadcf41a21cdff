package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/lineage"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// seated appoints to one office of every kind at a body; until unknown: still held.
func seated(t *testing.T, b *store.Book, at body.ID, until calendar.Date) (officers []person.ID) {
	t.Helper()
	by := storetest.Operator()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for _, kind := range access.OfficeKinds() {
			p, err := person.Enrol(ctx, tx, by, person.Person{Name: fmt.Sprintf("Cán bộ %s %d", kind, at), Body: b.Root()}, nil)
			if err != nil {
				return err
			}
			o, err := person.Create(ctx, tx, by, person.Office{Body: at, Kind: string(kind), Seats: 1})
			if err != nil {
				return err
			}
			if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020), ActualEnd: until}); err != nil {
				return err
			}
			officers = append(officers, p.ID)
		}
		return nil
	})
	return officers
}

// lentTo lends the reading of the roll that somebody's office has to a helper.
func lentTo(t *testing.T, b *store.Book, holder person.ID) person.ID {
	t.Helper()
	helper := enrol(t, b, person.Person{Name: "Người giúp việc", Body: b.Root()})[0]
	account := actorOf(t, b, fmt.Sprintf("cho%d", holder), holder)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		held, err := tx.HoldingsBy(ctx, holder)
		if err != nil {
			return err
		}
		_, err = person.Lend(ctx, tx, account, person.Delegation{
			Holding: held[0].ID, Person: helper.ID, Until: storetest.Today() + 30, Rights: []access.Right{access.ReadRoll},
		})
		return err
	})
	return helper.ID
}

// What is said of who sees the records of a body that ended is what reading lets:
// for every kind of office at the body itself, at its heir, above and beside, for who
// left before it ended and for helpers; before and after all of it was handed on.
func TestWhoMaySeeWhatAnEndedBodyLeftIsWhoCanReadIt(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		north, south := founded(t, b, "Chi hội Bắc", b.Root(), longAgo), founded(t, b, "Chi hội Nam", b.Root(), longAgo)
		beside := founded(t, b, "Chi hội Đông", b.Root(), longAgo)
		furnish(t, b, north.ID)
		last, before := seated(t, b, north.ID, calendar.Date{}), seated(t, b, north.ID, calendar.OnDay(merged-200))
		heirs := seated(t, b, south.ID, calendar.Date{})
		all := slices.Concat(last, before, heirs, seated(t, b, b.Root(), calendar.Date{}), seated(t, b, beside.ID, calendar.Date{}))
		all = append(all, lentTo(t, b, last[0]), lentTo(t, b, heirs[0]))
		saidIsRead(t, b, "standing", north.ID, all)
		did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{Body: south.ID}, body.Decision{Day: merged})
		})
		said := saidIsRead(t, b, "ended", north.ID, all)
		for _, want := range []struct {
			of               person.ID
			may, last, heirs bool
		}{{last[0], true, true, false}, {before[0], false, false, false}, {heirs[0], true, false, true}} {
			i := slices.IndexFunc(said, func(s store.Seer) bool { return s.Person == want.of })
			if i >= 0 != want.may || i >= 0 && (said[i].Last != want.last || said[i].Heir != want.heirs) {
				t.Errorf("of %d it is said %+v, want %+v", want.of, said, want)
			}
		}
		left := leftOf(t, b, north.ID)
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
		saidIsRead(t, b, "handed on", north.ID, all)
		saidIsRead(t, b, "of the heir", south.ID, all)
	})
}

// saidIsRead compares for every reading right what is said with what the view
// lets, and gives who is said to read the roll.
func saidIsRead(t *testing.T, b *store.Book, when string, of body.ID, all []person.ID) (roll []store.Seer) {
	t.Helper()
	ctx, operator := context.Background(), b.As(storetest.Operator())
	people, _, err := operator.People(ctx, store.PeopleQuery{Branch: of, Status: store.IsMember})
	if err != nil {
		t.Fatal(err)
	}
	deeds, _, err := operator.Deeds(ctx, store.DeedQuery{Body: of})
	if err != nil {
		t.Fatal(err)
	}
	reads := map[access.Right]func(v *store.View) bool{
		access.ReadFigures: func(v *store.View) bool {
			_, err := v.TallyRows(ctx, of, deed.Measure{Kind: "sick-visit", Unit: deed.Acts}, false)
			return err == nil
		},
		access.ReadFund: func(v *store.View) bool { _, err := v.FundBalances(ctx, of, storetest.Today()); return err == nil },
		access.ReadRoll: func(v *store.View) bool {
			return !slices.ContainsFunc(people, func(p store.PersonRow) bool { _, err := v.Person(ctx, p.ID); return err != nil })
		},
		access.ReadDeeds: func(v *store.View) bool {
			return slices.ContainsFunc(deeds, func(d deed.Deed) bool { _, err := v.Deed(ctx, d.ID); return err == nil })
		},
	}
	if len(people) == 0 {
		delete(reads, access.ReadRoll) // all were handed on
	}
	if len(deeds) == 0 {
		delete(reads, access.ReadDeeds)
	}
	for right, read := range reads {
		said, err := operator.WhoMay(ctx, right, of)
		if err != nil {
			t.Fatal(err)
		}
		if right == access.ReadRoll {
			roll = said
		}
		for _, id := range all {
			actor, err := b.Actor(ctx, store.Account{ID: 1, Person: id})
			if err != nil {
				t.Fatal(err)
			}
			told := slices.ContainsFunc(said, func(s store.Seer) bool { return s.Person == id })
			if can, opened := actor.Can(right, of), read(b.As(actor)); told != can || told != opened {
				t.Errorf("%s, %s: officer %d is said to see it: %v, has the right: %v, is shown it: %v", when, right, id, told, can, opened)
			}
		}
	}
	return roll
}
