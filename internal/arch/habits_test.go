package arch

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// report fails the test once for each finding.
func report(t *testing.T, found []finding) {
	t.Helper()
	for _, f := range found {
		t.Error(f)
	}
}

// eachFile calls look for every file a person wrote.
func eachFile(t *testing.T, look func(tree Tree, pkg Package, file File)) {
	t.Helper()
	tree := load(t)
	for _, pkg := range tree.Packages {
		for _, file := range pkg.Files {
			if !file.IsGenerated() {
				look(tree, pkg, file)
			}
		}
	}
}

func TestEveryPackageIntroducesItself(t *testing.T) {
	for _, pkg := range load(t).Packages {
		want, intro, code := "", "", false
		for _, file := range pkg.Files {
			if file.IsTest() {
				continue
			}
			code = true
			want = "Package " + file.Syntax.Name.Name + " "
			if file.Syntax.Name.Name == "main" {
				want = "Command " + filepath.Base(pkg.Dir) + " "
			}
			if file.Syntax.Doc != nil && !file.IsGenerated() {
				intro = file.Syntax.Doc.Text()
			}
		}
		if code && !strings.HasPrefix(intro, want) {
			t.Errorf("%s has no comment that begins %q", pkg.Dir, want)
		}
	}
}

func TestEveryExportedNameHasAComment(t *testing.T) {
	eachFile(t, func(tree Tree, _ Package, file File) {
		if !file.IsTest() {
			report(t, tree.undocumented(file))
		}
	})
}

func TestFunctionsStayShort(t *testing.T) {
	eachFile(t, func(tree Tree, _ Package, file File) {
		report(t, tree.oversized(file))
	})
}

func TestFilesStayShort(t *testing.T) {
	eachFile(t, func(_ Tree, _ Package, file File) {
		if !file.IsTest() && file.Lines > fileLinesMax {
			t.Errorf("%s has %d lines, more than %d: split it by idea", file.Path, file.Lines, fileLinesMax)
		}
	})
}

func TestOnlyDoorsReadTheClock(t *testing.T) {
	eachFile(t, func(tree Tree, pkg Package, file File) {
		if !file.IsTest() && !slices.Contains(clockKeepers(), pkg.Name()) {
			report(t, tree.clockReadings(file))
		}
	})
}

func TestNothingRunsUnasked(t *testing.T) {
	eachFile(t, func(tree Tree, _ Package, file File) {
		report(t, tree.initialisers(file))
	})
}

func TestNoTestStepsAside(t *testing.T) {
	eachFile(t, func(tree Tree, _ Package, file File) {
		if file.IsTest() {
			report(t, tree.skips(file))
		}
	})
}

func TestNoWorkIsStoredInComments(t *testing.T) {
	promise := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b`)
	written := []string{".go", ".templ", ".sql", ".sh", ".css", ".js", ".txt", ".txtar", ".yml", ".yaml"}
	tree := load(t)
	err := tree.walk(func(rel string) error {
		if !slices.Contains(written, filepath.Ext(rel)) || strings.HasSuffix(rel, ".min.js") {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(tree.Root, rel))
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			if promise.MatchString(line) {
				t.Errorf("%s:%d: do it, or open an issue: %s", rel, i+1, strings.TrimSpace(line))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestHabitsAreNoticed shows each watcher a file with one bad habit, so that
// none of them can fall asleep unnoticed.
func TestHabitsAreNoticed(t *testing.T) {
	long := strings.Repeat("\tf()\n", functionLinesMax+1)
	table := "\t_ = []int{\n" + strings.Repeat("\t\t1,\n", functionLinesMax+1) + "\t}\n"
	cases := []struct {
		name, source, want string
		look               func(Tree, File) []finding
	}{
		{"silent function", "func Loud() {}", "Loud has no comment", Tree.undocumented},
		{"silent method", "// T is.\ntype T[E any] struct{}\nfunc (*T[E]) Loud() {}", "Loud has no comment", Tree.undocumented},
		{"silent type", "type Loud int", "Loud has no comment", Tree.undocumented},
		{"silent constant", "const (\n\tLoud = 1\n)", "Loud has no comment", Tree.undocumented},
		{"grouped constants", "// Sizes.\nconst (\n\tLoud = 1\n)", "", Tree.undocumented},
		{"private method", "type t int\nfunc (t) Loud() {}", "", Tree.undocumented},
		{"well-known method", "// T is.\ntype T int\nfunc (T) String() string { return \"\" }", "", Tree.undocumented},
		{"long function", "func f() {\n" + long + "}", "f has 72 lines", Tree.oversized},
		{"long table", "func f() {\n" + table + "}", "", Tree.oversized},
		{"long function in a table", "var x = []func(){func() {\n" + long + "}}", "this function has 72 lines", Tree.oversized},
		{"many parameters", "func f(a, b, c int, d, e, g, h string) {}", "f takes 7 parameters", Tree.oversized},
		{"clock", "import \"time\"\nvar now = time.Now", "time.Now takes", Tree.clockReadings},
		{"skip", "import \"testing\"\nfunc TestX(t *testing.T) { t.Skip() }", "t.Skip skips", Tree.skips},
		{"init", "func init() {}", "init runs unasked", Tree.initialisers},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tree := Tree{Set: token.NewFileSet()}
			syntax, err := parser.ParseFile(tree.Set, "x.go", "package x\n"+c.source+"\n", parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			found := c.look(tree, File{Path: "x.go", Syntax: syntax})
			if c.want == "" {
				report(t, found)
				return
			}
			if len(found) != 1 || !strings.HasPrefix(found[0].what, c.want) {
				t.Errorf("found %v, want one that begins %q", found, c.want)
			}
		})
	}
}
