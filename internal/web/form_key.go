package web

import (
	"errors"
	"net/http"
	"sync"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// What may come in by a unit's own address in a while: enough for somebody who
// types, too little for a program that guesses.
const (
	keyWrongMost = 30 // addresses that open nothing, from one place
	keyWrongIn   = time.Hour
	keyWriteMost = 90 // savings and sendings by one address
	keyWriteIn   = time.Minute
)

// throttle counts what came from somebody within a while.
type throttle struct {
	mu  sync.Mutex
	all map[string]attempt
}

// pass counts one more and tells whether it may pass.
func (t *throttle) pass(who string, most int, in time.Duration, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil || len(t.all) > memoryMost {
		t.all = map[string]attempt{}
	}
	seen := t.all[who]
	if now.Sub(seen.last) >= in { // last is when the counting began
		seen = attempt{last: now}
	}
	seen.count++
	t.all[who] = seen
	return seen.count <= most
}

// errTooMany asks somebody to wait.
var errTooMany = errors.New("too much at once")

// opened reads what the address opens. An address that opens nothing is told
// nothing; one that has ended says so.
func (s *Server) opened(q *request) (store.Opened, error) {
	h := q.w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex, nofollow")
	now := s.Book.Now()
	k, err := s.Book.KeyNamed(q.Context(), q.PathValue("token"))
	if fault.KindOf(err) == fault.NotFound && err != nil {
		if !s.strangers.pass("wrong "+remote(q.Request), keyWrongMost, keyWrongIn, now) {
			return store.Opened{}, errTooMany
		}
		return store.Opened{}, err
	}
	if err != nil {
		return store.Opened{}, err
	}
	if q.Method == http.MethodPost && !s.strangers.pass("key "+idText(k.ID), keyWriteMost, keyWriteIn, now) {
		return store.Opened{}, errTooMany
	}
	o, err := s.Book.Opened(q.Context(), k, calendar.Period{})
	if err != nil || q.value("period") == "" {
		return o, err
	}
	p, err := o.Form.Every.Parse(q.value("period"))
	if err != nil {
		return o, fault.Missing("form.period.wrong", q.value("period"))
	}
	return s.Book.Opened(q.Context(), k, p)
}

// ended shows that an address has ended, with what was typed, so that nothing is
// lost.
func (q *request) ended(o store.Opened, why error) error {
	p := page.FillPage{Shell: q.shell(q.say("reporting.ended")), Public: true, Closed: true}
	p.Notes = []page.NoteLine{{Tone: page.Late, Text: page.ProblemsOf(why, q.reader)[0].Text}}
	p.Lines = []string{q.say("reporting.ended.text")}
	if o.Form.Contact != "" {
		p.Facts = []page.Fact{{Name: q.say("reporting.contact"), Text: o.Form.Contact}}
	}
	if q.Method == http.MethodPost {
		typed, _, _ := q.typedAnswers(o)
		p.Lines = append(p.Lines, q.say("reporting.ended.kept"))
		p.Groups = q.fillGroups(filling{o: o, typed: typed}, nil, true)
	}
	return q.showAs(http.StatusGone, page.Fill(p))
}

// hasEnded tells that an address is known and opens nothing any more.
func hasEnded(o store.Opened, err error) bool {
	return err != nil && fault.KindOf(err) == fault.NotFound && o.Key.ID != 0 && o.Period == calendar.Period{}
}

// byKey opens a form by its address before anything is done with it. An address
// that has ended says so, and who comes too often is asked to wait.
func (s *Server) byKey(do func(q *request, o store.Opened) error) func(*request) error {
	return func(q *request) error {
		if err := q.read(); err != nil {
			return err
		}
		o, err := s.opened(q)
		switch {
		case errors.Is(err, errTooMany):
			p := page.FillPage{Shell: q.shell(q.say("reporting.wait")), Public: true, Notes: []page.NoteLine{{Tone: page.Due, Text: q.say("form.key.wait")}}}
			q.w.Header().Set("Retry-After", "60")
			return q.showAs(http.StatusTooManyRequests, page.Fill(p))
		case hasEnded(o, err):
			return q.ended(o, err)
		case err != nil:
			return err
		}
		q.book = page.Book{Name: o.Asker.NameOn(string(q.reader.Lang), q.today())}
		return do(q, o)
	}
}

func (q *request) keyBase() string { return "/r/" + q.PathValue("token") }

// keyForm shows a unit its form.
func (s *Server) keyForm(q *request, o store.Opened) error {
	if err := s.Book.KeyUsed(q.Context(), o.Key); err != nil {
		s.Log.Warn("note the use of a key", "error", err)
	}
	return q.keyFill(filling{o: o, typed: q.typedOf(o)})
}

// keyFill shows the form with its periods.
func (q *request) keyFill(w filling) error {
	w.base, w.public = q.keyBase(), true
	p := q.fillPage(w)
	for _, one := range w.o.Form.Lately(q.today(), 4) {
		p.Tabs = append(p.Tabs, page.Tab{Text: q.periodSaid(w.o.Form.Every, one), Href: inPeriod(w.base, w.o.Form, one), Current: one == w.o.Period})
	}
	if w.wrong != nil {
		return q.again(page.Fill(p))
	}
	return q.show(page.Fill(p))
}

// keySend takes what a unit filled in, or keeps it for later.
func (s *Server) keySend(q *request, o store.Opened) error {
	by := o.Key.Actor(o.Unit.NameOn("vi", q.today()))
	if q.value("do") == "save" {
		if _, err := q.keep(o, by); err != nil {
			return err
		}
		return q.goTo(inPeriod(q.keyBase(), o.Form, o.Period))
	}
	_, typed, err := q.sendReply(o, by, reporting.ByLink)
	if isInvalid(err) {
		return q.keyFill(filling{o: o, typed: typed, wrong: err})
	}
	if err != nil {
		return err
	}
	return q.goTo(inPeriod(q.keyBase()+"/sent", o.Form, o.Period))
}

// keyKeep keeps what was typed so far.
func (s *Server) keyKeep(q *request, o store.Opened) error {
	return q.keptUntil(o, o.Key.Actor(o.Unit.NameOn("vi", q.today())))
}

// keySent says that a reply arrived, with what it says.
func (s *Server) keySent(q *request, o store.Opened) error {
	if o.Reply.N == 0 {
		return q.goTo(inPeriod(q.keyBase(), o.Form, o.Period))
	}
	p := page.FillPage{Shell: q.shell(q.say("reporting.arrived")), Public: true}
	p.Shell.Lead = dotted(q.formName(o.Form), o.Unit.NameOn(string(q.reader.Lang), q.today()), q.periodSaid(o.Form.Every, o.Period))
	p.Notes = []page.NoteLine{{Tone: page.Done, Text: q.say("reporting.fill.was", q.when(o.Reply.At), o.Reply.N), Link: page.Link{Text: q.say("reporting.arrived.mend"), Href: inPeriod(q.keyBase(), o.Form, o.Period)}}}
	p.Facts = q.answerFacts(o, q.keyBase())
	return q.show(page.Fill(p))
}

// answerFacts lists what was answered.
func (q *request) answerFacts(o store.Opened, base string) []page.Fact {
	var facts []page.Fact
	for _, one := range o.Form.Questions {
		f := page.Fact{Name: q.questionName(one), Text: q.answerSaid(one, o.Reply.Answers)}
		if one.Kind == reporting.Link {
			f.Href = f.Text
		}
		if one.Kind == reporting.Image && f.Text != "" {
			f.Href = inPeriod(base+"/picture/"+idText(one.N), o.Form, o.Period) + "&sent=" + idText(o.Reply.N)
		}
		facts = append(facts, f)
	}
	return facts
}
