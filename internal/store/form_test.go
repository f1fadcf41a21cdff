package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

// asked is a monthly form of the association, asked of its branches.
type asked struct {
	t     testing.TB
	book  *store.Book
	form  reporting.Form
	units []body.Body
}

var october = calendar.MonthOf(2026, 10)

func monthly(under body.ID) reporting.Form {
	return reporting.Form{
		Code: "bao-cao-thang", Body: under, Names: reporting.Names{"vi": "Báo cáo tháng"}, Every: reporting.Month, Due: 5, Since: calendar.DayOf(2025, 1, 1),
		Senders: reporting.Senders{Under: under, Kinds: []body.Kind{body.Branch}}, Posting: reporting.OnApproval,
		Questions: []reporting.Question{
			{Kind: reporting.Number, Names: reporting.Names{"vi": "Số buổi tuyên truyền"}, Feeds: "campaign.acts", Needed: true},
			{Kind: reporting.Number, Names: reporting.Names{"vi": "Số người dự"}, Feeds: "campaign.persons"},
			{Kind: reporting.Money, Cur: "VND", Names: reporting.Names{"vi": "Số tiền vận động"}, Feeds: "relief-home.money"},
			{Kind: reporting.Text, Names: reporting.Names{"vi": "Tình hình nhân dân"}},
		},
	}
}

func newAsked(t testing.TB, b *store.Book, units int) *asked {
	t.Helper()
	a := &asked{t: t, book: b}
	for i := range units {
		a.units = append(a.units, storetest.Branch(t, b, fmt.Sprintf("Chi hội số %d", i)))
	}
	a.write(func(ctx context.Context, tx *store.Tx) (err error) {
		a.form, err = reporting.Define(ctx, tx, storetest.Operator(), monthly(b.Root()), 0)
		return err
	})
	return a
}

func (a *asked) write(do func(ctx context.Context, tx *store.Tx) error) {
	a.t.Helper()
	storetest.Write(a.t, a.book, do)
}

// answers reads what was typed for the questions in their order.
func (a *asked) answers(typed ...string) reporting.Answers {
	a.t.Helper()
	all := reporting.NewAnswers()
	for i, one := range typed {
		if err := all.Read(a.form.Questions[i], one, "vi"); err != nil {
			a.t.Fatalf("read %q: %v", one, err)
		}
	}
	return all
}

// try sends a reply of one unit for October.
func (a *asked) try(by access.Actor, unit int, based int64, answers reporting.Answers) (reporting.Reply, error) {
	var r reporting.Reply
	err := a.book.Write(context.Background(), store.Writing{By: by, Why: "test"}, func(ctx context.Context, tx *store.Tx) (err error) {
		r, err = reporting.Send(ctx, tx, by, a.form.ID, october, reporting.Sending{Version: a.form.Version, Unit: a.units[unit].ID, Based: based, By: "Bà Hoa", Way: reporting.ByLink, Answers: answers})
		return err
	})
	return r, err
}

func (a *asked) send(unit int, typed ...string) reporting.Reply {
	a.t.Helper()
	r, err := a.try(storetest.Operator(), unit, reporting.Latest, a.answers(typed...))
	if err != nil {
		a.t.Fatalf("send of unit %d: %v", unit, err)
	}
	return r
}

func (a *asked) approve(unit int) error {
	return a.book.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
		_, err := reporting.Approve(ctx, tx, storetest.Operator(), reporting.Judgement{Form: a.form.ID, Period: october, Unit: a.units[unit].ID, Based: reporting.Latest})
		return err
	})
}

func (a *asked) sendBack(unit int, reason string) error {
	return a.book.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
		_, err := reporting.SendBack(ctx, tx, storetest.Operator(), reporting.Judgement{Form: a.form.ID, Period: october, Unit: a.units[unit].ID, Based: reporting.Latest, Reason: reason})
		return err
	})
}

// figure is a measure of a body in October, as the whole book counts it.
func (a *asked) figure(of body.ID, measure string) string {
	a.t.Helper()
	m, err := deed.ParseMeasure(measure)
	if err != nil {
		a.t.Fatal(err)
	}
	f, err := tally.Of(context.Background(), a.book.As(storetest.Operator()), tally.Query{Body: of, Measure: m, Period: october})
	if err != nil {
		a.t.Fatal(err)
	}
	return fmt.Sprintf("%s %d", f.Qualifier, f.Qty)
}

func (a *asked) progress() reporting.Tale {
	a.t.Helper()
	p, err := a.book.As(storetest.Operator()).FormProgress(context.Background(), a.form.ID, october, a.book.Root())
	if err != nil {
		a.t.Fatal(err)
	}
	return p.Tale
}

func (a *asked) whole() {
	a.t.Helper()
	trouble, err := a.book.Check(context.Background())
	if err != nil || len(trouble) > 0 {
		a.t.Errorf("check: %v %v", trouble, err)
	}
}

