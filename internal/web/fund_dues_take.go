package web

import (
	"context"
	"slices"
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

// takeDues shows the members of a branch with what they owe, to be ticked.
func (s *Server) takeDues(d *desk) error {
	if err := d.actor.May(access.KeepFund, d.fund.Body); err != nil {
		return err
	}
	p, err := d.takePage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) takePage(wrong page.Problems) (page.FundForm, error) {
	year, branch := d.yearGiven(), body.ID(d.idGiven("branch"))
	y := strconv.Itoa(year)
	p := page.FundForm{
		Shell: d.frame(d.say("fundpages.dues.take"), page.Link{Text: d.say("fundpages.dues"), Href: d.to("/fund/dues", "year", y)}),
		Wrong: wrong, Head: page.FormHead{Action: d.to("/fund/dues/take"), Draft: "fund-dues-" + decimal(branch)}, Leave: d.to("/fund/dues", "year", y),
		Carry: append(d.carryFund(), page.Option{Value: "year", Text: y}, page.Option{Value: "branch", Text: d.value("branch")}),
	}
	p.Shell.Lead = d.say("fundpages.dues.take.lead", y)
	lines, err := d.duesOf(year)
	if err != nil {
		return p, err
	}
	branches := d.branchOptions(d.say("fundpages.branch.all"))
	for n, o := range branches {
		if len(branches) > tabsMost && n > 0 && o.Value != d.value("branch") {
			continue // so many are chosen on the page of dues
		}
		p.Tabs = append(p.Tabs, page.Tab{Text: o.Text, Href: d.to("/fund/dues/take", "year", y, "branch", o.Value), Current: o.Value == d.value("branch")})
	}
	owing := slices.DeleteFunc(ofBranch(lines, branch), func(l dueLine) bool { return len(l.Left) == 0 })
	if owing, err = d.named(owing, year); err != nil {
		return p, err
	}
	ticks := d.dueTicks(owing)
	if len(ticks) == 0 {
		p.Notes = []page.Flash{{Tone: page.Done, Text: d.say("fundpages.dues.take.nobody")}}
		return p, nil
	}
	p.Do = d.say("fundpages.dues.take.do")
	who := d.field(&p, "member", "fundpages.dues.take.who")
	day, mode := d.dayField(&p, "day", "fundpages.ask.day"), d.field(&p, "mode", "fundpages.dues.mode")
	if who.Value = ""; mode.Value == "" {
		mode.Value = "each"
	}
	p.Main = []templ.Component{
		page.Ticks(d.reader, who, ticks), page.DateInput(d.reader, day),
		page.Radios(d.reader, mode, []page.Option{{Value: "each", Text: d.say("fundpages.dues.mode.each")}, {Value: "one", Text: d.say("fundpages.dues.mode.one"), Note: d.say("fundpages.dues.mode.one.note")}}),
	}
	giver := d.field(&p, "who", "fundpages.dues.bringer")
	giver.Hint = d.say("fundpages.dues.bringer.hint")
	p.Main = append(p.Main, page.TextInput(d.reader, giver))
	if len(d.purses()) > 1 {
		p.Main = append(p.Main, page.Chips(d.reader, d.field(&p, "purse", "fundpages.ask.purse.income"), d.purseOptions()))
	}
	return p, nil
}

// tabsMost is how many branches stand side by side.
const tabsMost = 7

// ticksMost bounds how many members are offered on one page.
const ticksMost = 400

// dueTicks offers members who owe something, each with how much.
func (d *desk) dueTicks(lines []dueLine) []page.Option {
	chosen := map[string]bool{}
	for _, v := range d.values("member") {
		chosen[v] = true
	}
	var ticks []page.Option
	for _, l := range lines[:min(len(lines), ticksMost)] {
		id := decimal(l.member.ID)
		note := d.bodies[l.branch]
		if l.Since < d.yearGiven() {
			note += " · " + d.say("fundpages.dues.owes.since", strconv.Itoa(l.Since))
		}
		ticks = append(ticks, page.Option{Value: id, Text: l.Member.Name + ": " + d.sums(l.Left), Note: note, Chosen: chosen[id]})
	}
	return ticks
}

// payDues enters the dues of everybody ticked: a receipt for each, or one for all.
func (s *Server) payDues(d *desk) error {
	drafts, members, err := d.dueDrafts()
	var done []fund.Entry
	if err == nil {
		err = d.write("fundpages.why.dues", func(ctx context.Context, tx *store.Tx) error {
			done = nil
			for _, draft := range drafts {
				e, err := fund.Enter(ctx, tx, d.actor, draft)
				if err != nil {
					return err
				}
				done = append(done, e)
			}
			return nil
		})
	}
	if isInvalid(err) {
		p, pageErr := d.takePage(page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	var total []money.Amount
	for _, e := range done {
		for _, a := range e.Total() {
			total = addSum(total, a)
		}
	}
	said := d.well("fundpages.dues.taken", members, d.sums(total), done[0].Label(), done[len(done)-1].Label())
	return d.doneAt(d.to("/fund/dues", "year", strconv.Itoa(d.yearGiven()), "branch", d.value("branch")), said)
}

// dueDrafts makes the receipts for everybody ticked.
func (d *desk) dueDrafts() (drafts []fund.Draft, members int, err error) {
	day, dayErr := d.dateGiven("day")
	if dayErr != nil {
		return nil, 0, dayErr
	}
	lines, err := d.duesOf(d.yearGiven())
	if err != nil {
		return nil, 0, err
	}
	ticked := map[string]bool{}
	for _, v := range d.values("member") {
		ticked[v] = true
	}
	one := fund.Draft{Body: d.fund.Body, Kind: fund.Receipt, Day: day, Purse: fund.AccountID(d.idGiven("purse")), Slip: fund.Slip{Name: d.value("who"), Text: d.say("fundpages.dues.text", strconv.Itoa(d.yearGiven())), Payer: person.ID(d.actor.Person)}}
	lines = slices.DeleteFunc(lines, func(l dueLine) bool { return !ticked[decimal(l.member.ID)] })
	if lines, err = d.named(lines, d.yearGiven()); err != nil {
		return nil, 0, err
	}
	for _, l := range lines {
		members++
		if d.value("mode") == "one" {
			one.Parts = append(one.Parts, d.dueParts(l)...)
			continue
		}
		each := one
		each.Person, each.Name, each.Parts = l.Member.Person, "", d.dueParts(l)
		if l.Member.Person == 0 {
			each.Name = l.Member.Name
		}
		drafts = append(drafts, each)
	}
	if len(one.Parts) > 0 {
		drafts = []fund.Draft{one}
	}
	if members == 0 {
		return nil, 0, fault.Field("member", "fundpages.dues.take.none")
	}
	return drafts, members, nil
}

// dueParts are the years a member pays for: everything still owed, in the
// fund's own currency.
func (d *desk) dueParts(l dueLine) []fund.Part {
	var parts []fund.Part
	for _, y := range l.Years {
		left := y.Owed.Minor - y.Paid.Minor
		if left > 0 && y.Owed.Currency == d.fund.Currency {
			parts = append(parts, d.duePart(l, y.Year, money.Of(left, y.Owed.Currency)))
		}
	}
	return parts
}

// duePart is what a member pays for one year.
func (d *desk) duePart(l dueLine, year int, a money.Amount) fund.Part {
	return fund.Part{Heading: fund.DuesCode, Amount: a, Member: l.member.ID, Year: year, Branch: l.branch, Note: l.Member.Name}
}

// setRate sets what a category pays from a year on.
func (s *Server) setRate(d *desk) error {
	a, amountErr := d.amountGiven("amount", d.fund.Currency)
	since, yearErr := strconv.Atoi(d.value("since"))
	if yearErr != nil {
		yearErr = fault.Field("since", "fund.dues.years")
	}
	r := fund.Rate{Body: d.fund.Body, Category: person.Category(d.value("category")), Amount: a, Since: since}
	err := fault.Gather(amountErr, yearErr)
	if err == nil {
		err = d.write("fundpages.why.rate", func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.SetRate(ctx, tx, d.actor, r)
			return err
		})
	}
	if isInvalid(err) {
		part, partErr := d.ratePart(d.today().Year(), page.ProblemsOf(err, d.reader))
		if partErr != nil {
			return partErr
		}
		part.Fold = false
		return d.again(page.FundLists(page.FundList{Shell: d.frame(d.say("fundpages.dues")), Parts: []page.FundPart{part}}))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/dues", "year", d.value("since")), d.well("fundpages.rates.set", d.category(r.Category), d.sums([]money.Amount{a}), d.value("since")))
}

// memberDues shows one member's dues year by year.
func (s *Server) memberDues(d *desk) error {
	p, err := d.memberPage(nil)
	if err != nil {
		return err
	}
	return d.show(page.FundLists(p))
}

// lineAsked finds the member whose membership the address names.
func (d *desk) lineAsked() (dueLine, error) {
	id, err := d.number("id")
	if err != nil {
		return dueLine{}, err
	}
	lines, err := d.duesOf(d.yearGiven())
	if err != nil {
		return dueLine{}, err
	}
	for _, l := range lines {
		for _, m := range l.Member.Memberships {
			if m.ID != id {
				continue
			}
			named, err := d.named([]dueLine{l}, d.yearGiven())
			if err != nil || len(named) == 0 {
				return l, err
			}
			return named[0], nil
		}
	}
	return dueLine{}, fault.Missing("fundpages.dues.missing")
}

func (d *desk) memberPage(wrong page.Problems) (page.FundList, error) {
	l, err := d.lineAsked()
	if err != nil {
		return page.FundList{}, err
	}
	p := page.FundList{Shell: d.frame(l.Member.Name, page.Link{Text: d.say("fundpages.dues"), Href: d.to("/fund/dues", "year", strconv.Itoa(d.yearGiven()))}), Print: true}
	p.Shell.Lead = d.bodies[l.branch] + " · " + d.category(l.member.Category)
	t := page.Table{
		Caption: d.say("fundpages.dues"), Quiet: true, Columns: []page.Column{{Head: d.say("common.year"), Chief: true}, {Head: d.say("fundpages.dues.owed"), Figure: true}, {Head: d.say("fundpages.paid.in"), Figure: true}, {Head: d.say("common.status")}},
		Empty: page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.rates.none.text")},
	}
	for _, y := range l.Years {
		m := d.dueMark(dueLine{year: y})
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: strconv.Itoa(y.Year)}, {Text: d.sums(nonzero(y.Owed))}, {Text: d.sums(nonzero(y.Paid))}, page.Marked(m)}})
	}
	t.Total = []page.Cell{{Text: d.say("fundpages.dues.left")}, {Text: d.sums(l.Left)}, {}, {}}
	if len(l.Left) == 0 {
		t.Total[0].Text = d.say("fundpages.dues.left.none")
	}
	p.Parts = []page.FundPart{{Table: t}}
	paying, freeing := wrong, wrong // each form tells of its own only
	if strings.HasSuffix(d.URL.Path, "/exempt") {
		paying = nil
	} else {
		freeing = nil
	}
	if d.keeps() {
		p.Parts = append(p.Parts, page.FundPart{Head: d.say("fundpages.dues.pay"), Body: page.FundSmall(d.reader, d.payForm(l, paying))})
	}
	if d.mayArrange() {
		p.Parts = append(p.Parts, page.FundPart{Head: d.say("fundpages.exempt"), Text: d.say("fundpages.exempt.text"), Body: page.FundSmall(d.reader, d.exemptForm(l, freeing))})
	}
	if l.Member.Person != 0 {
		p.Tools = []page.Tool{{Glyph: page.GlyphPeople, Text: d.say("fundpages.member.open"), Href: "/people/" + decimal(l.Member.Person)}}
	}
	return p, nil
}

