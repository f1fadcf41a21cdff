package web

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// registerLending lists the addresses by which an officer lends rights to a
// helper and takes them back.
func (s *Server) registerLending() {
	s.inside("GET /delegations", s.delegations)
	s.inside("GET /holdings/{id}/lend", s.askLend)
	s.inside("POST /holdings/{id}/lend", s.lendRights)
	s.inside("GET /delegations/{id}/end", s.askWithdraw)
	s.inside("POST /delegations/{id}/end", s.withdraw)
}

func lendPath(holding int64) string { return "/holdings/" + idText(holding) + "/lend" }

// delegations lists what is lent, by whom, to whom and until when; whoever holds
// an office finds here what they may lend.
func (s *Server) delegations(q *request) error {
	all, err := q.view().Delegations(q.Context())
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.LentPage{Shell: q.shell(q.say("lend.title")), Table: q.lentTable(all, names)}
	p.Shell.Lead = q.say("lend.lead")
	held, err := q.view().HoldingsBy(q.Context(), person.ID(q.actor.Person))
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.InForce(q.today()) {
			p.Own = append(p.Own, page.Link{Text: q.say("lend.do.of", q.title(h.At), names[h.At.Body]), Href: lendPath(h.ID)})
		}
	}
	return q.show(page.Lent(p))
}

func (q *request) lentTable(all []store.Lent, names map[body.ID]string) page.Table {
	t := page.Table{
		ID: "lent", Caption: q.say("lend.title"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("lend.helper"), Chief: true}, {Head: q.say("lend.from")}, {Head: q.say("lend.rights")}, {Head: q.say("lend.period")}, {Head: q.say("common.status")}, {Head: ""},
		},
		Empty: page.Empty{Glyph: page.GlyphKey, Head: q.say("lend.none"), Text: q.say("lend.none.text")},
	}
	for _, l := range all {
		state, tone := q.lentState(l)
		row := page.Row{Cells: []page.Cell{
			{Text: l.Helper, Href: personPath(l.Person), Note: l.Note},
			{Text: l.From, Note: q.title(l.Office) + ", " + names[l.Office.Body]},
			{Text: q.rightsSaid(l.Delegation)},
			{Text: locale.DayShort(l.Since) + " – " + locale.DayShort(l.Until)},
			{Text: state, Tone: tone},
			{},
		}}
		if l.Ended == 0 && l.Until >= q.today() && q.mayWithdraw(l) {
			row.Cells[5] = page.Cell{Text: q.say("lend.withdraw"), Href: "/delegations/" + idText(l.ID) + "/end"}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// lentState words how a delegation stands today.
func (q *request) lentState(l store.Lent) (string, page.Tone) {
	switch today := q.today(); {
	case l.Ended != 0:
		return q.say("lend.state.ended", q.when(l.Ended)), page.Plain
	case l.Until < today || l.HeldTo < today:
		return q.say("lend.state.over"), page.Plain
	case l.Since > today:
		return q.say("lend.state.coming"), page.Waiting
	case !l.Account:
		return q.say("lend.state.noaccount"), page.Waiting
	}
	return q.say("lend.state.inforce"), page.Done
}

func (q *request) mayWithdraw(l store.Lent) bool {
	return int64(l.Person) == q.actor.Person || person.MayLend(q.actor, person.Holding{Person: l.Holder, From: calendar.OnDay(q.today())}, l.Office) == nil
}

// rightsSaid lists the rights of a delegation.
func (q *request) rightsSaid(d person.Delegation) string {
	if len(d.Rights) == 0 {
		return q.say("lend.rights.all")
	}
	said := make([]string, len(d.Rights))
	for i, r := range d.Rights {
		said[i] = q.say("access.right." + string(r))
	}
	return strings.Join(said, "; ")
}

// lending is an office whose rights are about to be lent.
type lending struct {
	holding person.Holding
	office  person.Office
	names   map[body.ID]string
}

func (q *request) lendingAsked() (lending, error) {
	id, err := q.number("id")
	if err != nil {
		return lending{}, err
	}
	l := lending{}
	if l.holding, l.office, err = q.view().LentOffice(q.Context(), id); err != nil {
		return l, err
	}
	l.names, err = q.names()
	return l, err
}

// askLend asks who is to help, with which rights, until when.
func (s *Server) askLend(q *request) error {
	l, err := q.lendingAsked()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.lendPage(l, nil)))
}

