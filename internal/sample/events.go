package sample

import (
	"context"
	"fmt"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// gifts are donations of members and friends.
func (b *builder) gifts(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	for range 2 + b.r.IntN(3) {
		m := b.anyone()
		amount := pick(b.r, []int64{200_000, 300_000, 500_000, 500_000, 1_000_000, 1_000_000, 2_000_000, 5_000_000})
		b.cash += amount
		d := deed.Deed{
			Body: b.root, Kind: "donation", Day: b.someday(first), Title: "Gia đình " + m.Name + " ủng hộ quỹ", Source: form,
			Parties: []deed.Party{{Role: deed.Giver, Person: m.ID}},
			Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Money, Currency: money.VND, Quantity: amount}},
		}
		_, err := deed.PostPaid(ctx, tx, b.by, d, fund.Draft{
			Day: d.Day, Parts: []fund.Part{{Amount: money.Of(amount, money.VND)}}, Slip: fund.Slip{Text: d.Title, Payer: b.posts["thuquy"]},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) boardMeeting(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	return b.paid(ctx, tx, deed.Deed{
		Body: b.root, Kind: "meeting-board", Day: b.someday(first), Title: fmt.Sprintf("Họp ban chấp hành tháng %d/%d", int(monthOf(first)), first.Year()),
		Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: int64(22 + b.r.IntN(7))}},
	}, 600_000)
}

// homeTrip is the journey home each second spring, for the Hùng Kings' day.
func (b *builder) homeTrip(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	if first.Year()%2 == 0 {
		return b.delegation(ctx, tx, first)
	}
	from := first + 4
	span, err := calendar.Between(calendar.OnDay(from), calendar.OnDay(from+3))
	if err != nil {
		return err
	}
	d := deed.Deed{Body: b.root, Kind: "home-trip", Day: span, Title: fmt.Sprintf("Về thăm quê Hải Dương tháng 4/%d", first.Year())}
	joined := map[person.ID]bool{}
	for len(joined) < 38 {
		if m := b.anyone(); !joined[m.ID] {
			joined[m.ID] = true
			d.Parties = append(d.Parties, deed.Party{Role: deed.Participant, Person: m.ID})
		}
	}
	d.Parties = append([]deed.Party{{Role: deed.Head, Person: b.posts["truongban"]}}, d.Parties...)
	d.Lines = []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: int64(len(d.Parties))}}
	return b.paid(ctx, tx, d, 12_000_000)
}

// delegation is the visit of a working group from home.
func (b *builder) delegation(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	return b.paid(ctx, tx, deed.Deed{
		Body: b.root, Kind: "delegation-in", Day: b.someday(first), Title: "Đón đoàn công tác của thành phố Hải Phòng thăm đồng hương",
		Parties: []deed.Party{{Role: deed.Guest, Name: "Đoàn công tác của Mặt trận Tổ quốc thành phố Hải Phòng"}, {Role: deed.Head, Name: "ông Bùi Quốc Mẫu", Detail: deed.Detail{Rank: "Phó Chủ tịch Ủy ban MTTQ, trưởng đoàn"}}, {Role: deed.Host, Body: b.root}},
		Note:    "Đoàn hứa tặng 1.000 quyển vở cho con em đồng hương trước năm học mới; đã nhận đủ và trao cùng phần thưởng khuyến học tháng 8.",
		Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: 14}},
	}, 2_400_000)
}

// studyAwards reward the pupils of each branch before school begins.
func (b *builder) studyAwards(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	day := calendar.OnDay(first + 22)
	for i, br := range b.branches {
		d := deed.Deed{Body: br.id, Kind: "study-award", Day: day, Title: fmt.Sprintf("Khen thưởng học sinh chi hội %s năm học %d-%d", br.name, first.Year()-1, first.Year())}
		pupils := 6 + b.r.IntN(9)
		for n := range pupils {
			d.Parties = append(d.Parties, b.pupil(i, n))
		}
		d.Lines = []deed.Line{{Unit: deed.Persons, Quantity: int64(pupils)}, {Unit: deed.Things, Quantity: int64(pupils * 5), Item: "quyển vở"}}
		if err := b.paid(ctx, tx, d, int64(pupils)*200_000); err != nil {
			return err
		}
	}
	return nil
}

// pupil invents a grandchild of a member.
func (b *builder) pupil(branch, n int) deed.Party {
	sex := pick(b.r, []person.Sex{person.Male, person.Female})
	class := 1 + b.r.IntN(12)
	school := "Trường tiểu học"
	if class > 5 {
		school = "Trường THCS"
	}
	if class > 9 {
		school = "Trường THPT"
	}
	prize := pick(b.r, []string{"học sinh xuất sắc", "học sinh xuất sắc", "học sinh giỏi", "giải ba cấp tỉnh"})
	return deed.Party{
		Role: deed.Receiver, Name: b.names.full(sex),
		Detail: deed.Detail{School: fmt.Sprintf("lớp %d%c, %s %s", class, 'A'+rune(n%4), school, b.branches[branch].name), Prize: prize, Amount: money.Of(200_000, money.VND)},
	}
}

// hardship helps a family that a calamity struck.
func (b *builder) hardship(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	m := b.anyone()
	why := pick(b.r, []string{"nhà bị lũ cuốn", "cháy nhà", "tai nạn giao thông", "bệnh hiểm nghèo"})
	return b.paid(ctx, tx, deed.Deed{
		Body: b.branches[m.branch].id, Kind: "hardship", Day: b.someday(first), Title: "Giúp gia đình " + m.Name + ": " + why,
		Parties: []deed.Party{{Role: deed.Receiver, Body: m.Household}},
		Lines:   []deed.Line{{Unit: deed.Families, Quantity: 1}}, Approver: b.posts["truongban"],
		Note: "Ban chấp hành họp bàn và quyết trợ giúp 3.000.000 đồng từ quỹ, cử chi hội đến thăm và vận động hội viên góp ngày công.",
	}, 3_000_000)
}

// relief goes home after the typhoon of September 2024.
func (b *builder) relief(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	if first.Year() != 2024 {
		return nil
	}
	return b.paid(ctx, tx, deed.Deed{
		Body: b.root, Kind: "relief-home", Day: b.someday(first), Title: "Ủng hộ quê hương Hải Dương khắc phục hậu quả bão số 3 (Yagi)",
		Parties: []deed.Party{{Role: deed.Receiver, Name: "Ủy ban Mặt trận Tổ quốc tỉnh Hải Dương"}},
		Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}},
	}, 20_000_000)
}

// commend names the exemplary members of the year, at its end: a certificate
// each and no money. They are taken in turn, not drawn.
func (b *builder) commend(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	d := deed.Deed{Body: b.root, Kind: "member-award", Day: calendar.OnDay(first + 20), Title: fmt.Sprintf("Khen thưởng hội viên tiêu biểu năm %d", first.Year())}
	for i := first.Year() % len(b.members); len(d.Parties) < 3; i = (i + 101) % len(b.members) {
		if m := b.members[i]; !m.Dead {
			d.Parties = append(d.Parties, deed.Party{Role: deed.Receiver, Person: m.ID, Detail: deed.Detail{Prize: "giấy khen của Ban chấp hành"}})
		}
	}
	d.Lines = []deed.Line{{Unit: deed.Persons, Quantity: 3}, {Unit: deed.Things, Quantity: 3, Item: "giấy khen"}}
	return b.paid(ctx, tx, d, 0)
}
