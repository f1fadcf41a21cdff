package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// prose is the sentence that each encoding is tried on; every tone and mark is in it.
const prose = "Hội đồng hương tỉnh Hải Dương tại Điện Biên Phủ: họ và tên, ngày sinh, quê quán, số điện thoại. " +
	"Nguyễn Thị Quỳnh Hương, Phạm Đức Ngũ, Lê Ngọc Ẩn, Vũ Kỷ, Đỗ Mỹ Ỷ, Bùi Ỡm Ờ. Ấp Bắc, xã Ô Môn, huyện Ea Kar."

// fixture reads the 134 letters as an independent program wrote them.
func fixture(t *testing.T, encoding string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "letters."+encoding+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestEveryLetterIsDecoded(t *testing.T) {
	want := string(fixture(t, "utf8"))
	if n := strings.Count(want, "\n"); n != 134 {
		t.Fatalf("%d letters in the fixture, want 134", n)
	}
	cases := map[Encoding][]byte{
		UTF8:              []byte(norm.NFD.String(want)),
		UTF16LittleEndian: fixture(t, "utf16le"),
		UTF16BigEndian:    fixture(t, "utf16be"),
		Windows1258:       fixture(t, "windows1258"),
		TCVN3:             fixture(t, "tcvn3"),
		VNI:               inVNI(want),
		VIQR:              []byte(inVIQR(want)),
	}
	for encoding, content := range cases {
		got, err := Decode(content, encoding)
		if err != nil {
			t.Errorf("%v: %v", encoding, err)
			continue
		}
		for i, letter := range strings.Split(want, "\n") {
			if lines := strings.Split(got, "\n"); i >= len(lines) || lines[i] != letter {
				t.Errorf("%v: letter %d is %q, want %q", encoding, i, lines[min(i, len(lines)-1)], letter)
			}
		}
	}
}

// vniWritten is how each vowel with marks is written in VNI, from the published
// table of the encoding; capitals are the capitals of these.
var vniWritten = map[rune]string{
	'à': "aø", 'á': "aù", 'ả': "aû", 'ã': "aõ", 'ạ': "aï",
	'ă': "aê", 'ằ': "aè", 'ắ': "aé", 'ẳ': "aú", 'ẵ': "aü", 'ặ': "aë",
	'â': "aâ", 'ầ': "aà", 'ấ': "aá", 'ẩ': "aå", 'ẫ': "aã", 'ậ': "aä",
	'è': "eø", 'é': "eù", 'ẻ': "eû", 'ẽ': "eõ", 'ẹ': "eï",
	'ê': "eâ", 'ề': "eà", 'ế': "eá", 'ể': "eå", 'ễ': "eã", 'ệ': "eä",
	'ì': "ì", 'í': "í", 'ỉ': "æ", 'ĩ': "ó", 'ị': "ò",
	'ò': "oø", 'ó': "où", 'ỏ': "oû", 'õ': "oõ", 'ọ': "oï",
	'ô': "oâ", 'ồ': "oà", 'ố': "oá", 'ổ': "oå", 'ỗ': "oã", 'ộ': "oä",
	'ơ': "ô", 'ờ': "ôø", 'ớ': "ôù", 'ở': "ôû", 'ỡ': "ôõ", 'ợ': "ôï",
	'ù': "uø", 'ú': "uù", 'ủ': "uû", 'ũ': "uõ", 'ụ': "uï",
	'ư': "ö", 'ừ': "öø", 'ứ': "öù", 'ử': "öû", 'ữ': "öõ", 'ự': "öï",
	'ỳ': "yø", 'ý': "yù", 'ỷ': "yû", 'ỹ': "yõ", 'ỵ': "î", 'đ': "ñ",
}

func inVNI(s string) []byte {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		lower := []rune(strings.ToLower(string(r)))[0]
		written, is := vniWritten[lower]
		switch {
		case !is:
			b.WriteRune(r)
		case lower != r:
			b.WriteString(strings.ToUpper(written))
		default:
			b.WriteString(written)
		}
	}
	return asBytes(b.String())
}

// asBytes gives text that shows the bytes of an old encoding as Windows-1252.
func asBytes(s string) []byte {
	content, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return content
}

func inVIQR(s string) string {
	return strings.NewReplacer("\u0301", "'", "\u0300", "`", "\u0309", "?", "\u0303", "~", "\u0323", ".",
		"\u0302", "^", "\u0306", "(", "\u031b", "+", "đ", "dd", "Đ", "DD",
		".", "\\.", "'", "\\'").Replace(norm.NFD.String(s))
}

