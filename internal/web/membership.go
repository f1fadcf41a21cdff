package web

import (
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// askPage is a page that asks a few things about a person.
func (q *request) askPage(p person.Person, title, action string, refused error) page.AskPage {
	a := page.AskPage{
		Shell: q.shell(title), Head: page.FormHead{Action: action, Rejected: refused != nil}, Wrong: page.ProblemsOf(refused, q.reader),
		Facts: []page.Fact{{Name: q.say("person.name"), Text: p.Name, Note: q.dated(p.Birth)}}, Leave: personPath(p.ID),
	}
	a.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}, {Text: p.Name, Href: personPath(p.ID)}}
	return a
}

// answered ends a form: done and on, or the same form again with what is wrong.
func (q *request) answered(err error, then func() error, again func(error) page.AskPage) error {
	switch {
	case err == nil:
		return then()
	case fault.KindOf(err) == fault.Invalid:
		return q.again(page.AskFor(again(err)))
	}
	return err
}

// askDeath asks for the day of a death.
func (s *Server) askDeath(q *request) error {
	p, err := q.kept()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.deathPage(p, nil)))
}

func (q *request) deathPage(p person.Person, refused error) page.AskPage {
	a := q.askPage(p, q.say("death.record"), personPath(p.ID)+"/death", refused)
	a.Text, a.Do = q.say("death.text"), q.say("death.do")
	a.Fields = []templ.Component{page.DateInput(q.reader, a.Wrong.Mark(page.Field{
		Name: "death", Label: q.say("death.day"), Hint: q.say("death.day.hint"), Value: q.value("death"), Focus: true, Whole: true,
	}))}
	return a
}

// die records a death.
func (s *Server) die(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.kept()
	if err != nil {
		return err
	}
	on, err := q.date("death")
	if err == nil {
		err = q.write("person.why.death", func(ctx context.Context, tx *store.Tx) error {
			return person.Die(ctx, tx, q.actor, p.ID, on)
		})
	}
	return q.answered(err,
		func() error { return q.doneAt(personPath(p.ID), q.well("death.done", p.Name)) },
		func(err error) page.AskPage { return q.deathPage(p, err) })
}

// askLeave asks when and why somebody left.
func (s *Server) askLeave(q *request) error {
	p, err := q.moving()
	if err != nil {
		return err
	}
	return q.show(page.AskFor(q.leavePage(p, nil)))
}

// seen reads the person of the address.
func (q *request) seen() (person.Person, error) {
	id, err := q.number("id")
	if err != nil {
		return person.Person{}, err
	}
	return q.view().Person(q.Context(), person.ID(id))
}

// moving reads the person of the address for who keeps the roll of some body; of
// which one is asked when the form comes back.
func (q *request) moving() (person.Person, error) {
	if !q.actor.Somewhere(access.KeepRoll) {
		return person.Person{}, fault.Forbid("access.forbidden." + string(access.KeepRoll))
	}
	return q.seen()
}

// membershipOf refuses a membership that is somebody else's: the page names the
// person of the address.
func (q *request) membershipOf(ctx context.Context, tx *store.Tx, p person.Person) (int64, error) {
	m, err := tx.Membership(ctx, q.id("membership"))
	if err == nil && m.Person != p.ID {
		err = fault.Missing("fault.missing")
	}
	return m.ID, err
}

func (q *request) leavePage(p person.Person, refused error) page.AskPage {
	a := q.askPage(p, q.say("member.leave.title", p.Name), personPath(p.ID)+"/leave", refused)
	a.Do, a.Carry = q.say("member.leave.do"), []page.Option{{Value: "membership", Text: idText(q.id("membership"))}}
	a.Fields = []templ.Component{
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "left", Label: q.say("member.leave.day"), Hint: q.say("person.joined.hint"), Value: q.value("left"), Focus: true})),
		page.Chips(q.reader, page.Field{Name: "reason", Label: q.say("common.reason"), Value: orElse(q.value("reason"), person.ReasonLeft)},
			q.options("member.why.", "", person.ReasonLeft, person.ReasonRemoved)),
	}
	return a
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

