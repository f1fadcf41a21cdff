package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/text"
)

// KnownEntry is an entry of the fund with the number it has in the list it was
// brought in from, if any.
type KnownEntry struct {
	fund.Entry
	Ref string
}

// entryBook is what a table of receipts and payments is compared with.
type entryBook struct {
	fund     fund.Fund
	accounts map[fund.AccountID]fund.Account
	purposes map[fund.PurposeID]fund.Purpose
	people   *roll
	members  map[person.ID]*Member
	ids      map[fund.EntryID]*KnownEntry
	refs     map[string]*KnownEntry   // by the number they have in another list
	labels   map[string]*KnownEntry   // by the number of their slip: "PC 17/2025"
	prints   map[string][]*KnownEntry // by what they say
	claimed  map[*KnownEntry]bool
}

// entries proposes what becomes of every row of a table of receipts and
// payments. Rows under the same number are one entry with several parts.
func (p *proposal) entries(ctx context.Context, b Book) error {
	known, err := p.knownEntries(ctx, b)
	if err != nil {
		return err
	}
	for ref, rows := range p.grouped("day", "text", "who") {
		p.entry(known, rows, ref)
	}
	return nil
}

func (p *proposal) knownEntries(ctx context.Context, b Book) (*entryBook, error) {
	k := &entryBook{
		accounts: map[fund.AccountID]fund.Account{}, purposes: map[fund.PurposeID]fund.Purpose{}, members: map[person.ID]*Member{},
		ids: map[fund.EntryID]*KnownEntry{}, refs: map[string]*KnownEntry{}, labels: map[string]*KnownEntry{},
		prints: map[string][]*KnownEntry{}, claimed: map[*KnownEntry]bool{},
	}
	var err error
	if k.fund, err = b.FundKeeper(ctx, p.home); err != nil {
		return nil, err
	}
	accounts, err := b.FundAccounts(ctx, k.fund.Body)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		k.accounts[a.ID] = a
	}
	purposes, err := b.Purposes(ctx, k.fund.Body)
	if err != nil {
		return nil, err
	}
	for _, one := range purposes {
		k.purposes[one.ID] = one
	}
	people, err := b.KnownPeople(ctx)
	if err != nil {
		return nil, err
	}
	k.people = newRoll(people, p.ours)
	for i := range people {
		k.members[people[i].ID] = &people[i]
	}
	all, err := b.KnownEntries(ctx, k.fund.Body)
	for i := range all {
		k.know(&all[i])
	}
	return k, err
}

func (k *entryBook) know(e *KnownEntry) {
	k.ids[e.ID], k.labels[text.Fold(e.Label())] = e, e
	if e.Ref != "" {
		k.refs[e.Ref] = e
	}
	if e.Reversed == 0 && e.Reverses == 0 {
		print := k.print(k.draftOf(e.Entry))
		k.prints[print] = append(k.prints[print], e)
	}
}

// draftOf gives an entry as somebody would have stated it: its purse, and one
// part for each posting on another account.
func (k *entryBook) draftOf(e fund.Entry) fund.Draft {
	d := fund.Draft{Body: e.Body, Kind: e.Kind, Day: e.About(), Slip: e.Slip, Rate: e.Rate}
	for _, p := range e.Postings {
		a := k.accounts[p.Account]
		if a.Class.IsPurse() {
			d.Purse = p.Account
			continue
		}
		amount := p.Amount
		if e.Kind == fund.Receipt || e.Kind == fund.Repayment {
			amount = -amount
		}
		d.Parts = append(d.Parts, fund.Part{
			Heading: a.Code, Amount: money.Of(amount, p.Currency), Purpose: p.Purpose, Branch: p.Branch, Member: p.Member, Year: p.Year, Loan: p.Loan, Note: p.Note,
		})
	}
	return d
}

