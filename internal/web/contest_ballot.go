package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/store"
)

// contestBallots shows what the ballots gave, and by which rules they are judged.
func (s *Server) contestBallots(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	return q.ballotsPage(c, nil)
}

func (q *request) ballotsPage(c contestSeen, refused error) error {
	if c.Contest.Standing != contest.Published && !c.Seat.Inside() {
		return fault.Forbid("contest.forbidden.inside")
	}
	o, err := q.view().ContestOutcome(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	rules, err := q.view().ContestRules(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.ballots"))}
	p.Shell.Crumbs, p.Shell.Lead = q.contestCrumbs(c), q.say("contest.ballots.lead")
	keeps := c.Seat.Keeps()
	if keeps && c.Contest.Standing != contest.Drafted {
		p.Actions = []page.Action{{Glyph: page.GlyphAdd, Text: q.say("contest.ballot.new"), Href: c.path("/ballots/new"), First: true}}
	}
	for _, b := range slices.Backward(o.Ballots) {
		p.Parts = append(p.Parts, q.ballotPart(c, b))
	}
	if len(o.Ballots) == 0 {
		none := page.Table{ID: "ballots", Empty: page.Empty{Glyph: page.GlyphPaper, Head: q.say("contest.ballots.none"), Text: q.say("contest.ballots.none.text")}}
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Table: &none})
	}
	table := q.ruleTable(rules)
	p.Parts = append(p.Parts, page.DeskPart{Plain: true, Head: q.say("contest.rules"), Table: &table})
	if keeps {
		form := q.ruleForm(c, refused)
		p.Parts = append(p.Parts, page.DeskPart{Plain: true, Form: &form})
	}
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// ballotPart shows the count of one ballot: of a secret one there is nothing else.
func (q *request) ballotPart(c contestSeen, b contest.Ballot) page.DeskPart {
	quorum := page.Mark{Tone: page.Done, Text: q.say("contest.ballot.quorate")}
	if !b.Quorate() {
		quorum = page.Mark{Tone: page.Late, Text: q.say("contest.ballot.inquorate")}
	}
	secret := "contest.ballot.open"
	if b.Rule.Secret {
		secret = "contest.ballot.secret"
	}
	facts := []page.Fact{
		{Name: q.say("common.day"), Text: q.daySaid(b.Day)},
		{Name: q.say("contest.ballot.award"), Text: q.awardNamed(c, b.Award)},
		{Name: q.say("contest.ballot.eligible"), Text: strconv.Itoa(b.Eligible)},
		{Name: q.say("contest.ballot.present.label"), Text: strconv.Itoa(b.Present), Mark: quorum, Note: q.say("contest.ballot.quorum.said", ratioSaid(b.Rule.Quorum))},
		{Name: q.say("contest.ballot.papers"), Text: q.say("contest.ballot.papers.said", b.Issued, b.Collected, b.Valid)},
		{Name: q.say("contest.ballot.rule"), Text: b.Rule.Name(q.lang()), Note: dotted(q.say("contest.ballot.threshold.said", ratioSaid(b.Rule.Threshold), q.say("contest.of."+b.Rule.Of)), b.Rule.Basis)},
		{Name: q.say("contest.ballot.how"), Text: q.say(secret)},
		{Name: q.say("contest.ballot.tellers"), Text: joined(b.Tellers)},
		{Name: q.say("common.note"), Text: b.Note},
	}
	passed := b.Passed()
	t := page.Table{ID: "ballot-" + idText(b.ID), Caption: q.say("contest.ballot.votes.each"), Columns: []page.Column{{Head: q.say("contest.unit"), Chief: true}, {Head: q.say("contest.ballot.for"), Figure: true}, {Head: q.say("common.status")}}}
	candidates := slices.Clone(b.Candidates)
	slices.SortStableFunc(candidates, func(a, b contest.Candidate) int { return b.For - a.For })
	for _, candidate := range candidates {
		mark := page.Mark{Tone: page.Plain, Text: q.say("contest.ballot.failed")}
		if slices.ContainsFunc(passed, func(p contest.Candidate) bool { return p.Unit == candidate.Unit }) {
			mark = page.Mark{Tone: page.Done, Text: q.say("contest.ballot.passed")}
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{{Text: c.called[candidate.Unit]}, {Text: strconv.Itoa(candidate.For)}, {Part: page.Badge(mark.Tone, mark.Text)}}})
	}
	return page.DeskPart{Head: b.Question, Facts: facts, Table: &t}
}

