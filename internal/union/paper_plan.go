package union

import (
	"cmp"
	"strconv"
	"strings"

	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/office"
)

// PlanPaper is a year's plan held against what was done. called names a deed.
func PlanPaper(d office.Desk, r Review, called func(deed.Deed) string) *document.Document {
	say := d.To.Say
	year := strconv.Itoa(r.Plan.Year)
	d.Sheet.Title(capitals(d.To, say("union.plan.paper.title")), say("union.plan.paper.subject", year))
	if r.Plan.Number != "" {
		d.Sheet.Say(say("union.plan.paper.number", r.Plan.Number, d.To.DatePaper(r.Plan.Day)))
	}
	if r.Plan.Motto != "" {
		d.Sheet.Say(say("union.plan.motto.said", r.Plan.Motto))
	}
	d.Sheet.Section(say("union.plan.paper.planned"))
	d.Sheet.Say(say("union.plan.paper.sum", len(r.Lines), r.By(Done), r.By(Missed)+r.By(Partial)+r.By(Left), r.By(Coming)+r.By(Begun)))
	d.Sheet.Add(planTable(d, r, called))
	d.Sheet.Section(say("union.plan.paper.outside"))
	if len(r.Outside) == 0 {
		d.Sheet.Say(say("union.plan.outside.none"))
	} else {
		var items []document.Runs
		for _, t := range r.Outside {
			items = append(items, document.Text(called(t.Deed)))
		}
		d.Sheet.Items(items...)
	}
	d.Sheet.Sign(d.Sign)
	return d.Sheet.Paper()
}

func planTable(d office.Desk, r Review, called func(deed.Deed) string) document.Table {
	say := d.To.Say
	t := document.Table{Size: 12, Columns: []document.Column{
		{Head: say("report.col.n"), Share: 0.6, Align: document.Centre},
		{Head: say("union.plan.text"), Share: 4},
		{Head: say("union.plan.when"), Share: 1.5},
		{Head: say("union.plan.who"), Share: 1.8},
		{Head: say("union.plan.paper.result"), Share: 3.4},
	}}
	for _, l := range r.Lines {
		result := say("union.plan.state." + string(l.State))
		for _, done := range l.Shown {
			result += "; " + called(done)
		}
		if l.Note != "" {
			result += ". " + l.Note
		}
		what := l.Text
		if l.Target != "" {
			what += " (" + l.Target + ")"
		}
		when := ""
		if !l.When.IsUnknown() {
			when = d.To.DateShort(l.When)
		}
		t.Add(document.C(strconv.Itoa(l.N)), document.C(what), document.C(when), document.C(cmp.Or(l.Name, l.Who)), document.C(result))
	}
	return t
}

// capitals writes in capitals where Vietnamese papers do.
func capitals(to locale.Speaker, text string) string {
	if to.Lang == locale.Vi {
		return strings.ToUpper(text)
	}
	return text
}
