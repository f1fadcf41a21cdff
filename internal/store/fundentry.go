package store

import (
	"context"
	"database/sql"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

const entryColumns = `id, body, kind, series, year, number, day, refers, person, name, address, consent, text, approver, payer, second, voucher, papers,
	deed, reason, rate, reverses, reversed, job, recorded, recorder, revision, asked, asked_second`

func scanEntry(rows *sql.Rows) (fund.Entry, error) {
	var e fund.Entry
	var refers, papers string
	err := rows.Scan((*int64)(&e.ID), (*int64)(&e.Body), (*string)(&e.Kind), &e.Series, &e.Year, &e.Number, (*int32)(&e.Day), &refers,
		(*int64)(&e.Person), &e.Name, &e.Address, (*string)(&e.Consent), &e.Text, (*int64)(&e.Approver), (*int64)(&e.Payer), (*int64)(&e.Second),
		&e.Voucher, &papers, &e.Deed, &e.Reason, &e.Rate, (*int64)(&e.Reverses), (*int64)(&e.Reversed), &e.Job, &e.Recorded, (*int64)(&e.Recorder), &e.Revision,
		(*int64)(&e.Asked), (*int64)(&e.AskedToo))
	if err != nil {
		return e, err
	}
	if err := unpack(papers, &e.Papers); err != nil {
		return e, err
	}
	return e, dates(&e.Refers, refers)
}

// entryFold is what the list of entries is searched by.
func entryFold(e fund.Entry) string {
	return text.Fold(e.Name + " " + e.Text + " " + e.Voucher + " " + e.Label())
}

func lacks(e fund.Entry) int64 { return flag(!e.Approved()) }

// Entry reads one entry with its postings.
func (r reader) Entry(ctx context.Context, id fund.EntryID) (fund.Entry, error) {
	found, err := r.entriesWhere(ctx, `id = $1`, []any{int64(id)}, ``)
	if err != nil {
		return fund.Entry{}, err
	}
	if len(found) == 0 {
		return fund.Entry{}, fault.Missing("fund.entry.missing")
	}
	return found[0], nil
}

// entriesWhere reads entries with their postings; tail orders and limits them.
func (r reader) entriesWhere(ctx context.Context, condition string, args []any, tail string) ([]fund.Entry, error) {
	found, err := collect(ctx, r.runner, scanEntry, `SELECT `+entryColumns+` FROM entry WHERE `+condition+` `+tail, args...)
	if err != nil {
		return nil, err
	}
	const most = 500 // how many are named in one list
	for from := 0; from < len(found); from += most {
		some := found[from:min(from+most, len(found))]
		if err := r.readPostings(ctx, some); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// readPostings fills the postings of entries.
func (r reader) readPostings(ctx context.Context, entries []fund.Entry) error {
	at := make(map[fund.EntryID]*fund.Entry, len(entries))
	ids := make([]fund.EntryID, len(entries))
	for i := range entries {
		at[entries[i].ID], ids[i] = &entries[i], entries[i].ID
	}
	list, args := in(nil, ids)
	return r.each(ctx, func(rows *sql.Rows) error {
		var id fund.EntryID
		var p fund.Posting
		err := rows.Scan((*int64)(&id), &p.N, (*int64)(&p.Account), &p.Amount, (*string)(&p.Currency), (*int64)(&p.Purpose), (*int64)(&p.Branch),
			&p.Member, &p.Year, (*int64)(&p.Loan), &p.Note)
		if err == nil {
			at[id].Postings = append(at[id].Postings, p)
		}
		return err
	}, `SELECT p.entry, p.n, p.account, p.amount, a.currency, p.purpose, p.branch, p.member, p.year, p.loan, p.note
		FROM posting p JOIN fund_account a ON a.id = p.account WHERE p.entry `+list+` ORDER BY p.entry, p.n`, args...)
}

// InsertEntry writes a new entry with its postings and moves the turnovers.
func (tx *Tx) InsertEntry(ctx context.Context, e fund.Entry) error {
	papers, err := pack(e.Papers, len(e.Papers) == 0)
	if err != nil {
		return err
	}
	err = tx.insert(ctx, &tx.book.tables.entry,
		int64(e.ID), int64(e.Body), string(e.Kind), e.Series, e.Year, e.Number, int64(e.Day), e.Refers.EDTF(), int64(e.Person), e.Name, e.Address,
		string(e.Consent), e.Text, int64(e.Approver), int64(e.Payer), int64(e.Second), e.Voucher, papers, e.Deed, e.Reason, e.Rate,
		int64(e.Reverses), int64(e.Reversed), e.Job, e.Recorded, int64(e.Recorder), e.Revision, int64(e.Asked), int64(e.AskedToo), lacks(e), entryFold(e), tx.book.root)
	if err != nil {
		return err
	}
	for _, p := range e.Postings {
		if err := tx.insertPosting(ctx, e, p); err != nil {
			return err
		}
	}
	tx.note("entry", int64(e.ID), e.Body, nil, e)
	return nil
}

func (tx *Tx) insertPosting(ctx context.Context, e fund.Entry, p fund.Posting) error {
	err := tx.insert(ctx, &tx.book.tables.posting,
		tx.book.root, int64(p.Account), int64(e.Day), int64(e.ID), int64(p.N), p.Amount, flag(e.Reverses != 0), int64(p.Purpose), int64(p.Branch),
		p.Member, p.Year, int64(p.Loan), p.Note)
	if err != nil {
		return err
	}
	debit, credit := fund.Sides(p.Amount, e.Reverses != 0)
	return tx.insert(ctx, &tx.book.tables.turnover,
		tx.book.root, int64(p.Account), deed.MonthOf(e.Day), int64(p.Purpose), int64(p.Branch), debit, credit)
}

// MarkEntry writes what may change of an entry: who signed, which papers prove
// it, and by which it was taken back.
func (tx *Tx) MarkEntry(ctx context.Context, e fund.Entry) error {
	before, err := tx.Entry(ctx, e.ID)
	if err != nil {
		return err
	}
	papers, err := pack(e.Papers, len(e.Papers) == 0)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `
		UPDATE entry SET approver = $2, second = $3, voucher = $4, papers = $5, reversed = $6, lacks = $7, fold = $8, revision = $9 WHERE id = $1`,
		int64(e.ID), int64(e.Approver), int64(e.Second), e.Voucher, papers, int64(e.Reversed), lacks(e), entryFold(e), e.Revision)
	if err == nil {
		tx.note("entry", int64(e.ID), e.Body, before, e)
	}
	return err
}

// nameEntries fills in what the people of entries are called.
func (r reader) nameEntries(ctx context.Context, entries []fund.Entry) error {
	seen := map[person.ID]bool{0: true}
	var ids []person.ID
	for _, e := range entries {
		for _, id := range []person.ID{e.Person, e.Approver, e.Payer, e.Second, e.Recorder, e.Asked, e.AskedToo} {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	names, err := r.personNames(ctx, ids)
	for i := range entries {
		e := &entries[i]
		e.Names = fund.Names{Who: names[e.Person], Approver: names[e.Approver], Payer: names[e.Payer], Second: names[e.Second], Recorder: names[e.Recorder], Asked: names[e.Asked], AskedToo: names[e.AskedToo]}
		if e.Person == 0 {
			e.Names.Who = e.Name
		}
	}
	return err
}

// personNames reads what people are called.
func (r reader) personNames(ctx context.Context, ids []person.ID) (map[person.ID]string, error) {
	names := make(map[person.ID]string, len(ids))
	const most = 1000 // how many are named in one list
	for from := 0; from < len(ids); from += most {
		list, args := in(nil, ids[from:min(from+most, len(ids))])
		err := r.each(ctx, func(rows *sql.Rows) error {
			var id int64
			var name string
			err := rows.Scan(&id, &name)
			names[person.ID(id)] = name
			return err
		}, `SELECT id, name FROM person WHERE id `+list, args...)
		if err != nil {
			return nil, err
		}
	}
	return names, nil
}

// Entry reads an entry that the actor may see, with the names of its people.
func (v *View) Entry(ctx context.Context, id fund.EntryID) (fund.Entry, error) {
	e, err := v.r.Entry(ctx, id)
	if err != nil {
		return fund.Entry{}, err
	}
	if err := v.actor.May(access.ReadFund, e.Body); err != nil {
		return fund.Entry{}, err
	}
	one := []fund.Entry{e}
	err = v.r.nameEntries(ctx, one)
	return one[0], err
}

// EntriesAsked says which entries a list shows.
type EntriesAsked struct {
	Body       body.ID // whose fund; 0: every fund within reach
	Period     calendar.Period
	Kind       fund.Kind // empty: all
	Typed      string    // searched in name, text, voucher and number
	Unapproved bool      // only those that lack an approver or a voucher
	Deed       int64     // only those of a deed
	Person     int64     // only those of a person
	From, Most int
}

// Entries lists entries, the latest first.
func (v *View) Entries(ctx context.Context, asked EntriesAsked) ([]fund.Entry, error) {
	condition, args := v.entriesAsked(asked)
	args = append(args, max(asked.Most, 1), asked.From)
	n := len(args)
	found, err := v.r.entriesWhere(ctx, condition, args, `ORDER BY day DESC, id DESC LIMIT `+dollar(n-1)+` OFFSET `+dollar(n))
	if err != nil {
		return nil, err
	}
	return found, v.r.nameEntries(ctx, found)
}

// eachEntry goes through the entries of some funds by day and id, a few
// hundred at a time, so that a long history needs little memory.
func (r reader) eachEntry(ctx context.Context, bodies []body.ID, p calendar.Period, do func(fund.Entry) error) error {
	const most = 500
	day, id := int64(p.From)-1, int64(0)
	for {
		list, args := in([]any{r.book.root, int64(p.To), day, id, most}, bodies)
		some, err := r.entriesWhere(ctx, `root = $1 AND day <= $2 AND (day > $3 OR day = $3 AND id > $4) AND body `+list, args, `ORDER BY day, id LIMIT $5`)
		if err != nil {
			return err
		}
		if err := r.nameEntries(ctx, some); err != nil {
			return err
		}
		for _, e := range some {
			if err := do(e); err != nil {
				return err
			}
		}
		if len(some) < most {
			return nil
		}
		last := some[len(some)-1]
		day, id = int64(last.Day), int64(last.ID)
	}
}

// JournalBook gives what a plain-text journal of a body's fund, and of those
// below it, is written from.
func (v *View) JournalBook(ctx context.Context, of body.ID, p calendar.Period) (fund.JournalBook, error) {
	j := fund.JournalBook{Codes: map[body.ID]string{}, Purposes: map[fund.PurposeID]string{}}
	bodies := append([]body.ID{of}, v.Tree().EverBelow(of)...)
	for _, id := range bodies {
		if err := v.actor.May(access.ReadFund, id); err != nil {
			return fund.JournalBook{}, err
		}
	}
	list, args := in(nil, bodies)
	err := v.r.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var code string
		err := rows.Scan(&id, &code)
		j.Codes[body.ID(id)] = code
		return err
	}, `SELECT id, code FROM body WHERE id `+list, args...)
	if err != nil {
		return j, err
	}
	if j.Accounts, err = v.r.FundAccounts(ctx, bodies...); err != nil {
		return j, err
	}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		p, err := scanPurpose(rows)
		j.Purposes[p.ID] = p.Code
		return err
	}, `SELECT `+purposeColumns+` FROM purpose WHERE body `+list, args...)
	j.Each = func(do func(fund.Entry) error) error { return v.r.eachEntry(ctx, bodies, p, do) }
	return j, err
}

