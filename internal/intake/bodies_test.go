package intake_test

import (
	"testing"

	"kith.app/internal/intake"
	"kith.app/internal/storetest"
)

func TestBodiesAndHouseholdsGivenOutComeInTheSame(t *testing.T) {
	b := storetest.Open(t)
	bodies := table(t, intake.Bodies, intake.Options{}, `Tên|Tên tiếng Anh|Loại|Thuộc|Ngày thành lập|Địa chỉ|Địa bàn`,
		`Chi hội Noong Bua|Noong Bua branch|Chi hội||2004|Nhà văn hoá|phường Noong Bua, thành phố Điện Biên Phủ, tỉnh Điện Biên`,
		`Tổ 5|||Chi hội Noong Bua|||`)
	if j := bring(t, b, bodies, intake.Options{}); j.Counts.New != 2 {
		t.Fatalf("counts %+v", j.Counts)
	}
	households := table(t, intake.Households, intake.Options{}, `STT|Số hộ|Chủ hộ|Địa chỉ|Điện thoại`, `1|12|Lê Văn Hộ|Tổ 5|0912345678`, `2||Bùi Thị Nhà||`)
	if j := bring(t, b, households, intake.Options{}); j.Counts.New != 2 {
		t.Fatalf("counts %+v", j.Counts)
	}
	roundTrip(t, b, intake.Bodies, 2)
	roundTrip(t, b, intake.Households, 2)
	j := bring(t, b, table(t, intake.Households, intake.Options{}, `Số hộ|Chủ hộ|Địa chỉ`, `12|Lê Văn Hộ|Tổ 6`, `|Mới|`, `|Mới|`), intake.Options{GoodRows: true})
	if j.Counts.Update != 1 || j.Counts.New != 1 || j.Counts.Problem != 1 {
		t.Errorf("counts %+v", j.Counts)
	}
	if u := undo(t, b, j.ID); u.Removed != 1 || u.Restored != 1 {
		t.Errorf("taken back %+v", u)
	}
	clean(t, b)
}

// A company is no sum and its code neither; a family may be called Công. What
// stands elsewhere in the book than a table says is told and stays.
func TestNamesLikeTheWordForASum(t *testing.T) {
	b := storetest.Open(t)
	rows := []string{
		`Mã|Tên|Loại|Thuộc`, `cong-ti-song-da|Công ti Sông Đà|Doanh nghiệp|`, `tct|Tổng công ty Sông Mã|Doanh nghiệp|`,
		`nha|Chi hội Thanh Bình|Chi hội|`, `to|Tổ 1|Chi hội|Chi hội Thanh Bình`, `|Tổng cộng: 4|||`,
	}
	if j := bring(t, b, table(t, intake.Bodies, intake.Options{}, rows...), intake.Options{}); j.Counts.New != 4 || j.Counts.Skipped != 1 {
		t.Fatalf("counts %+v", j.Counts)
	}
	rows[4] = `to|Tổ 1|Chi hội|Tổng công ty Sông Mã`
	p := propose(t, b, table(t, intake.Bodies, intake.Options{}, rows...), intake.Options{})
	if r := p.Rows[3]; r.What != intake.Same || len(r.Remarks) != 1 || r.Remarks[0].Fault.Key != "intake.body.parent.kept" {
		t.Errorf("%+v", r)
	}
	people := table(t, intake.People, intake.Options{}, `Họ và tên|Ngày sinh`, `Công Văn Hùng|1950`, `Cộng: 1|`)
	if j := bring(t, b, people, intake.Options{}); j.Counts.New != 1 || j.Counts.Skipped != 1 {
		t.Errorf("counts %+v", j.Counts)
	}
}
