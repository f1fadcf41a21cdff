package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// openingForm asks what there was on the day on which the book took over.
func (s *Server) openingForm(d *desk) error {
	if err := d.actor.May(access.KeepFund, d.fund.Body); err != nil {
		return err
	}
	return d.show(page.FundAsk(d.openingPage(nil)))
}

func (d *desk) openingPage(wrong page.Problems) page.FundForm {
	p := page.FundForm{
		Shell: d.frame(d.say("fundpages.opening")), Wrong: wrong, Carry: d.carryFund(), Text: d.say("fundpages.opening.text"),
		Head: page.FormHead{Action: d.to("/fund/opening"), Draft: "fund-opening"}, Do: d.say("fundpages.opening.do"), Leave: d.to("/fund"),
	}
	day := d.field(&p, "day", "fundpages.opening.day")
	day.Needed, day.Hint, day.EchoFrom, day.Echo = true, d.say("fundpages.opening.day.hint"), d.to("/fund/echo/day"), d.dayLine(day.Value)
	p.Main = []templ.Component{page.DateInput(d.reader, day)}
	for _, a := range d.purses() {
		f := p.Wrong.Mark(page.Field{Name: "held-" + decimal(a.ID), Label: d.purseName(a), Value: d.value("held-" + decimal(a.ID)), Unit: string(a.Currency)})
		f.EchoFrom, f.Echo = d.to("/fund/echo/amount", "currency", string(a.Currency)), d.inWords(f.Value, a.Currency)
		p.Main = append(p.Main, page.MoneyInput(d.reader, f))
	}
	voucher := d.field(&p, "voucher", "fundpages.voucher.number")
	voucher.Hint, voucher.Whole = d.say("fundpages.opening.voucher"), true
	p.Main = append(p.Main, page.TextInput(d.reader, voucher))
	p.Folds = []page.FundFold{
		d.openingLines(&p, "loan", "fundpages.opening.loans", [][2]string{{"name", "fundpages.loan.who"}, {"amount", "fundpages.loan.out"}, {"rate", "fundpages.loan.rate"}, {"due", "fundpages.loan.due"}}),
		d.openingLines(&p, "owed", "fundpages.opening.owed", [][2]string{{"name", "fundpages.opening.owed.who"}, {"year", "fundpages.opening.owed.year"}, {"amount", "common.amount"}}),
		d.openingLines(&p, "good", "fundpages.opening.goods", [][2]string{{"item", "fundpages.stock.item"}, {"quantity", "common.quantity"}}),
	}
	return p
}

// openingLines asks for any number of things of one sort.
func (d *desk) openingLines(p *page.FundForm, name, label string, asked [][2]string) page.FundFold {
	line := func(i int, mark string) templ.Component {
		var fields []templ.Component
		for _, one := range asked {
			f := page.Field{Name: name + "-" + one[0], ID: name + "-" + one[0] + "-" + mark, Label: d.say(one[1])}
			if f.Wrong = p.Wrong.At(f.ID); i >= 0 {
				f.Value = answerAt(d.Form[f.Name], i)
			}
			fields = append(fields, page.TextInput(d.reader, f))
		}
		return templ.Join(fields...)
	}
	count := len(d.Form[name+"-"+asked[0][0]])
	if d.value("more") == name {
		count++
	}
	var all []templ.Component
	for i := range count {
		all = append(all, line(i, strconv.Itoa(i)))
	}
	head := page.LinesHead{Name: name, Label: d.say(label), Title: true, Add: d.say("fundpages.parts.add")}
	return page.FundFold{Head: d.say(label), Open: count > 0, Fields: []templ.Component{page.Lines(head, all, line(-1, "{n}"))}}
}

// bringForward records what there was on the day of change-over.
func (s *Server) bringForward(d *desk) error {
	if d.value("more") != "" {
		return d.show(page.FundAsk(d.openingPage(nil)))
	}
	start, goods, err := d.startGiven()
	var done fund.Entry
	if err == nil {
		err = d.write("fundpages.why.opening", func(ctx context.Context, tx *store.Tx) (err error) {
			for _, g := range goods {
				if _, err := fund.MoveStock(ctx, tx, d.actor, g); err != nil {
					return err
				}
			}
			if len(start.Held)+len(start.Loans)+len(start.Owed) == 0 && len(goods) > 0 {
				return nil
			}
			done, err = fund.BringForward(ctx, tx, d.actor, start)
			return err
		})
	}
	if isInvalid(err) {
		return d.again(page.FundAsk(d.openingPage(page.ProblemsOf(err, d.reader))))
	}
	if err != nil {
		return err
	}
	if done.ID == 0 {
		return d.doneAt(d.to("/fund/stock"), d.well("fundpages.opening.done"))
	}
	return d.doneAt(d.entryPath(done.ID), d.well("fundpages.opening.done"))
}

