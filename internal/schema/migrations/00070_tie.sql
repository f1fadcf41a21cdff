-- +goose Up
-- Ties: what binds bodies to each other, what was promised under them, when they
-- are reviewed, and which deeds were done under them.

CREATE TABLE tie_kind (
  code     TEXT {{c}} NOT NULL PRIMARY KEY,
  data     TEXT NOT NULL,                  -- JSON of tie.Kind
  rank     BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{clustered}};

CREATE TABLE tie (
  id           BIGINT NOT NULL PRIMARY KEY,
  root         BIGINT NOT NULL,
  code         TEXT {{c}} NOT NULL,
  kind         TEXT {{c}} NOT NULL,
  body         BIGINT NOT NULL,            -- on whose books it stands
  data         TEXT NOT NULL,              -- JSON of tie.Tie: titles, stages, terms, committee
  signed_first BIGINT NOT NULL,            -- first day of the first signing; sentinel where unknown
  fields       TEXT NOT NULL,              -- of cooperation, each between spaces
  term         BIGINT NOT NULL,            -- 1: it expires or is reviewed by rhythm
  hangs        BIGINT NOT NULL,            -- the tie under which it hangs, or 0
  outside      TEXT {{c}} NOT NULL,        -- what another register calls it
  job          BIGINT NOT NULL,
  recorded     BIGINT NOT NULL,            -- Unix milliseconds
  recorder     BIGINT NOT NULL,
  sort         {{blob}} NOT NULL,
  fold         TEXT NOT NULL,
  revision     BIGINT NOT NULL,
  CONSTRAINT tie_code UNIQUE (code)
) {{strict}};
CREATE INDEX tie_sort ON tie (root, sort, id);
CREATE INDEX tie_kind_of ON tie (root, kind, id);
CREATE INDEX tie_hangs ON tie (hangs) WHERE hangs <> 0;
CREATE INDEX tie_outside ON tie (outside) WHERE outside <> '';

CREATE TABLE tie_party (
  tie   BIGINT NOT NULL,
  n     BIGINT NOT NULL,
  root  BIGINT NOT NULL,
  side  BIGINT NOT NULL,
  body  BIGINT NOT NULL,
  since BIGINT NOT NULL,                   -- first day in the tie
  until BIGINT NOT NULL,                   -- last day
  PRIMARY KEY (tie, n)
) {{clustered}};
CREATE INDEX tie_party_body ON tie_party (body, tie);

-- Who of the book sits on the committee that answers for a tie.
CREATE TABLE tie_member (
  tie    BIGINT NOT NULL,
  n      BIGINT NOT NULL,
  root   BIGINT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (tie, n)
) {{clustered}};
CREATE INDEX tie_member_person ON tie_member (person, tie);

-- Which tie continues which.
CREATE TABLE tie_before (
  tie    BIGINT NOT NULL,
  before BIGINT NOT NULL,
  PRIMARY KEY (tie, before)
) {{clustered}};
CREATE INDEX tie_before_before ON tie_before (before);

-- Deeds done under a tie, clustered by the tie.
CREATE TABLE tie_deed (
  tie       BIGINT NOT NULL,
  day_first BIGINT NOT NULL,
  deed      BIGINT NOT NULL,
  root      BIGINT NOT NULL,
  PRIMARY KEY (tie, day_first, deed)
) {{clustered}};
CREATE INDEX tie_deed_deed ON tie_deed (deed);

CREATE TABLE promise (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  tie      BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- who promised, or 0
  status   TEXT {{c}} NOT NULL,            -- open, kept, dropped
  due_last BIGINT NOT NULL,                -- sentinel where none was set
  data     TEXT NOT NULL,                  -- JSON of tie.Promise
  recorder BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX promise_tie ON promise (tie, id);
CREATE INDEX promise_due ON promise (root, status, due_last);

CREATE TABLE tie_review (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  tie      BIGINT NOT NULL,
  due_last BIGINT NOT NULL,
  held     BIGINT NOT NULL,                -- 1: it was held
  data     TEXT NOT NULL,                  -- JSON of tie.Review
  recorder BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX tie_review_tie ON tie_review (tie, id);
