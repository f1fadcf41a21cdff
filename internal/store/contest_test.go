package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// match is a contest of three units in a test book.
type match struct {
	t       *testing.T
	b       *store.Book
	cluster body.Body
	units   []body.Body
	c       contest.Contest
	rows    []contest.Criterion
}

func (m *match) as(by access.Actor, do func(ctx context.Context, tx *store.Tx) error) error {
	return m.b.Write(context.Background(), store.Writing{By: by, Why: "test"}, do)
}

func (m *match) must(by access.Actor, do func(ctx context.Context, tx *store.Tx) error) {
	m.t.Helper()
	if err := m.as(by, do); err != nil {
		m.t.Fatal(err)
	}
}

// newMatch draws up a contest by one of the ways of working that ship, up to the
// opening.
func newMatch(t *testing.T, b *store.Book, preset string) *match {
	t.Helper()
	m := &match{t: t, b: b}
	found := func(name string, kind body.Kind) body.Body {
		n := storetest.Named(name, kind)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			n, err = body.Found(ctx, tx, n)
			return err
		})
		return n
	}
	m.cluster = found("Cụm thi đua biên giới", body.Cluster)
	for _, name := range []string{"Mặt trận Một", "Mặt trận Hai", "Mặt trận Ba"} {
		m.units = append(m.units, found(name, body.Front))
	}
	presets, err := contest.Presets()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(presets, func(p contest.Preset) bool { return p.Code == preset })
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		c, err := contest.Draw(ctx, tx, storetest.Operator(), contest.Contest{
			Cluster: m.cluster.ID, Year: 2026, Titles: map[string]string{"vi": "Thi đua năm 2026"}, Period: calendar.Year(2026),
			Scale: contest.Scale{Base: 20 * contest.Point, Bonus: 5 * contest.Point, Decimals: 2}, Stages: presets[i].Stages, Ranking: contest.Ranking{By: contest.ByPoints},
			Awards: []contest.Award{{Code: "first", Names: map[string]string{"vi": "Đơn vị xuất sắc toàn diện"}, Quota: 1, RankMost: 1, Flag: true}},
		})
		m.c = c
		return err
	})
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		for n, u := range m.units {
			role := contest.Member
			if n == 0 {
				role = contest.Lead
			}
			if err := contest.Enlist(ctx, tx, storetest.Operator(), contest.Unit{Contest: m.c.ID, Body: u.ID, Role: role, Order: n + 1, Since: calendar.DayOf(2026, 1, 1), Until: calendar.DayOf(2026, 12, 31)}); err != nil {
				return err
			}
		}
		for _, c := range []contest.Criterion{
			{No: "1", Order: 1, Names: map[string]string{"vi": "Công tác tuyên truyền"}, Max: 10 * contest.Point, Method: contest.ByHand, Evidence: contest.EvidenceOptional},
			{No: "2", Order: 2, Names: map[string]string{"vi": "Nhà đại đoàn kết"}, Max: 10 * contest.Point, Method: contest.ByHand, Evidence: contest.EvidenceNone},
			{No: "+", Order: 3, Names: map[string]string{"vi": "Sáng kiến"}, Max: 3 * contest.Point, Method: contest.Bonus, Per: contest.Point, Evidence: contest.EvidenceNone},
		} {
			c.Contest = m.c.ID
			put, err := contest.Put(ctx, tx, storetest.Operator(), c, 0)
			if err != nil {
				return err
			}
			m.rows = append(m.rows, put)
		}
		return nil
	})
	return m
}

func (m *match) open() {
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		c, err := contest.Open(ctx, tx, storetest.Operator(), m.c.ID)
		m.c = c
		return err
	})
}

func (m *match) enter(by access.Actor, unit, row int, points contest.Points, reason string) error {
	return m.as(by, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Scores(ctx, m.c.ID, m.units[unit].ID)
		if err != nil {
			return err
		}
		s, err := tx.Sheet(ctx, m.c.ID, m.units[unit].ID)
		if err != nil {
			return err
		}
		based := all[s.Way.Stage][m.rows[row].ID].Revision
		_, err = contest.Enter(ctx, tx, by, contest.Score{Contest: m.c.ID, Unit: m.units[unit].ID, Criterion: m.rows[row].ID, Points: points, Reason: reason}, nil, based)
		return err
	})
}

