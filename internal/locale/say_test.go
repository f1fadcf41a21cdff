package locale

import (
	"testing"
	"testing/fstest"

	"kith.app/internal/money"
)

const roll = `
[roll.count]
vi = {1} hội viên
en.one = {1} member
en = {1} members
fr.one = {1} membre
fr = {1} membres
[gift]
vi = {2} tặng {1}\nngày lành
en = {1} from {2}\na good day
fr = {1} de {2}\nun bon jour
[word]
vi = chi hội
en = branch
fr = section
`

func rollBook(t *testing.T) *Catalogue {
	t.Helper()
	c, err := read(fstest.MapFS{"words/roll.txt": {Data: []byte(roll)}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSayFillsAndCounts(t *testing.T) {
	c := rollBook(t)
	tests := []struct {
		lang Lang
		key  string
		args []any
		want string
	}{
		{Vi, "roll.count", []any{1}, "1 hội viên"},
		{Vi, "roll.count", []any{2736}, "2.736 hội viên"},
		{En, "roll.count", []any{int64(1)}, "1 member"},
		{En, "roll.count", []any{0}, "0 members"},
		{En, "roll.count", []any{uint16(1094)}, "1,094 members"},
		{Fr, "roll.count", []any{0}, "0 membre"},
		{Fr, "roll.count", []any{1}, "1 membre"},
		{Fr, "roll.count", []any{2325}, "2\u202f325 membres"},
		{Vi, "gift", []any{money.Of(500_000, money.VND), Key("word")}, "chi hội tặng 500.000\u00a0đ\nngày lành"},
		{En, "gift", []any{money.Of(500_000, money.VND), "{1}"}, "VND\u00a0500,000 from {1}\na good day"},
		{Fr, "gift", []any{"x"}, "x de {2}\nun bon jour"},
		{Vi, "none.such", []any{1}, "«none.such»"},
		{Lang("de"), "word", nil, "chi hội"},
	}
	for _, test := range tests {
		if got := c.Say(test.lang, test.key, test.args...); got != test.want {
			t.Errorf("Say(%s, %s, %v) = %q, want %q", test.lang, test.key, test.args, got, test.want)
		}
	}
}

func TestAnAssociationsOwnWordsWin(t *testing.T) {
	shipped := rollBook(t)
	own := shipped.WithLabels(map[Lang]map[string]string{
		Vi: {"word": "phân hội"},
		En: {"roll.count": "{1} of us"},
		Fr: {"roll.count.one": "{1} ami"},
	})
	tests := []struct{ got, want string }{
		{own.Say(Vi, "word"), "phân hội"},
		{own.Say(En, "word"), "branch"},
		{own.Say(En, "roll.count", 1), "1 of us"},
		{own.Say(Fr, "roll.count", 1), "1 ami"},
		{own.Say(Fr, "roll.count", 2), "2 membres"},
		{shipped.Say(Vi, "word"), "chi hội"},
		{own.WithLabels(nil).In(Vi).Say("word"), "phân hội"},
	}
	for i, test := range tests {
		if test.got != test.want {
			t.Errorf("%d: got %q, want %q", i, test.got, test.want)
		}
	}
	for label, good := range map[string]bool{"{1} người": true, "mọi người": true, "{2}": false, "{x}": false, " ": false} {
		if err := shipped.CheckLabel("roll.count", label); (err == nil) != good {
			t.Errorf("CheckLabel(%q) = %v, want good %v", label, err, good)
		}
	}
	if shipped.CheckLabel("none", "x") == nil {
		t.Error("a label for an unknown key was taken")
	}
}

func TestLanguageOfABrowser(t *testing.T) {
	for header, want := range map[string]Lang{
		"":                           Vi,
		"vi-VN,vi;q=0.9,en;q=0.8":    Vi,
		"fr-FR, fr;q=0.9, en;q=0.8":  Fr,
		"de-DE,de;q=0.9,en;q=0.8":    En,
		"de":                         Vi,
		"en;q=0.1, fr;q=0.25":        Fr,
		"en;q=x, fr ; q=0.001":       Fr,
		"*":                          Vi,
		"km-KH,km;q=0.9,vi;q=0":      Vi,
		"lo,fr-CA;q=0.7,en-GB;q=0.7": Fr,
	} {
		if got := FromAcceptLanguage(header); got != want {
			t.Errorf("FromAcceptLanguage(%q) = %s, want %s", header, got, want)
		}
	}
}
