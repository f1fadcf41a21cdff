// Package access says who may do what for which body on a day. Rights come
// from offices: an office grants each of its rights on its own body and, to a
// stated depth, on the bodies below. Nobody has a right that no office in
// force gives; the machine's operator, who can copy the file anyway, has all.
package access

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Right is one thing an actor may do.
type Right string

// The rights, from reading to ruling.
const (
	ReadFigures Right = "read_figures" // totals, without names
	ReadDeeds   Right = "read_deeds"
	ReadRoll    Right = "read_roll" // people with address and phone
	ReadFund    Right = "read_fund"
	ReadOffice  Right = "read_office" // registers, meetings, resolutions
	ReadHistory Right = "read_history"
	KeepRoll    Right = "keep_roll"
	PostDeeds   Right = "post_deeds"
	KeepFund    Right = "keep_fund"
	Approve     Right = "approve" // spending, exceptions to the norm
	CloseFund   Right = "close_fund"
	KeepOffice  Right = "keep_office"
	FileReports Right = "file_reports"
	ManageBody  Right = "manage_body" // offices, branches, kinds, norms, settings, users
	// TravelPapers is to read and to keep passports of delegations, which no
	// other right shows.
	TravelPapers Right = "travel_papers"
)

// Rights lists all rights in the order in which pages show them.
func Rights() []Right {
	return []Right{
		ReadFigures, ReadDeeds, ReadRoll, ReadFund, ReadOffice, ReadHistory,
		KeepRoll, PostDeeds, KeepFund, Approve, CloseFund, KeepOffice, FileReports, ManageBody, TravelPapers,
	}
}

// Depth says how far below an office's own body a right reaches.
type Depth uint8

// The depths.
const (
	Own   Depth = iota // the body itself
	Below              // the body and everything under it
)

// Grant is one right on one body.
type Grant struct {
	Right Right
	Body  body.ID
	Depth Depth
}

// OfficeKind says what an office lets its holder do; the title on paper is the
// association's own.
type OfficeKind string

// The kinds of office that ship with the book.
const (
	Head       OfficeKind = "head"
	Deputy     OfficeKind = "deputy"
	Secretary  OfficeKind = "secretary"
	Treasurer  OfficeKind = "treasurer"
	Accountant OfficeKind = "accountant"
	Inspector  OfficeKind = "inspector"
	Member     OfficeKind = "board_member"
	Helper     OfficeKind = "helper"
	Honorary   OfficeKind = "honorary"
)

// OfficeKinds lists the kinds in the order in which forms offer them.
func OfficeKinds() []OfficeKind {
	return []OfficeKind{Head, Deputy, Secretary, Treasurer, Accountant, Inspector, Member, Helper, Honorary}
}

// reading is what every officer with full sight may read.
var reading = []Right{ReadFigures, ReadDeeds, ReadRoll, ReadFund, ReadOffice, ReadHistory}

// powers is what each kind of office grants, to the depth given beside it.
var powers = map[OfficeKind]struct {
	rights []Right
	depth  Depth
}{
	Head:       {append(slices.Clone(reading), KeepRoll, PostDeeds, Approve, CloseFund, KeepOffice, FileReports, ManageBody, TravelPapers), Below},
	Deputy:     {append(slices.Clone(reading), KeepRoll, PostDeeds, Approve, KeepOffice, FileReports), Below},
	Secretary:  {append(slices.Clone(reading), KeepRoll, PostDeeds, KeepOffice, FileReports, ManageBody, TravelPapers), Below},
	Treasurer:  {append(slices.Clone(reading), PostDeeds, KeepFund, CloseFund), Below},
	Accountant: {append(slices.Clone(reading), PostDeeds, KeepFund), Below},
	Inspector:  {reading, Below},
	Member:     {[]Right{ReadFigures, ReadDeeds}, Below},
	Helper:     {[]Right{ReadFigures, ReadDeeds, ReadRoll, KeepRoll, PostDeeds}, Below},
	Honorary:   {[]Right{ReadFigures}, Below},
}

