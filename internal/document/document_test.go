package document

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestHeadingsAreNumberedByLevel(t *testing.T) {
	p := Compose("vi", A4())
	p.Section("Một")
	p.Part("Một.một")
	p.Point("a")
	p.Point("b")
	p.Section("Hai")
	p.Part("Hai.một")
	want := "I. 1. a) b) II. 1."
	var got []string
	for _, b := range p.Paper().Blocks {
		got = append(got, b.(Heading).Number)
	}
	if strings.Join(got, " ") != want {
		t.Errorf("numbers are %q, want %q", strings.Join(got, " "), want)
	}
}

func TestVietnamesePointsHaveTheirOwnAlphabet(t *testing.T) {
	for n, want := range map[int]string{4: "d", 5: "đ", 6: "e", 7: "g", 23: "y", 24: "24"} {
		if got := letter("vi", n); got != want {
			t.Errorf("point %d is %q, want %q", n, got, want)
		}
	}
	if got := letter("en", 5); got != "e" {
		t.Errorf("fifth English point is %q, want e", got)
	}
}

func TestRecipientsEndAsOfficesWriteThem(t *testing.T) {
	r := Recipients{Items: []string{"Như trên", "Các chi hội;", "Lưu: VT."}}
	want := "- Như trên;|- Các chi hội;|- Lưu: VT."
	if got := strings.Join(r.Lines(), "|"); got != want {
		t.Errorf("recipients are %q, want %q", got, want)
	}
}

func TestWeaveKeepsTheFigureInsideItsSentence(t *testing.T) {
	said := "Đã thăm " + Slot(1) + " lượt, chi " + Slot(2) + "."
	runs := Weave(said, Num("1.094", "1094", "sick"), Num("50.000.000 đồng", "50000000", "money"))
	if got, want := runs.Plain(), "Đã thăm 1.094 lượt, chi 50.000.000 đồng."; got != want {
		t.Fatalf("woven text is %q, want %q", got, want)
	}
	if runs[1].Ref != "sick" || runs[3].Ref != "money" {
		t.Errorf("references are %q and %q", runs[1].Ref, runs[3].Ref)
	}
	if got := Weave("Không có số.").Plain(); got != "Không có số." {
		t.Errorf("a sentence without slots became %q", got)
	}
}

func TestSentenceAgreesWithItsFigure(t *testing.T) {
	say := func(key string, args ...any) string {
		if args[len(args)-1] == int64(1) {
			return args[0].(string) + " visit to " + args[1].(string)
		}
		return args[0].(string) + " visits to " + args[1].(string)
	}
	for value, want := range map[string]string{"1": "1 visit to Him Lam", "2": "2 visits to Him Lam"} {
		if got := Sentence(say, "x", Num(value, value, ""), T("Him Lam")).Plain(); got != want {
			t.Errorf("sentence is %q, want %q", got, want)
		}
	}
}

func TestTableThatDoesNotFillItsColumnsIsRefused(t *testing.T) {
	table := Table{Columns: []Column{{Head: "TT"}, {Head: "Nội dung"}, {Head: "Số tiền"}}}
	table.Add(C("1"), C("Thu"), C("2"))
	table.AddTotal(CSpan(2, "Cộng"), C("2"))
	d := Document{Page: A4(), Blocks: Blocks{table}}
	if err := d.Check(); err != nil {
		t.Fatalf("whole table refused: %v", err)
	}
	table.Add(C("2"), C("Chi"))
	d.Blocks = Blocks{Box{Blocks: Blocks{table}}}
	if err := d.Check(); err == nil {
		t.Error("a row of two cells under three columns was accepted")
	}
}

