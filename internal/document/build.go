package document

import (
	"strconv"
	"strings"

	"kith.app/internal/text"
)

// Builder composes a paper from top to bottom and numbers its headings.
//
//	p := document.Compose("vi", document.A4())
//	p.Head(head).Title("BÁO CÁO", "Kết quả hoạt động năm 2025")
//	p.Section("Tình hình chung")
//	p.Para(document.T("Hội hiện có "), members, document.T(" hội viên."))
//	paper := p.Paper()
type Builder struct {
	doc      Document
	counters [4]int
}

// Compose begins a paper.
func Compose(lang string, page Page) *Builder {
	return &Builder{doc: Document{Lang: lang, Page: page}}
}

// Paper gives what was composed.
func (b *Builder) Paper() *Document { return &b.doc }

// Head sets who writes.
func (b *Builder) Head(h Head) *Builder {
	b.doc.Head = h
	return b
}

// Title sets the kind and subject, with a short rule below.
func (b *Builder) Title(kind, subject string) *Builder {
	b.doc.Title = Title{Kind: kind, Subject: subject, Rule: true}
	return b
}

// To sets the addressees under their label, "Kính gửi:".
func (b *Builder) To(label string, names ...string) *Builder {
	b.doc.Address = Address{Label: label, Names: names}
	return b
}

// Section opens a division of the highest level: I., II.
func (b *Builder) Section(text string) { b.heading(1, Text(text)) }

// Part opens a division of the second level: 1., 2.
func (b *Builder) Part(text string) { b.heading(2, Text(text)) }

// Point opens a division of the third level: a), b).
func (b *Builder) Point(text string) { b.heading(3, Text(text)) }

// Unnumbered opens a division without a number.
func (b *Builder) Unnumbered(level int, text string) {
	b.Add(Heading{Level: level, Runs: Text(text)})
}

func (b *Builder) heading(level int, runs Runs) {
	b.counters[level]++
	for deeper := level + 1; deeper < len(b.counters); deeper++ {
		b.counters[deeper] = 0
	}
	b.Add(Heading{Level: level, Number: number(b.doc.Lang, level, b.counters[level]), Runs: runs})
}

// Para adds a paragraph.
func (b *Builder) Para(runs ...Run) { b.Add(Paragraph{Runs: runs}) }

// Say adds a paragraph of plain text.
func (b *Builder) Say(text string) { b.Para(T(text)) }

// Items adds a list of dashes.
func (b *Builder) Items(items ...Runs) {
	list := List{}
	for _, runs := range items {
		list.Items = append(list.Items, Item{Runs: runs})
	}
	b.Add(list)
}

// Line adds a line of a form.
func (b *Builder) Line(fields ...Field) { b.Add(Fields{Items: fields}) }

// Add appends any blocks: to the last annex once there is one.
func (b *Builder) Add(blocks ...Block) {
	if n := len(b.doc.Annexes); n > 0 {
		b.doc.Annexes[n-1].Blocks = append(b.doc.Annexes[n-1].Blocks, blocks...)
		return
	}
	b.doc.Blocks = append(b.doc.Blocks, blocks...)
}

// Sign sets the signatures that stand side by side at the end.
func (b *Builder) Sign(columns ...Signature) {
	b.doc.Signed = append(b.doc.Signed, SignatureRow{Columns: columns})
}

// CopyTo sets the recipients under their label, "Nơi nhận:".
func (b *Builder) CopyTo(label string, items ...string) {
	b.doc.Recipients = Recipients{Label: label, Items: items}
}

// Annex opens an appendix; what is added from now on stands in it.
func (b *Builder) Annex(number, title, note string, page *Page) {
	b.counters = [4]int{}
	b.doc.Annexes = append(b.doc.Annexes, Annex{Page: page, Number: number, Title: title, Note: note})
}

// F is a field of a form with its value.
func F(label string, value ...Run) Field { return Field{Label: label, Value: value} }

// Blank is a field left to the pen.
func Blank(label string) Field { return Field{Label: label} }

// number words the place of a heading: I. at the first level, 1. at the
// second, a) at the third.
func number(lang string, level, n int) string {
	switch level {
	case 1:
		return text.Roman(n) + "."
	case 2:
		return strconv.Itoa(n) + "."
	}
	return letter(lang, n) + ")"
}

// letter gives the n-th letter for points. Vietnamese papers have đ after d
// and leave out f, j, w and z.
func letter(lang string, n int) string {
	letters := []rune("abcdefghijklmnopqrstuvwxyz")
	if lang == "vi" {
		letters = []rune("abcdđeghiklmnopqrstuvxy")
	}
	if n > len(letters) {
		return strconv.Itoa(n)
	}
	return string(letters[n-1])
}

// Slot stands for the i-th run (from one) in a sentence that the catalogue
// forms, so that a figure inside a sentence keeps its link: say the sentence
// with slots as its arguments, then Weave the runs in.
func Slot(i int) string { return string(rune(0xE000 + i)) }

// Sentence says a sentence of the catalogue with runs in its places, {1} the
// first. The first whole number among the figures decides between singular and
// plural.
func Sentence(say Say, key string, runs ...Run) Runs {
	args := make([]any, len(runs), len(runs)+1)
	for i := range runs {
		args[i] = Slot(i + 1)
	}
	for _, r := range runs {
		if n, err := strconv.ParseInt(r.Figure.Value, 10, 64); err == nil {
			args = append(args, n)
			break
		}
	}
	return Weave(say(key, args...), runs...)
}

// Weave puts runs into the slots of a sentence.
func Weave(sentence string, runs ...Run) Runs {
	var woven Runs
	rest := sentence
	for rest != "" {
		at := strings.IndexFunc(rest, func(r rune) bool { return r > 0xE000 && int(r-0xE000) <= len(runs) })
		if at < 0 {
			return append(woven, T(rest))
		}
		if at > 0 {
			woven = append(woven, T(rest[:at]))
		}
		slot := []rune(rest[at:])[0]
		woven = append(woven, runs[int(slot-0xE000)-1])
		rest = rest[at+len(string(slot)):]
	}
	return woven
}
