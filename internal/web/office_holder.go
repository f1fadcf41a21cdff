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
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

func officePath(id int64) string { return "/offices/" + idText(id) }

// title words an office: its own title, or the name of its kind.
func (q *request) title(o person.Office) string {
	if o.Title != "" {
		return o.Title
	}
	return q.say("office.kind." + o.Kind)
}

// term words from when to when an office is held, and whether it overran.
func (q *request) term(h person.Holding) string {
	from := q.say("office.from", q.dated(h.From))
	switch {
	case !h.ActualEnd.IsUnknown():
		return from + " " + q.say("office.to", q.dated(h.ActualEnd))
	case !h.PlannedEnd.IsUnknown():
		return from + " " + q.say("office.planned", q.dated(h.PlannedEnd))
	}
	return from
}

// speaksFor words the branch that an officer speaks for.
func (q *request) speaksFor(branch body.ID, names map[body.ID]string) string {
	if branch == 0 {
		return ""
	}
	return q.say("office.represents", names[branch])
}

// board shows who sits on the seats of a body on a day.
func (s *Server) board(q *request) error {
	of, on := body.ID(q.id("body")), q.day("on")
	if of == 0 {
		of = q.root()
	}
	board, err := q.view().Board(q.Context(), of, on)
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.BoardPage{
		Shell: q.shell(q.say("office.board")), Table: q.boardTable(board, names),
		Filter: page.FilterHead{Action: "/offices", NoBox: true, Results: "board"},
		On:     page.Field{Name: "on", Label: q.say("office.on"), Value: locale.DayShort(on), Short: true},
	}
	p.Shell.Lead = names[of] + " · " + q.speaker().DateShort(calendar.OnDay(on))
	if q.may(access.ManageBody, of) {
		p.Shell.Actions = page.FirstLink(q.say("office.new"), "/offices/new?body="+idText(of))
	}
	p.Tiles = []page.Tile{
		{Figure: strconv.Itoa(board.Held), Text: q.say("office.held", board.Total)},
		{Figure: strconv.Itoa(board.Vacant), Text: q.say("office.vacant")},
		{Figure: strconv.Itoa(board.Overrun), Text: q.say("office.overrun"), Broad: true},
	}
	options, err := q.bodyChoices(names)
	p.Body = page.Pick{Field: page.Field{Name: "body", Label: q.say("person.branch"), Value: idText(of)}, Options: options}
	if err != nil {
		return err
	}
	return q.show(page.BoardWhole(p))
}

// bodyChoices offers every body of the tree, the root first.
func (q *request) bodyChoices(names map[body.ID]string) ([]page.Option, error) {
	var options []page.Option
	tree := q.view().Tree()
	for _, id := range append([]body.ID{q.root()}, tree.Below(q.root(), q.today())...) {
		if names[id] != "" {
			options = append(options, page.Option{Value: idText(id), Text: names[id]})
		}
	}
	return options, nil
}

// boardTable lays a board out: one row a seat, vacant seats together.
func (q *request) boardTable(b person.Board, names map[body.ID]string) page.Table {
	t := page.Table{
		ID: "board", Caption: q.say("office.board"), Quiet: true,
		Columns: []page.Column{{Head: q.say("office.no"), Figure: true}, {Head: q.say("person.name"), Chief: true}, {Head: q.say("office.one")}, {Head: q.say("office.branch")}, {Head: q.say("office.since")}, {Head: q.say("office.until")}},
		Empty:   page.Empty{Glyph: page.GlyphOffice, Head: q.say("office.none"), Text: q.say("office.none.text")},
	}
	n := 0
	for _, seats := range b.Seats {
		office := page.Cell{Text: q.title(seats.Office), Href: officePath(seats.Office.ID)}
		for _, h := range seats.Holders {
			n++
			until := page.Cell{Text: q.dated(h.PlannedEnd)}
			if h.Overrun {
				until.Note, until.Tone = q.say("office.overrun.mark"), page.Late
			}
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
				{Text: strconv.Itoa(n)}, {Text: h.Name, Href: personPath(h.Person)}, office, {Text: names[h.Represents]}, {Text: q.dated(h.From), Note: h.Paper}, until,
			}})
		}
		if seats.Vacant > 0 {
			t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
				{}, {Text: q.say("office.vacant.seats", seats.Vacant), Tone: page.Late, Href: officePath(seats.Office.ID) + "/appoint"}, office, {}, {}, {},
			}})
		}
	}
	return t
}

