package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// languages are those whose interpreters a union looks for.
func languages() []string {
	return []string{"lo", "km", "zh", "ko", "ja", "en", "fr", "ru", "de", "th", "es"}
}

// protocolList lists contacts by their last touch, interpreters by language.
func (s *Server) protocolList(q *request) error {
	if !q.actor.Somewhere(access.ReadRoll) {
		return q.actor.May(access.ReadRoll, q.root())
	}
	found, err := q.view().Friends(q.Context())
	if err != nil {
		return err
	}
	lang, country := q.value("tongue"), strings.ToUpper(q.value("country"))
	p := page.ListPage{Shell: q.shell(q.say("union.people"))}
	p.Shell.Crumbs = q.unionCrumbs()
	p.Filter = page.FilterHead{Action: "/union/people", Results: "listed", NoBox: true, Label: q.say("union.people")}
	tongues := []page.Option{{Text: q.say("protocol.tongue.any")}}
	for _, l := range languages() {
		tongues = append(tongues, page.Option{Value: l, Text: q.say("protocol.lang." + l)})
	}
	p.Selects = []page.SelectField{
		{Field: page.Field{Name: "tongue", Label: q.say("protocol.tongue"), Value: lang}, Options: tongues},
		{Field: page.Field{Name: "country", Label: q.say("union.country"), Value: country}, Options: q.countryOptions(country)},
	}
	p.Ticks = []page.Option{{Value: "interprets", Text: q.say("protocol.interprets"), Note: yes(q.value("interprets") != "")}, {Value: "friend", Text: q.say("protocol.friend"), Note: yes(q.value("friend") != "")}}
	p.Table = page.Table{
		ID: "contacts", Caption: q.say("union.people"), Quiet: true,
		Columns: []page.Column{{Head: q.say("delegation.member.name"), Chief: true}, {Head: q.say("protocol.title")}, {Head: q.say("union.country")}, {Head: q.say("protocol.tongues")}, {Head: q.say("protocol.touch")}},
		Empty:   page.Empty{Glyph: page.GlyphPeople, Head: q.say("protocol.none"), Text: q.say("protocol.none.text")},
	}
	byRank := q.value("sort") == "rank"
	if byRank {
		slices.SortStableFunc(found, func(a, b store.Friend) int { return cmp.Compare(a.Rank(), b.Rank()) })
	}
	for _, c := range found {
		speaks := slices.ContainsFunc(c.Tongues, func(t union.Tongue) bool {
			return (lang == "" || t.Lang == lang) && (q.value("interprets") == "" || t.Interprets)
		})
		if (lang != "" || q.value("interprets") != "") && !speaks || country != "" && c.Country != country || q.value("friend") != "" && !c.Friend {
			continue
		}
		touch := page.Cell{Text: q.say("protocol.touch.never"), Tone: page.Late}
		if !c.Friend && c.Touch == 0 { // of an interpreter nobody asks it
			touch = page.Cell{}
		}
		if c.Touch != 0 {
			touch = page.Cell{Text: q.daySaid(calendar.Day(c.Touch))}
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: protocolPath(c.Person), Cells: []page.Cell{
			{Text: c.Name, Note: c.Script}, {Text: c.Title[q.lang()], Note: c.Address[q.lang()]}, {Text: q.countryTyped(c.Country)}, {Text: q.tonguesSaid(c.Tongues)}, touch,
		}})
	}
	p.Table.Columns[0].Sort, p.Table.Columns[4].Sort = q.with("sort", "rank"), q.with("sort", "")
	return q.show(page.Listed(p))
}

// byPrecedence puts parties in the order in which people are seated, those of
// whom nothing is written as they were entered; and gives what is written.
func (q *request) byPrecedence(parties []deed.Party) ([]deed.Party, map[person.ID]union.Protocol, error) {
	var ids []person.ID
	for _, p := range parties {
		if p.Person != 0 {
			ids = append(ids, p.Person)
		}
	}
	known, err := q.view().Protocols(q.Context(), ids)
	if err != nil {
		return nil, nil, err
	}
	ordered := slices.Clone(parties)
	slices.SortStableFunc(ordered, func(a, b deed.Party) int { return cmp.Compare(known[a.Person].Rank(), known[b.Person].Rank()) })
	return ordered, known, nil
}

