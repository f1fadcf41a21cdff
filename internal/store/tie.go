package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// TieKind reads one kind of tie: as the book has it, or as it ships.
func (r reader) TieKind(ctx context.Context, code string) (tie.Kind, error) {
	all, err := r.TieKinds(ctx)
	if err != nil {
		return tie.Kind{}, err
	}
	for _, k := range all {
		if k.Code == code {
			return k, nil
		}
	}
	return tie.Kind{}, fault.Field("kind", "tie.kind.unknown", code)
}

// TieKinds lists the kinds of tie in the order of the form.
func (r reader) TieKinds(ctx context.Context) ([]tie.Kind, error) {
	all, err := tie.ShippedKinds()
	if err != nil {
		return nil, err
	}
	own, err := collect(ctx, r.runner, func(rows *sql.Rows) (tie.Kind, error) {
		var raw string
		var k tie.Kind
		if err := rows.Scan(&raw); err != nil {
			return k, err
		}
		return k, unpack(raw, &k)
	}, `SELECT data FROM tie_kind ORDER BY rank, code`)
	for _, k := range own {
		at := slices.IndexFunc(all, func(s tie.Kind) bool { return s.Code == k.Code })
		if at < 0 {
			all = append(all, k)
		} else {
			all[at] = k
		}
	}
	return all, err
}

// TieKind reads one kind of tie; an import asks for it thousands of times.
func (tx *Tx) TieKind(ctx context.Context, code string) (tie.Kind, error) {
	return remember(tx, "tie kind "+code, func() (tie.Kind, error) { return tx.reader.TieKind(ctx, code) })
}

