package office

import (
	"regexp"
	"strconv"
	"strings"

	"kith.app/internal/fault"
)

// PaperKind is a kind of paper with the letters that stand for it in numbers.
// Names are in the catalogue under paper.kind and the code.
type PaperKind struct {
	Code  string
	Stamp string // "BC" of "05/BC-BLL"; official letters have none
}

// The kinds of paper that others of the book make.
const (
	Letter     = "letter"
	Report     = "report"
	Invitation = "invitation"
	MinutesOf  = "minutes"
)

// PaperKinds lists the kinds in the order in which forms offer them, with the
// abbreviations that offices use.
func PaperKinds() []PaperKind {
	return []PaperKind{
		{Letter, ""},
		{Report, "BC"},
		{"plan", "KH"},
		{"notice", "TB"},
		{Invitation, "GM"},
		{"submission", "TTr"},
		{MinutesOf, "BB"},
		{"decision", "QĐ"},
		{"resolution", "NQ"},
		{"programme", "CTr"},
		{"guidance", "HD"},
		{"rules", "QC"},
		{"introduction", "GGT"},
		{"certificate", "GK"},
		{"contract", "HĐ"},
		{"agreement", "BTT"},
		{"appeal", "LKG"},
		{"congratulation", "TCM"},
		{"other", ""},
	}
}

// KindOf finds a kind by its code.
func KindOf(code string) (PaperKind, bool) {
	for _, k := range PaperKinds() {
		if k.Code == code {
			return k, true
		}
	}
	return PaperKind{}, false
}

// kindStamped finds the kind whose letters begin a tail: QĐ of "QĐ-BLL".
func kindStamped(tail string) (PaperKind, bool) {
	stamp, _, _ := strings.Cut(tail, "-")
	for _, k := range PaperKinds() {
		if k.Stamp != "" && strings.EqualFold(k.Stamp, strings.TrimSpace(stamp)) {
			return k, true
		}
	}
	return PaperKind{}, false
}

// numberForm is what people write: "12", "012", "12/QĐ-BLL", "Số: 12/QĐ-BLL".
var numberForm = regexp.MustCompile(`^(?i:số|so|no\.?|n°)?\s*[:.]?\s*0*([1-9][0-9]{0,5})\s*(?:/\s*(.*))?$`)

// ParseNumber reads the number of a paper as it was typed: the bare number, or
// the whole with its symbol. Nothing typed is 0.
func ParseNumber(typed string) (number int64, tail string, err error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0, "", nil
	}
	m := numberForm.FindStringSubmatch(typed)
	if m == nil {
		return 0, "", fault.Field("number", "paper.number.form", typed)
	}
	number, err = strconv.ParseInt(m[1], 10, 64)
	return number, strings.TrimRight(strings.TrimSpace(m[2]), " …./-"), err
}

// TailOf is what stands behind the number of a paper of a kind: the letters of
// the kind and the symbol of the body. What was typed wins, and is completed
// when it breaks off after the kind.
func TailOf(kind PaperKind, symbol, typed string) string {
	switch {
	case typed != "" && strings.EqualFold(typed, kind.Stamp) && symbol != "":
		return typed + "-" + symbol
	case typed != "":
		return typed
	case kind.Stamp == "":
		return symbol
	case symbol == "":
		return kind.Stamp
	}
	return kind.Stamp + "-" + symbol
}

// Label is the number as it stands on the paper: "05/BC-BLL", with a nought
// below ten; of one that came, the number of its arrival.
func (p Paper) Label() string {
	figures := strconv.FormatInt(p.Number, 10)
	if p.Way == In {
		return figures
	}
	if p.Number < 10 {
		figures = "0" + figures
	}
	if p.Tail == "" {
		return figures
	}
	return figures + "/" + p.Tail
}

// The names of the series in which numbers are drawn.
const (
	seriesIn  = "paper.in"
	seriesOut = "paper.out"
)

// SettingTogether, when "yes", numbers papers that go in one series whatever
// their kind; otherwise each kind has its own.
const SettingTogether = "office.together"

// SeriesFor is the series in which a paper of a way and kind is numbered.
func SeriesFor(way Way, kind string, together bool) string {
	switch {
	case way == In:
		return seriesIn
	case together:
		return seriesOut
	}
	return seriesOut + "." + kind
}
