package web

import (
	"cmp"
	"slices"
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
)

// unitsOnPage is how many units stand on one page of a contest.
const unitsOnPage = 100

// contest shows the year of a cluster on one page.
func (s *Server) contest(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.contestPage(c, nil)
}

func (q *request) contestPage(c contestSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.contestTitle(c.Contest))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	mark := q.contestMark(c.Contest)
	led := contest.LedBy(c.Contest.Year, c.Units)
	p.Shell.Lead = dotted(c.called[c.Contest.Cluster], mark.Text, q.speaker().Period(c.Contest.Period), leadSaid(q, c, led))
	p.Notes = q.contestNotes(c, refused)
	p.Tiles = q.contestTiles(c)
	p.Actions = q.contestActions(c)
	doors := q.contestDoors(c)
	if c.Contest.Standing == contest.Drafted {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.doors"), Doors: doors})
	} else {
		p.Tabs = []page.Tab{{Text: q.say("contest.overview"), Href: c.path(""), Current: true}}
		for _, d := range doors {
			p.Tabs = append(p.Tabs, page.Tab{Text: d.Head, Href: d.Href})
		}
		places, err := q.contestPlaces(c)
		if err != nil {
			return err
		}
		var sheets []page.DeskPart
		if len(c.sheets) > 0 {
			sheets = append(q.sheetsWaiting(c), q.contestProgress(c)...)
		}
		if c.Contest.Standing == contest.Published { // what came of it stands first
			p.Parts = append(append(p.Parts, places...), sheets...)
		} else {
			p.Parts = append(append(p.Parts, sheets...), places...)
		}
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// leadSaid names who leads and who is deputy.
func leadSaid(q *request, c contestSeen, led contest.Led) string {
	said := ""
	if led.Lead != 0 {
		said = q.say("contest.led", c.called[led.Lead])
	}
	if led.Deputy != 0 {
		said = dotted(said, q.say("contest.led.deputy", c.called[led.Deputy]))
	}
	return said
}

// contestNotes says what keeps the contest from its next step.
func (q *request) contestNotes(c contestSeen, refused error) []page.NoteLine {
	var notes []page.NoteLine
	for _, f := range fault.All(refused) {
		notes = append(notes, page.NoteLine{Tone: page.Late, Text: q.say(f.Key, f.Args...)})
	}
	for _, n := range q.contestNext(c) {
		notes = append(notes, n.note())
	}
	if refused != nil || !c.Seat.Keeps() || c.Contest.Standing != contest.Drafted {
		return notes
	}
	note := func(key, href string) {
		notes = append(notes, page.NoteLine{Tone: page.Due, Text: q.say(key), Link: page.Link{Text: q.say(key + ".do"), Href: href}})
	}
	if len(c.Units) == 0 {
		note("contest.todo.units", c.path("/members"))
	}
	if len(c.Table.All()) == 0 {
		note("contest.todo.table", c.path("/table"))
	} else if err := c.Table.Check(c.Contest.Scale); err != nil {
		note("contest.todo.check", c.path("/table"))
	}
	return notes
}

// contestTiles are the figures of the year at the head of its page.
func (q *request) contestTiles(c contestSeen) []page.Tile {
	if c.Contest.Standing != contest.Opened || !c.Seat.Inside() {
		return nil
	}
	sent, late := q.handedIn(c)
	ready := 0
	for _, s := range c.sheets {
		if s.Way.Ready {
			ready++
		}
	}
	of := "/" + strconv.Itoa(len(c.Units))
	return []page.Tile{
		{Figure: strconv.Itoa(sent) + of, Text: q.say("contest.tile.sent"), Href: "#progress"},
		{Figure: strconv.Itoa(late), Text: q.say("contest.tile.late"), Href: "#progress"},
		{Figure: strconv.Itoa(ready) + of, Text: q.say("contest.tile.ready"), Href: "#progress"},
	}
}

// contestActions are the buttons by which a contest goes on as a whole.
func (q *request) contestActions(c contestSeen) []page.Action {
	if !c.Seat.Keeps() {
		return nil
	}
	switch c.Contest.Standing {
	case contest.Drafted:
		return []page.Action{{Glyph: page.GlyphCheck, Text: q.say("contest.open.do"), Href: c.path("/open"), Post: true}}
	case contest.Opened:
		return []page.Action{{Glyph: page.GlyphCheck, Text: q.say("contest.publish"), Href: c.path("/publish")}}
	case contest.Published:
	}
	return nil
}

// contestDoors lead to everything of the year.
func (q *request) contestDoors(c contestSeen) []page.Door {
	doors := []page.Door{q.contestDoor(page.GlyphReport, "table", c.path("/table"))}
	for _, u := range c.Units {
		if !c.Seat.Inside() && c.Seat.Own(u.Body) && c.Contest.Standing != contest.Drafted {
			d := q.contestDoor(page.GlyphDeed, "own", c.unitPath(u.Body))
			d.Head = c.called[u.Body]
			doors = append(doors, d)
		}
	}
	doors = append(doors, q.contestDoor(page.GlyphPeople, "members", c.path("/members")), q.contestDoor(page.GlyphClock, "stages", c.path("/stages")), q.contestDoor(page.GlyphEdit, "contract", c.path("/contract")))
	if c.Seat.Inside() && c.Contest.Standing != contest.Drafted {
		doors = append(doors, q.contestDoor(page.GlyphBody, "matrix", c.path("/matrix")), q.contestDoor(page.GlyphHistory, "changes", c.path("/changes")))
	}
	if looksInto(c.ContestFile) {
		doors = append(doors, q.contestDoor(page.GlyphFund, "totals", c.path("/totals")))
	}
	if c.Contest.Standing == contest.Published || c.Seat.Inside() && c.Contest.Standing == contest.Opened {
		doors = append(doors, q.contestDoor(page.GlyphPaper, "ballots", c.path("/ballots")), q.contestDoor(page.GlyphContest, "awards", c.path("/awards")))
	}
	doors = append(doors, q.contestDoor(page.GlyphCalendar, "conference", c.path("/conference")))
	doors = append(doors, q.contestDoor(page.GlyphPrint, "papers", c.path("/papers")))
	if c.Seat.Keeps() {
		doors = append(doors, q.contestDoor(page.GlyphSettings, "settings", c.path("/settings")))
		if c.Contest.Standing == contest.Drafted {
			doors = append(doors, q.contestDoor(page.GlyphHistory, "outcome", c.path("/outcome")))
		} else {
			doors = append(doors, q.contestDoor(page.GlyphTie, "flag", c.path("/flag")))
		}
	}
	return doors
}

func (q *request) contestDoor(g page.Glyph, key, href string) page.Door {
	return page.Door{Glyph: g, Head: q.say("contest.door." + key), Text: q.say("contest.door." + key + ".text"), Href: href}
}

// contestProgress shows how many sheets are at which stage, and where each stands.
func (q *request) contestProgress(c contestSeen) []page.DeskPart {
	if !c.Seat.Inside() {
		own := c.unitsOf(func(u contest.Unit) bool { return c.Seat.Own(u.Body) })
		if len(own) == 0 {
			return nil
		}
		table := q.sheetTable(c, own)
		return []page.DeskPart{{Plain: true, Head: q.say("contest.sheets.own"), Table: &table, Tools: q.sheetsTools(c)}}
	}
	table := q.sheetTable(c, c.Units)
	if c.Contest.Standing == contest.Published {
		return []page.DeskPart{{Plain: true, Head: q.say("contest.progress"), Table: &table, Tools: q.sheetsTools(c)}}
	}
	var facts []page.Fact
	at := map[string]int{}
	for _, s := range c.sheets {
		if s.Way.Ready {
			at[contest.StagePublished]++
		} else {
			at[s.Way.Stage]++
		}
	}
	for i, stage := range c.Contest.Stages {
		facts = append(facts, page.Fact{Name: strconv.Itoa(i+1) + ". " + stage.Name(q.lang()), Text: q.say("contest.sheets", at[stage.Code]), Note: q.say("contest.by." + string(stage.By))})
	}
	facts = append(facts, page.Fact{Name: q.say("contest.stage.ready"), Text: q.say("contest.sheets", at[contest.StagePublished])})
	return []page.DeskPart{{Head: q.say("contest.stages.how"), Facts: facts}, {Plain: true, Head: q.say("contest.progress"), Table: &table, Tools: q.sheetsTools(c)}}
}

// sheetTable lists where the sheets stand, those not sent first.
func (q *request) sheetTable(c contestSeen, of []contest.Unit) page.Table {
	t := page.Table{
		ID: "progress", Caption: q.say("contest.progress"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.stage")}, {Head: q.say("common.since")}, {Head: q.say("contest.due")}, {Head: q.say("common.status")}},
	}
	units := slices.Clone(of)
	slices.SortStableFunc(units, func(a, b contest.Unit) int { return cmp.Compare(q.urgency(c, a.Body), q.urgency(c, b.Body)) })
	skip, _ := strconv.Atoi(q.value("skip"))
	skip = max(0, min(skip, len(units)-1))
	end := min(len(units), skip+unitsOnPage)
	for _, u := range units[skip:end] {
		s, ok := c.sheets[u.Body]
		if !ok {
			continue
		}
		due := q.sheetDue(c, u.Body)
		mark := q.sheetMark(c, s)
		dueCell := page.Cell{Text: q.daySaid(due)}
		if due != 0 {
			left := q.dueMark(due)
			dueCell.Note = left.Text
			if left.Tone == page.Late {
				dueCell.Tone = page.Late
			}
		}
		stage, _ := c.Contest.StageOf(s.Way.Stage)
		t.Rows = append(t.Rows, page.Row{Href: c.unitPath(u.Body), Cells: []page.Cell{
			{Text: c.called[u.Body], Note: q.roleSaid(u.Role)}, {Text: q.sheetAt(stage, s)}, {Text: q.daySaid(q.arrived(s))}, dueCell, {Part: page.Badge(mark.Tone, mark.Text)},
		}})
	}
	if len(units) > unitsOnPage {
		t.Told = q.say("contest.told", skip+1, end, len(units))
		if skip > 0 {
			t.First = q.with("skip", "")
		}
		if end < len(units) {
			t.Next = q.with("skip", strconv.Itoa(end))
		}
	}
	return t
}

// sheetAt names the stage at which a sheet is, as far as the reader is told.
func (q *request) sheetAt(stage contest.Stage, s contest.Sheet) string {
	if s.Way.Stage == contest.StageInside {
		return q.say("contest.stage.inside")
	}
	return stage.Name(q.lang())
}

// urgency orders sheets: not sent by their day, then those at work, then those done.
func (q *request) urgency(c contestSeen, unit body.ID) int64 {
	s := c.sheets[unit]
	due := int64(q.sheetDue(c, unit))
	if due == 0 {
		due = 1 << 30
	}
	switch {
	case s.Way.Ready:
		return 1 << 40
	case c.Contest.Sent(s.Way):
		return 1<<35 + due
	}
	return due
}

// roleSaid names a unit's role besides taking part.
func (q *request) roleSaid(r contest.Role) string {
	if r == contest.Member {
		return ""
	}
	return q.say("contest.role." + string(r))
}

// sheetMark says how a sheet stands, as far as the reader is told.
func (q *request) sheetMark(c contestSeen, s contest.Sheet) page.Mark {
	seen := c.Contest.SeenByUnit(s.Way)
	if seen == contest.SeenProcessing && s.Way.Ready && c.Seat.Inside() {
		return page.Mark{Tone: page.Done, Text: q.say("contest.stage.ready")}
	}
	tone := map[contest.Seen]page.Tone{contest.SeenDraft: page.Waiting, contest.SeenReturned: page.Late, contest.SeenExplain: page.Due, contest.SeenProcessing: page.Due, contest.SeenPublished: page.Done}[seen]
	return page.Mark{Tone: tone, Text: q.say("contest.seen." + string(seen))}
}
