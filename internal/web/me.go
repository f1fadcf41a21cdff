package web

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// me shows who is signed in: offices, what they allow, language, password.
func (s *Server) me(q *request) error { return q.showMe(nil) }

func (q *request) showMe(wrong page.Problems) error {
	p, err := q.mePage(wrong)
	if err != nil {
		return err
	}
	if wrong != nil {
		return q.again(page.Me(p))
	}
	return q.show(page.Me(p))
}

func (q *request) mePage(wrong page.Problems) (page.MePage, error) {
	account, err := q.server.Book.Account(q.Context(), q.actor.Account)
	if err != nil {
		return page.MePage{}, err
	}
	offices, err := q.view().OfficesOf(q.Context())
	if err != nil {
		return page.MePage{}, err
	}
	p := page.MePage{Shell: q.shell(q.actor.Name), Wrong: wrong, Login: account.Login, Record: page.Link{Text: q.say("me.record"), Href: personPath(person.ID(q.actor.Person))}}
	for _, o := range offices {
		at, err := q.view().Body(q.Context(), o.Office.Body)
		if err != nil {
			return page.MePage{}, err
		}
		p.Offices = append(p.Offices, page.Fact{Name: q.seat(o, officeName(q, o), ""), Text: at.NameOn(string(q.reader.Lang), q.today())})
	}
	p.Lending = page.Link{Text: q.say("lend.title"), Href: "/delegations"}
	if p.Homes, err = q.homeOptions(); err != nil {
		return page.MePage{}, err
	}
	for _, r := range access.Rights() {
		if q.actor.Somewhere(r) {
			p.Rights = append(p.Rights, q.say("access.right."+string(r)))
		}
	}
	for _, l := range locale.Langs() {
		p.Langs = append(p.Langs, page.Option{Value: string(l), Text: l.Name(), Chosen: string(l) == account.Lang})
	}
	return p, nil
}

// homeOptions lists the organisations somebody can work for.
func (q *request) homeOptions() ([]page.Option, error) {
	var all []page.Option
	for _, id := range q.actor.Homes() {
		b, err := q.view().Body(q.Context(), id)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Option{Value: idText(id), Text: b.NameOn(q.lang(), q.today()), Chosen: id == q.root()})
	}
	return all, nil
}

// chooseHome opens the pages of another organisation in which one holds an office.
func (s *Server) chooseHome(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	home := body.ID(q.id("home"))
	if !slices.Contains(q.actor.Homes(), home) {
		return fault.Missing("fault.missing")
	}
	s.sessions.Put(q.Context(), homeKey, int64(home))
	return q.doneAt("/")
}

// officeName is what an office is called: its own title or its kind's.
func officeName(q *request, s store.Seer) string {
	if s.Office.Title != "" {
		return s.Office.Title
	}
	return q.say("office.kind." + s.Office.Kind)
}

// saveMe changes one's own language or password.
func (s *Server) saveMe(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	var changed store.Account
	change, err := q.ownChange()
	if err == nil {
		err = q.write("me.why", func(ctx context.Context, tx *store.Tx) error {
			a, err := tx.Account(ctx, q.actor.Account)
			if err != nil {
				return err
			}
			change(&a)
			a.Revision++
			changed = a
			return tx.SaveAccount(ctx, a)
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.showMe(page.ProblemsOf(err, q.reader))
	}
	if err != nil {
		return err
	}
	// This session goes on with a new password, all others end.
	q.server.sessions.Put(q.Context(), passwordKey, passwordMark(changed))
	return q.doneAt("/me", q.well("me.saved"))
}

// ownChange reads what is to be changed. A new password asks for the old one.
func (q *request) ownChange() (func(*store.Account), error) {
	if lang, ok := locale.Parse(q.value("lang")); ok {
		return func(a *store.Account) { a.Lang = string(lang) }, nil
	}
	account, err := q.server.Book.Account(q.Context(), q.actor.Account)
	if err != nil {
		return nil, err
	}
	if !access.PasswordFits(account.Hash, q.FormValue("old")) {
		return nil, fault.Field("old", "me.password.old")
	}
	hash, err := access.HashPassword(q.FormValue("password"))
	return func(a *store.Account) { a.Hash = hash }, err
}
