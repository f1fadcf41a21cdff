package web

import (
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/page"
	"kith.app/internal/store"
	"kith.app/internal/union"
)

// unionDesk is the door to people's diplomacy, with the year in figures.
func (s *Server) unionDesk(q *request) error { return q.unionPage(nil) }

func (q *request) unionPage(refused error) error {
	if err := q.view().MayActivity(); err != nil {
		return err
	}
	year := q.today().Year()
	told, err := q.view().Activities(q.Context(), store.ActivitiesAsked{Body: q.organisationShown(), Period: calendar.Year(year), Dated: true})
	if err != nil {
		return err
	}
	c := union.CountUp(told)
	p := page.DeskPage{Shell: q.shell(q.say("menu.union"))}
	p.Shell.Lead = q.say("union.lead")
	period := "?period=" + strconv.Itoa(year)
	p.Tiles = []page.Tile{
		{Figure: strconv.Itoa(c.Total.All), Text: q.say("union.tile.activities", strconv.Itoa(year)), Href: "/union/activities" + period},
		{Figure: strconv.Itoa(c.Total.Led()), Text: q.say("union.tile.led"), Href: "/union/activities" + period},
		{Figure: strconv.Itoa(c.Total.Outside), Text: q.say("union.tile.outside"), Href: "/union/activities" + period + "&planning=outside"},
	}
	p.Parts = []page.DeskPart{{Plain: true, Head: q.say("union.doors"), Doors: q.unionDoors()}}
	if q.may(access.PostDeeds, q.organisationShown()) {
		form := q.statedForm(refused)
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// statedForm asks for a number of activities that somebody stated.
func (q *request) statedForm(refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	field := func(name, key string) page.Field {
		f := wrong.Mark(page.Field{Name: name, Label: q.say(key), Hint: q.say(key + ".hint"), Value: q.value(name)})
		return f
	}
	count, from := field("count", "union.stated.count"), field("source", "union.stated.source")
	count.Needed, from.Needed, from.Whole = true, true, true
	when := field("when", "union.stated.when")
	when.Short = true
	return page.DeskForm{
		Head: page.FormHead{Action: "/union/activities/stated", Rejected: refused != nil}, Wrong: wrong, Fold: q.say("union.stated.new"), Do: q.say("union.stated.keep"), Quiet: true,
		Fields: []templ.Component{page.TextInput(q.reader, count), page.DateInput(q.reader, when), page.TextInput(q.reader, from)},
	}
}

// unionDoors lists what there is of people's diplomacy.
func (q *request) unionDoors() []page.Door {
	door := func(g page.Glyph, key, href string) page.Door {
		return page.Door{Glyph: g, Head: q.say("union." + key), Text: q.say("union." + key + ".text"), Href: href}
	}
	return []page.Door{
		door(page.GlyphDeed, "activities", "/union/activities"),
		{Glyph: page.GlyphCheck, Head: q.say("union.plan"), Text: q.say("union.plan.about"), Href: "/union/plan"},
		door(page.GlyphPeople, "delegations", "/union/delegations"),
		door(page.GlyphGift, "gifts", "/union/gifts"),
		door(page.GlyphBody, "term", registerPath(union.Terms)),
		door(page.GlyphPlace, "large", registerPath(union.Larges)),
		door(page.GlyphPeople, "service", registerPath(union.Services)),
		door(page.GlyphPeople, "scholar", registerPath(union.Scholars)),
		door(page.GlyphFund, "aid", registerPath(union.Aids)),
		door(page.GlyphProgramme, "programme", registerPath(union.Programmes)),
		door(page.GlyphContest, "award", registerPath(union.Awards)),
		door(page.GlyphTie, "memorial", registerPath(union.Memorials)),
		door(page.GlyphPaper, "keepsake", registerPath(union.Keepsakes)),
		door(page.GlyphInfo, "press", registerPath(union.Presses)),
		door(page.GlyphPhone, "people", "/union/people"),
		door(page.GlyphSettings, "rules", "/union/rules"),
	}
}

// unionCrumbs lead back to the door.
func (q *request) unionCrumbs(more ...page.Link) []page.Link {
	return append([]page.Link{{Text: q.say("menu.union"), Href: "/union"}}, more...)
}

// organisationShown is the body that the page tells of: the one asked for, the
// reader's organisation, or else the part of it whose deeds the reader may read.
func (q *request) organisationShown() body.ID {
	if of := body.ID(q.id("body")); of != 0 {
		return of
	}
	if !q.may(access.ReadDeeds, q.root()) {
		for _, g := range q.actor.Grants {
			if g.Right == access.ReadDeeds {
				return g.Body
			}
		}
	}
	return q.root()
}

// countriesSaid names countries, parted by commas.
func (q *request) countriesSaid(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = q.speaker().Country(c)
	}
	return joined(names)
}

// joined writes names as they can be typed again.
func joined(names []string) string {
	said := ""
	for i, n := range names {
		if i > 0 {
			said += ", "
		}
		said += n
	}
	return said
}

// partSaid words in which part a body acted.
func (q *request) partSaid(p union.Part) string {
	if p == union.Unsaid {
		return q.say("union.part.unsaid")
	}
	return q.say("union.part." + string(p))
}

// planningMark says whether an activity stood in the plan.
func (q *request) planningMark(p union.Planning) page.Mark {
	switch p {
	case union.Planned:
		return page.Mark{Tone: page.Done, Text: q.say("union.planning.planned")}
	case union.Outside:
		return page.Mark{Tone: page.Plain, Text: q.say("union.planning.outside")}
	case union.Unstated:
	}
	return page.Mark{}
}

// partOptions offers the parts.
func (q *request) partOptions(blank string) []page.Option {
	options := []page.Option{{Text: blank}}
	for _, p := range union.Parts() {
		options = append(options, page.Option{Value: string(p), Text: q.partSaid(p)})
	}
	return options
}

// activityKinds offers the kinds of deed that count as activities of friendship
// for the reader's organisation.
func (q *request) activityKinds(blank, now string) ([]page.Option, error) {
	kinds, err := q.view().Kinds(q.Context())
	if err != nil {
		return nil, err
	}
	var options []page.Option
	if blank != "" {
		options = append(options, page.Option{Text: blank})
	}
	for _, k := range kinds {
		if k.Activity && !k.Retired || k.Code == now {
			options = append(options, page.Option{Value: k.Code, Text: k.Short(q.lang())})
		}
	}
	return options, nil
}

// organisationKind is what sort of body the reader works for.
func (q *request) organisationKind() body.Kind {
	b, err := q.view().Body(q.Context(), q.root())
	if err != nil {
		return body.Association
	}
	return b.Kind
}

// offersKind tells whether forms of the reader's organisation offer a kind.
func (q *request) offersKind() func(k deed.Kind) bool {
	of := q.organisationKind()
	return func(k deed.Kind) bool { return k.OfferedTo(of) }
}

// tellerOptions offers the bodies that may tell of an activity: the organisation
// and what stands under it.
func (q *request) tellerOptions(blank string) ([]page.Option, error) {
	return q.bodyOptions(access.ReadFigures, blank)
}

// withParties lists the bodies and people that took part in an activity beside
// those that tell of it.
func withParties(t union.Told) []deed.Party {
	return slices.DeleteFunc(slices.Clone(t.Deed.Parties), func(p deed.Party) bool {
		return p.Body != 0 && slices.ContainsFunc(t.Tellers, func(x union.Teller) bool { return x.Body == p.Body })
	})
}
