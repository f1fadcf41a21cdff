package main

import (
	"encoding/json"
	"fmt"

	"kith.app/internal/calendar"
	"kith.app/internal/lunar"
)

type lunarCommand struct {
	Date string `arg:"" optional:"" help:"A day: 2026-02-17."`
	Tet  int    `help:"The day of Tết in a lunar year." placeholder:"YEAR"`
	As   string `help:"text or json." enum:"text,json" default:"text"`
}

// Help gives examples.
func (lunarCommand) Help() string {
	return `Examples:
  kith lunar 2026-02-17
  kith lunar --tet 2030
  kith lunar 2025-07-25 --as json`
}

// lunarJSON is a day in both calendars as other programs read it.
type lunarJSON struct {
	Solar string `json:"solar"`
	Year  int    `json:"year"`
	Month int    `json:"month"`
	Day   int    `json:"day"`
	Leap  bool   `json:"leap"`
	Name  string `json:"name"` // of the lunar year
}

// Run prints a day of the lunar calendar; it needs no book.
func (c lunarCommand) Run(p *program) error {
	var day calendar.Day
	switch {
	case c.Tet != 0 && c.Date != "", c.Tet == 0 && c.Date == "":
		return usageError{key: "cli.lunar.which"}
	case c.Tet != 0:
		on, err := lunar.Date{Year: c.Tet, Month: 1, Day: 1}.Solar()
		if err != nil {
			return err
		}
		day = on
	default:
		date, err := calendar.ReadInput(c.Date, calendar.Reading{})
		if err != nil {
			return err
		}
		exact, ok := date.Day()
		if !ok {
			return usageError{key: "cli.lunar.day"}
		}
		day = exact
	}
	l := lunar.From(day)
	if l.IsZero() {
		return usageError{key: "cli.lunar.years", args: []any{fmt.Sprint(lunar.FirstYear), fmt.Sprint(lunar.LastYear)}}
	}
	if c.As == "json" {
		return json.NewEncoder(p.stdout).Encode(lunarJSON{day.String(), l.Year, l.Month, l.Day, l.Leap, lunar.CanChiOf(l.Year).String()})
	}
	fmt.Fprintf(p.stdout, "%s\t%s\t%s\n", day, l, p.words.In(p.lang()).LunarLine(l))
	return nil
}
