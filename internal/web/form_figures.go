package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/reporting"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// shown is a sum as pages and workbooks need it.
type shown struct {
	qty    int64
	counts deed.Counts
}

// byBody are the figures of one period, by body and question.
type byBody map[body.ID]map[int64]shown

// sumsIn reads what bodies reported in one period, each with all below it.
func (q *request) sumsIn(f reporting.Form, of []body.ID, questions []int64, p calendar.Period) (byBody, error) {
	all, err := q.view().FormSums(q.Context(), f.ID, of, questions, []calendar.Period{p})
	if err != nil {
		return nil, err
	}
	by := byBody{}
	for _, one := range all {
		if by[one.Body] == nil {
			by[one.Body] = map[int64]shown{}
		}
		by[one.Body][one.Question] = shown{one.Qty, one.Counts}
	}
	return by, nil
}

// formFigures shows what one question adds up to: by body below, along twelve
// months, against last year.
func (s *Server) formFigures(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.formName(a.f)), Tabs: q.formTabs(a.f, a.p)}
	p.Shell.Crumbs, p.Shell.Lead = q.formCrumbs(), q.periodSaid(a.f.Every, a.p)
	figures := a.f.Figures()
	if len(figures) == 0 {
		p.Parts = []page.DeskPart{{Lines: []string{q.say("reporting.figures.none")}}}
		return q.show(page.Desk(p))
	}
	one := figures[0]
	if i := slices.IndexFunc(figures, func(o reporting.Question) bool { return idText(o.N) == q.value("question") }); i >= 0 {
		one = figures[i]
	}
	p.Parts = []page.DeskPart{q.figuresFilterPart(a, one, figures)}
	for _, part := range []func(progressAsked, reporting.Question) (*page.DeskPart, error){q.rankPart, q.seriesPart, q.likePart} {
		made, err := part(a, one)
		if err != nil {
			return err
		}
		if made != nil {
			p.Parts = append(p.Parts, *made)
		}
	}
	return q.show(page.Desk(p))
}

func (q *request) figuresFilterPart(a progressAsked, one reporting.Question, figures []reporting.Question) page.DeskPart {
	var questions []page.Option
	for _, o := range figures {
		questions = append(questions, page.Option{Value: idText(o.N), Text: q.questionName(o)})
	}
	at := ""
	if a.at != 0 {
		at = idText(a.at)
	}
	return page.DeskPart{Plain: true, Filter: &page.DeskFilter{
		Head: page.FilterHead{Action: formPath(a.f) + "/figures", NoBox: true},
		Fields: []templ.Component{
			page.Select(q.reader, page.Field{Name: "question", Label: q.say("reporting.question"), Value: idText(one.N)}, questions),
			page.Select(q.reader, page.Field{Name: "period", Label: q.say("reporting.period"), Value: a.f.Every.Code(a.p)}, q.periodOptions(a.f)),
			page.Hidden("at", at),
		},
	}}
}

// below lists the bodies that a level is made up of.
func (q *request) below(a progressAsked) (store.FormProgress, []body.ID, error) {
	progress, err := q.view().FormProgress(q.Context(), a.f.ID, a.p, a.at)
	if err != nil {
		return progress, nil, err
	}
	ids := make([]body.ID, 0, len(progress.Below))
	for _, b := range progress.Below {
		ids = append(ids, b.Body)
	}
	return progress, ids, nil
}

