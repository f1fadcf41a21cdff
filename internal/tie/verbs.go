package tie

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Enter puts a tie into the book. Without a code one is proposed from the names
// of its parties.
func Enter(ctx context.Context, tx Tx, by access.Actor, t Tie) (Tie, error) {
	if err := by.May(access.KeepOffice, t.Body); err != nil {
		return Tie{}, err
	}
	if t.Code == "" {
		code, err := freeCode(ctx, tx, t)
		if err != nil {
			return Tie{}, err
		}
		t.Code = code
	}
	t = t.numbered(tx)
	if err := t.Check(); err != nil {
		return Tie{}, err
	}
	if taken, err := tx.TieCodeTaken(ctx, t.Code); err != nil {
		return Tie{}, err
	} else if taken {
		return Tie{}, fault.Field("code", "tie.code.taken", t.Code)
	}
	if err := fitting(ctx, tx, t); err != nil {
		return Tie{}, err
	}
	if t.ID == 0 {
		t.ID = ID(tx.NewID())
	}
	t.Recorded, t.Recorder, t.Revision = tx.NowMilli(), person.ID(by.Person), 1
	return t, tx.InsertTie(ctx, t)
}

// numbered gives an id to stages that have none and tidies what was typed.
func (t Tie) numbered(tx interface{ NewID() int64 }) Tie {
	t.Stages = slices.Clone(t.Stages)
	for i := range t.Stages {
		if t.Stages[i].ID == 0 {
			t.Stages[i].ID = tx.NewID()
		}
	}
	t.Titles = slices.DeleteFunc(slices.Clone(t.Titles), func(n Title) bool { return strings.TrimSpace(n.Text) == "" })
	return t
}

// freeCode proposes a code that no tie has: from the title, or from the names of
// the first parties of the sides.
func freeCode(ctx context.Context, tx Tx, t Tie) (string, error) {
	var names []string
	for side := 1; side <= t.Sides(); side++ {
		for _, p := range t.Parties {
			if p.Side != side {
				continue
			}
			b, err := tx.Body(ctx, p.Body)
			if err != nil {
				return "", err
			}
			names = append(names, b.ShortOn("vi", tx.Today()))
			break
		}
	}
	proposed := CodeFrom(names...)
	for n := 1; ; n++ {
		code := proposed
		if n > 1 {
			code = proposed + "-" + strconv.Itoa(n)
		}
		taken, err := tx.TieCodeTaken(ctx, code)
		if err != nil || !taken {
			return code, err
		}
	}
}

// fitting checks a tie against the bodies it joins: they must have stood when
// they signed, and what it hangs under or continues must be in the book.
func fitting(ctx context.Context, tx Tx, t Tie) error {
	if _, err := tx.TieKind(ctx, t.Kind); err != nil {
		return err
	}
	for _, other := range append(slices.Clone(t.Before), t.Parent) {
		if other == 0 {
			continue
		}
		if _, err := tx.Tie(ctx, other); err != nil {
			return err
		}
	}
	if err := noCircle(ctx, tx, t); err != nil {
		return err
	}
	var found []error
	for _, p := range t.Parties {
		b, err := tx.Body(ctx, p.Body)
		if err != nil {
			return err
		}
		found = append(found, stood(t, p, b, tx.Today()))
	}
	return fault.Gather(found...)
}

// noCircle refuses a tie that would continue itself or hang under itself.
func noCircle(ctx context.Context, tx Tx, t Tie) error {
	if t.ID == 0 {
		return nil
	}
	queue := append(slices.Clone(t.Before), t.Parent)
	for i := 0; i < len(queue) && i < 1000; i++ {
		if queue[i] == 0 {
			continue
		}
		if queue[i] == t.ID {
			return fault.Field("before", "tie.before.itself")
		}
		other, err := tx.Tie(ctx, queue[i])
		if err != nil {
			return err
		}
		queue = append(append(queue, other.Before...), other.Parent)
	}
	return nil
}

// stood refuses a party that did not exist on the day on which its side signed,
// and says from when until when it did.
func stood(t Tie, p Party, b body.Body, today calendar.Day) error {
	field := "side" + strconv.Itoa(p.Side)
	ended, over := b.Ended.Last()
	founded, begun := b.Founded.First()
	name := b.NameOn("vi", min(today, b.Ended.LastOr(calendar.Latest)))
	for _, s := range t.Stages {
		if s.Kind != Signature && s.Kind != Renewal || s.Side != 0 && s.Side != p.Side {
			continue
		}
		first, known := s.Date.First()
		last, bounded := s.Date.Last()
		if !known || !bounded || !p.In(first) && !p.In(last) {
			continue
		}
		if over && first > ended {
			return fault.Field(field, "tie.party.ended", name, b.Ended)
		}
		if begun && last < founded {
			return fault.Field(field, "tie.party.unborn", name, b.Founded)
		}
	}
	return nil
}

