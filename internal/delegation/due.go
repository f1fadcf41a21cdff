package delegation

import (
	"context"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// The settings of a body that say when report and thanks are due after a visit.
const (
	SettingReportDays = "delegation.report.days"
	SettingThanksDays = "delegation.thanks.days"
)

// Due is within how many days after its last day a visit is reported and thanked
// for; 0 asks for nothing.
type Due struct {
	Report int
	Thanks int
}

// DueFrom reads it from the settings of a body.
func DueFrom(set map[string]string) Due {
	days := func(name string) int { n, _ := strconv.Atoi(set[name]); return max(0, n) }
	return Due{days(SettingReportDays), days(SettingThanksDays)}
}

// IsZero tells that no rule was set.
func (d Due) IsZero() bool { return d == Due{} }

// For fills in what is due after a visit where nobody said otherwise.
func (d Due) For(v Visit, visit deed.Deed) Visit {
	last, known := visit.Day.Last()
	if !known {
		return v
	}
	if v.ReportDue == 0 && v.ReportDone == 0 && d.Report > 0 {
		v.ReportDue = last + calendar.Day(d.Report)
	}
	if v.ThanksDue == 0 && v.ThanksSent == 0 && d.Thanks > 0 {
		v.ThanksDue = last + calendar.Day(d.Thanks)
	}
	return v
}

// dueDaysMost bounds the days within which something is due.
const dueDaysMost = 365

// DueTx is what setting the rule needs of a transaction.
type DueTx interface {
	SetSetting(ctx context.Context, of body.ID, name, value string) error
}

// SetDue writes within how many days visits are reported and thanked for.
func SetDue(ctx context.Context, tx DueTx, by access.Actor, of body.ID, d Due) error {
	if err := by.May(access.PostDeeds, of); err != nil {
		return err
	}
	var found []error
	for _, one := range []struct {
		name string
		days int
	}{{"report", d.Report}, {"thanks", d.Thanks}} {
		if one.days < 0 || one.days > dueDaysMost {
			found = append(found, fault.Field(one.name, "delegation.due.range", dueDaysMost))
		}
	}
	if err := fault.Gather(found...); err != nil {
		return err
	}
	written := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	if err := tx.SetSetting(ctx, of, SettingReportDays, written(d.Report)); err != nil {
		return err
	}
	return tx.SetSetting(ctx, of, SettingThanksDays, written(d.Thanks))
}

// dueOf reads the rule of a body, or of the nearest above it that has one.
func dueOf(ctx context.Context, tx Tx, of body.ID) (Due, error) {
	for _, at := range append([]body.ID{of}, tx.Tree().Ancestors(of, tx.Today())...) {
		set, err := tx.Settings(ctx, at, "delegation.")
		if err != nil {
			return Due{}, err
		}
		if d := DueFrom(set); !d.IsZero() {
			return d, nil
		}
	}
	return Due{}, nil
}
