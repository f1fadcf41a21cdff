package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/intake"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

// Rows of the roll on one page, and on paper.
const (
	peopleRows  = 50
	peoplePrint = 20_000
)

// people shows the roll.
func (s *Server) people(q *request) error {
	if !q.actor.Somewhere(access.ReadRoll) {
		return fault.Forbid("access.forbidden.read_roll")
	}
	query, err := q.peopleQuery()
	if err != nil {
		return err
	}
	rows, next, err := q.view().People(q.Context(), query)
	if err != nil {
		return err
	}
	n, more, err := q.view().CountPeople(q.Context(), query)
	if err != nil {
		return err
	}
	p := page.PeoplePage{Shell: q.shell(q.say("people.title")), Filter: q.peopleFilter()}
	if q.actor.Somewhere(access.KeepRoll) {
		p.Shell.Actions = page.FirstLink(q.say("people.new"), "/people/new")
	}
	if err := q.peoplePicks(&p); err != nil {
		return err
	}
	if p.Table, err = q.peopleTable(rows, query); err != nil {
		return err
	}
	p.Table.Told = q.told(n, more)
	if next != "" {
		p.Table.Next = q.turned("after", next)
	}
	if query.After != "" {
		p.Table.First = q.turned("after", "")
	}
	p.Tools = q.peopleTools()
	return q.show(page.People(p))
}

// peopleQuery reads what the roll is narrowed by. Members are shown until
// something else is asked for.
func (q *request) peopleQuery() (store.PeopleQuery, error) {
	query := store.PeopleQuery{
		Typed: q.value("q"), Status: store.Status(q.value("status")), Branch: body.ID(q.id("branch")), Category: person.Category(q.value("category")),
		Sex: person.Sex(q.value("sex")), Household: body.ID(q.id("household")), Consent: q.value("consent"), Missing: q.value("missing"),
		After: q.value("after"), Limit: peopleRows,
	}
	if !slices.Contains(store.Statuses(), query.Status) {
		query.Status = store.IsMember
	}
	if from, err := strconv.Atoi(q.value("age")); err == nil {
		query.AgeFrom, query.AgeTo = from, bandEnd(from)
	}
	if query.Branch != 0 {
		// Whoever narrows by a body that is not there is told so, whatever the borders.
		if _, err := q.view().Body(q.Context(), query.Branch); err != nil {
			return query, err
		}
		query.Borders = q.bordersAsked()
	}
	origin, _ := q.place("origin")
	residence, _ := q.place("residence")
	query.Origin, query.Residence = place.ID(origin), place.ID(residence)
	if q.value("all") != "" {
		query.Limit, query.After = peoplePrint, ""
	}
	return query, nil
}

// bandEnd gives the last age of the band that begins at an age, 0 for the last.
func bandEnd(from int) int {
	for _, next := range person.Bands() {
		if next > from {
			return next - 1
		}
	}
	return 0
}

// turned gives this address with one answer changed, other pages forgotten.
func (q *request) turned(name, value string) string {
	all := url.Values{}
	for key, given := range q.URL.Query() {
		if key != name && key != "after" && key != "all" && len(given) > 0 && given[0] != "" {
			all[key] = given
		}
	}
	if value != "" {
		all.Set(name, value)
	}
	if len(all) == 0 {
		return q.URL.Path
	}
	return q.URL.Path + "?" + all.Encode()
}

// told says how many are listed in all.
func (q *request) told(n int64, more bool) string {
	if more {
		return q.say("people.count.over", n)
	}
	return q.say("people.count", n)
}

func (q *request) peopleFilter() page.FilterHead {
	h := page.FilterHead{Action: "/people", Results: "roll", Query: q.value("q"), Label: q.say("people.search")}
	if len(q.URL.Query()) > 0 {
		h.Clear = "/people"
	}
	return h
}

