package web

import (
	"slices"
	"testing"

	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/report"
)

func TestTheBoardNamesOnlyThoseWhoAgreed(t *testing.T) {
	dong := func(n int64) money.Amount { return money.Of(n, money.VND) }
	board, err := boardOf([]fund.Donor{
		{Name: "Lê Văn An", Consent: person.Yes, Amounts: []money.Amount{dong(200), money.Of(5, money.USD)}},
		{Name: "Vũ Thị Bình", Consent: person.No, Amounts: []money.Amount{dong(300)}},
		{Name: "Đỗ Văn Cường", Consent: person.Unasked, Amounts: []money.Amount{dong(40), money.Of(1, money.USD)}},
		{Name: "Lê Văn An", Consent: person.Yes, Amounts: []money.Amount{dong(900)}}, // another of that name
	})
	want := []report.Gift{{Name: "Lê Văn An", Amount: dong(900)}, {Name: "Lê Văn An", Amount: dong(200)}, {Name: "Lê Văn An", Amount: money.Of(5, money.USD)}, {Amount: dong(340)}, {Amount: money.Of(1, money.USD)}}
	if err != nil || !slices.Equal(board, want) {
		t.Errorf("the board is %v %v, want %v", board, err, want)
	}
}

func TestACountIsAWholeNumberWhoseDigitsMayBeGrouped(t *testing.T) {
	for typed, want := range map[string]int64{"0": 0, "125": 125, "1.250": 1250, "1,250": 1250, "1 250 000": 1_250_000} {
		if n, well := countRead(typed); !well || n != want {
			t.Errorf("%q is %d %v, want %d", typed, n, well, want)
		}
	}
	for _, typed := range []string{"", "12,5", "12.5", "1.25", "1.2500", "-5", "5 con", "9223372036854775808"} {
		if n, well := countRead(typed); well {
			t.Errorf("%q is taken for %d", typed, n)
		}
	}
}
