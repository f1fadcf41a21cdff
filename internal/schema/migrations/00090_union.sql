-- +goose Up
-- What a union of friendship organisations keeps beside its deeds: in which part,
-- with which countries, planned or not; the plan of a year.

CREATE TABLE activity (
  deed      BIGINT NOT NULL PRIMARY KEY,
  root      BIGINT NOT NULL,
  body      BIGINT NOT NULL,               -- the deed's home
  part      TEXT {{c}} NOT NULL,           -- chaired, coordinated, joined; empty: not said
  planning  TEXT {{c}} NOT NULL,           -- planned, outside; empty: the plan tells
  countries TEXT {{c}} NOT NULL,           -- codes of two letters, parted by spaces
  revision  BIGINT NOT NULL
) {{strict}};

-- Of which country a body is, or with which one an association keeps friendship.
CREATE TABLE body_country (
  body    BIGINT NOT NULL PRIMARY KEY,
  root    BIGINT NOT NULL,
  country TEXT {{c}} NOT NULL
) {{strict}};

CREATE TABLE union_plan (
  body     BIGINT NOT NULL,
  year     BIGINT NOT NULL,
  root     BIGINT NOT NULL,
  data     TEXT NOT NULL,                  -- JSON of union.Plan: number, day, motto
  revision BIGINT NOT NULL,
  PRIMARY KEY (body, year)
) {{clustered}};

CREATE TABLE union_plan_item (
  id       BIGINT NOT NULL PRIMARY KEY,
  root     BIGINT NOT NULL,
  body     BIGINT NOT NULL,
  year     BIGINT NOT NULL,
  n        BIGINT NOT NULL,
  person   BIGINT NOT NULL,                -- who answers for it, or 0
  data     TEXT NOT NULL,                  -- JSON of union.Item
  fold     TEXT NOT NULL,
  revision BIGINT NOT NULL
) {{strict}};
CREATE INDEX union_plan_item_person ON union_plan_item (person) WHERE person <> 0;
CREATE INDEX union_plan_item_year ON union_plan_item (root, body, year, n);

-- Which deeds fulfil which items.
CREATE TABLE union_plan_deed (
  item BIGINT NOT NULL,
  deed BIGINT NOT NULL,
  root BIGINT NOT NULL,
  PRIMARY KEY (item, deed)
) {{clustered}};
CREATE INDEX union_plan_deed_deed ON union_plan_deed (deed);

