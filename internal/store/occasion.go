package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
)

// scanData reads a column of JSON.
func scanData[T any](rows *sql.Rows) (T, error) {
	var raw string
	var v T
	if err := rows.Scan(&raw); err != nil {
		return v, err
	}
	return v, unpack(raw, &v)
}

// only gives the one record that was found, or says that there is none.
func only[T any](found []T, err error, missing string) (T, error) {
	var none T
	if err != nil {
		return none, err
	}
	if len(found) == 0 {
		return none, fault.Missing(missing)
	}
	return found[0], nil
}

// feastKey is under what a feast is kept: one of a body's own by its code, another
// reading of one that ships for the organisation that reads it so, for each has its
// own.
func feastKey(f occasion.Feast, home body.ID) string {
	if f.Body != 0 {
		return f.Code
	}
	return f.Code + ofHome + strconv.FormatInt(int64(home), 10)
}

// ofHome parts the code of a feast from the organisation that reads it its own way.
const ofHome = "@"

// Feast reads a feast as an organisation reads it: as it wrote it, or as it ships.
func (r reader) Feast(ctx context.Context, code string, home body.ID) (occasion.Feast, error) {
	kept, err := collect(ctx, r.runner, scanData[occasion.Feast], `SELECT data FROM feast WHERE code = $1 OR code = $2 ORDER BY code DESC`, code, feastKey(occasion.Feast{Code: code}, home))
	if err != nil {
		return occasion.Feast{}, err
	}
	if len(kept) > 0 {
		return kept[0].Read()
	}
	shipped, err := occasion.Shipped()
	for _, f := range shipped {
		if f.Code == code {
			return f, nil
		}
	}
	return only([]occasion.Feast(nil), err, "occasion.missing")
}

// Feast reads a feast as the organisation of the actor reads it.
func (tx *Tx) Feast(ctx context.Context, code string) (occasion.Feast, error) {
	return tx.reader.Feast(ctx, code, tx.View().Root())
}

// Feasts lists every feast: those that ship, an organisation's own reading of them in
// their place, and those that were added.
func (r reader) Feasts(ctx context.Context, home body.ID) ([]occasion.Feast, error) {
	shipped, err := occasion.Shipped()
	if err != nil {
		return nil, err
	}
	kept, err := collect(ctx, r.runner, scanData[occasion.Feast], `SELECT data FROM feast WHERE root = $1 AND (code NOT LIKE '%`+ofHome+`%' OR code LIKE $2) ORDER BY code`, r.book.root, "%"+feastKey(occasion.Feast{}, home))
	if err != nil || len(kept) == 0 {
		return shipped, err
	}
	own := map[string]occasion.Feast{}
	for _, f := range kept {
		if own[f.Code], err = f.Read(); err != nil {
			return nil, err
		}
	}
	all := make([]occasion.Feast, 0, len(shipped)+len(kept))
	for _, f := range shipped {
		if instead, changed := own[f.Code]; changed {
			f = instead
			delete(own, f.Code)
		}
		all = append(all, f)
	}
	for _, f := range kept {
		if added, left := own[f.Code]; left {
			all = append(all, added)
		}
	}
	return all, nil
}

// feastID stands for a code in the history.
func feastID(code string) int64 { return measureID("feast " + code) }

