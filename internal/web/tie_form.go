package web

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// sortOptions sorts options by their text as the language does.
func sortOptions(all []page.Option, lang locale.Lang) {
	type keyed struct {
		key []byte
		page.Option
	}
	sorted := make([]keyed, len(all))
	for i, o := range all {
		sorted[i] = keyed{text.TextKey(o.Text, string(lang)), o}
	}
	slices.SortFunc(sorted, func(a, b keyed) int { return bytes.Compare(a.key, b.key) })
	for i, o := range sorted {
		all[i] = o.Option
	}
}

// tieAnswers is what stands in the form of a tie, as it was written.
type tieAnswers struct {
	fields map[string]string
	chosen []string // fields of cooperation
	sides  [][]partyRow
	blanks map[int]int // empty lines to show on a side
}

// tieQuestions are the questions with one line for an answer.
func tieQuestions() []string {
	return []string{
		"kind", "code", "titleVi", "titleEn", "titleFr", "keeper", "signed", "place", "paper", "source", "own", "effect", "expiry", "noticeMonths", "renewMonths", "reviewMonths",
		"permit", "permitBy", "langs", "original", "rank", "parent", "parent_id", "renews",
	}
}

func (q *request) tieAnswersRead(sides int) tieAnswers {
	a := tieAnswers{fields: map[string]string{}, chosen: q.values("fields"), blanks: map[int]int{}}
	for _, name := range tieQuestions() {
		a.fields[name] = q.value(name)
	}
	for _, name := range []string{"reason", "committee", "note", "before", "revision"} {
		a.fields[name] = q.lines(name)
	}
	for side := 1; side <= sides; side++ {
		a.sides = append(a.sides, q.partyRows(side))
	}
	return a
}

// tieNew asks for a new tie, or for one that continues another.
func (s *Server) tieNew(q *request) error {
	if !q.actor.Somewhere(access.KeepOffice) {
		return fault.Forbid("access.forbidden.keep_office")
	}
	a := tieAnswers{fields: map[string]string{"kind": q.value("kind"), "keeper": idText(q.keeps())}, sides: make([][]partyRow, 2), blanks: map[int]int{1: 1, 2: 1}}
	if before := q.id("before"); before != 0 {
		old, err := q.view().Tie(q.Context(), tie.ID(before))
		if err != nil {
			return err
		}
		if err := q.tieContinue(&a, old); err != nil {
			return err
		}
	}
	if above := q.id("parent"); above != 0 {
		row, err := q.view().Tie(q.Context(), tie.ID(above))
		if err != nil {
			return err
		}
		a.fields["parent"], a.fields["parent_id"], a.fields["kind"] = q.tieCalled(row), idText(row.ID), row.Kind
	}
	form, err := q.tieForm(a, nil, tie.Tie{})
	if err != nil {
		return err
	}
	return q.show(page.AskFor(form))
}

// tieContinue begins a tie from the one that it continues: its kind, fields and
// reason, and of its parties those that stand, heirs in the place of those that
// ended.
func (q *request) tieContinue(a *tieAnswers, old store.TieRow) error {
	a.fields["before"], a.fields["kind"], a.fields["reason"], a.fields["keeper"] = idText(old.ID), old.Kind, old.Reason, idText(old.Body)
	a.chosen = old.Fields
	a.sides = make([][]partyRow, max(2, old.Sides()))
	bodies, err := q.tieBodiesOf([]store.TieRow{old})
	if err != nil {
		return err
	}
	for _, p := range old.On(0, q.today()) {
		if ended, over := bodies[p.Body].Ended.Last(); over && ended < q.today() {
			continue
		}
		a.sides[p.Side-1] = append(a.sides[p.Side-1], q.partyWritten(p, bodies[p.Body], 0))
	}
	return nil
}

// partyWritten gives the line of a party.
func (q *request) partyWritten(p tie.Party, b body.Body, at int) partyRow {
	return partyRow{name: b.NameOn(q.lang(), b.Ended.LastOr(q.today())), id: bodyMark(p.Body), level: string(p.Level), land: p.Land, signer: p.Signer, signedBy: idOrNone(p.SignedBy), office: p.Office, at: at}
}

