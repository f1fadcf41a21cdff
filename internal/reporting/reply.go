package reporting

import (
	"maps"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/source"
)

// Status says how far a unit's reply is.
type Status string

// The statuses of a reply. One that was sent back does not count until it is
// sent again.
const (
	Sent     Status = "sent"
	Approved Status = "approved"
	Returned Status = "returned"
)

// Way says how a reply came in.
type Way string

// The ways.
const (
	ByLink  Way = "link"   // on a telephone, by the unit's own address
	Inside  Way = "inside" // by somebody signed in
	BySheet Way = "sheet"  // a row of a workbook
)

// Reply is what one unit last sent for a period.
type Reply struct {
	Form    ID
	Period  calendar.Day // the first day of the period
	Unit    body.ID
	N       int64 // 2 of "sent for the second time"
	Version int64 // of the form that was answered
	Status  Status
	At      int64        // Unix milliseconds: when it was sent
	First   calendar.Day // on which it was sent for the first time
	Late    bool         // that day was after the last one in time
	By      string       // who filled it in, as they said
	Phone   string
	Way     Way
	Answers Answers
	Deeds   map[string]deed.ID // that its answers became, by kind
	Judge   string             // who approved it or sent it back
	Judged  int64              // Unix milliseconds
	Reason  string             // why it was sent back
}

// Counts tells whether the reply's figures count.
func (r Reply) Counts() bool { return r.Status == Sent || r.Status == Approved }

// Told is the reply as the history keeps it: the answers stand in the rows of
// each sending, which are never changed, and are told here by their digest.
type Told struct {
	Period string             `json:"period"`
	N      int64              `json:"n"`
	Status Status             `json:"status"`
	Late   bool               `json:"late,omitempty"`
	By     string             `json:"by,omitempty"`
	Way    Way                `json:"way"`
	Digest string             `json:"digest"`
	Deeds  map[string]deed.ID `json:"deeds,omitempty"`
	Reason string             `json:"reason,omitempty"`
}

// Whole is the number under which the state of replies is counted, beside the
// numbers of questions.
const Whole int64 = 0

// Share is what one reply adds to the figures of a body above its unit.
type Share struct {
	Question int64
	Qty      int64
	Counts   deed.Counts
}

// Tale is how the replies of the units below a body stand.
type Tale struct {
	Expected int64 // how many must send
	Sent     int64 // sent or approved
	Late     int64 // of those, after the last day
	Approved int64
	Returned int64 // sent back and not yet sent again
}

// Missing is how many have not sent, those whose reply was sent back among them.
func (t Tale) Missing() int64 { return max(0, t.Expected-t.Sent) }

// Permille is how complete it is in thousandths; nought of nought is none.
func (t Tale) Permille() (int64, bool) {
	if t.Expected == 0 {
		return 0, false
	}
	return t.Sent * 1000 / t.Expected, true
}

// Add adds what stands below another body.
func (t Tale) Add(o Tale) Tale {
	return Tale{t.Expected + o.Expected, t.Sent + o.Sent, t.Late + o.Late, t.Approved + o.Approved, t.Returned + o.Returned}
}

// Tally is how one reply counts in the tale above it.
func (r Reply) Tally() Tale {
	var t Tale
	switch r.Status {
	case Approved:
		t.Approved, t.Sent = 1, 1
	case Sent:
		t.Sent = 1
	case Returned:
		t.Returned = 1
	}
	if r.Late && t.Sent == 1 {
		t.Late = 1
	}
	return t
}

// Shares lists what the reply adds above its unit.
func (r Reply) Shares() []Share {
	if !r.Counts() {
		return nil
	}
	all := make([]Share, 0, len(r.Answers.Figures))
	for _, n := range slices.Sorted(maps.Keys(r.Answers.Figures)) {
		f := r.Answers.Figures[n]
		all = append(all, Share{n, f.Qty, deed.CountOf(f.Qualifier)})
	}
	return all
}

// Roster is who must send for a period, and how many of them stand below each body.
type Roster struct {
	Units []body.ID // in the order of their ids
	Below map[body.ID]int64
}

// NewRoster counts units below everybody above them on a day.
func NewRoster(units []body.ID, tree *body.Tree, on calendar.Day) *Roster {
	units = slices.Clone(units)
	slices.Sort(units)
	r := &Roster{Units: slices.Compact(units), Below: map[body.ID]int64{}}
	for _, u := range r.Units {
		for _, above := range tree.Ancestors(u, on) {
			r.Below[above]++
		}
	}
	return r
}

// Has tells whether a body must send.
func (r *Roster) Has(id body.ID) bool {
	_, found := slices.BinarySearch(r.Units, id)
	return found
}

// Under lists the units that must send and stand below a body, or are it.
func (r *Roster) Under(at body.ID, tree *body.Tree, on calendar.Day) []body.ID {
	if at == 0 {
		return r.Units
	}
	return slices.DeleteFunc(slices.Clone(r.Units), func(u body.ID) bool { return u != at && !tree.Under(u, at, on) })
}

// deedsOf makes of a reply the deeds that its answers say were done: one for
// each kind, with a line for each answer above nought, and the reply as source.
func (f Form) deedsOf(r Reply, p calendar.Period) map[string]deed.Deed {
	all := map[string]deed.Deed{}
	for _, q := range f.Questions {
		m, feeds := q.Measure()
		n, given := r.Answers.Figures[q.N]
		if !feeds || !given || n.Qty == 0 {
			continue
		}
		d, begun := all[m.Kind]
		if !begun {
			d = deed.Deed{
				Body: r.Unit, Kind: m.Kind, Status: deed.Done, Day: p.Date(),
				Source: source.Source{Kind: source.Form, Title: f.Names.In("vi"), Where: f.Code + " " + f.Every.Code(p)},
			}
		}
		d.Lines = append(d.Lines, deed.Line{Unit: m.Unit, Stage: m.Stage, Currency: m.Currency, Quantity: n.Qty, Qualifier: n.Qualifier})
		all[m.Kind] = d
	}
	return all
}

// Pair is one unit's reply for a period and for the one a year earlier.
type Pair struct{ Now, Then map[int64]Figure }

// Like adds up a question over the units that reported both times, so that
// neither who came nor who went makes a difference.
func Like(pairs map[body.ID]Pair, question int64) (now, then Share, units int64) {
	for _, p := range pairs {
		a, one := p.Now[question]
		b, two := p.Then[question]
		if !one || !two {
			continue
		}
		units++
		now.Qty, now.Counts = now.Qty+a.Qty, now.Counts.Add(deed.CountOf(a.Qualifier))
		then.Qty, then.Counts = then.Qty+b.Qty, then.Counts.Add(deed.CountOf(b.Qualifier))
	}
	now.Question, then.Question = question, question
	return now, then, units
}
