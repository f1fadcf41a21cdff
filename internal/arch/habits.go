package arch

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// The sizes this code keeps. Most functions stay far below; these are walls.
const (
	functionLinesMax = 70
	fileLinesMax     = 500
	parametersMax    = 6
)

// clockKeepers are the packages that may ask what time it is; everything else
// is told. Measuring is the business of the packages beside the building.
func clockKeepers() []string {
	return []string{"store", "web", "daily", "cmd", "bench", "browsertest", "storetest"}
}

// wellKnown are methods whose meaning is fixed by the standard library, so that
// a comment would only repeat it.
func wellKnown() []string {
	return []string{"Error", "String", "Unwrap", "Is", "As", "Len", "Less", "Swap", "ServeHTTP", "Read", "Write", "Close"}
}

// finding is one thing found in one place.
type finding struct {
	at   token.Position
	what string
}

// String gives the finding as compilers do, so that an editor can jump to it.
func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s", f.at.Filename, f.at.Line, f.what)
}

// undocumented finds exported names of a file that no comment introduces.
func (t Tree) undocumented(file File) []finding {
	var found []finding
	add := func(name *ast.Ident) {
		found = append(found, finding{t.Set.Position(name.Pos()), name.Name + " has no comment"})
	}
	for _, decl := range file.Syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Doc == nil && isExported(decl) {
				add(decl.Name)
			}
		case *ast.GenDecl:
			for _, name := range silentNames(decl) {
				add(name)
			}
		}
	}
	return found
}

// isExported says whether others can see a function: its own name is exported
// and so is the type it belongs to.
func isExported(decl *ast.FuncDecl) bool {
	if !decl.Name.IsExported() {
		return false
	}
	if decl.Recv == nil {
		return true
	}
	if slices.Contains(wellKnown(), decl.Name.Name) {
		return false
	}
	return receiver(decl.Recv.List[0].Type).IsExported()
}

// receiver takes the star and the type parameters off a receiver's type.
func receiver(expr ast.Expr) *ast.Ident {
	switch expr := expr.(type) {
	case *ast.StarExpr:
		return receiver(expr.X)
	case *ast.IndexExpr:
		return receiver(expr.X)
	case *ast.IndexListExpr:
		return receiver(expr.X)
	case *ast.Ident:
		return expr
	default:
		return &ast.Ident{}
	}
}

// silentNames lists the exported types, constants and variables of a
// declaration that have a comment neither of their own nor from their group.
func silentNames(decl *ast.GenDecl) []*ast.Ident {
	if decl.Tok == token.IMPORT {
		return nil
	}
	var silent []*ast.Ident
	for _, spec := range decl.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() && spec.Doc == nil && spec.Comment == nil && decl.Doc == nil {
				silent = append(silent, spec.Name)
			}
		case *ast.ValueSpec:
			if spec.Doc != nil || spec.Comment != nil || decl.Doc != nil {
				continue
			}
			for _, name := range spec.Names {
				if name.IsExported() {
					silent = append(silent, name)
				}
			}
		}
	}
	return silent
}

// oversized finds functions that are too long or take too much. Tables do not
// count as length: a list of cases is read differently from steps.
func (t Tree) oversized(file File) []finding {
	var found []finding
	ast.Inspect(file.Syntax, func(node ast.Node) bool {
		var kind *ast.FuncType
		var body *ast.BlockStmt
		name := "this function"
		switch node := node.(type) {
		case *ast.FuncDecl:
			kind, body, name = node.Type, node.Body, node.Name.Name
		case *ast.FuncLit:
			kind, body = node.Type, node.Body
		default:
			return true
		}
		at := t.Set.Position(node.Pos())
		if n := kind.Params.NumFields(); n > parametersMax {
			found = append(found, finding{at, fmt.Sprintf("%s takes %d parameters, more than %d", name, n, parametersMax)})
		}
		if body == nil {
			return true
		}
		if n := t.lines(body) - t.tableLines(body); n > functionLinesMax {
			found = append(found, finding{at, fmt.Sprintf("%s has %d lines, more than %d", name, n, functionLinesMax)})
		}
		return true
	})
	return found
}

// lines counts the lines between the braces of a node.
func (t Tree) lines(node ast.Node) int {
	return t.Set.Position(node.End()).Line - t.Set.Position(node.Pos()).Line
}

// tableLines counts the lines of a body that belong to lists written out.
func (t Tree) tableLines(body *ast.BlockStmt) int {
	n := 0
	ast.Inspect(body, func(node ast.Node) bool {
		table, is := node.(*ast.CompositeLit)
		if is {
			n += t.lines(table)
		}
		return !is
	})
	return n
}

// clockReadings finds calls that ask the machine for the time.
func (t Tree) clockReadings(file File) []finding {
	return t.selections(file, "time", []string{"Now", "Since", "Until"},
		"takes the time from the machine; take it from the transaction or a parameter")
}

// skips finds tests that step aside instead of running.
func (t Tree) skips(file File) []finding {
	var found []finding
	for _, receiver := range []string{"t", "b", "f", "tb"} {
		found = append(found, t.selections(file, receiver, []string{"Skip", "Skipf", "SkipNow"},
			"skips; register what cannot run only where it can")...)
	}
	return found
}

// selections finds x.name for a plain identifier x and any of the names.
func (t Tree) selections(file File, x string, names []string, what string) []finding {
	var found []finding
	ast.Inspect(file.Syntax, func(node ast.Node) bool {
		selector, is := node.(*ast.SelectorExpr)
		if !is || !slices.Contains(names, selector.Sel.Name) {
			return true
		}
		if ident, is := selector.X.(*ast.Ident); is && ident.Name == x {
			found = append(found, finding{t.Set.Position(node.Pos()), x + "." + selector.Sel.Name + " " + what})
		}
		return true
	})
	return found
}

// initialisers finds functions that run before main without being called.
func (t Tree) initialisers(file File) []finding {
	var found []finding
	for _, decl := range file.Syntax.Decls {
		if fn, is := decl.(*ast.FuncDecl); is && fn.Recv == nil && fn.Name.Name == "init" {
			found = append(found, finding{t.Set.Position(fn.Pos()), "init runs unasked; call what is needed by name"})
		}
	}
	return found
}
