package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

func promisePath(id tie.PromiseID) string { return "/ties/promises/" + idText(id) }

// promiseQuery reads what a list of promises is narrowed to: open ones unless told
// otherwise.
func (q *request) promiseQuery() store.PromiseQuery {
	asked := store.PromiseQuery{Status: tie.PromiseStatus(q.value("status")), Body: body.ID(q.id("body"))}
	switch q.value("status") {
	case "":
		asked.Status = tie.PromiseOpen
	case "all":
		asked.Status = ""
	}
	return asked
}

// tiePromises lists promises under ties.
func (s *Server) tiePromises(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	asked := q.promiseQuery()
	rows, err := q.view().Promises(q.Context(), asked)
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("tie.tab.promises")), Tabs: q.tieTabs("/ties/promises")}
	p.Shell.Lead = q.say("tie.promise.count", len(rows))
	options := []page.Option{{Value: "open", Text: q.say("tie.promise.open")}}
	for _, st := range []tie.PromiseStatus{tie.PromiseLate, tie.PromiseKept, tie.PromiseDropped} {
		options = append(options, page.Option{Value: string(st), Text: q.say("tie.promise." + string(st))})
	}
	options = append(options, page.Option{Value: "all", Text: q.say("common.all")})
	now := q.value("status")
	if now == "" {
		now = "open"
	}
	p.Filter = page.FilterHead{Action: "/ties/promises", Results: "listed", NoBox: true}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "status", Label: q.say("common.status"), Value: now}, Options: options}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/ties/promises.xlsx" + queryOf(q)}}
	p.Table, err = q.promiseTable(rows)
	if err != nil {
		return err
	}
	return q.show(page.Listed(p))
}

// promiseNames words promises of several ties.
func (q *request) promiseNames(rows []store.PromiseRow) (func(store.PromiseRow) twin.Teller, error) {
	var ties []store.TieRow
	for _, row := range rows {
		ties = append(ties, row.Under)
	}
	bodies, err := q.tieBodiesOf(ties)
	return func(row store.PromiseRow) twin.Teller {
		return twin.Tell(q.speaker(), twin.File{Tie: row.Under, Bodies: bodies, On: q.today()})
	}, err
}

func (q *request) promiseTable(rows []store.PromiseRow) (page.Table, error) {
	t := page.Table{
		ID: "promises", Caption: q.say("tie.tab.promises"), Quiet: true,
		Columns: []page.Column{{Head: q.say("tie.promise"), Chief: true}, {Head: q.say("tie.one")}, {Head: q.say("tie.promise.by")}, {Head: q.say("tie.promise.due")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphCheck, Head: q.say("tie.promise.nothing"), Text: q.say("tie.promise.nothing.text"), Do: page.Link{Text: q.say("menu.ties"), Href: "/ties"}},
	}
	tell, err := q.promiseNames(rows)
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		teller := tell(row)
		mark := q.promiseMark(row)
		t.Rows = append(t.Rows, page.Row{Href: promisePath(row.ID), Cells: []page.Cell{
			{Text: teller.Promised(row.Promise)}, {Text: teller.Called(), Href: tiePath(row.Under.Code)}, {Text: teller.Who(row.Promise)}, {Text: q.dated(row.Due)}, page.Marked(mark),
		}})
	}
	return t, nil
}

// promiseMark says what has become of a promise.
func (q *request) promiseMark(row store.PromiseRow) page.Mark {
	tone := map[tie.PromiseStatus]page.Tone{tie.PromiseOpen: page.Waiting, tie.PromiseLate: page.Late, tie.PromiseKept: page.Done, tie.PromiseDropped: page.Plain}[row.Now]
	return page.Mark{Tone: tone, Text: q.say("tie.promise." + string(row.Now))}
}

