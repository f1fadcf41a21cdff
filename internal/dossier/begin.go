package dossier

import (
	"cmp"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/document"
	"kith.app/internal/locale"
	"kith.app/internal/money"
)

// contract is what the units sign: the contents they compete in, the targets each
// registers, room for every signature.
func (w *writer) contract() {
	w.title(Contract)
	w.b.Say(w.Say("dossier.contract.text", w.Called[w.Contest.Cluster], w.year(), w.small(len(w.Units))))
	w.b.Section(w.Say("dossier.contract.contents"))
	for _, id := range w.Table.Children(0) {
		if c, _ := w.Table.Of(id); c.Method == contest.Group {
			w.b.Items(document.Runs{document.T(w.name(c) + ": "), w.points(c.Max), document.T(" " + w.Say("dossier.points"))})
		}
	}
	w.b.Section(w.Say("dossier.contract.targets"))
	w.b.Add(w.registered())
	w.b.Section(w.Say("dossier.contract.pledge"))
	w.b.Say(w.Say("dossier.contract.pledge.text"))
	var signs []document.Signature
	for _, u := range w.Units {
		k := w.contractOf(u.Body)
		signs = append(signs, w.pen(strings.ToUpper(w.Short[u.Body]), k.Signer))
	}
	for len(signs) > 0 {
		n := min(2, len(signs))
		w.b.Sign(signs[:n]...)
		signs = signs[n:]
	}
}

// PledgeSaid writes a target that a unit registered with its value: money as money,
// a number as the reader is used to, then the unit.
func PledgeSaid(to locale.Speaker, p contest.Pledge) string {
	if p.Target == "" {
		return p.Text
	}
	if c, err := money.ParseCurrency(cmp.Or(p.Currency, p.Unit)); err == nil {
		if a, err := money.Parse(p.Target, c, locale.En); err == nil {
			return p.Text + ": " + to.Money(a)
		}
	}
	return p.Text + ": " + strings.TrimSpace(to.Plain(p.Target)+" "+p.Unit)
}

// small writes a small count.
func (w *writer) small(n int) string { return w.Number(int64(n)) }

func (w *writer) contractOf(unit body.ID) contest.Contract {
	for _, k := range w.Contracts {
		if k.Unit == unit {
			return k
		}
	}
	return contest.Contract{Unit: unit}
}

// registered lists what every unit registered and when it signed.
func (w *writer) registered() document.Table {
	t := document.Table{Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.5, Align: document.Centre},
		{Head: w.Say("dossier.unit"), Share: 2.2},
		{Head: w.Say("dossier.targets"), Share: 3.6},
		{Head: w.Say("dossier.titles"), Share: 2.2},
		{Head: w.Say("dossier.signed"), Share: 1.5, Align: document.Centre},
	}}
	for i, u := range w.Units {
		k := w.contractOf(u.Body)
		var targets, titles []string
		for _, p := range k.Targets {
			targets = append(targets, "- "+PledgeSaid(w.Speaker, p))
		}
		for _, code := range k.Titles {
			titles = append(titles, w.award(code))
		}
		t.Add(document.C(w.small(i+1)), document.C(w.Called[u.Body]), document.C(strings.Join(targets, "\n")), document.C(strings.Join(titles, "; ")), document.C(w.short(k.Signed)))
	}
	return t
}

// criteria is the table of the contest as it is issued.
func (w *writer) criteria() {
	w.title(Criteria)
	if w.Contest.Basis != "" {
		w.b.Para(document.I(w.Say("dossier.basis", w.Contest.Basis)))
	}
	t := document.Table{Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.7, Align: document.Centre},
		{Head: w.Say("dossier.criterion"), Share: 4},
		{Head: w.Say("dossier.condition"), Share: 3.2},
		{Head: w.Say("dossier.max"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.due"), Share: 1.4, Align: document.Centre},
	}}
	for _, c := range w.Table.All() {
		cells := []document.Cell{document.C(c.No), document.C(w.name(c)), document.C(w.condition(c)), document.CR(w.points(c.Max)), document.C(w.short(c.Deadline))}
		if c.Method == contest.Group {
			t.AddGroup(cells...)
		} else {
			t.Add(cells...)
		}
	}
	t.AddTotal(document.C(""), document.CSpan(2, w.Say("dossier.base")), document.CR(w.points(w.Contest.Scale.Base)), document.C(""))
	w.b.Add(t)
	for _, class := range w.Contest.Classes {
		w.b.Items(document.Runs{document.T(class.Name(string(w.Lang)) + ": " + w.Say("dossier.from") + " "), w.points(class.From)})
	}
	w.b.Sign(w.House.Signature(w.Speaker))
}

