package web

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
)

type templComponent = templ.Component

// scoreCard is one criterion of the sheet.
func (q *request) scoreCard(u contestUnitSeen, row contest.Criterion, refused unitRefusal) page.ScoreCard {
	now, scored := u.shown()[row.ID]
	own, has := u.file.Scores[u.stage.Code][row.ID]
	c := page.ScoreCard{ID: contest.CriterionField(row.ID), Head: q.numbered(row), Max: q.points(row.Max), Score: "–", About: q.criterionAbout(row), Given: q.scoresGiven(u, row)}
	if scored {
		c.Score = q.points(now.Points)
		if now.Bonus > 0 {
			c.Score += " + " + q.points(now.Bonus)
		}
		c.Evidence, c.Proofs, c.MoreProofs = q.evidenceLinks(u, now), q.proofLines(u, row.ID), q.moreProofs(u, row.ID)
	}
	if u.acts && u.stage.Edits {
		c.Mark = q.scoreMark(u, row, own, has)
		c.Open = u.next == row.ID && refused.criterion == 0 // what was refused stands open alone
		form := q.scoreForm(u, row, refused)
		c.Form = &form
	}
	if u.Contest.Standing != contest.Published || q.actor.Operator {
		c.Proposal = q.proposalSaid(u, row, has)
	}
	if u.acts && u.stage.Explains && u.changed(row) {
		c.Mark, c.Open = page.Mark{Tone: page.Due, Text: q.say("contest.score.changed")}, true
	}
	if refused.criterion == row.ID {
		c.Open = true
	}
	return c
}

// changed tells whether those who checked gave another score than the unit.
func (u contestUnitSeen) changed(row contest.Criterion) bool {
	self, ok := u.file.Scores[u.Contest.Stages[0].Code][row.ID]
	now := u.shown()[row.ID]
	return ok && (self.Points != now.Points || self.Bonus != now.Bonus)
}

// scoreMark says how a criterion stands at the stage at hand.
func (q *request) scoreMark(u contestUnitSeen, row contest.Criterion, own contest.Score, has bool) page.Mark {
	switch {
	case !has && row.Outside():
		return page.Mark{}
	case !has:
		return page.Mark{Tone: page.Waiting, Text: q.say("contest.score.open")}
	case u.first() && row.Evidence == contest.EvidenceRequired && own.Points > 0 && len(own.Deeds)+len(own.Papers) == 0:
		return page.Mark{Tone: page.Late, Text: q.say("contest.score.unproved")}
	}
	return page.Mark{Tone: page.Done, Text: q.say("contest.score.done")}
}

// criterionAbout says for what the points are given.
func (q *request) criterionAbout(row contest.Criterion) []string {
	var lines []string
	if said := row.ConditionIn(q.lang()); said != "" {
		lines = append(lines, said)
	}
	how := ""
	switch row.Method {
	case contest.PerCount, contest.Bonus, contest.Deduction:
		how = q.say("contest.method."+string(row.Method)+".said", q.points(row.Per), q.points(row.Max))
	case contest.Tiers:
		var steps []string
		for _, t := range row.Tiers {
			steps = append(steps, q.say("contest.tier.said", q.decimalSaid(t.From), q.points(t.Points)))
		}
		how = q.say("contest.method.tiers.said", strings.Join(steps, "; "))
	case contest.ToTarget:
		how = q.say("contest.method.to_target.said", q.points(row.Max), q.decimalSaid(row.Target))
	case contest.YesNo, contest.Formula:
		how = q.say("contest.method." + string(row.Method) + ".said")
	case contest.Group, contest.ByHand:
	}
	evidence := ""
	if row.Evidence == contest.EvidenceRequired {
		evidence = q.say("contest.evidence.required.said")
	}
	due := ""
	if row.Deadline != 0 {
		due = q.say("contest.deadline.said", q.daySaid(row.Deadline))
	}
	if said := dotted(how, evidence, due, row.Handler); said != "" {
		lines = append(lines, said)
	}
	if row.Added {
		lines = append(lines, q.say("contest.added.said", row.Reason))
	}
	if note := row.NoteIn(q.lang()); note != "" {
		lines = append(lines, note)
	}
	return lines
}

// decimalSaid writes an exact decimal as the reader is used to; anything else stays.
func (q *request) decimalSaid(plain string) string {
	return q.speaker().Plain(plain)
}