// tiePromisesSheet gives the promises as a workbook.
func (s *Server) tiePromisesSheet(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	rows, err := q.view().Promises(q.Context(), q.promiseQuery())
	if err != nil {
		return err
	}
	tell, err := q.promiseNames(rows)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("tie.tab.promises")}
	for _, key := range []string{"tie.promise", "tie.one", "tie.promise.by", "common.amount", "tie.promise.made", "tie.promise.due", "common.status", "tie.promise.reason"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, row := range rows {
			teller, amount := tell(row), sheet.Value{}
			if row.Amount.Minor != 0 {
				amount = sheet.Sum(row.Amount)
			}
			if !yield([]sheet.Value{sheet.Words(row.Text), sheet.Words(teller.Called()), sheet.Words(teller.Who(row.Promise)), amount, sheet.On(row.Made), sheet.On(row.Due), sheet.Words(q.say("tie.promise." + string(row.Now))), sheet.Words(row.Reason)}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("tie.tab.promises"), t)
}

// tiePromiseNew asks for a promise under a tie.
func (s *Server) tiePromiseNew(q *request) error {
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	return q.promiseForm(row, tie.Promise{}, nil)
}

func (q *request) promiseForm(row store.TieRow, p tie.Promise, refused error) error {
	a := q.tieAsk(row, "tie.do.promise", "/promise", refused)
	fields, err := q.promiseFields(row, p, a.Wrong, refused)
	if err != nil {
		return err
	}
	a.Fields = fields
	if refused != nil {
		return q.again(page.AskFor(a))
	}
	return q.show(page.AskFor(a))
}

// promiseFields ask who promised what, how much, by when.
func (q *request) promiseFields(row store.TieRow, p tie.Promise, w page.Problems, refused error) ([]templ.Component, error) {
	bodies, err := q.tieBodiesOf([]store.TieRow{row})
	if err != nil {
		return nil, err
	}
	who := q.sideOptions(row, q.say("tie.promise.other"))
	for _, party := range row.Parties {
		b := bodies[party.Body]
		who = append(who, page.Option{Value: bodyMark(party.Body), Text: b.NameOn(q.lang(), b.Ended.LastOr(q.today()))})
	}
	known := strconv.Itoa(p.Side)
	if p.Body != 0 {
		known = bodyMark(p.Body)
	}
	amount, currency, quantity := "", string(money.VND), ""
	if p.Amount.Minor != 0 {
		amount, currency = money.Figure(p.Amount.Minor, p.Amount.Currency, q.reader.Lang), string(p.Amount.Currency)
	}
	if p.Quantity != 0 {
		quantity = strconv.FormatInt(p.Quantity, 10)
	}
	r := q.reader
	text := func(name, key, was string) templ.Component {
		return page.TextInput(r, w.Mark(page.Field{Name: name, Label: q.say(key), Value: q.answerOr(name, was, refused), Max: 300}))
	}
	return []templ.Component{
		page.Select(r, w.Mark(page.Field{Name: "who", Label: q.say("tie.promise.by"), Value: q.answerOr("who", known, refused), Needed: true}), who),
		text("whoElse", "tie.promise.else", p.Who),
		page.TextArea(r, w.Mark(page.Field{Name: "text", ID: "promise-text", Label: q.say("tie.promise.what"), Value: q.answerOr("text", p.Text, refused), Needed: true, Whole: true, Max: 2000}), 3),
		page.MoneyInput(r, w.Mark(page.Field{Name: "amount", Label: q.say("common.amount"), Value: q.answerOr("amount", amount, refused)})),
		page.TextInput(r, w.Mark(page.Field{Name: "currency", Label: q.say("common.currency"), Value: q.answerOr("currency", currency, refused), Short: true, Max: 3})),
		page.NumberInput(r, w.Mark(page.Field{Name: "quantity", Label: q.say("common.quantity"), Value: q.answerOr("quantity", quantity, refused)})),
		text("unit", "tie.promise.unit", p.Unit),
		page.Tick(w.Mark(page.Field{Name: "gift", Label: q.say("tie.promise.gift"), Value: q.answerOr("gift", yes(p.Gift), refused)})),
		page.DateInput(r, w.Mark(page.Field{Name: "made", Label: q.say("tie.promise.made"), Value: q.answerOr("made", typed(p.Made), refused)})),
		page.DateInput(r, w.Mark(page.Field{Name: "due", Label: q.say("tie.promise.due"), Hint: q.say("tie.date.hint"), Value: q.answerOr("due", typed(p.Due), refused)})),
		text("paper", "tie.paper.number", p.Paper.Number),
		text("source", "tie.source", p.Source.Title),
	}, nil
}

// promiseGiven reads the answers about a promise.
func (q *request) promiseGiven(p tie.Promise) (tie.Promise, error) {
	p.Side, p.Body, p.Who = 0, 0, q.value("whoElse")
	if sort, rest := cutMark(q.value("who")); sort == "b" {
		p.Body = body.ID(idOf(rest))
	} else {
		p.Side = int(q.id("who"))
	}
	p.Text, p.Unit, p.Gift = q.lines("text"), q.value("unit"), q.value("gift") == "yes"
	var wrong []error
	add := func(field string, err error) { wrong = append(wrong, at(field, err)) }
	p.Amount = money.Amount{}
	if v := q.value("amount"); v != "" {
		c, err := money.ParseCurrency(q.value("currency"))
		add("currency", err)
		if err == nil {
			p.Amount, err = money.Parse(v, c, q.reader.Lang)
			add("amount", err)
		}
	}
	var err error
	p.Quantity, _, err = countOr(q.value("quantity"), 0)
	add("quantity", err)
	p.Made, err = q.readDay(q.value("made"))
	add("made", err)
	p.Due, err = q.readDay(q.value("due"))
	add("due", err)
	p.Paper.Number, p.Source.Title = q.value("paper"), q.value("source")
	if p.Source.Title != "" && p.Source.Kind == source.None {
		p.Source.Kind = source.Form
	}
	return p, fault.Gather(wrong...)
}

// tiePromiseEnter enters a promise.
func (s *Server) tiePromiseEnter(q *request) error {
	return q.onTie("promise", "tie.promise.entered", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		p, err := q.promiseGiven(tie.Promise{Tie: row.ID})
		if err != nil {
			return err
		}
		_, err = tie.Undertake(ctx, tx, q.actor, p)
		return err
	}, func(row store.TieRow, err error) error { return q.promiseForm(row, tie.Promise{}, err) })
}

