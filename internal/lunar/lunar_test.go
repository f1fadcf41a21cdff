package lunar

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/lunar/internal/sky"
)

func TestTableIsWhatTheSkySays(t *testing.T) {
	for year := FirstYear; year <= LastYear; year++ {
		if got, want := table[year-FirstYear], yearCode(sky.Code(year, sky.VietNam)); got != want {
			t.Errorf("year %d: table %#x, sky %#x: go generate ./internal/lunar", year, got, want)
		}
	}
}

func rows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func TestTetFollowsTheMeridianInUse(t *testing.T) {
	for _, row := range rows(t, "testdata/tet_1900_2100.csv") {
		year, _ := strconv.Atoi(row[0])
		want := row[1] // at UTC+7
		if year < 1968 {
			want = row[2] // at UTC+8
		}
		if got := Tet(year).String(); got != want {
			t.Errorf("Tết %d = %s, want %s", year, got, want)
		}
		if got := CanChiOf(year).String(); got != row[4] {
			t.Errorf("year %d is %s, want %s", year, got, row[4])
		}
	}
}

func TestObservancesFrom1968On(t *testing.T) {
	for _, row := range rows(t, "testdata/vn_lunar_observances_1950_2100.csv") {
		year, _ := strconv.Atoi(row[0])
		if year < 1968 {
			continue // the file is at UTC+7; package sky is tested on all of it
		}
		for i, d := range []Date{
			{year, 1, 15, false},
			{year, 3, 10, false},
			{year, 4, 15, false},
			{year, 5, 5, false},
			{year, 7, 15, false},
			{year, 8, 15, false},
		} {
			if got, err := d.Solar(); err != nil || got.String() != row[1+i] {
				t.Errorf("%v = %v, %v, want %s", d, got, err, row[1+i])
			}
		}
	}
}

func TestDaysGoThereAndBackThroughAllYears(t *testing.T) {
	end := YearPeriod(LastYear).To
	before := Date{}
	for day := Tet(FirstYear); day <= end; day++ {
		d := From(day)
		back, err := d.Solar()
		if err != nil || back != day {
			t.Fatalf("%v is %v, which is %v, %v", day, d, back, err)
		}
		if d.Day != before.Day+1 && d.Day != 1 {
			t.Fatalf("after %v comes %v", before, d)
		}
		if MonthLength(d.Year, d.Month, d.Leap) < d.Day || !YearPeriod(d.Year).Contains(day) {
			t.Fatalf("%v is not in its month and year", d)
		}
		before = d
	}
}

func TestYearsFollowEachOther(t *testing.T) {
	for year := FirstYear; year < LastYear; year++ {
		if YearPeriod(year).To+1 != YearPeriod(year+1).From {
			t.Errorf("year %d ends %v, the next begins %v", year, YearPeriod(year).To, Tet(year+1))
		}
	}
}

func TestOutsideTheYearsKnownNothingIsInvented(t *testing.T) {
	for _, day := range []calendar.Day{calendar.Earliest, Tet(FirstYear) - 1, YearPeriod(LastYear).To + 1, calendar.Latest} {
		if d := From(day); !d.IsZero() {
			t.Errorf("%v is %v, want none", day, d)
		}
	}
}

func TestWhatTheYearDoesNotHaveIsRefused(t *testing.T) {
	for _, d := range []Date{
		{},
		{2025, 0, 1, false},
		{2025, 13, 1, false},
		{2025, 5, 1, true},
		{2025, 1, 31, false},
		{2025, 12, 30, false},
		{2025, 1, 0, false},
		{1799, 1, 1, false},
		{2200, 1, 1, false},
	} {
		if got, err := d.Solar(); err == nil {
			t.Errorf("%v = %v, want a refusal", d, got)
		}
	}
}

