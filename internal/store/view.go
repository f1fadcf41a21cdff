package store

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// View reads the book as one actor may see it. Its methods cannot return what
// lies outside the actor's reach; there is no unscoped reading to call by
// mistake.
type View struct {
	r     reader
	actor access.Actor
}

// As gives the book as an actor may see it.
func (b *Book) As(actor access.Actor) *View {
	return &View{r: reader{runner: b.r, book: b}, actor: actor}
}

// Actor is for whom the view reads.
func (v *View) Actor() access.Actor { return v.actor }

// Today is the day in the association's zone.
func (v *View) Today() calendar.Day { return calendar.FromTime(v.r.book.Now()) }

// Tree holds what every body stood under: organisations and localities alike.
func (v *View) Tree() *body.Tree { return v.r.tree() }

// within writes the condition that a column of bodies lies in the actor's
// reach for a right; "false" when nothing does.
func (v *View) within(right access.Right, column string, args []any) (string, []any) {
	reach := v.reach(right)
	if reach.All {
		return "1 = 1", args
	}
	if len(reach.Bodies) == 0 {
		return "1 = 0", args
	}
	list, args := in(args, reach.Bodies)
	return column + " " + list, args
}

// Body reads a body. What a body is called is no secret inside the book, except
// of a household: that is somebody's name, address and telephone.
func (v *View) Body(ctx context.Context, id body.ID) (body.Body, error) {
	if !v.known() {
		return body.Body{}, fault.Forbid("access.forbidden.read_figures")
	}
	b, err := v.r.Body(ctx, id)
	if err != nil {
		return b, err
	}
	return v.unlessHoused(ctx, b)
}

// BodyByCode reads the body that a code names.
func (v *View) BodyByCode(ctx context.Context, code string) (body.Body, error) {
	if !v.known() {
		return body.Body{}, fault.Forbid("access.forbidden.read_figures")
	}
	b, err := v.r.BodyByCode(ctx, code)
	if err != nil {
		return b, err
	}
	return v.unlessHoused(ctx, b)
}

// unlessHoused gives a body, unless it is a household of nobody whom the actor
// may see.
func (v *View) unlessHoused(ctx context.Context, b body.Body) (body.Body, error) {
	if b.Kind != body.Household {
		return b, nil
	}
	f := &filter{}
	f.and(`id = ?`, int64(b.ID))
	v.housed(f)
	var n int
	if err := v.r.one(ctx, `SELECT COUNT(*) FROM body WHERE `+f.where(), f.args, &n); err != nil {
		return body.Body{}, err
	}
	if n == 0 {
		return body.Body{}, fault.Forbid("access.forbidden.read_roll")
	}
	return b, nil
}

// housed keeps households out of a list of bodies in which nobody lives whom
// the actor may see.
func (v *View) housed(f *filter) {
	if v.reach(access.ReadRoll).All {
		return
	}
	inner := &filter{args: f.args}
	inner.and(`household <> 0 AND merged_into = 0`)
	v.readable(inner)
	f.args = inner.args
	f.conditions = append(f.conditions, `(kind <> 'household' OR id IN (SELECT household FROM person WHERE `+inner.where()+`))`)
}

// known tells that the actor is somebody with at least one right.
func (v *View) known() bool { return v.actor.Operator || len(v.actor.Grants) > 0 }

// Deed reads a deed that the actor may see.
func (v *View) Deed(ctx context.Context, id deed.ID) (deed.Deed, error) {
	d, err := v.r.Deed(ctx, id)
	if err != nil {
		return deed.Deed{}, err
	}
	if err := v.actor.May(access.ReadDeeds, d.Body); err != nil {
		return deed.Deed{}, err
	}
	return d, nil
}

// Kinds lists the kinds of deed.
func (v *View) Kinds(ctx context.Context) ([]deed.Kind, error) { return v.r.Kinds(ctx) }

// Kind reads one kind of deed.
func (v *View) Kind(ctx context.Context, code string) (deed.Kind, error) { return v.r.Kind(ctx, code) }

// Setting reads one setting of a body, or of the whole book (0).
func (v *View) Setting(ctx context.Context, of body.ID, name string) (string, error) {
	return v.r.Setting(ctx, of, name)
}

// Settings reads the settings of a body whose names begin with a prefix.
func (v *View) Settings(ctx context.Context, of body.ID, prefix string) (map[string]string, error) {
	return v.r.Settings(ctx, of, prefix)
}

// History lists the changes of one record that the actor may see.
func (v *View) History(ctx context.Context, subject string, ref int64) ([]Change, error) {
	all, err := v.r.historyOf(ctx, subject, ref)
	if err != nil {
		return nil, err
	}
	var seen []Change
	for _, c := range all {
		if v.actor.Can(access.ReadHistory, c.Body) {
			seen = append(seen, c)
		}
	}
	return seen, nil
}
