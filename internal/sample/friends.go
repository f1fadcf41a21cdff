package sample

import (
	"context"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// guestOf enters an invented friend abroad, with how they are addressed and named.
func (b *builder) guestOf(ctx context.Context, tx *store.Tx, home body.ID, p union.Protocol, name string) (person.ID, error) {
	who, err := person.Enrol(ctx, tx, b.by, person.Person{Body: home, Name: name, Consent: person.Unasked}, nil)
	if err != nil {
		return 0, err
	}
	p.Person, p.Friend = who.ID, true
	return who.ID, union.Receive(ctx, tx, b.by, p, 0)
}

// yearOfCambodia is a year of the association of Hải Phòng, drawn up to show how
// one without a budget looks: its visits, the young, students and their families,
// whom it knows at the embassy, a branch that changed its chair.
func (b *builder) yearOfCambodia(ctx context.Context) error {
	return b.write(ctx, "vào sổ việc năm 2026 của Hội Hữu nghị Việt Nam – Campuchia thành phố Hải Phòng", func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.BodyByCode(ctx, CambodiaCode)
		if err != nil {
			return err
		}
		for _, d := range cambodiaDeeds() {
			d.Body, d.Source = a.ID, form
			posted, err := deed.Post(ctx, tx, b.by, d)
			if err != nil {
				return err
			}
			if d.Kind != "student-exchange" {
				continue
			}
			if _, err := union.Describe(ctx, tx, b.by, union.Activity{Deed: posted.ID, Part: union.Chaired, Countries: []string{"KH"}}, 0); err != nil {
				return err
			}
		}
		s, err := union.Enter(ctx, tx, b.by, union.Scholar{
			Body: a.ID, Name: "Dara (minh họa)", Country: "KH", School: "Trường Đại học Hàng hải Việt Nam", From: calendar.InMonth(2025, time.September), Family: "Gia đình ông Phạm Văn Mẫu", Hosted: calendar.InYear(2025),
		}, 0)
		if err != nil {
			return err
		}
		if _, err := union.Pay(ctx, tx, b.by, s.ID, union.Payment{Year: 2025, Day: calendar.DayOf(2025, time.October, 2), Amount: money.Of(3_000_000, money.VND), Note: "minh họa"}); err != nil {
			return err
		}
		if err := b.atEmbassy(ctx, tx, a.ID); err != nil {
			return err
		}
		return b.chairChanged(ctx, tx)
	})
}

func cambodiaDeeds() []deed.Deed {
	given := func(n int64) []deed.Line {
		return []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Money, Currency: money.VND, Quantity: n}}
	}
	well := []deed.Party{{Role: deed.Giver, Name: "Hội viên tự nguyện đóng góp (minh họa)"}}
	return []deed.Deed{
		{Kind: "student-exchange", Status: deed.Done, Day: calendar.On(2026, time.April, 12), Title: "Giao lưu thanh niên, sinh viên Việt Nam – Campuchia nhân Tết Chol Chnam Thmay (minh họa)", Parties: well, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: 120, Qualifier: deed.Over}}},
		{Kind: "sick-visit", Status: deed.Done, Day: calendar.On(2026, time.March, 9), Title: "Thăm hội viên ốm nằm viện (minh họa)", Parties: well, Lines: given(500_000)},
		{Kind: "sick-visit", Status: deed.Done, Day: calendar.On(2026, time.August, 20), Title: "Thăm hội viên mổ tim (minh họa)", Parties: well, Lines: given(700_000)},
		{Kind: "condolence", Status: deed.Done, Day: calendar.On(2026, time.June, 2), Title: "Viếng hội viên qua đời (minh họa)", Parties: well, Lines: given(500_000)},
	}
}

// atEmbassy is whom the association knows at the embassy of Cambodia, invented.
func (b *builder) atEmbassy(ctx context.Context, tx *store.Tx, a body.ID) error {
	embassy, err := body.Found(ctx, tx, body.Body{Code: "dai-su-quan-campuchia", Kind: body.Authority, Names: names3("Đại sứ quán Campuchia tại Hà Nội", "Embassy of Cambodia in Hanoi", "Ambassade du Cambodge à Hanoï")})
	if err != nil {
		return err
	}
	if err := union.Locate(ctx, tx, b.by, embassy.ID, "KH"); err != nil {
		return err
	}
	who, err := b.guestOf(ctx, tx, a, union.Protocol{
		Precedence: 2, Country: "KH", Other: embassy.ID, Script: "ជា សុផល",
		Address: map[string]string{"vi": "Ngài", "en": "Mr", "fr": "Monsieur"}, Title: map[string]string{"vi": "Bí thư thứ nhất (minh họa)", "en": "First Secretary (illustration)", "fr": "Premier secrétaire (illustration)"},
	}, "Chea Sophal")
	if err != nil {
		return err
	}
	_, err = person.Assign(ctx, tx, b.by, person.Station{Person: who, Body: embassy.ID, Title: "Bí thư thứ nhất", From: calendar.InYear(2024)})
	return err
}

// chairChanged has the branch of Lê Chân change its chair, who hands over the seal.
func (b *builder) chairChanged(ctx context.Context, tx *store.Tx) error {
	branch, err := tx.BodyByCode(ctx, "viet-campuchia-le-chan")
	if err != nil {
		return err
	}
	offices, err := tx.OfficesAt(ctx, branch.ID)
	if err != nil {
		return err
	}
	for _, o := range offices {
		held, err := tx.HoldingsOf(ctx, o.ID)
		if err != nil {
			return err
		}
		for _, h := range held {
			if o.Kind != string(access.Head) {
				continue
			}
			heir, err := person.Enrol(ctx, tx, b.by, person.Person{Body: branch.ID, Name: b.names.full(person.Male), Sex: person.Male, Birth: calendar.InYear(1962), Consent: person.Unasked},
				&person.Membership{Body: branch.ID, Number: "VC098", Category: person.Full, Joined: calendar.InYear(2010), Lasts: true})
			if err != nil {
				return err
			}
			day := calendar.DayOf(2026, time.September, 5)
			_, err = office.HandOver(ctx, tx, b.by, office.Handover{Holding: h.ID, Taker: heir.ID, Day: day, Since: day + 1, Things: "1 con dấu chi hội, 1 sổ hội viên, 1 sổ thăm hỏi", Note: "minh họa"})
			return err
		}
	}
	return nil
}
