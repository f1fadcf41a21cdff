package deed

import "slices"

// Shape says how a deed of a kind is asked for.
type Shape string

// The shapes.
const (
	Single    Shape = "single"    // somebody receives, gives or leads
	Table     Shape = "table"     // many receivers, each with a share
	Gathering Shape = "gathering" // many come together
)

// Shape gives how deeds of the kind are asked for.
func (k Kind) Shape() Shape {
	switch {
	case k.Repeats:
		return Table
	case k.Meeting, k.First() == Participant:
		return Gathering
	}
	return Single
}

// First is the role asked for first: the receiver, unless the kind says other.
func (k Kind) First() Role {
	if len(k.Roles) == 0 {
		return Receiver
	}
	return k.Roles[0]
}

// Second is the role asked for besides, or none.
func (k Kind) Second() Role {
	if len(k.Roles) < 2 {
		return ""
	}
	return k.Roles[1]
}

// Counts is the unit that the form asks a number of: people who came together,
// or whatever the kind counts first.
func (k Kind) Counts() Unit {
	if k.First() != Receiver && k.First() != Giver && slices.Contains(k.Units, Persons) {
		return Persons
	}
	for _, u := range k.Units {
		if u == Acts || u == Persons || u == Families {
			return u
		}
	}
	return Acts
}

// Propose gives the counts a deed of the kind has by itself, when so many were
// named and so many stated; stated below nought means that nobody stated any.
// A deed counts an act for each receiver, but a gathering is one act however
// many come.
func (k Kind) Propose(named, stated int64) []Line {
	n := stated
	if n < 0 {
		n = named
	}
	counts := k.Counts()
	var lines []Line
	if slices.Contains(k.Units, Acts) && counts != Acts {
		lines = append(lines, Line{Unit: Acts, Quantity: 1})
	}
	if stated < 0 && n == 0 && counts != Persons || stated < 0 && n == 0 && k.Repeats {
		n = 1
	}
	if n > 0 {
		lines = append(lines, Line{Unit: counts, Quantity: n})
	}
	return lines
}