// scoresGiven lists what the stages gave for a criterion, with their reasons.
func (q *request) scoresGiven(u contestUnitSeen, row contest.Criterion) []page.Fact {
	var facts []page.Fact
	for _, stage := range u.Contest.Stages {
		s, ok := u.file.Scores[stage.Code][row.ID]
		if !ok {
			continue
		}
		text := q.points(s.Points)
		if s.Bonus > 0 {
			text = q.say("contest.score.with", text, q.points(s.Bonus))
		}
		if s.Input != "" {
			text = dotted(text, q.say("contest.score.input", q.decimalSaid(s.Input)))
		}
		facts = append(facts, page.Fact{Name: stage.Name(q.lang()), Text: text, Note: s.Reason})
	}
	return facts
}

// proofLines are the first deeds that are claimed for a criterion.
func (q *request) proofLines(u contestUnitSeen, criterion contest.CriterionID) []page.ProofLine {
	var lines []page.ProofLine
	proofs := u.proofs[criterion]
	for _, p := range proofs[:min(len(proofs), deedsNamed)] {
		lines = append(lines, q.proofLine(u, criterion, p))
	}
	return lines
}

// moreProofs leads to all of them where not all are named.
func (q *request) moreProofs(u contestUnitSeen, criterion contest.CriterionID) page.Link {
	n := len(u.proofs[criterion])
	if n <= deedsNamed {
		return page.Link{}
	}
	return page.Link{Text: q.say("contest.proofs.all", n), Href: u.proofsAt(u.unit, criterion)}
}

// evidenceLinks leads to the files that prove a score.
func (q *request) evidenceLinks(u contestUnitSeen, s contest.Score) []page.Link {
	var links []page.Link
	for _, id := range s.Papers {
		if a, ok := u.papers[id]; ok {
			links = append(links, page.Link{Text: a.Name, Href: u.href("/files/" + strconv.FormatInt(id, 10))})
		}
	}
	return links
}

// deedsOf names those of some deeds that are told.
func (u contestUnitSeen) deedsOf(ids []deed.ID) []page.Link {
	var links []page.Link
	for _, id := range ids[:min(len(ids), deedsNamed)] {
		if l, ok := u.deeds[id]; ok {
			links = append(links, l)
		}
	}
	return links
}

// proposalSaid says what the journal proposes for a criterion, step by step.
func (q *request) proposalSaid(u contestUnitSeen, row contest.Criterion, scored bool) *page.ProposalSaid {
	if err := u.failed[row.ID]; err != nil && u.acts && u.first() {
		said := &page.ProposalSaid{Head: q.say("contest.proposal.failed")}
		for _, f := range fault.All(err) {
			said.Steps = append(said.Steps, q.say(f.Key, f.Args...))
		}
		return said
	}
	p, ok := u.proposed[row.ID]
	if !ok {
		return nil
	}
	said := &page.ProposalSaid{Head: q.say("contest.proposal", q.points(p.Points)), Steps: q.stepsSaid(u, p.Steps), Deeds: u.deedsOf(p.Deeds)}
	if more := len(p.Deeds) - len(said.Deeds); more > 0 {
		said.More = q.say("contest.sheet.deeds.more", more)
	}
	if p.Qualifier != deed.Exact {
		said.Head = dotted(said.Head, q.say("contest.proposal.qualified"))
	}
	now, has := u.file.Scores[u.stage.Code][row.ID]
	if u.acts && u.first() && (!scored || now.Points != p.Points) {
		revision := int64(0)
		if has {
			revision = now.Revision
		}
		said.Accept = &page.Action{Glyph: page.GlyphCheck, Text: q.say("contest.proposal.accept", q.points(p.Points)), Href: u.href("/accept"), Post: true, Carry: []page.Option{
			{Value: "criterion", Text: idText(row.ID)}, {Value: "revision", Text: strconv.FormatInt(revision, 10)},
		}}
	}
	return said
}

// stepsSaid words the steps of a computation: measures by their names.
func (q *request) stepsSaid(u contestUnitSeen, steps []contest.Step) []string {
	var all []string
	for _, s := range steps {
		if s.Text == "=" {
			all = append(all, q.say("contest.step.entered", q.decimalSaid(s.Value)))
			continue
		}
		all = append(all, q.say("contest.step.said", q.stepText(u, s.Text), q.decimalSaid(s.Value)))
	}
	return all
}

// stepText puts the names of measures and criteria in the place of their codes.
func (q *request) stepText(u contestUnitSeen, text string) string {
	if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
		if name, ok := q.measureCalled(text[1:len(text)-1], u.kinds); ok {
			return name
		}
		return text
	}
	if inner, ok := strings.CutPrefix(text, "{"); ok {
		return q.say("contest.step.criterion", strings.TrimSuffix(inner, "}"))
	}
	text = strings.NewReplacer(" * ", " × ", " / ", " : ").Replace(text)
	if most, rest, ok := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(text, "min("), ")"), "; "); ok && strings.HasPrefix(text, "min(") && !strings.Contains(rest, ";") {
		return q.say("contest.step.most", q.decimalSaid(most), rest)
	}
	return text
}

