package office

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// Desk is what papers of the office are written with: the language, a sheet
// that has its head already, and how the body signs.
type Desk struct {
	To    locale.Speaker
	Sheet *document.Builder
	Voice string // the association as it speaks of itself
	Sign  document.Signature
	Pen   string // "(Ký, ghi rõ họ tên)"
}

// Title names an office: its own title in Vietnamese, or that of its kind.
func Title(to locale.Speaker, kind, title string) string {
	if title != "" && to.Lang == locale.Vi {
		return title
	}
	return to.Say("office.kind." + kind)
}

func (d Desk) day(on calendar.Day) string { return d.To.DateShort(calendar.OnDay(on)) }

// figure is a number that a machine can read too.
func (d Desk) figure(n int) document.Cell {
	return document.CR(document.Num(d.To.Number(int64(n)), strconv.Itoa(n), ""))
}

func (d Desk) sum(a money.Amount) document.Cell {
	return document.CR(document.Num(d.To.Money(a), strconv.FormatInt(a.Minor, 10), ""))
}

// nth is the number of a row.
func nth(i int) document.Cell { return document.C(strconv.Itoa(i + 1)) }

// pen is a signature left to the hand.
func (d Desk) pen(key, name string) document.Signature {
	return document.Signature{Position: d.upper(d.To.Say(key)), Note: d.Pen, Name: name}
}

// upper writes in capitals where Vietnamese papers do.
func (d Desk) upper(text string) string {
	if d.To.Lang == locale.Vi {
		return strings.ToUpper(text)
	}
	return text
}

// lines parts a long answer into its lines, without those that are blank.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// items adds lines as a list of dashes.
func (d Desk) items(text []string) {
	var all []document.Runs
	for _, line := range text {
		all = append(all, document.Text(strings.TrimLeft(line, "-+• ")))
	}
	if len(all) > 0 {
		d.Sheet.Items(all...)
	}
}

// dots leaves lines to the pen.
func (d Desk) dots(label string, extra int) {
	d.Sheet.Add(document.Fields{Items: []document.Field{document.Blank(label)}, Extra: extra})
}
