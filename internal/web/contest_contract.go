package web

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/dossier"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/sheet"
	"kith.app/internal/store"
)

// pledgeRows is how many targets a contract takes.
const pledgeRows = 20

// contestContract shows who has signed the contract of the year, with which
// targets and titles.
func (s *Server) contestContract(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	contracts, err := q.contractsOf(c)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.contract"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	signed := 0
	t := page.Table{
		ID: "contracts", Caption: q.say("contest.door.contract"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.signed")}, {Head: q.say("contest.signer")}, {Head: q.say("contest.pledges")}, {Head: q.say("contest.titles")}},
		Empty:   page.Empty{Glyph: page.GlyphPeople, Head: q.say("contest.members.none"), Text: q.say("contest.members.none.text")},
	}
	for _, u := range c.Units {
		k := contracts[u.Body]
		day := page.Cell{Text: q.daySaid(k.Signed)}
		if k.Signed == 0 {
			day = page.Cell{Part: page.Badge(page.Late, q.say("contest.unsigned"))}
		} else {
			signed++
		}
		var titles, targets []string
		for _, code := range k.Titles {
			titles = append(titles, q.awardNamed(c, code))
		}
		for _, pledge := range k.Targets {
			targets = append(targets, dossier.PledgeSaid(q.speaker(), pledge))
		}
		row := page.Row{Cells: []page.Cell{{Text: c.called[u.Body]}, day, {Text: k.Signer, Note: k.Office}, {Text: strings.Join(targets, "; ")}, {Text: joined(titles)}}}
		if c.Seat.Keeps() || q.may(access.FileReports, u.Body) {
			row.Href = c.path("/contract/" + c.codes[u.Body])
		}
		t.Rows = append(t.Rows, row)
	}
	p.Shell.Lead = q.say("contest.contract.lead", signed, len(c.Units))
	p.Parts = []page.DeskPart{{Plain: true, Print: true, Table: &t, Tools: []page.Tool{{Glyph: page.GlyphDownload, Text: q.say("common.export.xlsx"), Href: c.path("/contract.xlsx")}}}}
	return q.show(page.Desk(p))
}

// contractsOf reads what the units registered and signed.
func (q *request) contractsOf(c contestSeen) (map[body.ID]contest.Contract, error) {
	o, err := q.view().ContestOutcome(q.Context(), c.Contest.ID)
	by := map[body.ID]contest.Contract{}
	for _, k := range o.Contracts {
		by[k.Unit] = k
	}
	return by, err
}

// contractAsked reads the contest, and the contract of the unit that the address
// names.
func (q *request) contractAsked() (contestSeen, contest.Contract, error) {
	c, err := q.contestAsked()
	if err != nil {
		return c, contest.Contract{}, err
	}
	i := slices.IndexFunc(c.Units, func(u contest.Unit) bool { return c.codes[u.Body] == q.PathValue("unit") })
	if i < 0 {
		return c, contest.Contract{}, fault.Missing("contest.unit.missing")
	}
	unit := c.Units[i].Body
	if !c.Seat.Keeps() && !q.may(access.FileReports, unit) {
		return c, contest.Contract{}, fault.Forbid("contest.forbidden.unit")
	}
	contracts, err := q.contractsOf(c)
	k := contracts[unit]
	k.Contest, k.Unit = c.Contest.ID, unit
	return c, k, err
}

// unitContract shows what one unit registers and signs, as a form.
func (s *Server) unitContract(q *request) error {
	c, k, err := q.contractAsked()
	if err != nil {
		return err
	}
	return q.contractPage(c, k, nil)
}

func (q *request) contractPage(c contestSeen, k contest.Contract, refused error) error {
	p := page.AskPage{Shell: q.shell(c.called[k.Unit]), Text: q.say("contest.contract.text"), Do: q.say("common.save"), Leave: c.path("/contract")}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.contract"), Href: c.path("/contract")})
	p.Wrong = page.ProblemsOf(refused, q.reader)
	p.Head = page.FormHead{Action: c.path("/contract/" + c.codes[k.Unit]), Rejected: refused != nil, Revision: strconv.FormatInt(k.Revision, 10)}
	if c.Contest.Standing == contest.Published {
		p.Text = q.say("contest.standing.published")
	}
	field := func(name, key, value string) page.Field {
		return p.Wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	for i := range min(len(k.Targets)+3, pledgeRows) {
		var pledge contest.Pledge
		if i < len(k.Targets) {
			pledge = k.Targets[i]
		}
		p.Fields = append(p.Fields, page.FieldLine(q.say("contest.pledge.n", i+1), q.pledgeFields(pledge, i, p.Wrong)))
	}
	var titles []page.Option
	chosen := k.Titles
	if q.Method == "POST" {
		chosen = q.values("titles")
	}
	for _, a := range c.Contest.Awards {
		titles = append(titles, page.Option{Value: a.Code, Text: a.Name(q.lang()), Chosen: slices.Contains(chosen, a.Code)})
	}
	if len(titles) > 0 {
		p.Fields = append(p.Fields, page.ChipsMany(q.reader, page.Field{Name: "titles", Label: q.say("contest.titles")}, titles))
	}
	day, signer, office := field("signed", "contest.signed", dayTyped(k.Signed)), field("signer", "contest.signer", k.Signer), field("office", "contest.decree.office", k.Office)
	day.Short, day.Hint = true, q.say("contest.signed.hint")
	p.Fields = append(p.Fields, page.DateInput(q.reader, day), page.TextInput(q.reader, signer), page.TextInput(q.reader, office))
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// pledgeFields ask for one target: in words, and where it is a number by which
// figure it will be seen.
func (q *request) pledgeFields(pledge contest.Pledge, i int, wrong page.Problems) []templ.Component {
	n := "-" + strconv.Itoa(i+1)
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name + n, Label: q.say(key), Value: q.stood(name+n, value)})
	}
	text, target, unit, measure := field("text", "contest.pledge.label", pledge.Text), field("target", "contest.pledge.target", pledge.Target), field("unit", "contest.pledge.unit", cmp.Or(pledge.Currency, pledge.Unit)), field("measure", "contest.pledge.measure", pledge.Measure)
	text.Whole, target.Short, unit.Short = true, true, true
	measure.Whole = true
	if i == 0 {
		text.Hint, measure.Hint = q.say("contest.pledge.label.hint"), q.say("contest.pledge.measure.hint")
		text.Wrong = cmp.Or(text.Wrong, wrong.At("targets"))
	}
	return []templ.Component{page.TextInput(q.reader, text), page.NumberInput(q.reader, target), page.TextInput(q.reader, unit), page.TextInput(q.reader, measure)}
}

