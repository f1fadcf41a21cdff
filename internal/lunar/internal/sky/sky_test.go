package sky

import (
	"encoding/csv"
	"math"
	"os"
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
