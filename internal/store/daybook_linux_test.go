package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/store"
	"kith.app/internal/storetest"
)

// patient opens a book that has been written to and leaves its daybook alone from now on.
func patient(t testing.TB) *store.Book {
	t.Helper()
	b := storetest.Open(t)
	for range 2 { // the first one makes the measures known
		another(t, b)
	}
	if _, err := b.As(storetest.Operator()).Measures(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := store.Patient(b); err != nil {
		t.Fatal(err)
	}
	return b
}

func another(t testing.TB, b *store.Book) (d deed.Deed) {
	t.Helper()
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) (err error) {
		d, err = deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-11", 1))
		return err
	})
	return d
}

// onDisk copies the files of a book as they lie on the disk, as after a loss of power.
func onDisk(t *testing.T, b *store.Book) string {
	t.Helper()
	to := t.TempDir()
	files, err := filepath.Glob(filepath.Join(b.Place().Dir, "kith.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if filepath.Ext(f) == ".db-shm" {
			continue
		}
		content, err := os.ReadFile(f)
		if err == nil {
			err = os.WriteFile(filepath.Join(to, filepath.Base(f)), content, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func opened(t *testing.T, dir string) *store.Book {
	t.Helper()
	b, err := store.Open(context.Background(), store.Place{Dir: dir}, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() }) //nolint:errcheck // closed twice is well
	return b
}

func visited(t *testing.T, b *store.Book) int64 {
	t.Helper()
	return figure(t, b, b.Root(), "sick-visit.acts", false)
}

const daybook = "kith.daybook"

// What a caller was told is written is there after a loss of power, though it was not
// in the tables yet; it goes into them once, and a second opening finds nothing to do.
func TestWhatWasConfirmedOutlivesALossOfPower(t *testing.T) {
	b := patient(t)
	var ids []deed.ID
	for range 3 {
		ids = append(ids, another(t, b).ID)
	}
	if n := store.Waiting(b); n != 3 {
		t.Fatalf("%d records wait, want 3: the test would prove nothing", n)
	}
	dir := onDisk(t, b)
	for range 2 {
		after := opened(t, dir)
		for _, id := range ids {
			if _, err := after.As(storetest.Operator()).Deed(context.Background(), id); err != nil {
				t.Errorf("deed %d was confirmed and is gone: %v", id, err)
			}
		}
		if n := visited(t, after); n != 5 {
			t.Errorf("%d visits, want 5", n)
		}
		sound(t, after)
		another(t, after) // and the book goes on
		if n := visited(t, after); n != 6 {
			t.Errorf("%d visits, want 6", n)
		}
		sound(t, after)
		if err := after.Close(); err != nil {
			t.Fatal(err)
		}
		dir = onDisk(t, b)
	}
	if n := visited(t, b); n != 5 || store.Waiting(b) != 0 {
		t.Errorf("%d visits in the book itself, %d records wait", n, store.Waiting(b))
	}
	sound(t, b)
}

// A record that was being written when the power failed was never confirmed: those
// before it count, and whatever is left of it harms nothing.
func TestATornRecordIsAsIfItHadNeverBeen(t *testing.T) {
	b := patient(t)
	for range 3 {
		another(t, b)
	}
	dir := onDisk(t, b)
	content, err := os.ReadFile(filepath.Join(dir, daybook))
	if err != nil {
		t.Fatal(err)
	}
	whole := store.Records(content)
	if len(whole) != 3 {
		t.Fatalf("%d records in the file, want 3", len(whole))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 12 {
		torn := append([]byte{}, content...)
		torn[8192+random.IntN(700)] ^= byte(1 + random.IntN(255)) // within the third, which begins a page
		here := onDisk(t, b)
		if err := os.WriteFile(filepath.Join(here, daybook), torn, 0o600); err != nil {
			t.Fatal(err)
		}
		after := opened(t, here)
		if n := visited(t, after); n != 4 {
			t.Errorf("%d visits, want 4", n)
		}
		sound(t, after)
		after.Close()
	}
}

// The daybook of another book, or of another state of this one, is left alone.
func TestTheDaybookOfAnotherBookIsLeftAlone(t *testing.T) {
	b, other := patient(t), patient(t)
	another(t, b)
	another(t, other)
	strange, own := onDisk(t, other), onDisk(t, b)
	content, err := os.ReadFile(filepath.Join(own, daybook))
	if err == nil {
		err = os.WriteFile(filepath.Join(strange, daybook), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	after := opened(t, strange)
	if n := visited(t, after); n != 2 {
		t.Errorf("%d visits, want the 2 that were in the tables", n)
	}
	sound(t, after)
	empty := t.TempDir()
	if err := os.WriteFile(filepath.Join(empty, daybook), content, 0o600); err != nil {
		t.Fatal(err)
	}
	begun, err := store.Create(context.Background(), store.Place{Dir: empty}, store.Options{})
	if err != nil {
		t.Fatalf("a book beside a strange daybook: %v", err)
	}
	begun.Close()
}

// A work that reads through a view sees what was confirmed before it, and does not wait
// for itself.
func TestAWorkMayReadTheBookBesideItsTransaction(t *testing.T) {
	b := patient(t)
	another(t, b)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		if n := visited(t, b); n != 3 {
			t.Errorf("%d visits seen from within, want 3", n)
		}
		_, err := deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-11", 1))
		return err
	})
	another(t, b)
	storetest.Write(t, b, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetSetting(ctx, b.Root(), "test", "engaged"); err != nil {
			return err
		}
		if n := visited(t, b); n != 5 {
			t.Errorf("%d visits seen from within, want 5", n)
		}
		_, err := deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-11", 1))
		return err
	})
	if n := visited(t, b); n != 6 {
		t.Errorf("%d visits, want 6", n)
	}
	sound(t, b)
}

// Whoever reads sees everything that was confirmed, whatever others do meanwhile: light
// works, works that need the engine, works that fail, rehearsals, readers.
func TestWhatIsConfirmedIsSeenAtOnceByEverybody(t *testing.T) {
	b := storetest.Open(t)
	ctx, by := context.Background(), storetest.Operator()
	var wg sync.WaitGroup
	const each = 60
	for who := range 6 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(who), 7))
			for range each {
				var d deed.Deed
				failing, engaging, rehearsing := random.IntN(5) == 0, random.IntN(4) == 0, random.IntN(6) == 0
				work := func(ctx context.Context, tx *store.Tx) (err error) {
					if engaging {
						if err := tx.SetSetting(ctx, b.Root(), fmt.Sprintf("test.%d", who), "x"); err != nil {
							return err
						}
					}
					if d, err = deed.Post(ctx, tx, by, visit(b.Root(), "2026-11", 1)); err != nil {
						return err
					}
					if failing {
						return fault.Refuse("store.begun")
					}
					return nil
				}
				write := b.Write
				if rehearsing {
					write = b.Rehearse
				}
				err := write(ctx, store.Writing{By: by}, work)
				if (err != nil) != failing {
					t.Errorf("failing %v gave %v", failing, err)
				}
				_, missing := b.As(by).Deed(ctx, d.ID)
				if stands := !failing && !rehearsing; stands != (missing == nil) {
					t.Errorf("deed stands %v, read gives %v", stands, missing)
				}
			}
		})
	}
	wg.Wait()
	sound(t, b)
}

