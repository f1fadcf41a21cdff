package web

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
	"kith.app/internal/text"
)

// duesShown is how many members are named at once; a branch or a name narrows
// the list.
const duesShown = 200

// dueLine is one member in one year.
type dueLine struct {
	fund.Due
	year   fund.DueYear
	branch body.ID
	member fund.DueMembership // the one that owes
	here   bool               // a member in that year
}

// paid, owes and exempt are how a member stands in a year.
func (l *dueLine) state() string {
	switch {
	case l.year.Exempt:
		return "exempt"
	case l.year.Owed.IsZero() && l.year.Paid.IsZero():
		return "none"
	case l.year.Paid.Minor >= l.year.Owed.Minor:
		return "paid"
	case l.year.Paid.Minor > 0:
		return "part"
	}
	return "owes"
}

// duesOf tells how every member of the fund's body stands in a year, without
// their names.
func (d *desk) duesOf(year int) ([]dueLine, error) {
	all, err := d.view().DuesUnnamed(d.Context(), d.fund.Body, year)
	lines := make([]dueLine, 0, len(all))
	for _, due := range all {
		if l := lineOf(due, year); l.here || len(due.Left) > 0 {
			lines = append(lines, l)
		}
	}
	return lines, err
}

// named puts their names to some members and gives them by name.
func (d *desk) named(some []dueLine, year int) ([]dueLine, error) {
	dues := make([]fund.Due, len(some))
	for i, l := range some {
		dues[i] = l.Due
	}
	dues, err := d.view().NameDues(d.Context(), d.fund.Body, year, dues)
	lines := make([]dueLine, len(dues))
	for i, due := range dues {
		lines[i] = lineOf(due, year)
	}
	return lines, err
}

// lineOf tells how one member stands in a year, by the membership of that year
// or else the last.
func lineOf(due fund.Due, year int) dueLine {
	l := dueLine{Due: due}
	for _, m := range due.Member.Memberships {
		covers := m.Since <= year && year <= m.Until
		if covers || !l.here {
			l.member, l.branch, l.here = m, m.Body, covers
		}
	}
	for _, y := range due.Years {
		if y.Year == year {
			l.year = y
		}
	}
	return l
}

// fundDues shows who paid, who owes since when and who is exempt.
func (s *Server) fundDues(d *desk) error {
	year := d.yearGiven()
	lines, err := d.duesOf(year)
	if err != nil {
		return err
	}
	p := page.FundList{Shell: d.frame(d.say("fundpages.dues")), Tabs: d.yearTabs("/fund/dues", year), Print: true}
	p.Shell.Lead = d.say("fundpages.dues.of", strconv.Itoa(year))
	rates, err := d.ratePart(year, nil)
	if err != nil {
		return err
	}
	branch := body.ID(d.idGiven("branch"))
	if d.keeps() {
		p.Shell.Actions = page.FundActions([]page.Link{{Text: d.say("fundpages.dues.take"), Href: d.to("/fund/dues/take", "year", strconv.Itoa(year), "branch", d.value("branch"))}})
	}
	p.Tiles = d.dueTiles(ofBranch(lines, branch))
	d.dueFilter(&p, year)
	if branch == 0 {
		p.Parts = append(p.Parts, page.FundPart{Head: d.say("fundpages.bybranch"), Table: d.dueBranches(lines, year)})
	}
	if d.value("q")+d.value("branch")+d.value("state") != "" || len(lines) <= duesShown {
		narrowed, err := d.narrowed(lines, year)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, page.FundPart{Head: d.say("fundpages.dues.members"), Table: d.dueTable(narrowed, year)})
	}
	if rates.Fold { // one is in force
		p.Parts = append(p.Parts, rates)
	} else { // nobody owes anything before it is said how much
		p.Notes = append(p.Notes, page.Flash{Tone: page.Due, Text: d.say("fundpages.dues.norate", strconv.Itoa(year))})
		p.Parts = append([]page.FundPart{rates}, p.Parts...)
	}
	query := d.to("", "year", strconv.Itoa(year), "branch", d.value("branch"), "state", d.value("state"))
	p.Tools = []page.Tool{
		{Glyph: page.GlyphDownload, Text: d.say("common.export.xlsx"), Href: "/fund/dues.xlsx" + query},
		{Glyph: page.GlyphPhone, Text: d.say("fundpages.reminder"), Href: "/fund/dues/reminder" + query},
	}
	return d.show(page.FundLists(p))
}