// GrantsOf gives what holding an office of this kind at a body grants.
func GrantsOf(kind OfficeKind, at body.ID) []Grant {
	power := powers[kind]
	grants := make([]Grant, len(power.rights))
	for i, r := range power.rights {
		grants[i] = Grant{Right: r, Body: at, Depth: power.depth}
	}
	return grants
}

// Reading keeps of some grants those by which nothing is written.
func Reading(grants []Grant) []Grant {
	return slices.DeleteFunc(slices.Clone(grants), func(g Grant) bool { return !slices.Contains(reading, g.Right) })
}

// Actor is who asks, with the rights of this instant. The zero Actor is a
// stranger who may nothing.
type Actor struct {
	Account  int64
	Person   int64
	Name     string
	Lang     string
	Home     body.ID // the organisation worked for; 0: the one that opened the book
	Grants   []Grant
	Tree     *body.Tree   // today's organisational tree
	Today    calendar.Day // the day on which the rights are judged
	Operator bool
}

// Operator is whoever runs commands on the machine that holds the book.
func Operator(name string) Actor {
	return Actor{Name: name, Operator: true}
}

// May tells whether the actor has a right on a body: nil, or the refusal.
func (a Actor) May(r Right, on body.ID) error {
	if a.Can(r, on) {
		return nil
	}
	return fault.Forbid("access.forbidden." + string(r))
}

// Can tells whether the actor has a right on a body.
func (a Actor) Can(r Right, on body.ID) bool {
	if a.Operator {
		return true
	}
	for _, g := range a.Grants {
		if g.Right != r {
			continue
		}
		if g.Body == on || g.Depth == Below && a.Tree != nil && a.Tree.Belongs(on, g.Body, a.Today) {
			return true
		}
	}
	return false
}

// Homes lists the organisations in which the actor has rights, each once, in the
// order of the offices that give them.
func (a Actor) Homes() []body.ID {
	var homes []body.ID
	for _, g := range a.Grants {
		home := g.Body
		if a.Tree != nil {
			home = a.Tree.Top(g.Body, a.Today)
		}
		if !slices.Contains(homes, home) {
			homes = append(homes, home)
		}
	}
	return homes
}

// Somewhere tells whether the actor has a right on any body at all.
func (a Actor) Somewhere(r Right) bool {
	return a.Operator || slices.ContainsFunc(a.Grants, func(g Grant) bool { return g.Right == r })
}

// Reach is the set of bodies on which an actor has a right.
type Reach struct {
	All    bool // every body of the book
	Bodies []body.ID
}

// Has tells whether a body is within reach.
func (r Reach) Has(id body.ID) bool { return r.All || slices.Contains(r.Bodies, id) }

// Reach lists the bodies on which the actor has a right, those of which Can says
// so. whole is the body under which everything in the book stands, 0 when several
// organisations share it. A body that was dissolved stays within reach of the one it stood under last;
// one that went over to another is the other's.
func (a Actor) Reach(r Right, whole body.ID) Reach {
	if a.Operator {
		return Reach{All: true}
	}
	seen := map[body.ID]bool{}
	var bodies []body.ID
	add := func(id body.ID) {
		if !seen[id] {
			seen[id] = true
			bodies = append(bodies, id)
		}
	}
	for _, g := range a.Grants {
		if g.Right != r {
			continue
		}
		if whole != 0 && g.Body == whole && g.Depth == Below {
			return Reach{All: true}
		}
		add(g.Body)
		if g.Depth == Below && a.Tree != nil {
			for _, id := range a.Tree.EverBelow(g.Body) {
				if a.Tree.Belongs(id, g.Body, a.Today) {
					add(id)
				}
			}
		}
	}
	return Reach{Bodies: bodies}
}