// ratioSaid writes a share in whole numbers.
func ratioSaid(r contest.Ratio) string {
	if r.Den == 0 {
		return "–"
	}
	if r.Den == 100 {
		return strconv.FormatInt(r.Num, 10) + "%"
	}
	return strconv.FormatInt(r.Num, 10) + "/" + strconv.FormatInt(r.Den, 10)
}

// ratioGiven reads a share: 2/3, 80% or 80.
func ratioGiven(field, typed string) (contest.Ratio, error) {
	num, den, fraction := strings.Cut(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(typed), "%")), "/")
	if !fraction {
		den = "100"
	}
	n, err1 := strconv.ParseInt(strings.TrimSpace(num), 10, 64)
	d, err2 := strconv.ParseInt(strings.TrimSpace(den), 10, 64)
	if err1 != nil || err2 != nil || n <= 0 || d <= 0 || n > d || d > 1000 {
		return contest.Ratio{}, fault.Field(field, "contest.ratio.form", typed)
	}
	return contest.Ratio{Num: n, Den: d}, nil
}

// awardNamed is what an award of the contest is called.
func (q *request) awardNamed(c contestSeen, code string) string {
	for _, a := range c.Contest.Awards {
		if a.Code == code {
			return a.Name(q.lang())
		}
	}
	return code
}

// awardOptions offers the awards of the contest.
func (q *request) awardOptions(c contestSeen, blank string) []page.Option {
	var options []page.Option
	if blank != "" {
		options = append(options, page.Option{Text: blank})
	}
	for _, a := range c.Contest.Awards {
		options = append(options, page.Option{Value: a.Code, Text: a.Name(q.lang())})
	}
	return options
}

func (q *request) ruleTable(rules []contest.VoteRule) page.Table {
	t := page.Table{
		ID: "rules", Caption: q.say("contest.rules"), Quiet: true,
		Columns: []page.Column{{Head: q.say("contest.rule.head"), Chief: true}, {Head: q.say("contest.rule.quorum")}, {Head: q.say("contest.rule.threshold")}, {Head: q.say("contest.ballot.how")}, {Head: q.say("contest.rule.force")}},
		Empty:   page.Empty{Glyph: page.GlyphPaper, Head: q.say("contest.rules.none"), Text: q.say("contest.rules.none.text")},
	}
	for _, r := range rules {
		secret := "contest.ballot.open"
		if r.Secret {
			secret = "contest.ballot.secret"
		}
		force := q.say("contest.rule.since", q.daySaid(r.Since))
		if r.Until < calendar.Latest {
			force = q.say("contest.rule.from.to", q.daySaid(r.Since), q.daySaid(r.Until))
		}
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			{Text: r.Name(q.lang()), Note: r.Basis}, {Text: ratioSaid(r.Quorum)}, {Text: ratioSaid(r.Threshold) + " " + q.say("contest.of."+r.Of)}, {Text: q.say(secret)}, {Text: force},
		}})
	}
	return t
}

// ofOptions offers of what a threshold may be a share.
func (q *request) ofOptions() []page.Option {
	return q.options("contest.of.", "", contest.OfPresent, contest.OfEligible, contest.OfValid)
}

// ruleForm asks for a rule for ballots, in force from a day on.
func (q *request) ruleForm(c contestSeen, refused error) page.DeskForm {
	wrong := page.ProblemsOf(refused, q.reader)
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	name, basis, since := field("name", "contest.rule.called", ""), field("basis", "contest.rule.basis", ""), field("since", "contest.rule.since.label", "")
	quorum, threshold := field("quorum", "contest.rule.quorum", "2/3"), field("threshold", "contest.rule.threshold", "2/3")
	name.Needed, name.Whole, basis.Whole, since.Short, since.Needed, quorum.Short, threshold.Short = true, true, true, true, true, true, true
	basis.Hint, threshold.Hint = q.say("contest.rule.basis.hint"), q.say("contest.ratio.hint")
	return page.DeskForm{
		Head: page.FormHead{Action: c.path("/ballots/rules"), Rejected: refused != nil}, Wrong: wrong, Fold: q.say("contest.rule.new"), Do: q.say("contest.rule.enter"), Quiet: true,
		Fields: []templ.Component{
			page.TextInput(q.reader, name), page.TextInput(q.reader, quorum), page.TextInput(q.reader, threshold),
			page.Select(q.reader, field("of", "contest.rule.of.label", contest.OfPresent), q.ofOptions()), page.DateInput(q.reader, since),
			page.Tick(field("secret", "contest.ballot.secret", "yes")), page.TextInput(q.reader, basis),
		},
	}
}