// SaveTieKind writes a kind of tie, new or changed.
func (tx *Tx) SaveTieKind(ctx context.Context, k tie.Kind) error {
	tx.touch()
	raw, err := pack(k, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO tie_kind (code, data, rank, revision) VALUES ($1, $2, $3, $4)
		ON CONFLICT (code) DO UPDATE SET data = excluded.data, rank = excluded.rank, revision = excluded.revision`,
		k.Code, raw, k.Rank, k.Revision)
	if err == nil {
		tx.note("tie_kind", measureID(k.Code), tx.book.Root(), nil, k)
	}
	return err
}

func scanTie(rows *sql.Rows) (tie.Tie, error) {
	var t tie.Tie
	var raw string
	var recorder person.ID
	if err := rows.Scan(&raw, (*int64)(&recorder)); err != nil {
		return t, err
	}
	err := unpack(raw, &t)
	t.Recorder = recorder
	return t, err
}

// Tie reads one tie.
func (r reader) Tie(ctx context.Context, id tie.ID) (tie.Tie, error) {
	return r.tieWhere(ctx, fault.Missing("tie.missing"), `id = $1`, int64(id))
}

// tieWhere reads one tie whole, its committee too.
func (r reader) tieWhere(ctx context.Context, missing error, condition string, arg any) (tie.Tie, error) {
	found, err := collect(ctx, r.runner, scanTie, `SELECT data, recorder FROM tie WHERE `+condition, arg)
	if err != nil {
		return tie.Tie{}, err
	}
	if len(found) == 0 {
		return tie.Tie{}, missing
	}
	t := found[0]
	// Records of people may have been merged since; the links follow them.
	if slices.ContainsFunc(t.Parties, func(p tie.Party) bool { return p.SignedBy != 0 }) {
		if err := r.signers(ctx, &t); err != nil {
			return t, err
		}
	}
	if len(t.Committee) == 0 {
		return t, nil
	}
	t.Committee = slices.Clone(t.Committee)
	return t, r.each(ctx, func(rows *sql.Rows) error {
		var n int
		var who person.ID
		if err := rows.Scan(&n, (*int64)(&who)); err != nil {
			return err
		}
		if n <= len(t.Committee) {
			t.Committee[n-1].Person = who
		}
		return nil
	}, `SELECT n, person FROM tie_member WHERE tie = $1`, int64(t.ID))
}

// signers reads who signed for the parties of a tie.
func (r reader) signers(ctx context.Context, t *tie.Tie) error {
	t.Parties = slices.Clone(t.Parties)
	return r.each(ctx, func(rows *sql.Rows) error {
		var n int
		var who person.ID
		if err := rows.Scan(&n, (*int64)(&who)); err != nil {
			return err
		}
		if n <= len(t.Parties) {
			t.Parties[n-1].SignedBy = who
		}
		return nil
	}, `SELECT n, person FROM tie_signer WHERE tie = $1`, int64(t.ID))
}

// TieByCode reads the tie that a code names.
func (r reader) TieByCode(ctx context.Context, code string) (tie.Tie, error) {
	return r.tieWhere(ctx, fault.Missing("tie.code.unknown", code), `code = $1`, code)
}

// TieCodeTaken tells whether a tie has the code.
func (r reader) TieCodeTaken(ctx context.Context, code string) (bool, error) {
	var id int64
	err := r.one(ctx, `SELECT id FROM tie WHERE code = $1`, []any{code}, &id)
	if errors.Is(err, errNone) {
		return false, nil
	}
	return err == nil, err
}

// tieWords gives what search compares of a tie and by what it is sorted: its
// titles, its code, and every name its parties ever bore.
func (tx *Tx) tieWords(ctx context.Context, t tie.Tie) (fold string, sort []byte, err error) {
	var all strings.Builder
	for _, n := range t.Titles {
		all.WriteString(text.Fold(n.Text) + " ")
	}
	var names []string
	for _, id := range t.Bodies() {
		b, err := tx.Body(ctx, id)
		if err != nil {
			return "", nil, err
		}
		all.WriteString(bodyFold(b) + " ")
		names = append(names, b.ShortOn("vi", calendar.Latest))
	}
	all.WriteString(text.Fold(t.Code))
	called := t.Called("vi")
	if called == "" {
		called = strings.Join(names, " – ")
	}
	return all.String(), text.TextKey(called, "vi"), nil
}

// between writes codes so that each stands between spaces and can be looked for.
func between(codes []string) string {
	if len(codes) == 0 {
		return ""
	}
	return " " + strings.Join(codes, " ") + " "
}

// tieArgs are the columns of a tie, and the words it is found by.
func (tx *Tx) tieArgs(ctx context.Context, t tie.Tie) ([]any, string, error) {
	fold, sort, err := tx.tieWords(ctx, t)
	if err != nil {
		return nil, "", err
	}
	raw, err := json.Marshal(t)
	if err != nil {
		return nil, "", fmt.Errorf("pack a tie: %w", err)
	}
	heard, plain := t.Plain(tx.Today())
	return []any{
		int64(t.ID), tx.book.root, t.Code, t.Kind, int64(t.Body), string(raw), int64(t.Signed().FirstOr(calendar.Earliest)), between(t.Fields), flag(t.HasTerm()), int64(t.Parent), t.Outside,
		t.Job, t.Recorded, int64(t.Recorder), sort, fold, t.Revision, between(t.Lands()), flag(plain), int64(heard),
	}, fold, nil
}

// InsertTie writes a new tie with its parties.
func (tx *Tx) InsertTie(ctx context.Context, t tie.Tie) error {
	args, fold, err := tx.tieArgs(ctx, t)
	if err != nil {
		return err
	}
	if err := tx.insert(ctx, &tx.book.tables.tie, args...); err != nil {
		return err
	}
	if err := tx.writeTieLinks(ctx, t); err != nil {
		return err
	}
	tx.note("tie", int64(t.ID), t.Body, nil, t)
	return tx.indexNew(ctx, "tie", int64(t.ID), fold)
}

// UpdateTie writes the next revision of a tie.
func (tx *Tx) UpdateTie(ctx context.Context, t tie.Tie) error {
	before, err := tx.Tie(ctx, t.ID)
	if err != nil {
		return err
	}
	args, fold, err := tx.tieArgs(ctx, t)
	if err != nil {
		return err
	}
	was, err := tx.foldKept(ctx, "tie", int64(t.ID))
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE tie SET code = $3, kind = $4, body = $5, data = $6, signed_first = $7, fields = $8, term = $9, hangs = $10, outside = $11, job = $12,
		  recorded = $13, recorder = $14, sort = $15, fold = $16, revision = $17, countries = $18, plain = $19, heard = $20 WHERE id = $1 AND root = $2`, args...)
	if err != nil {
		return err
	}
	for _, table := range []string{"tie_party", "tie_before", "tie_member", "tie_signer"} {
		if _, err := tx.exec(ctx, `DELETE FROM `+table+` WHERE tie = $1`, int64(t.ID)); err != nil {
			return err
		}
	}
	if err := tx.writeTieLinks(ctx, t); err != nil {
		return err
	}
	tx.note("tie", int64(t.ID), t.Body, before, t)
	return tx.index(ctx, "tie", int64(t.ID), was, fold)
}

