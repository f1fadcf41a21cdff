package web

import (
	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// beginForm is the first page of an empty book: the language, the association,
// the first officer, nothing more.
func (s *Server) beginForm(q *request) error {
	if s.Book.Root() != 0 {
		return q.goTo("/")
	}
	return q.show(page.Begin(q.beginPage(nil)))
}

func (q *request) beginPage(wrong page.Problems) page.BeginPage {
	p := page.BeginPage{
		Shell: q.shell(q.say("door.begin")), Wrong: wrong,
		Name: q.value("name"), Officer: q.value("officer"), Login: q.value("login"), Office: q.value("office"),
	}
	if p.Office == "" {
		p.Office = string(access.Secretary)
	}
	p.Shell.Lead = q.say("door.begin.lead")
	for _, kind := range []access.OfficeKind{access.Secretary, access.Head, access.Treasurer} {
		p.Offices = append(p.Offices, page.Option{Value: string(kind), Text: q.say("office.kind." + string(kind))})
	}
	return p
}

// begin opens the book and signs the first officer in.
func (s *Server) begin(q *request) error {
	if s.Book.Root() != 0 {
		return q.goTo("/") // pressed twice: the book is there
	}
	if err := q.read(); err != nil {
		return err
	}
	e, err := q.establishment()
	if err == nil {
		_, err = s.Book.Establish(q.Context(), store.Writing{By: access.Operator(q.value("officer")), Why: "door.begin.why"}, e)
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return q.again(page.Begin(q.beginPage(page.ProblemsOf(err, q.reader))))
	}
	if err != nil {
		return err
	}
	lang := locale.Lang(e.Lang)
	s.tongue.Store(&lang)
	account, err := s.Book.AccountByLogin(q.Context(), e.Login)
	if err != nil {
		return err
	}
	if err := q.letIn(account); err != nil {
		return err
	}
	begun := q.well("door.begun")
	if e.Office != access.Treasurer { // who keeps the roll
		begun.Link = page.Link{Text: q.say("people.import"), Href: "/import"}
	}
	return q.doneAt("/", begun)
}

func (q *request) establishment() (store.Establishment, error) {
	lang := string(q.reader.Lang)
	if chosen, ok := locale.Parse(q.value("lang")); ok {
		lang = string(chosen)
	}
	e := store.Establishment{
		Lang: lang, Name: q.value("name"), Kind: body.Association,
		Officer: q.value("officer"), Office: access.OfficeKind(q.value("office")), Login: q.value("login"),
	}
	hash, err := access.HashPassword(q.FormValue("password"))
	e.Hash = hash
	return e, fault.Gather(e.Check(), err)
}
