// Package tie keeps what binds bodies to each other: twinnings, friendships,
// agreements, memoranda, minutes, membership of a union. A tie has any number of
// parties on each side, dated stages with their papers, promises and reviews. It
// outlives its parties: when one of them ends, the tie stays with it until a
// recorded act hands it on, or until its heirs sign a new one that names it. How
// a tie stands on a day is never stored; it is computed.
package tie

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/source"
)

// ID identifies a tie for ever.
type ID int64

// Level says on what level of the land or of an organisation a party stands.
type Level string

// The levels, from a state down to a hamlet; a unit is an organisation or one of its parts.
const (
	NoLevel  Level = ""
	Country  Level = "country"
	Region   Level = "region"
	Province Level = "province"
	City     Level = "city"
	District Level = "district"
	Commune  Level = "commune"
	Hamlet   Level = "hamlet"
	Unit     Level = "unit"
)

// Levels lists the levels in the order in which forms offer them.
func Levels() []Level {
	return []Level{NoLevel, Country, Region, Province, City, District, Commune, Hamlet, Unit}
}

// Ranks lists what a tie can be among a body's ties: nothing in particular, the
// first it ever signed, its charter partner, one of strategic weight.
func Ranks() []string { return []string{"", "first", "charter", "strategic"} }

// Fields lists the fields of cooperation that ship with the book; a tie may
// name others in its own words.
func Fields() []string {
	return []string{
		"people", "culture", "education", "youth", "health", "sport", "agriculture", "new-rural", "trade", "tourism", "environment",
		"technology", "governance", "relief", "gratitude",
	}
}

// Paper is a paper that a stage or an act rests on.
type Paper struct {
	Number string        `json:"number,omitempty"`
	Title  string        `json:"title,omitempty"`
	Issuer string        `json:"issuer,omitempty"`
	Date   calendar.Date `json:"date"`
}

// IsZero tells that no paper was named.
func (p Paper) IsZero() bool { return p.Number == "" && p.Title == "" && p.Issuer == "" }

// Party is one body on one side. It stands there from From, or from the
// beginning, until Until, or still.
type Party struct {
	Side     int           `json:"side"` // 1, 2, …
	Body     body.ID       `json:"body"`
	Level    Level         `json:"level,omitempty"`
	Land     string        `json:"country,omitempty"`  // code of two letters: "KR"; empty where nobody said
	Signer   string        `json:"signer,omitempty"`   // who signed for it
	SignedBy person.ID     `json:"signedBy,omitempty"` // and their record, where the book has one
	Office   string        `json:"office,omitempty"`   // and as what
	From     calendar.Date `json:"from"`
	Until    calendar.Date `json:"until"`
	Before   body.ID       `json:"before,omitempty"` // whose place it took
}

// In tells whether the party stands in the tie on a day. A party whose Until is
// known only to lie around the day still does.
func (p Party) In(on calendar.Day) bool {
	return p.From.FirstOr(calendar.Earliest) <= on && (p.Until.IsUnknown() || p.Until.LastOr(calendar.Latest) >= on)
}

// Title is what the tie is called in a language.
type Title struct {
	Lang string `json:"lang"`
	Text string `json:"text"`
}

// Member is one of the committee that answers for a tie.
type Member struct {
	Person person.ID     `json:"person,omitempty"`
	Name   string        `json:"name,omitempty"` // of somebody outside the book
	Office string        `json:"office,omitempty"`
	Side   int           `json:"side,omitempty"`
	From   calendar.Date `json:"from"`
	Until  calendar.Date `json:"until"`
}

// On tells whether somebody sat on the committee on a day.
func (m Member) On(day calendar.Day) bool {
	return m.From.FirstOr(calendar.Earliest) <= day && (m.Until.IsUnknown() || m.Until.LastOr(calendar.Latest) >= day)
}