// print says all of an entry by which a row is known again.
func (k *entryBook) print(d fund.Draft) string {
	parts := make([]string, len(d.Parts))
	for i, p := range d.Parts {
		branch := p.Branch
		if branch == d.Body {
			branch = 0
		}
		parts[i] = fmt.Sprintf("|%s %d %s %d %d %d %d", cmp.Or(p.Heading, fund.OtherCode), p.Amount.Minor, p.Amount.Currency, p.Purpose, branch, p.Member, p.Year)
	}
	slices.Sort(parts)
	purse := d.Purse
	if purse == 0 && len(d.Parts) > 0 {
		purse = k.cashBox(d.Parts[0].Amount.Currency)
	}
	return fmt.Sprintf("%s|%s|%d%s|%s|%s|%s", d.Kind, d.Day.EDTF(), purse, strings.Join(parts, ""), text.Fold(k.who(d)), text.Fold(d.Text), text.Fold(d.Voucher))
}

// who is the name of whoever paid or received.
func (k *entryBook) who(d fund.Draft) string {
	if m := k.members[d.Person]; m != nil {
		return m.Name
	}
	return d.Name
}

func (k *entryBook) cashBox(c money.Currency) fund.AccountID {
	for id, a := range k.accounts {
		if a.Class == fund.Cash && a.Code == fund.CashCode && a.Currency == c {
			return id
		}
	}
	return 0
}

// entryDraft proposes to enter an entry, or to enter anew one the book knows.
type entryDraft struct {
	draft      fund.Draft
	branchSaid []string // of each part, while the branch is still to be founded
	ref        string   // the number it has in another list
	instead    fund.EntryID
	voucher    string // all that is new of an entry the book has
}

// entry proposes what becomes of the rows of one entry.
func (p *proposal) entry(known *entryBook, rows []*reading, ref string) {
	r := rows[0]
	row := Row{What: Trouble}
	before := known.find(ref, r.text("slip"))
	if r.coded("status", "status") == "cancelled" {
		p.takenBackEntry(r, before, known)
		return
	}
	d := &entryDraft{ref: ref, draft: fund.Draft{Body: known.fund.Body}}
	p.readEntry(r, known, d)
	for _, one := range rows {
		p.addPart(one, known, d, before)
		if one != r {
			r.problems = append(r.problems, one.problems...)
		}
	}
	row.Name = entryName(known, d.draft)
	if before != nil && before.Kind != fund.Receipt && before.Kind != fund.Payment {
		r.problems, row.What, row.Ref = nil, Same, int64(before.ID) // other sorts of entry are told of, never brought in
		p.add(r, row)
		return
	}
	if len(r.problems) == 0 {
		r.refuseFields(d.draft.Check())
	}
	if len(r.problems) == 0 {
		p.compareEntry(r, known, before, d, &row)
	}
	p.add(r, row)
}

// takenBackEntry leaves out a row of an entry that was taken back.
func (p *proposal) takenBackEntry(r *reading, before *KnownEntry, known *entryBook) {
	if before == nil {
		p.skip(r.row.Number, r.text("text"))
		return
	}
	p.add(r, Row{What: Same, Ref: int64(before.ID), Name: entryName(known, known.draftOf(before.Entry))})
}

// entryName is how lists call an entry.
func entryName(k *entryBook, d fund.Draft) string {
	return strings.Trim(k.who(d)+": "+d.Text, ": ")
}

// find gives the entry that a row names by its id, by its number in another
// list, or by the number of its slip.
func (k *entryBook) find(ref, slip string) *KnownEntry {
	if id, err := strconv.ParseInt(ref, 10, 64); err == nil && id > newIDs {
		if e := k.ids[fund.EntryID(id)]; e != nil {
			return e
		}
	}
	if e := k.refs[ref]; e != nil && ref != "" {
		return e
	}
	if e := k.labels[text.Fold(slip)]; e != nil && ref == "" && slip != "" {
		return e
	}
	return nil
}

