package web

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// scholarView lists scholars with their host families.
func scholarView() registerView {
	return registerView{
		heads: []string{"register.scholar.who", "union.country", "register.scholar.school", "register.years", "register.scholar.yearly", "register.scholar.family"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Scholar](q, typed)
			var lines []registerLine
			for _, s := range found {
				years := ""
				if n := s.Years(q.today()); n > 0 {
					years = q.say("register.years.n", n)
				}
				given, paid := s.Given()
				money := page.Cell{Text: q.moneySaid(s.Yearly)}
				if paid > 0 {
					money.Note = q.say("register.scholar.given", q.sums(given), paid)
				}
				family := page.Cell{}
				if hosts := s.Families(); len(hosts) > 0 {
					last := hosts[len(hosts)-1]
					family = page.Cell{Text: last.Family, Note: q.dated(last.During)}
					if len(hosts) > 1 {
						family.Note = dotted(family.Note, q.say("register.scholar.hosts.n", len(hosts)))
					}
				}
				lines = append(lines, registerLine{s.ID, s.Body, []page.Cell{
					{Text: cmp.Or(q.personCalled(int64(s.Person)), s.Name), Note: s.Note}, {Text: q.countryTyped(s.Country)}, {Text: s.School}, {Text: q.sinceUntil(s.From, s.Until), Note: years}, money, family,
				}})
			}
			return lines, err
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			s, err := one[union.Scholar](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, s.Body)
			fields := []templ.Component{
				home, q.whoField(a.field("who", "register.scholar.who", s.Name), s.Person, s.Name), a.text("country", "union.country", q.countryTyped(s.Country)), a.text("school", "register.scholar.school", s.School),
				a.day("from", "register.from", typed(s.From)), a.day("until", "register.until", typed(s.Until)),
			}
			fields = append(fields, a.sum("yearly", "register.scholar.yearly", s.Yearly)...)
			return append(fields, a.text("family", "register.scholar.family", s.Family), a.day("hosted", "register.scholar.hosted", typed(s.Hosted)), a.text("note", "common.note", s.Note)), s.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			s, err := one[union.Scholar](q, id)
			if err != nil {
				return nil, err
			}
			s.Body, s.School, s.Family, s.Note = cmp.Or(s.Body, q.homeOf(body.ID(q.id("body")))), q.value("school"), q.value("family"), q.value("note")
			var e [6]error
			s.Person, s.Name, e[0] = q.anybody("who")
			s.Country, e[1] = q.countryGiven("country")
			s.From, e[2] = q.date("from")
			s.Until, e[3] = q.date("until")
			s.Hosted, e[4] = q.date("hosted")
			s.Yearly, e[5] = q.amountGiven("yearly")
			return registering(q, s), fault.Gather(e[:]...)
		},
		more:  (*request).scholarMore,
		parts: map[string]func(*request, int64) (func(context.Context, *store.Tx) error, error){"payment": scholarPaid, "host": scholarLodged},
	}
}

// sums says several amounts.
func (q *request) sums(all []money.Amount) string {
	var said []string
	for _, a := range all {
		said = append(said, q.speaker().Money(a))
	}
	return joined(said)
}

// scholarMore shows what a scholar was given year by year and who took them in,
// and takes the next.
func (q *request) scholarMore(id int64) ([]page.DeskPart, error) {
	s, err := one[union.Scholar](q, id)
	if err != nil {
		return nil, err
	}
	paid := page.Table{ID: "payments", Quiet: true, Caption: q.say("register.scholar.payments"), Columns: []page.Column{
		{Head: q.say("register.years"), Chief: true}, {Head: q.say("common.date")}, {Head: q.say("common.amount"), Figure: true}, {Head: q.say("register.scholar.entry")}, {Head: q.say("common.note")},
	}, Empty: page.Empty{Glyph: page.GlyphFund, Head: q.say("register.scholar.payments.none"), Text: q.say("register.scholar.payments.text")}}
	for _, p := range s.Payments {
		entry := page.Cell{Text: q.say("register.scholar.entry.none")}
		if p.Entry != 0 {
			entry = page.Cell{Text: q.entryLabel(p.Entry), Href: "/fund/entries/" + idText(int64(p.Entry))}
		}
		paid.Rows = append(paid.Rows, page.Row{Cells: []page.Cell{{Text: schoolYear(p.Year)}, {Text: q.daySaid(p.Day)}, {Text: q.speaker().Money(p.Amount)}, entry, {Text: p.Note}}})
	}
	if sums, _ := s.Given(); len(sums) > 0 {
		paid.Total = []page.Cell{{Text: q.say("common.total")}, {}, {Text: q.sums(sums)}, {}, {}}
	}
	hosts := page.Table{ID: "hosts", Quiet: true, Caption: q.say("register.scholar.hosts"), Columns: []page.Column{
		{Head: q.say("register.scholar.family"), Chief: true}, {Head: q.say("register.scholar.hosted")}, {Head: q.say("common.note")},
	}, Empty: page.Empty{Glyph: page.GlyphPeople, Head: q.say("register.scholar.hosts.none"), Text: q.say("register.scholar.hosts.text")}}
	for _, h := range s.Families() {
		hosts.Rows = append(hosts.Rows, page.Row{Cells: []page.Cell{{Text: h.Family}, {Text: q.dated(h.During)}, {Text: h.Note}}})
	}
	parts := []page.DeskPart{{Plain: true, Table: &paid}, {Plain: true, Table: &hosts}}
	if q.may(access.PostDeeds, s.Body) {
		parts[0].Form, parts[1].Form = q.paymentForm(s), q.hostForm(s)
	}
	return parts, nil
}

