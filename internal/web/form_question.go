package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
)

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
		if one.Target != "" {
			feeds = dotted(feeds, q.say("reporting.target.said", q.targetNamed(one)))
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
	targets, err := q.targetField(one, wrong)
	if err != nil {
		return nil, err
	}
	as := page.Select(q.reader, page.Field{Name: "as", Label: q.say("reporting.as"), Value: string(cmp.Or(one.As, reporting.AddUp))}, q.options("reporting.as.", "", string(reporting.AddUp), string(reporting.AsLast)))
	return []templ.Component{
		page.Select(q.reader, wrong.Mark(page.Field{Name: "feeds", Label: q.say("reporting.feeds"), Hint: q.say("reporting.feeds.hint"), Value: m.Kind}), kinds),
		page.Select(q.reader, page.Field{Name: "unit", Label: q.say("reporting.feeds.unit"), Value: string(m.Unit)}, units),
		targets, as,
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
	one := reporting.Question{N: before.N, Kind: reporting.Kind(q.value("kind")), Names: q.namesGiven("name"), Needed: q.value("needed") == "yes"}
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
	if one.Target = q.value("target"); one.Target != "" {
		one.As = reporting.As(q.value("as"))
	}
	var wrong []error
	for name, into := range map[string]**int64{"min": &one.Min, "max": &one.Max} {
		typed := q.value(name)
		if typed == "" || !one.Kind.Figure() {
			continue
		}
		plain, below := strings.CutPrefix(typed, "-")
		n, well := countRead(plain)
		if below {
			n = -n
		}
		if !well {
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
