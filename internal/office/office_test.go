package office

import (
	"testing"

	"kith.app/internal/fault"
)

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	tests := map[string]struct {
		number int64
		tail   string
	}{
		"":                {0, ""},
		"12":              {12, ""},
		" 012 ":           {12, ""},
		"12/QĐ-BLL":       {12, "QĐ-BLL"},
		"Số: 05/BC-UBMT":  {5, "BC-UBMT"},
		"số 7 / TB":       {7, "TB"},
		"12/QĐ-…":         {12, "QĐ"},
		"No. 24/VCFA":     {24, "VCFA"},
		"12/QĐ-MTTQ-BTT.": {12, "QĐ-MTTQ-BTT"},
	}
	for typed, want := range tests {
		number, tail, err := ParseNumber(typed)
		if err != nil || number != want.number || tail != want.tail {
			t.Errorf("ParseNumber(%q) = %d, %q, %v, want %d, %q", typed, number, tail, err, want.number, want.tail)
		}
	}
	for _, typed := range []string{"mười hai", "0", "-3", "BC/12", "12a", "12345678"} {
		if _, _, err := ParseNumber(typed); fault.KindOf(err) != fault.Invalid {
			t.Errorf("ParseNumber(%q): %v, want a refusal", typed, err)
		}
	}
}

func TestTheTailIsCompletedFromKindAndSymbol(t *testing.T) {
	report, _ := KindOf(Report)
	letter, _ := KindOf(Letter)
	tests := []struct {
		kind                PaperKind
		symbol, typed, want string
	}{
		{report, "BLL", "", "BC-BLL"},
		{report, "BLL", "BC", "BC-BLL"},
		{report, "BLL", "bc", "bc-BLL"},
		{report, "BLL", "BC-BLL-VP", "BC-BLL-VP"},
		{report, "", "", "BC"},
		{letter, "BLL", "", "BLL"},
		{letter, "BLL", "BLL-VP", "BLL-VP"},
		{letter, "", "", ""},
	}
	for _, test := range tests {
		if got := TailOf(test.kind, test.symbol, test.typed); got != test.want {
			t.Errorf("TailOf(%s, %q, %q) = %q, want %q", test.kind.Code, test.symbol, test.typed, got, test.want)
		}
	}
}

func TestLabelsStandAsOnPaper(t *testing.T) {
	tests := map[string]Paper{
		"05/BC-BLL": {Way: Out, Number: 5, Tail: "BC-BLL"},
		"112/BLL":   {Way: Out, Number: 112, Tail: "BLL"},
		"05":        {Way: Out, Number: 5},
		"5":         {Way: In, Number: 5, Tail: "BC-BLL"},
	}
	for want, p := range tests {
		if got := p.Label(); got != want {
			t.Errorf("label %q, want %q", got, want)
		}
	}
}

func TestQuorumIsAShareOfThoseInvited(t *testing.T) {
	tests := []struct {
		said            string
		invited, needed int
	}{
		{"", 29, 15}, {">1/2", 30, 16}, {"1/2", 30, 15}, {"1/2", 29, 15}, {"2/3", 29, 20}, {"≥2/3", 30, 20}, {">2/3", 30, 21}, {"1/1", 7, 7}, {"2/3", 0, 0},
	}
	for _, test := range tests {
		q, err := ParseQuorum(test.said)
		if err != nil || q.Needed(test.invited) != test.needed {
			t.Errorf("%q of %d: %d, %v, want %d", test.said, test.invited, q.Needed(test.invited), err, test.needed)
		}
	}
	for _, said := range []string{"half", "3/2", ">1/1", "0/2", "1/0"} {
		if _, err := ParseQuorum(said); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v, want a refusal", said, err)
		}
	}
}

func TestTurnoutCountsGuestsApartAndProxiesOnlyWhereTheyCount(t *testing.T) {
	m := Meeting{Attendees: []Attendee{
		{Name: "A", Presence: Present},
		{Name: "B", Presence: Late},
		{Name: "C", Presence: Excused, Proxy: "C'"},
		{Name: "D", Presence: Absent},
		{Name: "E"},
		{Name: "G", Guest: true, Presence: Present},
		{Name: "H", Guest: true},
	}}
	want := Turnout{Invited: 5, Came: 2, Late: 1, Excused: 1, Absent: 1, Unmarked: 1, Proxies: 1, Guests: 1}
	got := m.Turnout()
	if got != want {
		t.Fatalf("turnout %+v, want %+v", got, want)
	}
	q := Quorum{Part: 1, Of: 2, Over: true}
	if q.Met(got) {
		t.Error("two of five are more than half")
	}
	if q.Proxies = true; !q.Met(got) {
		t.Error("three of five with a proxy are not more than half")
	}
}
