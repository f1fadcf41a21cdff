package page

// PlanPage is a page about plans: a day or a year to ask for, figures, parts.
type PlanPage struct {
	Shell   Shell
	Tabs    []Tab
	Notes   []NoteLine
	Filter  FilterHead
	Selects []SelectField
	Dates   []Field
	Hidden  []Option
	Actions []Action
	Tools   []Tool
	Tiles   []Tile
	Parts   []DeskPart
}
