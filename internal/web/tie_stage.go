package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// tieAsk begins a page that asks for something about a tie.
func (q *request) tieAsk(row store.TieRow, key, action string, refused error) page.AskPage {
	p := page.AskPage{Shell: q.shell(q.say(key)), Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: tiePath(row.Code)}
	p.Head = page.FormHead{Action: tiePath(row.Code) + action, Rejected: refused != nil}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.ties"), Href: "/ties"}, {Text: q.tieCalled(row), Href: tiePath(row.Code)}}
	return p
}

// tieCalled names a tie.
func (q *request) tieCalled(row store.TieRow) string {
	bodies, err := q.tieBodiesOf([]store.TieRow{row})
	if err != nil {
		return row.Code
	}
	return twin.CalledTie(q.speaker(), row.Tie, bodies)
}

// sideOptions offers the sides of a tie, by whom stands there.
func (q *request) sideOptions(row store.TieRow, blank string) []page.Option {
	all := []page.Option{{Value: "0", Text: blank}}
	bodies, err := q.tieBodiesOf([]store.TieRow{row})
	if err != nil {
		return all
	}
	for side := 1; side <= row.Sides(); side++ {
		all = append(all, page.Option{Value: strconv.Itoa(side), Text: twin.SideCalled(q.speaker(), row.Tie, bodies, side)})
	}
	return all
}

// answerOr gives what was just answered, or what the record has.
func (q *request) answerOr(name, known string, refused error) string {
	if refused != nil || q.Method == "POST" {
		return q.value(name)
	}
	return known
}

// tieStage asks about a stage of a tie, new or known.
func (s *Server) tieStage(q *request) error {
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	st := tie.Stage{Kind: tie.StageKind(q.value("kind"))}
	if id := q.id("stage"); id != 0 {
		var known bool
		if st, known = row.Stage(id); !known {
			return fault.Missing("tie.stage.missing")
		}
	}
	return q.tieStagePage(row, st, nil)
}