func protocolPath(id person.ID) string { return "/union/people/" + idText(id) }

func (q *request) tonguesSaid(all []union.Tongue) string {
	var said []string
	for _, t := range all {
		name := q.say("protocol.lang." + t.Lang)
		if t.Interprets {
			name = q.say("protocol.lang.interprets", name)
		}
		said = append(said, name)
	}
	return joined(said)
}

// protocolOf shows and asks how somebody is addressed, seated and named.
func (s *Server) protocolOf(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	return q.protocolPage(person.ID(id), nil)
}

func (q *request) protocolPage(id person.ID, refused error) error {
	p, who, err := q.view().ProtocolOf(q.Context(), id)
	if err != nil {
		return err
	}
	d := page.DeskPage{Shell: q.shell(who.Name)}
	d.Shell.Lead = dotted(p.Script, p.Title[q.lang()])
	d.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("union.people"), Href: "/union/people"})
	facts := []page.Fact{{Name: q.say("union.country"), Text: q.countryTyped(p.Country)}, {Name: q.say("protocol.tongues"), Text: q.tonguesSaid(p.Tongues)}}
	for _, lang := range []string{"vi", "en", "fr"} {
		facts = append(facts, page.Fact{Name: q.say("protocol.address." + lang), Text: dotted(p.Address[lang], p.Title[lang])})
	}
	d.Parts = []page.DeskPart{{Head: q.say("protocol.head"), Facts: facts}}
	met, err := q.view().Visits(q.Context(), store.DelegationsAsked{Person: id})
	if err != nil && fault.KindOf(err) != fault.Forbidden {
		return err
	}
	if part := q.metPart(met, id); len(part.Facts) > 0 {
		d.Parts = append(d.Parts, part)
	}
	posts, err := q.stationPart(who)
	if err != nil {
		return err
	}
	d.Parts = append(d.Parts, posts)
	if q.may(access.KeepRoll, who.Body) {
		form := q.protocolForm(p, refused)
		d.Parts = append(d.Parts, page.DeskPart{Plain: true, Form: &form})
	}
	if refused != nil || q.partRefused.err != nil {
		return q.again(page.Desk(d))
	}
	return q.show(page.Desk(d))
}

// metPart says who received somebody, at what level, and what gifts changed hands.
func (q *request) metPart(met []delegation.Told, id person.ID) page.DeskPart {
	part := page.DeskPart{Head: q.say("protocol.met")}
	for _, t := range met {
		f := page.Fact{Name: q.speaker().DateShort(t.Deed.Day), Text: t.Deed.Title, Href: visitPath(t.Deed.ID)}
		for _, r := range t.Visit.Receptions {
			if r.Guest == id || r.Host == id || r.Guest == 0 {
				f.Note = dotted(f.Note, q.receptionFact(r).Text, q.levelSaid(r.Level))
			}
		}
		part.Facts = append(part.Facts, f)
	}
	gifts, err := q.view().Gifts(q.Context(), store.GiftsAsked{Person: id})
	if err != nil {
		return part
	}
	for _, g := range gifts {
		part.Facts = append(part.Facts, page.Fact{Name: dotted(q.daySaid(g.Day), q.say("gift.way."+string(g.Way))), Text: q.giftSaid(g), Note: g.Place, Href: giftPath(g.ID)})
	}
	return part
}

