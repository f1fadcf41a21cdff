package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"

	"kith.app/internal/lineage"
)

// Tamper runs a statement behind the book's back, as someone with the file and
// a database tool could.
func Tamper(ctx context.Context, b *Book, statement string) error {
	if err := b.caughtUp(ctx); err != nil {
		return err
	}
	return Limit(ctx, b, statement)
}

// Limit runs a statement on the writer's connection as it is.
func Limit(ctx context.Context, b *Book, statement string) error {
	_, err := b.conn.ExecContext(ctx, statement)
	return err
}

// References lists the columns that follow a merge, as table.column.
func References() []string {
	var all []string
	for _, r := range references() {
		all = append(all, r.table+"."+r.column)
	}
	return all
}

// BodyReferences lists the columns known to name a body.
func BodyReferences() []string {
	var all []string
	for _, r := range bodyReferences() {
		all = append(all, r.table+"."+r.column)
	}
	return all
}

// Remaining lists what of ended bodies is counted as unsettled.
func Remaining() []lineage.What {
	var all []lineage.What
	for _, r := range remains() {
		all = append(all, r.what)
	}
	return all
}

// Patient keeps a book from transcribing its daybook by itself, as if it had been
// asked to just now.
func Patient(b *Book) error {
	return b.Write(context.Background(), Writing{}, func(context.Context, *Tx) error {
		b.idle = time.Hour // it belongs to the writer
		return nil
	})
}

// Waiting tells how many records of the daybook are not in the tables.
func Waiting(b *Book) int64 { return b.day.pending.Load() }

// Records takes the content of a daybook's file apart and tells how many rows each
// record has.
func Records(content []byte) []int {
	var all []int
	for _, r := range recordsIn(content) {
		n := 0
		for _, t := range r.tables {
			n += len(t.all)
		}
		all = append(all, n)
	}
	return all
}

// Recorded writes rows of one table as one record into a file and reads them back.
func Recorded(path string, all [][]any) ([][]any, error) {
	f, err := openRecords(path)
	if err != nil {
		return nil, err
	}
	defer f.close()
	if err := f.write(7, []byte("head"), []*rows{{table: "t", columns: "a", width: len(all[0]), all: all}}); err != nil {
		return nil, err
	}
	read, err := readRecords(path)
	if err != nil || len(read) != 1 {
		return nil, fmt.Errorf("%d records, %w", len(read), err)
	}
	return read[0].tables[0].all, nil
}

// Peek reads one number behind the book's back.
func Peek(ctx context.Context, b *Book, query string, into *int64) error {
	return b.conn.QueryRowContext(ctx, query).Scan(into)
}

// Framed puts the head of a whole record before any bytes.
func Framed(content []byte) []byte {
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(content)))
	return append(binary.LittleEndian.AppendUint32(head, crc32.Checksum(content, castagnoli)), content...)
}
