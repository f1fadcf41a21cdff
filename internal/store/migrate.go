package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/pressly/goose/v3"

	"kith.app/internal/body"
	"kith.app/internal/deed"
	"kith.app/internal/fault"
	"kith.app/internal/schema"
)

// migrate brings the tables up to date. A book that already holds something is
// backed up first; one from a newer program is refused untouched.
func (b *Book) migrate(ctx context.Context) error {
	files, err := schema.Migrations(b.engine)
	if err != nil {
		return err
	}
	dialect := goose.DialectSQLite3
	if b.engine == schema.Postgres {
		dialect = goose.DialectPostgres
	}
	// goose takes a pool; the writer's own connection must be free meanwhile.
	pool, err := sql.Open(b.addressesForMigration())
	if err != nil {
		return fmt.Errorf("open the book: %w", err)
	}
	defer pool.Close()
	provider, err := goose.NewProvider(dialect, pool, files, goose.WithGoMigrations(b.tiesJudged()))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	has, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("ask the book's version: %w", err)
	}
	sources := provider.ListSources()
	newest := sources[len(sources)-1].Version
	switch {
	case has > newest:
		return fault.Refuse("store.newer", has, newest)
	case has == newest:
		return nil
	case has > 0:
		if err := b.backupBeforeMigration(ctx, has); err != nil {
			return err
		}
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bring the book up to date: %w", err)
	}
	return nil
}

func (b *Book) addressesForMigration() (driver, address string) {
	driver, address, _ = b.addresses()
	return driver, address
}

// Beginning is what a new book is opened with.
type Beginning struct {
	Body   body.Body // the association
	Number int64     // the book's own number among those that exchange files
}

// Begin gives an empty book its first body and the kinds of deed that ship.
func (b *Book) Begin(ctx context.Context, how Writing, with Beginning) (body.Body, error) {
	return b.beginWith(ctx, how, with, func(context.Context, *Tx, body.ID) error { return nil })
}

// beginWith is Begin with what belongs to the same moment: a book has all of it or stays empty.
func (b *Book) beginWith(ctx context.Context, how Writing, with Beginning, and func(context.Context, *Tx, body.ID) error) (body.Body, error) {
	if b.root != 0 {
		return body.Body{}, fault.Refuse("store.begun")
	}
	kinds, err := deed.ShippedKinds()
	if err != nil {
		return body.Body{}, err
	}
	b.ids.book = with.Number
	root := with.Body
	root.ID = body.ID(b.ids.next(b.Now()))
	b.root, b.number = int64(root.ID), with.Number
	err = b.Write(ctx, how, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `INSERT INTO book (id, number, root, opened_at) VALUES (1, $1, $2, $3)`, with.Number, int64(root.ID), tx.NowMilli())
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `INSERT INTO lease (name, holder, expires) VALUES ($1, $2, 0)`, "writer", ""); err != nil {
			return err
		}
		if root, err = body.Found(ctx, tx, root); err != nil {
			return err
		}
		for _, k := range kinds {
			if err := tx.SaveKind(ctx, k); err != nil {
				return err
			}
		}
		return and(ctx, tx, root.ID)
	})
	if err != nil {
		b.root, b.number = 0, 0
		return body.Body{}, err
	}
	return root, nil
}
