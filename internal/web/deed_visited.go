package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// Kinds that have a reading of their own.
const (
	sickKind  = "sick-visit"
	studyKind = "study-award"
	tripKind  = "home-trip"
)

// deedTabs leads between the list and its readings.
func (q *request) deedTabs(now string) []page.Tab {
	tabs := []page.Tab{{Text: q.say("common.all"), Href: "/deeds"}, {Text: q.say("deed.visited"), Href: "/deeds/visited"}, {Text: q.say("deed.pupils"), Href: "/deeds/pupils"}, {Text: q.say("deed.trips"), Href: "/deeds/trips"}, {Text: q.say("honoured.head"), Href: "/longevity"}}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == now
	}
	return tabs
}

// yearRead is the year of a reading, this one when none is asked for.
func (q *request) yearRead() int {
	if y, err := strconv.Atoi(q.value("year")); err == nil && y >= 1900 && y <= 2199 {
		return y
	}
	return q.today().Year()
}

// yearFilter lets the reader choose a year.
func (q *request) yearFilter(p *page.ListPage, path string) {
	var years []page.Option
	for y := q.today().Year() + 1; y > q.today().Year()-12; y-- {
		years = append(years, page.Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	p.Filter = page.FilterHead{Action: path, NoBox: true, Results: "listed"}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "year", Label: q.say("common.year"), Value: strconv.Itoa(q.yearRead())}, Options: years}}
}

// given is what one receiver got of a kind in a year.
type given struct {
	key     string
	name    string
	href    string
	home    body.ID
	party   deed.Party
	deeds   []deed.Deed
	planned []deed.Deed
	sum     money.Amount
}

// shareOf is what one receiver got of a deed's money.
func shareOf(d deed.Deed, p deed.Party, role deed.Role) money.Amount {
	if !p.Detail.Amount.IsNone() {
		return p.Detail.Amount
	}
	total, heads := moneyOf(d), int64(0)
	for _, other := range d.Parties {
		if other.Role == role {
			heads++
		}
	}
	for _, l := range d.Lines {
		if l.Unit == deed.Acts || l.Unit == deed.Persons || l.Unit == deed.Families {
			heads = max(heads, l.Quantity)
		}
	}
	if total.IsNone() || heads == 0 {
		return total
	}
	return money.Of(total.Minor/heads, total.Currency)
}

// givenIn gathers who received by a kind in a year, named ones only.
func (q *request) givenIn(kind string, year int) ([]*given, store.Called, error) {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return nil, store.Called{}, fault.Forbid("access.forbidden.read_deeds")
	}
	deeds, _, err := q.view().Deeds(q.Context(), store.DeedQuery{Kind: kind, With: deed.Receiver, Period: calendar.Year(year), Dated: true, Fit: store.Within, Oldest: true, Limit: 5000})
	if err != nil {
		return nil, store.Called{}, err
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	by := map[string]*given{}
	var all []*given
	for _, d := range deeds {
		for _, p := range d.Parties {
			if p.Role != deed.Receiver {
				continue
			}
			key := cmp.Or(personKey(p), text.Fold(q.partyName(p, called, q.today())))
			g := by[key]
			if g == nil {
				g = &given{key: key, name: q.partyName(p, called, q.dayOf(d)), home: d.Body, party: p}
				if p.Person != 0 {
					g.href = personPath(p.Person)
				}
				by[key], all = g, append(all, g)
			}
			g.take(d, p)
		}
	}
	slices.SortStableFunc(all, func(a, b *given) int { return cmp.Compare(a.home, b.home) })
	return all, called, err
}

func personKey(p deed.Party) string {
	if p.Person == 0 {
		return ""
	}
	return personMark(p.Person)
}

// take adds a deed to what somebody got.
func (g *given) take(d deed.Deed, p deed.Party) {
	if d.Status == deed.Planned {
		g.planned = append(g.planned, d)
		return
	}
	g.deeds, g.party = append(g.deeds, d), p
	if sum, err := g.sum.Add(shareOf(d, p, deed.Receiver)); err == nil {
		g.sum = sum
	}
}

