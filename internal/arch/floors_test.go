package arch

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// parsed is the program, read once for all tests here; none of them changes it.
var parsed = sync.OnceValues(Load)

// load gives the parsed program to a test.
func load(t *testing.T) Tree {
	t.Helper()
	tree, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	if len(tree.Packages) < 3 {
		t.Fatalf("only %d packages were found under %s", len(tree.Packages), tree.Root)
	}
	return tree
}

func TestEveryPackageStandsOnAFloor(t *testing.T) {
	for _, pkg := range load(t).Packages {
		if _, known := locate(pkg.Name()); !known {
			t.Errorf("%s stands on no floor: enter %q in Floors() of internal/arch/floors.go, "+
				"on the lowest floor it can stand on", pkg.Dir, pkg.Name())
		}
	}
}

func TestImportsPointDown(t *testing.T) {
	for _, pkg := range load(t).Packages {
		for _, file := range pkg.Files {
			if file.IsTest() {
				continue // a test may fetch what it needs, such as a real store
			}
			for _, path := range file.Imports() {
				own, ours := strings.CutPrefix(path, module+"/")
				if !ours {
					continue
				}
				if why := refuse(pkg.Name(), nameOf(own)); why != "" {
					t.Errorf("%s imports %s: %s", file.Path, path, why)
				}
			}
		}
	}
}

func TestDoorsKeepWhatIsTheirs(t *testing.T) {
	confined := Confined()
	patterns := slices.Sorted(maps.Keys(confined))
	for _, pkg := range load(t).Packages {
		if pkg.Name() == "keep" {
			continue
		}
		for _, file := range pkg.Files {
			for _, path := range file.Imports() {
				for _, pattern := range patterns {
					if matches(pattern, path) && !slices.Contains(confined[pattern], pkg.Name()) {
						t.Errorf("%s imports %s, which only %s may", file.Path, path,
							strings.Join(confined[pattern], ", "))
					}
				}
			}
		}
	}
}

func TestTestingToolsStayOutOfTheProgram(t *testing.T) {
	beside := Floors()[slices.IndexFunc(Floors(), func(f Floor) bool { return f.Name == "beside" })]
	for _, pkg := range load(t).Packages {
		if slices.Contains(beside.Packages, pkg.Name()) {
			continue
		}
		for _, file := range pkg.Files {
			if file.IsTest() {
				continue
			}
			for _, path := range file.Imports() {
				for _, pattern := range TestOnly() {
					if matches(pattern, path) {
						t.Errorf("%s imports %s, which is for tests only", file.Path, path)
					}
				}
			}
		}
	}
}

func TestRefuseTellsWhy(t *testing.T) {
	cases := []struct{ importer, imported, want string }{
		{"deed", "fund", ""},
		{"fund", "deed", "comes before deed"},
		{"calendar", "body", "imports point down only"},
		{"report", "sheet", ""},
		{"tally", "report", "comes before report"},
		{"web", "report", ""},
		{"page", "store", "comes before store"},
		{"store", "page", "must not know page"},
		{"deed", "store", "imports point down only"},
		{"cmd", "sample", ""},
		{"store", "storetest", "imports point down only"},
		{"money", "locale", ""},
		{"deed", "deed", ""},
	}
	for _, c := range cases {
		got := refuse(c.importer, c.imported)
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("refuse(%q, %q) = %q, want %q", c.importer, c.imported, got, c.want)
		}
	}
}

func TestNoPackageStandsTwice(t *testing.T) {
	seen := map[string]string{}
	for _, floor := range Floors() {
		for _, name := range floor.Packages {
			if other, twice := seen[name]; twice {
				t.Errorf("%s stands on %s and on %s", name, other, floor.Name)
			}
			seen[name] = floor.Name
		}
	}
}

func TestMatchesTakesWholeSteps(t *testing.T) {
	cases := []struct {
		pattern, path string
		want          bool
	}{
		{"net/http", "net/http", true},
		{"net/http", "net/http/httptest", false},
		{"modernc.org/sqlite/...", "modernc.org/sqlite", true},
		{"modernc.org/sqlite/...", "modernc.org/sqlite/lib", true},
		{"modernc.org/sqlite/...", "modernc.org/sqliteother", false},
	}
	for _, c := range cases {
		if got := matches(c.pattern, c.path); got != c.want {
			t.Errorf("matches(%q, %q) = %v, want %v", c.pattern, c.path, got, c.want)
		}
	}
}