func (q *request) tieStagePage(row store.TieRow, st tie.Stage, refused error) error {
	p := q.tieAsk(row, "tie.do.stage", "/stage", refused)
	if st.ID != 0 {
		p.Shell.Title = q.say("tie.stage.change")
		p.Carry = []page.Option{{Value: "stage", Text: strconv.FormatInt(st.ID, 10)}}
	}
	var kinds []page.Option
	for _, k := range tie.StageKinds() {
		kinds = append(kinds, page.Option{Value: string(k), Text: q.say("tie.stage." + string(k))})
	}
	r, w := q.reader, p.Wrong
	text := func(name, key, known string) templ.Component {
		return page.TextInput(r, w.Mark(page.Field{Name: name, Label: q.say(key), Value: q.answerOr(name, known, refused), Max: 500}))
	}
	p.Fields = []templ.Component{
		page.Select(r, w.Mark(page.Field{Name: "kind", ID: "stage-kind", Label: q.say("tie.stage"), Value: string(st.Kind), Needed: true}), kinds),
		page.Select(r, w.Mark(page.Field{Name: "side", Label: q.say("tie.side"), Value: q.answerOr("side", strconv.Itoa(st.Side), refused)}), q.sideOptions(row, q.say("tie.side.all"))),
		page.DateInput(r, w.Mark(page.Field{Name: "date", Label: q.say("common.date"), Hint: q.say("tie.date.hint"), Value: q.answerOr("date", typed(st.Date), refused)})),
		text("place", "tie.stage.where", st.Place),
		text("number", "tie.paper.number", st.Paper.Number),
		text("paperTitle", "tie.paper.title", st.Paper.Title),
		text("issuer", "tie.paper.issuer", st.Paper.Issuer),
		page.DateInput(r, w.Mark(page.Field{Name: "paperDate", Label: q.say("tie.paper.date"), Value: q.answerOr("paperDate", typed(st.Paper.Date), refused)})),
		text("source", "tie.source", st.Source.Title),
		text("where", "tie.source.where", st.Source.Where),
		page.DateInput(r, w.Mark(page.Field{Name: "until", Label: q.say("tie.stage.until"), Hint: q.say("tie.stage.until.hint"), Value: q.answerOr("until", typed(st.Until), refused)})),
		page.TextInput(r, w.Mark(page.Field{Name: "reason", Label: q.say("tie.stage.why"), Hint: q.say("tie.stage.why.hint"), Value: q.answerOr("reason", st.Reason, refused), Whole: true, Max: 1000})),
		page.TextArea(r, page.Field{Name: "note", Label: q.say("common.note"), Value: q.answerOr("note", strings.TrimPrefix(st.Note, "tie:"), refused), Whole: true, Max: 2000}, 2),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	if st.ID == 0 {
		return q.show(page.AskFor(p))
	}
	return q.show(page.StageWhole(page.StagePage{
		Ask: p, Claims: q.claimLines(row, st), Add: page.Link{Text: q.say("tie.claim.add"), Href: tiePath(row.Code) + "/claim?stage=" + strconv.FormatInt(st.ID, 10)},
		Head: q.say("tie.claims"), None: q.say("tie.claims.none"), Strike: page.Asked{
			Title: q.say("tie.stage.strike"), Text: q.say("tie.stage.strike.text"), Action: tiePath(row.Code) + "/stage/strike",
			Do: q.say("tie.stage.strike.do"), Danger: true, Leave: tiePath(row.Code), Carry: []page.Option{{Value: "stage", Text: strconv.FormatInt(st.ID, 10)}},
		},
	}))
}

// claimLines shows the other dates that sources give, each with a way to hold it
// true instead.
func (q *request) claimLines(row store.TieRow, st tie.Stage) []page.ClaimLine {
	var lines []page.ClaimLine
	t := twin.Tell(q.speaker(), twin.File{Tie: row})
	for i, c := range st.Others {
		lines = append(lines, page.ClaimLine{
			Text: q.dated(c.Date), Note: t.Source(c.Source), Action: tiePath(row.Code) + "/hold", Do: q.say("tie.claim.hold"),
			Why:   page.Field{Name: "why", ID: "why-" + strconv.Itoa(i), Label: q.say("tie.claim.why")},
			Carry: []page.Option{{Value: "stage", Text: strconv.FormatInt(st.ID, 10)}, {Value: "claim", Text: strconv.Itoa(i)}},
		})
	}
	return lines
}

// stageGiven reads the answers about a stage.
func (q *request) stageGiven(st tie.Stage) (tie.Stage, error) {
	date := func(name string) (calendar.Date, error) {
		d, err := q.readDay(q.value(name))
		return d, at(name, err)
	}
	var err1, err2, err3 error
	st.Kind, st.Side = tie.StageKind(q.value("kind")), int(q.id("side"))
	st.Date, err1 = date("date")
	st.Until, err2 = date("until")
	st.Place, st.Reason, st.Note = q.value("place"), q.value("reason"), q.lines("note")
	st.Paper = tie.Paper{Number: q.value("number"), Title: q.value("paperTitle"), Issuer: q.value("issuer")}
	st.Paper.Date, err3 = date("paperDate")
	st.Source.Title, st.Source.Where = q.value("source"), q.value("where")
	if st.Source.Kind == source.None && (st.Source.Title != "" || st.Source.Where != "") {
		st.Source.Kind = source.Form
	}
	return st, fault.Gather(err1, err2, err3)
}

// onTie does something with the tie that the address names, and shows the form
// again where it is refused.
func (q *request) onTie(why, done string, do func(ctx context.Context, tx *store.Tx, row store.TieRow) error, again func(row store.TieRow, err error) error) error {
	if err := q.read(); err != nil {
		return err
	}
	row, err := q.tieAsked()
	if err != nil {
		return err
	}
	err = q.write("tie.why."+why, func(ctx context.Context, tx *store.Tx) error { return do(ctx, tx, row) })
	if err != nil && fault.KindOf(err) == fault.Invalid && again != nil {
		return again(row, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(tiePath(row.Code), q.well(done))
}

// tieStageSave writes a stage, new or changed.
func (s *Server) tieStageSave(q *request) error {
	var st tie.Stage
	return q.onTie("stage", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) (err error) {
		if id := q.id("stage"); id != 0 {
			st, _ = row.Stage(id)
		}
		if st, err = q.stageGiven(st); err != nil {
			return err
		}
		_, err = tie.Record(ctx, tx, q.actor, row.ID, st)
		return err
	}, func(row store.TieRow, err error) error { return q.tieStagePage(row, st, err) })
}

// tieStageStrike takes a stage out that never was.
func (s *Server) tieStageStrike(q *request) error {
	return q.onTie("strike", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		_, err := tie.Strike(ctx, tx, q.actor, row.ID, q.id("stage"))
		return err
	}, nil)
}

// tieClaim asks for another date that a source gives.
func (s *Server) tieClaim(q *request) error {
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	return q.tieClaimPage(row, nil)
}

func (q *request) tieClaimPage(row store.TieRow, refused error) error {
	st, known := row.Stage(q.id("stage"))
	if !known {
		return fault.Missing("tie.stage.missing")
	}
	p := q.tieAsk(row, "tie.claim.add", "/claim", refused)
	p.Text = q.say("tie.claim.text", q.say("tie.stage."+string(st.Kind)), st.Date)
	p.Carry = []page.Option{{Value: "stage", Text: strconv.FormatInt(st.ID, 10)}}
	p.Fields = []templ.Component{
		page.DateInput(q.reader, p.Wrong.Mark(page.Field{Name: "date", Label: q.say("common.date"), Hint: q.say("tie.date.hint"), Value: q.value("date"), Needed: true})),
		page.TextInput(q.reader, p.Wrong.Mark(page.Field{Name: "source", Label: q.say("tie.source"), Value: q.value("source"), Needed: true, Max: 500})),
		page.TextInput(q.reader, page.Field{Name: "where", Label: q.say("tie.source.where"), Value: q.value("where"), Max: 500}),
		page.TextInput(q.reader, page.Field{Name: "quote", Label: q.say("tie.source.quote"), Value: q.value("quote"), Whole: true, Max: 1000}),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// tieClaimSave keeps another date beside the one that is held true.
func (s *Server) tieClaimSave(q *request) error {
	return q.onTie("claim", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		d, err := q.readDay(q.value("date"))
		if err != nil {
			return at("date", err)
		}
		c := tie.Claim{Date: d}
		if q.value("source") != "" {
			c.Source = source.Source{Kind: source.Article, Title: q.value("source"), Where: q.value("where"), Quote: q.value("quote")}
		}
		_, err = tie.Claimed(ctx, tx, q.actor, row.ID, q.id("stage"), c)
		return err
	}, q.tieClaimPage)
}

// tieHold holds another date true.
func (s *Server) tieHold(q *request) error {
	return q.onTie("hold", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		_, err := tie.HoldTrue(ctx, tx, q.actor, row.ID, tie.Choice{Stage: q.id("stage"), Claim: int(q.id("claim")), Why: q.value("why")})
		return err
	}, nil)
}

// tieFigure asks for a figure that somebody stated of a party.
func (s *Server) tieFigure(q *request) error {
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	return q.tieFigurePage(row, nil)
}

func (q *request) tieFigurePage(row store.TieRow, refused error) error {
	p := q.tieAsk(row, "tie.do.figure", "/figure", refused)
	p.Text = q.say("tie.figure.text")
	bodies, err := q.tieBodiesOf([]store.TieRow{row})
	if err != nil {
		return err
	}
	var of []page.Option
	for _, id := range row.Bodies() {
		of = append(of, page.Option{Value: idText(id), Text: bodies[id].NameOn(q.lang(), bodies[id].Ended.LastOr(q.today()))})
	}
	var means []page.Option
	for m := deed.Exact; m <= deed.Nearly; m++ {
		means = append(means, page.Option{Value: m.String(), Text: q.say("tie.means." + m.String())})
	}
	r, w := q.reader, p.Wrong
	p.Fields = []templ.Component{
		page.Select(r, w.Mark(page.Field{Name: "of", Label: q.say("tie.party"), Value: q.value("of")}), of),
		page.TextInput(r, w.Mark(page.Field{Name: "measure", Label: q.say("tie.figure.what"), Hint: q.say("tie.figure.what.hint"), Value: q.value("measure"), Needed: true, Max: 200})),
		page.NumberInput(r, w.Mark(page.Field{Name: "quantity", Label: q.say("common.quantity"), Value: q.value("quantity"), Needed: true})),
		page.Select(r, page.Field{Name: "means", Label: q.say("tie.figure.means"), Value: q.value("means")}, means),
		page.DateInput(r, w.Mark(page.Field{Name: "day", Label: q.say("tie.figure.day"), Hint: q.say("tie.date.hint"), Value: q.value("day")})),
		page.TextInput(r, w.Mark(page.Field{Name: "source", Label: q.say("tie.source"), Value: q.value("source"), Needed: true, Max: 500})),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// tieFigureSave records a stated figure of a party.
func (s *Server) tieFigureSave(q *request) error {
	return q.onTie("figure", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		n, _, err1 := deed.ReadCount(q.value("quantity"), 0)
		day, err2 := q.readDay(q.value("day"))
		means, err3 := deed.ParseQualifier(q.value("means"))
		if err := fault.Gather(at("quantity", err1), at("day", err2), err3); err != nil {
			return err
		}
		st := deed.Stated{Body: body.ID(q.id("of")), Measure: q.value("measure"), Day: day, Quantity: n, Qualifier: means}
		if q.value("source") != "" {
			st.Source = source.Source{Kind: source.Form, Title: q.value("source")}
		}
		_, err := deed.StateUnder(ctx, tx, q.actor, row.Tie, st)
		return err
	}, q.tieFigurePage)
}

// tieReview asks about a review, new or known.
func (s *Server) tieReview(q *request) error {
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	var known tie.Review
	if id := q.id("review"); id != 0 {
		if known, err = q.view().TieReview(q.Context(), tie.ReviewID(id)); err != nil {
			return err
		}
	}
	return q.tieReviewPage(row, known, nil)
}

func (q *request) tieReviewPage(row store.TieRow, v tie.Review, refused error) error {
	p := q.tieAsk(row, "tie.do.review", "/review", refused)
	if v.ID != 0 {
		p.Head.Revision = strconv.FormatInt(v.Revision, 10)
		p.Carry = []page.Option{{Value: "review", Text: idText(v.ID)}}
	}
	deeds, err := q.tieDeedOptions(row, q.say("tie.review.deed.none"))
	if err != nil {
		return err
	}
	r, w := q.reader, p.Wrong
	p.Fields = []templ.Component{
		page.DateInput(r, w.Mark(page.Field{Name: "due", Label: q.say("tie.review.when"), Value: q.answerOr("due", typed(v.Due), refused)})),
		page.TextInput(r, page.Field{Name: "covers", Label: q.say("tie.review.covers"), Hint: q.say("tie.review.covers.hint"), Value: q.answerOr("covers", v.Covers, refused), Max: 200}),
		page.DateInput(r, w.Mark(page.Field{Name: "held", Label: q.say("tie.review.held"), Hint: q.say("tie.review.held.hint"), Value: q.answerOr("held", typed(v.Held), refused)})),
		page.TextArea(r, page.Field{Name: "outcome", Label: q.say("tie.review.outcome"), Value: q.answerOr("outcome", v.Outcome, refused), Whole: true, Max: 4000}, 3),
		page.TextInput(r, page.Field{Name: "number", Label: q.say("tie.paper.number"), Value: q.answerOr("number", v.Paper.Number, refused), Max: 200}),
		page.Select(r, w.Mark(page.Field{Name: "deed", Label: q.say("tie.review.deed"), Value: q.answerOr("deed", idText(v.Deed), refused)}), deeds),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// tieDeedOptions offers the deeds done under a tie, the latest first.
func (q *request) tieDeedOptions(row store.TieRow, blank string) ([]page.Option, error) {
	deeds, err := q.view().DeedsUnder(q.Context(), row.ID)
	if err != nil {
		return nil, err
	}
	called, err := q.view().CalledIn(q.Context(), deeds...)
	if err != nil {
		return nil, err
	}
	kinds, err := q.kindsByCode()
	if err != nil {
		return nil, err
	}
	all := []page.Option{{Value: "0", Text: blank}}
	for _, d := range slices.Backward(deeds) {
		if d.Status == deed.Done {
			all = append(all, page.Option{Value: idText(d.ID), Text: dotted(q.dated(d.Day), q.titleWith(d, kinds[d.Kind], called))})
		}
	}
	return all, nil
}

// tieReviewSave writes a review.
func (s *Server) tieReviewSave(q *request) error {
	var v tie.Review
	return q.onTie("review", "common.saved", func(ctx context.Context, tx *store.Tx, row store.TieRow) error {
		if id := q.id("review"); id != 0 {
			known, err := q.view().TieReview(ctx, tie.ReviewID(id))
			if err != nil {
				return err
			}
			v = known
		}
		due, err1 := q.readDay(q.value("due"))
		held, err2 := q.readDay(q.value("held"))
		if err := fault.Gather(at("due", err1), at("held", err2)); err != nil {
			return err
		}
		v.Tie, v.Due, v.Held, v.Covers, v.Outcome, v.Deed = row.ID, due, held, q.value("covers"), q.lines("outcome"), q.id("deed")
		v.Paper.Number = q.value("number")
		if v.ID == 0 {
			_, err := tie.PlanReview(ctx, tx, q.actor, v)
			return err
		}
		_, err := tie.AmendReview(ctx, tx, q.actor, v, q.id("revision"))
		return err
	}, func(row store.TieRow, err error) error { return q.tieReviewPage(row, v, err) })
}
