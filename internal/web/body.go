package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

func bodyPath(b body.Body) string { return "/bodies/" + b.Code }

// bodies shows the tree of the association and its branches.
func (s *Server) bodies(q *request) error {
	all, err := q.view().Bodies(q.Context())
	if err != nil {
		return err
	}
	by := make(map[body.ID]body.Body, len(all))
	for _, b := range all {
		by[b.ID] = b
	}
	counts := map[body.ID]int{}
	if q.may(access.ReadFigures, q.root()) {
		members, err := q.view().MembersByBody(q.Context(), q.root(), q.today())
		if err != nil {
			return err
		}
		counts = members
	}
	p := page.BodiesPage{Shell: q.shell(q.say("body.title")), Tree: []page.Node{q.node(q.root(), by, counts)}}
	p.Shell.Lead = q.say("body.lead", nodes(p.Tree)-1)
	if q.actor.Somewhere(access.ManageBody) {
		p.Shell.Actions = page.FirstLink(q.say("body.new"), "/bodies/new")
	}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/bodies.xlsx"}, {Glyph: page.GlyphReport, Text: q.say("census.title"), Href: "/people/census"}, {Glyph: page.GlyphOffice, Text: q.say("office.board"), Href: "/offices"}}
	p.Tools = append(p.Tools, page.Tool{Glyph: page.GlyphBody, Text: q.say("event.title"), Href: "/events"}, page.Tool{Glyph: page.GlyphBody, Text: q.say("unsettled.title"), Href: "/unsettled"})
	return q.show(page.Bodies(p))
}

// nodes counts the bodies of a tree.
func nodes(tree []page.Node) int {
	n := len(tree)
	for _, one := range tree {
		n += nodes(one.Below)
	}
	return n
}

// node is a body in the tree with those beneath it.
func (q *request) node(id body.ID, by map[body.ID]body.Body, counts map[body.ID]int) page.Node {
	b := by[id]
	n := page.Node{Text: b.NameOn(string(q.reader.Lang), q.today()), Href: bodyPath(b)}
	if count, ok := counts[id]; ok {
		n.Note = q.say("people.count", count)
	}
	if !b.Ended.IsUnknown() {
		n.Mark = page.Mark{Tone: page.Plain, Text: q.say("body.ended.mark", q.dated(b.Ended))}
	}
	for _, child := range q.view().Tree().ChildrenOn(id, q.today()) {
		if by[child].ID != 0 {
			n.Below = append(n.Below, q.node(child, by, counts))
		}
	}
	return n
}

