package store

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/reporting"
	"kith.app/internal/sheet"
)

// PlatformAsked says of which form, period and top body the file for a national
// platform is wanted, and in which language it names bodies.
type PlatformAsked struct {
	Form   reporting.Form
	Period calendar.Period
	At     body.ID
	Lang   locale.Lang
}

// PlatformFile gives the totals of a period as far as the actor may read them, in the
// columns that a national platform asks for: nothing is typed again.
func PlatformFile(ctx context.Context, v *View, asked PlatformAsked) (sheet.Table, error) {
	f := asked.Form
	t := sheet.Table{Name: f.Every.Code(asked.Period)}
	progress, err := v.FormProgress(ctx, f.ID, asked.Period, asked.At)
	if err != nil {
		return t, err
	}
	ids := make([]body.ID, 0, len(progress.Below))
	for _, b := range progress.Below {
		ids = append(ids, b.Body)
	}
	bodies, err := v.BodiesByID(ctx, ids)
	if err != nil {
		return t, err
	}
	columns := f.PlatformColumns(string(asked.Lang))
	var questions []int64
	for _, c := range columns {
		t.Columns = append(t.Columns, sheet.Column{Title: c.Title})
		if n, is := reporting.FieldNumber(c.What); is {
			questions = append(questions, n)
		}
	}
	all, err := v.FormSums(ctx, f.ID, ids, questions, []calendar.Period{asked.Period})
	if err != nil {
		return t, err
	}
	sums := map[body.ID]map[int64]sheet.Value{}
	for _, s := range all {
		if sums[s.Body] == nil {
			sums[s.Body] = map[int64]sheet.Value{}
		}
		if one, ok := f.Question(s.Question); ok && s.Counts.Lines() > 0 {
			sums[s.Body][s.Question] = FigureValue(one, s.Qty)
		}
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, id := range ids {
			row := make([]sheet.Value, 0, len(columns))
			for _, c := range columns {
				if n, is := reporting.FieldNumber(c.What); is {
					row = append(row, sums[id][n])
					continue
				}
				row = append(row, asked.cell(c, bodies[id], v.Today()))
			}
			if !yield(row) {
				return
			}
		}
	}
	return t, nil
}

// cell is what a column that asks for no figure says of a body.
func (a PlatformAsked) cell(c reporting.Column, b body.Body, today calendar.Day) sheet.Value {
	switch c.What {
	case reporting.PlatformUnit:
		return sheet.Words(b.NameOn(string(a.Lang), today))
	case reporting.PlatformCode:
		return sheet.Words(b.Code)
	case reporting.PlatformPeriod:
		return sheet.Words(a.Form.Every.Code(a.Period))
	case reporting.PlatformFrom:
		return sheet.Words(a.Period.From.String())
	case reporting.PlatformTo:
		return sheet.Words(a.Period.To.String())
	}
	return sheet.Words(c.Fixed)
}

// FigureValue is a figure of a form as a cell of a workbook.
func FigureValue(one reporting.Question, qty int64) sheet.Value {
	switch {
	case one.Kind == reporting.Money:
		return sheet.Sum(money.Of(qty, one.Cur))
	case one.Decimals() > 0:
		return sheet.Words(locale.Decimal(qty, one.Decimals(), locale.En))
	}
	return sheet.Count(qty)
}
