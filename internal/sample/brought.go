package sample

import (
	"context"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// article is where the figures of the first twenty years come from.
var article = source.Source{
	Kind: source.Article, Title: "Báo Hải Dương: Đoàn công tác của tỉnh gặp mặt đồng hương Hải Dương khu vực Điện Biên Phủ",
	Where: "báo cáo của Ban liên lạc tại buổi gặp mặt", Day: "2024-05",
}

// stated is what that report says, kind by kind.
var stated = []struct {
	kind, title, quote string
	lines              []deed.Line
}{
	{
		"home-trip", "Các chuyến về thăm quê Hải Dương", "3 chuyến, 115 hội viên về thăm quê",
		[]deed.Line{{Unit: deed.Acts, Quantity: 3}, {Unit: deed.Persons, Quantity: 115}},
	},
	{"longevity", "Mừng thọ hội viên", "mừng thọ 372 hội viên", []deed.Line{{Unit: deed.Acts, Quantity: 372}}},
	{"sick-visit", "Thăm hỏi hội viên ốm đau", "thăm 1.094 lượt hội viên ốm đau", []deed.Line{{Unit: deed.Acts, Quantity: 1094}}},
	{"study-award", "Khen thưởng học sinh", "khen thưởng 2.325 học sinh", []deed.Line{{Unit: deed.Persons, Quantity: 2325}}},
	{"hardship", "Giúp gia đình hội viên gặp rủi ro, khó khăn", "ủng hộ 28 gia đình hội viên gặp rủi ro, nhiều khó khăn", []deed.Line{{Unit: deed.Families, Quantity: 28}}},
	{"relief-home", "Ủng hộ quê hương Hải Dương phòng, chống dịch Covid-19", "ủng hộ quê hương 50 triệu đồng chống dịch Covid-19", []deed.Line{{Unit: deed.Money, Currency: money.VND, Quantity: 50_000_000}}},
}

// brought brings forward what predates the book, with its source, and what was
// stated of the roll.
func (b *builder) brought(ctx context.Context) error {
	span, err := calendar.ParseEDTF("2003-10/2024-05")
	if err != nil {
		return err
	}
	return b.write(ctx, "mang sang số liệu từ ngày thành lập", func(ctx context.Context, tx *store.Tx) error {
		for _, s := range stated {
			from := article
			from.Quote = s.quote
			_, err := deed.Post(ctx, tx, b.by, deed.Deed{
				Body: b.root, Kind: s.kind, Title: s.title, Day: span, Brought: true, Source: from, Lines: s.lines,
			})
			if err != nil {
				return err
			}
		}
		from := article
		from.Quote = "hiện có hơn 500 hội viên"
		_, err := deed.State(ctx, tx, b.by, deed.Stated{
			Body: b.root, Measure: "member.persons", Day: calendar.InMonth(2024, 5), Quantity: 500, Qualifier: deed.Over, Source: from,
		})
		return err
	})
}

// What the association had when its book began.
const (
	cashThen = 18_450_000
	bankThen = 96_200_000
)

// openFund opens the fund with what there was on the change-over day.
func (b *builder) openFund(ctx context.Context) error {
	return b.write(ctx, "mở quỹ, số dư ngày chuyển sổ", func(ctx context.Context, tx *store.Tx) error {
		if _, err := fund.Open(ctx, tx, b.by, b.root, money.VND); err != nil {
			return err
		}
		b.cash = cashThen
		var lines []fund.Posting
		for _, l := range []struct {
			class  fund.Class
			amount int64
		}{{fund.Cash, cashThen}, {fund.Bank, bankThen}, {fund.Brought, -cashThen - bankThen}} {
			a, err := tx.FundAccountFor(ctx, fund.Key{Body: b.root, Class: l.class, Code: codeOf(l.class), Currency: money.VND})
			if err != nil {
				return err
			}
			lines = append(lines, fund.Posting{Account: a.ID, Amount: l.amount, Currency: money.VND})
		}
		_, err := fund.Enter(ctx, tx, b.by, fund.Draft{
			Body: b.root, Kind: fund.Opening, Day: calendar.OnDay(begun), Postings: lines, Slip: fund.Slip{Text: "Số dư mang sang ngày 01/6/2024"},
		})
		return err
	})
}

func codeOf(c fund.Class) string {
	return map[fund.Class]string{fund.Cash: "cash", fund.Bank: "bank", fund.Brought: "brought"}[c]
}

// cashFloor is how little may be in the cash box at the beginning of a month,
// cashCeiling how much may lie there.
const (
	cashFloor   = 30_000_000
	cashCeiling = 60_000_000
	cashMoved   = 25_000_000
)

// balanceCash fetches money from the bank, or takes some there.
func (b *builder) balanceCash(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	into, text := int64(cashMoved), "Rút tiền gửi về quỹ tiền mặt"
	switch {
	case b.cash > cashCeiling:
		into, text = -cashMoved, "Gửi tiền mặt vào ngân hàng"
	case b.cash >= cashFloor:
		return nil
	}
	var lines []fund.Posting
	for _, l := range []struct {
		class  fund.Class
		amount int64
	}{{fund.Cash, into}, {fund.Bank, -into}} {
		a, err := tx.FundAccountFor(ctx, fund.Key{Body: b.root, Class: l.class, Code: codeOf(l.class), Currency: money.VND})
		if err != nil {
			return err
		}
		lines = append(lines, fund.Posting{Account: a.ID, Amount: l.amount, Currency: money.VND})
	}
	b.cash += into
	_, err := fund.Enter(ctx, tx, b.by, fund.Draft{Body: b.root, Kind: fund.Transfer, Day: calendar.OnDay(first), Postings: lines, Slip: fund.Slip{Text: text, Payer: b.posts["thuquy"]}})
	return err
}
