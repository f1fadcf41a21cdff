package web

import (
	"bytes"
	"cmp"
	"context"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// soonDays is how far ahead the desk looks for what is due.
const soonDays = 60

// officeDesk is the door to the office: registers, meetings, tasks, handovers,
// and what waits.
func (s *Server) officeDesk(q *request) error {
	if !q.actor.Somewhere(access.ReadOffice) {
		return q.actor.May(access.ReadOffice, q.root())
	}
	waits, err := q.view().Papers(q.Context(), store.PapersAsked{Waits: true, Most: 8})
	if err != nil {
		return err
	}
	tasks, err := q.view().TasksDue(q.Context(), q.today()+soonDays)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("desk.head")), Parts: []page.DeskPart{{Plain: true, Head: q.say("desk.doors"), Doors: q.officeDoors()}}}
	p.Shell.Lead = q.say("desk.lead")
	if len(waits) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("desk.papers"), More: page.Link{Text: q.say("common.all"), Href: "/office/papers?waits=yes"}, Agenda: q.papersComing(waits)})
	}
	if len(tasks) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("desk.tasks"), More: page.Link{Text: q.say("common.all"), Href: "/office/tasks"}, Agenda: q.tasksComing(tasks)})
	}
	return q.show(page.Desk(p))
}

func (q *request) officeDoors() []page.Door {
	door := func(g page.Glyph, key, href string) page.Door {
		return page.Door{Glyph: g, Head: q.say("desk." + key), Text: q.say("desk." + key + ".text"), Href: href}
	}
	return []page.Door{
		door(page.GlyphPaper, "register", "/office/papers"), door(page.GlyphPeople, "meetings", "/office/meetings"),
		door(page.GlyphCheck, "todo", "/office/tasks"), door(page.GlyphOffice, "handover", "/office/handover"),
	}
}

// dueMark says how far away a day is.
func (q *request) dueMark(on calendar.Day) page.Mark {
	switch left := int(on - q.today()); {
	case left < 0:
		return page.Mark{Tone: page.Late, Text: q.say("common.daysLate", -left)}
	case left == 0:
		return page.Mark{Tone: page.Due, Text: q.say("common.today")}
	default:
		return page.Mark{Tone: page.Due, Text: q.say("common.daysLeft", left)}
	}
}

// dayTile splits a day for an agenda.
func (q *request) dayTile(on calendar.Day) (day, month string) {
	_, m, d := on.Civil()
	return strconv.Itoa(d), q.say("desk.month", q.speaker().MonthName(m))
}

func (q *request) papersComing(papers []office.Paper) []page.Coming {
	var all []page.Coming
	for _, p := range papers {
		day, month := q.dayTile(p.Deadline)
		all = append(all, page.Coming{Day: day, Month: month, Text: p.Subject, Note: dotted(p.From, p.Theirs), Href: paperPath(p.ID), Mark: q.dueMark(p.Deadline)})
	}
	return all
}

func (q *request) tasksComing(tasks []office.TaskLine) []page.Coming {
	var all []page.Coming
	for _, t := range tasks {
		day, month := q.dayTile(t.Due)
		all = append(all, page.Coming{Day: day, Month: month, Text: t.Text, Note: t.Who, Href: taskPath(t.ID), Mark: q.dueMark(t.Due)})
	}
	return all
}

// dotted joins what is there with dots between.
func dotted(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, " · ")
}

// exactDay reads an answer that must be one day; 0 where nothing was given.
func (q *request) exactDay(name string) (calendar.Day, error) {
	d, err := q.date(name)
	if err != nil || d.IsUnknown() {
		return 0, err
	}
	day, ok := d.Day()
	if !ok {
		return 0, fault.Field(name, "paper.day.missing")
	}
	return day, nil
}

// dayTyped gives a day as it is typed into a form; nothing for none.
func dayTyped(on calendar.Day) string {
	if on == 0 {
		return ""
	}
	return locale.DayShort(on)
}

// anybody reads an answer of a combobox in which people outside the book may
// be named: the one chosen, whoever bears the very name, or the name itself.
func (q *request) anybody(name string) (person.ID, string, error) {
	typed := q.value(name)
	if id := q.id(name + "Id"); id != 0 && typed != "" {
		return person.ID(id), "", nil
	}
	if typed == "" || !strings.Contains(typed, " ") {
		return 0, typed, nil
	}
	rows, _, err := q.view().People(q.Context(), store.PeopleQuery{Typed: typed, Status: store.Everybody, Limit: 3})
	if err != nil {
		return 0, "", err
	}
	var same []store.PersonRow
	for _, r := range rows {
		if text.Fold(r.Name) == text.Fold(typed) {
			same = append(same, r)
		}
	}
	if len(same) == 1 {
		return same[0].ID, "", nil
	}
	return 0, typed, nil
}

