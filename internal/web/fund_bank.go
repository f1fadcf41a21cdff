package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/intake"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// fundBank sets the bank's statement beside the book.
func (s *Server) fundBank(d *desk) error {
	p, err := d.bankPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundLists(p))
}

// bankAccount is the bank account asked for, or the first.
func (d *desk) bankAccount() (fund.Account, error) {
	if a := d.account(fund.AccountID(d.idGiven("account"))); a.Class == fund.Bank {
		return a, nil
	}
	for _, a := range d.purses() {
		if a.Class == fund.Bank {
			return a, nil
		}
	}
	return fund.Account{}, fault.Refuse("fund.bank.account")
}

func (d *desk) bankPage(wrong page.Problems) (page.FundList, error) {
	p := page.FundList{Shell: d.frame(d.say("fundpages.bank"))}
	p.Shell.Lead = d.say("fundpages.bank.lead")
	a, err := d.bankAccount()
	if err != nil {
		return p, err
	}
	for _, b := range d.purses() {
		if b.Class == fund.Bank {
			p.Tabs = append(p.Tabs, page.Tab{Text: d.purseName(b), Href: d.to("/fund/bank", "account", decimal(b.ID)), Current: a.ID == b.ID})
		}
	}
	if len(p.Tabs) < 2 {
		p.Tabs = nil
	}
	off, err := d.view().BankDifferences(d.Context(), a.ID, d.today())
	if err != nil {
		return p, err
	}
	p.Tiles = d.bankTiles(off)
	if d.keeps() {
		p.Parts = append(p.Parts, d.bankUpload(a, wrong))
	}
	if len(off.Matches) > 0 {
		p.Parts = append(p.Parts, d.matchPart(a, off.Matches))
	}
	if off.Known || len(off.Lines)+len(off.Entries) > 0 {
		p.Parts = append(p.Parts, d.strayLines(a, off), d.strayEntries(a, off))
	}
	settled, err := d.settledPart(a)
	p.Parts = append(p.Parts, settled)
	return p, err
}

func (d *desk) bankTiles(off fund.Differences) []page.Tile {
	c := off.Account.Currency
	tiles := []page.Tile{{Figure: d.sum(off.Booked, c), Text: d.say("fundpages.bank.booked"), Broad: true}}
	if !off.Known {
		return tiles
	}
	text := d.say("fundpages.bank.stated.off", d.sum(off.Stated-off.Booked, c))
	switch {
	case off.Stated == off.Booked:
		text = d.say("fundpages.bank.stated")
	case off.Explained():
		text += " · " + d.say("fundpages.bank.explained")
	}
	return append(tiles, page.Tile{Figure: d.sum(off.Stated, c), Text: text, Broad: true})
}

// bankUpload asks for the file that the bank sent.
func (d *desk) bankUpload(a fund.Account, wrong page.Problems) page.FundPart {
	f := page.FundForm{Head: page.FormHead{Action: d.to("/fund/bank"), Files: true}, Wrong: wrong, Do: d.say("fundpages.bank.take"), Carry: append(d.carryFund(), page.Option{Value: "account", Text: decimal(a.ID)})}
	file := wrong.Mark(page.Field{Name: "file", Label: d.say("fundpages.bank.file"), Hint: d.say("fundpages.bank.file.hint"), Whole: true})
	order := page.Field{Name: "order", Label: d.say("fundpages.bank.order"), Value: orOther(d.value("order"), string(intake.DayFirst))}
	f.Main = []templ.Component{
		page.FileInput(d.reader, file, ".xlsx,.csv,.txt,.tsv"),
		page.Chips(d.reader, order, []page.Option{{Value: string(intake.DayFirst), Text: d.say("fundpages.bank.order.day")}, {Value: string(intake.MonthFirst), Text: d.say("fundpages.bank.order.month")}}),
	}
	return page.FundPart{Head: d.say("fundpages.bank.upload"), Body: page.FundSmall(d.reader, f)}
}

