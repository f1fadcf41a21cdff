package web

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/tie"
	"kith.app/internal/union"
)

// memorialView lists martyrs who lie and veterans who live on the other side, with
// the last incense visit to where they are.
func memorialView() registerView {
	return registerView{
		heads: []string{"register.memorial.who", "register.memorial.as", "register.memorial.from", "register.memorial.where", "register.memorial.day", "register.memorial.visit", "register.memorial.kin"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Memorial](q, typed)
			if err != nil {
				return nil, err
			}
			visits, err := q.view().IncenseVisits(q.Context(), q.organisationShown(), found)
			if err != nil {
				return nil, err
			}
			var lines []registerLine
			for _, m := range found {
				from, err := q.bodyCalled(m.Other)
				if err != nil {
					return nil, err
				}
				visit := page.Cell{Text: q.say("register.memorial.visit.none"), Tone: page.Due}
				if all := visits[m.ID]; len(all) > 0 {
					last := all[len(all)-1]
					visit = page.Cell{Text: q.dated(last.Day), Note: q.say("register.memorial.visit.count", len(all)), Href: deedPath(last.ID)}
				} else if m.Seen != 0 {
					visit = page.Cell{Text: q.daySaid(m.Seen)}
				}
				lines = append(lines, registerLine{m.ID, m.Body, []page.Cell{
					{Text: cmp.Or(q.personCalled(int64(m.Person)), m.Name), Note: m.Note}, {Text: q.say("register.memorial.as." + string(m.As)), Note: m.Unit}, {Text: cmp.Or(from, m.From)}, {Text: m.Where, Note: m.Grave}, {Text: q.dated(m.Day)}, visit, {Text: m.Kin},
				}})
			}
			return lines, nil
		},
		fields: memorialFields,
		take:   takeMemorial,
		more:   (*request).incenseParts,
	}
}

// bodyCalled names a body of the book today; nothing for none.
func (q *request) bodyCalled(id body.ID) (string, error) {
	if id == 0 {
		return "", nil
	}
	bodies, err := q.view().BodiesByID(q.Context(), []body.ID{id})
	b := bodies[id]
	return b.NameOn(q.lang(), b.Ended.LastOr(q.today())), err
}

func memorialFields(q *request, a asker, id int64) ([]templ.Component, int64, error) {
	m, err := one[union.Memorial](q, id)
	if err != nil {
		return nil, 0, err
	}
	home, err := q.homeField(a, m.Body)
	if err != nil {
		return nil, 0, err
	}
	from, err := q.bodyCalled(m.Other)
	var as []page.Option
	for _, one := range union.RememberedAses() {
		as = append(as, page.Option{Value: string(one), Text: q.say("register.memorial.as." + string(one))})
	}
	return []templ.Component{
		home, q.whoField(a.field("who", "register.memorial.who", m.Name), m.Person, cmp.Or(q.value("who"), m.Name)), a.choose("as", "register.memorial.as", string(cmp.Or(m.As, union.Martyr)), as), a.text("from", "register.memorial.from", cmp.Or(from, m.From)),
		a.needed("where", "register.memorial.where", m.Where), a.text("grave", "register.memorial.grave", m.Grave), a.text("unit", "register.service.unit", m.Unit), a.day("day", "register.memorial.day", typed(m.Day)), a.text("kin", "register.memorial.kin", m.Kin),
		a.day("seen", "register.memorial.seen", dayTyped(m.Seen)), a.text("note", "common.note", m.Note),
	}, m.Revision, err
}