// condition says for what a criterion gives points.
func (w *writer) condition(c contest.Criterion) string {
	said := c.ConditionIn(string(w.Lang))
	var more string
	switch c.Method {
	case contest.PerCount:
		more = w.Say("dossier.each", w.points(c.Per).Text)
	case contest.Bonus:
		more = w.Say("dossier.each.bonus", w.points(c.Per).Text)
	case contest.Deduction:
		more = w.Say("dossier.each.deduction", w.points(c.Per).Text)
	case contest.Tiers:
		var steps []string
		for _, t := range c.Tiers {
			steps = append(steps, "≥ "+w.Plain(t.From)+": "+w.points(t.Points).Text)
		}
		more = strings.Join(steps, "; ")
	case contest.ToTarget:
		more = w.Say("dossier.target", w.Plain(c.Target))
	case contest.Group, contest.ByHand, contest.YesNo, contest.Formula:
	}
	return strings.Trim(said+"\n"+more, "\n")
}

// unitSheet is the sheet of one unit: the most there is, what it gave itself, what was
// checked, with reasons and evidence.
func (w *writer) unitSheet() {
	w.title(Sheet)
	w.b.Line(document.F(w.Say("dossier.unit"), document.B(w.Called[w.Unit])))
	first := w.Contest.Stages[0].Code
	own, now := w.Scores[w.Unit][first], w.latest(w.Unit)
	t := document.Table{Columns: []document.Column{
		{Head: w.Say("dossier.no"), Share: 0.7, Align: document.Centre},
		{Head: w.Say("dossier.criterion"), Share: 4},
		{Head: w.Say("dossier.max"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.self"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.checked"), Share: 1, Align: document.Right},
		{Head: w.Say("dossier.reason"), Share: 3},
	}}
	self, checked := contest.Sum(w.Table, w.Contest.Scale, w.Unit, own), contest.Sum(w.Table, w.Contest.Scale, w.Unit, now)
	for _, c := range w.Table.All() {
		if !w.Table.For(c, w.Unit) {
			continue
		}
		if c.Method == contest.Group {
			t.AddGroup(document.C(c.No), document.C(w.name(c)), document.CR(w.points(c.Max)), w.total(self.Groups[c.ID], len(own) > 0), w.total(checked.Groups[c.ID], len(now) > 0), document.C(""))
			continue
		}
		s, has := own[c.ID]
		n, done := now[c.ID]
		t.Add(document.C(c.No), document.C(w.name(c)), document.CR(w.points(c.Max)), w.total(s.Points+s.Bonus, has), w.total(n.Points+n.Bonus, done), document.C(w.reasons(s, n)))
	}
	t.AddTotal(document.C(""), document.C(w.Say("dossier.total")), document.CR(w.points(w.Table.Assigned(w.Unit))), w.total(self.Sum, len(own) > 0), w.total(checked.Sum, len(now) > 0), document.C(""))
	w.b.Add(t)
	w.b.Sign(w.House.Signature(w.Speaker))
}

// total is a figure, or nothing where there is none.
func (w *writer) total(p contest.Points, has bool) document.Cell {
	if !has {
		return document.C("")
	}
	return document.CR(w.points(p))
}

// reasons joins why a score is what it is, and how much evidence it has.
func (w *writer) reasons(own, now contest.Score) string {
	var all []string
	for _, r := range []string{own.Reason, now.Reason} {
		if r != "" && (len(all) == 0 || all[0] != r) {
			all = append(all, r)
		}
	}
	if n := len(own.Deeds); n > 0 {
		all = append(all, w.Say("dossier.deeds", n))
	}
	if n := len(own.Papers); n > 0 {
		all = append(all, w.Say("dossier.files", n))
	}
	return strings.Join(all, "; ")
}
