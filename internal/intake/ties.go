package intake

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/text"
	"kith.app/internal/tie"
	"kith.app/internal/world"
)

// Wikidata is the scheme of the codes by which Wikidata tells places apart.
const Wikidata = "wikidata"

// tieParty is one side of a row: a body of the book, or one to be entered.
type tieParty struct {
	id    body.ID   // known, or that of an administrative unit
	fresh body.Body // to be entered, unless it is there already
	key   string    // tells places of the table apart: their code, or what they are called and where
	land  string
	name  string
}

// known tells whether the book has the party already.
func (p tieParty) known() bool { return p.fresh.Kind == "" }

// tieDraft proposes to enter a tie or to say more of one.
type tieDraft struct {
	a, b  tieParty
	tie   tie.Tie
	based int64 // revision of the tie that changes, 0 for a new one
}

// knownTies finds the ties and bodies that rows name.
type knownTies struct {
	outside map[string]*tie.Tie       // by what another register calls them
	byCode  map[string]*tie.Tie       // by their codes in the book
	pairs   map[[2]body.ID][]*tie.Tie // by their first two parties, the smaller id first
	coded   map[string]body.ID        // bodies by their code at Wikidata
	called  map[string][]body.Body    // localities by their folded names
	ids     map[body.ID]bool
	names   map[body.ID][]string       // every name a body ever bore
	lands   map[body.ID]string         // as the ties of the book say
	codes   map[string]map[string]bool // of the table: the codes that one name has
	before  map[string]int             // rows of the table by their pair
	order   map[string][2]string       // in which direction that row stood
	places  map[calendar.Day]*place.Reader
}

// ties proposes what becomes of every row of a table of ties.
func (p *proposal) ties(ctx context.Context, b Book) error {
	k, err := p.knownTies(ctx, b)
	if err != nil {
		return err
	}
	for _, row := range p.table.rows {
		if said, ok := p.table.group(row, "a", "b"); ok {
			p.skip(row.Number, said)
			continue
		}
		p.tie(&reading{p: p, row: row}, k)
	}
	return nil
}

func (p *proposal) knownTies(ctx context.Context, b Book) (*knownTies, error) {
	all, err := b.KnownTies(ctx)
	if err != nil {
		return nil, err
	}
	bodies, err := b.KnownBodies(ctx)
	if err != nil {
		return nil, err
	}
	k := &knownTies{
		outside: map[string]*tie.Tie{}, byCode: map[string]*tie.Tie{}, pairs: map[[2]body.ID][]*tie.Tie{}, coded: map[string]body.ID{}, called: map[string][]body.Body{}, lands: map[body.ID]string{}, ids: map[body.ID]bool{}, names: map[body.ID][]string{},
		codes: map[string]map[string]bool{}, before: map[string]int{}, order: map[string][2]string{}, places: map[calendar.Day]*place.Reader{},
	}
	for i := range all {
		one := &all[i]
		k.byCode[one.Code] = one
		if one.Outside != "" {
			k.outside[one.Outside] = one
		}
		if len(one.Parties) >= 2 {
			pair := pairOf(one.Parties[0].Body, one.Parties[1].Body)
			k.pairs[pair] = append(k.pairs[pair], one)
		}
		for _, party := range one.Parties {
			if party.Land != "" {
				k.lands[party.Body] = party.Land
			}
		}
	}
	for _, one := range bodies {
		if one.Kind == body.Household {
			continue
		}
		k.ids[one.ID] = true
		for _, c := range one.Codes {
			if c.Scheme == Wikidata {
				k.coded[c.Code] = one.ID
			}
		}
		for _, n := range one.Names {
			k.names[one.ID] = append(k.names[one.ID], n.Full)
			key := text.Fold(n.Full)
			if !slices.ContainsFunc(k.called[key], func(b body.Body) bool { return b.ID == one.ID }) {
				k.called[key] = append(k.called[key], one)
			}
		}
	}
	for _, row := range p.table.rows {
		r := &reading{p: p, row: row}
		for name, code := range map[Field]Field{"a": "aId", "b": "bId"} {
			if said := r.text(code); said != "" {
				key := text.Fold(r.text(name))
				if k.codes[key] == nil {
					k.codes[key] = map[string]bool{}
				}
				k.codes[key][said] = true
			}
		}
	}
	return k, nil
}

func pairOf(a, b body.ID) [2]body.ID {
	if a > b {
		a, b = b, a
	}
	return [2]body.ID{a, b}
}

