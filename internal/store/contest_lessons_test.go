package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// scored has every unit of a match score itself in full and hand its sheet on.
func (m *match) scored() {
	m.t.Helper()
	for unit := range m.units {
		for row := range 2 {
			if err := m.enter(m.officer(unit), unit, row, contest.Points(5+unit)*contest.Point, ""); err != nil {
				m.t.Fatal(err)
			}
		}
		if err := m.handOn(m.officer(unit), unit, ""); err != nil {
			m.t.Fatal(err)
		}
	}
}

// through brings every sheet past every stage and publishes.
func (m *match) through() {
	m.t.Helper()
	for unit := range m.units {
		for {
			var s contest.Sheet
			m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) (err error) {
				s, err = tx.Sheet(ctx, m.c.ID, m.units[unit].ID)
				return err
			})
			if s.Way.Ready {
				break
			}
			if err := m.handOn(storetest.Operator(), unit, "đã xem"); err != nil {
				m.t.Fatal(err)
			}
		}
	}
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) (err error) {
		m.c, err = contest.Publish(ctx, tx, storetest.Operator(), m.c.ID, "CÔNG BỐ", m.c.Revision)
		return err
	})
}

func TestWhatWasPublishedIsNeverChanged(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "one-step-back")
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		for _, stage := range []string{"department", "council", "board"} {
			if err := contest.Name(ctx, tx, storetest.Operator(), m.c.ID, stage, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err := m.as(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Open(ctx, tx, storetest.Operator(), m.c.ID)
		return err
	}); keyOfFault(err) != "contest.assessors.none" {
		t.Fatalf("opened though nobody acts at a stage: %v", err)
	}
	m = newMatch(t, storetest.Open(t), "explain-twice")
	m.open()
	m.scored()
	m.through()
	by := storetest.Operator()
	which := contest.Which{Contest: m.c.ID, Unit: m.units[0].ID, Based: 1}
	for name, do := range map[string]func(ctx context.Context, tx *store.Tx) error{
		"a score": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Enter(ctx, tx, by, contest.Score{Contest: m.c.ID, Unit: m.units[0].ID, Criterion: m.rows[0].ID, Points: contest.Point, Reason: "sửa"}, nil, 1)
			return err
		},
		"taking over": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Accept(ctx, tx, by, m.c.ID, m.units[0].ID)
			return err
		},
		"handing on": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.HandOn(ctx, tx, by, which, "x")
			return err
		},
		"sending back": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.SendBack(ctx, tx, by, which, "x")
			return err
		},
		"a criterion": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Put(ctx, tx, by, contest.Criterion{Contest: m.c.ID, No: "9", Names: map[string]string{"vi": "Thêm"}, Max: contest.Point, Method: contest.ByHand, Reason: "x"}, 0)
			return err
		},
		"a unit": func(ctx context.Context, tx *store.Tx) error {
			return contest.Enlist(ctx, tx, by, contest.Unit{Contest: m.c.ID, Body: m.units[0].ID, Role: contest.Lead, Until: calendar.Latest})
		},
		"the settings": func(ctx context.Context, tx *store.Tx) error {
			c := m.c
			c.Ranking.By = contest.ByShare
			_, err := contest.Amend(ctx, tx, by, c, c.Revision)
			return err
		},
		"publishing": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Publish(ctx, tx, by, m.c.ID, "CÔNG BỐ", m.c.Revision)
			return err
		},
		"a contract": func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Sign(ctx, tx, by, contest.Contract{Contest: m.c.ID, Unit: m.units[0].ID}, 0)
			return err
		},
	} {
		if err := m.as(by, do); keyOfFault(err) != "contest.standing.published" {
			t.Errorf("%s after publication: %v, want it refused", name, err)
		}
	}
}

func TestASheetThatWasSentBackSaysWhyAndComesBackToWhoSentIt(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "explain-twice")
	m.open()
	m.scored()
	lead := m.officer(0)
	back := func(unit int, reason string) error {
		return m.as(lead, func(ctx context.Context, tx *store.Tx) error {
			s, err := tx.Sheet(ctx, m.c.ID, m.units[unit].ID)
			if err != nil {
				return err
			}
			_, err = contest.SendBack(ctx, tx, lead, contest.Which{Contest: m.c.ID, Unit: m.units[unit].ID, Based: s.Revision}, reason)
			return err
		})
	}
	if err := back(1, "  "); keyOfFault(err) != "contest.reason.missing" {
		t.Errorf("sent back without a reason: %v", err)
	}
	if err := back(0, "của mình"); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the lead sends its own sheet back: %v", err)
	}
	if err := back(1, "thiếu minh chứng mục 1"); err != nil {
		t.Fatal(err)
	}
	s, err := m.b.As(m.officer(1)).ContestSheet(context.Background(), m.c.ID, m.units[1].ID)
	if err != nil || s.Seen != contest.SeenReturned || s.Moves[len(s.Moves)-1].Reason != "thiếu minh chứng mục 1" || s.Moves[len(s.Moves)-1].Name != "" {
		t.Errorf("the unit sees %s %+v %v; want it returned, the reason, and nobody’s name", s.Seen, s.Moves, err)
	}
	if err := back(1, "lần nữa"); fault.KindOf(err) != fault.Forbidden && fault.KindOf(err) != fault.Stale {
		t.Errorf("sent back twice: %v", err)
	}
	if err := m.handOn(m.officer(1), 1, ""); err != nil {
		t.Errorf("the unit sends it again: %v", err)
	}
	if err := m.handOn(m.officer(2), 2, ""); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a unit acts while its sheet is with the lead: %v", err)
	}
}

