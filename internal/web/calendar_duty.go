package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/letter"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

func dutyPath(id occasion.DutyID) string { return "/calendar/duties/" + idText(id) }

// dutyAsked reads the duty that the address names.
func (q *request) dutyAsked() (occasion.Duty, error) {
	id, err := q.number("id")
	if err != nil {
		return occasion.Duty{}, err
	}
	return q.view().Duty(q.Context(), occasion.DutyID(id))
}

// duty shows one duty: to whom, how far, the letter.
func (s *Server) duty(q *request) error {
	d, err := q.dutyAsked()
	if err != nil {
		return err
	}
	return q.dutyPage(d, nil)
}

func (q *request) dutyPage(d occasion.Duty, refused error) error {
	to, err := q.addressed(d)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("calendar.do.to", q.say("occasion.do."+string(d.Do)), to.name))}
	p.Shell.Crumbs = q.calendarCrumbs(page.Link{Text: d.For.Title(q.speaker()), Href: occasionPath(d.For)})
	facts, err := q.dutyFacts(d, to)
	if err != nil {
		return err
	}
	p.Parts = []page.DeskPart{{Head: d.For.Title(q.speaker()), Facts: facts}}
	keeps := q.may(access.KeepOffice, d.Body)
	if keeps {
		p.Parts = append(p.Parts, q.stepParts(d, q.refusedAt(refused, "step"))...)
	}
	words, err := q.dutyWords(d, to, keeps, q.refusedAt(refused, idText(d.ID)))
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, words...)
	if keeps {
		p.Parts = append(p.Parts, q.dutyEnds(d, q.refusedAt(refused, "drop"))...)
	}
	past, err := q.officePast("duty", int64(d.ID))
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

// dutyFacts tell to whom, by when, and each step with its day.
func (q *request) dutyFacts(d occasion.Duty, to addressee) ([]page.Fact, error) {
	facts := []page.Fact{
		{Name: q.say("calendar.to"), Text: to.name, Note: to.who},
		{Name: q.say("calendar.day"), Text: q.daySaid(d.For.Day), Href: occasionPath(d.For)},
		{Name: q.say("calendar.due"), Text: q.daySaid(d.Due())},
		{Name: q.say("common.status"), Mark: page.Mark{Tone: dutyTone(d), Text: agenda.State(q.speaker(), d)}},
	}
	if d.Open() {
		facts[2].Mark = q.dueMark(d.Due())
	}
	for _, g := range d.Stages {
		facts = append(facts, page.Fact{Name: q.say("occasion.step." + string(d.Do) + "." + string(g.Step)), Text: q.daySaid(g.Day), Note: g.Note})
	}
	if d.Keeper != 0 {
		names, err := q.view().OfficeNames(q.Context(), d.Keeper)
		if err != nil {
			return nil, err
		}
		facts = append(facts, page.Fact{Name: q.say("calendar.keeper"), Text: names[d.Keeper]})
	}
	facts = append(facts, page.Fact{Name: q.say("calendar.dropped"), Text: d.Dropped}, page.Fact{Name: q.say("common.note"), Text: d.Note})
	for _, link := range []struct {
		id   int64
		key  string
		href string
	}{{d.Paper, "calendar.paper", paperPath(office.PaperID(d.Paper))}, {d.Answer, "calendar.answer", paperPath(office.PaperID(d.Answer))}, {int64(d.Deed), "calendar.deed", deedPath(d.Deed)}} {
		if link.id != 0 {
			facts = append(facts, page.Fact{Name: q.say(link.key), Text: q.say("calendar.record.see"), Href: link.href})
		}
	}
	return facts, nil
}

