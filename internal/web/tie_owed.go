package web

import (
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// owedLine is one gift still to be handed over, in words.
type owedLine struct {
	what, under, who, due string
	promised, given, left []string
	href, tieHref         string
	mark                  page.Mark
}

// tieOwed lists the gifts still to be handed over: promised under a tie, or
// prepared for a visit.
func (s *Server) tieOwed(q *request) error {
	lines, err := q.owedLines()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("tie.tab.owed")), Tabs: q.tieTabs("/ties/owed")}
	p.Shell.Lead = q.say("tie.owed.count", len(lines))
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/ties/owed.xlsx"}}
	p.Table = page.Table{
		ID: "owed", Caption: q.say("tie.tab.owed"), Quiet: true,
		Columns: []page.Column{
			{Head: q.say("tie.owed.gift"), Chief: true},
			{Head: q.say("tie.owed.under")},
			{Head: q.say("tie.owed.who")},
			{Head: q.say("tie.owed.promised"), Figure: true},
			{Head: q.say("tie.owed.given"), Figure: true},
			{Head: q.say("tie.owed.left"), Figure: true},
			{Head: q.say("tie.promise.due")},
		},
		Empty: page.Empty{Glyph: page.GlyphGift, Head: q.say("tie.owed.none"), Text: q.say("tie.owed.none.text"), Do: page.Link{Text: q.say("tie.tab.promises"), Href: "/ties/promises"}},
	}
	for _, l := range lines {
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: l.href, Cells: []page.Cell{
			{Text: l.what}, {Text: l.under, Href: l.tieHref}, {Text: l.who}, stackedCell(l.promised), stackedCell(l.given), stackedCell(l.left), {Text: l.due, Note: l.mark.Text, Tone: l.mark.Tone},
		}})
	}
	return q.show(page.Listed(p))
}

// stackedCell writes amounts under each other.
func stackedCell(lines []string) page.Cell {
	c := page.Cell{Text: strings.Join(lines, "; ")}
	if len(lines) > 1 {
		c.Part = page.Stacked(lines)
	}
	return c
}

// tieOwedSheet gives the list as a workbook.
func (s *Server) tieOwedSheet(q *request) error {
	lines, err := q.owedLines()
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("tie.tab.owed")}
	for _, key := range []string{"tie.owed.gift", "tie.owed.under", "tie.owed.who", "tie.owed.promised", "tie.owed.given", "tie.owed.left", "tie.promise.due", "common.status"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, l := range lines {
			cells := []sheet.Value{}
			for _, text := range []string{l.what, l.under, l.who, strings.Join(l.promised, "; "), strings.Join(l.given, "; "), strings.Join(l.left, "; "), l.due, l.mark.Text} {
				cells = append(cells, sheet.Words(text))
			}
			if !yield(cells) {
				return
			}
		}
	}
	return q.sendSheet(q.say("tie.tab.owed"), t)
}

func (q *request) owedLines() ([]owedLine, error) {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return nil, fault.Forbid("access.forbidden.read_deeds")
	}
	rows, owed, err := q.view().Owing(q.Context(), 0, q.today())
	if err != nil {
		return nil, err
	}
	tell, err := q.promiseNames(rows)
	if err != nil {
		return nil, err
	}
	var lines []owedLine
	for i, o := range owed {
		lines = append(lines, q.owedPromise(o, rows[i], tell(rows[i])))
	}
	gifts, err := q.view().Gifts(q.Context(), store.GiftsAsked{Way: delegation.Given})
	if err != nil {
		return nil, err
	}
	for _, g := range gifts {
		if g.Planned {
			lines = append(lines, q.owedGift(g))
		}
	}
	return lines, nil
}

// owedPromise words a gift promised under a tie.
func (q *request) owedPromise(o twin.Owed, row store.PromiseRow, t twin.Teller) owedLine {
	l := owedLine{what: o.Promise.Text, under: t.Called(), who: t.Who(o.Promise), due: q.dated(o.Promise.Due), href: promisePath(o.Promise.ID), tieHref: tiePath(row.Under.Code)}
	if o.Money.Minor > 0 {
		l.promised, l.left = append(l.promised, q.moneySaid(o.Money)), append(l.left, q.moneySaid(o.MoneyLeft()))
		l.given = append(l.given, q.moneySaid(money.Of(o.Paid, o.Money.Currency)))
	}
	if o.Things > 0 {
		said := func(n int64) string { return strings.TrimSpace(q.speaker().Number(n) + " " + o.Promise.Unit) }
		l.promised, l.given, l.left = append(l.promised, said(o.Things)), append(l.given, said(o.Handed)), append(l.left, said(o.ThingsLeft()))
	}
	switch {
	case o.Hidden > 0:
		l.mark = page.Mark{Tone: page.Plain, Text: q.say("tie.owed.hidden", o.Hidden)}
	case o.Settled():
		l.mark = page.Mark{Tone: page.Done, Text: q.say("tie.owed.settled")}
	case row.Now == tie.PromiseLate:
		l.mark = page.Mark{Tone: page.Late, Text: q.say("tie.promise.late")}
	}
	return l
}

// owedGift words a gift prepared for a visit.
func (q *request) owedGift(g delegation.Gift) owedLine {
	l := owedLine{what: q.giftSaid(g), who: q.giftOther(g), due: q.daySaid(g.Day), href: giftPath(g.ID), mark: q.plannedMark(g), under: q.say("tie.owed.visit")}
	if d, err := q.view().Deed(q.Context(), g.Deed); g.Deed != 0 && err == nil {
		l.under, l.tieHref = d.Title, visitPath(deed.ID(g.Deed))
	}
	said := q.speaker().Number(max(1, g.Count))
	l.promised, l.given, l.left = []string{said}, []string{q.speaker().Number(0)}, []string{said}
	return l
}
