-- +goose Up
-- The office: register of papers, meetings, resolutions as tasks, handovers.

CREATE TABLE paper (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- whose register
  way      TEXT {{c}} NOT NULL,            -- in, out
  kind     TEXT {{c}} NOT NULL,
  series   TEXT {{c}} NOT NULL,
  year     BIGINT NOT NULL,
  number   BIGINT NOT NULL,
  tail     TEXT NOT NULL,                  -- behind the number: BC-BLL
  typed    BIGINT NOT NULL,                -- 1: the number was given by hand
  day      BIGINT NOT NULL,                -- arrived, or dated
  sender   TEXT NOT NULL,
  theirs   TEXT NOT NULL,                  -- the sender's number
  dated    TEXT NOT NULL,                  -- EDTF: the sender's date
  addressed TEXT NOT NULL,                 -- JSON: to whom
  signer   TEXT NOT NULL,
  urgency  TEXT {{c}} NOT NULL,
  subject  TEXT NOT NULL,
  deadline BIGINT NOT NULL,                -- 0: none
  handler  BIGINT NOT NULL,
  handled  TEXT NOT NULL,                  -- name of a handler outside the book
  answers  BIGINT NOT NULL,                -- the one that came to which it replies
  answered BIGINT NOT NULL,                -- the one that went in reply
  settled  BIGINT NOT NULL,                -- day; 0: not yet
  outcome  TEXT NOT NULL,
  files    TEXT NOT NULL,                  -- JSON of office.File
  made     TEXT {{c}} NOT NULL,            -- what of the book it was made from
  note     TEXT NOT NULL,
  void     BIGINT NOT NULL,
  reason   TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  recorder BIGINT NOT NULL,
  fold     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT paper_number UNIQUE (body, series, year, number)
) {{strict}};
CREATE INDEX paper_day ON paper (root, way, day, id);
CREATE INDEX paper_waits ON paper (root, deadline) WHERE deadline <> 0 AND settled = 0;
CREATE INDEX paper_made ON paper (body, made) WHERE made <> '';

-- What a deed of a meeting kind has beside its lines.
CREATE TABLE meeting (
  deed      BIGINT NOT NULL PRIMARY KEY,
  root      BIGINT NOT NULL,
  body      BIGINT NOT NULL,
  began     TEXT NOT NULL,                 -- hour, as written
  ended     TEXT NOT NULL,
  chair     TEXT NOT NULL,
  secretary TEXT NOT NULL,
  agenda    TEXT NOT NULL,
  minutes   TEXT NOT NULL,
  revision  BIGINT NOT NULL
) {{strict}};

CREATE TABLE attendee (
  deed     BIGINT NOT NULL,
  n        BIGINT NOT NULL,
  root     BIGINT NOT NULL,
  person   BIGINT NOT NULL,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  guest    BIGINT NOT NULL,
  presence TEXT {{c}} NOT NULL,
  proxy    TEXT NOT NULL,                  -- who came in their place
  note     TEXT NOT NULL,
  PRIMARY KEY (deed, n)
) {{clustered}};
CREATE INDEX attendee_person ON attendee (person, deed) WHERE person <> 0;

CREATE TABLE task (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  text     TEXT NOT NULL,
  person   BIGINT NOT NULL,                -- who is to do it, or 0
  name     TEXT NOT NULL,
  due      BIGINT NOT NULL,                -- 0: no day was set
  meeting  BIGINT NOT NULL,                -- deed that resolved it
  paper    BIGINT NOT NULL,
  status   TEXT {{c}} NOT NULL,            -- open, done, dropped
  ended    BIGINT NOT NULL,                -- day
  deed     BIGINT NOT NULL,                -- by which it was done
  note     TEXT NOT NULL,
  recorded BIGINT NOT NULL,
  recorder BIGINT NOT NULL,
  fold     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX task_open ON task (root, due, id) WHERE status = 'open';
CREATE INDEX task_meeting ON task (meeting) WHERE meeting <> 0;
CREATE INDEX task_person ON task (person) WHERE person <> 0;

CREATE TABLE handover (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  office   BIGINT NOT NULL,
  holding  BIGINT NOT NULL,                -- that ended
  next     BIGINT NOT NULL,                -- the successor's holding, or 0
  giver    BIGINT NOT NULL,
  taker    BIGINT NOT NULL,
  witness  BIGINT NOT NULL,
  seen     TEXT NOT NULL,                  -- a witness outside the book
  day      BIGINT NOT NULL,
  since    BIGINT NOT NULL,
  paper    TEXT NOT NULL,                  -- the decision
  things   TEXT NOT NULL,
  note     TEXT NOT NULL,
  state    TEXT NOT NULL,                  -- JSON of office.State, as it stood
  recorded BIGINT NOT NULL,
  recorder BIGINT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX handover_body ON handover (root, body, day);
