package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

func contestPath(id contest.ID) string { return "/contests/" + idText(id) }

// contestSeen is one contest as its pages need it.
type contestSeen struct {
	store.ContestFile
	called map[body.ID]string // the cluster and the units, short, as they were called in its year
	codes  map[body.ID]string
	sheets map[body.ID]contest.Sheet // those the reader may see
	kinds  map[string]deed.Kind      // by which measures are named; on the pages of one contest
}

func (c contestSeen) path(under string) string { return contestPath(c.Contest.ID) + under }

// unitPath leads to the sheet of a unit.
func (c contestSeen) unitPath(unit body.ID) string { return c.path("/units/" + c.codes[unit]) }

// contestAsked reads the contest that the address names.
func (q *request) contestAsked() (contestSeen, error) {
	id, err := q.number("id")
	if err != nil {
		return contestSeen{}, err
	}
	f, err := q.view().Contest(q.Context(), contest.ID(id))
	if err != nil {
		return contestSeen{}, err
	}
	c, err := q.contestSeen(f)
	if err != nil {
		return c, err
	}
	c.kinds, err = q.kindsByCode()
	return c, err
}

// contestKept is contestAsked for pages of who keeps the contest.
func (q *request) contestKept() (contestSeen, error) {
	c, err := q.contestAsked()
	if err == nil && !c.Seat.Keeps() {
		err = fault.Forbid("contest.forbidden.keep")
	}
	return c, err
}

// contestNamed adds names to a contest: of the cluster and of some of its units.
func (q *request) contestNamed(f store.ContestFile, units []contest.Unit) (contestSeen, error) {
	c := contestSeen{ContestFile: f, called: map[body.ID]string{}, codes: map[body.ID]string{}, sheets: map[body.ID]contest.Sheet{}}
	bodies, err := q.view().ContestBodies(q.Context(), f.Contest.ID, units)
	if err != nil {
		return c, err
	}
	on := min(f.Contest.Period.To, q.today())
	for id, b := range bodies {
		c.called[id], c.codes[id] = b.ShortOn(q.lang(), on), b.Code
	}
	return c, nil
}

// contestSeen adds names and sheets to a contest.
func (q *request) contestSeen(f store.ContestFile) (contestSeen, error) {
	c, err := q.contestNamed(f, f.Units)
	if err != nil {
		return c, err
	}
	sheets, err := q.view().ContestSheets(q.Context(), f.Contest.ID)
	for _, s := range sheets {
		c.sheets[s.Unit] = s
	}
	return c, err
}

// arrived is the day on which a sheet came to its stage.
func (q *request) arrived(s contest.Sheet) calendar.Day {
	return calendar.FromTime(time.UnixMilli(s.Since).In(q.server.Book.Now().Location()))
}

// due is the last day on which a unit's sheet should leave its stage; 0: none.
func (q *request) sheetDue(c contestSeen, unit body.ID) calendar.Day {
	s := c.sheets[unit]
	return c.Contest.Due(c.Table, unit, s.Way, q.arrived(s))
}

// handedIn counts the units that sent their sheets, and those that are late.
func (q *request) handedIn(c contestSeen) (sent, late int) {
	for _, u := range c.Units {
		s := c.sheets[u.Body]
		if c.Contest.Sent(s.Way) {
			sent++
			continue
		}
		if due := q.sheetDue(c, u.Body); due != 0 && due < q.today() {
			late++
		}
	}
	return sent, late
}

// points writes points as the reader is used to, with no more decimals than they
// need.
func (q *request) points(p contest.Points) string {
	return p.Said(q.reader.Lang)
}

// pointsKnown writes points that may not be known.
func (q *request) pointsKnown(p *contest.Points) string {
	if p == nil {
		return ""
	}
	return q.points(*p)
}

// pointsTyped gives points as they are typed into a form.
func (q *request) pointsTyped(p contest.Points) string {
	if q.reader.Lang == locale.En {
		return p.String()
	}
	return strings.ReplaceAll(p.String(), ".", ",")
}

// contestCrumbs lead back to the list, and from under a contest to it.
func (q *request) contestCrumbs(c contestSeen) []page.Link {
	crumbs := []page.Link{{Text: q.say("menu.contests"), Href: "/contests"}}
	if q.URL.Path != c.path("") {
		crumbs = append(crumbs, page.Link{Text: q.contestTitle(c.Contest), Href: c.path("")})
	}
	return crumbs
}

// contestTitle is what a contest is called.
func (q *request) contestTitle(k contest.Contest) string {
	return k.Title(q.lang())
}

