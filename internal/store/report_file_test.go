package store_test

import (
	"bytes"
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// words is the catalogue of the program.
func words(t testing.TB) *locale.Catalogue {
	t.Helper()
	c, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (s *story) ask(kind report.Kind, period string) report.Ask {
	s.t.Helper()
	ask, err := report.AskFor(s.root, kind, period, storetest.Today())
	if err != nil {
		s.t.Fatal(err)
	}
	return ask
}

// begin makes a draft.
func (s *story) begin(ask report.Ask) report.Report {
	s.t.Helper()
	var r report.Report
	s.write(func(ctx context.Context, tx *store.Tx) (err error) {
		r, err = report.Begin(ctx, tx, storetest.Operator(), ask, "vi")
		return err
	})
	return r
}

// file files a draft.
func (s *story) file(r report.Report) report.Report {
	s.t.Helper()
	how := store.Writing{By: storetest.Operator(), Why: "test", Figures: true}
	err := s.b.Write(context.Background(), how, func(ctx context.Context, tx *store.Tx) (err error) {
		r, err = report.File(ctx, tx, storetest.Operator(), r.ID, r.Revision, words(s.t))
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func TestFiledReportStaysAsItWasAndTheNextTellsWhatChanged(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := tell(t, b)
		ctx := context.Background()
		r := s.begin(s.ask(report.Annual, "2025"))
		s.write(func(ctx context.Context, tx *store.Tx) (err error) {
			r, err = report.Edit(ctx, tx, storetest.Operator(), r.ID, r.Revision, report.Texts{Limits: "Ghi sổ còn chậm."})
			return err
		})
		r = s.file(r)
		if r.Symbol != "01/BC-BLL" || r.Status != report.Filed || r.Head == "" {
			t.Fatalf("filed as %q %s, head %q", r.Symbol, r.Status, r.Head)
		}

		// A visit of 2025 is written late, with a reason; a trip is corrected.
		late := visit(s.branches[0].ID, "2025-11-30", 1)
		err := b.Write(ctx, store.Writing{By: storetest.Operator(), Why: "chi hội báo muộn"}, func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Post(ctx, tx, storetest.Operator(), late)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		post(t, b, visit(s.branches[0].ID, "2026-02-01", 7)) // of another year: nothing to do with it

		kept, err := b.As(storetest.Operator()).Report(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := kept.Frozen.Facts.Results[0].Rows[0].Now.Qty; got != 4 || !bytes.Contains(kept.Frozen.Words, []byte("Ghi sổ còn chậm.")) {
			t.Errorf("the filed report now says %d visits", got)
		}
		sound(t, b)

		next := s.facts(storetest.Operator(), report.Annual, "2025").Changed
		if next == nil || next.Number != "01/BC-BLL" {
			t.Fatalf("the next report compares with %+v", next)
		}
		changes := map[string][2]int64{}
		for _, d := range next.Figures {
			changes[d.Key] = [2]int64{d.Was.Qty, d.Is.Qty}
		}
		if changes["now/sick-visit.acts"] != [2]int64{4, 5} || changes["now/sick-visit.money:VND"] != [2]int64{1_200_000, 1_500_000} || len(changes) != 2 {
			t.Errorf("changed figures %v", changes)
		}
		if len(next.Deeds) != 1 || next.Deeds[0].Why != "chi hội báo muộn" || !next.Deeds[0].New || next.Deeds[0].Body != "chi-hoi-him-lam" {
			t.Errorf("changed by %+v", next.Deeds)
		}
		if second := s.file(s.begin(s.ask(report.Annual, "2024"))); second.Symbol != "02/BC-BLL" {
			t.Errorf("the second report of the year is %q", second.Symbol)
		}
		sound(t, b)
	})
}

func TestReportsAreRefused(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := tell(t, b)
		this := s.begin(s.ask(report.Annual, "2026"))
		done := s.file(s.begin(s.ask(report.Annual, "2025")))
		member := access.Actor{Name: "Ủy viên", Grants: access.GrantsOf(access.Member, s.root.ID), Tree: b.Tree(), Today: storetest.Today()}
		by := storetest.Operator()
		cases := []struct {
			want string
			do   func(ctx context.Context, tx *store.Tx) error
		}{
			{"report.file.early", func(ctx context.Context, tx *store.Tx) error {
				_, err := report.File(ctx, tx, by, this.ID, this.Revision, words(t))
				return err
			}},
			{"report.filed.final", func(ctx context.Context, tx *store.Tx) error {
				_, err := report.Edit(ctx, tx, by, done.ID, done.Revision, report.Texts{})
				return err
			}},
			{"report.filed.final", func(ctx context.Context, tx *store.Tx) error {
				return report.Drop(ctx, tx, by, done.ID, done.Revision)
			}},
			{"common.outdated", func(ctx context.Context, tx *store.Tx) error {
				return report.Drop(ctx, tx, by, this.ID, this.Revision+1)
			}},
			{"access.forbidden.file_reports", func(ctx context.Context, tx *store.Tx) error {
				_, err := report.Begin(ctx, tx, member, this.Ask, "vi")
				return err
			}},
			{"access.forbidden.file_reports", func(ctx context.Context, tx *store.Tx) error {
				_, err := report.File(ctx, tx, member, this.ID, this.Revision, words(t))
				return err
			}},
			{"access.forbidden.file_reports", func(ctx context.Context, tx *store.Tx) error {
				_, err := report.Arrived(ctx, tx, member, this.Ask, storetest.Today(), "")
				return err
			}},
		}
		for _, c := range cases {
			if got := refused(t, b, c.do); got != c.want {
				t.Errorf("refused with %q, want %q", got, c.want)
			}
		}
		for _, typed := range []string{"2027", "hôm nay"} {
			if _, err := report.AskFor(s.root, report.Annual, typed, storetest.Today()); fault.KindOf(err) != fault.Invalid {
				t.Errorf("period %q: %v", typed, err)
			}
		}
	})
}

// A member of the board reads figures but neither money nor, as a stranger
// would, anything at all.
func TestReportsLeaveOutWhatTheReaderMayNotSee(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := tell(t, b)
		honorary := access.Actor{Name: "Danh dự", Grants: access.GrantsOf(access.Honorary, s.root.ID), Tree: b.Tree(), Today: storetest.Today()}
		facts := s.facts(honorary, report.Annual, "2025")
		if facts.Fund != nil || len(facts.Deeds)+len(facts.Planned) != 0 || facts.Roll.End.Qty != 6 {
			t.Errorf("an honorary member reads money %v, deeds %v, %d members", facts.Fund, facts.Deeds, facts.Roll.End.Qty)
		}
		if _, err := report.Gather(context.Background(), b.As(access.Actor{}), s.ask(report.Annual, "2025")); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a stranger's report: %v", err)
		}
	})
}

