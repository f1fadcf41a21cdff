package web

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

func visitPath(id deed.ID) string { return "/union/delegations/" + idText(id) }

// quarterNow is the quarter of a day, as an address writes it.
func quarterNow(on calendar.Day) string {
	y, m, _ := on.Civil()
	return strconv.Itoa(y) + "-" + strconv.Itoa(33+(int(m)-1)/3)
}

// visitsAsked reads to what the list of delegations is narrowed: this quarter's,
// unless told otherwise.
func (q *request) visitsAsked() (store.DelegationsAsked, string) {
	asked := store.DelegationsAsked{Body: q.organisationShown(), Kind: q.value("kind"), Country: strings.ToUpper(q.value("country")), Late: q.value("late") != "", Typed: q.value("q")}
	period := q.value("period")
	if !q.URL.Query().Has("period") && !asked.Late && asked.Typed == "" {
		period = quarterNow(q.today())
	}
	if p, err := calendar.ParsePeriod(period); err == nil {
		asked.Period, asked.Dated = p, true
	}
	return asked, period
}

// visits lists delegations with what they come to.
func (s *Server) visits(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	asked, period := q.visitsAsked()
	told, err := q.view().Visits(q.Context(), asked)
	if err != nil {
		return err
	}
	sum := delegation.SumUp(told, q.today())
	p := page.ListPage{Shell: q.shell(q.say("delegation.list"))}
	p.Shell.Crumbs, p.Shell.Lead = q.unionCrumbs(), q.say("delegation.count", sum.In, sum.Out)
	if q.mayPost() {
		p.Shell.Actions = page.FirstLink(q.say("delegation.new"), "/union/delegations/new")
	}
	p.Filter = page.FilterHead{Action: "/union/delegations", Results: "listed", Query: asked.Typed, Label: q.say("delegation.find")}
	if q.URL.RawQuery != "" {
		p.Filter.Clear = "/union/delegations"
	}
	kinds := []page.Option{{Text: q.say("delegation.way.any")}, {Value: delegation.KindIn, Text: q.say("delegation.in")}, {Value: delegation.KindOut, Text: q.say("delegation.out")}}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "period", Label: q.say("common.period"), Value: period}, Options: q.quarters(period)},
		{Field: page.Field{Name: "kind", Label: q.say("delegation.way"), Value: asked.Kind}, Options: kinds},
		{Field: page.Field{Name: "country", Label: q.say("union.country"), Value: asked.Country}, Options: q.countryOptions(asked.Country)},
	}
	p.Ticks = []page.Option{{Value: "late", Text: q.say("delegation.late.only"), Note: yes(asked.Late)}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/union/delegations.xlsx" + queryOf(q)}}
	p.Totals = q.visitTotals(sum)
	if p.Table, err = q.visitTable(told); err != nil {
		return err
	}
	return q.show(page.Listed(p))
}

// quarters offers the quarters of two years beside the usual periods.
func (q *request) quarters(now string) []page.Option {
	options := q.periods(now)
	year := q.today().Year() - 1
	var more []page.Option
	for quarter := 1; quarter <= 4; quarter++ {
		code := strconv.Itoa(year) + "-" + strconv.Itoa(32+quarter)
		if code != now {
			more = append(more, page.Option{Value: code, Text: q.speaker().Period(calendar.Quarter(year, quarter))})
		}
	}
	return append(options, more...)
}

// visitTotals says how many, how many people, from where, who paid, what is late.
func (q *request) visitTotals(s delegation.Sum) []page.Fact {
	if s.In+s.Out == 0 {
		return nil
	}
	var from []string
	for code := range s.Countries {
		from = append(from, code)
	}
	slices.SortFunc(from, func(a, b string) int {
		if s.Countries[a] != s.Countries[b] {
			return s.Countries[b] - s.Countries[a]
		}
		return strings.Compare(a, b)
	})
	for i, code := range from {
		from[i] = q.speaker().Country(code) + " " + strconv.Itoa(s.Countries[code])
	}
	people := q.speaker().Qualified(q.speaker().Number(s.People), s.Qualifier.String())
	facts := []page.Fact{
		{Name: q.say("delegation.people"), Text: q.say("delegation.people.text", people)},
		{Name: q.say("union.country"), Text: joined(from)},
		{Name: q.say("delegation.paid"), Text: q.paidSaid(s.Paid)},
	}
	if s.ReportsLate+s.ThanksLate > 0 {
		facts = append(facts, page.Fact{Name: q.say("delegation.late"), Text: q.say("delegation.late.text", s.ReportsLate, s.ThanksLate), Mark: page.Mark{Tone: page.Late, Text: q.say("delegation.late.mark")}})
	}
	return facts
}

// paidSaid says who bears how much.
func (q *request) paidSaid(all []delegation.Paid) string {
	var said []string
	for _, p := range all {
		said = append(said, q.say("delegation.payer."+string(p.Payer))+": "+q.speaker().Money(p.Amount))
	}
	return strings.Join(said, "; ")
}

