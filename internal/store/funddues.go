package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

const rateColumns = `id, body, category, currency, amount, since, until, revision`

func scanRate(rows *sql.Rows) (fund.Rate, error) {
	var r fund.Rate
	err := rows.Scan(&r.ID, (*int64)(&r.Body), (*string)(&r.Category), (*string)(&r.Amount.Currency), &r.Amount.Minor, &r.Since, &r.Until, &r.Revision)
	return r, err
}

// Rates lists what the members of a body pay, by category, the earliest first.
func (r reader) Rates(ctx context.Context, of body.ID) ([]fund.Rate, error) {
	return collect(ctx, r.runner, scanRate, `SELECT `+rateColumns+` FROM due_rate WHERE body = $1 ORDER BY category, since`, int64(of))
}

// SaveRate writes a rate, new or changed.
func (tx *Tx) SaveRate(ctx context.Context, r fund.Rate) error {
	_, err := tx.exec(ctx, `
		INSERT INTO due_rate (`+rateColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET currency = excluded.currency, amount = excluded.amount, until = excluded.until, revision = excluded.revision`,
		r.ID, int64(r.Body), string(r.Category), string(r.Amount.Currency), r.Amount.Minor, r.Since, r.Until, r.Revision, tx.book.root)
	if err == nil {
		tx.note("due_rate", r.ID, r.Body, nil, r)
	}
	return err
}

// SaveExemption writes an exemption, new or changed.
func (tx *Tx) SaveExemption(ctx context.Context, x fund.Exemption) error {
	m, err := tx.Membership(ctx, x.Membership)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO due_exemption (id, root, membership, since, until, reason, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET since = excluded.since, until = excluded.until, reason = excluded.reason, revision = excluded.revision`,
		x.ID, tx.book.root, x.Membership, x.Since, x.Until, x.Reason, x.Revision)
	if err == nil {
		tx.note("due_exemption", x.ID, m.Body, nil, x)
	}
	return err
}