// rankPart ranks the bodies below by a question, against the year before.
func (q *request) rankPart(a progressAsked, one reporting.Question) (*page.DeskPart, error) {
	progress, ids, err := q.below(a)
	if err != nil {
		return nil, err
	}
	names, err := q.bodiesCalled(ids)
	if err != nil {
		return nil, err
	}
	of := ids
	if a.at != 0 {
		of = append(slices.Clone(ids), a.at)
	}
	now, err := q.sumsIn(a.f, of, []int64{one.N}, a.p)
	if err != nil {
		return nil, err
	}
	then, err := q.sumsIn(a.f, of, []int64{one.N}, a.f.Every.YearEarlier(a.p))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(ids, func(x, y body.ID) int {
		return cmp.Or(cmp.Compare(now[y][one.N].qty, now[x][one.N].qty), strings.Compare(names[x], names[y]))
	})
	deep := map[body.ID]bool{}
	for _, b := range progress.Below {
		deep[b.Body] = b.Deep
	}
	t := page.Table{
		ID: "ranks", Caption: q.questionName(one),
		Columns: []page.Column{
			{Head: q.say("reporting.rank"), Figure: true},
			{Head: q.say("reporting.unit"), Chief: true},
			{Head: q.periodSaid(a.f.Every, a.p), Figure: true},
			{Head: q.say("reporting.year.before"), Figure: true},
			{Head: q.say("reporting.change"), Figure: true},
		},
		Empty: page.Empty{Glyph: page.GlyphReport, Head: q.say("reporting.figures.empty"), Text: q.say("reporting.figures.empty.text")},
	}
	rank := 0
	for i, id := range ids {
		if i == 0 || now[id][one.N].qty != now[ids[i-1]][one.N].qty {
			rank = i + 1
		}
		href := inPeriod(unitPath(a.f, id), a.f, a.p)
		if deep[id] {
			href = inPeriod(formPath(a.f)+"/figures", a.f, a.p) + "&question=" + idText(one.N) + "&at=" + idText(id)
		}
		place := q.speaker().Number(int64(rank))
		if now[id][one.N].counts.Lines() == 0 {
			place = "" // who said nothing has no rank
		}
		t.Rows = append(t.Rows, page.Row{Href: href, Cells: q.rankCells(one, place, names[id], now[id][one.N], then[id][one.N])})
	}
	t.Total = q.rankCells(one, "", q.say("common.total"), totalOf(now, a.at, ids, one.N), totalOf(then, a.at, ids, one.N))
	tail := "?period=" + a.f.Every.Code(a.p)
	if a.at != 0 {
		tail += "&at=" + idText(a.at)
	}
	return &page.DeskPart{Plain: true, Table: &t, Print: true, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: formPath(a.f) + "/figures.xlsx" + tail}}}, nil
}

// totalOf is the figure of a level itself, or of all its parts where none stands
// above them.
func totalOf(by byBody, at body.ID, ids []body.ID, n int64) shown {
	if at != 0 {
		return by[at][n]
	}
	var all shown
	for _, id := range ids {
		one := by[id][n]
		all.qty, all.counts = all.qty+one.qty, all.counts.Add(one.counts)
	}
	return all
}

func (q *request) rankCells(one reporting.Question, rank, name string, now, then shown) []page.Cell {
	said := func(s shown) string {
		if s.counts.Lines() == 0 {
			return "–" // nobody said anything: not nought
		}
		return q.figureSaid(one, s.qty, s.counts.Qualifier().String())
	}
	return []page.Cell{{Text: rank}, {Text: name}, {Text: said(now)}, {Text: said(then)}, {Text: q.grown(now, then)}}
}

// grown is by how much a figure grew or fell, where both are known.
func (q *request) grown(now, then shown) string {
	if now.counts.Lines() == 0 || then.counts.Lines() == 0 || then.qty == 0 {
		return "–"
	}
	tenths := (now.qty - then.qty) * 1000 / then.qty
	said := q.speaker().Percent(max(tenths, -tenths))
	switch {
	case tenths > 0:
		return "+" + said
	case tenths < 0:
		return "−" + said
	}
	return said
}

// seriesPart draws twelve months of a question.
func (q *request) seriesPart(a progressAsked, one reporting.Question) (*page.DeskPart, error) {
	of := []body.ID{a.at}
	if a.at == 0 {
		var err error
		if _, of, err = q.below(a); err != nil {
			return nil, err
		}
	}
	periods := a.f.YearOf(a.p)
	all, err := q.view().FormSums(q.Context(), a.f.ID, of, []int64{one.N}, periods)
	if err != nil {
		return nil, err
	}
	sums := map[calendar.Day]shown{}
	for _, s := range all {
		was := sums[s.Period]
		sums[s.Period] = shown{was.qty + s.Qty, was.counts.Add(s.Counts)}
	}
	chart := page.Series{Title: q.questionName(one)}
	for _, p := range periods {
		sum := sums[p.From]
		said := "–"
		if sum.counts.Lines() > 0 {
			said = q.figureSaid(one, sum.qty, sum.counts.Qualifier().String())
		}
		chart.Bars = append(chart.Bars, page.Bar{Name: q.shortPeriod(a.f.Every, p), Value: float64(sum.qty), Said: said, Now: p == a.p})
	}
	return &page.DeskPart{Head: q.say("reporting.series"), Chart: &chart}, nil
}

// shortPeriod names a period under a bar.
func (q *request) shortPeriod(e reporting.Every, p calendar.Period) string {
	code := e.Code(p)
	switch e {
	case reporting.Month:
		_, m, _ := p.From.Civil()
		return q.say("reporting.short.month", int64(m))
	case reporting.Week, reporting.Quarter:
		return code[5:]
	}
	return code
}

