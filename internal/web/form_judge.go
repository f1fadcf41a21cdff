package web

import (
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// formReply shows what one unit replied, how it stands, what it became, and what
// was sent before.
func (s *Server) formReply(q *request) error {
	o, err := q.unitAsked()
	if err != nil {
		return err
	}
	return q.replyPage(o, nil)
}

func (q *request) replyPage(o store.Opened, refused error) error {
	p := page.DeskPage{Shell: q.shell(o.Unit.NameOn(string(q.reader.Lang), q.today()))}
	p.Shell.Crumbs = q.formCrumbs(page.Link{Text: q.formName(o.Form), Href: inPeriod(formPath(o.Form), o.Form, o.Period)})
	p.Shell.Lead = dotted(q.formName(o.Form), q.periodSaid(o.Form.Every, o.Period))
	if q.may(access.PostDeeds, o.Unit.ID) && !o.Locked {
		do := q.say("reporting.fill.do")
		if o.Reply.N > 0 {
			do = q.say("reporting.fill.again")
		}
		p.Actions = append(p.Actions, page.Action{Glyph: page.GlyphEdit, Text: do, Href: inPeriod(unitPath(o.Form, o.Unit.ID)+"/fill", o.Form, o.Period), First: o.Reply.N == 0})
	}
	p.Parts = append(p.Parts, page.DeskPart{Head: q.say("reporting.reply"), Facts: q.replyFacts(o)})
	if o.Reply.N > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("reporting.answers"), Facts: q.answerFacts(o, unitPath(o.Form, o.Unit.ID))})
	}
	p.Parts = append(p.Parts, q.judgeParts(o, refused)...)
	became, err := q.becamePart(o)
	if err != nil {
		return err
	}
	past, err := q.pastPart(o)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, append(became, past...)...)
	if q.may(access.FileReports, o.Form.Body) {
		p.Parts = append(p.Parts, q.keyPart(o))
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) replyFacts(o store.Opened) []page.Fact {
	facts := []page.Fact{
		{Name: q.say("common.status"), Text: " ", Mark: q.replyMark(o.Form, o.Period, o.Reply)},
		{Name: q.say("reporting.due"), Text: locale.DayShort(o.Form.DueOn(o.Period))},
	}
	if o.Reply.N == 0 {
		return facts
	}
	at := page.Fact{Name: q.say("reporting.at"), Text: q.when(o.Reply.At), Note: q.say("reporting.times", o.Reply.N)}
	if o.Reply.Late {
		at.Mark = page.Mark{Tone: page.Late, Text: q.say("reporting.status.late")}
	}
	facts = append(facts, at,
		page.Fact{Name: q.say("reporting.by"), Text: dotted(o.Reply.By, o.Reply.Phone), Note: q.say("reporting.way." + string(o.Reply.Way))})
	if o.Reply.Judge != "" {
		key := "reporting.approved.by"
		if o.Reply.Status == reporting.Returned {
			key = "reporting.returned.by"
		}
		facts = append(facts, page.Fact{Name: q.say(key), Text: o.Reply.Judge, Note: dotted(q.when(o.Reply.Judged), o.Reply.Reason)})
	}
	return facts
}

// judgeParts offers to approve a reply or to send it back.
func (q *request) judgeParts(o store.Opened, refused error) []page.DeskPart {
	if o.Locked || !o.Reply.Counts() || !q.may(access.FileReports, o.Form.Body) {
		return nil
	}
	base, wrong := unitPath(o.Form, o.Unit.ID), page.ProblemsOf(refused, q.reader)
	carry := []templ.Component{page.Hidden("period", o.Form.Every.Code(o.Period)), page.Hidden("n", idText(o.Reply.N))}
	var parts []page.DeskPart
	if o.Reply.Status == reporting.Sent {
		parts = append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{Head: page.FormHead{Action: base + "/approve"}, Fields: carry, Do: q.say("reporting.approve")}})
	}
	back := append(carry[:len(carry):len(carry)],
		page.TextArea(q.reader, wrong.Mark(page.Field{Name: "reason", Label: q.say("reporting.return.why"), Hint: q.say("reporting.return.hint"), Value: q.lines("reason"), Needed: true, Whole: true}), 2))
	return append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: base + "/return", Rejected: refused != nil}, Wrong: wrong, Fold: q.say("reporting.return"), Fields: back, Do: q.say("reporting.return.do"), Quiet: true,
	}})
}

