package web

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kith.app/internal/page"
	"kith.app/internal/store"
)

// A form is taken once. Each carries a token that was made when its page was
// drawn; the transaction that writes what it says keeps the token, so that a
// second click, the back button or a resend finds it there and is led to what
// was written the first time.

// notAnswers are the names in a form that say nothing about the record.
var notAnswers = []string{"once", "draft"}

// passwords are answers that no page hands back.
var passwords = []string{"password", "old"}

// once is the mark of the form that was sent; none when it carries no token.
func (q *request) once() store.Once {
	if q.Method != http.MethodPost || q.onceTaken {
		return store.Once{}
	}
	token := q.PostFormValue("once")
	if token == "" {
		return store.Once{}
	}
	return store.Once{Token: token, Content: q.content()}
}

// content digests what was filled in, and where it was sent.
func (q *request) content() []byte {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q\n", q.URL.RequestURI())
	for _, a := range q.answers() {
		fmt.Fprintf(sum, "%q=%q\n", a.Value, a.Text)
	}
	if q.MultipartForm != nil {
		var files []string
		for name, all := range q.MultipartForm.File {
			for _, f := range all {
				files = append(files, fmt.Sprintf("%q %q %d", name, f.Filename, f.Size))
			}
		}
		slices.Sort(files)
		fmt.Fprintln(sum, files)
	}
	return sum.Sum(nil)
}

// answers lists what was filled in, by name: the name as value, the answer as
// text, as hidden fields take them.
func (q *request) answers() []page.Option {
	var all []page.Option
	for name, values := range q.PostForm {
		if slices.Contains(notAnswers, name) {
			continue
		}
		for _, v := range values {
			all = append(all, page.Option{Value: name, Text: v})
		}
	}
	slices.SortStableFunc(all, func(a, b page.Option) int { return cmp.Compare(a.Value, b.Value) })
	return all
}

// notTwice answers a form that was taken before, ahead of its handler, which
// would judge it by what the first one changed.
func (q *request) notTwice() error {
	if q.Method != http.MethodPost || q.read() != nil {
		return nil // a form that cannot be read is its handler's to refuse
	}
	return q.server.Book.Sent(q.Context(), q.actor.Account, q.once())
}

// sentBefore leads a form that came again to what was written, or asks when it
// says something else than the first time.
func (q *request) sentBefore(sent *store.SentError) error {
	path := q.landing(sent)
	if sent.Same {
		return q.doneAt(path, page.Flash{Tone: page.Plain, Text: q.say("once.same")})
	}
	title, text := q.say("once.other.title"), q.say("once.other")
	if sent.Expired {
		title, text, path = q.say("once.old.title"), q.say("once.old"), "/"
	}
	p := q.sendAgain(title, text, q.say("once.again"), path)
	if !sent.Expired {
		p.Facts = []page.Fact{{Name: q.say("once.written"), Text: q.say("once.written.look"), Href: path}}
	}
	return q.showAs(http.StatusConflict, page.AskFor(p))
}

// sendAgain keeps all that was filled in, to be sent once more with one press;
// files have to be chosen again.
func (q *request) sendAgain(title, text, do, leave string) page.AskPage {
	p := page.AskPage{
		Shell: q.shell(title), Head: page.FormHead{Action: q.URL.RequestURI()}, Text: text, Do: do, Leave: leave,
	}
	for _, a := range q.answers() {
		if !slices.Contains(passwords, a.Value) {
			p.Carry = append(p.Carry, a)
		}
	}
	if q.MultipartForm != nil && len(q.MultipartForm.File) > 0 {
		p.Text = q.say("once.files", text)
	}
	return p
}

// landing is where a form leads that was written before: the record, or the
// nearest page above the address it was sent to.
func (q *request) landing(sent *store.SentError) string {
	if path := recordPath(store.Change{Subject: sent.Subject, Ref: sent.Ref}); path != "" {
		return path
	}
	for path := q.URL.Path; len(path) > 1; path = path[:max(strings.LastIndexByte(path, '/'), 1)] {
		asked := *q.Request
		asked.Method, asked.URL = http.MethodGet, &url.URL{Path: path}
		if _, pattern := q.server.routes.Handler(&asked); pattern != "/" {
			return path
		}
	}
	return "/"
}

// asSent gives the form that was sent before, when that is what an error says.
func asSent(err error) (*store.SentError, bool) {
	var sent *store.SentError
	return sent, errors.As(err, &sent)
}
