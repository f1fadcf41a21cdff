package web

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// arenaDesk is an association whose secretary keeps the contest of a cluster of
// three branches.
type arenaDesk struct {
	treasury
	cluster body.Body
	units   []body.Body
}

func contestOffice(t *testing.T) arenaDesk {
	t.Helper()
	d := arenaDesk{treasury: fundOffice(t)}
	storetest.Write(t, d.book, func(ctx context.Context, tx *store.Tx) (err error) {
		cluster := storetest.Named("Cụm thi đua số 1", body.Cluster)
		cluster.Parent = d.book.Root()
		d.cluster, err = body.Found(ctx, tx, cluster)
		return err
	})
	for _, name := range []string{"Chi hội Một", "Chi hội Hai", "Chi hội Ba"} {
		d.units = append(d.units, storetest.Branch(t, d.book, name))
	}
	return d
}

// drawn has the secretary open the contest of a year with its units and a table.
func (d arenaDesk) drawn(v teller) string {
	path := v.done("/contests/new", "cluster", idText(d.cluster.ID), "year", "2026", "base", "20", "preset", "one-step-back")
	for i, u := range d.units {
		role := []string{"lead", "deputy", "member"}[i]
		v.done(path+"/members", "unit", u.NameOn("vi", storetest.Today()), "unitId", idText(u.ID), "role", role, "order", decimal(int64(i+1)))
	}
	v.done(path+"/table/new", "method", "group", "no", "1", "name", "Tuyên truyền", "max", "20", "parent", "0")
	group := d.numbered(path, "1")
	v.done(path+"/table/new", "method", "hand", "no", "1.1", "name", "Có kế hoạch năm", "max", "8,5", "parent", group, "evidence", "required", "deadline", "1/11/2026")
	v.done(path+"/table/new", "method", "tiers", "no", "1.2", "name", "Hội viên dự họp", "max", "11,5", "parent", group, "tier-from-1", "80", "tier-points-1", "11,5", "tier-from-2", "60", "tier-points-2", "5")
	v.done(path+"/table/new", "method", "bonus", "no", "+", "name", "Sáng kiến", "max", "3", "per", "1", "parent", "0")
	return path
}

// numbered finds a criterion by its number.
func (d arenaDesk) numbered(path, no string) string {
	d.t.Helper()
	id, _ := idNumber(strings.TrimPrefix(path, "/contests/"))
	f, err := d.book.As(storetest.Operator()).Contest(context.Background(), contest.ID(id))
	if err != nil {
		d.t.Fatal(err)
	}
	row, ok := f.Table.Numbered(no)
	if !ok {
		d.t.Fatalf("no criterion %s", no)
	}
	return idText(row)
}

// scored has every unit score itself and hand its sheet on.
func (d arenaDesk) scored(path string, points ...string) {
	d.t.Helper()
	id, _ := idNumber(strings.TrimPrefix(path, "/contests/"))
	for i, u := range d.units {
		storetest.Write(d.t, d.book, func(ctx context.Context, tx *store.Tx) error {
			by := access.Operator("Bác " + u.NameOn("vi", storetest.Today()))
			for _, no := range []string{"1.1", "1.2"} {
				row, _ := idNumber(d.numbered(path, no))
				given, err := contest.ParsePoints("points", points[i])
				if err != nil {
					return err
				}
				if _, err := contest.Enter(ctx, tx, by, contest.Score{Contest: contest.ID(id), Unit: u.ID, Criterion: contest.CriterionID(row), Points: given, Papers: []int64{1}}, nil, 0); err != nil {
					return err
				}
			}
			_, err := contest.HandOn(ctx, tx, by, contest.Which{Contest: contest.ID(id), Unit: u.ID, Based: 1}, "")
			return err
		})
	}
}

// handedOn hands every sheet to its end.
func (d arenaDesk) handedOn(path string) {
	d.t.Helper()
	id, _ := idNumber(strings.TrimPrefix(path, "/contests/"))
	for _, u := range d.units {
		for ready := false; !ready; {
			storetest.Write(d.t, d.book, func(ctx context.Context, tx *store.Tx) error {
				s, err := tx.Sheet(ctx, contest.ID(id), u.ID)
				if err != nil {
					return err
				}
				s, err = contest.HandOn(ctx, tx, storetest.Operator(), contest.Which{Contest: contest.ID(id), Unit: u.ID, Based: s.Revision}, "")
				ready = s.Way.Ready
				return err
			})
		}
	}
}

