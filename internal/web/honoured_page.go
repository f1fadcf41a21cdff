package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// settingGrouping keeps how plans for ages are made: one each, or one a branch.
const settingGrouping = "longevity.grouping"

// honouredLadder is the association's ladder, in the year asked for.
func (q *request) honouredLadder() (person.Ladder, int, error) {
	ladder, err := q.ladder()
	switch q.value("way") {
	case "solar":
		ladder.Lunar = false
	case "lunar":
		ladder.Lunar = true
	}
	return ladder, q.ladderYear(ladder), err
}

// honouredPage shows who turns 70, 75, 80… in a year, by branch, what they
// receive by norm, and who was missed the year before, a page of each at a time.
func (s *Server) honouredPage(q *request) error {
	p, err := q.honouredShown(nil)
	if err != nil {
		return err
	}
	return q.show(page.Honoured(p))
}

// honouredShown fills the page, with what was wrong with a plan.
func (q *request) honouredShown(wrong page.Problems) (page.HonouredPage, error) {
	if !q.actor.Somewhere(access.ReadRoll) {
		return page.HonouredPage{}, fault.Forbid("access.forbidden.read_roll")
	}
	ladder, year, err := q.honouredLadder()
	if err != nil {
		return page.HonouredPage{}, err
	}
	roll, names, err := q.honouredRoll(ladder, year)
	if err != nil {
		return page.HonouredPage{}, err
	}
	p := page.HonouredPage{Wrong: wrong, Shell: q.shell(q.say("honoured.head.year", strconv.Itoa(year))), Tabs: q.deedTabs("/longevity"), Filter: page.FilterHead{Action: "/longevity", Query: q.value("q"), Label: q.say("honoured.find"), Results: "listed"}}
	p.Shell.Lead = q.say("honoured.lead", len(roll), q.speaker().Period(ladder.Period(year)))
	p.Shell.Lead += " · " + q.say("longevity.counting."+string(ladder.Counting))
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/longevity.xlsx" + queryOf(q)}}
	if q.may(access.ManageBody, q.root()) {
		p.Tools = append(p.Tools, page.Tool{Glyph: page.GlyphSettings, Text: q.say("settings.longevity"), Href: "/people/longevity/settings"})
	}
	p.Empty = page.Empty{Glyph: page.GlyphGift, Head: q.say("honoured.none"), Text: q.say("honoured.none.text"), Do: page.Link{Text: q.say("menu.people"), Href: "/people"}}
	q.honouredChoices(&p, ladder, year)
	if err := q.honouredWhere(&p); err != nil {
		return p, err
	}
	all, err := q.honouredLeaf(&p, roll, ladder, year, names)
	if err != nil {
		return p, err
	}
	if err := q.honouredNorms(&p, all, roll, ladder, year); err != nil {
		return p, err
	}
	if err := q.honouredPlanning(&p, all, ladder, year); err != nil {
		return p, err
	}
	return p, q.honouredMissed(&p, ladder, year-1, names)
}

// honouredNorms says where the gifts come from, as long as no norm gives any.
// All who are honoured are asked, not those of the page alone.
func (q *request) honouredNorms(p *page.HonouredPage, shown []honouredOne, roll []store.Reaching, ladder person.Ladder, year int) error {
	if len(roll) == 0 || slices.ContainsFunc(shown, func(h honouredOne) bool { return h.gift != "" }) || !q.may(access.ReadFund, q.root()) {
		return nil
	}
	norms, on := map[body.ID]map[int]fund.Norm{}, min(ladder.Period(year).To, q.today())
	for _, r := range roll {
		n, err := q.ageNorm(norms, r.Home, r.Age, on)
		if err != nil || q.giftText(n) != "" {
			return err
		}
	}
	p.Notes = append(p.Notes, page.NoteLine{Tone: page.Plain, Text: q.say("honoured.norms.none"), Link: page.Link{Text: q.say("honoured.norms.set"), Href: "/settings/norms"}})
	return nil
}

// honouredChoices offers the years and the two calendars.
func (q *request) honouredChoices(p *page.HonouredPage, ladder person.Ladder, year int) {
	for y := q.today().Year() + 2; y > q.today().Year()-6; y-- {
		p.Year.Options = append(p.Year.Options, page.Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	p.Year.Field = page.Field{Name: "year", Label: q.say("common.year"), Value: strconv.Itoa(year)}
	way := "solar"
	if ladder.Lunar {
		way = "lunar"
	}
	p.Way = page.SelectField{Field: page.Field{Name: "way", Label: q.say("longevity.year"), Value: way}, Options: []page.Option{{Value: "solar", Text: q.say("longevity.year.solar")}, {Value: "lunar", Text: q.say("longevity.year.lunar")}}}
}

// honouredWhere offers the branches, and says how many people's births say too
// little to tell.
func (q *request) honouredWhere(p *page.HonouredPage) error {
	of := body.ID(q.id("branch"))
	options, err := q.bodyOptions(access.ReadRoll, q.say("people.branch.all"))
	if err != nil {
		return err
	}
	p.Branch = page.SelectField{Field: page.Field{Name: "branch", Label: q.say("person.branch"), Value: idOrNone(of)}, Options: options}
	unknown, _, err := q.view().CountPeople(q.Context(), store.PeopleQuery{Status: store.IsMember, Branch: of, Missing: "birth"})
	if err == nil && unknown > 0 {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Due, Text: q.say("longevity.unknown", int(unknown)), Link: page.Link{Text: q.say("common.show"), Href: "/people?missing=birth" + branchAsked(of)}})
	}
	return err
}