// CountEntries tells how many entries a list has.
func (v *View) CountEntries(ctx context.Context, asked EntriesAsked) (int, error) {
	condition, args := v.entriesAsked(asked)
	var n int
	err := v.r.one(ctx, `SELECT COUNT(*) FROM entry WHERE `+condition, args, &n)
	return n, err
}

func (v *View) entriesAsked(asked EntriesAsked) (string, []any) {
	args := []any{v.r.book.root, int64(asked.Period.From), int64(asked.Period.To)}
	condition := `root = $1 AND day BETWEEN $2 AND $3`
	reach, args := v.within(access.ReadFund, "body", args)
	condition += " AND " + reach
	also := func(clause string, value any) {
		args = append(args, value)
		condition += " AND " + clause + dollar(len(args))
	}
	if asked.Body != 0 {
		also("body = ", int64(asked.Body))
	}
	if asked.Kind != "" {
		also("kind = ", string(asked.Kind))
	}
	if asked.Unapproved {
		condition += " AND lacks = 1"
	}
	if asked.Deed != 0 {
		also("deed = ", asked.Deed)
	}
	if asked.Person != 0 {
		also("person = ", asked.Person)
	}
	words := text.Words(asked.Typed)
	for _, w := range words[:min(len(words), wordsMost)] {
		args = append(args, "% "+likeSafe.Replace(w)+"%")
		condition += ` AND ' ' || fold LIKE ` + dollar(len(args)) + ` ESCAPE '\'`
	}
	return condition, args
}
