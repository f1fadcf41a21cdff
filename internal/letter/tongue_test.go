package letter_test

import (
	"testing"

	"kith.app/internal/letter"
	"kith.app/internal/locale"
)

// The recipient's language comes first where letters are drafted in it, then that of
// the signed text, then English; what could not be drafted is told.
func TestTheLanguageOfALetterFollowsItsRule(t *testing.T) {
	for name, test := range map[string]struct {
		spoken, signed []string
		want           letter.Tongue
	}{
		"French is theirs":            {[]string{"fr"}, []string{"vi"}, letter.Tongue{Lang: locale.Fr, Why: "recipient"}},
		"a Lao who speaks Vietnamese": {[]string{"lo", "vi"}, nil, letter.Tongue{Lang: locale.Vi, Why: "recipient"}},
		"Lao, signed in Vietnamese":   {[]string{"lo"}, []string{"lo", "vi"}, letter.Tongue{Lang: locale.Vi, Why: "tie", Wanted: "lo"}},
		"Khmer, signed in Khmer":      {[]string{"km"}, []string{"km"}, letter.Tongue{Lang: locale.En, Why: "english", Wanted: "km"}},
		"nothing known":               {nil, nil, letter.Tongue{Lang: locale.En, Why: "english"}},
	} {
		if got := letter.TongueFor(test.spoken, test.signed); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}
