package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/agenda"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// How far a feed reaches back and ahead.
const (
	feedBack  = 90
	feedAhead = 400
)

// zoneName is the zone in which the association lives.
const zoneName = "Asia/Ho_Chi_Minh"

// registerFeeds: calendars for telephones, opened by a secret instead of a
// session.
func (s *Server) registerFeeds() {
	s.inside("GET /calendar/feeds", s.feeds)
	s.inside("POST /calendar/feeds", s.issueFeed)
	s.inside("POST /calendar/feeds/{id}/withdraw", s.withdrawFeed)
	s.inside("POST /calendar/remind", s.remind)
	s.inside("GET /settings/mail", s.mailSettings)
	s.inside("POST /settings/mail", s.saveMailSettings)
	s.inside("POST /settings/mail/try", s.tryMail)
	s.handle("GET /feed/{token}", s.feed)
	s.registerDAV()
}

// feeds lists the tokens of the reader's own account and offers a new one.
func (s *Server) feeds(q *request) error { return q.feedsPage(nil, "", nil) }

func (q *request) feedsPage(made *occasion.Token, secret string, refused error) error {
	if err := q.mayCalendar(); err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("feed.head"))}
	p.Shell.Crumbs, p.Shell.Lead = q.calendarCrumbs(), q.say("feed.lead")
	if made != nil {
		p.Parts = append(p.Parts, q.feedMade(*made, secret))
	}
	tokens, err := q.view().Tokens(q.Context())
	if err != nil {
		return err
	}
	t, err := q.feedTable(tokens)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("feed.list"), Table: &t})
	for _, one := range tokens {
		if one.Withdrawn == 0 {
			p.Parts = append(p.Parts, page.DeskPart{Plain: true, Actions: []page.Action{{Glyph: page.GlyphUndo, Text: q.say("feed.withdraw", one.Label), Href: "/calendar/feeds/" + idText(one.ID) + "/withdraw", Post: true}}})
		}
	}
	form, err := q.feedForm(refused, len(tokens) == 0)
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
	reminded, err := q.remindPart()
	if err != nil {
		return err
	}
	p.Parts = append(p.Parts, reminded)
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// feedMade shows the secret, once: the address of the feed, and what a telephone
// asks for.
func (q *request) feedMade(t occasion.Token, secret string) page.DeskPart {
	scheme := "http"
	if q.server.Secure {
		scheme = "https"
	}
	at := url.URL{Scheme: scheme, Host: q.Host}
	return page.DeskPart{Head: q.say("feed.made", t.Label), Lines: []string{q.say("feed.made.text")}, Facts: []page.Fact{
		{Name: q.say("feed.address"), Text: at.JoinPath("/feed/", secret+".ics").String()},
		{Name: q.say("feed.server"), Text: at.String(), Note: q.say("feed.server.note")},
		{Name: q.say("feed.user"), Text: q.loginOf(t.Account)},
		{Name: q.say("feed.password"), Text: secret},
	}}
}

func (q *request) loginOf(account int64) string {
	a, err := q.server.Book.Account(q.Context(), account)
	if err != nil {
		return ""
	}
	return a.Login
}

func (q *request) feedTable(tokens []occasion.Token) (page.Table, error) {
	t := page.Table{
		ID: "feeds", Caption: q.say("feed.list"), Quiet: true,
		Columns: []page.Column{{Head: q.say("feed.label"), Chief: true}, {Head: q.say("feed.scope")}, {Head: q.say("feed.created")}, {Head: q.say("feed.used")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphCalendar, Head: q.say("feed.none"), Text: q.say("feed.none.text")},
	}
	for _, one := range tokens {
		scope := q.say("feed.scope.all")
		if one.Office != 0 {
			o, err := q.view().Office(q.Context(), one.Office)
			if err != nil && fault.KindOf(err) == fault.Internal {
				return t, err
			}
			scope = q.title(o)
		}
		mark, used := page.Mark{Tone: page.Done, Text: q.say("feed.open")}, q.say("feed.never")
		if one.Withdrawn != 0 {
			mark = page.Mark{Tone: page.Plain, Text: q.say("feed.withdrawn")}
		}
		if one.Used != 0 {
			used = q.daySaid(calendar.Day(one.Used))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: one.Label}, {Text: scope}, {Text: q.when(one.Created)}, {Text: used}, page.Marked(mark)}})
	}
	return t, nil
}

