package store

import (
	"slices"

	"kith.app/internal/access"
	"kith.app/internal/body"
	"kith.app/internal/tally"
)

// Lying lists, by id, the bodies whose people, money and goods are those of a body
// on some borders: itself and whoever stood below it at any time, those that lie
// in it on the borders of a day, or those of its line. Bodies of which only some
// part lies there are listed apart: names and single sums cannot be divided.
func (v *View) Lying(of body.ID, b tally.Borders) (whole, parted []body.ID, err error) {
	return v.lying(access.ReadFigures, of, b)
}

func (v *View) lying(right access.Right, of body.ID, b tally.Borders) (whole, parted []body.ID, err error) {
	switch b.Extent {
	case tally.Then:
		return v.withBelow(of), nil, v.actor.May(right, of)
	case tally.OwnLine:
		line, err := v.line(right, of)
		if err != nil {
			return nil, nil, err
		}
		whole = slices.Clone(line)
		for _, id := range line {
			whole = append(whole, v.Tree().EverBelow(id)...)
		}
		return distinct(whole), nil, nil
	case tally.Today, tally.OnDay:
	}
	g, _, err := v.ground(right, of, b)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range g.Shares {
		parted = append(parted, s.Body)
	}
	return distinct(slices.Concat(g.Own, g.Below)), parted, nil
}

// lyingOwn lists the bodies that are, on some borders, the body itself.
func (v *View) lyingOwn(right access.Right, of body.ID, b tally.Borders) ([]body.ID, error) {
	switch b.Extent {
	case tally.Then:
		return []body.ID{of}, v.actor.May(right, of)
	case tally.OwnLine:
		return v.line(right, of)
	case tally.Today, tally.OnDay:
	}
	g, _, err := v.ground(right, of, b)
	return slices.Clone(g.Own), err
}
