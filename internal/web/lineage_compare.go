package web

import (
	"slices"
	"strings"

	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/lineage"
	"kith.app/internal/page"
	"kith.app/internal/twin"
)

// compared lays out what an event changed: each body before and after, matter by
// matter, on one page.
func (q *request) compared(e body.Event) (*page.Table, error) {
	if e.Kind != body.Merging && e.Kind != body.Splitting {
		return nil, nil
	}
	c, err := q.view().Compared(q.Context(), e.ID, q.today())
	if err != nil {
		return nil, err
	}
	states := slices.Concat(c.Before, c.After)
	if !slices.ContainsFunc(states, func(s lineage.State) bool { return s.Seen && s.Body.Kind != body.Locality }) {
		return nil, nil // units of the map have neither members nor boards
	}
	t := page.Table{ID: "compare", Caption: q.say("compare.title"), Quiet: true, Told: q.say("compare.once"), Columns: []page.Column{{Head: q.say("compare.what"), Chief: true}}}
	for _, s := range states {
		t.Columns = append(t.Columns, page.Column{Head: dotted(s.Body.NameOn(q.lang(), s.On), q.speaker().DateShort(calendar.OnDay(s.On)))})
	}
	for _, row := range []struct {
		key  string
		tell func(lineage.State) (string, error)
	}{
		{"members", func(s lineage.State) (string, error) { return q.speaker().Number(int64(s.Members)), nil }},
		{"branches", func(s lineage.State) (string, error) { return q.speaker().Number(int64(s.Branches)), nil }},
		{"board", func(s lineage.State) (string, error) { return q.say("compare.board.of", s.Held, s.Seats), nil }},
		{"head", func(s lineage.State) (string, error) { return joined(s.Heads), nil }},
		{"fund", q.fundThen},
		{"ties", q.tiesThen},
		{"partners", q.partnersThen},
	} {
		cells := []page.Cell{{Text: q.say("compare." + row.key)}}
		for _, s := range states {
			said := q.say("compare.hidden")
			if s.Seen {
				if said, err = row.tell(s); err != nil {
					return nil, err
				}
			}
			cells = append(cells, stackedCell(strings.Split(said, "\n")))
		}
		t.Rows = append(t.Rows, page.Row{Cells: cells})
	}
	return &t, nil
}

func (q *request) fundThen(s lineage.State) (string, error) {
	if !s.HasFund {
		return q.say("compare.fund.none"), nil
	}
	var sums []string
	for _, a := range s.Funds {
		sums = append(sums, q.moneySaid(a))
	}
	return strings.Join(sums, "\n"), nil
}

func (q *request) tiesThen(s lineage.State) (string, error) {
	if !s.HasTies {
		return q.say("compare.hidden"), nil
	}
	bodies, err := q.tieBodiesOf(s.Ties)
	if err != nil {
		return "", err
	}
	var names []string
	for _, row := range s.Ties {
		names = append(names, twin.CalledTie(q.speaker(), row.Tie, bodies))
	}
	return strings.Join(names, "\n"), nil
}

func (q *request) partnersThen(s lineage.State) (string, error) {
	if !s.HasTies {
		return q.say("compare.hidden"), nil
	}
	bodies, err := q.view().BodiesByID(q.Context(), s.Partners)
	if err != nil {
		return "", err
	}
	var names []string
	for _, id := range s.Partners {
		if b, known := bodies[id]; known {
			names = append(names, b.NameOn(q.lang(), s.On))
		}
	}
	return strings.Join(names, "\n"), nil
}
