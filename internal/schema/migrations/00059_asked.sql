-- +goose Up
-- Who is asked to sign an entry: named on its paper, free to sign or not.

ALTER TABLE entry ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN asked_second BIGINT NOT NULL DEFAULT 0;
