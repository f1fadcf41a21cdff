package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/lunar"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/report"
	"kith.app/internal/store"
	"kith.app/internal/tally"
	"kith.app/internal/text"
)

// ahead is how far the first page looks.
const ahead = 60

// todayPage shows what is coming, what is due, what was just written and how
// the year stands.
func (s *Server) todayPage(q *request) error {
	p := page.TodayPage{Shell: q.shell(q.say("today.hello", text.SplitName(q.actor.Name).Given))}
	p.Shell.Lead = q.speaker().DateLong(calendar.OnDay(q.today()))
	if l := lunar.From(q.today()); !l.IsZero() {
		p.Shell.Lead += " · " + q.speaker().LunarLine(l)
	}
	if q.actor.Somewhere(access.PostDeeds) {
		p.Shell.Actions = page.FirstLink(q.say("deed.form.head"), "/deeds/new")
	}
	for _, fill := range []func(*page.TodayPage) error{q.todayContests, q.todayForms, q.todayTiles, q.todayComing, q.todayDue, q.todayWrote, q.todayFirst, q.todayPlaces} {
		if err := fill(&p); err != nil {
			return err
		}
	}
	return q.show(page.Today(p))
}

// own is the body whose figures the reader is shown first.
func (q *request) own() body.ID {
	if q.may(access.ReadFigures, q.root()) {
		return q.root()
	}
	return q.homeOf(0)
}

// todayTiles shows the year in figures, each beside the year before.
func (q *request) todayTiles(p *page.TodayPage) error {
	if !q.may(access.ReadFigures, q.own()) {
		return nil
	}
	measures, err := q.chiefFigures()
	if err != nil {
		return err
	}
	for _, m := range measures {
		t, told, err := q.figureTile(m)
		if err != nil {
			return err
		}
		if told {
			p.Tiles = append(p.Tiles, t)
		}
	}
	return q.fundTile(p)
}

// chiefFigures are the three figures by which an organisation tells its year: of
// countrymen the sick, the old and the pupils; of others what they do most.
func (q *request) chiefFigures() ([]deed.Measure, error) {
	if q.hometown() {
		return []deed.Measure{{Kind: "sick-visit", Unit: deed.Acts}, {Kind: "longevity", Unit: deed.Acts}, {Kind: "study-award", Unit: deed.Persons}}, nil
	}
	used, err := q.view().KindUse(q.Context())
	var all []deed.Measure
	for _, code := range used[:min(3, len(used))] {
		all = append(all, deed.Measure{Kind: code, Unit: deed.Acts})
	}
	return all, err
}

// hometown tells whether the organisation is one of countrymen.
func (q *request) hometown() bool { return q.keeper == body.Association || q.keeper == body.Committee }

// figureName is what a figure of the first page counts: "lượt thăm hội viên ốm".
func (q *request) figureName(m deed.Measure) (string, error) {
	k, err := q.view().Kind(q.Context(), m.Kind)
	if err != nil {
		return "", err
	}
	if q.server.Config.Words.Has("today.figure." + m.Kind) {
		return q.say("today.figure." + m.Kind), nil
	}
	return q.say("today.figure.acts", k.Short(q.lang())), nil
}

// figureTile is one figure of this year, month by month; false where neither this
// year nor the last has anything to tell, unless it is one that countrymen expect.
func (q *request) figureTile(m deed.Measure) (page.Tile, bool, error) {
	y, month, _ := q.today().Civil()
	query := tally.Query{Body: q.own(), Measure: m, Period: calendar.Year(y)}
	now, err := tally.Of(q.Context(), q.view(), query)
	if err != nil {
		return page.Tile{}, false, err
	}
	points, err := tally.Series(q.Context(), q.view(), query)
	if err != nil {
		return page.Tile{}, false, err
	}
	query.Period = calendar.Year(y - 1)
	before, err := tally.Of(q.Context(), q.view(), query)
	if err != nil {
		return page.Tile{}, false, err
	}
	what, err := q.figureName(m)
	if err != nil {
		return page.Tile{}, false, err
	}
	t := page.Tile{
		Figure: q.speaker().Qualified(q.speaker().Number(now.Qty), now.Qualifier.String()),
		Text:   q.say("today.figure.before", what, strconv.Itoa(y-1), q.speaker().Qualified(q.speaker().Number(before.Qty), before.Qualifier.String())),
		Href:   figurePath(q.own(), m, strconv.Itoa(y)),
		Chart:  page.Series{Title: what},
	}
	for _, at := range points {
		if at.Month <= month {
			t.Chart.Bars = append(t.Chart.Bars, q.bar(at.Month, float64(at.Qty), q.speaker().Number(at.Qty), at.Month == month))
		}
	}
	t.Chart.Told = q.toldBars(t.Chart.Bars)
	return t, now.Qty != 0 || before.Qty != 0 || q.hometown(), nil
}

