package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

// How many heirs the form of a split offers at first, how many more are added at a
// time, and how many there may be.
const (
	splitFirst = 2
	splitMore  = 2
	splitMost  = 100
)

// heirs is how many rows of heirs the form has.
func (f becoming) heirs() int {
	n, _ := strconv.Atoi(f.value("heirs"))
	if f.value("step") == "more" {
		n += splitMore
	}
	return min(max(n, splitFirst), splitMost)
}

func becomePath(b body.Body, kind body.EventKind) string {
	return bodyPath(b) + "/become/" + string(kind)
}

// becomeDoors asks what became of a body.
func (s *Server) becomeDoors(q *request) error {
	b, err := q.managed()
	if err != nil {
		return err
	}
	p := q.shell(q.say("become.title", b.NameOn(q.lang(), q.today())))
	p.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}, {Text: b.NameOn(q.lang(), q.today()), Href: bodyPath(b)}}
	ended := b.Life().To < q.today()
	var doors []page.Door
	for _, k := range body.EventKinds() {
		if ended == (k == body.Refounding) {
			doors = append(doors, page.Door{Glyph: page.GlyphBody, Head: q.say("event.kind." + string(k)), Text: q.say("become.note." + string(k)), Href: becomePath(b, k)})
		}
	}
	return q.show(page.BecomeDoors(p, doors))
}

// becoming is the form of one kind of event of one body.
type becoming struct {
	*request
	b    body.Body
	kind body.EventKind
}

func (q *request) becoming() (becoming, error) {
	b, err := q.managed()
	f := becoming{q, b, body.EventKind(q.PathValue("kind"))}
	if err == nil && !slices.Contains(body.EventKinds(), f.kind) {
		err = fault.Missing("fault.missing")
	}
	return f, err
}

