package letter

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// Award is a certificate of merit.
type Award struct {
	Sheet
	Name  string
	Pupil bool   // rather than a member
	Note  string // class and school, branch
	Prize string // for what
	Book  string // number in the book of awards
}

// Certificate is a certificate of merit, framed, on a sheet on its side.
func Certificate(to locale.Speaker, a Award) *document.Document {
	w := &writer{Speaker: to, sheet: a.Sheet, b: document.Compose(string(to.Lang), document.Certificate())}
	paper := w.b.Paper()
	paper.Author = a.House.Names.In(string(to.Lang))
	paper.Name = to.Say("letter.award") + " - " + a.Name
	if a.House.Family != document.Informal && a.House.Family != document.Bare && to.Lang == locale.Vi {
		w.b.Head(document.Head{Share: 0.0001, Right: []document.Line{
			{Text: to.Say("paper.nation"), Size: 14, Bold: true, Align: document.Centre},
			{Text: to.Say("paper.motto"), Size: 15, Bold: true, Align: document.Centre, Rule: document.RuleText},
		}})
	}
	w.middle(16, 14, document.B(strings.ToUpper(paper.Author)))
	w.middle(15, 4, document.T(to.Say("letter.award.gives")))
	w.middle(36, 2, document.B(to.Say("letter.award")))
	who := "letter.award.member"
	if a.Pupil {
		who = "letter.award.pupil"
	}
	w.middle(20, 8, document.T(to.Say(who)+" "), document.B(orDots(a.Name)))
	if a.Note != "" {
		w.middle(15, 6, document.T(a.Note))
	}
	if a.Prize != "" {
		w.middle(16, 4, document.T(to.Say("letter.award.for", a.Prize)))
	} else {
		w.middle(16, 4, document.T(to.Say("letter.award.blank")+" "+orDots("")))
	}
	paper.Signed = []document.SignatureRow{{Place: to.DateOfficial(a.House.Place, a.Date), Columns: []document.Signature{a.House.Signature(to)}}}
	if a.Book != "" {
		w.b.CopyTo(to.Say("letter.award.book", a.Book))
	}
	return paper
}

// middle adds a centred line.
func (w *writer) middle(size, space float64, runs ...document.Run) {
	w.b.Add(document.Paragraph{Runs: runs, Align: document.Centre, Size: size, Space: space})
}

// Greeting is the letter to one who reaches an age that is honoured.
type Greeting struct {
	Sheet
	Name   string
	Age    int
	Amount money.Amount
	Gift   string
}

// LongevityLetter is the letter that goes with a gift of longevity.
func LongevityLetter(to locale.Speaker, g Greeting) *document.Document {
	w := g.plainly(to, document.A4())
	w.b.Title(to.Say("letter.longevity"), to.Say("letter.longevity.to", orDots(g.Name)))
	age := strconv.Itoa(g.Age)
	if g.Age == 0 {
		age = "……"
	}
	w.b.Say(to.Say("letter.longevity.text", age, g.House.Spoken(to.Lang)))
	var gifts []string
	if !g.Amount.IsNone() && !g.Amount.IsZero() {
		gifts = append(gifts, w.amount(g.Amount))
	}
	if g.Gift != "" {
		gifts = append(gifts, g.Gift)
	}
	if len(gifts) > 0 {
		w.b.Say(to.Say("letter.longevity.gift", to.List(gifts...)))
	}
	w.b.Sign(g.House.Signature(to))
	return w.b.Paper()
}

// Thanks is the letter to one who gave.
type Thanks struct {
	Sheet
	Giver   Who
	Day     calendar.Date // of the gift
	Amounts []money.Amount
	Goods   string
	Purpose string
}

// ThankYou is the letter of thanks to a giver.
func ThankYou(to locale.Speaker, t Thanks) *document.Document {
	w := t.on(to, document.A4())
	w.b.Paper().Title = document.Title{Kind: to.Say("letter.thanks"), Rule: true}
	w.b.To(to.Say("paper.to"), orDots(t.Giver.Name))
	gifts := w.amounts(t.Amounts)
	if t.Goods != "" && gifts != "" {
		gifts = to.List(gifts, t.Goods)
	} else if gifts == "" {
		gifts = orDots(t.Goods)
	}
	w.b.Say(to.Say("letter.thanks.text", capital(t.House.Spoken(to.Lang)), gifts, to.DatePaper(t.Day)))
	if t.Purpose != "" {
		w.b.Say(to.Say("letter.thanks.purpose", t.Purpose))
	}
	w.b.Say(to.Say("letter.thanks.end"))
	w.b.Sign(t.House.Signature(to))
	return w.b.Paper()
}
