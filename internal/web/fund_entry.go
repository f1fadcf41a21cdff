package web

import (
	"bytes"
	"context"
	"mime"
	"strings"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// amountOf is what a posting moves.
func amountOf(p fund.Posting) money.Amount { return money.Of(p.Amount, p.Currency) }

// sendSheet sends a workbook for keeping.
func (d *desk) sendSheet(name string, t sheet.Table, failed *error) error {
	var made bytes.Buffer
	if err := sheet.WriteXLSX(&made, t); err != nil {
		return err
	}
	if failed != nil && *failed != nil {
		return *failed
	}
	d.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	return d.send(200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", made.Bytes())
}

// entryAsked finds the entry that the address names and sits down at its fund.
func (d *desk) entryAsked() (fund.Entry, error) {
	id, err := d.number("id")
	if err != nil {
		return fund.Entry{}, err
	}
	e, err := d.view().Entry(d.Context(), fund.EntryID(id))
	if err != nil || e.Body == d.fund.Body {
		return e, err
	}
	if d.fund, err = d.view().Fund(d.Context(), e.Body); err != nil {
		return e, err
	}
	d.accounts, err = d.view().FundAccounts(d.Context(), e.Body)
	return e, err
}

// fundEntry shows one entry.
func (s *Server) fundEntry(d *desk) error {
	e, err := d.entryAsked()
	if err != nil {
		return err
	}
	p, err := d.entryPage(e, nil)
	if err != nil {
		return err
	}
	return d.show(page.FundOne(p))
}

func (d *desk) entryPage(e fund.Entry, wrong page.Problems) (page.FundEntry, error) {
	p := page.FundEntry{Shell: d.frame(d.say("fund.kind."+string(e.Kind))+" "+e.Label(), page.Link{Text: d.say("fundpages.entries"), Href: d.to("/fund/entries")})}
	p.Shell.Lead = d.about(e)
	p.Marks = d.entryMarks(e)
	figure, in := d.moved(e)
	if p.Amount = figure; in {
		p.Amount = "+" + figure
	}
	if total := e.Total(); len(total) == 1 && !total[0].IsNegative() {
		p.Words = money.Words(total[0], d.reader.Lang)
	}
	p.Facts, p.Lines = d.entryFacts(e), d.postingTable(e)
	path := d.entryPath(e.ID)
	d.entryActs(&p, e, wrong)
	if err := d.entryScans(&p, e); err != nil {
		return p, err
	}
	if e.Kind == fund.Receipt || e.Kind == fund.Payment || e.Kind == fund.Lending || e.Kind == fund.Repayment {
		base, _, _ := strings.Cut(path, "?")
		p.Tools = []page.Tool{
			{Glyph: page.GlyphPrint, Text: d.say("fundpages.paper.pdf"), Href: d.to(base + "/paper.pdf")},
			{Glyph: page.GlyphDownload, Text: d.say("fundpages.paper.docx"), Href: d.to(base + "/paper.docx")},
		}
	}
	history, err := d.view().History(d.Context(), "entry", int64(e.ID))
	for _, c := range history {
		past := page.Past{When: d.instant(c.At), Text: c.Name}
		if c.Why != "" {
			past.Note = d.say(c.Why)
		}
		p.History = append(p.History, past)
	}
	return p, err
}

// entryMarks says how an entry stands: signed or not, vouched for or not.
func (d *desk) entryMarks(e fund.Entry) []page.Mark {
	var marks []page.Mark
	if m := d.state(e); m.Text != "" {
		marks = append(marks, m)
	}
	if _, voucher := e.Lacks(); voucher {
		other := page.Mark{Tone: page.Due, Text: d.say("fundpages.state.novoucher")}
		if e.Approver != 0 {
			other = page.Mark{Tone: page.Done, Text: d.say("fundpages.state.approved")}
		}
		marks = append(marks, other)
	}
	return marks
}

// instant writes a moment of the clock.
func (d *desk) instant(milli int64) string {
	at := time.UnixMilli(milli).In(d.server.Book.Now().Location())
	return d.on(calendar.FromTime(at)) + " " + at.Format("15:04")
}

// entryActs offers what the reader may do with an entry.
func (d *desk) entryActs(p *page.FundEntry, e fund.Entry, wrong page.Problems) {
	base := "/fund/entries/" + decimal(e.ID)
	if d.may(access.Approve, e.Body) && e.Approver == 0 && e.Reversed == 0 && int64(e.Payer) != d.actor.Person {
		p.Approve = &page.FundApprove{Action: d.to(base + "/approve"), Text: d.say("fundpages.approve.text", d.actor.Name), Do: d.say("fundpages.approve.do"), Wrong: wrong}
	}
	if !d.keeps() {
		return
	}
	p.Voucher = &page.FundVoucher{
		Action: d.to(base + "/voucher"), Do: d.say("common.save"),
		Field: page.Field{Name: "voucher", Label: d.say("fundpages.voucher.number"), Hint: d.say("fundpages.voucher.hint"), Whole: true, Max: 120},
	}
	if e.Reversed == 0 && e.Reverses == 0 {
		p.Reverse = page.Link{Text: d.say("fundpages.reverse"), Href: d.to(base + "/reverse")}
	}
}

// entryFacts says what stands on the paper beside the money.
func (d *desk) entryFacts(e fund.Entry) []page.Fact {
	facts := []page.Fact{
		{Name: d.say("common.day"), Text: d.words().DateLong(calendar.OnDay(e.Day)), Note: d.refers(e)},
		{Name: d.say("fundpages.who." + whoRole(e.Kind)), Text: e.Names.Who, Note: e.Address},
		{Name: d.say("common.content"), Text: e.Text},
		{Name: d.say("fundpages.payer"), Text: e.Names.Payer},
		d.signed("fundpages.approver", e.Names.Approver, e.Names.Asked),
		d.signed("fundpages.second", e.Names.Second, e.Names.AskedToo),
		{Name: d.say("fundpages.voucher"), Text: e.Voucher},
		{Name: d.say("fundpages.rate"), Text: d.speaker().Plain(e.Rate)},
		{Name: d.say("common.reason"), Text: e.Reason},
	}
	if e.Person != 0 && d.actor.Somewhere(access.ReadRoll) {
		facts[1].Href = "/people/" + decimal(e.Person)
	}
	if e.Deed != 0 {
		facts = append(facts, page.Fact{Name: d.say("fundpages.deed"), Text: d.say("common.open"), Href: "/deeds/" + decimal(e.Deed)})
	}
	if e.Reverses != 0 {
		facts = append(facts, page.Fact{Name: d.say("fundpages.reverses"), Text: d.labelOf(e.Reverses), Href: d.entryPath(e.Reverses)})
	}
	if e.Reversed != 0 {
		facts = append(facts, page.Fact{Name: d.say("fundpages.reversed"), Text: d.labelOf(e.Reversed), Href: d.entryPath(e.Reversed)})
	}
	return append(facts, page.Fact{Name: d.say("fundpages.recorder"), Text: e.Names.Recorder, Note: d.instant(e.Recorded)})
}

// labelOf is the series and number of another entry.
func (d *desk) labelOf(id fund.EntryID) string {
	other, err := d.view().Entry(d.Context(), id)
	if err != nil {
		return d.say("common.open")
	}
	return other.Label()
}

// signed names who signed, or who is asked to.
func (d *desk) signed(key, by, asked string) page.Fact {
	f := page.Fact{Name: d.say(key), Text: by}
	if by == "" && asked != "" {
		f.Text, f.Mark = asked, page.Mark{Tone: page.Waiting, Text: d.say("fundpages.asked")}
	}
	return f
}

// whoRole says in which role the other side of an entry stands on its paper.
func whoRole(k fund.Kind) string {
	switch k {
	case fund.Receipt, fund.Repayment:
		return "giver"
	case fund.Payment, fund.Lending:
		return "receiver"
	case fund.Transfer, fund.Opening, fund.Journal, fund.Reversal:
	}
	return "other"
}

// postingTable shows what the entry does to the accounts.
func (d *desk) postingTable(e fund.Entry) page.Table {
	t := page.Table{
		Caption: d.say("fundpages.postings"), Quiet: true,
		Columns: []page.Column{
			{Head: d.say("fundpages.account"), Chief: true}, {Head: d.say("fundpages.into"), Figure: true}, {Head: d.say("fundpages.outof"), Figure: true},
		},
	}
	for _, p := range e.Postings {
		a := d.account(p.Account)
		var notes []string
		if p.Branch != 0 {
			notes = append(notes, d.bodies[p.Branch])
		}
		if p.Year != 0 {
			notes = append(notes, d.say("fundpages.dues.year", decimal(int64(p.Year))))
		}
		if p.Note != "" {
			notes = append(notes, p.Note)
		}
		row := []page.Cell{{Text: a.Name(d.lang()), Note: strings.Join(notes, " · "), Href: d.to("/fund/ledger/" + decimal(a.ID))}, {}, {}}
		if p.Amount > 0 {
			row[1].Text = d.sum(p.Amount, p.Currency)
		} else {
			row[2].Text = d.sum(-p.Amount, p.Currency)
		}
		t.Rows = append(t.Rows, page.Row{Cells: row})
	}
	return t
}

// approveEntry signs an entry.
func (s *Server) approveEntry(d *desk) error {
	e, err := d.entryAsked()
	if err != nil {
		return err
	}
	err = d.write("fundpages.why.approve", func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Approve(ctx, tx, d.actor, e.ID, fund.Approval{})
		return err
	})
	return d.actedOn(e, err, "fundpages.approved")
}

// actedOn says what was done with an entry, or why it was not.
func (d *desk) actedOn(e fund.Entry, err error, key string) error {
	if isInvalid(err) {
		p, pageErr := d.entryPage(e, page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		for _, w := range page.ProblemsOf(err, d.reader) {
			p.Shell.Flashes = append(p.Shell.Flashes, page.Flash{Tone: page.Late, Text: w.Text})
		}
		return d.again(page.FundOne(p))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.entryPath(e.ID), d.well(key, e.Label()))
}

// vouchEntry adds the number of an invoice or a signed list to an entry.
func (s *Server) vouchEntry(d *desk) error {
	e, err := d.entryAsked()
	if err != nil {
		return err
	}
	err = d.write("fundpages.why.voucher", func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Attach(ctx, tx, d.actor, e.ID, d.value("voucher"), nil)
		return err
	})
	return d.actedOn(e, err, "fundpages.vouched")
}

// reverseForm asks why an entry is taken back.
func (s *Server) reverseForm(d *desk) error {
	e, err := d.entryAsked()
	if err == nil {
		err = d.actor.May(access.KeepFund, e.Body)
	}
	if err != nil {
		return err
	}
	return d.show(page.FundConfirm(d.reversePage(e, nil)))
}

func (d *desk) reversePage(e fund.Entry, wrong page.Problems) page.FundAsked {
	p := page.FundAsked{Shell: d.frame(d.say("fundpages.reverse"), page.Link{Text: e.Label(), Href: d.entryPath(e.ID)})}
	reason := wrong.Mark(page.Field{Name: "reason", Label: d.say("fundpages.reverse.why"), Value: d.value("reason"), Needed: true, Whole: true, Focus: true, Max: 300})
	p.Asked = page.Asked{
		Title: d.say("fundpages.reverse.title", e.Label()), Text: d.say("fundpages.reverse.text"), Action: d.to("/fund/entries/" + decimal(e.ID) + "/reverse"),
		Do: d.say("fundpages.reverse.do"), Danger: true, Leave: d.entryPath(e.ID), Reason: &reason,
	}
	return p
}

// reverseEntry takes an entry back by another.
func (s *Server) reverseEntry(d *desk) error {
	e, err := d.entryAsked()
	if err != nil {
		return err
	}
	var back fund.Entry
	err = d.write("fundpages.why.reverse", func(ctx context.Context, tx *store.Tx) error {
		back, err = fund.Reverse(ctx, tx, d.actor, e.ID, d.value("reason"))
		return err
	})
	if isInvalid(err) {
		return d.again(page.FundConfirm(d.reversePage(e, page.ProblemsOf(err, d.reader))))
	}
	if err != nil {
		return err
	}
	said := d.well("fundpages.reversed.done", e.Label(), back.Label())
	if e.Kind == fund.Receipt || e.Kind == fund.Payment {
		said.Link = page.Link{Text: d.say("fundpages.reversed.next"), Href: d.rightly(e, back.Day)}
	}
	return d.doneAt(d.entryPath(back.ID), said)
}

// rightly is the form in which an entry that was taken back is entered rightly, with
// what it said.
func (d *desk) rightly(e fund.Entry, day calendar.Day) string {
	given := []string{"kind", string(e.Kind), "day", d.on(day), "who", e.Names.Who, "text", e.Text, "voucher", e.Voucher}
	if e.Person != 0 {
		given = append(given, "person", decimal(e.Person))
	}
	if total := e.Total(); len(total) == 1 {
		given = append(given, "amount", money.Figure(total[0].Minor, total[0].Currency, d.reader.Lang))
	}
	return d.to("/fund/entries/new", given...)
}
