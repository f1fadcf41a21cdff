package report

import (
	"net/url"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// The addresses that figures open. They are queries as much as links: whoever
// reads the report as data finds in them the body, the measure and the days.

func deedsRef(code string, m deed.Measure, p calendar.Period) string {
	q := url.Values{"body": {code}, "kind": {m.Kind}, "measure": {m.Key()}}
	return "/deeds?" + withDays(q, p)
}

func kindRef(code, kind string, p calendar.Period) string {
	return "/deeds?" + withDays(url.Values{"body": {code}, "kind": {kind}}, p)
}

func membersRef(code, what string, p calendar.Period) string {
	q := url.Values{"body": {code}, "moves": {what}}
	return "/people?" + withDays(q, p)
}

func rollRef(code string, on calendar.Day) string {
	return "/people?" + url.Values{"body": {code}, "on": {on.String()}}.Encode()
}

func entriesRef(code, heading string, p calendar.Period) string {
	q := url.Values{"body": {code}}
	if heading != "" {
		q.Set("heading", heading)
	}
	return "/fund/entries?" + withDays(q, p)
}

func branchesRef(code string, p calendar.Period) string {
	return "/reports/branches?" + url.Values{"body": {code}, "period": {p.String()}}.Encode()
}

func withDays(q url.Values, p calendar.Period) string {
	if p.From > calendar.Earliest {
		q.Set("from", p.From.String())
	}
	if p.To < calendar.Latest {
		q.Set("to", p.To.String())
	}
	return q.Encode()
}
