package access_test

import (
	"slices"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

// The tree of the tests: an association with two branches, a group under the
// first, a branch that went over to the second, and one that was dissolved.
const (
	root body.ID = iota + 1
	one
	two
	group
	moved
	ended
	foreign
)

var (
	before = calendar.DayOf(2024, 12, 31)
	today  = calendar.DayOf(2026, 11, 22)
)

func tree() *body.Tree {
	return body.NewTree([]body.Edge{
		{Child: one, Parent: root, Since: calendar.Earliest, Until: calendar.Latest},
		{Child: two, Parent: root, Since: calendar.Earliest, Until: calendar.Latest},
		{Child: group, Parent: one, Since: calendar.Earliest, Until: calendar.Latest},
		{Child: moved, Parent: one, Since: calendar.Earliest, Until: before},
		{Child: moved, Parent: two, Since: before + 1, Until: calendar.Latest},
		{Child: ended, Parent: one, Since: calendar.Earliest, Until: before},
	})
}

func holding(kind access.OfficeKind, at body.ID) access.Actor {
	return access.Actor{Grants: access.GrantsOf(kind, at), Tree: tree(), Today: today}
}

func TestAnOfficeReachesDownAndNowhereElse(t *testing.T) {
	tests := map[string]struct {
		actor access.Actor
		may   []body.ID
	}{
		"head of the association": {holding(access.Head, root), []body.ID{root, one, two, group, moved, ended}},
		"head of a branch":        {holding(access.Head, one), []body.ID{one, group, ended}},
		"head of the other":       {holding(access.Head, two), []body.ID{two, moved}},
		"head of the group":       {holding(access.Head, group), []body.ID{group}},
		"board member":            {holding(access.Member, root), nil}, // reads deeds, not the roll
		"nobody":                  {access.Actor{Tree: tree(), Today: today}, nil},
		"without a tree":          {access.Actor{Grants: access.GrantsOf(access.Head, root)}, []body.ID{root}},
	}
	for name, test := range tests {
		for _, id := range []body.ID{root, one, two, group, moved, ended, foreign} {
			if got, want := test.actor.Can(access.ReadRoll, id), slices.Contains(test.may, id); got != want {
				t.Errorf("%s on %d: %v, want %v", name, id, got, want)
			}
		}
	}
}

// What a list is narrowed to is what may be opened one by one.
func TestReachIsWhatMayBeRead(t *testing.T) {
	for _, kind := range access.OfficeKinds() {
		for _, at := range []body.ID{root, one, two, group, moved, ended} {
			for _, right := range access.Rights() {
				a := holding(kind, at)
				reach := a.Reach(right, root)
				for _, id := range []body.ID{root, one, two, group, moved, ended} {
					if can := a.Can(right, id); reach.Has(id) != can {
						t.Errorf("%s of %d, %s on %d: within reach %v, allowed %v", kind, at, right, id, reach.Has(id), can)
					}
				}
			}
		}
	}
}

func TestNobodyMayAnythingAnywhere(t *testing.T) {
	for _, right := range access.Rights() {
		var stranger access.Actor
		if stranger.Can(right, root) || stranger.Can(right, 0) || stranger.Somewhere(right) || stranger.May(right, root) == nil {
			t.Errorf("a stranger has %s", right)
		}
		if !access.Operator("máy").Can(right, foreign) {
			t.Errorf("the operator lacks %s", right)
		}
	}
}

func TestPasswordsFitThemselvesOnly(t *testing.T) {
	hash, err := access.HashPassword("bác Lan giữ sổ")
	if err != nil {
		t.Fatal(err)
	}
	for given, want := range map[string]bool{"bác Lan giữ sổ": true, "bác Lan giữ sổ ": false, "": false, "sai": false} {
		if got := access.PasswordFits(hash, given); got != want {
			t.Errorf("%q fits: %v", given, got)
		}
	}
	for _, broken := range []string{"", "x", "$argon2id$v=19$m=1,t=1,p=1$!!$!!", hash[:20]} {
		if access.PasswordFits(broken, "bác Lan giữ sổ") {
			t.Errorf("a broken hash %q fits", broken)
		}
	}
	for _, short := range []string{"", "1234567"} {
		if _, err := access.HashPassword(short); err == nil {
			t.Errorf("%q was taken as a password", short)
		}
	}
}
