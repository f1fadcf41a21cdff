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
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
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
			{Value: string(reporting.OnApproval), Text: q.say("reporting.posting.approval")}, {Value: string(reporting.OnSending), Text: q.say("reporting.posting.sending")},
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

// formQuestions lists what a form asks.
func (s *Server) formQuestions(q *request) error {
	f, err := q.formManaged()
	if err != nil {
		return err
	}
	base := formPath(f) + "/questions/"
	t := page.Table{
		ID: "questions", Caption: q.say("reporting.questions"), Quiet: true,
		Columns: []page.Column{{Head: q.say("reporting.number"), Figure: true}, {Head: q.say("reporting.question"), Chief: true}, {Head: q.say("reporting.part")}, {Head: q.say("reporting.kind")}, {Head: q.say("reporting.feeds")}},
		Empty:   page.Empty{Glyph: page.GlyphReport, Head: q.say("reporting.questions.none"), Text: q.say("reporting.questions.none.text"), Do: page.Link{Text: q.say("reporting.question.new"), Href: base + "0"}},
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return err
	}
	for i, one := range f.Questions {
		feeds := ""
		if m, ok := one.Measure(); ok {
			feeds = q.measureName(m, kinds)
		}
		note := ""
		if one.Needed {
			note = q.say("form.needed")
		}
		t.Rows = append(t.Rows, page.Row{Href: base + idText(one.N), Cells: []page.Cell{
			{Text: strconv.Itoa(i + 1)}, {Text: q.questionName(one), Note: note}, {Text: groupName(f, one.Group, string(q.reader.Lang))}, {Text: q.say("reporting.kind." + string(one.Kind))}, {Text: feeds},
		}})
	}
	p := page.DeskPage{Shell: q.shell(q.formName(f)), Tabs: q.formTabs(f, f.Current(q.today()))}
	p.Shell.Crumbs, p.Shell.Lead = q.formCrumbs(), q.say("reporting.questions.lead", len(f.Questions), f.Version)
	p.Actions = []page.Action{{Glyph: page.GlyphAdd, Text: q.say("reporting.question.new"), Href: base + "0", First: true}, {Glyph: page.GlyphEdit, Text: q.say("reporting.edit"), Href: formPath(f) + "/edit"}}
	p.Parts = []page.DeskPart{{Plain: true, Table: &t}}
	return q.show(page.Desk(p))
}

func groupName(f reporting.Form, code, lang string) string {
	for _, g := range f.Groups {
		if g.Code == code {
			return g.Names.In(lang)
		}
	}
	return ""
}

// questionAsked reads a form and one of its questions; question 0 is a new one.
func (q *request) questionAsked() (reporting.Form, reporting.Question, error) {
	f, err := q.formManaged()
	if err != nil {
		return f, reporting.Question{}, err
	}
	n, err := strconv.ParseInt(q.PathValue("n"), 10, 64)
	if err != nil {
		return f, reporting.Question{}, fault.Missing("fault.missing")
	}
	if n == 0 {
		return f, reporting.Question{Kind: reporting.Number}, nil
	}
	one, found := f.Question(n)
	if !found {
		return f, one, fault.Missing("fault.missing")
	}
	return f, one, nil
}

// questionEdit asks what a question is.
func (s *Server) questionEdit(q *request) error {
	f, one, err := q.questionAsked()
	if err != nil {
		return err
	}
	return q.questionPage(f, one, nil)
}

