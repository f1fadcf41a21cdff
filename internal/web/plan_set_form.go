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

// setNew asks for a standard of one's own: an empty one, or one that takes the place of
// another from a day on, which is laid beside it to be changed.
func (s *Server) setNew(q *request) error {
	if !q.actor.Somewhere(access.KeepOffice) {
		return fault.Forbid("access.forbidden.keep_office")
	}
	one := programme.Standard{Body: q.keeps(), Level: body.Commune, Period: calendar.Year(q.today().Year())}
	if after := q.value("after"); after != "" {
		before, err := q.view().StandardByCode(q.Context(), after)
		if err != nil {
			return err
		}
		years := before.Period.To.Year() - before.Period.From.Year()
		one.Level, one.Only, one.Criteria, one.After = before.Level, before.Only, before.Criteria, before.Code
		one.Period = calendar.Period{From: before.Period.To + 1, To: (before.Period.To + 1).AddYears(years+1) - 1}
	}
	return q.setForm(one, nil)
}

// setEdit asks what is otherwise in a standard of one's own.
func (s *Server) setEdit(q *request) error {
	one, err := q.setKept()
	if err != nil {
		return err
	}
	return q.setForm(one, nil)
}

// setKept reads the standard of the address for one who keeps it.
func (q *request) setKept() (programme.Standard, error) {
	one, err := q.view().StandardByCode(q.Context(), q.PathValue("code"))
	if err != nil {
		return one, err
	}
	if one.Body == 0 {
		return one, fault.Refuse("plan.set.shipped.fixed")
	}
	return one, q.actor.May(access.KeepOffice, one.Body)
}

// setForm asks for a standard.
func (q *request) setForm(one programme.Standard, refused error) error {
	path, title, do, leave := "/programmes/sets/new", q.say("plan.set.new"), q.say("plan.set.new.do"), "/programmes/sets"
	if one.Revision > 0 {
		path, title, do, leave = setPath(one.Code)+"/edit", q.say("plan.set.edit"), q.say("common.save"), setPath(one.Code)
	}
	wrong := page.ProblemsOf(refused, q.reader)
	fields, err := q.setFields(one, wrong)
	if err != nil {
		return err
	}
	form := page.DeskForm{Head: page.FormHead{Action: path, Rejected: refused != nil}, Wrong: wrong, Do: do, Fields: fields, Leave: page.Link{Text: q.say("common.cancel"), Href: leave}}
	if one.Revision > 0 {
		form.Head.Revision = idText(one.Revision)
	}
	shown := page.PlanPage{Shell: q.shell(title), Parts: []page.DeskPart{{Plain: true, Form: &form}}}
	shown.Shell.Crumbs = q.planCrumbs(page.Link{Text: q.say("plan.sets"), Href: "/programmes/sets"})
	if refused != nil {
		return q.again(page.PlanShown(shown))
	}
	return q.show(page.PlanShown(shown))
}

func (q *request) setFields(one programme.Standard, wrong page.Problems) ([]templ.Component, error) {
	r := q.reader
	field := func(name, key, has string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.typedOr(wrong, name, has), Max: 300})
	}
	name := field("name", "plan.set.name", one.Names["vi"])
	name.Needed, name.Whole = true, true
	from, to := field("from", "plan.set.from", dayTyped(one.Period.From)), field("to", "plan.set.to", dayTyped(one.Period.To))
	from.Short, to.Short, from.Wrong = true, true, firstOf(from.Wrong, wrong.At("period"))
	day := field("day", "plan.day", typed(one.Paper.Date))
	day.Short = true
	only := field("only", "plan.set.only", one.Only)
	only.Hint = q.say("plan.set.only.hint")
	criteria := field("criteria", "plan.set.criteria", criteriaTyped(one.Criteria))
	criteria.Hint, criteria.Whole, criteria.Max = q.say("plan.set.criteria.hint"), true, 60_000
	note := field("note", "plan.note", one.Note)
	note.Whole, note.Max = true, 2000
	all, err := q.view().Standards(q.Context())
	if err != nil {
		return nil, err
	}
	afters := []page.Option{{Text: q.say("plan.set.after.none")}}
	for _, other := range all {
		if other.Code != one.Code {
			afters = append(afters, page.Option{Value: other.Code, Text: dotted(other.Names.In(q.lang()), q.speaker().Period(other.Period))})
		}
	}
	after := field("after", "plan.set.after", one.After)
	after.Hint, after.Whole = q.say("plan.set.after.hint"), true
	var levels []string
	for _, l := range body.Levels() {
		levels = append(levels, string(l))
	}
	fields := []templ.Component{page.TextInput(r, name)}
	if one.Revision == 0 {
		bodies, err := q.bodyOptions(access.KeepOffice, "")
		if err != nil {
			return nil, err
		}
		code := field("code", "plan.code", one.Code)
		code.Hint = q.say("plan.code.hint")
		fields = append(fields, page.Select(r, field("body", "plan.set.keeper", idText(one.Body)), bodies), page.TextInput(r, code))
	}
	return append(fields, page.Select(r, field("level", "plan.set.for", string(one.Level)), q.options("body.level.", "", levels...)), page.TextInput(r, only),
		page.DateInput(r, from), page.DateInput(r, to), page.Select(r, after, afters), page.TextArea(r, criteria, 12),
		page.TextInput(r, field("number", "plan.number", one.Paper.Number)), page.DateInput(r, day), page.TextInput(r, field("issuer", "plan.issuer", one.Paper.Issuer)),
		page.TextArea(r, note, 3),
		page.Folded(q.say("plan.tongues"), "", one.Names["en"]+one.Names["fr"] != "", []templ.Component{
			page.TextInput(r, field("name-en", "plan.title.en", one.Names["en"])), page.TextInput(r, field("name-fr", "plan.title.fr", one.Names["fr"])),
		})), nil
}