func takeMemorial(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	m, err := one[union.Memorial](q, id)
	if err != nil {
		return nil, err
	}
	m.Body, m.As, m.Where, m.Grave, m.Unit, m.Kin, m.Note = cmp.Or(m.Body, q.homeOf(body.ID(q.id("body")))), union.RememberedAs(q.value("as")), q.value("where"), q.value("grave"), q.value("unit"), q.value("kin"), q.value("note")
	m.Other, m.From = 0, q.value("from")
	if sort, rest := cutMark(q.bodyOfName(m.From)); sort == "b" {
		m.Other, m.From = body.ID(idOf(rest)), ""
	}
	var e [3]error
	m.Person, m.Name, e[0] = q.anybody("who")
	m.Day, e[1] = q.date("day")
	m.Seen, e[2] = q.exactDay("seen")
	return registering(q, m), fault.Gather(e[:]...)
}

// incenseParts lists the visits to where somebody lies or lives.
func (q *request) incenseParts(id int64) ([]page.DeskPart, error) {
	m, err := one[union.Memorial](q, id)
	if err != nil {
		return nil, err
	}
	visits, err := q.view().IncenseVisits(q.Context(), m.Body, []union.Memorial{m})
	part := page.DeskPart{Head: q.say("register.memorial.visits")}
	for _, d := range visits[m.ID] {
		part.Facts = append(part.Facts, page.Fact{Name: q.dated(d.Day), Text: d.Title, Href: deedPath(d.ID)})
	}
	if len(part.Facts) == 0 {
		part.Lines = []string{q.say("register.memorial.visits.none")}
	}
	return []page.DeskPart{part}, err
}

// keepsakeView lists speeches and photographs that are held, with who may use them.
func keepsakeView() registerView {
	return registerView{
		heads: []string{"register.keepsake.title", "register.keepsake.kind", "register.keepsake.of", "register.keepsake.maker", "register.keepsake.where", "register.keepsake.use"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Keepsake](q, typed)
			var lines []registerLine
			for _, k := range found {
				use := page.Cell{Text: q.say("register.keepsake.use." + cmp.Or(string(k.Use), "unknown")), Note: k.Permit}
				if k.Use == union.UseUnknown || k.Use == union.UseAsk {
					use.Tone = page.Due
				}
				lines = append(lines, registerLine{k.ID, k.Body, []page.Cell{
					{Text: k.Title, Note: k.Note}, {Text: q.say("register.keepsake.kind." + k.Kind)}, {Text: q.dated(k.Of)}, {Text: k.Maker, Note: k.Owner}, {Text: k.Where}, use,
				}})
			}
			return lines, err
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			k, err := one[union.Keepsake](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, k.Body)
			var kinds, uses []page.Option
			for _, one := range union.KeepsakeKinds() {
				kinds = append(kinds, page.Option{Value: one, Text: q.say("register.keepsake.kind." + one)})
			}
			for _, one := range union.Uses() {
				uses = append(uses, page.Option{Value: string(one), Text: q.say("register.keepsake.use." + cmp.Or(string(one), "unknown"))})
			}
			return []templ.Component{
				home, a.needed("title", "register.keepsake.title", k.Title), a.choose("kind", "register.keepsake.kind", cmp.Or(k.Kind, "photograph"), kinds), a.day("of", "register.keepsake.of", typed(k.Of)), a.text("maker", "register.keepsake.maker", k.Maker),
				a.text("owner", "register.keepsake.owner", k.Owner), a.text("where", "register.keepsake.where", k.Where), a.choose("use", "register.keepsake.use", string(k.Use), uses), a.text("permit", "register.keepsake.permit", k.Permit), a.text("note", "common.note", k.Note),
			}, k.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			k, err := one[union.Keepsake](q, id)
			if err != nil {
				return nil, err
			}
			k.Body, k.Title, k.Kind, k.Maker, k.Owner, k.Where = cmp.Or(k.Body, q.homeOf(body.ID(q.id("body")))), q.value("title"), q.value("kind"), q.value("maker"), q.value("owner"), q.value("where")
			k.Use, k.Permit, k.Note = union.Use(q.value("use")), q.value("permit"), q.value("note")
			k.Of, err = q.date("of")
			return registering(q, k), err
		},
	}
}

