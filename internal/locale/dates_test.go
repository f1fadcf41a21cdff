package locale

import (
	"testing"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/lunar"
)

// dated is one date or period as the three languages write it.
type dated struct{ edtf, vi, en, fr string }

func (d dated) check(t *testing.T, c *Catalogue, write func(Speaker, string) string) {
	t.Helper()
	for lang, want := range map[Lang]string{Vi: d.vi, En: d.en, Fr: d.fr} {
		if got := write(c.In(lang), d.edtf); got != want {
			t.Errorf("%q in %s = %q, want %q", d.edtf, lang, got, want)
		}
	}
}

func date(t *testing.T, edtf string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseEDTF(edtf)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDatesInFigures(t *testing.T) {
	c := load(t)
	for _, test := range []dated{
		{"", "không rõ", "unknown", "inconnue"},
		{"2026-11-21", "21/11/2026", "21/11/2026", "21/11/2026"},
		{"2022-12-02", "02/12/2022", "02/12/2022", "02/12/2022"},
		{"2003-10", "tháng 10/2003", "10/2003", "10/2003"},
		{"1949", "năm 1949", "1949", "1949"},
		{"1989~", "khoảng năm 1989", "about 1989", "vers 1989"},
		{"1989?", "năm 1989 (suy ra)", "1989 (inferred)", "1989 (déduit)"},
		{"1989%", "khoảng năm 1989 (suy ra)", "about 1989 (inferred)", "vers 1989 (déduit)"},
		{"1968-11-20~", "khoảng ngày 20/11/1968", "about 20/11/1968", "vers le 20/11/1968"},
		{"2003-10/2024-05", "10/2003 – 5/2024", "10/2003 – 5/2024", "10/2003 – 5/2024"},
		{"1989~/2024-05", "khoảng 1989 – 5/2024", "about 1989 – 5/2024", "environ 1989 – 5/2024"},
		{"2003-10/..", "từ 10/2003", "from 10/2003", "à partir de 10/2003"},
		{"2003-10-02/..", "từ ngày 02/10/2003", "from 02/10/2003", "à partir du 02/10/2003"},
		{"../2024-05-31", "đến ngày 31/05/2024", "until 31/05/2024", "jusqu’au 31/05/2024"},
		{"2003/", "2003 – không rõ", "2003 – unknown", "2003 – inconnue"},
	} {
		test.check(t, c, func(s Speaker, edtf string) string { return s.DateShort(date(t, edtf)) })
	}
}

func TestDatesInWords(t *testing.T) {
	c := load(t)
	for _, test := range []dated{
		{"", "không rõ", "unknown", "inconnue"},
		{"2026-11-22", "Chủ nhật 22 tháng 11 năm 2026", "Sunday 22 November 2026", "dimanche 22 novembre 2026"},
		{"2026-08-01", "Thứ bảy 1 tháng 8 năm 2026", "Saturday 1 August 2026", "samedi 1er août 2026"},
		{"2003-10", "tháng 10 năm 2003", "October 2003", "octobre 2003"},
		{"1949", "năm 1949", "1949", "1949"},
		{"1989~", "khoảng năm 1989", "about 1989", "vers 1989"},
		{"1968-11-20~", "khoảng ngày 20 tháng 11 năm 1968", "about 20 November 1968", "vers le 20 novembre 1968"},
		{"1968-11-20?", "Thứ tư 20 tháng 11 năm 1968 (suy ra)", "Wednesday 20 November 1968 (inferred)", "mercredi 20 novembre 1968 (déduit)"},
		{"2026-11-21/2026-11-23", "từ ngày 21 đến ngày 23 tháng 11 năm 2026", "from 21 to 23 November 2026", "du 21 au 23 novembre 2026"},
		{
			"2026-07-31/2026-08-01", "từ ngày 31 tháng 7 năm 2026 đến ngày 1 tháng 8 năm 2026",
			"from 31 July 2026 to 1 August 2026", "du 31 juillet 2026 au 1er août 2026",
		},
		{"2003-10/2024-05", "từ tháng 10 năm 2003 đến tháng 5 năm 2024", "from October 2003 to May 2024", "d’octobre 2003 à mai 2024"},
		{"2003/2008", "từ năm 2003 đến năm 2008", "from 2003 to 2008", "de 2003 à 2008"},
		{"1989~/2003", "từ khoảng năm 1989 đến năm 2003", "from about 1989 to 2003", "d’environ 1989 à 2003"},
		{"2003-10/..", "từ tháng 10 năm 2003", "from October 2003", "à partir d’octobre 2003"},
		{"../2024-05", "đến tháng 5 năm 2024", "until May 2024", "jusqu’en mai 2024"},
		{"2003-10/", "từ tháng 10 năm 2003 đến thời điểm không rõ", "from October 2003 to an unknown date", "d’octobre 2003 à une date inconnue"},
		{"/2008", "từ thời điểm không rõ đến năm 2008", "from an unknown date to 2008", "d’une date inconnue à 2008"},
	} {
		test.check(t, c, func(s Speaker, edtf string) string { return s.DateLong(date(t, edtf)) })
	}
}

func TestDatesOfOfficialPapers(t *testing.T) {
	c := load(t)
	for _, test := range []dated{
		{"2022-12-02", "Lạng Sơn, ngày 02 tháng 12 năm 2022", "Lạng Sơn, 2 December 2022", "Lạng Sơn, le 2 décembre 2022"},
		{"2026-01-31", "Lạng Sơn, ngày 31 tháng 01 năm 2026", "Lạng Sơn, 31 January 2026", "Lạng Sơn, le 31 janvier 2026"},
		{"2026-03-01", "Lạng Sơn, ngày 01 tháng 3 năm 2026", "Lạng Sơn, 1 March 2026", "Lạng Sơn, le 1er mars 2026"},
		{"2026-03", "Lạng Sơn, ngày …… tháng 3 năm 2026", "Lạng Sơn, …… March 2026", "Lạng Sơn, le …… mars 2026"},
		{"", "Lạng Sơn, ngày …… tháng …… năm 20…", "Lạng Sơn, …… …… 20…", "Lạng Sơn, le …… …… 20…"},
	} {
		test.check(t, c, func(s Speaker, edtf string) string { return s.DateOfficial("Lạng Sơn", date(t, edtf)) })
	}
	if got := c.In(Vi).DateOfficial("", date(t, "2022-12-02")); got != "……………………, ngày 02 tháng 12 năm 2022" {
		t.Errorf("without a place: %q", got)
	}
}

func TestPeriodsOfReports(t *testing.T) {
	c := load(t)
	for _, test := range []dated{
		{"../..", "từ trước đến nay", "all years", "toutes les années"},
		{"2025", "năm 2025", "2025", "2025"},
		{"2021/2025", "giai đoạn 2021 – 2025", "2021 – 2025", "2021 – 2025"},
		{"2025-35", "quý III năm 2025", "third quarter of 2025", "troisième trimestre 2025"},
		{"2025-40", "6 tháng đầu năm 2025", "first half of 2025", "premier semestre 2025"},
		{"2025-41", "6 tháng cuối năm 2025", "second half of 2025", "second semestre 2025"},
		{"2025-05", "tháng 5 năm 2025", "May 2025", "mai 2025"},
		{"2003-10/2024-05", "từ tháng 10 năm 2003 đến tháng 5 năm 2024", "from October 2003 to May 2024", "d’octobre 2003 à mai 2024"},
		{"2025-05-02/2025-05-09", "từ ngày 2 đến ngày 9 tháng 5 năm 2025", "from 2 to 9 May 2025", "du 2 au 9 mai 2025"},
		{"2025-05-02", "Thứ sáu 2 tháng 5 năm 2025", "Friday 2 May 2025", "vendredi 2 mai 2025"},
		{"2025-05-02/..", "từ ngày 2 tháng 5 năm 2025", "from 2 May 2025", "à partir du 2 mai 2025"},
		{"../2025-05-02", "đến ngày 2 tháng 5 năm 2025", "until 2 May 2025", "jusqu’au 2 mai 2025"},
	} {
		test.check(t, c, func(s Speaker, edtf string) string {
			p, err := calendar.ParsePeriod(edtf)
			if err != nil {
				t.Fatal(err)
			}
			return s.Period(p)
		})
	}
}

func TestLunarDates(t *testing.T) {
	c := load(t)
	for _, test := range []struct {
		d          lunar.Date
		vi, en, fr string
	}{
		{lunar.Date{}, "không rõ", "unknown", "inconnue"},
		{
			lunar.Date{Year: 2026, Month: 10, Day: 14},
			"14 tháng Mười, Bính Ngọ", "14th of the 10th lunar month, Bính Ngọ",
			"14e jour du 10e mois lunaire, Bính Ngọ",
		},
		{
			lunar.Date{Year: 2026, Month: 1, Day: 1},
			"mùng 1 tháng Giêng, Bính Ngọ", "1st of the 1st lunar month, Bính Ngọ",
			"1er jour du 1er mois lunaire, Bính Ngọ",
		},
		{
			lunar.Date{Year: 2025, Month: 6, Day: 15, Leap: true},
			"15 tháng Sáu nhuận, Ất Tỵ", "15th of the leap 6th lunar month, Ất Tỵ",
			"15e jour du 6e mois lunaire intercalaire, Ất Tỵ",
		},
		{
			lunar.Date{Year: 2025, Month: 12, Day: 23},
			"23 tháng Chạp, Ất Tỵ", "23rd of the 12th lunar month, Ất Tỵ",
			"23e jour du 12e mois lunaire, Ất Tỵ",
		},
	} {
		for lang, want := range map[Lang]string{Vi: test.vi, En: test.en, Fr: test.fr} {
			if got := c.In(lang).LunarLine(test.d); got != want {
				t.Errorf("%v in %s = %q, want %q", test.d, lang, got, want)
			}
		}
	}
}

func TestDatesFillSentences(t *testing.T) {
	c := load(t)
	day := calendar.DayOf(2026, time.November, 21)
	for i, test := range []struct{ arg any }{{day}, {calendar.OnDay(day)}} {
		if got := c.Say(Vi, "date.since", test.arg); got != "từ 21/11/2026" {
			t.Errorf("%d: %q", i, got)
		}
	}
}
