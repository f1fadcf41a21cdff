package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/union"
)

const activityColumns = `deed, body, part, planning, countries, revision`

func scanActivity(rows *sql.Rows) (union.Activity, error) {
	var a union.Activity
	var countries string
	err := rows.Scan((*int64)(&a.Deed), (*int64)(&a.Body), (*string)(&a.Part), (*string)(&a.Planning), &countries, &a.Revision)
	a.Countries = strings.Fields(countries)
	return a, err
}

// Activity reads what was said of a deed as an activity.
func (r reader) Activity(ctx context.Context, id deed.ID) (union.Activity, error) {
	found, err := collect(ctx, r.runner, scanActivity, `SELECT `+activityColumns+` FROM activity WHERE deed = $1`, int64(id))
	if err != nil {
		return union.Activity{}, err
	}
	if len(found) == 0 {
		return union.Activity{}, fault.Missing("union.activity.missing")
	}
	return found[0], nil
}

// SaveActivity writes what was said of a deed as an activity.
func (tx *Tx) SaveActivity(ctx context.Context, a union.Activity) error {
	var before any
	if was, err := tx.Activity(ctx, a.Deed); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err := tx.exec(ctx, `
		INSERT INTO activity (`+activityColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (deed) DO UPDATE SET body = excluded.body, part = excluded.part, planning = excluded.planning, countries = excluded.countries, revision = excluded.revision`,
		int64(a.Deed), int64(a.Body), string(a.Part), string(a.Planning), strings.Join(a.Countries, " "), a.Revision, tx.book.root)
	if err == nil {
		tx.note("activity", int64(a.Deed), a.Body, before, a)
	}
	return err
}

// SetCountry says of which country a body is.
func (tx *Tx) SetCountry(ctx context.Context, of body.ID, code string) error {
	was, err := tx.CountryOf(ctx, of)
	if err != nil || was == code {
		return err
	}
	if code == "" {
		_, err = tx.exec(ctx, `DELETE FROM body_country WHERE body = $1`, int64(of))
	} else {
		_, err = tx.exec(ctx, `INSERT INTO body_country (body, root, country) VALUES ($1, $2, $3) ON CONFLICT (body) DO UPDATE SET country = excluded.country`, int64(of), tx.book.root, code)
	}
	if err == nil {
		tx.note("body_country", int64(of), of, map[string]string{"country": was}, map[string]string{"country": code})
	}
	return err
}

// CountryOf gives the country of a body, or nothing.
func (r reader) CountryOf(ctx context.Context, of body.ID) (string, error) {
	var code string
	err := r.one(ctx, `SELECT country FROM body_country WHERE body = $1`, []any{int64(of)}, &code)
	if errors.Is(err, errNone) {
		return "", nil
	}
	return code, err
}

// countries gives the country of every body that has one.
func (r reader) countries(ctx context.Context) (map[body.ID]string, error) {
	all := map[body.ID]string{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var of body.ID
		var code string
		if err := rows.Scan((*int64)(&of), &code); err != nil {
			return err
		}
		all[of] = code
		return nil
	}, `SELECT body, country FROM body_country WHERE root = $1`, r.book.root)
	return all, err
}

// Countries gives the country of every body that has one. It is no secret inside
// the book.
func (v *View) Countries(ctx context.Context) (map[body.ID]string, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	return v.r.countries(ctx)
}

// ActivitiesAsked narrows a list of activities; what is zero narrows nothing.
type ActivitiesAsked struct {
	Body     body.ID // or any below it
	Period   calendar.Period
	Dated    bool
	Country  string
	Teller   body.ID // tells it as its own
	Part     union.Part
	Planning union.Planning
	Kind     string
	Typed    string
	Status   deed.Status // empty: done
}

// activitiesMost bounds what one question reads; a busy union has some hundreds
// of activities a year.
const activitiesMost = 5000

// Activities lists the activities that the actor may read, the latest first.
func (v *View) Activities(ctx context.Context, q ActivitiesAsked) ([]union.Told, error) {
	kinds, err := v.r.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	f, err := v.deedFilter(ctx, DeedQuery{Typed: q.Typed, Kind: q.Kind, Status: cmp.Or(q.Status, deed.Done), Body: q.Body, Period: q.Period, Dated: q.Dated})
	if err != nil {
		return nil, err
	}
	f.and(`brought = 0`)
	codes, values := `''`, []any{v.r.book.root}
	for _, k := range kinds {
		if k.Activity && (q.Kind == "" || q.Kind == k.Code) {
			codes, values = codes+`, ?`, append(values, k.Code)
		}
	}
	of := `SELECT id AS ref FROM deed WHERE root = ? AND kind IN (` + codes + `)`
	if q.Dated {
		of, values = of+` AND day_first <= ? AND day_last >= ?`, append(values, int64(q.Period.To), int64(q.Period.From))
	}
	f.among(of+` UNION SELECT deed FROM activity WHERE root = ?`, append(values, v.r.book.root)...)
	end := f.bind(` ORDER BY day_first DESC, id DESC LIMIT ?`, activitiesMost)
	deeds, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM `+f.from("deed")+` WHERE `+f.where()+end, f.args...)
	if err != nil {
		return nil, err
	}
	told, err := v.tell(ctx, deeds)
	return slices.DeleteFunc(told, func(t union.Told) bool { return !activityFits(t, q) }), err
}

// activityFits tells whether an activity is asked for beyond what the engine compares.
func activityFits(t union.Told, q ActivitiesAsked) bool {
	part := t.Part
	if q.Teller != 0 {
		at := slices.IndexFunc(t.Tellers, func(x union.Teller) bool { return x.Body == q.Teller })
		if at < 0 {
			return false
		}
		part = t.Tellers[at].Part
	}
	if q.Part != "" && part != q.Part || q.Planning != "" && t.Planning != q.Planning {
		return false
	}
	return q.Country == "" || slices.Contains(t.Countries, q.Country)
}

