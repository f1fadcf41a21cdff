package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/tally"
)

// unitsTicked is the most units that are ticked one by one on a form; more are
// named by their codes.
const unitsTicked = 60

// tierRows is how many steps a form offers.
const tierRows = 8

// stood gives what stands in a form: as it was sent, else as the record has it.
func (q *request) stood(name, recorded string) string {
	if q.Method == "POST" {
		return q.value(name)
	}
	return recorded
}

// newCriterion asks for a further criterion.
func (s *Server) newCriterion(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	if c.Contest.Standing == contest.Published {
		return fault.Refuse("contest.standing.published")
	}
	row := contest.Criterion{Contest: c.Contest.ID, Parent: contest.CriterionID(q.id("parent")), Method: contest.Method(q.value("method")), Evidence: contest.EvidenceOptional}
	return q.criterionPage(c, row, nil, nil)
}

// editCriterion shows a criterion as a form.
func (s *Server) editCriterion(q *request) error {
	c, row, err := q.criterionAsked()
	if err != nil {
		return err
	}
	if !c.Seat.Keeps() {
		return fault.Forbid("contest.forbidden.keep")
	}
	if method := contest.Method(q.value("method")); slices.Contains(contest.Methods(), method) {
		row.Method = method
	}
	return q.criterionPage(c, row, nil, nil)
}

// criterionPage is the form of a criterion; tried is what it gives on samples.
func (q *request) criterionPage(c contestSeen, row contest.Criterion, refused error, tried *trial) error {
	action := "/table/new"
	if row.ID != 0 {
		action = "/table/" + idText(row.ID)
	}
	p := page.CriterionPage{Shell: q.shell(q.say("contest.criterion.new")), Do: q.say("common.save"), Leave: c.path("/table")}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.table"), Href: c.path("/table")})
	if row.ID != 0 {
		p.Shell.Title = strings.TrimSpace(row.No + " " + row.Name(q.lang()))
		p.Actions = []page.Action{{Glyph: page.GlyphRemove, Text: q.say("contest.strike"), Href: c.path(action + "/strike"), Dialog: true}}
	} else if c.Contest.Standing == contest.Opened {
		p.Shell.Title = q.say("contest.criterion.added")
	}
	parent := ""
	if row.Parent != 0 {
		parent = "parent=" + idText(row.Parent) + "&"
	}
	ways := q.wayDoors(c.path(action+"?"+parent), row.Method)
	if !slices.Contains(contest.Methods(), row.Method) {
		p.Shell.Lead, p.Other, p.Ways = q.say("contest.way.choose"), q.say("contest.way"), ways
		return q.show(page.Criterion(p))
	}
	p.Shell.Lead = dotted(q.wayShort(row), q.say("contest.method."+string(row.Method)+".text"))
	p.Head = page.FormHead{Action: c.path(action), Rejected: refused != nil, Revision: idText(row.Revision)}
	p.Wrong = page.ProblemsOf(refused, q.reader)
	p.Other, p.Others = q.say("contest.way.other"), ways
	fields, err := q.criterionFields(c, row, p.Wrong)
	if err != nil {
		return err
	}
	p.Fields = fields
	if row.Method != contest.Group && row.Method != contest.ByHand {
		p.Try = q.say("contest.try")
	}
	if tried != nil {
		p.Tried, p.Samples, p.Steps = q.say("contest.tried"), tried.fields, tried.steps
	}
	if refused != nil {
		return q.again(page.Criterion(p))
	}
	return q.show(page.Criterion(p))
}

// wayDoors offers the ways of scoring.
func (q *request) wayDoors(href string, now contest.Method) []page.Door {
	var doors []page.Door
	for _, m := range contest.Methods() {
		if m != now {
			doors = append(doors, page.Door{Head: q.say("contest.method." + string(m)), Text: q.say("contest.method." + string(m) + ".text"), Href: href + "method=" + string(m)})
		}
	}
	return doors
}

