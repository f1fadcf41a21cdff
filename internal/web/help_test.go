package web

import (
	"testing"

	"kith.app/internal/browsertest"
	"kith.app/internal/locale"
)

func TestTheGuideIsReadOnALaptopAndOnAPhone(t *testing.T) {
	for _, lang := range locale.Langs() {
		base := serve(t, Config{Lang: lang}, map[string]func(*request) error{"GET /guide": func(q *request) error { return q.server.help(q) }})
		browsertest.Run(t, base, func(b *browsertest.Browser) {
			for _, screen := range []func(){b.Wide, b.Phone} {
				screen()
				b.Open("/guide")
				b.Picture("guide-" + string(lang))
				b.Fine()
			}
		})
	}
}
