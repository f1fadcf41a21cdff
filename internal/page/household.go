package page

// HouseholdsPage lists households with their people.
type HouseholdsPage struct {
	Shell  Shell
	Filter FilterHead
	Table  Table
	Tools  []Tool
}

// HouseholdPage is one household.
type HouseholdPage struct {
	Shell  Shell
	About  []Fact
	People []Belonging
	Tools  []Tool
}
