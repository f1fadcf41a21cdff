package dossier_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/document"
	"kith.app/internal/dossier"
	"kith.app/internal/locale"
	"kith.app/internal/report"
)

var update = flag.Bool("update", false, "write golden files")

const (
	cluster body.ID = 1 + iota
	one
	two
)

// facts is a whole year of a cluster of two invented units.
func facts(t testing.TB) dossier.Facts {
	t.Helper()
	p := func(n int64) contest.Points { return contest.Points(n) * contest.Point / 10 }
	names := func(vi, en string) map[string]string { return map[string]string{"vi": vi, "en": en} }
	table, err := contest.NewTable([]contest.Criterion{
		{ID: 1, No: "1", Order: 1, Names: names("Công tác tuyên truyền", "Information work"), Max: p(100), Method: contest.Group},
		{ID: 2, Parent: 1, No: "1.1", Order: 1, Names: names("Học tập nghị quyết", "Study of resolutions"), Max: p(40), Method: contest.YesNo, Condition: names("Có kế hoạch", "There is a plan")},
		{ID: 3, Parent: 1, No: "1.2", Order: 2, Names: names("Tin bài", "Articles"), Max: p(60), Method: contest.Tiers, Tiers: []contest.Tier{{From: "80", Points: p(60)}, {From: "60", Points: p(30)}}, Deadline: calendar.DayOf(2026, 11, 15)},
		{ID: 4, No: "+", Order: 2, Names: names("Sáng kiến", "New ideas"), Max: p(30), Method: contest.Bonus, Per: p(10)},
	})
	if err != nil {
		t.Fatal(err)
	}
	score := func(n, bonus int64, reason string) contest.Score {
		return contest.Score{Points: p(n), Bonus: p(bonus), Reason: reason}
	}
	scores := func(article int64, reason string) map[string]map[contest.CriterionID]contest.Score {
		return map[string]map[contest.CriterionID]contest.Score{
			"self":  {2: score(40, 0, ""), 3: score(60, 0, "Đủ bài từng quý"), 4: score(10, 0, "")},
			"peers": {2: score(40, 0, ""), 3: score(article, 0, reason), 4: score(10, 0, "")},
		}
	}
	first, second := p(110), p(80)
	rule := contest.VoteRule{Code: "council", Names: names("Bỏ phiếu suy tôn", "Council vote"), Quorum: contest.Ratio{Num: 2, Den: 3}, Threshold: contest.Ratio{Num: 80, Den: 100}, Of: contest.OfPresent, Basis: "Quy chế cụm"}
	decree := contest.Decree{Number: "12/QĐ-CTĐ", Day: calendar.DayOf(2026, 12, 2), Issuer: "Hội đồng cụm", Signer: "Vi Văn Khoái", Office: "Chủ tịch"}
	return dossier.Facts{
		House: report.House{Names: report.Label{"vi": "Mặt trận tỉnh Một", "en": "Front of One", "fr": "Front de Un"}, Family: document.Front, Foreign: document.Lettered, Parents: []string{"Ủy ban Trung ương Mặt trận"}, Place: "Một", Signer: report.Signer{Name: "Lộc Thị Vàn", Kind: "head", Title: "Chủ tịch"}},
		Contest: contest.Contest{
			Cluster: cluster, Year: 2026, Titles: names("Thi đua cụm năm 2026", "Emulation year 2026"), Basis: "Hướng dẫn số 82", Period: calendar.Year(2026), Scale: contest.Scale{Base: p(100), Bonus: p(50), Decimals: 1},
			Classes: []contest.Class{{Code: "good", Names: names("Tốt", "Good"), From: p(80)}}, Awards: []contest.Award{{Code: "first", Names: names("Đơn vị xuất sắc", "Excellent unit")}},
			Stages: []contest.Stage{{Code: "self", Names: names("Tự chấm", "Self-score"), By: contest.ByUnit, Edits: true}, {Code: "peers", Names: names("Chấm chéo", "Cross-check"), By: contest.ByPeers, Edits: true}, {Code: "explain", Names: names("Giải trình", "Explanation"), By: contest.ByUnit, Explains: true}},
		},
		Table: table, Units: []contest.Unit{{Body: one, Role: contest.Lead, Order: 1}, {Body: two, Role: contest.Member, Order: 2}}, Next: two, Unit: two,
		Called: map[body.ID]string{cluster: "Cụm thi đua số 1", one: "Mặt trận tỉnh Một", two: "Mặt trận tỉnh Hai"}, Short: map[body.ID]string{cluster: "Cụm 1", one: "Một", two: "Hai"}, Heads: map[body.ID]string{one: "Lộc Thị Vàn"},
		Contracts: []contest.Contract{{Unit: one, Signed: calendar.DayOf(2026, 1, 20), Signer: "Lộc Thị Vàn", Targets: []contest.Pledge{{Text: "Xây 20 nhà"}}, Titles: []string{"first"}}},
		Results:   []contest.Result{{Unit: one, Rank: 1, Total: &first, Class: "good"}, {Unit: two, Rank: 2, Total: &second, Class: "good"}},
		Decisions: []contest.Amendment{{Unit: two, From: p(75), To: second, Decree: decree, Reason: "Bổ sung minh chứng"}},
		Ballots:   []contest.Ballot{{Question: "Suy tôn đơn vị xuất sắc", Day: calendar.DayOf(2026, 12, 2), Rule: rule, Eligible: 10, Present: 9, Issued: 9, Collected: 9, Valid: 9, Candidates: []contest.Candidate{{Unit: one, For: 8}, {Unit: two, For: 3}}, Tellers: []string{"Hoàng Thị Lụa"}}},
		Honours:   []contest.Honour{{Award: "first", Unit: one, For: "Dẫn đầu cụm", Status: contest.Given, Decree: decree}},
		Scores:    map[body.ID]map[string]map[contest.CriterionID]contest.Score{one: scores(60, ""), two: scores(30, "Thiếu bài quý III")},
		Moves:     map[body.ID][]contest.Move{two: {{From: "explain", Kind: contest.MoveOn, Reason: "Bài quý III đăng chậm"}}},
	}
}

