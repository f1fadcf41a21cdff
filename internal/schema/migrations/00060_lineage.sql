-- +goose Up
-- Lineage: what became of bodies. An event says on which day what became of whom,
-- by which decision; successions lead from each body to its heirs. Levels, kinds
-- and official codes hold for a period, for codes are given out again.

CREATE TABLE event (
  id        BIGINT NOT NULL PRIMARY KEY,
  root      BIGINT NOT NULL,
  kind      TEXT {{c}} NOT NULL,          -- rename, merge, split, move, level, end, refound
  day       BIGINT NOT NULL,              -- the first day of the new state
  number    TEXT NOT NULL,                -- of the decision
  decided   TEXT NOT NULL,                -- EDTF: when it was decided
  issuer    TEXT NOT NULL,
  title     TEXT NOT NULL,
  note      TEXT NOT NULL,
  source    TEXT NOT NULL,
  job       BIGINT NOT NULL,              -- the work it came with, or 0
  recorded  BIGINT NOT NULL,              -- Unix milliseconds
  recorder  BIGINT NOT NULL,
  undone    BIGINT NOT NULL,              -- Unix milliseconds; 0: it stands
  reason    TEXT NOT NULL,                -- why it was undone
  marks     TEXT NOT NULL                 -- JSON: what each body was before and after
) {{strict}};
CREATE INDEX event_day ON event (root, day, id);
CREATE INDEX event_job ON event (job) WHERE job <> 0;

-- One body of an event. from_body = to_body: it went on. to_body 0: it ended
-- without an heir; from_body 0: it was not before.
CREATE TABLE succession (
  event     BIGINT NOT NULL,
  n         BIGINT NOT NULL,
  from_body BIGINT NOT NULL,
  to_body   BIGINT NOT NULL,
  num       BIGINT NOT NULL,              -- the share that went over, num/den
  den       BIGINT NOT NULL,              -- 0: the share is not known
  PRIMARY KEY (event, n),
  CONSTRAINT succession_share CHECK (den >= 0 AND num >= 0 AND num <= den)
) {{clustered}};
CREATE INDEX succession_from ON succession (from_body, event);
CREATE INDEX succession_to ON succession (to_body, event);

CREATE TABLE body_level (
  body  BIGINT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT NOT NULL,
  level TEXT {{c}} NOT NULL,              -- country, region, province, district, commune, hamlet, unit; empty: none
  kind  TEXT {{c}} NOT NULL,              -- what sort of body it was then; empty: as now
  PRIMARY KEY (body, since),
  CONSTRAINT body_level_order CHECK (since <= until)
) {{clustered}};

CREATE TABLE official_code (
  body   BIGINT NOT NULL,
  scheme TEXT {{c}} NOT NULL,             -- who gives the codes out
  since  BIGINT NOT NULL,
  until  BIGINT NOT NULL,
  code   TEXT {{c}} NOT NULL,
  PRIMARY KEY (body, scheme, since),
  CONSTRAINT official_code_order CHECK (since <= until)
) {{clustered}};
