package web

import (
	"cmp"
	"context"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// registered reads the paper that the address names.
func (q *request) registered() (office.Paper, error) {
	id, err := q.number("id")
	if err != nil {
		return office.Paper{}, err
	}
	return q.view().Paper(q.Context(), office.PaperID(id))
}

// paper shows one paper of the register.
func (s *Server) paper(q *request) error {
	p, err := q.registered()
	if err != nil {
		return err
	}
	return q.paperPage(p, nil)
}

// paperPage draws a paper, with what is wrong in what was just asked of it.
func (q *request) paperPage(p office.Paper, refused error) error {
	shown := page.DeskPage{Shell: q.shell(q.say("paper.head."+string(p.Way), p.Label()))}
	shown.Shell.Lead, shown.Shell.Seen = q.paperKindNote(p), q.seenOn(access.ReadOffice, p.Body)
	shown.Shell.Crumbs = q.deskCrumbs(page.Link{Text: q.say("desk.register"), Href: "/office/papers?way=" + string(p.Way)})
	if p.Void {
		shown.Notes = append(shown.Notes, page.NoteLine{Tone: page.Late, Text: q.say("paper.void.note", p.Reason)})
	}
	facts, err := q.paperFacts(p)
	if err != nil {
		return err
	}
	shown.Parts = []page.DeskPart{{Head: p.Subject, Facts: facts}}
	keeps := q.may(access.KeepOffice, p.Body) && !p.Void
	if keeps {
		shown.Actions = q.paperActions(p)
	}
	shown.Parts = append(shown.Parts, q.paperFiles(p, keeps, refused))
	if keeps {
		shown.Parts = append(shown.Parts, q.paperForms(p, refused)...)
	}
	past, err := q.officePast("paper", int64(p.ID))
	if err != nil {
		return err
	}
	shown.Parts = append(shown.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	if refused != nil {
		return q.again(page.Desk(shown))
	}
	return q.show(page.Desk(shown))
}

func (q *request) paperFacts(p office.Paper) ([]page.Fact, error) {
	names, err := q.view().OfficeNames(q.Context(), p.Handler)
	if err != nil {
		return nil, err
	}
	facts := []page.Fact{
		{Name: q.say("paper.from"), Text: p.From},
		{Name: q.say("paper.theirs"), Text: dotted(p.Theirs, q.dated(p.Dated))},
		{Name: q.say("paper.sent"), Text: strings.Join(p.To, "; ")},
		{Name: q.say("paper.signer"), Text: p.Signer},
		{Name: q.say("paper.deadline"), Text: q.daySaid(p.Deadline), Mark: q.paperMark(p)},
		{Name: q.say("paper.handler"), Text: cmp.Or(names[p.Handler], p.Handled)},
		{Name: q.say("paper.outcome"), Text: p.Outcome},
		{Name: q.say("common.note"), Text: p.Note},
	}
	key := "paper.day"
	if p.Way == office.In {
		key = "paper.came"
	}
	facts = append([]page.Fact{{Name: q.say(key), Text: q.daySaid(p.Day)}}, facts...)
	for linked, key := range map[office.PaperID]string{p.Answers: "paper.answers", p.Answered: "paper.answered.by"} {
		if linked == 0 {
			continue
		}
		other, err := q.view().Paper(q.Context(), linked)
		if err != nil {
			return nil, err
		}
		facts = append(facts, page.Fact{Name: q.say(key), Text: other.Label() + " · " + other.Subject, Href: paperPath(other.ID)})
	}
	return facts, nil
}

func (q *request) paperActions(p office.Paper) []page.Action {
	var all []page.Action
	if p.Way == office.In && p.Answered == 0 {
		all = append(all, page.Action{Text: q.say("paper.reply.do"), Href: "/office/papers/new?way=out&answers=" + idText(p.ID), First: p.Awaits()})
	}
	all = append(all, page.Action{Glyph: page.GlyphEdit, Text: q.say("common.edit"), Href: paperPath(p.ID) + "/edit"})
	if p.Settled != 0 {
		all = append(all, page.Action{Text: q.say("paper.reopen"), Href: paperPath(p.ID) + "/reopen", Post: true})
	}
	return all
}

// paperFiles lists the files of a paper, and takes more.
func (q *request) paperFiles(p office.Paper, keeps bool, refused error) page.DeskPart {
	part := page.DeskPart{Head: q.say("paper.files")}
	for _, f := range p.Files {
		part.Facts = append(part.Facts, page.Fact{Name: q.say("paper.file.one"), Text: f.Name, Href: paperPath(p.ID) + "/files/" + f.Digest, Note: q.say("paper.size", f.Size/1024+1)})
	}
	if len(p.Files) == 0 {
		part.Lines = []string{q.say("paper.files.none")}
	}
	if keeps {
		wrong := page.ProblemsOf(refused, q.reader)
		part.Form = &page.DeskForm{
			Head: page.FormHead{Action: paperPath(p.ID) + "/files", Files: true}, Fold: q.say("paper.attach"), Open: len(p.Files) == 0 || wrong.At("file") != "", Do: q.say("paper.attach.do"), Quiet: true,
			Fields: []templ.Component{page.FileInput(q.reader, wrong.Mark(page.Field{Name: "file", Label: q.say("paper.file"), Hint: q.say("paper.file.hint"), Whole: true, Extra: templ.Attributes{"multiple": true}}), paperEndings)},
		}
	}
	return part
}

// paperForms asks how a paper was dealt with, and why one is void.
func (q *request) paperForms(p office.Paper, refused error) []page.DeskPart {
	wrong := page.ProblemsOf(refused, q.reader)
	var parts []page.DeskPart
	if p.Way == office.In && p.Settled == 0 {
		parts = append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: paperPath(p.ID) + "/settle"}, Fold: q.say("paper.settle"), Open: wrong.At("settled") != "", Do: q.say("paper.settle.do"), Quiet: true,
			Fields: []templ.Component{
				page.DateInput(q.reader, wrong.Mark(page.Field{Name: "settled", Label: q.say("paper.settle.day"), Value: cmp.Or(q.value("settled"), dayTyped(q.today())), Short: true})),
				page.TextInput(q.reader, page.Field{Name: "outcome", Label: q.say("paper.outcome"), Hint: q.say("paper.outcome.hint"), Value: q.value("outcome"), Whole: true}),
			},
		}})
	}
	return append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: paperPath(p.ID) + "/void"}, Fold: q.say("paper.void.ask"), Open: wrong.At("reason") != "", Do: q.say("paper.void.do"), Danger: true,
		Fields: []templ.Component{page.TextInput(q.reader, wrong.Mark(page.Field{Name: "reason", Label: q.say("paper.void.why"), Hint: q.say("paper.void.hint"), Value: q.value("reason"), Whole: true}))},
	}})
}

