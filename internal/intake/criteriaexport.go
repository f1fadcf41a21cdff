package intake

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
)

// criteriaColumns are those of a table of criteria, in the order in which Fronts
// pass it round, with what else a criterion is made of after them.
var criteriaColumns = []Field{
	"no", "level", "name", "max", "bonus", "note", "deadline", "method", "condition", "value", "per", "target", "tiers",
	"evidence", "assigned", "handler", "reason", "nameEn", "nameFr", "conditionEn", "conditionFr",
}

// CriteriaTable gives the table of criteria of a contest with the columns that an
// import reads: every group, then what stands in it.
func CriteriaTable(a Arena, to locale.Speaker) (sheet.Table, error) {
	words, err := shipped()
	if err != nil {
		return sheet.Table{}, err
	}
	t := sheet.Table{Name: to.Say("intake.subject.criteria")}
	for _, f := range criteriaColumns {
		t.Columns = append(t.Columns, sheet.Column{Title: words.title(Criteria, f, to.Lang)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, c := range a.Table.All() {
			if !yield(a.criterionRow(words, c, to)) {
				return
			}
		}
	}
	return t, nil
}

func (a Arena) criterionRow(words *vocabulary, c contest.Criterion, to locale.Speaker) []sheet.Value {
	row := make([]sheet.Value, len(criteriaColumns))
	for i, f := range criteriaColumns {
		row[i] = a.criterionCell(words, c, f, to)
	}
	return row
}

func (a Arena) criterionCell(words *vocabulary, c contest.Criterion, f Field, to locale.Speaker) sheet.Value {
	switch f {
	case "level":
		return sheet.Count(int64(a.Table.Depth(c.ID)) + 1)
	case "max":
		return pointsCell(c.Max)
	case "bonus", "per":
		p := c.BonusMax
		if f == "per" {
			p = c.Per
		}
		if p == 0 {
			return sheet.Value{}
		}
		return pointsCell(p)
	case "deadline":
		if c.Deadline == 0 {
			return sheet.Value{}
		}
		return sheet.On(calendar.OnDay(c.Deadline))
	case "method":
		return sheet.Words(words.say("scoring", string(c.Method), to.Lang))
	case "evidence":
		if c.Method == contest.Group || c.Evidence == "" {
			return sheet.Value{}
		}
		return sheet.Words(words.say("proof", string(c.Evidence), to.Lang))
	}
	return sheet.Words(a.criterionText(c, f))
}

// pointsCell writes points with as many decimals as they have.
func pointsCell(p contest.Points) sheet.Value {
	plain := p.String()
	_, decimals, _ := strings.Cut(plain, ".")
	return sheet.Decimal(plain, len(decimals))
}

// criterionText gives what a criterion says in a column of words.
func (a Arena) criterionText(c contest.Criterion, f Field) string {
	return map[Field]func() string{
		"no":          func() string { return c.No },
		"name":        func() string { return c.Names["vi"] },
		"nameEn":      func() string { return c.Names["en"] },
		"nameFr":      func() string { return c.Names["fr"] },
		"condition":   func() string { return c.Condition["vi"] },
		"conditionEn": func() string { return c.Condition["en"] },
		"conditionFr": func() string { return c.Condition["fr"] },
		"note":        func() string { return c.Note },
		"value":       func() string { return c.Value },
		"target":      func() string { return c.Target },
		"tiers":       func() string { return tiersText(c.Tiers) },
		"assigned":    func() string { return a.codes(c.Assigned) },
		"handler":     func() string { return c.Handler },
		"reason":      func() string { return c.Reason },
	}[f]()
}

// tiersText writes steps as "≥ 80: 4; ≥ 60: 3".
func tiersText(tiers []contest.Tier) string {
	var all []string
	for _, t := range tiers {
		all = append(all, "≥ "+t.From+": "+t.Points.String())
	}
	return strings.Join(all, "; ")
}

// codes names units by their codes.
func (a Arena) codes(units []body.ID) string {
	var all []string
	for _, id := range units {
		if b, ok := a.Bodies[id]; ok {
			all = append(all, b.Code)
		}
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}
