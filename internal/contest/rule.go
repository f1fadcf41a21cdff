package contest

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// RuleID identifies a rule for ballots for ever.
type RuleID int64

var ruleCode = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Check tells what does not make sense in a rule by itself.
func (r VoteRule) Check() error {
	var found []error
	if !ruleCode.MatchString(r.Code) || len(r.Code) > 60 {
		found = append(found, fault.Field("code", "contest.rule.code"))
	}
	if strings.TrimSpace(r.Names["vi"]) == "" {
		found = append(found, fault.Field("name", "contest.rule.name"))
	}
	for field, ratio := range map[string]Ratio{"quorum": r.Quorum, "threshold": r.Threshold} {
		if ratio.Den <= 0 || ratio.Num <= 0 || ratio.Num > ratio.Den || ratio.Den > 1000 {
			found = append(found, fault.Field(field, "contest.rule.ratio"))
		}
	}
	if !slices.Contains([]string{OfEligible, OfPresent, OfValid}, r.Of) {
		found = append(found, fault.Field("of", "contest.rule.of"))
	}
	if r.Until < r.Since {
		found = append(found, fault.Field("until", "contest.period.order"))
	}
	return fault.Gather(found...)
}

// Name gives what a rule is called in a language, or in the next that is known.
func (r VoteRule) Name(lang string) string { return named(r.Names, lang) }

// SetRule enters a rule for the ballots of a contest's cluster, from a day on. A
// rule of the same code that was in force until then ends the day before; ballots
// already counted keep the rule of their own day.
func SetRule(ctx context.Context, tx Tx, by access.Actor, id ID, r VoteRule) (VoteRule, error) {
	c, _, err := kept(ctx, tx, by, id, Drafted, Opened, Published)
	if err != nil {
		return VoteRule{}, err
	}
	r.Body = c.Cluster
	if r.Until == 0 {
		r.Until = calendar.Latest
	}
	if err := r.Check(); err != nil {
		return VoteRule{}, err
	}
	rules, err := tx.VoteRules(ctx, c.Cluster)
	if err != nil {
		return VoteRule{}, err
	}
	for _, o := range rules {
		if o.Code != r.Code || o.Until < r.Since || o.Since > r.Until {
			continue
		}
		if o.Since >= r.Since || o.Until < calendar.Latest {
			return VoteRule{}, fault.Field("since", "contest.rule.overlap", fault.Saying(o.Name), o.Since)
		}
		o.Until = r.Since - 1
		o.Revision++
		if err := tx.SaveVoteRule(ctx, o); err != nil {
			return VoteRule{}, err
		}
	}
	r.ID, r.Revision = RuleID(tx.NewID()), 1
	return r, tx.SaveVoteRule(ctx, r)
}

// ruleOf gives a ballot the rule of its day: the one of the code it names, or what
// was stated with it where it names none.
func ruleOf(ctx context.Context, tx Tx, c Contest, b Ballot) (VoteRule, error) {
	if b.Rule.Code == "" {
		return b.Rule, nil
	}
	rules, err := tx.VoteRules(ctx, c.Cluster)
	if err != nil {
		return VoteRule{}, err
	}
	r, ok := RuleOn(rules, b.Rule.Code, b.Day)
	if !ok {
		return VoteRule{}, fault.Field("rule", "contest.rule.none", b.Day)
	}
	return r, nil
}
