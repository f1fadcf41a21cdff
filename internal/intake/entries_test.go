package intake_test

import (
	"bytes"
	"context"
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/intake"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

const cashBook = `Mã|Ngày|Thu|Chi|Khoản mục|Quỹ|Họ và tên|Diễn giải|Số chứng từ|Chi hội`

func openFund(t *testing.T, b *store.Book) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Open(ctx, tx, storetest.Operator(), b.Root(), money.VND)
		return err
	})
}

// held is what the purses hold together.
func held(t *testing.T, b *store.Book) (total int64) {
	t.Helper()
	all, err := b.As(storetest.Operator()).FundBalances(context.Background(), b.Root(), storetest.Today())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Account.Class.IsPurse() {
			total += one.Amount.Minor
		}
	}
	return total
}

func entries(t *testing.T, b *store.Book) []intake.KnownEntry {
	t.Helper()
	all, err := b.As(storetest.Operator()).KnownEntries(context.Background(), b.Root())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestACashBookComesInAndGoesBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		openFund(t, b)
		storetest.Branch(t, b, "Chi hội Him Lam")
		tab := table(t, intake.Entries, intake.Options{}, cashBook,
			`A1|15/01/2026|2.000.000||Ủng hộ||Bùi Quang Hải|ủng hộ quỹ||`, `A2|17/01/2026||300.000|Thăm hỏi ốm đau|Tiền mặt|Vũ Đình Khoát|thăm ốm|DS 04|Chi hội Him Lam`,
			`A3|18/01/2026|500.000|||Ngân hàng|Công ty Hoa Mai|lãi||`, `A3|18/01/2026|100.000|||Ngân hàng|Công ty Hoa Mai|lãi||`, `||Tổng cộng|300.000||||||`)
		p := propose(t, b, tab, intake.Options{})
		if n, in, out := p.Money(); n != 3 || len(in) != 1 || in[0].Minor != 2600000 || out[0].Minor != 300000 {
			t.Fatalf("money %d %v %v: %+v", n, in, out, p.Rows)
		}
		j := bring(t, b, tab, intake.Options{})
		if got := held(t, b); got != 2300000 {
			t.Errorf("held %d, want 2300000", got)
		}
		if again := bring(t, b, tab, intake.Options{}); again.Counts.Same != 3 || again.Counts.New != 0 {
			t.Errorf("the same file again: %+v", again.Counts)
		}
		lacking := 0
		for _, e := range entries(t, b) {
			if approver, _ := e.Lacks(); approver {
				lacking++
			}
		}
		if lacking != 1 {
			t.Errorf("%d entries not approved, want the payment", lacking)
		}
		u := undo(t, b, j.ID)
		if u.Reversed != 3 || held(t, b) != 0 {
			t.Errorf("taken back %+v, held %d", u, held(t, b))
		}
		sound(t, b)
	})
}

func TestAnotherAmountUnderTheSameNumberReverses(t *testing.T) {
	b := storetest.Open(t)
	openFund(t, b)
	bring(t, b, table(t, intake.Entries, intake.Options{}, cashBook, `A1|15/01/2026|2.000.000||Ủng hộ||Bùi Quang Hải|ủng hộ||`), intake.Options{})
	o := intake.Options{Why: "Nhập từ tệp so-quy.xlsx"}
	j := bring(t, b, table(t, intake.Entries, intake.Options{}, cashBook, `A1|15/01/2026|3.000.000||||||BL 7|`), o)
	if j.Counts.Update != 1 || held(t, b) != 3000000 {
		t.Errorf("%+v, held %d", j.Counts, held(t, b))
	}
	all := entries(t, b)
	last := all[len(all)-1]
	for _, e := range all {
		if e.ID > last.ID {
			last = e
		}
	}
	if len(all) != 3 || last.Name != "Bùi Quang Hải" || last.Text != "ủng hộ" || last.Voucher != "BL 7" {
		t.Errorf("%d entries, the last %+v", len(all), last)
	}
	if u := undo(t, b, j.ID); held(t, b) != 2000000 || u.Restored != 1 {
		t.Errorf("taken back: %+v, held %d", u, held(t, b))
	}
	sound(t, b)
}

func TestRowsOfMoneyThatCannotBeReadAreLeftOut(t *testing.T) {
	b := storetest.Open(t)
	openFund(t, b)
	p := propose(t, b, table(t, intake.Entries, intake.Options{}, cashBook+`|Loại tiền`,
		`B1|31/02/2026|1.000||||||||`, `B2|15/01/2027|1.000||||||||`, `B3|15/01/2026|1.000|2.000|||||||`, `B4|15/01/2026|||||ai|gì đó|||`,
		`B5|15/01/2026|-5||||||||`, `B6|15/01/2026|99999999999999999999||||||||`, `B7|15/01/2026|5||Mua trăng|||||`,
		`B8|15/01/2026|5||||||||VND`, `B8|15/01/2026|5||||||||USD`, `B9||5||||||||`, `B10|15/01/2026|5|||Két sắt bí mật|||||`), intake.Options{})
	if p.Count(intake.Trouble) != 10 || len(p.Rows) != 10 {
		for _, r := range p.Rows {
			t.Errorf("%d %s %+v", r.Number, r.What, r.Problems)
		}
	}
}

