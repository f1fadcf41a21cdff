package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kith.app/internal/deed"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// crashHowVariable says what the test program does until it is killed: "import" or
// "copy", and otherwise posts deeds one by one.
const crashHowVariable = "KITH_CRASH_HOW"

// importUntilKilled brings in one table that never ends: all of its deeds belong to
// one transaction. A number is printed when many of them have been posted.
func importUntilKilled(dir string) {
	ctx := context.Background()
	book, err := store.Open(ctx, store.Place{Dir: dir}, store.Options{})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	err = book.Write(ctx, store.Writing{By: storetest.Operator(), Job: book.NewID()}, func(ctx context.Context, tx *store.Tx) error {
		for n := 1; ; n++ {
			if _, err := deed.Post(ctx, tx, storetest.Operator(), visit(book.Root(), "2026-10", 1)); err != nil {
				return err
			}
			if n%2000 == 0 {
				fmt.Println(n)
			}
		}
	})
	fmt.Println("error", err)
	os.Exit(1)
}

// copyUntilKilled copies the book again and again, and prints the number of each
// copy when it is whole.
func copyUntilKilled(dir string) {
	ctx := context.Background()
	book, err := store.Open(ctx, store.Place{Dir: dir}, store.Options{})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for n := 1; ; n++ {
		if err := book.CopyTo(ctx, copyNumber(dir, n)); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

func copyNumber(dir string, n int) string {
	return filepath.Join(dir, fmt.Sprintf("copy-%d.db", n))
}

// begunAt begins a book with some deeds in a folder and closes it.
func begunAt(t *testing.T, dir string, deeds int) {
	t.Helper()
	ctx := context.Background()
	book, err := store.Create(ctx, store.Place{Dir: dir}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin(ctx, store.Writing{By: storetest.Operator()}, store.Beginning{Body: storetest.Named("Hội", "hometown_association")}); err != nil {
		t.Fatal(err)
	}
	for range deeds {
		post(t, book, visit(book.Root(), "2026-10", 1))
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
}

// A table that was coming in when the program was killed is not in the book at
// all, and what was there before is.
func TestAnImportKilledInTheMiddleLeavesNothingOfIt(t *testing.T) {
	dir := t.TempDir()
	begunAt(t, dir, 3)
	t.Setenv(crashHowVariable, "import")
	for round := range 2 {
		if posted := killAfter(t, dir, time.Duration(40+90*round)*time.Millisecond); len(posted) == 0 {
			t.Fatal("nothing had been posted: the test proved nothing")
		}
		book, err := store.Open(context.Background(), store.Place{Dir: dir}, store.Options{})
		if err != nil {
			t.Fatalf("open after the kill: %v", err)
		}
		if got := figure(t, book, book.Root(), "sick-visit.acts", false); got != 3 {
			t.Errorf("%d visits, want the 3 from before", got)
		}
		sound(t, book)
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A copy that was told to be whole is whole, though the program was killed while
// it made the next, and the book takes no harm.
func TestACopyKilledInTheMiddleHarmsNeitherTheBookNorTheCopiesBefore(t *testing.T) {
	dir := t.TempDir()
	begunAt(t, dir, 3)
	t.Setenv(crashHowVariable, "copy")
	done := killAfter(t, dir, 120*time.Millisecond)
	if len(done) == 0 {
		t.Fatal("no copy was made: the test proved nothing")
	}
	for _, n := range done {
		at := filepath.Join(t.TempDir(), "again")
		if err := os.MkdirAll(at, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(copyNumber(dir, int(n)), filepath.Join(at, store.FileName)); err != nil {
			t.Fatal(err)
		}
		copied, err := store.Open(context.Background(), store.Place{Dir: at}, store.Options{})
		if err != nil {
			t.Fatalf("copy %d: %v", n, err)
		}
		if got := figure(t, copied, copied.Root(), "sick-visit.acts", false); got != 3 {
			t.Errorf("copy %d has %d visits, want 3", n, got)
		}
		if err := copied.Close(); err != nil {
			t.Fatal(err)
		}
	}
	book, err := store.Open(context.Background(), store.Place{Dir: dir}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sound(t, book)
}
