package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// enteringKinds are the kinds of entry that have a form, in its order.
func enteringKinds() []fund.Kind {
	return []fund.Kind{fund.Receipt, fund.Payment, fund.Transfer, fund.Journal}
}

// entering is an entry form on its way: what was given, and what is wrong.
type entering struct {
	kind  fund.Kind
	who   payee
	wrong page.Problems
}

// enterForm shows the form of a new entry.
func (s *Server) enterForm(d *desk) error {
	if err := d.actor.May(access.KeepFund, d.fund.Body); err != nil {
		return err
	}
	e := entering{kind: fund.Kind(d.value("kind"))}
	if id := d.idGiven("person"); id != 0 {
		var err error
		if e.who, err = d.whoChosen(payee{}, decimal(id), "who"); err != nil {
			return err
		}
	}
	return d.show(page.FundAsk(d.enterPage(e)))
}

// enter records a new entry of any kind.
func (s *Server) enter(d *desk) error {
	e := entering{kind: fund.Kind(d.value("kind"))}
	if d.value("more") != "" {
		e.who, _ = d.whoGiven("who", "person")
		return d.show(page.FundAsk(d.enterPage(e)))
	}
	var done fund.Entry
	var err error
	switch e.kind {
	case fund.Transfer:
		done, err = d.enterTransfer()
	case fund.Journal:
		done, err = d.enterJournal()
	default:
		done, err = d.enterSlip(&e)
	}
	if isInvalid(err) {
		e.wrong = page.ProblemsOf(err, d.reader)
		return d.again(page.FundAsk(d.enterPage(e)))
	}
	if err != nil {
		return err
	}
	return d.entered(done)
}

// entered says what was recorded and offers the next of the kind.
func (d *desk) entered(e fund.Entry) error {
	figure, _ := d.moved(e)
	said := d.well("fundpages.entered", e.Label(), figure)
	said.Link = page.Link{Text: d.say("fundpages.entered.next." + nextKind(e.Kind)), Href: d.to("/fund/entries/new", "kind", nextKind(e.Kind))}
	return d.doneAt(d.entryPath(e.ID), said)
}

// nextKind is the form that is likely wanted after an entry.
func nextKind(k fund.Kind) string {
	switch k {
	case fund.Payment, fund.Transfer, fund.Journal:
		return string(k)
	case fund.Receipt, fund.Lending, fund.Repayment, fund.Opening, fund.Reversal:
	}
	return string(fund.Receipt)
}

// enterSlip records a receipt or a payment.
func (d *desk) enterSlip(e *entering) (fund.Entry, error) {
	draft, err := d.slipDraft(e)
	if err = fault.Gather(err, unless(err, draft.Check)); err != nil {
		return fund.Entry{}, err
	}
	var done fund.Entry
	scans, err := d.sentPapers()
	if err != nil {
		return done, err
	}
	err = d.write("fundpages.why."+string(e.kind), func(ctx context.Context, tx *store.Tx) error {
		if done, err = fund.Enter(ctx, tx, d.actor, draft); err != nil {
			return err
		}
		return scanAll(ctx, tx, d.request, done.ID, scans)
	})
	return done, err
}

// unless asks a check only where nothing was refused before it.
func unless(refused error, check func() error) error {
	if refused != nil {
		return nil
	}
	return check()
}

// slipDraft reads the form of a receipt or payment.
func (d *desk) slipDraft(e *entering) (fund.Draft, error) {
	draft := fund.Draft{Body: d.fund.Body, Kind: e.kind, Purse: fund.AccountID(d.idGiven("purse"))}
	c := d.currencyGiven()
	var dayErr, refersErr, whoErr, amountErr error
	draft.Day, dayErr = d.dateGiven("day")
	draft.Refers, refersErr = d.dateGiven("refers")
	e.who, whoErr = d.whoGiven("who", "person")
	first := fund.Part{Heading: d.headingGiven(), Purpose: fund.PurposeID(d.idGiven("purpose")), Branch: body.ID(d.idGiven("branch"))}
	first.Amount, amountErr = d.amountGiven("amount", c)
	if amountErr == nil && first.Amount.IsNone() {
		amountErr = fault.Field("amount", "fund.amount.missing")
	}
	var headErr error
	if first.Heading == "" {
		headErr = fault.Field("heading", "fundpages.heading.missing")
	}
	more, partsErr := d.partsGiven(c)
	draft.Parts = append([]fund.Part{first}, more...)
	draft.Slip = d.slipGiven(e.who)
	if d.account(draft.Purse).Currency != c {
		draft.Purse = 0
	}
	return draft, fault.Gather(headErr, whoErr, dayErr, amountErr, refersErr, partsErr)
}

