package web

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// visitAsked reads the delegation that the address names.
func (q *request) visitAsked() (delegation.Told, error) {
	id, err := q.number("id")
	if err != nil {
		return delegation.Told{}, err
	}
	return q.view().VisitOf(q.Context(), deed.ID(id))
}

// visit shows one delegation with everything about it, travel papers apart.
func (s *Server) visit(q *request) error {
	t, err := q.visitAsked()
	if err != nil {
		return err
	}
	return q.visitPage(t, "", nil)
}

// visitPage draws a delegation; where one of its forms was refused, with what is
// wrong in it.
func (q *request) visitPage(t delegation.Told, form string, refused error) error {
	shown, err := q.named(t.Deed)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.titleWith(t.Deed, shown.kind, shown.called))}
	p.Shell.Lead = dotted(q.waySaid(t.Deed.Kind), q.deedLead(shown))
	p.Shell.Crumbs = q.unionCrumbs(page.Link{Text: q.say("delegation.list"), Href: "/union/delegations"})
	keeps := q.may(access.PostDeeds, t.Deed.Body)
	p.Actions = q.visitActions(t, keeps)
	gifts, err := q.view().Gifts(q.Context(), store.GiftsAsked{Deed: t.Deed.ID})
	if err != nil {
		return err
	}
	p.Notes = q.lackNotes(t, gifts)
	p.Parts = []page.DeskPart{{Plain: true, Tools: q.visitPapers(t)}, {Head: q.say("delegation.about"), Facts: q.visitFacts(t, shown)}}
	for _, part := range q.visitParts(t, shown, gifts) {
		if part.name == "entrust" && !mayEntrust(t.Visit) {
			continue
		}
		if keeps && part.name != "gift" {
			f := q.visitForm(t, part.name)
			if part.name == form {
				f.Wrong, f.Head.Rejected, f.Open = page.ProblemsOf(refused, q.reader), true, true
				f.Fields = q.visitFields(t, part.name, f.Wrong)
			}
			part.shown.Form = &f
		}
		if part.shown.Form != nil || len(part.shown.Facts)+len(part.shown.Lines) > 0 || part.shown.Table != nil {
			p.Parts = append(p.Parts, part.shown)
		}
	}
	past, err := q.officePast("visit", int64(t.Deed.ID))
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

func (q *request) visitActions(t delegation.Told, keeps bool) []page.Action {
	path := visitPath(t.Deed.ID)
	var all []page.Action
	if keeps && t.Deed.Status == deed.Planned {
		all = append(all, page.Action{Text: q.say("delegation.took.place"), Href: deedPath(t.Deed.ID) + "/done", Post: true, First: true, Carry: []page.Option{{Value: "revision", Text: strconv.FormatInt(t.Deed.Revision, 10)}}})
	}
	all = append(all, page.Action{Glyph: page.GlyphDeed, Text: q.say("union.activity.deed"), Href: deedPath(t.Deed.ID)}, page.Action{Glyph: page.GlyphCheck, Text: q.say("delegation.activity"), Href: activityPath(t.Deed.ID)})
	if keeps {
		all = append(all, page.Action{Glyph: page.GlyphGift, Text: q.say("gift.new"), Href: "/union/gifts/new?deed=" + idText(t.Deed.ID)})
	}
	if q.may(access.TravelPapers, t.Deed.Body) {
		all = append(all, page.Action{Glyph: page.GlyphKey, Text: q.say("travel.papers"), Href: path + "/travel"})
	}
	return all
}

// visitPapers offers the papers of a delegation.
func (q *request) visitPapers(t delegation.Told) []page.Tool {
	path := visitPath(t.Deed.ID) + "/paper?what="
	var tools []page.Tool
	for _, what := range q.visitPaperKinds(t) {
		tools = append(tools, page.Tool{Glyph: page.GlyphPaper, Text: q.say("delegation.paper." + what), Href: path + what + "&as=docx"})
	}
	own := q.view().Tree().Top(t.Deed.Body, q.today())
	for _, party := range t.Deed.Parties {
		if party.Body != 0 && q.view().Tree().Top(party.Body, q.today()) != own {
			tools = append(tools, page.Tool{Glyph: page.GlyphPrint, Text: q.say("brief.print"), Href: "/union/brief?as=pdf&partner=" + idText(party.Body)})
			break
		}
	}
	return tools
}

// visitPaperKinds lists the papers: of a visit to come also its whole plan, of one
// that was its report.
func (q *request) visitPaperKinds(t delegation.Told) []string {
	if t.Deed.Status == deed.Planned {
		return []string{"plan", "programme", "members", "speech", "gifts"}
	}
	return []string{"programme", "members", "gifts", "report"}
}

