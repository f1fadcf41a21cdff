package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith.app/internal/calendar"
	"kith.app/internal/contest"
	"kith.app/internal/fault"
	"kith.app/internal/page"
)

// How many lines the lists of the rules take.
const (
	classRows = 8
	awardRows = 12
	tieRows   = 4
)

// countsArrival stands in a form for days that count from when a sheet came to its stage.
const countsArrival = "arrival"

// contestSettings shows the rules of a contest as forms: scale, classes, ranking,
// awards.
func (s *Server) contestSettings(q *request) error {
	c, err := q.contestKept()
	if err != nil {
		return err
	}
	return q.settingsPage(c, nil, "")
}

func (q *request) settingsPage(c contestSeen, refused error, form string) error {
	p := page.DeskPage{Shell: q.shell(q.say("contest.door.settings"))}
	p.Shell.Crumbs = q.contestCrumbs(c)
	if c.Contest.Standing == contest.Published {
		p.Notes = []page.NoteLine{{Tone: page.Plain, Text: q.say("contest.standing.published")}}
	}
	add := func(part string, fields func(wrong page.Problems) []templ.Component) {
		var wrong page.Problems
		if part == form {
			wrong = page.ProblemsOf(refused, q.reader)
		}
		desk := page.DeskPart{Head: q.say("contest.rules." + part)}
		desk.Form = &page.DeskForm{
			Head:  page.FormHead{Action: c.path("/settings/" + part), Revision: idText(c.Contest.Revision), Rejected: len(wrong) > 0},
			Wrong: wrong, Fields: fields(wrong), Do: q.say("common.save"), Quiet: part != "scale",
		}
		p.Parts = append(p.Parts, desk)
	}
	add("scale", func(wrong page.Problems) []templ.Component { return q.scaleFields(c, wrong) })
	add("classes", func(wrong page.Problems) []templ.Component { return q.classFields(c, wrong) })
	add("ranking", func(wrong page.Problems) []templ.Component { return q.rankingFields(c, wrong) })
	add("awards", func(wrong page.Problems) []templ.Component { return q.awardFields(c, wrong) })
	add("launch", func(wrong page.Problems) []templ.Component { return q.launchFields(c, wrong) })
	if refused != nil {
		return q.again(page.Desk(p))
	}
	return q.show(page.Desk(p))
}

// refilled gives what stands in a form: as it was sent where that very form was
// refused, else as the record has it.
func (q *request) refilled(wrong page.Problems, name, recorded string) string {
	if len(wrong) > 0 {
		return q.value(name)
	}
	return recorded
}

// scaleFields ask what the contest is called and what it gives.
func (q *request) scaleFields(c contestSeen, wrong page.Problems) []templ.Component {
	k := c.Contest
	fixed := k.Standing != contest.Drafted
	field := func(name, key, value string) page.Field {
		return wrong.Mark(page.Field{Name: name, Label: q.say(key), Value: q.refilled(wrong, name, value)})
	}
	short := func(name, key, value string) page.Field {
		f := field(name, key, value)
		f.Short, f.Fixed = true, fixed
		return f
	}
	optional := func(p *contest.Points) string {
		if p == nil {
			return ""
		}
		return q.pointsTyped(*p)
	}
	title, basis := field("title", "contest.title", k.Titles["vi"]), field("basis", "contest.basis", k.Basis)
	title.Needed, title.Whole, basis.Whole, basis.Hint = true, true, true, q.say("contest.basis.hint")
	base, least, most := short("base", "contest.base.total", q.pointsTyped(k.Scale.Base)), short("least", "contest.least", optional(k.Scale.Least)), short("most", "contest.most", optional(k.Scale.Most))
	base.Hint, most.Hint = q.say("contest.base.total.hint"), q.say("contest.most.hint")
	bonus, deduction := short("bonus", "contest.bonus.cap", q.pointsTyped(k.Scale.Bonus)), short("deduction", "contest.deduction.cap", q.pointsTyped(k.Scale.Deduction))
	decimals := short("decimals", "contest.decimals", strconv.Itoa(k.Scale.Decimals))
	decimals.Hint = q.say("contest.decimals.hint")
	fields := []templ.Component{
		page.TextInput(q.reader, title), page.TextInput(q.reader, field("title-en", "contest.title.en", k.Titles["en"])), page.TextInput(q.reader, field("title-fr", "contest.title.fr", k.Titles["fr"])), page.TextInput(q.reader, basis),
		page.DateInput(q.reader, short("from", "contest.period.from", dayTyped(k.Period.From))), page.DateInput(q.reader, short("to", "contest.period.to", dayTyped(k.Period.To))),
	}
	for _, f := range []page.Field{base, decimals, bonus, deduction, least, most} {
		fields = append(fields, page.NumberInput(q.reader, f))
	}
	counts := field("counts", "contest.counts", cmp.Or(k.Counts, countsArrival))
	counts.Hint, counts.Fixed = q.say("contest.counts.hint"), fixed
	if fixed {
		return append(fields, page.TextInput(q.reader, page.Field{Name: "counts-said", Label: counts.Label, Value: q.say("contest.counts." + counts.Value), Fixed: true}))
	}
	return append(fields, page.Radios(q.reader, counts, q.options("contest.counts.", "", countsArrival, contest.FromOpening)))
}

