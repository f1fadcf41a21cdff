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

// acrossAsked is one criterion laid over all units.
type acrossAsked struct {
	contestSeen
	row    contest.Criterion
	scores map[body.ID]map[string]contest.Score
}

func (q *request) acrossAsked() (acrossAsked, error) {
	var a acrossAsked
	var err error
	if a.contestSeen, a.row, err = q.criterionAsked(); err != nil {
		return a, err
	}
	if a.row.Method == contest.Group || a.Contest.Standing == contest.Drafted {
		return a, fault.Missing("contest.criterion.missing")
	}
	a.scores, err = q.view().ContestAcross(q.Context(), a.Contest.ID, a.row.ID)
	return a, err
}

// desk is the stage at which a unit's sheet stands, and whether the reader scores
// there: stages of the unit itself are scored on its own sheet.
func (a acrossAsked) desk(unit body.ID) (contest.Stage, error) {
	s, ok := a.sheets[unit]
	stage, known := a.Contest.StageOf(s.Way.Stage)
	switch {
	case !ok || !known:
		return stage, fault.Missing("contest.sheet.missing")
	case a.Contest.Standing != contest.Opened:
		return stage, fault.Refuse("contest.standing." + string(a.Contest.Standing))
	case s.Way.Ready:
		return stage, fault.Refuse("contest.sheet.ready")
	case stage.By == contest.ByUnit:
		return stage, fault.Refuse("contest.across.own", fault.Saying(stage.Name))
	case !stage.Edits:
		return stage, fault.Refuse("contest.stage.looks", fault.Saying(stage.Name))
	}
	return stage, a.Seat.Acts(stage, unit)
}

// before is what stood for a unit before a stage: the nearest stage that scored it.
func (a acrossAsked) before(unit body.ID, stage string) (contest.Score, contest.Stage, bool) {
	at := slices.IndexFunc(a.Contest.Stages, func(s contest.Stage) bool { return s.Code == stage })
	for _, s := range slices.Backward(a.Contest.Stages[:max(at, 0)]) {
		if score, ok := a.scores[unit][s.Code]; ok {
			return score, s, true
		}
	}
	return contest.Score{}, contest.Stage{}, false
}

// across shows one criterion scored over all units.
func (s *Server) across(q *request) error {
	a, err := q.acrossAsked()
	if err != nil {
		return err
	}
	return q.acrossPage(a, nil)
}

func (q *request) acrossPage(a acrossAsked, refused error) error {
	p := page.DeskPage{Shell: q.shell(a.row.No + " " + a.row.Name(q.lang()))}
	p.Shell.Crumbs = append(q.contestCrumbs(a.contestSeen), page.Link{Text: q.say("contest.door.matrix"), Href: a.path("/matrix")})
	p.Shell.Lead = dotted(q.say("contest.across.max", q.points(a.row.Max)), q.wayShort(a.row), q.waySaidOf(a.row, a.kinds))
	if note := q.criterionNote(a.contestSeen, a.row); note != "" {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Plain, Text: note})
	}
	p.Actions = q.neighbours(a)
	wrong := page.ProblemsOf(refused, q.reader)
	form := page.DeskForm{Head: page.FormHead{Action: a.path("/criteria/" + idText(a.row.ID)), Rejected: refused != nil}, Wrong: wrong, Do: q.say("contest.across.save")}
	for _, u := range a.onPage(q) {
		if stage, err := a.desk(u.Body); err == nil && a.scores[u.Body] != nil && a.Table.For(a.row, u.Body) {
			form.Fields = append(form.Fields, page.FieldLine(a.called[u.Body], q.acrossFields(a, u.Body, stage, wrong)))
		}
	}
	if len(form.Fields) > 0 {
		form.Fields = append(form.Fields, page.Hidden("skip", q.value("skip")), page.Tick(page.Field{Name: "accept", Label: q.say("contest.across.accept"), Hint: q.say("contest.across.accept.hint"), Value: q.value("accept"), Whole: true}))
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.across.yours"), Form: &form})
	} else if a.Contest.Standing == contest.Opened {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Plain, Text: q.say("contest.across.nothing")})
	}
	table := q.acrossTable(a)
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Print: true, Head: q.say("contest.across.all"), Table: &table})
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// onPage are the units of one page.
func (a acrossAsked) onPage(q *request) []contest.Unit {
	skip, _ := strconv.Atoi(q.value("skip"))
	skip = max(0, min(skip, len(a.Units)))
	return a.Units[skip:min(len(a.Units), skip+unitsOnPage)]
}

