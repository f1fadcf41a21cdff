package web

import (
	"strconv"

	"kith.app/internal/page"
)

// leafMost is how many rows of a long list one page shows.
const leafMost = 60

// leaf tells which rows of a long list the address asks for, by the number of the
// first under a name, and puts beneath the table which they are and where the
// others are.
func (q *request) leaf(t *page.Table, name string, n int) (from, to int) {
	if first := int(idOf(q.value(name))); first < n {
		from = max(first, 0)
	}
	if to = min(from+leafMost, n); to-from < n {
		t.Told = q.say("long.told", from+1, to, n)
	}
	if from > 0 {
		t.First = q.with(name, "")
	}
	if to < n {
		t.Next = q.with(name, strconv.Itoa(to))
	}
	return from, to
}