func (q *request) lendPage(l lending, refused error) page.AskPage {
	a := page.AskPage{
		Shell: q.shell(q.say("lend.do")), Head: page.FormHead{Action: lendPath(l.holding.ID), Rejected: refused != nil, Draft: "lend-" + idText(l.holding.ID)},
		Wrong: page.ProblemsOf(refused, q.reader), Text: q.say("lend.text"), Do: q.say("lend.look"), Leave: "/delegations",
		Facts: []page.Fact{{Name: q.say("office.one"), Text: q.title(l.office), Note: l.names[l.office.Body]}},
	}
	var rights []page.Option
	chosen := q.values("rights")
	for _, g := range access.GrantsOf(access.OfficeKind(l.office.Kind), l.office.Body) {
		rights = append(rights, page.Option{Value: string(g.Right), Text: q.say("access.right." + string(g.Right)), Chosen: slices.Contains(chosen, string(g.Right))})
	}
	who := page.Search{Href: "/people/find", IDName: "personId", ID: idOrNone(q.id("personId"))}
	a.Fields = []templ.Component{
		page.Combobox(q.reader, a.Wrong.Mark(page.Field{Name: "person", Label: q.say("lend.who"), Value: q.value("person"), Needed: true, Whole: true, Focus: true}), who),
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "since", Label: q.say("lend.since"), Value: orElse(q.value("since"), locale.DayShort(q.today())), Needed: true})),
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "until", Label: q.say("lend.until"), Value: q.value("until"), Hint: q.say("lend.until.hint"), Needed: true})),
		page.Ticks(q.reader, a.Wrong.Mark(page.Field{Name: "rights", Label: q.say("lend.rights"), Needed: true, Whole: true}), rights),
		page.TextInput(q.reader, page.Field{Name: "note", Label: q.say("lend.note"), Value: q.value("note"), Max: 200, Whole: true}),
	}
	return a
}

// lendRights shows what the helper would be able to do, and once that was seen, lends
// it.
func (s *Server) lendRights(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	l, err := q.lendingAsked()
	if err != nil {
		return err
	}
	d, err := q.lent(l)
	if err == nil {
		do := func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Lend(ctx, tx, q.actor, d)
			return err
		}
		if q.value("do") != "lend" {
			if err = s.Book.Rehearse(q.Context(), store.Writing{By: q.actor, Why: "lend.why"}, do); err == nil {
				return q.lendPreview(l, d)
			}
		} else {
			err = q.write("lend.why", do)
		}
	}
	return q.answered(err,
		func() error { return q.doneAt("/delegations", q.well("lend.done")) },
		func(err error) page.AskPage { return q.lendPage(l, err) })
}

// lent reads the answers.
func (q *request) lent(l lending) (person.Delegation, error) {
	d := person.Delegation{Holding: l.holding.ID, Note: q.value("note")}
	var whoErr error
	d.Person, whoErr = q.personChosen("person")
	since, sinceErr := q.date("since")
	until, untilErr := q.date("until")
	d.Since = since.FirstOr(q.today())
	if last, known := until.Last(); known {
		d.Until = last
	} else if untilErr == nil {
		untilErr = fault.Field("until", "lend.until.missing")
	}
	for _, r := range q.values("rights") {
		d.Rights = append(d.Rights, access.Right(r))
	}
	return d, fault.Gather(whoErr, sinceErr, untilErr)
}

