package lineage

import (
	"cmp"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/place"
)

// mostBodies is how many bodies a picture of a whole line holds; a longer line is
// shown from those right before the body to those right after it.
const mostBodies = 40

// Link gives where a body's name leads on a page; empty where it cannot be opened.
type Link func(Named) string

// Picture draws the line of the body: what it came from and what became of it,
// with the day of each event, and the same as a table.
func (s Shown) Picture(m *place.Map, say document.Say, link Link) chart.Picture {
	line := slices.Concat(s.Line, s.Beside)
	slices.SortStableFunc(line, func(a, b Step) int { return cmp.Compare(a.Day, b.Day) })
	if len(line) == 0 {
		line = s.mapped(m)
	}
	d := drawer{shown: s, say: say, link: link, at: map[boxed]int{}}
	if len(d.sketch(line).Bodies) > mostBodies {
		line = slices.DeleteFunc(slices.Clone(line), func(step Step) bool { return step.From.ID != s.Body.ID && step.To.ID != s.Body.ID })
		d.at = map[boxed]int{}
	}
	l := d.sketch(line)
	if len(l.Bodies) < 2 {
		return chart.Picture{}
	}
	l.Title = say("lineage.picture", s.NameToday)
	l.Told = say("lineage.picture.told", int64(len(l.Bodies)-1))
	l.Keys = []chart.Key{{Tone: chart.Home, Name: say("lineage.key.this")}, {Tone: chart.Good, Name: say("lineage.key.stands")}, {Tone: chart.Ended, Name: say("lineage.key.ended")}}
	return chart.DrawLineage(l)
}

// mapped gives the line of a unit of the map of which the book holds no event: the
// units right before it and those that stand for it today.
func (s Shown) mapped(m *place.Map) []Step {
	unit := place.ID(s.Body.ID)
	if !m.Has(unit) {
		return nil
	}
	this := Named{ID: s.Body.ID, Code: m.Handle(unit), Name: s.NameToday, Life: s.Life}
	var line []Step
	for _, giver := range m.Before(unit) {
		from := Named{ID: body.ID(giver), Code: m.Handle(giver), Name: m.NameOn(giver, s.Life.From-1), Life: calendar.Until(s.Life.From - 1)}
		line = append(line, Step{Step: body.Step{Event: 1, Kind: body.Merging, Day: s.Life.From}, From: from, To: this})
	}
	if s.Stands {
		return line
	}
	kind := body.Merging
	if len(s.Now) > 1 {
		kind = body.Splitting
	}
	for _, heir := range s.Now {
		if heir.ID != s.Body.ID {
			line = append(line, Step{Step: body.Step{Event: 2, Kind: kind, Day: s.Life.To + 1}, From: this, To: heir})
		}
	}
	return line
}

// boxed is a body while it bore a name: one box of the picture.
type boxed struct {
	id   body.ID
	name string
}

// drawer gathers the boxes and events of a line.
type drawer struct {
	shown Shown
	say   document.Say
	link  Link
	at    map[boxed]int
}

// sketch gives the bodies and events of a line, and its table.
func (d drawer) sketch(line []Step) chart.Lineage {
	l := chart.Lineage{Table: chart.Table{Head: []string{d.say("lineage.day"), d.say("lineage.event"), d.say("lineage.from"), d.say("lineage.to")}}}
	events := map[int64]int{}
	lives := map[int]calendar.Period{}
	for _, step := range line {
		from, to := d.box(&l, lives, step.From), d.box(&l, lives, step.To)
		l.Table.Rows = append(l.Table.Rows, d.row(step))
		if from == to || from < 0 || to < 0 {
			continue
		}
		n, known := events[step.Event]
		if !known {
			n = len(l.Steps)
			events[step.Event] = n
			l.Steps = append(l.Steps, chart.Passage{Said: d.said(step)})
		}
		p := &l.Steps[n]
		p.From, p.To = with(p.From, from), with(p.To, to)
		if step.From.ID == step.To.ID { // the same body under another name
			until, since := lives[from], lives[to]
			until.To, since.From = step.Day-1, step.Day
			lives[from], lives[to] = until, since
		}
	}
	for i := range l.Bodies {
		l.Bodies[i].When = d.period(lives[i])
		if l.Bodies[i].Tone == chart.Good && lives[i].To < d.shown.Today {
			l.Bodies[i].Tone = chart.Ended
		}
	}
	return l
}

func with(all []int, n int) []int {
	if slices.Contains(all, n) {
		return all
	}
	return append(all, n)
}

// box gives the number of a body under its name, or -1 for nobody.
func (d drawer) box(l *chart.Lineage, lives map[int]calendar.Period, n Named) int {
	if n.ID == 0 {
		return -1
	}
	key := boxed{n.ID, n.Name}
	at, known := d.at[key]
	if !known || at >= len(l.Bodies) {
		at = len(l.Bodies)
		d.at[key] = at
		lives[at] = n.Life
		tone := chart.Good
		if n.ID == d.shown.Body.ID {
			tone = chart.Home
		}
		l.Bodies = append(l.Bodies, chart.Body{Name: n.Name, Tone: tone})
	}
	return at
}

// said tells an event in a few words: its day and what happened.
func (d drawer) said(step Step) string {
	return locale.DayShort(step.Day) + " · " + d.say("lineage.kind."+string(step.Kind))
}

// period tells from when to when a body stood, as far as the line knows.
func (d drawer) period(p calendar.Period) string {
	switch since, until := p.From > calendar.Earliest, p.To < calendar.Latest; {
	case since && until:
		return d.say("lineage.between", locale.DayShort(p.From), locale.DayShort(p.To))
	case since:
		return d.say("lineage.since", locale.DayShort(p.From))
	case until:
		return d.say("lineage.until", locale.DayShort(p.To))
	}
	return ""
}

func (d drawer) row(step Step) []chart.Cell {
	cell := func(n Named) chart.Cell {
		c := chart.Cell{Text: n.Name}
		if n.ID != d.shown.Body.ID && n.ID != 0 {
			c.Ref = d.link(n)
		}
		return c
	}
	return []chart.Cell{{Text: locale.DayShort(step.Day)}, {Text: d.say("lineage.kind." + string(step.Kind))}, cell(step.From), cell(step.To)}
}