// Amend changes what the book says of a tie. Its stages and the acts by which it
// was handed on have verbs of their own. based is the revision the actor saw.
func Amend(ctx context.Context, tx Tx, by access.Actor, t Tie, based int64) (Tie, error) {
	before, err := open(ctx, tx, by, t.ID)
	if err != nil {
		return Tie{}, err
	}
	if before.Revision != based {
		return Tie{}, fault.Outdated("common.outdated")
	}
	if t.Body != before.Body {
		if err := by.May(access.KeepOffice, t.Body); err != nil {
			return Tie{}, err
		}
	}
	if t.Code != before.Code {
		if taken, err := tx.TieCodeTaken(ctx, t.Code); err != nil {
			return Tie{}, err
		} else if taken {
			return Tie{}, fault.Field("code", "tie.code.taken", t.Code)
		}
	}
	t.Stages, t.Handed, t.Outside, t.Job = before.Stages, before.Handed, before.Outside, before.Job
	t.Recorded, t.Recorder = before.Recorded, before.Recorder
	return save(ctx, tx, t)
}

// open reads a tie that the actor may change.
func open(ctx context.Context, tx Tx, by access.Actor, id ID) (Tie, error) {
	t, err := tx.Tie(ctx, id)
	if err != nil {
		return Tie{}, err
	}
	return t, MayKeep(by, t, tx.Today())
}

// save checks a changed tie and writes its next revision.
func save(ctx context.Context, tx Tx, t Tie) (Tie, error) {
	t = t.numbered(tx)
	if err := t.Check(); err != nil {
		return Tie{}, err
	}
	if err := fitting(ctx, tx, t); err != nil {
		return Tie{}, err
	}
	now, err := tx.Tie(ctx, t.ID)
	if err != nil {
		return Tie{}, err
	}
	t.Revision = now.Revision + 1
	return t, tx.UpdateTie(ctx, t)
}

// Record adds a stage to a tie, or changes one that it has, found by its id. A
// stage that is not a plan cannot lie in the future.
func Record(ctx context.Context, tx Tx, by access.Actor, id ID, s Stage) (Tie, error) {
	t, err := open(ctx, tx, by, id)
	if err != nil {
		return Tie{}, err
	}
	if err := s.Check(t.Sides()); err != nil {
		return Tie{}, err
	}
	if first, ok := s.Date.First(); ok && first > tx.Today() && s.Kind != InEffect && s.Kind != End {
		return Tie{}, fault.Field("date", "tie.stage.future")
	}
	if s.ID == 0 {
		t.Stages = append(slices.Clone(t.Stages), s)
		return save(ctx, tx, t)
	}
	if _, known := t.Stage(s.ID); !known {
		return Tie{}, fault.Missing("tie.stage.missing")
	}
	t.Stages = slices.Clone(t.Stages)
	for i, was := range t.Stages {
		if was.ID == s.ID {
			t.Stages[i] = s
		}
	}
	return save(ctx, tx, t)
}

// Strike takes a stage out that never was; the history keeps it.
func Strike(ctx context.Context, tx Tx, by access.Actor, id ID, stage int64) (Tie, error) {
	t, err := open(ctx, tx, by, id)
	if err != nil {
		return Tie{}, err
	}
	if _, known := t.Stage(stage); !known {
		return Tie{}, fault.Missing("tie.stage.missing")
	}
	t.Stages = slices.DeleteFunc(slices.Clone(t.Stages), func(s Stage) bool { return s.ID == stage })
	return save(ctx, tx, t)
}

// Claimed notes that a source gives another date for a stage. It is kept beside
// the one that is held true.
func Claimed(ctx context.Context, tx Tx, by access.Actor, id ID, stage int64, c Claim) (Tie, error) {
	if c.Date.IsUnknown() {
		return Tie{}, fault.Field("date", "tie.claim.date")
	}
	if c.Source.IsZero() {
		return Tie{}, fault.Field("source", "tie.claim.source")
	}
	return onStage(ctx, tx, by, id, stage, func(s Stage) (Stage, error) {
		s.Others = append(slices.Clone(s.Others), c)
		return s, nil
	})
}

// HoldTrue chooses among the dates that sources give for a stage: one of the
// others becomes the one held true, and why is kept.
func HoldTrue(ctx context.Context, tx Tx, by access.Actor, id ID, c Choice) (Tie, error) {
	return onStage(ctx, tx, by, id, c.Stage, func(s Stage) (Stage, error) { return s.holdTrue(c.Claim, c.Why) })
}

// Choice says which of the dates that sources give for a stage is held true.
type Choice struct {
	Stage int64
	Claim int // counted from nought among the others
	Why   string
}

func onStage(ctx context.Context, tx Tx, by access.Actor, id ID, stage int64, do func(Stage) (Stage, error)) (Tie, error) {
	t, err := open(ctx, tx, by, id)
	if err != nil {
		return Tie{}, err
	}
	s, known := t.Stage(stage)
	if !known {
		return Tie{}, fault.Missing("tie.stage.missing")
	}
	if s, err = do(s); err != nil {
		return Tie{}, err
	}
	return Record(ctx, tx, by, id, s)
}