// visited answers whom we visited when sick this year, by whom, with how much,
// and who was missed.
func (s *Server) visited(q *request) error {
	year := q.yearRead()
	all, called, err := q.givenIn(sickKind, year)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("deed.visited.head", strconv.Itoa(year))), Tabs: q.deedTabs("/deeds/visited")}
	q.yearFilter(&p, "/deeds/visited")
	p.Table = page.Table{
		Caption: q.say("deed.visited"), Quiet: true, Columns: []page.Column{{Head: q.say("deed.row.name"), Chief: true}, {Head: q.say("deed.form.body")}, {Head: q.say("deed.visited.times"), Figure: true}, {Head: q.say("deed.visited.when")}, {Head: q.say("deed.role.visitor")}, {Head: q.say("common.amount"), Figure: true}},
		Empty: page.Empty{Glyph: page.GlyphDeed, Head: q.say("deed.visited.none"), Text: q.say("deed.list.empty.text"), Do: page.Link{Text: q.say("deed.form.head"), Href: "/deeds/new?kind=" + sickKind}},
	}
	missed := page.Table{ID: "missed", Caption: q.say("deed.visited.missed"), Columns: []page.Column{{Head: q.say("deed.row.name"), Chief: true}, {Head: q.say("deed.form.body")}, {Head: q.say("deed.visited.planned")}}}
	var seen, unseen []*given
	acts := 0
	for _, g := range all {
		if acts += len(g.deeds); len(g.deeds) == 0 {
			unseen = append(unseen, g)
		} else {
			seen = append(seen, g)
		}
	}
	branch := func(g *given) string {
		home := called.Bodies[g.home]
		return home.ShortOn(q.lang(), q.today())
	}
	from, to := q.leaf(&p.Table, "from", len(seen))
	for _, g := range seen[from:to] {
		p.Table.Rows = append(p.Table.Rows, q.visitedRow(g, called, branch(g)))
	}
	from, to = q.leaf(&missed, "missed", len(unseen))
	for _, g := range unseen[from:to] {
		d := g.planned[0]
		missed.Rows = append(missed.Rows, page.Row{Href: deedPath(d.ID), Cells: []page.Cell{{Text: g.name}, {Text: branch(g)}, {Text: q.speaker().DateShort(d.Day), Tone: page.Late}}})
	}
	p.Shell.Lead = q.say("deed.visited.lead", len(seen), acts)
	if len(missed.Rows) > 0 {
		p.More = []page.Table{missed}
	}
	return q.show(page.Listed(p))
}

func (q *request) visitedRow(g *given, called store.Called, branch string) page.Row {
	var days, visitors []string
	for _, d := range g.deeds {
		days = append(days, q.speaker().DateShort(d.Day))
		for _, p := range d.Parties {
			if name := q.partyName(p, called, q.dayOf(d)); p.Role == deed.Visitor && !slices.Contains(visitors, name) {
				visitors = append(visitors, name)
			}
		}
	}
	sum := ""
	if !g.sum.IsNone() {
		sum = q.speaker().Money(g.sum)
	}
	return page.Row{Href: deedPath(g.deeds[len(g.deeds)-1].ID), Cells: []page.Cell{
		{Text: g.name}, {Text: branch}, {Text: strconv.Itoa(len(g.deeds))}, {Text: strings.Join(days, ", ")}, {Text: strings.Join(visitors, ", ")}, {Text: sum},
	}}
}

// pupils lists who was or will be rewarded for study in a year, and who already
// was the year before.
func (s *Server) pupils(q *request) error {
	year := q.yearRead()
	all, called, err := q.givenIn(studyKind, year)
	if err != nil {
		return err
	}
	before, _, err := q.givenIn(studyKind, year-1)
	if err != nil {
		return err
	}
	already := map[string]bool{}
	for _, g := range before {
		already[g.key] = len(g.deeds) > 0
	}
	p := page.ListPage{Shell: q.shell(q.say("deed.pupils.head", strconv.Itoa(year))), Tabs: q.deedTabs("/deeds/pupils")}
	q.yearFilter(&p, "/deeds/pupils")
	p.Table = page.Table{
		Caption: q.say("deed.pupils"), Quiet: true, Columns: []page.Column{{Head: q.say("deed.row.name"), Chief: true}, {Head: q.say("deed.form.body")}, {Head: q.say("deed.row.school")}, {Head: q.say("deed.row.prize")}, {Head: q.say("common.amount"), Figure: true}, {Head: q.say("deed.pupils.before", strconv.Itoa(year-1))}},
		Empty: page.Empty{Glyph: page.GlyphDeed, Head: q.say("deed.pupils.none"), Text: q.say("deed.pupils.none.text"), Do: page.Link{Text: q.say("deed.form.head"), Href: "/deeds/new?kind=" + studyKind}},
	}
	total, again := money.Amount{}, 0
	from, to := q.leaf(&p.Table, "from", len(all))
	for i, g := range all {
		d := append(g.deeds, g.planned...)[0]
		home := called.Bodies[g.home]
		last := page.Cell{}
		if already[g.key] {
			again++
			last.Part = page.Badge(page.Due, q.say("deed.pupils.already"))
		}
		sum := shareOf(d, g.party, deed.Receiver)
		if added, err := total.Add(sum); err == nil {
			total = added
		}
		if i < from || i >= to {
			continue
		}
		amount := ""
		if !sum.IsNone() {
			amount = q.speaker().Money(sum)
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: deedPath(d.ID), Cells: []page.Cell{{Text: g.name}, {Text: home.ShortOn(q.lang(), q.today())}, {Text: g.party.Detail.School}, {Text: g.party.Detail.Prize}, {Text: amount}, last}})
	}
	p.Shell.Lead = q.say("deed.pupils.lead", len(all), again)
	if !total.IsNone() {
		p.Table.Total = []page.Cell{{Text: q.say("common.total")}, {}, {}, {}, {Text: q.speaker().Money(total)}, {}}
	}
	return q.show(page.Listed(p))
}

