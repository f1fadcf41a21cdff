package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/person"
	"kith.app/internal/tie"
)

// NewID makes an id that no other record has, for work that must name itself
// before it is written, such as an import.
func (b *Book) NewID() int64 { return b.ids.next(b.Now()) }

// View gives what the transaction's actor may see of the book, its own changes
// included.
func (tx *Tx) View() *View { return &View{r: tx.reader, actor: tx.how.By} }

// KnownPeople reads everybody the actor may see with all their memberships, for
// a table to be compared with.
func (v *View) KnownPeople(ctx context.Context) ([]intake.Member, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	f.and(`merged_into = 0`)
	v.readable(f)
	all, err := collect(ctx, v.r.runner, func(rows *sql.Rows) (intake.Member, error) {
		p, err := scanPerson(rows)
		return intake.Member{Person: p}, err
	}, `SELECT `+personColumns+` FROM person WHERE `+f.where()+` ORDER BY sort, id`, f.args...)
	if err != nil {
		return nil, err
	}
	at := make(map[person.ID]*intake.Member, len(all))
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		m, err := scanMembership(rows)
		if p := at[m.Person]; p != nil && err == nil {
			p.Memberships = append(p.Memberships, m)
		}
		return err
	}, `SELECT `+membershipColumns+` FROM membership WHERE root = $1 AND person <> 0 ORDER BY person, joined_first, id`, v.r.book.root)
	return all, err
}

// KnownBodies reads every body of the book with its names and parent, of the
// households those that the actor may see.
func (v *View) KnownBodies(ctx context.Context) ([]body.Body, error) {
	if !v.known() {
		return nil, fault.Forbid("access.forbidden.read_figures")
	}
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	v.housed(f)
	return v.r.bodiesWhere(ctx, f.where(), f.args...)
}

// KnownDeeds reads every deed the actor may see with its parties and the lines
// in force, by day.
func (v *View) KnownDeeds(ctx context.Context) ([]deed.Deed, error) {
	within, args := v.within(access.ReadDeeds, "body", []any{v.r.book.root})
	all, err := collect(ctx, v.r.runner, scanDeed, `SELECT `+deedColumns+` FROM deed WHERE root = $1 AND `+within+` ORDER BY day_first, id`, args...)
	if err != nil {
		return nil, err
	}
	at := make(map[deed.ID]*deed.Deed, len(all))
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		var id deed.ID
		var p deed.Party
		var detail string
		err := rows.Scan((*int64)(&id), (*string)(&p.Role), (*int64)(&p.Body), (*int64)(&p.Person), &p.Name, &p.Note, &detail)
		if d := at[id]; d != nil && err == nil {
			d.Parties = append(d.Parties, p)
			return unpack(detail, &d.Parties[len(d.Parties)-1].Detail)
		}
		return err
	}, `SELECT deed, role, body, person, name, note, detail FROM party WHERE root = $1 ORDER BY deed, n`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	err = v.r.each(ctx, func(rows *sql.Rows) error {
		var id deed.ID
		var under tie.ID
		err := rows.Scan((*int64)(&id), (*int64)(&under))
		if d := at[id]; d != nil && err == nil {
			d.Ties = append(d.Ties, under)
		}
		return err
	}, `SELECT deed, tie FROM tie_deed WHERE root = $1 ORDER BY deed, tie`, v.r.book.root)
	if err != nil {
		return nil, err
	}
	return all, v.r.linesInForce(ctx, at)
}

