package web

import (
	"slices"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/page"
)

// ownMost is how many units of their own a reader is told of one by one.
const ownMost = 3

// nextStep is what one who speaks for a unit, or assesses others, has to do next in a
// contest.
type nextStep struct {
	text, do, href string
	due            calendar.Day // 0: nobody said
	mark           page.Mark    // how long until then
	waits          bool         // for the reader; else others are at work
}

func (n nextStep) note() page.NoteLine {
	tone := page.Plain
	if n.waits {
		tone = page.Due
	}
	if n.mark.Tone == page.Late {
		tone = page.Late
	}
	return page.NoteLine{Tone: tone, Text: dotted(n.text, n.mark.Text), Link: page.Link{Text: n.do, Href: n.href}}
}

// unitsOf lists the units of a contest that fit.
func (c contestSeen) unitsOf(fits func(contest.Unit) bool) []contest.Unit {
	return slices.DeleteFunc(slices.Clone(c.Units), func(u contest.Unit) bool { return !fits(u) })
}

// waiting lists the units whose sheets wait for the reader to assess them.
func (c contestSeen) waiting() []contest.Unit {
	if c.Contest.Standing != contest.Opened {
		return nil
	}
	return c.unitsOf(func(u contest.Unit) bool {
		s, ok := c.sheets[u.Body]
		return ok && c.Seat.Assesses(u.Body, s.Way)
	})
}

// contestNext tells the reader what to do next in a contest: of each unit of their own,
// and how many sheets of others wait for them.
func (q *request) contestNext(c contestSeen) []nextStep {
	if c.Contest.Standing != contest.Opened || q.actor.Operator {
		return nil
	}
	var steps []nextStep
	own := c.unitsOf(func(u contest.Unit) bool { return c.Seat.Own(u.Body) })
	if len(own) <= ownMost {
		for _, u := range own {
			if s, ok := c.sheets[u.Body]; ok {
				steps = append(steps, q.ownNext(c, u.Body, s))
			}
		}
	}
	if waiting := c.waiting(); len(waiting) > 0 {
		steps = append(steps, nextStep{text: q.say("contest.next.assess", len(waiting)), do: q.say("contest.next.assess.do"), href: c.path("#waiting"), waits: true})
	}
	return steps
}

// ownNext tells what a unit has to do with its own sheet.
func (q *request) ownNext(c contestSeen, unit body.ID, s contest.Sheet) nextStep {
	seen := c.Contest.SeenByUnit(s.Way)
	n := nextStep{text: q.say("contest.next."+string(seen), c.called[unit]), do: q.say("contest.next.open"), href: c.unitPath(unit), waits: seen != contest.SeenProcessing}
	if due := q.sheetDue(c, unit); due != 0 && n.waits {
		n.due, n.mark = due, q.dueMark(due)
		n.text = dotted(n.text, q.say("contest.next.due", q.daySaid(due)))
	}
	return n
}

// sheetsWaiting lists the sheets that wait for the reader.
func (q *request) sheetsWaiting(c contestSeen) []page.DeskPart {
	waiting := c.waiting()
	if len(waiting) == 0 || q.actor.Operator {
		return nil
	}
	t := page.Table{
		ID: "waiting", Caption: q.say("contest.waiting"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.stage")}, {Head: q.say("common.since")}, {Head: q.say("contest.due")}},
	}
	for _, u := range waiting[:min(len(waiting), unitsOnPage)] {
		s := c.sheets[u.Body]
		stage, _ := c.Contest.StageOf(s.Way.Stage)
		due := q.sheetDue(c, u.Body)
		cell := page.Cell{Text: q.daySaid(due)}
		if due != 0 {
			mark := q.dueMark(due)
			cell.Note, cell.Tone = mark.Text, mark.Tone
		}
		t.Rows = append(t.Rows, page.Row{Href: c.unitPath(u.Body), Cells: []page.Cell{{Text: c.called[u.Body]}, {Text: stage.Name(q.lang())}, {Text: q.daySaid(q.arrived(s))}, cell}})
	}
	if len(waiting) > unitsOnPage {
		t.Told = q.say("contest.told", 1, unitsOnPage, len(waiting))
	}
	return []page.DeskPart{{Plain: true, Head: q.say("contest.waiting"), Table: &t}}
}

// todayNext puts what the reader has to do in contests among what is due.
func (q *request) todayNext(p *page.TodayPage, c contestSeen) {
	for _, n := range q.contestNext(c) {
		if !n.waits {
			continue
		}
		figure := n.mark.Text
		if n.href == c.path("#waiting") {
			figure = strconv.Itoa(len(c.waiting()))
		}
		tone := n.mark.Tone
		if tone == "" {
			tone = page.Due
		}
		p.Due = append(p.Due, page.Entry{Text: n.text, Note: q.contestTitle(c.Contest), Href: n.href, Figure: figure, Tone: tone})
	}
}