// promiseAsked reads the promise that the address names.
func (q *request) promiseAsked() (store.PromiseRow, error) {
	id, err := q.number("id")
	if err != nil {
		return store.PromiseRow{}, err
	}
	return q.view().Promise(q.Context(), tie.PromiseID(id))
}

// tiePromise shows one promise with what can be done about it.
func (s *Server) tiePromise(q *request) error {
	row, err := q.promiseAsked()
	if err != nil {
		return err
	}
	return q.promisePage(row, nil)
}

func (q *request) promisePage(row store.PromiseRow, refused error) error {
	tell, err := q.promiseNames([]store.PromiseRow{row})
	if err != nil {
		return err
	}
	t := tell(row)
	p := page.DeskPage{Shell: q.shell(q.say("tie.promise"))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.ties"), Href: "/ties"}, {Text: t.Called(), Href: tiePath(row.Under.Code)}}
	mark := q.promiseMark(row)
	facts := []page.Fact{
		{Name: q.say("tie.promise.by"), Text: t.Who(row.Promise)},
		{Name: q.say("tie.promise.made"), Text: q.dated(row.Made)},
		{Name: q.say("tie.promise.due"), Text: q.dated(row.Due), Mark: mark},
		{Name: q.say("tie.stage.paper"), Text: t.Paper(row.Paper)},
		{Name: q.say("tie.source"), Text: t.Source(row.Source)},
		{Name: q.say("tie.promise.ended.on"), Text: q.dated(row.Ended)},
		{Name: q.say("tie.promise.reason"), Text: row.Reason},
	}
	for _, id := range row.Deeds {
		d, err := q.view().Deed(q.Context(), deed.ID(id))
		if err != nil {
			continue // done by a deed that the reader may not see
		}
		facts = append(facts, page.Fact{Name: q.say("tie.promise.deed.done"), Text: dotted(d.Title, q.dated(d.Day)), Href: deedPath(d.ID)})
	}
	p.Parts = []page.DeskPart{{Head: t.Promised(row.Promise), Facts: facts}}
	if q.view().TieKeeper(row.Under.Tie) {
		forms, err := q.promiseForms(row, refused)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, forms...)
		if row.Status != tie.PromiseOpen {
			p.Actions = []page.Action{{Glyph: page.GlyphUndo, Text: q.say("tie.promise.again"), Href: promisePath(row.ID) + "/again", Post: true}}
		}
	}
	past, err := q.officePast("promise", int64(row.ID))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// promiseForms ask what became of a promise, or what of it is otherwise.
func (q *request) promiseForms(row store.PromiseRow, refused error) ([]page.DeskPart, error) {
	if row.Status != tie.PromiseOpen {
		return nil, nil
	}
	w, r, path := page.ProblemsOf(refused, q.reader), q.reader, promisePath(row.ID)
	deeds, err := q.tieDeedOptions(row.Under, q.say("tie.promise.deed.none"))
	if err != nil {
		return nil, err
	}
	keep := page.DeskForm{Head: page.FormHead{Action: path + "/keep"}, Wrong: w, Do: q.say("tie.promise.keep.do"), Fields: []templ.Component{
		page.Select(r, w.Mark(page.Field{Name: "deed", Label: q.say("tie.promise.deed.by"), Hint: q.say("tie.promise.deed.hint"), Value: q.value("deed")}), deeds),
		page.DateInput(r, w.Mark(page.Field{Name: "day", Label: q.say("tie.promise.ended.on"), Value: firstOf(q.value("day"), dayTyped(q.today()))})),
		page.Tick(page.Field{Name: "partly", Label: q.say("tie.promise.partly"), Value: q.value("partly")}),
		page.TextInput(r, page.Field{Name: "note", ID: "keep-note", Label: q.say("common.note"), Value: q.value("note"), Whole: true, Max: 1000}),
	}}
	drop := page.DeskForm{Head: page.FormHead{Action: path + "/drop"}, Fold: q.say("tie.promise.drop"), Do: q.say("tie.promise.drop.do"), Danger: true, Fields: []templ.Component{
		page.TextInput(r, w.Mark(page.Field{Name: "reason", Label: q.say("tie.promise.drop.why"), Value: q.value("reason"), Needed: true, Whole: true, Max: 1000})),
	}}
	fields, err := q.promiseFields(row.Under, row.Promise, w, refused)
	if err != nil {
		return nil, err
	}
	edit := page.DeskForm{Head: page.FormHead{Action: path, Revision: strconv.FormatInt(row.Revision, 10)}, Fold: q.say("common.edit"), Do: q.say("common.save"), Quiet: true, Fields: fields}
	return []page.DeskPart{{Head: q.say("tie.promise.keep"), Form: &keep}, {Plain: true, Form: &edit}, {Plain: true, Form: &drop}}, nil
}

// onPromise does something with the promise that the address names.
func (q *request) onPromise(why string, do func(ctx context.Context, tx *store.Tx, row store.PromiseRow) error) error {
	if err := q.read(); err != nil {
		return err
	}
	row, err := q.promiseAsked()
	if err != nil {
		return err
	}
	err = q.write("tie.why."+why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, row) })
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.promisePage(row, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(promisePath(row.ID), q.well("common.saved"))
}

