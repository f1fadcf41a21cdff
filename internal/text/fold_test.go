package text

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFoldMakesSpellingsEqual(t *testing.T) {
	cases := []struct {
		want     string
		spelling []string
	}{
		{"dang thi huong", []string{"Đặng Thị Hương", "ĐẶNG THỊ HƯƠNG", "dang thi huong", " Đặng\u00a0Thị  Hương ", "Đặng Thị\u200b Hương", norm.NFD.String("Đặng Thị Hương")}},
		{"hoa binh", []string{"Hoà Bình", "Hòa Bình", "HÒA-BÌNH", norm.NFD.String("Hoà Bình")}},
		{"dak lak", []string{"Đắk Lắk", "Đăk Lăk", "Đak Lak", "Dak Lak", norm.NFD.String("Đắk Lắk")}},
		{"qui", []string{"Quý", "Quí", "quy"}},
		{"quinh", []string{"Quỳnh", "Quình"}},
		{"mi", []string{"Mỹ", "Mĩ", "MY"}},
		{"li thuong kiet", []string{"Lý Thường Kiệt", "Lí Thường Kiệt"}},
		{"thuy", []string{"Thúy", "Thuý", "Thủy", "Thuỷ"}},
		{"tay", []string{"Tây", "tay", "Táy"}},
		{"y yen", []string{"Ý Yên", "y yen"}},
		{"ba ria vung tau", []string{"Bà Rịa - Vũng Tàu", "Bà Rịa–Vũng Tàu", "ba ria  vung tau."}},
		{"ea hleo", []string{"Ea H'leo", "Ea H’Leo", "Ea HLeo"}},
		{"tp hcm", []string{"TP.HCM", "Tp. HCM"}},
		{"coeur aegir strasse", []string{"Cœur Ægir Straße"}},
		{"0912 345 678", []string{"0912.345.678", "０９１２ 345-678"}},
		{"a k", []string{"\u212b \u212a"}}, // the signs of Ångström and kelvin
		{"", []string{"", " ", "—", "\u200b"}},
	}
	for _, c := range cases {
		for _, s := range c.spelling {
			if got := Fold(s); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", s, got, c.want)
			}
		}
	}
}

func TestFoldKeepsMarksOfOtherScripts(t *testing.T) {
	for _, s := range []string{"ສະບາຍດີ", "កម្ពុជា"} {
		if got := Fold(s); got != s {
			t.Errorf("Fold(%q) = %q, want it unchanged", s, got)
		}
	}
}

func TestFoldIsItsOwnFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		if once != strings.Join(strings.Fields(once), " ") {
			t.Fatalf("Fold(%q) = %q has loose spaces", s, once)
		}
		if composed, apart := Fold(norm.NFC.String(s)), Fold(norm.NFD.String(s)); composed != apart && isASCII(composed) {
			t.Fatalf("Fold(%q) = %q composed, %q decomposed", s, composed, apart)
		}
	})
}

func TestFoldOfABeginningBeginsTheFold(t *testing.T) {
	letters := []rune("aáyỷiìuưoơqmlđĐYNh gt'")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.SampledFrom(letters)).Draw(t, "s")
		runes := []rune(s)
		cut := rapid.IntRange(0, len(runes)).Draw(t, "cut")
		whole, start := Fold(s), Fold(string(runes[:cut]))
		if !strings.HasPrefix(whole, start) {
			t.Fatalf("Fold(%q) = %q does not begin with %q", s, whole, start)
		}
	})
}

func TestPhoneticJoinsWhatIsMistakenByEar(t *testing.T) {
	same := [][2]string{
		{"Trần Trung", "Chần Chung"},
		{"Sinh", "Xinh"},
		{"Dung", "Giung"},
		{"Gia", "Ra"},
		{"Lam", "Nam"},
		{"Đắk Lắk", "Đắc Lắc"},
		{"Nghĩa", "Ngĩa"},
		{"Mây", "Mai"},
	}
	for _, s := range same {
		if a, b := Phonetic(s[0]), Phonetic(s[1]); a != b {
			t.Errorf("Phonetic(%q) = %q, Phonetic(%q) = %q, want them equal", s[0], a, s[1], b)
		}
	}
	apart := [][2]string{{"Nhung", "Lung"}, {"Nga", "Na"}, {"Thanh", "Tanh"}, {"An", "Anh"}}
	for _, s := range apart {
		if a, b := Phonetic(s[0]), Phonetic(s[1]); a == b {
			t.Errorf("Phonetic(%q) and Phonetic(%q) are both %q, want them apart", s[0], s[1], a)
		}
	}
}

func TestInitials(t *testing.T) {
	if got := Initials("Đặng Thị Hương"); got != "dth" {
		t.Errorf("Initials = %q, want dth", got)
	}
}

func TestClean(t *testing.T) {
	cases := map[string]string{
		" Đặng\u00a0Thị\t Hương\u200b\n":  "Đặng Thị Hương",
		norm.NFD.String("Đặng Thị Hương"): "Đặng Thị Hương",
		"plain text":                      "plain text",
		"two  spaces ":                    "two spaces",
		"":                                "",
		"\ufeffMã":                        "Mã",
	}
	for in, want := range cases {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("Nguyễn Thị Quỳnh Hương")
	}
}
