// Package arch keeps the shape of the building: which package stands on which
// floor, who may import whom, and a few habits that only a test keeps alive.
//
// The table in floors.go is a statement of policy. When a test here fails, the
// usual answer is to move the code, not the line in the table; where the table
// is what should change, change it together with docs/decisions.
//
// Everything is read in this process with go/parser, so that `go test` notices
// when a file it depends on has changed.
package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// module is the path under which every package of this program is imported.
const module = "kith.app"

// File is one Go source file, parsed.
type File struct {
	Path   string // from the root of the repository, with slashes
	Syntax *ast.File
	Lines  int
}

// IsTest says whether the file is compiled into tests only.
func (f File) IsTest() bool { return strings.HasSuffix(f.Path, "_test.go") }

// IsGenerated says whether a program wrote the file.
func (f File) IsGenerated() bool {
	return strings.HasSuffix(f.Path, "_templ.go") || ast.IsGenerated(f.Syntax)
}

// Imports lists the import paths of the file in the order written.
func (f File) Imports() []string {
	paths := make([]string, 0, len(f.Syntax.Imports))
	for _, spec := range f.Syntax.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has accepted it, so this cannot happen
		}
		paths = append(paths, path)
	}
	return paths
}

// Package is one directory of Go files.
type Package struct {
	Dir   string // from the root of the repository, with slashes
	Files []File
}

// Name is the word by which floors.go knows the package: the folder below
// internal for ours, so that internal/locale/words belongs to locale, "cmd" for
// every program, and the folder below docs for texts that the program carries.
func (p Package) Name() string { return nameOf(p.Dir) }

// nameOf gives the word for a folder, or "" for one that is on no floor.
func nameOf(dir string) string {
	parts := strings.Split(dir, "/")
	switch {
	case parts[0] == "cmd":
		return "cmd"
	case (parts[0] == "internal" || parts[0] == "docs") && len(parts) > 1:
		return parts[1]
	default:
		return ""
	}
}

// Tree is the source of the whole program.
type Tree struct {
	Root     string
	Set      *token.FileSet
	Packages []Package // in the order of their folders
}

// Load finds the root of the repository above the working directory and parses
// every Go file of the main module, whatever its build tags.
func Load() (Tree, error) {
	root, err := findRoot()
	if err != nil {
		return Tree{}, err
	}
	tree := Tree{Root: root, Set: token.NewFileSet()}
	byDir := map[string][]File{}
	err = tree.walk(func(rel string) error {
		if filepath.Ext(rel) != ".go" {
			return nil
		}
		file, err := tree.parse(rel)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(rel))
		byDir[dir] = append(byDir[dir], file)
		return nil
	})
	if err != nil {
		return Tree{}, err
	}
	for dir, files := range byDir {
		tree.Packages = append(tree.Packages, Package{Dir: dir, Files: files})
	}
	sort.Slice(tree.Packages, func(i, j int) bool {
		return tree.Packages[i].Dir < tree.Packages[j].Dir
	})
	return tree, nil
}

// walk visits every file of the main module, leaving out test data, hidden
// folders and modules of their own, such as tools.
func (t Tree) walk(visit func(rel string) error) error {
	return filepath.WalkDir(t.Root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(t.Root, path)
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			return visit(rel)
		}
		if rel != "." && isOutside(path, entry.Name()) {
			return filepath.SkipDir
		}
		return nil
	})
}

// isOutside says whether a folder is no part of the program's own source.
func isOutside(path, name string) bool {
	switch name {
	case "testdata", "node_modules", "dist", "vendor":
		return true
	}
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return true
	}
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil
}

// parse reads one file with its comments.
func (t Tree) parse(rel string) (File, error) {
	source, err := os.ReadFile(filepath.Join(t.Root, rel))
	if err != nil {
		return File{}, fmt.Errorf("read source: %w", err)
	}
	slashed := filepath.ToSlash(rel)
	syntax, err := parser.ParseFile(t.Set, slashed, source, parser.ParseComments)
	if err != nil {
		return File{}, fmt.Errorf("parse source: %w", err)
	}
	return File{Path: slashed, Syntax: syntax, Lines: strings.Count(string(source), "\n")}, nil
}

// findRoot climbs from the working directory to the folder with the module's
// go.mod.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", fmt.Errorf("find working directory: %w", err)
	}
	for {
		head, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(head), "module "+module+"\n") {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod of %s above the working directory", module)
		}
		dir = parent
	}
}
