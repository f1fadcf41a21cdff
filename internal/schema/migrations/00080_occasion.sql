-- +goose Up
-- The calendar: feasts of the book beside those that ship, days set by decree,
-- whom to remember on which, duties with how far they have come, tokens that open
-- a calendar to a telephone, reminders that were sent.

CREATE TABLE feast (
  code     TEXT {{c}} NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- whose own it is; 0: everybody's
  data     TEXT NOT NULL,                  -- JSON of occasion.Feast
  revision BIGINT NOT NULL
) {{strict}};

CREATE TABLE decree (
  feast    TEXT {{c}} NOT NULL,
  year     BIGINT NOT NULL,
  root     BIGINT NOT NULL,
  data     TEXT NOT NULL,                  -- JSON of occasion.Decree
  PRIMARY KEY (feast, year)
) {{clustered}};

CREATE TABLE custom (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- whose custom
  target   BIGINT NOT NULL,                -- whom it remembers
  ended    BIGINT NOT NULL,
  data     TEXT NOT NULL                   -- JSON of occasion.Custom
) {{strict}};
CREATE INDEX custom_body ON custom (root, body) WHERE ended = 0;

CREATE TABLE duty (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- whose office does it
  code     TEXT {{c}} NOT NULL,            -- of the occasion
  year     BIGINT NOT NULL,
  day      BIGINT NOT NULL,                -- of the occasion
  target   BIGINT NOT NULL,
  doing    TEXT {{c}} NOT NULL,
  waits    BIGINT NOT NULL,                -- 1: something is left to do
  data     TEXT NOT NULL,                  -- JSON of occasion.Duty
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX duty_day ON duty (root, day, id);
CREATE INDEX duty_occasion ON duty (body, code, year);
CREATE INDEX duty_target ON duty (target, day) WHERE target <> 0;

CREATE TABLE calendar_token (
  id        BIGINT NOT NULL PRIMARY KEY,
  account   BIGINT NOT NULL,
  office    BIGINT NOT NULL,               -- only with the rights of this office; 0: all
  label     TEXT NOT NULL,
  digest    TEXT {{c}} NOT NULL,           -- SHA-256 of the secret
  created   BIGINT NOT NULL,               -- Unix milliseconds
  withdrawn BIGINT NOT NULL,               -- 0: in force
  used      BIGINT NOT NULL,               -- day of the last use, 0 never
  CONSTRAINT calendar_token_digest UNIQUE (digest)
) {{strict}};
CREATE INDEX calendar_token_account ON calendar_token (account);

CREATE TABLE reminder (
  person   BIGINT NOT NULL,
  item     TEXT {{c}} NOT NULL,            -- key of the occasion or the duty
  day      BIGINT NOT NULL,                -- on which it was claimed
  sent     BIGINT NOT NULL,                -- 1: handed to the mail server
  PRIMARY KEY (person, item)
) {{clustered}};
CREATE INDEX reminder_day ON reminder (person, day);

-- Letters of congratulation, flowers and courtesy visits are deeds. A new book
-- has these kinds from the start.
INSERT INTO deed_kind (code, data, rank, retired, revision)
SELECT 'congratulation', '{"code":"congratulation","names":{"vi":"Gửi thư chúc mừng","en":"Letter of congratulation","fr":"Lettre de félicitations"},"shorts":{"vi":"Thư chúc mừng","en":"Congratulation","fr":"Félicitations"},"acts":{"vi":"thư chúc mừng","en":"letters","fr":"lettres"},"units":["acts"],"roles":["receiver"],"rank":61,"revision":1}', 61, 0, 1 FROM book WHERE id = 1
ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision)
SELECT 'flowers', '{"code":"flowers","names":{"vi":"Tặng lẵng hoa chúc mừng","en":"Flowers of congratulation","fr":"Corbeille de fleurs"},"shorts":{"vi":"Lẵng hoa","en":"Flowers","fr":"Fleurs"},"acts":{"vi":"lẵng hoa","en":"baskets","fr":"corbeilles"},"units":["acts","money"],"roles":["receiver"],"papers":["payment"],"heading":"reception","rank":62,"revision":1}', 62, 0, 1 FROM book WHERE id = 1
ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision)
SELECT 'courtesy-visit', '{"code":"courtesy-visit","names":{"vi":"Đến chúc mừng, thăm xã giao","en":"Courtesy visit","fr":"Visite de courtoisie"},"shorts":{"vi":"Thăm xã giao","en":"Courtesy visit","fr":"Visite de courtoisie"},"acts":{"vi":"lượt thăm","en":"visits","fr":"visites"},"units":["acts","persons","money"],"roles":["receiver","visitor"],"papers":["payment"],"heading":"reception","rank":63,"revision":1}', 63, 0, 1 FROM book WHERE id = 1
ON CONFLICT (code) DO NOTHING;
