package union

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Tongue is a language that somebody speaks.
type Tongue struct {
	Lang       string `json:"lang"`
	Interprets bool   `json:"interprets,omitempty"`
}

// Protocol is how somebody is addressed and seated, and how they are named in
// their own script.
type Protocol struct {
	Person     person.ID         `json:"person"`
	Body       body.ID           `json:"body"` // that keeps the person's record
	Precedence int64             `json:"precedence,omitempty"`
	Friend     bool              `json:"friend,omitempty"`
	Other      body.ID           `json:"other,omitempty"`
	Country    string            `json:"country,omitempty"`
	Script     string            `json:"script,omitempty"` // the name in its own script
	Address    map[string]string `json:"address,omitempty"`
	Title      map[string]string `json:"title,omitempty"` // position, by language
	Tongues    []Tongue          `json:"tongues,omitempty"`
	Note       string            `json:"note,omitempty"`
	Revision   int64             `json:"revision"`
}

// Called names somebody in a language with the form of address that is theirs:
// "Ngài Sivixay Phomma", "His Excellency Sivixay Phomma".
func (p Protocol) Called(lang, name string) string {
	return strings.TrimSpace(p.Address[lang] + " " + name)
}

// Beside gives a name with the same in its own script beside it.
func (p Protocol) Beside(name string) string {
	if p.Script == "" || name == "" {
		return name
	}
	return name + " (" + p.Script + ")"
}

// Rank orders by precedence: 1 is first, those without any come last.
func (p Protocol) Rank() int64 {
	if p.Precedence == 0 {
		return 1 << 30
	}
	return p.Precedence
}

// ProtocolTx is what protocol needs of a transaction.
type ProtocolTx interface {
	Person(ctx context.Context, id person.ID) (person.Person, error)
	Protocol(ctx context.Context, id person.ID) (Protocol, error)
	SaveProtocol(ctx context.Context, p Protocol) error
}

// Receive writes how somebody is addressed, seated and named. based is the
// revision the actor saw, 0 where nothing was written yet.
func Receive(ctx context.Context, tx ProtocolTx, by access.Actor, p Protocol, based int64) error {
	who, err := tx.Person(ctx, p.Person)
	if err != nil {
		return err
	}
	if err := by.May(access.KeepRoll, who.Body); err != nil {
		return err
	}
	if p.Precedence < 0 || p.Precedence > 100000 {
		return fault.Field("precedence", "protocol.precedence.range")
	}
	if err := checkCountry(p.Country); err != nil {
		return err
	}
	before, err := tx.Protocol(ctx, p.Person)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if before.Revision != based {
		return fault.Outdated("common.outdated")
	}
	p.Body, p.Revision = who.Body, based+1
	return tx.SaveProtocol(ctx, p)
}
