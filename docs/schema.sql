-- The tables of a book on SQLite, as a fresh one has them. Written by
-- KITH_UPDATE=1 go test ./internal/store -run TheTablesAreWrittenDown

CREATE TABLE account (
  id       INTEGER NOT NULL PRIMARY KEY,
  login    TEXT  NOT NULL,
  person   INTEGER NOT NULL,
  hash     TEXT NOT NULL,
  lang     TEXT  NOT NULL,
  disabled INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT account_login UNIQUE (login)
) STRICT;

CREATE TABLE activity (
  deed      INTEGER NOT NULL PRIMARY KEY,
  root      INTEGER NOT NULL,
  body      INTEGER NOT NULL,               -- the deed's home
  part      TEXT  NOT NULL,           -- chaired, coordinated, joined; empty: not said
  planning  TEXT  NOT NULL,           -- planned, outside; empty: the plan tells
  countries TEXT  NOT NULL,           -- codes of two letters, parted by spaces
  revision  INTEGER NOT NULL
) STRICT;

CREATE TABLE amendment (
  id       INTEGER NOT NULL PRIMARY KEY,
  contest  INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Amendment
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE apart (
  root   INTEGER NOT NULL,
  person INTEGER NOT NULL,
  other  INTEGER NOT NULL,
  PRIMARY KEY (root, person, other)
) WITHOUT ROWID, STRICT;

CREATE TABLE assessor (
  id      INTEGER NOT NULL PRIMARY KEY,
  contest INTEGER NOT NULL,
  stage   TEXT  NOT NULL,
  person  INTEGER NOT NULL
) STRICT;

CREATE TABLE attachment (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- whose readers may see it
  subject  TEXT  NOT NULL,
  ref      INTEGER NOT NULL,
  digest   TEXT  NOT NULL,            -- SHA-256, hexadecimal
  name     TEXT NOT NULL,                  -- as the file was called
  type     TEXT NOT NULL,
  size     INTEGER NOT NULL,
  added    INTEGER NOT NULL,                -- Unix milliseconds
  adder    INTEGER NOT NULL,
  removed  INTEGER NOT NULL                 -- 1: taken off, the file is kept
) STRICT;

CREATE TABLE attendee (
  deed     INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  root     INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  guest    INTEGER NOT NULL,
  presence TEXT  NOT NULL,
  proxy    TEXT NOT NULL,                  -- who came in their place
  note     TEXT NOT NULL,
  PRIMARY KEY (deed, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE ballot (
  id       INTEGER NOT NULL PRIMARY KEY,
  contest  INTEGER NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Ballot: counts, never who voted how
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE bank_line (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  amount   INTEGER NOT NULL,
  text     TEXT NOT NULL,
  ref      TEXT NOT NULL,                  -- the bank's own number
  balance  INTEGER,                         -- as the bank states it after the line
  same     INTEGER NOT NULL,                -- counts lines of a day that read alike
  entry    INTEGER NOT NULL,                -- reconciled with, or 0
  n        INTEGER NOT NULL,
  job      INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT bank_line_once UNIQUE (account, day, amount, ref, text, same)
) STRICT;

CREATE TABLE body (
  id            INTEGER NOT NULL PRIMARY KEY,
  root          INTEGER NOT NULL,
  code          TEXT  NOT NULL,
  kind          TEXT  NOT NULL,
  founded       TEXT NOT NULL,            -- EDTF
  ended         TEXT NOT NULL,            -- EDTF; empty while it lives
  seat          INTEGER NOT NULL,          -- administrative unit, 0 unknown
  address       TEXT NOT NULL,
  phone         TEXT NOT NULL,
  note          TEXT NOT NULL,
  sort          BLOB NOT NULL,        -- collation key of the name in force
  fold          TEXT NOT NULL,
  revision      INTEGER NOT NULL,
  CONSTRAINT body_code UNIQUE (code)
) STRICT;

CREATE TABLE body_country (
  body    INTEGER NOT NULL PRIMARY KEY,
  root    INTEGER NOT NULL,
  country TEXT  NOT NULL
) STRICT;

CREATE TABLE body_level (
  body  INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  level TEXT  NOT NULL,              -- country, region, province, district, commune, hamlet, unit; empty: none
  kind  TEXT  NOT NULL,              -- what sort of body it was then; empty: as now
  PRIMARY KEY (body, since),
  CONSTRAINT body_level_order CHECK (since <= until)
) WITHOUT ROWID, STRICT;

CREATE TABLE body_name (
  body  INTEGER NOT NULL,
  n     INTEGER NOT NULL,
  lang  TEXT  NOT NULL,
  name  TEXT NOT NULL,
  short TEXT NOT NULL,
  since INTEGER NOT NULL,                  -- first day it was borne
  until INTEGER NOT NULL,                  -- last day
  alias INTEGER NOT NULL,                  -- 1: also called so, never printed
  PRIMARY KEY (body, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE book (
  id        INTEGER NOT NULL PRIMARY KEY,  -- always 1
  number    INTEGER NOT NULL,              -- 0..1023, leads the ids made here
  root      INTEGER NOT NULL,              -- the body at the top of the tree
  opened_at INTEGER NOT NULL,              -- Unix milliseconds
  CONSTRAINT book_one CHECK (id = 1),
  CONSTRAINT book_number CHECK (number BETWEEN 0 AND 1023)
) STRICT;

CREATE TABLE budget (
  body     INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  class    TEXT  NOT NULL,
  code     TEXT  NOT NULL,
  currency TEXT  NOT NULL,
  root     INTEGER NOT NULL,
  amount   INTEGER NOT NULL,
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (body, year, class, code, currency)
) WITHOUT ROWID, STRICT;

CREATE TABLE calendar_token (
  id        INTEGER NOT NULL PRIMARY KEY,
  account   INTEGER NOT NULL,
  office    INTEGER NOT NULL,               -- only with the rights of this office; 0: all
  label     TEXT NOT NULL,
  digest    TEXT  NOT NULL,           -- SHA-256 of the secret
  created   INTEGER NOT NULL,               -- Unix milliseconds
  withdrawn INTEGER NOT NULL,               -- 0: in force
  used      INTEGER NOT NULL,               -- day of the last use, 0 never
  CONSTRAINT calendar_token_digest UNIQUE (digest)
) STRICT;

CREATE TABLE cash_count (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  notes    TEXT NOT NULL,                  -- JSON: how many of each denomination
  counted  INTEGER NOT NULL,
  booked   INTEGER NOT NULL,                -- what the book said
  reason   TEXT NOT NULL,
  people   TEXT NOT NULL,                  -- JSON: who counted
  recorded INTEGER NOT NULL,
  recorder INTEGER NOT NULL
) STRICT;

CREATE TABLE change (
  link    INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  at      INTEGER NOT NULL,
  actor   INTEGER NOT NULL,                -- person, 0 for the machine's operator
  name    TEXT NOT NULL,                  -- the actor's name as it was then
  subject TEXT  NOT NULL,
  ref     INTEGER NOT NULL,
  body    INTEGER NOT NULL,                -- whose readers may see it
  job     INTEGER NOT NULL,                -- the import it came with, or 0
  why     TEXT NOT NULL,
  payload TEXT,                           -- JSON {"before","after"}
  salt    BLOB,
  digest  BLOB NOT NULL,
  PRIMARY KEY (link, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE closing (
  id     INTEGER NOT NULL PRIMARY KEY,
  root   INTEGER NOT NULL,
  body   INTEGER NOT NULL,
  until  INTEGER NOT NULL,
  was    INTEGER NOT NULL,                  -- until when it was closed before
  reason TEXT NOT NULL,
  at     INTEGER NOT NULL,
  actor  INTEGER NOT NULL
) STRICT;

CREATE TABLE conference_item (
  id       INTEGER NOT NULL PRIMARY KEY,
  contest  INTEGER NOT NULL,
  kind     TEXT  NOT NULL,           -- step, speech, seat, model, gift, cost
  ord      INTEGER NOT NULL,
  unit     INTEGER NOT NULL,               -- 0: no unit of the contest
  data     TEXT NOT NULL,                 -- JSON of contest.Item
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE contest (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  cluster  INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  standing TEXT  NOT NULL,           -- drafted, opened, published
  data     TEXT NOT NULL,                 -- JSON of contest.Contest
  revision INTEGER NOT NULL,
  CONSTRAINT contest_year UNIQUE (cluster, year)
) STRICT;

CREATE TABLE contest_unit (
  contest INTEGER NOT NULL,
  body    INTEGER NOT NULL,
  role    TEXT  NOT NULL,            -- member, lead, deputy
  ord     INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER NOT NULL,
  note    TEXT NOT NULL,
  PRIMARY KEY (contest, body)
) WITHOUT ROWID, STRICT;

CREATE TABLE contract (
  contest  INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  signed   INTEGER NOT NULL,               -- day, 0: not yet
  signer   TEXT NOT NULL,
  office   TEXT NOT NULL,
  targets  TEXT NOT NULL,                 -- JSON of contest.Pledge
  titles   TEXT NOT NULL,                 -- JSON: awards it registered for
  revision INTEGER NOT NULL,
  PRIMARY KEY (contest, unit)
) WITHOUT ROWID, STRICT;

CREATE TABLE credential (
  name  TEXT  NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE criterion (
  id       INTEGER NOT NULL PRIMARY KEY,
  contest  INTEGER NOT NULL,
  parent   INTEGER NOT NULL,
  ord      INTEGER NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Criterion
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE custom (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- whose custom
  target   INTEGER NOT NULL,                -- whom it remembers
  ended    INTEGER NOT NULL,
  data     TEXT NOT NULL                   -- JSON of occasion.Custom
) STRICT;

CREATE TABLE decree (
  feast    TEXT  NOT NULL,
  year     INTEGER NOT NULL,
  root     INTEGER NOT NULL,
  data     TEXT NOT NULL,                  -- JSON of occasion.Decree
  PRIMARY KEY (feast, year)
) WITHOUT ROWID, STRICT;

CREATE TABLE deed (
  id         INTEGER NOT NULL PRIMARY KEY,
  root       INTEGER NOT NULL,
  body       INTEGER NOT NULL,              -- its home: figures are counted here
  kind       TEXT  NOT NULL,
  status     TEXT  NOT NULL,          -- planned, done, cancelled
  title      TEXT NOT NULL,
  day        TEXT NOT NULL,                -- EDTF
  day_first  INTEGER NOT NULL,              -- sentinels where unknown
  day_last   INTEGER NOT NULL,
  place      INTEGER NOT NULL,
  place_note TEXT NOT NULL,
  series     INTEGER NOT NULL,              -- 12 of "the 12th", or 0
  brought    INTEGER NOT NULL,              -- 1: a figure that predates the book
  programme  INTEGER NOT NULL,
  plan       TEXT NOT NULL,                -- JSON lines of a planned deed
  reason     TEXT NOT NULL,                -- why the norm was exceeded
  approver   INTEGER NOT NULL,              -- who approved it, or 0
  note       TEXT NOT NULL,
  source     TEXT NOT NULL,                -- JSON of source.Source
  entry      INTEGER NOT NULL,              -- the fund entry that paid, or 0
  job        INTEGER NOT NULL,              -- the import it came with, or 0
  recorded   INTEGER NOT NULL,              -- Unix milliseconds
  recorder   INTEGER NOT NULL,
  fold       TEXT NOT NULL,
  revision   INTEGER NOT NULL
) STRICT;

CREATE TABLE deed_kind (
  code     TEXT  NOT NULL PRIMARY KEY,
  data     TEXT NOT NULL,                  -- JSON of deed.Kind
  rank     INTEGER NOT NULL,
  retired  INTEGER NOT NULL,
  revision INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE delegation (
  id      INTEGER NOT NULL PRIMARY KEY,
  holding INTEGER NOT NULL,
  person  INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER NOT NULL,
  revision INTEGER NOT NULL
, rights TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', lender INTEGER NOT NULL DEFAULT 0, ended INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE due_charge (
  membership INTEGER NOT NULL,
  year       INTEGER NOT NULL,
  root       INTEGER NOT NULL,
  currency   TEXT  NOT NULL,
  amount     INTEGER NOT NULL,
  note       TEXT NOT NULL,
  PRIMARY KEY (membership, year)
) WITHOUT ROWID, STRICT;

CREATE TABLE due_exemption (
  id         INTEGER NOT NULL PRIMARY KEY,
  root       INTEGER NOT NULL,
  membership INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  until      INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  revision   INTEGER NOT NULL
) STRICT;

CREATE TABLE due_rate (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  category TEXT  NOT NULL,            -- empty: every other category
  currency TEXT  NOT NULL,
  amount   INTEGER NOT NULL,
  since    INTEGER NOT NULL,                -- first year
  until    INTEGER NOT NULL,                -- last year; 9999 while in force
  revision INTEGER NOT NULL,
  CONSTRAINT due_rate_order CHECK (since <= until)
) STRICT;

CREATE TABLE duty (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- whose office does it
  code     TEXT  NOT NULL,            -- of the occasion
  year     INTEGER NOT NULL,
  day      INTEGER NOT NULL,                -- of the occasion
  target   INTEGER NOT NULL,
  doing    TEXT  NOT NULL,
  waits    INTEGER NOT NULL,                -- 1: something is left to do
  data     TEXT NOT NULL,                  -- JSON of occasion.Duty
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE edge (
  axis   TEXT  NOT NULL,
  child  INTEGER NOT NULL,
  since  INTEGER NOT NULL,
  until  INTEGER NOT NULL,
  parent INTEGER NOT NULL,
  PRIMARY KEY (axis, child, since),
  CONSTRAINT edge_order CHECK (since <= until),
  CONSTRAINT edge_self CHECK (child <> parent)
) WITHOUT ROWID, STRICT;

CREATE TABLE edition (
  id     INTEGER NOT NULL PRIMARY KEY,     -- 0 is the tree of each deed's own date
  root   INTEGER NOT NULL,
  name   TEXT  NOT NULL,             -- the reform it was made for
  day    INTEGER NOT NULL,
  filled INTEGER NOT NULL
) STRICT;

CREATE TABLE entry (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- whose fund
  kind     TEXT  NOT NULL,
  series   TEXT  NOT NULL,
  year     INTEGER NOT NULL,
  number   INTEGER NOT NULL,                -- without gaps in body, series and year
  day      INTEGER NOT NULL,
  refers   TEXT NOT NULL,                  -- EDTF: what it is about, when entered later
  person   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  address  TEXT NOT NULL,
  consent  TEXT  NOT NULL,
  text     TEXT NOT NULL,
  approver INTEGER NOT NULL,
  payer    INTEGER NOT NULL,
  second   INTEGER NOT NULL,
  voucher  TEXT NOT NULL,
  papers   TEXT NOT NULL,                  -- JSON: ids in the archive
  deed     INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  rate     TEXT NOT NULL,                  -- exact decimal, of an exchange
  reverses INTEGER NOT NULL,
  reversed INTEGER NOT NULL,
  lacks    INTEGER NOT NULL,                -- 1: still to be approved or vouched for
  job      INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  recorder INTEGER NOT NULL,
  fold     TEXT NOT NULL,
  revision INTEGER NOT NULL, asked INTEGER NOT NULL DEFAULT 0, asked_second INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT entry_number UNIQUE (body, series, year, number)
) STRICT;

CREATE TABLE entry_ref (
  body  INTEGER NOT NULL,                   -- whose fund
  ref   TEXT  NOT NULL,
  entry INTEGER NOT NULL,
  root  INTEGER NOT NULL,
  PRIMARY KEY (body, ref)
) WITHOUT ROWID, STRICT;

CREATE TABLE event (
  id        INTEGER NOT NULL PRIMARY KEY,
  root      INTEGER NOT NULL,
  kind      TEXT  NOT NULL,          -- rename, merge, split, move, level, end, refound
  day       INTEGER NOT NULL,              -- the first day of the new state
  number    TEXT NOT NULL,                -- of the decision
  decided   TEXT NOT NULL,                -- EDTF: when it was decided
  issuer    TEXT NOT NULL,
  title     TEXT NOT NULL,
  note      TEXT NOT NULL,
  source    TEXT NOT NULL,
  job       INTEGER NOT NULL,              -- the work it came with, or 0
  recorded  INTEGER NOT NULL,              -- Unix milliseconds
  recorder  INTEGER NOT NULL,
  undone    INTEGER NOT NULL,              -- Unix milliseconds; 0: it stands
  reason    TEXT NOT NULL,                -- why it was undone
  marks     TEXT NOT NULL                 -- JSON: what each body was before and after
) STRICT;

CREATE TABLE feast (
  code     TEXT  NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- whose own it is; 0: everybody's
  data     TEXT NOT NULL,                  -- JSON of occasion.Feast
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE flag_passing (
  cluster INTEGER NOT NULL,
  year    INTEGER NOT NULL,                -- for which the receiver is in the lead
  giver   INTEGER NOT NULL,
  taker   INTEGER NOT NULL,
  day     INTEGER NOT NULL,
  deed    INTEGER NOT NULL,
  note    TEXT NOT NULL,
  PRIMARY KEY (cluster, year)
) WITHOUT ROWID, STRICT;

CREATE TABLE form (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- that asks
  code     TEXT  NOT NULL,
  data     TEXT NOT NULL,                  -- JSON of reporting.Form, the present version
  revision INTEGER NOT NULL,
  CONSTRAINT form_code UNIQUE (root, code)
) STRICT;

CREATE TABLE form_draft (
  form    INTEGER NOT NULL,
  period  INTEGER NOT NULL,                 -- first day of the period
  unit    INTEGER NOT NULL,
  version INTEGER NOT NULL,
  saved   INTEGER NOT NULL,                 -- Unix milliseconds
  typed   TEXT NOT NULL,                   -- JSON: what stands in each field
  PRIMARY KEY (form, period, unit)
) WITHOUT ROWID, STRICT;

CREATE TABLE form_key (
  id        INTEGER NOT NULL PRIMARY KEY,
  form      INTEGER NOT NULL,
  unit      INTEGER NOT NULL,
  digest    TEXT  NOT NULL,           -- of the secret, which is not kept
  created   INTEGER NOT NULL,               -- Unix milliseconds
  expires   INTEGER NOT NULL,               -- last day on which it opens
  withdrawn INTEGER NOT NULL,               -- Unix milliseconds, 0: in force
  used      INTEGER NOT NULL,               -- day on which it was last used, 0: never
  CONSTRAINT form_key_digest UNIQUE (digest)
) STRICT;

CREATE TABLE form_lock (
  form   INTEGER NOT NULL,
  period INTEGER NOT NULL,
  data   TEXT NOT NULL,                    -- JSON of reporting.Lock
  PRIMARY KEY (form, period)
) WITHOUT ROWID, STRICT;

CREATE TABLE form_version (
  form    INTEGER NOT NULL,
  version INTEGER NOT NULL,
  data    TEXT NOT NULL,                   -- JSON of reporting.Form as it was
  PRIMARY KEY (form, version)
) WITHOUT ROWID, STRICT;

CREATE TABLE fund (
  body     INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  currency TEXT  NOT NULL,
  closed   INTEGER NOT NULL,                -- last day on which nothing may be dated
  series   TEXT NOT NULL,                  -- JSON: series by kind of entry; empty: as shipped
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE fund_account (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  class    TEXT  NOT NULL,
  code     TEXT  NOT NULL,
  currency TEXT  NOT NULL,
  names    TEXT NOT NULL,                  -- JSON by language
  bank     TEXT NOT NULL,
  number   TEXT NOT NULL,
  holder   TEXT NOT NULL,
  rank     INTEGER NOT NULL,
  retired  INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT fund_account_key UNIQUE (body, class, code, currency)
) STRICT;

CREATE TABLE gift_limit (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  level    TEXT  NOT NULL,            -- empty: any
  amount   INTEGER NOT NULL,
  currency TEXT  NOT NULL,
  since    INTEGER NOT NULL,
  until    INTEGER NOT NULL,
  paper    TEXT NOT NULL,                  -- by which decision
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE handover (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  office   INTEGER NOT NULL,
  holding  INTEGER NOT NULL,                -- that ended
  next     INTEGER NOT NULL,                -- the successor's holding, or 0
  giver    INTEGER NOT NULL,
  taker    INTEGER NOT NULL,
  witness  INTEGER NOT NULL,
  seen     TEXT NOT NULL,                  -- a witness outside the book
  day      INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  paper    TEXT NOT NULL,                  -- the decision
  things   TEXT NOT NULL,
  note     TEXT NOT NULL,
  state    TEXT NOT NULL,                  -- JSON of office.State, as it stood
  recorded INTEGER NOT NULL,
  recorder INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE holding (
  id      INTEGER NOT NULL PRIMARY KEY,
  root    INTEGER NOT NULL,
  office  INTEGER NOT NULL,
  person  INTEGER NOT NULL,
  began       TEXT NOT NULL,                -- EDTF
  began_first  INTEGER NOT NULL,
  planned_end  TEXT NOT NULL,              -- end of the term as decided
  actual_end   TEXT NOT NULL,              -- empty while it lasts
  end_last     INTEGER NOT NULL,            -- last day in force; a far day while it lasts
  represents   INTEGER NOT NULL,            -- the branch it speaks for, or 0
  paper   TEXT NOT NULL,                   -- number and date of the decision
  note    TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE honour (
  id       INTEGER NOT NULL PRIMARY KEY,
  contest  INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  award    TEXT  NOT NULL,
  status   TEXT  NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.Honour
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE job (
  id        INTEGER NOT NULL PRIMARY KEY,
  root      INTEGER NOT NULL,
  body      INTEGER NOT NULL,               -- whom it concerns
  subject   TEXT  NOT NULL,           -- people, deeds, …
  file      TEXT NOT NULL,
  sha256    TEXT  NOT NULL,
  size      INTEGER NOT NULL,
  at        INTEGER NOT NULL,               -- Unix milliseconds
  person    INTEGER NOT NULL,               -- who brought it in, 0 for the machine's operator
  name      TEXT NOT NULL,                 -- as they were called then
  counts    TEXT NOT NULL,                 -- JSON of intake.Counts
  undone_at INTEGER NOT NULL                -- 0 while it stands
) STRICT;

CREATE TABLE lease (
  name    TEXT  NOT NULL PRIMARY KEY,
  holder  TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE line (
  root      INTEGER NOT NULL,
  body      INTEGER NOT NULL,
  deed      INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  measure   INTEGER NOT NULL,
  qty       INTEGER NOT NULL,               -- smallest units
  qualifier INTEGER NOT NULL,
  day_first INTEGER NOT NULL,
  day_last  INTEGER NOT NULL,
  revision  INTEGER NOT NULL,
  undoes    INTEGER NOT NULL,               -- the line it takes back, or 0
  item      TEXT NOT NULL,                 -- what the goods are
  PRIMARY KEY (root, body, deed, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE link (
  n    INTEGER NOT NULL PRIMARY KEY,
  at   INTEGER NOT NULL,
  head BLOB NOT NULL
) STRICT;

CREATE TABLE loan (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  currency TEXT  NOT NULL,
  amount   INTEGER NOT NULL,
  rate     TEXT  NOT NULL,            -- per cent a year, exact decimal
  since    INTEGER NOT NULL,
  due      INTEGER NOT NULL,                -- last day for paying back; far away: none agreed
  account  INTEGER NOT NULL,
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE measure (
  id       INTEGER NOT NULL PRIMARY KEY,    -- hash of the code
  code     TEXT  NOT NULL,
  CONSTRAINT measure_code UNIQUE (code)
) STRICT;

CREATE TABLE meeting (
  deed      INTEGER NOT NULL PRIMARY KEY,
  root      INTEGER NOT NULL,
  body      INTEGER NOT NULL,
  began     TEXT NOT NULL,                 -- hour, as written
  ended     TEXT NOT NULL,
  chair     TEXT NOT NULL,
  secretary TEXT NOT NULL,
  agenda    TEXT NOT NULL,
  minutes   TEXT NOT NULL,
  revision  INTEGER NOT NULL
) STRICT;

CREATE TABLE membership (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- the branch or association joined
  person   INTEGER NOT NULL,                -- 0 when a body is the member
  member   INTEGER NOT NULL,                -- 0 when a person is the member
  number   TEXT  NOT NULL,            -- member number, may be empty
  category TEXT  NOT NULL,
  joined       TEXT NOT NULL,
  joined_first INTEGER,
  left_on      TEXT NOT NULL,
  left_last    INTEGER,                     -- last day of membership; NULL while it lasts
  reason   TEXT  NOT NULL,            -- why it ended: left, died, moved, removed, merged
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT membership_one CHECK ((person = 0) <> (member = 0))
) STRICT;

CREATE TABLE merge (
  gone   INTEGER NOT NULL PRIMARY KEY,
  kept   INTEGER NOT NULL,
  root   INTEGER NOT NULL,
  data   TEXT NOT NULL,                    -- JSON of person.Merged
  undone INTEGER NOT NULL
) STRICT;

CREATE TABLE norm (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  kind     TEXT  NOT NULL,            -- of deed
  kin      TEXT  NOT NULL,            -- empty: whoever it is
  step     INTEGER NOT NULL,                -- age celebrated; 0: any
  since    INTEGER NOT NULL,
  until    INTEGER NOT NULL,
  currency TEXT  NOT NULL,
  amount   INTEGER NOT NULL,
  goods    TEXT NOT NULL,
  times    INTEGER NOT NULL,                -- a year; 0: as often as needed
  approval INTEGER NOT NULL,
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT norm_order CHECK (since <= until)
) STRICT;

CREATE TABLE number_series (
  body   INTEGER NOT NULL,
  series TEXT  NOT NULL,
  year   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (body, series, year)
) WITHOUT ROWID, STRICT;

CREATE TABLE office (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  kind     TEXT  NOT NULL,            -- what it lets its holder do
  title    TEXT NOT NULL,                  -- own title; empty: the kind's name
  board    TEXT  NOT NULL,            -- executive, standing, inspection, or empty
  seats    INTEGER NOT NULL,
  rank     INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  until    INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE official_code (
  body   INTEGER NOT NULL,
  scheme TEXT  NOT NULL,             -- who gives the codes out
  since  INTEGER NOT NULL,
  until  INTEGER NOT NULL,
  code   TEXT  NOT NULL,
  PRIMARY KEY (body, scheme, since),
  CONSTRAINT official_code_order CHECK (since <= until)
) WITHOUT ROWID, STRICT;

CREATE TABLE paper (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- whose register
  way      TEXT  NOT NULL,            -- in, out
  kind     TEXT  NOT NULL,
  series   TEXT  NOT NULL,
  year     INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  tail     TEXT NOT NULL,                  -- behind the number: BC-BLL
  typed    INTEGER NOT NULL,                -- 1: the number was given by hand
  day      INTEGER NOT NULL,                -- arrived, or dated
  sender   TEXT NOT NULL,
  theirs   TEXT NOT NULL,                  -- the sender's number
  dated    TEXT NOT NULL,                  -- EDTF: the sender's date
  addressed TEXT NOT NULL,                 -- JSON: to whom
  signer   TEXT NOT NULL,
  urgency  TEXT  NOT NULL,
  subject  TEXT NOT NULL,
  deadline INTEGER NOT NULL,                -- 0: none
  handler  INTEGER NOT NULL,
  handled  TEXT NOT NULL,                  -- name of a handler outside the book
  answers  INTEGER NOT NULL,                -- the one that came to which it replies
  answered INTEGER NOT NULL,                -- the one that went in reply
  settled  INTEGER NOT NULL,                -- day; 0: not yet
  outcome  TEXT NOT NULL,
  files    TEXT NOT NULL,                  -- JSON of office.File
  made     TEXT  NOT NULL,            -- what of the book it was made from
  note     TEXT NOT NULL,
  void     INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  recorded INTEGER NOT NULL,
  recorder INTEGER NOT NULL,
  fold     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT paper_number UNIQUE (body, series, year, number)
) STRICT;

CREATE TABLE party (
  deed    INTEGER NOT NULL,
  n       INTEGER NOT NULL,
  root    INTEGER NOT NULL,
  role    TEXT  NOT NULL,
  body    INTEGER NOT NULL,
  person  INTEGER NOT NULL,
  name    TEXT NOT NULL,                   -- a described group, or someone outside the book
  note    TEXT NOT NULL,                   -- class and school, kinship, position
  detail  TEXT NOT NULL,                   -- JSON: amount, prize, kin of this one party
  PRIMARY KEY (deed, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE person (
  id             INTEGER NOT NULL PRIMARY KEY,
  root           INTEGER NOT NULL,
  body           INTEGER NOT NULL,          -- the body that keeps this record
  name           TEXT NOT NULL,
  other_names    TEXT NOT NULL,            -- JSON [{"lang","name"}]
  sex            TEXT  NOT NULL,
  birth          TEXT NOT NULL,            -- EDTF
  birth_first    INTEGER,
  birth_last     INTEGER,
  death          TEXT NOT NULL,
  dead           INTEGER NOT NULL,          -- 1: died, the day may be unknown
  phone          TEXT NOT NULL,
  email          TEXT NOT NULL,
  address        TEXT NOT NULL,
  origin         INTEGER NOT NULL,          -- administrative unit, 0 unknown
  origin_note    TEXT NOT NULL,
  residence      INTEGER NOT NULL,
  residence_note TEXT NOT NULL,
  household      INTEGER NOT NULL,          -- a body of kind household, or 0
  relation       TEXT  NOT NULL,      -- to the head of the household
  consent        TEXT  NOT NULL,      -- to be named: yes, no, or empty
  note           TEXT NOT NULL,
  merged_into    INTEGER NOT NULL,          -- 0, or the person this record became
  sort           BLOB NOT NULL,        -- collation key: given, family, middle
  fold           TEXT NOT NULL,            -- what search compares
  revision       INTEGER NOT NULL
) STRICT;

CREATE TABLE plan_target (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  plan     INTEGER NOT NULL,
  code     TEXT  NOT NULL,           -- the same in every plan that has the same target
  ord      INTEGER NOT NULL,
  version  INTEGER NOT NULL,               -- the newest
  revision INTEGER NOT NULL,
  CONSTRAINT plan_target_code UNIQUE (plan, code)
) STRICT;

CREATE TABLE posting (
  root     INTEGER NOT NULL,
  account  INTEGER NOT NULL,
  day      INTEGER NOT NULL,
  entry    INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  amount   INTEGER NOT NULL,                -- minor units, below nought when it goes out
  back     INTEGER NOT NULL,                -- 1: takes another posting back
  purpose  INTEGER NOT NULL,
  branch   INTEGER NOT NULL,                -- 0: the fund's own body
  member   INTEGER NOT NULL,                -- membership whose dues these are
  year     INTEGER NOT NULL,
  loan     INTEGER NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (root, account, day, entry, n),
  CONSTRAINT posting_amount CHECK (amount <> 0)
) WITHOUT ROWID, STRICT;

CREATE TABLE promise (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  tie      INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- who promised, or 0
  status   TEXT  NOT NULL,            -- open, kept, dropped
  due_last INTEGER NOT NULL,                -- sentinel where none was set
  data     TEXT NOT NULL,                  -- JSON of tie.Promise
  recorder INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE protocol (
  person     INTEGER NOT NULL PRIMARY KEY,
  root       INTEGER NOT NULL,
  body       INTEGER NOT NULL,              -- that keeps the person's record
  precedence INTEGER NOT NULL,              -- 1 is first; 0: none
  friend     INTEGER NOT NULL,              -- 1: a friend abroad
  other      INTEGER NOT NULL,              -- the body they speak for, or 0
  country    TEXT  NOT NULL,
  data       TEXT NOT NULL,                -- JSON of union.Protocol
  revision   INTEGER NOT NULL
) STRICT;

CREATE TABLE protocol_gift (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  deed     INTEGER NOT NULL,                -- the visit or other deed, or 0
  way      TEXT  NOT NULL,            -- given, received
  person   INTEGER NOT NULL,                -- who gave or received it, or 0
  other    INTEGER NOT NULL,                -- the body that did, or 0
  day      INTEGER NOT NULL,
  place    TEXT NOT NULL,                  -- where it is now
  data     TEXT NOT NULL,                  -- JSON of delegation.Gift
  fold     TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE purpose (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  code     TEXT  NOT NULL,
  names    TEXT NOT NULL,
  since    TEXT NOT NULL,                  -- EDTF
  until    TEXT NOT NULL,
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  CONSTRAINT purpose_code UNIQUE (body, code)
) STRICT;

CREATE TABLE reception (
  deed  INTEGER NOT NULL,
  n     INTEGER NOT NULL,
  root  INTEGER NOT NULL,
  guest INTEGER NOT NULL,                   -- person received, or 0
  host  INTEGER NOT NULL,                   -- person who received, or 0
  data  TEXT NOT NULL,                     -- JSON of delegation.Reception
  PRIMARY KEY (deed, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE reform (
  name   TEXT  NOT NULL PRIMARY KEY,
  root   INTEGER NOT NULL,
  job    INTEGER NOT NULL,                 -- all it wrote bears it
  status TEXT  NOT NULL,             -- playing, standing, undoing, undone
  held   INTEGER NOT NULL,                 -- 1: only what touches units the book held
  done   INTEGER NOT NULL,                 -- steps
  steps  INTEGER NOT NULL,
  began  INTEGER NOT NULL,                 -- Unix milliseconds
  ended  INTEGER NOT NULL                  -- 0 while it goes on
) STRICT;

CREATE TABLE reform_unit (
  job  INTEGER NOT NULL,
  body INTEGER NOT NULL,
  made INTEGER NOT NULL,                   -- 1: the book did not hold it before
  PRIMARY KEY (job, body)
) WITHOUT ROWID, STRICT;

CREATE TABLE reminder (
  person   INTEGER NOT NULL,
  item     TEXT  NOT NULL,            -- key of the occasion or the duty
  day      INTEGER NOT NULL,                -- on which it was claimed
  sent     INTEGER NOT NULL,                -- 1: handed to the mail server
  PRIMARY KEY (person, item)
) WITHOUT ROWID, STRICT;

CREATE TABLE reply (
  root     INTEGER NOT NULL,
  form     INTEGER NOT NULL,
  period   INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  n        INTEGER NOT NULL,                -- sent for the nth time
  version  INTEGER NOT NULL,
  late     INTEGER NOT NULL,
  at       INTEGER NOT NULL,                -- Unix milliseconds
  began    INTEGER NOT NULL,                -- day of the first sending
  status   TEXT  NOT NULL,            -- sent, approved, returned
  way      TEXT  NOT NULL,            -- link, inside, sheet
  name     TEXT NOT NULL,                  -- who filled it in, as they said
  phone    TEXT NOT NULL,
  figures  TEXT  NOT NULL,            -- numbers: question:quantity:qualifier
  words    TEXT NOT NULL,                  -- JSON: other answers by question
  deeds    TEXT NOT NULL,                  -- JSON: deeds they became, by kind
  judge    TEXT NOT NULL,
  judged   INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (root, form, period, unit)
) WITHOUT ROWID, STRICT;

CREATE TABLE reply_count (
  root     INTEGER NOT NULL,
  form     INTEGER NOT NULL,
  period   INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  sent     INTEGER NOT NULL,
  late     INTEGER NOT NULL,
  approved INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (root, form, period, body)
) WITHOUT ROWID, STRICT;

CREATE TABLE reply_past (
  root     INTEGER NOT NULL,
  form     INTEGER NOT NULL,
  period   INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  ended    INTEGER NOT NULL,                -- Unix milliseconds, made single
  version  INTEGER NOT NULL,
  late     INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  began    INTEGER NOT NULL,
  status   TEXT  NOT NULL,
  way      TEXT  NOT NULL,
  name     TEXT NOT NULL,
  phone    TEXT NOT NULL,
  figures  TEXT  NOT NULL,
  words    TEXT NOT NULL,
  deeds    TEXT NOT NULL,
  judge    TEXT NOT NULL,
  judged   INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  PRIMARY KEY (root, form, period, unit, n, ended)
) WITHOUT ROWID, STRICT;

CREATE TABLE reply_sum (
  root     INTEGER NOT NULL,
  form     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  question INTEGER NOT NULL,
  period   INTEGER NOT NULL,
  qty      INTEGER NOT NULL,
  exact    INTEGER NOT NULL,
  atleast  INTEGER NOT NULL,
  over     INTEGER NOT NULL,
  about    INTEGER NOT NULL,
  nearly   INTEGER NOT NULL,
  PRIMARY KEY (root, form, body, question, period)
) WITHOUT ROWID, STRICT;

CREATE TABLE report (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,                -- reported on
  kind     TEXT  NOT NULL,            -- annual, quarterly, term, founding, period
  since    INTEGER NOT NULL,                -- first day
  until    INTEGER NOT NULL,                -- last day
  lang     TEXT  NOT NULL,
  status   TEXT  NOT NULL,            -- draft, filed, received, dropped
  number   INTEGER NOT NULL,                -- without gaps in body and year; 0 until filed
  year     INTEGER NOT NULL,
  symbol   TEXT NOT NULL,                  -- the whole number as printed
  day      INTEGER NOT NULL,                -- on the paper, or when it arrived
  texts    TEXT NOT NULL,                  -- JSON: the secretary's own words
  frozen   TEXT NOT NULL,                  -- JSON: facts, heading and paper as filed
  digest   TEXT  NOT NULL,            -- SHA-256 of frozen, kept in the history too
  filed_at INTEGER NOT NULL,                -- Unix milliseconds
  filer    INTEGER NOT NULL,
  name     TEXT NOT NULL,                  -- the filer's name as it was then
  head     TEXT  NOT NULL,            -- of the chain of history before it was filed
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE result (
  contest   INTEGER NOT NULL,
  unit      INTEGER NOT NULL,
  rank      INTEGER NOT NULL,              -- 0: not known
  shared    INTEGER NOT NULL,
  total     INTEGER,                       -- null: not known
  base      INTEGER,
  bonus     INTEGER,
  deduction INTEGER,
  assigned  INTEGER,
  class     TEXT  NOT NULL,
  note      TEXT NOT NULL,
  PRIMARY KEY (contest, unit)
) WITHOUT ROWID, STRICT;

CREATE TABLE score (
  contest   INTEGER NOT NULL,
  unit      INTEGER NOT NULL,
  stage     TEXT  NOT NULL,
  criterion INTEGER NOT NULL,
  points    INTEGER NOT NULL,              -- ten-thousandths
  bonus     INTEGER NOT NULL,
  input     TEXT NOT NULL,                -- value entered by hand, exact decimal
  reason    TEXT NOT NULL,
  deeds     TEXT NOT NULL,                -- JSON: evidence in the journal
  papers    TEXT NOT NULL,                -- JSON: evidence on file
  revision  INTEGER NOT NULL,
  PRIMARY KEY (contest, unit, stage, criterion)
) WITHOUT ROWID, STRICT;

CREATE TABLE score_change (
  contest    INTEGER NOT NULL,
  unit       INTEGER NOT NULL,
  criterion  INTEGER NOT NULL,
  id         INTEGER NOT NULL,
  stage      TEXT  NOT NULL,
  at         INTEGER NOT NULL,
  actor      INTEGER NOT NULL,
  name       TEXT NOT NULL,
  was        INTEGER,                      -- points before, null: there were none
  was_bonus  INTEGER,
  points     INTEGER,
  bonus      INTEGER,
  reason     TEXT NOT NULL,
  PRIMARY KEY (contest, unit, criterion, id)
) WITHOUT ROWID, STRICT;

CREATE TABLE sent (
  day     INTEGER NOT NULL,                 -- on which the form was handed out
  token   TEXT  NOT NULL,
  account INTEGER NOT NULL,
  content BLOB NOT NULL,               -- SHA-256 of what was filled in
  subject TEXT  NOT NULL,             -- what was written; empty: nothing with a page
  ref     INTEGER NOT NULL,
  PRIMARY KEY (day, token)
) WITHOUT ROWID, STRICT;

CREATE TABLE session (
  token  TEXT  NOT NULL PRIMARY KEY,  -- hashed
  account INTEGER NOT NULL,
  data   BLOB NOT NULL,
  expiry INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  body  INTEGER NOT NULL,                  -- 0: the whole book
  name  TEXT  NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (body, name)
) WITHOUT ROWID, STRICT;

CREATE TABLE settlement (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,               -- that ended and left it
  heir     INTEGER NOT NULL,               -- to whom it went, or 0
  what     TEXT  NOT NULL,           -- children, offices, members, money, goods, tasks, plans, deeds, ties
  way      TEXT  NOT NULL,           -- hand, close
  day      INTEGER NOT NULL,
  number   TEXT NOT NULL,                 -- of the decision
  decided  TEXT NOT NULL,                 -- EDTF
  issuer   TEXT NOT NULL,
  title    TEXT NOT NULL,
  note     TEXT NOT NULL,
  count    INTEGER NOT NULL,               -- how many went
  made     TEXT NOT NULL,                 -- JSON: ids of entries written by it
  recorded INTEGER NOT NULL,               -- Unix milliseconds
  recorder INTEGER NOT NULL
) STRICT;

CREATE TABLE sheet (
  contest  INTEGER NOT NULL,
  unit     INTEGER NOT NULL,
  stage    TEXT  NOT NULL,
  resume   TEXT  NOT NULL,           -- stage that waits for it, or empty
  round    INTEGER NOT NULL,
  ready    INTEGER NOT NULL,               -- 1: passed every stage
  since    INTEGER NOT NULL,               -- Unix milliseconds: when it came there
  actor    INTEGER NOT NULL,               -- who moved it last
  name     TEXT NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (contest, unit)
) WITHOUT ROWID, STRICT;

CREATE TABLE sheet_group (
  contest   INTEGER NOT NULL,
  unit      INTEGER NOT NULL,
  stage     TEXT  NOT NULL,
  criterion INTEGER NOT NULL,
  points    INTEGER NOT NULL,
  PRIMARY KEY (contest, unit, stage, criterion)
) WITHOUT ROWID, STRICT;

CREATE TABLE sheet_move (
  contest INTEGER NOT NULL,
  unit    INTEGER NOT NULL,
  n       INTEGER NOT NULL,                -- its revision after the move
  at      INTEGER NOT NULL,
  actor   INTEGER NOT NULL,
  name    TEXT NOT NULL,
  kind    TEXT  NOT NULL,            -- on, back, explained
  origin  TEXT  NOT NULL,
  stage   TEXT  NOT NULL,            -- where it went
  reason  TEXT NOT NULL,
  PRIMARY KEY (contest, unit, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE sheet_total (
  contest   INTEGER NOT NULL,
  unit      INTEGER NOT NULL,
  stage     TEXT  NOT NULL,
  base      INTEGER NOT NULL,
  bonus     INTEGER NOT NULL,              -- before its cap
  deduction INTEGER NOT NULL,              -- before its cap
  scored    INTEGER NOT NULL,
  PRIMARY KEY (contest, unit, stage)
) WITHOUT ROWID, STRICT;

CREATE TABLE standard (
  code     TEXT  NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,               -- who keeps it
  data     TEXT NOT NULL,                 -- JSON of programme.Standard
  revision INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE stated (
  id        INTEGER NOT NULL PRIMARY KEY,
  root      INTEGER NOT NULL,
  body      INTEGER NOT NULL,
  measure   TEXT  NOT NULL,
  day       TEXT NOT NULL,
  day_first INTEGER NOT NULL,
  qty       INTEGER NOT NULL,
  qualifier INTEGER NOT NULL,
  source    TEXT NOT NULL,
  revision  INTEGER NOT NULL
) STRICT;

CREATE TABLE stock_move (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  day      TEXT NOT NULL,                  -- EDTF
  day_last INTEGER NOT NULL,
  item     TEXT NOT NULL,
  fold     TEXT  NOT NULL,
  qty      INTEGER NOT NULL,                -- below nought when it goes out
  person   INTEGER NOT NULL,
  name     TEXT NOT NULL,
  note     TEXT NOT NULL,
  undoes   INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  recorder INTEGER NOT NULL
) STRICT;

CREATE TABLE succession (
  event     INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  from_body INTEGER NOT NULL,
  to_body   INTEGER NOT NULL,
  num       INTEGER NOT NULL,              -- the share that went over, num/den
  den       INTEGER NOT NULL,              -- 0: the share is not known
  PRIMARY KEY (event, n),
  CONSTRAINT succession_share CHECK (den >= 0 AND num >= 0 AND num <= den)
) WITHOUT ROWID, STRICT;

CREATE TABLE tally (
  root    INTEGER NOT NULL,
  edition INTEGER NOT NULL,
  body    INTEGER NOT NULL,
  measure INTEGER NOT NULL,
  below   INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER NOT NULL,
  qty     INTEGER NOT NULL,
  exact   INTEGER NOT NULL,                 -- how many lines of each qualifier
  atleast INTEGER NOT NULL,
  over    INTEGER NOT NULL,
  about   INTEGER NOT NULL,
  nearly  INTEGER NOT NULL,
  PRIMARY KEY (root, edition, body, measure, below, since, until)
) WITHOUT ROWID, STRICT;

CREATE TABLE target_actual (
  id       INTEGER NOT NULL PRIMARY KEY,
  target   INTEGER NOT NULL,
  day      INTEGER NOT NULL,               -- the day the figure holds for
  data     TEXT NOT NULL,                 -- JSON of programme.Actual
  revision INTEGER NOT NULL,
  CONSTRAINT target_actual_day UNIQUE (target, day)
) STRICT;

CREATE TABLE target_plan (
  id          INTEGER NOT NULL PRIMARY KEY,
  root        INTEGER NOT NULL,
  body        INTEGER NOT NULL,
  code        TEXT  NOT NULL,
  kind        TEXT  NOT NULL,        -- plan, programme
  under       INTEGER NOT NULL,            -- the programme it carries out, or 0
  since       INTEGER NOT NULL,            -- first day of its period
  until       INTEGER NOT NULL,            -- last day
  standing    TEXT  NOT NULL,        -- drafted, adopted
  data        TEXT NOT NULL,              -- JSON of programme.Plan
  fold        TEXT NOT NULL,
  revision    INTEGER NOT NULL,
  CONSTRAINT target_plan_code UNIQUE (code)
) STRICT;

CREATE TABLE target_version (
  target INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  since  INTEGER NOT NULL,                 -- the day from which it holds
  data   TEXT NOT NULL,                   -- JSON of programme.Version
  PRIMARY KEY (target, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE task (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  text     TEXT NOT NULL,
  person   INTEGER NOT NULL,                -- who is to do it, or 0
  name     TEXT NOT NULL,
  due      INTEGER NOT NULL,                -- 0: no day was set
  meeting  INTEGER NOT NULL,                -- deed that resolved it
  paper    INTEGER NOT NULL,
  status   TEXT  NOT NULL,            -- open, done, dropped
  ended    INTEGER NOT NULL,                -- day
  deed     INTEGER NOT NULL,                -- by which it was done
  note     TEXT NOT NULL,
  recorded INTEGER NOT NULL,
  recorder INTEGER NOT NULL,
  fold     TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE tie (
  id           INTEGER NOT NULL PRIMARY KEY,
  root         INTEGER NOT NULL,
  code         TEXT  NOT NULL,
  kind         TEXT  NOT NULL,
  body         INTEGER NOT NULL,            -- on whose books it stands
  data         TEXT NOT NULL,              -- JSON of tie.Tie: titles, stages, terms, committee
  signed_first INTEGER NOT NULL,            -- first day of the first signing; sentinel where unknown
  fields       TEXT NOT NULL,              -- of cooperation, each between spaces
  term         INTEGER NOT NULL,            -- 1: it expires or is reviewed by rhythm
  hangs        INTEGER NOT NULL,            -- the tie under which it hangs, or 0
  outside      TEXT  NOT NULL,        -- what another register calls it
  job          INTEGER NOT NULL,
  recorded     INTEGER NOT NULL,            -- Unix milliseconds
  recorder     INTEGER NOT NULL,
  sort         BLOB NOT NULL,
  fold         TEXT NOT NULL,
  revision     INTEGER NOT NULL, countries TEXT NOT NULL DEFAULT '', plain INTEGER NOT NULL DEFAULT 0, heard INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT tie_code UNIQUE (code)
) STRICT;

CREATE TABLE tie_before (
  tie    INTEGER NOT NULL,
  before INTEGER NOT NULL,
  PRIMARY KEY (tie, before)
) WITHOUT ROWID, STRICT;

CREATE TABLE tie_deed (
  tie       INTEGER NOT NULL,
  day_first INTEGER NOT NULL,
  deed      INTEGER NOT NULL,
  root      INTEGER NOT NULL,
  PRIMARY KEY (tie, day_first, deed)
) WITHOUT ROWID, STRICT;

CREATE TABLE tie_kind (
  code     TEXT  NOT NULL PRIMARY KEY,
  data     TEXT NOT NULL,                  -- JSON of tie.Kind
  rank     INTEGER NOT NULL,
  revision INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE tie_member (
  tie    INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  root   INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (tie, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE tie_party (
  tie   INTEGER NOT NULL,
  n     INTEGER NOT NULL,
  root  INTEGER NOT NULL,
  side  INTEGER NOT NULL,
  body  INTEGER NOT NULL,
  since INTEGER NOT NULL,                   -- first day in the tie
  until INTEGER NOT NULL,                   -- last day
  PRIMARY KEY (tie, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE tie_review (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  tie      INTEGER NOT NULL,
  due_last INTEGER NOT NULL,
  held     INTEGER NOT NULL,                -- 1: it was held
  data     TEXT NOT NULL,                  -- JSON of tie.Review
  recorder INTEGER NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE tie_signer (
  tie    INTEGER NOT NULL,
  n      INTEGER NOT NULL,                -- the party
  root   INTEGER NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (tie, n)
) WITHOUT ROWID, STRICT;

CREATE TABLE travel_paper (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  deed     INTEGER NOT NULL,
  person   INTEGER NOT NULL,                -- or 0: the name only
  name     TEXT NOT NULL,
  kind     TEXT  NOT NULL,
  number   TEXT NOT NULL,
  country  TEXT  NOT NULL,
  expires  INTEGER NOT NULL,                -- day; 0: not known
  note     TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE turnover (
  root    INTEGER NOT NULL,
  account INTEGER NOT NULL,
  month   INTEGER NOT NULL,
  purpose INTEGER NOT NULL,
  branch  INTEGER NOT NULL,
  debit   INTEGER NOT NULL,
  credit  INTEGER NOT NULL,
  PRIMARY KEY (root, account, month, purpose, branch)
) WITHOUT ROWID, STRICT;

CREATE TABLE union_plan (
  body     INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  root     INTEGER NOT NULL,
  data     TEXT NOT NULL,                  -- JSON of union.Plan: number, day, motto
  revision INTEGER NOT NULL,
  PRIMARY KEY (body, year)
) WITHOUT ROWID, STRICT;

CREATE TABLE union_plan_deed (
  item INTEGER NOT NULL,
  deed INTEGER NOT NULL,
  root INTEGER NOT NULL,
  PRIMARY KEY (item, deed)
) WITHOUT ROWID, STRICT;

CREATE TABLE union_plan_item (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  year     INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  person   INTEGER NOT NULL,                -- who answers for it, or 0
  data     TEXT NOT NULL,                  -- JSON of union.Item
  fold     TEXT NOT NULL,
  revision INTEGER NOT NULL
) STRICT;

CREATE TABLE union_register (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,
  register TEXT  NOT NULL,            -- term, large, scholar, aid, programme, award
  person   INTEGER NOT NULL,                -- whom it concerns, or 0
  other    INTEGER NOT NULL,                -- another body, or 0
  day      INTEGER NOT NULL,                -- by which it is sorted; 0: none
  due      INTEGER NOT NULL,                -- a day to be kept, while it is open; 0: none
  data     TEXT NOT NULL,
  fold     TEXT NOT NULL,
  revision INTEGER NOT NULL
, deed INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE unit_status (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  body     INTEGER NOT NULL,               -- on whose books it stands
  unit     INTEGER NOT NULL,               -- of whom it is said
  standard TEXT  NOT NULL,
  day      INTEGER NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of programme.Status
  revision INTEGER NOT NULL,
  CONSTRAINT unit_status_day UNIQUE (body, unit, standard, day)
) STRICT;

CREATE TABLE visit (
  deed        INTEGER NOT NULL PRIMARY KEY,
  root        INTEGER NOT NULL,
  body        INTEGER NOT NULL,             -- the deed's home
  interpreter INTEGER NOT NULL,             -- person, or 0
  report_due  INTEGER NOT NULL,             -- day; 0: none asked
  report_done INTEGER NOT NULL,             -- day; 0: not yet
  thanks_due  INTEGER NOT NULL,
  thanks_sent INTEGER NOT NULL,
  data        TEXT NOT NULL,               -- JSON of delegation.Visit
  revision    INTEGER NOT NULL
) STRICT;

CREATE TABLE vote_rule (
  id       INTEGER NOT NULL PRIMARY KEY,
  root     INTEGER NOT NULL,
  code     TEXT  NOT NULL,
  since    INTEGER NOT NULL,
  until    INTEGER NOT NULL,
  data     TEXT NOT NULL,                 -- JSON of contest.VoteRule
  revision INTEGER NOT NULL
, body INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE word (
  root    INTEGER NOT NULL,
  subject TEXT  NOT NULL,
  word    TEXT  NOT NULL,
  ref     INTEGER NOT NULL,
  PRIMARY KEY (root, subject, word, ref)
) WITHOUT ROWID, STRICT;

CREATE INDEX amendment_contest ON amendment (contest, id);

CREATE INDEX assessor_contest ON assessor (contest, stage);

CREATE INDEX attachment_ref ON attachment (subject, ref, id);

CREATE INDEX attendee_person ON attendee (person, deed) WHERE person <> 0;

CREATE INDEX ballot_contest ON ballot (contest, id);

CREATE INDEX bank_line_day ON bank_line (account, day, id);

CREATE INDEX bank_line_entry ON bank_line (entry, n) WHERE entry <> 0;

CREATE INDEX body_founded ON body (id) WHERE founded <> '';

CREATE INDEX calendar_token_account ON calendar_token (account);

CREATE INDEX cash_count_account ON cash_count (account, day);

CREATE INDEX change_job ON change (job) WHERE job <> 0;

CREATE INDEX change_ref ON change (subject, ref, link, n);

CREATE INDEX closing_body ON closing (body, id);

CREATE INDEX conference_item_contest ON conference_item (contest, kind, ord);

CREATE INDEX contest_unit_body ON contest_unit (body, contest);

CREATE INDEX criterion_contest ON criterion (contest, parent, ord);

CREATE INDEX custom_body ON custom (root, body) WHERE ended = 0;

CREATE INDEX deed_body ON deed (root, body, kind, day_first, id, day_last, status, revision);

CREATE INDEX deed_day ON deed (root, day_first, id);

CREATE INDEX deed_kind_day ON deed (root, kind, day_first, id, day_last, status, body, revision);

CREATE INDEX deed_planned ON deed (root, status, day_first, id) WHERE status = 'planned';

CREATE INDEX delegation_holding ON delegation (holding);

CREATE INDEX delegation_person ON delegation (person);

CREATE INDEX due_exemption_membership ON due_exemption (membership, since);

CREATE INDEX due_rate_body ON due_rate (body, category, since);

CREATE INDEX duty_day ON duty (root, day, id);

CREATE INDEX duty_occasion ON duty (body, code, year);

CREATE INDEX duty_target ON duty (target, day) WHERE target <> 0;

CREATE INDEX entry_day ON entry (root, body, day, id);

CREATE INDEX entry_deed ON entry (deed) WHERE deed <> 0;

CREATE INDEX entry_lacks ON entry (body, day) WHERE lacks = 1;

CREATE INDEX entry_person ON entry (person, day) WHERE person <> 0;

CREATE INDEX event_day ON event (root, day, id);

CREATE INDEX event_job ON event (job) WHERE job <> 0;

CREATE INDEX form_key_unit ON form_key (form, unit);

CREATE INDEX handover_body ON handover (root, body, day);

CREATE INDEX holding_office ON holding (office, began_first);

CREATE INDEX holding_person ON holding (person);

CREATE INDEX honour_contest ON honour (contest, id);

CREATE INDEX honour_unit ON honour (unit, year);

CREATE INDEX job_body ON job (root, body, at);

CREATE INDEX line_item ON line (root, body, deed) WHERE item <> '';

CREATE INDEX loan_body ON loan (root, body, since);

CREATE INDEX membership_body ON membership (root, body, left_last, person, joined_first);

CREATE INDEX membership_number ON membership (root, number) WHERE number <> '';

CREATE INDEX membership_person ON membership (person, left_last);

CREATE INDEX merge_kept ON merge (kept);

CREATE INDEX norm_kind ON norm (body, kind, since);

CREATE INDEX office_body ON office (root, body, rank);

CREATE INDEX paper_day ON paper (root, way, day, id);

CREATE INDEX paper_made ON paper (body, made) WHERE made <> '';

CREATE INDEX paper_waits ON paper (root, deadline) WHERE deadline <> 0 AND settled = 0;

CREATE INDEX party_body ON party (body, deed) WHERE body <> 0;

CREATE INDEX party_person ON party (person, deed) WHERE person <> 0;

CREATE INDEX person_birth ON person (root, birth_first, birth_last, merged_into, dead, birth);

CREATE INDEX person_body ON person (root, body);

CREATE INDEX person_death ON person (root, id) WHERE death <> '';

CREATE INDEX person_household ON person (household) WHERE household <> 0;

CREATE INDEX person_origin ON person (root, origin);

CREATE INDEX person_residence ON person (root, residence);

CREATE INDEX person_sort ON person (root, sort, id);

CREATE INDEX posting_entry ON posting (entry, n);

CREATE INDEX posting_loan ON posting (loan) WHERE loan <> 0;

CREATE INDEX posting_member ON posting (member, year) WHERE member <> 0;

CREATE INDEX promise_due ON promise (root, status, due_last);

CREATE INDEX promise_tie ON promise (tie, id);

CREATE INDEX protocol_gift_day ON protocol_gift (root, body, day);

CREATE INDEX protocol_gift_deed ON protocol_gift (deed) WHERE deed <> 0;

CREATE INDEX protocol_gift_person ON protocol_gift (person) WHERE person <> 0;

CREATE INDEX reception_guest ON reception (guest) WHERE guest <> 0;

CREATE INDEX reception_host ON reception (host) WHERE host <> 0;

CREATE INDEX reminder_day ON reminder (person, day);

CREATE INDEX reply_unit ON reply (unit, form, period);

CREATE INDEX report_body ON report (root, body, until, since);

CREATE UNIQUE INDEX report_number ON report (body, year, number) WHERE number <> 0;

CREATE INDEX score_change_latest ON score_change (contest, id);

CREATE INDEX score_criterion ON score (contest, criterion, stage);

CREATE INDEX settlement_body ON settlement (body, what, id);

CREATE INDEX stated_body ON stated (root, body, measure, day_first);

CREATE INDEX stock_move_body ON stock_move (root, body, fold, day_last);

CREATE INDEX succession_from ON succession (from_body, event);

CREATE INDEX succession_to ON succession (to_body, event);

CREATE INDEX target_plan_body ON target_plan (root, body, since);

CREATE INDEX task_meeting ON task (meeting) WHERE meeting <> 0;

CREATE INDEX task_open ON task (root, due, id) WHERE status = 'open';

CREATE INDEX task_person ON task (person) WHERE person <> 0;

CREATE INDEX tie_before_before ON tie_before (before);

CREATE INDEX tie_deed_deed ON tie_deed (deed);

CREATE INDEX tie_hangs ON tie (hangs) WHERE hangs <> 0;

CREATE INDEX tie_kind_of ON tie (root, kind, id);

CREATE INDEX tie_member_person ON tie_member (person, tie);

CREATE INDEX tie_outside ON tie (outside) WHERE outside <> '';

CREATE INDEX tie_party_body ON tie_party (body, tie);

CREATE INDEX tie_review_tie ON tie_review (tie, id);

CREATE INDEX tie_signer_person ON tie_signer (person, tie);

CREATE INDEX tie_sort ON tie (root, sort, id);

CREATE INDEX tie_standing ON tie (root, sort, id, body, plain, heard, signed_first);

CREATE INDEX travel_paper_deed ON travel_paper (deed);

CREATE INDEX travel_paper_person ON travel_paper (person) WHERE person <> 0;

CREATE INDEX union_plan_deed_deed ON union_plan_deed (deed);

CREATE INDEX union_plan_item_person ON union_plan_item (person) WHERE person <> 0;

CREATE INDEX union_plan_item_year ON union_plan_item (root, body, year, n);

CREATE INDEX union_register_day ON union_register (root, register, body, day);

CREATE INDEX union_register_deed ON union_register (deed) WHERE deed <> 0;

CREATE INDEX union_register_due ON union_register (root, due) WHERE due <> 0;

CREATE INDEX union_register_person ON union_register (person) WHERE person <> 0;

CREATE INDEX unit_status_body ON unit_status (root, body, standard);

CREATE INDEX unit_status_unit ON unit_status (unit, standard, day);

CREATE INDEX visit_report ON visit (root, report_due) WHERE report_due <> 0 AND report_done = 0;

CREATE INDEX visit_thanks ON visit (root, thanks_due) WHERE thanks_due <> 0 AND thanks_sent = 0;

CREATE INDEX vote_rule_body ON vote_rule (body, code, since);
