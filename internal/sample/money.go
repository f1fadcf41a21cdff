package sample

import (
	"context"
	"fmt"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// norms are what the association's rules give for each event.
var norms = []fund.Norm{
	{Kind: "sick-visit", Amount: money.Of(300_000, money.VND), Times: 2},
	{Kind: "condolence", Amount: money.Of(500_000, money.VND), Goods: "vòng hoa"},
	{Kind: "wedding", Amount: money.Of(300_000, money.VND)},
	{Kind: "study-award", Amount: money.Of(200_000, money.VND), Goods: "5 quyển vở", Times: 1},
	{Kind: "hardship", Amount: money.Of(3_000_000, money.VND), Approval: true},
}

// rules sets the norms and the dues that the congress of 2023 decided.
func (b *builder) rules(ctx context.Context) error {
	return b.write(ctx, "định mức và hội phí theo nghị quyết đại hội", func(ctx context.Context, tx *store.Tx) error {
		for _, n := range append(norms, longevityNorms()...) {
			n.Body, n.Since = b.root, begun
			if _, err := fund.SetNorm(ctx, tx, b.by, n); err != nil {
				return err
			}
		}
		_, err := fund.SetRate(ctx, tx, b.by, fund.Rate{Body: b.root, Amount: money.Of(duesOf, money.VND), Since: begun.Year()})
		return err
	})
}

func longevityNorms() []fund.Norm {
	var all []fund.Norm
	for step := 70; step <= 100; step += 5 {
		all = append(all, fund.Norm{Kind: "longevity", Step: step, Amount: money.Of(ladder[step], money.VND), Goods: "bức chúc thọ", Times: 1})
	}
	return all
}

// duesOf is what a member pays in a year.
const duesOf = 60_000

// dues come in by branches, in March and in July: each hands over what it
// collected, member by member. A few pay in neither round.
func (b *builder) dues(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	round := map[time.Month]int{time.March: 1, time.July: 2}[monthOf(first)]
	if round == 0 {
		return nil
	}
	for i := range b.branches {
		if err := b.duesOfBranch(ctx, tx, i, round, first); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) duesOfBranch(ctx context.Context, tx *store.Tx, branch, round int, first calendar.Day) error {
	d := fund.Draft{Body: b.root, Kind: fund.Receipt, Day: b.someday(first), Slip: fund.Slip{Payer: b.posts["thuquy"], Name: "Chi hội " + b.branches[branch].name}}
	for _, m := range b.members {
		owes := m.paid < first.Year() && !m.Dead && m.branch == branch
		late := round == 1 && b.r.IntN(3) == 0
		if !owes || late || b.r.IntN(25) == 0 {
			continue
		}
		m.paid = first.Year()
		d.Parts = append(d.Parts, fund.Part{
			Heading: "dues", Amount: money.Of(duesOf, money.VND), Branch: b.branches[branch].id, Member: m.membership, Year: first.Year(),
		})
	}
	if len(d.Parts) == 0 {
		return nil
	}
	b.cash += int64(len(d.Parts)) * duesOf
	d.Text = fmt.Sprintf("Hội phí năm %d, %d hội viên", first.Year(), len(d.Parts))
	_, err := fund.Enter(ctx, tx, b.by, d)
	return err
}

// newcomers join now and then.
func (b *builder) newcomers(ctx context.Context, tx *store.Tx, first calendar.Day) error {
	for range b.r.IntN(2) {
		branch := b.r.IntN(len(b.branches))
		like := pick(b.r, b.members)
		m := b.draw(lot{branch: branch, home: like.residence(), origin: like.origin()}, 0, 1955+b.r.IntN(30))
		day := b.someday(first)
		p, err := person.Enrol(ctx, tx, b.by, m.Person, &person.Membership{
			Body: b.branches[branch].id, Category: person.Full, Joined: day, Number: fmt.Sprintf("HD%03d", len(b.members)+1),
		})
		if err != nil {
			return err
		}
		m.Person = p
		if m.membership, err = membershipOf(ctx, tx, p.ID); err != nil {
			return err
		}
		b.members = append(b.members, &m)
	}
	return nil
}

func membershipOf(ctx context.Context, tx *store.Tx, id person.ID) (int64, error) {
	all, err := tx.MembershipsOf(ctx, id)
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0].ID, nil
}

// fileReport files the report of the year before, in the middle of January.
func (b *builder) fileReport(ctx context.Context, year int) error {
	b.at(calendar.DayOf(year+1, time.January, 15))
	words, err := locale.Load()
	if err != nil {
		return err
	}
	root, err := b.book.As(b.by).Body(ctx, b.root)
	if err != nil {
		return err
	}
	ask, err := report.AskFor(root, report.Annual, fmt.Sprint(year), b.today())
	if err != nil {
		return err
	}
	how := store.Writing{By: b.by, Why: "báo cáo năm", Figures: true}
	return b.book.Write(ctx, how, func(ctx context.Context, tx *store.Tx) error {
		r, err := report.Begin(ctx, tx, b.by, ask, "vi")
		if err != nil {
			return err
		}
		_, err = report.File(ctx, tx, b.by, r.ID, r.Revision, words)
		return err
	})
}
