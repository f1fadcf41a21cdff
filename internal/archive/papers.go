// Package archive keeps what is not rows: the papers and photographs of a book,
// and the one file in which the whole book is carried away and brought back.
package archive

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"kith.app/internal/fault"
)

// PapersFolder is where papers lie inside a book's folder. They are kept under
// the digest of what they contain: the same scan twice is one file, and a file
// that was altered no longer has its name.
const PapersFolder = "papers"

// PaperMost is the largest paper taken: a scan of many pages, a photograph.
const PaperMost = 20 << 20

// kinds are the types of file that are taken, with what browsers may show.
var kinds = map[string]string{
	".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".txt":  "text/plain; charset=utf-8", ".csv": "text/plain; charset=utf-8", ".mp3": "audio/mpeg", ".mp4": "video/mp4",
}

// Papers is the store of one book's papers.
type Papers struct{ dir string }

// PapersOf gives the store of the book in a folder.
func PapersOf(dir string) Papers { return Papers{filepath.Join(dir, PapersFolder)} }

// Paper is one kept file.
type Paper struct {
	Digest string `json:"digest"` // SHA-256 of the content, in hexadecimal
	Name   string `json:"name"`   // as it was called
	Type   string `json:"type"`
	Size   int64  `json:"size"`
}

// Put keeps a file. It refuses types that no paper of an association has, files
// that are not what their name says, and those that are too large.
func (p Papers) Put(name string, r io.Reader) (Paper, error) {
	name = filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	ending := strings.ToLower(filepath.Ext(name))
	kind, ok := kinds[ending]
	if !ok {
		return Paper{}, fault.Field("paper", "archive.type", name)
	}
	content, err := io.ReadAll(io.LimitReader(r, PaperMost+1))
	if err != nil {
		return Paper{}, fmt.Errorf("read a paper: %w", err)
	}
	if len(content) > PaperMost {
		return Paper{}, fault.Field("paper", "archive.large", PaperMost>>20)
	}
	if len(content) == 0 {
		return Paper{}, fault.Field("paper", "archive.empty", name)
	}
	if !looksLike(content, ending) {
		return Paper{}, fault.Field("paper", "archive.otherwise", name)
	}
	sum := sha256.Sum256(content)
	paper := Paper{Digest: hex.EncodeToString(sum[:]), Name: name, Type: kind, Size: int64(len(content))}
	return paper, p.write(paper.Digest, content)
}

// beginnings are the first bytes of the types that have such.
var beginnings = map[string]string{
	".pdf": "%PDF-", ".jpg": "\xff\xd8\xff", ".jpeg": "\xff\xd8\xff", ".png": "\x89PNG\r\n\x1a\n", ".webp": "RIFF",
	".docx": "PK\x03\x04", ".xlsx": "PK\x03\x04",
}

// looksLike compares the first bytes with what the name promised. Plain text
// has no beginning of its own but must not be a page in disguise.
func looksLike(content []byte, ending string) bool {
	if want, ok := beginnings[ending]; ok {
		return bytes.HasPrefix(content, []byte(want))
	}
	start := strings.ToLower(string(bytes.TrimSpace(content[:min(len(content), 512)])))
	return !strings.HasPrefix(start, "<")
}

// write puts content under its digest, whole or not at all.
func (p Papers) write(digest string, content []byte) error {
	path := p.path(digest)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the papers' folder: %w", err)
	}
	half, err := os.CreateTemp(filepath.Dir(path), "half-*")
	if err != nil {
		return fmt.Errorf("keep a paper: %w", err)
	}
	return settle(half, path, content)
}

// settle writes content to a half file and gives that its name when it is whole.
func settle(half *os.File, path string, content []byte) error {
	defer os.Remove(half.Name())
	_, err := half.Write(content)
	err = errors.Join(err, half.Sync(), half.Close())
	if err != nil {
		return fmt.Errorf("keep a paper: %w", err)
	}
	return os.Rename(half.Name(), path)
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (p Papers) path(digest string) string { return filepath.Join(p.dir, digest[:2], digest) }

// Open reads a kept paper.
func (p Papers) Open(digest string) (*os.File, error) {
	if !digestForm.MatchString(digest) {
		return nil, fault.Missing("archive.missing")
	}
	f, err := os.Open(p.path(digest))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Missing("archive.missing")
	}
	return f, err
}
