package deed

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Unit says what a line counts.
type Unit string

// The units. Persons are participations as stated: 115 people on three trips
// may be fewer human beings. Work-days are kept in tenths, money in the
// currency's smallest unit, everything else in wholes.
const (
	Acts       Unit = "acts"
	Persons    Unit = "persons"
	Families   Unit = "families"
	Things     Unit = "things" // goods in kind, counted
	GoodsValue Unit = "goods"  // goods in kind, valued in a currency
	Built      Unit = "built"  // houses new
	Repaired   Unit = "repaired"
	WorkDays   Unit = "workdays"
	Money      Unit = "money"
)

// Units lists the units in the order in which forms offer them.
func Units() []Unit {
	return []Unit{Acts, Persons, Families, Money, Things, GoodsValue, Built, Repaired, WorkDays}
}

// HasCurrency tells whether figures in this unit carry a currency.
func (u Unit) HasCurrency() bool { return u == Money || u == GoodsValue }

// Decimals is how many decimals the smallest unit stands for, currencies apart.
func (u Unit) Decimals() int {
	if u == WorkDays {
		return 1
	}
	return 0
}

// Stage says how far a promise went. Stages never add to each other.
type Stage string

// The stages; without one a line counts what was done.
const (
	Given     Stage = ""
	Pledged   Stage = "pledged"
	Paid      Stage = "paid"
	Delivered Stage = "delivered"
)

// Qualifier says how exactly a quantity is known.
type Qualifier uint8

// The qualifiers, as a source states them.
const (
	Exact Qualifier = iota
	AtLeast
	Over
	About
	Nearly
)

// String is the qualifier's code, as commands print it.
func (q Qualifier) String() string {
	return [...]string{"exact", "at-least", "over", "about", "nearly"}[q]
}

// ParseQualifier reads a qualifier's code; empty is exact.
func ParseQualifier(code string) (Qualifier, error) {
	for q := Exact; q <= Nearly; q++ {
		if code == q.String() {
			return q, nil
		}
	}
	if code == "" {
		return Exact, nil
	}
	return Exact, fault.Field("qualifier", "deed.qualifier.unknown", code)
}

// Line says how much of what.
type Line struct {
	N         int64          `json:"n"`
	Unit      Unit           `json:"unit"`
	Stage     Stage          `json:"stage,omitempty"`
	Currency  money.Currency `json:"currency,omitempty"`
	Quantity  int64          `json:"quantity"` // smallest units
	Qualifier Qualifier      `json:"qualifier,omitempty"`
	Item      string         `json:"item,omitempty"` // what the goods are
	Day       calendar.Date  `json:"day"`            // the deed's date when it was written
	Revision  int64          `json:"revision"`
	Undoes    int64          `json:"undoes,omitempty"`
}

// Measure names what is summed: deed kind, unit, stage and currency. Its code
// is `sick-visit.acts`, `relief-home.money` (with a currency beside it),
// `relief-home.money.pledged`.
type Measure struct {
	Kind     string
	Unit     Unit
	Stage    Stage
	Currency money.Currency
}

// Code writes the measure without its currency.
func (m Measure) Code() string {
	code := m.Kind + "." + string(m.Unit)
	if m.Stage != Given {
		code += "." + string(m.Stage)
	}
	return code
}

// Key writes the measure with its currency; no two measures share one.
func (m Measure) Key() string {
	if m.Currency == "" {
		return m.Code()
	}
	return m.Code() + ":" + string(m.Currency)
}

// ParseMeasure reads a measure's code, with its currency where it has one.
func ParseMeasure(key string) (Measure, error) {
	code, currency, _ := strings.Cut(key, ":")
	parts := strings.Split(code, ".")
	if len(parts) < 2 || len(parts) > 3 || parts[0] == "" || !slices.Contains(Units(), Unit(parts[1])) {
		return Measure{}, fault.Field("measure", "deed.measure.unknown", key)
	}
	m := Measure{Kind: parts[0], Unit: Unit(parts[1]), Currency: money.Currency(currency)}
	if len(parts) == 3 {
		m.Stage = Stage(parts[2])
	}
	return m, nil
}

// MeasureOf names what a line of a deed of this kind is summed under.
func MeasureOf(kind string, l Line) Measure {
	return Measure{Kind: kind, Unit: l.Unit, Stage: l.Stage, Currency: l.Currency}
}

// maxQuantity keeps sums of a great many lines inside 64 bits.
const maxQuantity = 1 << 53

// check tells what does not make sense in a line by itself.
func (l Line) check() error {
	switch {
	case l.Unit == "":
		return fault.Field("lines", "deed.line.unit")
	case l.Quantity < 0:
		return fault.Field("lines", "deed.count.negative")
	case l.Quantity > maxQuantity:
		return fault.Field("lines", "deed.count.huge")
	case l.Unit.HasCurrency() != (l.Currency != ""):
		return fault.Field("lines", "deed.line.currency")
	}
	return nil
}