// slipGiven reads what stands on the paper beside the money.
func (d *desk) slipGiven(w payee) fund.Slip {
	s := fund.Slip{Person: w.person, Address: d.value("address"), Text: d.value("text"), Voucher: d.value("voucher"), Consent: person.Consent(d.value("consent"))}
	if w.person == 0 {
		s.Name = w.name
	}
	s.Payer = person.ID(d.actor.Person)
	if payer := d.idGiven("payer"); payer != 0 {
		s.Payer = person.ID(payer)
	}
	s.Asked, s.AskedToo = person.ID(d.idGiven("asked")), person.ID(d.idGiven("asked-too"))
	if d.value("approve") != "" {
		s.Approver = person.ID(d.actor.Person)
		if s.Payer == s.Approver {
			s.Payer = 0
		}
	}
	return s
}

// currencyGiven is the currency of the form: the purse's, or the one chosen.
func (d *desk) currencyGiven() money.Currency {
	if c, err := money.ParseCurrency(d.value("currency")); err == nil && c != d.fund.Currency {
		return c
	}
	if a := d.account(fund.AccountID(d.idGiven("purse"))); a.Currency != "" {
		return a.Currency
	}
	return d.fund.Currency
}

// headingGiven is the heading chosen among the chips or from the list beside
// them.
func (d *desk) headingGiven() string {
	if other := d.value("heading-other"); other != "" {
		return other
	}
	return d.value("heading")
}

// partsGiven reads the further parts of a slip; lines left blank are none.
func (d *desk) partsGiven(c money.Currency) ([]fund.Part, error) {
	headings, amounts, branches, notes := d.Form["part-heading"], d.Form["part-amount"], d.Form["part-branch"], d.Form["part-note"]
	var parts []fund.Part
	var found []error
	for i := range amounts {
		if amounts[i] == "" && answerAt(notes, i) == "" {
			continue
		}
		id := "part-amount-" + strconv.Itoa(i)
		a, err := d.amountTyped(id, amounts[i], c)
		if err == nil && a.IsNone() {
			err = fault.Field(id, "fund.amount.missing")
		}
		found = append(found, err)
		branch, _ := idNumber(answerAt(branches, i))
		heading := answerAt(headings, i)
		if heading == "" {
			heading = d.headingGiven()
		}
		parts = append(parts, fund.Part{Heading: heading, Amount: a, Branch: body.ID(branch), Note: answerAt(notes, i)})
	}
	return parts, fault.Gather(found...)
}

// answerAt gives the i-th answer, nothing beyond the last.
func answerAt(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}

// idNumber reads an id.
func idNumber(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n > 0
}

// enterPage fills the form of an entry.
func (d *desk) enterPage(e entering) page.FundForm {
	known := false
	for _, k := range enteringKinds() {
		known = known || k == e.kind
	}
	if !known {
		e.kind = fund.Receipt
	}
	kind := string(e.kind)
	p := page.FundForm{
		Shell: d.frame(d.say("fundpages.new." + kind)), Wrong: e.wrong, Do: d.say("fundpages.new.do"), Leave: d.to("/fund"),
		Head:  page.FormHead{Action: d.to("/fund/entries"), Draft: "fund-" + kind, Rejected: d.Method == "POST"},
		Carry: append(d.carryFund(), page.Option{Value: "kind", Text: kind}),
	}
	p.Shell.Lead = d.say("fundpages.new.lead." + kind)
	for _, k := range enteringKinds() {
		p.Tabs = append(p.Tabs, page.Tab{Text: d.say("fundpages.tab." + string(k)), Href: d.to("/fund/entries/new", "kind", string(k)), Current: k == e.kind})
	}
	switch e.kind {
	case fund.Transfer:
		d.transferFields(&p)
	case fund.Journal:
		d.journalFields(&p)
	default:
		d.slipFields(&p, e)
	}
	return p
}

// field prepares a question: its words, what was answered, what is wrong.
func (d *desk) field(p *page.FundForm, name, label string) page.Field {
	return p.Wrong.Mark(page.Field{Name: name, Label: d.say(label), Value: d.value(name)})
}

// amountField asks for an amount and echoes it in words.
func (d *desk) amountField(p *page.FundForm, name, label string) page.Field {
	f := d.field(p, name, label)
	f.EchoFrom, f.EchoWith = d.to("/fund/echo/amount"), []string{"currency"}
	f.Echo = d.inWords(f.Value, d.currencyGiven())
	return f
}

// dayField asks for a day, today unless another was given.
func (d *desk) dayField(p *page.FundForm, name, label string) page.Field {
	f := d.field(p, name, label)
	if d.Method == "GET" && f.Value == "" {
		f.Value = d.on(d.today())
	}
	f.EchoFrom, f.Echo = d.to("/fund/echo/day"), d.dayLine(f.Value)
	return f
}

