package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/fund"
	"kith.app/internal/money"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
	"kith.app/internal/tally"
)

// busyRoll writes to a book whatever changes a roll, in any order, through two open
// books at one place, as two programs would.
type busyRoll struct {
	books       []*store.Book // what the first remembers is looked at
	bodies      []body.ID
	people      []person.ID
	memberships []int64
	merged      []person.ID
	deeds       []deed.ID
	done        map[string]int // how often each sort of write went through
}

// What is remembered, and made up to date row by row after a write, is what is found
// when all is read anew.
func TestWhatIsRememberedIsWhatIsReadAnew(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		other, err := store.Open(ctx, b.Place(), store.Options{Clock: func() time.Time { return b.Now().Add(time.Hour) }}) // two programs never give the same id
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		h := &busyRoll{books: []*store.Book{b, other}, done: map[string]int{}}
		for _, name := range []string{"Chi hội Đông", "Chi hội Tây", "Chi hội Nam"} {
			h.bodies = append(h.bodies, founded(t, b, name, b.Root(), longAgo).ID)
		}
		h.bodies = append(h.bodies, founded(t, b, "Tổ Một", h.bodies[0], longAgo).ID, founded(t, b, "Tổ Hai", h.bodies[1], longAgo).ID)
		openFund(t, b, b.Root())
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := fund.SetRate(ctx, tx, storetest.Operator(), fund.Rate{Body: b.Root(), Category: person.Full, Amount: money.Of(50_000, "VND"), Since: 2015})
			return err
		})
		rapid.Check(t, func(rt *rapid.T) {
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
			for range 1 + r.IntN(3) {
				h.write(rt, r)
			}
			h.agrees(rt)
		})
		if len(h.done) < len(h.verbs()) {
			t.Logf("writes that went through: %v", h.done)
		}
	})
}

// Readers who ask while others write, each at another moment, leave nothing behind that is
// older than the book.
func TestWhatIsRememberedWhileOthersReadIsWhatIsReadAnew(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		h := &busyRoll{books: []*store.Book{b}, bodies: []body.ID{founded(t, b, "Chi hội Đông", b.Root(), longAgo).ID}, done: map[string]int{}}
		openFund(t, b, b.Root())
		var readers sync.WaitGroup
		written := make(chan struct{})
		for range 4 {
			readers.Go(func() {
				for {
					h.answers(context.Background(), b.As(storetest.Operator()))
					select {
					case <-written:
						return
					default:
					}
				}
			})
		}
		rapid.Check(t, func(rt *rapid.T) { h.write(rt, rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 2))) })
		close(written)
		readers.Wait()
		h.agrees(t)
	})
}

// verbs are the sorts of writes.
func (h *busyRoll) verbs() map[string]func(*rand.Rand, context.Context, *store.Tx) error {
	return map[string]func(*rand.Rand, context.Context, *store.Tx) error{
		"enrol": h.enrol, "correct": h.correct, "join": h.join, "leave": h.leave, "amend": h.amend, "die": h.die, "merge": h.merge, "unmerge": h.unmerge,
		"apart": h.apart, "take back": h.takeBack, "regraft": h.regraft, "post": h.post, "strike": h.strike, "exempt": h.exempt,
	}
}

// write does one thing, which the rules may refuse.
func (h *busyRoll) write(rt *rapid.T, r *rand.Rand) {
	verbs, names := h.verbs(), []string{}
	for name := range verbs {
		names = append(names, name)
	}
	slices.Sort(names)
	name := pick(r, append(names, "enrol", "enrol", "correct", "join", "merge"))
	if len(h.people) < 4 || name != "enrol" && len(h.memberships) == 0 {
		name = "enrol"
	}
	before := *h
	book := pick(r, h.books)
	err := book.Write(context.Background(), store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error { return verbs[name](r, ctx, tx) })
	if err == nil {
		h.done[name]++
		if _, err := book.As(storetest.Operator()).Measures(context.Background()); err != nil { // who has read has nothing left in the daybook
			rt.Fatal(err)
		}
		return
	}
	if h.people, h.memberships, h.merged, h.deeds = before.people, before.memberships, before.merged, before.deeds; fault.KindOf(err) == fault.Internal {
		rt.Fatalf("%s: %v", name, err)
	}
}

func pick[T any](r *rand.Rand, among []T) T { return among[r.IntN(len(among))] }

var (
	busyNames  = []string{"Đặng Thị Hương", "Đặng Hương", "Hương Đặng Thị", "Bùi Văn Nam", "Bùi Văn Năm", "Lê Thị Hoa", "Nguyễn Văn An"}
	busyBirths = []string{"", "1936", "1946-11-20", "1946", "1947", "1956-02-01", "1970/1979", "1990"}
	busyJoined = []string{"", "2010", "2019-05-04", "2026-11-01", "2019/2021"}
)

