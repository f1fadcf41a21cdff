package money

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

// The cases were written by hand, not copied from what the code gave.
func TestNumbersInVietnameseWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "không", 1: "một", 4: "bốn", 5: "năm", 10: "mười", 11: "mười một", 14: "mười bốn", 15: "mười lăm",
		20: "hai mươi", 21: "hai mươi mốt", 24: "hai mươi tư", 25: "hai mươi lăm", 31: "ba mươi mốt",
		44: "bốn mươi tư", 50: "năm mươi", 55: "năm mươi lăm", 99: "chín mươi chín",
		100: "một trăm", 101: "một trăm lẻ một", 104: "một trăm lẻ bốn", 105: "một trăm lẻ năm",
		110: "một trăm mười", 111: "một trăm mười một", 115: "một trăm mười lăm", 121: "một trăm hai mươi mốt",
		505: "năm trăm lẻ năm", 555: "năm trăm năm mươi lăm",
		1000: "một nghìn", 1001: "một nghìn không trăm lẻ một", 1005: "một nghìn không trăm lẻ năm",
		1010: "một nghìn không trăm mười", 1024: "một nghìn không trăm hai mươi tư", 1100: "một nghìn một trăm",
		2325: "hai nghìn ba trăm hai mươi lăm", 15_000: "mười lăm nghìn", 21_000: "hai mươi mốt nghìn",
		100_000: "một trăm nghìn", 105_000: "một trăm lẻ năm nghìn", 300_005: "ba trăm nghìn không trăm lẻ năm",
		1_000_000: "một triệu", 1_000_015: "một triệu không trăm mười lăm",
		1_005_000: "một triệu không trăm lẻ năm nghìn", 21_000_000: "hai mươi mốt triệu",
		48_350_000:         "bốn mươi tám triệu ba trăm năm mươi nghìn",
		1e9:                "một tỷ",
		1_000_000_005:      "một tỷ không trăm lẻ năm",
		1_050_000_000:      "một tỷ không trăm năm mươi triệu",
		200_000_000_000:    "hai trăm tỷ",
		24_761_596_000_000: "hai mươi tư nghìn bảy trăm sáu mươi mốt tỷ năm trăm chín mươi sáu triệu",
		1_005_000_000_000:  "một nghìn không trăm lẻ năm tỷ",
		1e15:               "một triệu tỷ",
		1e18:               "một tỷ tỷ",
		-21:                "âm hai mươi mốt",
		math.MaxInt64: "chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ " +
			"tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm lẻ bảy",
	} {
		if got := NumberWords(n, "vi"); got != want {
			t.Errorf("%d = %q, want %q", n, got, want)
		}
	}
}

func TestNumbersInEnglishWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "zero", 1: "one", 10: "ten", 12: "twelve", 15: "fifteen", 20: "twenty", 21: "twenty-one", 24: "twenty-four",
		40: "forty", 80: "eighty", 99: "ninety-nine", 100: "one hundred", 101: "one hundred and one",
		105: "one hundred and five", 121: "one hundred and twenty-one", 999: "nine hundred and ninety-nine",
		1000: "one thousand", 1005: "one thousand and five", 1021: "one thousand and twenty-one",
		1100: "one thousand one hundred", 1121: "one thousand one hundred and twenty-one",
		21_000: "twenty-one thousand", 100_000: "one hundred thousand", 101_000: "one hundred and one thousand",
		1_000_000: "one million", 1_000_015: "one million and fifteen", 1_015_000: "one million fifteen thousand",
		21_000_000: "twenty-one million",
		48_350_000: "forty-eight million three hundred and fifty thousand",
		1e9:        "one billion", 1_000_000_100: "one billion one hundred", 1e12: "one trillion",
		1e18: "one quintillion", -7: "minus seven",
		math.MinInt64: "minus nine quintillion two hundred and twenty-three quadrillion three hundred and seventy-two trillion " +
			"thirty-six billion eight hundred and fifty-four million seven hundred and seventy-five thousand eight hundred and eight",
	} {
		if got := NumberWords(n, "en"); got != want {
			t.Errorf("%d = %q, want %q", n, got, want)
		}
	}
}

