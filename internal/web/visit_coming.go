package web

import (
	"slices"
	"strings"

	"kith.app/internal/deed"
	"kith.app/internal/delegation"
	"kith.app/internal/page"
	"kith.app/internal/twin"
)

// speechPoints are what the book knows of the ties of a visit that a speech may
// tell: since when, what each side gave, when they last met, what is open.
func (q *request) speechPoints(d deed.Deed) []string {
	var points []string
	for _, id := range d.Ties {
		f, err := twin.Gather(q.Context(), q.view(), id)
		if err != nil {
			continue // a tie that the reader may not see has nothing to tell them
		}
		points = append(points, twin.Tell(q.speaker(), f).Points(d.ID)...)
	}
	return points
}

// speechPart shows what is to be said, and what may be told.
func (q *request) speechPart(t delegation.Told) visitPart {
	p := visitPart{"speech", page.DeskPart{Head: q.say("delegation.part.speech")}}
	if t.Visit.Speaker != "" {
		p.shown.Facts = append(p.shown.Facts, page.Fact{Name: q.say("delegation.speaker"), Text: t.Visit.Speaker})
	}
	for line := range strings.Lines(t.Visit.Speech) {
		p.shown.Lines = append(p.shown.Lines, strings.TrimSpace(line))
	}
	if t.Visit.Speech == "" {
		p.shown.Lines = append(p.shown.Lines, q.say("delegation.part.speech.none"))
	}
	if t.Deed.Status != deed.Planned {
		return p
	}
	for _, point := range q.speechPoints(t.Deed) {
		p.shown.Facts = append(p.shown.Facts, page.Fact{Name: q.say("delegation.point"), Text: point})
	}
	return p
}

// lackNotes say what of a coming visit is not ready.
func (q *request) lackNotes(t delegation.Told, gifts []delegation.Gift) []page.NoteLine {
	lacks := delegation.Lacks(t, gifts)
	if len(lacks) == 0 {
		if t.Deed.Status == deed.Planned {
			return []page.NoteLine{{Tone: page.Done, Text: q.say("delegation.ready")}}
		}
		return nil
	}
	var said []string
	for _, m := range lacks {
		said = append(said, q.say("delegation.lacks."+string(m)))
	}
	return []page.NoteLine{{Tone: page.Due, Text: q.say("delegation.lacks", strings.Join(said, ", "))}}
}

// estimateFact is what a coming visit is to cost, gifts among it.
func (q *request) estimateFact(t delegation.Told, gifts []delegation.Gift) (page.Fact, bool) {
	if t.Deed.Status != deed.Planned {
		return page.Fact{}, false
	}
	said := q.paidSaid(delegation.Estimate(t, gifts))
	f := page.Fact{Name: q.say("delegation.estimate"), Text: said}
	if worth := delegation.GiftsWorth(gifts); len(worth) > 0 && !slices.ContainsFunc(t.Visit.Costs, func(c delegation.Cost) bool { return c.Kind == "gifts" && c.Payer == delegation.Ours }) {
		var sums []string
		for _, w := range worth {
			sums = append(sums, q.moneySaid(w))
		}
		f.Note = q.say("delegation.estimate.gifts", joined(sums))
	}
	return f, said != ""
}
