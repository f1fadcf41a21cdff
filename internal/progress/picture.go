package progress

import (
	"context"
	"math"
	"math/big"
	"strconv"

	"kith.app/internal/calendar"
	"kith.app/internal/chart"
	"kith.app/internal/locale"
	"kith.app/internal/programme"
)

// tones are the tones of the bands.
var tones = map[programme.Band]chart.Tone{programme.Met: chart.Good, programme.OverHalf: chart.Warn, programme.UnderHalf: chart.Bad, programme.NoData: chart.Plain}

// longestBar bounds how long a bar grows, in per cent of the plan: what goes far
// beyond is told by its number.
const longestBar = 150

// Bars draws every target against its plan; to leads from a target to its page.
func Bars(to locale.Speaker, r programme.Review, title string) chart.Picture {
	return chart.DrawBars(bars(to, r, title))
}

func bars(to locale.Speaker, r programme.Review, title string) chart.Bars {
	b := chart.Bars{
		Title: title, Told: Said(to, r.Tally),
		Guides: []chart.Guide{{At: 50, Name: to.Percent(500)}, {At: 100, Name: to.Say("plan.bar.plan")}},
	}
	for _, band := range programme.Bands()[:3] {
		b.Keys = append(b.Keys, chart.Key{Tone: tones[band], Name: to.Say("plan.band." + string(band))})
	}
	for _, l := range r.Lines {
		row := chart.BarRow{Name: l.Def.No + ". " + l.Def.Name(string(to.Lang)), Value: math.NaN(), Plan: math.NaN(), Said: to.Say("plan.band.no_data"), Tone: tones[l.Band]}
		if l.Rat != nil {
			row.Said = FigureSaid(to, l)
			row.Value = 0
			if l.Share != nil {
				share, _ := l.Share.Float64()
				row.Value = min(max(share*100, 0), longestBar)
				row.Said += " · " + to.Percent(programme.Percent(l.Share))
			} else if l.Band == programme.Met {
				row.Value = 100
			}
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// Said counts targets by band in a sentence: "8/36 met, 11/36 over half".
func Said(to locale.Speaker, t programme.Tally) string {
	n := strconv.Itoa
	return to.Say("plan.tally.said", n(t.Met), n(t.Targets), n(t.OverHalf), n(t.AtOrUnderHalf), n(t.NoData))
}

// FigureSaid words the figure of a line with its unit: "12 xã", "trên 48 triệu đồng".
func FigureSaid(to locale.Speaker, l programme.Progress) string {
	if l.Rat == nil || l.Actual == nil {
		return to.Say("plan.band.no_data")
	}
	if l.Def.Direction == programme.YesNo {
		if l.Rat.Sign() > 0 {
			return to.Say("plan.yes")
		}
		return to.Say("plan.no")
	}
	said := to.Qualified(programme.Said(l.Rat, to.Lang), qualifier(l.Actual))
	return WithUnit(to, said, l.Def)
}

// qualifier is the code of how exactly a figure is known; empty for exactly.
func qualifier(a *programme.Actual) string {
	if a.Qualifier == 0 {
		return ""
	}
	return a.Qualifier.String()
}

// WithUnit sets the unit of a target behind a number.
func WithUnit(to locale.Speaker, said string, d programme.Definition) string {
	unit := d.Units.In(string(to.Lang))
	switch unit {
	case "":
		return said
	case "%":
		return said + "%"
	}
	return said + " " + unit
}

// PlanSaid words what was planned.
func PlanSaid(to locale.Speaker, d programme.Definition, v programme.Value) string {
	if d.Direction == programme.YesNo {
		return to.Say("plan.yes")
	}
	said := WithUnit(to, v.Plan.Said(to.Lang), d)
	if d.Direction == programme.Less {
		return "≤ " + said
	}
	return said
}

// ChangeSaid words a change on the year before: "+7,5%".
func ChangeSaid(to locale.Speaker, change *big.Rat) string {
	if change == nil {
		return ""
	}
	tenths := programme.Percent(change)
	said := to.Percent(max(tenths, -tenths))
	switch {
	case tenths > 0:
		return "+" + said
	case tenths < 0:
		return "−" + said
	}
	return said
}

// months are the last twelve months of a plan up to a day, by the number each has in
// its year.
func months(p programme.Plan, on calendar.Day) (first calendar.Day, names [12]string) {
	year, month, _ := p.Period.From.Civil()
	first = calendar.DayOf(year, month, 1)
	for first.AddMonths(12) <= p.Held(on) {
		first = first.AddMonths(12)
	}
	for i := range names {
		_, m, _ := first.AddMonths(i).Civil()
		names[i] = strconv.Itoa(int(m))
	}
	return first, names
}

// Months draws a small chart for each target: what was reached by the end of each
// month, and of the same month a year before.
func Months(ctx context.Context, b Book, to locale.Speaker, file programme.PlanFile, on calendar.Day, title string) (chart.Picture, error) {
	m, err := monthsOf(ctx, b, to, file, on, title)
	if err != nil {
		return chart.Picture{}, err
	}
	return chart.DrawMonths(m), nil
}

func monthsOf(ctx context.Context, b Book, to locale.Speaker, file programme.PlanFile, on calendar.Day, title string) (chart.Months, error) {
	first, names := months(file.Plan, on)
	m := chart.Months{Title: title, Told: title, Names: names, Table: chart.Table{Head: []string{to.Say("plan.months.table")}}}
	for _, name := range names {
		m.Table.Head = append(m.Table.Head, name)
	}
	m.Now, m.Before = to.Say("plan.months.now"), to.Say("plan.months.before")
	before, found, err := yearBefore(ctx, b, file.Plan)
	if err != nil {
		return m, err
	}
	for _, f := range file.Targets {
		v, there := f.On(file.Plan.Held(on))
		if !there || v.Def.Dropped || v.Def.Direction == programme.YesNo {
			continue
		}
		row := []chart.Cell{{Text: v.Def.No + ". " + v.Def.Name(string(to.Lang))}}
		p := chart.Panel{Name: v.Def.No + ". " + v.Def.Name(string(to.Lang)), Said: v.Def.Units.In(string(to.Lang))}
		for i := range 12 {
			p.Now[i], p.Before[i] = math.NaN(), math.NaN()
			month := calendar.Period{From: first.AddMonths(i), To: first.AddMonths(i+1) - 1}
			row = append(row, chart.Cell{Figure: true})
			if month.From > file.Plan.Held(on) {
				continue
			}
			now, last, err := monthly(ctx, b, file.Plan, f, calendar.Period{From: month.From, To: min(month.To, file.Plan.Held(on))})
			if err != nil {
				return m, err
			}
			if last == nil && found {
				last = reportedWithin(before, f.Code, month)
			}
			p.Now[i], p.Before[i] = number(now), number(last)
			row[i+1].Text = said(to, now)
			if last != nil {
				row[i+1].Text += " (" + said(to, last) + ")"
			}
			for _, w := range f.Versions {
				if w.Breaks && month.Contains(w.Since) {
					p.Break, m.BreakSaid = i+1, to.Say("plan.break.said")
				}
			}
		}
		if known(p) {
			m.Panels = append(m.Panels, p)
			m.Table.Rows = append(m.Table.Rows, row)
		}
	}
	return m, nil
}

// leaf is a page of a paper lying on its side: its letters are printed of nine
// points.
var leaf = chart.Leaf{Width: 1000, Depth: 555, Last: 410}

// Leaves draws bars and small charts over the pages of a paper, each as wide as the
// page.
func Leaves(ctx context.Context, b Book, to locale.Speaker, file programme.PlanFile, r programme.Review) ([]chart.Picture, error) {
	m, err := monthsOf(ctx, b, to, file, r.On, to.Say("plan.months.head"))
	if err != nil {
		return nil, err
	}
	before := leaf
	if len(m.Panels) > 0 {
		before.Last = before.Depth
	}
	return append(bars(to, r, to.Say("plan.bars.head")).Sheets(before), m.Sheets(leaf)...), nil
}

// known tells whether anything of a panel is.
func known(p chart.Panel) bool {
	for i := range 12 {
		if !math.IsNaN(p.Now[i]) || !math.IsNaN(p.Before[i]) {
			return true
		}
	}
	return false
}

// monthly is what a target had reached by the end of a month, and a year before.
func monthly(ctx context.Context, b Book, p programme.Plan, f programme.File, month calendar.Period) (now, last *big.Rat, err error) {
	v, _ := f.On(month.To)
	if code := v.Def.Measure; code != "" {
		a, err := measured(ctx, b, p, code, calendar.Period{From: p.Period.From, To: month.To})
		if err != nil || a == nil || programme.StockMeasure(code) {
			if a != nil {
				now = a.Computed
			}
			return now, nil, err
		}
		was, err := measured(ctx, b, p, code, calendar.Period{From: p.Period.From.AddYears(-1), To: month.To.AddYears(-1)})
		if err == nil && was != nil && was.Computed.Sign() != 0 {
			last = was.Computed
		}
		return a.Computed, last, err
	}
	for _, a := range f.Actuals {
		if month.Contains(a.On) {
			now, last = a.Rat(v.Def.Per), nil
			if a.LastYear != nil {
				last = a.LastYear.Rat()
			}
		}
	}
	return now, last, nil
}

// reportedWithin is the last figure of a month that the plan of the year before had.
func reportedWithin(before programme.PlanFile, code string, month calendar.Period) *big.Rat {
	var last *big.Rat
	for _, f := range before.Targets {
		for _, a := range f.Actuals {
			if f.Code == code && month.YearsEarlier(1).Contains(a.On) {
				last = a.Rat(f.Def.Per)
			}
		}
	}
	return last
}

func number(r *big.Rat) float64 {
	if r == nil {
		return math.NaN()
	}
	f, _ := r.Float64()
	return f
}

func said(to locale.Speaker, r *big.Rat) string {
	if r == nil {
		return ""
	}
	return programme.Said(r, to.Lang)
}
