package web

import (
	"slices"
	"strings"

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

// registerForms: reporting forms, from the list down to one unit's reply, and
// what a unit opens with its own address.
func (s *Server) registerForms() {
	s.inside("GET /forms", s.forms)
	s.inside("GET /forms/new", s.formNew)
	s.inside("POST /forms/new", s.formCreate)
	s.inside("GET /forms/{code}", s.formProgress)
	s.inside("GET /forms/{code}/edit", s.formEdit)
	s.inside("POST /forms/{code}/edit", s.formSave)
	s.inside("GET /forms/{code}/questions", s.formQuestions)
	s.inside("GET /forms/{code}/questions/{n}", s.questionEdit)
	s.inside("POST /forms/{code}/questions/{n}", s.questionSave)
	s.inside("GET /forms/{code}/unit/{unit}", s.formReply)
	s.inside("GET /forms/{code}/unit/{unit}/fill", s.formFill)
	s.insideUpload("POST /forms/{code}/unit/{unit}/fill", s.formSend)
	s.inside("POST /forms/{code}/unit/{unit}/save", s.formKeep)
	s.inside("POST /forms/{code}/unit/{unit}/approve", s.formApprove)
	s.inside("POST /forms/{code}/unit/{unit}/return", s.formReturn)
	s.inside("POST /forms/{code}/approve", s.formApproveAll)
	s.inside("POST /forms/{code}/lock", s.formLock)
	s.inside("GET /forms/{code}/keys", s.formKeys)
	s.inside("POST /forms/{code}/keys", s.formIssue)
	s.inside("POST /forms/{code}/keys/withdraw", s.formWithdraw)
	s.inside("GET /forms/{code}/figures", s.formFigures)
	s.inside("GET /forms/{code}/figures.xlsx", s.formFiguresSheet)
	s.inside("GET /forms/{code}/blank.xlsx", s.formBlank)
	s.inside("GET /forms/{code}/replies.xlsx", s.formReplies)
	s.inside("GET /forms/{code}/platform", s.formPlatform)
	s.inside("GET /forms/{code}/sheet", s.formSheetAsk)
	s.insideUpload("POST /forms/{code}/sheet", s.formSheetFile)
	s.inside("GET /forms/{code}/sheet/{token}", s.formSheetLook)
	s.inside("POST /forms/{code}/sheet/{token}", s.formSheetBring)
	s.handle("GET /r/{token}", s.byKey(s.keyForm))
	s.upload("POST /r/{token}", s.byKey(s.keySend))
	s.handle("GET /r/{token}/picture/{n}", s.byKey(s.keyPicture))
	s.inside("GET /forms/{code}/unit/{unit}/picture/{n}", s.formPicture)
	s.handle("POST /r/{token}/save", s.byKey(s.keyKeep))
	s.handle("GET /r/{token}/sent", s.byKey(s.keySent))
}

func formPath(f reporting.Form) string { return "/forms/" + f.Code }

// inPeriod adds the period to an address.
func inPeriod(path string, f reporting.Form, p calendar.Period) string {
	return path + "?period=" + f.Every.Code(p)
}

// formAsked reads the form and the period that an address names; without one it
// is the period looked at first.
func (q *request) formAsked() (reporting.Form, calendar.Period, error) {
	f, err := q.view().FormByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return f, calendar.Period{}, err
	}
	p, err := q.formPeriod(f)
	return f, p, err
}

func (q *request) formPeriod(f reporting.Form) (calendar.Period, error) {
	asked := q.value("period")
	if asked == "" {
		return f.Current(q.today()), nil
	}
	p, err := f.Every.Parse(asked)
	if err == nil && !f.Asks(p) {
		err = fault.Missing("form.period.wrong", asked)
	}
	return p, err
}

// periodSaid words a period of a form.
func (q *request) periodSaid(e reporting.Every, p calendar.Period) string {
	if e == reporting.Week {
		code := e.Code(p)
		return q.say("reporting.week", strings.TrimLeft(code[len(code)-2:], "0"), locale.DayShort(p.From), locale.DayShort(p.To))
	}
	return q.speaker().Period(p)
}

func (q *request) formName(f reporting.Form) string { return f.Names.In(string(q.reader.Lang)) }

func (q *request) questionName(one reporting.Question) string {
	return one.Names.In(string(q.reader.Lang))
}

