package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"kith.app/internal/asset"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
)

// visitor is a browser without a screen: it keeps cookies and follows nothing.
type visitor struct {
	t    *testing.T
	base string
	*http.Client
}

func visit(t *testing.T, base string) visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return visitor{t, base, &http.Client{Jar: jar, CheckRedirect: stay}}
}

// ask sends a request and gives the answer with its body.
func (v visitor) ask(method, path, body string, headers ...string) (*http.Response, string) {
	v.t.Helper()
	r, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := v.Do(r)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer, string(got)
}

func TestFaultsBecomeStatusAndPageInTheReadersLanguage(t *testing.T) {
	tests := map[string]struct {
		err    error
		status int
		says   string
	}{
		"missing":   {fault.Missing("fault.missing"), 404, "Không thấy trang này"},
		"forbidden": {fault.Forbid("fault.forbidden"), 403, "Quyền đi theo chức vụ"},
		"stale":     {fault.Outdated("fault.stale"), 409, "Có người vừa sửa trước"},
		"invalid":   {fault.Field("x", "fault.busy"), 422, "Xin đợi một lát"},
		"busy":      {&fault.Fault{Kind: fault.Busy, Key: "fault.busy"}, 503, "Sổ đang bận"},
		"trouble":   {errors.New("disk on fire"), 500, "Mã tra cứu"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			base := serve(t, Config{Lang: locale.Vi}, map[string]func(*request) error{"GET /x": func(*request) error { return test.err }})
			answer, body := visit(t, base).ask("GET", "/x", "")
			if answer.StatusCode != test.status || !strings.Contains(body, test.says) {
				t.Errorf("status %d, want %d with %q:\n%s", answer.StatusCode, test.status, test.says, body)
			}
			if strings.Contains(body, "disk on fire") {
				t.Error("the program's own trouble is shown")
			}
		})
	}
}

func TestPanicIsAnsweredAndLogged(t *testing.T) {
	var log bytes.Buffer
	h := handler(t, Config{Log: slog.New(slog.NewTextHandler(&log, nil))}, map[string]func(*request) error{
		"GET /x": func(*request) error { panic("unthinkable") },
	})
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, httptest.NewRequest("GET", "/x", nil))
	if answer.Code != 500 || strings.Contains(answer.Body.String(), "unthinkable") {
		t.Errorf("status %d: %s", answer.Code, answer.Body)
	}
	if !strings.Contains(log.String(), "unthinkable") {
		t.Errorf("log: %s", log.String())
	}
}

func TestLogHoldsNoAddressAndNoName(t *testing.T) {
	var log bytes.Buffer
	h := handler(t, Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))},
		map[string]func(*request) error{"GET /x/{id}": func(*request) error { return errors.New("trouble") }})
	r := httptest.NewRequest("GET", "/x/id-of-hai?q=Khoat", nil)
	h.ServeHTTP(httptest.NewRecorder(), r)
	for _, private := range []string{"id-of-hai", "Khoat", r.RemoteAddr} {
		if strings.Contains(log.String(), private) {
			t.Errorf("log holds %q: %s", private, log.String())
		}
	}
	if !strings.Contains(log.String(), "/x/{id}") {
		t.Errorf("log lacks the route: %s", log.String())
	}
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	v := visit(t, gallery(t))
	for _, path := range []string{"/gallery", "/nowhere", asset.Path("kith.js"), "/gallery/echo?value=1"} {
		answer, _ := v.ask("GET", path, "")
		if got := answer.Header.Get("Content-Security-Policy"); got != policy {
			t.Errorf("%s: policy %q", path, got)
		}
		if got := answer.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: nosniff %q", path, got)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	v := visit(t, gallery(t))
	tests := map[string]struct {
		header, value string
		status        int
	}{
		"same site page":     {"Sec-Fetch-Site", "same-origin", 303},
		"typed by a program": {"X-Nothing", "", 303},
		"other site":         {"Sec-Fetch-Site", "cross-site", 403},
		"sister site":        {"Sec-Fetch-Site", "same-site", 403},
		"other origin":       {"Origin", "https://example.org", 403},
	}
	for name, test := range tests {
		if answer, body := v.ask("POST", "/language", "lang=en", test.header, test.value); answer.StatusCode != test.status {
			t.Errorf("%s: status %d, want %d: %s", name, answer.StatusCode, test.status, body)
		}
	}
}