// enterRule enters a rule for ballots.
func (s *Server) enterRule(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	r := contest.VoteRule{Code: strings.TrimSuffix(stageCode(q.value("name"), 1), "-1"), Names: wordings(q.value("name"), "", ""), Of: q.value("of"), Secret: q.value("secret") != "", Basis: q.value("basis")}
	var err1, err2, err3 error
	r.Quorum, err1 = ratioGiven("quorum", q.value("quorum"))
	r.Threshold, err2 = ratioGiven("threshold", q.value("threshold"))
	if r.Since, err3 = q.exactDay("since"); err3 == nil && r.Since == 0 {
		err3 = fault.Field("since", "contest.rule.since.missing")
	}
	if err = fault.Gather(err1, err2, err3); err == nil {
		err = q.write("contest.why.rule", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.SetRule(ctx, tx, q.actor, c.Contest.ID, r)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.ballotsPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/ballots"), q.well("common.saved"))
}

// newBallot asks for the count of a ballot.
func (s *Server) newBallot(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	return q.ballotPage(c, nil)
}

func (q *request) ballotPage(c contestSeen, refused error) error {
	rules, err := q.view().ContestRules(q.Context(), c.Contest.ID)
	if err != nil {
		return err
	}
	p := page.AskPage{Shell: q.shell(q.say("contest.ballot.new")), Text: q.say("contest.ballot.text"), Do: q.say("contest.ballot.enter"), Leave: c.path("/ballots")}
	p.Shell.Crumbs = append(q.contestCrumbs(c), page.Link{Text: q.say("contest.door.ballots"), Href: c.path("/ballots")})
	p.Wrong = page.ProblemsOf(refused, q.reader)
	p.Head = page.FormHead{Action: c.path("/ballots/new"), Draft: "ballot-" + idText(c.Contest.ID), Rejected: refused != nil}
	field := func(name, key, value string) page.Field {
		return p.Wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.stood(name, value)})
	}
	question, day := field("question", "contest.ballot.question", q.say("contest.ballot.question.usual")), field("day", "common.day", dayTyped(q.today()))
	question.Whole, question.Needed, day.Short, day.Needed = true, true, true, true
	p.Fields = []templ.Component{page.TextInput(q.reader, question), page.Select(q.reader, field("award", "contest.ballot.award", q.value("award")), q.awardOptions(c, q.say("contest.ballot.noaward"))), page.DateInput(q.reader, day)}
	p.Fields = append(p.Fields, q.ballotRule(rules, p.Wrong)...)
	for _, name := range []string{"eligible", "present", "issued", "collected", "valid"} {
		f := field(name, "contest.ballot."+name+".label", "")
		f.Short, f.Needed = true, true
		p.Fields = append(p.Fields, page.NumberInput(q.reader, f))
	}
	var votes []templ.Component
	for i, u := range c.Units {
		f := p.Wrong.Mark(page.Field{Name: "for-" + idText(u.Body), Label: c.called[u.Body], Value: q.value("for-" + idText(u.Body)), Short: true})
		if i == 0 && f.Wrong == "" {
			f.Wrong = p.Wrong.At("candidates")
		}
		votes = append(votes, page.NumberInput(q.reader, f))
	}
	tellers, note := field("tellers", "contest.ballot.tellers", ""), field("note", "common.note", "")
	tellers.Whole, tellers.Hint, note.Whole = true, q.say("contest.ballot.tellers.hint"), true
	p.Fields = append(p.Fields, page.FieldLine(q.say("contest.ballot.votes.each"), votes), page.TextInput(q.reader, tellers), page.TextInput(q.reader, note))
	if refused != nil {
		return q.again(page.AskFor(p))
	}
	return q.show(page.AskFor(p))
}

