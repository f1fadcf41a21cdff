package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// openContest has the units begin to score.
func (s *Server) openContest(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	err = q.write("contest.why.open", func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Open(ctx, tx, q.actor, c.Contest.ID)
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.contestPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path(""), q.well("contest.opened"))
}

// publishAsk shows what is about to be frozen, and has the word typed.
func (s *Server) publishAsk(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	return q.publishPage(c, nil)
}

func (q *request) publishPage(c contestSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.publish"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	if c.Contest.Standing != contest.Opened {
		p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say("contest.standing." + string(c.Contest.Standing))}}
		return q.show(page.Desk(p))
	}
	p.Shell.Lead = q.say("contest.publish.lead")
	waits := page.Table{ID: "waits", Caption: q.say("contest.publish.waiting"), Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.stage")}}}
	for _, u := range c.Units {
		if s := c.sheets[u.Body]; !s.Way.Ready {
			stage, _ := c.Contest.StageOf(s.Way.Stage)
			waits.Rows = append(waits.Rows, page.Row{Href: c.unitPath(u.Body), Cells: []page.Cell{{Text: c.called[u.Body]}, {Text: stage.Name(q.lang())}}})
		}
	}
	all, _, err := q.standingsOf(c)
	if err != nil {
		return err
	}
	table := q.placesTable(c, all)
	if ties := tiesIn(all); len(ties) > 0 {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Due, Text: q.say("contest.ties.note", len(ties)), Link: page.Link{Text: q.say("contest.ties.do"), Href: c.path("/ties")}})
	}
	p.Parts = []page.DeskPart{{Plain: true, Head: q.say("contest.publish.frozen"), Table: &table}}
	if len(waits.Rows) > 0 {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Late, Text: q.say("contest.publish.not", len(waits.Rows))})
		p.Parts = append([]page.DeskPart{{Plain: true, Table: &waits}}, p.Parts...)
	}
	wrong := page.ProblemsOf(refused, q.reader)
	word := wrong.Mark(page.Field{Name: "word", Label: q.say("contest.publish.type"), Hint: q.say("contest.publish.word"), Value: q.value("word"), Needed: true, Autofill: "off"})
	p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.publish"), Lines: []string{q.say("contest.publish.final")}, Form: &page.DeskForm{
		Head: page.FormHead{Action: c.path("/publish"), Revision: idText(c.Contest.Revision), Rejected: refused != nil}, Wrong: wrong, Do: q.say("contest.publish.do"), Danger: true,
		Fields: []templ.Component{page.TextInput(q.reader, word)}, Leave: page.Link{Text: q.say("form.leave"), Href: c.path("")},
	}})
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// publish freezes the results.
func (s *Server) publish(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	err = q.write("contest.why.publish", func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Publish(ctx, tx, q.actor, c.Contest.ID, q.value("word"), q.id("revision"))
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.publishPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path(""), q.well("contest.published"))
}

// tiesIn gathers the units that share a place.
func tiesIn(all []placed) [][]placed {
	var groups [][]placed
	for i, line := range all {
		if !line.shared || line.rank == 0 {
			continue
		}
		if i > 0 && all[i-1].shared && all[i-1].rank == line.rank && len(groups) > 0 {
			groups[len(groups)-1] = append(groups[len(groups)-1], line)
			continue
		}
		groups = append(groups, []placed{line})
	}
	return groups
}

// contestTies shows who shares a place, and has people put them in order.
func (s *Server) contestTies(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	return q.tiesPage(c, nil)
}