// tieForm is the form of a tie, new or known.
func (q *request) tieForm(a tieAnswers, refused error, known tie.Tie) (page.AskPage, error) {
	wrong := page.ProblemsOf(refused, q.reader)
	p := page.AskPage{Shell: q.shell(q.say("tie.new")), Wrong: wrong, Do: q.say("common.save"), Leave: "/ties"}
	p.Head = page.FormHead{Action: "/ties/new", Draft: "tie", Rejected: refused != nil}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.ties"), Href: "/ties"}}
	if before := a.fields["before"]; before != "" {
		p.Shell.Title, p.Text = q.say("tie.do.anew"), q.say("tie.anew.text")
		p.Carry = []page.Option{{Value: "before", Text: before}}
		p.Head.Draft = "tie-anew-" + before
	}
	if known.ID != 0 {
		p.Shell.Title, p.Leave, p.Text = q.say("tie.edit"), tiePath(known.Code), ""
		p.Head = page.FormHead{Action: tiePath(known.Code) + "/edit", Rejected: refused != nil, Revision: a.fields["revision"]}
	}
	kinds, err := q.tieKindOptions("")
	if err != nil {
		return p, err
	}
	if len(a.sides) < sidesMost {
		p.More = &page.Option{Value: "side", Text: q.say("tie.side.more")}
	}
	r := q.reader
	p.Fields = append(p.Fields, page.Select(r, wrong.Mark(page.Field{Name: "kind", Label: q.say("tie.kind"), Value: a.fields["kind"], Needed: true}), kinds))
	for i, rows := range a.sides {
		p.Fields = append(p.Fields, q.partyLines(i+1, rows, wrong, a.blanks[i+1]))
	}
	if known.ID == 0 {
		p.Fields = append(p.Fields,
			page.DateInput(r, wrong.Mark(page.Field{Name: "signed", Label: q.say("tie.signed"), Hint: q.say("tie.signed.hint"), Value: a.fields["signed"]})),
			page.TextInput(r, page.Field{Name: "place", Label: q.say("tie.stage.where"), Value: a.fields["place"], Max: 300}),
			page.TextInput(r, page.Field{Name: "paper", Label: q.say("tie.stage.paper"), Hint: q.say("tie.stage.paper.hint"), Value: a.fields["paper"], Max: 300}),
			page.TextInput(r, page.Field{Name: "source", Label: q.say("tie.source"), Hint: q.say("tie.source.hint"), Value: a.fields["source"], Max: 500}))
	}
	p.Fields = append(p.Fields, q.tieAbout(a, wrong)...)
	rest, err := q.tieTerms(a, wrong)
	open := known.ID != 0 || a.fields["parent"] != "" || slices.ContainsFunc([]string{"effect", "expiry", "renewMonths", "noticeMonths", "reviewMonths", "parent", "code"}, func(name string) bool { return wrong.At(name) != "" })
	p.Fields = append(p.Fields, page.Folded(q.say("tie.terms"), q.say("tie.terms.note"), open, rest))
	return p, err
}

// tieAbout asks what the tie is called, why it exists, for what.
func (q *request) tieAbout(a tieAnswers, wrong page.Problems) []templ.Component {
	r := q.reader
	var fields []page.Option
	for _, f := range tie.Fields() {
		fields = append(fields, page.Option{Value: f, Text: q.say("tie.field." + f), Chosen: slices.Contains(a.chosen, f)})
	}
	own := a.fields["own"]
	if own == "" {
		var more []string
		for _, f := range a.chosen {
			if !slices.Contains(tie.Fields(), f) {
				more = append(more, twin.FieldSaid(q.speaker(), f))
			}
		}
		own = strings.Join(more, ", ")
	}
	return []templ.Component{
		page.TextInput(r, wrong.Mark(page.Field{Name: "titleVi", Label: q.say("tie.title.vi"), Hint: q.say("tie.title.hint"), Value: a.fields["titleVi"], Whole: true, Max: 300})),
		page.TextInput(r, page.Field{Name: "titleEn", Label: q.say("tie.title.en"), Value: a.fields["titleEn"], Max: 300}),
		page.TextInput(r, page.Field{Name: "titleFr", Label: q.say("tie.title.fr"), Value: a.fields["titleFr"], Max: 300}),
		page.TextArea(r, page.Field{Name: "reason", Label: q.say("tie.reason"), Hint: q.say("tie.reason.hint"), Value: a.fields["reason"], Whole: true, Max: 4000}, 2),
		page.ChipsMany(r, page.Field{Name: "fields", Label: q.say("tie.fields")}, fields),
		page.TextInput(r, page.Field{Name: "own", Label: q.say("tie.fields.own"), Hint: q.say("tie.fields.own.hint"), Value: own, Whole: true, Max: 300}),
	}
}