// startGiven reads what there was.
func (d *desk) startGiven() (fund.Start, []fund.StockMove, error) {
	s := fund.Start{Body: d.fund.Body, Slip: fund.Slip{Text: d.say("fundpages.opening.entry"), Voucher: d.value("voucher"), Payer: person.ID(d.actor.Person)}}
	day, dayErr := d.dayGiven("day")
	s.Day = calendar.OnDay(day)
	found := []error{dayErr}
	for _, a := range d.purses() {
		held, err := d.amountGiven("held-"+decimal(a.ID), a.Currency)
		if found = append(found, err); !held.IsZero() {
			s.Held = append(s.Held, fund.Holding{Purse: a.ID, Amount: held})
		}
	}
	for i, name := range d.Form["loan-name"] {
		l, err := d.loanGiven(i, name)
		if found = append(found, err); l.Name != "" {
			s.Loans = append(s.Loans, l)
		}
	}
	for i, name := range d.Form["owed-name"] {
		c, err := d.owedGiven(i, name)
		if found = append(found, err); c.Membership != 0 {
			s.Owed = append(s.Owed, c)
		}
	}
	var goods []fund.StockMove
	for i, item := range d.Form["good-item"] {
		if item == "" {
			continue
		}
		n, err := strconv.ParseInt(answerAt(d.Form["good-quantity"], i), 10, 64)
		if err != nil || n <= 0 {
			found = append(found, fault.Field("good-quantity-"+strconv.Itoa(i), "fund.stock.quantity"))
		}
		goods = append(goods, fund.StockMove{Body: d.fund.Body, Day: s.Day, Item: item, Quantity: n, Note: d.say("fundpages.opening.entry")})
	}
	if dayErr == nil && len(s.Held)+len(s.Loans)+len(s.Owed)+len(goods) == 0 {
		found = append(found, fault.Field("day", "fund.amount.missing"))
	}
	return s, goods, fault.Gather(found...)
}

// owedGiven reads the dues that a member still owed for a year; a line left
// blank is none.
func (d *desk) owedGiven(i int, name string) (fund.Charge, error) {
	mark, year := strconv.Itoa(i), answerAt(d.Form["owed-year"], i)
	amount, amountErr := d.amountTyped("owed-amount-"+mark, answerAt(d.Form["owed-amount"], i), d.fund.Currency)
	if name == "" && year == "" && amount.IsNone() {
		return fund.Charge{}, amountErr
	}
	c := fund.Charge{Amount: amount, Note: d.say("fundpages.opening.entry")}
	if amountErr == nil && amount.IsNone() {
		amountErr = fault.Field("owed-amount-"+mark, "fund.amount.missing")
	}
	var yearErr error
	if c.Year, yearErr = strconv.Atoi(year); yearErr != nil || c.Year < 1900 || c.Year > d.today().Year() {
		yearErr = fault.Field("owed-year-"+mark, "fund.dues.years")
	}
	member, whoErr := d.memberNamed(name)
	if whoErr != nil {
		whoErr = fault.Field("owed-name-"+mark, "fundpages.opening.owed.unknown", name)
	}
	c.Membership = member
	return c, fault.Gather(whoErr, yearErr, amountErr)
}

// memberNamed finds the membership of the only person of a name or a member
// number.
func (d *desk) memberNamed(name string) (int64, error) {
	rows, err := d.peopleLike(name)
	if err != nil {
		return 0, err
	}
	var found []int64
	for _, r := range rows {
		for _, m := range r.Memberships {
			if m.Lasts && (text.Fold(r.Name) == text.Fold(name) || text.Fold(m.Number) == text.Fold(name) && name != "") {
				found = append(found, m.ID)
				break
			}
		}
	}
	if len(found) != 1 {
		return 0, fault.Refuse("fundpages.opening.owed.unknown", name)
	}
	return found[0], nil
}

// loanGiven reads one loan that was still out; a line left blank is none.
func (d *desk) loanGiven(i int, name string) (fund.Loan, error) {
	mark := strconv.Itoa(i)
	amount, amountErr := d.amountTyped("loan-amount-"+mark, answerAt(d.Form["loan-amount"], i), d.fund.Currency)
	l := fund.Loan{Body: d.fund.Body, Name: name, Amount: amount}
	if name == "" && amount.IsNone() {
		return l, nil
	}
	if amountErr == nil && amount.IsNone() {
		amountErr = fault.Field("loan-amount-"+mark, "fund.amount.missing")
	}
	found, err := d.peopleNamed(name)
	if err == nil && len(found) == 1 {
		id, _ := idNumber(found[0].ID)
		l.Person = person.ID(id)
	}
	if typed := answerAt(d.Form["loan-due"], i); typed != "" {
		due, dueErr := calendar.ReadInput(typed, calendar.Reading{Pivot: d.today().Year()})
		if dueErr != nil {
			return l, fault.Gather(amountErr, fault.Field("loan-due-"+mark, "fundpages.day.exact"))
		}
		l.Due = due.LastOr(calendar.Latest)
	}
	rate, rateErr := d.rateTyped("loan-rate-"+mark, answerAt(d.Form["loan-rate"], i))
	if isInvalid(rateErr) {
		rateErr = fault.Field("loan-rate-"+mark, "fundpages.loan.rate.wrong", answerAt(d.Form["loan-rate"], i))
	}
	l.Rate = rate
	return l, fault.Gather(amountErr, rateErr)
}
