package web

import (
	"net/http"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/locale"
	"kith.app/internal/money"
	"kith.app/internal/page"
)

// deedEdit shows the form with what the book says of a deed.
func (s *Server) deedEdit(q *request) error {
	shown, err := q.deedAsked()
	if err != nil {
		return err
	}
	if err := q.actor.May(access.PostDeeds, shown.deed.Body); err != nil {
		return err
	}
	a := q.answersOf(shown)
	form, err := q.deedForm(&a, nil, shown.deed)
	if err != nil {
		return err
	}
	return q.show(page.DeedNew(form))
}

// deedSave writes the next version of a deed. Who was first wins; whoever came
// second sees both versions side by side and decides.
func (s *Server) deedSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	shown, err := q.deedAsked()
	if err != nil {
		return err
	}
	a := q.readAnswers()
	based := idOf(q.value("revision"))
	seen := shown.deed
	seen.Revision = based
	if more := q.value("more"); more != "" {
		return q.deedMore(&a, more, seen)
	}
	e, err := q.enter(&a)
	q.keepUnasked(&e, shown.deed)
	if err == nil && based != shown.deed.Revision {
		return q.deedStale(&a, e, shown)
	}
	if err == nil {
		e.papers, err = q.sentPapers()
	}
	if err == nil {
		err = q.correctDeed(&e, based, a.fields["reason"])
	}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		return q.deedAgain(&a, err, seen)
	}
	if err != nil {
		return err
	}
	return q.doneAt(deedPath(e.deed.ID), q.well("deed.corrected"))
}

// keepUnasked keeps what the form does not ask about.
func (q *request) keepUnasked(e *entered, was deed.Deed) {
	e.deed.ID, e.deed.Brought, e.deed.Programme, e.deed.Place = was.ID, was.Brought, was.Programme, was.Place
	if was.Source.Title == e.deed.Source.Title {
		e.deed.Source = was.Source
	}
	if was.Status == deed.Cancelled {
		e.deed.Status = deed.Cancelled
	}
	if e.deed.Brought {
		e.spent = fund.Draft{} // figures from before the book moved no money in it
	}
}

// deedStale shows what somebody else wrote meanwhile beside what was sent; the
// form below still holds the latter and is now based on the former.
func (q *request) deedStale(a *deedAnswers, e entered, shown deedShown) error {
	form, err := q.deedForm(a, nil, shown.deed)
	if err != nil {
		return err
	}
	rows, err := q.differences(shown.deed, e.deed)
	if err != nil {
		return err
	}
	form.Stale = &page.Compared{Theirs: q.say("deed.stale.theirs"), Mine: q.say("deed.stale.mine"), Rows: rows}
	return q.showAs(http.StatusConflict, page.DeedNew(form))
}

// answersOf writes a deed back into the answers of its form.
func (q *request) answersOf(shown deedShown) deedAnswers {
	d, k := shown.deed, shown.kind
	a := deedAnswers{fields: map[string]string{
		"kind": d.Kind, "day": q.inputDate(d), "status": string(d.Status), "body": strconv.FormatInt(int64(d.Body), 10),
		openFundAnswer: "yes", "approver": approverOf(d), "title": d.Title, "place": d.PlaceNote, "note": d.Note, "reason": d.Reason, "source": d.Source.Title,
	}}
	if d.Status == deed.Cancelled {
		a.fields["status"] = string(deed.Done)
	}
	if d.Series > 0 {
		a.fields["series"] = strconv.FormatInt(d.Series, 10)
	}
	var also, witnesses []string
	first := true
	for _, p := range d.Parties {
		name := q.typedName(p, shown)
		switch {
		case answerTie(&a, d, k, p, name):
		case p.Role == deed.Coordinator:
			a.with = append(a.with, strconv.FormatInt(int64(p.Body), 10))
		case p.Role == deed.Witness && k.Second() != deed.Witness:
			witnesses = append(witnesses, name)
		case p.Role == k.Second() && p.Role != deed.Participant:
			also = append(also, name)
		case k.Shape() == deed.Single && first:
			a.who, first = q.answerOf(p, name), false
		default:
			a.rows = append(a.rows, q.answerOf(p, name))
		}
	}
	a.fields["also"], a.fields["witness"] = strings.Join(also, ", "), strings.Join(witnesses, ", ")
	a.ties = q.tiesWritten(d.Ties)
	q.answerLines(shown, &a)
	return a
}