// forms lists reporting forms, each with how complete its period is, and what the
// reader's own units have to send.
func (s *Server) forms(q *request) error {
	all, err := q.view().Forms(q.Context())
	if err != nil {
		return err
	}
	if len(all) == 0 && !q.actor.Somewhere(access.ReadFigures) {
		return q.actor.May(access.ReadFigures, q.root())
	}
	p := page.DeskPage{Shell: q.shell(q.say("reporting.head")), Tabs: q.reportTabs()}
	p.Shell.Lead = q.say("reporting.lead")
	if q.actor.Somewhere(access.ManageBody) {
		p.Shell.Actions = page.FirstLink(q.say("reporting.new"), "/forms/new")
	}
	t, err := q.formsTable(all)
	if err != nil {
		return err
	}
	mine, err := q.formsMine(all)
	if err != nil {
		return err
	}
	if len(mine) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("reporting.mine"), Agenda: mine})
	}
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Table: &t})
	return q.show(page.Desk(p))
}

func (q *request) formsTable(all []reporting.Form) (page.Table, error) {
	t := page.Table{
		ID: "forms", Caption: q.say("reporting.head"), Quiet: true,
		Columns: []page.Column{{Head: q.say("reporting.form"), Chief: true}, {Head: q.say("reporting.period")}, {Head: q.say("reporting.sent"), Figure: true}, {Head: q.say("reporting.due")}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("reporting.none"), Text: q.say("reporting.none.text")},
	}
	if q.actor.Somewhere(access.ManageBody) {
		t.Empty.Do = page.Link{Text: q.say("reporting.new"), Href: "/forms/new"}
	}
	asker, err := q.names()
	if err != nil {
		return t, err
	}
	for _, f := range all {
		now := f.Current(q.today())
		sent := ""
		progress, err := q.view().FormProgress(q.Context(), f.ID, now, store.FormTop(f))
		if err != nil && fault.KindOf(err) != fault.Forbidden {
			return t, err
		}
		if err == nil {
			sent = q.say("reporting.of", progress.Tale.Sent, progress.Tale.Expected)
		}
		mark := q.dueMark(f.DueOn(now))
		if err == nil && progress.Tale.Missing() == 0 {
			mark = page.Mark{Tone: page.Done, Text: q.say("reporting.complete")}
		}
		t.Rows = append(t.Rows, page.Row{Href: formPath(f), Cells: []page.Cell{
			{Text: q.formName(f), Note: asker[f.Body]}, {Text: q.periodSaid(f.Every, now)}, {Text: sent}, {Part: page.Badge(mark.Tone, mark.Text)},
		}})
	}
	return t, nil
}

// reportsFor are the bodies for which the reader sends reports.
func (q *request) reportsFor() []body.ID {
	var units []body.ID
	for _, g := range q.actor.Grants {
		if g.Right == access.PostDeeds && !slices.Contains(units, g.Body) {
			units = append(units, g.Body)
		}
	}
	return units
}

// formOwed is what one unit has to send for the period that is due now.
type formOwed struct {
	form   reporting.Form
	period calendar.Period
	unit   string
	path   string
	reply  reporting.Reply
}

// formsOwed finds which of the forms some units are asked for.
func (q *request) formsOwed(all []reporting.Form, units []body.ID) ([]formOwed, error) {
	var owed []formOwed
	for _, f := range all {
		now := f.Current(q.today())
		for _, u := range units {
			o, err := q.view().FormReply(q.Context(), f.ID, now, u)
			if fault.KindOf(err) == fault.NotFound || fault.KindOf(err) == fault.Forbidden {
				continue
			}
			if err != nil {
				return nil, err
			}
			owed = append(owed, formOwed{f, now, o.Unit.ShortOn(string(q.reader.Lang), q.today()), inPeriod(unitPath(f, u), f, now), o.Reply})
		}
	}
	return owed, nil
}

// formsMine lists what the bodies in which the reader holds an office have to send.
func (q *request) formsMine(all []reporting.Form) ([]page.Coming, error) {
	owed, err := q.formsOwed(all, q.reportsFor())
	var mine []page.Coming
	for _, o := range owed {
		c := page.Coming{Text: q.formName(o.form), Note: dotted(o.unit, q.periodSaid(o.form.Every, o.period)), Href: o.path, Mark: q.replyMark(o.form, o.period, o.reply)}
		c.Day, c.Month = q.dayTile(o.form.DueOn(o.period))
		mine = append(mine, c)
	}
	return mine, err
}

func unitPath(f reporting.Form, unit body.ID) string { return formPath(f) + "/unit/" + idText(unit) }

