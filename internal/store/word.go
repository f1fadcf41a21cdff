package store

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/text"
)

// foldKept reads the folded text of a record as it is in the table, before it is
// changed: its words are those by which the record is found.
func (tx *Tx) foldKept(ctx context.Context, subject string, ref int64) (string, error) {
	var fold string
	err := tx.one(ctx, `SELECT fold FROM `+subject+` WHERE id = $1`, []any{ref}, &fold)
	return fold, err
}

// index replaces the words by which a record is found: those it had go, those it
// has not had come. Words are kept by word alone; an index by record would cost
// every insert as much again.
func (tx *Tx) index(ctx context.Context, subject string, ref int64, was, fold string) error {
	had, has := wordsOf(was), wordsOf(fold)
	for _, w := range had {
		if slices.Contains(has, w) {
			continue
		}
		_, err := tx.exec(ctx, `DELETE FROM word WHERE root = $1 AND subject = $2 AND word = $3 AND ref = $4`, tx.book.root, subject, w, ref)
		if err != nil {
			return err
		}
	}
	var root, kind, id any = tx.book.root, subject, ref // the same in every row
	for _, w := range has {
		if slices.Contains(had, w) {
			continue
		}
		if err := tx.insert(ctx, &tx.book.tables.word, root, kind, w, id); err != nil {
			return err
		}
	}
	return nil
}

// indexNew writes the words of a record that has none yet.
func (tx *Tx) indexNew(ctx context.Context, subject string, ref int64, fold string) error {
	return tx.index(ctx, subject, ref, "", fold)
}

// wordsOf gives the words of a folded text, each once.
func wordsOf(fold string) []string {
	words := strings.Fields(fold)
	slices.Sort(words)
	return slices.Compact(words)
}

// wordsMost bounds the words that a search asks for; nobody types as many, only
// a page that was pasted into the wrong field has more.
const wordsMost = 12

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
	words = words[:min(len(words), wordsMost)]
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