// leave ends a membership.
func (s *Server) leave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.seen()
	if err != nil {
		return err
	}
	on, err := q.date("left")
	if err == nil {
		err = q.write("person.why.leave", func(ctx context.Context, tx *store.Tx) error {
			id, err := q.membershipOf(ctx, tx, p)
			if err != nil {
				return err
			}
			return person.Leave(ctx, tx, q.actor, id, on, orElse(q.value("reason"), person.ReasonLeft))
		})
	}
	return q.answered(err,
		func() error { return q.doneAt(personPath(p.ID), q.well("member.leave.done", p.Name)) },
		func(err error) page.AskPage { return q.leavePage(p, err) })
}

// askMove asks to which branch somebody goes over.
func (s *Server) askMove(q *request) error {
	p, err := q.moving()
	if err != nil {
		return err
	}
	a, err := q.branchPage(p, "move", nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

// branchPage asks for a branch and a day: to go over, or to join besides.
func (q *request) branchPage(p person.Person, doing string, refused error) (page.AskPage, error) {
	a := q.askPage(p, q.say("member."+doing+".title", p.Name), personPath(p.ID)+"/"+doing, refused)
	a.Text, a.Do = q.say("member."+doing+".text"), q.say("member."+doing+".do")
	a.Carry = []page.Option{{Value: "membership", Text: idText(q.id("membership"))}}
	branches, err := q.bodyOptions(access.KeepRoll, q.say("common.choose"))
	a.Fields = []templ.Component{
		page.Select(q.reader, a.Wrong.Mark(page.Field{Name: "body", Label: q.say("member." + doing + ".to"), Value: q.value("body"), Needed: true, Focus: true}), branches),
		page.DateInput(q.reader, a.Wrong.Mark(page.Field{Name: "joined", Label: q.say("member.day"), Hint: q.say("person.joined.hint"), Value: q.value("joined")})),
	}
	if doing == "join" {
		a.Fields = append(a.Fields,
			page.Select(q.reader, page.Field{Name: "category", Label: q.say("person.category"), Value: q.value("category")}, q.options("person.category.", "", strs(person.Categories())...)),
			page.TextInput(q.reader, page.Field{Name: "number", Label: q.say("person.number"), Value: q.value("number"), Short: true, Max: 40}))
	}
	return a, err
}

// move lets somebody go over to another branch.
func (s *Server) move(q *request) error {
	return q.changeBranch("move", func(ctx context.Context, tx *store.Tx, m person.Membership) error {
		id, err := q.membershipOf(ctx, tx, person.Person{ID: m.Person})
		if err == nil {
			_, err = person.Move(ctx, tx, q.actor, id, m.Body, m.Joined)
		}
		return err
	})
}

// askJoin asks which branch somebody joins.
func (s *Server) askJoin(q *request) error {
	p, err := q.moving()
	if err != nil {
		return err
	}
	a, err := q.branchPage(p, "join", nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

// join makes somebody a member, or a member of one more branch.
func (s *Server) join(q *request) error {
	return q.changeBranch("join", func(ctx context.Context, tx *store.Tx, m person.Membership) error {
		_, err := person.Join(ctx, tx, q.actor, m)
		return err
	})
}

// changeBranch reads the form of a branch and a day and does what is asked.
func (q *request) changeBranch(doing string, do func(context.Context, *store.Tx, person.Membership) error) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.seen()
	if err != nil {
		return err
	}
	m := person.Membership{Person: p.ID, Body: body.ID(q.id("body")), Category: person.Category(q.value("category")), Number: q.value("number")}
	if m.Joined, err = q.date("joined"); err == nil && m.Body == 0 {
		err = fault.Field("body", "member.body.missing")
	}
	if err == nil {
		err = q.write("person.why."+doing, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, m) })
	}
	var pageErr error
	answer := q.answered(err,
		func() error { return q.doneAt(personPath(p.ID), q.well("member."+doing+".done", p.Name)) },
		func(err error) (a page.AskPage) {
			a, pageErr = q.branchPage(p, doing, err)
			return a
		})
	if pageErr != nil {
		return pageErr
	}
	return answer
}
