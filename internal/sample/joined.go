package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/lineage"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/tie"
)

// joinedOn is the day from which the two associations are one, invented like the
// decision that says so.
var joinedOn = calendar.DayOf(2025, time.December, 20)

// joined are the association of Hải Dương, drawn up to show a merger, and what of
// it passed to that of Hải Phòng: members, board, fund, tie. Whether and when the
// real ones joined is not published.
func (b *builder) joined(ctx context.Context) error {
	b.at(until + 1)
	return b.write(ctx, "sáp nhập Hội Hữu nghị Việt Nam – Campuchia tỉnh Hải Dương (minh họa)", func(ctx context.Context, tx *store.Tx) error {
		heir, err := tx.BodyByCode(ctx, CambodiaCode)
		if err != nil {
			return err
		}
		gone, head, err := b.cameIn(ctx, tx, heir.ID)
		if err != nil {
			return err
		}
		for _, f := range []struct {
			of     body.ID
			amount int64
		}{{heir.ID, 12_000_000}, {gone, 6_500_000}} {
			if err := b.smallFund(ctx, tx, f.of, f.amount); err != nil {
				return err
			}
		}
		under, err := b.pursat(ctx, tx, gone)
		if err != nil {
			return err
		}
		paper := body.Paper{Number: "15/QĐ-LHHN", Date: calendar.On(2025, time.December, 12), Issuer: "Liên hiệp các tổ chức hữu nghị thành phố Hải Phòng", Title: "Về việc sáp nhập hai hội (minh họa)"}
		if _, err := body.Merge(ctx, tx, []body.ID{heir.ID, gone}, body.Successor{Body: heir.ID}, body.Decision{Day: joinedOn, Paper: paper, Source: "minh họa"}); err != nil {
			return err
		}
		if err := b.passOn(ctx, tx, gone, heir.ID, paper); err != nil {
			return err
		}
		if _, err := tie.HandOn(ctx, tx, b.by, under, tie.Handing{
			Day: calendar.OnDay(joinedOn), From: gone, To: []body.ID{heir.ID}, Keeper: heir.ID, Paper: tie.Paper{Number: paper.Number, Issuer: paper.Issuer, Date: paper.Date},
		}); err != nil {
			return err
		}
		if err := b.deputyOf(ctx, tx, heir.ID, head); err != nil {
			return err
		}
		return b.alsoElsewhere(ctx, tx)
	})
}

// cameIn founds the association of Hải Dương with a branch, nine members of its
// own and one who is in Hải Phòng's too, and its head.
func (b *builder) cameIn(ctx context.Context, tx *store.Tx, heir body.ID) (gone body.ID, head person.ID, err error) {
	province, err := b.provinceOn(ctx, tx, "30")
	if err != nil {
		return 0, 0, err
	}
	a, err := body.Found(ctx, tx, body.Body{
		Code: "viet-campuchia-hai-duong", Kind: body.Friendship, Seat: int64(province.ID),
		Names: names3("Hội Hữu nghị Việt Nam – Campuchia tỉnh Hải Dương (minh họa)", "Viet Nam–Cambodia Friendship Association of Hai Duong (illustration)", "Association d’amitié Viêt Nam–Cambodge de Hai Duong (illustration)"),
	})
	if err != nil {
		return 0, 0, err
	}
	branch, err := body.Found(ctx, tx, body.Body{
		Code: "viet-campuchia-tp-hai-duong", Kind: body.Branch, Parent: a.ID,
		Names: names3("Chi hội thành phố Hải Dương (minh họa)", "Branch of Hai Duong city (illustration)", "Section de la ville de Hai Duong (illustration)"),
	})
	if err != nil {
		return 0, 0, err
	}
	for i := range 9 {
		at := branch.ID
		if i >= 5 {
			at = a.ID
		}
		if _, err := person.Enrol(ctx, tx, b.by, person.Person{
			Body: at, Name: b.names.full(person.Male), Sex: person.Male, Birth: calendar.InYear(1955 + i), Consent: person.Unasked,
		}, &person.Membership{Body: at, Number: fmt.Sprintf("VC%03d", i+1), Category: person.Full, Joined: calendar.InYear(2010 + i/2), Lasts: true}); err != nil {
			return 0, 0, err
		}
	}
	both, err := tx.LastingAt(ctx, heir)
	if err != nil {
		return 0, 0, err
	}
	if _, err := person.Join(ctx, tx, b.by, person.Membership{Body: a.ID, Person: both[0].Person, Number: "VC010", Category: person.Full, Joined: calendar.InYear(2019), Lasts: true}); err != nil {
		return 0, 0, err
	}
	head, err = b.seat(ctx, tx, officer{title: "Chủ tịch", kind: access.Head, at: a.ID, from: calendar.InYear(2019), sex: person.Male, birth: 1957})
	return a.ID, head, err
}

