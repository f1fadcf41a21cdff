package web

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/tie"
	"kith.app/internal/world"
)

// partyRow is one line of a side in the form of a tie, as it was written.
type partyRow struct {
	name, id, level, land, signer, signedBy, office string
	at                                              int // the party that the line shows, counted from one; 0 a new one
	wrong                                           string
	among                                           []page.Choice
}

// partyFound is whom a line means: a body of the book, or one to be entered.
type partyFound struct {
	party tie.Party
	fresh body.Body // where the book does not have it yet
}

// tieBodies finds parties while a name is typed: bodies of the book, units of
// Viet Nam, towns and regions of the world.
func (s *Server) tieBodies(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	found, err := q.partyChoices(q.value("q"))
	if err != nil {
		return err
	}
	return q.choices(found)
}

// choicesMost is how many answers of each sort are offered.
const choicesMost = 5

// partyChoices lists who may be meant by what was typed. A mark tells of what sort
// each is: b a body, u a unit of Viet Nam, w a place of the world.
func (q *request) partyChoices(typed string) ([]page.Choice, error) {
	if typed == "" {
		return nil, nil
	}
	bodies, err := q.view().BodiesNamed(q.Context(), typed, choicesMost)
	if err != nil {
		return nil, err
	}
	var found []page.Choice
	known := map[int64]bool{}
	for _, b := range bodies {
		known[int64(b.ID)] = true
		note := q.say("body.kind." + string(b.Kind))
		if !b.Ended.IsUnknown() {
			note = dotted(note, q.say("tie.party.gone", b.Ended))
		}
		found = append(found, page.Choice{ID: bodyMark(b.ID), Text: b.NameOn(q.lang(), b.Ended.LastOr(q.today())), Note: note})
	}
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	for _, hit := range m.Find(typed, q.today(), choicesMost) {
		if !known[int64(hit.ID)] {
			found = append(found, page.Choice{ID: "u" + idText(hit.ID), Text: shortPath(m, hit.ID, lastDay(m, hit.ID, q.today())), Note: q.say("tie.party.unit")})
		}
	}
	for _, p := range world.Suggest(typed, choicesMost) {
		if p.Country != "VN" {
			found = append(found, page.Choice{ID: "w" + p.Country + ":" + p.Name, Text: p.Name, Note: dotted(p.Region, q.land(p.Country), q.say("tie.party.world"))})
		}
	}
	return found, nil
}

