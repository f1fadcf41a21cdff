package page

// ReportPage is one report: what may be done with it, what changed since it was
// filed, and the paper itself.
type ReportPage struct {
	Shell   Shell
	Next    []Action
	Tools   []Tool
	Notes   []NoteLine
	Facts   []Fact
	Changed Table   // figures that differ since; without columns nothing is shown
	Deeds   []Entry // by which deeds
	Paper   string  // the paper as a fragment of a page, drawn by the writer of papers
}

// PublicPage is what an association shows to everybody.
type PublicPage struct {
	Shell    Shell
	Name     string
	Lead     string
	Tiles    []Tile
	Received Table
	Given    Table
	Held     Table // what there was before and is left
	Donors   Table
	Filed    Table
	Note     string
}
