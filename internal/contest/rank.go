package contest

import (
	"math/big"
	"slices"

	"kith.app/internal/body"
)

// Measure of a ranking.
const (
	ByPoints = "points" // by the total
	ByShare  = "share"  // by the share of what was assigned
)

// Keys by which equal units may be told apart, in the order the rule names them.
const (
	KeyBase      = "base"      // more points before bonuses and deductions
	KeyGroup     = "group:"    // more points in a group, by its number: "group:2"
	KeyDeduction = "deduction" // fewer points taken off
	KeyDecided   = "decided"   // people decided, with a recorded reason
)

// Ranking is the rule by which units are put in order.
type Ranking struct {
	By        string            `json:"by"`                  // ByPoints or ByShare
	Ties      []string          `json:"ties,omitempty"`      // keys in turn; none left: they share the place
	Decisions []Decision        `json:"decisions,omitempty"` // of people, between units that are equal
	Note      map[string]string `json:"note,omitempty"`
}

// Decision puts units that are equal in an order, for a reason.
type Decision struct {
	Units  []body.ID `json:"units"` // first the one placed higher
	Reason string    `json:"reason"`
}

// Place is where a unit comes.
type Place struct {
	Total  Total
	Rank   int    // 1 is the first; units that share a place have the same
	Shared bool   // with at least one other
	By     string // the key that told it from the one before it; empty: the total itself
	Reason string // of a decision between equals
}

// Rank puts units in order by the contest's rule. Units that no key tells apart
// share a place, and the next one counts on: 1, 2, 2, 4.
func Rank(r Ranking, t *Table, totals []Total) []Place {
	places := make([]Place, len(totals))
	for i, total := range slices.SortedStableFunc(slices.Values(totals), func(a, b Total) int { n, _, _ := r.compare(t, a, b); return n }) {
		places[i] = Place{Total: total, Rank: i + 1}
		if i == 0 {
			continue
		}
		n, key, reason := r.compare(t, places[i-1].Total, total)
		if n == 0 {
			places[i].Rank, places[i].Shared, places[i-1].Shared = places[i-1].Rank, true, true
			continue
		}
		places[i].By, places[i].Reason = key, reason
	}
	return places
}

// compare puts the better unit first and tells which key decided.
func (r Ranking) compare(t *Table, a, b Total) (n int, key, reason string) {
	if n := b.measure(r.By).Cmp(a.measure(r.By)); n != 0 {
		return n, "", ""
	}
	for _, key := range r.Ties {
		if n, reason := r.byKey(t, key, a, b); n != 0 {
			return n, key, reason
		}
	}
	return 0, "", ""
}

func (t Total) measure(by string) *big.Rat {
	if by == ByShare {
		return t.Share()
	}
	return t.Sum.Rat()
}

func (r Ranking) byKey(t *Table, key string, a, b Total) (int, string) {
	switch key {
	case KeyBase:
		return int(b.Base - a.Base), ""
	case KeyDeduction:
		return int(a.Deduction - b.Deduction), ""
	case KeyDecided:
		for _, d := range r.Decisions {
			i, j := slices.Index(d.Units, a.Unit), slices.Index(d.Units, b.Unit)
			if i >= 0 && j >= 0 {
				return i - j, d.Reason
			}
		}
		return 0, ""
	}
	if no, ok := cutGroup(key); ok {
		if id, found := t.Numbered(no); found {
			return int(b.Groups[id] - a.Groups[id]), ""
		}
	}
	return 0, ""
}

func cutGroup(key string) (string, bool) {
	if len(key) > len(KeyGroup) && key[:len(KeyGroup)] == KeyGroup {
		return key[len(KeyGroup):], true
	}
	return "", false
}

// Numbered finds a criterion by the number the table gives it.
func (t *Table) Numbered(no string) (CriterionID, bool) {
	for _, c := range t.all {
		if c.No == no || t.Path(c) == no {
			return c.ID, true
		}
	}
	return 0, false
}
