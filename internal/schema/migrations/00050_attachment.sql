-- +goose Up
-- Papers and photographs kept with a record; the files lie under their digests.

CREATE TABLE attachment (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- whose readers may see it
  subject  TEXT {{c}} NOT NULL,
  ref      BIGINT NOT NULL,
  digest   TEXT {{c}} NOT NULL,            -- SHA-256, hexadecimal
  name     TEXT NOT NULL,                  -- as the file was called
  type     TEXT NOT NULL,
  size     BIGINT NOT NULL,
  added    BIGINT NOT NULL,                -- Unix milliseconds
  adder    BIGINT NOT NULL,
  removed  BIGINT NOT NULL                 -- 1: taken off, the file is kept
) {{strict}};
CREATE INDEX attachment_ref ON attachment (subject, ref, id);