// becomeForm asks for an event.
func (s *Server) becomeForm(q *request) error {
	f, err := q.becoming()
	if err != nil {
		return err
	}
	a, err := f.form(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (f becoming) form(refused error) (page.AskPage, error) {
	name := f.b.NameOn(f.lang(), f.today())
	a := page.AskPage{
		Shell: f.shell(f.say("event.kind." + string(f.kind))), Head: page.FormHead{Action: becomePath(f.b, f.kind), Draft: "become-" + string(f.kind) + idText(f.b.ID), Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, f.reader), Text: f.say("become.note." + string(f.kind)), Facts: []page.Fact{{Name: f.say("body.name"), Text: name, Href: bodyPath(f.b)}},
		Do: f.say("become.look"), Leave: bodyPath(f.b),
	}
	a.Shell.Crumbs = []page.Link{{Text: f.say("body.title"), Href: "/bodies"}, {Text: name, Href: bodyPath(f.b)}}
	fields, err := f.fields(&a)
	a.Fields = append(append(a.Fields, fields...), f.decisionFields(&a)...)
	return a, err
}

// text is a line of the form with what was given before.
func (f becoming) text(a *page.AskPage, name, label string, more page.Field) templ.Component {
	more.Name, more.Label, more.Value = name, f.say(label), f.value(name)
	if more.Max == 0 {
		more.Max = 200
	}
	return page.TextInput(f.reader, a.Wrong.Mark(more))
}

// fields are the questions of the kind.
func (f becoming) fields(a *page.AskPage) ([]templ.Component, error) {
	switch f.kind {
	case body.Renaming:
		return []templ.Component{
			f.text(a, "name", "body.rename.to", page.Field{Needed: true, Focus: true, Whole: true}), f.text(a, "short", "body.short", page.Field{Max: 80}),
			f.text(a, "nameEn", "body.name.en", page.Field{}), f.text(a, "nameFr", "body.name.fr", page.Field{}),
		}, nil
	case body.Merging:
		return f.mergeFields(a)
	case body.Splitting:
		return f.splitFields(a)
	case body.Moving, body.Ending:
		name, blank := "under", "become.under.none"
		if f.kind == body.Ending {
			name, blank = "children", "become.children.none"
		}
		options, err := f.others(f.say(blank))
		return []templ.Component{page.Select(f.reader, a.Wrong.Mark(page.Field{Name: name, Label: f.say("become." + name), Value: f.value(name), Whole: true}), options)}, err
	case body.Levelling:
		return f.levelFields(a), nil
	}
	return []templ.Component{
		f.text(a, "name", "body.name", page.Field{Needed: true, Focus: true, Whole: true, Hint: f.say("become.refound.hint", f.b.NameOn("vi", f.today()))}),
		f.text(a, "short", "body.short", page.Field{Max: 80}),
	}, nil
}

// others offers the bodies on the same axis that the reader manages.
func (q *request) othersOf(b body.Body, blank string) ([]page.Option, error) {
	all, err := q.view().Bodies(q.Context())
	if err != nil {
		return nil, err
	}
	var options []page.Option
	if blank != "" {
		options = append(options, page.Option{Text: blank})
	}
	for _, one := range all {
		if one.ID != b.ID && one.Axis() == b.Axis() && one.Life().Contains(q.today()) && q.may(access.ManageBody, one.ID) {
			options = append(options, page.Option{Value: idText(one.ID), Text: one.NameOn(q.lang(), q.today())})
		}
	}
	return options, nil
}

func (f becoming) others(blank string) ([]page.Option, error) { return f.othersOf(f.b, blank) }

func (f becoming) mergeFields(a *page.AskPage) ([]templ.Component, error) {
	with, err := f.others("")
	if err != nil {
		return nil, err
	}
	into := []page.Option{{Text: f.say("become.into.new")}, {Value: idText(f.b.ID), Text: f.b.NameOn(f.lang(), f.today())}}
	into = append(into, with...)
	given := f.values("with")
	for i := range with {
		with[i].Chosen = slices.Contains(given, with[i].Value)
	}
	return []templ.Component{
		page.Ticks(f.reader, a.Wrong.Mark(page.Field{Name: "with", Label: f.say("become.with"), Hint: f.say("become.with.hint"), Whole: true}), with),
		page.Select(f.reader, a.Wrong.Mark(page.Field{Name: "into", Label: f.say("become.into"), Hint: f.say("become.into.hint"), Value: f.value("into"), Whole: true}), into),
		f.text(a, "name", "become.new.name", page.Field{Whole: true}), f.text(a, "short", "body.short", page.Field{Max: 80}),
	}, nil
}

func (f becoming) splitFields(a *page.AskPage) ([]templ.Component, error) {
	var fields []templ.Component
	places := []page.Option{{Text: f.say("become.stays")}}
	standing, err := f.others(f.say("become.heir.new"))
	if err != nil {
		return nil, err
	}
	a.Carry = append(a.Carry, page.Option{Value: "heirs", Text: strconv.Itoa(f.heirs())})
	a.More = &page.Option{Value: "more", Text: f.say("become.heir.more")}
	for n := 1; n <= f.heirs(); n++ {
		at := strconv.Itoa(n)
		fields = append(fields,
			page.Select(f.reader, a.Wrong.Mark(page.Field{Name: "heir" + at, Label: f.say("become.heir", n), Value: f.value("heir" + at), Whole: true}), standing),
			page.TextInput(f.reader, a.Wrong.Mark(page.Field{Name: "name" + at, Label: f.say("become.heir.name", n), Value: f.value("name" + at), Max: 200})),
			page.TextInput(f.reader, a.Wrong.Mark(page.Field{Name: "share" + at, Label: f.say("become.share", n), Hint: f.say("become.share.hint"), Value: f.value("share" + at), Short: true, Max: 20})))
		places = append(places, page.Option{Value: at, Text: f.say("become.heir.at", n)})
	}
	keeps := page.Field{Name: "keeps", Label: f.say("become.keeps"), Hint: f.say("become.keeps.hint"), Value: f.value("keeps")}
	fields = append(fields, page.Select(f.reader, a.Wrong.Mark(keeps), []page.Option{{Value: "no", Text: f.say("become.keeps.no")}, {Value: "yes", Text: f.say("become.keeps.yes")}}),
		page.TextInput(f.reader, a.Wrong.Mark(page.Field{Name: "keepShare", Label: f.say("become.keeps.share"), Value: f.value("keepShare"), Short: true, Max: 20})))
	names, err := f.names()
	for _, child := range f.view().Tree().ChildrenOn(f.b.ID, f.today()) {
		if names[child] == "" {
			continue // a household: it goes where its people go
		}
		field := "child" + idText(child)
		fields = append(fields, page.Select(f.reader, page.Field{Name: field, Label: f.say("become.child", names[child]), Value: f.value(field)}, places))
	}
	return fields, err
}

func (f becoming) levelFields(a *page.AskPage) []templ.Component {
	var levels []string
	for _, l := range body.Levels() {
		levels = append(levels, string(l))
	}
	kinds := []page.Option{{Text: f.say("become.kind.same")}}
	for _, k := range body.Kinds() {
		if k != body.Household && (body.Body{Kind: k}).Axis() == f.b.Axis() {
			kinds = append(kinds, page.Option{Value: string(k), Text: f.say("body.kind." + string(k))})
		}
	}
	return []templ.Component{
		page.Select(f.reader, a.Wrong.Mark(page.Field{Name: "level", Label: f.say("become.level"), Value: f.value("level")}), f.options("body.level.", "become.level.same", levels...)),
		page.Select(f.reader, a.Wrong.Mark(page.Field{Name: "kind", Label: f.say("become.kind"), Value: f.value("kind")}), kinds),
		f.text(a, "name", "become.name", page.Field{Whole: true}), f.text(a, "official", "become.official", page.Field{Short: true, Max: 20}),
	}
}

// decisionFields ask from when, by which paper, on whose word.
func (f becoming) decisionFields(a *page.AskPage) []templ.Component {
	return f.paperFields(a, "become.day")
}

// paperFields ask for a day and the decision behind it.
func (q *request) paperFields(a *page.AskPage, day string) []templ.Component {
	line := func(name, label string) templ.Component {
		return page.TextInput(q.reader, a.Wrong.Mark(page.Field{Name: name, Label: q.say(label), Value: q.value(name), Max: 300}))
	}
	return []templ.Component{
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "day", Label: q.say(day), Hint: q.say(day + ".hint"), Value: q.value("day"), Needed: true})),
		line("number", "event.number"),
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "decided", Label: q.say("event.decided"), Value: q.value("decided")})),
		line("issuer", "event.issuer"), line("title", "event.paper.title"), line("source", "event.source"),
		page.TextArea(q.reader, page.Field{Name: "note", Label: q.say("common.note"), Value: q.lines("note"), Whole: true, Max: 4000}, 2),
	}
}