// SaveFeast writes a feast, new or changed.
func (tx *Tx) SaveFeast(ctx context.Context, f occasion.Feast) error {
	before, err := tx.Feast(ctx, f.Code)
	known := err == nil
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	raw, err := pack(f, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO feast (code, root, body, data, revision) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET data = excluded.data, revision = excluded.revision`, feastKey(f, tx.View().Root()), tx.book.root, int64(f.Body), raw, f.Revision)
	if err != nil {
		return err
	}
	at := cmp.Or(f.Body, tx.View().Root())
	if known {
		tx.note("feast", feastID(f.Code), at, before, f)
	} else {
		tx.note("feast", feastID(f.Code), at, nil, f)
	}
	return nil
}

// decreeKey is under what the days of a feast are kept: those set for one
// organisation apart from those set for all.
func decreeKey(feast string, of body.ID) string {
	if of == 0 {
		return feast
	}
	return feast + ofHome + strconv.FormatInt(int64(of), 10)
}

// Decrees lists the days set by decree for an organisation: its own, and those set
// for all where it set none.
func (r reader) Decrees(ctx context.Context, home body.ID) ([]occasion.Decree, error) {
	all, err := collect(ctx, r.runner, scanData[occasion.Decree], `SELECT data FROM decree WHERE root = $1 AND (feast NOT LIKE '%`+ofHome+`%' OR feast LIKE $2) ORDER BY feast, year`,
		r.book.root, "%"+decreeKey("", home))
	if err != nil {
		return nil, err
	}
	type days struct {
		feast string
		year  int
	}
	own := map[days]bool{}
	for _, d := range all {
		own[days{d.Feast, d.Year}] = own[days{d.Feast, d.Year}] || d.Body != 0
	}
	return slices.DeleteFunc(all, func(d occasion.Decree) bool { return d.Body == 0 && own[days{d.Feast, d.Year}] }), nil
}

// decree reads the days of a feast for a year as they were set for an organisation,
// or for all.
func (r reader) decree(ctx context.Context, feast string, year int, of body.ID) (occasion.Decree, bool, error) {
	was, err := collect(ctx, r.runner, scanData[occasion.Decree], `SELECT data FROM decree WHERE feast = $1 AND year = $2`, decreeKey(feast, of), year)
	if err != nil || len(was) == 0 {
		return occasion.Decree{}, false, err
	}
	return was[0], true, nil
}

// SaveDecree writes the days of a feast for a year.
func (tx *Tx) SaveDecree(ctx context.Context, d occasion.Decree) error {
	was, known, err := tx.decree(ctx, d.Feast, d.Year, d.Body)
	if err != nil {
		return err
	}
	var before any
	if d.Revision = was.Revision + 1; known {
		before = was
	}
	raw, err := pack(d, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO decree (feast, year, root, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (feast, year) DO UPDATE SET data = excluded.data`, decreeKey(d.Feast, d.Body), d.Year, tx.book.root, raw)
	if err == nil {
		tx.note("decree", feastID(d.Feast), d.Body, before, d)
	}
	return err
}

// RemoveDecree takes the days of a feast for a year back.
func (tx *Tx) RemoveDecree(ctx context.Context, feast string, year int, of body.ID) error {
	was, known, err := tx.decree(ctx, feast, year, of)
	if err != nil || !known {
		return err
	}
	_, err = tx.exec(ctx, `DELETE FROM decree WHERE feast = $1 AND year = $2`, decreeKey(feast, of), year)
	if err == nil {
		tx.note("decree", feastID(feast), of, was, nil)
	}
	return err
}

// Custom reads one custom.
func (r reader) Custom(ctx context.Context, id int64) (occasion.Custom, error) {
	found, err := collect(ctx, r.runner, scanData[occasion.Custom], `SELECT data FROM custom WHERE id = $1`, id)
	return only(found, err, "occasion.custom.missing")
}

// Customs lists the customs of a body that last.
func (r reader) Customs(ctx context.Context, of body.ID) ([]occasion.Custom, error) {
	return collect(ctx, r.runner, scanData[occasion.Custom], `SELECT data FROM custom WHERE root = $1 AND body = $2 AND ended = 0 ORDER BY id`, r.book.root, int64(of))
}

