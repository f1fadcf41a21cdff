-- +goose Up
-- The money: funds, accounts, entries with their postings, and what hangs on them.

CREATE TABLE fund (
  body     BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  currency TEXT {{c}} NOT NULL,
  closed   BIGINT NOT NULL,                -- last day on which nothing may be dated
  series   TEXT NOT NULL,                  -- JSON: series by kind of entry; empty: as shipped
  revision BIGINT NOT NULL
) {{strict}};

CREATE TABLE fund_account (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  class    TEXT {{c}} NOT NULL,
  code     TEXT {{c}} NOT NULL,
  currency TEXT {{c}} NOT NULL,
  names    TEXT NOT NULL,                  -- JSON by language
  bank     TEXT NOT NULL,
  number   TEXT NOT NULL,
  holder   TEXT NOT NULL,
  rank     BIGINT NOT NULL,
  retired  BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT fund_account_key UNIQUE (body, class, code, currency)
) {{strict}};

CREATE TABLE purpose (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  code     TEXT {{c}} NOT NULL,
  names    TEXT NOT NULL,
  since    TEXT NOT NULL,                  -- EDTF
  until    TEXT NOT NULL,
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT purpose_code UNIQUE (body, code)
) {{strict}};

CREATE TABLE entry (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,                -- whose fund
  kind     TEXT {{c}} NOT NULL,
  series   TEXT {{c}} NOT NULL,
  year     BIGINT NOT NULL,
  number   BIGINT NOT NULL,                -- without gaps in body, series and year
  day      BIGINT NOT NULL,
  refers   TEXT NOT NULL,                  -- EDTF: what it is about, when entered later
  person   BIGINT NOT NULL,
  name     TEXT NOT NULL,
  address  TEXT NOT NULL,
  consent  TEXT {{c}} NOT NULL,
  text     TEXT NOT NULL,
  approver BIGINT NOT NULL,
  payer    BIGINT NOT NULL,
  second   BIGINT NOT NULL,
  voucher  TEXT NOT NULL,
  papers   TEXT NOT NULL,                  -- JSON: ids in the archive
  deed     BIGINT NOT NULL,
  reason   TEXT NOT NULL,
  rate     TEXT NOT NULL,                  -- exact decimal, of an exchange
  reverses BIGINT NOT NULL,
  reversed BIGINT NOT NULL,
  lacks    BIGINT NOT NULL,                -- 1: still to be approved or vouched for
  job      BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  recorder BIGINT NOT NULL,
  fold     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT entry_number UNIQUE (body, series, year, number)
) {{strict}};
CREATE INDEX entry_day ON entry (root, body, day, id);
CREATE INDEX entry_deed ON entry (deed) WHERE deed <> 0;
CREATE INDEX entry_person ON entry (person, day) WHERE person <> 0;
CREATE INDEX entry_lacks ON entry (body, day) WHERE lacks = 1;

CREATE TABLE posting (
  root     BIGINT NOT NULL,
  account  BIGINT NOT NULL,
  day      BIGINT NOT NULL,
  entry    BIGINT NOT NULL,
  n        BIGINT NOT NULL,
  amount   BIGINT NOT NULL,                -- minor units, below nought when it goes out
  back     BIGINT NOT NULL,                -- 1: takes another posting back
  purpose  BIGINT NOT NULL,
  branch   BIGINT NOT NULL,                -- 0: the fund's own body
  member   BIGINT NOT NULL,                -- membership whose dues these are
  year     BIGINT NOT NULL,
  loan     BIGINT NOT NULL,
  note     TEXT NOT NULL,
  PRIMARY KEY (root, account, day, entry, n),
  CONSTRAINT posting_amount CHECK (amount <> 0)
) {{clustered}};
CREATE INDEX posting_entry ON posting (entry, n);
CREATE INDEX posting_member ON posting (member, year) WHERE member <> 0;
CREATE INDEX posting_loan ON posting (loan) WHERE loan <> 0;

-- What went through an account in a month (year*12 + month-1), so that any
-- statement reads a few rows; proved against the postings by a check.
CREATE TABLE turnover (
  root    BIGINT NOT NULL,
  account BIGINT NOT NULL,
  month   BIGINT NOT NULL,
  purpose BIGINT NOT NULL,
  branch  BIGINT NOT NULL,
  debit   BIGINT NOT NULL,
  credit  BIGINT NOT NULL,
  PRIMARY KEY (root, account, month, purpose, branch)
) {{clustered}};

CREATE TABLE closing (
  id     BIGINT NOT NULL PRIMARY KEY,
  root   BIGINT NOT NULL,
  body   BIGINT NOT NULL,
  until  BIGINT NOT NULL,
  was    BIGINT NOT NULL,                  -- until when it was closed before
  reason TEXT NOT NULL,
  at     BIGINT NOT NULL,
  actor  BIGINT NOT NULL
) {{strict}};
CREATE INDEX closing_body ON closing (body, id);

