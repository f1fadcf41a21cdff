package person

import (
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/lunar"
)

// Counting is a way of counting age.
type Counting string

// The ways: completed years, and tuổi mụ, which is one at birth and one more
// at every Tết.
const (
	Completed Counting = "completed"
	Counted   Counting = "counted"
)

// Ladder says at which ages an association honours its old, and how it counts.
type Ladder struct {
	Steps    []int
	Counting Counting
	Lunar    bool // the year runs from Tết to the eve of the next
}

// Settings under which an association keeps its ladder.
const (
	SettingSteps    = "longevity.steps"
	SettingCounting = "longevity.counting"
	SettingYear     = "longevity.year" // lunar, or anything else for solar
)

// stepsShipped are the ages honoured until an association says otherwise.
func stepsShipped() []int { return []int{70, 75, 80, 85, 90, 95, 100} }

// LadderFrom reads a ladder from the settings of an association.
func LadderFrom(settings map[string]string) Ladder {
	l := Ladder{Steps: stepsShipped(), Counting: Completed, Lunar: settings[SettingYear] == "lunar"}
	if settings[SettingCounting] == string(Counted) {
		l.Counting = Counted
	}
	if steps, err := ParseSteps(settings[SettingSteps]); err == nil {
		l.Steps = steps
	}
	return l
}

// ParseSteps reads ages as people list them: "70, 75, 80".
func ParseSteps(s string) ([]int, error) {
	var steps []int
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;", r) }) {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n > 130 {
			return nil, fault.Field("steps", "longevity.steps.unreadable", part)
		}
		steps = append(steps, n)
	}
	if len(steps) == 0 {
		return nil, fault.Field("steps", "longevity.steps.missing")
	}
	slices.Sort(steps)
	return slices.Compact(steps), nil
}

// Period gives the days of a year of the ladder.
func (l Ladder) Period(year int) calendar.Period {
	if l.Lunar {
		return lunar.YearPeriod(year)
	}
	return calendar.Year(year)
}

// Turning says that somebody reaches an age in a year.
type Turning struct {
	Age  int
	On   calendar.Date // the birthday that year, as precisely as it is known; unknown for tuổi mụ
	Sure bool          // false: it may be this year or the one beside it
}

// Reaches tells which step of the ladder somebody born so reaches in a year;
// false when it is none, or the birth says too little.
func (l Ladder) Reaches(birth calendar.Date, year int) (Turning, bool) {
	from, to, ok := l.ages(birth, year)
	if !ok {
		return Turning{}, false
	}
	for _, step := range l.Steps {
		if step < from || step > to {
			continue
		}
		t := Turning{Age: step, Sure: from == to}
		if l.Counting == Completed {
			t.On = l.birthday(birth, step)
		}
		return t, true
	}
	return Turning{}, false
}

// birthday gives the day on which somebody completes an age.
func (l Ladder) birthday(birth calendar.Date, age int) calendar.Date {
	born, _ := birth.Year()
	on, _, ok := calendar.Anniversary(birth.Plain(), born+age)
	if !ok {
		return calendar.Date{}
	}
	return on
}

// ages gives the ages, from the least to the most, that somebody born so may
// reach in a year.
func (l Ladder) ages(birth calendar.Date, year int) (from, to int, ok bool) {
	first, begins := birth.First()
	last, ends := birth.Last()
	if !begins || !ends || last-first > 400 {
		return 0, 0, false // "the thirties" turn no age in any one year
	}
	// A birth known only by its year is taken in the calendar that the year is
	// asked in: people who say 1946 say it of the year they were told.
	if born, one := birth.Year(); one && birth.Precision() == calendar.ToYear {
		age := year - born
		if l.Counting == Counted {
			age++
		}
		return age, age, true
	}
	return l.ageFrom(last, year), l.ageFrom(first, year), true
}

// ageFrom gives the age that somebody born on a day reaches in a year.
func (l Ladder) ageFrom(born calendar.Day, year int) int {
	switch {
	case l.Counting == Counted:
		return year - lunar.YearOf(born) + 1
	case !l.Lunar:
		return year - born.Year()
	}
	// In a lunar year that has no such birthday, or two, the one of its last day
	// counts.
	return calendar.CompletedYears(born, lunar.YearPeriod(year).To)
}
