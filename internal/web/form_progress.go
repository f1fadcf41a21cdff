package web

import (
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/store"
)

// unitsMost is how many units one page lists; the workbook has them all.
const unitsMost = 200

// progressAsked is a form, a period and a level, read from an address.
type progressAsked struct {
	f    reporting.Form
	p    calendar.Period
	at   body.ID
	only string
}

func (q *request) progressAsked() (progressAsked, error) {
	f, p, err := q.formAsked()
	a := progressAsked{f: f, p: p, at: body.ID(q.id("at")), only: q.value("only")}
	if a.at == 0 {
		a.at = store.FormTop(f)
		if !q.may(access.ReadFigures, a.at) {
			a.at = 0
		}
	}
	return a, err
}

// formProgress shows who has sent and who has not: at a level and below it.
func (s *Server) formProgress(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	return q.progressPage(a, nil)
}

func (q *request) progressPage(a progressAsked, refused error) error {
	progress, err := q.view().FormProgress(q.Context(), a.f.ID, a.p, a.at)
	if err != nil {
		return err
	}
	lock, err := q.view().FormLock(q.Context(), a.f.ID, a.p)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.formName(a.f)), Tabs: q.formTabs(a.f, a.p), Tiles: q.tiles(progress.Tale)}
	p.Shell.Crumbs = q.formCrumbs()
	p.Shell.Lead = dotted(q.periodSaid(a.f.Every, a.p), q.say("reporting.due.on", locale.DayShort(a.f.DueOn(a.p))))
	if lock.On {
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Plain, Text: q.say("reporting.locked", lock.By, q.when(lock.At))})
	}
	if refused != nil {
		for _, wrong := range page.ProblemsOf(refused, q.reader) {
			p.Notes = append(p.Notes, page.NoteLine{Tone: page.Late, Text: wrong.Text})
		}
	}
	for _, part := range []func(progressAsked, store.FormProgress, reporting.Lock) ([]page.DeskPart, error){q.periodPart, q.levelPart, q.unitsPart, q.lockPart} {
		parts, err := part(a, progress, lock)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, parts...)
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) tiles(t reporting.Tale) []page.Tile {
	tile := func(n int64, key string) page.Tile {
		return page.Tile{Figure: q.speaker().Number(n), Text: q.say("reporting.tile." + key)}
	}
	complete := page.Tile{Figure: q.say("reporting.of", t.Sent, t.Expected), Text: q.say("reporting.tile.sent")}
	if share, any := t.Permille(); any {
		complete.Text = q.say("reporting.tile.share", q.speaker().Percent(share))
	}
	return []page.Tile{complete, tile(t.Missing(), "missing"), tile(t.Late, "late"), tile(t.Returned, "returned")}
}

// periodPart leads to other periods.
func (q *request) periodPart(a progressAsked, _ store.FormProgress, _ reporting.Lock) ([]page.DeskPart, error) {
	return []page.DeskPart{{Plain: true, Filter: &page.DeskFilter{
		Head:   page.FilterHead{Action: formPath(a.f), NoBox: true},
		Fields: []templ.Component{page.Select(q.reader, page.Field{Name: "period", Label: q.say("reporting.period"), Value: a.f.Every.Code(a.p)}, q.periodOptions(a.f))},
	}}}, nil
}

// levelPart shows completeness of each body below, and leads down to it.
func (q *request) levelPart(a progressAsked, progress store.FormProgress, _ reporting.Lock) ([]page.DeskPart, error) {
	if !slices.ContainsFunc(progress.Below, func(b store.BodyTale) bool { return b.Deep }) {
		return nil, nil
	}
	var ids []body.ID
	for _, b := range progress.Below {
		ids = append(ids, b.Body)
	}
	names, err := q.bodiesCalled(ids)
	if err != nil {
		return nil, err
	}
	t := page.Table{
		ID: "levels", Caption: q.say("reporting.levels"),
		Columns: []page.Column{
			{Head: q.say("reporting.unit"), Chief: true},
			{Head: q.say("reporting.tile.sent"), Figure: true},
			{Head: q.say("reporting.share"), Figure: true},
			{Head: q.say("reporting.tile.missing"), Figure: true},
			{Head: q.say("reporting.tile.late"), Figure: true},
			{Head: q.say("reporting.tile.approved"), Figure: true},
			{Head: q.say("reporting.tile.returned"), Figure: true},
		},
	}
	for _, b := range progress.Below {
		href := unitPath(a.f, b.Body) + "?period=" + a.f.Every.Code(a.p)
		if b.Deep {
			href = inPeriod(formPath(a.f), a.f, a.p) + "&at=" + idText(b.Body)
		}
		t.Rows = append(t.Rows, page.Row{Href: href, Cells: q.taleCells(names[b.Body], b.Tale, a.f.DueOn(a.p) < q.today())})
	}
	t.Total = q.taleCells(q.say("common.total"), progress.Tale, false)
	return []page.DeskPart{{Plain: true, Table: &t}}, nil
}

