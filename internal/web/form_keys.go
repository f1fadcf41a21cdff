package web

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/qr"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// keyDays is how long a unit's address lasts unless told otherwise.
const keyDays = 365

// formKeys lists which units have an address of their own.
func (s *Server) formKeys(q *request) error {
	f, p, err := q.formAsked()
	if err != nil {
		return err
	}
	return q.keysPage(f, p, nil)
}

func (q *request) keysPage(f reporting.Form, p calendar.Period, refused error) error {
	keys, err := q.view().FormKeys(q.Context(), f.ID)
	if err != nil {
		return err
	}
	units, n, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: f.ID, Period: p, Most: unitsMost})
	if err != nil {
		return err
	}
	var ids []body.ID
	for _, u := range units {
		ids = append(ids, u.Unit)
	}
	names, err := q.bodiesCalled(ids)
	if err != nil {
		return err
	}
	t := page.Table{
		ID: "keys", Caption: q.say("reporting.keys.list"), Told: q.say("reporting.units.told", len(units), n),
		Columns: []page.Column{{Head: q.say("reporting.unit"), Chief: true}, {Head: q.say("common.status")}, {Head: q.say("reporting.keys.until")}, {Head: q.say("reporting.keys.used")}},
	}
	for _, id := range ids {
		t.Rows = append(t.Rows, q.keyRow(f, p, id, names[id], keys[id]))
	}
	desk := page.DeskPage{Shell: q.shell(q.formName(f)), Tabs: q.formTabs(f, p)}
	desk.Shell.Crumbs, desk.Shell.Lead = q.formCrumbs(), q.say("reporting.keys.lead")
	issue := q.keysForm(f, refused)
	desk.Parts = []page.DeskPart{{Head: q.say("reporting.keys.issue"), Form: &issue}, {Plain: true, Table: &t}}
	if refused != nil {
		return q.again(page.Desk(desk))
	}
	return q.show(page.Desk(desk))
}

func (q *request) keyRow(f reporting.Form, p calendar.Period, id body.ID, name string, k reporting.Key) page.Row {
	mark, until, used := page.Mark{Tone: page.Due, Text: q.say("reporting.keys.none")}, "", ""
	if k.ID != 0 {
		until = locale.DayShort(k.Expires)
		switch {
		case k.Withdrawn != 0:
			mark = page.Mark{Tone: page.Plain, Text: q.say("reporting.keys.withdrawn")}
		case !k.Opens(q.today()):
			mark = page.Mark{Tone: page.Late, Text: q.say("reporting.keys.expired")}
		default:
			mark = page.Mark{Tone: page.Done, Text: q.say("reporting.keys.open")}
		}
		if k.Used != 0 {
			used = locale.DayShort(k.Used)
		}
	}
	return page.Row{Href: inPeriod(unitPath(f, id), f, p), Cells: []page.Cell{{Text: name}, {Part: page.Badge(mark.Tone, mark.Text)}, {Text: until}, {Text: used}}}
}

func (q *request) keysForm(f reporting.Form, refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	return page.DeskForm{
		Head: page.FormHead{Action: formPath(f) + "/keys", Rejected: refused != nil}, Wrong: wrong, Do: q.say("reporting.keys.issue.do"),
		Fields: []templ.Component{
			page.Radios(q.reader, page.Field{Name: "whom", Label: q.say("reporting.keys.whom"), Value: cmp.Or(q.value("whom"), "new")}, []page.Option{
				{Value: "new", Text: q.say("reporting.keys.whom.new")}, {Value: "all", Text: q.say("reporting.keys.whom.all"), Note: q.say("reporting.keys.whom.all.note")},
			}),
			page.DateInput(q.reader, wrong.Mark(page.Field{Name: "expires", Label: q.say("reporting.keys.until"), Value: cmp.Or(q.value("expires"), dayTyped(q.today()+keyDays)), Short: true})),
		},
	}
}

