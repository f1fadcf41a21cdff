package border_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/calendar"
)

// past is a history while it is being made up.
type past struct {
	edges  []body.Edge
	events []body.Event
	lives  map[body.ID]calendar.Period
	next   body.ID
	day    calendar.Day
}

func (p *past) found(axis body.Axis, under body.ID) body.ID {
	p.next++
	id := p.next
	p.lives[id] = calendar.Period{From: p.day, To: calendar.Latest}
	if under != 0 {
		p.edges = append(p.edges, body.Edge{Axis: axis, Child: id, Parent: under, Since: p.day, Until: calendar.Latest})
	}
	return id
}

// close ends the parents of a body the day before.
func (p *past) close(id body.ID) {
	kept := p.edges[:0]
	for _, e := range p.edges {
		if e.Child == id && e.Until >= p.day {
			e.Until = p.day - 1
		}
		if e.Since <= e.Until {
			kept = append(kept, e)
		}
	}
	p.edges = kept
}

func (p *past) end(id body.ID) {
	l := p.lives[id]
	l.To = p.day - 1
	p.lives[id] = l
	p.close(id)
}

func (p *past) tell(kind body.EventKind, edges ...body.Succession) {
	p.events = append(p.events, body.Event{ID: int64(len(p.events) + 1), Kind: kind, Day: p.day, Edges: edges})
}

func (p *past) standing() []body.ID {
	var all []body.ID
	for id := body.ID(1); id <= p.next; id++ {
		if p.lives[id].Contains(p.day) && p.lives[id].From < p.day {
			all = append(all, id)
		}
	}
	return all
}

func (p *past) tree() *body.Tree { return body.NewTree(p.edges) }

func (p *past) lineage() *body.Lineage {
	var known []body.Known
	for id := body.ID(1); id <= p.next; id++ {
		known = append(known, body.Known{Body: id, Life: p.lives[id]})
	}
	return body.NewLineage(p.events, known)
}

func (p *past) draw(on calendar.Day) *border.Map {
	return border.Draw(p.tree(), p.lineage(), on, everyone(p))
}

// everyone is whoever had to do with another, of either sort.
func everyone(p *past) []body.ID {
	all := slices.Concat(border.Everyone(p.tree(), p.lineage(), true), border.Everyone(p.tree(), p.lineage(), false))
	slices.Sort(all)
	return slices.Compact(all)
}

// axis of a body is where it stands; half of the books here are of localities.
func history(t *rapid.T) *past {
	axis := rapid.SampledFrom([]body.Axis{body.Organisational, body.Administrative}).Draw(t, "axis")
	p := &past{lives: map[body.ID]calendar.Period{}, day: 100}
	for range rapid.IntRange(1, 4).Draw(t, "roots") {
		root := p.found(axis, 0)
		for range rapid.IntRange(0, 4).Draw(t, "children") {
			child := p.found(axis, root)
			for range rapid.IntRange(0, 3).Draw(t, "grandchildren") {
				p.found(axis, child)
			}
		}
	}
	for range rapid.IntRange(0, 12).Draw(t, "events") {
		p.day += calendar.Day(rapid.IntRange(1, 10).Draw(t, "days"))
		p.happen(t, axis)
	}
	return p
}

func (p *past) happen(t *rapid.T, axis body.Axis) {
	all := p.standing()
	if len(all) == 0 {
		return
	}
	one := rapid.SampledFrom(all).Draw(t, "one")
	above, _ := p.tree().ParentOn(one, p.day)
	switch rapid.SampledFrom([]string{"found", "merge", "absorb", "split", "shares", "move", "end", "level"}).Draw(t, "what") {
	case "found":
		p.found(axis, one)
	case "merge":
		other := rapid.SampledFrom(all).Draw(t, "other")
		if other == one {
			return
		}
		to := p.found(axis, above)
		if above == other || above == one {
			p.close(to)
		}
		p.end(one)
		p.end(other)
		p.tell(body.Merging, body.Succession{From: one, To: to}, body.Succession{From: other, To: to, Share: body.Whole()})
	case "absorb":
		other := rapid.SampledFrom(all).Draw(t, "other")
		if other == one {
			return
		}
		p.end(one)
		p.tell(body.Merging, body.Succession{From: one, To: other}, body.Succession{From: other, To: other})
	case "split", "shares":
		p.split(t, axis, one, above)
	case "move":
		to := rapid.SampledFrom(all).Draw(t, "to")
		if !p.tree().Under(to, one, p.day) {
			p.close(one)
			p.edges = append(p.edges, body.Edge{Axis: axis, Child: one, Parent: to, Since: p.day, Until: calendar.Latest})
		}
	case "end":
		p.end(one)
		p.tell(body.Ending, body.Succession{From: one})
	case "level":
		for _, child := range p.tree().ChildrenOn(one, p.day) {
			p.close(child)
			if above != 0 {
				p.edges = append(p.edges, body.Edge{Axis: axis, Child: child, Parent: above, Since: p.day, Until: calendar.Latest})
			}
		}
		p.end(one)
		p.tell(body.Ending, body.Succession{From: one})
	}
}

