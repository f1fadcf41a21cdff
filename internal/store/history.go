package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/fault"
)

// change is one record's before and after, not yet written.
type change struct {
	subject string
	ref     int64
	body    body.ID
	text    string // JSON of the payload
	err     error  // that it could not be written
}

// note puts a change into the history of this transaction. The body is the one
// whose readers may see it.
func (tx *Tx) note(subject string, ref int64, of body.ID, before, after any) {
	var text strings.Builder
	err := json.NewEncoder(&text).Encode(payload{before, after})
	c := change{subject, ref, of, strings.TrimSuffix(text.String(), "\n"), err}
	tx.lead(c)
	tx.changes = append(tx.changes, c)
	if tx.alone && len(tx.changes) >= changesHeld {
		tx.spill()
	}
}

// changesHeld is how many changes of a long work are held in memory.
const changesHeld = 1024

// closing is a link whose changes are being written.
type closing struct {
	link, n int64
	seal    *seal
}

// spill hands on what a long work has changed so far, so that an import of
// hundreds of thousands of rows need not hold its whole history in memory. The
// link is closed at the end.
func (tx *Tx) spill() {
	if tx.closing == nil {
		tx.closing = newClosing(tx.state)
	}
	if err := tx.closing.take(context.Background(), tx); err != nil && tx.unsaid == nil {
		tx.unsaid = err
	}
}

func newClosing(s *state) *closing {
	return &closing{link: s.link + 1, seal: newSeal(s.head, s.link+1)}
}

// take writes the changes of a transaction under the link.
func (c *closing) take(ctx context.Context, tx *Tx) error {
	for _, one := range tx.changes {
		c.n++
		digest, err := tx.book.writeChange(ctx, tx, one, c.link, c.n)
		if err != nil {
			return err
		}
		c.seal.add(digest)
	}
	clear(tx.changes)
	tx.changes = tx.changes[:0]
	return nil
}

// payload is what the history keeps of a change.
type payload struct {
	Before any `json:"before,omitempty"`
	After  any `json:"after,omitempty"`
}

// chain writes the changes of a batch and the link that closes over them.
func (b *Book) chain(ctx context.Context, txs []*Tx, s *state) error {
	open := txs[0].closing // of a long work, which is alone in its batch
	if open == nil {
		open = newClosing(s)
	}
	for _, tx := range txs {
		if err := open.take(ctx, tx); err != nil {
			return err
		}
	}
	head := open.seal.sum()
	s.link, s.head = open.link, head
	return b.w.insert(ctx, &b.tables.link, open.link, b.Now().UnixMilli(), head)
}

func (b *Book) writeChange(ctx context.Context, tx *Tx, c change, link, n int64) ([]byte, error) {
	if c.err != nil {
		return nil, fmt.Errorf("write history of %s: %w", c.subject, c.err)
	}
	salt := make([]byte, 16)
	rand.Read(salt) //nolint:errcheck // never fails
	by := tx.how.By
	digest := digestOf(salt, []string{c.subject, by.Name, tx.how.Why, c.text},
		[]int64{tx.NowMilli(), by.Person, c.ref, int64(c.body), tx.how.Job})
	err := b.w.insert(ctx, &b.tables.change,
		link, n, tx.NowMilli(), by.Person, by.Name, c.subject, c.ref, int64(c.body), tx.how.Job, tx.how.Why, c.text, salt, digest)
	return digest, err
}

// digestOf digests one change; lengths go in front so that no two changes
// can read alike.
func digestOf(salt []byte, texts []string, numbers []int64) []byte {
	said := make([]byte, 0, 1024)
	said = append(said, salt...)
	for _, t := range texts {
		said = binary.BigEndian.AppendUint64(said, uint64(len(t)))
		said = append(said, t...)
	}
	for _, v := range numbers {
		said = binary.BigEndian.AppendUint64(said, uint64(v))
	}
	digest := sha256.Sum256(said)
	return digest[:]
}

// seal computes the head of a link from the one before and its digests.
type seal struct{ buf bytes.Buffer }

func newSeal(previous []byte, link int64) *seal {
	s := &seal{}
	s.buf.Write(previous)
	binary.Write(&s.buf, binary.BigEndian, link) //nolint:errcheck // a buffer never fails
	return s
}

func (s *seal) add(digest []byte) { s.buf.Write(digest) }

func (s *seal) sum() []byte {
	sum := sha256.Sum256(s.buf.Bytes())
	return sum[:]
}

// Change is one entry of a record's history, as pages show it.
type Change struct {
	Link    int64
	N       int64
	At      int64 // Unix milliseconds
	Actor   int64
	Name    string
	Subject string
	Ref     int64
	Body    body.ID
	Job     int64
	Why     string
	Before  json.RawMessage
	After   json.RawMessage
	Erased  bool // a recorded redaction emptied it
}

