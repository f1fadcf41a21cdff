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
)

// shownPair is a pair of organisations under the tie of the two districts, drawn up
// to show the register at work: which there are is not published.
type shownPair struct {
	code, kind string
	of         body.Kind
	one, other string
	signed     calendar.Date
	ended      bool // both went with the districts
}

var shownPairs = []shownPair{
	{"mttq-tho-xuan-que-son", "twinning", body.Front, "MTTQ huyện Thọ Xuân", "MTTQ huyện Quế Sơn", calendar.InYear(2008), true},
	{"huyen-doan-tho-xuan-que-son", "twinning", body.OtherKind, "Huyện đoàn Thọ Xuân", "Huyện đoàn Quế Sơn", calendar.InYear(2013), true},
	{"truong-tho-xuan-que-son", "friendship", body.School, "Trường Tiểu học Thọ Xuân", "Trường Tiểu học Quế Sơn", calendar.On(2018, time.November, 20), false},
	{"htx-tho-xuan-que-son", "mou", body.Company, "Hợp tác xã nông nghiệp Thọ Xuân", "Công ty nông sản Quế Sơn", calendar.On(2022, time.June, 15), false},
}

// pairs are what stands under the tie of the two districts, what was promised
// between communes that signed anew, and the visit that is to come.
func (b *builder) pairs(ctx context.Context) error {
	return b.write(ctx, "vào sổ các cặp kết nghĩa, quà hứa, chuyến thăm sắp tới", func(ctx context.Context, tx *store.Tx) error {
		above, err := tx.TieByCode(ctx, TwinsCode)
		if err != nil {
			return err
		}
		thanh, err := b.held(ctx, tx, "tinh-thanh-hoa")
		if err != nil {
			return err
		}
		for _, p := range shownPairs {
			if err := b.pair(ctx, tx, p, above.ID, thanh.ID); err != nil {
				return err
			}
		}
		if err := b.promisedGifts(ctx, tx); err != nil {
			return err
		}
		return b.comingVisit(ctx, tx, above.ID, thanh.ID)
	})
}

// pair enters one pair; those of the districts ended with them.
func (b *builder) pair(ctx context.Context, tx *store.Tx, p shownPair, above tie.ID, keeper body.ID) error {
	over := calendar.OnDay(calendar.DayOf(2025, time.June, 30))
	t := tie.Tie{
		Code: p.code, Kind: p.kind, Body: keeper, Parent: above, Titles: []tie.Title{{Lang: "vi", Text: p.one + " – " + p.other + " (minh họa)"}},
		Stages: []tie.Stage{{Kind: tie.Signature, Date: p.signed, Source: form}}, Source: form,
	}
	for i, name := range []string{p.one, p.other} {
		one := body.Body{Kind: p.of, Names: []body.Name{named("vi", name+" (minh họa)", "", false)}}
		if p.ended {
			one.Ended = over
		}
		found, err := body.Found(ctx, tx, one)
		if err != nil {
			return err
		}
		t.Parties = append(t.Parties, tie.Party{Side: i + 1, Body: found.ID, Land: "VN"})
	}
	entered, err := tie.Enter(ctx, tx, b.by, t)
	if err != nil || !p.ended {
		return err
	}
	_, err = tie.Record(ctx, tx, b.by, entered.ID, tie.Stage{Kind: tie.End, Date: over, Reason: "Hai tổ chức cấp huyện kết thúc cùng với huyện", Source: form})
	return err
}

// promisedGifts are what communes promised each other after they signed anew: one
// handed over in part, one not at all.
func (b *builder) promisedGifts(ctx context.Context, tx *store.Tx) error {
	under, err := tx.TieByCode(ctx, "duy-xuyen-nong-cong-2025")
	if err != nil {
		return err
	}
	giver, err := b.held(ctx, tx, "xa-nam-phuoc-da-nang")
	if err != nil {
		return err
	}
	receiver, err := b.held(ctx, tx, "xa-nong-cong-thanh-hoa")
	if err != nil {
		return err
	}
	parcels, err := tie.Undertake(ctx, tx, b.by, tie.Promise{
		Tie: under.ID, Body: giver.ID, Gift: true, Text: "Tặng quà gia đình chính sách xã Nông Cống (minh họa)", Quantity: 15, Unit: "suất quà", Made: calendar.On(2026, time.March, 12), Due: calendar.On(2026, time.December, 22), Source: form,
	})
	if err != nil {
		return err
	}
	if _, err := tie.Undertake(ctx, tx, b.by, tie.Promise{
		Tie: under.ID, Body: giver.ID, Gift: true, Text: "Hỗ trợ sửa một nhà cho hộ nghèo xã Nông Cống (minh họa)", Amount: money.Of(30_000_000, money.VND), Made: calendar.On(2026, time.March, 12), Due: calendar.On(2026, time.September, 30), Source: form,
	}); err != nil {
		return err
	}
	d, err := deed.Post(ctx, tx, b.by, deed.Deed{
		Body: receiver.ID, Kind: "gift", Title: "Xã Nam Phước tặng quà gia đình chính sách xã Nông Cống nhân ngày 27/7 (minh họa)", Day: calendar.On(2026, time.July, 27), Status: deed.Done, Ties: []tie.ID{under.ID}, Source: form,
		Parties: []deed.Party{{Role: deed.Giver, Body: giver.ID}, {Role: deed.Receiver, Body: receiver.ID}}, Lines: []deed.Line{{Unit: deed.Things, Quantity: 10, Item: "suất quà"}},
	})
	if err != nil {
		return err
	}
	_, err = tie.Keep(ctx, tx, b.by, parcels.ID, tie.Fulfilment{Day: d.Day, Deeds: []int64{int64(d.ID)}, Partly: true})
	return err
}

