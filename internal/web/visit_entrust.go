package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/tie"
)

// mayEntrust tells whether a visit has a promise that no tie watches over yet.
func mayEntrust(v delegation.Visit) bool {
	return slices.ContainsFunc(v.Promises, func(p delegation.Promise) bool { return p.Moved == 0 && p.Done == 0 })
}

// entrustFields ask which promise goes to which tie: those of the visit first.
func (q *request) entrustFields(a asker, t delegation.Told) []templ.Component {
	var promises, ties []page.Option
	for i, p := range t.Visit.Promises {
		if p.Moved == 0 && p.Done == 0 {
			promises = append(promises, page.Option{Value: idText(int64(i)), Text: shortened(p.Text)})
		}
	}
	rows, _, err := q.view().Ties(q.Context(), store.TieQuery{Limit: 200})
	if err != nil {
		return nil
	}
	slices.SortStableFunc(rows, func(x, y store.TieRow) int {
		return cmp.Compare(slices.Index(t.Deed.Ties, y.ID), slices.Index(t.Deed.Ties, x.ID))
	})
	for _, row := range rows {
		if q.view().TieKeeper(row.Tie) {
			ties = append(ties, page.Option{Value: idText(int64(row.ID)), Text: q.tieCalled(row)})
		}
	}
	chosen := ""
	if len(ties) > 0 {
		chosen = ties[0].Value
	}
	return []templ.Component{a.choose("which", "delegation.entrust.which", promises[0].Value, promises), a.choose("tie", "delegation.entrust.tie", chosen, ties)}
}

// entrustPromise hands a promise of a visit to a tie.
func (q *request) entrustPromise(ctx context.Context, tx *store.Tx, t delegation.Told) error {
	n := int(q.id("which"))
	who := strings.Join(t.Visit.From, ", ")
	if n >= 0 && n < len(t.Visit.Promises) && t.Visit.Promises[n].Ours || who == "" {
		b, err := q.view().Body(ctx, t.Deed.Body)
		if err != nil {
			return err
		}
		who = b.NameOn("vi", q.dayOf(t.Deed))
	}
	if n < 0 || n >= len(t.Visit.Promises) {
		return fault.Field("which", "delegation.promise.missing")
	}
	if q.id("tie") == 0 {
		return fault.Field("tie", "delegation.promise.tie")
	}
	_, err := delegation.Entrust(ctx, tx, q.actor, delegation.Handing{Deed: t.Deed.ID, N: n, Tie: tie.ID(q.id("tie")), Who: who})
	return err
}

// entrusted says of a promise which tie watches over it, and what became of it.
func (q *request) entrusted(f *page.Fact, id int64) {
	row, err := q.view().Promise(q.Context(), tie.PromiseID(id))
	if err != nil {
		f.Mark = page.Mark{Tone: page.Plain, Text: q.say("delegation.promise.entrusted")}
		return
	}
	f.Href, f.Mark = promisePath(row.ID), q.promiseMark(row)
	f.Note = dotted(f.Note, q.say("delegation.promise.entrusted.to", q.tieCalled(row.Under)))
}

// reportDueField asks when the report is due, and says what the rule makes of an
// empty answer.
func (q *request) reportDueField(a asker) templ.Component {
	f := a.field("due", "delegation.report.due.day", "")
	if set, err := q.view().Settings(q.Context(), q.homeOf(0), "delegation."); err == nil {
		if d := delegation.DueFrom(set); d.Report > 0 {
			f.Hint = q.say("delegation.due.hint", d.Report)
		}
	}
	return page.DateInput(q.reader, f)
}

// rules asks for the rules by which delegations and gifts are handled.
func (s *Server) rules(q *request) error { return q.rulesPage(nil) }

func (q *request) rulesPage(refused error) error {
	of := q.organisationShown()
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	set, err := q.view().Settings(q.Context(), of, "delegation.")
	if err != nil {
		return err
	}
	d, a := delegation.DueFrom(set), asker{q, page.ProblemsOf(refused, q.reader), ""}
	days := func(name string, n int) templ.Component {
		f := a.field(name, "delegation.due."+name, "")
		if n > 0 && len(a.wrong) == 0 {
			f.Value = idText(int64(n))
		}
		f.Hint, f.Short = q.say("delegation.due.empty"), true
		return page.NumberInput(q.reader, f)
	}
	p := page.DeskPage{Shell: q.shell(q.say("union.rules"))}
	p.Shell.Crumbs, p.Shell.Lead = q.unionCrumbs(), q.say("union.rules.lead")
	part := page.DeskPart{Head: q.say("delegation.due"), Facts: []page.Fact{
		{Name: q.say("delegation.due.report"), Text: q.daysSaid(d.Report)}, {Name: q.say("delegation.due.thanks"), Text: q.daysSaid(d.Thanks)},
	}}
	if q.may(access.PostDeeds, of) {
		part.Form = &page.DeskForm{
			Head: page.FormHead{Action: "/union/rules", Rejected: refused != nil}, Wrong: a.wrong, Fold: q.say("common.edit"), Open: refused != nil, Do: q.say("common.save"),
			Fields: []templ.Component{days("report", d.Report), days("thanks", d.Thanks)},
		}
	}
	door := func(g page.Glyph, key, href string) page.Door {
		return page.Door{Glyph: g, Head: q.say(key), Text: q.say(key + ".text"), Href: href}
	}
	p.Parts = []page.DeskPart{part, {Plain: true, Doors: []page.Door{door(page.GlyphGift, "union.rules.gifts", "/union/gift-limits"), door(page.GlyphPlace, "union.rules.large", "/union/registers/large#rule")}}}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

func (q *request) daysSaid(n int) string {
	if n == 0 {
		return q.say("delegation.due.none")
	}
	return q.say("delegation.due.days", n)
}

// setRules writes when report and thanks are due after a visit.
func (s *Server) setRules(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	report, _, err1 := countOr(q.value("report"), 0)
	thanks, _, err2 := countOr(q.value("thanks"), 0)
	err := fault.Gather(at("report", err1), at("thanks", err2))
	if err == nil {
		err = q.write("union.why.rules", func(ctx context.Context, tx *store.Tx) error {
			return delegation.SetDue(ctx, tx, q.actor, q.organisationShown(), delegation.Due{Report: int(report), Thanks: int(thanks)})
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.rulesPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt("/union/rules", q.well("common.saved"))
}

// beyondLimit says of a gift of ours which limit it went beyond.
func (q *request) beyondLimit(g delegation.Gift, limits []delegation.Limit) (string, bool) {
	l, beyond := g.Beyond(limits)
	if !beyond {
		return "", false
	}
	return q.say("gift.beyond", q.moneySaid(l.Amount)), true
}

// limitHint says which limits of gifts are in force today.
func (q *request) limitHint(of deed.Deed) string {
	limits, err := q.view().GiftLimits(q.Context(), cmp.Or(of.Body, q.homeOf(0)))
	if err != nil {
		return ""
	}
	var said []string
	for _, l := range limits {
		if l.Since <= q.today() && q.today() <= l.Until {
			said = append(said, cmp.Or(q.levelSaid(l.Level), q.say("gift.level.any"))+": "+q.moneySaid(l.Amount))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return q.say("gift.limits.now", strings.Join(said, "; "))
}
