package store_test

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
)

// TestEveryBadChangeIsRefusedWithTheReasonAndTheWayOut: what a reader in Vietnamese
// is told of each mistake, and that nothing of it stays in the book.
func TestEveryBadChangeIsRefusedWithTheReasonAndTheWayOut(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	vi := words.In(locale.Vi)
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		w := newRefusals(t, b)
		for _, c := range w.cases() {
			before := line(t, b)
			err := b.Write(context.Background(), store.Writing{By: storetest.Operator()}, c.do)
			faults := fault.All(err)
			if len(faults) == 0 {
				t.Errorf("%s: %v, want a refusal", c.name, err)
				continue
			}
			said := vi.Say(faults[0].Key, faults[0].Args...)
			for _, part := range c.said {
				if !strings.Contains(said, part) {
					t.Errorf("%s: said %q, want %q in it", c.name, said, part)
				}
			}
			if after := line(t, b); after != before {
				t.Errorf("%s: something stayed in the book", c.name)
			}
		}
	})
}

// refusals is a small book with all that mistakes can be made about.
type refusals struct {
	north, south, group, young, gone body.Body
	first                            body.Event // of which a later one is made
}

func newRefusals(t *testing.T, b *store.Book) *refusals {
	w := &refusals{
		north: founded(t, b, "Chi hội Bắc", b.Root(), longAgo), south: founded(t, b, "Chi hội Nam", b.Root(), longAgo),
		young: founded(t, b, "Chi hội Trẻ", b.Root(), calendar.DayOf(2026, 1, 1)), gone: founded(t, b, "Chi hội Cũ", b.Root(), longAgo),
	}
	w.group = founded(t, b, "Tổ Nam 1", w.south.ID, longAgo)
	did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.End(ctx, tx, w.gone.ID, 0, body.Decision{Day: calendar.DayOf(2020, 1, 1)})
	})
	one, two := founded(t, b, "Chi hội Một", b.Root(), longAgo), founded(t, b, "Chi hội Hai", b.Root(), longAgo)
	both, last := storetest.Named("Chi hội Chung", body.Branch), storetest.Named("Chi hội Sau", body.Branch)
	w.first = did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Merge(ctx, tx, []body.ID{one.ID, two.ID}, body.Successor{New: &both}, body.Decision{Day: merged})
	})
	did(t, b, func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Split(ctx, tx, w.first.Edges[0].To, []body.Successor{{New: &last}}, &body.Share{}, body.Decision{Day: merged + 90})
	})
	return w
}

// mistake is one of them: what is done, and what must be said of it.
type mistake struct {
	name string
	said []string
	do   func(ctx context.Context, tx *store.Tx) error
}

func (w *refusals) cases() []mistake {
	on := body.Decision{Day: merged}
	event := func(verb func(ctx context.Context, tx *store.Tx) (body.Event, error)) func(context.Context, *store.Tx) error {
		return func(ctx context.Context, tx *store.Tx) error {
			_, err := verb(ctx, tx)
			return err
		}
	}
	merge := func(of []body.ID, into body.ID) func(context.Context, *store.Tx) error {
		return event(func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Merge(ctx, tx, of, body.Successor{Body: into}, on)
		})
	}
	return []mistake{
		{"a merger with itself", []string{"không sáp nhập với chính nó được", "chọn đơn vị khác"}, merge([]body.ID{w.north.ID}, w.north.ID)},
		{"a merger with its ancestor", []string{"“Tổ Nam 1” thuộc “Chi hội Nam”", "Có thể kết thúc"}, merge([]body.ID{w.group.ID}, w.south.ID)},
		{"shares over one", []string{"đã quá toàn bộ đơn vị", "tối đa là 1"}, event(func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			most := body.Share{Num: 2, Den: 3}
			return body.Split(ctx, tx, w.north.ID, []body.Successor{{Body: w.south.ID, Share: most}}, &most, on)
		})},
		{"before the founding", []string{"không sau ngày thành lập “Chi hội Trẻ”", "chọn ngày sau đó"}, event(func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.End(ctx, tx, w.young.ID, 0, on)
		})},
		{"overlapping parents", []string{"hai cấp trên cùng lúc", "Cấp trên trước phải hết"}, func(ctx context.Context, tx *store.Tx) error {
			return body.CheckParents([]body.Edge{{Child: w.group.ID, Parent: w.south.ID, Since: longAgo, Until: calendar.Latest}, {Child: w.group.ID, Parent: w.north.ID, Since: merged, Until: calendar.Latest}})
		}},
		{"a circle", []string{"“Chi hội Nam” sẽ trực thuộc chính nó", "Xin chọn cấp trên"}, event(func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Move(ctx, tx, w.south.ID, w.group.ID, on)
		})},
		{"a tie signed by a body that had ended", []string{"Chi hội Cũ đã kết thúc hoạt động từ", "Hãy ghi đơn vị thừa kế"}, func(ctx context.Context, tx *store.Tx) error {
			_, err := tie.Enter(ctx, tx, storetest.Operator(), tie.Tie{
				Kind: "twinning", Body: w.north.ID, Parties: []tie.Party{{Side: 1, Body: w.north.ID}, {Side: 2, Body: w.gone.ID}},
				Stages: []tie.Stage{{Kind: tie.Signature, Date: calendar.On(2024, 5, 1)}},
			})
			return err
		}},
		{"an heir that does not exist yet", []string{"“Chi hội Trẻ” không có mặt vào ngày này", "chọn ngày khác"}, merge([]body.ID{w.north.ID}, w.young.ID)},
		{"an undo after a later event", []string{"“Chi hội Chung” còn có thay đổi ghi sau", "bỏ thay đổi ghi sau trước"}, event(func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Undo(ctx, tx, w.first.ID, "ghi nhầm")
		})},
		{"an end without an event", []string{"Chi hội Bắc kết thúc", "“Ghi thay đổi tổ chức”"}, func(ctx context.Context, tx *store.Tx) error {
			b, err := tx.Body(ctx, w.north.ID)
			if err != nil {
				return err
			}
			b.Ended = calendar.On(2026, 1, 1)
			_, err = body.Describe(ctx, tx, b, b.Revision)
			return err
		}},
	}
}
