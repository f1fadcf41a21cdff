package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
	"kith.app/internal/place"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// unit finds a place of before the reform by its name.
func unit(t testing.TB, name string) int64 {
	t.Helper()
	places, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	hits := places.Find(name, calendar.DayOf(2024, 5, 1), 1)
	if len(hits) == 0 {
		t.Fatalf("no place %q", name)
	}
	return int64(hits[0].ID)
}

// enrol enters people as the operator, each a member of their body.
func enrol(t testing.TB, b *store.Book, people ...person.Person) []person.Person {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		for i, p := range people {
			if p.Body == 0 {
				p.Body = tx.Tree().ChildrenOn(b.Root(), tx.Today())[0]
			}
			got, err := person.Enrol(ctx, tx, storetest.Operator(), p, &person.Membership{Body: p.Body, Category: person.Full, Joined: calendar.InYear(2005)})
			if err != nil {
				return err
			}
			people[i] = got
		}
		return nil
	})
	return people
}

func named(rows []store.PersonRow) []string {
	var names []string
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return names
}

func TestSearchFindsAPersonInEverySpelling(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		storetest.Branch(t, b, "Chi hội Noong Bua")
		enrol(t, b,
			person.Person{Name: "Đặng Thị Hương", Birth: calendar.InYear(1949), Phone: "0912 345 678", Origin: unit(t, "Kim Anh Kim Thành Hải Dương"), Address: "Tổ 5, Noong Bua"},
			person.Person{Name: "Nguyễn Văn An", Origin: unit(t, "Tiên Cảnh Tiên Phước Quảng Nam"), Phone: "+84 987.654.321"},
			person.Person{Name: "Vũ Hoà Quý", Residence: unit(t, "tỉnh Đắk Lắk"), OriginNote: "huyện Mỹ Hào cũ"},
			person.Person{Name: "Trần Quỳnh Mỹ", Origin: unit(t, "tp Hồ Chí Minh"), OtherNames: []person.OtherName{{Lang: "en", Name: "Mary Tran"}}},
		)
		want := map[string][]string{
			"Đặng Thị Hương": {
				"Đặng Thị Hương", "dang thi huong", "huong", "Đặng Hương", "hương đặng", "HUONG THI DANG", "dth", "d t h", "dang t huong", "Đ.T. Hương",
				norm.NFD.String("Đặng Thị Hương"), "dangthihuong", "dang thi hu", "0912345678", "0912 345 678", "+84 912 345 678", "0912.345", "kim anh",
				"Hải Dương", "hải phòng", "Phú Thái", "hương hải dương", "kim thanh huong", "noong bua", "hd huong", "xã Kim Anh",
			},
			"Nguyễn Văn An": {"ng v an", "nva", "an nguyen", "Nguyễn An", "0987654321", "Quảng Nam", "đà nẵng", "tiên phước", "tiên cảnh an"},
			"Vũ Hoà Quý":    {"Hòa Quí", "hoà quý", "hoa quy", "vu quy", "Đắc Lắc", "Đăk Lăk", "dak lak", "dac lac quy", "mi hao", "Mỹ Hào"},
			"Trần Quỳnh Mỹ": {"Quình Mĩ", "tran quynh mi", "mary", "hcm", "tphcm", "tp hcm", "ho chi minh my", "tqm"},
			"":              {"khong co ai", "huong yen", "zz"},
		}
		for who, spellings := range want {
			for _, typed := range spellings {
				rows, _, err := b.As(storetest.Operator()).People(context.Background(), store.PeopleQuery{Typed: typed, Status: store.IsMember})
				if err != nil {
					t.Fatalf("%q: %v", typed, err)
				}
				got := named(rows)
				if who == "" && len(got) > 0 || who != "" && !slices.Contains(got, who) {
					t.Errorf("%q found %q, want %q", typed, got, who)
				}
			}
		}
	})
}

