package web

import (
	"context"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// fundHome shows what is in the fund today and how it came about.
func (s *Server) fundHome(d *desk) error {
	p := page.FundHome{Shell: d.shell(d.say("fundpages.home"))}
	p.Shell.Seen = d.moneySeen()
	if len(d.funds) > 1 {
		p.Funds = d.fundTabs()
	}
	balances, err := d.view().FundBalances(d.Context(), d.fund.Body, d.today())
	if err != nil {
		return err
	}
	months, err := d.twelveMonths()
	if err != nil {
		return err
	}
	p.Tiles = append(d.heldTiles(balances, months), d.flowTiles(months)...)
	p.Purses = d.purseLines(balances)
	if p.Purposes, err = d.purposeLines(); err != nil {
		return err
	}
	if err := d.lastEntries(&p); err != nil {
		return err
	}
	if p.Standing, err = d.standing(); err != nil {
		return err
	}
	p.Shell.Lead = d.words().DateLong(calendar.OnDay(d.today()))
	p.Shell.Actions = d.quickActions()
	p.Doors = d.doors()
	return d.show(page.FundOverview(p))
}

// noFund shows what to do where no fund has been opened.
func (d *desk) noFund() error {
	p := page.FundNone{Shell: d.shell(d.say("fundpages.home")), Carry: d.carryFund()}
	p.Can = d.may(access.KeepFund, d.fund.Body) || d.may(access.ManageBody, d.fund.Body)
	p.Currency = page.Field{Name: "currency", Label: d.say("fundpages.currency"), Value: string(money.VND), Hint: d.say("fundpages.open.currency")}
	p.Currencies = d.currencyOptions()
	return d.show(page.FundEmpty(p))
}

// openFund opens a fund.
func (s *Server) openFund(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	d, err := q.desk()
	if err != nil {
		return err
	}
	err = d.write("fundpages.why.open", func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Open(ctx, tx, d.actor, d.fund.Body, money.Currency(d.value("currency")))
		return err
	})
	if err != nil {
		return err
	}
	done := d.well("fundpages.opened")
	done.Link = page.Link{Text: d.say("fundpages.opening"), Href: d.to("/fund/opening")}
	return d.doneAt(d.to("/fund"), done)
}

// fundTabs leads between the funds within the reader's reach.
func (d *desk) fundTabs() []page.Tab {
	var tabs []page.Tab
	for _, id := range d.funds {
		tabs = append(tabs, page.Tab{Text: d.bodies[id], Href: "/fund?fund=" + decimal(id), Current: id == d.fund.Body})
	}
	return tabs
}

// monthFlow is one month of the fund in its own currency.
type monthFlow struct {
	first         calendar.Day
	in, out, held int64
}

// twelveMonths gives the last twelve months of the fund, this one last.
func (d *desk) twelveMonths() ([]monthFlow, error) {
	const many = 12
	y, m, _ := d.today().Civil()
	begin := calendar.DayOf(y, m, 1).AddMonths(1 - many)
	var flows []monthFlow
	for n := range many {
		from := begin.AddMonths(n)
		s, err := d.view().Statement(d.Context(), d.fund.Body, calendar.Period{From: from, To: from.AddMonths(1) - 1})
		if err != nil {
			return nil, err
		}
		flow := monthFlow{first: from}
		for _, sheet := range s.Sheets {
			if sheet.Currency == d.fund.Currency {
				flow.in, flow.out, flow.held = sheet.Receipts, sheet.Payments, sheet.Closing
			}
		}
		flows = append(flows, flow)
	}
	return flows, nil
}

// series draws one figure of each month.
func (d *desk) series(title string, good bool, months []monthFlow, of func(monthFlow) int64) page.Series {
	s := page.Series{Title: title, Good: good}
	for n, f := range months {
		y, m, _ := f.first.Civil()
		s.Bars = append(s.Bars, page.Bar{
			Name: strconv.Itoa(int(m)) + "/" + strconv.Itoa(y), Value: float64(max(of(f), 0)), Said: d.sum(of(f), d.fund.Currency), Now: n == len(months)-1,
		})
	}
	first, last := s.Bars[0], s.Bars[len(s.Bars)-1]
	s.Told = d.say("fundpages.bars", first.Name, first.Said, last.Name, last.Said)
	return s
}

