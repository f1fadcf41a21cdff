package locale

import (
	"fmt"
	"strings"
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

// fourThousand is a words file as large as Kith's will become.
func fourThousand() fstest.MapFS {
	var text strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&text, "[subject%d.entry.%d]\nvi = Đã ghi {1} việc của %d hội viên vào sổ.\n"+
			"en.one = {1} deed of %[2]d members is in the book.\nen = {1} deeds of %[2]d members are in the book.\n"+
			"fr.one = {1} action de %[2]d membres est au registre.\nfr = {1} actions de %[2]d membres sont au registre.\n\n", i%40, i, i)
	}
	return fstest.MapFS{"words/large.txt": {Data: []byte(text.String())}}
}

func BenchmarkReadFourThousandEntries(b *testing.B) {
	files := fourThousand()
	for b.Loop() {
		if _, err := read(files); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSay(b *testing.B) {
	c, err := read(fourThousand())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.Say(Vi, "subject1.entry.1", 1094)
	}
}

func FuzzWordsFile(f *testing.F) {
	f.Add("# note\n[a.b]\nvi = x {1}\nen.one = y\nen = y {1}\nfr = z {1}\n", "a.b")
	f.Add("[a]\r\nvi = {\nen = }\nfr = {9}", "a")
	f.Fuzz(func(t *testing.T, text, key string) {
		c, err := read(fstest.MapFS{"words/a.txt": {Data: []byte(text)}})
		if err != nil {
			return
		}
		for _, key := range append(c.Keys(), key) {
			for _, lang := range Langs() {
				if c.Say(lang, key, 1, "{1}", nil) == "" {
					t.Errorf("%q in %s says nothing", key, lang)
				}
			}
		}
	})
}