func TestNumbersInFrenchWords(t *testing.T) {
	for n, want := range map[int64]string{
		0: "zéro", 1: "un", 10: "dix", 11: "onze", 16: "seize", 17: "dix-sept", 19: "dix-neuf", 20: "vingt",
		21: "vingt et un", 22: "vingt-deux", 24: "vingt-quatre", 31: "trente et un", 61: "soixante et un",
		70: "soixante-dix", 71: "soixante et onze", 72: "soixante-douze", 77: "soixante-dix-sept", 79: "soixante-dix-neuf",
		80: "quatre-vingts", 81: "quatre-vingt-un", 85: "quatre-vingt-cinq", 90: "quatre-vingt-dix", 91: "quatre-vingt-onze",
		97: "quatre-vingt-dix-sept", 99: "quatre-vingt-dix-neuf",
		100: "cent", 101: "cent un", 105: "cent cinq", 171: "cent soixante et onze", 180: "cent quatre-vingts",
		200: "deux cents", 201: "deux cent un", 280: "deux cent quatre-vingts", 999: "neuf cent quatre-vingt-dix-neuf",
		1000: "mille", 1001: "mille un", 1005: "mille cinq", 1100: "mille cent", 1200: "mille deux cents",
		2000: "deux mille", 2325: "deux mille trois cent vingt-cinq", 21_000: "vingt et un mille", 80_000: "quatre-vingt mille",
		200_000: "deux cent mille", 280_000: "deux cent quatre-vingt mille", 300_080: "trois cent mille quatre-vingts",
		1_000_000: "un million", 1_000_015: "un million quinze", 21_000_000: "vingt et un millions",
		80_000_000: "quatre-vingts millions", 200_000_000: "deux cents millions",
		200_200_200: "deux cents millions deux cent mille deux cents",
		1e9:         "un milliard", 2e9: "deux milliards", 1e12: "un billion", 2e15: "deux billiards", 1e18: "un trillion",
		1_000_001_000: "un milliard mille", -80: "moins quatre-vingts",
	} {
		if got := NumberWords(n, "fr"); got != want {
			t.Errorf("%d = %q, want %q", n, got, want)
		}
	}
}

func TestAmountsInWords(t *testing.T) {
	tests := []struct {
		a          Amount
		vi, en, fr string
	}{
		{Amount{}, "", "", ""},
		{Of(0, VND), "Không đồng", "Zero dong", "Zéro dong"},
		{Of(1, VND), "Một đồng", "One dong", "Un dong"},
		{Of(300_000, VND), "Ba trăm nghìn đồng", "Three hundred thousand dong", "Trois cent mille dongs"},
		{Of(1_000_000, VND), "Một triệu đồng", "One million dong", "Un million de dongs"},
		{Of(2_500_000, VND), "Hai triệu năm trăm nghìn đồng", "Two million five hundred thousand dong", "Deux millions cinq cent mille dongs"},
		{Of(80_000_000, VND), "Tám mươi triệu đồng", "Eighty million dong", "Quatre-vingts millions de dongs"},
		{Of(2_000_000_000, VND), "Hai tỷ đồng", "Two billion dong", "Deux milliards de dongs"},
		{Of(-50_000, VND), "Âm năm mươi nghìn đồng", "Minus fifty thousand dong", "Moins cinquante mille dongs"},
		{
			Of(100_50, USD), "Một trăm đô la Mỹ và năm mươi xu", "One hundred US dollars and fifty cents",
			"Cent dollars américains et cinquante cents",
		},
		{Of(1_01, USD), "Một đô la Mỹ và một xu", "One US dollar and one cent", "Un dollar américain et un cent"},
		{Of(50, USD), "Không đô la Mỹ và năm mươi xu", "Zero US dollars and fifty cents", "Zéro dollar américain et cinquante cents"},
		{Of(80_80, EUR), "Tám mươi euro và tám mươi xu", "Eighty euros and eighty cents", "Quatre-vingts euros et quatre-vingts centimes"},
		{Of(1_000_000_00, EUR), "Một triệu euro", "One million euros", "Un million d’euros"},
		{
			Of(1_000_000_21, EUR), "Một triệu euro và hai mươi mốt xu", "One million euros and twenty-one cents",
			"Un million d’euros et vingt et un centimes",
		},
		{Of(500_000_00, LAK), "Năm trăm nghìn kíp Lào", "Five hundred thousand kip", "Cinq cent mille kips"},
		{Of(21_00, "GBP"), "Hai mươi mốt bảng Anh", "Twenty-one pounds sterling", "Vingt et une livres sterling"},
		{Of(71_00, "GBP"), "Bảy mươi mốt bảng Anh", "Seventy-one pounds sterling", "Soixante et onze livres sterling"},
		{Of(12_05, "SEK"), "Mười hai SEK và 5/100", "Twelve SEK and 5/100", "Douze SEK et 5/100"},
		{Of(math.MinInt64, VND), "Âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ " +
			"tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm lẻ tám đồng", "", ""},
	}
	for _, test := range tests {
		for lang, want := range map[string]string{"vi": test.vi, "en": test.en, "fr": test.fr} {
			if got := Words(test.a, lang); got != want && (want != "" || test.a.IsNone()) {
				t.Errorf("Words(%v, %s) = %q, want %q", test.a, lang, got, want)
			}
		}
	}
}

