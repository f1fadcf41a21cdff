package web

import (
	"context"
	"sync"
	"time"
)

// proof is what the last proof of the whole book found. It takes a second or more in a
// large book, so a page tells of the last one and when it was; who wants it at once
// asks for it.
type proof struct {
	mu      sync.Mutex
	at      time.Time
	link    int64 // the last of the history that it saw
	trouble int
}

// proofHolds is how long a proof is told of after the book was written to.
const proofHolds = time.Hour

// proven gives the last proof of the book: a new one when it was asked for, when there
// is none, or when the last is old and the book went on.
func (s *Server) proven(ctx context.Context, again bool) (at time.Time, link int64, trouble int, err error) {
	p := &s.proof
	p.mu.Lock()
	defer p.mu.Unlock()
	now, newest := s.Book.Now(), int64(0)
	if newest, _ = s.Book.Head(); again || p.at.IsZero() || p.link != newest && now.Sub(p.at) > proofHolds {
		found, err := s.Book.Check(ctx)
		if err != nil {
			return time.Time{}, 0, 0, err
		}
		p.at, p.link, p.trouble = now, newest, len(found)
	}
	return p.at, p.link, p.trouble, nil
}
