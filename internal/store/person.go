package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

const personColumns = `id, body, name, other_names, sex, birth, death, dead, phone, email, address, origin, origin_note,
	residence, residence_note, household, relation, consent, note, merged_into, revision`

func scanPerson(rows *sql.Rows) (person.Person, error) {
	var p person.Person
	var others, birth, death string
	var dead int64
	err := rows.Scan((*int64)(&p.ID), (*int64)(&p.Body), &p.Name, &others, (*string)(&p.Sex), &birth, &death, &dead, &p.Phone, &p.Email, &p.Address,
		&p.Origin, &p.OriginNote, &p.Residence, &p.ResidenceNote, (*int64)(&p.Household), &p.Relation, (*string)(&p.Consent), &p.Note, (*int64)(&p.MergedInto), &p.Revision)
	if err != nil {
		return p, err
	}
	p.Dead = dead != 0
	if others != "" {
		if err := json.Unmarshal([]byte(others), &p.OtherNames); err != nil {
			return p, fmt.Errorf("read other names: %w", err)
		}
	}
	return p, dates(&p.Birth, birth, &p.Death, death)
}

// Person reads one person.
func (r reader) Person(ctx context.Context, id person.ID) (person.Person, error) {
	found, err := collect(ctx, r.runner, scanPerson, `SELECT `+personColumns+` FROM person WHERE id = $1`, int64(id))
	if err != nil {
		return person.Person{}, err
	}
	if len(found) == 0 {
		return person.Person{}, fault.Missing("person.missing")
	}
	return found[0], nil
}

// personArgs are a person's values in the order of personColumns, then sort,
// fold and the birth's days.
func (tx *Tx) personArgs(p person.Person) ([]any, string, error) {
	others := ""
	if len(p.OtherNames) > 0 {
		raw, err := json.Marshal(p.OtherNames)
		if err != nil {
			return nil, "", fmt.Errorf("write other names: %w", err)
		}
		others = string(raw)
	}
	fold := personFold(p)
	first, ok1 := p.Birth.First()
	last, ok2 := p.Birth.Last()
	return []any{
		int64(p.ID), int64(p.Body), p.Name, others, string(p.Sex), p.Birth.EDTF(), p.Death.EDTF(), flag(p.Dead), p.Phone, p.Email, p.Address,
		p.Origin, p.OriginNote, p.Residence, p.ResidenceNote, int64(p.Household), p.Relation, string(p.Consent), p.Note, int64(p.MergedInto), p.Revision,
		text.NameKey(p.Name), fold, optional(first, ok1), optional(last, ok2), tx.book.root,
	}, fold, nil
}

