package web

import (
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/page"
	"kith.app/internal/place"
)

// placesFound is how many places a combobox offers.
const placesFound = 12

// findPlaces answers a combobox that asks for a place.
func (s *Server) findPlaces(q *request) error {
	places, err := place.Shipped()
	if err != nil {
		return err
	}
	var found []page.Choice
	for _, hit := range places.Find(q.value("q"), q.day("on"), placesFound) {
		c := page.Choice{ID: idText(hit.ID), Text: shortPath(places, hit.ID, lastDay(places, hit.ID, q.today()))}
		if _, now := q.thenNow(places, hit.ID); now != "" {
			c.Note = now
		}
		found = append(found, c)
	}
	return q.choices(found)
}

// lastDay gives a day on which a unit stood: today, or its last.
func lastDay(m *place.Map, id place.ID, today calendar.Day) calendar.Day {
	u, err := m.Unit(id)
	if err != nil {
		return today
	}
	return min(today, u.During.To)
}

// shortPath writes where a unit lay on a day as people say it: xã Kim Anh, Kim
// Thành, Hải Dương.
func shortPath(m *place.Map, id place.ID, on calendar.Day) string {
	var parts []string
	for i, one := range m.LineOn(id, on) {
		full := m.NameOn(one, on)
		if i == 0 {
			parts = append(parts, place.InText(full))
			continue
		}
		_, own := place.Part(full)
		parts = append(parts, own)
	}
	return strings.Join(parts, ", ")
}

// thenNow words a place as it was called before the reform, and what stands
// there today where that is something else.
func (q *request) thenNow(m *place.Map, id place.ID) (then, now string) {
	if !m.Has(id) {
		return "", ""
	}
	today := q.today()
	before := min(place.Reform-1, today)
	switch {
	case m.Stood(id, before):
		then = shortPath(m, id, before)
	default:
		return shortPath(m, id, lastDay(m, id, today)), ""
	}
	heirs := m.Now(id, today)
	var standing []string
	for _, h := range heirs {
		standing = append(standing, shortPath(m, h.ID, today))
	}
	switch {
	case len(heirs) == 0 || len(heirs) == 1 && standing[0] == then:
		return then, ""
	case len(heirs) == 1 && heirs[0].Within:
		return then, q.say("place.now.within", standing[0])
	case len(heirs) > 1:
		return then, q.say("place.now.divided", q.together(standing))
	}
	return then, q.say("place.now", standing[0])
}

// heirsNamed is how many heirs of a place are named in a line.
const heirsNamed = 8

// together lists places; the province that all of them lie in is said once.
func (q *request) together(places []string) string {
	common := ""
	for i, p := range places {
		_, province, _ := lastCut(p)
		if i > 0 && province != common {
			province = ""
		}
		if common = province; common == "" {
			break
		}
	}
	var said []string
	for _, p := range places[:min(len(places), heirsNamed)] {
		if own, _, ok := lastCut(p); ok && common != "" {
			p = own
		}
		said = append(said, p)
	}
	if more := len(places) - len(said); more > 0 {
		said = append(said, q.say("place.now.more", more))
	}
	if common == "" {
		return q.speaker().List(said...)
	}
	return q.speaker().List(said...) + ", " + common
}

// lastCut parts "xã Kim Anh, Hải Phòng" before what it lies in.
func lastCut(path string) (own, within string, ok bool) {
	i := strings.LastIndex(path, ", ")
	if i < 0 {
		return path, "", false
	}
	return path[:i], path[i+2:], true
}

// placed words a place with its note: what is on the map, or what was written.
func (q *request) placed(id int64, note string) (then, now string) {
	if m, err := place.Shipped(); err == nil && id != 0 {
		then, now = q.thenNow(m, place.ID(id))
	}
	switch {
	case then == "":
		return note, now
	case note != "":
		return note + ", " + then, now
	}
	return then, now
}

// place reads an answer of a combobox of places: the id chosen, or the first
// place that fits what was typed; what fits none is kept as a note.
func (q *request) place(name string) (id int64, note string) {
	typed, chosen := q.value(name), q.id(name+"Id")
	m, err := place.Shipped()
	if err != nil || typed == "" && q.Form.Has(name) {
		return 0, typed
	}
	// Without a script the id stays while the text is changed; the text counts.
	if at := place.ID(chosen); chosen != 0 && (typed == "" || typed == shortPath(m, at, lastDay(m, at, q.today()))) {
		return chosen, ""
	}
	if typed == "" {
		return 0, ""
	}
	hits := m.Find(typed, q.today(), 2)
	if len(hits) == 1 || len(hits) > 1 && strings.EqualFold(shortPath(m, hits[0].ID, lastDay(m, hits[0].ID, q.today())), typed) {
		return int64(hits[0].ID), ""
	}
	return 0, typed
}
