package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"kith.app/internal/archive"
)

// A backup that is killed without warning leaves the book unharmed, and no file under
// the name that was asked for unless the backup is whole; the next one is made beside
// whatever the killed one left.
func TestABackupKilledInTheMiddleLeavesTheBookWholeAndNoHalfArchive(t *testing.T) {
	dir := demonstration(t)
	if _, err := archive.PapersOf(dir).Put("ảnh.png", picture(4<<20)); err != nil {
		t.Fatal(err)
	}
	at := t.TempDir()
	backup := func(file string) *exec.Cmd {
		return &exec.Cmd{Path: os.Args[0], Args: []string{"kith", "backup", "--data", dir, "-o", file}, Env: os.Environ()}
	}
	took := time.Hour
	for _, name := range []string{"cold.zip", "warm.zip"} {
		began := time.Now()
		if said, err := backup(filepath.Join(at, name)).CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, said)
		}
		took = min(took, time.Since(began))
	}
	const rounds = 12
	cut := 0
	for round := range rounds {
		file := filepath.Join(at, fmt.Sprintf("killed-%d.zip", round))
		command := backup(file)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(took * time.Duration(round) / rounds) // the first at once
		command.Process.Kill()                           //nolint:errcheck // it may have ended by itself
		command.Wait()                                   //nolint:errcheck // it was killed
		if _, err := os.Stat(file); err != nil {
			cut++
		} else if _, err := archive.Verify(file); err != nil {
			t.Errorf("round %d: an archive that looks whole is not: %v", round, err)
		}
	}
	if cut == 0 {
		t.Fatal("every backup was done before it was killed: the test proved nothing")
	}
	if left, err := filepath.Glob(filepath.Join(at, "kith-backup-*", "half.zip")); err != nil {
		t.Fatal(err)
	} else {
		t.Logf("%d of %d were cut short, %d with an archive half packed", cut, rounds, len(left))
	}
	if status, out, trouble := kithRun("check", "--data", dir); status != statusDone {
		t.Errorf("the book after the kills: %d %s %s", status, out, trouble)
	}
	last := filepath.Join(at, "last.zip")
	if said, err := backup(last).CombinedOutput(); err != nil {
		t.Fatalf("the next backup: %v %s", err, said)
	}
	again := filepath.Join(at, "again")
	if status, _, trouble := kithRun("restore", last, "--data", again); status != statusDone {
		t.Fatalf("restore: %d %s", status, trouble)
	}
	if status, out, trouble := kithRun("check", "--data", again); status != statusDone {
		t.Errorf("the restored book: %d %s %s", status, out, trouble)
	}
}

// picture is what looks like a picture and cannot be packed any smaller.
func picture(size int) io.Reader {
	noise := make([]byte, size)
	rand.Read(noise) //nolint:errcheck // it never fails
	return io.MultiReader(bytes.NewReader([]byte("\x89PNG\r\n\x1a\n")), bytes.NewReader(noise))
}
