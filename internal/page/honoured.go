package page

// HonouredPage lists who reaches an age that is honoured, by branch, and makes
// plans for those who are ticked.
type HonouredPage struct {
	Shell  Shell
	Filter FilterHead
	Year   SelectField
	Way    SelectField
	Branch SelectField
	Tabs   []Tab
	Tools  []Tool
	Notes  []NoteLine
	Groups []Table
	Plan   string // where the ticks are sent; empty where the reader may not plan
	Fields []Field
	Group  []Option
	Empty  Empty
	Missed Table
	Wrong  Problems // with the plan that was sent
}
