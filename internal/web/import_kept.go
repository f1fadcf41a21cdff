package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// brought is a file that came in and waits to be looked through, with what was
// decided about it so far. It lies in a folder of the book under a name that
// cannot be guessed, for the account that sent it alone, for a day at most.
type brought struct {
	token   string
	folder  string
	account int64

	Subject  intake.Subject       `json:"subject"`
	Contest  contest.ID           `json:"contest,omitempty"` // whose workbook it is
	File     intake.File          `json:"file"`
	At       int64                `json:"at"` // Unix milliseconds
	Sheet    string               `json:"sheet,omitempty"`
	Body     body.ID              `json:"body,string"`
	DayOrder intake.DayOrder      `json:"dayOrder,omitempty"`
	Columns  map[int]intake.Field `json:"columns,omitempty"`
	GoodRows bool                 `json:"goodRows,omitempty"`
	Create   bool                 `json:"create,omitempty"`
	Figures  bool                 `json:"figures,omitempty"` // money of deeds stays out of the fund
}

// broughtLife is how long a file waits.
const broughtLife = 24 * time.Hour

func broughtFolder(book *store.Book) string { return filepath.Join(book.Place().Dir, "incoming") }

func (b *brought) path(ending string) string {
	return filepath.Join(b.folder, fmt.Sprintf("%d-%s.%s", b.account, b.token, ending))
}

// href is the page on which the file is looked through.
func (b *brought) href() string { return "/import/" + b.token + "/look" }

// keepBrought puts what was sent into the folder.
func (q *request) keepBrought(b *brought, from io.Reader) error {
	b.token, b.folder, b.account, b.At = rand.Text(), broughtFolder(q.server.Book), q.actor.Account, q.server.Book.Now().UnixMilli()
	if err := os.MkdirAll(b.folder, 0o700); err != nil {
		return fmt.Errorf("make room for a table: %w", err)
	}
	q.sweepBrought()
	f, err := os.OpenFile(b.path("table"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("keep a table: %w", err)
	}
	digest := sha256.New()
	b.File.Size, err = io.Copy(io.MultiWriter(f, digest), from)
	if err := errors.Join(err, f.Close()); err != nil {
		b.forget()
		return fmt.Errorf("keep a table: %w", err)
	}
	b.File.SHA256 = hex.EncodeToString(digest.Sum(nil))
	return b.save()
}

// save writes down what was decided.
func (b *brought) save() error {
	data, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("write down how a table comes in: %w", err)
	}
	if err := os.WriteFile(b.path("json"), data, 0o600); err != nil {
		return fmt.Errorf("write down how a table comes in: %w", err)
	}
	return nil
}

// forget takes the file away.
func (b *brought) forget() {
	// What cannot be taken away now goes with the next sweep.
	_ = os.Remove(b.path("table"))
	_ = os.Remove(b.path("json"))
}

// brought finds the file that the address names, for who may bring in such a table.
func (q *request) brought() (*brought, error) {
	b, err := q.broughtAsked()
	if err != nil {
		return nil, err
	}
	if b.Subject == sheetOfReplies {
		return nil, fault.Missing("importweb.gone")
	}
	if b.Contest == 0 && !q.actor.Somewhere(b.Subject.Right()) {
		return nil, fault.Forbid("access.forbidden." + string(b.Subject.Right()))
	}
	return b, nil
}

// broughtAsked finds the file that the address names, which must be the asker's own.
func (q *request) broughtAsked() (*brought, error) {
	b := &brought{token: q.PathValue("token"), folder: broughtFolder(q.server.Book), account: q.actor.Account}
	if strings.Trim(b.token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return nil, fault.Missing("importweb.gone")
	}
	data, err := os.ReadFile(b.path("json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.Missing("importweb.gone")
	}
	if err != nil {
		return nil, fmt.Errorf("find a table: %w", err)
	}
	if err := json.Unmarshal(data, b); err != nil {
		return nil, fmt.Errorf("find a table: %w", err)
	}
	return b, nil
}

// sweepBrought takes files away that waited too long.
func (q *request) sweepBrought() {
	kept, err := filepath.Glob(filepath.Join(broughtFolder(q.server.Book), "*.json"))
	if err != nil {
		return
	}
	for _, path := range kept {
		var b brought
		data, err := os.ReadFile(path)
		if err != nil || json.Unmarshal(data, &b) == nil && q.server.Book.Now().Sub(time.UnixMilli(b.At)) < broughtLife {
			continue
		}
		_ = os.Remove(path)
		_ = os.Remove(strings.TrimSuffix(path, "json") + "table")
	}
}

// table reads the file and recognises its columns. With a fault the table may
// be there all the same: its columns are to be told apart.
func (b *brought) table() (*intake.Table, error) {
	read, err := b.cells()
	if err != nil {
		return nil, err
	}
	return intake.Recognise(read, b.Subject, intake.Options{Columns: b.Columns})
}

// cells reads the sheet of the file that was chosen.
func (b *brought) cells() (*sheet.Sheet, error) {
	f, err := os.Open(b.path("table"))
	if err != nil {
		return nil, fmt.Errorf("open a table: %w", err)
	}
	defer f.Close()
	if b.Sheet != "" {
		return sheet.OpenNamed(b.File.Name, b.Sheet, f, b.File.Size)
	}
	return sheet.Open(b.File.Name, f, b.File.Size)
}

// find looks for the sheet that holds the table: the first, or the one of the
// others whose columns have names.
func (b *brought) find() error {
	f, err := os.Open(b.path("table"))
	if err != nil {
		return fmt.Errorf("open a table: %w", err)
	}
	defer f.Close()
	first, err := sheet.Open(b.File.Name, f, b.File.Size)
	if err != nil {
		return err
	}
	table, err := intake.Recognise(first, b.Subject, intake.Options{})
	for _, name := range first.Others {
		if table != nil {
			break
		}
		b.Sheet = name
		table, _ = b.table()
	}
	if table != nil {
		return nil // two columns for one thing are told apart on the next page
	}
	return err
}

func (b *brought) options(why string) intake.Options {
	return intake.Options{
		Body: b.Body, DayOrder: b.DayOrder, Columns: b.Columns, GoodRows: b.GoodRows, CreateBranches: b.Create, FiguresOnly: b.Figures, Why: why,
	}
}
