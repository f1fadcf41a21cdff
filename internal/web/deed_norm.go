package web

import (
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// formNorm says what the norm proposes for the answers so far, how often the
// receiver was given this year, and asks why when it is exceeded.
func (q *request) formNorm(form *page.DeedForm, a *deedAnswers, d deed.Deed) error {
	answers := *a
	answers.rows = append([]page.DeedPerson(nil), a.rows...)
	e, err := q.enter(&answers) // what cannot be read yet is said beside its field
	if fault.KindOf(err) == fault.Internal && err != nil {
		return err
	}
	if e.kind.Code == "" || e.kind.Receipt || !q.may(access.ReadDeeds, e.deed.Body) {
		return nil
	}
	e.deed.ID, e.deed.Status = d.ID, deed.Done
	norm, err := q.normFor(e)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	form.Norm.Text = q.normText(norm, e)
	if d.ID == 0 && !norm.Amount.IsNone() {
		form.Norm.Propose = money.Format(norm.Amount, q.reader.Lang)
	}
	return q.formExcess(form, e)
}

// normFor finds the norm for the first receiver of a deed.
func (q *request) normFor(e entered) (fund.Norm, error) {
	o := fund.Occasion{Kind: e.kind.Code, On: q.dayOf(e.deed)}
	for _, who := range e.who {
		o.Kin, o.Step = who.party.Detail.Kin, who.party.Detail.Step
		break
	}
	return q.view().NormFor(q.Context(), e.deed.Body, o)
}

// normText says a norm in a sentence, and which time of the year this is.
func (q *request) normText(n fund.Norm, e entered) string {
	var gives []string
	if !n.Amount.IsNone() {
		gives = append(gives, q.speaker().Money(n.Amount))
	}
	if n.Goods != "" {
		gives = append(gives, n.Goods)
	}
	what := strings.ToLower(e.kind.Short(q.lang())) + " " + q.speaker().List(gives...)
	if n.Step > 0 {
		what = q.say("deed.norm.step", strings.ToLower(e.kind.Short(q.lang())), strconv.Itoa(n.Step), q.speaker().List(gives...))
	}
	said := q.say("deed.norm", what)
	if n.Since > calendar.Earliest {
		y, m, _ := n.Since.Civil()
		said = q.say("deed.norm.since", q.speaker().DateShort(calendar.InMonth(y, m)), what)
	}
	if n.Times > 0 {
		said += " " + q.say("deed.norm.times", n.Times)
	}
	if again := q.timesText(e); again != "" {
		said += " " + again
	}
	return said
}

// timesText says which time of the year it is for a receiver who is in the book.
func (q *request) timesText(e entered) string {
	if len(e.who) != 1 || e.who[0].party.Person == 0 {
		return ""
	}
	year := q.dayOf(e.deed).Year()
	before, _, err := q.view().Deeds(q.Context(), store.DeedQuery{
		Kind: e.kind.Code, Status: deed.Done, Person: e.who[0].party.Person, Role: deed.Receiver, Period: calendar.Year(year), Dated: true, Fit: store.Within, Limit: 100,
	})
	if err != nil {
		return ""
	}
	n := 1
	for _, d := range before {
		if d.ID != e.deed.ID {
			n++
		}
	}
	return q.say("deed.norm.now", n)
}

// formExcess asks for a reason and an approver where the norm is exceeded.
func (q *request) formExcess(form *page.DeedForm, e entered) error {
	beyond, err := q.view().AgainstNorm(q.Context(), e.deed)
	if err != nil {
		return err
	}
	wrong := form.Wrong.At("reason")
	if len(beyond) == 0 && wrong == "" && form.Fields["reason"] == "" {
		return nil
	}
	form.Norm.Over = q.say("deed.norm.over")
	if len(beyond) > 0 {
		b := beyond[0]
		if b.Excess.Amount {
			form.Norm.Over = q.say("deed.norm.over.amount", b.Given, b.Norm.Amount)
		} else {
			form.Norm.Over = q.say("deed.norm.over.times", b.Norm.Times)
		}
	}
	form.Norm.Reason = page.Field{Name: "reason", Label: q.say("deed.form.reason.over"), Value: form.Fields["reason"], Wrong: wrong, Needed: true}
	form.Norm.Approver = page.Field{Name: "approver", Label: q.say("deed.form.approver"), Value: form.Fields["approver"]}
	seers, err := q.view().WhoMay(q.Context(), access.Approve, e.deed.Body)
	if err != nil {
		return err
	}
	form.Norm.Approvers = []page.Option{{Text: q.say("deed.form.approver.none")}}
	for _, s := range seers {
		form.Norm.Approvers = append(form.Norm.Approvers, page.Option{Value: strconv.FormatInt(int64(s.Person), 10), Text: s.Name})
	}
	return nil
}