func TestOwnNamesStandBeforePlaces(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		storetest.Branch(t, b, "Chi hội Một")
		enrol(t, b,
			person.Person{Name: "Bùi Văn An", Origin: unit(t, "Kim Anh Kim Thành")},
			person.Person{Name: "Trần Kim", Origin: unit(t, "Tiên Cảnh Tiên Phước Quảng Nam")},
			person.Person{Name: "Lê Ánh", Origin: unit(t, "Kim Anh Kim Thành")},
		)
		view, got := b.As(storetest.Operator()), []string{}
		after := ""
		for {
			rows, next, err := view.People(context.Background(), store.PeopleQuery{Typed: "kim", After: after, Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, named(rows)...)
			if after = next; next == "" {
				break
			}
		}
		want := []string{"Trần Kim", "Bùi Văn An", "Lê Ánh"}
		if !slices.Equal(got, want) {
			t.Errorf("page by page %q, want %q", got, want)
		}
	})
}

func TestListsAreNarrowed(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		kimAnh := unit(t, "Kim Anh Kim Thành")
		people := enrol(t, b,
			person.Person{Name: "Lê Một", Body: one.ID, Birth: calendar.InYear(1949), Sex: person.Female, Origin: kimAnh, Consent: person.Yes},
			person.Person{Name: "Lê Hai", Body: two.ID, Birth: calendar.InYear(1990), Sex: person.Male, Phone: "0900"},
			person.Person{Name: "Lê Ba", Body: two.ID},
			person.Person{Name: "Lê Tư", Body: two.ID},
		)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			if _, err := person.Enrol(ctx, tx, by, person.Person{Name: "Lê Năm", Body: one.ID}, nil); err != nil {
				return err
			}
			ms, err := tx.MembershipsOf(ctx, people[2].ID)
			if err != nil {
				return err
			}
			if err := person.Leave(ctx, tx, by, ms[0].ID, calendar.InYear(2020), person.ReasonLeft); err != nil {
				return err
			}
			return person.Die(ctx, tx, by, people[3].ID, calendar.InYear(2021))
		})
		tests := []struct {
			name string
			q    store.PeopleQuery
			want []string
		}{
			{"everybody", store.PeopleQuery{}, []string{"Lê Ba", "Lê Hai", "Lê Một", "Lê Năm", "Lê Tư"}},
			{"members", store.PeopleQuery{Status: store.IsMember}, []string{"Lê Hai", "Lê Một"}},
			{"left", store.PeopleQuery{Status: store.HasLeft}, []string{"Lê Ba"}},
			{"died", store.PeopleQuery{Status: store.HasDied}, []string{"Lê Tư"}},
			{"never a member", store.PeopleQuery{Status: store.NotMember}, []string{"Lê Năm"}},
			{"branch", store.PeopleQuery{Status: store.IsMember, Branch: one.ID}, []string{"Lê Một"}},
			{"root and below", store.PeopleQuery{Status: store.IsMember, Branch: b.Root()}, []string{"Lê Hai", "Lê Một"}},
			{"branch, died", store.PeopleQuery{Status: store.HasDied, Branch: two.ID}, []string{"Lê Tư"}},
			{"old province", store.PeopleQuery{Origin: place.ID(unit(t, "tỉnh Hải Dương"))}, []string{"Lê Một"}},
			{"sex", store.PeopleQuery{Sex: person.Female}, []string{"Lê Một"}},
			{"age", store.PeopleQuery{AgeFrom: 70, AgeTo: 79}, []string{"Lê Một"}},
			{"consent", store.PeopleQuery{Consent: "yes"}, []string{"Lê Một"}},
			{"no phone", store.PeopleQuery{Missing: "phone", Status: store.IsMember}, []string{"Lê Một"}},
			{"category", store.PeopleQuery{Category: person.HonoraryM}, nil},
		}
		view := b.As(by)
		for _, test := range tests {
			rows, _, err := view.People(ctx, test.q)
			if err != nil {
				t.Fatalf("%s: %v", test.name, err)
			}
			if got := named(rows); !slices.Equal(got, test.want) {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
			n, more, err := view.CountPeople(ctx, test.q)
			if err != nil || more || n != int64(len(test.want)) {
				t.Errorf("%s: counted %d %v, want %d", test.name, n, err, len(test.want))
			}
		}
	})
}

// officer gives the actor who holds a kind of office at a body and nothing else.
func officer(b *store.Book, kind access.OfficeKind, at body.ID) access.Actor {
	return access.Actor{Account: 1, Name: "test", Grants: access.GrantsOf(kind, at), Tree: b.Tree(), Today: storetest.Today()}
}

