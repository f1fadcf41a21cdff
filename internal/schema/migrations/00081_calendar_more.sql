-- +goose Up
-- What the calendar looks for among thousands: who died, which bodies have a day
-- of founding.
CREATE INDEX person_death ON person (root, id) WHERE death <> '';
CREATE INDEX body_founded ON body (id) WHERE founded <> '';

-- Passwords that the book needs of other servers, such as the one of mail. They
-- enter neither the history nor what is given out.

CREATE TABLE credential (
  name  TEXT {{c}} NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) {{strict}};
