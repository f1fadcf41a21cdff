package web

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/source"
	"kith.app/internal/store"
	"kith.app/internal/text"
	"kith.app/internal/union"
)

// mayPost tells whether the reader writes deeds of any body at all.
func (q *request) mayPost() bool { return q.actor.Somewhere(access.PostDeeds) }

// countryOptions offers the countries with which there is friendship already,
// and the one asked for.
func (q *request) countryOptions(now string) []page.Option {
	options := []page.Option{{Text: q.say("union.country.any")}}
	of, err := q.view().Countries(q.Context())
	if err != nil {
		return options
	}
	codes := []string{"LA", "KH"}
	for _, code := range of {
		codes = append(codes, code)
	}
	if now != "" {
		codes = append(codes, now)
	}
	slices.SortFunc(codes, func(a, b string) int {
		return strings.Compare(text.Fold(q.speaker().Country(a)), text.Fold(q.speaker().Country(b)))
	})
	for _, code := range slices.Compact(codes) {
		options = append(options, page.Option{Value: code, Text: q.speaker().Country(code)})
	}
	return options
}

// newActivity asks for an activity that took place.
func (s *Server) newActivity(q *request) error {
	a, err := q.activityForm(nil)
	if err != nil {
		return err
	}
	return q.show(page.AskFor(a))
}

func (q *request) activityForm(refused error) (page.AskPage, error) {
	home := q.homeOf(body.ID(q.id("body")))
	if err := q.actor.May(access.PostDeeds, home); err != nil {
		return page.AskPage{}, err
	}
	kinds, err := q.activityKinds("", q.value("kind"))
	if err != nil {
		return page.AskPage{}, err
	}
	homes, err := q.bodyOptions(access.PostDeeds, "")
	if err != nil {
		return page.AskPage{}, err
	}
	items, err := q.openItems(q.organisationShown(), q.today().Year(), 0)
	if err != nil {
		return page.AskPage{}, err
	}
	wrong := page.ProblemsOf(refused, q.reader)
	field := func(name, key string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.value(name)})
	}
	hinted := func(name, key string) page.Field {
		f := field(name, key)
		f.Hint, f.Whole = q.say(key+".hint"), true
		return f
	}
	day := field("day", "common.date")
	day.Needed, day.Short, day.Value = true, true, cmp.Or(q.value("day"), dayTyped(q.today()))
	title, people, series := hinted("title", "union.activity.title"), field("people", "union.activity.people"), field("series", "union.activity.series")
	people.Short, series.Short = true, true
	at := field("body", "union.teller")
	at.Value = idText(home)
	kind := field("kind", "common.kind")
	kind.Value = cmp.Or(kind.Value, "exchange")
	a := page.AskPage{Shell: q.shell(q.say("union.activity.new")), Wrong: wrong, Do: q.say("union.activity.enter"), Leave: "/union/activities"}
	a.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("union.activities"), Href: "/union/activities"})
	a.Head = page.FormHead{Action: "/union/activities/new", Draft: "activity-new", Rejected: refused != nil}
	a.Fields = []templ.Component{
		page.Select(q.reader, kind, kinds), page.DateInput(q.reader, day), page.TextInput(q.reader, title),
		page.Select(q.reader, at, homes), page.Chips(q.reader, field("part", "union.part.ours"), q.partOptions(q.say("union.part.unsaid"))),
		page.TextInput(q.reader, hinted("countries", "union.countries")), page.TextInput(q.reader, field("place", "deed.form.place")), page.NumberInput(q.reader, people),
		page.TextArea(q.reader, hinted("with", "union.activity.with"), 3),
	}
	a.Fields = append(a.Fields, q.associationFields(home)...)
	a.Fields = append(a.Fields,
		page.Select(q.reader, field("item", "union.activity.item"), items), page.Select(q.reader, field("planning", "union.planning"), q.planningOptions(q.say("union.planning.plan"))),
		page.NumberInput(q.reader, series), page.TextArea(q.reader, field("note", "common.note"), 2),
	)
	return a, nil
}

