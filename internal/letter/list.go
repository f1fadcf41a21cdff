package letter

import (
	"slices"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/report"
)

// Row is one line of a list.
type Row struct {
	Who
	Step   int // the age celebrated
	Amount money.Amount
	Gift   string
	Prize  string
	Helper string // who visits
}

// List is people on paper, with a title.
type List struct {
	Sheet
	Title string // of the deed it belongs to
	Rows  []Row
}

// Invited lists the guests of a meeting.
func Invited(to locale.Speaker, l List) *document.Document {
	return l.paper(to, "letter.list.invited", document.A4(), columnName, columnPosition, columnAddress, columnPhone)
}

// Attendance lists who is expected, each with room to sign.
func Attendance(to locale.Speaker, l List) *document.Document {
	return l.paper(to, "letter.list.attendance", document.A4(), columnName, columnPosition, columnBranch, columnSign)
}

// Participants lists who went on a trip or came with a delegation.
func Participants(to locale.Speaker, l List) *document.Document {
	return l.paper(to, "letter.list.participants", document.A4(), columnName, columnBirth, columnBranch, columnPhone, columnSign)
}

// Longevity lists who is honoured for their age, what they receive and who visits.
func Longevity(to locale.Speaker, l List) *document.Document {
	return l.paper(to, "letter.list.longevity", document.A4Wide(), columnName, columnBirth, columnStep, columnAddress, columnBranch, columnAmount, columnGift, columnHelper, columnSign)
}

// Pupils lists who is rewarded, for what and with how much.
func Pupils(to locale.Speaker, l List) *document.Document {
	return l.paper(to, "letter.list.study", document.A4Wide(), columnName, columnSchool, columnPrize, columnAmount, columnGift, columnSign)
}

// Receivers lists who received what, each with room to sign.
func Receivers(to locale.Speaker, l List) *document.Document {
	return l.paper(to, "letter.list.given", document.A4(), columnName, columnAddress, columnAmount, columnGift, columnSign)
}

// column is one column of a list: its head, and what a row has there.
type column struct {
	key   string
	share float64
	align document.Align
	cell  func(w *writer, r Row) document.Cell
	sums  bool // its amounts are added up below
}

// words is a column of text.
func words(key string, share float64, of func(r Row) string) column {
	return column{key: key, share: share, cell: func(_ *writer, r Row) document.Cell { return document.C(of(r)) }}
}

func columnName() column { return words("letter.col.name", 3, func(r Row) string { return r.Name }) }

func columnPosition() column {
	return words("letter.col.position", 3, func(r Row) string { return r.Position })
}

func columnBranch() column {
	return words("letter.col.branch", 2.2, func(r Row) string { return r.Branch })
}

func columnAddress() column {
	return words("letter.col.address", 3.4, func(r Row) string { return r.Address })
}

func columnOrigin() column {
	return words("letter.col.origin", 3, func(r Row) string { return r.Origin })
}

func columnPhone() column {
	return words("letter.col.phone", 2.2, func(r Row) string { return strings.ReplaceAll(r.Phone, " ", "\u00a0") })
}

func columnSchool() column {
	return words("letter.col.school", 3, func(r Row) string { return r.Note })
}

func columnPrize() column {
	return words("letter.col.prize", 2.6, func(r Row) string { return r.Prize })
}

func columnGift() column { return words("letter.col.gift", 2, func(r Row) string { return r.Gift }) }

func columnHelper() column {
	return words("letter.col.visitor", 2.2, func(r Row) string { return r.Helper })
}

func columnNumber() column {
	return words("letter.col.number", 1.2, func(r Row) string { return r.Number })
}
func columnSign() column { return words("letter.col.sign", 1.8, func(Row) string { return "" }) }

func columnBirth() column {
	return column{key: "letter.col.birth", share: 1.2, align: document.Centre, cell: func(w *writer, r Row) document.Cell { return document.C(w.born(r.Birth)) }}
}

func columnStep() column {
	return column{key: "letter.col.age", share: 0.9, align: document.Centre, cell: func(w *writer, r Row) document.Cell {
		if r.Step == 0 {
			return document.C("")
		}
		return document.C(w.Number(int64(r.Step)))
	}}
}

func columnAmount() column {
	return column{key: "letter.col.amount", share: 1.8, align: document.Right, sums: true, cell: func(w *writer, r Row) document.Cell {
		if r.Amount.IsNone() {
			return document.C("")
		}
		return document.CR(w.figure(r.Amount))
	}}
}

// listRoom is how many rows stand ready for the pen where nobody is known.
const listRoom = 20

// paper lays out a list with its columns; a column that no row fills is left
// out, save the one to be signed. A list of nobody is a form to be filled by hand.
func (l List) paper(to locale.Speaker, key string, page document.Page, columns ...func() column) *document.Document {
	w := l.plainly(to, page)
	w.b.Title(to.Say("letter.list"), to.Say(key, orDots(l.Title)))
	total := to.Say("letter.list.total", len(l.Rows))
	if len(l.Rows) == 0 {
		total = to.Say("letter.list.total.blank")
	}
	w.b.Add(w.table(l.Rows, columns))
	w.b.Add(document.Note{Runs: document.Text(total)})
	w.b.Sign(document.Signature{Position: to.Say("letter.sign.writer"), Note: to.Say("paper.sign")}, l.House.Signature(to))
	return w.b.Paper()
}

