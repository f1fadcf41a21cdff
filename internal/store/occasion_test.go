package store_test

import (
	"context"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// year gives what the book's calendar has in a year, by key.
func year(t *testing.T, b *store.Book, y int) map[string]agenda.Item {
	t.Helper()
	items, err := agenda.Of(context.Background(), b.As(storetest.Operator()), occasion.Asked{Period: calendar.Year(y), World: true})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]agenda.Item{}
	for _, i := range items {
		all[i.Key()] = i
	}
	return all
}

// errand is a duty on its way in a book.
type errand struct {
	t *testing.T
	b *store.Book
	d occasion.Duty
}

// on does something with the duty.
func (e *errand) on(do func(ctx context.Context, tx *store.Tx) (occasion.Duty, error)) {
	e.t.Helper()
	storetest.Write(e.t, e.b, func(ctx context.Context, tx *store.Tx) (err error) {
		e.d, err = do(ctx, tx)
		return err
	})
}

// take notes a step.
func (e *errand) take(step occasion.Step) {
	e.t.Helper()
	e.on(func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
		return occasion.Take(ctx, tx, storetest.Operator(), e.d.ID, e.d.Revision, occasion.Took{Step: step, Who: "Tổng Lãnh sự Khamla"})
	})
}

// words writes the letter.
func (e *errand) words(text string) func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
	return func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
		return occasion.Write(ctx, tx, storetest.Operator(), e.d.ID, e.d.Revision, occasion.Words{Lang: "vi", Subject: "Chúc mừng Quốc khánh", Text: text})
	}
}

// refuses tells why something cannot be done with the duty.
func (e *errand) refuses(key string, do func(ctx context.Context, tx *store.Tx) (occasion.Duty, error)) {
	e.t.Helper()
	got := refused(e.t, e.b, func(ctx context.Context, tx *store.Tx) error {
		_, err := do(ctx, tx)
		return err
	})
	if got != key {
		e.t.Errorf("refused with %s, want %s", got, key)
	}
}

// remembered makes it a custom to write to a consulate on the national day of Laos.
func remembered(t *testing.T, b *store.Book) body.Body {
	t.Helper()
	laos := storetest.Named("Tổng Lãnh sự quán Lào", body.Authority)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		if laos, err = body.Found(ctx, tx, laos); err != nil {
			return err
		}
		_, err = occasion.Adopt(ctx, tx, storetest.Operator(), occasion.Custom{Body: b.Root(), Occasion: "national.LA", To: laos.ID, Do: occasion.Letter, Lang: "vi"})
		return err
	})
	return laos
}

func TestADutyGoesItsWayAndCountsAsADeed(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by, laos := storetest.Operator(), remembered(t, b)
		item := year(t, b, 2026)["national.LA-2026"]
		if len(item.Duties) != 1 || item.Duties[0].ID != 0 || item.Open() != 1 {
			t.Fatalf("proposed: %+v", item.Duties)
		}
		e := &errand{t: t, b: b}
		begin := func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
			return occasion.Begin(ctx, tx, by, item.Duties[0])
		}
		e.on(begin)
		first := e.d.ID
		if e.on(begin); e.d.ID != first {
			t.Error("the same duty was begun twice")
		}
		step := func(s occasion.Step) func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
			return func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
				return occasion.Take(ctx, tx, by, e.d.ID, e.d.Revision, occasion.Took{Step: s})
			}
		}
		e.refuses("occasion.step.blank", step(occasion.Signed))
		e.on(e.words("Kính chúc …"))
		e.take(occasion.Signed)
		e.refuses("occasion.duty.signed", e.words("khác"))
		e.take(occasion.Sent)
		counted, err := b.As(by).Deed(context.Background(), e.d.Deed)
		if err != nil || counted.Kind != "congratulation" || counted.Status != deed.Done || counted.Parties[0].Body != laos.ID || e.d.Addressee != "Tổng Lãnh sự Khamla" {
			t.Fatalf("the deed: %+v, %v", counted, err)
		}
		e.take(occasion.Answered)
		e.refuses("occasion.step.order", step(occasion.Drafted))
		was := e.d.Deed
		for range 2 {
			e.on(func(ctx context.Context, tx *store.Tx) (occasion.Duty, error) {
				return occasion.TakeBack(ctx, tx, by, e.d.ID, e.d.Revision)
			})
		}
		if gone, err := b.As(by).Deed(context.Background(), was); err != nil || gone.Status != deed.Cancelled || e.d.Deed != 0 || e.d.Fulfilled() {
			t.Errorf("taken back: %+v, %v", gone.Status, err)
		}
		next := year(t, b, 2027)["national.LA-2027"]
		if last, found, err := b.As(by).LastWritten(context.Background(), next.Duties[0]); err != nil || !found || last.Text != "Kính chúc …" {
			t.Errorf("last year's words: %+v %v %v", last.Text, found, err)
		}
	})
}

