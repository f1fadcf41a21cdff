package web

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// longevity leads to the page of the ages that are honoured, which has had
// another address.
func (s *Server) longevity(q *request) error {
	to := url.URL{Path: "/longevity", RawQuery: q.URL.RawQuery}
	return q.goTo(to.String())
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
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: "/longevity",
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
	return q.doneAt("/longevity", q.well("common.saved"))
}
