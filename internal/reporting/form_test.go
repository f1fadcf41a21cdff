package reporting_test

import (
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/reporting"
)

func TestPeriodsAreWrittenAndReadBack(t *testing.T) {
	for _, c := range []struct {
		every      reporting.Every
		day        calendar.Day
		code       string
		from, to   string
		yearBefore string
	}{
		{reporting.Week, calendar.DayOf(2026, 11, 5), "2026-W45", "2026-11-02", "2026-11-08", "2025-W45"},
		{reporting.Week, calendar.DayOf(2027, 1, 1), "2026-W53", "2026-12-28", "2027-01-03", "2025-W52"},
		{reporting.Month, calendar.DayOf(2026, 2, 28), "2026-02", "2026-02-01", "2026-02-28", "2025-02"},
		{reporting.Quarter, calendar.DayOf(2026, 9, 30), "2026-Q3", "2026-07-01", "2026-09-30", "2025-Q3"},
		{reporting.Year, calendar.DayOf(2026, 9, 30), "2026", "2026-01-01", "2026-12-31", "2025"},
	} {
		p := c.every.Of(c.day)
		if got := c.every.Code(p); got != c.code || p.From.String() != c.from || p.To.String() != c.to {
			t.Errorf("%s of %s: %s from %s to %s, want %s from %s to %s", c.every, c.day, got, p.From, p.To, c.code, c.from, c.to)
		}
		if got := c.every.Code(c.every.YearEarlier(p)); got != c.yearBefore {
			t.Errorf("a year before %s: %s, want %s", c.code, got, c.yearBefore)
		}
	}
	for _, wrong := range []string{"", "2026-W54", "2025-W53", "2026-13", "2026-Q5", "mai", "2026-01/2026-03-04", "../.."} {
		for _, every := range reporting.Everies() {
			if p, err := every.Parse(wrong); err == nil && every.Code(p) != wrong {
				t.Errorf("%s read %q as %s", every, wrong, p)
			}
		}
	}
}

func TestEveryPeriodFollowsTheOneBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		every := rapid.SampledFrom(reporting.Everies()).Draw(t, "every")
		day := calendar.DayOf(1990, 1, 1) + calendar.Day(rapid.IntRange(0, 40000).Draw(t, "day"))
		p := every.Of(day)
		if !p.Contains(day) || every.After(p).From != p.To+1 || every.Before(every.After(p)) != p {
			t.Fatalf("%s of %s is %s", every, day, p)
		}
		if back, err := every.Parse(every.Code(p)); err != nil || back != p {
			t.Fatalf("%s read back as %s: %v", every.Code(p), back, err)
		}
	})
}

func TestAnswersAreReadAsTheyAreTyped(t *testing.T) {
	number := reporting.Question{N: 1, Kind: reporting.Number}
	sum := reporting.Question{N: 2, Kind: reporting.Money, Cur: "VND"}
	for _, c := range []struct {
		q     reporting.Question
		typed string
		want  reporting.Figure
		wrong bool
	}{
		{number, "0", reporting.Figure{}, false},
		{number, "1.250", reporting.Figure{Qty: 1250}, false},
		{number, "trên 200", reporting.Figure{Qty: 200, Qualifier: deed.Over}, false},
		{number, "khoảng 3 200", reporting.Figure{Qty: 3200, Qualifier: deed.About}, false},
		{number, "ít nhất 5 buổi", reporting.Figure{Qty: 5, Qualifier: deed.AtLeast}, false},
		{number, "-4", reporting.Figure{}, true},
		{number, "nhiều", reporting.Figure{}, true},
		{sum, "trên 200 tỷ", reporting.Figure{Qty: 200_000_000_000, Qualifier: deed.Over}, false},
		{sum, "1,5 triệu", reporting.Figure{Qty: 1_500_000}, false},
		{sum, "-2 triệu", reporting.Figure{}, true},
	} {
		a := reporting.NewAnswers()
		err := a.Read(c.q, c.typed, "vi")
		if (err != nil) != c.wrong || a.Figures[c.q.N] != c.want {
			t.Errorf("%q: %+v %v, want %+v", c.typed, a.Figures[c.q.N], err, c.want)
		}
	}
	for typed, want := range map[string]string{"Có": "yes", "không": "no", "": ""} {
		a := reporting.NewAnswers()
		if err := a.Read(reporting.Question{N: 3, Kind: reporting.YesNo}, typed, "vi"); err != nil || a.Words[3] != want {
			t.Errorf("%q: %q %v, want %q", typed, a.Words[3], err, want)
		}
	}
	for typed, fine := range map[string]bool{"https://anh.example.vn/1": true, "javascript:alert(1)": false, "anh": false} {
		a := reporting.NewAnswers()
		if err := a.Read(reporting.Question{N: 4, Kind: reporting.Link}, typed, "vi"); (err == nil) != fine {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestFiguresAreKeptAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := reporting.NewAnswers()
		for range rapid.IntRange(0, 30).Draw(t, "many") {
			a.Figures[rapid.Int64Range(1, 300).Draw(t, "n")] = reporting.Figure{
				Qty: rapid.Int64Range(0, 1<<53).Draw(t, "qty"), Qualifier: deed.Qualifier(rapid.IntRange(0, int(deed.Nearly)).Draw(t, "how")),
			}
		}
		back, err := reporting.ParseFigures(a.FiguresText())
		if err != nil || !a.Equal(reporting.Answers{Figures: back}) {
			t.Fatalf("%q read back as %v: %v", a.FiguresText(), back, err)
		}
	})
}

func FuzzStoredFigures(f *testing.F) {
	for _, seed := range []string{"", "1:2", "1:2:1 3:4", "x", "1:", "1:2:9", "9223372036854775808:1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		all, err := reporting.ParseFigures(s)
		if err != nil {
			return
		}
		back, err := reporting.ParseFigures(reporting.Answers{Figures: all}.FiguresText())
		if err != nil || len(back) != len(all) {
			t.Errorf("%q: %v, then %v %v", s, all, back, err)
		}
	})
}

// Only units that reported both times are compared.
func TestAComparisonLeavesOutWhoCameAndWhoWent(t *testing.T) {
	pairs := map[body.ID]reporting.Pair{
		1: {Now: map[int64]reporting.Figure{1: {Qty: 10}}, Then: map[int64]reporting.Figure{1: {Qty: 4, Qualifier: deed.Over}}},
		2: {Now: map[int64]reporting.Figure{1: {Qty: 100}}},
		3: {Then: map[int64]reporting.Figure{1: {Qty: 1000}}},
		4: {Now: map[int64]reporting.Figure{1: {Qty: 0}}, Then: map[int64]reporting.Figure{1: {Qty: 6}}},
	}
	now, then, units := reporting.Like(pairs, 1)
	if now.Qty != 10 || then.Qty != 10 || then.Counts.Qualifier() != deed.Over || units != 2 {
		t.Errorf("now %+v, then %+v of %d units", now, then, units)
	}
}