// branchAsked keeps the branch in the address of a list of people.
func branchAsked(of body.ID) string {
	if of == 0 {
		return ""
	}
	return "&branch=" + idText(of)
}

// honouredRoll lists all who are honoured in a year, branch after branch, the
// eldest first; names are those of the branches.
func (q *request) honouredRoll(ladder person.Ladder, year int) ([]store.Reaching, map[body.ID]string, error) {
	roll, err := q.view().TurningRoll(q.Context(), body.ID(q.id("branch")), ladder, year, q.value("q"))
	if err != nil {
		return nil, nil, err
	}
	names, err := q.names()
	slices.SortStableFunc(roll, func(a, b store.Reaching) int {
		return cmp.Or(cmp.Compare(names[a.Home], names[b.Home]), cmp.Compare(b.Age, a.Age))
	})
	return roll, names, err
}

// turning reads the records of some who reach an age, in their order.
func (q *request) turning(some []store.Reaching) ([]store.Turning, error) {
	ids := make([]person.ID, len(some))
	for i, r := range some {
		ids[i] = r.Person
	}
	rows, err := q.view().PeopleRows(q.Context(), ids)
	by := make(map[person.ID]store.PersonRow, len(rows))
	for _, row := range rows {
		by[row.ID] = row
	}
	var all []store.Turning
	for _, r := range some {
		if row, known := by[r.Person]; known {
			all = append(all, store.Turning{PersonRow: row, Turning: r.Turning})
		}
	}
	return all, err
}

// honouredLeaf lays one page of those who are honoured out, a table for each
// branch, each headed by how many the whole branch has.
func (q *request) honouredLeaf(p *page.HonouredPage, roll []store.Reaching, ladder person.Ladder, year int, names map[body.ID]string) ([]honouredOne, error) {
	count := map[body.ID]int{}
	for _, r := range roll {
		count[r.Home]++
	}
	var pager page.Table
	from, to := q.leaf(&pager, "from", len(roll))
	turning, err := q.turning(roll[from:to])
	if err != nil {
		return nil, err
	}
	all, err := q.honoured(ladder, year, turning)
	var last body.ID
	for _, h := range all {
		home := lastingBody(h.PersonRow)
		if len(p.Groups) == 0 || home != last {
			p.Groups = append(p.Groups, page.Table{Caption: q.say("honoured.branch", names[home], count[home]), Columns: q.honouredColumns()})
			last = home
		}
		t := &p.Groups[len(p.Groups)-1]
		t.Rows = append(t.Rows, q.honouredRow(h))
	}
	if n := len(p.Groups); n > 0 {
		t := &p.Groups[n-1]
		t.Told, t.First, t.Next = pager.Told, pager.First, pager.Next
	}
	return all, err
}

func (q *request) honouredColumns() []page.Column {
	return []page.Column{{Head: q.say("common.choose")}, {Head: q.say("deed.row.name"), Chief: true}, {Head: q.say("deed.row.age"), Figure: true}, {Head: q.say("longevity.on")}, {Head: q.say("common.address")}, {Head: q.say("honoured.gift")}, {Head: q.say("common.status")}}
}

// honouredRow is one who is honoured: age, day, address, gift, how far it is.
func (q *request) honouredRow(h honouredOne) page.Row {
	tick := page.Cell{}
	if h.state == unwritten && q.may(access.PostDeeds, lastingBody(h.PersonRow)) {
		tick.Part = page.Pickable("pick", personMark(h.ID)+"-"+strconv.Itoa(h.Age), h.Name, q.Method == "GET" || slices.Contains(q.values("pick"), personMark(h.ID)+"-"+strconv.Itoa(h.Age)))
	}
	age := page.Cell{Text: strconv.Itoa(h.Age)}
	if !h.Sure {
		age.Note = q.say("longevity.unsure")
	}
	state := page.Cell{Part: page.Badge(page.Due, q.say("honoured.unwritten"))}
	switch h.state {
	case planned:
		state = page.Cell{Part: page.Badge(page.Waiting, q.say("deed.status.planned")), Note: ""}
	case celebrated:
		state = page.Cell{Part: page.Badge(page.Done, q.say("honoured.done"))}
	}
	href := personPath(h.ID)
	if h.deed != 0 {
		href = deedPath(h.deed)
	}
	residence, _ := q.placed(h.Residence, h.ResidenceNote)
	return page.Row{Href: href, Cells: []page.Cell{
		tick, {Text: h.Name, Note: h.Phone}, age, {Text: q.dated(h.On)}, {Text: cmp.Or(h.Address, residence)}, {Text: h.gift}, state,
	}}
}

