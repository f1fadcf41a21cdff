package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

const deedColumns = `id, body, kind, status, title, day, place, place_note, series, brought, programme, plan, reason, approver, note, source, entry, job, recorded, recorder, revision`

func scanDeed(rows *sql.Rows) (deed.Deed, error) {
	var d deed.Deed
	var day, plan, source string
	var brought int64
	err := rows.Scan((*int64)(&d.ID), (*int64)(&d.Body), &d.Kind, (*string)(&d.Status), &d.Title, &day, &d.Place, &d.PlaceNote, &d.Series, &brought,
		&d.Programme, &plan, &d.Reason, (*int64)(&d.Approver), &d.Note, &source, &d.Entry, &d.Job, &d.Recorded, (*int64)(&d.Recorder), &d.Revision)
	if err != nil {
		return d, err
	}
	d.Brought = brought != 0
	if err := unpack(plan, &d.Lines); err != nil {
		return d, err
	}
	if err := unpack(source, &d.Source); err != nil {
		return d, err
	}
	return d, dates(&d.Day, day)
}

// pack writes a value as JSON, the empty one as nothing.
func pack(v any, empty bool) (string, error) {
	if empty {
		return "", nil
	}
	raw, err := json.Marshal(v)
	return string(raw), err
}

// unpack reads what pack wrote.
func unpack(raw string, into any) error {
	if raw == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		return fmt.Errorf("read stored JSON: %w", err)
	}
	return nil
}

