package web

import (
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// fundLoans lists the loans to members, those still out first.
func (s *Server) fundLoans(d *desk) error {
	loans, err := d.view().Loans(d.Context(), d.fund.Body, d.today())
	if err != nil {
		return err
	}
	names, err := d.borrowers(loans)
	if err != nil {
		return err
	}
	p := page.FundList{Shell: d.frame(d.say("fundpages.loans")), Print: true}
	p.Shell.Lead = d.say("fundpages.loans.lead")
	if d.keeps() {
		p.Shell.Actions = page.FundActions([]page.Link{{Text: d.say("fundpages.loan.new"), Href: d.to("/fund/loans/new")}})
	}
	t := page.Table{Caption: d.say("fundpages.loans"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.loan.who"), Chief: true},
		{Head: d.say("fundpages.loan.amount"), Figure: true},
		{Head: d.say("fundpages.loan.out"), Figure: true},
		{Head: d.say("fundpages.loan.interest"), Figure: true},
		{Head: d.say("fundpages.loan.due")},
		{Head: d.say("common.status")},
	}, Empty: page.Empty{Glyph: page.GlyphFund, Head: d.say("fundpages.loans.none"), Text: d.say("fundpages.loans.none.text")}}
	var out []money.Amount
	for _, l := range loans {
		c := l.Loan.Amount.Currency
		out = addSum(out, money.Of(l.Outstanding, c))
		m := d.loanMark(l)
		t.Rows = append(t.Rows, page.Row{Href: d.to("/fund/loans/" + decimal(l.Loan.ID)), Cells: []page.Cell{
			{Text: names(l.Loan), Note: d.on(l.Loan.Since)}, {Text: d.sum(l.Loan.Amount.Minor, c)}, {Text: d.sum(l.Outstanding, c)}, {Text: d.sum(max(l.Interest, 0), c)}, {Text: d.due(l.Loan)}, page.Marked(m),
		}})
	}
	t.Total = []page.Cell{{Text: d.say("common.total")}, {}, {Text: d.sums(out)}, {}, {}, {}}
	p.Parts = []page.FundPart{{Table: t}}
	return d.show(page.FundLists(p))
}

// borrowers names who borrowed.
func (d *desk) borrowers(loans []fund.LoanState) (func(fund.Loan) string, error) {
	names := map[person.ID]string{}
	for _, l := range loans {
		if l.Loan.Person != 0 && names[l.Loan.Person] == "" {
			names[l.Loan.Person] = d.nameOf(l.Loan.Person)
		}
	}
	return func(l fund.Loan) string { return orOther(l.Name, names[l.Person]) }, nil
}

func (d *desk) due(l fund.Loan) string {
	if l.Due == calendar.Latest {
		return d.say("fundpages.loan.open")
	}
	return d.on(l.Due)
}

func (d *desk) loanMark(l fund.LoanState) page.Mark {
	switch {
	case l.Outstanding <= 0:
		return page.Mark{Tone: page.Done, Text: d.say("fundpages.loan.back")}
	case l.Overdue:
		return page.Mark{Tone: page.Late, Text: d.say("fundpages.loan.late")}
	}
	return page.Mark{Tone: page.Plain, Text: d.say("fundpages.loan.running")}
}

// loanForm asks for a new loan.
func (s *Server) loanForm(d *desk) error {
	if err := d.actor.May(access.KeepFund, d.fund.Body); err != nil {
		return err
	}
	return d.show(page.FundAsk(d.loanPage(payee{}, nil)))
}

func (d *desk) loanPage(w payee, wrong page.Problems) page.FundForm {
	r := d.reader
	p := page.FundForm{
		Shell: d.frame(d.say("fundpages.loan.new"), page.Link{Text: d.say("fundpages.loans"), Href: d.to("/fund/loans")}), Wrong: wrong, Carry: d.carryFund(),
		Head: page.FormHead{Action: d.to("/fund/loans"), Draft: "fund-loan"}, Do: d.say("fundpages.loan.do"), Leave: d.to("/fund/loans"),
	}
	amount, rate, due := d.amountField(&p, "amount", "fundpages.ask.amount"), d.field(&p, "rate", "fundpages.loan.rate"), d.field(&p, "due", "fundpages.loan.due")
	rate.Unit, rate.Hint, due.Hint, amount.Needed = d.say("fundpages.loan.percent"), d.say("fundpages.loan.rate.hint"), d.say("fundpages.loan.due.hint"), true
	p.Main = []templ.Component{
		d.whoField(&p, "fundpages.loan.to", w), page.MoneyInput(r, amount), page.DateInput(r, d.dayField(&p, "day", "fundpages.ask.day")),
		page.NumberInput(r, rate), page.DateInput(r, due), page.TextInput(r, d.field(&p, "note", "common.note")),
	}
	if len(d.purses()) > 1 {
		p.Main = append(p.Main, page.Chips(r, d.field(&p, "purse", "fundpages.ask.purse.expense"), d.purseOptions()))
	}
	return p
}

// lend pays out a loan.
func (s *Server) lend(d *desk) error {
	w, whoErr := d.whoGiven("who", "person")
	l := fund.Loan{Body: d.fund.Body, Person: w.person, Note: d.value("note")}
	if w.person == 0 {
		l.Name = w.name
	}
	how := fund.Payout{Purse: fund.AccountID(d.idGiven("purse")), Slip: fund.Slip{Text: d.say("fundpages.loan.text"), Payer: person.ID(d.actor.Person)}}
	var amountErr, rateErr, dueErr, dayErr error
	l.Amount, amountErr = d.amountGiven("amount", d.fund.Currency)
	if l.Rate, rateErr = d.rateGiven("rate"); isInvalid(rateErr) {
		rateErr = fault.Field("rate", "fundpages.loan.rate.wrong", d.value("rate"))
	}
	how.Day, dayErr = d.dateGiven("day")
	if d.value("due") != "" {
		var due calendar.Date
		due, dueErr = d.dateGiven("due")
		l.Due = due.LastOr(calendar.Latest)
	}
	err := fault.Gather(whoErr, amountErr, rateErr, dayErr, dueErr)
	if err == nil {
		err = d.write("fundpages.why.lend", func(ctx context.Context, tx *store.Tx) (err error) {
			l, _, err = fund.Lend(ctx, tx, d.actor, l, how)
			return err
		})
	}
	if isInvalid(err) {
		return d.again(page.FundAsk(d.loanPage(w, d.problems(err, "person", "who"))))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/loans/"+decimal(l.ID)), d.well("fundpages.loan.lent", d.sums([]money.Amount{l.Amount})))
}

// problems words what is wrong, with fields that rules call otherwise than the
// form does.
func (d *desk) problems(err error, renamed ...string) page.Problems {
	all := page.ProblemsOf(err, d.reader)
	for i := range all {
		for k := 0; k+1 < len(renamed); k += 2 {
			if all[i].Field == renamed[k] {
				all[i].Field = renamed[k+1]
			}
		}
	}
	return all
}

// fundLoan shows one loan with what was paid back.
func (s *Server) fundLoan(d *desk) error {
	p, err := d.loanShown(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) loanShown(wrong page.Problems) (page.FundForm, error) {
	id, err := d.number("id")
	if err != nil {
		return page.FundForm{}, err
	}
	l, moves, err := d.view().Loan(d.Context(), fund.LoanID(id))
	if err != nil {
		return page.FundForm{}, err
	}
	state, c := fund.StateOf(l, moves, d.today()), l.Amount.Currency
	name := orOther(l.Name, d.nameOf(l.Person))
	p := page.FundForm{Shell: d.frame(d.say("fundpages.loan.of", name), page.Link{Text: d.say("fundpages.loans"), Href: d.to("/fund/loans")}), Wrong: wrong, Carry: d.carryFund()}
	p.Facts = []page.Fact{
		{Name: d.say("fundpages.loan.amount"), Text: d.sum(l.Amount.Minor, c), Note: d.on(l.Since)},
		{Name: d.say("fundpages.loan.out"), Text: d.sum(state.Outstanding, c), Mark: d.loanMark(state)},
		{Name: d.say("fundpages.loan.interest"), Text: d.sum(max(state.Interest, 0), c), Note: d.say("fundpages.loan.received", d.sum(state.Received, c))},
		{Name: d.say("fundpages.loan.rate"), Text: d.rateOf(l)},
		{Name: d.say("fundpages.loan.due"), Text: d.due(l)},
		{Name: d.say("common.note"), Text: l.Note},
	}
	if d.keeps() && (state.Outstanding > 0 || state.Interest > 0) {
		p.Head, p.Do = page.FormHead{Action: d.to("/fund/loans/" + decimal(l.ID))}, d.say("fundpages.repay.do")
		principal, interest := d.amountField(&p, "principal", "fundpages.repay.principal"), d.amountField(&p, "interest", "fundpages.repay.interest")
		p.Main = []templ.Component{page.MoneyInput(d.reader, principal), page.MoneyInput(d.reader, interest), page.DateInput(d.reader, d.dayField(&p, "day", "fundpages.ask.day"))}
		if len(d.purses()) > 1 {
			p.Main = append(p.Main, page.Chips(d.reader, d.field(&p, "purse", "fundpages.ask.purse.income"), d.purseOptions()))
		}
	}
	p.Parts = []page.FundPart{{Head: d.say("fundpages.loan.moves"), Table: d.moveTable(moves, c)}}
	return p, nil
}

// rateOf says the interest of a loan.
func (d *desk) rateOf(l fund.Loan) string {
	if l.Rate == "" || l.Rate == "0" {
		return d.say("fundpages.loan.free")
	}
	return d.speaker().Plain(l.Rate) + " %"
}

func (d *desk) moveTable(moves []fund.LoanMove, c money.Currency) page.Table {
	t := page.Table{Caption: d.say("fundpages.loan.moves"), Quiet: true, Columns: []page.Column{{Head: d.say("common.day"), Chief: true}, {Head: d.say("fundpages.loan.lentcol"), Figure: true}, {Head: d.say("fundpages.repay.principal"), Figure: true}, {Head: d.say("fundpages.repay.interest"), Figure: true}}}
	figure := func(minor int64) page.Cell {
		if minor <= 0 {
			return page.Cell{}
		}
		return page.Cell{Text: d.sum(minor, c)}
	}
	for _, m := range moves {
		t.Rows = append(t.Rows, page.Row{Href: d.entryPath(m.Entry), Cells: []page.Cell{{Text: d.on(m.Day)}, figure(m.Principal), figure(-m.Principal), figure(m.Interest)}})
	}
	return t
}

// repay takes back an instalment of a loan.
func (s *Server) repay(d *desk) error {
	id, err := d.number("id")
	if err != nil {
		return err
	}
	l, _, err := d.view().Loan(d.Context(), fund.LoanID(id))
	if err != nil {
		return err
	}
	principal, principalErr := d.amountGiven("principal", l.Amount.Currency)
	interest, interestErr := d.amountGiven("interest", l.Amount.Currency)
	day, dayErr := d.dateGiven("day")
	how := fund.Instalment{Principal: principal.Minor, Interest: interest.Minor, Payout: fund.Payout{Day: day, Purse: fund.AccountID(d.idGiven("purse")), Slip: fund.Slip{Text: d.say("fundpages.repay.text"), Payer: person.ID(d.actor.Person)}}}
	var done fund.Entry
	if err = fault.Gather(principalErr, interestErr, dayErr); err == nil {
		err = d.write("fundpages.why.repay", func(ctx context.Context, tx *store.Tx) (err error) {
			done, err = fund.Repay(ctx, tx, d.actor, l.ID, how)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.loanShown(d.problems(err, "amount", "principal"))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/loans/"+decimal(l.ID)), d.well("fundpages.entered", done.Label(), d.sums(done.Total())))
}
