package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/tie"
)

// The settings by which an organisation says when a tie is quiet, dormant or
// expiring, in months.
const (
	SettingTieQuiet    = "tie.quiet"
	SettingTieDormant  = "tie.dormant"
	SettingTieExpiring = "tie.expiring"
)

// TieOrder is how a list of ties is sorted.
type TieOrder string

// The orders.
const (
	TiesByName    TieOrder = ""
	TiesBySigning TieOrder = "signed"
	TiesByContact TieOrder = "contact" // the longest silent first
)

// TieQuery narrows a list of ties; what is zero narrows nothing.
type TieQuery struct {
	Typed   string
	Kind    string
	Field   string
	Country string  // of a party
	Body    body.ID // a party, or the body on whose books it stands
	With    body.ID // and another party
	Status  tie.Status
	Quiet   int          // only those without contact for at least so many months
	On      calendar.Day // the day on which their standing is asked; 0 today
	Parent  tie.ID
	Job     int64
	Dated   bool // only those with a signing or a term
	Order   TieOrder
	Falling bool
	Skip    int
	Limit   int // 50 when nothing was asked; below 0 all
}

// TieRow is a tie with how it stands on the day asked.
type TieRow = tie.Row

// tiesWithin is the condition that a tie is the actor's to see: it stands on the
// books of a body whose deeds they read, or such a body is or was a party.
func (v *View) tiesWithin(f *filter, id string) {
	reach := v.reach(access.ReadDeeds)
	if reach.All {
		return
	}
	f.and(`(` + id + ` IN (SELECT id FROM tie WHERE body ` + list(f, reach.Bodies) + `) OR ` + id + ` IN (SELECT tie FROM tie_party WHERE body ` + list(f, reach.Bodies) + `))`)
}

// Tie reads a tie that the actor may see.
func (v *View) Tie(ctx context.Context, id tie.ID) (TieRow, error) {
	t, err := v.r.Tie(ctx, id)
	if err != nil {
		return TieRow{}, err
	}
	return v.tieSeen(ctx, t)
}

// TieByCode reads the tie that a code names.
func (v *View) TieByCode(ctx context.Context, code string) (TieRow, error) {
	t, err := v.r.TieByCode(ctx, code)
	if err != nil {
		if !v.known() {
			return TieRow{}, fault.Forbid("access.forbidden.read_deeds")
		}
		return TieRow{}, err
	}
	return v.tieSeen(ctx, t)
}

func (v *View) tieSeen(ctx context.Context, t tie.Tie) (TieRow, error) {
	if !v.reach(access.ReadDeeds).All {
		if err := tie.MayRead(v.actor, t); err != nil {
			return TieRow{}, err
		}
	}
	rows, err := v.tieStandings(ctx, []tie.Tie{t}, v.Today())
	if err != nil {
		return TieRow{}, err
	}
	return rows[0], nil
}

// TieKinds lists the kinds of tie.
func (v *View) TieKinds(ctx context.Context) ([]tie.Kind, error) { return v.r.TieKinds(ctx) }

// Ties lists the ties the actor may see, and how many there are in all.
func (v *View) Ties(ctx context.Context, q TieQuery) (found []TieRow, all int, err error) {
	if q.On == 0 {
		q.On = v.Today()
	}
	if q.Limit == 0 {
		q.Limit = 50
	}
	f := v.tieFilter(q)
	if q.Status != "" || q.Quiet > 0 || q.Order == TiesByContact {
		return v.tiesStanding(ctx, f, q)
	}
	if err := v.r.one(ctx, `SELECT COUNT(*) FROM tie WHERE `+f.where(), f.args, &all); err != nil {
		return nil, 0, err
	}
	order := `sort`
	if q.Order == TiesBySigning {
		order = `signed_first`
	}
	if q.Falling {
		order += ` DESC`
	}
	end := ` ORDER BY ` + order + `, id`
	if q.Limit > 0 {
		end = f.bind(end+` LIMIT ? OFFSET ?`, int64(q.Limit), int64(q.Skip))
	}
	ties, err := collect(ctx, v.r.runner, scanTie, `SELECT data, recorder FROM tie WHERE `+f.where()+end, f.args...)
	if err != nil {
		return nil, 0, err
	}
	found, err = v.tieStandings(ctx, ties, q.On)
	return found, all, err
}

// tiesStanding lists ties by how they stand on any day, which is computed, not
// stored.
func (v *View) tiesStanding(ctx context.Context, f *filter, q TieQuery) ([]TieRow, int, error) {
	if q.On == v.Today() {
		return v.tiesStandingNow(ctx, f, q)
	}
	order := `sort`
	if q.Order == TiesBySigning {
		order = `signed_first`
	}
	ties, err := collect(ctx, v.r.runner, scanTie, `SELECT data, recorder FROM tie WHERE `+f.where()+` ORDER BY `+order+`, id`, f.args...)
	if err != nil {
		return nil, 0, err
	}
	rows, err := v.tieStandings(ctx, ties, q.On)
	if err != nil {
		return nil, 0, err
	}
	rows = slices.DeleteFunc(rows, func(r TieRow) bool { return !q.stands(r) })
	if q.Order == TiesByContact {
		slices.SortStableFunc(rows, func(a, b TieRow) int { return cmp.Compare(b.Standing.Days, a.Standing.Days) })
	}
	if q.Falling {
		slices.Reverse(rows)
	}
	all := len(rows)
	rows = rows[min(q.Skip, all):]
	if q.Limit > 0 {
		rows = rows[:min(q.Limit, len(rows))]
	}
	return rows, all, nil
}