// Deed reads one deed with its parties and the lines in force.
func (r reader) Deed(ctx context.Context, id deed.ID) (deed.Deed, error) {
	found, err := collect(ctx, r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE id = $1`, int64(id))
	if err != nil {
		return deed.Deed{}, err
	}
	if len(found) == 0 {
		return deed.Deed{}, fault.Missing("deed.missing")
	}
	d := found[0]
	if d.Parties, err = r.partiesOf(ctx, d.ID); err != nil {
		return deed.Deed{}, err
	}
	if d.Ties, err = r.tiesOfDeed(ctx, d.ID); err != nil {
		return deed.Deed{}, err
	}
	if d.Status == deed.Done {
		d.Lines, err = r.linesOf(ctx, d)
	}
	return d, err
}

func (r reader) partiesOf(ctx context.Context, id deed.ID) ([]deed.Party, error) {
	return collect(ctx, r.runner, scanParty, `SELECT role, body, person, name, note, detail FROM party WHERE deed = $1 ORDER BY n`, int64(id))
}

func scanParty(rows *sql.Rows) (deed.Party, error) {
	var p deed.Party
	var detail string
	if err := rows.Scan((*string)(&p.Role), (*int64)(&p.Body), (*int64)(&p.Person), &p.Name, &p.Note, &detail); err != nil {
		return p, err
	}
	return p, unpack(detail, &p.Detail)
}

// linesOf reads the lines of a deed's present revision.
func (r reader) linesOf(ctx context.Context, d deed.Deed) ([]deed.Line, error) {
	var measures []int64
	lines, err := collect(ctx, r.runner, func(rows *sql.Rows) (deed.Line, error) {
		var measure int64
		l := deed.Line{Day: d.Day}
		err := rows.Scan(&l.N, &measure, &l.Quantity, &l.Qualifier, &l.Revision, &l.Undoes, &l.Item)
		measures = append(measures, measure)
		return l, err
	}, `SELECT n, measure, qty, qualifier, revision, undoes, item FROM line
		WHERE root = $1 AND body = $2 AND deed = $3 AND revision = $4 AND undoes = 0 ORDER BY n`,
		r.book.root, int64(d.Body), int64(d.ID), d.Revision)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if err := r.measured(ctx, &lines[i], measures[i]); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// measured says what a line counts. It asks the book only for measures that are
// not yet kept in memory, so not while rows are being read: an engine answers
// one question at a time.
func (r reader) measured(ctx context.Context, l *deed.Line, id int64) error {
	m, err := r.measure(ctx, id)
	l.Unit, l.Stage, l.Currency = m.Unit, m.Stage, m.Currency
	return err
}

// measureKey reads the key of a measure that this transaction itself may have
// brought in.
func (r reader) measureKey(ctx context.Context, id int64) (string, error) {
	var key string
	err := r.one(ctx, `SELECT code FROM measure WHERE id = $1`, []any{id}, &key)
	return key, err
}

func deedArgs(d deed.Deed, root int64) ([]any, error) {
	plan, err := pack(d.Lines, d.Status == deed.Done || len(d.Lines) == 0)
	if err != nil {
		return nil, err
	}
	src, err := pack(d.Source, d.Source.IsZero())
	if err != nil {
		return nil, err
	}
	return []any{
		int64(d.ID), int64(d.Body), d.Kind, string(d.Status), d.Title, d.Day.EDTF(), d.Place, d.PlaceNote, d.Series, flag(d.Brought), d.Programme, plan,
		d.Reason, int64(d.Approver), d.Note, src, d.Entry, d.Job, d.Recorded, int64(d.Recorder), d.Revision,
		int64(d.Day.FirstOr(calendar.Earliest)), int64(d.Day.LastOr(calendar.Latest)), deedFold(d), root,
	}, nil
}

// deedFold is what search compares: the title, the note and the parties that
// are not in the book by themselves.
func deedFold(d deed.Deed) string {
	fold := text.Fold(d.Title) + " " + text.Fold(d.PlaceNote) + " " + text.Fold(d.Note)
	for _, p := range d.Parties {
		if p.Name != "" {
			fold += " " + text.Fold(p.Name)
		}
	}
	return fold
}

// InsertDeed writes a new deed with its parties; its lines come by AppendLines.
func (tx *Tx) InsertDeed(ctx context.Context, d deed.Deed) error {
	args, err := deedArgs(d, tx.book.root)
	if err != nil {
		return err
	}
	if err := tx.insert(ctx, &tx.book.tables.deed, args...); err != nil {
		return err
	}
	if err := tx.writeParties(ctx, d); err != nil {
		return err
	}
	if err := tx.writeTies(ctx, d); err != nil {
		return err
	}
	tx.note("deed", int64(d.ID), d.Body, nil, d)
	return tx.indexNew(ctx, "deed", int64(d.ID), deedFold(d))
}

// UpdateDeed writes the next revision of a deed.
func (tx *Tx) UpdateDeed(ctx context.Context, d deed.Deed) error {
	before, err := tx.Deed(ctx, d.ID)
	if err != nil {
		return err
	}
	args, err := deedArgs(d, tx.book.root)
	if err != nil {
		return err
	}
	was, err := tx.foldKept(ctx, "deed", int64(d.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE deed SET body = $2, kind = $3, status = $4, title = $5, day = $6, place = $7, place_note = $8, series = $9, brought = $10, programme = $11,
		  plan = $12, reason = $13, approver = $14, note = $15, source = $16, entry = $17, job = $18, recorded = $19, recorder = $20, revision = $21,
		  day_first = $22, day_last = $23, fold = $24 WHERE id = $1 AND root = $25`, args...)
	if err != nil {
		return err
	}
	for _, table := range []string{"party", "tie_deed"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE deed = $1`, int64(d.ID)); err != nil {
			return err
		}
	}
	if err := tx.writeParties(ctx, d); err != nil {
		return err
	}
	if err := tx.writeTies(ctx, d); err != nil {
		return err
	}
	tx.note("deed", int64(d.ID), d.Body, before, d)
	return tx.index(ctx, "deed", int64(d.ID), was, deedFold(d))
}

func (tx *Tx) writeParties(ctx context.Context, d deed.Deed) error {
	for i, p := range d.Parties {
		detail, err := pack(p.Detail, p.Detail == deed.Detail{})
		if err != nil {
			return err
		}
		err = tx.insert(ctx, &tx.book.tables.party, int64(d.ID), int64(i+1), tx.book.root, string(p.Role), int64(p.Body), int64(p.Person), p.Name, p.Note, detail)
		if err != nil {
			return err
		}
	}
	return nil
}

// AppendLines writes lines to the journal, clustered by their home.
func (tx *Tx) AppendLines(ctx context.Context, d deed.Deed, lines []deed.Line) error {
	if err := tx.retally(ctx); err != nil {
		return err
	}
	if err := tx.knowMeasures(ctx, d.Kind, lines); err != nil {
		return err
	}
	for _, l := range lines {
		err := tx.insert(ctx, &tx.book.tables.line, tx.book.root, int64(d.Body), int64(d.ID), l.N, measureID(deed.MeasureOf(d.Kind, l).Key()), l.Quantity, int64(l.Qualifier),
			int64(l.Day.FirstOr(calendar.Earliest)), int64(l.Day.LastOr(calendar.Latest)), l.Revision, l.Undoes, l.Item)
		if err != nil {
			return err
		}
	}
	return nil
}

// knowMeasures registers the measures of lines at once, so that work of the same
// commit can read the lines before the tallies are written.
func (tx *Tx) knowMeasures(ctx context.Context, kind string, lines []deed.Line) error {
	all := tallies{measures: map[int64]string{}}
	for _, l := range lines {
		key := deed.MeasureOf(kind, l).Key()
		if _, known := tx.state.measures[measureID(key)]; !known {
			all.measures[measureID(key)] = key
		}
	}
	if len(all.measures) == 0 {
		return nil
	}
	fresh := *tx.state
	tx.state = &fresh
	return all.register(ctx, tx.runner, tx.state)
}

// Kind reads one kind of deed.
func (r reader) Kind(ctx context.Context, code string) (deed.Kind, error) {
	var raw string
	err := r.one(ctx, `SELECT data FROM deed_kind WHERE code = $1`, []any{code}, &raw)
	if errors.Is(err, errNone) {
		return deed.Kind{}, fault.Field("kind", "deed.kind.unknown", code)
	}
	if err != nil {
		return deed.Kind{}, err
	}
	var k deed.Kind
	return k, unpack(raw, &k)
}

// Kinds lists the kinds of deed in the order of the form.
func (r reader) Kinds(ctx context.Context) ([]deed.Kind, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (deed.Kind, error) {
		var raw string
		var k deed.Kind
		if err := rows.Scan(&raw); err != nil {
			return k, err
		}
		return k, unpack(raw, &k)
	}, `SELECT data FROM deed_kind ORDER BY rank, code`)
}

// SaveKind writes a kind of deed, new or changed.
func (tx *Tx) SaveKind(ctx context.Context, k deed.Kind) error {
	tx.touch()
	raw, err := pack(k, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO deed_kind (code, data, rank, retired, revision) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET data = excluded.data, rank = excluded.rank, retired = excluded.retired, revision = excluded.revision`,
		k.Code, raw, k.Rank, flag(k.Retired), k.Revision)
	if err == nil {
		tx.note("deed_kind", measureID(k.Code), tx.book.Root(), nil, k)
	}
	return err
}