func (p *past) split(t *rapid.T, axis body.Axis, one, above body.ID) {
	n := rapid.IntRange(2, 4).Draw(t, "heirs")
	den := int64(rapid.IntRange(n, 12).Draw(t, "den"))
	left := den
	var edges []body.Succession
	for range n {
		s := body.Succession{From: one, To: p.found(axis, above)}
		if num := int64(rapid.IntRange(0, int(left)).Draw(t, "num")); num > 0 {
			s.Share = body.Share{Num: num, Den: den}
			left -= num
		}
		edges = append(edges, s)
	}
	if rapid.Bool().Draw(t, "goes on") {
		edges = append(edges, body.Succession{From: one, To: one})
	} else {
		p.end(one)
	}
	p.tell(body.Splitting, edges...)
}

// count gives the figure of a body on some borders as a reader of the book would.
func count(m *border.Map, of body.ID, own map[body.ID]int64) (total, itself, rests int64) {
	g := m.GroundOf([]body.ID{of})
	for _, id := range g.Own {
		total, itself = total+own[id], itself+own[id]
	}
	for _, id := range g.Below {
		total += own[id]
	}
	for _, s := range g.Shares {
		total += s.Of(own[s.Body])
	}
	for _, s := range g.OwnShares {
		itself += s.Of(own[s.Body])
	}
	for _, r := range g.Rests {
		for _, p := range r.From {
			if p.Parts[p.Picks[0]].At == of {
				rests += p.Of(own[p.Body])
			}
		}
	}
	return total, itself, rests
}

func TestTotalsAreEqualOnAllBorders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := history(t)
		own := map[body.ID]int64{}
		var want int64
		for id := body.ID(1); id <= p.next; id++ {
			own[id] = rapid.Int64Range(-20, 1000).Draw(t, "amount")
			want += own[id]
		}
		day := calendar.Day(rapid.IntRange(90, int(p.day)+10).Draw(t, "border"))
		m := p.draw(day)
		var got int64
		for id := body.ID(1); id <= p.next; id++ {
			for _, part := range m.Of(id) {
				if part.At == 0 {
					got += border.Portion{Body: id, Parts: m.Of(id), Picks: []int{slices.IndexFunc(m.Of(id), func(o border.Part) bool { return slices.Equal(o.To, part.To) })}}.Of(own[id])
				}
			}
			if slices.Contains(m.Instead(id), id) && len(m.Above(id)) == 0 {
				total, _, _ := count(m, id, own)
				got += total
			}
		}
		if got != want {
			t.Fatalf("on day %d the roots add up to %d, want %d", day, got, want)
		}
	})
}

func TestEveryBodyIsItsOwnItsChildrenAndWhatCannotBeDivided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := history(t)
		own := map[body.ID]int64{}
		for id := body.ID(1); id <= p.next; id++ {
			own[id] = rapid.Int64Range(0, 1000).Draw(t, "amount")
		}
		m := p.draw(calendar.Day(rapid.IntRange(90, int(p.day)+10).Draw(t, "border")))
		for id := body.ID(1); id <= p.next; id++ {
			if !slices.Contains(m.Instead(id), id) {
				continue
			}
			total, itself, rests := count(m, id, own)
			sum := itself + rests
			for _, child := range m.Children(id) {
				below, _, _ := count(m, child, own)
				sum += below
			}
			if sum != total {
				t.Fatalf("body %d: %d in all, %d by its own, children and rests", id, total, sum)
			}
		}
	})
}

func TestWhatStandsIsItselfAndPartsMakeAWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := history(t)
		m := p.draw(calendar.Day(rapid.IntRange(90, int(p.day)+10).Draw(t, "border")))
		for id := body.ID(1); id <= p.next; id++ {
			parts := m.Of(id)
			sum := parts[0].Share
			for _, part := range parts[1:] {
				sum = sum.Add(sum, part.Share)
			}
			if !sum.IsInt() || sum.Num().Int64() != 1 {
				t.Fatalf("the parts of %d add up to %s", id, sum)
			}
			if m.Stands(id) && (len(parts) != 1 || !slices.Equal(parts[0].To, []body.ID{id})) {
				t.Fatalf("%d stands and lies in %v", id, parts)
			}
		}
	})
}
