package contest

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// Vote records the count of a ballot, judged by the rule of its day.
func Vote(ctx context.Context, tx Tx, by access.Actor, b Ballot) (Ballot, error) {
	c, units, err := kept(ctx, tx, by, b.Contest, Opened, Published)
	if err != nil {
		return Ballot{}, err
	}
	if b.Rule, err = ruleOf(ctx, tx, c, b); err != nil {
		return Ballot{}, err
	}
	if err := b.Check(); err != nil {
		return Ballot{}, err
	}
	for _, candidate := range b.Candidates {
		if !slices.ContainsFunc(units, func(u Unit) bool { return u.Body == candidate.Unit }) {
			return Ballot{}, fault.Field("candidates", "contest.unit.missing")
		}
	}
	if b.Day > tx.Today() {
		return Ballot{}, fault.Field("day", "contest.ballot.future")
	}
	b.ID, b.Recorded, b.Revision = BallotID(tx.NewID()), tx.NowMilli(), 1
	return b, tx.SaveBallot(ctx, b)
}

// ProposeAward puts a unit forward for an award. same are awards it already has for the
// same achievement: then it is refused.
func ProposeAward(ctx context.Context, tx Tx, by access.Actor, h Honour) (Honour, error) {
	c, units, err := kept(ctx, tx, by, h.Contest, Opened, Published)
	if err != nil {
		return Honour{}, err
	}
	i := slices.IndexFunc(c.Awards, func(a Award) bool { return a.Code == h.Award })
	if i < 0 {
		return Honour{}, fault.Field("award", "contest.award.unknown")
	}
	given, err := tx.Honours(ctx, h.Contest)
	if err != nil {
		return Honour{}, err
	}
	candidacy, err := candidacyOf(ctx, tx, c, units, h)
	if err != nil {
		return Honour{}, err
	}
	if err := Eligible(c.Awards[i], h.Unit, candidacy, given); err != nil {
		return Honour{}, err
	}
	if same := SameAchievement(h, given); len(same) > 0 {
		return Honour{}, fault.Field("for", "contest.award.same")
	}
	h.ID, h.Year, h.Status, h.Revision, h.Grade = GivenID(tx.NewID()), c.Year, Proposed, 1, c.Awards[i].Grade
	return h, tx.SaveHonour(ctx, h)
}

// candidacyOf finds how a unit stands: by what was published as the decisions since
// left it, before that as the scores stand now.
func candidacyOf(ctx context.Context, tx Tx, c Contest, units []Unit, h Honour) (Candidacy, error) {
	var found Candidacy
	ballots, err := tx.Ballots(ctx, c.ID)
	if err != nil {
		return found, err
	}
	for _, b := range ballots {
		if b.Award == h.Award && slices.ContainsFunc(b.Passed(), func(p Candidate) bool { return p.Unit == h.Unit }) {
			found.Passed = true
		}
	}
	if c.Standing == Published {
		results, err := tx.Results(ctx, c.ID)
		if err != nil {
			return found, err
		}
		decisions, err := tx.Amendments(ctx, c.ID)
		for _, r := range c.Amended(results, decisions) {
			if r.Unit == h.Unit {
				found.Place.Rank, found.Class = r.Rank, r.Class
			}
		}
		return found, err
	}
	all, err := tx.Criteria(ctx, c.ID)
	if err != nil {
		return found, err
	}
	table, err := NewTable(all)
	if err != nil {
		return found, err
	}
	totals, err := tx.Totals(ctx, c.ID)
	for _, p := range Standings(c, units, table, totals) {
		if p.Total.Unit == h.Unit {
			class, _ := c.ClassOf(p.Total.Sum)
			found.Place, found.Class = p, class.Code
		}
	}
	return found, err
}

// Ruling is what was decided of an award.
type Ruling struct {
	Status AwardStatus
	Decree Decree
	Reason string // of a refusal or revocation
}

// DecideAward records what became of a proposal, or revokes what was given.
func DecideAward(ctx context.Context, tx Tx, by access.Actor, id GivenID, r Ruling) (Honour, error) {
	h, err := tx.Honour(ctx, id)
	if err != nil {
		return Honour{}, err
	}
	if _, _, err := kept(ctx, tx, by, h.Contest, Opened, Published); err != nil {
		return Honour{}, err
	}
	lawful := h.Status == Proposed && (r.Status == Given || r.Status == Refused) || h.Status == Given && r.Status == Revoked
	if !lawful {
		return Honour{}, fault.Refuse("contest.award.step")
	}
	if r.Status != Given && strings.TrimSpace(r.Reason) == "" {
		return Honour{}, fault.Field("reason", "contest.reason.missing")
	}
	h.Status, h.Decree, h.Reason = r.Status, r.Decree, strings.TrimSpace(r.Reason)
	h.Revision++
	return h, tx.SaveHonour(ctx, h)
}

// Flag is the rotating flag on its way from one unit in the lead to the next.
type Flag struct {
	Cluster body.ID      `json:"cluster"`
	Year    int          `json:"year"` // for which the taker is in the lead
	Giver   body.ID      `json:"giver"`
	Taker   body.ID      `json:"taker"`
	Day     calendar.Day `json:"day"`
	Deed    deed.ID      `json:"deed,omitempty"`
	Note    string       `json:"note,omitempty"`
}

// PassFlag hands the flag and the lead to next year's unit.
func PassFlag(ctx context.Context, tx Tx, by access.Actor, from ID, f Flag) error {
	c, units, err := kept(ctx, tx, by, from, Opened, Published)
	if err != nil {
		return err
	}
	lead := slices.IndexFunc(units, func(u Unit) bool { return u.Role == Lead })
	if lead < 0 {
		return fault.Field("giver", "contest.lead.none")
	}
	if f.Taker == units[lead].Body {
		return fault.Field("taker", "contest.flag.same")
	}
	next, err := tx.ContestOf(ctx, c.Cluster, c.Year+1)
	if err != nil {
		return fault.Refuse("contest.flag.next", strconv.Itoa(c.Year+1))
	}
	takers, err := tx.ContestUnits(ctx, next.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(takers, func(u Unit) bool { return u.Body == f.Taker })
	if i < 0 {
		return fault.Field("taker", "contest.unit.missing")
	}
	for _, u := range takers {
		switch {
		case u.Body == f.Taker:
			u.Role = Lead
		case u.Role == Lead:
			u.Role = Member
		default:
			continue
		}
		if err := tx.SaveUnit(ctx, u); err != nil {
			return err
		}
	}
	f.Cluster, f.Year, f.Giver = c.Cluster, next.Year, units[lead].Body
	return tx.SaveFlag(ctx, f)
}
