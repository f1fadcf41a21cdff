package contest

import (
	"math/big"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// BallotID identifies a ballot for ever.
type BallotID int64

// VoteRule is how a ballot must go to be valid, as a dated legal text demands it:
// which rule holds is found by the day of the session, never written in code.
type VoteRule struct {
	ID        RuleID            `json:"id,omitempty"`
	Body      body.ID           `json:"body,omitempty"` // the cluster whose ballots it judges
	Code      string            `json:"code"`
	Names     map[string]string `json:"names"`
	Quorum    Ratio             `json:"quorum"`    // of those eligible who must be present
	Threshold Ratio             `json:"threshold"` // of votes in favour
	Of        string            `json:"of"`        // OfEligible, OfPresent or OfValid
	Secret    bool              `json:"secret"`
	Basis     string            `json:"basis,omitempty"` // the legal text
	Since     calendar.Day      `json:"since"`
	Until     calendar.Day      `json:"until"`
	Revision  int64             `json:"revision,omitempty"`
}

// What a threshold is a share of.
const (
	OfEligible = "eligible"
	OfPresent  = "present"
	OfValid    = "valid"
)

// Ratio is a share in whole numbers: 2/3, 80/100.
type Ratio struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// reached tells whether part of whole reaches the ratio.
func (r Ratio) reached(part, whole int) bool {
	if r.Den == 0 {
		return true
	}
	return whole > 0 && big.NewRat(int64(part), int64(whole)).Cmp(big.NewRat(r.Num, r.Den)) >= 0
}

// Ballot is one vote on who is to be proposed. Of a secret ballot only the counts
// are kept: nothing in the book leads from a voter to a vote.
type Ballot struct {
	ID         BallotID     `json:"id"`
	Contest    ID           `json:"contest"`
	Award      string       `json:"award,omitempty"` // what is voted on
	Question   string       `json:"question"`
	Day        calendar.Day `json:"day"`
	Rule       VoteRule     `json:"rule"` // as it stood on the day
	Eligible   int          `json:"eligible"`
	Present    int          `json:"present"`
	Issued     int          `json:"issued"`
	Collected  int          `json:"collected"`
	Valid      int          `json:"valid"`
	Candidates []Candidate  `json:"candidates"`
	Tellers    []string     `json:"tellers,omitempty"`
	Note       string       `json:"note,omitempty"`
	Recorded   int64        `json:"recorded"`
	Revision   int64        `json:"revision"`
}

// Candidate is a unit voted on, with the votes for it.
type Candidate struct {
	Unit body.ID `json:"unit"`
	For  int     `json:"for"`
}

// Check tells what cannot be in the count of a ballot.
func (b Ballot) Check() error {
	var found []error
	steps := []struct {
		field       string
		part, whole int
	}{
		{"present", b.Present, b.Eligible}, {"issued", b.Issued, b.Present}, {"collected", b.Collected, b.Issued}, {"valid", b.Valid, b.Collected},
	}
	for _, s := range steps {
		if s.part < 0 || s.part > s.whole {
			found = append(found, fault.Field(s.field, "contest.ballot."+s.field, s.part, s.whole))
		}
	}
	if len(b.Candidates) == 0 {
		found = append(found, fault.Field("candidates", "contest.ballot.nobody"))
	}
	for i, c := range b.Candidates {
		if c.For < 0 || c.For > b.Valid {
			found = append(found, fault.Field("candidates", "contest.ballot.votes", c.For, b.Valid))
		}
		if slices.ContainsFunc(b.Candidates[:i], func(o Candidate) bool { return o.Unit == c.Unit }) {
			found = append(found, fault.Field("candidates", "contest.ballot.twice"))
		}
	}
	return fault.Gather(found...)
}

// Quorate tells whether enough of those eligible were present.
func (b Ballot) Quorate() bool { return b.Rule.Quorum.reached(b.Present, b.Eligible) }

// Passed lists those who reached the threshold, most votes first; nobody when
// there was no quorum.
func (b Ballot) Passed() []Candidate {
	if !b.Quorate() {
		return nil
	}
	whole := map[string]int{OfEligible: b.Eligible, OfPresent: b.Present, OfValid: b.Valid}[b.Rule.Of]
	var passed []Candidate
	for _, c := range b.Candidates {
		if b.Rule.Threshold.reached(c.For, whole) {
			passed = append(passed, c)
		}
	}
	slices.SortStableFunc(passed, func(a, b Candidate) int { return b.For - a.For })
	return passed
}

// RuleOn finds the rule in force on a day.
func RuleOn(rules []VoteRule, code string, on calendar.Day) (VoteRule, bool) {
	for _, r := range rules {
		if r.Code == code && r.Since <= on && on <= r.Until {
			return r, true
		}
	}
	return VoteRule{}, false
}
