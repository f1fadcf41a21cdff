-- +goose Up
-- Figures that somebody stated: "over 500 members, May 2024". They stand beside
-- what the book computes and never enter a sum.

CREATE TABLE stated (
  id        BIGINT NOT NULL PRIMARY KEY,
  root      BIGINT NOT NULL,
  body      BIGINT NOT NULL,
  measure   TEXT {{c}} NOT NULL,
  day       TEXT NOT NULL,
  day_first BIGINT NOT NULL,
  qty       BIGINT NOT NULL,
  qualifier BIGINT NOT NULL,
  source    TEXT NOT NULL,
  revision  BIGINT NOT NULL
) {{strict}};
CREATE INDEX stated_body ON stated (root, body, measure, day_first);
