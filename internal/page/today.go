package page

// TodayPage is the first page: what is coming, what is due, what was just
// written, the year in figures.
type TodayPage struct {
	Shell  Shell
	Tiles  []Tile
	Coming []Coming
	All    Link
	Due    []Entry
	Wrote  []Entry
	First  []Entry // what to do first in a new book
	More   Link
	Places []NoteLine
	Empty  Empty
}

// FoundPage is what a search found, by sort.
type FoundPage struct {
	Shell  Shell
	Filter FilterHead
	Groups []FoundGroup
	Empty  Empty
}

// FoundGroup is what of one sort a search found.
type FoundGroup struct {
	Head string
	More Link
	Rows []Entry
}