// stateMark says how far a contest is.
func (q *request) contestMark(k contest.Contest) page.Mark {
	tone := map[contest.Standing]page.Tone{contest.Drafted: page.Waiting, contest.Opened: page.Due, contest.Published: page.Done}[k.Standing]
	return page.Mark{Tone: tone, Text: q.say("contest.state." + string(k.Standing))}
}

// contestsFound lists the contests that the reader has something to do with, as
// narrowed by the address.
func (q *request) contestsFound() ([]contestSeen, error) {
	files, err := q.view().Contests(q.Context())
	if err != nil {
		return nil, err
	}
	typed, cluster, year, state := text.Fold(q.value("q")), body.ID(q.id("cluster")), q.yearAsked(), contest.Standing(q.value("state"))
	var found []contestSeen
	for _, f := range files {
		k := f.Contest
		if cluster != 0 && k.Cluster != cluster || year != 0 && k.Year != year || state != "" && k.Standing != state {
			continue
		}
		c, err := q.contestSeen(f)
		if err != nil {
			return nil, err
		}
		if typed == "" || strings.Contains(text.Fold(dotted(q.contestTitle(k), c.called[k.Cluster], strconv.Itoa(k.Year))), typed) {
			found = append(found, c)
		}
	}
	if q.value("sort") == "cluster" {
		slices.SortStableFunc(found, func(a, b contestSeen) int {
			return slices.Compare(text.TextKey(a.called[a.Contest.Cluster], q.lang()), text.TextKey(b.called[b.Contest.Cluster], q.lang()))
		})
	}
	return found, nil
}

// mayLookAtContests refuses who reads no figures anywhere and is named for no stage
// of a contest.
func (q *request) mayLookAtContests() error {
	if q.actor.Somewhere(access.ReadFigures) {
		return nil
	}
	seen, err := q.view().Contests(q.Context())
	if err == nil && len(seen) == 0 {
		err = fault.Forbid("access.forbidden.read_figures")
	}
	return err
}

// contests lists the contests of clusters and blocks.
func (s *Server) contests(q *request) error {
	if err := q.mayLookAtContests(); err != nil {
		return err
	}
	found, err := q.contestsFound()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("menu.contests"))}
	p.Shell.Lead = q.say("contest.list.lead")
	opens, err := q.mayDraw()
	if err != nil {
		return err
	}
	if opens {
		p.Shell.Actions = page.FirstLink(q.say("contest.new"), "/contests/new")
	}
	if err := q.contestFilter(&p); err != nil {
		return err
	}
	p.Table = q.contestTable(found, opens, p.Filter.Clear != "")
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/contests.xlsx" + queryOf(q)}, q.statisticsTool()}
	return q.show(page.Listed(p))
}

// statisticsTool gives the forms of the State: of the year asked for, else of this one.
func (q *request) statisticsTool() page.Tool {
	year := cmp.Or(q.yearAsked(), q.today().Year())
	return page.Tool{Glyph: page.GlyphReport, Text: q.say("contest.statistics", strconv.Itoa(year)), Href: "/contests/statistics?year=" + strconv.Itoa(year)}
}

// contestFilter offers how the list may be narrowed.
func (q *request) contestFilter(p *page.ListPage) error {
	all, err := q.view().Contests(q.Context())
	if err != nil {
		return err
	}
	p.Filter = page.FilterHead{Action: "/contests", Results: "listed", Query: q.value("q"), Label: q.say("contest.list.find")}
	if q.value("q")+q.value("cluster")+q.value("year")+q.value("state") != "" {
		p.Filter.Clear = "/contests"
	}
	clusters, years := []page.Option{{Text: q.say("contest.list.clusters")}}, []page.Option{{Text: q.say("desk.years")}}
	for _, f := range all {
		year := strconv.Itoa(f.Contest.Year)
		if !slices.ContainsFunc(years, func(o page.Option) bool { return o.Value == year }) {
			years = append(years, page.Option{Value: year, Text: year})
		}
		id := idText(f.Contest.Cluster)
		if slices.ContainsFunc(clusters, func(o page.Option) bool { return o.Value == id }) {
			continue
		}
		c, err := q.contestSeen(f)
		if err != nil {
			return err
		}
		clusters = append(clusters, page.Option{Value: id, Text: c.called[f.Contest.Cluster]})
	}
	states := []page.Option{{Text: q.say("contest.list.states")}}
	for _, state := range []contest.Standing{contest.Drafted, contest.Opened, contest.Published} {
		states = append(states, page.Option{Value: string(state), Text: q.say("contest.state." + string(state))})
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "cluster", Label: q.say("contest.cluster"), Value: q.value("cluster")}, Options: clusters},
		{Field: page.Field{Name: "year", Label: q.say("common.year"), Value: q.value("year")}, Options: years},
		{Field: page.Field{Name: "state", Label: q.say("common.status"), Value: q.value("state")}, Options: states},
	}
	return nil
}

