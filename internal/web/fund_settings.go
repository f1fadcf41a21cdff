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
	"kith.app/internal/store"
)

// headings lists the accounts of the fund and lets one be added.
func (s *Server) headings(d *desk) error { return d.show(page.FundAsk(d.headingsPage(nil))) }

// settingsFrame is the frame of a page of settings.
func (d *desk) settingsFrame(title string) page.Shell {
	s := d.shell(title)
	s.Crumbs = []page.Link{{Text: d.say("menu.settings"), Href: "/settings"}}
	return s
}

func (d *desk) headingsPage(wrong page.Problems) page.FundForm {
	p := page.FundForm{Shell: d.settingsFrame(d.say("fundpages.headings")), Wrong: wrong, Carry: d.carryFund()}
	p.Shell.Lead = d.say("fundpages.headings.lead")
	for _, class := range []fund.Class{fund.Income, fund.Expense, fund.Cash, fund.Bank} {
		t := page.Table{Caption: d.say("fund.class." + string(class)), Quiet: true, Columns: []page.Column{{Head: d.say("common.name"), Chief: true}, {Head: d.say("common.code")}, {Head: d.say("common.currency")}, {Head: d.say("common.status")}}}
		for _, a := range d.accounts {
			if a.Class != class {
				continue
			}
			state := ""
			if a.Retired {
				state = d.say("fundpages.retired")
			}
			row := page.Row{Cells: []page.Cell{{Text: d.accountName(a), Note: a.Holder}, {Text: a.Code}, {Text: string(a.Currency)}, {Text: state}}}
			if d.mayArrange() {
				row.Href = d.to("/settings/headings/" + decimal(a.ID))
			}
			t.Rows = append(t.Rows, row)
		}
		p.Parts = append(p.Parts, page.FundPart{Head: d.say("fund.class." + string(class)), Table: t})
	}
	if d.mayArrange() {
		d.headingFields(&p)
	}
	return p
}

func (d *desk) headingFields(p *page.FundForm) {
	r := d.reader
	p.Head, p.Do = page.FormHead{Action: d.to("/settings/headings")}, d.say("fundpages.heading.add")
	class, name, currency := d.field(p, "class", "common.kind"), d.field(p, "name", "common.name"), d.field(p, "currency", "fundpages.currency")
	if class.Value == "" {
		class.Value = string(fund.Expense)
	}
	if currency.Value == "" {
		currency.Value = string(d.fund.Currency)
	}
	var classes []page.Option
	for _, c := range []fund.Class{fund.Income, fund.Expense, fund.Bank, fund.Cash} {
		classes = append(classes, page.Option{Value: string(c), Text: d.say("fund.class." + string(c))})
	}
	name.Needed, name.Max, name.Wrong = true, 120, orOther(name.Wrong, p.Wrong.At("code"))
	p.Main = []templ.Component{page.Chips(r, class, classes), page.TextInput(r, name)}
	p.Folds = []page.FundFold{{Head: d.say("fundpages.heading.more"), Fields: []templ.Component{
		page.TextInput(r, d.field(p, "name-en", "fundpages.name.en")), page.TextInput(r, d.field(p, "name-fr", "fundpages.name.fr")),
		page.TextInput(r, d.field(p, "bank", "fundpages.bank.name")), page.TextInput(r, d.field(p, "number", "fundpages.bank.number")),
		page.TextInput(r, d.field(p, "holder", "fundpages.bank.holder")), page.Select(r, currency, d.currencyOptions()),
	}}}
}

// accountGiven reads the names of an account and what the bank calls it.
func (d *desk) accountGiven(a fund.Account) fund.Account {
	names := map[string]string{"vi": d.value("name")}
	for _, lang := range []string{"en", "fr"} {
		if n := d.value("name-" + lang); n != "" {
			names[lang] = n
		}
	}
	a.Names, a.Bank, a.Number, a.Holder = names, d.value("bank"), d.value("number"), d.value("holder")
	return a
}

