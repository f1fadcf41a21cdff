package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

// Visit reads what a delegation has beside its deed.
func (r reader) Visit(ctx context.Context, id deed.ID) (delegation.Visit, error) {
	found, err := r.visits(ctx, []deed.ID{id})
	if err != nil {
		return delegation.Visit{}, err
	}
	v, known := found[id]
	if !known {
		return v, fault.Missing("delegation.missing")
	}
	return v, nil
}

// visits reads what some delegations have beside their deeds. People stand in
// columns of their own, which follow when two records of one person are merged.
func (r reader) visits(ctx context.Context, ids []deed.ID) (map[deed.ID]delegation.Visit, error) {
	all := map[deed.ID]delegation.Visit{}
	for these := range slices.Chunk(ids, 400) {
		list, args := in(nil, these)
		err := r.each(ctx, func(rows *sql.Rows) error {
			var v delegation.Visit
			var raw string
			var interpreter int64
			if err := rows.Scan(&raw, &interpreter); err != nil {
				return err
			}
			err := unpack(raw, &v)
			v.Interpreter, v.Receptions = person.ID(interpreter), nil
			all[v.Deed] = v
			return err
		}, `SELECT data, interpreter FROM visit WHERE deed `+list, args...)
		if err != nil {
			return nil, err
		}
		err = r.each(ctx, func(rows *sql.Rows) error {
			var id deed.ID
			var one delegation.Reception
			var raw string
			var guest, host int64
			if err := rows.Scan((*int64)(&id), &guest, &host, &raw); err != nil {
				return err
			}
			err := unpack(raw, &one)
			one.Guest, one.Host = person.ID(guest), person.ID(host)
			v := all[id]
			v.Receptions = append(v.Receptions, one)
			all[id] = v
			return err
		}, `SELECT deed, guest, host, data FROM reception WHERE deed `+list+` ORDER BY deed, n`, args...)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SaveVisit writes what a delegation has beside its deed.
func (tx *Tx) SaveVisit(ctx context.Context, v delegation.Visit) error {
	raw, err := pack(v, false)
	if err != nil {
		return err
	}
	var before any
	if was, err := tx.Visit(ctx, v.Deed); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO visit (deed, root, body, interpreter, report_due, report_done, thanks_due, thanks_sent, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (deed) DO UPDATE SET body = excluded.body, interpreter = excluded.interpreter, report_due = excluded.report_due, report_done = excluded.report_done,
		  thanks_due = excluded.thanks_due, thanks_sent = excluded.thanks_sent, data = excluded.data, revision = excluded.revision`,
		int64(v.Deed), tx.book.root, int64(v.Body), int64(v.Interpreter), int64(v.ReportDue), int64(v.ReportDone), int64(v.ThanksDue), int64(v.ThanksSent), raw, v.Revision)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `DELETE FROM reception WHERE deed = $1`, int64(v.Deed)); err != nil {
		return err
	}
	for i, one := range v.Receptions {
		raw, err := pack(one, false)
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, `INSERT INTO reception (deed, n, root, guest, host, data) VALUES ($1, $2, $3, $4, $5, $6)`, int64(v.Deed), i+1, tx.book.root, int64(one.Guest), int64(one.Host), raw)
		if err != nil {
			return err
		}
	}
	tx.note("visit", int64(v.Deed), v.Body, before, v)
	return nil
}

// DelegationsAsked narrows a list of delegations; what is zero narrows nothing.
type DelegationsAsked struct {
	Body    body.ID // or any below it
	Period  calendar.Period
	Dated   bool
	Kind    string
	Country string
	Late    bool // only those whose report or thanks are late
	Typed   string
	Person  person.ID // who led, was a member, received or was received
	With    body.ID   // a party in any role
}

// Visits lists the delegations that the actor may read, planned ones too, the
// latest first.
func (v *View) Visits(ctx context.Context, q DelegationsAsked) ([]delegation.Told, error) {
	f, err := v.deedFilter(ctx, DeedQuery{Typed: q.Typed, Body: q.Body, Period: q.Period, Dated: q.Dated})
	if err != nil {
		return nil, err
	}
	f.and(`brought = 0`)
	of, values := `SELECT id AS ref FROM deed WHERE root = ? AND kind IN (?, ?)`, []any{v.r.book.root, delegation.KindIn, delegation.KindOut}
	if q.Dated {
		of, values = of+` AND day_first <= ? AND day_last >= ?`, append(values, int64(q.Period.To), int64(q.Period.From))
	}
	f.among(of, values...)
	if q.Kind != "" {
		f.and(`kind = ?`, q.Kind)
	}
	if q.Person != 0 {
		f.and(`(id IN (SELECT deed FROM party WHERE person = ?) OR id IN (SELECT deed FROM reception WHERE guest = ? OR host = ?))`, int64(q.Person), int64(q.Person), int64(q.Person))
	}
	if q.With != 0 {
		f.and(`id IN (SELECT deed FROM party WHERE body = ?)`, int64(q.With))
	}
	if q.Late {
		today := int64(v.Today())
		f.and(`id IN (SELECT deed FROM visit WHERE report_due <> 0 AND report_done = 0 AND report_due < ? OR thanks_due <> 0 AND thanks_sent = 0 AND thanks_due < ?)`, today, today)
	}
	end := f.bind(` ORDER BY day_first DESC, id DESC LIMIT ?`, activitiesMost)
	deeds, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM `+f.from("deed")+` WHERE `+f.where()+end, f.args...)
	if err != nil {
		return nil, err
	}
	told, err := v.delegated(ctx, deeds)
	if q.Country != "" {
		told = slices.DeleteFunc(told, func(t delegation.Told) bool { return !slices.Contains(t.Countries, q.Country) })
	}
	return told, err
}

// VisitOf reads one delegation that the actor may see.
func (v *View) VisitOf(ctx context.Context, id deed.ID) (delegation.Told, error) {
	d, err := v.Deed(ctx, id)
	if err != nil {
		return delegation.Told{}, err
	}
	if !delegation.IsVisit(d.Kind) {
		return delegation.Told{}, fault.Missing("delegation.missing")
	}
	lines := d.Lines
	told, err := v.delegated(ctx, []deed.Deed{d})
	if err != nil {
		return delegation.Told{}, err
	}
	told[0].Deed.Lines = lines
	return told[0], nil
}

// delegated adds to deeds what is known of them as delegations. The deeds have
// passed the actor's reach.
func (v *View) delegated(ctx context.Context, deeds []deed.Deed) ([]delegation.Told, error) {
	activities, err := v.tell(ctx, deeds)
	if err != nil || len(activities) == 0 {
		return nil, err
	}
	ids := make([]deed.ID, len(activities))
	for i, a := range activities {
		ids[i] = a.Deed.ID
	}
	visits, err := v.r.visits(ctx, ids)
	if err != nil {
		return nil, err
	}
	told := make([]delegation.Told, len(activities))
	for i, a := range activities {
		visit, known := visits[a.Deed.ID]
		if !known {
			visit = delegation.Visit{Deed: a.Deed.ID, Body: a.Deed.Body}
		}
		told[i] = delegation.Told{Deed: a.Deed, Visit: visit, Countries: a.Countries}
	}
	return told, nil
}

const travelColumns = `id, body, deed, person, name, kind, number, country, expires, note, revision`

func scanTravel(rows *sql.Rows) (delegation.Travel, error) {
	var t delegation.Travel
	err := rows.Scan(&t.ID, (*int64)(&t.Body), (*int64)(&t.Deed), (*int64)(&t.Person), &t.Name, &t.Kind, &t.Number, &t.Country, &t.Expires, &t.Note, &t.Revision)
	return t, err
}

// Travel reads one travel paper.
func (r reader) Travel(ctx context.Context, id int64) (delegation.Travel, error) {
	found, err := collect(ctx, r.runner, scanTravel, `SELECT `+travelColumns+` FROM travel_paper WHERE id = $1`, id)
	return only(found, err, "travel.missing")
}

// SaveTravel writes a travel paper. The history says that there is one, never
// what stands in it.
func (tx *Tx) SaveTravel(ctx context.Context, t delegation.Travel) error {
	_, err := tx.exec(ctx, `INSERT INTO travel_paper (`+travelColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		t.ID, int64(t.Body), int64(t.Deed), int64(t.Person), t.Name, t.Kind, t.Number, t.Country, int64(t.Expires), t.Note, t.Revision, tx.book.root)
	if err == nil {
		tx.note("travel_paper", t.ID, t.Body, nil, map[string]int64{"deed": int64(t.Deed)})
	}
	return err
}

// RemoveTravel takes a travel paper out of the book.
func (tx *Tx) RemoveTravel(ctx context.Context, t delegation.Travel) error {
	_, err := tx.exec(ctx, `DELETE FROM travel_paper WHERE id = $1`, t.ID)
	if err == nil {
		tx.note("travel_paper", t.ID, t.Body, map[string]int64{"deed": int64(t.Deed)}, nil)
	}
	return err
}

// TravelPapers lists the travel papers of a delegation for who may read them.
func (v *View) TravelPapers(ctx context.Context, id deed.ID) ([]delegation.Travel, error) {
	d, err := v.r.Deed(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := v.actor.May(access.TravelPapers, d.Body); err != nil {
		return nil, err
	}
	found, err := collect(ctx, v.r.runner, scanTravel, `SELECT `+travelColumns+` FROM travel_paper WHERE deed = $1 ORDER BY id`, int64(id))
	if err != nil {
		return nil, err
	}
	var people []person.ID
	for _, t := range found {
		people = append(people, t.Person)
	}
	names, err := v.r.namesOf(ctx, people)
	for i := range found {
		if n := names[found[i].Person]; n != "" {
			found[i].Name = n
		}
	}
	return found, err
}

// scanGift reads a gift; people and bodies stand in columns of their own.
func scanGift(rows *sql.Rows) (delegation.Gift, error) {
	var g delegation.Gift
	var raw string
	var who, other int64
	if err := rows.Scan(&raw, &who, &other); err != nil {
		return g, err
	}
	err := unpack(raw, &g)
	g.Person, g.Other = person.ID(who), body.ID(other)
	return g, err
}

// Gift reads one gift.
func (r reader) Gift(ctx context.Context, id delegation.GiftID) (delegation.Gift, error) {
	found, err := collect(ctx, r.runner, scanGift, `SELECT data, person, other FROM protocol_gift WHERE id = $1`, int64(id))
	return only(found, err, "gift.missing")
}

// SaveGift writes a gift, new or moved.
func (tx *Tx) SaveGift(ctx context.Context, g delegation.Gift) error {
	raw, err := pack(g, false)
	if err != nil {
		return err
	}
	var before any
	if was, err := tx.Gift(ctx, g.ID); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO protocol_gift (id, root, body, deed, way, person, other, day, place, data, fold, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET day = excluded.day, place = excluded.place, data = excluded.data, fold = excluded.fold, revision = excluded.revision`,
		int64(g.ID), tx.book.root, int64(g.Body), int64(g.Deed), string(g.Way), int64(g.Person), int64(g.Other), int64(g.Day), g.Place, raw,
		text.Fold(g.Item)+" "+text.Fold(g.Name)+" "+text.Fold(g.Place), g.Revision)
	if err == nil {
		tx.note("protocol_gift", int64(g.ID), g.Body, before, g)
	}
	return err
}

// GiftsAsked narrows a list of gifts; what is zero narrows nothing.
type GiftsAsked struct {
	Deed   deed.ID
	Body   body.ID
	Way    delegation.Way
	Person person.ID
	Other  body.ID
	Typed  string
	From   calendar.Day
}

// Gifts lists the gifts that the actor may see, the latest first.
func (v *View) Gifts(ctx context.Context, q GiftsAsked) ([]delegation.Gift, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadDeeds, "body", f.args)
	f.args = args
	f.and(reach)
	if q.Deed != 0 {
		f.and(`deed = ?`, int64(q.Deed))
	}
	if q.Body != 0 {
		f.and(`body ` + list(f, append(v.Tree().EverBelow(q.Body), q.Body)))
	}
	if q.Way != "" {
		f.and(`way = ?`, string(q.Way))
	}
	if q.Person != 0 {
		f.and(`person = ?`, int64(q.Person))
	}
	if q.Other != 0 {
		f.and(`other = ?`, int64(q.Other))
	}
	if q.From != 0 {
		f.and(`day >= ?`, int64(q.From))
	}
	for _, word := range typedWords(q.Typed) {
		f.and(`INSTR(fold, ?) > 0`, word)
	}
	return collect(ctx, v.r.runner, scanGift, `SELECT data, person, other FROM protocol_gift WHERE `+f.where()+` ORDER BY day DESC, id DESC`, f.args...)
}

// GiftKept reads one gift that the actor may see.
func (v *View) GiftKept(ctx context.Context, id delegation.GiftID) (delegation.Gift, error) {
	g, err := v.r.Gift(ctx, id)
	if err != nil {
		return g, err
	}
	if err := v.actor.May(access.ReadDeeds, g.Body); err != nil {
		return delegation.Gift{}, err
	}
	return g, nil
}

// GiftLimits lists the limits of gifts of a body and of those above it, its own
// first.
func (r reader) GiftLimits(ctx context.Context, of body.ID) ([]delegation.Limit, error) {
	above := r.book.Tree().Ancestors(of, calendar.FromTime(r.book.Now()))
	var all []delegation.Limit
	for _, id := range append([]body.ID{of}, above...) {
		found, err := collect(ctx, r.runner, func(rows *sql.Rows) (delegation.Limit, error) {
			var l delegation.Limit
			var amount int64
			var currency string
			err := rows.Scan(&l.ID, (*int64)(&l.Body), (*string)(&l.Level), &amount, &currency, &l.Since, &l.Until, &l.Paper, &l.Revision)
			l.Amount = money.Of(amount, money.Currency(currency))
			return l, err
		}, `SELECT id, body, level, amount, currency, since, until, paper, revision FROM gift_limit WHERE body = $1 ORDER BY since DESC`, int64(id))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// GiftLimits lists the limits of gifts of a body and of those above it.
func (v *View) GiftLimits(ctx context.Context, of body.ID) ([]delegation.Limit, error) {
	if err := v.actor.May(access.ReadDeeds, of); err != nil {
		return nil, err
	}
	return v.r.GiftLimits(ctx, of)
}

// SaveGiftLimit writes a limit of gifts, new or ended.
func (tx *Tx) SaveGiftLimit(ctx context.Context, l delegation.Limit) error {
	_, err := tx.exec(ctx, `INSERT INTO gift_limit (id, root, body, level, amount, currency, since, until, paper, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET until = excluded.until, revision = excluded.revision`,
		l.ID, tx.book.root, int64(l.Body), string(l.Level), l.Amount.Minor, string(l.Amount.Currency), int64(l.Since), int64(l.Until), l.Paper, l.Revision)
	if err == nil {
		tx.note("gift_limit", l.ID, l.Body, nil, l)
	}
	return err
}
