package person_test

import (
	"fmt"
	"slices"
	"testing"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/person"
)

func date(t *testing.T, edtf string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseEDTF(edtf)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWhoReachesAStepOfTheLadder(t *testing.T) {
	steps := []int{70, 75, 80}
	solar := person.Ladder{Steps: steps, Counting: person.Completed}
	lunarYear := person.Ladder{Steps: steps, Counting: person.Completed, Lunar: true}
	counted := person.Ladder{Steps: steps, Counting: person.Counted}
	tests := []struct {
		name   string
		ladder person.Ladder
		birth  string
		year   int
		age    int // 0: none
		on     string
		sure   bool
	}{
		{"to the day", solar, "1946-11-20", 2026, 80, "2026-11-20", true},
		{"year only", solar, "1956", 2026, 70, "2026", true},
		{"no step", solar, "1957", 2026, 0, "", false},
		{"unknown", solar, "", 2026, 0, "", false},
		{"decade", solar, "1940/1949", 2026, 0, "", false},
		{"about a year", solar, "1946~", 2026, 80, "2026", true},
		{"29 February", solar, "1956-02-29", 2026, 70, "2026-02-28", true},
		// Tết 2026 is on 17 February: January still belongs to the year before.
		{"before Tết, lunar year", lunarYear, "1956-01-20", 2026, 0, "", false},
		{"before Tết, lunar year before", lunarYear, "1956-01-20", 2025, 70, "2026-01-20", true},
		{"after Tết, lunar year", lunarYear, "1956-03-20", 2026, 70, "2026-03-20", true},
		{"month around Tết", lunarYear, "1956-02", 2026, 70, "2026-02", false},
		// Born before Tết 1957 (31 January), a year of the Monkey.
		{"tuổi mụ before Tết", counted, "1957-01-20", 2025, 70, "", true},
		{"tuổi mụ after Tết", counted, "1957-02-20", 2026, 70, "", true},
		{"tuổi mụ by year", counted, "1957", 2026, 70, "", true},
	}
	for _, test := range tests {
		got, ok := test.ladder.Reaches(date(t, test.birth), test.year)
		if !ok && test.age == 0 {
			continue
		}
		if got.Age != test.age || got.On.EDTF() != test.on || got.Sure != test.sure {
			t.Errorf("%s: %d on %q sure %v, want %d on %q sure %v", test.name, got.Age, got.On.EDTF(), got.Sure, test.age, test.on, test.sure)
		}
	}
}

func TestLadderIsReadFromSettings(t *testing.T) {
	l := person.LadderFrom(map[string]string{person.SettingSteps: "90; 75,80 85", person.SettingCounting: "counted", person.SettingYear: "lunar"})
	if !slices.Equal(l.Steps, []int{75, 80, 85, 90}) || l.Counting != person.Counted || !l.Lunar {
		t.Errorf("ladder %+v", l)
	}
	if l := person.LadderFrom(nil); len(l.Steps) != 7 || l.Counting != person.Completed || l.Lunar {
		t.Errorf("shipped ladder %+v", l)
	}
	for _, wrong := range []string{"", "bảy mươi", "0", "700"} {
		if _, err := person.ParseSteps(wrong); err == nil {
			t.Errorf("steps %q were taken", wrong)
		}
	}
}

func TestLikelyDuplicates(t *testing.T) {
	huong := person.Sketch{Name: "Đặng Thị Hương", Sex: person.Female, Birth: calendar.InYear(1949), Phone: "0912345678", Origin: 7}
	tests := []struct {
		name  string
		other person.Sketch
		want  []person.Reason // nil: two people
	}{
		{"no accents, same year", person.Sketch{Name: "dang thi huong", Birth: calendar.InYear(1949)}, []person.Reason{person.SameName, person.SameYear}},
		{"order reversed", person.Sketch{Name: "Hương Đặng Thị", Birth: calendar.On(1949, 3, 2)}, []person.Reason{person.OtherOrder, person.SameYear}},
		{"middle name left out, phone", person.Sketch{Name: "Đặng Hương", Phone: "0912345678"}, []person.Reason{person.ShortName, person.SamePhone}},
		{"by ear", person.Sketch{Name: "Đặng Thị Hường", Birth: calendar.InYear(1949)}, []person.Reason{person.SameName, person.SameYear}},
		{"a year apart, same place", person.Sketch{Name: "Đặng Thị Hương", Birth: calendar.InYear(1950), Origin: 7}, []person.Reason{person.SameName, person.NearYear, person.SameOrigin}},
		{"same name alone", person.Sketch{Name: "Đặng Thị Hương"}, nil},
		{"another year", person.Sketch{Name: "Đặng Thị Hương", Birth: calendar.InYear(1985), Origin: 7}, nil},
		{"a man", person.Sketch{Name: "Đặng Thị Hương", Sex: person.Male, Birth: calendar.InYear(1949)}, nil},
		{"a shared telephone", person.Sketch{Name: "Bùi Văn Nam", Phone: "0912345678"}, nil},
	}
	for _, test := range tests {
		a, b := huong, test.other
		a.ID, b.ID = 1, 2
		found := person.Duplicates([]person.Sketch{a, b}, func(person.ID, person.ID) bool { return false })
		if test.want == nil {
			if len(found) > 0 {
				t.Errorf("%s: taken for one person %+v", test.name, found)
			}
			continue
		}
		if len(found) != 1 || !slices.Equal(found[0].Reasons, test.want) {
			t.Errorf("%s: %+v, want %v", test.name, found, test.want)
		}
		if again := person.Duplicates([]person.Sketch{a, b}, func(x, y person.ID) bool { return x == 1 && y == 2 }); len(again) > 0 {
			t.Errorf("%s: proposed although kept apart", test.name)
		}
	}
}

func BenchmarkDuplicatesOf10000(b *testing.B) {
	families := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"}
	givens := []string{"An", "Bình", "Cường", "Dung", "Đức", "Giang", "Hương", "Hùng", "Khánh", "Lan", "Minh", "Nga"}
	people := make([]person.Sketch, 10_000)
	for i := range people {
		people[i] = person.Sketch{ID: person.ID(i + 1), Name: families[i%8] + " Văn " + givens[i/8%12], Birth: calendar.InYear(1930 + i*7%75), Phone: fmt.Sprintf("09%08d", i*7919)}
	}
	for b.Loop() {
		person.Duplicates(people, func(person.ID, person.ID) bool { return false })
	}
}

func TestBoardTellsVacantSeatsAndTermsThatOverran(t *testing.T) {
	day := calendar.DayOf(2026, 11, 22)
	offices := []person.Office{
		{ID: 1, Kind: "head", Seats: 1, Since: calendar.Earliest, Until: calendar.Latest},
		{ID: 2, Kind: "deputy", Seats: 2, Since: calendar.Earliest, Until: calendar.Latest},
		{ID: 3, Kind: "helper", Seats: 5, Since: calendar.Earliest, Until: day - 1},
	}
	holders := []person.Holder{
		{Holding: person.Holding{Office: 1, From: calendar.InYear(2020), PlannedEnd: calendar.InYear(2025)}, Name: "A"},
		{Holding: person.Holding{Office: 2, From: calendar.InYear(2024), PlannedEnd: calendar.InYear(2029)}, Name: "B"},
		{Holding: person.Holding{Office: 2, From: calendar.InYear(2020), ActualEnd: calendar.InYear(2024)}, Name: "C"},
	}
	got := person.BoardOn(offices, holders, day)
	if got.Total != 3 || got.Held != 2 || got.Vacant != 1 || got.Overrun != 1 || len(got.Seats) != 2 {
		t.Errorf("board %+v", got)
	}
	if then := person.BoardOn(offices, holders, calendar.DayOf(2024, 6, 1)); then.Held != 3 || then.Overrun != 0 || then.Vacant != 5 {
		t.Errorf("board of 2024 %+v", then)
	}
}

func TestCensusCountsPeopleOnceAndSaysWhatIsUnsure(t *testing.T) {
	tree := body.NewTree([]body.Edge{{Child: 2, Parent: 1, Since: calendar.Earliest, Until: calendar.Latest}, {Child: 3, Parent: 1, Since: calendar.Earliest, Until: calendar.Latest}})
	on := calendar.DayOf(2024, 5, 31)
	all := []person.Standing{
		{Body: 2, Person: 1, Joined: calendar.InYear(2005), Lasts: true, Birth: calendar.InYear(1949), Sex: person.Female, Household: 9},
		{Body: 3, Person: 1, Joined: calendar.InYear(2010), Lasts: true, Birth: calendar.InYear(1949), Sex: person.Female, Household: 9},
		{Body: 2, Person: 2, Joined: calendar.InYear(2024), Lasts: true, Household: 9},
		{Body: 2, Person: 3, Joined: calendar.InYear(2006), Left: calendar.InYear(2023)},
		{Body: 3, Person: 4, Joined: calendar.InYear(2025), Lasts: true},
		{Body: 3, Person: 5, Left: calendar.Date{}},
		{Body: 1, Member: 8, Lasts: true},
	}
	c := person.Count(all, tree, on)
	if c.Members != 2 || c.Households != 1 || c.Bodies != 1 || c.Unsure != 2 {
		t.Errorf("census %+v", c)
	}
	if c.ByBody[1] != 2 || c.ByBody[2] != 2 || c.ByBody[3] != 1 {
		t.Errorf("by body %v", c.ByBody)
	}
	if c.ByBand[70] != 1 || c.ByBand[-1] != 1 {
		t.Errorf("by age %v", c.ByBand)
	}
}

func TestATelephoneHoldsADigit(t *testing.T) {
	for phone, fine := range map[string]bool{"": true, "0900 000 001": true, "nhà con: 0900000001": true, "không có": false, "-": false} {
		if err := (person.Person{Name: "Đặng Thị Hương", Phone: phone}).Check(0); (err == nil) != fine {
			t.Errorf("%q: %v", phone, err)
		}
	}
}
