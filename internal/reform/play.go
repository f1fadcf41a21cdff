package reform

import (
	"context"
	"slices"
	"strconv"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/place"
)

// Status says how far a reform is.
type Status string

// The statuses of a reform in a book that has begun it.
const (
	Playing  Status = "playing"
	Standing Status = "standing"
	Undoing  Status = "undoing"
)

// State is what a book knows of a reform that was begun.
type State struct {
	Name   string `json:"name"`
	Job    int64  `json:"job"` // all that it wrote bears it
	Status Status `json:"status"`
	Held   bool   `json:"held,omitempty"` // only what touches units that the book held
	Done   int    `json:"done"`
	Steps  int    `json:"steps"`
	Began  int64  `json:"began"` // Unix milliseconds
	Ended  int64  `json:"ended,omitempty"`
}

// Tx is what playing a reform needs of a transaction.
type Tx interface {
	body.LearnTx
	NewID() int64
	NowMilli() int64
	RootBody() int64
	BodyKnown(ctx context.Context, id body.ID) (bool, error)
	CodeTaken(ctx context.Context, code string) (bool, error)
	InsertBody(ctx context.Context, b body.Body) error
	PlaceUnder(ctx context.Context, e body.Edge) error

	Reform(ctx context.Context, name string) (State, error)
	SaveReform(ctx context.Context, s State) error
	DropReform(ctx context.Context, s State) error
	// BodiesKnown lists the localities that the book holds.
	LocalitiesKnown(ctx context.Context) (map[body.ID]bool, error)
	PlanUnits(ctx context.Context, job int64, units []place.ID, held map[body.ID]bool) error
	PlannedUnits(ctx context.Context, job int64) (map[body.ID]bool, error) // true: brought in by the reform
	UnitHeld(ctx context.Context, job int64, id body.ID) error
	// UnitLearned notes that the reform told the book of the end of a unit it held;
	// UnitsLearned lists those.
	UnitLearned(ctx context.Context, job int64, id body.ID) error
	UnitsLearned(ctx context.Context, job int64) ([]body.ID, error)

	PrepareEvent(ctx context.Context, e body.Event) error
	StandEvents(ctx context.Context, job int64) error
	RecallEvents(ctx context.Context, job int64) error
	RemoveEvents(ctx context.Context, job int64, most int) (more bool, err error)

	KeepEdition(ctx context.Context, name string, day calendar.Day) error
	FillEdition(ctx context.Context, name string, most int) (ready bool, err error)
	DropEdition(ctx context.Context, name string) error

	UnitsInUse(ctx context.Context, job int64) ([]body.Body, error)
	RemoveUnits(ctx context.Context, job int64, most int) (more bool, err error)
}

// Writer runs work in a transaction of the book.
type Writer func(ctx context.Context, do func(ctx context.Context, tx Tx) error) error

// How much one step does: few enough that nobody else who writes waits long.
const (
	unitsAStep  = 150
	eventsAStep = 60
	filledAStep = 2500
	goneAStep   = 150
)

// Clash is something in the book that the reform does not agree with, and leaves
// as it is.
type Clash struct {
	Key   string // of the sentence that tells it
	Body  body.ID
	Named string
}

// Player plays one reform into one book, or takes it back.
type Player struct {
	Map     *place.Map
	By      access.Actor
	Write   Writer
	Tell    func(State) // hears of every step; may be nil
	Clashes []Clash     // found by Apply

	units  []place.ID
	events []body.Event
	days   []calendar.Day
}

// Check refuses names of reforms that are not known.
func Check(name string) error {
	if !slices.Contains(Names(), name) {
		return fault.Field("name", "reform.unknown", name)
	}
	return nil
}

// may says whether the actor may play reforms: who manages the first organisation
// of the book, for a reform concerns everybody in it.
func (p *Player) may(tx Tx) error { return p.By.May(access.ManageBody, body.ID(tx.RootBody())) }

// Begin enters a reform in the book, or takes up again one that was broken off. A
// reform that stands is refused: it is not played twice.
func (p *Player) Begin(ctx context.Context, name string, held bool) (State, error) {
	if err := Check(name); err != nil {
		return State{}, err
	}
	var s State
	err := p.Write(ctx, func(ctx context.Context, tx Tx) error {
		if err := p.may(tx); err != nil {
			return err
		}
		if tx.Today() < place.Reform {
			return fault.Refuse("reform.early", place.Reform)
		}
		var err error
		s, err = tx.Reform(ctx, name)
		switch {
		case fault.KindOf(err) == fault.NotFound:
			return p.enter(ctx, tx, name, held, &s)
		case err != nil:
			return err
		case s.Status == Standing:
			return fault.Refuse("reform.standing", name)
		case s.Status == Undoing:
			return fault.Refuse("reform.undoing", name)
		}
		return p.recall(ctx, tx, &s)
	})
	return s, err
}

