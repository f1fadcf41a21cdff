package web

import (
	"context"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/lunar"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// deedAnswers is what stands in the form of a deed, as it was written.
type deedAnswers struct {
	fields map[string]string
	who    page.DeedPerson
	rows   []page.DeedPerson
	gifts  []page.DeedGift
	with   []string
	ties   []page.DeedPerson // under which it was done: name and id of each
}

// plainAnswers are the questions with one line for an answer.
func plainAnswers() []string {
	return []string{
		"kind", "other", "day", "amount", "also", "count", "status", "body", "title", "place", "source", "series",
		"purse", "currency", openFundAnswer, "witness", "reason", "approver",
	}
}

// moreKinds is the value of the chip behind which the other kinds are.
const moreKinds = "more"

// readAnswers takes the form in.
func (q *request) readAnswers() deedAnswers {
	a := deedAnswers{fields: map[string]string{}, with: q.values("with")}
	for _, name := range append(plainAnswers(), tieAnswerNames()...) {
		a.fields[name] = q.value(name)
	}
	a.ties = q.readTies()
	a.fields["note"], a.fields["paste"] = q.lines("note"), q.FormValue("paste")
	if a.fields["kind"] == moreKinds {
		a.fields["kind"] = a.fields["other"]
	}
	a.who = page.DeedPerson{N: "0", Name: q.value("who"), ID: q.value("who_id")}
	for i, name := range q.Form["row"] {
		row := page.DeedPerson{N: strconv.Itoa(i + 1), Name: text.Clean(name), ID: q.nth("row_id", i)}
		row.School, row.Prize, row.Amount, row.Came = q.nth("row_school", i), q.nth("row_prize", i), q.nth("row_amount", i), q.nth("row_came", i)
		if row.Name != "" {
			a.rows = append(a.rows, row)
		}
	}
	for i, item := range q.Form["gift"] {
		g := page.DeedGift{N: strconv.Itoa(i + 1), Item: text.Clean(item), Unit: q.nth("gift_unit", i), Pieces: q.nth("gift_count", i), Value: q.nth("gift_value", i)}
		if g.Item != "" || g.Pieces != "" {
			a.gifts = append(a.gifts, g)
		}
	}
	return a
}

// nth gives the answer of the nth line.
func (q *request) nth(name string, n int) string {
	if n < len(q.Form[name]) {
		return text.Clean(q.Form[name][n])
	}
	return ""
}

// entered is a deed as the answers say it, ready to be written.
type entered struct {
	deed  deed.Deed
	spent fund.Draft
	kind  deed.Kind
	who   []found // receivers, in the order of the form
	c     money.Currency

	opens  bool                // the fund is opened with it, as nobody has yet
	papers []source.Attachment // stored, not yet named by the deed
}

// at puts the faults of an error beside a field.
func at(field string, err error) error {
	for _, f := range fault.All(err) {
		if f.Field == "" || field == "amount" {
			f.Field = field
		}
	}
	return err
}

// enter turns the answers into a deed and what it cost. The answers themselves
// are completed with what was found: whom they mean, and who else they may mean.
func (q *request) enter(a *deedAnswers) (entered, error) {
	var e entered
	var wrong []error
	add := func(err error) { wrong = append(wrong, err) }
	kind, err := q.view().Kind(q.Context(), a.fields["kind"])
	if a.fields["kind"] == "" {
		err = fault.Field("kind", "deed.kind.missing")
	}
	add(err)
	e.kind = kind
	e.deed = deed.Deed{Kind: kind.Code, Status: deed.Done, Title: a.fields["title"], PlaceNote: a.fields["place"], Note: a.fields["note"], Reason: a.fields["reason"]}
	if a.fields["status"] == string(deed.Planned) {
		e.deed.Status = deed.Planned
	}
	e.deed.Day, err = q.readDay(a.fields["day"])
	add(at("day", err))
	e.deed.Approver = person.ID(idOf(a.fields["approver"]))
	if e.deed.Reason != "" && e.deed.Approver == 0 && q.may(access.Approve, q.root()) {
		e.deed.Approver = person.ID(q.actor.Person)
	}
	if a.fields["source"] != "" {
		e.deed.Source = source.Source{Kind: source.Form, Title: a.fields["source"]}
	}
	if e.deed.Series, _, err = countOr(a.fields["series"], 0); err != nil {
		add(at("series", err))
	}
	add(q.enterPeople(a, &e))
	add(q.enterTies(a, &e))
	e.c = q.currencyOf(a, e.deed.Body)
	add(q.enterLines(a, &e))
	if err := fault.Gather(wrong...); err != nil {
		return e, err
	}
	return e, q.enterMoney(a, &e)
}

// readDay reads a date as people type it.
func (q *request) readDay(typed string) (calendar.Date, error) {
	return calendar.ReadInput(typed, calendar.Reading{Pivot: q.today().Year() + 1, MonthFirst: false})
}

// countOr reads a count, or gives another number where nothing is typed.
func countOr(typed string, other int64) (int64, deed.Qualifier, error) {
	if typed == "" {
		return other, deed.Exact, nil
	}
	return deed.ReadCount(typed, 0)
}

// enterPeople finds everybody the answers name, and whose deed it is.
func (q *request) enterPeople(a *deedAnswers, e *entered) error {
	var wrong []error
	first := e.kind.First()
	if e.kind.Shape() == deed.Gathering {
		first = deed.Participant
	}
	receive := func(answer *page.DeedPerson, field string) {
		who, err := q.resolve(answer)
		if len([]rune(answer.Name)) > 200 {
			err = fault.Field(field, "person.name.long")
		}
		if err != nil && fault.KindOf(err) == fault.Invalid {
			err = fault.Field(field, fault.All(err)[0].Key, fault.All(err)[0].Args...)
		}
		wrong = append(wrong, err)
		who.party.Role = first
		e.who = append(e.who, who)
	}
	if e.kind.Shape() == deed.Single && a.who.Name != "" {
		receive(&a.who, "who")
	}
	if e.kind.Shape() == deed.Single && a.who.Name == "" && len(a.rows) == 0 && q.PathValue("id") == "" {
		wrong = append(wrong, fault.Field("who", "deed.who.missing")) // of a deed on record nobody may know any more
	}
	for i := range a.rows {
		receive(&a.rows[i], "rows")
		p := &e.who[len(e.who)-1].party
		p.Detail.Came, p.Detail.Prize = a.rows[i].Came, a.rows[i].Prize
		wrong = append(wrong, rowDetail(e.kind, a.rows[i], p))
	}
	var home body.ID
	for _, who := range e.who {
		e.deed.Parties = append(e.deed.Parties, who.party)
		if home == 0 {
			home = who.home
		} else if who.home != home {
			home = q.root() // of several branches: the association's
		}
	}
	wrong = append(wrong, q.enterOthers(a, e))
	e.deed.Body = q.homeOf(home)
	if id, err := strconv.ParseInt(a.fields["body"], 10, 64); err == nil && id > 0 {
		e.deed.Body = body.ID(id)
	}
	if !q.may(access.PostDeeds, e.deed.Body) {
		wrong = append(wrong, fault.Field("body", "access.forbidden.post_deeds"))
	}
	return fault.Gather(wrong...)
}

// rowDetail keeps what concerns one receiver alone.
func rowDetail(k deed.Kind, row page.DeedPerson, p *deed.Party) error {
	if !k.Ages {
		p.Detail.School = row.School
		return nil
	}
	if row.School == "" {
		return nil
	}
	age, _, err := deed.ReadCount(row.School, 0)
	if err != nil || age > 150 {
		return fault.Field("rows", "deed.row.age.wrong", row.School)
	}
	p.Detail.Step = int(age)
	return nil
}

// enterOthers adds who went, who bore witness and which branches took part.
func (q *request) enterOthers(a *deedAnswers, e *entered) error {
	lines := []struct {
		typed string
		role  deed.Role
	}{{a.fields["also"], e.kind.Second()}, {a.fields["witness"], deed.Witness}}
	for _, l := range lines {
		if l.typed == "" || l.role == "" {
			continue
		}
		parties, err := q.people(l.typed, l.role)
		if err != nil {
			return err
		}
		e.deed.Parties = append(e.deed.Parties, parties...)
	}
	for _, mark := range a.with {
		if id, err := strconv.ParseInt(mark, 10, 64); err == nil {
			e.deed.Parties = append(e.deed.Parties, deed.Party{Role: deed.Coordinator, Body: body.ID(id)})
		}
	}
	return nil
}

// currencyOf chooses the currency of the amounts: the one chosen, the purse's,
// the fund's, or đồng.
func (q *request) currencyOf(a *deedAnswers, home body.ID) money.Currency {
	if c, err := money.ParseCurrency(a.fields["currency"]); err == nil {
		return c
	}
	f, err := q.view().FundKeeper(q.Context(), home)
	if err != nil {
		return money.VND
	}
	if accounts, err := q.view().FundAccounts(q.Context(), f.Body); err == nil {
		for _, account := range accounts {
			if strconv.FormatInt(int64(account.ID), 10) == a.fields["purse"] {
				return account.Currency
			}
		}
	}
	return f.Currency
}

// enterLines counts what was done, in money and in kind.
func (q *request) enterLines(a *deedAnswers, e *entered) error {
	var wrong []error
	stated, means, err := countOr(a.fields["count"], -1)
	wrong = append(wrong, at("count", err))
	e.deed.Lines = e.kind.Propose(int64(len(came(e))), stated)
	for i := range e.deed.Lines {
		if e.deed.Lines[i].Unit == e.kind.Counts() {
			e.deed.Lines[i].Qualifier = means
		}
	}
	total, err := q.amounts(a, e, stated)
	wrong = append(wrong, err)
	if !total.IsZero() {
		e.deed.Lines = append(e.deed.Lines, deed.Line{Unit: deed.Money, Currency: total.Currency, Quantity: total.Minor})
	}
	for _, g := range a.gifts {
		lines, err := giftLines(g, e.c, q.reader.Lang)
		wrong = append(wrong, err)
		e.deed.Lines = append(e.deed.Lines, lines...)
	}
	return fault.Gather(wrong...)
}

// came are those of a gathering who were there, and everybody else's receivers.
func came(e *entered) []found {
	if !e.kind.Meeting || e.deed.Status == deed.Planned {
		return e.who
	}
	var there []found
	for _, who := range e.who {
		if who.party.Detail.Came == "yes" {
			there = append(there, who)
		}
	}
	return there
}

// amounts gives what a deed cost in all. In a table the amount is each one's,
// unless their line says another.
func (q *request) amounts(a *deedAnswers, e *entered, stated int64) (money.Amount, error) {
	var wrong []error
	each := money.Amount{}
	var err error
	if a.fields["amount"] != "" {
		each, err = money.Parse(a.fields["amount"], e.c, q.reader.Lang)
		wrong = append(wrong, at("amount", err))
	}
	if e.kind.Shape() != deed.Table {
		return each, fault.Gather(wrong...)
	}
	total := money.Amount{}
	for i, row := range a.rows {
		one := each
		if row.Amount != "" {
			one, err = money.Parse(row.Amount, e.c, q.reader.Lang)
			wrong = append(wrong, at("rows", err))
		}
		e.deed.Parties[i].Detail.Amount = one
		total, err = total.Add(one)
		wrong = append(wrong, at("amount", err))
	}
	if rest := stated - int64(len(a.rows)); rest > 0 && !each.IsNone() {
		unnamed, err := each.Mul(rest)
		wrong = append(wrong, at("amount", err))
		total, err = total.Add(unnamed)
		wrong = append(wrong, at("amount", err))
	}
	if len(a.rows) == 0 && stated < 0 {
		total = each
	}
	return total, fault.Gather(wrong...)
}

// giftLines are the lines of one gift: so many things, and what they are worth.
func giftLines(g page.DeedGift, c money.Currency, lang locale.Lang) ([]deed.Line, error) {
	unit := deed.Unit(g.Unit)
	if unit == "" {
		unit = deed.Things
	}
	n := int64(1)
	if unit == deed.WorkDays {
		n = 10
	}
	if g.Pieces != "" {
		var err error
		if n, _, err = deed.ReadCount(g.Pieces, unit.Decimals()); err != nil {
			return nil, at("gifts", err)
		}
	}
	lines := []deed.Line{{Unit: unit, Quantity: n, Item: g.Item}}
	if g.Value == "" {
		return lines, nil
	}
	each, err := money.Parse(g.Value, c, lang)
	if err != nil {
		return nil, at("gifts", err)
	}
	worth, err := each.Mul(n)
	if err != nil {
		return nil, at("gifts", err)
	}
	if unit.Decimals() > 0 {
		worth.Minor /= 10
	}
	return append(lines, deed.Line{Unit: deed.GoodsValue, Currency: c, Quantity: worth.Minor, Item: g.Item}), nil
}

// outside is the choice that the money did not come from the fund.
const outside = "none"

// enterMoney drafts the entry of what a deed cost, when a fund pays it.
func (q *request) enterMoney(a *deedAnswers, e *entered) error {
	total := moneyOf(e.deed)
	if total.IsZero() || e.deed.Status != deed.Done || a.fields["purse"] == outside {
		return nil
	}
	f, err := q.view().FundKeeper(q.Context(), e.deed.Body)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		if a.fields[openFundAnswer] == "" || !q.mayOpenFund() {
			return nil // no fund has been opened: the deed alone is written
		}
		f, err, e.opens = fund.Fund{Body: q.root()}, nil, true
	}
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(a.fields["purse"], 10, 64) //nolint:errcheck // empty: the cash box
	e.spent = fund.Draft{Body: f.Body, Purse: fund.AccountID(id), Parts: []fund.Part{{Amount: total}}}
	e.spent.Text = e.deed.Title
	if q.actor.Person != 0 && q.may(access.Approve, f.Body) {
		e.spent.Approver = person.ID(q.actor.Person)
	}
	return nil
}

