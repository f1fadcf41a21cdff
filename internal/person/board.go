package person

import (
	"kith.app/internal/calendar"
)

// Seats is one office of a board with those who hold it on a day.
type Seats struct {
	Office  Office
	Holders []Holder
	Vacant  int
}

// Holder is who sits on a seat.
type Holder struct {
	Holding
	Name    string
	Dead    bool
	Overrun bool // the term decided has ended, the office goes on
}

// Board is who sits on the seats of a body on a day.
type Board struct {
	On      calendar.Day
	Seats   []Seats
	Total   int // seats
	Held    int
	Vacant  int
	Overrun int
}

// BoardOn puts the holders in force on a day on the seats of the offices that
// there were on that day, in the order of the offices.
func BoardOn(offices []Office, holders []Holder, on calendar.Day) Board {
	board := Board{On: on}
	for _, o := range offices {
		if on < o.Since || o.Until < on {
			continue
		}
		seats := Seats{Office: o}
		for _, h := range holders {
			if h.Office != o.ID || !h.InForce(on) {
				continue
			}
			planned, decided := h.PlannedEnd.Last()
			h.Overrun = decided && planned < on
			if h.Overrun {
				board.Overrun++
			}
			seats.Holders = append(seats.Holders, h)
		}
		seats.Vacant = max(0, o.Seats-len(seats.Holders))
		board.Total += o.Seats
		board.Held += len(seats.Holders)
		board.Vacant += seats.Vacant
		board.Seats = append(board.Seats, seats)
	}
	return board
}
