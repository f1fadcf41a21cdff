package store_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith.app/internal/access"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/person"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

func TestMergingTwoRecordsAndTakingItBack(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		branch := storetest.Branch(t, b, "Chi hội Noong Bua")
		people := enrol(t, b,
			person.Person{Name: "Đặng Thị Hương", Body: branch.ID, Birth: calendar.InYear(1949)},
			person.Person{Name: "Đặng Hương", Body: branch.ID, Birth: calendar.On(1949, 3, 2), Phone: "0912345678", Consent: person.No},
		)
		keep, goes := people[0].ID, people[1].ID
		var d deed.Deed
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
			office, err := person.Create(ctx, tx, by, person.Office{Body: branch.ID, Kind: "head", Seats: 1})
			if err != nil {
				return err
			}
			if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: office.ID, Person: goes, From: calendar.InYear(2020)}); err != nil {
				return err
			}
			d = visit(branch.ID, "2025-03-04", 1)
			d.Parties = []deed.Party{{Role: deed.Receiver, Person: goes}}
			d, err = deed.Post(ctx, tx, by, d)
			return err
		})
		before := snapshot(t, b, keep, goes)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Merge(ctx, tx, by, keep, goes)
			return err
		})
		view := b.As(by)
		p, err := view.Person(ctx, keep)
		if err != nil || p.Birth != calendar.On(1949, 3, 2) || p.Phone == "" || p.Consent != person.No || len(p.OtherNames) != 1 {
			t.Errorf("kept %+v %v", p, err)
		}
		if held, err := view.HoldingsBy(ctx, keep); err != nil || len(held) != 1 {
			t.Errorf("offices %v %v", held, err)
		}
		if deeds, err := view.DeedsOfPerson(ctx, keep); err != nil || len(deeds) != 1 {
			t.Errorf("deeds %v %v", deeds, err)
		}
		if rows, _, err := view.People(ctx, store.PeopleQuery{Typed: "dang huong"}); err != nil || len(rows) != 1 {
			t.Errorf("found %q %v, want the kept record alone", named(rows), err)
		}
		if c, err := view.Census(ctx, b.Root(), storetest.Today()); err != nil || c.Members != 1 {
			t.Errorf("census %+v %v", c, err)
		}
		err = b.Write(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Merge(ctx, tx, by, keep, goes)
			return err
		})
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("merging again gave %v", err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Unmerge(ctx, tx, by, goes)
			return err
		})
		if after := snapshot(t, b, keep, goes); after != before {
			t.Errorf("taken back:\n%s\nwant as before:\n%s", after, before)
		}
		if trouble, err := b.Check(ctx); err != nil || len(trouble) > 0 {
			t.Errorf("check %v %v", trouble, err)
		}
	})
}