func (w *writer) table(rows []Row, columns []func() column) document.Table {
	t := document.Table{Columns: []document.Column{{Head: w.Say("report.col.n"), Share: 0.7, Align: document.Centre}}}
	var used []column
	for _, make := range columns {
		c := make()
		filled := len(rows) == 0 || slices.ContainsFunc(rows, func(r Row) bool { return c.cell(w, r).Runs.Plain() != "" })
		if filled || c.key == "letter.col.sign" {
			used = append(used, c)
			t.Columns = append(t.Columns, document.Column{Head: w.Say(c.key), Share: c.share, Align: c.align})
		}
	}
	for i, r := range rows {
		cells := []document.Cell{document.C(w.Number(int64(i + 1)))}
		for _, c := range used {
			cells = append(cells, c.cell(w, r))
		}
		t.Add(cells...)
	}
	if len(rows) == 0 {
		w.blanks(&t)
	}
	w.total(&t, rows, used)
	return t
}

// blanks leaves rows for the pen.
func (w *writer) blanks(t *document.Table) {
	for i := range listRoom {
		cells := []document.Cell{document.C(w.Number(int64(i + 1)))}
		for range t.Columns[1:] {
			cells = append(cells, document.C(""))
		}
		t.Add(cells...)
	}
}

// total adds up the amounts of a list where all are in one currency.
func (w *writer) total(t *document.Table, rows []Row, used []column) {
	at := slices.IndexFunc(used, func(c column) bool { return c.sums })
	if at < 0 || len(rows) == 0 {
		return
	}
	var all []money.Amount
	for _, r := range rows {
		if !r.Amount.IsNone() {
			all = append(all, r.Amount)
		}
	}
	sum, err := money.Sum(all...)
	if err != nil || sum.IsNone() {
		return
	}
	cells := []document.Cell{document.CSpan(at+1, w.Say("common.total")), document.CR(w.figure(sum))}
	for range used[at+1:] {
		cells = append(cells, document.C(""))
	}
	t.AddTotal(cells...)
}

// Group is the members of one branch.
type Group struct {
	Name string
	Rows []Row
}

// Roll lists the members of a body by branch, as they stood on a day.
func Roll(to locale.Speaker, s Sheet, on calendar.Day, groups []Group) *document.Document {
	w := s.plainly(to, document.A4Wide())
	name := s.House.Names.In(string(to.Lang))
	w.b.Title(to.Say("letter.list"), to.Say("letter.list.roll", name, to.DatePaper(calendar.OnDay(on))))
	columns := []column{columnNumber(), columnName(), columnBirth(), columnOrigin(), columnAddress(), columnPhone()}
	t := document.Table{Size: 11, Columns: []document.Column{{Head: to.Say("report.col.n"), Share: 0.8, Align: document.Right}}}
	for _, c := range columns {
		t.Columns = append(t.Columns, document.Column{Head: to.Say(c.key), Share: c.share, Align: c.align})
	}
	n := 0
	for _, g := range groups {
		if len(groups) > 1 {
			t.AddGroup(document.C(""), document.CSpan(len(columns), g.Name+": "+to.Say("letter.members", len(g.Rows))))
		}
		for _, r := range g.Rows {
			n++
			cells := []document.Cell{document.C(to.Number(int64(n)))}
			for _, c := range columns {
				cells = append(cells, c.cell(w, r))
			}
			t.Add(cells...)
		}
	}
	w.b.Add(t, document.Note{Runs: document.Text(to.Say("letter.list.total", n))})
	w.b.Sign(document.Signature{Position: to.Say("letter.sign.writer"), Note: to.Say("paper.sign")}, s.House.Signature(to))
	return w.b.Paper()
}

// Board is the donors to hang up: only those who agreed to be named.
type Board struct {
	Sheet
	Subject string
	Gifts   []report.Gift // without a name: of those who did not agree
}

// Donors is the board of donors, the most first.
func Donors(to locale.Speaker, b Board) *document.Document {
	page := document.A4Wide()
	page.Unnumbered = true
	w := &writer{Speaker: to, sheet: b.Sheet, b: document.Compose(string(to.Lang), page)}
	paper := w.b.Paper()
	paper.Author = b.House.Names.In(string(to.Lang))
	paper.Title = document.Title{Kind: to.Say("letter.board"), Size: 24, Subject: b.Subject, Rule: true}
	paper.Title.Under = []document.Line{{Text: paper.Author, Size: 14}}
	t := document.Table{Size: 15, Open: true, Columns: []document.Column{
		{Head: to.Say("report.col.n"), Share: 1, Align: document.Centre},
		{Head: to.Say("report.col.donor"), Share: 8},
		{Head: to.Say("report.col.amount"), Share: 4, Align: document.Right},
	}}
	n := 0
	for _, g := range b.Gifts {
		if g.Name != "" {
			n++
			t.Add(document.C(to.Number(int64(n))), document.C(g.Name), document.CR(w.figure(g.Amount)))
		}
	}
	for _, g := range b.Gifts {
		if g.Name == "" {
			t.Add(document.C(""), document.C(to.Say("letter.board.unnamed")), document.CR(w.figure(g.Amount)))
		}
	}
	w.b.Add(t)
	paper.Signed = []document.SignatureRow{{Place: to.DateOfficial(b.House.Place, b.Date), Columns: []document.Signature{b.House.Signature(to)}}}
	return paper
}