// neverShown bounds the list of those who never went.
const neverShown = 300

// trips answers who joined the trips home, what they cost, and who never went.
func (s *Server) trips(q *request) error {
	if err := q.actor.May(access.ReadDeeds, q.homeOf(0)); err != nil {
		return err
	}
	deeds, _, err := q.view().Deeds(q.Context(), store.DeedQuery{Kind: tripKind, Limit: 500})
	if err != nil {
		return err
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	if err != nil {
		return err
	}
	kind, err := q.view().Kind(q.Context(), tripKind)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("deed.trips")), Tabs: q.deedTabs("/deeds/trips")}
	p.Table = page.Table{
		Caption: q.say("deed.trips"), Quiet: true, Columns: []page.Column{{Head: q.say("deed.list.what"), Chief: true}, {Head: q.say("common.date")}, {Head: q.say("deed.unit.persons"), Figure: true}, {Head: q.say("deed.trips.cost"), Figure: true}, {Head: q.say("deed.trips.named")}},
		Empty: page.Empty{Glyph: page.GlyphDeed, Head: q.say("deed.trips.none"), Text: q.say("deed.trips.none.text"), Do: page.Link{Text: q.say("deed.form.head"), Href: "/deeds/new?kind=" + tripKind}},
	}
	went := map[person.ID]bool{}
	for _, d := range deeds {
		for _, party := range d.Parties {
			went[party.Person] = d.Status == deed.Done || went[party.Person]
		}
		p.Table.Rows = append(p.Table.Rows, q.tripRow(deedShown{d, kind, called}))
	}
	if err := q.neverWent(&p, went); err != nil {
		return err
	}
	return q.show(page.Listed(p))
}

func (q *request) tripRow(shown deedShown) page.Row {
	people, cost := "", ""
	for _, l := range shown.deed.Lines {
		if l.Unit == deed.Persons {
			people = q.quantity(deed.MeasureOf(shown.kind.Code, l), l.Quantity, l.Qualifier)
		}
	}
	if total := moneyOf(shown.deed); !total.IsNone() {
		cost = q.speaker().Money(total)
	}
	return page.Row{Href: deedPath(shown.deed.ID), Cells: []page.Cell{
		{Text: q.titleWith(shown.deed, shown.kind, shown.called)}, {Text: q.speaker().DateShort(shown.deed.Day)}, {Text: people}, {Text: cost}, {Text: q.partiesText(shown, deed.Participant)},
	}}
}

// neverWent lists the members whom no trip names.
func (q *request) neverWent(p *page.ListPage, went map[person.ID]bool) error {
	if !q.actor.Somewhere(access.ReadRoll) {
		return nil
	}
	members, err := q.view().PeopleIDs(q.Context(), store.PeopleQuery{Status: store.IsMember})
	if err != nil {
		return err
	}
	members = slices.DeleteFunc(members, func(id person.ID) bool { return went[id] })
	n := len(members)
	shown, err := q.view().PeopleRows(q.Context(), members[:min(n, neverShown)])
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	t := page.Table{Columns: []page.Column{{Head: q.say("deed.row.name"), Chief: true}, {Head: q.say("deed.form.body")}, {Head: q.say("person.birth")}}}
	for _, m := range shown {
		t.Rows = append(t.Rows, page.Row{Href: personPath(m.ID), Cells: []page.Cell{{Text: m.Name}, {Text: names[lastingBody(m)]}, {Text: q.dated(m.Birth)}}})
	}
	t.Caption = q.say("deed.trips.never", n)
	if n > neverShown {
		t.Told = q.say("deed.trips.first", neverShown)
	}
	if n > 0 {
		p.More = []page.Table{t}
	}
	return nil
}