// heldTiles shows what there is, in each currency.
func (d *desk) heldTiles(balances []fund.Balance, months []monthFlow) []page.Tile {
	var held []money.Amount
	for _, b := range balances {
		if b.Account.Class.IsPurse() && (!b.Amount.IsZero() || b.Amount.Currency == d.fund.Currency) {
			held = addSum(held, b.Amount)
		}
	}
	var tiles []page.Tile
	for _, a := range held {
		t := page.Tile{Figure: money.Format(a, d.reader.Lang), Text: d.say("fundpages.held"), Broad: true, Href: d.to("/fund/statement")}
		if a.Currency == d.fund.Currency {
			t.Chart = d.series(d.say("fundpages.held"), true, months, func(f monthFlow) int64 { return f.held })
		}
		tiles = append(tiles, t)
	}
	return tiles
}

// addSum adds an amount to sums in several currencies.
func addSum(sums []money.Amount, a money.Amount) []money.Amount {
	for i := range sums {
		if sums[i].Currency == a.Currency {
			sums[i].Minor += a.Minor
			return sums
		}
	}
	return append(sums, a)
}

// flowTiles shows what this month and this year received and paid.
func (d *desk) flowTiles(months []monthFlow) []page.Tile {
	now := months[len(months)-1]
	year := now.first.Year()
	var in, out int64
	for _, f := range months {
		if f.first.Year() == year {
			in, out = in+f.in, out+f.out
		}
	}
	from := d.on(calendar.Year(year).From)
	c := d.fund.Currency
	return []page.Tile{
		{
			Figure: "+" + d.sum(now.in, c), Text: d.say("fundpages.in.month", d.sum(in, c)), Href: d.to("/fund/entries", "kind", "receipt", "from", from),
			Chart: d.series(d.say("fundpages.in"), true, months, func(f monthFlow) int64 { return f.in }),
		},
		{
			Figure: d.sum(now.out, c), Text: d.say("fundpages.out.month", d.sum(out, c)), Href: d.to("/fund/entries", "kind", "payment", "from", from),
			Chart: d.series(d.say("fundpages.out"), false, months, func(f monthFlow) int64 { return f.out }),
		},
	}
}

// purseLines shows what is in each purse.
func (d *desk) purseLines(balances []fund.Balance) []page.Entry {
	var lines []page.Entry
	for _, b := range balances {
		if b.Account.Class.IsPurse() && (!b.Account.Retired || !b.Amount.IsZero()) {
			lines = append(lines, page.Entry{
				Text: d.purseName(b.Account), Note: b.Account.Holder, Figure: money.Format(b.Amount, d.reader.Lang),
				Href: d.to("/fund/ledger/" + decimal(b.Account.ID)),
			})
		}
	}
	return lines
}

// purposeLines shows what is left for each restricted purpose.
func (d *desk) purposeLines() ([]page.Entry, error) {
	all, err := d.view().PurposeBalances(d.Context(), d.fund.Body, d.today())
	var lines []page.Entry
	for _, b := range all {
		lines = append(lines, page.Entry{
			Text: b.Purpose.Name(d.lang()), Note: d.say("fundpages.purpose.flow", d.sums([]money.Amount{b.Received}), d.sums([]money.Amount{b.Spent})),
			Figure: money.Format(b.Left, d.reader.Lang), Href: d.to("/fund/entries", "purpose", decimal(b.Purpose.ID)),
		})
	}
	return lines, err
}

// shownHere is how many entries the overview names.
const shownHere = 6

// lastEntries fills in what still needs a signature and what was entered last.
func (d *desk) lastEntries(p *page.FundHome) error {
	all := store.EntriesAsked{Body: d.fund.Body, Period: calendar.Always(), Most: shownHere}
	lacking := all
	lacking.Unapproved = true
	open, _, err := d.view().EntryPage(d.Context(), store.EntryQuery{EntriesAsked: lacking})
	if err != nil {
		return err
	}
	last, _, err := d.view().EntryPage(d.Context(), store.EntryQuery{EntriesAsked: all})
	if err != nil {
		return err
	}
	count, err := d.view().CountEntries(d.Context(), lacking)
	if err != nil {
		return err
	}
	p.Last, p.Lacking = d.entryLines(last), d.entryLines(open)
	p.LastMore = page.Link{Text: d.say("common.all"), Href: d.to("/fund/entries")}
	p.LackingMore = page.Link{Text: d.say("fundpages.lacking.all", count), Href: d.to("/fund/entries", "unapproved", "yes")}
	return nil
}