// saveScale keeps name, period and scale.
func (s *Server) saveScale(q *request) error {
	return q.amendContest("/settings", func(k *contest.Contest) error {
		var found []error
		points := func(name string) contest.Points {
			if q.value(name) == "" {
				return 0
			}
			p, err := contest.ParsePoints(name, q.value(name))
			found = append(found, err)
			return p
		}
		perhaps := func(name string) *contest.Points {
			if q.value(name) == "" {
				return nil
			}
			p := points(name)
			return &p
		}
		k.Titles, k.Basis = wordings(q.value("title"), q.value("title-en"), q.value("title-fr")), q.value("basis")
		scale := contest.Scale{Base: points("base"), Bonus: points("bonus"), Deduction: points("deduction"), Least: perhaps("least"), Most: perhaps("most"), ClassMost: k.Scale.ClassMost}
		var err error
		if scale.Decimals, err = strconv.Atoi(cmp.Or(q.value("decimals"), "2")); err != nil {
			found = append(found, fault.Field("decimals", "contest.decimals.form"))
		}
		k.Scale = scale
		switch q.value("counts") {
		case contest.FromOpening:
			k.Counts = contest.FromOpening
		case countsArrival:
			k.Counts = ""
		}
		from, err := q.exactDay("from")
		found = append(found, err)
		to, err := q.exactDay("to")
		found = append(found, err)
		if from != 0 && to != 0 {
			k.Period = calendar.Period{From: from, To: to}
		}
		return fault.Gather(found...)
	}, func(c contestSeen, err error) error { return q.settingsPage(c, err, "scale") })
}

// classFields ask for the bands of the classification.
func (q *request) classFields(c contestSeen, wrong page.Problems) []templ.Component {
	classes := c.Contest.Classes
	var fields []templ.Component
	for i := range min(len(classes)+2, classRows) {
		n, from, to := strconv.Itoa(i+1), "", ""
		var class contest.Class
		if i < len(classes) {
			class, from = classes[i], q.pointsTyped(classes[i].From)
			if classes[i].To != nil {
				to = q.pointsTyped(*classes[i].To)
			}
		}
		cell := func(of, key, value string) page.Field {
			return wrong.Mark(page.Field{Name: of + "-" + n, Label: q.say(key), Value: q.refilled(wrong, of+"-"+n, value)})
		}
		lower, upper := cell("class-from", "contest.class.from", from), cell("class-to", "contest.class.to", to)
		lower.Short, upper.Short = true, true
		if i == 0 {
			lower.Wrong = cmp.Or(lower.Wrong, wrong.At("classes"))
		}
		fields = append(fields, page.FieldLine(q.say("contest.class.n", n), []templ.Component{
			page.Hidden("class-code-"+n, class.Code), page.TextInput(q.reader, cell("class", "contest.class.name", class.Names["vi"])), page.TextInput(q.reader, cell("class-en", "contest.title.en", class.Names["en"])),
			page.TextInput(q.reader, cell("class-fr", "contest.title.fr", class.Names["fr"])), page.NumberInput(q.reader, lower), page.NumberInput(q.reader, upper),
		}))
	}
	most := ""
	if p := c.Contest.Scale.ClassMost; p != nil {
		most = q.pointsTyped(*p)
	}
	f := wrong.Mark(page.Field{Name: "classMost", Label: q.say("contest.class.most"), Hint: q.say("contest.class.most.hint"), Value: q.refilled(wrong, "classMost", most), Short: true, Fixed: c.Contest.Standing != contest.Drafted})
	return append(fields, page.NumberInput(q.reader, f))
}