// pressView lists the articles that speak of the body, with what was taken from
// each and what is not in the book yet.
func pressView() registerView {
	return registerView{
		heads: []string{"register.press.title", "register.press.paper", "common.date", "register.press.taken", "register.press.left"},
		lines: func(q *request, typed string) ([]registerLine, error) {
			found, err := all[union.Article](q, typed)
			if err != nil {
				return nil, err
			}
			taken, err := q.view().TakenFrom(q.Context(), q.organisationShown())
			var lines []registerLine
			for _, a := range found {
				left := page.Cell{Text: q.speaker().Number(int64(a.Left()))}
				if a.Left() > 0 {
					left.Tone = page.Late
				}
				lines = append(lines, registerLine{a.ID, a.Body, []page.Cell{
					{Text: a.Title, Note: a.Note}, {Text: a.Paper, Note: a.Author}, {Text: q.dated(a.Day)}, {Text: q.speaker().Number(int64(len(taken[a.Title])))}, left,
				}})
			}
			return lines, err
		},
		fields: func(q *request, a asker, id int64) ([]templ.Component, int64, error) {
			w, err := one[union.Article](q, id)
			if err != nil {
				return nil, 0, err
			}
			home, err := q.homeField(a, w.Body)
			title := a.field("title", "register.press.title", cmp.Or(w.Title, q.value("title")))
			title.Needed, title.Whole, title.Max, title.Hint = true, true, 500, q.say("register.press.title.hint")
			return []templ.Component{
				home, page.TextInput(q.reader, title), a.text("paper", "register.press.paper", w.Paper), a.text("address", "register.press.address", w.Address), a.day("day", "common.date", typed(w.Day)), a.text("author", "register.press.author", w.Author), a.text("note", "common.note", w.Note),
			}, w.Revision, err
		},
		take: func(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
			w, err := one[union.Article](q, id)
			if err != nil {
				return nil, err
			}
			w.Body, w.Title, w.Paper, w.Address, w.Author, w.Note = cmp.Or(w.Body, q.homeOf(body.ID(q.id("body")))), q.value("title"), q.value("paper"), q.value("address"), q.value("author"), q.value("note")
			w.Day, err = q.date("day")
			return registering(q, w), err
		},
		more:  (*request).pressParts,
		sums:  (*request).pressUnlisted,
		parts: map[string]func(*request, int64) (func(context.Context, *store.Tx) error, error){"fact": takeFact, "settle": settleFact},
	}
}

// pressParts show what was taken from an article, and what is not in the book.
func (q *request) pressParts(id int64) ([]page.DeskPart, error) {
	a, err := one[union.Article](q, id)
	if err != nil {
		return nil, err
	}
	taken, err := q.view().TakenFrom(q.Context(), a.Body)
	if err != nil {
		return nil, err
	}
	entered := page.DeskPart{Head: q.say("register.press.taken")}
	for _, t := range taken[a.Title] {
		entered.Facts = append(entered.Facts, page.Fact{Name: q.say("register.press.record." + t.What), Text: t.Text, Note: t.Quote, Href: q.takenHref(t)})
	}
	if len(entered.Facts) == 0 {
		entered.Lines = []string{q.say("register.press.taken.none")}
	}
	left := page.DeskPart{Head: q.say("register.press.left")}
	open := []page.Option{}
	for i, m := range a.Missing {
		f := page.Fact{Name: q.say("register.press.fact"), Text: m.Text, Note: m.Why}
		switch {
		case m.Open():
			f.Mark = page.Mark{Tone: page.Late, Text: q.say("register.press.open")}
			open = append(open, page.Option{Value: idText(int64(i)), Text: shortened(m.Text)})
		case m.Done != 0:
			f.Mark = page.Mark{Tone: page.Done, Text: q.say("register.press.done", q.daySaid(m.Done))}
		}
		left.Facts = append(left.Facts, f)
	}
	if len(left.Facts) == 0 {
		left.Lines = []string{q.say("register.press.left.none")}
	}
	parts := []page.DeskPart{entered, left}
	if !q.may(access.PostDeeds, a.Body) {
		return parts, nil
	}
	path := registerPath(union.Presses) + "/" + idText(id)
	return append(parts, q.pressForms(path, a.Revision, open)...), nil
}