// contractGiven reads what a unit registers and signs.
func (q *request) contractGiven(k contest.Contract) (contest.Contract, error) {
	var found []error
	k.Targets, k.Titles, k.Signer, k.Office = nil, q.values("titles"), q.value("signer"), q.value("office")
	for i := range pledgeRows {
		n := "-" + strconv.Itoa(i+1)
		p := contest.Pledge{Text: q.value("text" + n), Target: strings.ReplaceAll(q.value("target"+n), ",", "."), Unit: q.value("unit" + n), Measure: q.value("measure" + n)}
		if p == (contest.Pledge{}) {
			continue
		}
		if p.Text == "" {
			found = append(found, fault.Field("text"+n, "contest.pledge.text"))
		}
		if _, ok := new(big.Rat).SetString(p.Target); p.Target != "" && (!ok || strings.ContainsAny(p.Target, "eE/") || len(p.Target) > 24) {
			found = append(found, fault.Field("target"+n, "contest.sample.form", q.value("target"+n)))
		}
		if _, err := deed.ParseMeasure(p.Measure); p.Measure != "" && err != nil {
			found = append(found, fault.Field("measure"+n, "contest.measure.unknown", p.Measure))
		}
		k.Targets = append(k.Targets, p)
	}
	var err error
	k.Signed, err = q.exactDay("signed")
	return k, fault.Gather(append(found, err)...)
}