// tiePromiseAmend changes what a promise says.
func (s *Server) tiePromiseAmend(q *request) error {
	return q.onPromise("promise.amend", func(ctx context.Context, tx *store.Tx, row store.PromiseRow) error {
		p, err := q.promiseGiven(row.Promise)
		if err != nil {
			return err
		}
		_, err = tie.AmendPromise(ctx, tx, q.actor, p, q.id("revision"))
		return err
	})
}

// tiePromiseKeep says that a promise was kept, by which deed.
func (s *Server) tiePromiseKeep(q *request) error {
	return q.onPromise("promise.keep", func(ctx context.Context, tx *store.Tx, row store.PromiseRow) error {
		day, err := q.readDay(q.value("day"))
		if err != nil {
			return at("day", err)
		}
		f := tie.Fulfilment{Day: day, Note: q.value("note"), Partly: q.value("partly") == "yes"}
		if id := q.id("deed"); id != 0 {
			f.Deeds = []int64{id}
		}
		_, err = tie.Keep(ctx, tx, q.actor, row.ID, f)
		return err
	})
}

// tiePromiseDrop says that a promise will not be kept.
func (s *Server) tiePromiseDrop(q *request) error {
	return q.onPromise("promise.drop", func(ctx context.Context, tx *store.Tx, row store.PromiseRow) error {
		day, err := q.readDay(q.value("day"))
		if err != nil {
			return at("day", err)
		}
		_, err = tie.DropPromise(ctx, tx, q.actor, row.ID, day, q.value("reason"))
		return err
	})
}

// tiePromiseAgain opens a promise again.
func (s *Server) tiePromiseAgain(q *request) error {
	return q.onPromise("promise.again", func(ctx context.Context, tx *store.Tx, row store.PromiseRow) error {
		_, err := tie.TakeUpPromise(ctx, tx, q.actor, row.ID)
		return err
	})
}
