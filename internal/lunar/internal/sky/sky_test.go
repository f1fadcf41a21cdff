package sky

import (
	"encoding/csv"
	"math"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"kith.app/internal/calendar"
)

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

func instant(t *testing.T, s string) float64 {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		t.Fatal(err)
	}
	return float64(at.Unix()) / 86400
}

// The examples of the book, in dynamical time; deltaT takes them to UT.
func TestNewMoonIsThatOfTheBook(t *testing.T) {
	// Example 49.a: JDE 2443192.65118, February 1977; the difference of 1977 is 48 s.
	got := NewMoon(-283) + epoch
	if want := 2443192.65118 - 47.7/86400; math.Abs(got-want) > 1.5/86400 {
		t.Fatalf("new moon of February 1977 = %.5f, want %.5f", got, want)
	}
}

func TestSunLongitudeIsThatOfTheBook(t *testing.T) {
	// Example 25.b: 1992 October 13 at 0h of dynamical time: 199°54'21.818".
	at := instant(t, "1992-10-13 00:00:00") - deltaT(1992.8)/86400
	want := 199 + 54.0/60 + 21.818/3600
	if got := SunLongitude(at); math.Abs(got-want) > 1.5/3600 {
		t.Fatalf("longitude %.6f, want %.6f", got, want)
	}
}

func TestTetOf201YearsAtBothMeridians(t *testing.T) {
	for _, row := range rows(t, "../../testdata/tet_1900_2100.csv") {
		year, _ := strconv.Atoi(row[0])
		for i, hours := range []int{7, 8} {
			months, _ := Year(year, UTC(hours))
			if got := months[0].First.String(); got != row[1+i] {
				t.Errorf("year %d at UTC+%d begins %s, want %s", year, hours, got, row[1+i])
			}
		}
	}
}

func TestObservancesOf151YearsAtUTC7(t *testing.T) {
	for _, row := range rows(t, "../../testdata/vn_lunar_observances_1950_2100.csv") {
		year, _ := strconv.Atoi(row[0])
		months, _ := Year(year, UTC(7))
		for i, on := range []struct{ month, day int }{{1, 15}, {3, 10}, {4, 15}, {5, 5}, {7, 15}, {8, 15}} {
			for _, m := range months {
				if m.Number != on.month || m.Leap {
					continue
				}
				if got := m.First + calendar.Day(on.day-1); got.String() != row[1+i] {
					t.Errorf("%d/%d of %d = %s, want %s", on.day, on.month, year, got, row[1+i])
				}
			}
		}
	}
}

func TestEventsNearMidnightFallOnTheirDay(t *testing.T) {
	for _, day := range []string{"1944-06-20", "1967-07-07", "1998-09-21", "2054-05-08", "2072-12-09", "2077-11-15", "2085-10-18"} {
		want, err := calendar.ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		k := int(math.Round(float64(want-calendar.DayOf(2000, 1, 6)) / 29.530588861))
		got := UTC(7)(NewMoon(k))
		if got != want || nearMidnight(NewMoon(k)) > 120 {
			t.Errorf("new moon of %s is on %v, %.0f s from midnight", day, got, nearMidnight(NewMoon(k)))
		}
	}
	for day, degrees := range map[string]float64{
		"1924-06-21": 90, "1938-09-23": 180, "2004-05-20": 60, "2038-07-22": 120, "2074-08-23": 150,
	} {
		want, err := calendar.ParseDay(day)
		if err != nil {
			t.Fatal(err)
		}
		at := Term(degrees, float64(want))
		if got := UTC(7)(at); got != want || nearMidnight(at) > 120 {
			t.Errorf("term %v of %s is on %v, %.0f s from midnight", degrees, day, got, nearMidnight(at))
		}
	}
}

// The solstice of June 1953 is within our error of midnight at UTC+7, so its day
// cannot be told from here; no month depends on it.
func TestTheSolsticeOf1953IsOnTheEdgeAndMovesNothing(t *testing.T) {
	at := Term(90, float64(calendar.DayOf(1953, 6, 21)))
	if off := nearMidnight(at); off > 25 {
		t.Errorf("%.0f s from midnight, want an event on the edge", off)
	}
	if Code(1953, shifted(60)) != Code(1953, shifted(-60)) {
		t.Error("the months of 1953 depend on it")
	}
}

func TestOnlyFiveYearsHangOnTwoMinutes(t *testing.T) {
	var found []int
	for year := 1968; year <= 2100; year++ {
		exact := Code(year, VietNam)
		if Code(year, shifted(120)) != exact || Code(year, shifted(-120)) != exact {
			found = append(found, year)
		}
	}
	if want := []int{1998, 2054, 2072, 2077, 2085}; !slices.Equal(found, want) {
		t.Errorf("years that two minutes would change: %v, want %v", found, want)
	}
}

// shifted is the meridian of Viet Nam with every event so many seconds later.
func shifted(seconds float64) Meridian {
	return func(at float64) calendar.Day { return VietNam(at + seconds/86400) }
}

// nearMidnight is how many seconds an event is from a midnight at UTC+7.
func nearMidnight(at float64) float64 {
	local := at + 7.0/24
	return math.Abs(local-math.Round(local)) * 86400
}
