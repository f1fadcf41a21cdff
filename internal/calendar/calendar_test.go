package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith.app/internal/fault"
)

func day(t *testing.T, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatalf("ParseDay(%q): %v", s, err)
	}
	return d
}

func date(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseEDTF(s)
	if err != nil {
		t.Fatalf("ParseEDTF(%q): %v", s, err)
	}
	return d
}

func key(t *testing.T, err error) string {
	t.Helper()
	faults := fault.All(err)
	if len(faults) != 1 {
		t.Fatalf("error %v is not one fault", err)
	}
	return faults[0].Key
}

func TestDayAgreesWithTimeThroughTheWholeCalendar(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := Earliest; d <= Latest; d++ {
		y, m, n := d.Civil()
		if ty, tm, tn := at.Date(); ty != y || tm != m || tn != n {
			t.Fatalf("day %d: civil %d-%d-%d, time has %v", d, y, m, n, at)
		}
		if back := DayOf(y, m, n); back != d {
			t.Fatalf("DayOf(%d, %d, %d) = %d, want %d", y, m, n, back, d)
		}
		if d.Weekday() != at.Weekday() {
			t.Fatalf("weekday of %v: %v, want %v", d, d.Weekday(), at.Weekday())
		}
		at = at.Add(24 * time.Hour)
	}
}

func TestDayRunsOverLikeTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(1000, 3000).Draw(t, "y")
		m := rapid.IntRange(-40, 40).Draw(t, "m")
		d := rapid.IntRange(-400, 400).Draw(t, "d")
		want := FromTime(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
		if got := DayOf(y, time.Month(m), d); got != want {
			t.Fatalf("DayOf(%d, %d, %d) = %v, want %v", y, m, d, got, want)
		}
	})
}

func TestFromTimeTakesTheDateOfThePlace(t *testing.T) {
	hanoi := time.FixedZone("UTC+7", 7*3600)
	instant := time.Date(2026, 2, 16, 18, 0, 0, 0, time.UTC)
	if got := FromTime(instant.In(hanoi)).String(); got != "2026-02-17" {
		t.Fatalf("got %s, want 2026-02-17", got)
	}
	if got := day(t, "2026-02-17").Midnight(hanoi); !got.Equal(instant.Add(-time.Hour)) {
		t.Fatalf("midnight = %v", got)
	}
}