func ofBranch(lines []dueLine, branch body.ID) []dueLine {
	if branch == 0 {
		return lines
	}
	var some []dueLine
	for _, l := range lines {
		if l.branch == branch {
			some = append(some, l)
		}
	}
	return some
}

// narrowed leaves the members that the reader asked for, by name.
func (d *desk) narrowed(lines []dueLine, year int) ([]dueLine, error) {
	asked, state := text.Fold(d.value("q")), d.value("state")
	var some []dueLine
	for _, l := range ofBranch(lines, body.ID(d.idGiven("branch"))) {
		if state == "" || state == l.state() || state == "owes" && (l.state() == "part" || len(l.Left) > 0) {
			some = append(some, l)
		}
	}
	some, err := d.named(some, year)
	if asked == "" {
		return some, err
	}
	return slices.DeleteFunc(some, func(l dueLine) bool { return !strings.Contains(text.Fold(l.Member.Name), asked) }), err
}

func (d *desk) dueFilter(p *page.FundList, year int) {
	p.Filter = &page.FilterHead{Action: "/fund/dues", Query: d.value("q"), Label: d.say("fundpages.dues.find")}
	if d.value("q")+d.value("branch")+d.value("state") != "" {
		p.Filter.Clear = d.to("/fund/dues", "year", strconv.Itoa(year))
	}
	states := []page.Option{{Text: d.say("common.all")}}
	for _, s := range []string{"owes", "paid", "exempt"} {
		states = append(states, page.Option{Value: s, Text: d.say("fundpages.dues.state." + s)})
	}
	p.Picks = append([]page.FundPick{
		{Field: page.Field{Name: "branch", Label: d.say("fundpages.branch"), Value: d.value("branch")}, Options: d.branchOptions(d.say("fundpages.branch.all"))},
		{Field: page.Field{Name: "state", Label: d.say("common.status"), Value: d.value("state")}, Options: states},
		{Field: page.Field{Name: "year", Label: d.say("common.year"), Value: strconv.Itoa(year), Short: true}},
	}, d.fundPick()...)
}

// dueTiles sums up a year.
func (d *desk) dueTiles(lines []dueLine) []page.Tile {
	var paid, left []money.Amount
	count := map[string]int{}
	late := 0
	for _, l := range lines {
		count[l.state()]++
		if !l.year.Paid.IsZero() {
			paid = addSum(paid, l.year.Paid)
		}
		for _, a := range l.Left {
			left = addSum(left, a)
		}
		if len(l.Left) > 0 {
			late++
		}
	}
	some := func(all []money.Amount) string {
		if len(all) == 0 {
			return d.sum(0, d.fund.Currency)
		}
		return d.sums(all)
	}
	return []page.Tile{
		{Figure: some(paid), Text: d.say("fundpages.dues.tile.paid", count["paid"], len(lines)), Broad: true},
		{Figure: some(left), Text: d.say("fundpages.dues.tile.left", late), Broad: true},
		{Figure: strconv.Itoa(count["exempt"]), Text: d.say("fundpages.dues.tile.exempt")},
	}
}

// dueBranches sums up a year by branch.
func (d *desk) dueBranches(lines []dueLine, year int) page.Table {
	t := page.Table{Caption: d.say("fundpages.bybranch"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.branch"), Chief: true},
		{Head: d.say("fundpages.dues.members"), Figure: true},
		{Head: headed(d.say("fundpages.dues.state.paid")), Figure: true},
		{Head: headed(d.say("fundpages.dues.state.exempt")), Figure: true},
		{Head: d.say("fundpages.dues.late"), Figure: true},
		{Head: d.say("fundpages.dues.left.all"), Figure: true},
	}, Empty: page.Empty{Glyph: page.GlyphPeople, Head: d.say("fundpages.dues.nobody"), Text: d.say("fundpages.dues.nobody.text"), Do: page.Link{Text: d.say("menu.people"), Href: "/people"}}}
	type branchSum struct {
		count map[string]int
		left  []money.Amount
	}
	sums := map[body.ID]*branchSum{}
	for i := range lines {
		l := &lines[i]
		s := sums[l.branch]
		if s == nil {
			s = &branchSum{count: map[string]int{}}
			sums[l.branch] = s
		}
		s.count[l.state()]++
		s.count["all"]++
		if len(l.Left) > 0 {
			s.count["late"]++
		}
		for _, a := range l.Left {
			s.left = addSum(s.left, a)
		}
	}
	order := slices.SortedFunc(maps.Keys(sums), func(a, b body.ID) int {
		return cmp.Or(strings.Compare(text.Fold(d.bodies[a]), text.Fold(d.bodies[b])), cmp.Compare(a, b))
	})
	for _, id := range order {
		count := sums[id].count
		t.Rows = append(t.Rows, page.Row{Href: d.to("/fund/dues", "year", strconv.Itoa(year), "branch", decimal(id)), Cells: []page.Cell{
			{Text: d.bodies[id]}, {Text: strconv.Itoa(count["all"])}, {Text: strconv.Itoa(count["paid"])}, {Text: strconv.Itoa(count["exempt"])}, {Text: strconv.Itoa(count["late"])}, {Text: d.sums(sums[id].left)},
		}})
	}
	return t
}

