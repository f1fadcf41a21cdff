package twin

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/report"
	"kith.app/internal/source"
	"kith.app/internal/tie"
)

// Part is one matter of the file in words: the page shows it as a card, the paper
// as a section.
type Part struct {
	Key   string // of its head in the catalogue, which also names it
	Head  string
	Facts []Fact
	Table *Table
	Lines []string
	Empty string // said where there is nothing
}

// Fact is one line of a part: what it is called and what it is.
type Fact struct{ Name, Text, Note, Ref string }

// Table is a part in rows.
type Table struct {
	Columns []Column
	Rows    [][]Cell
	Totals  [][]Cell
}

// Column is one column of a table.
type Column struct {
	Head   string
	Figure bool
	Chief  bool
	Share  float64
}

// Cell is one cell: several lines where it holds amounts of several currencies.
type Cell struct {
	Text  string
	Note  string
	Ref   string // "deed:17", "deeds:17,18", "person:17", "body:17", "promise:17", "tie:code"
	Exact string // a single amount for machines
	Unit  string
}

// Teller words a file in one language.
type Teller struct {
	locale.Speaker
	File File
}

// Tell begins to word a file.
func Tell(to locale.Speaker, f File) Teller { return Teller{to, f} }

func (t Teller) lang() string { return string(t.Lang) }

// Called gives what a tie is called: its title, or the names of the bodies that
// it first joined.
func (t Teller) Called() string {
	return CalledTie(t.Speaker, t.File.Tie.Tie, t.File.Bodies)
}

// CalledTie gives what a tie is called in a language.
func CalledTie(to locale.Speaker, one tie.Tie, bodies map[body.ID]body.Body) string {
	if title := one.Called(string(to.Lang)); title != "" {
		return title
	}
	var sides []string
	for side := 1; side <= one.Sides(); side++ {
		sides = append(sides, SideCalled(to, one, bodies, side))
	}
	return strings.Join(sides, " – ")
}

// namedMost is how many bodies a side is called by; the others are counted.
const namedMost = 2

// SideCalled gives what a side is called: by the bodies that first stood there, as
// they were called then.
func SideCalled(to locale.Speaker, one tie.Tie, bodies map[body.ID]body.Body, side int) string {
	var names []string
	more := 0
	for _, p := range one.Parties {
		if p.Side != side || p.Before != 0 {
			continue
		}
		if len(names) == namedMost {
			more++
			continue
		}
		b := bodies[p.Body]
		names = append(names, b.ShortOn(string(to.Lang), one.Signed().FirstOr(b.Ended.LastOr(calendar.Latest))))
	}
	said := strings.Join(names, ", ")
	if more > 0 {
		said = to.Say("twin.and.more", said, more)
	}
	return said
}

// side gives what a side of the file's tie is called.
func (t Teller) side(n int) string {
	if n <= 0 {
		return t.Say("twin.side.unsaid")
	}
	return SideCalled(t.Speaker, t.File.Tie.Tie, t.File.Bodies, n)
}

// body names a body as it was called on a day.
func (t Teller) body(id body.ID, on calendar.Day) string {
	return t.File.Bodies[id].NameOn(t.lang(), on)
}

// bodyNow names a body as it is called, or was called last.
func (t Teller) bodyNow(id body.ID) string {
	return t.body(id, min(t.File.On, t.File.Bodies[id].Ended.LastOr(calendar.Latest)))
}

// date writes a date, a dash where none is known.
func (t Teller) date(d calendar.Date) string {
	if d.IsUnknown() {
		return t.Say("twin.date.unknown")
	}
	return t.DateShort(d)
}

// dateOrNot writes a date, nothing where none is known.
func (t Teller) dateOrNot(d calendar.Date) string {
	if d.IsUnknown() {
		return ""
	}
	return t.DateShort(d)
}

// Paper words what a stage or an act rests on.
func (t Teller) Paper(p tie.Paper) string {
	said := joined(" ", p.Number, p.Title)
	if p.Issuer != "" {
		said = joined(", ", said, p.Issuer)
	}
	if !p.Date.IsUnknown() {
		said = joined(", ", said, t.DateShort(p.Date))
	}
	return said
}

// Source words where a fact was read.
func (t Teller) Source(s source.Source) string {
	said := joined(", ", s.Title, s.Where)
	if s.Quote != "" {
		said = joined(": ", said, "“"+s.Quote+"”")
	}
	return said
}

// joined joins what there is.
func joined(by string, all ...string) string {
	var some []string
	for _, one := range all {
		if one = strings.TrimSpace(one); one != "" {
			some = append(some, one)
		}
	}
	return strings.Join(some, by)
}

// Sum writes one amount with how exactly it is known.
func (t Teller) Sum(s Sum) string {
	said := t.amount(s)
	if s.Stage != deed.Given {
		said += " (" + t.Say("deed.stage."+string(s.Stage)) + ")"
	}
	return said
}

