package sample

import (
	"context"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// cambodiaNews told how many members the Viet Nam–Cambodia association had.
var cambodiaNews = source.Source{Kind: source.Article, Title: "Thời Đại: Hội Hữu nghị Việt Nam – Campuchia tỉnh Bình Dương tăng cường hợp tác với hai tỉnh kết nghĩa Kratié và Kandal", Where: "thoidai.com.vn", Day: "2019"}

// registers are what the union keeps beside its activities: terms and the figures
// of the associations as published, the programme of the Mekong with its twelfth
// edition, the medal; and, as illustrations, scholars, a grant and interpreters.
func (b *builder) registers(ctx context.Context) error {
	return b.write(ctx, "vào các sổ đối ngoại", func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.BodyByCode(ctx, UnionCode)
		if err != nil {
			return err
		}
		for _, job := range []func(context.Context, *store.Tx, body.ID) error{b.unionTerms, b.mekong, b.scholars, b.interpreters} {
			if err := job(ctx, tx, u.ID); err != nil {
				return err
			}
		}
		_, err = union.Enter(ctx, tx, b.by, union.Award{
			Body: u.ID, Name: "Tỉnh Bình Dương", Title: "Huân chương Lao động hạng Nhất", By: "Chủ tịch nước CHDCND Lào", Country: "LA", Day: calendar.InMonth(2025, time.January), State: "granted", Grade: contest.Grade{Level: contest.OfAbroad, Form: contest.AnOrder},
		}, 0)
		return err
	})
}

// unionTerms are the terms of the union and its associations as they were told.
func (b *builder) unionTerms(ctx context.Context, tx *store.Tx, _ body.ID) error {
	year := calendar.InYear
	for _, t := range []struct {
		code          string
		n             int
		from, planned calendar.Date
	}{
		{UnionCode, 2, year(2020), year(2025)},
		{"hoi-huu-nghi-viet-campuchia-binh-duong", 3, year(2019), year(2024)},
		{"hoi-huu-nghi-viet-nhat-binh-duong", 1, year(2018), year(2023)},
		{"hoi-huu-nghi-viet-han-binh-duong", 2, calendar.On(2022, time.May, 10), year(2027)},
		{"hoi-huu-nghi-viet-ha-lan-binh-duong", 1, calendar.On(2023, time.June, 9), year(2028)},
	} {
		of, err := tx.BodyByCode(ctx, t.code)
		if err != nil {
			return err
		}
		if _, err := union.Hold(ctx, tx, b.by, union.Term{Body: of.ID, N: t.n, From: t.from, Planned: t.planned}, 0); err != nil {
			return err
		}
	}
	cambodia, err := tx.BodyByCode(ctx, "hoi-huu-nghi-viet-campuchia-binh-duong")
	if err != nil {
		return err
	}
	_, err = deed.State(ctx, tx, b.by, deed.Stated{Body: cambodia.ID, Measure: "Hội viên", Day: year(2019), Quantity: 796, Source: cambodiaNews})
	return err
}

// mekong is the programme of students of three countries; of its editions the
// twelfth is told.
func (b *builder) mekong(ctx context.Context, tx *store.Tx, u body.ID) error {
	p, err := union.Enter(ctx, tx, b.by, union.Programme{Body: u, Name: "Chung dòng Mekong", English: "Sharing the Mekong", French: "Au fil du Mékong"}, 0)
	if err != nil {
		return err
	}
	d, err := tx.Deed(ctx, b.twelfth)
	if err != nil {
		return err
	}
	d.Programme = p.ID
	_, err = deed.Correct(ctx, tx, b.by, d, d.Revision)
	return err
}

// scholars are students and a grant, drawn up to show the registers.
func (b *builder) scholars(ctx context.Context, tx *store.Tx, u body.ID) error {
	for _, s := range []union.Scholar{
		{Name: "Khamla (minh họa)", Country: "LA", School: "Trường Sĩ quan Công binh", From: calendar.InMonth(2023, time.September), Yearly: money.Of(12_000_000, money.VND), Family: "Gia đình ông Nguyễn Văn Mẫu", Hosted: calendar.InYear(2024)},
		{Name: "Sokha (minh họa)", Country: "KH", School: "Trường Sĩ quan Công binh", From: calendar.InMonth(2024, time.September), Yearly: money.Of(12_000_000, money.VND)},
	} {
		s.Body = u
		kept, err := union.Enter(ctx, tx, b.by, s, 0)
		if err != nil {
			return err
		}
		if err := b.supported(ctx, tx, kept); err != nil {
			return err
		}
	}
	_, err := union.Grant(ctx, tx, b.by, union.Aid{
		Body: u, Donor: "Tổ chức Nước Sạch (minh họa)", Country: "NL", Title: "Nước sạch cho trường học", Field: "Nước sạch, vệ sinh", Place: "Dầu Tiếng", Approval: "1520/QĐ-UBND",
		Approved: calendar.On(2024, time.June, 3), From: calendar.InMonth(2024, time.July), Until: calendar.InMonth(2026, time.June),
		Pledged: money.Of(1_200_000_000, money.VND), Paid: money.Of(780_000_000, money.VND), Kind: money.Of(150_000_000, money.VND), Due: calendar.DayOf(2026, time.July, 31),
	}, 0)
	return err
}

// supported is what an invented scholar was given each year, and the second
// family of the first.
func (b *builder) supported(ctx context.Context, tx *store.Tx, s union.Scholar) error {
	from, _ := s.From.First()
	for year := from.Year(); year <= 2026; year++ {
		if _, err := union.Pay(ctx, tx, b.by, s.ID, union.Payment{Year: year, Day: calendar.DayOf(year, time.October, 15), Amount: s.Yearly, Note: "minh họa"}); err != nil {
			return err
		}
	}
	if s.Family == "" {
		return nil
	}
	_, err := union.Lodge(ctx, tx, b.by, s.ID, union.Hosting{Family: "Gia đình bà Trần Thị Mơ", During: calendar.InYear(2026), Note: "minh họa"})
	return err
}

// interpreters are invented people who speak the languages of the neighbours.
func (b *builder) interpreters(ctx context.Context, tx *store.Tx, u body.ID) error {
	for i, lang := range []string{"lo", "km", "ko"} {
		p, err := person.Enrol(ctx, tx, b.by, person.Person{Body: u, Name: b.names.full(person.Female), Sex: person.Female, Birth: calendar.InYear(1985 + 3*i), Phone: "0900 001 00" + string(rune('1'+i)), Consent: person.Unasked}, nil)
		if err != nil {
			return err
		}
		if err := union.Receive(ctx, tx, b.by, union.Protocol{Person: p.ID, Tongues: []union.Tongue{{Lang: lang, Interprets: true}, {Lang: "en"}}}, 0); err != nil {
			return err
		}
	}
	return nil
}
