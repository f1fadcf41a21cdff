package intake_test

import (
	"testing"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/intake"
	"kith.app/internal/money"
)

func march(day int) calendar.Day { return calendar.DayOf(2026, 3, day) }

func TestAStatementIsReadAsBanksWriteThem(t *testing.T) {
	tests := map[string]struct {
		currency money.Currency
		rows     []string
		want     []fund.BankRow
		skipped  int
	}{
		"two columns, marks by commas": {money.VND, []string{
			"NGÂN HÀNG VÍ DỤ||||", "Ngày giao dịch|Số tham chiếu|Ghi nợ|Ghi có|Số dư|Nội dung",
			"Số dư đầu kỳ||||1,000,000|", "02/03/2026 10:15:33|FT01||500,000|1,500,000|TRAN THI MAU UH QUY",
			"31/03/2026|FT02|11,000||1,489,000.00|PHI", "Tổng cộng||11,000|500,000||",
		}, []fund.BankRow{
			{Day: march(2), Amount: 500_000, Text: "TRAN THI MAU UH QUY", Ref: "FT01", Balance: 1_500_000, HasBalance: true},
			{Day: march(31), Amount: -11_000, Text: "PHI", Ref: "FT02", Balance: 1_489_000, HasBalance: true},
		}, 2},
		"one column, signed, marks by points": {money.VND, []string{
			"Ngày|Số tiền|Diễn giải", "15/03/2026|+2.000.000 VND|ủng hộ", "16/03/2026|-300.000|chi", "16/03/2026|(50.000)|phí",
		}, []fund.BankRow{{Day: march(15), Amount: 2_000_000, Text: "ủng hộ"}, {Day: march(16), Amount: -300_000, Text: "chi"}, {Day: march(16), Amount: -50_000, Text: "phí"}}, 0},
		"cents": {money.USD, []string{
			"Date|Debit|Credit|Description", "2026-03-14|1,234.5||fee", "2026-03-15|-|1.234,56|gift", "2026-03-15||1,234|gift",
		}, []fund.BankRow{{Day: march(14), Amount: -1_234_50, Text: "fee"}, {Day: march(15), Amount: 1_234_56, Text: "gift"}, {Day: march(15), Amount: 1_234_00, Text: "gift"}}, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := intake.ReadStatement(table(t, intake.Bank, intake.Options{}, test.rows...), test.currency, intake.Options{}, calendar.DayOf(2026, 11, 22))
			if err != nil || len(got.Problems) > 0 || got.Skipped != test.skipped {
				t.Fatalf("%v, problems %v, skipped %d, want %d", err, got.Problems, got.Skipped, test.skipped)
			}
			if len(got.Rows) != len(test.want) {
				t.Fatalf("rows %+v, want %+v", got.Rows, test.want)
			}
			for i, w := range test.want {
				if got.Rows[i] != w {
					t.Errorf("row %d: %+v, want %+v", i, got.Rows[i], w)
				}
			}
		})
	}
}

func TestWhatCannotBeReadOfAStatementIsToldByItsCell(t *testing.T) {
	got, err := intake.ReadStatement(table(t, intake.Bank, intake.Options{}, "Ngày|Ghi nợ|Ghi có|Nội dung",
		"31/03/2026|||trống", "30/02/2026||5.000|sai ngày", "15/03/2026|năm nghìn||sai tiền", "15/03/2026|12,5||lẻ đồng"),
		money.VND, intake.Options{}, calendar.DayOf(2026, 11, 22))
	if err != nil || len(got.Rows) != 0 || got.Skipped != 1 || len(got.Problems) != 3 {
		t.Fatalf("%+v %v", got, err)
	}
	for i, cell := range []string{"A3", "B4", "B5"} {
		if got.Problems[i].Cell() != cell {
			t.Errorf("problem %d at %s, want %s", i, got.Problems[i].Cell(), cell)
		}
	}
}

func TestADayThatHasNotComeIsToldRatherThanKept(t *testing.T) {
	got, err := intake.ReadStatement(table(t, intake.Bank, intake.Options{}, "Ngày|Ghi nợ|Ghi có|Nội dung",
		"22/11/2026||5.000|hôm nay", "10/12/2026||5.000|đổi chỗ"), money.VND, intake.Options{}, calendar.DayOf(2026, 11, 22))
	if err != nil || len(got.Rows) != 1 || len(got.Problems) != 1 || got.Problems[0].Cell() != "A3" || got.Problems[0].Fault.Key != "intake.bank.future" {
		t.Fatalf("%+v %v", got, err)
	}
}
