package store_test

import (
	"context"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// targetTold is a form of which a question tells the target of a plan.
type targetTold struct {
	*asked
	target programme.Target
}

func newTargetTold(t *testing.T, b *store.Book) targetTold {
	a := targetTold{asked: newAsked(t, b, 2)}
	a.write(func(ctx context.Context, tx *store.Tx) error {
		p, made, err := drawn(ctx, tx, b.Root(), "ke-hoach-nam")
		if err != nil {
			return err
		}
		a.target = made
		_, err = programme.Adopt(ctx, tx, storetest.Operator(), p.ID, calendar.DayOf(2026, 1, 5), p.Revision)
		return err
	})
	return a
}

// name has a question tell a target.
func (a *targetTold) name(question int, target string, as reporting.As) error {
	by, f := storetest.Operator(), a.form
	f.Questions = append([]reporting.Question{}, f.Questions...)
	f.Questions[question].Target, f.Questions[question].As = "ke-hoach-nam/"+target, as
	return a.book.Write(context.Background(), store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) (err error) {
		done, err := reporting.Define(ctx, tx, by, f, a.form.Revision)
		if err == nil {
			a.form = done
		}
		return err
	})
}

func (a *targetTold) sent(p calendar.Period, unit int, typed ...string) {
	a.t.Helper()
	a.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := reporting.Send(ctx, tx, storetest.Operator(), a.form.ID, p, reporting.Sending{Unit: a.units[unit].ID, Based: reporting.Latest, Way: reporting.Inside, Answers: a.answers(typed...)})
		return err
	})
}

// figures are those of the target, and where the last comes from.
func (a *targetTold) figures() (said, from string) {
	a.t.Helper()
	file, err := a.book.As(storetest.Operator()).PlanFile(context.Background(), "ke-hoach-nam")
	if err != nil {
		a.t.Fatal(err)
	}
	for _, one := range file.Targets[0].Actuals {
		said += one.On.String() + "=" + one.Rat(0).RatString() + " " + one.Qualifier.String() + ";"
		from = one.Source.Where
	}
	return said, from
}

// Answers of units become the figure of the target that their question names, as of
// the last day of their period, with the form as source; a figure entered stands.
func TestAnswersTellTheTargetTheirQuestionNames(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		a := newTargetTold(t, b)
		if err := a.name(3, "xa-dat-chuan", reporting.AddUp); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a text told a target: %v", err)
		}
		if err := a.name(1, "khong-co", reporting.AddUp); fault.KindOf(err) != fault.Invalid {
			t.Errorf("no such target: %v", err)
		}
		if err := a.name(1, "xa-dat-chuan", reporting.AddUp); err != nil {
			t.Fatal(err)
		}
		a.sent(calendar.MonthOf(2026, 9), 0, "1", "2")
		a.sent(october, 0, "1", "3")
		a.sent(october, 1, "0", "trên 4")
		if said, from := a.figures(); said != "2026-09-30=2 exact;2026-10-31=9 over;" || from != "bao-cao-thang 2026-10" {
			t.Errorf("added up: %q from %q", said, from)
		}
		if err := a.name(1, "xa-dat-chuan", reporting.AsLast); err != nil {
			t.Fatal(err)
		}
		if said, _ := a.figures(); said != "2026-09-30=2 exact;2026-10-31=7 over;" {
			t.Errorf("as each period stands: %q", said)
		}
		a.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Report(ctx, tx, storetest.Operator(), programme.Actual{Target: a.target.ID, On: october.To, Value: programme.Known(programme.Whole(0)), Source: half}, 0)
			return err
		})
		if said, _ := a.figures(); said != "2026-09-30=2 exact;2026-10-31=0 exact;" {
			t.Errorf("a figure entered for the same day: %q", said)
		}
		if told, err := b.As(storetest.Operator()).PlanFeeders(context.Background(), a.target.Plan); err != nil || len(told["xa-dat-chuan"]) != 1 {
			t.Errorf("who tells the target: %v %v", told, err)
		}
	})
}
