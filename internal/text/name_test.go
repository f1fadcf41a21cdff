package text

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

func TestSplitName(t *testing.T) {
	cases := []struct {
		full string
		want Name
	}{
		{"Đặng Thị Hương", Name{"Đặng", "Thị", "Hương"}},
		{"  Nguyễn  Văn\u00a0An ", Name{"Nguyễn", "Văn", "An"}},
		{"Trần An", Name{"Trần", "", "An"}},
		{"Hương", Name{"", "", "Hương"}},
		{"Tôn Nữ Thị Ninh", Name{"Tôn Nữ", "Thị", "Ninh"}},
		{"Tôn Thất Tùng", Name{"Tôn Thất", "", "Tùng"}},
		{"Công Tằng Tôn Nữ Mỹ Chi", Name{"Công Tằng Tôn Nữ", "Mỹ", "Chi"}},
		{"Tôn Thất", Name{"Tôn", "", "Thất"}},
		{"", Name{}},
	}
	for _, c := range cases {
		if got := SplitName(c.full); got != c.want {
			t.Errorf("SplitName(%q) = %+v, want %+v", c.full, got, c.want)
		}
	}
	if got, want := SplitGivenFirst("Marie Anne Dupont"), (Name{"Dupont", "Anne", "Marie"}); got != want {
		t.Errorf("SplitGivenFirst = %+v, want %+v", got, want)
	}
}

func TestNameKeySortsByGivenFamilyMiddle(t *testing.T) {
	want := []string{
		"Nguyễn Văn An",
		"Trần Thị An",
		"Trần Văn An",
		"Lê Văn Ân",
		"Lê Văn Ấn",
		"Phạm Dung",
		"Phạm Đạt",
		"Bùi Hoa",
		"Bùi Hòa",
		"Bùi Hoạ",
		"Đặng Thị Hương",
		"Nguyễn Thị Hương",
		"Nguyễn Thị Hường",
		"Vũ Ơn",
		"Vũ Uy",
		"Vũ Ưng",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, func(a, b string) int { return bytes.Compare(NameKey(a), NameKey(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("sorted %q\nwant   %q", got, want)
	}
}

func TestNameKeyIgnoresCaseSpacesAndForm(t *testing.T) {
	want := NameKey("Đặng Thị Hương")
	for _, s := range []string{"ĐẶNG THỊ HƯƠNG", " Đặng  Thị Hương", "Đặng Thị Hu\u031bo\u031bng"} {
		if got := NameKey(s); !bytes.Equal(got, want) {
			t.Errorf("NameKey(%q) = %x, want %x", s, got, want)
		}
	}
}

// The key is stored in books: a change of the library that changes it must be
// noticed, and books re-keyed.
func TestNameKeyIsStable(t *testing.T) {
	const want = "16b418371773174f16910000002000200020002000200000163215f0174f16910000002000200039002000200000181616b416cd00000020002000200039"
	if got := fmt.Sprintf("%x", NameKey("Đặng Thị Hương")); got != want {
		t.Errorf("NameKey = %s, want %s", got, want)
	}
}

func TestTextKeySortsByLanguage(t *testing.T) {
	vi := []string{"Ca", "Dê", "Đà", "Em"}
	for i := range len(vi) - 1 {
		if bytes.Compare(TextKey(vi[i], "vi"), TextKey(vi[i+1], "vi")) >= 0 {
			t.Errorf("vi: %q is not before %q", vi[i], vi[i+1])
		}
	}
	if bytes.Compare(TextKey("été", "fr"), TextKey("étude", "fr")) >= 0 {
		t.Error("fr: été is not before étude")
	}
}

func BenchmarkNameKey(b *testing.B) {
	for b.Loop() {
		NameKey("Nguyễn Thị Quỳnh Hương")
	}
}
