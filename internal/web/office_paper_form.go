package web

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// newPaper asks for a paper that came or is to go.
func (s *Server) newPaper(q *request) error {
	if err := q.actor.May(access.KeepOffice, q.bodyGivenOr()); err != nil {
		return err
	}
	p := office.Paper{Way: office.Way(q.value("way")), Body: q.bodyGivenOr(), Day: q.today(), Answers: office.PaperID(q.id("answers"))}
	if p.Way != office.Out {
		p.Way = office.In
	}
	if p.Answers != 0 {
		in, err := q.view().Paper(q.Context(), p.Answers)
		if err != nil {
			return err
		}
		p.Body, p.To, p.Subject = in.Body, []string{in.From}, q.say("paper.reply", in.Subject)
	}
	a, err := q.paperForm(p, nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

// paperForm is the form of a paper, new or as it stands.
func (q *request) paperForm(p office.Paper, refused error) (page.AskPage, error) {
	wrong := page.ProblemsOf(refused, q.reader)
	a := page.AskPage{Shell: q.shell(q.say("paper.new." + string(p.Way))), Wrong: wrong, Do: q.say("paper.enter"), Leave: "/office/papers?way=" + string(p.Way)}
	a.Head = page.FormHead{Action: "/office/papers/new", Draft: "paper-" + string(p.Way), Files: true, Rejected: refused != nil}
	a.Shell.Crumbs = q.deskCrumbs(page.Link{Text: q.say("desk.register"), Href: "/office/papers?way=" + string(p.Way)})
	a.Carry = []page.Option{{Value: "way", Text: string(p.Way)}}
	if p.ID != 0 {
		a.Shell.Title, a.Do, a.Leave = q.say("paper.edit", p.Label()), q.say("common.save"), paperPath(p.ID)
		a.Head = page.FormHead{Action: paperPath(p.ID), Files: true, Revision: strconv.FormatInt(p.Revision, 10), Rejected: refused != nil}
	}
	if p.Answers != 0 && p.ID == 0 {
		a.Carry = append(a.Carry, page.Option{Value: "answers", Text: idText(p.Answers)})
		a.Text = q.say("paper.reply.text")
	}
	bodies, err := q.officeBodies(p.Body)
	if err != nil {
		return a, err
	}
	if p.Way == office.In {
		a.Fields = q.inFields(p, wrong)
	} else if a.Fields, err = q.outFields(p, wrong); err != nil {
		return a, err
	}
	if p.ID == 0 {
		a.Fields = append(a.Fields, page.FileInput(q.reader, wrong.Mark(page.Field{Name: "file", Label: q.say("paper.file"), Hint: q.say("paper.file.hint"), Whole: true, Extra: templ.Attributes{"multiple": true}}), paperEndings), bodies)
	}
	return a, nil
}

// paperEndings are the files that a paper may have.
const paperEndings = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.txt"

// inFields asks about a paper that came.
func (q *request) inFields(p office.Paper, wrong page.Problems) []templ.Component {
	r := q.reader
	return []templ.Component{
		page.TextInput(r, wrong.Mark(page.Field{Name: "from", Label: q.say("paper.from"), Value: p.From, Needed: true, Focus: p.From == "", Max: 300})),
		page.DateInput(r, wrong.Mark(page.Field{Name: "day", Label: q.say("paper.came"), Value: dayTyped(p.Day), Needed: true, Short: true})),
		page.TextArea(r, wrong.Mark(page.Field{Name: "subject", Label: q.say("paper.subject"), Value: p.Subject, Needed: true, Whole: true}), 2),
		page.TextInput(r, wrong.Mark(page.Field{Name: "theirs", Label: q.say("paper.theirs"), Value: p.Theirs, Hint: q.say("paper.theirs.hint"), Max: 100})),
		page.DateInput(r, wrong.Mark(page.Field{Name: "dated", Label: q.say("paper.dated"), Value: typed(p.Dated), Short: true})),
		q.kindField(p, wrong),
		page.DateInput(r, wrong.Mark(page.Field{Name: "deadline", Label: q.say("paper.deadline"), Hint: q.say("paper.deadline.hint"), Value: dayTyped(p.Deadline), Short: true})),
		q.whoField(wrong.Mark(page.Field{Name: "handler", Label: q.say("paper.handler"), Hint: q.say("paper.handler.hint")}), p.Handler, p.Handled),
		q.urgencyField(p, wrong),
		q.numberField(p, wrong, q.say("paper.arrival")),
		page.TextInput(r, wrong.Mark(page.Field{Name: "note", Label: q.say("common.note"), Value: p.Note, Whole: true})),
	}
}

// outFields asks about a paper that goes.
func (q *request) outFields(p office.Paper, wrong page.Problems) ([]templ.Component, error) {
	r := q.reader
	if p.Signer == "" && p.ID == 0 {
		h, err := q.houseOn(p.Body, q.today())
		if err != nil {
			return nil, err
		}
		p.Signer = h.Signer.Name
	}
	return []templ.Component{
		q.kindField(p, wrong),
		q.numberField(p, wrong, q.say("paper.no")),
		page.TextArea(r, wrong.Mark(page.Field{Name: "subject", Label: q.say("paper.subject"), Value: p.Subject, Needed: true, Focus: p.Subject == "", Whole: true}), 2),
		page.TextArea(r, wrong.Mark(page.Field{Name: "to", Label: q.say("paper.sent"), Hint: q.say("paper.to.hint"), Value: strings.Join(p.To, "\n"), Whole: true}), 2),
		page.DateInput(r, wrong.Mark(page.Field{Name: "day", Label: q.say("paper.day"), Value: dayTyped(p.Day), Needed: true, Short: true})),
		page.TextInput(r, wrong.Mark(page.Field{Name: "signer", Label: q.say("paper.signer"), Value: p.Signer, Max: 200})),
		q.urgencyField(p, wrong),
		page.TextInput(r, wrong.Mark(page.Field{Name: "note", Label: q.say("common.note"), Value: p.Note})),
	}, nil
}

// kindField asks for the kind of a paper; once numbered it stays.
func (q *request) kindField(p office.Paper, wrong page.Problems) templ.Component {
	if p.ID != 0 {
		return page.Hidden("kind", p.Kind)
	}
	kind := p.Kind
	if kind == "" {
		kind = office.Letter
	}
	return page.Select(q.reader, wrong.Mark(page.Field{Name: "kind", Label: q.say("paper.kind"), Value: kind}), q.paperKinds(""))
}

func (q *request) urgencyField(p office.Paper, wrong page.Problems) templ.Component {
	var options []page.Option
	for _, u := range office.Urgencies() {
		key := "paper.urgency.none"
		if u != office.Ordinary {
			key = "paper.urgency." + string(u)
		}
		options = append(options, page.Option{Value: string(u), Text: q.say(key)})
	}
	return page.Select(q.reader, wrong.Mark(page.Field{Name: "urgency", Label: q.say("paper.urgency"), Value: string(p.Urgency)}), options)
}

// numberField asks for a number given by hand; once given it stays.
func (q *request) numberField(p office.Paper, wrong page.Problems, label string) templ.Component {
	if p.ID != 0 {
		return page.Hidden("number", "")
	}
	hint := q.say("paper.number.hint")
	if p.Way == office.In {
		if next, err := q.view().NextPaperNumber(q.Context(), p.Body, office.In, "", q.today()); err == nil {
			hint = q.say("paper.arrival.hint", next)
		}
	}
	return page.TextInput(q.reader, wrong.Mark(page.Field{Name: "number", Label: label, Hint: hint, Value: q.value("number"), Max: 60, Autofill: "off"}))
}

// paperGiven reads the answers about a paper over what it was.
func (q *request) paperGiven(p office.Paper) (office.Paper, error) {
	var err1, err2, err3, err4 error
	p.Subject, p.Note, p.Urgency = q.lines("subject"), q.value("note"), office.Urgency(q.value("urgency"))
	if !slices.Contains(office.Urgencies(), p.Urgency) {
		p.Urgency = office.Ordinary
	}
	if p.Day, err1 = q.exactDay("day"); p.Day == 0 && err1 == nil {
		p.Day = q.today()
	}
	if p.Way == office.In {
		p.From, p.Theirs = q.value("from"), q.value("theirs")
		p.Dated, err2 = q.date("dated")
		p.Deadline, err3 = q.exactDay("deadline")
		p.Handler, p.Handled, err4 = q.anybody("handler")
		return p, fault.Gather(err1, err2, err3, err4)
	}
	p.Signer, p.To = q.value("signer"), nil
	for line := range strings.Lines(q.lines("to")) {
		if line = strings.Trim(line, " ;.,\n"); line != "" {
			p.To = append(p.To, line)
		}
	}
	return p, err1
}

// enterPaper puts a paper into the register.
func (s *Server) enterPaper(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p := office.Paper{Way: office.Way(q.value("way")), Body: q.bodyGivenOr(), Kind: q.value("kind"), Answers: office.PaperID(q.id("answers"))}
	if p.Way != office.Out {
		p.Way = office.In
	}
	p, err := q.paperGiven(p)
	var files []office.File
	if err == nil {
		files, err = q.takeFiles("file")
	}
	entered := p
	if err == nil {
		p.Files = files
		entered, err = q.enter1(p)
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		a, formErr := q.paperForm(p, err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.AskFor(a))
	}
	if err != nil {
		return err
	}
	return q.doneAt(paperPath(entered.ID), q.well("paper.entered."+string(entered.Way), entered.Label()))
}

// enter1 enters one paper with the number that was typed.
func (q *request) enter1(p office.Paper) (entered office.Paper, err error) {
	h, err := q.houseOn(p.Body, min(max(p.Day, calendar.Earliest), q.today()))
	if err != nil {
		return p, err
	}
	err = q.officeWrite("paper", func(ctx context.Context, tx *store.Tx) error {
		entered, err = office.Enter(ctx, tx, q.actor, office.Draft{Paper: p, Typed: q.value("number"), Symbol: h.Symbol})
		return err
	})
	return entered, err
}

// madeForm is what a paper that the book made is called: "deed/17/invitation".
var madeForm = regexp.MustCompile(`^[a-z]+/[0-9]+(/[a-z-]+)?$`)

// registerMade enters a paper that the book made, with one click from wherever
// it is printed. The same paper asked for again leads to the number it has.
func (s *Server) registerMade(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if !madeForm.MatchString(q.value("made")) {
		return fault.Refuse("paper.made.unknown")
	}
	m := office.Made{Body: q.bodyGivenOr(), Kind: q.value("kind"), From: q.value("made"), Subject: q.value("subject"), Signer: q.value("signer")}
	h, err := q.houseOn(m.Body, q.today())
	if err != nil {
		return err
	}
	m.Symbol = h.Symbol
	if m.Signer == "" {
		m.Signer = h.Signer.Name
	}
	if to := q.value("to"); to != "" {
		m.To = []string{to}
	}
	var p office.Paper
	err = q.officeWrite("paper", func(ctx context.Context, tx *store.Tx) error {
		p, err = office.Register(ctx, tx, q.actor, m)
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(paperPath(p.ID), q.well("paper.entered.out", p.Label()))
}

// editPaper shows the form of a paper as it stands.
func (s *Server) editPaper(q *request) error {
	p, err := q.registered()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.KeepOffice, p.Body); err != nil {
		return err
	}
	a, err := q.paperForm(p, nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

// amendPaper changes what the register says of a paper.
func (s *Server) amendPaper(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	was, err := q.registered()
	if err != nil {
		return err
	}
	p, err := q.paperGiven(was)
	if err == nil {
		err = q.officeWrite("paper.amend", func(ctx context.Context, tx *store.Tx) error {
			_, err := office.Amend(ctx, tx, q.actor, p, q.id("revision"))
			return err
		})
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		p.Revision = q.id("revision")
		a, formErr := q.paperForm(p, err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.AskFor(a))
	}
	if err != nil {
		return err
	}
	return q.doneAt(paperPath(p.ID), q.well("common.saved"))
}
