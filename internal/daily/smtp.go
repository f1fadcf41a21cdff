package daily

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"kith.app/internal/store"
)

// Security is how a connection to a mail server is kept from others.
type Security string

// The ways.
const (
	StartTLS Security = "starttls" // begins open, turns secret, or is broken off
	TLS      Security = "tls"      // secret from the first byte
	Open     Security = "none"     // for a server on the same machine only
)

// Securities lists the ways in the order in which forms offer them.
func Securities() []Security { return []Security{StartTLS, TLS, Open} }

// Settings are how mail is sent.
type Settings struct {
	On       bool
	Server   string
	Port     int
	Security Security
	Login    string
	Password string
	From     string
	Hour     int
}

// SettingsOf reads how a book sends mail.
func SettingsOf(ctx context.Context, b *store.Book) (Settings, error) {
	set, err := b.BookSettings(ctx, "mail.")
	if err != nil {
		return Settings{}, err
	}
	s := Settings{
		On: set[SettingOn] == "yes", Server: set[SettingServer], Security: cmp.Or(Security(set[SettingSecurity]), StartTLS), Login: set[SettingLogin], From: set[SettingFrom],
		Port: number(set[SettingPort], 587), Hour: number(set[SettingHour], firstHour),
	}
	s.Password, err = b.Credential(ctx, Credential)
	return s, err
}

func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return otherwise
}

// errAddress stands for an address that cannot be one: which, nobody is told.
var errAddress = errors.New("not an address")

// patience is how long a mail server may take to answer.
const patience = 20 * time.Second

// smtp hands letters to a mail server.
type smtp struct{ Settings }

// SMTP sends by the server that the settings name.
func SMTP(s Settings) Sender { return smtp{s} }

// Send hands one letter to the server.
func (s smtp) Send(ctx context.Context, l Letter) error {
	m := mail.NewMsg()
	if err := m.From(s.From); err != nil {
		return fmt.Errorf("sender of mail: %w", err)
	}
	if err := m.To(l.To); err != nil {
		return fmt.Errorf("addressee of mail: %w", errAddress)
	}
	m.Subject(l.Subject)
	m.SetDate()
	m.SetMessageID()
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(patience)}
	switch s.Security {
	case TLS:
		options = append(options, mail.WithSSL())
	case Open:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case StartTLS:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.Login != "" {
		options = append(options, mail.WithUsername(s.Login), mail.WithPassword(s.Password))
		if s.Security == Open {
			options = append(options, mail.WithSMTPAuth(mail.SMTPAuthPlainNoEnc))
		} else {
			options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover))
		}
	}
	client, err := mail.NewClient(s.Server, options...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	return nameless(client.DialAndSendWithContext(ctx, m))
}

// nameless tells why a letter was not taken without telling whose it was: what a
// server answers often repeats the address, and errors enter the log.
func nameless(err error) error {
	var refused *mail.SendError
	if errors.As(err, &refused) {
		return fmt.Errorf("hand over mail: %s (code %d)", refused.Reason, refused.ErrorCode())
	}
	if err != nil {
		return fmt.Errorf("hand over mail: %w", err)
	}
	return nil
}
