package report

import (
	"context"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/tally"
)

// FundBook is what the money of a report is read from.
type FundBook interface {
	StatementOn(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) (fund.Statement, error)
	PurposesOn(ctx context.Context, of body.ID, on calendar.Day, b tally.Borders) ([]fund.PurposeBalance, error)
	GiftsOf(ctx context.Context, of body.ID, p calendar.Period, b tally.Borders) ([]Gift, error)
}

// Gift is what one giver gave in one currency; without a name when they did not
// agree to be named.
type Gift struct {
	Name   string
	Amount money.Amount
}

// fund reads the statement, unless the actor may not read the money.
func (g *gatherer) fund() error {
	if !g.Actor().Can(access.ReadFund, g.of.ID) {
		return nil
	}
	s, err := g.StatementOn(g.ctx, g.of.ID, g.ask.Period, g.ask.Borders)
	if fault.KindOf(err) == fault.Forbidden {
		return nil
	}
	if err != nil || len(s.Sheets) == 0 {
		return err
	}
	f := &Fund{}
	for _, sheet := range s.Sheets {
		f.Sheets = append(f.Sheets, g.sheet(sheet))
	}
	if f.Purposes, err = g.purposes(); err != nil {
		return err
	}
	g.facts.Fund = f
	return g.donors()
}

func (g *gatherer) amount(key string, minor int64, c money.Currency, heading string) Figure {
	f := Figure{Key: "fund/" + key + ":" + string(c), Qty: minor, Unit: "money", Currency: c}
	if g.ask.Borders.Extent == tally.Then { // else it is of several funds, which have no common list
		f.Ref = entriesRef(g.of.ID, heading, g.ask.Period)
	}
	return f
}

func (g *gatherer) sheet(s fund.Sheet) Sheet {
	c := s.Currency
	to := Sheet{
		Currency: c,
		Opening:  g.amount("total/opening", s.Opening, c, ""),
		Brought:  g.amount("total/brought", s.Brought, c, ""),
		Receipts: g.amount("total/receipts", s.Receipts, c, ""),
		Payments: g.amount("total/payments", s.Payments, c, ""),
		Moved:    g.amount("total/moved", s.Moved, c, ""),
		Closing:  g.amount("total/closing", s.Closing, c, ""),
	}
	for _, row := range fund.ByHeading(s.In) {
		to.In = append(to.In, Heading{row.Names, g.amount("in/"+row.Code, row.Amount.Minor, c, string(row.Class)+"."+row.Code)})
	}
	for _, row := range fund.ByHeading(s.Out) {
		to.Out = append(to.Out, Heading{row.Names, g.amount("out/"+row.Code, row.Amount.Minor, c, string(row.Class)+"."+row.Code)})
	}
	at := map[string]int{}
	for _, p := range s.Purses {
		if p.Closing == 0 && p.Opening == 0 {
			continue
		}
		i, known := at[p.Account.Code]
		if !known {
			i = len(to.Purses)
			at[p.Account.Code] = i
			to.Purses = append(to.Purses, Purse{p.Account.Names, g.amount("purse/"+p.Account.Code, 0, c, "")})
		}
		to.Purses[i].Amount.Qty += p.Closing
	}
	return to
}

func (g *gatherer) purposes() ([]Purpose, error) {
	balances, err := g.PurposesOn(g.ctx, g.of.ID, g.on, g.ask.Borders)
	if err != nil {
		return nil, err
	}
	var all []Purpose
	for _, b := range balances {
		place, c := "purpose/"+b.Purpose.Code, b.Left.Currency
		all = append(all, Purpose{
			Names:    b.Purpose.Names,
			Received: g.amount(place+"/received", b.Received.Minor, c, ""),
			Spent:    g.amount(place+"/spent", b.Spent.Minor, c, ""),
			Left:     g.amount(place+"/left", b.Left.Minor, c, ""),
		})
	}
	return all, nil
}

// donors lists who gave and agreed to be named; the others are one sum.
func (g *gatherer) donors() error {
	gifts, err := g.GiftsOf(g.ctx, g.of.ID, g.ask.Period, g.ask.Borders)
	if err != nil {
		return err
	}
	f := g.facts.Fund
	for _, gift := range gifts {
		amount := g.amount("gift", gift.Amount.Minor, gift.Amount.Currency, "")
		if gift.Name != "" {
			f.Donors = append(f.Donors, Donor{gift.Name, amount})
		} else {
			f.Unnamed = append(f.Unnamed, amount)
		}
	}
	return nil
}