func (q *request) taleCells(name string, t reporting.Tale, overdue bool) []page.Cell {
	number := func(n int64, tone page.Tone) page.Cell {
		if n == 0 {
			tone = ""
		}
		return page.Cell{Text: q.speaker().Number(n), Tone: tone}
	}
	missing := page.Tone("")
	if overdue {
		missing = page.Late
	}
	share := page.Cell{Text: "–"}
	if permille, any := t.Permille(); any {
		share.Text = q.speaker().Percent(permille)
	}
	return []page.Cell{
		{Text: name},
		{Text: q.say("reporting.of", t.Sent, t.Expected)},
		share, number(t.Missing(), missing), number(t.Late, page.Late),
		number(t.Approved, ""), number(t.Returned, page.Late),
	}
}

// unitsPart lists the units, narrowed to those that are missing and so on, and
// has the text for a chat group.
func (q *request) unitsPart(a progressAsked, progress store.FormProgress, _ reporting.Lock) ([]page.DeskPart, error) {
	units, n, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: a.f.ID, Period: a.p, At: a.at, Only: a.only, Most: unitsMost})
	if err != nil {
		return nil, err
	}
	var ids []body.ID
	for _, u := range units {
		ids = append(ids, u.Unit)
	}
	names, err := q.bodiesCalled(ids)
	if err != nil {
		return nil, err
	}
	t := page.Table{
		ID: "units", Caption: q.say("reporting.units", n), Told: q.say("reporting.units.told", len(units), n),
		Columns: []page.Column{{Head: q.say("reporting.unit"), Chief: true}, {Head: q.say("common.status")}, {Head: q.say("reporting.at")}, {Head: q.say("reporting.by")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("reporting.units.none"), Text: q.say("reporting.units.none.text")},
	}
	for _, u := range units {
		t.Rows = append(t.Rows, q.unitRow(a, u, names[u.Unit]))
	}
	part := page.DeskPart{Plain: true, Table: &t, Tabs: q.onlyTabs(a, progress.Tale), Tools: q.formTools(a)}
	if q.may(access.FileReports, a.f.Body) && progress.Tale.Sent > progress.Tale.Approved {
		part.Actions = []page.Action{{Text: q.say("reporting.approve.all"), Href: formPath(a.f) + "/approve", Post: true, Carry: q.carried(a)}}
	}
	chat, err := q.chatText(a, progress.Tale)
	if err != nil {
		return nil, err
	}
	copied := page.DeskPart{Head: q.say("reporting.chat"), Lines: []string{q.say("reporting.chat.text")}, Copy: &page.CopyBox{
		ID: "chat", Label: q.say("reporting.chat.label"), Text: chat, Do: q.say("reporting.copy"), Copied: q.say("reporting.copied"),
	}}
	return []page.DeskPart{part, copied}, nil
}

func (q *request) unitRow(a progressAsked, u store.UnitReply, name string) page.Row {
	mark := q.replyMark(a.f, a.p, u.Reply)
	at := page.Cell{}
	if u.Reply.N > 0 {
		at.Text = q.when(u.Reply.At)
		if u.Reply.N > 1 {
			at.Note = q.say("reporting.times", u.Reply.N)
		}
		if u.Reply.Late {
			at.Note, at.Tone = dotted(at.Note, q.say("reporting.status.late")), page.Late
		}
	}
	return page.Row{Href: inPeriod(unitPath(a.f, u.Unit), a.f, a.p), Cells: []page.Cell{{Text: name}, {Part: page.Badge(mark.Tone, mark.Text)}, at, {Text: u.Reply.By}}}
}

// onlyTabs narrows the list of units.
func (q *request) onlyTabs(a progressAsked, t reporting.Tale) []page.Tab {
	counts := map[string]int64{"": t.Expected, "missing": t.Missing(), "sent": t.Sent - t.Approved, "approved": t.Approved, "returned": t.Returned}
	var tabs []page.Tab
	for _, only := range []string{"", "missing", "late", "sent", "approved", "returned"} {
		tab := page.Tab{Text: q.say("reporting.only." + orElse(only, "all")), Href: q.progressHref(a, only), Current: a.only == only}
		if n, known := counts[only]; known {
			tab.Count = q.speaker().Number(n)
		}
		tabs = append(tabs, tab)
	}
	return tabs
}

func (q *request) progressHref(a progressAsked, only string) string {
	href := inPeriod(formPath(a.f), a.f, a.p)
	if a.at != 0 {
		href += "&at=" + idText(a.at)
	}
	if only != "" {
		href += "&only=" + only
	}
	return href
}