// snapshot tells all that the book says of some people, revisions aside.
func snapshot(t *testing.T, b *store.Book, ids ...person.ID) string {
	t.Helper()
	ctx, view := context.Background(), b.As(storetest.Operator())
	var all []any
	for _, id := range ids {
		p, err1 := view.Person(ctx, id)
		ms, err2 := view.MembershipsOf(ctx, id)
		held, err3 := view.HoldingsBy(ctx, id)
		deeds, err4 := view.DeedsOfPerson(ctx, id)
		for _, err := range []error{err1, err2, err3, err4} {
			if err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, p, ms, held, deeds)
	}
	raw, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"revision": \d+`).ReplaceAllString(string(raw), "")
}

// noPeople are the columns of whole numbers that name no person, wherever they
// stand, and those that name one but keep to the name of their day.
var noPeople = strings.Fields(`
	id root body n number at ref job link since until year last expires opened_at parent child alias founded ended seat
	revision birth_first birth_last joined_first left_last dead origin residence household merged_into member office began_first
	end_last represents seats rank holding disabled expiry account retired deed day_first day_last place series brought programme
	filed_at entry recorded measure closed day reverses reversed lacks amount back purpose branch loan month debit credit was membership due
	balance same counted booked step times approval qty qualifier undoes edition below exact atleast over about nearly kept gone undone other
	item report_due report_done thanks_due thanks_sent expires due precedence friend plain heard
	typed deadline answers answered settled void guest meeting paper next
	event from_body to_body num den heir count filled done steps began
	tie side before signed_first term hangs due_last held
	cluster contest criterion.parent ord unit criterion round ready points bonus was_bonus base deduction scored signed shared total assigned giver taker
	created used withdrawn target waits sent reform_unit.made reminder.person
	sheet.actor sheet_move.actor score_change.actor
	form period saved late judged question returned approved
	plan version under unit_status.unit
	size added removed undone_at change.actor apart.person job.person`)

func TestEveryColumnThatNamesAPersonFollowsAMerge(t *testing.T) {
	handled := map[string]bool{}
	for _, r := range store.References() {
		handled[r] = true
	}
	for _, column := range wholeNumbers(t) {
		_, name, _ := strings.Cut(column, ".")
		if handled[column] || slices.Contains(noPeople, name) || slices.Contains(noPeople, column) {
			continue
		}
		t.Errorf("%s: does it name a person? Then enter it in references(), otherwise in noPeople", column)
	}
}

func TestEveryColumnThatNamesABodyIsAskedBeforeOneIsTakenBack(t *testing.T) {
	known := append(store.BodyReferences(), "body_name.body", "body_level.body", "official_code.body", "edge.child", "change.body", "reform_unit.body", "criterion.parent",
		"reply_count.body", "reply_sum.body") // follow the replies of the units below
	for _, column := range wholeNumbers(t) {
		_, name, _ := strings.Cut(column, ".")
		if slices.Contains([]string{"body", "branch", "household", "parent", "represents"}, name) && !slices.Contains(known, column) {
			t.Errorf("%s names a body: enter it in bodyReferences()", column)
		}
	}
}

// wholeNumbers lists every column of whole numbers of the migrations.
func wholeNumbers(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../schema/migrations/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	table := regexp.MustCompile(`^CREATE TABLE (\w+)`)
	added := regexp.MustCompile(`^ALTER TABLE (\w+) ADD COLUMN (\w+) +BIGINT`)
	column := regexp.MustCompile(`^\s+(\w+) +BIGINT`)
	var all []string
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		now := ""
		for line := range strings.Lines(string(raw)) {
			if m := table.FindStringSubmatch(line); m != nil {
				now = m[1]
			}
			if m := added.FindStringSubmatch(line); m != nil {
				all = append(all, m[1]+"."+m[2])
			}
			if m := column.FindStringSubmatch(line); m != nil {
				all = append(all, now+"."+m[1])
			}
		}
	}
	return all
}

func TestTheDeadHoldNoOffice(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		branch := storetest.Branch(t, b, "Chi hội Một")
		p := enrol(t, b, person.Person{Name: "Lê Một", Body: branch.ID})[0]
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			o, err := person.Create(ctx, tx, by, person.Office{Body: branch.ID, Kind: "head", Seats: 1})
			if err != nil {
				return err
			}
			if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020)}); err != nil {
				return err
			}
			return person.Die(ctx, tx, by, p.ID, calendar.InMonth(2026, 10))
		})
		board, err := b.As(by).Board(ctx, branch.ID, storetest.Today())
		if err != nil || board.Held != 0 || board.Vacant != 1 {
			t.Errorf("board %+v %v, want the seat vacant", board, err)
		}
	})
}

func TestARecordGoesAlongWithAMove(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		p := enrol(t, b, person.Person{Name: "Lê Một", Body: one.ID})[0]
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			ms, err := tx.MembershipsOf(ctx, p.ID)
			if err != nil {
				return err
			}
			_, err = person.Move(ctx, tx, by, ms[0].ID, two.ID, calendar.InYear(2026))
			return err
		})
		if got, err := b.As(by).Person(ctx, p.ID); err != nil || got.Body != two.ID {
			t.Errorf("the record is kept by %d %v, want the new branch", got.Body, err)
		}
	})
}

func TestHouseholdsHoldTheirPeople(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		storetest.Branch(t, b, "Chi hội Một")
		people := enrol(t, b, person.Person{Name: "Bùi Con", Birth: calendar.InYear(1990)}, person.Person{Name: "Bùi Quang Hải", Birth: calendar.InYear(1960)})
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			h, err := person.House(ctx, tx, by, people[1].ID, "Hộ Bùi Quang Hải")
			if err != nil {
				return err
			}
			return person.MoveIn(ctx, tx, by, people[0].ID, h.ID, "child")
		})
		all, err := b.As(by).Households(ctx, "bui hai", 10)
		if err != nil || len(all) != 1 || !slices.Equal(named(all[0].People), []string{"Bùi Quang Hải", "Bùi Con"}) {
			t.Errorf("households %+v %v", all, err)
		}
	})
}

// With two records their offices become one person's, and with an office go its
// rights: a helper who keeps the roll must not become treasurer by merging.
func TestRecordsOfOfficersAreMergedOnlyByWhoMayAppoint(t *testing.T) {
	b, by := storetest.Open(t), storetest.Operator()
	people := enrol(t, b, person.Person{Name: "Người giúp việc", Body: b.Root()}, person.Person{Name: "Thủ quỹ", Body: b.Root()}, person.Person{Name: "Thủ quỹ trùng", Body: b.Root()})
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		seat, err := person.Create(ctx, tx, by, person.Office{Body: b.Root(), Kind: string(access.Treasurer), Seats: 1})
		if err != nil {
			return err
		}
		_, err = person.Appoint(ctx, tx, by, person.Holding{Office: seat.ID, Person: people[1].ID, From: calendar.InYear(2024)})
		return err
	})
	merge := func(by access.Actor, keep, goes person.ID) error {
		return as(b, by, func(ctx context.Context, tx *store.Tx) error {
			_, err := person.Merge(ctx, tx, by, keep, goes)
			return err
		})
	}
	helper := holder(b, access.Helper, int64(people[0].ID))
	for _, pair := range [][2]int{{0, 1}, {1, 0}} {
		if err := merge(helper, people[pair[0]].ID, people[pair[1]].ID); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a helper merged the treasurer's record: %v", err)
		}
	}
	if err := merge(holder(b, access.Secretary, 9), people[1].ID, people[2].ID); err != nil {
		t.Errorf("the secretary: %v", err)
	}
	if err := as(b, helper, func(ctx context.Context, tx *store.Tx) error {
		_, err := person.Unmerge(ctx, tx, helper, people[2].ID)
		return err
	}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a helper took the merge back: %v", err)
	}
}