// criterionFields are the questions that a way of scoring needs answered.
func (q *request) criterionFields(c contestSeen, row contest.Criterion, wrong page.Problems) ([]templ.Component, error) {
	r := q.reader
	text := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	no, name, condition := text("no", "contest.no", row.No), text("name", "contest.criterion.text", row.Names["vi"]), text("condition", "contest.condition", row.Condition["vi"])
	no.Short, no.Hint, no.Max = true, q.say("contest.no.hint"), 20
	name.Needed, name.Whole, condition.Whole, condition.Hint = true, true, true, q.say("contest.condition.hint")
	fields := []templ.Component{
		page.Hidden("method", string(row.Method)),
		page.Select(r, wrong.Mark(page.Field{Name: "parent", Label: q.say("contest.parent"), Value: q.stood("parent", idText(row.Parent))}), q.parentOptions(c, row)),
		page.TextInput(r, no), page.TextArea(r, name, 2), page.TextArea(r, condition, 2),
	}
	limit := text("max", "contest.max", q.pointsAsked(row.Max))
	limit.Needed, limit.Short = true, true
	if row.Method == contest.Group {
		limit.Hint = q.say("contest.max.group")
	}
	fields = append(fields, page.NumberInput(r, limit))
	if !row.Outside() && row.Method != contest.Group {
		bonus := text("bonus", "contest.bonus.most", q.pointsAsked(row.BonusMax))
		bonus.Short, bonus.Hint = true, q.say("contest.bonus.most.hint")
		fields = append(fields, page.NumberInput(r, bonus))
	}
	way, err := q.wayFields(row, wrong)
	if err != nil {
		return nil, err
	}
	fields = append(fields, way...)
	if c.Contest.Standing == contest.Opened {
		reason := text("reason", "contest.added.why", row.Reason)
		reason.Needed, reason.Whole = true, true
		fields = append(fields, page.TextInput(r, reason))
	}
	return append(fields, page.Folded(q.say("contest.more"), q.say("contest.more.note"), len(wrong) > 0, q.criterionMore(c, row, wrong))), nil
}

// pointsAsked gives points for a form, nothing for none.
func (q *request) pointsAsked(p contest.Points) string {
	if p == 0 {
		return ""
	}
	return q.pointsTyped(p)
}

// parentOptions offers the groups in which a criterion may stand: not itself and
// nothing that stands in it.
func (q *request) parentOptions(c contestSeen, row contest.Criterion) []page.Option {
	options := []page.Option{{Value: "0", Text: q.say("contest.parent.top")}}
	for _, g := range c.Table.All() {
		if g.Method != contest.Group || g.ID == row.ID {
			continue
		}
		inside := false
		for up, ok := c.Table.Of(g.Parent); ok; up, ok = c.Table.Of(up.Parent) {
			inside = inside || up.ID == row.ID && row.ID != 0
		}
		if !inside {
			options = append(options, page.Option{Value: idText(g.ID), Text: strings.Repeat("— ", c.Table.Depth(g.ID)) + strings.TrimSpace(g.No+" "+shortened(g.Name(q.lang())))})
		}
	}
	return options
}

// wayFields are the questions of one way of scoring.
func (q *request) wayFields(row contest.Criterion, wrong page.Problems) ([]templ.Component, error) {
	r := q.reader
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Hint: q.say(key + ".hint"), Value: q.stood(name, value)})
	}
	if row.Method == contest.Group || row.Method == contest.ByHand {
		return nil, nil
	}
	measures, err := q.countedOptions()
	if err != nil {
		return nil, err
	}
	none := "contest.measure.none"
	if q.stood("value", row.Value) != "" {
		none = "contest.measure.below"
	}
	measures = append([]page.Option{{Text: q.say(none)}}, measures...)
	pick := page.Field{Name: "measure", Label: q.say("contest.measure"), Hint: q.say("contest.measure.hint"), Value: q.stood("measure", ""), Whole: true}
	value := field("value", "contest.value", row.Value)
	value.Whole, value.Needed = true, row.Method == contest.Formula
	if row.Method == contest.Formula {
		value.Label, value.Hint = q.say("contest.formula"), q.say("contest.formula.hint", "{2.1}")
	}
	fields := []templ.Component{page.Select(r, pick, measures), page.TextArea(r, value, 2)}
	switch row.Method {
	case contest.PerCount, contest.Bonus, contest.Deduction:
		per := field("per", "contest.per", q.pointsAsked(row.Per))
		per.Needed, per.Short = true, true
		fields = append(fields, page.NumberInput(r, per))
	case contest.ToTarget:
		target := field("target", "contest.target", row.Target)
		target.Needed, target.Whole = true, true
		fields = append(fields, page.TextInput(r, target))
	case contest.Tiers:
		fields = append(fields, q.tierFields(row, wrong))
	case contest.Group, contest.ByHand, contest.YesNo, contest.Formula:
	}
	return fields, nil
}

