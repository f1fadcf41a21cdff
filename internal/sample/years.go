package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/lunar"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
)

// years lives through the months since the book began, each in one
// transaction at its end, as a secretary would who writes up the month.
func (b *builder) years(ctx context.Context) error {
	all := int(deed.MonthOf(until) - deed.MonthOf(begun) + 1)
	for i := range all {
		b.progress("sample.step.years", i, all)
		first := begun.AddMonths(i)
		if monthOf(first) == time.February {
			if err := b.fileReport(ctx, first.Year()-1); err != nil {
				return err
			}
		}
		b.at(first.AddMonths(1) - 1)
		err := b.write(ctx, fmt.Sprintf("ghi việc tháng %02d/%d", int(monthOf(first)), first.Year()), func(ctx context.Context, tx *store.Tx) error {
			return b.month(ctx, tx, first)
		})
		if err != nil {
			return fmt.Errorf("%s: %w", first, err)
		}
	}
	b.at(until + 1)
	return nil
}

func monthOf(d calendar.Day) time.Month {
	_, m, _ := d.Civil()
	return m
}

// month does what an ordinary month brings, then what this one does.
func (b *builder) month(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	jobs := []func(context.Context, *store.Tx, calendar.Day) error{b.balanceCash, b.newcomers, b.dues, b.gifts, b.sickVisits, b.condolences, b.weddings}
	switch monthOf(first) {
	case time.January, time.February:
		jobs = append(jobs, b.tet)
	case time.March, time.December:
		jobs = append(jobs, b.boardMeeting)
	case time.April:
		jobs = append(jobs, b.homeTrip)
	case time.June:
		jobs = append(jobs, b.boardMeeting, b.hardship)
	case time.August:
		jobs = append(jobs, b.studyAwards)
	case time.September:
		jobs = append(jobs, b.relief, b.boardMeeting)
	case time.October:
		jobs = append(jobs, b.hardship)
	}
	if monthOf(first) == time.December {
		jobs = append(jobs, b.commend)
	}
	for _, job := range jobs {
		if err := job(ctx, tx, first); err != nil {
			return err
		}
	}
	return nil
}

// someday is a day of the month.
func (b *builder) someday(first calendar.Day) calendar.Date {
	return calendar.OnDay(first + calendar.Day(b.r.IntN(27)))
}

// anyone is a living member.
func (b *builder) anyone() *member {
	for {
		if m := pick(b.r, b.members); !m.Dead {
			return m
		}
	}
}

// form is a source: it was written into the form.
var form = source.Source{Kind: source.Form}

// paid posts a deed whose money was handed out from the cash box, approved by
// the head; a few vouchers are still missing, as in life.
func (b *builder) paid(ctx context.Context, tx *store.Tx, d deed.Deed, amount int64) error {
	d.Source = form
	if d.Reason != "" {
		d.Approver = b.posts["truongban"]
	}
	if amount == 0 {
		_, err := deed.Post(ctx, tx, b.by, d)
		return err
	}
	b.cash -= amount
	d.Lines = append(d.Lines, deed.Line{Unit: deed.Money, Currency: money.VND, Quantity: amount})
	slip := fund.Slip{Text: d.Title, Approver: b.posts["truongban"], Payer: b.posts["thuquy"]}
	if b.r.IntN(25) > 0 {
		slip.Voucher = "giấy biên nhận"
	}
	_, err := deed.PostPaid(ctx, tx, b.by, d, fund.Draft{
		Day: d.Day, Parts: []fund.Part{{Amount: money.Of(amount, money.VND)}}, Slip: slip,
	})
	return err
}

// visitors are two people of the branch who went.
func (b *builder) visitors(of *member) []deed.Party {
	var all []deed.Party
	for len(all) < 2 {
		if m := b.anyone(); m.branch == of.branch && m.ID != of.ID && (len(all) == 0 || all[0].Person != m.ID) {
			all = append(all, deed.Party{Role: deed.Visitor, Person: m.ID})
		}
	}
	return all
}

func (b *builder) sickVisits(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	for range 3 + b.r.IntN(4) {
		m, reason := b.anyone(), ""
		for m.visited[first.Year()] == 2 {
			m = b.anyone()
		}
		m.visited[first.Year()]++
		amount := int64(300_000)
		if b.r.IntN(6) == 0 {
			amount, reason = 500_000, "nằm viện dài ngày ở Hà Nội"
		}
		err := b.paid(ctx, tx, deed.Deed{
			Body: b.branches[m.branch].id, Kind: "sick-visit", Day: b.someday(first), Title: "Thăm ốm " + m.Name, Reason: reason,
			Parties: append([]deed.Party{{Role: deed.Receiver, Person: m.ID}}, b.visitors(m)...),
			Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}},
		}, amount)
		if err != nil {
			return err
		}
	}
	return nil
}