// tieTerms asks about effect, expiry, papers, committee and where the tie stands.
func (q *request) tieTerms(a tieAnswers, wrong page.Problems) ([]templ.Component, error) {
	r := q.reader
	bodies, err := q.bodyOptions(access.KeepOffice, "")
	if err != nil {
		return nil, err
	}
	number := func(name, key, hint string) templ.Component {
		f := page.Field{Name: name, Label: q.say(key), Value: a.fields[name], Short: true, Unit: q.say("tie.months.unit")}
		if hint != "" {
			f.Hint = q.say(hint)
		}
		return page.NumberInput(r, wrong.Mark(f))
	}
	var ranks []page.Option
	for _, rank := range tie.Ranks() {
		key := "tie.rank.none"
		if rank != "" {
			key = "tie.rank." + rank
		}
		ranks = append(ranks, page.Option{Value: rank, Text: q.say(key)})
	}
	return []templ.Component{
		page.DateInput(r, wrong.Mark(page.Field{Name: "effect", Label: q.say("tie.effect"), Value: a.fields["effect"], Short: true})),
		page.DateInput(r, wrong.Mark(page.Field{Name: "expiry", Label: q.say("tie.expiry"), Hint: q.say("tie.expiry.hint"), Value: a.fields["expiry"], Short: true})),
		page.Tick(page.Field{Name: "renews", Label: q.say("tie.renews"), Hint: q.say("tie.renews.hint"), Value: a.fields["renews"]}),
		number("renewMonths", "tie.renew.months", ""),
		number("noticeMonths", "tie.notice", ""),
		number("reviewMonths", "tie.reviewing", "tie.reviewing.hint"),
		page.TextInput(r, page.Field{Name: "permit", Label: q.say("tie.permit"), Hint: q.say("tie.permit.hint"), Value: a.fields["permit"], Max: 300}),
		page.TextInput(r, page.Field{Name: "permitBy", Label: q.say("tie.permit.by"), Value: a.fields["permitBy"], Max: 200}),
		page.TextInput(r, page.Field{Name: "langs", Label: q.say("tie.langs"), Hint: q.say("tie.langs.hint"), Value: a.fields["langs"], Max: 100}),
		page.TextInput(r, page.Field{Name: "original", Label: q.say("tie.original"), Value: a.fields["original"], Max: 300}),
		page.TextArea(r, page.Field{Name: "committee", Label: q.say("tie.committee"), Hint: q.say("tie.committee.hint"), Value: a.fields["committee"], Whole: true, Max: 4000}, 2),
		page.Select(r, page.Field{Name: "rank", Label: q.say("tie.rank"), Value: a.fields["rank"]}, ranks),
		page.Combobox(r, wrong.Mark(page.Field{Name: "parent", Label: q.say("tie.parent"), Hint: q.say("tie.parent.hint"), Value: a.fields["parent"]}), page.Search{Href: "/ties/find", IDName: "parent_id", ID: a.fields["parent_id"]}),
		page.Select(r, page.Field{Name: "keeper", Label: q.say("tie.keeper"), Hint: q.say("tie.keeper.hint"), Value: a.fields["keeper"]}, bodies),
		page.TextInput(r, wrong.Mark(page.Field{Name: "code", Label: q.say("tie.code"), Hint: q.say("tie.code.hint"), Value: a.fields["code"], Max: 80})),
		page.TextArea(r, page.Field{Name: "note", Label: q.say("common.note"), Value: a.fields["note"], Whole: true, Max: 4000}, 3),
	}, nil
}

