-- +goose Up
-- Plans of targets: what was undertaken for a period by whose decision, every
-- definition a target had, and what was reported of it.

CREATE TABLE target_plan (
  id          BIGINT NOT NULL PRIMARY KEY,
  root        BIGINT NOT NULL,
  body        BIGINT NOT NULL,
  code        TEXT {{c}} NOT NULL,
  kind        TEXT {{c}} NOT NULL,        -- plan, programme
  under       BIGINT NOT NULL,            -- the programme it carries out, or 0
  since       BIGINT NOT NULL,            -- first day of its period
  until       BIGINT NOT NULL,            -- last day
  standing    TEXT {{c}} NOT NULL,        -- drafted, adopted
  data        TEXT NOT NULL,              -- JSON of programme.Plan
  fold        TEXT NOT NULL,
  revision    BIGINT NOT NULL,
  CONSTRAINT target_plan_code UNIQUE (code)
) {{strict}};
CREATE INDEX target_plan_body ON target_plan (root, body, since);

CREATE TABLE plan_target (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  plan     BIGINT NOT NULL,
  code     TEXT {{c}} NOT NULL,           -- the same in every plan that has the same target
  ord      BIGINT NOT NULL,
  version  BIGINT NOT NULL,               -- the newest
  revision BIGINT NOT NULL,
  CONSTRAINT plan_target_code UNIQUE (plan, code)
) {{strict}};

CREATE TABLE target_version (
  target BIGINT NOT NULL,
  n      BIGINT NOT NULL,
  since  BIGINT NOT NULL,                 -- the day from which it holds
  data   TEXT NOT NULL,                   -- JSON of programme.Version
  PRIMARY KEY (target, n)
) {{clustered}};

CREATE TABLE target_actual (
  id       BIGINT NOT NULL PRIMARY KEY,
  target   BIGINT NOT NULL,
  day      BIGINT NOT NULL,               -- the day the figure holds for
  data     TEXT NOT NULL,                 -- JSON of programme.Actual
  revision BIGINT NOT NULL,
  CONSTRAINT target_actual_day UNIQUE (target, day)
) {{strict}};
