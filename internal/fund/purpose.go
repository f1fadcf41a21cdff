package fund

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// PurposeID identifies a restricted purpose.
type PurposeID int64

// Purpose is what money was given for: it may be spent on nothing else.
type Purpose struct {
	ID       PurposeID         `json:"id"`
	Body     body.ID           `json:"body"`
	Code     string            `json:"code"`
	Names    map[string]string `json:"names"`
	Since    calendar.Date     `json:"since"`
	Until    calendar.Date     `json:"until"` // no longer offered after
	Note     string            `json:"note,omitempty"`
	Revision int64             `json:"revision"`
}

// Name gives the purpose's name in a language, or in Vietnamese.
func (p Purpose) Name(lang string) string {
	if n := p.Names[lang]; n != "" {
		return n
	}
	return p.Names["vi"]
}

// Check tells what does not make sense in a purpose by itself.
func (p Purpose) Check() error {
	var found []error
	if strings.TrimSpace(p.Name("vi")) == "" {
		found = append(found, fault.Field("name", "fund.purpose.name"))
	}
	if !codeForm.MatchString(p.Code) || len(p.Code) > 60 {
		found = append(found, fault.Field("code", "fund.account.code"))
	}
	return fault.Gather(found...)
}

// PurposeTx is what naming purposes needs of a transaction.
type PurposeTx interface {
	NewID() int64
	Purpose(ctx context.Context, id PurposeID) (Purpose, error)
	SavePurpose(ctx context.Context, p Purpose) error
}

// SetPurpose names a purpose, new (id 0) or changed. based is the revision the
// actor saw.
func SetPurpose(ctx context.Context, tx PurposeTx, by access.Actor, p Purpose, based int64) (Purpose, error) {
	if p.ID != 0 {
		before, err := tx.Purpose(ctx, p.ID)
		if err != nil {
			return Purpose{}, err
		}
		if before.Revision != based {
			return Purpose{}, fault.Outdated("common.outdated")
		}
		p.Body, p.Code = before.Body, before.Code
	} else {
		p.ID, based = PurposeID(tx.NewID()), 0
	}
	if err := mayArrange(by, p.Body); err != nil {
		return Purpose{}, err
	}
	if p.Code == "" {
		p.Code = body.CodeFrom(p.Name("vi"))
	}
	if err := p.Check(); err != nil {
		return Purpose{}, err
	}
	p.Revision = based + 1
	return p, tx.SavePurpose(ctx, p)
}