// office shows one office with all who ever held it.
func (s *Server) office(q *request) error {
	o, err := q.officeAsked()
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	holders, err := q.view().Holders(q.Context(), o.ID)
	if err != nil {
		return err
	}
	p := page.OfficePage{Shell: q.shell(q.title(o))}
	p.Shell.Lead = names[o.Body]
	p.Shell.Crumbs = []page.Link{{Text: q.say("office.board"), Href: "/offices?body=" + idText(o.Body)}}
	manages := q.may(access.ManageBody, o.Body)
	if manages {
		p.Shell.Actions = page.FirstLink(q.say("office.appoint"), officePath(o.ID)+"/appoint")
	}
	for _, h := range holders {
		p.Holders = append(p.Holders, q.holderLine(h, manages, names))
	}
	p.About = []page.Fact{
		{Name: q.say("office.kind"), Text: q.say("office.kind." + o.Kind)},
		{Name: q.say("office.seats"), Text: strconv.Itoa(o.Seats)},
		{Name: q.say("office.boardname"), Text: q.boardName(o.Board)},
	}
	for _, g := range access.GrantsOf(access.OfficeKind(o.Kind), o.Body) {
		p.Grants = append(p.Grants, q.say("access.right."+string(g.Right)))
	}
	return q.show(page.OfficeWhole(p))
}

func (q *request) boardName(board string) string {
	if board == "" {
		return ""
	}
	return q.say("office.board." + board)
}

func (q *request) holderLine(h person.Holder, manages bool, names map[body.ID]string) page.Belonging {
	line := page.Belonging{Text: h.Name, Href: personPath(h.Person), Note: joinDots([]string{q.term(h.Holding), h.Paper, q.speaksFor(h.Represents, names)})}
	if !h.InForce(q.today()) {
		return line
	}
	line.Mark = page.Mark{Tone: page.Done, Text: q.say("office.inforce")}
	if planned, ok := h.PlannedEnd.Last(); ok && planned < q.today() {
		line.Mark = page.Mark{Tone: page.Late, Text: q.say("office.overrun.mark")}
	}
	if manages || int64(h.Person) == q.actor.Person && h.Person != 0 {
		line.Do = []page.Doing{{Text: q.say("lend.do"), Href: lendPath(h.ID)}}
	}
	if manages {
		line.Do = append(line.Do, page.Doing{Text: q.say("office.release"), Href: "/holdings/" + idText(h.ID) + "/release"})
	}
	return line
}

// officeAsked reads the office of the address.
func (q *request) officeAsked() (person.Office, error) {
	id, err := q.number("id")
	if err != nil {
		return person.Office{}, err
	}
	return q.view().Office(q.Context(), id)
}