// honouredPlanning offers to plan for those who are ticked.
func (q *request) honouredPlanning(p *page.HonouredPage, all []honouredOne, ladder person.Ladder, year int) error {
	open := slices.ContainsFunc(all, func(h honouredOne) bool {
		return h.state == unwritten && q.may(access.PostDeeds, lastingBody(h.PersonRow))
	})
	if !open {
		return nil
	}
	grouping, err := q.view().Setting(q.Context(), q.root(), settingGrouping)
	if err != nil {
		return err
	}
	way := "solar"
	if ladder.Lunar {
		way = "lunar"
	}
	p.Plan = "/longevity?year=" + strconv.Itoa(year) + "&way=" + way
	grouping = cmp.Or(q.value("group"), grouping)
	p.Fields = []page.Field{
		p.Wrong.Mark(page.Field{Name: "also", Label: q.say("deed.form.also.visitor"), Hint: q.say("deed.form.names.hint"), Value: q.value("also")}),
		p.Wrong.Mark(page.Field{Name: "day", Label: q.say("deed.form.day"), Hint: q.say("honoured.day.hint"), Value: q.value("day")}),
	}
	p.Group = []page.Option{
		{Value: "each", Text: q.say("honoured.group.each"), Chosen: grouping != "branch"}, {Value: "branch", Text: q.say("honoured.group.branch"), Chosen: grouping == "branch"},
	}
	return nil
}

// honouredMissed lists who should have been honoured the year before and was
// not.
func (q *request) honouredMissed(p *page.HonouredPage, ladder person.Ladder, year int, names map[body.ID]string) error {
	before, err := q.view().TurningRoll(q.Context(), 0, ladder, year, "")
	if err != nil {
		return err
	}
	ids := make([]person.ID, len(before))
	for i, r := range before {
		ids[i] = r.Person
	}
	parts, err := q.celebrations(ladder, year, ids)
	if err != nil {
		return err
	}
	period := ladder.Period(year)
	missed := slices.DeleteFunc(before, func(r store.Reaching) bool {
		state, _ := celebratedIn(parts[r.Person], r.Age, period)
		return state == celebrated
	})
	p.Missed = page.Table{ID: "missed", Columns: []page.Column{{Head: q.say("deed.row.name"), Chief: true}, {Head: q.say("deed.row.age"), Figure: true}, {Head: q.say("deed.form.body")}, {Head: q.say("common.status")}}}
	p.Missed.Caption = q.say("honoured.missed.head", strconv.Itoa(year), len(missed))
	from, to := q.leaf(&p.Missed, "missed", len(missed))
	shown, err := q.turning(missed[from:to])
	if err != nil {
		return err
	}
	for _, h := range shown {
		href := "/deeds/new?kind=" + agesKind + "&for=" + personMark(h.ID)
		if _, id := celebratedIn(parts[h.ID], h.Age, period); id != 0 {
			href = deedPath(id)
		}
		p.Missed.Rows = append(p.Missed.Rows, page.Row{Href: href, Cells: []page.Cell{{Text: h.Name}, {Text: strconv.Itoa(h.Age)}, {Text: names[lastingBody(h.PersonRow)]}, {Part: page.Badge(page.Late, q.say("honoured.missed"))}}})
	}
	return nil
}

// honouredSheet gives all who are honoured in a year as a workbook.
func (s *Server) honouredSheet(q *request) error {
	if !q.actor.Somewhere(access.ReadRoll) {
		return fault.Forbid("access.forbidden.read_roll")
	}
	ladder, year, err := q.honouredLadder()
	if err != nil {
		return err
	}
	roll, names, err := q.honouredRoll(ladder, year)
	if err != nil {
		return err
	}
	turning, err := q.turning(roll)
	if err != nil {
		return err
	}
	all, err := q.honoured(ladder, year, turning)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("honoured.head.year", strconv.Itoa(year))}
	for _, key := range []string{"deed.form.body", "deed.row.name", "person.phone", "deed.row.age", "longevity.on", "common.address", "honoured.gift", "common.status"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	states := map[int]string{unwritten: q.say("honoured.unwritten"), planned: q.say("deed.status.planned"), celebrated: q.say("honoured.done")}
	var rows [][]sheet.Value
	for _, h := range all {
		residence, _ := q.placed(h.Residence, h.ResidenceNote)
		rows = append(rows, []sheet.Value{
			sheet.Words(names[lastingBody(h.PersonRow)]), sheet.Words(h.Name), sheet.Words(h.Phone), sheet.Count(int64(h.Age)), sheet.On(h.On),
			sheet.Words(cmp.Or(h.Address, residence)), sheet.Words(h.gift), sheet.Words(states[h.state]),
		})
	}
	t.Rows = slices.Values(rows)
	return q.sendSheet(q.say("honoured.file"), t)
}