// body shows one body, whole.
func (s *Server) body(q *request) error {
	b, err := q.view().BodyByCode(q.Context(), q.PathValue("code"))
	if id, noID := q.number("code"); noID == nil && fault.KindOf(err) == fault.NotFound {
		return q.toBody(body.ID(id))
	}
	if fault.KindOf(err) == fault.NotFound {
		if shown, unitErr := s.shownUnit(q); shown {
			return unitErr
		}
	}
	if err != nil {
		return err
	}
	if b.Kind == body.Household {
		return q.goTo(householdPath(b.ID))
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.BodyPage{Shell: q.shell(b.NameOn(string(q.reader.Lang), q.today())), About: q.bodyFacts(b, names)}
	p.Shell.Crumbs = []page.Link{{Text: q.say("body.title"), Href: "/bodies"}}
	if q.may(access.ManageBody, b.ID) {
		p.Shell.Actions = page.ButtonLink(page.GlyphEdit, q.say("common.edit"), bodyPath(b)+"/edit")
	}
	for _, n := range b.Names {
		p.Names = append(p.Names, q.nameLine(n))
	}
	if p.Line, err = q.lineOf(b); err != nil {
		return err
	}
	if err := q.fillBody(&p, b, names); err != nil {
		return err
	}
	if err := q.fillLine(&p, b); err != nil {
		return err
	}
	return q.show(page.BodyWhole(p))
}

// nameLine is one name a body bore, and when.
func (q *request) nameLine(n body.Name) page.Past {
	period := calendar.Period{From: n.Since, To: n.Until}
	line := page.Past{Text: n.Full, Note: joinDots([]string{n.Short, q.say("lang." + n.Lang)}), When: q.say("body.name.always")}
	if period != calendar.Always() {
		line.When = q.dated(period.Date())
	}
	if n.Alias {
		line.When = q.say("body.name.alias")
	}
	return line
}

func (q *request) bodyFacts(b body.Body, names map[body.ID]string) []page.Fact {
	seat, now := q.placed(b.Seat, "")
	return []page.Fact{
		{Name: q.say("body.kind"), Text: q.say("body.kind." + string(b.Kind))},
		{Name: q.say("body.under"), Text: names[b.Parent]},
		{Name: q.say("body.founded"), Text: q.dated(b.Founded)},
		{Name: q.say("body.ended"), Text: q.dated(b.Ended)},
		{Name: q.say("body.seat"), Text: seat, Note: now},
		{Name: q.say("person.address"), Text: b.Address},
		{Name: q.say("person.phone"), Text: b.Phone, Href: telephone(b.Phone)},
		{Name: q.say("body.code"), Text: b.Code},
		{Name: q.say("common.note"), Text: b.Note},
	}
}

// fillBody adds what stands around a body: figures, officers, branches, history.
func (q *request) fillBody(p *page.BodyPage, b body.Body, names map[body.ID]string) error {
	if q.may(access.ReadFigures, b.ID) {
		census, err := q.view().Census(q.Context(), b.ID, q.today())
		if err != nil {
			return err
		}
		p.Tiles = q.censusTiles(census, b.ID)
		for _, child := range q.view().Tree().ChildrenOn(b.ID, q.today()) {
			if names[child] != "" {
				p.Children = append(p.Children, page.Belonging{Text: names[child], Href: "/bodies/" + idText(child), Note: q.say("people.count", census.ByBody[child])})
			}
		}
	}
	board, err := q.view().Board(q.Context(), b.ID, q.today())
	if err != nil {
		return err
	}
	for _, seats := range board.Seats {
		for _, h := range seats.Holders {
			p.Offices = append(p.Offices, page.Belonging{Text: h.Name, Href: personPath(h.Person), Note: joinDots([]string{q.title(seats.Office), q.term(h.Holding)})})
		}
		if seats.Vacant > 0 {
			p.Offices = append(p.Offices, page.Belonging{Text: q.title(seats.Office), Href: officePath(seats.Office.ID), Mark: page.Mark{Tone: page.Late, Text: q.say("office.vacant.seats", seats.Vacant)}})
		}
	}
	p.Board = page.Link{Text: q.say("common.all"), Href: "/offices?body=" + idText(b.ID)}
	p.Tools = []page.Tool{
		{Glyph: page.GlyphPeople, Text: q.say("people.title"), Href: "/people?branch=" + idText(b.ID)},
		{Glyph: page.GlyphDeed, Text: q.say("menu.deeds"), Href: "/deeds?body=" + idText(b.ID)},
		{Glyph: page.GlyphTie, Text: q.say("menu.ties"), Href: "/ties/of/" + b.Code},
		{Glyph: page.GlyphReport, Text: q.say("menu.reports"), Href: "/reports?body=" + idText(b.ID)},
		{Glyph: page.GlyphReport, Text: q.say("figures.title"), Href: q.figuresOf(b)},
	}
	if q.may(access.ManageBody, b.ID) {
		p.Tools = append(p.Tools, page.Tool{Glyph: page.GlyphEdit, Text: q.say("become.head"), Href: bodyPath(b) + "/become"})
	}
	changes, err := q.view().History(q.Context(), "body", int64(b.ID))
	for _, c := range slices.Backward(changes) {
		p.History = append(p.History, page.Past{When: q.when(c.At), Text: q.why(c.Why), Note: joinDots([]string{c.Name, q.changed(c)})})
	}
	return err
}

// toBody leads from an id to the page of its body, which bears the code.
func (q *request) toBody(id body.ID) error {
	b, err := q.view().Body(q.Context(), id)
	if err != nil {
		return err
	}
	return q.goTo(bodyPath(b))
}

// newBody asks for a new branch.
func (s *Server) newBody(q *request) error {
	if !q.actor.Somewhere(access.ManageBody) {
		return fault.Forbid("access.forbidden.manage_body")
	}
	a, err := q.bodyForm(body.Body{Kind: body.Branch, Parent: q.root()}, nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

// bodyForm is the form of a body, new or known.
func (q *request) bodyForm(b body.Body, refused error) (page.AskPage, error) {
	name := b.NameOn("vi", q.today())
	a := page.AskPage{
		Shell: q.shell(q.say("body.new")), Head: page.FormHead{Action: "/bodies", Draft: "body", Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: "/bodies",
	}
	if b.ID != 0 {
		a.Shell.Title = q.say("person.edit", name)
		a.Head = page.FormHead{Action: bodyPath(b), Draft: "body-" + idText(b.ID), Revision: idText(b.Revision), Rejected: refused != nil}
		a.Leave = bodyPath(b)
	}
	var kinds []string
	for _, k := range body.Kinds() {
		if k != body.Household {
			kinds = append(kinds, string(k))
		}
	}
	parents, err := q.bodyOptions(access.ManageBody, "")
	a.Fields = []templ.Component{
		page.TextInput(q.reader, a.Wrong.Mark(page.Field{Name: "name", Label: q.say("body.name"), Value: name, Needed: true, Focus: true, Whole: true, Max: 200})),
		page.TextInput(q.reader, page.Field{Name: "short", Label: q.say("body.short"), Hint: q.say("body.short.hint"), Value: b.ShortOn("vi", q.today()), Max: 80}),
		page.TextInput(q.reader, page.Field{Name: "nameEn", Label: q.say("body.name.en"), Value: nameIn(b, "en"), Max: 200}),
		page.TextInput(q.reader, page.Field{Name: "nameFr", Label: q.say("body.name.fr"), Value: nameIn(b, "fr"), Max: 200}),
	}
	if b.ID == 0 {
		a.Fields = append(a.Fields,
			page.Select(q.reader, page.Field{Name: "kind", Label: q.say("body.kind"), Value: string(b.Kind)}, q.options("body.kind.", "", kinds...)),
			page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "parent", Label: q.say("body.under"), Value: idText(b.Parent)}), parents))
	}
	if b.ID != 0 {
		a.Facts = []page.Fact{q.endedFact(b)}
	}
	seat, search := q.placeField("seat", b.Seat, "")
	seat.Label = q.say("body.seat")
	founded := typed(b.Founded)
	if refused != nil {
		founded = q.value("founded")
	}
	a.Fields = append(a.Fields,
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "founded", Label: q.say("body.founded"), Hint: q.say("person.joined.hint"), Value: founded})),
		page.Combobox(q.reader, seat, search),
		page.TextInput(q.reader, page.Field{Name: "address", Label: q.say("person.address"), Value: b.Address, Max: 300}),
		page.PhoneInput(q.reader, page.Field{Name: "phone", Label: q.say("person.phone"), Value: b.Phone, Max: 60}),
		page.TextArea(q.reader, page.Field{Name: "note", Label: q.say("common.note"), Value: b.Note, Whole: true, Max: 4000}, 3))
	return a, err
}