CREATE TABLE budget (
  body     BIGINT NOT NULL,
  year     BIGINT NOT NULL,
  class    TEXT {{c}} NOT NULL,
  code     TEXT {{c}} NOT NULL,
  currency TEXT {{c}} NOT NULL,
  root     BIGINT NOT NULL,
  amount   BIGINT NOT NULL,
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (body, year, class, code, currency)
) {{clustered}};

-- What a member of a category pays a year.
CREATE TABLE due_rate (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  category TEXT {{c}} NOT NULL,            -- empty: every other category
  currency TEXT {{c}} NOT NULL,
  amount   BIGINT NOT NULL,
  since    BIGINT NOT NULL,                -- first year
  until    BIGINT NOT NULL,                -- last year; 9999 while in force
  revision BIGINT NOT NULL,
  CONSTRAINT due_rate_order CHECK (since <= until)
) {{strict}};
CREATE INDEX due_rate_body ON due_rate (body, category, since);

CREATE TABLE due_exemption (
  id         BIGINT NOT NULL PRIMARY KEY,
  root       BIGINT NOT NULL,
  membership BIGINT NOT NULL,
  since      BIGINT NOT NULL,
  until      BIGINT NOT NULL,
  reason     TEXT NOT NULL,
  revision   BIGINT NOT NULL
) {{strict}};
CREATE INDEX due_exemption_membership ON due_exemption (membership, since);

-- What one member owes for one year, where the rates do not say it: arrears
-- brought forward, a year agreed at another amount.
CREATE TABLE due_charge (
  membership BIGINT NOT NULL,
  year       BIGINT NOT NULL,
  root       BIGINT NOT NULL,
  currency   TEXT {{c}} NOT NULL,
  amount     BIGINT NOT NULL,
  note       TEXT NOT NULL,
  PRIMARY KEY (membership, year)
) {{clustered}};

CREATE TABLE loan (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  person   BIGINT NOT NULL,
  name     TEXT NOT NULL,
  currency TEXT {{c}} NOT NULL,
  amount   BIGINT NOT NULL,
  rate     TEXT {{c}} NOT NULL,            -- per cent a year, exact decimal
  since    BIGINT NOT NULL,
  due      BIGINT NOT NULL,                -- last day for paying back; far away: none agreed
  account  BIGINT NOT NULL,
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX loan_body ON loan (root, body, since);

-- Goods in kind moved by hand; those of deeds are read from their lines.
CREATE TABLE stock_move (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  day      TEXT NOT NULL,                  -- EDTF
  day_last BIGINT NOT NULL,
  item     TEXT NOT NULL,
  fold     TEXT {{c}} NOT NULL,
  qty      BIGINT NOT NULL,                -- below nought when it goes out
  person   BIGINT NOT NULL,
  name     TEXT NOT NULL,
  note     TEXT NOT NULL,
  undoes   BIGINT NOT NULL,
  recorded BIGINT NOT NULL,
  recorder BIGINT NOT NULL
) {{strict}};
CREATE INDEX stock_move_body ON stock_move (root, body, fold, day_last);
CREATE INDEX line_item ON line (root, body, deed) WHERE item <> '';

CREATE TABLE bank_line (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  account  BIGINT NOT NULL,
  day      BIGINT NOT NULL,
  amount   BIGINT NOT NULL,
  text     TEXT NOT NULL,
  ref      TEXT NOT NULL,                  -- the bank's own number
  balance  BIGINT,                         -- as the bank states it after the line
  same     BIGINT NOT NULL,                -- counts lines of a day that read alike
  entry    BIGINT NOT NULL,                -- reconciled with, or 0
  n        BIGINT NOT NULL,
  job      BIGINT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT bank_line_once UNIQUE (account, day, amount, ref, text, same)
) {{strict}};
CREATE INDEX bank_line_day ON bank_line (account, day, id);
CREATE INDEX bank_line_entry ON bank_line (entry, n) WHERE entry <> 0;

CREATE TABLE cash_count (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  account  BIGINT NOT NULL,
  day      BIGINT NOT NULL,
  notes    TEXT NOT NULL,                  -- JSON: how many of each denomination
  counted  BIGINT NOT NULL,
  booked   BIGINT NOT NULL,                -- what the book said
  reason   TEXT NOT NULL,
  people   TEXT NOT NULL,                  -- JSON: who counted
  recorded BIGINT NOT NULL,
  recorder BIGINT NOT NULL
) {{strict}};
CREATE INDEX cash_count_account ON cash_count (account, day);

-- What is given on which occasion, by period.
CREATE TABLE norm (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  kind     TEXT {{c}} NOT NULL,            -- of deed
  kin      TEXT {{c}} NOT NULL,            -- empty: whoever it is
  step     BIGINT NOT NULL,                -- age celebrated; 0: any
  since    BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  currency TEXT {{c}} NOT NULL,
  amount   BIGINT NOT NULL,
  goods    TEXT NOT NULL,
  times    BIGINT NOT NULL,                -- a year; 0: as often as needed
  approval BIGINT NOT NULL,
  note     TEXT NOT NULL,
  revision BIGINT NOT NULL,
  CONSTRAINT norm_order CHECK (since <= until)
) {{strict}};
CREATE INDEX norm_kind ON norm (body, kind, since);
