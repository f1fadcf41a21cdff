package web

import (
	"cmp"
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

func (q *request) countriesTyped(name string) ([]string, error) {
	codes, err := locale.ReadCountries(q.value(name))
	return codes, at(name, err)
}

func (q *request) countryTyped(code string) string {
	if code == "" {
		return ""
	}
	return q.speaker().Country(code)
}

// registering is what writes a record with its register's own verb.
func registering[T union.Kept[T]](q *request, record T) func(ctx context.Context, tx *store.Tx) error {
	based := q.id("revision")
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := union.Enter(ctx, tx, q.actor, record, based)
		return err
	}
}

// termView lists terms between congresses, those that ran over marked.
func termView() registerView {
	return registerView{
		heads: []string{"union.teller", "register.term.n.label", "register.term.from.label", "register.term.planned", "register.term.ended", "common.status"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Term](q, typed)
			if err != nil {
				return nil, err
			}
			names, err := q.names()
			var lines []registerLine
			for _, t := range found {
				state := page.Cell{Text: q.say("register.term.lasts")}
				if !t.Ended.IsUnknown() {
					state.Text = q.say("register.term.over")
				}
				if days := t.Overrun(q.today()); days > 0 {
					state = page.Cell{Text: q.say("register.term.overrun", days), Tone: page.Late}
				}
				lines = append(lines, registerLine{t.ID, t.Body, []page.Cell{{Text: names[t.Body]}, {Text: q.speaker().Ordinal(t.N), Note: t.Place}, {Text: q.dated(t.From)}, {Text: q.dated(t.Planned)}, {Text: q.dated(t.Ended), Note: t.Note}, state}})
			}
			return lines, err
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			t, err := one[union.Term](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, t.Body)
			n := ""
			if t.N > 0 {
				n = strconv.Itoa(t.N)
			}
			return []templ.Component{
				home, a.text("n", "register.term.n.label", n), a.day("from", "register.term.from.label", typed(t.From)), a.day("planned", "register.term.planned", typed(t.Planned)), a.day("ended", "register.term.ended", typed(t.Ended)),
				a.text("place", "deed.form.place", t.Place), a.text("note", "common.note", t.Note),
			}, t.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			t, err := one[union.Term](q, id)
			if err != nil {
				return nil, err
			}
			t.Body, t.Place, t.Note = cmp.Or(t.Body, q.homeOf(body.ID(q.id("body")))), q.value("place"), q.value("note")
			var e [4]error
			n, _, wrong := countOr(q.value("n"), 0)
			t.N, e[0] = int(n), at("n", wrong)
			t.From, e[1] = q.date("from")
			t.Planned, e[2] = q.date("planned")
			t.Ended, e[3] = q.date("ended")
			return registering(q, t), fault.Gather(e[:]...)
		},
		sums: (*request).associationTable,
	}
}

// associationTable shows every association with its members by category, seats
// that are vacant, its branches and its term.
func (q *request) associationTable() ([]page.DeskPart, error) {
	bodies, err := q.view().Bodies(q.Context())
	if err != nil {
		return nil, err
	}
	terms, err := all[union.Term](q, "")
	if err != nil {
		return nil, err
	}
	top, tree := q.organisationShown(), q.view().Tree()
	t := page.Table{ID: "associations", Wide: true, Caption: q.say("register.associations"), Columns: []page.Column{
		{Head: q.say("union.teller"), Chief: true},
		{Head: q.say("register.members"), Figure: true},
		{Head: q.say("register.full"), Figure: true},
		{Head: q.say("register.honorary"), Figure: true},
		{Head: q.say("register.associate"), Figure: true},
		{Head: q.say("register.collective"), Figure: true},
		{Head: q.say("register.vacant"), Figure: true},
		{Head: q.say("register.branches"), Figure: true},
		{Head: q.say("register.term")},
	}}
	for _, b := range bodies {
		if b.ID != top && !(b.Kind == body.Friendship && tree.Under(b.ID, top, q.today())) || !q.may(access.ReadFigures, b.ID) {
			continue
		}
		cells, err := q.associationCells(b, terms)
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, page.Row{Href: bodyPath(b), Cells: cells})
	}
	return []page.DeskPart{{Plain: true, Table: &t}}, nil
}

func (q *request) associationCells(b body.Body, terms []union.Term) ([]page.Cell, error) {
	counts, err := q.view().MembersByCategory(q.Context(), b.ID)
	if err != nil {
		return nil, err
	}
	board, err := q.view().Board(q.Context(), b.ID, q.today())
	if err != nil {
		return nil, err
	}
	n := 0
	cells := []page.Cell{{Text: b.NameOn(q.lang(), q.today())}, {}}
	for _, category := range []string{"full", "honorary", "associate", "collective"} {
		n += counts[category]
		cells = append(cells, page.Cell{Text: strconv.Itoa(counts[category])})
	}
	n += counts[""]
	cells[1].Text = strconv.Itoa(n)
	vacant := page.Cell{Text: strconv.Itoa(board.Vacant)}
	if board.Vacant > 0 {
		vacant.Tone = page.Late
	}
	cells = append(cells, vacant, page.Cell{Text: strconv.Itoa(len(q.view().Tree().ChildrenOn(b.ID, q.today())))})
	said := page.Cell{}
	for _, t := range terms {
		if t.Body == b.ID && said.Text == "" {
			said = page.Cell{Text: q.say("register.term.said", q.speaker().Ordinal(t.N), q.dated(t.From))}
			if days := t.Overrun(q.today()); days > 0 && t.Ended.IsUnknown() {
				said.Tone, said.Note = page.Late, q.say("register.term.overrun", days)
			}
		}
	}
	return append(cells, said), nil
}