func TestAnswersBecomeDeedsOnApprovalAndTheLastOneSentCounts(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		a := newAsked(t, b, 3)
		a.send(0, "3", "trên 200", "1,5 triệu", "Nhân dân phấn khởi")
		a.send(1, "0", "khoảng 30", "", "")
		if got, want := a.figure(b.Root(), "campaign.persons"), "exact 0"; got != want {
			t.Errorf("before approval %s, want %s", got, want)
		}
		for unit := range 2 {
			if err := a.approve(unit); err != nil {
				t.Fatal(err)
			}
		}
		for measure, want := range map[string]string{"campaign.acts": "exact 3", "campaign.persons": "about 230", "relief-home.money:VND": "exact 1500000"} {
			if got := a.figure(b.Root(), measure); got != want {
				t.Errorf("%s: %s, want %s", measure, got, want)
			}
		}
		// Sent again: the deeds stand until the new one is approved, and are then corrected.
		again := a.send(0, "4", "trên 250", "", "Nhân dân phấn khởi")
		if again.N != 2 || again.Status != reporting.Sent {
			t.Errorf("sent again: %+v", again)
		}
		if got := a.figure(b.Root(), "campaign.acts"); got != "exact 3" {
			t.Errorf("not yet approved again: %s", got)
		}
		if err := a.approve(0); err != nil {
			t.Fatal(err)
		}
		for measure, want := range map[string]string{"campaign.acts": "exact 4", "campaign.persons": "about 280", "relief-home.money:VND": "exact 0"} {
			if got := a.figure(b.Root(), measure); got != want {
				t.Errorf("%s: %s, want %s", measure, got, want)
			}
		}
		past, err := b.As(storetest.Operator()).FormPast(context.Background(), a.form.ID, october, a.units[0].ID)
		if err != nil || len(past) != 3 || past[0].N != 2 || past[2].N != 1 || past[2].Answers.Figures[2].Qty != 200 {
			t.Errorf("earlier ones: %+v %v", past, err)
		}
		if got, want := a.progress(), (reporting.Tale{Expected: 3, Sent: 2, Late: 2, Approved: 2}); got != want {
			t.Errorf("progress %+v, want %+v", got, want)
		}
		a.whole()
	})
}

func TestAReplySentBackCountsNoMoreUntilSentAgain(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		a := newAsked(t, b, 2)
		a.send(0, "5", "120")
		if err := a.approve(0); err != nil {
			t.Fatal(err)
		}
		if err := a.sendBack(0, " "); keyOfFault(err) != "form.reason.missing" {
			t.Errorf("without a reason: %v", err)
		}
		if err := a.sendBack(0, "thiếu số người dự"); err != nil {
			t.Fatal(err)
		}
		if got := a.figure(b.Root(), "campaign.acts"); got != "exact 0" {
			t.Errorf("sent back: %s", got)
		}
		if got, want := a.progress(), (reporting.Tale{Expected: 2, Returned: 1}); got != want {
			t.Errorf("progress %+v, want %+v", got, want)
		}
		if err := a.approve(0); keyOfFault(err) != "form.judged.returned" {
			t.Errorf("approving what was sent back: %v", err)
		}
		a.send(0, "6", "121")
		if err := a.approve(0); err != nil {
			t.Fatal(err)
		}
		if got := a.figure(a.units[0].ID, "campaign.acts"); got != "exact 6" {
			t.Errorf("again: %s", got)
		}
		if err := a.approve(0); keyOfFault(err) != "form.judged.approved" {
			t.Errorf("a second approver: %v", err)
		}
		a.whole()
	})
}

