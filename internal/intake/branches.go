package intake

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// branches finds the bodies that tables name.
type branches struct {
	home   body.ID // whom the table concerns
	actor  access.Actor
	create bool
	called map[string][]body.ID // by folded name, alias, short name and code
	names  map[body.ID]string
	codes  map[string]body.ID
	found  []string // names of branches to be founded, in the order of their coming
	made   map[string]body.ID
	lacked []string // names that no branch has and none shall be founded for
}

// branchWords begin names of branches and are often left out.
var branchWords = []string{"chi hoi ", "phan hoi ", "to hoi ", "ban lien lac ", "to ", "branch ", "section "}

func knownBranches(all []body.Body, home body.ID, actor access.Actor, o Options) *branches {
	b := &branches{
		home: home, actor: actor, create: o.CreateBranches, called: map[string][]body.ID{}, names: map[body.ID]string{},
		codes: map[string]body.ID{}, made: map[string]body.ID{},
	}
	for _, one := range all {
		b.names[one.ID] = one.NameOn("vi", calendar.Latest)
		b.codes[one.Code] = one.ID
		if one.Kind == body.Household || one.Kind == body.Locality {
			continue
		}
		for _, n := range one.Names {
			b.call(n.Full, one.ID)
			b.call(n.Short, one.ID)
		}
		b.call(one.Code, one.ID)
	}
	return b
}

// call enters a name under which a body is found, also without its first words.
func (b *branches) call(name string, id body.ID) {
	folded := text.Fold(name)
	for _, form := range []string{folded, withoutBranchWord(folded)} {
		if form != "" && !slices.Contains(b.called[form], id) {
			b.called[form] = append(b.called[form], id)
		}
	}
}

func withoutBranchWord(folded string) string {
	for _, w := range branchWords {
		if rest, ok := strings.CutPrefix(folded, w); ok && rest != "" {
			return rest
		}
	}
	return folded
}

// find gives the body that a table names. 0 with a name that is to be founded:
// it has no id yet.
func (b *branches) find(said string) (body.ID, error) {
	folded := text.Fold(said)
	for _, form := range []string{folded, withoutBranchWord(folded)} {
		switch found := b.called[form]; len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return 0, fault.Field("branch", "intake.branch.several", said)
		}
	}
	if !b.create {
		b.lacked = addName(b.lacked, said)
		if near := b.near(folded); near != "" {
			return 0, fault.Field("branch", "intake.branch.unknown", said, near)
		}
		return 0, fault.Field("branch", "intake.branch.none", said)
	}
	if err := b.actor.May(access.ManageBody, b.home); err != nil {
		return 0, err
	}
	b.found = addName(b.found, said)
	return 0, nil
}

// addName adds a name that is not yet there in any spelling.
func addName(all []string, said string) []string {
	if slices.ContainsFunc(all, func(name string) bool { return text.Fold(name) == text.Fold(said) }) {
		return all
	}
	return append(all, said)
}

// known tells whether a text is the name of a branch.
func (b *branches) known(said string) bool {
	folded := text.Fold(said)
	return len(b.called[folded]) > 0 || len(b.called[withoutBranchWord(folded)]) > 0 || withoutBranchWord(folded) != folded
}

// near names the branches that begin alike, or all when they are few, so that
// the right one can be copied.
func (b *branches) near(folded string) string {
	var like, all []string
	for id, name := range b.names {
		if id == b.home || name == "" {
			continue
		}
		if len(b.called[text.Fold(name)]) == 0 {
			continue // a household
		}
		all = append(all, name)
		if text.Similarity(withoutBranchWord(text.Fold(name)), withoutBranchWord(folded)) >= 50 {
			like = append(like, name)
		}
	}
	if len(like) == 0 {
		like = all
	}
	slices.Sort(like)
	if len(like) > 12 {
		like = append(like[:12], "…")
	}
	return strings.Join(like, ", ")
}

// foundAll founds the branches that the plan proposed.
func (b *branches) foundAll(ctx context.Context, tx body.Tx) error {
	for _, name := range b.found {
		made, err := body.Found(ctx, tx, body.Body{Kind: body.Branch, Parent: b.home, Names: named(name)})
		if err != nil {
			return err
		}
		b.made[text.Fold(name)] = made.ID
		b.names[made.ID] = name
	}
	return nil
}

// id gives the body of a branch, founded just now if it is new.
func (b *branches) id(of body.ID, said string) body.ID {
	if of != 0 || said == "" {
		return of
	}
	return b.made[text.Fold(said)]
}

// named is one Vietnamese name for all time.
func named(name string) []body.Name {
	return []body.Name{{Lang: "vi", Full: name, Since: calendar.Earliest, Until: calendar.Latest}}
}
