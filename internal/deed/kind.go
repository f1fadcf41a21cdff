package deed

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
)

// Kind is a sort of deed: what it is called, what it counts by itself, and
// which papers it makes. Kinds are data of the book and can be edited.
type Kind struct {
	Code     string            `json:"code"`
	Names    map[string]string `json:"names"`            // by language
	Shorts   map[string]string `json:"shorts,omitempty"` // shorter, on buttons and in lists: "Thăm ốm"
	Acts     map[string]string `json:"acts,omitempty"`   // what one act is called: "lượt thăm"
	Units    []Unit            `json:"units"`            // proposed lines, the first is the main figure
	Roles    []Role            `json:"roles"`            // whom the form asks for, the first always
	Papers   []string          `json:"papers,omitempty"`
	Heading  string            `json:"heading,omitempty"`  // fund heading its money goes under
	Receipt  bool              `json:"receipt,omitempty"`  // money comes in rather than goes out
	Repeats  bool              `json:"repeats,omitempty"`  // many receivers in one deed, each with a detail
	Ages     bool              `json:"ages,omitempty"`     // follows the longevity ladder
	Rank     int               `json:"rank"`               // order in forms
	Retired  bool              `json:"retired,omitempty"`  // no longer offered
	Meeting  bool              `json:"meeting,omitempty"`  // has invitation and attendance
	Activity bool              `json:"activity,omitempty"` // counts among the activities of a friendship union
	For      []body.Kind       `json:"for,omitempty"`      // organisations whose forms offer it; empty: all
	Revision int64             `json:"revision"`
}

// Name gives the kind's name in a language, or in Vietnamese.
func (k Kind) Name(lang string) string {
	if n := k.Names[lang]; n != "" {
		return n
	}
	return k.Names["vi"]
}

// Short gives the kind's short name in a language, or its name.
func (k Kind) Short(lang string) string {
	if n := k.Shorts[lang]; n != "" {
		return n
	}
	return k.Name(lang)
}

// OfferedTo tells whether the forms of an organisation of some kind offer the
// kind of deed.
func (k Kind) OfferedTo(of body.Kind) bool {
	return !k.Retired && (len(k.For) == 0 || slices.Contains(k.For, of))
}

//go:embed kinds.json
var shipped []byte

// ShippedKinds gives the kinds that every new book begins with.
func ShippedKinds() ([]Kind, error) {
	var kinds []Kind
	if err := json.Unmarshal(shipped, &kinds); err != nil {
		return nil, fmt.Errorf("read kinds.json: %w", err)
	}
	for i := range kinds {
		kinds[i].Rank, kinds[i].Revision = i+1, 1
	}
	return kinds, nil
}

var kindCode = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Check tells what does not make sense in a kind by itself.
func (k Kind) Check() error {
	var found []error
	if !kindCode.MatchString(k.Code) || len(k.Code) > 60 {
		found = append(found, fault.Field("code", "deed.kind.code"))
	}
	if k.Name("vi") == "" {
		found = append(found, fault.Field("name", "deed.kind.name"))
	}
	if len(k.Units) == 0 {
		found = append(found, fault.Field("units", "deed.kind.units"))
	}
	return fault.Gather(found...)
}

// KindTx is what editing kinds needs of a transaction.
type KindTx interface {
	Kind(ctx context.Context, code string) (Kind, error)
	SaveKind(ctx context.Context, k Kind) error
	RootBody() int64
}

// Define writes a kind of deed, new or changed. based is the revision the
// actor saw, 0 for a new kind.
func Define(ctx context.Context, tx KindTx, by access.Actor, k Kind, based int64) (Kind, error) {
	if err := by.May(access.ManageBody, body.ID(tx.RootBody())); err != nil {
		return Kind{}, err
	}
	if err := k.Check(); err != nil {
		return Kind{}, err
	}
	before, err := tx.Kind(ctx, k.Code)
	known := err == nil
	if err != nil && fault.KindOf(err) == fault.Internal {
		return Kind{}, err
	}
	if known && based == 0 {
		return Kind{}, fault.Field("code", "deed.kind.taken", k.Code)
	}
	if known && before.Revision != based {
		return Kind{}, fault.Outdated("common.outdated")
	}
	k.Revision = based + 1
	return k, tx.SaveKind(ctx, k)
}