func TestAListHoldsOnlyWhomTheActorMaySee(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx := context.Background()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		people := enrol(t, b, person.Person{Name: "Lê Một", Body: one.ID}, person.Person{Name: "Lê Hai", Body: two.ID})
		roles := map[string]struct {
			actor access.Actor
			want  []string
		}{
			"secretary of the association": {officer(b, access.Secretary, b.Root()), []string{"Lê Hai", "Lê Một"}},
			"head of a branch":             {officer(b, access.Head, one.ID), []string{"Lê Một"}},
			"board member":                 {officer(b, access.Member, b.Root()), nil},
			"stranger":                     {access.Actor{}, nil},
		}
		for role, r := range roles {
			view := b.As(r.actor)
			rows, _, err := view.People(ctx, store.PeopleQuery{})
			if err != nil || !slices.Equal(named(rows), r.want) {
				t.Errorf("%s sees %q %v, want %q", role, named(rows), err, r.want)
			}
			for _, p := range people {
				_, err := view.Person(ctx, p.ID)
				if may := slices.Contains(r.want, p.Name); may != (err == nil) {
					t.Errorf("%s opens %s: %v, listed %v", role, p.Name, err, may)
				}
			}
		}
	})
}

// bigRoll fills a book with invented people.
func bigRoll(t testing.TB, b *store.Book, n int) {
	families := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"}
	middles := []string{"Văn", "Thị", "Đình", "Minh", "Thu", "Quang", "Xuân", "Ngọc"}
	givens := []string{"An", "Bình", "Cường", "Dung", "Đức", "Giang", "Hương", "Hùng", "Khánh", "Lan", "Minh", "Nga", "Oanh", "Phúc", "Quý", "Sơn", "Tâm", "Uyên", "Vân", "Yến"}
	places, err := place.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	var communes []place.ID
	for _, d := range places.Children(place.ID(unit(t, "tỉnh Hải Dương")), calendar.DayOf(2024, 5, 1)) {
		communes = append(communes, places.Children(d, calendar.DayOf(2024, 5, 1))...)
	}
	var branches []body.Body
	for i := range 12 {
		branches = append(branches, storetest.Branch(t, b, fmt.Sprintf("Chi hội số %d", i+1)))
	}
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	for done := 0; done < n; done += 1000 {
		people := make([]person.Person, min(1000, n-done))
		for i := range people {
			people[i] = person.Person{
				Name: pick(families) + " " + pick(middles) + " " + pick(middles) + " " + pick(givens), Body: branches[r.IntN(12)].ID,
				Birth: calendar.InYear(1930 + r.IntN(75)), Phone: fmt.Sprintf("09%08d", r.IntN(1e8)), Origin: int64(communes[r.IntN(len(communes))]),
				Sex: []person.Sex{person.Male, person.Female}[r.IntN(2)], Address: fmt.Sprintf("Tổ %d, Noong Bua", r.IntN(30)),
			}
		}
		enrol(t, b, people...)
	}
}

