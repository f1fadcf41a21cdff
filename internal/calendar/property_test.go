package calendar

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyPoint draws a date that is no span, near enough to others to collide.
func anyPoint(t *rapid.T) Date {
	day := Day(rapid.IntRange(int(DayOf(1999, 11, 1)), int(DayOf(2001, 3, 31))).Draw(t, "day"))
	y, m, _ := day.Civil()
	d := []Date{OnDay(day), InMonth(y, m), InYear(y)}[rapid.IntRange(0, 2).Draw(t, "precision")]
	if rapid.Bool().Draw(t, "about") {
		d = d.About()
	}
	if rapid.Bool().Draw(t, "derived") {
		d = d.Derived()
	}
	return d
}

func anyDate(t *rapid.T) Date {
	switch rapid.IntRange(0, 5).Draw(t, "shape") {
	case 0:
		return Date{}
	case 1:
		return anyPoint(t).Since()
	case 2, 3:
		from, to := Date{}, anyPoint(t)
		if rapid.Bool().Draw(t, "from known") {
			from = anyPoint(t)
		}
		if d, err := Between(from, to); err == nil {
			return d
		}
		return from
	}
	return anyPoint(t)
}

func TestEveryDateReadsBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t)
		text, err := d.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back Date
		if err := back.UnmarshalText(text); err != nil || back != d {
			t.Fatalf("%s read back as %s, %v", text, back, err)
		}
		typed, err := ReadInput(string(text), Reading{})
		if err != nil || typed != d {
			t.Fatalf("%s typed is %s, %v", text, typed, err)
		}
	})
}

func TestDatesHaveOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := anyDate(t), anyDate(t), anyDate(t)
		if a.Compare(b) != -b.Compare(a) || (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("%q and %q: %d and %d", a, b, a.Compare(b), b.Compare(a))
		}
		if a.Compare(b) <= 0 && b.Compare(c) <= 0 && a.Compare(c) > 0 {
			t.Fatalf("%q, %q, %q are in order, the first and last are not", a, b, c)
		}
		if a.IsUnknown() && !b.IsUnknown() && !a.After(b) {
			t.Fatalf("unknown stands before %q", b)
		}
	})
}

func TestWithinAndAcrossNeverContradict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, p := anyDate(t), anyPoint(t).Period()
		if d.Within(p) && d.Across(p) || d.Within(p) && !d.Overlaps(p) {
			t.Fatalf("%q in %v: within %v, across %v, overlaps %v", d, p, d.Within(p), d.Across(p), d.Overlaps(p))
		}
		if day, ok := d.Day(); ok && (d.Across(p) || d.Within(p) != p.Contains(day)) {
			t.Fatalf("%q is one day and not simply in or out of %v", d, p)
		}
	})
}

func TestASpanIsMadeOfItsEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t)
		from, to := d.Ends()
		if !d.IsSpan() {
			if from != d || to != d {
				t.Fatalf("the ends of %q are %q and %q", d, from, to)
			}
			return
		}
		if again, err := Between(from, to); err != nil || again != d {
			t.Fatalf("%q has the ends %q and %q, which make %q, %v", d, from, to, again, err)
		}
	})
}

func TestColumnsAgreeWithTheDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t)
		text, first, last := d.Columns()
		if text != d.EDTF() {
			t.Fatalf("text %q of %q", text, d)
		}
		if day, ok := d.First(); ok != (first != nil) || ok && int64(day) != *first {
			t.Fatalf("first of %q: %v", d, first)
		}
		if day, ok := d.Last(); ok != (last != nil) || ok && int64(day) != *last {
			t.Fatalf("last of %q: %v", d, last)
		}
	})
}

func anyPeriod(t *rapid.T) Period {
	ends := rapid.IntRange(int(DayOf(2023, 1, 1)), int(DayOf(2026, 12, 31)))
	a, b := Day(ends.Draw(t, "from")), Day(ends.Draw(t, "to"))
	p := Period{From: min(a, b), To: max(a, b)}
	switch rapid.IntRange(0, 5).Draw(t, "shape") {
	case 0:
		p.From = Earliest
	case 1:
		p.To = Latest
	case 2:
		y, m, _ := p.From.Civil()
		p = Quarter(y, (int(m)+2)/3)
	case 3:
		p = Year(p.From.Year())
	}
	return p
}

func TestEveryPeriodReadsBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t)
		if back, err := ParsePeriod(p.String()); err != nil || back != p {
			t.Fatalf("%+v is written %q, read back as %+v, %v", p, p.String(), back, err)
		}
		if d := p.Date(); p != Always() && d.Period() != p {
			t.Fatalf("%v as a date is %q", p, d)
		}
	})
}

func TestMonthsAndYearsCoverThePeriod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPeriod(t).Overlap(Period{From: DayOf(2020, 1, 1), To: DayOf(2029, 12, 31)})
		next, count := p.From, 0
		for month := range p.Months() {
			if !month.Contains(next) || month != MonthOf(month.From.Year(), monthIn(month.From)) {
				t.Fatalf("%v: month %v does not follow", p, month)
			}
			next = month.To + 1
			count++
		}
		if next <= p.To || next-1 > p.To+31 || count == 0 {
			t.Fatalf("%v: months end before %v", p, next)
		}
		years := 0
		for year := range p.Years() {
			if !year.Overlaps(p) {
				t.Fatalf("%v: year %v", p, year)
			}
			years++
		}
		if want := p.To.Year() - p.From.Year() + 1; years != want {
			t.Fatalf("%v: %d years, want %d", p, years, want)
		}
	})
}

func TestThePeriodBeforeEndsWhereThisBegins(t *testing.T) {
	for s, want := range map[string]string{
		"2025":                  "2024",
		"2025-01/2025-03":       "2024-10/2024-12",
		"2024-03":               "2024-02",
		"2024-03-10/2024-03-19": "2024-02-29/2024-03-09",
		"2025/..":               "2025/..",
	} {
		p, err := ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Before().String(); got != want {
			t.Errorf("before %s is %s, want %s", s, got, want)
		}
	}
	for s, want := range map[string]string{
		"2025": "2024", "2025-02": "2024-02", "2025-01/2025-03": "2024-01/2024-03", "2025-05/..": "2024-05/..",
	} {
		p, err := ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.YearsEarlier(1).String(); got != want {
			t.Errorf("a year before %s is %s, want %s", s, got, want)
		}
	}
}

func FuzzParseEDTF(f *testing.F) {
	for _, s := range []string{"", "1968-11-20", "2003-10~/..", "../2003?", "2003/", "1989%", "2024-02-30", "../.."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseEDTF(s)
		if err != nil {
			return
		}
		if d.EDTF() != s {
			t.Fatalf("%q is written again as %q", s, d.EDTF())
		}
		if d.bounded() && d.LastOr(0) < d.FirstOr(0) {
			t.Fatalf("%q ends before it begins", s)
		}
	})
}

func FuzzReadInput(f *testing.F) {
	for _, s := range []string{
		"21/11/2026", "ngày 2 tháng 12 năm 2024", "khoảng 10/2003 - nay", "Dec 2nd, 2024",
		"quý IV/2025", "d'octobre 2003 à mai 2024", "00/00/1945", "2-4/12/2024", "T1/2025", "thứ 2 ngày 2/12/2024 08:00",
	} {
		f.Add(s, false, 0)
		f.Add(strings.ToUpper(s), true, 2026)
	}
	f.Fuzz(func(t *testing.T, s string, monthFirst bool, pivot int) {
		how := Reading{MonthFirst: monthFirst, Pivot: max(0, min(pivot, 9999))}
		d, err := ReadInput(s, how)
		if err != nil {
			return
		}
		if back, err := ReadInput(d.EDTF(), how); err != nil || back != d {
			t.Fatalf("%q is read as %q, which is read as %q, %v", s, d, back, err)
		}
	})
}

func monthIn(d Day) time.Month {
	_, m, _ := d.Civil()
	return m
}

func TestTheShortWayReadsAsTheLongOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.StringMatching(`[0-9]{1,5}`)
		s := part.Draw(t, "a") + "/" + part.Draw(t, "b")
		if rapid.Bool().Draw(t, "three parts") {
			s += rapid.SampledFrom([]string{"/", "."}).Draw(t, "separator") + part.Draw(t, "c")
		}
		r := reader{said: s, Reading: Reading{MonthFirst: rapid.Bool().Draw(t, "month first"), Pivot: 2026}}
		numbers := slashed(s)
		if numbers == nil {
			return // 2003/2024 has only the long way
		}
		short, shortErr := r.told(numbers, false)
		long, longErr := r.whole(folded(s))
		if short != long || (shortErr == nil) != (longErr == nil) {
			t.Fatalf("%s is %q, %v or %q, %v", s, short, shortErr, long, longErr)
		}
	})
}