// associationFields asks which member associations acted with the home, and how.
func (q *request) associationFields(home body.ID) []templ.Component {
	options, err := q.tellerOptions("")
	if err != nil || len(options) < 2 {
		return nil
	}
	ticked := q.values("association")
	options = slices.DeleteFunc(options, func(o page.Option) bool { return o.Value == idText(home) })
	for i := range options {
		options[i].Chosen = slices.Contains(ticked, options[i].Value)
	}
	return []templ.Component{
		page.ChipsMany(q.reader, page.Field{Name: "association", Label: q.say("union.activity.associations"), Whole: true}, options),
		page.Select(q.reader, page.Field{Name: "theirPart", Label: q.say("union.activity.theirs"), Value: cmp.Or(q.value("theirPart"), string(union.Joined))}, q.partOptions(q.say("union.part.unsaid"))[1:]),
	}
}

// openItems offers the items of a year's plan that a deed may fulfil.
func (q *request) openItems(of body.ID, year int, now union.ItemID) ([]page.Option, error) {
	options := []page.Option{{Text: q.say("union.activity.item.none")}}
	if !q.may(access.ReadDeeds, of) {
		return options, nil
	}
	r, err := q.view().PlanReview(q.Context(), of, year)
	if err != nil {
		return nil, err
	}
	for _, l := range r.Lines {
		if l.State != union.Left || l.ID == now {
			options = append(options, page.Option{Value: idText(l.ID), Text: strconv.Itoa(l.N) + ". " + shortened(l.Text)})
		}
	}
	return options, nil
}

// shortened cuts a long text for a list of choices.
func shortened(s string) string {
	if r := []rune(s); len(r) > 90 {
		return string(r[:88]) + "…"
	}
	return s
}

