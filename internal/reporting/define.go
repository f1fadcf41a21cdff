package reporting

import (
	"context"
	"reflect"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
)

// DefineTx is what drawing up a form needs of a transaction.
type DefineTx interface {
	NewID() int64
	Kind(ctx context.Context, code string) (deed.Kind, error)
	Form(ctx context.Context, id ID) (Form, error)
	FormCode(ctx context.Context, code string) (ID, error) // 0 when nobody has it
	SaveForm(ctx context.Context, before *Form, f Form) error
	TargetPlanByCode(ctx context.Context, code string) (programme.Plan, error)
	Targets(ctx context.Context, of programme.ID) ([]programme.Target, error)
	// Feeders lists the questions of all forms that tell targets, by the target.
	Feeders(ctx context.Context) (map[string][]Feeder, error)
}

// Define writes a form, new or changed. based is the revision the actor saw, 0
// for a new one; who asks and how often stays as it was. When the questions change, the form has a new version; the
// versions before are kept with the replies that answered them.
func Define(ctx context.Context, tx DefineTx, by access.Actor, f Form, based int64) (Form, error) {
	if err := by.May(access.ManageBody, f.Body); err != nil {
		return f, err
	}
	if f.Posting == "" {
		f.Posting = OnApproval
	}
	var before *Form
	if f.ID != 0 {
		was, err := tx.Form(ctx, f.ID)
		if err != nil {
			return f, err
		}
		if err := by.May(access.ManageBody, was.Body); err != nil {
			return f, err
		}
		if was.Revision != based {
			return f, fault.Outdated("common.outdated")
		}
		before = &was
		f.Code, f.Body, f.Every, f.LastN, f.Version = was.Code, was.Body, was.Every, was.LastN, was.Version
	}
	f.number()
	if err := f.Check(); err != nil {
		return f, err
	}
	if err := knownKinds(ctx, tx, f); err != nil {
		return f, err
	}
	if err := knownTargets(ctx, tx, by, before, f); err != nil {
		return f, err
	}
	if before == nil {
		taken, err := tx.FormCode(ctx, f.Code)
		if err != nil {
			return f, err
		}
		if taken != 0 {
			return f, fault.Field("code", "form.code.taken", f.Code)
		}
		f.ID, f.Version = ID(tx.NewID()), 1
	} else if !sameQuestions(*before, f) {
		f.Version++
	}
	f.Revision = based + 1
	return f, tx.SaveForm(ctx, before, f)
}

// number gives new questions their numbers.
func (f *Form) number() {
	f.Questions = slices.Clone(f.Questions)
	for i := range f.Questions {
		q := &f.Questions[i]
		if q.N > f.LastN || q.N < 0 {
			q.N = 0
		}
		if q.N == 0 {
			f.LastN++
			q.N = f.LastN
		}
	}
}

func sameQuestions(a, b Form) bool {
	return reflect.DeepEqual(a.Questions, b.Questions) && reflect.DeepEqual(a.Groups, b.Groups)
}

// knownKinds checks that every measure is of a kind of deed in the book.
func knownKinds(ctx context.Context, tx DefineTx, f Form) error {
	for _, q := range f.Questions {
		m, feeds := q.Measure()
		if !feeds {
			continue
		}
		if _, err := tx.Kind(ctx, m.Kind); err != nil {
			return fault.Field("feeds", "form.question.feeds", q.Names["vi"])
		}
	}
	return nil
}

// knownTargets checks that every target that answers tell is one of a plan for whose
// body the actor reports, that it is told by nothing else, and that the answers can tell it.
func knownTargets(ctx context.Context, tx DefineTx, by access.Actor, before *Form, f Form) error {
	var told map[string][]Feeder
	seen := map[string]bool{}
	for _, q := range f.Questions {
		plan, target, tells := q.TargetCodes()
		if !tells {
			continue
		}
		wrong := func(key string) error { return fault.Field("target", key, q.Names["vi"]) }
		if seen[q.Target] {
			return wrong("form.question.target.twice")
		}
		seen[q.Target] = true
		if before != nil {
			if was, had := before.Question(q.N); had && was.Target == q.Target {
				continue // whoever named it was allowed to
			}
		}
		if told == nil {
			var err error
			if told, err = tx.Feeders(ctx); err != nil {
				return err
			}
		}
		if slices.ContainsFunc(told[q.Target], func(o Feeder) bool { return o.Form.ID != f.ID }) {
			return wrong("form.question.target.twice")
		}
		p, err := tx.TargetPlanByCode(ctx, plan)
		if fault.KindOf(err) == fault.NotFound && err != nil || err == nil && by.May(access.PostDeeds, p.Body) != nil {
			return wrong("form.question.target.missing")
		}
		if err != nil {
			return err
		}
		all, err := tx.Targets(ctx, p.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(t programme.Target) bool { return t.Code == target })
		switch {
		case i < 0:
			return wrong("form.question.target.missing")
		case all[i].Def.Measure != "" || all[i].Def.Per > 0 || all[i].Def.Direction == programme.YesNo:
			return wrong("form.question.target.kind")
		}
	}
	return nil
}
