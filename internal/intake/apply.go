package intake

import (
	"context"
	"encoding/json"
	"fmt"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/person"
	"kith.app/internal/tie"
)

// Job is one import as the book remembers it.
type Job struct {
	ID      int64   `json:"id,string"`
	Subject Subject `json:"subject"`
	File    string  `json:"file"`
	SHA256  string  `json:"sha256"`
	Size    int64   `json:"size"`
	At      int64   `json:"at"` // Unix milliseconds
	Person  int64   `json:"person,omitempty"`
	Name    string  `json:"name"` // of the person then
	Body    body.ID `json:"body"`
	Counts  Counts  `json:"counts"`
	Undone  int64   `json:"undone,omitempty"` // when it was taken back
}

// String says what the job was, for logs.
func (j Job) String() string {
	raw, _ := json.Marshal(j.Counts)
	return fmt.Sprintf("%s from %s: %s", j.Subject, j.File, raw)
}

// Tx is what bringing in needs of a transaction.
type Tx interface {
	person.Tx
	body.Tx
	deed.PaidTx
	tie.Tx
	SaveEntryRef(ctx context.Context, of body.ID, ref string, e fund.EntryID) error
	InsertJob(ctx context.Context, j Job) error
	NowMilli() int64
	Job() int64
}

// writing is a plan being carried out.
type writing struct {
	tx   Tx
	by   access.Actor
	plan *Plan

	partners map[string]body.ID // bodies entered for ties, by what tells them apart

	contest contest.Tx // of a workbook of a contest
	struck  map[contest.CriterionID]bool
	// what the journal proposes for units whose self-scores come in
	proposed map[body.ID]map[contest.CriterionID]contest.Proposal
}

// File says which file a table came from.
type File struct {
	Name   string
	SHA256 string
	Size   int64
}

// Apply carries out a plan in one transaction, which must have been given the
// id of a job. With rows in trouble nothing is done unless the options say to
// bring in the good rows. progress, if not nil, is told how many rows are done.
func (p *Plan) Apply(ctx context.Context, tx Tx, by access.Actor, f File, progress func(done, all int)) (Job, error) {
	if err := p.Refusal(); err != nil {
		return Job{}, err
	}
	w := &writing{tx: tx, by: by, plan: p, partners: map[string]body.ID{}}
	if err := p.branches.foundAll(ctx, tx); err != nil {
		return Job{}, err
	}
	w.by.Tree = tx.Tree() // whose right reaches down reaches the branches founded just now
	for i := range p.Rows {
		if row := &p.Rows[i]; row.draft != nil {
			if err := row.draft.apply(ctx, w); err != nil {
				return Job{}, p.inRow(row, err)
			}
		}
		if progress != nil && (i%500 == 499 || i == len(p.Rows)-1) {
			progress(i+1, len(p.Rows))
		}
	}
	j := Job{
		ID: tx.Job(), Subject: p.Subject, File: f.Name, SHA256: f.SHA256, Size: f.Size, At: tx.NowMilli(),
		Person: by.Person, Name: by.Name, Body: p.branches.home, Counts: p.Counts(),
	}
	return j, tx.InsertJob(ctx, j)
}

// Refusal says why a plan may not be carried out as it stands: nothing when it
// may.
func (p *Plan) Refusal() error {
	if n := p.Count(Trouble); n > 0 && !p.options.GoodRows {
		return fault.Refuse("intake.trouble", n)
	}
	return nil
}

// inRow tells in which row a verb refused what the plan had found good.
func (p *Plan) inRow(row *Row, err error) error {
	faults := fault.All(err)
	if len(faults) == 0 {
		return fmt.Errorf("row %d: %w", row.Number, err)
	}
	row.What = Trouble
	for _, one := range faults {
		row.Problems = append(row.Problems, Problem{Row: row.Number, Column: -1, Field: Field(one.Field), Fault: one})
	}
	return fault.Gather(fault.Refuse("intake.row.refused", row.Number, row.Name), err)
}

// apply enrols the person or corrects what the book says.
func (d *personDraft) apply(ctx context.Context, w *writing) error {
	branch := w.plan.branches.id(d.told.branch, d.told.branchSaid)
	if d.known == nil {
		return d.enrol(ctx, w, branch)
	}
	if d.correct {
		if err := d.setHousehold(ctx, w, d.householdBranch(branch)); err != nil {
			return err
		}
		if _, err := person.Correct(ctx, w.tx, w.by, d.person, d.known.Revision); err != nil {
			return err
		}
	}
	if err := d.applyMembership(ctx, w, branch); err != nil {
		return err
	}
	if d.die {
		return person.Die(ctx, w.tx, w.by, d.person.ID, d.told.death)
	}
	return nil
}

func (d *personDraft) enrol(ctx context.Context, w *writing, branch body.ID) error {
	d.person.Body = branch
	if err := d.setHousehold(ctx, w, branch); err != nil {
		return err
	}
	m := d.told.membership()
	m.Body = branch
	_, err := person.Enrol(ctx, w.tx, w.by, d.person, &m)
	return err
}

// setHousehold puts the person into the household told, founding it if need be.
func (d *personDraft) setHousehold(ctx context.Context, w *writing, branch body.ID) error {
	if d.told.household == "" || w.plan.households.called(d.person.Household, d.told.household) {
		return nil
	}
	id, err := w.plan.households.ensure(ctx, w.tx, branch, d.told)
	d.person.Household = id
	return err
}

// householdBranch is where the household of a known person stands: the branch
// told, else that of the membership.
func (d *personDraft) householdBranch(told body.ID) body.ID {
	if d.told.branchSaid != "" || d.member.Body == 0 {
		return told
	}
	return d.member.Body
}

// applyMembership amends, moves, ends or begins the membership.
func (d *personDraft) applyMembership(ctx context.Context, w *writing, branch body.ID) error {
	if d.join {
		m := d.told.membership()
		m.Body, m.Person = branch, d.person.ID
		_, err := person.Join(ctx, w.tx, w.by, m)
		return err
	}
	m := d.member
	if d.move {
		moved, err := person.Move(ctx, w.tx, w.by, m.ID, branch, calendar.Date{})
		if err != nil {
			return err
		}
		m.ID, m.Revision = moved.ID, moved.Revision
		if !d.amend {
			m.Joined = moved.Joined
		}
	}
	if d.amend {
		amended, err := person.Amend(ctx, w.tx, w.by, m, m.Revision)
		if err != nil {
			return err
		}
		m = amended
	}
	if d.leave {
		reason := d.told.reason
		if reason == "" {
			reason = person.ReasonLeft
		}
		return person.Leave(ctx, w.tx, w.by, m.ID, d.told.left, reason)
	}
	return nil
}
