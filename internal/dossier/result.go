package dossier

import (
	"slices"
	"strconv"

	"kith.app/internal/contest"
	"kith.app/internal/document"
)

// matrix is the result of the cluster: criteria down, units across.
func (w *writer) matrix() {
	w.title(Matrix)
	t := document.Table{Size: 11, Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.8, Align: document.Centre}, {Head: w.Say("dossier.criterion"), Share: 4}, {Head: w.Say("dossier.max"), Share: 1, Align: document.Right},
	}}
	totals := make([]contest.Total, len(w.Units))
	for i, u := range w.Units {
		t.Columns = append(t.Columns, document.Column{Head: w.Short[u.Body], Share: 1.2, Align: document.Right})
		totals[i] = contest.Sum(w.Table, w.Contest.Scale, u.Body, w.latest(u.Body))
	}
	for _, c := range w.Table.All() {
		cells := []document.Cell{document.C(c.No), document.C(w.name(c)), document.CR(w.points(c.Max))}
		for i, u := range w.Units {
			now := w.latest(u.Body)
			s, has := now[c.ID]
			if c.Method == contest.Group {
				cells = append(cells, w.total(totals[i].Groups[c.ID], len(now) > 0))
				continue
			}
			cells = append(cells, w.total(s.Points+s.Bonus, has))
		}
		if c.Method == contest.Group {
			t.AddGroup(cells...)
		} else {
			t.Add(cells...)
		}
	}
	total := []document.Cell{document.C(""), document.C(w.Say("dossier.total")), document.CR(w.points(w.Contest.Scale.Base))}
	rank := []document.Cell{document.C(""), document.C(w.Say("dossier.rank")), document.C("")}
	for i, u := range w.Units {
		r, ok := w.resultOf(i)
		if ok {
			total = append(total, document.CR(w.known(r.Total)))
			rank = append(rank, document.C(w.rank(r)))
			continue
		}
		total = append(total, w.total(totals[i].Sum, len(w.latest(u.Body)) > 0))
		rank = append(rank, document.C(""))
	}
	t.AddTotal(total...)
	t.AddTotal(rank...)
	w.b.Add(t)
	w.provisional()
	w.b.Sign(w.House.Signature(w.Speaker))
}

func (w *writer) resultOf(i int) (contest.Result, bool) {
	at := slices.IndexFunc(w.Results, func(r contest.Result) bool { return r.Unit == w.Units[i].Body })
	if at < 0 {
		return contest.Result{}, false
	}
	return w.Results[at], true
}

// provisional says that the result is not yet published, and what decisions amended it.
func (w *writer) provisional() {
	if w.Standing {
		w.b.Add(document.Note{Runs: document.Text(w.Say("dossier.provisional"))})
	}
	for _, d := range w.Decisions {
		w.b.Add(document.Note{Runs: document.Text(w.Say("dossier.amended", w.Called[d.Unit], w.points(d.From).Text, w.points(d.To).Text, orDots(d.Decree.Number), w.day(d.Decree.Day), d.Reason))})
	}
}

// rank writes a place: the same for all who share it.
func (w *writer) rank(r contest.Result) string {
	if r.Rank == 0 {
		return ""
	}
	return w.small(r.Rank)
}

