package delegation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/office"
)

// Printed is a delegation as its papers name it.
type Printed struct {
	Told
	Title     string
	Countries string
	Named     []Named // head first
	Met       []string
	Gifts     []Gift
	Whose     []string // who gave or received each of the gifts
	Paid      string   // by whom how much
	Points    []string // what the book knows that a speech may tell
}

// Named is a member on paper. No paper shows travel papers.
type Named struct {
	Name string
	Rank string
	Head bool
	Note string
}

func capitals(to locale.Speaker, text string) string {
	if to.Lang == locale.Vi {
		return strings.ToUpper(text)
	}
	return text
}

// head writes what every paper of a delegation begins with.
func (p Printed) head(d office.Desk, what string) {
	say := d.To.Say
	d.Sheet.Title(capitals(d.To, say("delegation.paper."+what)), p.Title)
	under := d.To.DateLong(p.Deed.Day)
	if p.Countries != "" {
		under += " · " + p.Countries
	}
	d.Sheet.Paper().Title.Under = []document.Line{{Text: under, Size: 13, Italic: true}}
}

// ProgrammePaper is the programme of a visit, day by day.
func ProgrammePaper(d office.Desk, p Printed) *document.Document {
	p.head(d, "programme")
	p.programme(d)
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

// programme writes the stops, day by day.
func (p Printed) programme(d office.Desk) {
	say := d.To.Say
	t := document.Table{Columns: []document.Column{{Head: say("delegation.hour"), Share: 1.4}, {Head: say("delegation.stop.what.label"), Share: 4.4}, {Head: say("deed.form.place"), Share: 2.4}, {Head: say("delegation.stop.who"), Share: 2}}}
	var last calendar.Day
	for _, s := range p.Visit.Stops {
		if s.Day != last {
			t.AddGroup(document.CSpan(4, d.To.DateLong(calendar.OnDay(s.Day))))
			last = s.Day
		}
		t.Add(document.C(s.Hour), document.C(s.What), document.C(s.Where), document.C(s.Who))
	}
	if len(p.Visit.Stops) == 0 {
		for range 8 { // room for the pen
			t.Add(document.C(""), document.C(""), document.C(""), document.C(""))
		}
	}
	d.Sheet.Add(t)
}

// MembersPaper is the list of a delegation.
func MembersPaper(d office.Desk, p Printed) *document.Document {
	p.head(d, "members")
	p.members(d)
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

// members writes who comes or goes.
func (p Printed) members(d office.Desk) {
	say := d.To.Say
	t := document.Table{Columns: []document.Column{{Head: say("report.col.n"), Share: 0.6, Align: document.Centre}, {Head: say("delegation.member.name"), Share: 3.4}, {Head: say("delegation.rank"), Share: 4}, {Head: say("common.note"), Share: 2}}}
	for i, m := range p.Named {
		note := m.Note
		if m.Head {
			note = strings.TrimPrefix(say("delegation.head")+", "+note, ", ")
			note = strings.TrimSuffix(note, ", ")
		}
		t.Add(document.C(strconv.Itoa(i+1)), document.C(m.Name), document.C(m.Rank), document.C(note))
	}
	d.Sheet.Add(t)
	if n, _ := People(p.Deed); int(n) > len(p.Named) {
		d.Sheet.Say(say("delegation.paper.unnamed", n, len(p.Named)))
	}
}

// GiftsPaper is the list of gifts of a visit, both ways.
func GiftsPaper(d office.Desk, p Printed) *document.Document {
	p.head(d, "gifts")
	p.gifts(d, Given, Received)
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

// gifts writes the gifts of some ways.
func (p Printed) gifts(d office.Desk, ways ...Way) {
	say := d.To.Say
	for _, way := range ways {
		d.Sheet.Section(say("gift.way." + string(way)))
		t := document.Table{Columns: []document.Column{{Head: say("report.col.n"), Share: 0.6, Align: document.Centre}, {Head: say("gift.item"), Share: 3.4}, {Head: say("gift.pieces"), Share: 1, Align: document.Right}, {Head: say("gift.value"), Share: 2, Align: document.Right}, {Head: say("gift.other"), Share: 3}, {Head: say("gift.place"), Share: 2}}}
		n := 0
		for i, g := range p.Gifts {
			if g.Way != way {
				continue
			}
			n++
			value := ""
			if !g.Value.IsNone() {
				value = d.To.Money(g.Value)
			}
			t.Add(document.C(strconv.Itoa(n)), document.C(g.Item), document.C(strconv.FormatInt(max(1, g.Count), 10)), document.C(value), document.C(p.Whose[i]), document.C(g.Place))
		}
		if n == 0 {
			d.Sheet.Say(say("gift.paper.none"))
			continue
		}
		d.Sheet.Add(t)
	}
}

// SpeechPaper is what is to be said at the meeting: the text as it was drafted, and
// below it what the book knows that may be told.
func SpeechPaper(d office.Desk, p Printed) *document.Document {
	p.head(d, "speech")
	p.speech(d)
	return d.Sheet.Paper()
}

func (p Printed) speech(d office.Desk) {
	line(d, "delegation.speaker", p.Visit.Speaker)
	for l := range strings.Lines(p.Visit.Speech) {
		d.Sheet.Say(strings.TrimSpace(l))
	}
	if p.Visit.Speech == "" {
		d.Sheet.Say(d.To.Say("delegation.part.speech.none"))
	}
	list(d, "delegation.points", p.Points)
}

// PlanPaper is everything of a visit that is to come: who, the programme, the
// speech, the gifts, the cost.
func PlanPaper(d office.Desk, p Printed) *document.Document {
	say := d.To.Say
	p.head(d, "plan")
	line(d, "delegation.purpose", p.Visit.Purpose)
	line(d, "delegation.permission", said(d, p.Visit.Permission))
	d.Sheet.Section(say("delegation.part.member"))
	p.members(d)
	d.Sheet.Section(say("delegation.part.stop"))
	p.programme(d)
	d.Sheet.Section(say("delegation.part.speech"))
	p.speech(d)
	p.gifts(d, Given)
	d.Sheet.Section(say("delegation.estimate"))
	for _, c := range p.Visit.Costs {
		amount := ""
		if !c.Amount.IsNone() {
			amount = d.To.Money(c.Amount)
		}
		d.Sheet.Say(strings.TrimSuffix(d.To.Say("desk.colon", say("delegation.cost."+c.Kind))+" "+strings.Join(nonEmpty(amount, say("delegation.payer."+string(c.Payer)), c.Name, c.Note), " · "), " "))
	}
	d.Sheet.Say(cmp.Or(p.Paid, say("delegation.part.cost.none")))
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

func nonEmpty(parts ...string) []string {
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// ReportPaper is the report after a visit.
func ReportPaper(d office.Desk, p Printed) *document.Document {
	say, v := d.To.Say, p.Visit
	p.head(d, "report")
	d.Sheet.Section(say("delegation.about"))
	for _, f := range []struct{ key, text string }{
		{"delegation.purpose", v.Purpose}, {"delegation.invitation", said(d, v.Invitation)}, {"delegation.permission", said(d, v.Permission)},
	} {
		line(d, f.key, f.text)
	}
	var named []document.Runs
	for _, m := range p.Named {
		named = append(named, document.Text(strings.TrimSuffix(m.Name+", "+m.Rank, ", ")))
	}
	d.Sheet.Section(say("delegation.part.member"))
	if len(named) > 0 {
		d.Sheet.Items(named...)
	}
	n, how := People(p.Deed)
	d.Sheet.Say(say("delegation.people.text", d.To.Qualified(d.To.Number(n), how.String())))
	list(d, "delegation.part.reception", p.Met)
	var signed, promised []string
	for _, s := range v.Signed {
		signed = append(signed, strings.TrimSuffix(s.Title+", "+s.Number, ", "))
	}
	for _, pr := range v.Promises {
		side := "theirs"
		if pr.Ours {
			side = "ours"
		}
		text := say("delegation.promise."+side) + ": " + pr.Text
		if !pr.Due.IsUnknown() {
			text += " (" + d.To.DateShort(pr.Due) + ")"
		}
		promised = append(promised, text)
	}
	list(d, "delegation.part.signed", signed)
	list(d, "delegation.part.promise", promised)
	var gifts []string
	for i, g := range p.Gifts {
		gifts = append(gifts, say("gift.way."+string(g.Way))+": "+strings.TrimSuffix(g.Item+", "+p.Whose[i], ", "))
	}
	list(d, "gift.list", gifts)
	d.Sheet.Section(say("delegation.part.cost"))
	d.Sheet.Say(cmp.Or(p.Paid, say("delegation.part.cost.none")))
	d.Sheet.Section(say("delegation.outcome"))
	if v.Outcome == "" {
		d.Sheet.Add(document.Fields{Items: []document.Field{document.Blank("")}, Extra: 6})
	}
	for l := range strings.Lines(v.Outcome) {
		d.Sheet.Say(strings.TrimSpace(l))
	}
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

func line(d office.Desk, key, text string) {
	if text != "" {
		d.Sheet.Say(d.To.Say("desk.colon", d.To.Say(key)) + " " + text)
	}
}

func list(d office.Desk, key string, items []string) {
	if len(items) == 0 {
		return
	}
	d.Sheet.Section(d.To.Say(key))
	var all []document.Runs
	for _, i := range items {
		all = append(all, document.Text(i))
	}
	d.Sheet.Items(all...)
}

// said names a letter or decision in one line.
func said(d office.Desk, p Paper) string {
	if p.IsZero() {
		return ""
	}
	parts := []string{p.From, p.Number}
	if !p.Day.IsUnknown() {
		parts = append(parts, d.To.DateShort(p.Day))
	}
	return strings.Trim(strings.Join(parts, ", "), ", ")
}

// Led names the head among the parties of a deed.
func Led(d deed.Deed) (deed.Party, bool) {
	for _, p := range d.Parties {
		if p.Role == deed.Head {
			return p, true
		}
	}
	return deed.Party{}, false
}