-- Kinds of deed that books begun before lack.
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'exchange', '{"code":"exchange","names":{"vi":"Giao lưu hữu nghị","en":"Friendship exchange","fr":"Rencontre d’amitié"},"acts":{"vi":"cuộc giao lưu","en":"exchanges","fr":"rencontres"},"units":["acts","persons","money"],"roles":["participant","guest"],"papers":["invitation","attendance"],"heading":"reception","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":22,"revision":1}', 22, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'anniversary', '{"code":"anniversary","names":{"vi":"Gặp mặt, mít tinh kỷ niệm","en":"Anniversary meeting","fr":"Rencontre commémorative"},"shorts":{"vi":"Gặp mặt kỷ niệm","en":"Anniversary","fr":"Commémoration"},"acts":{"vi":"cuộc gặp mặt","en":"meetings","fr":"rencontres"},"units":["acts","persons","money"],"roles":["participant","guest"],"papers":["invitation","attendance"],"heading":"meeting","meeting":true,"activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":23,"revision":1}', 23, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'seminar', '{"code":"seminar","names":{"vi":"Hội thảo, tọa đàm","en":"Seminar","fr":"Séminaire"},"acts":{"vi":"cuộc","en":"seminars","fr":"séminaires"},"units":["acts","persons","money"],"roles":["participant","guest"],"papers":["invitation","attendance"],"heading":"meeting","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":24,"revision":1}', 24, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'festival', '{"code":"festival","names":{"vi":"Lễ hội, ngày hội văn hóa","en":"Festival","fr":"Festival"},"acts":{"vi":"lễ hội","en":"festivals","fr":"festivals"},"units":["acts","persons","money"],"roles":["organiser","guest"],"heading":"reception","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":25,"revision":1}', 25, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'student-exchange', '{"code":"student-exchange","names":{"vi":"Giao lưu sinh viên","en":"Student exchange","fr":"Rencontre d’étudiants"},"acts":{"vi":"cuộc giao lưu","en":"exchanges","fr":"rencontres"},"units":["acts","persons","money"],"roles":["participant","guest"],"papers":["attendance"],"heading":"reception","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":26,"revision":1}', 26, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'competition', '{"code":"competition","names":{"vi":"Cuộc thi tìm hiểu","en":"Competition","fr":"Concours"},"shorts":{"vi":"Cuộc thi","en":"Competition","fr":"Concours"},"acts":{"vi":"cuộc thi","en":"competitions","fr":"concours"},"units":["acts","persons","money"],"roles":["organiser","participant"],"heading":"campaign","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":27,"revision":1}', 27, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'publication', '{"code":"publication","names":{"vi":"Ấn phẩm, tuyên truyền","en":"Publication","fr":"Publication"},"acts":{"vi":"ấn phẩm","en":"publications","fr":"publications"},"units":["acts","things","money"],"roles":["organiser"],"heading":"campaign","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":28,"revision":1}', 28, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'training', '{"code":"training","names":{"vi":"Tập huấn, bồi dưỡng","en":"Training","fr":"Formation"},"acts":{"vi":"lớp","en":"courses","fr":"formations"},"units":["acts","persons","money"],"roles":["participant","organiser"],"papers":["attendance"],"heading":"meeting","activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":29,"revision":1}', 29, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'scholarship', '{"code":"scholarship","names":{"vi":"Trao học bổng","en":"Scholarships awarded","fr":"Bourses remises"},"shorts":{"vi":"Học bổng","en":"Scholarships","fr":"Bourses"},"acts":{"vi":"đợt trao","en":"awards","fr":"remises"},"units":["persons","money","acts"],"roles":["receiver","giver"],"papers":["payment"],"heading":"study-award","repeats":true,"activity":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":30,"revision":1}', 30, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'ngo-aid', '{"code":"ngo-aid","names":{"vi":"Viện trợ phi chính phủ nước ngoài","en":"Foreign NGO aid","fr":"Aide d’ONG étrangère"},"shorts":{"vi":"Viện trợ PCP","en":"NGO aid","fr":"Aide d’ONG"},"acts":{"vi":"khoản viện trợ","en":"grants","fr":"aides"},"units":["money","goods","acts"],"roles":["giver","receiver"],"papers":["handover"],"heading":"sponsor","receipt":true,"for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":31,"revision":1}', 31, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'founding', '{"code":"founding","names":{"vi":"Thành lập tổ chức thành viên","en":"Founding of an association","fr":"Fondation d’une association"},"shorts":{"vi":"Thành lập hội","en":"Founding","fr":"Fondation"},"acts":{"vi":"tổ chức","en":"associations","fr":"associations"},"units":["acts","persons","money"],"roles":["organiser","participant"],"heading":"meeting","for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":32,"revision":1}', 32, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
INSERT INTO deed_kind (code, data, rank, retired, revision) SELECT 'award-received', '{"code":"award-received","names":{"vi":"Được tặng thưởng","en":"Award received","fr":"Distinction reçue"},"acts":{"vi":"phần thưởng","en":"awards","fr":"distinctions"},"units":["acts"],"roles":["receiver","giver"],"heading":"other","for":["friendship_union","friendship_association","front","locality","authority","other"],"rank":33,"revision":1}', 33, 0, 1 FROM book WHERE id = 1 ON CONFLICT (code) DO NOTHING;
UPDATE deed_kind SET data = REPLACE(data, '"code":"delegation-in",', '"code":"delegation-in","activity":true,') WHERE code = 'delegation-in';
UPDATE deed_kind SET data = REPLACE(data, '"code":"delegation-out",', '"code":"delegation-out","activity":true,') WHERE code = 'delegation-out';
