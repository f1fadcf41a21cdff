-- +goose Up
-- Passwords that the book needs of other servers, such as the one of mail. They
-- enter neither the history nor what is given out.

CREATE TABLE credential (
  name  TEXT {{c}} NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) {{strict}};