// becamePart lists the deeds that a reply became.
func (q *request) becamePart(o store.Opened) ([]page.DeskPart, error) {
	if len(o.Reply.Deeds) == 0 {
		return nil, nil
	}
	deeds, err := q.view().FormDeeds(q.Context(), o.Form.ID, o.Period, o.Unit.ID)
	if err != nil || len(deeds) == 0 {
		return nil, err
	}
	t := page.Table{ID: "became", Caption: q.say("reporting.became"), Columns: []page.Column{{Head: q.say("reporting.became.deed"), Chief: true}, {Head: q.say("common.day")}, {Head: q.say("common.status")}}}
	for _, d := range deeds {
		shown, err := q.named(d)
		if err != nil {
			return nil, err
		}
		t.Rows = append(t.Rows, page.Row{Href: deedPath(d.ID), Cells: []page.Cell{{Text: q.titleWith(d, shown.kind, shown.called)}, {Text: q.dated(d.Day)}, {Text: q.say("deed.status." + string(d.Status))}}})
	}
	return []page.DeskPart{{Plain: true, Table: &t}}, nil
}

// pastPart lists what the reply was before.
func (q *request) pastPart(o store.Opened) ([]page.DeskPart, error) {
	past, err := q.view().FormPast(q.Context(), o.Form.ID, o.Period, o.Unit.ID)
	if err != nil || len(past) == 0 {
		return nil, err
	}
	part := page.DeskPart{Head: q.say("reporting.past")}
	for _, r := range past {
		was := q.replyMark(o.Form, o.Period, r)
		line := page.Past{When: q.when(r.At), Text: dotted(q.say("reporting.times", r.N), was.Text, r.By)}
		for _, one := range o.Form.Questions {
			before, after := q.answerSaid(one, r.Answers), q.answerSaid(one, o.Reply.Answers)
			if before != after && line.Note == "" {
				line.Note = q.say("reporting.past.differs", q.questionName(one), orElse(before, "–"), orElse(after, "–"))
			}
		}
		part.Past = append(part.Past, line)
	}
	return []page.DeskPart{part}, nil
}

// keyPart offers the unit's own address anew, or ends it.
func (q *request) keyPart(o store.Opened) page.DeskPart {
	base := formPath(o.Form)
	unit := []page.Option{{Value: "unit", Text: idText(o.Unit.ID)}}
	return page.DeskPart{Head: q.say("reporting.key"), Lines: []string{q.say("reporting.key.text")}, Actions: []page.Action{
		{Text: q.say("reporting.key.anew"), Href: base + "/keys", Post: true, Carry: unit},
		{Text: q.say("reporting.key.withdraw"), Href: base + "/keys/withdraw", Post: true, Carry: unit},
	}}
}

// judge does something with a unit's reply.
func (q *request) judge(why, done string, do func(ctx context.Context, tx *store.Tx, j reporting.Judgement) error) error {
	if err := q.read(); err != nil {
		return err
	}
	o, err := q.unitAsked()
	if err != nil {
		return err
	}
	j := reporting.Judgement{Form: o.Form.ID, Period: o.Period, Unit: o.Unit.ID, Based: q.id("n"), Reason: q.lines("reason")}
	err = q.write(why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, j) })
	if isInvalid(err) || fault.KindOf(err) == fault.Stale {
		fresh, failed := q.unitAsked()
		if failed != nil {
			return failed
		}
		return q.replyPage(fresh, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(inPeriod(unitPath(o.Form, o.Unit.ID), o.Form, o.Period), q.well(done))
}

// formApprove accepts a unit's reply.
func (s *Server) formApprove(q *request) error {
	return q.judge("reporting.why.approved", "reporting.approved", func(ctx context.Context, tx *store.Tx, j reporting.Judgement) error {
		_, err := reporting.Approve(ctx, tx, q.actor, j)
		return err
	})
}

// formReturn sends a reply back to its unit.
func (s *Server) formReturn(q *request) error {
	return q.judge("reporting.why.returned", "reporting.returned", func(ctx context.Context, tx *store.Tx, j reporting.Judgement) error {
		_, err := reporting.SendBack(ctx, tx, q.actor, j)
		return err
	})
}
