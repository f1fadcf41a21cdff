package contest

import (
	"cmp"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/fault"
)

// Table is the criteria of one contest as a tree of any depth.
type Table struct {
	all      []Criterion // parents before children, in the table's order
	byID     map[CriterionID]int
	children map[CriterionID][]CriterionID
}

// NewTable puts criteria in the table's order. Criteria that hang from none, or
// in a circle, are refused.
func NewTable(criteria []Criterion) (*Table, error) {
	t := &Table{byID: make(map[CriterionID]int, len(criteria)), children: map[CriterionID][]CriterionID{}}
	given := make(map[CriterionID]Criterion, len(criteria))
	for _, c := range criteria {
		given[c.ID] = c
		t.children[c.Parent] = append(t.children[c.Parent], c.ID)
	}
	for parent := range t.children {
		slices.SortFunc(t.children[parent], func(a, b CriterionID) int {
			return cmp.Or(cmp.Compare(given[a].Order, given[b].Order), cmp.Compare(a, b))
		})
	}
	var walk func(parent CriterionID)
	walk = func(parent CriterionID) {
		for _, id := range t.children[parent] {
			t.byID[id] = len(t.all)
			t.all = append(t.all, given[id])
			walk(id)
		}
	}
	walk(0)
	if len(t.all) != len(given) {
		return nil, fault.Field("parent", "contest.table.circle")
	}
	return t, nil
}

// All lists the criteria in the table's order, groups before what is in them.
func (t *Table) All() []Criterion { return t.all }

// Of gives one criterion.
func (t *Table) Of(id CriterionID) (Criterion, bool) {
	i, ok := t.byID[id]
	if !ok {
		return Criterion{}, false
	}
	return t.all[i], true
}

// Children lists what stands directly in a group; 0 asks for the top.
func (t *Table) Children(id CriterionID) []CriterionID { return t.children[id] }

// Depth tells how deep a criterion stands; the top is 0.
func (t *Table) Depth(id CriterionID) int {
	depth := 0
	for c, ok := t.Of(id); ok && c.Parent != 0; c, ok = t.Of(c.Parent) {
		depth++
	}
	return depth
}

// Leaves lists the criteria that are scored themselves, for one unit or, with 0,
// for any.
func (t *Table) Leaves(unit body.ID) []Criterion {
	var leaves []Criterion
	for _, c := range t.all {
		if c.Method != Group && (unit == 0 || t.For(c, unit)) {
			leaves = append(leaves, c)
		}
	}
	return leaves
}

// For tells whether a criterion, and every group it stands in, is put to a unit.
func (t *Table) For(c Criterion, unit body.ID) bool {
	for {
		if !c.For(unit) {
			return false
		}
		up, ok := t.Of(c.Parent)
		if !ok {
			return true
		}
		c = up
	}
}

// Assigned is the most a unit can reach from the criteria put to it, bonuses
// apart: ranking by share divides by it.
func (t *Table) Assigned(unit body.ID) Points {
	var sum Points
	for _, c := range t.Leaves(unit) {
		if !c.Outside() {
			sum += c.Max
		}
	}
	return sum
}

// Check tells what keeps a table from being opened: a group whose children do not
// add up to it, a base total that is not the sum of the top, a formula over
// nothing. All of it is told at once.
func (t *Table) Check(scale Scale) error {
	var found []error
	if len(t.all) == 0 {
		return fault.Field("table", "contest.table.empty")
	}
	for _, c := range t.all {
		found = append(found, c.Check(), t.loops(c), t.unnumbered(c))
		if c.Method != Group {
			if len(t.children[c.ID]) > 0 {
				found = append(found, fault.Field("table", "contest.table.leaf", c.No, fault.Saying(c.Name)))
			}
			continue
		}
		if sum := t.sum(c.ID); sum != c.Max {
			found = append(found, fault.Field("table", "contest.table.sum", c.No, fault.Saying(c.Name), c.Max.Saying(), sum.Saying()))
		}
	}
	if sum := t.sum(0); sum != scale.Base {
		found = append(found, fault.Field("base", "contest.table.base", scale.Base.Saying(), sum.Saying()))
	}
	return fault.Gather(found...)
}

// sum adds what the children of a group give, bonuses and deductions apart.
func (t *Table) sum(id CriterionID) Points {
	var sum Points
	for _, child := range t.children[id] {
		if c, _ := t.Of(child); !c.Outside() && !c.Added {
			sum += c.Max
		}
	}
	return sum
}

// Difference is what changed of one criterion against another year's table.
type Difference struct {
	Now, Before *Criterion // nil: there is none
	Points      bool       // other maximum, bonus or steps
	Wording     bool       // other name or condition
	Scoring     bool       // other method, value, target or evidence
}

// Compare lists what changed between last year's table and this one's. Rows are
// the same when they bear the same number, else the same name.
func Compare(before, now *Table) []Difference {
	old := map[string]Criterion{}
	for _, c := range before.all {
		old[before.Path(c)] = c
	}
	used := map[CriterionID]bool{}
	var all []Difference
	for _, c := range now.all {
		was, ok := old[now.Path(c)]
		if !ok || used[was.ID] {
			was, ok = namedAlike(before, c, used)
		}
		if !ok {
			all = append(all, Difference{Now: &c})
			continue
		}
		used[was.ID] = true
		d := Difference{
			Now: &c, Before: &was,
			Points:  was.Max != c.Max || was.BonusMax != c.BonusMax || was.Per != c.Per || !slices.Equal(was.Tiers, c.Tiers),
			Wording: was.Name("vi") != c.Name("vi") || named(was.Condition, "vi") != named(c.Condition, "vi"),
			Scoring: was.Method != c.Method || was.Value != c.Value || was.Target != c.Target || was.Evidence != c.Evidence,
		}
		if d.Points || d.Wording || d.Scoring {
			all = append(all, d)
		}
	}
	for _, c := range before.all {
		if !used[c.ID] {
			all = append(all, Difference{Before: &c})
		}
	}
	return all
}

// Path is where a criterion stands by its numbers: "2/2.3/a".
func (t *Table) Path(c Criterion) string {
	path := c.No
	for up, ok := t.Of(c.Parent); ok; up, ok = t.Of(up.Parent) {
		path = up.No + "/" + path
	}
	return path
}

func namedAlike(t *Table, c Criterion, used map[CriterionID]bool) (Criterion, bool) {
	for _, was := range t.all {
		if !used[was.ID] && was.Name("vi") == c.Name("vi") {
			return was, true
		}
	}
	return Criterion{}, false
}