func BenchmarkRollOf10000(b *testing.B) {
	book := storetest.Open(b)
	bigRoll(b, book, 10_000)
	view, ctx := book.As(storetest.Operator()), context.Background()
	branch := book.Tree().ChildrenOn(book.Root(), storetest.Today())[3]
	head := book.As(officer(book, access.Head, branch))
	queries := map[string]store.PeopleQuery{
		"list": {Status: store.IsMember}, "n": {Typed: "n", Status: store.IsMember}, "nguyen": {Typed: "nguyen", Status: store.IsMember},
		"huong": {Typed: "huong", Status: store.IsMember}, "dang thi huong": {Typed: "dang thi huong", Status: store.IsMember},
		"ng v an": {Typed: "ng v an", Status: store.IsMember}, "zz": {Typed: "zz", Status: store.IsMember}, "hai duong": {Typed: "hải dương", Status: store.IsMember},
		"huong kim thanh": {Typed: "huong kim thanh", Status: store.IsMember}, "branch": {Branch: branch, Status: store.IsMember}, "left": {Status: store.HasLeft},
	}
	for name, q := range queries {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := view.People(ctx, q); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+" counted", func(b *testing.B) {
			for b.Loop() {
				if _, _, err := view.CountPeople(ctx, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("head of a branch", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := head.People(ctx, store.PeopleQuery{Status: store.IsMember}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// What a page says of who can see it must be what reading lets: for every kind
// of office, at every body, and for a helper to whom rights were lent.
func TestWhoMaySeeIsWhoCanRead(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		people := enrol(t, b, person.Person{Name: "Lê Một", Body: one.ID}, person.Person{Name: "Lê Hai", Body: two.ID})
		var officers []person.ID
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			for _, at := range []body.ID{b.Root(), one.ID, two.ID} {
				for _, kind := range access.OfficeKinds() {
					p, err := person.Enrol(ctx, tx, by, person.Person{Name: "Cán bộ " + string(kind), Body: b.Root()}, nil)
					if err != nil {
						return err
					}
					o, err := person.Create(ctx, tx, by, person.Office{Body: at, Kind: string(kind), Seats: 1})
					if err != nil {
						return err
					}
					if _, err := person.Appoint(ctx, tx, by, person.Holding{Office: o.ID, Person: p.ID, From: calendar.InYear(2020)}); err != nil {
						return err
					}
					officers = append(officers, p.ID)
				}
			}
			return nil
		})
		for _, p := range people {
			seers, err := b.As(by).WhoMay(ctx, access.ReadRoll, p.Body)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range officers {
				actor, err := b.Actor(ctx, store.Account{ID: 1, Person: id})
				if err != nil {
					t.Fatal(err)
				}
				_, refused := b.As(actor).Person(ctx, p.ID)
				rows, _, err := b.As(actor).People(ctx, store.PeopleQuery{})
				if err != nil {
					t.Fatal(err)
				}
				said := slices.ContainsFunc(seers, func(s store.Seer) bool { return s.Person == id })
				if opened, listed := refused == nil, slices.Contains(named(rows), p.Name); opened != said || listed != said {
					t.Errorf("%s: officer %d is said to see it: %v, opens it: %v, finds it listed: %v", p.Name, id, said, opened, listed)
				}
			}
		}
	})
}

func TestLongevityAndLikelyDuplicatesAreReadFromTheRoll(t *testing.T) {
	storetest.OnEveryEngine(t, func(t *testing.T, b *store.Book) {
		ctx, by := context.Background(), storetest.Operator()
		one, two := storetest.Branch(t, b, "Chi hội Một"), storetest.Branch(t, b, "Chi hội Hai")
		people := enrol(t, b,
			person.Person{Name: "Đặng Thị Hương", Body: one.ID, Birth: calendar.On(1946, 11, 20), Phone: "0912 345 678"},
			person.Person{Name: "Đặng Hương", Body: two.ID, Birth: calendar.InYear(1946), Phone: "+84 912345678"},
			person.Person{Name: "Bùi Văn Nam", Body: two.ID, Birth: calendar.InYear(1950)},
			person.Person{Name: "Lê Không Rõ", Body: two.ID},
			person.Person{Name: "Vũ Đã Mất", Body: two.ID, Birth: calendar.InYear(1946)},
		)
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
			return person.Die(ctx, tx, by, people[4].ID, calendar.InYear(2026))
		})
		view := b.As(by)
		turning, unknown, err := view.Longevity(ctx, 0, person.LadderFrom(nil), 2026)
		if err != nil || len(turning) != 2 || turning[0].Age != 80 || unknown != 1 {
			t.Errorf("longevity %+v, %d unknown, %v; want two who turn 80 and one unknown", turning, unknown, err)
		}
		if turning, _, err = view.Longevity(ctx, two.ID, person.LadderFrom(nil), 2026); err != nil || len(turning) != 1 {
			t.Errorf("of one branch %+v %v", turning, err)
		}
		alike, err := view.Alike(ctx)
		if err != nil || len(alike) != 1 {
			t.Fatalf("alike %+v %v, want one pair", alike, err)
		}
		if seen, err := b.As(officer(b, access.Head, one.ID)).Alike(ctx); err != nil || len(seen) != 0 {
			t.Errorf("the head of one branch is shown %+v %v, half of which is another's", seen, err)
		}
		storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error { return tx.KeepApart(ctx, alike[0].B, alike[0].A) })
		if alike, err = view.Alike(ctx); err != nil || len(alike) != 0 {
			t.Errorf("kept apart, yet proposed %+v %v", alike, err)
		}
	})
}