// visitFacts says what a delegation is, line by line.
func (q *request) visitFacts(t delegation.Told, shown deedShown) []page.Fact {
	d, v := t.Deed, t.Visit
	facts := []page.Fact{
		{Name: q.say("delegation.purpose"), Text: v.Purpose, Mark: q.visitMark(t)},
		{Name: q.say("union.country"), Text: q.countriesSaid(t.Countries)},
		{Name: q.say("delegation.guests"), Text: joined(v.From)},
	}
	for _, p := range d.Parties {
		if p.Body != 0 || p.Role == deed.Host {
			facts = append(facts, page.Fact{Name: q.say("deed.role." + string(p.Role)), Text: q.partyName(p, shown.called, q.dayOf(d))})
		}
	}
	interpreter := v.Interprets
	if v.Interpreter != 0 {
		if names, err := q.view().OfficeNames(q.Context(), v.Interpreter); err == nil {
			interpreter = names[v.Interpreter]
		}
	}
	facts = append(facts,
		page.Fact{Name: q.say("delegation.level"), Text: q.levelSaid(v.Level)}, page.Fact{Name: q.say("delegation.invitation"), Text: q.paperSaid(v.Invitation)},
		page.Fact{Name: q.say("delegation.permission"), Text: q.paperSaid(v.Permission)}, page.Fact{Name: q.say("delegation.interpreter"), Text: interpreter},
	)
	var known []page.Fact
	for _, f := range facts {
		if f.Text != "" || f.Mark.Text != "" {
			known = append(known, f)
		}
	}
	return known
}

func (q *request) levelSaid(l delegation.Level) string {
	if l == delegation.Unranked {
		return ""
	}
	return q.say("delegation.level." + string(l))
}

// visitPart is one matter of a delegation: what there is of it, and the name of
// the form that adds to it.
type visitPart struct {
	name  string
	shown page.DeskPart
}

// visitParts lays out the matters of a delegation in the order of its course.
func (q *request) visitParts(t delegation.Told, shown deedShown, gifts []delegation.Gift) []visitPart {
	v := t.Visit
	part := func(name string, facts []page.Fact) visitPart {
		p := visitPart{name, page.DeskPart{Head: q.say("delegation.part." + name), Facts: facts}}
		if len(facts) == 0 {
			p.shown.Lines = []string{q.say("delegation.part." + name + ".none")}
		}
		return p
	}
	var stops, met, costs, signed, promised []page.Fact
	for _, s := range v.Stops {
		stops = append(stops, page.Fact{Name: dotted(q.daySaid(s.Day), s.Hour), Text: s.What, Note: dotted(s.Where, s.Who)})
	}
	for _, r := range v.Receptions {
		met = append(met, q.receptionFact(r))
	}
	for _, c := range v.Costs {
		f := page.Fact{Name: q.say("delegation.cost." + c.Kind), Text: dotted(q.moneySaid(c.Amount), q.say("delegation.payer."+string(c.Payer)), c.Name), Note: c.Note}
		if c.Entry != 0 {
			f.Href, f.Mark = "/fund/entries/"+idText(c.Entry), page.Mark{Tone: page.Done, Text: q.say("delegation.cost.paid")}
		}
		costs = append(costs, f)
	}
	if f, some := q.estimateFact(t, gifts); some {
		costs = append(costs, f)
	}
	for _, s := range v.Signed {
		signed = append(signed, page.Fact{Name: q.daySaid(s.Day), Text: s.Title, Note: s.Number})
	}
	for _, p := range v.Promises {
		side := "theirs"
		if p.Ours {
			side = "ours"
		}
		f := page.Fact{Name: q.say("delegation.promise." + side), Text: p.Text, Note: q.dated(p.Due)}
		switch last, ok := p.Due.Last(); {
		case p.Moved != 0:
			q.entrusted(&f, p.Moved)
		case p.Done != 0:
			f.Mark = page.Mark{Tone: page.Done, Text: q.say("delegation.promise.done", q.daySaid(p.Done))}
		case ok:
			f.Mark = q.dueMark(last)
		}
		promised = append(promised, f)
	}
	return []visitPart{
		q.membersPart(t, shown), part("stop", stops), part("reception", met), q.speechPart(t), q.giftsPart(gifts), part("cost", costs), part("signed", signed), part("promise", promised), part("entrust", nil).bare(),
		part("report", q.reportFacts(v)), part("about", nil).bare(), part("drop", nil).bare(),
	}
}

// bare is a matter of which only the form is shown.
func (p visitPart) bare() visitPart {
	p.shown = page.DeskPart{Plain: true}
	return p
}

