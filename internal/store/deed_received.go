package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/place"
)

// Received is one person's part in one deed of a kind.
type Received struct {
	Deed   deed.ID
	Body   body.ID
	Status deed.Status
	Day    calendar.Date
	Party  deed.Party
}

// ReceivedIn lists the parts of people in deeds of a kind whose date touches a
// period, in a role, where the actor may read deeds: the earliest first. Deeds
// that are planned are among them, those taken back are not. Only people among
// those named are told of.
func (v *View) ReceivedIn(ctx context.Context, kind string, role deed.Role, p calendar.Period, among []person.ID) ([]Received, error) {
	const most = 500 // how many are named in one list
	var all []Received
	for from := 0; from < len(among); from += most {
		some, err := v.receivedBy(ctx, kind, role, p, among[from:min(from+most, len(among))])
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (v *View) receivedBy(ctx context.Context, kind string, role deed.Role, p calendar.Period, among []person.ID) ([]Received, error) {
	f := &filter{}
	f.and(`d.root = ? AND d.kind = ? AND d.status <> 'cancelled' AND d.brought = 0`, v.r.book.root, kind)
	f.and(`d.day_first <= ? AND d.day_last >= ? AND d.day_first > ?`, int64(p.To), int64(p.From), int64(calendar.Earliest))
	f.and(`p.role = ? AND p.person <> 0 AND p.person `+list(f, among), string(role))
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`d.body ` + list(f, reach.Bodies))
	}
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (Received, error) {
		var r Received
		var day, detail string
		err := rows.Scan((*int64)(&r.Deed), (*int64)(&r.Body), (*string)(&r.Status), &day, (*int64)(&r.Party.Person), (*int64)(&r.Party.Body), &r.Party.Name, &detail)
		if err != nil {
			return r, err
		}
		r.Party.Role = role
		if err := unpack(detail, &r.Party.Detail); err != nil {
			return r, err
		}
		return r, dates(&r.Day, day)
	}, `SELECT d.id, d.body, d.status, d.day, p.person, p.body, p.name, p.detail
		FROM party p CROSS JOIN deed d WHERE p.deed = d.id AND `+f.where()+` ORDER BY d.day_first, d.id, p.n`, f.args...)
}

// LatestDeeds lists the deeds done that were written last, the last first; what
// is planned stands among what is coming.
func (v *View) LatestDeeds(ctx context.Context, n int) ([]deed.Deed, error) {
	f := &filter{}
	// The plus keeps the engine from gathering all there are by the index of days.
	f.and(`+root = ? AND status = 'done' AND job = 0 AND brought = 0`, v.r.book.root)
	if reach := v.reach(access.ReadDeeds); !reach.All {
		f.and(`body ` + list(f, reach.Bodies))
	}
	limit := f.bind(` ORDER BY id DESC LIMIT ?`, int64(n))
	found, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE `+f.where()+limit, f.args...)
	if err != nil {
		return nil, err
	}
	return found, v.r.fillDeeds(ctx, found)
}

// HomePlace is the unit in which most people whom the actor's figures count have
// their origin, as it stood before a day; 0 when nobody's is recorded.
func (v *View) HomePlace(ctx context.Context, before calendar.Day) (place.ID, error) {
	if !v.known() {
		return 0, nil
	}
	places, err := place.Shipped()
	if err != nil {
		return 0, err
	}
	counts := map[place.ID]int64{}
	within, args := v.within(access.ReadFigures, "body", []any{v.r.book.root})
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		var id, n int64
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		if province, ok := places.ProvinceOn(place.ID(id), before); ok {
			counts[province] += n
		}
		return nil
	}, `SELECT origin, COUNT(*) FROM person WHERE root = $1 AND origin <> 0 AND `+within+` GROUP BY origin`, args...)
	var home place.ID
	for id, n := range counts {
		if n > counts[home] || n == counts[home] && id < home {
			home = id
		}
	}
	return home, err
}
