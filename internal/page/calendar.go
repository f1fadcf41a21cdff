package page

// MonthPage is one month as a wall calendar, with the same as a list below.
type MonthPage struct {
	Shell    Shell
	Tabs     []Tab
	Caption  string
	Before   Link
	After    Link
	Weekdays []string
	Weeks    [][]MonthDay
	List     string // the head of the list
	Agenda   []Coming
	Empty    string
}

// MonthDay is one day of a month.
type MonthDay struct {
	Day    string
	Moon   string // the day of the lunar month
	Beside bool   // of the month before or after
	Today  bool
	Lines  []Link
}