// SaveCustom writes a custom, new or changed.
func (tx *Tx) SaveCustom(ctx context.Context, c occasion.Custom) error {
	var before any
	if c.Revision > 1 {
		was, err := tx.Custom(ctx, c.ID)
		if err != nil {
			return err
		}
		before = was
	}
	raw, err := pack(c, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO custom (id, root, body, target, ended, data) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET target = excluded.target, ended = excluded.ended, data = excluded.data`,
		c.ID, tx.book.root, int64(c.Body), int64(c.To), flag(c.Ended), raw)
	if err == nil {
		tx.note("custom", c.ID, c.Body, before, c)
	}
	return err
}

// Duty reads one duty.
func (r reader) Duty(ctx context.Context, id occasion.DutyID) (occasion.Duty, error) {
	found, err := collect(ctx, r.runner, scanData[occasion.Duty], `SELECT data FROM duty WHERE id = $1`, int64(id))
	return only(found, err, "occasion.duty.missing")
}

// DutiesFor lists what a body has begun for an occasion of a year.
func (r reader) DutiesFor(ctx context.Context, of body.ID, code string, year int) ([]occasion.Duty, error) {
	return collect(ctx, r.runner, scanData[occasion.Duty], `SELECT data FROM duty WHERE body = $1 AND code = $2 AND year = $3 ORDER BY id`, int64(of), code, year)
}

func (tx *Tx) dutyArgs(d occasion.Duty) ([]any, error) {
	raw, err := pack(d, false)
	return []any{
		int64(d.ID), tx.book.root, int64(d.Body), d.For.Code, d.For.Day.Year(), int64(d.For.Day), int64(d.To), string(d.Do), flag(d.Open()), raw, d.Revision,
	}, err
}

// InsertDuty writes a new duty.
func (tx *Tx) InsertDuty(ctx context.Context, d occasion.Duty) error {
	args, err := tx.dutyArgs(d)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO duty (id, root, body, code, year, day, target, doing, waits, data, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, args...)
	if err == nil {
		tx.note("duty", int64(d.ID), d.Body, nil, d)
	}
	return err
}

// UpdateDuty writes what changed of a duty.
func (tx *Tx) UpdateDuty(ctx context.Context, d occasion.Duty) error {
	before, err := tx.Duty(ctx, d.ID)
	if err != nil {
		return err
	}
	args, err := tx.dutyArgs(d)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE duty SET body = $3, code = $4, year = $5, day = $6, target = $7, doing = $8, waits = $9, data = $10, revision = $11
		WHERE id = $1 AND root = $2`, args...)
	if err == nil {
		tx.note("duty", int64(d.ID), d.Body, before, d)
	}
	return err
}

const tokenColumns = `id, account, office, label, digest, created, withdrawn, used`

func scanToken(rows *sql.Rows) (occasion.Token, error) {
	var t occasion.Token
	err := rows.Scan(&t.ID, &t.Account, &t.Office, &t.Label, &t.Digest, &t.Created, &t.Withdrawn, &t.Used)
	return t, err
}

// Token reads one token.
func (r reader) Token(ctx context.Context, id int64) (occasion.Token, error) {
	found, err := collect(ctx, r.runner, scanToken, `SELECT `+tokenColumns+` FROM calendar_token WHERE id = $1`, id)
	return only(found, err, "feed.missing")
}

// InsertToken writes a new token.
func (tx *Tx) InsertToken(ctx context.Context, t occasion.Token) error {
	_, err := tx.exec(ctx, `INSERT INTO calendar_token (`+tokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.ID, t.Account, t.Office, t.Label, t.Digest, t.Created, t.Withdrawn, t.Used)
	if err == nil {
		tx.note("token", t.ID, 0, nil, t.Told())
	}
	return err
}

// UpdateToken writes what changed of a token.
func (tx *Tx) UpdateToken(ctx context.Context, t occasion.Token) error {
	before, err := tx.Token(ctx, t.ID)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE calendar_token SET label = $2, withdrawn = $3, used = $4 WHERE id = $1`, t.ID, t.Label, t.Withdrawn, t.Used)
	if err == nil && before.Withdrawn != t.Withdrawn {
		tx.note("token", t.ID, 0, before.Told(), t.Told())
	}
	return err
}

// TokenOpens gives the token that a secret opens; nothing when it was withdrawn
// or never was.
func (b *Book) TokenOpens(ctx context.Context, secret string) (occasion.Token, error) {
	found, err := collect(ctx, b.r, scanToken, `SELECT `+tokenColumns+` FROM calendar_token WHERE digest = $1 AND withdrawn = 0`, occasion.Digest(secret))
	return only(found, err, "feed.missing")
}

// TokenUsed notes on which day a token was last used, once a day.
func (b *Book) TokenUsed(ctx context.Context, t occasion.Token) error {
	today := calendar.FromTime(b.Now())
	if t.Used == int64(today) {
		return nil
	}
	return b.Write(ctx, Writing{}, func(ctx context.Context, tx *Tx) error {
		t.Used = int64(today)
		return tx.UpdateToken(ctx, t)
	})
}

// Tokens lists the tokens of the actor's own account, the latest first.
func (v *View) Tokens(ctx context.Context) ([]occasion.Token, error) {
	if v.actor.Account == 0 {
		return nil, nil
	}
	return collect(ctx, v.r.runner, scanToken, `SELECT `+tokenColumns+` FROM calendar_token WHERE account = $1 ORDER BY withdrawn, created DESC`, v.actor.Account)
}
