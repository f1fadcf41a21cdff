package letter

import (
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// Slip is a receipt or a payment voucher.
type Slip struct {
	Sheet
	Book       string // of the printed numbers, where one is kept
	Who        Who    // who pays in or is paid
	Text       string // what for
	Amounts    []money.Amount
	Attached   string // which vouchers belong to it
	Accountant string
	Treasurer  string
	Approver   string // who approved, or is asked to; the head of the house where nobody is named
	Second     string // the second signature, where one is asked for
}

// signatures are those of a slip: who approves, the accountant, who hands the
// money over, and the other side; a second one where it is asked for.
func (s Slip) signatures(w *writer, other string) document.SignatureRow {
	head := w.short("letter.sign.head", s.House.Signer.Name)
	if s.Approver != "" && s.Approver != s.House.Signer.Name {
		head = w.short("letter.sign.approver", s.Approver)
	}
	row := document.SignatureRow{Columns: []document.Signature{head}}
	if s.Second != "" {
		row.Columns = append(row.Columns, w.short("letter.sign.second", s.Second))
	}
	row.Columns = append(row.Columns, w.short("letter.sign.accountant", s.Accountant), w.short("letter.sign.treasurer", s.Treasurer), w.short(other, s.Who.Name))
	return row
}

// Receipt is a receipt in two copies on one sheet.
func Receipt(to locale.Speaker, s Slip) *document.Document {
	w := s.begin(to, "letter.receipt", "letter.copy.give")
	w.line(w.field("letter.payer", s.Who.Name), w.field("letter.phone", s.Who.Phone))
	w.line(w.field("letter.address", s.Who.Address))
	w.line(w.field("letter.for.receipt", s.Text))
	w.sum(s.Amounts)
	w.attached(s.Attached)
	w.b.Add(s.signatures(w, "letter.sign.payer"))
	return w.b.Paper()
}

// Voucher is a payment voucher in two copies on one sheet.
func Voucher(to locale.Speaker, s Slip) *document.Document {
	w := s.begin(to, "letter.voucher", "letter.copy.take")
	w.line(w.field("letter.payee", s.Who.Name), w.field("letter.phone", s.Who.Phone))
	w.line(w.field("letter.address", s.Who.Address))
	w.line(w.field("letter.for.voucher", s.Text))
	w.sum(s.Amounts)
	w.attached(s.Attached)
	w.b.Add(s.signatures(w, "letter.sign.payee"))
	w.line(document.Blank(w.Say("letter.received")))
	return w.b.Paper()
}

// begin lays out what receipts and vouchers share: who writes, number, date, and
// the two copies.
func (s Slip) begin(to locale.Speaker, title, second string) *writer {
	b := document.Compose(string(to.Lang), document.Form())
	w := &writer{Speaker: to, sheet: s.Sheet, b: b}
	paper := b.Paper()
	paper.Copies = document.Copies{Labels: []string{to.Say("letter.copy.keep"), to.Say(second)}, TwoUp: true}
	paper.Author = s.House.Names.In(string(to.Lang))
	if day, ok := s.Date.Day(); ok {
		paper.Dated = day.String()
	}
	head := document.Head{Share: 0.62}
	head.Left = append(head.Left, document.Line{Text: strings.ToUpper(paper.Author), Size: 11, Bold: true, Align: document.Centre})
	for _, line := range s.House.Contact {
		head.Left = append(head.Left, document.Line{Text: line, Size: 11, Align: document.Centre})
	}
	if s.Book != "" {
		head.Right = append(head.Right, document.Line{Text: to.Say("letter.book", s.Book), Size: 11, Align: document.Right})
	}
	number := s.Number
	if number == "" {
		number = "……………"
	}
	head.Right = append(head.Right, document.Line{Text: to.Say("paper.number", number), Size: 11, Align: document.Right})
	b.Head(head)
	dated := to.Say("letter.dated", capital(to.DatePaper(s.Date)))
	paper.Title = document.Title{Kind: to.Say(title), Size: 16, Under: []document.Line{{Text: dated, Italic: true}}}
	return w
}

// sum adds the amount in figures and in words.
func (w *writer) sum(all []money.Amount) {
	if len(all) == 0 {
		w.line(document.Blank(w.Say("letter.amount")))
		w.line(document.Blank(w.Say("letter.words")))
		return
	}
	runs := document.Runs{}
	for i, a := range all {
		if i > 0 {
			runs = append(runs, document.T("; "))
		}
		runs = append(runs, w.figure(a).Strong())
	}
	w.line(document.F(w.Say("letter.amount"), runs...))
	w.line(document.F(w.Say("letter.words"), document.I(w.inWords(all))))
}

func (w *writer) attached(papers string) {
	w.line(w.field("letter.attached", papers), document.Blank(w.Say("letter.originals")))
}

// short is a signature on a slip: less room, the name below when it is known.
func (w *writer) short(key, name string) document.Signature {
	s := w.pen(key, name)
	s.Space = 14
	return s
}
