package tie

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
)

// Kind is a sort of tie. Kinds are data of the book: what ships can be renamed
// or retired, and others can be added.
type Kind struct {
	Code     string              `json:"code"`
	Names    map[string]string   `json:"names"`             // by language
	Sides    []map[string]string `json:"sides,omitempty"`   // what the sides are called, where they are not alike
	Figures  bool                `json:"figures,omitempty"` // side 1 may read the figures of side 2: membership of a union
	Rank     int                 `json:"rank"`              // order in forms
	Retired  bool                `json:"retired,omitempty"` // no longer offered
	Revision int64               `json:"revision"`
}

// Name gives the kind's name in a language, or in Vietnamese.
func (k Kind) Name(lang string) string {
	if n := k.Names[lang]; n != "" {
		return n
	}
	return k.Names["vi"]
}

// SideName gives what a side is called in a language; empty where the sides of
// the kind are alike.
func (k Kind) SideName(side int, lang string) string {
	if side < 1 || side > len(k.Sides) {
		return ""
	}
	if n := k.Sides[side-1][lang]; n != "" {
		return n
	}
	return k.Sides[side-1]["vi"]
}

//go:embed kinds.json
var shipped []byte

// ShippedKinds gives the kinds that every book has until it says otherwise.
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
		found = append(found, fault.Field("code", "tie.kind.code"))
	}
	if k.Name("vi") == "" {
		found = append(found, fault.Field("name", "tie.kind.name"))
	}
	return fault.Gather(found...)
}

// KindTx is what editing kinds needs of a transaction.
type KindTx interface {
	TieKind(ctx context.Context, code string) (Kind, error)
	SaveTieKind(ctx context.Context, k Kind) error
	RootBody() int64
}

// Define writes a kind of tie, new or changed. based is the revision the actor
// saw, 0 for a new kind.
func Define(ctx context.Context, tx KindTx, by access.Actor, k Kind, based int64) (Kind, error) {
	if err := by.May(access.ManageBody, body.ID(tx.RootBody())); err != nil {
		return Kind{}, err
	}
	if err := k.Check(); err != nil {
		return Kind{}, err
	}
	before, err := tx.TieKind(ctx, k.Code)
	if err != nil && fault.KindOf(err) == fault.Internal {
		return Kind{}, err
	}
	switch known := err == nil; {
	case known && based == 0:
		return Kind{}, fault.Field("code", "tie.kind.taken", k.Code)
	case known && before.Revision != based:
		return Kind{}, fault.Outdated("common.outdated")
	}
	k.Sides, k.Figures = before.Sides, before.Figures // what a kind means stays; only its words change
	k.Revision = based + 1
	return k, tx.SaveTieKind(ctx, k)
}
