package arch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryDependencyHasAReason(t *testing.T) {
	tree := load(t)
	required, err := tree.required()
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := tree.reasons()
	if err != nil {
		t.Fatal(err)
	}
	if len(required) == 0 {
		t.Fatal("no direct requirement was found in go.mod")
	}
	for name, version := range required {
		row, written := reasons[name]
		switch {
		case !written:
			t.Errorf("go.mod requires %s %s: write its row with the reason in %s", name, version, dependencyTable)
		case row.version != version:
			t.Errorf("go.mod requires %s %s, %s says %s", name, version, dependencyTable, row.version)
		case len(row.why) < 20:
			t.Errorf("%s gives no reason for %s", dependencyTable, name)
		}
	}
	for name := range reasons {
		if _, needed := required[name]; !needed {
			t.Errorf("%s still lists %s, which go.mod no longer requires", dependencyTable, name)
		}
	}
}

// A generator of another version writes code the linked library may not know.
func TestTheTemplateGeneratorHasTheVersionOfItsLibrary(t *testing.T) {
	tree := load(t)
	required, err := tree.required()
	if err != nil {
		t.Fatal(err)
	}
	tools, err := os.ReadFile(filepath.Join(tree.Root, "tools", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	const templ = "github.com/a-h/templ"
	if want := templ + " " + required[templ]; !strings.Contains(string(tools), "\t"+want+" ") {
		t.Errorf("tools/go.mod does not require %s", want)
	}
}