// addHeading opens one more account.
func (s *Server) addHeading(d *desk) error {
	a := d.accountGiven(fund.Account{Body: d.fund.Body, Class: fund.Class(d.value("class")), Currency: money.Currency(d.value("currency")), Code: body.CodeFrom(d.value("name"))})
	for _, other := range d.accounts {
		a.Rank = max(a.Rank, other.Rank+1)
	}
	err := d.write("fundpages.why.heading", func(ctx context.Context, tx *store.Tx) (err error) {
		_, err = fund.AddAccount(ctx, tx, d.actor, a)
		return err
	})
	if isInvalid(err) {
		return d.again(page.FundAsk(d.headingsPage(page.ProblemsOf(err, d.reader))))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/settings/headings"), d.well("fundpages.heading.added", a.Name(d.lang())))
}

// headingForm asks for what an account is called.
func (s *Server) headingForm(d *desk) error {
	a, err := d.headingAsked()
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(d.headingPage(a, nil)))
}

func (d *desk) headingAsked() (fund.Account, error) {
	id, err := d.number("id")
	if err != nil {
		return fund.Account{}, err
	}
	a := d.account(fund.AccountID(id))
	if a.ID == 0 {
		return a, fault.Missing("fund.account.missing")
	}
	return a, nil
}

func (d *desk) headingPage(a fund.Account, wrong page.Problems) page.FundForm {
	r := d.reader
	p := page.FundForm{Shell: d.settingsFrame(a.Name(d.lang())), Wrong: wrong, Carry: d.carryFund(), Head: page.FormHead{Action: d.to("/settings/headings/" + decimal(a.ID)), Revision: strconv.FormatInt(a.Revision, 10)}, Do: d.say("common.save"), Leave: d.to("/settings/headings")}
	p.Shell.Crumbs = append(p.Shell.Crumbs, page.Link{Text: d.say("fundpages.headings"), Href: d.to("/settings/headings")})
	kept := func(name, label, now string) page.Field {
		f := d.field(&p, name, label)
		if d.Method == "GET" {
			f.Value = now
		}
		return f
	}
	retired := kept("retired", "fundpages.retire", "")
	if retired.Whole = true; a.Retired && d.Method == "GET" {
		retired.Value = "yes"
	}
	p.Main = []templ.Component{
		page.TextInput(r, kept("name", "common.name", a.Names["vi"])), page.TextInput(r, kept("name-en", "fundpages.name.en", a.Names["en"])), page.TextInput(r, kept("name-fr", "fundpages.name.fr", a.Names["fr"])),
	}
	if a.Class == fund.Bank {
		p.Main = append(p.Main, page.TextInput(r, kept("bank", "fundpages.bank.name", a.Bank)), page.TextInput(r, kept("number", "fundpages.bank.number", a.Number)), page.TextInput(r, kept("holder", "fundpages.bank.holder", a.Holder)))
	}
	p.Main = append(p.Main, page.Tick(retired))
	return p
}

// describeHeading changes what an account is called.
func (s *Server) describeHeading(d *desk) error {
	a, err := d.headingAsked()
	if err != nil {
		return err
	}
	based, _ := strconv.ParseInt(d.value("revision"), 10, 64)
	changed := d.accountGiven(a)
	changed.Retired = d.value("retired") != ""
	err = d.write("fundpages.why.heading", func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.Describe(ctx, tx, d.actor, changed, based)
		return err
	})
	if isInvalid(err) {
		return d.again(page.FundAsk(d.headingPage(a, page.ProblemsOf(err, d.reader))))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/settings/headings"), d.well("fundpages.heading.changed", changed.Name(d.lang())))
}

// purposes lists the restricted purposes and lets one be named.
func (s *Server) purposes(d *desk) error {
	p, err := d.purposesPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) purposesPage(wrong page.Problems) (page.FundForm, error) {
	p := page.FundForm{Shell: d.settingsFrame(d.say("fundpages.purposes")), Wrong: wrong, Carry: d.carryFund()}
	p.Shell.Lead = d.say("fundpages.purposes.lead")
	all, err := d.view().Purposes(d.Context(), d.fund.Body)
	t := page.Table{
		Caption: d.say("fundpages.purposes"), Quiet: true, Columns: []page.Column{{Head: d.say("common.name"), Chief: true}, {Head: d.say("common.since")}, {Head: d.say("common.until")}, {Head: d.say("common.note")}},
		Empty: page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.purposes.none")},
	}
	date := func(x calendar.Date) string {
		if x.IsUnknown() {
			return ""
		}
		return d.words().DateShort(x)
	}
	for _, one := range all {
		t.Rows = append(t.Rows, page.Row{Href: d.to("/fund/entries", "purpose", decimal(one.ID)), Cells: []page.Cell{{Text: one.Name(d.lang())}, {Text: date(one.Since)}, {Text: date(one.Until)}, {Text: one.Note}}})
	}
	p.Parts = []page.FundPart{{Table: t}}
	if d.mayArrange() {
		p.Head, p.Do = page.FormHead{Action: d.to("/settings/purposes")}, d.say("fundpages.purpose.add")
		name := d.field(&p, "name", "common.name")
		name.Needed, name.Hint = true, d.say("fundpages.purpose.name.hint")
		p.Main = []templ.Component{page.TextInput(d.reader, name), page.DateInput(d.reader, d.field(&p, "until", "fundpages.purpose.until")), page.TextInput(d.reader, d.field(&p, "note", "common.note"))}
	}
	return p, err
}

