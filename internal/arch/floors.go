package arch

import (
	"fmt"
	"slices"
	"strings"
)

// Floor is one storey of the building. A package imports from the floors
// below, never from those above.
type Floor struct {
	Name string
	// Ordered floors are read like a list: a package imports only those
	// standing before it. On the others the compiler's ban on circles is enough.
	Ordered  bool
	Packages []string
}

// Floors is the building from the ground up. A new package is entered here,
// on the lowest floor it can stand on.
func Floors() []Floor {
	return []Floor{
		{Name: "ground", Packages: []string{
			"fault", "calendar", "lunar", "money", "locale", "text", "place", "source",
			"document", "docx", "pdf", "xlsx", "html", "printer", "world", "drawing", "chart", "qr",
		}},
		{Name: "subjects", Ordered: true, Packages: []string{
			"body", "border", "access", "reform", "person", "tie", "fund", "deed", "programme", "reporting", "contest",
			"occasion", "press", "office", "union", "delegation",
		}},
		{Name: "readings", Ordered: true, Packages: []string{
			"tally", "lineage", "appraisal", "progress", "sheet", "report", "letter", "dossier", "twin", "agenda", "intake", "article",
		}},
		{Name: "doors", Ordered: true, Packages: []string{
			"guide", "asset", "schema", "page", "store", "archive", "daily", "web",
		}},
		{Name: "beside", Packages: []string{
			"sample", "storetest", "arch", "browsertest", "bench",
		}},
		{Name: "cmd", Packages: []string{"cmd"}},
	}
}

// Confined lists packages of others that only a few of ours may touch, with
// who they are. A path ending in "/..." stands for everything below it. Tests
// are held to it as well.
func Confined() map[string][]string {
	engines := []string{"store", "storetest", "bench"}
	return map[string][]string{
		"database/sql":                      {"store", "schema", "storetest", "bench"},
		"modernc.org/sqlite/...":            engines,
		"github.com/jackc/pgx/v5/...":       engines,
		"net/http":                          {"web", "asset", "browsertest", "bench", "cmd"},
		"github.com/chromedp/...":           {"browsertest"},
		"github.com/pressly/goose/v3":       {"schema", "store"},
		"github.com/alecthomas/kong/...":    {"cmd"},
		"github.com/emersion/go-webdav/...": {"web"},
		"github.com/wneessen/go-mail/...":   {"daily"},
	}
}

// TestOnly lists the modules that must never be linked into the program; only
// test files and the packages beside the building import them.
func TestOnly() []string {
	return []string{
		"github.com/chromedp/chromedp/...",
		"github.com/emersion/go-sasl/...",
		"github.com/emersion/go-smtp/...",
		"github.com/google/go-cmp/...",
		"github.com/rogpeppe/go-internal/...",
		"pgregory.net/rapid",
		"testing",
	}
}

// separate lists what the order within the doors alone would let through: who,
// and which of the doors before it must stay unknown to it.
func separate() map[string][]string {
	return map[string][]string{
		"page":    {"schema"},        // a page shows what it is given
		"store":   {"asset", "page"}, // rows know nothing of how they look
		"schema":  {"asset"},
		"archive": {"asset", "page"},
	}
}

// place is where a package stands.
type place struct{ floor, index int }

// locate finds a package in the building.
func locate(name string) (place, bool) {
	for i, floor := range Floors() {
		if j := slices.Index(floor.Packages, name); j >= 0 {
			return place{i, j}, true
		}
	}
	return place{}, false
}

// refuse says why one package may not import another, or nothing when it may.
func refuse(importer, imported string) string {
	if importer == imported {
		return ""
	}
	from, known := locate(importer)
	to, knownToo := locate(imported)
	if !known || !knownToo {
		return "" // reported once, by the test that looks for strangers
	}
	if slices.Contains(separate()[importer], imported) {
		return fmt.Sprintf("%s must not know %s", importer, imported)
	}
	floor := Floors()[from.floor]
	switch {
	case to.floor > from.floor:
		return fmt.Sprintf("%s stands on the floor %q, below %q of %s; imports point down only",
			importer, floor.Name, Floors()[to.floor].Name, imported)
	case to.floor == from.floor && floor.Ordered && to.index > from.index:
		return fmt.Sprintf("on the floor %q, %s comes before %s and may not import it; the order is %s",
			floor.Name, importer, imported, strings.Join(floor.Packages, " "))
	}
	return ""
}

// matches compares an import path with a pattern that may end in "/...".
func matches(pattern, path string) bool {
	stem, below := strings.CutSuffix(pattern, "/...")
	return path == stem || below && strings.HasPrefix(path, stem+"/")
}
