package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
)

// Feast reads a feast that the actor may see.
func (v *View) Feast(ctx context.Context, code string) (occasion.Feast, error) {
	if !v.known() {
		return occasion.Feast{}, fault.Forbid("access.forbidden.read_figures")
	}
	f, err := v.r.Feast(ctx, code, v.Root())
	if err == nil && !v.sees(f) {
		return occasion.Feast{}, fault.Missing("occasion.missing")
	}
	return f, err
}

// sees tells whether a feast is everybody's, or of a body within reach.
func (v *View) sees(f occasion.Feast) bool {
	return f.Body == 0 || v.actor.Can(access.ReadFigures, f.Body)
}

// Feasts lists the feasts that the actor may see.
func (v *View) Feasts(ctx context.Context) ([]occasion.Feast, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	all, err := v.r.Feasts(ctx, v.Root())
	return slices.DeleteFunc(slices.Clone(all), func(f occasion.Feast) bool { return !v.sees(f) }), err
}

// Decrees lists the days set by decree for the organisation of the actor: its own,
// and those set for all where it set none.
func (v *View) Decrees(ctx context.Context) ([]occasion.Decree, error) {
	return v.r.Decrees(ctx, v.Root())
}

// Occasions gathers what a calendar of some days is made of: feasts, decrees, and
// of the records of the book those that the actor may see.
func (v *View) Occasions(ctx context.Context, asked occasion.Asked) (occasion.Reading, error) {
	var r occasion.Reading
	var err error
	if r.Feasts, err = v.Feasts(ctx); err != nil {
		return r, err
	}
	if !asked.World {
		if err := v.ownWorld(ctx, asked, &r); err != nil {
			return r, err
		}
	}
	if r.Decrees, err = v.Decrees(ctx); err != nil {
		return r, err
	}
	if r.Leads, err = v.leads(ctx); err != nil {
		return r, err
	}
	for _, find := range []func(context.Context, occasion.Asked) ([]occasion.Fact, error){
		v.foundings, v.tieAnniversaries, v.tiesFalling, v.promisesFalling, v.terms, v.congressesComing, v.tasksComing, v.papersComing, v.deedsComing, v.agesComing, v.memorials, v.contestsComing, v.formsComing, v.plansComing,
	} {
		facts, err := find(ctx, asked)
		if err != nil {
			return r, err
		}
		r.Facts = append(r.Facts, facts...)
	}
	return r, nil
}

// ownWorld leaves out the countries with which an organisation has nothing to do.
// A setting says which it has; without one a union, a friendship association and a
// Front look at those of their ties and of the missions in the book (at all while
// there are none), others at those whom they remember on some day.
func (v *View) ownWorld(ctx context.Context, asked occasion.Asked, r *occasion.Reading) error {
	of := v.Root()
	if asked.Body != 0 {
		of = v.Tree().Top(asked.Body, v.Today())
	}
	set, err := v.r.Setting(ctx, of, occasion.SettingCountries)
	if err != nil {
		return err
	}
	if set == "" {
		b, err := v.r.Body(ctx, of)
		if err != nil {
			return err
		}
		if b.Kind == body.Union || b.Kind == body.Friendship || b.Kind == body.Front {
			if set, err = v.partnerCountries(ctx, of); err != nil {
				return err
			}
		}
	}
	if set == occasion.AllCountries {
		return nil
	}
	world := map[string]bool{"": true, "VN": true}
	for _, iso := range strings.Fields(set) {
		world[iso] = true
	}
	customs, err := v.Customs(ctx)
	if err != nil {
		return err
	}
	for _, c := range customs {
		for _, f := range r.Feasts {
			if f.Code == c.Occasion {
				world[f.Country] = true
			}
		}
	}
	r.Feasts = slices.DeleteFunc(r.Feasts, func(f occasion.Feast) bool {
		return f.Kind != occasion.NewYear && f.Kind != occasion.Day && !world[f.Country]
	})
	return nil
}

// partnerCountries gives the countries of an organisation's ties and of the
// embassies and consulates in the book, or all when there are none.
func (v *View) partnerCountries(ctx context.Context, of body.ID) (string, error) {
	list, args := in([]any{v.r.book.root}, append(v.Tree().EverBelow(of), of))
	codes, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (string, error) {
		var code string
		return code, rows.Scan(&code)
	}, `
		SELECT c.country FROM body_country c JOIN body b ON b.id = c.body WHERE c.root = $1 AND b.kind = 'authority'
		UNION SELECT c.country FROM body_country c JOIN tie_party p ON p.body = c.body JOIN tie t ON t.id = p.tie WHERE t.body `+list+`
		ORDER BY country`, args...)
	if len(codes) == 0 {
		return occasion.AllCountries, err
	}
	return strings.Join(codes, " "), err
}