func TestFeastsAreReadOtherwiseAndSetByDecree(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by := storetest.Operator()
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			f, err := tx.Feast(ctx, "national.VA")
			if err != nil {
				return err
			}
			f.Rule, f.Check = "05-18 from 2026", false
			if _, err := occasion.Keep(ctx, tx, by, f, 0); err != nil {
				return err
			}
			return occasion.Order(ctx, tx, by, occasion.Decree{Feast: "new-year.LA", Year: 2027, From: calendar.DayOf(2027, 4, 13), To: calendar.DayOf(2027, 4, 17), Paper: "Thông báo 01"})
		})
		all := year(t, b, 2027)
		if v := all["national.VA-2027"]; v.Day != calendar.DayOf(2027, 5, 18) {
			t.Errorf("the Vatican: %v", v.Day)
		}
		beside := by
		beside.Home = storetest.Beside(t, b, "Hội hữu nghị bên cạnh").ID
		if f, err := b.As(beside).Feast(context.Background(), "national.VA"); err != nil || f.Rule == "05-18 from 2026" || f.Revision != 0 {
			t.Errorf("an organisation beside it reads %+v (%v), want it as it ships", f, err)
		}
		err := b.Write(context.Background(), store.Writing{By: beside}, func(ctx context.Context, tx *store.Tx) error {
			f, err := tx.Feast(ctx, "national.VA")
			if err != nil {
				return err
			}
			f.Rule = "06-29 from 2026"
			_, err = occasion.Keep(ctx, tx, beside, f, 0)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if v := year(t, b, 2027)["national.VA-2027"]; v.Day != calendar.DayOf(2027, 5, 18) {
			t.Errorf("the Vatican after another organisation reads it otherwise: %v", v.Day)
		}
		if f, err := b.As(beside).Feast(context.Background(), "national.VA"); err != nil || f.Rule != "06-29 from 2026" {
			t.Errorf("the organisation beside reads %+v (%v), want its own", f, err)
		}
		if l := all["new-year.LA-2027"]; l.Day != calendar.DayOf(2027, 4, 13) || l.Until != calendar.DayOf(2027, 4, 17) || !l.Decreed {
			t.Errorf("by decree: %+v", l.Occurrence)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return occasion.Lift(ctx, tx, by, "new-year.LA", 2027, 0)
		})
		if l := year(t, b, 2027)["new-year.LA-2027"]; l.Day != calendar.DayOf(2027, 4, 14) || l.Decreed {
			t.Errorf("lifted: %+v", l.Occurrence)
		}
		for key, do := range map[string]func(ctx context.Context, tx *store.Tx) error{
			"occasion.decree.year": func(ctx context.Context, tx *store.Tx) error {
				return occasion.Order(ctx, tx, by, occasion.Decree{Feast: "new-year.LA", Year: 2027, From: calendar.DayOf(2028, 4, 13), To: calendar.DayOf(2028, 4, 14)})
			},
			"occasion.decree.span": func(ctx context.Context, tx *store.Tx) error {
				return occasion.Order(ctx, tx, by, occasion.Decree{Feast: "new-year.LA", Year: 2027, From: calendar.DayOf(2027, 4, 13), To: calendar.DayOf(2027, 4, 1)})
			},
			"occasion.missing": func(ctx context.Context, tx *store.Tx) error {
				return occasion.Order(ctx, tx, by, occasion.Decree{Feast: "national.XX", Year: 2027, From: calendar.DayOf(2027, 4, 13), To: calendar.DayOf(2027, 4, 13)})
			},
			"occasion.rule.unreadable": func(ctx context.Context, tx *store.Tx) error {
				_, err := occasion.Keep(ctx, tx, by, occasion.Feast{Kind: occasion.Own, Names: map[string]string{"vi": "Ngày"}, Rule: "31-31"}, 0)
				return err
			},
		} {
			if got := refused(t, b, do); got != key {
				t.Errorf("refused with %s, want %s", got, key)
			}
		}
	})
}