// comingVisit is a delegation that is to come in December 2026, with everything
// that must be ready for it.
func (b *builder) comingVisit(ctx context.Context, tx *store.Tx, under tie.ID, thanh body.ID) error {
	guest, err := b.held(ctx, tx, "xa-que-son-da-nang")
	if err != nil {
		return err
	}
	first, second := calendar.DayOf(2026, time.December, 18), calendar.DayOf(2026, time.December, 19)
	days, err := calendar.Between(calendar.OnDay(first), calendar.OnDay(second))
	if err != nil {
		return err
	}
	d, err := deed.Post(ctx, tx, b.by, deed.Deed{
		Body: thanh, Kind: delegation.KindIn, Title: "Đoàn xã Quế Sơn thăm nhân 58 năm kết nghĩa (minh họa)", Day: days, Status: deed.Planned, Ties: []tie.ID{under}, Source: form,
		Parties: []deed.Party{{Role: deed.Head, Name: "Bí thư Đảng ủy xã Quế Sơn"}, {Role: deed.Guest, Body: guest.ID}, {Role: deed.Host, Body: thanh}},
	})
	if err != nil {
		return err
	}
	dong := func(n int64) money.Amount { return money.Of(n, money.VND) }
	_, err = delegation.Keep(ctx, tx, b.by, delegation.Visit{
		Deed: d.ID, Purpose: "Thăm, làm việc, bàn việc ký lại quan hệ giữa các xã kế thừa hai huyện", Level: delegation.Commune,
		Stops: []delegation.Stop{
			{Day: first, Hour: "8 giờ", What: "Dâng hương Nghĩa trang liệt sĩ", Where: "xã Thọ Xuân", Who: "Đảng ủy, UBND xã Thọ Xuân"},
			{Day: first, Hour: "9 giờ 30", What: "Làm việc, trao đổi về ký lại quan hệ kết nghĩa", Where: "Trụ sở UBND xã Thọ Xuân"},
			{Day: first, Hour: "14 giờ", What: "Thăm mô hình nông thôn mới", Where: "xã Xuân Lập"},
			{Day: second, Hour: "8 giờ", What: "Thăm Khu di tích Lam Kinh", Where: "xã Lam Sơn"},
		},
		Speaker: "Đại diện lãnh đạo xã Thọ Xuân",
		Speech:  "Thay mặt cán bộ và Nhân dân, xin chào mừng các đồng chí trong Đoàn về thăm Thọ Xuân.\nNghĩa tình của hai quê hương được vun đắp từ năm 1968; hai huyện không còn, tình nghĩa vẫn được các xã gìn giữ.",
		Costs:   []delegation.Cost{{Kind: "meals", Payer: delegation.Ours, Amount: dong(9_600_000)}, {Kind: "stay", Payer: delegation.Ours, Amount: dong(7_200_000)}, {Kind: "travel", Payer: delegation.Theirs, Name: "Xã Quế Sơn"}},
	}, 0)
	if err != nil {
		return err
	}
	for _, g := range []delegation.Gift{
		{Item: "Tranh đá Thành nhà Hồ", Count: 1, Value: dong(1_800_000)},
		{Item: "Hộp bưởi Luận Văn", Count: 12, Value: dong(2_400_000)},
	} {
		g.Deed, g.Way, g.Planned, g.Day, g.Other, g.Level = d.ID, delegation.Given, true, first, guest.ID, delegation.Commune
		if _, err := delegation.EnterGift(ctx, tx, b.by, g); err != nil {
			return err
		}
	}
	return nil
}