// enterActivity posts the deed and what it is as an activity at once.
func (s *Server) enterActivity(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	d, a, err := q.activityGiven()
	if err == nil {
		err = q.write("union.why.activity", func(ctx context.Context, tx *store.Tx) error {
			if d, err = deed.Post(ctx, tx, q.actor, d); err != nil {
				return err
			}
			a.Deed = d.ID
			if _, err := union.Describe(ctx, tx, q.actor, a, 0); err != nil {
				return err
			}
			if item := union.ItemID(q.id("item")); item != 0 {
				return union.Fulfil(ctx, tx, q.actor, item, d.ID)
			}
			return nil
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		form, formErr := q.activityForm(err)
		if formErr != nil {
			return formErr
		}
		return q.again(page.AskFor(form))
	}
	if err != nil {
		return err
	}
	return q.doneAt(activityPath(d.ID), q.well("union.activity.entered"))
}

// activityGiven reads the answers about a new activity.
func (q *request) activityGiven() (deed.Deed, union.Activity, error) {
	d := deed.Deed{Kind: q.value("kind"), Body: q.homeOf(body.ID(q.id("body"))), Title: q.value("title"), PlaceNote: q.value("place"), Note: q.lines("note"), Series: q.id("series")}
	k, wrong := q.view().Kind(q.Context(), d.Kind)
	faults := []error{wrong}
	var err error
	if d.Day, err = q.date("day"); err == nil && d.Day.IsUnknown() {
		err = fault.Field("day", "paper.day.missing")
	}
	faults = append(faults, err)
	people, how, err := countOr(q.value("people"), -1)
	faults = append(faults, at("people", err))
	d.Lines = k.Propose(0, people)
	for i := range d.Lines {
		if d.Lines[i].Unit == deed.Persons {
			d.Lines[i].Qualifier = how
		}
	}
	a, err := q.activitySaid(union.Activity{})
	faults = append(faults, err)
	for _, id := range q.values("association") {
		d.Parties = append(d.Parties, deed.Party{Role: union.RoleOf(union.Part(q.value("theirPart"))), Body: body.ID(idOf(id))})
	}
	with, err := q.bodiesTyped(q.lines("with"))
	for i := range with {
		with[i].Role = deed.Guest
	}
	d.Parties = append(d.Parties, with...)
	return d, a, fault.Gather(append(faults, err)...)
}

// activitySaid reads part, planning and countries.
func (q *request) activitySaid(a union.Activity) (union.Activity, error) {
	a.Part, a.Planning = union.Part(q.value("part")), union.Planning(q.value("planning"))
	var err error
	a.Countries, err = locale.ReadCountries(q.value("countries"))
	return a, at("countries", err)
}

// bodiesTyped reads names of bodies, one a line: those of the book where the
// name is theirs, others as they were typed.
func (q *request) bodiesTyped(lines string) ([]deed.Party, error) {
	var parties []deed.Party
	for name := range strings.SplitSeq(lines, "\n") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		p := deed.Party{Name: name}
		found, err := q.view().BodiesNamed(q.Context(), name, 5)
		if err != nil {
			return nil, err
		}
		for _, b := range found {
			if p.Body == 0 && slices.ContainsFunc(b.Names, func(n body.Name) bool {
				return text.Fold(n.Full) == text.Fold(name) || text.Fold(n.Short) == text.Fold(name)
			}) {
				p = deed.Party{Body: b.ID}
			}
		}
		parties = append(parties, p)
	}
	return parties, nil
}

// activityAsked reads the activity that the address names.
func (q *request) activityAsked() (union.Told, error) {
	id, err := q.number("id")
	if err != nil {
		return union.Told{}, err
	}
	return q.view().ActivityOf(q.Context(), deed.ID(id))
}

// activity shows one activity.
func (s *Server) activity(q *request) error {
	t, err := q.activityAsked()
	if err != nil {
		return err
	}
	return q.activityPage(t, nil)
}

func (q *request) activityPage(t union.Told, refused error) error {
	shown, err := q.named(t.Deed)
	if err != nil {
		return err
	}
	names, err := q.names()
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.titleWith(t.Deed, shown.kind, shown.called))}
	p.Shell.Lead = q.deedLead(shown)
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("union.activities"), Href: "/union/activities"})
	p.Actions = []page.Action{{Glyph: page.GlyphDeed, Text: q.say("union.activity.deed"), Href: deedPath(t.Deed.ID)}}
	facts := []page.Fact{
		{Name: q.say("common.kind"), Text: shown.kind.Name(q.lang()), Mark: q.planningMark(t.Planning)},
		{Name: q.say("union.country"), Text: q.countriesSaid(t.Countries)},
	}
	if t.Derived && len(t.Countries) > 0 {
		facts[1].Note = q.say("union.countries.derived")
	}
	for _, teller := range t.Tellers {
		facts = append(facts, page.Fact{Name: names[teller.Body], Text: q.partSaid(teller.Part)})
	}
	for _, party := range withParties(t) {
		facts = append(facts, page.Fact{Name: q.say("deed.role." + string(party.Role)), Text: q.partyName(party, shown.called, q.dayOf(t.Deed)), Note: dotted(party.Detail.Rank, party.Note)})
	}
	for _, item := range t.Items {
		if l, err := q.view().PlanLine(q.Context(), union.ItemID(item)); err == nil {
			facts = append(facts, page.Fact{Name: q.say("union.activity.item"), Text: l.Text, Href: planItemPath(l.ID)})
		}
	}
	p.Parts = []page.DeskPart{{Facts: facts}}
	if q.may(access.PostDeeds, t.Deed.Body) {
		form, err := q.describeForm(t, refused)
		if err != nil {
			return err
		}
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("union.activity.describe"), Form: &form})
	}
	past, err := q.officePast("activity", int64(t.Deed.ID))
	if err != nil {
		return err
	}
	if len(past) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("common.history"), Past: past})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// describeForm asks in which part the home acted, with whom, planned or not.
