// Package fault holds the few ways in which a request may fail for a reason the
// person asking should hear: what kind of refusal it is, which field it
// concerns, and the key of the sentence that says it in the reader's language.
// Every other error is the program's own trouble and is logged, not shown.
package fault

import (
	"errors"
	"strings"
)

// Kind says what sort of refusal a fault is; doors map it once to an exit
// status or an HTTP status.
type Kind uint8

// The closed set of kinds.
const (
	Internal  Kind = iota // not a fault at all: trouble of the program
	Invalid               // what was given makes no sense or breaks a rule
	NotFound              // the thing asked for is not in the book
	Forbidden             // the actor may not do or see this
	Stale                 // the record changed since the actor read it
	Busy                  // cannot be done now, may be tried again
)

// Fault is one refusal.
type Fault struct {
	Kind  Kind
	Field string // name of the input it stands beside; empty for the whole
	Key   string // key of the sentence in the catalogue
	Args  []any  // what the sentence is filled with
}

// Saying is an argument that is said in each language by its own name: a stage, a
// criterion, a body.
type Saying func(lang string) string

// Error gives the fault for logs; people read the catalogue's sentence.
func (f *Fault) Error() string {
	if f.Field == "" {
		return f.Key
	}
	return f.Field + ": " + f.Key
}

// Field refuses one input.
func Field(field, key string, args ...any) error {
	return &Fault{Kind: Invalid, Field: field, Key: key, Args: args}
}

// Refuse refuses the whole request as against a rule.
func Refuse(key string, args ...any) error {
	return &Fault{Kind: Invalid, Key: key, Args: args}
}

// Missing says that what was asked for is not in the book.
func Missing(key string, args ...any) error {
	return &Fault{Kind: NotFound, Key: key, Args: args}
}

// Forbid says that the actor may not do this.
func Forbid(key string, args ...any) error {
	return &Fault{Kind: Forbidden, Key: key, Args: args}
}

// Outdated says that the record changed since it was read.
func Outdated(key string, args ...any) error {
	return &Fault{Kind: Stale, Key: key, Args: args}
}

// List is several faults of one request, in the order of its fields.
type List []*Fault

// Error gives every fault for logs.
func (l List) Error() string {
	said := make([]string, len(l))
	for i, f := range l {
		said[i] = f.Error()
	}
	return strings.Join(said, "; ")
}

// Gather joins the faults found in one request: nil when there are none, the
// first other error as it stands when there is one.
func Gather(found ...error) error {
	var all List
	for _, err := range found {
		if err == nil {
			continue
		}
		faults := All(err)
		if faults == nil {
			return err
		}
		all = append(all, faults...)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// All lists the faults inside an error, or nil when it is not a refusal.
func All(err error) []*Fault {
	if err == nil {
		return nil
	}
	var list List
	if errors.As(err, &list) {
		return list
	}
	var one *Fault
	if errors.As(err, &one) {
		return []*Fault{one}
	}
	return nil
}

// KindOf gives the kind of an error; of several faults, that of the first.
func KindOf(err error) Kind {
	if faults := All(err); len(faults) > 0 {
		return faults[0].Kind
	}
	return Internal
}