func busyDate(r *rand.Rand, among []string) calendar.Date {
	return on(pick(r, among))
}

func (h *busyRoll) anybody(r *rand.Rand) person.ID { return pick(r, h.people) }

func (h *busyRoll) person(r *rand.Rand, p *person.Person) {
	p.Name = pick(r, busyNames)
	p.Sex = pick(r, []person.Sex{"", person.Female, person.Male})
	p.Phone = pick(r, []string{"", "0912345678", "0987654321"})
	p.Consent = pick(r, []person.Consent{person.Unasked, person.Yes, person.No})
	p.Birth = busyDate(r, busyBirths)
}

func (h *busyRoll) membership(r *rand.Rand, of person.ID) person.Membership {
	return person.Membership{
		Person: of, Body: pick(r, h.bodies), Joined: busyDate(r, busyJoined),
		Category: pick(r, []person.Category{person.Full, person.HonoraryM}),
	}
}

func (h *busyRoll) enrol(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	if len(h.people) > 250 { // lists count so many exactly
		return h.correct(r, ctx, tx)
	}
	p := person.Person{Body: pick(r, h.bodies)}
	h.person(r, &p)
	var m *person.Membership
	if r.IntN(5) > 0 {
		one := h.membership(r, 0)
		m = &one
	}
	p, err := person.Enrol(ctx, tx, storetest.Operator(), p, m)
	if err != nil {
		return err
	}
	h.people = append(h.people, p.ID)
	return h.knows(ctx, tx, p.ID)
}

// knows takes down the memberships of somebody.
func (h *busyRoll) knows(ctx context.Context, tx *store.Tx, id person.ID) error {
	all, err := tx.MembershipsOf(ctx, id)
	for _, m := range all {
		if !slices.Contains(h.memberships, m.ID) {
			h.memberships = append(h.memberships, m.ID)
		}
	}
	return err
}

func (h *busyRoll) correct(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	p, err := tx.Person(ctx, h.anybody(r))
	if err != nil {
		return err
	}
	h.person(r, &p)
	_, err = person.Correct(ctx, tx, storetest.Operator(), p, p.Revision)
	return err
}

func (h *busyRoll) join(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	who := h.anybody(r)
	if _, err := person.Join(ctx, tx, storetest.Operator(), h.membership(r, who)); err != nil {
		return err
	}
	return h.knows(ctx, tx, who)
}

func (h *busyRoll) leave(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	id, by := pick(r, h.memberships), storetest.Operator()
	when := busyDate(r, []string{"", "2020", "2024-03-02", "2026-11-22"})
	if r.IntN(2) == 0 {
		return person.Leave(ctx, tx, by, id, when, person.ReasonLeft)
	}
	m, err := person.Move(ctx, tx, by, id, pick(r, h.bodies), when)
	if err != nil {
		return err
	}
	return h.knows(ctx, tx, m.Person)
}

func (h *busyRoll) amend(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	m, err := tx.Membership(ctx, pick(r, h.memberships))
	if err != nil {
		return err
	}
	m.Joined, m.Category = busyDate(r, busyJoined), pick(r, []person.Category{person.Full, person.HonoraryM})
	m.Number = pick(r, []string{"", "7", "12"})
	_, err = person.Amend(ctx, tx, storetest.Operator(), m, m.Revision)
	return err
}

func (h *busyRoll) die(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	return person.Die(ctx, tx, storetest.Operator(), h.anybody(r), busyDate(r, []string{"2023", "2026-11-21"}))
}

func (h *busyRoll) merge(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	goes := h.anybody(r)
	_, err := person.Merge(ctx, tx, storetest.Operator(), h.anybody(r), goes)
	h.merged = append(h.merged, goes)
	return err
}

func (h *busyRoll) unmerge(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	if len(h.merged) == 0 {
		return h.merge(r, ctx, tx)
	}
	_, err := person.Unmerge(ctx, tx, storetest.Operator(), pick(r, h.merged))
	return err
}

func (h *busyRoll) apart(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	return tx.KeepApart(ctx, h.anybody(r), h.anybody(r))
}

// takeBack removes a membership to which nothing points, as undoing an import does.
func (h *busyRoll) takeBack(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	id := pick(r, h.memberships)
	m, err := tx.Membership(ctx, id)
	if err != nil {
		return err
	}
	if err := tx.RemoveMembership(ctx, id); err != nil {
		return err
	}
	all, err := tx.MembershipsOf(ctx, m.Person)
	if err != nil || len(all) > 0 || r.IntN(2) == 0 {
		return err
	}
	return tx.RemovePerson(ctx, m.Person)
}