// paperDone ends what was asked of a paper: done, or its page with what is wrong.
func (q *request) paperDone(p office.Paper, err error, done string) error {
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.paperPage(p, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(paperPath(p.ID), q.well(done))
}

// onPaper reads the form and the paper, and does something with it.
func (q *request) onPaper(why, done string, do func(ctx context.Context, tx *store.Tx, p office.Paper) error) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.registered()
	if err != nil {
		return err
	}
	err = q.officeWrite(why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, p) })
	return q.paperDone(p, err, done)
}

// settlePaper says that a paper was dealt with otherwise than by a reply.
func (s *Server) settlePaper(q *request) error {
	return q.onPaper("paper.settle", "paper.settled.done", func(ctx context.Context, tx *store.Tx, p office.Paper) error {
		on, err := q.exactDay("settled")
		if err != nil {
			return err
		}
		return office.Settle(ctx, tx, q.actor, p.ID, cmp.Or(on, q.today()), q.value("outcome"))
	})
}

// reopenPaper takes that back.
func (s *Server) reopenPaper(q *request) error {
	return q.onPaper("paper.reopen", "common.saved", func(ctx context.Context, tx *store.Tx, p office.Paper) error {
		return office.Reopen(ctx, tx, q.actor, p.ID)
	})
}

// voidPaper takes a paper out of use.
func (s *Server) voidPaper(q *request) error {
	return q.onPaper("paper.void", "paper.void.done", func(ctx context.Context, tx *store.Tx, p office.Paper) error {
		return office.Void(ctx, tx, q.actor, p.ID, q.value("reason"))
	})
}

// attachFiles keeps files with a paper.
func (s *Server) attachFiles(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.registered()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.KeepOffice, p.Body); err != nil {
		return err
	}
	files, err := q.takeFiles("file")
	if err == nil && len(files) == 0 {
		err = fault.Field("file", "paper.file.missing")
	}
	if err == nil {
		err = q.officeWrite("paper.file", func(ctx context.Context, tx *store.Tx) error { return office.Attach(ctx, tx, q.actor, p.ID, files...) })
	}
	return q.paperDone(p, err, "paper.attached")
}
