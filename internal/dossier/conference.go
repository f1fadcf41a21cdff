package dossier

import (
	"strings"

	"kith.app/internal/contest"
	"kith.app/internal/document"
)

// who names who stands behind an item: the unit, and who of it.
func (w *writer) who(i contest.Item) string {
	if i.Unit == 0 {
		return i.Who
	}
	if i.Who == "" {
		return w.Called[i.Unit]
	}
	return i.Who + ", " + w.Called[i.Unit]
}

// prepared is the programme as it was prepared, with the order of the speakers and the
// models shown.
func (w *writer) prepared(steps []contest.Item) {
	w.b.Add(w.stepTable(steps))
	if speeches := contest.OfKind(w.Items, contest.ASpeech); len(speeches) > 0 {
		w.b.Section(w.Say("dossier.speeches"))
		w.b.Add(w.numbered(speeches, "dossier.speaker", "dossier.speech.on"))
	}
	if models := contest.OfKind(w.Items, contest.AModel); len(models) > 0 {
		w.b.Section(w.Say("dossier.models"))
		w.b.Add(w.numbered(models, "dossier.unit", "dossier.model"))
	}
}

// stepTable lists the steps of the programme.
func (w *writer) stepTable(steps []contest.Item) document.Table {
	t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.hour"), Share: 1.4, Align: document.Centre}, {Head: w.Say("dossier.programme.what"), Share: 5}, {Head: w.Say("dossier.programme.who"), Share: 3}}}
	for _, s := range steps {
		hour := s.Hour
		if hour == "" {
			hour = "…… : ……"
		}
		text := s.Text
		if s.Place != "" {
			text += " (" + s.Place + ")"
		}
		t.Add(document.C(hour), document.C(text), document.C(w.who(s)))
	}
	return t
}

// numbered lists items: number, who, what.
func (w *writer) numbered(items []contest.Item, who, what string) document.Table {
	t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.no"), Share: 0.6, Align: document.Centre}, {Head: w.Say(who), Share: 3.4}, {Head: w.Say(what), Share: 5}}}
	for n, i := range items {
		t.Add(document.C(w.small(n+1)), document.C(w.who(i)), document.C(i.Text))
	}
	return t
}

// seating is who sits where; without a plan the units in their order, left to the pen.
func (w *writer) seating() {
	w.title(Seating)
	t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.no"), Share: 0.6, Align: document.Centre}, {Head: w.Say("dossier.seat"), Share: 2}, {Head: w.Say("dossier.seat.who"), Share: 5}, {Head: w.Say("dossier.note"), Share: 2.4}}}
	seats := contest.OfKind(w.Items, contest.ASeat)
	for n, s := range seats {
		t.Add(document.C(w.small(n+1)), document.C(s.Place), document.C(w.who(s)), document.C(s.Note))
	}
	if len(seats) == 0 {
		for n, u := range w.Units {
			t.Add(document.C(w.small(n+1)), document.C("……………"), document.C(w.Called[u.Body]), document.C(""))
		}
	}
	w.b.Add(t)
	w.b.Sign(w.House.Signature(w.Speaker))
}

