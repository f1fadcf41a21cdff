// Package reform plays a whole reorganisation of administrative units into a
// book: the units that stood before and those that stand after, with every merger
// and division between them as events of lineage. What happened is read from the
// map of places that ships with the program; nothing is added to it. Where the map
// does not tell what became of a unit, no heir is made up: the event says that it
// ended, by when, and that the source is silent on the rest.
package reform

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/place"
)

// VietNam2025 is the name of the reform of 1 July 2025, by which 63 provinces, 696
// districts and 10,035 communes became 34 provinces and 3,321 communes.
const VietNam2025 = "vn-2025"

// Names lists the reforms that ship with the program.
func Names() []string { return []string{VietNam2025} }

// Resolution is the decision by which the map was rebuilt.
var resolution = body.Paper{
	Number: "202/2025/QH15", Date: calendar.OnDay(calendar.DayOf(2025, time.June, 12)), Issuer: "Quốc hội",
	Title: "Nghị quyết về việc sắp xếp đơn vị hành chính cấp tỉnh",
}

// Source says where the events have it from.
const source = "vietnamese-provinces-database (MIT), vietnamadminunits (MIT)"

// Plan is what a reform brings into a book.
type Plan struct {
	Name   string
	Units  []place.ID     // in an order in which parents come first
	Events []body.Event   // in the order of time, without ids
	Days   []calendar.Day // on whose borders figures are kept ready
}

// VietNam makes the plan of the reform of 2025, with what the map tells of the
// years before it and of 2026.
func VietNam(m *place.Map) Plan {
	p := planner{m: m, units: map[place.ID]place.Unit{}}
	for _, id := range m.All() {
		p.units[id], _ = m.Unit(id) // it is on the map that was asked
	}
	p.renamed()
	p.moved()
	p.earlierDistricts()
	p.successions()
	p.levelEnded()
	p.endedUntold()
	slices.SortStableFunc(p.events, func(a, b body.Event) int { return cmp.Compare(a.Day, b.Day) })
	return Plan{Name: VietNam2025, Units: m.All(), Events: p.events, Days: []calendar.Day{place.Reform - 1, place.Reform}}
}

// planner makes a plan.
type planner struct {
	m      *place.Map
	units  map[place.ID]place.Unit
	events []body.Event
}

func (p *planner) tell(e body.Event) {
	if e.Source == "" {
		e.Source = source
	}
	p.events = append(p.events, e)
}

// group gathers edges by day and by the unit under which they are told.
type group struct {
	day   calendar.Day
	under place.ID
}

// linesAnEvent bounds what is told together: the history keeps an event with each of
// its bodies.
const linesAnEvent = 20

func (p *planner) tellGroups(kind body.EventKind, all map[group][]body.Succession) {
	keys := slices.SortedFunc(maps.Keys(all), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.under, b.under))
	})
	for _, k := range keys {
		for some := range slices.Chunk(all[k], linesAnEvent) {
			p.tell(body.Event{Kind: kind, Day: k.day, Edges: some})
		}
	}
}

func goesOn(id place.ID) body.Succession {
	return body.Succession{From: body.ID(id), To: body.ID(id)}
}

// renamed tells of units that bear another name, such as a commune that became a
// ward or a province that became a city.
func (p *planner) renamed() {
	all := map[group][]body.Succession{}
	for _, id := range p.m.All() {
		for _, n := range p.units[id].Names[1:] {
			province, _ := p.m.ProvinceOn(id, n.During.From)
			k := group{n.During.From, province}
			all[k] = append(all[k], goesOn(id))
		}
	}
	p.tellGroups(body.Renaming, all)
}

// moved tells of units that came to stand in another unit.
func (p *planner) moved() {
	all := map[group][]body.Succession{}
	for _, id := range p.m.All() {
		for _, up := range p.units[id].Parents[min(1, len(p.units[id].Parents)):] {
			k := group{up.During.From, up.ID}
			all[k] = append(all[k], goesOn(id))
		}
	}
	p.tellGroups(body.Moving, all)
}

// earlierDistricts tells of districts that ended before the reform: their communes
// say which districts they went to.
func (p *planner) earlierDistricts() {
	for _, id := range p.m.All() {
		u := p.units[id]
		if u.Level != place.District || u.During.To >= place.Reform-1 {
			continue
		}
		day := u.During.To + 1
		e := body.Event{Kind: body.Merging, Day: day}
		for _, h := range p.m.Now(id, day) {
			if h.Within {
				continue
			}
			e.Edges = append(e.Edges, body.Succession{From: body.ID(id), To: body.ID(h.ID)})
			if p.units[h.ID].During.From < day {
				e.Edges = append(e.Edges, goesOn(h.ID))
			}
		}
		if len(e.Edges) == 0 {
			continue
		}
		if len(p.m.Now(id, day)) > 1 {
			e.Kind = body.Splitting
		}
		p.tell(e)
	}
}