func (q *request) describeForm(t union.Told, refused error) (page.DeskForm, error) {
	wrong := page.ProblemsOf(refused, q.reader)
	said := func(name, key, value string) page.Field {
		if refused != nil {
			value = q.value(name)
		}
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: value})
	}
	countries, planning := "", ""
	if !t.Derived {
		countries = q.countriesSaid(t.Countries)
	}
	if len(t.Items) == 0 && t.Planning == union.Planned {
		planning = string(t.Planning)
	}
	of := said("countries", "union.countries", countries)
	of.Hint = q.say("union.countries.hint")
	items, err := q.openItems(q.organisationShown(), cmp.Or(union.Year(t.Deed.Day), q.today().Year()), 0)
	if err != nil {
		return page.DeskForm{}, err
	}
	return page.DeskForm{
		Head: page.FormHead{Action: activityPath(t.Deed.ID), Revision: idText(t.Revision), Rejected: refused != nil}, Wrong: wrong, Do: q.say("common.save"),
		Fields: []templ.Component{
			page.Chips(q.reader, said("part", "union.part.ours", string(t.Part)), q.partOptions(q.say("union.part.unsaid"))), page.TextInput(q.reader, of),
			page.Select(q.reader, said("planning", "union.planning", planning), q.planningOptions(q.say("union.planning.plan"))),
			page.Select(q.reader, said("item", "union.activity.item.link", ""), items),
		},
	}, nil
}

// describeActivity writes what a deed is as an activity.
func (s *Server) describeActivity(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	t, err := q.activityAsked()
	if err != nil {
		return err
	}
	a, err := q.activitySaid(union.Activity{Deed: t.Deed.ID})
	if err == nil {
		err = q.write("union.why.activity", func(ctx context.Context, tx *store.Tx) error {
			if _, err := union.Describe(ctx, tx, q.actor, a, q.id("revision")); err != nil {
				return err
			}
			if item := union.ItemID(q.id("item")); item != 0 {
				return union.Fulfil(ctx, tx, q.actor, item, t.Deed.ID)
			}
			return nil
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.activityPage(t, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(activityPath(t.Deed.ID), q.well("common.saved"))
}

// activitiesMeasure is under what a stated number of activities is kept.
const activitiesMeasure = "union.activities"

// statedActivities says what somebody stated the number of activities to be, for
// periods that touch the one asked for.
func (q *request) statedActivities(asked store.ActivitiesAsked) ([]page.Fact, error) {
	if !q.may(access.ReadFigures, asked.Body) {
		return nil, nil
	}
	all, err := q.view().StatedOf(q.Context(), asked.Body)
	if err != nil {
		return nil, err
	}
	var facts []page.Fact
	for _, s := range all {
		if s.Measure != activitiesMeasure || asked.Dated && !s.Day.Period().Overlaps(asked.Period) {
			continue
		}
		said := q.speaker().Qualified(q.speaker().Number(s.Quantity), s.Qualifier.String())
		facts = append(facts, page.Fact{Name: q.say("union.stated"), Text: q.say("union.stated.text", said, q.speaker().DateShort(s.Day)), Note: dotted(s.Source.Title, s.Source.Where)})
	}
	return facts, nil
}

// stateActivities keeps a number that somebody stated, beside what the book counts.
func (s *Server) stateActivities(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	stated := deed.Stated{Body: q.organisationShown(), Measure: activitiesMeasure, Source: source.Source{Kind: source.Paper, Title: q.value("source")}}
	n, how, err := deed.ReadCount(q.value("count"), 0)
	stated.Quantity, stated.Qualifier = n, how
	var err2 error
	if stated.Day, err2 = q.date("when"); err2 == nil && stated.Day.IsUnknown() {
		stated.Day = calendar.InYear(q.today().Year())
	}
	if err = fault.Gather(at("count", err), err2); err == nil {
		err = q.write("union.why.stated", func(ctx context.Context, tx *store.Tx) error {
			_, err := deed.State(ctx, tx, q.actor, stated)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.unionPage(err)
	}
	if err != nil {
		return err
	}
	return q.doneAt("/union/activities", q.well("union.stated.kept"))
}
