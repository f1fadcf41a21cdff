package store_test

import (
	"context"
	"slices"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// bank is the association's bank account in đồng.
func bank(t testing.TB, b *store.Book) fund.AccountID {
	t.Helper()
	all, err := b.As(storetest.Operator()).FundAccounts(context.Background(), b.Root())
	i := slices.IndexFunc(all, func(a fund.Account) bool { return a.Class == fund.Bank })
	if err != nil || i < 0 {
		t.Fatalf("accounts %v %v", all, err)
	}
	return all[i].ID
}

func TestABankStatementIsMatchedAndWhatDiffersIsListed(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by, ctx, account := storetest.Operator(), context.Background(), bank(t, b)
		into := func(day string, minor int64, who string) fund.Entry {
			return enter(t, b, fund.Draft{
				Body: b.Root(), Kind: fund.Receipt, Day: on(day), Purse: account, Parts: []fund.Part{dong("donation", minor)},
				Slip: fund.Slip{Name: who, Text: "ủng hộ quỹ"},
			})
		}
		first, second := into("2026-03-02", 500_000, "Trần Thị Mẫu"), into("2026-03-02", 500_000, "Lê Văn Thử")
		late := into("2026-03-20", 900_000, "Công ty Ví Dụ")
		day := func(d int) calendar.Day { return calendar.DayOf(2026, 3, d) }
		rows := []fund.BankRow{ // the latest first, as the bank lists them
			{Day: day(31), Amount: -11_000, Text: "PHI QUAN LY TAI KHOAN", Balance: 989_000, HasBalance: true},
			{Day: day(4), Amount: 500_000, Text: "LE VAN THU chuyen tien ung ho", Ref: "FT02", Balance: 1_000_000, HasBalance: true},
			{Day: day(3), Amount: 500_000, Text: "TRAN THI MAU UH QUY", Ref: "FT01", Balance: 500_000, HasBalance: true},
		}
		take := func() (fresh, known int) {
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
				fresh, known, err = fund.TakeStatement(ctx, tx, by, account, rows)
				return err
			})
			return fresh, known
		}
		if fresh, known := take(); fresh != 3 || known != 0 {
			t.Errorf("first time %d new, %d known", fresh, known)
		}
		if fresh, known := take(); fresh != 0 || known != 3 {
			t.Errorf("second time %d new, %d known", fresh, known)
		}
		d, err := b.As(by).BankDifferences(ctx, account, day(31))
		if err != nil || len(d.Matches) != 2 || d.Matches[0].Entry.Entry != first.ID || d.Matches[1].Entry.Entry != second.ID || d.Matches[0].Sure {
			t.Fatalf("matches %+v %v", d.Matches, err)
		}
		if d.Booked != 1_900_000 || d.Stated != 989_000 || !d.Explained() {
			t.Errorf("booked %d, stated %d, explained %v", d.Booked, d.Stated, d.Explained())
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for _, m := range d.Matches {
				if err := fund.Reconcile(ctx, tx, by, m.Line.ID, m.Entry.Entry); err != nil {
					return err
				}
			}
			return nil
		})
		key := refused(t, b, func(ctx context.Context, tx *store.Tx) error {
			return fund.Reconcile(ctx, tx, by, d.Lines[len(d.Lines)-1].ID, late.ID)
		})
		if key != "fund.bank.differs" {
			t.Errorf("refused with %s", key)
		}
		d, err = b.As(by).BankDifferences(ctx, account, day(31))
		if err != nil || len(d.Lines) != 1 || len(d.Entries) != 1 || d.Entries[0].Entry != late.ID || !d.Explained() {
			t.Errorf("left %+v %v", d, err)
		}
		fee := fund.DraftOf(d.Lines[0], d.Account)
		fee.Parts[0].Heading = "bank-fee"
		if e := enter(t, b, fee); e.Kind != fund.Payment || e.Total()[0].Minor != 11_000 {
			t.Errorf("fee %+v", e)
		}
		sound(t, b)
	})
}

func TestACashCountStandsBesideTheBook(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by := storetest.Operator()
		enter(t, b, fund.Draft{Body: b.Root(), Kind: fund.Receipt, Day: on("2026-06-01"), Parts: []fund.Part{dong("dues", 1_250_000)}})
		found := fund.Count{
			Account: cash(t, b), Day: calendar.DayOf(2026, 6, 30), Notes: map[int64]int64{500_000: 2, 100_000: 1, 50_000: 2}, People: []string{"Phạm Thị Ví"}, Reason: "  ",
		}
		refusedWith(t, b, "fund.count.reason", func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.CountCash(ctx, tx, by, found)
			return err
		})
		var c fund.Count
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			found.Reason = "Một tờ 50.000 đ chưa tìm thấy"
			c, err = fund.CountCash(ctx, tx, by, found)
			return err
		})
		if c.Counted != 1_200_000 || c.Booked != 1_250_000 || c.Difference() != -50_000 {
			t.Errorf("count %+v", c)
		}
		all, err := b.As(by).Counts(context.Background(), b.Root())
		if err != nil || len(all) != 1 || all[0].Notes[500_000] != 2 || all[0].People[0] != "Phạm Thị Ví" || all[0].Reason != "Một tờ 50.000 đ chưa tìm thấy" {
			t.Errorf("counts %+v %v", all, err)
		}
	})
}