// stands tells whether a tie stands as asked. Of one without any known contact
// nobody can say that there was one, so it is among the quiet.
func (q TieQuery) stands(r TieRow) bool {
	if q.Status != "" && r.Standing.Status != q.Status {
		return false
	}
	if q.Quiet <= 0 {
		return true
	}
	switch r.Standing.Status {
	case tie.Ended, tie.Proposed:
		return false
	}
	last, known := r.Standing.Contact.Last()
	return !known || last.AddMonths(q.Quiet) < q.On
}

func (v *View) tieFilter(q TieQuery) *filter {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	v.tiesWithin(f, `id`)
	if q.Kind != "" {
		f.and(`kind = ?`, q.Kind)
	}
	if q.Field != "" {
		f.and(`INSTR(fields, ?) > 0`, " "+q.Field+" ")
	}
	if q.Country != "" {
		f.and(`INSTR(countries, ?) > 0`, " "+q.Country+" ")
	}
	if q.Body != 0 {
		f.and(`(body = ? OR id IN (SELECT tie FROM tie_party WHERE body = ?))`, int64(q.Body), int64(q.Body))
	}
	if q.With != 0 {
		f.and(`id IN (SELECT tie FROM tie_party WHERE body = ?)`, int64(q.With))
	}
	if q.Parent != 0 {
		f.and(`hangs = ?`, int64(q.Parent))
	}
	if q.Job != 0 {
		f.and(`job = ?`, q.Job)
	}
	if q.Dated {
		f.and(`(signed_first > ? OR term = 1 OR id IN (SELECT tie FROM tie_before) OR id IN (SELECT tie FROM tie_review WHERE held = 0))`, int64(calendar.Earliest))
	}
	found, args := match("tie", q.Typed, "id", "fold", v.r.book.root, f.args)
	if found != "" {
		named, args := match("body", q.Typed, "id", "fold", v.r.book.root, args)
		f.args = args
		f.conditions = append(f.conditions, `(`+found+` OR id IN (SELECT tie FROM tie_party WHERE body IN (SELECT id FROM body WHERE `+named+`)))`)
	}
	return f
}

// tieStandings computes how ties stand on a day, with the rule of whoever keeps them.
func (v *View) tieStandings(ctx context.Context, ties []tie.Tie, on calendar.Day) ([]TieRow, error) {
	contacts, err := v.r.tieContacts(ctx, ties, on)
	if err != nil {
		return nil, err
	}
	rules := map[body.ID]tie.Rule{}
	rows := make([]TieRow, len(ties))
	for i, t := range ties {
		rule, known := rules[t.Body]
		if !known {
			if rule, err = v.r.tieRule(ctx, t.Body); err != nil {
				return nil, err
			}
			rules[t.Body] = rule
		}
		rows[i] = TieRow{Tie: t, Standing: t.Stand(on, contacts[t.ID], rule), Origin: t.Signed(), First: t.ID}
		if len(t.Before) > 0 {
			rows[i].Origin, rows[i].First = tie.Origin(t, func(id tie.ID) (tie.Tie, bool) {
				old, err := v.r.Tie(ctx, id)
				return old, err == nil
			})
		}
	}
	return rows, nil
}

// contactsMost is up to how many ties are asked for by their ids.
const contactsMost = 400

// tieContacts reads the dates of the deeds done under ties.
func (r reader) tieContacts(ctx context.Context, ties []tie.Tie, on calendar.Day) (map[tie.ID][]calendar.Date, error) {
	f := &filter{}
	f.and(`td.root = ? AND td.day_first <= ? AND d.status = 'done'`, r.book.root, int64(on))
	if len(ties) <= contactsMost {
		ids := make([]tie.ID, len(ties))
		for i, t := range ties {
			ids[i] = t.ID
		}
		f.and(`td.tie ` + list(f, ids))
	}
	all := map[tie.ID][]calendar.Date{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var id tie.ID
		var day string
		if err := rows.Scan((*int64)(&id), &day); err != nil {
			return err
		}
		var d calendar.Date
		if err := dates(&d, day); err != nil {
			return err
		}
		all[id] = append(all[id], d)
		return nil
	}, `SELECT td.tie, d.day FROM tie_deed td JOIN deed d ON d.id = td.deed WHERE `+f.where(), f.args...)
	return all, err
}

