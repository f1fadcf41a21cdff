package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/occasion"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// veteranBranches are branches of the association of Hải Phòng, drawn up to show
// how a roll by branch looks: which ones it has is not published.
var veteranBranches = []struct {
	code, vi, en, fr, seat string
	people                 int
}{
	{"viet-campuchia-ngo-quyen", "Chi hội quận Ngô Quyền (minh họa)", "Branch of Ngo Quyen (illustration)", "Section de Ngo Quyen (illustration)", "phuong-ngo-quien-hai-phong", 9},
	{"viet-campuchia-le-chan", "Chi hội quận Lê Chân (minh họa)", "Branch of Le Chan (illustration)", "Section de Le Chan (illustration)", "phuong-le-chan-hai-phong", 8},
	{"viet-campuchia-thuy-nguyen", "Chi hội huyện Thủy Nguyên (minh họa)", "Branch of Thuy Nguyen (illustration)", "Section de Thuy Nguyen (illustration)", "phuong-thuy-nguyen-hai-phong", 7},
}

// veterans are the roll of the association of Hải Phòng and its year: former
// experts and volunteer soldiers, whom it visits on 27 July.
func (b *builder) veterans(ctx context.Context) error {
	err := b.write(ctx, "vào sổ hội viên Hội Hữu nghị Việt Nam – Campuchia thành phố Hải Phòng", func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.BodyByCode(ctx, CambodiaCode)
		if err != nil {
			return err
		}
		if err := tx.SetSetting(ctx, a.ID, occasion.SettingCountries, "KH"); err != nil {
			return err
		}
		number := 0
		for _, v := range veteranBranches {
			seat, ok := b.places.ByHandle(v.seat)
			if !ok {
				return fmt.Errorf("no unit %q", v.seat)
			}
			branch, err := body.Found(ctx, tx, body.Body{Code: v.code, Kind: body.Branch, Parent: a.ID, Seat: int64(seat), Names: names3(v.vi, v.en, v.fr)})
			if err != nil {
				return err
			}
			var visited []deed.Party
			for i := range v.people {
				number++
				p, err := b.veteran(ctx, tx, branch.ID, int64(seat), number, i)
				if err != nil {
					return err
				}
				if i%4 == 0 {
					visited = append(visited, deed.Party{Role: deed.Receiver, Person: p})
				}
				if i == 0 {
					if err := b.headOf(ctx, tx, branch.ID, p); err != nil {
						return err
					}
				}
			}
			if err := b.visits(ctx, tx, branch.ID, visited); err != nil {
				return err
			}
		}
		if err := b.afar(ctx, tx, a.ID, number); err != nil {
			return err
		}
		return b.larges(ctx, tx, a.ID)
	})
	if err != nil {
		return err
	}
	return b.yearOfCambodia(ctx)
}

// afar are members of the association itself who live in wards without a branch.
func (b *builder) afar(ctx context.Context, tx *store.Tx, a body.ID, number int) error {
	for i, handle := range []string{"phuong-hong-bang-hai-phong", "phuong-hong-bang-hai-phong", "phuong-hong-bang-hai-phong", "phuong-an-bien-hai-phong", "phuong-an-bien-hai-phong", "phuong-an-bien-hai-phong", "phuong-an-bien-hai-phong"} {
		unit, ok := b.places.ByHandle(handle)
		if !ok {
			return fmt.Errorf("no unit %q", handle)
		}
		if _, err := b.veteran(ctx, tx, a, int64(unit), number+i+1, i+2); err != nil {
			return err
		}
	}
	return nil
}

// larges are some wards of the city that the illustration takes for large, and a
// rule that finds one more: three members or more live there.
func (b *builder) larges(ctx context.Context, tx *store.Tx, a body.ID) error {
	city, err := b.places.ByCode(place.Province, "31", b.today())
	if err != nil {
		return err
	}
	if err := union.SetLargeRule(ctx, tx, b.by, a, union.LargeRule{In: int64(city), Kind: "place.ward", Members: 3}); err != nil {
		return err
	}
	for _, handle := range []string{"phuong-ngo-quien-hai-phong", "phuong-le-chan-hai-phong", "phuong-thuy-nguyen-hai-phong", "phuong-hong-bang-hai-phong", "phuong-hai-an-hai-phong"} {
		unit, ok := b.places.ByHandle(handle)
		if !ok {
			return fmt.Errorf("no unit %q", handle)
		}
		l := union.Large{Body: a, Place: int64(unit), Name: b.places.NameOn(unit, b.today()), Why: "minh họa"}
		if _, err := union.Enter(ctx, tx, b.by, l, 0); err != nil {
			return err
		}
	}
	return nil
}