func TestEntriesGoOutWithTheColumnsTheyComeInBy(t *testing.T) {
	b := storetest.Open(t)
	openFund(t, b)
	bring(t, b, table(t, intake.Entries, intake.Options{}, cashBook,
		`A1|15/01/2026|2.000.000||Ủng hộ||Bùi Quang Hải|ủng hộ||`, `A2|17/01/2026||300.000|Thăm hỏi ốm đau||Vũ Đình Khoát|thăm|DS 04|`), intake.Options{})
	for _, as := range []string{"csv", "xlsx"} {
		tab := opened(t, intake.Entries, intake.Options{}, "xuất."+as, exported(t, b, intake.Entries, "fr", as))
		if len(tab.Unknown()) > 0 {
			t.Errorf("%s: columns %v not recognised", as, tab.Unknown())
		}
		if p := propose(t, b, tab, intake.Options{}); p.Count(intake.Same) != 2 {
			t.Errorf("%s back into its own book: %+v", as, p.Rows)
		}
		other := storetest.Open(t)
		openFund(t, other)
		if j := bring(t, other, tab, intake.Options{}); j.Counts.New != 2 || held(t, other) != 1700000 {
			t.Errorf("%s into another: %+v, held %d", as, j.Counts, held(t, other))
		}
		sound(t, other)
	}
}

func TestMoneyOfDeedsEntersTheFundAndGoesBack(t *testing.T) {
	b := storetest.Open(t)
	openFund(t, b)
	const head = `Mã|Loại việc|Ngày|Người nhận|Số tiền`
	tab := table(t, intake.Deeds, intake.Options{}, head, `D1|Thăm ốm|15/01/2026|Vũ Đình Khoát|300.000`, `D2|Thăm ốm|2026|Phạm Văn Thược|`)
	j := bring(t, b, tab, intake.Options{Why: "tệp"})
	if held(t, b) != -300000 {
		t.Errorf("held %d, want -300000", held(t, b))
	}
	if again := bring(t, b, tab, intake.Options{}); again.Counts.Same != 2 {
		t.Errorf("again: %+v", again.Counts)
	}
	k := bring(t, b, table(t, intake.Deeds, intake.Options{}, head, `D1|Thăm ốm|15/01/2026|Vũ Đình Khoát|500.000`), intake.Options{Why: "tệp sửa"})
	if k.Counts.Update != 1 || held(t, b) != -500000 {
		t.Errorf("corrected: %+v, held %d", k.Counts, held(t, b))
	}
	undo(t, b, k.ID)
	if held(t, b) != -300000 {
		t.Errorf("the correction taken back: held %d, want -300000", held(t, b))
	}
	if u := undo(t, b, j.ID); held(t, b) != -300000 || len(u.Kept) != 1 {
		t.Errorf("a deed corrected since is kept: %+v, held %d", u, held(t, b))
	}
	figures := storetest.Open(t)
	openFund(t, figures)
	bring(t, figures, tab, intake.Options{FiguresOnly: true})
	if held(t, figures) != 0 {
		t.Errorf("figures only: held %d", held(t, figures))
	}
	l := bring(t, figures, table(t, intake.Deeds, intake.Options{}, head, `D9|Thăm ốm|16/01/2026|Lê Văn Tiến|200.000`), intake.Options{})
	undo(t, figures, l.ID)
	if held(t, figures) != 0 {
		t.Errorf("taken back: held %d", held(t, figures))
	}
	sound(t, b)
	sound(t, figures)
}

func sound(t *testing.T, b *store.Book) {
	t.Helper()
	if trouble, err := b.Check(context.Background()); err != nil || len(trouble) != 0 {
		t.Fatalf("check: %v %v", trouble, err)
	}
}

// An opening says what each purse held, a transfer from where to where; both are
// left as they are when they come in again.
func TestPursesOfAnOpeningAreToldApart(t *testing.T) {
	b := storetest.Open(t)
	openFund(t, b)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		accounts, err := tx.FundAccounts(ctx, b.Root())
		if err != nil {
			return err
		}
		at := map[fund.Class]fund.AccountID{}
		for _, a := range accounts {
			if a.Class.IsPurse() || a.Class == fund.Brought {
				at[a.Class] = a.ID
			}
		}
		post := func(c fund.Class, n int64) fund.Posting {
			return fund.Posting{Account: at[c], Amount: n, Currency: money.VND}
		}
		for _, d := range []fund.Draft{
			{Kind: fund.Opening, Postings: []fund.Posting{post(fund.Cash, 3000000), post(fund.Bank, 7000000), post(fund.Brought, -10000000)}},
			{Kind: fund.Transfer, Postings: []fund.Posting{post(fund.Bank, -500000), post(fund.Cash, 500000)}},
		} {
			d.Body, d.Day, d.Slip.Text = b.Root(), calendar.On(2026, 1, 1), "mang sang"
			if _, err := fund.Enter(ctx, tx, storetest.Operator(), d); err != nil {
				return err
			}
		}
		return nil
	})
	content := exported(t, b, intake.Entries, "vi", "csv")
	for _, want := range []string{",3000000,VND,Tiền mặt,", ",7000000,VND,Tiền gửi ngân hàng,", ",500000,VND,Tiền gửi ngân hàng → Tiền mặt,"} {
		if !bytes.Contains(content, []byte(want)) {
			t.Errorf("no %q in\n%s", want, content)
		}
	}
	tab := opened(t, intake.Entries, intake.Options{}, "xuất.csv", content)
	if p := propose(t, b, tab, intake.Options{}); p.Count(intake.Same) != len(p.Rows) || held(t, b) != 10000000 {
		t.Errorf("back into its own book: %+v", p.Rows)
	}
}
