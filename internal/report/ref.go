package report

import (
	"net/url"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/tally"
)

// The addresses that figures open. They are queries as much as links: whoever
// reads the report as data finds in them the body, the measure and the period.

func of(id body.ID) []string { return []string{strconv.FormatInt(int64(id), 10)} }

// onBorders writes a query, with the borders where they are not those of each
// deed's time.
func onBorders(q url.Values, b tally.Borders) string {
	if b.Extent != tally.Then {
		q.Set("borders", b.String())
	}
	return q.Encode()
}

func deedsRef(id body.ID, m deed.Measure, p calendar.Period, b tally.Borders) string {
	return "/deeds?" + onBorders(url.Values{"body": of(id), "kind": {m.Kind}, "measure": {m.Key()}, "period": {p.String()}}, b)
}

func kindRef(id body.ID, kind string, p calendar.Period, b tally.Borders) string {
	return "/deeds?" + onBorders(url.Values{"body": of(id), "kind": {kind}, "period": {p.String()}}, b)
}

// What of the roll a reference opens.
const (
	RollMembers = "members"
	RollJoined  = "joined"
	RollLeft    = "left"
	RollDied    = "died"
	RollGone    = "gone" // left or died
)

func rollRef(id body.ID, what string, p calendar.Period, b tally.Borders) string {
	return "/reports/roll?" + onBorders(url.Values{"body": of(id), "what": {what}, "period": {p.String()}}, b)
}

// entriesRef opens entries of a body's fund under a heading, which names its
// class too: "income.dues".
func entriesRef(id body.ID, heading string, p calendar.Period) string {
	q := url.Values{"fund": of(id)}
	if heading != "" {
		q.Set("heading", heading)
	}
	if p.From > calendar.Earliest {
		q.Set("from", p.From.String())
	}
	if p.To < calendar.Latest {
		q.Set("to", p.To.String())
	}
	return "/fund/entries?" + q.Encode()
}

func branchesRef(id body.ID, p calendar.Period) string {
	return "/reports/branches?" + url.Values{"body": of(id), "period": {p.String()}}.Encode()
}