// number gives a deed's lines their places in the journal and its date.
func number(d Deed, from int64) {
	for i := range d.Lines {
		l := &d.Lines[i]
		l.N, l.Revision, l.Undoes, l.Day = from+int64(i), d.Revision, 0, d.Day
	}
}

// lastNumber is the highest place that a deed's lines take.
func lastNumber(lines []Line) int64 {
	var last int64
	for _, l := range lines {
		last = max(last, l.N)
	}
	return last
}

// takenBack gives the lines that undo others, placed after them.
func takenBack(lines []Line, after, revision int64) []Line {
	back := make([]Line, len(lines))
	for i, l := range lines {
		l.Undoes, l.Quantity = l.N, -l.Quantity
		l.N, l.Revision = after+int64(i)+1, revision
		back[i] = l
	}
	return back
}

// Counts is how many lines of each qualifier stand behind a figure, so that
// "over" can come and go as lines are added and taken back.
type Counts struct{ Exact, AtLeast, Over, About, Nearly int64 }

// Add adds the counts of another figure.
func (c Counts) Add(o Counts) Counts {
	return Counts{c.Exact + o.Exact, c.AtLeast + o.AtLeast, c.Over + o.Over, c.About + o.About, c.Nearly + o.Nearly}
}

// CountOf counts one line.
func CountOf(q Qualifier) Counts {
	var c Counts
	c.count(q, 1)
	return c
}

// count adds n lines of one qualifier.
func (c *Counts) count(q Qualifier, n int64) {
	switch q {
	case Exact:
		c.Exact += n
	case AtLeast:
		c.AtLeast += n
	case Over:
		c.Over += n
	case About:
		c.About += n
	case Nearly:
		c.Nearly += n
	}
}

// Qualifier says how the sum must be stated: all exact stays exact; exact with
// over or at least is over; anything about, or over with nearly, is about.
func (c Counts) Qualifier() Qualifier {
	up := c.Over + c.AtLeast
	switch {
	case c.About != 0, up != 0 && c.Nearly != 0:
		return About
	case c.Nearly != 0:
		return Nearly
	case c.Over != 0, up != 0 && c.Exact != 0:
		return Over
	case c.AtLeast != 0:
		return AtLeast
	}
	return Exact
}

// Lines is how many lines stand behind the figure.
func (c Counts) Lines() int64 { return c.Exact + c.AtLeast + c.Over + c.About + c.Nearly }

// Span is the months between which a date lies, both included; a month is
// year*12 + month-1. It is the finest period that the date allows.
type Span struct{ Since, Until int64 }

// The spans of open and unknown dates.
const (
	NoMonth   int64 = 0
	LastMonth int64 = 12 * 10000
)

// MonthOf is the month in which a day lies.
func MonthOf(d calendar.Day) int64 {
	y, m, _ := d.Civil()
	return int64(y)*12 + int64(m) - 1
}

// SpanOf gives the months between which a date lies.
func SpanOf(d calendar.Date) Span {
	span := Span{NoMonth, LastMonth}
	if first, ok := d.First(); ok {
		span.Since = MonthOf(first)
	}
	if last, ok := d.Last(); ok {
		span.Until = MonthOf(last)
	}
	return span
}

// Delta is a change to one tally.
type Delta struct {
	Body    body.ID
	Measure Measure
	Below   bool // counted among the lines of bodies below Body
	Span    Span
	Qty     int64
	Counts  Counts
}

// Deltas computes what the lines of one deed change in the tallies. recorded
// is the day on which the deed was first written: the tree of that day counts
// where the deed's own date has no end.
func Deltas(home body.ID, kind string, lines []Line, tree *body.Tree, recorded calendar.Day) []Delta {
	deltas := make([]Delta, 0, 2*len(lines))
	for _, l := range lines {
		spread := Spread(home, l, SpanOf(l.Day), l.Day.LastOr(recorded), tree)
		for i := range spread {
			spread[i].Measure = MeasureOf(kind, l)
		}
		deltas = append(deltas, spread...)
	}
	return deltas
}

// Spread computes what one line changes: the home's own figure, and the below
// of every body above it on that day, the root too: with one writer that
// coalesces a whole batch its row is no bottleneck (docs/decisions).
func Spread(home body.ID, l Line, span Span, on calendar.Day, tree *body.Tree) []Delta {
	d := Delta{Body: home, Span: span, Qty: l.Quantity}
	n := int64(1)
	if l.Undoes != 0 {
		n = -1
	}
	d.Counts.count(l.Qualifier, n)
	ancestors := tree.Ancestors(home, on)
	deltas := append(make([]Delta, 0, 1+len(ancestors)), d)
	for _, above := range ancestors {
		d.Body, d.Below = above, true
		deltas = append(deltas, d)
	}
	return deltas
}