func (d *desk) payForm(l dueLine, wrong page.Problems) page.FundForm {
	f := page.FundForm{Head: page.FormHead{Action: d.to("/fund/dues/" + decimal(l.member.ID) + "/pay")}, Wrong: wrong, Carry: d.carryFund(), Do: d.say("fundpages.new.do")}
	year, amount, day := d.field(&f, "year", "fundpages.dues.for"), d.amountField(&f, "amount", "fundpages.ask.amount"), d.dayField(&f, "day", "fundpages.ask.day")
	if year.Short = true; l.Since != 0 && wrong == nil {
		year.Value = strconv.Itoa(l.Since)
	}
	if day.Value == "" && wrong == nil {
		day.Value = d.on(d.today())
		day.Echo = d.dayLine(day.Value)
	}
	f.Main = []templ.Component{page.NumberInput(d.reader, year), page.MoneyInput(d.reader, amount), page.DateInput(d.reader, day)}
	if len(d.purses()) > 1 {
		f.Main = append(f.Main, page.Chips(d.reader, d.field(&f, "purse", "fundpages.ask.purse.income"), d.purseOptions()))
	}
	return f
}

func (d *desk) exemptForm(l dueLine, wrong page.Problems) page.FundForm {
	f := page.FundForm{Head: page.FormHead{Action: d.to("/fund/dues/" + decimal(l.member.ID) + "/exempt")}, Wrong: wrong, Carry: d.carryFund(), Do: d.say("fundpages.exempt.do")}
	since, until, reason := d.field(&f, "since", "fundpages.exempt.since"), d.field(&f, "until", "fundpages.exempt.until"), d.field(&f, "reason", "common.reason")
	if since.Short, until.Short, until.Hint = true, true, d.say("fundpages.exempt.open"); since.Value == "" {
		since.Value = strconv.Itoa(d.yearGiven())
	}
	reason.Whole, reason.Max = true, 300
	f.Main = []templ.Component{page.NumberInput(d.reader, since), page.NumberInput(d.reader, until), page.TextInput(d.reader, reason)}
	return f
}