func TestPapersInThreeLanguages(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Langs() {
		for _, k := range dossier.Kinds() {
			papers := dossier.Compose(words.In(lang), k, facts(t))
			if len(papers) == 0 {
				t.Fatalf("%s: no paper", k)
			}
			if err := papers[0].Check(); err != nil {
				t.Errorf("%s: %v", k, err)
			}
			var got bytes.Buffer
			if err := report.Write(&got, papers[0], report.JSON); err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("testdata", string(k)+"."+string(lang)+".json"), got.Bytes())
			formats := []report.Format{report.Docx, report.HTML}
			if k.Tabular() {
				formats = append(formats, report.Xlsx)
			}
			for _, as := range formats {
				var b bytes.Buffer
				if err := report.Write(&b, papers[0], as); err != nil {
					t.Errorf("%s as %s: %v", k, as, err)
				}
			}
			var b bytes.Buffer
			if err := report.WriteAll(&b, papers, report.PDF); err != nil {
				t.Errorf("%s: %v", k, err)
			}
		}
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", file, d)
	}
}

func TestWhatIsNotKnownIsLeftToThePen(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	f := facts(t)
	f.Contracts, f.Results, f.Decisions, f.Ballots, f.Honours, f.Scores, f.Moves, f.Next = nil, nil, nil, nil, nil, nil, nil, 0
	for _, k := range dossier.Kinds() {
		for _, p := range dossier.Compose(words.In(locale.Vi), k, f) {
			if err := p.Check(); err != nil {
				t.Errorf("%s: %v", k, err)
			}
		}
	}
}
