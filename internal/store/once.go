package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
)

// onceDays is how long a form that was handed out can be told from one that was
// already taken. A page left open for longer is asked to be sent again.
const onceDays = 30

// Once marks what one form sends, so that it is written once however often it
// is sent. The zero Once marks nothing.
type Once struct {
	Token   string // as NewOnce made it
	Content []byte // a digest of what was filled in
}

// SentError says that a form came a second time; nothing was written again.
type SentError struct {
	Same    bool   // with the very same answers
	Expired bool   // it is too old to tell whether it was taken
	Subject string // the record that was written the first time
	Ref     int64
}

// Error tells the log; people are led to what was written.
func (e *SentError) Error() string {
	return fmt.Sprintf("the form was sent before: %s %d", e.Subject, e.Ref)
}

// NewOnce makes the token for a form that is handed out on a day.
func NewOnce(today calendar.Day) string {
	return strconv.FormatInt(int64(today), 36) + "." + rand.Text()
}

// onceDay reads the day out of a token.
func onceDay(token string) (int64, bool) {
	day, rest, found := strings.Cut(token, ".")
	n, err := strconv.ParseInt(day, 36, 32)
	return n, found && err == nil && len(rest) >= 16 && len(rest) <= 64
}

// Sent tells whether a form was taken before: nil, or a *SentError.
func (b *Book) Sent(ctx context.Context, account int64, once Once) error {
	return reader{runner: b.r, book: b}.sent(ctx, account, once, calendar.FromTime(b.Now()))
}

func (r reader) sent(ctx context.Context, account int64, once Once, today calendar.Day) error {
	if once.Token == "" {
		return nil
	}
	day, well := onceDay(once.Token)
	if !well || day < int64(today)-onceDays || day > int64(today)+1 {
		return &SentError{Expired: true}
	}
	before := &SentError{}
	var whose int64
	var content []byte
	err := r.one(ctx, `SELECT account, content, subject, ref FROM sent WHERE day = $1 AND token = $2`,
		[]any{day, once.Token}, &whose, &content, &before.Subject, &before.Ref)
	if errors.Is(err, errNone) {
		return nil
	}
	if err != nil {
		return err
	}
	if whose != account {
		return &SentError{Expired: true} // somebody else's page: nothing of it is told
	}
	before.Same = bytes.Equal(content, once.Content)
	return before
}

// takeOnce notes that the form of this transaction was taken, and forgets those
// that nobody can send any more.
func (tx *Tx) takeOnce(ctx context.Context) error {
	once := tx.how.Once
	if once.Token == "" {
		return nil
	}
	var wrote change
	if len(tx.leads) > 0 {
		wrote = tx.leads[tx.leading()]
	}
	day, _ := onceDay(once.Token)
	if _, err := tx.exec(ctx, `DELETE FROM sent WHERE day < $1`, int64(tx.Today())-onceDays); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `INSERT INTO sent (day, token, account, content, subject, ref) VALUES ($1, $2, $3, $4, $5, $6)`,
		day, once.Token, tx.how.By.Account, once.Content, wrote.subject, wrote.ref)
	return err
}

// leads ranks the sorts of records by which one a person means who sent a form
// that wrote several: the deed before the entry that pays it.
var leads = []string{"job", "deed", "meeting", "paper", "handover", "report", "loan", "entry", "person", "task"}

// leading finds the change that a form was about: the foremost of those that
// lead anywhere, or the first.
func (tx *Tx) leading() int {
	for _, subject := range leads {
		for i, c := range tx.leads {
			if c.subject == subject {
				return i
			}
		}
	}
	return 0
}

// lead remembers the first change of each subject.
func (tx *Tx) lead(c change) {
	for _, known := range tx.leads {
		if known.subject == c.subject {
			return
		}
	}
	c.text = ""
	tx.leads = append(tx.leads, c)
}