func (q *request) tiesPage(c contestSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.ties"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	p.Shell.Lead = q.rankingSaid(c)[0]
	all, _, err := q.standingsOf(c)
	if err != nil {
		return err
	}
	groups := tiesIn(all)
	if len(groups) == 0 {
		p.Notes = []page.NoteLine{{Tone: page.Done, Text: q.say("contest.ties.none"), Link: page.Link{Text: q.contestTitle(c.Contest), Href: c.path("")}}}
	}
	for _, group := range groups {
		p.Parts = append(p.Parts, q.tieGroupPart(c, group, refused))
	}
	var past []page.Past
	for _, d := range c.Contest.Ranking.Decisions {
		past = append(past, page.Past{Text: q.inOrder(c, d.Units), Note: d.Reason})
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.decided"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// inOrder names units one after the other.
func (q *request) inOrder(c contestSeen, units []body.ID) string {
	var names []string
	for _, id := range units {
		names = append(names, c.called[id])
	}
	return joined(names)
}

// tieGroupPart asks in which order the units of one shared place stand.
func (q *request) tieGroupPart(c contestSeen, group []placed, refused error) page.DeskPart {
	mark := idText(group[0].unit)
	var wrong page.Problems
	if q.value("tie") == mark {
		wrong = page.ProblemsOf(refused, q.reader)
	}
	var options []page.Option
	for _, line := range group {
		options = append(options, page.Option{Value: idText(line.unit), Text: c.called[line.unit]})
	}
	fields := []templ.Component{page.Hidden("tie", mark), page.Hidden("of", strconv.Itoa(len(group)))}
	for i, line := range group {
		n := strconv.Itoa(i + 1)
		f := page.Field{Name: "place-" + n, ID: "place-" + mark + "-" + n, Label: q.say("contest.tie.place", group[0].rank+i), Value: q.refilled(wrong, "place-"+n, idText(line.unit))}
		if i == 0 {
			f.Wrong = wrong.At("order")
		}
		fields = append(fields, page.Select(q.reader, f, options))
	}
	reason := wrong.Mark(page.Field{Name: "reason", ID: "reason-" + mark, Label: q.say("contest.tie.reason"), Hint: q.say("contest.tie.reason.hint"), Value: q.refilled(wrong, "reason", ""), Needed: true, Whole: true})
	fields = append(fields, page.TextInput(q.reader, reason))
	return page.DeskPart{Head: q.say("contest.tie.at", group[0].rank, q.pointsKnown(group[0].total)), Form: &page.DeskForm{
		Head: page.FormHead{Action: c.path("/ties"), Revision: idText(c.Contest.Revision), Rejected: len(wrong) > 0}, Wrong: wrong, Do: q.say("contest.tie.decide"), Fields: fields,
	}}
}

// decideTie puts equal units in an order, for a reason.
func (s *Server) decideTie(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	d := contest.Decision{Reason: q.value("reason")}
	of, _ := strconv.Atoi(q.value("of"))
	for i := range min(max(of, 0), len(c.Units)) {
		d.Units = append(d.Units, body.ID(q.id("place-"+strconv.Itoa(i+1))))
	}
	err = q.write("contest.why.tie", func(ctx context.Context, tx *store.Tx) error {
		_, err := contest.Decide(ctx, tx, q.actor, c.Contest.ID, d, q.id("revision"))
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tiesPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/ties"), q.well("common.saved"))
}

// outcomeAsk asks for what is known of a past year: ranks, totals, classes.
func (s *Server) outcomeAsk(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	return q.outcomePage(c, nil)
}

func (q *request) outcomePage(c contestSeen, refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.outcome"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.outcome.lead")
	if c.Contest.Standing != contest.Drafted || len(c.Units) == 0 {
		key := "contest.standing." + string(c.Contest.Standing)
		link := page.Link{}
		if c.Contest.Standing == contest.Drafted {
			key, link = "contest.todo.units", page.Link{Text: q.say("contest.todo.units.do"), Href: c.path("/members")}
		}
		p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say(key), Link: link}}
		return q.show(page.Desk(p))
	}
	form := page.DeskForm{Head: page.FormHead{Action: c.path("/outcome"), Rejected: refused != nil, Draft: "outcome-" + idText(c.Contest.ID)}, Wrong: wrong, Do: q.say("contest.outcome.do")}
	classes := []page.Option{{Text: q.say("common.unknown")}}
	for _, class := range c.Contest.Classes {
		classes = append(classes, page.Option{Value: class.Code, Text: class.Name(q.lang())})
	}
	for i, u := range c.Units {
		n := "-" + strconv.Itoa(i+1)
		cell := func(of, key string) page.Field {
			return wrong.Mark(page.Field{Name: of + n, Label: q.say(key), Value: q.value(of + n)})
		}
		rank, total := cell("rank", "contest.rank"), cell("total", "contest.total")
		rank.Short, total.Short = true, true
		line := []templ.Component{page.NumberInput(q.reader, rank), page.NumberInput(q.reader, total)}
		if len(classes) > 1 {
			line = append(line, page.Select(q.reader, cell("class", "contest.class"), classes))
		}
		form.Fields = append(form.Fields, page.FieldLine(c.called[u.Body], append(line, page.TextInput(q.reader, cell("note", "common.note")))))
	}
	p.Parts = []page.DeskPart{{Plain: true, Form: &form}}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// recordOutcome enters what is known of a past year.
func (s *Server) recordOutcome(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	results, err := q.outcomeGiven(c)
	if err == nil {
		err = q.write("contest.why.outcome", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.RecordOutcome(ctx, tx, q.actor, c.Contest.ID, results)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.outcomePage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path(""), q.well("contest.outcome.kept"))
}

// outcomeGiven reads what is known of each unit; what was left empty is unknown.
func (q *request) outcomeGiven(c contestSeen) ([]contest.Result, error) {
	var found []error
	var results []contest.Result
	for i, u := range c.Units {
		n := "-" + strconv.Itoa(i+1)
		r := contest.Result{Unit: u.Body, Class: q.value("class" + n), Note: q.value("note" + n)}
		rank, _, err := countOr(q.value("rank"+n), 0)
		found = append(found, at("rank"+n, err))
		if rank < 0 || int(rank) > len(c.Units) {
			found = append(found, fault.Field("rank"+n, "contest.outcome.rank", rank, len(c.Units)))
		}
		r.Rank = int(rank)
		if q.value("total"+n) != "" {
			total, err := contest.ParsePoints("total"+n, q.value("total"+n))
			found = append(found, err)
			r.Total = &total
		}
		if r.Rank != 0 || r.Total != nil || r.Class != "" || r.Note != "" {
			results = append(results, r)
		}
	}
	for i := range results {
		results[i].Shared = results[i].Rank != 0 && slices.ContainsFunc(results, func(o contest.Result) bool { return o.Unit != results[i].Unit && o.Rank == results[i].Rank })
	}
	return results, fault.Gather(found...)
}
