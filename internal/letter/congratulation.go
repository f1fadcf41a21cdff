package letter

import (
	"strings"

	"kith.app/internal/document"
	"kith.app/internal/locale"
)

// Congratulation is a letter on an occasion: to whom, about what, in which words.
type Congratulation struct {
	Sheet
	To      string // the body
	Who     string // who speaks for it: "Tổng Lãnh sự …"; empty when nobody is known
	Subject string
	Text    string // a paragraph for each line
}

// Congratulate writes a letter of congratulation.
func Congratulate(to locale.Speaker, c Congratulation) *document.Document {
	w := c.plainly(to, document.A4())
	if kind := to.Say("letter.congratulation"); strings.HasPrefix(strings.ToLower(c.Subject), strings.ToLower(kind)) {
		w.b.Title(c.Subject, "") // the subject says what it is
	} else {
		w.b.Title(kind, c.Subject)
	}
	dear := []string{c.To}
	if c.Who != "" {
		dear = []string{c.Who, c.To}
	}
	w.b.To(to.Say("letter.dear"), strings.Join(dear, ", "))
	for line := range strings.Lines(c.Text) {
		if line = strings.TrimSpace(line); line != "" {
			w.b.Say(line)
		}
	}
	w.b.CopyTo(to.Say("paper.recipients"), c.House.Copies(to)...)
	w.b.Sign(c.House.Signature(to))
	return w.b.Paper()
}

// CongratulationText proposes the words of a letter for an occasion, to a body, on
// behalf of another.
func CongratulationText(to locale.Speaker, occasion, whom, voice string) string {
	return strings.Join([]string{
		to.Say("letter.congratulation.wish", occasion, voice, whom),
		to.Say("letter.congratulation.bond", whom),
		to.Say("letter.congratulation.end"),
	}, "\n")
}