func TestMonthsAndYearsStayInTheirMonth(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2024-01-31", 1, "2024-02-29"},
		{"2023-01-31", 1, "2023-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2024-03-31", -1, "2024-02-29"},
		{"2024-12-31", 1, "2025-01-31"},
		{"2024-01-15", -13, "2022-12-15"},
	} {
		if got := day(t, c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestEDTFReadsBackLetterByLetter(t *testing.T) {
	for _, c := range []struct{ edtf, first, last string }{
		{"", "", ""},
		{"1968-11-20", "1968-11-20", "1968-11-20"},
		{"2003-10", "2003-10-01", "2003-10-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"1989", "1989-01-01", "1989-12-31"},
		{"1989~", "1989-01-01", "1989-12-31"},
		{"1989?", "1989-01-01", "1989-12-31"},
		{"1989-05%", "1989-05-01", "1989-05-31"},
		{"2003-10/2024-05", "2003-10-01", "2024-05-31"},
		{"2003-10~/2024-05-02?", "2003-10-01", "2024-05-02"},
		{"2003-10/..", "2003-10-01", ""},
		{"2003-10/", "2003-10-01", ""},
		{"../2003", "", "2003-12-31"},
		{"/2003", "", "2003-12-31"},
		{"0001", "0001-01-01", "0001-12-31"},
		{"9999-12", "9999-12-01", "9999-12-31"},
	} {
		d := date(t, c.edtf)
		if got := d.EDTF(); got != c.edtf {
			t.Errorf("%q is written again as %q", c.edtf, got)
		}
		if first, ok := d.First(); ok != (c.first != "") || ok && first.String() != c.first {
			t.Errorf("%q: first %v %v, want %q", c.edtf, first, ok, c.first)
		}
		if last, ok := d.Last(); ok != (c.last != "") || ok && last.String() != c.last {
			t.Errorf("%q: last %v %v, want %q", c.edtf, last, ok, c.last)
		}
	}
}

func TestEDTFRefusesWhatItWouldNotWrite(t *testing.T) {
	for s, want := range map[string]string{
		"2024-02-30": "date.impossible", "2024-13": "date.impossible", "0000": "date.impossible",
		"2024-2": "date.edtf", "20240202": "date.edtf", "2024~~": "date.edtf", "~": "date.edtf",
		"../..": "date.edtf", "/": "date.edtf", "2024/2025/2026": "date.edtf", " 2024": "date.edtf",
		"-024": "date.edtf", "2024-05/2024-04": "date.reversed", "２０２４": "date.edtf",
	} {
		d, err := ParseEDTF(s)
		if err == nil {
			t.Errorf("ParseEDTF(%q) = %v, want %s", s, d, want)
			continue
		}
		if got := key(t, err); got != want {
			t.Errorf("ParseEDTF(%q): %s, want %s", s, got, want)
		}
	}
}

func TestReadInputReadsWhatPeopleType(t *testing.T) {
	for s, want := range map[string]string{
		"":                          "",
		"  ":                        "",
		"21/11/2026":                "2026-11-21",
		"21-11-2026":                "2026-11-21",
		"21.11.2026":                "2026-11-21",
		"1/2/2026":                  "2026-02-01",
		"2026/11/21":                "2026-11-21",
		"2026-11-21":                "2026-11-21",
		"11/2026":                   "2026-11",
		"11-2026":                   "2026-11",
		"2026":                      "2026",
		"năm 1989":                  "1989",
		"ngày 2 tháng 12 năm 2024":  "2024-12-02",
		"Ngày 02 tháng 12 năm 2024": "2024-12-02",
		"NGÀY 2/12/2024":            "2024-12-02",
		"tháng 10 năm 2003":         "2003-10",
		"tháng 10/2003":             "2003-10",
		"2003/2024":                 "2003/2024",
		"Thứ hai, ngày 2/12/2024":   "2024-12-02",
		"thứ 2 ngày 2/12/2024":      "2024-12-02",
		"2 December 2024":           "2024-12-02",
		"December 2, 2024":          "2024-12-02",
		"Dec. 2nd, 2024":            "2024-12-02",
		"December 2024":             "2024-12",
		"1er août 2024":             "2024-08-01",
		"lundi 2 décembre 2024":     "2024-12-02",
		"juin 2024":                 "2024-06",
		"juil. 2024":                "2024-07",
		"khoảng 1989":               "1989~",
		"khoảng năm 1989":           "1989~",
		"about 1989":                "1989~",
		"vers 1989":                 "1989~",
		"circa 10/2003":             "2003-10~",
		"~1989":                     "1989~",
		"1989~":                     "1989~",
		"10/2003 - 5/2024":          "2003-10/2024-05",
		"10/2003-5/2024":            "2003-10/2024-05",
		"10/2003 – 5/2024":          "2003-10/2024-05",
		"từ 10/2003 đến 5/2024":     "2003-10/2024-05",
		"từ tháng 10 năm 2003 đến tháng 5 năm 2024": "2003-10/2024-05",
		"from October 2003 to May 2024":             "2003-10/2024-05",
		"d'octobre 2003 à mai 2024":                 "2003-10/2024-05",
		"de 2003 à 2024":                            "2003/2024",
		"2003-2024":                                 "2003/2024",
		"2003 - nay":                                "2003/..",
		"từ năm 2003 đến nay":                       "2003/..",
		"từ 2003":                                   "2003/..",
		"since 2003":                                "2003/..",
		"depuis 2003":                               "2003/..",
		"đến năm 2003":                              "../2003",
		"jusqu'en 2003":                             "../2003",
		"2-4/12/2024":                               "2024-12-02/2024-12-04",
		"30/11 - 2/12/2024":                         "2024-11-30/2024-12-02",
		"10-12/2024":                                "2024-10/2024-12",
		"khoảng 2003 - 2005":                        "2003~/2005",
		"quý I/2025":                                "2025-01/2025-03",
		"Quý 4 năm 2025":                            "2025-10/2025-12",
		"Q2 2025":                                   "2025-04/2025-06",
		"2/12/2024 0:00":                            "2024-12-02",
		"2024-12-02 00:00:00":                       "2024-12-02",
		"2024-12-02T00:00:00Z":                      "2024-12-02",
		"29/02/2024":                                "2024-02-29",
		"00/00/1945":                                "1945",
		"0/5/1945":                                  "1945-05",
		"…/…/1945":                                  "1945",
		"../../1945":                                "1945",
		"__/5/1945":                                 "1945-05",
		"ngày ... tháng ... năm 1945":               "1945",
		"ngày … tháng 5 năm 1945":                   "1945-05",
		"không rõ":                                  "",
		"Chưa rõ":                                   "",
		"?":                                         "",
		"-":                                         "",
		"'21/11/2026":                               "2026-11-21",
		"21/11/2026.":                               "2026-11-21",
		"T10/2003":                                  "2003-10",
		"T.10/2003 - T5/2024":                       "2003-10/2024-05",
		"tháng tư năm 1975":                         "1975-04",
		"tháng năm năm 1975":                        "1975-05",
		"tháng năm 1975":                            "1975-05",
		"30 tháng tư 1975":                          "1975-04-30",
		"tháng mười hai năm 2024":                   "2024-12",
		"1975-nay":                                  "1975/..",
		"du 2 décembre 2024":                        "2024-12-02",
		"du 2 au 4 décembre 2024":                   "2024-12-02/2024-12-04",
		"à partir de 2003":                          "2003/..",
		"đến hết năm 2003":                          "../2003",
		"từ 2003 tới nay":                           "2003/..",
		"1989? - 2003":                              "1989?/2003",
		"từ quý I/2025 đến quý II/2025":             "2025-01/2025-06",
	} {
		d, err := ReadInput(s, Reading{})
		if err != nil {
			t.Errorf("ReadInput(%q): %v, want %q", s, err, want)
		} else if d.EDTF() != want {
			t.Errorf("ReadInput(%q) = %q, want %q", s, d.EDTF(), want)
		}
	}
}

func TestReadInputSaysWhyItRefuses(t *testing.T) {
	for s, want := range map[string]string{
		"31/02/2026":       "date.impossible",
		"29/02/2025":       "date.impossible",
		"13/2026":          "date.impossible",
		"09/20/2024":       "date.monthFirst",
		"21/11/26":         "date.shortYear",
		"21.11.26":         "date.shortYear",
		"27/11":            "date.noYear",
		"mai":              "date.unreadable",
		"hôm qua":          "date.unreadable",
		"tháng Giêng 2024": "date.unreadable",
		"123":              "date.unreadable",
		"45000":            "date.unreadable",
		"1/2/3/2024":       "date.unreadable",
		"2024-05/2024-04":  "date.reversed",
		"5/2024 - 10/2003": "date.reversed",
		"100/1/2024":       "date.unreadable",
		"<b>2024</b>":      "date.unreadable",
	} {
		d, err := ReadInput(s, Reading{})
		if err == nil {
			t.Errorf("ReadInput(%q) = %v, want %s", s, d, want)
			continue
		}
		if got := key(t, err); got != want {
			t.Errorf("ReadInput(%q): %s, want %s", s, got, want)
		}
	}
}

func TestReadInputFollowsTheReading(t *testing.T) {
	for _, c := range []struct {
		s    string
		how  Reading
		want string
	}{
		{"09/20/2024", Reading{MonthFirst: true}, "2024-09-20"},
		{"2024/09/20", Reading{MonthFirst: true}, "2024-09-20"},
		{"2 December 2024", Reading{MonthFirst: true}, "2024-12-02"},
		{"21/11/26", Reading{Pivot: 2026}, "2026-11-21"},
		{"21/11/27", Reading{Pivot: 2026}, "1927-11-21"},
		{"1/5/99", Reading{Pivot: 2030}, "1999-05-01"},
	} {
		d, err := ReadInput(c.s, c.how)
		if err != nil || d.EDTF() != c.want {
			t.Errorf("ReadInput(%q, %+v) = %q, %v, want %q", c.s, c.how, d.EDTF(), err, c.want)
		}
	}
	if _, err := ReadInput("20/09/2024", Reading{MonthFirst: true}); key(t, err) != "date.dayFirst" {
		t.Errorf("20/09/2024 month first: %v", err)
	}
}

func TestPeriodsAreWrittenAsShortAsTheyAllow(t *testing.T) {
	for _, c := range []struct {
		p    Period
		want string
	}{
		{Year(2025), "2025"},
		{Quarter(2025, 1), "2025-01/2025-03"},
		{Quarter(2025, 4), "2025-10/2025-12"},
		{MonthOf(2025, time.February), "2025-02"},
		{Since(DayOf(2024, 5, 7)), "2024-05-07/.."},
		{Since(DayOf(2024, 1, 1)), "2024/.."},
		{Until(DayOf(2024, 5, 31)), "../2024-05"},
		{Always(), "../.."},
		{Period{From: DayOf(2003, 10, 1), To: DayOf(2024, 5, 31)}, "2003-10/2024-05"},
		{Period{From: DayOf(2003, 10, 1), To: DayOf(2024, 5, 30)}, "2003-10-01/2024-05-30"},
		{Period{}, "1970-01-01"},
	} {
		if got := c.p.String(); got != c.want {
			t.Errorf("%+v is written %q, want %q", c.p, got, c.want)
		}
		if back, err := ParsePeriod(c.want); err != nil || back != c.p {
			t.Errorf("ParsePeriod(%q) = %v, %v", c.want, back, err)
		}
	}
	for s, want := range map[string]Period{
		"2025-33": Quarter(2025, 1), "2025-36": Quarter(2025, 4),
		"2025-40": {From: DayOf(2025, 1, 1), To: DayOf(2025, 6, 30)},
		"2025-41": {From: DayOf(2025, 7, 1), To: DayOf(2025, 12, 31)},
		"1989~":   Year(1989),
	} {
		if got, err := ParsePeriod(s); err != nil || got != want {
			t.Errorf("ParsePeriod(%q) = %v, %v, want %v", s, got, err, want)
		}
	}
	for _, s := range []string{"", "2025-13", "2025-37", "0000-33", "x", "2025-00"} {
		if p, err := ParsePeriod(s); err == nil {
			t.Errorf("ParsePeriod(%q) = %v, want a refusal", s, p)
		}
	}
}

func TestADateIsWithinAcrossOrOutside(t *testing.T) {
	for _, c := range []struct {
		date, period   string
		within, across bool
	}{
		{"2024-05-07", "2024", true, false},
		{"2024", "2024", true, false},
		{"2024", "2024-05", false, true},
		{"2003-10/2024-05", "2024", false, true},
		{"2003-10/2024-05", "2003/2024", true, false},
		{"2003-10/..", "2024", false, true},
		{"2003-10/..", "2003/..", true, false},
		{"2003-10/..", "2002", false, false},
		{"../2003", "2004", false, false},
		{"2025-01-01", "2024", false, false},
		{"", "2024", false, false},
		{"", "../..", false, false},
		{"../2003", "../..", true, false},
	} {
		p, err := ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		d := date(t, c.date)
		if d.Within(p) != c.within || d.Across(p) != c.across {
			t.Errorf("%q in %s: within %v across %v, want %v %v", c.date, c.period, d.Within(p), d.Across(p), c.within, c.across)
		}
	}
}

func TestAgesAreARangeWhereTheBirthIsNotKnownToTheDay(t *testing.T) {
	for _, c := range []struct {
		birth, on string
		from, to  int
		ok        bool
	}{
		{"1956-05-07", "2026-05-06", 69, 69, true},
		{"1956-05-07", "2026-05-07", 70, 70, true},
		{"1956", "2026-05-07", 69, 70, true},
		{"1956", "2026-12-31", 70, 70, true},
		{"1956-05", "2026-05-07", 69, 70, true},
		{"2000-02-29", "2021-02-28", 21, 21, true},
		{"2000-02-29", "2021-02-27", 20, 20, true},
		{"2026", "2026-05-07", 0, 0, true},
		{"2027", "2026-05-07", 0, 0, false},
		{"", "2026-05-07", 0, 0, false},
		{"1956/..", "2026-05-07", 0, 0, false},
	} {
		from, to, ok := AgeOn(date(t, c.birth), day(t, c.on))
		if from != c.from || to != c.to || ok != c.ok {
			t.Errorf("born %q on %s: %d-%d %v, want %d-%d %v", c.birth, c.on, from, to, ok, c.from, c.to, c.ok)
		}
	}
}

func TestAnniversariesKeepThePrecision(t *testing.T) {
	for _, c := range []struct {
		date  string
		year  int
		want  string
		count int
	}{
		{"2003-10-15", 2023, "2023-10-15", 20},
		{"2003-10", 2023, "2023-10", 20},
		{"1989?", 2024, "2024?", 35},
		{"2004-02-29", 2024, "2024-02-29", 20},
		{"2004-02-29", 2025, "2025-02-28", 21},
	} {
		on, count, ok := Anniversary(date(t, c.date), c.year)
		if !ok || on.EDTF() != c.want || count != c.count {
			t.Errorf("%s in %d: %v %d %v, want %s %d", c.date, c.year, on, count, ok, c.want, c.count)
		}
	}
	for _, c := range []struct {
		date string
		year int
	}{{"", 2024}, {"2024", 2024}, {"2025", 2024}, {"2003-10/2024-05", 2025}, {"2003/..", 2025}} {
		if on, _, ok := Anniversary(date(t, c.date), c.year); ok {
			t.Errorf("%q in %d has the anniversary %v", c.date, c.year, on)
		}
	}
}
