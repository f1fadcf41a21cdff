package web

import (
	"cmp"
	"context"
	"net/mail"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/daily"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// mailSettings asks by which server reminders go out; until it is switched on
// nothing leaves the house.
func (s *Server) mailSettings(q *request) error { return q.mailPage(nil) }

func (q *request) mailPage(refused error) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	set, err := q.view().Settings(q.Context(), q.bookRoot(), "mail.")
	if err != nil {
		return err
	}
	wrong := page.ProblemsOf(refused, q.reader)
	given := func(name, now string) string {
		if refused != nil && q.Form.Has(name) {
			return q.value(name)
		}
		return now
	}
	var ways []page.Option
	for _, w := range daily.Securities() {
		ways = append(ways, page.Option{Value: string(w), Text: q.say("mail.security." + string(w))})
	}
	f := page.DeskForm{Head: page.FormHead{Action: "/settings/mail", Rejected: refused != nil}, Wrong: wrong, Do: q.say("common.save"), Fields: []templ.Component{
		page.Tick(page.Field{Name: "on", Label: q.say("mail.on"), Hint: q.say("mail.on.hint"), Value: given("on", set[daily.SettingOn])}),
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "server", Label: q.say("mail.server"), Hint: q.say("mail.server.hint"), Value: given("server", set[daily.SettingServer])})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "port", Label: q.say("mail.port"), Hint: q.say("mail.port.hint"), Value: given("port", cmp.Or(set[daily.SettingPort], "587")), Short: true})),
		page.Select(q.reader, page.Field{Name: "security", Label: q.say("mail.security"), Value: given("security", set[daily.SettingSecurity])}, ways),
		page.TextInput(q.reader, page.Field{Name: "login", Label: q.say("mail.login"), Value: given("login", set[daily.SettingLogin]), Autofill: "off"}),
		page.PasswordInput(q.reader, page.Field{Name: "password", Label: q.say("mail.password"), Hint: q.say("mail.password.hint"), Autofill: "new-password"}),
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "from", Label: q.say("mail.from"), Hint: q.say("mail.from.hint"), Value: given("from", set[daily.SettingFrom])})),
		page.NumberInput(q.reader, wrong.Mark(page.Field{Name: "hour", Label: q.say("mail.hour"), Value: given("hour", cmp.Or(set[daily.SettingHour], "7")), Short: true})),
	}}
	p := page.DeskPage{Shell: q.shell(q.say("settings.mail")), Parts: []page.DeskPart{{Form: &f}}}
	p.Shell.Crumbs, p.Shell.Lead = []page.Link{{Text: q.say("menu.settings"), Href: "/settings"}}, q.say("mail.lead")
	if set[daily.SettingServer] != "" {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Actions: []page.Action{{Text: q.say("mail.try"), Href: "/settings/mail/try", Post: true}}})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// mailGiven reads the settings and says what cannot be.
func (q *request) mailGiven() (map[string]string, error) {
	set := map[string]string{
		daily.SettingServer: q.value("server"), daily.SettingPort: q.value("port"), daily.SettingSecurity: q.value("security"),
		daily.SettingLogin: q.value("login"), daily.SettingFrom: q.value("from"), daily.SettingHour: q.value("hour"), daily.SettingOn: "",
	}
	var found []error
	if q.value("on") != "" {
		set[daily.SettingOn] = "yes"
		if set[daily.SettingServer] == "" {
			found = append(found, fault.Field("server", "mail.server.missing"))
		}
	}
	if port, err := strconv.Atoi(set[daily.SettingPort]); err != nil || port < 1 || port > 65535 {
		found = append(found, fault.Field("port", "mail.port.range"))
	}
	if hour, err := strconv.Atoi(set[daily.SettingHour]); err != nil || hour < 0 || hour > 23 {
		found = append(found, fault.Field("hour", "mail.hour.range"))
	}
	if from := set[daily.SettingFrom]; from != "" || set[daily.SettingOn] != "" {
		if _, err := mail.ParseAddress(from); err != nil {
			found = append(found, fault.Field("from", "mail.from.form"))
		}
	}
	if strings.ContainsAny(set[daily.SettingServer], " /@") {
		found = append(found, fault.Field("server", "mail.server.form"))
	}
	return set, fault.Gather(found...)
}

// saveMailSettings keeps them; the password apart from the history.
func (s *Server) saveMailSettings(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	set, err := q.mailGiven()
	if err != nil {
		return q.mailPage(err)
	}
	err = q.officeWrite("mail", func(ctx context.Context, tx *store.Tx) error {
		for name, value := range set {
			if err := tx.SetSetting(ctx, q.bookRoot(), name, value); err != nil {
				return err
			}
		}
		if password := q.FormValue("password"); password != "" {
			return tx.SetCredential(ctx, daily.Credential, password)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return q.doneAt("/settings/mail", q.well("common.saved"))
}

// tryMail sends the reader one letter, to see whether the settings are right.
func (s *Server) tryMail(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	set, err := daily.SettingsOf(q.Context(), s.Book)
	if err != nil {
		return err
	}
	to, err := q.ownMail()
	if err != nil {
		return err
	}
	if to == "" {
		return q.doneAt("/settings/mail", page.Flash{Tone: page.Late, Text: q.say("mail.noaddress")})
	}
	err = daily.SMTP(set).Send(q.Context(), daily.Letter{To: to, Subject: q.say("mail.try.subject"), Text: q.say("mail.try.text") + "\r\n"})
	if err != nil {
		s.Log.Warn("trial letter", "error", err)
		return q.doneAt("/settings/mail", page.Flash{Tone: page.Late, Text: q.say("mail.try.failed")})
	}
	return q.doneAt("/settings/mail", q.well("mail.try.sent"))
}

// ownMail is the reader's own address, as the roll has it.
func (q *request) ownMail() (string, error) {
	if q.actor.Person == 0 {
		return "", nil
	}
	p, err := q.view().Person(q.Context(), person.ID(q.actor.Person))
	return p.Email, err
}

// remindPart offers to be reminded by e-mail.
func (q *request) remindPart() (page.DeskPart, error) {
	wants, err := q.view().WantsReminders(q.Context())
	if err != nil {
		return page.DeskPart{}, err
	}
	to, err := q.ownMail()
	if err != nil {
		return page.DeskPart{}, err
	}
	part := page.DeskPart{Head: q.say("mail.remind.head")}
	if to == "" {
		part.Lines = []string{q.say("mail.remind.noaddress")}
		return part, nil
	}
	value := ""
	if wants {
		value = "yes"
	}
	part.Form = &page.DeskForm{Head: page.FormHead{Action: "/calendar/remind"}, Do: q.say("common.save"), Quiet: true, Fields: []templ.Component{
		page.Tick(page.Field{Name: "remind", Label: q.say("mail.remind", to), Hint: q.say("mail.remind.hint"), Value: value}),
	}}
	return part, nil
}

// remind keeps whether the reader wants reminders.
func (s *Server) remind(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	err := q.officeWrite("remind", func(ctx context.Context, tx *store.Tx) error {
		return tx.WantReminders(ctx, q.actor.Account, q.value("remind") != "")
	})
	if err != nil {
		return err
	}
	return q.doneAt("/calendar/feeds", q.well("common.saved"))
}