// leads reads how many days ahead the organisation prepares a kind of occasion.
func (v *View) leads(ctx context.Context) (map[occasion.Kind]int, error) {
	set, err := v.r.Settings(ctx, v.Root(), "calendar.lead.")
	leads := map[occasion.Kind]int{}
	for name, value := range set {
		if n, err := strconv.Atoi(value); err == nil && n >= 0 {
			leads[occasion.Kind(strings.TrimPrefix(name, "calendar.lead."))] = n
		}
	}
	return leads, err
}

// held tells whether a body is one of those whose calendar is asked for.
func (v *View) held(asked occasion.Asked, id body.ID) bool {
	return asked.Body == 0 || id == asked.Body || v.Tree().Belongs(id, asked.Body, v.Today())
}

// foundings are the bodies whose day of founding is known, localities left out:
// thousands of them began on one day.
func (v *View) foundings(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	ids, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (body.ID, error) {
		var id int64
		err := rows.Scan(&id)
		return body.ID(id), err
	}, `SELECT id FROM body WHERE founded <> '' AND ended = '' AND kind NOT IN ('household', 'locality')`)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id body.ID) bool { return !v.held(asked, id) || !v.actor.Can(access.ReadFigures, id) })
	found, err := v.BodiesByID(ctx, ids)
	var facts []occasion.Fact
	for _, id := range ids {
		b, known := found[id]
		if !known {
			continue
		}
		facts = append(facts, occasion.Fact{
			Kind: occasion.Founding, ID: int64(b.ID), Names: v.namesOf(b), On: b.Founded, Yearly: true, Body: b.ID, Path: "/bodies/" + b.Code,
		})
	}
	return facts, err
}

// namesOf gives what a body is called today in each language.
func (v *View) namesOf(b body.Body) map[string]string {
	names := map[string]string{}
	for _, lang := range []string{"vi", "en", "fr"} {
		names[lang] = b.NameOn(lang, v.Today())
	}
	return names
}

// termEnding is a body's offices whose term ends on one date.
type termEnding struct {
	body body.ID
	on   string
}