// linesInForce gives deeds the lines of their present revision.
func (r reader) linesInForce(ctx context.Context, at map[deed.ID]*deed.Deed) error {
	measures := map[int64]deed.Measure{}
	return r.each(ctx, func(rows *sql.Rows) error {
		var id deed.ID
		var measure int64
		var key string
		var l deed.Line
		err := rows.Scan((*int64)(&id), &l.N, &measure, &key, &l.Quantity, &l.Qualifier, &l.Revision, &l.Item)
		d := at[id]
		if err != nil || d == nil || d.Status != deed.Done || l.Revision != d.Revision {
			return err
		}
		m, ok := measures[measure]
		if !ok {
			if m, err = deed.ParseMeasure(key); err != nil {
				return err
			}
			measures[measure] = m
		}
		l.Unit, l.Stage, l.Currency, l.Day = m.Unit, m.Stage, m.Currency, d.Day
		d.Lines = append(d.Lines, l)
		return nil
	}, `SELECT l.deed, l.n, l.measure, m.code, l.qty, l.qualifier, l.revision, l.item
		FROM line l JOIN measure m ON m.id = l.measure WHERE l.root = $1 AND l.undoes = 0 ORDER BY l.body, l.deed, l.n`, r.book.root)
}

const jobColumns = `id, body, subject, file, sha256, size, at, person, name, counts, undone_at`

func scanJob(rows *sql.Rows) (intake.Job, error) {
	var j intake.Job
	var counts string
	err := rows.Scan(&j.ID, (*int64)(&j.Body), (*string)(&j.Subject), &j.File, &j.SHA256, &j.Size, &j.At, &j.Person, &j.Name, &counts, &j.Undone)
	if err != nil {
		return j, err
	}
	return j, unpack(counts, &j.Counts)
}

// Import reads one import.
func (r reader) Import(ctx context.Context, id int64) (intake.Job, error) {
	found, err := collect(ctx, r.runner, scanJob, `SELECT `+jobColumns+` FROM job WHERE id = $1`, id)
	if err != nil {
		return intake.Job{}, err
	}
	if len(found) == 0 {
		return intake.Job{}, fault.Missing("intake.job.missing", fmt.Sprint(id))
	}
	return found[0], nil
}

// Imports lists the imports that the actor may see, the latest first.
func (v *View) Imports(ctx context.Context) ([]intake.Job, error) {
	within, args := v.within(access.ReadHistory, "body", []any{v.r.book.root})
	return collect(ctx, v.r.runner, scanJob, `SELECT `+jobColumns+` FROM job WHERE root = $1 AND `+within+` ORDER BY at DESC, id DESC`, args...)
}

// Import reads one import that the actor may see.
func (v *View) Import(ctx context.Context, id int64) (intake.Job, error) {
	j, err := v.r.Import(ctx, id)
	if err != nil {
		return intake.Job{}, err
	}
	if err := v.actor.May(access.ReadHistory, j.Body); err != nil {
		return intake.Job{}, err
	}
	return j, nil
}

// SameFile finds the last import that the actor may see of a file with the same
// content, if there is one that stands.
func (v *View) SameFile(ctx context.Context, sha256 string) (intake.Job, bool, error) {
	within, args := v.within(access.ReadHistory, "body", []any{v.r.book.root, sha256})
	found, err := collect(ctx, v.r.runner, scanJob, `SELECT `+jobColumns+` FROM job
		WHERE root = $1 AND sha256 = $2 AND undone_at = 0 AND `+within+` ORDER BY at DESC, id DESC LIMIT 1`, args...)
	if err != nil || len(found) == 0 {
		return intake.Job{}, false, err
	}
	return found[0], true, nil
}

// InsertJob writes that an import was done.
func (tx *Tx) InsertJob(ctx context.Context, j intake.Job) error {
	counts, err := pack(j.Counts, false)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO job (`+jobColumns+`, root) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		j.ID, int64(j.Body), string(j.Subject), j.File, j.SHA256, j.Size, j.At, j.Person, j.Name, counts, j.Undone, tx.book.root)
	if err == nil {
		tx.note("job", j.ID, j.Body, nil, j)
	}
	return err
}

// MarkUndone writes that an import was taken back.
func (tx *Tx) MarkUndone(ctx context.Context, j intake.Job) error {
	before, err := tx.Import(ctx, j.ID)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `UPDATE job SET undone_at = $2 WHERE id = $1`, j.ID, j.Undone); err != nil {
		return err
	}
	tx.note("job", j.ID, j.Body, before, j)
	return nil
}

