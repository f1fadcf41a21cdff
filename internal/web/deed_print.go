package web

import (
	"bytes"
	"cmp"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/letter"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/tally"
)

// deedPrints offers the papers that a deed of this kind makes.
func (q *request) deedPrints(shown deedShown) []page.Tool {
	var tools []page.Tool
	for _, paper := range q.papersOf(shown) {
		tools = append(tools, page.Tool{Glyph: page.GlyphPrint, Text: q.say("letter.print." + paper), Href: deedPath(shown.deed.ID) + "/print/" + paper})
		if paper == "payment" || paper == "receipt" || paper == "handover" { // to add a line before it is signed
			tools = append(tools, page.Tool{Glyph: page.GlyphPaper, Text: joinDots([]string{q.say("letter.print." + paper), q.say("letter.print.word")}), Href: deedPath(shown.deed.ID) + "/print/" + paper + "?as=docx"})
		}
		if paper == everyPaper { // to be worked on before it is printed
			tools = append(tools, page.Tool{Glyph: page.GlyphPaper, Text: q.say("letter.print.all.word"), Href: deedPath(shown.deed.ID) + "/print/" + paper + "?as=docx"})
		}
	}
	return tools
}

// papersOf lists the papers of a deed: those of its kind; a slip only where money
// moved and may be read.
func (q *request) papersOf(shown deedShown) []string {
	var all []string
	for _, paper := range shown.kind.Papers {
		if paper == "payment" || paper == "receipt" {
			if shown.deed.Entry == 0 || !q.may(access.ReadFund, shown.deed.Body) {
				continue
			}
		}
		if slices.Contains(papersOfNames, paper) && !names(shown.deed) || paper == "handover" && shown.deed.Brought {
			continue // a sum of years was not handed over by one to another
		}
		all = append(all, paper)
	}
	if shown.kind.Meeting {
		all = append(all, "invited", everyPaper)
	}
	if shown.kind.Ages && names(shown.deed) {
		all = append(all, "longevity")
	}
	return all
}

// papersOfNames are papers that say nothing where nobody is named, as in figures
// brought forward.
var papersOfNames = []string{"certificate", "study-list", "longevity-list", "participants"}

// names tells whether a deed names anybody it was done for.
func names(d deed.Deed) bool {
	return slices.ContainsFunc(d.Parties, func(p deed.Party) bool {
		return (p.Role == deed.Receiver || p.Role == deed.Participant) && (p.Person != 0 || p.Body != 0 || p.Name != "")
	})
}

// deedPrint prints one paper of a deed, as PDF or as=docx.
func (s *Server) deedPrint(q *request) error {
	shown, err := q.deedAsked()
	if err != nil {
		return err
	}
	paper := q.PathValue("paper")
	if !slices.Contains(q.papersOf(shown), paper) {
		return fault.Missing("fault.missing")
	}
	as := report.PDF
	if q.value("as") != "" {
		if as, err = report.ParseFormat(q.value("as")); err != nil {
			return fault.Missing("fault.missing")
		}
	}
	p, err := q.printing(shown)
	if err != nil {
		return err
	}
	papers, err := p.papers(paper)
	if err != nil {
		return err
	}
	var written bytes.Buffer
	if err := report.WriteAll(&written, papers, as); err != nil {
		return err
	}
	q.w.Header().Set("Content-Disposition", mime.FormatMediaType("inline", map[string]string{"filename": paper + "." + string(as)}))
	return q.send(http.StatusOK, as.Media(), written.Bytes())
}

// printing is a deed with what its papers need.
type printing struct {
	*request
	deedShown
	to    locale.Speaker
	sheet letter.Sheet
	rows  map[deed.Role][]letter.Row
	names map[body.ID]string
}

