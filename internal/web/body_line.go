package web

import (
	"kith.app/internal/body"
	"kith.app/internal/chart"
	"kith.app/internal/lineage"
	"kith.app/internal/place"
)

// lineOf draws what a body came from and what became of it; nothing for one that
// always stood as it is.
func (q *request) lineOf(b body.Body) (chart.Picture, error) {
	if len(q.view().Lineage().Events(b.ID)) == 0 && b.Kind != body.Locality {
		return chart.Picture{}, nil
	}
	m, err := place.Shipped()
	if err != nil {
		return chart.Picture{}, err
	}
	on := q.today()
	if last, known := b.Ended.Last(); known {
		on = min(on, last)
	}
	shown, err := lineage.Show(q.Context(), q.view(), m, b, on, string(q.reader.Lang))
	if err != nil {
		return chart.Picture{}, err
	}
	return shown.Picture(m, q.say, func(n lineage.Named) string {
		if n.Code == "" || !n.Held {
			return ""
		}
		return "/bodies/" + n.Code
	}), nil
}
