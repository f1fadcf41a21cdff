package web

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	"kith.app/internal/locale"
)

// speaking is a visitor without an account who reads in a language.
func (w askingTown) speaking(t *testing.T, lang locale.Lang) visitor {
	v := visit(t, w.base)
	v.done("/language", form("lang", string(lang), "to", "/sign-in"))
	return v
}

// badAnswers are what cannot be an answer, by the field, with the sentence that says why.
var badAnswers = []struct {
	field, typed, key string
	args              []any
}{
	{"q2", "-5", "deed.count.negative", nil},
	{"q2", "năm buổi", "deed.count.unreadable", []any{"năm buổi"}},
	{"q2", "1001", "form.answer.high", []any{int64(1000)}},
	{"q3", "99999999999999999999", "deed.count.huge", nil},
	{"q3", "<b>7</b>", "deed.count.unreadable", []any{"<b>7</b>"}},
	{"q4", "-1", "money.parse.negative", nil},
	{"q5", "có lẽ", "form.answer.yesno", []any{"có lẽ"}},
}

// What cannot be an answer is told beside its field in the reader's language; what was
// typed stays, and nothing was sent.
func TestBadAnswersAreToldBesideTheirFieldInEveryLanguage(t *testing.T) {
	w := newAskingTown(t)
	at := w.keys(t)["Chi hội Noong Bua"]
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Langs() {
		v := w.speaking(t, lang)
		for _, c := range badAnswers {
			answers := map[string]string{"q1": "Ổn định <i>", "q2": "3"}
			answers[c.field] = c.typed
			pairs := []string{"period", "2026-10", "version", "1", "n", "0", "by", "<script>alert(1)</script>"}
			for name, typed := range answers {
				pairs = append(pairs, name, typed)
			}
			answer, got := v.ask("POST", at, form(pairs...))
			said := words.Say(lang, c.key, c.args...)
			_, beside, found := strings.Cut(got, `id="`+c.field+`-wrong"`)
			beside, _, _ = strings.Cut(beside, "</div>")
			if answer.StatusCode != http.StatusUnprocessableEntity || !found || !strings.Contains(beside, html.EscapeString(said)) {
				t.Errorf("%s %s %q: %d, beside the field %q, want %q", lang, c.field, c.typed, answer.StatusCode, beside, said)
			}
			if strings.Contains(got, "<script>alert") || strings.Contains(got, "<b>7") || !strings.Contains(got, "&lt;script&gt;") || !strings.Contains(got, "Ổn định &lt;i&gt;") {
				t.Errorf("%s %s: what was typed does not stand there as text", lang, c.field)
			}
		}
	}
	w.as(t, "lan").sees("/forms/bao-cao-thang?period=2026-10", "0/2") // nothing was sent
}

// A workbook that is none, empty, too large, or of another form is refused beside the
// field of the file in the reader's language, and nothing is taken.
func TestBadWorkbooksAreToldBesideTheFile(t *testing.T) {
	w := newAskingTown(t)
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	lan := w.as(t, "lan")
	for _, lang := range locale.Langs() {
		lan.done("/language", form("lang", string(lang), "to", "/forms"))
		other := "[2] Số cây đã trồng"
		for _, c := range []struct{ name, content, said string }{
			{"trống.csv", "", words.Say(lang, "sheet.empty", "trống.csv")},
			{"lạ.csv", "một,hai\nba,bốn\n", words.Say(lang, "reporting.sheet.heading")},
			{"khác.csv", words.Say(lang, "reporting.unit.code") + ",[1] Tình hình hội viên," + other + "\n" + w.noongBua.Code + ",Tốt,5\n", words.Say(lang, "reporting.sheet.other", other)},
			{"hỏng.xlsx", "PK\x03\x04 không phải bảng tính", words.Say(lang, "sheet.broken", "hỏng.xlsx")},
		} {
			code, got := lan.sent("/forms/bao-cao-thang/sheet", "file", c.name, c.content, "period", "2026-10")
			if code != http.StatusUnprocessableEntity || !strings.Contains(got, `id="file-wrong"`) || !strings.Contains(plainText(got), c.said) {
				t.Errorf("%s %s: %d lacks %q\n%.300s", lang, c.name, code, c.said, plainText(got))
			}
		}
	}
	lan.sees("/forms/bao-cao-thang?period=2026-10", "0/2")
}

