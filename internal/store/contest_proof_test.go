package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// dossierOf is a unit's journal in a contest with cross-check, council and board: one
// deed that it claims for the first criterion, one that it does not.
type dossierOf struct {
	*match
	claimed, kept     deed.ID
	paper, keptPaper  int64
	neighbour, third  access.Actor
	council, stranger access.Actor
}

func newDossier(t *testing.T, b *store.Book) *dossierOf {
	t.Helper()
	d := &dossierOf{match: newMatch(t, b, "cross-check")}
	d.neighbour, d.third = d.officer(2), d.officer(0)
	d.council = access.Actor{Person: 901, Name: "Lò Văn Một", Tree: b.Tree(), Today: storetest.Today()}
	d.stranger = access.Actor{Person: 902, Name: "Vì Thị Hai", Tree: b.Tree(), Today: storetest.Today()}
	d.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		return contest.Name(ctx, tx, storetest.Operator(), d.c.ID, "conference", []person.ID{901})
	})
	d.open()
	d.claimed, d.paper = d.did("Làm nhà cho hộ nghèo")
	d.kept, d.keptPaper = d.did("Việc không đưa ra")
	return d
}

// did posts a deed of the second unit with a paper, with somebody's name and a note in it.
func (d *dossierOf) did(title string) (id deed.ID, paper int64) {
	by := storetest.Operator()
	d.must(by, func(ctx context.Context, tx *store.Tx) error {
		posted, err := deed.Post(ctx, tx, by, deed.Deed{
			Body: d.units[1].ID, Kind: "sick-visit", Title: title, Day: calendar.On(2026, 3, 4), Note: "ghi chú riêng", PlaceNote: "nhà ông Sáu",
			Parties: []deed.Party{{Role: "receiver", Name: "Quàng Thị Sáu"}}, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 3}},
		})
		if err != nil {
			return err
		}
		a, err := deed.Attach(ctx, tx, by, posted.ID, source.Attachment{Digest: strings.Repeat("a", 64), Name: title + ".pdf", Type: "application/pdf", Size: 1})
		id, paper = posted.ID, a.ID
		return err
	})
	return id, paper
}

// scored has the second unit claim its deed and hand its sheet on to the cross-check.
func (d *dossierOf) scored() {
	own := d.officer(1)
	d.must(own, func(ctx context.Context, tx *store.Tx) error {
		for i, row := range d.rows[:2] {
			s := contest.Score{Contest: d.c.ID, Unit: d.units[1].ID, Criterion: row.ID, Points: 9 * contest.Point}
			if i == 0 {
				s.Deeds = []deed.ID{d.claimed}
			}
			if _, err := contest.Enter(ctx, tx, own, s, nil, 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err := d.handOn(own, 1, ""); err != nil {
		d.t.Fatal(err)
	}
}

// proves reads as somebody what the second unit claims for the first criterion.
func (d *dossierOf) proves(by access.Actor) ([]store.Proof, error) {
	all, err := d.b.As(by).ContestProofs(context.Background(), d.c.ID, d.units[1].ID, d.rows[0].ID)
	return all[d.rows[0].ID], err
}

func TestWhoAssessesSeesTheEvidenceAndNothingMoreOfTheJournal(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := newDossier(t, b)
		ctx := context.Background()
		if _, err := d.proves(d.neighbour); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a neighbour before it is its turn: %v", err)
		}
		d.scored()
		for who, by := range map[string]access.Actor{"the neighbour": d.neighbour, "the lead": d.third, "the council": d.council, "the unit": d.officer(1)} {
			proofs, err := d.proves(by)
			if err != nil || len(proofs) != 1 {
				t.Errorf("%s: %v %v", who, proofs, err)
				continue
			}
			p := proofs[0]
			if p.ID != d.claimed || p.Title != "Làm nhà cho hộ nghèo" || p.Day.String() != "2026-03-04" || len(p.Lines) != 1 || p.Lines[0].Quantity != 3 || len(p.Papers) != 1 {
				t.Errorf("%s sees %+v", who, p)
			}
			if a, err := d.b.As(by).ContestProofPaper(ctx, d.c.ID, d.units[1].ID, d.rows[0].ID, d.paper); err != nil || a.ID != d.paper {
				t.Errorf("%s opens the paper: %v", who, err)
			}
			if _, err := d.b.As(by).ContestProofPaper(ctx, d.c.ID, d.units[1].ID, d.rows[0].ID, d.keptPaper); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s opens a paper that nobody claimed: %v", who, err)
			}
		}
		for who, by := range map[string]access.Actor{"the neighbour": d.neighbour, "the council": d.council} {
			for _, id := range []deed.ID{d.claimed, d.kept} {
				if _, err := d.b.As(by).Deed(ctx, id); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s reads deed %d of the journal: %v", who, id, err)
				}
			}
		}
		if _, err := d.proves(d.stranger); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a stranger: %v", err)
		}
		if err := d.handOn(d.neighbour, 1, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := d.proves(d.neighbour); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the neighbour after it handed the sheet on: %v", err)
		}
		if _, err := d.b.As(d.neighbour).ContestSheet(ctx, d.c.ID, d.units[1].ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the neighbour reads the sheet after it handed it on: %v", err)
		}
	})
}

