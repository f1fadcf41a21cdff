// Package daily does what nobody asks for: once a day it tells those who want it
// by e-mail what begins to be due. Each thing is told to each person once, all
// of a day in one letter. Until somebody switches it on nothing leaves the house.
package daily

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"kith.app/internal/agenda"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// The settings of the book under which mail is sent.
const (
	SettingOn       = "mail.on" // yes, or anything else for off
	SettingServer   = "mail.server"
	SettingPort     = "mail.port"
	SettingSecurity = "mail.security" // a Security
	SettingLogin    = "mail.login"
	SettingFrom     = "mail.from"
	SettingHour     = "mail.hour" // of the day from which reminders go
)

// Credential names the password of the mail server among the credentials.
const Credential = "mail"

// firstHour is when reminders go unless a setting says otherwise.
const firstHour = 7

// Letter is one e-mail.
type Letter struct {
	To, Subject, Text string
}

// Sender hands a letter to a mail server.
type Sender interface {
	Send(ctx context.Context, l Letter) error
}

// Clerk sees to what is due each day.
type Clerk struct {
	Book  *store.Book
	Words *locale.Catalogue
	Log   *slog.Logger
	// By makes the sender out of the settings; SMTP unless a test has its own.
	By func(Settings) Sender
}

// Run looks every few minutes whether the reminders of the day are due, until the
// context ends.
func (c *Clerk) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if sent, err := c.Remind(ctx); err != nil {
			c.Log.Error("send reminders", "error", err)
		} else if sent > 0 {
			c.Log.Info("reminders sent", "letters", sent)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Remind sends what is due today and was not told before, and gives how many
// letters went. One that a server refuses is tried again at the next round; it
// keeps nobody else's back.
func (c *Clerk) Remind(ctx context.Context) (sent int, err error) {
	if c.Book.Root() == 0 {
		return 0, nil
	}
	s, err := SettingsOf(ctx, c.Book)
	if err != nil || !s.On || c.Book.Now().Hour() < s.Hour {
		return 0, err
	}
	accounts, err := c.Book.Reminded(ctx)
	if err != nil {
		return 0, err
	}
	by := c.By
	if by == nil {
		by = func(s Settings) Sender { return smtp{s} }
	}
	sender := by(s)
	var failed error
	for _, a := range accounts {
		ok, err := c.remind(ctx, sender, a)
		if err != nil {
			// Neither name nor address enters the log.
			failed = fmt.Errorf("letter to account %d: %w", a.Account.ID, err)
			continue
		}
		if ok {
			sent++
		}
	}
	return sent, failed
}

// remind sends one person the letter of the day, when there is anything new.
func (c *Clerk) remind(ctx context.Context, sender Sender, a store.RemindedAccount) (bool, error) {
	actor, err := c.Book.Actor(ctx, a.Account)
	if err != nil || len(actor.Grants) == 0 {
		return false, err
	}
	view := c.Book.As(actor)
	today := view.Today()
	told, err := c.Book.ToldOn(ctx, a.Account.Person, today)
	if err != nil || told {
		return false, err
	}
	items, err := agenda.Of(ctx, view, occasion.Asked{Period: calendar.Period{From: today, To: today + 120}})
	if err != nil {
		return false, err
	}
	lang, ok := locale.Parse(a.Account.Lang)
	if !ok {
		lang = locale.Vi
	}
	notes := due(c.Words.In(lang), items, a.Account.Person, today, c.name(ctx, view, lang))
	fresh, err := c.Book.ClaimReminders(ctx, a.Account.Person, keys(notes), today)
	if err != nil || len(fresh) == 0 {
		return false, err
	}
	l := written(c.Words.In(lang), notes, fresh)
	l.To = a.Email
	if err := sender.Send(ctx, l); err != nil {
		return false, fmt.Errorf("%w%s", err, releasing(c.Book.ReleaseReminders(ctx, a.Account.Person, fresh)))
	}
	return true, c.Book.RemindersSent(ctx, a.Account.Person, fresh)
}

// releasing adds to a failure that it could not be taken back.
func releasing(err error) string {
	if err == nil {
		return ""
	}
	return "; release: " + err.Error()
}

// name says what bodies are called.
func (c *Clerk) name(ctx context.Context, view *store.View, lang locale.Lang) func(occasion.Duty) string {
	return func(d occasion.Duty) string {
		if d.To == 0 {
			return d.ToName
		}
		b, err := view.Body(ctx, d.To)
		if err != nil {
			return d.ToName
		}
		return b.NameOn(string(lang), view.Today())
	}
}

// note is one thing to be told, with the key under which it is told once.
type note struct {
	key  string
	line string
}

func keys(notes []note) []string {
	all := make([]string, len(notes))
	for i, n := range notes {
		all[i] = n.key
	}
	return all
}

// due lists what has begun to be due for a person: duties that are nobody's or
// theirs, and what of the book's own records comes up.
func due(to locale.Speaker, items []agenda.Item, who person.ID, today calendar.Day, name func(occasion.Duty) string) []note {
	var all []note
	for _, i := range items {
		if i.Opens() > today {
			continue
		}
		day := to.DateShort(calendar.OnDay(i.Day))
		for _, d := range i.Duties {
			if !d.Open() || d.Keeper != 0 && d.Keeper != who {
				continue
			}
			key := strings.Join([]string{i.Key(), string(d.Do), strconv.FormatInt(int64(d.To), 10), d.ToName}, "/")
			what := to.Say("calendar.do.to", to.Say("occasion.do."+string(d.Do)), name(d))
			all = append(all, note{key, to.Say("mail.line.duty", day, i.Title(to), what, to.DateShort(calendar.OnDay(d.Due())))})
		}
		if !i.Kind.IsFeast() && i.Kind != occasion.Planned {
			all = append(all, note{i.Key(), to.Say("mail.line", day, i.Title(to))})
		}
	}
	return all
}

// written puts the notes that are new into one letter.
func written(to locale.Speaker, notes []note, fresh []string) Letter {
	isFresh := map[string]bool{}
	for _, k := range fresh {
		isFresh[k] = true
	}
	lines := []string{to.Say("mail.begin"), ""}
	for _, n := range notes {
		if isFresh[n.key] {
			lines = append(lines, "- "+n.line)
		}
	}
	lines = append(lines, "", to.Say("mail.end"))
	return Letter{Subject: to.Say("mail.subject", len(fresh)), Text: strings.Join(lines, "\r\n") + "\r\n"}
}
