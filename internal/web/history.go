package web

import (
	"encoding/json"
	"maps"
	"slices"

	"kith.app/internal/calendar"
	"kith.app/internal/place"
	"kith.app/internal/store"
)

// changed says what a change made of a record: each answer before and after.
func (q *request) changed(c store.Change) string {
	var before, after map[string]any
	if json.Unmarshal(c.Before, &before) != nil || json.Unmarshal(c.After, &after) != nil || before == nil {
		return ""
	}
	keys := slices.Sorted(maps.Keys(after))
	for key := range before {
		if _, stays := after[key]; !stays {
			keys = append(keys, key)
		}
	}
	var said []string
	for _, key := range keys {
		label := "history.field." + key
		was, is := q.answer(key, before[key]), q.answer(key, after[key])
		if was == is || !q.server.Words.Has(label) {
			continue
		}
		said = append(said, q.say("history.fromto", q.say(label), nothing(q, was), nothing(q, is)))
	}
	return joinDots(said)
}

func nothing(q *request, said string) string {
	if said == "" {
		return q.say("history.nothing")
	}
	return said
}

// wordedBeside are the answers whose values have their words beside the form that asks them.
var wordedBeside = map[string]string{"relation": "household.relation.", "category": "person.category."}

// answer words one value of a record as the history keeps it.
func (q *request) answer(key string, value any) string {
	switch v := value.(type) {
	case string:
		if d, err := calendar.ParseEDTF(v); err == nil && key != "number" && key != "phone" && key != "name" {
			return q.dated(d)
		}
		for _, label := range []string{"history.value." + key + "." + v, wordedBeside[key] + v} {
			if v != "" && q.server.Words.Has(label) {
				return q.say(label)
			}
		}
		return v
	case bool:
		if v {
			return q.say("common.yes")
		}
	case float64:
		if key == "origin" || key == "residence" {
			if m, err := place.Shipped(); err == nil {
				return shortPath(m, place.ID(v), lastDay(m, place.ID(v), q.today()))
			}
		}
	}
	return ""
}