// enter notes what is going to be brought in.
func (p *Player) enter(ctx context.Context, tx Tx, name string, held bool, s *State) error {
	known, err := tx.LocalitiesKnown(ctx)
	if err != nil {
		return err
	}
	plan := VietNam(p.Map)
	if held {
		plan = plan.Held(p.Map, func(id body.ID) bool { return known[id] })
	}
	if len(plan.Events) == 0 {
		return fault.Refuse("reform.nothing", name)
	}
	*s = State{Name: name, Job: tx.NewID(), Status: Playing, Held: held, Began: tx.NowMilli()}
	if err := tx.PlanUnits(ctx, s.Job, plan.Units, known); err != nil {
		return err
	}
	if err := p.recall(ctx, tx, s); err != nil {
		return err
	}
	s.Steps = steps(len(p.units), unitsAStep) + steps(len(p.events), eventsAStep) + 1 + steps(len(plan.Units), filledAStep)
	return tx.SaveReform(ctx, *s)
}

func steps(things, each int) int { return (things + each - 1) / each }

// recall makes the plan anew of what was noted when the reform was begun.
func (p *Player) recall(ctx context.Context, tx Tx, s *State) error {
	planned, err := tx.PlannedUnits(ctx, s.Job)
	if err != nil {
		return err
	}
	plan := VietNam(p.Map).among(func(id body.ID) bool { _, is := planned[id]; return is })
	p.units, p.events, p.days = nil, plan.Events, plan.Days
	for _, id := range plan.Units {
		if planned[body.ID(id)] {
			p.units = append(p.units, id)
		}
	}
	return nil
}

// Apply plays a reform, step by step. When it is broken off, the next call goes on
// where it stopped. Nothing of what became of any unit is seen before the step in
// which all events begin to stand at once.
func (p *Player) Apply(ctx context.Context, name string, held bool) (State, error) {
	s, err := p.Begin(ctx, name, held)
	for err == nil && s.Status == Playing {
		p.tell(s)
		if err = ctx.Err(); err == nil {
			s, err = p.Step(ctx, s)
		}
	}
	p.tell(s)
	return s, err
}

func (p *Player) tell(s State) {
	if p.Tell != nil {
		p.Tell(s)
	}
}

// Step plays the next step of a reform.
func (p *Player) Step(ctx context.Context, s State) (State, error) {
	next := s
	err := p.Write(ctx, func(ctx context.Context, tx Tx) error {
		now, err := tx.Reform(ctx, s.Name)
		if err != nil {
			return err
		}
		if next = now; now.Status != Playing {
			return nil // somebody else ended it, or took it back
		}
		units, events := steps(len(p.units), unitsAStep), steps(len(p.events), eventsAStep)
		switch at := now.Done; {
		case at < units:
			err = p.bringIn(ctx, tx, now, p.units[at*unitsAStep:min((at+1)*unitsAStep, len(p.units))])
		case at < units+events:
			at -= units
			err = p.prepare(ctx, tx, now, p.events[at*eventsAStep:min((at+1)*eventsAStep, len(p.events))])
		case at == units+events:
			err = p.stand(ctx, tx, now)
		default:
			var ready bool
			if ready, err = tx.FillEdition(ctx, now.Name, filledAStep); ready {
				next.Status, next.Ended = Standing, tx.NowMilli()
			}
		}
		next.Done++
		if next.Steps = max(next.Steps, next.Done); next.Status == Standing {
			next.Steps = next.Done
		}
		if err != nil {
			return err
		}
		return tx.SaveReform(ctx, next)
	})
	return next, err
}

