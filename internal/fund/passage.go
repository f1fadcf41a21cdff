package fund

import (
	"context"
	"math/big"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/money"
)

// Passage moves money from one purse of a fund to another. Between two
// currencies it is an exchange: what was given and what was got are both
// recorded, or one of them and the rate.
type Passage struct {
	Body  body.ID
	Day   calendar.Date
	From  AccountID
	Into  AccountID
	Given money.Amount
	Got   money.Amount // none: as much as was given, or what the rate makes of it
	Rate  string       // units of the currency got for one given
	Slip
}

// Pass records a passage of money between two purses.
func Pass(ctx context.Context, tx Tx, by access.Actor, p Passage) (Entry, error) {
	if err := by.May(access.KeepFund, p.Body); err != nil {
		return Entry{}, err
	}
	if err := (Part{Amount: p.Given}).check(p.Given.Currency); err != nil {
		return Entry{}, err
	}
	f, err := tx.Fund(ctx, p.Body)
	if err != nil {
		return Entry{}, err
	}
	from, err := purse(ctx, tx, f, p.From, p.Given.Currency)
	if err != nil {
		return Entry{}, err
	}
	into, err := tx.FundAccount(ctx, p.Into)
	if err != nil {
		return Entry{}, err
	}
	if into.Body != p.Body || !into.Class.IsPurse() || into.ID == from.ID {
		return Entry{}, fault.Field("into", "fund.purse.unknown")
	}
	if p.Got, p.Rate, err = exchanged(p, into.Currency); err != nil {
		return Entry{}, err
	}
	d := Draft{Body: p.Body, Kind: Transfer, Day: p.Day, Slip: p.Slip, Rate: p.Rate}
	if d.Postings, err = passing(ctx, tx, f, p, from); err != nil {
		return Entry{}, err
	}
	return Enter(ctx, tx, by, d)
}

// exchanged gives what was got and at which rate. Within one currency it is
// what was given, and there is no rate.
func exchanged(p Passage, into money.Currency) (money.Amount, string, error) {
	if into == p.Given.Currency {
		if !p.Got.IsNone() && p.Got != p.Given {
			return money.Amount{}, "", fault.Field("got", "fund.passage.uneven")
		}
		return p.Given, "", nil
	}
	if !p.Got.IsNone() {
		if err := (Part{Amount: p.Got}).check(into); err != nil {
			return money.Amount{}, "", err
		}
		if p.Rate == "" {
			p.Rate = rateOf(p.Given, p.Got)
		}
		return p.Got, p.Rate, nil
	}
	if p.Rate == "" {
		return money.Amount{}, "", fault.Field("rate", "fund.rate.missing")
	}
	rate, err := money.ParseRate(p.Rate)
	if err != nil {
		return money.Amount{}, "", err
	}
	got, err := money.Convert(p.Given, rate, into)
	return got, rate.String(), err
}

// rateOf is the rate behind an exchange of which both amounts are known, to
// ten decimals.
func rateOf(given, got money.Amount) string {
	whole := func(a money.Amount) *big.Rat {
		unit := big.NewInt(1)
		for range a.Currency.Digits() {
			unit.Mul(unit, big.NewInt(10))
		}
		return new(big.Rat).SetFrac(big.NewInt(a.Minor), unit)
	}
	const decimals = 10
	rounded := new(big.Rat).Quo(whole(got), whole(given)).FloatString(decimals)
	rate, err := money.ParseRate(rounded)
	if err != nil {
		return "" // so small that ten decimals show nothing
	}
	return rate.String()
}

// passing gives the postings of a passage: two within one currency, four where
// the exchange stands between.
func passing(ctx context.Context, tx Tx, f Fund, p Passage, from Account) ([]Posting, error) {
	out := Posting{Account: from.ID, Amount: -p.Given.Minor, Currency: p.Given.Currency}
	into := Posting{Account: p.Into, Amount: p.Got.Minor, Currency: p.Got.Currency}
	if p.Got.Currency == p.Given.Currency {
		return []Posting{out, into}, nil
	}
	between := make([]Posting, 0, 2)
	for _, side := range []Posting{out, into} {
		a, err := account(ctx, tx, f, Key{f.Body, Exchange, ExchangeCode, side.Currency})
		if err != nil {
			return nil, err
		}
		between = append(between, Posting{Account: a.ID, Amount: -side.Amount, Currency: side.Currency})
	}
	return []Posting{out, between[0], between[1], into}, nil
}

// Handing passes money from one body's fund to another's: what a branch hands
// to the association, or gets from it.
type Handing struct {
	From, Into       body.ID
	FromPurse, Purse AccountID // 0: the cash boxes
	Day              calendar.Date
	Amount           money.Amount
	Slip
}

// Hand records what one fund hands to another: a payment here and a receipt
// there, which cancel out where both funds are summed.
func Hand(ctx context.Context, tx Tx, by access.Actor, h Handing) (paid, received Entry, err error) {
	if h.From == h.Into {
		return paid, received, fault.Field("into", "fund.purse.unknown")
	}
	parts := []Part{{Heading: BetweenCode, Amount: h.Amount}}
	paid, err = Enter(ctx, tx, by, Draft{Body: h.From, Kind: Payment, Day: h.Day, Purse: h.FromPurse, Parts: parts, Slip: h.Slip})
	if err != nil {
		return paid, received, err
	}
	received, err = Enter(ctx, tx, by, Draft{Body: h.Into, Kind: Receipt, Day: h.Day, Purse: h.Purse, Parts: parts, Slip: h.Slip})
	return paid, received, err
}
