package contest

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// Fact is the value of one measure for a unit, with the deeds behind it.
type Fact struct {
	Value     *big.Rat
	Unit      string // "persons", "money:VND"; what may be added to what
	Qualifier deed.Qualifier
	Deeds     []deed.ID
}

// Facts answers what expressions ask of a unit.
type Facts interface {
	// Fact gives a measure in the contest's period, or in the year before.
	Fact(measure string, last bool) (Fact, error)
	// Given gives what another criterion of the table gave the unit.
	Given(no string) (Points, error)
}

// Step is one step of a computation, in words a person can follow: what was
// worked out, with its value.
type Step struct {
	Text  string `json:"text"`
	Value string `json:"value"` // exact decimal or fraction
	Unit  string `json:"unit,omitempty"`
}

// Computed is the value of an expression with all its steps.
type Computed struct {
	Value     *big.Rat
	Unit      string
	Steps     []Step
	Deeds     []deed.ID
	Qualifier deed.Qualifier // weakest of the facts it rests on
}

// Evaluate works an expression out exactly.
func Evaluate(field, text string, facts Facts) (Computed, error) {
	n, err := parse(field, text)
	if err != nil {
		return Computed{}, err
	}
	w := &working{field: field, facts: facts, deeds: map[deed.ID]bool{}}
	v, err := w.value(n)
	if err != nil {
		return Computed{}, err
	}
	deeds := slices.Sorted(maps.Keys(w.deeds))
	return Computed{Value: v.rat, Unit: v.unit.String(), Steps: w.steps, Deeds: deeds, Qualifier: w.counts.Qualifier()}, nil
}

// working is an expression while it is worked out.
type working struct {
	field  string
	facts  Facts
	steps  []Step
	deeds  map[deed.ID]bool
	counts deed.Counts
}

// quantity is an exact number with its unit.
type quantity struct {
	rat  *big.Rat
	unit unit
}

// unit is a product of named units by their powers; empty for a bare number.
type unit map[string]int

// String writes a unit: "money:VND/families".
func (u unit) String() string {
	var over, under []string
	for _, name := range slices.Sorted(maps.Keys(u)) {
		part := name
		if n := max(u[name], -u[name]); n > 1 {
			part += "^" + strconv.Itoa(n)
		}
		if u[name] > 0 {
			over = append(over, part)
		} else {
			under = append(under, part)
		}
	}
	text := strings.Join(over, "·")
	if len(under) > 0 {
		text += "/" + strings.Join(under, "·")
	}
	return text
}

// times gives the unit of a product, or with by -1 of a quotient.
func (u unit) times(o unit, by int) unit {
	product := maps.Clone(u)
	if product == nil {
		product = unit{}
	}
	for name, power := range o {
		if product[name] += by * power; product[name] == 0 {
			delete(product, name)
		}
	}
	return product
}

func (w *working) value(n *node) (quantity, error) {
	switch n.op {
	case "number":
		rat, _ := new(big.Rat).SetString(n.text)
		return quantity{rat: rat}, nil
	case "measure":
		return w.measure(n)
	case "criterion":
		p, err := w.facts.Given(n.text)
		if err != nil {
			return quantity{}, err
		}
		return w.step("{"+n.text+"}", quantity{rat: p.Rat()})
	}
	args := make([]quantity, len(n.args))
	for i, a := range n.args {
		v, err := w.value(a)
		if err != nil {
			return quantity{}, err
		}
		args[i] = v
	}
	v, err := w.apply(n.op, args)
	if err != nil {
		return quantity{}, err
	}
	return w.step(written(n.op, args), v)
}

func (w *working) measure(n *node) (quantity, error) {
	f, err := w.facts.Fact(n.text, n.last)
	if err != nil {
		return quantity{}, err
	}
	if !n.last {
		for _, d := range f.Deeds {
			w.deeds[d] = true
		}
	}
	w.counts = w.counts.Add(deed.CountOf(f.Qualifier))
	text := "[" + n.text + "]"
	if n.last {
		text = "[" + n.text + "@last]"
	}
	v := quantity{rat: f.Value}
	if f.Unit != "" {
		v.unit = unit{f.Unit: 1}
	}
	return w.step(text, v)
}

// apply works out one operation.
func (w *working) apply(op string, args []quantity) (quantity, error) {
	switch op {
	case "neg":
		return quantity{new(big.Rat).Neg(args[0].rat), args[0].unit}, nil
	case "*":
		return quantity{new(big.Rat).Mul(args[0].rat, args[1].rat), args[0].unit.times(args[1].unit, 1)}, nil
	case "/", "percent":
		return w.quotient(op, args[0], args[1])
	}
	for _, a := range args[1:] {
		if a.unit.String() != args[0].unit.String() {
			return quantity{}, fault.Field(w.field, "contest.formula.units", orNumber(args[0].unit), orNumber(a.unit))
		}
	}
	sum := quantity{new(big.Rat).Set(args[0].rat), args[0].unit}
	for _, a := range args[1:] {
		switch {
		case op == "+":
			sum.rat.Add(sum.rat, a.rat)
		case op == "-":
			sum.rat.Sub(sum.rat, a.rat)
		case op == "min" && a.rat.Cmp(sum.rat) < 0, op == "max" && a.rat.Cmp(sum.rat) > 0:
			sum.rat.Set(a.rat)
		}
	}
	return sum, nil
}

// quotient divides; percent takes a hundred times the quotient of like by like.
func (w *working) quotient(op string, a, b quantity) (quantity, error) {
	if b.rat.Sign() == 0 {
		return quantity{}, fault.Field(w.field, "contest.formula.zero")
	}
	q := quantity{new(big.Rat).Quo(a.rat, b.rat), a.unit.times(b.unit, -1)}
	if op == "/" {
		return q, nil
	}
	if len(q.unit) > 0 {
		return quantity{}, fault.Field(w.field, "contest.formula.units", orNumber(a.unit), orNumber(b.unit))
	}
	q.rat.Mul(q.rat, big.NewRat(100, 1))
	return q, nil
}

func orNumber(u unit) string {
	if len(u) == 0 {
		return "1"
	}
	return u.String()
}

// step notes a value that was worked out, unless it has grown beyond all use.
func (w *working) step(text string, v quantity) (quantity, error) {
	if v.rat.Num().BitLen() > bitsMost || v.rat.Denom().BitLen() > bitsMost {
		return quantity{}, fault.Field(w.field, "contest.formula.big")
	}
	w.steps = append(w.steps, Step{Text: text, Value: exact(v.rat), Unit: v.unit.String()})
	return v, nil
}

// written writes an operation with its values: "12 + 30".
func written(op string, args []quantity) string {
	values := make([]string, len(args))
	for i, a := range args {
		values[i] = exact(a.rat)
	}
	switch op {
	case "neg":
		return "-" + values[0]
	case "min", "max", "percent":
		return fmt.Sprintf("%s(%s)", op, strings.Join(values, "; "))
	}
	return strings.Join(values, " "+op+" ")
}

// exact writes a number as a decimal when it is one, else as a fraction.
func exact(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	if digits, whole := r.FloatPrec(); whole && digits <= 12 {
		return r.FloatString(digits)
	}
	return r.RatString()
}
