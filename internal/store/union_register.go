package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/text"
	"kith.app/internal/union"
)

const registerColumns = `id, body, register, person, other, day, due, revision, deed`

func scanRegister(rows *sql.Rows, more ...any) (union.Entry, error) {
	var e union.Entry
	into := append([]any{&e.ID, (*int64)(&e.Body), (*string)(&e.Register), (*int64)(&e.Person), (*int64)(&e.Other), &e.Day, &e.Due, &e.Revision, (*int64)(&e.Deed)}, more...)
	return e, rows.Scan(into...)
}

// RegisterEntry reads what a record of a register has in common with the others.
func (r reader) RegisterEntry(ctx context.Context, id int64) (union.Entry, error) {
	found, err := collect(ctx, r.runner, func(rows *sql.Rows) (union.Entry, error) { return scanRegister(rows) }, `SELECT `+registerColumns+` FROM union_register WHERE id = $1`, id)
	return only(found, err, "register.missing")
}

// SaveRegister writes a record of a register, new or changed.
func (tx *Tx) SaveRegister(ctx context.Context, e union.Entry, record any) error {
	raw, err := pack(record, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO union_register (`+registerColumns+`, data, fold, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET person = excluded.person, other = excluded.other, deed = excluded.deed, day = excluded.day, due = excluded.due, revision = excluded.revision, data = excluded.data, fold = excluded.fold`,
		e.ID, int64(e.Body), string(e.Register), int64(e.Person), int64(e.Other), int64(e.Day), int64(e.Due), e.Revision, int64(e.Deed), raw, text.Fold(e.Words), tx.book.root)
	if err == nil {
		tx.note("union_register", e.ID, e.Body, nil, record)
	}
	return err
}

// keptRows reads records of a register without asking who reads: for the rules.
func keptRows[T union.Kept[T]](ctx context.Context, r reader, where string, args ...any) ([]T, error) {
	return collect(ctx, r.runner, scanKept[T], `SELECT `+registerColumns+`, data FROM union_register WHERE `+where+` ORDER BY day, id`, args...)
}

func scanKept[T union.Kept[T]](rows *sql.Rows) (T, error) {
	var record T
	var raw string
	e, err := scanRegister(rows, &raw)
	if err != nil {
		return record, err
	}
	if err := unpack(raw, &record); err != nil {
		return record, err
	}
	return record.With(e), nil
}

// registerRows reads the records of a register under a condition.
func registerRows[T union.Kept[T]](ctx context.Context, v *View, f *filter) ([]T, error) {
	return collect(ctx, v.r.runner, scanKept[T], `SELECT `+registerColumns+`, data FROM union_register WHERE `+f.where()+` ORDER BY day DESC, id DESC`, f.args...)
}

// RegisterOf lists the records of a register that the actor may see: of a body
// and those below it, or of all; narrowed by words.
func RegisterOf[T union.Kept[T]](ctx context.Context, v *View, of body.ID, typed string) ([]T, error) {
	var one T
	f := &filter{}
	f.and(`root = ? AND register = ?`, v.r.book.root, string(one.Entry().Register))
	reach, args := v.within(access.ReadDeeds, "body", f.args)
	f.args = args
	f.and(reach)
	if of != 0 {
		f.and(`body ` + list(f, append(v.Tree().EverBelow(of), of)))
	}
	for _, word := range typedWords(typed) {
		f.and(`INSTR(fold, ?) > 0`, word)
	}
	return registerRows[T](ctx, v, f)
}

// RegisterOne reads one record of a register that the actor may see.
func RegisterOne[T union.Kept[T]](ctx context.Context, v *View, id int64) (T, error) {
	var none T
	f := &filter{}
	f.and(`id = ? AND register = ?`, id, string(none.Entry().Register))
	found, err := registerRows[T](ctx, v, f)
	one, err := only(found, err, "register.missing")
	if err != nil {
		return none, err
	}
	return one, v.actor.May(access.ReadDeeds, one.Entry().Body)
}

// Editions lists the deeds of a programme, the first edition first.
func (v *View) Editions(ctx context.Context, programme int64) ([]deed.Deed, error) {
	f, err := v.deedFilter(ctx, DeedQuery{})
	if err != nil {
		return nil, err
	}
	f.and(`programme = ? AND programme <> 0`, programme)
	found, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE `+f.where()+` ORDER BY series, day_first, id`, f.args...)
	if err != nil {
		return nil, err
	}
	return found, v.r.fillDeeds(ctx, found)
}

// scanProtocol reads how somebody is addressed; people and bodies stand in
// columns of their own.
func scanProtocol(rows *sql.Rows) (union.Protocol, error) {
	var p union.Protocol
	var raw string
	var who, other int64
	if err := rows.Scan(&raw, &who, &other); err != nil {
		return p, err
	}
	err := unpack(raw, &p)
	p.Person, p.Other = person.ID(who), body.ID(other)
	return p, err
}

// Protocol reads how somebody is addressed and seated.
func (r reader) Protocol(ctx context.Context, id person.ID) (union.Protocol, error) {
	found, err := collect(ctx, r.runner, scanProtocol, `SELECT data, person, other FROM protocol WHERE person = $1`, int64(id))
	return only(found, err, "protocol.missing")
}

// SaveProtocol writes how somebody is addressed and seated.
func (tx *Tx) SaveProtocol(ctx context.Context, p union.Protocol) error {
	raw, err := pack(p, false)
	if err != nil {
		return err
	}
	var before any
	if was, err := tx.Protocol(ctx, p.Person); err == nil {
		before = was
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO protocol (person, root, body, precedence, friend, other, country, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (person) DO UPDATE SET body = excluded.body, precedence = excluded.precedence, friend = excluded.friend, other = excluded.other, country = excluded.country,
		  data = excluded.data, revision = excluded.revision`,
		int64(p.Person), tx.book.root, int64(p.Body), p.Precedence, flag(p.Friend), int64(p.Other), p.Country, raw, p.Revision)
	if err == nil {
		tx.note("protocol", int64(p.Person), p.Body, before, p)
	}
	return err
}

// ProtocolOf reads how somebody whom the actor may see is addressed; empty where
// nothing was written yet.
func (v *View) ProtocolOf(ctx context.Context, id person.ID) (union.Protocol, person.Person, error) {
	who, err := v.Person(ctx, id)
	if err != nil {
		return union.Protocol{}, who, err
	}
	p, err := v.r.Protocol(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return union.Protocol{Person: id, Body: who.Body}, who, nil
	}
	return p, who, err
}

// Friend is somebody of protocol with the last deed that named them.
type Friend struct {
	union.Protocol
	Name  string
	Touch int64 // first day of that deed; 0: never
}

// Friends lists those of whom protocol is kept and whom the actor may see, the
// longest untouched first.
func (v *View) Friends(ctx context.Context) ([]Friend, error) {
	f := &filter{}
	f.and(`c.root = ?`, v.r.book.root)
	reach, args := v.within(access.ReadRoll, "c.body", f.args)
	f.args = args
	f.and(reach)
	deeds, args := v.within(access.ReadDeeds, "d.body", f.args)
	f.args = args
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (Friend, error) {
		var c Friend
		var raw string
		var who, other int64
		if err := rows.Scan(&raw, &who, &other, &c.Name, &c.Touch); err != nil {
			return c, err
		}
		err := unpack(raw, &c.Protocol)
		c.Person, c.Other = person.ID(who), body.ID(other)
		return c, err
	}, `SELECT c.data, c.person, c.other, p.name,
		  COALESCE((SELECT MAX(d.day_first) FROM party x JOIN deed d ON d.id = x.deed WHERE x.person = c.person AND d.status = 'done' AND `+deeds+`), 0) AS touch
		FROM protocol c JOIN person p ON p.id = c.person AND p.merged_into = 0 WHERE `+f.where()+` ORDER BY touch, c.person`, f.args...)
}

// MembersByCategory counts the members of a body alone today, by category; those
// that are bodies themselves are counted as the collective ones they are.
func (v *View) MembersByCategory(ctx context.Context, of body.ID) (map[string]int, error) {
	if err := v.actor.May(access.ReadFigures, of); err != nil {
		return nil, err
	}
	counts := map[string]int{}
	return counts, v.r.each(ctx, func(rows *sql.Rows) error {
		var category string
		var n int
		if err := rows.Scan(&category, &n); err != nil {
			return err
		}
		counts[category] += n
		return nil
	}, `SELECT category, COUNT(*) FROM membership WHERE root = $1 AND body = $2 AND left_last IS NULL GROUP BY category`, v.r.book.root, int64(of))
}
