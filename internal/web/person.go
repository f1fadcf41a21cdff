package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/lunar"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// person shows one person, whole.
func (s *Server) person(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	p, err := q.view().Person(q.Context(), person.ID(id))
	if err != nil {
		return err
	}
	if p.MergedInto != 0 {
		return q.goTo(personPath(p.MergedInto))
	}
	shown, err := q.personPage(p)
	if err != nil {
		return err
	}
	return q.show(page.PersonWhole(shown))
}

// personPage gathers all that the book says of a person.
func (q *request) personPage(p person.Person) (page.PersonPage, error) {
	shown := page.PersonPage{Shell: q.shell(p.Name), About: q.about(p)}
	shown.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}}
	keeps := q.may(access.KeepRoll, p.Body)
	if keeps {
		shown.Shell.Actions = page.ButtonLink(page.GlyphEdit, q.say("common.edit"), personPath(p.ID)+"/edit")
	}
	served, err := q.serviceFacts(p)
	if err != nil {
		return shown, err
	}
	shown.About = append(shown.About, served...)
	names, err := q.names()
	if err != nil {
		return shown, err
	}
	for _, fill := range []func(*page.PersonPage, person.Person, map[body.ID]string) error{
		q.fillMemberships, q.fillOffices, q.fillFamily, q.fillDeeds, q.fillSeers, q.fillHistory, q.fillMerged,
	} {
		if err := fill(&shown, p, names); err != nil {
			return shown, err
		}
	}
	if keeps && !p.Dead {
		shown.Tools = append(shown.Tools,
			page.Tool{Glyph: page.GlyphPeople, Text: q.say("merge.with"), Href: personPath(p.ID) + "/merge"},
			page.Tool{Glyph: page.GlyphRemove, Text: q.say("death.record"), Href: personPath(p.ID) + "/death"})
	}
	return shown, nil
}

// about is who somebody is, line by line.
func (q *request) about(p person.Person) []page.Fact {
	origin, originNow := q.placed(p.Origin, p.OriginNote)
	residence, residenceNow := q.placed(p.Residence, p.ResidenceNote)
	birth := page.Fact{Name: q.say("person.birth"), Text: q.dated(p.Birth)}
	if !p.Dead {
		birth.Note = q.ageLine(p.Birth)
	}
	facts := []page.Fact{
		birth,
		{Name: q.say("person.sex"), Text: q.sex(string(p.Sex))},
		{Name: q.say("person.others"), Text: otherNames(p)},
		{Name: q.say("person.origin"), Text: origin, Note: originNow},
		{Name: q.say("person.residence"), Text: residence, Note: residenceNow},
		{Name: q.say("person.address"), Text: p.Address},
		{Name: q.say("person.phone"), Text: p.Phone, Href: telephone(p.Phone)},
		{Name: q.say("person.email"), Text: p.Email, Href: mailto(p.Email)},
		{Name: q.say("person.consent"), Text: q.consent(p.Consent), Mark: asked(q, p.Consent)},
		{Name: q.say("common.note"), Text: p.Note},
	}
	if p.Dead {
		facts = slices.Insert(facts, 1, q.death(p.Death))
	}
	return facts
}

// death words a death, and when its anniversary is kept by the lunar calendar.
func (q *request) death(on calendar.Date) page.Fact {
	f := page.Fact{Name: q.say("person.death"), Text: q.dated(on), Mark: page.Mark{Tone: page.Plain, Text: q.say("person.dead")}}
	if f.Text == "" {
		f.Text = q.say("date.unknown")
	}
	day, exact := on.Day()
	if !exact {
		return f
	}
	died := lunar.From(day)
	f.Note = q.say("person.death.lunar", q.speaker().LunarLine(died))
	year := lunar.YearOf(q.today())
	next, ok := died.InYear(year)
	if ok && next < q.today() {
		next, ok = died.InYear(year + 1)
	}
	if ok {
		f.Note += " · " + q.say("person.death.next", q.speaker().DateShort(calendar.OnDay(next)))
	}
	return f
}

func mailto(address string) string {
	if address == "" {
		return ""
	}
	return "mailto:" + address
}

func (q *request) consent(c person.Consent) string {
	if c == person.Unasked {
		return ""
	}
	return q.say("person.consent." + string(c))
}

