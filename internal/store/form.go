package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/reporting"
)

// Form reads one reporting form in its present version.
func (r reader) Form(ctx context.Context, id reporting.ID) (reporting.Form, error) {
	found, err := collect(ctx, r.runner, scanData[reporting.Form], `SELECT data FROM form WHERE id = $1`, int64(id))
	return only(found, err, "form.missing")
}

// FormCode gives the form that has a code, 0 when none has.
func (tx *Tx) FormCode(ctx context.Context, code string) (reporting.ID, error) {
	found, err := tx.formsCoded(ctx, code)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].ID, nil
}

func (r reader) formsCoded(ctx context.Context, code string) ([]reporting.Form, error) {
	return collect(ctx, r.runner, scanData[reporting.Form], `SELECT data FROM form WHERE root = $1 AND code = $2`, r.book.root, code)
}

// SaveForm writes a form, and its version when that is new.
func (tx *Tx) SaveForm(ctx context.Context, before *reporting.Form, f reporting.Form) error {
	data, err := pack(f, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO form (id, root, body, code, data, revision) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET data = excluded.data, revision = excluded.revision`,
		int64(f.ID), tx.book.root, int64(f.Body), f.Code, data, f.Revision)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO form_version (form, version, data) VALUES ($1, $2, $3)
		ON CONFLICT (form, version) DO UPDATE SET data = excluded.data`, int64(f.ID), f.Version, data)
	if before == nil {
		tx.note("form", int64(f.ID), f.Body, nil, f)
	} else {
		tx.note("form", int64(f.ID), f.Body, *before, f)
	}
	return err
}

// replyColumns are those of a reply after its key, here and among those past.
const replyColumns = `n, version, late, at, began, status, way, name, phone, figures, words, deeds, judge, judged, reason`

func scanReply(rows *sql.Rows) (reporting.Reply, error) {
	r := reporting.Reply{Answers: reporting.NewAnswers()}
	var late int64
	var figures, words, deeds string
	err := rows.Scan((*int64)(&r.Form), (*int32)(&r.Period), (*int64)(&r.Unit), &r.N, &r.Version, &late, &r.At, (*int32)(&r.First), (*string)(&r.Status),
		(*string)(&r.Way), &r.By, &r.Phone, &figures, &words, &deeds, &r.Judge, &r.Judged, &r.Reason)
	if err != nil {
		return r, err
	}
	r.Late = late != 0
	if r.Answers.Figures, err = reporting.ParseFigures(figures); err != nil {
		return r, err
	}
	if err := unpack(words, &r.Answers.Words); err != nil {
		return r, err
	}
	return r, unpack(deeds, &r.Deeds)
}

// replyArgs gives the columns of a reply after its key.
func replyArgs(r reporting.Reply) ([]any, error) {
	words, err := pack(r.Answers.Words, len(r.Answers.Words) == 0)
	if err != nil {
		return nil, err
	}
	deeds, err := pack(r.Deeds, len(r.Deeds) == 0)
	return []any{
		r.N, r.Version, flag(r.Late), r.At, int64(r.First), string(r.Status), string(r.Way), r.By, r.Phone, r.Answers.FiguresText(), words, deeds,
		r.Judge, r.Judged, r.Reason,
	}, err
}

