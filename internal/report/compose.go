package report

import (
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/tally"
)

// Texts are the words a secretary adds; none is ever required.
type Texts struct {
	Advantages string `json:"advantages,omitempty"`
	Limits     string `json:"limits,omitempty"`
	Causes     string `json:"causes,omitempty"`
	Directions string `json:"directions,omitempty"`
	Requests   string `json:"requests,omitempty"`
}

// Paper is what stands on a report beside its facts.
type Paper struct {
	House  House         `json:"house"`
	Number string        `json:"number,omitempty"` // whole; empty prints dots
	Date   calendar.Date `json:"date"`
	Texts  Texts         `json:"texts"`
}

// composer words one report.
type composer struct {
	locale.Speaker
	facts *Facts
	paper Paper
	b     *document.Builder
}

// Compose words the facts as a paper in one language.
func Compose(to locale.Speaker, f *Facts, p Paper) *document.Document {
	c := &composer{Speaker: to, facts: f, paper: p}
	c.b = p.House.Sheet(to, document.A4(), p.Number, p.Date)
	period := c.period()
	c.b.Title(to.Say("report.title"), Subject(to, f))
	c.b.Say(to.Say("report.opening", p.House.Spoken(to.Lang), period))
	c.organisation()
	c.borders()
	c.results()
	c.friendship()
	c.fund()
	c.goods()
	c.changed()
	c.own()
	c.next()
	c.b.Say(to.Say("report.closing", p.House.Spoken(to.Lang), period))
	c.b.CopyTo(to.Say("paper.recipients"), p.House.Copies(to)...)
	c.b.Sign(p.House.Signature(to))
	c.byBranch()
	return c.b.Paper()
}

// borders says on which borders the figures are asked, and what cannot be divided.
func (c *composer) borders() {
	switch b := c.facts.Borders; b.Extent {
	case tally.Then:
		return
	case tally.OnDay:
		c.b.Say(c.Say("report.borders.day", c.DatePaper(calendar.OnDay(b.Day))))
	case tally.Today, tally.OwnLine:
		c.b.Say(c.Say("report.borders." + string(b.Extent)))
	}
	c.b.Say(c.Say("report.borders.rest"))
	if len(c.facts.Parted) > 0 {
		var names []string
		for _, l := range c.facts.Parted {
			names = append(names, l.In(string(c.Lang)))
		}
		c.b.Say(c.Say("report.borders.parted", strings.Join(names, ", ")))
	}
	for _, u := range c.facts.Undivided {
		var names []string
		for _, l := range u.Between {
			names = append(names, l.In(string(c.Lang)))
		}
		f := Figure{Key: "rest", Qty: u.Qty, Unit: string(u.Unit), Currency: u.Currency, Decimals: u.Unit.Decimals()}
		key := "border.rest"
		if !u.Included {
			key = "border.rest.outside"
		}
		c.b.Say(u.Names.In(string(c.Lang)) + ". " + c.Say(key, strings.Join(names, ", "), c.amount(f, f.Qty, nil)))
	}
}

// Subject says in one line what a report is about.
func Subject(to locale.Speaker, f *Facts) string {
	c := &composer{Speaker: to, facts: f}
	return to.Say("report.subject."+string(f.Kind), c.period(), f.About.Names.In(string(to.Lang)))
}

// period names the period of the report.
func (c *composer) period() string {
	p := c.facts.Period
	if founded := c.facts.About.Founded; c.facts.Kind == Founding && !founded.IsUnknown() {
		return c.Say("report.founding", c.DateShort(founded), c.DatePaper(calendar.OnDay(p.To)))
	}
	return c.Period(p)
}

// weave says a sentence whose arguments are runs.
func (c *composer) weave(key string, runs ...document.Run) document.Runs {
	args := make([]any, len(runs))
	for i := range runs {
		args[i] = document.Slot(i + 1)
	}
	return document.Weave(c.Say(key, args...), runs...)
}

func (c *composer) para(runs document.Runs) { c.b.Add(document.Paragraph{Runs: runs}) }

// day writes a day in words: "31 December 2025".
func (c *composer) day(d calendar.Day) document.Run {
	return document.T(c.DatePaper(calendar.OnDay(d)))
}

// own adds what the secretary wrote.
func (c *composer) own() {
	t := c.paper.Texts
	if t.Advantages+t.Limits+t.Causes == "" {
		return
	}
	c.b.Section(c.Say("report.own"))
	c.text("advantages", t.Advantages)
	c.text("limits", t.Limits)
	c.text("causes", t.Causes)
}

// text adds one part of the secretary's words, a paragraph for each line.
func (c *composer) text(part, words string) {
	if words == "" {
		return
	}
	c.b.Part(c.Say("report.own." + part))
	for _, line := range lines(words) {
		c.b.Say(line)
	}
}

// next adds what comes: the secretary's directions and what the book has planned.
func (c *composer) next() {
	t := c.paper.Texts
	if t.Directions+t.Requests == "" && len(c.facts.Planned) == 0 {
		return
	}
	c.b.Section(c.Say("report.next"))
	c.text("directions", t.Directions)
	if len(c.facts.Planned) > 0 {
		c.b.Part(c.Say("report.planned"))
		table := document.Table{Columns: []document.Column{
			{Head: c.Say("report.col.n"), Share: 0.6, Align: document.Centre},
			{Head: c.Say("report.planned.day"), Share: 2},
			{Head: c.Say("report.col.content"), Share: 5},
			{Head: c.Say("report.planned.body"), Share: 3},
		}}
		for i, m := range c.facts.Planned {
			where := m.Place
			if name := m.Body.In(string(c.Lang)); name != "" {
				where = name
			}
			table.Add(document.C(c.Number(int64(i+1))), document.C(c.DateShort(m.Day)), document.CR(c.title(m)), document.C(where))
		}
		c.b.Add(table)
	}
	c.text("requests", t.Requests)
}

// title is what a deed is called: its own title, or its kind.
func (c *composer) title(m Mention) document.Run {
	name := m.Title
	if name == "" {
		name = m.Kind.In(string(c.Lang))
	}
	return document.Run{Text: name, Ref: m.Ref}
}
