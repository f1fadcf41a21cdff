package web

import (
	"bytes"
	"context"
	"net/http"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// registerSheets lists the tables that are given out with the columns that an
// import reads.
func (s *Server) registerSheets() {
	s.inside("GET /people.xlsx", s.giveOut(intake.People, false))
	s.inside("GET /people.csv", s.giveOut(intake.People, true))
	s.inside("GET /households.xlsx", s.giveOut(intake.Households, false))
	s.inside("GET /households.csv", s.giveOut(intake.Households, true))
	s.inside("GET /bodies.xlsx", s.giveOut(intake.Bodies, false))
	s.inside("GET /bodies.csv", s.giveOut(intake.Bodies, true))
	s.inside("GET /deeds.csv", s.giveOut(intake.Deeds, true))
	s.inside("GET /entries.xlsx", s.giveOut(intake.Entries, false))
	s.inside("GET /entries.csv", s.giveOut(intake.Entries, true))
}

// sheetFile is what a table is called where it is kept.
var sheetFile = map[intake.Subject]string{
	intake.People: "hoi-vien", intake.Households: "ho-gia-dinh", intake.Bodies: "to-chuc", intake.Deeds: "viec-lam", intake.Entries: "thu-chi",
}

// giveOut answers with everything of a subject that the person who asks may
// see; of the people, those whom the list with the same address shows.
func (s *Server) giveOut(subject intake.Subject, plain bool) func(*request) error {
	return func(q *request) error {
		right := map[intake.Subject]access.Right{intake.Deeds: access.ReadDeeds, intake.Bodies: access.ReadFigures, intake.Entries: access.ReadFund}[subject]
		if right == "" {
			right = access.ReadRoll
		}
		if !q.actor.Somewhere(right) {
			return fault.Forbid("access.forbidden." + string(right))
		}
		book, err := q.listed(subject)
		if err != nil {
			return err
		}
		t, err := intake.Export(q.Context(), book, subject, q.speaker(), plain)
		if err != nil {
			return err
		}
		if plain {
			return q.sendPlain(sheetFile[subject], t)
		}
		return q.sendSheet(sheetFile[subject], t)
	}
}

// sendPlain answers with a table as a text file.
func (q *request) sendPlain(name string, t sheet.Table) error {
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, t); err != nil {
		return err
	}
	q.attached(name+".csv", false)
	return q.send(http.StatusOK, "text/csv; charset=utf-8", b.Bytes())
}

// narrowed is the book with those people only whom a list shows.
type narrowed struct {
	*store.View
	shown map[person.ID]bool
}

// KnownPeople reads the people of the list with their memberships.
func (n narrowed) KnownPeople(ctx context.Context) ([]intake.Member, error) {
	all, err := n.View.KnownPeople(ctx)
	return slices.DeleteFunc(all, func(m intake.Member) bool { return !n.shown[m.ID] }), err
}

// listed is the book as the list of a subject shows it.
func (q *request) listed(subject intake.Subject) (intake.Book, error) {
	if subject != intake.People {
		return q.view(), nil
	}
	query, err := q.peopleQuery()
	if err != nil {
		return nil, err
	}
	query.After, query.Limit = "", peoplePrint
	n := narrowed{q.view(), map[person.ID]bool{}}
	for {
		rows, next, err := q.view().People(q.Context(), query)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			n.shown[r.ID] = true
		}
		if query.After = next; next == "" {
			return n, nil
		}
	}
}