// stepParts asks for the next step; those that come later may be noted at once.
func (q *request) stepParts(d occasion.Duty, refused error) []page.DeskPart {
	next := d.Next()
	if len(next) == 0 {
		return nil
	}
	wrong := page.ProblemsOf(refused, q.reader)
	chosen := q.value("step")
	if chosen == "" {
		chosen = string(next[0])
	}
	var steps []page.Option
	for _, s := range next {
		steps = append(steps, page.Option{Value: string(s), Text: q.say("occasion.step." + string(d.Do) + "." + string(s))})
	}
	f := page.DeskForm{Head: page.FormHead{Action: dutyPath(d.ID) + "/step", Revision: idText(d.Revision)}, Wrong: wrong, Do: q.say("calendar.step.do"), Fields: []templ.Component{
		page.Chips(q.reader, page.Field{Name: "step", Label: q.say("calendar.step.which"), Value: chosen, Whole: true}, steps),
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "day", Label: q.say("calendar.step.day"), Value: cmp.Or(q.value("day"), dayTyped(q.today())), Short: true})),
		page.TextInput(q.reader, page.Field{Name: "note", ID: "step-note", Label: q.say("common.note"), Hint: q.say("calendar.step.hint"), Value: q.value("note"), Whole: true}),
	}}
	if slices.Contains(next, occasion.Answered) {
		f.Fields = append(f.Fields, q.answerField())
	}
	part := page.DeskPart{Head: q.say("calendar.step"), Form: &f}
	if len(d.Stages) > 0 {
		part.Actions = []page.Action{{Glyph: page.GlyphUndo, Text: q.say("calendar.step.back"), Href: dutyPath(d.ID) + "/back", Post: true, Carry: []page.Option{{Value: "revision", Text: idText(d.Revision)}}}}
	}
	return []page.DeskPart{part}
}

// answerField offers the papers that came lately, one of which may be the reply.
func (q *request) answerField() templ.Component {
	options := []page.Option{{Text: q.say("calendar.answer.none")}}
	papers, err := q.view().Papers(q.Context(), store.PapersAsked{Way: office.In, Most: 20})
	if err == nil {
		for _, p := range papers {
			options = append(options, page.Option{Value: idText(p.ID), Text: dotted(p.Label(), q.daySaid(p.Day), p.From, p.Subject)})
		}
	}
	return page.Select(q.reader, page.Field{Name: "answer", Label: q.say("calendar.answer"), Hint: q.say("calendar.answer.hint"), Value: q.value("answer"), Whole: true}, options)
}

// dutyWords shows the letter and lets it be written; last year's stands beside.
func (q *request) dutyWords(d occasion.Duty, to addressee, keeps bool, refused error) ([]page.DeskPart, error) {
	part := page.DeskPart{Head: q.say("calendar.letter")}
	_, signed := d.At(occasion.Signed)
	if d.Do == occasion.Letter && strings.TrimSpace(d.Text) != "" {
		part.Tools = q.paperTools("calendar.letter", dutyPath(d.ID)+"/paper?")
		if keeps && d.Paper == 0 {
			part.Actions = []page.Action{{Glyph: page.GlyphPaper, Text: q.say("calendar.register"), Href: dutyPath(d.ID) + "/register", Post: true}}
		}
	}
	if !keeps || signed || d.Fulfilled() || d.Dropped != "" {
		part.Lines = strings.Split(d.Text, "\n")
		if d.Text == "" {
			return nil, nil
		}
		return []page.DeskPart{part}, nil
	}
	drafted, err := q.draftWords(d)
	if err != nil {
		return nil, err
	}
	tongue, err := q.letterTongue(d.Body, d.To, d.Office, d.For.Country)
	if err != nil {
		return nil, err
	}
	f := q.wordsForm(d, drafted, to, tongue, refused)
	part.Form = &f
	parts := []page.DeskPart{part}
	before, found, err := q.view().LastWritten(q.Context(), d)
	if err != nil {
		return nil, err
	}
	if found {
		parts = append(parts, page.DeskPart{
			Head: q.say("calendar.last.text", q.daySaid(before.For.Day)), More: page.Link{Text: q.say("calendar.record.see"), Href: dutyPath(before.ID)}, Lines: strings.Split(before.Text, "\n"),
		})
	}
	return parts, nil
}

func (q *request) wordsForm(d, drafted occasion.Duty, to addressee, tongue letter.Tongue, refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	given := func(name, now string) string {
		if refused != nil && q.Form.Has(name) {
			return q.lines(name)
		}
		return now
	}
	f := page.DeskForm{Head: page.FormHead{Action: dutyPath(d.ID), Revision: idText(d.Revision), Rejected: refused != nil}, Wrong: wrong, Do: q.say("calendar.letter.save"), Quiet: true}
	f.Fields = []templ.Component{
		page.TextInput(q.reader, page.Field{Name: "addressee", Label: q.say("calendar.addressee"), Hint: q.say("calendar.addressee.hint", orElse(to.who, to.name)), Value: given("addressee", d.Addressee), Whole: true}),
		page.Select(q.reader, page.Field{Name: "lang", Label: q.say("calendar.lang"), Hint: q.tongueSaid(tongue), Value: given("lang", d.Lang)}, langOptions()),
		page.TextInput(q.reader, page.Field{Name: "subject", Label: q.say("calendar.subject"), Value: given("subject", drafted.Subject), Whole: true}),
	}
	if d.Do == occasion.Letter {
		f.Fields = append(f.Fields, page.TextArea(q.reader, wrong.Mark(page.Field{Name: "text", Label: q.say("calendar.text"), Hint: q.say("calendar.text.hint"), Value: given("text", drafted.Text), Whole: true}), 10))
	}
	f.Fields = append(f.Fields,
		q.whoField(wrong.Mark(page.Field{Name: "keeper", Label: q.say("calendar.keeper"), Hint: q.say("calendar.keeper.hint")}), d.Keeper, ""),
		page.TextInput(q.reader, page.Field{Name: "note", ID: "words-note", Label: q.say("common.note"), Value: given("note", d.Note), Whole: true}),
	)
	return f
}