// memberAgain brings a refused form of a member back.
func (d *desk) memberAgain(err error, path string, said page.Flash) error {
	if isInvalid(err) {
		p, pageErr := d.memberPage(page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundLists(p))
	}
	if err != nil {
		return err
	}
	return d.doneAt(path, said)
}

// payMember enters what one member pays for one year.
func (s *Server) payMember(d *desk) error {
	l, err := d.lineAsked()
	if err != nil {
		return err
	}
	a, amountErr := d.amountGiven("amount", d.fund.Currency)
	day, dayErr := d.dateGiven("day")
	draft := fund.Draft{Body: d.fund.Body, Kind: fund.Receipt, Day: day, Purse: fund.AccountID(d.idGiven("purse")), Slip: fund.Slip{Person: l.Member.Person, Text: d.say("fundpages.dues.text", strconv.Itoa(d.yearGiven())), Payer: person.ID(d.actor.Person)}}
	if l.Member.Person == 0 {
		draft.Name = l.Member.Name
	}
	draft.Parts = []fund.Part{d.duePart(l, d.yearGiven(), a)}
	var done fund.Entry
	if err = fault.Gather(amountErr, dayErr); err == nil {
		err = d.write("fundpages.why.dues", func(ctx context.Context, tx *store.Tx) (err error) {
			done, err = fund.Enter(ctx, tx, d.actor, draft)
			return err
		})
	}
	return d.memberAgain(err, d.entryPath(done.ID), d.well("fundpages.entered", done.Label(), d.sums([]money.Amount{a})))
}

// exemptMember frees one member from dues for some years.
func (s *Server) exemptMember(d *desk) error {
	l, err := d.lineAsked()
	if err != nil {
		return err
	}
	x := fund.Exemption{Membership: l.member.ID, Reason: d.value("reason")}
	var sinceErr, untilErr, reasonErr error
	if x.Since, sinceErr = strconv.Atoi(d.value("since")); sinceErr != nil {
		sinceErr = fault.Field("since", "fund.dues.years")
	}
	if typed := d.value("until"); typed != "" {
		if x.Until, untilErr = strconv.Atoi(typed); untilErr != nil {
			untilErr = fault.Field("until", "fund.dues.years")
		}
	}
	if x.Reason == "" {
		reasonErr = fault.Field("reason", "fundpages.exempt.reason")
	}
	if err = fault.Gather(sinceErr, untilErr, reasonErr); err == nil {
		err = d.write("fundpages.why.exempt", func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.Exempt(ctx, tx, d.actor, x)
			return err
		})
	}
	return d.memberAgain(err, d.to("/fund/dues/"+decimal(l.member.ID)), d.well("fundpages.exempted", l.Member.Name))
}