// successions tells of the mergers and divisions of the reform itself. Units that
// hang together by a divided one are told together, for what became of a unit on
// one day is one event.
func (p *planner) successions() {
	seen := map[place.ID]bool{}
	for _, id := range p.m.All() {
		if seen[id] || len(p.m.After(id)) == 0 {
			continue
		}
		e := body.Event{Kind: body.Merging, Day: place.Reform}
		if id.Level() == place.Province {
			e.Paper = resolution
		}
		queue := []place.ID{id}
		seen[id] = true
		for i := 0; i < len(queue); i++ {
			giver := queue[i]
			heirs := p.m.After(giver)
			if len(heirs) > 1 {
				e.Kind = body.Splitting
			}
			for _, heir := range heirs {
				s := body.Succession{From: body.ID(giver), To: body.ID(heir)}
				if len(heirs) == 1 {
					s.Share = body.Whole()
				}
				e.Edges = append(e.Edges, s)
				for _, other := range p.m.Before(heir) {
					if !seen[other] {
						seen[other] = true
						queue = append(queue, other)
					}
				}
			}
		}
		p.tell(e)
	}
}

// levelEnded tells of the districts that ended with their level: a district has
// no heir but those of its communes.
func (p *planner) levelEnded() {
	all := map[group][]body.Succession{}
	for _, id := range p.m.Standing(place.District, place.Reform-1) {
		if len(p.m.After(id)) > 0 {
			continue // an island district that became a special zone
		}
		province, _ := p.m.ProvinceOn(id, place.Reform-1)
		k := group{place.Reform, province}
		all[k] = append(all[k], body.Succession{From: body.ID(id)})
	}
	p.tellGroups(body.Ending, all)
}

// untold is the key of what an event says of units whose heirs the source does not
// name; untoldBefore is what earlier versions of the program wrote in its place.
const (
	untold       = "reform.silent"
	untoldBefore = "Nguồn chỉ cho biết đơn vị không còn trong danh mục từ ngày này (có thể đã thôi trước đó, sau lần danh mục trước); không nói nhập vào đơn vị nào."
)

// NoteSaid words the note of an event: what a reform says in the reader's language,
// what somebody wrote as it was written.
func NoteSaid(note string, say func(key string, args ...any) string) string {
	if note == untold || note == untoldBefore {
		return say(untold)
	}
	return note
}

// endedUntold tells of communes that ended before the reform: they are missing from
// the next list of units, and no source says what they became part of.
func (p *planner) endedUntold() {
	all := map[group][]body.Succession{}
	for _, id := range p.m.Untold() {
		u := p.units[id]
		province, _ := p.m.ProvinceOn(id, u.During.To)
		k := group{u.During.To + 1, province}
		all[k] = append(all[k], body.Succession{From: body.ID(id)})
	}
	before := len(p.events)
	p.tellGroups(body.Ending, all)
	for i := range p.events[before:] {
		p.events[before+i].Note = untold
	}
}

// Held narrows a plan to what touches the units that a book holds: the events they
// had part in, with all who had part in them, and the communes of a district whose
// level was abolished, for they are what it became.
func (p Plan) Held(m *place.Map, holds func(body.ID) bool) Plan {
	want := map[body.ID]bool{}
	for _, id := range p.Units {
		if !holds(body.ID(id)) {
			continue
		}
		withParents(m, id, want)
		if id.Level() == place.District && !m.Stood(id, place.Reform) {
			u, _ := m.Unit(id)
			for _, child := range m.Children(id, u.During.To) {
				withParents(m, child, want)
			}
		}
	}
	for grown := 0; grown < len(want); {
		grown = len(want)
		for _, e := range p.Events {
			if touched, ok := touching(e, want); ok {
				for _, id := range touched.Bodies() {
					withParents(m, place.ID(id), want)
				}
			}
		}
	}
	return p.among(func(id body.ID) bool { return want[id] })
}

// among narrows a plan to some units, and to the events that touch them.
func (p Plan) among(wanted func(body.ID) bool) Plan {
	want := map[body.ID]bool{}
	narrow := Plan{Name: p.Name, Days: p.Days}
	for _, id := range p.Units {
		if wanted(body.ID(id)) {
			want[body.ID(id)] = true
			narrow.Units = append(narrow.Units, id)
		}
	}
	for _, e := range p.Events {
		if touched, ok := touching(e, want); ok {
			narrow.Events = append(narrow.Events, touched)
		}
	}
	return narrow
}

// withParents wants a unit and everything it ever stood in.
func withParents(m *place.Map, id place.ID, want map[body.ID]bool) {
	if want[body.ID(id)] {
		return
	}
	want[body.ID(id)] = true
	u, _ := m.Unit(id)
	for _, up := range u.Parents {
		withParents(m, up.ID, want)
	}
}

// touching gives of an event what concerns some bodies: of a merger or a division
// everything, of what happened to many at once only their own lines.
func touching(e body.Event, want map[body.ID]bool) (body.Event, bool) {
	if e.Kind == body.Merging || e.Kind == body.Splitting {
		return e, slices.ContainsFunc(e.Bodies(), func(id body.ID) bool { return want[id] })
	}
	e.Edges = slices.DeleteFunc(slices.Clone(e.Edges), func(s body.Succession) bool { return !want[s.From] })
	return e, len(e.Edges) > 0
}