// dueTable names members with what they paid and owe.
func (d *desk) dueTable(lines []dueLine, year int) page.Table {
	t := page.Table{ID: "members", Caption: d.say("fundpages.dues.members"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.dues.member"), Chief: true},
		{Head: d.say("fundpages.branch")},
		{Head: d.say("fundpages.dues.paid", strconv.Itoa(year)), Figure: true},
		{Head: d.say("fundpages.dues.left"), Figure: true},
		{Head: d.say("fundpages.dues.since")},
		{Head: d.say("common.status")},
	}, Empty: page.Empty{Glyph: page.GlyphSearch, Head: d.say("fundpages.dues.nomatch"), Text: d.say("fundpages.entries.nomatch.text")}}
	shown := lines[:min(len(lines), duesShown)]
	if len(shown) < len(lines) {
		t.Told = d.say("fundpages.dues.more", len(shown), len(lines))
	}
	for _, l := range shown {
		since := ""
		if l.Since != 0 {
			since = strconv.Itoa(l.Since)
		}
		m := d.dueMark(l)
		t.Rows = append(t.Rows, page.Row{Href: d.to("/fund/dues/"+decimal(l.member.ID), "year", strconv.Itoa(year)), Cells: []page.Cell{
			{Text: l.Member.Name, Note: l.member.Number}, {Text: d.bodies[l.branch]}, {Text: d.sums(nonzero(l.year.Paid))}, {Text: d.sums(l.Left)}, {Text: since}, page.Marked(m),
		}})
	}
	return t
}

// headed begins a word with a capital, as heads of columns do.
func headed(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// nonzero is an amount where there is one.
func nonzero(a money.Amount) []money.Amount {
	if a.IsZero() {
		return nil
	}
	return []money.Amount{a}
}

func (d *desk) dueMark(l dueLine) page.Mark {
	state := l.state()
	m := page.Mark{Tone: page.Due, Text: d.say("fundpages.dues.state." + state)}
	switch state {
	case "paid":
		m.Tone = page.Done
	case "exempt", "none":
		m.Tone = page.Plain
		m.Text += note(l.year.Reason)
	case "owes":
		m.Tone = page.Late
	}
	return m
}

// note puts a reason in brackets.
func note(reason string) string {
	if reason == "" {
		return ""
	}
	return " (" + reason + ")"
}

// ratePart shows what a category pays, and lets it be set.
func (d *desk) ratePart(year int, wrong page.Problems) (page.FundPart, error) {
	rates, err := d.view().DueRates(d.Context(), d.fund.Body)
	t := page.Table{Caption: d.say("fundpages.rates"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.category"), Chief: true}, {Head: d.say("fundpages.rates.year"), Figure: true}, {Head: d.say("fundpages.rates.since")}, {Head: d.say("common.until")},
	}, Empty: page.Empty{Head: d.say("fundpages.rates.none"), Text: d.say("fundpages.rates.none.text")}}
	inForce := false
	for _, r := range rates {
		until := ""
		if r.Until != fund.LastYear {
			until = strconv.Itoa(r.Until)
		}
		inForce = inForce || r.Since <= year && year <= r.Until
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: d.category(r.Category)}, {Text: d.sums([]money.Amount{r.Amount})}, {Text: strconv.Itoa(r.Since)}, {Text: until}}})
	}
	part := page.FundPart{Head: d.say("fundpages.rates"), Table: t, Fold: inForce && len(wrong) == 0}
	if d.mayArrange() {
		part.Body = page.FundSmall(d.reader, d.rateForm(year, wrong))
	}
	return part, err
}

