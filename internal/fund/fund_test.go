package fund

import (
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/money"
	"kith.app/internal/person"
)

func day(edtf string) calendar.Day {
	d, err := calendar.ParseDay(edtf)
	if err != nil {
		panic(err)
	}
	return d
}

func date(edtf string) calendar.Date {
	d, err := calendar.ParseEDTF(edtf)
	if err != nil {
		panic(err)
	}
	return d
}

func TestAnEntryStandsWhereItsMatterAndTheClosingAllow(t *testing.T) {
	today := day("2026-11-22")
	tests := map[string]struct {
		closed         string
		stated, refers string
		want, about    string
		refused        bool
	}{
		"stated":                            {stated: "2026-03-04", want: "2026-03-04"},
		"stated, about another":             {stated: "2026-03-04", refers: "2025-12", want: "2026-03-04", about: "2025-12"},
		"stated in the future":              {stated: "2026-11-23", refused: true},
		"stated before 1900":                {stated: "0202-03-04", refused: true},
		"stated in a closed period":         {closed: "2026-03-31", stated: "2026-03-31", refused: true},
		"stated after it":                   {closed: "2026-03-31", stated: "2026-04-01", want: "2026-04-01"},
		"only the matter's day":             {refers: "2026-03-04", want: "2026-03-04"},
		"the matter's day is closed":        {closed: "2026-03-31", refers: "2026-03-04", want: "2026-04-01", about: "2026-03-04"},
		"the matter's month":                {refers: "2026-02", want: "2026-02-28", about: "2026-02"},
		"the matter's month is half closed": {closed: "2026-02-14", refers: "2026-02", want: "2026-02-28", about: "2026-02"},
		"the matter's year is under way":    {refers: "2026", want: "2026-11-22", about: "2026"},
		"the matter's day is to come":       {refers: "2027-01-01", want: "2026-11-22", about: "2027-01-01"},
		"nothing known":                     {want: "2026-11-22"},
		"a span stated":                     {stated: "2026-01/2026-02", want: "2026-02-28", about: "2026-01/2026-02"},
		"everything closed":                 {closed: "2026-11-22", refused: true},
	}
	for name, test := range tests {
		f := Fund{Closed: calendar.Earliest}
		if test.closed != "" {
			f.Closed = day(test.closed)
		}
		got, about, err := place(f, date(test.stated), date(test.refers), today)
		switch {
		case (err != nil) != test.refused:
			t.Errorf("%s: %v", name, err)
		case err == nil && (got != day(test.want) || about != date(test.about)):
			t.Errorf("%s: on %v about %q, want %s about %q", name, got, about.EDTF(), test.want, test.about)
		}
	}
}

func TestAnExchangeRecordsBothSidesOrTheRate(t *testing.T) {
	tests := []struct {
		given, got money.Amount
		rate       string
		into       money.Currency
		want       money.Amount
		wantRate   string
		refused    bool
	}{
		{given: money.Of(100_00, money.USD), rate: "25400.5", into: money.VND, want: money.Of(2_540_050, money.VND), wantRate: "25400.5"},
		{given: money.Of(100_00, money.USD), got: money.Of(2_540_000, money.VND), into: money.VND, want: money.Of(2_540_000, money.VND), wantRate: "25400"},
		{given: money.Of(2_540_000, money.VND), got: money.Of(100_00, money.USD), into: money.USD, want: money.Of(100_00, money.USD), wantRate: "0.0000393701"},
		{given: money.Of(5, money.VND), into: money.VND, want: money.Of(5, money.VND)},
		{given: money.Of(5, money.VND), got: money.Of(6, money.VND), into: money.VND, refused: true},
		{given: money.Of(5, money.USD), into: money.VND, refused: true},
		{given: money.Of(5, money.USD), got: money.Of(5, money.EUR), into: money.VND, refused: true},
		{given: money.Of(5, money.USD), rate: "-3", into: money.VND, refused: true},
	}
	for _, test := range tests {
		got, rate, err := exchanged(Passage{Given: test.given, Got: test.got, Rate: test.rate}, test.into)
		if (err != nil) != test.refused || err == nil && (got != test.want || rate != test.wantRate) {
			t.Errorf("%v into %s at %q: %v at %q, %v; want %v at %q", test.given, test.into, test.rate, got, rate, err, test.want, test.wantRate)
		}
	}
}

