-- +goose Up
-- Delegations in and out, who received whom, travel papers kept apart, gifts and
-- where they are, and the limits of gifts.

CREATE TABLE visit (
  deed        BIGINT NOT NULL PRIMARY KEY,
  root        BIGINT NOT NULL,
  body        BIGINT NOT NULL,             -- the deed's home
  interpreter BIGINT NOT NULL,             -- person, or 0
  report_due  BIGINT NOT NULL,             -- day; 0: none asked
  report_done BIGINT NOT NULL,             -- day; 0: not yet
  thanks_due  BIGINT NOT NULL,
  thanks_sent BIGINT NOT NULL,
  data        TEXT NOT NULL,               -- JSON of delegation.Visit
  revision    BIGINT NOT NULL
) {{strict}};
CREATE INDEX visit_report ON visit (root, report_due) WHERE report_due <> 0 AND report_done = 0;
CREATE INDEX visit_thanks ON visit (root, thanks_due) WHERE thanks_due <> 0 AND thanks_sent = 0;

-- Who received whom, at what level.
CREATE TABLE reception (
  deed  BIGINT NOT NULL,
  n     BIGINT NOT NULL,
  root  BIGINT NOT NULL,
  guest BIGINT NOT NULL,                   -- person received, or 0
  host  BIGINT NOT NULL,                   -- person who received, or 0
  data  TEXT NOT NULL,                     -- JSON of delegation.Reception
  PRIMARY KEY (deed, n)
) {{clustered}};
CREATE INDEX reception_guest ON reception (guest) WHERE guest <> 0;
CREATE INDEX reception_host ON reception (host) WHERE host <> 0;

-- Passports and the like: read with a right of its own, in no export.
CREATE TABLE travel_paper (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  deed     BIGINT NOT NULL,
  person   BIGINT NOT NULL,                -- or 0: the name only
  name     TEXT NOT NULL,
  kind     TEXT {{c}} NOT NULL,
  number   TEXT NOT NULL,
  country  TEXT {{c}} NOT NULL,
  expires  BIGINT NOT NULL,                -- day; 0: not known
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX travel_paper_deed ON travel_paper (deed);
CREATE INDEX travel_paper_person ON travel_paper (person) WHERE person <> 0;

CREATE TABLE protocol_gift (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  deed     BIGINT NOT NULL,                -- the visit or other deed, or 0
  way      TEXT {{c}} NOT NULL,            -- given, received
  person   BIGINT NOT NULL,                -- who gave or received it, or 0
  other    BIGINT NOT NULL,                -- the body that did, or 0
  day      BIGINT NOT NULL,
  place    TEXT NOT NULL,                  -- where it is now
  data     TEXT NOT NULL,                  -- JSON of delegation.Gift
  fold     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX protocol_gift_day ON protocol_gift (root, body, day);
CREATE INDEX protocol_gift_deed ON protocol_gift (deed) WHERE deed <> 0;
CREATE INDEX protocol_gift_person ON protocol_gift (person) WHERE person <> 0;

CREATE TABLE gift_limit (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  level    TEXT {{c}} NOT NULL,            -- empty: any
  amount   BIGINT NOT NULL,
  currency TEXT {{c}} NOT NULL,
  since    BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  paper    TEXT NOT NULL,                  -- by which decision
  revision BIGINT NOT NULL
) {{strict}};
