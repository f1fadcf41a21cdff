package sample

import (
	"context"
	"time"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// shownVisit is a delegation drawn up to show the register at work: what
// delegations the union had after the article of 2025 is not published.
type shownVisit struct {
	kind, title, tie string
	from, to         calendar.Day
	people           int64
	head             string
	kratie           bool // led by the friend of Kratié
	visit            delegation.Visit
	gift             delegation.Gift
}

func shownVisits() []shownVisit {
	day := calendar.DayOf
	dong := func(n int64) money.Amount { return money.Of(n, money.VND) }
	return []shownVisit{
		{
			delegation.KindOut, "Đoàn Liên hiệp thăm, làm việc tại Champasak (minh họa)", "binh-duong-champasak", day(2025, time.May, 12), day(2025, time.May, 15), 6, "Trưởng đoàn của Liên hiệp", false,
			delegation.Visit{
				Purpose: "Trao đổi kế hoạch giao lưu thanh niên", Level: delegation.Organisation, ReportDue: day(2025, time.May, 30), ReportDone: day(2025, time.May, 27), Report: "18/BC-LHHN", ThanksSent: day(2025, time.May, 20), Thanks: "25/LHHN",
				Permission: delegation.Paper{From: "Tỉnh ủy", Number: "210-CV/TU", Day: calendar.On(2025, time.April, 28)},
				Costs:      []delegation.Cost{{Kind: "travel", Payer: delegation.Ours, Amount: dong(48_000_000)}, {Kind: "stay", Payer: delegation.Theirs, Name: "Tỉnh Champasak"}},
			},
			delegation.Gift{Way: delegation.Given, Item: "Tranh sơn mài Tương Bình Hiệp", Count: 1, Value: dong(2_500_000), Level: delegation.Province},
		},
		{
			delegation.KindIn, "Đoàn thành phố Daejeon thăm nhân 21 năm quan hệ hữu nghị (minh họa)", "binh-duong-daejeon", day(2026, time.May, 18), day(2026, time.May, 20), 8, "Trưởng đoàn thành phố Daejeon", false,
			delegation.Visit{
				Purpose: "Giao lưu văn hóa, giới thiệu chương trình học bổng", Level: delegation.Department, ReportDue: day(2026, time.June, 5), ThanksDue: day(2026, time.May, 30), ThanksSent: day(2026, time.May, 26),
				Receptions: []delegation.Reception{{HostName: "Thường trực Liên hiệp", Level: delegation.Organisation, Day: day(2026, time.May, 18), Where: "Trụ sở Liên hiệp"}},
				Costs:      []delegation.Cost{{Kind: "meals", Payer: delegation.Ours, Amount: dong(12_600_000)}, {Kind: "travel", Payer: delegation.Theirs, Name: "Thành phố Daejeon"}},
			},
			delegation.Gift{Way: delegation.Received, Item: "Bình gốm men ngọc", Count: 1, Level: delegation.Department, Place: "Tủ trưng bày, phòng họp tầng 2"},
		},
		{
			delegation.KindIn, "Đoàn tỉnh Kratié thăm, trao đổi về lưu học sinh (minh họa)", "binh-duong-kratie", day(2026, time.October, 12), day(2026, time.October, 13), 5, "Trưởng đoàn tỉnh Kratié", true,
			delegation.Visit{
				Purpose: "Trao đổi về lưu học sinh Campuchia", Level: delegation.Province, ReportDue: day(2026, time.November, 30),
				Promises: []delegation.Promise{
					{Text: "Gửi danh sách lưu học sinh năm học 2027–2028", Due: calendar.InMonth(2027, time.March)},
					{Text: "Giới thiệu thêm gia đình đỡ đầu cho lưu học sinh Kratié", Ours: true, Due: calendar.InMonth(2026, time.December)},
				},
				Receptions: []delegation.Reception{{HostName: "Chủ tịch Liên hiệp", Level: delegation.Organisation, Day: day(2026, time.October, 12), Where: "Trụ sở Liên hiệp"}},
				Costs:      []delegation.Cost{{Kind: "meals", Payer: delegation.Ours, Amount: dong(8_400_000)}},
			},
			delegation.Gift{Way: delegation.Received, Item: "Khăn krama dệt tay", Count: 10, Level: delegation.Province, Place: "Kho Văn phòng"},
		},
	}
}

// delegations enters those visits with their gifts.
func (b *builder) delegations(ctx context.Context) error {
	return b.write(ctx, "vào sổ đoàn ra, đoàn vào", func(ctx context.Context, tx *store.Tx) error {
		u, err := tx.BodyByCode(ctx, UnionCode)
		if err != nil {
			return err
		}
		if _, err := delegation.SetLimit(ctx, tx, b.by, delegation.Limit{Body: u.ID, Amount: money.Of(3_000_000, money.VND), Since: calendar.DayOf(2020, time.January, 1), Until: calendar.Latest}); err != nil {
			return err
		}
		if err := delegation.SetDue(ctx, tx, b.by, u.ID, delegation.Due{Report: 15, Thanks: 10}); err != nil {
			return err
		}
		for _, v := range shownVisits() {
			if err := b.receive(ctx, tx, u.ID, v); err != nil {
				return err
			}
		}
		return nil
	})
}

// kratieHead is the invented head of the delegation of Kratié, as a friend abroad
// whose name is known in its own script.
func (b *builder) kratieHead(ctx context.Context, tx *store.Tx, u, kratie body.ID) (deed.Party, error) {
	title := map[string]string{"vi": "Phó Tỉnh trưởng Kratié (minh họa)", "en": "Deputy Governor of Kratié (illustration)", "fr": "Vice-gouverneur de Kratié (illustration)"}
	who, err := b.guestOf(ctx, tx, u, union.Protocol{Precedence: 1, Country: "KH", Other: kratie, Script: "សុខ វណ្ណា", Address: map[string]string{"vi": "Ngài", "en": "His Excellency", "fr": "Son Excellence"}, Title: title}, "Sok Vanna")
	return deed.Party{Role: deed.Head, Person: who, Detail: deed.Detail{Rank: title["vi"]}}, err
}

// receive enters one visit: the deed, what the register keeps beside it, the gift.
func (b *builder) receive(ctx context.Context, tx *store.Tx, u body.ID, v shownVisit) error {
	under, err := tx.TieByCode(ctx, v.tie)
	if err != nil {
		return err
	}
	there := under.Parties[1].Body
	guest, host := deed.Party{Role: deed.Guest, Body: there}, deed.Party{Role: deed.Host, Body: u}
	if v.kind == delegation.KindOut {
		guest.Body, host.Body = u, there
		guest.Role = deed.Participant
	}
	days, err := calendar.Between(calendar.OnDay(v.from), calendar.OnDay(v.to))
	if err != nil {
		return err
	}
	head := deed.Party{Role: deed.Head, Name: v.head}
	if v.kratie {
		if head, err = b.kratieHead(ctx, tx, u, there); err != nil {
			return err
		}
		v.visit.Receptions[0].Guest, v.gift.Person = head.Person, head.Person
	}
	d, err := deed.Post(ctx, tx, b.by, deed.Deed{
		Body: u, Kind: v.kind, Title: v.title, Day: days, Status: deed.Done, Ties: []tie.ID{under.ID}, Source: form,
		Parties: []deed.Party{head, guest, host}, Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: v.people}},
	})
	if err != nil {
		return err
	}
	v.visit.Deed = d.ID
	if _, err := delegation.Keep(ctx, tx, b.by, v.visit, 0); err != nil {
		return err
	}
	if len(v.visit.Promises) > 0 { // the tie watches over the first; the second is still the visit's
		if _, err := delegation.Entrust(ctx, tx, b.by, delegation.Handing{Deed: d.ID, Tie: under.ID}); err != nil {
			return err
		}
	}
	v.gift.Deed, v.gift.Other, v.gift.Day = d.ID, there, v.from
	_, err = delegation.EnterGift(ctx, tx, b.by, v.gift)
	return err
}
