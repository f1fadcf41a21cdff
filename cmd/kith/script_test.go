package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"kith.app/internal/storetest"
)

// TestMain lets the scripts run this very program under the name kith.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"kith": main})
}

// TestScripts tells the stories in testdata/script: the whole program, as it is
// run from a terminal.
func TestScripts(t *testing.T) {
	tell(t, "testdata/script")
}

// TestScriptsOnPostgres tells those that need a server, where there is one.
func TestScriptsOnPostgres(t *testing.T) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		t.Log("no PostgreSQL here: " + storetest.PostgresVariable + " is empty")
		return
	}
	tell(t, "testdata/postgres")
}

func tell(t *testing.T, folder string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir:                 folder,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			if os.Getenv(storetest.PostgresVariable) != "" {
				env.Setenv("DATABASE", storetest.NewDatabase(t))
				env.Setenv("OTHER_DATABASE", storetest.NewDatabase(t))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"tamper": tamper,
			"status": status,
			"digits": digits,
		},
	})
}

// tamper FOLDER STATEMENT changes the file of a book behind its back.
func tamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tamper folder statement")
	}
	ts.Check(storetest.Tamper(context.Background(), ts.MkAbs(args[0]), args[1]))
}

// status N WORD… runs a program and demands this exit status, 1 and 2 being
// told apart, which “! exec” does not.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status number program [argument…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s: exit status %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// digits FILE VARIABLE sets a variable to the last line of a file, such as the
// head of the chain that check and backup print.
func digits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: digits file variable")
	}
	lines := strings.Fields(ts.ReadFile(args[0]))
	if len(lines) == 0 {
		ts.Fatalf("%s is empty", filepath.Base(args[0]))
	}
	ts.Setenv(args[1], lines[len(lines)-1])
}
