package occasion

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/lunar"
)

func day(t testing.TB, s string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestRulesFindTheirDay(t *testing.T) {
	for _, c := range []struct {
		rule, want string
		year       int
	}{
		{"09-02", "2026-09-02/2026-09-02", 2026},
		{"02-29", "2026-02-28/2026-02-28", 2026},
		{"04-27 sun-1", "2025-04-26/2025-04-26", 2025}, // a Sunday
		{"04-27 sun-1", "2026-04-27/2026-04-27", 2026},
		{"06 sat 2", "2026-06-13/2026-06-13", 2026},
		{"05 mon -1", "2026-05-25/2026-05-25", 2026},
		{"lunar 01-01 +2", "2026-02-17/2026-02-19", 2026},
		{"lunar 12-23", "2026-02-10/2026-02-10", 2026}, // of the lunar year before
		{"lunar 03-10", "2025-04-07/2025-04-07", 2025},
		{"iyar", "2024-05-14/2024-05-14", 2024},
		{"iyar", "2025-05-01/2025-05-01", 2025},
		{"iyar", "2026-04-22/2026-04-22", 2026},
		{"10-25 from 2022; 12-16 to 2021", "2021-12-16/2021-12-16", 2021},
		{"10-25 from 2022; 12-16 to 2021", "2022-10-25/2022-10-25", 2022},
		{"once 2026-11-26", "2026-11-26/2026-11-26", 2026},
	} {
		r, err := ParseRule(c.rule)
		if err != nil {
			t.Fatalf("%q: %v", c.rule, err)
		}
		p, ok := r.In(c.year)
		if got := p.From.String() + "/" + p.To.String(); !ok || got != c.want {
			t.Errorf("%q in %d: %s %v, want %s", c.rule, c.year, got, ok, c.want)
		}
	}
}

func TestRulesThatCannotBeAreRefused(t *testing.T) {
	for _, rule := range []string{"", "13-01", "02-30", "lunar 01-31", "06 xyz 2", "06 sat 5", "09-02 sun", "09-02 from", "once 2026-02-30", "khmer ; ", "09-02 +99"} {
		if _, err := ParseRule(rule); err == nil {
			t.Errorf("%q is read, want a refusal", rule)
		}
	}
}

func TestEveryShippedFeastHasItsDays(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	seen, counts := map[string]bool{}, map[Kind]int{}
	for _, f := range all {
		if seen[f.Code] {
			t.Errorf("%s stands twice", f.Code)
		}
		seen[f.Code] = true
		counts[f.Kind]++
		for _, lang := range []string{"vi", "en", "fr"} {
			if f.Names[lang] == "" {
				t.Errorf("%s has no name in %s", f.Code, lang)
			}
		}
		if _, ok := f.In(2026, nil); !ok && f.Rule != "none" {
			t.Errorf("%s has no day in 2026", f.Code)
		}
	}
	if counts[National] != 199 || counts[Relations] != 73 {
		t.Errorf("%d national days and %d of relations, want 199 and 73", counts[National], counts[Relations])
	}
}

// The feasts of the lunar year fall where the lunar calendar says, each year once.
func TestLunarFeastsFrom1900To2100(t *testing.T) {
	all, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.Kind != Lunar && f.Code != "new-year.VN" {
			continue
		}
		for year := 1900; year <= 2100; year++ {
			o, ok := f.In(year, nil)
			if !ok {
				if f.Code != "lunar.12-23" { // may slip over the turn of the year
					t.Errorf("%s has no day in %d", f.Code, year)
				}
				continue
			}
			c := f.rule[0]
			if l := lunar.From(o.Day); l.Month != c.month || l.Day != c.day || l.Leap || o.Day.Year() != year {
				t.Errorf("%s in %d is on %v, %v", f.Code, year, o.Day, l)
			}
		}
	}
}

func TestADecreeGoesBeforeTheRule(t *testing.T) {
	f, err := Feast{Code: "new-year.LA", Kind: NewYear, Names: map[string]string{"vi": "Bunpimay"}, Rule: "lao", Check: true}.Read()
	if err != nil {
		t.Fatal(err)
	}
	r := Reading{Feasts: []Feast{f}, Decrees: []Decree{{Feast: f.Code, Year: 2027, From: day(t, "2027-04-13"), To: day(t, "2027-04-17")}}}
	got := r.Between(calendar.Year(2027))
	if len(got) != 1 || got[0].Day != day(t, "2027-04-13") || !got[0].Decreed || got[0].Check || got[0].Lead != 21 {
		t.Errorf("by decree: %+v", got)
	}
	if got := r.Between(calendar.Year(2028)); got[0].Day != day(t, "2028-04-14") || got[0].Decreed {
		t.Errorf("without: %+v", got)
	}
	// Its last day lies in the period although it began before.
	if got := r.Between(calendar.Period{From: day(t, "2027-04-17"), To: day(t, "2027-05-01")}); len(got) != 1 {
		t.Errorf("a feast under way: %+v", got)
	}
}

