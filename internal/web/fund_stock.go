package web

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
)

// stockShown is how many movements of goods the page names.
const stockShown = 100

// fundStock shows goods in kind: received, handed out, left.
func (s *Server) fundStock(d *desk) error {
	p, err := d.stockPage(payee{}, nil)
	if err != nil {
		return err
	}
	return d.show(page.FundAsk(p))
}

func (d *desk) stockPage(w payee, wrong page.Problems) (page.FundForm, error) {
	p := page.FundForm{Shell: d.frame(d.say("fundpages.stock")), Wrong: wrong, Carry: d.carryFund()}
	p.Shell.Lead = d.say("fundpages.stock.lead")
	goods, err := d.view().Stock(d.Context(), d.fund.Body, d.today())
	if err != nil {
		return p, err
	}
	t := page.Table{Caption: d.say("fundpages.stock"), Quiet: true, Columns: []page.Column{
		{Head: d.say("fundpages.stock.item"), Chief: true}, {Head: d.say("fundpages.stock.in"), Figure: true}, {Head: d.say("fundpages.stock.out"), Figure: true}, {Head: d.say("fundpages.stock.left"), Figure: true},
	}, Empty: page.Empty{Glyph: page.GlyphGift, Head: d.say("fundpages.stock.none"), Text: d.say("fundpages.stock.none.text")}}
	for _, g := range goods {
		left := page.Cell{Text: d.words().Number(g.Left())}
		if g.Left() < 0 {
			left.Tone, left.Note = page.Late, d.say("fundpages.stock.missing")
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: g.Item}, {Text: d.words().Number(g.Received)}, {Text: d.words().Number(g.Handed)}, left}})
	}
	p.Parts = []page.FundPart{{Head: d.say("fundpages.stock.left"), Table: t}}
	if d.keeps() || d.may(access.PostDeeds, d.fund.Body) {
		d.stockFields(&p, w)
	}
	moves, err := d.stockMoves()
	p.Parts = append(p.Parts, moves)
	return p, err
}

func (d *desk) stockFields(p *page.FundForm, w payee) {
	r := d.reader
	p.Head, p.Do = page.FormHead{Action: d.to("/fund/stock"), Draft: "fund-stock"}, d.say("fundpages.stock.do")
	way, item, quantity := d.field(p, "way", "fundpages.stock.way"), d.field(p, "item", "fundpages.stock.item"), d.field(p, "quantity", "common.quantity")
	if way.Value == "" {
		way.Value = "in"
	}
	item.Needed, quantity.Needed, item.Hint, quantity.Short = true, true, d.say("fundpages.stock.item.hint"), true
	p.Main = []templ.Component{
		page.Chips(r, way, []page.Option{{Value: "in", Text: d.say("fundpages.stock.way.in")}, {Value: "out", Text: d.say("fundpages.stock.way.out")}}),
		page.TextInput(r, item), page.NumberInput(r, quantity), page.DateInput(r, d.dayField(p, "day", "fundpages.ask.day")),
		d.whoField(p, "fundpages.stock.who", w), page.TextInput(r, d.field(p, "note", "common.note")),
	}
}

// stockMoves lists what was moved by hand.
func (d *desk) stockMoves() (page.FundPart, error) {
	moves, err := d.view().StockMoves(d.Context(), d.fund.Body)
	t := page.Table{Caption: d.say("fundpages.stock.moves"), Quiet: true, Columns: []page.Column{
		{Head: d.say("common.day")}, {Head: d.say("fundpages.stock.item"), Chief: true}, {Head: d.say("fundpages.stock.in"), Figure: true}, {Head: d.say("fundpages.stock.out"), Figure: true}, {Head: d.say("common.note")}, {Head: d.say("fundpages.act")},
	}, Empty: page.Empty{Head: d.say("fundpages.nothing"), Text: d.say("fundpages.stock.moves.none")}}
	undone := map[int64]bool{}
	for _, m := range moves {
		undone[m.Undoes] = true
	}
	for i, m := range moves {
		if i == stockShown {
			break
		}
		row := page.Row{Cells: []page.Cell{{Text: d.words().DateShort(m.Day)}, {Text: m.Item, Note: orOther(m.Name, d.nameOf(m.Person))}, {}, {}, {Text: m.Note}, {}}}
		if m.Quantity > 0 {
			row.Cells[2].Text = d.words().Number(m.Quantity)
		} else {
			row.Cells[3].Text = d.words().Number(-m.Quantity)
		}
		if m.Undoes == 0 && !undone[m.ID] && (d.keeps() || d.may(access.PostDeeds, d.fund.Body)) {
			row.Cells[5].Part = page.DialogLink(page.GlyphUndo, d.say("fundpages.stock.undo"), d.to("/fund/stock/"+decimal(m.ID)+"/undo"))
		}
		t.Rows = append(t.Rows, row)
	}
	return page.FundPart{Head: d.say("fundpages.stock.moves"), Table: t}, err
}