func TestANormProposesAndAsksWhyItIsExceeded(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by, ctx := storetest.Operator(), context.Background()
		branch := storetest.Branch(t, b, "Chi hội Một")
		p, _ := member(t, b, person.Person{Name: "Ngô Văn Thử"}, person.Membership{Body: branch.ID, Category: person.Full})
		set := func(since string, minor int64) {
			first, _ := on(since).First()
			storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
				_, err := fund.SetNorm(ctx, tx, by, fund.Norm{Body: b.Root(), Kind: "sick-visit", Amount: money.Of(minor, money.VND), Times: 2, Since: first})
				return err
			})
		}
		set("2020-01-01", 200_000)
		set("2026-01-01", 300_000)
		for day, want := range map[string]int64{"2025-12-31": 200_000, "2026-01-01": 300_000} {
			first, _ := on(day).First()
			n, err := b.As(by).NormFor(ctx, branch.ID, fund.Occasion{Kind: "sick-visit", On: first})
			if err != nil || n.Amount.Minor != want {
				t.Errorf("norm on %s: %v %v, want %d", day, n.Amount, err, want)
			}
		}
		give := func(day string, minor int64, reason string) func(context.Context, *store.Tx) error {
			return func(ctx context.Context, tx *store.Tx) error {
				d := visit(branch.ID, day, 1)
				d.Reason, d.Parties = reason, []deed.Party{{Role: deed.Receiver, Person: p.ID}}
				d.Lines[1].Quantity = minor
				_, err := deed.PostPaid(ctx, tx, by, d, fund.Draft{Parts: []fund.Part{dong("", minor)}})
				return err
			}
		}
		if key := refused(t, b, give("2026-02-01", 500_000, "")); key != "fund.norm.exceeded" {
			t.Errorf("refused with %s", key)
		}
		storetest.Write(t, b, give("2026-02-01", 500_000, "nằm viện dài ngày"))
		storetest.Write(t, b, give("2026-03-01", 300_000, ""))
		if key := refused(t, b, give("2026-04-01", 300_000, "")); key != "fund.norm.often" {
			t.Errorf("refused with %s", key)
		}
		storetest.Write(t, b, give("2025-04-01", 200_000, ""))
		sound(t, b)
	})
}

func TestGoodsBudgetsAndDonorsAreRead(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b, b.Root())
		by, ctx := storetest.Operator(), context.Background()
		goods := func(kind string, n int64, item string) deed.Deed {
			return deed.Deed{
				Body: b.Root(), Kind: kind, Day: on("2026-05-01"), Parties: []deed.Party{{Role: deed.Receiver, Name: "Nhóm thử"}},
				Lines: []deed.Line{{Unit: deed.Things, Quantity: n, Item: item}},
			}
		}
		post(t, b, goods("donation", 20, "Áo ấm"))
		handed := post(t, b, goods("gift", 8, "áo ấm"))
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := fund.MoveStock(ctx, tx, by, fund.StockMove{Body: b.Root(), Day: on("2026-05-02"), Item: "Ao am", Quantity: 5}); err != nil {
				return err
			}
			handed.Lines = []deed.Line{{Unit: deed.Things, Quantity: 6, Item: "áo ấm"}}
			_, err := deed.Correct(ctx, tx, by, handed, 1)
			return err
		})
		stock, err := b.As(by).Stock(ctx, b.Root(), calendar.DayOf(2026, 12, 31))
		if err != nil || len(stock) != 1 || stock[0].Received != 25 || stock[0].Handed != 6 || stock[0].Left() != 19 {
			t.Errorf("stock %+v %v", stock, err)
		}

		gift := func(who string, minor int64, c person.Consent) fund.Entry {
			return enter(t, b, fund.Draft{
				Body: b.Root(), Kind: fund.Receipt, Day: on("2026-05-03"), Parts: []fund.Part{dong("donation", minor)}, Slip: fund.Slip{Name: who, Consent: c},
			})
		}
		gift("Công ty Ví Dụ", 2_000_000, person.Yes)
		gift("Công ty Ví Dụ", 3_000_000, person.Yes)
		gift("Người kín tiếng", 1_000_000, person.Unasked)
		wrong := gift("Ghi nhầm", 9, person.Yes)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := fund.Reverse(ctx, tx, by, wrong.ID, "ghi nhầm"); err != nil {
				return err
			}
			return fund.SetBudget(ctx, tx, by, fund.Budget{Body: b.Root(), Year: 2026, Class: fund.Income, Code: "donation", Amount: money.Of(10_000_000, money.VND)})
		})
		donors, err := b.As(by).Donors(ctx, b.Root(), calendar.Year(2026))
		if err != nil || len(donors) != 2 || donors[0].Amounts[0].Minor != 5_000_000 || donors[0].Times != 2 || !donors[0].Named() || donors[1].Named() {
			t.Errorf("donors %+v %v", donors, err)
		}
		planned, err := b.As(by).AgainstBudget(ctx, b.Root(), 2026)
		if err != nil || len(planned) != 1 || planned[0].Actual.Minor != 6_000_000 || planned[0].Left().Minor != 4_000_000 {
			t.Errorf("budget %+v %v", planned, err)
		}
		sound(t, b)
	})
}