// schoolYear writes 2024 as 2024–2025.
func schoolYear(begins int) string { return strconv.Itoa(begins) + "–" + strconv.Itoa(begins+1) }

// entryLabel names an entry of the fund, if the reader may see it.
func (q *request) entryLabel(id fund.EntryID) string {
	e, err := q.view().Entry(q.Context(), id)
	if err != nil {
		return q.say("deed.entry.hidden")
	}
	return e.Label()
}

func (q *request) partForm(s union.Scholar, part, fold string, a asker, fields ...templ.Component) *page.DeskForm {
	return &page.DeskForm{
		Head: page.FormHead{Action: registerPath(union.Scholars) + "/" + idText(s.ID) + "/" + part, Revision: idText(s.Revision), Rejected: len(a.wrong) > 0}, Wrong: a.wrong, Open: len(a.wrong) > 0,
		Fold: q.say(fold), Do: q.say("register.enter"), Quiet: true, Fields: fields,
	}
}

// partAsker builds the fields of one of the smaller forms of a record; what was
// refused stays in the form it was typed into.
func (q *request) partAsker(part string) asker {
	a := asker{q: q, pre: part + "-"}
	if q.partRefused.part == part {
		a.wrong = page.ProblemsOf(q.partRefused.err, q.reader)
	}
	return a
}

func (q *request) paymentForm(s union.Scholar) *page.DeskForm {
	a := q.partAsker("payment")
	options := []page.Option{{Text: q.say("register.scholar.entry.outside")}}
	if q.may(access.ReadFund, s.Body) {
		from := s.From.FirstOr(q.today().AddYears(-2))
		entries, err := q.view().Entries(q.Context(), store.EntriesAsked{Body: s.Body, Period: calendar.Period{From: from, To: q.today()}, Most: 200})
		if err == nil {
			for _, e := range entries {
				if e.Kind == fund.Payment && e.Reversed == 0 {
					options = append(options, page.Option{Value: idText(int64(e.ID)), Text: dotted(e.Label(), q.daySaid(e.Day), q.sums(e.Total()), shortened(e.Text))})
				}
			}
		}
	}
	year := a.field("year", "register.scholar.year", strconv.Itoa(q.schoolYearNow()))
	year.Hint, year.Short = q.say("register.scholar.year.hint"), true
	fields := []templ.Component{page.NumberInput(q.reader, year), a.choose("entry", "register.scholar.entry", "", options), a.day("day", "common.date", "")}
	fields = append(fields, a.sum("amount", "common.amount", s.Yearly)...)
	return q.partForm(s, "payment", "register.scholar.pay", a, append(fields, a.text("note", "common.note", ""))...)
}

// schoolYearNow is the year in which the school year of today began: in September.
func (q *request) schoolYearNow() int {
	year := q.today().Year()
	if q.today() < calendar.DayOf(year, time.September, 1) {
		return year - 1
	}
	return year
}

func (q *request) hostForm(s union.Scholar) *page.DeskForm {
	a := q.partAsker("host")
	return q.partForm(s, "host", "register.scholar.host", a, a.needed("family", "register.scholar.family", ""), a.day("during", "register.scholar.hosted", ""), a.text("note", "common.note", ""))
}

func scholarPaid(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	p := union.Payment{Entry: fund.EntryID(q.id("entry")), Note: q.value("note")}
	var e [3]error
	year, _, wrong := countOr(q.value("year"), 0)
	p.Year, e[0] = int(year), at("year", wrong)
	p.Day, e[1] = q.exactDay("day")
	p.Amount, e[2] = q.amountGiven("amount")
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := union.Pay(ctx, tx, q.actor, id, p)
		return err
	}, fault.Gather(e[:]...)
}

func scholarLodged(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	h := union.Hosting{Family: q.value("family"), Note: q.value("note")}
	var err error
	h.During, err = q.date("during")
	return func(ctx context.Context, tx *store.Tx) error {
		_, err := union.Lodge(ctx, tx, q.actor, id, h)
		return err
	}, err
}