// headingChips is how many headings are all in sight.
const headingChips = 9

// slipFields asks what a receipt or payment needs, and folds the rest away.
func (d *desk) slipFields(p *page.FundForm, e entering) {
	r := d.reader
	class := fund.Income
	if e.kind == fund.Payment {
		class = fund.Expense
	}
	headings := d.headingOptions(d.say("fundpages.heading.choose"), "code", class)
	chips := headings[1:min(len(headings), headingChips+1)]
	heading := d.field(p, "heading", "fundpages.heading."+string(class))
	heading.Needed, heading.Whole = true, true
	p.Main = append(p.Main, page.Chips(r, heading, chips))
	if rest := headings[len(chips)+1:]; len(rest) > 0 {
		other := d.field(p, "heading-other", "fundpages.heading.other")
		other.Whole = true
		p.Main = append(p.Main, page.Select(r, other, append([]page.Option{{Text: d.say("fundpages.heading.none")}}, rest...)))
	}
	p.Main = append(p.Main, d.whoField(p, "fundpages.ask."+whoRole(e.kind), e.who))
	amount := d.amountField(p, "amount", "fundpages.ask.amount")
	amount.Needed = true
	p.Main = append(p.Main, page.MoneyInput(r, amount))
	day := d.dayField(p, "day", "fundpages.ask.day")
	day.Hint = d.say("fundpages.ask.day.hint")
	p.Main = append(p.Main, page.DateInput(r, day))
	text := d.field(p, "text", "fundpages.ask.text")
	text.Hint, text.Max = d.say("fundpages.ask.text.hint"), 1000
	p.Main = append(p.Main, page.TextInput(r, text))
	if len(d.purses()) > 1 {
		purse := d.field(p, "purse", "fundpages.ask.purse."+string(class))
		p.Main = append(p.Main, page.Chips(r, purse, d.purseOptions()))
	}
	p.Folds = []page.FundFold{d.partsFold(p, headings), d.whereFold(p), d.signFold(p), d.paperFold(p, e)}
	p.Head.Files = true
}

// whoField asks for the other side: a person of the book, or any name.
func (d *desk) whoField(p *page.FundForm, label string, w payee) templ.Component {
	f := d.field(p, "who", label)
	search := page.Search{Href: d.to("/fund/who"), IDName: "person", Among: w.among}
	if w.person != 0 {
		f.Value, search.ID = w.name, decimal(w.person)
	}
	f.Hint = d.say("fundpages.ask.who.hint")
	return page.Combobox(d.reader, f, search)
}

// partsFold asks for further parts of the same slip.
func (d *desk) partsFold(p *page.FundForm, headings []page.Option) page.FundFold {
	lines := len(d.Form["part-amount"])
	if d.value("more") == "parts" {
		lines++
	}
	head := page.LinesHead{Name: "parts", Label: d.say("fundpages.parts"), Title: true, Add: d.say("fundpages.parts.add")}
	var all []templ.Component
	for i := range lines {
		all = append(all, d.partLine(p, headings, i, strconv.Itoa(i)))
	}
	blank := d.partLine(p, headings, -1, "{n}")
	return page.FundFold{Head: d.say("fundpages.parts"), Note: d.say("fundpages.parts.note"), Open: lines > 0, Fields: []templ.Component{page.Lines(head, all, blank)}}
}

func (d *desk) partLine(p *page.FundForm, headings []page.Option, i int, mark string) templ.Component {
	one := func(name, label string) page.Field {
		f := page.Field{Name: name, ID: name + "-" + mark, Label: d.say(label)}
		if f.Wrong = p.Wrong.At(f.ID); i >= 0 {
			f.Value = answerAt(d.Form[name], i)
		}
		return f
	}
	amount := one("part-amount", "common.amount")
	amount.EchoFrom, amount.EchoWith, amount.Echo = d.to("/fund/echo/amount"), []string{"currency"}, d.inWords(amount.Value, d.currencyGiven())
	return templ.Join(
		page.Select(d.reader, one("part-heading", "fundpages.heading"), headings),
		page.MoneyInput(d.reader, amount),
		page.Select(d.reader, one("part-branch", "fundpages.branch"), d.branchOptions(d.say("fundpages.branch.none"))),
		page.TextInput(d.reader, one("part-note", "common.note")),
	)
}

