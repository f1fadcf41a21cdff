package web

import (
	"cmp"
	"context"
	"slices"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// levelOptions offers the levels.
func (q *request) levelOptions(blank string) []page.Option {
	options := []page.Option{{Text: blank}}
	for _, l := range delegation.Levels() {
		options = append(options, page.Option{Value: string(l), Text: q.levelSaid(l)})
	}
	return options
}

func (q *request) moneySaid(a money.Amount) string {
	if a.IsNone() {
		return ""
	}
	return q.speaker().Money(a)
}

// asker builds fields of a form: as given where it was refused, as kept otherwise.
type asker struct {
	q     *request
	wrong page.Problems
	pre   string // before the ids of this form, so that no two on a page are alike
}

func (a asker) field(name, key, kept string) page.Field {
	if len(a.wrong) > 0 {
		kept = a.q.value(name)
	}
	return a.wrong.Mark(page.Field{Name: name, ID: a.pre + name, Label: a.q.say(key), Value: kept})
}

func (a asker) text(name, key, kept string) templ.Component {
	f := a.field(name, key, kept)
	f.Max = 300
	return page.TextInput(a.q.reader, f)
}

func (a asker) needed(name, key, kept string) templ.Component {
	f := a.field(name, key, kept)
	f.Needed, f.Whole, f.Max = true, true, 500
	return page.TextInput(a.q.reader, f)
}

func (a asker) area(name, key, kept string) templ.Component {
	f := a.field(name, key, kept)
	f.Whole = true
	return page.TextArea(a.q.reader, f, 3)
}

// speech asks for a long text.
func (a asker) speech(kept string) templ.Component {
	f := a.field("speech", "delegation.speech", kept)
	f.Whole, f.Max = true, 8000
	return page.TextArea(a.q.reader, f, 10)
}

func (a asker) day(name, key, kept string) templ.Component {
	f := a.field(name, key, kept)
	f.Short = true
	return page.DateInput(a.q.reader, f)
}

func (a asker) choose(name, key, kept string, options []page.Option) templ.Component {
	return page.Select(a.q.reader, a.field(name, key, kept), options)
}

func (a asker) sum(name, key string, kept money.Amount) []templ.Component {
	said := ""
	if !kept.IsNone() {
		said = money.Figure(kept.Minor, kept.Currency, a.q.reader.Lang)
	}
	return []templ.Component{page.MoneyInput(a.q.reader, a.field(name, key, said)), a.choose(name+"-currency", "common.currency", cmp.Or(string(kept.Currency), "VND"), currencies())}
}

func (a asker) who(name, key string) templ.Component {
	f := a.field(name, key, "")
	return a.q.whoField(f, 0, f.Value)
}

// visitForm adds to one matter of a delegation.
func (q *request) visitForm(t delegation.Told, part string) page.DeskForm {
	return page.DeskForm{
		Head: page.FormHead{Action: visitPath(t.Deed.ID) + "/" + part, Revision: idText(t.Visit.Revision)}, Fold: q.say("delegation.part." + part + ".add"), Do: q.say("common.save"), Quiet: true,
		Fields: q.visitFields(t, part, nil),
	}
}

// visitFields asks what one matter of a delegation needs.
func (q *request) visitFields(t delegation.Told, part string, wrong page.Problems) []templ.Component {
	a, v := asker{q, wrong, part + "-"}, t.Visit
	first := dayTyped(t.Deed.Day.FirstOr(q.today()))
	switch part {
	case "member":
		return []templ.Component{a.who("who", "delegation.member.name"), a.text("rank", "delegation.rank", ""), a.text("note", "common.note", ""), page.Tick(a.field("lead", "delegation.member.leads", ""))}
	case "stop":
		return []templ.Component{a.day("day", "common.date", first), a.text("hour", "delegation.hour", ""), a.needed("what", "delegation.stop.what.label", ""), a.text("where", "deed.form.place", ""), a.text("by", "delegation.stop.who", "")}
	case "speech":
		return []templ.Component{a.text("speaker", "delegation.speaker", v.Speaker), a.speech(v.Speech)}
	case "reception":
		return []templ.Component{
			a.who("host", "delegation.host"), a.text("office", "delegation.host.office", ""), a.choose("level", "delegation.level", "", q.levelOptions(q.say("delegation.level.none"))),
			a.who("guest", "delegation.guest"), a.day("day", "common.date", first), a.text("where", "deed.form.place", ""), a.text("note", "common.note", ""),
		}
	case "cost":
		return append(append([]templ.Component{a.choose("kind", "delegation.cost.kind", "travel", q.costKinds()), a.choose("payer", "delegation.payer", "ours", q.payerOptions()), a.text("name", "delegation.payer.name", "")},
			a.sum("amount", "common.amount", money.Amount{})...), a.choose("entry", "delegation.cost.entry", "", q.entryOptions(t)), a.text("note", "common.note", ""))
	case "signed":
		return []templ.Component{a.needed("title", "delegation.signed.title.label", ""), a.text("number", "union.plan.number", ""), a.day("day", "common.date", first)}
	case "promise":
		return []templ.Component{a.area("promise", "delegation.promise.label", ""), a.choose("side", "delegation.promise.side", "theirs", []page.Option{{Value: "theirs", Text: q.say("delegation.promise.theirs")}, {Value: "ours", Text: q.say("delegation.promise.ours")}}), a.day("due", "delegation.promise.due", "")}
	case "entrust":
		return q.entrustFields(a, t)
	case "report":
		return []templ.Component{
			a.day("due", "delegation.report.due.day", dayTyped(v.ReportDue)), a.day("done", "delegation.report.done.day", dayTyped(v.ReportDone)), a.text("report", "delegation.report.number", v.Report), a.area("outcome", "delegation.outcome", v.Outcome),
			a.text("thanksTo", "delegation.thanks.to", v.ThanksTo), a.day("thanksDue", "delegation.thanks.due.day", dayTyped(v.ThanksDue)), a.day("thanksSent", "delegation.thanks.sent.day", dayTyped(v.ThanksSent)), a.text("thanks", "delegation.thanks.number", v.Thanks),
		}
	case "about":
		return q.aboutFields(a, v)
	case "drop":
		return []templ.Component{a.choose("which", "delegation.drop.which", "", q.dropOptions(t))}
	}
	return nil
}

// aboutFields asks what a delegation is for, by whose invitation and permission.
func (q *request) aboutFields(a asker, v delegation.Visit) []templ.Component {
	return []templ.Component{
		a.area("purpose", "delegation.purpose", v.Purpose), a.choose("level", "delegation.level", string(v.Level), q.levelOptions(q.say("delegation.level.none"))),
		a.text("invitation-from", "delegation.invitation.from", v.Invitation.From), a.text("invitation-number", "delegation.invitation.number", v.Invitation.Number), a.day("invitation-day", "delegation.invitation.day", typed(v.Invitation.Day)),
		a.text("permission-from", "delegation.permission.from", v.Permission.From), a.text("permission-number", "delegation.permission.number", v.Permission.Number), a.day("permission-day", "delegation.permission.day", typed(v.Permission.Day)),
		q.whoField(a.field("interpreter", "delegation.interpreter", ""), v.Interpreter, v.Interprets),
	}
}

func (q *request) costKinds() []page.Option {
	var options []page.Option
	for _, k := range delegation.CostKinds() {
		options = append(options, page.Option{Value: k, Text: q.say("delegation.cost." + k)})
	}
	return options
}

func (q *request) payerOptions() []page.Option {
	var options []page.Option
	for _, p := range delegation.Payers() {
		options = append(options, page.Option{Value: string(p), Text: q.say("delegation.payer." + string(p))})
	}
	return options
}

// entryOptions offers the payments of the fund around a visit, for who may read
// them.
func (q *request) entryOptions(t delegation.Told) []page.Option {
	options := []page.Option{{Text: q.say("delegation.cost.entry.none")}}
	if !q.may(access.ReadFund, t.Deed.Body) {
		return options
	}
	from, to := t.Deed.Day.FirstOr(q.today()).AddMonths(-3), t.Deed.Day.LastOr(q.today()).AddMonths(6)
	entries, err := q.view().Entries(q.Context(), store.EntriesAsked{Body: t.Deed.Body, Period: calendar.Period{From: from, To: to}, Most: 200})
	if err != nil {
		return options
	}
	for _, e := range entries {
		if e.Label() != "" {
			options = append(options, page.Option{Value: idText(e.ID), Text: dotted(e.Label(), q.daySaid(e.Day), shortened(e.Text))})
		}
	}
	return options
}

// dropOptions lists what may be taken off a delegation.
func (q *request) dropOptions(t delegation.Told) []page.Option {
	options := []page.Option{{Text: q.say("delegation.drop.choose")}}
	add := func(part string, n int, text string) {
		options = append(options, page.Option{Value: part + "-" + idText(int64(n)), Text: dotted(q.say("delegation.part."+part), shortened(text))})
	}
	called, err := q.view().CalledIn(q.Context(), t.Deed)
	if members, at := delegation.Members(t.Deed); err == nil {
		for i, m := range members {
			add("member", at[i], q.partyName(m, called, q.dayOf(t.Deed)))
		}
	}
	for i, s := range t.Visit.Stops {
		add("stop", i, s.What)
	}
	for i, r := range t.Visit.Receptions {
		add("reception", i, q.receptionFact(r).Text)
	}
	for i, c := range t.Visit.Costs {
		add("cost", i, q.moneySaid(c.Amount))
	}
	for i, s := range t.Visit.Signed {
		add("signed", i, s.Title)
	}
	for i, p := range t.Visit.Promises {
		add("promise", i, p.Text)
		if p.Done == 0 && p.Moved == 0 {
			options = append(options, page.Option{Value: "kept-" + idText(int64(i)), Text: dotted(q.say("delegation.promise.keep"), shortened(p.Text))})
		}
	}
	return options
}

// newVisit asks for a delegation that came, went, or will.
func (s *Server) newVisit(q *request) error {
	a, err := q.newVisitForm(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) newVisitForm(refused error) (page.AskPage, error) {
	home := q.homeOf(body.ID(q.id("body")))
	if err := q.actor.May(access.PostDeeds, home); err != nil {
		return page.AskPage{}, err
	}
	homes, err := q.bodyOptions(access.PostDeeds, "")
	if err != nil {
		return page.AskPage{}, err
	}
	a := asker{q, page.ProblemsOf(refused, q.reader), ""}
	day, countries, people := a.field("day", "delegation.days", cmp.Or(q.value("day"), dayTyped(q.today()))), a.field("countries", "delegation.from", ""), a.field("people", "delegation.people", "")
	day.Needed, day.Hint = true, q.say("delegation.days.hint")
	countries.Hint, countries.Whole, people.Short = q.say("union.countries.hint"), true, true
	p := page.AskPage{Shell: q.shell(q.say("delegation.new")), Wrong: a.wrong, Do: q.say("delegation.enter"), Leave: "/union/delegations", Text: q.say("delegation.new.text")}
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("delegation.list"), Href: "/union/delegations"})
	p.Head = page.FormHead{Action: "/union/delegations/new", Draft: "delegation-new", Rejected: refused != nil}
	p.Fields = []templ.Component{
		page.Chips(q.reader, a.field("kind", "delegation.way", cmp.Or(q.value("kind"), delegation.KindIn)), []page.Option{{Value: delegation.KindIn, Text: q.say("delegation.in")}, {Value: delegation.KindOut, Text: q.say("delegation.out")}}),
		a.needed("title", "delegation.title", ""), page.DateInput(q.reader, day), a.choose("body", "union.teller", idText(home), homes), page.TextInput(q.reader, countries),
		a.who("head", "delegation.head"), a.text("rank", "delegation.rank", ""), a.choose("level", "delegation.level", "", q.levelOptions(q.say("delegation.level.none"))), page.NumberInput(q.reader, people),
		a.area("guests", "delegation.guests", ""), a.area("hosts", "delegation.hosts", ""), a.text("place", "deed.form.place", ""), a.area("purpose", "delegation.purpose", ""), q.reportDueField(a),
	}
	return p, nil
}