// pressForms take a fact that is not in the book, and say what became of one.
func (q *request) pressForms(path string, revision int64, open []page.Option) []page.DeskPart {
	refusedAt := func(part string) asker {
		if q.partRefused.part == part {
			return asker{q, page.ProblemsOf(q.partRefused.err, q.reader), part + "-"}
		}
		return asker{q, nil, part + "-"}
	}
	a := refusedAt("fact")
	parts := []page.DeskPart{{Plain: true, Form: &page.DeskForm{
		Head: page.FormHead{Action: path + "/fact", Revision: idText(revision), Rejected: len(a.wrong) > 0}, Wrong: a.wrong, Open: len(a.wrong) > 0, Fold: q.say("register.press.fact.add"), Do: q.say("common.save"), Quiet: true, Fields: []templ.Component{a.area("fact", "register.press.fact", "")},
	}}}
	if len(open) > 0 {
		a := refusedAt("settle")
		parts = append(parts, page.DeskPart{Plain: true, Form: &page.DeskForm{
			Head: page.FormHead{Action: path + "/settle", Revision: idText(revision), Rejected: len(a.wrong) > 0}, Wrong: a.wrong, Open: len(a.wrong) > 0, Fold: q.say("register.press.settle"), Do: q.say("common.save"), Quiet: true,
			Fields: []templ.Component{a.choose("which", "register.press.fact", "", open), a.text("why", "register.press.why", "")},
		}})
	}
	return parts
}

// takeFact writes down something that an article tells and the book does not have.
func takeFact(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	a, err := one[union.Article](q, id)
	a.Missing = append(append([]union.Unwritten{}, a.Missing...), union.Unwritten{Text: strings.TrimSpace(q.lines("fact"))})
	return registering(q, a), err
}

// settleFact says that something was entered since, or why it is not to be.
func settleFact(q *request, id int64) (func(context.Context, *store.Tx) error, error) {
	a, err := one[union.Article](q, id)
	if err != nil {
		return nil, err
	}
	n := int(q.id("which"))
	if n < 0 || n >= len(a.Missing) || !a.Missing[n].Open() {
		return nil, fault.Field("which", "register.press.fact.settled")
	}
	a.Missing = append([]union.Unwritten{}, a.Missing...)
	if why := q.value("why"); why != "" {
		a.Missing[n].Why = why
	} else {
		a.Missing[n].Done = q.today()
	}
	return registering(q, a), nil
}

// pressUnlisted lists articles that records name as their source and that are not
// in the register yet.
func (q *request) pressUnlisted() ([]page.DeskPart, error) {
	taken, err := q.view().TakenFrom(q.Context(), q.organisationShown())
	if err != nil {
		return nil, err
	}
	found, err := all[union.Article](q, "")
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		delete(taken, a.Title)
	}
	part := page.DeskPart{Head: q.say("register.press.unlisted")}
	for _, title := range slices.Sorted(maps.Keys(taken)) {
		part.Facts = append(part.Facts, page.Fact{Name: q.say("register.press.records", len(taken[title])), Text: title, Href: registerPath(union.Presses) + "?title=" + url.QueryEscape(title)})
	}
	if len(part.Facts) == 0 {
		return nil, nil
	}
	return []page.DeskPart{part}, nil
}

// takenHref leads to a record that an article is the source of.
func (q *request) takenHref(t store.Taken) string {
	switch t.What {
	case "deed":
		return deedPath(deed.ID(t.Ref))
	case "tie":
		return tiePath(t.Code)
	case "promise":
		return promisePath(tie.PromiseID(t.Ref))
	}
	return ""
}
