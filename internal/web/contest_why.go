package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// contestWhy tells why a unit has the points it has.
func (s *Server) contestWhy(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	return q.contestWhyPage(u, nil)
}

func (q *request) contestWhyPage(u contestUnitSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.why.title", u.called[u.unit]))}
	p.Shell.Crumbs = append(q.contestCrumbs(u.contestSeen), page.Link{Text: u.called[u.unit], Href: u.href("")})
	p.Shell.Lead = q.contestTitle(u.Contest)
	p.Tabs = q.contestUnitTabs(u, "/why")
	o, err := q.view().ContestOutcome(q.Context(), u.Contest.ID)
	if err != nil {
		return err
	}
	p.Tiles = q.whyTiles(u, o)
	lost := q.lostTable(u)
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Print: true, Head: q.say("contest.why.lost"), Table: &lost, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: u.href("/sheet.xlsx")}}})
	if past := q.changesTold(u); len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.why.changes"), Past: past})
	}
	if facts := q.reckonedTold(u); len(facts) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.why.reckoned"), Facts: facts})
	}
	twice, err := q.twicePart(u)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, twice...)
	p.Parts = append(p.Parts, q.appealParts(u, o, refused)...)
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// resultOf gives what was published of the unit.
func (u contestUnitSeen) resultOf(o store.Outcome) (contest.Result, bool) {
	i := slices.IndexFunc(o.Results, func(r contest.Result) bool { return r.Unit == u.unit })
	if i < 0 {
		return contest.Result{}, false
	}
	return o.Results[i], true
}

// whyTiles shows the totals on the way from the maximum to what was published.
func (q *request) whyTiles(u contestUnitSeen, o store.Outcome) []page.Tile {
	tiles := []page.Tile{{Figure: q.points(u.Table.Assigned(u.unit)), Text: q.say("contest.why.most")}}
	for _, stage := range u.Contest.Stages {
		scores := u.file.Scores[stage.Code]
		total := contest.Sum(u.Table, u.Contest.Scale, u.unit, scores)
		if !stage.Edits || len(scores) == 0 || total.Scored < total.Of {
			continue
		}
		tiles = append(tiles, page.Tile{Figure: q.points(total.Sum), Text: stage.Name(q.lang())})
	}
	r, ok := u.resultOf(o)
	if ok && r.Total != nil {
		text := q.say("contest.why.published")
		if r.Rank > 0 {
			text = q.say("contest.why.ranked", r.Rank)
		}
		tiles = append(tiles, page.Tile{Figure: q.points(*r.Total), Text: text})
	}
	for _, a := range o.Amendments {
		if a.Unit == u.unit {
			tiles = append(tiles, page.Tile{Figure: q.points(a.To), Text: q.say("contest.why.amended", q.daySaid(a.Decree.Day))})
		}
	}
	return tiles
}

// lostRow is a criterion with what each stage gave for it.
type lostRow struct {
	row  contest.Criterion
	lost contest.Points
	now  contest.Score
}

// lost lists the criteria at which points were lost, the greatest loss first.
func (u contestUnitSeen) lost() []lostRow {
	var all []lostRow
	now := u.shown()
	for _, row := range u.Table.Leaves(u.unit) {
		s, ok := now[row.ID]
		if !ok {
			continue
		}
		l := lostRow{row: row, now: s}
		switch {
		case row.Method == contest.Deduction:
			l.lost = s.Points
		case !row.Outside():
			l.lost = row.Max - s.Points
		}
		if l.lost > 0 || u.changed(row) {
			all = append(all, l)
		}
	}
	slices.SortStableFunc(all, func(a, b lostRow) int { return cmp.Compare(b.lost, a.lost) })
	return all
}

