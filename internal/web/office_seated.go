package web

import (
	"cmp"
	"slices"

	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/union"
)

// seating is in which order those invited to a meeting are seated, and how they are
// addressed.
type seating struct {
	order   []int // of the list as it was written
	written map[person.ID]union.Protocol
}

// seatAll orders those invited by precedence; those of whom nothing is written follow as
// they were invited.
func (q *request) seatAll(all []office.Attendee) (seating, error) {
	s := seating{order: make([]int, len(all))}
	var ids []person.ID
	for i, a := range all {
		s.order[i] = i
		if a.Person != 0 {
			ids = append(ids, a.Person)
		}
	}
	var err error
	if s.written, err = q.view().Protocols(q.Context(), ids); err != nil {
		return s, err
	}
	slices.SortStableFunc(s.order, func(a, b int) int {
		return cmp.Compare(s.written[all[a].Person].Rank(), s.written[all[b].Person].Rank())
	})
	return s, nil
}

// called gives somebody invited as they are addressed in a language, with the name in
// its own script beside, and the position that is written of them where none was given.
func (s seating) called(lang string, a office.Attendee) office.Attendee {
	if p, ok := s.written[a.Person]; ok && a.Person != 0 {
		a.Name, a.Role = p.Called(lang, p.Beside(a.Name)), cmp.Or(a.Role, p.Title[lang])
	}
	return a
}

// seated gives a meeting with those invited as they are seated and addressed, for its
// papers.
func (m meetingShown) seated(lang string) office.Meeting {
	on := m.Meeting
	on.Attendees = make([]office.Attendee, len(m.Attendees))
	for i, at := range m.seats.order {
		on.Attendees[i] = m.seats.called(lang, m.Attendees[at])
	}
	return on
}
