package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// PromiseQuery narrows a list of promises; what is zero narrows nothing.
type PromiseQuery struct {
	Tie    tie.ID
	Body   body.ID           // a party of the tie, or on whose books it stands
	Status tie.PromiseStatus // as it is today; late is among open ones
	Until  calendar.Day      // due until that day
	Most   int
}

// PromiseRow is a promise with the tie under which it was made and what has
// become of it today.
type PromiseRow struct {
	tie.Promise
	Under TieRow            `json:"under"`
	Now   tie.PromiseStatus `json:"now"`
}

// promisesMost bounds a list of promises.
const promisesMost = 2000

// Promises lists the promises under ties the actor may see, the most urgent
// first.
func (v *View) Promises(ctx context.Context, q PromiseQuery) ([]PromiseRow, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	v.tiesWithin(f, `tie`)
	if q.Tie != 0 {
		f.and(`tie = ?`, int64(q.Tie))
	}
	if q.Body != 0 {
		f.and(`tie IN (SELECT id FROM tie WHERE body = ? OR id IN (SELECT tie FROM tie_party WHERE body = ?))`, int64(q.Body), int64(q.Body))
	}
	switch q.Status {
	case "":
	case tie.PromiseLate:
		f.and(`status = 'open' AND due_last < ?`, int64(v.Today()))
	default:
		f.and(`status = ?`, string(q.Status))
	}
	if q.Until != 0 {
		f.and(`due_last <= ?`, int64(q.Until))
	}
	most := q.Most
	if most <= 0 {
		most = promisesMost
	}
	end := f.bind(` ORDER BY CASE WHEN status = 'open' THEN 0 ELSE 1 END, due_last, id LIMIT ?`, int64(most))
	found, err := collect(ctx, v.r.runner, scanPromise, `SELECT data, recorder FROM promise WHERE `+f.where()+end, f.args...)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	under, err := v.tiesBy(ctx, found, func(p tie.Promise) tie.ID { return p.Tie })
	if err != nil {
		return nil, err
	}
	rows := make([]PromiseRow, len(found))
	for i, p := range found {
		rows[i] = PromiseRow{Promise: p, Under: under[p.Tie], Now: p.On(v.Today())}
	}
	return rows, nil
}

// Owing lists the gifts promised under the ties the actor may see that are still
// open on a day, with what of each was handed over, and the promise of each in the
// same order; of one body when it is named.
func (v *View) Owing(ctx context.Context, of body.ID, on calendar.Day) ([]PromiseRow, []twin.Owed, error) {
	rows, err := v.Promises(ctx, PromiseQuery{Body: of, Status: tie.PromiseOpen})
	if err != nil {
		return nil, nil, err
	}
	promises, deeds := make([]tie.Promise, len(rows)), map[int64]deed.Deed{}
	for i, row := range rows {
		promises[i] = row.Promise
		for _, id := range row.Deeds {
			d, err := v.Deed(ctx, deed.ID(id))
			if err != nil && fault.KindOf(err) == fault.Internal {
				return nil, nil, err
			}
			if err == nil {
				deeds[id] = d
			}
		}
	}
	owed := twin.Owing(promises, deeds, on)
	under := make([]PromiseRow, len(owed))
	for i, o := range owed {
		under[i] = rows[slices.IndexFunc(rows, func(r PromiseRow) bool { return r.ID == o.Promise.ID })]
	}
	return under, owed, nil
}

// Promise reads one promise under a tie the actor may see.
func (v *View) Promise(ctx context.Context, id tie.PromiseID) (PromiseRow, error) {
	p, err := v.r.Promise(ctx, id)
	if err != nil {
		return PromiseRow{}, err
	}
	t, err := v.Tie(ctx, p.Tie)
	if err != nil {
		return PromiseRow{}, err
	}
	return PromiseRow{Promise: p, Under: t, Now: p.On(v.Today())}, nil
}