func (q *request) bar(m time.Month, value float64, said string, now bool) page.Bar {
	return page.Bar{Name: q.say("today.month", int(m)), Value: value, Said: said, Now: now}
}

// toldBars says the last bar and the highest in words.
func (q *request) toldBars(bars []page.Bar) string {
	if len(bars) == 0 {
		return ""
	}
	most := slices.MaxFunc(bars, func(a, b page.Bar) int { return cmp.Compare(a.Value, b.Value) })
	last := bars[len(bars)-1]
	return q.say("today.chart", last.Name, last.Said, most.Name, most.Said)
}

// fundTile shows what the fund holds, at the end of each month of the year.
func (q *request) fundTile(p *page.TodayPage) error {
	if !q.may(access.ReadFund, q.own()) {
		return nil
	}
	f, err := q.view().FundKeeper(q.Context(), q.own())
	if fault.KindOf(err) != fault.Internal && err != nil {
		return nil // no fund has been opened yet, or it is another's
	}
	if err != nil || !q.may(access.ReadFund, f.Body) {
		return err
	}
	y, month, _ := q.today().Civil()
	t := page.Tile{Href: "/fund", Broad: true, Chart: page.Series{Title: q.say("today.fund"), Good: true}}
	below := false
	for m := time.January; m <= month; m++ {
		end := min(calendar.MonthOf(y, m).To, q.today())
		held, err := q.held(f, end)
		if err != nil {
			return err
		}
		t.Chart.Bars = append(t.Chart.Bars, q.bar(m, float64(held.Minor), q.speaker().Money(held), m == month))
		t.Figure, below = q.speaker().Money(held), held.Minor < 0
	}
	if below {
		lead := "/fund"
		if q.may(access.KeepFund, f.Body) {
			lead = "/fund/opening"
		}
		p.Due = append(p.Due, page.Entry{Text: q.say("today.due.opening"), Href: lead, Figure: t.Figure, Tone: page.Late})
	}
	t.Text, t.Chart.Told = q.say("today.fund.on", q.speaker().DateShort(calendar.OnDay(q.today()))), q.toldBars(t.Chart.Bars)
	p.Tiles = append(p.Tiles, t)
	return nil
}

// held is what the purses of a fund hold in its own currency.
func (q *request) held(f fund.Fund, on calendar.Day) (money.Amount, error) {
	balances, err := q.view().FundBalances(q.Context(), f.Body, on)
	sum := money.Of(0, f.Currency)
	for _, b := range balances {
		if b.Account.Class.IsPurse() && b.Amount.Currency == f.Currency {
			sum.Minor += b.Amount.Minor
		}
	}
	return sum, err
}

// comingOn is one line of what is coming with its day.
type comingOn struct {
	day  calendar.Day
	line page.Coming
}

// comingMost is how many lines of what is coming are shown.
const comingMost = 8

// todayComing lists plans, ages and tasks of the next sixty days.
func (q *request) todayComing(p *page.TodayPage) error {
	var all []comingOn
	for _, find := range []func() ([]comingOn, error){q.comingDeeds, q.comingAges, q.comingTasks, q.comingReports, q.comingOccasions} {
		found, err := find()
		if err != nil {
			return err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b comingOn) int { return cmp.Compare(a.day, b.day) })
	for _, c := range all[:min(len(all), comingMost)] {
		_, m, d := c.day.Civil()
		c.line.Day, c.line.Month = fmt.Sprintf("%02d", d), q.say("today.day.month", int(m))
		if c.line.Mark.Text == "" {
			c.line.Mark = page.Mark{Tone: page.Due, Text: q.say("common.daysLeft", int(c.day-q.today()))}
			if c.day == q.today() {
				c.line.Mark.Text = q.say("common.today")
			}
		}
		p.Coming = append(p.Coming, c.line)
	}
	if len(all) > 0 {
		p.All = page.Link{Text: q.say("today.coming.all"), Href: "/calendar"}
	}
	return nil
}

