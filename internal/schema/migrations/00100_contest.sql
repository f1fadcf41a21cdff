-- +goose Up
-- Contests of clusters and blocks: the table, the sheets of the units with every
-- change of a score, ballots, awards, what was published.

CREATE TABLE contest (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  cluster  BIGINT NOT NULL,
  year     BIGINT NOT NULL,
  standing TEXT {{c}} NOT NULL,           -- drafted, opened, published
  data     TEXT NOT NULL,                 -- JSON of contest.Contest
  revision BIGINT NOT NULL,
  CONSTRAINT contest_year UNIQUE (cluster, year)
) {{strict}};

CREATE TABLE contest_unit (
  contest BIGINT NOT NULL,
  body    BIGINT NOT NULL,
  role    TEXT {{c}} NOT NULL,            -- member, lead, deputy
  ord     BIGINT NOT NULL,
  since   BIGINT NOT NULL,
  until   BIGINT NOT NULL,
  note    TEXT NOT NULL,
  PRIMARY KEY (contest, body)
) {{clustered}};
CREATE INDEX contest_unit_body ON contest_unit (body, contest);

CREATE TABLE criterion (
  id       BIGINT NOT NULL PRIMARY KEY,
  contest  BIGINT NOT NULL,
  parent   BIGINT NOT NULL,
  ord      BIGINT NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Criterion
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX criterion_contest ON criterion (contest, parent, ord);

-- Who acts at a stage of which assessors are named.
CREATE TABLE assessor (
  id      BIGINT NOT NULL PRIMARY KEY,
  contest BIGINT NOT NULL,
  stage   TEXT {{c}} NOT NULL,
  person  BIGINT NOT NULL
) {{strict}};
CREATE INDEX assessor_contest ON assessor (contest, stage);

-- Where a unit's sheet stands.
CREATE TABLE sheet (
  contest  BIGINT NOT NULL,
  unit     BIGINT NOT NULL,
  stage    TEXT {{c}} NOT NULL,
  resume   TEXT {{c}} NOT NULL,           -- stage that waits for it, or empty
  round    BIGINT NOT NULL,
  ready    BIGINT NOT NULL,               -- 1: passed every stage
  since    BIGINT NOT NULL,               -- Unix milliseconds: when it came there
  actor    BIGINT NOT NULL,               -- who moved it last
  name     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (contest, unit)
) {{clustered}};

CREATE TABLE sheet_move (
  contest BIGINT NOT NULL,
  unit    BIGINT NOT NULL,
  n       BIGINT NOT NULL,                -- its revision after the move
  at      BIGINT NOT NULL,
  actor   BIGINT NOT NULL,
  name    TEXT NOT NULL,
  kind    TEXT {{c}} NOT NULL,            -- on, back, explained
  origin  TEXT {{c}} NOT NULL,
  stage   TEXT {{c}} NOT NULL,            -- where it went
  reason  TEXT NOT NULL,
  PRIMARY KEY (contest, unit, n)
) {{clustered}};

CREATE TABLE score (
  contest   BIGINT NOT NULL,
  unit      BIGINT NOT NULL,
  stage     TEXT {{c}} NOT NULL,
  criterion BIGINT NOT NULL,
  points    BIGINT NOT NULL,              -- ten-thousandths
  bonus     BIGINT NOT NULL,
  input     TEXT NOT NULL,                -- value entered by hand, exact decimal
  reason    TEXT NOT NULL,
  deeds     TEXT NOT NULL,                -- JSON: evidence in the journal
  papers    TEXT NOT NULL,                -- JSON: evidence on file
  revision  BIGINT NOT NULL,
  PRIMARY KEY (contest, unit, stage, criterion)
) {{clustered}};
CREATE INDEX score_criterion ON score (contest, criterion, stage);

-- Every change of a score; a score that was taken away has no points after.
CREATE TABLE score_change (
  contest    BIGINT NOT NULL,
  unit       BIGINT NOT NULL,
  criterion  BIGINT NOT NULL,
  id         BIGINT NOT NULL,
  stage      TEXT {{c}} NOT NULL,
  at         BIGINT NOT NULL,
  actor      BIGINT NOT NULL,
  name       TEXT NOT NULL,
  was        BIGINT,                      -- points before, null: there were none
  was_bonus  BIGINT,
  points     BIGINT,
  bonus      BIGINT,
  reason     TEXT NOT NULL,
  PRIMARY KEY (contest, unit, criterion, id)
) {{clustered}};

-- Totals of a unit at a stage, written with its scores, so that thousands of
-- units are ranked by reading a row each.
CREATE TABLE sheet_total (
  contest   BIGINT NOT NULL,
  unit      BIGINT NOT NULL,
  stage     TEXT {{c}} NOT NULL,
  base      BIGINT NOT NULL,
  bonus     BIGINT NOT NULL,              -- before its cap
  deduction BIGINT NOT NULL,              -- before its cap
  scored    BIGINT NOT NULL,
  PRIMARY KEY (contest, unit, stage)
) {{clustered}};

CREATE TABLE sheet_group (
  contest   BIGINT NOT NULL,
  unit      BIGINT NOT NULL,
  stage     TEXT {{c}} NOT NULL,
  criterion BIGINT NOT NULL,
  points    BIGINT NOT NULL,
  PRIMARY KEY (contest, unit, stage, criterion)
) {{clustered}};

-- What a unit signed: the contract of the year with the targets it registered.
CREATE TABLE contract (
  contest  BIGINT NOT NULL,
  unit     BIGINT NOT NULL,
  signed   BIGINT NOT NULL,               -- day, 0: not yet
  signer   TEXT NOT NULL,
  office   TEXT NOT NULL,
  targets  TEXT NOT NULL,                 -- JSON of contest.Pledge
  titles   TEXT NOT NULL,                 -- JSON: awards it registered for
  revision BIGINT NOT NULL,
  PRIMARY KEY (contest, unit)
) {{clustered}};

CREATE TABLE ballot (
  id       BIGINT NOT NULL PRIMARY KEY,
  contest  BIGINT NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Ballot: counts, never who voted how
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX ballot_contest ON ballot (contest, id);

CREATE TABLE honour (
  id       BIGINT NOT NULL PRIMARY KEY,
  contest  BIGINT NOT NULL,
  year     BIGINT NOT NULL,
  unit     BIGINT NOT NULL,
  award    TEXT {{c}} NOT NULL,
  status   TEXT {{c}} NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Honour
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX honour_unit ON honour (unit, year);
CREATE INDEX honour_contest ON honour (contest, id);

-- What was published, frozen; or, of a year before the book, its outcome alone.
CREATE TABLE result (
  contest   BIGINT NOT NULL,
  unit      BIGINT NOT NULL,
  rank      BIGINT NOT NULL,              -- 0: not known
  shared    BIGINT NOT NULL,
  total     BIGINT,                       -- null: not known
  base      BIGINT,
  bonus     BIGINT,
  deduction BIGINT,
  assigned  BIGINT,
  class     TEXT {{c}} NOT NULL,
  note      TEXT NOT NULL,
  PRIMARY KEY (contest, unit)
) {{clustered}};

-- Decisions after publication, which amend without erasing.
CREATE TABLE amendment (
  id       BIGINT NOT NULL PRIMARY KEY,
  contest  BIGINT NOT NULL,
  unit     BIGINT NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Amendment
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX amendment_contest ON amendment (contest, id);

-- The rotating flag, from one unit in the lead to the next.
CREATE TABLE flag_passing (
  cluster BIGINT NOT NULL,
  year    BIGINT NOT NULL,                -- for which the receiver is in the lead
  giver   BIGINT NOT NULL,
  taker   BIGINT NOT NULL,
  day     BIGINT NOT NULL,
  deed    BIGINT NOT NULL,
  note    TEXT NOT NULL,
  PRIMARY KEY (cluster, year)
) {{clustered}};

CREATE TABLE vote_rule (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  code     TEXT {{c}} NOT NULL,
  since    BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.VoteRule
  revision BIGINT NOT NULL
) {{strict}};