func TestAWrongSecretOpensNothing(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		for _, secret := range []string{"", "không có", occasion.NewSecret()} {
			if _, err := b.TokenOpens(context.Background(), secret); fault.KindOf(err) != fault.NotFound {
				t.Errorf("nobody's secret: %v", err)
			}
		}
	})
}

// Days set by an organisation are its own; those set for all hold where it set none,
// and hold again when its own are taken back.
func TestDaysSetByOneOrganisationAreItsOwn(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		beside := storetest.Beside(t, b, "Hội hữu nghị bên cạnh").ID
		ours, theirs := officer(b, access.Secretary, b.Root()), officer(b, access.Secretary, beside)
		ours.Home, theirs.Home = b.Root(), beside
		set := func(by access.Actor, of body.ID, day int) error {
			return b.Write(ctx, store.Writing{By: by, Why: "feast.decree"}, func(ctx context.Context, tx *store.Tx) error {
				on := calendar.DayOf(2027, 4, day)
				return occasion.Order(ctx, tx, by, occasion.Decree{Feast: "new-year.LA", Body: of, Year: 2027, From: on, To: on + 2})
			})
		}
		lift := func(by access.Actor, of body.ID) error {
			return b.Write(ctx, store.Writing{By: by, Why: "feast.lift"}, func(ctx context.Context, tx *store.Tx) error {
				return occasion.Lift(ctx, tx, by, "new-year.LA", 2027, of)
			})
		}
		day := func(by access.Actor) int {
			t.Helper()
			r, err := b.As(by).Occasions(ctx, occasion.Asked{Period: calendar.Year(2027), World: true})
			if err != nil {
				t.Fatal(err)
			}
			all := r.Between(calendar.Year(2027))
			i := slices.IndexFunc(all, func(o occasion.Occurrence) bool { return o.Code == "new-year.LA" })
			_, _, d := all[i].Day.Civil()
			return d
		}
		check := func(when string, wantOurs, wantTheirs int) {
			t.Helper()
			if o, th := day(ours), day(theirs); o != wantOurs || th != wantTheirs {
				t.Errorf("%s: one celebrates on %d, the other on %d; want %d and %d", when, o, th, wantOurs, wantTheirs)
			}
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		check("by the rule", 14, 14)
		must(set(ours, 0, 13))
		check("set for all", 13, 13)
		must(set(theirs, beside, 15))
		check("the other sets its own", 13, 15)
		must(set(ours, b.Root(), 16))
		check("each its own", 16, 15)
		must(set(theirs, beside, 12))
		check("set again", 16, 12)
		must(lift(theirs, beside))
		check("taken back, what is for all holds", 16, 13)
		must(lift(ours, 0))
		check("nothing for all", 16, 14)
		for who, err := range map[string]error{
			"for all, by the other": set(theirs, 0, 11), "of the first, by the other": set(theirs, b.Root(), 11),
			"lifted by the other": lift(theirs, b.Root()), "of the other, by the first": set(ours, beside, 11),
		} {
			if fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v, want a refusal", who, err)
			}
		}
		check("refused", 16, 14)
		// Each reads the history of its own days and of those for all.
		for _, want := range []struct {
			by access.Actor
			n  int
		}{{ours, 3}, {theirs, 5}} {
			past, err := b.As(want.by).FeastPast(ctx, "new-year.LA")
			if err != nil || len(past) != want.n {
				t.Errorf("%d changes are told (%v), want %d: %+v", len(past), err, want.n, past)
			}
		}
		agrees(t, b)
	})
}