// smallFund opens a fund with what was in its cash box.
func (b *builder) smallFund(ctx context.Context, tx *store.Tx, of body.ID, amount int64) error {
	if _, err := fund.Open(ctx, tx, b.by, of, money.VND); err != nil {
		return err
	}
	var lines []fund.Posting
	for _, l := range []struct {
		class  fund.Class
		amount int64
	}{{fund.Cash, amount}, {fund.Brought, -amount}} {
		a, err := tx.FundAccountFor(ctx, fund.Key{Body: of, Class: l.class, Code: codeOf(l.class), Currency: money.VND})
		if err != nil {
			return err
		}
		lines = append(lines, fund.Posting{Account: a.ID, Amount: l.amount, Currency: money.VND})
	}
	_, err := fund.Enter(ctx, tx, b.by, fund.Draft{Body: of, Kind: fund.Opening, Day: calendar.On(2025, time.January, 1), Postings: lines, Slip: fund.Slip{Text: "Số dư mang sang ngày 01/01/2025 (minh họa)"}})
	return err
}

// pursat is the tie that the association of Hải Dương brought in.
func (b *builder) pursat(ctx context.Context, tx *store.Tx, of body.ID) (tie.ID, error) {
	there, err := abroad(ctx, tx, "KH", names3("Tỉnh Pursat", "Pursat Province", "Province de Pursat"))
	if err != nil {
		return 0, err
	}
	t, err := tie.Enter(ctx, tx, b.by, tie.Tie{
		Code: "hai-duong-pursat", Kind: "friendship", Body: of, Titles: []tie.Title{{Lang: "vi", Text: "Hải Dương – Pursat (minh họa)"}},
		Parties: []tie.Party{{Side: 1, Body: of, Land: "VN"}, {Side: 2, Body: there.ID, Level: tie.Province, Land: "KH"}},
		Stages:  []tie.Stage{{Kind: tie.Signature, Date: calendar.On(2015, time.June, 5), Source: form}}, Source: form,
	})
	return t.ID, err
}

// passOn settles what the ended association left: members and money go over, its
// offices close.
func (b *builder) passOn(ctx context.Context, tx *store.Tx, gone, heir body.ID, paper body.Paper) error {
	for _, a := range []lineage.Act{
		{What: lineage.Offices, Way: lineage.Close},
		{What: lineage.Members, Way: lineage.Hand, Heir: heir},
		{What: lineage.Money, Way: lineage.Hand, Heir: heir, Note: "Bàn giao quỹ khi sáp nhập (minh họa)"},
	} {
		a.Of, a.Day, a.Paper = gone, joinedOn, paper
		if _, err := lineage.Settle(ctx, tx, b.by, a); err != nil {
			return fmt.Errorf("%s: %w", a.What, err)
		}
	}
	return nil
}

// deputyOf gives the head of the association that came in a seat in the other.
func (b *builder) deputyOf(ctx context.Context, tx *store.Tx, heir body.ID, head person.ID) error {
	o, err := person.Create(ctx, tx, b.by, person.Office{Body: heir, Kind: string(access.Deputy), Title: "Phó Chủ tịch", Board: "executive", Seats: 1, Rank: 2, Since: joinedOn})
	if err != nil {
		return err
	}
	_, err = person.Appoint(ctx, tx, b.by, person.Holding{Office: o.ID, Person: head, From: calendar.OnDay(joinedOn)})
	return err
}

// alsoElsewhere is another association of the city in which three of the members
// are too.
func (b *builder) alsoElsewhere(ctx context.Context, tx *store.Tx) error {
	lao, err := body.Found(ctx, tx, body.Body{
		Code: "viet-lao-hai-phong", Kind: body.Friendship,
		Names: names3("Hội Hữu nghị Việt Nam – Lào thành phố Hải Phòng (minh họa)", "Viet Nam–Laos Friendship Association of Hai Phong (illustration)", "Association d’amitié Viêt Nam–Laos de Hai Phong (illustration)"),
	})
	if err != nil {
		return err
	}
	branch, err := tx.BodyByCode(ctx, "viet-campuchia-ngo-quyen")
	if err != nil {
		return err
	}
	lasting, err := tx.LastingAt(ctx, branch.ID)
	if err != nil {
		return err
	}
	for i, m := range lasting[:3] {
		if _, err := person.Join(ctx, tx, b.by, person.Membership{Body: lao.ID, Person: m.Person, Number: fmt.Sprintf("VL%03d", i+1), Category: person.Full, Joined: calendar.InYear(2016 + i), Lasts: true}); err != nil {
			return err
		}
	}
	return nil
}
