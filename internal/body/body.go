// Package body holds what an organisation is: its kinds, the names it bore in
// each period and language, and the trees in which bodies stand under one
// another. Branches, households and administrative units are bodies too; a
// body's past is never rewritten, so every question about it names a day.
package body

import (
	"context"
	"regexp"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// ID identifies a body for ever, in every book that exchanges with this one.
type ID int64

// Kind says what sort of body it is; its label is catalogue data.
type Kind string

// The kinds that ship with the book.
const (
	Association Kind = "hometown_association"
	Committee   Kind = "liaison_committee"
	Branch      Kind = "branch"
	Household   Kind = "household"
	Union       Kind = "friendship_union"
	Friendship  Kind = "friendship_association"
	Front       Kind = "front"
	Cluster     Kind = "cluster"
	Locality    Kind = "locality"
	Authority   Kind = "authority"
	Company     Kind = "company"
	School      Kind = "school"
	OtherKind   Kind = "other"
)

// Kinds lists the kinds in the order in which forms offer them.
func Kinds() []Kind {
	return []Kind{Association, Committee, Branch, Household, Union, Friendship, Front, Cluster, Locality, Authority, Company, School, OtherKind}
}

// Name is one name a body bore in one language from Since to Until, both days
// included. An alias is how people also call it; papers never print it.
type Name struct {
	Lang  string       `json:"lang"`
	Full  string       `json:"full"`
	Short string       `json:"short,omitempty"`
	Since calendar.Day `json:"since"`
	Until calendar.Day `json:"until"`
	Alias bool         `json:"alias,omitempty"`
}

// Body is an organisation, a branch, a household or a locality.
type Body struct {
	ID       ID            `json:"id"`
	Code     string        `json:"code"`
	Kind     Kind          `json:"kind"`
	Names    []Name        `json:"names"`
	Parent   ID            `json:"parent,omitempty"` // in force when it was read, organisational axis
	Founded  calendar.Date `json:"founded"`
	Ended    calendar.Date `json:"ended"`
	Seat     int64         `json:"seat,omitempty"` // administrative unit (place.ID), 0 unknown
	Address  string        `json:"address,omitempty"`
	Phone    string        `json:"phone,omitempty"`
	Note     string        `json:"note,omitempty"`
	Revision int64         `json:"revision"`

	Levels []Standing     `json:"levels,omitempty"` // in the order of time
	Codes  []OfficialCode `json:"codes,omitempty"`  // in the order of time
}

// Axis is the one on which the body stands under others: localities lie in
// localities, everything else belongs to an organisation.
func (b Body) Axis() Axis {
	if b.Kind == Locality {
		return Administrative
	}
	return Organisational
}

// NameOn gives the full name borne on a day, in the language asked or, where
// none is recorded, in the first language that has one.
func (b Body) NameOn(lang string, on calendar.Day) string {
	name := b.nameOn(lang, on)
	return name.Full
}

// Saying lets a refusal call the body as it was called on a day, in the reader's
// language.
func (b Body) Saying(on calendar.Day) fault.Saying {
	return func(lang string) string { return b.NameOn(lang, on) }
}

// ShortOn gives the short name borne on a day, or the full one.
func (b Body) ShortOn(lang string, on calendar.Day) string {
	name := b.nameOn(lang, on)
	if name.Short != "" {
		return name.Short
	}
	return name.Full
}

func (b Body) nameOn(lang string, on calendar.Day) Name {
	var other, last Name
	for _, n := range b.Names {
		if n.Alias {
			continue
		}
		inForce := n.Since <= on && on <= n.Until
		if inForce && n.Lang == lang {
			return n
		}
		if inForce && other.Full == "" {
			other = n
		}
		if last.Full == "" || n.Lang == lang {
			last = n
		}
	}
	if other.Full != "" {
		return other
	}
	return last
}

// codeForm is what a code may be: it stands in addresses and commands.
var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Letters that a code cannot have, such as the Azeri ə, and the hyphens that run
// together where they are dropped.
var foreign, runs = regexp.MustCompile(`[^a-z0-9-]+`), regexp.MustCompile(`-{2,}`)

// CodeFrom proposes a code from a name: folded words joined by hyphens.
func CodeFrom(name string) string {
	code := strings.Join(text.Words(name), "-")
	code = strings.Trim(runs.ReplaceAllString(foreign.ReplaceAllString(code, ""), "-"), "-")
	if len(code) > 60 {
		code = strings.Trim(code[:60], "-")
	}
	return code
}

// Check tells what does not make sense in a body by itself.
func (b Body) Check() error {
	var found []error
	if b.nameOn("vi", calendar.Latest).Full == "" {
		found = append(found, fault.Field("name", "body.name.missing"))
	}
	for _, n := range b.Names {
		if len([]rune(n.Full)) > 300 || len([]rune(n.Short)) > 300 {
			found = append(found, fault.Field("name", "body.name.long"))
			break
		}
	}
	if !codeForm.MatchString(b.Code) {
		found = append(found, fault.Field("code", "body.code.form"))
	}
	if len(b.Code) > 80 {
		found = append(found, fault.Field("code", "body.code.long"))
	}
	founded, ok1 := b.Founded.First()
	ended, ok2 := b.Ended.Last()
	if ok1 && ok2 && ended < founded {
		found = append(found, fault.Field("ended", "body.ended.early"))
	}
	return fault.Gather(append(found, b.checkPeriods())...)
}

// foundingAhead is how many years before it is founded a body may be entered, as
// units are that a reform has announced.
const foundingAhead = 5

// CheckAhead refuses a founding so far ahead that the year must be a slip.
func (b Body) CheckAhead(today calendar.Day) error {
	if founded, ok := b.Founded.First(); ok && founded > today.AddYears(foundingAhead) {
		return fault.Field("founded", "body.founded.far", foundingAhead)
	}
	return nil
}

// Tx is what the verbs of this package need of a transaction.
type Tx interface {
	NewID() int64
	Body(ctx context.Context, id ID) (Body, error)
	InsertBody(ctx context.Context, b Body) error
	UpdateBody(ctx context.Context, b Body) error
	PlaceUnder(ctx context.Context, e Edge) error
	SetParents(ctx context.Context, child ID, edges []Edge) error
	CodeTaken(ctx context.Context, code string) (bool, error)
	Tree() *Tree
	Lineage() *Lineage
	Today() calendar.Day
}