// saveClasses keeps the bands; one without a name is taken out.
func (s *Server) saveClasses(q *request) error {
	return q.amendContest("/settings", func(k *contest.Contest) error {
		var found []error
		var classes []contest.Class
		for i := range classRows {
			n := "-" + strconv.Itoa(i+1)
			name := q.value("class" + n)
			if name == "" {
				continue
			}
			class := contest.Class{Code: stageCode(name, i+1), Names: wordings(name, q.value("class-en"+n), q.value("class-fr"+n))}
			if code := q.value("class-code" + n); slices.ContainsFunc(k.Classes, func(known contest.Class) bool { return known.Code == code }) {
				class.Code = code // its name may change, what was given under it stays
			}
			from, err := contest.ParsePoints("class-from"+n, q.value("class-from"+n))
			found = append(found, err)
			class.From = from
			if q.value("class-to"+n) != "" {
				to, err := contest.ParsePoints("class-to"+n, q.value("class-to"+n))
				found = append(found, err)
				class.To = &to
			}
			classes = append(classes, class)
		}
		k.Classes = classes
		k.Scale.ClassMost = nil
		if q.value("classMost") != "" {
			most, err := contest.ParsePoints("classMost", q.value("classMost"))
			found = append(found, err)
			k.Scale.ClassMost = &most
		}
		return fault.Gather(found...)
	}, func(c contestSeen, err error) error { return q.settingsPage(c, err, "classes") })
}

// rankingFields ask by what units are put in order and how equals are told apart.
func (q *request) rankingFields(c contestSeen, wrong page.Problems) []templ.Component {
	r := c.Contest.Ranking
	fields := []templ.Component{page.Radios(q.reader, page.Field{Name: "by", Label: q.say("contest.rank.by"), Value: q.refilled(wrong, "by", cmp.Or(r.By, contest.ByPoints))}, q.options("contest.rank.", "", contest.ByPoints, contest.ByShare))}
	options := []page.Option{{Text: q.say("contest.key.none")}}
	for _, key := range []string{contest.KeyBase, contest.KeyDeduction, contest.KeyDecided} {
		options = append(options, page.Option{Value: key, Text: q.tieKeySaid(key)})
	}
	for _, id := range c.Table.Children(0) {
		if g, _ := c.Table.Of(id); g.Method == contest.Group && g.No != "" {
			options = append(options, page.Option{Value: contest.KeyGroup + g.No, Text: dotted(q.tieKeySaid(contest.KeyGroup+g.No), shortened(g.Name(q.lang())))})
		}
	}
	for i := range tieRows {
		n, key := strconv.Itoa(i+1), ""
		if i < len(r.Ties) {
			key = r.Ties[i]
		}
		fields = append(fields, page.Select(q.reader, page.Field{Name: "tie-" + n, Label: q.say("contest.rank.tie", n), Value: q.refilled(wrong, "tie-"+n, key)}, options))
	}
	return fields
}

// saveRanking keeps the rule by which units are put in order.
func (s *Server) saveRanking(q *request) error {
	return q.amendContest("/settings", func(k *contest.Contest) error {
		if by := q.value("by"); by == contest.ByPoints || by == contest.ByShare {
			k.Ranking.By = by
		}
		k.Ranking.Ties = nil
		for i := range tieRows {
			key := q.value("tie-" + strconv.Itoa(i+1))
			known := key == contest.KeyBase || key == contest.KeyDeduction || key == contest.KeyDecided || strings.HasPrefix(key, contest.KeyGroup)
			if known && !slices.Contains(k.Ranking.Ties, key) {
				k.Ranking.Ties = append(k.Ranking.Ties, key)
			}
		}
		return nil
	}, func(c contestSeen, err error) error { return q.settingsPage(c, err, "ranking") })
}

