package store_test

import (
	"context"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/programme"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// Answers of units become the figure of the target that their question names, as of
// the last day of their period, with the form as source; a figure entered stands.
func TestAnswersTellTheTargetTheirQuestionNames(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		by := storetest.Operator()
		a := newAsked(t, b, 2)
		var target programme.Target
		a.write(func(ctx context.Context, tx *store.Tx) error {
			p, made, err := drawn(ctx, tx, b.Root(), "ke-hoach-nam")
			if err != nil {
				return err
			}
			target = made
			_, err = programme.Adopt(ctx, tx, by, p.ID, calendar.DayOf(2026, 1, 5), p.Revision)
			return err
		})
		define := func(by access.Actor, change func(f *reporting.Form)) error {
			f := a.form
			f.Questions = append([]reporting.Question{}, f.Questions...)
			change(&f)
			return b.Write(context.Background(), store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) (err error) {
				done, err := reporting.Define(ctx, tx, by, f, a.form.Revision)
				if err == nil {
					a.form = done
				}
				return err
			})
		}
		name := func(question int, as reporting.As) func(f *reporting.Form) {
			return func(f *reporting.Form) {
				f.Questions[question].Target, f.Questions[question].As = "ke-hoach-nam/xa-dat-chuan", as
			}
		}
		if err := define(by, name(3, reporting.AddUp)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a text told a target: %v", err)
		}
		if err := define(by, func(f *reporting.Form) {
			f.Questions[1].Target, f.Questions[1].As = "ke-hoach-nam/khong-co", reporting.AddUp
		}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("no such target: %v", err)
		}
		if err := define(by, name(1, reporting.AddUp)); err != nil {
			t.Fatal(err)
		}
		september := calendar.MonthOf(2026, 9)
		sent := func(p calendar.Period, unit int, typed ...string) {
			a.write(func(ctx context.Context, tx *store.Tx) error {
				_, err := reporting.Send(ctx, tx, by, a.form.ID, p, reporting.Sending{Unit: a.units[unit].ID, Based: reporting.Latest, Way: reporting.Inside, Answers: a.answers(typed...)})
				return err
			})
		}
		sent(september, 0, "1", "2")
		sent(october, 0, "1", "3")
		sent(october, 1, "0", "trên 4")
		figures := func() (string, string) {
			file, err := b.As(by).PlanFile(context.Background(), "ke-hoach-nam")
			if err != nil {
				t.Fatal(err)
			}
			said, from := "", ""
			for _, one := range file.Targets[0].Actuals {
				said += one.On.String() + "=" + one.Rat(0).RatString() + " " + one.Qualifier.String() + ";"
				from = one.Source.Where
			}
			return said, from
		}
		if said, from := figures(); said != "2026-09-30=2 exact;2026-10-31=9 over;" || from != "bao-cao-thang 2026-10" {
			t.Errorf("added up: %q from %q", said, from)
		}
		if err := define(by, name(1, reporting.AsLast)); err != nil {
			t.Fatal(err)
		}
		if said, _ := figures(); said != "2026-09-30=2 exact;2026-10-31=7 over;" {
			t.Errorf("as each period stands: %q", said)
		}
		a.write(func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Report(ctx, tx, by, programme.Actual{Target: target.ID, On: october.To, Value: programme.Known(programme.Whole(0)), Source: half}, 0)
			return err
		})
		if said, _ := figures(); said != "2026-09-30=2 exact;2026-10-31=0 exact;" {
			t.Errorf("a figure entered for the same day: %q", said)
		}
		if told, err := b.As(by).PlanFeeders(context.Background(), target.Plan); err != nil || len(told["xa-dat-chuan"]) != 1 {
			t.Errorf("who tells the target: %v %v", told, err)
		}
	})
}
