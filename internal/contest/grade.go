package contest

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/fault"
)

// Level says whose award it is, or who launched a movement. It decides into which
// form of the State's statistics an award goes.
type Level string

// The levels; an empty one is not known. A district is one of before July 2025.
const (
	OfState      Level = "state"
	OfMinistry   Level = "ministry" // ministries and central mass organisations
	OfProvince   Level = "province"
	OfDepartment Level = "department"
	OfDistrict   Level = "district"
	OfCommune    Level = "commune"
	OfUnit       Level = "unit"    // of the cluster, block, agency or unit itself
	OfAbroad     Level = "foreign" // of another State: in no form
)

// Levels lists the levels, the highest first.
func Levels() []Level {
	return []Level{OfState, OfMinistry, OfProvince, OfDepartment, OfDistrict, OfCommune, OfUnit, OfAbroad}
}

// Form is what kind of title or commendation an award is: a column of the State's
// statistics.
type Form string

// The forms; an empty one is not known.
const (
	AnOrder      Form = "order"    // huân chương
	AMedal       Form = "medal"    // huy chương
	HoChiMinh    Form = "hcm"      // Hồ Chí Minh prize
	StatePrize   Form = "prize"    // prize of the State
	Honorary     Form = "honorary" // honorary title of the State
	AFlag        Form = "flag"
	Merit        Form = "merit"       // bằng khen
	Fighter      Form = "fighter"     // chiến sĩ thi đua
	Badge        Form = "badge"       // huy hiệu, kỷ niệm chương
	Certificate  Form = "certificate" // giấy khen
	Title        Form = "title"       // any other emulation title
	AnotherAward Form = "other"
)

// Forms lists the forms.
func Forms() []Form {
	return []Form{AnOrder, AMedal, HoChiMinh, StatePrize, Honorary, AFlag, Merit, Fighter, Badge, Certificate, Title, AnotherAward}
}

// Manner says for what kind of achievement an award is given.
type Manner string

// The manners; an empty one is not known.
const (
	Regular    Manner = "regular"
	Thematic   Manner = "thematic"
	Sudden     Manner = "sudden"
	Diplomatic Manner = "diplomatic"
	Dedication Manner = "dedication"
	Service    Manner = "service"
	Resistance Manner = "resistance"
)

// Manners lists the manners in the order of the State's forms.
func Manners() []Manner {
	return []Manner{Regular, Thematic, Sudden, Diplomatic, Dedication, Service, Resistance}
}

// Grade is where an award stands among all others: its level, form and manner.
type Grade struct {
	Level  Level  `json:"level,omitempty"`
	Form   Form   `json:"form,omitempty"`
	Manner Manner `json:"manner,omitempty"`
}

// Check tells what is no level, form or manner.
func (g Grade) Check() error {
	var found []error
	if g.Level != "" && !slices.Contains(Levels(), g.Level) {
		found = append(found, fault.Field("level", "contest.grade.unknown"))
	}
	if g.Form != "" && !slices.Contains(Forms(), g.Form) {
		found = append(found, fault.Field("form", "contest.grade.unknown"))
	}
	if g.Manner != "" && !slices.Contains(Manners(), g.Manner) {
		found = append(found, fault.Field("manner", "contest.grade.unknown"))
	}
	return fault.Gather(found...)
}

// Graded gives the grade of an honour: as it was proposed, and where that was not
// kept as the contest has the award.
func (c Contest) Graded(h Honour) Grade {
	g := h.Grade
	for _, a := range c.Awards {
		if a.Code == h.Award {
			g = Grade{cmp.Or(g.Level, a.Level), cmp.Or(g.Form, a.Form), cmp.Or(g.Manner, a.Manner)}
		}
	}
	return g
}

// Scope says over whom a movement is held.
type Scope string

// The scopes of the State's statistics; an empty one is not known.
const (
	Nationwide Scope = "nation"
	OfBranch   Scope = "branch"  // a ministry, mass organisation or locality
	OfCluster  Scope = "cluster" // a cluster or block
	OfAgency   Scope = "agency"  // one agency, organisation or unit
)

// Scopes lists the scopes.
func Scopes() []Scope { return []Scope{Nationwide, OfBranch, OfCluster, OfAgency} }

// Launch is what the State's statistics ask of a contest as a movement.
type Launch struct {
	Level  Level  `json:"level,omitempty"`
	Scope  Scope  `json:"scope,omitempty"`
	Manner Manner `json:"manner,omitempty"` // Regular: every year; Thematic
}

// Check tells what is no level, scope or manner of a movement.
func (l Launch) Check() error {
	var found []error
	if l.Level != "" && (l.Level == OfAbroad || !slices.Contains(Levels(), l.Level)) {
		found = append(found, fault.Field("launch-level", "contest.grade.unknown"))
	}
	if l.Scope != "" && !slices.Contains(Scopes(), l.Scope) {
		found = append(found, fault.Field("launch-scope", "contest.grade.unknown"))
	}
	if l.Manner != "" && l.Manner != Regular && l.Manner != Thematic {
		found = append(found, fault.Field("launch-manner", "contest.grade.unknown"))
	}
	return fault.Gather(found...)
}

// SetLaunch says as what the State counts a contest; of one published too, for the
// forms are due after the conference.
func SetLaunch(ctx context.Context, tx Tx, by access.Actor, id ID, l Launch, based int64) (Contest, error) {
	c, _, err := kept(ctx, tx, by, id, Drafted, Opened, Published)
	if err != nil {
		return Contest{}, err
	}
	if c.Revision != based {
		return Contest{}, fault.Outdated("common.outdated")
	}
	if err := l.Check(); err != nil {
		return Contest{}, err
	}
	c.Launch = l
	c.Revision++
	return c, tx.SaveContest(ctx, c)
}

// Regrade corrects where an award stands among all others.
func Regrade(ctx context.Context, tx Tx, by access.Actor, id GivenID, g Grade, based int64) (Honour, error) {
	h, err := tx.Honour(ctx, id)
	if err != nil {
		return Honour{}, err
	}
	if _, _, err := kept(ctx, tx, by, h.Contest, Opened, Published); err != nil {
		return Honour{}, err
	}
	if h.Revision != based {
		return Honour{}, fault.Outdated("common.outdated")
	}
	if err := g.Check(); err != nil {
		return Honour{}, err
	}
	h.Grade = g
	h.Revision++
	return h, tx.SaveHonour(ctx, h)
}