// openFundAnswer says that the fund shall be opened with the deed.
const openFundAnswer = "openfund"

// mayOpenFund tells whether the reader may open the fund of the organisation.
func (q *request) mayOpenFund() bool {
	return q.may(access.KeepFund, q.root()) || q.may(access.ManageBody, q.root())
}

// openFundFor opens the fund in the transaction of the deed that first needs it.
func (q *request) openFundFor(ctx context.Context, tx *store.Tx, e *entered) error {
	if !e.opens {
		return nil
	}
	_, err := fund.Open(ctx, tx, q.actor, e.spent.Body, money.VND)
	return err
}

// moneyOf gives the money in the lines of a deed, of its first currency.
func moneyOf(d deed.Deed) money.Amount {
	var total money.Amount
	for _, l := range d.Lines {
		if l.Unit == deed.Money && l.Stage == deed.Given && (total.IsNone() || total.Currency == l.Currency) {
			total = money.Of(total.Minor+l.Quantity, l.Currency)
		}
	}
	return total
}

// echoDay says which day was understood, and its lunar date.
func (s *Server) echoDay(q *request) error {
	return q.echo(q.dayLine(q.value("value")))
}

func (q *request) dayLine(typed string) string {
	d, err := q.readDay(typed)
	if err != nil {
		return said(q, err)
	}
	if d.IsUnknown() {
		return ""
	}
	day, one := d.Day()
	if !one {
		return q.speaker().DateShort(d)
	}
	line := strings.ToLower(q.speaker().Weekday(day.Weekday()))
	if l := lunar.From(day); !l.IsZero() {
		line = q.say("deed.echo.day", line, q.speaker().LunarLine(l))
	}
	return line
}

// echoAmount says an amount in words.
func (s *Server) echoAmount(q *request) error {
	return q.echo(q.amountLine(q.value("value"), q.value("currency")))
}

func (q *request) amountLine(typed, currency string) string {
	if typed == "" {
		return ""
	}
	c, err := money.ParseCurrency(currency)
	if err != nil {
		c = money.VND
	}
	amount, err := money.Parse(typed, c, q.reader.Lang)
	if err != nil {
		return said(q, err)
	}
	return money.Words(amount, q.reader.Lang)
}

// said words the refusals in an error.
func said(q *request, err error) string {
	var all []string
	for _, f := range fault.All(err) {
		all = append(all, q.say(f.Key, f.Args...))
	}
	return strings.Join(all, " ")
}
