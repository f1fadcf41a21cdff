package page

import "kith.app/internal/chart"

// BodiesPage is the tree of the association and its branches.
type BodiesPage struct {
	Shell Shell
	Tree  []Node
	Tools []Tool
}

// BodyPage is one body, whole.
type BodyPage struct {
	Shell    Shell
	About    []Fact
	Names    []Past
	Offices  []Belonging
	Board    Link
	Children []Belonging
	Tiles    []Tile
	Line     chart.Picture // what it came from and what became of it
	History  []Past
	Tools    []Tool
	Then     LinePart
	Periods  []Past // levels and official codes
	// Ended says that it has ended and what it left; EndedMore leads there.
	Ended     string
	EndedMore Link
}

// CensusPage counts the members of a body on a day.
type CensusPage struct {
	Shell  Shell
	Filter FilterHead
	Body   Pick
	On     Field
	With   Field // another day to compare with
	Tiles  []Tile
	Note   string
	Tables []Table
	Tools  []Tool
}
