package intake_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// ring is a contest into which workbooks are brought.
type ring struct {
	t  *testing.T
	b  *store.Book
	id contest.ID
}

// newRing draws up a contest of two units by a way of working that ships.
func newRing(t *testing.T, b *store.Book, preset string) *ring {
	t.Helper()
	presets, err := contest.Presets()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(presets, func(p contest.Preset) bool { return p.Code == preset })
	r := &ring{t: t, b: b}
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		by := storetest.Operator()
		cluster, err := body.Found(ctx, tx, storetest.Named("Cụm thi đua", body.Cluster))
		if err != nil {
			return err
		}
		c, err := contest.Draw(ctx, tx, by, contest.Contest{
			Cluster: cluster.ID, Year: 2026, Titles: map[string]string{"vi": "Thi đua 2026"}, Period: calendar.Year(2026),
			Scale: contest.Scale{Base: 20 * contest.Point, Bonus: 5 * contest.Point, Decimals: 2}, Stages: presets[i].Stages, Ranking: contest.Ranking{By: contest.ByPoints},
		})
		if err != nil {
			return err
		}
		r.id = c.ID
		for n, name := range []string{"Mặt trận Một", "Mặt trận Hai"} {
			u := storetest.Named(name, body.Front)
			u.Code = []string{"mt-mot", "mt-hai"}[n]
			if u, err = body.Found(ctx, tx, u); err != nil {
				return err
			}
			role := []contest.Role{contest.Lead, contest.Member}[n]
			if err := contest.Enlist(ctx, tx, by, contest.Unit{Contest: c.ID, Body: u.ID, Role: role, Order: n + 1, Since: calendar.DayOf(2026, 1, 1), Until: calendar.DayOf(2026, 12, 31)}); err != nil {
				return err
			}
		}
		return nil
	})
	return r
}

// bring brings a text table in.
func (r *ring) bring(subject intake.Subject, content []byte, rehearse bool) (*intake.Plan, error) {
	r.t.Helper()
	s, err := sheet.Open("bảng.csv", bytes.NewReader(content), int64(len(content)))
	if err != nil {
		r.t.Fatal(err)
	}
	return r.b.BringContest(context.Background(), store.Writing{By: storetest.Operator(), Why: "test"}, store.Workbook{Contest: r.id, Subject: subject, Sheet: s, Rehearse: rehearse})
}

func (r *ring) must(subject intake.Subject, content []byte) *intake.Plan {
	r.t.Helper()
	p, err := r.bring(subject, content, false)
	if err != nil {
		r.t.Fatalf("%v\n%s", err, r.troubles(p))
	}
	return p
}

// troubles words what is wrong, a line for each.
func (r *ring) troubles(p *intake.Plan) string {
	words, err := locale.Load()
	if err != nil {
		r.t.Fatal(err)
	}
	var all strings.Builder
	if p == nil {
		return ""
	}
	for _, row := range p.Rows {
		for _, one := range row.Problems {
			all.WriteString(one.Cell() + " " + words.In(locale.Vi).Fault(one.Fault) + "\n")
		}
	}
	return all.String()
}

// written writes a workbook of the contest.
func (r *ring) written(subject intake.Subject, lang locale.Lang) []byte {
	r.t.Helper()
	ctx := context.Background()
	words, err := locale.Load()
	if err != nil {
		r.t.Fatal(err)
	}
	view := r.b.As(storetest.Operator())
	a, err := view.ContestArena(ctx, r.id)
	if err != nil {
		r.t.Fatal(err)
	}
	failed := func() error { return nil }
	var tab sheet.Table
	if subject == intake.Criteria {
		tab, err = intake.CriteriaTable(a, words.In(lang))
	} else {
		units, readErr := view.ContestSheetUnits(ctx, r.id)
		if readErr != nil {
			r.t.Fatal(readErr)
		}
		tab, failed, err = intake.ScoresTable(a, units, words.In(lang), func(batch []body.ID) (map[body.ID]intake.UnitScores, error) {
			return view.ContestUnitScores(ctx, r.id, batch)
		})
	}
	if err != nil {
		r.t.Fatal(err)
	}
	var out bytes.Buffer
	if err := sheet.WriteXLSX(&out, tab); err != nil {
		r.t.Fatal(err)
	}
	if err := failed(); err != nil {
		r.t.Fatal(err)
	}
	return out.Bytes()
}

// criteria is a table of criteria as Fronts write it, with all ways of scoring.
const criteria = `STT,Nội dung,Điểm chuẩn,Điểm thưởng,Ghi chú,Hạn nộp,Cách chấm,Cách tính,Điểm mỗi lần,Chỉ tiêu,Các mức,Minh chứng,Giao cho đơn vị,Điều kiện cho điểm,Ban phụ trách,Nội dung (tiếng Anh)
I,Công tác tuyên truyền,12,,,15/11/2026,,,,,,,,,Ban Tuyên giáo,Information work
1,Học tập nghị quyết,"2,5",1,,10/11/2026,Có hoặc không,,,,,Bắt buộc,,Có kế hoạch,,
2,Tin bài,5,,mỗi quý một bài,,Theo số lần,,"1,25",,,Nên có,,,,
3,Tỷ lệ hội viên,"4,5",,,,Theo mức,,,,≥ 80: 4; ≥ 60: 3,,,,,
II,Nhà đại đoàn kết,8,,,,,,,,,,,,,
1,Nhà xây mới,8,,,,So với chỉ tiêu,[solidarity-house.built],,20,,Bắt buộc,mt-mot,,,
+,Sáng kiến,3,,,,Cộng thưởng,,1,,,Không cần,,,,
Tổng cộng,,20,,,,,,,,,,,,,
`