// Touched lists the records that an import wrote, each once, with what they
// were before it and after, in the order in which it first wrote them.
func (tx *Tx) Touched(ctx context.Context, job int64) ([]intake.Touched, error) {
	var all []intake.Touched
	at := map[intake.Record]int{}
	err := tx.each(ctx, func(rows *sql.Rows) error {
		c, err := scanChange(rows)
		if err != nil {
			return err
		}
		record := intake.Record{Subject: c.Subject, Ref: c.Ref}
		if i, ok := at[record]; ok {
			all[i].After = c.After
			return nil
		}
		at[record] = len(all)
		all = append(all, intake.Touched{Record: record, Before: c.Before, After: c.After})
		return nil
	}, `SELECT `+changeColumns+` FROM change WHERE job = $1 ORDER BY link, n`, job)
	return all, err
}

// Changes lists every change of records of a subject that an import wrote, in their
// order.
func (tx *Tx) Changes(ctx context.Context, job int64, subject string) ([]intake.Touched, error) {
	return collect(ctx, tx.runner, func(rows *sql.Rows) (intake.Touched, error) {
		c, err := scanChange(rows)
		return intake.Touched{Record: intake.Record{Subject: c.Subject, Ref: c.Ref}, Before: c.Before, After: c.After}, err
	}, `SELECT `+changeColumns+` FROM change WHERE job = $1 AND subject = $2 ORDER BY link, n`, job, subject)
}

// uses lists the columns of other tables that may point to a kind of record that
// an import creates.
func uses(subject string) []reference {
	switch subject {
	case "person":
		also := []reference{{"person", "merged_into", nil}, {"change", "actor", nil}, {"job", "person", nil}, {"apart", "person", nil}, {"apart", "other", nil}}
		return append(also, references()...)
	case "membership":
		return []reference{{"posting", "member", nil}, {"due_exemption", "membership", nil}, {"due_charge", "membership", nil}}
	case "tie":
		return []reference{{"tie_deed", "tie", nil}, {"promise", "tie", nil}, {"tie_review", "tie", nil}, {"tie_before", "before", nil}, {"tie", "hangs", nil}}
	case "body":
		return bodyReferences()
	}
	return nil
}

// bodyReferences lists the columns that name a body, those of its own names and
// of its place in the tree apart, which go with it.
func bodyReferences() []reference {
	var all []reference
	for table, columns := range map[string]string{
		"activity": "body", "body_country": "body", "union_plan": "body", "union_plan_item": "body",
		"visit": "body", "travel_paper": "body", "protocol_gift": "body other", "gift_limit": "body", "union_register": "body other", "protocol": "body other",
		"edge": "parent", "person": "body household", "membership": "body member", "office": "body", "holding": "represents", "deed": "body",
		"party": "body", "stated": "body", "setting": "body", "number_series": "body", "fund": "body", "fund_account": "body", "purpose": "body",
		"entry": "body", "posting": "branch", "turnover": "branch", "closing": "body", "budget": "body", "due_rate": "body", "loan": "body", "stock_move": "body",
		"cash_count": "body", "norm": "body", "job": "body", "report": "body", "attachment": "body", "line": "body", "tally": "body",
		"paper": "body", "meeting": "body", "task": "body", "handover": "body", "succession": "from_body to_body", "settlement": "body heir", "tie": "body", "tie_party": "body", "promise": "body",
		"contest": "cluster", "contest_unit": "body", "sheet": "unit", "contract": "unit", "honour": "unit", "conference_item": "unit", "result": "unit", "flag_passing": "giver taker", "vote_rule": "body",
		"form": "body", "form_key": "unit", "form_draft": "unit", "reply": "unit", "reply_past": "unit",
		"target_plan": "body", "standard": "body", "unit_status": "body unit",
		"feast": "body", "custom": "body target", "duty": "body target", "entry_ref": "body",
	} {
		for column := range strings.FieldsSeq(columns) {
			all = append(all, reference{table, column, nil})
		}
	}
	return all
}