func TestInterestIsSimpleByTheDayOnWhatIsOut(t *testing.T) {
	l := Loan{Amount: money.Of(10_000_000, money.VND), Rate: "7.3", Since: day("2025-01-01"), Due: day("2025-12-31")}
	lent := LoanMove{Day: day("2025-01-01"), Principal: 10_000_000}
	tests := map[string]struct {
		moves                 []LoanMove
		on                    string
		outstanding, interest int64
		overdue               bool
	}{
		"on the first day":     {[]LoanMove{lent}, "2025-01-01", 10_000_000, 0, false},
		"after a hundred days": {[]LoanMove{lent}, "2025-04-11", 10_000_000, 200_000, false},
		"half paid back": {
			[]LoanMove{lent, {Day: day("2025-04-11"), Principal: -5_000_000, Interest: 200_000}}, "2025-07-20", 5_000_000, 100_000, false,
		},
		"a repayment to come": {[]LoanMove{lent, {Day: day("2026-05-01"), Principal: -10_000_000}}, "2026-01-01", 10_000_000, 730_000, true},
		"paid back":           {[]LoanMove{lent, {Day: day("2025-04-11"), Principal: -10_000_000, Interest: 200_000}}, "2026-06-01", 0, 0, false},
		"taken back":          {[]LoanMove{lent, {Day: day("2025-01-01"), Principal: -10_000_000}}, "2026-06-01", 0, 0, false},
	}
	for name, test := range tests {
		s := StateOf(l, test.moves, day(test.on))
		if s.Outstanding != test.outstanding || s.Interest != test.interest || s.Overdue != test.overdue {
			t.Errorf("%s: %d out, %d interest, overdue %v; want %d, %d, %v",
				name, s.Outstanding, s.Interest, s.Overdue, test.outstanding, test.interest, test.overdue)
		}
	}
}

func TestTheNormThatSaysMostOfTheNearestBodyHolds(t *testing.T) {
	const branch, association body.ID = 2, 1
	norm := func(of body.ID, kin string, step int, minor int64, since, until string) Norm {
		n := Norm{Body: of, Kind: "longevity", Kin: kin, Step: step, Amount: money.Of(minor, money.VND), Since: calendar.Earliest, Until: calendar.Latest}
		if since != "" {
			n.Since = day(since)
		}
		if until != "" {
			n.Until = day(until)
		}
		return n
	}
	norms := []Norm{
		norm(branch, "", 100, 900, "", ""),
		norm(association, "", 0, 100, "", "2024-12-31"), norm(association, "", 0, 150, "2025-01-01", ""),
		norm(association, "parent", 0, 200, "", ""), norm(association, "parent", 90, 400, "", ""), norm(association, "", 90, 300, "", ""),
	}
	tests := []struct {
		kin  string
		step int
		on   string
		want int64
	}{
		{"", 70, "2024-06-01", 100},
		{"", 70, "2025-06-01", 150},
		{"", 90, "2025-06-01", 300},
		{"parent", 70, "2025-06-01", 200},
		{"parent", 90, "2025-06-01", 400},
		{"child", 90, "2025-06-01", 300},
		{"parent", 100, "2025-06-01", 900},
	}
	for _, test := range tests {
		n, ok := NormFor(norms, Occasion{Kind: "longevity", Kin: test.kin, Step: test.step, On: day(test.on)})
		if !ok || n.Amount.Minor != test.want {
			t.Errorf("%q at %d on %s: %d %v, want %d", test.kin, test.step, test.on, n.Amount.Minor, ok, test.want)
		}
	}
	if n, ok := NormFor(norms, Occasion{Kind: "wedding", On: day("2025-06-01")}); ok {
		t.Errorf("a wedding follows %+v", n)
	}
}

func TestDuesFollowTheNearestRateOfTheCategory(t *testing.T) {
	rates := []Rate{
		{Body: 2, Category: person.Full, Amount: money.Of(50, money.VND), Since: 2024, Until: 2024},
		{Body: 1, Amount: money.Of(100, money.VND), Since: 2023, Until: LastYear},
		{Body: 1, Category: person.HonoraryM, Amount: money.Of(0, money.VND), Since: 2023, Until: LastYear},
	}
	tests := []struct {
		category person.Category
		year     int
		want     int64
		known    bool
	}{
		{person.Full, 2022, 0, false},
		{person.Full, 2023, 100, true},
		{person.Full, 2024, 50, true},
		{person.Full, 2025, 100, true},
		{person.HonoraryM, 2024, 0, true},
		{person.Associate, 2024, 100, true},
	}
	for _, test := range tests {
		r, ok := rateFor(rates, test.category, test.year)
		if ok != test.known || r.Amount.Minor != test.want {
			t.Errorf("%s in %d: %d %v, want %d %v", test.category, test.year, r.Amount.Minor, ok, test.want, test.known)
		}
	}
}

func TestAmountsInTheJournalKeepEveryDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64().Draw(t, "minor")
		c := rapid.SampledFrom([]money.Currency{money.VND, money.USD, "KWD"}).Draw(t, "currency")
		written := decimal(minor, c)
		sign, whole, part := int64(1), int64(0), 0
		for i, r := range written {
			switch {
			case r == '-' && i == 0:
				sign = -1
			case r == '.':
				part = len(written) - i - 1
			default:
				whole = whole*10 + sign*int64(r-'0')
			}
		}
		if whole != minor || part != c.Digits() {
			t.Fatalf("%d %s is written %s", minor, c, written)
		}
	})
}

func TestTheShippedChartIsSoundAndNamedInThreeLanguages(t *testing.T) {
	chart, err := Chart()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, a := range chart {
		a.Currency = money.VND
		key := string(a.Class) + " " + a.Code
		if err := a.Check(); err != nil || seen[key] {
			t.Errorf("%s: %v, seen before %v", key, err, seen[key])
		}
		seen[key] = true
		for _, lang := range []string{"vi", "en", "fr"} {
			if a.Names[lang] == "" {
				t.Errorf("%s has no name in %s", key, lang)
			}
		}
	}
}
