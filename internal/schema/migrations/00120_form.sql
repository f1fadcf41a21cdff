-- +goose Up
-- Reporting forms: what units are asked, their replies period by period with every
-- earlier sending, and the figures above each unit, kept as they come in.

CREATE TABLE form (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- that asks
  code     TEXT {{c}} NOT NULL,
  data     TEXT NOT NULL,                  -- JSON of reporting.Form, the present version
  revision BIGINT NOT NULL,
  CONSTRAINT form_code UNIQUE (root, code)
) {{strict}};

-- The questions of every version, for the replies that answered them.
CREATE TABLE form_version (
  form    BIGINT NOT NULL,
  version BIGINT NOT NULL,
  data    TEXT NOT NULL,                   -- JSON of reporting.Form as it was
  PRIMARY KEY (form, version)
) {{clustered}};

-- What opens one form for one unit without an account; one in force each.
CREATE TABLE form_key (
  id        BIGINT NOT NULL PRIMARY KEY,
  form      BIGINT NOT NULL,
  unit      BIGINT NOT NULL,
  digest    TEXT {{c}} NOT NULL,           -- of the secret, which is not kept
  created   BIGINT NOT NULL,               -- Unix milliseconds
  expires   BIGINT NOT NULL,               -- last day on which it opens
  withdrawn BIGINT NOT NULL,               -- Unix milliseconds, 0: in force
  used      BIGINT NOT NULL,               -- day on which it was last used, 0: never
  CONSTRAINT form_key_digest UNIQUE (digest)
) {{strict}};
CREATE INDEX form_key_unit ON form_key (form, unit);

-- A half-filled reply, as it was typed.
CREATE TABLE form_draft (
  form    BIGINT NOT NULL,
  period  BIGINT NOT NULL,                 -- first day of the period
  unit    BIGINT NOT NULL,
  version BIGINT NOT NULL,
  saved   BIGINT NOT NULL,                 -- Unix milliseconds
  typed   TEXT NOT NULL,                   -- JSON: what stands in each field
  PRIMARY KEY (form, period, unit)
) {{clustered}};

-- What each unit last sent.
CREATE TABLE reply (
  root     BIGINT NOT NULL,
  form     BIGINT NOT NULL,
  period   BIGINT NOT NULL,
  unit     BIGINT NOT NULL,
  n        BIGINT NOT NULL,                -- sent for the nth time
  version  BIGINT NOT NULL,
  late     BIGINT NOT NULL,
  at       BIGINT NOT NULL,                -- Unix milliseconds
  began    BIGINT NOT NULL,                -- day of the first sending
  status   TEXT {{c}} NOT NULL,            -- sent, approved, returned
  way      TEXT {{c}} NOT NULL,            -- link, inside, sheet
  name     TEXT NOT NULL,                  -- who filled it in, as they said
  phone    TEXT NOT NULL,
  figures  TEXT {{c}} NOT NULL,            -- numbers: question:quantity:qualifier
  words    TEXT NOT NULL,                  -- JSON: other answers by question
  deeds    TEXT NOT NULL,                  -- JSON: deeds they became, by kind
  judge    TEXT NOT NULL,
  judged   BIGINT NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (root, form, period, unit)
) {{clustered}};
CREATE INDEX reply_unit ON reply (unit, form, period);

-- What a reply was before it was sent again or judged.
CREATE TABLE reply_past (
  root     BIGINT NOT NULL,
  form     BIGINT NOT NULL,
  period   BIGINT NOT NULL,
  unit     BIGINT NOT NULL,
  n        BIGINT NOT NULL,
  ended    BIGINT NOT NULL,                -- Unix milliseconds, made single
  version  BIGINT NOT NULL,
  late     BIGINT NOT NULL,
  at       BIGINT NOT NULL,
  began    BIGINT NOT NULL,
  status   TEXT {{c}} NOT NULL,
  way      TEXT {{c}} NOT NULL,
  name     TEXT NOT NULL,
  phone    TEXT NOT NULL,
  figures  TEXT {{c}} NOT NULL,
  words    TEXT NOT NULL,
  deeds    TEXT NOT NULL,
  judge    TEXT NOT NULL,
  judged   BIGINT NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (root, form, period, unit, n, ended)
) {{clustered}};

-- How the replies of the units below a body stand.
CREATE TABLE reply_count (
  root     BIGINT NOT NULL,
  form     BIGINT NOT NULL,
  period   BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  sent     BIGINT NOT NULL,
  late     BIGINT NOT NULL,
  approved BIGINT NOT NULL,
  returned BIGINT NOT NULL,
  PRIMARY KEY (root, form, period, body)
) {{clustered}};

-- What the answers of the units below a body add up to.
CREATE TABLE reply_sum (
  root     BIGINT NOT NULL,
  form     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  question BIGINT NOT NULL,
  period   BIGINT NOT NULL,
  qty      BIGINT NOT NULL,
  exact    BIGINT NOT NULL,
  atleast  BIGINT NOT NULL,
  over     BIGINT NOT NULL,
  about    BIGINT NOT NULL,
  nearly   BIGINT NOT NULL,
  PRIMARY KEY (root, form, body, question, period)
) {{clustered}};

CREATE TABLE form_lock (
  form   BIGINT NOT NULL,
  period BIGINT NOT NULL,
  data   TEXT NOT NULL,                    -- JSON of reporting.Lock
  PRIMARY KEY (form, period)
) {{clustered}};
