package twin

import (
	"cmp"
	"context"
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/source"
	"kith.app/internal/text"
	"kith.app/internal/tie"
)

// Source is what the file needs of the book, as its reader may see it.
type Source interface {
	Today() calendar.Day
	Tree() *body.Tree
	Lineage() *body.Lineage
	Tie(ctx context.Context, id tie.ID) (tie.Row, error)
	TiesByID(ctx context.Context, ids []tie.ID) ([]tie.Row, error)
	TieContinuedBy(ctx context.Context, id tie.ID) ([]tie.Row, error)
	TiesUnder(ctx context.Context, id tie.ID) ([]tie.Row, error)
	TieKinds(ctx context.Context) ([]tie.Kind, error)
	DeedsUnder(ctx context.Context, id tie.ID) ([]deed.Deed, error)
	PromisesUnder(ctx context.Context, id tie.ID) ([]tie.Promise, error)
	TieReviews(ctx context.Context, id tie.ID) ([]tie.Review, error)
	TiePapers(ctx context.Context, id tie.ID) ([]source.Attachment, error)
	TieFigures(ctx context.Context, id tie.ID) ([]deed.Stated, error)
	BodiesByID(ctx context.Context, ids []body.ID) (map[body.ID]body.Body, error)
	Board(ctx context.Context, of body.ID, on calendar.Day) (person.Board, error)
	NamesUnder(ctx context.Context, id tie.ID, deeds []deed.Deed) (map[person.ID]string, error)
}

// File is everything the book knows of one tie on a day.
type File struct {
	On        calendar.Day
	Tie       tie.Row
	Kind      tie.Kind
	Kinds     []tie.Kind // of the book
	Before    []tie.Row  // what it continues
	After     []tie.Row  // what continues it
	Parent    *tie.Row
	Under     []tie.Row // that hang under it: of fronts, schools, firms, villages
	Deeds     []deed.Deed
	Visits    []VisitLine
	Gave      []GivenIn
	InAll     []GivenIn
	Promises  []tie.Promise
	Reviews   []tie.Review
	Review    calendar.Date // the next one due
	Papers    []source.Attachment
	Figures   []FigureRow
	Bodies    map[body.ID]body.Body
	People    map[person.ID]string
	Answers   []Answer
	Next      Anniversary
	NextRound Anniversary
}

// VisitLine is one visit: from which side to which, who led it, what was given
// at it.
type VisitLine struct {
	Deed     deed.Deed
	From, To int
}

// Heads gives who led a visit.
func (v VisitLine) Heads() []deed.Party {
	return slices.DeleteFunc(slices.Clone(v.Deed.Parties), func(p deed.Party) bool { return p.Role != deed.Head })
}

// Answer is somebody who answers for a tie on a side today, or a body in which
// nobody does.
type Answer struct {
	Side   int
	Body   body.ID
	Office string // title
	Kind   string // of the office, where it has no title
	Name   string
	Nobody bool // no office of the body is held today
	Ended  bool // the body has ended and nobody has taken its place
}

// Anniversary is a day on which a signing is remembered; Years is 0 when it is
// not known.
type Anniversary struct {
	On    calendar.Date
	Years int
}

// FigureRow is one stated figure of both sides, beside each other.
type FigureRow struct {
	Measure string
	Of      map[int][]deed.Stated // by side, the latest first
}

// Gather puts a tie's file together.
func Gather(ctx context.Context, src Source, id tie.ID) (File, error) {
	f := File{On: src.Today()}
	var err error
	if f.Tie, err = src.Tie(ctx, id); err != nil {
		return f, err
	}
	if f.Kinds, err = src.TieKinds(ctx); err != nil {
		return f, err
	}
	if i := slices.IndexFunc(f.Kinds, func(k tie.Kind) bool { return k.Code == f.Tie.Kind }); i >= 0 {
		f.Kind = f.Kinds[i]
	}
	for _, read := range []func(context.Context, Source) error{f.kin, f.records, f.names, f.sums, f.figures, f.answers} {
		if err := read(ctx, src); err != nil {
			return f, err
		}
	}
	f.Next.On, f.Next.Years, _ = tie.NextAnniversary(f.Tie.Origin, f.On)
	f.NextRound.On, f.NextRound.Years, _ = tie.NextRound(f.Tie.Origin, f.On)
	f.Review = f.Tie.NextReview(f.Reviews, f.On)
	return f, nil
}

