package place

import (
	"slices"

	"kith.app/internal/calendar"
)

// Lies says whether who is from one unit may be said to be from another: it is
// the same, it stood in it at any time, or an heir of it stands there now, or,
// for a commune, one it came from stood there. So who is from the commune of
// Kim Anh is from Hải Dương as well as from Hải Phòng.
func (m *Map) Lies(id, in ID) bool {
	at, found := m.at(id)
	container, known := m.at(in)
	if !found || !known {
		return false
	}
	if m.everIn(at, container) {
		return true
	}
	for _, heir := range m.Now(id, calendar.Latest) {
		if to, ok := m.at(heir.ID); ok && m.everIn(to, container) {
			return true
		}
	}
	return id.Level() == Commune && slices.ContainsFunc(m.giversOf(at), func(giver int32) bool { return m.everIn(giver, container) })
}

// everIn says whether a unit is another or stood in it at any time.
func (m *Map) everIn(at, container int32) bool {
	if at == container {
		return true
	}
	return slices.ContainsFunc(m.parentsOf(at), func(p parent) bool { return m.everIn(p.unit, container) })
}
