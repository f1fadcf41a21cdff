package intake_test

import (
	"context"
	"strings"
	"testing"

	"kith.app/internal/intake"
	"kith.app/internal/locale"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestDeedsComeInOnceAndAreTakenBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		storetest.Branch(t, b, "Chi hội A")
		bring(t, b, table(t, intake.People, intake.Options{}, roll, `1|017|Đặng Thị Hương|1949|Nữ|||Chi hội A||`), intake.Options{})
		tab := table(t, intake.Deeds, intake.Options{}, `STT|Loại việc|Ngày|Họ và tên|Số thẻ|Số tiền|Quà|Chi hội|Ghi chú`,
			`1|Thăm hỏi ốm đau|15/03/2025|Đặng Thị Hương|017|300.000|hộp sữa|A|`,
			`2|sick-visit|2025|Ông Bùi Văn Ngoài||500k|||`,
			`3|Khuyến học|20/8/2025|Cháu Lê Mai||||A|giỏi`,
			`4|sick-visit|2025|Ông Bùi Văn Ngoài||500k|||`)
		j := bring(t, b, tab, intake.Options{})
		if j.Counts.New != 4 {
			t.Fatalf("counts %+v", j.Counts)
		}
		all, err := b.As(storetest.Operator()).KnownDeeds(context.Background())
		if err != nil || len(all) != 4 {
			t.Fatalf("%d deeds, %v", len(all), err)
		}
		if again := bring(t, b, tab, intake.Options{}); again.Counts.Same != 4 {
			t.Fatalf("the same file again: %+v", again.Counts)
		}
		clean(t, b)
		if u := undo(t, b, j.ID); u.Reversed != 4 || len(u.Kept) != 0 {
			t.Errorf("taken back %+v", u)
		}
		if again := propose(t, b, tab, intake.Options{}); again.Count(intake.New) != 4 {
			t.Errorf("after taking back: %+v", again.Counts())
		}
		clean(t, b)
	})
}

func TestProblemsOfDeedsNameTheirCell(t *testing.T) {
	b := storetest.Open(t)
	p := propose(t, b, table(t, intake.Deeds, intake.Options{}, `Loại việc|Ngày|Họ và tên|Số thẻ|Số lượng|Số tiền|Loại tiền`,
		`Việc lạ|15/03/2025|A||1||`, `sick-visit|31/02/2025|A||1||`, `sick-visit|13/02/2025|A|99|1||`, `sick-visit|2025|A||-3||`,
		`sick-visit|2025|A||1|99999999999999999999|`, `sick-visit|2025|A||1|5|XYZ`, `sick-visit|2030|A||1||`), intake.Options{})
	for i, want := range []string{
		"2 problem A A2=intake.word.unknown", "3 problem Thăm hỏi ốm đau: A B3=date.impossible", "4 problem Thăm hỏi ốm đau: A D4=intake.number.unknown",
		"5 problem Thăm hỏi ốm đau: A E5=deed.count.negative", "6 problem Thăm hỏi ốm đau: A F6=money.large", "7 problem Thăm hỏi ốm đau: A G7=money.currency.unknown",
		"8 problem Thăm hỏi ốm đau: A B8=deed.day.future",
	} {
		if got := row(t, p.Rows[i]); got != want {
			t.Errorf("row %q, want %q", got, want)
		}
	}
}

func TestDeedsGivenOutComeInTheSame(t *testing.T) {
	b := storetest.Open(t)
	o := intake.Options{CreateBranches: true}
	bring(t, b, table(t, intake.Deeds, o, `Loại việc|Ngày|Họ và tên|Số lượng|Số tiền|Quà|Chi hội|Tình trạng|Ghi chú`,
		`Thăm hỏi ốm đau|15/03/2025|Bà Hương||300.000|hộp sữa|Chi hội A||ghi`, `Về thăm quê|2004||1||||Đã làm|`, `Mừng thọ|2027-03|Cụ Lê||||Chi hội B|Dự kiến|`), o)
	roundTrip(t, b, intake.Deeds, 3)
}

func TestWordsToChooseFromAreInTheReadersLanguage(t *testing.T) {
	b := storetest.Open(t)
	p := propose(t, b, table(t, intake.Deeds, intake.Options{}, `Loại việc|Ngày|Ai|Số lượng`, `Không có|1/3/2025|A|1`), intake.Options{})
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[locale.Lang]string{locale.Vi: "Thăm hỏi ốm đau, ", locale.En: "Visit to the sick, ", locale.Fr: "Visite aux malades, "} {
		if got := words.In(lang).Fault(p.Rows[0].Problems[0].Fault); !strings.Contains(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
