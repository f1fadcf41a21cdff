package text

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Name is a person's name taken apart.
type Name struct {
	Family, Middle, Given string
}

// families are family names of more than one word, folded, longest first. A
// family of one word needs no list.
var families = []string{
	"cong tang ton nu",
	"cong huyen ton nu",
	"huyen tang ton nu",
	"cong ton nu",
	"huyen ton nu",
	"ton nu",
	"ton that",
	"au duong",
	"hoang phu",
	"thuong quan",
	"tu do",
	"tu ma",
	"ha hau",
	"gia cat",
}

// SplitName takes a name apart in the Vietnamese order: family, middle, given.
// The given name is the last word; a name of one word is a given name.
func SplitName(full string) Name {
	words := strings.Fields(Clean(full))
	if len(words) == 0 {
		return Name{}
	}
	last := len(words) - 1
	lead := familyWords(words[:last])
	return Name{
		Family: strings.Join(words[:lead], " "),
		Middle: strings.Join(words[lead:last], " "),
		Given:  words[last],
	}
}

// familyWords counts the words of the family name that a name begins with.
func familyWords(words []string) int {
	if len(words) < 2 {
		return len(words)
	}
	start := Fold(strings.Join(words, " ")) + " "
	for _, f := range families {
		if strings.HasPrefix(start, f+" ") {
			return strings.Count(f, " ") + 1
		}
	}
	return 1
}

// SplitGivenFirst takes a name apart in the order given, middle, family, which
// guests from Europe use.
func SplitGivenFirst(full string) Name {
	words := strings.Fields(Clean(full))
	if len(words) == 0 {
		return Name{}
	}
	last := len(words) - 1
	if last == 0 {
		return Name{Given: words[0]}
	}
	return Name{Given: words[0], Middle: strings.Join(words[1:last], " "), Family: words[last]}
}

// String gives the name in the Vietnamese order.
func (n Name) String() string {
	return strings.Join(strings.Fields(n.Family+" "+n.Middle+" "+n.Given), " ")
}

// Address is what a person is called by after the title: the given name.
func (n Name) Address() string {
	if n.Given != "" {
		return n.Given
	}
	return n.Family
}

// Key gives the bytes by which a list of people is sorted: by given name, then
// family, then middle names. It is stable and may be stored.
func (n Name) Key() []byte {
	k := keys.Get().(*keyer)
	defer keys.Put(k)
	key := k.key(nil, n.Given)
	key = append(key, 0, 0)
	key = k.key(key, n.Family)
	key = append(key, 0, 0)
	return k.key(key, n.Middle)
}

// NameKey gives the sorting key of a name written in the Vietnamese order.
func NameKey(full string) []byte {
	return SplitName(full).Key()
}

// TextKey gives the bytes by which other text is sorted in a language (vi, en,
// fr; anything else sorts by the root order of CLDR). Case does not count.
func TextKey(s, lang string) []byte {
	if lang == "vi" {
		k := keys.Get().(*keyer)
		defer keys.Put(k)
		return k.key(nil, s)
	}
	return newKeyer(language.Make(lang)).key(nil, s)
}

// keyer makes sorting keys; a collator serves one caller at a time.
type keyer struct {
	order *collate.Collator
	buf   collate.Buffer
}

// keys lends keyers of the Vietnamese order, which are costly to make.
var keys = sync.Pool{New: func() any { return newKeyer(language.Vietnamese) }}

func newKeyer(lang language.Tag) *keyer {
	return &keyer{order: collate.New(lang, collate.IgnoreCase)}
}

func (k *keyer) key(to []byte, s string) []byte {
	k.buf.Reset()
	return append(to, k.order.KeyFromString(&k.buf, ToneOnSecond(Clean(s)))...)
}
