package occasion

import (
	"context"
	"slices"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
)

// Doing is what is done for an occasion.
type Doing string

// The doings.
const (
	Letter  Doing = "letter"
	Flowers Doing = "flowers"
	Visit   Doing = "visit"
	Gift    Doing = "gift"
)

// Doings lists the doings in the order in which forms offer them.
func Doings() []Doing { return []Doing{Letter, Flowers, Visit, Gift} }

// Step is one thing that happened with a duty.
type Step string

// The steps of duties.
const (
	Drafted  Step = "drafted"
	Ordered  Step = "ordered"
	Signed   Step = "signed"
	Sent     Step = "sent"
	Made     Step = "made" // of a visit
	Received Step = "received"
	Answered Step = "answered"
)

// Steps lists the steps of a doing in their order.
func (d Doing) Steps() []Step {
	switch d {
	case Flowers, Gift:
		return []Step{Ordered, Sent, Received, Answered}
	case Visit:
		return []Step{Ordered, Made, Answered}
	case Letter:
	}
	return []Step{Drafted, Signed, Sent, Received, Answered}
}

// Fulfils is the step with which an office has done its part.
func (d Doing) Fulfils() Step {
	if d == Visit {
		return Made
	}
	return Sent
}

// DeedKind is the kind of deed that a fulfilled duty is counted as.
func (d Doing) DeedKind() string {
	switch d {
	case Flowers:
		return "flowers"
	case Visit:
		return "courtesy-visit"
	case Gift:
		return "gift"
	case Letter:
	}
	return "congratulation"
}

// Custom says that a body is remembered on an occasion, and how: every year,
// until it is ended.
type Custom struct {
	ID       int64   `json:"id"`
	Body     body.ID `json:"body"`     // whose custom
	Occasion string  `json:"occasion"` // code
	To       body.ID `json:"to"`
	Office   int64   `json:"office,omitempty"` // at which it is addressed; 0: the first in rank
	Do       Doing   `json:"do"`
	Lang     string  `json:"lang,omitempty"` // of the letter
	Note     string  `json:"note,omitempty"`
	Ended    bool    `json:"ended,omitempty"`
	Revision int64   `json:"revision"`
}

// DutyID identifies a duty for ever.
type DutyID int64

// Stage is a step with the day on which it was taken and by whom it was noted.
type Stage struct {
	Step Step         `json:"step"`
	Day  calendar.Day `json:"day"`
	By   person.ID    `json:"by,omitempty"`
	Note string       `json:"note,omitempty"`
}

// Duty is what one office does for one body on one occasion.
type Duty struct {
	ID        DutyID     `json:"id"`
	Body      body.ID    `json:"body"`
	Custom    int64      `json:"custom,omitempty"`
	For       Occurrence `json:"for"`
	Do        Doing      `json:"do"`
	To        body.ID    `json:"to,omitempty"`
	ToName    string     `json:"toName,omitempty"`    // of somebody who is no body of the book
	Office    int64      `json:"office,omitempty"`    // at which it is addressed
	Addressee string     `json:"addressee,omitempty"` // as it was written; empty: who holds the office
	Lang      string     `json:"lang"`
	Subject   string     `json:"subject,omitempty"`
	Text      string     `json:"text,omitempty"`
	Keeper    person.ID  `json:"keeper,omitempty"` // who sees to it
	Stages    []Stage    `json:"stages,omitempty"`
	Dropped   string     `json:"dropped,omitempty"` // why it is not done
	Paper     int64      `json:"paper,omitempty"`   // in the register, when it went
	Answer    int64      `json:"answer,omitempty"`  // that came
	Deed      deed.ID    `json:"deed,omitempty"`
	Note      string     `json:"note,omitempty"`
	Recorded  int64      `json:"recorded"`
	Recorder  person.ID  `json:"recorder,omitempty"`
	Revision  int64      `json:"revision"`
}

// Stands gives the furthest step taken; empty while none is.
func (d Duty) Stands() Step {
	if len(d.Stages) == 0 {
		return ""
	}
	return d.Stages[len(d.Stages)-1].Step
}

