package dossier

import (
	"fmt"
	"slices"
	"strings"

	"kith.app/internal/appraisal"
	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/deed"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// ratio writes a share: 2/3, 80 %.
func ratio(r contest.Ratio) string {
	if r.Den == 100 {
		return fmt.Sprintf("%d%%", r.Num)
	}
	return fmt.Sprintf("%d/%d", r.Num, r.Den)
}

// results lists the units in order.
func (w *writer) results() document.Table {
	t := document.Table{Columns: []document.Column{
		{Head: w.Say("dossier.rank"), Share: 0.8, Align: document.Centre},
		{Head: w.Say("dossier.unit"), Share: 4},
		{Head: w.Say("dossier.total"), Share: 1.2, Align: document.Right},
		{Head: w.Say("dossier.class"), Share: 1.8},
		{Head: w.Say("dossier.titles"), Share: 2.6},
	}}
	for _, r := range w.ranked() {
		t.Add(document.C(w.rank(r)), document.C(w.Called[r.Unit]), document.CR(w.known(r.Total)), document.C(w.class(r.Class)), document.C(strings.Join(w.titlesOf(r.Unit), "; ")))
	}
	return t
}

// titlesOf lists the awards proposed for or given to a unit.
func (w *writer) titlesOf(unit body.ID) []string {
	var all []string
	for _, h := range w.Honours {
		if h.Unit == unit && (h.Status == contest.Given || h.Status == contest.Proposed) {
			all = append(all, w.award(h.Award))
		}
	}
	return all
}

// minutes is the minutes of the conference: result, titles, lead of next year.
func (w *writer) minutes() {
	w.title(Minutes)
	w.present()
	w.b.Section(w.Say("dossier.minutes.reports"))
	w.b.Say(w.Say("dossier.minutes.reports.text", w.Called[w.lead()], w.year()))
	w.b.Section(w.Say("dossier.minutes.result"))
	w.b.Add(w.results())
	w.provisional()
	for _, b := range w.Ballots {
		w.b.Say(w.Say("dossier.minutes.voted", b.Question, w.small(b.Present), w.small(b.Eligible), w.small(b.Valid), w.small(len(b.Passed()))))
	}
	w.b.Section(w.Say("dossier.minutes.next"))
	w.b.Say(w.Say("dossier.minutes.flag", w.Called[w.lead()], orDots(w.Called[w.Next]), fmt.Sprint(w.Contest.Year+1)))
	w.b.Say(w.Say("dossier.minutes.read"))
	w.b.Sign(w.pen(w.Say("dossier.secretary"), ""), w.pen(w.Say("dossier.chair"), ""))
}

// unitSubmission asks that one unit be honoured.
func (w *writer) unitSubmission() {
	w.title(UnitSubmission)
	w.b.To(w.Say("paper.to"), w.Called[w.Contest.Cluster])
	now := w.latest(w.Unit)
	total := contest.Sum(w.Table, w.Contest.Scale, w.Unit, now)
	w.b.Say(w.Say("dossier.unit-submission.text", w.Called[w.Unit], w.year()))
	t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.criterion"), Share: 5}, {Head: w.Say("dossier.max"), Share: 1, Align: document.Right}, {Head: w.Say("dossier.reached"), Share: 1.2, Align: document.Right}}}
	for _, id := range w.Table.Children(0) {
		c, _ := w.Table.Of(id)
		if c.Method == contest.Group && w.Table.For(c, w.Unit) {
			t.Add(document.C(w.name(c)), document.CR(w.points(c.Max)), w.total(total.Groups[c.ID], len(now) > 0))
		}
	}
	for _, more := range []struct {
		key    string
		points contest.Points
	}{{"dossier.bonus", total.Bonus}, {"dossier.deduction", -total.Deduction}} {
		if more.points != 0 {
			t.Add(document.C(w.Say(more.key)), document.C(""), document.CR(w.points(more.points)))
		}
	}
	t.AddTotal(document.C(w.Say("dossier.total")), document.CR(w.points(w.Table.Assigned(w.Unit))), w.total(total.Sum, len(now) > 0))
	w.b.Add(t)
	titles := w.titlesOf(w.Unit)
	if len(titles) == 0 {
		for _, code := range w.contractOf(w.Unit).Titles {
			titles = append(titles, w.award(code))
		}
	}
	w.b.Say(w.Say("dossier.unit-submission.ask", orDots(strings.Join(titles, "; "))))
	w.b.Sign(w.House.Signature(w.Speaker))
}

// submission is that of the unit in the lead for the whole cluster.
func (w *writer) submission() {
	w.title(Submission)
	w.b.To(w.Say("paper.to"), orDots(strings.Join(w.House.Parents, ", ")))
	if w.Contest.Basis != "" {
		w.b.Add(document.Bases{Items: []string{w.Say("dossier.basis", w.Contest.Basis)}})
	}
	w.b.Say(w.Say("dossier.submission.text", w.Called[w.lead()], w.Called[w.Contest.Cluster], w.year()))
	w.b.Add(w.results())
	w.provisional()
	w.proposed()
	w.b.Say(w.Say("dossier.submission.end"))
	w.b.Sign(w.House.Signature(w.Speaker))
}

// proposed lists the awards with what they are for.
func (w *writer) proposed() {
	for _, h := range w.Honours {
		if h.Status != contest.Given && h.Status != contest.Proposed {
			continue
		}
		said := w.award(h.Award) + ": " + w.Called[h.Unit]
		if h.For != "" {
			said += " – " + h.For
		}
		w.b.Items(document.Text(said))
	}
}

// decision is the decree: who is given what.
func (w *writer) decision() {
	w.title(Decision)
	if w.Contest.Basis != "" {
		w.b.Add(document.Bases{Items: []string{w.Say("dossier.basis", w.Contest.Basis), w.Say("dossier.decision.asked", w.Called[w.lead()])}})
	}
	w.b.Add(document.Paragraph{Align: document.Centre, Runs: document.Runs{document.B(w.Say("dossier.decision.decides"))}})
	w.b.Para(document.B(w.Say("dossier.decision.first")+" "), document.T(w.Say("dossier.decision.awards", w.year())))
	t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.no"), Share: 0.6, Align: document.Centre}, {Head: w.Say("dossier.unit"), Share: 4}, {Head: w.Say("dossier.title"), Share: 3}, {Head: w.Say("dossier.for"), Share: 3}}}
	for _, h := range w.Honours {
		if h.Status == contest.Given || h.Status == contest.Proposed {
			t.Add(document.C(w.small(len(t.Rows)+1)), document.C(w.Called[h.Unit]), document.C(w.award(h.Award)), document.C(h.For))
		}
	}
	if len(t.Rows) == 0 {
		t.Add(document.C("1"), document.C(orDots("")), document.C(orDots("")), document.C(""))
	}
	w.b.Add(t)
	w.b.Para(document.B(w.Say("dossier.decision.second")+" "), document.T(w.Say("dossier.decision.effect")))
	w.b.Para(document.B(w.Say("dossier.decision.third")+" "), document.T(w.Say("dossier.decision.carry")))
	for _, h := range w.Honours {
		if h.Status == contest.Revoked {
			w.b.Add(document.Note{Runs: document.Text(w.Say("dossier.decision.revoked", w.award(h.Award), w.Called[h.Unit], h.Reason))})
		}
	}
	w.b.Sign(w.House.Signature(w.Speaker))
	w.b.CopyTo(w.Say("paper.recipients"), w.House.Recipients...)
}

// certificates are one framed sheet for every award given; none yet prints one for the pen.
func certificates(to locale.Speaker, f Facts) []*document.Document {
	given := slices.DeleteFunc(slices.Clone(f.Honours), func(h contest.Honour) bool { return h.Status != contest.Given && h.Status != contest.Proposed })
	if len(given) == 0 {
		given = []contest.Honour{{}}
	}
	var all []*document.Document
	for _, h := range given {
		w := &writer{Speaker: to, Facts: f, b: document.Compose(string(to.Lang), document.Certificate())}
		w.certificate(h)
		all = append(all, w.b.Paper())
	}
	return all
}

func (w *writer) certificate(h contest.Honour) {
	paper := w.b.Paper()
	paper.Author = w.House.Names.In(string(w.Lang))
	paper.Name = w.Say("dossier.certificates") + " - " + w.Called[h.Unit]
	if w.House.Family != document.Informal && w.House.Family != document.Bare && w.Lang == locale.Vi {
		w.b.Head(document.Head{Share: 0.0001, Right: []document.Line{
			{Text: w.Say("paper.nation"), Size: 14, Bold: true, Align: document.Centre}, {Text: w.Say("paper.motto"), Size: 15, Bold: true, Align: document.Centre, Rule: document.RuleText},
		}})
	}
	issuer := h.Decree.Issuer
	if issuer == "" {
		issuer = paper.Author
	}
	w.middle(16, 12, document.B(strings.ToUpper(issuer)))
	w.middle(15, 4, document.T(w.Say("dossier.certificate.gives")))
	title := w.Say("dossier.certificate")
	if h.Award != "" {
		title = w.award(h.Award)
	}
	w.middle(30, 4, document.B(strings.ToUpper(title)))
	w.middle(22, 8, document.B(orDots(w.Called[h.Unit])))
	text := h.Decree.Text
	if text == "" {
		text = h.For
	}
	if text == "" && h.Award != "" {
		text = w.Say("dossier.certificate.for", w.heading())
	}
	w.middle(16, 4, document.T(orDots(text)))
	w.middle(13, 8, document.I(w.Say("dossier.certificate.number", orDots(h.Decree.Number), w.day(h.Decree.Day))))
	sign := w.House.Signature(w.Speaker)
	if h.Decree.Signer != "" {
		sign = document.Signature{Position: strings.ToUpper(h.Decree.Office), Name: h.Decree.Signer}
	}
	paper.Signed = []document.SignatureRow{{Place: w.DateOfficial(w.House.Place, w.Date), Columns: []document.Signature{sign}}}
}

// middle adds a centred line.
func (w *writer) middle(size, space float64, runs ...document.Run) {
	w.b.Add(document.Paragraph{Runs: runs, Align: document.Centre, Size: size, Space: space})
}

// programme is that of the conference, in the order in which clusters hold it; hours
// and speakers that are not known are left to the pen.
func (w *writer) programme() {
	w.title(Programme)
	if steps := contest.OfKind(w.Items, contest.AStep); len(steps) > 0 {
		w.prepared(steps)
		w.b.Sign(w.House.Signature(w.Speaker))
		return
	}
	t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.hour"), Share: 1.9, Align: document.Centre}, {Head: w.Say("dossier.programme.what"), Share: 5}, {Head: w.Say("dossier.programme.who"), Share: 3}}}
	lead, next := w.Called[w.lead()], w.Called[w.Next]
	for _, part := range []string{"morning", "afternoon"} {
		t.AddGroup(document.CSpan(3, w.Say("dossier.programme."+part)))
		for _, step := range programmeSteps[part] {
			who := ""
			switch step {
			case "report", "welcome", "host":
				who = lead
			case "flag":
				who = strings.Trim(lead+" – "+next, "– ")
			case "signing", "exchange":
				who = w.Say("dossier.programme.units", len(w.Units))
			}
			t.Add(document.C("…… : ……"), document.C(w.Say("dossier.programme."+step)), document.C(who))
		}
	}
	w.b.Add(t)
	w.b.Sign(w.House.Signature(w.Speaker))
}

// programmeSteps is the order of a conference.
var programmeSteps = map[string][]string{
	"morning":   {"visits"},
	"afternoon": {"opening", "welcome", "report", "exchange", "host", "central", "announcement", "signing", "flag", "closing"},
}

// cards are name cards for the tables of the conference, to be folded: a unit each.
func (w *writer) cards() {
	paper := w.b.Paper()
	paper.Head = document.Head{}
	paper.Name = w.Say("dossier.name-cards") + " - " + w.heading()
	paper.Page = document.A4()
	paper.Page.Unnumbered = true
	for i, u := range w.Units {
		if i > 0 && i%3 == 0 {
			w.b.Add(document.PageBreak{})
		}
		w.b.Add(document.Box{Blocks: document.Blocks{
			document.Paragraph{Align: document.Centre, Size: 14, Space: 24, Runs: document.Runs{document.T(w.Called[w.Contest.Cluster])}},
			document.Paragraph{Align: document.Centre, Size: 28, Space: 30, Runs: document.Runs{document.B(orDots(w.Heads[u.Body]))}},
			document.Paragraph{Align: document.Centre, Size: 20, Space: 30, Runs: document.Runs{document.B(strings.ToUpper(w.Called[u.Body]))}},
		}})
	}
}

// speech gathers what a speaker at the conference needs: who, how many, the totals with
// how they are made up, the result.
func (w *writer) speech() {
	w.title(Speech)
	led := contest.LedBy(w.Contest.Year, w.Units)
	w.b.Section(w.Say("dossier.speech.who"))
	w.b.Items(document.Text(w.Say("dossier.speech.units", w.Called[w.Contest.Cluster], len(w.Units))),
		document.Text(w.Say("dossier.speech.lead", orDots(w.Called[led.Lead]), orDots(w.Called[led.Deputy]), orDots(w.Called[w.Next]))))
	w.b.Section(w.Say("dossier.speech.totals"))
	if len(w.Totals.Wholes) == 0 {
		w.b.Say(w.Say("dossier.speech.none"))
	}
	for _, whole := range w.Totals.Wholes {
		w.whole(whole)
	}
	w.b.Section(w.Say("dossier.minutes.result"))
	w.b.Add(w.results())
	w.provisional()
}

// whole tells one total of the cluster and how it is made up.
func (w *writer) whole(total appraisal.Whole) {
	name := total.Name(string(w.Lang))
	if name == "" {
		name = total.Measure.Code()
		if i := slices.IndexFunc(w.Kinds, func(k deed.Kind) bool { return k.Code == total.Measure.Kind }); i >= 0 {
			name = w.Kinds[i].Short(string(w.Lang)) + " · " + w.Say("deed.unit."+string(total.Measure.Unit))
		}
	}
	w.b.Para(document.B(name+": "), document.T(w.amount(total, total.Sum)))
	t := document.Table{Size: 11, Columns: []document.Column{{Head: w.Say("dossier.unit"), Share: 4}, {Head: w.Say("dossier.figure"), Share: 2, Align: document.Right}}}
	for i, m := range w.Totals.Units {
		if i < len(total.Now) && !total.Now[i].None() {
			t.Add(document.C(w.Called[m.Body]), document.CR(document.Num(w.amount(total, total.Now[i]), total.Plain(total.Now[i]), "")))
		}
	}
	if len(t.Rows) > 0 {
		w.b.Add(t)
	}
}

// amount writes how much, and how exactly it is known.
func (w *writer) amount(total appraisal.Whole, a appraisal.Amount) string {
	if a.None() {
		return "–"
	}
	said := w.Number(a.Qty)
	if total.Measure.Unit.HasCurrency() {
		said = w.Money(money.Of(a.Qty, total.Measure.Currency))
	} else if d := total.Measure.Unit.Decimals(); d > 0 {
		said = locale.Decimal(a.Qty, d, w.Lang)
	}
	return w.Qualified(said, a.Qualifier().String())
}
