package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// formNew asks what a new form is called, how often it is sent and by whom.
func (s *Server) formNew(q *request) error {
	if !q.actor.Somewhere(access.ManageBody) {
		return fault.Forbid("access.forbidden." + string(access.ManageBody))
	}
	return q.formPage(reporting.Form{Every: reporting.Month, Due: 5, Posting: reporting.OnApproval, Since: reporting.Year.Of(q.today()).From, Senders: reporting.Senders{Under: q.root()}}, nil)
}

// formPage asks what a form is.
func (q *request) formPage(f reporting.Form, refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	a := page.AskPage{Shell: q.shell(q.say("reporting.new")), Head: page.FormHead{Action: "/forms/new", Rejected: refused != nil}, Wrong: wrong, Do: q.say("common.save"), Leave: "/forms"}
	a.Shell.Crumbs = q.formCrumbs()
	if f.ID != 0 {
		a.Shell.Title, a.Head.Action, a.Head.Revision, a.Leave = q.formName(f), formPath(f)+"/edit", idText(f.Revision), formPath(f)+"/questions"
	}
	names := q.namesFields(wrong, "name", q.say("reporting.name"), f.Names, true)
	a.Fields = append(a.Fields, names...)
	if f.ID == 0 {
		homes, err := q.bodyOptions(access.ManageBody, "")
		if err != nil {
			return err
		}
		a.Fields = append(a.Fields,
			page.TextInput(q.reader, wrong.Mark(page.Field{Name: "code", Label: q.say("reporting.code"), Hint: q.say("reporting.code.hint"), Value: f.Code, Short: true, Max: 60})),
			page.Select(q.reader, wrong.Mark(page.Field{Name: "body", Label: q.say("reporting.asker"), Value: idText(cmp.Or(f.Body, q.root()))}), homes),
			page.Chips(q.reader, wrong.Mark(page.Field{Name: "every", Label: q.say("reporting.every"), Value: string(f.Every)}), q.everyOptions()))
	}
	senders, err := q.senderFields(f, wrong)
	if err != nil {
		return err
	}
	a.Fields = append(a.Fields,
		page.DateInput(q.reader, wrong.Mark(page.Field{Name: "since", Label: q.say("reporting.since"), Hint: q.say("reporting.since.hint"), Value: locale.DayShort(f.Since), Short: true})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "due", Label: q.say("reporting.due.days"), Value: strconv.Itoa(f.Due), Short: true, Unit: q.say("reporting.days")})))
	a.Fields = append(a.Fields, senders...)
	a.Fields = append(a.Fields,
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "contact", Label: q.say("reporting.contact"), Hint: q.say("reporting.contact.hint"), Value: f.Contact, Whole: true, Max: 200})),
		page.TextArea(q.reader, page.Field{Name: "intro", Label: q.say("reporting.intro"), Value: f.Intro.In("vi"), Whole: true, Max: 1000}, 2),
		page.Radios(q.reader, wrong.Mark(page.Field{Name: "posting", Label: q.say("reporting.posting"), Value: string(f.Posting)}), []page.Option{
			{Value: string(reporting.OnApproval), Text: q.say("reporting.posting.approval")},
			{Value: string(reporting.OnSending), Text: q.say("reporting.posting.sending")},
			{Value: string(reporting.Never), Text: q.say("reporting.posting.never")},
		}),
		page.TextArea(q.reader, page.Field{Name: "platform", Label: q.say("reporting.platform"), Hint: q.say("reporting.platform.hint"), Value: platformTyped(f.Platform), Whole: true}, 5))
	if refused != nil {
		return q.again(page.AskFor(a))
	}
	return q.show(page.AskFor(a))
}

// namesFields asks for words in the three languages, the Vietnamese first.
func (q *request) namesFields(wrong page.Problems, name, label string, said reporting.Names, needed bool) []templ.Component {
	return []templ.Component{
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: name, Label: label, Value: said["vi"], Needed: needed, Whole: true, Max: 500})),
		page.TextInput(q.reader, page.Field{Name: name + "-en", Label: q.say("reporting.in.en", label), Value: said["en"], Max: 500}),
		page.TextInput(q.reader, page.Field{Name: name + "-fr", Label: q.say("reporting.in.fr", label), Value: said["fr"], Max: 500}),
	}
}

// namesGiven reads words in the three languages.
func (q *request) namesGiven(name string) reporting.Names {
	said := reporting.Names{}
	for lang, field := range map[string]string{"vi": name, "en": name + "-en", "fr": name + "-fr"} {
		if s := q.value(field); s != "" {
			said[lang] = s
		}
	}
	return said
}

func (q *request) everyOptions() []page.Option {
	var options []page.Option
	for _, e := range reporting.Everies() {
		options = append(options, page.Option{Value: string(e), Text: q.say("reporting.every." + string(e))})
	}
	return options
}

