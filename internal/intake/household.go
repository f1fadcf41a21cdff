package intake

import (
	"context"
	"slices"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// households finds the households that tables name by a number or a head. The
// same number may stand in two branches, so that a household is known by both.
type households struct {
	names map[body.ID]string
	also  map[body.ID][]string // folded names, aliases and code
	under map[householdKey]body.ID
}

// householdKey is a branch and what a household is called there, folded.
type householdKey struct {
	branch body.ID
	called string
}

func knownHouseholds(all []body.Body) *households {
	h := &households{names: map[body.ID]string{}, also: map[body.ID][]string{}, under: map[householdKey]body.ID{}}
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
		h.also[one.ID] = append(h.also[one.ID], folded)
		key := householdKey{one.Parent, folded}
		if h.under[key] == 0 {
			h.under[key] = one.ID
		}
	}
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
	made, err := body.Found(ctx, tx, body.Body{Kind: body.Household, Parent: branch, Names: householdNames(t.household, t.head)})
	if err != nil {
		return 0, err
	}
	made.Parent = branch
	h.know(made)
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
