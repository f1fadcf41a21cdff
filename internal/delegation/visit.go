// Package delegation keeps what a visit in either direction needs beside its
// deed: invitation and permission, the programme by the hour, who received whom
// at what level, the cost by who paid, what was signed and promised, the report
// and the thanks that are due; gifts with where they are now; and, apart from
// everything else, travel papers. Head and members are parties of the deed.
package delegation

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

// The kinds of deed that are visits.
const (
	KindIn  = "delegation-in"
	KindOut = "delegation-out"
)

// IsVisit tells whether a kind of deed is a delegation.
func IsVisit(kind string) bool { return kind == KindIn || kind == KindOut }

// Level says how high somebody stands: who led a delegation, who received it,
// to whom a gift went.
type Level string

// The levels, from the highest.
const (
	Unranked     Level = ""
	State        Level = "state"
	Ministry     Level = "ministry"
	Province     Level = "province"
	Department   Level = "department"
	District     Level = "district"
	Commune      Level = "commune"
	Organisation Level = "organisation"
)

// Levels lists the levels in the order in which forms offer them.
func Levels() []Level {
	return []Level{State, Ministry, Province, Department, District, Commune, Organisation}
}

// Stop is one line of the programme.
type Stop struct {
	Day   calendar.Day `json:"day"`
	Hour  string       `json:"hour,omitempty"` // as written: "8 giờ 30"
	What  string       `json:"what"`
	Where string       `json:"where,omitempty"`
	Who   string       `json:"who,omitempty"` // who accompanies, who answers for it
}

// Reception says who received whom.
type Reception struct {
	Guest     person.ID    `json:"guest,omitempty"`
	GuestName string       `json:"guestName,omitempty"` // empty: the delegation
	Host      person.ID    `json:"host,omitempty"`
	HostName  string       `json:"hostName,omitempty"`
	Office    string       `json:"office,omitempty"` // of who received
	Level     Level        `json:"level,omitempty"`  // of who received
	Day       calendar.Day `json:"day,omitempty"`
	Where     string       `json:"where,omitempty"`
	Note      string       `json:"note,omitempty"`
}

// Payer says on whose account a cost is.
type Payer string

// The payers.
const (
	Ours   Payer = "ours"
	Theirs Payer = "theirs"
	Third  Payer = "third"
)

// Payers lists the payers in the order in which forms offer them.
func Payers() []Payer { return []Payer{Ours, Theirs, Third} }

// CostKinds lists what a cost may be for.
func CostKinds() []string {
	return []string{"travel", "stay", "meals", "transport", "interpreter", "gifts", "other"}
}

// Cost is one cost of a visit and who bears it.
type Cost struct {
	Kind   string       `json:"kind"`
	Payer  Payer        `json:"payer"`
	Name   string       `json:"name,omitempty"` // of the payer
	Amount money.Amount `json:"amount,omitzero"`
	Entry  int64        `json:"entry,omitempty"` // of the fund, once it is paid
	Note   string       `json:"note,omitempty"`
}

// Signed is a paper that was signed during the visit.
type Signed struct {
	Title  string       `json:"title"`
	Number string       `json:"number,omitempty"`
	Day    calendar.Day `json:"day,omitempty"`
}

// Promise is what one side undertook during the visit.
type Promise struct {
	Text  string        `json:"text"`
	Ours  bool          `json:"ours,omitempty"`
	Due   calendar.Date `json:"due"`
	Done  calendar.Day  `json:"done,omitempty"`
	Moved int64         `json:"moved,omitempty"` // the tie's promise that took it over
}

// Paper names a letter or a decision.
type Paper struct {
	From   string        `json:"from,omitempty"` // who wrote it
	Number string        `json:"number,omitempty"`
	Day    calendar.Date `json:"day"`
}

// IsZero tells that nothing is known of the paper.
func (p Paper) IsZero() bool { return p == Paper{} }