// tie proposes what becomes of one row.
func (p *proposal) tie(r *reading, k *knownTies) {
	day := p.tieDay(r)
	if known := k.byCode[r.text("code")]; known != nil {
		p.sameTie(r, k, known, day)
		return
	}
	a, b := p.tieParty(r, k, "a", "aId", "aCountry", day), p.tieParty(r, k, "b", "bId", "bCountry", day)
	row := Row{Name: a.name + " – " + b.name, What: Trouble}
	kind := r.coded("kind", "tie")
	if kind == "" {
		kind = "twinning"
	}
	if a.key != "" && a.key == b.key {
		r.refuse("b", fault.Field("b", "intake.tie.self", a.name))
	}
	pair := pairKey(a.key, b.key) + " " + kind
	if before, ok := k.before[pair]; ok && len(r.problems) == 0 {
		key := "intake.same.twice"
		if k.order[pair] != [2]string{a.key, b.key} {
			key = "intake.tie.reverse"
		}
		r.remark("b", key, before)
		row.What = Same
		p.add(r, row)
		return
	}
	k.before[pair], k.order[pair] = r.row.Number, [2]string{a.key, b.key}
	if len(r.problems) == 0 {
		p.homonyms(r, k, a, b)
		p.compareTie(r, k, p.toldTie(r, kind, day, a, b), &row)
	}
	p.add(r, row)
}

// sameTie compares a row that bears the code of a tie of the book, as a table that
// the book gave out does. Its parties are those of the book: other ones are refused,
// for who they are is changed on the page of the tie.
func (p *proposal) sameTie(r *reading, k *knownTies, known *tie.Tie, day calendar.Date) {
	row := Row{Name: r.text("a") + " – " + r.text("b"), What: Trouble}
	p.sameParties(r, k, known, day)
	if len(r.problems) == 0 {
		d := p.toldTie(r, known.Kind, day, tieParty{}, tieParty{})
		d.tie.Note = r.lines("note")
		p.compareWith(r, known, d, &row)
	}
	p.add(r, row)
}

// pairKey names a pair whichever way round it stands.
func pairKey(a, b string) string {
	if a > b {
		a, b = b, a
	}
	return a + "|" + b
}

// homonyms notes that a name of the row is that of several places of the table.
func (p *proposal) homonyms(r *reading, k *knownTies, all ...tieParty) {
	for i, one := range all {
		if n := len(k.codes[text.Fold(one.name)]); n > 1 {
			r.remark([]Field{"a", "b"}[i], "intake.tie.homonym", one.name, n)
		}
	}
}

// tieDay reads the date of a row with how precisely it is meant.
func (p *proposal) tieDay(r *reading) calendar.Date {
	d := r.date("date")
	switch said := text.Fold(r.text("precision")); {
	case said == "about" || said == "khoang" || said == "vers":
		return d.About()
	case strings.HasPrefix(said, "before ") || strings.HasPrefix(said, "truoc ") || strings.HasPrefix(said, "avant "):
		_, limit, _ := strings.Cut(r.text("precision"), " ")
		end, err := calendar.ParseEDTF(limit)
		first, known := end.First()
		from, begun := d.First()
		if err == nil && known && begun && from < first {
			if span, err := calendar.Between(calendar.OnDay(from), calendar.OnDay(first-1)); err == nil {
				return span
			}
		}
	}
	return d
}

var (
	inBrackets = regexp.MustCompile(`^(.*?)\s*\(([^()]*)\)\s*$`)
	landCode   = regexp.MustCompile(`^[A-Z]{2}$`)
	wikiCode   = regexp.MustCompile(`^Q[1-9][0-9]*$`)
)

// tieParty reads one side of a row.
func (p *proposal) tieParty(r *reading, k *knownTies, name, code, country Field, day calendar.Date) tieParty {
	said, qid := r.text(name), r.text(code)
	party := tieParty{name: said, land: strings.ToUpper(r.text(country))}
	if said == "" {
		r.refuse(name, fault.Field(string(name), "intake.tie.nobody"))
		return party
	}
	if party.land != "" && !landCode.MatchString(party.land) {
		r.refuse(country, fault.Field(string(country), "tie.party.country"))
		return party
	}
	if qid != "" {
		return p.codedParty(r, k, party, code, qid)
	}
	if m := inBrackets.FindStringSubmatch(said); m != nil && landCode.MatchString(m[2]) {
		party.name, party.land = m[1], m[2]
		return p.foreignParty(r, k, party, name)
	}
	if party.land != "" && party.land != "VN" {
		return p.foreignParty(r, k, party, name)
	}
	return p.homeParty(r, k, party, name, day)
}

// codedParty finds a place by its code at Wikidata, or enters it with it.
func (p *proposal) codedParty(r *reading, k *knownTies, party tieParty, code Field, qid string) tieParty {
	if !wikiCode.MatchString(qid) {
		r.refuse(code, fault.Field(string(code), "intake.tie.code", qid))
		return party
	}
	party.key = qid
	if id, ok := k.coded[qid]; ok {
		party.id = id
		return party
	}
	if party.land == "" {
		party.land = onlyLand(party.name)
	}
	party.fresh = tie.Named(party.name, body.Locality)
	party.fresh.Codes = []body.OfficialCode{{Scheme: Wikidata, Code: qid, Since: calendar.Earliest, Until: calendar.Latest}}
	return party
}