// category names a category of members.
func (d *desk) category(c person.Category) string {
	if c == "" {
		return d.say("fundpages.category.other")
	}
	return d.say("person.category." + string(c))
}

func (d *desk) rateForm(year int, wrong page.Problems) page.FundForm {
	f := page.FundForm{Head: page.FormHead{Action: d.to("/fund/dues/rates")}, Wrong: wrong, Carry: d.carryFund(), Do: d.say("fundpages.rates.do")}
	category, amount, since := d.field(&f, "category", "fundpages.category"), d.amountField(&f, "amount", "fundpages.rates.year"), d.field(&f, "since", "fundpages.rates.since")
	if since.Short = true; since.Value == "" {
		since.Value = strconv.Itoa(year)
	}
	options := []page.Option{{Text: d.category("")}}
	for _, c := range person.Categories() {
		options = append(options, page.Option{Value: string(c), Text: d.category(c)})
	}
	f.Main = []templ.Component{page.Select(d.reader, category, options), page.MoneyInput(d.reader, amount), page.NumberInput(d.reader, since)}
	return f
}

// fundDuesSheet gives the members with their dues as a workbook.
func (s *Server) fundDuesSheet(d *desk) error {
	lines, err := d.duesOf(d.yearGiven())
	if err != nil {
		return err
	}
	if lines, err = d.narrowed(lines, d.yearGiven()); err != nil {
		return err
	}
	var rows [][]sheet.Value
	for _, l := range lines {
		left := money.Of(0, d.fund.Currency)
		for _, a := range l.Left {
			if a.Currency == left.Currency {
				left = a
			}
		}
		since := sheet.Value{}
		if l.Since != 0 {
			since = sheet.Count(int64(l.Since))
		}
		rows = append(rows, []sheet.Value{
			sheet.Words(l.member.Number), sheet.Words(l.Member.Name), sheet.Words(d.bodies[l.branch]), sheet.Words(d.category(l.member.Category)),
			sheet.Sum(l.year.Owed), sheet.Sum(l.year.Paid), sheet.Sum(left), since, sheet.Words(d.dueMark(l).Text),
		})
	}
	heads := []string{"fundpages.number", "fundpages.dues.member", "fundpages.branch", "fundpages.category", "fundpages.dues.owed", "fundpages.paid.in", "fundpages.dues.left", "fundpages.dues.since", "common.status"}
	return d.sendTable("hoi-phi.xlsx", d.say("fundpages.dues"), heads, rows)
}

// fundReminder words a reminder to be pasted into a chat of the branch.
func (s *Server) fundReminder(d *desk) error {
	year := d.yearGiven()
	lines, err := d.duesOf(year)
	if err != nil {
		return err
	}
	p := page.FundList{Shell: d.frame(d.say("fundpages.reminder"), page.Link{Text: d.say("fundpages.dues"), Href: d.to("/fund/dues", "year", strconv.Itoa(year))})}
	p.Shell.Lead = d.say("fundpages.reminder.lead")
	owing := slices.DeleteFunc(ofBranch(lines, body.ID(d.idGiven("branch"))), func(l dueLine) bool { return len(l.Left) == 0 })
	if owing, err = d.named(owing, year); err != nil {
		return err
	}
	var order []body.ID
	by := map[body.ID][]string{}
	for _, l := range owing {
		if !slices.Contains(order, l.branch) {
			order = append(order, l.branch)
		}
		by[l.branch] = append(by[l.branch], strconv.Itoa(len(by[l.branch])+1)+". "+l.Member.Name+": "+d.sums(l.Left))
	}
	for _, id := range order {
		words := d.say("fundpages.reminder.text", d.bodies[id], strconv.Itoa(year)) + "\n" + strings.Join(by[id], "\n") + "\n" + d.say("fundpages.reminder.end")
		f := page.Field{Name: "text-" + decimal(id), Label: d.say("fundpages.reminder.for", d.bodies[id]), Value: words, Whole: true, Fixed: true}
		p.Parts = append(p.Parts, page.FundPart{Head: d.bodies[id], Body: page.TextArea(d.reader, f, min(len(by[id])+4, 16))})
	}
	if len(order) == 0 {
		p.Notes = []page.Flash{{Tone: page.Done, Text: d.say("fundpages.reminder.nobody")}}
	}
	return d.show(page.FundLists(p))
}
