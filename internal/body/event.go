package body

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// EventKind says what became of bodies.
type EventKind string

// The kinds of event.
const (
	Renaming   EventKind = "rename"
	Merging    EventKind = "merge"
	Splitting  EventKind = "split"
	Moving     EventKind = "move"
	Levelling  EventKind = "level"
	Ending     EventKind = "end"
	Refounding EventKind = "refound"
)

// EventKinds lists the kinds in the order in which forms offer them.
func EventKinds() []EventKind {
	return []EventKind{Renaming, Merging, Splitting, Moving, Levelling, Ending, Refounding}
}

// Paper is the decision by which something became so. Nothing of it need be
// known: to record after the fact always works.
type Paper struct {
	Number string        `json:"number,omitempty"`
	Date   calendar.Date `json:"date"`
	Issuer string        `json:"issuer,omitempty"`
	Title  string        `json:"title,omitempty"`
}

// IsZero says that nothing of a paper is known.
func (p Paper) IsZero() bool { return p == Paper{} }

// Share is how much of a body went over to an heir, exactly; the zero Share is
// not known, and is never guessed.
type Share struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// Whole is the share of an only heir.
func Whole() Share { return Share{1, 1} }

// Known says that a share is known.
func (s Share) Known() bool { return s.Den > 0 }

// Times is the share of a share; it is known only when both are.
func (s Share) Times(o Share) Share {
	if !s.Known() || !o.Known() {
		return Share{}
	}
	return Share{s.Num * o.Num, s.Den * o.Den}.reduced()
}

// Plus adds two shares of the same thing; the sum is known only when both are.
func (s Share) Plus(o Share) Share {
	if !s.Known() || !o.Known() {
		return Share{}
	}
	return Share{s.Num*o.Den + o.Num*s.Den, s.Den * o.Den}.reduced()
}

// Over says that a share is more than the whole.
func (s Share) Over() bool { return s.Num > s.Den }

func (s Share) reduced() Share {
	a, b := s.Num, s.Den
	for b != 0 {
		a, b = b, a%b
	}
	if a > 1 {
		return Share{s.Num / a, s.Den / a}
	}
	return s
}

// Succession leads from a body to what it became. From and To are the same
// where a body went on; To is 0 where one ended without an heir.
type Succession struct {
	From  ID    `json:"from,omitempty"`
	To    ID    `json:"to,omitempty"`
	Share Share `json:"share"`
}

// Event says what became of bodies on a day, by which decision. It is never
// changed: it stands, or it has been undone.
type Event struct {
	ID       int64        `json:"id"`
	Kind     EventKind    `json:"kind"`
	Day      calendar.Day `json:"day"` // the first day of the new state
	Paper    Paper        `json:"paper"`
	Edges    []Succession `json:"edges"`
	Note     string       `json:"note,omitempty"`
	Source   string       `json:"source,omitempty"` // where the book has it from
	Job      int64        `json:"job,omitempty"`
	Recorded int64        `json:"recorded"` // Unix milliseconds
	Recorder int64        `json:"recorder,omitempty"`
	Undone   int64        `json:"undone,omitempty"` // Unix milliseconds; 0: it stands
	Reason   string       `json:"reason,omitempty"` // why it was undone

	// Marks is what the event did to each body. They are read when an event is
	// asked for by itself, and are not kept in memory.
	Marks []Mark `json:"marks,omitempty"`
}

// Mark is one body as it was before an event and as the event left it.
type Mark struct {
	Body   ID    `json:"body"`
	Made   bool  `json:"made,omitempty"` // it did not exist before
	Before State `json:"before"`
	After  State `json:"after"`
}

// State is all of a body that an event may change.
type State struct {
	Kind    Kind           `json:"kind,omitempty"`
	Names   []Name         `json:"names,omitempty"`
	Founded calendar.Date  `json:"founded"`
	Ended   calendar.Date  `json:"ended"`
	Levels  []Standing     `json:"levels,omitempty"`
	Codes   []OfficialCode `json:"codes,omitempty"`
	Parents []Edge         `json:"parents,omitempty"`
}

// Bodies lists every body an event names, each once.
func (e Event) Bodies() []ID {
	var all []ID
	add := func(id ID) {
		if id != 0 && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	for _, s := range e.Edges {
		add(s.From)
		add(s.To)
	}
	return all
}

// Ends says whether a body ended by the event: it gave and did not go on.
func (e Event) Ends(id ID) bool {
	gave := false
	for _, s := range e.Edges {
		if s.To == id {
			return false
		}
		gave = gave || s.From == id
	}
	return gave && e.Kind.divides()
}

// Begins says whether a body began by the event: it received and was not before.
func (e Event) Begins(id ID) bool {
	received := false
	for _, s := range e.Edges {
		if s.From == id {
			return false
		}
		received = received || s.To == id
	}
	return received && e.Kind.divides()
}

// divides says whether bodies begin or end by events of this kind.
func (k EventKind) divides() bool {
	return k == Merging || k == Splitting || k == Ending || k == Refounding
}

// Check tells what does not make sense in an event by itself.
func (e Event) Check() error {
	var found []error
	if !slices.Contains(EventKinds(), e.Kind) {
		found = append(found, fault.Field("kind", "event.kind.unknown"))
	}
	if len(e.Edges) == 0 {
		found = append(found, fault.Refuse("event.nobody"))
	}
	given := map[ID]Share{}
	seen := map[Succession]bool{}
	for _, s := range e.Edges {
		pair := Succession{From: s.From, To: s.To}
		if seen[pair] {
			found = append(found, fault.Field("share", "event.twice"))
		}
		seen[pair] = true
		if s.Share.Num < 0 || s.Share.Den < 0 || s.Share.Over() {
			found = append(found, fault.Field("share", "event.share.form"))
		}
		if !s.Share.Known() || s.From == 0 {
			continue
		}
		sum := s.Share
		if was, ok := given[s.From]; ok {
			sum = was.Plus(s.Share)
		}
		if sum.Over() {
			found = append(found, fault.Field("share", "event.share.over"))
		}
		given[s.From] = sum
	}
	return fault.Gather(found...)
}

// ReadShare reads a share as people write it: 1/3, 40%, 0,25. Nothing is a share
// that is not known.
func ReadShare(typed string) (Share, error) {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), " ", "")
	if typed == "" {
		return Share{}, nil
	}
	refused := fault.Field("share", "event.share.form")
	den := int64(1)
	if cut, percent := strings.CutSuffix(typed, "%"); percent {
		typed, den = cut, 100
	}
	whole, under, fraction := strings.Cut(typed, "/")
	if fraction {
		n, err := strconv.ParseInt(under, 10, 32)
		if err != nil || n <= 0 {
			return Share{}, refused
		}
		den *= n
	}
	digits, decimals, pointed := strings.Cut(strings.ReplaceAll(whole, ",", "."), ".")
	if pointed {
		if len(decimals) > 6 {
			return Share{}, refused
		}
		for range decimals {
			den *= 10
		}
	}
	num, err := strconv.ParseInt(digits+decimals, 10, 32)
	if err != nil || num < 0 {
		return Share{}, refused
	}
	s := Share{num, den}.reduced()
	if s.Num == 0 {
		s.Den = 1
	}
	if s.Over() {
		return Share{}, refused
	}
	return s, nil
}
