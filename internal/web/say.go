package web

import (
	"strconv"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
)

// speaker words dates and numbers in the reader's language.
func (q *request) speaker() locale.Speaker { return q.server.words.Load().In(q.reader.Lang) }

// dated words a date in figures; an unknown one is left out.
func (q *request) dated(d calendar.Date) string {
	if d.IsUnknown() {
		return ""
	}
	return q.speaker().DateShort(d)
}

// date reads an answer that is a date. What cannot be one is refused beside its
// field.
func (q *request) date(name string) (calendar.Date, error) {
	d, err := calendar.ReadInput(q.value(name), calendar.Reading{})
	if faults := fault.All(err); len(faults) > 0 {
		return d, fault.Field(name, faults[0].Key, faults[0].Args...)
	}
	return d, err
}

// day reads an answer that is one day, today where nothing or nonsense was given.
func (q *request) day(name string) calendar.Day {
	d, err := calendar.ReadInput(q.value(name), calendar.Reading{})
	if err != nil {
		return q.today()
	}
	return d.LastOr(q.today())
}

// typed gives a date as it is typed into a form: 20/11/1949, 11/1949, 1949.
func typed(d calendar.Date) string {
	if day, ok := d.Day(); ok {
		return locale.DayShort(day)
	}
	if y, m, ok := d.Month(); ok && !d.IsAbout() {
		return strconv.Itoa(int(m)) + "/" + strconv.Itoa(y)
	}
	return d.EDTF()
}

// when words an instant.
func (q *request) when(milli int64) string {
	at := time.UnixMilli(milli).In(q.server.Book.Now().Location())
	return q.speaker().DateShort(calendar.OnDay(calendar.FromTime(at))) + " " + at.Format("15:04")
}

// id reads an answer that is an id; 0 where there is none.
func (q *request) id(name string) int64 {
	n, err := strconv.ParseInt(q.value(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// names gives what every body but households is called today, short.
func (q *request) names() (map[body.ID]string, error) {
	all, err := q.view().Bodies(q.Context())
	if err != nil {
		return nil, err
	}
	names := make(map[body.ID]string, len(all))
	for _, b := range all {
		names[b.ID] = b.ShortOn(string(q.reader.Lang), q.today())
	}
	return names, nil
}

// bodyOptions offers the bodies on which the reader has a right, the root first
// and each branch beneath what it stands under. blank words the choice of none.
func (q *request) bodyOptions(right access.Right, blank string) ([]page.Option, error) {
	names, err := q.names()
	if err != nil {
		return nil, err
	}
	var options []page.Option
	if blank != "" {
		options = append(options, page.Option{Text: blank})
	}
	tree, today := q.view().Tree(), q.today()
	for _, id := range append([]body.ID{q.root()}, tree.Below(q.root(), today)...) {
		if name := names[id]; name != "" && q.may(right, id) {
			options = append(options, page.Option{Value: idText(id), Text: name})
		}
	}
	return options, nil
}

// idText writes an id for an address or a form.
func idText[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }
