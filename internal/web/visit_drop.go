package web

import (
	"slices"
	"strings"

	"kith.app/internal/delegation"
	"kith.app/internal/fault"
)

// dropped takes one line off a delegation, or says that a promise was kept.
func (q *request) dropped(v delegation.Visit) (delegation.Visit, error) {
	part, rest, ok := strings.Cut(q.value("which"), "-")
	n := int(idOf(rest))
	if !ok {
		return v, fault.Field("which", "delegation.drop.missing")
	}
	switch part {
	case "stop":
		v.Stops = without(v.Stops, n)
	case "reception":
		v.Receptions = without(v.Receptions, n)
	case "cost":
		v.Costs = without(v.Costs, n)
	case "signed":
		v.Signed = without(v.Signed, n)
	case "promise":
		v.Promises = without(v.Promises, n)
	case "kept":
		if v.Promises = slices.Clone(v.Promises); n < len(v.Promises) {
			v.Promises[n].Done = q.today()
		}
	}
	return v, nil
}

// without gives a list without its nth line.
func without[T any](all []T, n int) []T {
	if n < 0 || n >= len(all) {
		return all
	}
	return slices.Delete(slices.Clone(all), n, n+1)
}
