package archive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"kith.app/internal/archive"
	"kith.app/internal/fault"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestABackupBringsTheWholeBookBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		branch := storetest.Branch(t, b, "Chi hội Mường Thanh")
		paper, err := archive.PapersOf(b.Place().Dir).Put("biên nhận.txt", bytes.NewBufferString("đã nhận đủ"))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "so.kith.zip")
		made, err := archive.Backup(ctx, b, file)
		if err != nil {
			t.Fatal(err)
		}
		to := store.Place{Dir: filepath.Join(t.TempDir(), "new")}
		if b.Place().Database != "" {
			to.Database = storetest.NewDatabase(t)
		}
		if _, err := archive.Restore(ctx, file, to); err != nil {
			t.Fatal(err)
		}
		again, err := store.Open(ctx, to, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if link, _ := again.Head(); link != made.Link {
			t.Errorf("restored at link %d, want %d", link, made.Link)
		}
		if _, err := again.As(storetest.Operator()).Body(ctx, branch.ID); err != nil {
			t.Errorf("the branch did not come back: %v", err)
		}
		if trouble, err := again.Check(ctx); err != nil || len(trouble) != 0 {
			t.Errorf("check of the restored book: %v %v", trouble, err)
		}
		if f, err := archive.PapersOf(to.Dir).Open(paper.Digest); err != nil {
			t.Errorf("the paper did not come back: %v", err)
		} else {
			f.Close()
		}
		if _, err := archive.Restore(ctx, file, to); fault.KindOf(err) != fault.Invalid {
			t.Errorf("restoring over a book gave %v, want a refusal", err)
		}
	})
}

// An altered byte is refused, or it is one of those that change nothing of what
// comes out: a run of zeros may be told by the packing in several ways.
func TestADamagedBackupIsRefused(t *testing.T) {
	b := storetest.Open(t)
	file := filepath.Join(t.TempDir(), "so.kith.zip")
	if _, err := archive.Backup(context.Background(), b, file); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	whole, ok := bookIn(raw)
	if !ok {
		t.Fatal("the untouched backup cannot be read")
	}
	const tries = 40
	refused := 0
	for i := range tries {
		at := len(raw) * (i + 1) / (tries + 2)
		bad := bytes.Clone(raw)
		bad[at] ^= 0xff
		path := filepath.Join(t.TempDir(), "bad.zip")
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Verify(path); fault.KindOf(err) == fault.Invalid {
			refused++
		} else if got, ok := bookIn(bad); err != nil || !ok || !bytes.Equal(got, whole) {
			t.Errorf("byte %d altered: %v, want a refusal", at, err)
		}
	}
	if refused < tries*3/4 {
		t.Errorf("%d of %d altered backups were refused", refused, tries)
	}
	if _, err := archive.Verify(filepath.Join(t.TempDir(), "none.zip")); fault.KindOf(err) != fault.Invalid {
		t.Errorf("no file: %v, want a refusal", err)
	}
}

// bookIn gives the database inside a backup as another program would unpack it.
func bookIn(raw []byte) ([]byte, bool) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, false
	}
	in, err := z.Open(store.FileName)
	if err != nil {
		return nil, false
	}
	defer in.Close()
	content, err := io.ReadAll(in)
	return content, err == nil
}

func TestPapersAreWhatTheirNameSays(t *testing.T) {
	papers := archive.PapersOf(t.TempDir())
	cases := []struct{ name, content, key string }{
		{"a.exe", "MZ", "archive.type"},
		{"a.pdf", "<html><script>", "archive.otherwise"},
		{"a.txt", "<!DOCTYPE html><html>", "archive.otherwise"},
		{"a.png", "", "archive.empty"},
	}
	for _, c := range cases {
		_, err := papers.Put(c.name, bytes.NewBufferString(c.content))
		if all := fault.All(err); len(all) != 1 || all[0].Key != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
	one, err := papers.Put(`C:\ảnh\a.pdf`, bytes.NewBufferString("%PDF-1.7 x"))
	if err != nil || one.Name != "a.pdf" {
		t.Fatalf("%+v %v, want a.pdf", one, err)
	}
	if _, err := papers.Open("../../etc/passwd"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a path for a digest gave %v", err)
	}
}
