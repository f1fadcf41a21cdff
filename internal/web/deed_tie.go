package web

import (
	"strconv"
	"strings"

	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// tieRoles are the roles that tell which side of a tie came, received or gave, by
// the name of their answer.
var tieRoles = []struct {
	name string
	role deed.Role
}{{"tie_guest", deed.Guest}, {"tie_host", deed.Host}, {"tie_giver", deed.Giver}, {"tie_taker", deed.Receiver}}

// tieAnswers are the names of the answers about ties that take one line.
func tieAnswerNames() []string {
	var names []string
	for _, r := range tieRoles {
		names = append(names, r.name, r.name+"_id")
	}
	return names
}

// readTies takes in under which ties a deed was done.
func (q *request) readTies() []page.DeedPerson {
	var ties []page.DeedPerson
	for i, name := range q.Form["tie"] {
		one := page.DeedPerson{N: strconv.Itoa(i + 1), Name: text.Clean(name), ID: q.nth("tie_id", i)}
		if one.Name != "" || one.ID != "" {
			ties = append(ties, one)
		}
	}
	return ties
}

// enterTies finds the ties that the answers name, and who came, received or gave.
func (q *request) enterTies(a *deedAnswers, e *entered) error {
	var wrong []error
	for i := range a.ties {
		id, err := q.resolveTie(&a.ties[i])
		wrong = append(wrong, err)
		if err == nil {
			e.deed.Ties = append(e.deed.Ties, id)
		}
	}
	for _, r := range tieRoles {
		if a.fields[r.name] == "" {
			continue
		}
		who := page.DeedPerson{N: r.name, Name: a.fields[r.name], ID: a.fields[r.name+"_id"]}
		if who.ID == "" {
			who.ID = q.bodyOfName(who.Name)
		}
		found, err := q.resolve(&who)
		if err != nil {
			wrong = append(wrong, at(r.name, err))
			continue
		}
		found.party.Role = r.role
		e.deed.Parties = append(e.deed.Parties, found.party)
	}
	return fault.Gather(wrong...)
}

// bodyOfName gives the mark of the only body that bears a name.
func (q *request) bodyOfName(name string) string {
	found, err := q.view().BodiesNamed(q.Context(), name, 20)
	if err != nil {
		return ""
	}
	mark := ""
	for _, b := range found {
		for _, n := range b.Names {
			if text.Fold(n.Full) == text.Fold(name) && mark != bodyMark(b.ID) {
				if mark != "" {
					return ""
				}
				mark = bodyMark(b.ID)
			}
		}
	}
	return mark
}

// resolveTie finds out which tie an answer means: the one chosen, or the only one
// that fits.
func (q *request) resolveTie(a *page.DeedPerson) (tie.ID, error) {
	if id, err := strconv.ParseInt(a.ID, 10, 64); err == nil && id > 0 {
		row, err := q.view().Tie(q.Context(), tie.ID(id))
		if err != nil {
			return 0, err
		}
		a.Name = q.tieCalled(row)
		return row.ID, nil
	}
	rows, _, err := q.view().Ties(q.Context(), store.TieQuery{Typed: a.Name, Limit: 2})
	if err != nil {
		return 0, err
	}
	if len(rows) != 1 {
		a.Wrong = q.say("deed.tie.which")
		return 0, fault.Field("ties", "deed.tie.which")
	}
	a.ID, a.Name = idText(rows[0].ID), q.tieCalled(rows[0])
	return rows[0].ID, nil
}

// formTies shows the ties of a deed in its form.
func (q *request) formTies(form *page.DeedForm, a *deedAnswers) {
	form.Ties = a.ties
	for i := range form.Ties {
		form.Ties[i].N = strconv.Itoa(i + 1)
	}
	form.Opened["ties"] = len(a.ties) > 0
	if len(form.Ties) == 0 {
		form.Ties = []page.DeedPerson{{N: "1"}}
	}
	for _, r := range tieRoles {
		field := form.Wrong.Mark(page.Field{Name: r.name, Label: q.say("deed.tie." + strings.TrimPrefix(r.name, "tie_")), Value: a.fields[r.name]})
		form.TieRoles = append(form.TieRoles, page.SearchField{Field: field, Search: page.Search{Href: "/deeds/who", IDName: r.name + "_id", ID: a.fields[r.name+"_id"]}})
		form.Opened["ties"] = form.Opened["ties"] || a.fields[r.name] != ""
	}
}

// answerTie writes a party of a deed back into the answers about ties; false when
// another question asks for it.
func answerTie(a *deedAnswers, d deed.Deed, k deed.Kind, p deed.Party, name string) bool {
	if len(d.Ties) == 0 || p.Body == 0 || p.Role == k.First() {
		return false
	}
	for _, r := range tieRoles {
		if r.role == p.Role && a.fields[r.name] == "" {
			a.fields[r.name], a.fields[r.name+"_id"] = name, bodyMark(p.Body)
			return true
		}
	}
	return false
}

// tiesWritten gives the ties of a deed as answers.
func (q *request) tiesWritten(ids []tie.ID) []page.DeedPerson {
	var ties []page.DeedPerson
	for _, id := range ids {
		one := page.DeedPerson{ID: idText(id)}
		if row, err := q.view().Tie(q.Context(), id); err == nil {
			one.Name = q.tieCalled(row)
		}
		ties = append(ties, one)
	}
	return ties
}

// tieFacts name the ties under which a deed was done, those the reader may see.
func (q *request) tieFacts(ids []tie.ID) []page.Fact {
	rows, err := q.view().TiesByID(q.Context(), ids)
	if err != nil || len(rows) == 0 {
		return nil
	}
	bodies, err := q.tieBodiesOf(rows)
	if err != nil {
		return nil
	}
	var facts []page.Fact
	for _, row := range rows {
		facts = append(facts, page.Fact{Name: q.say("deed.tie"), Text: twin.CalledTie(q.speaker(), row.Tie, bodies), Href: tiePath(row.Code)})
	}
	return facts
}
