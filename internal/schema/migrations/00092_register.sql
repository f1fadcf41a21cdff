-- +goose Up
-- Registers of a union and its associations: terms between congresses, large
-- units, scholars and host families, aid of foreign organisations, programmes with
-- numbered editions, awards. What a register holds is the JSON of its own type.

CREATE TABLE union_register (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  register TEXT {{c}} NOT NULL,            -- term, large, scholar, aid, programme, award
  person   BIGINT NOT NULL,                -- whom it concerns, or 0
  other    BIGINT NOT NULL,                -- another body, or 0
  day      BIGINT NOT NULL,                -- by which it is sorted; 0: none
  due      BIGINT NOT NULL,                -- a day to be kept, while it is open; 0: none
  data     TEXT NOT NULL,
  fold     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX union_register_day ON union_register (root, register, body, day);
CREATE INDEX union_register_due ON union_register (root, due) WHERE due <> 0;
CREATE INDEX union_register_person ON union_register (person) WHERE person <> 0;

-- How somebody is addressed, named in their own script, seated; which languages
-- they speak.
CREATE TABLE protocol (
  person     BIGINT NOT NULL PRIMARY KEY,
  root       BIGINT NOT NULL,
  body       BIGINT NOT NULL,              -- that keeps the person's record
  precedence BIGINT NOT NULL,              -- 1 is first; 0: none
  friend     BIGINT NOT NULL,              -- 1: a friend abroad
  other      BIGINT NOT NULL,              -- the body they speak for, or 0
  country    TEXT {{c}} NOT NULL,
  data       TEXT NOT NULL,                -- JSON of union.Protocol
  revision   BIGINT NOT NULL
) {{strict}};