// likePart compares this period with the same of last year over the units that
// reported both.
func (q *request) likePart(a progressAsked, one reporting.Question) (*page.DeskPart, error) {
	if a.at == 0 && !q.may(access.ReadFigures, a.f.Body) {
		return nil, nil
	}
	pairs, err := q.view().FormPairs(q.Context(), a.f.ID, a.at, a.p)
	if err != nil {
		return nil, err
	}
	now, then, units := reporting.Like(pairs, one.N)
	part := &page.DeskPart{Head: q.say("reporting.like")}
	if units == 0 {
		part.Lines = []string{q.say("reporting.like.none")}
		return part, nil
	}
	part.Lines = []string{q.say("reporting.like.text", units)}
	part.Facts = []page.Fact{
		{Name: q.periodSaid(a.f.Every, a.p), Text: q.figureSaid(one, now.Qty, now.Counts.Qualifier().String())},
		{Name: q.periodSaid(a.f.Every, a.f.Every.YearEarlier(a.p)), Text: q.figureSaid(one, then.Qty, then.Counts.Qualifier().String())},
		{Name: q.say("reporting.change"), Text: q.grown(shown{now.Qty, now.Counts}, shown{then.Qty, then.Counts})},
	}
	return part, nil
}

// formFiguresSheet gives what every question adds up to, by body, as a workbook.
func (s *Server) formFiguresSheet(q *request) error {
	a, err := q.progressAsked()
	if err != nil {
		return err
	}
	_, ids, err := q.below(a)
	if err != nil {
		return err
	}
	bodies, err := q.view().BodiesByID(q.Context(), ids)
	if err != nil {
		return err
	}
	figures := a.f.Figures()
	questions := make([]int64, len(figures))
	t := sheet.Table{Name: q.say("reporting.tab.figures"), Columns: []sheet.Column{{Title: q.say("reporting.unit.code")}, {Title: q.say("reporting.unit")}}}
	for i, one := range figures {
		questions[i] = one.N
		t.Columns = append(t.Columns, sheet.Column{Title: q.columnTitle(one)})
	}
	t.Columns = append(t.Columns, sheet.Column{Title: q.say("reporting.precision")})
	sums, err := q.sumsIn(a.f, ids, questions, a.p)
	if err != nil {
		return err
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, id := range ids {
			if !yield(append([]sheet.Value{sheet.Words(bodies[id].Code), sheet.Words(bodies[id].NameOn(string(q.reader.Lang), q.today()))}, q.sumCells(figures, func(n int64) shown { return sums[id][n] })...)) {
				return
			}
		}
		yield(append([]sheet.Value{{}, sheet.Words(q.say("common.total"))}, q.sumCells(figures, func(n int64) shown { return totalOf(sums, 0, ids, n) })...))
	}
	return q.sendSheet(q.formName(a.f)+" "+a.f.Every.Code(a.p), t)
}

// columnTitle is a question as the head of a column, with what it is counted in.
func (q *request) columnTitle(one reporting.Question) string {
	title := q.questionName(one)
	if one.Kind == reporting.Money {
		title += " (" + string(one.Cur) + ")"
	}
	return title
}

// sumCells writes figures that can be reckoned with, and beside them which of
// them are not exact.
func (q *request) sumCells(figures []reporting.Question, of func(n int64) shown) []sheet.Value {
	cells := make([]sheet.Value, 0, len(figures)+1)
	var loose []string
	for _, one := range figures {
		sum := of(one.N)
		cells = append(cells, figureCell(one, sum.qty, sum.counts.Lines() > 0))
		if how := sum.counts.Qualifier(); how != deed.Exact {
			loose = append(loose, q.questionName(one)+": "+q.figureSaid(one, sum.qty, how.String()))
		}
	}
	return append(cells, sheet.Words(strings.Join(loose, "; ")))
}

// figureCell writes one figure; a blank where nobody said anything.
func figureCell(one reporting.Question, qty int64, given bool) sheet.Value {
	switch {
	case !given:
		return sheet.Value{}
	case one.Kind == reporting.Money:
		return sheet.Sum(money.Of(qty, one.Cur))
	case one.Decimals() > 0:
		return sheet.Words(decimalPlain(qty, one.Decimals()))
	}
	return sheet.Count(qty)
}

// decimalPlain writes smallest units with a point.
func decimalPlain(qty int64, decimals int) string {
	said := idText(qty)
	for len(said) <= decimals {
		said = "0" + said
	}
	return said[:len(said)-decimals] + "." + said[len(said)-decimals:]
}