func asked(q *request, c person.Consent) page.Mark {
	if c != person.Unasked {
		return page.Mark{}
	}
	return page.Mark{Tone: page.Due, Text: q.say("person.consent.unasked")}
}

func (q *request) fillMemberships(shown *page.PersonPage, p person.Person, names map[body.ID]string) error {
	all, err := q.view().MembershipsOf(q.Context(), p.ID)
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b person.Membership) int { return cmp.Compare(flagOf(b.Lasts), flagOf(a.Lasts)) })
	for _, m := range all {
		shown.Memberships = append(shown.Memberships, q.membershipLine(p, m, names[m.Body]))
	}
	if q.actor.Somewhere(access.KeepRoll) && !p.Dead {
		shown.JoinHref = personPath(p.ID) + "/join"
	}
	return nil
}

func flagOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (q *request) membershipLine(p person.Person, m person.Membership, name string) page.Belonging {
	var notes []string
	if m.Category != "" {
		notes = append(notes, q.say("person.category."+string(m.Category)))
	}
	if m.Number != "" {
		notes = append(notes, q.say("person.number.is", m.Number))
	}
	if !m.Joined.IsUnknown() {
		notes = append(notes, q.say("member.since", q.dated(m.Joined)))
	}
	line := page.Belonging{Text: name}
	if m.Lasts {
		line.Mark = page.Mark{Tone: page.Done, Text: q.say("member.lasts")}
	} else {
		reason := cmp.Or(m.Reason, person.ReasonLeft)
		left := q.say("member.reason." + reason)
		if !m.Left.IsUnknown() {
			left += " " + q.dated(m.Left)
		}
		notes = append(notes, left)
	}
	line.Note = joinDots(append(notes, m.Note))
	if m.Lasts && q.may(access.KeepRoll, m.Body) && !p.Dead {
		at := personPath(p.ID)
		line.Do = []page.Doing{
			{Text: q.say("member.move"), Href: at + "/move?membership=" + idText(m.ID)},
			{Text: q.say("member.leave"), Href: at + "/leave?membership=" + idText(m.ID)},
		}
	}
	return line
}

func (q *request) fillOffices(shown *page.PersonPage, p person.Person, names map[body.ID]string) error {
	held, err := q.view().HoldingsBy(q.Context(), p.ID)
	if err != nil {
		return err
	}
	for _, h := range held {
		line := page.Belonging{
			Text: q.title(h.At) + " – " + names[h.At.Body], Href: officePath(h.At.ID),
			Note: joinDots([]string{q.term(h.Holding), h.Paper, q.speaksFor(h.Represents, names)}),
		}
		if h.InForce(q.today()) {
			line.Mark = page.Mark{Tone: page.Done, Text: q.say("office.inforce")}
		}
		shown.Offices = append(shown.Offices, line)
	}
	return nil
}

func (q *request) fillFamily(shown *page.PersonPage, p person.Person, _ map[body.ID]string) error {
	shown.FamilyHead = q.say("household.one")
	if p.Household == 0 {
		if q.may(access.KeepRoll, p.Body) {
			shown.FamilyDo = []page.Doing{{Text: q.say("household.join"), Href: personPath(p.ID) + "/household"}}
		}
		return nil
	}
	people, err := q.view().HouseholdOf(q.Context(), p.Household)
	if err != nil {
		return err
	}
	for _, r := range people {
		e := page.Entry{Text: r.Name, Note: joinDots([]string{q.relation(r.Relation), q.dated(r.Birth)})}
		if r.ID != p.ID {
			e.Href = personPath(r.ID)
		}
		shown.Family = append(shown.Family, e)
	}
	shown.FamilyDo = []page.Doing{{Text: q.say("household.open"), Href: householdPath(p.Household)}}
	return nil
}