// addPurpose names a restricted purpose.
func (s *Server) addPurpose(d *desk) error {
	until, err := d.dateGiven("until")
	one := fund.Purpose{Body: d.fund.Body, Names: map[string]string{"vi": d.value("name")}, Since: calendar.OnDay(d.today()), Until: until, Note: d.value("note")}
	if err == nil {
		err = d.write("fundpages.why.purpose", func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.SetPurpose(ctx, tx, d.actor, one, 0)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.purposesPage(d.problems(err, "code", "name"))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/settings/purposes"), d.well("fundpages.purpose.added", d.value("name")))
}

// norms lists what is given on which occasion, in all versions.
func (s *Server) norms(d *desk) error {
	p, err := d.normsPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) normsPage(wrong page.Problems) (page.FundForm, error) {
	p := page.FundForm{Shell: d.settingsFrame(d.say("fundpages.norms")), Wrong: wrong, Carry: d.carryFund()}
	p.Shell.Lead = d.say("fundpages.norms.lead")
	kinds, err := d.view().Kinds(d.Context())
	if err != nil {
		return p, err
	}
	names, options := map[string]string{}, []page.Option{{Text: d.say("common.choose")}}
	for _, k := range kinds {
		names[k.Code] = k.Name(d.lang())
		if !k.Retired {
			options = append(options, page.Option{Value: k.Code, Text: names[k.Code]})
		}
	}
	all, err := d.view().Norms(d.Context(), d.fund.Body)
	if err != nil {
		return p, err
	}
	var now, past []fund.Norm
	for _, n := range all {
		if n.Until >= d.today() {
			now = append(now, n)
		} else {
			past = append(past, n)
		}
	}
	p.Parts = []page.FundPart{{Head: d.say("fundpages.norms.now"), Table: d.normTable(now, names, true)}}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.FundPart{Head: d.say("fundpages.norms.past"), Table: d.normTable(past, names, false), Fold: true})
	}
	if d.may(access.ManageBody, d.fund.Body) {
		d.normFields(&p, options)
	}
	return p, nil
}

func (d *desk) normFields(p *page.FundForm, kinds []page.Option) {
	r := d.reader
	p.Head, p.Do = page.FormHead{Action: d.to("/settings/norms"), Draft: "fund-norm"}, d.say("fundpages.norm.do")
	kind, kin, step, times := d.field(p, "kind", "fundpages.norm.kind"), d.field(p, "kin", "fundpages.norm.kin"), d.field(p, "step", "fundpages.norm.step"), d.field(p, "times", "fundpages.norm.times")
	goods, since, approval := d.field(p, "goods", "fundpages.norm.goods"), d.dayField(p, "since", "fundpages.norm.since"), d.field(p, "approval", "fundpages.norm.approval")
	kind.Needed, step.Short, times.Short = true, true, true
	kin.Hint, step.Hint, times.Hint, since.Hint = d.say("fundpages.norm.kin.hint"), d.say("fundpages.norm.step.hint"), d.say("fundpages.norm.times.hint"), d.say("fundpages.norm.since.hint")
	p.Main = []templ.Component{page.Select(r, kind, kinds), page.MoneyInput(r, d.amountField(p, "amount", "common.amount")), page.TextInput(r, goods), page.DateInput(r, since)}
	open := kin.Value+step.Value+times.Value+approval.Value != "" || step.Wrong != ""
	p.Folds = []page.FundFold{{Head: d.say("fundpages.norm.more"), Open: open, Fields: []templ.Component{
		page.TextInput(r, kin), page.NumberInput(r, step), page.NumberInput(r, times), page.TextInput(r, d.field(p, "note", "common.note")), page.Tick(approval),
	}}}
}

