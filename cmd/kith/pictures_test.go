package main

import (
	"testing"

	"kith.app/internal/browsertest"
)

// The pictures in the README are taken from the demonstration, when
// KITH_TEST_PICTURES names a folder.
func TestThePagesOfThePicturesStand(t *testing.T) {
	base := open(t, demonstration(t))
	browsertest.Run(t, base, func(b *browsertest.Browser) {
		signIn(b, "thuky")
		for name, path := range map[string]string{"today": "/", "longevity": "/longevity"} {
			b.Open(path)
			b.Screen(name)
			b.Fine()
		}
		b.Open("/deeds/new?kind=sick-visit")
		b.Fill("Cho ai?", "Trương Văn Bảo")
		b.Click("Trương Văn Bảo")
		b.See("Theo định mức")
		b.Script("window.scrollTo(0, 0)")
		b.Screen("deed")
		b.Phone()
		b.Open("/")
		b.Screen("phone")
		b.Fine()
	})
}
