package intake

import (
	"maps"
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/programme"
	"kith.app/internal/sheet"
)

// TargetTable writes the targets of a plan with their figures: a row for each figure,
// or for the target alone where it has none. What is brought in has the same columns.
func TargetTable(file programme.PlanFile, to locale.Speaker) sheet.Table {
	t := sheet.Table{Name: to.Say("plan.targets")}
	var keys []string
	for _, c := range targetColumns {
		if c.key == "per" {
			for _, a := range file.Plan.Authorities {
				keys = append(keys, planned(a.Code))
				t.Columns = append(t.Columns, sheet.Column{Title: to.Say("plan.value.by", a.Names.In(string(to.Lang)))})
			}
		}
		keys = append(keys, c.key)
		t.Columns = append(t.Columns, sheet.Column{Title: to.Say(c.word)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, f := range file.Targets {
			rows := []map[string]sheet.Value{targetValues(f, to)}
			entered := slices.DeleteFunc(slices.Clone(f.Actuals), func(a programme.Actual) bool { return a.Fed != "" })
			for i, a := range entered {
				if i > 0 {
					rows = append(rows, targetValues(f, to))
				}
				maps.Copy(rows[i], figureValues(a, to))
			}
			for _, row := range rows {
				values := make([]sheet.Value, len(keys))
				for i, key := range keys {
					values[i] = row[key]
				}
				if !yield(values) {
					return
				}
			}
		}
	}
	return t
}

func numeral(n programme.Number) sheet.Value {
	_, behind, _ := strings.Cut(n.String(), ".")
	return sheet.Decimal(n.String(), len(behind))
}

func numeralOr(n *programme.Number) sheet.Value {
	if n == nil {
		return sheet.Value{}
	}
	return numeral(*n)
}

func targetValues(f programme.File, to locale.Speaker) map[string]sheet.Value {
	d := f.Def
	row := map[string]sheet.Value{
		"code": sheet.Words(f.Code), "no": sheet.Words(d.No), "name": sheet.Words(d.Names["vi"]), "name-en": sheet.Words(d.Names["en"]), "name-fr": sheet.Words(d.Names["fr"]),
		"group": sheet.Words(d.Group["vi"]), "unit": sheet.Words(d.Units["vi"]), "direction": sheet.Words(to.Say("plan.direction." + string(d.Direction))), "rule": sheet.Words(to.Say("plan.rule." + string(d.Rule))),
		"baseline": numeralOr(d.Baseline), "measure": sheet.Words(d.Measure), "who": sheet.Words(d.Who), "note": sheet.Words(d.Note),
	}
	if d.Per > 0 {
		row["per"] = sheet.Count(d.Per)
	}
	if d.FromBaseline {
		row["from"] = sheet.Words(to.Say("plan.yes"))
	}
	for _, v := range d.Values {
		row[planned(v.Authority)] = numeral(v.Plan)
	}
	return row
}

func figureValues(a programme.Actual, to locale.Speaker) map[string]sheet.Value {
	row := map[string]sheet.Value{"on": sheet.On(calendar.OnDay(a.On)), "value": numeralOr(a.Value), "num": numeralOr(a.Num), "den": numeralOr(a.Den), "last": numeralOr(a.LastYear), "source": sheet.Words(a.Source.Title)}
	if a.Qualifier != deed.Exact {
		row["how"] = sheet.Words(to.Say("plan.how." + a.Qualifier.String()))
	}
	return row
}
