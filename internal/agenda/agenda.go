// Package agenda puts together what is coming for one reader: the occasions of
// some days with the duties of each, and gives it to a page, a sheet of paper, a
// telephone or another calendar.
package agenda

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/calendar"
	"kith.app/internal/fault"
	"kith.app/internal/locale"
	"kith.app/internal/occasion"
	"kith.app/internal/report"
)

// Book is what an agenda is read from.
type Book interface {
	report.TurnBook
	Actor() access.Actor
	Root() body.ID
	Occasions(ctx context.Context, asked occasion.Asked) (occasion.Reading, error)
	Duties(ctx context.Context, asked occasion.DutiesAsked) ([]occasion.Duty, error)
	Customs(ctx context.Context) ([]occasion.Custom, error)
}

// Item is an occurrence with what is to be done for it.
type Item struct {
	occasion.Occurrence
	Duties []occasion.Duty
}

// Open counts the duties that are still to be done.
func (i Item) Open() int {
	n := 0
	for _, d := range i.Duties {
		if d.Open() {
			n++
		}
	}
	return n
}

// Of lists what comes in a period, for a body with all below it or for everything
// the reader may see.
func Of(ctx context.Context, b Book, asked occasion.Asked) ([]Item, error) {
	reading, err := b.Occasions(ctx, asked)
	if err != nil {
		return nil, err
	}
	reports, err := reportsDue(ctx, b, asked)
	if err != nil {
		return nil, err
	}
	reading.Facts = append(reading.Facts, reports...)
	coming := reading.Between(asked.Period)
	// A feast of several days may have begun before the period.
	begun, err := b.Duties(ctx, occasion.DutiesAsked{Period: calendar.Period{From: asked.Period.From - 62, To: asked.Period.To}})
	if err != nil {
		return nil, err
	}
	customs, err := b.Customs(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(coming))
	for i, o := range coming {
		items[i] = Item{Occurrence: o, Duties: occasion.Proposed(o, begun, customs)}
	}
	return items, nil
}

// reportsDue are the days until which branches have to report the years that end
// around the period.
func reportsDue(ctx context.Context, b Book, asked occasion.Asked) ([]occasion.Fact, error) {
	of := asked.Body
	if of == 0 {
		of = b.Root()
	}
	if !b.Actor().Can(access.ReadFigures, of) {
		return nil, nil
	}
	expected, err := b.Setting(ctx, of, report.SettingExpected)
	if err != nil || expected == "" {
		return nil, err
	}
	var facts []occasion.Fact
	for year := asked.Period.From.Year() - 1; year <= asked.Period.To.Year(); year++ {
		turns, err := report.Turns(ctx, b, of, calendar.Year(year))
		if err != nil {
			return nil, err
		}
		missing, due := 0, calendar.Day(0)
		for _, t := range turns {
			due = t.Due
			if t.Report == nil {
				missing++
			}
		}
		if missing > 0 && asked.Period.Contains(due) {
			facts = append(facts, occasion.Fact{
				Kind: occasion.Reporting, ID: int64(year), Names: map[string]string{"vi": strconv.Itoa(year)}, On: calendar.OnDay(due), Body: of,
				Who: strconv.Itoa(missing), Path: "/reports",
			})
		}
	}
	return facts, nil
}

// Narrow says which of the items a list shows; what is zero narrows nothing.
type Narrow struct {
	Kind    occasion.Kind
	Country string
	Round   bool // only round anniversaries
	Duties  bool // only what something is still to be done for
	Body    body.ID
	Typed   string
}

// Keep gives the items that fit.
func (n Narrow) Keep(items []Item, to locale.Speaker, fold func(string) string) []Item {
	typed := fold(n.Typed)
	return slices.DeleteFunc(slices.Clone(items), func(i Item) bool {
		return n.Kind != "" && i.Kind != n.Kind || n.Country != "" && i.Country != n.Country || n.Round && !i.Round() ||
			n.Duties && i.Open() == 0 || n.Body != 0 && i.Body != 0 && i.Body != n.Body ||
			typed != "" && !strings.Contains(fold(i.Title(to)), typed)
	})
}

// One gives the occurrence that a key names.
func One(ctx context.Context, b Book, key string) (Item, error) {
	code, year, err := occasion.SplitKey(key)
	if err != nil {
		return Item{}, err
	}
	items, err := Of(ctx, b, occasion.Asked{Period: calendar.Year(year), World: true})
	if err != nil {
		return Item{}, err
	}
	for _, i := range items {
		if i.Code == code && i.Day.Year() == year {
			return i, nil
		}
	}
	return Item{}, fault.Missing("occasion.missing")
}