// At gives the stage of a step.
func (d Duty) At(s Step) (Stage, bool) {
	i := slices.IndexFunc(d.Stages, func(g Stage) bool { return g.Step == s })
	if i < 0 {
		return Stage{}, false
	}
	return d.Stages[i], true
}

// Fulfilled tells whether the office has done its part.
func (d Duty) Fulfilled() bool {
	_, done := d.At(d.Do.Fulfils())
	return done
}

// Open tells whether something is left for the office to do.
func (d Duty) Open() bool { return d.Dropped == "" && !d.Fulfilled() }

// Next lists the steps that may come now: each after those taken.
func (d Duty) Next() []Step {
	if d.Dropped != "" {
		return nil
	}
	steps := d.Do.Steps()
	return steps[slices.Index(steps, d.Stands())+1:]
}

// Due is the day by which it must have left the house: two days before the
// occasion, so that it arrives; a visit on the day itself.
func (d Duty) Due() calendar.Day {
	if d.Do == Visit {
		return d.For.Day
	}
	return d.For.Day - 2
}

// check tells what does not make sense in a duty by itself.
func (d Duty) check() error {
	var found []error
	if d.Body == 0 {
		found = append(found, fault.Field("body", "occasion.duty.body"))
	}
	if d.To == 0 && strings.TrimSpace(d.ToName) == "" {
		found = append(found, fault.Field("to", "occasion.duty.to"))
	}
	if !slices.Contains(Doings(), d.Do) {
		found = append(found, fault.Field("do", "occasion.duty.do"))
	}
	if len([]rune(d.Text)) > 20_000 {
		found = append(found, fault.Field("text", "occasion.duty.long"))
	}
	return fault.Gather(found...)
}

// DutyTx is what duties need of a transaction.
type DutyTx interface {
	deed.Tx
	Body(ctx context.Context, id body.ID) (body.Body, error)
	Custom(ctx context.Context, id int64) (Custom, error)
	Customs(ctx context.Context, of body.ID) ([]Custom, error)
	SaveCustom(ctx context.Context, c Custom) error
	Duty(ctx context.Context, id DutyID) (Duty, error)
	DutiesFor(ctx context.Context, of body.ID, code string, year int) ([]Duty, error)
	InsertDuty(ctx context.Context, d Duty) error
	UpdateDuty(ctx context.Context, d Duty) error
}

// Adopt makes it a custom to remember a body on an occasion.
func Adopt(ctx context.Context, tx DutyTx, by access.Actor, c Custom) (Custom, error) {
	if err := by.May(access.KeepOffice, c.Body); err != nil {
		return Custom{}, err
	}
	switch {
	case c.To == 0:
		return Custom{}, fault.Field("to", "occasion.duty.to")
	case !slices.Contains(Doings(), c.Do):
		return Custom{}, fault.Field("do", "occasion.duty.do")
	case c.To == c.Body:
		return Custom{}, fault.Field("to", "occasion.custom.itself")
	}
	if err := inBook(ctx, tx, c.To); err != nil {
		return Custom{}, err
	}
	others, err := tx.Customs(ctx, c.Body)
	if err != nil {
		return Custom{}, err
	}
	for _, o := range others {
		if !o.Ended && o.Occasion == c.Occasion && o.To == c.To && o.Do == c.Do {
			return Custom{}, fault.Field("to", "occasion.custom.twice")
		}
	}
	c.ID, c.Revision = tx.NewID(), 1
	return c, tx.SaveCustom(ctx, c)
}

// inBook refuses an addressee that the book does not hold: everything that tells of it
// would lead nowhere. Who is no body of the book is written by name.
func inBook(ctx context.Context, tx DutyTx, to body.ID) error {
	if to == 0 {
		return nil
	}
	_, err := tx.Body(ctx, to)
	if fault.KindOf(err) == fault.NotFound {
		return fault.Field("to", "occasion.duty.absent")
	}
	return err
}