func TestAnniversariesKeepWhatIsKnown(t *testing.T) {
	fact := func(on calendar.Date) Reading {
		return Reading{Facts: []Fact{{Kind: Founding, ID: 7, Names: map[string]string{"vi": "Hội"}, On: on, Yearly: true}}}
	}
	derived := fact(calendar.InYear(1989).Derived())
	if got := derived.Between(calendar.Year(2024)); len(got) != 1 || got[0].Number != 35 || !got[0].Derived || !got[0].Vague || !got[0].Round() {
		t.Errorf("35 years, derived: %+v", got)
	}
	if got := derived.Between(calendar.Year(2025)); len(got) != 0 {
		t.Errorf("a year without a day and not round: %+v", got)
	}
	signed := fact(calendar.On(1968, 11, 20))
	got := signed.Between(calendar.Period{From: day(t, "2028-10-01"), To: day(t, "2028-11-30")})
	if len(got) != 1 || got[0].Number != 60 || got[0].Day != day(t, "2028-11-20") || got[0].Key() != "founding.7-2028" {
		t.Errorf("60 years: %+v", got)
	}
}

func TestRoundOnesStandFirstOnTheirDay(t *testing.T) {
	r := Reading{Facts: []Fact{
		{Kind: Founding, ID: 1, On: calendar.On(2000, 5, 1), Yearly: true},
		{Kind: Founding, ID: 2, On: calendar.On(1977, 5, 1), Yearly: true},
	}}
	got := r.Between(calendar.Year(2027))
	if len(got) != 2 || got[0].Number != 50 {
		t.Errorf("fifty years first: %+v", got)
	}
	for years, want := range map[int]int{0: 0, 5: 1, 10: 2, 12: 0, 20: 2, 25: 3, 50: 4, 75: 3, 100: 4} {
		if Roundness(years) != want {
			t.Errorf("%d years weigh %d, want %d", years, Roundness(years), want)
		}
	}
}

func TestDeathAnniversariesFollowTheMoon(t *testing.T) {
	died := calendar.On(2024, 10, 2) // 30th of the eighth month
	r := Reading{Facts: []Fact{{Kind: Memorial, ID: 3, Names: map[string]string{"vi": "A"}, On: calendar.OnDay(must(died.Day())), Yearly: true, ByMoon: true}}}
	got := r.Between(calendar.Year(2025))
	if len(got) != 1 || got[0].Number != 1 {
		t.Fatalf("the first: %+v", got)
	}
	if l := lunar.From(got[0].Day); l.Month != 8 {
		t.Errorf("kept on %v", l)
	}
	if got := r.Between(calendar.Year(2027)); len(got) != 0 {
		t.Errorf("the third is the family's: %+v", got)
	}
}

func must(d calendar.Day, _ bool) calendar.Day { return d }

func TestEveryOccurrenceLiesInItsPeriodInOrder(t *testing.T) {
	feasts, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		from := calendar.DayOf(rapid.IntRange(1900, 2099).Draw(rt, "year"), time.Month(rapid.IntRange(1, 12).Draw(rt, "month")), 1)
		p := calendar.Period{From: from, To: from + calendar.Day(rapid.IntRange(0, 400).Draw(rt, "days"))}
		seen := map[string]bool{}
		last := calendar.Earliest
		for _, o := range (Reading{Feasts: feasts}).Between(p) {
			if o.Until < p.From || o.Day > p.To || o.Day < last || seen[o.Key()] {
				rt.Fatalf("%s on %v in %v", o.Key(), o.Day, p)
			}
			last, seen[o.Key()] = o.Day, true
		}
	})
}

func BenchmarkSixtyDaysOfEverything(b *testing.B) {
	feasts, err := Shipped()
	if err != nil {
		b.Fatal(err)
	}
	p := calendar.Period{From: calendar.DayOf(2027, 4, 1), To: calendar.DayOf(2027, 5, 31)}
	for b.Loop() {
		if len(Reading{Feasts: feasts}.Between(p)) == 0 {
			b.Fatal("nothing")
		}
	}
}
