package intake

import (
	"context"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// households finds the households that tables name by a number or a head. The
// same number may stand in two branches, so that a household is known by what it
// is called and by the branches of its people.
type households struct {
	names   map[body.ID]string
	numbers map[body.ID]string   // the name it is also called by
	also    map[body.ID][]string // folded names and aliases
	under   map[householdKey]body.ID
}

// householdKey is a branch and what a household is called there, folded.
type householdKey struct {
	branch body.ID
	called string
}

func knownHouseholds(all []body.Body) *households {
	h := &households{names: map[body.ID]string{}, numbers: map[body.ID]string{}, also: map[body.ID][]string{}, under: map[householdKey]body.ID{}}
	for _, one := range all {
		if one.Kind == body.Household {
			h.know(one)
		}
	}
	return h
}

func (h *households) know(one body.Body) {
	h.names[one.ID] = one.NameOn("vi", calendar.Latest)
	for _, n := range one.Names {
		folded := text.Fold(n.Full)
		if n.Alias && h.numbers[one.ID] == "" {
			h.numbers[one.ID] = n.Full
		}
		h.also[one.ID] = append(h.also[one.ID], folded)
	}
}

// housed notes that somebody of a branch is one of a household.
func (h *households) housed(id, branch body.ID) {
	for _, called := range h.also[id] {
		if key := (householdKey{branch, called}); h.under[key] == 0 {
			h.under[key] = id
		}
	}
}

// told gives the number by which a household is told and its head beside, or its
// one name alone.
func (h *households) told(id body.ID) (number, head string) {
	if number = h.numbers[id]; number != "" {
		return number, h.names[id]
	}
	return h.names[id], ""
}

// called tells whether a household has a name or number.
func (h *households) called(id body.ID, said string) bool {
	return id != 0 && slices.Contains(h.also[id], text.Fold(said))
}

// ensure gives the household of a branch with a number or a head, founding it if
// need be.
func (h *households) ensure(ctx context.Context, tx body.Tx, branch body.ID, t *toldPerson) (body.ID, error) {
	if id := h.under[householdKey{branch, text.Fold(t.household)}]; id != 0 {
		return id, nil
	}
	made, err := body.Found(ctx, tx, body.Body{Kind: body.Household, Names: householdNames(t.household, t.head)})
	if err != nil {
		return 0, err
	}
	h.know(made)
	h.housed(made.ID, branch)
	return made.ID, nil
}

// householdNames calls a household by its head where one is told, and by its
// number beside.
func householdNames(said, head string) []body.Name {
	if head == "" || text.Fold(head) == text.Fold(said) {
		return named(said)
	}
	return append(named(head), body.Name{Lang: "vi", Full: said, Since: calendar.Earliest, Until: calendar.Latest, Alias: true})
}