func (q *request) peopleTools() []page.Tool {
	tools := []page.Tool{
		{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/people.xlsx" + strings.TrimPrefix(q.turned("after", ""), "/people")},
		{Glyph: page.GlyphPrint, Text: q.say("people.whole"), Href: q.turned("all", "1")},
		{Glyph: page.GlyphReport, Text: q.say("census.title"), Href: "/people/census"},
		{Glyph: page.GlyphGift, Text: q.say("longevity.title"), Href: "/longevity"},
		{Glyph: page.GlyphHome, Text: q.say("household.title"), Href: "/households"},
	}
	if q.actor.Somewhere(access.KeepRoll) {
		tools = append(tools,
			page.Tool{Glyph: page.GlyphPeople, Text: q.say("duplicates.title"), Href: "/people/duplicates"})
	}
	return q.importTool(tools, intake.People)
}

// peoplePicks fills the questions by which the roll is narrowed.
func (q *request) peoplePicks(p *page.PeoplePage) error {
	branches, err := q.bodyOptions(access.ReadRoll, q.say("people.branch.all"))
	if err != nil {
		return err
	}
	status := q.value("status")
	if status == "" {
		status = string(store.IsMember)
	}
	p.Main = []page.Pick{
		{Field: page.Field{Name: "status", Label: q.say("people.status"), Value: status}, Options: q.options("people.status.", "", strs(store.Statuses())...)},
		{Field: page.Field{Name: "branch", Label: q.say("person.branch"), Value: q.value("branch")}, Options: branches},
	}
	all := q.say("common.all")
	p.More = []page.Pick{
		{Field: page.Field{Name: "age", Label: q.say("people.age"), Value: q.value("age")}, Options: q.bands(all)},
		{Field: page.Field{Name: "sex", Label: q.say("person.sex"), Value: q.value("sex")}, Options: q.options("person.sex.", all, "m", "f")},
		{Field: page.Field{Name: "category", Label: q.say("person.category"), Value: q.value("category")}, Options: q.options("person.category.", all, strs(person.Categories())...)},
		{Field: page.Field{Name: "consent", Label: q.say("person.consent"), Value: q.value("consent")}, Options: q.options("person.consent.", all, "yes", "no", "unasked")},
		{Field: page.Field{Name: "borders", Label: q.say("people.borders"), Value: orElse(q.value("borders"), "then")}, Options: q.borderOptions()},
		{Field: page.Field{Name: "missing", Label: q.say("people.missing"), Value: q.value("missing")}, Options: q.options("people.missing.", q.say("people.missing.none"), store.Gaps()...)},
	}
	p.Day = page.Field{Name: "day", Label: q.say("border.day.label"), Value: q.value("day")}
	for _, name := range []string{"age", "sex", "borders", "day", "category", "consent", "missing", "origin", "residence", "col"} {
		p.MoreSet = p.MoreSet || q.value(name) != ""
	}
	p.Origin, p.OriginBy = q.placeField("origin", q.id("originId"), q.value("origin"))
	p.Residence, p.LivesBy = q.placeField("residence", q.id("residenceId"), q.value("residence"))
	p.Columns = page.Pick{Field: page.Field{Name: "col", Label: q.say("people.columns")}}
	for _, c := range peopleColumns() {
		p.Columns.Options = append(p.Columns.Options, page.Option{Value: c.key, Text: q.say(c.head), Chosen: slices.Contains(q.columns(), c.key)})
	}
	return nil
}

// strs gives the texts of values that are named texts.
func strs[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}

// options words a closed set of answers; blank, where given, is the choice of none.
func (q *request) options(prefix, blank string, values ...string) []page.Option {
	var all []page.Option
	if blank != "" {
		all = append(all, page.Option{Text: blank})
	}
	for _, v := range values {
		all = append(all, page.Option{Value: v, Text: q.say(prefix + v)})
	}
	return all
}

// bands words the ages between which people are counted.
func (q *request) bands(blank string) []page.Option {
	all := []page.Option{{Text: blank}}
	for _, from := range person.Bands() {
		all = append(all, page.Option{Value: strconv.Itoa(from), Text: q.band(from)})
	}
	return all
}

// band words one band: "60–69", "từ 90".
func (q *request) band(from int) string {
	switch to := bandEnd(from); {
	case from < 0:
		return q.say("census.unknown")
	case from == 0:
		return q.say("people.age.under", to+1)
	case to == 0:
		return q.say("people.age.over", from)
	default:
		return q.say("people.age.between", from, to)
	}
}
