package web

import (
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/page"
)

// partiesEach leads from those in a role to their pages, when few enough to be
// named and some are bodies or people of the book.
func (q *request) partiesEach(shown deedShown, role deed.Role) []page.Link {
	var all []page.Link
	some := false
	for _, p := range shown.deed.Parties {
		if p.Role != role {
			continue
		}
		l := page.Link{Text: q.partyName(p, shown.called, q.dayOf(shown.deed))}
		switch {
		case p.Person != 0:
			l.Href = personPath(p.Person)
		case p.Body != 0:
			l.Href = bodyLink(shown.called.Bodies[p.Body])
		}
		some = some || l.Href != ""
		all = append(all, l)
	}
	if len(all) > partiesShown || !some {
		return nil
	}
	return all
}

// bodyLink leads to the page of a body that was read.
func bodyLink(b body.Body) string {
	if b.Code == "" {
		return ""
	}
	return bodyPath(b)
}
