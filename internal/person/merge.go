package person

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// Moved tells which rows of a table came to refer to another person.
type Moved struct {
	Table  string    `json:"table"`
	Column string    `json:"column"`
	Keys   [][]int64 `json:"keys"`
}

// Merged tells what a merge of two records did: enough to take it back.
type Merged struct {
	Kept  Person       `json:"kept"`  // as it was before
	Gone  Person       `json:"gone"`  // as it was before
	After int64        `json:"after"` // revision of the kept record afterwards
	Moved []Moved      `json:"moved,omitempty"`
	Ended []Membership `json:"ended,omitempty"` // doubled memberships, as they were before
}

// MergeTx is what merging needs of a transaction.
type MergeTx interface {
	Tx
	MoveReferences(ctx context.Context, from, to ID) ([]Moved, error)
	MoveBack(ctx context.Context, moved []Moved, from, to ID) error
	InsertMerge(ctx context.Context, m Merged) error
	MergeOf(ctx context.Context, gone ID) (Merged, error)
	EndMerge(ctx context.Context, m Merged) error
}

// Joined gives the kept record with its blanks filled from the other. Nothing
// that was recorded is overwritten; another spelling of the name is kept as a
// further name.
func Joined(kept, gone Person) Person {
	p := kept
	p.OtherNames = slices.Clone(kept.OtherNames)
	for _, n := range append([]OtherName{{Name: gone.Name}}, gone.OtherNames...) {
		known := text.Clean(n.Name) == text.Clean(p.Name) || slices.ContainsFunc(p.OtherNames, func(o OtherName) bool { return o.Name == n.Name })
		if !known {
			p.OtherNames = append(p.OtherNames, n)
		}
	}
	p.Birth = finer(kept.Birth, gone.Birth)
	p.Death = finer(kept.Death, gone.Death)
	p.Dead = kept.Dead || gone.Dead
	fill(&p.Sex, gone.Sex)
	fill(&p.Phone, gone.Phone)
	fill(&p.Email, gone.Email)
	fill(&p.Address, gone.Address)
	fill(&p.Origin, gone.Origin)
	fill(&p.OriginNote, gone.OriginNote)
	fill(&p.Residence, gone.Residence)
	fill(&p.ResidenceNote, gone.ResidenceNote)
	if p.Household == 0 {
		p.Household, p.Relation = gone.Household, gone.Relation
	}
	if gone.Consent == No { // who once asked not to be named is not
		p.Consent = No
	}
	fill(&p.Consent, gone.Consent)
	if gone.Note != "" && gone.Note != p.Note {
		p.Note = text.Clean(p.Note + " " + gone.Note)
	}
	return p
}

// fill gives a value to what has none.
func fill[T comparable](into *T, other T) {
	var none T
	if *into == none {
		*into = other
	}
}

// finer gives the date known more precisely, of two that do not contradict; of
// two that do, the first.
func finer(kept, other calendar.Date) calendar.Date {
	if kept.IsUnknown() {
		return other
	}
	if !other.IsUnknown() && other.Within(kept.Period()) && !kept.Within(other.Period()) {
		return other
	}
	return kept
}

// Merge makes two records of one person one: what refers to the one that goes
// refers to the one that is kept, whose blanks are filled. Nothing is deleted.
func Merge(ctx context.Context, tx MergeTx, by access.Actor, keep, goes ID) (Merged, error) {
	m, err := mergeable(ctx, tx, by, keep, goes)
	if err != nil {
		return Merged{}, err
	}
	joined := Joined(m.Kept, m.Gone)
	if err := joined.Check(tx.Today()); err != nil {
		return Merged{}, err
	}
	if m.Ended, err = endDoubled(ctx, tx, keep, goes); err != nil {
		return Merged{}, err
	}
	if m.Moved, err = tx.MoveReferences(ctx, goes, keep); err != nil {
		return Merged{}, err
	}
	joined.Revision = m.Kept.Revision + 1
	m.After = joined.Revision
	if err := tx.UpdatePerson(ctx, joined); err != nil {
		return Merged{}, err
	}
	gone := m.Gone
	gone.MergedInto, gone.Revision = keep, gone.Revision+1
	if err := tx.UpdatePerson(ctx, gone); err != nil {
		return Merged{}, err
	}
	return m, tx.InsertMerge(ctx, m)
}

