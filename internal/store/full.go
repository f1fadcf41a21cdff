package store

import (
	"errors"
	"runtime"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kith.app/internal/fault"
)

// NoRoom turns an error that says that the disk is full, of the engine or of the
// machine, into what a person can act on; any other stays as it is.
func NoRoom(err error) error {
	if err != nil && isFull(err) {
		return &fault.Fault{Kind: fault.Busy, Key: "store.full"}
	}
	return err
}

// windowsDiskFull and windowsHandleDiskFull are what Windows says instead of ENOSPC.
const (
	windowsHandleDiskFull syscall.Errno = 39
	windowsDiskFull       syscall.Errno = 112
)

// isFull tells that the disk has no room.
func isFull(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || runtime.GOOS == "windows" && (errors.Is(err, windowsDiskFull) || errors.Is(err, windowsHandleDiskFull)) {
		return true
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		// A book is opened with a small file beside it, for which there is no room either.
		return lite.Code()&0xff == sqlite3.SQLITE_FULL || lite.Code() == sqlite3.SQLITE_IOERR_SHMSIZE
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "53100"
}
