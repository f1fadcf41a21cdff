-- +goose Up
-- An officer may lend part of what the office allows, and take it back before
-- its day.

ALTER TABLE delegation ADD COLUMN rights TEXT NOT NULL DEFAULT '';   -- codes between spaces; empty: all of the office
ALTER TABLE delegation ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE delegation ADD COLUMN lender BIGINT NOT NULL DEFAULT 0;  -- who lent them, 0 the machine's operator
ALTER TABLE delegation ADD COLUMN ended BIGINT NOT NULL DEFAULT 0;   -- Unix milliseconds; 0 until withdrawn
CREATE INDEX delegation_holding ON delegation (holding);
