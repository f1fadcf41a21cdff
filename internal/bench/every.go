package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"kith.app/internal/asset"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/deed"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// slow is how long a page of a large book may keep a processor busy, whether
// the book was just written to or not.
const slow = 25 * time.Millisecond

// timed is what one page cost.
type timed struct {
	path   string
	status int
	bytes  int
	cost   [3]time.Duration // asked again with nothing written in between, just after a deed, just after a new member
}

// worst is the dearest of the three.
func (t timed) worst() time.Duration { return slices.Max(t.cost[:]) }

// every asks for every page that names no record, again and again, just after a
// deed was posted and just after a member was enrolled, and tells how long each
// keeps a processor busy, the dearest first.
func every(b *bench) error {
	book, err := b.big()
	if err != nil {
		return err
	}
	defer book.Close()
	v, err := admitted(b.ctx, book)
	if err != nil {
		return err
	}
	view := book.As(operator)
	w := &writing{book: book, homes: view.Tree().ChildrenOn(book.Root(), view.Today()), r: rand.New(rand.NewPCG(7, 8))}
	var all []timed
	for _, path := range b.asked(v.pages) {
		t, err := b.ask(v, w, path)
		if err != nil {
			return err
		}
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b timed) int { return cmp.Compare(b.worst(), a.worst()) })
	late := 0
	for i, t := range all {
		if t.worst() > slow {
			late++
		}
		if i < 40 || t.worst() > slow {
			b.add(fmt.Sprintf("page %s (%d, %d kB)", t.path, t.status, t.bytes/1000), fmt.Sprintf("%s again, %s after a deed, %s after a member", milli(t.cost[0]), milli(t.cost[1]), milli(t.cost[2])), "≤ "+slow.String(), float64(t.worst())/float64(slow))
		}
	}
	b.add("pages that keep a processor busy for longer", fmt.Sprintf("%d of %d", late, len(all)), "none", 0)
	return nil
}

// asked lists the addresses to measure: those that were named, or every page that
// names no record. Papers and tables of ten thousand are files, not pages.
func (b *bench) asked(pages []string) []string {
	if len(b.paths) > 0 {
		return b.paths
	}
	var all []string
	for _, path := range pages {
		if !strings.Contains(path, ".") && !strings.HasPrefix(path, asset.Prefix) {
			all = append(all, path)
		}
	}
	return all
}

// ask measures one page. The middle of several times of the processor is told,
// which other programs on the machine disturb little.
func (b *bench) ask(v visitor, w *writing, path string) (timed, error) {
	t := timed{path: path}
	if _, _, err := v.get(path); err != nil { // statements are prepared, buffers grown
		return t, err
	}
	for state, before := range []func(context.Context, *store.Tx) error{nil, w.deed, w.member} {
		var busy []time.Duration
		for range b.times {
			if before != nil {
				if err := w.book.Write(b.ctx, store.Writing{By: operator}, before); err != nil {
					return t, err
				}
			}
			begun := processor()
			status, bytes, err := v.get(path)
			busy = append(busy, processor()-begun)
			if t.status, t.bytes = status, bytes; err != nil || status >= http.StatusInternalServerError {
				return t, fmt.Errorf("%s answered %d (%v)", path, status, err)
			}
		}
		slices.Sort(busy)
		t.cost[state] = busy[len(busy)/2]
	}
	return t, nil
}

// writing is what a busy day brings between two pages.
type writing struct {
	book  *store.Book
	homes []body.ID
	r     *rand.Rand
}

func (w *writing) deed(ctx context.Context, tx *store.Tx) error {
	_, err := deed.Post(ctx, tx, operator, someDeed(w.r, w.homes))
	return err
}

func (w *writing) member(ctx context.Context, tx *store.Tx) error {
	at := w.homes[w.r.IntN(len(w.homes))]
	m := person.Membership{Body: at, Category: person.Full, Joined: calendar.InYear(2024)}
	_, err := person.Enrol(ctx, tx, operator, person.Person{Body: at, Name: someName(w.r), Birth: calendar.InYear(1930 + w.r.IntN(70))}, &m)
	return err
}

// milli words a duration of processor time.
func milli(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1000) }
