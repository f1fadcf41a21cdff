package agenda

import (
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-vcard"

	"kith.app/internal/text"
)

// Person is somebody as an address book has them.
type Person struct {
	ID       string // the same for ever
	Name     string
	Phone    string
	Email    string
	Address  string
	Titles   []string // of the offices held today
	Bodies   []string // at which they are held, in the same order
	Revision int64
}

// Card is a person as a card of version 3, which telephones read.
func Card(p Person) vcard.Card {
	n := text.SplitName(p.Name)
	c := vcard.Card{}
	c.SetValue(vcard.FieldVersion, "3.0")
	c.SetValue(vcard.FieldUID, p.ID)
	c.SetValue(vcard.FieldFormattedName, p.Name)
	c.SetName(&vcard.Name{FamilyName: n.Family, GivenName: n.Given, AdditionalName: n.Middle})
	if p.Phone != "" {
		c.Add(vcard.FieldTelephone, &vcard.Field{Value: p.Phone, Params: vcard.Params{vcard.ParamType: {"CELL"}}})
	}
	if p.Email != "" {
		c.SetValue(vcard.FieldEmail, p.Email)
	}
	if p.Address != "" {
		c.AddAddress(&vcard.Address{StreetAddress: p.Address})
	}
	if len(p.Titles) > 0 {
		c.SetValue(vcard.FieldTitle, strings.Join(p.Titles, ", "))
		c.SetValue(vcard.FieldOrganization, strings.Join(p.Bodies, ", "))
	}
	return c
}

// CardTag changes when what the card says does.
func CardTag(p Person) string {
	h := hashed()
	io.WriteString(h, strings.Join(append([]string{p.Name, p.Phone, p.Email, p.Address}, append(p.Titles, p.Bodies...)...), "\n")) //nolint:errcheck // a hash takes everything
	return fmt.Sprintf("%d-%016x", p.Revision, h.Sum64())
}