// neighbours lead to the criterion before and the one after.
func (q *request) neighbours(a acrossAsked) []page.Action {
	leaves := a.Table.Leaves(0)
	at := slices.IndexFunc(leaves, func(c contest.Criterion) bool { return c.ID == a.row.ID })
	var actions []page.Action
	if at > 0 {
		actions = append(actions, page.Action{Glyph: page.GlyphUp, Text: q.say("contest.across.before", leaves[at-1].No), Href: a.path("/criteria/" + idText(leaves[at-1].ID))})
	}
	if at >= 0 && at+1 < len(leaves) {
		actions = append(actions, page.Action{Glyph: page.GlyphDown, Text: q.say("contest.across.after", leaves[at+1].No), Href: a.path("/criteria/" + idText(leaves[at+1].ID))})
	}
	return actions
}

// acrossFields ask for the points of one unit, beside what stood before.
func (q *request) acrossFields(a acrossAsked, unit body.ID, stage contest.Stage, wrong page.Problems) []templ.Component {
	id := idText(unit)
	own, scored := a.scores[unit][stage.Code]
	said := q.say("contest.across.unscored")
	if before, from, ok := a.before(unit, stage.Code); ok {
		said = q.say("contest.across.said", from.Name(q.lang()), q.points(before.Points))
		if before.Bonus > 0 {
			said = dotted(said, q.say("contest.scale.bonus.said", q.points(before.Bonus)))
		}
		said = dotted(said, before.Reason, q.say("contest.across.evidence", len(before.Deeds)+len(before.Papers)))
	}
	value, bonus := "", ""
	if scored {
		value, bonus = q.pointsTyped(own.Points), q.pointsAsked(own.Bonus)
	}
	field := func(name, key, recorded string) page.Field {
		return wrong.Mark(page.Field{Name: name + "-" + id, Label: q.say(key), Value: q.stood(name+"-"+id, recorded)})
	}
	points, reason := field("points", "contest.across.points", value), field("reason", "common.reason", own.Reason)
	points.Hint, points.Short = said, true
	reason.Hint = q.say("contest.across.reason.hint")
	fields := []templ.Component{page.Hidden("revision-"+id, strconv.FormatInt(own.Revision, 10)), page.NumberInput(q.reader, points)}
	if a.row.BonusMax > 0 {
		f := field("bonus", "contest.bonus", bonus)
		f.Short, f.Hint = true, q.say("contest.across.max", q.points(a.row.BonusMax))
		fields = append(fields, page.NumberInput(q.reader, f))
	}
	return append(fields, page.TextInput(q.reader, reason))
}

// acrossTable shows what each stage gave each unit, and why.
func (q *request) acrossTable(a acrossAsked) page.Table {
	t := page.Table{ID: "across", Caption: q.say("contest.across.all"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}}}
	var stages []contest.Stage
	for _, s := range a.Contest.Stages {
		if s.Edits {
			stages = append(stages, s)
			t.Columns = append(t.Columns, page.Column{Head: s.Name(q.lang()), Figure: true})
		}
	}
	t.Columns = append(t.Columns, page.Column{Head: q.say("contest.evidence")}, page.Column{Head: q.say("contest.stage")})
	for _, u := range a.onPage(q) {
		if a.scores[u.Body] == nil {
			continue
		}
		row := page.Row{Href: a.unitPath(u.Body), Cells: []page.Cell{{Text: a.called[u.Body]}}}
		evidence := 0
		for _, s := range stages {
			cell := page.Cell{}
			if score, ok := a.scores[u.Body][s.Code]; ok {
				cell = page.Cell{Text: q.points(score.Points), Note: score.Reason}
				evidence = max(evidence, len(score.Deeds)+len(score.Papers))
			}
			row.Cells = append(row.Cells, cell)
		}
		state := ""
		if _, err := a.desk(u.Body); err != nil {
			for _, f := range fault.All(err) {
				state = q.say(f.Key, f.Args...)
			}
		}
		if !a.Table.For(a.row, u.Body) {
			state = q.say("contest.across.notput")
		}
		proof := page.Cell{Text: strconv.Itoa(evidence)}
		if evidence > 0 {
			proof.Href = a.unitPath(u.Body) + "#" + contest.CriterionField(a.row.ID)
		}
		if evidence == 0 && a.row.Evidence == contest.EvidenceRequired {
			proof.Tone = page.Late
		}
		row.Cells = append(row.Cells, proof, page.Cell{Text: state})
		t.Rows = append(t.Rows, row)
	}
	skip, _ := strconv.Atoi(q.value("skip"))
	if skip+unitsOnPage < len(a.Units) {
		t.Next = q.with("skip", strconv.Itoa(skip+unitsOnPage))
	}
	if skip > 0 {
		t.First = q.with("skip", "")
	}
	return t
}