func (q *request) protocolForm(p union.Protocol, refused error) page.DeskForm {
	a := asker{q, page.ProblemsOf(refused, q.reader), ""}
	rank := ""
	if p.Precedence > 0 {
		rank = idText(p.Precedence)
	}
	order := a.field("precedence", "protocol.precedence", rank)
	order.Hint, order.Short = q.say("protocol.precedence.hint"), true
	fields := []templ.Component{page.NumberInput(q.reader, order), a.text("script", "protocol.script", p.Script), a.text("country", "union.country", q.countryTyped(p.Country))}
	for _, lang := range []string{"vi", "en", "fr"} {
		fields = append(fields, a.text("address-"+lang, "protocol.address."+lang, p.Address[lang]), a.text("title-"+lang, "protocol.title."+lang, p.Title[lang]))
	}
	var speaks, interprets []page.Option
	for _, l := range languages() {
		o := page.Option{Value: l, Text: q.say("protocol.lang." + l), Chosen: slices.ContainsFunc(p.Tongues, func(t union.Tongue) bool { return t.Lang == l })}
		speaks = append(speaks, o)
		o.Chosen = slices.Contains(p.Tongues, union.Tongue{Lang: l, Interprets: true})
		interprets = append(interprets, o)
	}
	friend := ""
	if p.Friend {
		friend = "yes"
	}
	fields = append(fields, page.ChipsMany(q.reader, page.Field{Name: "speaks", Label: q.say("protocol.tongues"), Whole: true}, speaks), page.ChipsMany(q.reader, page.Field{Name: "interpreter", Label: q.say("protocol.interprets"), Whole: true}, interprets),
		page.Tick(a.field("friend", "protocol.friend", friend)), a.text("note", "common.note", p.Note))
	return page.DeskForm{Head: page.FormHead{Action: protocolPath(p.Person), Revision: idText(p.Revision), Rejected: refused != nil}, Wrong: a.wrong, Fold: q.say("protocol.edit"), Open: p.Revision == 0, Do: q.say("common.save"), Fields: fields}
}

