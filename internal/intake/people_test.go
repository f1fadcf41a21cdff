package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/locale"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// table writes rows as a csv and recognises it; cells are parted by "|".
func table(t testing.TB, subject intake.Subject, o intake.Options, rows ...string) *intake.Table {
	t.Helper()
	var b strings.Builder
	for _, r := range rows {
		for i, c := range strings.Split(r, "|") {
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(`"` + strings.ReplaceAll(strings.TrimSpace(c), `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
	}
	return opened(t, subject, o, "thử.csv", []byte(b.String()))
}

func opened(t testing.TB, subject intake.Subject, o intake.Options, name string, content []byte) *intake.Table {
	t.Helper()
	s, err := sheet.Open(name, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatalf("open: %v", said(t, err))
	}
	tab, err := intake.Recognise(s, subject, o)
	if err != nil {
		t.Fatalf("recognise: %v", said(t, err))
	}
	return tab
}

// said gives an error as a person reads it.
func said(t testing.TB, err error) string {
	t.Helper()
	words, loadErr := locale.Load()
	if loadErr != nil {
		t.Fatal(loadErr)
	}
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, words.Say(locale.Vi, f.Key, f.Args...))
	}
	if len(all) == 0 && err != nil {
		return err.Error()
	}
	return strings.Join(all, " ")
}

func propose(t testing.TB, b *store.Book, tab *intake.Table, o intake.Options) *intake.Plan {
	t.Helper()
	p, err := intake.Propose(context.Background(), b.As(storetest.Operator()), tab, o)
	if err != nil {
		t.Fatalf("propose: %v", said(t, err))
	}
	return p
}

// bring carries a table into the book and gives what was done.
func bring(t testing.TB, b *store.Book, tab *intake.Table, o intake.Options) intake.Job {
	t.Helper()
	j, err := tryBring(b, tab, o)
	if err != nil {
		t.Fatalf("bring in: %v", said(t, err))
	}
	return j
}

func tryBring(b *store.Book, tab *intake.Table, o intake.Options) (j intake.Job, err error) {
	how := store.Writing{By: storetest.Operator(), Why: "test", Job: b.NewID()}
	err = b.Write(context.Background(), how, func(ctx context.Context, tx *store.Tx) error {
		p, err := intake.Propose(ctx, tx.View(), tab, o)
		if err != nil {
			return err
		}
		j, err = p.Apply(ctx, tx, how.By, intake.File{Name: "thử.csv"}, nil)
		return err
	})
	return j, err
}

func people(t testing.TB, b *store.Book) map[string]intake.Member {
	t.Helper()
	all, err := b.As(storetest.Operator()).KnownPeople(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]intake.Member{}
	for _, m := range all {
		by[m.Name] = m
	}
	return by
}

// row describes a row of a plan in short.
func row(t testing.TB, r intake.Row) string {
	t.Helper()
	s := fmt.Sprintf("%d %s %s", r.Number, r.What, r.Name)
	for _, c := range r.Changes {
		s += fmt.Sprintf(" %s:%s>%s", c.Field, c.Before, c.After)
	}
	for _, p := range append(r.Problems, r.Remarks...) {
		s += " " + p.Cell() + "=" + p.Fault.Key
	}
	for _, a := range r.Alike {
		s += fmt.Sprintf(" alike:%s/%d", a.Name, a.Row)
	}
	return s
}

func clean(t testing.TB, b *store.Book) {
	t.Helper()
	if trouble, err := b.Check(context.Background()); err != nil || len(trouble) > 0 {
		t.Fatalf("check: %v %v", trouble, err)
	}
}

const roll = `STT|Số thẻ|Họ và tên|Năm sinh|Giới tính|Điện thoại|Quê quán|Chi hội|Ngày vào hội|Ghi chú`

func TestARollComesInOnceHoweverOftenItIsBrought(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		branch := storetest.Branch(t, b, "Chi hội Noong Bua")
		tab := table(t, intake.People, intake.Options{}, `DANH SÁCH HỘI VIÊN`, roll,
			`1|017|Đặng Thị Hương|15/03/1949|Nữ|912 345 678|xã Kim Anh, huyện Kim Thành, Hải Dương|Noong Bua|2005|`,
			`2||NGUYỄN VĂN AN|1952|Nam||Hải Dương||10/2003|tổ trưởng`)
		j := bring(t, b, tab, intake.Options{})
		if j.Counts.New != 2 || j.Counts.Rows != 2 {
			t.Fatalf("counts %+v, want two new", j.Counts)
		}
		got := people(t, b)
		huong, an := got["Đặng Thị Hương"], got["Nguyễn Văn An"]
		if huong.Birth.EDTF() != "1949-03-15" || huong.Sex != person.Female || huong.Phone != "0912345678" || huong.Origin == 0 {
			t.Errorf("read %+v", huong.Person)
		}
		if m := huong.Memberships; len(m) != 1 || m[0].Body != branch.ID || m[0].Number != "017" || m[0].Joined.EDTF() != "2005" {
			t.Errorf("membership %+v", m)
		}
		if an.Birth.EDTF() != "1952" || an.Note != "tổ trưởng" || an.Memberships[0].Body != b.Root() || an.Memberships[0].Joined.EDTF() != "2003-10" {
			t.Errorf("read %+v", an)
		}
		if again := bring(t, b, tab, intake.Options{}); again.Counts.Same != 2 {
			t.Fatalf("the same file again: %+v, want all the same", again.Counts)
		}
		clean(t, b)
	})
}

func TestABlankCellNeverErasesAndAFinerDateStays(t *testing.T) {
	b := storetest.Open(t)
	bring(t, b, table(t, intake.People, intake.Options{}, roll,
		`1||Đặng Thị Hương|15/03/1949|Nữ|0912345678|xã Kim Anh, huyện Kim Thành, tỉnh Hải Dương|||ghi chú cũ`), intake.Options{})
	tab := table(t, intake.People, intake.Options{}, roll,
		`1||Đặng Thị Hương|1949|||Kim Thành, Hải Dương|||`,
		`2||Lê Văn Mới|1960||||||`)
	p := propose(t, b, tab, intake.Options{})
	if got := row(t, p.Rows[0]); got != "2 same Đặng Thị Hương" {
		t.Errorf("row %q, want the same", got)
	}
	tab = table(t, intake.People, intake.Options{}, roll, `1|017|Dang Thi Huong|15/3/1949||0912 345 679|Kim Thành, Hải Dương|||mới`)
	p = propose(t, b, tab, intake.Options{})
	want := "2 update Dang Thi Huong phone:0912345678>0912345679 note:ghi chú cũ>mới number:>017"
	if got := row(t, p.Rows[0]); got != want {
		t.Errorf("row %q, want %q", got, want)
	}
	bring(t, b, tab, intake.Options{})
	if got := people(t, b)["Đặng Thị Hương"]; got.Phone != "0912345679" || got.Sex != person.Female || got.Memberships[0].Number != "017" {
		t.Errorf("after the update %+v", got)
	}
}

func TestEveryProblemNamesItsCellAndNothingIsHalfDone(t *testing.T) {
	b := storetest.Open(t)
	storetest.Branch(t, b, "Chi hội Noong Bua")
	tab := table(t, intake.People, intake.Options{}, roll,
		`1|1|Người Tốt|20/03/1949|Nam||||2005|`,
		`2|2|Sai Ngày|31/02/1950|Nam|||||`,
		`3|3|<b>Đậm</b>|1950|Nam|||||`,
		`4|4|Sai Giới|1950|Gì đó|||||`,
		`5|5|Sai Chi Hội|1950|Nam|||Chi hội Nông Búa Xa||`,
		`6|6|Tương Lai|2050|Nam|||||`,
		`7|7||1950|Nam|||||`,
		`8|1|Trùng Số|1950|Nam|||||`,
		`9||Người Lạ|1950|Nam||Xứ Không Tên|||`,
		`10||Người Lạ|1950|Nam||Xứ Không Tên|||`,
		`11||Vào Sau|1950|Nam||||2050|`)
	p := propose(t, b, tab, intake.Options{})
	want := []string{
		"2 new Người Tốt", "3 problem Sai Ngày D3=date.impossible", "4 problem <b>Đậm</b> C4=intake.name.signs", "5 problem Sai Giới E5=intake.word.unknown",
		"6 problem Sai Chi Hội H6=intake.branch.unknown", "7 problem Tương Lai D7=person.birth.future", "8 problem  C8=person.name.missing",
		"9 problem Trùng Số B9=intake.number.row", "10 new Người Lạ G10=intake.place.unknown", "11 problem Người Lạ C11=intake.row.twice G11=intake.place.unknown",
		"12 problem Vào Sau I12=member.joined.future",
	}
	for i, w := range want {
		if got := row(t, p.Rows[i]); got != w {
			t.Errorf("row %q, want %q", got, w)
		}
	}
	if _, err := tryBring(b, tab, intake.Options{}); fault.KindOf(err) != fault.Invalid {
		t.Fatalf("bringing it in gave %v, want a refusal", err)
	}
	if got := people(t, b); len(got) != 0 {
		t.Fatalf("%d people in the book, want none", len(got))
	}
	j := bring(t, b, tab, intake.Options{GoodRows: true})
	if len(people(t, b)) != 2 || j.Counts.Problem != 9 {
		t.Fatalf("good rows alone: %+v", j.Counts)
	}
	clean(t, b)
}

func TestTheOrderOfDayAndMonthIsFoundOut(t *testing.T) {
	b := storetest.Open(t)
	for _, c := range []struct {
		name, heading string
		dates         []string
		order         intake.DayOrder
		want          []string
	}{
		{"a thirteenth", "Ngày sinh", []string{"13/02/1950", "03/04/1950"}, "", []string{"1950-02-13", "1950-04-03"}},
		{"a month first", "Birth", []string{"02/13/1950", "03/04/1950"}, "", []string{"1950-02-13", "1950-03-04"}},
		{"nothing tells", "Ngày sinh", []string{"02/03/1950", "04/04/1950"}, "", []string{"intake.date.order", "1950-04-04"}},
		{"somebody tells", "Ngày sinh", []string{"02/03/1950"}, intake.MonthFirst, []string{"1950-02-03"}},
		{"the heading tells", "Ngày sinh (ngày/tháng/năm)", []string{"02/03/1950"}, "", []string{"1950-03-02"}},
		{
			"they contradict", "Ngày sinh",
			[]string{"13/02/1950", "14/02/1950", "02/13/1950", "02/03/1950"},
			"",
			[]string{"1950-02-13", "1950-02-14", "date.monthFirst", "intake.date.order"},
		},
		{"years alone", "Năm sinh", []string{"1950", "khoảng 1951", "49", "20"}, "", []string{"1950", "1951~", "1949", "date.shortYear"}},
	} {
		rows := []string{"Họ và tên|" + c.heading}
		for i, d := range c.dates {
			rows = append(rows, fmt.Sprintf("Người Thứ %s|%s", strings.Repeat("A", i+1), d))
		}
		o := intake.Options{DayOrder: c.order, GoodRows: true}
		tab := table(t, intake.People, o, rows...)
		p := propose(t, b, tab, o)
		j := bring(t, b, tab, o)
		for i, w := range c.want {
			if len(p.Rows[i].Problems) > 0 {
				if got := p.Rows[i].Problems[0].Fault.Key; got != w {
					t.Errorf("%s: %q gave %s, want %s", c.name, c.dates[i], got, w)
				}
				continue
			}
			name := p.Rows[i].Name
			if got := people(t, b)[name].Birth.EDTF(); got != w {
				t.Errorf("%s: %q = %s, want %s", c.name, c.dates[i], got, w)
			}
		}
		undo(t, b, j.ID)
	}
}

func undo(t testing.TB, b *store.Book, id int64) intake.Undone {
	t.Helper()
	var u intake.Undone
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		u, err = intake.Undo(ctx, tx, storetest.Operator(), id, "rút lại")
		return err
	})
	return u
}

func TestAWholeImportIsTakenBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		bring(t, b, table(t, intake.People, intake.Options{}, roll, `1|1|Người Cũ|1950|Nam|0912345678||||cũ`), intake.Options{})
		before := people(t, b)["Người Cũ"]
		o := intake.Options{CreateBranches: true}
		j := bring(t, b, table(t, intake.People, o, roll+"|Chủ hộ",
			`1|1|Người Cũ|1950|Nam|0912345679||||mới|`,
			`2|2|Người Mới|1960|Nữ|||Chi hội Mới||ghi|Lê Văn Hộ`,
			`3|3|Người Sửa|1970|Nữ|||Chi hội Mới|||`,
			`4|4|Người Nhận|1970|Nữ|||||| `), o)
		got := people(t, b)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			p := got["Người Sửa"].Person
			p.Note = "sửa tay"
			_, err := person.Correct(ctx, tx, storetest.Operator(), p, p.Revision)
			return err
		})
		u := undo(t, b, j.ID)
		after := people(t, b)
		if p := after["Người Cũ"]; p.Phone != before.Phone || p.Note != "cũ" || p.Revision != before.Revision+2 {
			t.Errorf("restored %+v", p.Person)
		}
		if _, still := after["Người Mới"]; still || len(after) != 2 {
			t.Errorf("after taking back: %v", after)
		}
		var kept []string
		for _, k := range u.Kept {
			kept = append(kept, k.Subject+" "+k.Name+" "+k.Why)
		}
		if want := "[person Người Sửa intake.kept.edited body Chi hội Mới intake.kept.used]"; fmt.Sprint(kept) != want {
			t.Errorf("kept %v, want %v", kept, want)
		}
		err := b.Write(ctx, store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
			_, err := intake.Undo(ctx, tx, storetest.Operator(), j.ID, "rút lại")
			return err
		})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("taking back twice gave %v", err)
		}
		clean(t, b)
	})
}

func TestAnUntouchedImportLeavesNothingBehind(t *testing.T) {
	b := storetest.Open(t)
	before, err := b.As(storetest.Operator()).KnownBodies(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	o := intake.Options{CreateBranches: true}
	j := bring(t, b, table(t, intake.People, o, roll+"|Số hộ|Quan hệ với chủ hộ",
		`1|1|Người Một|1950|Nam|||Chi hội A|||12|Chủ hộ`,
		`2|2|Người Hai|1960|Nữ|||Chi hội A|||12|Vợ`,
		`3|3|Người Ba|1960|Nữ|||Chi hội B|||12|`), o)
	households := map[body.ID]int{}
	for _, m := range people(t, b) {
		households[m.Household]++
	}
	if len(households) != 2 || households[0] != 0 {
		t.Fatalf("households %v, want two: number 12 of each branch", households)
	}
	if u := undo(t, b, j.ID); len(u.Kept) != 0 {
		t.Errorf("kept %v", u.Kept)
	}
	after, err := b.As(storetest.Operator()).KnownBodies(context.Background())
	if err != nil || len(after) != len(before) || len(people(t, b)) != 0 {
		t.Errorf("%d bodies, %d people left, %v", len(after), len(people(t, b)), err)
	}
	clean(t, b)
}

// A table may have one name in every row: a row is told like a few before it, and
// the same as one before it only where their member numbers allow that.
func TestOneNameInEveryRow(t *testing.T) {
	b := storetest.Open(t)
	rows := []string{`Số thẻ|Họ và tên|Ngày sinh|Địa chỉ`, `A1|Lê Văn Thử|1950|`, `|Lê Văn Thử|1950|`, `A2|Lê Văn Thử|1950|`, `A3|Lê Văn Thử|1951|`}
	for i := range 3000 {
		rows = append(rows, fmt.Sprintf(`|Trần Thị Trùng||Tổ %d`, i))
	}
	p := propose(t, b, table(t, intake.People, intake.Options{}, rows...), intake.Options{})
	for i, want := range []intake.Outcome{intake.New, intake.Trouble, intake.Trouble, intake.New} {
		if p.Rows[i].What != want {
			t.Errorf("%s", row(t, p.Rows[i]))
		}
	}
	if last := p.Rows[len(p.Rows)-1]; last.What != intake.Likely || len(last.Alike) != 5 {
		t.Errorf("%s like %d others", row(t, last), len(last.Alike))
	}
}

func TestTablesWithoutRowsAndFilesThatAreNoWorkbook(t *testing.T) {
	for name, want := range map[string]string{"hội viên.csv": "intake.rows.none", "hội viên.xlsx": "sheet.notbook"} {
		content := "Họ và tên,Ngày sinh\n"
		if want == "sheet.notbook" {
			content = "đây không phải bảng\n"
		}
		s, err := sheet.Open(name, strings.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = intake.Recognise(s, intake.People, intake.Options{})
		if all := fault.All(err); len(all) != 1 || all[0].Key != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