// askAppoint asks who is to hold an office, and for how long.
func (s *Server) askAppoint(q *request) error {
	o, err := q.officeAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, o.Body); err != nil {
		return err
	}
	a, err := q.appointPage(o, nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) appointPage(o person.Office, refused error) (page.AskPage, error) {
	names, err := q.names()
	if err != nil {
		return page.AskPage{}, err
	}
	a := page.AskPage{
		Shell: q.shell(q.say("office.appoint")), Head: page.FormHead{Action: officePath(o.ID) + "/appoint", Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("office.appoint.do"), Leave: officePath(o.ID),
		Facts: []page.Fact{{Name: q.say("office.one"), Text: q.title(o), Note: names[o.Body]}},
	}
	branches, err := q.bodyChoices(names)
	branches = append([]page.Option{{Text: q.say("office.represents.none")}}, branches...)
	who := page.Search{Href: "/people/find", IDName: "personId", ID: idOrNone(q.id("personId"))}
	a.Fields = []templ.Component{
		page.Combobox(q.reader, a.Wrong.Mark(page.Field{Name: "person", Label: q.say("office.who"), Value: q.value("person"), Needed: true, Whole: true, Focus: true}), who),
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "from", Label: q.say("office.since"), Value: q.value("from"), Needed: true})),
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "plannedEnd", Label: q.say("office.until"), Value: q.value("plannedEnd"), Hint: q.say("office.until.hint")})),
		page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "represents", Label: q.say("office.branch"), Value: q.value("represents")}), branches),
		page.TextInput(q.reader, page.Field{Name: "paper", Label: q.say("office.paper"), Value: q.value("paper"), Max: 200}),
	}
	return a, err
}

// appoint gives somebody an office for a term.
func (s *Server) appoint(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	o, err := q.officeAsked()
	if err != nil {
		return err
	}
	h := person.Holding{Office: o.ID, Represents: body.ID(q.id("represents")), Paper: q.value("paper")}
	var whoErr, fromErr, endErr error
	h.Person, whoErr = q.personChosen("person")
	h.From, fromErr = q.date("from")
	h.PlannedEnd, endErr = q.date("plannedEnd")
	err = fault.Gather(whoErr, fromErr, endErr)
	if err == nil {
		err = q.write("office.why.appoint", func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Appoint(ctx, tx, q.actor, h)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		a, pageErr := q.appointPage(o, err)
		if pageErr != nil {
			return pageErr
		}
		return q.again(page.AskFor(a))
	}
	if err != nil {
		return err
	}
	return q.doneAt(officePath(o.ID), q.well("office.appointed"))
}

// personChosen reads an answer of a combobox of people: the one chosen, or the
// only one whom the text fits.
func (q *request) personChosen(name string) (person.ID, error) {
	if id := person.ID(q.id(name + "Id")); id != 0 {
		// Without a script the id stays while the text is changed; the text counts.
		p, err := q.view().Person(q.Context(), id)
		if err != nil || q.value(name) == "" || q.value(name) == p.Name {
			return id, err
		}
	}
	if q.value(name) == "" {
		return 0, fault.Field(name, "person.choose")
	}
	rows, _, err := q.view().People(q.Context(), store.PeopleQuery{Typed: q.value(name), Status: store.Everybody, Limit: 2})
	if err != nil {
		return 0, err
	}
	switch len(rows) {
	case 0:
		return 0, fault.Field(name, "person.choose.none", q.value(name))
	case 1:
		return rows[0].ID, nil
	}
	return 0, fault.Field(name, "person.choose.several", q.value(name))
}

// askRelease asks on which day an office really ended.
func (s *Server) askRelease(q *request) error {
	h, o, err := q.holdingAsked()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.releasePage(h, o, nil)))
}

// holdingAsked reads the holding of the address with its office.
func (q *request) holdingAsked() (person.Holder, person.Office, error) {
	id, err := q.number("id")
	if err != nil {
		return person.Holder{}, person.Office{}, err
	}
	h, err := q.view().Holder(q.Context(), id)
	if err != nil {
		return h, person.Office{}, err
	}
	o, err := q.view().Office(q.Context(), h.Office)
	return h, o, cmp.Or(err, q.actor.May(access.ManageBody, o.Body))
}

