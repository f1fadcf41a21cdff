package web

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/letter"
	"kith.app/internal/locale"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// countryTongues has the language of a country where an embassy, a consulate or a
// partner writes in one, as far as people of protocol there are asked for it.
var countryTongues = map[string]string{"VN": "vi", "LA": "lo", "KH": "km", "TH": "th", "CN": "zh", "JP": "ja", "KR": "ko", "RU": "ru", "FR": "fr", "GB": "en", "US": "en", "AU": "en"}

// letterTongue chooses in which language a body is written to: by what who speaks for
// it speaks, by the country, by the texts signed with it. Who has no country is at home
// and written to in Vietnamese.
func (q *request) letterTongue(from, to body.ID, office int64, country string) (letter.Tongue, error) {
	if to == 0 {
		return letter.Tongue{Lang: locale.Lang(q.lang()), Why: "reader"}, nil
	}
	ties, _, err := q.view().Ties(q.Context(), store.TieQuery{Body: from, With: to, Limit: -1})
	if err != nil {
		return letter.Tongue{}, err
	}
	var signed []string
	land := ""
	for _, t := range ties {
		signed = append(signed, t.Langs...)
		for _, p := range t.Parties {
			if p.Body == to && p.Land != "" {
				land = p.Land
			}
		}
	}
	spoken, of, err := q.spokenAt(to, office)
	if err != nil {
		return letter.Tongue{}, err
	}
	if land = orElse(land, orElse(of, country)); land == "" {
		land = "VN"
	}
	if tongue := countryTongues[land]; tongue != "" && !slices.Contains(spoken, tongue) {
		spoken = append(spoken, tongue)
	}
	return letter.TongueFor(spoken, signed), nil
}

// spokenAt tells what languages who speaks for a body speaks, and of which country
// they are.
func (q *request) spokenAt(of body.ID, office int64) (spoken []string, country string, err error) {
	board, err := q.view().Board(q.Context(), of, q.today())
	if err != nil {
		return nil, "", err
	}
	for _, seats := range board.Seats {
		if office != 0 && seats.Office.ID != office || len(seats.Holders) == 0 {
			continue
		}
		id := seats.Holders[0].Person
		known, err := q.view().Protocols(q.Context(), []person.ID{id})
		if err != nil {
			return nil, "", err
		}
		for _, t := range known[id].Tongues {
			spoken = append(spoken, t.Lang)
		}
		return spoken, known[id].Country, nil
	}
	return nil, "", nil
}

// tongueSaid tells by which rule a language was chosen, and which are drafted at all.
func (q *request) tongueSaid(t letter.Tongue) string {
	if t.Why == "reader" {
		return q.say("calendar.lang.drafts")
	}
	said := q.say("calendar.lang.why.english")
	if t.Why != "english" {
		said = q.say("calendar.lang.why."+t.Why, t.Lang.Name())
	}
	if t.Wanted != "" {
		said = q.say("calendar.lang.wanted", q.say("protocol.lang."+t.Wanted)) + " " + said
	}
	return said + " " + q.say("calendar.lang.drafts")
}

// besideOwn gives what a body is called in the language of a letter, with its name in
// its own language beside where that is none in which letters are drafted.
func besideOwn(b body.Body, lang string, on calendar.Day) string {
	name := b.NameOn(lang, on)
	for _, n := range b.Names {
		if n.Lang != "" && !slices.Contains(letter.Drafts(), locale.Lang(n.Lang)) && n.Full != "" && n.Full != name && b.NameOn(n.Lang, on) == n.Full {
			return name + " (" + n.Full + ")"
		}
	}
	return name
}