func (m *match) handOn(by access.Actor, unit int, note string) error {
	return m.as(by, func(ctx context.Context, tx *store.Tx) error {
		s, err := tx.Sheet(ctx, m.c.ID, m.units[unit].ID)
		if err != nil {
			return err
		}
		_, err = contest.HandOn(ctx, tx, by, contest.Which{Contest: m.c.ID, Unit: m.units[unit].ID, Based: s.Revision}, note)
		return err
	})
}

func (m *match) officer(unit int) access.Actor {
	a := officer(m.b, access.Secretary, m.units[unit].ID)
	a.Person = int64(100 + unit)
	return a
}

func TestAContestGoesFromSelfScoreToPublication(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		m := newMatch(t, b, "explain-twice")
		m.open()
		scores := [][]contest.Points{{9, 8}, {10, 10}, {0, 7}}
		for unit, row := range scores {
			for r, p := range row {
				if err := m.enter(m.officer(unit), unit, r, p*contest.Point, ""); err != nil {
					t.Fatalf("unit %d scores itself: %v", unit, err)
				}
			}
			if err := m.handOn(m.officer(unit), unit, ""); err != nil {
				t.Fatalf("unit %d hands on: %v", unit, err)
			}
		}
		// The lead checks the others; its own sheet the machine's operator does.
		lead := m.officer(0)
		if err := m.enter(lead, 1, 0, 8*contest.Point, ""); keyOfFault(err) != "contest.reason.missing" {
			t.Errorf("another score without a reason: %v", err)
		}
		if err := m.enter(lead, 1, 0, 8*contest.Point+contest.Point/2, "thiếu văn bản quý III"); err != nil {
			t.Fatal(err)
		}
		if err := m.enter(lead, 0, 0, 10*contest.Point, "tự nâng"); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the lead assesses its own unit: %v, want a refusal", err)
		}
		for unit := range m.units {
			by := lead
			if unit == 0 {
				by = storetest.Operator()
			}
			if err := m.handOn(by, unit, ""); err != nil {
				t.Fatalf("first score of %d: %v", unit, err)
			}
			if err := m.handOn(m.officer(unit), unit, ""); keyOfFault(err) != "contest.explanation.missing" {
				t.Errorf("an explanation without words: %v", err)
			}
			if err := m.handOn(m.officer(unit), unit, "đã bổ sung"); err != nil {
				t.Fatalf("explanation of %d: %v", unit, err)
			}
			if err := m.handOn(by, unit, ""); err != nil {
				t.Fatalf("second score of %d: %v", unit, err)
			}
		}
		view := b.As(storetest.Operator())
		places, err := view.ContestStandings(context.Background(), m.c.ID)
		if err != nil || len(places) != 3 || places[0].Total.Unit != m.units[1].ID || places[0].Total.Sum != 18*contest.Point+contest.Point/2 {
			t.Fatalf("standings %+v %v", places, err)
		}
		publish := func(word string) error {
			return m.as(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
				_, err := contest.Publish(ctx, tx, storetest.Operator(), m.c.ID, word, m.c.Revision)
				return err
			})
		}
		if err := publish("ok"); keyOfFault(err) != "contest.publish.word" {
			t.Errorf("published by a slip: %v", err)
		}
		if err := publish("công bố"); err != nil {
			t.Fatal(err)
		}
		if err := m.enter(m.officer(0), 0, 0, 10*contest.Point, "x"); keyOfFault(err) != "contest.standing.published" {
			t.Errorf("a change after publication: %v", err)
		}
		m.appeal(view)
		m.awards()
	})
}

// appeal amends the published result without erasing it.
func (m *match) appeal(view *store.View) {
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Appeal(ctx, tx, storetest.Operator(), contest.Amendment{
			Contest: m.c.ID, Unit: m.units[0].ID, To: 19 * contest.Point, Reason: "chấm sót một mục", Decree: contest.Decree{Number: "12/QĐ-MTTQ", Day: calendar.DayOf(2026, 11, 1)},
		})
		return err
	})
	o, err := view.ContestOutcome(context.Background(), m.c.ID)
	if err != nil {
		m.t.Fatal(err)
	}
	if o.Results[0].Unit != m.units[1].ID || *o.Results[1].Total != 17*contest.Point {
		m.t.Errorf("what was published changed: %+v", o.Results)
	}
	if now := m.c.Amended(o.Results, o.Amendments); now[0].Unit != m.units[0].ID || now[0].Rank != 1 {
		m.t.Errorf("after the appeal %+v", now)
	}
}

