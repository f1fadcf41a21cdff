-- +goose Up
-- Organisations, branches, households and localities; names and parents by period.

CREATE TABLE body (
  id            BIGINT NOT NULL PRIMARY KEY,
  root          BIGINT NOT NULL,
  code          TEXT {{c}} NOT NULL,
  kind          TEXT {{c}} NOT NULL,
  founded       TEXT NOT NULL,            -- EDTF
  ended         TEXT NOT NULL,            -- EDTF; empty while it lives
  seat          BIGINT NOT NULL,          -- administrative unit, 0 unknown
  address       TEXT NOT NULL,
  phone         TEXT NOT NULL,
  note          TEXT NOT NULL,
  sort          {{blob}} NOT NULL,        -- collation key of the name in force
  fold          TEXT NOT NULL,
  revision      BIGINT NOT NULL,
  CONSTRAINT body_code UNIQUE (code)
) {{strict}};

CREATE TABLE body_name (
  body  BIGINT NOT NULL,
  n     BIGINT NOT NULL,
  lang  TEXT {{c}} NOT NULL,
  name  TEXT NOT NULL,
  short TEXT NOT NULL,
  since BIGINT NOT NULL,                  -- first day it was borne
  until BIGINT NOT NULL,                  -- last day
  alias BIGINT NOT NULL,                  -- 1: also called so, never printed
  PRIMARY KEY (body, n)
) {{clustered}};

-- Truth about the tree: dated parent edges for each axis.
CREATE TABLE edge (
  axis   TEXT {{c}} NOT NULL,
  child  BIGINT NOT NULL,
  since  BIGINT NOT NULL,
  until  BIGINT NOT NULL,
  parent BIGINT NOT NULL,
  PRIMARY KEY (axis, child, since),
  CONSTRAINT edge_order CHECK (since <= until),
  CONSTRAINT edge_self CHECK (child <> parent)
) {{clustered}};