func TestAYearIsDrawnUpTriedAndOpened(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	v.sees("/contests", "Chưa có kỳ thi đua nào", "Mở kỳ thi đua")
	v.refused("Năm không hợp lý", "Thi đua kỷ niệm", "/contests/new", "cluster", idText(d.cluster.ID), "year", "26", "title", "Thi đua kỷ niệm", "preset", "one-step-back")
	path := d.drawn(v)
	v.refused("Cụm đã có kỳ thi đua năm 2026", "2026", "/contests/new", "cluster", idText(d.cluster.ID), "year", "2026", "preset", "one-step-back")
	v.refused("không phải là số điểm", "Hoạt động mới", path+"/table/new", "method", "hand", "name", "Hoạt động mới", "max", "nhiều")
	v.refused("Cần ít nhất một mức điểm", "Theo mức thôi", path+"/table/new", "method", "tiers", "name", "Theo mức thôi", "max", "5")
	v.sees(path+"/table", "Bảng khớp", "≥ 80: 11,5", "Bắt buộc", "01/11/2026")
	_, tried := v.ask("POST", path+"/table/new", form("method", "formula", "no", "9", "name", "Tăng so với năm trước", "max", "10", "try", "yes", "value", "percent([sick-visit.acts], [sick-visit.acts@last]) / 20", "sample-sick-visit.acts", "30"))
	for _, want := range []string{"percent(30; 10)", "300 / 20", "[sick-visit.acts@last]", "Từng bước tính"} {
		if !strings.Contains(tried, want) {
			t.Errorf("tried out without %q: %s", want, told(tried))
		}
	}
	v.refused("Công thức chia cho 0", "Tăng trưởng", path+"/table/new", "method", "formula", "name", "Tăng trưởng", "max", "10", "try", "yes", "value", "1 / [sick-visit.acts]", "sample-sick-visit.acts", "0")
	answer, body := v.ask("POST", path+"/open", form())
	if answer.StatusCode != 422 || !strings.Contains(body, "chưa có ai được giao") {
		t.Errorf("opened with nobody to assess: %d %s", answer.StatusCode, told(body))
	}
	for _, stage := range []string{"department", "council", "board"} {
		v.done(path+"/stages/name", "stage", stage, "officer", idText(d.who["lan"]))
	}
	v.done(path+"/stages/own", "revision", "1", "name-1", "Tự chấm", "code-1", "self", "by-1", "unit", "does-1", "edits", "name-2", "Ban chuyên môn", "code-2", "department", "by-2", "assessors", "does-2", "edits", "back-2", "self", "days-2", "10",
		"name-3", "Ban Thường trực", "code-3", "board", "by-3", "assessors", "does-3", "looks", "back-3", "department", "restarts-3", "yes")
	v.sees(path+"/stages", "Ban chuyên môn", "10 ngày", "Chỉ xem", "duyệt lại từ đầu", "Đặng Thị Lan")
	v.done(path+"/settings/classes", "revision", "2", "class-1", "Xuất sắc", "class-from-1", "18", "class-2", "Khá", "class-from-2", "10", "class-to-2", "15")
	v.done(path+"/settings/awards", "revision", "3", "award-1", "Đơn vị xuất sắc", "quota-1", "1", "rank-1", "1", "flag-1", "yes")
	if got := v.page(path + "/settings"); !strings.Contains(got, `value="Xuất sắc"`) || !strings.Contains(got, `value="Đơn vị xuất sắc"`) {
		t.Errorf("the rules are not kept: %s", told(got))
	}
	v.done(path + "/open")
	v.sees(path, "0/3", "3", "Tự chấm", "quá hạn")
	v.sees("/contests", "0/3", "3 đơn vị quá hạn", "Chi hội Một")
	v.hidden(path+"/table", "Bỏ tiêu chí này")
	v.refused("Cần ghi lý do", "Bổ sung", path+"/table/new", "method", "hand", "name", "Bổ sung", "max", "1")
	v.refused("Bảng đã mở chấm", "Sửa lại", path+"/table/"+d.numbered(path, "1.1"), "method", "hand", "name", "Sửa lại", "max", "1", "revision", "1", "reason", "x")
}

