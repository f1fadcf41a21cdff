package page

// BoardPage is who sits on the seats of a body on a day.
type BoardPage struct {
	Shell  Shell
	Filter FilterHead
	Body   Pick
	On     Field
	Tiles  []Tile
	Table  Table
	Tools  []Tool
}

// OfficePage is one office with all who ever held it.
type OfficePage struct {
	Shell   Shell
	About   []Fact
	Holders []Belonging
	Grants  []string // what holding it lets one do
}