// personFold is what search compares: the names, alone and run together, their
// initials, the phone, the address and what was noted of places. The names of
// places themselves are not kept with each person: search knows them. A space
// stands in front, so that every word begins behind one.
func personFold(p person.Person) string {
	own := text.Fold(p.Name)
	words := []string{own, text.Initials(p.Name), strings.ReplaceAll(own, " ", "")}
	for _, o := range p.OtherNames {
		words = append(words, text.Fold(o.Name))
	}
	words = append(words, text.Fold(p.Phone), digits(p.Phone), text.Fold(p.Address), text.Fold(p.OriginNote), text.Fold(p.ResidenceNote))
	return " " + strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// InsertPerson writes a new person.
func (tx *Tx) InsertPerson(ctx context.Context, p person.Person) error {
	args, fold, err := tx.personArgs(p)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO person (`+personColumns+`, sort, fold, birth_first, birth_last, root)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)`, args...)
	if err != nil {
		return err
	}
	tx.note("person", int64(p.ID), p.Body, nil, p)
	return tx.indexNew(ctx, "person", int64(p.ID), fold)
}

// UpdatePerson writes what changed of a person.
func (tx *Tx) UpdatePerson(ctx context.Context, p person.Person) error {
	before, err := tx.Person(ctx, p.ID)
	if err != nil {
		return err
	}
	args, fold, err := tx.personArgs(p)
	if err != nil {
		return err
	}
	was, err := tx.foldKept(ctx, "person", int64(p.ID))
	if err != nil {
		return err
	}
	if before.MergedInto != 0 {
		was = "" // who was merged away is not found
	}
	_, err = tx.exec(ctx, `
		UPDATE person SET body = $2, name = $3, other_names = $4, sex = $5, birth = $6, death = $7, dead = $8, phone = $9, email = $10, address = $11,
		  origin = $12, origin_note = $13, residence = $14, residence_note = $15, household = $16, relation = $17, consent = $18, note = $19,
		  merged_into = $20, revision = $21, sort = $22, fold = $23, birth_first = $24, birth_last = $25 WHERE id = $1 AND root = $26`, args...)
	if err != nil {
		return err
	}
	tx.note("person", int64(p.ID), p.Body, before, p)
	if p.MergedInto != 0 {
		fold = ""
	}
	return tx.index(ctx, "person", int64(p.ID), was, fold)
}

const membershipColumns = `id, body, person, member, number, category, joined, left_on, left_last, reason, note, revision`

func scanMembership(rows *sql.Rows) (person.Membership, error) {
	var m person.Membership
	var joined, left string
	var until sql.NullInt64
	err := rows.Scan(&m.ID, (*int64)(&m.Body), (*int64)(&m.Person), (*int64)(&m.Member), &m.Number, (*string)(&m.Category), &joined, &left, &until, &m.Reason, &m.Note, &m.Revision)
	if err != nil {
		return m, err
	}
	m.Lasts = !until.Valid
	return m, dates(&m.Joined, joined, &m.Left, left)
}

// Membership reads one membership.
func (r reader) Membership(ctx context.Context, id int64) (person.Membership, error) {
	found, err := collect(ctx, r.runner, scanMembership, `SELECT `+membershipColumns+` FROM membership WHERE id = $1`, id)
	if err != nil {
		return person.Membership{}, err
	}
	if len(found) == 0 {
		return person.Membership{}, fault.Missing("member.missing")
	}
	return found[0], nil
}

// MembershipsOf lists a person's memberships, past ones too.
func (r reader) MembershipsOf(ctx context.Context, id person.ID) ([]person.Membership, error) {
	return collect(ctx, r.runner, scanMembership, `SELECT `+membershipColumns+` FROM membership WHERE person = $1 ORDER BY joined_first, id`, int64(id))
}

// membershipArgs are a membership's values in the order of membershipColumns,
// then the first day and the root.
func (tx *Tx) membershipArgs(m person.Membership) []any {
	joined, known := m.Joined.First()
	// A membership that ended on an unknown day has ended all the same.
	left := optional(m.Left.LastOr(calendar.Earliest), !m.Lasts)
	return []any{
		m.ID, int64(m.Body), int64(m.Person), int64(m.Member), m.Number, string(m.Category), m.Joined.EDTF(), m.Left.EDTF(), left, m.Reason, m.Note, m.Revision,
		optional(joined, known), tx.book.root,
	}
}

// InsertMembership writes a new membership.
func (tx *Tx) InsertMembership(ctx context.Context, m person.Membership) error {
	_, err := tx.exec(ctx, `INSERT INTO membership (`+membershipColumns+`, joined_first, root)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`, tx.membershipArgs(m)...)
	if err == nil {
		tx.note("membership", m.ID, m.Body, nil, m)
	}
	return err
}

// UpdateMembership writes what changed of a membership.
func (tx *Tx) UpdateMembership(ctx context.Context, m person.Membership) error {
	before, err := tx.Membership(ctx, m.ID)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `UPDATE membership SET body = $2, person = $3, member = $4, number = $5, category = $6, joined = $7, left_on = $8, left_last = $9,
		reason = $10, note = $11, revision = $12, joined_first = $13 WHERE id = $1 AND root = $14`, tx.membershipArgs(m)...)
	if err == nil {
		tx.note("membership", m.ID, m.Body, before, m)
	}
	return err
}