// inputDate writes a date as the form takes it.
func (q *request) inputDate(d deed.Deed) string {
	if _, one := d.Day.Day(); one && !d.Day.IsAbout() && !d.Day.IsDerived() {
		return q.speaker().DateShort(d.Day)
	}
	return d.Day.EDTF()
}

// typedName is a party's name as one types it.
func (q *request) typedName(p deed.Party, shown deedShown) string {
	if p.Person != 0 {
		return shown.called.People[p.Person].Name
	}
	return q.partyName(p, shown.called, q.today())
}

func (q *request) answerOf(p deed.Party, name string) page.DeedPerson {
	row := page.DeedPerson{Name: name, School: p.Detail.School, Prize: p.Detail.Prize, Came: p.Detail.Came}
	if p.Detail.Step > 0 {
		row.School = strconv.Itoa(p.Detail.Step)
	}
	if !p.Detail.Amount.IsNone() {
		row.Amount = money.Figure(p.Detail.Amount.Minor, p.Detail.Amount.Currency, q.reader.Lang)
	}
	switch {
	case p.Person != 0:
		row.ID = personMark(p.Person)
	case p.Body != 0:
		row.ID = bodyMark(p.Body)
	default:
		row.ID = "name"
	}
	return row
}

// answerLines writes the lines of a deed back into its form.
func (q *request) answerLines(shown deedShown, a *deedAnswers) {
	k := shown.kind
	worth := map[string]deed.Line{}
	for _, l := range shown.deed.Lines {
		if l.Unit == deed.GoodsValue {
			worth[l.Item] = l
		}
	}
	for _, l := range shown.deed.Lines {
		switch {
		case l.Unit == deed.Money:
			if k.Shape() != deed.Table || len(a.rows) == 0 {
				a.fields["amount"] = money.Figure(l.Quantity, l.Currency, q.reader.Lang)
			}
			if l.Currency != money.VND {
				a.fields["currency"] = string(l.Currency)
			}
		case l.Unit == deed.GoodsValue:
		case l.Unit == k.Counts():
			a.fields["count"] = q.countTyped(l)
		case l.Unit != deed.Acts && l.Unit != deed.Persons && l.Unit != deed.Families:
			g := page.DeedGift{Unit: string(l.Unit), Item: l.Item, Pieces: q.countTyped(l)}
			if v, ok := worth[l.Item]; ok && l.Quantity > 0 {
				g.Value = money.Figure(v.Quantity/max(1, l.Quantity), v.Currency, q.reader.Lang)
			}
			a.gifts = append(a.gifts, g)
		}
	}
	if k.Shape() == deed.Table && len(a.rows) == 0 {
		q.eachOf(shown, a)
	}
	if shown.deed.Entry == 0 && shown.deed.Status == deed.Done && !moneyOf(shown.deed).IsZero() {
		a.fields["purse"] = outside
	}
}

// eachOf writes the amount of each where nobody is named.
func (q *request) eachOf(shown deedShown, a *deedAnswers) {
	n, _, err := countOr(a.fields["count"], 1)
	total := moneyOf(shown.deed)
	if err == nil && n > 0 && total.Minor%n == 0 && !total.IsNone() {
		a.fields["amount"] = money.Figure(total.Minor/n, total.Currency, q.reader.Lang)
	}
}

// countTyped writes a quantity as one types it.
func (q *request) countTyped(l deed.Line) string {
	value := locale.Number(l.Quantity, q.reader.Lang)
	if l.Unit.Decimals() > 0 {
		value = locale.Decimal(l.Quantity, l.Unit.Decimals(), q.reader.Lang)
	}
	return q.speaker().Qualified(value, l.Qualifier.String())
}

func approverOf(d deed.Deed) string {
	if d.Approver == 0 {
		return ""
	}
	return strconv.FormatInt(int64(d.Approver), 10)
}
