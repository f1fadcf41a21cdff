-- +goose Up
-- What is prepared for the conference of a contest: programme, speakers, seats,
-- models shown, gifts, the host's costs.

CREATE TABLE conference_item (
  id       BIGINT NOT NULL PRIMARY KEY,
  contest  BIGINT NOT NULL,
  kind     TEXT {{c}} NOT NULL,           -- step, speech, seat, model, gift, cost
  ord      BIGINT NOT NULL,
  unit     BIGINT NOT NULL,               -- 0: no unit of the contest
  data     TEXT NOT NULL,                 -- JSON of contest.Item
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX conference_item_contest ON conference_item (contest, kind, ord);
