package lineage

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// What is one sort of thing that an ended body may leave.
type What string

// What ended bodies leave, in the order in which it is settled.
const (
	Children What = "children" // bodies that still stand under it
	Offices  What = "offices"  // held without an end
	Members  What = "members"
	Ties     What = "ties"
	Plans    What = "plans" // deeds that were planned
	Tasks    What = "tasks"
	Goods    What = "goods"
	Money    What = "money"
	Deeds    What = "deeds"   // dated after its end
	Entries  What = "entries" // of its fund, dated after its end
)

// Whats lists all of them in their order.
func Whats() []What {
	return []What{Children, Offices, Members, Ties, Plans, Tasks, Goods, Money, Deeds, Entries}
}

// Left is what an ended body left of one sort.
type Left struct {
	Body    body.ID        `json:"body"`
	What    What           `json:"what"`
	Count   int            `json:"count"`
	Amounts []money.Amount `json:"amounts,omitempty"` // of money
	Goods   []fund.Good    `json:"goods,omitempty"`
}

// Way is how something is settled.
type Way string

// The ways: handed to an heir, or closed with the body that left it.
const (
	Hand  Way = "hand"
	Close Way = "close"
)

// Ways lists how a sort of thing can be settled. What has been done and money
// that was spent stays; what is not empty cannot be closed by a stroke.
func (w What) Ways() []Way {
	switch w {
	case Money, Goods, Ties:
		return []Way{Hand}
	case Offices:
		return []Way{Close}
	case Entries:
		return []Way{Close}
	}
	return []Way{Hand, Close}
}

// Settlement is one recorded act by which something left was settled.
type Settlement struct {
	ID       int64        `json:"id"`
	Body     body.ID      `json:"body"`
	Heir     body.ID      `json:"heir,omitempty"`
	What     What         `json:"what"`
	Way      Way          `json:"way"`
	Day      calendar.Day `json:"day"`
	Paper    body.Paper   `json:"paper"`
	Note     string       `json:"note,omitempty"`
	Count    int          `json:"count"`
	Made     []int64      `json:"made,omitempty"` // entries of funds that it wrote
	Recorded int64        `json:"recorded"`
	Recorder person.ID    `json:"recorder,omitempty"`
}

// Remains is all that one ended body left.
type Remains struct {
	Body body.Body
	Left []Left
}

// Source counts what ended bodies left of one sort, by body. A subject that can
// leave something has one.
type Source func(ctx context.Context) ([]Left, error)