func (q *request) visitTable(told []delegation.Told) (page.Table, error) {
	t := page.Table{
		ID: "delegations", Caption: q.say("delegation.list"), Quiet: true,
		Columns: []page.Column{{Head: q.say("delegation.one"), Chief: true}, {Head: q.say("common.date")}, {Head: q.say("union.country")}, {Head: q.say("delegation.head")}, {Head: q.say("delegation.people"), Figure: true}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphPeople, Head: q.say("delegation.none"), Text: q.say("delegation.none.text")},
	}
	if q.mayPost() {
		t.Empty.Do = page.Link{Text: q.say("delegation.new"), Href: "/union/delegations/new"}
	}
	from, to := q.leaf(&t, "from", len(told))
	told = told[from:to]
	deeds := make([]deed.Deed, len(told))
	for i, one := range told {
		deeds[i] = one.Deed
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	if err != nil {
		return t, err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return t, err
	}
	for _, one := range told {
		d := one.Deed
		head := ""
		for _, p := range d.Parties {
			if p.Role == deed.Head {
				head = q.partyName(p, called, q.dayOf(d))
			}
		}
		n, how := delegation.People(d)
		people := ""
		if n > 0 {
			people = q.speaker().Qualified(q.speaker().Number(n), how.String())
		}
		mark := q.visitMark(one)
		row := page.Row{Href: visitPath(d.ID), Cells: []page.Cell{
			{Text: q.titleWith(d, kinds[d.Kind], called), Note: q.waySaid(d.Kind)}, {Text: q.speaker().DateShort(d.Day)}, {Text: q.countriesSaid(one.Countries)}, {Text: head}, {Text: people}, {},
		}}
		if mark.Text != "" {
			row.Cells[5].Part = page.Badge(mark.Tone, mark.Text)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (q *request) waySaid(kind string) string {
	if kind == delegation.KindIn {
		return q.say("delegation.in")
	}
	return q.say("delegation.out")
}

// visitMark says what of a delegation waits, the worst first.
func (q *request) visitMark(t delegation.Told) page.Mark {
	v, today := t.Visit, q.today()
	switch {
	case v.ReportLate(today):
		return page.Mark{Tone: page.Late, Text: q.say("delegation.report.late")}
	case v.ThanksLate(today):
		return page.Mark{Tone: page.Late, Text: q.say("delegation.thanks.late")}
	case t.Deed.Status == deed.Planned:
		return q.statusMark(t.Deed)
	case v.ReportDue != 0 && v.ReportDone == 0:
		return page.Mark{Tone: page.Due, Text: q.say("delegation.report.due", q.daySaid(v.ReportDue))}
	case v.ReportDone != 0:
		return page.Mark{Tone: page.Done, Text: q.say("delegation.report.there")}
	}
	return page.Mark{}
}

// visitsSheet gives the delegations as a workbook; travel papers are in none.
func (s *Server) visitsSheet(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	asked, _ := q.visitsAsked()
	told, err := q.view().Visits(q.Context(), asked)
	if err != nil {
		return err
	}
	deeds := make([]deed.Deed, len(told))
	for i, one := range told {
		deeds[i] = one.Deed
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("delegation.list")}
	for _, key := range []string{"delegation.way", "delegation.one", "common.date", "union.country", "delegation.head", "delegation.rank", "delegation.people", "delegation.permission", "delegation.paid", "delegation.report.due.day", "delegation.report.done.day", "delegation.thanks.sent.day"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, one := range told {
			if !yield(q.visitCells(one, called)) {
				return
			}
		}
	}
	return q.sendSheet(q.say("delegation.file"), t)
}

func (q *request) visitCells(t delegation.Told, called store.Called) []sheet.Value {
	d, v := t.Deed, t.Visit
	head, rank := "", ""
	for _, p := range d.Parties {
		if p.Role == deed.Head {
			head, rank = q.partyName(p, called, q.dayOf(d)), p.Detail.Rank
		}
	}
	n, _ := delegation.People(d)
	day := func(on calendar.Day) sheet.Value {
		if on == 0 {
			return sheet.Value{}
		}
		return sheet.On(calendar.OnDay(on))
	}
	sum := delegation.SumUp([]delegation.Told{t}, q.today())
	return []sheet.Value{
		sheet.Words(q.waySaid(d.Kind)), sheet.Words(d.Title), sheet.On(d.Day), sheet.Words(q.countriesSaid(t.Countries)), sheet.Words(head), sheet.Words(rank), sheet.Count(n),
		sheet.Words(q.paperSaid(v.Permission)), sheet.Words(q.paidSaid(sum.Paid)), day(v.ReportDue), day(v.ReportDone), day(v.ThanksSent),
	}
}

// paperSaid names a letter or decision in one line.
func (q *request) paperSaid(p delegation.Paper) string {
	if p.IsZero() {
		return ""
	}
	return dotted(p.From, p.Number, q.dated(p.Day))
}

// amountGiven reads a sum of money with its currency; none where nothing was
// typed.
func (q *request) amountGiven(name string) (money.Amount, error) {
	if q.value(name) == "" {
		return money.Amount{}, nil
	}
	c, err := money.ParseCurrency(q.value(name + "-currency"))
	if err != nil {
		c = money.VND
	}
	a, err := money.Parse(q.value(name), c, q.reader.Lang)
	return a, at(name, err)
}

// currencies are offered beside sums of people's diplomacy.
func currencies() []page.Option {
	var options []page.Option
	for _, c := range []string{"VND", "USD", "EUR", "LAK", "KHR", "JPY", "CNY", "THB", "KRW"} {
		options = append(options, page.Option{Value: c, Text: c})
	}
	return options
}
