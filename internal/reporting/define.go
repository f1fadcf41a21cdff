package reporting

import (
	"context"
	"reflect"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// DefineTx is what drawing up a form needs of a transaction.
type DefineTx interface {
	NewID() int64
	Kind(ctx context.Context, code string) (deed.Kind, error)
	Form(ctx context.Context, id ID) (Form, error)
	FormCode(ctx context.Context, code string) (ID, error) // 0 when nobody has it
	SaveForm(ctx context.Context, before *Form, f Form) error
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
