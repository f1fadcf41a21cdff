package tie

import (
	"cmp"
	"slices"

	"kith.app/internal/calendar"
)

// Status says how a tie stands on a day. It is computed, never stored.
type Status string

// The statuses. A tie on which the book has no dated contact at all is Unheard:
// whether it is quiet nobody can say.
const (
	Proposed Status = "proposed" // under way, not signed
	Active   Status = "active"
	Quiet    Status = "quiet"    // no contact for a while
	Dormant  Status = "dormant"  // none for very long
	Unheard  Status = "unheard"  // no contact is recorded
	Expiring Status = "expiring" // its term ends soon
	Expired  Status = "expired"
	Paused   Status = "paused"
	Ended    Status = "ended"
)

// Statuses lists the statuses in the order in which lists offer them.
func Statuses() []Status {
	return []Status{Active, Quiet, Dormant, Unheard, Expiring, Expired, Proposed, Paused, Ended}
}

// Rule says after how long an organisation calls a tie quiet or dormant, and how
// long before its term it is expiring.
type Rule struct {
	QuietMonths    int `json:"quiet"`
	DormantMonths  int `json:"dormant"`
	ExpiringMonths int `json:"expiring"`
}

// UsualRule is the rule of an organisation that has set none: two years, five
// years, one year.
func UsualRule() Rule { return Rule{QuietMonths: 24, DormantMonths: 60, ExpiringMonths: 12} }

// Standing is how a tie stands on a day, and why.
type Standing struct {
	Status  Status        `json:"status"`
	Contact calendar.Date `json:"contact"`          // the last one until that day
	Days    int           `json:"days"`             // since then, at least; -1 when no contact is known
	Exact   bool          `json:"exact"`            // the day of the last contact is known
	Expiry  calendar.Date `json:"expiry"`           // of the term that runs on that day
	Since   calendar.Date `json:"since"`            // of an end or a pause
	Reason  string        `json:"reason,omitempty"` // of an end or a pause
}

// Row is a tie with how it stands on the day asked.
type Row struct {
	Tie
	Standing Standing      `json:"standing"`
	Origin   calendar.Date `json:"origin"` // of the first signing, through the ties it continues
	First    ID            `json:"first"`  // the tie that was signed then
}

// Stand computes how a tie stands on a day. contacts are the dates of the deeds
// done under it; its own stages are contacts too.
func (t Tie) Stand(day calendar.Day, contacts []calendar.Date, rule Rule) Standing {
	s := Standing{Days: -1, Expiry: t.ExpiryOn(day)}
	s.Contact = t.lastContact(day, contacts)
	if last, ok := s.Contact.Last(); ok {
		s.Days = int(day - min(last, day))
		_, s.Exact = s.Contact.Day()
	}
	if end, ok := t.latest(day, End); ok {
		s.Status, s.Since, s.Reason = Ended, end.Date, end.Reason
		return s
	}
	if pause, ok := t.latest(day, Pause); ok {
		if again, resumed := t.latest(day, Resumption); !resumed || by(again, pause) < 0 {
			s.Status, s.Since, s.Reason = Paused, pause.Date, pause.Reason
			return s
		}
	}
	s.Status = t.running(day, s, rule)
	return s
}

// running tells how a tie stands that has neither ended nor been paused.
func (t Tie) running(day calendar.Day, s Standing, rule Rule) Status {
	last, term := s.Expiry.Last()
	switch {
	case !t.signedBy(day):
		return Proposed
	case term && last < day:
		return Expired
	case term && !t.Renews && last < day.AddMonths(rule.ExpiringMonths):
		return Expiring
	case s.Days < 0:
		return Unheard
	}
	heard := s.Contact.LastOr(day)
	switch {
	case rule.DormantMonths > 0 && heard.AddMonths(rule.DormantMonths) < day:
		return Dormant
	case rule.QuietMonths > 0 && heard.AddMonths(rule.QuietMonths) < day:
		return Quiet
	}
	return Active
}

// Plain tells of a tie whose standing needs no more than its last own contact: it
// is signed, has neither term nor pause nor end, and all its stages lie in the past.
// heard is the last day of that contact, the earliest of all days where there is none.
func (t Tie) Plain(today calendar.Day) (heard calendar.Day, plain bool) {
	heard = calendar.Earliest
	if last, known := t.lastContact(today, nil).Last(); known {
		heard = last
	}
	for _, s := range t.Stages {
		if s.Kind == End || s.Kind == Pause || s.Kind == Renewal || s.Date.FirstOr(calendar.Earliest) > today || s.Date.LastOr(today) > today {
			return heard, false
		}
	}
	return heard, t.Expiry.IsUnknown() && len(t.Before) == 0 && t.signedBy(today)
}

