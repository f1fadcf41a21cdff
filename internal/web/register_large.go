package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// branchNames names the branches that sit in a large unit.
func (q *request) branchNames(u union.LargeUnit) (string, error) {
	found, err := q.view().BodiesByID(q.Context(), u.Branches)
	var names []string
	for _, id := range u.Branches {
		if b, known := found[id]; known {
			names = append(names, b.ShortOn(q.lang(), q.today()))
		}
	}
	return joined(names), err
}

// largeView lists the units that count as large, those of the list and those that
// the rule finds, with the branch each has or lacks.
func largeView() registerView {
	return registerView{
		heads: []string{"register.large.name.label", "register.large.in", "register.large.members", "register.large.why", "register.large.branch"},
		lines: largeLines,
		sums:  (*request).largeRuleParts,
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			l, err := one[union.Large](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, l.Body)
			in := a.field("place", "register.large.name.label", l.Name)
			in.Hint = q.say("register.large.hint")
			fields := []templ.Component{home, page.Combobox(q.reader, in, page.Search{Href: "/places", IDName: "placeId", ID: idText(l.Place)}), a.text("why", "register.large.why", l.Why)}
			if id == 0 {
				fields = append(fields, page.Tick(page.Field{Name: "all", Label: q.say("register.large.all"), Whole: true}))
			}
			return fields, l.Revision, err
		},
		take: takeLarge,
	}
}

func largeLines(q *request, typed string) ([]registerLine, error) {
	found, err := q.view().LargeUnits(q.Context(), q.organisationShown())
	if err != nil {
		return nil, err
	}
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	rule, err := q.largeRule()
	if err != nil {
		return nil, err
	}
	var lines []registerLine
	for _, u := range found {
		where, why := "", u.Why
		if u.Place != 0 {
			if above, stands := m.ParentOn(place.ID(u.Place), q.today()); stands {
				where = m.NameOn(above, q.today())
			}
		}
		if u.ByRule {
			why = q.ruleSaid(rule)
		}
		if !fits(typed, u.Name, where, why) {
			continue
		}
		names, err := q.branchNames(u)
		if err != nil {
			return nil, err
		}
		branch := page.Cell{Text: names}
		if len(u.Branches) == 0 {
			branch = page.Cell{Text: q.say("register.large.lacks"), Tone: page.Late}
		}
		members := page.Cell{}
		if u.Members > 0 {
			members.Text = q.speaker().Number(int64(u.Members))
		}
		lines = append(lines, registerLine{u.ID, u.Body, []page.Cell{{Text: u.Name}, {Text: where}, members, {Text: why}, branch}})
	}
	return lines, nil
}

func (q *request) largeRule() (union.LargeRule, error) {
	set, err := q.view().Settings(q.Context(), q.organisationShown(), "union.large.")
	return union.LargeRuleFrom(set), err
}

// ruleSaid words the rule by which a unit counts as large.
func (q *request) ruleSaid(r union.LargeRule) string {
	kind := q.say("register.large.kind.any")
	if r.Kind != "" {
		kind = q.say("register.large.kind." + strings.TrimPrefix(r.Kind, "place."))
	}
	if r.Members == 0 {
		return q.say("register.large.rule.kind", kind)
	}
	return q.say("register.large.rule.members", kind, r.Members)
}

// largeRuleParts tells how far the association has come and takes its rule.
func (q *request) largeRuleParts() ([]page.DeskPart, error) {
	found, err := q.view().LargeUnits(q.Context(), q.organisationShown())
	if err != nil {
		return nil, err
	}
	rule, err := q.largeRule()
	if err != nil {
		return nil, err
	}
	part := page.DeskPart{Head: q.say("register.large.rule"), Lines: []string{q.say("register.large.rule.none")}}
	if !rule.IsZero() {
		m, err := place.Shipped()
		if err != nil {
			return nil, err
		}
		part.Lines = []string{q.say("register.large.rule.said", m.NameOn(place.ID(rule.In), q.today()), q.ruleSaid(rule))}
	}
	part.Lines = append(part.Lines, q.say("register.large.reached", union.Reached(found), len(found)))
	if q.mayPost() {
		part.Form = q.largeRuleForm(rule)
	}
	return []page.DeskPart{part}, nil
}

