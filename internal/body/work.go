package body

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// work is an event in the making: the bodies it has in hand, each as it was and
// as it is to be.
type work struct {
	ctx   context.Context
	tx    LineTx
	e     Event
	order []*held
	by    map[ID]*held
}

// held is one body in hand.
type held struct {
	b       Body
	parents []Edge
	before  State
	made    bool
}

func (h *held) state() State {
	return State{
		Kind: h.b.Kind, Names: h.b.Names, Founded: h.b.Founded, Ended: h.b.Ended,
		Levels: h.b.Levels, Codes: h.b.Codes, Parents: h.parents,
	}
}

// equal says that two states are one.
func (s State) equal(o State) bool {
	return s.Kind == o.Kind && s.Founded == o.Founded && s.Ended == o.Ended && slices.Equal(s.Names, o.Names) &&
		slices.Equal(s.Levels, o.Levels) && slices.Equal(s.Codes, o.Codes) && slices.Equal(s.Parents, o.Parents)
}

func begin(ctx context.Context, tx LineTx, kind EventKind, d Decision) (*work, error) {
	if d.Day > tx.Today() {
		return nil, fault.Field("day", "event.future", tx.Today())
	}
	if d.Day <= calendar.Earliest {
		return nil, fault.Field("day", "event.day.missing")
	}
	w := &work{ctx: ctx, tx: tx, by: map[ID]*held{}}
	w.e = Event{
		ID: tx.NewID(), Kind: kind, Day: d.Day, Paper: d.Paper, Note: d.Note, Source: d.Source, Job: d.Job,
		Recorded: tx.NowMilli(), Recorder: d.By,
	}
	return w, nil
}

// hold takes a body in hand.
func (w *work) hold(id ID) (*held, error) {
	if h := w.by[id]; h != nil {
		return h, nil
	}
	b, err := w.tx.Body(w.ctx, id)
	if err != nil {
		return nil, err
	}
	h := &held{b: b, parents: w.tx.Tree().Parents(id)}
	h.b.Names, h.b.Levels, h.b.Codes = slices.Clone(b.Names), slices.Clone(b.Levels), slices.Clone(b.Codes)
	h.before = State{
		Kind: b.Kind, Names: b.Names, Founded: b.Founded, Ended: b.Ended, Levels: b.Levels, Codes: b.Codes,
		Parents: slices.Clone(h.parents),
	}
	w.by[id] = h
	w.order = append(w.order, h)
	return h, nil
}

// name is what a body was called just before the event.
func (w *work) name(h *held) string { return h.b.NameOn("vi", w.e.Day-1) }

// standing takes a body in hand that must stand before the event and on its day.
func (w *work) standing(id ID, field string) (*held, error) {
	h, err := w.hold(id)
	if err != nil {
		return nil, err
	}
	if founded, known := h.b.Founded.First(); known && w.e.Day <= founded {
		return nil, fault.Field("day", "event.before.founding", w.name(h), founded)
	}
	if h.b.Life().To < w.e.Day {
		return nil, fault.Field(field, "event.ended", w.name(h), h.b.Life().To)
	}
	return h, nil
}

// last refuses that a body be divided or ended before something that happened to
// it later and depends on it.
func (w *work) last(h *held) error {
	for _, e := range w.tx.Lineage().Events(h.b.ID) {
		if e.Day >= w.e.Day {
			return fault.Field("day", "event.later", w.name(h), e.Day)
		}
	}
	return nil
}

// ending lets a body end with the day before the event.
func (w *work) ending(id ID) (*held, error) {
	h, err := w.hold(id)
	if err != nil {
		return nil, err
	}
	// One whose end was entered without an event may be given the event of its day.
	if h.b.Life().To != w.e.Day-1 || w.told(h) {
		if _, err := w.standing(id, "body"); err != nil {
			return nil, err
		}
		if !h.b.Ended.IsUnknown() {
			return nil, fault.Field("body", "event.ended", w.name(h), h.b.Life().To)
		}
	}
	if err := w.last(h); err != nil {
		return nil, err
	}
	until := w.e.Day - 1
	h.b.Ended = calendar.OnDay(until)
	h.b.Levels = closedStandings(h.b.Levels, until)
	h.b.Codes = closedCodes(h.b.Codes, until)
	h.parents = closedEdges(h.parents, until)
	return h, nil
}

// told says whether an event tells already of the end of a body.
func (w *work) told(h *held) bool {
	return slices.ContainsFunc(w.tx.Lineage().Events(h.b.ID), func(e Event) bool { return e.Ends(h.b.ID) })
}