func (q *request) printing(shown deedShown) (*printing, error) {
	p := &printing{request: q, deedShown: shown, to: q.speaker(), rows: map[deed.Role][]letter.Row{}}
	if lang, known := locale.Parse(q.value("lang")); known {
		p.to = q.server.words.Load().In(lang)
	}
	house, err := report.HouseOf(q.Context(), q.view(), shown.deed.Body, q.dayOf(shown.deed))
	if err != nil {
		return nil, err
	}
	p.sheet = letter.Sheet{House: house, Date: shown.deed.Day}
	if p.names, err = q.names(); err != nil {
		return nil, err
	}
	ordered, written, err := q.byPrecedence(shown.deed.Parties)
	if err != nil {
		return nil, err
	}
	for _, party := range ordered {
		row := letter.Row{
			Who:  letter.Who{Name: p.partyCalled(party), Note: orElse(party.Detail.School, party.Note)},
			Step: party.Detail.Step, Amount: party.Detail.Amount, Gift: party.Detail.Goods, Prize: party.Detail.Prize,
		}
		row.Position = cmp.Or(party.Detail.Rank, written[party.Person].Title[string(p.to.Lang)])
		if party.Person != 0 {
			row.Name = written[party.Person].Called(string(p.to.Lang), row.Name)
			p.known(&row, party.Person)
		}
		p.rows[party.Role] = append(p.rows[party.Role], row)
	}
	return p, nil
}

// known adds what the roll knows of somebody. Address and branch are printed only for
// those who may read it.
func (p *printing) known(row *letter.Row, id person.ID) {
	full, err := p.view().DeedPerson(p.Context(), id)
	if err != nil || !p.may(access.ReadRoll, full.Body) {
		return
	}
	row.Birth, row.Address, row.Phone = full.Birth, full.Address, full.Phone
	if len(full.Memberships) > 0 {
		row.Branch = p.names[full.Memberships[0].Body]
	}
}

// partyCalled is a party's bare name, as lists and certificates have it.
func (p *printing) partyCalled(party deed.Party) string {
	switch {
	case party.Person != 0:
		return p.called.People[party.Person].Name
	case party.Body != 0:
		b := p.called.Bodies[party.Body]
		return b.NameOn(string(p.to.Lang), p.dayOf(p.deed))
	}
	return party.Name
}

// papers words a paper; for some there is one for each person.
func (p *printing) papers(paper string) ([]*document.Document, error) {
	one := func(d *document.Document) ([]*document.Document, error) { return []*document.Document{d}, nil }
	list := letter.List{Sheet: p.sheet, Title: p.title(), Rows: p.everyone()}
	switch paper {
	case everyPaper:
		return p.everything()
	case "payment", "receipt":
		return p.slip(paper)
	case "handover":
		return one(letter.Minutes(p.to, p.handover()))
	case "attendance", "invited":
		return p.expected(paper, list)
	case "participants":
		return one(letter.Participants(p.to, list))
	case "study-list":
		return one(letter.Pupils(p.to, list))
	case "longevity-list":
		return one(letter.Longevity(p.to, list))
	}
	if paper == "invitation" {
		return p.invitations()
	}
	return p.each(paper), nil
}

// invitations invite everyone the deed or its meeting names, with the hour and
// the agenda of the meeting where the reader may see it.
func (p *printing) invitations() ([]*document.Document, error) {
	m := letter.Meeting{Sheet: p.sheet, Title: p.title(), Day: p.deed.Day, Place: p.deed.PlaceNote, Agenda: p.deed.Note}
	m.Date = calendar.OnDay(p.today())
	rows, held, err := p.invited()
	if err != nil {
		return nil, err
	}
	m.Hour, m.Agenda = held.Began, cmp.Or(held.Agenda, m.Agenda)
	guests := people(rows)
	if len(guests) == 0 {
		guests = []letter.Who{{}}
	}
	all := make([]*document.Document, len(guests))
	for i, guest := range guests {
		all[i] = letter.Invitation(p.to, m, guest)
	}
	return all, nil
}

// expected lists who is expected at a meeting, to sign; of the guests only these, where
// some of those invited are told to be guests.
func (p *printing) expected(paper string, list letter.List) ([]*document.Document, error) {
	rows, held, err := p.invited()
	if err != nil {
		return nil, err
	}
	list.Rows = rows
	if paper == "attendance" {
		return []*document.Document{letter.Attendance(p.to, list)}, nil
	}
	guest := map[string]bool{}
	for _, a := range held.Attendees {
		if a.Guest {
			guest[a.Name] = true
		}
	}
	if len(guest) > 0 {
		already := len(p.everyone())
		list.Rows = append(slices.Clone(rows[:already]), slices.DeleteFunc(slices.Clone(rows[already:]), func(r letter.Row) bool { return !guest[r.Name] })...)
	}
	return []*document.Document{letter.Invited(p.to, list)}, nil
}

