// Package schema holds the tables of a book as migrations that run alike on
// SQLite and PostgreSQL. One text serves both: where the engines differ in a
// word, the text has a token that is replaced when it is read.
package schema

import (
	"embed"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Engine names a database engine.
type Engine string

// The engines a book can live on.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// words are the engine's own spellings of the tokens in the migrations.
func words(e Engine) *strings.Replacer {
	if e == Postgres {
		return strings.NewReplacer("{{strict}}", "", "{{clustered}}", "", "{{blob}}", "BYTEA", "{{c}}", `COLLATE "C"`)
	}
	return strings.NewReplacer("{{strict}}", "STRICT", "{{clustered}}", "WITHOUT ROWID, STRICT",
		"{{blob}}", "BLOB", "{{c}}", "", "BIGINT", "INTEGER")
}

// Migrations gives the migrations in the words of one engine, as the files
// that a migration runner reads.
func Migrations(e Engine) (fs.FS, error) {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return &translated{FS: sub, words: words(e)}, nil
}

// translated is a file system whose files are passed through the tokens.
type translated struct {
	fs.FS
	words *strings.Replacer
}

// ReadFile reads one migration in the engine's words.
func (t *translated) ReadFile(name string) ([]byte, error) {
	raw, err := fs.ReadFile(t.FS, name)
	if err != nil {
		return nil, err
	}
	return []byte(t.words.Replace(string(raw))), nil
}

// Open opens one migration in the engine's words; folders open as they are.
func (t *translated) Open(name string) (fs.File, error) {
	if !strings.HasSuffix(name, ".sql") {
		return t.FS.Open(name)
	}
	text, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &file{name: name, size: int64(len(text)), Reader: strings.NewReader(string(text))}, nil
}

// file is a translated migration in memory.
type file struct {
	*strings.Reader
	name string
	size int64
}

func (f *file) Stat() (fs.FileInfo, error) { return info{f.name, f.size}, nil }
func (f *file) Close() error               { return nil }
func (f *file) Read(p []byte) (int, error) { return f.Reader.Read(p) }

var _ io.Reader = (*file)(nil)

// info describes a translated migration.
type info struct {
	name string
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }

// tableName finds what a migration creates.
var tableName = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// Tables lists every table of a book by name, as the migrations create them.
func Tables() ([]string, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, file := range files {
		text, err := migrations.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, found := range tableName.FindAllStringSubmatch(string(text), -1) {
			all = append(all, found[1])
		}
	}
	return all, nil
}

// Statements gives what makes the tables, for people who read them elsewhere:
// every migration in its order, with its comments.
func Statements() (string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, name := range names {
		raw, err := fs.ReadFile(migrations, name)
		if err != nil {
			return "", err
		}
		all.WriteString("-- " + name + "\n" + words(SQLite).Replace(string(raw)) + "\n")
	}
	return all.String(), nil
}