// criteriaTyped writes criteria as they are typed: one a line, number; name; in
// English; in French.
func criteriaTyped(all []programme.Criterion) string {
	var lines []string
	for _, c := range all {
		parts := []string{c.No, c.Names["vi"], c.Names["en"], c.Names["fr"]}
		for len(parts) > 2 && parts[len(parts)-1] == "" {
			parts = parts[:len(parts)-1]
		}
		lines = append(lines, strings.Join(parts, "; "))
	}
	return strings.Join(lines, "\n")
}

// criteriaGiven reads them.
func criteriaGiven(typed string) ([]programme.Criterion, error) {
	var all []programme.Criterion
	for line := range strings.Lines(typed) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		parts := strings.Split(line, ";")
		if len(parts) < 2 || len(parts) > 4 {
			return nil, fault.Field("criteria", "plan.set.line", line)
		}
		c := programme.Criterion{No: strings.TrimSpace(parts[0]), Names: programme.Words{}}
		for i, lang := range []string{"vi", "en", "fr"}[:len(parts)-1] {
			if said := strings.TrimSpace(parts[i+1]); said != "" {
				c.Names[lang] = said
			}
		}
		all = append(all, c)
	}
	return all, nil
}

// setGiven reads the answers about a standard.
func (q *request) setGiven(one programme.Standard) (programme.Standard, error) {
	one.Names = programme.Words{"vi": q.value("name"), "en": q.value("name-en"), "fr": q.value("name-fr")}
	one.Level, one.Only, one.After, one.Note = body.Level(q.value("level")), q.value("only"), q.value("after"), q.lines("note")
	one.Paper.Number, one.Paper.Issuer = q.value("number"), q.value("issuer")
	from, err1 := q.date("from")
	to, err2 := q.date("to")
	one.Period = calendar.Period{From: from.FirstOr(calendar.Earliest), To: to.LastOr(calendar.Latest)}
	day, err3 := q.date("day")
	one.Paper.Date = day
	criteria, err4 := criteriaGiven(q.lines("criteria"))
	one.Criteria = criteria
	return one, fault.Gather(err1, err2, err3, err4)
}

// setLay writes a new standard.
func (s *Server) setLay(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	return q.setWrite(programme.Standard{Body: body.ID(q.id("body")), Code: q.value("code")}, 0, "plan.why.set.new")
}

// setSave changes a standard of one's own.
func (s *Server) setSave(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	one, err := q.setKept()
	if err != nil {
		return err
	}
	return q.setWrite(one, q.id("revision"), "plan.why.set")
}

func (q *request) setWrite(was programme.Standard, based int64, why string) error {
	one, err := q.setGiven(was)
	if err == nil {
		err = q.write(why, func(ctx context.Context, tx *store.Tx) error {
			laid, err := programme.Lay(ctx, tx, q.actor, one, based)
			if err == nil {
				one = laid
			}
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.setForm(one, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(setPath(one.Code), q.well("plan.set.saved"))
}