// replyMark says how a unit's reply stands.
func (q *request) replyMark(f reporting.Form, p calendar.Period, r reporting.Reply) page.Mark {
	switch r.Status {
	case reporting.Approved:
		return page.Mark{Tone: page.Done, Text: q.say("reporting.status.approved")}
	case reporting.Returned:
		return page.Mark{Tone: page.Late, Text: q.say("reporting.status.returned")}
	case reporting.Sent:
		if f.Posting == reporting.OnApproval {
			return page.Mark{Tone: page.Waiting, Text: q.say("reporting.status.waits")}
		}
		return page.Mark{Tone: page.Done, Text: q.say("reporting.status.sent")}
	}
	if f.DueOn(p) < q.today() {
		return page.Mark{Tone: page.Late, Text: q.say("reporting.status.overdue", int64(q.today()-f.DueOn(p)))}
	}
	return page.Mark{Tone: page.Due, Text: q.say("reporting.status.missing")}
}

// figureSaid words a number of a form with its precision.
func (q *request) figureSaid(one reporting.Question, qty int64, qualifier string) string {
	var said string
	switch {
	case one.Kind == reporting.Money:
		said = q.speaker().Money(money.Of(qty, one.Cur))
	case one.Decimals() > 0:
		said = locale.Decimal(qty, one.Decimals(), q.reader.Lang)
	default:
		said = q.speaker().Number(qty)
	}
	return q.speaker().Qualified(said, qualifier)
}

// answerSaid words what was answered; nothing where nothing was.
func (q *request) answerSaid(one reporting.Question, a reporting.Answers) string {
	if n, given := a.Figures[one.N]; given {
		return q.figureSaid(one, n.Qty, n.Qualifier.String())
	}
	word := a.Words[one.N]
	switch {
	case word == "":
		return ""
	case one.Kind == reporting.YesNo:
		return q.say("reporting.yesno." + word)
	case one.Kind == reporting.Image:
		if p, is := reporting.ParsePicture(word); is {
			return p.File()
		}
	case one.Kind == reporting.Choice:
		for _, o := range one.Options {
			if o.Code == word {
				return o.Names.In(string(q.reader.Lang))
			}
		}
	case one.Kind == reporting.Day:
		if d, err := calendar.ParseEDTF(word); err == nil {
			return q.dated(d)
		}
	}
	return word
}

// formTabs leads between the pages of a form.
func (q *request) formTabs(f reporting.Form, p calendar.Period) []page.Tab {
	base := formPath(f)
	tabs := []page.Tab{
		{Text: q.say("reporting.tab.progress"), Href: inPeriod(base, f, p), Current: q.URL.Path == base},
		{Text: q.say("reporting.tab.figures"), Href: inPeriod(base+"/figures", f, p), Current: q.URL.Path == base+"/figures"},
	}
	if q.may(access.FileReports, f.Body) {
		tabs = append(tabs,
			page.Tab{Text: q.say("reporting.tab.keys"), Href: base + "/keys", Current: q.URL.Path == base+"/keys"},
			page.Tab{Text: q.say("reporting.tab.sheet"), Href: inPeriod(base+"/sheet", f, p), Current: strings.HasPrefix(q.URL.Path, base+"/sheet")})
	}
	if q.may(access.ManageBody, f.Body) {
		tabs = append(tabs, page.Tab{Text: q.say("reporting.tab.questions"), Href: base + "/questions", Current: q.URL.Path == base+"/questions"})
	}
	return tabs
}

// formCrumbs leads back from a page of a form.
func (q *request) formCrumbs(more ...page.Link) []page.Link {
	return append([]page.Link{{Text: q.say("reporting.head"), Href: "/forms"}}, more...)
}

// periodOptions offers the periods of a form.
func (q *request) periodOptions(f reporting.Form) []page.Option {
	var options []page.Option
	for _, p := range f.Lately(q.today(), 60) {
		options = append(options, page.Option{Value: f.Every.Code(p), Text: q.periodSaid(f.Every, p)})
	}
	return options
}

// bodiesCalled gives the names of bodies, the whole name of each.
func (q *request) bodiesCalled(ids []body.ID) (map[body.ID]string, error) {
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return nil, err
	}
	names := make(map[body.ID]string, len(bodies))
	for id, b := range bodies {
		names[id] = b.NameOn(string(q.reader.Lang), q.today())
	}
	return names, nil
}