// TieReviews lists the reviews of a tie the actor may see, in time.
func (v *View) TieReviews(ctx context.Context, id tie.ID) ([]tie.Review, error) {
	f := &filter{}
	f.and(`root = ? AND tie = ?`, v.r.book.root, int64(id))
	v.tiesWithin(f, `tie`)
	found, err := collect(ctx, v.r.runner, scanTieReview, `SELECT data, recorder FROM tie_review WHERE `+f.where()+` ORDER BY due_last, id`, f.args...)
	slices.SortStableFunc(found, func(a, b tie.Review) int {
		return cmp.Compare(a.Held.FirstOr(a.Due.FirstOr(0)), b.Held.FirstOr(b.Due.FirstOr(0)))
	})
	return found, err
}

// TieReview reads one review of a tie the actor may see.
func (v *View) TieReview(ctx context.Context, id tie.ReviewID) (tie.Review, error) {
	found, err := v.r.Review(ctx, id)
	if err != nil {
		return found, err
	}
	_, err = v.Tie(ctx, found.Tie)
	if err != nil {
		return tie.Review{}, err
	}
	return found, nil
}

// TieDue is something that comes up by itself in the life of a tie: its expiry,
// the last day to give notice, its next review.
type TieDue struct {
	Tie  TieRow        `json:"tie"`
	What DueKind       `json:"what"`
	Day  calendar.Date `json:"day"`
}

// DueKind says what comes up.
type DueKind string

// What comes up in the life of a tie.
const (
	DueExpiry DueKind = "expiry"
	DueNotice DueKind = "notice"
	DueReview DueKind = "review"
)