// ballotRule asks by which rule a ballot is judged: one of the cluster's, or what
// is stated here.
func (q *request) ballotRule(rules []contest.VoteRule, wrong page.Problems) []templ.Component {
	options := []page.Option{}
	seen := map[string]bool{}
	for _, r := range rules {
		if !seen[r.Code] {
			seen[r.Code] = true
			options = append(options, page.Option{Value: r.Code, Text: r.Name(q.lang())})
		}
	}
	if len(options) > 0 {
		return []templ.Component{page.Select(q.reader, wrong.Mark(page.Field{Name: "rule", Label: q.say("contest.ballot.rule"), Hint: q.say("contest.ballot.rule.hint"), Value: q.value("rule")}), options)}
	}
	quorum := wrong.Mark(page.Field{Name: "quorum", Label: q.say("contest.rule.quorum"), Hint: q.say("contest.ratio.hint"), Value: q.stood("quorum", "2/3"), Short: true})
	threshold := wrong.Mark(page.Field{Name: "threshold", Label: q.say("contest.rule.threshold"), Value: q.stood("threshold", "2/3"), Short: true})
	return []templ.Component{
		page.TextInput(q.reader, quorum), page.TextInput(q.reader, threshold), page.Select(q.reader, page.Field{Name: "of", Label: q.say("contest.rule.of.label"), Value: q.stood("of", contest.OfPresent)}, q.ofOptions()),
		page.Tick(page.Field{Name: "secret", Label: q.say("contest.ballot.secret"), Value: q.stood("secret", "yes")}),
	}
}

// ballotGiven reads the count of a ballot.
func (q *request) ballotGiven(c contestSeen) (contest.Ballot, error) {
	var found []error
	count := func(name string) int {
		if q.value(name) == "" {
			found = append(found, fault.Field(name, "contest.ballot.count"))
			return 0
		}
		n, _, err := countOr(q.value(name), 0)
		found = append(found, at(name, err))
		return int(n)
	}
	b := contest.Ballot{Contest: c.Contest.ID, Award: q.value("award"), Question: q.value("question"), Note: q.value("note")}
	if b.Question == "" {
		found = append(found, fault.Field("question", "contest.ballot.question.missing"))
	}
	var err error
	if b.Day, err = q.exactDay("day"); err == nil && b.Day == 0 {
		err = fault.Field("day", "contest.ballot.day")
	}
	found = append(found, err)
	b.Eligible, b.Present, b.Issued, b.Collected, b.Valid = count("eligible"), count("present"), count("issued"), count("collected"), count("valid")
	for _, u := range c.Units {
		if name := "for-" + idText(u.Body); q.value(name) != "" {
			b.Candidates = append(b.Candidates, contest.Candidate{Unit: u.Body, For: count(name)})
		}
	}
	for teller := range strings.SplitSeq(q.value("tellers"), ",") {
		if teller = strings.TrimSpace(teller); teller != "" {
			b.Tellers = append(b.Tellers, teller)
		}
	}
	if b.Rule.Code = q.value("rule"); b.Rule.Code == "" {
		b.Rule = contest.VoteRule{Names: map[string]string{"vi": q.server.Words.In("vi").Say("contest.ballot.stated")}, Of: q.value("of"), Secret: q.value("secret") != ""}
		b.Rule.Quorum, err = ratioGiven("quorum", q.value("quorum"))
		found = append(found, err)
		b.Rule.Threshold, err = ratioGiven("threshold", q.value("threshold"))
		found = append(found, err)
	}
	return b, fault.Gather(found...)
}

// enterBallot records the count of a ballot.
func (s *Server) enterBallot(q *request) error {
	c, err := q.contestAsked()
	if err != nil {
		return err
	}
	if err := q.read(); err != nil {
		return err
	}
	b, err := q.ballotGiven(c)
	if err == nil {
		err = q.write("contest.why.ballot", func(ctx context.Context, tx *store.Tx) error {
			_, err := contest.Vote(ctx, tx, q.actor, b)
			return err
		})
	}
	if err != nil && fault.KindOf(err) == fault.Invalid {
		return q.ballotPage(c, err)
	}
	if err != nil {
		return err
	}
	return q.doneAt(c.path("/ballots"), q.well("contest.ballot.kept"))
}