// lendPreview says what the helper will be able to do, and what of it they can
// do already.
func (q *request) lendPreview(l lending, d person.Delegation) error {
	helper, err := q.view().Person(q.Context(), d.Person)
	if err != nil {
		return err
	}
	before, err := q.view().GrantsAlready(q.Context(), l.holding.ID, d.Person)
	if err != nil {
		return err
	}
	already := access.Actor{Grants: before, Tree: q.view().Tree(), Today: q.today()}
	below := len(q.view().Tree().Below(l.office.Body, q.today()))
	a := page.AskPage{
		Shell: q.shell(q.say("lend.preview")), Head: page.FormHead{Action: lendPath(l.holding.ID), Draft: "lend-" + idText(l.holding.ID)},
		Text: q.say("lend.preview.text", helper.Name, locale.DayShort(d.Since), locale.DayShort(d.Until)), Do: q.say("lend.do.now"), Leave: lendPath(l.holding.ID),
	}
	for _, g := range access.GrantsOf(access.OfficeKind(l.office.Kind), l.office.Body) {
		if !d.Lends(g.Right) {
			continue
		}
		where := l.names[g.Body]
		if g.Depth == access.Below && below > 0 {
			where = q.say("lend.below", where, below)
		}
		fact := page.Fact{Name: q.say("access.right." + string(g.Right)), Text: where, Mark: page.Mark{Tone: page.Waiting, Text: q.say("lend.new")}}
		if already.Can(g.Right, g.Body) {
			fact.Mark = page.Mark{Tone: page.Plain, Text: q.say("lend.had")}
		}
		a.Facts = append(a.Facts, fact)
	}
	a.Carry = []page.Option{
		{Value: "do", Text: "lend"},
		{Value: "person", Text: helper.Name},
		{Value: "personId", Text: idText(d.Person)},
		{Value: "since", Text: locale.DayShort(d.Since)},
		{Value: "until", Text: locale.DayShort(d.Until)},
		{Value: "note", Text: d.Note},
	}
	for _, r := range d.Rights {
		a.Carry = append(a.Carry, page.Option{Value: "rights", Text: string(r)})
	}
	return q.show(page.AskFor(a))
}

// delegationAsked reads the delegation of the address, which the person who asks
// may withdraw.
func (q *request) delegationAsked() (store.Lent, error) {
	id, err := q.number("id")
	if err != nil {
		return store.Lent{}, err
	}
	all, err := q.view().Delegations(q.Context())
	if err != nil {
		return store.Lent{}, err
	}
	at := slices.IndexFunc(all, func(l store.Lent) bool { return l.ID == id })
	if at < 0 {
		return store.Lent{}, fault.Missing("lend.missing")
	}
	if !q.mayWithdraw(all[at]) {
		return store.Lent{}, fault.Forbid("access.forbidden." + string(access.ManageBody))
	}
	return all[at], nil
}

// askWithdraw asks before rights are taken back.
func (s *Server) askWithdraw(q *request) error {
	l, err := q.delegationAsked()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(page.AskPage{
		Shell: q.shell(q.say("lend.withdraw")), Head: page.FormHead{Action: "/delegations/" + idText(l.ID) + "/end"},
		Text: q.say("lend.withdraw.text", l.Helper), Do: q.say("lend.withdraw.do"), Danger: true, Leave: "/delegations",
		Facts: []page.Fact{{Name: q.say("lend.from"), Text: l.From, Note: q.title(l.Office)}, {Name: q.say("lend.rights"), Text: q.rightsSaid(l.Delegation)}},
	}))
}

// withdraw ends a delegation at once.
func (s *Server) withdraw(q *request) error {
	l, err := q.delegationAsked()
	if err != nil {
		return err
	}
	err = q.write("lend.why.withdraw", func(ctx context.Context, tx *store.Tx) error {
		_, err := person.Withdraw(ctx, tx, q.actor, l.ID)
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt("/delegations", q.well("lend.withdrawn", l.Helper))
}
