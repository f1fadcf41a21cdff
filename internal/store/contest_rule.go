package store

import (
	"context"

	"kith.app/internal/body"
	"kith.app/internal/contest"
)

// VoteRules lists the rules by which the ballots of a cluster are judged, by code
// and from the earliest on.
func (r reader) VoteRules(ctx context.Context, of body.ID) ([]contest.VoteRule, error) {
	return collect(ctx, r.runner, scanData[contest.VoteRule], `SELECT data FROM vote_rule WHERE body = $1 ORDER BY code, since, id`, int64(of))
}

// SaveVoteRule writes a rule for ballots, new or changed.
func (tx *Tx) SaveVoteRule(ctx context.Context, r contest.VoteRule) error {
	data, err := pack(r, false)
	if err != nil {
		return err
	}
	var before any
	if r.Revision > 1 {
		was, err := collect(ctx, tx.runner, scanData[contest.VoteRule], `SELECT data FROM vote_rule WHERE id = $1`, int64(r.ID))
		if err != nil {
			return err
		}
		if len(was) > 0 {
			before = was[0]
		}
	}
	_, err = tx.exec(ctx, `
		INSERT INTO vote_rule (id, root, body, code, since, until, data, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET since = excluded.since, until = excluded.until, data = excluded.data, revision = excluded.revision`,
		int64(r.ID), tx.book.root, int64(r.Body), r.Code, int64(r.Since), int64(r.Until), data, r.Revision)
	if err == nil {
		tx.note("vote_rule", int64(r.ID), r.Body, before, r)
	}
	return err
}

// ContestRules lists the rules for ballots of a contest's cluster, for whoever has
// something to do with the contest.
func (v *View) ContestRules(ctx context.Context, id contest.ID) ([]contest.VoteRule, error) {
	f, err := v.Contest(ctx, id)
	if err != nil {
		return nil, err
	}
	return v.r.VoteRules(ctx, f.Contest.Cluster)
}
