package store

import (
	"context"

	"kith.app/internal/lineage"
)

// Tamper runs a statement behind the book's back, as someone with the file and
// a database tool could.
func Tamper(ctx context.Context, b *Book, statement string) error {
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
