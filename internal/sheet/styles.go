package sheet

import (
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/text"
)

// style is what a cell's style says about its value.
type style struct {
	shows    shown
	zeros    int           // a number is shown with at least so many digits
	font     text.Encoding // in which a font of before Unicode draws texts
	capitals bool          // that font has capitals only
}

// shown is how much of a date a number format shows.
type shown uint8

const (
	noDate shown = iota
	showsDay
	showsMonth
	showsYear
)

type styles []style

func (s styles) of(i int) style {
	if i < 0 || i >= len(s) {
		return style{}
	}
	return s[i]
}

// readStyles reads the styles that cells refer to by number: their number formats
// and fonts, both named elsewhere in the part.
func (b *book) readStyles() error {
	part := b.related("styles")
	if part == "" {
		return nil
	}
	formats := map[string]string{}
	var fonts []string
	in, inFont := "", false
	return b.each(part, func(x *scanner) (bool, error) {
		switch name := string(x.name); name {
		case "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs":
			in = name
		case "numFmt":
			formats[x.attr("numFmtId")] = x.attr("formatCode")
		case "font":
			inFont = in == "fonts"
			if inFont {
				fonts = append(fonts, "")
			}
		case "name":
			if in == "fonts" && inFont {
				fonts[len(fonts)-1] = x.attr("val")
			}
		case "xf":
			if in == "cellXfs" {
				b.styles = append(b.styles, newStyle(formats, x.attr("numFmtId"), fontName(fonts, x.attr("fontId"))))
			}
		}
		return true, nil
	})
}

func fontName(fonts []string, id string) string {
	i, err := strconv.Atoi(id)
	if err != nil || i < 0 || i >= len(fonts) {
		return ""
	}
	return fonts[i]
}

func newStyle(formats map[string]string, format, font string) style {
	s := style{}
	code, own := formats[format]
	if !own {
		code = builtIn(format)
	}
	s.shows = dateShown(code)
	if code != "" && strings.Trim(code, "0") == "" {
		s.zeros = len(code)
	}
	lower := strings.ToLower(font)
	switch {
	case strings.HasPrefix(lower, ".vn"):
		s.font = text.TCVN3
		s.capitals = strings.HasSuffix(font, "H")
	case strings.HasPrefix(lower, "vni-"):
		s.font = text.VNI
	}
	return s
}

// builtIn gives the code of the formats that workbooks name by number only, as
// far as they show a date.
func builtIn(id string) string {
	number, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return ""
	case number == 17:
		return "mmm-yy"
	case number >= 14 && number <= 16, number == 22, number >= 27 && number <= 31,
		number == 36, number >= 50 && number <= 54, number == 57, number == 58:
		return "d/m/y"
	}
	return ""
}

// dateShown says how much of a date a format code shows. Letters within quotes,
// brackets or behind a backslash are text; m beside hours is minutes.
func dateShown(code string) shown {
	day, month, year, clock := false, false, false, false
	bare := strings.ToLower(withoutText(code))
	for _, r := range bare {
		switch r {
		case 'd':
			day = true
		case 'm':
			month = true
		case 'y', 'e':
			year = true
		case 'h', 's':
			clock = true
		case '0', '#', '?':
			return noDate
		case ';':
			return shownOf(day, month && (!clock || year || day), year)
		}
	}
	return shownOf(day, month && (!clock || year || day), year)
}

func shownOf(day, month, year bool) shown {
	switch {
	case day:
		return showsDay
	case month && year:
		return showsMonth
	case year:
		return showsYear
	case month:
		return showsDay
	}
	return noDate
}

// withoutText takes the fixed texts, colours and locales out of a format code.
// The word General, which begins some, would look like an era.
func withoutText(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := byte('"')
			if c == '[' {
				end = ']'
			}
			for i++; i < len(code) && code[i] != end; i++ {
			}
		default:
			b.WriteByte(c)
		}
	}
	return strings.ReplaceAll(b.String(), "General", "")
}

// epoch says from when a workbook counts its days: true for 1904, as on old
// Macintoshes.
type epoch bool

// date reads a count of days as precisely as its format shows it. The count of
// 1900 has a 29 February that never was, so that what is before it is a day more.
func (e epoch) date(value string, show shown) (calendar.Date, bool) {
	number, err := strconv.ParseFloat(value, 64)
	if err != nil || number < 1 || number >= 2_958_466 { // up to 9999-12-31
		return calendar.Date{}, false
	}
	count := calendar.Day(number)
	day := calendar.DayOf(1899, 12, 30) + count
	switch {
	case bool(e):
		day = calendar.DayOf(1904, 1, 1) + count
	case count < 60:
		day++
	}
	year, month, _ := day.Civil()
	switch show {
	case showsMonth:
		return calendar.InMonth(year, month), true
	case showsYear:
		return calendar.InYear(year), true
	}
	return calendar.OnDay(day), true
}
