package store

import (
	"context"
	"database/sql"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

const delegationColumns = `d.id, d.holding, d.person, d.since, d.until, d.rights, d.note, d.lender, d.ended, d.revision`

// delegationInto gives where the columns of a delegation are scanned into;
// rights come as codes between spaces.
func delegationInto(d *person.Delegation, rights *string) []any {
	return []any{
		&d.ID, &d.Holding, (*int64)(&d.Person), (*int32)(&d.Since), (*int32)(&d.Until), rights, &d.Note, (*int64)(&d.Lender), &d.Ended, &d.Revision,
	}
}

func scanDelegation(rows *sql.Rows) (person.Delegation, error) {
	var d person.Delegation
	var rights string
	err := rows.Scan(delegationInto(&d, &rights)...)
	d.Rights = rightsIn(rights)
	return d, err
}

func rightsIn(codes string) []access.Right {
	var all []access.Right
	for code := range strings.FieldsSeq(codes) {
		all = append(all, access.Right(code))
	}
	return all
}

// Delegation reads one delegation.
func (r reader) Delegation(ctx context.Context, id int64) (person.Delegation, error) {
	found, err := collect(ctx, r.runner, scanDelegation, `SELECT `+delegationColumns+` FROM delegation d WHERE d.id = $1`, id)
	if err != nil {
		return person.Delegation{}, err
	}
	if len(found) == 0 {
		return person.Delegation{}, fault.Missing("lend.missing")
	}
	return found[0], nil
}

// DelegationsOf lists what was ever lent of an office somebody holds.
func (r reader) DelegationsOf(ctx context.Context, holding int64) ([]person.Delegation, error) {
	return collect(ctx, r.runner, scanDelegation, `SELECT `+delegationColumns+` FROM delegation d WHERE d.holding = $1 ORDER BY d.since, d.id`, holding)
}

// SaveDelegation writes a delegation, new or withdrawn.
func (tx *Tx) SaveDelegation(ctx context.Context, before, d person.Delegation) error {
	codes := make([]string, len(d.Rights))
	for i, r := range d.Rights {
		codes[i] = string(r)
	}
	_, err := tx.exec(ctx, `
		INSERT INTO delegation (id, holding, person, since, until, rights, note, lender, ended, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET ended = excluded.ended, revision = excluded.revision`,
		d.ID, d.Holding, int64(d.Person), int64(d.Since), int64(d.Until), strings.Join(codes, " "), d.Note, int64(d.Lender), d.Ended, d.Revision)
	if err != nil {
		return err
	}
	h, err := tx.Holding(ctx, d.Holding)
	if err != nil {
		return err
	}
	o, err := tx.Office(ctx, h.Office)
	if err != nil {
		return err
	}
	if before.ID == 0 {
		tx.note("delegation", d.ID, o.Body, nil, d)
	} else {
		tx.note("delegation", d.ID, o.Body, before, d)
	}
	return nil
}

// Lent is a delegation as lists tell it.
type Lent struct {
	person.Delegation
	Office  person.Office
	Holder  person.ID
	From    string // the officer's name
	Helper  string // the helper's name
	HeldTo  calendar.Day
	Account bool // the helper has a way to sign in
}

// InForce tells whether the rights are lent on a day.
func (l Lent) InForce(on calendar.Day) bool { return l.Delegation.InForce(on) && on <= l.HeldTo }

// Delegations lists what is and was lent, the latest to expire first: of offices
// of bodies the actor manages, of the actor's own, and to the actor.
func (v *View) Delegations(ctx context.Context) ([]Lent, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	within, args := v.within(access.ManageBody, "o.body", []any{v.r.book.root, v.actor.Person})
	return collect(ctx, v.r.runner, func(rows *sql.Rows) (Lent, error) {
		var l Lent
		var rights string
		var account int64
		into := append(delegationInto(&l.Delegation, &rights), &l.Office.ID, (*int64)(&l.Office.Body), &l.Office.Kind, &l.Office.Title,
			(*int64)(&l.Holder), &l.From, &l.Helper, (*int32)(&l.HeldTo), &account)
		err := rows.Scan(into...)
		l.Rights, l.Account = rightsIn(rights), account > 0
		return l, err
	}, `SELECT `+delegationColumns+`, o.id, o.body, o.kind, o.title, h.person, f.name, p.name, h.end_last,
		  (SELECT COUNT(*) FROM account a WHERE a.person = d.person AND a.disabled = 0)
		FROM delegation d JOIN holding h ON h.id = d.holding JOIN office o ON o.id = h.office
		JOIN person f ON f.id = h.person JOIN person p ON p.id = d.person
		WHERE h.root = $1 AND (`+within+` OR h.person = $2 OR d.person = $2)
		ORDER BY d.until DESC, d.id DESC`, args...)
}

// LentOffice reads an office somebody holds, for who may lend from it.
func (v *View) LentOffice(ctx context.Context, holding int64) (person.Holding, person.Office, error) {
	h, err := v.r.Holding(ctx, holding)
	if err != nil {
		return h, person.Office{}, err
	}
	o, err := v.r.Office(ctx, h.Office)
	if err != nil {
		return h, o, err
	}
	if err := person.MayLend(v.actor, h, o); err != nil {
		return person.Holding{}, person.Office{}, err
	}
	return h, o, nil
}

// GrantsAlready gives what a person may do today without what is about to be
// lent, for who lends it.
func (v *View) GrantsAlready(ctx context.Context, holding int64, helper person.ID) ([]access.Grant, error) {
	if _, _, err := v.LentOffice(ctx, holding); err != nil {
		return nil, err
	}
	return v.r.grantsOf(ctx, helper, v.Today())
}

// lentGrants keeps of an office's rights those that were lent.
func lentGrants(kind string, at body.ID, rights string) []access.Grant {
	all := access.GrantsOf(access.OfficeKind(kind), at)
	lent := person.Delegation{Rights: rightsIn(rights)}
	some := all[:0]
	for _, g := range all {
		if lent.Lends(g.Right) {
			some = append(some, g)
		}
	}
	return some
}