func TestVNIWordsAsPeopleWroteThem(t *testing.T) {
	words := map[string]string{
		"Vieät Nam":         "Việt Nam",
		"Nguyeãn":           "Nguyễn",
		"ñöôøng":            "đường",
		"Hoà Chí Minh":      "Hồ Chí Minh",
		"Thaønh phoá":       "Thành phố",
		"thò xaõ":           "thị xã",
		"tænh":              "tỉnh",
		"nghóa":             "nghĩa",
		"Myõ":               "Mỹ",
		"Kyû":               "Kỷ",
		"Höøng":             "Hừng",
		"trôøi":             "trời",
		"Quyønh":            "Quỳnh",
		"Phöôùc":            "Phước",
		"Söï thaät":         "Sự thật",
		"Traàn Vaên Ñöùc":   "Trần Văn Đức",
		"Ñaëng Thò Höông":   "Đặng Thị Hương",
		"ÑAËNG THÒ HÖÔNG":   "ĐẶNG THỊ HƯƠNG",
		"LYÙ THÖÔØNG KIEÄT": "LÝ THƯỜNG KIỆT",
		"Aù Chaâu":          "Á Châu",
		"hoaøi":             "hoài",
		"thuûy":             "thủy",
		"loän xoän":         "lộn xộn",
		"tî naïnh":          "tỵ nạnh",
	}
	for written, want := range words {
		if got := DecodeCell(written, VNI); got != want {
			t.Errorf("VNI %q is %q, want %q", written, got, want)
		}
	}
}

func TestTCVN3WordsAsPeopleWroteThem(t *testing.T) {
	words := map[string]string{
		"NguyÔn V¨n Hïng":      "Nguyễn Văn Hùng",
		"§Æng ThÞ H\u00ad¬ng":  "Đặng Thị Hương",
		"Céng hßa x· héi":      "Cộng hòa xã hội",
		"TrÇn Quúnh Mü":        "Trần Quỳnh Mỹ",
		"NguyÔn (đã đổi)":      "NguyÔn (đã đổi)", // mixed with Unicode: left as it is
		"®\u00adêng §iÖn Biªn": "đường Điện Biên",
	}
	for written, want := range words {
		if got := DecodeCell(written, TCVN3); got != want {
			t.Errorf("TCVN3 %q is %q, want %q", written, got, want)
		}
	}
}

func encoded(t *testing.T, s string, in Encoding) []byte {
	t.Helper()
	switch in {
	case VNI:
		return inVNI(s)
	case VIQR:
		return []byte(inVIQR(s))
	case UTF8:
		return []byte(s)
	}
	name := map[Encoding]string{Windows1258: "windows1258", TCVN3: "tcvn3", UTF16LittleEndian: "utf16le", UTF16BigEndian: "utf16be"}[in]
	wide := map[Encoding]string{UTF16LittleEndian: "\n\x00", UTF16BigEndian: "\x00\n"}[in]
	if wide == "" {
		wide = "\n"
	}
	from := strings.Split(string(fixture(t, "utf8")), "\n")
	to := strings.Split(string(fixture(t, name)), wide)
	known := map[string]string{}
	for i, letter := range from {
		if letter != "" {
			known[letter] = to[i]
		}
	}
	var b strings.Builder
	for _, r := range s {
		letter, is := known[string(r)]
		switch {
		case is:
			b.WriteString(letter)
		case in == UTF16LittleEndian:
			b.WriteString(string(byte(r)) + "\x00")
		case in == UTF16BigEndian:
			b.WriteString("\x00" + string(byte(r)))
		default:
			b.WriteByte(byte(r))
		}
	}
	return []byte(b.String())
}

func TestDetectAndDecodeProse(t *testing.T) {
	for _, want := range []Encoding{UTF8, UTF16LittleEndian, UTF16BigEndian, Windows1258, TCVN3, VNI, VIQR} {
		content := encoded(t, prose, want)
		got, sure := Detect(content)
		if got != want || sure < 60 {
			t.Errorf("%v is detected as %v (%d)", want, got, sure)
		}
		if back, err := Decode(content, want); err != nil || back != prose {
			t.Errorf("%v: decoded %q, %v", want, back, err)
		}
	}
}

func TestDetectShortFiles(t *testing.T) {
	for _, line := range []string{
		"Mã,Họ và tên,Năm sinh\n1,Đặng Thị Hương,1954\n",
		"STT;Họ tên;Quê quán\n1;Nguyễn Văn Sơn;Kim Thành\n2;Vũ Thị Thủy;Gia Lộc\n",
		"Họ tên\nLê Văn Tám\nPhạm Thị Lan\nBùi Đức Thịnh\n",
		"Ngày,Nội dung,Số tiền\n02/03/2025,Thăm ốm bà Huệ,500.000\n",
	} {
		for _, want := range []Encoding{UTF8, Windows1258, TCVN3, VNI} {
			if got, sure := Detect(encoded(t, line, want)); got != want {
				t.Errorf("%q in %v is detected as %v (%d)", line, want, got, sure)
			}
		}
	}
}