// whereFold asks which branch and purpose the money concerns, and its currency.
func (d *desk) whereFold(p *page.FundForm) page.FundFold {
	r := d.reader
	branch, purpose, currency, refers := d.field(p, "branch", "fundpages.branch"), d.field(p, "purpose", "fundpages.purpose"), d.field(p, "currency", "fundpages.currency"), d.field(p, "refers", "fundpages.ask.refers")
	purpose.Hint, refers.Hint, currency.Hint = d.say("fundpages.purpose.hint"), d.say("fundpages.ask.refers.hint"), d.say("fundpages.currency.hint")
	if currency.Value == "" {
		currency.Value = string(d.fund.Currency)
	}
	return page.FundFold{
		Head: d.say("fundpages.fold.where"), Note: d.say("fundpages.fold.where.note"),
		Open: branch.Value != "" || purpose.Value != "" || currency.Value != string(d.fund.Currency) || refers.Value != "" || refers.Wrong != "",
		Fields: []templ.Component{
			page.Select(r, branch, d.branchOptions(d.say("fundpages.branch.none"))),
			page.Select(r, purpose, d.purposeOptions()),
			page.Select(r, currency, d.currencyOptions()),
			page.DateInput(r, refers),
		},
	}
}

// purposeOptions offers the restricted purposes in use.
func (d *desk) purposeOptions() []page.Option {
	options := []page.Option{{Text: d.say("fundpages.purpose.none")}}
	all, err := d.view().Purposes(d.Context(), d.fund.Body)
	if err != nil {
		return options
	}
	for _, p := range all {
		if p.Until.IsUnknown() || p.Until.LastOr(calendar.Latest) >= d.today() {
			options = append(options, page.Option{Value: decimal(p.ID), Text: p.Name(d.lang())})
		}
	}
	return options
}

// scanEndings are the files that may be kept with an entry.
const scanEndings = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.txt"

// signFold asks who hands the money over, who is to approve and who signs
// second.
func (d *desk) signFold(p *page.FundForm) page.FundFold {
	keepers, approvers := d.officersWho(access.KeepFund), d.officersWho(access.Approve)
	payer, asked, too := d.field(p, "payer", "fundpages.payer"), d.field(p, "asked", "fundpages.ask.approver"), d.field(p, "asked-too", "fundpages.ask.second")
	if payer.Value == "" {
		payer.Value = decimal(person.ID(d.actor.Person))
	}
	asked.Hint = d.say("fundpages.ask.approver.hint")
	nobody := []page.Option{{Text: d.say("fundpages.ask.nobody")}}
	return page.FundFold{
		Head: d.say("fundpages.fold.sign"), Note: d.say("fundpages.fold.sign.note"), Open: asked.Value != "" || asked.Wrong != "" || too.Wrong != "",
		Fields: []templ.Component{
			page.Select(d.reader, payer, keepers), page.Select(d.reader, asked, append(nobody, approvers...)), page.Select(d.reader, too, append(nobody, approvers...)),
		},
	}
}

// officersWho offers the people who have a right on the fund today, each once.
func (d *desk) officersWho(right access.Right) []page.Option {
	seers, err := d.view().WhoMay(d.Context(), right, d.fund.Body)
	if err != nil {
		return nil
	}
	var all []page.Option
	seen := map[person.ID]bool{}
	for _, s := range seers {
		if !seen[s.Person] {
			seen[s.Person] = true
			all = append(all, page.Option{Value: decimal(s.Person), Text: s.Name + " – " + d.title(s.Office)})
		}
	}
	return all
}

// paperFold asks for what stands on the paper: address, voucher, signature.
func (d *desk) paperFold(p *page.FundForm, e entering) page.FundFold {
	r := d.reader
	address, voucher := d.field(p, "address", "common.address"), d.field(p, "voucher", "fundpages.voucher.number")
	address.Max, voucher.Max, voucher.Hint = 300, 120, d.say("fundpages.voucher.hint")
	scan := d.field(p, "paper", "fundpages.scan")
	scan.Hint, scan.Extra = d.say("deed.paper.hint"), templ.Attributes{"multiple": true}
	fields := []templ.Component{page.TextInput(r, address), page.TextInput(r, voucher), page.FileInput(r, scan, scanEndings)}
	consent := d.field(p, "consent", "fundpages.consent")
	if e.kind == fund.Receipt {
		fields = append(fields, page.Select(r, consent, []page.Option{
			{Text: d.say("fundpages.consent.unasked")}, {Value: string(person.Yes), Text: d.say("fundpages.consent.yes")}, {Value: string(person.No), Text: d.say("fundpages.consent.no")},
		}))
	}
	approve := d.field(p, "approve", "fundpages.ask.approve")
	if d.may(access.Approve, d.fund.Body) {
		approve.Hint, approve.Whole = d.say("fundpages.ask.approve.hint"), true
		fields = append(fields, page.Tick(approve))
	}
	open := address.Value != "" || voucher.Value != "" || consent.Value != "" || approve.Wrong != ""
	return page.FundFold{Head: d.say("fundpages.fold.paper"), Note: d.say("fundpages.fold.paper.note"), Open: open, Fields: fields}
}
