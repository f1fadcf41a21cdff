package lineage

import (
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/office"
	"kith.app/internal/person"
)

// Tx is what settling needs of a transaction.
type Tx interface {
	body.LineTx
	person.Tx
	deed.Tx
	office.TaskTx
	fund.Tx
	fund.ClosingTx
	fund.PurposeTx
	fund.StockTx
	LastingAt(ctx context.Context, of body.ID) ([]person.Membership, error)
	HeldAt(ctx context.Context, of body.ID) ([]person.Holding, error)
	OpenTasksOf(ctx context.Context, of body.ID) ([]office.Task, error)
	PlannedOf(ctx context.Context, of body.ID) ([]deed.Deed, error)
	DoneAfter(ctx context.Context, of body.ID, last calendar.Day) ([]deed.Deed, error)
	HeldByFund(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Balance, []fund.PurposeBalance, error)
	GoodsOf(ctx context.Context, of body.ID, on calendar.Day) ([]fund.Good, error)
	PurposesOf(ctx context.Context, of body.ID) ([]fund.Purpose, error)
	InsertSettlement(ctx context.Context, s Settlement) error
}

// Act is a decision on what an ended body left of one sort.
type Act struct {
	Of    body.ID
	What  What
	Way   Way
	Heir  body.ID
	Day   calendar.Day // on which it passes
	Paper body.Paper
	Note  string
	Only  []int64      // of members: those chosen; empty: all
	Part  money.Amount // of money: how much of its currency; none: all there is
}

// settling is one act being done.
type settling struct {
	ctx  context.Context
	tx   Tx
	by   access.Actor
	a    Act
	last calendar.Day // of the body that ended
	done Settlement
}

// Settle hands on, or closes, what an ended body left of one sort, on a day, by a
// decision. Every record goes by its own verb: memberships begin in the heir and
// keep their old dates where they were; money is paid out of one fund and into the
// other; offices end.
func Settle(ctx context.Context, tx Tx, by access.Actor, a Act) (Settlement, error) {
	s := settling{ctx: ctx, tx: tx, by: by, a: a}
	if err := s.check(); err != nil {
		return Settlement{}, err
	}
	s.done = Settlement{
		ID: tx.NewID(), Body: a.Of, Heir: a.Heir, What: a.What, Way: a.Way, Day: a.Day, Paper: a.Paper, Note: a.Note,
		Recorded: tx.NowMilli(), Recorder: person.ID(by.Person),
	}
	verbs := map[What]func() error{
		Children: s.children, Offices: s.offices, Members: s.members, Plans: s.plans, Tasks: s.tasks, Goods: s.goods,
		Money: s.money, Deeds: s.deeds, Entries: s.entries,
	}
	verb := verbs[a.What]
	if verb == nil {
		return Settlement{}, fault.Refuse("unsettled.what")
	}
	if err := verb(); err != nil {
		return Settlement{}, err
	}
	if s.done.Count == 0 {
		return Settlement{}, fault.Refuse("unsettled.nothing")
	}
	return s.done, tx.InsertSettlement(ctx, s.done)
}

func (s *settling) check() error {
	b, err := s.tx.Body(s.ctx, s.a.Of)
	if err != nil {
		return err
	}
	s.last = b.Life().To
	switch {
	case b.Ended.IsUnknown():
		return fault.Refuse("unsettled.stands", b.Saying(s.tx.Today()))
	case s.a.Day <= s.last:
		return fault.Field("day", "unsettled.early", s.last)
	case s.a.Day > s.tx.Today():
		return fault.Field("day", "event.future", s.tx.Today())
	case !slices.Contains(s.a.What.Ways(), s.a.Way):
		return fault.Field("way", "unsettled.way")
	case s.a.Way == Close:
		return nil
	case s.a.Heir == 0 || s.a.Heir == s.a.Of:
		return fault.Field("heir", "unsettled.heir.missing")
	}
	heir, err := s.tx.Body(s.ctx, s.a.Heir)
	if err != nil {
		return err
	}
	if !heir.Life().Contains(s.a.Day) {
		return fault.Field("heir", "event.heir.absent", heir.Saying(s.a.Day), heir.Life().Date())
	}
	return nil
}

// children lets what still stands under the ended body stand under the heir.
func (s *settling) children() error {
	for _, child := range s.tx.Tree().ChildrenOn(s.a.Of, s.a.Day) {
		if err := s.by.May(access.ManageBody, child); err != nil {
			return err
		}
		_, err := body.Move(s.ctx, s.tx, child, s.a.Heir, body.Decision{Day: s.a.Day, Paper: s.a.Paper, Note: s.a.Note, By: s.by.Person})
		if err != nil {
			return err
		}
		s.done.Count++
	}
	return nil
}