func TestDetectMarksAndOddFiles(t *testing.T) {
	cases := []struct {
		name, content string
		want          Encoding
	}{
		{"empty", "", UTF8},
		{"ascii", "name,born\nAn,1950\n", UTF8},
		{"utf-8 with mark", "\xef\xbb\xbfAn", UTF8},
		{"utf-16 with mark", "\xff\xfeA\x00n\x00", UTF16LittleEndian},
		{"utf-16 big with mark", "\xfe\xff\x00A\x00n", UTF16BigEndian},
		{"french", "Nom;Pr\xe9nom\nDupont;Ad\xe8le\n", Windows1258},
		{"without accents", "Ba Ha. Ong Ty. Chi A. Anh Ba? Co Tu. Da nop quy. Chua tra.", UTF8},
		{"mail", "Hello, how are you? I'm fine. See you at 5.", UTF8},
	}
	for _, c := range cases {
		if got, _ := Detect([]byte(c.content)); got != c.want {
			t.Errorf("%s: detected as %v, want %v", c.name, got, c.want)
		}
	}
	if got, err := Decode([]byte("Pr\xe9nom Ad\xe8le Fran\xe7ois no\xebl"), Windows1258); err != nil || got != "Prénom Adèle François noël" {
		t.Errorf("French is decoded as %q, %v", got, err)
	}
	if got, _ := Decode([]byte("\xef\xbb\xbfAn"), UTF8); got != "An" {
		t.Errorf("the mark is kept: %q", got)
	}
}

func TestDecodeRefusesWhatCannotBe(t *testing.T) {
	if _, err := Decode([]byte("\xff"), UTF8); err == nil {
		t.Error("a lone FF passes for UTF-8")
	}
	if _, err := Decode([]byte("abc"), UTF16LittleEndian); err == nil {
		t.Error("three bytes pass for UTF-16")
	}
	if _, err := Decode(nil, 99); err == nil {
		t.Error("encoding 99 is known")
	}
}

func TestDetectCells(t *testing.T) {
	names := []string{"Nguyễn Văn Hùng", "Đặng Thị Hương", "Cúc", "Trần Quỳnh Mỹ", "Lê An", ""}
	for _, want := range []Encoding{TCVN3, VNI} {
		var cells []string
		for _, n := range names {
			var b strings.Builder
			for _, c := range encoded(t, n, want) {
				b.WriteRune(westernRune(c))
			}
			cells = append(cells, b.String())
		}
		got, sure := DetectCells(cells)
		if got != want || sure < 80 {
			t.Errorf("%q is detected as %v (%d), want %v", cells, got, sure, want)
		}
		for i, c := range cells {
			if back := DecodeCell(c, got); back != names[i] {
				t.Errorf("%v: %q is %q, want %q", want, c, back, names[i])
			}
		}
	}
	for _, cells := range [][]string{names, {"An", "Binh"}, {"Hà", "Cóc"}, {"Prénom", "Adèle"}, {"1", "2"}, nil} {
		if got, _ := DetectCells(cells); got != UTF8 {
			t.Errorf("%q is detected as %v, want it as it is", cells, got)
		}
	}
}

func TestIsSyllable(t *testing.T) {
	for _, word := range strings.Fields("Nguyễn đường quỳnh giếng gì giêng nghĩa quốc khuỷu thuở ý yết oản ăn Hoà hòa xoong Đắk ngoằn huyền tuyết quyển quý gìn giữ Uyên uyển khoẻ cứt") {
		if word == "Đắk" {
			continue // from another language
		}
		if !IsSyllable(word) {
			t.Errorf("%q is no syllable, want it to be one", word)
		}
	}
	for _, word := range strings.Fields("Ngûyen ñöôøng Prénom càt bổp áá thủà ßt qứ zèo ng") {
		if IsSyllable(word) {
			t.Errorf("%q is a syllable, want it to be none", word)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add([]byte(prose))
	f.Add(inVNI(prose))
	f.Fuzz(func(t *testing.T, content []byte) {
		encoding, sure := Detect(content)
		if sure < 0 || sure > 100 {
			t.Fatalf("sure %d of %v", sure, encoding)
		}
		for _, e := range []Encoding{Windows1258, TCVN3, VNI, VIQR} {
			if _, err := Decode(content, e); err != nil {
				t.Fatalf("%v: %v", e, err)
			}
		}
	})
}
