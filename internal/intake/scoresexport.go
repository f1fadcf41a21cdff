package intake

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"kith.app/internal/body"
	"kith.app/internal/contest"
	"kith.app/internal/locale"
	"kith.app/internal/sheet"
)

// sheetHead and sheetTail are the columns before and after those of the stages.
var (
	sheetHead = []Field{"unit", "unitName", "no", "name", "max"}
	sheetTail = []Field{"value", "deeds", "papers"}
)

// scoresExport writes the score sheets of a contest; what does not change from unit
// to unit is made once.
type scoresExport struct {
	arena  Arena
	stages []contest.Stage
	leaves []contest.Criterion
	shared [][]sheet.Value // number, name and maximum of every leaf
}

// ScoresTable gives the score sheets of units with the columns that an import reads,
// a row for every criterion put to a unit. scores reads what a batch of units has; the
// first trouble ends the table and is told by failed once it is written.
func ScoresTable(a Arena, units []body.ID, to locale.Speaker, scores func(batch []body.ID) (map[body.ID]UnitScores, error)) (t sheet.Table, failed func() error, err error) {
	words, err := shipped()
	if err != nil {
		return t, nil, err
	}
	x := &scoresExport{arena: a, stages: a.scoring(), leaves: a.Table.Leaves(0)}
	t.Name = to.Say("intake.subject.scores")
	title := func(f Field) { t.Columns = append(t.Columns, sheet.Column{Title: words.title(Scores, f, to.Lang)}) }
	for _, f := range sheetHead {
		title(f)
	}
	for _, s := range x.stages {
		for _, part := range []string{pointsOf, bonusOf, reasonOf} {
			t.Columns = append(t.Columns, sheet.Column{Title: stageTitle(words, s, part, to.Lang)})
		}
	}
	for _, f := range sheetTail {
		title(f)
	}
	for _, c := range x.leaves {
		x.shared = append(x.shared, []sheet.Value{sheet.Words(x.number(c)), sheet.Words(c.Name(string(to.Lang))), pointsCell(c.Max)})
	}
	var trouble error
	t.Rows = func(yield func([]sheet.Value) bool) {
		batches, stop := readAhead(units, scores)
		defer stop()
		for b := range batches {
			if trouble = b.err; trouble != nil {
				return
			}
			for _, unit := range b.units {
				if !x.unit(unit, b.scores[unit], to, yield) {
					return
				}
			}
		}
	}
	return t, func() error { return trouble }, nil
}

// batch is what some units have.
type batch struct {
	units  []body.ID
	scores map[body.ID]UnitScores
	err    error
}

// readAhead reads the next units while those before are written. Whoever stops early
// must say so.
func readAhead(units []body.ID, scores func(batch []body.ID) (map[body.ID]UnitScores, error)) (<-chan batch, func()) {
	read, stopped := make(chan batch, 1), make(chan struct{})
	go func() {
		defer close(read)
		for some := range slices.Chunk(units, 100) {
			b := batch{units: some}
			b.scores, b.err = scores(some)
			select {
			case read <- b:
			case <-stopped:
				return
			}
			if b.err != nil {
				return
			}
		}
	}()
	return read, sync.OnceFunc(func() { close(stopped) })
}

// number is how a criterion is named where several may bear the same number.
func (x *scoresExport) number(c contest.Criterion) string {
	if id, ok := x.arena.Table.Numbered(c.No); ok && id == c.ID && c.No != "" {
		return c.No
	}
	return x.arena.Table.Path(c)
}

// unit writes the rows of one unit.
func (x *scoresExport) unit(unit body.ID, scores UnitScores, to locale.Speaker, yield func([]sheet.Value) bool) bool {
	b := x.arena.Bodies[unit]
	code, name := sheet.Words(b.Code), sheet.Words(b.NameOn("vi", x.arena.Today))
	byStage := make([]map[contest.CriterionID]contest.Score, len(x.stages))
	for i, s := range x.stages {
		byStage[i] = scores[s.Code]
	}
	for i, c := range x.leaves {
		if !x.arena.Table.For(c, unit) {
			continue
		}
		row := make([]sheet.Value, 0, len(sheetHead)+3*len(x.stages)+len(sheetTail))
		row = append(row, code, name)
		row = append(row, x.shared[i]...)
		var last contest.Score
		for i := range x.stages {
			s, ok := byStage[i][c.ID]
			if !ok {
				row = append(row, sheet.Value{}, sheet.Value{}, sheet.Value{})
				continue
			}
			bonus := sheet.Value{}
			if s.Bonus != 0 {
				bonus = pointsCell(s.Bonus)
			}
			row = append(row, pointsCell(s.Points), bonus, sheet.Words(s.Reason))
			last = s
		}
		row = append(row, sheet.Words(last.Input), idsText(last.Deeds), idsText(last.Papers))
		if !yield(row) {
			return false
		}
	}
	return true
}

func idsText[ID ~int64](ids []ID) sheet.Value {
	if len(ids) == 0 {
		return sheet.Value{}
	}
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = strconv.FormatInt(int64(id), 10)
	}
	return sheet.Words(strings.Join(all, "; "))
}

// Standing is how a unit stands, for a table of standings.
type Standing struct {
	Unit   body.ID
	Result contest.Result
	Titles []string
}

// StandingsTable gives the units in order with their points.
func StandingsTable(a Arena, all []Standing, to locale.Speaker) sheet.Table {
	t := sheet.Table{Name: to.Say("intake.standings")}
	for _, key := range []string{"rank", "code", "unit", "total", "base", "bonus", "deduction", "assigned", "class", "titles", "note"} {
		t.Columns = append(t.Columns, sheet.Column{Title: to.Say("intake.standings." + key)})
	}
	classes := map[string]string{}
	for _, c := range a.Contest.Classes {
		classes[c.Code] = c.Name(string(to.Lang))
	}
	t.Rows = func(yield func([]sheet.Value) bool) {
		for _, s := range all {
			b, r := a.Bodies[s.Unit], s.Result
			rank := sheet.Value{}
			if r.Rank > 0 {
				rank = sheet.Count(int64(r.Rank))
			}
			row := []sheet.Value{rank, sheet.Words(b.Code), sheet.Words(b.NameOn("vi", a.Today))}
			for _, p := range []*contest.Points{r.Total, r.Base, r.Bonus, r.Deduction, r.Assigned} {
				row = append(row, perhaps(p))
			}
			if !yield(append(row, sheet.Words(classes[r.Class]), sheet.Words(strings.Join(s.Titles, "; ")), sheet.Words(r.Note))) {
				return
			}
		}
	}
	return t
}

// perhaps writes points that may not be known.
func perhaps(p *contest.Points) sheet.Value {
	if p == nil {
		return sheet.Value{}
	}
	return pointsCell(*p)
}