// bringIn makes units of the map bodies of the book. One that somebody brought in
// since the reform was begun is theirs.
func (p *Player) bringIn(ctx context.Context, tx Tx, s State, units []place.ID) error {
	for _, id := range units {
		known, err := tx.BodyKnown(ctx, body.ID(id))
		if err != nil {
			return err
		}
		if known {
			if err := tx.UnitHeld(ctx, s.Job, body.ID(id)); err != nil {
				return err
			}
			continue
		}
		u, err := p.Map.Unit(id)
		if err != nil {
			return err
		}
		b := body.FromPlace(p.Map, u)
		if b.Code, err = p.code(ctx, tx, b); err != nil {
			return err
		}
		if err := tx.InsertBody(ctx, b); err != nil {
			return err
		}
		for _, up := range u.Parents {
			e := body.Edge{Axis: body.Administrative, Child: b.ID, Parent: body.ID(up.ID), Since: up.During.From, Until: up.During.To}
			if err := tx.PlaceUnder(ctx, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// code gives the code of a unit, with its number behind where another body has it.
func (p *Player) code(ctx context.Context, tx Tx, b body.Body) (string, error) {
	taken, err := tx.CodeTaken(ctx, b.Code)
	if err != nil || !taken {
		return b.Code, err
	}
	p.Clashes = append(p.Clashes, Clash{"reform.clash.code", b.ID, b.Code})
	return b.Code + "-" + strconv.FormatInt(int64(b.ID), 10), nil
}

// prepare writes events that do not stand yet. Where somebody has recorded what
// became of a unit, that is left as it is.
func (p *Player) prepare(ctx context.Context, tx Tx, s State, events []body.Event) error {
	lines := tx.Lineage()
	for _, e := range events {
		if of, told := told(lines, e); told {
			p.Clashes = append(p.Clashes, Clash{"reform.clash.told", of, p.Map.NameOn(place.ID(of), e.Day-1)})
			continue
		}
		e.ID, e.Job, e.Recorded, e.Recorder = tx.NewID(), s.Job, tx.NowMilli(), p.By.Person
		if err := tx.PrepareEvent(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// told finds a unit of an event of whose end another event tells already.
func told(lines *body.Lineage, e body.Event) (body.ID, bool) {
	for _, id := range e.Bodies() {
		if !e.Ends(id) {
			continue
		}
		for _, known := range lines.Events(id) {
			if known.Ends(id) {
				return id, true
			}
		}
	}
	return 0, false
}

// stand lets all events stand at once and begins to keep figures on the borders of
// before and after.
func (p *Player) stand(ctx context.Context, tx Tx, s State) error {
	if err := p.learn(ctx, tx, s); err != nil {
		return err
	}
	if err := tx.StandEvents(ctx, s.Job); err != nil {
		return err
	}
	for _, day := range p.days {
		if err := tx.KeepEdition(ctx, s.Name, day); err != nil {
			return err
		}
	}
	return nil
}

// learn lets units end that the book took in before their end had come.
func (p *Player) learn(ctx context.Context, tx Tx, s State) error {
	planned, err := tx.PlannedUnits(ctx, s.Job)
	if err != nil {
		return err
	}
	for id, made := range planned {
		u, err := p.Map.Unit(place.ID(id))
		if err != nil || made || u.During.To == calendar.Latest {
			continue
		}
		learned, err := body.Learn(ctx, tx, u)
		if err == nil && learned {
			err = tx.UnitLearned(ctx, s.Job, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unlearn takes back what the reform told of units that the book held.
func (p *Player) unlearn(ctx context.Context, tx Tx, s State) error {
	learned, err := tx.UnitsLearned(ctx, s.Job)
	for _, id := range learned {
		u, err := p.Map.Unit(place.ID(id))
		if err != nil {
			return err
		}
		if err := body.Unlearn(ctx, tx, u); err != nil {
			return err
		}
	}
	return err
}

// Undo takes a reform back: its events, the borders kept for it, and the units that
// it brought in. While anything in the book has come to need one of these units, it
// is refused.
func (p *Player) Undo(ctx context.Context, name string) (State, error) {
	s, err := p.beginUndo(ctx, name)
	for more := err == nil; more && err == nil; {
		p.tell(s)
		err = p.Write(ctx, func(ctx context.Context, tx Tx) error {
			var err error
			if more, err = tx.RemoveEvents(ctx, s.Job, eventsAStep); more || err != nil {
				return err
			}
			if more, err = tx.RemoveUnits(ctx, s.Job, goneAStep); more || err != nil {
				return err
			}
			return tx.DropReform(ctx, s)
		})
		s.Done = min(s.Done+1, s.Steps-1)
	}
	if err == nil {
		s.Done = s.Steps
		p.tell(s)
	}
	return s, err
}

func (p *Player) beginUndo(ctx context.Context, name string) (State, error) {
	if err := Check(name); err != nil {
		return State{}, err
	}
	var s State
	err := p.Write(ctx, func(ctx context.Context, tx Tx) error {
		if err := p.may(tx); err != nil {
			return err
		}
		var err error
		if s, err = tx.Reform(ctx, name); err != nil {
			return err
		}
		used, err := tx.UnitsInUse(ctx, s.Job)
		if err != nil {
			return err
		}
		if len(used) > 0 {
			return fault.Refuse("reform.used", name, len(used), used[0].Saying(calendar.Latest))
		}
		planned, err := tx.PlannedUnits(ctx, s.Job)
		if err != nil {
			return err
		}
		s.Status, s.Done, s.Ended = Undoing, 0, 0
		s.Steps = 1 + steps(len(planned), goneAStep) + steps(len(VietNam(p.Map).Events), eventsAStep)
		if err := tx.RecallEvents(ctx, s.Job); err != nil {
			return err
		}
		if err := p.unlearn(ctx, tx, s); err != nil {
			return err
		}
		if err := tx.DropEdition(ctx, name); err != nil {
			return err
		}
		return tx.SaveReform(ctx, s)
	})
	return s, err
}
