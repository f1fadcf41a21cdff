package locale

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed words/*.txt
var words embed.FS

// entry is one sentence in its languages; one holds the singular where a
// language tells it apart.
type entry struct {
	text, one [3]string
}

// Catalogue holds every sentence. It never changes once loaded and may be used
// by many at once.
type Catalogue struct {
	entries map[string]*entry
	labels  [3]map[string]string // an association's own words, by language
	spare   []entry              // room for entries to come, taken by the hundred while reading
}

// Load reads the sentences that ship with Kith.
func Load() (*Catalogue, error) {
	return read(words)
}

// read reads every words file, refusing keys that stand in two of them.
func read(files fs.FS) (*Catalogue, error) {
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list words: %w", err)
	}
	c := &Catalogue{entries: make(map[string]*entry, 4096)}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		if err := c.parse(name, string(text)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// parse reads one file, saying the line of whatever is wrong in it.
func (c *Catalogue) parse(name, text string) error {
	var current *entry
	var key string
	for number := 1; text != ""; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		var err error
		switch line = trim(line); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			if err = current.complete(key); err == nil {
				key, current, err = c.begin(line)
			}
		case current == nil:
			err = fmt.Errorf("text before the first [key]")
		default:
			err = current.set(line)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", name, number, err)
		}
	}
	if err := current.complete(key); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// begin opens the entry of a line such as "[roll.title]  # a note".
func (c *Catalogue) begin(line string) (string, *entry, error) {
	key, note, closed := strings.Cut(line[1:], "]")
	note = strings.TrimLeft(note, " \t")
	if !closed || !validKey(key) || (note != "" && note[0] != '#') {
		return "", nil, fmt.Errorf("%q is no [key]", line)
	}
	if c.entries[key] != nil {
		return "", nil, fmt.Errorf("key %q stands twice", key)
	}
	if len(c.spare) == 0 {
		c.spare = make([]entry, 256)
	}
	e := &c.spare[0]
	c.spare = c.spare[1:]
	c.entries[key] = e
	return key, e, nil
}

// trim takes plain spaces from both ends and leaves no-break spaces, which
// somebody put there on purpose.
func trim(text string) string {
	for text != "" && isBlank(text[0]) {
		text = text[1:]
	}
	for text != "" && isBlank(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// validKey says whether a key is words of plain letters, digits, - and _ with
// points between them.
func validKey(key string) bool {
	for i := range len(key) {
		c := key[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_':
		case c == '.' && i > 0 && i < len(key)-1 && key[i-1] != '.':
		default:
			return false
		}
	}
	return key != ""
}

// set keeps a line such as "en.one = {1} member".
func (e *entry) set(line string) error {
	name, text, ok := strings.Cut(line, "=")
	name, text = trim(name), trim(text)
	if !ok || text == "" {
		return fmt.Errorf("%q is not “language = text”", line)
	}
	code, singular := strings.CutSuffix(name, ".one")
	lang := Lang(code)
	if lang != Vi && lang != En && lang != Fr {
		return fmt.Errorf("%q is no language of Kith", name)
	}
	if err := checkBraces(text); err != nil {
		return err
	}
	place := &e.text[lang.index()]
	if singular {
		place = &e.one[lang.index()]
	}
	if *place != "" {
		return fmt.Errorf("%q stands twice in its entry", name)
	}
	*place = strings.ReplaceAll(text, `\n`, "\n")
	return nil
}

// complete says what an entry lacks or does differently in one language.
func (e *entry) complete(key string) error {
	if e == nil {
		return nil
	}
	wanted := placeholders(e.text[0])
	for _, lang := range Langs() {
		i := lang.index()
		if e.text[i] == "" {
			return fmt.Errorf("key %q lacks %s", key, lang)
		}
		if placeholders(e.text[i]) != wanted {
			return fmt.Errorf("key %q has other placeholders in %s than in vi", key, lang)
		}
		if e.one[i] != "" && placeholders(e.one[i])&^wanted != 0 {
			return fmt.Errorf("key %q has a placeholder in %s.one that %s lacks", key, lang, lang)
		}
	}
	return nil
}

// checkBraces refuses a brace that opens no placeholder {1} to {9}.
func checkBraces(text string) error {
	for i := nextBrace(text, 0); i < len(text); i = nextBrace(text, i+1) {
		if placeholder(text, i) == 0 {
			return fmt.Errorf("%q has a { that opens no {1} to {9}", text)
		}
	}
	return nil
}

// placeholder gives the number n when text[i:] starts with {n}, else 0.
func placeholder(text string, i int) int {
	if i+2 < len(text) && text[i] == '{' && '1' <= text[i+1] && text[i+1] <= '9' && text[i+2] == '}' {
		return int(text[i+1] - '0')
	}
	return 0
}

// placeholders gives the set of placeholders of a text, one bit for each.
func placeholders(text string) uint16 {
	var set uint16
	for i := nextBrace(text, 0); i < len(text); i = nextBrace(text, i+1) {
		if n := placeholder(text, i); n > 0 {
			set |= 1 << n
		}
	}
	return set
}

// nextBrace finds the next opening brace, or the end.
func nextBrace(text string, from int) int {
	if i := strings.IndexByte(text[from:], '{'); i >= 0 {
		return from + i
	}
	return len(text)
}

// Has says whether there is a sentence for a key.
func (c *Catalogue) Has(key string) bool { return c.entries[key] != nil }

// Keys lists every key in order.
func (c *Catalogue) Keys() []string {
	keys := make([]string, 0, len(c.entries))
	for key := range c.entries {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