func (tx *Tx) writeTieLinks(ctx context.Context, t tie.Tie) error {
	for i, p := range t.Parties {
		until := calendar.Latest
		if !p.Until.IsUnknown() {
			until = p.Until.LastOr(calendar.Latest)
		}
		err := tx.insert(ctx, &tx.book.tables.tieParty, int64(t.ID), int64(i+1), tx.book.root, int64(p.Side), int64(p.Body),
			int64(p.From.FirstOr(calendar.Earliest)), int64(until))
		if err == nil && p.SignedBy != 0 {
			_, err = tx.exec(ctx, `INSERT INTO tie_signer (tie, n, root, person) VALUES ($1, $2, $3, $4)`, int64(t.ID), int64(i+1), tx.book.root, int64(p.SignedBy))
		}
		if err != nil {
			return err
		}
	}
	for i, m := range t.Committee {
		if m.Person == 0 {
			continue
		}
		_, err := tx.exec(ctx, `INSERT INTO tie_member (tie, n, root, person) VALUES ($1, $2, $3, $4)`, int64(t.ID), int64(i+1), tx.book.root, int64(m.Person))
		if err != nil {
			return err
		}
	}
	for _, b := range t.Before {
		if _, err := tx.exec(ctx, `INSERT INTO tie_before (tie, before) VALUES ($1, $2) ON CONFLICT (tie, before) DO NOTHING`, int64(t.ID), int64(b)); err != nil {
			return err
		}
	}
	return nil
}

// writeTies links a deed to the ties under which it was done.
func (tx *Tx) writeTies(ctx context.Context, d deed.Deed) error {
	for _, id := range d.Ties {
		err := tx.insert(ctx, &tx.book.tables.tieDeed, int64(id), int64(d.Day.FirstOr(calendar.Earliest)), int64(d.ID), tx.book.root)
		if err != nil {
			return err
		}
	}
	return nil
}

// tiesOfDeed lists the ties a deed names.
func (r reader) tiesOfDeed(ctx context.Context, id deed.ID) ([]tie.ID, error) {
	return collect(ctx, r.runner, func(rows *sql.Rows) (tie.ID, error) {
		var t tie.ID
		return t, rows.Scan((*int64)(&t))
	}, `SELECT tie FROM tie_deed WHERE deed = $1 ORDER BY tie`, int64(id))
}

// fillTies gives deeds the ties they name.
func (r reader) fillTies(ctx context.Context, at map[deed.ID]*deed.Deed, these string, args []any) error {
	return r.each(ctx, func(rows *sql.Rows) error {
		var d deed.ID
		var t tie.ID
		if err := rows.Scan((*int64)(&d), (*int64)(&t)); err != nil {
			return err
		}
		if one := at[d]; one != nil && !slices.Contains(one.Ties, t) {
			one.Ties = append(one.Ties, t)
		}
		return nil
	}, `SELECT deed, tie FROM tie_deed WHERE deed `+these+` ORDER BY deed, tie`, args...)
}

// DeedUnder tells that a deed is in the book, done, and names a tie.
func (tx *Tx) DeedUnder(ctx context.Context, ref int64, id tie.ID) error {
	d, err := tx.Deed(ctx, deed.ID(ref))
	if err != nil {
		return err
	}
	if d.Status != deed.Done {
		return fault.Field("deed", "tie.deed.planned")
	}
	if !slices.Contains(d.Ties, id) {
		return fault.Field("deed", "tie.deed.other")
	}
	return nil
}

// KnownTie tells that a tie is in the book.
func (tx *Tx) KnownTie(ctx context.Context, id tie.ID) error {
	_, err := tx.Tie(ctx, id)
	return err
}

// Body reads one body with its names. An import that joins the same bodies by
// thousands of ties keeps what it has read until it writes any body's place.
func (tx *Tx) Body(ctx context.Context, id body.ID) (body.Body, error) {
	if tx.how.Job == 0 {
		return tx.reader.Body(ctx, id)
	}
	if b, kept := tx.bodies[id]; kept {
		return b, nil
	}
	b, err := tx.reader.Body(ctx, id)
	if err == nil {
		if tx.bodies == nil {
			tx.bodies = map[body.ID]body.Body{}
		}
		tx.bodies[id] = b
	}
	return b, err
}

// bodyWritten forgets what was read of bodies: of one, or of all where their
// places changed.
func (tx *Tx) bodyWritten(ids ...body.ID) {
	if len(ids) == 0 {
		tx.bodies = nil
	}
	for _, id := range ids {
		delete(tx.bodies, id)
	}
}
