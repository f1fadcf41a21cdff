-- +goose Up
-- People, what they belong to, the offices they hold, and who may sign in.

CREATE TABLE person (
  id             BIGINT NOT NULL PRIMARY KEY,
  root           BIGINT NOT NULL,
  body           BIGINT NOT NULL,          -- the body that keeps this record
  name           TEXT NOT NULL,
  other_names    TEXT NOT NULL,            -- JSON [{"lang","name"}]
  sex            TEXT {{c}} NOT NULL,
  birth          TEXT NOT NULL,            -- EDTF
  birth_first    BIGINT,
  birth_last     BIGINT,
  death          TEXT NOT NULL,
  dead           BIGINT NOT NULL,          -- 1: died, the day may be unknown
  phone          TEXT NOT NULL,
  email          TEXT NOT NULL,
  address        TEXT NOT NULL,
  origin         BIGINT NOT NULL,          -- administrative unit, 0 unknown
  origin_note    TEXT NOT NULL,
  residence      BIGINT NOT NULL,
  residence_note TEXT NOT NULL,
  household      BIGINT NOT NULL,          -- a body of kind household, or 0
  relation       TEXT {{c}} NOT NULL,      -- to the head of the household
  consent        TEXT {{c}} NOT NULL,      -- to be named: yes, no, or empty
  note           TEXT NOT NULL,
  merged_into    BIGINT NOT NULL,          -- 0, or the person this record became
  sort           {{blob}} NOT NULL,        -- collation key: given, family, middle
  fold           TEXT NOT NULL,            -- what search compares
  revision       BIGINT NOT NULL
) {{strict}};
CREATE INDEX person_sort ON person (root, sort, id);
CREATE INDEX person_body ON person (root, body);
CREATE INDEX person_origin ON person (root, origin);
CREATE INDEX person_residence ON person (root, residence);
CREATE INDEX person_birth ON person (root, birth_first);
CREATE INDEX person_household ON person (household) WHERE household <> 0;

CREATE TABLE membership (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- the branch or association joined
  person   BIGINT NOT NULL,                -- 0 when a body is the member
  member   BIGINT NOT NULL,                -- 0 when a person is the member
  number   TEXT {{c}} NOT NULL,            -- member number, may be empty
  category TEXT {{c}} NOT NULL,
  joined       TEXT NOT NULL,
  joined_first BIGINT,
  left_on      TEXT NOT NULL,
  left_last    BIGINT,                     -- last day of membership; NULL while it lasts
  reason   TEXT {{c}} NOT NULL,            -- why it ended: left, died, moved, removed, merged
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT membership_one CHECK ((person = 0) <> (member = 0))
) {{strict}};
CREATE INDEX membership_body ON membership (root, body, left_last, person);
CREATE INDEX membership_person ON membership (person, left_last);
CREATE INDEX membership_number ON membership (root, number) WHERE number <> '';

CREATE TABLE office (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  kind     TEXT {{c}} NOT NULL,            -- what it lets its holder do
  title    TEXT NOT NULL,                  -- own title; empty: the kind's name
  board    TEXT {{c}} NOT NULL,            -- executive, standing, inspection, or empty
  seats    BIGINT NOT NULL,
  rank     BIGINT NOT NULL,
  since    BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX office_body ON office (root, body, rank);

CREATE TABLE holding (
  id      BIGINT NOT NULL PRIMARY KEY,
  root    BIGINT NOT NULL,
  office  BIGINT NOT NULL,
  person  BIGINT NOT NULL,
  began       TEXT NOT NULL,                -- EDTF
  began_first  BIGINT NOT NULL,
  planned_end  TEXT NOT NULL,              -- end of the term as decided
  actual_end   TEXT NOT NULL,              -- empty while it lasts
  end_last     BIGINT NOT NULL,            -- last day in force; a far day while it lasts
  represents   BIGINT NOT NULL,            -- the branch it speaks for, or 0
  paper   TEXT NOT NULL,                   -- number and date of the decision
  note    TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX holding_office ON holding (office, began_first);
CREATE INDEX holding_person ON holding (person);

CREATE TABLE account (
  id       BIGINT NOT NULL PRIMARY KEY,
  login    TEXT {{c}} NOT NULL,
  person   BIGINT NOT NULL,
  hash     TEXT NOT NULL,
  lang     TEXT {{c}} NOT NULL,
  disabled BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT account_login UNIQUE (login)
) {{strict}};

-- A named helper acts for an officer until a day.
CREATE TABLE delegation (
  id      BIGINT NOT NULL PRIMARY KEY,
  holding BIGINT NOT NULL,
  person  BIGINT NOT NULL,
  since   BIGINT NOT NULL,
  until   BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX delegation_person ON delegation (person);

CREATE TABLE session (
  token  TEXT {{c}} NOT NULL PRIMARY KEY,  -- hashed
  account BIGINT NOT NULL,
  data   {{blob}} NOT NULL,
  expiry BIGINT NOT NULL
) {{strict}};

-- Two records that became one: what moved, so that it can be taken back.
CREATE TABLE merge (
  gone   BIGINT NOT NULL PRIMARY KEY,
  kept   BIGINT NOT NULL,
  root   BIGINT NOT NULL,
  data   TEXT NOT NULL,                    -- JSON of person.Merged
  undone BIGINT NOT NULL
) {{strict}};
CREATE INDEX merge_kept ON merge (kept);

-- Pairs of records that somebody looked at and found to be two people.
CREATE TABLE apart (
  root   BIGINT NOT NULL,
  person BIGINT NOT NULL,
  other  BIGINT NOT NULL,
  PRIMARY KEY (root, person, other)
) {{clustered}};