func (q *request) releasePage(h person.Holder, o person.Office, refused error) page.AskPage {
	a := page.AskPage{
		Shell: q.shell(q.say("office.release.title", h.Name)), Head: page.FormHead{Action: "/holdings/" + idText(h.ID) + "/release", Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, q.reader), Text: q.say("office.release.text"), Do: q.say("office.release.do"), Leave: officePath(o.ID),
		Facts: []page.Fact{{Name: q.say("office.one"), Text: q.title(o), Note: q.term(h.Holding)}},
	}
	a.Fields = []templ.Component{page.DateInput(q.reader, a.Wrong.Mark(page.Field{
		Name: "actualEnd", Label: q.say("office.release.day"), Value: orElse(q.value("actualEnd"), locale.DayShort(q.today())), Needed: true, Focus: true, Whole: true,
	}))}
	return a
}

// release ends an office on the day it really ended.
func (s *Server) release(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	h, o, err := q.holdingAsked()
	if err != nil {
		return err
	}
	on, err := q.date("actualEnd")
	if err == nil && on.IsUnknown() {
		err = fault.Field("actualEnd", "office.release.missing")
	}
	if err == nil {
		err = q.write("office.why.release", func(ctx context.Context, tx *store.Tx) error {
			return person.Release(ctx, tx, q.actor, h.ID, on)
		})
	}
	return q.answered(err,
		func() error { return q.doneAt(officePath(o.ID), q.well("office.released", h.Name)) },
		func(err error) page.AskPage { return q.releasePage(h, o, err) })
}

// newOffice asks for an office that a body is to have.
func (s *Server) newOffice(q *request) error {
	if !q.actor.Somewhere(access.ManageBody) {
		return fault.Forbid("access.forbidden." + string(access.ManageBody))
	}
	a, err := q.newOfficePage(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) newOfficePage(refused error) (page.AskPage, error) {
	a := page.AskPage{
		Shell: q.shell(q.say("office.new")), Head: page.FormHead{Action: "/offices", Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: "/offices",
	}
	bodies, err := q.bodyOptions(access.ManageBody, "")
	var kinds []string
	for _, k := range access.OfficeKinds() {
		kinds = append(kinds, string(k))
	}
	a.Fields = []templ.Component{
		page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "body", Label: q.say("person.branch"), Value: q.value("body")}), bodies),
		page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "kind", Label: q.say("office.kind"), Hint: q.say("office.kind.hint"), Value: q.value("kind")}), q.options("office.kind.", "", kinds...)),
		page.TextInput(q.reader, page.Field{Name: "title", Label: q.say("office.title"), Hint: q.say("office.title.hint"), Value: q.value("title"), Max: 120}),
		page.NumberInput(q.reader, a.Wrong.Mark(page.Field{Name: "seats", Label: q.say("office.seats"), Value: orElse(q.value("seats"), "1"), Short: true})),
		page.Select(q.reader, page.Field{Name: "board", Label: q.say("office.boardname"), Value: q.value("board")}, q.options("office.board.", q.say("office.board.none"), "executive", "standing", "inspection")),
		page.NumberInput(q.reader, page.Field{Name: "rank", Label: q.say("office.rank"), Hint: q.say("office.rank.hint"), Value: q.value("rank"), Short: true}),
	}
	return a, err
}

// createOffice sets an office up.
func (s *Server) createOffice(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	seats, _ := strconv.Atoi(q.value("seats"))
	rank, _ := strconv.Atoi(q.value("rank"))
	kind := q.value("kind")
	if !slices.Contains(access.OfficeKinds(), access.OfficeKind(kind)) {
		kind = "" // none that the form offers
	}
	o := person.Office{
		Body: body.ID(q.id("body")), Kind: kind, Title: q.value("title"), Board: q.value("board"),
		Seats: seats, Rank: rank, Since: calendar.Earliest, Until: calendar.Latest,
	}
	err := q.write("office.why.create", func(ctx context.Context, tx *store.Tx) error {
		_, err := person.Create(ctx, tx, q.actor, o)
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		a, pageErr := q.newOfficePage(err)
		if pageErr != nil {
			return pageErr
		}
		return q.again(page.AskFor(a))
	}
	if err != nil {
		return err
	}
	return q.doneAt("/offices?body="+idText(o.Body), q.well("office.created"))
}