// condolences are visits to mourning families; now and then it is a member who
// died, and then the roll says so too.
func (b *builder) condolences(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	for range b.r.IntN(3) {
		m, day := b.anyone(), b.someday(first)
		d := deed.Deed{
			Body: b.branches[m.branch].id, Kind: "condolence", Day: day,
			Parties: append([]deed.Party{{Role: deed.Receiver, Person: m.ID, Detail: deed.Detail{Kin: "parent"}}}, b.visitors(m)...),
			Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Things, Quantity: 1, Item: "vòng hoa"}},
			Title:   "Viếng thân nhân " + m.Name,
		}
		if year, _ := m.Birth.Year(); year < 1946 && !b.serves(m.ID) {
			d.Title, d.Parties[0].Detail.Kin = "Viếng "+m.Name, "self"
			d.Note = "Chi hội báo tin cho gia đình và dòng họ ở quê; vòng hoa của Hội; ghi ngày giỗ để thăm hằng năm."
			if err := person.Die(ctx, tx, b.by, m.ID, day); err != nil {
				return err
			}
			m.Dead = true
		}
		if err := b.paid(ctx, tx, d, 500_000); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) weddings(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	if b.r.IntN(3) > 0 {
		return nil
	}
	m := b.anyone()
	return b.paid(ctx, tx, deed.Deed{
		Body: b.branches[m.branch].id, Kind: "wedding", Day: b.someday(first), Title: "Mừng cưới con " + m.Name,
		Parties: []deed.Party{{Role: deed.Receiver, Person: m.ID, Detail: deed.Detail{Kin: "child"}}},
		Lines:   []deed.Line{{Unit: deed.Acts, Quantity: 1}},
	}, 300_000)
}

// tet is the month of the lunar new year: the spring meeting on the fourth day
// and the old who reach a step of the ladder.
func (b *builder) tet(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	tet := lunar.Tet(first.Year())
	if monthOf(tet) != monthOf(first) {
		return nil
	}
	day := min(tet+3, first.AddMonths(1)-1)
	err := b.paid(ctx, tx, deed.Deed{
		Body: b.root, Kind: "meeting-spring", Day: calendar.OnDay(day), Title: fmt.Sprintf("Gặp mặt đầu xuân %d", day.Year()), PlaceNote: "Hội trường phường Mường Thanh",
		Lines: []deed.Line{{Unit: deed.Acts, Quantity: 1}, {Unit: deed.Persons, Quantity: int64(180 + b.r.IntN(60))}},
	}, 6_500_000)
	if err != nil {
		return err
	}
	return b.longevity(ctx, tx, day)
}

// ladder is at which ages the association celebrates, and with how much.
var ladder = map[int]int64{70: 300_000, 75: 300_000, 80: 500_000, 85: 500_000, 90: 700_000, 95: 700_000, 100: 1_000_000}

// longevity celebrates, branch by branch, those who reach a step that year.
func (b *builder) longevity(ctx context.Context, tx *store.Tx, day calendar.Day) error {
	for i, br := range b.branches {
		d := deed.Deed{Body: br.id, Kind: "longevity", Day: calendar.OnDay(day), Title: fmt.Sprintf("Mừng thọ chi hội %s năm %d", br.name, day.Year())}
		total := int64(0)
		for _, m := range b.members {
			year, _ := m.Birth.Year()
			gift, reached := ladder[day.Year()-year]
			if m.branch != i || m.Dead || !reached {
				continue
			}
			total += gift
			d.Parties = append(d.Parties, deed.Party{Role: deed.Receiver, Person: m.ID, Detail: deed.Detail{Step: day.Year() - year, Amount: money.Of(gift, money.VND)}})
		}
		if len(d.Parties) == 0 {
			continue
		}
		n := int64(len(d.Parties))
		d.Lines = []deed.Line{{Unit: deed.Acts, Quantity: n}, {Unit: deed.Things, Quantity: n, Item: "bức chúc thọ"}}
		if err := b.paid(ctx, tx, d, total); err != nil {
			return err
		}
	}
	return nil
}
