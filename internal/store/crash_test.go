package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// crashVariable makes the test program post deeds until it is killed.
const crashVariable = "KITH_CRASH_BOOK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashVariable); dir != "" {
		switch os.Getenv(crashHowVariable) {
		case "import":
			importUntilKilled(dir)
		case "copy":
			copyUntilKilled(dir)
		default:
			postUntilKilled(dir)
		}
		return
	}
	os.Exit(m.Run())
}

// postUntilKilled posts from several callers at once and prints the id of each
// deed only when the book has confirmed it.
func postUntilKilled(dir string) {
	ctx := context.Background()
	book, err := store.Open(ctx, store.Place{Dir: dir}, store.Options{})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	confirmed := make(chan deed.ID)
	for range 8 {
		go func() {
			for {
				d := visit(book.Root(), "2026-11", 1)
				err := book.Write(ctx, store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) (err error) {
					d, err = deed.Post(ctx, tx, storetest.Operator(), d)
					return err
				})
				if err != nil {
					fmt.Println("error", err)
					os.Exit(1)
				}
				confirmed <- d.ID
			}
		}()
	}
	for id := range confirmed {
		fmt.Println(int64(id))
	}
}

func TestAKilledProgramLosesNothingConfirmedAndLeavesNothingHalf(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	book, err := store.Create(ctx, store.Place{Dir: dir}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(ctx, store.Writing{By: storetest.Operator()}, store.Beginning{Body: storetest.Named("Hội", "hometown_association")}); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for round := range 6 {
		ids := killAfter(t, dir, time.Duration(60+37*round)*time.Millisecond)
		total += int64(len(ids))
		book, err := store.Open(ctx, store.Place{Dir: dir}, store.Options{})
		if err != nil {
			t.Fatalf("round %d: open after the kill: %v", round, err)
		}
		for _, id := range ids {
			if _, err := book.As(storetest.Operator()).Deed(ctx, id); err != nil {
				t.Errorf("round %d: deed %d was confirmed and is gone: %v", round, id, err)
			}
		}
		if trouble, err := book.Check(ctx); err != nil || len(trouble) != 0 {
			t.Errorf("round %d: %v %v", round, trouble, err)
		}
		if got := figure(t, book, book.Root(), "sick-visit.acts", false); got < total {
			t.Errorf("round %d: figure %d, %d deeds were confirmed", round, got, total)
		} else {
			total = got // some were written without their confirmation being read
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if total == 0 {
		t.Fatal("nothing was ever confirmed: the test proved nothing")
	}
}

// killAfter runs the posting program, kills it without warning and gives the
// ids it had printed.
func killAfter(t *testing.T, dir string, after time.Duration) []deed.ID {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), crashVariable+"="+dir)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var ids []deed.ID
	read := make(chan struct{})
	first := make(chan struct{}, 1)
	go func() {
		defer close(read)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "error") {
				t.Errorf("posting: %s", lines.Text())
				return
			}
			if n, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
				ids = append(ids, deed.ID(n))
			}
			select {
			case first <- struct{}{}:
			default:
			}
		}
	}()
	select {
	case <-first:
	case <-time.After(20 * time.Second):
		t.Error("nothing was confirmed in 20 s")
	}
	time.Sleep(after)
	if err := command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-read
	command.Wait() //nolint:errcheck // it was killed
	return ids
}
