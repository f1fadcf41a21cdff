package report

import (
	"strconv"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/occasion"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// Friendship is what a union of friendship organisations, or an association of
// one, tells beside what every body tells.
type Friendship struct {
	Counts   union.Counts     `json:"counts"`
	Names    map[string]Label `json:"names,omitempty"` // of the bodies that are counted, by id
	In       int              `json:"in"`              // delegations
	Out      int              `json:"out"`
	People   int64            `json:"people"`
	From     map[string]int   `json:"from,omitempty"` // delegations by country
	Late     int              `json:"late"`           // reports after visits
	Grants   []union.Aid      `json:"grants,omitempty"`
	Awards   []union.Award    `json:"awards,omitempty"`
	Congress []Congress       `json:"congress,omitempty"` // terms begun in the period
	Wishes   []Wish           `json:"wishes,omitempty"`   // letters, flowers, visits on occasions
	Agreed   []Agreed         `json:"agreed,omitempty"`   // agreements signed, renewed, ended
	Overseas []Overseas       `json:"overseas,omitempty"` // work with Vietnamese abroad
	Plan     []Intended       `json:"plan,omitempty"`
	Outside  int              `json:"outside"`
	NextYear int              `json:"nextYear,omitempty"`
	Next     []Intended       `json:"next,omitempty"`
}

// Congress is one that was held in the period, with the term it opened.
type Congress struct {
	Name  Label      `json:"name"` // of the body
	Term  union.Term `json:"term"`
	Place string     `json:"place,omitempty"`
}

// Wish counts what was done for one sort of occasion of one country.
type Wish struct {
	Country  string        `json:"country,omitempty"`
	Kind     occasion.Kind `json:"kind"`
	Letters  int           `json:"letters"`
	Flowers  int           `json:"flowers"`
	Visits   int           `json:"visits"`
	Gifts    int           `json:"gifts"`
	Answered int           `json:"answered"`
}

// Agreed is what happened to an agreement in the period.
type Agreed struct {
	Title Label         `json:"title"`
	Kind  tie.StageKind `json:"kind"` // signature, renewal, end
	Day   calendar.Date `json:"day"`
	Until calendar.Date `json:"until"`
	Paper string        `json:"paper,omitempty"`
}

// Overseas is one thing done for Vietnamese abroad, or come back from there.
type Overseas struct {
	Title     string        `json:"title"`
	Day       calendar.Date `json:"day"`
	Countries []string      `json:"countries,omitempty"`
	Lines     []deed.Line   `json:"lines,omitempty"`
}

// KindOverseas is the kind of deed that is work with Vietnamese abroad.
const KindOverseas = "overseas-vietnamese"

// Intended is one item of a plan with how it stands.
type Intended struct {
	Text   string      `json:"text"`
	Target string      `json:"target,omitempty"`
	State  union.State `json:"state"`
	Note   string      `json:"note,omitempty"`
}

// friendly tells whether a body reports on friendship.
func friendly(k body.Kind) bool { return k == body.Union || k == body.Friendship }

// friendship reads what a union tells of its year.
func (g *gatherer) friendship() error {
	if !friendly(g.of.Kind) {
		return nil
	}
	told, err := g.FriendshipIn(g.ctx, g.of.ID, g.ask.Period)
	if fault.KindOf(err) == fault.Forbidden {
		return nil // what the reader may not read is left out
	}
	g.facts.Friendship = told
	return err
}

// friendship words activities, delegations, aid, awards and the plan.
func (c *composer) friendship() {
	f := c.facts.Friendship
	if f == nil {
		return
	}
	c.b.Section(c.Say("report.friendship"))
	c.b.Part(c.Say("report.friendship.activities"))
	t := f.Counts.Total
	c.b.Say(c.Say("report.friendship.count", t.All, t.Chaired, t.Coordinated, t.Joined, t.Planned, t.Outside))
	c.countTable(c.Say("union.country"), f.Counts.Countries)
	c.byAssociation(f)
	c.b.Part(c.Say("union.delegations"))
	c.b.Say(c.Say("report.friendship.delegations", f.In, f.Out, f.People, f.Late))
	c.wishes(f)
	c.agreed(f)
	c.grants(f)
	c.overseas(f)
	c.congresses(f)
	c.planned(f)
	var awards []document.Runs
	for _, a := range f.Awards {
		awards = append(awards, document.Text(a.Title+" ("+c.Say("register.award.state."+a.State)+")"))
	}
	if len(awards) > 0 {
		c.b.Part(c.Say("union.award"))
		c.list(awards)
	}
}

// countTable lays out a count by country.
func (c *composer) countTable(head string, rows []union.CountryCount) {
	if len(rows) == 0 {
		return
	}
	t := c.partTable(head)
	for _, r := range rows {
		name := c.Say("union.country.none")
		if r.Code != "" {
			name = c.Country(r.Code)
		}
		c.countRow(&t, name, r.Count)
	}
	c.b.Add(t)
}

func (c *composer) byAssociation(f *Friendship) {
	if len(f.Counts.Bodies) < 2 {
		return
	}
	t := c.partTable(c.Say("union.teller"))
	for _, b := range f.Counts.Bodies {
		c.countRow(&t, f.Names[strconv.FormatInt(int64(b.Body), 10)].In(string(c.Lang)), b.Count)
	}
	c.b.Add(t)
}

func (c *composer) partTable(head string) document.Table {
	t := document.Table{Columns: []document.Column{{Head: head, Share: 4}}}
	for _, key := range []string{"common.total", "union.part.chaired", "union.part.coordinated", "union.part.joined"} {
		t.Columns = append(t.Columns, document.Column{Head: c.Say(key), Share: 1.4, Align: document.Right})
	}
	return t
}

func (c *composer) countRow(t *document.Table, name string, n union.Count) {
	cells := []document.Cell{document.C(name)}
	for _, v := range []int{n.All, n.Chaired, n.Coordinated, n.Joined} {
		cells = append(cells, document.C(c.Number(int64(v))))
	}
	t.Add(cells...)
}

// grants tells aid in its three stages, which are never added.
func (c *composer) grants(f *Friendship) {
	if len(f.Grants) == 0 {
		return
	}
	c.b.Part(c.Say("register.aid"))
	t := document.Table{Columns: []document.Column{
		{Head: c.Say("register.aid.donor.label"), Share: 3},
		{Head: c.Say("register.aid.field"), Share: 2},
		{Head: c.Say("register.aid.pledged"), Share: 2, Align: document.Right},
		{Head: c.Say("register.aid.paid"), Share: 2, Align: document.Right},
		{Head: c.Say("register.aid.kind"), Share: 2, Align: document.Right},
	}}
	for _, g := range f.Grants {
		cells := []document.Cell{document.C(g.Donor), document.C(g.Field)}
		for _, a := range []money.Amount{g.Pledged, g.Paid, g.Kind} {
			said := ""
			if !a.IsNone() {
				said = c.Money(a)
			}
			cells = append(cells, document.C(said))
		}
		t.Add(cells...)
	}
	c.b.Add(t)
}

// planned holds the plan against what was done, and lists the next one.
func (c *composer) planned(f *Friendship) {
	table := func(items []Intended) {
		t := document.Table{Columns: []document.Column{{Head: c.Say("report.col.n"), Share: 0.6, Align: document.Centre}, {Head: c.Say("union.plan.text"), Share: 5}, {Head: c.Say("common.status"), Share: 2}}}
		for i, p := range items {
			text, state := p.Text, c.Say("union.plan.state."+string(p.State))
			if p.Target != "" {
				text += " (" + p.Target + ")"
			}
			if p.Note != "" {
				state += ". " + p.Note
			}
			t.Add(document.C(c.Number(int64(i+1))), document.C(text), document.C(state))
		}
		c.b.Add(t)
	}
	if len(f.Plan) > 0 {
		c.b.Part(c.Say("report.friendship.plan"))
		c.b.Say(c.Say("report.friendship.outside", f.Outside))
		table(f.Plan)
	}
	if len(f.Next) > 0 {
		c.b.Part(c.Say("union.plan.of", strconv.Itoa(f.NextYear)))
		table(f.Next)
	}
}
