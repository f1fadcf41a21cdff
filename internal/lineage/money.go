package lineage

import (
	"cmp"
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
)

// money pays what the fund of the ended body holds into the heir's, purse by
// purse, what is held for a purpose for the same purpose there, and closes the
// fund that is empty.
func (s *settling) money() error {
	held, restricted, err := s.tx.HeldByFund(s.ctx, s.a.Of, s.a.Day)
	if err != nil {
		return err
	}
	if err := s.openFund(); err != nil {
		return err
	}
	part := s.a.Part.Minor
	emptied := true
	for _, h := range held {
		left := h.Amount.Minor
		if !h.Account.Class.IsPurse() || left <= 0 {
			continue
		}
		if !s.a.Part.IsNone() {
			if h.Account.Currency != s.a.Part.Currency {
				emptied = false
				continue
			}
			left = min(left, part)
			part -= left
			emptied = emptied && left == h.Amount.Minor
		}
		if left > 0 {
			if err := s.purse(h.Account, left, restricted); err != nil {
				return err
			}
			s.done.Count++
		}
	}
	if part > 0 {
		return fault.Field("part", "unsettled.part.much", money.Of(s.a.Part.Minor-part, s.a.Part.Currency))
	}
	if !emptied || s.done.Count == 0 {
		return nil
	}
	f, err := s.tx.Fund(s.ctx, s.a.Of)
	if err != nil || f.Closed >= s.a.Day {
		return err
	}
	_, err = fund.Close(s.ctx, s.tx, s.by, s.a.Of, s.a.Day)
	return err
}

// openFund gives the heir a fund where it has none.
func (s *settling) openFund() error {
	_, err := s.tx.Fund(s.ctx, s.a.Heir)
	if fault.KindOf(err) != fault.NotFound || err == nil {
		return err
	}
	of, err := s.tx.Fund(s.ctx, s.a.Of)
	if err != nil {
		return err
	}
	_, err = fund.Open(s.ctx, s.tx, s.by, s.a.Heir, of.Currency)
	return err
}

// purse pays out of one purse: first what is held for purposes, then the rest.
func (s *settling) purse(from fund.Account, left int64, restricted []fund.PurposeBalance) error {
	out, in := []fund.Part{}, []fund.Part{}
	rest := left
	for i := range restricted {
		r := &restricted[i]
		n := min(r.Left.Minor, rest)
		if r.Left.Currency != from.Currency || n <= 0 {
			continue
		}
		there, err := s.purpose(r.Purpose)
		if err != nil {
			return err
		}
		amount := money.Of(n, from.Currency)
		out = append(out, fund.Part{Heading: fund.BetweenCode, Amount: amount, Purpose: r.Purpose.ID})
		in = append(in, fund.Part{Heading: fund.BetweenCode, Amount: amount, Purpose: there})
		r.Left.Minor -= n
		rest -= n
	}
	if rest > 0 {
		part := fund.Part{Heading: fund.BetweenCode, Amount: money.Of(rest, from.Currency)}
		out, in = append(out, part), append(in, part)
	}
	slip := fund.Slip{Name: s.paidBy(), Text: s.a.Note, Voucher: s.a.Paper.Number}
	into, err := s.like(from)
	if err != nil {
		return err
	}
	day := calendar.OnDay(s.a.Day)
	for _, d := range []fund.Draft{
		{Body: s.a.Of, Kind: fund.Payment, Day: day, Purse: from.ID, Parts: out, Slip: slip},
		{Body: s.a.Heir, Kind: fund.Receipt, Day: day, Purse: into, Parts: in, Slip: slip},
	} {
		e, err := fund.Enter(s.ctx, s.tx, s.by, d)
		if err != nil {
			return err
		}
		s.done.Made = append(s.done.Made, int64(e.ID))
	}
	return nil
}

// paidBy names the other side on both slips: the issuer of the decision.
func (s *settling) paidBy() string { return cmp.Or(s.a.Paper.Issuer, s.by.Name) }

// like finds the heir's purse of the same sort: its bank account for money in a
// bank, the cash box otherwise (0).
func (s *settling) like(from fund.Account) (fund.AccountID, error) {
	if from.Class != fund.Bank {
		return 0, nil
	}
	held, _, err := s.tx.HeldByFund(s.ctx, s.a.Heir, s.a.Day)
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(held, func(b fund.Balance) bool {
		return b.Account.Class == fund.Bank && b.Account.Currency == from.Currency
	})
	if i < 0 {
		return 0, nil
	}
	return held[i].Account.ID, nil
}

// purpose finds or makes the heir's purpose of the same code.
func (s *settling) purpose(p fund.Purpose) (fund.PurposeID, error) {
	there, err := s.tx.PurposesOf(s.ctx, s.a.Heir)
	if err != nil {
		return 0, err
	}
	for _, one := range there {
		if one.Code == p.Code {
			return one.ID, nil
		}
	}
	p.ID, p.Body, p.Revision = 0, s.a.Heir, 0
	made, err := fund.SetPurpose(s.ctx, s.tx, s.by, p, 0)
	return made.ID, err
}
