package web

import (
	"kith.app/internal/deed"
	"kith.app/internal/page"
)

// formNorm says what the norm proposes for the answers so far.
func (q *request) formNorm(*page.DeedForm, deed.Kind, *deedAnswers) {}

// keepPapers keeps the files that came with a deed.
func (q *request) keepPapers(deed.Deed) error { return nil }

// deedPapers lists the papers of a deed.
func (q *request) deedPapers(deedShown, *page.DeedPage) error { return nil }
