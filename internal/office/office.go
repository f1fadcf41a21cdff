// Package office keeps what a secretary keeps beside the deeds: the register of
// incoming and outgoing papers, meetings with who came, resolutions as tasks,
// and what is handed over when an officer changes. The register follows the
// custom of Vietnamese offices: papers that arrive are numbered as they arrive,
// papers that leave are numbered by kind, each year from one; a number once
// given is never given again, and what was wrong is made void, not deleted.
package office

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// PaperID identifies a paper of the register for ever.
type PaperID int64

// Way says whether a paper came or went.
type Way string

// The ways.
const (
	In  Way = "in"
	Out Way = "out"
)

// Urgency says how fast a paper must travel.
type Urgency string

// The degrees of urgency; most papers have none.
const (
	Ordinary Urgency = ""
	Urgent   Urgency = "urgent"
	Express  Urgency = "express"
)

// Urgencies lists the degrees in the order in which forms offer them.
func Urgencies() []Urgency { return []Urgency{Ordinary, Urgent, Express} }

// File is a kept file of a paper, found in the archive by its digest.
type File struct {
	Digest string `json:"digest"`
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

// Paper is one line of the register.
type Paper struct {
	ID       PaperID       `json:"id"`
	Body     body.ID       `json:"body"` // whose register
	Way      Way           `json:"way"`
	Kind     string        `json:"kind"` // code of a PaperKind
	Series   string        `json:"series"`
	Year     int           `json:"year"`
	Number   int64         `json:"number"`          // of arrival, or in the series of the kind
	Tail     string        `json:"tail,omitempty"`  // behind the number of one that went: "BC-BLL"
	Typed    bool          `json:"typed,omitempty"` // the number was given by hand
	Day      calendar.Day  `json:"day"`             // on which it arrived, or is dated
	From     string        `json:"from,omitempty"`  // who sent one that came
	Theirs   string        `json:"theirs,omitempty"`
	Dated    calendar.Date `json:"dated"` // of one that came, by its sender
	To       []string      `json:"to,omitempty"`
	Signer   string        `json:"signer,omitempty"`
	Urgency  Urgency       `json:"urgency,omitempty"`
	Subject  string        `json:"subject"`
	Deadline calendar.Day  `json:"deadline,omitempty"` // 0: none
	Handler  person.ID     `json:"handler,omitempty"`
	Handled  string        `json:"handled,omitempty"`  // name of a handler outside the book
	Answers  PaperID       `json:"answers,omitempty"`  // the one that came to which this one replies
	Answered PaperID       `json:"answered,omitempty"` // the one that went in reply
	Settled  calendar.Day  `json:"settled,omitempty"`  // on which it was dealt with; 0: not yet
	Outcome  string        `json:"outcome,omitempty"`  // how, where no paper answered
	Files    []File        `json:"files,omitempty"`
	Made     string        `json:"made,omitempty"` // what of the book it was made from: "report/17"
	Note     string        `json:"note,omitempty"`
	Void     bool          `json:"void,omitempty"`
	Reason   string        `json:"reason,omitempty"` // why it is void
	Recorded int64         `json:"recorded"`         // Unix milliseconds
	Recorder person.ID     `json:"recorder,omitempty"`
	Revision int64         `json:"revision"`
}

// Awaits tells whether a paper that came still has to be answered or dealt
// with. Without a deadline it came for information.
func (p Paper) Awaits() bool { return p.Way == In && p.Deadline != 0 && p.Settled == 0 && !p.Void }

// Late tells whether a deadline has passed unheeded.
func (p Paper) Late(today calendar.Day) bool { return p.Awaits() && p.Deadline < today }

// Check tells what does not make sense in a paper by itself.
func (p Paper) Check(today calendar.Day) error {
	var found []error
	if p.Body == 0 {
		found = append(found, fault.Field("body", "paper.body.missing"))
	}
	if strings.TrimSpace(p.Subject) == "" {
		found = append(found, fault.Field("subject", "paper.subject.missing"))
	}
	if len([]rune(p.Subject)) > 1000 {
		found = append(found, fault.Field("subject", "paper.subject.long"))
	}
	if p.Day > today {
		found = append(found, fault.Field("day", "paper.day.future"))
	}
	if p.Way == In && p.From == "" {
		found = append(found, fault.Field("from", "paper.from.missing"))
	}
	if first, ok := p.Dated.First(); ok && p.Way == In && first > p.Day {
		found = append(found, fault.Field("dated", "paper.dated.late"))
	}
	if p.Deadline != 0 && p.Deadline < p.Day {
		found = append(found, fault.Field("deadline", "paper.deadline.early"))
	}
	if _, known := KindOf(p.Kind); !known {
		found = append(found, fault.Field("kind", "paper.kind.unknown"))
	}
	return fault.Gather(found...)
}

// Tx is what the register needs of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	NextNumber(ctx context.Context, of body.ID, series string, year int) (int64, error)
	RaiseNumber(ctx context.Context, of body.ID, series string, year int, to int64) error
	Setting(ctx context.Context, of body.ID, name string) (string, error)
	Paper(ctx context.Context, id PaperID) (Paper, error)
	PaperNumbered(ctx context.Context, of body.ID, series string, year int, number int64) (Paper, error)
	PaperMade(ctx context.Context, of body.ID, made string) (Paper, error)
	InsertPaper(ctx context.Context, p Paper) error
	UpdatePaper(ctx context.Context, p Paper) error
}

// may asks for the right to keep the office of a body.
func may(by access.Actor, on body.ID) error { return by.May(access.KeepOffice, on) }

// without gives a list of files without one.
func without(files []File, digest string) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return f.Digest == digest })
}
