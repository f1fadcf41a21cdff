package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func (w town) norm(t *testing.T, n fund.Norm) {
	t.Helper()
	n.Body = w.book.Root()
	storetest.Write(t, w.book, func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.SetNorm(ctx, tx, storetest.Operator(), n)
		return err
	})
}

func TestTheNormProposesAndAsksWhyItIsExceeded(t *testing.T) {
	w := newTown(t)
	w.norm(t, fund.Norm{Kind: "sick-visit", Amount: money.Of(300_000, money.VND), Goods: "hộp sữa", Times: 2, Since: calendar.DayOf(2024, 1, 1)})
	v := w.as(t, "lan")
	visit := []string{"kind", "sick-visit", "who", "Vũ Đình Khoát", "day", "21/11/2026"}
	_, body := v.ask("POST", "/deeds/new", form(append(visit, "more", "norm")...))
	for _, want := range []string{"Theo định mức từ tháng", "2024: thăm ốm 300.000", "hộp sữa", "Một năm không quá 2 lần", "lần thứ 1 trong năm", `data-propose-for="amount"`, `value="300.000`} {
		if !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), want) {
			t.Errorf("the norm lacks %q", want)
		}
	}
	answer, body := v.ask("POST", "/deeds/new", form(append(visit, "amount", "500.000")...))
	if answer.StatusCode != 422 || !strings.Contains(body, "vượt định mức") || !strings.Contains(body, `name="reason"`) || !strings.Contains(body, "Nguyễn Hữu Tiến") {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	if answer, _ := v.ask("POST", "/deeds/new", form(append(visit, "amount", "500.000", "reason", "mổ tim")...)); answer.StatusCode != 303 {
		t.Fatalf("with a reason: %d", answer.StatusCode)
	}
	v.ask("POST", "/deeds/new", form(append(visit, "amount", "300.000")...))
	if _, body = v.ask("POST", "/deeds/new", form(append(visit, "more", "norm")...)); !strings.Contains(body, "lần thứ 3 trong năm") || !strings.Contains(body, "Xin ghi lý do") {
		t.Error("the third time of the year is not told")
	}
	if answer, _ := v.ask("POST", "/deeds/new", form(append(visit, "amount", "100.000")...)); answer.StatusCode != 422 {
		t.Errorf("the third time of the year: %d", answer.StatusCode)
	}
}

// sendFiles posts answers with files, as a browser does.
func (v visitor) sendFiles(t *testing.T, path string, answers map[string]string, files map[string]string) *http.Response {
	t.Helper()
	answer, _ := v.sendAll(t, path, answers, files)
	return answer
}

// sendAll is sendFiles that gives also the page which answers.
func (v visitor) sendAll(t *testing.T, path string, answers map[string]string, files map[string]string) (*http.Response, string) {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, value := range answers {
		m.WriteField(name, value)
	}
	for name, content := range files {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", `form-data; name="paper"; filename="`+name+`"`)
		part, err := m.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(content))
	}
	m.Close()
	return v.ask("POST", path, body.String(), "Content-Type", m.FormDataContentType())
}

func TestPapersAreKeptWithADeedForThoseWhoMayReadIt(t *testing.T) {
	w := newTown(t)
	v := w.as(t, "lan")
	answers := map[string]string{"kind": "sick-visit", "who": "Vũ Đình Khoát", "day": "21/11/2026"}
	if answer := v.sendFiles(t, "/deeds/new", answers, map[string]string{"a.pdf": "<script>"}); answer.StatusCode != 422 || len(w.deeds(t, store.DeedQuery{})) != 0 {
		t.Fatalf("a file that is not what it says: %d", answer.StatusCode)
	}
	answer := v.sendFiles(t, "/deeds/new", answers, map[string]string{"biên nhận.pdf": "%PDF-1.7 x"})
	path := answer.Header.Get("Location")
	if answer.StatusCode != 303 {
		t.Fatalf("status %d", answer.StatusCode)
	}
	_, body := v.ask("GET", path, "")
	at := strings.Index(body, path+"/papers/")
	if at < 0 || !strings.Contains(body, "biên nhận.pdf") {
		t.Fatalf("the paper is not shown: %s", body)
	}
	paper := body[at : at+strings.Index(body[at:], `"`)]
	answer, body = v.ask("GET", paper, "")
	if body != "%PDF-1.7 x" || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the paper came as %q, %v", body, answer.Header)
	}
	for _, other := range []string{"hai", "mo"} {
		if answer, _ := w.as(t, other).ask("GET", paper, ""); answer.StatusCode != 403 {
			t.Errorf("%s gets the paper: %d", other, answer.StatusCode)
		}
	}
	if answer, _ := v.ask("POST", paper+"/remove", ""); answer.StatusCode != 303 {
		t.Errorf("taking it off: %d", answer.StatusCode)
	}
	if answer, _ := v.ask("GET", paper, ""); answer.StatusCode != 404 {
		t.Errorf("after taking it off: %d", answer.StatusCode)
	}
}