// TiesDue lists what of the ties the actor may see comes up until a day, and
// what is overdue, the earliest first.
func (v *View) TiesDue(ctx context.Context, until calendar.Day) ([]TieDue, error) {
	rows, err := v.tiesWhere(ctx, `(term = 1 OR id IN (SELECT tie FROM tie_review WHERE held = 0))`)
	if err != nil {
		return nil, err
	}
	reviews, err := collect(ctx, v.r.runner, scanTieReview, `SELECT data, recorder FROM tie_review WHERE root = $1`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	of := map[tie.ID][]tie.Review{}
	for _, one := range reviews {
		of[one.Tie] = append(of[one.Tie], one)
	}
	var due []TieDue
	today := v.Today()
	for _, row := range rows {
		if row.Standing.Status == tie.Ended {
			continue
		}
		add := func(what DueKind, day calendar.Date) {
			if last, known := day.Last(); known && last <= until {
				due = append(due, TieDue{Tie: row, What: what, Day: day})
			}
		}
		if !row.Standing.Expiry.IsUnknown() {
			add(DueExpiry, row.Standing.Expiry)
		}
		if by, set := row.NoticeBy(today); set && by >= today {
			add(DueNotice, calendar.OnDay(by))
		}
		add(DueReview, row.NextReview(of[row.ID], today))
	}
	slices.SortStableFunc(due, func(a, b TieDue) int { return cmp.Compare(a.Day.LastOr(0), b.Day.LastOr(0)) })
	return due, nil
}

// tiesBy reads the ties that records name, by their ids.
func (v *View) tiesBy(ctx context.Context, promises []tie.Promise, of func(tie.Promise) tie.ID) (map[tie.ID]TieRow, error) {
	ids := make([]tie.ID, 0, len(promises))
	for _, p := range promises {
		ids = append(ids, of(p))
	}
	slices.Sort(ids)
	rows, err := v.TiesByID(ctx, slices.Compact(ids))
	by := make(map[tie.ID]TieRow, len(rows))
	for _, row := range rows {
		by[row.ID] = row
	}
	return by, err
}

// TieKeeper tells whether the actor may change a tie.
func (v *View) TieKeeper(t tie.Tie) bool { return tie.MayKeep(v.actor, t, v.Today()) == nil }

// TiePapers lists the papers kept with a tie the actor may see.
func (v *View) TiePapers(ctx context.Context, id tie.ID) ([]source.Attachment, error) {
	f := &filter{}
	f.and(`subject = 'tie' AND removed = 0 AND ref = ?`, int64(id))
	v.tiesWithin(f, `ref`)
	return collect(ctx, v.r.runner, scanAttachment, `SELECT `+attachmentColumns+` FROM attachment WHERE `+f.where()+` ORDER BY id`, f.args...)
}

// TiePaper reads one paper of a tie the actor may see.
func (v *View) TiePaper(ctx context.Context, id int64) (source.Attachment, error) {
	a, err := v.r.Attachment(ctx, id)
	if err != nil {
		return a, err
	}
	if a.Subject != tie.AttachSubject {
		if !v.known() {
			return source.Attachment{}, fault.Forbid("access.forbidden.read_deeds")
		}
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	if _, err := v.Tie(ctx, tie.ID(a.Ref)); err != nil {
		return source.Attachment{}, err
	}
	if a.Removed {
		return source.Attachment{}, fault.Missing("deed.paper.missing")
	}
	return a, nil
}

// MemberBodies lists the bodies whose figures the officers of a union may read,
// because they are its members by a tie in force on a day.
func (r reader) memberBodies(ctx context.Context, on calendar.Day) (map[body.ID][]body.ID, error) {
	kinds, err := r.TieKinds(ctx)
	if err != nil {
		return nil, err
	}
	members := map[body.ID][]body.ID{}
	for _, k := range kinds {
		if !k.Figures {
			continue
		}
		ties, err := collect(ctx, r.runner, scanTie, `SELECT data, recorder FROM tie WHERE root = $1 AND kind = $2`, r.book.root, k.Code)
		if err != nil {
			return nil, err
		}
		for _, t := range ties {
			switch t.Stand(on, nil, tie.Rule{}).Status {
			case tie.Ended, tie.Paused, tie.Expired, tie.Proposed:
				continue
			}
			for _, union := range t.On(1, on) {
				for side := 2; side <= t.Sides(); side++ {
					for _, m := range t.On(side, on) {
						members[union.Body] = append(members[union.Body], m.Body)
					}
				}
			}
		}
	}
	return members, nil
}

// PromisesUnder lists the promises made under one tie the actor may see.
func (v *View) PromisesUnder(ctx context.Context, id tie.ID) ([]tie.Promise, error) {
	rows, err := v.Promises(ctx, PromiseQuery{Tie: id})
	promises := make([]tie.Promise, len(rows))
	for i, row := range rows {
		promises[i] = row.Promise
	}
	return promises, err
}

// TieFigures lists what was stated of the parties of a tie the actor may see, the
// latest first: both sides lay their figures on the table.
func (v *View) TieFigures(ctx context.Context, id tie.ID) ([]deed.Stated, error) {
	t, err := v.Tie(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []deed.Stated
	for _, b := range t.Bodies() {
		found, err := v.r.statedOf(ctx, b)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// NamesUnder gives the names of everybody who took part in some deeds that the
// actor may read, and of the committee of a tie that they may see.
func (v *View) NamesUnder(ctx context.Context, id tie.ID, deeds []deed.Deed) (map[person.ID]string, error) {
	if _, err := v.Tie(ctx, id); err != nil {
		return nil, err
	}
	called, err := v.CalledIn(ctx, deeds...)
	if err != nil {
		return nil, err
	}
	names := make(map[person.ID]string, len(called.People))
	for who, p := range called.People {
		names[who] = p.Name
	}
	return names, v.r.each(ctx, func(rows *sql.Rows) error {
		var who person.ID
		var name string
		err := rows.Scan((*int64)(&who), &name)
		names[who] = name
		return err
	}, `SELECT p.id, p.name FROM tie_member m JOIN person p ON p.id = m.person WHERE m.tie = $1`, int64(id))
}
