package contest

import (
	"cmp"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// Award is a title or form of commendation that a contest may give: one list for
// both, for users do not tell them apart.
type Award struct {
	Code     string            `json:"code"`
	Names    map[string]string `json:"names"`
	Quota    int               `json:"quota,omitempty"` // most that may be proposed in a year; 0: no limit
	RankMost int               `json:"rankMost,omitempty"`
	Class    string            `json:"class,omitempty"`  // only units of this class
	Ballot   bool              `json:"ballot,omitempty"` // only units that a ballot passed
	Flag     bool              `json:"flag,omitempty"`   // the rotating flag is handed over with it
	Grade
	Papers []Paper `json:"papers,omitempty"` // that a proposal must have on file
}

// Name gives what an award is called in a language, or in the next that is known.
func (a Award) Name(lang string) string { return named(a.Names, lang) }

// AwardStatus says how far a given award is.
type AwardStatus string

// The statuses.
const (
	Proposed AwardStatus = "proposed"
	Given    AwardStatus = "given"
	Refused  AwardStatus = "refused"
	Revoked  AwardStatus = "revoked"
)

// GivenID identifies an award given for ever.
type GivenID int64

// Decree is the paper that decides: number, day, who issued and signed it.
type Decree struct {
	Number string       `json:"number,omitempty"`
	Day    calendar.Day `json:"day,omitempty"`
	Issuer string       `json:"issuer,omitempty"`
	Signer string       `json:"signer,omitempty"`
	Office string       `json:"office,omitempty"`
	Text   string       `json:"text,omitempty"` // what it says, in one sentence
}

// Honour is an award proposed for or given to a unit, for an achievement.
type Honour struct {
	ID       GivenID     `json:"id"`
	Contest  ID          `json:"contest"`
	Year     int         `json:"year"`
	Award    string      `json:"award"`
	Unit     body.ID     `json:"unit"`
	For      string      `json:"for"` // the achievement in words
	Deeds    []deed.ID   `json:"deeds,omitempty"`
	Status   AwardStatus `json:"status"`
	Decree   Decree      `json:"decree"`
	Reason   string      `json:"reason,omitempty"` // of a refusal or revocation
	Grade                // as the award had it on the day it was proposed
	File     []Filed     `json:"file,omitempty"` // what was found of the papers it needs
	Revision int64       `json:"revision"`
}

// Candidacy is how a unit stands in its contest, against which an award is judged.
type Candidacy struct {
	Place  Place
	Class  string
	Passed bool // by a ballot on this award
}

// Eligible tells why a unit may not be proposed for an award, or nil. given are
// the honours of the contest so far.
func Eligible(a Award, unit body.ID, c Candidacy, given []Honour) error {
	var found []error
	if a.RankMost > 0 && c.Place.Rank > a.RankMost {
		found = append(found, fault.Field("unit", "contest.award.rank", c.Place.Rank, a.RankMost))
	}
	if a.Class != "" && c.Class != a.Class {
		found = append(found, fault.Field("unit", "contest.award.class"))
	}
	if a.Ballot && !c.Passed {
		found = append(found, fault.Field("unit", "contest.award.ballot"))
	}
	used := 0
	for _, h := range given {
		if h.Award != a.Code || h.Status == Refused || h.Status == Revoked {
			continue
		}
		used++
		if h.Unit == unit {
			found = append(found, fault.Field("unit", "contest.award.twice"))
		}
	}
	if a.Quota > 0 && used >= a.Quota {
		found = append(found, fault.Field("award", "contest.award.quota", used, a.Quota))
	}
	return fault.Gather(found...)
}

// SameAchievement lists the awards that were already given for what a new one is
// to be given for: the same words or a deed in common. One achievement, one award.
func SameAchievement(h Honour, given []Honour) []Honour {
	var same []Honour
	for _, o := range given {
		if o.ID == h.ID || o.Unit != h.Unit || o.Status == Refused || o.Status == Revoked {
			continue
		}
		shared := slices.ContainsFunc(h.Deeds, func(d deed.ID) bool { return slices.Contains(o.Deeds, d) })
		if shared || h.For != "" && strings.EqualFold(strings.TrimSpace(h.For), strings.TrimSpace(o.For)) {
			same = append(same, o)
		}
	}
	return same
}

// Claim is one deed used as evidence.
type Claim struct {
	Deed      deed.ID
	Unit      body.ID
	Criterion CriterionID
}

// DoubleClaims gathers the deeds that are evidence more than once: for two
// criteria of a unit, or for two units. It is not wrong by itself, but shown.
func DoubleClaims(scores []Score) [][]Claim {
	by := map[deed.ID][]Claim{}
	for _, s := range scores {
		for _, d := range s.Deeds {
			c := Claim{d, s.Unit, s.Criterion}
			if !slices.Contains(by[d], c) {
				by[d] = append(by[d], c)
			}
		}
	}
	var all [][]Claim
	for _, claims := range by {
		if len(claims) > 1 {
			slices.SortFunc(claims, func(a, b Claim) int {
				return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Criterion, b.Criterion))
			})
			all = append(all, claims)
		}
	}
	slices.SortFunc(all, func(a, b []Claim) int { return cmp.Compare(a[0].Deed, b[0].Deed) })
	return all
}