// Two programs write to one book: each keeps what it was told is written, and a work
// that was overtaken is refused and may be sent again.
func TestTwoProgramsWriteToOneBook(t *testing.T) {
	b := storetest.Open(t)
	another(t, b)
	other := opened(t, b.Place().Dir)
	ctx, by := context.Background(), storetest.Operator()
	const each = 80
	var wg sync.WaitGroup
	for _, mine := range []*store.Book{b, other} {
		wg.Go(func() {
			for n := range each {
				for {
					err := mine.Write(ctx, store.Writing{By: by}, func(ctx context.Context, tx *store.Tx) error {
						_, err := deed.Post(ctx, tx, by, visit(b.Root(), "2026-11", 1))
						return err
					})
					if err == nil {
						break
					}
					if found := fault.All(err); len(found) != 1 || found[0].Key != "store.overtaken" {
						t.Errorf("a work was refused: %v", err)
						return
					}
				}
				if n%9 == 0 { // somebody reads, and the other program has its turn
					if _, err := mine.As(by).Measures(ctx); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	for _, mine := range []*store.Book{b, other} { // who has read has nothing left in the daybook
		if _, err := mine.As(by).Measures(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, mine := range []*store.Book{b, other} {
		if n := visited(t, mine); n != 2*each+1 {
			t.Errorf("%d visits, want %d", n, 2*each+1)
		}
		sound(t, mine)
	}
}

// What a killed program had confirmed is taken in also by a program that has the book
// open already, before it writes itself.
func TestAProgramThatIsOpenTakesInWhatAKilledOneLeft(t *testing.T) {
	killed := patient(t)
	mine := opened(t, onDisk(t, killed))
	if n := visited(t, mine); n != 2 {
		t.Fatalf("%d visits, want 2", n)
	}
	another(t, killed)
	another(t, killed)
	content, err := os.ReadFile(filepath.Join(killed.Place().Dir, daybook))
	if err == nil {
		err = os.WriteFile(filepath.Join(mine.Place().Dir, daybook), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	another(t, mine)
	if n := visited(t, mine); n != 5 {
		t.Errorf("%d visits, want 2, those 2 that were left, and one more", n)
	}
	sound(t, mine)
}

// A disk that is full just when confirmed works are brought into the tables keeps them
// safe: readers are told why they must wait, and then everything is there.
func TestAFullDiskKeepsWhatIsConfirmedUntilThereIsRoom(t *testing.T) {
	b, ctx := patient(t), context.Background()
	for range 400 {
		another(t, b)
	}
	waiting := store.Waiting(b)
	if waiting == 0 {
		t.Fatal("nothing waits: the test proves nothing")
	}
	var size int64
	if err := store.Peek(ctx, b, `PRAGMA page_count`, &size); err != nil {
		t.Fatal(err)
	}
	if err := store.Limit(ctx, b, fmt.Sprintf(`PRAGMA max_page_count = %d`, size)); err != nil {
		t.Fatal(err)
	}
	_, err := b.As(storetest.Operator()).Measures(ctx)
	if found := fault.All(err); len(found) != 1 || found[0].Key != "store.behind" {
		t.Fatalf("a reader got %v, want store.behind", err)
	}
	err = b.Write(ctx, store.Writing{By: storetest.Operator()}, func(ctx context.Context, tx *store.Tx) error {
		_, err := deed.Post(ctx, tx, storetest.Operator(), visit(b.Root(), "2026-11", 1))
		return err
	})
	if found := fault.All(err); len(found) != 1 || found[0].Key != "store.behind" {
		t.Fatalf("a writer got %v, want store.behind", err)
	}
	if err := store.Limit(ctx, b, `PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	if n := visited(t, b); n != 402 || store.Waiting(b) != 0 {
		t.Errorf("%d visits, want 402; %d records wait", n, store.Waiting(b))
	}
	another(t, b)
	if n := visited(t, b); n != 403 {
		t.Errorf("%d visits, want 403", n)
	}
	sound(t, b)
}

// A book that was closed leaves no daybook behind: it is whole in one file.
func TestAClosedBookHasNoDaybook(t *testing.T) {
	b := opened(t, onDisk(t, patient(t)))
	if err := store.Patient(b); err != nil {
		t.Fatal(err)
	}
	another(t, b) // reads what is kept in memory from now on
	another(t, b)
	if _, err := os.Stat(filepath.Join(b.Place().Dir, daybook)); err != nil {
		t.Fatalf("no daybook while the book is open: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(b.Place().Dir, daybook)); err == nil {
		t.Error("the daybook is left behind")
	}
	after := opened(t, b.Place().Dir)
	if n := visited(t, after); n != 4 {
		t.Errorf("%d visits, want 4", n)
	}
}

func TestRowsAreReadAsTheyWereRecorded(t *testing.T) {
	all := [][]any{
		{int64(0), "", []byte{}, nil, 1.5, "Đặng Thị Hương"},
		{int64(0), "x", []byte("=n"), nil, -0.25, "Đặng Thị Hương"},
		{int64(-1 << 63), "=", []byte{0}, "none", 3.0, "="},
		{int64(1<<63 - 1), "=", nil, int64(5), 3.0, "="},
	}
	got, err := store.Recorded(filepath.Join(t.TempDir(), daybook), all)
	if err != nil || !reflect.DeepEqual(got, all) {
		t.Errorf("read %v %v", got, err)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0})
	f.Fuzz(func(_ *testing.T, content []byte) { store.Records(store.Framed(content)) })
}