func TestBranchesThatHaveNotReportedAreNamed(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := tell(t, b)
		if s.facts(storetest.Operator(), report.Annual, "2025").Heard != nil {
			t.Fatal("branches that are not asked to report are counted")
		}
		s.write(func(ctx context.Context, tx *store.Tx) error {
			if err := tx.SetSetting(ctx, s.root.ID, report.SettingExpected, "annual"); err != nil {
				return err
			}
			ask, err := report.AskFor(s.branches[0], report.Annual, "2025", storetest.Today())
			if err != nil {
				return err
			}
			_, err = report.Arrived(ctx, tx, storetest.Operator(), ask, on("2026-01-20").FirstOr(0), "gửi bản giấy")
			return err
		})
		ask, err := report.AskFor(s.branches[1], report.Annual, "2025", storetest.Today())
		if err != nil {
			t.Fatal(err)
		}
		s.file(s.begin(ask))
		heard := s.facts(storetest.Operator(), report.Annual, "2025").Heard
		if heard.Expected != 3 || heard.Received != 2 || len(heard.Late) != 1 || heard.Late[0].In("vi") != "Chi hội Noong Bua" {
			t.Errorf("heard %+v", heard)
		}
		turns, err := report.Turns(context.Background(), b.As(storetest.Operator()), s.root.ID, ask.Period)
		if err != nil {
			t.Fatal(err)
		}
		if turns[2].Late(turns[2].Due) || !turns[2].Late(turns[2].Due+1) || turns[0].Late(storetest.Today()) {
			t.Errorf("turns %+v", turns)
		}
	})
}

// Who moves between branches neither comes nor goes; who comes back does.
func TestMovesWithinTheAssociationAreNone(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		s := tell(t, b)
		s.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Join(ctx, tx, storetest.Operator(), person.Membership{Body: s.branches[1].ID, Person: s.people[2], Joined: on("2026-03-01")})
			return err
		})
		roll := s.facts(storetest.Operator(), report.Annual, "2026").Roll
		if roll.Joined.Qty != 1 || roll.Left.Qty+roll.Died.Qty != 0 || roll.End.Qty != roll.Start.Qty+1 {
			t.Errorf("roll of 2026: %+v", roll)
		}
	})
}
