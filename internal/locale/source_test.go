package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// use is one place in the source that asks for a sentence.
type use struct {
	where, key string
	prefix     bool // the key is the beginning of one that is put together
}

// saying tells, by the name of a function, which of its arguments is the key. A
// name that others use too is only heeded with text that looks like a key.
var saying = map[string]int{
	"Say": 0, "say": 0, "T": 0, "t": 0, "Key": 0,
	"Field": 1, "Refuse": 0, "refuse": 0, "Missing": 0, "Forbid": 0, "Outdated": 0,
}

var looksLikeKey = regexp.MustCompile(`^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z0-9_-]+)+$`)

var looksLikePrefix = regexp.MustCompile(`^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z0-9_-]+)*\.$`)

func TestEveryKeyInTheSourceHasItsSentence(t *testing.T) {
	c := load(t)
	keys := c.Keys()
	uses := append(goUses(t, "../.."), templUses(t, "../..")...)
	if len(uses) < 20 {
		t.Fatalf("only %d keys were found in the source: the search is broken", len(uses))
	}
	for _, u := range uses {
		i, exact := slices.BinarySearch(keys, u.key)
		begun := i < len(keys) && strings.HasPrefix(keys[i], u.key)
		if !exact && !(u.prefix && begun) {
			t.Errorf("%s: no sentence for %q in internal/locale/words", u.where, u.key)
		}
	}
}

// goUses finds keys in the Go source, tests and generated pages left out: the
// pages are read as they were written.
func goUses(t *testing.T, root string) []use {
	t.Helper()
	var found []use
	set := token.NewFileSet()
	packages := map[string][]*ast.File{}
	eachFile(t, root, ".go", func(path string) {
		if strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go") {
			return
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		packages[filepath.Dir(path)] = append(packages[filepath.Dir(path)], file)
	})
	for _, files := range packages {
		named := constants(files)
		for _, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				if key, prefix, ok := keyIn(n, named); ok {
					found = append(found, use{set.Position(n.Pos()).String(), key, prefix})
				}
				return true
			})
		}
	}
	return found
}

// constants gathers the string constants of a package by name.
func constants(files []*ast.File) map[string]string {
	named := map[string]string{}
	for _, file := range files {
		for _, decl := range file.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok || general.Tok != token.CONST {
				continue
			}
			for _, spec := range general.Specs {
				values := spec.(*ast.ValueSpec)
				for i, name := range values.Names {
					if i < len(values.Values) {
						if text, ok := literal(values.Values[i], nil); ok {
							named[name.Name] = text
						}
					}
				}
			}
		}
	}
	return named
}

// keyIn gives the key in a call, or in a field of that name: {Key: "menu.fund"}.
func keyIn(n ast.Node, named map[string]string) (key string, prefix, ok bool) {
	switch v := n.(type) {
	case *ast.CallExpr:
		return keyOf(v, named)
	case *ast.KeyValueExpr:
		if field, ok := v.Key.(*ast.Ident); ok && field.Name == "Key" {
			text, ok := literal(v.Value, named)
			return text, false, ok && looksLikeKey.MatchString(text)
		}
	}
	return "", false, false
}

// keyOf gives the key that a call asks for, or its beginning.
func keyOf(call *ast.CallExpr, named map[string]string) (key string, prefix, ok bool) {
	at, known := saying[called(call.Fun)]
	if !known {
		return "", false, false
	}
	// A catalogue's Say has the language before the key.
	for _, arg := range call.Args[min(at, len(call.Args)):] {
		if sum, ok := arg.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
			for first := true; first; {
				var deeper *ast.BinaryExpr
				if deeper, first = sum.X.(*ast.BinaryExpr); first {
					sum = deeper
				}
			}
			if text, ok := literal(sum.X, named); ok && looksLikePrefix.MatchString(text) {
				return text, true, true
			}
			return "", false, false
		}
		if text, ok := literal(arg, named); ok {
			return text, false, looksLikeKey.MatchString(text)
		}
		if at > 0 {
			return "", false, false
		}
	}
	return "", false, false
}

// called is the last word of a function's name.
func called(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// literal gives the text of a string literal or of a constant of the package.
func literal(e ast.Expr, named map[string]string) (string, bool) {
	switch v := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(v.Value)
		return text, err == nil && v.Kind == token.STRING
	case *ast.Ident:
		text, ok := named[v.Name]
		return text, ok
	}
	return "", false
}

// inTempl finds Say("key" and Say(lang, "key", T( and Key( alike, in templates.
var inTempl = regexp.MustCompile(`\b(?:Say|say|T|t|Key)\((?:[A-Za-z.]+, ?)?"([^"]*)"( ?\+)?`)

func templUses(t *testing.T, root string) []use {
	t.Helper()
	var found []use
	eachFile(t, root, ".templ", func(path string) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for number, line := range strings.Split(string(text), "\n") {
			for _, match := range inTempl.FindAllStringSubmatch(line, -1) {
				prefix := match[2] != ""
				if looksLikeKey.MatchString(match[1]) || (prefix && looksLikePrefix.MatchString(match[1])) {
					found = append(found, use{path + ":" + strconv.Itoa(number+1), match[1], prefix})
				}
			}
		}
	})
	return found
}

// eachFile visits the files of the program that end in a certain way.
func eachFile(t *testing.T, root, ending string, visit func(path string)) {
	t.Helper()
	for _, dir := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if err == nil && !d.IsDir() && strings.HasSuffix(path, ending) {
				visit(path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestKeysAreFoundInSource(t *testing.T) {
	const source = `package p
const key = "a.constant"
func f() {
	s.Say("a.plain", 1); c.Say(lang, "a.second"); s.Say("a.begun." + x); s.Say("a.two." + x + ".y")
	fault.Field("name", "a.field"); fault.Refuse("a.refused", "b.notKey"); fault.Missing(key)
	locale.Key("a.key"); s.Say(x); u.t("en"); fault.Field(x, y, "b.notKey"); Other("b.notKey"); _ = M{Key: "a.item", Path: "b.notKey"}
}`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	named := constants([]*ast.File{file})
	var got []string
	ast.Inspect(file, func(n ast.Node) bool {
		if key, _, ok := keyIn(n, named); ok {
			got = append(got, key)
		}
		return true
	})
	want := []string{"a.plain", "a.second", "a.begun.", "a.two.", "a.field", "a.refused", "a.constant", "a.key", "a.item"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	templ := inTempl.FindAllStringSubmatch(`{ v.Say("a.b", n) } { T(v.Lang, "a.c") } { v.Say("a.d." + k) } { Print("x.y") }`, -1)
	if len(templ) != 3 || templ[0][1] != "a.b" || templ[1][1] != "a.c" || templ[2][2] == "" {
		t.Errorf("found %q in a template", templ)
	}
}
