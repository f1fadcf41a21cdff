package web

import (
	"iter"
	"strings"

	"kith.app/internal/deed"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// deedSheet gives the list as a workbook, all of it.
func (s *Server) deedSheet(q *request) error {
	asked := q.deedQuery()
	asked.After, asked.Limit = "", 500
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	var failed error
	t := sheet.Table{Name: q.say("deed.list.head"), Rows: q.deedValues(asked, kinds, &failed)}
	for _, key := range []string{"common.date", "common.kind", "deed.list.what", "deed.role.receiver", "deed.role.visitor", "deed.form.body", "deed.lines", "common.amount", "common.currency", "common.status", "common.note", "deed.form.source"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	if err := q.sendSheet("viec-lam", t); err != nil {
		return err
	}
	return failed
}

// deedValues goes through all deeds of a list, some hundreds at a time.
func (q *request) deedValues(asked store.DeedQuery, kinds map[string]deed.Kind, failed *error) iter.Seq[[]sheet.Value] {
	return func(yield func([]sheet.Value) bool) {
		for {
			found, next, err := q.view().Deeds(q.Context(), asked)
			if err != nil {
				*failed = err
				return
			}
			called, err := q.view().CalledIn(q.Context(), found...)
			if err != nil {
				*failed = err
				return
			}
			for _, d := range found {
				if !yield(q.deedCells(deedShown{d, kinds[d.Kind], called})) {
					return
				}
			}
			if asked.After = next; next == "" {
				return
			}
		}
	}
}

// deedCells is one deed as a row of a workbook.
func (q *request) deedCells(shown deedShown) []sheet.Value {
	d := shown.deed
	home := shown.called.Bodies[d.Body]
	var counts []string
	for _, l := range d.Lines {
		if l.Unit != deed.Money {
			counts = append(counts, q.lineText(l, shown.kind))
		}
	}
	total := moneyOf(d)
	amount := sheet.Words("")
	if !total.IsNone() {
		amount = sheet.Sum(total)
	}
	return []sheet.Value{
		sheet.On(d.Day), sheet.Words(shown.kind.Name(q.lang())), sheet.Words(q.titleWith(d, shown.kind, shown.called)),
		sheet.Words(q.partiesText(shown, shown.kind.First())), sheet.Words(q.partiesText(shown, deed.Visitor)),
		sheet.Words(home.NameOn(q.lang(), q.dayOf(d))), sheet.Words(strings.Join(counts, ", ")), amount, sheet.Words(string(total.Currency)),
		sheet.Words(q.say("deed.status." + string(d.Status))), sheet.Words(d.Note), sheet.Words(d.Source.Title),
	}
}
