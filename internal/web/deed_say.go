package web

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

type personID = person.ID

// dayOf is the day on which a deed is spoken of: its own, or today.
func (q *request) dayOf(d deed.Deed) calendar.Day {
	return min(d.Day.LastOr(q.today()), q.today())
}

// titleWith names a deed as a person would: what was done, for whom.
func (q *request) titleWith(d deed.Deed, k deed.Kind, c store.Called) string {
	if d.Title != "" {
		return d.Title
	}
	if k.Code == "" {
		k.Names = map[string]string{"vi": d.Kind}
	}
	var names []string
	n := 0
	for _, p := range d.Parties {
		if p.Role != k.First() || k.Shape() == deed.Gathering {
			continue
		}
		if n++; n <= 2 {
			names = append(names, q.partyName(p, c, q.dayOf(d)))
		}
	}
	short := k.Short(q.lang())
	if d.Series > 0 {
		short = q.say("deed.title.series", short, q.speaker().Ordinal(int(d.Series)))
	}
	switch {
	case n > 2:
		return q.say("deed.title.for", short, q.say("deed.title.many", names[0], n-1))
	case n > 0 && k.First() == deed.Giver:
		return q.say("deed.title.by", short, q.speaker().List(names...))
	case n > 0:
		return q.say("deed.title.for", short, q.speaker().List(names...))
	}
	return short
}

// quantity writes how much of a unit, with how exactly it is known: "trên 500
// người", "2.000.000 đ".
func (q *request) quantity(m deed.Measure, qty int64, means deed.Qualifier) string {
	if m.Unit.HasCurrency() {
		return q.speaker().Qualified(q.speaker().Money(money.Of(qty, m.Currency)), means.String())
	}
	if m.Unit.Decimals() > 0 {
		value := locale.Decimal(qty, m.Unit.Decimals(), q.reader.Lang)
		if qty%10 == 0 {
			value = q.speaker().Number(qty / 10)
		}
		return q.say("deed.count.workdays", q.speaker().Qualified(value, means.String()))
	}
	said := q.say("deed.count."+string(m.Unit), qty)
	if means == deed.Exact {
		return said
	}
	return q.speaker().Qualified(said, means.String())
}

// lineText writes one line of a deed in words.
func (q *request) lineText(l deed.Line, k deed.Kind) string {
	said := q.quantity(deed.MeasureOf(k.Code, l), l.Quantity, l.Qualifier)
	if acts := k.Acts[q.lang()]; l.Unit == deed.Acts && acts != "" {
		said = q.speaker().Qualified(q.say("deed.count.named", l.Quantity, acts), l.Qualifier.String())
	}
	if l.Item != "" && l.Unit == deed.Things {
		said = q.speaker().Number(l.Quantity) + " " + l.Item
	} else if l.Item != "" {
		said += " (" + l.Item + ")"
	}
	if l.Stage != deed.Given {
		said += " · " + q.say("deed.stage."+string(l.Stage))
	}
	return said
}

// figureOf is the one figure by which a deed is listed: its money, or else what
// it counts first.
func (q *request) figureOf(d deed.Deed, k deed.Kind) string {
	if total := moneyOf(d); !total.IsZero() {
		return q.speaker().Money(total)
	}
	best := -1
	for i, l := range d.Lines {
		if l.Stage == deed.Given && (best < 0 || slices.Index(k.Units, l.Unit) >= 0 && slices.Index(k.Units, l.Unit) < slices.Index(k.Units, d.Lines[best].Unit)) {
			best = i
		}
	}
	if best < 0 || d.Lines[best].Quantity == 1 && d.Lines[best].Unit == deed.Acts {
		return ""
	}
	return q.lineText(d.Lines[best], k)
}

// statusMark says how far a deed is; a plan that is past is late.
func (q *request) statusMark(d deed.Deed) page.Mark {
	switch d.Status {
	case deed.Planned:
		if last, ok := d.Day.Last(); ok && last < q.today() {
			return page.Mark{Tone: page.Late, Text: q.say("deed.status.late")}
		}
		return page.Mark{Tone: page.Due, Text: q.say("deed.status.planned")}
	case deed.Cancelled:
		return page.Mark{Tone: page.Plain, Text: q.say("deed.status.cancelled")}
	case deed.Done:
	}
	if d.Brought {
		return page.Mark{Tone: page.Plain, Text: q.say("deed.status.brought")}
	}
	return page.Mark{}
}

// kindsByCode reads the kinds of the book by their codes.
func (q *request) kindsByCode() (map[string]deed.Kind, error) {
	kinds, err := q.view().Kinds(q.Context())
	by := make(map[string]deed.Kind, len(kinds))
	for _, k := range kinds {
		by[k.Code] = k
	}
	return by, err
}

// idOf reads an id of the address or a form; 0 for anything else.
func idOf(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
