package contest

import (
	"strings"
	"unicode"

	"kith.app/internal/fault"
)

// An expression says what a criterion counts, compares or gives:
//
//	[solidarity-house.built] + [solidarity-house.repaired]
//	percent([member-cooperative.acts], [cooperative.acts])
//	min(10, 2 * {3.1})
//	[aid.money:VND] / [aid.money:VND@last] - 1
//
// [code] is a measure of the unit in the contest's period, with @last that of the
// year before; {no} is what another criterion of the table gave the unit. Numbers
// are exact. Sizes are bounded, so that nobody can make the book think for ever.
const (
	expressionMost = 500 // letters
	depthMost      = 32  // brackets in brackets
	bitsMost       = 512 // of a numerator or denominator on the way
)

// node is one part of a parsed expression.
type node struct {
	op   string // "number", "measure", "criterion", "+", "-", "*", "/", "min", "max", "percent", "neg"
	text string // of a number, measure or criterion
	last bool   // a measure of the year before
	args []*node
}

// checkExpression tells what is wrong with an expression as it is written.
func checkExpression(field, text string) error {
	n, err := parse(field, text)
	if err == nil && dividesByZero(n) {
		err = fault.Field(field, "contest.formula.zero")
	}
	return err
}

// References lists the measures and the criteria that an expression names.
func References(text string) (measures, criteria []string, err error) {
	n, err := parse("value", text)
	if err != nil {
		return nil, nil, err
	}
	measures, criteria = n.names()
	return measures, criteria, nil
}

// names lists the measures and the criteria in a part.
func (n *node) names() (measures, criteria []string) {
	switch n.op {
	case "measure":
		measures = append(measures, n.text)
	case "criterion":
		criteria = append(criteria, n.text)
	}
	for _, a := range n.args {
		m, c := a.names()
		measures, criteria = append(measures, m...), append(criteria, c...)
	}
	return measures, criteria
}

// parser reads an expression from left to right.
type parser struct {
	field string
	text  []rune
	at    int
	depth int
}

func parse(field, text string) (*node, error) {
	p := &parser{field: field, text: []rune(text)}
	if len(p.text) > expressionMost {
		return nil, fault.Field(field, "contest.formula.long", expressionMost)
	}
	n, err := p.sum()
	if err != nil {
		return nil, err
	}
	if p.skip(); p.at < len(p.text) {
		return nil, p.stray()
	}
	return n, nil
}

func (p *parser) skip() {
	for p.at < len(p.text) && unicode.IsSpace(p.text[p.at]) {
		p.at++
	}
}

// take steps over one of the signs and tells which.
func (p *parser) take(signs string) (rune, bool) {
	p.skip()
	if p.at < len(p.text) && strings.ContainsRune(signs, p.text[p.at]) {
		p.at++
		return p.text[p.at-1], true
	}
	return 0, false
}

// stray refuses what stands where it makes no sense.
func (p *parser) stray() error {
	if p.skip(); p.at >= len(p.text) {
		return fault.Field(p.field, "contest.formula.ends")
	}
	return fault.Field(p.field, "contest.formula.stray", string(p.text[p.at:]))
}

func (p *parser) sum() (*node, error) { return p.chain("+-", p.product) }

func (p *parser) product() (*node, error) { return p.chain("*/×:", p.factor) }

// chain reads parts joined by signs of one rank, from left to right.
func (p *parser) chain(signs string, part func() (*node, error)) (*node, error) {
	left, err := part()
	if err != nil {
		return nil, err
	}
	for {
		sign, ok := p.take(signs)
		if !ok {
			return left, nil
		}
		right, err := part()
		if err != nil {
			return nil, err
		}
		op := strings.NewReplacer("×", "*", ":", "/").Replace(string(sign))
		left = &node{op: op, args: []*node{left, right}}
	}
}

// factor reads a number, a measure, a criterion, a function or brackets.
func (p *parser) factor() (*node, error) {
	if p.depth++; p.depth > depthMost {
		return nil, fault.Field(p.field, "contest.formula.deep", depthMost)
	}
	defer func() { p.depth-- }()
	p.skip()
	if p.at >= len(p.text) {
		return nil, p.stray()
	}
	switch r := p.text[p.at]; {
	case r == '-':
		p.at++
		n, err := p.factor()
		return &node{op: "neg", args: []*node{n}}, err
	case r == '(':
		p.at++
		n, err := p.sum()
		if err != nil {
			return nil, err
		}
		return n, p.close(')')
	case r == '[':
		return p.measure()
	case r == '{':
		text, err := p.until('}')
		return &node{op: "criterion", text: text}, err
	case isDigit(r):
		return p.number()
	case unicode.IsLetter(r):
		return p.function()
	}
	return nil, p.stray()
}

func (p *parser) close(sign rune) error {
	if _, ok := p.take(string(sign)); !ok {
		return p.stray()
	}
	return nil
}

// until reads what stands between the sign at hand and its closing one.
func (p *parser) until(closing rune) (string, error) {
	from := p.at + 1
	for p.at = from; p.at < len(p.text); p.at++ {
		if p.text[p.at] == closing {
			text := strings.TrimSpace(string(p.text[from:p.at]))
			p.at++
			if text == "" {
				return "", fault.Field(p.field, "contest.formula.empty")
			}
			return text, nil
		}
	}
	return "", fault.Field(p.field, "contest.formula.ends")
}

func (p *parser) measure() (*node, error) {
	text, err := p.until(']')
	if err != nil {
		return nil, err
	}
	code, last := strings.CutSuffix(text, "@last")
	return &node{op: "measure", text: strings.TrimSpace(code), last: last}, nil
}

// number reads digits with a full stop or comma before decimals. A comma counts
// as one only when a digit follows at once, for it also parts arguments.
func (p *parser) number() (*node, error) {
	from, point := p.at, false
	for ; p.at < len(p.text); p.at++ {
		r := p.text[p.at]
		if isDigit(r) {
			continue
		}
		next := p.at+1 < len(p.text) && isDigit(p.text[p.at+1])
		if (r == '.' || r == ',') && next && !point {
			point = true
			continue
		}
		break
	}
	text := strings.ReplaceAll(string(p.text[from:p.at]), ",", ".")
	if len(text) > 30 {
		return nil, fault.Field(p.field, "contest.formula.stray", text)
	}
	return &node{op: "number", text: text}, nil
}

// functions are the functions and how many arguments each takes, -1 any number.
var functions = map[string]int{"min": -1, "max": -1, "percent": 2}

func (p *parser) function() (*node, error) {
	from := p.at
	for p.at < len(p.text) && unicode.IsLetter(p.text[p.at]) {
		p.at++
	}
	name := string(p.text[from:p.at])
	count, known := functions[name]
	if !known {
		p.at = from
		return nil, p.stray()
	}
	if err := p.close('('); err != nil {
		return nil, err
	}
	n := &node{op: name}
	for {
		arg, err := p.sum()
		if err != nil {
			return nil, err
		}
		n.args = append(n.args, arg)
		if _, more := p.take(",;"); !more {
			break
		}
	}
	if count >= 0 && len(n.args) != count {
		return nil, fault.Field(p.field, "contest.formula.args", name, count)
	}
	return n, p.close(')')
}

// isDigit tells a digit from 0 to 9; other scripts have digits that no number is
// read from.
func isDigit(r rune) bool { return '0' <= r && r <= '9' }
