// Package lineage answers who a body was on a day and who it is today: its name
// then and now, what it stood under, what it came from and what became of it. A
// unit of the shipped map is answered from the map wherever the book itself holds
// no event about it.
package lineage

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/place"
)

// Book is what the readings ask of a book.
type Book interface {
	BodiesByID(ctx context.Context, ids []body.ID) (map[body.ID]body.Body, error)
	Tree() *body.Tree
	Lineage() *body.Lineage
	Today() calendar.Day
}

// Named is a body by its name on the day that matters.
type Named struct {
	ID    body.ID
	Code  string // empty for one that cannot be opened
	Name  string
	Path  string // a unit of the map: with what it stands in
	Share body.Share
	Below bool // it is what became of a body below the one asked for
	// Within says that no heir is recorded and this is the nearest larger unit.
	Within bool
	Held   bool            // it is a body of the book
	Life   calendar.Period // from when to when it stood, whatever it was called
}

// Step is one succession of the line, with the names of both days.
type Step struct {
	body.Step
	From, To Named
}

// Shown is a body as it was on a day and as it is today.
type Shown struct {
	Body  body.Body
	Lang  string
	On    calendar.Day // the day asked
	Today calendar.Day

	NameThen, NameToday string
	Stood               bool // on the day asked
	Stands              bool // today
	Life                calendar.Period
	Level               body.Level // on the day asked
	Official            string     // official code on the day asked
	Under               []Named    // on the day asked, the nearest first
	Then                []Named    // who stood there on the day asked, when it did not itself
	Now                 []Named    // who stands there today
	Line                []Step
	Beside              []Step // other successions of the body's own events: who merged with it
	Events              []body.Event
}

// Show tells of a body on a day, in a language.
func Show(ctx context.Context, book Book, m *place.Map, b body.Body, on calendar.Day, lang string) (Shown, error) {
	l, tree, today := book.Lineage(), book.Tree(), book.Today()
	s := Shown{
		Body: b, Lang: lang, On: on, Today: today, Life: b.Life(), Level: b.LevelOn(on), Official: b.CodeOn(body.Official, on),
		Events: l.Events(b.ID),
	}
	s.Stood, s.Stands = s.Life.Contains(on), s.Life.Contains(today)
	s.NameThen, s.NameToday = b.NameOn(lang, clamp(on, s.Life)), b.NameOn(lang, today)
	r := reader{ctx: ctx, book: book, m: m, lang: lang}
	for _, id := range tree.Ancestors(b.ID, clamp(on, s.Life)) {
		r.want(id)
	}
	line := l.Line(b.ID)
	beside := aside(line, s.Events)
	for _, step := range slices.Concat(line, beside) {
		r.want(step.From)
		r.want(step.To)
	}
	now, then := r.heirs(b.ID, on, today), []Named{}
	if !s.Stood {
		then = r.heirs(b.ID, today, on)
	}
	if err := r.read(append(slices.Clone(now), then...)); err != nil {
		return s, err
	}
	for _, id := range tree.Ancestors(b.ID, clamp(on, s.Life)) {
		s.Under = append(s.Under, r.named(id, clamp(on, s.Life)))
	}
	for _, step := range line {
		s.Line = append(s.Line, r.step(step))
	}
	for _, step := range beside {
		s.Beside = append(s.Beside, r.step(step))
	}
	s.Now, s.Then = r.called(now, today), r.called(then, on)
	return s, nil
}

// FromMap tells of a unit of the map that the book does not hold.
func FromMap(ctx context.Context, book Book, m *place.Map, id place.ID, on calendar.Day, lang string) (Shown, error) {
	u, err := m.Unit(id)
	if err != nil {
		return Shown{}, err
	}
	s, err := Show(ctx, book, m, body.FromPlace(m, u), on, lang)
	for _, above := range m.LineOn(id, clamp(on, s.Life)) {
		if above != id {
			s.Under = append(s.Under, Named{ID: body.ID(above), Code: m.Handle(above), Name: m.NameOn(above, on)})
		}
	}
	return s, err
}

