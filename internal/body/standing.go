package body

import (
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
)

// Level says how high a body stands; its label is catalogue data.
type Level string

// The levels, the highest first. Districts ended in Viet Nam with the reform of
// 2025; they stay what they were for the days before.
const (
	Country  Level = "country"
	Region   Level = "region"
	Province Level = "province"
	District Level = "district"
	Commune  Level = "commune"
	Hamlet   Level = "hamlet"
	Unit     Level = "unit" // a school, a company, an office
)

// Levels lists the levels in the order in which forms offer them.
func Levels() []Level { return []Level{Country, Region, Province, District, Commune, Hamlet, Unit} }

// Standing is the level of a body, and what sort of body it was, from Since to
// Until, both days included.
type Standing struct {
	Level Level        `json:"level,omitempty"`
	Kind  Kind         `json:"kind,omitempty"` // empty: the kind the body has now
	Since calendar.Day `json:"since"`
	Until calendar.Day `json:"until"`
}

// Official is the scheme of the codes that the statistics office of Viet Nam
// gives to administrative units.
const Official = "vn"

// OfficialCode is a code that somebody outside gave a body, from Since to Until.
// Codes are given out again to others: a code alone names nothing.
type OfficialCode struct {
	Scheme string       `json:"scheme"`
	Code   string       `json:"code"`
	Since  calendar.Day `json:"since"`
	Until  calendar.Day `json:"until"`
}

// LevelOn gives the level a body stood on, empty where none is recorded. After
// its end a body has the last one it had.
func (b Body) LevelOn(on calendar.Day) Level { return standingOn(b.Levels, on).Level }

// KindOn gives what sort of body it was on a day.
func (b Body) KindOn(on calendar.Day) Kind {
	if k := standingOn(b.Levels, on).Kind; k != "" {
		return k
	}
	return b.Kind
}

func standingOn(all []Standing, on calendar.Day) Standing {
	var last Standing
	for _, s := range all {
		if s.Since <= on {
			last = s
		}
	}
	return last
}

// CodeOn gives the official code a body bore on a day, empty where none is
// recorded.
func (b Body) CodeOn(scheme string, on calendar.Day) string {
	for _, c := range b.Codes {
		if c.Scheme == scheme && c.Since <= on && on <= c.Until {
			return c.Code
		}
	}
	return ""
}

// checkPeriods refuses levels or codes that overlap, or that end before they begin.
func (b Body) checkPeriods() error {
	var found []error
	for i, s := range b.Levels {
		if s.Until < s.Since || i > 0 && b.Levels[i-1].Until >= s.Since {
			found = append(found, fault.Field("level", "body.level.overlap"))
		}
	}
	for i, c := range b.Codes {
		overlaps := slices.ContainsFunc(b.Codes[:i], func(o OfficialCode) bool {
			return o.Scheme == c.Scheme && o.Since <= c.Until && c.Since <= o.Until
		})
		if c.Until < c.Since || overlaps {
			found = append(found, fault.Field("official", "body.official.overlap"))
		}
	}
	return fault.Gather(found...)
}

// Life gives the days from the first to the last on which a body may have stood.
func (b Body) Life() calendar.Period {
	p := calendar.Period{From: b.Founded.FirstOr(calendar.Earliest), To: calendar.Latest}
	if !b.Ended.IsUnknown() {
		p.To = b.Ended.LastOr(calendar.Latest)
	}
	return p
}

// Known is what the lineage keeps of a body.
func (b Body) Known() Known {
	return Known{Body: b.ID, Life: b.Life(), Levels: b.Levels, Codes: b.Codes}
}

// Differs says that the lineage would have to learn something of a body anew.
func (k Known) Differs(o Known) bool {
	return k.Body != o.Body && (k.Life != calendar.Always() || len(k.Levels) > 0 || len(k.Codes) > 0) ||
		k.Body == o.Body && (k.Life != o.Life || !slices.Equal(k.Levels, o.Levels) || !slices.Equal(k.Codes, o.Codes))
}