func (q *request) questionPage(f reporting.Form, one reporting.Question, refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	place := slices.IndexFunc(f.Questions, func(o reporting.Question) bool { return o.N == one.N }) + 1
	if one.N == 0 {
		place = len(f.Questions) + 1
	}
	a := page.AskPage{
		Shell: q.shell(q.say("reporting.question")), Wrong: wrong, Do: q.say("common.save"), Leave: formPath(f) + "/questions",
		Head: page.FormHead{Action: formPath(f) + "/questions/" + idText(one.N), Rejected: refused != nil, Revision: idText(f.Revision)},
	}
	a.Shell.Crumbs = q.formCrumbs(page.Link{Text: q.formName(f), Href: formPath(f) + "/questions"})
	var kinds []page.Option
	for _, k := range reporting.Kinds() {
		kinds = append(kinds, page.Option{Value: string(k), Text: q.say("reporting.kind." + string(k))})
	}
	feeds, err := q.feedFields(one, wrong)
	if err != nil {
		return err
	}
	var options []string
	for _, o := range one.Options {
		options = append(options, o.Names.In("vi"))
	}
	a.Fields = q.namesFields(wrong, "name", q.say("reporting.question"), one.Names, true)
	a.Fields = append(a.Fields,
		page.TextInput(q.reader, page.Field{Name: "hint", Label: q.say("reporting.hint"), Value: one.Hint.In("vi"), Whole: true, Max: 300}),
		page.Select(q.reader, wrong.Mark(page.Field{Name: "kind", Label: q.say("reporting.kind"), Value: string(one.Kind)}), kinds),
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "group", Label: q.say("reporting.part"), Hint: q.say("reporting.part.hint"), Value: groupName(f, one.Group, "vi"), Max: 200})),
		page.NumberInput(q.reader, page.Field{Name: "place", Label: q.say("reporting.place"), Value: strconv.Itoa(place), Short: true}),
		page.Tick(page.Field{Name: "needed", Label: q.say("reporting.needed"), Value: map[bool]string{true: "yes"}[one.Needed]}),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "min", Label: q.say("reporting.min"), Value: limitTyped(one.Min), Short: true})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "max", Label: q.say("reporting.max"), Value: limitTyped(one.Max), Short: true})),
		page.TextArea(q.reader, wrong.Mark(page.Field{Name: "options", Label: q.say("reporting.options"), Hint: q.say("reporting.options.hint"), Value: strings.Join(options, "\n"), Whole: true}), 3))
	a.Fields = append(a.Fields, feeds...)
	if one.N != 0 {
		a.Fields = append(a.Fields, page.Tick(page.Field{Name: "remove", Label: q.say("reporting.remove"), Hint: q.say("reporting.remove.hint"), Whole: true}))
	}
	if refused != nil {
		return q.again(page.AskFor(a))
	}
	return q.show(page.AskFor(a))
}

// limitTyped writes a limit as it is typed.
func limitTyped(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// feedFields asks which measure an answer becomes.
func (q *request) feedFields(one reporting.Question, wrong page.Problems) ([]templ.Component, error) {
	all, err := q.view().Kinds(q.Context())
	if err != nil {
		return nil, err
	}
	m, _ := one.Measure()
	kinds, units := []page.Option{{Text: q.say("reporting.feeds.none")}}, []page.Option{}
	for _, k := range all {
		if !k.Retired {
			kinds = append(kinds, page.Option{Value: k.Code, Text: k.Name(string(q.reader.Lang))})
		}
	}
	for _, u := range feedUnits() {
		units = append(units, page.Option{Value: u, Text: q.say("deed.unit." + u)})
	}
	return []templ.Component{
		page.Select(q.reader, wrong.Mark(page.Field{Name: "feeds", Label: q.say("reporting.feeds"), Hint: q.say("reporting.feeds.hint"), Value: m.Kind}), kinds),
		page.Select(q.reader, page.Field{Name: "unit", Label: q.say("reporting.feeds.unit"), Value: string(m.Unit)}, units),
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "currency", Label: q.say("reporting.currency"), Value: cmp.Or(string(one.Cur), "VND"), Short: true, Max: 3})),
	}, nil
}