// senderFields asks who must send.
func (q *request) senderFields(f reporting.Form, wrong page.Problems) ([]templ.Component, error) {
	under, err := q.bodyOptions(access.ReadFigures, q.say("reporting.under.none"))
	if err != nil {
		return nil, err
	}
	var kinds []page.Option
	for _, k := range body.Kinds() {
		if k != body.Household {
			kinds = append(kinds, page.Option{Value: string(k), Text: q.say("body.kind." + string(k)), Chosen: slices.Contains(f.Senders.Kinds, k)})
		}
	}
	bodies, err := q.view().BodiesByID(q.Context(), f.Senders.Named)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, id := range f.Senders.Named {
		codes = append(codes, bodies[id].Code)
	}
	return []templ.Component{
		page.Select(q.reader, wrong.Mark(page.Field{Name: "under", Label: q.say("reporting.under"), Value: idText(f.Senders.Under), Whole: true}), under),
		page.ChipsMany(q.reader, page.Field{Name: "kinds", Label: q.say("reporting.kinds"), Hint: q.say("reporting.kinds.hint")}, kinds),
		page.TextArea(q.reader, wrong.Mark(page.Field{Name: "named", Label: q.say("reporting.named"), Hint: q.say("reporting.named.hint"), Value: cmp.Or(q.lines("named"), strings.Join(codes, "\n")), Whole: true}), 3),
	}, nil
}

// platformTyped writes the columns of the platform's file one a line.
func platformTyped(columns []reporting.Column) string {
	var lines []string
	for _, c := range columns {
		what := c.What
		if what == "" {
			what = "\"" + c.Fixed + "\""
		}
		lines = append(lines, c.Title+" = "+what)
	}
	return strings.Join(lines, "\n")
}

// platformGiven reads the columns of the platform's file.
func platformGiven(typed string) []reporting.Column {
	var columns []reporting.Column
	for line := range strings.Lines(typed) {
		title, what, _ := strings.Cut(strings.TrimSpace(line), "=")
		if title = strings.TrimSpace(title); title == "" {
			continue
		}
		c := reporting.Column{Title: title, What: strings.TrimSpace(what)}
		if fixed, quoted := strings.CutPrefix(c.What, "\""); quoted {
			c.What, c.Fixed = "", strings.TrimSuffix(fixed, "\"")
		}
		columns = append(columns, c)
	}
	return columns
}

// formGiven reads what a form is from its page.
func (q *request) formGiven(f reporting.Form) (reporting.Form, error) {
	var wrong []error
	f.Names, f.Contact, f.Posting = q.namesGiven("name"), q.value("contact"), reporting.Posting(q.value("posting"))
	if f.ID == 0 {
		f.Code, f.Body, f.Every = q.value("code"), body.ID(q.id("body")), reporting.Every(q.value("every"))
		if f.Code == "" {
			f.Code = body.CodeFrom(f.Names["vi"])
		}
	}
	f.Intro = reporting.Names{"vi": q.lines("intro")}
	f.Platform = platformGiven(q.lines("platform"))
	since, err := q.date("since")
	first, known := since.First()
	if err != nil || !known {
		wrong = append(wrong, fault.Field("since", "form.since.wrong"))
	} else if slices.Contains(reporting.Everies(), f.Every) {
		f.Since = f.Every.Of(first).From
	}
	due, err := strconv.Atoi(q.value("due"))
	if err != nil {
		wrong = append(wrong, fault.Field("due", "form.due.wrong"))
	}
	f.Due = due
	f.Senders = reporting.Senders{Under: body.ID(q.id("under"))}
	for _, k := range q.values("kinds") {
		f.Senders.Kinds = append(f.Senders.Kinds, body.Kind(k))
	}
	for line := range strings.Lines(q.lines("named")) {
		code := strings.TrimSpace(line)
		if code == "" {
			continue
		}
		one, err := q.view().BodyByCode(q.Context(), code)
		if err != nil {
			wrong = append(wrong, fault.Field("named", "reporting.named.unknown", code))
			continue
		}
		f.Senders.Named = append(f.Senders.Named, one.ID)
	}
	return f, fault.Gather(wrong...)
}

// formCreate draws up a new form.
func (s *Server) formCreate(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	return q.defineForm(reporting.Form{}, 0)
}

// formEdit asks what of a form is otherwise.
func (s *Server) formEdit(q *request) error {
	f, err := q.formManaged()
	if err != nil {
		return err
	}
	return q.formPage(f, nil)
}

// formManaged reads a form that the reader may change.
func (q *request) formManaged() (reporting.Form, error) {
	f, err := q.view().FormByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return f, err
	}
	return f, q.actor.May(access.ManageBody, f.Body)
}

// formSave changes a form.
func (s *Server) formSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, err := q.formManaged()
	if err != nil {
		return err
	}
	return q.defineForm(f, q.id("revision"))
}

func (q *request) defineForm(before reporting.Form, based int64) error {
	f, refused := q.formGiven(before)
	if refused == nil {
		refused = q.define(&f, based)
	}
	if isInvalid(refused) {
		f.ID = before.ID
		return q.formPage(f, refused)
	}
	if refused != nil {
		return refused
	}
	return q.doneAt(formPath(f)+"/questions", q.well("common.saved"))
}

// define writes a form.
func (q *request) define(f *reporting.Form, based int64) error {
	return q.write("reporting.why.defined", func(ctx context.Context, tx *store.Tx) error {
		made, err := reporting.Define(ctx, tx, q.actor, *f, based)
		if err == nil {
			*f = made
		}
		return err
	})
}