// decided reads the day and the decision.
func (q *request) decided() (body.Decision, error) {
	d := body.Decision{
		Paper: body.Paper{Number: q.value("number"), Issuer: q.value("issuer"), Title: q.value("title")},
		Note:  q.lines("note"), Source: q.value("source"), By: q.actor.Person,
	}
	on, err := q.date("day")
	day, exact := on.Day()
	if err == nil && !exact {
		err = fault.Field("day", "event.day.missing")
	}
	d.Day = day
	var paperErr error
	d.Paper.Date, paperErr = q.date("decided")
	return d, fault.Gather(err, paperErr)
}

// verb reads the form into the verb it asks for.
func (f becoming) verb() (func(ctx context.Context, tx *store.Tx) (body.Event, error), error) {
	d, err := f.decided()
	if err != nil {
		return nil, err
	}
	switch f.kind {
	case body.Renaming:
		names := []body.Name{{Lang: "vi", Full: f.value("name"), Short: f.value("short")}}
		for lang, field := range map[string]string{"en": "nameEn", "fr": "nameFr"} {
			if full := f.value(field); full != "" {
				names = append(names, body.Name{Lang: lang, Full: full})
			}
		}
		return func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Rename(ctx, tx, f.b.ID, names, d)
		}, nil
	case body.Merging:
		return f.mergeVerb(d)
	case body.Splitting:
		return f.splitVerb(d)
	case body.Moving:
		under, err := f.bodyOrNone("under")
		return func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.Move(ctx, tx, f.b.ID, under, d)
		}, err
	case body.Levelling:
		g := body.Grade{Level: body.Level(f.value("level")), Kind: body.Kind(f.value("kind")), Name: body.Name{Lang: "vi", Full: f.value("name")}, Official: f.value("official")}
		return func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.ChangeLevel(ctx, tx, f.b.ID, g, d)
		}, nil
	case body.Ending:
		children, err := f.bodyOrNone("children")
		return func(ctx context.Context, tx *store.Tx) (body.Event, error) {
			return body.End(ctx, tx, f.b.ID, children, d)
		}, err
	}
	anew := f.anew(f.value("name"), f.value("short"))
	return func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		return body.Refound(ctx, tx, f.b.ID, *anew, d)
	}, nil
}

// anew is a body that begins by the event, of the same kind and level.
func (f becoming) anew(name, short string) *body.Body {
	b := body.Body{Kind: f.b.Kind}
	if name != "" {
		b.Names = []body.Name{{Lang: "vi", Full: name, Short: short, Since: calendar.Earliest, Until: calendar.Latest}}
	}
	if level := f.b.LevelOn(f.today()); level != "" {
		b.Levels = []body.Standing{{Level: level}}
	}
	return &b
}

func (f becoming) mergeVerb(d body.Decision) (func(ctx context.Context, tx *store.Tx) (body.Event, error), error) {
	of := []body.ID{f.b.ID}
	for _, typed := range f.values("with") {
		id, err := strconv.ParseInt(typed, 10, 64)
		if err != nil {
			return nil, fault.Field("with", "event.merge.alone")
		}
		of = append(of, body.ID(id))
	}
	into := body.Successor{Body: body.ID(f.id("into"))}
	if into.Body == 0 {
		if f.value("name") == "" {
			return nil, fault.Field("name", "body.name.missing")
		}
		into.New = f.anew(f.value("name"), f.value("short"))
	}
	return func(ctx context.Context, tx *store.Tx) (body.Event, error) { return body.Merge(ctx, tx, of, into, d) }, nil
}

