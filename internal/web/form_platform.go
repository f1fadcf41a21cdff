package web

import (
	"bytes"
	"net/http"

	"kith.app/internal/body"
	"kith.app/internal/reporting"
	"kith.app/internal/sheet"
)

// formPlatform gives the totals of a period in the columns that a national
// platform asks for.
func (s *Server) formPlatform(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	_, ids, err := q.below(a)
	if err != nil {
		return err
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return err
	}
	columns := a.f.PlatformColumns(string(q.reader.Lang))
	var questions []int64
	t := sheet.Table{Name: a.f.Every.Code(a.p)}
	for _, c := range columns {
		t.Columns = append(t.Columns, sheet.Column{Title: c.Title})
		if n, is := reporting.FieldNumber(c.What); is {
			questions = append(questions, n)
		}
	}
	sums, err := q.sumsIn(a.f, ids, questions, a.p)
	if err != nil {
		return err
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, id := range ids {
			row := make([]sheet.Value, 0, len(columns))
			for _, c := range columns {
				row = append(row, q.platformCell(a, c, bodies[id], sums[id]))
			}
			if !yield(row) {
				return
			}
		}
	}
	name := a.f.Code + "-" + a.f.Every.Code(a.p)
	if q.value("as") != "csv" {
		return q.sendSheet(name, t)
	}
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, t); err != nil {
		return err
	}
	q.attached(name+".csv", false)
	return q.send(http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

func (q *request) platformCell(a progressAsked, c reporting.Column, b body.Body, sums map[int64]shown) sheet.Value {
	if n, is := reporting.FieldNumber(c.What); is {
		one, _ := a.f.Question(n)
		sum := sums[n]
		return figureCell(one, sum.qty, sum.counts.Lines() > 0)
	}
	switch c.What {
	case reporting.PlatformUnit:
		return sheet.Words(b.NameOn(string(q.reader.Lang), q.today()))
	case reporting.PlatformCode:
		return sheet.Words(b.Code)
	case reporting.PlatformPeriod:
		return sheet.Words(a.f.Every.Code(a.p))
	case reporting.PlatformFrom:
		return sheet.Words(a.p.From.String())
	case reporting.PlatformTo:
		return sheet.Words(a.p.To.String())
	}
	return sheet.Words(c.Fixed)
}
