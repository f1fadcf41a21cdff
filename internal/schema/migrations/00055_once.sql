-- +goose Up
-- Forms that were taken, so that each is taken once: the token a page was drawn
-- with, what was sent under it, and the record it led to. Led by the day on
-- which the page was drawn, so that old ones leave together.

CREATE TABLE sent (
  day     BIGINT NOT NULL,                 -- on which the form was handed out
  token   TEXT {{c}} NOT NULL,
  account BIGINT NOT NULL,
  content {{blob}} NOT NULL,               -- SHA-256 of what was filled in
  subject TEXT {{c}} NOT NULL,             -- what was written; empty: nothing with a page
  ref     BIGINT NOT NULL,
  PRIMARY KEY (day, token)
) {{clustered}};
