package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/schema"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tie"
)

// olderBook makes a book file as the first version of the program left it.
func olderBook(t *testing.T, version int64) string {
	t.Helper()
	dir := t.TempDir()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	files, err := schema.Migrations(schema.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO setting (body, name, value) VALUES (0, 'lang', 'vi')`); err != nil {
		t.Fatal(err)
	}
	return dir
}

func tablesOf(t *testing.T, file string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY type DESC, name`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, ";\n\n") + ";\n"
}

func TestAnOlderBookIsBackedUpThenMigratedToTheFreshTables(t *testing.T) {
	ctx := context.Background()
	dir := olderBook(t, 2)
	b, err := store.Open(ctx, store.Place{Dir: dir}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if lang, err := b.Lang(ctx); err != nil || lang != "vi" {
		t.Errorf("the setting became %q, %v", lang, err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	copies, err := filepath.Glob(filepath.Join(dir, "backup", "before-version-2-*.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("backups %v %v, want one", copies, err)
	}
	if old := tablesOf(t, copies[0]); strings.Contains(old, "CREATE TABLE deed ") {
		t.Error("the backup was taken after the migration")
	}
	fresh := storetest.Open(t)
	if got, want := tablesOf(t, filepath.Join(dir, store.FileName)), tablesOf(t, filepath.Join(fresh.Place().Dir, store.FileName)); got != want {
		t.Error("a migrated book has other tables than a fresh one")
	}
}

func TestABookOfANewerProgramIsLeftAlone(t *testing.T) {
	dir := olderBook(t, 2)
	file := filepath.Join(dir, store.FileName)
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := tablesOf(t, file)
	_, err = store.Open(context.Background(), store.Place{Dir: dir}, store.Options{})
	if all := fault.All(err); len(all) != 1 || all[0].Key != "store.newer" {
		t.Fatalf("opened with %v, want the refusal of a newer book", err)
	}
	if tablesOf(t, file) != before {
		t.Error("the refused book was changed")
	}
}

// The tables can be read in one place: docs/schema.sql is what a fresh book has.
func TestTheTablesAreWrittenDown(t *testing.T) {
	fresh := storetest.Open(t)
	got := "-- The tables of a book on SQLite, as a fresh one has them. Written by\n-- KITH_UPDATE=1 go test ./internal/store -run TheTablesAreWrittenDown\n\n" +
		tablesOf(t, filepath.Join(fresh.Place().Dir, store.FileName))
	path := filepath.Join("..", "..", "docs", "schema.sql")
	if os.Getenv("KITH_UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != got {
		t.Error("docs/schema.sql is not what the migrations make; write it anew with KITH_UPDATE=1")
	}
}

// Ties that an earlier version of the program wrote are told as quickly as those that
// this one writes: what tells how they stand, with which countries they are and who
// signed is filled when the book is brought up to date.
func TestTiesOfAnOlderBookAreToldHowTheyStand(t *testing.T) {
	places := map[string]func(t *testing.T) (store.Place, string, string){
		"sqlite": func(t *testing.T) (store.Place, string, string) {
			dir := t.TempDir()
			return store.Place{Dir: dir}, "sqlite", "file:" + filepath.Join(dir, store.FileName)
		},
	}
	if os.Getenv(storetest.PostgresVariable) != "" {
		places["postgres"] = func(t *testing.T) (store.Place, string, string) {
			address := storetest.NewDatabase(t)
			return store.Place{Dir: t.TempDir(), Database: address}, "pgx", address
		}
	}
	for engine, made := range places {
		t.Run(engine, func(t *testing.T) {
			place, driver, address := made(t)
			db, err := sql.Open(driver, address)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			olderTies(t, db, schema.Engine(engine))
			b, err := store.Open(t.Context(), place, store.Options{Clock: func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC) }})
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			for id, want := range map[int]string{
				7: "1 " + strconv.Itoa(int(calendar.DayOf(1968, 11, 20))) + "| LA |1", 8: "0 " + strconv.Itoa(int(calendar.DayOf(1968, 11, 20))) + "||0",
			} {
				var plain, heard, signers int64
				var countries string
				err := db.QueryRow(`SELECT plain, heard, countries, (SELECT COUNT(*) FROM tie_signer s WHERE s.tie = tie.id AND s.person = 5) FROM tie WHERE id = $1`, id).Scan(&plain, &heard, &countries, &signers)
				if got := fmt.Sprintf("%d %d|%s|%d", plain, heard, countries, signers); err != nil || got != want {
					t.Errorf("tie %d: %s %v, want %s", id, got, err, want)
				}
			}
		})
	}
}

// olderTies makes tables as they were before ties were judged, with one plain tie and
// one that was paused.
func olderTies(t *testing.T, db *sql.DB, engine schema.Engine) {
	t.Helper()
	dialect := map[schema.Engine]goose.Dialect{schema.SQLite: goose.DialectSQLite3, schema.Postgres: goose.DialectPostgres}[engine]
	files, err := schema.Migrations(engine)
	if err != nil {
		t.Fatal(err)
	}
	p, err := goose.NewProvider(dialect, db, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), 129); err != nil {
		t.Fatal(err)
	}
	signed := tie.Stage{Kind: tie.Signature, Date: calendar.On(1968, 11, 20)}
	for _, one := range []tie.Tie{
		{ID: 7, Stages: []tie.Stage{signed}, Parties: []tie.Party{{Side: 1, Body: 1, SignedBy: 5}, {Side: 2, Body: 2, Land: "LA", SignedBy: 6}}},
		{ID: 8, Stages: []tie.Stage{signed, {Kind: tie.Pause, Date: calendar.On(2020, 5, 6)}}, Parties: []tie.Party{{Side: 1, Body: 1}, {Side: 2, Body: 3}}},
	} {
		raw, err := json.Marshal(one)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Exec(`INSERT INTO tie (id, root, code, kind, body, data, signed_first, fields, term, hangs, outside, job, recorded, recorder, sort, fold, revision)
			VALUES ($1, 1, $2, 'twinning', 1, $3, 0, '', 0, 0, '', 0, 0, 0, $4, '', 1)`, int64(one.ID), "k"+strconv.Itoa(int(one.ID)), string(raw), []byte("k"))
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = db.Exec(`INSERT INTO person (id, root, body, name, other_names, sex, birth, death, dead, phone, email, address, origin, origin_note, residence, residence_note,
		household, relation, consent, note, merged_into, sort, fold, revision) VALUES (5, 1, 1, 'Người ký', '[]', '', '', '', 0, '', '', '', 0, '', 0, '', 0, '', '', '', 0, $1, '', 1)`, []byte("k"))
	if err != nil {
		t.Fatal(err)
	}
}
