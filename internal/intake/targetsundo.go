package intake

import (
	"context"
	"encoding/json"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
)

// CarryTx is what bringing a table of targets in needs of a transaction.
type CarryTx interface {
	programme.Tx
	InsertJob(ctx context.Context, j Job) error
	Job() int64
}

// Counts are the rows of the table by what becomes of them.
func (b TargetsBrought) Counts() Counts {
	n := Counts{Rows: len(b.Rows)}
	for _, row := range b.Rows {
		switch {
		case len(row.Problems) > 0:
			n.Problem++
		case slices.Contains(row.What, "new") || slices.Contains(row.What, "figure"):
			n.New++
		case slices.Contains(row.What, "changed") || slices.Contains(row.What, "corrected"):
			n.Update++
		default:
			n.Same++
		}
	}
	return n
}

// Refusal says why nothing of the table is brought in.
func (b TargetsBrought) Refusal() error {
	if b.Wrong > 0 {
		return fault.Field("file", "plan.import.wrong", b.Wrong)
	}
	return nil
}

// CarryTargets brings a table of targets in for good, all of it or nothing, under the
// id of an import by which it can be taken back. Where it says what the book says
// there is no import.
func CarryTargets(ctx context.Context, tx CarryTx, by access.Actor, given TargetsGiven, f File) (TargetsBrought, error) {
	all, err := BringTargets(ctx, tx, by, given)
	if err == nil {
		err = all.Refusal()
	}
	if err != nil || all.Targets+all.Figures == 0 {
		return all, err
	}
	return all, tx.InsertJob(ctx, Job{
		ID: tx.Job(), Subject: Targets, File: f.Name, SHA256: f.SHA256, Size: f.Size, At: tx.NowMilli(),
		Person: by.Person, Name: by.Name, Body: given.Plan.Body, Counts: all.Counts(),
	})
}

// written is what an import made of one target, or of one figure of it.
type written struct {
	Touched
	figure bool
	id     int64
}

// targets takes back what an import wrote of targets: figures first, for a target goes
// with nothing on it.
func (u *undoing) targets(ctx context.Context, job int64) error {
	changes, err := u.tx.Changes(ctx, job, "plan_target")
	if err != nil {
		return err
	}
	var all []written
	for _, c := range changes {
		var said struct {
			ID     int64  `json:"id"`
			Target *int64 `json:"target"`
		}
		if err := json.Unmarshal(c.After, &said); err != nil {
			return err
		}
		one := written{Touched: c, figure: said.Target != nil, id: said.ID}
		i := slices.IndexFunc(all, func(w written) bool { return w.figure == one.figure && w.id == one.id })
		if i >= 0 {
			all[i].After = c.After // what it was before the import stays
			continue
		}
		all = append(all, one)
	}
	for _, figures := range []bool{true, false} {
		for _, w := range slices.Backward(all) {
			var err error
			switch {
			case w.figure && figures:
				err = u.figure(ctx, w)
			case !w.figure && !figures:
				err = u.target(ctx, w)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// figure takes a figure back, or gives it back what it said before.
func (u *undoing) figure(ctx context.Context, w written) error {
	now, err := u.tx.Actual(ctx, programme.ActualID(w.id))
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	t, err := u.tx.Target(ctx, now.Target)
	if err != nil {
		return err
	}
	var after programme.Actual
	if err := json.Unmarshal(w.After, &after); err != nil {
		return err
	}
	if now.Revision != after.Revision {
		u.keep(w.Touched, t.Def.Name("vi")+" "+now.On.String(), "intake.kept.edited")
		return nil
	}
	if len(w.Before) == 0 {
		u.done.Removed++
		return programme.Unreport(ctx, u.tx, u.by, now.ID)
	}
	var before programme.Actual
	if err := json.Unmarshal(w.Before, &before); err != nil {
		return err
	}
	u.done.Restored++
	_, err = programme.Report(ctx, u.tx, u.by, before, now.Revision)
	return err
}

// target takes a target out again, or gives it back what it said before, while its
// plan is still being drawn up.
func (u *undoing) target(ctx context.Context, w written) error {
	now, err := u.tx.Target(ctx, programme.TargetID(w.id))
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	p, err := u.tx.TargetPlan(ctx, now.Plan)
	if err != nil {
		return err
	}
	var after programme.Target
	if err := json.Unmarshal(w.After, &after); err != nil {
		return err
	}
	switch {
	case p.Standing == programme.Adopted:
		u.keep(w.Touched, now.Def.Name("vi"), "intake.kept.adopted")
		return nil
	case now.Revision != after.Revision:
		u.keep(w.Touched, now.Def.Name("vi"), "intake.kept.edited")
		return nil
	case len(w.Before) == 0:
		u.done.Removed++
		return programme.Strike(ctx, u.tx, u.by, now.ID)
	}
	var before programme.Target
	if err := json.Unmarshal(w.Before, &before); err != nil {
		return err
	}
	u.done.Restored++
	_, err = programme.Set(ctx, u.tx, u.by, before, now.Revision)
	return err
}