// signContract enters what a unit registers and that it signed.
func (s *Server) signContract(q *request) error {
	c, k, err := q.contractAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	k, err = q.contractGiven(k)
	if err == nil {
		err = q.write("contest.why.contract", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Sign(ctx, tx, q.actor, k, q.id("revision"))
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.contractPage(c, k, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/contract"), q.well("contest.contract.kept", c.called[k.Unit]))
}

// contractSheet gives the contracts of all units as a workbook, a target a row.
func (s *Server) contractSheet(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	contracts, err := q.contractsOf(c)
	if err != nil {
		return err
	}
	t := sheet.Table{Name: q.say("contest.door.contract")}
	for _, key := range []string{"contest.unit", "contest.signed", "contest.signer", "contest.pledge.label", "contest.pledge.target", "contest.pledge.unit", "contest.titles"} {
		t.Columns = append(t.Columns, sheet.Column{Title: q.say(key)})
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, u := range c.Units {
			k := contracts[u.Body]
			var titles []string
			for _, code := range k.Titles {
				titles = append(titles, q.awardNamed(c, code))
			}
			for _, p := range append(slices.Clone(k.Targets), make([]contest.Pledge, max(0, 1-len(k.Targets)))...) {
				if !yield([]sheet.Value{
					sheet.Words(c.called[u.Body]), sheet.Words(q.daySaid(k.Signed)), sheet.Words(k.Signer), sheet.Words(p.Text), sheet.Words(p.Target), sheet.Words(strings.TrimSpace(p.Unit + " " + p.Currency)), sheet.Words(joined(titles)),
				}) {
					return
				}
			}
		}
	}
	return q.sendSheet(q.say("contest.contract.file")+"-"+strconv.Itoa(c.Contest.Year), t)
}

// contestFlag hands the flag and the lead to next year's unit.
func (s *Server) contestFlag(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	return q.flagPage(c, nil)
}

func (q *request) flagPage(c contestSeen, refused error) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.flag"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), leadSaid(q, c, contest.LedBy(c.Contest.Year, c.Units))
	next := c.Contest.Year + 1
	following, err := q.view().ContestOf(q.Context(), c.Contest.Cluster, next)
	if fault.KindOf(err) == fault.NotFound {
		query := "?cluster=" + idText(c.Contest.Cluster) + "&year=" + strconv.Itoa(next) + "&from=" + idText(c.Contest.ID)
		p.Notes = []page.NoteLine{{Tone: page.Due, Text: q.say("contest.flag.next", strconv.Itoa(next)), Link: page.Link{Text: q.say("contest.flag.open", strconv.Itoa(next)), Href: "/contests/new" + query}}}
		return q.show(page.Desk(p))
	}
	if err != nil {
		return err
	}
	f, err := q.contestSeen(following)
	if err != nil {
		return err
	}
	life, err := q.view().ClusterLife(q.Context(), c.Contest.Cluster)
	if err != nil {
		return err
	}
	for _, passed := range life.Flags {
		if passed.Year == next {
			p.Notes = append(p.Notes, page.NoteLine{Tone: page.Done, Text: q.say("contest.flag.done", f.called[passed.Taker], q.daySaid(passed.Day)), Link: page.Link{Text: q.contestTitle(following.Contest), Href: contestPath(following.Contest.ID)}})
		}
	}
	form := q.flagForm(c, f, life, refused)
	p.Parts = []page.DeskPart{{Head: q.say("contest.flag.pass", strconv.Itoa(next)), Form: &form}}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// flagForm asks who takes the flag, when; whose turn it is stands first.
func (q *request) flagForm(c, f contestSeen, life store.ClusterLife, refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	var years []contest.Led
	for _, y := range life.Years {
		if y.Contest.Year <= c.Contest.Year {
			years = append(years, contest.LedBy(y.Contest.Year, y.Units))
		}
	}
	lead := contest.LedBy(0, c.Units).Lead
	var takers []page.Option
	for _, t := range contest.Turns(f.Units, years) {
		if t.Unit != lead {
			takers = append(takers, page.Option{Value: idText(t.Unit), Text: f.called[t.Unit]})
		}
	}
	taker := wrong.Mark(page.Field{Name: "taker", Label: q.say("contest.flag.taker"), Hint: q.say("contest.flag.taker.hint"), Value: q.value("taker")})
	day := wrong.Mark(page.Field{Name: "day", Label: q.say("common.day"), Value: q.stood("day", dayTyped(q.today())), Short: true, Needed: true})
	if wrong.At("giver") != "" {
		taker.Wrong = wrong.At("giver")
	}
	return page.DeskForm{
		Head: page.FormHead{Action: c.path("/flag"), Rejected: refused != nil}, Wrong: wrong, Do: q.say("contest.flag.do"),
		Fields: []templ.Component{page.Select(q.reader, taker, takers), page.DateInput(q.reader, day), page.TextInput(q.reader, page.Field{Name: "note", Label: q.say("common.note"), Hint: q.say("contest.flag.note.hint"), Value: q.value("note"), Whole: true})},
	}
}

// passFlag hands the flag and the lead over.
func (s *Server) passFlag(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	f := contest.Flag{Taker: body.ID(q.id("taker")), Note: q.value("note")}
	if f.Day, err = q.exactDay("day"); err == nil && (f.Day == 0 || f.Day > q.today()) {
		err = fault.Field("day", "contest.flag.day")
	}
	if err == nil {
		err = q.write("contest.why.flag", func(ctx context.Context, tx *store.Tx) error {
			return contest.PassFlag(ctx, tx, q.actor, c.Contest.ID, f)
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.flagPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/flag"), q.well("contest.flag.passed.well"))
}