// Visit is what a delegation has beside its deed.
type Visit struct {
	Deed        deed.ID      `json:"deed"`
	Body        body.ID      `json:"body"`
	Purpose     string       `json:"purpose,omitempty"`
	From        []string     `json:"from,omitempty"`  // bodies outside the book that sent it
	Level       Level        `json:"level,omitempty"` // of its head
	Invitation  Paper        `json:"invitation,omitzero"`
	Permission  Paper        `json:"permission,omitzero"`
	Interpreter person.ID    `json:"interpreter,omitempty"`
	Interprets  string       `json:"interprets,omitempty"` // a name outside the book
	Stops       []Stop       `json:"stops,omitempty"`
	Speaker     string       `json:"speaker,omitempty"` // who speaks for us
	Speech      string       `json:"speech,omitempty"`  // what is to be said
	Receptions  []Reception  `json:"receptions,omitempty"`
	Costs       []Cost       `json:"costs,omitempty"`
	Signed      []Signed     `json:"signed,omitempty"`
	Promises    []Promise    `json:"promises,omitempty"`
	ReportDue   calendar.Day `json:"reportDue,omitempty"`
	ReportDone  calendar.Day `json:"reportDone,omitempty"`
	Report      string       `json:"report,omitempty"` // its number
	Outcome     string       `json:"outcome,omitempty"`
	ThanksTo    string       `json:"thanksTo,omitempty"`
	ThanksDue   calendar.Day `json:"thanksDue,omitempty"`
	ThanksSent  calendar.Day `json:"thanksSent,omitempty"`
	Thanks      string       `json:"thanks,omitempty"` // number of the letter
	Revision    int64        `json:"revision"`
}

// ReportLate tells whether the report should have been there.
func (v Visit) ReportLate(today calendar.Day) bool {
	return v.ReportDue != 0 && v.ReportDone == 0 && v.ReportDue < today
}

// ThanksLate tells whether the thanks should have been sent.
func (v Visit) ThanksLate(today calendar.Day) bool {
	return v.ThanksDue != 0 && v.ThanksSent == 0 && v.ThanksDue < today
}

// Sort puts the programme in the order of the days; hours keep the order in
// which they were entered, unless both are written as figures.
func (v *Visit) Sort() {
	slices.SortStableFunc(v.Stops, func(a, b Stop) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(minutes(a.Hour), minutes(b.Hour)))
	})
}

// minutes reads an hour as people write it, 8:30, 8h30, 8 giờ 30; what begins
// with no figure stands at the day's beginning.
func minutes(hour string) int {
	h, m, part := 0, 0, 0
	for _, r := range hour {
		switch {
		case r >= '0' && r <= '9' && part == 0:
			h = h*10 + int(r-'0')
		case r >= '0' && r <= '9' && part == 1:
			m = m*10 + int(r-'0')
		case strings.ContainsRune(":hg.", r) && part == 0:
			part = 1
		case strings.ContainsRune("-–", r):
			part = 2
		}
	}
	return h*60 + m
}

func (v Visit) check() error {
	var found []error
	for _, s := range v.Stops {
		if strings.TrimSpace(s.What) == "" {
			found = append(found, fault.Field("what", "delegation.stop.what"))
		}
		if s.Day == 0 {
			found = append(found, fault.Field("day", "delegation.stop.day"))
		}
	}
	for _, r := range v.Receptions {
		if r.Host == 0 && strings.TrimSpace(r.HostName) == "" {
			found = append(found, fault.Field("host", "delegation.host.missing"))
		}
	}
	for _, c := range v.Costs {
		if !slices.Contains(Payers(), c.Payer) {
			found = append(found, fault.Field("payer", "delegation.payer.missing"))
		}
		if c.Amount.IsNegative() {
			found = append(found, fault.Field("amount", "deed.count.negative"))
		}
	}
	for _, s := range v.Signed {
		if strings.TrimSpace(s.Title) == "" {
			found = append(found, fault.Field("title", "delegation.signed.title"))
		}
	}
	for _, p := range v.Promises {
		if strings.TrimSpace(p.Text) == "" {
			found = append(found, fault.Field("promise", "delegation.promise.text"))
		}
	}
	if v.Level != Unranked && !slices.Contains(Levels(), v.Level) {
		found = append(found, fault.Field("level", "delegation.level.unknown"))
	}
	return fault.Gather(found...)
}

// Tx is what visits need of a transaction.
type Tx interface {
	deed.Tx
	Visit(ctx context.Context, id deed.ID) (Visit, error)
	SaveVisit(ctx context.Context, v Visit) error
	Settings(ctx context.Context, of body.ID, prefix string) (map[string]string, error)
}

// Keep writes what a delegation has beside its deed. based is the revision the
// actor saw, 0 where nothing was written yet.
func Keep(ctx context.Context, tx Tx, by access.Actor, v Visit, based int64) (Visit, error) {
	d, err := tx.Deed(ctx, v.Deed)
	if err != nil {
		return Visit{}, err
	}
	if err := by.May(access.PostDeeds, d.Body); err != nil {
		return Visit{}, err
	}
	if !IsVisit(d.Kind) {
		return Visit{}, fault.Refuse("delegation.deed.other")
	}
	if err := v.check(); err != nil {
		return Visit{}, err
	}
	first, _ := d.Day.First()
	if v.ReportDone != 0 && v.ReportDone < first {
		return Visit{}, fault.Field("done", "delegation.report.early")
	}
	before, err := tx.Visit(ctx, v.Deed)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Visit{}, err
	}
	if before.Revision != based {
		return Visit{}, fault.Outdated("common.outdated")
	}
	if based == 0 {
		due, err := dueOf(ctx, tx, d.Body)
		if err != nil {
			return Visit{}, err
		}
		v = due.For(v, d)
	}
	v.Sort()
	v.Body, v.Revision = d.Body, based+1
	return v, tx.SaveVisit(ctx, v)
}

