package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

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
				next, followed := union.Followed(t, found)
				if !t.Ended.IsUnknown() || followed {
					state.Text = q.say("register.term.over")
				}
				if first, ok := t.From.First(); ok && first > q.today() {
					state.Text = q.say("register.term.coming")
				}
				ended := page.Cell{Text: q.dated(t.Ended), Note: t.Note}
				if ended.Text == "" && followed {
					ended.Text = q.say("register.term.followed", q.speaker().Ordinal(next.N), q.dated(next.From))
				}
				if days := t.Overrun(q.today()); days > 0 && !followed {
					state = page.Cell{Text: q.say("register.term.overrun", days), Tone: page.Late}
				}
				nth := page.Cell{Text: q.speaker().Ordinal(t.N), Note: t.Place}
				if t.Deed != 0 {
					nth.Href = deedPath(t.Deed)
				}
				lines = append(lines, registerLine{t.ID, t.Body, []page.Cell{{Text: names[t.Body]}, nth, {Text: q.dated(t.From)}, {Text: q.dated(t.Planned)}, ended, state}})
			}
			return lines, err
		},
		fields: termFields,
		take:   takeTerm,
		more:   (*request).congressOf,
		sums:   (*request).associationTable,
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
	t := page.Table{ID: "associations", Caption: q.say("register.associations"), Columns: []page.Column{
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
		if _, followed := union.Followed(t, terms); t.Body == b.ID && !followed {
			said = page.Cell{Text: q.say("register.term.said", q.speaker().Ordinal(t.N), q.dated(t.From))}
			if days := t.Overrun(q.today()); days > 0 && t.Ended.IsUnknown() {
				said.Tone, said.Note = page.Late, q.say("register.term.overrun", days)
			}
		}
	}
	return append(cells, said), nil
}

func termFields(q *request, a asker, id int64) ([]templ.Component, int64, error) {
	t, err := one[union.Term](q, id)
	if err != nil {
		return nil, 0, err
	}
	home, err := q.homeField(a, t.Body)
	if err != nil {
		return nil, 0, err
	}
	n := a.field("n", "register.term.n.label", "")
	if t.N > 0 && len(a.wrong) == 0 {
		n.Value = strconv.Itoa(t.N)
	}
	n.Hint, n.Short = q.say("register.term.n.hint"), true
	congresses, err := q.congressOptions(id == 0)
	held := ""
	switch {
	case t.Deed != 0:
		held = idText(int64(t.Deed))
	case id == 0:
		held = congressAnew
	}
	return []templ.Component{
		home, page.NumberInput(q.reader, n), a.day("from", "register.term.from.label", typed(t.From)), a.day("planned", "register.term.planned", typed(t.Planned)), a.day("ended", "register.term.ended", typed(t.Ended)),
		a.text("place", "deed.form.place", t.Place), a.choose("deed", "register.term.congress", held, congresses), a.text("note", "common.note", t.Note),
	}, t.Revision, err
}

// congressAnew is the answer that has the congress entered as a deed.
const congressAnew = "new"

// congressOptions offers the congresses and general meetings of the journal.
func (q *request) congressOptions(anew bool) ([]page.Option, error) {
	options := []page.Option{{Value: congressAnew, Text: q.say("register.term.congress.new")}, {Text: q.say("register.term.congress.none")}}
	if !anew {
		slices.Reverse(options)
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return nil, err
	}
	for _, code := range []string{union.KindCongress, "meeting-general"} {
		found, _, err := q.view().Deeds(q.Context(), store.DeedQuery{Kind: code, Limit: offeredMost})
		if err != nil {
			return nil, err
		}
		called, err := q.view().CalledIn(q.Context(), found...)
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			if d.Status != deed.Cancelled {
				options = append(options, page.Option{Value: idText(int64(d.ID)), Text: dotted(q.speaker().DateShort(d.Day), shortened(q.titleWith(d, kinds[d.Kind], called)), called.Bodies[d.Body].ShortOn(q.lang(), q.today()))})
			}
		}
	}
	return options, nil
}

// takeTerm writes a term; its congress is entered with it where that was asked.
func takeTerm(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
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
	based, anew := q.id("revision"), q.value("deed") == congressAnew
	t.Deed = deed.ID(q.id("deed"))
	return func(ctx context.Context, tx *store.Tx) error {
		enter := union.Convene
		if anew {
			enter = union.Hold
		}
		_, err := enter(ctx, tx, q.actor, t, based)
		return err
	}, fault.Gather(e[:]...)
}

// congressOf shows the congress that opened a term.
func (q *request) congressOf(id int64) ([]page.DeskPart, error) {
	t, err := one[union.Term](q, id)
	if err != nil || t.Deed == 0 {
		return nil, err
	}
	d, err := q.view().Deed(q.Context(), t.Deed)
	if fault.KindOf(err) == fault.Forbidden || fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	shown, err := q.named(d)
	if err != nil {
		return nil, err
	}
	facts := []page.Fact{{Name: q.say("register.term.congress"), Text: q.titleWith(d, shown.kind, shown.called), Note: q.speaker().DateLong(d.Day), Href: deedPath(d.ID), Mark: q.statusMark(d)}}
	if q.may(access.ReadOffice, d.Body) {
		facts = append(facts, page.Fact{Name: q.say("desk.meetings"), Text: q.say("register.term.meeting"), Href: meetingPath(d.ID)})
	}
	return []page.DeskPart{{Head: q.say("register.term.congress"), Facts: facts}}, nil
}

// registerFacts says in which registers a deed stands: the term that a congress
// opened, the grant whose lines it counts.
func (q *request) registerFacts(id deed.ID) ([]page.Fact, error) {
	found, err := q.view().RegisteredBy(q.Context(), id)
	var facts []page.Fact
	for _, e := range found {
		f := page.Fact{Name: q.say("register.in"), Text: q.say("register." + string(e.Register)), Href: registerPath(e.Register) + "/" + idText(e.ID)}
		if e.Register == union.Terms {
			if t, err := one[union.Term](q, e.ID); err == nil {
				f.Name, f.Text = q.say("register.term.opened"), q.say("register.term.one", q.speaker().Ordinal(t.N), q.sinceUntil(t.From, t.Planned))
			}
		}
		facts = append(facts, f)
	}
	return facts, err
}