// honouredPlan makes planned deeds for those who are ticked: one each, or one
// for each branch.
func (s *Server) honouredPlan(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	ladder, year, err := q.honouredLadder()
	if err != nil {
		return err
	}
	all, err := q.honouredBy(ladder, year, 0, nil)
	if err != nil {
		return err
	}
	picked := q.values("pick")
	all = slices.DeleteFunc(all, func(h honouredOne) bool {
		return h.state != unwritten || !slices.Contains(picked, personMark(h.ID)+"-"+strconv.Itoa(h.Age))
	})
	plans, err := q.honouredPlans(all, ladder, year)
	if err == nil {
		err = q.write("honoured.why", func(ctx context.Context, tx *store.Tx) error {
			for _, d := range plans {
				if _, err := deed.Post(ctx, tx, q.actor, d); err != nil {
					return err
				}
			}
			if !q.may(access.ManageBody, q.root()) {
				return nil
			}
			grouping := "each"
			if q.value("group") == "branch" {
				grouping = "branch"
			}
			return tx.SetSetting(ctx, q.root(), settingGrouping, grouping)
		})
	}
	if isInvalid(err) {
		p, err := q.honouredShown(page.ProblemsOf(err, q.reader))
		if err != nil {
			return err
		}
		return q.again(page.Honoured(p))
	}
	if err != nil {
		return err
	}
	said := q.well("honoured.planned", len(plans), len(all))
	said.Link = page.Link{Text: q.say("today.coming.all"), Href: "/deeds?status=planned&kind=" + agesKind + "&sort=oldest"}
	return q.doneAt("/longevity?"+strings.TrimPrefix(q.URL.RawQuery, "?"), said)
}

// honouredPlans reads the form into plans for those who are ticked.
func (q *request) honouredPlans(all []honouredOne, ladder person.Ladder, year int) ([]deed.Deed, error) {
	var nobody error
	if len(all) == 0 {
		nobody = fault.Refuse("honoured.nobody")
	}
	day, dayErr := q.readDay(q.value("day"))
	if dayErr != nil {
		dayErr = at("day", dayErr)
	}
	visitors, alsoErr := q.people(q.value("also"), deed.Visitor)
	if err := fault.Gather(nobody, dayErr, alsoErr); err != nil {
		return nil, err
	}
	plans := plansFor(all, ladder, year, day, q.value("group") == "branch")
	for i := range plans {
		plans[i].Parties = append(plans[i].Parties, visitors...)
	}
	return plans, nil
}

// plansFor makes the plans: on the day given, or the birthday, or in the year.
func plansFor(all []honouredOne, ladder person.Ladder, year int, day calendar.Date, byBranch bool) []deed.Deed {
	at := map[body.ID]int{}
	var plans []deed.Deed
	for _, h := range all {
		home := lastingBody(h.PersonRow)
		i, known := at[home]
		if !byBranch || !known {
			d := deed.Deed{Kind: agesKind, Status: deed.Planned, Body: home, Day: day}
			if day.IsUnknown() && !byBranch {
				d.Day = h.On
			}
			if d.Day.IsUnknown() {
				d.Day = ladder.Period(year).Date()
			}
			i, plans = len(plans), append(plans, d)
			at[home] = i
		}
		plans[i].Parties = append(plans[i].Parties, deed.Party{Role: deed.Receiver, Person: h.ID, Detail: deed.Detail{Step: h.Age, Amount: h.norm.Amount, Goods: h.norm.Goods}})
		plans[i].Lines = withLine(withLine(plans[i].Lines, deed.Line{Unit: deed.Acts, Quantity: 1}), deed.Line{Unit: deed.Money, Currency: h.norm.Amount.Currency, Quantity: h.norm.Amount.Minor})
	}
	return plans
}

// withLine adds a line to one that counts the same; nothing is not counted.
func withLine(lines []deed.Line, l deed.Line) []deed.Line {
	if l.Quantity == 0 {
		return lines
	}
	for i := range lines {
		if lines[i].Unit == l.Unit && lines[i].Currency == l.Currency {
			lines[i].Quantity += l.Quantity
			return lines
		}
	}
	return append(lines, l)
}
