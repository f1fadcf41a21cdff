-- +goose Up
-- Lists and counts of a large book read these from the index alone: the deeds of a
-- body or of a kind in the order of their days with how they stand, the members of a
-- body with since when.

DROP INDEX deed_body;
CREATE INDEX deed_body ON deed (root, body, kind, day_first, id, day_last, status, revision);

DROP INDEX deed_kind_day;
CREATE INDEX deed_kind_day ON deed (root, kind, day_first, id, day_last, status, body, revision);

DROP INDEX membership_body;
CREATE INDEX membership_body ON membership (root, body, left_last, person, joined_first);