func TestScoresAreGivenAcrossUnitsAndTheYearIsClosed(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	path := d.drawn(v)
	v.done(path+"/settings/classes", "revision", "1", "class-1", "Xuất sắc", "class-from-1", "16", "class-2", "Khá", "class-from-2", "10", "class-to-2", "14")
	v.done(path+"/settings/awards", "revision", "2", "award-1", "Đơn vị xuất sắc", "quota-1", "1", "rank-1", "1", "flag-1", "yes")
	for _, stage := range []string{"department", "council", "board"} {
		v.done(path+"/stages/name", "stage", stage, "officer", idText(d.who["lan"]))
	}
	v.done(path + "/open")
	d.scored(path, "8", "8", "7,5")
	one := path + "/criteria/" + d.numbered(path, "1.1")
	v.sees(one, "Chi hội Hai", "Tự chấm: 8", "1 minh chứng")
	unit := idText(d.units[2].ID)
	v.refused("Cần ghi lý do", "7,25", one, "points-"+unit, "7,25", "revision-"+unit, "0")
	v.refused("nằm ngoài khoảng", "99", one, "points-"+unit, "99", "revision-"+unit, "0", "reason-"+unit, "x")
	v.done(one, "points-"+unit, "7,25", "revision-"+unit, "0", "reason-"+unit, "thiếu một kế hoạch", "accept", "yes")
	v.refused("Đặng Thị Lan vừa chấm trước: 7,25 điểm", "6", one, "points-"+unit, "6", "revision-"+unit, "0", "reason-"+unit, "y")
	v.sees(path+"/changes", "thiếu một kế hoạch", "7,25", "Đặng Thị Lan")
	v.sees(path+"/changes?kind=first", "Bác Chi hội Ba")
	v.sees(path+"/changes?unit="+unit, "Chi hội Ba")
	v.sees(path+"/matrix", "Tuyên truyền", "15", "16")
	v.refused("Gõ đúng hai chữ", "nhầm", path+"/publish", "word", "nhầm", "revision", "4")
	v.refused("còn ở bước", "Chi hội Một", path+"/publish", "word", "CÔNG BỐ", "revision", "4")
	d.handedOn(path)
	v.sees(path, "Đồng hạng", "Rơi vào khoảng trống", "trên 14 và dưới 16", "−0,25")
	v.refused("Cần ghi lý do", "Hạng 1", path+"/ties", "tie", idText(d.units[0].ID), "of", "2", "place-1", idText(d.units[1].ID), "place-2", idText(d.units[0].ID), "revision", "4")
	v.done(path+"/ties", "tie", idText(d.units[0].ID), "of", "2", "place-1", idText(d.units[1].ID), "place-2", idText(d.units[0].ID), "reason", "hội nghị thống nhất", "revision", "4")
	v.done(path+"/ballots/rules", "name", "Suy tôn", "quorum", "2/3", "threshold", "80%", "of", "present", "since", "1/1/2024", "secret", "yes")
	count := []string{"question", "Suy tôn đơn vị xuất sắc", "day", dayTyped(storetest.Today()), "rule", "suy-ton", "eligible", "9", "present", "7", "issued", "7", "collected", "7", "valid", "7", "for-" + idText(d.units[1].ID)}
	v.refused("trong khi chỉ có 7 phiếu hợp lệ", "8", path+"/ballots/new", append(count, "8")...)
	v.done(path+"/ballots/new", append(count, "6")...)
	v.sees(path+"/ballots", "Đủ số người họp", "Đạt", "Bỏ phiếu kín", "80%")
	v.done(path+"/publish", "word", "công bố", "revision", "5")
	v.sees(path, "Đã công bố", "Kết quả xếp hạng", "Xuất sắc")
	v.refused("chỉ tới thứ 1", "Dẫn đầu", path+"/awards", "award", "don-vi-xuat-sac-1", "unit", idText(d.units[0].ID), "for", "Dẫn đầu")
	v.done(path+"/awards", "award", "don-vi-xuat-sac-1", "unit", idText(d.units[1].ID), "for", "Dẫn đầu cụm", "given", "yes", "number", "12/QĐ", "day", "20/11/2026")
	v.sees(path+"/awards", "Đã khen", "12/QĐ", "1/1")
	v.sees(path+"/flag", "Chưa có kỳ thi đua năm 2027")
	id := strings.TrimPrefix(path, "/contests/")
	next := v.done("/contests/new", "cluster", idText(d.cluster.ID), "year", "2027", "from", id)
	v.sees(next+"/table/compare", "Không có gì thay đổi")
	v.done(next+"/table/"+d.numbered(next, "1.1"), "method", "hand", "no", "1.1", "name", "Có kế hoạch năm", "max", "9,5", "parent", d.numbered(next, "1"), "revision", "1")
	v.sees(next+"/table/compare", "sửa 1", "8,5 điểm", "9,5 điểm")
	v.done(path+"/flag", "taker", idText(d.units[1].ID), "day", "20/11/2026")
	v.sees(next+"/members", "Cụm trưởng", "từ Chi hội Một", "chưa lần nào")
	v.done(next+"/contract/"+d.units[0].Code, "text-1", "Thăm hội viên ốm", "target-1", "40", "unit-1", "lượt", "titles", "don-vi-xuat-sac-1", "signed", "20/11/2026", "signer", "Phạm Quốc Hùng", "revision", "0")
	v.refused("Cần ghi người ký", "Chỉ tiêu hai", next+"/contract/"+d.units[1].Code, "text-1", "Chỉ tiêu hai", "signed", "20/11/2026", "revision", "0")
	v.sees(next+"/contract", "1/3 đơn vị đã ký", "Thăm hội viên ốm: 40 lượt", "Chưa ký")
}

