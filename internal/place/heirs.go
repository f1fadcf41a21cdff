package place

import (
	"slices"

	"kith.app/internal/calendar"
)

// Heir is a unit that stands, on the day asked, where another one was.
type Heir struct {
	ID ID

	// Part says that the unit asked for is divided among several: this is only
	// one of them, and the share of each is not known.
	Part bool

	// Within says that no heir is recorded: this is the nearest larger unit
	// known to contain the ground.
	Within bool
}

// Now gives what stands on a day where a unit is, was or came to be: itself when
// it stood on that day; after its end its heirs; before its beginning those it
// came from. An ended district has as heirs those of the children that it had on
// its last day. The order is that of the codes; an id not on the map has none.
func (m *Map) Now(id ID, on calendar.Day) []Heir {
	at, found := m.at(id)
	if !found {
		return nil
	}
	switch {
	case m.stood(at, on):
		return []Heir{{ID: id}}
	case on < m.units[at].from:
		return m.before(at, on)
	}
	return m.after(at, min(on, m.units[at].until), on)
}

// DistrictHeirs gives what stands on a day for the communes that a district had
// on another: Quế Sơn with Nông Sơn or without, as the day chosen says.
func (m *Map) DistrictHeirs(id ID, children, on calendar.Day) []Heir {
	at, found := m.at(id)
	if !found {
		return nil
	}
	return m.after(at, children, on)
}

// Before gives the units that a unit came from directly, in the order of their
// codes: none for one that stood in the first snapshot.
func (m *Map) Before(id ID) []ID {
	at, found := m.at(id)
	if !found {
		return nil
	}
	var ids []ID
	for _, giver := range m.giversOf(at) {
		ids = append(ids, m.units[giver].id)
	}
	return byCode(ids)
}

// Untold lists, by id, the communes that ended before the reform and of which the
// map does not say what they became part of: they are missing from the next list
// of units, and the lists say no more.
func (m *Map) Untold() []ID {
	var all []ID
	for at := range m.units {
		u := &m.units[at]
		if u.id.Level() == Commune && u.until < Reform-1 && len(m.heirsOf(int32(at))) == 0 {
			all = append(all, u.id)
		}
	}
	slices.Sort(all)
	return all
}

// Split says whether a unit ended by being divided among several.
func (m *Map) Split(id ID) bool {
	at, found := m.at(id)
	return found && len(m.heirsOf(at)) > 1
}

// after follows an ended unit to what stands on a later day.
func (m *Map) after(at int32, children, on calendar.Day) []Heir {
	ids := m.recorded(at, on)
	if m.units[at].id.Level() == District && len(ids) == 0 {
		ids = m.throughChildren(at, children, on)
	}
	if len(ids) == 0 {
		return m.around(at, on)
	}
	return shared(ids)
}

// recorded follows the heirs that the map tells of, from one to the next.
func (m *Map) recorded(at int32, on calendar.Day) []ID {
	var ids []ID
	for _, heir := range m.heirsOf(at) {
		if m.stood(heir.to, on) {
			ids = append(ids, m.units[heir.to].id)
			continue
		}
		ids = append(ids, m.recorded(heir.to, on)...)
	}
	return ids
}

// throughChildren gives the heirs of a district by its children: the districts
// they went to while there were districts, their own heirs later. A child whose
// heirs are not recorded tells nothing.
func (m *Map) throughChildren(at int32, children, on calendar.Day) []ID {
	var ids []ID
	for _, id := range m.Children(m.units[at].id, children) {
		child, _ := m.at(id)
		switch stood := m.stood(child, on); {
		case stood && on >= Reform:
			ids = append(ids, id)
		case stood:
			if up, has := m.parentOn(child, on); has {
				ids = append(ids, m.units[up].id)
			}
		default:
			ids = append(ids, m.recorded(child, on)...)
		}
	}
	return ids
}

// around gives the nearest unit that contained a unit on its last day and leads
// to a single one on the day asked.
func (m *Map) around(at int32, on calendar.Day) []Heir {
	last := m.units[at].until
	for up, has := m.parentOn(at, last); has; up, has = m.parentOn(up, last) {
		if heirs := m.Now(m.units[up].id, on); len(heirs) == 1 {
			return []Heir{{ID: heirs[0].ID, Within: true}}
		}
	}
	return nil
}

// before follows a unit back to what stood where it is, on an earlier day.
func (m *Map) before(at int32, on calendar.Day) []Heir {
	var ids []ID
	for _, giver := range m.giversOf(at) {
		for _, h := range m.Now(m.units[giver].id, on) {
			ids = append(ids, h.ID)
		}
	}
	return shared(ids)
}

func shared(ids []ID) []Heir {
	ids = slices.Compact(byCode(ids))
	heirs := make([]Heir, len(ids))
	for i, id := range ids {
		heirs[i] = Heir{ID: id, Part: len(ids) > 1}
	}
	return heirs
}