// mayAppoint refuses to let offices go from one record to another by whom they
// could not be given: with an office goes what it lets its holder do.
func mayAppoint(ctx context.Context, tx Tx, by access.Actor, ids ...ID) error {
	for _, id := range ids {
		held, err := tx.HoldingsBy(ctx, id)
		if err != nil {
			return err
		}
		for _, h := range held {
			office, err := tx.Office(ctx, h.Office)
			if err != nil {
				return err
			}
			if err := by.May(access.ManageBody, office.Body); err != nil {
				return err
			}
		}
	}
	return nil
}

// mergeable reads two records and says why they cannot become one.
func mergeable(ctx context.Context, tx Tx, by access.Actor, keep, goes ID) (Merged, error) {
	if keep == goes {
		return Merged{}, fault.Refuse("person.merge.itself")
	}
	var m Merged
	for _, side := range []struct {
		id   ID
		into *Person
	}{{keep, &m.Kept}, {goes, &m.Gone}} {
		p, err := tx.Person(ctx, side.id)
		if err != nil {
			return Merged{}, err
		}
		if err := by.May(access.KeepRoll, p.Body); err != nil {
			return Merged{}, err
		}
		if p.MergedInto != 0 {
			return Merged{}, fault.Refuse("person.merge.already", p.Name)
		}
		*side.into = p
	}
	return m, mayAppoint(ctx, tx, by, keep, goes)
}

// endDoubled ends the memberships that both have in one body, where the one that
// began first goes on, and gives those it changed as they were.
func endDoubled(ctx context.Context, tx Tx, keep, goes ID) ([]Membership, error) {
	kept, err := tx.MembershipsOf(ctx, keep)
	if err != nil {
		return nil, err
	}
	gone, err := tx.MembershipsOf(ctx, goes)
	if err != nil {
		return nil, err
	}
	var ended []Membership
	for _, a := range kept {
		for _, b := range gone {
			if a.Body != b.Body || !a.Lasts || !b.Lasts {
				continue
			}
			later := b
			if b.Joined.FirstOr(calendar.Latest) < a.Joined.FirstOr(calendar.Latest) {
				later = a
			}
			ended = append(ended, later)
			later.Lasts, later.Reason = false, ReasonMerged
			later.Revision++
			if err := tx.UpdateMembership(ctx, later); err != nil {
				return nil, err
			}
		}
	}
	return ended, nil
}

// Unmerge takes a merge back: what moved moves back. The kept record gets its
// former contents unless it was changed since; then it keeps what it says.
func Unmerge(ctx context.Context, tx MergeTx, by access.Actor, goes ID) (Merged, error) {
	m, err := tx.MergeOf(ctx, goes)
	if err != nil {
		return Merged{}, err
	}
	kept, err := tx.Person(ctx, m.Kept.ID)
	if err != nil {
		return Merged{}, err
	}
	for _, p := range []Person{kept, m.Gone} {
		if err := by.May(access.KeepRoll, p.Body); err != nil {
			return Merged{}, err
		}
	}
	if err := mayAppoint(ctx, tx, by, m.Kept.ID, goes); err != nil {
		return Merged{}, err
	}
	if err := tx.MoveBack(ctx, m.Moved, m.Kept.ID, goes); err != nil {
		return Merged{}, err
	}
	for _, was := range m.Ended {
		now, err := tx.Membership(ctx, was.ID)
		if err != nil {
			return Merged{}, err
		}
		was.Revision = now.Revision + 1
		if err := tx.UpdateMembership(ctx, was); err != nil {
			return Merged{}, err
		}
	}
	if err := backAsBefore(ctx, tx, m, kept); err != nil {
		return Merged{}, err
	}
	return m, tx.EndMerge(ctx, m)
}

// backAsBefore gives both records their former contents.
func backAsBefore(ctx context.Context, tx Tx, m Merged, kept Person) error {
	if kept.Revision == m.After {
		before := m.Kept
		before.Revision = kept.Revision + 1
		if err := tx.UpdatePerson(ctx, before); err != nil {
			return err
		}
	}
	now, err := tx.Person(ctx, m.Gone.ID)
	if err != nil {
		return err
	}
	gone := m.Gone
	gone.Revision = now.Revision + 1
	return tx.UpdatePerson(ctx, gone)
}
