package web

import (
	"context"
	"encoding/json"
	"net/http"
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

// deedShown is a deed with what naming it needs.
type deedShown struct {
	deed   deed.Deed
	kind   deed.Kind
	called store.Called
}

// deedAsked reads the deed that the address names.
func (q *request) deedAsked() (deedShown, error) {
	id, err := q.number("id")
	if err != nil {
		return deedShown{}, err
	}
	d, err := q.view().Deed(q.Context(), deed.ID(id))
	if err != nil {
		return deedShown{}, err
	}
	return q.named(d)
}

// named reads what a deed's parties and kind are called.
func (q *request) named(d deed.Deed) (deedShown, error) {
	c, err := q.view().CalledIn(q.Context(), d)
	if err != nil {
		return deedShown{}, err
	}
	k, err := q.view().Kind(q.Context(), d.Kind)
	return deedShown{d, k, c}, err
}

// deedShow shows one deed with everything about it.
func (s *Server) deedShow(q *request) error {
	shown, err := q.deedAsked()
	if err != nil {
		return err
	}
	d := shown.deed
	p := page.DeedPage{Shell: q.shell(q.titleWith(d, shown.kind, shown.called)), Facts: q.deedFacts(shown)}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.deeds"), Href: "/deeds"}}
	p.Shell.Lead = q.deedLead(shown)
	registered, err := q.registerFacts(d.ID)
	if err != nil {
		return err
	}
	p.Facts = append(registered, p.Facts...)
	p.Next = q.deedActions(shown)
	p.Parties, p.Figures = q.partyTable(shown), q.lineTable(shown)
	if err := q.deedMoney(shown, &p); err != nil {
		return err
	}
	p.Prints = q.deedPrints(shown)
	if err := q.deedPapers(shown, &p); err != nil {
		return err
	}
	if p.History, err = q.deedHistory(shown); err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	if p.Seen, err = q.seenBy(access.ReadDeeds, names, d.Body); err != nil {
		return err
	}
	return q.show(page.DeedShow(p))
}

// deedLead says in one line when it was and what it came to.
func (q *request) deedLead(shown deedShown) string {
	all := []string{q.speaker().DateLong(shown.deed.Day)}
	if figure := q.figureOf(shown.deed, shown.kind); figure != "" {
		all = append(all, figure)
	}
	b := shown.called.Bodies[shown.deed.Body]
	return strings.Join(append(all, b.NameOn(q.lang(), q.dayOf(shown.deed))), " · ")
}

// deedActions offers what may be done with a deed.
func (q *request) deedActions(shown deedShown) []page.Action {
	d := shown.deed
	if !q.may(access.PostDeeds, d.Body) || d.Status == deed.Cancelled {
		return nil
	}
	path := deedPath(d.ID)
	var all []page.Action
	if d.Status == deed.Planned {
		all = append(all, page.Action{Text: q.say("deed.do.done"), Href: path + "/done", Post: true, First: true, Carry: []page.Option{{Value: "revision", Text: strconv.FormatInt(d.Revision, 10)}}})
	}
	return append(all,
		page.Action{Glyph: page.GlyphAdd, Text: q.say("deed.do.another"), Href: "/deeds/new?kind=" + d.Kind},
		page.Action{Glyph: page.GlyphEdit, Text: q.say("common.edit"), Href: path + "/edit"},
		page.Action{Glyph: page.GlyphRemove, Text: q.say("deed.do.cancel"), Href: path + "/cancel", Dialog: true},
	)
}

// deedFacts says a deed line by line. History and two versions side by side are
// made of the same lines.
func (q *request) deedFacts(shown deedShown) []page.Fact {
	d := shown.deed
	home := shown.called.Bodies[d.Body]
	facts := []page.Fact{
		{Name: q.say("common.kind"), Text: shown.kind.Name(q.lang()), Mark: q.statusMark(d)},
		{Name: q.say("deed.form.title"), Text: d.Title},
		{Name: q.say("common.date"), Text: q.speaker().DateLong(d.Day), Note: q.dayNote(d.Day)},
		{Name: q.say("deed.form.body"), Text: home.NameOn(q.lang(), q.dayOf(d)), Href: bodyLink(home)},
		{Name: q.say("deed.lines"), Text: q.linesText(shown)},
	}
	for _, role := range deed.Roles() {
		if text := q.partiesText(shown, role); text != "" {
			facts = append(facts, page.Fact{Name: q.say("deed.role." + string(role)), Text: text, Each: q.partiesEach(shown, role)})
		}
	}
	facts = append(facts, q.tieFacts(d.Ties)...)
	if d.Series > 0 {
		facts = append(facts, page.Fact{Name: q.say("deed.form.series"), Text: q.speaker().Ordinal(int(d.Series))})
	}
	return append(facts,
		page.Fact{Name: q.say("deed.form.place"), Text: d.PlaceNote},
		page.Fact{Name: q.say("deed.form.reason"), Text: d.Reason},
		page.Fact{Name: q.say("deed.approver"), Text: shown.called.People[d.Approver].Name},
		page.Fact{Name: q.say("deed.form.source"), Text: strings.TrimSpace(d.Source.Title + " " + d.Source.Where)},
		page.Fact{Name: q.say("common.note"), Text: d.Note},
	)
}

// dayNote gives the lunar date of a day.
func (q *request) dayNote(d calendar.Date) string {
	if _, one := d.Day(); !one {
		return ""
	}
	return q.dayLine(d.EDTF())
}

// linesText says what a deed came to.
func (q *request) linesText(shown deedShown) string {
	var all []string
	for _, l := range shown.deed.Lines {
		all = append(all, q.lineText(l, shown.kind))
	}
	return strings.Join(all, ", ")
}

// partiesShown is how many of a role are named in a line; the table has all.
const partiesShown = 12

// partiesText names those in a role.
func (q *request) partiesText(shown deedShown, role deed.Role) string {
	var all []string
	n := 0
	for _, p := range shown.deed.Parties {
		if p.Role != role {
			continue
		}
		if n++; n <= partiesShown {
			all = append(all, q.partyName(p, shown.called, q.dayOf(shown.deed)))
		}
	}
	text := strings.Join(all, ", ")
	if n > partiesShown {
		text = q.say("deed.title.many", text, n-partiesShown)
	}
	return text
}

// partyTable lists receivers with what each got, when there is more to say of
// them than their names.
func (q *request) partyTable(shown deedShown) page.Table {
	k := shown.kind
	t := page.Table{Caption: q.say("deed.fold.list." + string(k.Shape())), Columns: []page.Column{{Head: q.say("deed.row.name"), Chief: true}}}
	if k.Shape() == deed.Single {
		return t
	}
	switch {
	case k.Meeting:
		t.Columns = append(t.Columns, page.Column{Head: q.say("deed.row.came")})
	case k.Ages:
		t.Columns = append(t.Columns, page.Column{Head: q.say("deed.row.age"), Figure: true}, page.Column{Head: q.say("deed.row.amount"), Figure: true})
	case k.Repeats:
		t.Columns = append(t.Columns, page.Column{Head: q.say("deed.row.school")}, page.Column{Head: q.say("deed.row.prize")}, page.Column{Head: q.say("deed.row.amount"), Figure: true})
	}
	for _, p := range shown.deed.Parties {
		if p.Role != k.First() && p.Role != deed.Participant {
			continue
		}
		row := page.Row{Cells: []page.Cell{{Text: q.partyName(p, shown.called, q.dayOf(shown.deed))}}}
		if p.Person != 0 {
			row.Href = "/people/" + strconv.FormatInt(int64(p.Person), 10)
		}
		amount := ""
		if !p.Detail.Amount.IsNone() {
			amount = q.speaker().Money(p.Detail.Amount)
		}
		switch {
		case k.Meeting:
			row.Cells = append(row.Cells, page.Cell{Text: q.cameText(p.Detail.Came)})
		case k.Ages:
			row.Cells = append(row.Cells, page.Cell{Text: stepText(p.Detail.Step)}, page.Cell{Text: amount})
		case k.Repeats:
			row.Cells = append(row.Cells, page.Cell{Text: p.Detail.School}, page.Cell{Text: p.Detail.Prize}, page.Cell{Text: amount})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func stepText(step int) string {
	if step == 0 {
		return ""
	}
	return strconv.Itoa(step)
}

func (q *request) cameText(came string) string {
	switch came {
	case "yes":
		return q.say("deed.came.yes")
	case "no":
		return q.say("deed.came.no")
	}
	return q.say("deed.came.invited")
}

// lineTable lists what a deed counts, each figure leading to the figure of its
// year.
func (q *request) lineTable(shown deedShown) page.Table {
	t := page.Table{Caption: q.say("deed.lines"), Columns: []page.Column{{Head: q.say("deed.line.what"), Chief: true}, {Head: q.say("common.quantity"), Figure: true}}}
	year, known := shown.deed.Day.Year()
	for _, l := range shown.deed.Lines {
		m := deed.MeasureOf(shown.kind.Code, l)
		row := page.Row{Cells: []page.Cell{{Text: q.say("deed.unit." + string(l.Unit)), Note: l.Item}, {Text: q.quantity(m, l.Quantity, l.Qualifier)}}}
		if known && shown.deed.Status == deed.Done {
			row.Href = figurePath(shown.deed.Body, m, strconv.Itoa(year))
		}
		if l.Unit == deed.Money {
			row.Cells[1].Note = money.Words(money.Of(l.Quantity, l.Currency), q.reader.Lang)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// deedMoney shows the entry that paid, or what is still missing.
func (q *request) deedMoney(shown deedShown, p *page.DeedPage) error {
	if shown.deed.Entry == 0 {
		if !moneyOf(shown.deed).IsZero() && shown.deed.Status == deed.Done && !shown.deed.Brought {
			p.Entry = []page.Fact{{Name: q.say("deed.entry"), Text: q.say("deed.entry.none")}}
			if q.may(access.PostDeeds, shown.deed.Body) {
				p.EntryNext = page.Link{Text: q.say("deed.entry.none.do"), Href: deedPath(shown.deed.ID) + "/edit"}
			}
		}
		return nil
	}
	e, err := q.view().Entry(q.Context(), fund.EntryID(shown.deed.Entry))
	if fault.KindOf(err) == fault.Forbidden && err != nil {
		p.Entry = []page.Fact{{Name: q.say("deed.entry"), Text: q.say("deed.entry.hidden")}}
		return nil
	}
	if err != nil {
		return err
	}
	mark := page.Mark{Tone: page.Done, Text: q.say("deed.entry.approved")}
	approver, voucher := e.Lacks()
	switch {
	case e.Reversed != 0:
		mark = page.Mark{Tone: page.Plain, Text: q.say("deed.entry.reversed")}
	case approver:
		mark = page.Mark{Tone: page.Due, Text: q.say("deed.entry.unapproved")}
	case voucher:
		mark = page.Mark{Tone: page.Due, Text: q.say("deed.entry.voucher")}
	}
	p.Entry = []page.Fact{
		{Name: q.say("deed.entry.number"), Text: e.Label(), Href: "/fund/entries/" + strconv.FormatInt(int64(e.ID), 10), Mark: mark},
		{Name: q.say("common.date"), Text: q.speaker().DateShort(calendar.OnDay(e.Day))},
		{Name: q.say("common.content"), Text: e.Text},
	}
	return nil
}

// deedHistory says what was changed of a deed, by whom, when.
func (q *request) deedHistory(shown deedShown) ([]page.Past, error) {
	changes, err := q.view().History(q.Context(), "deed", int64(shown.deed.ID))
	if err != nil {
		return nil, err
	}
	var all []page.Past
	for _, c := range changes {
		past := page.Past{When: q.when(c.At), Text: q.say("deed.history.by", q.why(c.Why), c.Name)}
		if past.Note, err = q.changedText(c); err != nil {
			return nil, err
		}
		all = append(all, past)
	}
	return all, nil
}

// changedText says what differs between before and after.
func (q *request) changedText(c store.Change) (string, error) {
	if c.Erased {
		return q.say("deed.history.erased"), nil
	}
	if len(c.Before) == 0 || len(c.After) == 0 {
		return "", nil
	}
	var before, after deed.Deed
	if err := json.Unmarshal(c.Before, &before); err != nil {
		return "", err
	}
	if err := json.Unmarshal(c.After, &after); err != nil {
		return "", err
	}
	rows, err := q.differences(before, after)
	if err != nil {
		return "", err
	}
	var all []string
	for _, r := range rows {
		all = append(all, q.say("deed.history.change", r.Name, orNone(q, r.Theirs), orNone(q, r.Mine)))
	}
	return strings.Join(all, " · "), nil
}

func orNone(q *request, s string) string {
	if s == "" {
		return q.say("deed.history.nothing")
	}
	return s
}

// differences compares two versions of a deed fact by fact.
func (q *request) differences(theirs, mine deed.Deed) ([]page.ComparedRow, error) {
	a, err := q.named(theirs)
	if err != nil {
		return nil, err
	}
	b, err := q.named(mine)
	if err != nil {
		return nil, err
	}
	var rows []page.ComparedRow
	texts := map[string]string{}
	factsA, factsB := q.deedFacts(a), q.deedFacts(b)
	for _, f := range factsB {
		texts[f.Name] = f.Text + markText(f)
	}
	seen := map[string]bool{}
	for _, f := range factsA {
		seen[f.Name] = true
		if was := f.Text + markText(f); was != texts[f.Name] {
			rows = append(rows, page.ComparedRow{Name: f.Name, Theirs: was, Mine: texts[f.Name]})
		}
	}
	for _, f := range factsB {
		if !seen[f.Name] && f.Text != "" {
			rows = append(rows, page.ComparedRow{Name: f.Name, Mine: f.Text})
		}
	}
	return rows, nil
}

func markText(f page.Fact) string {
	if f.Mark.Text == "" {
		return ""
	}
	return " (" + f.Mark.Text + ")"
}

// deedDone turns a plan into what was done, in one step.
func (s *Server) deedDone(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	shown, err := q.deedAsked()
	if err != nil {
		return err
	}
	e := entered{deed: shown.deed, kind: shown.kind}
	e.deed.Status = deed.Done
	if first, ok := e.deed.Day.First(); !ok || first > q.today() {
		e.deed.Day = calendar.OnDay(q.today())
	}
	a := deedAnswers{fields: map[string]string{openFundAnswer: q.value(openFundAnswer)}}
	if err := q.enterMoney(&a, &e); err != nil {
		return err
	}
	if err := q.correctDeed(&e, idOf(q.value("revision")), ""); err != nil {
		return err
	}
	return q.deedWritten(e)
}

// correctDeed writes the next version of a deed and of its money.
func (q *request) correctDeed(e *entered, based int64, reason string) error {
	if reason == "" {
		reason = q.say("deed.why.correct")
	}
	if e.spent.Text == "" && !e.spent.IsZero() {
		e.spent.Text = q.titleWith(e.deed, e.kind, q.calledNow(*e))
	}
	return q.write("deed.why.correct", func(ctx context.Context, tx *store.Tx) (err error) {
		if err := q.openFundFor(ctx, tx, e); err != nil {
			return err
		}
		if e.deed, err = deed.CorrectPaid(ctx, tx, q.actor, e.deed, e.spent, deed.Correction{Based: based, Reason: reason}); err != nil {
			return err
		}
		return attachAll(ctx, tx, q, e.deed.ID, e.papers)
	})
}

// deedCancelAsk asks before a deed is taken back.
func (s *Server) deedCancelAsk(q *request) error { return q.cancelPage(nil) }

func (q *request) cancelPage(wrong error) error {
	shown, err := q.deedAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.PostDeeds, shown.deed.Body); err != nil {
		return err
	}
	title := q.titleWith(shown.deed, shown.kind, shown.called)
	asked := page.Asked{
		Title: q.say("deed.cancel.head", title), Text: q.say("deed.cancel.text"), Action: deedPath(shown.deed.ID) + "/cancel", Do: q.say("deed.do.cancel"), Danger: true, Leave: deedPath(shown.deed.ID),
		Reason: &page.Field{Name: "reason", Label: q.say("common.reason"), Wrong: page.ProblemsOf(wrong, q.reader).At("reason"), Hint: q.say("deed.cancel.hint")},
		Carry:  []page.Option{{Value: "revision", Text: strconv.FormatInt(shown.deed.Revision, 10)}},
	}
	shell := q.shell(title)
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return q.showAs(status, page.Asking(shell, asked))
}

// deedCancel takes a deed back, and its money with it.
func (s *Server) deedCancel(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	id, err := q.number("id")
	if err != nil {
		return err
	}
	reason := q.value("reason")
	if reason == "" {
		return q.cancelPage(fault.Field("reason", "deed.cancel.reason"))
	}
	err = q.write(reason, func(ctx context.Context, tx *store.Tx) error {
		_, err := deed.CancelPaid(ctx, tx, q.actor, deed.ID(id), deed.Correction{Based: idOf(q.value("revision")), Reason: reason})
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(deedPath(deed.ID(id)), q.well("deed.cancelled"))
}