// whoField asks for anybody.
func (q *request) whoField(f page.Field, id person.ID, name string) templ.Component {
	search := page.Search{Href: "/people/find", IDName: f.Name + "Id"}
	f.Value = name
	if id != 0 {
		search.ID = idText(id)
		if names, err := q.view().OfficeNames(q.Context(), id); err == nil {
			f.Value = cmp.Or(names[id], name)
		}
	}
	return page.Combobox(q.reader, f, search)
}

// officeBodies offers the bodies whose office the reader keeps, as a field; the
// only one travels unseen.
func (q *request) officeBodies(now body.ID) (templ.Component, error) {
	options, err := q.bodyOptions(access.KeepOffice, "")
	if err != nil {
		return nil, err
	}
	if now == 0 {
		now = q.keeps()
	}
	if len(options) <= 1 {
		return page.Hidden("body", idText(now)), nil
	}
	return page.Select(q.reader, page.Field{Name: "body", Label: q.say("desk.body"), Value: idText(now)}, options), nil
}

// keeps is the body whose office the reader keeps by their own office, or the
// root.
func (q *request) keeps() body.ID {
	for _, g := range q.actor.Grants {
		if g.Right == access.KeepOffice {
			return g.Body
		}
	}
	return q.root()
}

// bodyGivenOr reads which body an answer means, or the reader's own.
func (q *request) bodyGivenOr() body.ID {
	if id := q.id("body"); id != 0 {
		return body.ID(id)
	}
	return q.keeps()
}

// house reads how a body writes on a day.
func (q *request) houseOn(of body.ID, on calendar.Day) (report.House, error) {
	return report.HouseOf(q.Context(), q.view(), of, on)
}

// officeDesk prepares a paper of the office, in the language asked or the reader's.
func (q *request) officeDesk(of body.ID, on calendar.Day, number string) (office.Desk, error) {
	to := q.speaker()
	if lang, ok := locale.Parse(q.value("lang")); ok {
		to = q.server.Words.In(lang)
	}
	h, err := q.houseOn(of, on)
	if err != nil {
		return office.Desk{}, err
	}
	return office.Desk{
		To: to, Sheet: h.Sheet(to, document.A4(), number, calendar.OnDay(on)), Voice: h.Names.In(string(to.Lang)), Sign: h.Signature(to), Pen: to.Say("paper.sign"),
	}, nil
}

// sendPaper answers with a paper in the format asked, PDF unless told otherwise.
func (q *request) sendPaper(d *document.Document, name string) error {
	as, err := report.ParseFormat(cmp.Or(q.value("as"), string(report.PDF)))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := report.Write(&b, d, as); err != nil {
		return err
	}
	q.attached(name+"."+string(as), as == report.PDF || as == report.HTML)
	return q.send(http.StatusOK, as.Media(), b.Bytes())
}

// attached names the file that is sent; some are shown rather than kept.
func (q *request) attached(name string, shown bool) {
	how := "attachment"
	if shown {
		how = "inline"
	}
	q.w.Header().Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": name}))
}

// sendSheet answers with a table as a workbook.
func (q *request) sendSheet(name string, t sheet.Table) error {
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, t); err != nil {
		return err
	}
	q.attached(name+".xlsx", false)
	return q.send(http.StatusOK, report.Xlsx.Media(), b.Bytes())
}

// paperTools offers a paper to read, to write on and to print.
func (q *request) paperTools(key, href string) []page.Tool {
	return []page.Tool{
		{Glyph: page.GlyphPaper, Text: q.say("desk.word", q.say(key)), Href: href + "as=docx"},
		{Glyph: page.GlyphPrint, Text: q.say("desk.pdf", q.say(key)), Href: href + "as=pdf"},
	}
}

// officePast words the history of a record of the office.
func (q *request) officePast(subject string, ref int64) ([]page.Past, error) {
	changes, err := q.view().History(q.Context(), subject, ref)
	if err != nil {
		return nil, err
	}
	var past []page.Past
	for _, c := range changes {
		why := c.Why
		if q.server.Words.Has(why) {
			why = q.say(why)
		}
		past = append(past, page.Past{When: dotted(q.when(c.At), c.Name), Text: why})
	}
	return past, nil
}

// officeWrite does work of the office in one transaction.
func (q *request) officeWrite(why string, do func(ctx context.Context, tx *store.Tx) error) error {
	return q.write("desk.why."+why, do)
}

// year is the year asked for by an address, or none.
func (q *request) yearAsked() int {
	year, err := strconv.Atoi(q.value("year"))
	if err != nil || year < 1900 || year > 9999 {
		return 0
	}
	return year
}

// yearOptions offers the years of a register.
func (q *request) yearOptions() []page.Option {
	options := []page.Option{{Text: q.say("desk.years")}}
	for y := q.today().Year(); y > q.today().Year()-8; y-- {
		options = append(options, page.Option{Value: strconv.Itoa(y), Text: strconv.Itoa(y)})
	}
	return options
}
