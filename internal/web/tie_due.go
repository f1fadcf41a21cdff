package web

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/twin"
)

// dueMonths is how far the register of what is due looks ahead.
const dueMonths = 12

// tiesComing reads what of the ties comes up within the months asked.
func (q *request) tiesComing() ([]store.TieDue, int, error) {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return nil, 0, fault.Forbid("access.forbidden.read_deeds")
	}
	months := dueMonths
	if n, err := strconv.Atoi(q.value("months")); err == nil && n > 0 && n <= 240 {
		months = n
	}
	due, err := q.view().TiesDue(q.Context(), q.today().AddMonths(months))
	return due, months, err
}

// tiesDue is the register of agreements that expire or are due for review.
func (s *Server) tiesDue(q *request) error {
	due, months, err := q.tiesComing()
	if err != nil {
		return err
	}
	p := page.ListPage{Shell: q.shell(q.say("tie.tab.due")), Tabs: q.tieTabs("/ties/due")}
	p.Shell.Lead = q.say("tie.due.lead", months, len(due))
	p.Filter = page.FilterHead{Action: "/ties/due", Results: "listed", NoBox: true}
	var options []page.Option
	for _, n := range []int{3, 6, 12, 24, 60} {
		options = append(options, page.Option{Value: strconv.Itoa(n), Text: q.say("tie.months", n)})
	}
	p.Selects = []page.SelectField{{Field: page.Field{Name: "months", Label: q.say("tie.due.within"), Value: strconv.Itoa(months)}, Options: options}}
	p.Tools = []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: "/ties/due.xlsx" + queryOf(q)}}
	bodies, err := q.dueBodies(due)
	if err != nil {
		return err
	}
	p.Table = page.Table{
		Caption: p.Shell.Title, Quiet: true, Columns: []page.Column{{Head: q.say("tie.one"), Chief: true}, {Head: q.say("tie.due.what")}, {Head: q.say("common.date")}, {Head: q.say("common.status")}},
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("tie.due.none"), Text: q.say("tie.due.none.text"), Do: page.Link{Text: q.say("menu.ties"), Href: "/ties"}},
	}
	for _, d := range due {
		mark := q.tieMark(d.Tie.Standing)
		day := page.Cell{Text: q.dated(d.Day)}
		if d.Day.LastOr(calendar.Latest) < q.today() {
			day.Tone, day.Note = page.Late, q.say("tie.due.over")
		}
		p.Table.Rows = append(p.Table.Rows, page.Row{Href: tiePath(d.Tie.Code), Cells: []page.Cell{
			{Text: twin.CalledTie(q.speaker(), d.Tie.Tie, bodies)}, {Text: q.say("tie.due." + string(d.What))}, day, page.Marked(mark),
		}})
	}
	return q.show(page.Listed(p))
}

func (q *request) dueBodies(due []store.TieDue) (map[body.ID]body.Body, error) {
	var rows []store.TieRow
	for _, d := range due {
		rows = append(rows, d.Tie)
	}
	return q.tieBodiesOf(rows)
}