// Abandon ends a custom; duties already begun stay.
func Abandon(ctx context.Context, tx DutyTx, by access.Actor, id int64) error {
	c, err := tx.Custom(ctx, id)
	if err != nil {
		return err
	}
	if err := by.May(access.KeepOffice, c.Body); err != nil {
		return err
	}
	c.Ended = true
	c.Revision++
	return tx.SaveCustom(ctx, c)
}

// Begin takes a duty up. The same duty of the same occasion is taken up once.
func Begin(ctx context.Context, tx DutyTx, by access.Actor, d Duty) (Duty, error) {
	if err := by.May(access.KeepOffice, d.Body); err != nil {
		return Duty{}, err
	}
	if err := d.check(); err != nil {
		return Duty{}, err
	}
	if err := inBook(ctx, tx, d.To); err != nil {
		return Duty{}, err
	}
	others, err := tx.DutiesFor(ctx, d.Body, d.For.Code, d.For.Day.Year())
	if err != nil {
		return Duty{}, err
	}
	for _, o := range others {
		if o.Do == d.Do && o.To == d.To && o.ToName == d.ToName {
			return o, nil
		}
	}
	d.ID, d.Stages, d.Deed, d.Recorded, d.Recorder, d.Revision = DutyID(tx.NewID()), nil, 0, tx.NowMilli(), person.ID(by.Person), 1
	return d, tx.InsertDuty(ctx, d)
}

// open reads a duty that the actor may change, at the revision they saw.
func open(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, based int64) (Duty, error) {
	d, err := tx.Duty(ctx, id)
	if err != nil {
		return d, err
	}
	if err := by.May(access.KeepOffice, d.Body); err != nil {
		return d, err
	}
	if d.Revision != based {
		return d, fault.Outdated("common.outdated")
	}
	d.Revision++
	return d, nil
}

// Words are what is written in a duty: the letter, to whom, in what language.
type Words struct {
	Addressee, Lang, Subject, Text, Note string
	Office                               int64
	Keeper                               person.ID
}

// Write changes the words of a duty. Once it is signed the letter stays.
func Write(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, based int64, w Words) (Duty, error) {
	d, err := open(ctx, tx, by, id, based)
	if err != nil {
		return d, err
	}
	_, signed := d.At(Signed)
	if letter := w.Text != d.Text || w.Subject != d.Subject || w.Addressee != d.Addressee || w.Lang != d.Lang; letter && (signed || d.Fulfilled()) {
		return d, fault.Field("text", "occasion.duty.signed")
	}
	d.Addressee, d.Lang, d.Subject, d.Text, d.Note, d.Office, d.Keeper = w.Addressee, w.Lang, w.Subject, w.Text, w.Note, w.Office, w.Keeper
	if err := d.check(); err != nil {
		return d, err
	}
	return d, tx.UpdateDuty(ctx, d)
}

// Took is a step with its day and what there is to say of it.
type Took struct {
	Step   Step
	Day    calendar.Day // 0: today
	Note   string
	Who    string // the addressee as the letter names them, kept when it goes
	Answer int64  // the paper that came in reply
}

// Take notes a step. With the one that fulfils the duty the deed is written in
// the journal, so that it counts, where the actor may write deeds.
func Take(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, based int64, t Took) (Duty, error) {
	d, err := open(ctx, tx, by, id, based)
	if err != nil {
		return d, err
	}
	if t.Day == 0 {
		t.Day = tx.Today()
	}
	switch {
	case !slices.Contains(d.Next(), t.Step):
		return d, fault.Refuse("occasion.step.order")
	case t.Day > tx.Today():
		return d, fault.Field("day", "occasion.step.future")
	case len(d.Stages) > 0 && t.Day < d.Stages[len(d.Stages)-1].Day:
		return d, fault.Field("day", "occasion.step.early")
	case t.Step == Signed && strings.TrimSpace(d.Text) == "":
		return d, fault.Field("text", "occasion.step.blank")
	}
	d.Stages = append(slices.Clone(d.Stages), Stage{Step: t.Step, Day: t.Day, By: person.ID(by.Person), Note: t.Note})
	if t.Step == Answered {
		d.Answer = t.Answer
	}
	if d.Addressee == "" && d.Fulfilled() {
		d.Addressee = t.Who
	}
	if d.Fulfilled() && d.Deed == 0 {
		if d.Deed, err = count(ctx, tx, by, d); err != nil {
			return d, err
		}
	}
	return d, tx.UpdateDuty(ctx, d)
}

