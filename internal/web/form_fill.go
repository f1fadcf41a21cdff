package web

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// typedAnswers reads a form that was filled in: what stands in each field, the
// answers it means, and what cannot be read.
func (q *request) typedAnswers(o store.Opened) (map[string]string, reporting.Answers, error) {
	f, typed, answers := o.Form, map[string]string{}, reporting.NewAnswers()
	var wrong []error
	for _, one := range f.Questions {
		said := ""
		if one.Kind == reporting.Image { // the picture, not what it is said to be
			kept, err := q.pictureGiven(o, one)
			said, wrong = kept, append(wrong, err)
		} else {
			said = q.lines(one.Field())
		}
		if said == "" {
			continue
		}
		typed[one.Field()] = said
		wrong = append(wrong, answers.Read(one, said, string(q.reader.Lang)))
	}
	for _, name := range []string{"by", "phone"} {
		if said := q.value(name); said != "" {
			typed[name] = said
		}
	}
	return typed, answers, fault.Gather(wrong...)
}

// typedOf gives what stands in the fields of a form that is opened: what was half
// filled in, or what was last sent.
func (q *request) typedOf(o store.Opened) map[string]string {
	if o.Draft.Saved > o.Reply.At {
		return o.Draft.Typed
	}
	typed := map[string]string{"by": o.Reply.By, "phone": o.Reply.Phone}
	for _, one := range o.Form.Questions {
		if n, given := o.Reply.Answers.Figures[one.N]; given {
			said := q.speaker().Number(n.Qty)
			if one.Kind == reporting.Money {
				said = money.Figure(n.Qty, one.Cur, q.reader.Lang)
			} else if one.Decimals() > 0 {
				said = locale.Decimal(n.Qty, one.Decimals(), q.reader.Lang)
			}
			typed[one.Field()] = q.speaker().Qualified(said, n.Qualifier.String())
		} else if word := o.Reply.Answers.Words[one.N]; word != "" {
			if one.Kind == reporting.Day {
				if d, err := calendar.ParseEDTF(word); err == nil {
					word = q.dated(d)
				}
			}
			typed[one.Field()] = word
		}
	}
	return typed
}

// filling is a form opened to be filled in, and where it is sent.
type filling struct {
	o      store.Opened
	base   string // "/r/…" or the page of the unit
	public bool
	typed  map[string]string
	wrong  error
	closed bool // answers are shown but cannot be sent
}

// fillPage draws a form to be filled in.
func (q *request) fillPage(w filling) page.FillPage {
	o := w.o
	code := o.Form.Every.Code(o.Period)
	p := page.FillPage{Shell: q.shell(q.formName(o.Form)), Public: w.public, Wrong: page.ProblemsOf(w.wrong, q.reader), Closed: w.closed || o.Locked}
	p.Shell.Lead = dotted(o.Unit.NameOn(string(q.reader.Lang), q.today()), q.periodSaid(o.Form.Every, o.Period))
	if intro := o.Form.Intro.In(string(q.reader.Lang)); intro != "" {
		p.Lines = append(p.Lines, intro)
	}
	p.Notes = q.fillNotes(o)
	p.Facts = []page.Fact{{Name: q.say("reporting.due"), Text: locale.DayShort(o.Form.DueOn(o.Period)), Mark: q.replyMark(o.Form, o.Period, o.Reply)}, {Name: q.say("reporting.contact"), Text: o.Form.Contact}}
	if !p.Closed {
		p.Lines = append(p.Lines, q.say("reporting.fill.how"))
		p.SaveTo = w.base + "/save"
	}
	action := w.base
	if !w.public {
		action += "/fill"
	}
	p.Head = page.FormHead{Action: action, Rejected: w.wrong != nil, Files: slices.ContainsFunc(o.Form.Questions, func(one reporting.Question) bool { return one.Kind == reporting.Image })}
	p.Carry = []page.Option{{Value: "period", Text: code}, {Value: "version", Text: idText(o.Form.Version)}, {Value: "n", Text: idText(o.Reply.N)}}
	p.Groups = q.fillGroups(w, p.Wrong, p.Closed)
	p.About = []templ.Component{
		page.TextInput(q.reader, p.Wrong.Mark(page.Field{Name: "by", Label: q.say("reporting.by"), Value: w.typed["by"], Autofill: "name", Max: 100})),
		page.PhoneInput(q.reader, p.Wrong.Mark(page.Field{Name: "phone", Label: q.say("reporting.phone"), Value: w.typed["phone"], Autofill: "tel", Max: 30})),
	}
	p.Save, p.Send = q.say("reporting.fill.save"), q.say("reporting.fill.send")
	if o.Reply.N > 0 {
		p.Send = q.say("reporting.fill.again")
	}
	if o.Draft.Saved > o.Reply.At {
		p.Saved = q.say("reporting.fill.saved", q.when(o.Draft.Saved))
	}
	return p
}

