package web

import (
	"fmt"

	"kith.app/internal/contest"
	"kith.app/internal/page"
)

// todayContests tells who speaks for a unit or assesses others what waits for them, and
// those who keep a contest how many units sent their sheets, and how many are late.
func (q *request) todayContests(p *page.TodayPage) error {
	files, err := q.view().Contests(q.Context())
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Contest.Standing != contest.Opened {
			continue
		}
		c, err := q.contestSeen(f)
		if err != nil {
			return err
		}
		q.todayNext(p, c)
		if !f.Seat.Inside() {
			continue
		}
		sent, late := q.handedIn(c)
		p.Tiles = append(p.Tiles, page.Tile{
			Figure: fmt.Sprintf("%d/%d", sent, len(c.Units)), Text: q.say("today.contest", q.contestTitle(c.Contest)), Href: c.path(""),
		})
		if late > 0 {
			p.Due = append(p.Due, page.Entry{Text: q.say("today.due.sheets"), Href: c.path(""), Figure: q.speaker().Number(int64(late)), Tone: page.Late})
		}
	}
	return nil
}