// standing says until when the fund is closed and reconciled.
func (d *desk) standing() ([]page.Fact, error) {
	f := page.Fact{Name: d.say("fundpages.closed"), Text: d.say("fundpages.closed.never"), Href: d.to("/fund/closing")}
	if d.fund.Closed != calendar.Earliest {
		f.Text = d.say("fundpages.closed.until", d.on(d.fund.Closed))
	}
	facts := []page.Fact{f}
	for _, a := range d.purses() {
		if a.Class != fund.Bank {
			continue
		}
		until, err := d.reconciledUntil(a)
		if err != nil {
			return nil, err
		}
		if until != "" {
			facts = append(facts, page.Fact{Name: d.say("fundpages.bank.door"), Text: d.say("fundpages.bank.until", until), Note: d.purseName(a), Href: d.to("/fund/bank", "account", decimal(a.ID))})
		}
	}
	counts, err := d.view().Counts(d.Context(), d.fund.Body)
	if len(counts) > 0 {
		last := page.Fact{Name: d.say("fundpages.count"), Text: d.on(counts[0].Day), Href: d.to("/fund/cash-count")}
		if off := counts[0].Difference(); off != 0 {
			last.Note = d.say("fundpages.count.off") + ": " + d.sum(off, d.account(counts[0].Account).Currency)
		}
		facts = append(facts, last)
	}
	return facts, err
}

// quickActions are the three things done most, for whoever keeps the fund.
func (d *desk) quickActions() page.FundDoing {
	if !d.keeps() {
		return nil
	}
	return page.FundActions([]page.Link{
		{Text: d.say("fundpages.do.receipt"), Href: d.to("/fund/entries/new", "kind", string(fund.Receipt))},
		{Text: d.say("fundpages.do.payment"), Href: d.to("/fund/entries/new", "kind", string(fund.Payment))},
		{Text: d.say("fundpages.do.transfer"), Href: d.to("/fund/entries/new", "kind", string(fund.Transfer))},
	})
}

// doors leads to everything else about money.
func (d *desk) doors() []page.Door {
	all := []struct {
		name  string
		path  string
		glyph page.Glyph
	}{
		{"entries", "/fund/entries", page.GlyphPaper},
		{"dues", "/fund/dues", page.GlyphPeople},
		{"statement", "/fund/statement", page.GlyphReport},
		{"budget", "/fund/budget", page.GlyphProgramme},
		{"donors", "/fund/donors", page.GlyphGift},
		{"loans", "/fund/loans", page.GlyphUndo},
		{"stock", "/fund/stock", page.GlyphBody},
		{"bank", "/fund/bank", page.GlyphCheck},
		{"count", "/fund/cash-count", page.GlyphFund},
		{"closing", "/fund/closing", page.GlyphKey},
	}
	var doors []page.Door
	if d.keeps() && d.fund.Closed == calendar.Earliest {
		doors = append(doors, page.Door{Glyph: page.GlyphUpload, Head: d.say("fundpages.opening"), Text: d.say("fundpages.opening.lead"), Href: d.to("/fund/opening")})
	}
	for _, a := range all {
		doors = append(doors, page.Door{Glyph: a.glyph, Head: d.say("fundpages." + a.name), Text: d.say("fundpages." + a.name + ".lead"), Href: d.to(a.path)})
	}
	return doors
}

// currencyOptions offers the currencies that associations meet most, and those
// the fund already has.
func (d *desk) currencyOptions() []page.Option {
	seen := map[money.Currency]bool{}
	var all []page.Option
	offer := func(c money.Currency) {
		if c != "" && !seen[c] {
			seen[c] = true
			all = append(all, page.Option{Value: string(c), Text: string(c)})
		}
	}
	offer(d.fund.Currency)
	for _, a := range d.accounts {
		offer(a.Currency)
	}
	for _, c := range []money.Currency{money.VND, money.USD, money.EUR, money.LAK, money.KHR, money.THB, money.CNY} {
		offer(c)
	}
	return all
}

// isInvalid tells that a form was refused and must come back.
func isInvalid(err error) bool { return err != nil && fault.KindOf(err) == fault.Invalid }
