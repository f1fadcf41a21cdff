package calendar

import "testing"

func BenchmarkWriteAndReadADay(b *testing.B) {
	d := On(2024, 8, 2)
	for b.Loop() {
		if back, err := ParseEDTF(d.EDTF()); err != nil || back != d {
			b.Fatal(back, err)
		}
	}
}

func BenchmarkReadInput(b *testing.B) {
	for b.Loop() {
		if _, err := ReadInput("21/11/2026", Reading{}); err != nil {
			b.Fatal(err)
		}
	}
}
