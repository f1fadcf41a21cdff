-- +goose Up
-- Who of the book signed a tie for a party, and what tells at once how a plain tie
-- stands: one that has neither term nor pause nor end, whose only contacts are its
-- own stages.

CREATE TABLE tie_signer (
  tie    BIGINT NOT NULL,
  n      BIGINT NOT NULL,                -- the party
  root   BIGINT NOT NULL,
  person BIGINT NOT NULL,
  PRIMARY KEY (tie, n)
) {{clustered}};
CREATE INDEX tie_signer_person ON tie_signer (person, tie);

ALTER TABLE tie ADD COLUMN plain BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tie ADD COLUMN heard BIGINT NOT NULL DEFAULT 0;
CREATE INDEX tie_standing ON tie (root, sort, id, body, plain, heard, signed_first);