// ActivityOf reads one deed as an activity.
func (v *View) ActivityOf(ctx context.Context, id deed.ID) (union.Told, error) {
	d, err := v.Deed(ctx, id)
	if err != nil {
		return union.Told{}, err
	}
	told, err := v.tell(ctx, []deed.Deed{d})
	if err != nil {
		return union.Told{}, err
	}
	told[0].Deed.Lines = d.Lines
	return told[0], nil
}

// tell adds to deeds what is known of them as activities. The deeds have passed
// the actor's reach.
func (v *View) tell(ctx context.Context, deeds []deed.Deed) ([]union.Told, error) {
	if len(deeds) == 0 {
		return nil, nil
	}
	for i := range deeds {
		deeds[i].Parties, deeds[i].Lines = nil, nil
	}
	if err := v.r.fillDeeds(ctx, deeds); err != nil {
		return nil, err
	}
	said, err := v.said(ctx, deeds)
	if err != nil {
		return nil, err
	}
	countries, err := v.r.countries(ctx)
	if err != nil {
		return nil, err
	}
	fulfils, planned, err := v.plannedBy(ctx, deeds)
	if err != nil {
		return nil, err
	}
	told := make([]union.Told, len(deeds))
	for i, d := range deeds {
		a := said[d.ID]
		t := union.Told{Deed: d, Part: a.Part, Countries: a.Countries, Planning: a.Planning, Items: fulfils[d.ID], Revision: a.Revision}
		if len(t.Countries) == 0 {
			t.Countries, t.Derived = countriesOf(d, countries), true
		}
		if t.Planning == union.Unstated && len(t.Items) > 0 {
			t.Planning = union.Planned
		} else if t.Planning == union.Unstated && planned[plannedKey{v.Tree().Top(d.Body, v.Today()), union.Year(d.Day)}] {
			t.Planning = union.Outside
		}
		t.Part, t.Tellers = v.tellers(d, a.Part)
		told[i] = t
	}
	return told, nil
}

// said reads what was said of deeds as activities.
func (v *View) said(ctx context.Context, deeds []deed.Deed) (map[deed.ID]union.Activity, error) {
	said := map[deed.ID]union.Activity{}
	for these := range slices.Chunk(deeds, 400) {
		ids := make([]deed.ID, len(these))
		for i, d := range these {
			ids[i] = d.ID
		}
		list, args := in(nil, ids)
		found, err := collect(ctx, v.r.runner, scanActivity, `SELECT `+activityColumns+` FROM activity WHERE deed `+list, args...)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			said[a.Deed] = a
		}
	}
	return said, nil
}

// countriesOf gives the countries of the bodies that took part in a deed, or
// else of the association whose deed it is.
func countriesOf(d deed.Deed, of map[body.ID]string) []string {
	var codes []string
	for _, p := range d.Parties {
		if code := of[p.Body]; code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if code := of[d.Body]; len(codes) == 0 && code != "" {
		codes = []string{code}
	}
	return codes
}

// tellers lists the home and the other bodies of its organisation that took part
// in a deed, each with its part, and gives the part of the home.
func (v *View) tellers(d deed.Deed, stated union.Part) (union.Part, []union.Teller) {
	home := union.Teller{Body: d.Body, Part: stated}
	var others []union.Teller
	top := v.Tree().Top(d.Body, v.Today())
	for _, p := range d.Parties {
		part := union.PartOf(p.Role)
		switch {
		case p.Body == 0 || part == union.Unsaid:
		case p.Body == d.Body:
			home.Part = cmp.Or(home.Part, part)
		case p.Body == top || v.Tree().Under(p.Body, top, v.Today()):
			if !slices.ContainsFunc(others, func(t union.Teller) bool { return t.Body == p.Body }) {
				others = append(others, union.Teller{Body: p.Body, Part: part})
			}
		}
	}
	return home.Part, append([]union.Teller{home}, others...)
}

// plannedKey names the plan of an organisation for a year.
type plannedKey struct {
	of   body.ID
	year int
}

// plannedBy says which items of a plan the deeds fulfil, and which organisations
// had a plan in which years.
func (v *View) plannedBy(ctx context.Context, deeds []deed.Deed) (map[deed.ID][]int64, map[plannedKey]bool, error) {
	fulfils := map[deed.ID][]int64{}
	for these := range slices.Chunk(deeds, 400) {
		ids := make([]deed.ID, len(these))
		for i, d := range these {
			ids[i] = d.ID
		}
		list, args := in(nil, ids)
		err := v.r.each(ctx, func(rows *sql.Rows) error {
			var item int64
			var d deed.ID
			if err := rows.Scan(&item, (*int64)(&d)); err != nil {
				return err
			}
			fulfils[d] = append(fulfils[d], item)
			return nil
		}, `SELECT item, deed FROM union_plan_deed WHERE deed `+list+` ORDER BY item`, args...)
		if err != nil {
			return nil, nil, err
		}
	}
	planned := map[plannedKey]bool{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var k plannedKey
		if err := rows.Scan((*int64)(&k.of), &k.year); err != nil {
			return err
		}
		planned[k] = true
		return nil
	}, `SELECT DISTINCT body, year FROM union_plan_item WHERE root = $1`, v.r.book.root)
	return fulfils, planned, err
}

// MayActivity tells that the actor reads activities of some body at all.
func (v *View) MayActivity() error {
	if v.actor.Somewhere(access.ReadDeeds) {
		return nil
	}
	return v.actor.May(access.ReadDeeds, v.Root())
}
