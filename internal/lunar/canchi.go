package lunar

import "kith.app/internal/calendar"

// CanChi is a place in the cycle of sixty that names years, months and days: a
// stem (can) of ten, from 0 for Giáp, and a branch (chi) of twelve, from 0 for Tý.
type CanChi struct {
	Can, Chi int
}

// The names are proper names: they stay Vietnamese in every language.
var (
	canNames = [10]string{"Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"}
	chiNames = [12]string{"Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"}
)

// String gives the name, as Giáp Ngọ.
func (c CanChi) String() string { return canNames[c.Can] + " " + chiNames[c.Chi] }

// CanChiOf gives the name of a lunar year.
func CanChiOf(year int) CanChi { return cycle(year - 4) } // year 4 was Giáp Tý

// CanChiOfMonth gives the name of a month; a leap month has the name of the one
// it follows. Month 11 is always a Tý month.
func CanChiOfMonth(year, month int) CanChi {
	return CanChi{Can: mod(year*12+month+3, 10), Chi: mod(month+1, 12)}
}

// CanChiOfDay gives the name of a day.
func CanChiOfDay(day calendar.Day) CanChi { return cycle(int(day) + 17) } // 1970-01-01 was Tân Tỵ

func cycle(n int) CanChi { return CanChi{Can: mod(n, 10), Chi: mod(n, 12)} }

func mod(a, n int) int { return (a%n + n) % n }