func TestADeedOfAnotherUnitProvesNothing(t *testing.T) {
	d := newDossier(t, storetest.Open(t))
	thief := d.officer(2)
	d.must(thief, func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Enter(ctx, tx, thief, contest.Score{Contest: d.c.ID, Unit: d.units[2].ID, Criterion: d.rows[0].ID, Points: contest.Point, Deeds: []deed.ID{d.kept}}, nil, 0)
		return err
	})
	all, err := d.b.As(thief).ContestProofs(context.Background(), d.c.ID, d.units[2].ID, 0)
	if err != nil || len(all) != 0 {
		t.Errorf("by claiming it, a unit reads a deed of another: %+v %v", all, err)
	}
}

// TestAUnitIsToldOnlyOfTheStagesThatTheContestTellsIt takes a sheet through cross-check
// and explanation, which the unit is told of, to the lead and the conference, which it
// is not.
func TestAUnitIsToldOnlyOfTheStagesThatTheContestTellsIt(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := newDossier(t, b)
		own := d.officer(1)
		seen := func() store.SheetFile {
			s, err := d.b.As(own).ContestSheet(context.Background(), d.c.ID, d.units[1].ID)
			if err != nil {
				t.Fatal(err)
			}
			listed, err := d.b.As(own).ContestSheets(context.Background(), d.c.ID)
			at := slices.IndexFunc(listed, func(l contest.Sheet) bool { return l.Unit == d.units[1].ID })
			if err != nil || at < 0 || listed[at].Way != s.Sheet.Way || listed[at].Since != s.Sheet.Since {
				t.Errorf("the list says %+v, the sheet %+v: %v", listed, s.Sheet, err)
			}
			return s
		}
		d.scored()
		if s := seen(); s.Sheet.Way.Stage != "peers" || s.Seen != contest.SeenProcessing {
			t.Errorf("while it is cross-checked: %+v %s", s.Sheet.Way, s.Seen)
		}
		if err := d.enter(d.neighbour, 1, 0, 8*contest.Point, "thiếu biên bản"); err != nil {
			t.Fatal(err)
		}
		if s := seen(); len(s.Scores["peers"]) != 0 {
			t.Errorf("it reads scores of a cross-check at work: %v", s.Scores["peers"])
		}
		if s, err := d.b.As(d.neighbour).ContestSheet(context.Background(), d.c.ID, d.units[1].ID); err != nil || len(s.Scores["peers"]) != 1 {
			t.Errorf("who cross-checks does not see what they gave: %v %v", s.Scores, err)
		}
		if err := d.handOn(d.neighbour, 1, ""); err != nil {
			t.Fatal(err)
		}
		if s := seen(); s.Seen != contest.SeenExplain || len(s.Scores["peers"]) != 2 || s.Scores["peers"][d.rows[0].ID].Reason != "thiếu biên bản" {
			t.Errorf("asked to explain: %s %v", s.Seen, s.Scores["peers"])
		}
		if err := d.handOn(own, 1, "đã bổ sung"); err != nil {
			t.Fatal(err)
		}
		sent := seen().Sheet.Since
		if err := d.enter(d.third, 1, 1, 7*contest.Point, "hạ một điểm"); err != nil {
			t.Fatal(err)
		}
		if err := d.handOn(d.third, 1, ""); err != nil {
			t.Fatal(err)
		}
		s := seen()
		if s.Sheet.Way != (contest.Way{Stage: contest.StageInside, Round: 1}) || s.Sheet.Since != sent || s.Sheet.Name != "" || len(s.Scores["lead"]) != 0 {
			t.Errorf("inside it is told %+v %v", s.Sheet, s.Scores["lead"])
		}
		for _, m := range s.Moves {
			if m.From == "lead" || m.To == "lead" || m.To == "conference" || m.From == "peers" && m.Name != "" {
				t.Errorf("it reads the move %+v", m)
			}
		}
		for _, c := range s.Changes {
			if c.Stage == "lead" {
				t.Errorf("it reads the change %+v", c)
			}
		}
	})
}