// Replies reads what units last sent for a period.
func (r reader) Replies(ctx context.Context, f reporting.Form, p calendar.Period, units []body.ID) (map[body.ID]reporting.Reply, error) {
	all := map[body.ID]reporting.Reply{}
	for some := range slices.Chunk(units, listMost) {
		list, args := padded([]any{r.book.root, int64(f.ID), int64(p.From)}, some)
		err := r.each(ctx, func(rows *sql.Rows) error {
			one, err := scanReply(rows)
			all[one.Unit] = one
			return err
		}, `SELECT form, period, unit, `+replyColumns+` FROM reply WHERE root = $1 AND form = $2 AND period = $3 AND unit `+list, args...)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// InsertReply writes the first reply of a unit for a period, with what it adds
// above.
func (tx *Tx) InsertReply(ctx context.Context, f reporting.Form, r reporting.Reply) error {
	args, err := replyArgs(r)
	if err != nil {
		return err
	}
	key := []any{tx.book.root, int64(r.Form), int64(r.Period), int64(r.Unit)}
	if err := tx.insert(ctx, &tx.book.tables.reply, append(key, args...)...); err != nil {
		return err
	}
	tx.note("reply", replyRef(r), r.Unit, nil, told(f, r, args))
	return tx.share(ctx, f, nil, &r)
}

// replyRef names a reply in the history: a form, a period and a unit have one.
func replyRef(r reporting.Reply) int64 {
	return measureID(fmt.Sprintf("reply %d %d %d", r.Form, r.Period, r.Unit))
}

// answersDigest is by what the history knows the answers of one sending: their figures
// and words as they stand in the row.
func answersDigest(figures, words string) string {
	sum := sha256.Sum256([]byte(figures + "\x00" + words))
	return hex.EncodeToString(sum[:])
}

// told is what the history says of a reply: the answers by their digest.
func told(f reporting.Form, r reporting.Reply, args []any) reporting.Told {
	return reporting.Told{
		Period: f.Every.Code(f.Every.Of(r.Period)), N: r.N, Status: r.Status, Late: r.Late, By: r.By, Way: r.Way,
		Digest: answersDigest(args[9].(string), args[10].(string)), Deeds: r.Deeds, Reason: r.Reason,
	}
}

// UpdateReply puts a reply in the place of the one before, which is kept.
func (tx *Tx) UpdateReply(ctx context.Context, f reporting.Form, before, after reporting.Reply) error {
	key := []any{tx.book.root, int64(after.Form), int64(after.Period), int64(after.Unit)}
	was, err := replyArgs(before)
	if err != nil {
		return err
	}
	args, err := replyArgs(after)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO reply_past (root, form, period, unit, ended, `+replyColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
		append(append(slices.Clone(key), tx.NewID()), was...)...)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE reply SET n = $5, version = $6, late = $7, at = $8, began = $9, status = $10, way = $11, name = $12, phone = $13, figures = $14,
		  words = $15, deeds = $16, judge = $17, judged = $18, reason = $19
		WHERE root = $1 AND form = $2 AND period = $3 AND unit = $4`, append(key, args...)...)
	if err != nil {
		return err
	}
	tx.note("reply", replyRef(after), after.Unit, told(f, before, was), told(f, after, args))
	return tx.share(ctx, f, &before, &after)
}

// share moves the figures above a unit from what its reply was to what it is.
func (tx *Tx) share(ctx context.Context, f reporting.Form, before, after *reporting.Reply) error {
	above := tx.Tree().Ancestors(after.Unit, f.Every.Of(after.Period).To)
	return tx.shareAmong(ctx, above, above, before, after)
}

// shareAmong takes what a reply was from some bodies and gives what it is to others.
func (tx *Tx) shareAmong(ctx context.Context, from, to []body.ID, before, after *reporting.Reply) error {
	if before != nil {
		if err := tx.shareWith(ctx, from, *before, -1); err != nil {
			return err
		}
	}
	return tx.shareWith(ctx, to, *after, 1)
}

func (tx *Tx) shareWith(ctx context.Context, bodies []body.ID, r reporting.Reply, sign int64) error {
	t, shares := r.Tally(), r.Shares()
	for _, id := range bodies {
		err := tx.insert(ctx, &tx.book.tables.replyCount, tx.book.root, int64(r.Form), int64(r.Period), int64(id), sign*t.Sent, sign*t.Late, sign*t.Approved, sign*t.Returned)
		if err != nil {
			return err
		}
		for _, s := range shares {
			c := s.Counts
			err := tx.insert(ctx, &tx.book.tables.replySum, tx.book.root, int64(r.Form), int64(id), s.Question, int64(r.Period),
				sign*s.Qty, sign*c.Exact, sign*c.AtLeast, sign*c.Over, sign*c.About, sign*c.Nearly)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// regraftReplies moves the figures of replies whose units came to stand elsewhere.
func (tx *Tx) regraftReplies(ctx context.Context, of []body.ID, before, after *body.Tree) error {
	list, args := in([]any{tx.book.root}, of)
	moved, err := collect(ctx, tx.runner, scanReply, `SELECT form, period, unit, `+replyColumns+` FROM reply WHERE root = $1 AND unit `+list, args...)
	if err != nil {
		return err
	}
	for _, r := range moved {
		f, err := tx.Form(ctx, r.Form)
		if err != nil {
			return err
		}
		on := f.Every.Of(r.Period).To
		was, is := before.Ancestors(r.Unit, on), after.Ancestors(r.Unit, on)
		if slices.Equal(was, is) {
			continue
		}
		if err := tx.shareAmong(ctx, was, is, &r, &r); err != nil {
			return err
		}
	}
	return nil
}

// PeriodLocked tells whether a period of a form is closed.
func (r reader) PeriodLocked(ctx context.Context, id reporting.ID, p calendar.Period) (bool, error) {
	l, err := r.periodLock(ctx, id, p)
	return l.On, err
}

func (r reader) periodLock(ctx context.Context, id reporting.ID, p calendar.Period) (reporting.Lock, error) {
	found, err := collect(ctx, r.runner, scanData[reporting.Lock], `SELECT data FROM form_lock WHERE form = $1 AND period = $2`, int64(id), int64(p.From))
	if err != nil || len(found) == 0 {
		return reporting.Lock{}, err
	}
	return found[0], nil
}

// SetPeriodLock closes a period of a form or opens it again.
func (tx *Tx) SetPeriodLock(ctx context.Context, f reporting.Form, p calendar.Period, l reporting.Lock) error {
	before, err := tx.periodLock(ctx, f.ID, p)
	if err != nil {
		return err
	}
	data, err := pack(l, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO form_lock (form, period, data) VALUES ($1, $2, $3) ON CONFLICT (form, period) DO UPDATE SET data = excluded.data`,
		int64(f.ID), int64(p.From), data)
	if err == nil {
		tx.note("form_lock", int64(f.ID), f.Body, before, struct {
			Period string `json:"period"`
			reporting.Lock
		}{f.Every.Code(p), l})
	}
	return err
}

// scanShare reads one row of figures above a unit.
func scanShare(rows *sql.Rows, beside ...any) (reporting.Share, error) {
	var s reporting.Share
	c := &s.Counts
	into := []any{&s.Question, &s.Qty, &c.Exact, &c.AtLeast, &c.Over, &c.About, &c.Nearly}
	err := rows.Scan(append(into, beside...)...)
	return s, err
}

const shareColumns = `question, qty, exact, atleast, over, about, nearly`

// Roster is who must send a form for a period.
func (tx *Tx) Roster(ctx context.Context, f reporting.Form, p calendar.Period) (*reporting.Roster, error) {
	return tx.roster(ctx, tx.settled(), f, p)
}

// rosterKey names a roster that is kept in memory: it changes with the form, the
// trees and the lives of bodies.
type rosterKey struct {
	form     reporting.ID
	revision int64
	on       calendar.Day
	tree     *body.Tree
	lineage  *body.Lineage
}

// rosters keeps rosters that were asked for.
type rosters struct {
	mu  sync.Mutex
	all map[rosterKey]*reporting.Roster
}

func (r *rosters) get(k rosterKey) (*reporting.Roster, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept, ok := r.all[k]
	return kept, ok
}

func (r *rosters) put(k rosterKey, made *reporting.Roster) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.all == nil || len(r.all) >= rostersMost {
		r.all = map[rosterKey]*reporting.Roster{}
	}
	r.all[k] = made
}

// rostersMost bounds how many rosters are kept.
const rostersMost = 64

func (r reader) roster(ctx context.Context, s *state, f reporting.Form, p calendar.Period) (*reporting.Roster, error) {
	key := rosterKey{f.ID, f.Revision, p.To, s.tree, s.lineage}
	if kept, ok := r.book.rosters.get(key); ok {
		return kept, nil
	}
	units := slices.Clone(f.Senders.Named)
	if f.Senders.Under != 0 {
		below := s.tree.Below(f.Senders.Under, p.To)
		ofKind, err := r.ofKinds(ctx, f.Senders.Kinds)
		if err != nil {
			return nil, err
		}
		for _, id := range below {
			if ofKind == nil || ofKind[id] {
				units = append(units, id)
			}
		}
	}
	units = slices.DeleteFunc(units, func(id body.ID) bool { return !s.lineage.Stood(id, p.To) })
	made := reporting.NewRoster(units, s.tree, p.To)
	r.book.rosters.put(key, made)
	return made, nil
}

// ofKinds lists the bodies of some kinds; nil when all are meant but households,
// which report nothing.
func (r reader) ofKinds(ctx context.Context, kinds []body.Kind) (map[body.ID]bool, error) {
	f := &filter{}
	if len(kinds) == 0 {
		f.and(`kind <> ?`, string(body.Household))
	} else {
		var either []string
		for _, k := range kinds {
			either = append(either, `kind = `+f.bind(`?`, string(k)))
		}
		f.conditions = append(f.conditions, `(`+strings.Join(either, " OR ")+`)`)
	}
	all := map[body.ID]bool{}
	return all, r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		all[body.ID(id)] = true
		return err
	}, `SELECT id FROM body WHERE `+f.where(), f.args...)
}

// deedsOfReply are the deeds that a reply became.
func (r reader) deedsOfReply(ctx context.Context, reply reporting.Reply) ([]deed.Deed, error) {
	var all []deed.Deed
	for _, id := range reply.Deeds {
		d, err := r.Deed(ctx, id)
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b deed.Deed) int { return int(a.ID - b.ID) })
	return all, nil
}
