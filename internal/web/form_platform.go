package web

import (
	"bytes"
	"net/http"

	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// formPlatform gives the totals of a period in the columns that a national
// platform asks for.
func (s *Server) formPlatform(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	t, err := store.PlatformFile(q.Context(), q.view(), store.PlatformAsked{Form: a.f, Period: a.p, At: a.at, Lang: q.reader.Lang})
	if err != nil {
		return err
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