func (q *request) contestTable(found []contestSeen, opens, narrowed bool) page.Table {
	byCluster := page.Unsorted
	byYear := page.Falling
	if q.value("sort") == "cluster" {
		byCluster, byYear = page.Rising, page.Unsorted
	}
	t := page.Table{
		ID: "contests", Caption: q.say("menu.contests"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("contest.one"), Chief: true},
			{Head: q.say("contest.cluster"), Sort: q.with("sort", "cluster"), Sorted: byCluster},
			{Head: q.say("common.year"), Figure: true, Sort: q.with("sort", ""), Sorted: byYear},
			{Head: q.say("contest.role.lead")},
			{Head: q.say("contest.sent"), Figure: true},
			{Head: q.say("common.status")},
		},
		Empty: page.Empty{Glyph: page.GlyphContest, Head: q.say("contest.list.empty"), Text: q.say("contest.list.empty.other")},
	}
	if opens {
		t.Empty.Text, t.Empty.Do = q.say("contest.list.empty.text"), page.Link{Text: q.say("contest.new"), Href: "/contests/new"}
	}
	if narrowed {
		t.Empty = page.Empty{Glyph: page.GlyphSearch, Head: q.say("contest.list.none"), Text: q.say("contest.list.none.text"), Do: page.Link{Text: q.say("filter.clear"), Href: "/contests"}}
	}
	for _, c := range found {
		mark := q.contestMark(c.Contest)
		sent := page.Cell{Text: q.sentSaid(c)}
		if _, late := q.handedIn(c); late > 0 && c.Seat.Inside() {
			sent.Note, sent.Tone = q.say("contest.late", late), page.Late
		}
		t.Rows = append(t.Rows, page.Row{Href: c.path(""), Cells: []page.Cell{
			{Text: q.contestTitle(c.Contest)},
			{Text: c.called[c.Contest.Cluster]},
			{Text: strconv.Itoa(c.Contest.Year)},
			{Text: c.called[contest.LedBy(0, c.Units).Lead]},
			sent,
			{Part: page.Badge(mark.Tone, mark.Text)},
		}})
	}
	return t
}

// sentSaid says how many units handed their sheets in, to who may know.
func (q *request) sentSaid(c contestSeen) string {
	if c.Contest.Standing != contest.Opened || !c.Seat.Inside() {
		return ""
	}
	sent, _ := q.handedIn(c)
	return strconv.Itoa(sent) + "/" + strconv.Itoa(len(c.Units))
}

// contestsSheet gives the list as a workbook.
func (s *Server) contestsSheet(q *request) error {
	if err := q.mayLookAtContests(); err != nil {
		return err
	}
	found, err := q.contestsFound()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("menu.contests")}
	for _, key := range []string{"contest.one", "contest.cluster", "common.year", "contest.role.lead", "contest.role.deputy", "contest.units", "contest.sent", "common.status"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, c := range found {
			led := contest.LedBy(c.Contest.Year, c.Units)
			if !yield([]sheet.Value{
				sheet.Words(q.contestTitle(c.Contest)), sheet.Words(c.called[c.Contest.Cluster]), sheet.Count(int64(c.Contest.Year)), sheet.Words(c.called[led.Lead]), sheet.Words(c.called[led.Deputy]),
				sheet.Count(int64(len(c.Units))), sheet.Words(q.sentSaid(c)), sheet.Words(q.contestMark(c.Contest).Text),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.file"), t)
}

// mayDraw tells whether the reader can open a contest.
func (q *request) mayDraw() (bool, error) {
	if q.actor.Somewhere(access.ManageBody) {
		return true, nil
	}
	clusters, err := q.clustersKept()
	return len(clusters) > 0, err
}

// clustersKept lists the clusters and blocks for which the reader may open a
// contest: those they manage, and those whose unit in the lead they report for.
func (q *request) clustersKept() ([]body.Body, error) {
	all, err := q.view().Bodies(q.Context(), body.Cluster)
	if err != nil {
		return nil, err
	}
	led := map[body.ID]bool{}
	files, err := q.view().Contests(q.Context())
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Seat.Keeps() {
			led[f.Contest.Cluster] = true
		}
	}
	return slices.DeleteFunc(all, func(b body.Body) bool { return !q.may(access.ManageBody, b.ID) && !led[b.ID] }), nil
}
