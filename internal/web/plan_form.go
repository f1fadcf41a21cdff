package web

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/programme"
	"kith.app/internal/store"
)

// planNew asks for a new plan.
func (s *Server) planNew(q *request) error {
	if !q.actor.Somewhere(access.KeepOffice) {
		return fault.Forbid("access.forbidden.keep_office")
	}
	year := calendar.Year(q.today().Year())
	return q.planForm(programme.Plan{Kind: programme.Plain, Body: q.keeps(), Period: year}, nil)
}

// planForm asks for what stands at the head of a plan.
func (q *request) planForm(p programme.Plan, refused error) error {
	path, title, do := "/programmes/new", q.say("plan.new"), q.say("plan.new.do")
	if p.ID != 0 {
		path, title, do = targetPlanPath(p.Code)+"/edit", q.say("plan.edit"), q.say("common.save")
	}
	fields, err := q.planFields(p, page.ProblemsOf(refused, q.reader))
	if err != nil {
		return err
	}
	form := page.DeskForm{Head: page.FormHead{Action: path, Rejected: refused != nil}, Wrong: page.ProblemsOf(refused, q.reader), Do: do, Fields: fields, Leave: page.Link{Text: q.say("common.cancel"), Href: "/programmes"}}
	if p.ID != 0 {
		form.Head.Revision, form.Leave.Href = idText(p.Revision), targetPlanPath(p.Code)
	}
	shown := page.PlanPage{Shell: q.shell(title), Parts: []page.DeskPart{{Plain: true, Form: &form}}}
	shown.Shell.Crumbs = q.planCrumbs()
	if refused != nil {
		return q.again(page.PlanShown(shown))
	}
	return q.show(page.PlanShown(shown))
}

// typedOr gives what was typed when a form comes back, else what the book has.
func (q *request) typedOr(wrong page.Problems, name, has string) string {
	if len(wrong) > 0 {
		return q.lines(name)
	}
	return has
}

func (q *request) planFields(p programme.Plan, wrong page.Problems) ([]templ.Component, error) {
	r := q.reader
	field := func(name, key, has string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.typedOr(wrong, name, has), Max: 300})
	}
	title := field("title", "plan.title", p.Titles["vi"])
	title.Needed, title.Whole = true, true
	from, to := field("from", "plan.from", dayTyped(p.Period.From)), field("to", "plan.to", dayTyped(p.Period.To))
	from.Short, to.Short, from.Wrong = true, true, firstOf(from.Wrong, wrong.At("period"))
	authorities := field("authority", "plan.authority", authoritiesTyped(p))
	authorities.Hint, authorities.Whole, authorities.Needed = q.say("plan.authority.hint"), true, true
	due := field("due", "plan.due", dueTyped(p.Due))
	due.Hint, due.Whole = q.say("plan.due.hint"), true
	note := field("note", "plan.note", p.Note)
	note.Whole, note.Max, authorities.Max = true, 2000, 2000
	day := field("day", "plan.day", typed(p.Paper.Date))
	day.Short = true
	programmes, err := q.programmeOptions(p)
	if err != nil {
		return nil, err
	}
	fields := []templ.Component{page.TextInput(r, title)}
	if p.ID == 0 {
		bodies, err := q.bodyOptions(access.KeepOffice, "")
		if err != nil {
			return nil, err
		}
		code := field("code", "plan.code", p.Code)
		code.Hint = q.say("plan.code.hint")
		fields = append(fields,
			page.Select(r, field("body", "plan.body", idText(p.Body)), bodies),
			page.Select(r, field("kind", "plan.kind", string(p.Kind)), q.options("plan.kind.", "", string(programme.Plain), string(programme.Programme))),
			page.TextInput(r, code))
	}
	under := field("under", "plan.under", idText(p.Under))
	return append(fields, page.DateInput(r, from), page.DateInput(r, to), page.TextArea(r, authorities, 3),
		page.TextInput(r, field("number", "plan.number", p.Paper.Number)), page.DateInput(r, day), page.TextInput(r, field("issuer", "plan.issuer", p.Paper.Issuer)),
		page.Select(r, under, programmes), page.TextInput(r, due), page.TextArea(r, note, 3),
		page.Folded(q.say("plan.tongues"), "", p.Titles["en"]+p.Titles["fr"] != "" && p.ID == 0, []templ.Component{
			page.TextInput(r, field("title-en", "plan.title.en", p.Titles["en"])), page.TextInput(r, field("title-fr", "plan.title.fr", p.Titles["fr"])),
		})), nil
}

// programmeOptions offers the programmes a plan may stand under.
func (q *request) programmeOptions(p programme.Plan) ([]page.Option, error) {
	all, _, err := q.view().TargetPlans(q.Context(), programme.Asked{Kind: programme.Programme, Limit: -1})
	options := []page.Option{{Value: "0", Text: q.say("plan.under.none")}}
	for _, o := range all {
		if o.ID != p.ID {
			options = append(options, page.Option{Value: idText(o.ID), Text: o.Titles.In(q.lang())})
		}
	}
	return options, err
}