func (q *request) feedForm(refused error, open bool) (page.DeskForm, error) {
	wrong := page.ProblemsOf(refused, q.reader)
	f := page.DeskForm{Head: page.FormHead{Action: "/calendar/feeds", Rejected: refused != nil}, Wrong: wrong, Fold: q.say("feed.new"), Open: open, Do: q.say("feed.new.do")}
	scopes := []page.Option{{Text: q.say("feed.scope.all")}}
	held, err := q.view().HoldingsBy(q.Context(), person.ID(q.actor.Person))
	if err != nil {
		return f, err
	}
	for _, h := range held {
		if h.InForce(q.today()) {
			scopes = append(scopes, page.Option{Value: strconv.FormatInt(h.At.ID, 10), Text: q.title(h.At)})
		}
	}
	f.Fields = []templ.Component{
		page.TextInput(q.reader, wrong.Mark(page.Field{Name: "label", Label: q.say("feed.label"), Hint: q.say("feed.label.hint"), Value: q.value("label"), Needed: true})),
		page.Select(q.reader, page.Field{Name: "office", Label: q.say("feed.scope"), Hint: q.say("feed.scope.hint"), Value: q.value("office")}, scopes),
	}
	return f, nil
}

// issueFeed makes a token and shows its secret, which the book does not keep.
func (s *Server) issueFeed(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	if err := q.mayCalendar(); err != nil {
		return err
	}
	secret := occasion.NewSecret()
	t := occasion.Token{Label: q.value("label"), Office: q.id("office")}
	err := q.officeWrite("feed", func(ctx context.Context, tx *store.Tx) (err error) {
		t, err = occasion.Issue(ctx, tx, q.actor, t, secret)
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.feedsPage(nil, "", err)
	}
	if err != nil {
		return err
	}
	return q.feedsPage(&t, secret, nil)
}

// withdrawFeed ends a token: from now on it opens nothing.
func (s *Server) withdrawFeed(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	err = q.officeWrite("feed.withdraw", func(ctx context.Context, tx *store.Tx) error { return occasion.Withdraw(ctx, tx, q.actor, id) })
	if err != nil {
		return err
	}
	return q.doneAt("/calendar/feeds", q.well("feed.gone"))
}

// opened is a calendar that a secret opened.
type opened struct {
	actor  access.Actor
	login  string
	secret string
	token  occasion.Token
}

// open gives whose calendar a secret opens; false when it opens nothing.
func (s *Server) openFeed(ctx context.Context, secret string) (opened, bool) {
	token, err := s.Book.TokenOpens(ctx, secret)
	if err != nil {
		return opened{}, false
	}
	actor, account, err := s.Book.TokenActor(ctx, token)
	if err != nil {
		return opened{}, false
	}
	if err := s.Book.TokenUsed(ctx, token); err != nil {
		s.Log.Warn("note the use of a token", "error", err)
	}
	return opened{actor: actor, login: account.Login, secret: secret, token: token}, true
}

// feedOf says how the calendar of an actor is written.
func (s *Server) feedOf(actor access.Actor) agenda.Feed {
	lang, ok := locale.Parse(actor.Lang)
	if !ok {
		lang = *s.tongue.Load()
	}
	to := s.words.Load().In(lang)
	return agenda.Feed{To: to, Name: to.Say("calendar.name"), Book: strconv.FormatInt(int64(s.Book.Root()), 36), Stamp: s.Book.Now().Truncate(time.Minute), Zone: zoneName}
}

// feedItems lists what a feed has: three months back and a year ahead.
func (s *Server) feedItems(ctx context.Context, actor access.Actor) ([]agenda.Item, error) {
	view := s.Book.As(actor)
	return agenda.Of(ctx, view, occasion.Asked{Period: calendar.Period{From: view.Today() - feedBack, To: view.Today() + feedAhead}})
}

// feed answers with the calendar that a secret opens. A wrong or withdrawn one
// opens nothing, and is told nothing.
func (s *Server) feed(q *request) error {
	secret := q.PathValue("token")
	if cut, ok := bytes.CutSuffix([]byte(secret), []byte(".ics")); ok {
		secret = string(cut)
	}
	o, ok := s.openFeed(q.Context(), secret)
	if !ok {
		q.w.WriteHeader(http.StatusNotFound)
		return nil
	}
	items, err := s.feedItems(q.Context(), o.actor)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := s.feedOf(o.actor).Write(&b, items); err != nil {
		return err
	}
	q.w.Header().Set("Content-Disposition", `inline; filename="kith.ics"`)
	return q.send(http.StatusOK, "text/calendar; charset=utf-8", b.Bytes())
}
