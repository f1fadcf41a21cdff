package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// onsetList and rimeList are the beginnings of a Vietnamese syllable and what may
// follow them, without tones. Rimes after qu and gi are checked with the u and i
// as part of the onset.
const (
	onsetList = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"

	rimeList = "a ac ach ai am an ang anh ao ap at au ay " +
		"ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây " +
		"e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu " +
		"i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu " +
		"o oc oi om on ong oong op ot ooc oa oac oach oai oam oan oang oanh oao oap oat oay " +
		"oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt " +
		"u ua uc ui um un ung up ut uâc uân uâng uât uây uê uêch uênh uên uêt uô uôc uôi uôm uôn uông uôt uơ " +
		"uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu " +
		"ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu " +
		"ych ynh yt"
)

var (
	onsetSet = set(onsetList)
	rimeSet  = set(rimeList)
)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for _, s := range strings.Fields(list) {
		all[s] = true
	}
	return all
}

// IsSyllable says whether a word can be a syllable of Vietnamese with its tone
// mark where the language puts it. It decides what a text of unknown encoding
// says, so it is strict about marks and does not ask whether the word is in use.
func IsSyllable(word string) bool {
	bare, tone, ok := untoned(strings.ToLower(norm.NFC.String(word)))
	if !ok {
		return false
	}
	onset, rime := halves(bare)
	if onset != "" && !onsetSet[onset] || !rimeSet[rime] {
		return false
	}
	return !stopped(rime) || tone == 'ˊ' || tone == '.' || tone == 0
}

// untoned takes the tone off a lower-case word: its sign, 0 for none; false when
// there are several.
func untoned(word string) (bare string, tone rune, ok bool) {
	var b strings.Builder
	for _, r := range norm.NFD.String(word) {
		switch sign := toneSign(r); {
		case sign == 0:
			b.WriteRune(r)
		case tone != 0:
			return "", 0, false
		default:
			tone = sign
		}
	}
	return norm.NFC.String(b.String()), tone, true
}

func toneSign(r rune) rune {
	switch r {
	case '\u0300':
		return 'ˋ'
	case '\u0301':
		return 'ˊ'
	case '\u0309':
		return '?'
	case '\u0303':
		return '~'
	case '\u0323':
		return '.'
	}
	return 0
}

// halves parts a word at the first vowel after its onset.
func halves(word string) (onset, rime string) {
	at := strings.IndexFunc(word, func(r rune) bool { return strings.ContainsRune("aăâeêioôơuưy", r) })
	if at < 0 {
		return word, ""
	}
	onset, rime = word[:at], word[at:]
	switch {
	case onset == "q" && strings.HasPrefix(rime, "u") && len(rime) > 1:
		return "qu", rime[1:]
	case onset == "g" && strings.HasPrefix(rime, "i") && len(rime) > 1 && rimeSet[rime[1:]]:
		return "gi", rime[1:]
	}
	return onset, rime
}

// stopped says whether a rime ends in a stop, where only two tones can be. The
// third, none, is let pass for names from other languages (Pleiku, Krông Pắc).
func stopped(rime string) bool {
	for _, end := range []string{"c", "ch", "p", "t"} {
		if strings.HasSuffix(rime, end) {
			return true
		}
	}
	return false
}

// letterRuns calls with each run of letters and marks in a text until told to
// stop.
func letterRuns(s string, each func(word string) bool) {
	start := -1
	for i, r := range s {
		in := unicode.IsLetter(r) || unicode.IsMark(r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			if !each(s[start:i]) {
				return
			}
			start = -1
		}
	}
	if start >= 0 {
		each(s[start:])
	}
}
