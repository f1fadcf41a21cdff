-- +goose Up
-- The deed by which what a register tells happened: the congress that opened a
-- term, the deed whose lines count a grant.

ALTER TABLE union_register ADD COLUMN deed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX union_register_deed ON union_register (deed) WHERE deed <> 0;
