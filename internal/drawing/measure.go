package drawing

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// advances are the widths of the letters from the space to the tilde in the
// typeface of pages, Be Vietnam Pro, in thousandths of its size: regular, then
// semi-bold. Letters with marks are as wide as those without.
var advances = [2][95]uint16{
	{
		230, 280, 318, 807, 645, 849, 740, 179, 439, 439, 497, 608, 303, 608, 286, 503, 676, 385, 651, 660, 710, 660, 680, 594, 634, 680,
		286, 303, 556, 726, 556, 573, 1005, 736, 674, 775, 728, 620, 633, 783, 709, 258, 465, 679, 624, 853, 732, 826, 644, 822, 668, 635,
		650, 725, 706, 1005, 720, 665, 660, 459, 485, 459, 559, 702, 202, 642, 652, 613, 652, 599, 386, 643, 583, 264, 274, 555, 255, 893,
		573, 642, 652, 652, 392, 508, 428, 566, 576, 870, 559, 583, 502, 426, 408, 426, 468,
	},
	{
		230, 320, 367, 833, 648, 863, 755, 208, 449, 449, 508, 637, 332, 607, 319, 528, 692, 415, 660, 674, 716, 674, 693, 596, 656, 693,
		319, 332, 568, 744, 568, 605, 1014, 758, 698, 778, 743, 634, 640, 788, 725, 280, 482, 703, 637, 877, 743, 828, 667, 825, 697, 656,
		674, 733, 732, 1039, 753, 701, 664, 489, 515, 489, 594, 724, 260, 652, 662, 624, 662, 611, 401, 654, 600, 285, 292, 584, 277, 895,
		590, 652, 662, 662, 416, 527, 434, 581, 588, 879, 591, 592, 514, 462, 426, 462, 483,
	},
}

// others are letters that no letter of that table stands for.
var others = map[rune]uint16{'Đ': 788, 'đ': 677, '–': 696, '—': 868, '…': 817, '·': 319, '₫': 677, '→': 900}

// Width is how wide a line of words is on a page.
func Width(words string, size float64, bold bool) float64 {
	cut := advances[0]
	if bold {
		cut = advances[1]
	}
	sum := 0
	for _, r := range norm.NFD.String(words) {
		wide, known := others[r]
		switch {
		case known:
			sum += int(wide)
		case r >= ' ' && r <= '~':
			sum += int(cut[r-' '])
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
			sum += 1000
		default:
			sum += 650
		}
	}
	return float64(sum) / 1000 * size
}

// Wrap breaks words into lines no wider than given. A word that is wider alone
// stands on a line of its own; nothing is ever left out.
func Wrap(words string, size float64, bold bool, width float64) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(words) {
		longer := word
		if line != "" {
			longer = line + " " + word
		}
		if line != "" && Width(longer, size, bold) > width {
			lines = append(lines, line)
			longer = word
		}
		line = longer
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