// normTable shows norms; those in force may be ended.
func (d *desk) normTable(norms []fund.Norm, names map[string]string, ends bool) page.Table {
	t := page.Table{Caption: d.say("fundpages.norms"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.norm.kind"), Chief: true}, {Head: d.say("common.amount"), Figure: true}, {Head: d.say("fundpages.norm.goods")}, {Head: d.say("fundpages.norm.times")}, {Head: d.say("common.since")}, {Head: d.say("common.until")},
	}, Empty: page.Empty{Head: d.say("fundpages.norms.none"), Text: d.say("fundpages.norms.none.text")}}
	for _, n := range norms {
		var notes []string
		if n.Step != 0 {
			notes = append(notes, d.say("fundpages.norm.age", strconv.Itoa(n.Step)))
		}
		if n.Kin != "" {
			notes = append(notes, n.Kin)
		}
		if n.Approval {
			notes = append(notes, d.say("fundpages.norm.approval"))
		}
		if n.Note != "" {
			notes = append(notes, n.Note)
		}
		times, until := d.say("fundpages.norm.often"), page.Cell{}
		if n.Times > 0 {
			times = strconv.Itoa(n.Times)
		}
		if n.Until != calendar.Latest {
			until.Text = d.on(n.Until)
		} else if ends && d.may(access.ManageBody, n.Body) {
			until.Part = page.DialogLink("", d.say("fundpages.norm.end"), d.to("/settings/norms/"+decimal(n.ID)+"/end"))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: orOther(names[n.Kind], n.Kind), Note: dots(notes)}, {Text: d.sums(nonzero(n.Amount))}, {Text: n.Goods}, {Text: times}, {Text: d.sinceDay(n.Since)}, until}})
	}
	return t
}

// dots sets short remarks side by side.
func dots(parts []string) string {
	line := ""
	for _, p := range parts {
		if line != "" {
			line += " · "
		}
		line += p
	}
	return line
}

func (d *desk) sinceDay(day calendar.Day) string {
	if day == calendar.Earliest {
		return ""
	}
	return d.on(day)
}

// setNorm sets a norm from a day on.
func (s *Server) setNorm(d *desk) error {
	n := fund.Norm{Body: d.fund.Body, Kind: d.value("kind"), Kin: d.value("kin"), Goods: d.value("goods"), Approval: d.value("approval") != "", Note: d.value("note")}
	var amountErr, stepErr, timesErr, sinceErr error
	n.Amount, amountErr = d.amountGiven("amount", d.fund.Currency)
	step, stepErr := d.countGiven("step")
	times, timesErr := d.countGiven("times")
	n.Step, n.Times = int(min(step, 999)), int(min(times, 999))
	n.Since, sinceErr = d.dayGiven("since")
	err := fault.Gather(amountErr, stepErr, timesErr, sinceErr)
	if err == nil {
		err = d.write("fundpages.why.norm", func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.SetNorm(ctx, tx, d.actor, n)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.normsPage(page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/settings/norms"), d.well("fundpages.norm.set", d.on(n.Since)))
}

// endNormForm asks whether a norm is to end without another in its place.
func (s *Server) endNormForm(d *desk) error {
	p := page.FundAsked{Shell: d.settingsFrame(d.say("fundpages.norm.end"))}
	p.Asked = page.Asked{Title: d.say("fundpages.norm.end.title"), Text: d.say("fundpages.norm.end.text"), Action: d.to("/settings/norms/" + d.PathValue("id") + "/end"), Do: d.say("fundpages.norm.end"), Danger: true, Leave: d.to("/settings/norms")}
	return d.show(page.FundConfirm(p))
}

// endNorm ends a norm today.
func (s *Server) endNorm(d *desk) error {
	id, err := d.number("id")
	if err != nil {
		return err
	}
	all, err := d.view().Norms(d.Context(), d.fund.Body)
	if err != nil {
		return err
	}
	for _, n := range all {
		if n.ID == id {
			err = d.write("fundpages.why.norm", func(ctx context.Context, tx *store.Tx) error {
				return fund.EndNorm(ctx, tx, d.actor, n, d.today()-1)
			})
			if err != nil {
				return err
			}
			return d.doneAt(d.to("/settings/norms"), d.well("fundpages.norm.ended"))
		}
	}
	return fault.Missing("fund.norm.missing")
}
