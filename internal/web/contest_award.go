package web

import (
	"context"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// contestAwards shows titles and awards: proposed and given, quotas, and who had
// them in the years before.
func (s *Server) contestAwards(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.awardsPage(c, nil)
}

func (q *request) awardsPage(c contestSeen, refused error) error {
	if c.Contest.Standing != contest.Published && !c.Seat.Inside() {
		return fault.Forbid("contest.forbidden.inside")
	}
	o, err := q.view().ContestOutcome(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.awards"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.awards.lead")
	keeps := c.Seat.Keeps() && c.Contest.Standing != contest.Drafted
	if len(c.Contest.Awards) == 0 {
		link := page.Link{}
		if c.Seat.Keeps() {
			link = page.Link{Text: q.say("contest.door.settings"), Href: c.path("/settings")}
		}
		p.Notes = append(p.Notes, page.NoteLine{Tone: page.Due, Text: q.say("contest.awards.nolist"), Link: link})
	}
	table := q.honourTable(c, o.Honours, keeps)
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Print: true, Table: &table, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/awards.xlsx")}}})
	if quota := q.quotaTable(c, o.Honours); len(quota.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.quotas"), Table: &quota})
	}
	if keeps && len(c.Contest.Awards) > 0 {
		form := q.proposeForm(c, refused)
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
	}
	before, err := q.hadTable(c)
	if err != nil {
		return err
	}
	if len(before.Rows) > 0 {
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.had"), Table: &before})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// honourMark says how far an award is.
func (q *request) honourMark(h contest.Honour) page.Mark {
	tone := map[contest.AwardStatus]page.Tone{contest.Proposed: page.Waiting, contest.Given: page.Done, contest.Refused: page.Plain, contest.Revoked: page.Late}[h.Status]
	return page.Mark{Tone: tone, Text: q.say("contest.award.status." + string(h.Status))}
}

// decreeSaid names the paper that decides.
func (q *request) decreeSaid(d contest.Decree) string {
	return dotted(d.Number, q.daySaid(d.Day), d.Issuer, d.Signer)
}

func (q *request) honourTable(c contestSeen, honours []contest.Honour, keeps bool) page.Table {
	t := page.Table{
		ID: "honours", Caption: q.say("contest.door.awards"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.award"), Chief: true}, {Head: q.say("contest.unit")}, {Head: q.say("contest.award.for")}, {Head: q.say("contest.decree")}, {Head: q.say("contest.file.title")}, {Head: q.say("common.status")}},
		Empty:   page.Empty{Glyph: page.GlyphContest, Head: q.say("contest.awards.none"), Text: q.say("contest.awards.none.text")},
	}
	for _, h := range honours {
		mark := q.honourMark(h)
		row := page.Row{Cells: []page.Cell{{Text: q.awardNamed(c, h.Award), Note: q.gradeSaid(c.Contest.Graded(h))}, {Text: c.called[h.Unit]}, {Text: h.For, Note: h.Reason}, {Text: q.decreeSaid(h.Decree)}, q.fileCell(c, h), {Part: page.Badge(mark.Tone, mark.Text)}}}
		if keeps && (h.Status == contest.Proposed || h.Status == contest.Given) {
			row.Href = c.path("/awards/" + idText(h.ID))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// quotaTable says how many places of each award are used.
func (q *request) quotaTable(c contestSeen, honours []contest.Honour) page.Table {
	t := page.Table{ID: "quotas", Caption: q.say("contest.quotas"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.award"), Chief: true}, {Head: q.say("contest.quota.used"), Figure: true}, {Head: q.say("contest.quota.left"), Figure: true}, {Head: q.say("contest.award.asks")}, {Head: q.say("contest.file.wanted")}}}
	for _, a := range c.Contest.Awards {
		used := 0
		for _, h := range honours {
			if h.Award == a.Code && h.Status != contest.Refused && h.Status != contest.Revoked {
				used++
			}
		}
		said, left := strconv.Itoa(used), q.say("contest.quota.none")
		if a.Quota > 0 {
			said, left = said+"/"+strconv.Itoa(a.Quota), strconv.Itoa(max(0, a.Quota-used))
		}
		asks := ""
		if a.RankMost > 0 {
			asks = q.say("contest.award.asks.rank", a.RankMost)
		}
		if a.Class != "" {
			asks = dotted(asks, q.say("contest.award.asks.class", q.classNamed(c, a.Class)))
		}
		if a.Ballot {
			asks = dotted(asks, q.say("contest.award.needsballot"))
		}
		if a.Flag {
			asks = dotted(asks, q.say("contest.award.flag"))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: a.Name(q.lang()), Note: q.gradeSaid(a.Grade)}, {Text: said}, {Text: left}, {Text: asks}, {Text: papersSaid(a.Papers, q.lang())}}})
	}
	return t
}

// hadTable tells which unit had which award in the last three and five years.
func (q *request) hadTable(c contestSeen) (page.Table, error) {
	t := page.Table{ID: "had", Caption: q.say("contest.had"), Quiet: true, Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.had.three")}, {Head: q.say("contest.had.five")}}}
	life, err := q.view().ClusterLife(q.Context(), c.Contest.Cluster)
	if err != nil {
		return t, err
	}
	names := map[string]string{}
	for _, f := range life.Years {
		for _, a := range f.Contest.Awards {
			names[a.Code] = a.Name(q.lang())
		}
	}
	had := func(unit body.ID, years int) string {
		said := ""
		for _, h := range life.Honours {
			if h.Unit == unit && h.Status == contest.Given && h.Year < c.Contest.Year && h.Year >= c.Contest.Year-years {
				name := names[h.Award]
				if name == "" {
					name = h.Award
				}
				said = dotted(said, name+" ("+strconv.Itoa(h.Year)+")")
			}
		}
		return said
	}
	var none []page.Row
	any := false
	for _, u := range c.Units {
		three, five := had(u.Body, 3), had(u.Body, 5)
		row := page.Row{Cells: []page.Cell{{Text: c.called[u.Body]}, {Text: three}, {Text: five}}}
		if five == "" && len(c.Units) > unitsOnPage { // of very many those that had something come first
			none = append(none, row)
			continue
		}
		any = any || five != ""
		t.Rows = append(t.Rows, row)
	}
	if !any {
		t.Rows = nil
		return t, nil
	}
	t.Rows = append(t.Rows, none[:min(len(none), max(0, unitsOnPage-len(t.Rows)))]...)
	if len(t.Rows) < len(c.Units) {
		t.Told = q.say("contest.told", 1, len(t.Rows), len(c.Units))
	}
	return t, nil
}

// proposeForm asks for which award a unit is proposed, for what achievement; what
// was already given is entered in one step with its decision.
func (q *request) proposeForm(c contestSeen, refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	field := func(name, key string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.value(name)})
	}
	units := []page.Option{{Text: q.say("contest.award.whom")}}
	for _, u := range c.Units {
		units = append(units, page.Option{Value: idText(u.Body), Text: c.called[u.Body]})
	}
	reason := field("for", "contest.award.for")
	reason.Whole, reason.Needed, reason.Hint = true, true, q.say("contest.award.for.hint")
	given := field("given", "contest.award.given")
	given.Hint, given.Whole = q.say("contest.award.given.hint"), true
	fields := []templ.Component{page.Select(q.reader, field("award", "contest.award"), q.awardOptions(c, "")), page.Select(q.reader, field("unit", "contest.unit"), units), page.TextInput(q.reader, reason), page.Tick(given)}
	return page.DeskForm{
		Head: page.FormHead{Action: c.path("/awards"), Rejected: refused != nil}, Wrong: wrong, Fold: q.say("contest.award.propose"), Open: refused != nil, Do: q.say("contest.award.propose.do"),
		Fields: append(fields, page.Folded(q.say("contest.decree"), "", q.value("given") != "", q.decreeFields(wrong))),
	}
}

// decreeFields ask for the paper that decides.
func (q *request) decreeFields(wrong page.Problems) []templ.Component {
	field := func(name, key string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.value(name)})
	}
	number, day := field("number", "contest.decree.number"), field("day", "common.day")
	number.Short, day.Short = true, true
	return []templ.Component{
		page.TextInput(q.reader, number), page.DateInput(q.reader, day), page.TextInput(q.reader, field("issuer", "contest.decree.issuer")), page.TextInput(q.reader, field("signer", "contest.decree.signer")), page.TextInput(q.reader, field("office", "contest.decree.office")),
	}
}

// decreeGiven reads the paper that decides.
func (q *request) decreeGiven() (contest.Decree, error) {
	d := contest.Decree{Number: q.value("number"), Issuer: q.value("issuer"), Signer: q.value("signer"), Office: q.value("office")}
	var err error
	d.Day, err = q.exactDay("day")
	if err == nil && d.Day > q.today() {
		err = fault.Field("day", "contest.decree.day")
	}
	return d, err
}

// proposeAward proposes a unit for an award, or enters one already given.
func (s *Server) proposeAward(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	h := contest.Honour{Contest: c.Contest.ID, Award: q.value("award"), Unit: body.ID(q.id("unit")), For: q.value("for")}
	d, err := q.decreeGiven()
	found := []error{err}
	if h.Unit == 0 {
		found = append(found, fault.Field("unit", "contest.unit.needed"))
	}
	if h.For == "" {
		found = append(found, fault.Field("for", "contest.award.for.missing"))
	}
	if err = fault.Gather(found...); err == nil {
		err = q.write("contest.why.award", func(ctx context.Context, tx *store.Tx) error {
			proposed, err := contest.ProposeAward(ctx, tx, q.actor, h)
			if err != nil || q.value("given") == "" {
				return err
			}
			_, err = contest.DecideAward(ctx, tx, q.actor, proposed.ID, contest.Ruling{Status: contest.Given, Decree: d})
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.awardsPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/awards"), q.well("contest.award.proposed", c.called[h.Unit]))
}

// honourAsked reads the contest and the award that the address names.
func (q *request) honourAsked() (contestSeen, contest.Honour, error) {
	c, err := q.contestKept()
	if err != nil {
		return c, contest.Honour{}, err
	}
	id, err := q.number("honour")
	if err != nil {
		return c, contest.Honour{}, err
	}
	o, err := q.view().ContestOutcome(q.Context(), c.Contest.ID)
	if err != nil {
		return c, contest.Honour{}, err
	}
	i := slices.IndexFunc(o.Honours, func(h contest.Honour) bool { return h.ID == contest.GivenID(id) })
	if i < 0 {
		return c, contest.Honour{}, fault.Missing("contest.honour.missing")
	}
	return c, o.Honours[i], nil
}

// contestHonour asks what was decided of a proposal, or revokes what was given.
func (s *Server) contestHonour(q *request) error {
	c, h, err := q.honourAsked()
	if err != nil {
		return err
	}
	return q.honourPageOf(c, h, nil)
}

func (q *request) honourPageOf(c contestSeen, h contest.Honour, refused error) error {
	wrong := page.ProblemsOf(refused, q.reader)
	p := page.DeskPage{Shell: q.shell(q.awardNamed(c, h.Award))}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.awards"), Href: c.path("/awards")})
	p.Parts = []page.DeskPart{{Facts: []page.Fact{
		{Name: q.say("contest.unit"), Text: c.called[h.Unit]}, {Name: q.say("contest.award.for"), Text: h.For}, {Name: q.say("common.status"), Mark: q.honourMark(h)}, {Name: q.say("contest.decree"), Text: q.decreeSaid(h.Decree)}, {Name: q.say("common.reason"), Text: h.Reason},
	}}}
	p.Parts[0].Facts = append(p.Parts[0].Facts, page.Fact{Name: q.say("contest.grade.level"), Text: q.gradeSaid(c.Contest.Graded(h))})
	if h.Status == contest.Proposed || h.Status == contest.Given {
		p.Parts = append(p.Parts, q.fileParts(c, h, refused)...)
	}
	if q.value("part") != "" {
		wrong = nil // another form was refused
	}
	reason := wrong.Mark(page.Field{Name: "reason", Label: q.say("common.reason"), Value: q.value("reason"), Whole: true})
	switch h.Status {
	case contest.Proposed:
		outcome := page.Chips(q.reader, wrong.Mark(page.Field{Name: "status", Label: q.say("contest.award.decided"), Value: q.stood("status", string(contest.Given))}), q.options("contest.award.status.", "", string(contest.Given), string(contest.Refused)))
		reason.Hint = q.say("contest.award.reason.hint")
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.award.decide"), Form: &page.DeskForm{
			Head: page.FormHead{Action: c.path("/awards/" + idText(h.ID)), Rejected: refused != nil}, Wrong: wrong, Do: q.say("contest.award.decide.do"),
			Fields: append(append([]templ.Component{outcome}, q.decreeFields(wrong)...), page.TextInput(q.reader, reason)),
		}})
	case contest.Given:
		reason.Needed, reason.Hint = true, q.say("contest.award.revoke.hint")
		p.Parts = append(p.Parts, page.DeskPart{Head: q.say("contest.award.revoke"), Form: &page.DeskForm{
			Head: page.FormHead{Action: c.path("/awards/" + idText(h.ID)), Rejected: refused != nil}, Wrong: wrong, Do: q.say("contest.award.revoke.do"), Danger: true,
			Fields: append([]templ.Component{page.Hidden("status", string(contest.Revoked)), page.TextInput(q.reader, reason)}, q.decreeFields(wrong)...),
		}})
	case contest.Refused, contest.Revoked:
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// decideAward records what was decided of an award.
func (s *Server) decideAward(q *request) error {
	c, h, err := q.honourAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	r := contest.Ruling{Status: contest.AwardStatus(q.value("status")), Reason: q.value("reason")}
	if r.Decree, err = q.decreeGiven(); err == nil {
		err = q.write("contest.why.award", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.DecideAward(ctx, tx, q.actor, h.ID, r)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.honourPageOf(c, h, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/awards"), q.well("common.saved"))
}

// awardsSheet gives the awards as a workbook.
func (s *Server) awardsSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if c.Contest.Standing != contest.Published && !c.Seat.Inside() {
		return fault.Forbid("contest.forbidden.inside")
	}
	o, err := q.view().ContestOutcome(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.door.awards")}
	for _, key := range []string{"contest.award", "contest.unit", "contest.award.for", "common.status", "contest.decree.number", "common.day", "contest.decree.issuer", "contest.decree.signer", "common.reason", "contest.grade.level", "contest.grade.form", "contest.grade.manner", "contest.file.state.missing"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, h := range o.Honours {
			g := c.Contest.Graded(h)
			if !yield([]sheet.Value{
				sheet.Words(q.awardNamed(c, h.Award)), sheet.Words(c.called[h.Unit]), sheet.Words(h.For), sheet.Words(q.honourMark(h).Text), sheet.Words(h.Decree.Number), sheet.Words(q.daySaid(h.Decree.Day)),
				sheet.Words(h.Decree.Issuer), sheet.Words(h.Decree.Signer), sheet.Words(h.Reason),
				sheet.Words(worded(q, "contest.level.", g.Level)), sheet.Words(worded(q, "contest.form.", g.Form)), sheet.Words(worded(q, "contest.manner.", g.Manner)), sheet.Words(q.lackingSaid(c, h)),
			}) {
				return
			}
		}
	}
	return q.sendSheet(q.say("contest.awards.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}
