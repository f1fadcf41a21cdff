package page

import "github.com/a-h/templ"

// Pick is a question of a filter with the answers it offers.
type Pick struct {
	Field
	Options []Option
}

// PeoplePage is the roll: a list of people, searched and narrowed.
type PeoplePage struct {
	Shell     Shell
	Filter    FilterHead
	Main      []Pick // status and branch
	More      []Pick
	Day       Field // of the borders on which a branch is meant
	MoreSet   bool  // some of them narrow the list now
	Origin    Field
	OriginBy  Search
	Residence Field
	LivesBy   Search
	Columns   Pick
	Table     Table
	Tools     []Tool
}

// Doing is something that can be done with one line of a record.
type Doing struct {
	Text string
	Href string
}

// Belonging is one line of a record: a membership, an office.
type Belonging struct {
	Text string
	Note string
	Href string
	Mark Mark
	Do   []Doing
}

// MergedLine is a record that went into this one.
type MergedLine struct {
	Text   string
	Action string
	Do     string
}

// PersonPage is one person, whole.
type PersonPage struct {
	Shell       Shell
	Notes       []Flash
	About       []Fact
	FamilyHead  string
	Family      []Entry
	FamilyDo    []Doing
	Memberships []Belonging
	JoinHref    string
	Offices     []Belonging
	Deeds       Table
	Dues        templ.Component // what the fund has to say, where it has
	History     []Past
	Merged      []MergedLine
	Tools       []Tool
	Seen        Seen
}

// PersonForm is the form of a person.
type PersonForm struct {
	Shell     Shell
	Head      FormHead
	Wrong     Problems
	New       bool
	Name      Field
	Birth     Field
	Sex       Pick
	Phone     Field
	Branch    Pick
	Category  Pick
	Number    Field
	Joined    Field
	Origin    Field
	OriginBy  Search
	Residence Field
	LivesBy   Search
	Address   Field
	Email     Field
	Others    Field
	Consent   Pick
	Note      Field
	Keeper    Pick
	Theirs    *Theirs
	Leave     string
	FoldOpen  bool
}

// Theirs is what somebody else has written meanwhile, beside what the reader
// wanted to write.
type Theirs struct {
	Text string // that it happened, and what to do
	Rows []Difference
}