// scholarView lists scholars with their host families.
func scholarView() registerView {
	return registerView{
		heads: []string{"register.scholar.who", "union.country", "register.scholar.school", "register.years", "register.scholar.yearly", "register.scholar.family"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Scholar](q, typed)
			var lines []registerLine
			for _, s := range found {
				years := ""
				if n := s.Years(q.today()); n > 0 {
					years = q.say("register.years.n", n)
				}
				lines = append(lines, registerLine{s.ID, s.Body, []page.Cell{
					{Text: cmp.Or(q.personCalled(int64(s.Person)), s.Name), Note: s.Note}, {Text: q.countryTyped(s.Country)}, {Text: s.School}, {Text: q.sinceUntil(s.From, s.Until), Note: years}, {Text: q.moneySaid(s.Yearly)}, {Text: s.Family, Note: q.dated(s.Hosted)},
				}})
			}
			return lines, err
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			s, err := one[union.Scholar](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, s.Body)
			fields := []templ.Component{
				home, q.whoField(a.field("who", "register.scholar.who", s.Name), s.Person, s.Name), a.text("country", "union.country", q.countryTyped(s.Country)), a.text("school", "register.scholar.school", s.School),
				a.day("from", "register.from", typed(s.From)), a.day("until", "register.until", typed(s.Until)),
			}
			fields = append(fields, a.sum("yearly", "register.scholar.yearly", s.Yearly)...)
			return append(fields, a.text("family", "register.scholar.family", s.Family), a.day("hosted", "register.scholar.hosted", typed(s.Hosted)), a.text("note", "common.note", s.Note)), s.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			s, err := one[union.Scholar](q, id)
			if err != nil {
				return nil, err
			}
			s.Body, s.School, s.Family, s.Note = cmp.Or(s.Body, q.homeOf(body.ID(q.id("body")))), q.value("school"), q.value("family"), q.value("note")
			var e [6]error
			s.Person, s.Name, e[0] = q.anybody("who")
			s.Country, e[1] = q.countryGiven("country")
			s.From, e[2] = q.date("from")
			s.Until, e[3] = q.date("until")
			s.Hosted, e[4] = q.date("hosted")
			s.Yearly, e[5] = q.amountGiven("yearly")
			return registering(q, s), fault.Gather(e[:]...)
		},
	}
}

// personCalled names somebody of the book; nothing for nobody.
func (q *request) personCalled(id int64) string {
	if id == 0 {
		return ""
	}
	p, err := q.view().DeedPerson(q.Context(), personID(id))
	if err != nil {
		return ""
	}
	return p.Name
}

// sinceUntil says from when until when.
func (q *request) sinceUntil(from, until calendar.Date) string {
	switch {
	case from.IsUnknown() && until.IsUnknown():
		return ""
	case until.IsUnknown():
		return q.say("register.since", q.dated(from))
	}
	return dotted(q.dated(from), q.dated(until))
}

// awardView lists awards received and proposed.
func awardView() registerView {
	return registerView{
		heads: []string{"register.award.title.label", "register.award.who", "register.award.level", "register.award.by", "register.award.decision", "common.status"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Award](q, typed)
			names, err2 := q.names()
			var lines []registerLine
			for _, w := range found {
				lines = append(lines, registerLine{w.ID, w.Body, []page.Cell{
					{Text: w.Title, Note: w.Reason}, {Text: cmp.Or(q.personCalled(int64(w.Person)), w.Name, names[w.Body])}, {Text: w.Level}, {Text: dotted(w.By, q.countryTyped(w.Country))}, {Text: w.Decision, Note: q.dated(w.Day)}, {Text: q.say("register.award.state." + w.State)},
				}})
			}
			return lines, fault.Gather(err, err2)
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			w, err := one[union.Award](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, w.Body)
			var states []page.Option
			for _, s := range union.AwardStates() {
				states = append(states, page.Option{Value: s, Text: q.say("register.award.state." + s)})
			}
			return []templ.Component{
				home, a.needed("title", "register.award.title.label", w.Title), q.whoField(a.field("who", "register.award.who", w.Name), w.Person, w.Name), a.text("level", "register.award.level", w.Level), a.text("by", "register.award.by", w.By),
				a.text("country", "union.country", q.countryTyped(w.Country)), a.text("decision", "register.award.decision", w.Decision), a.day("day", "common.date", typed(w.Day)), a.choose("state", "common.status", cmp.Or(w.State, "granted"), states), a.area("reason", "register.award.reason", w.Reason),
			}, w.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			w, err := one[union.Award](q, id)
			if err != nil {
				return nil, err
			}
			w.Body, w.Title, w.Level, w.By, w.Decision, w.State, w.Reason = cmp.Or(w.Body, q.homeOf(body.ID(q.id("body")))), q.value("title"), q.value("level"), q.value("by"), q.value("decision"), q.value("state"), q.lines("reason")
			var e [3]error
			w.Person, w.Name, e[0] = q.anybody("who")
			w.Country, e[1] = q.countryGiven("country")
			w.Day, e[2] = q.date("day")
			return registering(q, w), fault.Gather(e[:]...)
		},
	}
}

// dongSaid gives an amount with what it is in đồng at a grant's rate.
func (q *request) dongSaid(a union.Aid, amount money.Amount) page.Cell {
	c := page.Cell{Text: q.moneySaid(amount)}
	if in, known := a.Dong(amount); known && amount.Currency != money.VND {
		c.Note = q.say("register.aid.dong", q.speaker().Money(in), q.dated(a.RateDay))
	}
	return c
}
