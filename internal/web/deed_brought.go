package web

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"

	"github.com/a-h/templ"
)

// broughtUnits are the figures that a form of figures from before asks for.
func broughtUnits() []deed.Unit {
	return []deed.Unit{deed.Acts, deed.Persons, deed.Families, deed.Money, deed.Built, deed.Repaired, deed.WorkDays}
}

// broughtForm asks for figures that are older than the book.
func (s *Server) broughtForm(q *request) error {
	if err := q.actor.May(access.PostDeeds, q.homeOf(0)); err != nil {
		return err
	}
	form, err := q.broughtPage(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(form))
}

func (q *request) broughtPage(refused error) (page.AskPage, error) {
	a := page.AskPage{
		Shell: q.shell(q.say("deed.brought.head")), Head: page.FormHead{Action: "/deeds/brought", Draft: "deed-brought", Rejected: refused != nil},
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("deed.form.save"), Leave: "/deeds",
	}
	a.Shell.Lead = q.say("deed.brought.lead")
	kinds, err := q.view().Kinds(q.Context())
	if err != nil {
		return a, err
	}
	var ofKind []page.Option
	for _, k := range kinds {
		ofKind = append(ofKind, page.Option{Value: k.Code, Text: k.Name(q.lang())})
	}
	homes, err := q.bodyOptions(access.PostDeeds, "")
	if err != nil {
		return a, err
	}
	field := func(name, label, hint string) page.Field {
		return a.Wrong.Mark(page.Field{Name: name, Label: label, Hint: hint, Value: q.value(name)})
	}
	period := field("period", q.say("deed.brought.period"), q.say("deed.brought.period.hint"))
	period.Needed = true
	from := field("source", q.say("deed.form.source"), q.say("deed.brought.source.hint"))
	from.Needed = true
	a.Fields = []templ.Component{
		page.Select(q.reader, field("kind", q.say("common.kind"), ""), ofKind), page.Select(q.reader, field("body", q.say("deed.form.body"), ""), homes), page.DateInput(q.reader, period),
		page.TextInput(q.reader, field("title", q.say("deed.form.title"), "")),
	}
	for _, u := range broughtUnits() {
		a.Fields = append(a.Fields, page.NumberInput(q.reader, field(string(u), q.say("deed.unit."+string(u)), "")))
	}
	a.Fields = append(a.Fields, page.TextInput(q.reader, from), page.TextInput(q.reader, field("where", q.say("deed.brought.where"), q.say("deed.brought.where.hint"))))
	return a, nil
}

// brought writes figures that are older than the book, for their period and
// with their source. They move no money.
func (s *Server) brought(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	d, err := q.broughtDeed()
	if err == nil {
		err = q.write("deed.why.brought", func(ctx context.Context, tx *store.Tx) (err error) {
			d, err = deed.Post(ctx, tx, q.actor, d)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		form, formErr := q.broughtPage(err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.AskFor(form))
	}
	if err != nil {
		return err
	}
	return q.doneAt(deedPath(d.ID), q.well("deed.brought.done"))
}

func (q *request) broughtDeed() (deed.Deed, error) {
	d := deed.Deed{Kind: q.value("kind"), Body: body.ID(idOf(q.value("body"))), Title: q.value("title"), Brought: true}
	d.Source = source.Source{Kind: source.Paper, Title: q.value("source"), Where: q.value("where")}
	var wrong []error
	var err error
	if d.Day, err = q.readDay(q.value("period")); err != nil || d.Day.IsUnknown() {
		if err == nil {
			err = fault.Refuse("deed.brought.period.missing")
		}
		wrong = append(wrong, at("period", err))
	}
	if d.Source.Title == "" {
		wrong = append(wrong, fault.Field("source", "deed.source.missing"))
	}
	for _, u := range broughtUnits() {
		l, err := q.broughtLine(u, q.value(string(u)))
		wrong = append(wrong, err)
		if l.Unit != "" {
			d.Lines = append(d.Lines, l)
		}
	}
	if len(d.Lines) == 0 && fault.Gather(wrong...) == nil {
		wrong = append(wrong, fault.Field(string(deed.Acts), "deed.brought.figures"))
	}
	return d, fault.Gather(wrong...)
}

// broughtLine reads one figure: "trên 500", "50 triệu".
func (q *request) broughtLine(u deed.Unit, typed string) (deed.Line, error) {
	if typed == "" {
		return deed.Line{}, nil
	}
	if u != deed.Money {
		n, means, err := deed.ReadCount(typed, u.Decimals())
		return deed.Line{Unit: u, Quantity: n, Qualifier: means}, at(string(u), err)
	}
	means, rest := deed.Exact, typed
	if first := strings.IndexAny(typed, "0123456789"); first > 0 {
		if _, how, err := deed.ReadCount(typed[:first]+"1", 0); err == nil {
			means, rest = how, typed[first:]
		}
	}
	amount, err := money.Parse(rest, money.VND, q.reader.Lang)
	if err != nil {
		return deed.Line{}, at(string(u), err)
	}
	return deed.Line{Unit: u, Currency: amount.Currency, Quantity: amount.Minor, Qualifier: means}, nil
}