// hosting is what the host gives and pays.
func (w *writer) hosting() {
	w.title(Hosting)
	w.b.Section(w.Say("dossier.gifts"))
	gifts := contest.OfKind(w.Items, contest.AGift)
	if len(gifts) == 0 {
		w.b.Say(w.Say("dossier.gifts.none"))
	} else {
		t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.no"), Share: 0.6, Align: document.Centre}, {Head: w.Say("dossier.gift"), Share: 4}, {Head: w.Say("dossier.gift.to"), Share: 3.6}, {Head: w.Say("dossier.amount"), Share: 2, Align: document.Right}}}
		for n, g := range gifts {
			value := ""
			if !g.Amount.IsZero() {
				value = w.Money(g.Amount)
			}
			t.Add(document.C(w.small(n+1)), document.C(g.Text), document.C(w.who(g)), document.C(value))
		}
		w.b.Add(t)
	}
	w.b.Section(w.Say("dossier.costs"))
	costs := contest.OfKind(w.Items, contest.ACost)
	sums, err := contest.Spent(w.Items)
	if len(costs) == 0 || err != nil {
		w.b.Say(w.Say("dossier.costs.none"))
	} else {
		t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.no"), Share: 0.6, Align: document.Centre}, {Head: w.Say("dossier.cost"), Share: 4}, {Head: w.Say("dossier.cost.payer"), Share: 3.6}, {Head: w.Say("dossier.amount"), Share: 2, Align: document.Right}}}
		for n, c := range costs {
			t.Add(document.C(w.small(n+1)), document.C(c.Text), document.C(w.who(c)), document.C(w.Money(c.Amount)))
		}
		for _, s := range sums {
			t.AddTotal(document.C(""), document.C(w.Say("dossier.total.cost")), document.C(""), document.C(w.Money(s)))
		}
		w.b.Add(t)
	}
	w.b.Sign(w.House.Signature(w.Speaker))
}

// fileList is the list of the papers of every proposal of the year, with what lacks.
func (w *writer) fileList() {
	w.title(FileList)
	any := false
	for _, h := range w.Honours {
		wanted := w.Contest.Wanted(h)
		if len(wanted) == 0 || h.Status == contest.Refused || h.Status == contest.Revoked {
			continue
		}
		any = true
		w.b.Section(w.award(h.Award) + ": " + w.Called[h.Unit])
		t := document.Table{Columns: []document.Column{{Head: w.Say("dossier.no"), Share: 0.6, Align: document.Centre}, {Head: w.Say("dossier.paper"), Share: 4}, {Head: w.Say("dossier.paper.state"), Share: 1.8}, {Head: w.Say("dossier.note"), Share: 3.6}}}
		for n, p := range wanted {
			t.Add(document.C(w.small(n+1)), document.C(p.Name(string(w.Lang))), document.C(w.Say("contest.file.state."+string(p.State))), document.C(p.Note))
		}
		w.b.Add(t)
	}
	if !any {
		w.b.Say(w.Say("dossier.file-list.none"))
	}
	w.b.Sign(w.House.Signature(w.Speaker))
}

// invitations are a letter to each unit that is not the host: what, when, where, the
// order of the day. What is not known is left to the pen.
func (w *writer) invitations() []*document.Document {
	lead := w.lead()
	var all []*document.Document
	for _, u := range w.Units {
		if u.Body == lead && len(w.Units) > 1 {
			continue
		}
		one := &writer{Speaker: w.Speaker, Facts: w.Facts, b: w.House.Sheet(w.Speaker, document.A4(), w.Numbered, w.Date)}
		one.invitation(w.Called[u.Body])
		all = append(all, one.b.Paper())
	}
	return all
}

func (w *writer) invitation(to string) {
	w.title(Invitation)
	w.b.Paper().Name = w.Say("dossier.invitation") + " - " + to
	w.b.To(w.Say("paper.to"), orDots(to))
	day := orDots("")
	if n := len(w.Ballots); n > 0 {
		day = w.day(w.Ballots[n-1].Day)
	}
	hour, place := orDots(""), orDots("")
	steps := contest.OfKind(w.Items, contest.AStep)
	for _, s := range steps {
		if s.Hour != "" && strings.Contains(hour, "…") {
			hour = s.Hour
		}
		if s.Place != "" && strings.Contains(place, "…") {
			place = s.Place
		}
	}
	w.b.Say(w.Say("dossier.invitation.text", orDots(w.Called[w.lead()]), to, w.heading()))
	w.b.Line(document.F(w.Say("dossier.invitation.when"), document.T(hour+", "+day)))
	w.b.Line(document.F(w.Say("dossier.invitation.where"), document.T(place)))
	if len(steps) > 0 {
		w.b.Section(w.Say("dossier.programme"))
		w.b.Add(w.stepTable(steps))
	}
	w.b.Say(w.Say("dossier.invitation.end"))
	w.b.Sign(w.House.Signature(w.Speaker))
}