// awardFields ask which titles and forms of commendation the contest may give.
func (q *request) awardFields(c contestSeen, wrong page.Problems) []templ.Component {
	classes := []page.Option{{Text: q.say("contest.award.anyclass")}}
	for _, class := range c.Contest.Classes {
		classes = append(classes, page.Option{Value: class.Code, Text: class.Name(q.lang())})
	}
	awards := c.Contest.Awards
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	yes := func(on bool) string {
		if on {
			return "yes"
		}
		return ""
	}
	var fields []templ.Component
	for i := range min(len(awards)+2, awardRows) {
		n := "-" + strconv.Itoa(i+1)
		var a contest.Award
		if i < len(awards) {
			a = awards[i]
		}
		cell := func(of, key, value string) page.Field {
			return wrong.Mark(page.Field{Name: of + n, Label: q.say(key), Value: q.refilled(wrong, of+n, value)})
		}
		name, quota, rank := cell("award", "contest.award.name", a.Names["vi"]), cell("quota", "contest.award.quota.most", count(a.Quota)), cell("rank", "contest.award.rank.most", count(a.RankMost))
		name.Whole, quota.Short, rank.Short = true, true, true
		fields = append(fields, page.FieldLine(q.say("contest.award.n", i+1), []templ.Component{
			page.Hidden("award-code"+n, a.Code), page.TextInput(q.reader, name), page.TextInput(q.reader, cell("award-en", "contest.title.en", a.Names["en"])), page.TextInput(q.reader, cell("award-fr", "contest.title.fr", a.Names["fr"])),
			page.NumberInput(q.reader, quota), page.NumberInput(q.reader, rank),
			page.Select(q.reader, cell("class", "contest.award.only", a.Class), classes),
			page.Tick(cell("ballot", "contest.award.needsballot", yes(a.Ballot))), page.Tick(cell("flag", "contest.award.flag", yes(a.Flag))),
			page.Select(q.reader, cell("level", "contest.grade.level", string(a.Level)), graded(q, "contest.level.", contest.Levels())),
			page.Select(q.reader, cell("form", "contest.grade.form", string(a.Form)), graded(q, "contest.form.", contest.Forms())),
			page.Select(q.reader, cell("manner", "contest.grade.manner", string(a.Manner)), graded(q, "contest.manner.", contest.Manners())),
			page.TextArea(q.reader, q.papersField(cell("papers", "contest.file.wanted", papersTyped(a.Papers, q.lang()))), 3),
		}))
	}
	return fields
}

// saveAwards keeps the list of awards; one without a name is taken out.
func (s *Server) saveAwards(q *request) error {
	return q.amendContest("/settings", func(k *contest.Contest) error {
		var found []error
		var awards []contest.Award
		for i := range awardRows {
			n := "-" + strconv.Itoa(i+1)
			name := q.value("award" + n)
			if name == "" {
				continue
			}
			a := contest.Award{Code: stageCode(name, i+1), Names: wordings(name, q.value("award-en"+n), q.value("award-fr"+n))}
			code := q.value("award-code" + n)
			if at := slices.IndexFunc(k.Awards, func(known contest.Award) bool { return known.Code == code }); at >= 0 {
				a.Code, a.Papers = code, k.Awards[at].Papers // its name may change, what was given under it stays
			}
			quota, _, err := countOr(q.value("quota"+n), 0)
			found = append(found, at("quota"+n, err))
			rank, _, err := countOr(q.value("rank"+n), 0)
			found = append(found, at("rank"+n, err))
			a.Grade = contest.Grade{Level: contest.Level(q.value("level" + n)), Form: contest.Form(q.value("form" + n)), Manner: contest.Manner(q.value("manner" + n))}
			found = append(found, at("level"+n, a.Grade.Check()))
			a.Papers = papersGiven(q.lines("papers"+n), a.Papers, q.lang())
			a.Quota, a.RankMost, a.Class, a.Ballot, a.Flag = int(quota), int(rank), q.value("class"+n), q.value("ballot"+n) != "", q.value("flag"+n) != ""
			awards = append(awards, a)
		}
		k.Awards = awards
		return fault.Gather(found...)
	}, func(c contestSeen, err error) error { return q.settingsPage(c, err, "awards") })
}