// tieEnter enters a new tie.
func (s *Server) tieEnter(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a := q.tieAnswersRead(max(2, min(sidesMost, sidesSent(q))))
	if q.value("step") == "side" {
		return q.tieWider(a, tie.Tie{})
	}
	if more := q.value("more"); strings.HasPrefix(more, "side") {
		return q.tieMore(a, more, tie.Tie{})
	}
	t, found, err := q.tieGiven(&a, tie.Tie{})
	before := tie.ID(idOf(a.fields["before"]))
	if err == nil {
		err = q.write("tie.why.enter", func(ctx context.Context, tx *store.Tx) (err error) {
			if t.Parties, err = q.foundParties(ctx, tx, t.Body, found); err != nil {
				return err
			}
			if before == 0 {
				t, err = tie.Enter(ctx, tx, q.actor, t)
				return err
			}
			t.Before = []tie.ID{before}
			t, err = tie.SignAnew(ctx, tx, q.actor, t, q.say("tie.anew.reason"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tieAgain(a, err, tie.Tie{})
	}
	if err != nil {
		return err
	}
	return q.doneAt(tiePath(t.Code), q.well("tie.entered"))
}

// sidesSent is how many sides the form that was sent has.
func sidesSent(q *request) int {
	n := 2
	for q.Form.Has("side" + strconv.Itoa(n+1)) {
		n++
	}
	return n
}

// tieMore shows the form again with one line more on a side.
func (q *request) tieMore(a tieAnswers, more string, known tie.Tie) error {
	side, err := strconv.Atoi(strings.TrimPrefix(more, "side"))
	if err != nil || side < 1 || side > len(a.sides) {
		return fault.Missing("fault.missing")
	}
	a.blanks[side] = 1
	form, err := q.tieForm(a, nil, known)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(form))
}

// sidesMost is how many sides a tie may have.
const sidesMost = 9

// tieWider shows the form again with one side more.
func (q *request) tieWider(a tieAnswers, known tie.Tie) error {
	if len(a.sides) < sidesMost {
		a.sides = append(a.sides, nil)
	}
	for i, rows := range a.sides {
		if len(rows) == 0 {
			a.blanks[i+1] = 1
		}
	}
	form, err := q.tieForm(a, nil, known)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(form))
}

// tieAgain shows a form that was refused again.
func (q *request) tieAgain(a tieAnswers, refused error, known tie.Tie) error {
	for i, rows := range a.sides {
		if len(rows) == 0 {
			a.blanks[i+1] = 1
		}
	}
	form, err := q.tieForm(a, refused, known)
	if err != nil {
		return err
	}
	return q.again(page.AskFor(form))
}

// tieEdit shows the form of a known tie.
func (s *Server) tieEdit(q *request) error {
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	a, err := q.tieWritten(row)
	if err != nil {
		return err
	}
	form, err := q.tieForm(a, nil, row.Tie)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(form))
}

// tieWritten gives the answers as a known tie has them.
func (q *request) tieWritten(row store.TieRow) (tieAnswers, error) {
	a := tieAnswers{fields: map[string]string{}, chosen: row.Fields, sides: make([][]partyRow, max(2, row.Sides())), blanks: map[int]int{}}
	f := a.fields
	f["kind"], f["code"], f["keeper"], f["reason"], f["note"], f["original"], f["rank"] = row.Kind, row.Code, idText(row.Body), row.Reason, row.Note, row.Original, row.Rank
	for lang, name := range map[string]string{"vi": "titleVi", "en": "titleEn", "fr": "titleFr"} {
		for _, t := range row.Titles {
			if t.Lang == lang {
				f[name] = t.Text
			}
		}
	}
	f["effect"], f["expiry"], f["renews"], f["revision"] = typed(row.Effect), typed(row.Expiry), yes(row.Renews), strconv.FormatInt(row.Revision, 10)
	for name, n := range map[string]int{"renewMonths": row.RenewMonths, "noticeMonths": row.NoticeMonths, "reviewMonths": row.ReviewMonths} {
		if n > 0 {
			f[name] = strconv.Itoa(n)
		}
	}
	f["permit"], f["permitBy"], f["langs"] = row.Permit.Number, row.Permit.Issuer, strings.Join(row.Langs, ", ")
	bodies, err := q.tieBodiesOf([]store.TieRow{row})
	if err != nil {
		return a, err
	}
	if row.Parent != 0 {
		if above, err := q.view().Tie(q.Context(), row.Parent); err == nil {
			named, err := q.tieBodiesOf([]store.TieRow{above})
			if err != nil {
				return a, err
			}
			f["parent"], f["parent_id"] = twin.CalledTie(q.speaker(), above.Tie, named), idText(row.Parent)
		}
	}
	for i, p := range row.Parties {
		if p.Until.IsUnknown() {
			a.sides[p.Side-1] = append(a.sides[p.Side-1], q.partyWritten(p, bodies[p.Body], i+1))
		}
	}
	var lines []string
	for _, m := range row.Committee {
		lines = append(lines, strings.TrimSuffix(m.Name+", "+m.Office, ", "))
	}
	f["committee"] = strings.Join(lines, "\n")
	return a, nil
}

// tieSave changes what the book says of a tie.
func (s *Server) tieSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	row, err := q.tieKept()
	if err != nil {
		return err
	}
	a := q.tieAnswersRead(max(2, row.Sides(), min(sidesMost, sidesSent(q))))
	if q.value("step") == "side" {
		return q.tieWider(a, row.Tie)
	}
	if more := q.value("more"); strings.HasPrefix(more, "side") {
		return q.tieMore(a, more, row.Tie)
	}
	t, found, err := q.tieGiven(&a, row.Tie)
	if err == nil {
		err = q.write("tie.why.amend", func(ctx context.Context, tx *store.Tx) (err error) {
			if t.Parties, err = q.foundParties(ctx, tx, t.Body, found); err != nil {
				return err
			}
			t, err = tie.Amend(ctx, tx, q.actor, t, q.id("revision"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tieAgain(a, err, row.Tie)
	}
	if err != nil {
		return err
	}
	return q.doneAt(tiePath(t.Code), q.well("common.saved"))
}