func (q *request) fillDeeds(shown *page.PersonPage, p person.Person, names map[body.ID]string) error {
	parts, err := q.view().DeedsOfPerson(q.Context(), p.ID)
	if err != nil {
		return err
	}
	shown.Deeds = page.Table{
		Caption: q.say("person.deeds"),
		Columns: []page.Column{{Head: q.say("person.deeds.what"), Chief: true}, {Head: q.say("common.date")}, {Head: q.say("person.deeds.role")}, {Head: q.say("person.branch")}},
		Empty:   page.Empty{Glyph: page.GlyphGift, Head: q.say("person.deeds.none"), Text: q.say("person.deeds.none.text")},
	}
	kinds, err := q.kindNames()
	if err != nil {
		return err
	}
	for _, part := range parts {
		shown.Deeds.Rows = append(shown.Deeds.Rows, page.Row{Href: "/deeds/" + idText(part.Deed), Cells: []page.Cell{
			{Text: cmp.Or(part.Title, kinds[part.Kind], part.Kind), Note: joinDots([]string{part.Party.Note, part.Party.Detail.Prize})},
			{Text: q.dated(part.Day)},
			{Text: q.say("deed.role." + string(part.Party.Role))},
			{Text: names[part.Body]},
		}})
	}
	return nil
}

// kindNames words the kinds of deed in the reader's language.
func (q *request) kindNames() (map[string]string, error) {
	kinds, err := q.view().Kinds(q.Context())
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(kinds))
	for _, k := range kinds {
		names[k.Code] = cmp.Or(k.Names[string(q.reader.Lang)], k.Names["vi"], k.Code)
	}
	return names, nil
}

// fillSeers says who can see this record: reckoned by the rights that reading asks.
func (q *request) fillSeers(shown *page.PersonPage, p person.Person, names map[body.ID]string) error {
	bodies := []body.ID{p.Body}
	memberships, err := q.view().MembershipsOf(q.Context(), p.ID)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		if m.Lasts {
			bodies = append(bodies, m.Body)
		}
	}
	seen, err := q.seenBy(access.ReadRoll, names, bodies...)
	if err != nil {
		return err
	}
	shown.Seen = seen
	shown.Seen.Who = append(shown.Seen.Who, q.say("person.sees.self"))
	return nil
}

// seenBy reckons who can see a page that asks for a right on some bodies.
func (q *request) seenBy(right access.Right, names map[body.ID]string, on ...body.ID) (page.Seen, error) {
	seers, err := q.view().WhoMay(q.Context(), right, on...)
	if err != nil {
		return page.Seen{}, err
	}
	return q.seenByAll(seers, names), nil
}

// seenOn is the line at the foot of a page that asks for a right on a body. A
// page without that line is better than no page.
func (q *request) seenOn(right access.Right, on body.ID) page.Seen {
	if q.Method != http.MethodGet {
		return page.Seen{}
	}
	names, err := q.names()
	if err != nil {
		return page.Seen{}
	}
	seen, err := q.seenBy(right, names, on)
	if err != nil {
		return page.Seen{}
	}
	return seen
}

// seenByAll words who can see a page.
func (q *request) seenByAll(seers []store.Seer, names map[body.ID]string) page.Seen {
	seen := page.Seen{Head: q.say("person.sees", len(seers))}
	for _, s := range seers {
		seen.Who = append(seen.Who, s.Name+" – "+q.seat(s, q.title(s.Office), names[s.Office.Body]))
	}
	return seen
}

// seat words an office by which something is seen, and why it shows that: it is
// lent, it ended with its body, or it is held at the heir.
func (q *request) seat(s store.Seer, office, at string) string {
	if s.Lent {
		office = q.say("lend.mark") + " " + office
	}
	if at != "" {
		office += ", " + at
	}
	switch {
	case s.Last:
		return q.say("seer.last", office)
	case s.Heir:
		return q.say("seer.heir", office)
	}
	return office
}

// fillHistory tells what was changed of the record and of its memberships.
func (q *request) fillHistory(shown *page.PersonPage, p person.Person, names map[body.ID]string) error {
	changes, err := q.view().History(q.Context(), "person", int64(p.ID))
	if err != nil {
		return err
	}
	memberships, err := q.view().MembershipsOf(q.Context(), p.ID)
	if err != nil {
		return err
	}
	for _, m := range memberships {
		more, err := q.view().History(q.Context(), "membership", m.ID)
		if err != nil {
			return err
		}
		changes = append(changes, more...)
	}
	slices.SortFunc(changes, func(a, b store.Change) int { return cmp.Or(cmp.Compare(b.Link, a.Link), cmp.Compare(b.N, a.N)) })
	last := int64(0)
	for _, c := range changes {
		if c.Link == last && c.Subject == "membership" {
			continue // told by the change of the person in the same act
		}
		last = c.Link
		shown.History = append(shown.History, page.Past{
			When: q.when(c.At), Text: q.why(c.Why), Note: joinDots([]string{c.Name, q.changed(c)}),
		})
	}
	return nil
}

