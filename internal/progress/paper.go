package progress

import (
	"strconv"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/office"
	"kith.app/internal/programme"
)

// Paper is how a plan stands on a day, to be signed: the count, the table of the
// targets, the bars, and the small charts where there are any. What goes on over
// the page is headed once.
func Paper(d office.Desk, r programme.Review, pictures ...chart.Picture) *document.Document {
	say, lang := d.To.Say, string(d.To.Lang)
	d.Sheet.Title(capitals(d.To, say("plan.paper.title")), say("plan.paper.subject", r.Plan.Titles.In(lang), d.To.DateShort(calendar.OnDay(r.On))))
	if r.Plan.Paper.Number != "" {
		d.Sheet.Say(say("plan.paper.by", PaperSaid(d.To, r.Plan.Paper)))
	}
	d.Sheet.Say(Said(d.To, r.Tally))
	for _, a := range r.Plan.Authorities {
		if t, ok := r.By[a.Code]; ok && len(r.Plan.Authorities) > 1 {
			d.Sheet.Say(say("plan.by.said", a.Names.In(lang), Said(d.To, t)))
		}
	}
	if r.Plan.Note != "" {
		d.Sheet.Say(r.Plan.Note)
	}
	d.Sheet.Add(Table(d.To, r))
	head := ""
	for _, p := range pictures {
		p.Table = chart.Table{} // the table above tells the same
		if p.Empty() {
			continue
		}
		if p.Title != head {
			head = p.Title
			d.Sheet.Section(head)
		}
		d.Sheet.Add(p.Blocks()...)
	}
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

// PaperSaid names a decision: its number, day and issuer, as far as they are known.
func PaperSaid(to locale.Speaker, p body.Paper) string {
	var parts []string
	for _, part := range []string{p.Title, p.Number} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if !p.Date.IsUnknown() {
		parts = append(parts, to.DateShort(p.Date))
	}
	if p.Issuer != "" {
		parts = append(parts, p.Issuer)
	}
	return strings.Join(parts, ", ")
}

// Table lists the targets of a plan with all that is known of each.
func Table(to locale.Speaker, r programme.Review) document.Table {
	say, lang := to.Say, string(to.Lang)
	t := document.Table{Size: 11, Columns: []document.Column{
		{Head: say("report.col.n"), Share: 0.5, Align: document.Centre}, {Head: say("plan.target"), Share: 3.6}, {Head: say("plan.unit"), Share: 1.2},
	}}
	for _, a := range r.Plan.Authorities {
		t.Columns = append(t.Columns, document.Column{Head: a.Names.In(lang), Group: group(to, r.Plan), Share: 1.1, Align: document.Right})
	}
	t.Columns = append(t.Columns,
		document.Column{Head: say("plan.actual"), Share: 1.2, Align: document.Right}, document.Column{Head: say("plan.actual.on"), Share: 1.1, Align: document.Right},
		document.Column{Head: say("plan.share"), Share: 1, Align: document.Right}, document.Column{Head: say("plan.last"), Share: 1.1, Align: document.Right},
		document.Column{Head: say("plan.change"), Share: 0.9, Align: document.Right}, document.Column{Head: say("plan.band"), Share: 1.9})
	heading := ""
	for _, l := range r.Lines {
		if g := l.Def.Group.In(lang); g != heading {
			heading = g
			t.AddGroup(document.CSpan(len(t.Columns), g))
		}
		t.Add(cells(to, r.Plan, l)...)
	}
	return t
}

func group(to locale.Speaker, p programme.Plan) string {
	if len(p.Authorities) < 2 {
		return ""
	}
	return to.Say("plan.plan")
}

func cells(to locale.Speaker, p programme.Plan, l programme.Progress) []document.Cell {
	lang := string(to.Lang)
	row := []document.Cell{document.C(l.Def.No), document.C(l.Def.Name(lang)), document.C(l.Def.Units.In(lang))}
	for _, a := range p.Authorities {
		v, planned := l.Def.By(a.Code)
		switch {
		case !planned:
			row = append(row, document.C(""))
		case l.Def.Direction == programme.YesNo:
			row = append(row, document.C(to.Say("plan.yes")))
		default:
			row = append(row, document.CR(document.Num(v.Plan.Said(to.Lang), v.Plan.String(), "")))
		}
	}
	actual, on, share, last := document.C(""), "", "", ""
	if l.Rat != nil {
		actual, on = figure(to, l), to.DateShort(calendar.OnDay(l.Actual.On))
	}
	if l.Share != nil {
		share = to.Percent(programme.Percent(l.Share))
	}
	if l.LastYear != nil {
		last = programme.Said(l.LastYear, to.Lang)
	}
	return append(row, actual, document.C(on), document.C(share), document.C(last), document.C(ChangeSaid(to, l.Change)), document.C(BandSaid(to, l)))
}

// figure is the cell of a figure: a number that a sheet can reckon with, where it is
// known exactly.
func figure(to locale.Speaker, l programme.Progress) document.Cell {
	if l.Def.Direction == programme.YesNo || l.Actual.Qualifier != 0 {
		return document.C(FigureSaid(to, l))
	}
	exact := l.Rat.FloatString(6)
	if digits, whole := l.Rat.FloatPrec(); whole && digits <= 6 {
		exact = l.Rat.FloatString(digits)
	}
	return document.CR(document.Num(programme.Said(l.Rat, to.Lang), exact, ""))
}

// BandSaid words how a line stands.
func BandSaid(to locale.Speaker, l programme.Progress) string {
	said := to.Say("plan.band." + string(l.Band))
	if l.Lost {
		said += " (" + to.Say("plan.lost") + ")"
	}
	return said
}

// RollPaper is how the plans of many bodies stand together; called names a body.
func RollPaper(d office.Desk, up programme.RolledUp, title, subject string, called func(programme.Review) string) *document.Document {
	say := d.To.Say
	d.Sheet.Title(capitals(d.To, title), subject)
	d.Sheet.Say(Said(d.To, up.Tally))
	t := document.Table{Columns: []document.Column{
		{Head: say("report.col.n"), Share: 0.5, Align: document.Centre},
		{Head: say("plan.body"), Share: 3},
		{Head: say("plan.band.met"), Share: 1, Align: document.Right},
		{Head: say("plan.band.over_half"), Share: 1, Align: document.Right},
		{Head: say("plan.band.under_half"), Share: 1, Align: document.Right},
		{Head: say("plan.band.no_data"), Share: 1, Align: document.Right},
		{Head: say("plan.targets"), Share: 1, Align: document.Right},
	}}
	count := func(n int) document.Cell {
		return document.CR(document.Num(d.To.Number(int64(n)), strconv.Itoa(n), ""))
	}
	for i, r := range up.Ranked() {
		t.Add(document.C(strconv.Itoa(i+1)), document.C(called(r)), count(r.Tally.Met), count(r.Tally.OverHalf), count(r.Tally.AtOrUnderHalf), count(r.Tally.NoData), count(r.Tally.Targets))
	}
	t.AddTotal(document.C(""), document.C(say("plan.all")), count(up.Tally.Met), count(up.Tally.OverHalf), count(up.Tally.AtOrUnderHalf), count(up.Tally.NoData), count(up.Tally.Targets))
	d.Sheet.Add(t)
	if len(up.Targets) > 0 {
		d.Sheet.Section(say("plan.roll.targets"))
		d.Sheet.Add(RollTable(d.To, up))
	}
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

// RollTable lists the targets that several plans have, added up.
func RollTable(to locale.Speaker, up programme.RolledUp) document.Table {
	say := to.Say
	t := document.Table{Columns: []document.Column{
		{Head: say("plan.target"), Share: 3},
		{Head: say("plan.unit"), Share: 1},
		{Head: say("plan.plan"), Share: 1, Align: document.Right},
		{Head: say("plan.actual"), Share: 1, Align: document.Right},
		{Head: say("plan.roll.made"), Share: 1.4, Align: document.Right},
		{Head: say("plan.share"), Share: 1, Align: document.Right},
		{Head: say("plan.roll.known"), Share: 1, Align: document.Right},
		{Head: say("plan.band"), Share: 1.4},
	}}
	for _, r := range up.Targets {
		share := ""
		if r.Share != nil {
			share = to.Percent(programme.Percent(r.Share))
		}
		t.Add(document.C(r.Def.Name(string(to.Lang))), document.C(r.Def.Units.In(string(to.Lang))), document.C(said(to, r.Plan)), document.C(said(to, r.Rat)), document.C(MadeOf(to, r)),
			document.C(share), document.C(strconv.Itoa(r.Known)+"/"+strconv.Itoa(len(r.Parts))), document.C(RolledSaid(to, r)))
	}
	return t
}

// MadeOf tells of what a rolled-up ratio is made: "109/1.000".
func MadeOf(to locale.Speaker, r programme.Rolled) string {
	if r.Den == nil || r.Num == nil {
		return ""
	}
	return programme.Said(r.Num, to.Lang) + "/" + programme.Said(r.Den, to.Lang)
}

// RolledSaid words how a rolled-up target stands.
func RolledSaid(to locale.Speaker, r programme.Rolled) string {
	switch {
	case r.Mixed:
		return to.Say("plan.roll.mixed")
	case r.Def.Rule == programme.Apart:
		return to.Say("plan.rule.apart")
	case r.Band == programme.NoData && r.Known > 0:
		return to.Say("plan.roll.partly")
	}
	return to.Say("plan.band." + string(r.Band))
}

// capitals writes in capitals where Vietnamese papers do.
func capitals(to locale.Speaker, text string) string {
	if to.Lang == locale.Vi {
		return strings.ToUpper(text)
	}
	return text
}
