-- +goose Up
-- Figures on borders other than those of each deed's time, and the reforms that
-- were played into the book.

-- Borders on which tallies are kept: rows of tally with this edition hold what lies
-- below each body on them. Bodies up to and with filled are counted already.
CREATE TABLE edition (
  id     BIGINT NOT NULL PRIMARY KEY,     -- 0 is the tree of each deed's own date
  root   BIGINT NOT NULL,
  name   TEXT {{c}} NOT NULL,             -- the reform it was made for
  day    BIGINT NOT NULL,
  filled BIGINT NOT NULL
) {{strict}};

-- A reform while it is played, when it stands, and after it was taken back.
CREATE TABLE reform (
  name   TEXT {{c}} NOT NULL PRIMARY KEY,
  root   BIGINT NOT NULL,
  job    BIGINT NOT NULL,                 -- all it wrote bears it
  status TEXT {{c}} NOT NULL,             -- playing, standing, undoing, undone
  held   BIGINT NOT NULL,                 -- 1: only what touches units the book held
  done   BIGINT NOT NULL,                 -- steps
  steps  BIGINT NOT NULL,
  began  BIGINT NOT NULL,                 -- Unix milliseconds
  ended  BIGINT NOT NULL                  -- 0 while it goes on
) {{strict}};

-- The units of a reform, and which of them it brought in, so that it can go on when
-- it was broken off, and be taken back.
CREATE TABLE reform_unit (
  job  BIGINT NOT NULL,
  body BIGINT NOT NULL,
  made BIGINT NOT NULL,                   -- 1: the book did not hold it before
  PRIMARY KEY (job, body)
) {{clustered}};