// scoreForm asks for a score.
func (q *request) scoreForm(u contestUnitSeen, row contest.Criterion, refused unitRefusal) page.DeskForm {
	id := idText(row.ID)
	s, has := u.file.Scores[u.stage.Code][row.ID]
	if !has {
		s, _ = u.shown()[row.ID]
	}
	typed := map[string]string{"reason": "", "value": s.Input, "bonus": "", "points": ""}
	if has {
		typed["points"], typed["reason"] = q.pointsTyped(s.Points), s.Reason
		if s.Bonus > 0 {
			typed["bonus"] = q.pointsTyped(s.Bonus)
		}
	}
	var wrong page.Problems
	form := page.DeskForm{
		Head: page.FormHead{Action: u.href("/scores/" + id), Files: true, Draft: "contest-" + idText(u.Contest.ID) + "-" + u.codes[u.unit] + "-" + u.stage.Code + "-" + id},
		Do:   q.say("contest.score.save"), Quiet: true,
	}
	if has {
		form.Head.Revision = strconv.FormatInt(s.Revision, 10)
	}
	if refused.criterion == row.ID {
		wrong = page.ProblemsOf(refused.err, q.reader)
		form.Head.Rejected = true
		for name := range typed {
			typed[name] = q.value(name)
		}
		for _, w := range wrong {
			if w.Field != "" {
				w.Field += "-" + id
			}
			form.Wrong = append(form.Wrong, w)
		}
	}
	field := func(name, key string, args ...any) page.Field {
		return wrong.Mark(page.Field{Name: name, ID: name + "-" + id, Label: q.say(key, args...), Value: typed[name]})
	}
	form.Fields = q.scoreFields(u, row, field)
	form.Fields = append(form.Fields, q.evidenceFields(u, row, s, field)...)
	reason := field("reason", "contest.score.reason")
	reason.Hint, reason.Whole, reason.Max = q.say("contest.score.reason.hint"), true, 1000
	form.Fields = append(form.Fields, page.TextInput(q.reader, reason))
	return form
}

// scoreFields ask for the points, or for what they are worked out from.
func (q *request) scoreFields(u contestUnitSeen, row contest.Criterion, field func(name, key string, args ...any) page.Field) []templComponent {
	var fields []templComponent
	if row.Method == contest.YesNo {
		points := field("points", "contest.score.yesno")
		options := []page.Option{{Value: q.pointsTyped(row.Max), Text: q.say("contest.score.yes", q.points(row.Max))}, {Value: "0", Text: q.say("contest.score.no")}}
		fields = append(fields, page.Chips(q.reader, points, options))
	} else {
		if _, known := u.proposed[row.ID]; !known && u.first() && (row.Method == contest.Tiers || row.Method == contest.ToTarget || row.Method == contest.PerCount || row.Outside()) {
			value := field("value", "contest.score.value")
			value.Hint, value.Short = q.say("contest.score.value.hint"), true
			fields = append(fields, page.NumberInput(q.reader, value))
		}
		points := field("points", "contest.score.points", q.points(row.Max))
		points.Short = true
		fields = append(fields, page.NumberInput(q.reader, points))
	}
	if row.BonusMax > 0 {
		bonus := field("bonus", "contest.score.bonus.most", q.points(row.BonusMax))
		bonus.Short = true
		fields = append(fields, page.NumberInput(q.reader, bonus))
	}
	return fields
}

// evidenceFields ask for what proves the score.
func (q *request) evidenceFields(u contestUnitSeen, row contest.Criterion, s contest.Score, field func(name, key string, args ...any) page.Field) []templComponent {
	if row.Evidence == contest.EvidenceNone || !u.first() {
		return nil
	}
	var fields []templComponent
	if p, ok := u.proposed[row.ID]; ok && len(p.Deeds) > 0 {
		deeds := field("deeds", "contest.score.deeds", len(p.Deeds))
		deeds.Value, deeds.Whole = "yes", true
		if s.Revision > 0 && len(s.Deeds) == 0 {
			deeds.Value = ""
		}
		fields = append(fields, page.Tick(deeds))
	}
	var kept []page.Option
	for _, id := range s.Papers {
		if a, ok := u.papers[id]; ok {
			kept = append(kept, page.Option{Value: strconv.FormatInt(id, 10), Text: a.Name, Chosen: true})
		}
	}
	if len(kept) > 0 {
		papers := field("papers", "contest.score.papers")
		fields = append(fields, page.Ticks(q.reader, papers, kept))
	}
	file := field("paper", "contest.score.file")
	file.Whole = true
	return append(fields, page.FileInput(q.reader, file, ""))
}
