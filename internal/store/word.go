package store

import (
	"context"
	"strings"

	"kith.app/internal/text"
)

// index replaces the words by which a record is found.
func (tx *Tx) index(ctx context.Context, subject string, ref int64, fold string) error {
	if _, err := tx.exec(ctx, `DELETE FROM word WHERE root = $1 AND subject = $2 AND ref = $3`, tx.book.root, subject, ref); err != nil {
		return err
	}
	return tx.indexNew(ctx, subject, ref, fold)
}

// indexNew writes the words of a record that has none yet.
func (tx *Tx) indexNew(ctx context.Context, subject string, ref int64, fold string) error {
	seen := map[string]bool{}
	for _, w := range strings.Fields(fold) {
		if seen[w] {
			continue
		}
		seen[w] = true
		if _, err := tx.exec(ctx, `INSERT INTO word (root, subject, word, ref) VALUES ($1, $2, $3, $4)`, tx.book.root, subject, w, ref); err != nil {
			return err
		}
	}
	return nil
}

// match builds the condition that a record of a subject is found by what was
// typed: one word, the longest for it is the rarest, is looked up among the
// indexed words; the others are compared with the record's folded text, each
// as the beginning of a word. Empty when nothing was typed. id and fold name
// the record's columns.
func match(subject, typed, id, fold string, root int64, args []any) (string, []any) {
	words := text.Words(typed)
	if len(words) == 0 {
		return "", args
	}
	longest := 0
	for i, w := range words {
		if len(w) > len(words[longest]) {
			longest = i
		}
	}
	args = append(args, root, subject, words[longest], words[longest]+"\U0010FFFF")
	n := len(args)
	condition := id + ` IN (SELECT ref FROM word WHERE root = ` + dollar(n-3) + ` AND subject = ` + dollar(n-2) +
		` AND word >= ` + dollar(n-1) + ` AND word < ` + dollar(n) + `)`
	for i, w := range words {
		if i == longest {
			continue
		}
		args = append(args, "% "+likeSafe.Replace(w)+"%")
		condition += ` AND ' ' || ` + fold + ` LIKE ` + dollar(len(args)) + ` ESCAPE '\'`
	}
	return condition, args
}

var likeSafe = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