// kin reads the ties before, after, below and above.
func (f *File) kin(ctx context.Context, src Source) (err error) {
	if f.Before, err = src.TiesByID(ctx, f.Tie.Before); err != nil {
		return err
	}
	if f.After, err = src.TieContinuedBy(ctx, f.Tie.ID); err != nil {
		return err
	}
	if f.Under, err = src.TiesUnder(ctx, f.Tie.ID); err != nil || f.Tie.Parent == 0 {
		return err
	}
	above, err := src.TiesByID(ctx, []tie.ID{f.Tie.Parent})
	if len(above) > 0 {
		f.Parent = &above[0]
	}
	return err
}

// records reads what was done, promised, reviewed and kept as paper, of the ties
// it continues too.
func (f *File) records(ctx context.Context, src Source) error {
	line := []tie.ID{f.Tie.ID}
	for i := 0; i < len(line); i++ {
		rows, err := src.TiesByID(ctx, []tie.ID{line[i]})
		if err != nil {
			return err
		}
		for _, row := range rows {
			for _, b := range row.Before {
				if !slices.Contains(line, b) {
					line = append(line, b)
				}
			}
		}
	}
	for _, id := range line {
		deeds, err := src.DeedsUnder(ctx, id)
		if err != nil && fault.KindOf(err) != fault.Forbidden {
			return err
		}
		promises, err := src.PromisesUnder(ctx, id)
		if err != nil {
			return err
		}
		reviews, err := src.TieReviews(ctx, id)
		if err != nil {
			return err
		}
		papers, err := src.TiePapers(ctx, id)
		if err != nil {
			return err
		}
		f.Deeds, f.Promises, f.Reviews, f.Papers = append(f.Deeds, deeds...), append(f.Promises, promises...), append(f.Reviews, reviews...), append(f.Papers, papers...)
	}
	slices.SortStableFunc(f.Deeds, func(a, b deed.Deed) int {
		return cmp.Or(cmp.Compare(a.Day.FirstOr(calendar.Earliest), b.Day.FirstOr(calendar.Earliest)), cmp.Compare(a.ID, b.ID))
	})
	f.Deeds = slices.CompactFunc(f.Deeds, func(a, b deed.Deed) bool { return a.ID == b.ID })
	return nil
}

// names reads what everybody and every body is called.
func (f *File) names(ctx context.Context, src Source) (err error) {
	ids := append(f.Tie.Bodies(), f.Tie.Body)
	for _, row := range slices.Concat(f.Before, f.After, f.Under) {
		ids = append(ids, row.Bodies()...)
	}
	for _, d := range f.Deeds {
		ids = append(ids, d.Body)
		for _, p := range d.Parties {
			ids = append(ids, p.Body)
		}
	}
	for _, p := range f.Promises {
		ids = append(ids, p.Body)
	}
	for _, h := range f.Tie.Handed {
		ids = append(append(ids, h.From, h.Keeper, h.Was), h.To...)
	}
	slices.Sort(ids)
	if f.Bodies, err = src.BodiesByID(ctx, slices.Compact(ids)); err != nil {
		return err
	}
	f.People, err = src.NamesUnder(ctx, f.Tie.ID, f.Deeds)
	return err
}