// heir takes in hand who receives: a body that stands on the day, or a new one,
// which stands where the givers did.
func (w *work) heir(s Successor, givers []ID) (*held, error) {
	if s.New == nil {
		h, err := w.hold(s.Body)
		if err != nil {
			return nil, err
		}
		if !h.b.Life().Contains(w.e.Day) {
			return nil, fault.Field("into", "event.heir.absent", w.name(h), h.b.Life().Date())
		}
		return h, nil
	}
	b := *s.New
	if b.Parent == 0 {
		b.Parent = w.common(givers)
	}
	b.Founded = calendar.OnDay(w.e.Day)
	for i := range b.Names {
		b.Names[i].Since, b.Names[i].Until = w.e.Day, calendar.Latest
	}
	for i := range b.Levels {
		b.Levels[i].Since, b.Levels[i].Until = w.e.Day, calendar.Latest
	}
	for i := range b.Codes {
		b.Codes[i].Since, b.Codes[i].Until = w.e.Day, calendar.Latest
	}
	made, err := Found(w.ctx, w.tx, b)
	if err != nil {
		return nil, err
	}
	h, err := w.hold(made.ID)
	if err != nil {
		return nil, err
	}
	h.made, h.before = true, State{Kind: made.Kind}
	return h, nil
}

// common is what all of some bodies stood under just before the event.
func (w *work) common(ids []ID) ID {
	var above ID
	for i, id := range ids {
		parent, _ := w.tx.Tree().ParentOn(id, w.e.Day-1)
		if i > 0 && parent != above {
			return 0
		}
		above = parent
	}
	if h, err := w.hold(above); err != nil || !h.b.Life().Contains(w.e.Day) {
		return 0
	}
	return above
}

// moveChildren lets bodies stand under another from the day of the event.
func (w *work) moveChildren(children []ID, under ID) error {
	for _, child := range children {
		if child == under {
			return fault.Field("into", "event.cycle")
		}
		h, err := w.hold(child)
		if err != nil {
			return err
		}
		if err := h.follow(under, w.e.Day); err != nil {
			return err
		}
	}
	return nil
}

// follow lets a body go with what it stood under, also where it came to stand
// there on the very day.
func (h *held) follow(under ID, on calendar.Day) error {
	for i, e := range h.parents {
		if e.Since == on && under != 0 {
			h.parents[i].Parent = under
			return nil
		}
		if e.Since == on {
			h.parents = slices.Delete(h.parents, i, i+1)
			return nil
		}
	}
	return h.placeUnder(under, on)
}

func (w *work) edge(from, to ID, share Share) {
	w.e.Edges = append(w.e.Edges, Succession{From: from, To: to, Share: share})
}

// record writes what changed of each body, then the event.
func (w *work) record() (Event, error) {
	if err := w.e.Check(); err != nil {
		return Event{}, err
	}
	for _, h := range w.order {
		after := h.state()
		if !h.made && after.equal(h.before) {
			continue
		}
		if err := CheckParents(h.parents); err != nil {
			return Event{}, err
		}
		if err := w.write(h); err != nil {
			return Event{}, err
		}
		w.e.Marks = append(w.e.Marks, Mark{Body: h.b.ID, Made: h.made, Before: h.before, After: after})
	}
	if err := w.acyclic(); err != nil {
		return Event{}, err
	}
	return w.e, w.tx.InsertEvent(w.ctx, w.e)
}

func (w *work) write(h *held) error {
	kept := h.state()
	kept.Parents = h.before.Parents
	if !h.made && !kept.equal(h.before) {
		if err := h.b.Check(); err != nil {
			return err
		}
		h.b.Revision++
		if err := w.tx.UpdateBody(w.ctx, h.b); err != nil {
			return err
		}
	}
	return w.tx.SetParents(w.ctx, h.b.ID, h.parents)
}

// acyclic refuses that a body would come to stand under itself, on the day of the
// event or on any later one on which the book lets something stand elsewhere.
func (w *work) acyclic() error {
	tree := w.tx.Tree()
	for _, h := range w.order {
		days := []calendar.Day{w.e.Day}
		for _, id := range append(tree.Ancestors(h.b.ID, w.e.Day), h.b.ID) {
			for _, e := range tree.Parents(id) {
				if e.Since > w.e.Day {
					days = append(days, e.Since)
				}
			}
		}
		for _, on := range days {
			if slices.Contains(tree.Ancestors(h.b.ID, on), h.b.ID) {
				return fault.Field("under", "event.cycle.of", w.name(h))
			}
		}
	}
	return nil
}

// CheckParents refuses that a body stand under two at once, or under itself.
func CheckParents(edges []Edge) error {
	for i, e := range edges {
		if e.Parent == e.Child {
			return fault.Field("under", "event.cycle")
		}
		if e.Until < e.Since || i > 0 && edges[i-1].Until >= e.Since {
			return fault.Field("under", "event.parents.overlap", e.Since)
		}
	}
	return nil
}

func parentIn(edges []Edge, on calendar.Day) (ID, bool) {
	for _, e := range edges {
		if e.Since <= on && on <= e.Until {
			return e.Parent, true
		}
	}
	return 0, false
}

