-- +goose Up
-- The journal of deeds, their lines, and the tallies written with them.

CREATE TABLE deed_kind (
  code     TEXT {{c}} NOT NULL PRIMARY KEY,
  data     TEXT NOT NULL,                  -- JSON of deed.Kind
  rank     BIGINT NOT NULL,
  retired  BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{clustered}};

CREATE TABLE deed (
  id         BIGINT NOT NULL PRIMARY KEY,
  root       BIGINT NOT NULL,
  body       BIGINT NOT NULL,              -- its home: figures are counted here
  kind       TEXT {{c}} NOT NULL,
  status     TEXT {{c}} NOT NULL,          -- planned, done, cancelled
  title      TEXT NOT NULL,
  day        TEXT NOT NULL,                -- EDTF
  day_first  BIGINT NOT NULL,              -- sentinels where unknown
  day_last   BIGINT NOT NULL,
  place      BIGINT NOT NULL,
  place_note TEXT NOT NULL,
  series     BIGINT NOT NULL,              -- 12 of "the 12th", or 0
  brought    BIGINT NOT NULL,              -- 1: a figure that predates the book
  programme  BIGINT NOT NULL,
  plan       TEXT NOT NULL,                -- JSON lines of a planned deed
  reason     TEXT NOT NULL,                -- why the norm was exceeded
  approver   BIGINT NOT NULL,              -- who approved it, or 0
  note       TEXT NOT NULL,
  source     TEXT NOT NULL,                -- JSON of source.Source
  entry      BIGINT NOT NULL,              -- the fund entry that paid, or 0
  job        BIGINT NOT NULL,              -- the import it came with, or 0
  recorded   BIGINT NOT NULL,              -- Unix milliseconds
  recorder   BIGINT NOT NULL,
  fold       TEXT NOT NULL,
  revision   BIGINT NOT NULL
) {{strict}};
CREATE INDEX deed_day ON deed (root, day_first, id);
CREATE INDEX deed_body ON deed (root, body, kind, day_first);

CREATE TABLE party (
  deed    BIGINT NOT NULL,
  n       BIGINT NOT NULL,
  root    BIGINT NOT NULL,
  role    TEXT {{c}} NOT NULL,
  body    BIGINT NOT NULL,
  person  BIGINT NOT NULL,
  name    TEXT NOT NULL,                   -- a described group, or someone outside the book
  note    TEXT NOT NULL,                   -- class and school, kinship, position
  detail  TEXT NOT NULL,                   -- JSON: amount, prize, kin of this one party
  PRIMARY KEY (deed, n)
) {{clustered}};
CREATE INDEX party_person ON party (person, deed) WHERE person <> 0;
CREATE INDEX party_body ON party (body, deed) WHERE body <> 0;

CREATE TABLE measure (
  id       BIGINT NOT NULL PRIMARY KEY,    -- hash of the code
  code     TEXT {{c}} NOT NULL,
  CONSTRAINT measure_code UNIQUE (code)
) {{strict}};

CREATE TABLE line (
  root      BIGINT NOT NULL,
  body      BIGINT NOT NULL,
  deed      BIGINT NOT NULL,
  n         BIGINT NOT NULL,
  measure   BIGINT NOT NULL,
  qty       BIGINT NOT NULL,               -- smallest units
  qualifier BIGINT NOT NULL,
  day_first BIGINT NOT NULL,
  day_last  BIGINT NOT NULL,
  revision  BIGINT NOT NULL,
  undoes    BIGINT NOT NULL,               -- the line it takes back, or 0
  item      TEXT NOT NULL,                 -- what the goods are
  PRIMARY KEY (root, body, deed, n)
) {{clustered}};

-- Figures: own lines (below = 0) and those of strict descendants (below = 1).
-- edition 0 is the tree of the deed's own date. since/until are months
-- (year*12 + month-1) between which the date lies.
CREATE TABLE tally (
  root    BIGINT NOT NULL,
  edition BIGINT NOT NULL,
  body    BIGINT NOT NULL,
  measure BIGINT NOT NULL,
  below   BIGINT NOT NULL,
  since   BIGINT NOT NULL,
  until   BIGINT NOT NULL,
  qty     BIGINT NOT NULL,
  exact   BIGINT NOT NULL,                 -- how many lines of each qualifier
  atleast BIGINT NOT NULL,
  over    BIGINT NOT NULL,
  about   BIGINT NOT NULL,
  nearly  BIGINT NOT NULL,
  PRIMARY KEY (root, edition, body, measure, below, since, until)
) {{clustered}};