// comingDeeds are the deeds planned for the next sixty days.
func (q *request) comingDeeds() ([]comingOn, error) {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return nil, nil
	}
	next := calendar.Period{From: q.today(), To: q.today() + ahead}
	plans, _, err := q.view().Deeds(q.Context(), store.DeedQuery{Status: deed.Planned, Period: next, Dated: true, Oldest: true, Limit: comingMost})
	if err != nil {
		return nil, err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return nil, err
	}
	called, err := q.view().CalledIn(q.Context(), plans...)
	if err != nil {
		return nil, err
	}
	var all []comingOn
	for _, d := range plans {
		k := kinds[d.Kind]
		home := called.Bodies[d.Body]
		note := []string{home.ShortOn(q.lang(), q.today())}
		if figure := q.figureOf(d, k); figure != "" {
			note = append(note, figure)
		}
		if who := q.rowNote(deed.Deed{Parties: d.Parties, Day: d.Day}, k, called); who != "" {
			note = append(note, who)
		}
		day := max(d.Day.FirstOr(q.today()), q.today())
		all = append(all, comingOn{day, page.Coming{Text: q.titleWith(d, k, called), Note: strings.Join(note, " · "), Href: deedPath(d.ID)}})
	}
	return all, nil
}

// comingAges are the birthdays on which somebody reaches an age that is
// honoured, unless a deed for it is written or planned already.
func (q *request) comingAges() ([]comingOn, error) {
	if !q.actor.Somewhere(access.ReadRoll) || !q.actor.Somewhere(access.ReadDeeds) {
		return nil, nil
	}
	ladder, err := q.ladder()
	if err != nil {
		return nil, err
	}
	soon := func(t person.Turning) bool {
		day, one := t.On.Day()
		return one && day >= q.today() && day <= q.today()+ahead
	}
	var rows []honouredOne
	for year := q.today().Year(); year <= (q.today() + ahead).Year(); year++ {
		more, err := q.honouredBy(ladder, year, 0, soon)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	names, err := q.names()
	if err != nil {
		return nil, err
	}
	var all []comingOn
	for _, h := range rows {
		if h.state != unwritten {
			continue
		}
		day := h.On.FirstOr(q.today())
		note := []string{names[lastingBody(h.PersonRow)]}
		if h.gift != "" {
			note = append(note, q.say("today.bynorm", h.gift))
		}
		who := q.calledOf(briefOf(h.Person), day)
		all = append(all, comingOn{day, page.Coming{Text: q.say("today.age", h.Age, who), Note: strings.Join(note, " · "), Href: "/longevity?year=" + strconv.Itoa(day.Year())}})
	}
	return all, nil
}

// comingTasks are the tasks of the office with a day.
func (q *request) comingTasks() ([]comingOn, error) {
	if !q.actor.Somewhere(access.ReadOffice) {
		return nil, nil
	}
	tasks, err := q.view().TasksDue(q.Context(), q.today()+ahead)
	var all []comingOn
	for _, t := range tasks {
		if t.Due >= q.today() {
			all = append(all, comingOn{t.Due, page.Coming{Text: t.Text, Note: cmp.Or(t.Who, t.Name), Href: "/office/tasks"}})
		}
	}
	return all, err
}

// reportsMissing lists the branches that still have to report the year that
// ended last, and until when.
func (q *request) reportsMissing() (late []string, due calendar.Day, asked int, err error) {
	expected, err := q.view().Setting(q.Context(), q.own(), report.SettingExpected)
	if err != nil || expected == "" || !q.may(access.ReadFigures, q.own()) {
		return nil, 0, 0, err
	}
	period := calendar.Year(q.today().Year())
	if q.today() < period.To-ahead {
		period = calendar.Year(q.today().Year() - 1)
	}
	turns, err := report.Turns(q.Context(), q.view(), q.own(), period)
	for _, t := range turns {
		asked++
		due = t.Due
		if t.Report == nil {
			late = append(late, t.Names.In(q.lang()))
		}
	}
	return late, due, asked, err
}

// comingReports is the day by which branches have to report.
func (q *request) comingReports() ([]comingOn, error) {
	late, due, asked, err := q.reportsMissing()
	if err != nil || asked == 0 || len(late) == 0 || due < q.today() || due > q.today()+ahead {
		return nil, err
	}
	line := page.Coming{Text: q.say("today.reports", asked), Note: q.say("today.reports.note", asked-len(late), shortList(late)), Href: "/reports"}
	line.Mark = page.Mark{Tone: page.Late, Text: q.say("today.missing", len(late))}
	return []comingOn{{due, line}}, nil
}

// shortList names the first few.
func shortList(names []string) string {
	if len(names) > 4 {
		return strings.Join(names[:4], ", ") + "…"
	}
	return strings.Join(names, ", ")
}

// todayDue lists what is late or missing.
func (q *request) todayDue(p *page.TodayPage) error {
	add := func(n int64, more bool, key, href string) {
		if n == 0 {
			return
		}
		figure := q.speaker().Number(n)
		if more {
			figure += "+"
		}
		p.Due = append(p.Due, page.Entry{Text: q.say(key), Href: href, Figure: figure, Tone: page.Late})
	}
	if q.actor.Somewhere(access.ReadDeeds) {
		past := calendar.Until(q.today() - 1)
		n, more, err := q.view().CountDeeds(q.Context(), store.DeedQuery{Status: deed.Planned, Period: past, Dated: true, Fit: store.Within})
		if err != nil {
			return err
		}
		add(n, more, "today.due.plans", "/deeds?status=planned&fit=within&to="+calendar.OnDay(q.today()-1).EDTF())
	}
	if q.actor.Somewhere(access.ReadFund) {
		n, err := q.view().CountEntries(q.Context(), store.EntriesAsked{Period: calendar.Always(), Unapproved: true})
		if err != nil {
			return err
		}
		add(int64(n), false, "today.due.entries", "/deeds?lacking=yes")
	}
	if q.actor.Somewhere(access.ReadOffice) {
		tasks, err := q.view().TasksDue(q.Context(), q.today()-1)
		if err != nil {
			return err
		}
		add(int64(len(tasks)), false, "today.due.tasks", "/office/tasks")
	}
	late, due, _, err := q.reportsMissing()
	if err == nil && due != 0 && due < q.today() {
		add(int64(len(late)), false, "today.due.reports", "/reports")
	}
	return err
}

// wroteMost is how many of the latest deeds are shown.
const wroteMost = 5

// todayWrote lists what was written last.
func (q *request) todayWrote(p *page.TodayPage) error {
	p.Empty = page.Empty{Glyph: page.GlyphDeed, Head: q.say("deed.list.empty"), Text: q.say("deed.list.empty.text")}
	if !q.actor.Somewhere(access.ReadDeeds) {
		return nil
	}
	latest, err := q.view().LatestDeeds(q.Context(), wroteMost)
	if err != nil {
		return err
	}
	called, err := q.view().CalledIn(q.Context(), latest...)
	if err != nil {
		return err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	for _, d := range latest {
		e := page.Entry{Text: q.titleWith(d, kinds[d.Kind], called), Href: deedPath(d.ID), Figure: q.figureOf(d, kinds[d.Kind])}
		if kinds[d.Kind].Receipt {
			e.Tone, e.Figure = page.Done, "+"+e.Figure
		}
		e.Note = q.speaker().DateShort(d.Day)
		if by := called.People[d.Recorder].Name; by != "" {
			e.Note = q.say("today.wrote.by", e.Note, text.SplitName(by).Given)
		}
		p.Wrote = append(p.Wrote, e)
	}
	p.More = page.Link{Text: q.say("common.all"), Href: "/deeds"}
	return nil
}

// todayPlaces says what the home place is called by now, where a reform gave it
// another name.
func (q *request) todayPlaces(p *page.TodayPage) error {
	home, err := q.view().HomePlace(q.Context(), place.Reform-1)
	if err != nil || home == 0 {
		return err
	}
	places, err := place.Shipped()
	if err != nil {
		return err
	}
	heirs := places.Now(home, q.today())
	if places.Stood(home, q.today()) || len(heirs) == 0 {
		return nil
	}
	was, is := places.NameOn(home, place.Reform-1), place.InText(places.NameOn(heirs[0].ID, q.today()))
	p.Places = append(p.Places, page.NoteLine{
		Text: q.say("today.place", was, is, q.speaker().DateShort(calendar.OnDay(place.Reform))),
		Link: page.Link{Text: q.say("today.place.see"), Href: "/people/census"},
	})
	return nil
}
