package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"

	"kith.app/internal/reporting"
)

// answersTale is what one reply was at each sending and judgement, in their order,
// folded into one short digest, so that the replies of years fit in memory.
type answersTale struct {
	sum    [16]byte
	times  int
	erased bool // the history of it was redacted: only its own digest is left
}

func (a *answersTale) add(n int64, status, digest string) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%x %d %s %s", a.sum, n, status, digest))
	copy(a.sum[:], sum[:])
	a.times++
}

// checkAnswers holds what each unit answered, every earlier sending too, against the
// digests that the history kept of it.
func (r reader) checkAnswers(ctx context.Context) ([]Trouble, error) {
	told, err := r.answersTold(ctx)
	if err != nil {
		return nil, err
	}
	kept := map[int64]answersTale{}
	at := map[int64]string{}
	row := func(rows *sql.Rows) error {
		var one reporting.Reply
		var figures, words string
		if err := rows.Scan((*int64)(&one.Form), (*int32)(&one.Period), (*int64)(&one.Unit), &one.N, (*string)(&one.Status), &figures, &words); err != nil {
			return err
		}
		ref := replyRef(one)
		tale := kept[ref]
		tale.add(one.N, string(one.Status), answersDigest(figures, words))
		kept[ref] = tale
		if told[ref].sum != tale.sum { // so far; only those that still differ at the end are named
			at[ref] = fmt.Sprintf("form %d, unit %d, period from day %d, sending %d", one.Form, one.Unit, one.Period, one.N)
		} else {
			delete(at, ref)
		}
		return nil
	}
	const columns = `form, period, unit, n, status, figures, words`
	for _, query := range []string{`SELECT ` + columns + ` FROM reply_past WHERE root = $1 ORDER BY ended`, `SELECT ` + columns + ` FROM reply WHERE root = $1`} {
		if err := r.each(ctx, row, query, r.book.root); err != nil {
			return nil, err
		}
	}
	var trouble []Trouble
	for ref, tale := range told {
		has := kept[ref]
		switch {
		case tale.erased || has.sum == tale.sum:
		case has.times != tale.times:
			trouble = append(trouble, Trouble{"form", fmt.Sprintf("reply %d %s: %d sendings and judgements in the history, %d rows", ref, at[ref], tale.times, has.times)})
		default:
			trouble = append(trouble, Trouble{"form", fmt.Sprintf("%s: the answers, of this sending or one before, are not those of the digests in the history", at[ref])})
		}
		delete(kept, ref)
	}
	for ref := range kept {
		trouble = append(trouble, Trouble{"form", fmt.Sprintf("%s: the history knows of no such reply", at[ref])})
	}
	return trouble, nil
}

// answersTold folds what the history tells of every reply.
func (r reader) answersTold(ctx context.Context) (map[int64]answersTale, error) {
	all := map[int64]answersTale{}
	return all, r.each(ctx, func(rows *sql.Rows) error {
		c, err := scanChange(rows)
		if err != nil {
			return err
		}
		tale := all[c.Ref]
		var t struct {
			reporting.Told
			Redacted string `json:"redacted"`
		}
		if len(c.After) > 0 {
			if err := json.Unmarshal(c.After, &t); err != nil {
				return fmt.Errorf("read the history of a reply: %w", err)
			}
		}
		if c.Erased || t.Redacted != "" {
			tale.erased = true
		} else {
			tale.add(t.N, string(t.Status), t.Digest)
		}
		all[c.Ref] = tale
		return nil
	}, `SELECT `+changeColumns+` FROM change WHERE subject = 'reply' ORDER BY ref, link, n`)
}
