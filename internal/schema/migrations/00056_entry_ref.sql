-- +goose Up
-- The numbers that entries have in the list from which they were brought in, so
-- that the same list brought in again finds them.

CREATE TABLE entry_ref (
  body  BIGINT NOT NULL,                   -- whose fund
  ref   TEXT {{c}} NOT NULL,
  entry BIGINT NOT NULL,
  root  BIGINT NOT NULL,
  PRIMARY KEY (body, ref)
) {{clustered}};