// questionSave writes a question at its place, or takes it out.
func (s *Server) questionSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, one, err := q.questionAsked()
	if err != nil {
		return err
	}
	changed := f
	changed.Groups = slices.Clone(f.Groups)
	given, refused := q.questionGiven(&changed, one)
	changed.Questions = slices.DeleteFunc(slices.Clone(f.Questions), func(o reporting.Question) bool { return o.N == one.N && one.N != 0 })
	if q.value("remove") != "yes" {
		place, err := strconv.Atoi(q.value("place"))
		if err != nil || place < 1 || place > len(changed.Questions)+1 {
			place = len(changed.Questions) + 1
		}
		changed.Questions = slices.Insert(changed.Questions, place-1, given)
	} else {
		refused = nil
	}
	if refused == nil {
		refused = q.define(&changed, q.id("revision"))
	}
	if isInvalid(refused) {
		return q.questionPage(f, given, refused)
	}
	if refused != nil {
		return refused
	}
	return q.doneAt(formPath(f)+"/questions", q.well("common.saved"))
}

// questionGiven reads what a question is; its part is entered in the form.
func (q *request) questionGiven(f *reporting.Form, before reporting.Question) (reporting.Question, error) {
	one := reporting.Question{N: before.N, Kind: reporting.Kind(q.value("kind")), Names: q.namesGiven("name"), Needed: q.value("needed") == "yes", Target: before.Target}
	if hint := q.value("hint"); hint != "" {
		one.Hint = reporting.Names{"vi": hint}
	}
	one.Group = partOf(f, q.value("group"))
	if one.Kind == reporting.Money {
		one.Cur = currencyOf(q.value("currency"))
	}
	if kind := q.value("feeds"); kind != "" {
		one.Feeds = kind + "." + q.value("unit")
		if one.Kind == reporting.Money && q.value("unit") != "goods" {
			one.Feeds = kind + ".money"
		}
	}
	var wrong []error
	for name, into := range map[string]**int64{"min": &one.Min, "max": &one.Max} {
		typed := q.value(name)
		if typed == "" || !one.Kind.Figure() {
			continue
		}
		n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "").Replace(typed), 10, 64)
		if err != nil {
			wrong = append(wrong, fault.Field(name, "form.question.limits", one.Names.In("vi")))
			continue
		}
		*into = &n
	}
	if one.Kind == reporting.Choice {
		one.Options = optionsGiven(before, q.lines("options"))
	}
	return one, fault.Gather(wrong...)
}

// partOf gives the code of a part by its name, entering it in the form.
func partOf(f *reporting.Form, name string) string {
	if name == "" {
		return ""
	}
	most := 0
	for _, g := range f.Groups {
		if g.Names.In("vi") == name {
			return g.Code
		}
		if n, err := strconv.Atoi(strings.TrimPrefix(g.Code, "p")); err == nil {
			most = max(most, n)
		}
	}
	code := "p" + strconv.Itoa(most+1)
	f.Groups = append(f.Groups, reporting.Group{Code: code, Names: reporting.Names{"vi": name}})
	return code
}

// optionsGiven reads the options of a choice, one a line; one that stays keeps
// its code.
func optionsGiven(before reporting.Question, typed string) []reporting.Option {
	var all []reporting.Option
	most := 0
	for _, o := range before.Options {
		if n, err := strconv.Atoi(strings.TrimPrefix(o.Code, "o")); err == nil {
			most = max(most, n)
		}
	}
	for line := range strings.Lines(typed) {
		name := strings.TrimSpace(line)
		if name == "" {
			continue
		}
		i := slices.IndexFunc(before.Options, func(o reporting.Option) bool { return o.Names.In("vi") == name })
		if i >= 0 {
			all = append(all, before.Options[i])
			continue
		}
		most++
		all = append(all, reporting.Option{Code: "o" + strconv.Itoa(most), Names: reporting.Names{"vi": name}})
	}
	return all
}

// feedUnits are the units that an answer may become.
func feedUnits() []string {
	var all []string
	for _, u := range deed.Units() {
		all = append(all, string(u))
	}
	return all
}

// currencyOf reads a currency; one that is none is refused by the form itself.
func currencyOf(typed string) money.Currency {
	c, err := money.ParseCurrency(typed)
	if err != nil {
		return ""
	}
	return c
}
