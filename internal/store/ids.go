package store

import (
	"sync"
	"time"
)

// idMaker makes ids in Go, alike on every engine: milliseconds since 2020, the
// book's number, a count within the millisecond. They grow with time, fit into
// 63 bits, and two books never make the same one.
type idMaker struct {
	book int64
	mu   sync.Mutex
	last int64
}

const (
	countBits = 12
	bookBits  = 10
)

// epoch keeps ids positive until the year 2089.
var epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

func (m *idMaker) next(now time.Time) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	tick := now.Sub(epoch).Milliseconds() << countBits
	m.last = max(m.last+1, tick)
	millis, count := m.last>>countBits, m.last&(1<<countBits-1)
	return (millis<<bookBits|m.book)<<countBits | count
}
