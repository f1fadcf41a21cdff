package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// longevity lists who reaches an age that is honoured in a year, by branch.
func (s *Server) longevity(q *request) error {
	ladder, err := q.ladder()
	if err != nil {
		return err
	}
	of, year := body.ID(q.id("branch")), q.ladderYear(ladder)
	turning, unknown, err := q.view().Longevity(q.Context(), of, ladder, year)
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.LongevityPage{
		Shell: q.shell(q.say("longevity.title")), Filter: page.FilterHead{Action: "/people/longevity", NoBox: true, Results: "longevity"},
		Year: page.Field{Name: "year", Label: q.say("common.year"), Value: strconv.Itoa(year), Short: true}, Table: q.longevityTable(turning, names),
	}
	p.Shell.Lead = q.say("longevity.lead", q.speaker().Period(ladder.Period(year)), steps(ladder), q.say("longevity.counting."+string(ladder.Counting)))
	p.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}}
	if q.may(access.ManageBody, q.root()) {
		p.Shell.Actions = page.ButtonLink(page.GlyphSettings, q.say("longevity.settings"), "/people/longevity/settings")
	}
	if unknown > 0 {
		p.Unknown = page.Flash{Tone: page.Due, Text: q.say("longevity.unknown", int(unknown)), Link: page.Link{Text: q.say("common.show"), Href: "/people?missing=birth"}}
	}
	options, err := q.bodyOptions(access.ReadRoll, q.say("people.branch.all"))
	p.Body = page.Pick{Field: page.Field{Name: "branch", Label: q.say("person.branch"), Value: idOrNone(of)}, Options: options}
	if err != nil {
		return err
	}
	return q.show(page.Longevity(p))
}

// ladder reads the ages that the association honours.
func (q *request) ladder() (person.Ladder, error) {
	settings, err := q.view().Settings(q.Context(), q.root(), "longevity.")
	return person.LadderFrom(settings), err
}

// ladderYear is the year asked for, or the present one of the ladder's calendar.
func (q *request) ladderYear(l person.Ladder) int {
	if year, err := strconv.Atoi(q.value("year")); err == nil && year > 1900 && year < 2200 {
		return year
	}
	if l.Lunar {
		return lunar.YearOf(q.today())
	}
	return q.today().Year()
}

func steps(l person.Ladder) string {
	all := make([]string, len(l.Steps))
	for i, s := range l.Steps {
		all[i] = strconv.Itoa(s)
	}
	return strings.Join(all, ", ")
}

// longevityTable lays those who are honoured out by branch, the oldest first.
func (q *request) longevityTable(turning []store.Turning, names map[body.ID]string) page.Table {
	t := page.Table{
		ID: "longevity", Caption: q.say("longevity.title"), Quiet: true, Told: q.say("longevity.count", len(turning)),
		Columns: []page.Column{{Head: q.say("person.name"), Chief: true}, {Head: q.say("longevity.age"), Figure: true}, {Head: q.say("person.birth")}, {Head: q.say("longevity.on")}, {Head: q.say("person.branch")}, {Head: q.say("person.address")}, {Head: q.say("person.phone")}},
		Empty:   page.Empty{Glyph: page.GlyphGift, Head: q.say("longevity.none"), Text: q.say("longevity.none.text")},
	}
	branch := func(x store.Turning) string { return branchCell(q, x.PersonRow, names).Text }
	slices.SortStableFunc(turning, func(a, b store.Turning) int {
		return cmp.Or(cmp.Compare(branch(a), branch(b)), cmp.Compare(b.Age, a.Age))
	})
	for _, x := range turning {
		age := page.Cell{Text: strconv.Itoa(x.Age)}
		if !x.Sure {
			age.Note, age.Tone = q.say("longevity.unsure"), page.Late
		}
		residence, _ := q.placed(x.Residence, x.ResidenceNote)
		t.Rows = append(t.Rows, page.Row{Href: personPath(x.ID), Cells: []page.Cell{
			{Text: x.Name}, age, {Text: q.dated(x.Birth)}, {Text: q.dated(x.On)}, {Text: branch(x)}, {Text: cmp.Or(x.Address, residence)}, {Text: x.Phone, Href: telephone(x.Phone)},
		}})
	}
	return t
}

// longevitySettings asks which ages are honoured and how they are counted.
func (s *Server) longevitySettings(q *request) error {
	if err := q.actor.May(access.ManageBody, q.root()); err != nil {
		return err
	}
	l, err := q.ladder()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.ladderPage(steps(l), string(l.Counting), l.Lunar, nil)))
}

func (q *request) ladderPage(steps, counting string, byLunar bool, refused error) page.AskPage {
	a := page.AskPage{
		Shell: q.shell(q.say("longevity.settings")), Head: page.FormHead{Action: "/people/longevity/settings", Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: "/people/longevity",
	}
	year := "solar"
	if byLunar {
		year = "lunar"
	}
	a.Fields = []templ.Component{
		page.TextInput(q.reader, a.Wrong.Mark(page.Field{Name: "steps", Label: q.say("longevity.steps"), Hint: q.say("longevity.steps.hint"), Value: steps, Focus: true, Whole: true})),
		page.Chips(q.reader, page.Field{Name: "counting", Label: q.say("longevity.how"), Value: counting}, q.options("longevity.counting.", "", "completed", "counted")),
		page.Chips(q.reader, page.Field{Name: "year", Label: q.say("longevity.year"), Value: year}, q.options("longevity.year.", "", "solar", "lunar")),
	}
	return a
}

// saveLadder keeps which ages are honoured.
func (s *Server) saveLadder(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.root()); err != nil {
		return err
	}
	_, err := person.ParseSteps(q.value("steps"))
	if err == nil {
		err = q.write("longevity.why", func(ctx context.Context, tx *store.Tx) error {
			for name, value := range map[string]string{person.SettingSteps: q.value("steps"), person.SettingCounting: q.value("counting"), person.SettingYear: q.value("year")} {
				if err := tx.SetSetting(ctx, q.root(), name, value); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.again(page.AskFor(q.ladderPage(q.value("steps"), q.value("counting"), q.value("year") == "lunar", err)))
	}
	if err != nil {
		return err
	}
	return q.doneAt("/people/longevity", q.well("common.saved"))
}