func TestTableOfCriteriaGoesRound(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		r := newRing(t, b, "explain-twice")
		if p, err := r.bring(intake.Criteria, []byte(criteria), true); err != nil || p.Count(intake.New) != 7 {
			t.Fatalf("rehearsal: %v\n%s", err, r.troubles(p))
		}
		a, err := b.As(storetest.Operator()).ContestArena(context.Background(), r.id)
		if err != nil || len(a.Table.All()) != 0 {
			t.Fatalf("after a rehearsal there are %d criteria, %v", len(a.Table.All()), err)
		}
		r.must(intake.Criteria, []byte(criteria))
		a, err = b.As(storetest.Operator()).ContestArena(context.Background(), r.id)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Table.Check(a.Contest.Scale); err != nil {
			t.Error(err)
		}
		for _, lang := range locale.Langs() {
			content := r.written(intake.Criteria, lang)
			p := r.must(intake.Criteria, content)
			if p.Count(intake.Same) != 7 || len(p.Missing) > 0 {
				t.Errorf("%s: %+v, missing %d\n%s", lang, p.Counts(), len(p.Missing), r.troubles(p))
			}
			if again := r.written(intake.Criteria, lang); !bytes.Equal(again, content) {
				t.Errorf("%s: the table written anew is another", lang)
			}
		}
	})
}

func TestEveryRowOfATableThatIsWrongIsToldAndNothingDone(t *testing.T) {
	r := newRing(t, storetest.Open(t), "explain-twice")
	wrong := strings.NewReplacer("I,Công tác tuyên truyền,12", "I,Công tác tuyên truyền,13", "10/11/2026", "20/11/2026", "≥ 80: 4", "tám mươi", "Theo số lần,,\"1,25\"", "Theo số lần,,", "mt-mot", "mt-ba").Replace(criteria)
	p, err := r.bring(intake.Criteria, []byte(wrong), false)
	if fault.KindOf(err) == fault.Internal || err == nil {
		t.Fatal(err)
	}
	got := r.troubles(p)
	for _, want := range []string{"C2 ", "F3 ", "I4 ", "K5 ", "M7 "} {
		if !strings.Contains(got, want) {
			t.Errorf("nothing is told of %s:\n%s", want, got)
		}
	}
	a, err := r.b.As(storetest.Operator()).ContestArena(context.Background(), r.id)
	if err != nil || len(a.Table.All()) != 0 {
		t.Errorf("%d criteria were written, %v", len(a.Table.All()), err)
	}
}

func TestRowsWithoutNumbersStandInTheGroupAbove(t *testing.T) {
	r := newRing(t, storetest.Open(t), "explain-twice")
	r.must(intake.Criteria, []byte("Nội dung,Điểm chuẩn,Điểm thưởng,Ghi chú,Hạn nộp\nTuyên truyền,20,,,\nNghị quyết,12,,,\nTin bài,8,,,\n"))
	a, err := r.b.As(storetest.Operator()).ContestArena(context.Background(), r.id)
	if err != nil {
		t.Fatal(err)
	}
	all := a.Table.All()
	if len(all) != 3 || all[0].Method != contest.Group || all[1].Parent != all[0].ID || all[2].Parent != all[0].ID {
		t.Errorf("%+v", all)
	}
	p := r.must(intake.Criteria, []byte("Nội dung,Điểm chuẩn\nTuyên truyền,20\nTin bài,8\nNghị quyết,12\n"))
	if p.Count(intake.Update) != 2 {
		t.Errorf("two rows change places, got %+v", p.Counts())
	}
}

func TestScoreSheetsGoRound(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		r := newRing(t, b, "explain-twice")
		r.must(intake.Criteria, []byte(criteria))
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Open(ctx, tx, storetest.Operator(), r.id)
			return err
		})
		sheets := "Mã đơn vị,STT,Nội dung,Tự chấm: điểm,Tự chấm: điểm thưởng,Tự chấm: lý do\n" +
			"mt-mot,I/1,Học tập,\"2,5\",\"0,5\",Có sáng kiến\nmt-mot,2,Tin bài,0,,\nMặt trận Hai,I/1,Học tập,0,,\n"
		if p := r.must(intake.Scores, []byte(sheets)); p.Count(intake.New) != 3 {
			t.Fatalf("%+v", p.Counts())
		}
		for _, lang := range locale.Langs() {
			content := r.written(intake.Scores, lang)
			p := r.must(intake.Scores, content)
			if p.Writes() != 0 || p.Count(intake.Same) != 9 {
				t.Errorf("%s: %+v\n%s", lang, p.Counts(), r.troubles(p))
			}
		}
		wrong := "Mã đơn vị,STT,Nội dung,Tự chấm: điểm,Cụm chấm: điểm\n" +
			"mt-mot,I/1,Học tập,\"3,5\",\nmt-ba,2,Tin bài,1,\nmt-hai,II/1,Nhà,1,\nmt-hai,9,Lạ,1,\nmt-hai,2,Tin bài,\"1,255\",\nmt-mot,2,Tin bài,,4\n"
		p, err := r.bring(intake.Scores, []byte(wrong), false)
		if err == nil {
			t.Fatal("wrong sheets came in")
		}
		got := r.troubles(p)
		for _, want := range []string{"D2 ", "A3 ", "B4 ", "B5 ", "D6 ", "E7 "} {
			if !strings.Contains(got, want) {
				t.Errorf("nothing is told of %s:\n%s", want, got)
			}
		}
		held, err := b.As(storetest.Operator()).ContestHeld(context.Background(), r.id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, u := range held.Scores {
			n += len(u["self"])
		}
		if n != 3 {
			t.Errorf("there are %d scores, want the 3 from before", n)
		}
	})
}
