package place

import (
	"time"

	"kith.app/internal/calendar"
)

// All lists every unit of the map, in the order of ids: what was seen first comes
// first, provinces before districts before communes.
func (m *Map) All() []ID {
	ids := make([]ID, len(m.units))
	for i, u := range m.units {
		ids[i] = u.id
	}
	return ids
}

// After gives the units that a unit became directly, in the order of their codes:
// none for one that stands, or of whose end the map tells no more.
func (m *Map) After(id ID) []ID {
	at, found := m.at(id)
	if !found {
		return nil
	}
	var ids []ID
	for _, heir := range m.heirsOf(at) {
		ids = append(ids, m.units[heir.to].id)
	}
	return byCode(ids)
}

// Snapshots gives the days on which the units in force are known, the first left
// out: what changed is told as of the first of them on which it had.
func (m *Map) Snapshots() []calendar.Day {
	var days []calendar.Day
	for _, since := range m.begins[1:] {
		days = append(days, calendar.DayOf(int(since/10_000), time.Month(since/100%100), int(since%100)))
	}
	return days
}
