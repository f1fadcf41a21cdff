package page

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// words reads the Vietnamese sentences of the frame straight from their file.
func words(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../locale/words/shell.txt")
	if err != nil {
		t.Fatal(err)
	}
	said, key := map[string]string{}, ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			key = strings.Trim(line, "[]")
		}
		if text, ok := strings.CutPrefix(line, "vi = "); ok {
			said[key] = text
		}
	}
	return said
}

// vietnamese is a reader who fails the test on a sentence that does not exist.
func vietnamese(t *testing.T) Reader {
	said := words(t)
	return Reader{Lang: "vi", Say: func(key string, args ...any) string {
		text, ok := said[key]
		if !ok {
			t.Errorf("no sentence %q", key)
		}
		for n, arg := range args {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", n+1), fmt.Sprint(arg))
		}
		return text
	}}
}