const changeColumns = `link, n, at, actor, name, subject, ref, body, job, why, payload`

func scanChange(rows *sql.Rows) (Change, error) {
	var c Change
	var text sql.NullString
	if err := rows.Scan(&c.Link, &c.N, &c.At, &c.Actor, &c.Name, &c.Subject, &c.Ref, (*int64)(&c.Body), &c.Job, &c.Why, &text); err != nil {
		return c, err
	}
	if !text.Valid {
		c.Erased = true
		return c, nil
	}
	var p struct{ Before, After json.RawMessage }
	if err := json.Unmarshal([]byte(text.String), &p); err != nil {
		return c, fmt.Errorf("read history: %w", err)
	}
	c.Before, c.After = p.Before, p.After
	return c, nil
}

// historyOf lists the changes of one record, the latest first.
func (r reader) historyOf(ctx context.Context, subject string, ref int64) ([]Change, error) {
	return collect(ctx, r.runner, scanChange, `
		SELECT `+changeColumns+` FROM change WHERE subject = $1 AND ref = $2 ORDER BY link DESC, n DESC`, subject, ref)
}

// HistoryTrouble says where the chain of history is broken.
type HistoryTrouble struct {
	Link int64
	What string
}

// checkHistory recomputes every digest and every link.
func (r reader) checkHistory(ctx context.Context) ([]HistoryTrouble, error) {
	digests, trouble, err := r.recomputeDigests(ctx)
	if err != nil {
		return nil, err
	}
	var head []byte
	var last int64
	err = r.each(ctx, func(rows *sql.Rows) error {
		var n, at int64
		var kept []byte
		if err := rows.Scan(&n, &at, &kept); err != nil {
			return err
		}
		if n != last+1 {
			trouble = append(trouble, HistoryTrouble{n, "a link is missing before this one"})
		}
		seal := newSeal(head, n)
		for _, d := range digests[n] {
			seal.add(d)
		}
		delete(digests, n)
		if !bytes.Equal(seal.sum(), kept) {
			trouble = append(trouble, HistoryTrouble{n, "the link does not close over its changes"})
		}
		head, last = kept, n
		return nil
	}, `SELECT n, at, head FROM link ORDER BY n`)
	for n := range digests {
		trouble = append(trouble, HistoryTrouble{n, "changes without a link"})
	}
	return trouble, err
}

func (r reader) recomputeDigests(ctx context.Context) (map[int64][][]byte, []HistoryTrouble, error) {
	digests := map[int64][][]byte{}
	var trouble []HistoryTrouble
	err := r.each(ctx, func(rows *sql.Rows) error {
		var link, n, at, actor, ref, of, job int64
		var name, subject, why string
		var text sql.NullString
		var salt, digest []byte
		if err := rows.Scan(&link, &n, &at, &actor, &name, &subject, &ref, &of, &job, &why, &text, &salt, &digest); err != nil {
			return err
		}
		digests[link] = append(digests[link], digest)
		if !text.Valid {
			return nil // redacted: only its digest is left
		}
		again := digestOf(salt, []string{subject, name, why, text.String}, []int64{at, actor, ref, of, job})
		if !bytes.Equal(again, digest) {
			trouble = append(trouble, HistoryTrouble{link, fmt.Sprintf("change %d of %s %d was altered", n, subject, ref)})
		}
		return nil
	}, `SELECT link, n, at, actor, name, subject, ref, body, job, why, payload, salt, digest FROM change ORDER BY link, n`)
	return digests, trouble, err
}

// Redact wipes what the history keeps of one record, a person's right; the
// chain still verifies. The redaction is itself recorded.
func (tx *Tx) Redact(ctx context.Context, subject string, ref int64, of body.ID) error {
	_, err := tx.exec(ctx, `UPDATE change SET payload = NULL, salt = NULL WHERE subject = $1 AND ref = $2`, subject, ref)
	if err != nil {
		return err
	}
	tx.note(subject, ref, of, nil, map[string]string{"redacted": "yes"})
	return nil
}

// Head is the last link of the chain: print it on paper to compare later.
func (b *Book) Head() (link int64, head []byte) {
	s := b.state.Load()
	return s.link, s.head
}

// KnowsHead tells whether a head that was printed, in hexadecimal, is that of
// any link of the chain.
func (b *Book) KnowsHead(ctx context.Context, printed string) (bool, error) {
	head, err := hex.DecodeString(strings.TrimSpace(printed))
	if err != nil {
		return false, fault.Field("head", "store.head.form")
	}
	var n int64
	err = b.r.one(ctx, `SELECT n FROM link WHERE head = $1`, []any{head}, &n)
	if errors.Is(err, errNone) {
		return false, nil
	}
	return err == nil, err
}
