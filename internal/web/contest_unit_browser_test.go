package web

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/browsertest"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// field is a contest of two branches in which sheets go their way: the unit scores
// itself, the lead checks, the unit explains, the lead concludes.
type field struct {
	town
	id      contest.ID
	cluster body.ID
}

func newField(t *testing.T) field {
	t.Helper()
	f := field{town: newTown(t)}
	f.officer(t, f.noongBua.ID, access.Head, "Cà Thị Nga", "nga")
	storetest.Write(t, f.book, f.draw)
	return f
}

func (f *field) draw(ctx context.Context, tx *store.Tx) error {
	by := storetest.Operator()
	cluster := storetest.Named("Cụm thi đua số 1", body.Cluster)
	cluster.Parent = f.book.Root()
	cluster, err := body.Found(ctx, tx, cluster)
	if err != nil {
		return err
	}
	f.cluster = cluster.ID
	stages := []contest.Stage{
		{Code: "self", Names: map[string]string{"vi": "Tự chấm"}, By: contest.ByUnit, Edits: true},
		{Code: "cluster", Names: map[string]string{"vi": "Cụm chấm"}, By: contest.ByLead, Edits: true, Back: "self"},
		{Code: "explain", Names: map[string]string{"vi": "Đơn vị giải trình"}, By: contest.ByUnit, Explains: true},
		{Code: "second", Names: map[string]string{"vi": "Cụm chấm lần hai"}, By: contest.ByLead, Edits: true},
	}
	c, err := contest.Draw(ctx, tx, by, contest.Contest{
		Cluster: cluster.ID, Year: 2026, Titles: map[string]string{"vi": "Thi đua năm 2026"}, Period: calendar.Year(2026), Stages: stages,
		Scale: contest.Scale{Base: 10 * contest.Point, Bonus: 2 * contest.Point, Decimals: 2}, Ranking: contest.Ranking{By: contest.ByPoints},
	})
	if err != nil {
		return err
	}
	f.id = c.ID
	for i, u := range []body.ID{f.himLam.ID, f.noongBua.ID} {
		role := []contest.Role{contest.Member, contest.Lead}[i]
		if err := contest.Enlist(ctx, tx, by, contest.Unit{Contest: c.ID, Body: u, Role: role, Order: i + 1, Until: calendar.Latest}); err != nil {
			return err
		}
	}
	if err := f.criteria(ctx, tx); err != nil {
		return err
	}
	for range 2 {
		d := deed.Deed{Body: f.himLam.ID, Kind: "sick-visit", Title: "Thăm hội viên ốm", Day: calendar.On(2026, 3, 4), Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}}}
		if _, err := deed.Post(ctx, tx, by, d); err != nil {
			return err
		}
	}
	_, err = contest.Open(ctx, tx, by, c.ID)
	return err
}

func (f *field) criteria(ctx context.Context, tx *store.Tx) error {
	group := contest.CriterionID(0)
	for _, c := range []contest.Criterion{
		{No: "1", Order: 1, Names: map[string]string{"vi": "Chăm lo hội viên"}, Max: 10 * contest.Point, Method: contest.Group},
		{No: "1.1", Order: 1, Names: map[string]string{"vi": "Thăm ốm"}, Max: 6 * contest.Point, Method: contest.PerCount, Per: 2 * contest.Point, Value: "[sick-visit.acts]", Evidence: contest.EvidenceRequired},
		{No: "1.2", Order: 2, Names: map[string]string{"vi": "Có kế hoạch năm"}, Max: 4 * contest.Point, Method: contest.YesNo, Evidence: contest.EvidenceRequired},
		{No: "+", Order: 2, Names: map[string]string{"vi": "Sáng kiến"}, Max: 2 * contest.Point, Method: contest.Bonus, Per: contest.Point, Evidence: contest.EvidenceNone},
	} {
		c.Contest = f.id
		if c.Method != contest.Group && c.Method != contest.Bonus {
			c.Parent = group
		}
		put, err := contest.Put(ctx, tx, storetest.Operator(), c, 0)
		if err != nil {
			return err
		}
		if c.Method == contest.Group {
			group = put.ID
		}
	}
	return nil
}