// veteran enrols one invented member with the years in Cambodia: when is invented,
// where is not told.
func (b *builder) veteran(ctx context.Context, tx *store.Tx, branch body.ID, home int64, number, i int) (person.ID, error) {
	s := union.Service{Body: branch, As: union.Volunteer, Country: "KH", From: calendar.InYear(1978 + i%6), Until: calendar.InYear(1982 + i%6), Medal: union.HasIt, Benefit: union.HasIt, Note: "minh họa"}
	if i%3 == 2 {
		s.As = union.Expert
	}
	switch i % 7 {
	case 3:
		s.Medal = union.HasNot
	case 4:
		s.Benefit = union.HasAsked
	case 5:
		s.Medal, s.Benefit = union.HasUnasked, union.HasUnasked
	}
	sex := person.Male
	if i%5 == 4 {
		sex = person.Female
	}
	p, err := person.Enrol(ctx, tx, b.by, person.Person{
		Body: branch, Name: b.names.full(sex), Sex: sex, Birth: calendar.InYear(1953 + i), Consent: person.Unasked,
		Residence: home,
	}, &person.Membership{
		Body: branch, Number: fmt.Sprintf("VC%03d", number), Category: person.Full, Joined: calendar.InYear(2005 + i), Lasts: true,
	})
	if err != nil {
		return 0, err
	}
	s.Person = p.ID
	if _, err = union.Enter(ctx, tx, b.by, s, 0); err != nil || i != 6 {
		return p.ID, err
	}
	return p.ID, person.Die(ctx, tx, b.by, p.ID, calendar.InYear(2025))
}

// visits are what a branch did on 27 July 2026 and means to do on 7 January.
func (b *builder) visits(ctx context.Context, tx *store.Tx, branch body.ID, who []deed.Party) error {
	for _, d := range []deed.Deed{
		{
			Kind: "gift", Status: deed.Done, Day: calendar.On(2026, time.July, 27), Title: "Thăm, tặng quà hội viên thương binh, gia đình liệt sĩ ngày 27/7",
			Parties: who, Lines: []deed.Line{{Unit: deed.Things, Quantity: int64(len(who)), Item: "suất quà"}, {Unit: deed.Money, Currency: money.VND, Quantity: int64(len(who)) * 500_000}},
		},
		{Kind: "gift", Status: deed.Planned, Day: calendar.On(2027, time.January, 7), Title: "Thăm hội viên cao tuổi nhân ngày 7/1", Parties: who},
	} {
		d.Body, d.Source = branch, form
		if _, err := deed.Post(ctx, tx, b.by, d); err != nil {
			return err
		}
	}
	return nil
}

// boards are seats of member associations of the union as far as they are told,
// with invented holders: the board of fifteen of the Viet Nam–Japan association.
func (b *builder) boards(ctx context.Context) error {
	return b.write(ctx, "vào sổ ban chấp hành các hội thành viên", func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.BodyByCode(ctx, "hoi-huu-nghi-viet-nhat-binh-duong")
		if err != nil {
			return err
		}
		for i, s := range []struct {
			kind        access.OfficeKind
			seats, held int
		}{{access.Head, 1, 1}, {access.Deputy, 2, 2}, {access.Secretary, 1, 1}, {access.Member, 11, 9}} {
			o, err := person.Create(ctx, tx, b.by, person.Office{Body: a.ID, Kind: string(s.kind), Board: "executive", Seats: s.seats, Rank: i + 1, Since: calendar.DayOf(2018, time.January, 1)})
			if err != nil {
				return err
			}
			for n := range s.held {
				p, err := person.Enrol(ctx, tx, b.by, person.Person{Body: a.ID, Name: b.names.full(person.Male), Sex: person.Male, Birth: calendar.InYear(1960 + 2*n), Consent: person.Unasked}, nil)
				if err != nil {
					return err
				}
				h := person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2018), PlannedEnd: calendar.InYear(2023)}
				if _, err := person.Appoint(ctx, tx, b.by, h); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