func TestAPastYearIsRecordedByItsOutcomeAlone(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	path := v.done("/contests/new", "cluster", idText(d.cluster.ID), "year", "2019", "preset", "cross-check")
	v.sees(path+"/outcome", "Chưa có đơn vị nào tham gia")
	for i, u := range d.units {
		v.done(path+"/members", "unit", u.Code, "unitId", idText(u.ID), "role", "member", "order", decimal(int64(i+1)))
	}
	v.refused("Thứ hạng 7 không có trong 3 đơn vị", "7", path+"/outcome", "rank-1", "7")
	v.refused("ít nhất một đơn vị", "", path+"/outcome")
	v.done(path+"/outcome", "rank-2", "1", "total-2", "96,5", "note-1", "không rõ điểm")
	v.sees(path, "Đã công bố", "96,5", "không rõ điểm")
}

func TestAMemberReadsTheRulesAndNotTheOthers(t *testing.T) {
	d := contestOffice(t)
	v := d.as("lan")
	path := d.drawn(v)
	storetest.Write(t, d.book, func(ctx context.Context, tx *store.Tx) error {
		by := storetest.Operator()
		desk, err := person.Create(ctx, tx, by, person.Office{Body: d.units[2].ID, Kind: string(access.Head), Seats: 1, Since: calendar.Earliest, Until: calendar.Latest})
		if err != nil {
			return err
		}
		_, err = person.Appoint(ctx, tx, by, person.Holding{Office: desk.ID, Person: d.who["khoat"], From: calendar.InYear(2024)})
		return err
	})
	for _, stage := range []string{"department", "council", "board"} {
		v.done(path+"/stages/name", "stage", stage, "officer", idText(d.who["lan"]))
	}
	v.done(path + "/open")
	d.scored(path, "8", "8", "7")
	unit := d.as("khoat")
	unit.sees(path, "Chi hội Ba")
	unit.hidden(path, "Xếp hạng theo điểm", "Công bố kết quả")
	unit.sees(path+"/table", "Có kế hoạch năm")
	for _, closed := range []string{"/matrix", "/changes", "/standings.xlsx", "/settings", "/publish", "/ballots", "/awards", "/criteria/" + d.numbered(path, "1.1"), "/contract/" + d.units[0].Code} {
		if answer, _ := unit.ask("GET", path+closed, ""); answer.StatusCode != 403 {
			t.Errorf("a member asks for %s: %d", closed, answer.StatusCode)
		}
	}
}
