// Package place holds the administrative units of Viet Nam through time:
// provinces, districts and communes, with every name they bore, what they stood
// in, and who came after them.
//
// The units ship with the program and bear the same id in every book. They are
// known from five snapshots: 2021-11-01, 2025-01-01, 2025-03-01, 2025-07-01 (the
// reform: 34 provinces, no districts, 3,321 communes) and 2026-04-30. A day
// between two snapshots is answered by the earlier one, a day before the first
// by the first. From one snapshot to the next the same code at the same level is
// the same unit, whatever it is called; across the reform, where codes were given
// out anew, it is the same unit only when it had one heir and that heir no other
// parent. So Điện Biên and the commune of Lượng Minh went on, while Hải Phòng of
// today and Hải Phòng of before are two units, the one heir of the other.
//
// The units are from the project vietnamese-provinces-database; what became of
// each commune was voted from three sources, vietnamadminunits among them. Their
// licences lie beside this file; gen makes units.tsv.gz from them.
package place

import (
	"fmt"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// ID names a unit for ever, in every book. In decimal digits it is the date of
// the snapshot in which the unit was first seen, one digit for the level and five
// for the official code: 20211101_1_00030 is the province of Hải Dương.
type ID int64

// Level says how deep a unit stands.
type Level uint8

// The three levels. Districts ended with the reform.
const (
	Province Level = iota + 1
	District
	Commune
)

// Level gives the level that an id tells of.
func (id ID) Level() Level { return Level(id / 100_000 % 10) }

// Code gives the official code that an id tells of: two digits for a province,
// three for a district, five for a commune. Codes are given out again to other
// units, so that a code alone names nothing.
func (id ID) Code() string {
	width := map[Level]int{Province: 2, District: 3, Commune: 5}[id.Level()]
	return fmt.Sprintf("%0*d", width, int64(id)%100_000)
}

// Reform is the day on which the districts ended and the communes and most
// provinces were rebuilt.
var Reform = calendar.DayOf(2025, 7, 1)

// Selectable says whether units of a level may be chosen for a fact of that day:
// a district only before the reform.
func (l Level) Selectable(on calendar.Day) bool {
	return l != District || on < Reform
}

// Name is the name of a unit while it bore it.
type Name struct {
	Full   string          // with what it is: "Xã Kim Anh"
	During calendar.Period // open where no beginning or end is known
}

// Parent is what a unit stood in, and when.
type Parent struct {
	ID     ID
	During calendar.Period
}

// Unit is all that is known of one unit.
type Unit struct {
	ID      ID
	Level   Level
	Code    string
	During  calendar.Period // open where no beginning or end is known
	Names   []Name          // in the order of time, at least one
	Parents []Parent        // in the order of time, none for a province
}

// Unit gives all that is known of a unit.
func (m *Map) Unit(id ID) (Unit, error) {
	at, found := m.at(id)
	if !found {
		return Unit{}, fault.Missing("place.unknown", int64(id))
	}
	u := Unit{ID: id, Level: id.Level(), Code: id.Code(), During: m.during(at)}
	names := m.namesOf(at)
	for i, n := range names {
		u.Names = append(u.Names, Name{n.full, calendar.Period{From: n.from, To: u.During.To}})
		if i > 0 {
			u.Names[i-1].During.To = n.from - 1
		}
	}
	for i, p := range m.parentsOf(at) {
		u.Parents = append(u.Parents, Parent{m.units[p.unit].id, calendar.Period{From: p.from, To: u.During.To}})
		if i > 0 {
			u.Parents[i-1].During.To = p.from - 1
		}
	}
	return u, nil
}

// Has says whether a unit is on the map.
func (m *Map) Has(id ID) bool {
	_, found := m.at(id)
	return found
}

// Stood says whether a unit stood on a day.
func (m *Map) Stood(id ID, on calendar.Day) bool {
	at, found := m.at(id)
	return found && m.stood(at, on)
}

// NameOn gives the full name of a unit on a day. A paper must print a name: one
// from before the unit began gets its first, one after its end its last. Only an
// id that is not on the map has none.
func (m *Map) NameOn(id ID, on calendar.Day) string {
	at, found := m.at(id)
	if !found {
		return ""
	}
	return m.nameOn(at, on)
}

// ParentOn gives what a unit stood in on a day (its first parent before it began,
// its last after its end); false for a province or an id not on the map.
func (m *Map) ParentOn(id ID, on calendar.Day) (ID, bool) {
	at, found := m.at(id)
	if !found {
		return 0, false
	}
	up, has := m.parentOn(at, on)
	if !has {
		return 0, false
	}
	return m.units[up].id, true
}

// ProvinceOn gives the province a unit stood in on a day, itself if it is one.
func (m *Map) ProvinceOn(id ID, on calendar.Day) (ID, bool) {
	line := m.LineOn(id, on)
	if len(line) == 0 {
		return 0, false
	}
	return line[len(line)-1], true
}

// LineOn gives a unit and all it stood in on a day, the province last; nothing
// for an id not on the map.
func (m *Map) LineOn(id ID, on calendar.Day) []ID {
	at, found := m.at(id)
	if !found {
		return nil
	}
	line := []ID{id}
	for up, has := m.parentOn(at, on); has; up, has = m.parentOn(up, on) {
		line = append(line, m.units[up].id)
	}
	return line
}

// PathOn writes where a unit lay on a day: "xã Kim Anh, huyện Kim Thành, tỉnh
// Hải Dương".
func (m *Map) PathOn(id ID, on calendar.Day) string {
	line := m.LineOn(id, on)
	names := make([]string, len(line))
	for i, id := range line {
		names[i] = InText(m.NameOn(id, on))
	}
	return strings.Join(names, ", ")
}

// ByCode finds the unit that bore an official code at a level on a day.
func (m *Map) ByCode(level Level, code string, on calendar.Day) (ID, error) {
	for _, since := range m.begins {
		id, ok := compose(since, level, code)
		if ok && m.Stood(id, on) {
			return id, nil
		}
	}
	return 0, fault.Missing("place.noCode", code)
}

// Provinces gives the provinces of a day in the order of their codes.
func (m *Map) Provinces(on calendar.Day) []ID {
	return m.standing(Province, on)
}

// Standing gives all units of a level on a day in the order of their codes.
func (m *Map) Standing(level Level, on calendar.Day) []ID {
	return m.standing(level, on)
}

// Children gives the units that stood directly in a unit on a day, in the order
// of their codes.
func (m *Map) Children(id ID, on calendar.Day) []ID {
	at, found := m.at(id)
	if !found {
		return nil
	}
	var ids []ID
	for _, child := range m.childrenOf(at) {
		if up, has := m.parentOn(child, on); has && up == at && m.stood(child, on) {
			ids = append(ids, m.units[child].id)
		}
	}
	return byCode(ids)
}
