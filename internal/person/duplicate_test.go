package person_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kith.app/internal/calendar"
	"kith.app/internal/person"
)

// After some records changed, came or went, what is compared anew of those alone gives
// what comparing everybody gives, also where a name becomes so common that it tells nothing.
func TestComparingWhoChangedIsComparingEverybody(t *testing.T) {
	names := []string{"Đặng Thị Hương", "Hương Đặng Thị", "Đặng Hương", "Đặng Thị Hường", "Bùi Văn Nam", "Bùi Văn Năm", "Lê Hoa"}
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(id int) *person.Drawn {
			s := person.Sketch{ID: person.ID(id), Name: rapid.SampledFrom(names).Draw(rt, "name"), Sex: rapid.SampledFrom([]person.Sex{"", person.Female, person.Male}).Draw(rt, "sex")}
			s.Phone = rapid.SampledFrom([]string{"", "0912345678", "0987654321"}).Draw(rt, "phone")
			s.Origin = rapid.Int64Range(0, 2).Draw(rt, "origin")
			if year := rapid.IntRange(1945, 1949).Draw(rt, "year"); year > 1945 {
				s.Birth = calendar.InYear(year)
			}
			return person.Draw(s)
		}
		var people []*person.Drawn
		for id := 1; id <= rapid.SampledFrom([]int{3, 30, 250}).Draw(rt, "many"); id++ {
			people = append(people, draw(id))
		}
		apart := func(a, b person.ID) bool { return (a+b)%5 == 0 }
		kept := person.Resembling(people)
		for range rapid.IntRange(1, 4).Draw(rt, "times") {
			people = slices.Clone(people)
			for range rapid.IntRange(0, 6).Draw(rt, "changes") {
				switch at := rapid.IntRange(0, len(people)).Draw(rt, "at"); {
				case at == len(people):
					id := 1
					if at > 0 {
						id = int(people[at-1].ID) + 1
					}
					people = append(people, draw(id))
				case rapid.Bool().Draw(rt, "goes"):
					people = slices.Delete(people, at, at+1)
				default:
					people[at] = draw(int(people[at].ID))
				}
			}
			kept = kept.With(people)
			if got, want := kept.Likely(apart), person.Likely(people, apart); !reflect.DeepEqual(got, want) {
				rt.Fatalf("after a change %v, of everybody %v", got, want)
			}
		}
	})
}