// endedFact tells how a body ended, or where its end is told: an end is an event,
// with its decision and with what becomes of all that the body leaves.
func (q *request) endedFact(b body.Body) page.Fact {
	f := page.Fact{Name: q.say("body.ended"), Text: q.say("body.ended.by"), Note: q.say("body.ended.hint"), Href: becomePath(b, body.Ending)}
	if b.Ended.IsUnknown() {
		return f
	}
	f.Text, f.Note, f.Href = q.dated(b.Ended), q.say("body.ended.untold"), becomePath(b, body.Ending)
	for _, e := range q.view().Lineage().Events(b.ID) {
		if e.Ends(b.ID) {
			f.Note, f.Href = q.say("event.kind."+string(e.Kind)), eventPath(e.ID)
		}
	}
	return f
}

// nameIn gives the name recorded in a language, nothing where there is none.
func nameIn(b body.Body, lang string) string {
	for _, n := range slices.Backward(b.Names) {
		if n.Lang == lang && !n.Alias {
			return n.Full
		}
	}
	return ""
}

// bodyGiven reads the form into a body.
func (q *request) bodyGiven(b body.Body) (body.Body, error) {
	b.Names = slices.Clone(b.Names)
	for _, one := range [][3]string{{"vi", q.value("name"), q.value("short")}, {"en", q.value("nameEn"), ""}, {"fr", q.value("nameFr"), ""}} {
		b.Names = named(b.Names, one[0], one[1], one[2])
	}
	b.Address, b.Phone, b.Note = q.value("address"), q.value("phone"), q.lines("note")
	b.Seat, _ = q.place("seat")
	founded, err := q.date("founded")
	b.Founded = founded
	if q.value("name") == "" {
		err = fault.Gather(fault.Field("name", "body.name.missing"), err)
	}
	return b, err
}