// Tie is one bond between bodies.
type Tie struct {
	ID           ID            `json:"id"`
	Code         string        `json:"code"`
	Kind         string        `json:"kind"`
	Body         body.ID       `json:"body"` // on whose books it stands
	Titles       []Title       `json:"titles,omitempty"`
	Parties      []Party       `json:"parties"`
	Stages       []Stage       `json:"stages,omitempty"`
	Fields       []string      `json:"fields,omitempty"`
	Parent       ID            `json:"parent,omitempty"`    // the tie under which it hangs
	Before       []ID          `json:"before,omitempty"`    // ties it continues, signed anew
	Reason       string        `json:"reason,omitempty"`    // why it exists
	Permit       Paper         `json:"permit,omitzero"`     // who allowed it to be signed
	Langs        []string      `json:"langs,omitempty"`     // languages of the signed text
	Original     string        `json:"original,omitempty"`  // where the signed original lies
	Effect       calendar.Date `json:"effect"`              // from when it binds, where that is not the signing
	Expiry       calendar.Date `json:"expiry"`              // until when; unknown: without end
	NoticeMonths int           `json:"notice,omitempty"`    // before which it can be given up
	Renews       bool          `json:"renews,omitempty"`    // goes on by itself after its expiry
	RenewMonths  int           `json:"renewFor,omitempty"`  // by how much each time; 0 without end
	ReviewMonths int           `json:"reviewing,omitempty"` // how often it is reviewed, 60 for five years
	Committee    []Member      `json:"committee,omitempty"`
	Rank         string        `json:"rank,omitempty"`
	Handed       []Handing     `json:"handed,omitempty"` // acts by which it passed to heirs
	Outside      string        `json:"outside,omitempty"`
	Source       source.Source `json:"source,omitzero"`
	Note         string        `json:"note,omitempty"`
	Job          int64         `json:"job,omitempty"`
	Recorded     int64         `json:"recorded"`
	Recorder     person.ID     `json:"recorder,omitempty"`
	Revision     int64         `json:"revision"`
}

// Called gives the tie's title in a language, or in the first that has one;
// empty when it is known by its parties only.
func (t Tie) Called(lang string) string {
	for _, n := range t.Titles {
		if n.Lang == lang {
			return n.Text
		}
	}
	if len(t.Titles) > 0 {
		return t.Titles[0].Text
	}
	return ""
}

// Sides is how many sides the tie has.
func (t Tie) Sides() int {
	n := 0
	for _, p := range t.Parties {
		n = max(n, p.Side)
	}
	return n
}

// On lists the parties of one side on a day, of all sides for side 0.
func (t Tie) On(side int, day calendar.Day) []Party {
	var all []Party
	for _, p := range t.Parties {
		if (side == 0 || p.Side == side) && p.In(day) {
			all = append(all, p)
		}
	}
	return all
}

// SideOf gives the side on which a body stands or ever stood, 0 for none.
func (t Tie) SideOf(id body.ID) int {
	for _, p := range t.Parties {
		if p.Body == id {
			return p.Side
		}
	}
	return 0
}

// Lands lists the countries of the parties, each once.
func (t Tie) Lands() []string {
	var all []string
	for _, p := range t.Parties {
		if p.Land != "" && !slices.Contains(all, p.Land) {
			all = append(all, p.Land)
		}
	}
	slices.Sort(all)
	return all
}

// Bodies lists every body that is or was a party, each once.
func (t Tie) Bodies() []body.ID {
	var all []body.ID
	for _, p := range t.Parties {
		if !slices.Contains(all, p.Body) {
			all = append(all, p.Body)
		}
	}
	return all
}

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// sidesMost and partiesMost bound what one tie may hold.
const (
	sidesMost   = 9
	partiesMost = 400
)