// matchPart proposes which lines and entries are the same money.
func (d *desk) matchPart(a fund.Account, matches []fund.Match) page.FundPart {
	var options []page.Option
	for _, m := range matches {
		text := d.on(m.Line.Day) + " · " + d.sum(m.Line.Amount, a.Currency) + " · " + m.Line.Text
		n := d.say("fundpages.bank.is", m.Entry.Label, d.on(m.Entry.Day), strings.Trim(m.Entry.Who+" · "+m.Entry.Text, " ·"))
		if !m.Sure {
			n += " · " + d.say("fundpages.bank.unsure")
		}
		options = append(options, page.Option{Value: decimal(m.Line.ID) + "." + decimal(m.Entry.Entry), Text: text, Note: n, Chosen: m.Sure})
	}
	part := page.FundPart{Head: d.say("fundpages.bank.matches")}
	if d.keeps() {
		f := page.FundForm{Head: page.FormHead{Action: d.to("/fund/bank/reconcile")}, Do: d.say("fundpages.bank.reconcile"), Carry: append(d.carryFund(), page.Option{Value: "account", Text: decimal(a.ID)})}
		f.Main = []templ.Component{page.Ticks(d.reader, page.Field{Name: "match", Label: d.say("fundpages.bank.matches.text")}, options)}
		part.Body = page.FundSmall(d.reader, f)
	}
	return part
}

// strayLines lists what the bank knows and the book does not, each with the way
// to enter it.
func (d *desk) strayLines(a fund.Account, off fund.Differences) page.FundPart {
	t := page.Table{
		Caption: d.say("fundpages.bank.lines"), Quiet: true, Columns: []page.Column{{Head: d.say("common.day")}, {Head: d.say("common.content"), Chief: true}, {Head: d.say("common.amount"), Figure: true}, {Head: d.say("fundpages.act")}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: d.say("fundpages.bank.lines.none"), Text: d.say("fundpages.bank.lines.none.text")},
	}
	proposed := map[int64]bool{}
	for _, m := range off.Matches {
		proposed[m.Line.ID] = true
	}
	for _, l := range off.Lines {
		if proposed[l.ID] {
			continue
		}
		draft := fund.DraftOf(l, a)
		row := page.Row{Cells: []page.Cell{{Text: d.on(l.Day)}, {Text: l.Text, Note: l.Ref}, {Text: d.sum(l.Amount, a.Currency)}, {}}}
		if l.Amount > 0 {
			row.Cells[2].Tone = page.Done
		}
		if d.keeps() {
			row.Cells[3].Part = page.ButtonLink(page.GlyphAdd, d.say("fundpages.bank.enter"), d.to("/fund/entries/new", "kind", string(draft.Kind), "amount", money.Figure(draft.Parts[0].Amount.Minor, a.Currency, d.reader.Lang), "day", d.on(l.Day), "purse", decimal(a.ID), "text", l.Text, "voucher", l.Ref))
		}
		t.Rows = append(t.Rows, row)
	}
	return page.FundPart{Head: d.say("fundpages.bank.lines"), Table: t}
}

// strayEntries lists what the book knows and the bank does not.
func (d *desk) strayEntries(a fund.Account, off fund.Differences) page.FundPart {
	t := page.Table{
		Caption: d.say("fundpages.bank.entries"), Quiet: true, Columns: []page.Column{{Head: d.say("common.day")}, {Head: d.say("common.number")}, {Head: d.say("common.content"), Chief: true}, {Head: d.say("common.amount"), Figure: true}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: d.say("fundpages.bank.entries.none"), Text: d.say("fundpages.bank.entries.none.text")},
	}
	proposed := map[fund.EntryID]bool{}
	for _, m := range off.Matches {
		proposed[m.Entry.Entry] = true
	}
	for _, e := range off.Entries {
		if !proposed[e.Entry] {
			t.Rows = append(t.Rows, page.Row{Href: d.entryPath(e.Entry), Cells: []page.Cell{{Text: d.on(e.Day)}, {Text: e.Label}, {Text: orOther(e.Text, e.Label), Note: e.Who}, {Text: d.sum(e.Amount, a.Currency)}}})
		}
	}
	return page.FundPart{Head: d.say("fundpages.bank.entries"), Table: t}
}

// settledShown is how many reconciled lines the page names.
const settledShown = 60