func TestLanguageIsTheReadersThenTheBooksThenTheBrowsers(t *testing.T) {
	tests := map[string]struct {
		book    locale.Lang
		browser string
		chosen  string
		want    string
	}{
		"the book's, whatever an old machine asks": {locale.Vi, "en-US,en;q=0.9", "", "vi"},
		"the browser's on the first run":           {"", "fr-FR,fr;q=0.9,en;q=0.5", "", "fr"},
		"the reader's choice before all":           {locale.Vi, "fr", "en", "en"},
		"Vietnamese when nothing is known":         {"", "", "", "vi"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v := visit(t, serve(t, Config{Lang: test.book}, nil))
			if test.chosen != "" {
				v.ask("POST", "/language", url.Values{"lang": {test.chosen}, "back": {"/sign-in"}}.Encode())
			}
			_, body := v.ask("GET", "/sign-in", "", "Accept-Language", test.browser)
			if !strings.Contains(body, `<html lang="`+test.want+`">`) {
				t.Errorf("page is not in %s", test.want)
			}
		})
	}
}

func TestTheWayBackStaysInside(t *testing.T) {
	tests := map[string]string{
		"/people?q=a": "/people?q=a", "": "/", "https://example.org": "/", "//example.org": "/", `/\example.org`: "/", "/a\r\nSet-Cookie: x": "/",
	}
	for back, want := range tests {
		if got := inside(back); got != want {
			t.Errorf("inside(%q) = %q, want %q", back, got, want)
		}
	}
}

func TestWhatWasDoneIsSaidOnceOnTheNextPage(t *testing.T) {
	base := serve(t, Config{Lang: locale.Vi}, map[string]func(*request) error{
		"POST /x": func(q *request) error {
			return q.doneAt("/sign-in", page.Flash{Tone: page.Done, Text: `Đã ghi <b>"Thược"</b>`})
		},
	})
	v := visit(t, base)
	answer, _ := v.ask("POST", "/x", "draft=deed-new")
	if answer.StatusCode != 303 || answer.Header.Get("Location") != "/sign-in" {
		t.Fatalf("status %d to %q", answer.StatusCode, answer.Header.Get("Location"))
	}
	_, first := v.ask("GET", "/sign-in", "")
	if !strings.Contains(first, "Đã ghi &lt;b&gt;") || !strings.Contains(first, `data-draft-done="deed-new"`) {
		t.Errorf("first page: %s", first)
	}
	if _, second := v.ask("GET", "/sign-in", ""); strings.Contains(second, "Đã ghi") {
		t.Error("said twice")
	}
}

func TestBrokenFlashIsForgotten(t *testing.T) {
	v := visit(t, serve(t, Config{}, nil))
	for _, value := range []string{"%%%", "bm90IGpzb24", strings.Repeat("a", 7000)} {
		if answer, _ := v.ask("GET", "/sign-in", "", "Cookie", "kith-flash="+value); answer.StatusCode != 200 {
			t.Errorf("status %d", answer.StatusCode)
		}
	}
}

func TestTooLargeAFormIsRefusedInWords(t *testing.T) {
	v := visit(t, serve(t, Config{Lang: locale.Vi}, nil))
	answer, body := v.ask("POST", "/language", "lang="+strings.Repeat("x", formBytesMax+10))
	if answer.StatusCode != 413 || !strings.Contains(body, "không quá 1 MB") {
		t.Errorf("status %d: %s", answer.StatusCode, body)
	}
}

