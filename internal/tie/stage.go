package tie

import (
	"cmp"
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/source"
)

// StageKind says what a stage of a tie is.
type StageKind string

// The stages in the life of a tie.
const (
	Contact    StageKind = "contact"    // first letters, first visits
	Friendly   StageKind = "friendly"   // friendship on the way to a twinning
	Resolution StageKind = "resolution" // a council or a committee decides
	Signature  StageKind = "signature"  // of one side, or of both
	InEffect   StageKind = "effect"
	Renewal    StageKind = "renewal"
	Pause      StageKind = "pause"
	Resumption StageKind = "resumption"
	Notice     StageKind = "notice" // one side says that it will not go on
	End        StageKind = "end"
)

// StageKinds lists the kinds in the order in which forms offer them.
func StageKinds() []StageKind {
	return []StageKind{Contact, Friendly, Resolution, Signature, InEffect, Renewal, Pause, Resumption, Notice, End}
}

// Claim is a date that somebody gives for a stage, with where it is said.
type Claim struct {
	Date   calendar.Date `json:"date"`
	Source source.Source `json:"source,omitzero"`
}

// Stage is one dated step in the life of a tie. Where sources give different
// dates, one is held true and the others are kept beside it.
type Stage struct {
	ID     int64         `json:"id"`
	Kind   StageKind     `json:"kind"`
	Side   int           `json:"side,omitempty"` // whose signature or resolution; 0 of all
	Date   calendar.Date `json:"date"`           // held true
	Source source.Source `json:"source,omitzero"`
	Others []Claim       `json:"others,omitempty"` // what others say
	Why    string        `json:"why,omitempty"`    // why this date is held true
	Paper  Paper         `json:"paper,omitzero"`
	Place  string        `json:"place,omitempty"`
	Until  calendar.Date `json:"until"`            // of a renewal: the new expiry
	Reason string        `json:"reason,omitempty"` // of a pause or an end
	Note   string        `json:"note,omitempty"`
}

// Contested tells whether sources disagree on the date.
func (s Stage) Contested() bool {
	return slices.ContainsFunc(s.Others, func(c Claim) bool { return c.Date != s.Date })
}

// Check tells what does not make sense in a stage by itself.
func (s Stage) Check(sides int) error {
	var found []error
	if !slices.Contains(StageKinds(), s.Kind) {
		found = append(found, fault.Field("stage", "tie.stage.unknown"))
	}
	if s.Side < 0 || s.Side > sides {
		found = append(found, fault.Field("side", "tie.stage.side"))
	}
	if (s.Kind == End || s.Kind == Pause) && s.Reason == "" {
		found = append(found, fault.Field("reason", "tie.stage.reason"))
	}
	if first, ok := s.Date.First(); ok {
		if last, known := s.Until.Last(); known && last < first {
			found = append(found, fault.Field("until", "tie.expiry.early"))
		}
	}
	return fault.Gather(found...)
}

// by orders stages in time; those without a date come first, as of old.
func by(a, b Stage) int {
	return cmp.Or(
		cmp.Compare(a.Date.FirstOr(calendar.Earliest), b.Date.FirstOr(calendar.Earliest)),
		cmp.Compare(slices.Index(StageKinds(), a.Kind), slices.Index(StageKinds(), b.Kind)),
		cmp.Compare(a.ID, b.ID),
	)
}

// InOrder gives the stages of a tie in the order of time.
func (t Tie) InOrder() []Stage {
	all := slices.Clone(t.Stages)
	slices.SortStableFunc(all, by)
	return all
}

// Stage finds one stage.
func (t Tie) Stage(id int64) (Stage, bool) {
	i := slices.IndexFunc(t.Stages, func(s Stage) bool { return s.ID == id })
	if i < 0 {
		return Stage{}, false
	}
	return t.Stages[i], true
}

// Signed gives the date on which the tie was first signed: of its first
// signature, or from which it is said to be in effect. Unknown when nothing
// says so.
func (t Tie) Signed() calendar.Date {
	for _, kinds := range [][]StageKind{{Signature}, {InEffect}} {
		for _, s := range t.InOrder() {
			if slices.Contains(kinds, s.Kind) && !s.Date.IsUnknown() {
				return s.Date
			}
		}
	}
	return t.Effect
}

// Contested lists the stages on whose date sources disagree.
func (t Tie) Contested() []Stage {
	return slices.DeleteFunc(t.InOrder(), func(s Stage) bool { return !s.Contested() })
}

// holdTrue makes another claimed date the one that is held true; the one before
// stays among the others.
func (s Stage) holdTrue(n int, why string) (Stage, error) {
	if n < 0 || n >= len(s.Others) {
		return s, fault.Field("claim", "tie.claim.missing")
	}
	chosen := s.Others[n]
	others := slices.Delete(slices.Clone(s.Others), n, n+1)
	s.Others = append(others, Claim{Date: s.Date, Source: s.Source})
	s.Date, s.Source, s.Why = chosen.Date, chosen.Source, why
	return s, nil
}