// settledPart lists the lines that were reconciled last, each to be released.
func (d *desk) settledPart(a fund.Account) (page.FundPart, error) {
	lines, err := d.view().BankLines(d.Context(), a.ID, calendar.Always())
	t := page.Table{
		Caption: d.say("fundpages.bank.settled"), Quiet: true, Columns: []page.Column{{Head: d.say("common.day")}, {Head: d.say("common.content"), Chief: true}, {Head: d.say("common.amount"), Figure: true}, {Head: d.say("fundpages.act")}},
		Empty: page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.bank.settled.none")},
	}
	for i := len(lines) - 1; i >= 0 && len(t.Rows) < settledShown; i-- {
		l := lines[i]
		if l.Entry == 0 {
			continue
		}
		row := page.Row{Cells: []page.Cell{{Text: d.on(l.Day)}, {Text: l.Text, Href: d.entryPath(l.Entry)}, {Text: d.sum(l.Amount, a.Currency)}, {}}}
		if d.keeps() {
			release := page.FundForm{Head: page.FormHead{Action: d.to("/fund/bank/" + decimal(l.ID) + "/release")}, Do: d.say("fundpages.bank.release")}
			row.Cells[3].Part = page.FundSmall(d.reader, release)
		}
		t.Rows = append(t.Rows, row)
	}
	return page.FundPart{Head: d.say("fundpages.bank.settled"), Table: t, Fold: true}, err
}

// takeBank takes in the file that the bank sent.
func (s *Server) takeBank(d *desk) error {
	a, err := d.bankAccount()
	if err != nil {
		return err
	}
	read, err := d.statementGiven(a)
	fresh, known := 0, 0
	if err == nil {
		err = d.write("fundpages.why.bank", func(ctx context.Context, tx *store.Tx) (err error) {
			fresh, known, err = fund.TakeStatement(ctx, tx, d.actor, a.ID, read.Rows)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.bankPage(d.problems(err, "", "file"))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundLists(p))
	}
	if err != nil {
		return err
	}
	said := []page.Flash{d.well("fundpages.bank.taken", fresh, known)}
	if n := len(read.Problems); n > 0 {
		first := read.Problems[0]
		said = append(said, page.Flash{Tone: page.Due, Text: d.say("fundpages.bank.unread", n, decimal(int64(first.Row)), d.words().Fault(first.Fault))})
	}
	return d.doneAt(d.to("/fund/bank", "account", decimal(a.ID)), said...)
}

// statementGiven reads the uploaded file.
func (d *desk) statementGiven(a fund.Account) (intake.Statement, error) {
	f, head, err := d.FormFile("file")
	if err != nil {
		return intake.Statement{}, fault.Field("file", "fundpages.bank.nofile")
	}
	defer f.Close()
	table, err := sheet.Open(head.Filename, f, head.Size)
	if err != nil {
		return intake.Statement{}, err
	}
	how := intake.Options{DayOrder: intake.DayOrder(d.value("order"))}
	known, err := intake.Recognise(table, intake.Bank, how)
	if err != nil {
		return intake.Statement{}, err
	}
	return intake.ReadStatement(known, a.Currency, how, d.today())
}

// reconcile says of the ticked lines and entries that they are the same money.
func (s *Server) reconcile(d *desk) error {
	pairs := d.values("match")
	err := d.write("fundpages.why.reconcile", func(ctx context.Context, tx *store.Tx) error {
		for _, pair := range pairs {
			line, entry, _ := strings.Cut(pair, ".")
			l, _ := idNumber(line)
			e, _ := idNumber(entry)
			if err := fund.Reconcile(ctx, tx, d.actor, l, fund.EntryID(e)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/bank", "account", d.value("account")), d.well("fundpages.bank.reconciled", len(pairs)))
}

// releaseLine takes back that a line and an entry are the same money.
func (s *Server) releaseLine(d *desk) error {
	id, err := d.number("id")
	if err != nil {
		return err
	}
	err = d.write("fundpages.why.release", func(ctx context.Context, tx *store.Tx) error { return fund.Release(ctx, tx, d.actor, id) })
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/bank"), d.well("fundpages.bank.released"))
}

// reconciledUntil is the day until which every line of a bank's statement has
// its entry; nothing where there is no statement.
func (d *desk) reconciledUntil(a fund.Account) (string, error) {
	lines, err := d.view().BankLines(d.Context(), a.ID, calendar.Always())
	until := ""
	for _, l := range lines {
		if l.Entry == 0 {
			return until, err
		}
		until = d.on(l.Day)
	}
	return until, err
}