// countedOptions offers every measure that was ever counted in the book.
func (q *request) countedOptions() ([]page.Option, error) {
	measures, err := q.view().Measures(q.Context())
	if err != nil {
		return nil, err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return nil, err
	}
	all := make([]page.Option, len(measures))
	for i, m := range measures {
		all[i] = page.Option{Value: m.Key(), Text: q.measureName(m, kinds)}
	}
	slices.SortFunc(all, func(a, b page.Option) int { return cmp.Compare(a.Text, b.Text) })
	return all, nil
}

// tierFields asks for the steps: from which value up how many points.
func (q *request) tierFields(row contest.Criterion, wrong page.Problems) templ.Component {
	var fields []templ.Component
	for i := range tierRows {
		n, from, points := strconv.Itoa(i+1), "", ""
		if i < len(row.Tiers) {
			from, points = row.Tiers[i].From, q.pointsTyped(row.Tiers[i].Points)
		}
		f := page.Field{Name: "tier-from-" + n, Label: q.say("contest.tier.from", n), Value: q.stood("tier-from-"+n, from)}
		p := page.Field{Name: "tier-points-" + n, Label: q.say("contest.tier.points", n), Value: q.stood("tier-points-"+n, points)}
		if i == 0 {
			f.Wrong = wrong.At("tiers")
		}
		f.Wrong = cmp.Or(wrong.At(f.Name), f.Wrong)
		fields = append(fields, page.NumberInput(q.reader, f), page.NumberInput(q.reader, wrong.Mark(p)))
	}
	return page.FieldLine(q.say("contest.tiers"), fields)
}

// criterionMore asks what is rarely needed: evidence, deadline, handler, to whom it
// is put, other languages.
func (q *request) criterionMore(c contestSeen, row contest.Criterion, wrong page.Problems) []templ.Component {
	r := q.reader
	line := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	var fields []templ.Component
	if row.Method != contest.Group {
		fields = append(fields, page.Chips(r, line("evidence", "contest.evidence", string(row.Evidence)), q.options("contest.evidence.", "", string(contest.EvidenceRequired), string(contest.EvidenceOptional), string(contest.EvidenceNone))))
	}
	deadline, handler := line("deadline", "contest.deadline", dayTyped(row.Deadline)), line("handler", "contest.handler", row.Handler)
	deadline.Short, handler.Hint = true, q.say("contest.handler.hint")
	fields = append(fields, page.DateInput(r, deadline), page.TextInput(r, handler), q.assignedField(c, row, wrong))
	note := line("note", "common.note", row.Note)
	note.Whole = true
	fields = append(fields, page.TextInput(r, note))
	for _, lang := range []string{"en", "fr"} {
		name, condition, note := line("name-"+lang, "contest.criterion."+lang, row.Names[lang]), line("condition-"+lang, "contest.condition."+lang, row.Condition[lang]), line("note-"+lang, "contest.note."+lang, row.Notes[lang])
		name.Whole, condition.Whole, note.Whole = true, true, true
		if lang == "en" {
			name.Hint = q.say("contest.languages.hint")
		}
		fields = append(fields, page.TextInput(r, name), page.TextArea(r, condition, 2), page.TextInput(r, note))
	}
	return fields
}

// assignedField asks to which units a criterion is put.
func (q *request) assignedField(c contestSeen, row contest.Criterion, wrong page.Problems) templ.Component {
	assigned := row.Assigned
	if len(c.Units) <= unitsTicked {
		if q.Method == "POST" {
			assigned = nil
			for _, id := range q.values("assigned") {
				assigned = append(assigned, body.ID(idOf(id)))
			}
		}
		var options []page.Option
		for _, u := range c.Units {
			options = append(options, page.Option{Value: idText(u.Body), Text: c.called[u.Body], Chosen: slices.Contains(assigned, u.Body)})
		}
		return page.ChipsMany(q.reader, wrong.Mark(page.Field{Name: "assigned", Label: q.say("contest.assigned.to"), Hint: q.say("contest.assigned.to.hint")}), options)
	}
	var codes []string
	for _, id := range assigned {
		codes = append(codes, c.codes[id])
	}
	return page.TextArea(q.reader, wrong.Mark(page.Field{Name: "assigned-codes", Label: q.say("contest.assigned.to"), Hint: q.say("contest.assigned.codes.hint"), Value: q.stood("assigned-codes", strings.Join(codes, " ")), Whole: true}), 3)
}

