package web

import (
	"context"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"

	"github.com/a-h/templ"
)

// kinds lists the kinds of deed, those no longer offered too.
func (s *Server) kinds(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	all, err := q.view().Kinds(q.Context())
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("deed.kinds"))}
	p.Shell.Lead = q.say("deed.kinds.lead")
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.settings"), Href: "/settings"}}
	p.Shell.Actions = page.FirstLink(q.say("deed.kinds.new"), "/settings/kinds/new")
	p.Table = page.Table{Caption: q.say("deed.kinds"), Quiet: true, Columns: []page.Column{{Head: q.say("common.title"), Chief: true}, {Head: q.say("deed.kinds.short")}, {Head: q.say("common.code")}, {Head: q.say("deed.kinds.rank"), Figure: true}, {Head: q.say("common.status")}}}
	for _, k := range all {
		row := page.Row{Href: "/settings/kinds/" + k.Code, Cells: []page.Cell{{Text: k.Name(q.lang())}, {Text: k.Short(q.lang())}, {Text: k.Code}, {Text: strconv.Itoa(k.Rank)}, {}}}
		if k.Retired {
			row.Cells[4].Part = page.Badge(page.Plain, q.say("deed.kinds.retired"))
		}
		p.Table.Rows = append(p.Table.Rows, row)
	}
	return q.show(page.Listed(p))
}

// kindForm asks what a kind is called and what it counts.
func (s *Server) kindForm(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	k := deed.Kind{Units: []deed.Unit{deed.Acts, deed.Money, deed.Things}, Roles: []deed.Role{deed.Receiver, deed.Visitor}}
	if code := q.PathValue("code"); code != "new" {
		var err error
		if k, err = q.view().Kind(q.Context(), code); err != nil {
			return fault.Missing("fault.missing")
		}
	}
	return q.show(page.AskFor(q.kindPage(k, nil)))
}

func (q *request) kindPage(k deed.Kind, refused error) page.AskPage {
	code := k.Code
	if code == "" || k.Revision == 0 {
		code = "new"
	}
	a := page.AskPage{
		Shell: q.shell(q.say("deed.kinds.edit")), Head: page.FormHead{Action: "/settings/kinds/" + code, Rejected: refused != nil, Revision: strconv.FormatInt(k.Revision, 10)},
		Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: "/settings/kinds",
	}
	a.Shell.Crumbs = []page.Link{{Text: q.say("deed.kinds"), Href: "/settings/kinds"}}
	text := func(name, label, value string) templ.Component {
		return page.TextInput(q.reader, a.Wrong.Mark(page.Field{Name: name, Label: label, Value: value, Max: 120}))
	}
	units := make([]page.Option, 0, len(deed.Units()))
	for _, u := range deed.Units() {
		units = append(units, page.Option{Value: string(u), Text: q.say("deed.unit." + string(u)), Chosen: slices.Contains(k.Units, u)})
	}
	roles := make([]page.Option, 0, len(deed.Roles()))
	for _, r := range deed.Roles() {
		roles = append(roles, page.Option{Value: string(r), Text: q.say("deed.role." + string(r)), Chosen: slices.Contains(k.Roles, r)})
	}
	tick := func(name, label string, on bool) templ.Component {
		return page.Tick(page.Field{Name: name, Label: label, Value: yes(on)})
	}
	a.Fields = []templ.Component{
		text("name", q.say("deed.kinds.name.vi"), k.Names["vi"]), text("short", q.say("deed.kinds.short"), k.Shorts["vi"]),
		text("en", "English", k.Names["en"]), text("fr", "Français", k.Names["fr"]),
		text("acts", q.say("deed.kinds.acts"), k.Acts["vi"]), page.NumberInput(q.reader, a.Wrong.Mark(page.Field{Name: "rank", Label: q.say("deed.kinds.rank"), Value: strconv.Itoa(k.Rank), Short: true})),
		page.ChipsMany(q.reader, a.Wrong.Mark(page.Field{Name: "units", Label: q.say("deed.kinds.units")}), units),
		page.ChipsMany(q.reader, page.Field{Name: "roles", Label: q.say("deed.kinds.roles")}, roles),
		tick("repeats", q.say("deed.kinds.repeats"), k.Repeats), tick("meeting", q.say("deed.kinds.meeting"), k.Meeting), tick("receipt", q.say("deed.kinds.receipt"), k.Receipt), tick("retired", q.say("deed.kinds.retire"), k.Retired),
	}
	return a
}

// saveKind writes what a kind is called and what it counts.
func (s *Server) saveKind(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	k := deed.Kind{}
	if code := q.PathValue("code"); code != "new" {
		var err error
		if k, err = q.view().Kind(q.Context(), code); err != nil {
			return fault.Missing("fault.missing")
		}
	}
	err := q.kindAnswers(&k)
	if err == nil {
		err = q.write("deed.why.kind", func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.Define(ctx, tx, q.actor, k, idOf(q.value("revision")))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.again(page.AskFor(q.kindPage(k, err)))
	}
	if err != nil {
		return err
	}
	return q.doneAt("/settings/kinds", q.well("common.saved"))
}

// kindAnswers takes the answers of the form over into a kind.
func (q *request) kindAnswers(k *deed.Kind) error {
	if k.Code == "" {
		k.Code = body.CodeFrom(q.value("name"))
	}
	k.Names = map[string]string{"vi": q.value("name"), "en": q.value("en"), "fr": q.value("fr")}
	k.Shorts = withWord(k.Shorts, q.value("short"))
	k.Acts = withWord(k.Acts, q.value("acts"))
	k.Units, k.Roles = nil, nil
	for _, u := range q.values("units") {
		if slices.Contains(deed.Units(), deed.Unit(u)) {
			k.Units = append(k.Units, deed.Unit(u))
		}
	}
	for _, r := range q.values("roles") {
		if slices.Contains(deed.Roles(), deed.Role(r)) {
			k.Roles = append(k.Roles, deed.Role(r))
		}
	}
	k.Repeats, k.Meeting, k.Receipt, k.Retired = q.value("repeats") != "", q.value("meeting") != "", q.value("receipt") != "", q.value("retired") != ""
	rank, _, err := countOr(q.value("rank"), int64(k.Rank))
	k.Rank = int(min(rank, 1000))
	return at("rank", err)
}

// withWord sets the Vietnamese word of a label and keeps the others.
func withWord(all map[string]string, vi string) map[string]string {
	fresh := map[string]string{}
	for lang, word := range all {
		fresh[lang] = word
	}
	fresh["vi"] = vi
	return fresh
}