// keysFor lists the units that are to have an address: one, those without, or all.
func (q *request) keysFor(f reporting.Form, p calendar.Period) ([]body.ID, error) {
	if one := body.ID(q.id("unit")); one != 0 {
		return []body.ID{one}, nil
	}
	units, _, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: f.ID, Period: f.Every.Of(q.today())})
	if err != nil {
		return nil, err
	}
	keys, err := q.view().FormKeys(q.Context(), f.ID)
	if err != nil {
		return nil, err
	}
	var ids []body.ID
	for _, u := range units {
		if k := keys[u.Unit]; q.value("whom") == "all" || k.ID == 0 || !k.Opens(q.today()) {
			ids = append(ids, u.Unit)
		}
	}
	return ids, nil
}

// formIssue gives units their addresses and shows them, once.
func (s *Server) formIssue(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, p, err := q.formAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.FileReports, f.Body); err != nil {
		return err
	}
	expires := q.today() + keyDays
	if q.value("expires") != "" {
		if expires, err = q.exactDay("expires"); err != nil {
			return q.keysPage(f, p, err)
		}
	}
	units, err := q.keysFor(f, p)
	if err != nil {
		return err
	}
	var issued []reporting.Issued
	err = q.write("reporting.why.keys", func(ctx context.Context, tx *store.Tx) (err error) {
		issued, err = reporting.Issue(ctx, tx, q.actor, f.ID, units, expires)
		return err
	})
	if isInvalid(err) {
		return q.keysPage(f, p, err)
	}
	if err != nil {
		return err
	}
	return q.issued(f, units, issued)
}

// issued shows new addresses: cards to cut out, and a text for a chat group.
func (q *request) issued(f reporting.Form, units []body.ID, issued []reporting.Issued) error {
	names, err := q.bodiesCalled(units)
	if err != nil {
		return err
	}
	slices.SortStableFunc(issued, func(a, b reporting.Issued) int { return strings.Compare(names[a.Unit], names[b.Unit]) })
	scheme := "http"
	if q.server.Secure {
		scheme = "https"
	}
	at := url.URL{Scheme: scheme, Host: q.Host}
	cards, lines := make([]page.KeyCard, 0, len(issued)), make([]string, 0, len(issued)+1)
	lines = append(lines, q.say("reporting.keys.chat", q.formName(f)))
	for _, k := range issued {
		href := at.JoinPath("/r/", k.Secret).String()
		code, err := qr.Draw(href)
		if err != nil {
			return err
		}
		cards = append(cards, page.KeyCard{
			Unit: names[k.Unit], Form: q.formName(f), Href: href, Note: q.say("reporting.keys.note", locale.DayShort(k.Expires)), Side: strconv.Itoa(code.Side), Path: code.Path,
		})
		lines = append(lines, names[k.Unit]+": "+href)
	}
	p := page.DeskPage{Shell: q.shell(q.say("reporting.keys.made", len(issued)))}
	p.Shell.Crumbs, p.Shell.Lead = q.formCrumbs(page.Link{Text: q.formName(f), Href: formPath(f) + "/keys"}), q.say("reporting.keys.made.text")
	p.Parts = []page.DeskPart{
		{Head: q.say("reporting.chat"), Copy: &page.CopyBox{ID: "keys-text", Label: q.say("reporting.chat.label"), Text: strings.Join(lines, "\n"), Do: q.say("reporting.copy"), Copied: q.say("reporting.copied")}},
		{Plain: true, Cards: cards, Print: true, Tools: []page.Tool{{Glyph: page.GlyphBack, Text: q.say("reporting.keys.back"), Href: formPath(f) + "/keys"}}},
	}
	return q.show(page.Desk(p))
}

// formWithdraw ends a unit's address.
func (s *Server) formWithdraw(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	f, _, err := q.formAsked()
	if err != nil {
		return err
	}
	err = q.write("reporting.why.withdrawn", func(ctx context.Context, tx *store.Tx) error {
		return reporting.WithdrawKeys(ctx, tx, q.actor, f.ID, []body.ID{body.ID(q.id("unit"))})
	})
	if err != nil {
		return err
	}
	return q.doneAt(formPath(f)+"/keys", q.well("reporting.keys.gone"))
}
