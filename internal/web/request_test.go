package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/storetest"
)

func TestAnswersOfSeveralLinesAndSeveralTicks(t *testing.T) {
	v := visit(t, serve(t, Config{}, map[string]func(*request) error{"POST /x": func(q *request) error {
		if err := q.read(); err != nil {
			return err
		}
		return q.echo(fmt.Sprintf("%q %q", q.lines("note"), q.values("with")))
	}}))
	_, got := v.ask("POST", "/x", "note=+m%E1%BB%99t++hai%0D%0A%0D%0Aba+&with=a&with=+&with=b")
	if want := `"một hai\n\nba" ["a" "b"]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestARefusedFormComesBackWithWhatWasGiven(t *testing.T) {
	v := visit(t, serve(t, Config{Lang: locale.Vi}, map[string]func(*request) error{"POST /x": func(q *request) error {
		if err := q.read(); err != nil {
			return err
		}
		wrong := page.ProblemsOf(fault.Field("who", "fault.busy"), q.reader)
		return q.again(around(page.Form(q.reader, page.FormHead{Draft: "x"}, wrong),
			page.TextInput(q.reader, wrong.Mark(page.Field{Name: "who", Label: "Ai?", Value: q.value("who")}))))
	}}))
	answer, body := v.ask("POST", "/x", "who=%3Cb%3EL%E1%BB%87")
	if answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `value="&lt;b&gt;Lệ"`) || !strings.Contains(body, "data-rejected") {
		t.Errorf("status %d: %s", answer.StatusCode, body)
	}
}

func TestAnAddressWithoutANumberLeadsNowhere(t *testing.T) {
	v := visit(t, serve(t, Config{}, map[string]func(*request) error{"GET /x/{id}": func(q *request) error {
		id, err := q.number("id")
		if err != nil {
			return err
		}
		return q.echo(fmt.Sprint(id))
	}}))
	tests := map[string]int{"7": 200, "9223372036854775807": 200, "0": 404, "-7": 404, "seven": 404, "9223372036854775808": 404}
	for id, want := range tests {
		if answer, _ := v.ask("GET", "/x/"+id, ""); answer.StatusCode != want {
			t.Errorf("/x/%s: status %d, want %d", id, answer.StatusCode, want)
		}
	}
}

func TestFilesComeInOnlyWhereTheyAreExpected(t *testing.T) {
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Book: storetest.Open(t), Words: words, Log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	take := func(q *request) error {
		if err := q.read(); err != nil {
			return err
		}
		_, head, err := q.FormFile("roll")
		if err != nil {
			return fault.Field("roll", "fault.large", 64)
		}
		return q.echo(fmt.Sprint(head.Size))
	}
	s.handle("POST /form", take)
	s.upload("POST /uploaded", take)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("roll", "danh sách.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = part.Write(make([]byte, 2*formBytesMax)); err != nil {
		t.Fatal(err)
	}
	if err = form.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/form": http.StatusRequestEntityTooLarge, "/uploaded": http.StatusOK} {
		r := httptest.NewRequest("POST", path, bytes.NewReader(body.Bytes()))
		r.Header.Set("Content-Type", form.FormDataContentType())
		answer := httptest.NewRecorder()
		s.Handler().ServeHTTP(answer, r)
		if answer.Code != want {
			t.Errorf("%s: status %d, want %d: %s", path, answer.Code, want, answer.Body)
		}
	}
}