// Join adds somebody to a delegation: its head, or a member. There is one head.
func Join(ctx context.Context, tx Tx, by access.Actor, id deed.ID, p deed.Party) error {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return err
	}
	if !IsVisit(d.Kind) {
		return fault.Refuse("delegation.deed.other")
	}
	if p.Person == 0 && p.Body == 0 && strings.TrimSpace(p.Name) == "" {
		return fault.Field("who", "deed.party.nobody")
	}
	if p.Role == deed.Head && slices.ContainsFunc(d.Parties, func(o deed.Party) bool { return o.Role == deed.Head }) {
		return fault.Field("role", "delegation.head.two")
	}
	d.Parties = append(slices.Clone(d.Parties), p)
	_, err = deed.Correct(ctx, tx, by, d, d.Revision)
	return err
}

// Quit takes the nth party of a delegation off its list.
func Quit(ctx context.Context, tx Tx, by access.Actor, id deed.ID, n int) error {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return err
	}
	if n < 0 || n >= len(d.Parties) {
		return fault.Missing("delegation.member.missing")
	}
	d.Parties = slices.Delete(slices.Clone(d.Parties), n, n+1)
	_, err = deed.Correct(ctx, tx, by, d, d.Revision)
	return err
}

// MemberRole is the role by which the members of a delegation of a kind stand
// among the parties of its deed.
func MemberRole(kind string) deed.Role {
	if kind == KindIn {
		return deed.Guest
	}
	return deed.Participant
}

// Members lists the people of a delegation, its head first, with their places
// among the parties of the deed.
func Members(d deed.Deed) (members []deed.Party, at []int) {
	for _, role := range []deed.Role{deed.Head, MemberRole(d.Kind)} {
		for i, p := range d.Parties {
			if p.Role == role && p.Body == 0 {
				members, at = append(members, p), append(at, i)
			}
		}
	}
	return members, at
}

// People is how many came or went: as the deed says, or else as many as are named.
func People(d deed.Deed) (int64, deed.Qualifier) {
	for _, l := range d.Lines {
		if l.Unit == deed.Persons && l.Undoes == 0 {
			return l.Quantity, l.Qualifier
		}
	}
	members, _ := Members(d)
	return int64(len(members)), deed.Exact
}

// Told is a delegation as lists and counts see it.
type Told struct {
	Deed      deed.Deed
	Visit     Visit
	Countries []string
}

// Paid is what one payer bears, in one currency.
type Paid struct {
	Payer  Payer
	Amount money.Amount
}

// Sum is delegations counted: how many each way, how many people, from where,
// who paid, whose reports are late.
type Sum struct {
	In, Out     int
	People      int64
	Qualifier   deed.Qualifier
	Countries   map[string]int
	Paid        []Paid
	ReportsLate int
	ThanksLate  int
}

// SumUp counts delegations.
func SumUp(all []Told, today calendar.Day) Sum {
	s := Sum{Countries: map[string]int{}}
	var counts deed.Counts
	for _, t := range all {
		if t.Deed.Kind == KindIn {
			s.In++
		} else {
			s.Out++
		}
		n, how := People(t.Deed)
		s.People += n
		counts = counts.Add(deed.CountOf(how))
		for _, c := range t.Countries {
			s.Countries[c]++
		}
		for _, c := range t.Visit.Costs {
			s.pay(c)
		}
		if t.Visit.ReportLate(today) {
			s.ReportsLate++
		}
		if t.Visit.ThanksLate(today) {
			s.ThanksLate++
		}
	}
	s.Qualifier = counts.Qualifier()
	return s
}

func (s *Sum) pay(c Cost) {
	if c.Amount.IsNone() {
		return
	}
	at := slices.IndexFunc(s.Paid, func(p Paid) bool { return p.Payer == c.Payer && p.Amount.Currency == c.Amount.Currency })
	if at < 0 {
		s.Paid = append(s.Paid, Paid{c.Payer, c.Amount})
		return
	}
	if sum, err := s.Paid[at].Amount.Add(c.Amount); err == nil {
		s.Paid[at].Amount = sum
	}
}
