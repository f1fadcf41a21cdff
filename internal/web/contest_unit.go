package web

import (
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// contestUnitSeen is a unit's file as its pages need it.
type contestUnitSeen struct {
	contestSeen
	unit     body.ID
	file     store.SheetFile
	stage    contest.Stage // at which the sheet is; empty where the reader may not know
	acts     bool          // the reader may act on it now
	proposed map[contest.CriterionID]contest.Proposal
	failed   map[contest.CriterionID]error
	deeds    map[deed.ID]page.Link                 // that the journal proposes, for who may read it
	proofs   map[contest.CriterionID][]store.Proof // what is claimed as evidence
	papers   map[int64]source.Attachment
	next     contest.CriterionID // first criterion without a score at the stage at hand
}

func (u contestUnitSeen) href(under string) string { return u.unitPath(u.unit) + under }

// first tells whether the sheet is at the stage where the unit scores itself.
func (u contestUnitSeen) first() bool { return u.stage.Code == u.Contest.Stages[0].Code }

// contestUnitAsked reads the file of the unit that the address names.
func (q *request) contestUnitAsked() (contestUnitSeen, error) {
	c, err := q.contestAsked()
	if err != nil {
		return contestUnitSeen{}, err
	}
	u := contestUnitSeen{contestSeen: c}
	for _, one := range c.Units {
		if c.codes[one.Body] == q.PathValue("unit") {
			u.unit = one.Body
		}
	}
	if u.unit == 0 {
		return u, fault.Missing("contest.unit.missing")
	}
	if u.file, err = q.view().ContestSheet(q.Context(), c.Contest.ID, u.unit); err != nil {
		return u, err
	}
	u.stage, _ = c.Contest.StageOf(u.file.Sheet.Way.Stage) // none where the reader is not told
	u.acts = c.Contest.Standing == contest.Opened && u.stage.Code != "" && !u.file.Sheet.Way.Ready && c.Seat.Acts(u.stage, u.unit) == nil
	return u, q.contestUnitMore(&u)
}

// contestUnitMore reads what the journal proposes and what the evidence is called.
func (q *request) contestUnitMore(u *contestUnitSeen) error {
	var err error
	if q.may(access.ReadDeeds, u.unit) && u.Contest.Standing != contest.Drafted {
		first := u.Contest.Stages[0].Code
		u.proposed, u.failed, err = appraisal.Proposals(q.Context(), q.view(), appraisal.Sheet{Contest: u.Contest, Table: u.Table, Unit: u.unit, Scores: u.file.Scores[first]})
		if err != nil {
			return err
		}
	}
	papers, err := q.view().ContestPapers(q.Context(), u.Contest.ID, u.unit)
	u.papers = map[int64]source.Attachment{}
	for _, a := range papers {
		u.papers[a.ID] = a
	}
	if err != nil {
		return err
	}
	for _, row := range u.Table.Leaves(u.unit) {
		if _, scored := u.file.Scores[u.stage.Code][row.ID]; !scored && !row.Outside() && u.next == 0 {
			u.next = row.ID
		}
	}
	if u.deeds, err = q.deedLinks(u.evidence()); err == nil && u.provesAt(q, u.unit) {
		u.proofs, err = q.view().ContestProofs(q.Context(), u.Contest.ID, u.unit, 0)
	}
	return err
}

// deedsNamed is how many deeds of one criterion are named; the journal has the others.
const deedsNamed = 6

// evidence lists the deeds that the journal proposes, as many of each criterion as are
// told.
func (u contestUnitSeen) evidence() []deed.ID {
	seen := map[deed.ID]bool{}
	var all []deed.ID
	add := func(ids []deed.ID) {
		for _, id := range ids[:min(len(ids), deedsNamed)] {
			if !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
		}
	}
	for _, p := range u.proposed {
		add(p.Deeds)
	}
	return all
}

// deedLinks names deeds that the reader may read.
func (q *request) deedLinks(ids []deed.ID) (map[deed.ID]page.Link, error) {
	deeds, err := q.view().ContestEvidence(q.Context(), ids)
	if err != nil {
		return nil, err
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	if err != nil {
		return nil, err
	}
	kinds, err := q.kindsByCode()
	links := make(map[deed.ID]page.Link, len(deeds))
	for _, d := range deeds {
		links[d.ID] = page.Link{Text: dotted(q.titleWith(d, kinds[d.Kind], called), q.dated(d.Day)), Href: deedPath(d.ID)}
	}
	return links, err
}

// contestUnit shows the file of a unit.
func (s *Server) contestUnit(q *request) error {
	u, err := q.contestUnitAsked()
	if err != nil {
		return err
	}
	return q.contestUnitPage(u, unitRefusal{})
}

// unitRefusal is what was refused on the page of a unit, and of which form.
type unitRefusal struct {
	err       error
	criterion contest.CriterionID // 0: of the sheet
	form      string              // "on", "back"
}

func (q *request) contestUnitPage(u contestUnitSeen, refused unitRefusal) error {
	p := page.ContestSheetPage{Shell: q.shell(u.called[u.unit])}
	p.Shell.Crumbs = q.contestCrumbs(u.contestSeen)
	mark := q.sheetMark(u.contestSeen, u.file.Sheet)
	if u.file.Sheet.Contest == 0 {
		mark = q.contestMark(u.Contest)
	}
	if u.stage.Explains {
		mark.Text = "" // the name of the stage says it
	}
	p.Shell.Lead = dotted(q.contestTitle(u.Contest), u.stage.Name(q.lang()), mark.Text)
	p.Tabs = q.contestUnitTabs(u, "")
	scores := u.file.Scores[u.stage.Code]
	if refused.criterion == 0 {
		p.Wrong = page.ProblemsOf(refused.err, q.reader)
	}
	if u.acts && u.stage.Edits {
		total := contest.Sum(u.Table, u.Contest.Scale, u.unit, scores)
		p.Progress, p.Done, p.Of = q.say("contest.sheet.progress", total.Scored, total.Of), total.Scored, total.Of
	}
	p.Tiles = q.contestUnitTiles(u)
	p.Notes = q.contestUnitNotes(u)
	p.Actions = q.contestUnitActions(u)
	p.Sections = q.contestUnitGroups(u, refused)
	p.Parts = q.contestUnitParts(u, refused)
	if refused.err != nil {
		return q.again(page.ContestSheet(p))
	}
	return q.show(page.ContestSheet(p))
}

// contestUnitTabs leads between the views of a unit's file.
func (q *request) contestUnitTabs(u contestUnitSeen, here string) []page.Tab {
	if u.Contest.Standing == contest.Drafted {
		return nil
	}
	var tabs []page.Tab
	for _, t := range []struct{ key, under string }{{"sheet", ""}, {"why", "/why"}} {
		tabs = append(tabs, page.Tab{Text: q.say("contest.sheet.tab." + t.key), Href: u.href(t.under), Current: t.under == here})
	}
	return tabs
}

// contestUnitTiles shows where the unit stands.
func (q *request) contestUnitTiles(u contestUnitSeen) []page.Tile {
	var tiles []page.Tile
	top := q.points(u.Table.Assigned(u.unit))
	for i, stage := range u.Contest.Stages {
		scores := u.file.Scores[stage.Code]
		if !stage.Edits || len(scores) == 0 {
			continue
		}
		total := contest.Sum(u.Table, u.Contest.Scale, u.unit, scores)
		if i > 0 && total.Scored < total.Of {
			continue // a stage at work says nothing yet
		}
		text := q.say("contest.sheet.total", stage.Name(q.lang()), top)
		if total.Bonus > 0 || total.Deduction > 0 {
			text = dotted(text, q.say("contest.sheet.extra", q.points(total.Bonus), q.points(total.Deduction)))
		}
		tiles = append(tiles, page.Tile{Figure: q.points(total.Sum), Text: text})
	}
	if due := q.sheetDue(u.contestSeen, u.unit); due != 0 && u.stage.Code != "" {
		mark := q.dueMark(due)
		tiles = append(tiles, page.Tile{Figure: mark.Text, Text: q.say("contest.sheet.due", q.daySaid(due))})
	}
	return tiles
}

// contestUnitNotes says what was asked of whoever has the sheet now.
func (q *request) contestUnitNotes(u contestUnitSeen) []page.NoteLine {
	var notes []page.NoteLine
	if n := len(u.file.Moves); n > 0 && u.Contest.Standing == contest.Opened {
		last := u.file.Moves[n-1]
		if last.Kind == contest.MoveBack {
			notes = append(notes, page.NoteLine{Tone: page.Late, Text: q.say("contest.sheet.returned", q.when(last.At), last.Reason)})
		}
	}
	if u.acts && u.stage.Explains {
		notes = append(notes, page.NoteLine{Tone: page.Due, Text: q.say("contest.sheet.explain"), Link: page.Link{Text: q.say("contest.sheet.why.link"), Href: u.href("/why")}})
	}
	if len(u.failed) > 0 && u.acts && u.first() {
		notes = append(notes, page.NoteLine{Tone: page.Plain, Text: q.say("contest.sheet.failed", len(u.failed))})
	}
	return notes
}

// contestUnitActions offers what is done with one press.
func (q *request) contestUnitActions(u contestUnitSeen) []page.Action {
	all := []page.Action{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: u.href("/sheet.xlsx")}}
	if !u.acts || !u.stage.Edits {
		return all
	}
	key := "contest.sheet.accept"
	open := 0
	for _, row := range u.Table.Leaves(u.unit) {
		if _, scored := u.file.Scores[u.stage.Code][row.ID]; scored {
			continue
		}
		_, known := u.proposed[row.ID]
		if _, before := u.shown()[row.ID]; u.first() && known || !u.first() && before {
			open++
		}
	}
	if !u.first() {
		key = "contest.sheet.accept.before"
	}
	if open == 0 {
		return all
	}
	return append([]page.Action{{Glyph: page.GlyphCheck, Text: q.say(key, open), Href: u.href("/accept"), Post: true, First: true}}, all...)
}

// contestUnitGroups lays the criteria put to the unit out under their groups.
func (q *request) contestUnitGroups(u contestUnitSeen, refused unitRefusal) []page.SheetSection {
	var sections []page.SheetSection
	at := map[contest.CriterionID]int{}
	totals := contest.Sum(u.Table, u.Contest.Scale, u.unit, u.shown())
	for _, row := range u.Table.All() {
		if !u.Table.For(row, u.unit) {
			continue
		}
		if row.Method == contest.Group {
			at[row.ID] = len(sections)
			sections = append(sections, page.SheetSection{
				ID: contest.CriterionField(row.ID), Head: q.numbered(row), Inner: row.Parent != 0, Figure: q.say("contest.sheet.of", q.points(totals.Groups[row.ID]), q.points(row.Max)),
			})
			continue
		}
		i, ok := at[row.Parent]
		if !ok {
			i = len(sections)
			at[row.Parent] = i
			sections = append(sections, page.SheetSection{ID: "outside", Head: q.say("contest.sheet.outside")})
		}
		sections[i].Cards = append(sections[i].Cards, q.scoreCard(u, row, refused))
	}
	return slices.DeleteFunc(sections, func(s page.SheetSection) bool { return len(s.Cards) == 0 && s.Inner })
}

// numbered names a criterion with its number.
func (q *request) numbered(row contest.Criterion) string {
	if row.No == "" {
		return row.Name(q.lang())
	}
	return row.No + ". " + row.Name(q.lang())
}

// shown are the scores as they stand: of the stage at hand, else of the last that
// gave one.
func (u contestUnitSeen) shown() map[contest.CriterionID]contest.Score {
	all := map[contest.CriterionID]contest.Score{}
	for _, stage := range u.Contest.Stages {
		for id, s := range u.file.Scores[stage.Code] {
			all[id] = s
		}
	}
	return all
}

// contestUnitParts are the forms that move the sheet, and how it went so far.
func (q *request) contestUnitParts(u contestUnitSeen, refused unitRefusal) []page.DeskPart {
	var parts []page.DeskPart
	if u.acts {
		parts = append(parts, q.handOnPart(u, refused))
		if u.stage.Back != "" {
			parts = append(parts, q.handBackPart(u, refused))
		}
	}
	var past []page.Past
	for _, m := range slices.Backward(u.file.Moves) {
		text := q.say("contest.move."+m.Kind, q.stageSaid(u, m.From), q.stageSaid(u, m.To))
		past = append(past, page.Past{When: dotted(q.when(m.At), m.Name), Text: text, Note: m.Reason, Tone: map[string]page.Tone{contest.MoveBack: page.Late}[m.Kind]})
	}
	if len(past) > 0 {
		parts = append(parts, page.DeskPart{Head: q.say("contest.moves"), Past: past})
	}
	return parts
}

// stageSaid names a stage, as far as the reader may know it.
func (q *request) stageSaid(u contestUnitSeen, code string) string {
	stage, ok := u.Contest.StageOf(code)
	switch {
	case code == contest.StageInside:
		return q.say("contest.stage.inside")
	case !ok:
		return q.say("contest.stage.ready")
	case !u.Contest.Told(code) && !u.Seat.Proves(u.unit, u.file.Sheet.Way):
		return q.say("contest.stage.inside")
	}
	return stage.Name(q.lang())
}

func (q *request) handOnPart(u contestUnitSeen, refused unitRefusal) page.DeskPart {
	r := q.reader
	field := page.Field{Name: "note", ID: "on-note", Label: q.say("contest.on.note"), Whole: true, Max: 2000}
	if u.stage.Explains {
		field.Label, field.Hint, field.Needed = q.say("contest.explanation"), q.say("contest.explanation.hint"), true
	}
	var wrong page.Problems
	if refused.form == "on" {
		wrong, field.Value = page.ProblemsOf(refused.err, r), q.lines("note")
		if field.Wrong = wrong.At("reason"); field.Wrong == "" {
			wrong = nil // said on top of the page, each beside its criterion
		}
	}
	return page.DeskPart{Head: q.say("contest.on.head"), Lines: []string{q.say("contest.on.text", q.nextSaid(u))}, Form: &page.DeskForm{
		Head:   page.FormHead{Action: u.href("/on"), Revision: strconv.FormatInt(u.file.Sheet.Revision, 10), Draft: "contest-on-" + idText(u.Contest.ID) + "-" + u.codes[u.unit]},
		Fields: []templComponent{page.TextArea(r, field, 3)}, Do: q.say("contest.on.do"),
	}}
}

// nextSaid names where the sheet goes.
func (q *request) nextSaid(u contestUnitSeen) string {
	next := u.Contest.Onward(u.file.Sheet.Way)
	if next.Ready {
		return q.say("contest.stage.ready")
	}
	return q.stageSaid(u, next.Stage)
}

func (q *request) handBackPart(u contestUnitSeen, refused unitRefusal) page.DeskPart {
	r := q.reader
	field := page.Field{Name: "reason", ID: "back-reason", Label: q.say("contest.back.reason"), Whole: true, Max: 2000, Needed: true}
	var wrong page.Problems
	if refused.form == "back" {
		wrong, field.Value = page.ProblemsOf(refused.err, r), q.lines("reason")
		field.Wrong = wrong.At("reason")
	}
	text := "contest.back.text"
	if u.stage.Restarts {
		text = "contest.back.restarts"
	}
	return page.DeskPart{Lines: []string{q.say(text, q.stageSaid(u, u.stage.Back))}, Head: q.say("contest.back.head"), Form: &page.DeskForm{
		Head: page.FormHead{Action: u.href("/back"), Revision: strconv.FormatInt(u.file.Sheet.Revision, 10)}, Fold: q.say("contest.back.do"), Open: refused.form == "back",
		Fields: []templComponent{page.TextArea(r, field, 3)}, Do: q.say("contest.back.do"), Danger: true,
	}}
}