// lostTable lays out where points were lost: the most there was, what each stage gave.
func (q *request) lostTable(u contestUnitSeen) page.Table {
	t := page.Table{ID: "lost", Caption: q.say("contest.why.lost"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.criterion"), Chief: true}, {Head: q.say("contest.max"), Figure: true}}, Empty: page.Empty{Glyph: page.GlyphContest, Head: q.say("contest.why.none"), Text: q.say("contest.why.none.text")}}
	var stages []contest.Stage
	for _, stage := range u.Contest.Stages {
		if stage.Edits && len(u.file.Scores[stage.Code]) > 0 {
			stages = append(stages, stage)
			t.Columns = append(t.Columns, page.Column{Head: stage.Name(q.lang()), Figure: true})
		}
	}
	t.Columns = append(t.Columns, page.Column{Head: q.say("contest.why.lost.points"), Figure: true}, page.Column{Head: q.say("contest.score.reason")})
	for _, l := range u.lost() {
		cells := []page.Cell{{Text: q.numbered(l.row)}, {Text: q.points(l.row.Max)}}
		before, reason := l.row.Max, ""
		for i, stage := range stages {
			s, ok := u.file.Scores[stage.Code][l.row.ID]
			if !ok {
				cells = append(cells, page.Cell{})
				continue
			}
			cell := page.Cell{Text: q.points(s.Points)}
			if i > 0 && s.Points < before {
				cell.Tone = page.Late
			}
			cells = append(cells, cell)
			before = s.Points
			if s.Reason != "" {
				reason = s.Reason
			}
		}
		lost := ""
		if l.lost > 0 {
			lost = "−" + q.points(l.lost)
		}
		t.Rows = append(t.Rows, page.Row{Href: u.href("#" + contest.CriterionField(l.row.ID)), Cells: append(cells, page.Cell{Text: lost}, page.Cell{Text: reason})})
	}
	return t
}

// changesTold lists who changed a score from what to what, when and why, the latest
// first. What a stage leaves as it was is no change.
func (q *request) changesTold(u contestUnitSeen) []page.Past {
	var past []page.Past
	before := map[contest.CriterionID]*contest.Score{}
	for _, c := range u.file.Changes {
		row, ok := u.Table.Of(c.Criterion)
		if !ok {
			continue
		}
		was := c.Before
		if was == nil {
			was = before[c.Criterion]
		}
		before[c.Criterion] = c.After
		if was == nil || c.After == nil || was.Points == c.After.Points && was.Bonus == c.After.Bonus {
			continue
		}
		tone := page.Plain
		if c.After.Points < was.Points {
			tone = page.Late
		}
		past = append(past, page.Past{
			When: dotted(q.when(c.At), q.stageSaid(u, c.Stage), c.Name), Note: c.Reason, Tone: tone,
			Text: q.say("contest.why.change", q.numbered(row), q.scoreSaid(*was), q.scoreSaid(*c.After)),
		})
	}
	slices.Reverse(past)
	return past
}

// scoreSaid writes a score with its bonus.
func (q *request) scoreSaid(s contest.Score) string {
	if s.Bonus == 0 {
		return q.points(s.Points)
	}
	return q.say("contest.score.with", q.points(s.Points), q.points(s.Bonus))
}

// reckonedTold explains the points that were worked out, where some were lost.
func (q *request) reckonedTold(u contestUnitSeen) []page.Fact {
	var facts []page.Fact
	for _, l := range u.lost() {
		p, ok := u.proposed[l.row.ID]
		if !ok || len(p.Steps) == 0 {
			continue
		}
		facts = append(facts, page.Fact{Name: q.numbered(l.row), Text: q.say("contest.proposal", q.points(p.Points)), Note: strings.Join(q.stepsSaid(u, p.Steps), "; ")})
	}
	return facts
}

// twicePart shows the deeds that prove more than one thing: to those inside, also
// where another unit claims them.
func (q *request) twicePart(u contestUnitSeen) ([]page.DeskPart, error) {
	claims, err := q.doubleClaims(u)
	if err != nil || len(claims) == 0 {
		return nil, err
	}
	var ids []deed.ID
	for _, same := range claims {
		ids = append(ids, same[0].Deed)
	}
	links, err := q.deedLinks(ids)
	if err != nil {
		return nil, err
	}
	t := page.Table{ID: "twice", Caption: q.say("contest.twice"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.twice.deed"), Chief: true}, {Head: q.say("contest.twice.where")}}}
	for _, same := range claims {
		var where []string
		for _, c := range same {
			row, _ := u.Table.Of(c.Criterion)
			said := q.numbered(row)
			if c.Unit != u.unit {
				said = u.called[c.Unit] + ": " + said
			}
			where = append(where, said)
		}
		link, ok := links[same[0].Deed]
		if !ok {
			link = page.Link{Text: cmp.Or(q.proofCalled(u, same[0].Deed), q.say("contest.twice.hidden"))}
		}
		t.Rows = append(t.Rows, page.Row{Href: link.Href, Cells: []page.Cell{{Text: link.Text}, {Text: strings.Join(where, "; ")}}})
	}
	return []page.DeskPart{{Plain: true, Head: q.say("contest.twice"), Table: &t}}, nil
}

// proofCalled names a deed that the unit claims, to who may read no more of it.
func (q *request) proofCalled(u contestUnitSeen, id deed.ID) string {
	for criterion, proofs := range u.proofs {
		for _, p := range proofs {
			if p.ID == id {
				line := q.proofLine(u, criterion, p)
				return dotted(line.Text, line.Note)
			}
		}
	}
	return ""
}

// doubleClaims lists the deeds of the unit's evidence that are claimed more than once.
func (q *request) doubleClaims(u contestUnitSeen) ([][]contest.Claim, error) {
	var scores []contest.Score
	if u.Seat.Inside() {
		all, err := q.view().ContestClaims(q.Context(), u.Contest.ID)
		if err != nil {
			return nil, err
		}
		scores = all
	} else {
		for _, s := range u.file.Scores[u.Contest.Stages[0].Code] {
			scores = append(scores, s)
		}
	}
	claims := contest.DoubleClaims(scores)
	return slices.DeleteFunc(claims, func(same []contest.Claim) bool {
		return !slices.ContainsFunc(same, func(c contest.Claim) bool { return c.Unit == u.unit })
	}), nil
}

// appealParts show what was decided on appeals, and let who keeps the contest record
// a decision.
func (q *request) appealParts(u contestUnitSeen, o store.Outcome, refused error) []page.DeskPart {
	var parts []page.DeskPart
	var past []page.Past
	for _, a := range o.Amendments {
		if a.Unit != u.unit {
			continue
		}
		text := q.say("contest.why.total", q.points(a.From), q.points(a.To))
		if row, ok := u.Table.Of(a.Criterion); ok {
			text = dotted(q.numbered(row), text)
		}
		past = append(past, page.Past{When: dotted(q.daySaid(a.Decree.Day), a.Decree.Number, a.Decree.Signer), Text: text, Note: a.Reason})
	}
	if len(past) > 0 {
		parts = append(parts, page.DeskPart{Head: q.say("contest.amendments"), Past: past, Lines: []string{q.say("contest.appeal.kept")}})
	}
	r, ok := u.resultOf(o)
	if !u.Seat.Keeps() || u.Contest.Standing != contest.Published || !ok || r.Total == nil {
		return parts
	}
	return append(parts, page.DeskPart{Head: q.say("contest.appeal"), Lines: []string{q.say("contest.appeal.text")}, Form: q.appealForm(u, refused)})
}

func (q *request) appealForm(u contestUnitSeen, refused error) *page.DeskForm {
	r, wrong := q.reader, page.ProblemsOf(refused, q.reader)
	field := func(name, key string) page.Field {
		value := ""
		if refused != nil {
			value = q.value(name)
		}
		return wrong.Mark(page.Field{Name: name, ID: name, Label: q.say(key), Value: value, Max: 500})
	}
	criteria := []page.Option{{Text: q.say("contest.appeal.whole")}}
	for _, row := range u.Table.Leaves(u.unit) {
		criteria = append(criteria, page.Option{Value: idText(row.ID), Text: q.numbered(row)})
	}
	to, day, reason := field("to", "contest.appeal.to"), field("day", "contest.decree.on"), field("reason", "contest.score.reason")
	to.Needed, to.Short, day.Needed, reason.Needed, reason.Whole = true, true, true, true, true
	return &page.DeskForm{
		Head: page.FormHead{Action: u.href("/appeal"), Draft: "contest-appeal-" + u.codes[u.unit], Rejected: refused != nil}, Wrong: wrong, Fold: q.say("contest.appeal.do"), Open: refused != nil,
		Fields: []templComponent{
			page.Select(r, field("criterion", "contest.criterion"), criteria), page.NumberInput(r, to), page.DateInput(r, day), page.TextInput(r, field("number", "contest.decree.number")),
			page.TextInput(r, field("issuer", "contest.decree.issuer")), page.TextInput(r, field("signer", "contest.decree.signer")), page.TextArea(r, reason, 3),
		},
		Do: q.say("contest.appeal.save"),
	}
}

// contestAppeal records a decision on an appeal.
func (s *Server) contestAppeal(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	a, err := q.appealTyped(u.Contest.ID, u.unit)
	if err == nil {
		err = q.write("contest.why.appeal", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Appeal(ctx, tx, q.actor, a)
			return err
		})
	}
	if err != nil {
		if len(fault.All(err)) == 0 || fault.KindOf(err) == fault.Forbidden {
			return err
		}
		return q.contestWhyPage(u, err)
	}
	return q.doneAt(u.href("/why"), q.well("contest.appeal.done"))
}

func (q *request) appealTyped(id contest.ID, unit body.ID) (contest.Amendment, error) {
	a := contest.Amendment{
		Contest: id, Unit: unit, Criterion: contest.CriterionID(q.id("criterion")), Reason: q.lines("reason"),
		Decree: contest.Decree{Number: q.value("number"), Issuer: q.value("issuer"), Signer: q.value("signer")},
	}
	var found []error
	var err error
	if a.To, err = contest.ParsePoints("to", q.value("to")); err != nil {
		found = append(found, err)
	}
	day, err := q.date("day")
	if err != nil {
		found = append(found, err)
	} else if on, exact := day.Day(); exact {
		a.Decree.Day = on
	} else if day != (calendar.Date{}) {
		found = append(found, fault.Field("day", "contest.decree.day"))
	}
	return a, fault.Gather(found...)
}
