package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// commands lists every command by the words that call it, those of groups too.
func commands(t *testing.T) [][]string {
	t.Helper()
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for _, leaf := range parser.Model.Leaves(true) {
		var words []string
		for n := leaf; n != nil && n.Type == kong.CommandNode; n = n.Parent {
			words = append([]string{n.Name}, words...)
		}
		all = append(all, words)
	}
	if len(all) < 30 {
		t.Fatalf("only %d commands found", len(all))
	}
	return all
}

func kithRun(args ...string) (status int, out, trouble string) {
	var stdout, stderr bytes.Buffer
	status = run(context.Background(), args, &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

func TestEveryCommandHasHelpWithAnExample(t *testing.T) {
	for _, words := range commands(t) {
		name := strings.Join(words, " ")
		status, out, trouble := kithRun(append(words, "--help")...)
		if status != statusDone || trouble != "" {
			t.Errorf("kith %s --help: status %d, %q on stderr", name, status, trouble)
		}
		if _, examples, found := strings.Cut(out, "Examples:"); !found || !strings.Contains(examples, "kith "+name) {
			t.Errorf("kith %s --help shows no example of itself:\n%s", name, out)
		}
	}
}

func TestACommandPutWronglyEndsWithTwoAndSaysWhyOnStderr(t *testing.T) {
	for _, words := range append(commands(t), nil, []string{"body"}, []string{"nonsense"}) {
		status, out, trouble := kithRun(append(words, "--no-such-flag")...)
		if status != statusUsage || trouble == "" || out != "" {
			t.Errorf("kith %s --no-such-flag: status %d, stdout %q, stderr %q", strings.Join(words, " "), status, out, trouble)
		}
	}
}

// TestWithoutABookACommandRefusesWithOne calls every command that needs a book where
// there is none.
func TestWithoutABookACommandRefusesWithOne(t *testing.T) {
	empty := t.TempDir()
	for _, args := range [][]string{
		{"tally", "--measures"},
		{"list", "census"},
		{"body", "show", "x"},
		{"body", "find", "x"},
		{"export", "people"},
		{"check"},
		{"report", "--body", "x", "--kind", "annual", "--period", "2025"},
		{"user", "list"},
		{"user", "stop", "x"},
		{"calendar"},
		{"unsettled"},
		{"tie", "show", "x"},
		{"ties"},
		{"contest", "show", "x", "--year", "2022"},
		{"contest", "rank", "x", "--year", "2022"},
		{"reform", "rehearse", "vn-2025"},
		{"backup", "-o", empty + "/b.zip"},
	} {
		status, _, trouble := kithRun(append(args, "--data", empty)...)
		if status != statusRefused || !strings.HasPrefix(trouble, "kith: ") {
			t.Errorf("kith %s without a book: status %d, stderr %q", strings.Join(args, " "), status, trouble)
		}
	}
}