// scoreAcross gives the points of one criterion to all units that were filled in.
func (s *Server) scoreAcross(q *request) error {
	a, err := q.acrossAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	given := 0
	err = q.write("contest.why.across", func(ctx context.Context, tx *store.Tx) error {
		var found []error
		for _, u := range a.onPage(q) {
			score, based, ok, err := q.acrossGiven(a, u.Body)
			if err == nil && ok {
				_, err = contest.Enter(ctx, tx, q.actor, score, nil, based)
				given++
			}
			found = append(found, q.besideUnit(a, u.Body, err))
		}
		return fault.Gather(found...)
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		if a, err2 := q.acrossAsked(); err2 == nil {
			return q.acrossPage(a, err)
		}
	}
	if err != nil {
		return err
	}
	return q.doneAt(a.path("/criteria/"+idText(a.row.ID))+"?skip="+q.value("skip"), q.well("contest.across.kept", given))
}

// acrossGiven reads what was given to one unit; ok tells whether that changes
// anything.
func (q *request) acrossGiven(a acrossAsked, unit body.ID) (score contest.Score, based int64, ok bool, err error) {
	stage, refused := a.desk(unit)
	id := idText(unit)
	if refused != nil || a.scores[unit] == nil || !a.Table.For(a.row, unit) || q.value("points-"+id) == "" && q.value("accept") == "" {
		return score, 0, false, nil
	}
	own, scored := a.scores[unit][stage.Code]
	before, _, had := a.before(unit, stage.Code)
	score = before
	score.Contest, score.Unit, score.Criterion, score.Reason = a.Contest.ID, unit, a.row.ID, q.value("reason-"+id)
	based = q.id("revision-" + id)
	if q.value("points-"+id) == "" {
		return score, based, had && !scored, nil
	}
	var err1, err2 error
	if score.Points, err1 = contest.ParsePoints("points", q.value("points-"+id)); q.value("bonus-"+id) != "" {
		score.Bonus, err2 = contest.ParsePoints("bonus", q.value("bonus-"+id))
	} else {
		score.Bonus = 0
	}
	changed := !scored || own.Points != score.Points || own.Bonus != score.Bonus || own.Reason != score.Reason || own.Revision != based
	return score, based, changed, fault.Gather(err1, err2)
}

// besideUnit puts what is wrong beside the fields of its unit. Where somebody else
// scored meanwhile, it says who and what.
func (q *request) besideUnit(a acrossAsked, unit body.ID, err error) error {
	if err == nil || fault.KindOf(err) == fault.Internal {
		return err
	}
	id := idText(unit)
	if fault.KindOf(err) == fault.Stale {
		changes, failed := q.view().ContestChanges(q.Context(), store.ChangesAsked{Contest: a.Contest.ID, Unit: unit, Criterion: a.row.ID, Most: 1})
		if failed == nil && len(changes) == 1 && changes[0].After != nil {
			return fault.Field("points-"+id, "contest.across.raced", changes[0].Name, q.points(changes[0].After.Points))
		}
		return fault.Field("points-"+id, "common.outdated")
	}
	var found []error
	for _, f := range fault.All(err) {
		field := f.Field
		if field == "" {
			field = "points"
		}
		found = append(found, fault.Field(field+"-"+id, f.Key, f.Args...))
	}
	return fault.Gather(found...)
}
