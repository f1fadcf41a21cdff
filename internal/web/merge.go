package web

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/fault"
	"kith.app/internal/page"
	"kith.app/internal/person"
	"kith.app/internal/store"
)

// pairsShown bounds the pairs on one page; the rest come when these are settled.
const pairsShown = 50

// duplicates lists records that are likely one person.
func (s *Server) duplicates(q *request) error {
	if !q.actor.Somewhere(access.KeepRoll) {
		return fault.Forbid("access.forbidden.keep_roll")
	}
	all, err := q.view().Alike(q.Context())
	if err != nil {
		return err
	}
	p := page.DuplicatesPage{
		Shell: q.shell(q.say("duplicates.title")), Told: q.say("duplicates.count", len(all)),
		Empty: page.Empty{Glyph: page.GlyphCheck, Head: q.say("duplicates.none"), Text: q.say("duplicates.none.text"), Do: page.Link{Text: q.say("people.title"), Href: "/people"}},
	}
	p.Shell.Lead = q.say("duplicates.lead")
	if len(all) == 0 {
		p.Told = ""
	}
	p.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}}
	names, err := q.names()
	if err != nil {
		return err
	}
	if p.Pairs, err = q.pairs(all[:min(len(all), pairsShown)], names); err != nil {
		return err
	}
	return q.show(page.Duplicates(p))
}

// pairs words why records are likely one person, both sides beside each other.
func (q *request) pairs(some []person.Likeness, names map[body.ID]string) ([]page.Pair, error) {
	var ids []person.ID
	for _, l := range some {
		ids = append(ids, l.A, l.B)
	}
	rows, err := q.view().PeopleRows(q.Context(), distinctIDs(ids))
	if err != nil {
		return nil, err
	}
	entries := make(map[person.ID]page.Entry, len(rows))
	for _, row := range rows {
		entries[row.ID] = page.Entry{Text: row.Name, Href: personPath(row.ID), Note: joinDots([]string{q.sketch(row, names), row.Phone})}
	}
	var all []page.Pair
	for _, l := range some {
		var why []string
		for _, r := range l.Reasons {
			why = append(why, q.say("duplicates.why."+string(r)))
		}
		all = append(all, page.Pair{
			Left: entries[l.A], Right: entries[l.B],
			Why: q.say("duplicates.why", strconv.Itoa(l.Score), q.speaker().List(why...)), MergeHref: mergePath(l.A, l.B),
			Apart: "/people/apart", A: idText(l.A), B: idText(l.B),
		})
	}
	return all, nil
}

// distinctIDs leaves out repeats, in the order of ids.
func distinctIDs(ids []person.ID) []person.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

func mergePath(keep, goes person.ID) string {
	return personPath(keep) + "/merge?with=" + idText(goes)
}

// apart notes that two records are two people.
func (s *Server) apart(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	a, b := person.ID(q.id("a")), person.ID(q.id("b"))
	err := q.write("person.why.apart", func(ctx context.Context, tx *store.Tx) error {
		for _, id := range []person.ID{a, b} {
			p, err := tx.Person(ctx, id)
			if err != nil {
				return err
			}
			if err := q.actor.May(access.KeepRoll, p.Body); err != nil {
				return err
			}
		}
		return tx.KeepApart(ctx, a, b)
	})
	if err != nil {
		return err
	}
	return q.doneAt("/people/duplicates", q.well("duplicates.aparted"))
}

// askMerge shows what merging a record with another would do, or asks with which.
func (s *Server) askMerge(q *request) error {
	kept, err := q.kept()
	if err != nil {
		return err
	}
	with := person.ID(q.id("with"))
	if with == 0 {
		return q.show(page.AskFor(q.mergeWith(kept, nil)))
	}
	gone, err := q.view().Person(q.Context(), with)
	if err != nil {
		return err
	}
	p, err := q.mergePage(kept, gone, nil)
	if err != nil {
		return err
	}
	return q.show(page.MergePreview(p))
}

// mergeWith asks with which record one is to be merged.
func (q *request) mergeWith(p person.Person, refused error) page.AskPage {
	a := q.askPage(p, q.say("merge.with"), personPath(p.ID)+"/merge", refused)
	a.Text, a.Do = q.say("merge.with.text"), q.say("merge.look")
	a.Fields = []templ.Component{page.Combobox(q.reader, a.Wrong.Mark(page.Field{
		Name: "person", Label: q.say("merge.other"), Value: q.value("person"), Needed: true, Focus: true, Whole: true,
	}), page.Search{Href: "/people/find", IDName: "personId"})}
	return a
}

// chooseMerge leads on to the preview with the record chosen.
func (s *Server) chooseMerge(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	kept, err := q.kept()
	if err != nil {
		return err
	}
	with, err := q.personChosen("person")
	return q.answered(err,
		func() error { return q.goTo(mergePath(kept.ID, with)) },
		func(err error) page.AskPage { return q.mergeWith(kept, err) })
}

// mergePage previews a merge: both records side by side, the one that will be,
// and what moves.
func (q *request) mergePage(kept, gone person.Person, refused error) (page.MergePage, error) {
	p := page.MergePage{
		Shell: q.shell(q.say("merge.title")), Wrong: page.ProblemsOf(refused, q.reader), Action: "/people/merge",
		Left: q.say("merge.kept"), Right: q.say("merge.gone"), Keep: idText(kept.ID), Goes: idText(gone.ID),
		Swap: mergePath(gone.ID, kept.ID), Leave: personPath(kept.ID),
	}
	p.Shell.Crumbs = []page.Link{{Text: q.say("people.title"), Href: "/people"}, {Text: kept.Name, Href: personPath(kept.ID)}}
	p.Rows = []page.Difference{{Label: q.say("person.name"), Left: kept.Name, Right: gone.Name}}
	left, right := q.about(kept), q.about(gone)
	for _, f := range left {
		at := slices.IndexFunc(right, func(other page.Fact) bool { return other.Name == f.Name })
		if at >= 0 && (f.Text != "" || right[at].Text != "") {
			p.Rows = append(p.Rows, page.Difference{Label: f.Name, Left: f.Text, Right: right[at].Text})
		}
	}
	joined := person.Joined(kept, gone)
	p.After = append([]page.Fact{{Name: q.say("person.name"), Text: joined.Name}}, q.about(joined)...)
	counts, err := q.view().CountReferences(q.Context(), gone.ID)
	for _, ref := range slices.Sorted(maps.Keys(counts)) {
		p.Moves = append(p.Moves, q.say("merge.moves."+ref, counts[ref]))
	}
	return p, err
}

// merge makes two records one.
func (s *Server) merge(q *request) error {
	if err := q.read(); err != nil {
		return err
	}
	keep, goes := person.ID(q.id("keep")), person.ID(q.id("goes"))
	err := q.write("person.why.merge", func(ctx context.Context, tx *store.Tx) error {
		_, err := person.Merge(ctx, tx, q.actor, keep, goes)
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(personPath(keep), q.well("merge.done"))
}

// unmerge takes a merge back.
func (s *Server) unmerge(q *request) error {
	id, err := q.number("id")
	if err != nil {
		return err
	}
	err = q.write("person.why.unmerge", func(ctx context.Context, tx *store.Tx) error {
		_, err := person.Unmerge(ctx, tx, q.actor, person.ID(id))
		return err
	})
	if err != nil {
		return err
	}
	return q.doneAt(personPath(person.ID(id)), q.well("merge.undone"))
}