func (f field) path(under string) string {
	return contestPath(f.id) + "/units/" + f.himLam.Code + under
}

// enter signs somebody in and opens a page.
func enter(b *browsertest.Browser, login, path string) {
	b.Cookie("kith", "")
	b.Open("/sign-in")
	if b.Count("input[name=login]") == 0 {
		b.Click("Thoát")
		b.Until(`document.readyState === "complete"`)
		b.Open("/sign-in")
	}
	b.Fill("Tên đăng nhập", login)
	b.Fill("Mật khẩu", password)
	b.Click("Đăng nhập")
	b.Until(`location.pathname !== "/sign-in" && document.readyState === "complete"`) // or the way on would cut it off
	b.Open(path)
}

// TestAUnitScoresItselfInABrowser takes a sheet from the unit through check and
// explanation to the page that tells where points were lost.
func TestAUnitScoresItselfInABrowser(t *testing.T) {
	f := newField(t)
	plan := filepath.Join(t.TempDir(), "ke-hoach.txt")
	if err := os.WriteFile(plan, []byte("Kế hoạch năm 2026"), 0o600); err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, f.base, func(b *browsertest.Browser) {
		enter(b, "hai", f.path(""))
		b.See("Sổ việc đề nghị 4 điểm")
		b.Fine()
		b.Picture("contest-unit-self")
		b.Click("Nhận điểm sổ đề nghị cho 1 tiêu chí")
		b.See("Đã nhận điểm cho 1 tiêu chí")
		b.See("Đã chấm 1/2 tiêu chí")
		b.Click("Chuyển bảng đi")
		b.Hush("422")
		b.See("Có kế hoạch năm")
		b.Fine()
		b.Picture("contest-unit-incomplete")
		b.Click("Đạt: 4 điểm")
		b.Upload("Thêm tệp minh chứng", plan)
		b.Click("Lưu điểm")
		b.See("Đã lưu 1.2. Có kế hoạch năm")
		b.Click("Chuyển bảng đi")
		b.See("Đã chuyển bảng của Chi hội Him Lam")
		enter(b, "nga", f.path(""))
		b.See("Cụm chấm")
		b.Picture("contest-unit-check")
		b.Script(`document.querySelectorAll('.score-card')[1].open = true`)
		b.Script(`(() => { const f = document.querySelectorAll('.score-card form')[1]; f.querySelector('input[name=points][value="0"]').checked = true; f.querySelector('.form-end button').click() })()`)
		b.See("lý do")
		b.Hush("422")
		b.Fine()
		b.Script(`(() => { const f = document.querySelectorAll('.score-card form')[1]; f.querySelector('input[name=reason]').value = 'Kế hoạch chưa được duyệt'; f.querySelector('.form-end button').click() })()`)
		b.See("Đã lưu 1.2. Có kế hoạch năm")
		b.Click("Chuyển bảng đi")
		b.See("Đã chuyển bảng của Chi hội Him Lam")
		enter(b, "hai", f.path(""))
		b.See("Điểm bị đổi")
		b.Fine()
		b.Picture("contest-unit-explain")
		b.Fill("Giải trình", "Kế hoạch số 02 được duyệt ngày 15/01/2026")
		b.Click("Chuyển bảng đi")
		b.See("Đã chuyển bảng của Chi hội Him Lam")
		enter(b, "nga", f.path("/why"))
		b.See("Kế hoạch chưa được duyệt")
		b.See("1.2. Có kế hoạch năm: 4 → 0")
		b.Fine()
		b.Picture("contest-why")
		for _, path := range []string{f.path(""), f.path("/why"), contestPath(f.id) + "/papers", contestPath(f.id) + "/bring/sheets"} {
			b.Phone()
			b.Open(path)
			b.Fine()
			b.Picture("contest-phone-" + filepath.Base(path))
			b.Wide()
		}
	})
}