// count writes the deed of a fulfilled duty; nothing where the actor may not.
func count(ctx context.Context, tx DutyTx, by access.Actor, d Duty) (deed.ID, error) {
	if !by.Can(access.PostDeeds, d.Body) {
		return 0, nil
	}
	done, _ := d.At(d.Do.Fulfils())
	party := deed.Party{Role: deed.Receiver, Body: d.To, Name: d.ToName, Note: d.Addressee}
	unit := deed.Acts
	posted, err := deed.Post(ctx, tx, by, deed.Deed{
		Body: d.Body, Kind: d.Do.DeedKind(), Status: deed.Done, Title: d.Subject, Day: calendar.OnDay(done.Day),
		Parties: []deed.Party{party}, Lines: []deed.Line{{Unit: unit, Quantity: 1, Stage: deed.Given}},
	})
	return posted.ID, err
}

// TakeBack undoes the last step; a deed it wrote is cancelled.
func TakeBack(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, based int64) (Duty, error) {
	d, err := open(ctx, tx, by, id, based)
	if err != nil {
		return d, err
	}
	if len(d.Stages) == 0 {
		return d, fault.Refuse("occasion.step.none")
	}
	d.Stages = slices.Clone(d.Stages[:len(d.Stages)-1])
	if !d.Fulfilled() && d.Deed != 0 {
		counted, err := tx.Deed(ctx, d.Deed)
		if err != nil {
			return d, err
		}
		if counted.Status != deed.Cancelled {
			if _, err := deed.Cancel(ctx, tx, by, d.Deed, counted.Revision); err != nil {
				return d, err
			}
		}
		d.Deed = 0
	}
	return d, tx.UpdateDuty(ctx, d)
}

// Drop says that a duty is not done this time, and why.
func Drop(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, based int64, why string) (Duty, error) {
	d, err := open(ctx, tx, by, id, based)
	if err != nil {
		return d, err
	}
	if why = strings.TrimSpace(why); why == "" {
		return d, fault.Field("why", "occasion.drop.why")
	}
	if d.Fulfilled() {
		return d, fault.Refuse("occasion.drop.done")
	}
	d.Dropped = why
	return d, tx.UpdateDuty(ctx, d)
}

// Resume takes up a duty again that was dropped.
func Resume(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, based int64) (Duty, error) {
	d, err := open(ctx, tx, by, id, based)
	if err != nil {
		return d, err
	}
	d.Dropped = ""
	return d, tx.UpdateDuty(ctx, d)
}

// Registered notes under which paper of the register the letter went.
func Registered(ctx context.Context, tx DutyTx, by access.Actor, id DutyID, paper int64) error {
	d, err := tx.Duty(ctx, id)
	if err != nil {
		return err
	}
	if d, err = open(ctx, tx, by, id, d.Revision); err != nil {
		return err
	}
	d.Paper = paper
	return tx.UpdateDuty(ctx, d)
}

// Proposed gives the duties of an occurrence: those begun, and for each custom
// without one a duty that nobody has begun yet.
func Proposed(o Occurrence, begun []Duty, customs []Custom) []Duty {
	var all []Duty
	for _, d := range begun {
		if d.For.Key() == o.Key() {
			all = append(all, d)
		}
	}
	for _, c := range customs {
		if c.Ended || c.Occasion != o.Code {
			continue
		}
		if slices.ContainsFunc(all, func(d Duty) bool { return d.Do == c.Do && d.To == c.To && d.Body == c.Body }) {
			continue
		}
		all = append(all, Duty{Body: c.Body, Custom: c.ID, For: o, Do: c.Do, To: c.To, Office: c.Office, Lang: c.Lang, Note: c.Note})
	}
	return all
}