func TestAllOrNothingIsWritten(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "explain-twice")
	m.open()
	unit := m.officer(1)
	err := m.as(unit, func(ctx context.Context, tx *store.Tx) error {
		if _, err := contest.Enter(ctx, tx, unit, contest.Score{Contest: m.c.ID, Unit: m.units[1].ID, Criterion: m.rows[0].ID, Points: contest.Point}, nil, 0); err != nil {
			return err
		}
		_, err := contest.Enter(ctx, tx, unit, contest.Score{Contest: m.c.ID, Unit: m.units[1].ID, Criterion: m.rows[1].ID, Points: 99 * contest.Point}, nil, 0)
		return err
	})
	if keyOfFault(err) != "contest.score.range" {
		t.Fatalf("a score above its maximum: %v", err)
	}
	s, err := m.b.As(unit).ContestSheet(context.Background(), m.c.ID, m.units[1].ID)
	if err != nil || len(s.Scores["self"]) != 0 || len(s.Changes) != 0 {
		t.Errorf("half was written: %v %v %v", s.Scores, s.Changes, err)
	}
}

func TestABallotIsJudgedByTheRuleOfItsDay(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "explain-twice")
		m.open()
		by := storetest.Operator()
		rule := func(num, den int64, since calendar.Day) error {
			return m.as(by, func(ctx context.Context, tx *store.Tx) error {
				_, err := contest.SetRule(ctx, tx, by, m.c.ID, contest.VoteRule{
					Code: "title", Names: map[string]string{"vi": "Suy tôn"}, Quorum: contest.Ratio{Num: 2, Den: 3}, Threshold: contest.Ratio{Num: num, Den: den}, Of: contest.OfPresent, Since: since,
				})
				return err
			})
		}
		vote := func(day calendar.Day) (contest.Ballot, error) {
			var cast contest.Ballot
			err := m.as(by, func(ctx context.Context, tx *store.Tx) (err error) {
				cast, err = contest.Vote(ctx, tx, by, contest.Ballot{
					Contest: m.c.ID, Day: day, Rule: contest.VoteRule{Code: "title"}, Eligible: 9, Present: 9, Issued: 9, Collected: 9, Valid: 9, Candidates: []contest.Candidate{{Unit: m.units[0].ID, For: 7}},
				})
				return err
			})
			return cast, err
		}
		changed := calendar.DayOf(2025, 7, 1)
		if err := rule(2, 3, calendar.DayOf(2014, 1, 1)); err != nil {
			t.Fatal(err)
		}
		if err := rule(90, 100, changed); err != nil {
			t.Fatal(err)
		}
		if err := rule(80, 100, changed); keyOfFault(err) != "contest.rule.overlap" {
			t.Errorf("two rules from one day: %v", err)
		}
		if err := rule(3, 2, changed+400); keyOfFault(err) != "contest.rule.ratio" {
			t.Errorf("more than all: %v", err)
		}
		for day, passes := range map[calendar.Day]bool{changed - 1: true, changed: false} {
			cast, err := vote(day)
			if err != nil || (len(cast.Passed()) == 1) != passes {
				t.Errorf("7 of 9 on %s: passed %v %v, want %v", day, cast.Passed(), err, passes)
			}
		}
		if _, err := vote(calendar.DayOf(2013, 12, 31)); keyOfFault(err) != "contest.rule.none" {
			t.Errorf("before any rule: %v", err)
		}
	})
}

func TestDeadlinesOfAContestStandInTheCalendars(t *testing.T) {
	b := storetest.Open(t)
	m := newMatch(t, b, "explain-twice")
	due := storetest.Today() + 9
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		for i, day := range []calendar.Day{due - 4, due} {
			row := m.rows[i]
			row.Deadline = day
			if _, err := contest.Put(ctx, tx, storetest.Operator(), row, row.Revision); err != nil {
				return err
			}
		}
		return nil
	})
	m.open()
	days := func(by access.Actor) map[string]string {
		found := map[string]string{}
		r, err := b.As(by).Occasions(context.Background(), occasion.Asked{Period: calendar.Period{From: storetest.Today(), To: storetest.Today() + 30}})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Facts {
			if f.Kind == occasion.Contest || f.Kind == occasion.Sheet {
				found[string(f.Kind)+" "+f.On.EDTF()] = f.Who
			}
		}
		return found
	}
	early, late := (due - 4).String(), due.String()
	if got := days(m.officer(1)); len(got) != 2 || got["sheet "+early] != "1" || got["sheet "+late] != "" {
		t.Errorf("a unit's days %v, want %s for criterion 1 and %s", got, early, late)
	}
	keeper := officer(b, access.Secretary, m.cluster.ID)
	if got := days(keeper); len(got) != 1 || got["contest "+late] != "3" {
		t.Errorf("the cluster's days %v, want 3 missing on %s", got, late)
	}
	for row := range 2 {
		if err := m.enter(m.officer(1), 1, row, contest.Point, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.handOn(m.officer(1), 1, ""); err != nil {
		t.Fatal(err)
	}
	if got := days(m.officer(1)); len(got) != 0 {
		t.Errorf("after it was sent %v", got)
	}
	if got := days(keeper); got["contest "+late] != "2" {
		t.Errorf("the cluster's days %v, want 2 missing", got)
	}
	if got := days(officer(b, access.Head, b.Root())); len(got) != 0 {
		t.Errorf("somebody else's days %v", got)
	}
}
