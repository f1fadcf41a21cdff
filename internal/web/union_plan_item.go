package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// planItem shows one item of a plan: how it stands and by which deeds.
func (s *Server) planItem(q *request) error {
	l, err := q.planItemAsked()
	if err != nil {
		return err
	}
	return q.planItemPage(l, "", nil)
}

func (q *request) planItemPage(l union.Line, form string, refused error) error {
	mark := q.stateMark(l.State)
	p := page.DeskPage{Shell: q.shell(q.say("union.plan.item"))}
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("union.plan.of", strconv.Itoa(l.Year)), Href: q.planPath(l.Body, l.Year)})
	facts := []page.Fact{
		{Name: q.say("union.plan.target"), Text: l.Target},
		{Name: q.say("union.plan.when"), Text: q.dated(l.When)},
		{Name: q.say("union.plan.who"), Text: cmp.Or(l.Name, l.Who)},
		{Name: q.say("common.status"), Text: cmp.Or(q.reachedSaid(l), mark.Text), Mark: mark},
		{Name: q.say("union.plan.note"), Text: l.Note, Note: q.daySaid(l.Settled)},
	}
	if l.Carried != 0 {
		if was, err := q.view().PlanLine(q.Context(), l.Carried); err == nil {
			facts = append(facts, page.Fact{Name: q.say("union.plan.carried.from"), Text: q.say("union.plan.of", strconv.Itoa(was.Year)), Href: planItemPath(was.ID)})
		}
	}
	p.Parts = []page.DeskPart{{Head: l.Text, Facts: facts}}
	done, err := q.fulfilPart(l)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, done)
	if q.may(access.PostDeeds, l.Body) {
		parts, err := q.planItemForms(l, form, refused)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, parts...)
	}
	past, err := q.officePast("union_plan_item", int64(l.ID))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// fulfilPart lists the deeds that fulfil an item.
func (q *request) fulfilPart(l union.Line) (page.DeskPart, error) {
	part := page.DeskPart{Head: q.say("union.plan.deeds")}
	if len(l.Shown) == 0 {
		part.Lines = []string{q.say("union.plan.deeds.none")}
		return part, nil
	}
	for _, d := range l.Shown {
		shown, err := q.named(d)
		if err != nil {
			return part, err
		}
		part.Facts = append(part.Facts, page.Fact{Name: q.speaker().DateShort(d.Day), Text: q.titleWith(d, shown.kind, shown.called), Href: deedPath(d.ID), Mark: q.statusMark(d)})
	}
	return part, nil
}

// planItemForms link deeds, say how the item came out, and change what it says.
func (q *request) planItemForms(l union.Line, which string, refused error) ([]page.DeskPart, error) {
	wrongOf := func(form string) page.Problems {
		if form == which {
			return page.ProblemsOf(refused, q.reader)
		}
		return nil
	}
	link, err := q.linkForm(l)
	if err != nil {
		return nil, err
	}
	link.Wrong = wrongOf("deeds")
	wrong := wrongOf("outcome")
	settle := page.DeskForm{
		Head: page.FormHead{Action: planItemPath(l.ID), Revision: idText(l.Revision)}, Wrong: wrong, Fold: q.say("union.plan.outcome"), Open: l.State == union.Missed || l.State == union.Partial, Do: q.say("common.save"), Quiet: true,
		Fields: []templ.Component{
			page.Radios(q.reader, page.Field{Name: "outcome", Label: q.say("union.plan.outcome.is"), Value: cmp.Or(q.value("outcome"), string(l.Outcome), "open"), Whole: true}, []page.Option{
				{Value: "open", Text: q.say("union.plan.outcome.open")}, {Value: string(union.Achieved), Text: q.say("union.plan.outcome.achieved")}, {Value: string(union.Dropped), Text: q.say("union.plan.outcome.dropped")},
			}),
			page.TextArea(q.reader, wrong.Mark(page.Field{Name: "note", Label: q.say("union.plan.note"), Hint: q.say("union.plan.note.hint"), Value: cmp.Or(q.value("note"), l.Note), Whole: true}), 2),
			page.Hidden("form", "outcome"),
		},
	}
	edit := q.itemForm(l.Item, wrongOf("edit"))
	edit.Head.Action, edit.Head.Revision, edit.Fold, edit.Quiet = planItemPath(l.ID), idText(l.Revision), q.say("common.edit"), true
	edit.Fields = append(edit.Fields, page.Hidden("form", "edit"))
	parts := []page.DeskPart{{Plain: true, Form: &link}}
	if len(l.Shown) > 0 {
		parts = append(parts, page.DeskPart{Plain: true, Form: q.unlinkForm(l)})
	}
	return append(parts, page.DeskPart{Plain: true, Form: &settle}, page.DeskPart{Plain: true, Form: &edit}), nil
}