// moveStock records goods that came or went.
func (s *Server) moveStock(d *desk) error {
	w, whoErr := d.whoGiven("who", "person")
	m := fund.StockMove{Body: d.fund.Body, Item: d.value("item"), Person: w.person, Note: d.value("note")}
	if w.person == 0 {
		m.Name = w.name
	}
	var dayErr, countErr error
	m.Day, dayErr = d.dateGiven("day")
	if m.Quantity, countErr = d.countGiven("quantity"); d.value("way") == "out" {
		m.Quantity = -m.Quantity
	}
	err := fault.Gather(countErr, dayErr, whoErr)
	if err == nil {
		err = d.write("fundpages.why.stock", func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.MoveStock(ctx, tx, d.actor, m)
			return err
		})
	}
	if isInvalid(err) {
		p, pageErr := d.stockPage(w, page.ProblemsOf(err, d.reader))
		if pageErr != nil {
			return pageErr
		}
		return d.again(page.FundAsk(p))
	}
	if err != nil {
		return err
	}
	said, err := d.movedGoods(m)
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/stock"), said)
}

// movedGoods says that a movement was entered, and where more went out than ever came
// in that something is missing.
func (d *desk) movedGoods(m fund.StockMove) (page.Flash, error) {
	if m.Quantity >= 0 {
		return d.well("fundpages.stock.moved", m.Item), nil
	}
	goods, err := d.view().Stock(d.Context(), d.fund.Body, d.today())
	for _, g := range goods {
		if g.Left() < 0 && text.Fold(g.Item) == text.Fold(m.Item) { // as the goods are gathered
			return page.Flash{Tone: page.Due, Text: d.say("fundpages.stock.moved.short", m.Item, d.words().Number(-g.Left()))}, err
		}
	}
	return d.well("fundpages.stock.moved", m.Item), err
}

// countForm is a whole number whose digits may stand in groups of three; anything else,
// such as 12,5, is no count.
var countForm = regexp.MustCompile(`^(\d+|\d{1,3}([.,\x{00a0} ]\d{3})+)$`)

// countGiven reads an answer that is a count; its digits may be grouped.
func (d *desk) countGiven(name string) (int64, error) {
	typed := d.value(name)
	if typed == "" {
		return 0, nil
	}
	n, well := countRead(typed)
	if !well {
		return 0, fault.Field(name, "fundpages.count.form")
	}
	return n, nil
}

// countRead reads a whole number whose digits may be grouped.
func countRead(typed string) (int64, bool) {
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", " ", "", "\u00a0", "", ",", "").Replace(typed), 10, 64)
	return n, err == nil && countForm.MatchString(typed)
}

// undoStockForm asks why a movement of goods is taken back.
func (s *Server) undoStockForm(d *desk) error { return d.show(page.FundConfirm(d.undoStockPage(nil))) }

func (d *desk) undoStockPage(wrong page.Problems) page.FundAsked {
	p := page.FundAsked{Shell: d.frame(d.say("fundpages.stock.undo"), page.Link{Text: d.say("fundpages.stock"), Href: d.to("/fund/stock")})}
	reason := wrong.Mark(page.Field{Name: "reason", Label: d.say("fundpages.reverse.why"), Needed: true, Whole: true, Focus: true, Max: 300})
	p.Asked = page.Asked{Title: d.say("fundpages.stock.undo.title"), Text: d.say("fundpages.stock.undo.text"), Action: d.to("/fund/stock/" + d.PathValue("id") + "/undo"), Do: d.say("fundpages.stock.undo"), Danger: true, Leave: d.to("/fund/stock"), Reason: &reason}
	return p
}

// undoStock takes a movement of goods back.
func (s *Server) undoStock(d *desk) error {
	id, err := d.number("id")
	if err != nil {
		return err
	}
	err = d.write("fundpages.why.stockback", func(ctx context.Context, tx *store.Tx) error {
		_, err := fund.TakeBackStock(ctx, tx, d.actor, id, d.value("reason"))
		return err
	})
	if isInvalid(err) {
		return d.again(page.FundConfirm(d.undoStockPage(page.ProblemsOf(err, d.reader))))
	}
	if err != nil {
		return err
	}
	return d.doneAt(d.to("/fund/stock"), d.well("fundpages.stock.undone"))
}
