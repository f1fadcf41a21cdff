package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// line tells all that lineage may change: bodies, parents, events that stand.
func line(t testing.TB, b *store.Book) string {
	t.Helper()
	view := b.As(storetest.Operator())
	bodies, err := view.Bodies(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var all []any
	for _, one := range bodies {
		all = append(all, one, view.Tree().Parents(one.ID), view.Lineage().Events(one.ID), view.Lineage().Life(one.ID))
	}
	raw, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"revision": \d+`).ReplaceAllString(string(raw), "")
}

func agrees(t testing.TB, b *store.Book) {
	t.Helper()
	if trouble, err := b.Check(context.Background()); err != nil || len(trouble) > 0 {
		t.Fatalf("check: %v %v", trouble, err)
	}
}

// did writes an event.
func did(t testing.TB, b *store.Book, verb func(ctx context.Context, tx *store.Tx) (body.Event, error)) body.Event {
	t.Helper()
	var e body.Event
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		e, err = verb(ctx, tx)
		return err
	})
	return e
}

func founded(t testing.TB, b *store.Book, name string, under body.ID, since calendar.Day) body.Body {
	t.Helper()
	one := storetest.Named(name, body.Branch)
	one.Parent, one.Founded = under, calendar.OnDay(since)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		one, err = body.Found(ctx, tx, one)
		return err
	})
	return one
}

func visits(t testing.TB, b *store.Book, home body.ID, on calendar.Day, n int64) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		_, err := deed.Post(ctx, tx, storetest.Operator(), deed.Deed{
			Kind: "sick-visit", Title: "Thăm ốm", Body: home, Day: calendar.OnDay(on), Status: deed.Done,
			Lines: []deed.Line{{N: 1, Unit: deed.Acts, Quantity: n}},
		})
		return err
	})
}

func counted(t testing.TB, b *store.Book, of body.ID) (own, below int64) {
	t.Helper()
	for _, under := range []bool{false, true} {
		rows, err := b.As(storetest.Operator()).TallyRows(context.Background(), of, acts, under)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if under {
				below += r.Qty
			} else {
				own += r.Qty
			}
		}
	}
	return own, below
}

var (
	longAgo = calendar.DayOf(1990, 1, 1)
	merged  = calendar.DayOf(2025, 7, 1)
)

// TestBranchesMergeAndTheMergerIsTakenBack: what stood below stands below the
// heir, figures of later deeds with it; taken back, the book is what it was.
func TestBranchesMergeAndTheMergerIsTakenBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		north := founded(t, b, "Chi hội Bắc", b.Root(), longAgo)
		south := founded(t, b, "Chi hội Nam", b.Root(), longAgo)
		group := founded(t, b, "Tổ Nam 1", south.ID, longAgo)
		visits(t, b, group.ID, calendar.DayOf(2024, 5, 1), 3)
		visits(t, b, group.ID, calendar.DayOf(2025, 9, 1), 5)
		before := line(t, b)
		heir := storetest.Named("Chi hội Bắc Nam", body.Branch)
		e := did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{New: &heir},
				body.Decision{Day: merged, Paper: body.Paper{Number: "12/QĐ-HĐH", Issuer: "Ban Thường trực"}})
		})
		view := b.As(storetest.Operator())
		heirs := view.Lineage().Heirs(view.Tree(), south.ID, calendar.DayOf(2024, 1, 1), storetest.Today())
		if len(heirs) != 1 || heirs[0].Share != body.Whole() {
			t.Fatalf("heirs of the south are %+v, want one, whole", heirs)
		}
		now := heirs[0].ID
		if parent, _ := view.Tree().ParentOn(group.ID, storetest.Today()); parent != now {
			t.Errorf("the group stands under %d, want the heir %d", parent, now)
		}
		if parent, _ := view.Tree().ParentOn(now, storetest.Today()); parent != b.Root() {
			t.Errorf("the heir stands under %d, want the root, as those before it", parent)
		}
		if _, below := counted(t, b, south.ID); below != 3 {
			t.Errorf("below the south %d visits, want the 3 from before its end", below)
		}
		if _, below := counted(t, b, now); below != 5 {
			t.Errorf("below the heir %d visits, want the 5 since it began", below)
		}
		agrees(t, b)
		did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Undo(ctx, tx, e.ID, "ghi nhầm")
		})
		if after := line(t, b); after != before {
			t.Errorf("taken back:\n%s\nwant as before:\n%s", after, before)
		}
		if _, below := counted(t, b, south.ID); below != 8 {
			t.Errorf("below the south %d visits, want all 8 again", below)
		}
		agrees(t, b)
	})
}

// TestEventsThatMakeNoSenseAreRefused: each with the field and the reason.
func TestEventsThatMakeNoSenseAreRefused(t *testing.T) {
	b := storetest.Open(t)
	north := founded(t, b, "Chi hội Bắc", b.Root(), longAgo)
	south := founded(t, b, "Chi hội Nam", b.Root(), longAgo)
	group := founded(t, b, "Tổ Nam 1", south.ID, longAgo)
	young := founded(t, b, "Chi hội Trẻ", b.Root(), calendar.DayOf(2026, 1, 1))
	gone := founded(t, b, "Chi hội Cũ", b.Root(), longAgo)
	did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.End(ctx, tx, gone.ID, 0, body.Decision{Day: calendar.DayOf(2020, 1, 1)})
	})
	on := body.Decision{Day: merged}
	two := body.Share{Num: 2, Den: 3}
	anew := func(name string) body.Successor {
		one := storetest.Named(name, body.Branch)
		return body.Successor{New: &one, Share: two}
	}
	for name, c := range map[string]struct {
		key  string
		verb func(ctx context.Context, tx *store.Tx) (body.Event, error)
	}{
		"with itself": {"event.merge.itself", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID, north.ID}, anew("Mới"), on)
		}},
		"into itself": {"event.merge.itself", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID}, body.Successor{Body: north.ID}, on)
		}},
		"with its ancestor": {"event.merge.ancestor", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{group.ID}, body.Successor{Body: south.ID}, on)
		}},
		"shares over one": {"event.share.over", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Split(ctx, tx, north.ID, []body.Successor{anew("Bắc 1"), anew("Bắc 2")}, nil, on)
		}},
		"before the founding": {"event.before.founding", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Rename(ctx, tx, young.ID, []body.Name{{Lang: "vi", Full: "Khác"}}, on)
		}},
		"heir not yet there": {"event.heir.absent", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID}, body.Successor{Body: young.ID}, on)
		}},
		"heir that ended": {"event.heir.absent", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, []body.ID{north.ID}, body.Successor{Body: gone.ID}, on)
		}},
		"a body that ended": {"event.ended", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Move(ctx, tx, gone.ID, north.ID, on)
		}},
		"a circle": {"event.cycle.of", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Move(ctx, tx, south.ID, group.ID, on)
		}},
		"tomorrow": {"event.future", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.End(ctx, tx, north.ID, 0, body.Decision{Day: storetest.Today() + 1})
		}},
		"founded again while it stands": {"event.refound.stands", func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Refound(ctx, tx, north.ID, *anew("Bắc").New, on)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
				_, err := c.verb(ctx, tx)
				return err
			})
			if found := fault.All(err); len(found) == 0 || found[0].Key != c.key {
				t.Errorf("refused with %v, want %s", err, c.key)
			}
		})
	}
	overlap := []body.Edge{{Child: 1, Parent: 2, Since: 0, Until: 10}, {Child: 1, Parent: 3, Since: 10, Until: 20}}
	if found := fault.All(body.CheckParents(overlap)); len(found) == 0 || found[0].Key != "event.parents.overlap" {
		t.Errorf("two parents at once: %v", found)
	}
}

// TestEventIsNotTakenBackWhileSomethingDependsOnIt: a later event, a deed of the
// body that was made.
func TestEventIsNotTakenBackWhileSomethingDependsOnIt(t *testing.T) {
	b := storetest.Open(t)
	north := founded(t, b, "Chi hội Bắc", b.Root(), longAgo)
	south := founded(t, b, "Chi hội Nam", b.Root(), longAgo)
	one := storetest.Named("Chi hội Chung", body.Branch)
	first := did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Merge(ctx, tx, []body.ID{north.ID, south.ID}, body.Successor{New: &one}, body.Decision{Day: merged})
	})
	heir := first.Edges[0].To
	undo := func(id int64) error {
		return b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := body.Undo(ctx, tx, id, "ghi nhầm")
			return err
		})
	}
	later := did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Rename(ctx, tx, heir, []body.Name{{Lang: "vi", Full: "Chi hội Thống Nhất"}}, body.Decision{Day: merged + 100})
	})
	if found := fault.All(undo(first.ID)); len(found) == 0 || found[0].Key != "event.undo.later" {
		t.Errorf("taking back under a later event: %v", found)
	}
	if err := undo(later.ID); err != nil {
		t.Fatalf("take back the renaming: %v", err)
	}
	visits(t, b, heir, merged+10, 1)
	if found := fault.All(undo(first.ID)); len(found) == 0 || found[0].Key != "event.undo.used.merge" {
		t.Errorf("taking back under a deed of the heir: %v", found)
	}
}

// TestRandomHistoriesAreTakenBackStepByStep: whatever was done, in whatever order
// it was recorded, taking back the last event leaves the book as before it, and
// the figures agree with the journal all along.
func TestRandomHistoriesAreTakenBackStepByStep(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := storetest.Open(t)
		var all []body.ID
		for i := range 5 {
			under := b.Root()
			if i > 2 {
				under = all[i-3]
			}
			all = append(all, founded(t, b, fmt.Sprintf("Chi hội %d", i), under, longAgo).ID)
			visits(t, b, all[i], calendar.DayOf(2000+i*6, 3, 3), int64(i+1))
		}
		for n := range rapid.IntRange(1, 6).Draw(r, "events") {
			before := line(t, b)
			e, err := attempt(b, r, &all, n)
			if err != nil {
				if fault.KindOf(err) != fault.Invalid && fault.KindOf(err) != fault.NotFound {
					r.Fatalf("an event failed: %v", err)
				}
				if after := line(t, b); after != before {
					r.Fatalf("a refused event left something")
				}
				continue
			}
			if rapid.Bool().Draw(r, "back") {
				did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) { return body.Undo(ctx, tx, e.ID, "thử") })
				if after := line(t, b); after != before {
					r.Fatalf("%s taken back:\n%s\nwant as before:\n%s", e.Kind, after, before)
				}
			}
		}
		agrees(t, b)
	})
}

// attempt does some event on some bodies of a book.
func attempt(b *store.Book, r *rapid.T, all *[]body.ID, n int) (body.Event, error) {
	pick := func(label string) body.ID { return rapid.SampledFrom(*all).Draw(r, label) }
	d := body.Decision{Day: calendar.DayOf(1995+rapid.IntRange(0, 30).Draw(r, "year"), 1, 1)}
	anew := storetest.Named(fmt.Sprintf("Chi hội mới %d", n), body.Branch)
	kind := rapid.SampledFrom(body.EventKinds()).Draw(r, "kind")
	var e body.Event
	err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) (err error) {
		switch kind {
		case body.Renaming:
			e, err = body.Rename(ctx, tx, pick("body"), []body.Name{{Lang: "vi", Full: fmt.Sprintf("Tên %d", n)}}, d)
		case body.Merging:
			e, err = body.Merge(ctx, tx, []body.ID{pick("one"), pick("two")}, body.Successor{New: &anew}, d)
		case body.Splitting:
			keeps := body.Share{Num: 1, Den: 3}
			e, err = body.Split(ctx, tx, pick("body"), []body.Successor{{New: &anew}}, &keeps, d)
		case body.Moving:
			e, err = body.Move(ctx, tx, pick("body"), pick("under"), d)
		case body.Levelling:
			e, err = body.ChangeLevel(ctx, tx, pick("body"), body.Grade{Level: body.Commune, Kind: body.Committee, Official: "12345"}, d)
		case body.Ending:
			e, err = body.End(ctx, tx, pick("body"), b.Root(), d)
		default:
			e, err = body.Refound(ctx, tx, pick("body"), anew, d)
		}
		return err
	})
	if err == nil {
		for _, id := range e.Bodies() {
			if e.Begins(id) && id != b.Root() {
				*all = append(*all, id)
			}
		}
	}
	return e, err
}