func (t Teller) amount(s Sum) string {
	how := s.Qualifier().String()
	switch {
	case s.Unit.HasCurrency():
		return t.Qualified(t.Money(money.Of(s.Quantity, s.Currency)), how)
	case s.Unit == deed.WorkDays && s.Quantity%10 != 0:
		return t.Say("deed.count.workdays", t.Qualified(locale.Decimal(s.Quantity, 1, t.Lang), how))
	case s.Unit == deed.WorkDays:
		return t.Say("deed.count.workdays", t.Qualified(t.Number(s.Quantity/10), how))
	case s.Qualifier() == deed.Exact:
		return t.Say("deed.count."+string(s.Unit), s.Quantity)
	}
	return t.Qualified(t.Say("deed.count."+string(s.Unit), s.Quantity), how)
}

// sums is a cell of amounts, each on its line.
func (t Teller) sums(all Sums) Cell {
	var lines []string
	for _, s := range all {
		lines = append(lines, t.Sum(s))
	}
	c := Cell{Text: strings.Join(lines, "\n"), Ref: madeOf(all)}
	if len(all) == 1 && all[0].Unit.HasCurrency() {
		c.Exact, c.Unit = strings.ReplaceAll(locale.Decimal(all[0].Quantity, all[0].Currency.Digits(), locale.En), ",", ""), string(all[0].Currency)
	} else if len(all) == 1 && all[0].Unit != deed.WorkDays {
		c.Exact = strconv.FormatInt(all[0].Quantity, 10)
	}
	return c
}

// deedsMost is up to how many deeds a figure leads to.
const deedsMost = 200

// madeOf refers to the deed, or the deeds, that a figure is made of.
func madeOf(all Sums) string {
	var ids []string
	for _, s := range all {
		for _, id := range s.Deeds {
			if one := strconv.FormatInt(int64(id), 10); !slices.Contains(ids, one) {
				ids = append(ids, one)
			}
		}
	}
	switch {
	case len(ids) == 0 || len(ids) > deedsMost:
		return ""
	case len(ids) == 1:
		return "deed:" + ids[0]
	}
	return "deeds:" + strings.Join(ids, ",")
}

// party names somebody who took part in a deed.
func (t Teller) party(p deed.Party, on calendar.Day) string {
	switch {
	case p.Body != 0 && t.File.Bodies[p.Body].ID != 0:
		return t.body(p.Body, on)
	case p.Person != 0 && t.File.People[p.Person] != "":
		return t.File.People[p.Person]
	}
	return p.Name
}

// Heads names who led a visit, with their position.
func (t Teller) Heads(v VisitLine) string {
	var names []string
	for _, p := range v.Heads() {
		names = append(names, joined(", ", t.party(p, v.Deed.Day.LastOr(t.File.On)), p.Detail.Rank, p.Note))
	}
	return strings.Join(names, "; ")
}

// Status words how the tie stands.
func (t Teller) Status() string { return t.Say("tie.status." + string(t.File.Tie.Standing.Status)) }

// Silence says how long ago the last contact was.
func (t Teller) Silence() string { return SilenceOf(t.Speaker, t.File.Tie.Standing) }

// SilenceOf says how long ago the last contact of a tie was, at least, where its
// day is not known; empty where no contact is.
func SilenceOf(to locale.Speaker, s tie.Standing) string {
	switch {
	case s.Days < 0:
		return ""
	case s.Exact:
		return to.Say("tie.silence", s.Days)
	}
	return to.Say("tie.silence.least", s.Days)
}

// Who names who promised something.
func (t Teller) Who(p tie.Promise) string {
	if p.Who != "" {
		return p.Who
	}
	if p.Body != 0 {
		return t.body(p.Body, p.Made.LastOr(t.File.On))
	}
	return t.side(p.Side)
}

// Promised words what was promised, with the amount where one was stated.
func (t Teller) Promised(p tie.Promise) string {
	said := p.Text
	if !p.Amount.IsNone() && p.Amount.Minor != 0 {
		said = joined(" · ", said, t.Money(p.Amount))
	}
	if p.Quantity != 0 {
		said = joined(" · ", said, t.Number(p.Quantity)+" "+p.Unit)
	}
	return said
}

// Figure writes a stated figure with its day.
func (t Teller) Figure(s deed.Stated) string {
	said := t.Qualified(t.Number(s.Quantity), s.Qualifier.String())
	return joined(" · ", said, t.dateOrNot(s.Day))
}

// title names an office.
func (t Teller) title(a Answer) string {
	if a.Kind == "" {
		return a.Office
	}
	return report.OfficeTitle(t.Speaker, a.Kind, a.Office)
}

// Member names one of the committee.
func (t Teller) Member(m tie.Member) string {
	name := m.Name
	if m.Person != person.ID(0) && t.File.People[m.Person] != "" {
		name = t.File.People[m.Person]
	}
	return joined(", ", name, m.Office)
}
