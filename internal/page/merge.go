package page

// DuplicatesPage lists records that are likely one person.
type DuplicatesPage struct {
	Shell Shell
	Pairs []Pair
	Empty Empty
	Told  string
}

// Pair is two records that are likely one person.
type Pair struct {
	Left, Right Entry
	Why         string
	Score       string
	MergeHref   string
	Apart       string // where "these are two people" is sent
	A, B        string
}

// MergePage shows what merging two records does before it is done.
type MergePage struct {
	Shell  Shell
	Wrong  Problems
	Action string
	Left   string
	Right  string
	Keep   string
	Goes   string
	Swap   string // the same page with the other record kept
	Rows   []Difference
	After  []Fact // the record as it will be
	Moves  []string
	Leave  string
}
