// Package sample builds the demonstration book through the real verbs: an
// association of countrymen with an invented roll, the figures of its first
// twenty years brought forward with their source, and the living years since,
// deed by deed and đồng by đồng. The same seed gives the same people.
package sample

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

// Code is the code of the association of the sample.
const Code = "hai-duong-dien-bien"

// Password opens the accounts of the sample.
const Password = "dong huong 2003"

// Login is one way into the sample.
type Login struct {
	Name   string
	Office string // key of the office's name
}

// Logins lists who can sign in to the sample.
func Logins() []Login {
	return []Login{
		{"thuky", "office.kind.secretary"},
		{"thuquy", "office.kind.treasurer"},
		{"truongban", "office.kind.head"},
		{"chihoi", "office.kind.head"},
		{"doingoai", "sample.office.union"},
		{"haiphong", "sample.office.cambodia"},
		{"thoxuan", "sample.office.twins"},
		{"thanhhoa", "sample.office.province"},
		{"cumthidua", "sample.office.cluster"},
		{"langson", "sample.office.front"},
		{"caobang", "sample.office.front.lead"},
	}
}

// builder is the sample while it is being built.
type builder struct {
	book     *store.Book
	by       access.Actor
	r        *rand.Rand
	names    *names
	places   *place.Map
	progress func(step string, done, of int)
	now      time.Time

	root     body.ID
	branches []branch
	members  []*member
	twelfth  deed.ID              // edition of the programme of the Mekong
	posts    map[string]person.ID // who holds which post, by its login
	office   map[string]int64
	cash     int64 // in the cash box, so that it is filled from the bank in time
}

// member is one person of the roll as the sample knows them.
type member struct {
	person.Person
	branch     int
	membership int64
	paid       int         // last year whose dues are paid
	visited    map[int]int // visits when sick, by year
}

func (m *member) residence() place.ID { return place.ID(m.Residence) }
func (m *member) origin() place.ID    { return place.ID(m.Origin) }

// begun is the day on which the association began to keep its book in Kith:
// the day after the figures that its leaders had stated.
var begun = calendar.DayOf(2024, time.June, 1)

// until is the last day of the living years.
var until = calendar.DayOf(2026, time.October, 31)

// Build makes the demonstration book at an empty place. progress may be nil.
func Build(ctx context.Context, at store.Place, progress func(step string, done, of int)) error {
	places, err := place.Shipped()
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(2003, 10))
	b := &builder{
		by: access.Operator("Kith"), r: r, names: newNames(r), places: places, progress: progress,
		posts: map[string]person.ID{}, office: map[string]int64{},
	}
	b.at(begun)
	if b.progress == nil {
		b.progress = func(string, int, int) {}
	}
	b.book, err = store.Create(ctx, at, store.Options{Clock: func() time.Time { return b.now }})
	if err != nil {
		return err
	}
	if err := b.build(ctx); err != nil {
		b.book.Close()
		return fmt.Errorf("build the sample: %w", err)
	}
	return b.book.Close()
}

// at sets the clock of the book to nine in the morning of a day.
func (b *builder) at(day calendar.Day) {
	b.now = day.Midnight(time.FixedZone("UTC+7", 7*3600)).Add(9 * time.Hour)
}

func (b *builder) today() calendar.Day { return calendar.FromTime(b.now) }

// write does one step of the sample in one transaction.
func (b *builder) write(ctx context.Context, why string, do func(ctx context.Context, tx *store.Tx) error) error {
	return b.book.Write(ctx, store.Writing{By: b.by, Why: why}, do)
}

func (b *builder) build(ctx context.Context) error {
	steps := []struct {
		name string
		do   func(context.Context) error
	}{
		{"sample.step.association", b.association},
		{"sample.step.roll", b.roll},
		{"sample.step.board", b.board},
		{"sample.step.brought", b.brought},
		{"sample.step.fund", b.openFund},
		{"sample.step.rules", b.rules},
		{"sample.step.years", b.years},
		{"sample.step.coming", b.coming},
		{"sample.step.union", b.unionBook},
		{"sample.step.protocol", b.protocol},
		{"sample.step.visits", b.delegations},
		{"sample.step.boards", b.boards},
		{"sample.step.registers", b.registers},
		{"sample.step.cambodia", b.cambodiaBook},
		{"sample.step.veterans", b.veterans},
		{"sample.step.twins", b.twins},
		{"sample.step.again", b.signedAnew},
		{"sample.step.plans", b.plans},
		{"sample.step.reform", b.reform},
		{"sample.step.pairs", b.pairs},
		{"sample.step.cluster", b.cluster},
		{"sample.step.forms", b.forms},
		{"sample.step.joined", b.joined},
		{"sample.step.remembered", b.remembered},
	}
	for i, s := range steps {
		b.progress(s.name, i, len(steps))
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	b.progress("", len(steps), len(steps))
	return nil
}