// SaveCharge writes what one member owes for one year.
func (tx *Tx) SaveCharge(ctx context.Context, c fund.Charge) error {
	m, err := tx.Membership(ctx, c.Membership)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		INSERT INTO due_charge (membership, year, root, currency, amount, note) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (membership, year) DO UPDATE SET currency = excluded.currency, amount = excluded.amount, note = excluded.note`,
		c.Membership, c.Year, tx.book.root, string(c.Amount.Currency), c.Amount.Minor, c.Note)
	if err == nil {
		tx.note("due_charge", c.Membership, m.Body, nil, c)
	}
	return err
}

// DueRates lists what the members of a body pay.
func (v *View) DueRates(ctx context.Context, of body.ID) ([]fund.Rate, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	return v.r.Rates(ctx, of)
}

// Dues tells how the members of a body and of its branches stand with their
// dues until a year, by name.
func (v *View) Dues(ctx context.Context, of body.ID, until int) ([]fund.Due, error) {
	all, err := v.DuesUnnamed(ctx, of, until)
	if err != nil {
		return nil, err
	}
	return v.NameDues(ctx, of, until, all)
}

// DuesUnnamed tells the same of each member without a name, in the order in which
// they joined the book: for sums over everybody.
func (v *View) DuesUnnamed(ctx context.Context, of body.ID, until int) ([]fund.Due, error) {
	if err := v.actor.May(access.ReadFund, of); err != nil {
		return nil, err
	}
	type key struct {
		of    body.ID
		until int
		today calendar.Day
	}
	all, err := recall(ctx, v, key{of, until, v.Today()}, besideDues, func() ([]fund.Due, error) { return v.reckoned(ctx, of, until) })
	return slices.Clone(all), err
}

// NameDues puts their names to some of those of whom DuesUnnamed tells and gives
// them by name, bodies first.
func (v *View) NameDues(ctx context.Context, of body.ID, until int, some []fund.Due) ([]fund.Due, error) {
	all, err := v.DuesUnnamed(ctx, of, until)
	if err != nil {
		return nil, err
	}
	asked := make(map[dueHolder]int, len(some))
	for i, d := range some {
		asked[dueHolder{int64(d.Member.Person), int64(d.Member.Member)}] = i
	}
	var people, bodies []int64
	for _, d := range all {
		h := dueHolder{int64(d.Member.Person), int64(d.Member.Member)}
		if _, known := asked[h]; known && h.person != 0 {
			people = append(people, h.person)
		} else if known {
			bodies = append(bodies, h.member)
		}
	}
	named := make([]fund.Due, 0, len(some))
	take := func(rows *sql.Rows) error {
		var h dueHolder
		var name string
		if err := rows.Scan(&h.person, &h.member, &name); err != nil {
			return err
		}
		if i, known := asked[h]; known {
			d := some[i]
			d.Member.Name = name
			named = append(named, d)
		}
		return nil
	}
	f := &filter{}
	f.and(`b.id ` + list(f, bodies))
	err = v.r.each(ctx, take, `SELECT 0, b.id, COALESCE(n.name, '') FROM body b LEFT JOIN body_name n ON n.body = b.id AND n.n = 1 WHERE `+f.where()+` ORDER BY b.id`, f.args...)
	if err != nil {
		return nil, err
	}
	f = &filter{}
	if f.and(`root = ?`, v.r.book.root); len(people) <= listMost {
		f.and(`id ` + list(f, people))
	}
	return named, v.r.each(ctx, take, `SELECT id, 0, name FROM person WHERE `+f.where()+` ORDER BY sort, id`, f.args...)
}

// reckoned reckons the dues of everybody below a body.
func (v *View) reckoned(ctx context.Context, of body.ID, until int) ([]fund.Due, error) {
	bodies := append([]body.ID{of}, v.Tree().EverBelow(of)...)
	book := fund.DuesBook{
		Exemptions: map[int64][]fund.Exemption{}, Charges: map[int64][]fund.Charge{}, Payments: map[int64][]fund.DuePayment{},
	}
	var err error
	if book.Members, err = v.r.dueMembers(ctx, bodies, v.all(of)); err != nil {
		return nil, err
	}
	if book.Rates, err = v.r.ratesFor(ctx, bodies, v.Today()); err != nil {
		return nil, err
	}
	if err := v.r.fillDues(ctx, book, bodies, v.all(of)); err != nil {
		return nil, err
	}
	return book.Reckon(until), nil
}

// dueHolder is who owes: a person, or a body that is a member.
type dueHolder struct{ person, member int64 }

// dueMembers lists everybody who ever was a member of some bodies, or of all there
// are, each once with all memberships there.
func (r reader) dueMembers(ctx context.Context, bodies []body.ID, all bool) ([]fund.DueMember, error) {
	rows, kept, err := r.book.memo.enrolments.all(ctx, r, enrolments)
	if err == nil && !kept {
		rows, err = r.enrolledIn(ctx, bodies, all)
	}
	if err != nil {
		return nil, err
	}
	among := make(map[body.ID]bool, len(bodies))
	for _, id := range bodies {
		among[id] = true
	}
	at, began := make(map[dueHolder]int, len(rows)), func(e *enrolment) calendar.Day { return e.Joined.FirstOr(calendar.Earliest) }
	var held [][]*enrolment
	for _, e := range rows {
		if !all && !among[e.Body] {
			continue
		}
		h := dueHolder{int64(e.Person), int64(e.Member)}
		i, known := at[h]
		if !known {
			i = len(held)
			at[h], held = i, append(held, nil)
		}
		held[i] = append(held[i], e)
	}
	members := make([]fund.DueMember, len(held))
	for i, of := range held {
		// The later one of a year takes the place of the earlier.
		slices.SortStableFunc(of, func(a, b *enrolment) int { return cmp.Compare(began(a), began(b)) })
		members[i] = fund.DueMember{Person: of[0].Person, Member: of[0].Member, Memberships: make([]fund.DueMembership, len(of))}
		for j, e := range of {
			since, until := e.years()
			members[i].Memberships[j] = fund.DueMembership{ID: e.id, Body: e.Body, Number: e.number, Category: e.Category, Since: since, Until: until}
		}
	}
	return members, nil
}

// enrolledIn reads from the engine the memberships of some bodies, or of all there are,
// in the order in which they are kept. Whose they are is sorted by the caller: the
// engine would carry every name along for it.
func (r reader) enrolledIn(ctx context.Context, bodies []body.ID, all bool) ([]*enrolment, error) {
	f := &filter{}
	f.and(wholly(all, `root = ?`), r.book.root)
	if !all {
		f.and(`body ` + list(f, bodies))
	}
	return collect(ctx, r.runner, func(rows *sql.Rows) (*enrolment, error) {
		e := &enrolment{}
		var joined, left string
		var until sql.NullInt64
		err := rows.Scan(&e.id, (*int64)(&e.Body), (*int64)(&e.Person), (*int64)(&e.Member), &e.number, (*string)(&e.Category), &joined, &left, &until, &e.reason)
		if err != nil {
			return nil, err
		}
		e.Lasts = !until.Valid
		return e, dates(&e.Joined, joined, &e.Left, left)
	}, `SELECT id, body, person, member, number, category, joined, left_on, left_last, reason FROM membership WHERE `+f.where()+` ORDER BY id`, f.args...)
}

// years gives the years for which a membership owes dues. Nobody owes for the year
// of their death; one that ended nobody knows when owes for none.
func (e *enrolment) years() (since, until int) {
	until = fund.LastYear
	if joined, known := e.Joined.First(); known {
		since = joined.Year()
	}
	if !e.Lasts {
		until = e.Left.LastOr(calendar.Earliest).Year()
		if e.reason == person.ReasonDied {
			until--
		}
	}
	return since, until
}

// ratesFor gives for each body the rates of its members: its own, then those
// of the bodies above it, the nearest first.
func (r reader) ratesFor(ctx context.Context, bodies []body.ID, today calendar.Day) (map[body.ID][]fund.Rate, error) {
	own := map[body.ID][]fund.Rate{}
	err := r.each(ctx, func(rows *sql.Rows) error {
		rate, err := scanRate(rows)
		own[rate.Body] = append(own[rate.Body], rate)
		return err
	}, `SELECT `+rateColumns+` FROM due_rate WHERE root = $1 ORDER BY body, category, since`, r.book.root)
	if err != nil {
		return nil, err
	}
	tree := r.book.Tree()
	all := make(map[body.ID][]fund.Rate, len(bodies))
	for _, id := range bodies {
		rates := own[id]
		for _, above := range tree.Ancestors(id, today) {
			rates = append(rates[:len(rates):len(rates)], own[above]...)
		}
		all[id] = rates
	}
	return all, nil
}

// fillDues reads exemptions, charges and payments of members of some bodies, or of
// all there are.
func (r reader) fillDues(ctx context.Context, book fund.DuesBook, bodies []body.ID, all bool) error {
	whose := func(column string) string { return column + ` <> 0` }
	args := []any{r.book.root}
	if !all {
		var among string
		among, args = in(args, bodies)
		whose = func(column string) string {
			return column + ` IN (SELECT id FROM membership WHERE root = $1 AND body ` + among + `)`
		}
	}
	err := r.each(ctx, func(rows *sql.Rows) error {
		var x fund.Exemption
		err := rows.Scan(&x.ID, &x.Membership, &x.Since, &x.Until, &x.Reason, &x.Revision)
		book.Exemptions[x.Membership] = append(book.Exemptions[x.Membership], x)
		return err
	}, `SELECT id, membership, since, until, reason, revision FROM due_exemption WHERE root = $1 AND `+whose("membership")+` ORDER BY membership, since`, args...)
	if err != nil {
		return err
	}
	err = r.each(ctx, func(rows *sql.Rows) error {
		var c fund.Charge
		err := rows.Scan(&c.Membership, &c.Year, (*string)(&c.Amount.Currency), &c.Amount.Minor, &c.Note)
		book.Charges[c.Membership] = append(book.Charges[c.Membership], c)
		return err
	}, `SELECT membership, year, currency, amount, note FROM due_charge WHERE root = $1 AND `+whose("membership")+` ORDER BY membership, year`, args...)
	if err != nil {
		return err
	}
	return r.each(ctx, func(rows *sql.Rows) error {
		var p fund.DuePayment
		var currency string
		var minor int64
		err := rows.Scan(&p.Membership, &p.Year, &currency, &minor)
		p.Amount = money.Of(minor, money.Currency(currency))
		book.Payments[p.Membership] = append(book.Payments[p.Membership], p)
		return err
	}, `SELECT p.member, p.year, a.currency, -SUM(p.amount) FROM posting p JOIN fund_account a ON a.id = p.account
		WHERE p.root = $1 AND p.member <> 0 AND `+whose("p.member")+` AND a.class = 'income' GROUP BY p.member, p.year, a.currency`, args...)
}