func TestChangesOfScoresAreToldApartFromFirstEntries(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		d := newDossier(t, b)
		d.scored()
		if err := d.enter(d.neighbour, 1, 0, 8*contest.Point, "thiếu biên bản"); err != nil {
			t.Fatal(err)
		}
		if err := d.handOn(d.neighbour, 1, ""); err != nil { // keeps the other score as it stood
			t.Fatal(err)
		}
		for kind, want := range map[store.ChangeKind]int{store.Changed: 1, store.First: 2, store.Kept: 1, "": 4} {
			found, err := b.As(storetest.Operator()).ContestChanges(context.Background(), store.ChangesAsked{Contest: d.c.ID, Unit: d.units[1].ID, Kind: kind, Most: 10})
			if err != nil || len(found) != want {
				t.Errorf("%q: %d entries, want %d: %v", kind, len(found), want, err)
			}
			if kind == store.Changed && len(found) == 1 && (found[0].Stood == nil || found[0].Stood.Points != 9*contest.Point || found[0].After.Points != 8*contest.Point || found[0].Reason != "thiếu biên bản") {
				t.Errorf("the change %+v", found[0])
			}
		}
	})
}

func TestDaysOfAStageCountFromTheArrivalOrFromTheOpening(t *testing.T) {
	m := newMatch(t, storetest.Open(t), "explain-twice")
	m.c.Stages[1].Days = 10
	m.must(storetest.Operator(), func(ctx context.Context, tx *store.Tx) error {
		m.c.Counts = contest.FromOpening
		c, err := contest.Amend(ctx, tx, storetest.Operator(), m.c, m.c.Revision)
		m.c = c
		return err
	})
	m.open()
	table, err := contest.NewTable(m.rows)
	if err != nil {
		t.Fatal(err)
	}
	way, arrived := contest.Way{Stage: "cluster", Round: 1}, storetest.Today()+5
	if due := m.c.Due(table, m.units[1].ID, way, arrived); m.c.Began != storetest.Today() || due != storetest.Today()+10 {
		t.Errorf("from the opening on %v: due %v", m.c.Began, due)
	}
	m.c.Counts = ""
	if due := m.c.Due(table, m.units[1].ID, way, arrived); due != arrived+10 {
		t.Errorf("from the arrival: due %v", due)
	}
}

func TestWhatIsBlankInALanguageIsSaidInTheNext(t *testing.T) {
	for _, c := range []struct{ lang, vi, en, fr, want string }{
		{"fr", "có kế hoạch", "has a plan", "a un plan", "a un plan"},
		{"fr", "có kế hoạch", "has a plan", "", "có kế hoạch"},
		{"fr", "", "has a plan", "", "has a plan"},
		{"en", "", "", "a un plan", "a un plan"},
		{"vi", "", "", "", ""},
	} {
		row := contest.Criterion{Condition: map[string]string{"vi": c.vi, "en": c.en, "fr": c.fr}}
		if got := row.ConditionIn(c.lang); got != c.want {
			t.Errorf("in %s %q, want %q", c.lang, got, c.want)
		}
	}
}