// sums tells visits apart by direction, and what each side gave.
func (f *File) sums(_ context.Context, src Source) error {
	places, err := place.Shipped()
	if err != nil {
		return err
	}
	g := Ground{Lineage: src.Lineage(), Tree: src.Tree(), Places: places, Seats: map[body.ID]int64{}}
	for id, b := range f.Bodies {
		g.Seats[id] = b.Seat
	}
	for _, d := range f.Deeds {
		if d.Status == deed.Done && Visit(d) {
			from, to := g.Way(f.Tie.Tie, d)
			f.Visits = append(f.Visits, VisitLine{Deed: d, From: from, To: to})
		}
	}
	f.Gave, f.InAll = Gave(f.Tie.Tie, f.Deeds, g), InAll(f.Tie.Tie, f.Deeds, g)
	return nil
}

// figures lays what was stated of both sides beside each other, by what it is a
// figure of.
func (f *File) figures(ctx context.Context, src Source) error {
	all, err := src.TieFigures(ctx, f.Tie.ID)
	if err != nil {
		return err
	}
	for _, s := range all {
		side := f.Tie.SideOf(s.Body)
		at := slices.IndexFunc(f.Figures, func(r FigureRow) bool { return text.Fold(r.Measure) == text.Fold(s.Measure) })
		if at < 0 {
			at, f.Figures = len(f.Figures), append(f.Figures, FigureRow{Measure: s.Measure, Of: map[int][]deed.Stated{}})
		}
		f.Figures[at].Of[side] = append(f.Figures[at].Of[side], s)
	}
	slices.SortFunc(f.Figures, func(a, b FigureRow) int { return cmp.Compare(text.Fold(a.Measure), text.Fold(b.Measure)) })
	return nil
}

// answering are the kinds of office that speak for a body.
var answering = []string{string(access.Head), string(access.Deputy), string(access.Secretary)}

// answers finds who answers for the tie today: its committee, and the heads of
// the bodies that stand in it, heirs included.
func (f *File) answers(ctx context.Context, src Source) error {
	for _, m := range f.Tie.Committee {
		if m.On(f.On) {
			f.Answers = append(f.Answers, Answer{Side: m.Side, Office: m.Office, Name: cmp.Or(f.People[m.Person], m.Name)})
		}
	}
	for _, p := range f.Tie.On(0, f.On) {
		ended, over := f.Bodies[p.Body].Ended.Last()
		if over && ended <= f.On {
			f.Answers = append(f.Answers, Answer{Side: p.Side, Body: p.Body, Ended: true})
			continue
		}
		board, err := src.Board(ctx, p.Body, f.On)
		if err != nil {
			return err
		}
		found := false
		for _, seats := range board.Seats {
			if !slices.Contains(answering, seats.Office.Kind) {
				continue
			}
			for _, h := range seats.Holders {
				found = true
				f.Answers = append(f.Answers, Answer{Side: p.Side, Body: p.Body, Office: seats.Office.Title, Kind: seats.Office.Kind, Name: h.Name})
			}
		}
		if !found {
			f.Answers = append(f.Answers, Answer{Side: p.Side, Body: p.Body, Nobody: true})
		}
	}
	slices.SortStableFunc(f.Answers, func(a, b Answer) int { return cmp.Compare(a.Side, b.Side) })
	return nil
}

// Answered tells whether anybody in the book answers for the tie.
func (f File) Answered() bool {
	return slices.ContainsFunc(f.Answers, func(a Answer) bool { return a.Name != "" })
}

// Open lists the promises that are not kept yet, the most urgent first.
func (f File) Open() []tie.Promise {
	open := slices.DeleteFunc(slices.Clone(f.Promises), func(p tie.Promise) bool { s := p.On(f.On); return s == tie.PromiseKept || s == tie.PromiseDropped })
	slices.SortStableFunc(open, func(a, b tie.Promise) int {
		return cmp.Compare(a.Due.LastOr(calendar.Latest), b.Due.LastOr(calendar.Latest))
	})
	return open
}
