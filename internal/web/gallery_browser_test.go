package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kith.app/internal/browsertest"
	"kith.app/internal/locale"
	"kith.app/internal/page"
	"kith.app/internal/storetest"
)

// serve starts a server with further routes and gives its address.
func serve(t *testing.T, c Config, routes map[string]func(*request) error) string {
	t.Helper()
	server := httptest.NewServer(handler(t, c, routes))
	t.Cleanup(server.Close)
	return server.URL
}

// handler is a server with further routes, to be asked directly.
func handler(t *testing.T, c Config, routes map[string]func(*request) error) http.Handler {
	t.Helper()
	words, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Words = words
	if c.Log == nil {
		c.Log = testLog(t)
	}
	if c.Book == nil {
		c.Book = storetest.Open(t)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	for pattern, h := range routes {
		s.handle(pattern, h)
	}
	return s.Handler()
}

// testLog writes into the log of a test.
func testLog(t *testing.T) *slog.Logger { return slog.New(slog.NewTextHandler(t.Output(), nil)) }

func gallery(t *testing.T) string {
	return serve(t, Config{Lang: locale.Vi}, map[string]func(*request) error{
		"GET /gallery":         galleryToday,
		"GET /gallery/form":    galleryForm,
		"GET /gallery/list":    galleryList,
		"GET /gallery/record":  galleryRecord,
		"GET /gallery/confirm": galleryConfirm,
		"GET /gallery/charts":  galleryCharts,
		"GET /gallery/echo":    func(q *request) error { return q.echo("hiểu là: " + q.value("value")) },
		"GET /gallery/people":  galleryPeople,
		"POST /gallery/form": func(q *request) error {
			if err := q.read(); err != nil {
				return err
			}
			return q.doneAt("/gallery/list", q.well("shell.find.do"))
		},
	})
}

func galleryPeople(q *request) error {
	all := []page.Choice{{ID: "7", Text: "Vũ Đình Khoát", Note: "sinh 1949 · chi hội Noong Bua"}, {ID: "8", Text: "Vũ Thị Khuê", Note: "sinh 1952 · chi hội Him Lam"}}
	if strings.Contains("vũ", strings.ToLower(q.value("q"))) {
		return q.choices(all)
	}
	return q.choices(nil)
}

func TestTheFrameFitsInEveryLanguage(t *testing.T) {
	for _, lang := range locale.Langs() {
		base := serve(t, Config{Lang: lang}, nil)
		if _, body := visit(t, base).ask("GET", "/more", ""); strings.Contains(body, "«") {
			t.Errorf("%s: a sentence is missing: %s", lang, body)
		}
		browsertest.Run(t, base, func(b *browsertest.Browser) {
			b.Phone()
			b.Open("/more")
			b.Screen("frame-" + string(lang))
			b.Fine()
			b.Touchable()
			if cut := b.Script(`[...document.querySelectorAll(".bar a")].filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.innerText).join()`); cut != "" {
				t.Errorf("%s: cut off at the bottom of a phone: %s", lang, cut)
			}
		})
	}
}

func TestGalleryIsFineOnALaptopAndOnTheSmallestPhone(t *testing.T) {
	pages := map[string]string{
		"today": "/gallery", "form": "/gallery/form", "wrong": "/gallery/form?wrong=1", "list": "/gallery/list",
		"record": "/gallery/record", "charts": "/gallery/charts", "confirm": "/gallery/confirm", "more": "/more", "nowhere": "/nowhere",
	}
	browsertest.Run(t, gallery(t), func(b *browsertest.Browser) {
		for name, path := range pages {
			b.Wide()
			b.Open(path)
			b.Hush("404")
			b.Picture("gallery-" + name + "-1366")
			b.Fine()
			b.Phone()
			b.Open(path)
			b.Hush("404")
			b.Picture("gallery-" + name + "-320")
			b.Fine()
			b.Touchable()
		}
	})
}
