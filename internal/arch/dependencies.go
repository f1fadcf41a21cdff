package arch

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// dependencyTable is where the reason for each module we rely on is written.
const dependencyTable = "docs/decisions/dependencies.md"

// required reads the modules go.mod asks for directly, with their versions.
func (t Tree) required() (map[string]string, error) {
	text, err := os.ReadFile(filepath.Join(t.Root, "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("read go.mod: %w", err)
	}
	versions := map[string]string{}
	inside := false
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "require (":
			inside = true
			continue
		case line == ")":
			inside = false
		case strings.HasPrefix(line, "require "):
			line = strings.TrimPrefix(line, "require ")
		case !inside:
			continue
		}
		if fields := strings.Fields(line); len(fields) == 2 {
			versions[fields[0]] = fields[1] // an indirect one has its comment as more fields
		}
	}
	return versions, nil
}

// reasoned is one row of the table of dependencies.
type reasoned struct{ version, why string }

// reasons reads the table of dependencies.
func (t Tree) reasons() (map[string]reasoned, error) {
	text, err := os.ReadFile(filepath.Join(t.Root, dependencyTable))
	if err != nil {
		return nil, fmt.Errorf("read table of dependencies: %w", err)
	}
	rows := map[string]reasoned{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 || !strings.HasPrefix(strings.TrimSpace(cells[0]), "`") {
			continue
		}
		name := strings.Trim(strings.TrimSpace(cells[0]), "`")
		if _, twice := rows[name]; twice {
			return nil, fmt.Errorf("%s lists %s twice", dependencyTable, name)
		}
		rows[name] = reasoned{strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2])}
	}
	return rows, nil
}