func TestLunarDatesThatAreWellKnown(t *testing.T) {
	for solar, want := range map[string]string{
		"1968-01-29": "1968-01-01",
		"1985-01-21": "1985-01-01",
		"2014-11-23": "2014-10-02", // a notice dated 2 October Giáp Ngọ
		"2024-02-10": "2024-01-01",
		"2025-07-25": "2025-06+-01",
		"2026-02-17": "2026-01-01",
		"2027-02-06": "2027-01-01", // a day before China
	} {
		day, err := calendar.ParseDay(solar)
		if err != nil {
			t.Fatal(err)
		}
		if got := From(day).String(); got != want {
			t.Errorf("%s is %s, want %s", solar, got, want)
		}
	}
}

func TestAnniversariesFindTheirDayInEveryYear(t *testing.T) {
	for _, c := range []struct {
		of   Date
		year int
		want string
	}{
		{Date{1990, 8, 15, false}, 2026, "2026-09-25"},
		{Date{2025, 6, 3, true}, 2026, "2026-07-16"},  // no leap month: the ordinary one
		{Date{2025, 6, 3, true}, 2036, "2036-07-25"},  // leap again
		{Date{2025, 6, 3, false}, 2036, "2036-06-26"}, // the ordinary one stays ordinary
	} {
		got, ok := c.of.InYear(c.year)
		if !ok || got.String() != c.want {
			t.Errorf("%v in %d = %v (%v) %v, want %s", c.of, c.year, got, From(got), ok, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		born := From(calendar.Day(rapid.IntRange(int(Tet(FirstYear)), int(Tet(LastYear))).Draw(t, "day")))
		year := rapid.IntRange(FirstYear, LastYear).Draw(t, "year")
		day, ok := born.InYear(year)
		kept := From(day)
		if !ok || kept.Year != year || kept.Month != born.Month || kept.Day != min(born.Day, MonthLength(year, kept.Month, kept.Leap)) {
			t.Fatalf("%v in %d is kept on %v", born, year, kept)
		}
	})
}

func TestCountedAgeStepsAtTet(t *testing.T) {
	for _, c := range []struct {
		birth, on string
		from, to  int
		ok        bool
	}{
		{"1956-05-07", "2026-02-16", 70, 70, true}, // the eve of Tết
		{"1956-05-07", "2026-02-17", 71, 71, true},
		{"1956-01-15", "2026-02-17", 72, 72, true}, // born before Tết 1956: of Ất Mùi
		{"1956-02", "2026-02-17", 71, 72, true},    // Tết 1956 was on 12 February
		{"1956-03", "2026-02-17", 71, 71, true},
		{"1956", "2026-02-17", 71, 71, true},
		{"1956~", "2026-02-16", 70, 70, true},
		{"2026-02-17", "2026-02-17", 1, 1, true},
		{"2026", "2026-01-05", 1, 1, true},
		{"2027", "2026-02-17", 0, 0, false},
		{"", "2026-02-17", 0, 0, false},
	} {
		birth, err := calendar.ParseEDTF(c.birth)
		if err != nil {
			t.Fatal(err)
		}
		on, err := calendar.ParseDay(c.on)
		if err != nil {
			t.Fatal(err)
		}
		from, to, ok := CountedAge(birth, on)
		if from != c.from || to != c.to || ok != c.ok {
			t.Errorf("born %q on %s: %d-%d %v, want %d-%d %v", c.birth, c.on, from, to, ok, c.from, c.to, c.ok)
		}
	}
}

func TestCanChiOfMonthAndDay(t *testing.T) {
	day := calendar.DayOf(2000, 1, 1) // Mậu Ngọ, as printed calendars have it
	if got := CanChiOfDay(day).String(); got != "Mậu Ngọ" {
		t.Errorf("1 January 2000 is %s, want Mậu Ngọ", got)
	}
	if got := CanChiOfMonth(2024, 1).String(); got != "Bính Dần" {
		t.Errorf("month 1 of 2024 is %s, want Bính Dần", got)
	}
	if got := CanChiOfMonth(2024, 11).Chi; got != 0 {
		t.Errorf("month 11 has branch %d, want 0", got)
	}
}