func (m *match) awards() {
	propose := func(unit int) error {
		return m.as(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.ProposeAward(ctx, tx, storetest.Operator(), contest.Honour{Contest: m.c.ID, Award: "first", Unit: m.units[unit].ID, For: "Dẫn đầu cụm"})
			return err
		})
	}
	if err := propose(2); keyOfFault(err) != "contest.award.rank" {
		m.t.Errorf("the last is proposed as first: %v", err)
	}
	if err := propose(1); keyOfFault(err) != "contest.award.rank" {
		m.t.Errorf("who was published as first and is not since the appeal is proposed: %v", err)
	}
	if err := propose(0); err != nil {
		m.t.Errorf("who is first since the appeal is proposed: %v", err)
	}
	if err := propose(0); keyOfFault(err) != "contest.award.twice" {
		m.t.Errorf("proposed twice: %v", err)
	}
}

func keyOfFault(err error) string {
	if all := fault.All(err); len(all) > 0 {
		return all[0].Key
	}
	return fmt.Sprint(err)
}

func TestOfTwoApproversTheSecondHearsWhoWasFirst(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "one-step-back")
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		for _, stage := range []string{"department", "council", "board"} {
			if err := contest.Name(ctx, tx, storetest.Operator(), m.c.ID, stage, []person.ID{901, 902}); err != nil {
				return err
			}
		}
		return nil
	})
	m.open()
	for r := range 2 {
		if err := m.enter(m.officer(1), 1, r, 5*contest.Point, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.handOn(m.officer(1), 1, ""); err != nil {
		t.Fatal(err)
	}
	first, second := access.Actor{Person: 901, Name: "Lò Văn Một", Tree: m.b.Tree(), Today: storetest.Today()}, access.Actor{Person: 902, Name: "Vì Thị Hai", Tree: m.b.Tree(), Today: storetest.Today()}
	act := func(by access.Actor, based int64) error {
		return m.as(by, func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.HandOn(ctx, tx, by, contest.Which{Contest: m.c.ID, Unit: m.units[1].ID, Based: based}, "")
			return err
		})
	}
	if err := act(first, 2); err != nil {
		t.Fatal(err)
	}
	err := act(second, 2)
	if all := fault.All(err); fault.KindOf(err) != fault.Stale || all[0].Args[0] != "Lò Văn Một" {
		t.Errorf("the second hears %v %v, want that Lò Văn Một was first", err, fault.All(err))
	}
}

func TestIncompleteSheetsSayWhatIsMissing(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "explain-twice")
	m.open()
	if err := m.enter(m.officer(2), 2, 0, 0, ""); err != nil {
		t.Fatalf("zero is a score: %v", err)
	}
	err := m.handOn(m.officer(2), 2, "")
	if all := fault.All(err); len(all) != 1 || all[0].Key != "contest.score.missing" || all[0].Args[0] != "2" {
		t.Errorf("handed on %v, want that 2 is missing", err)
	}
	if err := m.enter(m.officer(2), 2, 1, 11*contest.Point, ""); keyOfFault(err) != "contest.score.range" {
		t.Errorf("above the maximum: %v", err)
	}
	if err := m.enter(m.officer(1), 2, 1, contest.Point, ""); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a neighbour scores: %v", err)
	}
}

func TestAUnitSeesItsOwnFileOnly(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "explain-twice")
	m.open()
	ctx := context.Background()
	for unit := range m.units {
		for r := range 2 {
			if err := m.enter(m.officer(unit), unit, r, contest.Points(unit+r)*contest.Point, ""); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.handOn(m.officer(unit), unit, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.enter(m.officer(0), 1, 0, 0, "chưa có minh chứng"); err != nil {
		t.Fatal(err)
	}
	mine := m.b.As(m.officer(1))
	if _, err := mine.ContestSheet(ctx, m.c.ID, m.units[2].ID); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("another's sheet: %v", err)
	}
	if _, err := mine.ContestStandings(ctx, m.c.ID); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the standings before the end: %v", err)
	}
	s, err := mine.ContestSheet(ctx, m.c.ID, m.units[1].ID)
	if err != nil || s.Seen != contest.SeenProcessing || len(s.Scores["cluster"]) != 0 || len(s.Changes) != 2 {
		t.Errorf("own sheet while others work on it: %v %v %d changes %v", s.Seen, s.Scores["cluster"], len(s.Changes), err)
	}
	stranger := officer(m.b, access.Head, m.b.Root())
	if _, err := m.b.As(stranger).Contest(ctx, m.c.ID); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("somebody from another organisation: %v", err)
	}
}