func (h *busyRoll) regraft(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	under := append([]body.ID{tx.View().Root()}, h.bodies...)
	_, err := body.Move(ctx, tx, pick(r, h.bodies), pick(r, under),
		body.Decision{Day: pick(r, []calendar.Day{calendar.DayOf(2018, 1, 1), calendar.DayOf(2025, 7, 1), storetest.Today()})})
	return err
}

func (h *busyRoll) post(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	d, err := deed.Post(ctx, tx, storetest.Operator(), deed.Deed{
		Kind: "sick-visit", Title: "Thăm ốm", Body: pick(r, h.bodies), Status: deed.Done,
		Day:   busyDate(r, []string{"2024", "2026-03-01", "2026-11-20"}),
		Lines: []deed.Line{{N: 1, Unit: deed.Acts, Quantity: 1 + r.Int64N(5)}},
	})
	h.deeds = append(h.deeds, d.ID)
	return err
}

func (h *busyRoll) strike(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	if len(h.deeds) == 0 {
		return h.post(r, ctx, tx)
	}
	d, err := tx.Deed(ctx, pick(r, h.deeds))
	if err != nil {
		return err
	}
	if r.IntN(2) == 0 {
		_, err = deed.Cancel(ctx, tx, storetest.Operator(), d.ID, d.Revision)
		return err
	}
	d.Day = busyDate(r, []string{"2023", "2026-03-02"})
	_, err = deed.Correct(ctx, tx, storetest.Operator(), d, d.Revision)
	return err
}

func (h *busyRoll) exempt(r *rand.Rand, ctx context.Context, tx *store.Tx) error {
	_, err := fund.Exempt(ctx, tx, storetest.Operator(), fund.Exemption{Membership: pick(r, h.memberships), Since: 2020, Until: 2022, Reason: "hưu trí"})
	return err
}

// agrees compares, for who sees all and for the head of a branch, what is remembered
// with what a transaction finds, for which nothing is remembered.
func (h *busyRoll) agrees(rt rapid.TB) {
	ctx, b := context.Background(), h.books[0]
	if err := b.Refresh(ctx); err != nil {
		rt.Fatal(err)
	}
	for _, actor := range []access.Actor{storetest.Operator(), officer(b, access.Head, h.bodies[0])} {
		remembered := h.answers(ctx, b.As(actor))
		anew := remembered
		err := b.Rehearse(ctx, store.Writing{By: actor}, func(ctx context.Context, tx *store.Tx) error {
			anew = h.answers(ctx, tx.View())
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		for i := range anew {
			if remembered[i] != anew[i] {
				rt.Fatalf("for %+v remembered\n%s\nread anew\n%s", actor.Grants, remembered[i], anew[i])
			}
		}
	}
}

// answers asks all that is told from rows that are kept.
func (h *busyRoll) answers(ctx context.Context, v *store.View) []string {
	var all []string
	told := func(what string, parts ...any) {
		all = append(all, what+": "+strings.ReplaceAll(fmt.Sprintf("%+v", parts), "map[]", "[]"))
	}
	for _, of := range []body.ID{v.Root(), h.bodies[0]} {
		for _, on := range []calendar.Day{storetest.Today(), calendar.DayOf(2020, 6, 1)} {
			census, err := v.Census(ctx, of, on)
			told("census", of, on, census, err)
			also, memberships, people, err := v.AlsoElsewhere(ctx, of, on)
			told("elsewhere", of, on, also, memberships, people, err)
		}
		dues, err := v.DuesUnnamed(ctx, of, 2026)
		told("dues", of, dues, err)
		turning, err := v.TurningRoll(ctx, of, person.LadderFrom(nil), 2026, "")
		told("turning", of, turning, err)
		ids, err := v.PeopleIDs(ctx, store.PeopleQuery{Status: store.IsMember, Branch: of})
		told("members", of, ids, err)
		n, more, err := v.CountPeople(ctx, store.PeopleQuery{Status: store.IsMember, Branch: of, Missing: "birth"})
		told("births missing", of, n, more, err)
		consents, err := v.Consents(ctx, of)
		told("consents", of, consents, err)
		behind, err := v.DeedsBehind(ctx, tally.Query{Body: of, Measure: deed.Measure{Kind: "sick-visit", Unit: deed.Acts}, Period: calendar.Period{From: calendar.DayOf(2024, 1, 1), To: storetest.Today()}})
		told("deeds", of, behind, err)
	}
	alike, err := v.Alike(ctx)
	told("alike", alike, err)
	return all
}