// placeUnder lets a body stand under another from a day until the next change
// that the book already holds.
func (h *held) placeUnder(under ID, on calendar.Day) error {
	var all []Edge
	until := calendar.Latest
	for _, e := range h.parents {
		switch {
		case e.Since == on:
			return fault.Field("day", "event.parents.same", h.b.Saying(on), on)
		case e.Since > on:
			until = min(until, e.Since-1)
		case e.Until >= on:
			until = min(until, e.Until)
			e.Until = on - 1
		}
		all = append(all, e)
	}
	if under != 0 {
		all = append(all, Edge{Axis: h.b.Axis(), Child: h.b.ID, Parent: under, Since: on, Until: min(until, h.b.Life().To)})
	}
	slices.SortFunc(all, func(a, b Edge) int { return cmp.Compare(a.Since, b.Since) })
	h.parents = all
	return nil
}

// rename gives a name from a day until the next one that the book already holds.
func (h *held) rename(to Name, on calendar.Day) error {
	to.Since, to.Until, to.Alias = on, calendar.Latest, false
	var all []Name
	at := -1
	for _, n := range h.b.Names {
		if n.Lang == to.Lang && !n.Alias {
			switch {
			case n.Since == on:
				return fault.Field("day", "event.name.same", n.Full, on)
			case n.Since > on:
				to.Until = min(to.Until, n.Since-1)
			case n.Until >= on:
				if n.Full == to.Full && n.Short == to.Short {
					return fault.Field("name", "event.name.already", n.Full)
				}
				to.Until = min(to.Until, n.Until)
				n.Until = on - 1
			}
			if n.Since < on {
				at = len(all)
			}
		}
		all = append(all, n)
	}
	if at < 0 {
		h.b.Names = append(all, to)
		return nil
	}
	h.b.Names = slices.Insert(all, at+1, to)
	return nil
}

// level sets the level and kind from a day until the next change in the book.
func (h *held) level(to Standing, on calendar.Day) error {
	now := standingOn(h.b.Levels, on)
	to.Level = cmp.Or(to.Level, now.Level)
	kind := h.b.KindOn(on)
	if (Body{Kind: cmp.Or(to.Kind, kind)}).Axis() != h.b.Axis() {
		return fault.Field("kind", "event.level.axis")
	}
	if to.Level == now.Level && (to.Kind == "" || to.Kind == kind) {
		return fault.Field("level", "event.level.same")
	}
	to.Since, to.Until = on, h.b.Life().To
	var all []Standing
	for _, s := range h.b.Levels {
		switch {
		case s.Since == on:
			return fault.Field("day", "event.level.day", on)
		case s.Since > on:
			to.Until = min(to.Until, s.Since-1)
		case s.Until >= on:
			s.Until = on - 1
		}
		all = append(all, s)
	}
	if to.Kind != "" && to.Kind != kind {
		all = markedKind(all, kind, on)
	}
	all = append(all, to)
	slices.SortFunc(all, func(a, b Standing) int { return cmp.Compare(a.Since, b.Since) })
	if h.b.Levels = all; to.Kind != "" && all[len(all)-1] == to {
		h.b.Kind = to.Kind
	}
	return nil
}

// markedKind writes what kind a body was before it became another.
func markedKind(all []Standing, kind Kind, on calendar.Day) []Standing {
	if len(all) == 0 || all[len(all)-1].Until < on-1 {
		since := calendar.Earliest
		if len(all) > 0 {
			since = all[len(all)-1].Until + 1
		}
		return append(all, Standing{Kind: kind, Since: since, Until: on - 1})
	}
	for i := range all {
		if all[i].Since < on && all[i].Kind == "" {
			all[i].Kind = kind
		}
	}
	return all
}

// code gives an official code from a day until the next one in the book.
func (h *held) code(to OfficialCode, on calendar.Day) error {
	to.Since, to.Until = on, h.b.Life().To
	var all []OfficialCode
	for _, c := range h.b.Codes {
		if c.Scheme == to.Scheme {
			switch {
			case c.Since == on:
				return fault.Field("official", "event.code.same", on)
			case c.Since > on:
				to.Until = min(to.Until, c.Since-1)
			case c.Until >= on:
				c.Until = on - 1
			}
		}
		all = append(all, c)
	}
	h.b.Codes = append(all, to)
	slices.SortStableFunc(h.b.Codes, func(a, b OfficialCode) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(a.Since, b.Since))
	})
	return nil
}

func closedStandings(all []Standing, until calendar.Day) []Standing {
	all = slices.DeleteFunc(all, func(s Standing) bool { return s.Since > until })
	for i := range all {
		all[i].Until = min(all[i].Until, until)
	}
	return all
}

func closedCodes(all []OfficialCode, until calendar.Day) []OfficialCode {
	all = slices.DeleteFunc(all, func(c OfficialCode) bool { return c.Since > until })
	for i := range all {
		all[i].Until = min(all[i].Until, until)
	}
	return all
}

func closedEdges(all []Edge, until calendar.Day) []Edge {
	all = slices.DeleteFunc(slices.Clone(all), func(e Edge) bool { return e.Since > until })
	for i := range all {
		all[i].Until = min(all[i].Until, until)
	}
	return all
}
