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

// graded offers a list of levels, forms, manners or scopes, with none of them first.
func graded[T ~string](q *request, prefix string, all []T) []page.Option {
	return q.options(prefix, q.say("contest.grade.none"), texts(all)...)
}

func texts[T ~string](all []T) []string {
	var said []string
	for _, one := range all {
		said = append(said, string(one))
	}
	return said
}

// worded words one value of a list, and nothing for none.
func worded[T ~string](q *request, prefix string, value T) string {
	if value == "" {
		return ""
	}
	return q.say(prefix + string(value))
}

// gradeSaid tells an award's level, form and manner, what is known of them.
func (q *request) gradeSaid(g contest.Grade) string {
	return dotted(worded(q, "contest.level.", g.Level), worded(q, "contest.form.", g.Form), worded(q, "contest.manner.", g.Manner))
}

// launchFields ask what the State's statistics ask of a contest.
func (q *request) launchFields(c contestSeen, wrong page.Problems) []templ.Component {
	l := c.Contest.Launch
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.refilled(wrong, name, value)})
	}
	levels := slices.DeleteFunc(contest.Levels(), func(l contest.Level) bool { return l == contest.OfAbroad })
	return []templ.Component{
		page.Select(q.reader, field("launch-level", "contest.launch.level", string(l.Level)), graded(q, "contest.level.", levels)),
		page.Select(q.reader, field("launch-scope", "contest.launch.scope", string(l.Scope)), graded(q, "contest.scope.", contest.Scopes())),
		page.Select(q.reader, field("launch-manner", "contest.launch.manner", string(l.Manner)), graded(q, "contest.manner.", []contest.Manner{contest.Regular, contest.Thematic})),
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