// receiveAs writes how somebody is addressed, seated and named.
func (s *Server) receiveAs(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	p, _, err := q.view().ProtocolOf(q.Context(), person.ID(id))
	if err != nil {
		return err
	}
	var e [2]error
	p.Precedence, _, e[0] = countOr(q.value("precedence"), 0)
	e[0] = at("precedence", e[0])
	p.Country, e[1] = q.countryGiven("country")
	p.Script, p.Note, p.Friend = q.value("script"), q.value("note"), q.value("friend") == "yes"
	p.Address, p.Title, p.Tongues = map[string]string{}, map[string]string{}, nil
	for _, lang := range []string{"vi", "en", "fr"} {
		p.Address[lang], p.Title[lang] = q.value("address-"+lang), q.value("title-"+lang)
	}
	speaks, interprets := q.values("speaks"), q.values("interpreter")
	for _, l := range languages() {
		if slices.Contains(speaks, l) || slices.Contains(interprets, l) {
			p.Tongues = append(p.Tongues, union.Tongue{Lang: l, Interprets: slices.Contains(interprets, l)})
		}
	}
	err = fault.Gather(e[:]...)
	if err == nil {
		err = q.write("union.why.protocol", func(ctx context.Context, tx *store.Tx) error {
			return union.Receive(ctx, tx, q.actor, p, q.id("revision"))
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.protocolPage(p.Person, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(protocolPath(p.Person), q.well("common.saved"))
}

// partnerBrief prints one page on a partner for the chair: the tie, visits,
// promises, who is who, the last gifts.
func (s *Server) partnerBrief(q *request) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	of, err := q.view().Body(q.Context(), body.ID(q.id("partner")))
	if err != nil {
		return err
	}
	d, err := q.officeDesk(q.root(), q.today(), "")
	if err != nil {
		return err
	}
	in := *q
	in.reader = page.ReaderIn(d.To.Lang, q.server.words.Load())
	say := d.To.Say
	d.Sheet.Title(say("brief.title"), of.NameOn(string(d.To.Lang), q.today()))
	for _, part := range []func(body.Body) (string, []string, error){in.briefTies, in.briefVisits, in.briefPromises, in.briefPeople, in.briefGifts} {
		head, lines, err := part(of)
		if err != nil {
			return err
		}
		d.Sheet.Section(say(head))
		if len(lines) == 0 {
			d.Sheet.Say(say("brief.nothing"))
			continue
		}
		var items []document.Runs
		for _, l := range lines {
			items = append(items, document.Text(l))
		}
		d.Sheet.Items(items...)
	}
	return q.sendPaper(d.Sheet.Paper(), "brief")
}

func (q *request) briefTies(of body.Body) (string, []string, error) {
	found, _, err := q.view().Ties(q.Context(), store.TieQuery{Body: of.ID, Limit: 10})
	if err != nil {
		return "", nil, err
	}
	for _, t := range found[:len(found):len(found)] {
		under, _, err := q.view().Ties(q.Context(), store.TieQuery{Parent: t.ID, Limit: 10})
		if err != nil {
			return "", nil, err
		}
		found = append(found, under...)
	}
	var lines []string
	for _, t := range found {
		line := dotted(tieTitled(t.Titles, q.lang()), q.tieMark(t.Standing).Text)
		if !t.Origin.IsUnknown() {
			line = dotted(line, q.say("tie.origin")+" "+q.dated(t.Origin))
		}
		if !t.Standing.Contact.IsUnknown() {
			line = dotted(line, q.say("tie.contact")+" "+q.dated(t.Standing.Contact))
		}
		lines = append(lines, line)
	}
	return "brief.ties", lines, nil
}

// tieTitled is what a tie is called in a language, or in the first it has.
func tieTitled(titles []tie.Title, lang string) string {
	for _, t := range titles {
		if t.Lang == lang {
			return t.Text
		}
	}
	if len(titles) > 0 {
		return titles[0].Text
	}
	return ""
}

func (q *request) briefVisits(of body.Body) (string, []string, error) {
	found, err := q.view().Visits(q.Context(), store.DelegationsAsked{With: of.ID})
	var lines []string
	for _, t := range found[:min(len(found), 8)] {
		line := dotted(q.speaker().DateShort(t.Deed.Day), q.waySaid(t.Deed.Kind), t.Deed.Title)
		for _, r := range t.Visit.Receptions {
			line = dotted(line, q.receptionFact(r).Text)
		}
		lines = append(lines, line)
	}
	return "brief.visits", lines, err
}

func (q *request) briefPromises(of body.Body) (string, []string, error) {
	found, err := q.view().Visits(q.Context(), store.DelegationsAsked{With: of.ID})
	if err != nil {
		return "", nil, err
	}
	var lines []string
	for _, t := range found {
		for _, p := range t.Visit.Promises {
			if p.Done == 0 && p.Moved == 0 { // one handed on is told by its tie
				side := "theirs"
				if p.Ours {
					side = "ours"
				}
				lines = append(lines, dotted(q.say("delegation.promise."+side)+": "+p.Text, q.dated(p.Due)))
			}
		}
	}
	under, err := q.view().Promises(q.Context(), store.PromiseQuery{Body: of.ID, Status: "open", Most: 10})
	for _, p := range under {
		lines = append(lines, dotted(p.Text, q.dated(p.Due)))
	}
	return "brief.promises", lines, err
}

func (q *request) briefPeople(of body.Body) (string, []string, error) {
	if !q.actor.Somewhere(access.ReadRoll) {
		return "brief.people", nil, nil
	}
	found, err := q.view().Friends(q.Context())
	slices.SortStableFunc(found, func(a, b store.Friend) int { return cmp.Compare(a.Rank(), b.Rank()) })
	countries, err2 := q.view().Countries(q.Context())
	var lines []string
	for _, c := range found {
		if c.Other == of.ID || c.Other == 0 && c.Country != "" && c.Country == countries[of.ID] {
			name := c.Name
			if c.Script != "" {
				name += " (" + c.Script + ")"
			}
			lines = append(lines, dotted(strings.TrimSpace(c.Address[q.lang()]+" "+name), c.Title[q.lang()]))
		}
	}
	return "brief.people", lines, fault.Gather(err, err2)
}

func (q *request) briefGifts(of body.Body) (string, []string, error) {
	var lines []string
	visits, err := q.view().Visits(q.Context(), store.DelegationsAsked{With: of.ID})
	if err != nil {
		return "", nil, err
	}
	for _, t := range visits {
		gifts, err := q.view().Gifts(q.Context(), store.GiftsAsked{Deed: t.Deed.ID})
		if err != nil {
			return "", nil, err
		}
		for _, g := range gifts {
			lines = append(lines, dotted(q.daySaid(g.Day), q.say("gift.way."+string(g.Way)), q.giftSaid(g), q.giftOther(g), g.Place))
		}
	}
	return "brief.gifts", lines[:min(len(lines), 8)], nil
}
