-- +goose Up
-- Reports: drafts with the secretary's words, filed ones with their figures
-- frozen, and those of branches that arrived on paper.

CREATE TABLE report (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- reported on
  kind     TEXT {{c}} NOT NULL,            -- annual, quarterly, term, founding, period
  since    BIGINT NOT NULL,                -- first day
  until    BIGINT NOT NULL,                -- last day
  lang     TEXT {{c}} NOT NULL,
  status   TEXT {{c}} NOT NULL,            -- draft, filed, received, dropped
  number   BIGINT NOT NULL,                -- without gaps in body and year; 0 until filed
  year     BIGINT NOT NULL,
  symbol   TEXT NOT NULL,                  -- the whole number as printed
  day      BIGINT NOT NULL,                -- on the paper, or when it arrived
  texts    TEXT NOT NULL,                  -- JSON: the secretary's own words
  frozen   TEXT NOT NULL,                  -- JSON: facts, heading and paper as filed
  digest   TEXT {{c}} NOT NULL,            -- SHA-256 of frozen, kept in the history too
  filed_at BIGINT NOT NULL,                -- Unix milliseconds
  filer    BIGINT NOT NULL,
  name     TEXT NOT NULL,                  -- the filer's name as it was then
  head     TEXT {{c}} NOT NULL,            -- of the chain of history before it was filed
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX report_body ON report (root, body, until, since);
CREATE UNIQUE INDEX report_number ON report (body, year, number) WHERE number <> 0;
