package report

import (
	"kith.app/internal/document"
)

// organisation tells who belongs to the body and who leads it.
func (c *composer) organisation() {
	c.b.Section(c.Say("report.organisation"))
	c.b.Part(c.Say("report.members"))
	c.members()
	c.boards()
	c.heard()
}

func (c *composer) members() {
	r := c.facts.Roll
	end := c.run(r.End).Of(c.Say("report.key.end"), c.Say("report.unit.persons", r.End.Qty))
	if r.Households.Qty > 0 {
		c.para(c.weave("report.members.households", c.day(r.EndDay), end, c.run(r.Households)))
	} else {
		c.para(c.weave("report.members.end", c.day(r.EndDay), end))
	}
	joined, left, died := c.move(r.Joined, "joined"), c.move(r.Left, "left"), c.move(r.Died, "died")
	switch {
	case r.Start.Known() && c.facts.Kind != Founding:
		c.para(c.weave("report.members.moves", c.day(r.StartDay), c.run(r.Start), joined, left, died))
	default:
		c.para(c.weave("report.members.since", joined, left, died))
	}
	for _, a := range r.Joined.Across {
		c.b.Say(c.Say("report.members.joined.across", a.Qty, c.span(a.Period)))
	}
	for _, gone := range [][]Across{r.Left.Across, r.Died.Across} {
		for _, a := range gone {
			c.b.Say(c.Say("report.members.left.across", a.Qty, c.span(a.Period)))
		}
	}
	for _, s := range r.Stated {
		said := c.Qualified(c.Number(s.Qty), qualifier(Figure{Qualifier: s.Qualifier}))
		c.b.Say(c.Say("report.members.stated", said, c.DateShort(s.Day), s.Source.Title))
	}
}

func (c *composer) move(f Figure, what string) document.Run {
	return c.run(f).Of(c.Say("report.key."+what), c.Say("report.unit.persons", f.Qty))
}

// boards tells how many seats of each board are taken and who leads.
func (c *composer) boards() {
	if len(c.facts.Boards) == 0 {
		return
	}
	c.b.Part(c.Say("report.board"))
	for _, b := range c.facts.Boards {
		code := b.Code
		if code == "" {
			code = "other"
		}
		name, vacant := c.Say("report.board."+code), c.vacant(b)
		if len(vacant) == 0 {
			c.b.Say(c.Say("report.board.full", name, b.Taken))
		} else {
			c.b.Say(c.Say("report.board.vacant", name, b.Taken, b.Seats, c.List(vacant...)))
		}
		var named []document.Runs
		for _, p := range b.Posts {
			if p.Kind != "board_member" && len(p.Holders) > 0 {
				named = append(named, document.Text(c.Say("report.colon", OfficeTitle(c.Speaker, p.Kind, p.Title))+" "+c.List(holders(p)...)))
			}
		}
		if len(named) > 0 {
			c.list(named)
		}
	}
}

func holders(p Post) []string {
	var names []string
	for _, h := range p.Holders {
		names = append(names, h.Name)
	}
	return names
}

// vacant names the seats of a board that nobody holds.
func (c *composer) vacant(b Board) []string {
	var names []string
	for _, p := range b.Posts {
		title := OfficeTitle(c.Speaker, p.Kind, p.Title)
		switch n := p.Vacant(); {
		case n == 1:
			names = append(names, c.Say("report.vacant.one", title))
		case n > 1:
			names = append(names, c.Say("report.vacant.several", title, n))
		}
	}
	return names
}

// heard tells which branches reported.
func (c *composer) heard() {
	h := c.facts.Heard
	if h == nil || h.Expected == 0 {
		return
	}
	c.b.Part(c.Say("report.heard"))
	if len(h.Late) == 0 {
		c.b.Say(c.Say("report.heard.all", h.Received, h.Expected))
		return
	}
	var late []string
	for _, l := range h.Late {
		late = append(late, l.In(string(c.Lang)))
	}
	c.b.Say(c.Say("report.heard.late", h.Received, h.Expected, c.List(late...)))
}
