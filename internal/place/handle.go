package place

import (
	"strings"
	"sync"

	"kith.app/internal/text"
)

// handles are the short names of all units, made when the first is asked for.
type handles struct {
	once sync.Once
	of   map[ID]string
	by   map[string]ID
}

// Handle gives the short name by which addresses and commands call a unit, the
// same in every book: its last name with the own names of what it stood in last,
// "huyen-que-son-quang-nam". Of several that would be called alike, the one that
// was first has the plain one; a later unit has the year in which it began behind
// it, namesakes of one day have their codes.
func (m *Map) Handle(id ID) string {
	m.handles.once.Do(m.handle)
	return m.handles.of[id]
}

// ByHandle finds the unit that a short name calls.
func (m *Map) ByHandle(handle string) (ID, bool) {
	m.handles.once.Do(m.handle)
	id, ok := m.handles.by[handle]
	return id, ok
}

func (m *Map) handle() {
	h := handles{of: make(map[ID]string, len(m.units)), by: make(map[string]ID, len(m.units))}
	for i := range m.units { // by id, so that the first seen come first
		id := m.units[i].id
		plain := m.plainHandle(int32(i))
		handle := plain
		if _, taken := h.by[handle]; taken {
			handle = plain + "-" + strings.TrimPrefix(m.units[i].from.String(), "0")[:4]
			if m.units[i].from.Year() < 1900 { // it stood before the first map
				handle = plain + "-" + id.Code()
			}
		}
		if _, taken := h.by[handle]; taken {
			handle = handle + "-" + id.Code()
		}
		h.of[id], h.by[handle] = handle, id
	}
	m.handles.of, m.handles.by = h.of, h.by
}

func (m *Map) plainHandle(at int32) string {
	last := m.units[at].until
	words := text.Words(m.nameOn(at, last))
	for up, has := m.parentOn(at, last); has; up, has = m.parentOn(up, last) {
		_, own := Part(m.nameOn(up, last))
		words = append(words, text.Words(own)...)
	}
	return strings.Join(words, "-")
}
