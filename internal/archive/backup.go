package archive

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"

	"kith.app/internal/fault"
	"kith.app/internal/store"
)

// manifestName is the list of contents inside an archive.
const manifestName = "kith-manifest.json"

// Manifest says what an archive holds, so that a restore can prove it whole.
type Manifest struct {
	Format int               `json:"format"` // 1
	Made   string            `json:"made"`   // RFC 3339
	Link   int64             `json:"link"`   // last link of the history
	Head   string            `json:"head"`
	Files  map[string]string `json:"files"` // path: SHA-256
}

// Backup writes the whole book to one file while it is in use: the database
// and every paper, with their digests. The file is read back before Backup says
// that it is good.
func Backup(ctx context.Context, book *store.Book, file string) (Manifest, error) {
	work, err := os.MkdirTemp(filepath.Dir(file), "kith-backup-*")
	if err != nil {
		return Manifest{}, fmt.Errorf("make room for the backup: %w", err)
	}
	defer os.RemoveAll(work)
	copied := filepath.Join(work, store.FileName)
	if err := book.CopyTo(ctx, copied); err != nil {
		return Manifest{}, err
	}
	link, head, err := store.HeadOf(ctx, copied)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: 1, Made: book.Now().Format(time.RFC3339), Link: link, Head: hex.EncodeToString(head), Files: map[string]string{}}
	half := filepath.Join(work, "half.zip")
	if err := m.pack(half, copied, filepath.Join(book.Place().Dir, PapersFolder)); err != nil {
		return Manifest{}, err
	}
	if _, err := Verify(half); err != nil {
		return Manifest{}, fmt.Errorf("the backup cannot be read back: %w", err)
	}
	return m, os.Rename(half, file)
}

// pack writes the database, the papers and then the manifest.
func (m *Manifest) pack(file, database, papers string) (err error) {
	out, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	z := zip.NewWriter(out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 5) })
	if err := m.add(z, store.FileName, database); err != nil {
		return err
	}
	err = filepath.WalkDir(papers, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path == papers {
			return nil // a book without papers
		}
		if err != nil || d.IsDir() || !digestForm.MatchString(d.Name()) {
			return err
		}
		return m.add(z, PapersFolder+"/"+d.Name()[:2]+"/"+d.Name(), path)
	})
	if err != nil {
		return fmt.Errorf("pack the papers: %w", err)
	}
	list, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	w, err := z.Create(manifestName)
	if err != nil {
		return err
	}
	if _, err := w.Write(list); err != nil {
		return err
	}
	return errors.Join(z.Close(), out.Sync())
}

// add packs one file and notes its digest.
func (m *Manifest) add(z *zip.Writer, name, path string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(w, sum), in); err != nil {
		return err
	}
	m.Files[name] = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// Verify proves that every file of an archive is there and as it was packed.
func Verify(file string) (Manifest, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return Manifest{}, fault.Refuse("archive.unreadable")
	}
	defer z.Close()
	m, err := readManifest(&z.Reader)
	if err != nil {
		return Manifest{}, err
	}
	for name, want := range m.Files {
		in, err := z.Open(name)
		if err != nil {
			return Manifest{}, fault.Refuse("archive.damaged", name)
		}
		sum := sha256.New()
		_, err = io.Copy(sum, in)
		in.Close()
		if err != nil || hex.EncodeToString(sum.Sum(nil)) != want {
			return Manifest{}, fault.Refuse("archive.damaged", name)
		}
	}
	return m, nil
}

func readManifest(z *zip.Reader) (Manifest, error) {
	var m Manifest
	in, err := z.Open(manifestName)
	if err != nil {
		return m, fault.Refuse("archive.unreadable")
	}
	defer in.Close()
	if err := json.NewDecoder(io.LimitReader(in, 64<<20)).Decode(&m); err != nil || m.Format != 1 {
		return m, fault.Refuse("archive.unreadable")
	}
	return m, nil
}

// Restore brings a book back into a place that has none, and proves it.
func Restore(ctx context.Context, file string, to store.Place) (Manifest, error) {
	m, err := Verify(file)
	if err != nil {
		return Manifest{}, err
	}
	for _, taken := range []string{store.FileName, PapersFolder} {
		if _, err := os.Stat(filepath.Join(to.Dir, taken)); err == nil {
			return Manifest{}, fault.Refuse("archive.occupied", to.Dir)
		}
	}
	if err := os.MkdirAll(to.Dir, 0o700); err != nil {
		return Manifest{}, fmt.Errorf("make the book's folder: %w", err)
	}
	if err := m.unpack(file, to.Dir); err != nil {
		return Manifest{}, err
	}
	if to.Database == "" {
		return m, nil
	}
	carried := filepath.Join(to.Dir, store.FileName)
	defer os.Remove(carried)
	return m, store.Fill(ctx, to, carried)
}

// unpack writes the files of the manifest, and no others, into a folder.
func (m Manifest) unpack(file, dir string) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return fault.Refuse("archive.unreadable")
	}
	defer z.Close()
	for name := range m.Files {
		if name != store.FileName && !strings.HasPrefix(name, PapersFolder+"/") || !filepath.IsLocal(name) {
			return fault.Refuse("archive.damaged", name)
		}
		if err := unpackOne(&z.Reader, name, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return fmt.Errorf("unpack %s: %w", name, err)
		}
	}
	return nil
}

func unpackOne(z *zip.Reader, name, path string) error {
	in, err := z.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
