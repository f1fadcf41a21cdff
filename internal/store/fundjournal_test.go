package store_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// balanceKey names one balance that a judge is asked for.
type balanceKey struct {
	account string
	month   string // 2026-03
}

// judge is a program that reads the journal and says what accounts hold.
type judge struct {
	name, variable, command string
	format                  fund.Format
	ask                     func(t *testing.T, program, file string, ends []calendar.Day) map[balanceKey]*big.Rat
}

func judges() []judge {
	return []judge{
		{"hledger", "KITH_TEST_HLEDGER", "hledger", fund.LedgerFormat, askHledger},
		{"ledger", "KITH_TEST_LEDGER", "ledger", fund.LedgerFormat, askLedger},
		{"beancount", "KITH_TEST_BEANCOUNT", "bean-query", fund.BeancountFormat, askBeancount},
	}
}

// program finds a judge: where the environment says, or on the path.
func (j judge) program() (string, bool) {
	if named := os.Getenv(j.variable); named != "" {
		return named, true
	}
	found, err := exec.LookPath(j.command)
	return found, err == nil
}

func TestPlainTextAccountingAgreesOnEveryMonthEnd(t *testing.T) {
	b := storetest.Open(t)
	h := awkwardHistory(t, b)
	var ends []calendar.Day
	for month := range (calendar.Period{From: calendar.DayOf(2026, 1, 1), To: calendar.DayOf(2026, 11, 22)}).Months() {
		ends = append(ends, month.To)
	}
	want := h.monthEnds(t, ends)
	for _, j := range judges() {
		program, there := j.program()
		if !there {
			if os.Getenv("CI") == "true" {
				t.Errorf("%s is not there to read the journal", j.name)
			}
			continue
		}
		t.Run(j.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "kith."+string(j.format))
			writeJournal(t, b, j.format, file)
			got := j.ask(t, program, file, ends)
			if len(want) < 100 {
				t.Fatalf("only %d balances to compare", len(want))
			}
			for k, w := range want {
				g := got[k]
				if g == nil {
					g = new(big.Rat)
				}
				if g.Cmp(w) != 0 {
					t.Errorf("%s at the end of %s: %s says %s, the book %s", k.account, k.month, j.name, g.FloatString(3), w.FloatString(3))
				}
				delete(got, k)
			}
			for k, g := range got {
				if g.Sign() != 0 {
					t.Errorf("%s knows %s with %s at the end of %s, the book does not", j.name, k.account, g.FloatString(3), k.month)
				}
			}
		})
	}
}

// awkwardHistory is a random history with texts that a careless writer would
// let a reader stumble over.
func awkwardHistory(t *testing.T, b *store.Book) *history {
	h := newHistory(t, b)
	rapid.Check(t, func(rt *rapid.T) {
		for range 3 {
			h.step(rt)
		}
	})
	for _, text := range []string{`a "quote" and \ slash`, "two; parts  ; tag: x", "line\nbreak", "[2026-01-01] (code) {x} @ 3 = 4", "Ông Bùi Văn Thử | thăm", "", "* !"} {
		e := enter(t, b, fund.Draft{
			Body: b.Root(), Kind: fund.Payment, Day: on("2026-05-05"),
			Parts: []fund.Part{{Heading: "gift", Amount: money.Of(1_234, "KWD")}}, Slip: fund.Slip{Text: text, Name: text},
		})
		h.entered = append(h.entered, e)
	}
	return h
}

// monthEnds is what the book says of every account at every month's end.
func (h *history) monthEnds(t *testing.T, ends []calendar.Day) map[balanceKey]*big.Rat {
	t.Helper()
	all := map[balanceKey]*big.Rat{}
	root, err := h.book.As(storetest.Operator()).Body(context.Background(), h.book.Root())
	if err != nil {
		t.Fatal(err)
	}
	for _, end := range ends {
		balances, err := h.book.As(storetest.Operator()).FundBalances(context.Background(), h.book.Root(), end)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range balances {
			unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(b.Amount.Currency.Digits())), nil)
			all[balanceKey{fund.AccountName(root.Code, b.Account), end.String()[:7]}] = new(big.Rat).SetFrac(big.NewInt(b.Amount.Minor), unit)
		}
	}
	return all
}

func writeJournal(t *testing.T, b *store.Book, f fund.Format, file string) {
	t.Helper()
	book, err := b.As(storetest.Operator()).JournalBook(context.Background(), b.Root(), calendar.Always())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := fund.WriteJournal(&out, f, book); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// said runs a judge and gives its rows.
func said(t *testing.T, program string, args ...string) [][]string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, errs.String())
	}
	r := csv.NewReader(bytes.NewReader(out))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s said what is no table: %v\n%s", program, err, out)
	}
	return rows
}

// number reads the figure of an amount such as "-12.50 USD"; nothing is nought.
func number(t *testing.T, amount string) *big.Rat {
	t.Helper()
	figure, _, _ := strings.Cut(strings.TrimSpace(amount), " ")
	if figure == "" {
		return new(big.Rat)
	}
	r, ok := new(big.Rat).SetString(figure)
	if !ok {
		t.Fatalf("%q is no amount", amount)
	}
	return r
}

func askHledger(t *testing.T, program, file string, _ []calendar.Day) map[balanceKey]*big.Rat {
	rows := said(t, program, "-f", file, "balance", "-H", "-M", "--flat", "--empty", "--no-total", "-O", "csv", "-b", "2026-01-01", "-e", "2026-12-01")
	all := map[balanceKey]*big.Rat{}
	for _, row := range rows[1:] {
		for i, cell := range row[1:] {
			all[balanceKey{row[0], rows[0][i+1][:7]}] = number(t, cell)
		}
	}
	return all
}

func askLedger(t *testing.T, program, file string, ends []calendar.Day) map[balanceKey]*big.Rat {
	all := map[balanceKey]*big.Rat{}
	for _, end := range ends {
		rows := said(t, program, "-f", file, "balance", "--flat", "--no-total", "-e", (end + 1).String(),
			"--balance-format", `%(quoted(account)),%(quoted(display_total))\n`)
		for _, row := range rows {
			all[balanceKey{row[0], end.String()[:7]}] = number(t, row[1])
		}
	}
	return all
}

func askBeancount(t *testing.T, program, file string, ends []calendar.Day) map[balanceKey]*big.Rat {
	check := exec.Command(filepath.Join(filepath.Dir(program), "bean-check"), file)
	if out, err := check.CombinedOutput(); err != nil {
		t.Fatalf("bean-check: %v\n%s", err, out)
	}
	// It prints as many decimals as most numbers have: ask for thousandths.
	rows := said(t, program, "-f", "csv", file, "SELECT account, year, month, sum(number * 1000) AS moved GROUP BY account, year, month")
	all := map[balanceKey]*big.Rat{}
	for _, row := range rows[1:] {
		moved := new(big.Rat).Quo(number(t, row[3]), big.NewRat(1000, 1))
		for _, end := range ends {
			month := "2026-" + ("0" + strings.TrimSpace(row[2]))[len(strings.TrimSpace(row[2]))-1:]
			if end.String()[:7] < month {
				continue
			}
			k := balanceKey{strings.TrimSpace(row[0]), end.String()[:7]}
			if all[k] == nil {
				all[k] = new(big.Rat)
			}
			all[k].Add(all[k], moved)
		}
	}
	return all
}