// onlyLand gives the country of a place where all known places of its name lie in
// one; where they lie in several, or none is known, nothing is guessed.
func onlyLand(name string) string {
	land := ""
	for _, p := range world.Find(name) {
		if land != "" && land != p.Country {
			return ""
		}
		land = p.Country
	}
	return land
}

// foreignParty finds a place abroad by its name and country. A body of the name of
// which no tie says the country is taken; several are asked about.
func (p *proposal) foreignParty(r *reading, k *knownTies, party tieParty, name Field) tieParty {
	party.key = text.Fold(party.name) + " " + party.land
	var fit []body.Body
	for _, b := range k.called[text.Fold(party.name)] {
		if land := k.lands[b.ID]; land == party.land || land == "" && !p.atlas.Has(place.ID(b.ID)) {
			fit = append(fit, b)
		}
	}
	switch len(fit) {
	case 0:
		party.fresh = tie.Named(party.name, body.Locality)
	case 1:
		party.id = fit[0].ID
	default:
		r.refuse(name, fault.Field(string(name), "intake.tie.several", party.name, len(fit)))
	}
	return party
}

// homeParty finds a body of the book by its name, or an administrative unit of
// Viet Nam as it stood when the tie was signed.
func (p *proposal) homeParty(r *reading, k *knownTies, party tieParty, name Field, day calendar.Date) tieParty {
	known := k.called[text.Fold(party.name)]
	if len(known) == 1 && known[0].Life().Overlaps(day.Period()) || len(known) == 1 && day.IsUnknown() {
		party.id, party.key = known[0].ID, "b"+strconv.FormatInt(int64(known[0].ID), 10)
		if p.atlas.Has(place.ID(party.id)) {
			party.land = "VN"
		}
		return party
	}
	written := party.name
	if m := inBrackets.FindStringSubmatch(written); m != nil {
		written = m[1] + ", " + m[2]
	}
	units := p.unitsMeant(k, written, day)
	switch len(units) {
	case 0:
		r.refuse(name, fault.Field(string(name), "intake.tie.unknown", party.name))
		return party
	case 1:
	default:
		r.refuse(name, fault.Field(string(name), "intake.place.several", party.name, p.choices(units)))
		return party
	}
	party.id, party.key, party.land = body.ID(units[0]), "b"+strconv.FormatInt(int64(units[0]), 10), "VN"
	party.name = p.atlas.NameOn(units[0], p.lastDay(units[0]))
	if !k.ids[party.id] {
		fresh, err := tie.OfUnit(p.atlas, units[0])
		if err != nil {
			r.refuse(name, fault.Field(string(name), "intake.tie.unknown", party.name))
			return party
		}
		party.fresh = fresh
	}
	return party
}

// kinds of unit that people write together, "Xã/Phường An Thắng", and are not
// sure which it is.
var eitherKind = regexp.MustCompile(`^(?i)(xã|phường|thị trấn)\s*/\s*(xã|phường|thị trấn)\s+(.*)$`)

// unitsMeant lists the units a written place may be on a day: those that stood
// then; where the day is not known, those that stand, else those that stood last.
func (p *proposal) unitsMeant(k *knownTies, written string, day calendar.Date) []place.ID {
	forms := []string{written}
	if m := eitherKind.FindStringSubmatch(written); m != nil {
		forms = []string{m[1] + " " + m[3], m[2] + " " + m[3]}
	}
	on := day.LastOr(p.today)
	if k.places[on] == nil {
		k.places[on] = place.NewReader(p.atlas, on)
	}
	var units []place.ID
	for _, form := range forms {
		read := k.places[on].Read(form)
		if read.Rest == "" {
			units = append(units, read.Units...)
		}
	}
	slices.Sort(units)
	units = slices.Compact(units)
	standing := slices.DeleteFunc(slices.Clone(units), func(id place.ID) bool { return !p.atlas.Stood(id, on) })
	if len(standing) > 0 {
		return standing
	}
	for _, id := range units {
		if before, ok := p.sameBefore(id, on); ok {
			standing = append(standing, before)
		}
	}
	if len(standing) > 0 {
		return standing
	}
	return units
}

// sameBefore gives the unit of the same name from which one was made, as it stood
// on a day: Hải Phòng before it took Hải Dương in.
func (p *proposal) sameBefore(id place.ID, on calendar.Day) (place.ID, bool) {
	name := p.atlas.NameOn(id, p.lastDay(id))
	for range 9 {
		next := place.ID(0)
		for _, before := range p.atlas.Before(id) {
			if text.Fold(p.atlas.NameOn(before, p.lastDay(before))) == text.Fold(name) {
				next = before
			}
		}
		if next == 0 {
			return 0, false
		}
		if p.atlas.Stood(next, on) {
			return next, true
		}
		id = next
	}
	return 0, false
}