// InUse gives the records of a subject that anything in the book points to.
func (tx *Tx) InUse(ctx context.Context, subject string) (map[int64]bool, error) {
	used := map[int64]bool{}
	for _, use := range uses(subject) {
		err := tx.each(ctx, func(rows *sql.Rows) error {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			used[id] = true
			return nil
		}, `SELECT DISTINCT `+use.column+` FROM `+use.table+` WHERE `+use.column+` <> 0`)
		if err != nil {
			return nil, err
		}
	}
	return used, nil
}

// RemovePerson takes back a person whom nothing points to; the history keeps
// that there was one.
func (tx *Tx) RemovePerson(ctx context.Context, id person.ID) error {
	p, err := tx.Person(ctx, id)
	if err != nil {
		return err
	}
	return tx.remove(ctx, intake.Record{Subject: "person", Ref: int64(id)}, p.Body, p, `DELETE FROM person WHERE id = $1`)
}

// RemoveMembership takes back a membership that nothing points to.
func (tx *Tx) RemoveMembership(ctx context.Context, id int64) error {
	m, err := tx.Membership(ctx, id)
	if err != nil {
		return err
	}
	return tx.remove(ctx, intake.Record{Subject: "membership", Ref: id}, m.Body, m, `DELETE FROM membership WHERE id = $1`)
}

// RemoveBody takes back a body that nothing points to, with its names and its
// place in the tree.
func (tx *Tx) RemoveBody(ctx context.Context, id body.ID) error {
	defer tx.bodyWritten(id)
	b, err := tx.Body(ctx, id)
	if err != nil {
		return err
	}
	err = tx.remove(ctx, intake.Record{Subject: "body", Ref: int64(id)}, tx.book.Root(), b,
		`DELETE FROM body_name WHERE body = $1`, `DELETE FROM body_level WHERE body = $1`, `DELETE FROM official_code WHERE body = $1`,
		`DELETE FROM edge WHERE child = $1`, `DELETE FROM body WHERE id = $1`)
	if err == nil {
		tx.settled()
		tx.removed = append(tx.removed, id)
		tx.learned = append(tx.learned, body.Known{Body: id, Life: calendar.Always()})
	}
	return err
}

// RemoveTie takes back a tie under which nothing was done or promised.
func (tx *Tx) RemoveTie(ctx context.Context, id tie.ID) error {
	t, err := tx.Tie(ctx, id)
	if err != nil {
		return err
	}
	return tx.remove(ctx, intake.Record{Subject: "tie", Ref: int64(id)}, t.Body, t,
		`DELETE FROM tie_party WHERE tie = $1`, `DELETE FROM tie_before WHERE tie = $1`, `DELETE FROM tie_member WHERE tie = $1`, `DELETE FROM tie_signer WHERE tie = $1`, `DELETE FROM tie WHERE id = $1`)
}

// KnownTies reads every tie the actor may see.
func (v *View) KnownTies(ctx context.Context) ([]tie.Tie, error) {
	f := &filter{}
	f.and(`root = ?`, v.r.book.root)
	v.tiesWithin(f, `id`)
	return collect(ctx, v.r.runner, scanTie, `SELECT data, recorder FROM tie WHERE `+f.where()+` ORDER BY id`, f.args...)
}

// remove deletes the rows of a record and the words it was found by.
func (tx *Tx) remove(ctx context.Context, r intake.Record, of body.ID, before any, statements ...string) error {
	if r.Subject != "membership" {
		was, err := tx.foldKept(ctx, r.Subject, r.Ref)
		if err != nil {
			return err
		}
		if err := tx.index(ctx, r.Subject, r.Ref, was, ""); err != nil {
			return err
		}
	}
	for _, s := range statements {
		if _, err := tx.exec(ctx, s, r.Ref); err != nil {
			return err
		}
	}
	tx.note(r.Subject, r.Ref, of, before, nil)
	return nil
}
