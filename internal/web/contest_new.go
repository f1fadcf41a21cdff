package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// newContest asks for which cluster and year a contest is opened.
func (s *Server) newContest(q *request) error { return q.newContestPage(nil) }

func (q *request) newContestPage(refused error) error {
	clusters, err := q.drawsFor()
	if err != nil {
		return err
	}
	if len(clusters) == 0 {
		return fault.Forbid("contest.forbidden.keep")
	}
	files, err := q.view().Contests(q.Context())
	if err != nil {
		return err
	}
	presets, err := contest.Presets()
	if err != nil {
		return err
	}
	p := page.AskPage{Shell: q.shell(q.say("contest.new")), Text: q.say("contest.new.text"), Do: q.say("contest.new.do"), Leave: "/contests"}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.contests"), Href: "/contests"}}
	p.Head = page.FormHead{Action: "/contests/new", Draft: "contest", Rejected: refused != nil}
	p.Wrong = page.ProblemsOf(refused, q.reader)
	field := func(name, key, value string) page.Field {
		return p.Wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	year, title, basis, base := field("year", "common.year", cmp.Or(q.value("year"), strconv.Itoa(q.today().Year()))), field("title", "contest.title", ""), field("basis", "contest.basis", ""), field("base", "contest.base.total", "100")
	year.Short, year.Needed, base.Short, title.Whole, basis.Whole = true, true, true, true, true
	title.Hint, basis.Hint, base.Hint = q.say("contest.title.hint"), q.say("contest.basis.hint"), q.say("contest.base.total.hint")
	from := field("from", "contest.new.from", q.value("from"))
	from.Whole, from.Hint = true, q.say("contest.new.from.hint")
	p.Fields = []templ.Component{
		page.Select(q.reader, field("cluster", "contest.cluster", q.value("cluster")), clusters), page.NumberInput(q.reader, year), page.TextInput(q.reader, title), page.TextInput(q.reader, basis),
		page.Select(q.reader, from, q.fromOptions(files)), page.NumberInput(q.reader, base),
		page.Radios(q.reader, field("preset", "contest.preset", presets[0].Code), q.presetOptions(presets)),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// drawsFor offers the clusters and blocks for which the reader may open a contest,
// and the bodies they manage, which may hold one among their parts.
func (q *request) drawsFor() ([]page.Option, error) {
	clusters, err := q.clustersKept()
	if err != nil {
		return nil, err
	}
	var options []page.Option
	for _, b := range clusters {
		options = append(options, page.Option{Value: idText(b.ID), Text: b.NameOn(q.lang(), q.today())})
	}
	for _, g := range q.actor.Grants {
		id := idText(g.Body)
		if g.Right != access.ManageBody || slices.ContainsFunc(options, func(o page.Option) bool { return o.Value == id }) {
			continue
		}
		own, err := q.view().Body(q.Context(), g.Body)
		if err != nil {
			return nil, err
		}
		options = append(options, page.Option{Value: id, Text: own.NameOn(q.lang(), q.today())})
	}
	return options, nil
}

// fromOptions offers the contests after which a new one may be modelled.
func (q *request) fromOptions(files []store.ContestFile) []page.Option {
	options := []page.Option{{Text: q.say("contest.new.blank")}}
	for _, f := range files {
		options = append(options, page.Option{Value: idText(f.Contest.ID), Text: q.contestTitle(f.Contest) + " (" + strconv.Itoa(f.Contest.Year) + ")"})
	}
	return options
}

// presetOptions offers the ways of working that ship with the book.
func (q *request) presetOptions(presets []contest.Preset) []page.Option {
	var options []page.Option
	for _, p := range presets {
		options = append(options, page.Option{Value: p.Code, Text: cmp.Or(p.Names[q.lang()], p.Names["vi"]), Note: cmp.Or(p.About[q.lang()], p.About["vi"])})
	}
	return options
}

// presetAsked finds the way of working that was chosen.
func (q *request) presetAsked() ([]contest.Stage, error) {
	presets, err := contest.Presets()
	if err != nil {
		return nil, err
	}
	for _, p := range presets {
		if p.Code == q.value("preset") {
			return p.Stages, nil
		}
	}
	return nil, fault.Field("preset", "contest.preset.unknown")
}

// contestDraft reads the answers about a new contest; from is the one it is
// modelled after, with no id where there is none.
func (q *request) contestDraft() (c contest.Contest, from store.ContestFile, err error) {
	var found []error
	c = contest.Contest{Cluster: body.ID(q.id("cluster")), Titles: wordings(q.value("title"), "", ""), Basis: q.value("basis"), Ranking: contest.Ranking{By: contest.ByPoints}}
	c.Year, err = strconv.Atoi(q.value("year"))
	if err != nil || c.Year < 1900 || c.Year > 2200 {
		return c, from, fault.Field("year", "contest.year.form")
	}
	c.Period = calendar.Year(c.Year)
	c.Titles["vi"] = cmp.Or(c.Titles["vi"], q.server.Words.In("vi").Say("contest.title.year", strconv.Itoa(c.Year)))
	if id := contest.ID(q.id("from")); id != 0 {
		if from, err = q.view().Contest(q.Context(), id); err != nil {
			return c, from, err
		}
		k := from.Contest
		c.Scale, c.Classes, c.Stages, c.Ranking, c.Awards = k.Scale, k.Classes, k.Stages, k.Ranking, k.Awards
		c.Ranking.Decisions, c.Sums, c.Counts = nil, k.Sums, k.Counts
		return c, from, nil
	}
	c.Scale.Decimals = 2
	c.Scale.Base, err = contest.ParsePoints("base", cmp.Or(q.value("base"), "100"))
	found = append(found, err)
	c.Stages, err = q.presetAsked()
	return c, from, fault.Gather(append(found, err)...)
}

// drawContest opens the contest of a cluster for a year.
func (s *Server) drawContest(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	c, from, err := q.contestDraft()
	if err == nil {
		err = q.write("contest.why.draw", func(ctx context.Context, tx *store.Tx) (err error) {
			if c, err = contest.Draw(ctx, tx, q.actor, c); err != nil || from.Contest.ID == 0 {
				return err
			}
			if err := contest.CopyUnits(ctx, tx, q.actor, from.Contest.ID, c.ID); err != nil {
				return err
			}
			return contest.CopyTable(ctx, tx, q.actor, from.Contest.ID, c.ID)
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.newContestPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(contestPath(c.ID), q.well("contest.drawn", strconv.Itoa(c.Year)))
}
