-- +goose Up
-- What ended bodies left, as it was handed on, shared out or closed: one row for
-- each recorded act, with the paper by which it was decided.

CREATE TABLE settlement (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,               -- that ended and left it
  heir     BIGINT NOT NULL,               -- to whom it went, or 0
  what     TEXT {{c}} NOT NULL,           -- children, offices, members, money, goods, tasks, plans, deeds, ties
  way      TEXT {{c}} NOT NULL,           -- hand, close
  day      BIGINT NOT NULL,
  number   TEXT NOT NULL,                 -- of the decision
  decided  TEXT NOT NULL,                 -- EDTF
  issuer   TEXT NOT NULL,
  title    TEXT NOT NULL,
  note     TEXT NOT NULL,
  count    BIGINT NOT NULL,               -- how many went
  made     TEXT NOT NULL,                 -- JSON: ids of entries written by it
  recorded BIGINT NOT NULL,               -- Unix milliseconds
  recorder BIGINT NOT NULL
) {{strict}};
CREATE INDEX settlement_body ON settlement (body, what, id);
