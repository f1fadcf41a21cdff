package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/reporting"
)

// mayForm tells whether the actor has to do with a form: reads the figures of who
// asks, or reports for one that is asked.
func (v *View) mayForm(ctx context.Context, f reporting.Form) error {
	if v.actor.Can(access.ReadFigures, f.Body) {
		return nil
	}
	if !v.known() {
		return fault.Forbid("access.forbidden.read_figures")
	}
	roster, err := v.r.roster(ctx, v.r.book.state.Load(), f, f.Every.Of(v.Today()))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(v.reach(access.ReadDeeds).Bodies, roster.Has) {
		return nil
	}
	return v.actor.May(access.ReadFigures, f.Body)
}

// Forms lists the reporting forms that the actor has to do with.
func (v *View) Forms(ctx context.Context) ([]reporting.Form, error) {
	if !v.known() {
		return nil, nil
	}
	all, err := collect(ctx, v.r.runner, scanData[reporting.Form], `SELECT data FROM form WHERE root = $1 ORDER BY code`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	var mine []reporting.Form
	for _, f := range all {
		err := v.mayForm(ctx, f)
		if fault.KindOf(err) == fault.Forbidden {
			continue
		}
		if err != nil {
			return nil, err
		}
		mine = append(mine, f)
	}
	return mine, nil
}

// FormByCode reads the form of a code.
func (v *View) FormByCode(ctx context.Context, code string) (reporting.Form, error) {
	found, err := v.r.formsCoded(ctx, code)
	f, err := only(found, err, "form.missing")
	if err != nil {
		return f, err
	}
	if err := v.mayForm(ctx, f); err != nil {
		return reporting.Form{}, err
	}
	return f, nil
}

// Form reads a form.
func (v *View) Form(ctx context.Context, id reporting.ID) (reporting.Form, error) {
	f, err := v.r.Form(ctx, id)
	if err != nil {
		return f, err
	}
	if err := v.mayForm(ctx, f); err != nil {
		return reporting.Form{}, err
	}
	return f, nil
}

// FormVersion reads a form as it was in one version.
func (v *View) FormVersion(ctx context.Context, id reporting.ID, version int64) (reporting.Form, error) {
	if _, err := v.Form(ctx, id); err != nil {
		return reporting.Form{}, err
	}
	found, err := collect(ctx, v.r.runner, scanData[reporting.Form], `SELECT data FROM form_version WHERE form = $1 AND version = $2`, int64(id), version)
	return only(found, err, "form.missing")
}

// FormLock tells whether a period of a form is closed, and by whom.
func (v *View) FormLock(ctx context.Context, f reporting.ID, p calendar.Period) (reporting.Lock, error) {
	if _, err := v.Form(ctx, f); err != nil {
		return reporting.Lock{}, err
	}
	return v.r.periodLock(ctx, f, p)
}

// asks tells whether the actor reads figures of who asks: what was sent to that
// body is its to count, wherever the senders stand.
func (v *View) asks(f reporting.Form) bool { return v.actor.Can(access.ReadFigures, f.Body) }

// FormProgress is how the replies of a period stand below a body, and below each
// of those under it.
type FormProgress struct {
	At    body.ID
	Tale  reporting.Tale
	Below []BodyTale // in the order of ids
}

// BodyTale is how the replies below one body stand; a unit that reports itself
// counts too.
type BodyTale struct {
	Body body.ID
	Tale reporting.Tale
	Unit bool // it must send itself
	Deep bool // others below it must send
}

// FormTop is the body whose completeness is looked at first: the one below which
// all who are asked stand, or 0.
func FormTop(f reporting.Form) body.ID {
	if len(f.Senders.Named) == 0 {
		return f.Senders.Under
	}
	return 0
}

// FormProgress reads how complete a period of a form is below a body; 0 asks for
// all who must send.
func (v *View) FormProgress(ctx context.Context, id reporting.ID, p calendar.Period, at body.ID) (FormProgress, error) {
	f, err := v.Form(ctx, id)
	if err != nil {
		return FormProgress{}, err
	}
	asks := v.asks(f)
	if at != 0 && !asks {
		if err := v.actor.May(access.ReadFigures, at); err != nil {
			return FormProgress{}, err
		}
	}
	out := FormProgress{At: at}
	s := v.r.book.state.Load()
	roster, err := v.r.roster(ctx, s, f, p)
	if err != nil {
		return out, err
	}
	var below []body.ID
	if at == 0 {
		below = tops(roster, s.tree, f, p.To)
	} else {
		below = s.tree.ChildrenOn(at, p.To)
	}
	below = slices.DeleteFunc(slices.Clone(below), func(one body.ID) bool {
		return roster.Below[one] == 0 && !roster.Has(one) || !asks && !v.actor.Can(access.ReadFigures, one)
	})
	slices.Sort(below)
	all, err := v.r.tales(ctx, f, p, roster, append(slices.Clone(below), at))
	if err != nil {
		return out, err
	}
	for _, one := range below {
		out.Below = append(out.Below, BodyTale{one, all[one], roster.Has(one), roster.Below[one] > 0})
	}
	if at == 0 {
		for _, b := range out.Below {
			out.Tale = out.Tale.Add(b.Tale)
		}
		return out, nil
	}
	out.Tale = all[at]
	return out, nil
}

// tops are the bodies with which a list of all who must send begins: the highest
// of those that stand in it.
func tops(roster *reporting.Roster, tree *body.Tree, f reporting.Form, on calendar.Day) []body.ID {
	if top := FormTop(f); top != 0 {
		return []body.ID{top}
	}
	return slices.DeleteFunc(slices.Clone(roster.Units), func(id body.ID) bool {
		return slices.ContainsFunc(tree.Ancestors(id, on), roster.Has)
	})
}

// tales reads how replies stand below bodies, each body's own reply with them.
func (r reader) tales(ctx context.Context, f reporting.Form, p calendar.Period, roster *reporting.Roster, of []body.ID) (map[body.ID]reporting.Tale, error) {
	all := make(map[body.ID]reporting.Tale, len(of))
	for _, id := range of {
		t := reporting.Tale{Expected: roster.Below[id]}
		if roster.Has(id) {
			t.Expected++
		}
		all[id] = t
	}
	for some := range slices.Chunk(of, listMost) {
		list, args := padded([]any{r.book.root, int64(f.ID), int64(p.From)}, some)
		err := r.each(ctx, func(rows *sql.Rows) error {
			var id int64
			var t reporting.Tale
			err := rows.Scan(&id, &t.Sent, &t.Late, &t.Approved, &t.Returned)
			all[body.ID(id)] = all[body.ID(id)].Add(t)
			return err
		}, `SELECT body, sent, late, approved, returned FROM reply_count WHERE root = $1 AND form = $2 AND period = $3 AND body `+list, args...)
		if err != nil {
			return nil, err
		}
		own := slices.DeleteFunc(slices.Clone(some), func(id body.ID) bool { return !roster.Has(id) })
		list, args = padded([]any{r.book.root, int64(f.ID), int64(p.From)}, own)
		err = r.each(ctx, func(rows *sql.Rows) error {
			var one reporting.Reply
			var late int64
			err := rows.Scan((*int64)(&one.Unit), (*string)(&one.Status), &late)
			one.Late = late != 0
			all[one.Unit] = all[one.Unit].Add(one.Tally())
			return err
		}, `SELECT unit, status, late FROM reply WHERE root = $1 AND form = $2 AND period = $3 AND unit `+list, args...)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// RepliesAsked narrows a list of who must send and what they sent.
type RepliesAsked struct {
	Form    reporting.ID
	Period  calendar.Period
	At      body.ID // this body and all below; 0: everybody
	Only    string  // missing, late, sent, approved, returned; empty: all
	Answers bool    // with what was answered, where the actor may read it
	Most    int     // 0: all
}

// UnitReply is a unit that must send, with what it sent.
type UnitReply struct {
	Unit  body.ID
	Reply reporting.Reply // N is 0 when nothing was sent
}

// FormReplies lists who must send within the actor's reach, in the order of ids,
// with what they sent; the number of all that fit is given beside.
func (v *View) FormReplies(ctx context.Context, asked RepliesAsked) ([]UnitReply, int, error) {
	f, err := v.Form(ctx, asked.Form)
	if err != nil {
		return nil, 0, err
	}
	s := v.r.book.state.Load()
	roster, err := v.r.roster(ctx, s, f, asked.Period)
	if err != nil {
		return nil, 0, err
	}
	right, asks := access.ReadFigures, v.asks(f)
	if asked.Answers {
		right, asks = access.ReadDeeds, v.actor.Can(access.FileReports, f.Body)
	}
	reach := v.reach(right)
	reach.All = reach.All || asks
	mine := make(map[body.ID]bool, len(reach.Bodies))
	for _, id := range reach.Bodies {
		mine[id] = true
	}
	sent, err := v.r.standings(ctx, f, asked.Period, asked.Answers)
	if err != nil {
		return nil, 0, err
	}
	due := f.DueOn(asked.Period)
	var all []UnitReply
	n := 0
	for _, u := range roster.Under(asked.At, s.tree, asked.Period.To) {
		one := UnitReply{u, sent[u]}
		if !reach.All && !mine[u] || !one.fits(asked.Only, due, v.Today()) {
			continue
		}
		if n++; asked.Most == 0 || len(all) < asked.Most {
			all = append(all, one)
		}
	}
	return all, n, nil
}

// fits tells whether a unit belongs into a list narrowed by how its reply stands.
func (u UnitReply) fits(only string, due, today calendar.Day) bool {
	switch only {
	case "":
		return true
	case "missing":
		return !u.Reply.Counts()
	case "late":
		return u.Reply.Counts() && u.Reply.Late || !u.Reply.Counts() && today > due
	case "sent":
		return u.Reply.Status == reporting.Sent
	}
	return string(u.Reply.Status) == only
}

// standings reads every reply of a period; without the answers unless they are
// asked for.
func (r reader) standings(ctx context.Context, f reporting.Form, p calendar.Period, answers bool) (map[body.ID]reporting.Reply, error) {
	all := map[body.ID]reporting.Reply{}
	columns := replyColumns
	if !answers {
		columns = `n, version, late, at, began, status, way, name, phone, '', '', '', judge, judged, reason`
	}
	return all, r.each(ctx, func(rows *sql.Rows) error {
		one, err := scanReply(rows)
		all[one.Unit] = one
		return err
	}, `SELECT form, period, unit, `+columns+` FROM reply WHERE root = $1 AND form = $2 AND period = $3`, r.book.root, int64(f.ID), int64(p.From))
}

// FormReply reads one unit's reply for a period as one who keeps or reads the
// unit's deeds may see it, with what is half filled in.
func (v *View) FormReply(ctx context.Context, id reporting.ID, p calendar.Period, unit body.ID) (Opened, error) {
	var o Opened
	if err := v.mayReply(ctx, id, unit); err != nil {
		return o, err
	}
	var err error
	if o.Form, err = v.r.Form(ctx, id); err != nil {
		return o, err
	}
	o.Period = p
	if !o.Form.Asks(p) {
		return o, fault.Missing("form.period.wrong", o.Form.Every.Code(p))
	}
	roster, err := v.r.roster(ctx, v.r.book.state.Load(), o.Form, p)
	if err != nil {
		return o, err
	}
	if !roster.Has(unit) {
		return o, fault.Missing("form.unit.unasked")
	}
	if o.Unit, err = v.r.Body(ctx, unit); err != nil {
		return o, err
	}
	if o.Asker, err = v.r.Body(ctx, o.Form.Body); err != nil {
		return o, err
	}
	return o, v.r.standing(ctx, &o)
}

// mayReply asks whether the actor may read what a unit replied: who reads its
// deeds, and who judges the replies to the form.
func (v *View) mayReply(ctx context.Context, id reporting.ID, unit body.ID) error {
	f, err := v.r.Form(ctx, id)
	if err != nil {
		return err
	}
	if v.actor.Can(access.FileReports, f.Body) {
		return nil
	}
	return v.actor.May(access.ReadDeeds, unit)
}

// FormPast lists what a unit's reply was before, the latest first.
func (v *View) FormPast(ctx context.Context, id reporting.ID, p calendar.Period, unit body.ID) ([]reporting.Reply, error) {
	if err := v.mayReply(ctx, id, unit); err != nil {
		return nil, err
	}
	return collect(ctx, v.r.runner, scanReply, `SELECT form, period, unit, `+replyColumns+` FROM reply_past
		WHERE root = $1 AND form = $2 AND period = $3 AND unit = $4 ORDER BY n DESC, ended DESC`, v.r.book.root, int64(id), int64(p.From), int64(unit))
}

// FormDeeds lists the deeds that a unit's reply became.
func (v *View) FormDeeds(ctx context.Context, id reporting.ID, p calendar.Period, unit body.ID) ([]deed.Deed, error) {
	o, err := v.FormReply(ctx, id, p, unit)
	if err != nil {
		return nil, err
	}
	all, err := v.r.deedsOfReply(ctx, o.Reply)
	return slices.DeleteFunc(all, func(d deed.Deed) bool { return !v.actor.Can(access.ReadDeeds, d.Body) }), err
}

// FormKeys lists the latest key of each unit to a form, for who hands them out.
func (v *View) FormKeys(ctx context.Context, id reporting.ID) (map[body.ID]reporting.Key, error) {
	f, err := v.r.Form(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := v.actor.May(access.FileReports, f.Body); err != nil {
		return nil, err
	}
	all := map[body.ID]reporting.Key{}
	return all, v.r.each(ctx, func(rows *sql.Rows) error {
		k, err := scanKey(rows)
		k.Digest = ""
		all[k.Unit] = k
		return err
	}, `SELECT `+keyColumns+` FROM form_key WHERE form = $1 ORDER BY created, id`, int64(id))
}