// draftWords proposes subject and text where there are none yet: last year's
// letter to the same body in the same language, or the usual words.
func (q *request) draftWords(d occasion.Duty) (occasion.Duty, error) {
	lang, _ := locale.Parse(d.Lang)
	to := q.server.words.Load().In(lang)
	if d.Subject == "" {
		d.Subject = to.Say("calendar.subject."+string(d.Do), d.For.Title(to))
	}
	if d.Text != "" || d.Do != occasion.Letter {
		return d, nil
	}
	before, found, err := q.view().LastWritten(q.Context(), d)
	if err != nil {
		return d, err
	}
	if found && before.Lang == d.Lang && d.For.Number == 0 {
		d.Text = before.Text
		return d, nil
	}
	house, err := report.HouseOf(q.Context(), q.view(), d.Body, q.today())
	if err != nil {
		return d, err
	}
	name := d.ToName
	if d.To != 0 {
		b, err := q.view().Body(q.Context(), d.To)
		if err != nil {
			return d, err
		}
		name = b.NameOn(string(lang), q.today())
	}
	d.Text = letter.CongratulationText(to, d.For.Title(to), name, house.Spoken(lang))
	return d, nil
}

// dutyEnds lets a duty be dropped with its reason, or taken up again.
func (q *request) dutyEnds(d occasion.Duty, refused error) []page.DeskPart {
	revision := []page.Option{{Value: "revision", Text: idText(d.Revision)}}
	if d.Dropped != "" {
		return []page.DeskPart{{Plain: true, Actions: []page.Action{{Glyph: page.GlyphUndo, Text: q.say("calendar.resume"), Href: dutyPath(d.ID) + "/resume", Post: true, Carry: revision}}}}
	}
	if d.Fulfilled() {
		return nil
	}
	wrong := page.ProblemsOf(refused, q.reader)
	return []page.DeskPart{{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: dutyPath(d.ID) + "/drop", Revision: idText(d.Revision)}, Wrong: wrong, Fold: q.say("calendar.drop"), Do: q.say("calendar.drop.do"), Danger: true,
		Fields: []templ.Component{page.TextInput(q.reader, wrong.Mark(page.Field{Name: "why", Label: q.say("calendar.drop.why"), Value: q.value("why"), Whole: true}))},
	}}}
}

// onDuty reads the form and the duty, and does something with it.
func (q *request) onDuty(why, done string, do func(ctx context.Context, tx *store.Tx, d occasion.Duty, based int64) error) error {
	if err := q.read(); err != nil {
		return err
	}
	d, err := q.dutyAsked()
	if err != nil {
		return err
	}
	err = q.officeWrite(why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, d, q.id("revision")) })
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.dutyPage(d, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(dutyPath(d.ID), q.well(done))
}

// writeDuty keeps the words of a duty.
func (s *Server) writeDuty(q *request) error {
	return q.onDuty("duty.write", "common.saved", func(ctx context.Context, tx *store.Tx, d occasion.Duty, based int64) error {
		w := occasion.Words{Addressee: q.value("addressee"), Lang: q.value("lang"), Subject: q.value("subject"), Text: q.lines("text"), Note: q.value("note"), Office: d.Office}
		if d.Do != occasion.Letter {
			w.Text = d.Text
		}
		var err error
		if w.Keeper, _, err = q.anybody("keeper"); err != nil {
			return err
		}
		_, err = occasion.Write(ctx, tx, q.actor, d.ID, based, w)
		return err
	})
}

