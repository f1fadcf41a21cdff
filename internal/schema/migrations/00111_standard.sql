-- +goose Up
-- Standards that units are held against, and how each stood from which day.

CREATE TABLE standard (
  code     TEXT {{c}} NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,               -- who keeps it
  data     TEXT NOT NULL,                 -- JSON of programme.Standard
  revision BIGINT NOT NULL
) {{clustered}};

CREATE TABLE unit_status (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,               -- on whose books it stands
  unit     BIGINT NOT NULL,               -- of whom it is said
  standard TEXT {{c}} NOT NULL,
  day      BIGINT NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of programme.Status
  revision BIGINT NOT NULL,
  CONSTRAINT unit_status_day UNIQUE (body, unit, standard, day)
) {{strict}};
CREATE INDEX unit_status_unit ON unit_status (unit, standard, day);
CREATE INDEX unit_status_body ON unit_status (root, body, standard);