// StandPlainly computes how a plain tie stands on a day not before the one on which
// it was found to be plain.
func StandPlainly(day, heard calendar.Day, rule Rule) (status Status, days int) {
	switch {
	case heard == calendar.Earliest:
		return Unheard, -1
	case rule.DormantMonths > 0 && heard.AddMonths(rule.DormantMonths) < day:
		status = Dormant
	case rule.QuietMonths > 0 && heard.AddMonths(rule.QuietMonths) < day:
		status = Quiet
	default:
		status = Active
	}
	return status, int(day - min(heard, day))
}

// signedBy tells whether a tie had been signed by a day. One of which no dated
// stage says otherwise is taken as the tie that it is called.
func (t Tie) signedBy(day calendar.Day) bool {
	binding := []StageKind{Signature, InEffect, Renewal}
	early := false
	for _, s := range t.Stages {
		if slices.Contains(binding, s.Kind) {
			if s.Date.FirstOr(calendar.Earliest) <= day {
				return true
			}
			early = true
		}
		early = early || s.Kind == Contact || s.Kind == Friendly || s.Kind == Resolution
	}
	return !early || !t.Effect.IsUnknown() && t.Effect.FirstOr(calendar.Earliest) <= day
}

// latest gives the last stage of a kind that had come by a day. One without a
// date has come.
func (t Tie) latest(day calendar.Day, kind StageKind) (Stage, bool) {
	for _, s := range slices.Backward(t.InOrder()) {
		if s.Kind == kind && s.Date.FirstOr(calendar.Earliest) <= day {
			return s, true
		}
	}
	return Stage{}, false
}

// lastContact gives the latest contact until a day.
func (t Tie) lastContact(day calendar.Day, contacts []calendar.Date) calendar.Date {
	var last calendar.Date
	see := func(d calendar.Date) {
		first, known := d.First()
		if _, ends := d.Last(); !known || !ends || first > day {
			return
		}
		if last.IsUnknown() || later(d, last) {
			last = d
		}
	}
	for _, s := range t.Stages {
		if s.Kind != End && s.Kind != Notice && s.Kind != Pause {
			see(s.Date)
		}
	}
	for _, d := range contacts {
		see(d)
	}
	return last
}

func later(a, b calendar.Date) bool {
	return cmp.Or(cmp.Compare(a.LastOr(0), b.LastOr(0)), cmp.Compare(a.FirstOr(0), b.FirstOr(0))) > 0
}

// ExpiryOn gives when the term that runs on a day ends: as signed, as a renewal
// says, or, for a tie that renews itself, at the end of the present round.
// Unknown means without end.
func (t Tie) ExpiryOn(day calendar.Day) calendar.Date {
	expiry := t.Expiry
	for _, s := range t.InOrder() {
		if s.Kind == Renewal && s.Date.FirstOr(calendar.Earliest) <= day && !s.Until.IsUnknown() {
			expiry = s.Until
		}
	}
	last, known := expiry.Last()
	if !known || !t.Renews || last >= day {
		return expiry
	}
	if notice, given := t.latest(last, Notice); given && notice.Date.FirstOr(calendar.Earliest) <= last {
		return expiry
	}
	if t.RenewMonths <= 0 {
		return calendar.Date{}
	}
	rounds := 1
	for last.AddMonths(rounds*t.RenewMonths) < day {
		rounds++
	}
	return calendar.OnDay(last.AddMonths(rounds * t.RenewMonths)).Derived()
}

// HasTerm tells whether anything of the tie is to be remembered by itself: an
// expiry, as signed or as renewed, or a rhythm of reviews.
func (t Tie) HasTerm() bool {
	return !t.Expiry.IsUnknown() || t.ReviewMonths > 0 || slices.ContainsFunc(t.Stages, func(s Stage) bool { return !s.Until.IsUnknown() })
}

// NoticeBy gives the last day on which a side can say that it will not go on;
// false where there is no term or no notice.
func (t Tie) NoticeBy(day calendar.Day) (calendar.Day, bool) {
	last, known := t.ExpiryOn(day).Last()
	if !known || t.NoticeMonths <= 0 {
		return 0, false
	}
	return last.AddMonths(-t.NoticeMonths), true
}
