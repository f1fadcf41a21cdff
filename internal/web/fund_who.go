package web

import (
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/lunar"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// outsider is the answer that somebody is not in the book.
const outsider = "0"

// payee is the other side of an entry: a person of the book, or a name.
type payee struct {
	person person.ID
	name   string
	among  []page.Choice // people of that very name, to choose from
}

// whoGiven reads a combobox of people. A name that people of the book bear, and
// of which nobody said whether it is one of them, is asked about: the book does
// not guess.
func (d *desk) whoGiven(typed, id string) (payee, error) {
	w := payee{name: d.value(typed)}
	chosen := ""
	for _, v := range d.values(id) {
		chosen = v
	}
	switch {
	case w.name == "" || chosen == outsider:
		return w, nil
	case chosen != "":
		return d.whoChosen(w, chosen, typed)
	}
	found, err := d.peopleNamed(w.name)
	if err != nil || len(found) == 0 {
		return w, err
	}
	w.among = append(found, page.Choice{ID: outsider, Text: d.say("fundpages.who.outside", w.name)})
	if len(found) == 1 {
		return w, fault.Field(typed, "fundpages.who.one")
	}
	return w, fault.Field(typed, "fundpages.who.which")
}

// whoChosen takes the person chosen, unless another name was typed since.
func (d *desk) whoChosen(w payee, chosen, field string) (payee, error) {
	id, ok := idNumber(chosen)
	if !ok {
		return w, nil
	}
	p, err := d.view().Person(d.Context(), person.ID(id))
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return w, fault.Field(field, "person.missing")
	}
	w.person = person.ID(id)
	if err == nil {
		w.name = p.Name
	}
	return w, err
}

// peopleNamed lists the people whose name is just the one typed, accents aside.
func (d *desk) peopleNamed(name string) ([]page.Choice, error) {
	rows, err := d.peopleLike(name)
	var found []page.Choice
	for _, r := range rows {
		if text.Fold(r.Name) == text.Fold(name) {
			found = append(found, d.choice(r))
		}
	}
	return found, err
}

// peopleLike finds people by a few letters; who may not read the roll finds nobody.
func (d *desk) peopleLike(typed string) ([]store.PersonRow, error) {
	if typed == "" || !d.actor.Somewhere(access.ReadRoll) {
		return nil, nil
	}
	rows, _, err := d.view().People(d.Context(), store.PeopleQuery{Typed: typed, Status: store.Everybody, Limit: 12})
	return rows, err
}

// choice tells namesakes apart by year of birth and branch.
func (d *desk) choice(r store.PersonRow) page.Choice {
	var notes []string
	if !r.Birth.IsUnknown() {
		notes = append(notes, d.words().DateShort(r.Birth))
	}
	for _, m := range r.Memberships {
		if m.Lasts {
			notes = append(notes, d.bodies[m.Body])
		}
	}
	return page.Choice{ID: decimal(r.ID), Text: r.Name, Note: strings.Join(notes, " · ")}
}

// fundWho answers a combobox that asks for a person.
func (s *Server) fundWho(d *desk) error {
	rows, err := d.peopleLike(d.value("q"))
	if err != nil {
		return err
	}
	var found []page.Choice
	for _, r := range rows {
		found = append(found, d.choice(r))
	}
	return d.choices(found)
}

// fundEchoAmount says an amount in words, as the paper will.
func (s *Server) fundEchoAmount(d *desk) error {
	return d.echo(d.inWords(d.value("value"), d.currencyGiven()))
}

// inWords says in words what was typed, nothing where it is no amount.
func (d *desk) inWords(typed string, c money.Currency) string {
	if c == "" {
		c = d.fund.Currency
	}
	a, err := money.Parse(typed, c, d.reader.Lang)
	if err != nil || typed == "" {
		return ""
	}
	return money.Words(a, d.reader.Lang)
}

// fundEchoDay says which day of the week and of the moon a day is.
func (s *Server) fundEchoDay(d *desk) error { return d.echo(d.dayLine(d.value("value"))) }

func (d *desk) dayLine(typed string) string {
	date, err := calendar.ReadInput(typed, calendar.Reading{Pivot: d.today().Year()})
	if err != nil || date.IsUnknown() {
		return ""
	}
	day, exact := date.Day()
	if !exact {
		return d.words().DateLong(date)
	}
	line := d.words().Weekday(day.Weekday())
	if moon := lunar.From(day); !moon.IsZero() {
		line += " · " + d.words().LunarLine(moon)
	}
	return line
}

// headingName is what a heading of the fund is called.
func (d *desk) headingName(class fund.Class, code string) string {
	for _, a := range d.accounts {
		if a.Class == class && a.Code == code {
			return a.Name(d.lang())
		}
	}
	return code
}
