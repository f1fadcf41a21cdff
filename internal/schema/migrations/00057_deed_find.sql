-- +goose Up
-- What lists of a large book ask for: the deeds of one kind by day, and the few
-- that are only planned.

CREATE INDEX deed_kind_day ON deed (root, kind, day_first);
CREATE INDEX deed_planned ON deed (root, status, day_first, id) WHERE status = 'planned';

-- Who reaches which age is read from the index alone.
DROP INDEX person_birth;
CREATE INDEX person_birth ON person (root, birth_first, birth_last, merged_into, dead, birth);
