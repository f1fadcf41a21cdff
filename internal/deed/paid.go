package deed

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
)

// PaidTx is what posting a deed with its money needs of a transaction.
type PaidTx interface {
	Tx
	NormTx
	fund.Tx
}

// PostPaid enters a deed in the journal and its money in the fund, both or
// neither, each naming the other. What the draft leaves open the deed says:
// which way the money went, the heading, the branch, the date, who got it. A
// gift beyond the norm needs the deed's reason. A draft without money posts the
// deed alone.
func PostPaid(ctx context.Context, tx PaidTx, by access.Actor, d Deed, spent fund.Draft) (Deed, error) {
	if spent.IsZero() || d.Status == Planned {
		return Post(ctx, tx, by, d)
	}
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return Deed{}, err
	}
	if d.Status == "" {
		d.Status = Done
	}
	if err := withinNorm(ctx, tx, d); err != nil {
		return Deed{}, err
	}
	if d.ID == 0 {
		d.ID = ID(tx.NewID())
	}
	if err := pay(ctx, tx, by, &d, spent); err != nil {
		return Deed{}, err
	}
	return Post(ctx, tx, by, d)
}

// pay enters the money of a deed and notes the entry in it.
func pay(ctx context.Context, tx PaidTx, by access.Actor, d *Deed, spent fund.Draft) error {
	spent, err := completed(ctx, tx, *d, spent)
	if err != nil {
		return err
	}
	e, err := fund.Enter(ctx, tx, by, spent)
	if err != nil {
		return err
	}
	d.Entry = int64(e.ID)
	return nil
}

// completed fills in from the deed what the draft of its money leaves open.
func completed(ctx context.Context, tx PaidTx, d Deed, spent fund.Draft) (fund.Draft, error) {
	kind, err := tx.Kind(ctx, d.Kind)
	if err != nil {
		return fund.Draft{}, err
	}
	spent.Deed = int64(d.ID)
	if spent.Kind == "" {
		spent.Kind = fund.Payment
		if kind.Receipt {
			spent.Kind = fund.Receipt
		}
	}
	if spent.Body == 0 {
		f, err := fund.Keeper(ctx, tx, d.Body)
		if err != nil {
			return fund.Draft{}, err
		}
		spent.Body = f.Body
	}
	if spent.Refers.IsUnknown() && spent.Day.IsUnknown() {
		spent.Refers = d.Day
	}
	if spent.Text == "" {
		spent.Text = d.Title
	}
	if err := fillParts(ctx, tx, d, kind, &spent); err != nil {
		return fund.Draft{}, err
	}
	fillPerson(d, kind, &spent)
	return spent, nil
}

// fillParts gives parts the kind's heading and the deed's branch. A heading
// that the fund does not know is "other".
func fillParts(ctx context.Context, tx PaidTx, d Deed, kind Kind, spent *fund.Draft) error {
	parts := make([]fund.Part, len(spent.Parts))
	for i, p := range spent.Parts {
		if p.Heading == "" {
			p.Heading = kind.Heading
			known, err := fund.Knows(ctx, tx, *spent, p)
			if err != nil {
				return err
			}
			if !known {
				p.Heading = fund.OtherCode
			}
		}
		if p.Branch == 0 {
			p.Branch = d.Body
		}
		parts[i] = p
	}
	spent.Parts = parts
	return nil
}

// fillPerson names whoever received or gave, when the deed knows one.
func fillPerson(d Deed, kind Kind, spent *fund.Draft) {
	if spent.Person != 0 || spent.Name != "" || len(kind.Roles) == 0 {
		return
	}
	for _, p := range d.Parties {
		if p.Role == kind.Roles[0] {
			spent.Person, spent.Name = p.Person, p.Name
			return
		}
	}
}

// CorrectPaid replaces what a deed says and what it cost. Money that stays as
// it was keeps its entry; other money is taken back by a reversal with the
// reason given and entered anew.
func CorrectPaid(ctx context.Context, tx PaidTx, by access.Actor, d Deed, spent fund.Draft, c Correction) (Deed, error) {
	before, err := tx.Deed(ctx, d.ID)
	if err != nil {
		return Deed{}, err
	}
	if before.Revision != c.Based {
		return Deed{}, fault.Outdated("common.outdated")
	}
	if err := by.May(access.PostDeeds, before.Body); err != nil {
		return Deed{}, err
	}
	if !spent.IsZero() {
		if err := withinNorm(ctx, tx, d); err != nil {
			return Deed{}, err
		}
	}
	d.Entry = before.Entry
	same, err := unchanged(ctx, tx, d, spent)
	if err != nil {
		return Deed{}, err
	}
	if !same {
		if err := takeBackMoney(ctx, tx, by, &d, c.Reason); err != nil {
			return Deed{}, err
		}
		if !spent.IsZero() && d.Status == Done {
			if err := pay(ctx, tx, by, &d, spent); err != nil {
				return Deed{}, err
			}
		}
	}
	return replace(ctx, tx, by, before, d, c.Based)
}

// Correction says on which revision a change of a deed is based, and why its
// money changes.
type Correction struct {
	Based  int64
	Reason string
}

// unchanged tells whether the entry a deed has says what the draft would.
func unchanged(ctx context.Context, tx PaidTx, d Deed, spent fund.Draft) (bool, error) {
	if d.Entry == 0 || spent.IsZero() || d.Status != Done {
		return d.Entry == 0 && (spent.IsZero() || d.Status != Done), nil
	}
	e, err := tx.Entry(ctx, fund.EntryID(d.Entry))
	if err != nil {
		return false, err
	}
	if spent, err = completed(ctx, tx, d, spent); err != nil {
		return false, err
	}
	return fund.Agrees(ctx, tx, e, spent)
}

// takeBackMoney reverses the entry of a deed, if it has one that stands.
func takeBackMoney(ctx context.Context, tx PaidTx, by access.Actor, d *Deed, reason string) error {
	if d.Entry == 0 {
		return nil
	}
	e, err := tx.Entry(ctx, fund.EntryID(d.Entry))
	if err != nil {
		return err
	}
	if e.Reversed == 0 {
		if _, err := fund.Reverse(ctx, tx, by, e.ID, reason); err != nil {
			return err
		}
	}
	if d.Status != Cancelled {
		d.Entry = 0
	}
	return nil
}

// CancelPaid takes a deed back and its money with it.
func CancelPaid(ctx context.Context, tx PaidTx, by access.Actor, id ID, c Correction) (Deed, error) {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return Deed{}, err
	}
	d.Status = Cancelled
	return CorrectPaid(ctx, tx, by, d, fund.Draft{}, c)
}