func (q *request) receptionFact(r delegation.Reception) page.Fact {
	host, guest := r.HostName, r.GuestName
	if names, err := q.view().OfficeNames(q.Context(), r.Host, r.Guest); err == nil {
		if n := names[r.Host]; n != "" {
			host = n
		}
		if n := names[r.Guest]; n != "" {
			guest = n
		}
	}
	if guest == "" {
		guest = q.say("delegation.guest.all")
	}
	return page.Fact{Name: dotted(q.daySaid(r.Day), q.levelSaid(r.Level)), Text: q.say("delegation.received", dotted(host, r.Office), guest), Note: dotted(r.Where, r.Note)}
}

// membersPart lists who came or went, the head first.
func (q *request) membersPart(t delegation.Told, shown deedShown) visitPart {
	members, known, err := q.seated(t.Deed)
	if err != nil {
		members, _ = delegation.Members(t.Deed)
	}
	p := visitPart{"member", page.DeskPart{Head: q.say("delegation.part.member")}}
	n, how := delegation.People(t.Deed)
	if n > 0 {
		p.shown.Lines = []string{q.say("delegation.people.text", q.speaker().Qualified(q.speaker().Number(n), how.String()))}
	}
	for _, m := range members {
		name := q.say("delegation.member")
		if m.Role == deed.Head {
			name = q.say("delegation.head")
		}
		p.shown.Facts = append(p.shown.Facts, page.Fact{Name: name, Text: known[m.Person].Beside(q.partyName(m, shown.called, q.dayOf(t.Deed))), Note: dotted(cmp.Or(m.Detail.Rank, known[m.Person].Title[q.lang()]), m.Note)})
	}
	return p
}

// giftsPart lists the gifts of a visit with where they are.
func (q *request) giftsPart(gifts []delegation.Gift) visitPart {
	p := visitPart{"gift", page.DeskPart{Head: q.say("gift.list")}}
	for _, g := range gifts {
		p.shown.Facts = append(p.shown.Facts, page.Fact{Name: q.say("gift.way." + string(g.Way)), Text: q.giftSaid(g), Note: dotted(q.giftOther(g), g.Place), Href: giftPath(g.ID), Mark: q.plannedMark(g)})
	}
	return p
}

func (q *request) reportFacts(v delegation.Visit) []page.Fact {
	var facts []page.Fact
	add := func(key, text string, mark page.Mark) {
		if text != "" {
			facts = append(facts, page.Fact{Name: q.say(key), Text: text, Mark: mark})
		}
	}
	late := func(is bool) page.Mark {
		if is {
			return page.Mark{Tone: page.Late, Text: q.say("delegation.late.mark")}
		}
		return page.Mark{}
	}
	add("delegation.report.due.day", q.daySaid(v.ReportDue), late(v.ReportLate(q.today())))
	add("delegation.report.done.day", dotted(q.daySaid(v.ReportDone), v.Report), page.Mark{})
	add("delegation.outcome", v.Outcome, page.Mark{})
	add("delegation.thanks.due.day", dotted(q.daySaid(v.ThanksDue), v.ThanksTo), late(v.ThanksLate(q.today())))
	add("delegation.thanks.sent.day", dotted(q.daySaid(v.ThanksSent), v.Thanks), page.Mark{})
	return facts
}

// changeVisit adds to one matter of a delegation, or takes something off.
func (s *Server) changeVisit(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	t, err := q.visitAsked()
	if err != nil {
		return err
	}
	part := q.PathValue("part")
	err = q.write("union.why.delegation", func(ctx context.Context, tx *store.Tx) error {
		switch part {
		case "member":
			return q.joinVisit(ctx, tx, t)
		case "entrust":
			return q.entrustPromise(ctx, tx, t)
		case "drop":
			if rest, ok := strings.CutPrefix(q.value("which"), "member-"); ok {
				return delegation.Quit(ctx, tx, q.actor, t.Deed.ID, int(idOf(rest)))
			}
		}
		v, err := q.visitGiven(t.Visit, part)
		if err != nil {
			return err
		}
		_, err = delegation.Keep(ctx, tx, q.actor, v, q.id("revision"))
		return err
	})
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.visitPage(t, part, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(visitPath(t.Deed.ID), q.well("common.saved"))
}

// joinVisit adds a member.
func (q *request) joinVisit(ctx context.Context, tx *store.Tx, t delegation.Told) error {
	p := deed.Party{Role: delegation.MemberRole(t.Deed.Kind), Note: q.value("note")}
	if q.value("lead") == "yes" {
		p.Role = deed.Head
	}
	var err error
	if p.Person, p.Name, err = q.anybody("who"); err != nil {
		return err
	}
	p.Detail.Rank = q.value("rank")
	return delegation.Join(ctx, tx, q.actor, t.Deed.ID, p)
}
