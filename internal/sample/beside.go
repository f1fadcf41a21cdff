package sample

import (
	"context"
	"fmt"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/reform"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// The organisations of the sample beside the association: each has an officer who
// can sign in and sees its own pages only. Facts come from what was published;
// the people are invented.
const (
	UnionCode    = "binh-duong-friendship-union"
	CambodiaCode = "hai-phong-viet-nam-cambodia"
	TwinsCode    = "tho-xuan-que-son"
)

// names3 are names in the three languages for all time.
func names3(vi, en, fr string) []body.Name {
	return []body.Name{named("vi", vi, "", false), named("en", en, "", false), named("fr", fr, "", false)}
}

// held makes the administrative unit of a handle a body of the book.
func (b *builder) held(ctx context.Context, tx *store.Tx, handle string) (body.Body, error) {
	id, ok := b.places.ByHandle(handle)
	if !ok {
		return body.Body{}, fmt.Errorf("no unit %q", handle)
	}
	return body.Hold(ctx, tx, b.places, id)
}

// officer sets up one office in an organisation and gives its holder an account.
type officer struct {
	login, title string
	kind         access.OfficeKind
	at           body.ID
	from, ended  calendar.Date
	planned      calendar.Date
	sex          person.Sex
	birth        int
}

func (b *builder) seat(ctx context.Context, tx *store.Tx, o officer) (person.ID, error) {
	p, err := person.Enrol(ctx, tx, b.by, person.Person{
		Body: o.at, Name: b.names.full(o.sex), Sex: o.sex, Birth: calendar.InYear(o.birth), Consent: person.Unasked,
	}, nil)
	if err != nil {
		return 0, err
	}
	office, err := person.Create(ctx, tx, b.by, person.Office{Body: o.at, Kind: string(o.kind), Title: o.title, Board: "executive", Seats: 1, Rank: 1, Since: calendar.Earliest})
	if err != nil {
		return 0, err
	}
	h := person.Holding{Office: office.ID, Person: p.ID, From: o.from, PlannedEnd: o.planned, ActualEnd: o.ended}
	if _, err := person.Appoint(ctx, tx, b.by, h); err != nil {
		return 0, err
	}
	if o.login == "" {
		return p.ID, nil
	}
	hash, err := access.HashPassword(Password)
	if err != nil {
		return 0, err
	}
	b.posts[o.login] = p.ID
	_, err = store.Admit(ctx, tx, store.Account{Login: o.login, Person: p.ID, Hash: hash, Lang: "vi"})
	return p.ID, err
}

// abroad founds a locality of another country.
func abroad(ctx context.Context, tx *store.Tx, country string, names []body.Name) (body.Body, error) {
	b := body.Body{Kind: body.Locality, Names: names}
	for _, n := range names {
		if n.Lang == "en" {
			b.Code = body.CodeFrom(n.Full)
		}
	}
	found, err := body.Found(ctx, tx, b)
	if err != nil {
		return body.Body{}, err
	}
	return found, union.Locate(ctx, tx, access.Operator("Kith"), found.ID, country)
}

// provinceOn is the province of a code on the day before the reform.
func (b *builder) provinceOn(ctx context.Context, tx *store.Tx, code string) (body.Body, error) {
	id, err := b.places.ByCode(place.Province, code, calendar.DayOf(2025, 6, 30))
	if err != nil {
		return body.Body{}, err
	}
	return body.Hold(ctx, tx, b.places, id)
}

// reform plays the reform of 2025 for the units that the book holds: ties and seats
// of those that ended are left to be settled.
func (b *builder) reform(ctx context.Context) error {
	player := &reform.Player{Map: b.places, By: b.by, Write: b.book.ReformWriter(store.Writing{By: b.by, Why: "sắp xếp đơn vị hành chính năm 2025"})}
	_, err := player.Apply(ctx, reform.VietNam2025, true)
	return err
}
