package border

import (
	"cmp"
	"maps"
	"slices"

	"kith.app/internal/body"
)

// Portion is a body of whose amounts some parts are meant.
type Portion struct {
	Body  body.ID
	Parts []Part // all parts of the body
	Picks []int  // which of them are meant
}

// Whole says that all parts are meant.
func (p Portion) Whole() bool { return len(p.Picks) == len(p.Parts) }

// Of gives how much of an amount of the body is meant.
func (p Portion) Of(qty int64) int64 {
	if p.Whole() {
		return qty
	}
	given := Apportion(qty, p.Parts)
	var sum int64
	for _, i := range p.Picks {
		sum += given[i]
	}
	return sum
}

// Rest is an amount that cannot be divided between some bodies.
type Rest struct {
	Between  []body.ID
	Included bool // it is counted in the figure asked for, for all of them lie in it
	From     []Portion
}

// Ground is what makes up the figure of a body on some borders. It is shared and not
// to be changed in place.
type Ground struct {
	Nodes     []body.ID // who stands where the body asked for is; none below another
	Own       []body.ID // bodies whose amounts are those of the nodes themselves
	Below     []body.ID // bodies whose amounts lie below the nodes
	Shares    []Portion // bodies of which only some parts lie there
	OwnShares []Portion // parts of bodies that are the nodes' own
	Beyond    []body.ID // those of Below that lie somewhere among several nodes
	Rests     []Rest
}

// Bodies lists all bodies that have any part in the figure.
func (g Ground) Bodies() []body.ID {
	all := slices.Concat(g.Own, g.Below)
	for _, s := range g.Shares {
		all = append(all, s.Body)
	}
	return all
}

// survey is a ground while it is looked at.
type survey struct {
	m      *Map
	ground Ground
	node   map[body.ID]body.ID // whoever lies there, with the node it lies in
	picks  map[body.ID][]int   // parts of bodies that lie there
	rests  map[string]*Rest    // by those they lie between
	seen   map[portion]bool
}

// Ground finds what makes up the figure of a body on these borders. A body that
// did not stand then is answered for by those who stood in its place.
func (m *Map) Ground(id body.ID) Ground {
	if g, found := m.grounds.Load(id); found {
		return g.(Ground)
	}
	g := m.GroundOf(m.Instead(id))
	m.grounds.Store(id, g)
	return g
}

// GroundOf finds what makes up the figure of some bodies together.
func (m *Map) GroundOf(ids []body.ID) Ground {
	s := survey{
		m: m, node: map[body.ID]body.ID{}, picks: map[body.ID][]int{}, rests: map[string]*Rest{}, seen: map[portion]bool{},
	}
	s.enclose(ids)
	for id := range s.node {
		s.visit(id)
	}
	s.sort()
	return s.ground
}

// enclose finds everything that stands in the bodies asked for.
func (s *survey) enclose(ids []body.ID) {
	for _, id := range ids {
		if slices.ContainsFunc(s.m.Above(id), func(above body.ID) bool { return slices.Contains(ids, above) }) {
			continue
		}
		s.ground.Nodes = append(s.ground.Nodes, id)
		queue := []body.ID{id}
		for i := 0; i < len(queue); i++ {
			s.node[queue[i]] = id
			queue = append(queue, s.m.down[queue[i]]...)
		}
	}
}

// visit notes what lies in one body that stands there.
func (s *survey) visit(id body.ID) {
	if s.m.Stands(id) {
		s.found(id, id)
	}
	for _, p := range s.m.exact[id] {
		s.picks[p.of] = append(s.picks[p.of], p.part)
	}
	for _, p := range s.m.between[id] {
		if s.seen[p] {
			continue
		}
		s.seen[p] = true
		part := s.m.parts[p.of][p.part]
		inside := !slices.ContainsFunc(part.To, func(to body.ID) bool { return s.node[to] == 0 })
		if inside {
			s.picks[p.of] = append(s.picks[p.of], p.part)
		}
		s.rest(p, part.To, inside)
	}
}

// found enters a body of which everything lies in the nodes.
func (s *survey) found(of, at body.ID) {
	if s.node[at] == at {
		s.ground.Own = append(s.ground.Own, of)
		return
	}
	s.ground.Below = append(s.ground.Below, of)
}

// rest enters a part that lies somewhere among several bodies.
func (s *survey) rest(p portion, between []body.ID, inside bool) {
	key := string(appendIDs(nil, between))
	r := s.rests[key]
	if r == nil {
		r = &Rest{Between: between, Included: inside}
		s.rests[key] = r
	}
	r.From = append(r.From, Portion{p.of, s.m.parts[p.of], []int{p.part}})
}

func appendIDs(b []byte, ids []body.ID) []byte {
	for _, id := range ids {
		for shift := 0; shift < 64; shift += 8 {
			b = append(b, byte(id>>shift))
		}
	}
	return b
}

// sort closes the ground, each list in a fixed order.
func (s *survey) sort() {
	g := &s.ground
	for _, of := range slices.Sorted(maps.Keys(s.picks)) {
		parts, picks := s.m.parts[of], s.picks[of]
		slices.Sort(picks)
		s.own(of, parts, picks)
		switch {
		case len(picks) < len(parts):
			g.Shares = append(g.Shares, Portion{of, parts, picks})
		case len(parts) == 1 && parts[0].Exact():
			s.found(of, parts[0].To[0])
		default:
			g.Below = append(g.Below, of)
			if s.astride(parts) {
				g.Beyond = append(g.Beyond, of)
			}
		}
	}
	slices.Sort(g.Nodes)
	slices.Sort(g.Own)
	slices.Sort(g.Below)
	for _, r := range s.rests {
		slices.SortFunc(r.From, func(a, b Portion) int { return cmp.Compare(a.Body, b.Body) })
		g.Rests = append(g.Rests, *r)
	}
	slices.SortFunc(g.Rests, func(a, b Rest) int { return slices.Compare(a.Between, b.Between) })
}

// own notes which parts of a divided body lie in the nodes themselves.
func (s *survey) own(of body.ID, parts []Part, picks []int) {
	own := slices.DeleteFunc(slices.Clone(picks), func(i int) bool {
		return !parts[i].Exact() || s.node[parts[i].To[0]] != parts[i].To[0]
	})
	if len(parts) > 1 && len(own) > 0 {
		s.ground.OwnShares = append(s.ground.OwnShares, Portion{of, parts, own})
	}
}

// astride says whether parts lie in more than one of the nodes.
func (s *survey) astride(parts []Part) bool {
	to := targets(parts)
	return slices.ContainsFunc(to, func(id body.ID) bool { return s.node[id] != s.node[to[0]] })
}