// Check tells what does not make sense in a tie by itself. Only the kind and at
// least one party on each of two sides are asked for.
func (t Tie) Check() error {
	var found []error
	if t.Kind == "" {
		found = append(found, fault.Field("kind", "tie.kind.missing"))
	}
	if t.Body == 0 {
		found = append(found, fault.Field("body", "tie.body.missing"))
	}
	if !codeForm.MatchString(t.Code) || len(t.Code) > 80 {
		found = append(found, fault.Field("code", "tie.code.form"))
	}
	for _, n := range t.Titles {
		if len([]rune(n.Text)) > 300 {
			found = append(found, fault.Field("title", "tie.title.long"))
		}
	}
	if first, ok := t.Effect.First(); ok {
		if last, known := t.Expiry.Last(); known && last < first {
			found = append(found, fault.Field("expiry", "tie.expiry.early"))
		}
	}
	if t.NoticeMonths < 0 || t.RenewMonths < 0 || t.ReviewMonths < 0 || t.NoticeMonths > 1200 || t.RenewMonths > 1200 || t.ReviewMonths > 1200 {
		found = append(found, fault.Field("notice", "tie.months.wrong"))
	}
	if slices.Contains(t.Before, t.ID) && t.ID != 0 || t.Parent != 0 && t.Parent == t.ID {
		found = append(found, fault.Field("before", "tie.before.itself"))
	}
	found = append(found, t.checkParties())
	for _, s := range t.Stages {
		found = append(found, s.Check(t.Sides()))
	}
	return fault.Gather(found...)
}

func (t Tie) checkParties() error {
	sides := map[int]int{}
	on := map[body.ID]int{}
	for _, p := range t.Parties {
		if p.Side < 1 || p.Side > sidesMost || p.Body == 0 {
			return fault.Field("side1", "tie.party.nobody")
		}
		if p.Land != "" && (len(p.Land) != 2 || strings.ToUpper(p.Land) != p.Land) {
			return fault.Field("side"+string(rune('0'+p.Side)), "tie.party.country")
		}
		if p.Until.IsUnknown() {
			if other := on[p.Body]; other != 0 {
				return fault.Field("side"+string(rune('0'+p.Side)), "tie.party.twice")
			}
			on[p.Body] = p.Side
		}
		sides[p.Side]++
	}
	switch {
	case len(t.Parties) > partiesMost:
		return fault.Field("side2", "tie.party.many", partiesMost)
	case sides[1] == 0:
		return fault.Field("side1", "tie.side.empty")
	case sides[2] == 0:
		return fault.Field("side2", "tie.side.empty")
	}
	return nil
}

// Tx is what the verbs of this package need of a transaction.
type Tx interface {
	NewID() int64
	Today() calendar.Day
	NowMilli() int64
	Body(ctx context.Context, id body.ID) (body.Body, error)
	TieKind(ctx context.Context, code string) (Kind, error)
	Tie(ctx context.Context, id ID) (Tie, error)
	TieCodeTaken(ctx context.Context, code string) (bool, error)
	InsertTie(ctx context.Context, t Tie) error
	UpdateTie(ctx context.Context, t Tie) error
}

// MayKeep tells whether an actor may change a tie: who keeps the office of the
// body on whose books it stands, or of one of its parties today.
func MayKeep(by access.Actor, t Tie, today calendar.Day) error {
	for _, p := range t.On(0, today) {
		if by.Can(access.KeepOffice, p.Body) {
			return nil
		}
	}
	return by.May(access.KeepOffice, t.Body)
}

// MayRead tells whether an actor may see a tie: who reads the deeds of the body
// on whose books it stands, or of one of its parties, past ones included.
func MayRead(by access.Actor, t Tie) error {
	for _, p := range t.Parties {
		if by.Can(access.ReadDeeds, p.Body) {
			return nil
		}
	}
	return by.May(access.ReadDeeds, t.Body)
}

// CodeFrom proposes a code from the short names of the parties.
func CodeFrom(names ...string) string {
	code := body.CodeFrom(strings.Join(names, " "))
	if code == "" {
		return "tie"
	}
	return code
}
