package reporting

import (
	"context"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
)

// Tx is what sending and judging need of a transaction.
type Tx interface {
	deed.Tx
	Form(ctx context.Context, id ID) (Form, error)
	// Roster is who must send a form for a period.
	Roster(ctx context.Context, f Form, p calendar.Period) (*Roster, error)
	Replies(ctx context.Context, f Form, p calendar.Period, units []body.ID) (map[body.ID]Reply, error)
	PeriodLocked(ctx context.Context, f ID, p calendar.Period) (bool, error)
	DropDrafts(ctx context.Context, f ID, p calendar.Period, units []body.ID) error
	InsertReply(ctx context.Context, f Form, r Reply) error
	// UpdateReply puts a reply in the place of the one before, which is kept.
	UpdateReply(ctx context.Context, f Form, before, after Reply) error
}

// Sending is what a unit sends for a period.
type Sending struct {
	Version int64 // of the form that was answered; 0: the present one
	Unit    body.ID
	// Based is the number of the sending that the sender knew of; Latest replaces
	// whatever stands.
	Based   int64
	By      string
	Phone   string
	Way     Way
	Answers Answers
}

// Latest replaces whatever was sent before.
const Latest int64 = -1

// Intake takes replies to one form for one period, one or a hundred thousand.
type Intake struct {
	Form   Form
	Period calendar.Period

	tx     Tx
	by     access.Actor
	roster *Roster
	known  map[body.ID]Reply
}

// Open begins to take replies of some units for a period.
func Open(ctx context.Context, tx Tx, by access.Actor, id ID, p calendar.Period, units []body.ID) (*Intake, error) {
	f, err := tx.Form(ctx, id)
	if err != nil {
		return nil, err
	}
	if !f.Asks(p) || p.From > tx.Today() {
		return nil, fault.Field("period", "form.period.wrong", f.Every.Code(p))
	}
	locked, err := tx.PeriodLocked(ctx, id, p)
	if err != nil {
		return nil, err
	}
	if locked {
		return nil, fault.Refuse("form.period.locked")
	}
	in := &Intake{Form: f, Period: p, tx: tx, by: by}
	if in.roster, err = tx.Roster(ctx, f, p); err != nil {
		return nil, err
	}
	if in.known, err = tx.Replies(ctx, f, p, units); err != nil {
		return nil, err
	}
	return in, tx.DropDrafts(ctx, id, p, units)
}

// Take takes one unit's reply. The same answers sent twice are taken once; an
// answer to an older version of the form, or one that does not know of what was
// sent meanwhile, is refused before anything is written.
func (in *Intake) Take(ctx context.Context, s Sending) (Reply, error) {
	if err := in.by.May(access.PostDeeds, s.Unit); err != nil {
		return Reply{}, err
	}
	if !in.roster.Has(s.Unit) {
		return Reply{}, fault.Field("unit", "form.unit.unasked")
	}
	if s.Version != 0 && s.Version != in.Form.Version {
		return Reply{}, fault.Refuse("form.version.older")
	}
	before, sent := in.known[s.Unit]
	s.Answers = in.Form.Kept(s.Answers)
	if s.Way == BySheet {
		in.Form.keepPictures(s.Answers, before.Answers)
	}
	if sent && before.Counts() && before.Answers.Equal(s.Answers) {
		return before, nil
	}
	if s.Based != Latest && s.Based != before.N {
		return Reply{}, fault.Refuse("form.sent.meanwhile", before.By)
	}
	if err := in.Form.Complete(s.Answers); err != nil {
		return Reply{}, err
	}
	r := in.next(s, before)
	if err := checkSender(r); err != nil {
		return Reply{}, err
	}
	if in.Form.Posting == OnSending {
		if err := post(ctx, in.tx, in.by, in.Form, in.Period, &r); err != nil {
			return Reply{}, err
		}
	}
	in.known[s.Unit] = r
	if !sent {
		return r, in.tx.InsertReply(ctx, in.Form, r)
	}
	return r, in.tx.UpdateReply(ctx, in.Form, before, r)
}

// next is the reply as it stands once sent.
func (in *Intake) next(s Sending, before Reply) Reply {
	r := Reply{
		Form: in.Form.ID, Period: in.Period.From, Unit: s.Unit, N: before.N + 1, Version: in.Form.Version, Status: Sent,
		At: in.tx.NowMilli(), First: in.tx.Today(), By: strings.TrimSpace(s.By), Phone: strings.TrimSpace(s.Phone), Way: s.Way,
		Answers: s.Answers, Deeds: before.Deeds,
	}
	if before.N > 0 {
		r.First = before.First
	}
	r.Late = r.First > in.Form.DueOn(in.Period)
	return r
}

func checkSender(r Reply) error {
	if len([]rune(r.By)) > 100 {
		return fault.Field("by", "form.by.long")
	}
	if len([]rune(r.Phone)) > 30 {
		return fault.Field("phone", "form.phone.long")
	}
	return nil
}

// Send takes the reply of one unit for a period.
func Send(ctx context.Context, tx Tx, by access.Actor, id ID, p calendar.Period, s Sending) (Reply, error) {
	if err := by.May(access.PostDeeds, s.Unit); err != nil {
		return Reply{}, err
	}
	in, err := Open(ctx, tx, by, id, p, []body.ID{s.Unit})
	if err != nil {
		return Reply{}, err
	}
	return in.Take(ctx, s)
}

// post has the journal say what a reply says: deeds are entered, those of an
// earlier sending corrected, and what is no longer claimed is cancelled.
func post(ctx context.Context, tx Tx, by access.Actor, f Form, p calendar.Period, r *Reply) error {
	claimed := f.deedsOf(*r, p)
	deeds := map[string]deed.ID{}
	for kind, id := range r.Deeds {
		if _, still := claimed[kind]; !still {
			if err := withdraw(ctx, tx, by, id); err != nil {
				return err
			}
			deeds[kind] = id
		}
	}
	for _, kind := range sortedKinds(claimed) {
		d := claimed[kind]
		id, before := r.Deeds[kind]
		if !before {
			posted, err := deed.Post(ctx, tx, by, d)
			if err != nil {
				return err
			}
			deeds[kind] = posted.ID
			continue
		}
		was, err := tx.Deed(ctx, id)
		if err != nil {
			return err
		}
		deeds[kind] = id
		was.Status, was.Day, was.Lines, was.Source = deed.Done, d.Day, d.Lines, d.Source
		if _, err := deed.Correct(ctx, tx, by, was, was.Revision); err != nil {
			return err
		}
	}
	r.Deeds = deeds
	if len(deeds) == 0 {
		r.Deeds = nil
	}
	return nil
}

// withdraw takes a deed back. One that was paid stays with its money, but says
// nothing any more.
func withdraw(ctx context.Context, tx Tx, by access.Actor, id deed.ID) error {
	d, err := tx.Deed(ctx, id)
	if err != nil {
		return err
	}
	if d.Status == deed.Cancelled {
		return nil
	}
	if d.Entry != 0 {
		d.Lines = nil
		_, err = deed.Correct(ctx, tx, by, d, d.Revision)
		return err
	}
	_, err = deed.Cancel(ctx, tx, by, id, d.Revision)
	return err
}

// onBehalf lets who judges a reply enter what the unit itself reported.
func onBehalf(by access.Actor, unit body.ID) access.Actor {
	by.Grants = append(by.Grants[:len(by.Grants):len(by.Grants)], access.Grant{Right: access.PostDeeds, Body: unit, Depth: access.Own})
	return by
}
