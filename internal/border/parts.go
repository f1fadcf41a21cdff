package border

import (
	"cmp"
	"math/big"
	"slices"

	"kith.app/internal/body"
)

// partsOf finds where the amounts of a body lie that did not stand on the day,
// and keeps what it found.
func (m *Map) partsOf(id body.ID) []Part {
	if m.lines.Stood(id, m.Day) {
		return []Part{{Share: whole(), To: []body.ID{id}}}
	}
	if parts, found := m.parts[id]; found {
		return parts
	}
	stays := []Part{{Share: whole(), To: []body.ID{id}}}
	if m.working[id] {
		return stays // a damaged book led in a circle
	}
	m.working[id] = true
	defer delete(m.working, id)
	var parts []Part
	if m.lines.Life(id).To < m.Day {
		parts = m.onward(id)
	} else {
		parts = m.back(id)
	}
	if len(parts) == 0 {
		parts = stays
	}
	m.parts[id] = parts
	return parts
}

// onward follows a body that had ended to its heirs.
func (m *Map) onward(id body.ID) []Part {
	heirs := m.heirs(id)
	if len(heirs) == 0 {
		return m.throughChildren(id)
	}
	left := whole()
	var parts []Part
	var unknown []body.ID
	for _, h := range heirs {
		if !h.Share.Known() {
			unknown = append(unknown, h.To)
			continue
		}
		share := big.NewRat(h.Share.Num, h.Share.Den)
		left.Sub(left, share)
		for _, p := range m.partsOf(h.To) {
			parts = append(parts, Part{Share: new(big.Rat).Mul(share, p.Share), To: p.To})
		}
	}
	if left.Sign() <= 0 {
		return joined(parts)
	}
	return joined(append(parts, m.rest(left, unknown, heirs)...))
}

// rest says where the part of a body lies whose heirs' shares are not known: in
// the one such heir, or somewhere among them. Where all shares are known and do
// not make a whole, what is left lies somewhere among all heirs.
func (m *Map) rest(left *big.Rat, unknown []body.ID, heirs []body.Step) []Part {
	if len(unknown) == 1 {
		var parts []Part
		for _, p := range m.partsOf(unknown[0]) {
			parts = append(parts, Part{Share: new(big.Rat).Mul(left, p.Share), To: p.To})
		}
		return parts
	}
	if len(unknown) == 0 {
		for _, h := range heirs {
			unknown = append(unknown, h.To)
		}
	}
	return []Part{{Share: left, To: m.among(unknown)}}
}

// among joins all bodies in which anything of some bodies may lie.
func (m *Map) among(ids []body.ID) []body.ID {
	var all []Part
	for _, id := range ids {
		all = append(all, m.partsOf(id)...)
	}
	return targets(all)
}

// divides says whether bodies begin or end by events of a kind.
func divides(k body.EventKind) bool {
	return k == body.Merging || k == body.Splitting || k == body.Ending || k == body.Refounding
}

// heirs gives the successions of the event by which a body ended.
func (m *Map) heirs(id body.ID) []body.Step {
	var last []body.Step
	for _, s := range m.lines.After(id) {
		if !divides(s.Kind) {
			continue
		}
		if len(last) > 0 && s.Event != last[0].Event {
			last = nil
		}
		last = append(last, s)
	}
	if slices.ContainsFunc(last, func(s body.Step) bool { return s.To == id }) {
		return nil // it went on; of its end no event tells
	}
	return slices.DeleteFunc(last, func(s body.Step) bool { return s.To == 0 })
}

// throughChildren follows a unit whose level was abolished through the units that
// it had on its last day.
func (m *Map) throughChildren(id body.ID) []Part {
	last := m.lines.Life(id).To
	children := m.tree.ChildrenOn(id, last)
	if !slices.ContainsFunc(children, func(child body.ID) bool { return m.local(child) }) {
		return nil
	}
	var to []body.ID
	for _, h := range m.lines.Heirs(m.tree, id, last, m.Day) {
		if h.ID != id {
			to = append(to, h.ID)
		}
	}
	if len(to) == 0 {
		return nil
	}
	return []Part{{Share: whole(), To: m.among(to)}}
}

// local says whether a body is a unit of the administrative tree.
func (m *Map) local(id body.ID) bool {
	return slices.ContainsFunc(m.tree.Parents(id), func(e body.Edge) bool { return e.Axis == body.Administrative })
}

// back follows a body that was not yet there to those it came from.
func (m *Map) back(id body.ID) []Part {
	var first []body.ID
	var event int64
	for _, s := range m.lines.Before(id) {
		if !divides(s.Kind) || s.From == 0 {
			continue
		}
		if event != 0 && s.Event != event {
			break
		}
		if s.From == id {
			return nil
		}
		event = s.Event
		first = append(first, s.From)
	}
	switch len(first) {
	case 0:
		return nil
	case 1:
		return m.partsOf(first[0])
	}
	return []Part{{Share: whole(), To: m.among(first)}}
}

// joined puts together parts that lie in the same place, in a fixed order.
func joined(parts []Part) []Part {
	slices.SortStableFunc(parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(len(a.To), len(b.To)), slices.Compare(a.To, b.To))
	})
	var out []Part
	for _, p := range parts {
		if n := len(out); n > 0 && slices.Equal(out[n-1].To, p.To) {
			out[n-1].Share = new(big.Rat).Add(out[n-1].Share, p.Share)
			continue
		}
		out = append(out, p)
	}
	return out
}

// Apportion divides a whole number by the shares of parts so that nothing is lost:
// each part has its share rounded down, and the units left over go to the largest
// remainders, the earlier part first where two are alike.
func Apportion(qty int64, parts []Part) []int64 {
	given := make([]int64, len(parts))
	if qty < 0 {
		for i, n := range Apportion(-qty, parts) {
			given[i] = -n
		}
		return given
	}
	type remainder struct {
		part int
		size *big.Rat
	}
	left := qty
	order := make([]remainder, len(parts))
	for i, p := range parts {
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(qty), p.Share)
		floor := new(big.Int).Quo(exact.Num(), exact.Denom())
		given[i] = floor.Int64()
		left -= given[i]
		order[i] = remainder{i, exact.Sub(exact, new(big.Rat).SetInt(floor))}
	}
	slices.SortStableFunc(order, func(a, b remainder) int { return b.size.Cmp(a.size) })
	for _, r := range order {
		if left == 0 {
			break
		}
		given[r.part]++
		left--
	}
	return given
}