// tieRule reads after how long a body, or the nearest one above it that says so,
// calls a tie quiet.
func (r reader) tieRule(ctx context.Context, of body.ID) (tie.Rule, error) {
	rule := tie.UsualRule()
	places := append([]body.ID{of}, r.book.Tree().Ancestors(of, calendar.FromTime(r.book.Now()))...)
	for name, months := range map[string]*int{SettingTieQuiet: &rule.QuietMonths, SettingTieDormant: &rule.DormantMonths, SettingTieExpiring: &rule.ExpiringMonths} {
		for _, at := range append(places, 0) {
			value, err := r.Setting(ctx, at, name)
			if err != nil {
				return rule, err
			}
			if n, err := strconv.Atoi(value); err == nil && value != "" {
				*months = n
				break
			}
		}
	}
	return rule, nil
}

// TieRule gives after how long the ties of a body are called quiet. It is no
// secret inside the book.
func (v *View) TieRule(ctx context.Context, of body.ID) (tie.Rule, error) {
	if !v.known() {
		return tie.Rule{}, fault.Forbid("access.forbidden.read_figures")
	}
	return v.r.tieRule(ctx, of)
}

// TieContinuedBy lists the ties that continue one, signed anew.
func (v *View) TieContinuedBy(ctx context.Context, id tie.ID) ([]TieRow, error) {
	return v.tiesWhere(ctx, `id IN (SELECT tie FROM tie_before WHERE before = ?)`, int64(id))
}

// TiesUnder lists the ties that hang under one: of fronts, youth unions, schools,
// firms, villages.
func (v *View) TiesUnder(ctx context.Context, id tie.ID) ([]TieRow, error) {
	return v.tiesWhere(ctx, `hangs = ? AND hangs <> 0`, int64(id))
}

// TieLands counts the ties the actor may see by the countries of their parties,
// and in all under no code.
func (v *View) TieLands(ctx context.Context) (map[string]int, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	v.tiesWithin(f, `id`)
	counts := map[string]int{}
	return counts, v.r.each(ctx, func(rows *sql.Rows) error {
		var lands string
		var n int
		if err := rows.Scan(&lands, &n); err != nil {
			return err
		}
		counts[""] += n
		for land := range strings.FieldsSeq(lands) {
			counts[land] += n
		}
		return nil
	}, `SELECT countries, COUNT(*) FROM tie WHERE `+f.where()+` GROUP BY countries`, f.args...)
}

// TiesByID reads some ties at once, those the actor may see.
func (v *View) TiesByID(ctx context.Context, ids []tie.ID) ([]TieRow, error) {
	f := &filter{}
	v.tiesWithin(f, `id`)
	f.and(`id ` + list(f, ids))
	return v.tiesOf(ctx, f)
}

func (v *View) tiesWhere(ctx context.Context, condition string, values ...any) ([]TieRow, error) {
	f := &filter{}
	v.tiesWithin(f, `id`)
	f.and(condition, values...)
	return v.tiesOf(ctx, f)
}

func (v *View) tiesOf(ctx context.Context, f *filter) ([]TieRow, error) {
	ties, err := collect(ctx, v.r.runner, scanTie, `SELECT data, recorder FROM tie WHERE `+f.where()+` ORDER BY sort, id`, f.args...)
	if err != nil {
		return nil, err
	}
	return v.tieStandings(ctx, ties, v.Today())
}

// TieLeft is a party that has ended and whose place in a tie nobody has taken.
type TieLeft struct {
	Tie   TieRow        `json:"tie"`
	Party tie.Party     `json:"party"`
	Ended calendar.Date `json:"ended"`
}

// TiesLeft lists the ties in which a body that has ended still stands; of every
// ended body when none is named.
func (v *View) TiesLeft(ctx context.Context, of body.ID) ([]TieLeft, error) {
	f := &filter{}
	f.and(`p.root = ? AND p.until = ? AND b.ended <> ''`, v.r.book.root, int64(calendar.Latest))
	v.tiesWithin(f, `p.tie`)
	if of != 0 {
		f.and(`p.body = ?`, int64(of))
	}
	ended := map[body.ID]calendar.Date{}
	var ids []tie.ID
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id tie.ID
		var b body.ID
		var day string
		if err := rows.Scan((*int64)(&id), (*int64)(&b), &day); err != nil {
			return err
		}
		var d calendar.Date
		if err := dates(&d, day); err != nil {
			return err
		}
		ended[b] = d
		ids = append(ids, id)
		return nil
	}, `SELECT p.tie, p.body, b.ended FROM tie_party p JOIN body b ON b.id = p.body WHERE `+f.where(), f.args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	rows, err := v.TiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var left []TieLeft
	for _, row := range rows {
		for _, p := range row.Left(v.Today(), func(id body.ID) (calendar.Date, bool) { d, ok := ended[id]; return d, ok }) {
			left = append(left, TieLeft{Tie: row, Party: p, Ended: ended[p.Body]})
		}
	}
	return left, nil
}

// DeedsUnder lists the deeds done or planned under a tie that the actor may
// read, the earliest first.
func (v *View) DeedsUnder(ctx context.Context, id tie.ID) ([]deed.Deed, error) {
	if _, err := v.Tie(ctx, id); err != nil {
		return nil, err
	}
	var all []deed.Deed
	q := DeedQuery{Tie: id, Oldest: true, Limit: 500}
	for {
		found, next, err := v.Deeds(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
		if next == "" {
			return all, nil
		}
		q.After = next
	}
}
