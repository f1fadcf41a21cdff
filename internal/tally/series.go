package tally

import (
	"context"
	"time"

	"kith.app/internal/calendar"
	"kith.app/internal/deed"
)

// monthName is the calendar month of a month counted as in deed.Span.
func monthName(month int64) time.Month { return time.Month(month%12 + 1) }

// Point is one month of a series.
type Point struct {
	Year  int
	Month time.Month
	Qty   int64
}

// Series gives a measure month by month over the whole months of a period, so
// that the year can be drawn. Lines known only by year are in no month.
func Series(ctx context.Context, b Book, q Query) ([]Point, error) {
	m := monthsOf(q.Period)
	if m.to-m.from > 1200 {
		m.from = m.to - 1200
	}
	sums := map[int64]int64{}
	if q.Borders.Extent != Then {
		t, err := b.Takings(ctx, q)
		if err != nil {
			return nil, err
		}
		t.byMonth(sums)
		return pointsOf(m, sums), nil
	}
	for _, below := range []bool{false, true} {
		if below && q.OwnOnly {
			continue
		}
		rows, err := b.TallyRows(ctx, q.Body, q.Measure, below)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if r.Span.Since == r.Span.Until {
				sums[r.Span.Since] += r.Qty
			}
		}
	}
	return pointsOf(m, sums), nil
}

// byMonth adds what lies in single months.
func (t Takings) byMonth(sums map[int64]int64) {
	add := func(rows []Row, part func(int64) int64) {
		for _, r := range rows {
			if r.Span.Since == r.Span.Until {
				sums[r.Span.Since] += part(r.Qty)
			}
		}
	}
	add(t.Whole.Rows, func(qty int64) int64 { return qty })
	for _, share := range t.Shares {
		add(share.Rows, share.Of.Of)
	}
}

func pointsOf(m months, sums map[int64]int64) []Point {
	var points []Point
	for month := m.from; month <= m.to; month++ {
		points = append(points, Point{int(month / 12), monthName(month), sums[month]})
	}
	return points
}

// EDTF writes the months of a part as a date of the book.
func (p Part) EDTF() string {
	since, until := "..", ".."
	if p.Span.Since != deed.NoMonth {
		since = calendar.InMonth(int(p.Span.Since/12), monthName(p.Span.Since)).EDTF()
	}
	if p.Span.Until != deed.LastMonth {
		until = calendar.InMonth(int(p.Span.Until/12), monthName(p.Span.Until)).EDTF()
	}
	if since == until {
		return since
	}
	if p.Span.Since%12 == 0 && p.Span.Until == p.Span.Since+11 {
		return calendar.InYear(int(p.Span.Since / 12)).EDTF()
	}
	return since + "/" + until
}