func TestHeadGroupsJoinNeighbours(t *testing.T) {
	table := Table{Columns: []Column{{Head: "TT"}, {Head: "Thu", Group: "2024"}, {Head: "Chi", Group: "2024"}, {Head: "Thu", Group: "2025"}}}
	groups := table.HeadGroups()
	want := []HeadGroup{{"", 0, 1}, {"2024", 1, 3}, {"2025", 3, 4}}
	if len(groups) != len(want) {
		t.Fatalf("groups are %v, want %v", groups, want)
	}
	for i := range want {
		if groups[i] != want[i] {
			t.Errorf("group %d is %v, want %v", i, groups[i], want[i])
		}
	}
	if (Table{Columns: []Column{{Head: "TT"}}}).HeadGroups() != nil {
		t.Error("a head without groups has an upper line")
	}
}

func TestKeyFiguresStandOnceEach(t *testing.T) {
	visits := Num("1.094", "1094", "sick").Of("Thăm hỏi ốm đau", "lượt")
	p := Compose("vi", A4())
	p.Para(T("Thăm "), visits)
	p.Items(Runs{visits}, Runs{Num("7", "7", "x")})
	got := p.Paper().KeyFigures()
	if len(got) != 1 || got[0].Value != "1094" || got[0].Ref != "sick" || got[0].Unit != "lượt" {
		t.Errorf("key figures are %+v, want the visits once", got)
	}
}

func TestJSONKeepsWordsAndFigures(t *testing.T) {
	p := Compose("vi", A4())
	p.Title("BÁO CÁO", "Năm 2025")
	p.Para(T("Thăm <b> "), Num("1.094", "1094", "sick").Of("Thăm hỏi", "lượt"))
	p.Add(PageBreak{})
	table := Table{Columns: []Column{{Head: "Số"}}}
	table.AddTotal(C("1"))
	p.Add(table)
	p.Sign(Signature{Position: "TRƯỞNG BAN", Name: "Nguyễn Văn An"})
	var out bytes.Buffer
	if err := WriteJSON(&out, p.Paper()); err != nil {
		t.Fatal(err)
	}
	var back struct {
		Title  struct{ Subject string }
		Blocks []struct {
			Block string
			Runs  []struct{ Text string }
			Rows  []struct{ Kind string }
		}
		Figures []struct{ Value, Label string }
	}
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatalf("%v in\n%s", err, out.String())
	}
	kinds := ""
	for _, b := range back.Blocks {
		kinds += b.Block + " "
	}
	if kinds != "paragraph pagebreak table " {
		t.Errorf("blocks are %q", kinds)
	}
	if back.Blocks[0].Runs[0].Text != "Thăm <b> " || back.Blocks[2].Rows[0].Kind != "total" {
		t.Errorf("words or kinds were lost:\n%s", out.String())
	}
	if len(back.Figures) != 1 || back.Figures[0].Value != "1094" {
		t.Errorf("key figures are %+v", back.Figures)
	}
}

func TestEveryFamilyHasItsHead(t *testing.T) {
	say := func(key string, args ...any) string {
		if len(args) > 0 {
			return key + "(" + args[0].(string) + ")"
		}
		return key
	}
	by := Issuer{Parents: []string{"Hội trên"}, Name: "Ban Liên lạc", Contact: []string{"Điện Biên Phủ"}}
	for _, c := range []struct {
		family        Family
		right, number string
	}{
		{State, "paper.nation", "paper.number(05/BC)"},
		{Front, "paper.nation", "paper.number(05/BC)"},
		{Party, "paper.party", "paper.number.party(05/BC)"},
		{Youth, "paper.youth", "paper.number.party(05/BC)"},
		{Union, "paper.nation", "paper.number(05/BC)"},
		{Informal, "", "paper.number(05/BC)"},
		{Bare, "", ""},
		{Lettered, "", "paper.reference(05/BC)"},
	} {
		by.Family = c.family
		h := HeadOf(say, by, "05/BC", "Điện Biên Phủ, ngày 02 tháng 01 năm 2026")
		if got := first(h.Right); got != c.right {
			t.Errorf("%s: right side is %q, want %q", c.family, got, c.right)
		}
		if got := first(h.Number); got != c.number {
			t.Errorf("%s: number is %q, want %q", c.family, got, c.number)
		}
	}
}

func first(lines []Line) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0].Text
}
