package money

import (
	"math"
	"testing"
)

func TestConvertRoundsHalfToEven(t *testing.T) {
	tests := []struct {
		a    Amount
		rate string
		to   Currency
		want int64
	}{
		{Of(100_00, USD), "25400.5", VND, 2_540_050},
		{Of(1_00, USD), "25400.5", VND, 25_400},   // half way, even below
		{Of(3_00, USD), "25400.5", VND, 76_202},   // 76 201.5, even above
		{Of(-1_00, USD), "25400.5", VND, -25_400}, // the same on the other side of nought
		{Of(-3_00, USD), "25400.5", VND, -76_202},
		{Of(1, VND), "0.5", USD, 50},
		{Of(48_350_000, VND), "0.00003937", USD, 1903_54},
		{Of(1_000_000, VND), "0.83", LAK, 830_000_00},
		{Of(5, USD), "1", EUR, 5},
		{Of(5, USD), "1.0", USD, 5},
	}
	for _, test := range tests {
		rate, err := ParseRate(test.rate)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Convert(test.a, rate, test.to)
		if err != nil || got != Of(test.want, test.to) {
			t.Errorf("%v at %s = %v, %v; want %d", test.a, test.rate, got, err, test.want)
		}
	}
}

func TestConvertRefusesWhatMakesNoSense(t *testing.T) {
	two, err := ParseRate("2")
	if err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func() (Amount, error){
		"no rate":       func() (Amount, error) { return Convert(Of(1, USD), Rate{}, VND) },
		"no amount":     func() (Amount, error) { return Convert(Amount{}, two, VND) },
		"no currency":   func() (Amount, error) { return Convert(Of(1, USD), two, "QQQ") },
		"same currency": func() (Amount, error) { return Convert(Of(1, USD), two, USD) },
		"too large":     func() (Amount, error) { return Convert(Of(math.MaxInt64, VND), two, JPY) },
	} {
		if got, err := do(); err == nil {
			t.Errorf("%s: got %v, want a refusal", name, got)
		}
	}
}

const JPY Currency = "JPY"

func TestRatesAreExactDecimals(t *testing.T) {
	for s, want := range map[string]string{"25400.50": "25400.5", "0.00003937": "0.00003937", "1": "1", "007": "7"} {
		rate, err := ParseRate(s)
		if err != nil || rate.String() != want {
			t.Errorf("ParseRate(%q) = %s, %v; want %s", s, rate, err, want)
		}
		if again, err := ParseRate(rate.String()); err != nil || !again.Equal(rate) {
			t.Errorf("%s does not read back: %v, %v", rate, again, err)
		}
	}
	for _, s := range []string{"", "0", "-1", "1e9", "1/3", "1,5", ".", "1.2.3", "0x10", "1_000", "١"} {
		if rate, err := ParseRate(s); err == nil {
			t.Errorf("ParseRate(%q) = %s, want a refusal", s, rate)
		}
	}
	if !(Rate{}).Equal(Rate{}) || !(Rate{}).IsNone() || (Rate{}).String() != "" {
		t.Error("no rate is not nothing")
	}
}

func TestRatesAreReadAsTyped(t *testing.T) {
	for _, test := range []struct{ typed, lang, want string }{
		{"25.400,5", "vi", "25400.5"},
		{"25.400", "vi", "25400"},
		{" 25\u202f400,5 ", "fr", "25400.5"},
		{"25,400.5", "en", "25400.5"},
		{"0,83", "vi", "0.83"},
		{"25400", "vi", "25400"},
		{"25,400", "vi", ""},
		{"0", "vi", ""},
		{"", "vi", ""},
		{"-1", "vi", ""},
		{"25k", "vi", ""},
		{"1.23.456", "vi", ""},
	} {
		rate, err := ReadRate(test.typed, test.lang)
		if rate.String() != test.want || (err == nil) != (test.want != "") {
			t.Errorf("ReadRate(%q, %s) = %s, %v; want %q", test.typed, test.lang, rate, err, test.want)
		}
	}
}
