package deed

import (
	"strconv"
	"strings"

	"kith.app/internal/fault"
	"kith.app/internal/text"
)

// said are the words by which people say how exactly a number is known.
func said() []struct {
	words string
	means Qualifier
} {
	return []struct {
		words string
		means Qualifier
	}{
		{"it nhat", AtLeast},
		{"at least", AtLeast},
		{"au moins", AtLeast},
		{"tren", Over},
		{"hon", Over},
		{"over", Over},
		{"more than", Over},
		{"plus de", Over},
		{"khoang", About},
		{"do", About},
		{"about", About},
		{"environ", About},
		{"gan", Nearly},
		{"nearly", Nearly},
		{"pres de", Nearly},
	}
}

// CutQualifier takes the words that say how exactly a number is known from the
// front of what was typed, and gives the rest; without such words it is exact.
func CutQualifier(typed string) (Qualifier, string) {
	digits := strings.IndexAny(typed, "0123456789")
	if digits <= 0 {
		return Exact, typed
	}
	before := text.Fold(typed[:digits])
	for _, s := range said() {
		if before == s.words {
			return s.means, typed[digits:]
		}
	}
	return Exact, typed
}

// ReadCount reads a number as people type it: 1.094, 1 094, trên 500, khoảng 30.
// decimals is how many of its digits may stand behind a comma. What names a
// thing behind the number, "42 cháu", is left aside.
func ReadCount(typed string, decimals int) (int64, Qualifier, error) {
	means := Exact
	digits := strings.IndexAny(typed, "0123456789")
	if digits < 0 {
		return 0, means, fault.Refuse("deed.count.unreadable", typed)
	}
	before := text.Fold(typed[:digits])
	if strings.HasSuffix(strings.TrimSpace(typed[:digits]), "-") || strings.HasSuffix(strings.TrimSpace(typed[:digits]), "−") {
		return 0, means, fault.Refuse("deed.count.negative")
	}
	if before != "" {
		found := false
		for _, s := range said() {
			if before == s.words {
				means, found = s.means, true
			}
		}
		if !found {
			return 0, means, fault.Refuse("deed.count.unreadable", typed)
		}
	}
	n, err := scaled(leading(typed[digits:]), decimals)
	if err != nil {
		return 0, means, err
	}
	return n, means, nil
}

// leading takes the number from the front of a text.
func leading(s string) string {
	s = strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s)
	end := len(s)
	for i, r := range s {
		if !strings.ContainsRune("0123456789.,", r) && !(r == ' ' && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9') {
			end = i
			break
		}
	}
	return strings.ReplaceAll(s[:end], " ", "")
}

// scaled reads digits grouped by points or commas; the last mark may part
// decimals where the unit has some.
func scaled(s string, decimals int) (int64, error) {
	whole, part := s, ""
	if at := strings.LastIndexAny(s, ".,"); at >= 0 && decimals > 0 && len(s)-at-1 <= decimals {
		whole, part = s[:at], s[at+1:]
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == '.' || r == ',' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(groups) > 1 && len(groups[0]) > 3 {
			return 0, fault.Refuse("deed.count.unreadable", s)
		}
	}
	n, err := strconv.ParseInt(strings.Join(groups, "")+part+strings.Repeat("0", decimals-len(part)), 10, 64)
	if err != nil || n > maxQuantity {
		return 0, fault.Refuse("deed.count.huge")
	}
	return n, nil
}
