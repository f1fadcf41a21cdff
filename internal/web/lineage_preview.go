package web

import (
	"context"
	"net/url"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/lineage"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// preview rehearses an event and tells what it does: what passes on, what
// clashes, what stays unsettled.
func (f becoming) preview(verb func(ctx context.Context, tx *store.Tx) (body.Event, error)) (page.BecomePage, error) {
	p := page.BecomePage{
		Shell: f.shell(f.say("become.preview", f.say("event.kind."+string(f.kind)))), Action: becomePath(f.b, f.kind), Do: f.say("become.do"), Leave: bodyPath(f.b), Carry: f.carried(),
	}
	p.Shell.Crumbs = []page.Link{{Text: f.say("body.title"), Href: "/bodies"}, {Text: f.b.NameOn(f.lang(), f.today()), Href: bodyPath(f.b)}}
	err := f.server.Book.Rehearse(f.Context(), store.Writing{By: f.actor, Why: "event.why." + string(f.kind)}, func(ctx context.Context, tx *store.Tx) error {
		e, err := verb(ctx, tx)
		if err != nil {
			return err
		}
		if err := f.mayAll(e); err != nil {
			return err
		}
		p.Text = f.say("become.preview.text", e.Day)
		if p.Changes, err = f.changes(ctx, tx.View(), e); err != nil {
			return err
		}
		if p.Clashes, err = f.clashes(ctx, tx, e); err != nil {
			return err
		}
		p.Left, err = f.leaves(ctx, tx.View(), e)
		return err
	})
	return p, err
}

// carried keeps what the form said for the step behind it.
func (f becoming) carried() []page.Option {
	var all []page.Option
	for _, name := range sortedNames(f.Form) {
		if name == "step" || name == "once" {
			continue
		}
		for _, v := range f.Form[name] {
			all = append(all, page.Option{Value: name, Text: v})
		}
	}
	return all
}

func sortedNames(form url.Values) []string {
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// changes tells what an event did, or will do, to each body.
func (q *request) changes(ctx context.Context, v *store.View, e body.Event) ([]page.Past, error) {
	var ids []body.ID
	for _, m := range e.Marks {
		ids = append(ids, m.Body)
		for _, p := range m.After.Parents {
			ids = append(ids, p.Parent)
		}
	}
	by, err := v.BodiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	name := func(id body.ID, on calendar.Day) string {
		if b, ok := by[id]; ok {
			return b.NameOn(q.lang(), on)
		}
		for _, m := range e.Marks {
			if m.Body == id {
				return body.Body{Names: m.After.Names}.NameOn(q.lang(), on)
			}
		}
		return ""
	}
	var all []page.Past
	for _, m := range e.Marks {
		line := page.Past{Text: name(m.Body, e.Day-1)}
		if b, ok := by[m.Body]; ok {
			line.Href = bodyPath(b)
		}
		if m.Made {
			line.Text = name(m.Body, e.Day)
		}
		if m.Made && !q.inBook(m.Body) {
			line.Href = "" // it is only being looked at
		}
		for _, said := range q.changed1(m, e, name) {
			line.Note = joinDots([]string{line.Note, said})
		}
		all = append(all, line)
	}
	return all, nil
}

// inBook tells whether the book holds a body.
func (q *request) inBook(id body.ID) bool {
	_, err := q.view().Body(q.Context(), id)
	return err == nil
}

// changed1 words what became of one body.
func (q *request) changed1(m body.Mark, e body.Event, name func(body.ID, calendar.Day) string) []string {
	var said []string
	if m.Made {
		said = append(said, q.say("become.made", e.Day))
	}
	if m.Before.Ended != m.After.Ended {
		said = append(said, q.say("become.ends", m.After.Ended))
	}
	if !m.Made && !slices.Equal(m.Before.Names, m.After.Names) {
		said = append(said, q.say("become.named", name(m.Body, e.Day), e.Day))
	}
	if !m.Made && m.Before.Ended == m.After.Ended && !slices.Equal(m.Before.Levels, m.After.Levels) {
		after := body.Body{Kind: m.After.Kind, Levels: m.After.Levels}
		said = append(said, q.say("become.levelled", q.standingSaid(after.LevelOn(e.Day), after.KindOn(e.Day)), e.Day))
	}
	if m.Before.Ended == m.After.Ended && !slices.Equal(m.Before.Parents, m.After.Parents) {
		tree := body.NewTree(m.After.Parents)
		if parent, ok := tree.ParentOn(m.Body, e.Day); ok {
			said = append(said, q.say("become.under.now", name(parent, e.Day)))
		} else {
			said = append(said, q.say("become.alone"))
		}
	}
	return said
}

// clashes tells what of merging bodies there is twice: members, records that are
// likely one person, offices with holders on both sides.
func (q *request) clashes(ctx context.Context, tx *store.Tx, e body.Event) ([]page.Past, error) {
	if e.Kind != body.Merging {
		return nil, nil
	}
	at := map[person.ID][]body.ID{}
	offices := map[string]int{}
	for _, id := range e.Bodies() {
		lasting, err := tx.LastingAt(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, m := range lasting {
			if m.Person != 0 && !slices.Contains(at[m.Person], id) {
				at[m.Person] = append(at[m.Person], id)
			}
		}
		held, err := tx.HeldAt(ctx, id)
		if err != nil {
			return nil, err
		}
		here := map[string]bool{}
		for _, h := range held {
			o, err := tx.Office(ctx, h.Office)
			if err != nil {
				return nil, err
			}
			here[o.Kind] = true
		}
		for kind := range here {
			offices[kind]++
		}
	}
	return q.clashLines(ctx, tx, at, offices)
}

func (q *request) clashLines(ctx context.Context, tx *store.Tx, at map[person.ID][]body.ID, offices map[string]int) ([]page.Past, error) {
	var all []page.Past
	twice := 0
	for _, where := range at {
		if len(where) > 1 {
			twice++
		}
	}
	if twice > 0 {
		all = append(all, page.Past{Text: q.say("become.clash.members", twice), Note: q.say("become.clash.members.text"), Tone: page.Due})
	}
	alike, err := tx.View().Alike(ctx)
	if err != nil {
		return nil, err
	}
	pairs := 0
	for _, l := range alike {
		a, b := at[l.A], at[l.B]
		if len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) {
			pairs++
		}
	}
	if pairs > 0 {
		all = append(all, page.Past{Text: q.say("become.clash.people", pairs), Note: q.say("become.clash.people.text"), Href: "/people/duplicates", Tone: page.Due})
	}
	var kinds []string
	for kind, n := range offices {
		if n > 1 {
			kinds = append(kinds, q.say("office.kind."+kind))
		}
	}
	if slices.Sort(kinds); len(kinds) > 0 {
		all = append(all, page.Past{Text: q.say("become.clash.offices", len(kinds)), Note: joinComma(kinds), Tone: page.Due})
	}
	return all, nil
}

// leaves tells what the bodies that an event ends leave unsettled.
func (q *request) leaves(ctx context.Context, v *store.View, e body.Event) ([]page.Past, error) {
	var all []page.Past
	for _, id := range e.Bodies() {
		if !e.Ends(id) {
			continue
		}
		r, err := v.UnsettledOf(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, l := range r.Left {
			all = append(all, page.Past{Text: q.leftSaid(l), Note: r.Body.NameOn(q.lang(), e.Day-1)})
		}
	}
	return all, nil
}

// leftSaid words what was left of one sort.
func (q *request) leftSaid(l lineage.Left) string {
	said := q.say("unsettled."+string(l.What)+".count", l.Count)
	var more []string
	for _, a := range l.Amounts {
		more = append(more, q.speaker().Money(a))
	}
	for _, g := range l.Goods {
		more = append(more, q.say("unsettled.good", g.Item, g.Left()))
	}
	return joinDots([]string{said, joinComma(more)})
}
