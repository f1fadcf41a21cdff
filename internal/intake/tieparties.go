package intake

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// sameParties refuses a row that bears the code of a tie and tells of other parties
// than the tie has: who stands in a tie changes by an act of its own, on its page. A
// blank tells nothing; the two sides may stand the other way round.
func (p *proposal) sameParties(r *reading, k *knownTies, known *tie.Tie, day calendar.Date) {
	if day.IsUnknown() {
		day = known.Signed() // the units of a blank date are those that signed
	}
	a, b := told{r.text("a"), r.text("aId"), r.text("aCountry")}, told{r.text("b"), r.text("bId"), r.text("bCountry")}
	is := func(t told, side int) bool { return p.standsOn(k, known, t, side, day) }
	if is(a, 1) && is(b, 2) || known.Sides() == 2 && is(a, 2) && is(b, 1) {
		return
	}
	for i, t := range []told{a, b} {
		if is(t, i+1) {
			continue
		}
		field := []Field{"a", "b"}[i]
		r.refuse(field, fault.Field(string(field), "intake.tie.parties", t.String(), k.sideCalled(known, i+1, p.today), known.Code))
	}
}

// told is what a row says of one side.
type told struct{ name, code, land string }

func (t told) String() string {
	said := t.name
	if t.land != "" {
		said += " (" + t.land + ")"
	}
	if t.code != "" {
		said = strings.TrimSpace(said + " " + t.code)
	}
	return said
}

// standsOn tells whether what a row says of a side is who stands there: today, when
// the tie was signed, or all who ever did.
func (p *proposal) standsOn(k *knownTies, known *tie.Tie, t told, side int, day calendar.Date) bool {
	if t == (told{}) {
		return true
	}
	var ever []tie.Party
	for _, party := range known.Parties {
		if party.Side == side {
			ever = append(ever, party)
		}
	}
	signed := known.Signed().FirstOr(p.today)
	return slices.ContainsFunc([][]tie.Party{known.On(side, p.today), known.On(side, signed), ever}, func(parties []tie.Party) bool {
		return p.areParties(k, parties, t, day)
	})
}

// areParties tells whether a row names exactly some parties.
func (p *proposal) areParties(k *knownTies, parties []tie.Party, t told, day calendar.Date) bool {
	if t.land != "" && slices.ContainsFunc(parties, func(one tie.Party) bool { return one.Land != "" && !strings.EqualFold(one.Land, t.land) }) {
		return false
	}
	if t.code != "" {
		id, ok := k.coded[t.code]
		if ok || slices.ContainsFunc(parties, func(one tie.Party) bool { return k.hasCode(one.Body) }) {
			return len(parties) == 1 && parties[0].Body == id
		}
	}
	if t.name == "" {
		return true
	}
	var names []string
	for name := range strings.SplitSeq(t.name, ";") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	if len(names) != len(parties) {
		return false
	}
	left := slices.Clone(parties)
	for _, name := range names {
		i := slices.IndexFunc(left, func(one tie.Party) bool { return p.bears(k, one.Body, name, day) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}

// bears tells whether a body ever bore a name, or is the unit it means.
func (p *proposal) bears(k *knownTies, id body.ID, name string, day calendar.Date) bool {
	forms := []string{text.Fold(name)}
	if m := inBrackets.FindStringSubmatch(name); m != nil {
		forms = append(forms, text.Fold(m[1]))
		name = m[1] + ", " + m[2]
	}
	if slices.ContainsFunc(k.names[id], func(n string) bool { return slices.Contains(forms, text.Fold(n)) }) {
		return true
	}
	return p.atlas.Has(place.ID(id)) && slices.Contains(p.unitsMeant(k, name, day), place.ID(id))
}

func (k *knownTies) hasCode(id body.ID) bool {
	for _, coded := range k.coded {
		if coded == id {
			return true
		}
	}
	return false
}

// sideCalled names who stands on a side of a tie today, or stood there last.
func (k *knownTies) sideCalled(known *tie.Tie, side int, today calendar.Day) string {
	parties := known.On(side, today)
	if len(parties) == 0 {
		parties = slices.DeleteFunc(slices.Clone(known.Parties), func(p tie.Party) bool { return p.Side != side })
	}
	var names []string
	for _, party := range parties {
		if n := k.names[party.Body]; len(n) > 0 {
			names = append(names, n[len(n)-1])
		}
	}
	return strings.Join(names, "; ")
}