func (q *request) largeRuleForm(rule union.LargeRule) *page.DeskForm {
	a := q.partAsker("rule")
	in := a.field("in", "register.large.rule.in", "")
	search := page.Search{Href: "/places", IDName: "inId"}
	if m, err := place.Shipped(); err == nil && rule.In != 0 && len(a.wrong) == 0 {
		in.Value, search.ID = m.NameOn(place.ID(rule.In), q.today()), idText(rule.In)
	}
	kinds := []page.Option{{Text: q.say("register.large.kind.any")}}
	for _, k := range union.LargeKinds() {
		kinds = append(kinds, page.Option{Value: k, Text: q.say("register.large.kind." + strings.TrimPrefix(k, "place."))})
	}
	members := a.field("members", "register.large.rule.atleast", "")
	if rule.Members > 0 && len(a.wrong) == 0 {
		members.Value = strconv.Itoa(rule.Members)
	}
	members.Hint, members.Short = q.say("register.large.rule.hint"), true
	return &page.DeskForm{
		Head: page.FormHead{Action: registerPath(union.Larges) + "/rule", Rejected: len(a.wrong) > 0}, Wrong: a.wrong, Open: len(a.wrong) > 0, Fold: q.say("register.large.rule.set"), Do: q.say("common.save"), Quiet: true,
		Fields: []templ.Component{page.Combobox(q.reader, in, search), a.choose("kind", "register.large.rule.kind.label", rule.Kind, kinds), page.NumberInput(q.reader, members)},
	}
}

// setLargeRule writes by which rule units count as large.
func (s *Server) setLargeRule(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	members, _, err := countOr(q.value("members"), 0)
	r := union.LargeRule{Kind: q.value("kind"), Members: int(members)}
	err = at("members", err)
	if unit, note := q.place("in"); unit != 0 {
		r.In = unit
	} else if note != "" {
		err = fault.Gather(err, fault.Field("in", "register.large.unknown"))
	}
	if err == nil {
		err = q.write("union.why.register", func(ctx context.Context, tx *store.Tx) error {
			return union.SetLargeRule(ctx, tx, q.actor, q.organisationShown(), r)
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		q.partRefused = partRefused{"rule", err}
		return q.registerPage(union.Larges, largeView(), nil)
	}
	if err != nil {
		return err
	}
	return q.doneAt(registerPath(union.Larges), q.well("common.saved"))
}

// takeLarge writes one unit, or every unit directly inside the one named.
func takeLarge(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	l, err := one[union.Large](q, id)
	if err != nil {
		return nil, err
	}
	l.Body, l.Why = cmp.Or(l.Body, q.homeOf(body.ID(q.id("body")))), q.value("why")
	m, err := place.Shipped()
	if err != nil {
		return nil, err
	}
	unit, note := q.place("place")
	l.Place, l.Name = unit, note
	if unit != 0 {
		l.Name = m.NameOn(place.ID(unit), q.today())
	}
	if q.value("all") == "" || id != 0 {
		return registering(q, l), nil
	}
	if unit == 0 {
		return nil, fault.Field("place", "register.large.unknown")
	}
	known, err := all[union.Large](q, "")
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, tx *store.Tx) error {
		for _, child := range m.Children(place.ID(unit), q.today()) {
			if slices.ContainsFunc(known, func(k union.Large) bool { return k.Body == l.Body && k.Place == int64(child) }) {
				continue
			}
			each := union.Large{Body: l.Body, Place: int64(child), Name: m.NameOn(child, q.today()), Why: l.Why}
			if _, err := union.Enter(ctx, tx, q.actor, each, 0); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