// offeredMost is how many deeds are offered to choose from.
const offeredMost = 200

// linkForm offers the deeds of the year that may fulfil an item.
func (q *request) linkForm(l union.Line) (page.DeskForm, error) {
	found, _, err := q.view().Deeds(q.Context(), store.DeedQuery{Body: l.Body, Period: planWhen(l), Dated: true, Limit: offeredMost})
	if err != nil {
		return page.DeskForm{}, err
	}
	called, err := q.view().CalledIn(q.Context(), found...)
	if err != nil {
		return page.DeskForm{}, err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return page.DeskForm{}, err
	}
	options := []page.Option{{Text: q.say("union.plan.link.choose")}}
	for _, d := range found {
		if d.Status != deed.Cancelled && !d.Brought && !slices.Contains(l.Deeds, d.ID) {
			options = append(options, page.Option{Value: idText(d.ID), Text: dotted(q.speaker().DateShort(d.Day), shortened(q.titleWith(d, kinds[d.Kind], called)))})
		}
	}
	return page.DeskForm{
		Head: page.FormHead{Action: planItemPath(l.ID) + "/deeds"}, Fold: q.say("union.plan.link"), Open: len(l.Deeds) == 0, Do: q.say("union.plan.link.do"),
		Fields: []templ.Component{page.Select(q.reader, page.Field{Name: "deed", Label: q.say("union.plan.link.which"), Whole: true}, options)},
	}, nil
}

func (q *request) unlinkForm(l union.Line) *page.DeskForm {
	var options []page.Option
	for _, d := range l.Shown {
		options = append(options, page.Option{Value: idText(d.ID), Text: dotted(q.speaker().DateShort(d.Day), d.Title)})
	}
	return &page.DeskForm{
		Head: page.FormHead{Action: planItemPath(l.ID) + "/unlink"}, Fold: q.say("union.plan.unlink"), Do: q.say("union.plan.unlink.do"), Quiet: true,
		Fields: []templ.Component{page.Select(q.reader, page.Field{Name: "deed", ID: "unlink", Label: q.say("union.plan.link.which"), Whole: true}, options)},
	}
}

// onPlanItem reads the form and the item, and does something with it.
func (q *request) onPlanItem(form, done string, do func(ctx context.Context, tx *store.Tx, l union.Line) error) error {
	if err := q.read(); err != nil {
		return err
	}
	l, err := q.planItemAsked()
	if err != nil {
		return err
	}
	err = q.write("union.why.plan", func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, l) })
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.planItemPage(l, cmp.Or(q.value("form"), form), err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(planItemPath(l.ID), q.well(done))
}

// revisePlanItem changes what an item says, or says how it came out.
func (s *Server) revisePlanItem(q *request) error {
	return q.onPlanItem("edit", "common.saved", func(ctx context.Context, tx *store.Tx, l union.Line) error {
		i, err := l.Item, error(nil)
		if q.value("form") == "outcome" {
			i.Outcome, i.Note = union.Outcome(q.value("outcome")), q.lines("note")
			if i.Outcome != union.Achieved && i.Outcome != union.Dropped {
				i.Outcome = union.Open
			}
		} else if i, err = q.itemGiven(i); err != nil {
			return err
		}
		_, err = union.Revise(ctx, tx, q.actor, i, q.id("revision"))
		return err
	})
}

// fulfilPlanItem says by which deed an item was fulfilled.
func (s *Server) fulfilPlanItem(q *request) error {
	return q.onPlanItem("deeds", "union.plan.linked", func(ctx context.Context, tx *store.Tx, l union.Line) error {
		if q.id("deed") == 0 {
			return fault.Field("deed", "union.plan.link.missing")
		}
		return union.Fulfil(ctx, tx, q.actor, l.ID, deed.ID(q.id("deed")))
	})
}

// unlinkPlanItem says that a deed does not fulfil an item after all.
func (s *Server) unlinkPlanItem(q *request) error {
	return q.onPlanItem("deeds", "union.plan.unlinked", func(ctx context.Context, tx *store.Tx, l union.Line) error {
		return union.Unlink(ctx, tx, q.actor, l.ID, deed.ID(q.id("deed")))
	})
}