// compareEntry finds out whether the book has the entry.
func (p *proposal) compareEntry(r *reading, known *entryBook, before *KnownEntry, d *entryDraft, row *Row) {
	if before == nil {
		before = known.alike(known.print(d.draft))
	}
	if before == nil {
		row.What, row.draft = New, d
		return
	}
	row.Ref = int64(before.ID)
	if known.claimed[before] {
		row.What = Trouble
		r.refuse("ref", fault.Field("ref", "intake.same.twice", before.Label()))
		return
	}
	known.claimed[before] = true
	was := known.draftOf(before.Entry)
	known.keepBlank(&d.draft, was, r)
	row.What = Same
	is, had := known.print(d.draft), known.print(was)
	switch {
	case is == had || before.Reversed != 0:
	case before.Deed != 0:
		row.What = Trouble
		r.refuse("ref", fault.Field("ref", "intake.entry.deed", before.Label()))
	case before.Voucher == "" && known.print(withVoucher(d.draft, "")) == had:
		row.What, row.draft = Update, &entryDraft{instead: before.ID, voucher: d.draft.Voucher}
		row.Changes = append(row.Changes, Change{Field: "voucher", After: d.draft.Voucher})
	default:
		d.instead = before.ID
		row.What, row.draft = Update, d
		p.entryChanges(known, was, d.draft, row)
	}
}

func withVoucher(d fund.Draft, voucher string) fund.Draft {
	d.Voucher = voucher
	return d
}

// keepBlank leaves what a row says nothing of as the book has it.
func (k *entryBook) keepBlank(d *fund.Draft, was fund.Draft, r *reading) {
	if r.text("who") == "" && r.text("number") == "" {
		d.Person, d.Name = was.Person, was.Name
	}
	if d.Person == 0 && was.Person != 0 && text.Fold(d.Name) == text.Fold(k.who(was)) {
		d.Person, d.Name = was.Person, "" // not everybody in the book has a number to be told by
	}
	d.Text, d.Voucher, d.Address = cmp.Or(d.Text, was.Text), cmp.Or(d.Voucher, was.Voucher), cmp.Or(d.Address, was.Address)
}

// alike gives the first entry that says the same and that no row before has
// claimed.
func (k *entryBook) alike(print string) *KnownEntry {
	for _, e := range k.prints[print] {
		if !k.claimed[e] {
			return e
		}
	}
	return nil
}

// entryChanges notes what a row would change of an entry the book has.
func (p *proposal) entryChanges(known *entryBook, was, is fund.Draft, row *Row) {
	note := func(f Field, before, after string) {
		if before != after {
			row.Changes = append(row.Changes, Change{Field: f, Before: before, After: after})
		}
	}
	note("day", was.Day.EDTF(), is.Day.EDTF())
	note("kind", string(was.Kind), string(is.Kind))
	note("amount", sumOf(was), sumOf(is))
	note("who", known.who(was), known.who(is))
	note("text", was.Text, is.Text)
	note("voucher", was.Voucher, is.Voucher)
	if len(row.Changes) == 0 {
		note("heading", known.print(was), known.print(is))
	}
}

func sumOf(d fund.Draft) string {
	total := money.Amount{}
	for _, p := range d.Parts {
		total = money.Of(total.Minor+p.Amount.Minor, p.Amount.Currency)
	}
	return sumText(total)
}

// apply enters the entry; one that says otherwise than before is taken back by a
// reversal and entered anew.
func (d *entryDraft) apply(ctx context.Context, w *writing) error {
	if d.voucher != "" {
		_, err := fund.Attach(ctx, w.tx, w.by, d.instead, d.voucher, nil)
		return err
	}
	for i, said := range d.branchSaid {
		if said != "" {
			d.draft.Parts[i].Branch = w.plan.branches.id(0, said)
		}
	}
	if d.instead != 0 {
		if _, err := fund.Reverse(ctx, w.tx, w.by, d.instead, w.plan.options.Why); err != nil {
			return err
		}
	}
	draft := d.draft
	if _, exact := draft.Day.Day(); !exact {
		draft.Day, draft.Refers = calendar.Date{}, draft.Day
	}
	e, err := fund.Enter(ctx, w.tx, w.by, draft)
	if err != nil || d.ref == "" {
		return err
	}
	return w.tx.SaveEntryRef(ctx, e.Body, d.ref, e.ID)
}
