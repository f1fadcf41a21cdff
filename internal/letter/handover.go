package letter

import (
	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// Handover is the minutes of handing over money and goods.
type Handover struct {
	Sheet
	Day       calendar.Date // of the handing over
	Place     string
	About     string // "hỗ trợ gia đình hội viên gặp rủi ro"
	Givers    []Who
	Receivers []Who
	Witnesses []Who
	Decision  string // number, date and issuer
	Money     []money.Amount
	Goods     []Goods
	WorkDays  int64 // tenths
	Purpose   string
}

// Goods is one sort of goods in kind.
type Goods struct {
	Name  string
	Unit  string
	Count int64
	Price money.Amount // of one; none when unknown
	Value money.Amount // of all
	Note  string
}

// the least people for whom minutes leave room.
const (
	giversLeast    = 2
	receiversLeast = 1
	witnessesLeast = 2
)

// Minutes words the minutes of a handover in two copies: giver, receiver, two
// witnesses, money apart from goods.
func Minutes(to locale.Speaker, h Handover) *document.Document {
	page := document.A4()
	page.Size = 13
	w := h.on(to, page)
	w.b.Paper().Copies = document.Copies{Labels: []string{"", ""}}
	w.b.Title(to.Say("letter.minutes"), to.Say("letter.handover", orDots(h.About)))
	today := to.Say("letter.handover.today", to.DatePaper(h.Day), orDots(h.Place))
	w.b.Add(document.Paragraph{Runs: document.Text(today), Align: document.Left})
	w.givers(h.Givers)
	w.receivers(h.Receivers)
	w.witnesses(h.Witnesses)
	if h.Decision == "" {
		w.b.Say(to.Say("letter.agreed"))
	} else {
		w.b.Say(to.Say("letter.decision", h.Decision))
	}
	w.handed(h)
	if h.Purpose != "" {
		w.b.Say(to.Say("letter.purpose", h.Purpose))
	}
	w.b.Add(document.Fields{Items: []document.Field{document.Blank(to.Say("letter.remarks"))}})
	w.b.Say(to.Say("letter.two.copies"))
	w.b.Sign(w.pen("letter.sign.giver", first(h.Givers)), w.pen("letter.sign.taker", first(h.Receivers)),
		w.pen("letter.sign.witness.1", nth(h.Witnesses, 0)), w.pen("letter.sign.witness.2", nth(h.Witnesses, 1)))
	return w.b.Paper()
}

// orDots leaves room for the pen where nothing is known.
func orDots(text string) string {
	if text == "" {
		return "……………………………………"
	}
	return text
}

func first(all []Who) string { return nth(all, 0) }

func nth(all []Who, n int) string {
	if n < len(all) {
		return all[n].Name
	}
	return ""
}

// room fills a side up with people not known.
func room(all []Who, least int) []Who {
	for len(all) < least {
		all = append(all[:len(all):len(all)], Who{})
	}
	return all
}

func (w *writer) givers(all []Who) {
	w.b.Part(w.Say("letter.side.giver"))
	w.line(document.F(w.Say("letter.body"), document.T(w.sheet.House.Names.In(string(w.Lang)))))
	for _, who := range room(all, giversLeast) {
		w.line(w.field("letter.person", who.Name), w.field("letter.position", who.Position))
	}
}

func (w *writer) receivers(all []Who) {
	w.b.Part(w.Say("letter.side.taker"))
	for _, who := range room(all, receiversLeast) {
		w.line(w.field("letter.person", who.Name), w.field("letter.birth", w.born(who.Birth)))
		w.line(document.Blank(w.Say("letter.identity")), document.Blank(w.Say("letter.identity.day")), document.Blank(w.Say("letter.identity.place")))
		w.line(w.field("letter.address", who.Address), w.field("letter.phone", who.Phone))
		w.line(w.field("letter.kin", who.Note))
	}
}

func (w *writer) witnesses(all []Who) {
	w.b.Part(w.Say("letter.side.witness"))
	for _, who := range room(all, witnessesLeast) {
		w.line(w.field("letter.person", who.Name), w.field("letter.position", who.Position))
	}
}

// handed tells what was handed over: money with its words, goods in a table,
// work-days; each by itself.
func (w *writer) handed(h Handover) {
	if len(h.Money) > 0 || len(h.Goods) == 0 {
		w.b.Part(w.Say("letter.money"))
		w.sum(h.Money)
	}
	if len(h.Goods) > 0 || len(h.Money) == 0 {
		w.b.Part(w.Say("letter.goods"))
		w.b.Add(w.goods(h.Goods))
	}
	if h.WorkDays > 0 {
		w.b.Say(w.Say("letter.work", workDays(h.WorkDays, w.Lang)))
	}
}

// workDays writes tenths of a day, whole days without a decimal.
func workDays(tenths int64, lang locale.Lang) string {
	if tenths%10 == 0 {
		return locale.Number(tenths/10, lang)
	}
	return locale.Decimal(tenths, 1, lang)
}

// goodsRoom is how many rows stand ready for the pen when no goods are known.
const goodsRoom = 3

func (w *writer) goods(all []Goods) document.Table {
	t := document.Table{Columns: []document.Column{
		{Head: w.Say("report.col.n"), Share: 0.7, Align: document.Centre},
		{Head: w.Say("letter.goods.name"), Share: 4},
		{Head: w.Say("letter.goods.unit"), Share: 1.3, Align: document.Centre},
		{Head: w.Say("letter.goods.count"), Share: 1.4, Align: document.Right},
		{Head: w.Say("letter.goods.price"), Share: 1.9, Align: document.Right},
		{Head: w.Say("letter.goods.value"), Share: 2.1, Align: document.Right},
		{Head: w.Say("letter.goods.note"), Share: 1.8},
	}}
	for i, g := range all {
		t.Add(document.C(w.Number(int64(i+1))), document.C(g.Name), document.C(g.Unit), document.C(w.Number(g.Count)), w.sumCell(g.Price), w.sumCell(g.Value), document.C(g.Note))
	}
	if len(all) == 0 {
		for range goodsRoom {
			t.Add(document.C(" "), document.C(""), document.C(""), document.C(""), document.C(""), document.C(""), document.C(""))
		}
	}
	if total, ok := worth(all); ok {
		t.AddTotal(document.CSpan(5, w.Say("common.total")), w.sumCell(total), document.C(""))
	}
	return t
}

// sumCell is an amount in a table, empty where none is known.
func (w *writer) sumCell(a money.Amount) document.Cell {
	if a.IsNone() {
		return document.C("")
	}
	return document.CR(document.Num(money.Figure(a.Minor, a.Currency, w.Lang), exact(a), ""))
}

// worth sums the values of goods when all are known in one currency.
func worth(all []Goods) (money.Amount, bool) {
	values := make([]money.Amount, len(all))
	for i, g := range all {
		if g.Value.IsNone() {
			return money.Amount{}, false
		}
		values[i] = g.Value
	}
	total, err := money.Sum(values...)
	return total, err == nil && len(all) > 0
}
