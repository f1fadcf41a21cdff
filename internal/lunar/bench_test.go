package lunar

import (
	"testing"

	"kith.app/internal/calendar"
)

func BenchmarkThereAndBack(b *testing.B) {
	day := calendar.DayOf(2024, 8, 2)
	for b.Loop() {
		if back, err := From(day).Solar(); err != nil || back != day {
			b.Fatal(back, err)
		}
	}
}
