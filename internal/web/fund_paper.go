package web

import (
	"bytes"
	"cmp"
	"mime"
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/letter"
	"kith.app/internal/money"
	"kith.app/internal/report"
)

// sendPaper writes a paper in the format that the address names.
func (d *desk) sendPaper(paper *document.Document, name string, as report.Format) error {
	var written bytes.Buffer
	if err := report.Write(&written, paper, as); err != nil {
		return err
	}
	way := "attachment"
	if as == report.PDF || as == report.HTML {
		way = "inline"
	}
	d.w.Header().Set("Content-Disposition", mime.FormatMediaType(way, map[string]string{"filename": name + "." + string(as)}))
	return d.send(200, as.Media(), written.Bytes())
}

// formatAsked is the format that the address names.
func (d *desk) formatAsked() (report.Format, error) {
	as, err := report.ParseFormat(d.PathValue("as"))
	if err != nil || as == report.JSON {
		return as, fault.Missing("fault.missing")
	}
	return as, nil
}

// sheetOn is what every paper of the fund shares: who writes, and the day.
func (d *desk) sheetOn(day calendar.Day) (letter.Sheet, error) {
	house, err := report.HouseOf(d.Context(), d.view(), d.fund.Body, day)
	return letter.Sheet{House: house, Date: calendar.OnDay(day)}, err
}

// entryPaper prints a receipt or a payment voucher.
func (s *Server) entryPaper(d *desk) error {
	e, err := d.entryAsked()
	if err != nil {
		return err
	}
	as, err := d.formatAsked()
	if err != nil {
		return err
	}
	head, err := d.sheetOn(e.Day)
	if err != nil {
		return err
	}
	slip := letter.Slip{
		Sheet: head, Text: d.about(e), Amounts: e.Total(), Attached: e.Voucher, Treasurer: e.Names.Payer,
		Approver: orOther(e.Names.Approver, e.Names.Asked), Second: orOther(e.Names.Second, e.Names.AskedToo),
		Who: letter.Who{Name: e.Names.Who, Address: e.Address},
	}
	slip.Number = e.Label()
	if e.Person != 0 {
		if p, err := d.view().Person(d.Context(), e.Person); err == nil {
			slip.Who.Phone = p.Phone
			slip.Who.Address = orOther(e.Address, p.Address)
		}
	}
	switch e.Kind {
	case fund.Receipt, fund.Repayment:
		return d.sendPaper(letter.Receipt(d.words(), slip), "phieu-thu", as)
	case fund.Payment, fund.Lending:
		return d.sendPaper(letter.Voucher(d.words(), slip), "phieu-chi", as)
	case fund.Transfer, fund.Opening, fund.Journal, fund.Reversal:
	}
	return fault.Missing("fault.missing")
}

// orOther is a text, or another where it is empty.
func orOther(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// statementPaper prints the statement to be signed.
func (s *Server) statementPaper(d *desk) error {
	as, err := d.formatAsked()
	if err != nil {
		return err
	}
	st, err := d.statementAsked()
	if err != nil {
		return err
	}
	head, err := d.sheetOn(d.today())
	if err != nil {
		return err
	}
	return d.sendPaper(letter.Statement(d.words(), letter.Money{Sheet: head, Statement: st, Branches: d.bodies}), "bao-cao-thu-chi", as)
}

// donorsPaper prints the board of donors to hang up: only those who agreed are named.
func (s *Server) donorsPaper(d *desk) error {
	as, err := d.formatAsked()
	if err != nil {
		return err
	}
	period, err := d.periodOrYear()
	if err != nil {
		return err
	}
	donors, err := d.view().Donors(d.Context(), d.fund.Body, period)
	if err != nil {
		return err
	}
	gifts, err := boardOf(donors)
	if err != nil {
		return err
	}
	head, err := d.sheetOn(d.today())
	if err != nil {
		return err
	}
	return d.sendPaper(letter.Donors(d.words(), letter.Board{Sheet: head, Subject: d.words().Period(period), Gifts: gifts}), "bang-vang", as)
}

// boardOf lists what the donors gave, the most first; of those who did not agree to be
// named, one sum for each currency.
func boardOf(donors []fund.Donor) (gifts []report.Gift, err error) {
	var unnamed []money.Amount
	for _, one := range donors {
		for _, a := range one.Amounts {
			if one.Named() {
				gifts = append(gifts, report.Gift{Name: one.Name, Amount: a})
			} else if unnamed, err = money.AddTo(unnamed, a); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(gifts, func(a, b report.Gift) int {
		return cmp.Or(cmp.Compare(b.Amount.Minor, a.Amount.Minor), strings.Compare(a.Name, b.Name))
	})
	for _, a := range unnamed {
		gifts = append(gifts, report.Gift{Amount: a})
	}
	return gifts, nil
}

// countPaper prints the minutes of a cash count.
func (s *Server) countPaper(d *desk) error {
	as, err := d.formatAsked()
	if err != nil {
		return err
	}
	id, err := d.number("id")
	if err != nil {
		return err
	}
	all, err := d.view().Counts(d.Context(), d.fund.Body)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.ID == id {
			head, err := d.sheetOn(c.Day)
			if err != nil {
				return err
			}
			a := d.account(c.Account)
			return d.sendPaper(letter.CashCount(d.words(), letter.Counted{Sheet: head, Count: c, Purse: d.purseName(a), Currency: a.Currency}), "bien-ban-kiem-quy", as)
		}
	}
	return fault.Missing("fault.missing")
}