// tiesDueSheet gives the register as a workbook.
func (s *Server) tiesDueSheet(q *request) error {
	due, _, err := q.tiesComing()
	if err != nil {
		return err
	}
	bodies, err := q.dueBodies(due)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("tie.tab.due")}
	for _, key := range []string{"tie.one", "tie.due.what", "common.date", "common.status"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, d := range due {
			if !yield([]sheet.Value{sheet.Words(twin.CalledTie(q.speaker(), d.Tie.Tie, bodies)), sheet.Words(q.say("tie.due." + string(d.What))), sheet.On(d.Day), sheet.Words(q.say("tie.status." + string(d.Tie.Standing.Status)))}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("tie.tab.due"), t)
}

// tieSettings asks after how long a tie is called quiet, and lists the kinds.
func (s *Server) tieSettings(q *request) error {
	if err := q.actor.May(access.ManageBody, q.root()); err != nil {
		return err
	}
	return q.tieSettingsPage(nil)
}

func (q *request) tieSettingsPage(refused error) error {
	rule, err := q.view().TieRule(q.Context(), q.root())
	if err != nil {
		return err
	}
	w := page.ProblemsOf(refused, q.reader)
	months := func(name string, n int) templ.Component {
		return page.NumberInput(q.reader, w.Mark(page.Field{Name: name, Label: q.say("tie.rule." + name), Hint: q.say("tie.rule." + name + ".hint"), Value: q.answerOr(name, strconv.Itoa(n), refused), Unit: q.say("tie.months.unit"), Short: true}))
	}
	p := page.DeskPage{Shell: q.shell(q.say("tie.settings"))}
	p.Shell.Crumbs = []page.Link{{Text: q.say("menu.ties"), Href: "/ties"}}
	form := page.DeskForm{Head: page.FormHead{Action: "/ties/settings"}, Wrong: w, Do: q.say("common.save"), Fields: []templ.Component{months("quiet", rule.QuietMonths), months("dormant", rule.DormantMonths), months("expiring", rule.ExpiringMonths)}}
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return err
	}
	t := page.Table{Caption: q.say("tie.kinds"), Quiet: true, Columns: []page.Column{{Head: q.say("tie.kind"), Chief: true}, {Head: q.say("tie.code")}, {Head: q.say("common.status")}}}
	for _, k := range kinds {
		state := ""
		if k.Retired {
			state = q.say("tie.kind.retired")
		}
		t.Rows = append(t.Rows, page.Row{Href: "/ties/kinds/" + k.Code, Cells: []page.Cell{{Text: k.Name(q.lang())}, {Text: k.Code}, {Text: state}}})
	}
	p.Parts = []page.DeskPart{{Head: q.say("tie.rule"), Form: &form}, {Head: q.say("tie.kinds"), Table: &t, More: page.Link{Text: q.say("tie.kind.add"), Href: "/ties/kinds/new"}}}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// tieSettingsSave writes after how long a tie is called quiet.
func (s *Server) tieSettingsSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	given := map[string]string{}
	var wrong []error
	for name, setting := range map[string]string{"quiet": store.SettingTieQuiet, "dormant": store.SettingTieDormant, "expiring": store.SettingTieExpiring} {
		n, err := strconv.Atoi(q.value(name))
		if err != nil || n < 1 || n > 1200 {
			wrong = append(wrong, fault.Field(name, "tie.months.wrong"))
		}
		given[setting] = strconv.Itoa(n)
	}
	err := fault.Gather(wrong...)
	if err == nil {
		err = q.write("tie.why.settings", func(ctx context.Context, tx *store.Tx) error {
			if err := q.actor.May(access.ManageBody, q.root()); err != nil {
				return err
			}
			for name, value := range given {
				if err := tx.SetSetting(ctx, q.root(), name, value); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tieSettingsPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt("/ties/settings", q.well("common.saved"))
}

// tieKindForm asks about a kind of tie, new or known.
func (s *Server) tieKindForm(q *request) error {
	if err := q.actor.May(access.ManageBody, q.bookRoot()); err != nil {
		return err
	}
	return q.tieKindPage(nil)
}

func (q *request) tieKindPage(refused error) error {
	var k tie.Kind
	code := q.PathValue("code")
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return err
	}
	for _, one := range kinds {
		if one.Code == code {
			k = one
		}
	}
	if k.Code == "" && code != "new" {
		return fault.Missing("fault.missing")
	}
	p := page.AskPage{Shell: q.shell(q.say("tie.kind")), Wrong: page.ProblemsOf(refused, q.reader), Do: q.say("common.save"), Leave: "/ties/settings"}
	p.Head = page.FormHead{Action: "/ties/kinds/" + code, Rejected: refused != nil, Revision: strconv.FormatInt(k.Revision, 10)}
	text := func(name, key, was string, needed bool) templ.Component {
		return page.TextInput(q.reader, p.Wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.answerOr(name, was, refused), Needed: needed, Fixed: name == "code" && k.Code != "", Max: 100}))
	}
	p.Fields = []templ.Component{
		text("code", "tie.code", k.Code, true), text("name", "tie.title.vi", k.Names["vi"], true), text("nameEn", "tie.title.en", k.Names["en"], false), text("nameFr", "tie.title.fr", k.Names["fr"], false),
		page.Tick(page.Field{Name: "retired", Label: q.say("tie.kind.retired"), Hint: q.say("tie.kind.retired.hint"), Value: q.answerOr("retired", yes(k.Retired), refused)}),
	}
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// tieKindSave writes a kind of tie.
func (s *Server) tieKindSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	k := tie.Kind{Code: q.value("code"), Names: map[string]string{"vi": q.value("name"), "en": q.value("nameEn"), "fr": q.value("nameFr")}, Retired: q.value("retired") == "yes", Rank: 100}
	if code := q.PathValue("code"); code != "new" {
		k.Code = code
	}
	kinds, err := q.view().TieKinds(q.Context())
	if err != nil {
		return err
	}
	for _, one := range kinds {
		if one.Code == k.Code {
			k.Rank = one.Rank
		}
	}
	err = q.write("tie.why.kind", func(ctx context.Context, tx *store.Tx) error {
		_, err := tie.Define(ctx, tx, q.actor, k, q.id("revision"))
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.tieKindPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt("/ties/settings", q.well("common.saved"))
}

// tiesOfBody lists the ties of one body, grouped by country, each with how it
// stands.
func (s *Server) tiesOfBody(q *request) error {
	if !q.actor.Somewhere(access.ReadDeeds) {
		return fault.Forbid("access.forbidden.read_deeds")
	}
	b, err := q.view().BodyByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return err
	}
	return q.bodyTiesPage(b)
}