// terms are the ends of terms of office as planned: one for each body and date,
// with how many hold office until then.
func (v *View) terms(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	f := &filter{}
	f.and(`h.root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadFigures, "o.body", f.args)
	f.args = args
	f.and(reach)
	ends := map[termEnding]int{}
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var at int64
		var on string
		var n int
		if err := rows.Scan(&at, &on, &n); err != nil {
			return err
		}
		if v.held(asked, body.ID(at)) {
			ends[termEnding{body.ID(at), on}] = n
		}
		return nil
	}, `SELECT o.body, h.planned_end, COUNT(*) FROM holding h JOIN office o ON o.id = h.office
		WHERE `+f.where()+` AND h.planned_end <> '' AND h.actual_end = '' GROUP BY o.body, h.planned_end`, f.args...)
	if err != nil {
		return nil, err
	}
	return v.termFacts(ctx, asked, ends)
}

func (v *View) termFacts(ctx context.Context, asked occasion.Asked, ends map[termEnding]int) ([]occasion.Fact, error) {
	var facts []occasion.Fact
	for _, e := range slices.SortedFunc(maps.Keys(ends), func(a, b termEnding) int { return strings.Compare(a.on, b.on) }) {
		on, err := calendar.ParseEDTF(e.on)
		if err != nil {
			return nil, err
		}
		if !on.Overlaps(asked.Period) {
			continue
		}
		b, err := v.Body(ctx, e.body)
		if err != nil {
			return nil, err
		}
		facts = append(facts, occasion.Fact{
			Kind: occasion.Term, ID: int64(e.body), Names: v.namesOf(b), On: on, Body: e.body, Who: strconv.Itoa(ends[e]), Path: "/offices?body=" + strconv.FormatInt(int64(e.body), 10),
		})
	}
	return facts, nil
}

// every names something in all languages alike, as it was written.
func every(text string) map[string]string { return map[string]string{"vi": text} }

func (v *View) tasksComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	tasks, err := v.TasksDue(ctx, asked.Period.To)
	var facts []occasion.Fact
	for _, t := range tasks {
		if v.held(asked, t.Body) {
			facts = append(facts, occasion.Fact{
				Kind: occasion.Task, ID: int64(t.ID), Names: every(t.Text), On: calendar.OnDay(t.Due), Body: t.Body, Who: t.Who,
				Path: "/office/tasks/" + strconv.FormatInt(int64(t.ID), 10),
			})
		}
	}
	return facts, err
}

func (v *View) papersComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	papers, err := v.Papers(ctx, PapersAsked{Waits: true, Most: tasksMost})
	var facts []occasion.Fact
	for _, p := range papers {
		if v.held(asked, p.Body) {
			facts = append(facts, occasion.Fact{
				Kind: occasion.Paper, ID: int64(p.ID), Names: every(p.Subject), On: calendar.OnDay(p.Deadline), Body: p.Body, Who: p.From,
				Path: "/office/papers/" + strconv.FormatInt(int64(p.ID), 10),
			})
		}
	}
	return facts, err
}

// calendarPlansMost bounds the planned deeds of a calendar.
const calendarPlansMost = 300

func (v *View) deedsComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadDeeds) {
		return nil, nil
	}
	plans, _, err := v.Deeds(ctx, DeedQuery{Status: deed.Planned, Period: asked.Period, Dated: true, Oldest: true, Limit: calendarPlansMost})
	if err != nil {
		return nil, err
	}
	kinds := map[string]map[string]string{}
	var facts []occasion.Fact
	for _, d := range plans {
		if !v.held(asked, d.Body) {
			continue
		}
		names := every(d.Title)
		if d.Title == "" {
			if kinds[d.Kind] == nil {
				k, err := v.r.Kind(ctx, d.Kind)
				if err != nil {
					return nil, err
				}
				kinds[d.Kind] = k.Names
			}
			names = kinds[d.Kind]
		}
		facts = append(facts, occasion.Fact{
			Kind: occasion.Planned, ID: int64(d.ID), Names: names, On: d.Day, Body: d.Body, Who: d.PlaceNote, Path: "/deeds/" + strconv.FormatInt(int64(d.ID), 10),
		})
	}
	return facts, nil
}

// agesComing are the birthdays on which members reach an age that is honoured.
// Who was born on one of the days asked, so many years ago, is found by an index;
// an age counted from Tết to Tết has no birthday and stands in its own list.
func (v *View) agesComing(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadRoll) {
		return nil, nil
	}
	set, err := v.r.Settings(ctx, v.Root(), "longevity.")
	if err != nil {
		return nil, err
	}
	ladder := person.LadderFrom(set)
	if ladder.Counting != person.Completed {
		return nil, nil
	}
	born, err := v.bornOn(ctx, asked.Period, ladder.Steps)
	if err != nil || len(born) == 0 {
		return nil, err
	}
	of := asked.Body
	if of == 0 {
		of = v.Root()
	}
	f, err := v.peopleFilter(ctx, PeopleQuery{Status: IsMember, Branch: of})
	if err != nil {
		return nil, err
	}
	people, err := v.peopleRows(ctx, f, born)
	var facts []occasion.Fact
	for _, p := range people {
		for year := asked.Period.From.Year(); year <= asked.Period.To.Year(); year++ {
			t, reaches := ladder.Reaches(p.Birth, year)
			if _, one := t.On.Day(); !reaches || !one || !t.On.Within(asked.Period) {
				continue
			}
			facts = append(facts, occasion.Fact{
				Kind: occasion.Age, ID: int64(p.ID), Names: every(p.Name), On: t.On, Number: t.Age, Body: p.Person.Body,
				Path: "/people/" + strconv.FormatInt(int64(p.ID), 10),
			})
		}
	}
	return facts, err
}

// bornOn finds the living whose birthday, known to the day, lies in a period when
// they reach one of some ages; a day of room for 29 February.
func (v *View) bornOn(ctx context.Context, p calendar.Period, ages []int) ([]person.ID, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`merged_into = 0 AND dead = 0 AND birth_last = birth_first`)
	var ranges []string
	for _, age := range ages {
		ranges = append(ranges, f.bind(`birth_first BETWEEN ? AND ?`, int64(p.From.AddYears(-age)-1), int64(p.To.AddYears(-age)+1)))
	}
	f.and(`(` + strings.Join(ranges, ` OR `) + `)`)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (person.ID, error) {
		var id int64
		err := rows.Scan(&id)
		return person.ID(id), err
	}, `SELECT id FROM person WHERE `+f.where()+` ORDER BY id`, f.args...)
}

// memorials are the members who died, remembered by the lunar day of their death.
func (v *View) memorials(ctx context.Context, asked occasion.Asked) ([]occasion.Fact, error) {
	if !v.actor.Somewhere(access.ReadRoll) {
		return nil, nil
	}
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`merged_into = 0`)
	f.and(`death <> ''`)
	v.readable(f)
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (occasion.Fact, error) {
		var id, keeper int64
		var name, death string
		if err := rows.Scan(&id, &keeper, &name, &death); err != nil {
			return occasion.Fact{}, err
		}
		on, err := calendar.ParseEDTF(death)
		return occasion.Fact{
			Kind: occasion.Memorial, ID: id, Names: every(name), On: on, Yearly: true, ByMoon: true, Body: body.ID(keeper), Path: "/people/" + strconv.FormatInt(id, 10),
		}, err
	}, `SELECT id, body, name, death FROM person WHERE `+f.where(), f.args...)
}

// Customs lists the customs that last of the bodies whose office the actor may
// read.
func (v *View) Customs(ctx context.Context) ([]occasion.Custom, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`ended = 0`)
	reach, args := v.within(access.ReadOffice, "body", f.args)
	f.args = args
	f.and(reach)
	return collect(ctx, v.r.runner, scanData[occasion.Custom], `SELECT data FROM custom WHERE `+f.where()+` ORDER BY id`, f.args...)
}

// Duties lists the duties begun that the actor may see, by the day of their
// occasion.
func (v *View) Duties(ctx context.Context, asked occasion.DutiesAsked) ([]occasion.Duty, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadOffice, "body", f.args)
	f.args = args
	f.and(reach)
	if asked.Period != (calendar.Period{}) {
		f.and(`day >= ? AND day <= ?`, int64(asked.Period.From), int64(asked.Period.To))
	}
	if asked.Code != "" {
		f.and(`code = ?`, asked.Code)
	}
	if asked.Target != 0 {
		f.and(`target = ?`, int64(asked.Target))
	}
	if asked.Waits {
		f.and(`waits = 1`)
	}
	if asked.Most <= 0 {
		asked.Most = 500
	}
	end := f.bind(` ORDER BY day, id LIMIT ?`, asked.Most)
	return collect(ctx, v.r.runner, scanData[occasion.Duty], `SELECT data FROM duty WHERE `+f.where()+end, f.args...)
}

// Duty reads a duty that the actor may see.
func (v *View) Duty(ctx context.Context, id occasion.DutyID) (occasion.Duty, error) {
	d, err := v.r.Duty(ctx, id)
	if err != nil {
		return d, err
	}
	if err := v.actor.May(access.ReadOffice, d.Body); err != nil {
		return occasion.Duty{}, err
	}
	return d, nil
}

// LastWritten gives what was written to the same body on the same occasion
// before: the latest letter that has words.
func (v *View) LastWritten(ctx context.Context, d occasion.Duty) (occasion.Duty, bool, error) {
	earlier, err := v.Duties(ctx, occasion.DutiesAsked{Code: d.For.Code, Target: d.To, Period: calendar.Until(d.For.Day - 1)})
	for _, e := range slices.Backward(earlier) {
		if e.Do == d.Do && e.ToName == d.ToName && strings.TrimSpace(e.Text) != "" {
			return e, true, err
		}
	}
	return occasion.Duty{}, false, err
}

// FeastPast lists who changed a feast or set its days, the latest first: in the
// actor's organisation, or for all that keep the book.
func (v *View) FeastPast(ctx context.Context, code string) ([]Change, error) {
	f, err := v.Feast(ctx, code)
	if err != nil {
		return nil, err
	}
	var all []Change
	for _, subject := range []string{"feast", "decree"} {
		found, err := v.r.historyOf(ctx, subject, feastID(f.Code))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return slices.DeleteFunc(all, func(c Change) bool {
		return !v.actor.Somewhere(access.ReadHistory) || c.Body != 0 && c.Body != f.Body && c.Body != v.Root()
	}), nil
}