func TestAmountsInFigures(t *testing.T) {
	tests := []struct {
		a          Amount
		vi, en, fr string
	}{
		{Amount{}, "", "", ""},
		{Of(0, VND), "0~đ", "VND~0", "0~₫"},
		{Of(999, VND), "999~đ", "VND~999", "999~₫"},
		{Of(48_350_000, VND), "48.350.000~đ", "VND~48,350,000", "48_350_000~₫"},
		{Of(-48_350_000, VND), "-48.350.000~đ", "-VND~48,350,000", "-48_350_000~₫"},
		{Of(1_234_50, USD), "1.234,50~USD", "USD~1,234.50", "1_234,50~USD"},
		{Of(1_234_00, USD), "1.234,00~USD", "USD~1,234.00", "1_234,00~USD"},
		{Of(-5, EUR), "-0,05~EUR", "-EUR~0.05", "-0,05~€"},
		{Of(500_000_00, LAK), "500.000~LAK", "LAK~500,000", "500_000~LAK"},
		{Of(500_000_25, LAK), "500.000,25~LAK", "LAK~500,000.25", "500_000,25~LAK"},
		{Of(1_234, "KWD"), "1,234~KWD", "KWD~1.234", "1,234~KWD"},
		{Of(math.MinInt64, VND), "-9.223.372.036.854.775.808~đ", "-VND~9,223,372,036,854,775,808", "-9_223_372_036_854_775_808~₫"},
	}
	spaces := strings.NewReplacer("~", "\u00a0", "_", "\u202f")
	for _, test := range tests {
		for lang, want := range map[string]string{"vi": test.vi, "en": test.en, "fr": test.fr} {
			if got := Format(test.a, lang); got != spaces.Replace(want) {
				t.Errorf("Format(%v, %s) = %q, want %q", test.a, lang, got, want)
			}
		}
	}
	if got := Figure(1_234_567, VND, "vi") + " " + Figure(-1_50, USD, "fr"); got != "1.234.567 -1,50" {
		t.Errorf("figures = %q", got)
	}
}

