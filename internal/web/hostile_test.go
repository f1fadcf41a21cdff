package web

import (
	"net/url"
	"strings"
	"testing"
)

// nasty are answers that somebody could give to any question of any form.
func nasty() []string {
	return []string{
		`<script>alert("kẻ phá")</script>`, `"><img src=x onerror=alert(1)>`, `=cmd|'/c calc'!A0`, "31/02/2026", "1/1/2099", "-5", "99999999999999999999", "9223372036854775807",
		"-9223372036854775808", "../../../etc/passwd", "a\r\nSet-Cookie: x=y", "\x00\xff\xfe", strings.Repeat("dài ", 30_000), "' OR 1=1 --", "%s%n{1}", "0", "https://example.org/",
	}
}

// Whatever is answered to whatever is asked, the book refuses or takes it: it
// never breaks, never leads away, and shows nothing but as text.
func TestNastyAnswersBreakNothing(t *testing.T) {
	r := newRights(t)
	given, err := url.ParseQuery(r.anything())
	if err != nil {
		t.Fatal(err)
	}
	officers := []visitor{r.as("head"), r.as("treasurer")}
	for _, bad := range nasty() {
		for i, pattern := range r.server.patterns {
			method, _, _ := strings.Cut(pattern, " ")
			if method != "POST" || pattern == "POST /sign-out" || strings.HasPrefix(pattern, "POST /settings/users") || pattern == "POST /settings/backup" {
				continue
			}
			all := url.Values{}
			for name, values := range given {
				all[name] = values
			}
			for _, name := range []string{"name", "title", "text", "note", "amount", "quantity", "day", "back", "who", "reason", "birth", "joined", "number", "body", "subject", "period", "lang"} {
				all.Set(name, bad)
			}
			answer, got := officers[i%2].ask("POST", r.path(pattern), all.Encode())
			told := bad[:min(len(bad), 30)]
			if answer.StatusCode >= 500 {
				t.Errorf("%s with %q: %d", pattern, told, answer.StatusCode)
			}
			if to := answer.Header.Get("Location"); to != "" && !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
				t.Errorf("%s with %q leads to %q", pattern, told, to)
			}
			if strings.Contains(got, "<script>alert") || strings.Contains(got, "<img src=x") {
				t.Errorf("%s shows %q as it is", pattern, told)
			}
		}
	}
	r.drawn(officers[0])
	if trouble, err := r.book.Check(t.Context()); err != nil || len(trouble) > 0 {
		t.Errorf("check: %v %v", trouble, err)
	}
}

// drawn reads every page once more, with what was taken on it.
func (r *rights) drawn(v visitor) {
	r.t.Helper()
	for _, pattern := range r.server.patterns {
		if method, _, _ := strings.Cut(pattern, " "); method != "GET" {
			continue
		}
		queries := []string{"", "?back=https://example.org/", "?q=" + url.QueryEscape(`<script>alert(1)</script>`), "?q=" + strings.Repeat("a+", 3000), "?after=x.y&page=-1&year=99999999999&period=x&body=-1&status=%00"}
		for _, query := range queries {
			answer, got := v.ask("GET", r.path(pattern)+query, "")
			if answer.StatusCode >= 500 {
				r.t.Errorf("%s%.40s: %d", pattern, query, answer.StatusCode)
			}
			if strings.Contains(answer.Header.Get("Content-Type"), "html") && (strings.Contains(got, "<script>alert") || strings.Contains(got, "<img src=x")) {
				r.t.Errorf("%s%.40s shows markup of a name", pattern, query)
			}
			if got := answer.Header.Get("Content-Security-Policy"); got == "" || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
				r.t.Errorf("%s: policy %q", pattern, got)
			}
		}
	}
}
