package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"kith.app/internal/fault"
	"kith.app/internal/schema"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
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
