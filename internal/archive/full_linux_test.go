package archive

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kith.app/internal/fault"
	"kith.app/internal/store"
)

// A paper that the disk has no room for is refused in words and leaves nothing behind:
// neither a half paper nor one under the name of a whole one.
func TestAPaperOnAFullDiskLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	half := filepath.Join(dir, "half-1")
	if err := os.Symlink("/dev/full", half); err != nil { // what is written there finds no room
		t.Fatal(err)
	}
	full, err := os.OpenFile(half, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	err = settle(full, filepath.Join(dir, "whole"), []byte("%PDF-1.7 x"))
	var told *fault.Fault
	if !errors.As(store.NoRoom(err), &told) || told.Key != "store.full" {
		t.Errorf("got %v, want store.full", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