// criterionGiven reads the answers about a criterion.
func (q *request) criterionGiven(c contestSeen, row contest.Criterion) (contest.Criterion, error) {
	var found []error
	points := func(name string) contest.Points {
		if q.value(name) == "" {
			return 0
		}
		p, err := contest.ParsePoints(name, q.value(name))
		found = append(found, err)
		return p
	}
	row.Contest, row.Method, row.Parent = c.Contest.ID, contest.Method(q.value("method")), contest.CriterionID(q.id("parent"))
	row.No, row.Handler, row.Note, row.Reason = q.value("no"), q.value("handler"), q.value("note"), cmp.Or(q.value("reason"), row.Reason)
	row.Names = wordings(q.lines("name"), q.value("name-en"), q.value("name-fr"))
	row.Condition = wordings(q.lines("condition"), q.lines("condition-en"), q.lines("condition-fr"))
	row.Notes = wordings("", q.value("note-en"), q.value("note-fr"))
	row.Max, row.BonusMax, row.Per = points("max"), points("bonus"), points("per")
	row.Value, row.Target, row.Tiers, row.Evidence = q.value("value"), q.value("target"), nil, contest.Evidence(q.value("evidence"))
	if m := q.value("measure"); m != "" && row.Value == "" {
		row.Value = "[" + m + "]"
	}
	for i := range tierRows {
		n := strconv.Itoa(i + 1)
		from, at := strings.ReplaceAll(q.value("tier-from-"+n), ",", "."), q.value("tier-points-"+n)
		if from == "" && at == "" {
			continue
		}
		row.Tiers = append(row.Tiers, contest.Tier{From: from, Points: points("tier-points-" + n)})
	}
	var err error
	row.Deadline, err = q.exactDay("deadline")
	found = append(found, err)
	row.Assigned, err = q.assignedGiven(c)
	found = append(found, err)
	return row, fault.Gather(found...)
}

// wordings puts a wording in three languages together.
func wordings(vi, en, fr string) map[string]string {
	all := map[string]string{}
	for lang, said := range map[string]string{"vi": vi, "en": en, "fr": fr} {
		if said != "" {
			all[lang] = said
		}
	}
	return all
}

// assignedGiven reads to which units a criterion is put.
func (q *request) assignedGiven(c contestSeen) ([]body.ID, error) {
	var units []body.ID
	for _, id := range q.values("assigned") {
		units = append(units, body.ID(idOf(id)))
	}
	for code := range strings.FieldsSeq(strings.ReplaceAll(q.value("assigned-codes"), ",", " ")) {
		known := false
		for _, u := range c.Units {
			if c.codes[u.Body] == code {
				units, known = append(units, u.Body), true
			}
		}
		if !known {
			return nil, fault.Field("assigned-codes", "contest.assigned.unknown", code)
		}
	}
	return units, nil
}

// saveCriterion enters or changes a criterion, or tries it out on samples.
func (s *Server) saveCriterion(q *request) error {
	var c contestSeen
	var row contest.Criterion
	var err error
	if q.PathValue("criterion") == "" {
		c, err = q.contestAsked()
	} else {
		c, row, err = q.criterionAsked()
	}
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	parent := row.Parent
	row, err = q.criterionGiven(c, row)
	if q.value("try") != "" {
		if err == nil {
			err = row.Check()
		}
		return q.tryCriterion(c, row, err)
	}
	if row.ID == 0 || parent != row.Parent {
		row.Order = len(c.Table.Children(row.Parent)) + 1
	}
	if err == nil {
		err = q.write("contest.why.table", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Write(ctx, tx, q.actor, row, q.id("revision"), func(measure string) error { return tally.Known(ctx, tx, measure) })
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.criterionPage(c, row, err, nil)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/table"), q.well("contest.criterion.saved", row.No, row.Name(q.lang())))
}
