package locale

import (
	"testing"
	"testing/fstest"
)

func load(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestShippedWordsAreCompleteInThreeLanguages(t *testing.T) {
	if c := load(t); !c.Has("money.large") {
		t.Error("the words of money are missing")
	}
}

func TestWordsFilesAreReadStrictly(t *testing.T) {
	const good = "[a.b]\nvi = x {1}\nen = y {1}\nfr = z {1}\n"
	tests := map[string]struct{ text, want string }{
		"text first":        {"vi = x\n", "words/a.txt:1: text before the first [key]"},
		"no language":       {"[a]\nvi = x\nen = y\n", `words/a.txt: key "a" lacks fr`},
		"found at next key": {"[a]\nvi = x\n\n[b]\nvi = x\n", `words/a.txt:4: key "a" lacks en`},
		"other language":    {"[a]\nde = x\n", `words/a.txt:2: "de" is no language of Kith`},
		"twice in entry":    {"[a]\nvi = x\nvi = y\n", `words/a.txt:3: "vi" stands twice in its entry`},
		"twice in book":     {good + good, `words/a.txt:5: key "a.b" stands twice`},
		"empty text":        {"[a]\nvi =\n", `words/a.txt:2: "vi =" is not “language = text”`},
		"placeholders":      {"[a]\nvi = {1}\nen = {2}\nfr = {1}\n", `words/a.txt: key "a" has other placeholders in en than in vi`},
		"singular":          {"[a]\nvi = x\nen.one = {1}\nen = x\nfr = x\n", `words/a.txt: key "a" has a placeholder in en.one that en lacks`},
		"brace":             {"[a]\nvi = {x}\n", `words/a.txt:2: "{x}" has a { that opens no {1} to {9}`},
		"bad key":           {"[A b]\n", `words/a.txt:1: "[A b]" is no [key]`},
		"open key":          {"[a\n", `words/a.txt:1: "[a" is no [key]`},
		"key ends in point": {"[a.]\n", `words/a.txt:1: "[a.]" is no [key]`},
	}
	for name, test := range tests {
		_, err := read(fstest.MapFS{"words/a.txt": {Data: []byte(test.text)}})
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	notes := "# note\n\n[a.b]   # plural\r\nvi = x {1}\nen = y {1}\nfr = z {1}"
	if _, err := read(fstest.MapFS{"words/a.txt": {Data: []byte(notes)}}); err != nil {
		t.Errorf("notes: %v", err)
	}
}
