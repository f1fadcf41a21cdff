package person

import (
	"kith.app/internal/body"
	"kith.app/internal/calendar"
)

// Standing is one membership with as much of the person as a count needs.
type Standing struct {
	Body      body.ID
	Person    ID
	Member    body.ID // when a body is the member
	Category  Category
	Joined    calendar.Date
	Left      calendar.Date
	Lasts     bool
	Birth     calendar.Date
	Sex       Sex
	Origin    int64
	Household body.ID
}

// inForce tells whether the membership lasted on a day, and whether that is
// sure: a joining or leaving known only to the year may be on either side.
func (s Standing) inForce(on calendar.Day) (in, sure bool) {
	if s.Joined.FirstOr(calendar.Earliest) > on {
		return false, true
	}
	sure = s.Joined.IsUnknown() || s.Joined.LastOr(on) <= on
	if s.Lasts {
		return true, sure
	}
	if s.Left.IsUnknown() {
		return false, false // ended, nobody knows when
	}
	if s.Left.LastOr(calendar.Earliest) < on {
		return false, true
	}
	return true, sure && s.Left.FirstOr(calendar.Earliest) >= on
}

// Bands are the ages at which the bands of a census begin. Ages are those
// reached in the year, so that a birth known by its year falls into one band.
func Bands() []int { return []int{0, 18, 30, 45, 60, 70, 80, 90} }

// Census counts the members of a body and all below it on a day.
type Census struct {
	On         calendar.Day
	Members    int // distinct people
	Households int
	Bodies     int             // bodies that are members as such
	Unsure     int             // people whose joining or leaving is not known well enough for that day
	ByBody     map[body.ID]int // distinct people of the body and all below it
	ByOrigin   map[int64]int   // 0: not recorded
	ByBand     map[int]int     // by the age at which the band begins, -1: birth not recorded
	BySex      map[Sex]int
	ByCategory map[Category]int
}

// Count takes the census of the memberships given, on a day, along a tree.
func Count(all []Standing, tree *body.Tree, on calendar.Day) Census {
	c := Census{
		On: on, ByBody: map[body.ID]int{}, ByOrigin: map[int64]int{}, ByBand: map[int]int{},
		BySex: map[Sex]int{}, ByCategory: map[Category]int{},
	}
	above := map[body.ID][]body.ID{} // a body and all it stands under
	lines := func(of body.ID) []body.ID {
		if _, known := above[of]; !known {
			above[of] = append(tree.Ancestors(of, on), of)
		}
		return above[of]
	}
	unsure := map[ID]bool{}
	people, again := map[ID]body.ID{}, map[ID]map[body.ID]bool{} // where each was met first; where those are counted who are met again
	households, bodies := map[body.ID]bool{}, map[body.ID]bool{}
	for _, s := range all {
		in, sure := s.inForce(on)
		if !sure && s.Person != 0 {
			unsure[s.Person] = true
		}
		if !in {
			continue
		}
		if s.Person == 0 {
			bodies[s.Member] = true
			continue
		}
		first, met := people[s.Person]
		if !met {
			people[s.Person] = s.Body
			for _, id := range lines(s.Body) {
				c.ByBody[id]++
			}
			if s.Household != 0 {
				households[s.Household] = true
			}
			c.describe(s)
			continue
		}
		if again[s.Person] == nil {
			again[s.Person] = map[body.ID]bool{}
			for _, id := range lines(first) {
				again[s.Person][id] = true
			}
		}
		for _, id := range lines(s.Body) {
			if !again[s.Person][id] {
				again[s.Person][id] = true
				c.ByBody[id]++
			}
		}
	}
	c.Members, c.Households, c.Bodies, c.Unsure = len(people), len(households), len(bodies), len(unsure)
	return c
}

// describe counts one person by what is known of them.
func (c *Census) describe(s Standing) {
	c.ByOrigin[s.Origin]++
	c.BySex[s.Sex]++
	c.ByCategory[s.Category]++
	c.ByBand[BandOf(s.Birth, c.On)]++
}

// BandOf gives the age at which the band begins that somebody is in, by the age
// reached in the year; -1 when the year of birth is not recorded.
func BandOf(birth calendar.Date, on calendar.Day) int {
	born, known := birth.Year()
	if !known {
		return -1
	}
	band := 0
	for _, from := range Bands() {
		if on.Year()-born >= from {
			band = from
		}
	}
	return band
}