// offices ends what is still held: on the last day of the body, or on the day it
// began when somebody was appointed later.
func (s *settling) offices() error {
	held, err := s.tx.HeldAt(s.ctx, s.a.Of)
	if err != nil {
		return err
	}
	for _, h := range held {
		on := max(s.last, h.From.FirstOr(s.last))
		if err := person.Release(s.ctx, s.tx, s.by, h.ID, calendar.OnDay(on)); err != nil {
			return err
		}
		s.done.Count++
	}
	return nil
}

// members lets memberships begin in the heir, or end. Who is a member there
// already only leaves.
func (s *settling) members() error {
	lasting, err := s.tx.LastingAt(s.ctx, s.a.Of)
	if err != nil {
		return err
	}
	for _, m := range lasting {
		if len(s.a.Only) > 0 && !slices.Contains(s.a.Only, m.ID) {
			continue
		}
		on := calendar.OnDay(max(s.a.Day, m.Joined.FirstOr(s.a.Day)))
		if err := s.member(m, on); err != nil {
			return err
		}
		s.done.Count++
	}
	return nil
}

func (s *settling) member(m person.Membership, on calendar.Date) error {
	if s.a.Way == Close {
		return person.Leave(s.ctx, s.tx, s.by, m.ID, on, person.ReasonMerged)
	}
	if m.Person != 0 {
		others, err := s.tx.MembershipsOf(s.ctx, m.Person)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.Body == s.a.Heir && o.Lasts {
				return person.Leave(s.ctx, s.tx, s.by, m.ID, on, person.ReasonMerged)
			}
		}
	}
	_, err := person.Move(s.ctx, s.tx, s.by, m.ID, s.a.Heir, on)
	return err
}

// plans lets the heir do what was planned, or cancels it.
func (s *settling) plans() error {
	planned, err := s.tx.PlannedOf(s.ctx, s.a.Of)
	if err != nil {
		return err
	}
	for _, d := range planned {
		if s.a.Way == Close {
			_, err = deed.Cancel(s.ctx, s.tx, s.by, d.ID, d.Revision)
		} else {
			based := d.Revision
			d.Body = s.a.Heir
			_, err = deed.Correct(s.ctx, s.tx, s.by, d, based)
		}
		if err != nil {
			return err
		}
		s.done.Count++
	}
	return nil
}

// deeds gives what was done after the end to the heir, or leaves it where it is.
func (s *settling) deeds() error {
	late, err := s.tx.DoneAfter(s.ctx, s.a.Of, s.last)
	if err != nil {
		return err
	}
	for _, d := range late {
		s.done.Count++
		if s.a.Way == Close {
			if err := s.by.May(access.PostDeeds, s.a.Of); err != nil {
				return err
			}
			continue
		}
		based := d.Revision
		d.Body = s.a.Heir
		if _, err := deed.Correct(s.ctx, s.tx, s.by, d, based); err != nil {
			return err
		}
	}
	return nil
}

// entries leaves what the fund moved after the end where it is, on the record.
func (s *settling) entries() error {
	s.done.Count = 1
	return s.by.May(access.KeepFund, s.a.Of)
}

// tasks lets the heir do what was resolved, or drops it.
func (s *settling) tasks() error {
	open, err := s.tx.OpenTasksOf(s.ctx, s.a.Of)
	if err != nil {
		return err
	}
	for _, t := range open {
		why := s.a.Note
		if why == "" {
			why = s.a.Paper.Number
		}
		if why == "" {
			why = s.a.Day.String()
		}
		if err := office.Drop(s.ctx, s.tx, s.by, t.ID, why); err != nil {
			return err
		}
		s.done.Count++
		if s.a.Way == Close {
			continue
		}
		anew := office.Task{Body: s.a.Heir, Text: t.Text, Person: t.Person, Name: t.Name, Due: t.Due, Note: t.Note}
		if _, err := office.Resolve(s.ctx, s.tx, s.by, anew); err != nil {
			return err
		}
	}
	return nil
}

// goods hands over what is left in store.
func (s *settling) goods() error {
	left, err := s.tx.GoodsOf(s.ctx, s.a.Of, s.a.Day)
	if err != nil {
		return err
	}
	for _, g := range left {
		n := g.Left()
		if n <= 0 {
			continue
		}
		for _, side := range []struct {
			of body.ID
			n  int64
		}{{s.a.Of, -n}, {s.a.Heir, n}} {
			m := fund.StockMove{Body: side.of, Day: calendar.OnDay(s.a.Day), Item: g.Item, Quantity: side.n, Note: s.a.Paper.Number}
			if _, err := fund.MoveStock(s.ctx, s.tx, s.by, m); err != nil {
				return err
			}
		}
		s.done.Count++
	}
	return nil
}