// crossCheck is the minutes of the cross-check: where those who checked gave other
// points than the unit gave itself.
func (w *writer) crossCheck() {
	w.title(CrossCheck)
	w.present()
	w.b.Section(w.Say("dossier.cross.result"))
	t := document.Table{Size: 11, Columns: []document.Column{
		{Head: w.Say("dossier.unit"), Share: 2},
		{Head: w.Say("dossier.criterion"), Share: 3.4},
		{Head: w.Say("dossier.self"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.checked"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.difference"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.reason"), Share: 3.4},
	}}
	first, checked := w.Contest.Stages[0].Code, w.checking()
	for _, u := range w.Units {
		now := w.upTo(u.Body, checked)
		for _, loss := range contest.Losses(w.Table, u.Body, w.Scores[u.Body][first], now) {
			if _, own := w.Scores[u.Body][first][loss.Criterion.ID]; !own {
				continue
			}
			t.Add(document.C(w.Short[u.Body]), document.C(loss.Criterion.No+" "+w.name(loss.Criterion)), document.CR(w.points(loss.From)), document.CR(w.points(loss.To)), document.CR(w.points(loss.To-loss.From)), document.C(loss.Why))
		}
	}
	if len(t.Rows) == 0 {
		w.b.Say(w.Say("dossier.cross.none"))
	} else {
		w.b.Add(t)
	}
	w.b.Section(w.Say("dossier.cross.explained"))
	told := false
	for _, u := range w.Units {
		for _, m := range w.Moves[u.Body] {
			stage, _ := w.Contest.StageOf(m.From)
			if stage.Explains && m.Reason != "" {
				w.b.Items(document.Runs{document.B(w.Called[u.Body] + ": "), document.T(m.Reason)})
				told = true
			}
		}
	}
	if !told {
		w.b.Say(w.Say("dossier.cross.silent"))
	}
	w.b.Sign(w.pen(w.Say("dossier.secretary"), ""), w.pen(w.Say("dossier.chair"), ""))
}

// present leaves place, time and those present to the pen.
func (w *writer) present() {
	w.b.Line(document.Blank(w.Say("dossier.when")), document.Blank(w.Say("dossier.where")))
	w.b.Line(document.Blank(w.Say("dossier.chair")), document.Blank(w.Say("dossier.secretary")))
	var units []string
	for _, u := range w.Units {
		units = append(units, w.Called[u.Body])
	}
	w.b.Line(document.F(w.Say("dossier.present"), document.T(w.List(units...))))
}

// ballots is the minutes of what was voted: who was eligible, present, what was valid,
// the votes of each, by which rule they passed.
func (w *writer) ballots() {
	w.title(BallotMinutes)
	if len(w.Ballots) == 0 {
		w.present()
		w.b.Say(w.Say("dossier.ballot.none"))
	}
	for _, b := range w.Ballots {
		w.b.Section(b.Question)
		w.b.Add(document.Pairs{Share: 0.5, Items: []document.Pair{
			{Label: w.Say("dossier.when"), Value: document.Text(w.day(b.Day))},
			{Label: w.Say("dossier.ballot.rule"), Value: document.Text(w.rule(b.Rule))},
			{Label: w.Say("dossier.ballot.eligible"), Value: w.count(b.Eligible)},
			{Label: w.Say("dossier.ballot.present"), Value: w.count(b.Present)},
			{Label: w.Say("dossier.ballot.issued"), Value: w.count(b.Issued)},
			{Label: w.Say("dossier.ballot.collected"), Value: w.count(b.Collected)},
			{Label: w.Say("dossier.ballot.valid"), Value: w.count(b.Valid)},
		}})
		t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.unit"), Share: 4}, {Head: w.Say("dossier.ballot.for"), Share: 1.5, Align: document.Right}, {Head: w.Say("dossier.ballot.passed"), Share: 2, Align: document.Centre}}}
		passed := b.Passed()
		for _, c := range b.Candidates {
			said := w.Say("dossier.no.word")
			if slices.ContainsFunc(passed, func(p contest.Candidate) bool { return p.Unit == c.Unit }) {
				said = w.Say("dossier.yes.word")
			}
			t.Add(document.C(w.Called[c.Unit]), document.CR(w.count(c.For)[0]), document.C(said))
		}
		w.b.Add(t)
		if !b.Quorate() {
			w.b.Say(w.Say("dossier.ballot.quorum"))
		}
		if len(b.Tellers) > 0 {
			w.b.Line(document.F(w.Say("dossier.ballot.tellers"), document.T(w.List(b.Tellers...))))
		}
	}
	w.b.Sign(w.pen(w.Say("dossier.secretary"), ""), w.pen(w.Say("dossier.ballot.head"), ""))
}

func (w *writer) count(n int) document.Runs {
	return document.Runs{document.Num(w.Number(int64(n)), strconv.Itoa(n), "")}
}

// rule says by which rule a ballot is judged.
func (w *writer) rule(r contest.VoteRule) string {
	name := r.Name(string(w.Lang))
	said := w.Say("dossier.ballot.rule.said", ratio(r.Quorum), ratio(r.Threshold), w.Say("dossier.ballot.of."+r.Of))
	if name != "" {
		said = name + ": " + said
	}
	if r.Basis != "" {
		said += " (" + r.Basis + ")"
	}
	return said
}