// aside lists the successions of events that a line does not pass through.
func aside(line []body.Step, events []body.Event) []body.Step {
	var all []body.Step
	for _, e := range events {
		for _, edge := range e.Edges {
			if step := (body.Step{Event: e.ID, Kind: e.Kind, Day: e.Day, Succession: edge}); !slices.Contains(line, step) {
				all = append(all, step)
			}
		}
	}
	return all
}

// clamp gives the day of a life that is nearest to a day.
func clamp(on calendar.Day, life calendar.Period) calendar.Day {
	return max(min(on, life.To), life.From)
}

// reader gathers the bodies that are named and reads them at once.
type reader struct {
	ctx  context.Context
	book Book
	m    *place.Map
	lang string
	ids  []body.ID
	by   map[body.ID]body.Body
}

func (r *reader) want(id body.ID) {
	if id != 0 {
		r.ids = append(r.ids, id)
	}
}

func (r *reader) read(also []Named) (err error) {
	for _, n := range also {
		r.want(n.ID)
	}
	slices.Sort(r.ids)
	r.by, err = r.book.BodiesByID(r.ctx, slices.Compact(r.ids))
	return err
}

// step gives a succession the names of both days.
func (r *reader) step(s body.Step) Step {
	return Step{Step: s, From: r.named(s.From, s.Day-1), To: r.named(s.To, s.Day)}
}

// named gives a body its name on a day: from the book, or from the map.
func (r *reader) named(id body.ID, on calendar.Day) Named {
	n := Named{ID: id, Life: calendar.Always()}
	if b, ok := r.by[id]; ok {
		n.Code, n.Name, n.Life, n.Held = b.Code, b.NameOn(r.lang, on), b.Life(), true
	} else if u, err := r.m.Unit(place.ID(id)); err == nil {
		n.Life = u.During
	}
	if unit := place.ID(id); r.m.Has(unit) {
		n.Code, n.Name, n.Path = r.m.Handle(unit), cmp.Or(n.Name, r.m.NameOn(unit, on)), r.m.PathOn(unit, on)
	}
	return n
}

func (r *reader) called(all []Named, on calendar.Day) []Named {
	var out []Named
	for _, n := range all {
		c := r.named(n.ID, on)
		c.Share, c.Below, c.Within = n.Share, n.Below, n.Within
		out = append(out, c)
	}
	return out
}

// heirs tells who stands on a day where a body stood on another.
func (r *reader) heirs(id body.ID, asked, on calendar.Day) []Named {
	l := r.book.Lineage()
	var all []Named
	told := l.Heirs(r.book.Tree(), id, asked, on)
	if unit := place.ID(id); r.m.Has(unit) && (len(l.Events(id)) == 0 || len(told) == 0) {
		for _, h := range r.onMap(unit, asked, on) {
			n := Named{ID: body.ID(h.ID), Within: h.Within, Below: unit.Level() != h.ID.Level()}
			if !h.Part && !h.Within {
				n.Share = body.Whole()
			}
			all = append(all, n)
		}
		return all
	}
	for _, h := range told {
		all = append(all, Named{ID: h.ID, Share: h.Share, Below: h.Below})
	}
	return all
}

func (r *reader) onMap(unit place.ID, asked, on calendar.Day) []place.Heir {
	u, err := r.m.Unit(unit)
	if err != nil {
		return nil
	}
	if r.m.Stood(unit, on) || on < u.During.From {
		return r.m.Now(unit, on)
	}
	return r.m.DistrictHeirs(unit, clamp(asked, u.During), on)
}

// Successions gives those of one event with the names of its day.
func Successions(ctx context.Context, book Book, m *place.Map, e body.Event, lang string) ([]Step, error) {
	r := reader{ctx: ctx, book: book, m: m, lang: lang}
	for _, id := range e.Bodies() {
		r.want(id)
	}
	if err := r.read(nil); err != nil {
		return nil, err
	}
	var all []Step
	for _, s := range e.Edges {
		step := body.Step{Event: e.ID, Kind: e.Kind, Day: e.Day, Succession: s}
		all = append(all, Step{Step: step, From: r.named(s.From, e.Day-1), To: r.named(s.To, e.Day)})
	}
	return all, nil
}
