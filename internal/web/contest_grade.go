package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// graded offers a list of levels, forms or manners, with none of them first.
func (q *request) graded(prefix string, of any) []page.Option {
	var values []string
	switch all := of.(type) {
	case []contest.Level:
		values = texts(all)
	case []contest.Form:
		values = texts(all)
	case []contest.Manner:
		values = texts(all)
	case []contest.Scope:
		values = texts(all)
	}
	return q.options(prefix, q.say("contest.grade.none"), values...)
}

func texts[T ~string](all []T) []string {
	var said []string
	for _, one := range all {
		said = append(said, string(one))
	}
	return said
}

// gradeSaid tells an award's level, form and manner, what is known of them.
func (q *request) gradeSaid(g contest.Grade) string {
	said := ""
	if g.Level != "" {
		said = q.say("contest.level." + string(g.Level))
	}
	if g.Form != "" {
		said = dotted(said, q.say("contest.form."+string(g.Form)))
	}
	if g.Manner != "" {
		said = dotted(said, q.say("contest.manner."+string(g.Manner)))
	}
	return said
}

// launchFields ask what the State's statistics ask of a contest.
func (q *request) launchFields(c contestSeen, wrong page.Problems) []templ.Component {
	l := c.Contest.Launch
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.refilled(wrong, name, value)})
	}
	levels := slices.DeleteFunc(contest.Levels(), func(l contest.Level) bool { return l == contest.OfAbroad })
	return []templ.Component{
		page.Select(q.reader, field("launch-level", "contest.launch.level", string(l.Level)), q.graded("contest.level.", levels)),
		page.Select(q.reader, field("launch-scope", "contest.launch.scope", string(l.Scope)), q.graded("contest.scope.", contest.Scopes())),
		page.Select(q.reader, field("launch-manner", "contest.launch.manner", string(l.Manner)), q.graded("contest.manner.", []contest.Manner{contest.Regular, contest.Thematic})),
	}
}

// saveLaunch keeps as what the State counts the contest, of one already published too.
func (s *Server) saveLaunch(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	l := contest.Launch{Level: contest.Level(q.value("launch-level")), Scope: contest.Scope(q.value("launch-scope")), Manner: contest.Manner(q.value("launch-manner"))}
	err = q.write("contest.why.launch", func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.SetLaunch(ctx, tx, q.actor, c.Contest.ID, l, q.id("revision"))
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.settingsPage(c, err, "launch")
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/settings"), q.well("common.saved"))
}

// papersTyped writes the papers that a proposal needs one a line.
func papersTyped(papers []contest.Paper, lang string) string {
	var lines []string
	for _, p := range papers {
		lines = append(lines, p.Name(lang))
	}
	return strings.Join(lines, "\n")
}

// papersField asks for the papers of a proposal; the usual ones are told.
func (q *request) papersField(f page.Field) page.Field {
	f.Whole, f.Hint = true, q.say("contest.file.wanted.hint")
	return f
}

// papersGiven reads the papers that a proposal needs, one a line; those that stood
// there keep their code.
func papersGiven(typed string, known []contest.Paper, lang string) []contest.Paper {
	var all []contest.Paper
	used := map[string]bool{}
	for i, line := range strings.Split(typed, "\n") {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		p := contest.Paper{Code: stageCode(name, i+1), Names: map[string]string{"vi": name}}
		for _, k := range known {
			if k.Name(lang) == name {
				p = k
			}
		}
		for used[p.Code] {
			p.Code += "-" + strconv.Itoa(i+1)
		}
		used[p.Code] = true
		all = append(all, p)
	}
	return all
}