func (q *request) formTools(a progressAsked) []page.Tool {
	tail := "?period=" + a.f.Every.Code(a.p)
	if a.at != 0 {
		tail += "&at=" + idText(a.at)
	}
	return []page.Tool{
		{Glyph: page.GlyphDownload, Text: q.say("reporting.replies.xlsx"), Href: formPath(a.f) + "/replies.xlsx" + tail},
		{Glyph: page.GlyphDownload, Text: q.say("reporting.blank.xlsx"), Href: formPath(a.f) + "/blank.xlsx" + tail},
		{Glyph: page.GlyphDownload, Text: q.say("reporting.platform.csv"), Href: formPath(a.f) + "/platform" + tail + "&as=csv"},
		{Glyph: page.GlyphDownload, Text: q.say("reporting.platform.xlsx"), Href: formPath(a.f) + "/platform" + tail + "&as=xlsx"},
	}
}

func (q *request) carried(a progressAsked) []page.Option {
	return []page.Option{{Value: "period", Text: a.f.Every.Code(a.p)}, {Value: "at", Text: idText(a.at)}}
}

// chatNames is how many units a text for a chat group names.
const chatNames = 60

// chatText is a reminder ready to be pasted into a chat group.
func (q *request) chatText(a progressAsked, t reporting.Tale) (string, error) {
	lines := []string{q.say("reporting.chat.head", q.formName(a.f), q.periodSaid(a.f.Every, a.p), t.Sent, t.Expected, locale.DayShort(a.f.DueOn(a.p)))}
	for _, only := range []string{"missing", "returned"} {
		units, n, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: a.f.ID, Period: a.p, At: a.at, Only: only, Most: chatNames})
		if err != nil {
			return "", err
		}
		var ids []body.ID
		for _, u := range units {
			if only == "returned" || u.Reply.Status != reporting.Returned {
				ids = append(ids, u.Unit)
			} else {
				n--
			}
		}
		if len(ids) == 0 {
			continue
		}
		names, err := q.bodiesCalled(ids)
		if err != nil {
			return "", err
		}
		said := make([]string, 0, len(ids)+1)
		for _, id := range ids {
			said = append(said, names[id])
		}
		if n > len(ids) {
			said = append(said, q.say("reporting.chat.more", n-len(ids)))
		}
		lines = append(lines, q.say("reporting.chat."+only, n, strings.Join(said, "; ")))
	}
	if len(lines) == 1 {
		return lines[0] + "\n" + q.say("reporting.chat.thanks"), nil
	}
	lines = append(lines, q.say("reporting.chat.please"))
	if a.f.Contact != "" {
		lines = append(lines, q.say("reporting.chat.contact", a.f.Contact))
	}
	return strings.Join(lines, "\n"), nil
}

// lockPart closes the period or opens it again.
func (q *request) lockPart(a progressAsked, _ store.FormProgress, lock reporting.Lock) ([]page.DeskPart, error) {
	if !q.may(access.FileReports, a.f.Body) {
		return nil, nil
	}
	f := page.DeskForm{Head: page.FormHead{Action: formPath(a.f) + "/lock"}, Quiet: true, Fold: q.say("reporting.lock"), Do: q.say("reporting.lock.do")}
	f.Fields = []templ.Component{page.Hidden("period", a.f.Every.Code(a.p)), page.Hidden("on", "yes")}
	if lock.On {
		f.Fold, f.Do = q.say("reporting.unlock"), q.say("reporting.unlock.do")
		f.Fields = []templ.Component{
			page.Hidden("period", a.f.Every.Code(a.p)), page.Hidden("on", "no"),
			page.TextInput(q.reader, page.Field{Name: "note", Label: q.say("reporting.unlock.why"), Needed: true, Whole: true}),
		}
	}
	return []page.DeskPart{{Plain: true, Form: &f}}, nil
}

// formLock closes a period or opens it again.
func (s *Server) formLock(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	on := q.value("on") == "yes"
	err = q.write("reporting.why.lock", func(ctx context.Context, tx *store.Tx) error {
		return reporting.LockPeriod(ctx, tx, q.actor, reporting.Locking{Form: a.f.ID, Period: a.p, On: on, Note: q.value("note")})
	})
	if isInvalid(err) {
		return q.progressPage(a, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(inPeriod(formPath(a.f), a.f, a.p), q.well("common.saved"))
}

// formApproveAll approves whatever was sent and waits, at a level and below.
func (s *Server) formApproveAll(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	units, _, err := q.view().FormReplies(q.Context(), store.RepliesAsked{Form: a.f.ID, Period: a.p, At: a.at, Only: "sent"})
	if err != nil {
		return err
	}
	err = q.write("reporting.why.approved", func(ctx context.Context, tx *store.Tx) error {
		for _, u := range units {
			if _, err := reporting.Approve(ctx, tx, q.actor, reporting.Judgement{Form: a.f.ID, Period: a.p, Unit: u.Unit, Based: u.Reply.N}); err != nil {
				return err
			}
		}
		return nil
	})
	if isInvalid(err) {
		return q.progressPage(a, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(q.progressHref(a, ""), q.well("reporting.approved.all", len(units)))
}