func TestAnAddressAskedTheWrongWaySaysSo(t *testing.T) {
	v := visit(t, serve(t, Config{Lang: locale.Vi}, nil))
	answer, body := v.ask("GET", "/language", "")
	if answer.StatusCode != 405 || answer.Header.Get("Allow") != "POST" || !strings.Contains(body, "bấm nút") {
		t.Errorf("status %d, Allow %q", answer.StatusCode, answer.Header.Get("Allow"))
	}
	if answer, _ = v.ask("GET", "/nowhere/at/all", ""); answer.StatusCode != 404 {
		t.Errorf("nowhere: status %d", answer.StatusCode)
	}
}

func TestRefusalOfAPartOfAPageBecomesAWholePage(t *testing.T) {
	v := visit(t, serve(t, Config{}, map[string]func(*request) error{
		"GET /late": func(q *request) error { return q.goTo("/sign-in") },
	}))
	for path, want := range map[string]string{"/nowhere?q=a": "/nowhere?q=a", "/late": "/sign-in"} {
		if answer, _ := v.ask("GET", path, "", "HX-Request", "true"); answer.Header.Get("HX-Redirect") != want {
			t.Errorf("%s leads to %q, want %q", path, answer.Header.Get("HX-Redirect"), want)
		}
	}
}

func TestAssetsAreKeptForEverAndCompressed(t *testing.T) {
	v := visit(t, serve(t, Config{}, nil))
	for _, f := range asset.All() {
		answer, body := v.ask("GET", f.Path, "", "Accept-Encoding", "gzip, deflate")
		if got := answer.Header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("%s: Cache-Control %q", f.Name, got)
		}
		if f.Gzipped == nil {
			continue
		}
		r, err := gzip.NewReader(strings.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if plain, err := io.ReadAll(r); err != nil || !bytes.Equal(plain, f.Plain) {
			t.Errorf("%s does not unpack to itself", f.Name)
		}
	}
	if answer, _ := v.ask("GET", asset.Prefix+"kith.css", ""); answer.StatusCode != 404 {
		t.Errorf("a name without its hash: status %d", answer.StatusCode)
	}
}

func TestPagesAreCompressed(t *testing.T) {
	answer, _ := visit(t, gallery(t)).ask("GET", "/gallery", "", "Accept-Encoding", "gzip")
	if got := answer.Header.Get("Content-Encoding"); got != "gzip" {
		t.Errorf("Content-Encoding %q", got)
	}
}

func TestCookiesAreBoundToAnHTTPSHost(t *testing.T) {
	answer, _ := visit(t, serve(t, Config{Secure: true}, nil)).ask("POST", "/language", "lang=fr")
	c := answer.Cookies()[0]
	if c.Name != "__Host-kith-lang" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
		t.Errorf("cookie %+v", c)
	}
}

func TestAnswersAreCleanedAtTheDoor(t *testing.T) {
	var got string
	base := serve(t, Config{}, map[string]func(*request) error{"GET /x": func(q *request) error {
		got = q.value("who")
		return q.echo(got)
	}})
	visit(t, base).ask("GET", "/x?who="+url.QueryEscape("  Vu\u0303  \u0110i\u0300nh\u200b "), "")
	if want := "Vũ Đình"; got != want {
		t.Errorf("value = %q, want %q", got, want)
	}
}

// What cannot be written now, because the disk is full, is kept on the page and
// can be sent again with one press; a password is not handed back.
func TestWhatCannotBeWrittenNowIsKept(t *testing.T) {
	v := visit(t, serve(t, Config{Lang: locale.Vi}, map[string]func(*request) error{
		"POST /x": func(q *request) error {
			q.person.Name = "Lan"
			if err := q.read(); err != nil {
				return err
			}
			return &fault.Fault{Kind: fault.Busy, Key: "store.full"}
		},
	}))
	answer, body := v.ask("POST", "/x", "who="+url.QueryEscape("Vũ Đình Khoát")+"&amount=300.000&password=giau")
	if answer.StatusCode != 503 || !strings.Contains(body, "Ổ đĩa đã đầy") {
		t.Errorf("status %d: %s", answer.StatusCode, body)
	}
	for _, want := range []string{`action="/x"`, `name="who" value="Vũ Đình Khoát"`, `name="amount" value="300.000"`, "Ghi lại lần nữa"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(body, "giau") {
		t.Error("a password is handed back")
	}
}
