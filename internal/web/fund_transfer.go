package web

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// otherFund marks, in the list of where money goes, the fund of another body.
const otherFund = "fund."

// transferFields asks from where to where money is carried.
func (d *desk) transferFields(p *page.FundForm) {
	r := d.reader
	from, into := d.field(p, "purse", "fundpages.ask.from"), d.field(p, "into", "fundpages.ask.into")
	from.Needed, into.Needed = true, true
	amount, day, text := d.amountField(p, "amount", "fundpages.ask.amount"), d.dayField(p, "day", "fundpages.ask.day"), d.field(p, "text", "fundpages.ask.text")
	amount.Needed, text.Max = true, 1000
	amount.EchoWith = []string{"purse"}
	p.Main = []templ.Component{
		page.Select(r, from, d.purseOptions()), page.Select(r, into, d.intoOptions()),
		page.MoneyInput(r, amount), page.DateInput(r, day), page.TextInput(r, text),
	}
	got, rate := d.field(p, "got", "fundpages.ask.got"), d.field(p, "rate", "fundpages.rate")
	got.Hint, rate.Hint = d.say("fundpages.ask.got.hint"), d.say("fundpages.rate.hint")
	voucher := d.field(p, "voucher", "fundpages.voucher.number")
	p.Folds = []page.FundFold{{
		Head: d.say("fundpages.fold.exchange"), Open: got.Value != "" || rate.Value != "" || got.Wrong != "" || rate.Wrong != "",
		Fields: []templ.Component{page.MoneyInput(r, got), page.NumberInput(r, rate), page.TextInput(r, voucher)},
	}}
}

// intoOptions offers where money may be carried: the fund's own purses, and the
// funds of other bodies that the reader keeps too.
func (d *desk) intoOptions() []page.Option {
	options := []page.Option{{Text: d.say("common.choose")}}
	options = append(options, plainOptions(d.purseOptions())...)
	for _, id := range d.funds {
		if id != d.fund.Body && d.may(access.KeepFund, id) {
			options = append(options, page.Option{Value: otherFund + decimal(id), Text: d.say("fundpages.fund.of", d.bodies[id])})
		}
	}
	return options
}

// enterTransfer carries money to another purse or to another fund.
func (d *desk) enterTransfer() (fund.Entry, error) {
	from := d.account(fund.AccountID(d.idGiven("purse")))
	if from.Currency == "" {
		return fund.Entry{}, fault.Field("purse", "fund.purse.unknown")
	}
	day, dayErr := d.dateGiven("day")
	given, amountErr := d.amountGiven("amount", from.Currency)
	if amountErr == nil && given.IsNone() {
		amountErr = fault.Field("amount", "fund.amount.missing")
	}
	slip := fund.Slip{Text: d.value("text"), Voucher: d.value("voucher"), Payer: person.ID(d.actor.Person)}
	if other, ok := strings.CutPrefix(d.value("into"), otherFund); ok {
		id, _ := idNumber(other)
		h := fund.Handing{From: d.fund.Body, Into: body.ID(id), FromPurse: from.ID, Day: day, Amount: given, Slip: slip}
		return d.hand(h, fault.Gather(dayErr, amountErr))
	}
	p := fund.Passage{Body: d.fund.Body, Day: day, From: from.ID, Into: fund.AccountID(d.idGiven("into")), Given: given, Slip: slip}
	into := d.account(p.Into)
	if into.Currency == "" {
		return fund.Entry{}, fault.Gather(fault.Field("into", "fund.purse.unknown"), dayErr, amountErr)
	}
	var gotErr, rateErr error
	p.Got, gotErr = d.amountGiven("got", into.Currency)
	p.Rate, rateErr = d.rateGiven("rate")
	if err := fault.Gather(dayErr, amountErr, gotErr, rateErr); err != nil {
		return fund.Entry{}, err
	}
	var done fund.Entry
	err := d.write("fundpages.why.transfer", func(ctx context.Context, tx *store.Tx) (err error) {
		done, err = fund.Pass(ctx, tx, d.actor, p)
		return err
	})
	return done, err
}

// hand passes money to the fund of another body.
func (d *desk) hand(h fund.Handing, refused error) (fund.Entry, error) {
	if refused != nil {
		return fund.Entry{}, refused
	}
	var paid fund.Entry
	err := d.write("fundpages.why.hand", func(ctx context.Context, tx *store.Tx) (err error) {
		paid, _, err = fund.Hand(ctx, tx, d.actor, h)
		return err
	})
	return paid, err
}

// rateGiven reads a rate of exchange or of interest as an exact decimal.
func (d *desk) rateGiven(name string) (string, error) {
	return d.rateTyped(name, d.value(name))
}