// authoritiesTyped writes the authorities of a plan, one a line.
func authoritiesTyped(p programme.Plan) string {
	var lines []string
	for _, a := range p.Authorities {
		line := a.Code + "; " + a.Names["vi"]
		if !a.Paper.IsZero() {
			line += "; " + a.Paper.Number
			if !a.Paper.Date.IsUnknown() {
				line += "; " + typed(a.Paper.Date)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// authoritiesGiven reads authorities, one a line: code; name; number; day. What a
// known one is called in other languages stays.
func (q *request) authoritiesGiven(before []programme.Authority) ([]programme.Authority, error) {
	var all []programme.Authority
	for line := range strings.Lines(q.lines("authority")) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		parts := strings.Split(line, ";")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if len(parts) == 1 {
			parts = []string{body.CodeFrom(parts[0]), parts[0]}
		}
		a := programme.Authority{Code: parts[0], Names: programme.Words{"vi": parts[1]}}
		for _, was := range before {
			if was.Code == a.Code && was.Names["vi"] == parts[1] {
				a.Names = was.Names
			}
			if was.Code == a.Code {
				a.Paper = was.Paper
			}
		}
		if len(parts) > 2 {
			a.Paper.Number = parts[2]
		}
		if len(parts) > 3 {
			day, err := q.readDay(parts[3])
			if err != nil {
				return nil, fault.Field("authority", "plan.authority.form", line)
			}
			a.Paper.Date = day
		}
		all = append(all, a)
	}
	return all, nil
}

func dueTyped(days []calendar.Day) string {
	said := make([]string, len(days))
	for i, day := range days {
		said[i] = dayTyped(day)
	}
	return strings.Join(said, ", ")
}

// planGiven reads the answers about a plan.
func (q *request) planGiven(p programme.Plan) (programme.Plan, error) {
	var found []error
	p.Titles = programme.Words{"vi": q.value("title"), "en": q.value("title-en"), "fr": q.value("title-fr")}
	from, err := q.date("from")
	found = append(found, err)
	to, err := q.date("to")
	found = append(found, err)
	p.Period = calendar.Period{From: from.FirstOr(calendar.Earliest), To: to.LastOr(calendar.Latest)}
	p.Authorities, err = q.authoritiesGiven(p.Authorities)
	found = append(found, err)
	p.Paper.Number, p.Paper.Issuer, p.Note, p.Under = q.value("number"), q.value("issuer"), q.lines("note"), programme.ID(q.id("under"))
	p.Paper.Date, err = q.date("day")
	found = append(found, err)
	p.Due = nil
	for part := range strings.SplitSeq(q.value("due"), ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		day, err := q.readDay(strings.TrimSpace(part))
		if last, ok := day.Last(); err == nil && ok {
			p.Due = append(p.Due, last)
		} else {
			found = append(found, fault.Field("due", "plan.import.date", part))
		}
	}
	return p, fault.Gather(found...)
}

// planDraw begins a plan.
func (s *Server) planDraw(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	p, err := q.planGiven(programme.Plan{Body: body.ID(q.id("body")), Kind: programme.Kind(q.value("kind")), Code: q.value("code")})
	if err == nil {
		err = q.write("plan.why.draw", func(ctx context.Context, tx *store.Tx) (err error) {
			p, err = programme.Draw(ctx, tx, q.actor, p)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.planForm(p, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(targetPlanPath(p.Code), q.well("plan.entered"))
}

// planKept reads the plan of the address for one who may keep it.
func (q *request) planKept(right access.Right) (programme.PlanFile, error) {
	file, err := q.planFileAsked()
	if err != nil {
		return file, err
	}
	return file, q.actor.May(right, file.Plan.Body)
}

// planEdit asks what is otherwise at the head of a plan.
func (s *Server) planEdit(q *request) error {
	file, err := q.planKept(access.KeepOffice)
	if err != nil {
		return err
	}
	return q.planForm(file.Plan, nil)
}

// planAmend changes what stands at the head of a plan.
func (s *Server) planAmend(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, err := q.planKept(access.KeepOffice)
	if err != nil {
		return err
	}
	p, err := q.planGiven(file.Plan)
	if err == nil {
		err = q.write("plan.why.amend", func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Amend(ctx, tx, q.actor, p, q.id("revision"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.planForm(p, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(targetPlanPath(p.Code), q.well("common.saved"))
}

// planAdopt freezes the targets of a plan.
func (s *Server) planAdopt(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	file, err := q.planKept(access.KeepOffice)
	if err != nil {
		return err
	}
	on, err := q.oneDay("adopted")
	if on == 0 {
		on = q.today()
	}
	if err == nil {
		err = q.write("plan.why.adopt", func(ctx context.Context, tx *store.Tx) error {
			_, err := programme.Adopt(ctx, tx, q.actor, file.Plan.ID, on, q.id("revision"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		p := page.PlanPage{Shell: q.shell(q.say("plan.adopt")), Parts: []page.DeskPart{q.adoptPart(file.Plan, err)}}
		p.Shell.Crumbs = q.planCrumbs(page.Link{Text: file.Plan.Titles.In(q.lang()), Href: targetPlanPath(file.Plan.Code)})
		return q.again(page.PlanShown(p))
	}
	if err != nil {
		return err
	}
	return q.doneAt(targetPlanPath(file.Plan.Code), q.well("plan.adopted.done"))
}
