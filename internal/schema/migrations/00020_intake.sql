-- +goose Up
-- Imports: what came in from which file, and whether it was taken back. Which
-- records came with it is told by the history (change.job).

CREATE TABLE job (
  id        BIGINT NOT NULL PRIMARY KEY,
  root      BIGINT NOT NULL,
  body      BIGINT NOT NULL,               -- whom it concerns
  subject   TEXT {{c}} NOT NULL,           -- people, deeds, …
  file      TEXT NOT NULL,
  sha256    TEXT {{c}} NOT NULL,
  size      BIGINT NOT NULL,
  at        BIGINT NOT NULL,               -- Unix milliseconds
  person    BIGINT NOT NULL,               -- who brought it in, 0 for the machine's operator
  name      TEXT NOT NULL,                 -- as they were called then
  counts    TEXT NOT NULL,                 -- JSON of intake.Counts
  undone_at BIGINT NOT NULL                -- 0 while it stands
) {{strict}};
CREATE INDEX job_body ON job (root, body, at);