func (d *desk) rateTyped(name, typed string) (string, error) {
	if typed == "" {
		return "", nil
	}
	r, err := money.ReadRate(typed, d.reader.Lang)
	if faults := fault.All(err); len(faults) > 0 {
		return "", fault.Field(name, faults[0].Key, faults[0].Args...)
	}
	return r.String(), err
}

// journalFields asks for the lines of an entry that is neither receipt nor
// payment.
func (d *desk) journalFields(p *page.FundForm) {
	r := d.reader
	day, text, voucher := d.dayField(p, "day", "fundpages.ask.day"), d.field(p, "text", "fundpages.ask.text"), d.field(p, "voucher", "fundpages.voucher.number")
	text.Whole = true
	lines := max(len(d.Form["line-account"]), 2)
	if d.value("more") == "postings" {
		lines++
	}
	var all []templ.Component
	for i := range lines {
		all = append(all, d.journalLine(p, i, strconv.Itoa(i)))
	}
	head := page.LinesHead{Name: "postings", Label: d.say("fundpages.postings"), Hint: d.say("fundpages.postings.hint"), Wrong: p.Wrong.At("postings"), Add: d.say("fundpages.postings.add")}
	p.Main = []templ.Component{
		page.DateInput(r, day), page.TextInput(r, voucher), page.TextInput(r, text),
		page.Lines(head, all, d.journalLine(p, -1, "{n}")),
	}
}

func (d *desk) journalLine(p *page.FundForm, i int, mark string) templ.Component {
	one := func(name, label string) page.Field {
		f := page.Field{Name: name, ID: name + "-" + mark, Label: d.say(label)}
		if f.Wrong = p.Wrong.At(f.ID); i >= 0 {
			f.Value = answerAt(d.Form[name], i)
		}
		return f
	}
	return templ.Join(
		page.Select(d.reader, one("line-account", "fundpages.account"), d.accountOptions()),
		page.MoneyInput(d.reader, one("line-into", "fundpages.into")),
		page.MoneyInput(d.reader, one("line-outof", "fundpages.outof")),
		page.Select(d.reader, one("line-branch", "fundpages.branch"), d.branchOptions(d.say("fundpages.branch.none"))),
	)
}

// accountOptions offers every account of the fund.
func (d *desk) accountOptions() []page.Option {
	options := []page.Option{{Text: d.say("common.choose")}}
	for _, a := range d.accounts {
		text := d.say("fund.class."+string(a.Class)) + ": " + a.Name(d.lang())
		if a.Currency != d.fund.Currency {
			text += " (" + string(a.Currency) + ")"
		}
		options = append(options, page.Option{Value: decimal(a.ID), Text: text})
	}
	return options
}

// enterJournal records an entry given line by line.
func (d *desk) enterJournal() (fund.Entry, error) {
	draft := fund.Draft{Body: d.fund.Body, Kind: fund.Journal, Slip: fund.Slip{Text: d.value("text"), Voucher: d.value("voucher")}}
	var dayErr, linesErr error
	draft.Day, dayErr = d.dateGiven("day")
	draft.Postings, linesErr = d.postingsGiven()
	if err := fault.Gather(dayErr, linesErr); err != nil {
		return fund.Entry{}, err
	}
	var done fund.Entry
	err := d.write("fundpages.why.journal", func(ctx context.Context, tx *store.Tx) (err error) {
		if len(draft.Postings) < 2 {
			return fault.Field("postings", "fund.postings.few")
		}
		done, err = fund.Enter(ctx, tx, d.actor, draft)
		return err
	})
	return done, err
}

// postingsGiven reads the lines of an entry; lines left blank are none.
func (d *desk) postingsGiven() ([]fund.Posting, error) {
	var all []fund.Posting
	var found []error
	for i, typed := range d.Form["line-account"] {
		into, out := answerAt(d.Form["line-into"], i), answerAt(d.Form["line-outof"], i)
		if typed == "" && into == "" && out == "" {
			continue
		}
		id, _ := idNumber(typed)
		a := d.account(fund.AccountID(id))
		mark := strconv.Itoa(i)
		if a.ID == 0 {
			found = append(found, fault.Field("line-account-"+mark, "fundpages.account.missing"))
			continue
		}
		debit, err := d.amountTyped("line-into-"+mark, into, a.Currency)
		credit, err2 := d.amountTyped("line-outof-"+mark, out, a.Currency)
		found = append(found, err, err2)
		branch, _ := idNumber(answerAt(d.Form["line-branch"], i))
		all = append(all, fund.Posting{Account: a.ID, Amount: debit.Minor - credit.Minor, Currency: a.Currency, Branch: body.ID(branch)})
	}
	return all, fault.Gather(found...)
}
