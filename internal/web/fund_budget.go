package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// mayArrange tells whether the reader may set headings, budgets and dues.
func (d *desk) mayArrange() bool {
	return d.keeps() || d.may(access.ManageBody, d.fund.Body)
}

// fundBudget shows a year's budget beside what became of it.
func (s *Server) fundBudget(d *desk) error {
	p, err := d.budgetPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) budgetPage(wrong page.Problems) (page.FundForm, error) {
	year := d.yearGiven()
	p := page.FundForm{Shell: d.frame(d.say("fundpages.budget")), Tabs: d.yearTabs("/fund/budget", year), Wrong: wrong}
	p.Shell.Lead = d.say("fundpages.budget.year", strconv.Itoa(year))
	planned, err := d.view().AgainstBudget(d.Context(), d.fund.Body, year)
	if err != nil {
		return p, err
	}
	for _, class := range []fund.Class{fund.Income, fund.Expense} {
		p.Parts = append(p.Parts, d.plannedPart(class, planned))
	}
	if !d.mayArrange() {
		return p, nil
	}
	heading, amount := d.field(&p, "heading", "fundpages.heading"), d.amountField(&p, "amount", "fundpages.budget.amount")
	amount.Hint = d.say("fundpages.budget.hint")
	p.Do, p.Head = d.say("fundpages.budget.do"), page.FormHead{Action: d.to("/fund/budget")}
	p.Carry = append(d.carryFund(), page.Option{Value: "year", Text: strconv.Itoa(year)})
	p.Main = []templ.Component{
		page.Select(d.reader, heading, d.headingOptions(d.say("fundpages.heading.choose"), "", fund.Income, fund.Expense)), page.MoneyInput(d.reader, amount),
	}
	return p, nil
}

// plannedPart shows the budget of receipts or of payments.
func (d *desk) plannedPart(class fund.Class, planned []fund.Planned) page.FundPart {
	t := page.Table{Caption: d.say("fund.class." + string(class)), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.heading"), Chief: true}, {Head: d.say("fundpages.budget"), Figure: true}, {Head: d.say("fundpages.actual"), Figure: true}, {Head: d.say("fundpages.reached"), Figure: true}, {Head: d.say("fundpages.budget.left." + string(class)), Figure: true},
	}, Empty: page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.budget.none")}}
	var budget, actual []money.Amount
	for _, one := range planned {
		if one.Class != class {
			continue
		}
		row := page.Row{Cells: []page.Cell{{Text: d.rowName(fund.Row{Names: one.Names})}, {Text: d.sums([]money.Amount{one.Budget})}, {Text: d.sums([]money.Amount{one.Actual})}, {Text: d.share(one.Actual.Minor, one.Budget.Minor)}, {Text: d.sums([]money.Amount{one.Left()})}}}
		if class == fund.Expense && one.Budget.Minor > 0 && one.Left().IsNegative() {
			row.Cells[4].Tone, row.Cells[4].Note = page.Late, d.say("fundpages.budget.over")
		}
		t.Rows = append(t.Rows, row)
		budget, actual = addSum(budget, one.Budget), addSum(actual, one.Actual)
	}
	t.Total = []page.Cell{{Text: d.say("common.total")}, {Text: d.sums(budget)}, {Text: d.sums(actual)}, {}, {}}
	return page.FundPart{Head: d.say("fund.class." + string(class)), Table: t}
}

// setBudget sets the budget of one heading.
func (s *Server) setBudget(d *desk) error {
	a, amountErr := d.amountGiven("amount", d.fund.Currency)
	if amountErr == nil && a.IsNone() {
		amountErr = fault.Field("amount", "fund.amount.missing")
	}
	b := fund.Budget{Body: d.fund.Body, Year: d.yearGiven(), Amount: a}
	var headErr error
	if b.Class, b.Code = splitHeading(d.value("heading")); b.Code == "" {
		headErr = fault.Field("heading", "fundpages.heading.missing")
	}
	err := fault.Gather(headErr, amountErr)
	if err == nil {
		err = d.write("fundpages.why.budget", func(ctx context.Context, tx *store.Tx) error { return fund.SetBudget(ctx, tx, d.actor, b) })
	}
	if isInvalid(err) {
		p, pageErr := d.budgetPage(page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/budget", "year", strconv.Itoa(b.Year)), d.well("fundpages.budget.set", d.headingName(b.Class, b.Code)))
}