// sent sends a form with a file and gives the page that comes back.
func (v visitor) sent(path, field, name, content string, pairs ...string) (int, string) {
	v.t.Helper()
	r := v.uploading(path, field, name, content, pairs...)
	answer, err := v.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer.StatusCode, string(got)
}

// photograph is a picture of one colour.
func photograph(t *testing.T, shade uint8) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 4, 3))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: shade}.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A photograph comes with the reply on the unit's own page, without a script; the last
// one sent counts, and only who may read the reply sees it.
func TestAPhotographComesWithTheReply(t *testing.T) {
	w := newAskingTown(t)
	keys := w.keys(t)
	at, lan, v := keys["Chi hội Noong Bua"], w.as(t, "lan"), visit(t, w.base)
	lan.done("/forms/bao-cao-thang/questions/0", form("revision", "1", "name", "Ảnh buổi họp", "kind", "picture", "group", "Vận động"))
	v.sees(at, "Ảnh buổi họp", `accept="image/jpeg,image/png"`, `enctype="multipart/form-data"`, "tối đa 8 MB")
	pairs := func(n int) []string {
		return []string{"period", "2026-10", "version", "2", "n", fmt.Sprint(n), "q1", "Ổn định", "q2", "3"}
	}
	for name, content := range map[string]string{"anh.jpg": "<html>không phải ảnh</html>", "anh.png": "\x89PNG\r\n\x1a\n hỏng", "lon.png": photograph(t, 1) + strings.Repeat("x", pictureMost)} {
		if code, got := v.sent(at, "q6", name, content, pairs(0)...); code != http.StatusUnprocessableEntity || !strings.Contains(got, `id="q6-wrong"`) || !strings.Contains(got, "Ổn định") {
			t.Errorf("%s: %d", name, code)
		}
	}
	lan.sees("/forms/bao-cao-thang?period=2026-10", "0/2")
	if code, _ := v.sent(at, "q6", "C:\\Ảnh\\buổi họp.png", photograph(t, 40), pairs(0)...); code != http.StatusSeeOther {
		t.Fatalf("a photograph: %d", code)
	}
	shown := func(who visitor, path string) (int, string) {
		answer, got := who.ask("GET", path, "")
		return answer.StatusCode, got
	}
	unit := "/forms/bao-cao-thang/unit/" + idText(w.noongBua.ID)
	picture := "/picture/6?period=2026-10&sent=1"
	lan.sees(unit+"?period=2026-10", "buổi họp.png", "/picture/6?period=2026-10")
	if code, got := shown(lan, unit+picture); code != 200 || got != photograph(t, 40) {
		t.Errorf("who judges sees %d", code)
	}
	if code, got := shown(v, at+picture); code != 200 || got != photograph(t, 40) {
		t.Errorf("who sent it sees %d", code)
	}
	if code, _ := shown(visit(t, w.base), keys["Chi hội Him Lam"]+picture); code != 404 {
		t.Errorf("another unit sees %d", code)
	}
	if code, _ := shown(w.as(t, "mo"), unit+picture); code != 403 {
		t.Errorf("an honorary member sees %d", code)
	}
	v.done(at, form("period", "2026-10", "version", "2", "n", "1", "q1", "Khác trước", "q2", "3")) // the picture stays
	if code, _ := v.sent(at, "q6", "khác.png", photograph(t, 200), pairs(2)...); code != http.StatusSeeOther {
		t.Fatalf("another photograph: %d", code)
	}
	if code, got := shown(lan, unit+picture); code != 200 || got != photograph(t, 200) {
		t.Errorf("the last one sent does not count: %d", code)
	}
	v.done(at, form("period", "2026-10", "version", "2", "n", "3", "q1", "Bỏ ảnh", "q2", "3", "q6-drop", "yes"))
	if code, _ := shown(lan, unit+picture); code != 404 {
		t.Errorf("taken off: %d", code)
	}
}