// enterVisit posts the deed of a delegation and what stands beside it.
func (s *Server) enterVisit(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	d, v, countries, err := q.newVisitGiven()
	if err == nil {
		err = q.write("union.why.delegation", func(ctx context.Context, tx *store.Tx) error {
			if d, err = deed.Post(ctx, tx, q.actor, d); err != nil {
				return err
			}
			v.Deed = d.ID
			if _, err := delegation.Keep(ctx, tx, q.actor, v, 0); err != nil || len(countries) == 0 {
				return err
			}
			_, err := union.Describe(ctx, tx, q.actor, union.Activity{Deed: d.ID, Countries: countries}, 0)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		form, formErr := q.newVisitForm(err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.AskFor(form))
	}
	if err != nil {
		return err
	}
	return q.doneAt(visitPath(d.ID), q.well("delegation.entered"))
}

// newVisitGiven reads the answers about a new delegation; one whose days are to
// come is planned.
func (q *request) newVisitGiven() (deed.Deed, delegation.Visit, []string, error) {
	d := deed.Deed{Kind: q.value("kind"), Body: q.homeOf(body.ID(q.id("body"))), Title: q.value("title"), PlaceNote: q.value("place"), Status: deed.Done}
	v := delegation.Visit{Purpose: q.lines("purpose"), Level: delegation.Level(q.value("level"))}
	var faults []error
	var err error
	if !delegation.IsVisit(d.Kind) {
		faults = append(faults, fault.Field("kind", "delegation.way.missing"))
	}
	if d.Title == "" {
		faults = append(faults, fault.Field("title", "delegation.title.missing"))
	}
	if d.Day, err = q.date("day"); err == nil && d.Day.IsUnknown() {
		err = fault.Field("day", "paper.day.missing")
	}
	faults = append(faults, err)
	if first, ok := d.Day.First(); ok && first > q.today() {
		d.Status = deed.Planned
	}
	people, how, err := countOr(q.value("people"), 0)
	faults = append(faults, at("people", err))
	d.Lines = []deed.Line{{Unit: deed.Acts, Quantity: 1}}
	if people > 0 {
		d.Lines = append(d.Lines, deed.Line{Unit: deed.Persons, Quantity: people, Qualifier: how})
	}
	head := deed.Party{Role: deed.Head, Detail: deed.Detail{Rank: q.value("rank")}}
	if head.Person, head.Name, err = q.anybody("head"); err == nil && (head.Person != 0 || head.Name != "") {
		d.Parties = append(d.Parties, head)
	}
	faults = append(faults, err)
	for _, side := range []deed.Role{deed.Guest, deed.Host} {
		parties, err := q.bodiesTyped(q.lines(string(side) + "s"))
		faults = append(faults, err)
		for _, p := range parties {
			if p.Role = side; p.Body == 0 && side == deed.Guest {
				v.From = append(v.From, p.Name) // not to be taken for a member
				continue
			}
			d.Parties = append(d.Parties, p)
		}
	}
	countries, err := locale.ReadCountries(q.value("countries"))
	faults = append(faults, at("countries", err))
	v.ReportDue, err = q.exactDay("due")
	return d, v, countries, fault.Gather(append(faults, err)...)
}

// visitGiven reads what one form says of a delegation.
func (q *request) visitGiven(v delegation.Visit, part string) (delegation.Visit, error) {
	day, err := calendar.Day(0), error(nil)
	if slices.Contains([]string{"stop", "reception", "signed"}, part) {
		if day, err = q.exactDay("day"); err != nil {
			return v, err
		}
	}
	switch part {
	case "stop":
		v.Stops = append(slices.Clone(v.Stops), delegation.Stop{Day: day, Hour: q.value("hour"), What: q.value("what"), Where: q.value("where"), Who: q.value("by")})
	case "reception":
		return q.receptionGiven(v, day)
	case "speech":
		v.Speaker, v.Speech = q.value("speaker"), q.lines("speech")
	case "cost":
		c := delegation.Cost{Kind: q.value("kind"), Payer: delegation.Payer(q.value("payer")), Name: q.value("name"), Entry: q.id("entry"), Note: q.value("note")}
		if !slices.Contains(delegation.CostKinds(), c.Kind) {
			c.Kind = "other"
		}
		if c.Amount, err = q.amountGiven("amount"); err != nil {
			return v, err
		}
		v.Costs = append(slices.Clone(v.Costs), c)
	case "signed":
		v.Signed = append(slices.Clone(v.Signed), delegation.Signed{Title: q.value("title"), Number: q.value("number"), Day: day})
	case "promise":
		p := delegation.Promise{Text: q.lines("promise"), Ours: q.value("side") == "ours"}
		if p.Due, err = q.date("due"); err != nil {
			return v, err
		}
		v.Promises = append(slices.Clone(v.Promises), p)
	case "report":
		return q.reportGiven(v)
	case "about":
		return q.aboutGiven(v)
	case "drop":
		return q.dropped(v)
	}
	return v, nil
}

func (q *request) receptionGiven(v delegation.Visit, day calendar.Day) (delegation.Visit, error) {
	r := delegation.Reception{Office: q.value("office"), Level: delegation.Level(q.value("level")), Day: day, Where: q.value("where"), Note: q.value("note")}
	var err1, err2 error
	r.Host, r.HostName, err1 = q.anybody("host")
	r.Guest, r.GuestName, err2 = q.anybody("guest")
	v.Receptions = append(slices.Clone(v.Receptions), r)
	return v, fault.Gather(err1, err2)
}

func (q *request) reportGiven(v delegation.Visit) (delegation.Visit, error) {
	var err [4]error
	v.ReportDue, err[0] = q.exactDay("due")
	v.ReportDone, err[1] = q.exactDay("done")
	v.ThanksDue, err[2] = q.exactDay("thanksDue")
	v.ThanksSent, err[3] = q.exactDay("thanksSent")
	v.Report, v.Outcome, v.ThanksTo, v.Thanks = q.value("report"), q.lines("outcome"), q.value("thanksTo"), q.value("thanks")
	return v, fault.Gather(err[:]...)
}

func (q *request) aboutGiven(v delegation.Visit) (delegation.Visit, error) {
	var err [3]error
	v.Purpose, v.Level = q.lines("purpose"), delegation.Level(q.value("level"))
	v.Invitation.From, v.Invitation.Number = q.value("invitation-from"), q.value("invitation-number")
	v.Invitation.Day, err[0] = q.date("invitation-day")
	v.Permission.From, v.Permission.Number = q.value("permission-from"), q.value("permission-number")
	v.Permission.Day, err[1] = q.date("permission-day")
	v.Interpreter, v.Interprets, err[2] = q.anybody("interpreter")
	return v, fault.Gather(err[:]...)
}
