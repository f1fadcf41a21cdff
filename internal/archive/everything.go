package archive

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"kith.app/internal/locale"
	"kith.app/internal/schema"
	"kith.app/internal/store"
)

// Everything is where a whole book is given out in open formats.
type Everything interface {
	// Create begins a file; the one before it is finished.
	Create(name string) (io.Writer, error)
	Close() error
}

// ExportAll gives the whole book out: every table as csv, what the tables and
// their columns mean, and every paper as it was kept. Passwords are left out.
func ExportAll(ctx context.Context, book *store.Book, words *locale.Catalogue, to Everything) error {
	var tables []dumped
	err := book.Dump(ctx, func(table string, columns []string) (func([]string) error, error) {
		w, err := to.Create("tables/" + table + ".csv")
		if err != nil {
			return nil, err
		}
		tables = append(tables, dumped{name: table, columns: columns})
		return tables[len(tables)-1].writer(w)
	})
	if err != nil {
		return err
	}
	if err := describe(words, tables, to); err != nil {
		return err
	}
	return papers(filepath.Join(book.Place().Dir, PapersFolder), to)
}

// dumped is one table that was given out.
type dumped struct {
	name    string
	columns []string
}

// writer writes rows; each is flushed, for the file ends when the next begins.
func (d dumped) writer(w io.Writer) (func([]string) error, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return nil, err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	write := func(row []string) error {
		if err := out.Write(row); err != nil {
			return err
		}
		out.Flush()
		return out.Error()
	}
	return write, write(d.columns)
}

// describe writes what the tables are: a readme in three languages, and the
// statements that make the tables, with a word about each column.
func describe(words *locale.Catalogue, tables []dumped, to Everything) error {
	for _, lang := range locale.Langs() {
		w, err := to.Create("README." + string(lang) + ".txt")
		if err != nil {
			return err
		}
		var b strings.Builder
		b.WriteString(words.Say(lang, "export.all.readme") + "\r\n\r\n")
		for _, t := range tables {
			b.WriteString("tables/" + t.name + ".csv: " + strings.Join(t.columns, ", ") + "\r\n")
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
	}
	statements, err := schema.Statements()
	if err != nil {
		return err
	}
	w, err := to.Create("schema.sql")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, statements)
	return err
}

// papers copies every paper; a book may have none.
func papers(folder string, to Everything) error {
	if _, err := os.Stat(folder); os.IsNotExist(err) {
		return nil
	}
	return filepath.WalkDir(folder, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, file)
		if err != nil {
			return err
		}
		in, err := os.Open(file)
		if err != nil {
			return err
		}
		defer in.Close()
		w, err := to.Create(path.Join("papers", filepath.ToSlash(name)))
		if err != nil {
			return err
		}
		_, err = io.Copy(w, in)
		return err
	})
}

// ToZip gives out into one zip file.
func ToZip(w io.Writer) Everything { return zipped{zip.NewWriter(w)} }

type zipped struct{ *zip.Writer }

// Create begins a file of the zip.
func (z zipped) Create(name string) (io.Writer, error) { return z.Writer.Create(name) }

// ToFolder gives out into a folder, which is made if need be.
func ToFolder(dir string) Everything { return &folder{dir: dir} }

type folder struct {
	dir string
	at  *os.File
}

// Create begins a file of the folder.
func (f *folder) Create(name string) (io.Writer, error) {
	if err := f.Close(); err != nil {
		return nil, err
	}
	file := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	var err error
	f.at, err = os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	return f.at, err
}

// Close finishes the last file.
func (f *folder) Close() error {
	if f.at == nil {
		return nil
	}
	at := f.at
	f.at = nil
	return at.Close()
}
