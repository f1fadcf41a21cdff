-- +goose Up
-- With which countries a tie is, each code between spaces.

ALTER TABLE tie ADD COLUMN countries TEXT NOT NULL DEFAULT '';
