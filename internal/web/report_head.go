package web

import (
	"context"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/document"
	"kith.app/internal/page"
	"kith.app/internal/report"
	"kith.app/internal/store"
)

// headFields are the settings by which a body heads its papers, in the order of
// the form; long ones have a line for each entry.
func headFields() []headField {
	return []headField{
		{"parents", report.SettingParents, true},
		{"name", report.SettingName, true},
		{"symbol", report.SettingSymbol, false},
		{"place", report.SettingPlace, false},
		{"voice", report.SettingVoice, false},
		{"recipients", report.SettingRecipients, true},
		{"contact", report.SettingContact, true},
	}
}

// headField is one of these settings.
type headField struct {
	name, setting string
	long          bool
}

// paperHead asks how a body heads its papers.
func (s *Server) paperHead(q *request) error {
	of, err := q.publicManaged()
	if err != nil {
		return err
	}
	set, err := q.view().Settings(q.Context(), of.ID, "paper.")
	if err != nil {
		return err
	}
	a := page.AskPage{
		Shell: q.shell(q.say("report.head")), Head: page.FormHead{Action: "/reports/head"}, Text: q.say("report.head.text"), Do: q.say("common.save"), Leave: "/reports",
		Facts: []page.Fact{{Name: q.say("report.page.body"), Text: of.NameOn(string(q.reader.Lang), q.today())}},
		Carry: []page.Option{{Value: "body", Text: idText(of.ID)}},
	}
	a.Shell.Crumbs = []page.Link{{Text: q.say("menu.reports"), Href: "/reports"}}
	var families []page.Option
	for _, f := range document.Families() {
		families = append(families, page.Option{Value: string(f), Text: q.say("report.head.family." + string(f))})
	}
	chosen := orElse(set[report.SettingFamily], string(document.State))
	a.Fields = []templ.Component{page.Select(q.reader, page.Field{Name: "family", Label: q.say("report.head.family"), Value: chosen, Whole: true}, families)}
	for _, f := range headFields() {
		field := page.Field{Name: f.name, Label: q.say("report.head." + f.name), Hint: q.say("report.head." + f.name + ".hint"), Value: set[f.setting], Whole: f.long}
		if f.long {
			a.Fields = append(a.Fields, page.TextArea(q.reader, field, 2))
		} else {
			a.Fields = append(a.Fields, page.TextInput(q.reader, field))
		}
	}
	return q.show(page.AskFor(a))
}

// paperHeadSet keeps how a body heads its papers.
func (s *Server) paperHeadSet(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	of, err := q.publicManaged()
	if err != nil {
		return err
	}
	err = q.write("report.why.head", func(ctx context.Context, tx *store.Tx) error {
		if err := q.actor.May(access.ManageBody, of.ID); err != nil {
			return err
		}
		for _, f := range document.Families() {
			if string(f) == q.value("family") {
				if err := tx.SetSetting(ctx, of.ID, report.SettingFamily, string(f)); err != nil {
					return err
				}
			}
		}
		for _, f := range headFields() {
			if err := tx.SetSetting(ctx, of.ID, f.setting, q.lines(f.name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return q.doneAt("/reports/head?body="+idText(of.ID), q.well("common.saved"))
}
