package intake

import (
	"math/big"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/sheet"
)

// Bank is the statement of a bank account. It is no subject of import by
// itself: its rows are kept beside the fund and matched with entries.
const Bank Subject = "bank"

// Statement is what was read from a bank's statement.
type Statement struct {
	Rows     []fund.BankRow
	Skipped  int       // rows that are no transaction: totals, balances carried
	Problems []Problem // rows that seem to be one and cannot be read
}

// ReadStatement reads the rows of a bank's statement, in the currency of the
// account. Money in and out stand in two columns or, signed, in one.
func ReadStatement(t *Table, c money.Currency, o Options, today calendar.Day) (Statement, error) {
	if !t.Has("day") || !t.Has("in") && !t.Has("out") && !t.Has("amount") {
		v, err := shipped()
		if err != nil {
			return Statement{}, err
		}
		return Statement{}, fault.Refuse("intake.heading.missing", choices(func(lang locale.Lang) []string { return needed(v, Bank, lang) }))
	}
	r := &statementReading{table: t, currency: c, today: today, orders: findOrders(t, o.DayOrder, "day")}
	for _, row := range t.rows {
		r.row(row)
	}
	return r.Statement, nil
}

// statementReading reads a statement row by row.
type statementReading struct {
	Statement
	table    *Table
	currency money.Currency
	today    calendar.Day
	orders   *orders
}

func (r *statementReading) cell(row sheet.Row, f Field) sheet.Cell {
	at, ok := r.table.at[f]
	if !ok {
		return sheet.Cell{}
	}
	return row.At(at)
}

// row takes one row in, skips it, or says what is wrong with it.
func (r *statementReading) row(row sheet.Row) {
	day, dayErr := r.day(r.cell(row, "day"))
	amount, field, err := r.amount(row)
	switch {
	case dayErr != nil && (err != nil || amount == 0), dayErr == nil && err == nil && amount == 0:
		r.Skipped++
		return
	case err != nil:
		r.refuse(row, field, err)
		return
	case dayErr != nil:
		if !strings.ContainsAny(r.cell(row, "day").Text, "0123456789") {
			r.Skipped++ // a total has an amount and no day
			return
		}
		r.refuse(row, "day", dayErr)
		return
	case day > r.today:
		r.refuse(row, "day", fault.Field("day", "intake.bank.future", calendar.OnDay(day)))
		return
	}
	b := fund.BankRow{Day: day, Amount: amount, Text: r.cell(row, "text").Text, Ref: r.cell(row, "ref").Text}
	if balance := r.cell(row, "balance"); balance.Kind != sheet.Blank {
		if minor, err := minorOf(balance, r.currency); err == nil {
			b.Balance, b.HasBalance = minor, true
		}
	}
	r.Rows = append(r.Rows, b)
}

func (r *statementReading) refuse(row sheet.Row, f Field, err error) {
	for _, one := range fault.All(err) {
		p := Problem{Row: row.Number, Column: -1, Field: f, Fault: one}
		if at, ok := r.table.at[f]; ok {
			p.Column, p.Title = at, r.table.Columns[at].Title
		}
		r.Problems = append(r.Problems, p)
	}
}

// day reads the day of a transaction; the hour that many banks add is left out.
func (r *statementReading) day(c sheet.Cell) (calendar.Day, error) {
	d := c.Date
	if c.Kind != sheet.Date {
		said, _, _ := strings.Cut(strings.TrimSpace(c.Text), " ")
		said, _, _ = strings.Cut(said, "\n")
		var err error
		if d, err = r.orders.read("day", said, r.today.Year()); err != nil {
			return 0, err
		}
	}
	day, exact := d.Day()
	if !exact {
		return 0, fault.Field("day", "date.unreadable", c.Text)
	}
	return day, nil
}

// amount reads what came in, above nought, or went out.
func (r *statementReading) amount(row sheet.Row) (int64, Field, error) {
	total := int64(0)
	for _, f := range []Field{"in", "out", "amount"} {
		c := r.cell(row, f)
		if c.Kind == sheet.Blank || strings.Trim(c.Text, " -–") == "" {
			continue
		}
		minor, err := minorOf(c, r.currency)
		switch {
		case err != nil:
			return 0, f, err
		case f == "in":
			minor = max(minor, -minor)
		case f == "out":
			minor = -max(minor, -minor)
		}
		total += minor
	}
	return total, "", nil
}

// minorOf reads an amount of a statement. Banks write every amount in full, so
// that a mark is a decimal one only where at most two figures follow it.
func minorOf(c sheet.Cell, currency money.Currency) (int64, error) {
	unreadable := fault.Field("amount", "money.parse.unreadable", c.Text)
	said := strings.TrimSpace(c.Text)
	for _, name := range []string{string(currency), "đ", "₫"} {
		said = strings.TrimSpace(strings.TrimSuffix(said, name))
	}
	negative := strings.HasPrefix(said, "-") || strings.HasPrefix(said, "(") && strings.HasSuffix(said, ")")
	said = strings.Map(func(r rune) rune {
		if strings.ContainsRune("+-() \u00a0\u202f", r) {
			return -1
		}
		return r
	}, said)
	whole, part := said, ""
	if i := strings.LastIndexAny(said, ".,"); i >= 0 && (len(said)-i-1 <= 2 || c.Kind == sheet.Number) {
		whole, part = said[:i], said[i+1:]
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	if whole == "" || strings.Trim(whole+part, "0123456789") != "" {
		return 0, unreadable
	}
	exact, ok := new(big.Rat).SetString(whole + "." + part + "0")
	if !ok {
		return 0, unreadable
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(currency.Digits())), nil)
	exact.Mul(exact, new(big.Rat).SetInt(unit))
	if !exact.IsInt() || !exact.Num().IsInt64() {
		return 0, unreadable
	}
	minor := exact.Num().Int64()
	if negative {
		minor = -minor
	}
	return minor, nil
}
