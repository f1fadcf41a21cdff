package contest

import (
	"math/big"
	"slices"
	"strings"

	"kith.app/internal/fault"
)

// loops tells of a criterion whose formula leads back to itself through the criteria
// that it names.
func (t *Table) loops(of Criterion) error {
	from := map[CriterionID]CriterionID{} // reached: from which criterion
	for next := []CriterionID{of.ID}; len(next) > 0; next = next[1:] {
		c, _ := t.Of(next[0])
		for _, no := range c.named() {
			id, ok := t.Numbered(no)
			if _, reached := from[id]; !ok || reached {
				continue
			}
			from[id] = c.ID
			if id == of.ID {
				return fault.Field("value", "contest.formula.loop", strings.Join(t.circle(id, from), " → "))
			}
			next = append(next, id)
		}
	}
	return nil
}

// unnumbered tells of what a criterion counts or is measured by when it names a
// criterion that the table does not have.
func (t *Table) unnumbered(of Criterion) error {
	return of.each(func(field string, _, criteria []string) error {
		for _, no := range criteria {
			if _, ok := t.Numbered(no); !ok {
				return fault.Field(field, "contest.criterion.unknown", no)
			}
		}
		return nil
	})
}

// each goes through the expressions of a criterion with the measures and criteria
// that they name, and gathers what is wrong with them.
func (c Criterion) each(told func(field string, measures, criteria []string) error) error {
	var found []error
	for _, one := range []struct{ field, text string }{{"value", c.Value}, {"target", c.Target}} {
		if one.text == "" {
			continue
		}
		if measures, criteria, err := References(one.text); err == nil {
			found = append(found, told(one.field, measures, criteria))
		}
	}
	return fault.Gather(found...)
}

// circle gives the numbers of the criteria on the way from one back to itself.
func (t *Table) circle(id CriterionID, from map[CriterionID]CriterionID) []string {
	c, _ := t.Of(id)
	way := []string{c.No}
	for at := from[id]; at != id; at = from[at] {
		c, _ := t.Of(at)
		way = append(way, c.No)
	}
	way = append(way, way[0])
	slices.Reverse(way)
	return way
}

// named lists the criteria that what a criterion counts and is measured by names.
func (c Criterion) named() []string {
	var all []string
	_ = c.each(func(_ string, _, criteria []string) error { // nothing is refused
		all = append(all, criteria...)
		return nil
	})
	return all
}

// dividesByZero finds a division by what is zero as it is written, whatever the
// figures will be.
func dividesByZero(n *node) bool {
	if n.op == "/" || n.op == "percent" {
		if by := constant(n.args[1]); by != nil && by.Sign() == 0 {
			return true
		}
	}
	return slices.ContainsFunc(n.args, dividesByZero)
}

// constant works out what names no figure and no criterion; nil when it does, or
// when it cannot be worked out.
func constant(n *node) *big.Rat {
	measures, criteria := n.names()
	if len(measures)+len(criteria) > 0 {
		return nil
	}
	v, err := (&working{field: "value"}).value(n)
	if err != nil {
		return nil
	}
	return v.rat
}
