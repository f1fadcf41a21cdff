package web

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// calendarSettings asks which countries an organisation keeps in sight, and how
// many days ahead each kind of occasion is prepared.
func (s *Server) calendarSettings(q *request) error { return q.calendarSettingsPage(nil) }

func (q *request) calendarSettingsPage(refused error) error {
	if err := q.actor.May(access.KeepOffice, q.root()); err != nil {
		return err
	}
	set, err := q.view().Settings(q.Context(), q.root(), "calendar.")
	if err != nil {
		return err
	}
	wrong := page.ProblemsOf(refused, q.reader)
	f := page.DeskForm{Head: page.FormHead{Action: "/calendar/settings"}, Wrong: wrong, Do: q.say("common.save"), Leave: page.Link{Text: q.say("common.cancel"), Href: "/calendar/feasts"}}
	f.Fields = append(f.Fields, page.TextInput(q.reader, wrong.Mark(page.Field{Name: "countries", Label: q.say("calendar.settings.countries"), Hint: q.say("calendar.settings.countries.hint"), Value: orElse(q.value("countries"), q.countriesFollowed(set[occasion.SettingCountries])), Whole: true})))
	for _, k := range occasion.Kinds() {
		name := "lead-" + string(k)
		f.Fields = append(f.Fields, page.NumberInput(q.reader, wrong.Mark(page.Field{
			Name: name, Label: q.say("occasion.kind." + string(k)), Value: cmp.Or(q.value(name), set[occasion.SettingLead(k)], strconv.Itoa(k.Lead())), Short: true, Unit: q.say("calendar.days"),
		})))
	}
	p := page.DeskPage{Shell: q.shell(q.say("calendar.settings")), Parts: []page.DeskPart{{Form: &f}}}
	p.Shell.Crumbs, p.Shell.Lead = q.calendarCrumbs(page.Link{Text: q.say("calendar.tab.feasts"), Href: "/calendar/feasts"}), q.say("calendar.settings.lead")
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// saveCalendarSettings keeps them.
func (s *Server) saveCalendarSettings(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.KeepOffice, q.root()); err != nil {
		return err
	}
	countries, refused := q.countriesGiven()
	leads := map[occasion.Kind]int{}
	for _, k := range occasion.Kinds() {
		n, err := q.daysGiven("lead-" + string(k))
		refused = fault.Gather(refused, err)
		leads[k] = n
	}
	if refused != nil {
		return q.calendarSettingsPage(refused)
	}
	err := q.officeWrite("calendar", func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetSetting(ctx, q.root(), occasion.SettingCountries, countries); err != nil {
			return err
		}
		for _, k := range occasion.Kinds() {
			if err := tx.SetSetting(ctx, q.root(), occasion.SettingLead(k), strconv.Itoa(leads[k])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return q.doneAt("/calendar/settings", q.well("common.saved"))
}

// countriesFollowed writes the countries an organisation keeps in sight by name, as
// countriesGiven reads them.
func (q *request) countriesFollowed(set string) string {
	if set == occasion.AllCountries {
		return q.say("calendar.settings.countries.all")
	}
	called := map[string]string{}
	feasts, _ := occasion.Shipped()
	for _, f := range feasts {
		if name := (occasion.Occurrence{Names: f.Names}).Name(q.reader.Lang); f.Kind == occasion.National && !strings.ContainsAny(name, ",;") {
			called[f.Country] = name
		}
	}
	codes := strings.Fields(set)
	for i, code := range codes {
		codes[i] = cmp.Or(called[code], code)
	}
	return strings.Join(codes, ", ")
}

// countriesGiven reads the countries as people list them: by code or by name.
func (q *request) countriesGiven() (string, error) {
	typed := q.value("countries")
	if all := text.Fold(typed); all == occasion.AllCountries || all == text.Fold(q.say("calendar.settings.countries.all")) {
		return occasion.AllCountries, nil
	}
	byName := map[string]string{}
	feasts, err := occasion.Shipped()
	for _, f := range feasts {
		if f.Kind == occasion.National {
			byName[text.Fold(f.Country)] = f.Country
			for _, n := range f.Names {
				byName[text.Fold(n)] = f.Country
			}
		}
	}
	var codes []string
	parts := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;\n", r) })
	if len(parts) == 1 {
		parts = strings.Fields(typed)
		if _, one := byName[text.Fold(typed)]; one {
			parts = []string{typed}
		}
	}
	for _, part := range parts {
		code, known := byName[text.Fold(part)]
		if !known {
			return typed, fault.Field("countries", "calendar.settings.unknown", strings.TrimSpace(part))
		}
		codes = append(codes, code)
	}
	return strings.Join(codes, " "), err
}
