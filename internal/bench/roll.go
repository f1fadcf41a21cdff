package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	"kith.app/internal/document/specimen"
	"kith.app/internal/intake"
	"kith.app/internal/pdf"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// rolls measures what is done with a whole roll at once: a table of 10,000 people
// rehearsed and brought into an empty book, and a paper of as many rows.
func rolls(b *bench) error {
	table, err := rollTable(b)
	if err != nil {
		return err
	}
	book, _, err := begin(b.ctx, b.place("roll"))
	if err != nil {
		return err
	}
	defer book.Close()
	rehearsed, done, err := broughtIn(b.ctx, book, table)
	if err != nil {
		return err
	}
	if n, _, err := book.As(operator).CountPeople(b.ctx, store.PeopleQuery{Status: store.IsMember}); err != nil || n < bigMembers {
		return fmt.Errorf("%d of %d people came in: %v", n, bigMembers, err)
	}
	b.took(fmt.Sprintf("10,000 people from a workbook: rehearsed in %s, then done", rehearsed.Round(time.Millisecond)), rehearsed+done, 5*time.Second)
	paper := specimen.Roll(bigMembers)
	begun := time.Now()
	if err := pdf.Write(io.Discard, paper); err != nil {
		return err
	}
	b.took("PDF of 10,000 members", time.Since(begun), 5*time.Second)
	return nil
}

// rollTable gives the roll of the big book as its page gives it out.
func rollTable(b *bench) ([]byte, error) {
	book, err := b.big()
	if err != nil {
		return nil, err
	}
	defer book.Close()
	v, err := admitted(b.ctx, book)
	if err != nil {
		return nil, err
	}
	status, table, err := v.body("/people.xlsx")
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("the roll answered %d", status)
	}
	return table, err
}

// broughtIn reads and rehearses a table of people, then reads it again and does it, as
// the command does.
func broughtIn(ctx context.Context, book *store.Book, content []byte) (rehearsed, done time.Duration, err error) {
	digest := sha256.Sum256(content)
	file := intake.File{Name: "roll.xlsx", SHA256: hex.EncodeToString(digest[:]), Size: int64(len(content))}
	options := intake.Options{Body: book.Root(), CreateBranches: true}
	read := func() (*intake.Table, error) {
		s, err := sheet.Open(file.Name, bytes.NewReader(content), file.Size)
		if err != nil {
			return nil, err
		}
		return intake.Recognise(s, intake.People, intake.Options{})
	}
	begun := time.Now()
	table, err := read()
	if err != nil {
		return 0, 0, err
	}
	plan, err := intake.Propose(ctx, book.As(operator), table, options)
	if err == nil {
		err = plan.Refusal()
	}
	if err != nil {
		return 0, 0, err
	}
	rehearsed, begun = time.Since(begun), time.Now()
	if table, err = read(); err != nil {
		return 0, 0, err
	}
	err = book.Write(ctx, store.Writing{By: operator, Job: book.NewID()}, func(ctx context.Context, tx *store.Tx) error {
		if plan, err = intake.Propose(ctx, tx.View(), table, options); err != nil {
			return err
		}
		_, err := plan.Apply(ctx, tx, operator, file, nil)
		return err
	})
	return rehearsed, time.Since(begun), err
}