// fillNotes says how the reply stands before it is filled in again.
func (q *request) fillNotes(o store.Opened) []page.NoteLine {
	var notes []page.NoteLine
	if o.Locked {
		notes = append(notes, page.NoteLine{Tone: page.Plain, Text: q.say("form.period.locked")})
	}
	switch {
	case o.Reply.Status == reporting.Returned:
		notes = append(notes, page.NoteLine{Tone: page.Late, Text: q.say("reporting.fill.returned", o.Reply.Reason)})
	case o.Reply.N > 0:
		notes = append(notes, page.NoteLine{Tone: page.Done, Text: q.say("reporting.fill.was", q.when(o.Reply.At), o.Reply.N)})
	}
	if o.Draft.Saved > o.Reply.At && o.Draft.Version != o.Form.Version {
		notes = append(notes, page.NoteLine{Tone: page.Due, Text: q.say("form.version.older")})
	}
	return notes
}

// fillGroups lays the questions of a form under the heads of its parts.
func (q *request) fillGroups(w filling, wrong page.Problems, closed bool) []page.FillGroup {
	f, typed := w.o.Form, w.typed
	heads := map[string]string{}
	for _, g := range f.Groups {
		heads[g.Code] = g.Names.In(string(q.reader.Lang))
	}
	var groups []page.FillGroup
	for i, one := range f.Questions {
		if i == 0 || f.Questions[i-1].Group != one.Group {
			groups = append(groups, page.FillGroup{Head: heads[one.Group]})
		}
		g := &groups[len(groups)-1]
		field := wrong.Mark(page.Field{
			Name: one.Field(), Label: q.questionName(one), Hint: one.Hint.In(string(q.reader.Lang)), Value: typed[one.Field()], Needed: one.Needed, Fixed: closed,
		})
		if one.Kind == reporting.Image {
			g.Fields = append(g.Fields, q.pictureField(w, one, field))
			continue
		}
		g.Fields = append(g.Fields, q.replyField(one, field))
	}
	return groups
}

// answerField is the input that fits a question.
func (q *request) replyField(one reporting.Question, f page.Field) templ.Component {
	switch one.Kind {
	case reporting.Number:
		return page.NumberInput(q.reader, f)
	case reporting.Money:
		f.Unit = string(one.Cur)
		return page.MoneyInput(q.reader, f)
	case reporting.Day:
		return page.DateInput(q.reader, f)
	case reporting.YesNo:
		return page.Chips(q.reader, f, []page.Option{{Value: "yes", Text: q.say("reporting.yesno.yes")}, {Value: "no", Text: q.say("reporting.yesno.no")}})
	case reporting.Choice:
		options := []page.Option{{Text: q.say("reporting.choose")}}
		for _, o := range one.Options {
			options = append(options, page.Option{Value: o.Code, Text: o.Names.In(string(q.reader.Lang))})
		}
		return page.Select(q.reader, f, options)
	case reporting.Text:
		f.Whole = true
		return page.TextArea(q.reader, f, 3)
	case reporting.Link:
		f.Extra, f.Autofill = templ.Attributes{"inputmode": "url"}, "off"
	}
	f.Whole = true
	return page.TextInput(q.reader, f)
}

// unitAsked reads the form, period and unit that an address names.
func (q *request) unitAsked() (store.Opened, error) {
	f, p, err := q.formAsked()
	if err != nil {
		return store.Opened{}, err
	}
	unit, err := q.number("unit")
	if err != nil {
		return store.Opened{}, err
	}
	return q.view().FormReply(q.Context(), f.ID, p, body.ID(unit))
}

