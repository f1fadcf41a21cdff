package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/fault"
	"kith.app/internal/page"
)

// errForeign refuses a form that another site sent.
var errForeign = fault.Forbid("fault.foreign")

// tracedError is trouble that the log already knows by its number.
type tracedError struct{ trace string }

func (e tracedError) Error() string { return "see trace " + e.trace }

// refusal is how one kind of fault is answered.
type refusal struct {
	status int
	title  string
	text   string
}

// refusalOf maps the kinds of fault to answers; this is the only place.
func refusalOf(err error) refusal {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return refusal{http.StatusRequestEntityTooLarge, "fault.large.title", "fault.large"}
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return refusal{http.StatusUnprocessableEntity, "fault.invalid.title", "fault.invalid.title"}
	case fault.NotFound:
		return refusal{http.StatusNotFound, "fault.missing.title", "fault.missing"}
	case fault.Forbidden:
		return refusal{http.StatusForbidden, "fault.forbidden.title", "fault.forbidden"}
	case fault.Stale:
		return refusal{http.StatusConflict, "fault.stale.title", "fault.stale"}
	case fault.Busy:
		return refusal{http.StatusServiceUnavailable, "fault.busy.title", "fault.busy"}
	default:
		return refusal{http.StatusInternalServerError, "fault.internal.title", "fault.internal"}
	}
}

// refuse answers a request that could not be met. What a person may know is
// said in their language; what only the program knows goes to the log.
func (s *Server) refuse(q *request, err error) {
	if q.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // the reader went away
	}
	answer := refusalOf(err)
	said := page.Refusal{
		Text: q.whyNot(answer, err),
		Do:   page.Link{Text: q.say("fault.home"), Href: "/"},
	}
	if answer.status == http.StatusInternalServerError {
		said.Trace = s.trace(q, err)
	}
	if answer.status == http.StatusServiceUnavailable {
		q.w.Header().Set("Retry-After", "5")
		if q.Method == http.MethodPost && q.person.Name != "" && len(q.PostForm) > 0 {
			again := q.sendAgain(q.say(answer.title), said.Text, q.say("once.retry"), "/")
			if q.showAs(answer.status, page.AskFor(again)) == nil {
				return // what cannot be done now is kept, to be tried again
			}
		}
	}
	s.showRefusal(q, answer, said)
}

// whyNot says why: the fault's own sentence, or the one for its kind.
func (q *request) whyNot(answer refusal, err error) string {
	if answer.status == http.StatusRequestEntityTooLarge {
		var large *http.MaxBytesError
		errors.As(err, &large)
		return q.say(answer.text, int(large.Limit>>20))
	}
	var said []string
	for _, f := range fault.All(err) {
		said = append(said, q.say(f.Key, f.Args...))
	}
	if len(said) == 0 {
		return q.say(answer.text)
	}
	return strings.Join(said, " ")
}

// trace puts trouble into the log and gives the number to find it by.
func (s *Server) trace(q *request, err error) string {
	var known tracedError
	if errors.As(err, &known) {
		return known.trace
	}
	number := newTrace()
	s.Log.Error("trouble", "trace", number, "method", q.Method, "route", q.Pattern, "error", err)
	return number
}

func (s *Server) showRefusal(q *request, answer refusal, said page.Refusal) {
	if q.swaps() && q.Method == http.MethodGet {
		// A refusal is no part of a list: the whole page says it.
		q.w.Header().Set("HX-Redirect", q.URL.RequestURI())
	}
	shell := q.shell(q.say(answer.title))
	frame := page.Bare(shell)
	if q.person.Name != "" {
		frame = page.Layout(shell)
	}
	body := page.Refused(q.reader, said)
	err := q.showAs(answer.status, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return frame.Render(templ.WithChildren(ctx, body), w)
	}))
	if err != nil {
		s.Log.Error("draw refusal", "error", err)
		http.Error(q.w, http.StatusText(answer.status), answer.status)
	}
}

// nowhere answers addresses that lead nowhere, and those that can only be asked
// in another way.
func (s *Server) nowhere(q *request) error {
	if ways := s.otherWays(q.Request); len(ways) > 0 {
		q.w.Header().Set("Allow", strings.Join(ways, ", "))
		answer := refusal{http.StatusMethodNotAllowed, "fault.method.title", "fault.method"}
		s.showRefusal(q, answer, page.Refusal{Text: q.say(answer.text), Do: page.Link{Text: q.say("fault.home"), Href: "/"}})
		return nil
	}
	return fault.Missing("fault.missing")
}

// otherWays lists the methods by which an address could have been asked.
func (s *Server) otherWays(r *http.Request) []string {
	var ways []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := *r
		other.Method = method
		if _, pattern := s.routes.Handler(&other); pattern != "/" && method != r.Method {
			ways = append(ways, method)
		}
	}
	return ways
}