// invited lists everyone the deed names and, where the reader may see its meeting,
// everyone invited to that, seated and addressed as they are.
func (p *printing) invited() ([]letter.Row, office.Meeting, error) {
	rows := p.everyone()
	if !p.kind.Meeting || !p.may(access.ReadOffice, p.deed.Body) {
		return rows, office.Meeting{}, nil
	}
	m, err := p.meetingAsked()
	if err != nil {
		return nil, office.Meeting{}, err
	}
	held, named := m.seated(string(p.to.Lang)), rows
	for _, a := range held.Attendees {
		if slices.ContainsFunc(named, func(r letter.Row) bool { return r.Name == a.Name }) {
			continue
		}
		row := letter.Row{Who: letter.Who{Name: a.Name, Position: a.Role}}
		if a.Person != 0 {
			p.known(&row, a.Person)
		}
		rows = append(rows, row)
	}
	return rows, held, nil
}

// everyPaper prints all that a meeting needs in one go.
const everyPaper = "all"

// everything gathers the papers of a meeting: its lists, its invitations, the
// board of donors and the report of the year before, each on pages of its own.
func (p *printing) everything() ([]*document.Document, error) {
	var all []*document.Document
	for _, paper := range p.papersOf(p.deedShown) {
		if paper == everyPaper {
			continue
		}
		some, err := p.papers(paper)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	year := p.dayOf(p.deed).Year() - 1
	period := calendar.Year(year)
	if p.may(access.ReadFund, p.deed.Body) {
		gifts, err := p.view().GiftsOf(p.Context(), p.deed.Body, period, tally.Borders{})
		if err != nil {
			return nil, err
		}
		if len(gifts) > 0 {
			all = append(all, letter.Donors(p.to, letter.Board{Sheet: p.sheet, Subject: p.to.Period(period), Gifts: gifts}))
		}
	}
	yearly, err := p.yearly(strconv.Itoa(year))
	if err != nil || yearly == nil {
		return all, err
	}
	return append(all, yearly), nil
}

// yearly is the report of a year, where it has begun and may be read.
func (p *printing) yearly(year string) (*document.Document, error) {
	of, err := p.view().Body(p.Context(), p.deed.Body)
	if err != nil || !p.may(access.FileReports, of.ID) {
		return nil, err
	}
	ask, err := report.AskFor(of, report.Annual, year, p.today())
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	facts, err := report.Gather(p.Context(), p.view(), ask)
	if err != nil {
		return nil, err
	}
	return report.Compose(p.to, facts, report.Paper{House: p.sheet.House, Date: calendar.OnDay(p.today())}), nil
}

// each words a paper for every person it concerns; one with blanks when there is
// nobody yet.
func (p *printing) each(paper string) []*document.Document {
	rows := p.everyone()
	if len(rows) == 0 {
		rows = []letter.Row{{}}
	}
	var all []*document.Document
	for _, r := range rows {
		switch paper {
		case "certificate":
			all = append(all, letter.Certificate(p.to, letter.Award{Sheet: p.sheet, Name: r.Name, Pupil: p.kind.Code == "study-award", Note: r.Note, Prize: r.Prize}))
		case "longevity":
			all = append(all, letter.LongevityLetter(p.to, letter.Greeting{Sheet: p.sheet, Name: r.Name, Age: r.Step, Amount: r.Amount, Gift: r.Gift}))
		case "thanks":
			all = append(all, letter.ThankYou(p.to, letter.Thanks{Sheet: p.sheet, Giver: r.Who, Day: p.deed.Day, Amounts: p.money(), Goods: p.goodsText(), Purpose: p.purpose()}))
		}
	}
	return all
}

// purpose is for what money was given and nothing else, where its entry says so.
func (p *printing) purpose() string {
	if p.deed.Entry == 0 || !p.may(access.ReadFund, p.deed.Body) {
		return ""
	}
	e, err := p.view().Entry(p.Context(), fund.EntryID(p.deed.Entry))
	if err != nil {
		return ""
	}
	all, err := p.view().Purposes(p.Context(), e.Body)
	if err != nil {
		return ""
	}
	for _, one := range all {
		if slices.ContainsFunc(e.Postings, func(of fund.Posting) bool { return of.Purpose == one.ID }) {
			return one.Name(string(p.to.Lang))
		}
	}
	return ""
}

// title is what the deed is called on paper.
func (p *printing) title() string {
	if p.deed.Title != "" {
		return p.deed.Title
	}
	return p.kind.Name(string(p.to.Lang)) + ", " + p.to.DateShort(p.deed.Day)
}

// everyone lists whom the deed concerns, in the order of the kind's roles;
// visitors and witnesses are not among them.
func (p *printing) everyone() []letter.Row {
	var all []letter.Row
	for _, role := range []deed.Role{deed.Head, deed.Receiver, deed.Giver, deed.Participant, deed.Guest} {
		all = append(all, p.rows[role]...)
	}
	return all
}

func people(rows []letter.Row) []letter.Who {
	var all []letter.Who
	for _, r := range rows {
		all = append(all, r.Who)
	}
	return all
}

// money gives what the deed's lines say of money that was given.
func (p *printing) money() []money.Amount {
	var all []money.Amount
	for _, l := range p.deed.Lines {
		if l.Unit == deed.Money && l.Stage == deed.Given {
			all = append(all, money.Of(l.Quantity, l.Currency))
		}
	}
	return all
}

func (p *printing) goods() []letter.Goods {
	var all []letter.Goods
	for _, l := range p.deed.Lines {
		if l.Unit == deed.Things && l.Item != "" {
			all = append(all, letter.Goods{Name: l.Item, Count: l.Quantity})
		}
	}
	for i := range all {
		for _, l := range p.deed.Lines {
			if l.Unit == deed.GoodsValue && l.Item == all[i].Name {
				all[i].Value = money.Of(l.Quantity, l.Currency)
			}
		}
	}
	return all
}

func (p *printing) goodsText() string {
	var all []string
	for _, g := range p.goods() {
		all = append(all, p.to.Number(g.Count)+" "+g.Name)
	}
	return strings.Join(all, ", ")
}

func (p *printing) handover() letter.Handover {
	h := letter.Handover{
		Sheet: p.sheet, Day: p.deed.Day, Place: p.deed.PlaceNote, About: p.title(), Givers: people(p.rows[deed.Giver]), Receivers: people(p.rows[deed.Receiver]),
		Witnesses: people(p.rows[deed.Witness]), Money: p.money(), Goods: p.goods(),
	}
	for _, v := range p.rows[deed.Visitor] {
		h.Givers = append(h.Givers, v.Who)
	}
	for _, l := range p.deed.Lines {
		if l.Unit == deed.WorkDays {
			h.WorkDays += l.Quantity
		}
	}
	return h
}

// slip prints the receipt or voucher of the entry that the deed names.
func (p *printing) slip(paper string) ([]*document.Document, error) {
	e, err := p.view().Entry(p.Context(), fund.EntryID(p.deed.Entry))
	if err != nil {
		return nil, err
	}
	// The number is of the fund's series: its keeper heads the paper, whoever did the deed.
	house, err := report.HouseOf(p.Context(), p.view(), e.Body, e.Day)
	if err != nil {
		return nil, err
	}
	s := letter.Slip{
		Sheet: p.sheet, Text: orElse(e.Text, p.title()), Amounts: e.Total(), Attached: e.Voucher, Treasurer: p.nameOf(e.Payer),
		Approver: orElse(p.nameOf(e.Approver), p.nameOf(e.Asked)), Second: orElse(p.nameOf(e.Second), p.nameOf(e.AskedToo)),
	}
	s.House, s.Number, s.Date = house, e.Label(), calendar.OnDay(e.Day)
	s.Who = letter.Who{Name: orElse(e.Name, p.nameOf(e.Person)), Address: e.Address}
	if full, err := p.view().DeedPerson(p.Context(), e.Person); err == nil && e.Person != 0 && p.may(access.ReadRoll, full.Body) {
		s.Who.Name, s.Who.Phone, s.Who.Address = full.Name, full.Phone, orElse(e.Address, full.Address)
	}
	if paper == "receipt" {
		return []*document.Document{letter.Receipt(p.to, s)}, nil
	}
	return []*document.Document{letter.Voucher(p.to, s)}, nil
}

// nameOf is what somebody in the fund is called.
func (p *printing) nameOf(id person.ID) string {
	if id == 0 {
		return ""
	}
	full, err := p.view().DeedPerson(p.Context(), id)
	if err != nil {
		return ""
	}
	return full.Name
}