// formFill shows a form to somebody signed in who reports for the unit.
func (s *Server) formFill(q *request) error {
	o, err := q.unitAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.PostDeeds, o.Unit.ID); err != nil {
		return err
	}
	return q.fill(filling{o: o, base: unitPath(o.Form, o.Unit.ID), typed: q.typedOf(o)})
}

// fill shows a form to be filled in, or again with what is wrong.
func (q *request) fill(w filling) error {
	p := q.fillPage(w)
	if !w.public {
		p.Shell.Crumbs = q.formCrumbs(page.Link{Text: q.formName(w.o.Form), Href: inPeriod(formPath(w.o.Form), w.o.Form, w.o.Period)})
	}
	if w.wrong != nil {
		return q.again(page.Fill(p))
	}
	return q.show(page.Fill(p))
}

// formSend takes what somebody signed in filled in.
func (s *Server) formSend(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	o, err := q.unitAsked()
	if err != nil {
		return err
	}
	base := inPeriod(unitPath(o.Form, o.Unit.ID), o.Form, o.Period)
	if q.value("do") == "save" {
		if _, err := q.keep(o, q.actor); err != nil {
			return err
		}
		return q.doneAt(inPeriod(unitPath(o.Form, o.Unit.ID)+"/fill", o.Form, o.Period), q.well("reporting.kept"))
	}
	_, typed, err := q.sendReply(o, q.actor, reporting.Inside)
	if isInvalid(err) {
		return q.fill(filling{o: o, base: unitPath(o.Form, o.Unit.ID), typed: typed, wrong: err})
	}
	if err != nil {
		return err
	}
	return q.doneAt(base, q.well("reporting.taken"))
}

// sendReply sends what was filled in on behalf of an actor; what was typed is
// given back, and kept when it is refused.
func (q *request) sendReply(o store.Opened, by access.Actor, way reporting.Way) (reporting.Reply, map[string]string, error) {
	typed, answers, err := q.typedAnswers(o)
	var r reporting.Reply
	if err = fault.Gather(err, unread(o.Form, answers, typed)); err == nil {
		err = q.server.Book.Write(q.Context(), store.Writing{By: by, Why: "reporting.why.sent"}, func(ctx context.Context, tx *store.Tx) (err error) {
			r, err = reporting.Send(ctx, tx, by, o.Form.ID, o.Period, reporting.Sending{
				Version: cmp.Or(q.id("version"), o.Form.Version), Unit: o.Unit.ID, Based: q.id("n"), By: typed["by"], Phone: typed["phone"], Way: way, Answers: answers,
			})
			return err
		})
	}
	if isInvalid(err) && !o.Locked {
		if _, kept := q.keep(o, by); kept != nil {
			return r, typed, kept
		}
	}
	return r, typed, err
}

// unread adds what is missing, so that everything is told at once, but not twice
// of a field that could not be read.
func unread(f reporting.Form, answers reporting.Answers, typed map[string]string) error {
	whole := reporting.Answers{Figures: maps.Clone(answers.Figures), Words: maps.Clone(answers.Words)}
	for _, one := range f.Questions {
		if typed[one.Field()] != "" && !whole.Has(one.N) {
			whole.Words[one.N] = "?"
		}
	}
	return f.Complete(whole)
}

// keep keeps what was typed so far, also what cannot be read yet.
func (q *request) keep(o store.Opened, by access.Actor) (int64, error) {
	if err := by.May(access.PostDeeds, o.Unit.ID); err != nil {
		return 0, err
	}
	typed, _, _ := q.typedAnswers(o) // what is wrong is told when it is sent
	var saved int64
	err := q.server.Book.Write(q.Context(), store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
		saved = tx.NowMilli()
		return tx.SaveDraft(ctx, store.Draft{Form: o.Form.ID, Period: o.Period.From, Unit: o.Unit.ID, Version: o.Form.Version, Saved: saved, Typed: typed})
	})
	return saved, err
}

// formKeep keeps what was typed so far and says when.
func (s *Server) formKeep(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	o, err := q.unitAsked()
	if err != nil {
		return err
	}
	return q.keptUntil(o, q.actor)
}

func (q *request) keptUntil(o store.Opened, by access.Actor) error {
	if o.Locked {
		return q.echo(q.say("form.period.locked"))
	}
	saved, err := q.keep(o, by)
	if err != nil {
		return err
	}
	return q.echo(q.say("reporting.fill.saved", q.when(saved)))
}