// why words the reason of a change: a key of the catalogue, or as it was written.
func (q *request) why(key string) string {
	if q.server.Words.Has(key) {
		return q.say(key)
	}
	return cmp.Or(key, q.say("history.changed"))
}

// fillMerged lists the records that went into this one, each to be taken back.
func (q *request) fillMerged(shown *page.PersonPage, p person.Person, _ map[body.ID]string) error {
	merged, err := q.view().MergedInto(q.Context(), p.ID)
	if err != nil || !q.may(access.KeepRoll, p.Body) {
		return err
	}
	for _, m := range merged {
		shown.Merged = append(shown.Merged, page.MergedLine{
			Text: q.say("merge.had", m.Gone.Name), Action: personPath(m.Gone.ID) + "/unmerge", Do: q.say("merge.undo"),
		})
	}
	return nil
}

// editPerson shows the form filled with what the book says.
func (s *Server) editPerson(q *request) error {
	p, err := q.kept()
	if err != nil {
		return err
	}
	form, err := q.editForm(p, p, nil)
	if err != nil {
		return err
	}
	return q.show(page.PersonEdit(form))
}

// kept reads the person of the address, whom the reader must have a right to keep.
func (q *request) kept() (person.Person, error) {
	id, err := q.number("id")
	if err != nil {
		return person.Person{}, err
	}
	p, err := q.view().Person(q.Context(), person.ID(id))
	if err != nil {
		return p, err
	}
	return p, q.actor.May(access.KeepRoll, p.Body)
}

// editForm is the form of an existing person: now is what the book says, given
// what stands in the form.
func (q *request) editForm(now, given person.Person, refused error) (page.PersonForm, error) {
	form, err := q.personForm(given, person.Membership{}, refused)
	form.Shell.Title = q.say("person.edit", now.Name)
	form.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}, {Text: now.Name, Href: personPath(now.ID)}}
	form.Head = page.FormHead{Action: personPath(now.ID), Draft: "person-" + idText(now.ID), Revision: idText(now.Revision), Rejected: refused != nil}
	form.Leave, form.FoldOpen = personPath(now.ID), true
	return form, err
}

// correct changes what the book says of a person. Where somebody changed it
// first, both versions are shown and the reader decides.
func (s *Server) correct(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	now, err := q.kept()
	if err != nil {
		return err
	}
	given, _, err := q.personGiven(now)
	if err == nil {
		err = q.write("person.why.correct", func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Correct(ctx, tx, q.actor, given, q.id("revision"))
			return err
		})
	}
	return q.corrected(now, given, err)
}

// corrected answers a change: done, refused, or overtaken.
func (q *request) corrected(now, given person.Person, err error) error {
	if err == nil {
		return q.doneAt(personPath(now.ID), q.well("person.corrected", given.Name))
	}
	status := refusalOf(err).status
	if status != 422 && status != 409 {
		return err
	}
	form, formErr := q.editForm(now, given, err)
	if formErr != nil {
		return formErr
	}
	if status == 409 {
		form.Wrong = nil
		form.Theirs = &page.Theirs{Text: q.say("stale.text"), Rows: q.personDifferences(now, given)}
	}
	return q.showAs(status, page.PersonEdit(form))
}

// personDifferences lays what the book says now beside what the reader wanted to say.
func (q *request) personDifferences(now, given person.Person) []page.Difference {
	var rows []page.Difference
	theirs, yours := q.about(now), q.about(given)
	add := func(label, left, right string) {
		if strings.TrimSpace(left) != strings.TrimSpace(right) {
			rows = append(rows, page.Difference{Label: label, Left: left, Right: right})
		}
	}
	add(q.say("person.name"), now.Name, given.Name)
	for _, one := range theirs {
		at := slices.IndexFunc(yours, func(f page.Fact) bool { return f.Name == one.Name })
		if at >= 0 {
			add(one.Name, one.Text, yours[at].Text)
		}
	}
	return rows
}
