-- +goose Up

-- Changes of scores are read the latest first, over all units of a contest.
CREATE INDEX score_change_latest ON score_change (contest, id);
