package web

import (
	"net/http"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
)

// langYear is how long a choice of language is remembered.
const langYear = 365 * 24 * 3600

// langOf chooses the language of a request: what the reader chose, then the
// book's, and only then what the browser asks for. Old machines in Viet Nam
// often ask for English that nobody there reads.
func (s *Server) langOf(r *http.Request) locale.Lang {
	if c, err := r.Cookie(s.cookieName("lang")); err == nil {
		if lang, ok := locale.Parse(c.Value); ok {
			return lang
		}
	}
	if lang := *s.tongue.Load(); lang != "" {
		return lang
	}
	return locale.FromAcceptLanguage(r.Header.Get("Accept-Language"))
}

// tongues lists the languages on offer.
func tongues(now locale.Lang) []page.Tongue {
	var all []page.Tongue
	for _, l := range locale.Langs() {
		all = append(all, page.Tongue{Code: string(l), Name: l.Name(), Current: l == now})
	}
	return all
}

// chooseLanguage remembers a language on this machine and goes back.
func (s *Server) chooseLanguage(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	lang, ok := locale.Parse(q.value("lang"))
	if !ok {
		return fault.Missing("fault.missing")
	}
	s.setCookie(q.w, &http.Cookie{Name: "lang", Value: string(lang), MaxAge: langYear, HttpOnly: true})
	return q.goTo(inside(q.value("back")))
}

// inside keeps a way back within this server.
func inside(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	return path
}
