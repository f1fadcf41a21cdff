package store

import (
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/reporting"
)

const keyColumns = `id, form, unit, digest, created, expires, withdrawn, used`

func scanKey(rows *sql.Rows) (reporting.Key, error) {
	var k reporting.Key
	err := rows.Scan(&k.ID, (*int64)(&k.Form), (*int64)(&k.Unit), &k.Digest, &k.Created, (*int32)(&k.Expires), &k.Withdrawn, (*int32)(&k.Used))
	return k, err
}

// Keys lists the keys that units were ever given to a form.
func (r reader) Keys(ctx context.Context, id reporting.ID, units []body.ID) ([]reporting.Key, error) {
	var all []reporting.Key
	for some := range slices.Chunk(units, listMost) {
		list, args := padded([]any{int64(id)}, some)
		found, err := collect(ctx, r.runner, scanKey, `SELECT `+keyColumns+` FROM form_key WHERE form = $1 AND unit `+list+` ORDER BY unit, created`, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// InsertKey writes a new key.
func (tx *Tx) InsertKey(ctx context.Context, f reporting.Form, k reporting.Key) error {
	_, err := tx.exec(ctx, `INSERT INTO form_key (`+keyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		k.ID, int64(k.Form), int64(k.Unit), k.Digest, k.Created, int64(k.Expires), k.Withdrawn, int64(k.Used))
	if err == nil {
		tx.note("form_key", k.ID, f.Body, nil, k.Told())
	}
	return err
}

// UpdateKey writes that a key was withdrawn.
func (tx *Tx) UpdateKey(ctx context.Context, f reporting.Form, k reporting.Key) error {
	_, err := tx.exec(ctx, `UPDATE form_key SET withdrawn = $2 WHERE id = $1`, k.ID, k.Withdrawn)
	if err == nil {
		was := k.Told()
		was.Withdrawn = 0
		tx.note("form_key", k.ID, f.Body, was, k.Told())
	}
	return err
}

// KeyNamed gives the key of a secret, whether or not it still opens anything.
func (b *Book) KeyNamed(ctx context.Context, secret string) (reporting.Key, error) {
	found, err := collect(ctx, b.r, scanKey, `SELECT `+keyColumns+` FROM form_key WHERE digest = $1`, reporting.Digest(secret))
	return only(found, err, "form.key.unknown")
}

// Draft is a half-filled reply, as it was typed.
type Draft struct {
	Form    reporting.ID
	Period  calendar.Day
	Unit    body.ID
	Version int64
	Saved   int64 // Unix milliseconds
	Typed   map[string]string
}

// SaveDraft keeps what was typed so far.
func (tx *Tx) SaveDraft(ctx context.Context, d Draft) error {
	typed, err := pack(d.Typed, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO form_draft (form, period, unit, version, saved, typed) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (form, period, unit) DO UPDATE SET version = excluded.version, saved = excluded.saved, typed = excluded.typed`,
		int64(d.Form), int64(d.Period), int64(d.Unit), d.Version, d.Saved, typed)
	return err
}

// DropDrafts forgets what some units had half filled in for a period.
func (tx *Tx) DropDrafts(ctx context.Context, id reporting.ID, p calendar.Period, units []body.ID) error {
	for some := range slices.Chunk(units, listMost) {
		list, args := padded([]any{int64(id), int64(p.From)}, some)
		if _, err := tx.exec(ctx, `DELETE FROM form_draft WHERE form = $1 AND period = $2 AND unit `+list, args...); err != nil {
			return err
		}
	}
	return nil
}

func (r reader) draft(ctx context.Context, id reporting.ID, p calendar.Period, unit body.ID) (Draft, error) {
	found, err := collect(ctx, r.runner, func(rows *sql.Rows) (Draft, error) {
		d := Draft{Form: id, Period: p.From, Unit: unit}
		var typed string
		if err := rows.Scan(&d.Version, &d.Saved, &typed); err != nil {
			return d, err
		}
		return d, unpack(typed, &d.Typed)
	}, `SELECT version, saved, typed FROM form_draft WHERE form = $1 AND period = $2 AND unit = $3`, int64(id), int64(p.From), int64(unit))
	if err != nil || len(found) == 0 {
		return Draft{}, err
	}
	return found[0], nil
}

// Opened is what a key opens: one form for one unit, and nothing else of the
// book.
type Opened struct {
	Key    reporting.Key
	Form   reporting.Form
	Unit   body.Body
	Asker  body.Body // whose form it is
	Period calendar.Period
	Locked bool
	Reply  reporting.Reply // what was last sent; N is 0 when nothing was
	Draft  Draft           // what was typed since; Saved is 0 when nothing was
}

// Opened reads what a key in force opens for a period; the zero period asks for
// the one that is to be sent next.
func (b *Book) Opened(ctx context.Context, k reporting.Key, p calendar.Period) (Opened, error) {
	r := reader{runner: b.r, book: b}
	o := Opened{Key: k}
	today := calendar.FromTime(b.Now())
	var err error
	if o.Form, err = r.Form(ctx, k.Form); err != nil {
		return o, err
	}
	if o.Unit, err = r.Body(ctx, k.Unit); err != nil {
		return o, err
	}
	if o.Asker, err = r.Body(ctx, o.Form.Body); err != nil {
		return o, err
	}
	if !k.Opens(today) { // its questions are still told, to give back what was typed
		return o, fault.Missing("form.key.ended")
	}
	if p == (calendar.Period{}) {
		if p, err = r.nextPeriod(ctx, o.Form, k.Unit, today); err != nil {
			return o, err
		}
	}
	if !o.Form.Asks(p) || p.From > today {
		return o, fault.Missing("form.period.wrong", o.Form.Every.Code(p))
	}
	o.Period = p
	return o, r.standing(ctx, &o)
}

// standing reads how a unit's reply for a period stands.
func (r reader) standing(ctx context.Context, o *Opened) error {
	var err error
	if o.Locked, err = r.PeriodLocked(ctx, o.Form.ID, o.Period); err != nil {
		return err
	}
	sent, err := r.Replies(ctx, o.Form, o.Period, []body.ID{o.Unit.ID})
	if err != nil {
		return err
	}
	if one, ok := sent[o.Unit.ID]; ok {
		o.Reply = one
	} else {
		o.Reply.Answers = reporting.NewAnswers()
	}
	o.Draft, err = r.draft(ctx, o.Form.ID, o.Period, o.Unit.ID)
	return err
}

// nextPeriod is the period that a unit is to send next: the last that has ended,
// unless it was sent; then the one that runs.
func (r reader) nextPeriod(ctx context.Context, f reporting.Form, unit body.ID, today calendar.Day) (calendar.Period, error) {
	last := f.Current(today)
	sent, err := r.Replies(ctx, f, last, []body.ID{unit})
	if err != nil {
		return last, err
	}
	if one, ok := sent[unit]; ok && one.Counts() {
		if next := f.Every.After(last); next.From <= today && f.Asks(next) {
			return next, nil
		}
	}
	return last, nil
}

// KeyUsed notes on which day a key was last used, once a day.
func (b *Book) KeyUsed(ctx context.Context, k reporting.Key) error {
	today := calendar.FromTime(b.Now())
	if k.Used == today {
		return nil
	}
	return b.Write(ctx, Writing{}, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `UPDATE form_key SET used = $2 WHERE id = $1`, k.ID, int64(today))
		return err
	})
}
