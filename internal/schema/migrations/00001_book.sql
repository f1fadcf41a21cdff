-- +goose Up
-- The book itself: who it belongs to, its settings, and the chain of its history.
-- Tokens in double braces become the engine's own words (schema.go).

CREATE TABLE book (
  id        BIGINT NOT NULL PRIMARY KEY,  -- always 1
  number    BIGINT NOT NULL,              -- 0..1023, leads the ids made here
  root      BIGINT NOT NULL,              -- the body at the top of the tree
  opened_at BIGINT NOT NULL,              -- Unix milliseconds
  CONSTRAINT book_one CHECK (id = 1),
  CONSTRAINT book_number CHECK (number BETWEEN 0 AND 1023)
) {{strict}};

CREATE TABLE setting (
  body  BIGINT NOT NULL,                  -- 0: the whole book
  name  TEXT {{c}} NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (body, name)
) {{clustered}};

-- One link for each commit; head chains the digests of all changes in it.
CREATE TABLE link (
  n    BIGINT NOT NULL PRIMARY KEY,
  at   BIGINT NOT NULL,
  head {{blob}} NOT NULL
) {{strict}};

-- One row for each changed record. A redaction empties payload and salt; the
-- digest stays, so that the chain still verifies.
CREATE TABLE change (
  link    BIGINT NOT NULL,
  n       BIGINT NOT NULL,
  at      BIGINT NOT NULL,
  actor   BIGINT NOT NULL,                -- person, 0 for the machine's operator
  name    TEXT NOT NULL,                  -- the actor's name as it was then
  subject TEXT {{c}} NOT NULL,
  ref     BIGINT NOT NULL,
  body    BIGINT NOT NULL,                -- whose readers may see it
  job     BIGINT NOT NULL,                -- the import it came with, or 0
  why     TEXT NOT NULL,
  payload TEXT,                           -- JSON {"before","after"}
  salt    {{blob}},
  digest  {{blob}} NOT NULL,
  PRIMARY KEY (link, n)
) {{clustered}};
CREATE INDEX change_ref ON change (subject, ref, link, n);
CREATE INDEX change_job ON change (job) WHERE job <> 0;

-- The words by which a record is found: folded, one row a word.
CREATE TABLE word (
  root    BIGINT NOT NULL,
  subject TEXT {{c}} NOT NULL,
  word    TEXT {{c}} NOT NULL,
  ref     BIGINT NOT NULL,
  PRIMARY KEY (root, subject, word, ref)
) {{clustered}};

-- Numbers drawn without gaps: receipts, vouchers, papers; per body, series and year.
CREATE TABLE number_series (
  body   BIGINT NOT NULL,
  series TEXT {{c}} NOT NULL,
  year   BIGINT NOT NULL,
  last   BIGINT NOT NULL,
  PRIMARY KEY (body, series, year)
) {{clustered}};

CREATE TABLE lease (
  name    TEXT {{c}} NOT NULL PRIMARY KEY,
  holder  TEXT NOT NULL,
  expires BIGINT NOT NULL
) {{strict}};
