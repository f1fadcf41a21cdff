package money

import (
	"math"
	"testing"

	"kith.app/internal/fault"
)

func TestParseReadsWhatPeopleType(t *testing.T) {
	tests := []struct {
		typed string
		c     Currency
		lang  string
		want  int64
	}{
		{"300000", VND, "vi", 300_000},
		{"300.000", VND, "vi", 300_000},
		{"300.000 đ", VND, "vi", 300_000},
		{"300.000đ", VND, "vi", 300_000},
		{"300.000 Đồng", VND, "vi", 300_000},
		{"300.000 VNĐ", VND, "vi", 300_000},
		{"VND 300,000", VND, "en", 300_000},
		{"₫300,000", VND, "en", 300_000},
		{"300,000", VND, "vi", 300_000},
		{"300.000", VND, "en", 300_000},
		{"300.000", VND, "fr", 300_000},
		{"300 000", VND, "fr", 300_000},
		{"300\u202f000\u00a0₫", VND, "fr", 300_000},
		{"  1.234.567  ", VND, "vi", 1_234_567},
		{"1 234 567,50", EUR, "fr", 1_234_567_50},
		{"1 234 567.50", EUR, "vi", 1_234_567_50},
		{"1,234.50", USD, "vi", 1_234_50},
		{"1.234,50", USD, "en", 1_234_50},
		{"1,234", USD, "en", 1_234_00},
		{"1.234", USD, "vi", 1_234_00},
		{"1.5", USD, "vi", 1_50},
		{"1.555", USD, "fr", 1_555_00},
		{"0,5", USD, "vi", 50},
		{"12.00", VND, "vi", 12},
		{"12345,000", VND, "vi", 12_345},
		{"$12.50", USD, "en", 12_50},
		{"US$ 12.50", USD, "en", 12_50},
		{"12,50 $US", USD, "fr", 12_50},
		{"500 đô la Mỹ", USD, "vi", 500_00},
		{"500 đô", USD, "vi", 500_00},
		{"12 €", EUR, "fr", 12_00},
		{"2 millions d’euros", EUR, "fr", 2_000_000_00},
		{"300k", VND, "vi", 300_000},
		{"300K", VND, "vi", 300_000},
		{"1.5k", USD, "en", 1_500_00},
		{"50 nghìn", VND, "vi", 50_000},
		{"50 ngàn đồng", VND, "vi", 50_000},
		{"50 triệu", VND, "vi", 50_000_000},
		{"50 trie\u0323\u0302u", VND, "vi", 50_000_000},
		{"50 trieu dong", VND, "vi", 50_000_000},
		{"50tr", VND, "vi", 50_000_000},
		{"50 trđ", VND, "vi", 50_000_000},
		{"1tr5", VND, "vi", 1_500_000},
		{"1tr250", VND, "vi", 1_250_000},
		{"1 triệu 500.000 đ", VND, "vi", 1_500_000},
		{"1 triệu 500 nghìn", VND, "vi", 1_500_000},
		{"2 triệu rưỡi", VND, "vi", 2_500_000},
		{"1,5 tỷ", VND, "vi", 1_500_000_000},
		{"1.5 tỉ", VND, "vi", 1_500_000_000},
		{"1,234 tỷ", VND, "vi", 1_234_000_000},
		{"24.761,596 tỷ đồng", VND, "vi", 24_761_596_000_000},
		{"1.234 tỷ", VND, "vi", 1_234_000_000_000},
		{"1 tỷ 200 triệu", VND, "vi", 1_200_000_000},
		{"24 nghìn tỷ", VND, "vi", 24_000_000_000_000},
		{"120 millions de VND", VND, "fr", 120_000_000},
		{"120 millions", VND, "fr", 120_000_000},
		{"1,5 milliard de dongs", VND, "fr", 1_500_000_000},
		{"2 million", VND, "en", 2_000_000},
		{"2 billion", VND, "en", 2_000_000_000},
		{"1.234 million", VND, "en", 1_234_000},
		{"500.000 kip", LAK, "vi", 500_000_00},
		{"1,234 KWD", "KWD", "vi", 1_234},
		{"0", VND, "vi", 0},
		{"9223372036854775807", VND, "vi", math.MaxInt64},
	}
	for _, test := range tests {
		got, err := Parse(test.typed, test.c, test.lang)
		if err != nil || got != Of(test.want, test.c) {
			t.Errorf("Parse(%q, %s, %s) = %v, %v; want %d", test.typed, test.c, test.lang, got, err, test.want)
		}
	}
}

func TestParseRefusesRatherThanGuesses(t *testing.T) {
	tests := []struct {
		typed string
		c     Currency
		lang  string
		want  string
	}{
		{"", VND, "vi", "money.parse.empty"},
		{" \u00a0 ", VND, "vi", "money.parse.empty"},
		{"-300.000", VND, "vi", "money.parse.negative"},
		{"−5", VND, "vi", "money.parse.negative"},
		{"(300.000)", VND, "vi", "money.parse.negative"},
		{"1,234", USD, "vi", "money.parse.ambiguous"},
		{"1.234", USD, "en", "money.parse.ambiguous"},
		{"1,234", EUR, "fr", "money.parse.ambiguous"},
		{"2 billions", VND, "fr", "money.parse.ambiguous"},
		{"1tr50", VND, "vi", "money.parse.ambiguous"},
		{"1 million 500", VND, "en", "money.parse.ambiguous"},
		{"1,5", VND, "vi", "money.parse.fraction"},
		{"0.500", VND, "en", "money.parse.fraction"},
		{"1,5555", USD, "vi", "money.parse.fraction"},
		{"1,2345 nghìn", VND, "vi", "money.parse.fraction"},
		{"300.000 đ", USD, "vi", "money.parse.other"},
		{"$5", VND, "vi", "money.parse.other"},
		{"5 AUD", USD, "en", "money.parse.other"},
		{"50 trđ", USD, "vi", "money.parse.other"},
		{"9223372036854775808", VND, "vi", "money.large"},
		{"10 tỷ tỷ", VND, "vi", "money.parse.unreadable"},
		{"10000000000 tỷ", VND, "vi", "money.large"},
		{"92233720368547758,08", USD, "vi", "money.large"},
		{"abc", VND, "vi", "money.parse.unreadable"},
		{"đ", VND, "vi", "money.parse.unreadable"},
		{"1..2", VND, "vi", "money.parse.unreadable"},
		{"5.", VND, "vi", "money.parse.unreadable"},
		{"1.23.456", VND, "vi", "money.parse.unreadable"},
		{"0.123.456", VND, "vi", "money.parse.unreadable"},
		{"12 34", VND, "vi", "money.parse.unreadable"},
		{"1e6", VND, "vi", "money.parse.unreadable"},
		{"=1+1", VND, "vi", "money.parse.unreadable"},
		{"300.000 quả", VND, "vi", "money.parse.unreadable"},
		{"200 triệu 1 tỷ", VND, "vi", "money.parse.unreadable"},
		{"1 triệu 5000 nghìn", VND, "vi", "money.parse.unreadable"},
		{"5 triệu 3 triệu", VND, "vi", "money.parse.unreadable"},
		{"300.000", "XXQ", "vi", "money.currency.unknown"},
	}
	for _, test := range tests {
		got, err := Parse(test.typed, test.c, test.lang)
		faults := fault.All(err)
		if len(faults) != 1 || faults[0].Key != test.want {
			t.Errorf("Parse(%q, %s, %s) = %v, %v; want %s", test.typed, test.c, test.lang, got, err, test.want)
		}
	}
}