func TestWhatARepliesFormRefuses(t *testing.T) {
	b := storetest.Open(t)
	a := newAsked(t, b, 2)
	other := storetest.Branch(t, b, "Chi hội khác")
	key := reporting.Key{Form: a.form.ID, Unit: a.units[0].ID}.Actor("Chi hội số 0")
	if _, err := a.try(key, 1, reporting.Latest, a.answers("1")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("another unit's reply by a key: %v", err)
	}
	if _, err := a.try(officer(b, access.Head, other.ID), 0, reporting.Latest, a.answers("1")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("by a neighbour: %v", err)
	}
	if _, err := a.try(key, 0, reporting.Latest, a.answers("")); keyOfFault(err) != "form.answer.needed" {
		t.Errorf("without what is needed: %v", err)
	}
	first, err := a.try(key, 0, 0, a.answers("0"))
	if err != nil || first.N != 1 {
		t.Fatalf("nought is an answer: %+v %v", first, err)
	}
	if same, err := a.try(key, 0, 0, a.answers("0")); err != nil || same.N != 1 {
		t.Errorf("the same sent twice: %+v %v", same, err)
	}
	if _, err := a.try(key, 0, 0, a.answers("2")); keyOfFault(err) != "form.sent.meanwhile" {
		t.Errorf("not knowing what was sent meanwhile: %v", err)
	}
	changed := a.form
	changed.Questions = append(changed.Questions, reporting.Question{Kind: reporting.YesNo, Names: reporting.Names{"vi": "Có họp không"}})
	a.write(func(ctx context.Context, tx *store.Tx) error {
		fresh, err := reporting.Define(ctx, tx, storetest.Operator(), changed, a.form.Revision)
		if err == nil && (fresh.Version != 2 || fresh.Questions[4].N != 5) {
			t.Errorf("changed: %+v", fresh)
		}
		return err
	})
	if _, err := a.try(key, 0, 1, a.answers("2")); keyOfFault(err) != "form.version.older" {
		t.Errorf("an older version: %v", err)
	}
	a.form.Version = 2
	lock := func(on bool, why string) error {
		return b.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			return reporting.LockPeriod(ctx, tx, storetest.Operator(), reporting.Locking{Form: a.form.ID, Period: october, On: on, Note: why})
		})
	}
	if err := lock(true, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := a.try(key, 0, 1, a.answers("2")); keyOfFault(err) != "form.period.locked" {
		t.Errorf("a locked period: %v", err)
	}
	if err := lock(false, ""); keyOfFault(err) != "form.unlock.reason" {
		t.Errorf("unlocked without a reason: %v", err)
	}
	if err := lock(false, "còn hai chi hội gửi bù"); err != nil {
		t.Fatal(err)
	}
	if r, err := a.try(key, 0, 1, a.answers("2")); err != nil || r.N != 2 {
		t.Errorf("unlocked: %+v %v", r, err)
	}
}

func TestAKeyOpensItsFormUntilItEnds(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		a := newAsked(t, b, 2)
		issue := func(units ...body.ID) []reporting.Issued {
			var all []reporting.Issued
			a.write(func(ctx context.Context, tx *store.Tx) (err error) {
				all, err = reporting.Issue(ctx, tx, storetest.Operator(), a.form.ID, units, storetest.Today()+30)
				return err
			})
			return all
		}
		old := issue(a.units[0].ID, a.units[1].ID)
		fresh := issue(a.units[0].ID)
		for i, secret := range []string{old[0].Secret, old[1].Secret, strings.ToUpper(fresh[0].Secret), "nobody"} {
			k, err := b.KeyNamed(ctx, secret)
			opens := err == nil && k.Opens(storetest.Today())
			if want := i == 1 || i == 2; opens != want {
				t.Errorf("key %d opens: %v, want %v (%v)", i, opens, want, err)
			}
		}
		k, err := b.KeyNamed(ctx, fresh[0].Secret)
		if err != nil || k.Opens(storetest.Today()+31) {
			t.Errorf("after its last day: %v", err)
		}
		o, err := b.Opened(ctx, k, calendar.Period{})
		if err != nil || o.Unit.ID != a.units[0].ID || o.Period != october {
			t.Errorf("opens %+v %v", o.Period, err)
		}
		a.send(0, "1")
		if o, err = b.Opened(ctx, k, calendar.Period{}); err != nil || o.Period != calendar.MonthOf(2026, 11) {
			t.Errorf("once October is sent: %v %v", o.Period, err)
		}
		if _, err := b.Opened(ctx, k, calendar.MonthOf(2026, 12)); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a month that has not begun: %v", err)
		}
	})
}

// However replies come and go, what is kept above the units is what they add up
// to, also when a unit comes to stand elsewhere afterwards.
func TestKeptFiguresOfFormsAreWhatRepliesAddUpTo(t *testing.T) {
	b := storetest.Open(t)
	a := newAsked(t, b, 6)
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.IntRange(0, 5).Draw(t, "unit")
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			a.approve(unit) //nolint:errcheck // may be refused
		case 1:
			a.sendBack(unit, "sai số") //nolint:errcheck // may be refused
		case 2:
			storetest.Write(a.t, b, func(ctx context.Context, tx *store.Tx) error {
				under := []body.ID{b.Root(), a.units[5].ID}[rapid.IntRange(0, 1).Draw(t, "under")]
				if unit == 5 {
					return nil
				}
				_, err := body.Move(ctx, tx, a.units[unit].ID, under, body.Decision{Day: calendar.DayOf(2026, 10, rapid.IntRange(1, 30).Draw(t, "day"))})
				if fault.KindOf(err) == fault.Invalid {
					return nil
				}
				return err
			})
		default:
			qualifier := rapid.SampledFrom([]string{"", "trên ", "khoảng ", "ít nhất "}).Draw(t, "how")
			n := rapid.IntRange(0, 500).Draw(t, "n")
			a.send(unit, fmt.Sprint(rand.IntN(9)), qualifier+fmt.Sprint(n))
		}
		trouble, err := b.Check(context.Background())
		if err != nil || len(trouble) > 0 {
			t.Fatalf("check: %v %v", trouble, err)
		}
	})
}
