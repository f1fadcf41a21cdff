package union

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
)

// Large is an administrative unit that counts as large, in which an association
// ought to have a branch.
type Large struct {
	ID       int64   `json:"id"`
	Body     body.ID `json:"body"`
	Place    int64   `json:"place,omitempty"` // administrative unit
	Name     string  `json:"name"`
	Why      string  `json:"why,omitempty"` // by which rule it counts as large
	Revision int64   `json:"revision"`
}

// Entry implements Kept.
func (l Large) Entry() Entry {
	return Entry{ID: l.ID, Body: l.Body, Register: Larges, Words: l.Name + " " + l.Why, Revision: l.Revision}
}

// With implements Kept.
func (l Large) With(e Entry) Large { l.ID, l.Body, l.Revision = e.ID, e.Body, e.Revision; return l }

// Check implements Kept.
func (l Large) Check() error {
	if strings.TrimSpace(l.Name) == "" {
		return fault.Field("name", "register.large.name")
	}
	return nil
}

// The settings that hold the rule by which an association calls a unit large.
const (
	SettingLargeIn      = "union.large.in"      // place.ID within which units are looked at
	SettingLargeKind    = "union.large.kind"    // place.ward, place.commune, place.zone; empty: any
	SettingLargeMembers = "union.large.members" // how many of its members live there, at least
)

// LargeRule says which units count as large beside those that are listed: every
// unit of a kind within a province, or those in which a number of members live.
type LargeRule struct {
	In      int64
	Kind    string
	Members int
}

// LargeKinds lists the kinds of unit that a rule may choose.
func LargeKinds() []string { return []string{"place.ward", "place.commune", "place.zone"} }

// LargeRuleFrom reads the rule from the settings of an association.
func LargeRuleFrom(set map[string]string) LargeRule {
	in, _ := strconv.ParseInt(set[SettingLargeIn], 10, 64)
	members, _ := strconv.Atoi(set[SettingLargeMembers])
	return LargeRule{In: in, Kind: set[SettingLargeKind], Members: max(0, members)}
}

// IsZero tells that no rule was set.
func (r LargeRule) IsZero() bool { return r.In == 0 || r.Kind == "" && r.Members == 0 }

// LargeRuleTx is what setting the rule needs of a transaction.
type LargeRuleTx interface {
	SetSetting(ctx context.Context, of body.ID, name, value string) error
}

// SetLargeRule writes the rule of an association; an empty one takes it back.
func SetLargeRule(ctx context.Context, tx LargeRuleTx, by access.Actor, of body.ID, r LargeRule) error {
	if err := by.May(access.PostDeeds, of); err != nil {
		return err
	}
	if r.Members < 0 || r.Members > 1_000_000 {
		return fault.Field("members", "register.large.members.range")
	}
	if r.Kind != "" && !slices.Contains(LargeKinds(), r.Kind) {
		return fault.Field("kind", "register.large.kind.unknown")
	}
	if r.In == 0 && (r.Kind != "" || r.Members > 0) {
		return fault.Field("in", "register.large.unknown")
	}
	in, members := "", ""
	if r.In != 0 {
		in = strconv.FormatInt(r.In, 10)
	}
	if r.Members > 0 {
		members = strconv.Itoa(r.Members)
	}
	for _, s := range []struct{ name, value string }{{SettingLargeIn, in}, {SettingLargeKind, r.Kind}, {SettingLargeMembers, members}} {
		if err := tx.SetSetting(ctx, of, s.name, s.value); err != nil {
			return err
		}
	}
	return nil
}

// LargeUnit is a unit that counts as large, with how many members live there and
// the branches that sit in it.
type LargeUnit struct {
	Large
	ByRule   bool // it is not listed; the rule found it
	Members  int
	Branches []body.ID
}

// LargeUnits lays the list and the rule of an association against the units that
// stand on a day: those without a branch first. residents counts members by the
// unit in which they live, seats gives the branches by the unit they sit in.
func LargeUnits(m *place.Map, on calendar.Day, listed []Large, rule LargeRule, residents map[int64]int, seats map[int64][]body.ID) []LargeUnit {
	living := onToday(m, on, residents)
	var all []LargeUnit
	known := map[int64]bool{}
	for _, l := range listed {
		known[l.Place] = l.Place != 0
		all = append(all, LargeUnit{Large: l})
	}
	if !rule.IsZero() {
		for _, id := range m.Children(place.ID(rule.In), on) {
			name := m.NameOn(id, on)
			kind, _ := place.Naming(name)
			if known[int64(id)] || rule.Kind != "" && kind != rule.Kind || living[int64(id)] < rule.Members {
				continue
			}
			all = append(all, LargeUnit{Large: Large{Place: int64(id), Name: name}, ByRule: true})
		}
	}
	for i := range all {
		all[i].Members = living[all[i].Place]
		for seat, bodies := range seats {
			if all[i].Place != 0 && (seat == all[i].Place || m.Lies(place.ID(seat), place.ID(all[i].Place))) {
				all[i].Branches = append(all[i].Branches, bodies...)
			}
		}
		slices.Sort(all[i].Branches)
	}
	slices.SortStableFunc(all, func(a, b LargeUnit) int {
		return cmp.Or(cmp.Compare(min(1, len(a.Branches)), min(1, len(b.Branches))), cmp.Compare(b.Members, a.Members))
	})
	return all
}

// onToday counts residents by the units of a day: those of a unit that was merged
// whole are its heir's; where heirs divide it nobody knows whose they are.
func onToday(m *place.Map, on calendar.Day, residents map[int64]int) map[int64]int {
	living := map[int64]int{}
	for unit, n := range residents {
		if heirs := m.Now(place.ID(unit), on); len(heirs) == 1 {
			living[int64(heirs[0].ID)] += n
		}
	}
	return living
}

// Reached counts how many of some large units have a branch.
func Reached(all []LargeUnit) int {
	n := 0
	for _, u := range all {
		if len(u.Branches) > 0 {
			n++
		}
	}
	return n
}
