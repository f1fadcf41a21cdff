package web

import (
	"context"
	"strconv"
	"sync"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/reform"
	"kith.app/internal/store"
)

// registerReforms: reforms of administrative units, played into the book.
func (s *Server) registerReforms() {
	s.inside("GET /settings/reform", s.reformPage)
	s.inside("POST /settings/reform", s.reformDo)
}

// reforms are the long works of this server: they go on while nobody looks.
type reforms struct {
	mu   sync.Mutex
	work *reformWork
}

// reformWork is one reform being rehearsed, played or taken back.
type reformWork struct {
	do      string // rehearse, apply, undo
	held    bool
	state   reform.State
	over    bool
	found   reform.Findings
	refused error
}

// look gives what is going on, or was last, as it is now.
func (r *reforms) look() (reformWork, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.work == nil {
		return reformWork{}, false
	}
	return *r.work, true
}

// change notes how far the work is.
func (r *reforms) change(f func(w *reformWork)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r.work)
}

// begin starts a work unless one is going on.
func (r *reforms) begin(w reformWork) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.work != nil && !r.work.over {
		return false
	}
	r.work = &w
	return true
}

// reformPage shows what a reform would bring, how far it is, or that it stands.
func (s *Server) reformPage(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	p := page.ReformPage{Shell: q.shell(q.say("reform.title"))}
	p.Shell.Lead = q.say("reform.lead")
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.settings"), Href: "/settings"}}
	work, any := s.reforms.look()
	if any && !work.over {
		p.Doing = q.say("reform.doing." + work.do)
		p.Done, p.Steps = work.state.Done, max(work.state.Steps, 1)
		q.w.Header().Set("Refresh", "2")
		return q.show(page.Reform(p))
	}
	if any {
		q.reformSaid(&p, work)
	}
	state, err := q.view().Reform(q.Context(), reform.VietNam2025)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	p.Status = string(state.Status)
	if state.Status == reform.Standing {
		p.Facts = append(p.Facts, page.Fact{Name: q.say("reform.name"), Text: q.say("reform.vn2025"), Note: q.say("reform.since", q.when(state.Ended))})
	}
	return q.show(page.Reform(p))
}

// reformSaid tells how the last work ended.
func (q *request) reformSaid(p *page.ReformPage, work reformWork) {
	name := q.say("reform.vn2025")
	if work.refused != nil {
		for _, f := range fault.All(work.refused) {
			p.Notes = append(p.Notes, page.NoteLine{Tone: page.Late, Text: q.say(f.Key, f.Args...)})
		}
		if len(p.Notes) == 0 {
			p.Notes = append(p.Notes, page.NoteLine{Tone: page.Late, Text: q.say("reform.broken")})
		}
		return
	}
	said := map[string]string{"apply": "standing", "rehearse": "rehearsed", "undo": "undone"}[work.do]
	p.Notes = append(p.Notes, page.NoteLine{Tone: page.Done, Text: q.say("reform.said."+said, name)})
	if work.do == "undo" {
		return
	}
	f := work.found
	p.Facts = append(p.Facts,
		page.Fact{Name: q.say("reform.units.head"), Text: q.say("reform.units", f.Units[place.Province], f.Units[place.District], f.Units[place.Commune])},
		page.Fact{Name: q.say("reform.events.head"), Text: q.say("reform.events", f.Events[body.Merging], f.Events[body.Splitting], f.Events[body.Ending], f.Events[body.Renaming]+f.Events[body.Moving])},
		page.Fact{Name: q.say("reform.divided.head"), Text: strconv.Itoa(f.Divided)},
		page.Fact{Name: q.say("reform.untold.head"), Text: strconv.Itoa(f.Untold), Note: q.say("reform.untold.note")})
	for _, clash := range f.Clashes {
		p.Notes = append(p.Notes, page.NoteLine{Text: q.say(clash.Key, clash.Named)})
	}
	for _, wrong := range f.Wrong {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Late, Text: wrong})
	}
}

// reformDo begins a rehearsal, the real thing, or taking it back. The work goes on
// when the page is left.
func (s *Server) reformDo(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	work := reformWork{do: q.value("do"), held: q.value("held") != ""}
	if work.do != "rehearse" && work.do != "apply" && work.do != "undo" {
		return fault.Missing("fault.missing")
	}
	m, err := place.Shipped()
	if err != nil {
		return err
	}
	if s.reforms.begin(work) {
		player := reform.Player{Map: m, By: q.actor, Tell: func(state reform.State) { s.reforms.change(func(w *reformWork) { w.state = state }) }}
		go s.reformWork(context.WithoutCancel(q.Context()), work, player) //nolint:contextcheck // it outlives the request
	}
	return q.goTo("/settings/reform")
}

// reformWork does the work and notes how it ended.
func (s *Server) reformWork(ctx context.Context, work reformWork, player reform.Player) {
	how := store.Writing{By: player.By, Why: "reform.why.apply"}
	if work.do == "undo" {
		how.Why = "reform.why.undo"
	}
	player.Write = s.Book.ReformWriter(how)
	var found reform.Findings
	var err error
	switch work.do {
	case "rehearse":
		found, err = s.Book.RehearseReform(ctx, how, player, reform.VietNam2025, work.held)
	case "apply":
		if _, err = player.Apply(ctx, reform.VietNam2025, work.held); err == nil {
			found = player.Findings(reform.VietNam2025)
		}
	case "undo":
		_, err = player.Undo(ctx, reform.VietNam2025)
	}
	if err != nil && len(fault.All(err)) == 0 {
		s.Log.ErrorContext(ctx, "reform", "do", work.do, "error", err)
	}
	s.reforms.change(func(w *reformWork) { w.over, w.found, w.refused = true, found, err })
}