// named puts a spelling in the place of the last name in a language.
func named(names []body.Name, lang, full, short string) []body.Name {
	if short == full {
		short = ""
	}
	for i := len(names) - 1; i >= 0; i-- {
		if names[i].Lang == lang && !names[i].Alias {
			if full == "" {
				return slices.Delete(names, i, i+1)
			}
			names[i].Full, names[i].Short = full, cmp.Or(short, names[i].Short)
			return names
		}
	}
	if full == "" {
		return names
	}
	return append(names, body.Name{Lang: lang, Full: full, Short: short, Since: calendar.Earliest, Until: calendar.Latest})
}

// foundBody enters a new branch.
func (s *Server) foundBody(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	b, err := q.bodyGiven(body.Body{Kind: body.Kind(q.value("kind")), Parent: body.ID(q.id("parent"))})
	if b.Parent == 0 {
		b.Parent = q.root()
	}
	if err == nil {
		err = q.write("body.why.found", func(ctx context.Context, tx *store.Tx) error {
			if err := q.actor.May(access.ManageBody, b.Parent); err != nil {
				return err
			}
			made, err := body.Found(ctx, tx, b)
			if err == nil { // refused, what was given is shown again
				b = made
			}
			return err
		})
	}
	return q.bodyAnswered(b, err, "body.made")
}

// editBody shows the form of a known body.
func (s *Server) editBody(q *request) error {
	b, err := q.managed()
	if err != nil {
		return err
	}
	a, err := q.bodyForm(b, nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

// managed reads the body of the address, which the reader must have a right to
// manage.
func (q *request) managed() (body.Body, error) {
	b, err := q.view().BodyByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return b, err
	}
	return b, q.actor.May(access.ManageBody, b.ID)
}

// describeBody changes what the book says of a body.
func (s *Server) describeBody(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	b, err := q.managed()
	if err != nil {
		return err
	}
	given, err := q.bodyGiven(b)
	if err == nil {
		err = q.write("body.why.describe", func(ctx context.Context, tx *store.Tx) error {
			_, err := body.Describe(ctx, tx, given, q.id("revision"))
			return err
		})
	}
	if fault.KindOf(err) == fault.Stale {
		// The form comes back with what was written, on top of what the book says now.
		a, pageErr := q.bodyForm(given, nil)
		a.Wrong = page.Problems{{Text: q.say("stale.text")}}
		if pageErr != nil {
			return pageErr
		}
		return q.showAs(409, page.AskFor(a))
	}
	return q.bodyAnswered(given, err, "body.described")
}

func (q *request) bodyAnswered(b body.Body, err error, done string) error {
	if err == nil {
		return q.doneAt(bodyPath(b), q.well(done, b.NameOn(string(q.reader.Lang), q.today())))
	}
	if fault.KindOf(err) != fault.Invalid {
		return err
	}
	a, pageErr := q.bodyForm(b, err)
	if pageErr != nil {
		return pageErr
	}
	return q.again(page.AskFor(a))
}

// censusTiles shows the figures of a census at a glance.
func (q *request) censusTiles(c person.Census, of body.ID) []page.Tile {
	at := "branch=" + idText(of)
	return []page.Tile{
		{Figure: strconv.Itoa(c.Members), Text: q.say("census.members"), Href: "/people?" + at},
		{Figure: strconv.Itoa(c.Households), Text: q.say("census.households"), Href: "/households"},
		{Figure: strconv.Itoa(c.BySex[person.Female]), Text: q.say("census.women"), Href: "/people?sex=f&" + at},
		{Figure: strconv.Itoa(c.ByBand[70] + c.ByBand[80] + c.ByBand[90]), Text: q.say("census.old"), Href: "/longevity?" + at},
	}
}
