package tie

import (
	"context"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Handing is the act by which a party's place in a tie passed to others, with
// the paper that says so.
type Handing struct {
	ID       int64         `json:"id"`
	Day      calendar.Date `json:"day"`
	From     body.ID       `json:"from"`
	To       []body.ID     `json:"to"`
	Keeper   body.ID       `json:"keeper,omitempty"` // on whose books the tie stands from now on, 0 as before
	Was      body.ID       `json:"was,omitempty"`    // on whose it stood, where that changed
	Paper    Paper         `json:"paper"`
	Note     string        `json:"note,omitempty"`
	Recorded int64         `json:"recorded"`
	Recorder person.ID     `json:"recorder,omitempty"`
}

// HandOn passes the place of a party to one heir or to several from a day on.
// The party stays in the tie's past, the date of the first signing stays what it
// was. It needs a paper: a tie passes by an act, never by itself.
func HandOn(ctx context.Context, tx Tx, by access.Actor, id ID, h Handing) (Tie, error) {
	t, err := tx.Tie(ctx, id)
	if err != nil {
		return Tie{}, err
	}
	if err := mayHand(by, t, h, tx.Today()); err != nil {
		return Tie{}, err
	}
	day, ok := h.Day.First()
	if err := checkHanding(t, h, tx.Today()); err != nil || !ok {
		return Tie{}, err
	}
	side := t.SideOf(h.From)
	var heirs []Party
	for _, to := range h.To {
		b, err := tx.Body(ctx, to)
		if err != nil {
			return Tie{}, err
		}
		if err := heirStands(b, day); err != nil {
			return Tie{}, err
		}
		heirs = append(heirs, Party{Side: side, Body: to, From: h.Day, Before: h.From})
	}
	if h.Keeper != 0 && h.Keeper != t.Body {
		h.Was, t.Body = t.Body, h.Keeper
	} else {
		h.Keeper = 0
	}
	t.Parties = slices.Clone(t.Parties)
	for i, p := range t.Parties {
		if p.Body == h.From && p.Until.IsUnknown() {
			t.Parties[i].Until = calendar.OnDay(day - 1)
		}
	}
	for _, heir := range heirs {
		if !slices.ContainsFunc(t.On(side, day), func(p Party) bool { return p.Body == heir.Body }) {
			t.Parties = append(t.Parties, heir)
		}
	}
	h.ID, h.Recorded, h.Recorder = tx.NewID(), tx.NowMilli(), person.ID(by.Person)
	t.Handed = append(slices.Clone(t.Handed), h)
	return save(ctx, tx, t)
}

// mayHand tells whether an actor may hand a tie on: who may keep it, or who
// keeps the office of the party or of an heir that takes it over.
func mayHand(by access.Actor, t Tie, h Handing, today calendar.Day) error {
	for _, b := range append([]body.ID{h.From}, h.To...) {
		if by.Can(access.KeepOffice, b) && t.SideOf(h.From) != 0 {
			return nil
		}
	}
	return MayKeep(by, t, today)
}

func checkHanding(t Tie, h Handing, today calendar.Day) error {
	day, known := h.Day.First()
	var found []error
	switch {
	case !known:
		found = append(found, fault.Field("day", "tie.hand.day"))
	case day > today:
		found = append(found, fault.Field("day", "tie.stage.future"))
	default:
		if end, over := t.latest(day, End); over && end.Date.FirstOr(calendar.Earliest) < day {
			found = append(found, fault.Refuse("tie.hand.ended"))
		}
		if !slices.ContainsFunc(t.On(0, day), func(p Party) bool { return p.Body == h.From && p.Until.IsUnknown() }) {
			found = append(found, fault.Field("from", "tie.hand.notparty"))
		}
	}
	if len(h.To) == 0 {
		found = append(found, fault.Field("to", "tie.hand.nobody"))
	}
	if slices.Contains(h.To, h.From) {
		found = append(found, fault.Field("to", "tie.hand.itself"))
	}
	if h.Paper.IsZero() {
		found = append(found, fault.Field("paper", "tie.hand.paper"))
	}
	for _, to := range h.To {
		if other := t.SideOf(to); known && other != 0 && other != t.SideOf(h.From) {
			if slices.ContainsFunc(t.On(other, day), func(p Party) bool { return p.Body == to }) {
				found = append(found, fault.Field("to", "tie.hand.across"))
			}
		}
	}
	return fault.Gather(found...)
}

// heirStands refuses an heir that did not exist on the day, and says from when,
// or until when, it can take a tie over.
func heirStands(b body.Body, day calendar.Day) error {
	if founded, known := b.Founded.First(); known && day < founded {
		return fault.Field("to", "tie.heir.unborn", b.Saying(founded), b.Founded)
	}
	if ended, known := b.Ended.Last(); known && day > ended {
		return fault.Field("to", "tie.heir.ended", b.Saying(ended), b.Ended)
	}
	return nil
}

// TakeBack undoes the last handing on of a tie: the heirs leave, the party stands
// again where it stood.
func TakeBack(ctx context.Context, tx Tx, by access.Actor, id ID, handing int64) (Tie, error) {
	t, err := tx.Tie(ctx, id)
	if err != nil {
		return Tie{}, err
	}
	n := slices.IndexFunc(t.Handed, func(h Handing) bool { return h.ID == handing })
	if n < 0 {
		return Tie{}, fault.Missing("tie.hand.missing")
	}
	h := t.Handed[n]
	if err := mayHand(by, t, h, tx.Today()); err != nil {
		return Tie{}, err
	}
	if slices.ContainsFunc(t.Handed[n+1:], func(later Handing) bool { return slices.Contains(h.To, later.From) }) {
		return Tie{}, fault.Refuse("tie.hand.later")
	}
	t.Handed = slices.Delete(slices.Clone(t.Handed), n, n+1)
	t.Parties = slices.DeleteFunc(slices.Clone(t.Parties), func(p Party) bool {
		return p.Before == h.From && p.From == h.Day && slices.Contains(h.To, p.Body)
	})
	day, _ := h.Day.First()
	for i, p := range t.Parties {
		if p.Body == h.From && p.Until == calendar.OnDay(day-1) {
			t.Parties[i].Until = calendar.Date{}
		}
	}
	if h.Was != 0 && t.Body == h.Keeper {
		t.Body = h.Was
	}
	return save(ctx, tx, t)
}

// SignAnew enters a tie that continues others: its parties sign, the ties before
// end on that day with the reason that they were signed anew, and are named as
// what it continues. The day of their first signing remains its own.
func SignAnew(ctx context.Context, tx Tx, by access.Actor, t Tie, reason string) (Tie, error) {
	signed := t.Signed()
	first, ok := signed.First()
	if !ok {
		return Tie{}, fault.Field("date", "tie.anew.date")
	}
	if len(t.Before) == 0 {
		return Tie{}, fault.Field("before", "tie.anew.before")
	}
	t, err := Enter(ctx, tx, by, t)
	if err != nil {
		return Tie{}, err
	}
	for _, id := range t.Before {
		old, err := tx.Tie(ctx, id)
		if err != nil {
			return Tie{}, err
		}
		if end, over := old.latest(calendar.Latest, End); over {
			if last, known := end.Date.Last(); known && last < first-1 {
				return Tie{}, fault.Field("before", "tie.anew.ended")
			}
			continue
		}
		if err := mayContinue(by, old, t, tx.Today()); err != nil {
			return Tie{}, err
		}
		old.Stages = append(slices.Clone(old.Stages), Stage{Kind: End, Date: signed, Reason: reason, Paper: t.signedPaper(), Note: "tie:" + strconv.FormatInt(int64(t.ID), 10)})
		if _, err := save(ctx, tx, old); err != nil {
			return Tie{}, err
		}
	}
	return t, nil
}

// mayContinue tells whether an actor may end a tie by signing it anew: who may
// keep either of the two.
func mayContinue(by access.Actor, old, fresh Tie, today calendar.Day) error {
	if MayKeep(by, fresh, today) == nil {
		return nil
	}
	return MayKeep(by, old, today)
}

// signedPaper is the paper of the first signature.
func (t Tie) signedPaper() Paper {
	for _, s := range t.InOrder() {
		if s.Kind == Signature && !s.Paper.IsZero() {
			return s.Paper
		}
	}
	return Paper{}
}

// Origin gives the date of the very first signing, through the ties that this
// one continues, and the tie that was signed then. find gives a tie by its id.
func Origin(t Tie, find func(ID) (Tie, bool)) (calendar.Date, ID) {
	date, id := t.Signed(), t.ID
	seen := map[ID]bool{t.ID: true}
	queue := slices.Clone(t.Before)
	for i := 0; i < len(queue); i++ {
		if seen[queue[i]] {
			continue
		}
		seen[queue[i]] = true
		old, ok := find(queue[i])
		if !ok {
			continue
		}
		if d := old.Signed(); !d.IsUnknown() && (date.IsUnknown() || d.FirstOr(calendar.Latest) < date.FirstOr(calendar.Latest)) {
			date, id = d, old.ID
		}
		queue = append(queue, old.Before...)
	}
	return date, id
}

// Round tells how round an anniversary is: 50 and 100 are 4, 25 and 75 are 3,
// other tens are 2, other fives 1, all else 0.
func Round(years int) int {
	switch {
	case years <= 0:
		return 0
	case years%50 == 0:
		return 4
	case years%25 == 0:
		return 3
	case years%10 == 0:
		return 2
	case years%5 == 0:
		return 1
	}
	return 0
}

// NextRound gives the next anniversary of a date that is a multiple of five, on
// or after a day, with its count; false when the year is not known.
func NextRound(origin calendar.Date, from calendar.Day) (calendar.Date, int, bool) {
	return next(origin, from, func(years int) bool { return Round(years) > 0 })
}

// NextAnniversary gives the next anniversary of a date on or after a day.
func NextAnniversary(origin calendar.Date, from calendar.Day) (calendar.Date, int, bool) {
	return next(origin, from, func(years int) bool { return years > 0 })
}

func next(origin calendar.Date, from calendar.Day, fits func(int) bool) (calendar.Date, int, bool) {
	for year := from.Year(); year <= from.Year()+6; year++ {
		on, count, ok := calendar.Anniversary(origin, year)
		if ok && fits(count) && on.LastOr(calendar.Latest) >= from {
			return on, count, true
		}
	}
	return calendar.Date{}, 0, false
}

// Left lists the parties of a tie that had ended by a day and whose place nobody
// has taken: what lineage lists as unsettled. ended tells of a body when it
// ended.
func (t Tie) Left(day calendar.Day, ended func(body.ID) (calendar.Date, bool)) []Party {
	if _, over := t.latest(day, End); over {
		return nil
	}
	var left []Party
	for _, p := range t.On(0, day) {
		if d, known := ended(p.Body); known && d.LastOr(calendar.Latest) <= day {
			left = append(left, p)
		}
	}
	return left
}