// partyRows takes the lines of one side in.
func (q *request) partyRows(side int) []partyRow {
	name := "side" + strconv.Itoa(side)
	var rows []partyRow
	for i, typed := range q.Form[name] {
		row := partyRow{
			name: text.Clean(typed), id: q.nth(name+"_id", i), level: q.nth(name+"_level", i), land: q.nth(name+"_land", i), signer: q.nth(name+"_signer", i), signedBy: q.nth(name+"_signer_id", i), office: q.nth(name+"_office", i),
		}
		row.at, _ = strconv.Atoi(q.nth(name+"_at", i)) //nolint:errcheck // empty: a new line
		if chosen := q.value("among-" + name + "-" + strconv.Itoa(i+1)); chosen != "" {
			row.id = chosen
		}
		if row.name != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// resolveParty finds out whom a line means. A name that fits nobody, or several,
// is asked about.
func (q *request) resolveParty(side int, row *partyRow) (partyFound, error) {
	found := partyFound{party: tie.Party{Side: side, Level: tie.Level(row.level), Land: row.land, Signer: row.signer, SignedBy: q.signerMeant(row.signer, row.signedBy), Office: row.office}}
	switch sort, rest := cutMark(row.id); sort {
	case "b":
		id, _ := strconv.ParseInt(rest, 10, 64) //nolint:errcheck // no such body is refused
		b, err := q.view().Body(q.Context(), body.ID(id))
		found.party.Body = b.ID
		if found.party.Level == tie.NoLevel {
			found.party.Level = tie.Level(b.LevelOn(q.today()))
		}
		if found.party.Land == "" {
			found.party.Land = q.landOf(b)
		}
		return found, err
	case "u":
		m, err := place.Shipped()
		if err != nil {
			return found, err
		}
		id, _ := strconv.ParseInt(rest, 10, 64) //nolint:errcheck // no such unit is refused
		if found.fresh, err = tie.OfUnit(m, place.ID(id)); err != nil {
			return found, fault.Field("side"+strconv.Itoa(side), "tie.party.nobody")
		}
		found.party.Land = "VN"
		if found.party.Level == tie.NoLevel {
			found.party.Level = tie.Level(found.fresh.Levels[0].Level)
		}
		return found, nil
	case "w":
		land, name, _ := strings.Cut(rest, ":")
		found.fresh, found.party.Land = tie.Named(name, body.Locality), land
		return found, nil
	case "n":
		found.fresh = tie.Named(row.name, body.Locality)
		return found, nil
	case "o":
		found.fresh = tie.Named(row.name, body.OtherKind)
		return found, nil
	}
	return q.resolvePartyName(side, row, found)
}

func cutMark(id string) (sort, rest string) {
	if id == "" {
		return "", ""
	}
	return id[:1], id[1:]
}

// landOf gives the country of a body as the book says it, or of a unit of Viet Nam.
func (q *request) landOf(b body.Body) string {
	if m, err := place.Shipped(); err == nil && m.Has(place.ID(b.ID)) {
		return "VN"
	}
	lands, err := q.view().Countries(q.Context())
	if err != nil {
		return ""
	}
	return lands[b.ID]
}

// resolvePartyName takes the only body of that very name, or asks.
func (q *request) resolvePartyName(side int, row *partyRow, found partyFound) (partyFound, error) {
	choices, err := q.partyChoices(row.name)
	if err != nil {
		return found, err
	}
	var same []page.Choice
	for _, c := range choices {
		if strings.HasPrefix(c.ID, "b") && text.Fold(c.Text) == text.Fold(row.name) {
			same = append(same, c)
		}
	}
	if len(same) == 1 {
		row.id = same[0].ID
		return q.resolveParty(side, row)
	}
	row.among = append(choices, page.Choice{ID: "n", Text: q.say("tie.party.new", row.name), Note: q.say("tie.party.new.note")}, page.Choice{ID: "o", Text: q.say("tie.party.org", row.name), Note: q.say("tie.party.new.note")})
	row.wrong = q.say("tie.party.which")
	return found, fault.Field("side"+strconv.Itoa(side), "tie.party.which")
}

// partyLines draws the lines of one side, with an empty one to begin with.
func (q *request) partyLines(side int, rows []partyRow, wrong page.Problems, blanks int) templ.Component {
	name := "side" + strconv.Itoa(side)
	for range blanks {
		rows = append(rows, partyRow{})
	}
	var lines []templ.Component
	for i, row := range rows {
		lines = append(lines, q.partyLine(name, strconv.Itoa(i+1), row))
	}
	head := page.LinesHead{Name: name, Label: q.say("tie.side." + strconv.Itoa(side)), Hint: q.say("tie.side.hint"), Add: q.say("tie.party.add"), Wrong: wrong.At(name)}
	if side > 2 {
		head.Label = q.say("tie.side.n", side)
	}
	return page.Lines(head, lines, q.partyLine(name, "{n}", partyRow{}))
}

// partyLine asks about one party.
func (q *request) partyLine(name, n string, row partyRow) templ.Component {
	r := q.reader
	field := func(part, label, value string) page.Field {
		return page.Field{Name: name + part, ID: name + part + "-" + n, Label: label, Value: value}
	}
	main := field("", q.say("tie.party"), row.name)
	main.Wrong, main.Whole = row.wrong, true
	parts := []templ.Component{page.Combobox(r, main, page.Search{Href: "/ties/bodies", IDName: name + "_id", ID: row.id})}
	if len(row.among) > 0 {
		var options []page.Option
		for _, c := range row.among {
			options = append(options, page.Option{Value: c.ID, Text: c.Text, Note: c.Note})
		}
		parts = append(parts, page.Radios(r, page.Field{Name: "among-" + name + "-" + n, Label: q.say("deed.form.among")}, options))
	}
	parts = append(parts,
		page.Select(r, field("_level", q.say("tie.level"), row.level), q.tieLevels()),
		page.Select(r, field("_land", q.say("tie.country"), row.land), q.landChoices()),
		page.Combobox(r, q.hinted(field("_signer", q.say("tie.signer"), row.signer), "tie.signer.hint"), page.Search{Href: "/people/find", IDName: name + "_signer_id", ID: row.signedBy}),
		page.TextInput(r, field("_office", q.say("tie.signer.office"), row.office)),
		page.Hidden(name+"_at", strconv.Itoa(row.at)))
	return page.Together(parts)
}

// hinted gives a field its hint.
func (q *request) hinted(f page.Field, key string) page.Field {
	f.Hint = q.say(key)
	return f
}

// signerMeant finds the record of who signed: the one chosen, while the name still
// says so, or the only person of that very name. Anybody else is a name.
func (q *request) signerMeant(name, chosen string) person.ID {
	if name == "" {
		return 0
	}
	if id := person.ID(idOf(chosen)); id != 0 {
		if p, err := q.view().Person(q.Context(), id); err == nil && text.Fold(p.Name) == text.Fold(name) {
			return id
		}
	}
	rows, _, err := q.view().People(q.Context(), store.PeopleQuery{Typed: name, Status: store.Everybody, Limit: 2})
	if err == nil && len(rows) == 1 && strings.Contains(name, " ") && text.Fold(rows[0].Name) == text.Fold(name) {
		return rows[0].ID
	}
	return 0
}

func (q *request) tieLevels() []page.Option {
	var all []page.Option
	for _, l := range tie.Levels() {
		key := "tie.level.none"
		if l != tie.NoLevel {
			key = "tie.level." + string(l)
		}
		all = append(all, page.Option{Value: string(l), Text: q.say(key)})
	}
	return all
}

// landChoices offers the countries, Viet Nam and its neighbours in front.
func (q *request) landChoices() []page.Option {
	all := []page.Option{{Text: q.say("tie.country.none")}}
	near := []string{"VN", "LA", "KH", "CN"}
	for _, code := range near {
		all = append(all, page.Option{Value: code, Text: q.land(code)})
	}
	var rest []page.Option
	for _, c := range world.Countries() {
		rest = append(rest, page.Option{Value: c.Code, Text: c.Name(q.lang())})
	}
	sortOptions(rest, q.reader.Lang)
	for _, o := range rest {
		if o.Value != "VN" && o.Value != "LA" && o.Value != "KH" && o.Value != "CN" {
			all = append(all, o)
		}
	}
	return all
}

// foundParties enters the bodies that the book does not have yet and gives the
// parties.
func (q *request) foundParties(ctx context.Context, tx *store.Tx, keeper body.ID, all []partyFound) ([]tie.Party, error) {
	var parties []tie.Party
	for _, f := range all {
		if f.party.Body == 0 {
			b, err := tie.Partner(ctx, tx, q.actor, keeper, f.fresh)
			if err != nil {
				return nil, err
			}
			f.party.Body = b.ID
		}
		parties = append(parties, f.party)
	}
	return parties, nil
}
