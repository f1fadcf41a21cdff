package delegation

import (
	"slices"

	"kith.app/internal/deed"
	"kith.app/internal/money"
)

// Matter is one thing that must be ready before a delegation comes or goes.
type Matter string

// What must be ready, in the order of the papers.
const (
	HasHead      Matter = "head"
	HasProgramme Matter = "programme"
	HasSpeech    Matter = "speech"
	HasGifts     Matter = "gifts"
	HasCost      Matter = "cost"
)

// Matters lists what must be ready.
func Matters() []Matter { return []Matter{HasHead, HasProgramme, HasSpeech, HasGifts, HasCost} }

// Lacks tells what of a planned delegation is not ready yet. What has taken place
// lacks nothing.
func Lacks(t Told, gifts []Gift) []Matter {
	if t.Deed.Status != deed.Planned {
		return nil
	}
	_, led := Led(t.Deed)
	ready := map[Matter]bool{
		HasHead: led, HasProgramme: len(t.Visit.Stops) > 0, HasSpeech: t.Visit.Speech != "",
		HasGifts: slices.ContainsFunc(gifts, func(g Gift) bool { return g.Way == Given }), HasCost: len(t.Visit.Costs) > 0,
	}
	return slices.DeleteFunc(Matters(), func(m Matter) bool { return ready[m] })
}

// Estimate adds up what a delegation is to cost by who pays, with the gifts that
// are ours as a cost of ours, unless a cost of gifts is written among the others.
func Estimate(t Told, gifts []Gift) []Paid {
	s := SumUp([]Told{t}, 0)
	if slices.ContainsFunc(t.Visit.Costs, func(c Cost) bool { return c.Kind == "gifts" && c.Payer == Ours }) {
		return s.Paid
	}
	for _, g := range gifts {
		if g.Way == Given {
			s.pay(Cost{Kind: "gifts", Payer: Ours, Amount: g.Value})
		}
	}
	return s.Paid
}

// GiftsWorth adds up what gifts of ours are worth, by currency; those without a
// value are not in it.
func GiftsWorth(gifts []Gift) []money.Amount {
	var s Sum
	for _, g := range gifts {
		if g.Way == Given {
			s.pay(Cost{Payer: Ours, Amount: g.Value})
		}
	}
	var all []money.Amount
	for _, p := range s.Paid {
		all = append(all, p.Amount)
	}
	return all
}
