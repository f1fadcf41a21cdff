package world

import (
	"sync"

	"kith.app/internal/calendar"
	"kith.app/internal/place"
	"kith.app/internal/text"
)

// Site is where a unit of Viet Nam is shown: at a spot of its own, or of the
// unit around it when nothing nearer is known for certain.
type Site struct {
	At Spot
	Of place.ID // whose spot it is: the unit itself, its district or its province
}

// UnitSite finds where a unit lies. A province is shown in its middle. A district
// or commune is shown at the town of its name when the province has one town and
// one unit of that name; otherwise with what it stood in on its last day. False
// only when the unit is not on the map.
func UnitSite(m *place.Map, id place.ID) (Site, bool) {
	if !m.Has(id) {
		return Site{}, false
	}
	day := lastDay(m, id)
	line := m.LineOn(id, day)
	province := line[len(line)-1]
	shape, found := provinceShape(m, province)
	if !found {
		return Site{}, false
	}
	for _, unit := range line[:len(line)-1] {
		if at, sure := townOf(m, unit, province, shape, day); sure {
			return Site{at, unit}, true
		}
	}
	return Site{shape.Middle(), province}, true
}

// lastDay gives the day on which a unit is looked at: its last, or the first of
// the newest map.
func lastDay(m *place.Map, id place.ID) calendar.Day {
	unit, err := m.Unit(id)
	if err != nil {
		return place.Reform
	}
	if unit.During.To >= place.Reform {
		return max(place.Reform, unit.During.From)
	}
	return unit.During.To
}

// provinceShape finds the shape of a province on the map of its time.
func provinceShape(m *place.Map, id place.ID) (Shape, bool) {
	on := place.Reform
	if !m.Stood(id, on) {
		on--
	}
	for _, s := range Provinces(on).Shapes {
		if s.Code == id.Code() {
			return s, true
		}
	}
	return Shape{}, false
}

// townOf finds the one town of a unit's name in its province.
func townOf(m *place.Map, unit, province place.ID, shape Shape, on calendar.Day) (Spot, bool) {
	_, own := place.Part(m.NameOn(unit, on))
	name := text.Fold(own)
	if unit.Level() == place.Commune && namesakes(m, name, province, on) > 1 {
		return Spot{}, false
	}
	var at Spot
	towns := 0
	for _, town := range townsOfVietNam()[name] {
		if shape.Holds(town) {
			at = town
			towns++
		}
	}
	return at, towns == 1
}

// namesakes counts the communes of a name in a province.
func namesakes(m *place.Map, name string, province place.ID, on calendar.Day) int {
	count := 0
	for _, child := range m.Children(province, on) {
		if child.Level() == place.District {
			count += namesakes(m, name, child, on)
			continue
		}
		if _, own := place.Part(m.NameOn(child, on)); text.Fold(own) == name {
			count++
		}
	}
	return count
}

// townsOfVietNam is the spots of the towns by name.
var townsOfVietNam = sync.OnceValue(func() map[string][]Spot {
	towns := map[string][]Spot{}
	for _, p := range places().places {
		if p.Country == "VN" && p.Kind == Town {
			_, own := place.Part(p.Name)
			towns[text.Fold(own)] = append(towns[text.Fold(own)], p.At)
		}
	}
	return towns
})