// takeStep notes how far a duty has come.
func (s *Server) takeStep(q *request) error {
	return q.onDuty("duty.step", "calendar.step.done", func(ctx context.Context, tx *store.Tx, d occasion.Duty, based int64) error {
		on, err := q.exactDay("day")
		if err != nil {
			return err
		}
		to, err := q.addressed(d)
		if err != nil {
			return err
		}
		_, err = occasion.Take(ctx, tx, q.actor, d.ID, based, occasion.Took{Step: occasion.Step(q.value("step")), Day: on, Note: q.value("note"), Who: to.who, Answer: q.id("answer")})
		return err
	})
}

// takeStepBack undoes the last step of a duty.
func (s *Server) takeStepBack(q *request) error {
	return q.onDuty("duty.back", "common.saved", func(ctx context.Context, tx *store.Tx, d occasion.Duty, based int64) error {
		_, err := occasion.TakeBack(ctx, tx, q.actor, d.ID, based)
		return err
	})
}

// dropDuty says that a duty is not done this time.
func (s *Server) dropDuty(q *request) error {
	return q.onDuty("duty.drop", "common.saved", func(ctx context.Context, tx *store.Tx, d occasion.Duty, based int64) error {
		_, err := occasion.Drop(ctx, tx, q.actor, d.ID, based, q.value("why"))
		return err
	})
}

// resumeDuty takes a duty up again.
func (s *Server) resumeDuty(q *request) error {
	return q.onDuty("duty.resume", "common.saved", func(ctx context.Context, tx *store.Tx, d occasion.Duty, based int64) error {
		_, err := occasion.Resume(ctx, tx, q.actor, d.ID, based)
		return err
	})
}

// registerDuty enters the letter in the register of papers and gives it its number.
func (s *Server) registerDuty(q *request) error {
	return q.onDuty("duty.register", "calendar.registered", func(ctx context.Context, tx *store.Tx, d occasion.Duty, _ int64) error {
		house, err := report.HouseOf(ctx, q.view(), d.Body, q.today())
		if err != nil {
			return err
		}
		to, err := q.addressed(d)
		if err != nil {
			return err
		}
		drafted, err := q.draftWords(d)
		if err != nil {
			return err
		}
		paper, err := office.Register(ctx, tx, q.actor, office.Made{
			Body: d.Body, Kind: office.Letter, From: "duty/" + idText(d.ID), Subject: drafted.Subject, To: []string{to.name}, Signer: house.Signer.Name, Symbol: house.Symbol,
		})
		if err != nil {
			return err
		}
		return occasion.Registered(ctx, tx, q.actor, d.ID, int64(paper.ID))
	})
}

// dutyPaper writes the letter of a duty in its language, on the letterhead of the
// body that sends it.
func (s *Server) dutyPaper(q *request) error {
	d, err := q.dutyAsked()
	if err != nil {
		return err
	}
	if d, err = q.draftWords(d); err != nil {
		return err
	}
	lang, _ := locale.Parse(d.Lang)
	to := q.server.words.Load().In(lang)
	on := q.today()
	if g, signed := d.At(occasion.Signed); signed {
		on = g.Day
	}
	house, err := report.HouseOf(q.Context(), q.view(), d.Body, on)
	if err != nil {
		return err
	}
	c := letter.Congratulation{Sheet: letter.Sheet{House: house, Date: calendar.OnDay(on)}, Subject: d.Subject, Text: d.Text}
	if d.Paper != 0 {
		p, err := q.view().Paper(q.Context(), office.PaperID(d.Paper))
		if err != nil {
			return err
		}
		c.Number, c.Date = p.Label(), calendar.OnDay(p.Day)
	}
	whom, err := q.addressedIn(d, lang)
	if err != nil {
		return err
	}
	c.To, c.Who = whom.name, whom.who
	return q.sendPaper(letter.Congratulate(to, c), q.say("calendar.letter"))
}

// addressedIn is addressed with the body's name in the language of the letter.
func (q *request) addressedIn(d occasion.Duty, lang locale.Lang) (addressee, error) {
	to, err := q.addressed(d)
	if err != nil || d.To == 0 {
		return to, err
	}
	b, err := q.view().Body(q.Context(), d.To)
	if fault.KindOf(err) == fault.NotFound {
		return to, nil
	}
	if err != nil {
		return to, err
	}
	to.name = besideOwn(b, string(lang), q.today())
	if d.Addressee == "" {
		to.who, err = q.spokesman(d.To, d.Office, string(lang))
	}
	return to, err
}