func (f becoming) splitVerb(d body.Decision) (func(ctx context.Context, tx *store.Tx) (body.Event, error), error) {
	var among []body.Successor
	number := map[string]int{}
	var found []error
	for n := 1; n <= f.heirs(); n++ {
		at := strconv.Itoa(n)
		name, standing := f.value("name"+at), body.ID(f.id("heir"+at))
		if name == "" && standing == 0 {
			continue
		}
		if name != "" && standing != 0 {
			found = append(found, fault.Field("name"+at, "become.heir.both"))
		}
		share, err := body.ReadShare(f.value("share" + at))
		if err != nil {
			found = append(found, fault.Field("share"+at, "event.share.form"))
		}
		number[at] = len(among)
		heir := body.Successor{Body: standing, Share: share}
		if standing == 0 {
			heir.New = f.anew(name, "")
		}
		among = append(among, heir)
	}
	if err := fault.Gather(found...); err != nil {
		return nil, err
	}
	if len(among) == 0 {
		return nil, fault.Field("name1", "event.split.few")
	}
	for _, child := range f.view().Tree().ChildrenOn(f.b.ID, d.Day) {
		if i, ok := number[f.value("child"+idText(child))]; ok {
			among[i].Children = append(among[i].Children, child)
		}
	}
	var keeps *body.Share
	if f.value("keeps") == "yes" {
		share, err := body.ReadShare(f.value("keepShare"))
		if err != nil {
			return nil, fault.Field("keepShare", "event.share.form")
		}
		keeps = &share
	}
	return func(ctx context.Context, tx *store.Tx) (body.Event, error) {
		e, err := body.Split(ctx, tx, f.b.ID, among, keeps, d)
		return e, beside(err, map[string]string{"heir": "heir1", "into": "heir1", "share": "share1", "children": "heir1"})
	}, nil
}

// beside lets refusals stand beside the fields of a form, which bear other names
// than those of the verb.
func beside(err error, fields map[string]string) error {
	faults := fault.All(err)
	if len(faults) == 0 {
		return err
	}
	moved := make([]error, len(faults))
	for i, one := range faults {
		at := *one
		if to, ok := fields[at.Field]; ok {
			at.Field = to
		}
		moved[i] = &at
	}
	return fault.Gather(moved...)
}

// become looks an event through, or does it.
func (s *Server) become(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, err := q.becoming()
	if err != nil {
		return err
	}
	step := q.value("step")
	if step == "edit" || step == "more" {
		a, err := f.form(nil)
		if err != nil {
			return err
		}
		return q.show(page.AskFor(a))
	}
	verb, err := f.verb()
	if err == nil && step == "do" {
		var e body.Event
		err = q.write("event.why."+string(f.kind), func(ctx context.Context, tx *store.Tx) (err error) {
			if e, err = verb(ctx, tx); err != nil {
				return err
			}
			return q.mayAll(e)
		})
		if err == nil {
			return q.doneAt(eventPath(e.ID), q.well("event.done"))
		}
	}
	var p page.BecomePage
	if err == nil {
		p, err = f.preview(verb)
	}
	if err == nil {
		return q.show(page.BecomePreview(p))
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	a, pageErr := f.form(err)
	if pageErr != nil {
		return pageErr
	}
	return q.again(page.AskFor(a))
}

// mayAll asks whether the reader manages every body that an event changes: those
// that it makes stand under what is managed.
func (q *request) mayAll(e body.Event) error {
	for _, m := range e.Marks {
		if m.Made {
			continue
		}
		if err := q.actor.May(access.ManageBody, m.Body); err != nil {
			return err
		}
	}
	for _, m := range e.Marks {
		for _, parent := range m.After.Parents {
			if slices.Contains(m.Before.Parents, parent) || !m.Made && parent.Since < e.Day {
				continue
			}
			made := slices.ContainsFunc(e.Marks, func(o body.Mark) bool { return o.Made && o.Body == parent.Parent })
			if !made {
				if err := q.actor.May(access.ManageBody, parent.Parent); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// renamed leads from the address that people know to the form of a renaming.
func (s *Server) askRename(q *request) error {
	b, err := q.managed()
	if err != nil {
		return err
	}
	return q.goTo(becomePath(b, body.Renaming))
}

// shownUnit shows a unit of the map where the book has no body of that code.
func (s *Server) shownUnit(q *request) (bool, error) {
	m, id, ok := q.unit(q.PathValue("code"))
	if !ok || place.ID(0) == id {
		return false, nil
	}
	return true, s.unitPage(q, m, id)
}