func TestRoundAmountsInShort(t *testing.T) {
	spaces := strings.NewReplacer("~", "\u00a0", "_", "\u202f")
	for _, test := range []struct {
		a          Amount
		vi, en, fr string
	}{
		{Amount{}, "", "", ""},
		{Of(300_000, VND), "300.000~đ", "VND~300,000", "300_000~₫"},
		{Of(1_000_000, VND), "1~triệu đồng", "1~million dong", "1~million de dongs"},
		{Of(1_500_000, VND), "1,5~triệu đồng", "1.5~million dong", "1,5~million de dongs"},
		{Of(120_000_000, VND), "120~triệu đồng", "120~million dong", "120~millions de dongs"},
		{Of(48_350_500, VND), "48.350.500~đ", "VND~48,350,500", "48_350_500~₫"},
		{Of(200_000_000_000, VND), "200~tỷ đồng", "200~billion dong", "200~milliards de dongs"},
		{Of(24_761_596_000_000, VND), "24.761,596~tỷ đồng", "24,761.596~billion dong", "24_761,596~milliards de dongs"},
		{Of(-2_050_000_000, VND), "-2,05~tỷ đồng", "-2.05~billion dong", "-2,05~milliards de dongs"},
		{Of(1_000_000_00, EUR), "1~triệu euro", "1~million euros", "1~million d’euros"},
		{Of(1_000_000_50, EUR), "1.000.000,50~EUR", "EUR~1,000,000.50", "1_000_000,50~€"},
	} {
		for lang, want := range map[string]string{"vi": test.vi, "en": test.en, "fr": test.fr} {
			if got := Short(test.a, lang); got != spaces.Replace(want) {
				t.Errorf("Short(%v, %s) = %q, want %q", test.a, lang, got, want)
			}
		}
	}
}

// readVietnamese adds up Vietnamese words again, by a way of its own.
func readVietnamese(words string) (uint64, bool) {
	values := map[string]uint64{
		"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
		"sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "lẻ": 0,
	}
	scale := map[string]uint64{"nghìn": 1e3, "triệu": 1e6, "tỷ": 1e9}
	var total, group uint64
	for _, word := range strings.Fields(words) {
		switch {
		case word == "mươi":
			group += group % 10 * 9
		case word == "trăm":
			group *= 100
		case word == "tỷ":
			total, group = (total+group)*1e9, 0
		case scale[word] > 0:
			// What stands before the last tỷ is already in total and divisible by it.
			total, group = total+group*scale[word], 0
		default:
			value, ok := values[word]
			if !ok {
				return 0, false
			}
			group += value
		}
	}
	return total + group, true
}

func FuzzWords(f *testing.F) {
	for _, n := range []int64{0, 5, 1005, 21_000_000, 1e9 + 15, 1e18, math.MaxInt64, math.MinInt64} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		words := NumberWords(n, "vi")
		back, ok := readVietnamese(strings.TrimPrefix(words, "âm "))
		if !ok || back != magnitude(n) {
			t.Errorf("%d = %q, read back as %d", n, words, back)
		}
		for _, lang := range []string{"vi", "en", "fr"} {
			for _, c := range []Currency{VND, USD, EUR, "GBP", "SEK"} {
				got := Words(Of(n, c), lang)
				if got == "" || !utf8.ValidString(got) || strings.Contains(got, "  ") || strings.TrimSpace(got) != got {
					t.Errorf("Words(%d %s, %s) = %q", n, c, lang, got)
				}
			}
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, typed := range []string{"300.000 đ", "1tr5", "1,5 tỷ", "2 triệu rưỡi", "120 millions de VND", "$1,234.50", "50 trđ", "-1", "1 234 567,50 €"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, lang := range []string{"vi", "en", "fr"} {
			for _, c := range []Currency{VND, USD, LAK} {
				got, err := Parse(typed, c, lang)
				if err != nil {
					continue
				}
				if got.IsNegative() || got.Currency != c {
					t.Fatalf("Parse(%q, %s, %s) = %v", typed, c, lang, got)
				}
				again, err := Parse(Format(got, lang), c, lang)
				if err != nil || again != got {
					t.Fatalf("%q gave %v, printed %q, read back as %v, %v", typed, got, Format(got, lang), again, err)
				}
			}
		}
	})
}

func BenchmarkAppendFormat(b *testing.B) {
	dst := make([]byte, 0, 64)
	for b.Loop() {
		dst = AppendFormat(dst[:0], Of(48_350_000, VND), "vi")
	}
}

func BenchmarkWords(b *testing.B) {
	for b.Loop() {
		Words(Of(48_350_000, VND), "vi")
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("48.350.000 đ", VND, "vi"); err != nil {
			b.Fatal(err)
		}
	}
}
