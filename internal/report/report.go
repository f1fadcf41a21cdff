// Package report reads the subjects and their figures and makes reports of
// them. A report is composed in two steps. Gather reads what the book says of
// a body in a period and gives Facts: figures, names and dates, in no language.
// Compose words them as a paper in one language. Nothing is told that the book
// does not say: sentences only carry figures, and what a secretary wants to add
// in words stands in Texts. When a report is filed its facts are frozen, so
// that it reads the same for ever and the next one can say what changed since.
package report

import (
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/tally"
)

// Kind says what a report is about.
type Kind string

// The kinds of report.
const (
	Annual    Kind = "annual"
	Quarterly Kind = "quarterly"
	Term      Kind = "term"     // of the board
	Founding  Kind = "founding" // since the body was founded
	AnyPeriod Kind = "period"
)

// Kinds lists the kinds in the order in which forms offer them.
func Kinds() []Kind { return []Kind{Annual, Quarterly, Term, Founding, AnyPeriod} }

// Ask says which report is wanted.
type Ask struct {
	Body   body.ID         `json:"body"`
	Kind   Kind            `json:"kind"`
	Period calendar.Period `json:"period"`

	Borders tally.Borders `json:"borders,omitzero"` // on which its figures are asked
}

// AskFor makes an Ask of what was typed: the period in EDTF, or empty for the
// one that is usual for the kind on that day.
func AskFor(of body.Body, kind Kind, period string, today calendar.Day) (Ask, error) {
	if !slices.Contains(Kinds(), kind) {
		return Ask{}, fault.Field("kind", "report.kind.unknown", string(kind))
	}
	ask := Ask{Body: of.ID, Kind: kind}
	var err error
	if ask.Period, err = periodOf(kind, period, today); err != nil {
		return Ask{}, err
	}
	if kind == Founding {
		ask.Period.From = of.Founded.FirstOr(calendar.Earliest)
	}
	if ask.Period.IsEmpty() || ask.Period.From > today {
		return Ask{}, fault.Field("period", "report.period.future")
	}
	return ask, nil
}

// periodOf reads a period, or gives the last one that is over.
func periodOf(kind Kind, typed string, today calendar.Day) (calendar.Period, error) {
	if typed != "" {
		p, err := calendar.ParsePeriod(typed)
		if err != nil {
			return p, fault.Field("period", "date.edtf", typed)
		}
		if p.IsOpen() {
			p.To = today
		}
		return p, nil
	}
	year, month, _ := today.Civil()
	switch kind {
	case Annual:
		return calendar.Year(year - 1), nil
	case Quarterly:
		return calendar.Quarter(year, (int(month)+2)/3).Before(), nil
	case Founding:
		return calendar.Until(today), nil
	case Term, AnyPeriod:
	}
	return calendar.Period{}, fault.Field("period", "report.period.missing")
}

// TermOf proposes the period of a report on a term: that of the board in office,
// from the day on which most of its members began. There is none where nobody
// sits.
func TermOf(b person.Board, today calendar.Day) (typed string, known bool) {
	count := map[calendar.Date]int{}
	ends := map[calendar.Date]calendar.Date{}
	var from calendar.Date
	for _, s := range b.Seats {
		for _, h := range s.Holders {
			count[h.From]++
			ends[h.From] = h.PlannedEnd
			if first, ok := h.From.First(); ok && first <= today && (count[h.From] > count[from] || count[h.From] == count[from] && h.From.After(from)) {
				from = h.From
			}
		}
	}
	if from.IsUnknown() {
		return "", false
	}
	last, ok := ends[from].Last()
	if !ok || last > today {
		last = today
	}
	span, err := calendar.Between(from, calendar.OnDay(last))
	return span.EDTF(), err == nil
}

// before is the period with which a report compares its own; false when the
// body did not exist then or the report has nothing before it.
func (a Ask) before(founded calendar.Date) (calendar.Period, bool) {
	if a.Kind == Founding || a.Period.From <= calendar.Earliest {
		return calendar.Period{}, false
	}
	p := a.Period.Before()
	if first, ok := founded.First(); ok && p.To < first {
		return calendar.Period{}, false
	}
	return p, true
}
