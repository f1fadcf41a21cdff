package report

import (
	"net/url"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// The addresses that figures open. They are queries as much as links: whoever
// reads the report as data finds in them the body, the measure and the period.

func of(id body.ID) []string { return []string{strconv.FormatInt(int64(id), 10)} }

func deedsRef(id body.ID, m deed.Measure, p calendar.Period) string {
	return "/deeds?" + url.Values{"body": of(id), "kind": {m.Kind}, "measure": {m.Key()}, "period": {p.String()}}.Encode()
}

func kindRef(id body.ID, kind string, p calendar.Period) string {
	return "/deeds?" + url.Values{"body": of(id), "kind": {kind}, "period": {p.String()}}.Encode()
}

// What of the roll a reference opens.
const (
	RollMembers = "members"
	RollJoined  = "joined"
	RollLeft    = "left"
	RollDied    = "died"
	RollGone    = "gone" // left or died
)

func rollRef(id body.ID, what string, p calendar.Period) string {
	return "/reports/roll?" + url.Values{"body": of(id), "what": {what}, "period": {p.String()}}.Encode()
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
