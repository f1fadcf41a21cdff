package reform_test

import (
	"fmt"
	"testing"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/border"
	"kith.app/internal/place"
	"kith.app/internal/reform"
)

func TestScratch(t *testing.T) {
	m, _ := place.Shipped()
	p := reform.VietNam(m)
	kinds := map[body.EventKind]int{}
	most := 0
	for _, e := range p.Events {
		kinds[e.Kind]++
		most = max(most, len(e.Edges))
	}
	fmt.Println(len(p.Units), kinds, most)
	var edges []body.Edge
	var known []body.Known
	for _, id := range p.Units {
		u, _ := m.Unit(id)
		for _, up := range u.Parents {
			edges = append(edges, body.Edge{Axis: body.Administrative, Child: body.ID(id), Parent: body.ID(up.ID), Since: up.During.From, Until: up.During.To})
		}
		known = append(known, body.Known{Body: body.ID(id), Life: u.During})
	}
	for i := range p.Events {
		p.Events[i].ID = int64(i + 1)
	}
	b := time.Now()
	tree := body.NewTree(edges)
	l := body.NewLineage(p.Events, known)
	fmt.Println("read", time.Since(b))
	for range 3 {
		b = time.Now()
		d := border.Draw(tree, l, place.Reform, border.Everyone(tree, l, true))
		fmt.Println("draw", time.Since(b))
		b = time.Now()
		g := d.Ground(20250701100048)
		fmt.Println("ground", time.Since(b), len(g.Own), len(g.Below), len(g.Rests))
		_ = d
	}
	for _, day := range []string{"a"} {
		_ = day
	}
	d := border.Draw(tree, l, place.Reform, border.Everyone(tree, l, true))
	split, top, res := 0, 0, map[place.Level]int{}
	for _, id := range p.Units {
		for _, part := range d.Of(body.ID(id)) {
			if !part.Exact() {
				if id.Level() == place.Commune {
					split++
				}
				if part.At == 0 {
					top++
				}
			} else if part.To[0] == body.ID(id) && !d.Stands(body.ID(id)) {
				res[id.Level()]++
			}
		}
	}
	fmt.Println("split communes", split, "at none", top, "residual", res)
}
